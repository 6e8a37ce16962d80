"""
The commands that ask a history: who was what, and when.

Each has two functions, one that adds it to the parser and one that prints the answer and returns the exit status.
A new command is two functions here, the first of them in `QUESTIONS`, and what its help says in `_words`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from csto_membership._values.acts import in_order
from csto_membership._values.cells import visible
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import either, number_range
from csto_membership.cli._asking import DATE, FIRST, LAST, STATE, add_grid, end_of, show_view, states_of
from csto_membership.cli._asking import question as _question
from csto_membership.cli._export_sql import add_sql, export_sql
from csto_membership.cli._output import (
    ANSWERED,
    NO,
    UNDETERMINED,
    YES,
    put,
    put_json,
    put_rows,
    put_table,
    put_view,
)
from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from argparse import _SubParsersAction as Commands
    from collections.abc import Callable, Iterable

    from csto_membership._history import History
    from csto_membership._questions.panels import DyadRow, PanelRow
    from csto_membership._values.acts import Status
    from csto_membership._view.timeline import Timeline


def _add_members(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "members", _members, "who was a member on a day", csv=True, at_once=True)
    parser.add_argument("date", metavar="DATE", help=DATE)


def _members(args: Namespace, history: History) -> int:
    members = history.members_on(args.date)
    if args.json:
        return put_json(members.as_dict())
    verdicts = {state: Verdict.YES if state in members.certain else Verdict.UNDETERMINED for state in members.possible}
    if args.csv:
        rows = ((str(members.date), state.id, state.name, str(verdict)) for state, verdict in verdicts.items())
        columns = ["date", "state", "name", "member"]
        return put_rows((dict(zip(columns, row, strict=True)) for row in rows), columns, as_csv=True)
    put_view(members.organisation, getattr(history, "view", members.reading))
    put(str(members).splitlines()[0])
    words = {Verdict.YES: "member", Verdict.UNDETERMINED: Verdict.UNDETERMINED}
    put_table((), [(state.id, state.name, words[verdict]) for state, verdict in verdicts.items()])
    for caveat in members.caveats:
        put(f"note: {visible(caveat)}")
    return ANSWERED


_EXIT_OF = {Verdict.YES: YES, Verdict.NO: NO, Verdict.UNDETERMINED: UNDETERMINED}


def _add_status(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "status", _status, "the status of a state on a day, and why", at_once=True)
    parser.add_argument("state", metavar="STATE", help=STATE)
    parser.add_argument("date", metavar="DATE", help=DATE)
    parser.add_argument(
        "--check",
        action="store_true",
        dest="answers_by_status",
        help="exit with 0 for yes, 1 for no, 3 for undetermined",
    )
    parser.add_argument("--quiet", action="store_true", help="with --check: print nothing")


def _status(args: Namespace, history: History) -> int:
    if args.quiet and (args.json or not args.answers_by_status):
        reason = (
            "it prints nothing, and JSON is wanted" if args.json else "nothing is left to tell without an exit status"
        )
        raise ArgumentError("form", "--quiet", reason, ["--check --quiet"])
    finding = history.status(args.state, args.date)
    if args.json:
        put_json(finding.as_dict())
    elif not args.quiet:
        put(finding, verdict=finding.verdict)
    return _EXIT_OF[finding.verdict] if args.answers_by_status else ANSWERED


def _add_timeline(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "timeline", _timeline, "the statuses of a state, or of all, over time", csv=True)
    parser.add_argument("state", metavar="STATE", nargs="?", help=f"{STATE}; by default all that the record names")


def _timeline(args: Namespace, history: History) -> int:
    states = history.states if args.state is None else [history.record.index.find(args.state)]
    timelines = [history.timeline(state) for state in states]
    if args.json:
        values = [timeline.as_dict() for timeline in timelines]
        return put_json(values if args.state is None else values[0])
    if args.csv:
        spells = ({"state": timeline.state.id, **spell.as_dict()} for timeline in timelines for spell in timeline)
        return put_rows(spells, ["state", "first_day", "last_day", "statuses", "verdict"], as_csv=True)
    show_view(history)
    rows = (row for timeline in timelines for row in _spells(timeline))
    return put_table(("state", "first day", "last day", "status", "member"), rows)


def _spells(timeline: Timeline) -> Iterable[tuple[object, ...]]:
    for spell in timeline:
        days = end_of(spell.first_day), end_of(spell.last_day)
        yield timeline.state.name, *days, _statuses(spell.statuses), spell.verdict


def _add_changes(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "changes", _changes, "who joined, left, returned in a period", csv=True)
    parser.add_argument("first", metavar="FIRST", help=FIRST)
    parser.add_argument("last", metavar="LAST", help=LAST)


def _changes(args: Namespace, history: History) -> int:
    changes = history.changes(args.first, args.last)
    if args.json or args.csv:
        columns = ["state", "date", "acts", "before", "after", "certain", "event", "silent", "for_all"]
        return put_rows((change.as_dict() for change in changes), columns, as_csv=args.csv)
    rows = (
        (
            str(change.date),
            change.state.name,
            either(act.value for act in change.acts) or "carried over",
            _statuses(change.before),
            _statuses(change.after),
            "" if change.certain else "perhaps",
        )
        for change in changes
    )
    show_view(history)
    return put_table(("date", "state", "act", "from", "to", ""), rows)


def _add_size(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "size", _size, "how many members, on a day or over time", csv=True)
    parser.add_argument("date", metavar="DATE", nargs="?", help=f"{DATE}; by default every run of days")


def _size(args: Namespace, history: History) -> int:
    if args.date is None:
        return _sizes(args, history)
    members = history.members_on(args.date)
    row = {"date": str(members.date), "fewest": members.fewest, "most": members.most}
    if args.json:
        return put_json(row)
    if args.csv:
        return put_rows([row], list(row), as_csv=True)
    show_view(history)
    put(number_range(members.fewest, members.most))
    return ANSWERED


def _sizes(args: Namespace, history: History) -> int:
    rows = [size.as_dict() for size in history.sizes()]
    columns = list(rows[0])
    if args.json or args.csv:
        return put_rows(rows, columns, as_csv=args.csv)
    show_view(history)
    return put_table(tuple(columns), (tuple(map(end_of, row.values())) for row in rows))


def _add_panel(commands: Commands[ArgumentParser]) -> None:
    add_grid(_question(commands, "panel", _panel, "one row a state and period", csv=True))


def _panel(args: Namespace, history: History) -> int:
    from csto_membership._questions.panels import PanelRow

    return _put_grid(args, history, history.panel, PanelRow)


def _add_dyads(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "dyads", _dyads, "one row a pair of states and period", csv=True)
    add_grid(parser)
    parser.add_argument("--directed", action="store_true", help="each pair in both orders")


def _dyads(args: Namespace, history: History) -> int:
    from csto_membership._questions.panels import DyadRow

    return _put_grid(args, history, partial(history.dyads, directed=args.directed), DyadRow)


def _put_grid(args: Namespace, history: History, grid: Callable[..., Iterable[PanelRow | DyadRow]], kind: Any) -> int:
    rows = (row.as_dict() for row in grid(args.freq, args.rule, args.first, args.last, states_of(args)))
    from dataclasses import fields

    columns = [field.name for field in fields(kind)]
    if args.json or args.csv:
        return put_rows(rows, columns, as_csv=args.csv)
    show_view(history)
    cells = (tuple(_cell(name, value) for name, value in row.items()) for row in rows)
    return put_table(tuple(columns), cells, count=True)


def _cell(name: str, value: object) -> object:
    """A value of a grid for people, who read yes and no."""
    return Verdict(value) if name == "member" else "" if value is None else value


def _add_export(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "export", _export, "write spells, changes, acts, a status matrix, PROV, or the record")
    parser.add_argument("what", choices=["spells", "changes", "acts", "matrix", "package", "prov", "record"])
    parser.add_argument(
        "path",
        metavar="OUT",
        help="spells, changes, acts and matrix: a .csv or .json file, spells also .parquet or .arrow; package: a folder; "
        "prov: a .jsonld file; record: .toml or .json",
    )
    add_sql(parser)


def _export(args: Namespace, history: History) -> int:
    from csto_membership import writers
    from csto_membership._load import dump

    if args.sql is not None:
        return export_sql(args, history)
    if args.name is not None:
        raise ArgumentError("name", args.name, "only a script for a database has names", ["--sql"])
    write: dict[str, Callable[[History, str], None]] = {
        "spells": _write_spells,
        "changes": writers.write_changes,
        "acts": writers.write_acts,
        "matrix": writers.write_matrix,
        "package": writers.write_package,
        "prov": writers.write_prov,
        "record": dump,
    }
    write[args.what](history, args.path)
    return ANSWERED


def _write_spells(history: History, path: str) -> None:
    from csto_membership import frames, writers

    in_columns = path.lower().endswith((".parquet", ".arrow", ".feather"))
    (frames.write_spells if in_columns else writers.write_spells)(history, path)


def _statuses(statuses: frozenset[Status]) -> str:
    return either(in_order(statuses))


#: What adds each command, in the order of the help.
QUESTIONS = (
    _add_members,
    _add_status,
    _add_timeline,
    _add_changes,
    _add_size,
    _add_panel,
    _add_dyads,
    _add_export,
)
