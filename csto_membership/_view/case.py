"""The case of one state: what the sources of a view leave of the evidence on it."""

from __future__ import annotations

from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership._evidence.claims import Attestation, Event, Rank
from csto_membership._evidence.instruments import deposit_of
from csto_membership._evidence.publication import choices
from csto_membership._evidence.resolution import Alternative, alternatives
from csto_membership._evidence.supposition import Supposition
from csto_membership._values.acts import Act
from csto_membership._values.period import EVER_BEFORE
from csto_membership._values.readings import Reading
from csto_membership._values.runs import Runs
from csto_membership._worlds.masks import ANY_MASK, NONE_MASK, Course, mask_of
from csto_membership._worlds.worlds import Chain, Edges, Walk, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.claims import Claim
    from csto_membership._evidence.publication import Selection
    from csto_membership._evidence.record import Record
    from csto_membership._view.view import View

#: At most this many choices of open sources are tried for one state; beyond, no conclusion is drawn.
MOST_CHOICES = 20_000


@frozen
class Case:
    """
    What a view leaves of the evidence on one state, read under its reading.

    `events` with their alternatives form the `chain`; one that no source used tells has none. `attested` is what attests a status where no act with an
    effect is left, and empty where acts draw the course; on other days than it speaks of, the statuses of the mask
    `unattested` are possible: none for a state of which the record knows no act with an effect, anything for others.
    `inconclusive`: the publication dates of too many sources are open.
    """

    events: tuple[tuple[Event, tuple[Alternative, ...]], ...]
    chain: Chain
    reading: Reading
    attested: tuple[Attestation, ...] = ()
    unattested: int = ANY_MASK
    inconclusive: bool = False

    @property
    def told(self) -> tuple[Event, ...]:
        """The events that a source used tells."""
        return tuple(event for event, given in self.events if given)

    @cached_property
    def walk(self) -> Walk:
        """The worlds of the chain."""
        return walk(self.chain, self.reading)

    def supposing(self, event: Event, supposed: tuple[Alternative, ...]) -> Case:
        """The case with other alternatives for one event."""
        events = tuple((one, supposed if one.id == event.id else given) for one, given in self.events)
        return evolve(self, events=events, chain=evolve(self.chain, events=tuple(given for _, given in events)))

    def only(self, ids: frozenset[str]) -> Case:
        """
        The case of some of the events, as a part of the evidence that does not vouch for the rest.

        Before an act that does not open, and without an act that has an effect, nothing follows.
        """
        events = tuple((event, given if event.id in ids else ()) for event, given in self.events)
        left_out = {number for number, (event, _) in enumerate(events) if event.id not in ids}
        chain = evolve(
            self.chain,
            events=tuple(given for _, given in events),
            edges=Edges.PART,
            untold=self.chain.untold | left_out,
        )
        return evolve(self, events=events, chain=chain, attested=())

    def attested_course(self, state: str) -> Course:
        """On the days that attestations speak of what all of them allow, or what any allows where that is nothing."""
        every_day: list[tuple[int, int, int]] = []
        some_day: list[tuple[int, int, int]] = []
        for attestation in self.attested:
            first, last = (attestation.days or attestation.during).days
            spoken = every_day if attestation.days else some_day
            spoken.append((first, last, mask_of(attestation.statuses_of(state) or ())))
        edges = {edge for first, last, _ in (*every_day, *some_day) for edge in (first, last + 1)}

        def possible(day: int) -> int:
            masks = [mask for first, last, mask in every_day if first <= day <= last]
            if masks:
                common, either = ANY_MASK, 0
                for mask in masks:
                    common, either = common & mask, either | mask
                return common or either
            # "Some day of the period" allows each of its days and is certain on none.
            perhaps = self.unattested
            for first, last, mask in some_day:
                perhaps |= mask if first <= day <= last else 0
            return perhaps

        return Runs.of([(day, possible(day)) for day in sorted(edges)], possible(EVER_BEFORE))


def cases_of(record: Record, view: View, selection: Selection, state: str) -> tuple[Case, ...]:
    """
    The case of the state of that id, as the sources of the view tell it.

    Several where it is open which sources were published, and their choice makes a difference.
    """
    if selection.whole:
        return (_case_from(record, view, state, None),)
    groups = _differing(record, view, state, selection)
    if prod(len(group) + 1 for group in groups) > MOST_CHOICES:
        return (Case((), Chain((), Edges.PART), view.reading, inconclusive=True),)
    cases: dict[object, Case] = {}
    whole = frozenset(source.id for source in record.sources)
    for chosen in [*choices(selection.certain, groups), selection.certain | selection.open]:
        # All sources together are no selection: the record then vouches for itself.
        case = _case_from(record, view, state, None if chosen == whole else chosen)
        cases.setdefault((case.chain.meaning, case.attested), case)
    return tuple(cases.values())


