"""The end of a state, and states that stand for one another, day by day on bare courses."""

from __future__ import annotations

import pytest
from support.league import claim_of, event_of, history_of
from support.records import UZB

from csto_membership import Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._view.ending import lapse, lapsed, only_where_none, tells_apart, with_stand_ins
from csto_membership._worlds.masks import Course, Span, course_of, mask_of

NONE, MEMBER, FORMER = (mask_of([status]) for status in (Status.NONE, Status.MEMBER, Status.FORMER))


def course(*steps: tuple[int, int], before: int = NONE) -> Course:
    """A course with another mask from each of some days on."""
    days = [EVER_BEFORE, *(day for day, _ in steps), EVER_AFTER]
    masks = [before, *(mask for _, mask in steps)]
    return course_of(Span(*each) for each in zip(days, days[1:], masks, strict=False))


@pytest.mark.parametrize(
    ("told", "last_day", "day", "day_of_many"),
    [
        (course((10, MEMBER)), 20, 21, 21),
        (course((10, MEMBER)), 9, 10, 10),
        (course((10, MEMBER)), 5, 10, 6),
        (course((10, MEMBER | FORMER)), 20, 21, 21),
        (course(before=MEMBER), 20, 21, 21),
        (course((10, MEMBER), (15, MEMBER | NONE)), 12, 15, 13),
        (course((10, MEMBER)), None, None, None),
        (course((10, MEMBER), (15, FORMER)), 20, None, None),
        (course((10, MEMBER), (15, NONE | FORMER)), 20, None, None),
        (course(), 20, None, None),
    ],
)
def test_an_open_end_says_nothing_from_the_last_change_on_or_from_the_day_after_the_state(
    told: Course, last_day: int | None, day: int | None, day_of_many: int | None
) -> None:
    assert lapse(told, last_day, many=False) == day
    assert lapse(told, last_day, many=True) == day_of_many
    for many, begun in ((False, day), (True, day_of_many)):
        after = lapsed(told, last_day, many=many)
        for each in range(30):
            left = FORMER if begun is not None and each >= begun else 0
            assert after.on(each) == told.on(each) | left


def test_another_state_may_be_meant_only_where_this_one_is_none_for_certain() -> None:
    own = course((5, MEMBER), (9, NONE), (12, NONE | MEMBER))
    for runs, expected in (
        ([Days(3, 10)], (Days(3, 4), Days(9, 10))),
        ([Days(4, 5)], (Days(4, 4),)),
        ([Days(8, 9)], (Days(9, 9),)),
        ([Days(11, 12), Days(1, 2)], (Days(11, 11), Days(1, 2))),
        ([Days(5, 8)], None),
        ([Days(12, 20)], None),
        ([], None),
    ):
        assert list(only_where_none(own, [(UZB, runs)])) == ([] if expected is None else [(UZB, expected)])


def test_on_the_days_of_another_state_what_it_is_is_possible_as_well() -> None:
    own, other = course((15, FORMER)), course((5, MEMBER), (9, FORMER))
    meant = with_stand_ins(own, [(other, [Days(3, 6), Days(8, 9)])])
    for day in range(20):
        told = other.on(day) if 3 <= day <= 6 or 8 <= day <= 9 else 0
        assert meant.on(day) == own.on(day) | told


def test_only_a_record_that_tells_of_a_succession_tells_the_state_apart() -> None:
    for act, apart in (("accession", False), ("succession", True), ("withdrawal", False), ("suspension", False)):
        told = event_of("e", ["UZB"], claim_of("law", act, "2000-01-01"))
        record = history_of(told, head={"covers": {"acts": "some"}}).record
        assert tells_apart(record, "UZB") is apart
        assert not tells_apart(record, "ARM")
