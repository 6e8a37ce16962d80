"""
The heart alone, on bare chains of events: courses, days counted and detours are those of the worlds, tried one by one.

No record and no view comes between, so that a thousand chains take a second or two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from support import oracle

from csto_membership import CSTO, Act, Effect, Reading, Status
from csto_membership._evidence.resolution import Alternative
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._worlds.counting import Counted, counted
from csto_membership._worlds.detours import detour
from csto_membership._worlds.grounds import Grounds, grounds_of
from csto_membership._worlds.masks import (
    ANY_COURSE,
    Course,
    either_course,
    mask_of,
    spans_between,
    spans_of,
    statuses_of,
)
from csto_membership._worlds.moves import Chain, Edges
from csto_membership._worlds.worlds import Walk, walk

FIRST = dt.date(2000, 1, 1).toordinal()
#: All that is told falls on these days; one more on either side is asked about, and the outermost stand for ever.
TOLD = range(FIRST, FIRST + 6)
SHOWN = [dt.date.fromordinal(day) for day in range(FIRST - 2, FIRST + 8)]
ASKED = SHOWN[1:-1]
#: Acts that open, end, suspend and bring back, consent and force, and one without an effect; more of the first two.
ACTS = (
    "accession",
    "accession",
    "withdrawal",
    "withdrawal",
    "signature",
    "accession",
    "ratification",
    "entry_into_force",
    "withdrawal",
    "suspension",
    "return",
    "observer_status",
    "prolongation",
    "status",
    "denial",
)
READINGS = {name: CSTO.under(name).reading for name in ("declared", "legal")}


class Told(NamedTuple):
    """What is told of a state: for each event its alternatives, none for one that the chosen sources do not tell."""

    events: tuple[tuple[Alternative, ...], ...]
    reading: str
    is_selection: bool
    #: The first day on which the instrument of each event is in force.
    in_force: tuple[int, ...]

    @property
    def law(self) -> Reading:
        return READINGS[self.reading]

    @property
    def untold(self) -> frozenset[int]:
        return frozenset(number for number, event in enumerate(self.events) if not event)

    @property
    def effective(self) -> frozenset[int]:
        """The events with an effect; of those that are not told each has one."""
        acts = {number: {one.act for one in event} for number, event in enumerate(self.events)}
        return self.untold | {number for number in acts if any(map(self.law.has_effect, acts[number]))}

    @property
    def forces(self) -> frozenset[int]:
        acts = {number: {one.act for one in event} for number, event in enumerate(self.events)}
        return frozenset(number for number in acts if Act.ENTRY_INTO_FORCE in acts[number])

    @property
    def walk(self) -> Walk:
        edges = Edges.SELECTION if self.is_selection else Edges.WHOLE
        chain = Chain(self.events, edges, self.untold, self.in_force, self.forces, effective=self.effective)
        return walk(chain, self.law)

    def lines(self, since: int | None = None) -> list[dict[dt.date, frozenset[str]]]:
        """The statuses of each world day by day, as the oracle has them."""
        happened = [
            oracle.Happening(number, str(number), frozenset(map(_naive, event)))
            for number, event in enumerate(self.events)
            if event
        ]
        choices = [oracle.options(one, SHOWN[0], SHOWN[-1]) for one in happened]
        return [line for steps in oracle.in_order(choices) for _, line in self.lines_of(steps, self.untold, since)]

    def lines_of(
        self, steps: tuple[oracle.Step, ...], dropped: frozenset[int], since: int | None = None
    ) -> Iterator[tuple[list[oracle.Step], dict[dt.date, frozenset[str]]]]:
        """The lines of one world."""
        return oracle.drawn(
            steps,
            SHOWN,
            effects=oracle.effects_of(self.reading),
            selection=self.is_selection,
            dropped=set(dropped),
            effective=set(self.effective),
            forces=set(self.forces),
            in_force={number: dt.date.fromordinal(day) for number, day in enumerate(self.in_force)},
            since=None if since is None else dt.date.fromordinal(since),
        )


def _naive(one: Alternative) -> oracle.Alternative:
    """An alternative in the words of the oracle."""
    days = one.days and oracle.Range(
        None if one.days.first == EVER_BEFORE else dt.date.fromordinal(one.days.first),
        None if one.days.last == EVER_AFTER else dt.date.fromordinal(one.days.last),
    )
    return oracle.Alternative(one.act.value, frozenset(status.value for status in one.statuses), days)


@st.composite
def alternatives(draw: st.DrawFn) -> Alternative:
    """An act on one of a few days, some of them open at an end; a denial has none."""
    act = Act(draw(st.sampled_from(ACTS)))
    first, last = sorted(draw(st.tuples(*[st.integers(TOLD[0], min(TOLD[-1], TOLD[0] + 5))] * 2)))
    edge = draw(st.integers(0, 9))
    days = Days(EVER_BEFORE if edge == 8 else first, EVER_AFTER if edge == 9 else last)
    given = draw(st.sets(st.sampled_from(Status), min_size=1, max_size=2)) if act is Act.STATUS else ()
    return Alternative(act, frozenset(given), None if act is Act.DENIAL else days)


EVENTS = st.lists(alternatives(), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def told(draw: st.DrawFn) -> Told:
    """Up to four events under a reading, of the whole record or of a selection that may not tell them all."""
    is_selection = draw(st.booleans())
    event = EVENTS | st.just(()) if is_selection else EVENTS
    events = tuple(draw(st.lists(event, min_size=1, max_size=4)))
    in_force = tuple(draw(st.sampled_from([*TOLD])) for _ in events)
    return Told(events, draw(st.sampled_from([*READINGS])), is_selection, in_force)


def shown(course: Course) -> dict[dt.date, frozenset[str]]:
    """The possible statuses of each day."""
    return {day: frozenset(s.value for s in statuses_of(course.on(day.toordinal()))) for day in ASKED}


SINCE = st.none() | st.sampled_from(TOLD)


def _on(*acts: tuple[str, int]) -> tuple[tuple[Alternative, ...], ...]:
    """An event for each act, on the day with that number; a denial has none."""
    return tuple(
        (Alternative(Act(act), frozenset(), None if act == "denial" else Days(FIRST + day, FIRST + day)),)
        for act, day in acts
    )


#: Suspended before a force of which somebody speaks: then nobody's force made a member of the signatory before.
SUSPENDED = _on(("ratification", 0), ("suspension", 2), ("entry_into_force", 4))

#: In on either of two days that do not touch, and out before the later one, or after it.
EITHER_DAY = (
    tuple(Alternative(Act.ACCESSION, frozenset(), Days(day, day)) for day in (FIRST, FIRST + 4)),
    (Alternative(Act.WITHDRAWAL, frozenset(), Days(FIRST + 2, FIRST + 5)),),
)
#: A member by a force of which nobody speaks may be admitted once more.
ADMITTED = _on(("ratification", 0), ("admission", 3))


def _passing(other: tuple[str, int], *following: tuple[str, int, int]) -> Told:
    """A selection of which an event is passed over by an act without an effect, or told by another."""
    (first,), (second,) = _on(("prolongation", 3), other)
    later = tuple((Alternative(Act(act), frozenset(), Days(FIRST + a, FIRST + b)),) for act, a, b in following)
    return Told(((first, second), *later), "declared", is_selection=True, in_force=(FIRST,) * (1 + len(later)))


#: The day on which it was passed over may be that of the next event, and is not after it.
PASSED_OVER = _passing(("accession", 5), ("withdrawal", 3, 3))
NOT_AFTER = _passing(("suspension", 1), ("accession", 1, 5), ("prolongation", 2, 2))


@given(told(), SINCE)
@example(PASSED_OVER, FIRST + 5)
@example(NOT_AFTER, FIRST)
@example(Told(ADMITTED, "legal", is_selection=False, in_force=(FIRST,) * 2), None)
@example(Told(EITHER_DAY, "declared", is_selection=False, in_force=(FIRST,) * 2), FIRST)
@example(Told(SUSPENDED, "legal", is_selection=False, in_force=(FIRST,) * 3), None)
@example(Told((*_on(("admission", 0)), *SUSPENDED[1:]), "legal", is_selection=False, in_force=(FIRST,) * 3), None)
def test_the_course_has_on_each_day_what_some_world_has(one: Told, since: int | None) -> None:
    lines = one.lines(since)
    course = one.walk.course(since)
    assert one.walk.has_world is bool(lines)
    if course is None:
        assert not lines
        return
    found = shown(course)
    for day in ASKED:
        # A course that begins with an institution says nothing of the days before.
        if since is None or day.toordinal() >= since:
            assert found[day] == frozenset().union(*(line[day] for line in lines)), day


STATUSES = st.sets(st.sampled_from(Status), min_size=1).map(frozenset)
_MEMBER = frozenset({Status.MEMBER})


@given(told(), SINCE, STATUSES, st.lists(st.tuples(st.sampled_from(TOLD), STATUSES), max_size=2), st.data())
def test_days_are_counted_over_worlds(
    one: Told, since: int | None, statuses: Any, later: list[Any], data: st.DataObject
) -> None:
    if since is not None and one.is_selection:
        # What may have been before a selection's first act is taken day by day.
        statuses, later = _MEMBER, []
    asked = [day.toordinal() for day in ASKED if since is None or day.toordinal() >= since]
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(asked)] * 2)))
    steps = sorted(dict(later).items())
    period = Counted(Days(first, last), mask_of(statuses), tuple((day, mask_of(some)) for day, some in steps))
    counting = {}
    for day in range(first, last + 1):
        begun = [some for begin, some in steps if begin <= day]
        counting[dt.date.fromordinal(day)] = {status.value for status in (begun[-1] if begun else statuses)}
    least = [sum(line[day] <= some for day, some in counting.items()) for line in one.lines(since)]
    most = [sum(bool(line[day] & some) for day, some in counting.items()) for line in one.lines(since)]
    assert counted(one.walk, period, since) == ((min(least), max(most)) if least else None)


@given(told(), st.data())
def test_a_detour_comes_to_what_the_other_chain_comes_to(one: Told, data: st.DataObject) -> None:
    base = one.walk
    number = data.draw(st.integers(0, len(one.events) - 1))
    supposed = data.draw(EVENTS)
    taken = detour(base, number, supposed)
    other = walk(base.chain.replacing({number: supposed}, base.chain.edges), base.reading)
    assert (taken is not None) is other.has_world
    if taken is None:
        return
    course = other.course()
    assert taken.walk.course() == course
    if not base.has_world:
        return
    before = base.course() or ANY_COURSE
    patch = taken.patch()
    assert course is not None
    if patch is None:
        assert course == before
        return
    inside = spans_between(course, patch.first, patch.end)
    assert spans_between(patch.course, patch.first, patch.end) == inside
    for first, end in ((EVER_BEFORE, patch.first), (patch.end, EVER_AFTER)):
        if first < end:
            assert spans_between(course, first, end) == spans_between(before, first, end)


class Happened(NamedTuple):
    """What happened in a world, on a day: by which event, whether it changed the status, and whether nobody says so."""

    number: int
    day: dt.date
    changed: bool
    silent: bool


def _lives(one: Told) -> Iterator[list[Happened]]:
    """Each world of a whole record; an entry into force of which nobody speaks rests on the event before it."""
    effects = oracle.effects_of(one.reading)
    happened = [oracle.Happening(number, "", frozenset(map(_naive, event))) for number, event in enumerate(one.events)]
    for steps in oracle.in_order([oracle.options(each, SHOWN[0], SHOWN[-1]) for each in happened]):
        for line, _ in one.lines_of(steps, frozenset()):
            status, number, life = "none", -1, []
            for step in line:
                silent = step.act == "silent"
                number = number if silent else step.place
                after = status
                if status in oracle.sources_of_change(step.act, effects):
                    after = next(iter(step.statuses), "") or oracle.led_to(step.act, effects)
                life.append(Happened(number, step.day, after != status, silent))
                status = after
            yield life


@given(told().filter(lambda one: not one.is_selection), st.data())
def test_the_grounds_of_some_days_are_the_events_that_settle_them_or_may_in_some_world(
    one: Told, data: st.DataObject
) -> None:
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(ASKED)] * 2)))
    lives = list(_lives(one))
    days = oracle.all_days(first, last)
    settling = {
        changes[-1]
        for life in lives
        for day in days
        if (changes := [each.number for each in life if each.changed and each.day <= day])
    }
    told_so = [each for life in lives for each in life if not each.silent]
    changing = {each.number for each in told_so if each.changed}
    sooner = {each.number for each in told_so if each.day <= last}
    later = {each.number for each in told_so if each.day > first}
    grounds = grounds_of(one.walk, Days(first.toordinal(), last.toordinal()))
    assert grounds.settling == tuple(sorted(settling))
    assert grounds.pending == tuple(sorted(changing & sooner & later))
    assert not grounds.unanchored
    assert not grounds.silent or any(each.silent and each.day <= last for life in lives for each in life)


@given(told().filter(lambda one: one.is_selection))
def test_a_part_of_the_evidence_does_not_vouch_for_what_it_leaves_out(one: Told) -> None:
    """As of a selection, but nothing follows without an act that has an effect; what is left out tells nothing."""
    effects = oracle.effects_of(one.reading)
    happened = [
        oracle.Happening(number, "", frozenset(map(_naive, event))) for number, event in enumerate(one.events) if event
    ]
    possible: dict[dt.date, set[str]] = {day: set() for day in ASKED}
    for steps in oracle.in_order([oracle.options(each, SHOWN[0], SHOWN[-1]) for each in happened]):
        lines = [dict.fromkeys(SHOWN, oracle.STATUSES)]
        if any(oracle.sources_of_change(step.act, effects) for step in steps):
            lines = [line for _, line in one.lines_of(steps, dropped=frozenset())]
        for day in ASKED:
            possible[day].update(*(line[day] for line in lines))
    course = walk(evolve(one.walk.chain, edges=Edges.PART), one.law).course()
    assert (shown(course) if course else dict.fromkeys(ASKED, frozenset())) == possible


@given(told().filter(lambda one: not one.is_selection and one.reading == "declared"), st.data())
def test_an_event_that_is_supposed_as_it_is_changes_nothing(one: Told, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(one.events) - 1))
    base = one.walk
    taken = detour(base, number, one.events[number])
    assert (taken is not None) is base.has_world
    assert taken is None or taken.patch() is None


# --- Choices ---------------------------------------------------------------------------------------------------------


class Chosen(NamedTuple):
    """A chain of which the sources are open: with each way to tell an event, and by not telling it, a choice goes on."""

    chain: Chain
    law: Reading

    def ways(self, number: int) -> list[tuple[Alternative, ...]]:
        """Each way to tell an event; nothing, last, where it may be untold."""
        return [*((one,) for one in self.chain.events[number]), *([()] if number in self.chain.untold else [])]

    def through(self) -> Iterator[list[tuple[Alternative, ...]]]:
        """Each way to tell all events by which a choice goes on to the end."""
        numbers = [range(len(self.ways(number))) for number in range(len(self.chain.events))]
        for ways in product(*numbers):
            choices = {0}
            for steps, way in zip(self.chain.choices, ways, strict=True):
                if steps:
                    choices = {to for choice in choices for to in steps[way].get(choice, ())}
            if choices:
                yield [self.ways(number)[way] for number, way in enumerate(ways)]

    def walks(self, told: Iterable[list[tuple[Alternative, ...]]]) -> Iterator[Walk]:
        """The walks that have a world, if the events are told in one of these ways."""
        for events in told:
            untold = frozenset(number for number, way in enumerate(events) if not way)
            one = walk(evolve(self.chain, events=tuple(events), untold=untold, choices=()), self.law)
            if one.has_world:
                yield one

    def course(self, told: Iterable[list[tuple[Alternative, ...]]]) -> Course | None:
        """The course of all worlds if the events are told in one of these ways."""
        possible = [course for one in self.walks(told) if (course := one.course())]
        return either_course(possible) if possible else None


@st.composite
def chosen(draw: st.DrawFn) -> Chosen:
    """Up to three events, of some of which it is open who tells them, with choices that go on or end."""
    events = tuple(draw(st.lists(EVENTS, min_size=1, max_size=3)))
    untold = frozenset(draw(st.sets(st.sampled_from(range(len(events))))))
    step = st.dictionaries(st.integers(0, 2), st.sets(st.integers(0, 2), max_size=2).map(tuple), min_size=1, max_size=3)
    choices = tuple(
        tuple(draw(step) for _ in range(len(event) + (number in untold))) if draw(st.booleans()) else ()
        for number, event in enumerate(events)
    )
    one = Told(events, draw(st.sampled_from([*READINGS])), is_selection=True, in_force=())
    chain = evolve(one.walk.chain, untold=untold, choices=choices)
    return Chosen(chain, one.law)


@given(chosen())
def test_a_chain_with_choices_has_the_worlds_of_each_way_through_them(one: Chosen) -> None:
    assert walk(one.chain, one.law).course() == one.course(one.through())


@given(chosen(), st.sampled_from(ASKED))
def test_the_grounds_of_a_chain_with_choices_are_those_of_each_way_through_them(one: Chosen, day: dt.date) -> None:
    days = Days(day.toordinal(), day.toordinal())
    by_way = [grounds_of(each, days) for each in one.walks(one.through())]
    if not by_way:
        return
    grounds = grounds_of(walk(one.chain, one.law), days)
    assert set(grounds.settling) == {number for each in by_way for number in each.settling}
    assert set(grounds.pending) >= {number for each in by_way for number in each.pending}
    assert grounds.unanchored is any(each.unanchored for each in by_way)
    assert grounds.silent is any(each.silent for each in by_way)


@given(chosen(), EVENTS | st.just(()), st.data())
def test_an_event_with_other_alternatives_goes_on_by_any_choice_by_which_it_is_told(
    one: Chosen, others: tuple[Alternative, ...], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(one.chain.events) - 1))
    chain = one.chain.replacing({number: others}, one.chain.edges)
    told_so = (
        [*ways[:number], other, *ways[number + 1 :]]
        for ways in one.through()
        for other in ([(each,) for each in others] if ways[number] and others else [()])
    )
    assert walk(chain, one.law).course() == one.course(told_so)
    assert (number in chain.untold) is (number in one.chain.untold or not others)


# --- By hand ---------------------------------------------------------------------------------------------------------


def chain_of(*events: tuple[str, int, int]) -> Walk:
    """The walk of a whole record in which each act falls on one of the days between two, counted from the first."""
    given = tuple(
        (Alternative(Act(act), frozenset(), Days(FIRST + first, FIRST + last)),) for act, first, last in events
    )
    return Told(given, "declared", is_selection=False, in_force=()).walk


def counts(one: Walk, first: int, last: int, *statuses: Status, since: int | None = None) -> tuple[int, int] | None:
    """The least and the most days on which one of the statuses shows, from one day to another."""
    period = Counted(Days(FIRST + first, FIRST + last), mask_of(statuses))
    return counted(one, period, None if since is None else FIRST + since)


def test_the_days_of_several_stays_are_added_up() -> None:
    stays = chain_of(("signature", 0, 0), ("withdrawal", 1, 3), ("accession", 3, 5), ("withdrawal", 6, 6))
    assert counts(stays, 0, 9, Status.MEMBER) == (1 + 1, 3 + 3)
    assert counts(stays, 2, 9, Status.MEMBER) == (1, 1 + 3)
    assert counts(stays, 0, 4, Status.MEMBER) == (1, 3 + 2)
    assert counts(stays, 0, 9, Status.FORMER) == (4 + 0, 4 + 4)
    assert counts(stays, -2, 9, Status.NONE) == (2, 2)
    assert counts(stays, 6, 6, Status.MEMBER) == (0, 0)
    assert counts(stays, 5, 5, Status.MEMBER) == (1, 1)


def test_an_event_with_another_alternative_goes_on_by_the_last_choice_that_tells_it_as_by_the_first() -> None:
    """Of two choices that tell the first event and one that does not, one alone leads on to the second."""
    sooner, later, other, out = _on(("accession", 0), ("accession", 1), ("accession", 2), ("withdrawal", 3))
    told = Told(((*sooner, *later), out), "declared", is_selection=True, in_force=())
    for goes_on, way in enumerate((sooner, later, ())):
        steps = ({0: (0,)}, {0: (1,)}, {0: (2,)}), ({goes_on: (0,)},)
        one = Chosen(evolve(told.walk.chain, untold=frozenset({0}), choices=steps), told.law)
        assert list(one.through()) == [[way, out]]
        replaced = walk(one.chain.replacing({0: other}, one.chain.edges), one.law)
        assert replaced.course() == one.course([[other if way else (), out]])


@pytest.mark.parametrize("shift", [0, 1])
def test_who_comes_and_goes_on_some_days_may_be_former_from_the_second_on(shift: int) -> None:
    seen = chain_of(("signature", shift, shift + 3), ("withdrawal", shift, shift + 3))
    for since in (0, shift):
        assert counts(seen, shift, shift + 4, Status.FORMER, since=since) == (0, 4)
        assert counts(seen, shift, shift, Status.FORMER, since=since) == (0, 0)
        assert counts(seen, shift, shift + 1, Status.FORMER, since=since) == (0, 1)
    # A membership of one day counts for an institution if it exists on that day, and not if it begins on the next.
    gone = chain_of(("signature", shift, shift), ("withdrawal", shift + 1, shift + 1))
    assert counts(gone, shift + 1, shift + 3, Status.FORMER, since=shift) == (3, 3)
    assert counts(gone, shift + 1, shift + 3, Status.FORMER, since=shift + 1) == (0, 0)
    assert counts(gone, shift + 1, shift + 3, Status.NONE, since=shift + 1) == (3, 3)


def test_other_statuses_may_count_from_a_day_on() -> None:
    seen = chain_of(("signature", 1, 5), ("withdrawal", 7, 7))
    period = Counted(Days(FIRST, FIRST + 9), mask_of([Status.MEMBER]), ((FIRST + 3, mask_of([Status.NONE])),))
    # Members until day 2, and none from day 3 on: 2 and no day, no day and 2, or on day 3 neither.
    assert counted(seen, period) == (0, 2)
    later = ((FIRST + 3, mask_of([Status.NONE])), (FIRST + 8, mask_of([Status.FORMER])))
    assert counted(seen, Counted(Days(FIRST, FIRST + 9), mask_of([Status.MEMBER]), later)) == (2, 4)


def test_an_event_settles_the_status_from_its_own_day_to_the_day_before_the_next() -> None:
    def on(one: Walk, first: int, last: int) -> Grounds:
        return grounds_of(one, Days(FIRST + first, FIRST + last))

    exact = chain_of(("signature", 2, 2), ("prolongation", 3, 3), ("withdrawal", 4, 4))
    settled: dict[int, tuple[int, ...]] = {1: (), 2: (0,), 3: (0,), 4: (2,), 5: (2,)}
    for day, settling in settled.items():
        assert on(exact, day, day) == Grounds(settling)
    # On the days of a run some may be before it, and some after.
    assert on(exact, 2, 3) == Grounds((0,))
    assert on(exact, 1, 2) == Grounds((0,), (0,))
    assert on(exact, 3, 4) == on(exact, 2, 5) == Grounds((0, 2), (2,))
    open_days = chain_of(("signature", 2, 4), ("withdrawal", 4, 5))
    grounds = {
        1: Grounds(),
        2: Grounds((0,), (0,)),
        3: Grounds((0,), (0,)),
        4: Grounds((0, 1), (1,)),
        5: Grounds((1,)),
    }
    for day, expected in grounds.items():
        assert on(open_days, day, day) == expected
    assert on(open_days, 1, 1).pending == ()
    assert on(open_days, 1, 2).pending == (0,)


def test_an_act_that_no_world_has_settles_nothing_and_may_settle_nothing() -> None:
    def told(*ways: tuple[str, int]) -> tuple[Alternative, ...]:
        return tuple(Alternative(Act(act), frozenset(), Days(FIRST + day, FIRST + day)) for act, day in ways)

    # The withdrawal would be too early for the signature, or too late for what came after.
    either = told(("prolongation", 3), ("prolongation", 4), ("withdrawal", 1), ("withdrawal", 5))
    for last, may_settle in ((4, False), (5, True)):
        chain = Told((told(("signature", 2)), either, told(("prolongation", last))), "declared", False, ())
        for day, settling, pending in ((2, (0,), ()), (3, (0,), (1,)), (4, (0,), (1,) if last > 4 else ())):
            found = grounds_of(chain.walk, Days(FIRST + day, FIRST + day))
            assert found == Grounds(settling, pending if may_settle else ()), (last, day)


def test_a_force_of_which_nobody_speaks_rests_on_the_last_event_that_the_world_has() -> None:
    one = Told(_on(("ratification", 0), ("denial", 0)), "legal", is_selection=False, in_force=(FIRST, FIRST))
    assert grounds_of(one.walk, Days(FIRST + 3, FIRST + 3)) == Grounds((0,), silent=True)


def test_a_force_that_follows_from_a_deposit_acts_on_signatories_only() -> None:
    def after(*acts: str, derived: bool) -> set[Status]:
        last = frozenset({len(acts) - 1})
        events = _on(*((act, day) for day, act in enumerate(acts)))
        chain = Chain(events, in_force=(FIRST,) * len(acts), forces=last, derived=last if derived else frozenset())
        course = walk(chain, READINGS["legal"]).course()
        assert course
        return set(statuses_of(course.on(FIRST + len(acts))))

    for derived in (False, True):
        assert after("ratification", "entry_into_force", derived=derived) == {Status.MEMBER}
    for acts, before in ((("ratification", "withdrawal"), Status.FORMER), (("prolongation",), Status.NONE)):
        assert after(*acts, "entry_into_force", derived=True) == {before}
        assert after(*acts, "entry_into_force", derived=False) == {Status.MEMBER}


def test_a_force_that_is_denied_made_no_member_before_even_if_the_stay_was_over_by_then() -> None:
    for denied, expected in (
        (frozenset({2}), {Status.SIGNATORY}),
        (frozenset[int](), {Status.SIGNATORY, Status.MEMBER}),
    ):
        events = _on(("ratification", 0), ("withdrawal", 3), ("denial", 0))
        course = walk(Chain(events, in_force=(FIRST,) * 3, forces=denied), READINGS["legal"]).course()
        assert course
        for day in (1, 2):
            assert statuses_of(course.on(FIRST + day)) == expected
        assert statuses_of(course.on(FIRST + 3)) == {Status.FORMER}


def test_who_waits_for_a_force_that_is_denied_waits_in_vain() -> None:
    events = _on(("ratification", 0), ("denial", 0), ("prolongation", 3))
    for denied, expected in (
        (frozenset({1}), {Status.SIGNATORY}),
        (frozenset[int](), {Status.SIGNATORY, Status.MEMBER}),
    ):
        course = walk(Chain(events, in_force=(FIRST,) * 3, forces=denied), READINGS["legal"]).course()
        assert course
        assert [statuses_of(course.on(FIRST + day)) for day in (1, 3, 9)] == [expected] * 3


def test_who_was_suspended_is_made_a_member_by_no_force_of_which_nobody_speaks() -> None:
    events = _on(("ratification", 0), ("suspension", 2))
    one = walk(Chain(events, in_force=(FIRST,) * 2), READINGS["legal"])
    both = Counted(Days(FIRST + 2, FIRST + 5), mask_of([Status.SUSPENDED]), ((FIRST + 4, mask_of([Status.MEMBER])),))
    # Suspended on two days, or a member on the two after them, in different worlds.
    assert counted(one, both) == (0, 2)


def test_a_signatory_that_is_suspended_waits_for_no_force_any_more() -> None:
    own = READINGS["legal"].but("own", Effect("suspension", ["signatory", "member"], "suspended"))
    events = _on(("ratification", 0), ("suspension", 2), ("entry_into_force", 4))
    course = walk(Chain(events, in_force=(FIRST,) * 3, forces=frozenset({2})), own).course()
    assert course
    assert statuses_of(course.on(FIRST + 3)) == {Status.SUSPENDED}


@pytest.mark.parametrize(("act", "passes"), [("accession", True), ("prolongation", True), ("denial", False)])
def test_what_has_no_effect_passes_over_an_event_that_may_have_had_one_and_a_denial_does_not(
    act: str, passes: bool
) -> None:
    declared = READINGS["declared"]
    own = Reading("own", tuple(effect for effect in declared.effects if effect.act is not Act.ACCESSION))
    chain = Chain(_on((act, 1), ("signature", 3)), Edges.SELECTION, effective=frozenset({0, 1}))
    course = walk(chain, own).course()
    assert course
    assert statuses_of(course.on(FIRST + 2)) == (frozenset(Status) if passes else {Status.NONE})


def test_a_chain_is_known_by_what_is_told_and_means_how_the_choice_goes_on_as_well() -> None:
    chain = chain_of(("signature", 0, 0)).chain
    other, same = (evolve(chain, choices=(({0: (to,)},),)) for to in (0, 0))
    assert (chain, hash(chain)) == (other, hash(other))
    assert chain.meaning != other.meaning == same.meaning


def test_a_course_and_its_spans_are_the_same() -> None:
    course = Told(_on(("signature", 0)), "declared", is_selection=False, in_force=(FIRST,)).walk.course()
    assert course
    assert [(span.first, span.end) for span in spans_of(course)] == [(EVER_BEFORE, FIRST), (FIRST, EVER_AFTER)]
