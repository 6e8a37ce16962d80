"""What every reader of dates keeps to: how long a text may be, and which days there are."""

from __future__ import annotations

import datetime as dt
import re

from csto_membership.exceptions import DateError

#: No date needs more characters; a longer text is refused unread.
LONGEST = 100
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: Of five digits.
MAY_COUNT_DAYS = "it may be the day number of a spreadsheet; write the day itself"
NO_DATE = "it says that no date is known; leave it out"


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    return 31 if month == 12 else (dt.date(year, month + 1, 1) - dt.date(year, month, 1)).days


def check_day(text: str, year: int, month: int, day: int) -> None:
    """Raise `DateError` where there is no such day."""
    if year == month == 0:
        raise DateError(text, NO_DATE)
    if not 1 <= year <= dt.date.max.year:
        raise DateError(text, "years run from 0001 to 9999")
    if not 1 <= month <= 12:
        raise no_month(text, year, month)
    if day == 0:
        raise DateError(text, "there is no day 0; leave out what is not known", [f"{year:04}-{month:02}"])
    length = month_length(year, month)
    if not 1 <= day <= length:
        month_text = f"{MONTHS[month - 1]} {year}"
        raise DateError(text, f"{month_text} has {length} days", [f"{year:04}-{month:02}"])


def no_month(text: str, year: int, month: int) -> DateError:
    """The error for a month that is none, and that may be the last year of a span."""
    if month == 0:
        return DateError(text, "there is no month 0; leave out what is not known", [f"{year:04}"])
    last = year - year % 100 + month
    if year < last <= dt.date.max.year and re.fullmatch("[0-9]{4}-[0-9]{2}", text):
        return DateError(
            text, f"{month} is no month; a span of years is a period, not one day", [f"[{year:04}..{last:04}]"]
        )
    return DateError(text, f"there is no month {month}")
