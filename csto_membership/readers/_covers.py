"""For which days and states a table vouches that says no more of it than its rows do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from csto_membership._evidence.institutions import Coverage
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership._values.given import of_kind
from csto_membership.exceptions import ArgumentError, DateError

if TYPE_CHECKING:
    from collections.abc import Iterable


#: The last year of the calendar stands for an open end in many tables: it is no day that a table speaks of.
_SENTINEL = dt.date(9999, 1, 1)


def until(as_of: DateLike | None, covers: Coverage | None) -> dt.date | None:
    """
    The day of which a table speaks, None where it is not named.

    Raises `DateError` for what is not one exact day, and `ArgumentError` where the coverage is none, or ends on another.
    """
    if covers is not None:
        of_kind("covers", covers, Coverage)
    if as_of is None:
        return None
    date = as_imprecise(as_of)
    if not date.is_exact:
        raise DateError(date.text, "the table tells of which day? One exact day is needed")
    if covers is not None and covers.last != date.earliest:
        raise ArgumentError("as_of", date.text, f"covers ends on {covers.last}: give one of the two")
    return date.earliest


def last_day_of(dates: Iterable[ImpreciseDate | None]) -> dt.date | None:
    """The last day that dates speak of; None where they name none."""
    days = (date.latest or date.earliest for date in dates if date)
    return max((day for day in days if day and day < _SENTINEL), default=None)


def listed(last: dt.date | None) -> Coverage:
    """The coverage of a table that tells no more than its rows: of no state that it does not list."""
    return Coverage(None, last, states="listed")
