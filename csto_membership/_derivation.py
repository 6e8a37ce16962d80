"""From a record under a view to what is possible for one state: the choice of sources, its edges, and coverage."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from csto_membership._acts import DECLARED, Act, Reading, Status
from csto_membership._evidence import EVER_AFTER, EVER_BEFORE
from csto_membership._resolution import Alternative, Resolution, alternatives
from csto_membership._timeline import Spell, Timeline, Verdict
from csto_membership._worlds import ANY_STATUS, Chain, Course, course_of, mask_of, possible, statuses_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._dates import ImpreciseDate
    from csto_membership._evidence import Attestation, Event
    from csto_membership._record import Coverage, Record
    from csto_membership._states import State

_NONE = mask_of([Status.NONE])


@frozen(cache_hash=True)
class View:
    """How a record is seen. `sources` is None where all are used; `institution` is "" for the whole line."""

    reading: Reading = DECLARED
    resolution: Resolution = Resolution("preferred")
    sources: frozenset[str] | None = None
    institution: str = ""
    counted: frozenset[Status] = field(default=frozenset({Status.MEMBER}))
    strict: bool = False


@frozen
class Evidence:
    """
    What a view leaves of the evidence on one state.

    `events` with their alternatives form the `chain`. `attested` is what attests a status where no act with an
    effect is left, and empty where acts draw the course.
    """

    events: tuple[tuple[Event, tuple[Alternative, ...]], ...]
    chain: Chain
    attested: tuple[Attestation, ...] = ()


def evidence_on(record: Record, view: View, state: str) -> Evidence:
    """The evidence on the state of that id, as the sources of the view give it."""
    events = []
    vouched = []
    dropped = False
    for event in record.events_of(state):
        claims = event.claims_of(state)
        kept = [claim for claim in claims if view.sources is None or claim.source in view.sources]
        if kept:
            events.append((event, alternatives(kept, view.resolution, record.copies())))
            vouched.append(not dropped)
        elif any(view.reading.has_effect(claim.act) for claim in claims):
            dropped = True
    ways = tuple(options for _, options in events)
    if view.sources is None:
        return Evidence(tuple(events), Chain(ways))
    acts = {option.act for options in ways for option in options}
    unforced = view.reading.binds_after_signature and Act.ENTRY_INTO_FORCE not in acts
    attested: tuple[Attestation, ...] = ()
    if not any(map(view.reading.has_effect, acts)):
        attested = tuple(
            told for told in record.attestations if told.source in view.sources and told.statuses_of(state) is not None
        )
    return Evidence(tuple(events), Chain(ways, (*vouched, not dropped), unforced), attested)


def coverage_of(record: Record, view: View) -> Coverage:
    """The days for which the view vouches: those of a selection of sources end with its latest publication."""
    if view.sources is None:
        return record.coverage
    published = [latest_publication(record, source) for source in view.sources]
    last = max((day for day in published if day), default=None)
    ends = [day for day in (record.coverage.last, last) if day]
    return evolve(record.coverage, last=min(ends, default=None))


def latest_publication(record: Record, source: str) -> dt.date | None:
    """The last day on which the source can have been published, None where nothing says so."""
    told = record.source(source)
    ends = [date.latest for date in (told.published, told.consulted) if date and date.latest]
    return min(ends, default=None)


def course_on(record: Record, view: View, state: str, evidence: Evidence | None = None) -> Course:
    """The course of statuses that are possible for the state of that id, under the view (or other evidence)."""
    evidence = evidence or evidence_on(record, view, state)
    begin, since = beginnings(record, view)
    if evidence.attested:
        course = _attested_course(evidence.attested, state)
    elif since is None:
        course = possible(evidence.chain, view.reading) or [(EVER_BEFORE, ANY_STATUS)]
    else:
        course = _course_since(evidence.chain, view.reading, since)
    return _from_beginning(_within_coverage(course, coverage_of(record, view), view), since or begin)


def beginnings(record: Record, view: View) -> tuple[ImpreciseDate | None, ImpreciseDate | None]:
    """The day on which the first institution begins, and that of the view's own institution if it came later."""
    days = {told.id: told.exists.under(view.reading.name) for told in record.institutions}
    if not days:
        return None, None
    first = min(days.values(), key=lambda day: day.earliest or dt.date.min)
    own = days.get(view.institution, first)
    return first, own if own.earliest != first.earliest else None


