"""
Imprecise dates: one unknown day in a known run of days.

The texts are EDTF (ISO 8601-2:2019), the part of it whose days form one run, and a closed list of written forms.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any, TypeAlias

from attrs import field, frozen

from csto_membership._values.date_rules import LONGEST, MAY_COUNT_DAYS, check_day, month_length, no_month
from csto_membership._values.days import exact_day
from csto_membership._values.fields import text_field
from csto_membership._values.given import KNOW_DAYS, is_column, is_missing, unit_of
from csto_membership.exceptions import DateError

#: What a date is given as: a day, or a text in ISO form, in EDTF or written.
DateLike: TypeAlias = "dt.date | str | ImpreciseDate"

_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[?~%])?"
)
_RANGE = re.compile(r"\[(?P<first>[^\[\]]*?)\.\.(?P<last>[^\[\]]*)\]")
_QUALIFIERS = {
    "": "",
    "?": "uncertain",
    "~": "approximate",
    "%": "uncertain and approximate",
}


@frozen
class ImpreciseDate:
    """
    One unknown civil day in a run of days, both ends included.

    `earliest` or `latest` is None where the run is open on that side.
    `qualifier` is "?" (uncertain), "~" (approximate), "%" (both) or "": a caveat, which never widens the run.
    `text` is the date as it was written; it plays no part in equality, which is structural.

    There is no order: ask `certainly_before` and its kin.

    >>> date = ImpreciseDate.parse("April 1999")
    >>> date.earliest, date.latest, date.edtf
    (datetime.date(1999, 4, 1), datetime.date(1999, 4, 30), '1999-04')
    """

    earliest: dt.date | None
    latest: dt.date | None
    qualifier: str = ""
    text: str = field(default="", eq=False)

    def __attrs_post_init__(self) -> None:
        for end in (self.earliest, self.latest):
            if end is not None and type(end) is not dt.date:
                raise DateError(end, "the ends of a run are dates or None")
        if self.earliest and self.latest and self.earliest > self.latest:
            shown = self.text or f"[{self.earliest}..{self.latest}]"
            raise DateError(shown, "the range ends before it begins", [f"[{self.latest}..{self.earliest}]"])
        if self.qualifier not in _QUALIFIERS:
            raise DateError(self.qualifier, "the qualifiers are ?, ~ and %")
        if not self.text:
            object.__setattr__(self, "text", self.edtf)

    @classmethod
    def parse(cls, text: str) -> ImpreciseDate:
        """
        Read an EDTF text ("1993", "199X", "1999-04-XX", "[2006-06..2006-08]", "1993?") or a written date.

        Written are "28 June 2012", "28th June, 2012", "June 28, 2012", "28-Jun-2012", "2012-Jun-28", "8 Feb. 1990",
        "April 1999", "28 июня 2012", "июнь 2012", "the 1990s", "about 1993" ("c1993", "~1993", "approx. 1993"),
        "1993?", "1993 or 1994", "1990-uu-uu", a midnight ("2012-06-28 00:00:00"), "before", "after", "by", "until",
        "since", "not before" or "not after" one of these, and "between June and August 2006".
        "by" and "until" include what they name, "before" does not.
        Raises `DateError` for everything else, with what was probably meant: what has two meanings, such as
        "04/05/1994", is never guessed.

        >>> ImpreciseDate.parse("until 1997"), ImpreciseDate.parse("before 1997")
        (<ImpreciseDate [..1997-12-31]>, <ImpreciseDate [..1996-12-31]>)
        """
        if not isinstance(text, str):
            raise DateError(text, f"a text is needed, not {type(text).__name__}")
        return _parse(text)

    @classmethod
    def on(cls, day: dt.date) -> ImpreciseDate:
        """The date that is one exact day."""
        return cls(day, day, "", day.isoformat())

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """As a field of a pydantic model: read from any date-like value, written in EDTF."""
        return text_field(
            as_imprecise,
            str,
            "unreadable_date",
            "a date in EDTF, or a written one: one unknown day of a known run",
            examples=["1999-04-20", "1999-04", "199X", "1993?", "[2006-06-23..2006-08-16]", "[..1997-12-31]"],
        )

    @property
    def is_exact(self) -> bool:
        """Whether the run is a single day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def is_year_or_month(self) -> bool:
        """Whether the run is that of a whole year, or of a whole month."""
        first, last = self.earliest, self.latest
        if first is None or last is None:
            return False
        bare = ImpreciseDate(first, last).edtf
        return len(bare) in (4, 7) and "X" not in bare

    @property
    def edtf(self) -> str:
        """The date in EDTF, in its shortest form."""
        if self.earliest and self.latest:
            return _shortest(self.earliest, self.latest, self.qualifier)
        ends = (f"{end}{self.qualifier}" if end else "" for end in (self.earliest, self.latest))
        return f"[{'..'.join(ends)}]"

    @property
    def caveat(self) -> str:
        """What the qualifier says, in words; empty without one."""
        return _QUALIFIERS[self.qualifier]

    def __str__(self) -> str:
        return self.edtf

    def __repr__(self) -> str:
        return f"<ImpreciseDate {self.edtf}>"

    def later(self, days: int) -> ImpreciseDate:
        """The date so many days later, with its qualifier."""
        by = dt.timedelta(days)
        try:
            return ImpreciseDate(self.earliest and self.earliest + by, self.latest and self.latest + by, self.qualifier)
        except OverflowError:
            needed = f"{'an earlier' if days < 0 else 'a later'} day is needed"
            raise DateError(self.text, f"{needed}, and years run from 0001 to 9999") from None

    def may_be(self, day: DateLike) -> bool:
        """
        Whether the unknown day may be this one; of another unknown day, whether both may be the same.

        >>> ImpreciseDate.parse("1999-04").may_be("1999-04-20"), ImpreciseDate.parse("1999-04").may_be("1999-05-01")
        (True, False)
        """
        return self.possibly_same(day)

    def certainly_before(self, other: DateLike) -> bool:
        """
        Whether every day of this run is before every day of the other.

        >>> date = ImpreciseDate.parse("1999")
        >>> date.certainly_before("2000-01-01"), date.certainly_before("1999-06"), date.possibly_before("1999-06")
        (True, False, True)
        """
        date = as_imprecise(other)
        return self.latest is not None and date.earliest is not None and self.latest < date.earliest

    def possibly_before(self, other: DateLike) -> bool:
        """Whether some day of this run is before some day of the other."""
        date = as_imprecise(other)
        return self.earliest is None or date.latest is None or self.earliest < date.latest

    def certainly_after(self, other: DateLike) -> bool:
        """
        Whether every day of this run is after every day of the other.

        >>> ImpreciseDate.parse("1999").certainly_after("1998-12-31"), ImpreciseDate.parse("1999").certainly_after("1999-01-01")
        (True, False)
        """
        return as_imprecise(other).certainly_before(self)

    def possibly_after(self, other: DateLike) -> bool:
        """Whether some day of this run is after some day of the other."""
        return as_imprecise(other).possibly_before(self)

    def possibly_same(self, other: DateLike) -> bool:
        """
        Whether the two runs share a day.

        >>> ImpreciseDate.parse("1999").possibly_same("1999-04"), ImpreciseDate.parse("1999").possibly_same("2000")
        (True, False)
        """
        return not self.certainly_before(other) and not self.certainly_after(other)


