"""The command line: the questions of the library as commands, for people as tables and for programs as JSON."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from attrs import fields

from csto_membership import __version__
from csto_membership._bundle import history, load, organisations
from csto_membership._evidence import in_order
from csto_membership._panels import DyadRow, PanelRow
from csto_membership._resolution import precedence
from csto_membership._timeline import Verdict
from csto_membership.exceptions import MembershipError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._history import History
    from csto_membership._timeline import Timeline

#: Of tables with more rows, the number of rows is told on standard error.
_LONG = 100
CHANGE_COLUMNS = ("state", "date", "acts", "before", "after", "certain", "event")
#: Exit statuses of `status --check`, and of every wrong call.
YES, NO, WRONG_CALL, UNDETERMINED = 0, 1, 2, 3
_CHECKED = {Verdict.YES: YES, Verdict.NO: NO, Verdict.UNDETERMINED: UNDETERMINED}


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return its exit status.

    0 for an answer, 2 for a wrong call or unreadable input; `status --check` gives 0 yes, 1 no, 3 undetermined.
    """
    asked = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal cannot show is shown by its code points.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = int(asked.run(asked, _history(asked)))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. What is left to flush must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (MembershipError, OSError) as error:
        sys.stderr.write(f"csto-membership: error: {error}\n")
        return WRONG_CALL
    return status


def _parser() -> argparse.ArgumentParser:
    views = argparse.ArgumentParser(add_help=False)
    _add_views(views.add_argument_group("how the record is seen"))
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

    changes = commands.add_parser("changes", parents=[views], help="who joined, left, returned in a period")
    changes.add_argument("first", metavar="FIRST")
    changes.add_argument("last", metavar="LAST")
    changes.add_argument("--csv", action="store_true", help="comma-separated values")
    changes.set_defaults(run=_changes)

    size = commands.add_parser("size", parents=[views], help="how many members, on a day or over time")
    size.add_argument("date", metavar="DATE", nargs="?")
    size.add_argument("--csv", action="store_true", help="comma-separated values")
    size.set_defaults(run=_size)

    for name, text in (("panel", "one row a state and period"), ("dyads", "one row a pair of states and period")):
        table = commands.add_parser(name, parents=[views], help=text)
        table.add_argument("--freq", metavar="FREQ", default="year", help="year (default), month or day")
        table.add_argument(
            "--rule", metavar="RULE", default="last", help="last (default), first, any or all days count"
        )
        table.add_argument("--first", metavar="DATE", help="the first day; by default that of the coverage")
        table.add_argument("--last", metavar="DATE", help="the last day; by default that of the coverage")
        table.add_argument("--csv", action="store_true", help="comma-separated values")
        table.set_defaults(run=_grid, table=name)

    conflicts = commands.add_parser("conflicts", parents=[views], help="where claims disagree, and what it changes")
    conflicts.add_argument("id", metavar="ID", nargs="?", help="one controversy, such as C2")
    conflicts.set_defaults(run=_conflicts)

    compare = commands.add_parser("compare", parents=[views], help="where another view answers differently")
    _add_views(compare.add_argument_group("how the other is seen"), prefix="other-")
    compare.set_defaults(run=_compare)

    sources = commands.add_parser("sources", parents=[views], help="the sources that the view uses")
    sources.add_argument("--bibtex", action="store_true", help="as BibTeX")
    sources.add_argument("--csl", action="store_true", help="as CSL-JSON")
    sources.set_defaults(run=_sources)
    return parser


def _add_views(group: Any, prefix: str = "") -> None:
    """The options that say how a record is seen."""

    def add(name: str, metavar: str, help: str, **more: Any) -> None:
        group.add_argument(f"--{prefix}{name}", metavar=metavar, help=help, **more)

    add("record", "FILE|ID", f"a file, or one of: {', '.join(organisations())}")
    add("reading", "NAME", "declared (default), legal or participating")
    add("resolve", "POLICY", "preferred (default), every, majority, or precedence:SOURCE,SOURCE...")
    add("according-to", "SOURCE", "use only this source; repeatable, or several with commas", action="append")
    add("published-by", "DATE", "use only what was published by this day")
    add("institution", "ID", "the line from the first day of this institution on")
    add("counting", "STATUS", "count this status as membership; repeatable, or several with commas", action="append")
    group.add_argument(
        f"--{prefix}strict", action="store_true", help="undetermined after the coverage, nothing carried on"
    )


