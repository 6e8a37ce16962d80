"""Runs of days and courses of statuses, held against plain sets of days."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from csto_membership import Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._worlds import entries
from csto_membership._worlds.masks import (
    ANY_COURSE,
    ANY_MASK,
    Course,
    Span,
    course_of,
    either_course,
    mask_of,
    replaced,
    spans_between,
    spans_of,
    statuses_of,
)

#: Days that are looked at, with one that no run has on either side.
DAYS = range(12)


def runs() -> st.SearchStrategy[list[Days]]:
    """Some runs of days as they come."""
    days = st.integers(1, 10)
    one = st.tuples(days, days).map(sorted).map(lambda ends: Days(ends[0], min(ends[1], ends[0] + 3)))
    return st.lists(one, max_size=4)


def set_of(some: list[Days]) -> set[int]:
    return {day for first, last in some for day in range(first, last + 1)}


@given(runs(), runs(), st.sampled_from(DAYS))
@example([Days(1, 1), Days(3, 6), Days(8, 9)], [Days(2, 4)], 5)
def test_runs_of_days_are_cut_and_joined_as_sets_of_days_are(one: list[Days], other: list[Days], day: int) -> None:
    own, others = entries.merged(one), entries.merged(other)
    assert set_of(own) == set_of(one)
    assert all(run.last + 1 < following.first for run, following in pairwise(own))
    assert entries.merged_all([one, other]) == entries.merged([*one, *other])
    assert entries.first_from(own, day) == min((d for d in set_of(one) if d >= day), default=None)
    assert entries.last_until(own, day) == max((d for d in set_of(one) if d <= day), default=None)
    assert entries.since(own, day) == entries.merged([Days(d, d) for d in set_of(one) if d >= day])
    assert entries.until(own, day) == entries.merged([Days(d, d) for d in set_of(one) if d <= day])
    assert entries.common(own, others) == entries.merged([Days(d, d) for d in set_of(one) & set_of(other)])


MASKS = st.integers(0, ANY_MASK)


def spans() -> st.SearchStrategy[list[Span]]:
    """Some spans as they come, of no day at all as well, and without a beginning or an end."""
    firsts, ends = st.sampled_from([EVER_BEFORE, *DAYS]), st.sampled_from([*DAYS, EVER_AFTER])
    return st.lists(st.builds(Span, firsts, ends, MASKS), max_size=4)


def by_day(some: list[Span]) -> dict[int, int]:
    """The mask of each day, that long before, and that long after."""
    masks = dict.fromkeys((-9, *DAYS, 99), 0)
    for first, end, mask in some:
        for day in masks:
            masks[day] |= mask if first <= day < end else 0
    return masks


def shown(course: Course) -> dict[int, int]:
    return {day: course.on(day) for day in (-9, *DAYS, 99)}


@given(spans(), spans(), st.sampled_from(DAYS), st.sampled_from(DAYS), MASKS)
def test_a_course_has_on_each_day_what_its_spans_have(
    some: list[Span], more: list[Span], one: int, other: int, mask: int
) -> None:
    course, first, end = course_of(some), min(one, other), max(one, other)
    assert shown(course) == by_day(some)
    assert all(EVER_BEFORE < start < EVER_AFTER for start in course.starts)
    assert all(value != following for value, following in pairwise(course.values))
    assert course_of(spans_of(course)) == course
    assert either_course([course, course_of(more)]) == course_of([*some, *more])
    other_course = replaced(course, first, end, mask)
    assert shown(other_course) == by_day(some) | dict.fromkeys(range(first, end), mask)
    between = spans_between(course, first, end)
    assert [(span.first, span.end) for span in between][:1] == ([(first, between[0].end)] if between else [])
    assert {day: span.mask for span in between for day in range(span.first, span.end)} == {
        day: by_day(some)[day] for day in range(first, end)
    }


def test_a_mask_has_a_bit_for_each_status() -> None:
    assert [mask_of([status]) for status in Status] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    for mask in range(512):
        assert mask_of(statuses_of(mask)) == mask
        assert len(statuses_of(mask)) == mask.bit_count()
    assert ANY_COURSE.on(0) == ANY_MASK == 511
    assert statuses_of(ANY_MASK) == set(Status)
