"""
The commands that ask a history.

Each has two functions, one that adds it to the parser and one that prints the answer and returns the exit status.
A new command is two functions here, and the first of them in `QUESTIONS`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import csto_membership as package
from csto_membership._values.acts import in_order
from csto_membership._values.cells import visible
from csto_membership._values.period import first_day
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import either, number_range
from csto_membership.cli._export_sql import add_sql, export_sql
from csto_membership.cli._output import ANSWERED, NO, UNDETERMINED, YES, put, put_json, put_rows, put_table
from csto_membership.cli._views import add_view, histories_of, history_of
from csto_membership.exceptions import ArgumentError, UnknownNameError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from argparse import _SubParsersAction as Commands
    from collections.abc import Callable, Iterable

    from csto_membership._history import History
    from csto_membership._questions.panels import DyadRow, PanelRow
    from csto_membership._values.acts import Status
    from csto_membership._view.timeline import Timeline


def _question(
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


def _add_members(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "members", _members, "who was a member on a day", at_once=True)
    parser.add_argument("date", metavar="DATE")


def _members(args: Namespace, history: History) -> int:
    members = history.members_on(args.date)
    if args.json:
        return put_json(members.as_dict())
    certain = [(state.id, state.name, "member") for state in members.certain]
    undetermined = [(state.id, state.name, "undetermined") for state in members.undetermined]
    put(str(members).splitlines()[0])
    put_table((), sorted([*certain, *undetermined]))
    for caveat in members.caveats:
        put(f"note: {visible(caveat)}")
    return ANSWERED


_EXIT_OF = {Verdict.YES: YES, Verdict.NO: NO, Verdict.UNDETERMINED: UNDETERMINED}


def _add_status(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "status", _status, "the status of a state on a day, and why", at_once=True)
    parser.add_argument("state", metavar="STATE")
    parser.add_argument("date", metavar="DATE")
    parser.add_argument(
        "--check",
        action="store_true",
        dest="answers_by_status",
        help="exit with 0 for yes, 1 for no, 3 for undetermined",
    )


def _status(args: Namespace, history: History) -> int:
    finding = history.status(args.state, args.date)
    if args.json:
        put_json(finding.as_dict())
    else:
        put(finding)
    return _EXIT_OF[finding.verdict] if args.answers_by_status else ANSWERED


def _add_timeline(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "timeline", _timeline, "the statuses of a state, or of all, over time")
    parser.add_argument("state", metavar="STATE", nargs="?")


def _timeline(args: Namespace, history: History) -> int:
    states = history.states if args.state is None else [history.record.index.find(args.state)]
    timelines = [history.timeline(state) for state in states]
    if args.json:
        values = [timeline.as_dict() for timeline in timelines]
        return put_json(values if args.state is None else values[0])
    rows = (row for timeline in timelines for row in _spells(timeline))
    return put_table(("state", "first day", "last day", "status", "member"), rows)


def _spells(timeline: Timeline) -> Iterable[tuple[str, ...]]:
    for spell in timeline:
        days = _end(spell.first_day), _end(spell.last_day)
        yield timeline.state.name, *days, _statuses(spell.statuses), str(spell.verdict)


def _add_changes(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "changes", _changes, "who joined, left, returned in a period", csv=True)
    parser.add_argument("first", metavar="FIRST", help="the first day; a year or a month means its first day")
    parser.add_argument("last", metavar="LAST", help="the last day; a year or a month means its last day")


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
    return put_table(("date", "state", "act", "from", "to", ""), rows)


def _add_size(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "size", _size, "how many members, on a day or over time", csv=True)
    parser.add_argument("date", metavar="DATE", nargs="?")


def _size(args: Namespace, history: History) -> int:
    if args.date is None:
        return _sizes(args, history)
    members = history.members_on(args.date)
    row = {"date": str(members.date), "fewest": members.fewest, "most": members.most}
    if args.json:
        return put_json(row)
    if args.csv:
        return put_rows([row], list(row), as_csv=True)
    put(number_range(members.fewest, members.most))
    return ANSWERED


def _sizes(args: Namespace, history: History) -> int:
    rows = [size.as_dict() for size in history.sizes()]
    columns = list(rows[0])
    if args.json or args.csv:
        return put_rows(rows, columns, as_csv=args.csv)
    return put_table(tuple(columns), (tuple(map(_end, row.values())) for row in rows))


def _add_panel(commands: Commands[ArgumentParser]) -> None:
    _add_grid(_question(commands, "panel", _panel, "one row a state and period", csv=True))


def _panel(args: Namespace, history: History) -> int:
    from csto_membership._questions.panels import PanelRow

    return _put_grid(args, history.panel, PanelRow)


def _add_dyads(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "dyads", _dyads, "one row a pair of states and period", csv=True)
    _add_grid(parser)
    parser.add_argument("--directed", action="store_true", help="each pair in both orders")


def _dyads(args: Namespace, history: History) -> int:
    from csto_membership._questions.panels import DyadRow

    return _put_grid(args, partial(history.dyads, directed=args.directed), DyadRow)


def _add_grid(parser: ArgumentParser) -> None:
    """The options of a grid of periods."""
    parser.add_argument("--freq", metavar="FREQ", default="year", help="year (default), month or day")
    parser.add_argument("--rule", metavar="RULE", default="last", help="last (default), first, any or all days count")
    parser.add_argument(
        "--first", metavar="DATE", help="the first day, or a year or month; by default that of the coverage"
    )
    parser.add_argument(
        "--last", metavar="DATE", help="the last day, or a year or month; by default that of the coverage"
    )
    parser.add_argument(
        "--states", metavar="STATE", nargs="+", help="names or codes, or world; by default those with acts"
    )


def _put_grid(args: Namespace, grid: Callable[..., Iterable[PanelRow | DyadRow]], kind: Any) -> int:
    states = "world" if args.states == ["world"] else args.states
    rows = (row.as_dict() for row in grid(args.freq, args.rule, args.first, args.last, states))
    from dataclasses import fields

    columns = [field.name for field in fields(kind)]
    if args.json or args.csv:
        return put_rows(rows, columns, as_csv=args.csv)
    cells = (tuple("" if value is None else str(value) for value in row.values()) for row in rows)
    return put_table(tuple(columns), cells, count=True)


def _add_conflicts(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "conflicts", _conflicts, "where claims disagree, and what it changes")
    parser.add_argument("id", metavar="ID", nargs="?", help="one controversy, such as C2")


def _conflicts(args: Namespace, history: History) -> int:
    conflicts = list(history.conflicts())
    if args.id is not None:
        known = [conflict.id for conflict in conflicts]
        conflicts = [conflict for conflict in conflicts if conflict.id == args.id]
        notes = [note.text for note in history.record.notes if note.conflict == args.id]
        if args.id and notes and not conflicts and not args.json:
            put("\n".join([f"{args.id}: changes no status", *(f"  note: {visible(text)}" for text in notes)]))
            return ANSWERED
        if not conflicts:
            raise UnknownNameError("controversy", args.id, known)
    if args.json:
        return put_json([conflict.as_dict() for conflict in conflicts])
    put("\n\n".join(map(str, conflicts)) or "no controversy under this view")
    return ANSWERED


def _add_compare(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "compare", _compare, "where another view answers differently")
    parser.add_argument("--only", metavar="KIND", default="all", help="all (default), contradictions or both_speak")
    add_view(parser.add_argument_group("how the other is seen"), prefix="other-")


def _compare(args: Namespace, history: History) -> int:
    differences = history.compare(history_of(args, "other_"), only=args.only)
    if args.json:
        return put_json([difference.as_dict() for difference in differences])
    if not differences:
        put("both give the same answers" if args.only == "all" else f"no differences of this kind: {args.only}")
        return ANSWERED
    rows = (
        (difference.state.name, _end(difference.first_day), _end(difference.last_day), *map(str, difference.verdicts))
        for difference in differences
    )
    return put_table(("state", "first day", "last day", "one", "other"), rows)


def _add_sources(commands: Commands[ArgumentParser]) -> None:
    parser = _question(commands, "sources", _sources, "the sources that the view uses, or records that have grown old")
    parser.add_argument("--bibtex", action="store_true", help="as BibTeX")
    parser.add_argument("--csl", action="store_true", help="as CSL-JSON")
    parser.add_argument(
        "--stale",
        metavar="DATE",
        help="instead, the records whose evidence ends before this day: the bundled ones, or the one of --record",
    )


def _sources(args: Namespace, history: History) -> int:
    from csto_membership.citations import bibtex, csl

    if args.stale is not None:
        return _stale(args)
    if args.bibtex and (args.csl or args.json):
        raise ArgumentError("form", "BibTeX and JSON", "one at a time", ["--bibtex", "--csl", "--json"])
    if args.csl:
        return put_json(csl(*history.sources))
    if args.bibtex:
        put(bibtex(*history.sources).rstrip())
        return ANSWERED
    if args.json:
        return put_json([source.as_dict() for source in history.sources])
    rows = (
        (source.id, source.kind.value, str(source.published or "?"), source.publisher, source.title)
        for source in history.sources
    )
    return put_table(("source", "kind", "published", "publisher", "title"), rows)


def _stale(args: Namespace) -> int:
    """A record without a last day vouches without an end, and is never stale."""
    if args.bibtex or args.csl:
        raise ArgumentError(
            "form", "BibTeX" if args.bibtex else "CSL", "--stale lists records, not sources", ["--json"]
        )
    day = first_day(args.stale)
    ends = [(history.coverage.last, history) for history in histories_of(args)]
    stale = sorted(
        (last.isoformat(), history.record.id, history.edition, history.record.name)
        for last, history in ends
        if last and day and last < day
    )
    if args.json:
        return put_json(
            [{"last_day": last, "id": id, "edition": edition, "name": name} for last, id, edition, name in stale]
        )
    if not stale:
        put(f"no evidence ends before {day}")
        return ANSWERED
    return put_table(("evidence ends", "record", "edition", "name"), stale)


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


def _end(value: object) -> str:
    """A value of a table, two points for an open end."""
    return ".." if value is None else str(value)


#: What adds each command, in the order of the help.
QUESTIONS = (
    _add_members,
    _add_status,
    _add_timeline,
    _add_changes,
    _add_size,
    _add_panel,
    _add_dyads,
    _add_conflicts,
    _add_compare,
    _add_sources,
    _add_export,
)
