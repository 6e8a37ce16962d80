"""
Who speaks of a state in a view: what the sources that are used for certain say, and which open ones make a difference.

Of an open source it is not known whether it was published in time.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from attrs import Factory, evolve, field, frozen

from csto_membership._evidence.claims import Rank
from csto_membership._evidence.supposition import SUPPOSED
from csto_membership._evidence.tellings import Tally, saying
from csto_membership._evidence.votes import open_event
from csto_membership._values.acts import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._evidence.claims import Attestation, Claim, Event
    from csto_membership._evidence.publication import Selection
    from csto_membership._evidence.record import Record
    from csto_membership._evidence.resolution import Alternative
    from csto_membership._evidence.supposition import Supposition
    from csto_membership._view.view import View


class Voice(NamedTuple):
    """
    Open sources that say the same of a state, in all its events and in what they attest.

    `most` is how many of them can make a difference: all where votes are counted, else one. `events` are the numbers of
    the events in which they speak.
    """

    sources: tuple[str, ...]
    most: int
    events: tuple[int, ...]
    attestations: tuple[Attestation, ...]

    def taken(self, number: int) -> tuple[str, ...]:
        """The sources if a number of those that can make a difference is taken."""
        return self.sources if number and self.most == 1 else self.sources[:number]

    @property
    def span(self) -> range:
        """The numbers of the events from the first to the last in which they speak."""
        return range(self.events[0], self.events[-1] + 1) if self.events else range(0)


def _tally(speakers: Speakers) -> Tally:
    return Tally(speakers.view.resolution, speakers.record.copies())


@frozen(eq=False)
class Speakers:
    """
    The sources of a view, as they speak of all states; what states share is worked out once.

    >>> from csto_membership import CSTO
    >>> speakers = CSTO.as_published_by("2012-09-01")._derivation.speakers
    >>> [voice.sources for voice in speakers.voices("UZB", attesting=False)]
    []
    """

    record: Record
    view: View
    selection: Selection
    tally: Tally = field(init=False, default=Factory(_tally, takes_self=True))
    _matter: dict[tuple[Claim, ...], tuple[Claim, ...]] = field(init=False, factory=dict)

    @cached_property
    def effective_acts(self) -> frozenset[Act]:
        """The acts that have an effect under the reading."""
        return frozenset(act for act in Act if self.view.reading.has_effect(act))

    @cached_property
    def _supposed(self) -> dict[str, Supposition]:
        """By the ids of events what the view supposes of them."""
        return {one.event: one for one in self.view.supposed}

    def events_of(self, state: str) -> tuple[Event, ...]:
        """
        The events of a state: only the law looks back to days on which nothing was declared.

        One of which something is supposed has this for its only claim, by a source that is always used.
        """
        record, law = self.record, self.view.reading.binds_after_signature
        events = record.events_of(state)
        if self._supposed.keys() & {event.id for event in events}:
            told = [event for event in events if not (record.follows_from_deposit(event) or record.looks_back(event))]
            supposed = self._supposed
            taken = [supposed[one.id].event_of(one, state) if one.id in supposed else one for one in told]
            events = record.with_forces(state, taken)
        return tuple(event for event in events if law or not record.looks_back(event))

    def as_told(
        self, state: str, events: Iterable[Event], given: Iterable[tuple[Alternative, ...]]
    ) -> tuple[tuple[Event, tuple[Alternative, ...]], ...]:
        """Events with their alternatives as the record tells them: claims that say what is supposed of one stand for it."""
        pairs = tuple(zip(events, given, strict=True))
        if not self._supposed:
            return pairs
        told = {event.id: event for event in self.record.events_of(state)}
        return tuple(
            (told.get(event.id, event), tuple(_as_told(one, told.get(event.id)) for one in options))
            for event, options in pairs
        )

    def acts_of(self, state: str, events: Iterable[Event]) -> list[frozenset[Act]]:
        """The acts that the sources claim of each of some events of a state, whatever is supposed of it."""
        told = {event.id: event for event in self.record.events_of(state)}
        return [
            frozenset(claim.act for one in (told.get(event.id, event), event) for claim in one.claims_of(state))
            for event in events
        ]

    def may_be_whole(self, state: str) -> bool:
        """Whether all sources of a record that vouches for the acts of the state may have been published."""
        used = (self.selection.certain | self.selection.open) - {SUPPOSED}
        return len(used) == len(self.record.sources) and self.record.vouches_for_acts_of(state)

    def attestations_of(self, state: str) -> tuple[Attestation, ...]:
        """What the sources attest of a state."""
        said = self.record.attestations
        return tuple(one for one in said if one.source in self.selection and one.statuses_of(state) is not None)

    def claims_on(self, event: Event, state: str) -> tuple[Claim, ...]:
        """Of the claims of an event those of the certain sources, and those of open ones that can make a difference."""
        claims = event.claims_of(state)
        if claims not in self._matter:
            self._matter[claims] = self._mattering(claims)
        return self._matter[claims]

    def _mattering(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        certain = tuple(claim for claim in claims if claim.source in self.selection.certain)
        doubtful = {
            claim for claim in claims if claim.source in self.selection.open and self._may_matter(claim, certain)
        }
        if not doubtful:
            return certain
        kept = tuple(claim for claim in claims if claim.source in self.selection.certain or claim in doubtful)
        event = open_event(kept, frozenset(claim.source for claim in doubtful), self.tally)
        return certain if event.leaves_one(self.selection.certain) else kept

    def _may_matter(self, claim: Claim, certain: tuple[Claim, ...]) -> bool:
        """
        Whether a claim can make a difference beside those of the certain sources.

        It makes none if one of them says the same, or (by preference) if one speaks with a better rank.
        """
        policy = self.view.resolution
        if policy.name == "majority" or claim.source in policy.sources:
            return True
        best = min((one.rank.order for one in certain), default=len(Rank))
        overruled = policy.name == "preferred" and claim.rank.order > best
        return not overruled and saying(claim) not in set(map(saying, certain))

    def voices(self, state: str, *, attesting: bool) -> tuple[Voice, ...]:
        """The open sources that can make a difference for a state, in groups that say the same; and in what they attest."""
        says: dict[str, set[object]] = {}
        numbers: dict[str, list[int]] = {}
        for number, event in enumerate(self.events_of(state)):
            for claim in self.claims_on(event, state):
                if claim.source in self.selection.open:
                    says.setdefault(claim.source, set()).add((number, saying(claim)))
                    numbers.setdefault(claim.source, []).append(number)
        attests: dict[str, list[Attestation]] = {}
        for attestation in self.attestations_of(state) if attesting else ():
            if attestation.source in self.selection.open:
                attests.setdefault(attestation.source, []).append(attestation)
        groups: dict[object, list[str]] = {}
        for source in sorted({*says, *attests}):
            apart = source in attests or source in self._apart
            groups.setdefault((frozenset(says.get(source, ())), source if apart else ""), []).append(source)
        most = None if self.view.resolution.name == "majority" else 1
        return tuple(
            Voice(
                tuple(group),
                most or len(group),
                tuple(dict.fromkeys(numbers.get(group[0], ()))),
                tuple(attests.get(group[0], ())),
            )
            for group in groups.values()
        )

    @cached_property
    def _apart(self) -> frozenset[str]:
        """The sources that are not as good as others that say the same."""
        if self.view.resolution.name != "majority":
            return frozenset(self.view.resolution.sources)
        copies = self.record.copies()
        return frozenset(name for source, copied in copies.items() if copied for name in (source, *copied))


def _as_told(option: Alternative, event: Event | None) -> Alternative:
    """An alternative that nobody claims, with the claims of the event that say the same."""
    if all(claim.source != SUPPOSED for claim in option.claims):
        return option
    meaning = option.act, option.statuses, option.days
    claims = event.claims if event else ()
    return evolve(option, claims=tuple(one for one in claims if (one.act, one.status, one.days_of_effect) == meaning))
