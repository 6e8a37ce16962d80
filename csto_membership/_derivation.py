"""From a record under a view to what is possible for one state: the choice of sources, its edges, and coverage."""

from __future__ import annotations

import datetime as dt
from math import prod
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from csto_membership._acts import DECLARED, Act, Reading, Status
from csto_membership._evidence import EVER_AFTER, EVER_BEFORE, Rank
from csto_membership._resolution import Alternative, Resolution, alternatives
from csto_membership._selection import choices, publication, selected
from csto_membership._timeline import Spell, Timeline, Verdict
from csto_membership._worlds import ANY_STATUS, Chain, Course, course_of, mask_of, possible, statuses_of

if TYPE_CHECKING:
    from csto_membership._dates import ImpreciseDate
    from csto_membership._evidence import Attestation, Claim, Event
    from csto_membership._record import Coverage, Record
    from csto_membership._selection import Selection
    from csto_membership._states import State

_NONE = mask_of([Status.NONE])


@frozen(cache_hash=True)
class View:
    """How a record is seen. `sources` is None where all are used; `institution` is "" for the whole line."""

    reading: Reading = DECLARED
    resolution: Resolution = Resolution("preferred")
    sources: frozenset[str] | None = None
    published_by: dt.date | None = None
    institution: str = ""
    counted: frozenset[Status] = field(default=frozenset({Status.MEMBER}))
    strict: bool = False


@frozen
class Evidence:
    """
    What a view leaves of the evidence on one state.

    `events` with their alternatives form the `chain`. `attested` is what attests a status where no act with an
    effect is left, and empty where acts draw the course; on other days than it speaks of, `unattested` is possible:
    none for a state of which the record knows no act with an effect, and anything for others.
    """

    events: tuple[tuple[Event, tuple[Alternative, ...]], ...]
    chain: Chain
    attested: tuple[Attestation, ...] = ()
    unattested: int = ANY_STATUS


#: So many choices of open sources are tried for one state; beyond, nothing is said to follow.
MOST_CHOICES = 20_000
NOTHING_FOLLOWS = Evidence((), Chain(((),)))


def evidence_on(record: Record, view: View, state: str) -> tuple[Evidence, ...]:
    """
    The evidence on the state of that id, as the sources of the view give it.

    Several where it is open which sources were published, and their choice makes a difference.
    """
    sources = selected(record, view.sources, view.published_by)
    if sources.whole:
        return (_evidence_from(record, view, state, None),)
    groups = _differing(record, view, state, sources)
    if prod(len(group) + 1 for group in groups) > MOST_CHOICES:
        return (NOTHING_FOLLOWS,)
    found: dict[object, Evidence] = {}
    whole = frozenset(source.id for source in record.sources)
    chosen_sets = [*choices(sources.certain, groups), sources.certain | sources.open]
    for chosen in chosen_sets:
        # All sources together are no selection: the record then vouches for itself.
        evidence = _evidence_from(record, view, state, None if chosen == whole else chosen)
        found.setdefault((evidence.chain.meaning, evidence.attested), evidence)
    return tuple(found.values())


def _evidence_from(record: Record, view: View, state: str, sources: frozenset[str] | None) -> Evidence:
    """The evidence that these sources give (None: the whole record)."""
    events = []
    vouched = []
    dropped = False
    told: set[Act] = set()
    for event in record.events_of(state):
        claims = event.claims_of(state)
        kept = [claim for claim in claims if sources is None or claim.source in sources]
        told.update(claim.act for claim in kept)
        if kept:
            events.append((event, alternatives(kept, view.resolution, record.copies())))
            vouched.append(not dropped)
        elif any(view.reading.has_effect(claim.act) for claim in claims):
            dropped = True
    ways = tuple(options for _, options in events)
    if sources is None:
        return Evidence(tuple(events), Chain(ways))
    acts = {option.act for options in ways for option in options}
    # What the sources tell, whatever the resolution makes of it: else fewer claims could allow more.
    unforced = view.reading.binds_after_signature and Act.ENTRY_INTO_FORCE not in told
    attested: tuple[Attestation, ...] = ()
    if not any(map(view.reading.has_effect, acts)):
        attested = tuple(
            said for said in record.attestations if said.source in sources and said.statuses_of(state) is not None
        )
    unattested = ANY_STATUS if dropped else _NONE
    return Evidence(tuple(events), Chain(ways, (*vouched, not dropped), unforced), attested, unattested)


