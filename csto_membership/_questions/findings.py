"""From a day's possible statuses to a finding: what they rest on, what to bear in mind, what would decide or change them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership._evidence.publication import selected
from csto_membership._evidence.resolution import Alternative, alone
from csto_membership._questions.answers import Attested, Finding, Ground, Told, asked_day
from csto_membership._values.acts import Act, Status, in_order
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.readings import DECLARED
from csto_membership._values.verdict import Verdict
from csto_membership._view.case import NOTHING_FOLLOWS, evidence_on, open_sources
from csto_membership._view.derivation import beginning_of, course_on, coverage_of, timeline_of
from csto_membership._view.timeline import Timeline
from csto_membership._worlds.grounds import Grounds, grounds_of
from csto_membership._worlds.worlds import possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.claims import Claim, Event
    from csto_membership._evidence.institutions import Coverage
    from csto_membership._evidence.record import Record
    from csto_membership._values.states import State
    from csto_membership._view.case import Evidence
    from csto_membership._view.view import View


def statuses_on(timeline: Timeline, date: ImpreciseDate) -> frozenset[Status]:
    """All statuses that are possible on some day of the date."""
    return frozenset[Status]().union(*(spell.statuses for spell in timeline.within(date)))


def explained(
    record: Record, view: View, state: State, date: ImpreciseDate, timeline: Timeline, *, contested: bool = True
) -> Finding:
    """The finding on a state on one (perhaps unknown) day of the date; what contests it takes the most work."""
    statuses = statuses_on(timeline, date)
    verdict = Verdict.of(statuses, view.counted)
    grounds = [_grounded(record, view, date, told) for told in evidence_on(record, view, state.id)]
    return Finding(
        state=state,
        date=asked_day(date),
        verdict=verdict,
        statuses=statuses,
        evidence=tuple(_evidence(record, state, date, grounds)),
        caveats=tuple(dict.fromkeys(_caveats(record, view, state, date, grounds))),
        decided_by=tuple(_deciders(record, view, state, date, grounds)) if verdict is Verdict.UNDETERMINED else (),
        contested_by=tuple(_contesting(record, view, state, date, verdict)) if contested else (),
        organisation=record.id,
        reading=view.reading.name,
    )


@frozen
class _Grounded:
    """Evidence, the grounds that it gives for the date, and whether it has a world at all."""

    evidence: Evidence
    grounds: Grounds
    worlds: bool

    def of(self, numbers: tuple[int, ...]) -> list[tuple[Event, tuple[Alternative, ...]]]:
        return [self.evidence.events[number] for number in numbers]


def _grounded(record: Record, view: View, date: ImpreciseDate, evidence: Evidence) -> _Grounded:
    worlds = possible(evidence.chain, view.reading) is not None
    start = beginning_of(record, view).day
    before = start and start.earliest and date.latest and date.latest < start.earliest
    if evidence.attested or not worlds or before:
        return _Grounded(evidence, Grounds((), (), unanchored=False), worlds)
    first = date.earliest.toordinal() if date.earliest else EVER_BEFORE
    last = date.latest.toordinal() if date.latest else EVER_AFTER
    return _Grounded(evidence, grounds_of(evidence.chain, view.reading, first, last), worlds)


def _evidence(
    record: Record, state: State, date: ImpreciseDate, grounds: list[_Grounded]
) -> Iterator[Ground | Attested]:
    claims: dict[str, dict[Claim, None]] = {}
    for told in grounds:
        for event, ways in told.of(told.grounds.settling):
            claims.setdefault(event.id, {}).update(dict.fromkeys(claim for way in ways for claim in way.claims))
    for event in record.events_of(state.id):
        if event.id in claims:
            yield Ground(event, tuple(Told(event, claim, record.source(claim.source)) for claim in claims[event.id]))
    for attestation in dict.fromkeys(said for told in grounds for said in told.evidence.attested):
        spoken = attestation.days or attestation.during
        if date.possibly_same(ImpreciseDate(spoken.first, spoken.last)):
            yield Attested(attestation, record.source(attestation.source))


def _caveats(record: Record, view: View, state: State, date: ImpreciseDate, grounds: list[_Grounded]) -> Iterator[str]:
    if date.caveat:
        yield f"the date asked about is {date.caveat}"
    yield from coverage_caveats(coverage_of(record, view), view, date)
    if view.published_by and (sources := open_sources(record, view, state.id)):
        yield f"taken with and without what may have been published only after {view.published_by}: {', '.join(sources)}"
    for told in grounds:
        yield from _evidence_caveats(told)
    start = beginning_of(record, view).day
    if start and start.earliest and (date.earliest is None or date.earliest < start.earliest):
        yield f"{view.institution or record.id} begins on {start} ({view.reading.name})"


def _evidence_caveats(told: _Grounded) -> Iterator[str]:
    evidence = told.evidence
    if evidence is NOTHING_FOLLOWS:
        yield "nothing follows: of too many sources it is open whether they were published in time"
    elif not told.worlds:
        names = ", ".join(event.id for event, _ in evidence.events)
        yield f"nothing follows: the claims used leave no order of days for the events {names}"
    if evidence.attested:
        yield "no act with an effect is left in the sources chosen: only what they attest counts"
        if any(said.inferred for said in evidence.attested):
            yield "what they attest is partly inferred"
    elif told.grounds.unanchored:
        yield "before the first act that the sources chosen tell of, anything may have been"
    for event, ways in told.of(tuple(dict.fromkeys((*told.grounds.settling, *told.grounds.pending)))):
        for claim in dict.fromkeys(claim for way in ways for claim in way.claims):
            if claim.date and claim.date.caveat:
                yield f"{event.id}: {claim.source} marks the date {claim.date} as {claim.date.caveat}"
            if claim.inferred:
                yield f"{event.id}: inferred from {claim.source}, which does not say so in words"


def coverage_caveats(covered: Coverage, view: View, date: ImpreciseDate) -> Iterator[str]:
    """What to bear in mind of a date that reaches outside the coverage."""
    whose = "the record vouches" if view.sources is None else "the sources chosen vouch"
    if view.published_by and (date.latest is None or date.latest > view.published_by):
        yield f"looks ahead of what was published by {view.published_by}"
    if covered.first and (date.earliest is None or date.earliest < covered.first):
        held = "there was no relation" if covered.before == "none" else "nothing is known"
        yield f"beyond coverage: before {covered.first}, the first day for which {whose}, {held}"
    if covered.last and (date.latest is None or date.latest > covered.last):
        carried = covered.after == "carry" and not view.strict
        held = "the last is carried on" if carried else "nothing is known"
        yield f"beyond coverage: after {covered.last}, the last day for which {whose}, {held}"


def _deciders(record: Record, view: View, state: State, date: ImpreciseDate, grounds: list[_Grounded]) -> list[str]:
    found = [] if date.is_exact else [f"the day that is meant by {date}"]
    for told in grounds:
        for number in sorted({*told.grounds.settling, *told.grounds.pending}):
            event, ways = told.evidence.events[number]
            questions = _open_questions(view, ways, pending=number in told.grounds.pending)
            found += [f"{event.id}: {question}" for question in questions]
        if told.grounds.unanchored:
            found.append("a source that tells what came before")
    if view.published_by:
        sources = open_sources(record, view, state.id)
        found += [f"whether {source} was published by {view.published_by}" for source in sources]
    return list(dict.fromkeys(found)) or [f"a source that speaks of {date}"]


def _open_questions(view: View, ways: tuple[Alternative, ...], *, pending: bool) -> Iterator[str]:
    """What an event leaves open, if it has an effect."""
    days = dict.fromkeys(sorted(_days(way.days) for way in ways if way.days and view.reading.has_effect(way.act)))
    acts = dict.fromkeys(way.act.value for way in ways)
    if pending and (len(days) > 1 or any(".." in told for told in days)):
        yield f"the day on which it took effect ({', '.join(days)})"
    if days and len(acts) > 1:
        yield f"which act it was ({', '.join(acts)})"
    for way in ways:
        if len(way.statuses) > 1:
            yield f"which status it led to ({', '.join(in_order(way.statuses))})"


def _days(days: tuple[int, int]) -> str:
    ends = [dt.date.fromordinal(day).isoformat() if 0 < day <= dt.date.max.toordinal() else "" for day in days]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


def _contesting(record: Record, view: View, state: State, date: ImpreciseDate, verdict: Verdict) -> Iterator[Told]:
    """The claims that the resolution does not use and that alone would give another verdict."""
    for event, claim, evidence in rivals(record, view, state.id):
        course = course_on(record, view, state.id, evidence)
        statuses = statuses_on(timeline_of(course, state, view.counted), date)
        if Verdict.of(statuses, view.counted) is not verdict:
            yield Told(event, claim, record.source(claim.source))


def rivals(record: Record, view: View, state: str) -> Iterator[tuple[Event, Claim, tuple[Evidence, ...]]]:
    """Each claim that the resolution does not use, with its event and with the evidence if it alone were right."""
    evidence = evidence_on(record, view, state)
    for event in record.events_of(state):
        claims = _claims_used(record, view, state, event)
        used = {
            c for told in evidence for e, ways in told.events if e.id == event.id for way in ways for c in way.claims
        }
        for claim in claims:
            if claim not in used and (supposed := _all_supposed(evidence, event, alone(claim, claims))):
                yield event, claim, supposed


def supposing(record: Record, view: View, state: str, event: Event, *, absent: bool) -> Iterator[tuple[Evidence, ...]]:
    """The evidence if each claim of one event alone were right, and, if wanted, if the event had not been at all."""
    evidence = evidence_on(record, view, state)
    claims = _claims_used(record, view, state, event)
    for claim in claims:
        if supposed := _all_supposed(evidence, event, alone(claim, claims)):
            yield supposed
    if absent and claims:
        never = Alternative(Act.DENIAL, frozenset(), None, ())
        if supposed := _all_supposed(evidence, event, (never,)):
            yield supposed


def _claims_used(record: Record, view: View, state: str, event: Event) -> list[Claim]:
    sources = selected(record, view.sources, view.published_by)
    return [c for c in event.claims_of(state) if c.source in sources.certain or c.source in sources.open]


def _all_supposed(
    evidence: tuple[Evidence, ...], event: Event, ways: tuple[Alternative, ...]
) -> tuple[Evidence, ...] | None:
    """The evidence with other alternatives for one event, None where that leaves no world."""
    supposed = tuple(_supposed(told, event, ways) for told in evidence)
    return supposed if all(possible(told.chain, DECLARED) is not None for told in supposed) else None


def _supposed(evidence: Evidence, event: Event, ways: tuple[Alternative, ...]) -> Evidence:
    """The evidence with other alternatives for one event."""
    events = tuple((told, ways if told.id == event.id else options) for told, options in evidence.events)
    return evolve(evidence, events=events, chain=evolve(evidence.chain, events=tuple(told for _, told in events)))
