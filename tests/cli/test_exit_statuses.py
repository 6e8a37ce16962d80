"""Exit statuses: 1 only ever means no, or faults that `validate` found; whatever fails exits with 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.screen import Screen

from csto_membership.cli import _commands

ROOT = Path(__file__).parents[2]
MEMBER, NO_MEMBER, OPEN = "2009-03-01", "2020-01-01", "2012-06"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="streams of a shell")


def shell(command: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command of a shell, in which CSTO is the program."""
    program = f"{sys.executable} -m csto_membership"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("CSTO", program)], capture_output=True, env=env, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (f"CSTO status UZ {MEMBER} --check", 0),
        (f"CSTO status UZ {NO_MEMBER} --check", 1),
        (f"CSTO status UZ {OPEN} --check", 3),
        (f"CSTO status UZ {MEMBER} --check >&-", 2),
        (f"CSTO status UZ {NO_MEMBER} --check >&-", 2),
        (f"CSTO status UZ {NO_MEMBER} --check 2>&-", 1),
        (f"CSTO status UZ {NO_MEMBER} --check >&- 2>&-", 2),
        ("CSTO status UZ nonsense --check 2>&-", 2),
        ("CSTO members nonsense 2>&-", 2),
        ("CSTO members 2007-01-01 2>&-", 0),
        ("CSTO panel 2>&-", 0),
        ("CSTO nonsense 2>&-", 2),
        ("CSTO members 2007-01-01 >&-", 2),
        ("CSTO validate missing.toml 2>&-", 2),
        ("CSTO validate /dev/null", 2),
        ("CSTO members 2007-01-01 --record /dev/stdin </dev/zero", 2),
    ],
)
def test_a_closed_stream_is_a_failure_and_no_answer(command: str, status: int) -> None:
    done = shell(command)
    assert done.returncode == status, done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize(
    "command", [f"status UZ {NO_MEMBER} --check", "members 2007-01-01", "timeline", "sources --json"]
)
def test_a_full_disk_is_a_failure(command: str) -> None:
    done = shell(f"CSTO {command} >/dev/full")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert shell(f"CSTO {command} >/dev/full 2>/dev/full").returncode == 2
    assert shell("CSTO members nonsense 2>/dev/full").returncode == 2


@pytest.mark.parametrize(("command", "status"), [(f"status UZ {NO_MEMBER} --check", 2), ("members 2007-01-01", 0)])
def test_who_reads_no_answer_gets_none_by_status(command: str, status: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""}
    call = [sys.executable, "-m", "csto_membership", *command.split()]
    done = subprocess.run(call, env=env, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize(
    "error", [AttributeError("x"), KeyError("x"), RecursionError(), MemoryError(), AssertionError()]
)
def test_a_fault_of_the_program_is_no_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(_commands, "put", fail)
    code, out, err = Screen(capsys).run("status", "UZ", NO_MEMBER, "--check")
    assert (code, out) == (2, "")
    assert "please report" in err
