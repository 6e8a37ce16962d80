"""The answers to many rows tell undetermined from unreadable, and each wrong value once."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import CSTO, Checked, Registry

REGISTRY = Registry.of(CSTO, csto.history("cis"))
NAN = float("nan")

STATES = ("UZB", "Uzbekistan", CSTO.record.index.find("UZ"), "Uzbekstan", "", 704, None, NAN, ["UZB"], b"UZB", True, 1)
DATES = (
    *("2009-01-01", dt.date(2013, 1, 1), dt.datetime(2009, 1, 1), "2006", "[1999..]", "soon", "04/05/1994"),  # noqa: DTZ001
    *(2007, 2007.0, None, NAN, 1, True, ["2009-01-01"]),
)


def kinds(answer: Any, rows: list[tuple[Any, ...]]) -> tuple[list[bool | None], tuple[int, ...], tuple[int, ...]]:
    """The answers one by one, and the numbers of the undetermined and of the unreadable rows."""
    values: list[bool | None] = []
    undetermined, unreadable = [], []
    for number, row in enumerate(rows):
        try:
            verdict = answer(*row)
        except csto.MembershipError:
            unreadable.append(number)
            values.append(None)
        else:
            values.append(verdict.value)
            if verdict is csto.Verdict.UNDETERMINED:
                undetermined.append(number)
    return values, tuple(undetermined), tuple(unreadable)


@given(st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from(DATES)), max_size=12))
@example([("UZB", "2006"), ("UZB", "2007"), ("UZB", 2007), ("Uzbekstan", "2007"), ("UZB", None), ("UZB", NAN)])
@example([("UZB", 1), ("UZB", True), (1, "2006"), (True, "2006")])
def test_each_row_is_answered_as_alone_and_its_kind_of_none_is_told(rows: list[tuple[Any, Any]]) -> None:
    for registry in (False, True):
        asked = [("csto", *row) for row in rows] if registry else rows
        answer = REGISTRY.was_member if registry else CSTO.was_member
        states: list[Any] = [state for state, _ in rows]
        dates: list[Any] = [date for _, date in rows]
        checked = REGISTRY.check("csto", states, dates, "null") if registry else CSTO.check(states, dates, "null")
        assert (checked, checked.undetermined, checked.unreadable) == kinds(answer, asked)
        assert sum(fault.count for fault in checked.faults) == len(checked.unreadable)
        assert {fault.first_row for fault in checked.faults} <= set(checked.unreadable)
        assert [fault.first_row for fault in checked.faults] == sorted(fault.first_row for fault in checked.faults)


def test_six_rows_of_six_meanings_are_told_apart() -> None:
    states = ["UZB", "UZB", "UZB", "USSA", "Uzbekstan", "UZB"]
    dates: list[Any] = ["2006", "2007", 2007, "2007", "2007", None]
    checked = CSTO.check(states, dates, errors="null")
    assert checked == [None, True, None, None, None, None]
    assert checked.undetermined == (0,)
    assert checked.unreadable == (2, 3, 4, 5)
    reasons = {fault.value: fault.reason for fault in checked.faults}
    assert "'2007'" in reasons[2007]
    assert "Uzbekistan" in reasons["Uzbekstan"]
    assert "missing" in reasons[None]


def test_each_offender_is_listed_once_with_its_count_and_first_row() -> None:
    checked = CSTO.check(["Atlantis", "UZ", "Atlantis", "Lemuria", "UZ"], ["2007-01-01"] * 4 + ["soon"], "null")
    assert [(fault.value, fault.count, fault.first_row) for fault in checked.faults] == [
        *(("Atlantis", 2, 0), ("Lemuria", 1, 3), ("soon", 1, 4)),
    ]
    assert all("\n" not in str(fault) and str(fault.first_row) in str(fault) for fault in checked.faults)


@pytest.mark.parametrize("missing", [None, NAN], ids=str)
def test_missing_values_of_a_column_are_one_offender_and_called_missing(missing: Any) -> None:
    checked = CSTO.check(["UZ", missing, missing], "2007-01-01", "null")
    (fault,) = checked.faults
    assert (fault.count, fault.first_row) == (2, 1)
    assert "missing" in fault.reason
    (fault,) = CSTO.check("UZ", [missing, missing], "null").faults
    assert (fault.count, fault.first_row, "missing" in fault.reason) == (2, 0, True)


def test_the_error_that_is_raised_is_the_first_and_tells_how_many_there_are() -> None:
    with pytest.raises(csto.UnknownStateError, match="Atlantis") as caught:
        CSTO.check(["UZ", "Atlantis", "Lemuria", "Atlantis"], "2007-01-01")
    assert caught.value.__notes__[0] == "in row 1 (the first row is 0)"
    assert caught.value.__notes__[1].startswith("2 different values")
    with pytest.raises(csto.UnknownStateError) as caught:
        CSTO.check(["UZ", "Atlantis"], "2007-01-01")
    assert len(caught.value.__notes__) == 1
    with pytest.raises(csto.UnknownStateError) as caught:
        CSTO.check([f"nowhere {n}" for n in range(10_000)], "2007-01-01")
    assert caught.value.__notes__[1].startswith("at least 100 different values")


def test_a_wrong_value_is_looked_up_once_and_spoils_no_fast_road() -> None:
    calls: list[object] = []

    class Counting(str):
        """A name that tells when it is looked at."""

        __slots__ = ()

        def casefold(self) -> str:
            calls.append(self)
            return super().casefold()

    name = Counting("Atlantis")
    checked = CSTO.check([name] * 1000 + ["UZ"], "2009-01-01", "null")
    assert checked.unreadable == tuple(range(1000))
    assert checked[-1] is True
    assert len(calls) < 5


def test_checked_is_a_list_that_can_be_copied_pickled_and_shown() -> None:
    checked = CSTO.check(["UZ", "Atlantis"], ["2006", "2007"], "null")
    assert isinstance(checked, list)
    assert repr(checked) == "[None, None]"
    for again in (pickle.loads(pickle.dumps(checked)), copy.copy(checked), copy.deepcopy(checked)):  # noqa: S301
        assert type(again) is Checked
        assert (again, again.undetermined, again.unreadable) == (checked, (0,), (1,))
        assert again.faults == checked.faults
    long = CSTO.check(["UZ"] * 3000, ["2006", "2007-01-01", "2013-01-01"] * 1000)
    assert repr(long) == "<Checked 3000 rows: 1000 True, 1000 False, 1000 undetermined, 0 unreadable>"


@pytest.mark.parametrize("column", [["UZ", "AM"], ("UZ",), {"UZ"}], ids=lambda column: type(column).__name__)
def test_a_column_given_to_a_question_about_one_row_gets_a_hint_at_check(column: Any) -> None:
    for ask in (CSTO.was_member, CSTO.status, csto.was_member):
        with pytest.raises(csto.UnknownStateError, match=r"check\(states, dates\)"):
            ask(column, "2007-01-01")
        with pytest.raises(csto.DateError, match=r"check\(states, dates\)"):
            ask("UZ", column)


def test_columns_of_other_libraries_get_the_same_hint_in_one_line() -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    for column in (numpy.array(["UZ"] * 3), pandas.Series(["UZ"] * 3), pandas.Index(["UZ"])):
        with pytest.raises(csto.UnknownStateError, match=r"check\(states, dates\)") as caught:
            CSTO.was_member(column, "2007-01-01")
        assert "\n" not in str(caught.value)
        with pytest.raises(csto.DateError, match=r"check\(states, dates\)"):
            CSTO.was_member("UZ", column)


def test_columns_of_numpy_and_pandas_are_answered_and_become_nullable_booleans() -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    days = numpy.array(["2009-01-01", "2013-01-01", "NaT"], dtype="datetime64[ns]")
    checked = CSTO.check(numpy.array(["UZ"] * 3), days, "null")
    assert checked == [True, False, None]
    assert checked.unreadable == (2,)
    column = pandas.array(checked, dtype="boolean")
    assert column.isna().tolist() == [False, False, True]
    years = CSTO.check("UZ", numpy.array([2007, 2008]), "null")
    assert [fault.reason.count("did you mean '2007'") for fault in years.faults] == [1, 0]
