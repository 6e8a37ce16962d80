"""Written dates of one meaning are read, those of two are refused with both, and a reason fits what is refused."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata
from calendar import month_abbr, month_name
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csto_membership import CSTO, DateError, ImpreciseDate

parse = ImpreciseDate.parse

GENITIVE = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
NOMINATIVE = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]
RUSSIAN_SHORT = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def refused(text: str) -> DateError:
    with pytest.raises(DateError) as caught:
        parse(text)
    return caught.value


def forms(day: dt.date) -> list[str]:
    """The written forms of one day."""
    number, year = day.day, f"{day.year:04}"
    name, short, nth = month_name[day.month], month_abbr[day.month], f"{number}{ENDINGS.get(number, 'th')}"
    months = [name, name.upper(), short, f"{short}.", short.lower()]
    written = [f"{number} {month}{comma} {year}" for month in months for comma in ("", ",")]
    written += [f"{month} {n}{comma} {year}" for month in months for n in (number, nth) for comma in ("", ",")]
    written += [f"{number}{sep}{month}{sep}{year}" for month in (name, short) for sep in "-/."]
    written += [f"{year}{sep}{month}{sep}{number:02}" for month in (name, short) for sep in "- "]
    written += [f"{nth} {name} {year}", f"{number:02}-{short}-{year}", f"{day:%A}, {nth} {short}. {year}"]
    written += [f"{number:02}{short.upper()}{year}", f"the {nth} of {name} {year}", f"on {number} {name} {year}"]
    shortened = RUSSIAN_SHORT[day.month - 1]
    written += [f"{number} {shortened}{dot} {year}" for dot in ("", ".")]
    russian = f"{number} {GENITIVE[day.month - 1]} {year}"
    written += [russian, russian.upper(), f"{russian} г.", f"{russian}г", f"{russian} года"]
    written += [unicodedata.normalize("NFD", russian)]
    iso = f"{year}-{day.month:02}-{number:02}"
    return written + [f"{iso}{time}" for time in ("T00:00", " 00:00:00", "T00:00:00.000", "T00:00:00")]


DAYS = st.dates(dt.date(1000, 1, 1))


@given(DAYS)
@example(dt.date(2012, 6, 28))
@example(dt.date(1990, 2, 8))
def test_every_form_of_a_day_is_that_day(day: dt.date) -> None:
    for text in forms(day):
        found = parse(text)
        assert (found.earliest, found.latest, found.qualifier) == (day, day, ""), text
        assert found.text == text


@given(DAYS)
def test_every_form_of_a_month_is_that_month(day: dt.date) -> None:
    name, short, year = month_name[day.month], month_abbr[day.month], day.year
    month = parse(f"{day:%Y-%m}")
    written = [f"{name}, {year}", f"{short}. {year}", f"{year} {short}", f"{year}-{short}", f"{short}-{year}"]
    written += [f"in {name} {year}", f"{short.upper()}{year}", f"{RUSSIAN_SHORT[day.month - 1]}. {year}"]
    written += [f"{year} {name}", f"{NOMINATIVE[day.month - 1]} {year}", f"{GENITIVE[day.month - 1]} {year} г."]
    for text in [*written, f"{day:%Y-%m}-uu"]:
        assert parse(text) == month, text


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Sept. 2006", "2006-09"),
        ("in 1999", "1999"),
        ("in the 1990s", "199X"),
        ("сент. 2006", "2006-09"),
        ("нояб. 2006", "2006-11"),
        ("11 февр. 2006 г.", "2006-02-11"),
        ("sept 2006", "2006-09"),
        ("2012 года", "2012"),
        ("2012 г.", "2012"),
        ("1990-uu-uu", "1990"),
        ("1990-uu", "1990"),
        ("1990-06-uu", "1990-06"),
        ("199u", "199X"),
        ("19uu", "19XX"),
        ("199u-uu-uu", "199X"),
        ("c1993", "1993~"),
        ("c 1993", "1993~"),
        ("ca 1993", "1993~"),
        ("c. April 1999", "1999-04~"),
        ("~1993", "1993~"),
        ("approx. 2006", "2006~"),
        ("approximately June 2006", "2006-06~"),
        ("1993 or 1994", "[1993-01-01..1994-12-31]"),
        ("1994 or 1993", "[1993-01-01..1994-12-31]"),
        ("1999 or 2000", "[1999-01-01..2000-12-31]"),
        ("until 1997", "[..1997-12-31]"),
        ("till June 2006", "[..2006-06-30]"),
        ("until 28 Jun. 2012", "[..2012-06-28]"),
        ("before 28th June 2012", "[..2012-06-27]"),
        ("between 28th June and 3rd July 2012", "[2012-06-28..2012-07-03]"),
        ("between Jun. and Aug. 2006", "[2006-06-01..2006-08-31]"),
    ],
)
def test_other_forms_of_one_meaning_are_read(text: str, edtf: str) -> None:
    assert parse(text).edtf == edtf


def test_until_includes_what_it_names_as_by_does() -> None:
    for unit in ("1997", "June 2006", "28 June 2012", "the 1990s"):
        assert parse(f"until {unit}") == parse(f"by {unit}") != parse(f"before {unit}")


REFUSED: dict[str, tuple[str, tuple[str, ...]]] = {
    # two meanings, or one in a form that is not read
    "08/02/1990": ("which is the day and which the month", ("1990-02-08", "1990-08-02")),
    "28.06.2012": ("begins with the year", ("2012-06-28",)),
    "13/06/2012": ("begins with the year", ("2012-06-13",)),
    "06-13-2012": ("begins with the year", ("2012-06-13",)),
    "12.12.1949": ("begins with the year", ("1949-12-12",)),
    "12.11.1949": ("which is the day", ("1949-11-12", "1949-12-11")),
    "30.02.2012": ("no order of day and month", ()),
    "30.02.2007": ("no order", ()),
    "31/31/2007": ("no order", ()),
    "04/05/94": ("the year", ()),
    "24-Jan-78": ("no year of four digits", ()),
    "1 oct 70": ("no year of four digits", ()),
    "Jun 28": ("no year of four digits", ()),
    "28-Jun": ("no year of four digits", ()),
    "Aug-06": ("no year of four digits", ()),
    "2012/06/28": ("hyphens", ("2012-06-28",)),
    "2012/06": ("hyphens", ("2012-06",)),
    "12/2012": ("hyphens", ("2012-12",)),
    "1999-4-5": ("two digits", ("1999-04-05",)),
    "20 Apr 2000 a": ("mark", ("20 Apr 2000",)),
    "22th June 2012": ("22nd", ("2012-06-22",)),
    "4nd June 2012": ("4th", ("2012-06-04",)),
    "1993 or 1995": ("no one run", ()),
    "1993 or 1993": ("no one run", ()),
    # spans
    "1993-94": ("span of years", ("[1993..1994]",)),
    "2012-13": ("span of years", ("[2012..2013]",)),
    "1993-1994": ("span of years", ("[1993..1994]",)),
    "9950-99": ("span of years", ("[9950..9999]",)),
    "1999-13": ("no month 13", ()),
    "[2050-20..2051]": ("no month 20", ()),
    "[2050-42..2051]": ("no month 42", ()),
    # what is not known
    "2012-06-00": ("no day 0", ("2012-06",)),
    "1999-00": ("no month 0", ("1999",)),
    "0000-00-00": ("no date is known", ()),
    "0000-00-00 00:00:00": ("no date is known", ()),
    "uuuu": ("no digit", ()),
    "XXXX": ("no digit", ()),
    # words for nothing, and for no end
    "end of 1999": ("parts of a year", ()),
    "Q1 1994": ("quarter", ("[1994-01..1994-03]",)),
    "1994Q4": ("quarter", ("[1994-10..1994-12]",)),
    "2006-21": ("seasons", ()),
    "2006-41": ("seasons", ()),
    "[2000-21..2001]": ("seasons", ()),
    "[2000..2001-41]": ("seasons", ()),
    "[2000-20..2001]": ("no month 20", ()),
    "[2000..2001-42]": ("no month 42", ()),
    "spring 1992": ("seasons", ()),
    "192X-33": ("known forms", ()),
    "-0044": ("0001 to 9999", ()),
    "0000": ("0001 to 9999", ()),
    "Y17000": ("0001 to 9999", ()),
    "Y-17e7": ("0001 to 9999", ()),
    "Yes": ("known forms", ()),
    "Y": ("known forms", ()),
    "year": ("known forms", ()),
    # numbers
    "41088": ("spreadsheet", ()),
    "41088.0": ("spreadsheet", ()),
    "1993.0": ("number", ("1993",)),
    "2012.5": ("number", ()),
    # times and zones
    "+1999-04-20T00:00:00Z": ("zone", ("1999-04-20",)),
    "+1999-04-00T00:00:00Z": ("zone", ("1999-04",)),
    "+1999-00-00T00:00:00Z": ("zone", ("1999",)),
    "2012-06-28T00:00:00+05:00": ("zone", ("2012-06-28",)),
    "2012-06-28 00:00:01": ("time of day", ("2012-06-28",)),
    # no such day
    "31 июня 2012": ("June 2012 has 30 days", ("2012-06",)),
    # of a part of the text no hint is given: it would not mean the whole
    "before 31 June 2012": ("June 2012 has 30 days", ()),
    "after june 31, 2012": ("June 2012 has 30 days", ()),
    "2001-02-29": ("February 2001 has 28 days", ("2001-02",)),
    "2012-06-31 00:00:00": ("30 days", ()),
    "2012-00-05 00:00:00": ("no month 0", ()),
    "0000-05-05 00:00:00": ("0001 to 9999", ()),
    "31-Jun-2012": ("30 days", ("2012-06",)),
    # near misses
    "capril 1999": ("known forms", ("April 1999",)),
    "Setpember 2012": ("known forms", ("September 2012",)),
    "~1993-04": ("known forms", ()),
    "1921 - circa 1970s": ("known forms", ()),
    "28-Jun/2012": ("looks like", ()),
    "июня": ("known forms", ()),
    "июнь 2012\u00a0": ("white space", ("июнь 2012",)),
} | dict.fromkeys(("n/a", "N/A", "NA", "NaN", "NaT", "None", "NULL", "..", "-", "?", "[..]"), ("no date is known", ())) | dict.fromkeys(("present", "today", "ongoing", "open", "current", "to date"), ("no day is implied", ()))  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_a_reason_fits_and_a_hint_can_be_read(text: str) -> None:
    error, (reason, meant) = refused(text), REFUSED[text]
    assert reason in error.reason
    assert error.meant == meant
    assert all(map(parse, meant))


@given(st.integers(1, 9999), st.integers(0, 99))
def test_a_year_and_two_digits_are_a_month_a_span_or_neither(year: int, number: int) -> None:
    text = f"{year:04}-{number:02}"
    if 1 <= number <= 12:
        assert parse(text).edtf == text
        return
    error = refused(text)
    if number > 12 and not 21 <= number <= 41:
        span = year - year % 100 + number
        assert error.meant == ((f"[{year:04}..{span:04}]",) if year < span else ())
    assert "days" not in error.reason or 21 <= number <= 41


@given(DAYS, st.sampled_from("./-"))
def test_numbers_in_two_orders_are_never_read_and_every_order_that_gives_a_day_is_told(day: dt.date, sep: str) -> None:
    for one, other in ((day.day, day.month), (day.month, day.day)):
        meant = []
        for month, number in ((other, one), (one, other)):
            try:
                meant.append(dt.date(day.year, month, number).isoformat())
            except ValueError:
                continue
        assert refused(f"{one}{sep}{other}{sep}{day.year}").meant == tuple(dict.fromkeys(meant))


def test_a_text_of_a_hundred_characters_is_read_and_a_longer_one_is_not() -> None:
    assert parse(f"{'2012-06-28 00:00:00.':0<100}").edtf == "2012-06-28"
    assert "too long" in refused(f"{'2012-06-28 00:00:00.':0<101}").reason


def test_each_day_of_a_month_has_its_own_ending_and_no_other() -> None:
    for number in range(1, 32):
        own = ENDINGS.get(number, "th")
        assert parse(f"{number}{own} March 2012").edtf == f"2012-03-{number:02}"
        for other in {"st", "nd", "rd", "th"} - {own}:
            assert refused(f"{number}{other} March 2012").meant == (f"2012-03-{number:02}",)


HOSTILE = [
    "9",
    " ",
    "-uu",
    "u",
    "c",
    "c. ",
    "about ",
    "between ",
    " and ",
    "1 or ",
    "Q",
    "~",
    "00:00:",
    "..",
    "/",
    "a ",
    "января ",
    "г.",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("length", [99, 100, 101, 1_000_000])
def test_long_texts_cost_next_to_nothing(piece: str, length: int) -> None:
    text = (piece * length)[:length]
    begin = time.process_time()
    for variant in (text, f"2012{text}"[:length], f"{text[: length - 4]}2012"):
        refused(variant)
    assert time.process_time() - begin < 0.5


def test_questions_and_records_read_them() -> None:
    assert CSTO.was_member("UZ", "28-Jun-2012") == CSTO.was_member("UZ", "28 июня 2012") == False  # noqa: E712
    assert CSTO.was_member("UZ", "27th June 2012") == True  # noqa: E712
    asked: Any = CSTO.status("UZ", "c1998").caveats
    assert "approximate" in asked[0]
