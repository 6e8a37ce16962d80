"""
Writers: the spells and changes of a history or a registry as CSV, JSON, or a Frictionless data package.

All files are UTF-8 and are written whole or not at all. A cell that begins with =, +, -, @, a tab or a carriage
return would be taken for a formula by a spreadsheet: in CSV it gets an apostrophe before it, which `read_spells` takes
off again (a cell that began so already gets one more). JSON has every text as it is.

The spells of all states, read again by `read_spells`, give the same answers.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from csto_membership._files.whole_files import _naming, _replace
from csto_membership._values.acts import Status, in_order
from csto_membership._values.cells import guarded
from csto_membership._worlds.masks import ANY_STATUS, mask_of, statuses_of
from csto_membership.exceptions import UnknownNameError
from csto_membership.registry._registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    from csto_membership._history import History


__all__ = ["change_rows", "spell_rows", "write_changes", "write_package", "write_spells"]

Row: TypeAlias = "dict[str, str | None]"

_NONE = mask_of([Status.NONE])
_DAY = dt.timedelta(1)

#: The columns of the two tables, with what each holds.
_SPELLS = {
    "organisation": "id of the organisation",
    "state": "id of the state: its alpha-3 code, or cow:N",
    "name": "name of the state",
    "status": "the possible statuses, joined by |, or unknown for any",
    "verdict": "whether the state was a member: yes, no or undetermined",
    "first_day": "first day of the spell; empty for since ever",
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


def spell_rows(what: History | Registry) -> Iterator[Row]:
    """
    The spells, by organisation and state, as rows of texts; None for an open end.

    Every run of days with the same possible statuses is one, also of those that are no membership; only a run of
    none at the beginning is left out, since it is understood, unless it is all that there is.
    """
    for about, starts, masks, verdicts in _lines(what):
        for number, (mask, verdict) in enumerate(zip(masks, verdicts, strict=True)):
            if number or mask != _NONE or len(masks) == 1:
                yield {
                    **about,
                    "status": _status(mask),
                    "verdict": verdict,
                    "first_day": starts[number - 1].isoformat() if number else None,
                    "last_day": (starts[number] - _DAY).isoformat() if number < len(starts) else None,
                }


def change_rows(what: History | Registry) -> Iterator[Row]:
    """
    The days on which what is possible changes, by organisation and state, as rows of texts.

    An event of an imprecise date gives two: from one day on it may have happened, and from another it has.
    """
    for about, starts, masks, verdicts in _lines(what):
        for number, day in enumerate(starts):
            yield {
                **about,
                "date": day.isoformat(),
                "before": _status(masks[number]),
                "after": _status(masks[number + 1]),
                "verdict_before": verdicts[number],
                "verdict_after": verdicts[number + 1],
            }


def write_spells(what: History | Registry, path: str | PathLike[str]) -> None:
    """
    Write the spells: CSV where the name of the file ends in `.csv`, JSON where it ends in `.json`.

    In CSV what looks like a formula gets a leading apostrophe. Raises `UnknownNameError` for another ending, and
    OSError where the file cannot be written.
    """
    _write(Path(path), spell_rows(what), _SPELLS)


def write_changes(what: History | Registry, path: str | PathLike[str]) -> None:
    """Write the changes, as `write_spells` does the spells."""
    _write(Path(path), change_rows(what), _CHANGES)


def write_package(what: History | Registry, directory: str | PathLike[str], *, title: str = "") -> None:
    """
    Write a Frictionless data package: a directory with `datapackage.json`, `spells.csv` and `changes.csv`.

    In CSV what looks like a formula gets a leading apostrophe. A package that is there is replaced as a whole;
    FileExistsError where the directory holds anything else.
    """
    target = Path(directory)
    tables = {
        "spells": (_SPELLS, _csv(spell_rows(what), _SPELLS)),
        "changes": (_CHANGES, _csv(change_rows(what), _CHANGES)),
    }
    package = {
        "name": "membership",
        **({"title": title} if title else {}),
        "description": "Who was a member of which organisation when, as far as it is known. Days include both ends.",
        "resources": [_resource(name, columns) for name, (columns, _) in tables.items()],
    }
    files = {"datapackage.json": _json(package), **{f"{name}.csv": content for name, (_, content) in tables.items()}}
    there = {entry.name for entry in target.iterdir()} if target.exists() else set()
    if there - set(files) or (there and "datapackage.json" not in there):
        raise FileExistsError(f"{target} holds other files; name a directory of its own")
    _put(target, files)


def _put(target: Path, files: Mapping[str, bytes]) -> None:
    """A directory of these files in the place of the old one: all of them, or on any failure the old one."""
    fresh, old = (target.with_name(f".{target.name}-{secrets.token_hex(8)}.tmp") for _ in range(2))
    try:
        with _naming(target):
            fresh.mkdir()
        for name, content in files.items():
            _replace(fresh / name, content)
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _resource(name: str, columns: Mapping[str, str]) -> dict[str, Any]:
    verdicts = ["yes", "no", "undetermined"]
    fields = [
        {
            "name": column,
            "type": "date" if column in _DAYS else "string",
            "description": told,
            "constraints": {
                **({} if column in ("first_day", "last_day") else {"required": True}),
                **({"enum": verdicts} if column.startswith("verdict") else {}),
            },
        }
        for column, told in columns.items()
    ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _lines(
    what: History | Registry,
) -> Iterator[tuple[Row, tuple[dt.date, ...], tuple[int, ...], list[str]]]:
    """For each organisation and state what identifies it, and its line with verdicts as texts."""
    registry = what if isinstance(what, Registry) else Registry.of(what)
    for entry in registry.entries:
        for own, state in registry.roll(entry).shared.items():
            line = entry.line(own)
            about: Row = {"organisation": entry.id, "state": state.id, "name": state.name}
            yield about, line.starts, line.values, [str(verdict) for verdict in entry.verdicts(own).values]


def _status(mask: int) -> str:
    return "unknown" if mask == ANY_STATUS else "|".join(in_order(statuses_of(mask)))


def _write(path: Path, rows: Iterable[Row], columns: Mapping[str, str]) -> None:
    kinds: dict[str, Callable[[], bytes]] = {".csv": lambda: _csv(rows, columns), ".json": lambda: _json(list(rows))}
    if path.suffix.lower() not in kinds:
        raise UnknownNameError("kind of file", path.suffix, kinds)
    _replace(path, kinds[path.suffix.lower()]())


def _csv(rows: Iterable[Row], columns: Iterable[str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: guarded(cell or "") for column, cell in row.items()})
    return text.getvalue().encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
