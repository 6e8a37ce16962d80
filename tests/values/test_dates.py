"""Imprecise dates: the part of EDTF that is read, the written forms, what is refused, and the named comparisons."""

from __future__ import annotations

import datetime as dt
import operator
import pickle
from calendar import day_name, month_abbr, month_name, monthrange
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from dateutil import parser as dateutil_parser
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import DateError, ImpreciseDate, MembershipError
from csto_membership._values.dates import as_day, as_imprecise

DAY = dt.timedelta(1)
parse = ImpreciseDate.parse


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def run(text: str) -> tuple[str | None, str | None]:
    """The ends of the run that a text means, as ISO texts."""
    found = parse(text)
    first, last = (end.isoformat() if end else None for end in (found.earliest, found.latest))
    return first, last


def attempted(text: str) -> ImpreciseDate | DateError:
    try:
        return parse(text)
    except DateError as error:
        return error


def refused(value: Any) -> DateError:
    with pytest.raises(DateError) as caught:
        as_imprecise(value)
    return caught.value


# --- EDTF ------------------------------------------------------------------------------------------------------------

YEARS = (1, 9, 1000, 1896, 1900, 1996, 1999, 2000, 2004, 2100, 9999)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_a_year_is_read_exactly_and_no_other_day_is(year: int) -> None:
    for month in range(100):
        for number in range(34):
            text = f"{year:04}-{month:02}-{number:02}"
            try:
                real = dt.date(year, month, number)
            except ValueError:
                with pytest.raises(DateError):
                    parse(text)
            else:
                found = parse(text)
                assert (found.earliest, found.latest) == (real, real)
                assert found.is_exact
                assert found.edtf == found.text == text


@pytest.mark.parametrize("year", YEARS)
def test_every_month_of_a_year_is_read_exactly_and_no_other_month_is(year: int) -> None:
    for month in range(100):
        texts = (f"{year:04}-{month:02}", f"{year:04}-{month:02}-XX")
        for text in texts:
            if 1 <= month <= 12:
                days = (dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1]))
                assert (parse(text).earliest, parse(text).latest) == days
                assert not parse(text).is_exact
                assert parse(text).edtf == texts[0]
            else:
                with pytest.raises(DateError):
                    parse(text)


def test_every_year_is_read_from_its_first_to_its_last_day() -> None:
    for year in range(1, 10_000):
        days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        for text in (f"{year:04}", f"{year:04}-XX", f"{year:04}-XX-XX"):
            assert (parse(text).earliest, parse(text).latest) == days
            assert parse(text).edtf == f"{year:04}"


def test_every_decade_and_century_is_read_from_its_first_to_its_last_day() -> None:
    for known, width in ((3, 10), (2, 100)):
        for head in range(1, 10**known):
            text = f"{head:0{known}}" + "X" * (4 - known)
            days = (dt.date(head * width, 1, 1), dt.date(head * width + width - 1, 12, 31))
            assert (parse(text).earliest, parse(text).latest) == days
            assert parse(text).edtf == text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("[1999-06..1999-06-30]", "1999-06-01", "1999-06-30"),
        ("[1999-06..1999-06-29]", "1999-06-01", "1999-06-29"),
        ("[1999-06..1999-06-01]", "1999-06-01", "1999-06-01"),
        ("[1999-06-01..1999-06]", "1999-06-01", "1999-06-30"),
        ("[1999-06-30..1999-06]", "1999-06-30", "1999-06-30"),
        ("[1999-12..1999]", "1999-12-01", "1999-12-31"),
        ("[1999..1999-01]", "1999-01-01", "1999-01-31"),
    ],
)
def test_one_end_of_a_range_may_lie_inside_the_other_and_touch_its_ends(text: str, first: str, last: str) -> None:
    assert run(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["[1999-06..1999-05-31]", "[1999-07-01..1999-06]", "[1999..1998-12]", "[2000-01..1999]"]
)
def test_an_end_of_a_range_before_the_other_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse(text)


