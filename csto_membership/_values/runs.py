"""
One step function for all: what holds from one day to the next.

Days are dates, or their ordinals in the heart. Runs are half-open inside, `[first, end)`, and open at both ends of the
calendar; what is shown to people has a last day.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

from attrs import frozen


class Day(Protocol):
    """What stands in order: a date, or its ordinal."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether it is before the other."""
        ...


D = TypeVar("D", bound=Day)
T = TypeVar("T")
U = TypeVar("U")

_DAY = dt.timedelta(1)


class Run(NamedTuple, Generic[D, T]):
    """A value and the days on which it holds, from `first` (None for since ever) to before `end` (None for open)."""

    first: D | None
    end: D | None
    value: T


@frozen
class Runs(Generic[D, T]):
    """
    A value for every day: `values[0]` before the first of `starts`, `values[n]` from `starts[n - 1]` on.

    >>> members = Runs((1992, 1999), ("none", "member", "former"))
    >>> members.on(1998), members.on(1999)
    ('member', 'former')
    """

    starts: tuple[D, ...]
    values: tuple[T, ...]

    @classmethod
    def of(cls, steps: Iterable[tuple[D, T]], before: T) -> Self:
        """The steps (a day and the value from it on) in order of days after `before`; equal neighbours are one run."""
        starts: list[D] = []
        values = [before]
        for day, value in steps:
            if value != values[-1]:
                starts.append(day)
                values.append(value)
        return cls(tuple(starts), tuple(values))

    def __iter__(self) -> Iterator[Run[D, T]]:
        for first, end, value in zip((None, *self.starts), (*self.starts, None), self.values, strict=True):
            yield Run(first, end, value)

    def __len__(self) -> int:
        return len(self.values)

    def on(self, day: D) -> T:
        """The value of a day."""
        return self.values[bisect_right(self.starts, day)]

    def between(self, first: D | None, last: D | None) -> tuple[T, ...]:
        """The values of the days of a period, both ends included; None leaves an end open."""
        begin = 0 if first is None else bisect_right(self.starts, first)
        end = len(self.starts) if last is None else bisect_right(self.starts, last)
        return self.values[begin : end + 1]

    def mapped(self, function: Callable[[T], U]) -> Runs[D, U]:
        """The runs with another value for each; equal neighbours are one run."""
        before, *values = map(function, self.values)
        return Runs.of(zip(self.starts, values, strict=True), before)


def joined(*lines: Runs[D, Any]) -> Runs[D, tuple[Any, ...]]:
    """The runs of days on which none of the lines changes, with the values of all of them."""
    starts = sorted({day for line in lines for day in line.starts})
    before = tuple(line.values[0] for line in lines)
    return Runs(tuple(starts), (before, *(tuple(line.on(day) for line in lines) for day in starts)))


def day_before(end: dt.date | None) -> dt.date | None:
    """The last day of a run that ends before a day; None for an open end."""
    return None if end is None else end - _DAY


def merged(runs: Iterable[tuple[dt.date | None, dt.date | None]]) -> list[tuple[dt.date | None, dt.date | None]]:
    """Runs of days (from a day, None for since ever, to before another, None for open) as few and long as can be."""
    joined_runs: list[tuple[dt.date | None, dt.date | None]] = []
    for first, end in sorted(runs, key=lambda run: run[0] or dt.date.min):
        last_end = joined_runs[-1][1] if joined_runs else dt.date.min
        if joined_runs and (last_end is None or first is None or first <= last_end):
            longest = None if last_end is None or end is None else max(last_end, end)
            joined_runs[-1] = (joined_runs[-1][0], longest)
        else:
            joined_runs.append((first, end))
    return joined_runs
