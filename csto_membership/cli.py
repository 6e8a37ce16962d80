"""The command line: the questions of the library as commands, for people as tables and for programs as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from csto_membership import __version__
from csto_membership._bundle import history, load, organisations
from csto_membership._evidence import in_order
from csto_membership._timeline import Verdict
from csto_membership.exceptions import MembershipError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._history import History
    from csto_membership._timeline import Timeline

#: Exit statuses of `status --check`, and of every wrong call.
YES, NO, WRONG_CALL, UNDETERMINED = 0, 1, 2, 3
_CHECKED = {Verdict.YES: YES, Verdict.NO: NO, Verdict.UNDETERMINED: UNDETERMINED}


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return its exit status.

    0 for an answer, 2 for a wrong call or unreadable input; `status --check` gives 0 yes, 1 no, 3 undetermined.
    """
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.run(asked, _history(asked)))
    except (MembershipError, OSError) as error:
        sys.stderr.write(f"csto-membership: error: {error}\n")
        return WRONG_CALL


def _parser() -> argparse.ArgumentParser:
    views = argparse.ArgumentParser(add_help=False)
    view = views.add_argument_group("how the record is seen")
    view.add_argument(
        "--record", metavar="FILE|ID", default="csto", help=f"a file, or one of: {', '.join(organisations())}"
    )
    view.add_argument("--reading", metavar="NAME", help="declared (default), legal or participating")
    view.add_argument(
        "--resolve", metavar="POLICY", help="preferred (default), every, majority, or sources by precedence"
    )
    view.add_argument("--according-to", metavar="SOURCE", action="append", help="use only this source; repeatable")
    view.add_argument("--institution", metavar="ID", help="the line from the first day of this institution on")
    view.add_argument("--counting", metavar="STATUS", action="append", help="count this status; repeatable")
    view.add_argument("--strict", action="store_true", help="undetermined after the coverage, nothing carried on")
    views.add_argument("--json", action="store_true", help="JSON for programs")

    parser = argparse.ArgumentParser(
        prog="csto-membership", description="Who was a member of a treaty on a given day, and how we know."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    members = commands.add_parser("members", parents=[views], help="who was a member on a day")
    members.add_argument("date", metavar="DATE")
    members.set_defaults(run=_members)

    status = commands.add_parser("status", parents=[views], help="the status of a state on a day, and why")
    status.add_argument("state", metavar="STATE")
    status.add_argument("date", metavar="DATE")
    status.add_argument("--check", action="store_true", help="exit with 0 for yes, 1 for no, 3 for undetermined")
    status.set_defaults(run=_status)

    timeline = commands.add_parser("timeline", parents=[views], help="the statuses of a state, or of all, over time")
    timeline.add_argument("state", metavar="STATE", nargs="?")
    timeline.set_defaults(run=_timeline)
    return parser


def _history(asked: argparse.Namespace) -> History:
    """The record that is asked about, seen as the options say."""
    seen = history(asked.record) if asked.record in organisations() else load(asked.record)
    if asked.reading is not None:
        seen = seen.under(asked.reading)
    if asked.resolve is not None:
        seen = seen.resolved(asked.resolve)
    if asked.according_to is not None:
        seen = seen.according_to(*(source for option in asked.according_to for source in option.split(",")))
    if asked.institution is not None:
        seen = seen.institution(asked.institution)
    if asked.counting is not None:
        seen = seen.counting(*(status for option in asked.counting for status in option.split(",")))
    return seen.strict() if asked.strict else seen


def _members(asked: argparse.Namespace, seen: History) -> int:
    found = seen.members_on(asked.date)
    if asked.json:
        return _json(found.as_dict())
    sure = [(state.id, state.name, "member") for state in found.certain]
    open_ = [(state.id, state.name, "undetermined") for state in found.undetermined]
    print(str(found).splitlines()[0])
    _table((), sorted([*sure, *open_]))
    for caveat in found.caveats:
        print(f"note: {caveat}")
    return 0


def _status(asked: argparse.Namespace, seen: History) -> int:
    found = seen.status(asked.state, asked.date)
    if asked.json:
        _json(found.as_dict())
    else:
        print(found)
    return _CHECKED[found.verdict] if asked.check else 0


def _timeline(asked: argparse.Namespace, seen: History) -> int:
    states = seen.states if asked.state is None else [seen.record.index.find(asked.state)]
    lines = [seen.timeline(state) for state in states]
    if asked.json:
        found: Any = [line.as_dict() for line in lines]
        return _json(found if asked.state is None else found[0])
    _table(("state", "first day", "last day", "status", "member"), (row for line in lines for row in _spells(line)))
    return 0


def _spells(line: Timeline) -> Iterable[tuple[str, ...]]:
    for spell in line:
        first, last = str(spell.first_day or ".."), str(spell.last_day or "..")
        yield line.state.name, first, last, " or ".join(in_order(spell.statuses)), str(spell.verdict)


def _json(value: object) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return 0


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows in aligned columns, under a head where there is one."""
    lines = [head, *rows] if head else list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
