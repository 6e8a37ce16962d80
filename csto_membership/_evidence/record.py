"""The record: everything known of one organisation. Data, no judgement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import Factory, field, frozen

from csto_membership._evidence.claims import Attestation, Event, Note, Source, Step
from csto_membership._evidence.faults import faults_of, presuming
from csto_membership._evidence.institutions import Coverage, Institution
from csto_membership._evidence.instruments import Instrument
from csto_membership._values.index import StateIndex
from csto_membership._values.period import EVER_BEFORE
from csto_membership._values.states import State
from csto_membership.exceptions import RecordError


def _states_by_id(states: Iterable[State]) -> tuple[State, ...]:
    return tuple(sorted(states, key=lambda state: state.id))


def _sources_by_id(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: source.id))


def _sources(record: Record) -> dict[str, Source]:
    return {source.id: source for source in record.sources}


def _events(record: Record) -> dict[str, tuple[Event, ...]]:
    by_state: dict[str, list[Event]] = {}
    for event in record.events:
        for state in event.states:
            if event.claims_of(state):
                by_state.setdefault(state, []).append(event)
    return {state: tuple(events) for state, events in by_state.items()}


def _copies(record: Record) -> dict[str, frozenset[str]]:
    direct = {source.id: source.copies for source in record.sources}
    closed = {}
    for source, copied_first in direct.items():
        reached: set[str] = set()
        ahead = list(copied_first)
        while ahead:
            if (copied := ahead.pop()) not in reached:
                reached.add(copied)
                ahead.extend(direct.get(copied, ()))
        closed[source] = frozenset(reached)
    return closed


def _in_force(record: Record) -> dict[str, dt.date | None]:
    dated = ((instrument.id, instrument.in_force) for instrument in record.instruments)
    return {id: in_force.earliest for id, in_force in dated if in_force}


def _index(record: Record) -> StateIndex:
    return StateIndex(record.states)


@frozen(cache_hash=True)
class Record:
    """
    Everything known of one organisation: sources, states, instruments, institutions, events, attestations, coverage.

    The events of one state stand in their order in time. The order of states and sources means nothing.
    """

    id: str
    name: str = ""
    edition: str = ""
    note: str = ""
    coverage: Coverage = Coverage()
    institutions: tuple[Institution, ...] = ()
    states: tuple[State, ...] = field(default=(), converter=_states_by_id)
    sources: tuple[Source, ...] = field(default=(), converter=_sources_by_id)
    instruments: tuple[Instrument, ...] = ()
    events: tuple[Event, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[Note, ...] = ()
    index: StateIndex = field(init=False, eq=False, repr=False, default=Factory(_index, takes_self=True))
    _sources_by_id: dict[str, Source] = field(
        init=False, eq=False, repr=False, default=Factory(_sources, takes_self=True)
    )
    _events_by_state: dict[str, tuple[Event, ...]] = field(
        init=False, eq=False, repr=False, default=Factory(_events, takes_self=True)
    )
    _in_force: dict[str, dt.date | None] = field(
        init=False, eq=False, repr=False, default=Factory(_in_force, takes_self=True)
    )
    _copies: dict[str, frozenset[str]] = field(
        init=False, eq=False, repr=False, default=Factory(_copies, takes_self=True)
    )

    def __attrs_post_init__(self) -> None:
        for parts in ("institutions", "instruments", "events", "attestations", "steps", "notes"):
            object.__setattr__(self, parts, tuple(getattr(self, parts)))
        if faults := faults_of(self):
            raise RecordError(faults)

    def __repr__(self) -> str:
        return f"<Record {self.id}: {len(self.states)} states, {len(self.events)} events, {len(self.sources)} sources>"

    def source(self, id: str) -> Source:
        """The source of that id; KeyError for none."""
        return self._sources_by_id[id]

    def events_of(self, state: str) -> tuple[Event, ...]:
        """The events with a claim for the state of that id, in their order in time."""
        return self._events_by_state.get(state, ())

    def vouches_for_acts_of(self, state: str) -> bool:
        """
        Whether a state had no relation before the first act that the record has of it.

        Not if the record vouches for some acts only, nor if nothing is known of the days before the coverage, and the
        first act presupposes a relation.
        """
        coverage = self.coverage
        if coverage.acts == "some":
            return False
        return coverage.before == "none" or not any(presuming(self.events_of(state), state))

    def in_force_from(self, event: Event) -> int:
        """The first day (ordinal) on which the event's instrument can be in force; EVER_BEFORE where it says nothing."""
        in_force = self._in_force.get(event.instrument)
        return in_force.toordinal() if in_force else EVER_BEFORE

    def copies(self) -> dict[str, frozenset[str]]:
        """For each source all that it copies from, directly or through others."""
        return self._copies
