"""
Writers: the spells and changes of a history or a registry as CSV, JSON, or a Frictionless data package.

All files are UTF-8, and each is written whole or not at all. JSON has every text as it is.

A spreadsheet takes a cell that begins with =, +, -, @, a tab or a carriage return for a formula. In CSV such a cell
gets an apostrophe before it (one more if it has one), and `read_spells` takes that off again.

`read_spells` reads the spells of all states back into a history that gives the same answers.
"""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from csto_membership._files.documents import json_bytes
from csto_membership._files.whole_files import form_of, replace, replace_folder
from csto_membership._values.acts import ALL_STATUSES, in_order
from csto_membership._values.cells import guarded
from csto_membership._values.runs import Runs, day_before
from csto_membership._values.wording import json_day
from csto_membership._worlds.masks import statuses_of
from csto_membership.registry._registry import Registry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from csto_membership._history import History


__all__ = ["change_rows", "spell_rows", "write_changes", "write_package", "write_spells"]

Row: TypeAlias = "dict[str, str | None]"


class _Texts(NamedTuple):
    """The possible statuses and the verdict of a run of days, as they are written."""

    statuses: str
    verdict: str


#: The columns of the two tables, with what each holds.
_SPELLS = {
    "organisation": "id of the organisation",
    "state": "id of the state: its alpha-3 code, or cow:N",
    "name": "name of the state",
    "status": "the possible statuses, joined by |, or unknown for any",
    "verdict": "whether the state was a member: yes, no or undetermined",
    "first_day": "first day of the spell; always for since ever",
    "last_day": "last day of the spell; empty for open",
}
_CHANGES = {
    "organisation": _SPELLS["organisation"],
    "state": _SPELLS["state"],
    "name": _SPELLS["name"],
    "date": "first day on which other statuses are possible",
    "before": "the possible statuses until the day before, joined by |, or unknown for any",
    "after": "the possible statuses from the day on, joined by |, or unknown for any",
    "verdict_before": "whether the state was a member until the day before: yes, no or undetermined",
    "verdict_after": "whether the state was a member from the day on: yes, no or undetermined",
}
_DAYS = ("first_day", "last_day", "date")
#: The first day of a spell since ever: one that is missing would be unknown.
_ALWAYS = "always"


def spell_rows(history: History | Registry) -> Iterator[Row]:
    """
    The spells, by organisation and state, as rows of texts; a first day is "always" for since ever, a last day None for
    open.

    Each run of days with the same possible statuses is a row, whether or not they are membership. A first run of
    "none" goes without saying and is left out, unless a state has no other.

    >>> from csto_membership import CSTO
    >>> for row in spell_rows(CSTO):
    ...     if row["state"] == "AZE":
    ...         print(row["first_day"], row["last_day"], row["status"], row["verdict"])
    1993-09-24 1999-04-20 member yes
    1999-04-21 None former no
    """
    for state, runs in _lines(history):
        for number, (first, end, (statuses, verdict)) in enumerate(runs):
            if number or statuses != "none" or len(runs) == 1:
                yield {
                    **state,
                    "status": statuses,
                    "verdict": verdict,
                    "first_day": json_day(first) or _ALWAYS,
                    "last_day": json_day(day_before(end)),
                }


def change_rows(history: History | Registry) -> Iterator[Row]:
    """
    The days on which the possible statuses change, by organisation and state, as rows of texts.

    An event on an imprecise date makes two changes: a day from which it may have happened, and one from which it has.

    >>> from csto_membership import CSTO
    >>> for row in change_rows(CSTO.under("legal")):
    ...     if row["state"] == "UZB" and row["date"].startswith("200"):
    ...         print(row["date"], row["before"], "->", row["after"])
    2006-08-16 former -> member|former
    2008-03-28 member|former -> member
    """
    for state, runs in _lines(history):
        for before, after in pairwise(runs):
            yield {
                **state,
                "date": json_day(after.first),
                "before": before.value.statuses,
                "after": after.value.statuses,
                "verdict_before": before.value.verdict,
                "verdict_after": after.value.verdict,
            }