@given(st.dates(), st.sampled_from(["{:%Y}", "{:%Y-%m}", "{:%Y-%m-%d}", "{:%Y-%m}-XX", "{:%Y}-XX-XX"]))
def test_a_text_allows_the_days_that_begin_like_it_and_no_neighbour(real: dt.date, form: str) -> None:
    text = form.format(real).rjust(len(form.format(dt.date.max)), "0")
    found = parse(text)
    known = text.split("-XX")[0]
    assert found.may_be(real)
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest.isoformat().startswith(known)
    assert found.latest.isoformat().startswith(known)
    if found.earliest > dt.date.min:
        assert not found.may_be(found.earliest - DAY)
        assert not (found.earliest - DAY).isoformat().startswith(known)
    if found.latest < dt.date.max:
        assert not found.may_be(found.latest + DAY)
        assert not (found.latest + DAY).isoformat().startswith(known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[2006-06..2006-08]", ("2006-06-01", "2006-08-31")),
        ("[1993-09-09..1993-12-09]", ("1993-09-09", "1993-12-09")),
        ("[1993..1994-04-20]", ("1993-01-01", "1994-04-20")),
        ("[1993-04-20..1994]", ("1993-04-20", "1994-12-31")),
        ("[199X..2004-02]", ("1990-01-01", "2004-02-29")),
        ("[1999..1999]", ("1999-01-01", "1999-12-31")),
        ("[1999-04-20..1999-04-20]", ("1999-04-20", "1999-04-20")),
        ("[1999..1999-04]", ("1999-01-01", "1999-04-30")),
        ("[1999-04..1999]", ("1999-04-01", "1999-12-31")),
        ("[..1999]", (None, "1999-12-31")),
        ("[..1999-04-XX]", (None, "1999-04-30")),
        ("[1999..]", ("1999-01-01", None)),
        ("[199X..]", ("1990-01-01", None)),
    ],
)
def test_a_range_runs_from_the_first_day_of_its_first_to_the_last_of_its_last_date(
    text: str, expected: tuple[str | None, str | None]
) -> None:
    assert run(text) == expected


@given(st.dates(), st.dates())
def test_a_range_of_two_days_is_read_if_and_only_if_they_stand_in_order(first: dt.date, last: dt.date) -> None:
    text = f"[{first}..{last}]"
    if first <= last:
        assert (parse(text).earliest, parse(text).latest) == (first, last)
    else:
        assert refused(text).meant == (f"[{last}..{first}]",)


@pytest.mark.parametrize("text", ["[2000..1999]", "[1999-05..1999-04]", "[1999-04-20..1999-04-19]", "[2000..199X]"])
def test_a_range_that_ends_before_it_begins_is_refused_with_its_ends_exchanged(text: str) -> None:
    (meant,) = refused(text).meant
    first, last = text.strip("[]").split("..")
    assert meant == f"[{last}..{first}]"
    assert parse(meant).text == meant


# --- Qualifiers ------------------------------------------------------------------------------------------------------

QUALIFIED = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}


@pytest.mark.parametrize("mark", QUALIFIED)
@pytest.mark.parametrize("text", ["1993", "199X", "19XX", "1999-04", "1999-04-XX", "1999-XX", "1999-04-20"])
def test_a_qualifier_is_kept_as_a_caveat_and_never_widens_the_run(text: str, mark: str) -> None:
    plain, marked = parse(text), parse(f"{text}{mark}")
    assert (marked.earliest, marked.latest) == (plain.earliest, plain.latest)
    assert (plain.qualifier, plain.caveat) == ("", "")
    assert (marked.qualifier, marked.caveat) == (mark, QUALIFIED[mark])
    assert marked.edtf == f"{plain.edtf}{mark}"
    assert marked != plain


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("[1993?..1994]", "?"),
        ("[1993..1994~]", "~"),
        ("[1993?..1994?]", "?"),
        ("[1993?..1994~]", "%"),
        ("[1993%..1994~]", "%"),
        ("[..1994%]", "%"),
        ("[1993~..]", "~"),
        ("[1993..1994]", ""),
    ],
)
def test_a_range_carries_the_qualifiers_of_both_ends(text: str, mark: str) -> None:
    assert parse(text).qualifier == mark
    plain = text.translate({ord(known): None for known in QUALIFIED})
    assert run(text) == run(plain)


# --- Written forms ---------------------------------------------------------------------------------------------------

#: The maintainer's trick: where two parses with these defaults agree on a field, the text names it.
DEFAULTS = (dt.datetime(2000, 1, 1), dt.datetime(2004, 3, 15))  # noqa: DTZ001 - defaults of dateutil are naive


def oracle(text: str) -> tuple[dt.date, dt.date]:
    """The run that dateutil reads in a text whose year has four digits."""
    one, other = (dateutil_parser.parse(text, default=default).date() for default in DEFAULTS)
    if one == other:
        return one, one
    assert one.year == other.year
    if one.month == other.month:
        return one.replace(day=1), one.replace(day=monthrange(one.year, one.month)[1])
    return dt.date(one.year, 1, 1), dt.date(one.year, 12, 31)


