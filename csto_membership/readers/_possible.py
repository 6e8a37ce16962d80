"""What the spells of one state leave possible on a day, whatever the unknown days of all rows are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import frozen

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership.readers._joined import AFTER, BEFORE, LAST, NONE, Bound, Spell, first_of, last_of, notes_of
from csto_membership.readers._stays import Lost, lines_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Seen(NamedTuple):
    """What is possible on a day, and the lines that say so."""

    statuses: frozenset[Status]
    lines: tuple[int, ...]
    note: str


_Rooms: TypeAlias = "tuple[tuple[int, int], ...]"
_ANY_ROOM: _Rooms = ((BEFORE, AFTER),)


@frozen
class Readings:
    """
    A spell, and for each of its ends the runs of days in which it can then stand apart from the others.

    Two rows stand apart unless they certainly share a day; which of its rival ends a spell has is another question.
    """

    spell: Spell
    rooms: tuple[tuple[Bound, _Rooms], ...]

    @classmethod
    def alone(cls, spell: Spell) -> Readings:
        """The readings of a spell that stands apart from all others anyway."""
        return cls(spell, tuple((last, _ANY_ROOM) for last in spell.lasts))

    @classmethod
    def of(cls, spell: Spell, spells: Sequence[Spell]) -> Readings:
        """The readings of a spell among others."""
        apart = cls(spell, tuple((last, _rooms(spell, last, spells)) for last in spell.lasts))
        starts = {max(spell.first.earliest, first) for _, rooms in apart.rooms for first, _ in rooms}
        # Where it cannot stand apart from all of them it overlaps one, and nobody knows which.
        return apart if any(map(apart.covers, starts)) else cls.alone(spell)

    def covers(self, day: int) -> bool:
        """Whether the day may be inside."""
        return any(self._covers(day, end, rooms) for end, rooms in self.rooms)

    def ends_within(self, first: int, last: int) -> bool:
        """Whether it may end in the latest free days of a run."""
        return any(
            max(first, end.earliest) <= min(last, end.latest) and self._covers(min(last, end.latest), end, rooms)
            for end, rooms in self.rooms
        )

    def _covers(self, day: int, end: Bound, rooms: _Rooms) -> bool:
        begin = self.spell.first
        return any(
            first <= day <= last
            and max(first, begin.earliest) <= min(day, begin.latest)
            and max(day, end.earliest) <= min(last, end.latest)
            for first, last in rooms
        )


def _shares(spell: Spell, last: Bound, other: Spell) -> bool:
    """Whether a spell with this end certainly shares a day with another that has one of its ends, or is one with it."""
    touching = spell.statuses == other.statuses
    latest = max(end.earliest for end in other.lasts)
    return last.earliest + touching >= other.first.latest and latest + touching >= spell.first.latest


def _rooms(spell: Spell, last: Bound, spells: Sequence[Spell]) -> _Rooms:
    """The runs of days that the others leave to a spell with this end."""
    taken = sorted(
        (other.first.latest, other.sure_last)
        for other in spells
        if other is not spell and other.first.latest <= other.sure_last and not _shares(spell, last, other)
    )
    rooms = []
    free = BEFORE
    for first, until in taken:
        if free < first:
            rooms.append((free, first - 1))
        free = max(free, until + 1)
    return (*rooms, (free, AFTER))


class Missing(NamedTuple):
    """A skipped row: the days that it may speak of, from when it may be over, and what it may say."""

    line: int
    first: int
    last: int
    over_from: int
    statuses: frozenset[Status]

    @classmethod
    def of(cls, row: Lost) -> Missing:
        """What a row may say, as far as it can be read."""
        first = BEFORE if "first" in row.unread else first_of(row).earliest
        last = Bound(BEFORE, AFTER) if "last" in row.unread else last_of(row)
        statuses = ALL_STATUSES if row.statuses is None else row.statuses
        return cls(row.line, first, min(last.latest, LAST), max(first, last.earliest), statuses)

    def on(self, day: int, *, gap: bool) -> frozenset[Status]:
        """What it may make of a day, in a gap between the spells of other rows or not."""
        may = self.statuses if self.first <= day <= self.last else frozenset()
        return may | {Status.FORMER} if gap and self.over_from < day and self.statuses != NONE else may


def possible_on(day: int, readings: Sequence[Readings], missing: Sequence[Missing]) -> Seen:
    """What is possible on a day, whatever the unknown days of all rows are."""
    spells = [reading.spell for reading in readings]
    says = [(reading.spell.statuses, reading.spell) for reading in readings if reading.covers(day)]
    statuses = frozenset[Status]()
    gap = not any(spell.certain_on(day) for spell in spells)
    if gap:
        says += [(spell.left(), spell) for spell in over(day, readings)]
        if not any(spell.first.latest <= day for spell in spells):
            statuses = NONE
    statuses = statuses.union(*(said for said, _ in says))
    skipped = [row for row in missing if not row.on(day, gap=gap) <= statuses]
    statuses = statuses.union(*(row.on(day, gap=gap) for row in skipped))
    lines = [*(line for _, spell in says for line in spell.lines), *(row.line for row in skipped or missing)]
    note = notes_of([spell for _, spell in says])
    if skipped:
        note = f"skipped: {lines_text([row.line for row in skipped])}, which may say otherwise"
    return Seen(statuses, tuple(dict.fromkeys(lines)), note)


def over(day: int, readings: Iterable[Readings]) -> Iterator[Spell]:
    """The spells of which one may be the last that was over before the day."""
    readings = list(readings)
    # Whichever has certainly begun is over as well, where the day is in a gap.
    begun = (reading.spell for reading in readings if reading.spell.first.latest <= day)
    ended = max((spell.sure_last for spell in begun if spell.sure_last < day), default=BEFORE - 1)
    for reading in readings:
        if reading.ends_within(ended, day - 1):
            yield reading.spell
