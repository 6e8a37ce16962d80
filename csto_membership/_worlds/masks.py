"""Sets of statuses as bit masks, and what is possible from one day to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from csto_membership._values.acts import Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_ORDER = tuple(Status)
ANY_STATUS = (1 << len(_ORDER)) - 1

#: From an ordinal day on (until the next entry), the statuses that are possible, as a bit mask.
Course: TypeAlias = "list[tuple[int, int]]"


def mask_of(statuses: Iterable[Status]) -> int:
    """The bit mask of a set of statuses."""
    return sum(1 << _ORDER.index(status) for status in set(statuses))


_SETS = tuple(frozenset(s for i, s in enumerate(_ORDER) if mask >> i & 1) for mask in range(ANY_STATUS + 1))


def statuses_of(mask: int) -> frozenset[Status]:
    """The set of statuses of a bit mask."""
    return _SETS[mask]


def course_of(spans: Sequence[tuple[int, int, int]]) -> Course:
    """The course that is possible by any of the spans (first day, day after the last, mask), merged."""
    course: Course = []
    for day in sorted({EVER_BEFORE, *(edge for span in spans for edge in span[:2] if edge < EVER_AFTER)}):
        mask = 0
        for first, end, shown in spans:
            if first <= day < end:
                mask |= shown
        if not course or course[-1][1] != mask:
            course.append((day, mask))
    return course


_NONE = mask_of([Status.NONE])


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
