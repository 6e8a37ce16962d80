"""
Days of a status in a period, the least and the most over all worlds. Exact, and no I/O.

Between two neighbouring candidates (the ends of the alternatives' days, and the days on which other statuses begin to
count) the number of days changes evenly with the day of an event, and outside the period not at all: a world with the
least or the most can be found with all its events on candidates.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import frozen

from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._worlds.places import Place, departures, forward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._worlds.moves import Move
    from csto_membership._worlds.worlds import Walk


class Total(NamedTuple):
    """The least and the most days."""

    least: int
    most: int

    def widened(self, other: Total) -> Total:
        """The bounds of both."""
        return Total(min(self.least, other.least), max(self.most, other.most))


def total(totals: Iterable[Total]) -> Total:
    """The days of several periods, none of which shares a day with another."""
    least = most = 0
    for part in totals:
        least, most = least + part.least, most + part.most
    return Total(least, most)


def either_total(totals: Iterable[Total]) -> Total:
    """The least and the most days by any of several counts."""
    least, most = zip(*totals, strict=True)
    return Total(min(least), max(most))


@frozen
class Counted:
    """
    The days (ordinals, both ends included) that are counted, and the mask of the statuses on which they are.

    `later` are days from which on other statuses count, each with its mask, in order.
    """

    days: Days
    mask: int
    later: tuple[tuple[int, int], ...] = ()

    def over(self, first: int, end: int, shown: int) -> Total:
        """The total of the days from one to before another, each of which shows one of the statuses of a mask."""
        first, end = max(first, self.days.first), min(end, self.days.last + 1)
        least = most = 0
        steps = ((EVER_BEFORE, self.mask), *self.later)
        for (start, mask), stop in zip(steps, (*(day for day, _ in self.later), EVER_AFTER), strict=True):
            days = max(0, min(end, stop) - max(first, start))
            least += 0 if shown & ~mask else days
            most += days if shown & mask else 0
        return Total(least, most)


#: The least and the most days so far, by the day on which a place was entered.
_Totals: TypeAlias = "dict[int, Total]"


def counted(walk: Walk, period: Counted, since: int | None = None) -> Total | None:
    """
    The least and the most days of the period that are counted in a world; None where there is no world.

    With `since`, the first day of an institution that counts tenure from then on; the period must not begin before.
    """
    candidates = _candidates(walk, period, since)

    def follow(place: Place, totals: _Totals, move: Move) -> Iterator[tuple[Place, _Totals]]:
        for tenured, entered in _entered(place, totals, move, candidates, period, since):
            for to in move.leads.get(place.at, ()):
                yield Place(to, tenured), entered

    begin: dict[Place, _Totals] = {Place(at, since is None): {EVER_BEFORE: Total(0, 0)} for at in walk.chain.starts}
    *_, reached = forward(walk.moves, begin, follow, _widened)
    ends = [
        _after(sofar, place, period, day, EVER_AFTER)
        for place, totals in reached.items()
        if walk.chain.may_end(place.at)
        for day, sofar in totals.items()
    ]
    return Total(min(end.least for end in ends), max(end.most for end in ends)) if ends else None


def _candidates(walk: Walk, period: Counted, since: int | None) -> list[int]:
    days = {day for day, _ in period.later}
    days |= {day for options in walk.moves for move in options for run in move.runs or () for day in run}
    if since is not None:
        # Tenure takes a whole day: an event may be due on the day after the one before it.
        days |= {since}
        days |= {day + 1 for day in days}
    return sorted(days)


def _after(sofar: Total, place: Place, period: Counted, first: int, following: int) -> Total:
    """The total after holding a place from a day to before another."""
    more = period.over(first, following, place.shown)
    return Total(sofar.least + more.least, sofar.most + more.most)


def _widened(ways: Iterable[_Totals]) -> _Totals:
    """By each day of entry the bounds of all."""
    both: _Totals = {}
    for totals in ways:
        for day, entered in totals.items():
            both[day] = both[day].widened(entered) if day in both else entered
    return both


def _entered(
    place: Place, totals: _Totals, move: Move, candidates: list[int], period: Counted, since: int | None
) -> Iterator[tuple[bool, _Totals]]:
    """The totals on the days on which a move can follow a place, without and with tenure."""
    if move.runs is None:
        yield place.tenured, totals
        return
    for departure in departures(place, move.runs, since):
        if departure.gap is None:
            days = _within(sorted(totals), departure.runs)
            yield departure.tenured, {day: totals[day] for day in days}
        else:
            yield departure.tenured, _left(place, totals, _within(candidates, departure.runs), period, departure.gap)


def _within(days: list[int], runs: Iterable[Days]) -> list[int]:
    """Those of some days in order that are in the runs."""
    return [day for first, last in runs for day in days[bisect_left(days, first) : bisect_right(days, last)]]


def _left(place: Place, totals: _Totals, ahead: Iterable[int], period: Counted, gap: int) -> _Totals:
    """For each day ahead on which a place is left, the best of the entries at least `gap` days before it."""
    entries = sorted(totals.items())
    left: _Totals = {}
    at = 0
    best: Total | None = None
    for day in ahead:
        while at < len(entries) and entries[at][0] <= day - gap:
            entry, sofar = entries[at]
            # What an entry has before the day, as if the place had been held from the beginning of the period.
            passed = period.over(EVER_BEFORE, entry, place.shown)
            offset = Total(sofar.least - passed.least, sofar.most - passed.most)
            best = best.widened(offset) if best else offset
            at += 1
        if best:
            passed = period.over(EVER_BEFORE, day, place.shown)
            left[day] = Total(best.least + passed.least, best.most + passed.most)
    return left
