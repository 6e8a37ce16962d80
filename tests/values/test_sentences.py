"""The sentence with which an answer begins."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest

from csto_membership import ImpreciseDate, Status, Verdict
from csto_membership._values.acts import ALL_STATUSES
from csto_membership._values.sentences import in_days, on_day, possible, what_it_was, when_member

DAY = dt.date(2012, 10, 1)


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (dt.date(2012, 10, 1), "on 1 October 2012"),
        (dt.date(850, 1, 31), "on 31 January 850"),
        ("2006", "on one unknown day of 2006"),
        ("2006-06", "on one unknown day of June 2006"),
        ("2006?", "on one unknown day of 2006 (uncertain)"),
        ("2006-06~", "on one unknown day of June 2006 (approximate)"),
        ("2006-12", "on one unknown day of December 2006"),
        ("199X", "on one unknown day from 1 January 1990 to 31 December 1999"),
        ("[2006-06-01..2006-06-30]", "on one unknown day of June 2006"),
        ("[2006-06-01..2006-07-02]", "on one unknown day from 1 June 2006 to 2 July 2006"),
        ("[..1999-04-20]", "on one unknown day until 20 April 1999"),
        ("[1999-04-21..]", "on one unknown day from 21 April 1999 on"),
        ("2006-06-23?", "on 23 June 2006 (uncertain)"),
        (ImpreciseDate(None, None), "on one unknown day"),
    ],
)
def test_days_in_words(date: dt.date | ImpreciseDate | str, text: str) -> None:
    assert on_day(ImpreciseDate.parse(date) if isinstance(date, str) else date) == text


@pytest.mark.parametrize(
    ("statuses", "counted", "text"),
    [
        ({"member"}, {"member"}, "Uzbekistan was a member on 1 October 2012"),
        ({"suspended"}, {"member"}, "Uzbekistan was suspended on 1 October 2012: not a member"),
        ({"suspended"}, {"member", "suspended"}, "Uzbekistan was suspended on 1 October 2012: counted as a member"),
        ({"none"}, {"member"}, "Uzbekistan had no status on 1 October 2012: not a member"),
        ({"former"}, {"member"}, "Uzbekistan no longer belonged on 1 October 2012: not a member"),
        (
            {"signatory", "observer"},
            {"member"},
            "Uzbekistan was a signatory or was an observer on 1 October 2012: not a member",
        ),
        ({"member"}, {"observer"}, "Uzbekistan was a member on 1 October 2012: not counted as a member"),
        (
            {"member", "former"},
            {"member"},
            "Whether Uzbekistan was a member on 1 October 2012 is undetermined: member or former",
        ),
        (
            set(ALL_STATUSES),
            {"member"},
            "Whether Uzbekistan was a member on 1 October 2012 is undetermined: anything is possible",
        ),
        (
            ALL_STATUSES - {"member"},
            {"member"},
            "Uzbekistan was anything but member on 1 October 2012: not a member",
        ),
    ],
)
def test_what_a_state_was(statuses: set[str], counted: set[str], text: str) -> None:
    possible_ones = frozenset(map(Status, statuses))
    verdict = Verdict.of(possible_ones, frozenset(map(Status, counted)))
    assert what_it_was("Uzbekistan", possible_ones, verdict, DAY) == text


def test_every_status_has_words_of_its_own() -> None:
    told = {what_it_was("X", frozenset({status}), Verdict.NO, DAY) for status in Status}
    assert len(told) == len(Status)


def test_alternatives_are_told_apart() -> None:
    every = [frozenset(some) for number in range(1, 10) for some in combinations(Status, number)]
    assert len({possible(some) for some in every}) == len(every)


def test_when_a_state_was_a_member() -> None:
    a, b, c = dt.date(1992, 5, 15), dt.date(1999, 4, 20), dt.date(2006, 6, 23)
    assert when_member("X", [], []) == "X was never a member"
    assert when_member("X", [(a, b)], []) == "X was a member from 15 May 1992 to 20 April 1999"
    assert when_member("X", [(a, a), (c, None)], []) == "X was a member on 15 May 1992 and from 23 June 2006 on"
    assert when_member("X", [(None, b)], [(c, None)]) == (
        "X was a member until 20 April 1999, and perhaps from 23 June 2006 on"
    )
    assert when_member("X", [], [(None, None)]) == "X was perhaps a member on every day"
    days = [dt.date(year, 12, 31) for year in range(2002, 2007)]
    assert when_member("X", [(day, day) for day in days], []) == (
        "X was a member in 5 runs of days from 31 December 2002 to 31 December 2006"
    )
    assert in_days((None, None)) == "on every day"
