"""Organisations as prepared lines: what their histories answer, without the evidence."""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_right
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Self, TypeAlias

from attrs import frozen

from csto_membership._evidence.institutions import Coverage
from csto_membership._questions.answers import Finding, Members, asked_day
from csto_membership._questions.findings import coverage_caveats, listed_caveats
from csto_membership._questions.members import members_of
from csto_membership._values.acts import Status
from csto_membership._values.index import StateIndex
from csto_membership._values.runs import Runs
from csto_membership._values.states import State, StateLike
from csto_membership._values.succession import stand_ins
from csto_membership._values.verdict import Verdict
from csto_membership._view.ending import only_where_none, with_stand_ins
from csto_membership._view.lines import sides_of
from csto_membership._view.view import View
from csto_membership._worlds.masks import statuses_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from csto_membership._values.dates import ImpreciseDate


#: A bit mask of the possible statuses for each run of days. Lines that change alike share one pattern.
Pattern: TypeAlias = "tuple[int, ...]"
#: A line as it is held: the ordinals of the days on which it changes, and its pattern. As runs of dates, the million
#: days of a large registry would fill memory before any of them is asked about.
Packed: TypeAlias = "tuple[array[int], Pattern]"

_NOT_HERE = "from prepared lines: the evidence that the answer rests on is in the record, not here"


def packed(line: Runs[dt.date, int]) -> Packed:
    """A line as it is held."""
    return array("i", (day.toordinal() for day in line.starts)), line.values


@frozen(eq=False)
class Roster:
    """Some states, and their index once it is needed. Organisations with the same states share one."""

    states: tuple[State, ...]

    @cached_property
    def index(self) -> StateIndex:
        """The index of the states."""
        return StateIndex(self.states)


@frozen(eq=False)
class Prepared:
    """One organisation as prepared lines: what its history answered, without the evidence."""

    id: str
    name: str
    edition: str
    reading: str
    counted: frozenset[Status]
    coverage: Coverage
    roster: Roster
    lines: Mapping[str, Packed]
    #: The line of every state of the world that the organisation does not name.
    others: Packed

    @property
    def view(self) -> str:
        """The view under which it was answered, as its label says."""
        return self.reading

    @property
    def states(self) -> tuple[State, ...]:
        """The states of the organisation."""
        return self.roster.states

    def line(self, state: StateLike) -> Runs[dt.date, int]:
        """The masks of the possible statuses of a state over time."""
        days, masks = self._asked(state)
        return Runs(_dates(days), masks)

    def verdicts(self, state: StateLike) -> Runs[dt.date, Verdict]:
        """The verdicts on a state over time."""
        days, masks = self._asked(state)
        return Runs(_dates(days), _verdicts_of(masks, self.counted))

    def was_member(self, state: StateLike, date: ImpreciseDate) -> Verdict:
        """The verdict on a state on one unknown day of a date."""
        return Verdict.of(self._statuses(state, date), self.counted)

    def status(self, state: StateLike, date: ImpreciseDate) -> Finding:
        """The possible statuses of a state, with the caveat that the evidence is elsewhere."""
        statuses = self._statuses(state, date)
        return Finding(
            state=self._state(state),
            date=asked_day(date),
            verdict=Verdict.of(statuses, self.counted),
            statuses=statuses,
            caveats=(*self._caveats(date), _NOT_HERE),
            organisation=self.id,
            reading=self.reading,
        )

    def members_on(self, date: ImpreciseDate) -> Members:
        """Who was a member on one unknown day of a date."""
        # Only the days of the date: the members of all days would take far more memory than the lines.
        lines: list[Runs[int, Verdict]] = []
        for state in self.states:
            days, masks = self.lines[state.id]
            first, last = _runs_of(date, days)
            lines.append(Runs(tuple(days[first:last]), _verdicts_of(masks, self.counted)[first : last + 1]))
        sides = sides_of(self.states, lines, self.roster.index)
        days, masks = self.others
        first, last = _runs_of(date, days)
        return members_of(
            date,
            sides.values,
            self.coverage,
            organisation=self.id,
            reading=self.reading,
            caveats=(*self._caveats(date), *listed_caveats(self.coverage)),
            others=Verdict.of(statuses_of(reduce(or_, masks[first : last + 1])), self.counted),
        )

    def prepared(self) -> Self:
        """Itself."""
        return self

    def _state(self, state: StateLike) -> State:
        own = self.roster.index.own(state) if isinstance(state, str) else None
        return own or self.roster.index.find(state)

    def _asked(self, state: StateLike) -> Packed:
        """The line by which a question about the state is answered: see `Derivation.asked`."""
        own = self._state(state)
        line = self.lines.get(own.id, self.others)
        if not (meant := tuple(stand_ins(own, self.states))):
            return line
        course = Runs(*map(tuple, line))
        others = [(Runs(*map(tuple, self.lines[other.id])), days) for other, days in only_where_none(course, meant)]
        course = with_stand_ins(course, others)
        return array("i", course.starts), course.values

    def _statuses(self, state: StateLike, date: ImpreciseDate) -> frozenset[Status]:
        days, masks = self._asked(state)
        first, last = _runs_of(date, days)
        possible = 0
        for mask in masks[first : last + 1]:
            possible |= mask
        return statuses_of(possible)

    def _caveats(self, date: ImpreciseDate) -> Iterator[str]:
        return coverage_caveats(self.coverage, View(), date)


@lru_cache(maxsize=65536)
def _verdicts_of(masks: Pattern, counted: frozenset[Status]) -> tuple[Verdict, ...]:
    """The verdict of each mask; lines of one pattern share one tuple."""
    return tuple(Verdict.of(statuses_of(mask), counted) for mask in masks)


def _runs_of(date: ImpreciseDate, days: array[int]) -> tuple[int, int]:
    """The numbers of the first and the last run that a date reaches, in a line that changes on these days."""
    first = bisect_right(days, date.earliest.toordinal()) if date.earliest else 0
    last = bisect_right(days, date.latest.toordinal()) if date.latest else len(days)
    return first, last


class _Dates(dict[int, dt.date]):
    """Dates by ordinal, each made once: organisations name the same days many times over."""

    def __missing__(self, ordinal: int) -> dt.date:
        date = self[ordinal] = dt.date.fromordinal(ordinal)
        return date


_DATES = _Dates()


def _dates(days: Iterable[int]) -> tuple[dt.date, ...]:
    return tuple(map(_DATES.__getitem__, days))