EXACT: list[Callable[[dt.date], str]] = [
    lambda d: f"{d.day} {month_name[d.month]} {d.year}",
    lambda d: f"{d.day:02} {month_name[d.month]} {d.year}",
    lambda d: f"{d.day} {month_abbr[d.month]} {d.year}",
    lambda d: f"{d.day} {month_name[d.month].upper()} {d.year}",
    lambda d: f"{month_name[d.month]} {d.day}, {d.year}",
    lambda d: f"{month_abbr[d.month]} {d.day:02}, {d.year}",
    lambda d: f"{month_name[d.month].lower()} {d.day}, {d.year}",
    lambda d: f"{day_name[d.weekday()]}, {d.day} {month_name[d.month]} {d.year}",
    lambda d: f"{day_name[d.weekday()]} {d.day} {month_abbr[d.month]} {d.year}",
    lambda d: f"{day_name[d.weekday()]}, {month_name[d.month]} {d.day}, {d.year}",
    lambda d: f"{day_name[d.weekday()].lower()}, {month_name[d.month]} {d.day}, {d.year}",
    lambda d: d.isoformat(),
]
MONTHLY: list[Callable[[dt.date], str]] = [
    lambda d: f"{month_name[d.month]} {d.year}",
    lambda d: f"{month_abbr[d.month]} {d.year}",
    lambda d: f"{month_name[d.month].upper()} {d.year}",
]
FOUR_DIGITS = st.dates(dt.date(1000, 1, 1))


@given(FOUR_DIGITS)
def test_written_days_are_read_as_dateutil_reads_them(real: dt.date) -> None:
    for form in EXACT:
        text = form(real)
        found = parse(text)
        assert (found.earliest, found.latest) == oracle(text) == (real, real), text
        assert (found.text, found.edtf) == (text, real.isoformat())


@given(FOUR_DIGITS)
def test_written_months_and_years_are_read_as_dateutil_reads_them(real: dt.date) -> None:
    for form in MONTHLY:
        found = parse(form(real))
        assert (found.earliest, found.latest) == oracle(form(real)), form(real)
        assert found.edtf == f"{real:%Y-%m}"
    found = parse(str(real.year))
    assert (found.earliest, found.latest) == oracle(str(real.year))


def test_the_space_after_the_comma_may_be_missing() -> None:
    # dateutil takes "10,2000" for a number
    assert parse("January 10,2000") == parse("2000-01-10")


def test_september_has_two_short_forms() -> None:
    assert parse("5 Sept 1999") == parse("5 Sep 1999") == parse("1999-09-05")


@given(FOUR_DIGITS, st.sampled_from(range(7)))
def test_a_weekday_must_be_that_of_the_day(real: dt.date, weekday: int) -> None:
    for text in (
        f"{day_name[weekday]}, {real.day} {month_name[real.month]} {real.year}",
        f"{day_name[weekday]} {month_name[real.month]} {real.day}, {real.year}",
    ):
        if weekday == real.weekday():
            assert parse(text) == ImpreciseDate.on(real)
        else:
            error = refused(text)
            assert error.meant == (real.isoformat(),)
            assert day_name[real.weekday()] in error.reason


UNITS = {
    "1997": ("1997-01-01", "1997-12-31"),
    "April 1999": ("1999-04-01", "1999-04-30"),
    "1999-04": ("1999-04-01", "1999-04-30"),
    "Feb 2000": ("2000-02-01", "2000-02-29"),
    "1999-04-20": ("1999-04-20", "1999-04-20"),
    "28 June 2012": ("2012-06-28", "2012-06-28"),
    "June 28, 2012": ("2012-06-28", "2012-06-28"),
    "31 December 1999": ("1999-12-31", "1999-12-31"),
    "the 1990s": ("1990-01-01", "1999-12-31"),
    "1990s": ("1990-01-01", "1999-12-31"),
}


@pytest.mark.parametrize("unit", UNITS)
def test_words_of_bounds_say_which_end_is_open_and_whether_the_named_days_are_in(unit: str) -> None:
    first, last = UNITS[unit]
    assert run(unit) == (first, last)
    before, after = str(day(first) - DAY), str(day(last) + DAY)
    assert run(f"before {unit}") == (None, before)
    assert run(f"after {unit}") == (after, None)
    for word in ("by", "not after", "no later than"):
        assert run(f"{word} {unit}") == (None, last)
    for word in ("since", "not before", "no earlier than"):
        assert run(f"{word} {unit}") == (first, None)
    assert run(f"Before {unit.upper()}") == (None, before)


