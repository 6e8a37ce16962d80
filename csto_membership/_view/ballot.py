"""
The vote over all choices of the open sources of a view, for one state.

Of a source whose publication date is open it is not known whether it was published in time: what is possible with any
choice of such sources is possible. Sources that tell one event are chosen at that event. One that tells several is
remembered from its first to its last, and its choice with it: the cost doubles with the sources that are remembered
at the same time, not with their number. Beyond `MOST_REMEMBERED` choices the sources with the longest memory are chosen
anew at each event, which allows at least what is possible.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import Factory, evolve, field, frozen

from csto_membership._evidence.votes import open_event
from csto_membership._values.acts import Act
from csto_membership._values.period import EVER_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from csto_membership._evidence.claims import Attestation, Claim, Event
    from csto_membership._evidence.resolution import Alternative
    from csto_membership._evidence.tellings import OpenEvent, Telling
    from csto_membership._view.voices import Speakers, Voice
    from csto_membership._worlds.moves import Choices

#: At most so many choices are remembered from one event to the next: those of eight sources.
MOST_REMEMBERED = 256
#: What of their claims is remembered together with what they attest: of at most so many sources.
MOST_LINKED = 6
#: What a choice still owes: to leave a source out (all together are no selection), and to leave an act with an effect.
_LEFT_OUT, _EFFECT = 1, 2


#: A choice as later events see it: how many of each remembered voice are taken, and what it owes.
_Choice: TypeAlias = "tuple[tuple[int, ...], int]"


class _Step(NamedTuple):
    """A choice at an event: the sources taken there, what is remembered after it, and what the newly chosen attest."""

    taken: frozenset[str]
    after: tuple[int, ...]
    complete: bool
    attested: tuple[Attestation, ...]


class Attested(NamedTuple):
    """
    What is attested by choices that leave no act with an effect.

    By `perhaps`, source by source, any further ones may be; `passed` says whether an event was passed over.
    """

    attested: tuple[Attestation, ...]
    perhaps: tuple[tuple[Attestation, ...], ...]
    passed: bool


class Carried(NamedTuple):
    """The alternatives of each event by any choice, the events that may be untold, and how the choice goes on."""

    events: tuple[tuple[Alternative, ...], ...]
    untold: frozenset[int]
    choices: tuple[tuple[Choices, ...], ...]


@frozen(eq=False)
class Ballot:
    """
    The open sources that can make a difference for a state, and all their choices, carried from event to event.

    `attesting` says whether what sources attest matters: not where each choice leaves an act with an effect.
    """

    speakers: Speakers
    state: str
    attesting: bool = False
    events: tuple[Event, ...] = field(
        init=False, default=Factory(lambda self: self.speakers.events_of(self.state), takes_self=True)
    )
    voices: tuple[Voice, ...] = field(
        init=False,
        default=Factory(lambda self: self.speakers.voices(self.state, attesting=self.attesting), takes_self=True),
    )

    # --- Who speaks ---

    @cached_property
    def _attestations(self) -> tuple[Attestation, ...]:
        return self.speakers.attestations_of(self.state) if self.attesting else ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The open sources that can make a difference."""
        return tuple(sorted(source for voice in self.voices for source in voice.sources))

    @cached_property
    def _claiming(self) -> tuple[Voice, ...]:
        """Those that claim and attest, as far as they can be taken where no act with an effect is left."""
        both = (voice for voice in self.voices if voice.events and voice.attestations)
        return tuple(voice for voice in both if all(self._may_be_quiet(voice, number) for number in voice.events))

    def _may_be_quiet(self, voice: Voice, number: int) -> bool:
        """Whether a choice with a voice leaves no act with an effect of an event."""
        selection, claims = self.speakers.selection, self.speakers.claims_on(self.events[number], self.state)
        others = frozenset(claim.source for claim in claims if claim.source in selection.open) - set(voice.sources)
        told = open_event(claims, others, self.speakers.tally).tellings(selection.certain.union(voice.sources))
        return any(self._is_quiet(telling) for telling in told)

    def _is_quiet(self, telling: Telling) -> bool:
        return not any(one.act in self.speakers.effective_acts for one in telling.alternatives)

    @cached_property
    def _linked(self) -> frozenset[Voice]:
        """Those of which the claims and what they attest are chosen together."""
        return frozenset(self._claiming[:MOST_LINKED])

    @cached_property
    def _remembered(self) -> tuple[Voice, ...]:
        """The voices that are remembered from their first event to their last, as many as there is room for."""
        room = [MOST_REMEMBERED] * len(self.events)
        remembered = []
        spanning = [voice for voice in self.voices if len(voice.events) > 1 or voice in self._linked]
        for voice in sorted(spanning, key=lambda voice: len(voice.span)):
            if all(room[number] > voice.most for number in voice.span):
                for number in voice.span:
                    room[number] //= voice.most + 1
                remembered.append(voice)
        return tuple(remembered)

    @cached_property
    def anew(self) -> tuple[str, ...]:
        """The sources that are chosen anew for each event, or whose votes are too many to count: more than is possible."""
        loose = [
            voice
            for voice in self.voices
            if (len(voice.events) > 1 and voice not in self._remembered)
            or (voice in self._claiming and not (voice in self._linked and voice in self._remembered))
        ]
        bounded = {source for event in self._open_events if event.is_bounded for source in event.free}
        return tuple(sorted(bounded.union(*(voice.sources for voice in loose))))

    @cached_property
    def _open_events(self) -> tuple[OpenEvent, ...]:
        local = {source for voice in self.voices if voice not in self._remembered for source in voice.sources}
        open_events = []
        for event in self.events:
            claims = self.speakers.claims_on(event, self.state)
            free = frozenset(claim.source for claim in claims if claim.source in local)
            mixed = len({claim.act in self.speakers.effective_acts for claim in claims}) > 1
            open_events.append(open_event(claims, free, self.speakers.tally, together=self.attesting and mixed))
        return tuple(open_events)

    # --- Choices, from event to event ---

    @cached_property
    def _kept(self) -> tuple[tuple[Voice, ...], ...]:
        """For each event the voices that are remembered after it; last, and so before the first, none."""
        numbers = range(len(self.events))
        kept = [
            tuple(voice for voice in self._remembered if voice.events[0] <= number < voice.events[-1])
            for number in numbers
        ]
        return (*kept, ())

    def _steps(self, number: int, values: tuple[int, ...], *, silent: bool = False) -> Iterator[_Step]:
        """The choices at an event, after how many of each remembered voice were taken; `silent` without attesting ones."""
        before, after = self._kept[number - 1], self._kept[number]
        born = [voice for voice in self._remembered if voice.events[0] == number]
        ranges = [range(1 if silent and voice.attestations else voice.most + 1) for voice in born]
        for chosen in product(*ranges):
            taken = dict(zip((*before, *born), (*values, *chosen), strict=True))
            sources = (voice.taken(count) for voice, count in taken.items() if number in voice.events)
            yield _Step(
                self.speakers.selection.certain.union(*sources),
                tuple(taken[voice] for voice in after),
                all(count == len(voice.sources) for voice, count in zip(born, chosen, strict=True)),
                tuple(said for voice in born if taken[voice] for said in voice.attestations if voice in self._linked),
            )

    @cached_property
    def _must_leave_out(self) -> bool:
        """Whether a source that makes a difference must be left out, so that not all are taken together."""
        all_matter = self.speakers.selection.open == frozenset(self.sources)
        return all_matter and not self.anew and self.speakers.may_be_whole(self.state)

    def _owed(self, owed: int, step: _Step, telling: Telling) -> int:
        """What a choice owes after a telling."""
        if not (step.complete and telling.complete):
            owed &= ~_LEFT_OUT
        if owed & _EFFECT and not self._is_quiet(telling):
            owed &= ~_EFFECT
        return owed

    @cached_property
    def all_choices(self) -> Carried:
        """All choices but that of all sources, where the record then vouches for itself."""
        carried = self.carried()
        assert carried, "the choice of no open source is one"
        return carried

    def carried(self, *, effect: bool = False, silent: bool = False) -> Carried | None:
        """
        The choices that leave an act with an effect, or those of no source that attests anything; None if there are none.
        """
        spared = silent or any(voice.attestations and not voice.events for voice in self.voices)
        owed = (_LEFT_OUT if self._must_leave_out and not spared else 0) | (_EFFECT if effect else 0)
        reached: list[_Choice] = [((), owed)]
        ids: dict[_Choice, int] = {reached[0]: 0}
        folded = []
        for number, event in enumerate(self._open_events):
            fold = _Fold(event.claims, frozenset(map(ids.__getitem__, reached)))
            ahead: dict[_Choice, None] = {}
            for values, still in reached:
                for step in self._steps(number, values, silent=silent):
                    for telling in event.tellings(step.taken):
                        after = step.after, self._owed(still, step, telling)
                        if number + 1 == len(self.events) and after[1]:
                            continue
                        ids.setdefault(after, len(ids))
                        ahead[after] = None
                        fold.add(telling, ids[values, still], ids[after])
            reached = list(ahead)
            folded.append(fold)
        if not reached or reached[0][1]:
            return None
        states = list(ids)
        return Carried(
            tuple(fold.alternatives() for fold in folded),
            frozenset(number for number, fold in enumerate(folded) if fold.untold),
            tuple(fold.choices(states) for fold in folded),
        )

    # --- What is attested where no act with an effect is left ---

    @property
    def may_be_silent(self) -> bool:
        """Whether some choice leaves no act with an effect, and a source attests the status."""
        return bool(self.speakers.attestations_of(self.state)) and bool(self._silences())

    def _silences(self) -> set[tuple[frozenset[int], bool, int]]:
        """By choices that leave no act with an effect: what is attested, whether an event is passed over, what is owed."""
        numbers = {attestation: number for number, attestation in enumerate(self._attestations)}
        owed = _LEFT_OUT if self._must_leave_out else 0
        reached: set[tuple[tuple[int, ...], frozenset[int], bool, int]] = {((), frozenset(), False, owed)}
        for number, event in enumerate(self._open_events):
            effective = any(
                claim.act in self.speakers.effective_acts for claim in self.events[number].claims_of(self.state)
            )
            ahead = set()
            for values, said, passed, still in reached:
                for step in self._steps(number, values):
                    for telling in event.tellings(step.taken):
                        if not self._is_quiet(telling):
                            continue
                        passes = passed or (effective and {one.act for one in telling.alternatives} != {Act.DENIAL})
                        says = said.union(numbers[one] for one in step.attested)
                        ahead.add((step.after, says, passes, self._owed(still, step, telling)))
            reached = ahead
        return {(said, passed, still) for _, said, passed, still in reached}

    @property
    def may_say_nothing(self) -> bool:
        """Whether there is a choice of no source that attests anything."""
        return not any(one.source in self.speakers.selection.certain for one in self._attestations)

    def attested(self) -> Iterator[Attested]:
        """What is attested, by each choice that leaves no act with an effect and in which some source attests anything."""
        always = {
            number for number, one in enumerate(self._attestations) if one.source in self.speakers.selection.certain
        }
        linked = self._linked & frozenset(self._remembered)
        alone = [voice for voice in self.voices if voice.attestations and not voice.events]
        free = [voice.attestations for voice in (*alone, *(one for one in self._claiming if one not in linked))]
        for said, passed, owed in self._silences() if self.attesting else ():
            common = tuple(one for number, one in enumerate(self._attestations) if number in always | said)
            for left_out in range(len(free)) if owed else [len(free)]:
                perhaps = tuple(free[:left_out] + free[left_out + 1 :])
                if common or perhaps:
                    yield Attested(common, perhaps, passed)

    # --- Whether a choice leaves no order of days ---

    def fails(self, replaced: Mapping[int, tuple[Alternative, ...]]) -> bool:
        """Whether a choice leaves no order of days for the events, of which some have other alternatives by any choice."""
        if _are_apart(replaced.get(number, given) for number, given in enumerate(self.all_choices.events)):
            return False
        reached: dict[tuple[int, ...], int] = {(): EVER_BEFORE}
        for number, event in enumerate(self._open_events):
            ahead: dict[tuple[int, ...], int] = {}
            for values, day in reached.items():
                for step in self._steps(number, values):
                    later = self._latest(event, step.taken, day, replaced.get(number))
                    if later is None:
                        return True
                    ahead[step.after] = max(ahead.get(step.after, later), later)
            reached = ahead
        return False

    def _latest(
        self, event: OpenEvent, taken: frozenset[str], day: int, replaced: tuple[Alternative, ...] | None
    ) -> int | None:
        """The day by which an event can have happened, after another: see `OpenEvent.latest`."""
        if replaced is None:
            return event.latest(taken, day)
        if not replaced or not any(telling.alternatives for telling in event.tellings(taken)):
            return day
        days = [
            max(one.days.first, day) if one.days else day for one in replaced if not one.days or one.days.last >= day
        ]
        return min(days, default=None)


