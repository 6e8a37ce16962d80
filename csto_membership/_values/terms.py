"""The terms of a treaty: counted from one anchor, never from the end of the term before."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._values.fields import Formed
from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateutil.relativedelta import relativedelta


_DURATION = re.compile(r"P(?=[0-9])(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,5})W)?(?:([0-9]{1,6})D)?")


@frozen
class Term(Formed):
    """One term of an instrument, both days included: it still binds on its last day."""

    number: int
    first_day: dt.date
    last_day: dt.date

    def as_dict(self) -> dict[str, object]:
        """The term as JSON-ready values."""
        return {
            "number": self.number,
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
        }


def duration_parts(text: str) -> tuple[int, int, int, int]:
    """The years, months, weeks and days of an ISO 8601 duration such as "P5Y". Raises `DateError` for another text."""
    match = _DURATION.fullmatch(text)
    if not match:
        raise DateError(text, "it is no duration in years, months, weeks and days", ["P5Y"])
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    if not any((years, months, weeks, days)):
        raise DateError(text, "a term lasts at least a day", ["P5Y"])
    return years, months, weeks, days


def duration(text: str) -> relativedelta:
    """The duration as what can be added to a date."""
    from dateutil.relativedelta import relativedelta

    years, months, weeks, days = duration_parts(text)
    return relativedelta(years=years, months=months, weeks=weeks, days=days)


def terms_from(anchor: dt.date, first_day: dt.date, term: str, renewal: str, until: dt.date) -> Iterator[Term]:
    """
    The terms that begin on or before `until`.

    The first ends on `anchor` plus the term, each renewed one on `anchor` plus the term plus so many renewals, all
    counted from the anchor: 29 February comes back in leap years, and is 28 February in others.
    """
    first, further = duration(term), duration(renewal) if renewal else None
    number = 1
    while first_day <= until:
        last_day = later(anchor, first + further * (number - 1) if further else first)
        yield Term(number, first_day, last_day)
        if further is None or last_day == dt.date.max:
            return
        number, first_day = number + 1, last_day + dt.timedelta(1)


def later(anchor: dt.date, by: relativedelta) -> dt.date:
    """The day so long after an anchor; the last day of the calendar for any later one."""
    try:
        return anchor + by
    except (OverflowError, ValueError):
        return dt.date.max
