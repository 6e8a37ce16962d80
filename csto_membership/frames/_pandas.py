"""Columns of pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from csto_membership.frames._columns import Encoded, encoded_objects, ordinals
from csto_membership.frames._roads import Eager, Road

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csto_membership.frames._columns import Column, Numbers, Told

#: So many values are numbered by short numbers.
_MOST_SHORT = 1 << 15
#: Kinds of objects that are told apart by their hashes: none of them equals one of another type.
_PLAIN = frozenset({"string", "date", "datetime"})


class PandasColumn:
    """A column of a pandas frame."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def _arrow(self) -> Column | None:
        """The column of PyArrow that holds the values, if one does."""
        kind = self._series.dtype
        if isinstance(kind, pd.ArrowDtype) or getattr(kind, "storage", "") == "pyarrow":
            import pyarrow as pa

            from csto_membership.frames._pyarrow import ArrowColumn

            return ArrowColumn(pa.chunked_array(self._series.array.__arrow_array__()))
        return None

    def encoded(self) -> Encoded:
        """Its distinct values, and for each row the number of its value."""
        series = self._series
        if isinstance(series.dtype, pd.CategoricalDtype):
            return Encoded.of(series.cat.categories.tolist(), series.cat.codes.to_numpy())
        if arrow := self._arrow():
            return arrow.encoded()
        if series.dtype == object and pd.api.types.infer_dtype(series, skipna=True) not in _PLAIN:
            return encoded_objects(series.tolist())
        codes, values = series.factorize()
        return Encoded.of(list(values), codes)

    def days(self) -> Numbers | None:
        """Its days as ordinals, 0 for what is no day; None where its type is none of dates or times without a zone."""
        kind = self._series.dtype
        if isinstance(kind, np.dtype) and kind.kind == "M":
            return ordinals(self._series.to_numpy().view(np.int64), np.datetime_data(kind)[0])
        return arrow.days() if (arrow := self._arrow()) else None

    def at(self, rows: Numbers) -> Column:
        """The column of some of its rows."""
        return PandasColumn(self._series.iloc[rows])


def with_columns(frame: Any, columns: Mapping[str, Told], state: str) -> Any:
    """The frame with columns of answers: its class, its index and its other columns stay as they are."""
    kind = frame[state].dtype
    # A copy as that of `assign`, which takes no name of an argument of its own.
    made = frame.assign()
    # Under several heads a column needs one of each.
    below = ("",) * (frame.columns.nlevels - 1)
    for name, told in columns.items():
        made[(name, *below) if below else name] = pd.Series(_array(told, kind), index=frame.index, copy=False)
    return made


def _array(told: Told, kind: Any) -> Any:
    """Nullable truths, or texts of the kind that the states have: as categories where these are."""
    values, codes, _ = told
    if told.truths:
        yes, missing = np.array([value is True for value in values]), np.array([value is None for value in values])
        return pd.arrays.BooleanArray(yes[codes], missing[codes])
    if isinstance(kind, pd.CategoricalDtype):
        numbers = codes.astype(np.int16 if len(values) < _MOST_SHORT else np.int32) - 1
        return pd.Categorical.from_codes(numbers, categories=values[1:], validate=False)
    if not (isinstance(kind, pd.StringDtype) or (isinstance(kind, pd.ArrowDtype) and kind.kind == "U")):
        kind = pd.Series(["text"]).dtype
    return pd.array(values, dtype=kind).take(codes)


def _column(frame: Any, name: str) -> PandasColumn:
    return PandasColumn(frame[name])


answered = Eager(_column, with_columns)
ROAD = Road(lambda frame: list(frame.columns), answered=answered)