def ballot_of(speakers: Speakers, state: str) -> Ballot:
    """The ballot of the state of that id; what sources attest is only looked at where it matters."""
    ballot = Ballot(speakers, state)
    return Ballot(speakers, state, attesting=True) if ballot.may_be_silent else ballot


def _are_apart(events: Iterable[tuple[Alternative, ...]]) -> bool:
    """Whether every alternative of each event can follow on every one of those before: then no choice can fail."""
    latest = EVER_BEFORE
    for given in events:
        days = [one.days for one in given if one.days]
        if any(last < latest for _, last in days):
            return False
        latest = max([latest, *(first for first, _ in days)])
    return True


class _Fold:
    """One event by all choices: its alternatives, and from which choice to which each of them leads."""

    def __init__(self, claims: tuple[Claim, ...], before: frozenset[int]) -> None:
        self._before = before
        self._order = {claim: place for place, claim in enumerate(claims)}
        self._tellings: dict[int, tuple[Alternative, ...]] = {}
        self._given: dict[tuple[object, ...], dict[int, Alternative]] = {}
        self._leads: dict[tuple[object, ...], dict[int, set[int]]] = {}

    def add(self, telling: Telling, before: int, after: int) -> None:
        """A telling, by which one choice goes on as another."""
        self._tellings[id(telling.alternatives)] = telling.alternatives
        for one in telling.alternatives:
            key = one.act, one.statuses, one.days
            self._given.setdefault(key, {})[id(one)] = one
            self._leads.setdefault(key, {}).setdefault(before, set()).add(after)
        if not telling.alternatives:
            self._leads.setdefault((), {}).setdefault(before, set()).add(after)

    @property
    def untold(self) -> bool:
        """Whether some choice does not tell the event."""
        return () in self._leads

    @cached_property
    def _single(self) -> bool:
        """Whether it is told in one way only: then the alternatives are as they are."""
        return sum(map(bool, self._tellings.values())) == 1

    @cached_property
    def _claims(self) -> dict[tuple[object, ...], set[Claim]]:
        """By the alternatives all claims that say so."""
        return {key: {claim for one in ones.values() for claim in one.claims} for key, ones in self._given.items()}

    @cached_property
    def _sorted(self) -> list[tuple[object, ...]]:
        """The alternatives, in the order of their first claims."""
        if self._single:
            return list(self._given)
        first = {key: min(map(self._order.__getitem__, claims)) for key, claims in self._claims.items()}
        return sorted(self._given, key=first.__getitem__)

    def alternatives(self) -> tuple[Alternative, ...]:
        """The alternatives, each with all claims that say so."""
        given = {key: next(iter(self._given[key].values())) for key in self._sorted}
        if self._single:
            return tuple(given.values())
        return tuple(
            evolve(one, claims=tuple(sorted(self._claims[key], key=self._order.__getitem__)))
            for key, one in given.items()
        )

    def choices(self, owed: Sequence[_Choice]) -> tuple[Choices, ...]:
        """How the choice goes on, nothing where it is the same by any; the fewer of the things `owed`, the better."""
        leads = [self._leads[key] for key in (*self._sorted, *([()] if self.untold else []))]
        if all(
            each.keys() == self._before and all(ahead == {choice} for choice, ahead in each.items()) for each in leads
        ):
            return ()
        return tuple({choice: _best(ahead, owed) for choice, ahead in each.items()} for each in leads)


def _best(ahead: set[int], owed: Sequence[_Choice]) -> tuple[int, ...]:
    """Of the choices those that owe no more than another that remembers the same."""
    by_values: dict[tuple[int, ...], list[int]] = {}
    for choice in ahead:
        by_values.setdefault(owed[choice][0], []).append(choice)
    return tuple(
        choice
        for alike in by_values.values()
        for choice in alike
        if not any(other != choice and not owed[other][1] & ~owed[choice][1] for other in alike)
    )
