"""Columns, whatever library they are of: their distinct values, and their days as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

import numpy as np

from csto_membership._questions.columns import key_of
from csto_membership._values.given import is_missing
from csto_membership.frames._lines import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

#: An array of whole numbers, one for each row.
Numbers: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

#: Rows are worked on in blocks that stay in the processor's cache.
_BLOCK = 1 << 16
#: The ordinal of the day from which the other libraries count.
EPOCH = 719_163
#: How many of each unit make a day.
UNITS = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000, "D": 1, "d": 1}
#: Stands for a missing day among those that are counted from 1970.
MISSING = -(1 << 31)


class Encoded(NamedTuple):
    """The distinct values of a column, None for all that are missing, and for each row the number of its value."""

    values: list[Any]
    codes: Numbers

    @classmethod
    def of(cls, values: list[Any], codes: Numbers) -> Encoded:
        """The values, and their numbers with a negative one for what is missing."""
        codes = codes if codes.dtype.kind == "i" else codes.astype(np.int64)
        if codes.size and codes.min() < 0:
            codes = np.where(codes < 0, np.int32(len(values)), codes)
            values = [*values, None]
        return cls(values, codes)

    def seen(self) -> list[int]:
        """The numbers of the values that stand in some row: a categorical column may have more."""
        found = np.zeros(len(self.values), bool)
        for rows in blocks(len(self.codes)):
            found[self.codes[rows]] = True
        numbers: list[int] = np.flatnonzero(found).tolist()
        return numbers


class Told(NamedTuple):
    """What a column of answers is made of: its distinct values, None first, and for each row the number of its own."""

    values: list[Any]
    codes: Numbers
    #: Whether they are truths, and not texts.
    truths: bool


class Column(Protocol):
    """A column of a frame."""

    def encoded(self) -> Encoded:
        """Its distinct values, and for each row the number of its value."""
        ...

    def days(self) -> Numbers | None:
        """Its days as ordinals, 0 for what is no day; None where its type is none of dates or times without a zone."""

    def at(self, rows: Numbers) -> Column:
        """The column of some of its rows."""
        ...


def blocks(count: int) -> Iterable[slice]:
    """The blocks of so many rows."""
    return (slice(start, min(start + _BLOCK, count)) for start in range(0, count, _BLOCK))


def ordinals(numbers: Numbers, unit: str) -> Numbers:
    """
    The ordinals of days that are counted in a unit from 1970.

    0 for what has a time of day, for years that dates do not have, and for `MISSING` or the number that stands for it in
    a finer unit.
    """
    per_day, days = UNITS[unit], np.empty(len(numbers), np.int32)
    for block in blocks(len(numbers)):
        counted = numbers[block].astype(np.int64, copy=False)
        whole = counted if per_day == 1 else counted // per_day
        found = whole + EPOCH
        readable = (found >= FIRST_DAY) & (found <= LAST_DAY)
        if per_day != 1:
            readable &= whole * per_day == counted
        days[block] = np.where(readable, found, 0)
    return days


def encoded_objects(values: Iterable[Any]) -> Encoded:
    """
    The distinct ones of any values.

    Equal values of different types are different, and so are equal states: each is what it is where it stands.
    """
    numbers: dict[object, int] = {}
    kept: list[Any] = []
    codes = []
    for value in values:
        number = numbers.setdefault(None if is_missing(value) else key_of(value), len(kept))
        if number == len(kept):
            kept.append(None if is_missing(value) else value)
        codes.append(number)
    return Encoded(kept, np.asarray(codes, np.int64))