@pytest.mark.parametrize("unit", UNITS)
def test_words_of_doubt_become_qualifiers(unit: str) -> None:
    plain = parse(unit)
    for word in ("about", "around", "circa", "c.", "ca.", "About"):
        assert parse(f"{word} {unit}") == ImpreciseDate(plain.earliest, plain.latest, "~")
    assert parse(f"{unit}?") == ImpreciseDate(plain.earliest, plain.latest, "?")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between June and August 2006", ("2006-06-01", "2006-08-31")),
        ("between June 2005 and August 2006", ("2005-06-01", "2006-08-31")),
        ("between 3 and 5 May 1999", ("1999-05-03", "1999-05-05")),
        ("between 3 May and 5 June 1999", ("1999-05-03", "1999-06-05")),
        ("between May 3 and June 5, 1999", ("1999-05-03", "1999-06-05")),
        ("between May 3 and 5 June 1999", ("1999-05-03", "1999-06-05")),
        ("between 1999 and 2001", ("1999-01-01", "2001-12-31")),
        ("between 1999-04 and 1999-06", ("1999-04-01", "1999-06-30")),
        ("between 1999 and April 2000", ("1999-01-01", "2000-04-30")),
        ("Between 5 May 1999 and 6 May 1999", ("1999-05-05", "1999-05-06")),
        ("between 5 May and 5 May 1999", ("1999-05-05", "1999-05-05")),
        ("between January and January 2000", ("2000-01-01", "2000-01-31")),
        ("between the 1990s and 2004", ("1990-01-01", "2004-12-31")),
        ("between May 3, 1999 and May 5, 1999", ("1999-05-03", "1999-05-05")),
    ],
)
def test_between_runs_from_its_first_to_its_last_date_and_borrows_what_is_left_out(
    text: str, expected: tuple[str, str]
) -> None:
    assert run(text) == expected


@given(FOUR_DIGITS, FOUR_DIGITS)
def test_between_two_days_equals_their_range(a: dt.date, b: dt.date) -> None:
    first, last = sorted((a, b))
    written = f"between {EXACT[0](first)} and {EXACT[4](last)}"
    assert parse(written) == parse(f"[{first}..{last}]")
    if first != last:
        assert refused(f"between {last} and {first}").meant == (f"[{first}..{last}]",)


# --- Refused ---------------------------------------------------------------------------------------------------------

