"""The case of one state: what the sources of a view leave of the evidence on it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, reduce
from itertools import product
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen

from csto_membership._evidence.claims import Attestation, Event
from csto_membership._evidence.resolution import Alternative
from csto_membership._values.acts import Act
from csto_membership._values.readings import Reading
from csto_membership._values.runs import Runs
from csto_membership._view.ballot import Ballot, Carried, ballot_of
from csto_membership._worlds.masks import ANY_COURSE, ANY_MASK, NONE_MASK, Course, mask_of
from csto_membership._worlds.moves import Chain, Edges
from csto_membership._worlds.worlds import Walk, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from csto_membership._view.voices import Speakers

#: At most so many choices of what is attested are counted one by one; beyond, the days are counted day by day.
MOST_TRIED = 16


@frozen
class Case:
    """
    What a view leaves of the evidence on one state, read under its reading, by one choice of open sources or by many.

    `events` with their alternatives form the `chain`; one that no source used tells has none. `attested` is what attests
    a status where no act with an effect is left, and empty where acts draw the course; what each of further sources
    attests may be added (`perhaps`). On other days than it speaks of, the statuses of the mask `unattested` are
    possible: none for a state of which the record knows no act with an effect, anything for others. `ballot` holds the
    choices, None for a single one, and `replaced` the numbers of events with other alternatives than their claims give.
    """

    events: tuple[tuple[Event, tuple[Alternative, ...]], ...]
    chain: Chain
    reading: Reading
    attested: tuple[Attestation, ...] = ()
    perhaps: tuple[tuple[Attestation, ...], ...] = ()
    unattested: int = ANY_MASK
    ballot: Ballot | None = field(default=None, repr=False)
    replaced: Mapping[int, tuple[Alternative, ...]] = field(default=MappingProxyType({}), eq=False, repr=False)
    _walked: Walk | None = field(default=None, eq=False, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether it is open which sources were published, and their choice makes a difference."""
        return self.ballot is not None and bool(self.ballot.voices)

    @property
    def told(self) -> tuple[Event, ...]:
        """The events that a source used tells."""
        return tuple(event for event, given in self.events if given)

    @property
    def rests_on_attestations(self) -> bool:
        """Whether no act with an effect is left, so that what is attested answers."""
        return bool(self.attested or self.perhaps)

    @property
    def all_attested(self) -> tuple[Attestation, ...]:
        """What is attested, and what may be."""
        return (*self.attested, *(attestation for attestations in self.perhaps for attestation in attestations))

    @cached_property
    def walk(self) -> Walk:
        """The worlds of the chain."""
        return self._walked or walk(self.chain, self.reading)

    @cached_property
    def has_order(self) -> bool:
        """Whether each choice leaves an order of days for the events; where one leaves none, nothing follows."""
        if self.ballot is None:
            return self.walk.has_world
        return not self.ballot.fails(self.replaced)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of the events that are told, by their ids."""
        return {event.id: number for number, (event, given) in enumerate(self.events) if given}

    def course(self, state: str, since: int | None = None) -> Course:
        """The course of possible statuses, perhaps from the first day (an ordinal) of an institution on."""
        if self.rests_on_attestations:
            return self.attested_course(state)
        return (self.walk.course(since) if self.has_order else None) or ANY_COURSE

    def supposing(self, event: Event, supposed: tuple[Alternative, ...]) -> Case:
        """The case with other alternatives for one event, where it is told."""
        number = self.numbers.get(event.id)
        if number is None:
            return self
        from csto_membership._worlds.detours import detour

        taken = detour(self.walk, number, supposed)
        return evolve(self._replacing({number: supposed}, self.chain.edges), walked=taken.walk if taken else None)

    def only(self, ids: frozenset[str]) -> Case:
        """
        The case of some of the events, as a part of the evidence that does not vouch for the rest.

        Before an act that does not open, and without an act that has an effect, nothing follows.
        """
        others: dict[int, tuple[Alternative, ...]] = {
            number: () for number, (event, _) in enumerate(self.events) if event.id not in ids
        }
        return evolve(self._replacing(others, Edges.PART), attested=(), perhaps=())

    def _replacing(self, others: Mapping[int, tuple[Alternative, ...]], edges: Edges) -> Case:
        """The case with other alternatives for the events of some numbers, and left untold those without any."""
        events = tuple((event, others.get(number, given)) for number, (event, given) in enumerate(self.events))
        return evolve(
            self,
            events=events,
            chain=self.chain.replacing(others, edges),
            replaced=MappingProxyType({**self.replaced, **others}),
        )

    def by_attestation(self) -> Iterator[Case]:
        """The case by each choice of what may be attested besides, if they are few; else itself, for all of them."""
        if 1 << len(self.perhaps) > MOST_TRIED:
            yield self
            return
        for taken in product((True, False), repeat=len(self.perhaps)):
            more = (one for some, took in zip(self.perhaps, taken, strict=True) if took for one in some)
            if attested := (*self.attested, *more):
                yield evolve(self, attested=attested, perhaps=())

    def attested_course(self, state: str) -> Course:
        """On the days that attestations speak of what all of them allow, or what any allows where that is nothing."""
        every_day, some_day = _spoken(self.attested, state), _spoken(self.attested, state, some_day=True)
        further = [_spoken(attestations, state) for attestations in self.perhaps]
        some_day += [said for attestations in self.perhaps for said in _spoken(attestations, state, some_day=True)]

        def possible(certain: set[int], perhaps: set[int], spoken: list[set[int]]) -> int:
            answers = _answers(certain, [masks for masks in spoken if masks])
            if not certain and (self.attested or not all(spoken)):
                # "Some day of the period" allows each of its days and is certain on none.
                answers |= {self.unattested, *perhaps}
            return reduce(or_, answers, 0)

        steps = [
            (day, possible(certain, perhaps, spoken))
            for day, (certain, perhaps, *spoken) in _day_by_day([every_day, some_day, *further])
        ]
        return Runs.of(steps, possible(set(), set(), [set() for _ in further]))


#: From a day to another, both included, the statuses that are said, as a mask.
_Said: TypeAlias = "tuple[int, int, int]"


def _day_by_day(sayings: list[list[_Said]]) -> Iterator[tuple[int, list[set[int]]]]:
    """The days from which on other masks are said, and what is said by each of several from then on."""
    changes: dict[int, list[tuple[int, int, int]]] = {}
    for who, said in enumerate(sayings):
        for first, last, mask in said:
            changes.setdefault(first, []).append((who, mask, 1))
            changes.setdefault(last + 1, []).append((who, mask, -1))
    now: list[Counter[int]] = [Counter() for _ in sayings]
    for day in sorted(changes):
        for who, mask, number in changes[day]:
            now[who][mask] += number
        yield day, [{mask for mask, number in masks.items() if number} for masks in now]


def _spoken(attestations: Iterable[Attestation], state: str, *, some_day: bool = False) -> list[_Said]:
    """The days of which attestations speak for certain, or on one of which they do, each with the mask of statuses."""
    spoken = []
    for attestation in attestations:
        if (attestation.days is None) is some_day:
            first, last = (attestation.days or attestation.during).days
            spoken.append((first, last, mask_of(attestation.statuses_of(state) or ())))
    return spoken


def _answers(attested: set[int], further: list[set[int]]) -> set[int]:
    """What masks that are attested of one day allow, by any choice of the further ones, some of which are taken."""
    ways: set[tuple[int, int]] = {(ANY_MASK, 0)}
    for masks, always in [(attested, True), *((masks, False) for masks in further)]:
        added = set()
        for common, either in ways:
            for mask in masks:
                common, either = common & mask, either | mask  # noqa: PLW2901 - folded
            added.add((common, either))
        ways = added if always else ways | added
    return {common or either for common, either in ways if either}


def cases_of(speakers: Speakers, state: str) -> tuple[Case, ...]:
    """The cases of the state of that id, as the sources of a view tell it: together they hold every choice of open ones."""
    if speakers.selection.whole and speakers.record.vouches_for_acts_of(state):
        return (_whole_case(speakers, state),)
    cases = list(_cases_by(ballot_of(speakers, state)))
    # All sources together are no selection: the record then vouches for itself.
    if speakers.may_be_whole(state):
        cases.append(_whole_case(speakers, state))
    return tuple(cases)


def _whole_case(speakers: Speakers, state: str) -> Case:
    """The case that all sources make of a record that vouches for itself."""
    events = speakers.events_of(state)
    given = tuple(speakers.tally.left(event.claims_of(state)) for event in events)
    chain = _chain(speakers, state, Carried(given, frozenset(), ()))
    return Case(speakers.as_told(state, events, given), chain, speakers.view.reading)


def _cases_by(ballot: Ballot) -> Iterator[Case]:
    """The cases of a selection of sources: by choices that leave an act with an effect, and by those that leave none."""
    attested = list(ballot.attested())
    every = _case_by(ballot, ballot.all_choices)
    if not attested:
        yield every
        return
    drawn = [ballot.carried(effect=True), ballot.carried(silent=True) if ballot.may_say_nothing else None]
    yield from (_case_by(ballot, choices) for choices in drawn if choices)
    if not any(drawn) and not every.has_order:
        # Where the claims leave no world, nothing that is attested brings one back.
        yield every
    for one in attested:
        unattested = ANY_MASK if one.passed else NONE_MASK
        yield evolve(every, attested=one.attested, perhaps=one.perhaps, unattested=unattested)


def _case_by(ballot: Ballot, carried: Carried) -> Case:
    """The case of some choices of a ballot."""
    chain = evolve(_chain(ballot.speakers, ballot.state, carried), edges=Edges.SELECTION)
    events = ballot.speakers.as_told(ballot.state, ballot.events, carried.events)
    return Case(events, chain, ballot.speakers.view.reading, ballot=ballot)


def _chain(speakers: Speakers, state: str, carried: Carried) -> Chain:
    """The events of a state as a chain of the whole record."""
    record, events = speakers.record, speakers.events_of(state)
    # Also of an event of which something is supposed: that it may have had an effect is what the record tells.
    acts = speakers.acts_of(state, events)
    forces = (
        number
        for number, (event, told) in enumerate(zip(events, acts, strict=True))
        if Act.ENTRY_INTO_FORCE in told and carried.events[number] and not record.looks_back(event)
    )
    return Chain(
        carried.events,
        untold=carried.untold,
        in_force=tuple(map(record.in_force_from, events)),
        forces=frozenset(forces),
        derived=frozenset(number for number, event in enumerate(events) if record.follows_from_deposit(event)),
        effective=frozenset(number for number, told in enumerate(acts) if told & speakers.effective_acts),
        choices=carried.choices,
    )