def _differing(record: Record, view: View, state: str, sources: Selection) -> list[list[str]]:
    """
    Those of the open sources whose presence can make a difference for the state, in groups that say the same.

    A claim makes none if a certain source says the same, or (by preference) if one speaks with a better rank.
    Where votes are counted every one counts, and copies are told apart; else one source of a group stands for all.
    """
    if not sources.open:
        return []
    counted = view.resolution.name == "majority"
    says: dict[str, set[object]] = {source: set() for source in sources.open}
    settled = False
    for event in record.events_of(state):
        claims = event.claims_of(state)
        sure = [claim for claim in claims if claim.source in sources.certain]
        told = {_saying(claim) for claim in sure}
        best = min((claim.rank.order for claim in sure), default=len(Rank))
        if sure and all(claim.source in sources.certain for claim in claims):
            ways = alternatives(sure, view.resolution, record.copies())
            settled = settled or any(view.reading.has_effect(way.act) for way in ways)
        for claim in claims:
            if claim.source not in sources.open:
                continue
            named = claim.source in view.resolution.sources
            overruled = view.resolution.name == "preferred" and claim.rank.order > best
            if counted or named or not (overruled or _saying(claim) in told):
                says[claim.source].add((event.id, _saying(claim), claim.source if named else ""))
    # Where an act with an effect is left whatever the choice, attestations are not asked.
    for number, attestation in enumerate(() if settled else record.attestations):
        if attestation.source in sources.open and attestation.statuses_of(state) is not None:
            says[attestation.source].add(number)
    copying = {name for source, copied in record.copies().items() if copied for name in (source, *copied)}
    groups: dict[object, list[str]] = {}
    for source, said in sorted(says.items()):
        if said:
            apart = source if counted and source in copying else ""
            groups.setdefault((frozenset(said), apart), []).append(source)
    return [group if counted else group[:1] for group in groups.values()]


def open_sources(record: Record, view: View, state: str) -> tuple[str, ...]:
    """The sources of which it is open whether they were published in time, where that makes a difference."""
    groups = _differing(record, view, state, selected(record, view.sources, view.published_by))
    return tuple(sorted(source for group in groups for source in group))


def _saying(claim: Claim) -> object:
    return claim.act, claim.status, claim.days_of_effect, claim.rank


def coverage_of(record: Record, view: View) -> Coverage:
    """
    The days for which the view vouches.

    Those of named sources end with their latest publication, those of what was published by a day with that day.
    """
    ends = [record.coverage.last]
    if view.published_by:
        ends.append(view.published_by)
    if view.sources is not None and not selected(record, view.sources, None).whole:
        ends.append(max(publication(record, source)[1] for source in view.sources))
    return evolve(record.coverage, last=min((day for day in ends if day and day < dt.date.max), default=None))


def course_on(record: Record, view: View, state: str, evidence: tuple[Evidence, ...] = ()) -> Course:
    """The course of statuses that are possible for the state of that id, under the view (or other evidence)."""
    begin = beginning_of(record, view)
    courses = [_course_from(told, view, state, begin.since) for told in evidence or evidence_on(record, view, state)]
    course = course_of([span for course in courses for span in spans_of(course)])
    return _from_beginning(_within_coverage(course, coverage_of(record, view), view), begin.day)


def _course_from(evidence: Evidence, view: View, state: str, since: ImpreciseDate | None) -> Course:
    if evidence.attested:
        return attested_course(evidence, state)
    if since is not None:
        return _course_since(evidence.chain, view.reading, since)
    return possible(evidence.chain, view.reading) or [(EVER_BEFORE, ANY_STATUS)]


@frozen
class Beginning:
    """
    The day on which the institution of a view begins, None where the record has no institutions.

    `later` says that it is not the first of its line: then a status counts only from its first day on.
    """

    day: ImpreciseDate | None
    later: bool = False

    @property
    def since(self) -> ImpreciseDate | None:
        """The day, if the institution is not the first of its line."""
        return self.day if self.later else None


def beginning_of(record: Record, view: View) -> Beginning:
    """The beginning of the view's institution, or of the whole line."""
    days = {told.id: told.exists.under(view.reading.name) for told in record.institutions}
    if not days:
        return Beginning(None)
    first = min(days.values(), key=lambda day: day.earliest or dt.date.min)
    own = days.get(view.institution, first)
    return Beginning(own, True) if own.earliest != first.earliest else Beginning(first)


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


def attested_course(evidence: Evidence, state: str) -> Course:
    """On the days that attestations speak of what all of them allow, or what any allows."""
    spans: list[tuple[int, int, int]] = []
    some_day: list[tuple[int, int, int]] = []
    for told in evidence.attested:
        days, mask = told.days or told.during, mask_of(told.statuses_of(state) or ())
        spoken = spans if told.days else some_day
        spoken.append((days.first.toordinal(), days.last.toordinal() + 1, mask))
    edges = sorted({EVER_BEFORE, *(edge for span in (*spans, *some_day) for edge in span[:2])})
    course: Course = []
    for day in edges:
        masks = [mask for first, end, mask in spans if first <= day < end]
        common, either = ANY_STATUS, 0
        for mask in masks:
            common, either = common & mask, either | mask
        # Of some day of a period it may be any of its days, and is none in particular.
        perhaps = evidence.unattested
        for first, end, mask in some_day:
            perhaps |= mask if first <= day < end else 0
        course.append((day, (common or either) if masks else perhaps))
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
    not_yet = (EVER_BEFORE, begin.latest.toordinal() if begin.latest else EVER_AFTER, _NONE)
    course = course_of([*spans_of(course), not_yet])
    if begin.earliest:
        course = _replaced(course, EVER_BEFORE, begin.earliest.toordinal(), _NONE)
    return course


def _within_coverage(course: Course, covered: Coverage, view: View) -> Course:
    if covered.last and (view.strict or covered.after == "unknown"):
        course = _replaced(course, covered.last.toordinal() + 1, EVER_AFTER, ANY_STATUS)
    # What was published before the coverage begins may end it earlier still: a day before it stays before it.
    if covered.first:
        outside = _NONE if covered.before == "none" else ANY_STATUS
        course = _replaced(course, EVER_BEFORE, covered.first.toordinal(), outside)
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
