"""The record: everything known of one organisation. Data, no judgement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import Factory, field, fields, frozen

from csto_membership._evidence.claims import Attestation, Event, Note, Source, Step
from csto_membership._evidence.institutions import Coverage, Institution
from csto_membership._evidence.instruments import Instrument, force_after, force_looking_back
from csto_membership._values.acts import CONTINUING, PRESUPPOSING, Act
from csto_membership._values.index import StateIndex
from csto_membership._values.period import EVER_BEFORE
from csto_membership._values.states import State
from csto_membership._values.wording import counted
from csto_membership.exceptions import RecordError, UnknownNameError


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
    return {state: _with_forces(record, state, events) for state, events in by_state.items()}


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


def _with_forces(record: Record, state: str, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events of a state, each deposit followed by the entry into force that follows from it, where nothing forbids."""
    rules = {instrument.id: instrument for instrument in record.instruments if instrument.force}
    if not rules:
        return tuple(events)
    from csto_membership._evidence.order import Room

    forced = [event for event in events if any(claim.act is Act.ENTRY_INTO_FORCE for claim in event.claims_of(state))]
    complete: list[Event] = []
    room: Room | None = None
    for number, event in enumerate(events):
        instrument = rules.get(event.instrument)
        if instrument is None or any(other.instrument in ("", instrument.id) for other in forced):
            complete.append(event)
            continue
        own = record.index.own(state)
        back = own and force_looking_back(instrument, event, own)
        room = room or Room(events, state)
        # What would leave no world is no evidence.
        if back and room.take(back, number):
            complete.append(back)
        complete.append(event)
        derived, following = force_after(instrument, event, state), events[number + 1 : number + 2]
        if derived and not (following and _surely_before(following[0], derived, state)):
            complete += [derived] if room.take(derived, number + 1) else []
    return tuple(complete)


def _surely_before(event: Event, other: Event, state: str) -> bool:
    """Whether every day of an event lies before every day of another."""
    ends = [days.last for claim in event.claims_of(state) if (days := claim.days_of_effect)]
    starts = [days.first for claim in other.claims_of(state) if (days := claim.days_of_effect)]
    return bool(ends and starts) and max(ends) < min(starts)


def _event_ids(record: Record) -> frozenset[str]:
    return frozenset(event.id for event in record.events)


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
    `reading` is the name of the reading under which its histories begin, "" for `declared`.
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
    reading: str = ""
    index: StateIndex = field(init=False, eq=False, repr=False, default=Factory(_index, takes_self=True))
    _sources_by_id: dict[str, Source] = field(
        init=False, eq=False, repr=False, default=Factory(_sources, takes_self=True)
    )
    _events_by_state: dict[str, tuple[Event, ...]] = field(
        init=False, eq=False, repr=False, default=Factory(_events, takes_self=True)
    )
    _event_ids: frozenset[str] = field(init=False, eq=False, repr=False, default=Factory(_event_ids, takes_self=True))
    _in_force: dict[str, dt.date | None] = field(
        init=False, eq=False, repr=False, default=Factory(_in_force, takes_self=True)
    )
    _copies: dict[str, frozenset[str]] = field(
        init=False, eq=False, repr=False, default=Factory(_copies, takes_self=True)
    )

    def __attrs_post_init__(self) -> None:
        for parts in ("institutions", "instruments", "events", "attestations", "steps", "notes"):
            object.__setattr__(self, parts, tuple(getattr(self, parts)))
        # Imported where a record is checked: the bundled ones are not.
        from csto_membership._evidence.faults import faults_of

        if faults := faults_of(self):  # pyright: ignore[reportArgumentType] - converters are no fields
            raise RecordError(faults)

    @classmethod
    def as_checked(cls, **parts: Any) -> Record:
        """
        The record of parts that were checked before, without another check: the bundled ones, which tests check.

        It is made as a record is that comes out of a pickle, field by field.
        """
        record = cls.__new__(cls)
        record.__setstate__({})  # type: ignore[attr-defined]
        for part in fields(cls):
            default = part.default
            if (factory := getattr(default, "factory", None)) is not None:
                default = factory(record)
            object.__setattr__(record, part.name, parts.get(part.name, default))
        return record

    def __repr__(self) -> str:
        parts = {"state": self.states, "event": self.events, "source": self.sources}
        return f"<Record {self.id}: {', '.join(counted(len(each), word) for word, each in parts.items())}>"

    def source(self, id: str) -> Source:
        """
        The source of that id. Raises `UnknownNameError` for none.

        >>> from csto_membership import CSTO
        >>> CSTO.record.source("asia-plus-2017").kind
        <Kind.PRESS: 'press'>
        """
        if not isinstance(id, str) or id not in self._sources_by_id:
            raise UnknownNameError("source", id, self._sources_by_id)
        return self._sources_by_id[id]

    def events_of(self, state: str) -> tuple[Event, ...]:
        """
        The events with a claim for the state of that id, in their order in time.

        Where an instrument says how its force follows from a deposit, an event of entry into force follows each; where it
        says that an act may bind from an earlier day, an event of a force that may have been stands before the act.

        >>> from csto_membership import CSTO
        >>> CSTO.record.events_of("GEO")[0].id
        'geo-signature'
        """
        return self._events_by_state.get(state, ())

    def with_forces(self, state: str, events: Sequence[Event]) -> tuple[Event, ...]:
        """The same of other events of that state in their order, such as those that are supposed: see `events_of`."""
        return _with_forces(self, state, events)

    def follows_from_deposit(self, event: Event) -> bool:
        """Whether an event is an entry into force that only follows from a deposit: see `events_of`."""
        return event.id not in self._event_ids and not self.looks_back(event)

    def looks_back(self, event: Event) -> bool:
        """
        Whether an event is an entry into force that may have been on a day before the act that told it: see `events_of`.

        Of that day nothing was declared: it is one under readings alone in which signatories wait for a force.
        """
        return event.id not in self._event_ids and any(claim.act is Act.DENIAL for claim in event.claims)

    def vouches_for_acts_of(self, state: str) -> bool:
        """
        Whether a state had no relation before the first act that the record has of it.

        Not if the record vouches for some acts only, nor if nothing is known of the days before the coverage, and the
        first act presupposes a relation, be it one that is over, as a return does.
        """
        coverage = self.coverage
        if coverage.acts == "some":
            return False
        if coverage.before == "none":
            return True
        from csto_membership._evidence.faults import presuming

        return not any(presuming(self.events_of(state), state, PRESUPPOSING | CONTINUING))

    def in_force_from(self, event: Event) -> int:
        """The first day (ordinal) on which the event's instrument can be in force; EVER_BEFORE where it says nothing."""
        in_force = self._in_force.get(event.instrument)
        return in_force.toordinal() if in_force else EVER_BEFORE

    def copies(self) -> dict[str, frozenset[str]]:
        """For each source all that it copies from, directly or through others."""
        return self._copies
