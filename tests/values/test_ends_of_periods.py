"""A year or a month at an end of a period means its first or its last day; any other run of days is refused."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import CSTO, DateError, ImpreciseDate, Period
from csto_membership._values.period import period_of

LEGAL = CSTO.under("legal")


@given(st.dates(), st.dates(), st.sampled_from(["day", "month", "year"]), st.sampled_from(["day", "month", "year"]))
def test_a_year_or_a_month_stands_for_the_end_that_it_is_at(a: dt.date, b: dt.date, one: str, other: str) -> None:
    lengths = {"day": 10, "month": 7, "year": 4}
    first, last = a.isoformat()[: lengths[one]], b.isoformat()[: lengths[other]]
    low = {"day": a, "month": a.replace(day=1), "year": a.replace(month=1, day=1)}[one]
    month_end = b.replace(day=monthrange(b.year, b.month)[1])
    high = {"day": b, "month": month_end, "year": dt.date(b.year, 12, 31)}[other]
    if low <= high:
        assert period_of(first, last) == Period(low, high)
        assert period_of(ImpreciseDate.parse(first), ImpreciseDate.parse(last)) == Period(low, high)
        assert period_of(first, None) == Period(low, dt.date.max)
        assert period_of(None, last) == Period(dt.date.min, high)
    else:
        with pytest.raises(DateError):
            period_of(first, last)


@pytest.mark.parametrize(
    "end", ["199X", "19XX", "[2006-06..2006-08]", "[..1999]", "[1999..]", "the 1990s", "before 1997"]
)
def test_any_other_run_of_days_is_no_end(end: str) -> None:
    for period in ((end, None), (None, end)):
        with pytest.raises(DateError) as caught:
            period_of(*period)
        assert all(ImpreciseDate.parse(meant) for meant in caught.value.meant)


@pytest.mark.parametrize("end", ["1999?", "1999-04~", "1999-04-20%", "about 1999"])
def test_an_end_with_a_doubt_is_refused_with_the_end_without_it(end: str) -> None:
    for period in ((end, None), (None, end)):
        with pytest.raises(DateError) as caught:
            period_of(*period)
        assert caught.value.meant == (ImpreciseDate.parse(end).edtf.rstrip("?~%"),)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (("2006", "2008"), ("2006-01-01", "2008-12-31")),
        (("2006-08", "2008-03"), ("2006-08-01", "2008-03-31")),
        (("August 2006", "2012-06-28"), ("2006-08-01", "2012-06-28")),
    ],
)
def test_every_question_over_time_takes_them(short: tuple[str, str], long: tuple[str, str]) -> None:
    for seen in (CSTO, LEGAL):
        assert seen.changes(*short) == seen.changes(*long)
        for ask in (seen.days_as_member, seen.was_member_throughout, seen.was_member_at_some_time):
            answer: Any = ask("UZ", *short)
            assert answer == ask("UZ", *long)
        for table in (seen.panel, seen.dyads):
            rows: list[Any] = [*table("year", "last", *short)]
            assert rows == [*table("year", "last", *long)]
