"""Where answers part: two histories on the same days, and the claims and attestations that stand against one another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import frozen

from csto_membership._evidence.claims import Attestation, Event, SpeaksOf
from csto_membership._evidence.publication import selected
from csto_membership._evidence.resolution import Resolution, alternatives
from csto_membership._questions.answers import Attested, Told
from csto_membership._questions.findings import supposing
from csto_membership._questions.periods import days_of
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._view.derivation import course_on, timeline_of
from csto_membership._view.timeline import Timeline, joint_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._evidence.record import Record
    from csto_membership._view.view import View


class Matter(NamedTuple):
    """A run of days (both included; None for open) on which a disagreement changes the verdict on a state."""

    state: State
    first_day: dt.date | None
    last_day: dt.date | None

    def __str__(self) -> str:
        return f"{self.state} {self.first_day or '..'} to {self.last_day or '..'}"


@frozen
class Conflict:
    """
    A controversy: events whose claims disagree, or that share its id, and attestations that no world allows.

    `claims` are all that is told of the events, the preferred ones among them; `matters` the runs of days on which
    one claim rather than another, an event left out, or an attestation changes a verdict, under the reading; it may
    be none.
    """

    id: str
    events: tuple[Event, ...]
    attestations: tuple[Attested, ...]
    claims: tuple[Told, ...]
    matters: tuple[Matter, ...]
    reading: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.id}: {', '.join(event.id for event in self.events) or 'what is attested'}"]
        for event in self.events:
            lines += [f"  {event.id}", *(f"    {told}" for told in self.claims if told.event == event)]
        lines += [f"  {told}" for told in self.attestations]
        lines += [f"  note: {note}" for note in self.notes]
        lines += [f"  changes the answer on {matter} ({self.reading})" for matter in self.matters]
        return "\n".join([*lines, *([] if self.matters else [f"  changes no yes or no ({self.reading})"])])

    def as_dict(self) -> dict[str, Any]:
        """The controversy as JSON-ready values."""
        return {
            "id": self.id,
            "reading": self.reading,
            "events": [event.id for event in self.events],
            "attestations": [told.as_dict() for told in self.attestations],
            "claims": [told.as_dict() for told in self.claims],
            "matters": [
                {
                    "state": matter.state.id,
                    "first_day": matter.first_day and matter.first_day.isoformat(),
                    "last_day": matter.last_day and matter.last_day.isoformat(),
                }
                for matter in self.matters
            ],
            "notes": list(self.notes),
        }


@frozen
class _Group:
    events: dict[str, Event]
    disagreeing: set[str]
    attested: dict[Attestation, list[State]]


def conflicts(record: Record, view: View) -> Iterator[Conflict]:
    """The controversies of a record under a view, in the order of their ids as the file first names them."""
    used = selected(record, view.sources, view.published_by)
    sources = used.certain | used.open
    groups: dict[str, _Group] = {}

    def group(id: str) -> _Group:
        return groups.setdefault(id, _Group({}, set(), {}))

    for event in record.events:
        claims = [claim for claim in event.claims if claim.source in sources]
        named = dict.fromkeys([event.conflict, *(claim.conflict for claim in claims)])
        disagrees = any(_disagree(record, event, state, sources) for state in event.states)
        for id in [id for id in named if id] or ([event.id] if disagrees else []):
            group(id).events[event.id] = event
            group(id).disagreeing.update({event.id} if disagrees else ())
    lines = {state: timeline_of(course_on(record, view, state.id), state, view.counted) for state in record.states}
    for attestation in record.attestations:
        if attestation.source in sources:
            against = [state for state, line in lines.items() if _contradicted(record, view, attestation, line)]
            if against:
                group(attestation.conflict or attestation.source).attested[attestation] = against
    for id, found in groups.items():
        if found.disagreeing or len(found.events) > 1 or found.attested:
            yield _conflict(record, view, id, found, sources, lines)


def _disagree(record: Record, event: Event, state: str, sources: frozenset[str]) -> bool:
    claims = [claim for claim in event.claims_of(state) if claim.source in sources]
    return len(alternatives(claims, Resolution("every"), record.copies())) > 1


def _contradicted(record: Record, view: View, attestation: Attestation, line: Timeline) -> bool:
    """Whether no world has an attested status on the days of which it speaks (or, of some day of a period, on any)."""
    attested = attestation.statuses_of(line.state.id)
    if attested is None:
        return False
    period = attestation.days or attestation.during
    spells = line.between(period.first, period.last)
    missed = [not spell.statuses & attested for spell in spells]
    if attestation.speaks_of is SpeaksOf.SOME_DAY:
        return all(missed)
    if any(missed) or attestation.speaks_of is not SpeaksOf.EVERY_DAY or len(spells) == 1:
        return any(missed)
    first, last = attestation.during.first.toordinal(), attestation.during.last.toordinal()
    _, most = days_of(record, view, line.state.id, attested, first, last)
    return most <= last - first


def _conflict(
    record: Record, view: View, id: str, found: _Group, sources: frozenset[str], lines: dict[State, Timeline]
) -> Conflict:
    told = [
        Told(event, claim, record.source(claim.source))
        for event in found.events.values()
        for claim in event.claims
        if claim.source in sources
    ]
    matters = [matter for state in record.states for matter in _matters(record, view, found, lines[state])]
    return Conflict(
        id=id,
        events=tuple(found.events.values()),
        attestations=tuple(
            Attested(said, record.source(said.source), tuple(against)) for said, against in found.attested.items()
        ),
        claims=tuple(told),
        matters=tuple(matters),
        reading=view.reading.name,
        notes=tuple(note.text for note in record.notes if note.conflict == id),
    )


def _matters(record: Record, view: View, found: _Group, line: Timeline) -> Iterator[Matter]:
    """The runs of days on which what the group leaves open changes the verdict on one state."""
    state = line.state
    rivals = [
        timeline_of(course_on(record, view, state.id, evidence), state, view.counted)
        for event in found.events.values()
        for evidence in supposing(record, view, state.id, event, absent=len(found.events) > 1)
    ]
    runs = [
        (first, last)
        for first, last, spells in joint_runs(line, *rivals)
        if len({spell.verdict for spell in spells}) > 1
    ]
    for attestation, states in found.attested.items():
        if state in states:
            runs += _attested_runs(attestation, line, view)
    for first, last in merged(runs):
        yield Matter(state, first, last)


def _attested_runs(attestation: Attestation, line: Timeline, view: View) -> Iterator[tuple[dt.date, dt.date]]:
    statuses = attestation.statuses_of(line.state.id) or frozenset()
    period = attestation.days or attestation.during
    for spell in line.between(period.first, period.last):
        if not spell.statuses & statuses and Verdict.of(statuses, view.counted) is not spell.verdict:
            yield max(period.first, spell.first_day or period.first), min(period.last, spell.last_day or period.last)


def merged(
    runs: Iterable[tuple[dt.date | None, dt.date | None]],
) -> list[tuple[dt.date | None, dt.date | None]]:
    """Runs of days as few and long as they can be, in order."""
    found: list[tuple[dt.date | None, dt.date | None]] = []
    for first, last in sorted(runs, key=lambda run: run[0] or dt.date.min):
        if found and (found[-1][1] is None or first is None or first <= found[-1][1] + dt.timedelta(1)):
            before = found[-1][1]
            longest = None if before is None or last is None else max(before, last)
            found[-1] = (found[-1][0], longest)
        else:
            found.append((first, last))
    return found
