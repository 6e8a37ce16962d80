"""
Dataframes in place of files: the names of their columns, and their cells as the texts that a file would have.

pandas, Polars, PyArrow and whatever else Narwhals takes; plain rows, such as a list of dictionaries, need nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from importlib import import_module
from os import PathLike
from typing import Any, Protocol, TypeAlias

from attrs import frozen

from csto_membership._values.dates import ImpreciseDate, as_day
from csto_membership._values.given import is_missing
from csto_membership._values.states import State
from csto_membership.exceptions import ArgumentError, DateError, MissingExtraError

#: Floats are exact up to here.
_MOST_EXACT = 2**53


class FrameLike(Protocol):
    """A dataframe of pandas, Polars, PyArrow or another library that Narwhals knows."""

    @property
    def columns(self) -> Any:
        """Its columns, or their names."""


#: A file, a dataframe, or rows that each map names of columns to values.
Tabular: TypeAlias = "str | PathLike[str] | FrameLike | Iterable[Mapping[str, object]]"


class RowNumber(int):
    """The number of a row of a frame, counted from 0; the lines of a file are plain numbers."""

    __slots__ = ()


def is_file(table: object) -> bool:
    """Whether a table is given as the name of a file."""
    return isinstance(table, (str, PathLike))


def check_file(table: object, what: str) -> None:
    """Refuse what is not the name of a file, where only a file can be read."""
    if not is_file(table):
        raise ArgumentError("path", table, f"{what} is read from a file", ["a path"])


@frozen(eq=False, repr=False)
class Frame:
    """The columns and rows of a dataframe, to be read once; `kind` says in words what it is."""

    kind: str
    columns: tuple[str, ...]
    _rows: Iterable[Sequence[object]]

    def __repr__(self) -> str:
        return f"<{self.kind}: {', '.join(map(repr, self.columns))}>"

    def rows(self) -> Iterator[tuple[RowNumber, list[str]]]:
        """Every row with its number, as texts."""
        for number, row in enumerate(self._rows):
            yield RowNumber(number), [cell_text(value) for value in row]


def frame_of(table: object) -> Frame:
    """
    The columns and rows of a dataframe, or of rows that are mappings. A lazy frame is collected.

    Raises `ArgumentError` for what is no table, and `MissingExtraError` where Narwhals is not installed.
    """
    if isinstance(table, Frame):
        return table
    if not hasattr(type(table), "columns"):
        # No library has a frame without them, of which some warn when they are asked: what is none needs no library.
        if isinstance(table, Iterable) and not isinstance(table, (bytes, Mapping)):
            return _frame_of_rows(table)
        raise _no_table(table)
    try:
        narwhals: Any = import_module("narwhals.stable.v2")
    except ImportError:
        raise MissingExtraError("narwhals", "frames") from None
    try:
        known = narwhals.from_native(table)
        frame = known.collect() if isinstance(known, narwhals.LazyFrame) else known
    except TypeError:
        raise _no_table(table) from None
    except ValueError as error:
        raise unreadable_frame(table, error) from None
    kind = f"{known.implementation.name.lower().replace('_', ' ')} frame"
    return Frame(kind, tuple(map(str, frame.columns)), frame.iter_rows())


def unreadable_frame(frame: Any, error: ValueError) -> ArgumentError:
    """What to say of a frame that Narwhals refuses: which columns have one name, or else what it says itself."""
    kind = f"{type(frame).__module__.partition('.')[0]} {type(frame).__name__}"
    counts = Counter(map(str, getattr(frame, "column_names", frame.columns)))
    if doubled := [name for name, count in counts.items() if count > 1]:
        names = ", ".join(map(repr, doubled))
        return ArgumentError("frame", kind, f"several columns have one name: {names}; rename or leave out all but one")
    return ArgumentError("frame", kind, f"the frame cannot be read: {error}")


def _frame_of_rows(table: Iterable[object]) -> Frame:
    rows = list(table)
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise ArgumentError("frame", row, f"row {number} is no mapping from names of columns to values")
    mappings = [row for row in rows if isinstance(row, Mapping)]
    # Rows may leave out what they have no value for.
    names = list(dict.fromkeys(name for row in mappings for name in row))
    return Frame("list of rows", tuple(map(str, names)), [[row.get(name) for name in names] for row in mappings])


def _no_table(table: object) -> ArgumentError:
    kinds = ["a file", "a frame of pandas, Polars or PyArrow", "rows that are mappings"]
    return ArgumentError("table", table, f"a {type(table).__name__} is no table", kinds)


def cell_text(value: object) -> str:
    """
    The text that a file would have for a value.

    A missing value is an empty cell; a midnight without a zone is its day, a whole float a whole number; several values
    are joined by "|".
    """
    if type(value) is str or is_missing(value):
        return value if isinstance(value, str) else ""
    if isinstance(value, (bool, Enum)):
        return _word(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST_EXACT:
        # A column of whole numbers of which one is missing is one of floats.
        return str(int(value))
    if isinstance(value, (dt.date, ImpreciseDate)) or type(value).__name__ in ("datetime64", "Period"):
        return _date_text(value)
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)):
        parts = [cell_text(part) for part in value]
        return "|".join(sorted(parts) if isinstance(value, (set, frozenset)) else parts)
    return value.id if isinstance(value, State) else str(value)


def _word(value: bool | Enum) -> str:
    """A truth or the member of an enumeration, as the tables of this library write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _date_text(value: object) -> str:
    if isinstance(value, ImpreciseDate):
        return value.edtf
    try:
        return as_day(value).isoformat()
    except DateError:
        # A time of day or a zone: whoever reads the cell says what is wrong with it.
        return str(value)


def column_names(columns: object) -> Mapping[str, str]:
    """The names of columns that a caller gives, by the names that a reader has for them; `ArgumentError` for others."""
    if columns is None:
        return {}
    if not isinstance(columns, Mapping) or not all(isinstance(name, str) for pair in columns.items() for name in pair):
        raise ArgumentError("columns", columns, 'it maps our names of columns to yours, as {"state": "iso3"}')
    return columns
