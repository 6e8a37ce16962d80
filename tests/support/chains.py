"""Bare chains of events with all of their worlds, by the oracle: what the heart is held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from attrs import evolve
from hypothesis import strategies as st
from support import oracle

from csto_membership import CSTO, Act, Reading, Status
from csto_membership._evidence.resolution import Alternative
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._worlds.masks import Course, either_course, statuses_of
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
            oracle.Happening(number, str(number), frozenset(map(naive, event)))
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


def naive(one: Alternative) -> oracle.Alternative:
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


def acts_on(*acts: tuple[str, int]) -> tuple[tuple[Alternative, ...], ...]:
    """An event for each act, on the day with that number; a denial has none."""
    return tuple(
        (Alternative(Act(act), frozenset(), None if act == "denial" else Days(FIRST + day, FIRST + day)),)
        for act, day in acts
    )


# --- Choices -----------------------------------------------------------------------------------------------------------


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
