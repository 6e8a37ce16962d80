"""From a record under a view to what is possible for one state: the choice of sources, its edges, and coverage."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership._evidence.publication import publication, selected
from csto_membership._values.acts import Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.readings import Reading
from csto_membership._values.verdict import Verdict
from csto_membership._view.case import Evidence, evidence_on
from csto_membership._view.timeline import Spell, Timeline
from csto_membership._view.view import View
from csto_membership._worlds.masks import (
    _NONE,
    ANY_STATUS,
    Course,
    _replaced,
    course_of,
    mask_of,
    spans_of,
    statuses_of,
)
from csto_membership._worlds.worlds import Chain, possible

if TYPE_CHECKING:
    from csto_membership._evidence.institutions import Coverage
    from csto_membership._evidence.record import Record
    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.states import State


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
