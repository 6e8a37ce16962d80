"""From a day's possible statuses to a finding: what they rest on, its caveats, what would decide or change them."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from itertools import compress
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership._evidence.resolution import claims_behind
from csto_membership._evidence.supposition import date_of
from csto_membership._questions.answers import (
    CitedAttestation,
    CitedClaim,
    Finding,
    Ground,
    asked_day,
    supposing_call,
)
from csto_membership._values.acts import ENDS, Act, in_order
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._values.succession import counted_together, existing_then
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import either
from csto_membership._view.rivals import rivals, statuses_on
from csto_membership._view.what_if import supposing
from csto_membership._worlds.entries import first_from, last_until, merged
from csto_membership._worlds.grounds import Grounds, grounds_of
from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.claims import Claim, Event
    from csto_membership._evidence.institutions import Coverage
    from csto_membership._evidence.resolution import Alternative
    from csto_membership._values.states import State
    from csto_membership._view.case import Case
    from csto_membership._view.derivation import Derivation
    from csto_membership._view.view import View
    from csto_membership._worlds.entries import Entries


def finding(derivation: Derivation, state: State, date: ImpreciseDate, *, contested: bool = True) -> Finding:
    """The finding on a state on one (perhaps unknown) day of the date; what contests it takes the most work."""
    view = derivation.view
    statuses = derivation.asked(state).statuses_on(date)
    verdict = Verdict.of(statuses, view.counted)
    grounds = [_grounded(derivation, date, case) for case in derivation.cases(state.id)]
    deciders = _deciders(derivation, state, date, grounds) if verdict is Verdict.UNDETERMINED else {}
    return Finding(
        state=state,
        date=asked_day(date),
        verdict=verdict,
        statuses=statuses,
        evidence=tuple(_evidence(derivation, state, date, grounds)),
        caveats=tuple(dict.fromkeys(_caveats(derivation, state, date, grounds))),
        decided_by=tuple(deciders),
        deciding_calls=tuple(deciders.values()),
        contested_by=tuple(_contesting(derivation, state, date, verdict)) if contested else (),
        organisation=derivation.record.id,
        reading=view.label,
        line=derivation.asked(state),
    )


@frozen
class _GroundedCase:
    """A case, and the grounds that it gives for the date."""

    case: Case
    grounds: Grounds

    @property
    def settling(self) -> list[tuple[Event, tuple[Alternative, ...]]]:
        return [self.case.events[number] for number in self.grounds.settling]

    @property
    def deciding(self) -> list[tuple[Event, tuple[Alternative, ...]]]:
        """The events that settled the status, and then those that may have."""
        numbers = dict.fromkeys((*self.grounds.settling, *self.grounds.pending))
        return [self.case.events[number] for number in numbers]


def _grounded(derivation: Derivation, date: ImpreciseDate, case: Case) -> _GroundedCase:
    begin = derivation.beginning.day
    before = begin and begin.earliest and date.latest and date.latest < begin.earliest
    if case.rests_on_attestations or before or not case.told or not case.walk.has_world:
        return _GroundedCase(case, Grounds())
    first = date.earliest.toordinal() if date.earliest else EVER_BEFORE
    last = date.latest.toordinal() if date.latest else EVER_AFTER
    return _GroundedCase(case, grounds_of(case.walk, Days(first, last)))


def _evidence(
    derivation: Derivation, state: State, date: ImpreciseDate, grounds: list[_GroundedCase]
) -> Iterator[Ground | CitedAttestation]:
    record = derivation.record
    claims: dict[str, dict[Claim, None]] = {}
    for grounded in grounds:
        for event, given in grounded.settling:
            claims.setdefault(event.id, {}).update(dict.fromkeys(claims_behind(given)))
    for event in record.events_of(state.id):
        if event.id in claims:
            cited = (CitedClaim(event, claim, record.source(claim.source)) for claim in claims[event.id])
            yield Ground(event, tuple(cited))
    for attestation in dict.fromkeys(said for grounded in grounds for said in grounded.case.all_attested):
        spoken = attestation.days or attestation.during
        if date.possibly_same(ImpreciseDate(spoken.first, spoken.last)):
            yield CitedAttestation(attestation, record.source(attestation.source))


def _caveats(derivation: Derivation, state: State, date: ImpreciseDate, grounds: list[_GroundedCase]) -> Iterator[str]:
    view = derivation.view
    if date.caveat:
        yield f"the date asked about is {date.caveat}"
    yield from coverage_caveats(derivation.coverage, view, date)
    if view.published_by and (sources := derivation.open_sources(state.id)):
        yield (
            f"these sources may have been published only after {view.published_by}, so that the answer is worked out "
            f"with and without them: {', '.join(sources)}"
        )
    if derivation.names(state.id):
        for grounded in grounds:
            yield from _case_caveats(grounded, date)
    elif derivation.coverage.states == "all":
        yield f"the record vouches for all states and does not name {state.name}"
    else:
        yield f"the table does not list {state.name}: not listed is not the same as not a member"
    yield from _caveats_of_lives(derivation, state, date)
    for overlay in derivation.overlays:
        if date.latest is None or date.latest.toordinal() >= overlay.days.first:
            yield overlay.why
    begin = derivation.beginning.day
    if begin and begin.earliest and (date.earliest is None or date.earliest < begin.earliest):
        yield f"{view.institution or derivation.record.id} begins on {begin} ({view.reading.name})"


def _caveats_of_lives(derivation: Derivation, state: State, date: ImpreciseDate) -> Iterator[str]:
    """What the lives of the state, and of those before and after it, leave open on the date."""
    yield from existing_then(state, date, derivation.record.states)
    day = derivation.lapses(state)
    if day is not None and (date.latest is None or date.latest >= day):
        yield f"no act or end is told before the last day of {state.name} in any list: that is no claim of what came after"
    for other in _meant(derivation, state, date):
        statuses = either(in_order(derivation.timeline(other).statuses_on(date)))
        if cited := counted_together(state, other):
            yield f"{cited.partition(':')[0]} counts {state.name} ({state.id}) and {other.name} ({other.id}) as one state"
        yield f"{other.name} ({other.id}) may be meant, of which the record says: {statuses}"


def _meant(derivation: Derivation, state: State, date: ImpreciseDate) -> Iterator[State]:
    """The states of the record that may be meant by the name of another one on the date."""
    for other, runs in derivation.stand_ins(state):
        if any(date.possibly_same(_run(days)) for days in runs):
            yield other


def _run(days: Days) -> ImpreciseDate:
    """A run of days as a date that may be any of them."""
    first, last = (dt.date.fromordinal(day) if 0 < day <= dt.date.max.toordinal() else None for day in days)
    return ImpreciseDate(first, last)


def _case_caveats(grounded: _GroundedCase, date: ImpreciseDate) -> Iterator[str]:
    case = grounded.case
    if not case.has_order:
        names = ", ".join(event.id for event in case.told)
        yield f"no conclusion: the claims used leave no order of days for the events {names}"
    if case.ballot and case.ballot.anew:
        yield (
            "too many publication dates are open at the same time: each event is decided as if its sources were chosen "
            f"for it alone, which allows more than is possible: {', '.join(case.ballot.anew)}"
        )
    if case.rests_on_attestations:
        yield "the chosen sources give no act with an effect: the answer rests on what they attest"
        if any(attestation.inferred for attestation in case.all_attested):
            yield "some of what they attest is inferred"
    elif grounded.grounds.unanchored:
        yield "the sources used do not say what held before the first act that they give"
    if grounded.grounds.silent:
        yield "no source used says when, if at all, it entered into force for the state: a signatory may be a member"
    yield from _organs(case, date)
    for event, given in grounded.deciding:
        for claim in claims_behind(given):
            if claim.date and claim.date.caveat:
                yield f"{event.id}: {claim.source} marks the date {claim.date} as {claim.date.caveat}"
            if claim.inferred:
                yield f"{event.id}: inferred from {claim.source}, which does not say so in words"


def _organs(case: Case, date: ImpreciseDate) -> Iterator[str]:
    """The suspension from organs that holds on the date: it leaves membership as it is, until a return or an end."""
    since: tuple[Event, str] | None = None
    last = date.latest.toordinal() if date.latest else EVER_AFTER
    for event, given in case.events:
        starts = [one.days for one in given if one.days and one.days.first <= last]
        if not starts:
            continue
        acts = {alternative.act for alternative in given}
        if Act.SUSPENSION_FROM_ORGANS in acts:
            since = event, _days(starts[0])
        elif acts & (ENDS | {Act.RETURN, Act.SUSPENSION}):
            since = None
    if since:
        yield f"{since[0].id}: suspended from organs since {since[1]}, which leaves membership as it is"


def coverage_caveats(coverage: Coverage, view: View, date: ImpreciseDate) -> Iterator[str]:
    """The caveats of a date that reaches outside the coverage."""
    whose = "coverage" if view.sources is None else "coverage of the chosen sources"
    if view.published_by and (date.latest is None or date.latest > view.published_by):
        yield f"later than {view.published_by}, the day up to which publications are used"
    if coverage.first and (date.earliest is None or date.earliest < coverage.first):
        held = "there was no relation" if coverage.before == "none" else "nothing is known"
        yield f"before {coverage.first} (start of {whose}) {held}"
    if coverage.last and (date.latest is None or date.latest > coverage.last):
        carried = coverage.carries(strict=view.strict)
        held = "the last known status is assumed to continue" if carried else "nothing is known"
        yield f"after {coverage.last} (end of {whose}) {held}"


def listed_caveats(coverage: Coverage) -> Iterator[str]:
    """The caveat of a list of states, where the record vouches only for those that it names."""
    if coverage.states == "listed":
        yield "of the states that the table lists; of others it says nothing"


def _deciders(
    derivation: Derivation, state: State, date: ImpreciseDate, grounds: list[_GroundedCase]
) -> dict[str, str]:
    """What would decide the answer, each with the call that would show it, "" for none."""
    view = derivation.view
    deciders = {} if date.is_exact else {f"the day that is meant by {date}": ""}
    for grounded in grounds:
        for number in sorted({*grounded.grounds.settling, *grounded.grounds.pending}):
            event, given = grounded.case.events[number]
            pending = number in grounded.grounds.pending
            for question, option in _open_questions(derivation, event, given, pending=pending):
                deciders.setdefault(f"{event.id}: {question}", _call(derivation, event, option))
        if grounded.grounds.unanchored:
            deciders.setdefault("a source for what held before", "")
        if grounded.grounds.silent:
            deciders.setdefault("a source that says when, if at all, it entered into force for the state", "")
    if view.published_by:
        sources = derivation.open_sources(state.id)
        for source in sources:
            deciders.setdefault(f"whether {source} was published by {view.published_by}", f".without({source!r})")
    for other in _meant(derivation, state, date):
        deciders.setdefault(f"whether {other.name} ({other.id}) is meant", "")
    of_whom = "" if derivation.names(state.id) else f"{state.name} on "
    return deciders or {f"a source that speaks of {of_whom}{date}": ""}


def _call(derivation: Derivation, event: Event, option: Alternative | None) -> str:
    """The call that supposes one way in which an event may have happened; "" where none can say it."""
    if option is None:
        return ""
    if option.act is Act.STATUS:
        options = (one for state in event.states for one in derivation.options(state, event))
        if len({one.statuses for one in options if one.act is Act.STATUS}) > 1:
            return ""
    return supposing_call(event, option.act, date_of(option) if option.days else None)


def _open_questions(
    derivation: Derivation, event: Event, given: tuple[Alternative, ...], *, pending: bool
) -> Iterator[tuple[str, Alternative | None]]:
    """What an event leaves open, if it has an effect, each with an alternative that would decide it, None for none."""
    effective = [one for one in given if one.days and derivation.view.reading.has_effect(one.act)]
    days = sorted({_days(one.days) for one in effective if one.days})
    acts = dict.fromkeys(alternative.act.value for alternative in given)
    left = _left_for(derivation, event)
    if pending and (len(days) > 1 or any(".." in text for text in days)):
        # One day of several: to suppose all of them again would decide nothing.
        exact = (_on_one_day(one, left) for one in effective)
        yield f"the day on which it took effect ({', '.join(days)})", next(filter(None, exact), None)
    if days and len(acts) > 1:
        fitting = (one for one in given if one.days is None or _both(one.days, left))
        yield f"which act it was ({', '.join(acts)})", next(fitting, None)
    for alternative in given:
        if len(alternative.statuses) > 1:
            yield f"which status it led to ({', '.join(in_order(alternative.statuses))})", None


def _on_one_day(option: Alternative, left: Days) -> Alternative | None:
    """The alternative on the first of the days that are left for it, or on the last where no first is known."""
    known = [day for day in _both(option.days, left) if EVER_BEFORE < day < EVER_AFTER] if option.days else []
    return evolve(option, days=Days(known[0], known[0])) if known else None


def _both(one: Days, other: Days) -> tuple[int, ...]:
    """The first and the last day of two runs; nothing where they do not meet."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    return (first, last) if first <= last else ()


