"""The day that a value is beyond doubt: where it is told, the careful reader agrees; where it is not, that decides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csto_membership import DateError, ImpreciseDate
from csto_membership._values.dates import as_imprecise
from csto_membership._values.days import _AT_ONCE, exact_day, exact_days
from csto_membership._values.names import _SAINT, _THE, _without_marks, folded, name_key

#: Texts that are days, and texts that are nearly.
NEARLY = st.one_of(
    st.dates().map(dt.date.isoformat),
    st.dates().map(lambda day: f"{day:%Y%m%d}"),
    st.dates().map(lambda day: f"{day:%G-W%V-%u}"),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True),
    st.text("0123456789-W+_ \u0661\u00b2", min_size=8, max_size=11),
)


def careful(value: Any) -> ImpreciseDate | None:
    try:
        return as_imprecise(value)
    except DateError:
        return None


@given(NEARLY)
@example("2009-03-01")
@example("2009-02-29")
@example("2009-W09-7")
@example("20090301")
@example("0000-01-01")
@example("+199-01-01")
@example("1_99-01-01")
@example("\u0662009-01-01")
@example("2009-03-0\ud800")
def test_the_day_of_a_text_is_what_careful_reading_gives(text: str) -> None:
    day, read = exact_day(text), careful(text)
    if day is not None:
        assert read == ImpreciseDate.on(day)
        assert (day.isoformat(), read.text) == (text, text)
    # Of ISO days none is left to the careful reader: that is what makes them fast.
    if read and read.is_exact and read.edtf == text:
        assert day == read.earliest


MIDNIGHTS = st.dates().map(lambda day: dt.datetime.combine(day, dt.time()))


@given(st.datetimes(timezones=st.none() | st.just(dt.UTC)) | MIDNIGHTS)
def test_the_day_of_a_datetime_is_that_of_a_naive_midnight(moment: dt.datetime) -> None:
    midnight = moment.tzinfo is None and moment.time() == dt.time()
    assert exact_day(moment) == (moment.date() if midnight else None)
    assert (careful(moment) is not None) is midnight


def test_any_part_of_a_time_makes_a_datetime_no_day_and_the_ends_of_the_calendar_are_days() -> None:
    for part in ("hour", "minute", "second", "microsecond"):
        assert exact_day(dt.datetime(2009, 1, 1).replace(**{part: 1})) is None  # type: ignore[arg-type]  # noqa: DTZ001
    for day in (dt.date.min, dt.date.max):
        assert exact_day(dt.datetime.combine(day, dt.time())) == day


@pytest.mark.parametrize(
    "value", [None, 2009, float("nan"), b"2009-01-01", ["2009-01-01"], ImpreciseDate.parse("2009")]
)
def test_what_is_no_day_beyond_doubt_has_none(value: Any) -> None:
    assert exact_day(value) is None


def test_a_timestamp_is_its_day_to_the_nanosecond() -> None:
    pandas = pytest.importorskip("pandas")
    assert exact_day(pandas.Timestamp("2009-01-01")) == dt.date(2009, 1, 1)
    assert type(exact_day(pandas.Timestamp("2009-01-01"))) is dt.date
    for moment in ("2009-01-01T00:00:00.000000001", "2009-01-01T12", "2009-01-01T00:00+00:00"):
        assert exact_day(pandas.Timestamp(moment)) is None
    assert exact_day(pandas.NaT) is None


@pytest.mark.parametrize("count", [0, 1, _AT_ONCE - 1, _AT_ONCE, _AT_ONCE + 1, 3 * _AT_ONCE])
@given(others=st.dictionaries(st.integers(0, 3 * _AT_ONCE), NEARLY, max_size=4))
def test_many_texts_are_read_as_one_by_one(count: int, others: dict[int, str]) -> None:
    texts = [(dt.date(1990, 1, 1) + dt.timedelta(place)).isoformat() for place in range(count)]
    for place, text in others.items():
        if place < count:
            texts[place] = text
    days, places = exact_days(texts)
    assert days == list(map(exact_day, texts))
    assert places == [place for place, day in enumerate(days) if day is None]


@given(st.text(st.characters(categories=["L", "Zs"]) | st.sampled_from("0179:. \u00b2*["), max_size=30))
@example("St Lucia")
@example("cow:704")
@example("cow:704.0")
@example("Kosovo\u00b2")
@example("The Gambia")
@example("\u0130zmir \u1e9e")
def test_a_name_has_the_key_that_looking_for_marks_gives(name: str) -> None:
    careful_key = " ".join(_without_marks(name).split())
    assert name_key(name) == _SAINT.sub("saint ", _THE.sub("", careful_key))


def test_no_letter_becomes_a_mark_when_it_is_folded() -> None:
    letters = (chr(code) for code in range(0x110000) if chr(code).isalpha())
    assert not [letter for letter in letters if set(folded(letter)) & set("&.[]")]
