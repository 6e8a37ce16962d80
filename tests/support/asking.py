"""How the tests ask: the library by the arguments of the oracle, and the days around a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from csto_membership import Effect, History, Reading, Verdict, precedence
from csto_membership._files.read import record_of

DAY = dt.timedelta(1)


def as_reading(reading: Any) -> Reading | str:
    """The library's form of the oracle's reading."""
    if isinstance(reading, str):
        return reading
    return Reading("own", tuple(Effect(act, before, after) for act, (before, after) in reading.items()))


def history(
    document: Any,
    reading: Any = "declared",
    resolution: Any = "preferred",
    sources: Any = None,
    institution: Any = None,
) -> History:
    """The library's history for the oracle's arguments."""
    seen = History(record_of(document)).under(as_reading(reading))
    seen = seen.resolved(resolution if isinstance(resolution, str) else precedence(*resolution[1:]))
    seen = seen.according_to(*sources) if sources is not None else seen
    return seen.institution(institution) if institution else seen


def days_around(day: str) -> tuple[dt.date, dt.date, dt.date]:
    """The day before, the day, and the day after."""
    date = dt.date.fromisoformat(day)
    return date - DAY, date, date + DAY


def around(seen: History, state: str, day: str) -> list[Verdict]:
    """The verdicts on the day before, the day, and the day after."""
    return [seen.was_member(state, date) for date in days_around(day)]