#: What nobody can read without guessing, and what was probably meant.
REFUSED: dict[str, tuple[str, ...]] = {
    # not a form
    "": (),
    " ": (),
    "\t\n": (),
    "unknown": (),
    "yesterday": (),
    "today": (),
    "now": (),
    "present": (),
    "before": (),
    "between 1999": (),
    "between and 1999": (),
    "between June and August": (),
    "1 May or 2 May 1996": (),
    "early 1992": (),
    "late 1992": (),
    "mid-1992": (),
    "spring 1999": (),
    "by about 1999": (),
    "between 1999? and 2000": (),
    "between something and May 2006": (),
    "between May 2006 and something": (),
    "1999-13-01?": (),
    "5 years": (),
    "1st quarter 1994": (),
    "the following year": (),
    "April 1999 10:30": (),
    "about 199X": (),
    "before 199X": (),
    # two days, or another calendar's
    "04/05/1994": ("1994-05-04", "1994-04-05"),
    "4.5.1994": ("1994-05-04", "1994-04-05"),
    "13/05/1994": ("1994-05-13",),
    "05-13-1994": ("1994-05-13",),
    "04/05/94": (),
    # numbers
    "10": (),
    "99": (),
    "1": (),
    "199": (),
    "04.1994": ("1994-04",),
    "200304": (),
    "19990420": ("1999-04-20",),
    "19991301": (),
    "19850412": ("1985-04-12",),
    "10000": (),
    "1999-4-5": ("1999-04-05",),
    "1999-4": ("1999-04",),
    "1999.04.20": ("1999-04-20",),
    "1999-110": (),
    "1999-W15": (),
    "1992W151": (),
    # years outside the calendar
    "0000": (),
    "0000-01-01": (),
    "1 May 0000": (),
    "May 0000": (),
    "000X": (),
    "00XX": (),
    "44 BC": (),
    "44 BCE": (),
    "-0044": (),
    "-1992": (),
    "1992-": (),
    "+1992": (),
    "Y17E7": (),
    "1E9": (),
    "1950S2": (),
    # no such day
    "1999-00": ("1999",),
    "1999-13": (),
    "on 1999": (),
    "in 20 April 1999": (),
    "1999-04-31": ("1999-04",),
    "1999-04-00": ("1999-04",),
    "1999-02-29": ("1999-02",),
    "1900-02-29": ("1900-02",),
    "30 February 1999": ("1999-02",),
    "30 February 2000": ("2000-02",),
    "February 29, 1999": ("1999-02",),
    "0 May 1999": ("1999-05",),
    "Monday 31 April 1999": ("1999-04",),
    "April 32": (),
    "Sunday 20 April 1994": ("1994-04-20",),
    # EDTF that is no single run of days
    "XXXX": (),
    "1XXX": (),
    "XX99": (),
    "19X9": (),
    "1999-X4": (),
    "1999-1X": (),
    "1999-XX-05": (),
    "1999-04-X5": (),
    "199X-04": (),
    "19XX-XX": (),
    "199x": ("199X",),
    "19xx": ("19XX",),
    "2001-21": (),
    "2001-24": (),
    "2001-41": (),
    "2001-21?": (),
    "[2001-21..2002]": (),
    "1999/2000": ("[1999..2000]",),
    "1999-04-20/1999-04-21": ("[1999-04-20..1999-04-21]",),
    "2000/1999": (),
    "1999/": (),
    "/1999": (),
    "1999/..": (),
    "1999..2000": ("[1999..2000]",),
    "1999..": (),
    "..": (),
    "[..]": (),
    "[]": (),
    "[1999]": (),
    "[1999,2000]": (),
    "[1999, 2000]": (),
    "{1999..2000}": (),
    "{1999,2000}": (),
    "[1999 .. 2000]": ("[1999..2000]",),
    "[1999...2000]": (),
    "[1999..2000": (),
    "[[1999..2000]]": (),
    "[1999..199X-04]": (),
    "[199X-04..1999]": (),
    "[1999..April 2000]": (),
    "1999?~": (),
    "1999??": (),
    "?1999": (),
    "1999?-04": (),
    "1999-04?-20": (),
    "?": (),
    # times and zones
    "1999-04-20T10:00": ("1999-04-20",),
    "1999-04-20 10:00": ("1999-04-20",),
    "1999-04-20Z": (),
    # spaces and characters
    " 1999": ("1999",),
    "1999 ": ("1999",),
    "1999\n": ("1999",),
    "\n1999-04-20": ("1999-04-20",),
    "1999 - 04": (),
    "28  June 2012": (),
    "28 June  2012": (),
    "１９９９": (),
    "١٩٩٩": (),
    "1999–2000": (),
    "1999\u00a0": (),
    "1999\x00": (),
    # nearly written
    "Aprl 1999": ("April 1999",),
    "Mai 1994": ("May 1994",),
    "28 Juni 2012": ("28 June 2012",),
    "MAR": (),
    "Sat May 1995": (),
    "x" * 101: (),
    "1999" * 50: (),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_without_guessing_is_refused_with_what_was_meant(text: str) -> None:
    error = refused(text)
    assert error.meant == REFUSED[text]
    assert all(parse(meant) for meant in error.meant)
    assert error.reason
    assert all(meant in str(error) for meant in error.meant)
    assert repr(text) in str(error) or repr(f"{text[:40]}...") in str(error)
    assert isinstance(error, ValueError)
    assert isinstance(error, MembershipError)


@pytest.mark.parametrize(
    "text",
    [
        "before 0000",
        "after 0000",
        "before the 0000s",
        "before 1999-13",
        "after 1999-00",
        " before 0000",
        "after 1999-21",
    ],
)
def test_a_bound_that_names_no_real_month_or_year_is_refused(text: str) -> None:
    refused(text)


@pytest.mark.parametrize("text", ["before 0001", "before January 0001", "after 9999", "after the 9990s", "by 0000"])
def test_a_bound_beyond_the_calendar_is_refused(text: str) -> None:
    assert "0001 to 9999" in refused(text).reason


def test_bounds_that_touch_the_ends_of_the_calendar_are_read() -> None:
    assert run("before 0002") == (None, "0001-12-31")
    assert run("after 9998") == ("9999-01-01", None)
    assert run("since 9999") == ("9999-01-01", None)
    assert run("by 0001") == (None, "0001-12-31")


@pytest.mark.parametrize("text", ["between 5 and August 2006", "between 31 and January 2000"])
def test_a_bare_day_beside_a_bare_month_is_refused(text: str) -> None:
    refused(text)


@pytest.mark.parametrize(
    "text", ["between 30 February and 1 March 2001", "Before 0001", "before 30 February 1999", "about 1999-13-01"]
)
def test_an_error_in_a_part_of_a_text_carries_the_whole_text(text: str) -> None:
    assert refused(text).value == text


@given(st.text() | st.text("0123456789-/.X?~%[] ,TZ", max_size=14))
def test_arbitrary_text_is_read_or_refused_with_the_text_shown(text: str) -> None:
    found = attempted(text)
    if isinstance(found, DateError):
        assert repr(text) in str(found) or repr(f"{text[:40]}...") in str(found)
        assert all(parse(meant) for meant in found.meant)
    else:
        assert found.text == text
        assert parse(found.edtf) == found


TOKENS = (
    "1999", "2000", "199X", "1999-04", "1999-04-20", "28", "5", "31", "10", "May", "June", "sept", "February", "Monday",
    "Monday,", "the", "1990s", "about", "circa", "before", "after", "by", "since", "not", "no", "earlier", "later",
    "than", "between", "and", "and", ",", "?", "~", "..", "[", "]", "/", "-", "[1999..2000]", "Mai", "BC", "today",
)  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=7), st.sampled_from([" ", ""]))
def test_any_soup_of_known_words_is_read_or_refused_and_nothing_else(tokens: list[str], between: str) -> None:
    text = between.join(tokens)
    found = attempted(text)
    if isinstance(found, DateError):
        assert repr(found.value) in str(found)
        assert all(parse(meant) for meant in found.meant)
    else:
        assert found.text == text
        assert parse(found.edtf) == found
        assert found.earliest or found.latest


