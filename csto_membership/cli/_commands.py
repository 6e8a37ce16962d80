"""The commands of the command line: each takes what was asked, prints the answer and returns the exit status."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csto_membership._evidence.resolution import precedence
from csto_membership._load import history, load, organisations
from csto_membership._questions.panels import DyadRow, PanelRow
from csto_membership._values.acts import in_order
from csto_membership._values.verdict import Verdict
from csto_membership.cli._output import put, put_json, put_rows, put_table
from csto_membership.exceptions import RecordError, UnknownNameError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from csto_membership._history import History
    from csto_membership._view.timeline import Timeline


_CHANGE_COLUMNS = ("state", "date", "acts", "before", "after", "certain", "event")
#: Exit statuses of `status --check`, of faults found by `validate`, and of every wrong call.
YES, NO, FAULTS, WRONG_CALL, UNDETERMINED = 0, 1, 1, 2, 3
_CHECKED = {Verdict.YES: YES, Verdict.NO: NO, Verdict.UNDETERMINED: UNDETERMINED}


def history_of(asked: Namespace, prefix: str = "") -> History:
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


def members(asked: Namespace, seen: History) -> int:
    """Who was a member on a day."""
    found = seen.members_on(asked.date)
    if asked.json:
        return put_json(found.as_dict())
    sure = [(state.id, state.name, "member") for state in found.certain]
    open_ = [(state.id, state.name, "undetermined") for state in found.undetermined]
    put(str(found).splitlines()[0])
    put_table((), sorted([*sure, *open_]))
    for caveat in found.caveats:
        put(f"note: {caveat}")
    return 0


def status(asked: Namespace, seen: History) -> int:
    """The status of a state on a day, and why."""
    found = seen.status(asked.state, asked.date)
    if asked.json:
        put_json(found.as_dict())
    else:
        put(found)
    return _CHECKED[found.verdict] if asked.check else 0


def timeline(asked: Namespace, seen: History) -> int:
    """The statuses of a state, or of all, over time."""
    states = seen.states if asked.state is None else [seen.record.index.find(asked.state)]
    lines = [seen.timeline(state) for state in states]
    if asked.json:
        found: Any = [line.as_dict() for line in lines]
        return put_json(found if asked.state is None else found[0])
    put_table(("state", "first day", "last day", "status", "member"), (row for line in lines for row in _spells(line)))
    return 0


def _spells(line: Timeline) -> Iterable[tuple[str, ...]]:
    for spell in line:
        first, last = str(spell.first_day or ".."), str(spell.last_day or "..")
        yield line.state.name, first, last, " or ".join(in_order(spell.statuses)), str(spell.verdict)


def changes(asked: Namespace, seen: History) -> int:
    """Who joined, left, returned in a period."""
    found = seen.changes(asked.first, asked.last)
    if asked.json or asked.csv:
        return put_rows((change.as_dict() for change in found), list(_CHANGE_COLUMNS), as_csv=asked.csv)
    put_table(
        ("date", "state", "act", "from", "to", ""),
        (
            (
                str(told.date),
                told.state.name,
                " or ".join(act.value for act in told.acts) or "carried over",
                " or ".join(in_order(told.before)),
                " or ".join(in_order(told.after)),
                "" if told.certain else "perhaps",
            )
            for told in found
        ),
    )
    return 0


def size(asked: Namespace, seen: History) -> int:
    """How many members, on a day or over time."""
    if asked.date is not None:
        found = seen.members_on(asked.date)
        fewest, most = found.fewest, found.most
        row = {"date": str(found.date), "fewest": fewest, "most": most}
        if asked.json:
            return put_json(row)
        if asked.csv:
            return put_rows([row], list(row), as_csv=True)
        print(fewest if fewest == most else f"{fewest} to {most}")
        return 0
    rows = [size.as_dict() for size in seen.sizes()]
    if asked.json or asked.csv:
        return put_rows(rows, list(rows[0]), as_csv=asked.csv)
    put_table(tuple(rows[0]), (tuple(".." if value is None else str(value) for value in row.values()) for row in rows))
    return 0


def grid(asked: Namespace, seen: History) -> int:
    """A panel or dyads."""
    ask, row = (seen.panel, PanelRow) if asked.table == "panel" else (seen.dyads, DyadRow)
    found = (told.as_dict() for told in ask(asked.freq, asked.rule, asked.first, asked.last))
    columns = [field.name for field in fields(row)]
    if asked.json or asked.csv:
        return put_rows(found, columns, as_csv=asked.csv)
    cells = (tuple("" if value is None else str(value) for value in told.values()) for told in found)
    put_table(tuple(columns), cells, counted=True)
    return 0


def conflicts(asked: Namespace, seen: History) -> int:
    """Where claims disagree."""
    found = seen.conflicts()
    if asked.id is not None:
        notes = [note for note in seen.record.notes if note.conflict == asked.id]
        known = [conflict.id for conflict in found]
        if asked.id and asked.id not in known and notes and not asked.json:
            put("\n".join([f"{asked.id}: changes no status", *(f"  note: {note.text}" for note in notes)]))
            return 0
        if asked.id not in known:
            raise UnknownNameError("controversy", asked.id, known)
        found = tuple(conflict for conflict in found if conflict.id == asked.id)
    if asked.json:
        return put_json([conflict.as_dict() for conflict in found])
    put("\n\n".join(map(str, found)) or "no controversy under this view")
    return 0


def compare(asked: Namespace, seen: History) -> int:
    """Where another view answers differently."""
    found = seen.compare(history_of(asked, "other_"))
    if asked.json:
        return put_json([difference.as_dict() for difference in found])
    rows = [
        (told.state.name, str(told.first_day or ".."), str(told.last_day or ".."), *map(str, told.verdicts))
        for told in found
    ]
    if rows:
        put_table(("state", "first day", "last day", "one", "other"), rows)
    else:
        print("the two never answer differently")
    return 0


def sources(asked: Namespace, seen: History) -> int:
    """The sources that the view uses."""
    if asked.bibtex and (asked.csl or asked.json):
        raise UnknownNameError("form", "bibtex and JSON at once", ["--bibtex", "--csl", "--json"])
    if asked.csl or asked.bibtex:
        from csto_membership.citations import bibtex, csl

        if asked.csl:
            return put_json(csl(*seen.sources))
        put(bibtex(*seen.sources).rstrip())
        return 0
    if asked.json:
        return put_json([source.as_dict() for source in seen.sources])
    rows = ((told.id, told.kind.value, str(told.published or "?"), told.publisher, told.title) for told in seen.sources)
    put_table(("source", "kind", "published", "publisher", "title"), rows)
    return 0


def validate(asked: Namespace) -> int:
    """Print every fault of record files, like a compiler; a file that cannot be opened does not stop the others."""
    found, unread = 0, 0
    for file in asked.files:
        try:
            load(file)
        except RecordError as error:
            found += len(error.faults)
            for fault in error.faults:
                put(fault)
        except OSError as error:
            unread += 1
            sys.stderr.write(f"csto-membership: error: {error}\n")
    if found:
        print(f"{found} fault{'' if found == 1 else 's'}")
    return WRONG_CALL if unread else FAULTS if found else YES


def schema(_: Namespace) -> int:
    """Print the JSON Schema of the form of a record."""
    from csto_membership._files.schema import schema as whole

    return put_json(whole())


def new(asked: Namespace) -> int:
    """Write a starter file for a new record, never over an old one."""
    from csto_membership._files.starter import starter

    text = starter(asked.id)
    if asked.output == "-":
        print(text, end="")
        return 0
    path = Path(asked.output or f"{asked.id}.toml")
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    put(path)
    return 0


def export(asked: Namespace, seen: History) -> int:
    """Write spells or changes, a data package, or the record itself."""
    from csto_membership._load import dump
    from csto_membership.writers import write_changes, write_package, write_spells

    if asked.what == "spells":
        write_spells(seen, asked.path)
    elif asked.what == "changes":
        write_changes(seen, asked.path)
    elif asked.what == "package":
        write_package(seen, asked.path)
    else:
        dump(seen, asked.path)
    return 0
