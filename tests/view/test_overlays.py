"""What changes for all states at once: from a day on, a status shows as another."""

from __future__ import annotations

import datetime as dt

from support.league import claim_of, event_of, history_of

from csto_membership import Status
from csto_membership._values.period import Days
from csto_membership._view.overlays import Overlay
from csto_membership._worlds.masks import ANY_MASK, Span, course_of, mask_of, spans_of

MEMBER, PARTNER, OBSERVER = (mask_of([status]) for status in (Status.MEMBER, Status.PARTNER, Status.OBSERVER))
ABOLISHED = Overlay(Days(3, 5), {MEMBER: PARTNER, OBSERVER: OBSERVER}, "so it was decided")


def test_an_overlay_shows_each_status_that_it_leads_on_as_the_other_one() -> None:
    assert ABOLISHED.applied(MEMBER) == ABOLISHED.applied(MEMBER | PARTNER) == PARTNER
    assert ABOLISHED.applied(MEMBER | OBSERVER) == PARTNER | OBSERVER
    assert ABOLISHED.applied(OBSERVER) == OBSERVER
    assert ABOLISHED.applied(0) == 0
    assert ABOLISHED.applied(ANY_MASK) == ANY_MASK & ~MEMBER


def test_an_overlay_changes_the_statuses_that_show_as_another() -> None:
    assert ABOLISHED.changed(MEMBER) == ABOLISHED.changed(ANY_MASK) == ABOLISHED.changed(MEMBER | OBSERVER) == MEMBER
    assert ABOLISHED.changed(OBSERVER) == ABOLISHED.changed(PARTNER) == ABOLISHED.changed(0) == 0


def test_on_days_on_which_it_may_have_begun_both_are_possible() -> None:
    course = ABOLISHED.over(course_of([Span(1, 9, MEMBER)]))
    assert [(span.first, span.end, span.mask) for span in spans_of(course)][1:-1] == [
        (1, 3, MEMBER),
        (3, 5, MEMBER | PARTNER),
        (5, 9, PARTNER),
    ]


def test_without_one_overlay_the_others_stay() -> None:
    abolishes = [
        {"status": "member", "date": "2000-03-01", "to": "partner"},
        {"status": "partner", "date": "2000-05-01", "to": "former"},
    ]
    own = [{"id": "own", "exists": {"declared": "2000-01-01"}, "abolishes": abolishes}]
    seen = history_of(event_of("in", ["ARM"], claim_of("law", "signature", "2000-01-01")), institution=own)
    derivation, armenia = seen._derivation, next(state for state in seen.states if state.id == "ARM")
    first, second = derivation.overlays
    days = [dt.date(2000, month, 1).toordinal() for month in (2, 3, 4, 5)]
    for left_out, shown in (
        (first, [MEMBER] * 4),
        (second, [MEMBER, PARTNER, PARTNER, PARTNER]),
    ):
        course = derivation.without_overlay(armenia, left_out)
        assert [course.on(day) for day in days] == shown
    whole = derivation.timeline(armenia).course
    assert [whole.on(day) for day in days] == [MEMBER, PARTNER, PARTNER, mask_of([Status.FORMER])]