def _history(asked: argparse.Namespace, prefix: str = "") -> History:
    """The record that is asked about, seen as the options say."""

    def option(name: str) -> Any:
        return getattr(asked, f"{prefix}{name}")

    record = next((name for name in (option("record"), asked.record) if name is not None), "csto")
    seen = history(record) if record in organisations() else load(record)
    if (reading := option("reading")) is not None:
        seen = seen.under(reading)
    if (policy := option("resolve")) is not None:
        name, _, sources = policy.partition(":")
        seen = seen.resolved(precedence(*_listed([sources])) if name == "precedence" else policy)
    if (sources := option("according_to")) is not None:
        seen = seen.according_to(*_listed(sources))
    if (day := option("published_by")) is not None:
        seen = seen.as_published_by(day)
    if (institution := option("institution")) is not None:
        seen = seen.institution(institution)
    if (statuses := option("counting")) is not None:
        seen = seen.counting(*_listed(statuses))
    return seen.strict() if option("strict") else seen


def _listed(options: list[str]) -> list[str]:
    return [name for option in options for name in option.split(",") if name]


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


def _changes(asked: argparse.Namespace, seen: History) -> int:
    found = seen.changes(asked.first, asked.last)
    if asked.json or asked.csv:
        return _rows(asked, (change.as_dict() for change in found), list(CHANGE_COLUMNS))
    _table(
        ("date", "state", "act", "from", "to"),
        (
            (
                str(told.date),
                told.state.name,
                " or ".join(act.value for act in told.acts) or "carried over",
                " or ".join(in_order(told.before)),
                " or ".join(in_order(told.after)),
            )
            for told in found
        ),
    )
    return 0


def _size(asked: argparse.Namespace, seen: History) -> int:
    if asked.date is not None:
        fewest, most = seen.size(asked.date)
        row = {"date": asked.date, "fewest": fewest, "most": most}
        if asked.json:
            return _json(row)
        if asked.csv:
            return _rows(asked, [row], list(row))
        print(fewest if fewest == most else f"{fewest} to {most}")
        return 0
    rows = [size.as_dict() for size in seen.sizes()]
    if asked.json or asked.csv:
        return _rows(asked, rows, list(rows[0]))
    _table(tuple(rows[0]), (tuple(".." if value is None else str(value) for value in row.values()) for row in rows))
    return 0


def _grid(asked: argparse.Namespace, seen: History) -> int:
    ask, row = (seen.panel, PanelRow) if asked.table == "panel" else (seen.dyads, DyadRow)
    found = (told.as_dict() for told in ask(asked.freq, asked.rule, asked.first, asked.last))
    columns = [field.name for field in fields(row)]
    if asked.json or asked.csv:
        return _rows(asked, found, columns)
    _table(tuple(columns), (tuple("" if value is None else str(value) for value in told.values()) for told in found))
    return 0


def _rows(asked: argparse.Namespace, rows: Iterable[dict[str, Any]], columns: list[str]) -> int:
    """Rows as they come, as CSV or as a JSON list; how many there were goes to standard error if they are many."""
    number = 0
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    if asked.csv:
        writer.writeheader()
    for row in rows:
        if asked.csv:
            writer.writerow({key: " ".join(value) if isinstance(value, list) else value for key, value in row.items()})
        else:
            print("[" if number == 0 else ",", json.dumps(row, ensure_ascii=False), sep="\n" if number else "", end="")
        number += 1
    if not asked.csv:
        print("\n]" if number else "[]")
    if number > _LONG:
        sys.stderr.write(f"{number} rows\n")
    return 0


def _conflicts(asked: argparse.Namespace, seen: History) -> int:
    found = seen.conflicts()
    if asked.id is not None:
        known = [conflict.id for conflict in found]
        if asked.id not in known:
            raise UnknownNameError("controversy", asked.id, known)
        found = tuple(conflict for conflict in found if conflict.id == asked.id)
    if asked.json:
        return _json([conflict.as_dict() for conflict in found])
    print("\n\n".join(map(str, found)) or "no controversy under this view")
    return 0


def _compare(asked: argparse.Namespace, seen: History) -> int:
    found = seen.compare(_history(asked, "other_"))
    if asked.json:
        return _json([difference.as_dict() for difference in found])
    rows = [
        (told.state.name, str(told.first_day or ".."), str(told.last_day or ".."), *map(str, told.verdicts))
        for told in found
    ]
    if rows:
        _table(("state", "first day", "last day", "one", "other"), rows)
    else:
        print("the two never answer differently")
    return 0


def _sources(asked: argparse.Namespace, seen: History) -> int:
    if asked.csl or asked.bibtex:
        from csto_membership.citations import bibtex, csl

        if asked.csl:
            return _json(csl(*seen.sources))
        print(bibtex(*seen.sources).rstrip())
        return 0
    if asked.json:
        return _json([source.as_dict() for source in seen.sources])
    rows = ((told.id, told.kind.value, str(told.published or "?"), told.publisher, told.title) for told in seen.sources)
    _table(("source", "kind", "published", "publisher", "title"), rows)
    return 0


def _json(value: object) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return 0


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows in aligned columns, under a head where there is one."""
    lines = [head, *rows] if head else list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
