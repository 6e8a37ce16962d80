"""Rows in files: CSV that no spreadsheet takes for formulas, and JSON."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TypeAlias

from csto_membership._files.documents import json_bytes
from csto_membership._files.whole_files import as_path, form_of, replace
from csto_membership._values.cells import guarded
from csto_membership._values.separated import writer_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike


#: A row of a table: texts, None for a value that there is not.
Row: TypeAlias = "dict[str, str | None]"


def write_rows(path: str | PathLike[str], rows: Iterable[Row], columns: Iterable[str], elsewhere: str = "") -> None:
    """
    Write rows as the ending of the name says; `ArgumentError` for another ending than `.csv` and `.json`.

    `elsewhere` says who writes other forms.
    """
    target = as_path(path)
    forms = {".csv": lambda: csv_bytes(rows, columns), ".json": lambda: json_bytes(list(rows))}
    replace(target, form_of(target, forms, elsewhere)())


def csv_bytes(rows: Iterable[Row], columns: Iterable[str]) -> bytes:
    """The content of a CSV file; an empty cell for None."""
    text = io.StringIO(newline="")
    names = list(columns)
    writer = writer_of(text)
    writer.writerow(names)
    writer.writerows([guarded(row.get(name) or "") for name in names] for row in rows)
    return text.getvalue().encode()
