"""From when the institution of a view exists, and for which days the view vouches."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._worlds.masks import ANY_MASK, NONE_MASK, Course, Span, course_of, replaced, spans_of

if TYPE_CHECKING:
    from csto_membership._evidence.institutions import Coverage
    from csto_membership._evidence.publication import Publications
    from csto_membership._evidence.record import Record
    from csto_membership._view.view import View


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
    days = {institution.id: institution.exists.under(view.reading.name) for institution in record.institutions}
    if not days:
        return Beginning(None)
    first = min(days.values(), key=lambda day: day.earliest or dt.date.min)
    own = days.get(view.institution, first)
    return Beginning(own, True) if own.earliest != first.earliest else Beginning(first)


def coverage_of(record: Record, view: View, publications: Publications) -> Coverage:
    """
    The days for which the view vouches.

    Those of named sources end with their latest publication, those of what was published by a day with that day.
    """
    ends = [record.coverage.last]
    if view.published_by:
        ends.append(view.published_by)
    if view.sources is not None and not publications.selected(view.sources, None).whole:
        ends.append(max(publications.by_source[source].last for source in view.sources))
    return evolve(record.coverage, last=min((day for day in ends if day and day < dt.date.max), default=None))


def from_beginning(course: Course, begin: ImpreciseDate | None) -> Course:
    """The course with no relation before the institution begins, in any case: there was nothing to belong to."""
    if begin is None:
        return course
    assert begin.earliest, "checked when the record is made"
    not_yet = Span(EVER_BEFORE, begin.latest.toordinal() if begin.latest else EVER_AFTER, NONE_MASK)
    course = course_of([*spans_of(course), not_yet])
    return replaced(course, EVER_BEFORE, begin.earliest.toordinal(), NONE_MASK)


def within_coverage(course: Course, coverage: Coverage, *, strict: bool) -> Course:
    """The course with what the coverage says of the days outside it."""
    if coverage.last and not coverage.carries(strict=strict):
        course = replaced(course, coverage.last.toordinal() + 1, EVER_AFTER, ANY_MASK)
    # What was published before the coverage begins may end it earlier still: a day before it stays before it.
    if coverage.first:
        outside = NONE_MASK if coverage.before == "none" else ANY_MASK
        course = replaced(course, EVER_BEFORE, coverage.first.toordinal(), outside)
    return course
