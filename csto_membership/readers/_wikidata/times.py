"""
Points in time of Wikidata as imprecise dates.

Precision 11 is a day, 10 a month, 9 a year, 8 a decade, 7 a century (Help:Dates). Only the proleptic Gregorian calendar
(Q1985727) is read. Whether a value says of the Julian one (Q1985786) that it was turned into Gregorian days is told
nowhere, so it is never converted.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import Any

from csto_membership._values.dates import ImpreciseDate
from csto_membership.readers._wikidata.entities import UnreadError

_TIME = re.compile(r"(?P<sign>[+-])(?P<year>\d{1,16})-(?P<month>\d\d)-(?P<day>\d\d)T\d\d:\d\d:\d\dZ", re.ASCII)
_CALENDAR = re.compile(r"https?://www\.wikidata\.org/entity/(Q\d+)", re.ASCII)
_GREGORIAN, _JULIAN = "Q1985727", "Q1985786"
_DAY, _MONTH, _YEAR, _DECADE, _CENTURY = 11, 10, 9, 8, 7
#: What is said of the days of the wider precisions.
WIDE: dict[object, str] = {
    _DECADE: "a decade, as all of its days",
    _CENTURY: "a century, as all of the days that it may mean",
}


def date_of(value: Any) -> ImpreciseDate:
    """
    The date that a value of the type "time" means; a decade or a century is marked as approximate.

    A century of a year that ends in 00 may mean the hundred years up to it, or those from it on: it has the days of
    both. Raises `UnreadError` for what is no such value, another calendar, a wider precision, and years before 1.
    """
    if not isinstance(value, dict) or not isinstance(time := value.get("time"), str):
        raise UnreadError("a point in time is needed", value, 'it has a time, such as "+1999-04-20T00:00:00Z"')
    match = _TIME.fullmatch(time)
    if match is None:
        raise UnreadError("it is no point in time", time, 'it is written as "+1999-04-20T00:00:00Z"')
    _check_calendar(value.get("calendarmodel"), time)
    _check_plain(value, time)
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if match["sign"] == "-" or not 1 <= year <= dt.date.max.year:
        raise UnreadError("years run from 0001 to 9999", time, "leave the statement out")
    precision = value.get("precision")
    if type(precision) is not int or not _CENTURY <= precision <= _DAY:
        raise UnreadError("its precision is none from a century (7) to a day (11)", precision, "correct the statement")
    if precision >= _MONTH and not 1 <= month <= 12:
        raise UnreadError(f"precision {precision} needs a month", time, "correct the statement")
    if precision == _DAY:
        if not 1 <= day <= monthrange(year, month)[1]:
            raise UnreadError("there is no such day", time, "correct the statement")
        return ImpreciseDate.on(dt.date(year, month, day))
    if precision == _MONTH:
        return ImpreciseDate.parse(f"{year:04}-{month:02}")
    if precision == _YEAR:
        return ImpreciseDate.parse(f"{year:04}")
    first, last = _run(year, precision)
    return ImpreciseDate(dt.date(max(first, 1), 1, 1), dt.date(min(last, dt.date.max.year), 12, 31), "~")


def wide(value: Any) -> str:
    """What there is to say of a value that is a decade or a century; "" of any other."""
    return WIDE.get(value.get("precision"), "") if isinstance(value, dict) else ""


def _run(year: int, precision: int) -> tuple[int, int]:
    """The first and the last year of a decade or century."""
    if precision == _DECADE:
        return year // 10 * 10, year // 10 * 10 + 9
    # Wikidata shows 1900 as the 19th century, and many people who enter it mean the 1900s.
    by_number, by_digits = (year - 1) // 100 * 100 + 1, year // 100 * 100
    return min(by_number, by_digits), max(by_number + 99, by_digits + 99)


def _check_calendar(model: object, time: str) -> None:
    match = _CALENDAR.fullmatch(model) if isinstance(model, str) else None
    if match and match[1] == _JULIAN:
        remedy = "give the day of the Gregorian calendar: what is stored may be either, so it is not converted"
        raise UnreadError("the date is of the Julian calendar, which is not read", time, remedy)
    if match is None or match[1] != _GREGORIAN:
        raise UnreadError("the calendar is not the Gregorian one (Q1985727)", model, "correct the statement")


def _check_plain(value: dict[str, Any], time: str) -> None:
    """Refuse fields that Wikidata does not use, and that would mean other days."""
    for field in ("before", "after", "timezone"):
        if value.get(field, 0) != 0:
            raise UnreadError(f"its {field!r} is not 0, and is not read", f"{time}, {value[field]}", "correct it")
