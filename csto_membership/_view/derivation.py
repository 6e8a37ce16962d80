"""
A derivation: everything that follows from a record under a view, made once, on first use, and kept.

Every question takes one. What depends on a day is worked out by the question; what does not is here.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from attrs import Factory, define, evolve, field

from csto_membership._evidence.claims import Claim, Event
from csto_membership._evidence.institutions import Coverage
from csto_membership._evidence.publication import Publications, Selection
from csto_membership._evidence.record import Record
from csto_membership._evidence.resolution import Alternative
from csto_membership._evidence.supposition import SUPPOSED
from csto_membership._values.acts import Act
from csto_membership._values.period import Period
from csto_membership._values.states import State
from csto_membership._values.succession import last_day, stand_ins
from csto_membership._view.basis import Bases, Basis
from csto_membership._view.beginning import Beginning, beginning_of, coverage_of, from_beginning, within_coverage
from csto_membership._view.case import Case
from csto_membership._view.ending import lapse, lapsed, only_where_none, tells_apart, with_stand_ins
from csto_membership._view.overlays import Overlay, overlays_of
from csto_membership._view.timeline import Scope, Timeline, timeline_of
from csto_membership._view.totals import Edges, days_of
from csto_membership._view.unnamed import unnamed_case
from csto_membership._view.view import View
from csto_membership._worlds.counting import Counted, Total, either_total, total
from csto_membership._worlds.masks import Course, either_course, mask_of

if TYPE_CHECKING:
    from csto_membership._values.acts import Status
    from csto_membership._values.period import Days
    from csto_membership._values.verdict import Verdict
    from csto_membership._view.voices import Speakers

_T = TypeVar("_T")
#: At most so many counted periods are kept, and so many views of one record.
_MOST_TOTALS, _MOST_VIEWS = 10_000, 32
#: Stands for every state that a record does not name; the id is that of no state.
NOBODY = State("", "any other state")


@define(eq=False)
class Derivation:
    """
    What follows from a record under a view.

    Safe to share between threads: what two of them make at once is the same, and one of the two is kept.
    """

    record: Record
    view: View
    publications: Publications = field(default=Factory(lambda self: Publications(self.record), takes_self=True))
    _bases: Bases = field(factory=Bases)
    _timelines: dict[str, Timeline] = field(init=False, factory=dict)
    #: The cases of states that the record does not name.
    _unnamed: dict[str, tuple[Case, ...]] = field(init=False, factory=dict)
    _totals: dict[tuple[str, frozenset[Status], Period], Total] = field(init=False, factory=dict)
    _answers: dict[object, Any] = field(init=False, factory=dict)
    _asked: dict[str, Timeline] = field(init=False, factory=dict)
    _last_days: dict[str, int | None] = field(init=False, factory=dict)
    #: For spellings of states the days on which the verdict changes, and the verdicts before, between and after them:
    #: what the fast path of `was_member` remembers.
    verdicts: dict[object, tuple[tuple[dt.date, ...], tuple[Verdict, ...]]] = field(init=False, factory=dict)
    #: What a comparison with another derivation gave, as long as that one lives.
    compared: WeakKeyDictionary[Derivation, Any] = field(init=False, factory=WeakKeyDictionary)

    @cached_property
    def selection(self) -> Selection:
        """The sources that the view uses."""
        selection = self.publications.selected(self.view.sources, self.view.published_by)
        # What is supposed is used whatever the sources.
        return evolve(selection, certain=selection.certain | {SUPPOSED}) if self.view.supposed else selection

    @cached_property
    def basis(self) -> Basis:
        """What the sources that the view uses leave of each state, shared with other views."""
        return self._bases.of(self.record, self.view, self.selection)

    @property
    def speakers(self) -> Speakers:
        """The sources that the view uses, as they speak of all states."""
        return self.basis.speakers

    @cached_property
    def coverage(self) -> Coverage:
        """The days for which the view vouches."""
        return coverage_of(self.record, self.view, self.publications)

    @cached_property
    def scope(self) -> Scope:
        """What timelines name themselves by."""
        return Scope(self.record.id, self.view.caption, self.coverage.first, self.coverage.last)

    @cached_property
    def beginning(self) -> Beginning:
        """From when the view's institution exists."""
        return beginning_of(self.record, self.view)

    @cached_property
    def overlays(self) -> tuple[Overlay, ...]:
        """What changes for all states at once: ends of institutions, and statuses that they abolish."""
        return overlays_of(self.record, self.view.reading.name)

    def once(self, question: object, answer: Callable[[], _T]) -> _T:
        """The answer to a question, which names what is asked about, worked out when it is first asked."""
        if question not in self._answers:
            self._answers[question] = answer()
        kept: _T = self._answers[question]
        return kept

    def under(self, view: View) -> Derivation:
        """What follows from the record under another view; what both have in common is shared."""
        return Derivation(self.record, view, self.publications, self._bases)

    def claims_on(self, state: str, event: Event) -> list[Claim]:
        """The claims of an event that concern the state, of the sources that the view uses."""
        return [claim for claim in event.claims_of(state) if claim.source in self.selection]

    def tells_acts_of(self, state: str) -> bool:
        """Whether the record tells acts of the state of that id, and the view does not deny all of them."""
        # Of an event that no source of the view tells nothing is denied either.
        denied = all(
            not case.chain.untold and all({one.act for one in given} == {Act.DENIAL} for _, given in case.events)
            for case in self.cases(state)
        )
        return bool(self.record.events_of(state)) and not denied

    def names(self, state: str) -> bool:
        """Whether the record names the state of that id; of others it says what its coverage says."""
        return self.record.index.own(state) is not None

    def last_day(self, state: str) -> int | None:
        """The latest day (an ordinal) on which any list has the state that the record names; None for an open life."""
        if state not in self._last_days:
            named = self.record.index.own(state)
            self._last_days[state] = last_day(named) if named else None
        return self._last_days[state]

    def options(self, state: str, event: Event) -> tuple[Alternative, ...]:
        """The ways in which an event may have happened for the state of that id: of one that is untold, by all claims."""
        told = {
            alternative: None
            for case in self.cases(state)
            for one, given in case.events
            if one.id == event.id
            for alternative in given
        }
        return tuple(told) or self.speakers.tally.left(event.claims_of(state))

    def collision(self, state: str, event: Event) -> str:
        """Why no order of days is left for the state if an event is as it is supposed, "" where one is."""
        cases = self.cases(state)
        if any(case.walk.has_world for case in cases):
            return ""
        events = dict(cases[0].events) if cases else {}
        order = list(events)
        place = order.index(event)
        days = [one.days for one in events[event] if one.days]
        others = [
            other
            for number, other in enumerate(order)
            if number != place
            and (ranges := [one.days for one in events[other] if one.days])
            and all(one.days for one in events[other])
            and any(
                min(run.first for run in ranges) > own.last
                if number < place
                else max(run.last for run in ranges) < own.first
                for own in days
            )
        ]
        named = ", ".join(
            f"{other.id} ({'before' if order.index(other) < place else 'after'} it in order)" for other in others
        )
        return f"no order of days is left for {state}: {event.id} collides with {named or 'the events around it'}"

    def open_sources(self, state: str) -> tuple[str, ...]:
        """The sources of which it is open whether they were published in time, where that makes a difference."""
        if not self.selection.open:
            return ()
        return tuple(sorted({source for case in self.cases(state) if case.ballot for source in case.ballot.sources}))

    def cases(self, state: str) -> tuple[Case, ...]:
        """The case of the state of that id; several where the choice of open sources makes a difference."""
        if self.names(state):
            return self.basis.cases(state)
        if state not in self._unnamed:
            self._unnamed[state] = (unnamed_case(self.record, self.view, self.selection, state),)
        return self._unnamed[state]

    def timeline(self, state: State) -> Timeline:
        """The statuses of the state that are possible on each day. Alone it leaves no case behind."""
        if state.id not in self._timelines:
            self._timelines[state.id] = self._timeline(state)
        return self._timelines[state.id]

    def _timeline(self, state: State) -> Timeline:
        if not self.names(state.id):
            return self.timeline_by(state, self.cases(state.id))
        course = self.basis.course(state.id, self.beginning.since, lambda cases: self._followed(state.id, cases))
        return timeline_of(self.framed(course), state, self.view.counted, self.scope)

    def timeline_by(self, state: State, cases: tuple[Case, ...]) -> Timeline:
        """The timeline of the state if these were its cases."""
        return timeline_of(self.course_by(state.id, cases), state, self.view.counted, self.scope)

    def course_by(self, state: str, cases: Iterable[Case]) -> Course:
        """The course of the state of that id if these were its cases, as the view sees it."""
        return self.framed(self._followed(state, cases))

    def _followed(self, state: str, cases: Iterable[Case]) -> Course:
        return either_course(self._course(case, state) for case in cases)

    def without_overlay(self, state: State, overlay: Overlay) -> Course:
        """The course of the state if one of the overlays were not."""
        others = [other for other in self.overlays if other is not overlay]
        return self.framed(self._followed(state.id, self.cases(state.id)), others)

    def framed(self, course: Course, overlays: Iterable[Overlay] | None = None) -> Course:
        """
        A course after the coverage, what changes for all states and the beginning have had their say, day by day.

        `overlays` are what changes for all states, if not all that does.
        """
        framed = within_coverage(course, self.coverage, strict=self.view.strict)
        for overlay in self.overlays if overlays is None else overlays:
            framed = overlay.over(framed)
        return from_beginning(framed, self.beginning.day)

    def others(self) -> Timeline:
        """The timeline of every state of the world that the record does not name."""
        if NOBODY.id not in self._asked:
            case = unnamed_case(self.record, self.view, self.selection, NOBODY.id)
            self._asked[NOBODY.id] = self.timeline_by(NOBODY, (case,))
        return self._asked[NOBODY.id]

    def lapses(self, state: State) -> dt.date | None:
        """The first day on which an open end of a membership says nothing more, None for none."""
        last = self.last_day(state.id)
        if last is None:
            return None
        cases = self.cases(state.id)
        days = [lapse(case.course(state.id), last, many=case.is_open) for case in cases]
        day = min((day for day in days if day is not None), default=None)
        return dt.date.fromordinal(day) if day is not None and day <= dt.date.max.toordinal() else None

    def stand_ins(self, state: State) -> tuple[tuple[State, tuple[Days, ...]], ...]:
        """
        The states of the record that may be meant by the name of the state, and the days on which they may be.

        Only on days on which the record knows of no relation of the state itself. A record that tells that a state
        succeeded another tells the two apart.
        """

        def answer() -> tuple[tuple[State, tuple[Days, ...]], ...]:
            others = tuple(stand_ins(state, self.record.states, apart=tells_apart(self.record, state.id)))
            return tuple(only_where_none(self.timeline(state).course, others)) if others else ()

        return self.once(("stand-ins", state.id), answer)

    def asked(self, state: State) -> Timeline:
        """The timeline by which a question about the state by name is answered: see `stand_ins`. Lists take none."""
        if state.id not in self._asked:
            own = self.timeline(state)
            if others := [(self.timeline(other).course, days) for other, days in self.stand_ins(state)]:
                own = timeline_of(with_stand_ins(own.course, others), state, self.view.counted, self.scope)
            self._asked[state.id] = own
        return self._asked[state.id]

    def _course(self, case: Case, state: str) -> Course:
        """The course of statuses by a case; of an institution that began on an unknown day, by each of its days."""
        since, last, many = self.beginning.since, self.last_day(state), case.is_open
        if since is None or case.rests_on_attestations:
            return lapsed(case.course(state), last, many=many)
        assert since.earliest, "checked when the record is made"
        assert since.latest, "checked when the record is made"
        days = range(since.earliest.toordinal(), since.latest.toordinal() + 1)
        return either_course(lapsed(case.course(state, day), last, many=many) for day in days)

    def days(self, state: str, statuses: frozenset[Status], period: Period) -> Total:
        """The least and the most days of a period on which a world shows one of the statuses."""
        asked = (state, statuses, period)
        if (answer := self._totals.get(asked)) is None:
            if len(self._totals) >= _MOST_TOTALS:
                self._totals.clear()
            edges = Edges(self.beginning, self.coverage, self.view.strict, self.overlays, self.last_day(state))
            answer = days_of(state, self.cases(state), Counted(period.days, mask_of(statuses)), edges)
            self._totals[asked] = answer
        return answer

    def asked_days(self, state: State, period: Period) -> Total:
        """The least and the most days of membership in a period, as a question by name counts them."""
        counted, whole = self.view.counted, self.days(state.id, self.view.counted, period)
        others = self.stand_ins(state)
        if not others:
            return whole
        edges = {edge for _, runs in others for first, last in runs for edge in (first, last + 1)}
        first, end = period.days.first, period.days.last + 1
        cuts = sorted({first, end, *(edge for edge in edges if first < edge < end)})
        parts = []
        for start, stop in pairwise(cuts):
            part = Period(dt.date.fromordinal(start), dt.date.fromordinal(stop - 1))
            meant = [state, *(other for other, runs in others if any(a <= start <= b for a, b in runs))]
            parts.append(either_total(self.days(one.id, counted, part) for one in meant))
        return either_total((whole, total(parts)))


@define(eq=False)
class Views:
    """The latest views of one record that were asked about, so that equal views share what they derive."""

    record: Record
    publications: Publications = field(init=False, default=Factory(lambda self: Publications(self.record), True))
    _bases: Bases = field(init=False, factory=Bases)
    _derivations: OrderedDict[View, Derivation] = field(init=False, factory=OrderedDict)
    _lock: Lock = field(init=False, factory=Lock)

    def of(self, view: View) -> Derivation:
        """The derivation of the record under a view."""
        with self._lock:
            derivation = self._derivations.pop(view, None)
            if derivation is None:
                derivation = Derivation(self.record, view, self.publications, self._bases)
            self._derivations[view] = derivation
            if len(self._derivations) > _MOST_VIEWS:
                self._derivations.popitem(last=False)
        return derivation
