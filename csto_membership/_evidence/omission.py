"""A record as it would be without some of its evidence: sources, events, or single claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen

from csto_membership._evidence.claims import Attestation, Claim, Event, Source, Step
from csto_membership._evidence.institutions import InstitutionClaim
from csto_membership.exceptions import ArgumentError, RecordError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._evidence.record import Record

_T = TypeVar("_T", Attestation, Claim, InstitutionClaim, Step)


@frozen
class Omission:
    """What is left out of a record: sources and events by their ids, and claims, each with the id of its event."""

    sources: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    claims: frozenset[tuple[str, Claim]] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """Each part in words."""
        return (
            *(f"without source {id}" for id in sorted(self.sources)),
            *(f"without event {id}" for id in sorted(self.events)),
            *sorted(f"without claim {event}: {claim.act}, {claim.source}" for event, claim in self.claims),
        )

    def of(self, record: Record) -> Record:
        """
        The record without these, as if it had never had them: it vouches for itself.

        Raises `ArgumentError` with the faults for which what is left would be refused.
        """
        try:
            return evolve(
                record,
                sources=tuple(self._source(one) for one in record.sources if one.id not in self.sources),
                events=tuple(left for event in record.events if (left := self._event(event))),
                attestations=self._told(record.attestations),
                steps=self._told(record.steps),
                notes=tuple(evolve(one, sources=ids) for one in record.notes if (ids := self._ids(one.sources))),
                instruments=tuple(evolve(one, sources=self._ids(one.sources)) for one in record.instruments),
                institutions=tuple(evolve(one, claims=self._told(one.claims)) for one in record.institutions),
            )
        except RecordError as error:
            faults = "; ".join(map(str, error.faults))
            raise ArgumentError("without", ", ".join(self.words), f"what is left would be refused: {faults}") from None

    def _ids(self, sources: Iterable[str]) -> tuple[str, ...]:
        return tuple(id for id in sources if id not in self.sources)

    def _source(self, source: Source) -> Source:
        return evolve(source, copies=self._ids(source.copies)) if self.sources.intersection(source.copies) else source

    def _told(self, parts: Iterable[_T]) -> tuple[_T, ...]:
        return tuple(part for part in parts if part.source not in self.sources)

    def _event(self, event: Event) -> Event | None:
        """The event with what is left of its claims, for the states that these concern; None for nothing."""
        if event.id in self.events:
            return None
        claims = tuple(claim for claim in self._told(event.claims) if (event.id, claim) not in self.claims)
        if len(claims) == len(event.claims):
            return event
        left = evolve(event, claims=claims)
        states = tuple(state for state in event.states if left.claims_of(state))
        return evolve(left, states=states) if states else None


def omission_of(record: Record, parts: Iterable[object]) -> Omission:
    """
    What events, sources (or their ids) and claims of a record leave out.

    A claim is one of the record's, or has its event beside it, as answers cite it.
    Raises `UnknownNameError` for an id that the record does not have, `ArgumentError` for what is no part of it.
    """
    events = {event.id: event for event in record.events}
    sources = {source.id for source in record.sources}
    left_out: dict[str, set[object]] = {"sources": set(), "events": set(), "claims": set()}
    for part in parts:
        if isinstance(part, Claim):
            left_out["claims"].update(_claimed(part, record.events))
            continue
        event, claim = getattr(part, "event", None), getattr(part, "claim", None)
        if isinstance(event, Event) and isinstance(claim, Claim):
            left_out["claims"].update(_claimed(claim, [one for one in record.events if one.id == event.id]))
            continue
        id = part if isinstance(part, str) else getattr(part, "id", None)
        kinds = (isinstance(part, (str, Source)) and id in sources, isinstance(part, (str, Event)) and id in events)
        if all(kinds):
            raise ArgumentError("without", id, "an event and a source have this id; pass the one that is meant itself")
        if not any(kinds):
            if not isinstance(part, (str, Event, Source)):
                reason = (
                    "what is left out is an event, a source or a claim of the record, or the id of one of the first two"
                )
                raise ArgumentError("without", part, reason)
            raise UnknownNameError("event or source", id, [*events, *sorted(sources)])
        left_out["sources" if kinds[0] else "events"].add(id)
    if not any(left_out.values()):
        raise ArgumentError("without", (), "it needs at least one event, source or claim")
    return Omission(**{kind: frozenset(ids) for kind, ids in left_out.items()})  # type: ignore[arg-type]


def _claimed(claim: Claim, events: Iterable[Event]) -> list[tuple[str, Claim]]:
    """The claim, with the id of the one event that it is about."""
    found = [event.id for event in events if claim in event.claims]
    if len(found) == 1:
        return [(found[0], claim)]
    if not found:
        raise ArgumentError("without", claim, "no event of the record has this claim")
    raise ArgumentError(
        "without", claim, f"several events have this claim ({', '.join(found)}); pass it as an answer cites it"
    )