def as_imprecise(value: object) -> ImpreciseDate:
    """
    Any date-like value as an imprecise date.

    A naive datetime at midnight (a pandas Timestamp) is its day, and so are numpy's datetime64 of a midnight and pandas'
    Period of one day.
    Raises `DateError` for any other datetime, and for whatever is not a date, a text or an `ImpreciseDate`.
    """
    if isinstance(value, ImpreciseDate):
        return value
    if isinstance(value, str):
        return _parse(value)
    return ImpreciseDate.on(as_day(value))


def optional_date(value: DateLike | None) -> ImpreciseDate | None:
    """A date-like value as an imprecise date, None for None."""
    return None if value is None else as_imprecise(value)


def as_day(value: object) -> dt.date:
    """
    The civil day of a date, of a naive datetime at midnight, and of what other libraries have for these.

    numpy's datetime64 of a midnight is its day, pandas' Period of one day as well. `DateError` for anything else.
    """
    if is_missing(value):
        raise DateError(value, "the date is missing")
    if isinstance(value, dt.datetime):
        # A Timestamp of pandas may be of a year that dates do not have.
        if not dt.MINYEAR <= value.year <= dt.MAXYEAR:
            raise DateError(value, f"years run from {dt.MINYEAR:04} to {dt.MAXYEAR}")
        if day := exact_day(value):
            return day
        raise DateError(value, "it is a datetime with a time of day or a zone; pass its civil day (.date())")
    if isinstance(value, dt.date):
        return dt.date(value.year, value.month, value.day)
    kind = type(value).__name__
    if kind == "datetime64" and hasattr(value, "dtype"):
        return _of_numpy(value)
    if kind == "Period" and hasattr(value, "freqstr"):
        return _of_pandas(value)
    raise _no_day(value)


def _no_day(value: object) -> DateError:
    """The error for a value that is no date: what it is, and what was probably meant."""
    from numbers import Real

    # numpy calls its timedelta64 a number, and compares it with none.
    if isinstance(value, Real) and type(value).__name__ not in ("bool", "timedelta64"):
        number: Any = value
        if 10_000 <= number < 100_000:
            return DateError(value, f"numbers are not dates; {MAY_COUNT_DAYS}")
        # In this order: a number may be too large for the remainder, or for a float.
        years = [f"{float(number):.0f}"] if 1000 <= number <= dt.date.max.year and number % 1 == 0 else []
        return DateError(value, "numbers are not dates; write a year as a text", years)
    needed = f"a date, a text or an ImpreciseDate is needed, not {type(value).__name__}"
    return DateError(
        value, f"{needed}; check(states, dates) asks about columns, one value a row" if is_column(value) else needed
    )