def _course_since(chain: Chain, reading: Reading, since: ImpreciseDate) -> Course:
    """The course of an institution that begins on one of the days of `since`."""
    assert since.earliest, "checked when the record is made"
    assert since.latest, "checked when the record is made"
    courses = []
    for day in range(since.earliest.toordinal(), since.latest.toordinal() + 1):
        course = possible(chain, reading, day)
        if course is None:
            return [(EVER_BEFORE, ANY_STATUS)]
        courses += spans_of(course)
    return course_of(courses)


def _attested_course(attested: Iterable[Attestation], state: str) -> Course:
    """On the days that attestations speak of what all of them allow, or what any allows; else anything."""
    spans = []
    for told in attested:
        statuses, days = told.statuses_of(state), told.days
        if statuses is not None and days is not None:
            spans.append((days.first.toordinal(), days.last.toordinal() + 1, mask_of(statuses)))
    edges = sorted({EVER_BEFORE, *(edge for first, end, _ in spans for edge in (first, end))})
    course: Course = []
    for day in edges:
        masks = [mask for first, end, mask in spans if first <= day < end]
        common, either = ANY_STATUS, 0
        for mask in masks:
            common, either = common & mask, either | mask
        course.append((day, common or either))
    return course_of(spans_of(course))


def spans_of(course: Course) -> list[tuple[int, int, int]]:
    """A course as spans: first day, day after the last, mask."""
    ends = [day for day, _ in course[1:]] + [EVER_AFTER]
    return [(day, end, mask) for (day, mask), end in zip(course, ends, strict=True)]


def _replaced(course: Course, first: int, end: int, mask: int) -> Course:
    """The course with `mask` on the days from `first` to before `end`."""
    kept = []
    for start, stop, shown in spans_of(course):
        kept += [(start, min(stop, first), shown), (max(start, end), stop, shown)]
    return course_of([span for span in (*kept, (first, end, mask)) if span[0] < span[1]])


def _from_beginning(course: Course, begin: ImpreciseDate | None) -> Course:
    """The course with no relation before the institution begins, in any case: there was nothing to belong to."""
    if begin is None:
        return course
    if begin.latest:
        maybe = [(EVER_BEFORE, begin.latest.toordinal(), _NONE)]
        course = course_of([*spans_of(course), *maybe])
    if begin.earliest:
        course = _replaced(course, EVER_BEFORE, begin.earliest.toordinal(), _NONE)
    return course


def _within_coverage(course: Course, covered: Coverage, view: View) -> Course:
    if covered.first:
        outside = _NONE if covered.before == "none" else ANY_STATUS
        course = _replaced(course, EVER_BEFORE, covered.first.toordinal(), outside)
    if covered.last and (view.strict or covered.after == "unknown"):
        course = _replaced(course, covered.last.toordinal() + 1, EVER_AFTER, ANY_STATUS)
    return course


def timeline_of(course: Course, state: State, counted: frozenset[Status]) -> Timeline:
    """The course as a timeline: its days as dates, its masks as statuses with a verdict."""
    first, last = dt.date.min.toordinal(), dt.date.max.toordinal()
    spans = [span for span in spans_of(course) if span[1] > first and span[0] <= last]
    spells = []
    for start, end, mask in spans:
        statuses = statuses_of(mask)
        spells.append(
            Spell(
                dt.date.fromordinal(start) if start > first else None,
                dt.date.fromordinal(end - 1) if end <= last else None,
                statuses,
                Verdict.of(statuses, counted),
            )
        )
    return Timeline(state, tuple(spells))
