"""Organisations as prepared lines: what their histories answer, without the evidence."""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from csto_membership._evidence.institutions import Coverage
from csto_membership._questions.answers import Finding, Members, asked_day
from csto_membership._questions.findings import coverage_caveats
from csto_membership._values.acts import Status
from csto_membership._values.states import State, StateIndex, StateSet
from csto_membership._values.verdict import Verdict
from csto_membership._view.view import View
from csto_membership._worlds.masks import statuses_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csto_membership._values.dates import ImpreciseDate


#: The days on which a state's possible statuses change, and a mask for each run of days between them.
Line: TypeAlias = "tuple[tuple[dt.date, ...], tuple[int, ...]]"
#: The same with a verdict for each run.
Verdicts: TypeAlias = "tuple[tuple[dt.date, ...], tuple[Verdict, ...]]"

#: The same as it is held: a million days as dates would fill memory before any is asked about.
Packed: TypeAlias = "tuple[array[int], tuple[int, ...]]"
_NOT_HERE = "from prepared lines: the evidence that the answer rests on is in the record, not here"


@lru_cache(maxsize=65536)
def verdicts_of(masks: tuple[int, ...], counted: frozenset[Status]) -> tuple[Verdict, ...]:
    """The verdict of each mask; equal runs of masks share one tuple."""
    return tuple(Verdict.of(statuses_of(mask), counted) for mask in masks)


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

    @property
    def states(self) -> tuple[State, ...]:
        """The states of the organisation."""
        return self.roster.states

    def line(self, state: str) -> Line:
        """The line of the state of that id."""
        days, masks = self.lines[state]
        return tuple(map(_DAYS.__getitem__, days)), masks

    def verdicts(self, state: str) -> Verdicts:
        """The line of the state of that id, as verdicts."""
        starts, masks = self.line(state)
        return starts, verdicts_of(masks, self.counted)

    def status(self, state: str, date: ImpreciseDate) -> Finding:
        """What is found of a state: its statuses, and that the evidence is elsewhere."""
        mask = _possible(self.lines[state], date)
        statuses = statuses_of(mask)
        return Finding(
            state=self.roster.index.find(state),
            date=asked_day(date),
            verdict=Verdict.of(statuses, self.counted),
            statuses=statuses,
            caveats=(*self._caveats(date), _NOT_HERE),
            organisation=self.id,
            reading=self.reading,
        )

    def was_member(self, state: str, date: ImpreciseDate) -> Verdict:
        """The verdict on a state on one unknown day of a date."""
        return Verdict.of(statuses_of(_possible(self.lines[state], date)), self.counted)

    def members_on(self, date: ImpreciseDate) -> Members:
        """Who was a member."""
        lines = {state: self.lines[state.id] for state in self.states}
        first, last = (date.earliest or dt.date.min).toordinal(), (date.latest or dt.date.max).toordinal()
        days = {first, *(day for starts, _ in lines.values() for day in starts if first < day <= last)}
        told = [
            {
                state: verdicts_of(masks, self.counted)[bisect_right(starts, day)]
                for state, (starts, masks) in lines.items()
            }
            for day in days
        ]
        always = [s for s in lines if all(day[s] is Verdict.YES for day in told)]
        ever = [s for s in lines if any(day[s] is not Verdict.NO for day in told)]
        certain = [sum(verdict is Verdict.YES for verdict in day.values()) for day in told]
        possible = [sum(verdict is not Verdict.NO for verdict in day.values()) for day in told]
        return Members(
            date=asked_day(date),
            certain=StateSet(always, self.roster.index),
            possible=StateSet(ever, self.roster.index),
            fewest=min(certain),
            most=max(possible),
            organisation=self.id,
            reading=self.reading,
            caveats=(*self._caveats(date),),
        )

    def _caveats(self, date: ImpreciseDate) -> list[str]:
        return list(coverage_caveats(self.coverage, View(), date))


class _Days(dict[int, dt.date]):
    """Days by ordinal, each made once: organisations name the same days many times over."""

    def __missing__(self, ordinal: int) -> dt.date:
        day = self[ordinal] = dt.date.fromordinal(ordinal)
        return day


_DAYS = _Days()


def packed(line: Line) -> Packed:
    """A line as it is held."""
    return array("i", (day.toordinal() for day in line[0])), line[1]


def _possible(line: Packed, date: ImpreciseDate) -> int:
    days, masks = line
    first = bisect_right(days, date.earliest.toordinal()) if date.earliest else 0
    last = bisect_right(days, date.latest.toordinal()) if date.latest else len(days)
    found = 0
    for mask in masks[first : last + 1]:
        found |= mask
    return found
