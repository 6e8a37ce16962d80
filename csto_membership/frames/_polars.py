"""Columns of Polars, and its lazy frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from csto_membership.frames._columns import EPOCH, MISSING, UNITS, Encoded, encoded_objects, ordinals
from csto_membership.frames._lines import FIRST_DAY, LAST_DAY
from csto_membership.frames._reading import Met
from csto_membership.frames._roads import Eager, Road

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csto_membership.frames._columns import Column, Numbers, Told
    from csto_membership.frames._question import Question


class PolarsColumn:
    """A series of Polars."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def encoded(self) -> Encoded:
        """Its distinct values, and for each row the number of its value."""
        series = self._series
        if series.dtype == pl.String:
            # In categories of its own: those that all share would keep every text that was ever met.
            series = series.cast(pl.Categorical(pl.Categories.random()))
        elif not isinstance(series.dtype, (pl.Categorical, pl.Enum)):
            return encoded_objects(_listed(series))
        codes = series.to_physical().cast(pl.Int32).fill_null(-1).to_numpy()
        # The text of each number stands in the last of its rows; numbers that stand in none have no text.
        rows = np.full(int(codes.max(initial=-1)) + 2, -1, np.int32)
        rows[codes] = np.arange(len(codes), dtype=np.int32)
        met = np.flatnonzero(rows[:-1] >= 0)
        values: list[Any] = [None] * (len(rows) - 1)
        for number, text in zip(met.tolist(), series.gather(rows[met]).cast(pl.String).to_list(), strict=True):
            values[number] = text
        return Encoded.of(values, codes)

    def days(self) -> Numbers | None:
        """Its days as ordinals, 0 for what is no day; None where its type is none of dates or times without a zone."""
        kind = self._series.dtype
        if kind == pl.Date:
            return ordinals(self._series.to_physical().fill_null(MISSING).to_numpy(), "D")
        if isinstance(kind, pl.Datetime) and kind.time_zone is None:
            numbers = self._series.to_physical().fill_null(np.iinfo(np.int64).min)
            return ordinals(numbers.to_numpy(), kind.time_unit)
        return None

    def at(self, rows: Numbers) -> Column:
        """The column of some of its rows."""
        return PolarsColumn(self._series.gather(rows))


def _listed(series: Any) -> list[Any]:
    """Its values as Python has them; a text for days that dates do not have, of which Polars writes the nearer ones alone."""
    kind = series.dtype
    if kind not in (pl.Date, pl.Datetime):
        try:
            listed: list[Any] = series.to_list()
        except (ValueError, OverflowError):
            listed = series.to_physical().to_list()
        return listed
    unit = getattr(kind, "time_unit", "d")
    numbers = series.to_physical().cast(pl.Int64)
    # A day less at both ends: a zone may move them.
    inside = (numbers // UNITS[unit] + EPOCH).is_between(FIRST_DAY + 1, LAST_DAY - 1)
    days = pl.select(pl.when(inside).then(series)).to_series().to_list()
    return [
        f"{number} {unit} from 1970-01-01" if day is None and number is not None else day
        for day, number in zip(days, numbers.to_list(), strict=True)
    ]


def with_columns(frame: Any, columns: Mapping[str, Told], state: str) -> Any:
    """The frame with columns of answers."""
    kind = kind_of_texts(frame.schema[state])
    return frame.with_columns(_series(told, kind).alias(name) for name, told in columns.items())


def kind_of_texts(states: Any) -> Any:
    """The type of texts beside states of a type: categories where these are."""
    return pl.Categorical() if isinstance(states, (pl.Categorical, pl.Enum)) else pl.String()


def _series(told: Told, kind: Any) -> Any:
    values = pl.Series(told.values, dtype=pl.Boolean() if told.truths else kind)
    return values.gather(pl.Series(told.codes.astype(np.uint32, copy=False)))


def _column(frame: Any, name: str) -> PolarsColumn:
    return PolarsColumn(frame.get_column(name))


_answered = Eager(_column, with_columns)


def _planned(frame: Any, question: Question) -> Any:
    """The lazy frame with answers that are worked out batch by batch, when the engine comes to them."""
    kind = kind_of_texts(frame.collect_schema()[question.state])
    added = {name: pl.Boolean() if column == "member" else kind for column, name in question.added.items()}

    met = Met()

    def told(batch: pl.Series) -> pl.Series:
        annotated, _ = _answered(batch.struct.unnest(), question, met)
        return annotated.select(list(added)).to_struct(batch.name)

    # Each row stands for itself, which lets the engine cut the frame as it likes.
    answers = pl.struct(question.asked).map_batches(told, return_dtype=pl.Struct(added), is_elementwise=True)
    return frame.with_columns(answers.struct.unnest())


ROAD = Road(lambda frame: frame.collect_schema().names(), answered=_answered, planned=_planned)
