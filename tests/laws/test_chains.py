"""
The heart alone, on bare chains of events: courses, days counted and detours are those of the worlds, tried one by one.

No record and no view comes between, so that a thousand chains take a second or two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from support import oracle
from support.chains import ASKED, EVENTS, FIRST, READINGS, SHOWN, TOLD, Chosen, Told, acts_on, naive, shown, told

from csto_membership import Act, Status
from csto_membership._evidence.resolution import Alternative
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._worlds.counting import Counted, counted
from csto_membership._worlds.detours import detour
from csto_membership._worlds.grounds import grounds_of
from csto_membership._worlds.masks import (
    ANY_COURSE,
    mask_of,
    spans_between,
)
from csto_membership._worlds.moves import Edges
from csto_membership._worlds.worlds import walk

SINCE = st.none() | st.sampled_from(TOLD)

#: Suspended before a force of which somebody speaks: then nobody's force made a member of the signatory before.
SUSPENDED = acts_on(("ratification", 0), ("suspension", 2), ("entry_into_force", 4))

#: In on either of two days that do not touch, and out before the later one, or after it.
EITHER_DAY = (
    tuple(Alternative(Act.ACCESSION, frozenset(), Days(day, day)) for day in (FIRST, FIRST + 4)),
    (Alternative(Act.WITHDRAWAL, frozenset(), Days(FIRST + 2, FIRST + 5)),),
)
#: A member by a force of which nobody speaks may be admitted once more.
ADMITTED = acts_on(("ratification", 0), ("admission", 3))


def _passing(other: tuple[str, int], *following: tuple[str, int, int]) -> Told:
    """A selection of which an event is passed over by an act without an effect, or told by another."""
    (first,), (second,) = acts_on(("prolongation", 3), other)
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
@example(Told((*acts_on(("admission", 0)), *SUSPENDED[1:]), "legal", is_selection=False, in_force=(FIRST,) * 3), None)
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
    happened = [oracle.Happening(number, "", frozenset(map(naive, event))) for number, event in enumerate(one.events)]
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
        oracle.Happening(number, "", frozenset(map(naive, event))) for number, event in enumerate(one.events) if event
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


# --- Choices -----------------------------------------------------------------------------------------------------------


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
