"""A Frictionless data package: spells and changes as CSV, with a description of their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csto_membership._files.documents import json_bytes
from csto_membership._files.whole_files import as_path, replace_folder
from csto_membership.writers._files import csv_bytes
from csto_membership.writers._tables import (
    ALWAYS,
    CHANGES,
    DAYS,
    SPELLS,
    WHAT_IF,
    change_rows,
    columns_with,
    spell_rows,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from csto_membership._evidence.record import Record
    from csto_membership._history import History
    from csto_membership.registry._registry import Registry


def write_package(history: History | Record | Registry, directory: str | PathLike[str], *, title: str = "") -> None:
    """
    Write a Frictionless data package: a directory with `datapackage.json`, `spells.csv` and `changes.csv`.

    An old package is replaced as a whole. Raises `ArgumentError` for what is no history, FileExistsError where the directory holds anything else, and OSError
    where it cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership import CSTO
    >>> with TemporaryDirectory() as folder:
    ...     write_package(CSTO, f"{folder}/csto", title="Who was a member of the CSTO")
    ...     sorted(file.name for file in Path(folder, "csto").iterdir())
    ['changes.csv', 'datapackage.json', 'spells.csv']
    """
    target = as_path(directory, "directory")
    tables = {
        name: (columns_with(columns, history), csv_bytes(rows_of(history), columns_with(columns, history)))
        for name, columns, rows_of in (("spells", SPELLS, spell_rows), ("changes", CHANGES, change_rows))
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
            "type": "date" if column in DAYS else "string",
            "description": description,
            "constraints": {
                **({} if column in ("first_day", "last_day", *WHAT_IF) else {"required": True}),
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
        "schema": {"fields": fields, "missingValues": ["", ALWAYS]},
    }