def _left_for(derivation: Derivation, event: Event) -> Days:
    """The days that the events before and after one leave for it, of all states whose event it is."""
    first, last = EVER_BEFORE, EVER_AFTER
    for case in (case for state in event.states for case in derivation.cases(state)):
        place = next((number for number, (other, _) in enumerate(case.events) if other.id == event.id), None)
        if place is not None:
            # An event that may never have happened leaves all days.
            runs = [merged(one.days for one in given if one.days) for _, given in case.events]
            certain = [all(one.days for one in given) for _, given in case.events]
            first = max(first, reduce(_no_sooner, compress(runs[:place], certain), EVER_BEFORE))
            last = min(last, reduce(_no_later, compress(runs[:place:-1], certain[::-1]), EVER_AFTER))
    return Days(first, last)


def _no_sooner(day: int, runs: Entries) -> int:
    """The first day on which an event can follow what was on a day at the earliest."""
    entry = first_from(runs, day)
    return day if entry is None else entry


def _no_later(day: int, runs: Entries) -> int:
    """The last day on which an event can come before what is on a day at the latest."""
    entry = last_until(runs, day)
    return day if entry is None else entry


def _days(days: Days) -> str:
    ends = [dt.date.fromordinal(day).isoformat() if 0 < day <= dt.date.max.toordinal() else "" for day in days]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


def _contesting(derivation: Derivation, state: State, date: ImpreciseDate, verdict: Verdict) -> Iterator[CitedClaim]:
    """The claims that the resolution does not use and that alone would give another verdict."""
    for event, claim, patch in rivals(derivation, state):
        if Verdict.of(statuses_on(derivation, state, patch, date), derivation.view.counted) is not verdict:
            yield CitedClaim(event, claim, derivation.record.source(claim.source), _call_for(derivation, event, claim))


def _call_for(derivation: Derivation, event: Event, claim: Claim) -> str:
    """The call that supposes what a claim says; "" for a status, which none can name, and where it would be refused."""

    def accepted() -> bool:
        try:
            supposing(derivation, event, claim.date, claim.act)
        except ArgumentError:
            return False
        return True

    if claim.act is Act.STATUS:
        return ""
    # A dated claim of one state is a rival because it leaves an order of days, for that state; others are asked.
    asked = len(event.states) > 1 or not claim.date
    told = not asked or derivation.once(("accepted", event.id, claim), accepted)
    return supposing_call(event, claim.act, claim.date) if told else ""
