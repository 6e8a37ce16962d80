"""The days of a picture, and the pieces of spells that fall into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.period import first_day, last_day
from csto_membership.exceptions import ArgumentError, DateError
from csto_membership.plots._shown.told import NO_RELATION

if TYPE_CHECKING:
    from csto_membership._values.dates import DateLike
    from csto_membership._view.timeline import Spell, Timeline
    from csto_membership.plots._shown.told import Told

_DAY = dt.timedelta(1)
#: The part of the days of a picture that is left for what has held since ever, or goes on without an end.
_ROOM = 20
#: At least so much is shown of what goes on without an end.
_LEAST = dt.timedelta(30)


class Edge(Enum):
    """How a piece ends on one side: on a day, at the edge of the picture, or in the open."""

    DAY = "day"
    CUT = "cut"
    OPEN = "open"


@frozen
class Piece:
    """
    The part of a spell that a picture shows, from `first` to before `end`, and how it ends on both sides.

    `perhaps_earlier` says that what it tells may have begun before the first day of the spell.
    """

    spell: Spell
    first: dt.date
    end: dt.date
    left: Edge
    right: Edge
    perhaps_earlier: bool = False

    @property
    def statuses(self) -> frozenset[Status]:
        """The possible statuses."""
        return self.spell.statuses

    @property
    def is_open(self) -> bool:
        """Whether several statuses are possible."""
        return len(self.statuses) > 1


@frozen
class Window:
    """The days that a picture shows, from `first` to before `end`."""

    first: dt.date
    end: dt.date

    def told_until(self, last: dt.date | None) -> dt.date:
        """The day before which something is told, where the last day that is told is this one, or none is the last."""
        return self.end if last is None else max(self.first, min(self.end, last + _DAY))

    def tells(self, last: dt.date | None) -> bool:
        """Whether something is told of some of the days, where this day is the last that is told."""
        return self.first < self.told_until(last)

    def pieces(self, line: Timeline, last: dt.date | None) -> Iterator[Piece]:
        """
        The pieces of all spells that are a relation, or may be one, in order.

        One that goes on after `last`, the last day that is told, ends in the open there. One that begins only then,
        since nothing is known of later days, is a piece without a day.
        """
        before: frozenset[Status] = frozenset()
        for spell in line:
            if spell.statuses != NO_RELATION and (piece := self._piece(spell, last)):
                # What a doubt holds already has begun by the day on which the doubt ends, and perhaps before.
                yield evolve(piece, perhaps_earlier=bool(before & spell.statuses) and not before <= spell.statuses)
            before = spell.statuses

    def _piece(self, spell: Spell, last: dt.date | None) -> Piece | None:
        begin, until = spell.first_day, self.told_until(last)
        first = max(begin or self.first, self.first)
        left = Edge.OPEN if begin is None else Edge.DAY if begin == first else Edge.CUT
        end = until if spell.last_day is None else min(until, spell.last_day + _DAY)
        if spell.last_day is not None and spell.last_day < until:
            right = Edge.DAY
        else:
            goes_on = spell.last_day is None if last is None else last < self.end
            right = Edge.OPEN if goes_on else Edge.CUT
        unknown_then = begin == until == end and spell.last_day is None and last is not None and last < self.end
        return Piece(spell, first, end, left, right) if first < end or unknown_then else None


def window_of(
    told: Iterable[Told], lines: Iterable[Timeline], first: DateLike | None = None, last: DateLike | None = None
) -> Window:
    """
    The days from the first on which there is a relation to the last that is told, or between the days that are given.

    Where something is told without an end, they reach beyond the last day on which anything changes.

    A year or a month stands for its first day as `first`, for its last one as `last`. Raises `DateError` for any other
    imprecise day and for days that end before they begin, and `ArgumentError` where nothing begins or ends on a day.
    """
    begin, until = first_day(first), last_day(last)
    related = [spell for line in lines for spell in line if spell.statuses != NO_RELATION]
    # Where all is unknown does not make a picture longer than what is told.
    spells = [spell for spell in related if spell.statuses != ALL_STATUSES] or related
    named = [day for spell in spells for day in (spell.first_day, spell.last_day) if day and day < dt.date.max]
    if until is None:
        ends = {one.last for one in told}
        until = max((day for day in ends if day), default=None)
        if None in ends and named:
            beyond = _beyond(max(named), begin or min(named))
            until = max(beyond, until or beyond)
    if begin is None:
        begin = min((day for day in named if until is None or day <= until), default=until)
        if begin and until and any(spell.first_day is None for spell in spells):
            begin -= min(max(_DAY, (until - begin) // _ROOM), begin - dt.date.min)
    if begin is None or until is None:
        reason = "nothing that is told begins or ends inside the calendar; give the first and the last day to show"
        raise ArgumentError("first", first, reason)
    if begin > until:
        raise DateError(f"{begin} to {until}", "the picture ends before it begins")
    if begin == dt.date.max:
        raise DateError(begin, "a picture ends on the day after its last one, and after this day the calendar has none")
    return Window(begin, min(until, dt.date.max - _DAY) + _DAY)


def _beyond(latest: dt.date, begin: dt.date) -> dt.date:
    """A day after the latest and the first of a picture, that what goes on is seen; at most the last of the calendar."""
    room = max(_LEAST, (latest - begin) // _ROOM)
    latest = max(latest, begin)
    return latest + min(room, dt.date.max - latest)
