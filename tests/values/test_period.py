"""Periods: both days are known and included."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from csto_membership import DateError, Period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2000", "2000-01-01", "2000-12-31"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2000/2001-02", "2000-01-01", "2001-02-28"),
        ("2000-01-05/2000-01-05", "2000-01-05", "2000-01-05"),
        ("[2000-01-05..2000-01-07]", "2000-01-05", "2000-01-07"),
        ("June 2003", "2003-06-01", "2003-06-30"),
    ],
)
def test_a_period_has_both_its_days(text: str, first: str, last: str) -> None:
    period = Period.parse(text)
    assert (str(period.first), str(period.last)) == (first, last)
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text", ["2001/2000", "2000-01-06/2000-01-05", "[2000..]", "[..2000]", "2000/2001/2002", "/", "2000/", ""]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        Period.parse(text)


def test_a_period_that_ends_before_it_begins_is_refused_with_its_ends_exchanged() -> None:
    with pytest.raises(DateError) as caught:
        Period.parse("2001-05/2000")
    assert caught.value.meant == ("2000/2001-05",)


def test_the_end_of_a_period_is_the_day_after_its_last_and_none_where_the_calendar_ends() -> None:
    assert Period(dt.date(2000, 2, 28), dt.date(2000, 2, 29)).end == dt.date(2000, 3, 1)
    assert Period(dt.date(9999, 12, 1), dt.date(9999, 12, 30)).end == dt.date.max
    assert Period(dt.date(9999, 12, 1), dt.date.max).end is None


def test_a_period_is_as_long_as_its_days_and_says_one_day_once() -> None:
    day = dt.date(2000, 2, 28)
    one, two = Period(day, day), Period(day, dt.date(2000, 2, 29))
    assert (len(one), str(one), repr(one)) == (1, "2000-02-28", "<Period 2000-02-28>")
    assert (len(two), str(two), repr(two)) == (2, "2000-02-28/2000-02-29", "<Period 2000-02-28/2000-02-29>")
    assert one.days == (day.toordinal(), day.toordinal())
    assert two.days == (day.toordinal(), day.toordinal() + 1)


def test_the_part_of_a_period_between_two_days_reaches_no_further_than_either() -> None:
    first, second, third, fourth = (dt.date(2000, 1, day) for day in (1, 2, 3, 4))
    period = Period(second, third)
    assert period.within(None, None) == period.within(first, fourth) == period.within(second, third) == period
    assert period.within(third, None) == period.within(third, fourth) == Period(third, third)
    assert period.within(None, second) == period.within(first, second) == Period(second, second)


def test_a_period_made_of_what_are_no_two_days_in_order_is_refused() -> None:
    first, second = dt.date(2000, 1, 1), dt.date(2001, 1, 1)
    with pytest.raises(DateError) as caught:
        Period(second, first)
    assert caught.value.meant == ("2000-01-01/2001-01-01",)
    wrong: tuple[tuple[Any, Any], ...] = (("2000", "2001"), (first, None), (first, "2001"), (first, 1))
    for ends in wrong:
        with pytest.raises(DateError, match="parse reads texts"):
            Period(*ends)


def test_a_period_has_no_part_between_days_outside_it() -> None:
    with pytest.raises(DateError):
        Period.parse("2000").within(dt.date(2001, 1, 1), None)
