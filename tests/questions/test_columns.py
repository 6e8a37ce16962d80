"""Columns of every library are answered row by row as alone, each distinct value is read once, and each fault has its row."""

from __future__ import annotations

import datetime as dt
import pickle
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import CSTO, Registry
from csto_membership._questions import columns
from csto_membership._questions.rows import checked
from csto_membership._values import index
from csto_membership._values.dates import as_imprecise
from csto_membership._values.given import cells_of

REGISTRY = Registry.of(CSTO, csto.history("cis"))
#: A history and a registry, asked about states and dates.
BOTH: tuple[Callable[..., Any], ...] = (CSTO.check, partial(REGISTRY.check, "csto"))
DAY = dt.date(2009, 1, 1)
NAMES = ("UZ", "Uzbekistan", "Армения", "GEO", "France")
MOMENTS = (*map(dt.datetime, (1999, 1999, 2006, 2012), (4, 4, 6, 6), (20, 21, 23, 28)), dt.datetime(2012, 6, 28, 12))  # noqa: DTZ001


def one(state: Any, date: Any) -> bool | None:
    try:
        return CSTO.was_member(state, date).value
    except csto.MembershipError:
        return None


# --- Columns of other libraries --------------------------------------------------------------------------------------


def numpy_of(unit: str) -> Callable[[Any], Any]:
    def column(values: Any) -> Any:
        numpy = pytest.importorskip("numpy")
        return numpy.array(values, dtype=f"datetime64[{unit}]")

    return column


