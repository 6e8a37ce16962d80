"""Many rows at once: `History.check` answers each row as `was_member` does, and says which row is wrong."""

from __future__ import annotations

import datetime as dt
import pickle
from bisect import bisect_right
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import CSTO

LEGAL = CSTO.under("legal")
DAY = dt.date(2009, 1, 1)

#: The same state and the same day in the forms that people have them in.
SPELLINGS = ("UZB", "uzb", "UZ", "Uzbekistan", "uzbekistan", "Узбекистан", "cow:704")

FORMS = (DAY, "2009-01-01", "1 January 2009", dt.datetime(2009, 1, 1), csto.ImpreciseDate.parse("2009-01-01"))  # noqa: DTZ001

#: What is no state, no day, or neither.
NO_STATES = ("Atlantis", "", 704, None, float("nan"), ["UZB"], {"UZB"}, b"UZB")

NO_DATES = ("04/05/1994", "", "someday", 2009, None, float("nan"), ["2009-01-01"], dt.datetime(2009, 1, 1, 12))  # noqa: DTZ001


@given(st.lists(st.tuples(st.sampled_from(SPELLINGS + NO_STATES), st.sampled_from(FORMS + NO_DATES)), max_size=8))
def test_rows_that_cannot_be_read_are_null_and_spoil_no_other(rows: Any) -> None:
    def one(state: Any, day: Any) -> bool | None:
        try:
            return CSTO.was_member(state, day).value
        except csto.MembershipError:
            return None

    states, days = [state for state, _ in rows], [day for _, day in rows]
    expected = [one(*row) for row in rows]
    assert CSTO.check(states, days, "null") == expected
    wrong = [
        number
        for number, (state, day) in enumerate(rows)
        if not any(state is good for good in SPELLINGS) or not any(day is good for good in FORMS)
    ]
    assert expected == [None if number in wrong else True for number in range(len(rows))]
    if not wrong:
        assert CSTO.check(states, days) == expected
        return
    with pytest.raises((csto.DateError, csto.UnknownStateError)) as caught:
        CSTO.check(states, days)
    assert caught.value.__notes__[:1] == [f"in row {wrong[0]} (the first row is 0)"]


def test_all_of_the_real_record_day_by_day_as_the_timelines_tell() -> None:
    days = [dt.date(1992, 1, 1) + dt.timedelta(7 * n) for n in range(1830)]
    for view in (CSTO, LEGAL, CSTO.institution("csto"), CSTO.strict(), CSTO.according_to("asia-plus-2017")):
        for state in view.states:
            line = view.timeline(state)
            expected = [line.on(day).verdict.value for day in days]
            assert view.check([state] * len(days), days) == expected


@pytest.mark.parametrize(
    ("view", "day", "answer"),
    [
        (CSTO, "1992-05-14", False),
        (CSTO, "1992-05-15", True),
        (CSTO, "1999-04-20", True),
        (CSTO, "1999-04-21", False),
        (CSTO, "2006-06-22", False),
        (CSTO, "2006-06-23", True),
        (CSTO, "2012-06-27", True),
        (CSTO, "2012-06-28", False),
        (CSTO, "2006", None),
        (LEGAL, "1994-04-19", False),
        (LEGAL, "1994-04-20", True),
        (LEGAL, "2006-08-15", False),
        (LEGAL, "2006-08-16", None),
        (LEGAL, "2008-03-27", None),
        (LEGAL, "2008-03-28", True),
        (LEGAL, "2012-12-18", True),
        (LEGAL, "2012-12-19", False),
    ],
)
def test_both_sides_of_each_boundary_as_text_and_as_day(view: csto.History, day: str, answer: bool | None) -> None:
    assert view.check(["UZB", "Uzbekistan"], [day, day]) == [answer, answer]
    if len(day) == 10:
        assert view.check(["UZB"], [dt.date.fromisoformat(day)]) == [answer]