#: The texts of a datetime64 of a day or of a finer unit, at midnight.
_MIDNIGHT = r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T00(?::00(?::00(?:\.0+)?)?)?)?"


def _of_numpy(value: Any) -> dt.date:
    text, unit = str(value), unit_of(value.dtype)
    if unit in KNOW_DAYS:
        if match := re.fullmatch(_MIDNIGHT, text):
            return _parsed_day(match[1])
        raise DateError(value, "it has a time of day, or a year outside 0001 to 9999; pass its civil day")
    raise DateError(value, f"its unit is [{unit}] and not a day; pass a text", [text] if unit in ("Y", "M") else [])


def _of_pandas(value: Any) -> dt.date:
    text, frequency = str(value), value.freqstr
    if frequency == "D":
        return _parsed_day(text)
    reason = f"it is a period of frequency {frequency} and not of a day; pass a text"
    raise DateError(value, reason, [text] if _readable(text) else [])


def _parsed_day(text: str) -> dt.date:
    day = _parse(text).earliest
    assert day, "the text is of one day"
    return day


@lru_cache(maxsize=4096)
def _parse(text: str) -> ImpreciseDate:
    if day := exact_day(text):
        return ImpreciseDate(day, day, "", text)
    try:
        if len(text) <= LONGEST and (date := _read(text)):
            return date
    except DateError as error:
        # A part of the text may be at fault; what was given is the whole.
        raise DateError(text, error.reason, error.meant if error.value == text else ()) from None
    from csto_membership._values.date_texts import refusal

    raise refusal(text, _readable)


def _readable(text: str) -> bool:
    try:
        return _read(text) is not None
    except DateError:
        return False


def _read(text: str) -> ImpreciseDate | None:
    """The date of an EDTF or written text, None where it has none of the forms, `DateError` for no real day."""
    if date := _edtf(text, text):
        return date
    from csto_membership._values.date_texts import to_edtf

    edtf = to_edtf(text)
    return _edtf(edtf, text) if edtf else None


def _edtf(edtf: str, text: str) -> ImpreciseDate | None:
    """The date of an EDTF text, None where it has not the form; `text` is what the caller wrote."""
    if match := _DATE.fullmatch(edtf):
        run = _run(match, text)
        return run and ImpreciseDate(*run, match["qualifier"] or "", text)
    if not (match := _RANGE.fullmatch(edtf)) or edtf == "[..]":
        return None
    ends = [_DATE.fullmatch(match[end]) if match[end] else None for end in ("first", "last")]
    if any(match[end] and not date for end, date in zip(("first", "last"), ends, strict=True)):
        return None
    runs = [end and _run(end, text) for end in ends]
    if any(end and not run for end, run in zip(ends, runs, strict=True)):
        return None
    first, last = runs
    # One may lie inside the other.
    if first and last and first[0] > last[0] and first[1] > last[1]:
        raise DateError(text, "the range ends before it begins", [f"[{match['last']}..{match['first']}]"])
    marks = {end["qualifier"] for end in ends if end and end["qualifier"]}
    qualifier = marks.pop() if len(marks) == 1 else "%" if marks else ""
    return ImpreciseDate(first[0] if first else None, last[1] if last else None, qualifier, text)


def _run(match: re.Match[str], text: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day of one EDTF date, None where the unspecified digits do not form one run."""
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year and month is not None:
        return None
    if month == "XX" and day not in (None, "XX"):
        return None
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low < 1:
        check_day(text, low, int(month) if month and month.isdecimal() else 1, 1)
    if month in (None, "XX"):
        return dt.date(low, 1, 1), dt.date(high, 12, 31)
    if not 1 <= int(month) <= 12:
        if 21 <= int(month) <= 41:
            return None
        raise no_month(text, low, int(month))
    if day in (None, "XX"):
        return dt.date(low, int(month), 1), dt.date(low, int(month), month_length(low, int(month)))
    check_day(text, low, int(month), int(day))
    only = dt.date(low, int(month), int(day))
    return only, only


def _shortest(first: dt.date, last: dt.date, qualifier: str) -> str:
    if first == last:
        return f"{first}{qualifier}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        low, high = f"{first.year:04}", f"{last.year:04}"
        for known in (4, 3, 2):
            masked = low[:known] + "X" * (4 - known)
            if (low, high) == (masked.replace("X", "0"), low[:known] + "9" * (4 - known)):
                return f"{masked}{qualifier}"
    month_end = first.replace(day=month_length(first.year, first.month))
    if first.day == 1 and last == month_end:
        return f"{first.isoformat()[:7]}{qualifier}"
    return f"[{first}{qualifier}..{last}{qualifier}]"
