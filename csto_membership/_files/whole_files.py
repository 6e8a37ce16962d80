"""Files that are replaced whole, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def _replace(path: Path, content: bytes) -> None:
    """Put the content in the place of a file: all of it, or on any failure nothing."""
    target = Path(os.path.realpath(path))  # through a link, so that the link stays
    # Named and opened here and not by tempfile, which would keep the file from all but its owner.
    fresh = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with _naming(path):
            with fresh.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileNotFoundError):
                shutil.copymode(target, fresh)
            fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors name the path that was asked for, and not one that was used on the way."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            error.filename, error.filename2 = str(path), None
        raise
