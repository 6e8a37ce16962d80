"""What numpy and pandas have for days is read, and what is no day is called what it is."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import CSTO, DateError, ImpreciseDate, Period
from csto_membership._values.dates import as_day, as_imprecise
from csto_membership._values.given import is_column, is_missing


def refused(value: Any) -> DateError:
    with pytest.raises(DateError) as caught:
        as_imprecise(value)
    return caught.value


@given(st.dates())
def test_a_datetime64_of_a_midnight_is_its_day(day: dt.date) -> None:
    numpy = pytest.importorskip("numpy")
    units = ("D", "h", "m", "s", "ms", "us") + (("ns",) if 1700 < day.year < 2200 else ())
    for unit in units:
        value = numpy.datetime64(day).astype(f"datetime64[{unit}]")
        assert as_day(value) == day
        assert type(as_day(value)) is dt.date
        assert as_imprecise(value) == ImpreciseDate.on(day)


def test_a_datetime64_of_another_kind_is_refused_for_what_it_is() -> None:
    numpy = pytest.importorskip("numpy")
    assert refused(numpy.datetime64("2007")).meant == ("2007",)
    assert refused(numpy.datetime64("2007-01")).meant == ("2007-01",)
    for text in ("2007-01-01T12", "2007-01-01T00:00:01", "2007-01-01T00:00:00.000000001", "0000-01-01", "12007-01-01"):
        refused(numpy.datetime64(text))
    assert "[W]" in refused(numpy.datetime64("2007-01-04", "W")).reason
    assert "missing" in refused(numpy.datetime64("NaT", "D")).reason


@given(st.dates(dt.date(1700, 1, 1), dt.date(2200, 1, 1)))
def test_a_period_of_a_day_is_its_day_and_a_longer_one_is_named(day: dt.date) -> None:
    pandas = pytest.importorskip("pandas")
    assert as_day(pandas.Period(day, "D")) == day
    assert refused(pandas.Period(day, "M")).meant == (f"{day:%Y-%m}",)
    assert refused(pandas.Period(day, "Y")).meant == (f"{day:%Y}",)
    assert refused(pandas.Period(day, "Q")).meant == ()
    assert refused(pandas.Period(day, "W")).meant == ()
    assert "frequency 2D" in refused(pandas.Period(day, "2D")).reason


@pytest.mark.parametrize("year", [-1, 0, 10_000, 29_349])
def test_a_timestamp_of_a_year_that_dates_do_not_have_is_refused(year: int) -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    moment = pandas.Timestamp(numpy.datetime64(f"{year:05}-06-23" if year < 0 else f"{year:04}-06-23", "s"))
    assert "years run from 0001 to 9999" in refused(moment).reason
    with pytest.raises(DateError, match="years run from 0001 to 9999"):
        CSTO.was_member("UZ", moment)


def test_a_period_of_our_own_is_none_of_pandas() -> None:
    assert "not Period" in refused(Period(dt.date(2007, 1, 1), dt.date(2007, 1, 1))).reason


def test_missing_values_are_called_missing() -> None:
    values: list[Any] = [None, float("nan")]
    try:
        import numpy as np
        import pandas as pd
    except ImportError:
        pass
    else:
        values += [pd.NaT, pd.NA, np.datetime64("NaT", "D"), np.float64("nan")]
    for value in values:
        assert is_missing(value)
        assert refused(value).reason == "the date is missing"
    for value in ("", 0, False, dt.date(2007, 1, 1), [], "NaN", Decimal("nan")):
        assert not is_missing(value)


@pytest.mark.parametrize("value", [2007, 2007.0])
def test_a_number_that_may_be_a_year_is_refused_with_the_year(value: float) -> None:
    assert refused(value).meant == ("2007",)


def test_numbers_of_numpy_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    for value in (numpy.int64(2007), numpy.float64(2007), numpy.int16(2007)):
        assert refused(value).meant == ("2007",)


@pytest.mark.parametrize("value", [10_000, 41_088, 41_088.0, 41_088.5, 99_999])
def test_the_day_number_of_a_spreadsheet_is_called_one(value: float) -> None:
    assert "spreadsheet" in refused(value).reason
    assert refused(value).meant == ()


@pytest.mark.parametrize("value", [9_999, 100_000, 999, 2007.5, -41_088, True, float("inf")])
def test_other_numbers_are_not(value: float) -> None:
    assert "spreadsheet" not in refused(value).reason


def test_a_column_is_no_date_whatever_it_holds_and_is_sent_where_columns_are_asked_about() -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    days = pandas.date_range("2000-01-01", periods=2)
    for column in (
        ["2000"],
        days,
        days.to_period("D"),
        days.to_series(),
        days.to_numpy(),
        pandas.Categorical(["2000"]),
    ):
        assert "check(states, dates) asks about columns, one value a row" in refused(column).reason, type(column)
    for value in (object(), b"2000", numpy.bool_(True), numpy.timedelta64(1, "D")):
        assert "columns" not in refused(value).reason, type(value)
    assert "not timedelta64" in refused(numpy.timedelta64(20_000, "D")).reason
    assert "numbers are not dates" in refused(numpy.int64(2000)).reason


def test_columns_are_known_by_what_they_can_do() -> None:
    assert all(map(is_column, ([], (), {}, {1}, range(3))))
    assert not any(map(is_column, ("UZ", b"UZ", iter([]), 5, None, dt.date(2007, 1, 1), ImpreciseDate.parse("2007"))))


def test_no_other_library_is_imported_for_it() -> None:
    script = (
        "import sys, csto_membership as csto; csto.CSTO.check(['UZ', None], ['2007', None], 'null'); "
        "sys.exit(any(name in sys.modules for name in ('numpy', 'pandas', 'pydantic')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
