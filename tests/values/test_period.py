"""Periods: both days are known and included."""

from __future__ import annotations

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
