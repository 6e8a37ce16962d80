"""From a day's possible statuses to a finding: what they rest on, what to bear in mind, what would decide or change them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._acts import Status
from csto_membership._answers import Finding, Ground, Told, asked_day
from csto_membership._derivation import (
    beginnings,
    course_on,
    coverage_of,
    evidence_on,
    timeline_of,
)
from csto_membership._evidence import EVER_AFTER, EVER_BEFORE, in_order
from csto_membership._grounds import Grounds, grounds_of
from csto_membership._resolution import alone
from csto_membership._timeline import Timeline, Verdict
from csto_membership._worlds import possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._dates import ImpreciseDate
    from csto_membership._derivation import Evidence, View
    from csto_membership._evidence import Event
    from csto_membership._record import Coverage, Record
    from csto_membership._resolution import Alternative
    from csto_membership._states import State


def statuses_on(timeline: Timeline, date: ImpreciseDate) -> frozenset[Status]:
    """All statuses that are possible on some day of the date."""
    return frozenset[Status]().union(*(spell.statuses for spell in timeline.within(date)))


def explained(record: Record, view: View, state: State, date: ImpreciseDate, timeline: Timeline) -> Finding:
    """The finding on a state on one (perhaps unknown) day of the date."""
    evidence = evidence_on(record, view, state.id)
    statuses = statuses_on(timeline, date)
    verdict = Verdict.of(statuses, view.counted)
    first = date.earliest.toordinal() if date.earliest else EVER_BEFORE
    last = date.latest.toordinal() if date.latest else EVER_AFTER
    worlds = possible(evidence.chain, view.reading) is not None
    grounds = Grounds((), (), unanchored=False)
    if worlds and not evidence.attested and _reached(record, view, date):
        grounds = grounds_of(evidence.chain, view.reading, first, last)
    return Finding(
        state=state,
        date=asked_day(date),
        verdict=verdict,
        statuses=statuses,
        evidence=tuple(_ground(record, *evidence.events[number]) for number in grounds.settling),
        caveats=tuple(_caveats(record, view, date, evidence, grounds, worlds=worlds)),
        decided_by=tuple(_deciders(view, date, evidence, grounds)) if verdict is Verdict.UNDETERMINED else (),
        contested_by=tuple(_contesting(record, view, state, date, evidence, verdict)) if worlds else (),
        organisation=record.id,
        reading=view.reading.name,
    )


def _reached(record: Record, view: View, date: ImpreciseDate) -> bool:
    """Whether some day of the date is not before the institution begins."""
    begin, since = beginnings(record, view)
    start = since or begin
    return not (start and start.earliest and date.latest and date.latest < start.earliest)


def _ground(record: Record, event: Event, ways: tuple[Alternative, ...]) -> Ground:
    claims = dict.fromkeys(claim for way in ways for claim in way.claims)
    return Ground(event, tuple(Told(event, claim, record.source(claim.source)) for claim in claims))


def _caveats(
    record: Record, view: View, date: ImpreciseDate, evidence: Evidence, grounds: Grounds, *, worlds: bool
) -> Iterator[str]:
    if date.caveat:
        yield f"the date asked about is {date.caveat}"
    yield from coverage_caveats(coverage_of(record, view), view, date)
    if not worlds:
        names = ", ".join(event.id for event, _ in evidence.events)
        yield f"nothing follows: the claims used leave no order of days for the events {names}"
    if evidence.attested:
        sources = ", ".join(dict.fromkeys(told.source for told in evidence.attested))
        yield f"no act with an effect is left in the sources chosen: only what they attest counts ({sources})"
        if any(told.inferred for told in evidence.attested):
            yield "what they attest is partly inferred"
    elif view.sources is not None and grounds.unanchored:
        yield "before the first act that the sources chosen tell of, anything may have been"
    for number in dict.fromkeys((*grounds.settling, *grounds.pending)):
        event, ways = evidence.events[number]
        for claim in dict.fromkeys(claim for way in ways for claim in way.claims):
            if claim.date and claim.date.caveat:
                yield f"{event.id}: {claim.source} marks the date {claim.date} as {claim.date.caveat}"
            if claim.inferred:
                yield f"{event.id}: inferred from {claim.source}, which does not say so in words"
    begin, since = beginnings(record, view)
    start = since or begin
    if start and start.earliest and (date.earliest is None or date.earliest < start.earliest):
        name = view.institution or record.institutions[0].id
        yield f"{name} begins on {start} ({view.reading.name})"


def coverage_caveats(covered: Coverage, view: View, date: ImpreciseDate) -> Iterator[str]:
    """What to bear in mind of a date that reaches outside the coverage."""
    whose = "the record vouches" if view.sources is None else "the sources chosen vouch"
    if covered.first and (date.earliest is None or date.earliest < covered.first):
        held = "there was no relation" if covered.before == "none" else "nothing is known"
        yield f"beyond coverage: before {covered.first}, the first day for which {whose}, {held}"
    if covered.last and (date.latest is None or date.latest > covered.last):
        carried = covered.after == "carry" and not view.strict
        held = "the last is carried on" if carried else "nothing is known"
        yield f"beyond coverage: after {covered.last}, the last day for which {whose}, {held}"


def _deciders(view: View, date: ImpreciseDate, evidence: Evidence, grounds: Grounds) -> list[str]:
    found = [] if date.is_exact else [f"the day that is meant by {date}"]
    for number in sorted({*grounds.settling, *grounds.pending}):
        event, ways = evidence.events[number]
        told = _open_questions(view, ways, pending=number in grounds.pending)
        found += [f"{event.id}: {question}" for question in told]
    if grounds.unanchored:
        found.append("a source that tells what came before")
    return found or [f"a source that speaks of {date}"]


def _open_questions(view: View, ways: tuple[Alternative, ...], *, pending: bool) -> Iterator[str]:
    """What an event leaves open, if it has an effect."""
    days = dict.fromkeys(_days(way) for way in ways if view.reading.has_effect(way.act))
    acts = dict.fromkeys(way.act.value for way in ways)
    if pending and (len(days) > 1 or any(".." in told for told in days)):
        yield f"the day on which it took effect ({', '.join(days)})"
    if days and len(acts) > 1:
        yield f"which act it was ({', '.join(acts)})"
    for way in ways:
        if len(way.statuses) > 1:
            yield f"which status it led to ({', '.join(in_order(way.statuses))})"


def _days(way: Alternative) -> str:
    if way.days is None:
        return "never"
    ends = [dt.date.fromordinal(day).isoformat() if 0 < day <= dt.date.max.toordinal() else "" for day in way.days]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


def _contesting(
    record: Record, view: View, state: State, date: ImpreciseDate, evidence: Evidence, verdict: Verdict
) -> Iterator[Told]:
    """The claims that the resolution does not use and that alone would give another verdict."""
    for number, (event, ways) in enumerate(evidence.events):
        used = {claim for way in ways for claim in way.claims}
        claims = [claim for claim in event.claims_of(state.id) if view.sources is None or claim.source in view.sources]
        for claim in claims:
            if claim in used:
                continue
            chain = evidence.chain
            events = (*chain.events[:number], alone(claim, claims), *chain.events[number + 1 :])
            other = evolve(evidence, chain=evolve(chain, events=events))
            if possible(other.chain, view.reading) is None:
                continue
            course = course_on(record, view, state.id, other)
            statuses = statuses_on(timeline_of(course, state, view.counted), date)
            if Verdict.of(statuses, view.counted) is not verdict:
                yield Told(event, claim, record.source(claim.source))
