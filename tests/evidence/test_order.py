"""An order of days for the events of a state, and the room that they leave to others."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import Claim, Event, ImpreciseDate, Rank
from csto_membership._evidence.order import Room, broken_order

STATE = "ARM"


def dates() -> st.SearchStrategy[ImpreciseDate]:
    """Days and ranges of a few days, some of them open."""
    days = st.integers(1, 12).map(lambda number: dt.date(2000, 1, number))
    run = st.tuples(days, days).map(sorted).map(lambda ends: ImpreciseDate(ends[0], ends[1]))
    return st.one_of(
        days.map(ImpreciseDate.on),
        run,
        days.map(lambda d: ImpreciseDate(d, None)),
        days.map(lambda d: ImpreciseDate(None, d)),
    )


def events() -> st.SearchStrategy[Event]:
    """An event of one state, which some say never happened."""
    ranks = st.sampled_from(Rank)
    dated = st.builds(Claim, st.just("s"), st.sampled_from(("signature", "expiry")), dates(), rank=ranks)
    denied = st.builds(Claim, st.just("s"), st.just("denial"), rank=ranks)
    claims = st.lists(st.one_of(dated, dated, dated, denied), min_size=1, max_size=3)
    return st.builds(Event, st.just("e"), st.just((STATE,)), claims)


@pytest.mark.law
@given(st.lists(st.tuples(events(), st.none() | events()), max_size=5))
def test_what_fits_between_events_is_what_leaves_an_order_to_all(pairs: list[tuple[Event, Event | None]]) -> None:
    own = [event for event, _ in pairs]
    room = Room(own, STATE)
    complete: list[Event] = []
    for number, (event, other) in enumerate(pairs, 1):
        complete.append(event)
        if other is not None:
            fits = broken_order([*complete, other, *own[number:]], STATE) is None
            assert room.take(other, number) is fits
            complete += [other] if fits else []


def test_two_events_that_cannot_follow_one_another_are_named_with_the_policy() -> None:
    late, early = (
        Event(name, (STATE,), (Claim("s", "signature", ImpreciseDate.on(dt.date(2000, 1, day))),))
        for name, day in (("late", 5), ("early", 4))
    )
    found = broken_order([late, early], STATE)
    assert found
    assert (found.policy, found.before, found.after) == ("preferred", late, early)
    assert broken_order([early, late], STATE) is None
    assert broken_order([late, late], STATE) is None
    assert broken_order([late, early], "UZB") is None
