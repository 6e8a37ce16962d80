"""Days on which an act may have taken effect, or a world come to a place: sorted runs of days, none touching the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from csto_membership._values.period import Days

if TYPE_CHECKING:
    from collections.abc import Iterable

Entries: TypeAlias = "list[Days]"
_first, _last = attrgetter("first"), attrgetter("last")


def merged(runs: Iterable[Days]) -> Entries:
    """Runs of days in order, those that touch joined."""
    joined: Entries = []
    for run in sorted(runs):
        if joined and run.first <= joined[-1].last + 1:
            joined[-1] = Days(joined[-1].first, max(run.last, joined[-1].last))
        else:
            joined.append(run)
    return joined


def merged_all(ways: Iterable[Entries]) -> Entries:
    """The days of all."""
    return merged(run for runs in ways for run in runs)


def first_from(runs: Entries, day: int) -> int | None:
    """The first of the days that is not before a day; None for none."""
    number = bisect_left(runs, day, key=_last)
    return max(day, runs[number].first) if number < len(runs) else None


def last_until(runs: Entries, day: int) -> int | None:
    """The last of the days that is not after a day; None for none."""
    number = bisect_right(runs, day, key=_first) - 1
    return min(day, runs[number].last) if number >= 0 else None


def since(runs: Entries, day: int) -> Entries:
    """The days that are not before a day."""
    number = bisect_left(runs, day, key=_last)
    if number < len(runs) and runs[number].first < day:
        return [Days(day, runs[number].last), *runs[number + 1 :]]
    return runs[number:] if number else runs


def until(runs: Entries, day: int) -> Entries:
    """The days that are not after a day."""
    return [Days(first, min(last, day)) for first, last in runs if first <= day]


def common(one: Entries, other: Entries) -> Entries:
    """The days of both."""
    return [
        Days(max(run.first, first), min(run.last, last))
        for first, last in other
        for run in one[bisect_left(one, first, key=_last) : bisect_right(one, last, key=_first)]
    ]
