"""Periods: runs of civil days with known ends, as dates, and as the ordinals that the heart works on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from csto_membership._values.dates import ImpreciseDate, as_imprecise
from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from csto_membership._values.dates import DateLike

#: Days of effect where a date is open: before and after every civil day.
EVER_BEFORE = -(10**9)
EVER_AFTER = 10**9


class Days(NamedTuple):
    """A run of days as ordinals, both ends included."""

    first: int
    last: int


@frozen
class Period:
    """
    A run of civil days, both ends included. Its text is "A/B", or an EDTF date whose days are meant.

    Raises `DateError` for ends that are no dates (`parse` reads texts), and for a last day before the first.
    """

    first: dt.date
    last: dt.date

    def __attrs_post_init__(self) -> None:
        for end in (self.first, self.last):
            if type(end) is not dt.date:
                raise DateError(end, "the ends of a period are dates; Period.parse reads texts")
        if self.first > self.last:
            meant = f"{self.last}/{self.first}"
            raise DateError(f"{self.first}/{self.last}", "the period ends before it begins", [meant])

    @classmethod
    def parse(cls, text: str) -> Period:
        """
        Read "A/B" or a single date with known ends; `DateError` for anything else.

        >>> Period.parse("2004-11/2005"), Period.parse("1999-04")
        (<Period 2004-11-01/2005-12-31>, <Period 1999-04-01/1999-04-30>)
        """
        ends = [ImpreciseDate.parse(part) for part in text.split("/")]
        first, last = ends[0].earliest, ends[-1].latest
        if len(ends) > 2 or first is None or last is None:
            raise DateError(text, "a period has a first and a last day", ["2004-01-01/2004-12-31"])
        if first > last:
            raise DateError(text, "the period ends before it begins", ["/".join(reversed(text.split("/")))])
        return cls(first, last)

    @property
    def days(self) -> Days:
        """The period as ordinals."""
        return Days(self.first.toordinal(), self.last.toordinal())

    @property
    def end(self) -> dt.date | None:
        """The day after the last; None where the calendar ends with it."""
        return None if self.last == dt.date.max else self.last + dt.timedelta(1)

    def within(self, first: dt.date | None, last: dt.date | None) -> Period:
        """
        The part of the period that lies between two days, both included; None leaves an end open.

        Raises `DateError` where none does.

        >>> Period.parse("2004/2006").within(dt.date(2005, 7, 1), None)
        <Period 2005-07-01/2006-12-31>
        """
        return Period(max(first or self.first, self.first), min(last or self.last, self.last))

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __repr__(self) -> str:
        return f"<Period {self}>"

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"


def period_of(first: DateLike | None, last: DateLike | None) -> Period:
    """
    The period between two days, both included; None leaves an end open, up to the end of the calendar.

    A year or a month stands for the end that it is at: as `first` for its first day, as `last` for its last one.
    Raises `DateError` for any other imprecise end (a period from about 1999 on has no one answer), and for a period
    that ends before it begins.

    >>> period_of("2007", "2008-02")
    <Period 2007-01-01/2008-02-29>
    """
    low, high = first_day(first) or dt.date.min, last_day(last) or dt.date.max
    if low > high:
        raise DateError(f"{low} to {high}", "the period ends before it begins")
    return Period(low, high)


def first_day(day: DateLike | None) -> dt.date | None:
    """The first day of a period that begins with a day, a month or a year; None for None."""
    return None if day is None else _end(day, "first").earliest


def last_day(day: DateLike | None) -> dt.date | None:
    """The last day of a period that ends with a day, a month or a year; None for None."""
    return None if day is None else _end(day, "last").latest


def _end(day: DateLike, name: str) -> ImpreciseDate:
    """The date if it may be an end of a period."""
    date = as_imprecise(day)
    if not date.is_exact and not date.is_year_or_month:
        meant = [str(end) for end in (date.earliest, date.latest) if end]
        raise DateError(date.text, f"the {name} day of a period is one day, a month or a year", meant)
    if date.qualifier:
        meant = [ImpreciseDate(date.earliest, date.latest).edtf]
        raise DateError(date.text, f"the {name} day of a period is not {date.caveat}", meant)
    return date
