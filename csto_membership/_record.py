"""The record: everything known of one organisation. Data, no judgement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from attrs import Factory, field, frozen

from csto_membership._checks import faults_of
from csto_membership._dates import DateLike, ImpreciseDate, as_imprecise, optional_date
from csto_membership._evidence import Attestation, Event, Note, Rank, Source, Step
from csto_membership._lives import DatedName
from csto_membership._states import State, StateIndex
from csto_membership._terms import Term, terms_from
from csto_membership.exceptions import DateError, RecordError


@frozen
class Registration:
    """An instrument's registration with the United Nations (Charter, article 102)."""

    number: str = ""
    date: ImpreciseDate | None = None
    volume: int | None = None


@frozen
class Instrument:
    """
    A treaty text or decision. Its terms never move a status; only events do.

    `term` and `renewal` are ISO 8601 durations ("P5Y"); `applies_from` is the first day of its term where that is
    not the day of its entry into force; `prolongs` and `amends` name other instruments.
    """

    id: str
    kind: str
    title: str
    place: str = ""
    signed: ImpreciseDate | None = field(default=None, converter=optional_date)
    in_force: ImpreciseDate | None = field(default=None, converter=optional_date)
    applies_from: ImpreciseDate | None = field(default=None, converter=optional_date)
    term: str = ""
    renewal: str = ""
    prolongs: str = ""
    amends: tuple[str, ...] = ()
    registration: Registration | None = None
    sources: tuple[str, ...] = ()
    conflict: str = ""
    note: str = ""

    def terms(self, until: DateLike) -> Iterator[Term]:
        """
        The terms of the instrument that begin on or before a day, in order.

        The day of entry into force is not counted: five years from 1994-04-20 end with 1999-04-20. An instrument that
        applies from a later or an earlier day counts from the day before that. Raises `DateError` where the first day
        is not known exactly; an instrument without a term has none.

        >>> from csto_membership import CSTO
        >>> treaty = next(found for found in CSTO.instruments if found.id == "cst-1992")
        >>> [str(term.last_day) for term in treaty.terms("2020-01-01")]
        ['1999-04-20']
        """
        end, begin = as_imprecise(until), self.applies_from or self.in_force
        if not self.term:
            return
        if begin is None or begin.earliest is None or not begin.is_exact:
            raise DateError(begin and begin.text, f"the first day of {self.id} is not known exactly")
        if end.latest is None:
            raise DateError(end.text, "terms are counted until a known day")
        anchor = begin.earliest - dt.timedelta(1) if self.applies_from else begin.earliest
        yield from terms_from(anchor, begin.earliest, self.term, self.renewal, end.latest)

    def as_dict(self) -> dict[str, Any]:
        """The instrument as JSON-ready values."""
        registration = self.registration and {
            "number": self.registration.number,
            "date": self.registration.date and self.registration.date.edtf,
            "volume": self.registration.volume,
        }
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "place": self.place,
            "signed": self.signed and self.signed.edtf,
            "in_force": self.in_force and self.in_force.edtf,
            "applies_from": self.applies_from and self.applies_from.edtf,
            "term": self.term,
            "renewal": self.renewal,
            "prolongs": self.prolongs,
            "amends": list(self.amends),
            "registration": registration,
            "sources": list(self.sources),
            "conflict": self.conflict,
            "note": self.note,
        }


@frozen
class InstitutionClaim:
    """One source's statement of the day on which an institution began."""

    source: str
    date: ImpreciseDate
    locator: str = ""
    rank: Rank = Rank.NORMAL
    inferred: bool = False
    note: str = ""


@frozen
class Existence:
    """From when an institution exists, by declaration and in law. Users' own readings use `declared`."""

    declared: ImpreciseDate
    legal: ImpreciseDate | None = None

    def under(self, reading: str) -> ImpreciseDate:
        """The day from which it exists under the reading of that name."""
        return self.legal if reading == "legal" and self.legal else self.declared


@frozen
class Institution:
    """What one is a member of: the treaty, or the organisation that grew from it."""

    id: str
    exists: Existence
    abbreviation: str = ""
    names: tuple[DatedName, ...] = ()
    claims: tuple[InstitutionClaim, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """The latest name."""
        return self.names[-1].name if self.names else self.id

    def as_dict(self) -> dict[str, Any]:
        """The institution as JSON-ready values."""
        return {
            "id": self.id,
            "abbreviation": self.abbreviation,
            "names": [name.as_dict() for name in self.names],
            "exists": {
                "declared": self.exists.declared.edtf,
                "legal": self.exists.legal and self.exists.legal.edtf,
            },
        }


@frozen
class Coverage:
    """
    The days for which a record vouches, both included, and what holds outside them.

    `first` and `last` are None where it vouches without a limit.
    `before` is "none" (there was no relation) or "unknown"; `after` is "carry" (the last is held on to) or "unknown".
    """

    first: dt.date | None = None
    last: dt.date | None = None
    before: Literal["none", "unknown"] = "none"
    after: Literal["carry", "unknown"] = "carry"

    def as_dict(self) -> dict[str, Any]:
        """The coverage as JSON-ready values."""
        return {
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "before": self.before,
            "after": self.after,
        }


def _states_by_id(states: Iterable[State]) -> tuple[State, ...]:
    return tuple(sorted(states, key=lambda state: state.id))


def _sources_by_id(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: source.id))


def _sources(record: Record) -> dict[str, Source]:
    return {source.id: source for source in record.sources}


def _events(record: Record) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {}
    for event in record.events:
        for state in event.states:
            if event.claims_of(state):
                found.setdefault(state, []).append(event)
    return {state: tuple(events) for state, events in found.items()}


def _copies(record: Record) -> dict[str, frozenset[str]]:
    direct = {source.id: source.copies for source in record.sources}
    closed = {}
    for source, copied_first in direct.items():
        found: set[str] = set()
        ahead = list(copied_first)
        while ahead:
            if (copied := ahead.pop()) not in found:
                found.add(copied)
                ahead.extend(direct.get(copied, ()))
        closed[source] = frozenset(found)
    return closed


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

    def copies(self) -> dict[str, frozenset[str]]:
        """For each source all that it copies from, directly or through others."""
        return self._copies
