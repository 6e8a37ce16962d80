"""
Days of a status in a period, the least and the most over all worlds. Exact, and no I/O.

Between two neighbouring candidates (the ends of the alternatives' days and of the period) the number of days changes
evenly with the day of an event: a world with the least or the most can be found with all its events on candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._worlds.worlds import ANYTHING, TENURE, Chain, Place, moves_of

if TYPE_CHECKING:
    from csto_membership._values.readings import Reading
    from csto_membership._worlds.worlds import Move


#: The least and the most days so far, by the day on which a place was entered.
_Totals: TypeAlias = "dict[int, tuple[int, int]]"


@frozen
class Period:
    """A run of days (ordinals, both included), and the mask of the statuses whose days are counted in it."""

    first: int
    last: int
    mask: int

    def before(self, day: int) -> int:
        """How many days of the period are before a day."""
        return max(0, min(day, self.last + 1) - self.first)

    def a_day(self, place: Place) -> tuple[int, int]:
        """How much a day in a place counts, at least and at most."""
        return int(not place.shown & ~self.mask), int(bool(place.shown & self.mask))


def counted(chain: Chain, reading: Reading, period: Period, since: int | None = None) -> tuple[int, int] | None:
    """
    The least and the most days of the period that are counted in a world; None where there is no world.

    With `since`, the first day of an institution that counts tenure from then on; the period must not begin before.
    """
    moves = moves_of(chain, reading)
    days = _candidates(moves, period, since)
    reached: dict[Place, _Totals] = {Place(at, since is None): {EVER_BEFORE: (0, 0)} for at in chain.starts}
    for options in moves:
        ahead: dict[Place, _Totals] = {}
        for place, totals in reached.items():
            for move in options:
                for tenured, entered in _entered(place, totals, move, days, period, since):
                    for to in move.leads[place.at]:
                        _keep(ahead.setdefault(Place(to, tenured), {}), entered)
        reached = ahead
    ends = [
        _added(total, place, period, day, EVER_AFTER)
        for place, totals in reached.items()
        if chain.may_end(place.at)
        for day, total in totals.items()
    ]
    return (min(least for least, _ in ends), max(most for _, most in ends)) if ends else None


def _candidates(moves: list[list[Move]], period: Period, since: int | None) -> list[int]:
    days = {EVER_BEFORE, period.first, period.last + 1}
    days |= {day for options in moves for move in options for day in move.days or ()}
    if since is not None:
        # Tenure takes a whole day: an event may be due on the day after the one before it.
        days |= {since}
        days |= {day + 1 for day in days}
    return sorted(days)


def _added(total: tuple[int, int], place: Place, period: Period, first: int, following: int) -> tuple[int, int]:
    """The totals after holding a place from a day to before another."""
    held = period.before(following) - period.before(first)
    least, most = period.a_day(place)
    return total[0] + least * held, total[1] + most * held


def _keep(totals: _Totals, entered: _Totals) -> None:
    for day, (least, most) in entered.items():
        known = totals.get(day, (least, most))
        totals[day] = (min(known[0], least), max(known[1], most))


def _entered(
    place: Place, totals: _Totals, move: Move, days: list[int], period: Period, since: int | None
) -> list[tuple[bool, _Totals]]:
    """The totals on the days on which a move can follow a place, without and with tenure."""
    if move.days is None:
        return [(place.tenured, totals)]
    low, high = move.days
    ahead = [day for day in days if low <= day <= high]
    if since is None or place.tenured or not (place.at is ANYTHING or place.at in TENURE):
        return [(place.tenured, _followed(place, totals, ahead, period))]
    later = [day for day in ahead if day > since]
    if place.at is ANYTHING:
        return [
            (False, _followed(place, totals, ahead, period)),
            (True, _followed(place, totals, later, period)),
        ]
    without = _followed(place, totals, [day for day in ahead if day <= since], period)
    _keep(without, {day: total for day, total in totals.items() if low <= day <= high})
    return [(False, without), (True, _followed(place, totals, later, period, gap=1))]


def _followed(place: Place, totals: _Totals, ahead: list[int], period: Period, gap: int = 0) -> _Totals:
    """For each day ahead the best of the entries at least `gap` days before it."""
    a_day = period.a_day(place)
    entries = sorted(totals.items())
    found: _Totals = {}
    at = 0
    best: tuple[int, int] | None = None
    for day in ahead:
        while at < len(entries) and entries[at][0] <= day - gap:
            entry, (least, most) = entries[at]
            offset = period.before(entry)
            least, most = least - a_day[0] * offset, most - a_day[1] * offset
            best = (min(best[0], least), max(best[1], most)) if best else (least, most)
            at += 1
        if best:
            passed = period.before(day)
            found[day] = (best[0] + a_day[0] * passed, best[1] + a_day[1] * passed)
    return found
