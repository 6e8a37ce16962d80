"""Columns as many questions take them: each row has a key, and what has one key is read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, TypeVar

from attrs import evolve, frozen

from csto_membership._values.dates import ImpreciseDate, as_imprecise
from csto_membership._values.days import exact_day, exact_days
from csto_membership._values.given import cells_of, is_missing
from csto_membership._values.states import State
from csto_membership.exceptions import MembershipError, UnequalLengthsError

T = TypeVar("T")

#: Of these, and of what derives from them, equal values mean the same.
_PLAIN = (str, dt.date, type(None))
#: Stands for a date that is no exact day: such rows are answered apart.
NO_DAY = dt.date.min


@frozen(eq=False, repr=False)
class Column:
    """
    One column, or several side by side: the keys of its rows, or the only one where one value stands for all rows.

    `kinds` are the types of its cells, `distinct` of names each key once. `cells` gives the cells of a key; None where
    each key is the cell itself.
    """

    keys: Sequence[Any]
    single: bool
    kinds: AbstractSet[type]
    distinct: AbstractSet[Any]
    cells: Callable[[Any], tuple[Any, ...]] | None = None

    def at(self, row: int) -> Any:
        """The key of a row."""
        return self.keys[0 if self.single else row]

    def of(self, key: Any) -> tuple[Any, ...]:
        """The cells of a key."""
        return (key,) if self.cells is None else self.cells(key)

    def read(
        self, reader: Callable[..., T], keys: Iterable[Any], most: int | None
    ) -> tuple[dict[Any, T], dict[Any, MembershipError]]:
        """What is read of each of the keys, and why others cannot be read: of those no more than so many."""
        read: dict[Any, T] = {}
        wrong: dict[Any, MembershipError] = {}
        for key in keys:
            try:
                read[key] = reader(*self.of(key))
            except MembershipError as error:
                # Without the frames that it was raised in: there may be very many.
                error.__context__ = None
                wrong[key] = error.with_traceback(None)
                if most is not None and len(wrong) >= most:
                    break
        return read, wrong

    def read_all(self, reader: Callable[..., T], most: int | None) -> tuple[dict[Any, T], dict[Any, MembershipError]]:
        """What is read of each key, and why others cannot be read: the first in the order of rows, and so many."""
        read, wrong = self.read(reader, self.distinct, 1 if most else None)
        return self.read(reader, dict.fromkeys(self.keys), most) if wrong and most else (read, wrong)

    def beside(self, other: Column) -> Column:
        """The column and another, side by side: a key of each."""
        if self.single or other.single:
            many = self if other.single else other
            return Column(many.keys, many.single, many.kinds, many.distinct, self._beside(other))
        keys = list(zip(self.keys, other.keys, strict=True))
        return Column(keys, False, {tuple}, set(keys), lambda key: (*self.of(key[0]), *other.of(key[1])))

    def _beside(self, other: Column) -> Callable[[Any], tuple[Any, ...]]:
        """The cells of a key where one of two columns has the same in all rows."""
        if other.single:
            return lambda key: (*self.of(key), *other.of(other.keys[0]))
        return lambda key: (*self.of(self.keys[0]), *other.of(key))


def columns_of(given: Sequence[object]) -> Iterator[Column]:
    """States and dates, perhaps with organisations before them, as columns. Raises `UnequalLengthsError`."""
    cells = [cells_of(column) for column in given]
    counts = [1 if column is None else len(column) for column in cells]
    if len({count for count, column in zip(counts, cells, strict=True) if column is not None}) > 1:
        *organisations, states, dates = counts
        raise UnequalLengthsError(states, dates, *organisations)
    wholes = [[value] if column is None else column for value, column in zip(given, cells, strict=True)]
    singles = [column is None for column in cells]
    for names, single in zip(wholes[:-1], singles, strict=False):
        yield _names(names, single=single)
    yield _column(wholes[-1], set(map(type, wholes[-1])), single=singles[-1])


def _names(cells: Sequence[Any], *, single: bool) -> Column:
    """A column of what is mostly names, and few different ones: if those are plain, all are."""
    try:
        distinct = set(cells)
    except TypeError:
        distinct = {()}
    kinds = set(map(type, distinct))
    if all(issubclass(kind, _PLAIN) for kind in kinds):
        return Column(cells, single, kinds, distinct)
    column = _column(cells, set(map(type, cells)), single=single)
    return evolve(column, distinct=set(column.keys))


def _column(cells: Sequence[Any], kinds: AbstractSet[type], *, single: bool) -> Column:
    odd = {kind for kind in kinds if not issubclass(kind, _PLAIN)}
    if not odd:
        return Column(cells, single, kinds, frozenset())
    keys, values = list(cells), dict[Any, Any]()
    for row, cell in enumerate(cells):
        if type(cell) in odd:
            keys[row] = key = key_of(cell)
            values.setdefault(key, cell)
    return Column(keys, single, kinds, frozenset(), lambda key: (values.get(key, key),))


def key_of(cell: object) -> object:
    """What a cell is remembered by. Equal states may be different ones, and so may equal values of different types."""
    if is_missing(cell):
        return type(cell)
    if isinstance(cell, State):
        return State, id(cell)
    try:
        hash(cell)
    except TypeError:
        return type(cell), id(cell)
    return type(cell), getattr(cell, "dtype", None), cell


class Days(NamedTuple):
    """
    The days of a column of dates.

    `days` has the day of each row, or the only one; `NO_DAY` where there is no exact one. `inexact` and `unread` are
    what was read of those keys, and why others cannot be read; `rows` their rows.
    """

    days: Sequence[dt.date]
    inexact: dict[Any, ImpreciseDate]
    unread: dict[Any, MembershipError]
    rows: dict[Any, list[int]]


def days_of(dates: Column, most: int | None) -> Days:
    """The days of a column: of ISO texts all at once, of other values that are no days each distinct one once."""
    kinds = dates.kinds
    if kinds <= {dt.date}:
        return Days(dates.keys, {}, {}, {})
    days: list[Any] = list(dates.keys)
    left: dict[Any, list[int]] = {}
    for row in (*_texts(dates.keys, kinds, days), *_others(dates.keys, kinds, days)):
        left.setdefault(dates.keys[row], []).append(row)
        days[row] = NO_DAY
    # The first that cannot be read is the first in the order of rows.
    left = dict(sorted(left.items(), key=lambda item: item[1][0]))
    read, unread = dates.read(_day_or_date, left, most)
    inexact = {}
    for key, date in read.items():
        if isinstance(date, ImpreciseDate):
            inexact[key] = date
        else:
            for row in left[key]:
                days[row] = date
    return Days(days, inexact, unread, left)


def _texts(keys: Sequence[Any], kinds: AbstractSet[type], days: list[Any]) -> list[int]:
    """Put the days of ISO texts into their rows; the rows of other texts."""
    if str not in kinds:
        return []
    if len(kinds) == 1:
        days[:], others = exact_days(keys)
        return others
    rows = [row for row, key in enumerate(keys) if type(key) is str]
    read, others = exact_days([keys[row] for row in rows])
    for row, day in zip(rows, read, strict=True):
        days[row] = day
    return [rows[place] for place in others]


def _others(keys: Sequence[Any], kinds: AbstractSet[type], days: list[Any]) -> list[int]:
    """Put the days of what is neither a day nor a text into their rows; the rows of what is no exact day."""
    if kinds <= {dt.date, str}:
        return []
    rows = [row for row, key in enumerate(keys) if type(key) is not dt.date and type(key) is not str]
    read = {key: exact_day(key) for key in dict.fromkeys(keys[row] for row in rows)}
    for row in rows:
        days[row] = read[keys[row]]
    return [row for row in rows if days[row] is None] if None in read.values() else []


def _day_or_date(value: Any) -> dt.date | ImpreciseDate:
    date = as_imprecise(value)
    return date.earliest if date.is_exact and date.earliest else date
