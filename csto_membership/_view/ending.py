"""
The end of a state, and states that stand for one another: what follows for a course from who existed when.

An open end of a membership is no claim that it outlived the state. Where no act and no end has ended it before, the
state may have been a member after the last of its lives, or have ceased to be one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._values.acts import Act, Status
from csto_membership._values.period import Days
from csto_membership._worlds.masks import NONE_MASK, Span, course_of, mask_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._evidence.record import Record
    from csto_membership._values.states import State
    from csto_membership._worlds.masks import Course

FORMER_MASK = mask_of([Status.FORMER])


def lapse(course: Course, last_day: int | None, *, many: bool) -> int | None:
    """
    The day from which an open end says nothing more, for a state of which the last day is known; None for none.

    With `many` the course is that of several choices of sources, of which each may have its last change on another day.
    """
    if last_day is None or not course.values[-1] & ~(NONE_MASK | FORMER_MASK):
        return None
    return last_day + 1 if many or not course.starts else max(course.starts[-1], last_day + 1)


def lapsed(course: Course, last_day: int | None, *, many: bool) -> Course:
    """The course in which an open end says nothing more after the last day of the state."""
    day = lapse(course, last_day, many=many)
    if day is None:
        return course
    spans = spans_of(course)
    return course_of([*spans, *(Span(max(first, day), end, mask | FORMER_MASK) for first, end, mask in spans)])


def tells_apart(record: Record, state: str) -> bool:
    """Whether a record tells that the state of that id succeeded another: then neither is meant by the other's name."""
    return any(claim.act is Act.SUCCESSION for event in record.events_of(state) for claim in event.claims_of(state))


def only_where_none(
    course: Course, others: Iterable[tuple[State, Iterable[Days]]]
) -> Iterator[tuple[State, tuple[Days, ...]]]:
    """Of the days of other states those on which the course is none for certain."""
    silent = [span for span in spans_of(course) if span.mask == NONE_MASK]
    for other, runs in others:
        days = tuple(
            Days(max(first, span.first), min(last, span.end - 1))
            for first, last in runs
            for span in silent
            if span.first <= last and span.end > first
        )
        if days:
            yield other, days


def with_stand_ins(course: Course, others: Iterable[tuple[Course, Iterable[Days]]]) -> Course:
    """The course of a state or, on some days, of another that may be meant by its name."""
    spans = spans_of(course)
    for other, runs in others:
        for first, last in runs:
            # What ends before it begins counts for nothing.
            spans += [Span(max(span.first, first), min(span.end, last + 1), span.mask) for span in spans_of(other)]
    return course_of(spans)
