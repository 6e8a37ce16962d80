"""
Lines in columns: for each state of an organisation the statuses that are possible from one day to the next.

As runs of dates, the million days of a large registry would fill memory before any of them is asked about.
"""

from __future__ import annotations

import datetime as dt
import sys
from array import array
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import field, frozen

from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.verdict import Verdict
from csto_membership._worlds.masks import statuses_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from csto_membership._values.acts import Status
    from csto_membership._values.runs import Runs

#: A bit mask of the possible statuses for each run of days. Lines that change alike share one pattern.
Pattern: TypeAlias = "tuple[int, ...]"


class Packed(NamedTuple):
    """A line: the ordinals of the days on which it changes, and its pattern."""

    days: Sequence[int]
    masks: Pattern


def packed(line: Runs[dt.date, int]) -> Packed:
    """The line of runs of dates."""
    return Packed([day.toordinal() for day in line.starts], line.values)


#: Of a line, the number of a run and that of another, from the one to before the other the verdict, which is no no.
Stretch: TypeAlias = "tuple[int, int, Verdict]"


class Stretches(NamedTuple):
    """
    When a state was a member, or may have been.

    `days` (ordinals) are those on which the runs of its line begin, from since ever, and the day after all of them.
    """

    days: Sequence[int]
    runs: Sequence[Stretch]


def stretches_of(verdicts: Iterable[Verdict]) -> tuple[Stretch, ...]:
    """The stretches of the verdicts of a line, as few and long as can be."""
    found: list[Stretch] = []
    for run, verdict in enumerate(verdicts):
        if found and found[-1][1] == run and found[-1][2] is verdict:
            found[-1] = (found[-1][0], run + 1, verdict)
        elif verdict is not Verdict.NO:
            found.append((run, run + 1, verdict))
    return tuple(found)


class Judged(dict[int, tuple[Verdict, ...]]):
    """The verdicts of patterns by their numbers, and the stretches of membership, each worked out when it is asked for."""

    def __init__(self, masks: Sequence[Pattern], counted: frozenset[Status]) -> None:
        super().__init__()
        self._masks = masks
        self._counted = counted
        self._stretches: dict[int, tuple[Stretch, ...]] = {}

    def __missing__(self, number: int) -> tuple[Verdict, ...]:
        verdicts = tuple(Verdict.of(statuses_of(mask), self._counted) for mask in self._masks[number])
        self[number] = verdicts
        return verdicts

    def stretches(self, number: int) -> tuple[Stretch, ...]:
        """The stretches of a pattern."""
        if number not in self._stretches:
            self._stretches[number] = stretches_of(self[number])
        return self._stretches[number]


class _Dates(dict[int, dt.date]):
    """Dates by ordinal, each made once: organisations name the same days many times over."""

    def __missing__(self, ordinal: int) -> dt.date:
        date = self[ordinal] = dt.date.fromordinal(ordinal)
        return date


@frozen(eq=False)
class Patterns:
    """The different patterns of lines, shared by many organisations, and what they mean by each counting."""

    masks: list[Pattern] = field(factory=list)
    #: On how many days a line of each pattern changes.
    changes: list[int] = field(init=False)
    dates: _Dates = field(init=False, factory=_Dates)
    _numbers: dict[Pattern, int] = field(init=False)
    _judged: dict[frozenset[Status], Judged] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "changes", [len(masks) - 1 for masks in self.masks])
        object.__setattr__(self, "_numbers", {masks: number for number, masks in enumerate(self.masks)})

    def number(self, masks: Pattern) -> int:
        """The number of a pattern, which is added if need be."""
        number = self._numbers.setdefault(masks, len(self.masks))
        if number == len(self.masks):
            self.masks.append(masks)
            self.changes.append(len(masks) - 1)
        return number

    def judged(self, counted: frozenset[Status]) -> Judged:
        """The verdicts of the patterns, where these statuses count."""
        return self._judged.setdefault(counted, Judged(self.masks, counted))