def _case_from(record: Record, view: View, state: str, sources: frozenset[str] | None) -> Case:
    """The case that these sources make (None: the whole record)."""
    if sources is None and not record.vouches_for_acts_of(state):
        # Of such a record nothing is assumed, as of a selection.
        sources = frozenset(source.id for source in record.sources)
    events: list[tuple[Event, tuple[Alternative, ...]]] = []
    for event, supposed in _events_of(record, view, state):
        claims = event.claims_of(state)
        if isinstance(supposed, Supposition):
            events.append((event, (supposed.alternative(claims),)))
            continue
        # What follows from a supposed deposit follows whoever spoke of it.
        kept = [claim for claim in claims if supposed or sources is None or claim.source in sources]
        events.append((event, alternatives(kept, view.resolution, record.copies())))
    chain = _chain(record, state, view, tuple(events))
    if sources is None:
        return Case(tuple(events), chain, view.reading)
    chain = evolve(chain, edges=Edges.SELECTION)
    attested: tuple[Attestation, ...] = ()
    effective = any(view.reading.has_effect(alternative.act) for _, given in events for alternative in given)
    # Where the claims leave no world, nothing that is attested brings one back.
    if not effective and walk(chain, view.reading).has_world:
        attested = tuple(
            attestation
            for attestation in record.attestations
            if attestation.source in sources and attestation.statuses_of(state) is not None
        )
    # An event is passed over where no source claims it, or where they claim it with an act that has no effect.
    passed = any({one.act for one in chain.events[number]} != {Act.DENIAL} for number in chain.effective)
    return Case(tuple(events), chain, view.reading, attested, ANY_MASK if passed else NONE_MASK)


def _events_of(record: Record, view: View, state: str) -> Iterator[tuple[Event, Supposition | bool]]:
    """The events of a state, each with what is supposed of it, or whether it follows from what is supposed of another."""
    own, supposed = record.events_of(state), {one.event: one for one in view.supposed}
    told = {event.id: event for event in own if not (record.follows_from_deposit(event) or record.looks_back(event))}
    if supposed.keys() & told.keys():
        deposits = [supposed[id].event_of(event, state) if id in supposed else event for id, event in told.items()]
        own = record.with_forces(state, deposits)
    for event in own:
        if event.id in told:
            yield told[event.id], supposed.get(event.id, False)
        # Only the law looks back to days on which nothing was declared.
        elif view.reading.binds_after_signature or not record.looks_back(event):
            yield event, deposit_of(event) in supposed


def _chain(record: Record, state: str, view: View, events: tuple[tuple[Event, tuple[Alternative, ...]], ...]) -> Chain:
    """The events as a chain of the whole record."""
    acts = [{claim.act for claim in event.claims_of(state)} | {one.act for one in given} for event, given in events]
    has_effect, supposed = view.reading.has_effect, {one.event for one in view.supposed}
    # What is supposed of an event is all that it is; what it was about stays what its sources tell.
    counting = [
        {one.act for one in given} if event.id in supposed else told
        for (event, given), told in zip(events, acts, strict=True)
    ]
    return Chain(
        tuple(given for _, given in events),
        untold=frozenset(number for number, (_, given) in enumerate(events) if not given),
        in_force=tuple(record.in_force_from(event) for event, _ in events),
        forces=frozenset(
            number
            for number, (event, given) in enumerate(events)
            if given and Act.ENTRY_INTO_FORCE in acts[number] and not record.looks_back(event)
        ),
        derived=frozenset(number for number, (event, _) in enumerate(events) if record.follows_from_deposit(event)),
        effective=frozenset(number for number, told in enumerate(counting) if any(map(has_effect, told))),
    )


def open_sources(record: Record, view: View, selection: Selection, state: str) -> tuple[str, ...]:
    """The sources of which it is open whether they were published in time, where that makes a difference."""
    return tuple(sorted(source for group in _differing(record, view, state, selection) for source in group))


def _differing(record: Record, view: View, state: str, selection: Selection) -> list[list[str]]:
    """
    Those of the open sources whose presence can make a difference for the state, in groups that say the same.

    Where votes are counted every one counts, and copies are kept apart; else one source of a group stands for all.
    """
    if not selection.open:
        return []
    votes = view.resolution.name == "majority"
    copying = {name for source, copied in record.copies().items() if copied for name in (source, *copied)}
    groups: dict[object, list[str]] = {}
    for source, additions in sorted(_additions(record, view, state, selection).items()):
        if additions:
            apart = source if votes and source in copying else ""
            groups.setdefault((frozenset(additions), apart), []).append(source)
    return [group if votes else group[:1] for group in groups.values()]


def _additions(record: Record, view: View, state: str, selection: Selection) -> dict[str, set[object]]:
    """What each open source would add to what the certain ones say of the state."""
    additions: dict[str, set[object]] = {source: set() for source in selection.open}
    settled = False
    for event in (event for event, _ in _events_of(record, view, state)):
        claims = event.claims_of(state)
        certain = [claim for claim in claims if claim.source in selection.certain]
        if len(certain) == len(claims):
            decided = alternatives(certain, view.resolution, record.copies())
            settled = settled or any(view.reading.has_effect(alternative.act) for alternative in decided)
        for claim in claims:
            if claim.source in selection.open and _may_matter(claim, certain, view):
                named = claim.source if claim.source in view.resolution.sources else ""
                additions[claim.source].add((event.id, _saying(claim), named))
    # Where an act with an effect is left whatever the choice, attestations are not asked.
    for number, attestation in enumerate(() if settled else record.attestations):
        if attestation.source in selection.open and attestation.statuses_of(state) is not None:
            additions[attestation.source].add(number)
    return additions


def _may_matter(claim: Claim, certain: list[Claim], view: View) -> bool:
    """
    Whether a claim can make a difference beside those of the certain sources.

    It makes none if one of them says the same, or (by preference) if one speaks with a better rank.
    """
    if view.resolution.name == "majority" or claim.source in view.resolution.sources:
        return True
    best = min((one.rank.order for one in certain), default=len(Rank))
    overruled = view.resolution.name == "preferred" and claim.rank.order > best
    return not overruled and _saying(claim) not in {_saying(one) for one in certain}


def _saying(claim: Claim) -> object:
    return claim.act, claim.status, claim.days_of_effect, claim.rank
