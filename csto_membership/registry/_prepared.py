"""Organisations as prepared lines: what their histories answer, without the evidence."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from functools import cached_property, partial, reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from attrs import field, frozen

from csto_membership._evidence.institutions import Coverage
from csto_membership._questions.answers import Finding, Members, asked_day
from csto_membership._questions.findings import coverage_caveats, listed_caveats
from csto_membership._questions.members import members_of
from csto_membership._values.acts import Status
from csto_membership._values.index import StateIndex
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.runs import Runs
from csto_membership._values.states import State, StateLike
from csto_membership._values.succession import stand_ins
from csto_membership._values.verdict import Verdict
from csto_membership._view.ending import only_where_none, with_stand_ins
from csto_membership._view.lines import Sides, sides_of
from csto_membership._view.timeline import Scope, Timeline, TimelinesLater, timeline_of
from csto_membership._view.view import View
from csto_membership._worlds.masks import statuses_of
from csto_membership.registry._lines import Judged, Lines, Packed, Stretches, stretches_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.period import Days
    from csto_membership._worlds.masks import Course

_NOT_HERE = "from prepared lines: the evidence that the answer rests on is in the record, not here"
_VIEW = View()


@frozen(eq=False)
class Roster:
    """Some states, and what is found out of them once it is needed. Organisations with the same states share one."""

    states: tuple[State, ...]
    _meant: dict[tuple[str, bool], tuple[tuple[State, tuple[Days, ...]], ...]] = field(init=False, factory=dict)

    @cached_property
    def index(self) -> StateIndex:
        """The index of the states."""
        return StateIndex(self.states)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each state by its id."""
        return {state.id: place for place, state in enumerate(self.states)}

    def meant_by(self, state: State, *, apart: bool) -> tuple[tuple[State, tuple[Days, ...]], ...]:
        """Other states that may be meant by the name of one, and the days on which they may be: see `stand_ins`."""
        if (state.id, apart) not in self._meant:
            # Of two states of which one may be meant by the name of the other, one came after the other.
            others = self.states if state.predecessors else self._successors
            self._meant[state.id, apart] = tuple(stand_ins(state, others, apart=apart)) if others else ()
        return self._meant[state.id, apart]

    @cached_property
    def _successors(self) -> tuple[State, ...]:
        return tuple(state for state in self.states if state.predecessors)


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
    #: The lines of all organisations with these states, and the number of this one among them.
    lines: Lines
    row: int = 0
    #: The ids of the states of which the record tells that they succeeded others.
    apart: frozenset[str] = frozenset()
    #: In words whatever the view left out or supposed.
    what_ifs: tuple[str, ...] = ()

    @property
    def view(self) -> str:
        """The view under which it was answered, as its label says."""
        return ", ".join([self.reading, *self.what_ifs])

    @property
    def scope(self) -> Scope:
        """Of what it tells, and from when to when it vouches."""
        return Scope(self.id, self.view, self.coverage.first, self.coverage.last)

    @property
    def what_if(self) -> str:
        """What the view left out or supposed, "" for nothing."""
        return "; ".join(self.what_ifs)

    @property
    def states(self) -> tuple[State, ...]:
        """The states of the organisation."""
        return self.roster.states

    def timelines(self) -> dict[str, Timeline]:
        """The timelines of its states by their ids, each state for itself alone."""
        counted, scope = self.counted, self.scope
        return {state.id: timeline_of(self._course(state), state, counted, scope) for state in self.states}

    @cached_property
    def judged(self) -> Judged:
        """The verdicts of the patterns of its lines."""
        return self.lines.patterns.judged(self.counted)

    def line(self, state: StateLike) -> Runs[dt.date, int]:
        """The masks of the possible statuses of a state over time."""
        days, masks = self._asked(state)
        return Runs(self.lines.dates(days), masks)

    def others(self) -> Runs[dt.date, int]:
        """The same of a state that it does not name."""
        days, masks = self._line(len(self.states))
        return Runs(self.lines.dates(days), masks)

    def verdicts(self, state: StateLike) -> Runs[dt.date, Verdict]:
        """The verdicts on a state over time, one for each run of its `line`."""
        place = self.place(state)
        if place is None:
            days, masks = self._asked(state)
            return Runs(self.lines.dates(days), tuple(Verdict.of(statuses_of(mask), self.counted) for mask in masks))
        number = self._number(place)
        return Runs(self.lines.dates(self.lines.line(number).days), self.judged[self.lines.numbers[number]])

    def stretches(self, state: StateLike) -> Stretches:
        """When a state was a member, or may have been."""
        place = self.place(state)
        if place is None:
            days, masks = self._asked(state)
            judged = stretches_of(Verdict.of(statuses_of(mask), self.counted) for mask in masks)
            return Stretches([EVER_BEFORE, *days, EVER_AFTER], judged)
        return next(self.stretches_of_rows(place, range(self.row, self.row + 1)))

    def stretches_of_rows(self, place: int, rows: range) -> Iterator[Stretches]:
        """The same of the state of a place in some organisations with the same lines and counting."""
        return self.lines.stretches(self._numbers(place, rows), self.judged)

    def was_member(self, state: StateLike, date: ImpreciseDate) -> Verdict:
        """The verdict on a state on one unknown day of a date."""
        place = self.place(state)
        if place is None or date.earliest is None or date.earliest != date.latest:
            return Verdict.of(self._statuses(state, date), self.counted)
        return self.verdicts_of_rows(place, date.earliest, range(self.row, self.row + 1))[0]

    def verdicts_of_rows(self, place: int, day: dt.date, rows: range) -> list[Verdict]:
        """The verdicts on the state of a place on a day in some organisations with the same lines and counting."""
        return self.lines.verdicts_on(self._numbers(place, rows), day.toordinal(), self.judged)

    def status(self, state: StateLike, date: ImpreciseDate) -> Finding:
        """The possible statuses of a state, with the caveat that the evidence is elsewhere."""
        line = self._asked(state)
        own, statuses = self._state(state), _possible(line, date)
        return Finding(
            state=own,
            date=asked_day(date),
            verdict=Verdict.of(statuses, self.counted),
            statuses=statuses,
            caveats=(*self._caveats(date), _NOT_HERE),
            organisation=self.id,
            reading=self.view,
            line=partial(timeline_of, Runs(tuple(line.days), line.masks), own, self.counted, self.scope),
        )

    def members_on(self, date: ImpreciseDate) -> Members:
        """Who was a member on one unknown day of a date."""
        return members_of(
            date,
            self._sides(date),
            self.coverage,
            organisation=self.id,
            reading=self.view,
            timelines=TimelinesLater(self.timelines),
            caveats=(*self._caveats(date), *listed_caveats(self.coverage)),
            others=Verdict.of(_possible(self._line(len(self.states)), date), self.counted),
        )

    def _sides(self, date: ImpreciseDate) -> Sequence[Sides]:
        """The members of each run of days of the date: those of all days would take far more memory than the lines."""
        states, lines, judged = self.states, self.lines, self.judged
        if date.earliest and date.earliest == date.latest:
            numbers = slice(self._number(0), self._number(len(states)), 1)
            verdicts = lines.verdicts_on(numbers, date.earliest.toordinal(), judged)
            return (Sides.of(zip(states, verdicts, strict=True), self.roster.index),)
        runs: list[Runs[int, Verdict]] = []
        for place in range(len(states)):
            days, _ = self._line(place)
            first, last = _runs_of(date, days)
            runs.append(Runs(tuple(days[first:last]), judged[lines.numbers[self._number(place)]][first : last + 1]))
        return sides_of(states, runs, self.roster.index).values

    def prepared(self) -> Self:
        """Itself."""
        return self

    def _numbers(self, place: int, rows: range) -> slice:
        """The numbers of the lines of the state of a place."""
        width = self.lines.width
        return slice(rows.start * width + place, rows.stop * width, width)

    def _number(self, place: int) -> int:
        """The number of the line of the state of a place."""
        return self.row * self.lines.width + place

    def _line(self, place: int) -> Packed:
        return self.lines.line(self._number(place))

    def _state(self, state: StateLike) -> State:
        own = self.roster.index.own(state) if isinstance(state, str) else None
        return own or self.roster.index.find(state)

    def place(self, state: StateLike) -> int | None:
        """The number of the line by which a question about a state is answered; None where it takes several."""
        place = self.roster.places.get(state) if isinstance(state, str) else None
        own = self.states[place] if place is not None else self._state(state)
        if self._meant_by(own):
            return None
        return self.roster.places.get(own.id, len(self.states)) if place is None else place

    def _asked(self, state: StateLike) -> Packed:
        """The line by which a question about the state is answered: see `Derivation.asked`."""
        own = self._state(state)
        line = self._line(self.roster.places.get(own.id, len(self.states)))
        if not (meant := self._meant_by(own)):
            return line
        course = Runs(tuple(line.days), line.masks)
        others = [(self._course(other), days) for other, days in only_where_none(course, meant)]
        course = with_stand_ins(course, others)
        return Packed(course.starts, course.values)

    def _meant_by(self, state: State) -> tuple[tuple[State, tuple[Days, ...]], ...]:
        return self.roster.meant_by(state, apart=state.id in self.apart)

    def _course(self, state: State) -> Course:
        days, masks = self._line(self.roster.places[state.id])
        return Runs(tuple(days), masks)

    def _statuses(self, state: StateLike, date: ImpreciseDate) -> frozenset[Status]:
        return _possible(self._asked(state), date)

    def _caveats(self, date: ImpreciseDate) -> Iterator[str]:
        return coverage_caveats(self.coverage, _VIEW, date)


def _possible(line: Packed, date: ImpreciseDate) -> frozenset[Status]:
    """The statuses that are possible by a line on one unknown day of a date."""
    first, last = _runs_of(date, line.days)
    return statuses_of(reduce(or_, line.masks[first : last + 1]))


def _runs_of(date: ImpreciseDate, days: Sequence[int]) -> tuple[int, int]:
    """The numbers of the first and the last run that a date reaches, in a line that changes on these days."""
    first = bisect_right(days, date.earliest.toordinal()) if date.earliest else 0
    last = bisect_right(days, date.latest.toordinal()) if date.latest else len(days)
    return first, last
