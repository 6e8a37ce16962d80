"""Sets of statuses as bit masks, and courses: which of them are possible from one day to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from csto_membership._values.acts import Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORDER = tuple(Status)
ANY_MASK = (1 << len(_ORDER)) - 1

#: The statuses that are possible on each day (an ordinal), as a mask.
Course: TypeAlias = "Runs[int, int]"


class Span(NamedTuple):
    """The statuses that are possible from one day (an ordinal) to before another, as a mask."""

    first: int
    end: int
    mask: int


def mask_of(statuses: Iterable[Status]) -> int:
    """The bit mask of a set of statuses."""
    return _mask_of(frozenset(statuses))


@cache
def _mask_of(statuses: frozenset[Status]) -> int:
    return sum(1 << _ORDER.index(status) for status in statuses)


_SETS = tuple(frozenset(s for i, s in enumerate(_ORDER) if mask >> i & 1) for mask in range(ANY_MASK + 1))


def statuses_of(mask: int) -> frozenset[Status]:
    """The set of statuses of a bit mask."""
    return _SETS[mask]


NONE_MASK = mask_of([Status.NONE])
#: The course on which nothing is known.
ANY_COURSE: Course = Runs((), (ANY_MASK,))


def course_of(spans: Iterable[Span]) -> Course:
    """The course that is possible by any of the spans; nothing on days that none covers."""
    begun: dict[int, list[int]] = {}
    ended: dict[int, list[int]] = {}
    for first, end, mask in spans:
        if first < end:
            begun.setdefault(first, []).append(mask)
            ended.setdefault(end, []).append(mask)
    running: Counter[int] = Counter()
    steps: list[tuple[int, int]] = []
    for day in sorted({*begun, *ended}):
        running.update(begun.get(day, ()))
        running.subtract(ended.get(day, ()))
        possible = 0
        for mask, number in running.items():
            possible |= mask if number else 0
        steps.append((day, possible))
    before = steps.pop(0)[1] if steps and steps[0][0] <= EVER_BEFORE else 0
    return Runs.of([step for step in steps if step[0] < EVER_AFTER], before)


def spans_of(course: Course) -> list[Span]:
    """A course as spans, from ever before to ever after."""
    firsts, ends = (EVER_BEFORE, *course.starts), (*course.starts, EVER_AFTER)
    return [Span(first, end, mask) for first, end, mask in zip(firsts, ends, course.values, strict=True)]


def spans_between(course: Course, first: int, end: int) -> list[Span]:
    """What is possible on the days from one to before another, as spans."""
    begin, stop = bisect_right(course.starts, first), bisect_left(course.starts, end)
    days = (first, *course.starts[begin:stop], end)
    return [Span(*run) for run in zip(days, days[1:], course.values[begin : stop + 1], strict=False) if run[0] < run[1]]


def either_course(courses: Iterable[Course]) -> Course:
    """The course that is possible by any of several."""
    return course_of(span for course in courses for span in spans_of(course))


def replaced(course: Course, first: int, end: int, mask: int) -> Course:
    """The course with `mask` on the days from `first` to before `end`."""
    kept = [Span(first, end, mask)]
    for start, stop, possible in spans_of(course):
        kept += [Span(start, min(stop, first), possible), Span(max(start, end), stop, possible)]
    return course_of(kept)
