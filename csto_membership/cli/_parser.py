"""The entry point of the command line: it parses the arguments, runs one command, and says what went wrong."""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import TYPE_CHECKING

from csto_membership import __version__
from csto_membership._values.cells import visible
from csto_membership.cli._commands import QUESTIONS
from csto_membership.cli._file_commands import FILE_COMMANDS
from csto_membership.cli._output import WRONG_CALL
from csto_membership.exceptions import MembershipError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return its exit status.

    0 for an answer, 2 for a wrong call or unreadable input; `status --check` gives 0 yes, 1 no, 3 undetermined, and
    `validate` 1 for a file with faults.
    """
    args = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal cannot show is shown by its code points.
            stream.reconfigure(errors="backslashreplace")
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has closed the pipe. What is left to flush must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (MembershipError, OSError) as error:
        sys.stderr.write(visible(f"csto-membership: error: {error}", "\n") + "\n")
        return WRONG_CALL
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="csto-membership", description="Who was a member of a treaty on a given day, and how we know."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in (*QUESTIONS, *FILE_COMMANDS):
        add(commands)
    return parser
