"""An order of days for the events of a state, and the room that they leave to others."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csto_membership import Claim, Event, ImpreciseDate, Rank
from csto_membership._evidence.order import Room, broken_order
from csto_membership._evidence.resolution import Resolution, alternatives

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


@pytest.mark.parametrize("number", [0, 1, 2])
def test_events_of_one_day_leave_room_to_another_of_that_day_before_between_and_after_them(number: int) -> None:
    before, same, after = (
        Event("e", (STATE,), (Claim("s", "signature", ImpreciseDate.on(dt.date(2000, 1, day))),)) for day in (4, 5, 6)
    )
    fits = [Room([same, same], STATE).take(other, number) for other in (before, same, after)]
    assert fits == [number == 0, True, number == 2]


def orders(events: list[Event], policy: str) -> bool:
    """Whether the events can follow one another, day by day: 0 and 14 stand for before and after all days told."""
    so_far = set(range(15))
    for event in events:
        given = alternatives(event.claims, Resolution(policy), {})
        told = [one.days for one in given if one.days]
        if not told or len(told) < len(given):
            continue  # it may never have happened
        days = {day for run in told for day in range(15) if run.first <= FIRST + day <= run.last}
        so_far = {day for day in days if any(before <= day for before in so_far)}
    return bool(so_far)


FIRST = dt.date(2000, 1, 1).toordinal() - 1


def _on(*days: int) -> Event:
    claims = (Claim("s", "signature", ImpreciseDate.on(dt.date(2000, 1, day)), rank=Rank.PREFERRED) for day in days)
    return Event("e", (STATE,), tuple(claims))


@pytest.mark.law
@example([_on(2), _on(1, 3), _on(1)])
@example([_on(2), _on(1, 3), _on(2)])
@given(st.lists(events(), max_size=5))
def test_an_order_is_broken_if_no_days_in_order_are_left_by_one_of_the_policies(some: list[Event]) -> None:
    found = broken_order(some, STATE)
    policies = [policy for policy in ("preferred", "every") if not orders(some, policy)]
    assert (found and found.policy) == (policies[0] if policies else None)
    if found:
        # The two alone cannot follow one another either, if there are any two that cannot.
        earlier = some[: next(number for number, event in enumerate(some) if event is found.after)]
        alone = [event for event in earlier if not orders([event, found.after], found.policy)]
        assert found.before in (alone or earlier)


def test_an_event_that_may_never_have_happened_needs_no_day() -> None:
    def told(day: int, *, rank: Rank = Rank.NORMAL) -> Claim:
        return Claim("s", "signature", ImpreciseDate.on(dt.date(2000, 1, day)), rank=rank)

    def denied(rank: Rank = Rank.NORMAL) -> Claim:
        return Claim("s", "denial", rank=rank)

    late = Event("late", (STATE,), (told(5),))
    for early in ((told(4), denied()), (denied(), told(4)), (told(4), denied(Rank.PREFERRED)), (denied(),)):
        assert broken_order([late, Event("early", (STATE,), early)], STATE) is None
        assert (
            broken_order([Event("late", (STATE,), (*late.claims, denied())), Event("early", (STATE,), early)], STATE)
            is None
        )
    firm = Event("early", (STATE,), (told(4, rank=Rank.PREFERRED), denied()))
    found = broken_order([late, firm], STATE)
    assert found
    assert (found.policy, found.before, found.after) == ("preferred", late, firm)
