"""The case of one state: what a view leaves of the evidence on it."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._evidence.claims import Rank
from csto_membership._evidence.publication import choices, selected
from csto_membership._evidence.resolution import Alternative, alternatives
from csto_membership._values.acts import Act
from csto_membership._view.view import View
from csto_membership._worlds.masks import _NONE, ANY_STATUS
from csto_membership._worlds.worlds import Chain

if TYPE_CHECKING:
    from csto_membership._evidence.claims import Attestation, Claim, Event
    from csto_membership._evidence.publication import Selection
    from csto_membership._evidence.record import Record


@frozen
class Evidence:
    """
    What a view leaves of the evidence on one state.

    `events` with their alternatives form the `chain`. `attested` is what attests a status where no act with an
    effect is left, and empty where acts draw the course; on other days than it speaks of, `unattested` is possible:
    none for a state of which the record knows no act with an effect, and anything for others.
    """

    events: tuple[tuple[Event, tuple[Alternative, ...]], ...]
    chain: Chain
    attested: tuple[Attestation, ...] = ()
    unattested: int = ANY_STATUS


#: So many choices of open sources are tried for one state; beyond, nothing is said to follow.
MOST_CHOICES = 20_000
NOTHING_FOLLOWS = Evidence((), Chain(((),)))


def evidence_on(record: Record, view: View, state: str) -> tuple[Evidence, ...]:
    """
    The evidence on the state of that id, as the sources of the view give it.

    Several where it is open which sources were published, and their choice makes a difference.
    """
    sources = selected(record, view.sources, view.published_by)
    if sources.whole:
        return (_evidence_from(record, view, state, None),)
    groups = _differing(record, view, state, sources)
    if prod(len(group) + 1 for group in groups) > MOST_CHOICES:
        return (NOTHING_FOLLOWS,)
    found: dict[object, Evidence] = {}
    whole = frozenset(source.id for source in record.sources)
    chosen_sets = [*choices(sources.certain, groups), sources.certain | sources.open]
    for chosen in chosen_sets:
        # All sources together are no selection: the record then vouches for itself.
        evidence = _evidence_from(record, view, state, None if chosen == whole else chosen)
        found.setdefault((evidence.chain.meaning, evidence.attested), evidence)
    return tuple(found.values())


def _evidence_from(record: Record, view: View, state: str, sources: frozenset[str] | None) -> Evidence:
    """The evidence that these sources give (None: the whole record)."""
    events = []
    vouched = []
    dropped = False
    told: set[Act] = set()
    for event in record.events_of(state):
        claims = event.claims_of(state)
        kept = [claim for claim in claims if sources is None or claim.source in sources]
        told.update(claim.act for claim in kept)
        if kept:
            events.append((event, alternatives(kept, view.resolution, record.copies())))
            vouched.append(not dropped)
        elif any(view.reading.has_effect(claim.act) for claim in claims):
            dropped = True
    ways = tuple(options for _, options in events)
    if sources is None:
        return Evidence(tuple(events), Chain(ways))
    acts = {option.act for options in ways for option in options}
    # What the sources tell, whatever the resolution makes of it: else fewer claims could allow more.
    unforced = view.reading.binds_after_signature and Act.ENTRY_INTO_FORCE not in told
    attested: tuple[Attestation, ...] = ()
    if not any(map(view.reading.has_effect, acts)):
        attested = tuple(
            said for said in record.attestations if said.source in sources and said.statuses_of(state) is not None
        )
    unattested = ANY_STATUS if dropped else _NONE
    return Evidence(tuple(events), Chain(ways, (*vouched, not dropped), unforced), attested, unattested)


def _differing(record: Record, view: View, state: str, sources: Selection) -> list[list[str]]:
    """
    Those of the open sources whose presence can make a difference for the state, in groups that say the same.

    A claim makes none if a certain source says the same, or (by preference) if one speaks with a better rank.
    Where votes are counted every one counts, and copies are told apart; else one source of a group stands for all.
    """
    if not sources.open:
        return []
    counted = view.resolution.name == "majority"
    says: dict[str, set[object]] = {source: set() for source in sources.open}
    settled = False
    for event in record.events_of(state):
        claims = event.claims_of(state)
        sure = [claim for claim in claims if claim.source in sources.certain]
        told = {_saying(claim) for claim in sure}
        best = min((claim.rank.order for claim in sure), default=len(Rank))
        if sure and all(claim.source in sources.certain for claim in claims):
            ways = alternatives(sure, view.resolution, record.copies())
            settled = settled or any(view.reading.has_effect(way.act) for way in ways)
        for claim in claims:
            if claim.source not in sources.open:
                continue
            named = claim.source in view.resolution.sources
            overruled = view.resolution.name == "preferred" and claim.rank.order > best
            if counted or named or not (overruled or _saying(claim) in told):
                says[claim.source].add((event.id, _saying(claim), claim.source if named else ""))
    # Where an act with an effect is left whatever the choice, attestations are not asked.
    for number, attestation in enumerate(() if settled else record.attestations):
        if attestation.source in sources.open and attestation.statuses_of(state) is not None:
            says[attestation.source].add(number)
    copying = {name for source, copied in record.copies().items() if copied for name in (source, *copied)}
    groups: dict[object, list[str]] = {}
    for source, said in sorted(says.items()):
        if said:
            apart = source if counted and source in copying else ""
            groups.setdefault((frozenset(said), apart), []).append(source)
    return [group if counted else group[:1] for group in groups.values()]


def open_sources(record: Record, view: View, state: str) -> tuple[str, ...]:
    """The sources of which it is open whether they were published in time, where that makes a difference."""
    groups = _differing(record, view, state, selected(record, view.sources, view.published_by))
    return tuple(sorted(source for group in groups for source in group))


def _saying(claim: Claim) -> object:
    return claim.act, claim.status, claim.days_of_effect, claim.rank
