"""What the commands that ask a history have in common: their options, and the line that says whom they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import csto_membership as package
from csto_membership.cli._output import put_view
from csto_membership.cli._views import add_view, history_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from argparse import _SubParsersAction as Commands
    from collections.abc import Callable

    from csto_membership._history import History

#: What a date, the ends of a period and a state may be, as help texts say it.
DATE = 'a day, or what is known of it: 2012-06-28, "28 June 2012", 2012-06, 2012, 199X, [2006-06..2006-08]'
FIRST = "the first day; a year or a month means its first day"
LAST = "the last day; a year or a month means its last day"
STATE = "a code or a name: UZ, UZB, cow:704, Uzbekistan, Узбекистан; any state of the world"


def question(
    commands: Commands[ArgumentParser],
    name: str,
    answer: Callable[[Namespace, Any], int],
    help: str,
    *,
    csv: bool = False,
    at_once: bool = False,
) -> ArgumentParser:
    """
    The parser of a command that asks a history, with the options for the view and for the form of the answer.

    With `at_once` the package is asked where no option changes the view: it has answers of exact days ready.
    """
    parser = commands.add_parser(name, help=help)
    options = add_view(parser.add_argument_group("how the record is seen"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON for programs")
    if csv:
        form.add_argument("--csv", action="store_true", help="comma-separated values")

    def run(args: Namespace) -> int:
        seen = any(getattr(args, option) not in (None, False) for option in options)
        return answer(args, history_of(args) if seen or not at_once else package)

    parser.set_defaults(run=run)
    return parser


def add_grid(parser: ArgumentParser) -> None:
    """The options of a grid of periods."""
    parser.add_argument("--freq", metavar="FREQ", default="year", help="year (default), month or day")
    parser.add_argument("--rule", metavar="RULE", default="last", help="last (default), first, any or all days count")
    parser.add_argument("--first", metavar="DATE", help=f"{FIRST}; by default that of the coverage")
    parser.add_argument("--last", metavar="DATE", help=f"{LAST}; by default that of the coverage")
    parser.add_argument(
        "--states", metavar="STATE", nargs="+", help="names or codes, or world; by default those with acts"
    )


def states_of(args: Namespace) -> list[str] | str | None:
    """The states of a grid that are named."""
    return "world" if args.states == ["world"] else args.states


def show_view(history: History, whose: str = "") -> None:
    """Say on a terminal of which record an answer is, and under which view."""
    put_view(history.record.id, history.view, whose)


def end_of(value: object) -> str:
    """A value of a table, two points for an open end."""
    return ".." if value is None else str(value)
