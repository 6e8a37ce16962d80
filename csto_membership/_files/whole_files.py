"""Files and folders that are replaced whole, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from io import BufferedReader
    from os import PathLike
    from typing import BinaryIO, TypeVar

    _Form = TypeVar("_Form")


def as_path(path: str | PathLike[str], argument: str = "path") -> Path:
    """
    The path of a file or a folder; `ArgumentError` for what is none.

    A number is none, though `open` takes it for a file that is open already, and closes that.
    """
    given: object = os.fspath(path) if isinstance(path, os.PathLike) else path
    if not isinstance(given, str):
        raise ArgumentError(argument, path, f"a {type(path).__name__} is no path of a file", ["str", "PathLike"])
    return Path(given)


def form_of(path: Path, forms: Mapping[str, _Form], elsewhere: str = "") -> _Form:
    """
    The form for the ending of a file's name, in any case; `ArgumentError` for an ending that has none.

    `elsewhere` says who writes other forms.
    """
    form = forms.get(path.suffix.lower())
    if form is None:
        said = "the ending of the name says the form"
        raise ArgumentError("path", path.name, f"{said}; {elsewhere}" if elsewhere else said, forms)
    return form


def opened(path: str | PathLike[str]) -> BufferedReader:
    """
    A file, open for reading. OSError for what is none: a device or a pipe could be waited for, or read, for ever.

    `ArgumentError` for what is no path, and ValueError for a name that no file can have.
    """
    return open(as_path(path), "rb", opener=_regular)


def _regular(path: str, flags: int) -> int:
    # A pipe would be waited for until somebody writes to it.
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    raise OSError(errno.EINVAL, "it is no file but a device or a pipe; save it as a file", path)


def replace(path: Path, content: bytes) -> None:
    """Put the content in the place of a file: all of it, or on any failure nothing."""
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """
    A new file, to be written: at the end it takes the place of the other, and on any failure it is gone.

    A pipe or a device keeps its place, and gets all of it at the end.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        with TemporaryFile() as kept:
            yield kept
            kept.seek(0)
            with _naming(path), path.open("wb") as out:
                shutil.copyfileobj(kept, out)
        return
    target = Path(os.path.realpath(path))  # through a link, so that the link stays
    # Named and opened here and not by tempfile, which would keep the file from all but its owner.
    fresh = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with _naming(path):
            file = fresh.open("xb")
        with file:
            yield file
            with _naming(path):
                file.flush()
                os.fsync(file.fileno())
        with _naming(path):
            with suppress(FileNotFoundError):
                shutil.copymode(target, fresh)
            fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def replace_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder of these files in the place of another: all of them, or on any failure the old one stays."""
    fresh, old = (path.with_name(f".{path.name}-{secrets.token_hex(8)}.tmp") for _ in range(2))
    try:
        with _naming(path):
            fresh.mkdir()
        for name, content in files.items():
            replace(fresh / name, content)
        if path.exists():
            path.rename(old)
        try:
            fresh.rename(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors name the path of the caller, and not a temporary one."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            error.filename = str(path)
            del error.filename2  # with None it would say "-> None"
        raise