# --- The value -------------------------------------------------------------------------------------------------------

WINDOW = [dt.date(2000, 1, 1) + n * DAY for n in range(8)]


@st.composite
def runs(draw: st.DrawFn, days: st.SearchStrategy[dt.date]) -> ImpreciseDate:
    """Runs of days with open ends and qualifiers, often of a whole month, year, decade or century."""
    first, last = sorted((draw(days), draw(days)))
    widened = draw(st.sampled_from(("no", "no", "month", "year", "decade", "century", "open", "since")))
    if widened == "month":
        last = first.replace(day=monthrange(first.year, first.month)[1])
        first = first.replace(day=1)
    elif widened in {"year", "decade", "century"}:
        width = {"year": 1, "decade": 10, "century": 100}[widened]
        low = first.year // width * width
        first, last = dt.date(max(low, 1), 1, 1), dt.date(low + width - 1, 12, 31)
    mark = draw(st.sampled_from(["", "?", "~", "%"]))
    if widened == "open":
        return ImpreciseDate(None, last, mark)
    return ImpreciseDate(first, None if widened == "since" else last, mark)


@given(runs(st.dates()))
def test_the_edtf_of_a_date_is_read_as_an_equal_date(date: ImpreciseDate) -> None:
    assert parse(date.edtf) == date
    assert date.text == date.edtf == str(date)


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("[1999-01-01..1999-12-31]", "1999"),
        ("[1990..1999?]", "199X?"),
        ("[1900..1999]", "19XX"),
        ("[1991..1999]", "[1991-01-01..1999-12-31]"),
        ("[1990..1998]", "[1990-01-01..1998-12-31]"),
        ("[0001..0009]", "[0001-01-01..0009-12-31]"),
        ("[2000-02-01..2000-02-29]", "2000-02"),
        ("[1999-02-01..1999-02-28]", "1999-02"),
        ("[2000-02-01..2000-02-28]", "[2000-02-01..2000-02-28]"),
        ("[2000-01-01..2000-12-30]", "[2000-01-01..2000-12-30]"),
        ("[1999-04-20..1999-04-20]", "1999-04-20"),
        ("[2006-06..2006-08]", "[2006-06-01..2006-08-31]"),
        ("28 June 2012", "2012-06-28"),
    ],
)
def test_edtf_is_the_shortest_form_of_the_run(text: str, shortest: str) -> None:
    assert parse(text).edtf == shortest
    assert parse(text).text == text


def test_equality_and_hash_are_of_the_run_and_the_qualifier_and_not_of_the_text() -> None:
    written = [parse(text) for text in ("1999-04", "April 1999", "1999-04-XX", "[1999-04-01..1999-04-30]")]
    assert len(set(written)) == 1
    assert written[0] == ImpreciseDate(day("1999-04-01"), day("1999-04-30"))
    others = ["1999-04?", "1999-04~", "[1999-04-02..1999-04-30]", "[1999-04-01..1999-05-01]", "[1999-04..]"]
    assert len({written[0], *map(parse, others)}) == 1 + len(others)
    assert parse("1999-04-20") != day("1999-04-20")


@given(runs(st.sampled_from(WINDOW)))
def test_a_date_survives_pickling(date: ImpreciseDate) -> None:
    again = pickle.loads(pickle.dumps(date))  # noqa: S301 - our own bytes
    assert again == date
    assert hash(again) == hash(date)
    assert again.text == date.text


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_imprecise_dates_have_no_order(compare: Callable[[Any, Any], bool]) -> None:
    with pytest.raises(TypeError):
        compare(parse("1999"), parse("2000"))
    with pytest.raises(TypeError):
        compare(parse("1999"), day("2000-01-01"))


def test_an_imprecise_date_is_frozen() -> None:
    with pytest.raises(AttributeError):
        parse("1999").earliest = None  # type: ignore[misc]


def days_of(date: ImpreciseDate) -> list[dt.date]:
    """The days of a run around the window; an open end reaches beyond the window."""
    first, last = WINDOW[0] - 5 * DAY, WINDOW[-1] + 5 * DAY
    every = [first + n * DAY for n in range((last - first).days + 1)]
    return [d for d in every if (date.earliest or first) <= d <= (date.latest or last)]


