"""The entry point of the command line: it parses the arguments, runs one command, and says what went wrong."""

from __future__ import annotations

import argparse
import io
import sys
from typing import TYPE_CHECKING, Any, NoReturn, Self, cast

from csto_membership import __version__
from csto_membership._values.cells import visible
from csto_membership.cli._commands import QUESTIONS
from csto_membership.cli._evidence_commands import EVIDENCE
from csto_membership.cli._file_commands import FILE_COMMANDS
from csto_membership.cli._output import ANSWERED, WRONG_CALL, let_go, say, told
from csto_membership.exceptions import MembershipError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from _typeshed import SupportsWrite


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return its exit status.

    0 for an answer, 2 for a wrong call, unreadable input and every other failure; `status --check` gives 0 yes, 1 no,
    3 undetermined, and `validate` 1 for a file with faults. So 1 never means that something failed.
    """
    args = _parsed(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal cannot show is shown by its code points.
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        say("csto-membership: error: there is no standard output to print the answer to")
        return WRONG_CALL
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has closed the pipe, and had enough; but a status that is an answer it has not got.
        let_go(sys.stdout)
        return WRONG_CALL if getattr(args, "answers_by_status", False) else ANSWERED
    except (MembershipError, OSError) as error:
        return _failed(told(error))
    except Exception as error:  # noqa: BLE001 - 1 would mean no
        return _failed(f"a fault of this program, please report it: {type(error).__name__}: {error}")
    return status


class _Parser(argparse.ArgumentParser):
    """
    A parser whose help is an answer like others: where it cannot be printed, the call has failed.

    The help of a command says what it does, with examples; its usage names what is needed, and the view comes last.
    """

    def format_help(self) -> str:
        from csto_membership.cli._words import described

        # Examples are lines to copy: they are not filled.
        self.formatter_class = argparse.RawDescriptionHelpFormatter
        self.description = described(self.prog.partition(" ")[2]) or self.description
        self._shorten_usage()
        return super().format_help()

    def format_usage(self) -> str:
        self._shorten_usage()
        return super().format_usage()

    def _shorten_usage(self) -> None:
        if " " in self.prog:
            needed = [argument for argument in self._actions if not argument.option_strings]
            self.usage = " ".join(["%(prog)s", *map(_in_usage, needed), "[options]"])

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        stream = file or sys.stderr
        if stream is not None:
            stream.write(message)


def _in_usage(argument: argparse.Action) -> str:
    """A positional argument as a usage shows it."""
    name = argument.metavar if isinstance(argument.metavar, str) else f"{{{','.join(argument.choices or ())}}}"
    return {"?": f"[{name}]", "+": f"{name} [{name} ...]", "*": f"[{name} ...]"}.get(str(argument.nargs), name)


class _Completion(argparse.Action):
    """Prints what makes a shell complete the commands, their options and the values that these may have."""

    def __call__(self, parser: argparse.ArgumentParser, *given: Any) -> NoReturn:
        from csto_membership.cli._completion import completion

        try:
            print(completion(parser, str(given[1])))
        except MembershipError as error:
            parser.exit(_failed(str(error)))
        parser.exit(ANSWERED)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments of a call; SystemExit for a wrong one, and for help and the version, once they are printed."""
    try:
        try:
            given = sys.argv[1:] if arguments is None else arguments
            return _parser(given[0] if given else "").parse_args(given)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except OSError as error:
        let_go(sys.stdout)
        raise SystemExit(_failed(str(error))) from None


def _failed(reason: str) -> int:
    say(visible(f"csto-membership: error: {reason}", "\n"))
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        # What is left to flush must not fail once more at exit, with another status.
        let_go(sys.stdout)
    return WRONG_CALL


class _Unasked:
    """In place of the parser of a command that is not asked for: to make the options of all takes longer than an answer."""

    def __getattr__(self, _name: str) -> Callable[..., Self]:
        # Whatever a parser is asked to do: what argparse asks of it besides differs from Python to Python.
        return lambda *_, **__: self


def _parser(asked: str) -> argparse.ArgumentParser:
    """The parser of the call whose first argument this is."""
    parser: argparse.ArgumentParser = _Parser(
        prog="csto-membership",
        description="Who was a member of a treaty on a given day, and how we know.",
        epilog="csto-membership COMMAND --help explains a command, with examples.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")

    parser.add_argument(
        "--print-completion",
        metavar="SHELL",
        action=_Completion,
        help="print what completes commands in bash, zsh, tcsh, fish or powershell (extra cli)",
    )

    def of_command(**options: Any) -> Any:
        # A command is the first argument, unless that begins with a hyphen.
        wanted = asked[:1] == "-" or options["prog"] == f"{parser.prog} {asked}"
        return _Parser(**options) if wanted else _Unasked()

    commands = parser.add_subparsers(
        metavar="COMMAND", required=True, parser_class=cast("type[argparse.ArgumentParser]", of_command)
    )
    for add in (*QUESTIONS, *EVIDENCE, *FILE_COMMANDS):
        add(commands)
    return parser
