"""What a record covers is read or refused when it is said, and not when somebody asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from csto_membership import ArgumentError, Coverage, DateError

FIRST, LAST = dt.date(1990, 1, 1), dt.date(2025, 1, 31)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (FIRST, LAST),
        ("1990-01-01", "2025-01-31"),
        ("1990", "2025-01"),
        ("1 January 1990", "31-Jan-2025"),
        (dt.datetime(1990, 1, 1), dt.datetime(2025, 1, 31)),  # noqa: DTZ001 - naive midnights are the point
    ],
)
def test_ends_of_any_form_are_days(first: Any, last: Any) -> None:
    coverage = Coverage(first, last)
    assert coverage == Coverage(FIRST, LAST)
    assert hash(coverage) == hash(Coverage(FIRST, LAST))
    assert (type(coverage.first), type(coverage.last)) == (dt.date, dt.date)


@pytest.mark.parametrize("end", ["soon", "199X", "1990?", "[1990..]", 1990, float("nan"), "04/05/1994"])
def test_what_is_no_end_is_refused_at_once(end: Any) -> None:
    with pytest.raises(DateError):
        Coverage(end)
    with pytest.raises(DateError):
        Coverage(None, end)


@pytest.mark.parametrize("word", ["carry", "", None, "NONE", ["none"]])
def test_another_word_is_refused_at_once(word: Any) -> None:
    with pytest.raises(ArgumentError) as caught:
        Coverage(FIRST, LAST, word)
    assert (caught.value.argument, caught.value.allowed) == ("before", ("none", "unknown"))
    if word != "carry":
        with pytest.raises(ArgumentError) as caught:
            Coverage(after=word)
        assert (caught.value.argument, caught.value.allowed) == ("after", ("carry", "unknown"))


def test_an_open_coverage_stays_open() -> None:
    assert (Coverage().first, Coverage().last) == (None, None)