SMALL = st.builds(
    lambda a, b, opened: ImpreciseDate(
        None if opened == "first" else min(a, b), None if opened == "last" else max(a, b)
    ),
    st.sampled_from(WINDOW),
    st.sampled_from(WINDOW),
    st.sampled_from(["", "", "first", "last"]),
)


@given(SMALL, SMALL)
def test_the_named_comparisons_equal_the_comparison_of_all_days(a: ImpreciseDate, b: ImpreciseDate) -> None:
    pairs = [(x, y) for x in days_of(a) for y in days_of(b)]
    assert a.certainly_before(b) == all(x < y for x, y in pairs)
    assert a.possibly_before(b) == any(x < y for x, y in pairs)
    assert a.certainly_after(b) == all(x > y for x, y in pairs)
    assert a.possibly_after(b) == any(x > y for x, y in pairs)
    assert a.possibly_same(b) == any(x == y for x, y in pairs)


@given(SMALL)
def test_may_be_holds_for_the_days_of_the_run_and_no_other(date: ImpreciseDate) -> None:
    days = set(days_of(date))
    for d in days_of(ImpreciseDate(None, None)):
        assert date.may_be(d) == (d in days)


def test_a_date_made_of_parts_is_checked() -> None:
    first, last = day("1999-04-20"), day("1999-04-19")
    with pytest.raises(DateError) as caught:
        ImpreciseDate(first, last)
    assert caught.value.meant == ("[1999-04-19..1999-04-20]",)
    with pytest.raises(DateError) as caught:
        ImpreciseDate(first, last, text="mine")
    assert caught.value.value == "mine"
    with pytest.raises(DateError):
        ImpreciseDate(first, first, "!")
    for end in (dt.datetime(1999, 4, 20), "1999-04-20", 1999):  # noqa: DTZ001 - a naive datetime is the point
        with pytest.raises(DateError):
            ImpreciseDate(end, None)  # type: ignore[arg-type]
        with pytest.raises(DateError):
            ImpreciseDate(None, end)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("1999", True),
        ("1999?", True),
        ("1999-04", True),
        ("[1999-01-01..1999-12-31]", True),
        ("[1999-04-01..1999-04-30]", True),
        ("199X", False),
        ("19XX", False),
        ("1999-04-20", False),
        ("[1999-04-01..1999-04-29]", False),
        ("[1999-01-01..1999-12-30]", False),
        ("[1999-04-02..1999-04-30]", False),
        ("[1999-01..1999-02]", False),
        ("[1999..2000]", False),
        ("[1999..]", False),
        ("[..1999]", False),
    ],
)
def test_a_whole_year_or_month_is_known_by_its_days(text: str, whole: bool) -> None:
    assert parse(text).is_year_or_month is whole


def test_a_date_is_moved_with_both_its_ends_and_its_qualifier() -> None:
    date = parse("[1999-12-30?..2000-02-28?]")
    assert date.later(2) == ImpreciseDate(day("2000-01-01"), day("2000-03-01"), "?")
    assert date.later(-1) == ImpreciseDate(day("1999-12-29"), day("2000-02-27"), "?")
    assert date.later(0) == date
    assert parse("[1999-12-31..]").later(1) == ImpreciseDate(day("2000-01-01"), None)
    assert parse("[..1999-12-31]").later(1) == ImpreciseDate(None, day("2000-01-01"))
    assert parse("9999-12-30").later(1) == parse("9999-12-31")
    assert parse("0001-01-02").later(-1) == parse("0001-01-01")
    for text, days in (("9999-12-31", 1), ("0001-01-01", -1)):
        with pytest.raises(DateError) as caught:
            parse(text).later(days)
        assert caught.value.value == text


def test_a_date_of_which_nothing_is_known_is_any_day() -> None:
    unknown = ImpreciseDate(None, None)
    assert unknown.may_be(dt.date.min)
    assert unknown.may_be(dt.date.max)
    assert not unknown.is_exact
    assert unknown.edtf == "[..]"


@pytest.mark.parametrize("text", ["[2000-01-01..]", "[..2000-01-01]"])
def test_a_date_with_an_open_end_is_no_single_day(text: str) -> None:
    assert not parse(text).is_exact


# --- Dates of other kinds --------------------------------------------------------------------------------------------


class Special(dt.date):
    """A date of another library."""


