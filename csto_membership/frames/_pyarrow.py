"""Columns of PyArrow."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from csto_membership.frames._columns import MISSING, Encoded, encoded_objects, ordinals
from csto_membership.frames._roads import Eager, Road

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csto_membership.frames._columns import Column, Numbers, Told


class ArrowColumn:
    """A chunked array of PyArrow."""

    def __init__(self, values: Any) -> None:
        self._values = values

    def encoded(self) -> Encoded:
        """Its distinct values, and for each row the number of its value."""
        values, kind = self._values, self._values.type
        if not len(values):
            # PyArrow 18 makes no empty dictionary of long texts.
            return Encoded([], np.empty(0, np.int32))
        if pa.types.is_string_view(kind):
            # What is no UTF-8 is left for its row.
            values = values.cast(pa.large_string(), safe=False)
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
            values = values.dictionary_encode()
        elif not pa.types.is_dictionary(kind):
            return encoded_objects(_listed(values))
        # Chunks of one dictionary are put together by hand: PyArrow learnt late to do so for large texts.
        chunks = values.unify_dictionaries().chunks
        codes = [chunk.indices.cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False) for chunk in chunks]
        words = _listed(chunks[0].dictionary) if chunks else []
        return Encoded.of(words, np.concatenate(codes) if chunks else np.empty(0, np.int32))

    def days(self) -> Numbers | None:
        """Its days as ordinals, 0 for what is no day; None where its type is none of dates or times without a zone."""
        kind = self._values.type
        if pa.types.is_date32(kind):
            numbers, unit = self._values.cast(pa.int32()), "D"
        elif pa.types.is_date64(kind):
            numbers, unit = self._values.cast(pa.int64()), "ms"
        elif pa.types.is_timestamp(kind) and kind.tz is None:
            numbers, unit = self._values.cast(pa.int64()), kind.unit
        else:
            return None
        # Of every unit this is long before the year 1, or no midnight.
        missing = MISSING if unit == "D" else np.iinfo(np.int64).min
        return ordinals(numbers.fill_null(missing).to_numpy(), unit)

    def at(self, rows: Numbers) -> Column:
        """The column of some of its rows."""
        return ArrowColumn(self._values.take(pa.array(rows)))


def _listed(values: Any) -> list[Any]:
    try:
        listed: list[Any] = values.to_pylist()
    except (ValueError, OverflowError, LookupError):
        # A zone that nobody knows is a key that is missing.
        listed = list(map(_value, values))
    return listed


def _value(scalar: Any) -> Any:
    """A value of Python: a text for days that dates do not have, bytes for what is no UTF-8, its type for anything else."""
    ways: tuple[Callable[[Any], Any], ...] = (
        lambda one: one.as_py(),
        lambda one: one.cast(pa.string()).as_py(),
        lambda one: one.as_buffer().to_pybytes(),
    )
    for way in ways:
        with suppress(ValueError, OverflowError, LookupError, AttributeError, pa.ArrowException):
            return way(scalar)
    return f"a value of the type {scalar.type}"


def with_columns(frame: Any, columns: Mapping[str, Told], state: str) -> Any:
    """The table with columns of answers."""
    kind = frame.schema.field(state).type
    for name, told in columns.items():
        frame = frame.append_column(name, _array(told, kind))
    return frame


def _array(told: Told, kind: Any) -> Any:
    """Nullable truths, or texts of the kind that the states have: in a dictionary where these are."""
    values, codes = told.values, told.codes
    if told.truths:
        yes, missing = np.array([value is True for value in values]), np.array([value is None for value in values])
        return pa.array(yes[codes], mask=missing[codes])
    if pa.types.is_dictionary(kind):
        numbers = pa.array(codes.astype(np.int32) - 1, mask=codes == 0)
        return pa.DictionaryArray.from_arrays(numbers, pa.array(values[1:], pa.string()))
    texts = pc.take(
        pa.array(values, pa.large_string() if pa.types.is_large_string(kind) else pa.string()), pa.array(codes)
    )
    return texts.cast(kind) if pa.types.is_string_view(kind) else texts


def _column(frame: Any, name: str) -> ArrowColumn:
    return ArrowColumn(frame.column(name))


ROAD = Road(lambda frame: list(frame.column_names), answered=Eager(_column, with_columns))
