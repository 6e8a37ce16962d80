"""Rows of a table of spells, and what a vote over all their readings makes of each day: naive on purpose."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import NamedTuple

from csto_membership import Status

Statuses = frozenset[str]
Runs = tuple[tuple[Statuses, int, int], ...]

#: The days that are looked at, as numbers: some before and after the small calendar in which rows have their bounds.
FIRST, LAST = 0, 13
DAYS = range(FIRST, LAST + 1)
#: The calendar goes on for two days on both sides, and then for ever.
ALL_DAYS = range(FIRST - 2, LAST + 3)
OPEN = LAST + 3
BASE = dt.date(2000, 1, 1)
ANY = frozenset(status.value for status in Status)


def day(number: int) -> dt.date:
    return BASE + dt.timedelta(number)


class Bound(NamedTuple):
    """The days on which a spell may begin, or which may be its last; `text` is the cell."""

    days: tuple[int, ...]
    text: str


def exact(number: int) -> Bound:
    return Bound((number,), day(number).isoformat())


def between(first: int, last: int) -> Bound:
    text = f"[{day(first)}..{day(last)}]" if first != last else day(first).isoformat()
    return Bound(tuple(range(first, last + 1)), text)


ALWAYS = Bound((FIRST - 3,), "always")
SOME_FIRST = Bound(tuple(ALL_DAYS), "")
SOME_LAST = Bound((*ALL_DAYS, OPEN), "unknown")
OPEN_END = Bound((OPEN,), "")


class Row(NamedTuple):
    first: Bound
    last: Bound
    statuses: Statuses = frozenset({"member"})

    @property
    def cells(self) -> str:
        return f"{self.status},{self.first.text},{self.last.text}"

    @property
    def status(self) -> str:
        return "unknown" if self.statuses == ANY else "|".join(sorted(self.statuses))

    def readings(self) -> list[tuple[Statuses, int, int]]:
        dateless = self.first is SOME_FIRST and self.last is OPEN_END
        lasts = SOME_LAST.days if dateless else self.last.days
        return [(self.statuses, a, b) for a, b in product(self.first.days, lasts) if a <= b]


def _share(one: tuple[Statuses, int, int], other: tuple[Statuses, int, int]) -> bool:
    return one[1] <= other[2] and other[1] <= one[2]


def _touch(one: tuple[Statuses, int, int], other: tuple[Statuses, int, int]) -> bool:
    return one[1] <= other[2] + 1 and other[1] <= one[2] + 1


def told(rows: list[Row]) -> list[list[Row]]:
    """Equal rows once; rows of one status and first day together: they tell one spell, with rival ends."""
    spells: dict[object, list[Row]] = {}
    for row in dict.fromkeys(rows):
        own = row if row.first is SOME_FIRST else None
        spells.setdefault((row.statuses, row.first.days, own), []).append(row)
    return [_precise(rivals) for rivals in spells.values()]


def _precise(rivals: list[Row]) -> list[Row]:
    """The rival ends but those that another makes more precise."""

    def finer(one: Row, other: Row) -> bool:
        return one.last is not OPEN_END and set(one.last.days) < set(other.last.days)

    return [row for row in rivals if not any(finer(other, row) for other in rivals)]


def vote(rows: list[Row]) -> dict[int, set[str]]:
    """
    The statuses that some reading of the rows gives each day.

    A reading takes one of the rival ends of each spell, and one first and last day for it. Rows that share a day
    whatever their days are may do so; all others stand apart. Empty where they cannot: the rows contradict one another.
    """
    spells = told(rows)
    readings: list[Runs] = []
    for chosen in product(*spells):
        of = {row: row.readings() for row in chosen}
        apart = [
            (i, j)
            for i, one in enumerate(chosen)
            for j, other in enumerate(chosen[:i])
            if not all(_share(a, b) or (a[0] == b[0] and _touch(a, b)) for a in of[one] for b in of[other])
        ]
        every = product(*(of[row] for row in chosen))
        readings += [reading for reading in every if all(not _share(reading[i], reading[j]) for i, j in apart)]
    possible: dict[int, set[str]] = {number: set() for number in DAYS if readings}
    for reading in readings:
        for number in DAYS:
            possible[number] |= on(reading, number)
    return possible


def on(reading: Runs, number: int) -> Statuses:
    """The statuses of one day: those of the spells that it is in, or what the last one that was over has left."""
    here = [statuses for statuses, first, last in reading if first <= number <= last]
    if here:
        return frozenset().union(*here)
    over = [(last, statuses) for statuses, _, last in reading if last < number]
    if not over:
        return frozenset({"none"})
    latest = max(last for last, _ in over)
    left = [statuses for last, statuses in over if last == latest]
    return frozenset().union(*(one if one in (ANY, {"none"}) else {"former"} for one in left))