def of(library: str, make: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    return lambda values: make(pytest.importorskip(library), values)


#: Columns of times, some of them missing, as every library has them.
TIMES: dict[str, Callable[[Any], Any]] = {
    "list": list,
    "tuple": tuple,
    "iterator": iter,
    **{f"numpy {unit}": numpy_of(unit) for unit in ("h", "s", "ms", "us", "ns")},
    "numpy objects": of("numpy", lambda np, values: np.array(values, dtype=object)),
    "pandas": of("pandas", lambda pd, values: pd.Series(pd.to_datetime(values))),
    "pandas index": of("pandas", lambda pd, values: pd.DatetimeIndex(values)),
    "pandas array": of("pandas", lambda pd, values: pd.array(pd.to_datetime(values))),
    "pandas objects": of("pandas", lambda pd, values: pd.Series(values, dtype=object)),
    "pandas categories": of("pandas", lambda pd, values: pd.Series(pd.to_datetime(values)).astype("category")),
    "polars": of("polars", lambda pl, values: pl.Series(values, dtype=pl.Datetime("us"))),
    "polars ns": of("polars", lambda pl, values: pl.Series(values, dtype=pl.Datetime("ns"))),
    "pyarrow": of("pyarrow", lambda pa, values: pa.array(values, pa.timestamp("us"))),
    "pyarrow ns": of("pyarrow", lambda pa, values: pa.array(values, pa.timestamp("ns"))),
    "pyarrow chunks": of("pyarrow", lambda pa, values: pa.chunked_array([pa.array(values, pa.timestamp("s"))] * 1)),
}
#: Columns of days.
DAYS: dict[str, Callable[[Any], Any]] = {
    "list": list,
    "numpy D": numpy_of("D"),
    "numpy objects": TIMES["numpy objects"],
    "pandas objects": TIMES["pandas objects"],
    "pandas periods": of("pandas", lambda pd, values: pd.Series(pd.PeriodIndex(values, freq="D"))),
    "polars": of("polars", lambda pl, values: pl.Series(values, dtype=pl.Date)),
    "pyarrow": of("pyarrow", lambda pa, values: pa.array(values, pa.date32())),
    "pyarrow ms": of("pyarrow", lambda pa, values: pa.array(values, pa.date64())),
    "pyarrow chunks": of("pyarrow", lambda pa, values: pa.chunked_array([values[:2], values[2:]], pa.date32())),
}
#: Columns of texts.
TEXTS: dict[str, Callable[[Any], Any]] = {
    "list": list,
    "generator": lambda values: (value for value in values),
    "numpy objects": TIMES["numpy objects"],
    "pandas": of("pandas", lambda pd, values: pd.Series(values, dtype="string")),
    "pandas objects": TIMES["pandas objects"],
    "pandas categories": of("pandas", lambda pd, values: pd.Series(values).astype("category")),
    "pandas index": of("pandas", lambda pd, values: pd.Index(values)),
    "polars": of("polars", lambda pl, values: pl.Series(values, dtype=pl.String)),
    "polars categories": of("polars", lambda pl, values: pl.Series(values, dtype=pl.Categorical)),
    "pyarrow": of("pyarrow", lambda pa, values: pa.array(values, pa.string())),
    "pyarrow codes": of("pyarrow", lambda pa, values: pa.array(values, pa.string()).dictionary_encode()),
    "pyarrow chunks": of("pyarrow", lambda pa, values: pa.chunked_array([values[:1], values[1:]], pa.string())),
}


@pytest.mark.parametrize("form", TIMES)
@pytest.mark.parametrize("missing", [False, True])
def test_columns_of_times_are_those_of_their_midnights(form: str, missing: bool) -> None:
    values = [*MOMENTS, None, *MOMENTS] if missing else [*MOMENTS, *MOMENTS]
    same(
        lambda: TIMES[form](values), [value.date() if value and value.time() == dt.time() else None for value in values]
    )


@pytest.mark.parametrize("form", DAYS)
@pytest.mark.parametrize("missing", [False, True])
def test_columns_of_days_are_days(form: str, missing: bool) -> None:
    values = [moment.date() for moment in MOMENTS] + ([None] if missing else [])
    same(lambda: DAYS[form](values), values)


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("missing", [False, True])
def test_columns_of_texts_are_texts(form: str, missing: bool) -> None:
    days: list[Any] = [moment.date() for moment in MOMENTS] + ([None] if missing else [])
    same(lambda: TEXTS[form]([day and day.isoformat() for day in days]), days)
    names = [*NAMES, *([None] if missing else [])]
    answers = CSTO.check(TEXTS[form](names), DAY, "null")
    assert answers == [one(name, DAY) for name in names]
    assert answers.unreadable == ((5,) if missing else ())
    assert all("missing" in fault.reason for fault in answers.faults)
    for organisations in (["csto", "cis"], ["cis", None] if missing else ["cis", "csto"]):
        told = REGISTRY.check(TEXTS[form](organisations), "UZ", "2010-01-01", "null")
        assert told == [None if name is None else name == "csto" or True for name in organisations]
        assert told.unreadable == tuple(row for row, name in enumerate(organisations) if name is None)
        assert all("missing" in fault.reason for fault in told.faults)


def same(column: Callable[[], Any], days: list[Any]) -> None:
    """A column of dates is answered as these days, by a history and by a registry; what is None cannot be read."""
    expected = [one("UZ", day) for day in days]
    unreadable = tuple(row for row, day in enumerate(days) if day is None)
    for ask in BOTH:
        answers = ask("UZ", column(), "null")
        assert answers == expected
        assert answers.unreadable == unreadable
    many = CSTO.check(["UZ"] * len(days), column(), "null")
    assert (many, many.unreadable) == (expected, unreadable)
    if not unreadable:
        assert CSTO.check("UZ", column()) == expected


#: Columns without a day, by what they are: the library, the column, and what is said of its values.
NO_DAYS: dict[str, tuple[str, Any, str]] = {
    "nanosecond": ("numpy", lambda np: np.array(["2009-01-01T00:00:00.000000001"], "M8[ns]"), "time of day"),
    "year": ("numpy", lambda np: np.array(["2009"], "M8[Y]"), r"unit is \[Y\]"),
    "far year": ("numpy", lambda np: np.array(["2009-01-01", "12009-01-01"], "M8[D]"), "outside 0001 to 9999"),
    "numpy NaT": ("numpy", lambda np: np.array(["NaT"], "M8[D]"), "missing"),
    "numbers": ("numpy", lambda np: np.array([2009]), "numbers are not dates"),
    "two dimensions": ("numpy", lambda np: np.array([[DAY]]), "needed, not"),
    "two dimensions of times": ("numpy", lambda np: np.array([["2009-01-01"]], "M8[s]"), "needed, not"),
    "pandas zone": ("pandas", lambda pd: pd.Series(pd.to_datetime(["2009-01-01"])).dt.tz_localize("UTC"), "zone"),
    "pandas NaT": ("pandas", lambda pd: pd.Series([pd.NaT]), "missing"),
    "pandas NA": ("pandas", lambda pd: pd.Series([pd.NA]), "missing"),
    "pandas text": ("pandas", lambda pd: pd.Series([None], dtype="string"), "missing"),
    "NaN": ("pandas", lambda pd: pd.Series([float("nan")]), "missing"),
    "period of a month": ("pandas", lambda pd: pd.Series(pd.PeriodIndex(["2009-01"], freq="M")), "frequency M"),
    "polars zone": ("polars", lambda pl: pl.Series([dt.datetime(2009, 1, 1, tzinfo=dt.UTC)]), "zone"),
    "polars nanosecond": ("polars", lambda pl: pl.Series([1], dtype=pl.Int64).cast(pl.Datetime("ns")), "time of day"),
    "pyarrow zone": ("pyarrow", lambda pa: pa.array(MOMENTS, pa.timestamp("us", "UTC")), "zone"),
    "pyarrow null": ("pyarrow", lambda pa: pa.array([None]), "missing"),
}


@pytest.mark.parametrize("name", NO_DAYS)
def test_a_column_that_holds_no_days_is_refused_for_what_it_is(name: str) -> None:
    library, make, reason = NO_DAYS[name]
    column = make(pytest.importorskip(library))
    for ask in BOTH:
        with pytest.raises(csto.DateError, match=reason):
            ask("UZ", column)


def test_columns_of_pandas_that_are_held_by_pyarrow_are_those_of_pyarrow() -> None:
    pandas, pyarrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    moments = [*MOMENTS, None]
    for kind in (pyarrow.timestamp("ns"), pyarrow.timestamp("s")):
        same(
            lambda kind=kind: pandas.Series(moments, dtype=pandas.ArrowDtype(kind)),  # type: ignore[misc]
            [moment.date() if moment and moment.time() == dt.time() else None for moment in moments],
        )
    zoned = pandas.Series(moments[:1], dtype=pandas.ArrowDtype(pyarrow.timestamp("us", "UTC")))
    with pytest.raises(csto.DateError, match="zone"):
        CSTO.check("UZ", zoned)
    assert CSTO.check(pandas.Series(["UZ", None], dtype=pandas.ArrowDtype(pyarrow.string())), DAY, "null") == [
        True,
        None,
    ]


@pytest.mark.parametrize("form", ["polars", "polars ns", "pyarrow", "pyarrow ns", "pyarrow chunks"])
def test_columns_are_taken_where_numpy_is_not_installed(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    column = TIMES[form](MOMENTS)
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert cells_of(column) == list(MOMENTS)
    assert CSTO.check("UZ", column, "null").unreadable == (4,)


def test_one_value_of_a_library_stands_for_all_rows() -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    for day in (numpy.datetime64("2009-01-01"), pandas.Timestamp("2009-01-01"), numpy.str_("2009-01-01")):
        assert CSTO.check(["UZ", "GE"], day) == [True, False]
    assert CSTO.check(numpy.str_("UZ"), [DAY, dt.date(2013, 1, 1)]) == [True, False]
    assert REGISTRY.check(numpy.str_("csto"), ["UZ"], DAY) == [True]
    assert cells_of(numpy.array("UZ")) is None


def test_a_list_may_hold_values_of_several_libraries_and_equal_ones_are_not_mixed_up() -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    good = (DAY, numpy.datetime64(DAY), pandas.Timestamp(DAY), numpy.str_("2009-01-01"), pandas.Period(DAY, "D"))
    bad = (
        numpy.datetime64("2009", "Y"),
        numpy.datetime64("2009-01-01T12"),
        pandas.NaT,
        pandas.NA,
        pandas.Period("2009"),
    )
    for dates in ([*good, *bad], [*bad, *good]):
        answers = CSTO.check("UZ", dates, "null")
        assert answers.unreadable == tuple(row for row, date in enumerate(dates) if any(date is value for value in bad))
        assert [answer for row, answer in enumerate(answers) if row not in answers.unreadable] == [True] * len(good)


def test_states_of_one_id_that_are_different_ones_are_read_apart() -> None:
    strangers = [csto.State("XXX", "Foo"), csto.State("XXX", "Uzbekistan"), csto.State("XXX", "Foo")]
    for order in (strangers, strangers[::-1], strangers[1:]):
        answers = CSTO.check(order, DAY, "null")
        assert answers == [None if state.name == "Uzbekistan" else False for state in order]
        for ask in (CSTO.was_member, csto.was_member):
            assert [isinstance(told(ask, state), csto.Verdict) for state in order] == [
                state.name != "Uzbekistan" for state in order
            ]


def told(ask: Any, state: csto.State) -> Any:
    try:
        return ask(state, DAY)
    except csto.UnknownStateError as error:
        return error


# --- Each distinct value once ----------------------------------------------------------------------------------------


def test_each_distinct_value_is_read_once() -> None:
    calls: Counter[Any] = Counter()

    def answers(*subject: Any) -> Any:
        calls[subject] += 1
        if "Atlantis" in subject:
            raise csto.UnknownStateError("Atlantis")
        return (DAY,), (False, True)

    def verdict(*row: Any) -> Any:
        calls[row] += 1
        return csto.Verdict.UNDETERMINED

    states = ["UZ", "Atlantis", "RU"] * 100
    dates = [DAY, "2009-01-01", "2009", "soon", None] * 60
    told = checked((states, dates), "null", answers, verdict)
    assert set(calls.values()) == {1}
    assert [fault.count for fault in told.faults] == [100, 40, 40]
    assert told.count(True) == told.undetermined.__len__() * 2 == 80
    calls.clear()
    checked((["a", "b"] * 150, states, dates), "null", answers, verdict)
    assert set(calls.values()) == {1}
    assert len([subject for subject in calls if len(subject) == 2]) == 6


def test_a_date_is_parsed_once_and_an_error_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Any] = []

    def counted(value: object) -> csto.ImpreciseDate:
        read.append(value)
        return as_imprecise(value)

    monkeypatch.setattr(columns, "as_imprecise", counted)
    dates: list[Any] = ["2009-01-01", "2009", "soon", dt.date(2009, 1, 1), None, "28 June 2012"]
    CSTO.check("UZ", dates * 50, "null")
    assert sorted(map(str, read)) == ["2009", "28 June 2012", "None", "soon"]


def test_what_was_meant_is_looked_for_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Any:
        raise AssertionError("nobody has read the message")

    monkeypatch.setattr(index, "meant_by", refuse)
    told = CSTO.check(["Uzbekstan", "UZ"] * 500, DAY, "null")
    assert told.unreadable == tuple(range(0, 1000, 2))
    assert REGISTRY.check("csto", ["Uzbekstan"], DAY, "null") == [None]
    monkeypatch.undo()
    assert "Uzbekistan" in told.faults[0].reason


# --- Faults ----------------------------------------------------------------------------------------------------------

ROWS = 3000


@pytest.mark.parametrize("row", [0, 1, 999, 1000, 1001, 2999])
@pytest.mark.parametrize("bad", ["31.31.2020", "2009-02-30", None, 2009, "soon"])
@pytest.mark.parametrize("others", ["2009-01-01", DAY, dt.datetime(2009, 1, 1)])  # noqa: DTZ001
def test_one_bad_date_is_told_with_its_row_value_and_reason(row: int, bad: Any, others: Any) -> None:
    dates = [others] * row + [bad] + [others] * (ROWS - row - 1)
    for ask in BOTH:
        with pytest.raises(csto.DateError) as caught:
            ask("UZ", dates)
        assert str(caught.value).startswith(f"row {row}: cannot use {bad!r} as a date: ")
        assert "other" not in str(caught.value).rpartition("date:")[2]
        assert caught.value.row == row
        assert caught.value.value == bad
    told = CSTO.check("UZ", dates, "null")
    assert told.unreadable == (row,)
    assert [answer for answer in told if answer is not True] == [None]


def test_one_bad_state_or_organisation_is_told_with_its_row() -> None:
    states = ["UZ"] * 57 + ["Uzbekstan"] + ["UZ"] * 42
    message = "row 57: unknown state 'Uzbekstan'; did you mean 'Uzbekistan'?"
    for ask in BOTH:
        with pytest.raises(csto.UnknownStateError) as caught:
            ask(states, DAY)
        assert str(caught.value) == message
    with pytest.raises(csto.UnknownNameError) as name:
        REGISTRY.check(["csto"] * 57 + ["nato"], "UZ", DAY)
    assert str(name.value).startswith("row 57: unknown organisation 'nato'")
    assert "row" not in str(raised(lambda: CSTO.was_member("Uzbekstan", DAY)))


def raised(ask: Callable[[], object]) -> csto.MembershipError:
    with pytest.raises(csto.MembershipError) as caught:
        ask()
    return caught.value


def test_how_many_other_values_cannot_be_read_is_told() -> None:
    states = ["UZ", "UZ", "Lemuria", "Atlantis", "Lemuria", "UZ"]
    dates: list[Any] = ["2009", "2009", "soon", None, "2009", "soon"]
    error = raised(lambda: CSTO.check(states, dates))
    assert str(error) == "row 2: unknown state 'Lemuria'; 2 other values cannot be read either"
    error = raised(lambda: CSTO.check(["UZ", "Atlantis", "UZ"], ["2009", "2009", "soon"]))
    assert str(error).endswith("; 1 other value cannot be read either")
    error = raised(lambda: CSTO.check([f"nowhere {n}" for n in range(5000)], "2009"))
    assert str(error).startswith("row 0: ")
    assert str(error).endswith("; at least 99 other values cannot be read either")


@given(st.permutations([f"soon {n}" for n in range(150)] + list(range(150)) + [DAY] * 20), st.integers(0, 40))
def test_the_first_of_very_many_is_the_first(dates: list[Any], good: int) -> None:
    dates = [DAY] * good + dates
    first = next(row for row, date in enumerate(dates) if date is not DAY)
    for ask in BOTH:
        error = raised(partial(ask, "UZ", dates))
        assert (error.row, getattr(error, "value", None)) == (first, dates[first])
        names = [f"no {n}" if date is not DAY else "UZ" for n, date in enumerate(dates)]
        error = raised(partial(ask, names, DAY))
        assert (error.row, getattr(error, "value", None)) == (first, names[first])


def test_a_row_in_which_neither_can_be_read_tells_the_state() -> None:
    for states, dates in ((["Atlantis", "UZ"], ["soon", "soon"]), (["UZ", "Atlantis"], ["soon", "soon"])):
        told = CSTO.check(states, dates, "null")
        assert {(fault.value, fault.count) for fault in told.faults} == {("Atlantis", 1), ("soon", 1)}
    missing: list[Any] = ["soon", None]
    told = CSTO.check("Atlantis", missing, "null")
    assert [(fault.value, fault.count) for fault in told.faults] == [("Atlantis", 2)]


def test_an_unknown_organisation_is_one_fault_whatever_the_states() -> None:
    told = REGISTRY.check(["nato", "csto", "nato"], ["UZ", "UZ", "RU"], DAY, "null")
    assert [(fault.value, fault.count, fault.first_row) for fault in told.faults] == [("nato", 2, 0)]
    assert told == [None, True, None]


def test_organisations_with_faults_are_told_each_by_itself() -> None:
    def answers(organisation: str, _: str) -> Any:
        if organisation != "good":
            raise csto.RecordError([csto.Fault(organisation, "is bad")])
        return (), (True,)

    organisations = ["good", "bad", "worse", "bad"]
    told = checked((organisations, "UZ", DAY), "null", answers, CSTO.was_member)
    assert told == [True, None, None, None]
    assert [(fault.value, fault.count) for fault in told.faults] == [(None, 2), (None, 1)]
    with pytest.raises(csto.RecordError) as caught:
        checked((organisations, "UZ", DAY), "raise", answers, CSTO.was_member)
    assert (caught.value.row, caught.value.__notes__[0]) == (1, "in row 1 (the first row is 0)")


@pytest.mark.parametrize("bad", [("Uzbekstan", DAY), ("UZ", "soon")])
def test_an_error_that_tells_its_row_can_be_sent_to_another_process(bad: Any) -> None:
    error = raised(lambda: CSTO.check(["UZ", bad[0], "x"], [DAY, bad[1], DAY]))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (str(again), again.row, again.__notes__) == (str(error), 1, error.__notes__)


def test_a_column_that_was_given_is_left_as_it_is() -> None:
    states: list[Any] = ["UZ", None, csto.State("XXX", "Foo")]
    dates: list[Any] = ["2009-01-01", dt.datetime(2009, 1, 1), None]  # noqa: DTZ001
    kept = list(states), list(dates)
    CSTO.check(states, dates, "null")
    assert (states, dates) == kept