def test_answers_are_true_false_and_none_and_nothing_like_them() -> None:
    states, days = ["UZB"] * 3, [dt.date(2009, 1, 1), dt.date(2013, 1, 1), dt.date(2007, 1, 1)]
    found = LEGAL.check(states, days)
    assert [type(answer) for answer in found] == [bool, bool, type(None)]
    assert found == [True, False, None]
    assert CSTO.check([], []) == CSTO.check((), iter(())) == []
    assert pickle.loads(pickle.dumps(LEGAL)).check(states, days) == found  # noqa: S301


def test_an_undetermined_row_is_none_also_without_leave_for_errors() -> None:
    assert LEGAL.check(["UZB"], ["2007-01-01"], errors="raise") == [None]


def test_columns_of_unequal_lengths_are_refused() -> None:
    for states, days in ((["UZB"], []), ([], [DAY]), (["UZB"] * 2, [DAY] * 3)):
        for errors in ("raise", "null"):
            with pytest.raises(csto.UnequalLengthsError) as caught:
                CSTO.check(states, days, errors)
            assert (caught.value.states, caught.value.dates) == (len(states), len(days))


@pytest.mark.parametrize("errors", ["ignore", "coerce", "", None, True])
def test_other_ways_to_treat_errors_are_refused_even_without_rows(errors: Any) -> None:
    for rows in ([], ["UZB"]):
        with pytest.raises(csto.ArgumentError) as caught:
            CSTO.check(rows, [DAY] * len(rows), errors)
        assert caught.value.allowed == ("raise", "null")


def test_columns_of_frames_are_columns() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"state": ["UZ", "AM", "UZ"], "day": pandas.to_datetime(["2009-01-01"] * 2 + ["2013-01-01"])}
    )
    assert CSTO.check(frame["state"], frame["day"]) == [True, True, False]
    frame.loc[1, "day"] = pandas.NaT
    assert CSTO.check(frame["state"], frame["day"], "null") == [True, None, False]
    with pytest.raises(csto.DateError):
        CSTO.check(frame["state"], frame["day"])


def test_columns_of_polars_are_columns() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"state": ["UZ", "AM"], "day": [DAY, dt.date(2030, 1, 1)]})
    assert CSTO.check(frame["state"], frame["day"]) == [True, True]


def test_the_plain_table_behind_a_row_is_open_to_callers() -> None:
    starts, answers = LEGAL.answers("UZB")
    assert len(answers) == len(starts) + 1
    for text, expected in (("2006-08-15", False), ("2006-08-16", None), ("2008-03-28", True)):
        assert answers[bisect_right(starts, dt.date.fromisoformat(text))] is expected


def test_a_single_value_stands_for_every_row() -> None:
    days = [dt.date(2007, 1, 1), dt.date(2013, 1, 1)]
    assert csto.CSTO.check("UZ", days) == csto.CSTO.check(["UZ"] * 2, days) == [True, False]
    assert csto.CSTO.check(["UZ", "RU"], "2013-01-01") == [False, True]
    assert csto.CSTO.check("UZ", "2006") == [None]
    assert csto.CSTO.check("UZ", []) == csto.CSTO.check([], days[0]) == []
    wrongs: list[Any] = [5, None, b"UZ"]
    for wrong in wrongs:
        with pytest.raises(csto.UnknownStateError):
            csto.CSTO.check(wrong, days)
        with pytest.raises(csto.DateError):
            csto.CSTO.check("UZ", wrong)
        assert csto.CSTO.check(wrong, days, "null") == [None, None]
    with pytest.raises(csto.UnequalLengthsError, match="1 state and 0 dates"):
        csto.CSTO.check(["UZ"], [])


def test_texts_and_midnights_in_bulk_are_days() -> None:
    days: list[Any] = ["2012-06-27", "28 June 2012", dt.datetime(2006, 6, 22), dt.date(2006, 6, 23), "2006"]  # noqa: DTZ001
    expected = [True, False, False, True, None]
    assert csto.CSTO.check(["UZ"] * 5, days) == expected
    assert csto.CSTO.check(["UZ"] * 4, days[:4]) == expected[:4]
