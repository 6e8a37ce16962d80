"""Terms are counted from their anchor by the calendar, and never from one another."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership._values.terms import terms_from

DAY = dt.timedelta(1)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)),
    st.integers(1, 9),
    st.sampled_from("YMD"),
    st.integers(1, 12),
)
@example(dt.date(1994, 4, 20), 5, "Y", 4)
@example(dt.date(1996, 2, 29), 1, "Y", 8)
@example(dt.date(1999, 1, 31), 1, "M", 3)
def test_terms_are_counted_from_the_anchor(anchor: dt.date, length: int, unit: str, count: int) -> None:
    text = f"P{length}{unit}"
    until = anchor + dt.timedelta(length * count * {"Y": 366, "M": 31, "D": 1}[unit])
    terms = list(terms_from(anchor, anchor, text, text, until))
    assert len(terms) >= count
    assert terms[0].first_day == anchor
    for k, term in enumerate(terms[:count], 1):
        assert term.last_day == _added(anchor, length * k, unit)
        assert term.first_day == (anchor if k == 1 else terms[k - 2].last_day + DAY)


def _added(anchor: dt.date, amount: int, unit: str) -> dt.date:
    """An anchor plus days, months or years by the calendar alone: the last day of a month that is too short."""
    if unit == "D":
        return anchor + dt.timedelta(amount)
    months = anchor.year * 12 + anchor.month - 1 + amount * (12 if unit == "Y" else 1)
    day = anchor.day
    while True:
        try:
            return dt.date(months // 12, months % 12 + 1, day)
        except ValueError:
            day -= 1


def test_the_treaty_of_1992_expires_on_its_last_day_and_is_over_on_the_next() -> None:
    treaty = next(found for found in csto.CSTO.instruments if found.id == "cst-1992")
    (term,) = treaty.terms("2026-01-01")
    assert (term.first_day, term.last_day) == (dt.date(1994, 4, 20), dt.date(1999, 4, 20))
    for state in ("AZE", "GEO", "UZB"):
        assert csto.was_member(state, term.last_day - DAY) is csto.Verdict.YES
        assert csto.was_member(state, term.last_day) is csto.Verdict.YES
        assert csto.was_member(state, term.last_day + DAY) is csto.Verdict.NO