def write_spells(history: History | Registry, path: str | PathLike[str]) -> None:
    """
    Write the rows of `spell_rows`: CSV where the name of the file ends in `.csv`, JSON where it ends in `.json`.

    An old file is replaced. Raises `ArgumentError` for another ending, and OSError where the file cannot be written.
    """
    _write(Path(path), spell_rows(history), _SPELLS)


def write_changes(history: History | Registry, path: str | PathLike[str]) -> None:
    """
    Write the rows of `change_rows`: CSV where the name of the file ends in `.csv`, JSON where it ends in `.json`.

    An old file is replaced. Raises `ArgumentError` for another ending, and OSError where the file cannot be written.
    """
    _write(Path(path), change_rows(history), _CHANGES)


def write_package(history: History | Registry, directory: str | PathLike[str], *, title: str = "") -> None:
    """
    Write a Frictionless data package: a directory with `datapackage.json`, `spells.csv` and `changes.csv`.

    An old package is replaced as a whole. Raises FileExistsError where the directory holds anything else, and OSError
    where it cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership import CSTO
    >>> with TemporaryDirectory() as folder:
    ...     write_package(CSTO, f"{folder}/csto", title="Who was a member of the CSTO")
    ...     sorted(file.name for file in Path(folder, "csto").iterdir())
    ['changes.csv', 'datapackage.json', 'spells.csv']
    """
    target = Path(directory)
    tables = {
        "spells": (_SPELLS, _csv(spell_rows(history), _SPELLS)),
        "changes": (_CHANGES, _csv(change_rows(history), _CHANGES)),
    }
    package = {
        "name": "membership",
        **({"title": title} if title else {}),
        "description": "Who was a member of which organisation when, as far as it is known. Days include both ends.",
        "resources": [_resource(name, columns) for name, (columns, _) in tables.items()],
    }
    files = {
        "datapackage.json": json_bytes(package),
        **{f"{name}.csv": content for name, (_, content) in tables.items()},
    }
    old = {entry.name for entry in target.iterdir()} if target.exists() else set()
    if old - set(files) or (old and "datapackage.json" not in old):
        raise FileExistsError(f"{target} holds other files; name a directory of its own")
    replace_folder(target, files)


def _resource(name: str, columns: Mapping[str, str]) -> dict[str, Any]:
    verdicts = ["yes", "no", "undetermined"]
    fields = [
        {
            "name": column,
            "type": "date" if column in _DAYS else "string",
            "description": description,
            "constraints": {
                **({} if column in ("first_day", "last_day") else {"required": True}),
                **({"enum": verdicts} if column.startswith("verdict") else {}),
            },
        }
        for column, description in columns.items()
    ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": ["", _ALWAYS]},
    }


def _lines(history: History | Registry) -> Iterator[tuple[Row, Runs[dt.date, _Texts]]]:
    """For each organisation and state the columns that name them, and what holds from one day to the next."""
    registry = history if isinstance(history, Registry) else Registry.of(history)
    for entry in registry.entries:
        for own, state in registry.roll(entry).shared.items():
            line, verdicts = entry.line(own), entry.verdicts(own)
            both = zip(line.values, verdicts.values, strict=True)
            texts = (_Texts(_joined(mask), str(verdict)) for mask, verdict in both)
            names: Row = {"organisation": entry.id, "state": state.id, "name": state.name}
            yield names, Runs(line.starts, tuple(texts))


def _joined(mask: int) -> str:
    statuses = statuses_of(mask)
    return "unknown" if statuses == ALL_STATUSES else "|".join(in_order(statuses))


def _write(path: Path, rows: Iterable[Row], columns: Mapping[str, str]) -> None:
    forms = {".csv": lambda: _csv(rows, columns), ".json": lambda: json_bytes(list(rows))}
    replace(path, form_of(path, forms)())


def _csv(rows: Iterable[Row], columns: Iterable[str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: guarded(cell or "") for column, cell in row.items()})
    return text.getvalue().encode()
