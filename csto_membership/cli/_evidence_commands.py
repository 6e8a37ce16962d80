"""
The commands that ask a history what its answers rest on: where claims and views disagree, what hangs on it, the sources.

Each has two functions, as in `_commands`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import csto_membership as package
from csto_membership._values.cells import visible
from csto_membership._values.period import first_day
from csto_membership.cli._asking import DATE, add_grid, end_of, question, show_view, states_of
from csto_membership.cli._output import ANSWERED, put, put_json, put_rows, put_table
from csto_membership.cli._views import add_view, histories_of, history_of, tell
from csto_membership.exceptions import ArgumentError, UnknownNameError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from argparse import _SubParsersAction as Commands
    from collections.abc import Iterable

    from csto_membership._history import History
    from csto_membership._questions.conflicts import Conflict


def _add_conflicts(commands: Commands[ArgumentParser]) -> None:
    parser = question(commands, "conflicts", _conflicts, "where claims disagree, and what it changes", csv=True)
    id = parser.add_argument("id", metavar="ID", nargs="?")
    tell(id, "one controversy; by default all. Of csto: %(told)s", _conflict_ids)


def _conflicts(args: Namespace, history: History) -> int:
    conflicts = list(history.conflicts())
    if args.id is not None:
        known = [conflict.id for conflict in conflicts]
        conflicts = [conflict for conflict in conflicts if conflict.id == args.id]
        notes = [note.text for note in history.record.notes if note.conflict == args.id]
        if args.id and notes and not conflicts and not args.json and not args.csv:
            show_view(history)
            put("\n".join([f"{args.id}: changes no status", *(f"  note: {visible(text)}" for text in notes)]))
            return ANSWERED
        if not conflicts:
            raise UnknownNameError("controversy", args.id, known)
    if args.json:
        return put_json([conflict.as_dict() for conflict in conflicts])
    if args.csv:
        columns = ["conflict", "events", "state", "first_day", "last_day"]
        return put_rows(_what_matters(conflicts), columns, as_csv=True)
    show_view(history)
    put("\n\n".join(map(str, conflicts)) or "no controversy under this view")
    return ANSWERED


def _conflict_ids() -> str:
    return ", ".join(conflict.id for conflict in package.CSTO.conflicts())


def _what_matters(conflicts: Iterable[Conflict]) -> Iterable[dict[str, object]]:
    """A row for each run of days that a controversy changes; one without days for a controversy that changes none."""
    for conflict in conflicts:
        told = conflict.as_dict()
        for matter in told["matters"] or [dict.fromkeys(("state", "first_day", "last_day"))]:
            yield {"conflict": conflict.id, "events": told["events"], **matter}


def _add_compare(commands: Commands[ArgumentParser]) -> None:
    parser = question(commands, "compare", _compare, "where another view answers differently", csv=True)
    parser.add_argument("--only", metavar="KIND", default="all", help="all (default), contradictions or both_speak")
    add_view(parser.add_argument_group("how the other is seen"), prefix="other-")


def _compare(args: Namespace, history: History) -> int:
    other = history_of(args, "other_")
    differences = history.compare(other, only=args.only)
    if args.json:
        return put_json([difference.as_dict() for difference in differences])
    if args.csv:
        columns = ["state", "first_day", "last_day", "one", "other"]
        runs = (difference.as_dict() for difference in differences)
        told = (
            {**dict(zip(columns[3:], run["verdicts"], strict=True)), **{key: run[key] for key in columns[:3]}}
            for run in runs
        )
        return put_rows(told, columns, as_csv=True)
    show_view(history, "one")
    show_view(other, "other")
    if not differences:
        put("both give the same answers" if args.only == "all" else f"no differences of this kind: {args.only}")
        return ANSWERED
    rows = (
        (difference.state.name, end_of(difference.first_day), end_of(difference.last_day), *difference.verdicts)
        for difference in differences
    )
    return put_table(("state", "first day", "last day", "one", "other"), rows)


def _add_robustness(commands: Commands[ArgumentParser]) -> None:
    parser = question(commands, "robustness", _robustness, "on which judgements the answers hang", csv=True)
    parser.add_argument("date", metavar="DATE", nargs="?", help=f"the members on it: {DATE}; by default the panel")
    parser.add_argument("--no-events", action="store_true", help="do not take each claim of a disputed event in turn")
    parser.add_argument("--no-sources", action="store_true", help="do not leave out each source in turn")
    add_grid(parser)


def _robustness(args: Namespace, history: History) -> int:
    """Answers of a panel, or of a list of members; as CSV, a row an answer under each view."""
    grid = {"freq": args.freq, "rule": args.rule, "first": args.first, "last": args.last, "states": states_of(args)}
    if args.date is not None and grid != {"freq": "year", "rule": "last", "first": None, "last": None, "states": None}:
        raise ArgumentError("date", args.date, "the options of a panel go without it", ["--first DATE --last DATE"])
    found = history.robustness(
        "panel" if args.date is None else "members_on",
        events=not args.no_events,
        sources=not args.no_sources,
        **(grid if args.date is None else {"date": args.date}),
    )
    if args.json:
        return put_json(found.as_dict())
    if args.csv:
        columns = ["view", "about", "name", "conflicts", "state", "period", "answer"]
        return put_rows((row.as_dict() for row in found.rows()), columns, as_csv=True)
    show_view(history)
    put(found)
    return ANSWERED


def _add_sources(commands: Commands[ArgumentParser]) -> None:
    parser = question(
        commands, "sources", _sources, "the sources that the view uses, or records that have grown old", csv=True
    )
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
    if args.bibtex + args.csl + (args.json or args.csv) > 1 and not (args.csl and args.json):
        raise ArgumentError("form", "several forms", "one at a time", ["--bibtex", "--csl", "--json", "--csv"])
    if args.csl:
        return put_json(csl(*history.sources))
    if args.bibtex:
        put(bibtex(*history.sources).rstrip(), whole=True)
        return ANSWERED
    if args.json:
        return put_json([source.as_dict() for source in history.sources])
    if args.csv:
        sources = [source.as_dict() for source in history.sources]
        return put_rows(sources, list(sources[0]) if sources else ["id"], as_csv=True)
    show_view(history)
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
    columns = ["last_day", "id", "edition", "name"]
    told = [dict(zip(columns, row, strict=True)) for row in stale]
    if args.json:
        return put_json(told)
    if args.csv:
        return put_rows(told, columns, as_csv=True)
    if not stale:
        put(f"no evidence ends before {day}")
        return ANSWERED
    return put_table(("evidence ends", "record", "edition", "name"), stale)


#: What adds each command, in the order of the help.
EVIDENCE = (_add_conflicts, _add_compare, _add_robustness, _add_sources)