@frozen(eq=False)
class Lines:
    """
    The lines of organisations that have the same states, one organisation after the other.

    Each has a line for each of the states in their order, and then one for all others: `width` lines in all. Line `n` has
    the pattern of number `numbers[n]` and changes on the `days` (ordinals) from `edges[n]` to before `edges[n + 1]`.
    """

    patterns: Patterns
    width: int
    numbers: array[int] = field(factory=lambda: array("i"))
    days: array[int] = field(factory=lambda: array("i"))
    edges: array[int] = field(init=False, factory=lambda: array("i", [0]))

    @property
    def rows(self) -> int:
        """How many organisations there are."""
        return len(self.numbers) // self.width

    def add(self, numbers: Sequence[int], days: Sequence[int], edges: Sequence[int]) -> int:
        """Add the lines of an organisation; its row is given back."""
        row = self.rows
        self.numbers.extend(numbers)
        self.days.extend(days)
        self.edges.extend(edges[1:])
        return row

    def edges_of(self, numbers: Iterable[int]) -> list[int]:
        """Where the days of further lines with these patterns would begin, and where the last ones would end."""
        return list(accumulate(map(self.patterns.changes.__getitem__, numbers), initial=len(self.days)))

    def add_lines(self, lines: Iterable[Packed]) -> int:
        """Add the lines of an organisation, and their patterns to the others."""
        numbers: list[int] = []
        days: list[int] = []
        for changes, masks in lines:
            numbers.append(self.patterns.number(masks))
            days.extend(changes)
        return self.add(numbers, days, self.edges_of(numbers))

    def line(self, number: int) -> Packed:
        """One line."""
        return Packed(self.days[self.edges[number] : self.edges[number + 1]], self.patterns.masks[self.numbers[number]])

    def dates(self, days: Iterable[int]) -> tuple[dt.date, ...]:
        """The dates of ordinals."""
        return tuple(map(self.patterns.dates.__getitem__, days))

    def verdicts_on(self, numbers: slice, day: int, judged: Judged) -> list[Verdict]:
        """The verdicts of some lines on a day (an ordinal)."""
        days = self.days
        firsts, ends = self.edges[numbers], self.edges[numbers.start + 1 : numbers.stop + 1 : numbers.step]
        return [
            judged[pattern][bisect_right(days, day, first, end) - first]
            for pattern, first, end in zip(self.numbers[numbers], firsts, ends, strict=True)
        ]

    def stretches(self, numbers: slice, judged: Judged) -> Iterator[Stretches]:
        """The stretches of some lines."""
        days = self.days
        firsts, ends = self.edges[numbers], self.edges[numbers.start + 1 : numbers.stop + 1 : numbers.step]
        for pattern, first, end in zip(self.numbers[numbers], firsts, ends, strict=True):
            yield Stretches([EVER_BEFORE, *days[first:end], EVER_AFTER], judged.stretches(pattern))

    def of_row(self, row: int, patterns: Patterns) -> tuple[list[int], array[int]]:
        """The lines of one organisation, their patterns as numbers among others, to which they are added; and their days."""
        numbers = self.numbers[row * self.width : (row + 1) * self.width]
        others = {number: patterns.number(self.patterns.masks[number]) for number in dict.fromkeys(numbers)}
        days = self.days[self.edges[row * self.width] : self.edges[(row + 1) * self.width]]
        return [others[number] for number in numbers], days


_FIRST, _LAST = dt.date.min.toordinal() + 1, dt.date.max.toordinal()
_LANE = array("i").itemsize


@lru_cache(maxsize=8)
def _ones(lanes: int) -> int:
    return int.from_bytes((1).to_bytes(_LANE, "little") * lanes, "little")


def first_wrong(days: array[int], edges: Iterable[int]) -> int | None:
    """
    The number of a day that no line can change on: outside the calendar, its first day, or not later than the one before.

    At the `edges` a line begins, perhaps before the end of the last one. Thousands of days are judged at once, as one
    number with a lane for each. The highest bit of each lane is lent to it, so that no lane borrows from the next: it is
    left where what is taken away was not more.
    """
    lanes = len(days)
    if not lanes:
        return None
    if sys.byteorder == "big":
        days = days[:]
        days.byteswap()

    number, one = int.from_bytes(days.tobytes(), "little"), _ones(lanes)
    lent = one << (8 * _LANE - 1)
    within = ((number | lent) - one * _FIRST) & ((one * _LAST | lent) - (number & ~lent)) & ~number
    if outside := ~within & lent:
        return ((outside & -outside).bit_length() - 1) // (8 * _LANE)
    later = (number >> 8 * _LANE | lent) - number - one
    bad = bytearray((~later & lent).to_bytes(lanes * _LANE, "little")[_LANE - 1 :: _LANE])
    bad[-1] = 0
    for edge in edges:
        bad[edge - 1] = 0
    wrong = bad.find(1 << 7)
    return None if wrong < 0 else wrong + 1
