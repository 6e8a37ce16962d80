"""The command line on a terminal of some width, as people run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def on_terminal(width: int, *arguments: str, code: str = "", **env: str) -> str:
    """What a command writes to a terminal of that many columns; with `code` a program in place of the command line."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    kept = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "LINES", "NO_COLOR"}}
    environment = {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **env}
    command = [sys.executable, *(["-c", code] if code else ["-m", "csto_membership"]), *arguments]
    with subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
    os.close(ours)
    assert process.returncode in (0, 1, 3), shown.decode()
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    """The next piece; nothing where the other side has gone, which Linux tells as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
