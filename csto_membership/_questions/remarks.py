"""What is odd about a record without being wrong: it may be meant, and it may be a slip of who wrote it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._evidence.resolution import Resolution
from csto_membership._questions.changes import changes
from csto_membership._values.acts import Act, Status
from csto_membership._values.cells import visible
from csto_membership._values.fields import Formed
from csto_membership._values.readings import DECLARED, LEGAL, PARTICIPATING
from csto_membership._view.derivation import Derivation
from csto_membership._view.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.claims import Event
    from csto_membership._evidence.record import Record
    from csto_membership._values.states import State
    from csto_membership._view.case import Case


_READINGS = (DECLARED, LEGAL, PARTICIPATING)
#: Acts on an instrument: for who is bound by an earlier one they change no status, and are told all the same.
_OF_INSTRUMENTS = frozenset(
    {Act.SIGNATURE, Act.RATIFICATION, Act.ACCEPTANCE, Act.APPROVAL, Act.ACCESSION, Act.SUCCESSION, Act.ENTRY_INTO_FORCE}
)


@frozen
class Remark(Formed):
    """Something odd: the place in the record, and what is odd about it."""

    place: str
    text: str

    def __str__(self) -> str:
        return visible(f"{self.place}: {self.text}")

    def as_dict(self) -> dict[str, str]:
        """The remark as JSON-ready texts."""
        return {"place": self.place, "text": self.text}


def remarks(record: Record) -> tuple[Remark, ...]:
    """What is odd about a record, in the order of its states, events and sources."""
    return tuple(_remarks(record))


def _remarks(record: Record) -> Iterator[Remark]:
    views = [Derivation(record, View(reading)) for reading in _READINGS]
    declared, legal, _ = views
    for state in record.states:
        if _is_never_in_force(declared, legal, state):
            text = "a member as declared, and never one under 'legal': no entry into force is told"
            yield Remark(f"state {state.id!r}", text)
        yield from _outlives(declared, state)
        yield from _returns_first(record, state)
        yield from _returns_not_in_law(declared, legal, state)
    every = [Derivation(record, View(reading, Resolution("every"))) for reading in _READINGS]
    changed = {state.id: _changing(every, state) for state in record.states}
    for event in record.events:
        concerned = [state for state in event.states if event.claims_of(state)]
        idle = [state for state in concerned if event.id not in changed[state] and not _lifts(record, event, state)]
        if idle and _should_change(event):
            states = "" if len(idle) == len(concerned) else f" of {', '.join(idle)}"
            yield Remark(f"event {event.id!r}", f"it changes no status{states} under any reading")
        yield from _future(record, event)
    yield from _published_too_early(record)


def _is_never_in_force(declared: Derivation, legal: Derivation, state: State) -> bool:
    """Whether a state is a signatory in law for ever, for want of an entry into force."""
    possible = {status for spell in legal.timeline(state) for status in spell.statuses}
    certain = {frozenset({Status.MEMBER})} & {spell.statuses for spell in declared.timeline(state)}
    denied = any(
        claim.act is Act.DENIAL for event in legal.record.events_of(state.id) for claim in event.claims_of(state.id)
    )
    return bool(certain) and Status.SIGNATORY in possible and Status.MEMBER not in possible and not denied


def _outlives(derivation: Derivation, state: State) -> Iterator[Remark]:
    """A membership that goes on after the last day of a state, as every list of states has it."""
    ends = [life.last for life in state.lifespans]
    latest = [end.latest for end in ends if end and end.latest]
    if not ends or len(latest) < len(ends):
        return
    last = max(latest)
    if last < dt.date.max and Status.MEMBER in derivation.timeline(state).on(last + dt.timedelta(1)).statuses:
        yield Remark(f"state {state.id!r}", f"its membership has no end, and the state ended on {last}")


def _returns_first(record: Record, state: State) -> Iterator[Remark]:
    """A return before which no act is told that a state could have left by, or joined by."""
    for event in record.events_of(state.id)[:1]:
        if {claim.act for claim in event.claims_of(state.id)} == {Act.RETURN}:
            yield Remark(f"event {event.id!r}", f"{state.id} returns, and nothing is told of what it returns to")


def _returns_not_in_law(declared: Derivation, legal: Derivation, state: State) -> Iterator[Remark]:
    """A return of a former member after which it is never a member in law: there it would join anew."""
    in_law = [spell for spell in legal.timeline(state) if Status.MEMBER in spell.statuses]
    for change in changes(declared):
        back = change.state == state and change.acts == (Act.RETURN,) and Status.FORMER in change.before
        day = change.date.earliest
        if back and change.event and not any(day is None or (spell.last_day or day) >= day for spell in in_law):
            text = f"{state.id} returns, and is no member under 'legal' from then on: there, a former member joins anew"
            yield Remark(f"event {change.event.id!r}", text)


def _lifts(record: Record, event: Event, state: str) -> bool:
    """Whether an event is the return that lifts a suspension from organs: it changes no status, and ends a caveat."""
    acts = {claim.act for claim in event.claims_of(state)}
    told = {claim.act for other in record.events_of(state) for claim in other.claims_of(state)}
    return acts == {Act.RETURN} and Act.SUSPENSION_FROM_ORGANS in told


def _changing(derivations: list[Derivation], state: State) -> set[str]:
    """The ids of the events that change the status of a state in some world under some reading."""
    return {
        case.events[number][0].id
        for derivation in derivations
        for case in derivation.cases(state.id)
        for number in _moving(case)
    }


def _moving(case: Case) -> Iterator[int]:
    """The numbers of the events that lead a world from one position to another: a consent to be bound is one."""
    walk = case.walk
    for places, options, number in zip(walk.earliest, walk.moves, walk.events, strict=False):
        if any(to != at for at in places for move in options for to in move.leads.get(at, ())):
            yield number


def _should_change(event: Event) -> bool:
    """Whether an event tells an act that can change a status, and not only one on an instrument of its own."""
    acts = {claim.act for claim in event.claims} - {Act.DENIAL}
    effective = {act for act in acts for reading in _READINGS if act is Act.STATUS or reading.has_effect(act)}
    return bool(effective) and not (event.instrument and acts <= _OF_INSTRUMENTS)


def _future(record: Record, event: Event) -> Iterator[Remark]:
    last = record.coverage.last
    dates = [claim.date for claim in event.claims if claim.date]
    # The first day out of a spell that ends with the last day spoken of is not to come.
    if last and dates and all(date.earliest and (date.earliest - last).days > 1 for date in dates):
        yield Remark(f"event {event.id!r}", f"it is to come: the record speaks of no day after {last}")


def _published_too_early(record: Record) -> Iterator[Remark]:
    """Sources that tell of days after their publication."""
    told: dict[str, list[dt.date]] = {}
    for id, day in _days_told(record):
        told.setdefault(id, []).append(day)
    for source in record.sources:
        published = source.published and source.published.latest
        latest = max(told.get(source.id, ()), default=None)
        if published and latest and latest > published:
            text = f"published by {published}, and it tells of {latest}"
            yield Remark(f"source {source.id!r}", text)


def _days_told(record: Record) -> Iterator[tuple[str, dt.date]]:
    """The sources with the days of which they certainly tell in words, in claims and attestations."""
    for event in record.events:
        for claim in event.claims:
            if claim.date and claim.date.earliest and not claim.inferred:
                yield claim.source, claim.date.earliest
    for attestation in record.attestations:
        during = attestation.during
        yield attestation.source, during.first if attestation.days is None else during.last
