"""Questions over periods: the real record, and the ends that are refused."""

from __future__ import annotations

import pytest

import csto_membership as csto

YES, NO, OPEN = csto.Verdict.YES, csto.Verdict.NO, csto.Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("state", "first", "last", "throughout", "sometime"),
    [
        ("UZB", "2006-06-22", "2012-06-27", NO, YES),
        ("UZB", "2006-06-23", "2012-06-27", YES, YES),
        ("UZB", "2006-06-23", "2012-06-28", NO, YES),
        ("UZB", "1999-04-21", "2006-06-22", NO, NO),
        ("UZB", "1999-04-20", "2006-06-22", NO, YES),
        ("UZB", "1999-04-21", "2006-06-23", NO, YES),
        ("RUS", "1992-05-15", None, YES, YES),
        ("RUS", None, None, NO, YES),
        ("GEO", "1999-04-21", None, NO, NO),
        ("GEO", None, "1993-12-08", NO, NO),
    ],
)
def test_periods_of_the_real_record(
    state: str, first: str | None, last: str | None, throughout: object, sometime: object
) -> None:
    assert csto.CSTO.was_member_throughout(state, first, last) is throughout
    assert csto.CSTO.was_member_at_some_time(state, first, last) is sometime


def test_in_law_the_return_of_2006_leaves_room() -> None:
    legal = csto.CSTO.under("legal")
    assert legal.was_member_throughout("UZB", "2006-08-16", "2008-03-28") is OPEN
    assert legal.was_member_at_some_time("UZB", "2006-08-16", "2008-03-27") is OPEN
    assert legal.was_member_at_some_time("UZB", "2006-08-15", "2006-08-15") is NO
    assert legal.days_as_member("UZB", "2006-08-16", "2008-03-28") == (1, 591)


@pytest.mark.parametrize(
    ("first", "last"), [("199X", "2000-01-01"), ("1999-01-01", "2000?"), ("2000-01-02", "2000-01-01")]
)
def test_an_imprecise_end_and_a_period_that_ends_before_it_begins_are_refused(first: str, last: str) -> None:
    for ask in (csto.CSTO.was_member_throughout, csto.CSTO.was_member_at_some_time, csto.CSTO.days_as_member):
        with pytest.raises(csto.DateError):
            ask("UZB", first, last)