def test_dates_and_midnights_are_their_day() -> None:
    expected = parse("2007-01-01")
    midnight = dt.datetime(2007, 1, 1)  # noqa: DTZ001 - a naive datetime is the point
    for value in (dt.date(2007, 1, 1), midnight, Special(2007, 1, 1), "2007-01-01", expected):
        assert as_imprecise(value) == expected
        assert as_imprecise(value).text == "2007-01-01"
    for year in (dt.MINYEAR, dt.MAXYEAR):
        assert as_day(dt.datetime(year, 12, 31)) == dt.date(year, 12, 31)  # noqa: DTZ001
    assert type(as_day(midnight)) is dt.date
    assert type(as_day(Special(2007, 1, 1))) is dt.date


@pytest.mark.parametrize(
    "value",
    [
        dt.datetime(2007, 1, 1, 1),  # noqa: DTZ001 - naive datetimes are the point
        dt.datetime(2007, 1, 1, 0, 1),  # noqa: DTZ001
        dt.datetime(2007, 1, 1, 0, 0, 1),  # noqa: DTZ001
        dt.datetime(2007, 1, 1, 0, 0, 0, 1),  # noqa: DTZ001
        dt.datetime(2007, 1, 1, 23, 59, 59, 999_999),  # noqa: DTZ001
        dt.datetime(2007, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2007, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=5))),
        dt.time(0, 0),
        dt.timedelta(1),
        None,
        b"2007-01-01",
        ["2007-01-01"],
        (2007, 1, 1),
        object(),
    ],
)
def test_whatever_is_not_a_civil_day_is_refused_with_its_value(value: object) -> None:
    error = refused(value)
    assert error.value is value
    assert repr(value) in str(error)


@pytest.mark.parametrize("value", [True, False, 0, 10, 99, 999, 1999.5, float("nan"), 10_000, 19_990_420, -1999])
def test_numbers_are_no_dates(value: float) -> None:
    assert refused(value).meant == ()


@pytest.mark.parametrize("value", [1000, 1999, 9999])
def test_a_whole_number_that_may_be_a_year_is_refused_with_the_year_as_a_text(value: int) -> None:
    assert refused(value).meant == (str(value),)


@pytest.mark.parametrize(("value", "counts"), [(9_999.5, False), (10_000, True), (99_999.5, True), (100_000, False)])
def test_a_number_of_five_digits_may_count_days(value: float, counts: bool) -> None:
    assert ("spreadsheet" in refused(value).reason) is counts


@pytest.mark.parametrize("value", [1000.0, 9999.0, 999.0, 1999.25])
def test_a_year_is_a_whole_number_of_four_digits(value: float) -> None:
    assert refused(value).meant == ((f"{value:.0f}",) if value in (1000, 9999) else ())


@pytest.mark.parametrize("value", [1999, None, dt.date(1999, 4, 20), b"1999-04"])
def test_parse_reads_texts_only(value: Any) -> None:
    with pytest.raises(DateError) as caught:
        parse(value)
    assert caught.value.value == value


def test_timestamps_of_pandas_are_read_like_datetimes() -> None:
    pandas = pytest.importorskip("pandas")
    assert as_imprecise(pandas.Timestamp("2007-01-01")) == parse("2007-01-01")
    for value in (
        pandas.NaT,
        pandas.Timestamp("2007-01-01", tz="UTC"),
        pandas.Timestamp("2007-01-01 00:00:00.000000001"),
        pandas.Timestamp("2007-01-01 12:00"),
        pandas.NA,
    ):
        refused(value)


@pytest.mark.parametrize("number", [10**400, -(10**400), 10**4000, Fraction(1, 3), Fraction(10**400, 3), float("inf")])
def test_a_number_of_any_size_is_refused_and_none_is_taken_for_a_year(number: Any) -> None:
    with pytest.raises(DateError, match="numbers are not dates") as caught:
        as_day(number)
    assert caught.value.meant == ()
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("number", "meant"), [(999, ()), (1000, ("1000",)), (2006.0, ("2006",)), (9999, ("9999",)), (2006.5, ())]
)
def test_a_number_that_may_be_a_year_is_refused_with_the_year_as_a_text(number: float, meant: tuple[str, ...]) -> None:
    with pytest.raises(DateError, match="numbers are not dates") as caught:
        as_day(number)
    assert caught.value.meant == meant


def test_a_date_may_be_whatever_day_is_given() -> None:
    date = parse("1999-04")
    for day in (dt.date(1999, 4, 30), "1999-04-30 00:00:00", "30 April 1999", "1999", parse("[..1999-04-01]")):
        assert date.may_be(day)
    for day in (dt.date(1999, 5, 1), "2000", parse("[..1999-03-31]")):
        assert not date.may_be(day)
    wrong: tuple[Any, ...] = (None, 1999, "04/05/1999")
    for nothing in wrong:
        with pytest.raises(DateError):
            date.may_be(nothing)
