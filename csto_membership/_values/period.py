"""Periods: runs of civil days with known ends."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership.exceptions import DateError

#: Days of effect where a date is open: before and after every civil day.
EVER_BEFORE = -(10**9)
EVER_AFTER = 10**9


@frozen
class Period:
    """A run of civil days, both ends included. Its text is "A/B", or an EDTF date whose days are meant."""

    first: dt.date
    last: dt.date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read "A/B" or a single date with known ends; `DateError` for anything else."""
        ends = [ImpreciseDate.parse(part) for part in text.split("/")]
        first, last = ends[0].earliest, ends[-1].latest
        if len(ends) > 2 or first is None or last is None:
            raise DateError(text, "a period has a first and a last day", ["2004-01-01/2004-12-31"])
        if first > last:
            raise DateError(text, "the period ends before it begins", ["/".join(reversed(text.split("/")))])
        return cls(first, last)

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"


def period_of(first: DateLike | None, last: DateLike | None) -> tuple[int, int]:
    """
    The days (ordinals) of a period, both included; None leaves an end open.

    Raises `DateError` for an imprecise end: a period from some day of 1999 on has no one answer.
    """
    ends = []
    for day, name in ((first, "first"), (last, "last")):
        asked = None if day is None else as_imprecise(day)
        if asked and not asked.is_exact:
            meant = [str(end) for end in (asked.earliest, asked.latest) if end]
            raise DateError(asked.text, f"the {name} day of a period is one exact day", meant)
        ends.append(asked.earliest if asked else None)
    low = ends[0].toordinal() if ends[0] else dt.date.min.toordinal()
    high = ends[1].toordinal() if ends[1] else dt.date.max.toordinal()
    if low > high:
        raise DateError(f"{ends[0]} to {ends[1]}", "the period ends before it begins")
    return low, high
