"""Small tables of PyArrow, made of columns of Python's values: what lazy engines join their rows with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def small_table(columns: Mapping[str, Sequence[Any]]) -> Any:
    """The table of some columns; a column is of days, of texts or of whole numbers, as its first value is."""
    return pa.table({name: pa.array(values, _kind(values)) for name, values in columns.items()})


def _kind(values: Sequence[Any]) -> Any:
    first = next(iter(values), None)
    if isinstance(first, dt.date):
        return pa.date32()
    return pa.string() if isinstance(first, str) else pa.int32()
