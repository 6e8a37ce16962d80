"""Files are replaced whole or not at all; what is no file gets all of it, and stays what it is."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from csto_membership._files.whole_files import replace, replacing

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and devices")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    return path


def written_to(path: Path, content: bytes) -> bytes:
    """What comes out of a pipe."""
    # Somebody must read, or who writes would wait for ever.
    out = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace(path, content)
        return os.read(out, 100)
    finally:
        os.close(out)


def test_a_pipe_gets_what_is_written_and_stays_a_pipe(pipe: Path) -> None:
    assert written_to(pipe, b"all of it") == b"all of it"
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(pipe.parent.iterdir()) == [pipe]


def test_a_link_to_a_pipe_leads_there(pipe: Path) -> None:
    link = pipe.with_name("link.json")
    link.symlink_to(pipe)
    assert written_to(link, b"all of it") == b"all of it"
    assert link.is_symlink()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_pipe_gets_nothing_of_what_fails(pipe: Path) -> None:
    def failing() -> None:
        with replacing(pipe) as file:
            file.write(b"half of it")
            raise ZeroDivisionError

    # Nobody reads: if anything were written, it would be waited for.
    with pytest.raises(ZeroDivisionError):
        failing()
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(pipe.parent.iterdir()) == [pipe]


def test_a_device_stays_a_device(tmp_path: Path) -> None:
    path = tmp_path / "null"
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, Path(os.devnull).stat().st_rdev)
    except PermissionError:
        pytest.skip("only root makes devices")
    with suppress(PermissionError):  # where devices may not be opened there
        replace(path, b"gone")
    assert stat.S_ISCHR(path.stat().st_mode)
    assert list(tmp_path.iterdir()) == [path]
