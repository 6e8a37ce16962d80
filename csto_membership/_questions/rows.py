"""Many questions at once, in pure Python: the same answers as one by one, row by row."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING

from csto_membership._values.dates import as_imprecise
from csto_membership.exceptions import (
    DateError,
    MembershipError,
    UnequalLengthsError,
    UnknownNameError,
    UnknownStateError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._history import History
    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import StateLike


def checked(history: History, states: Iterable[StateLike], dates: Iterable[DateLike], errors: str) -> list[bool | None]:
    """See `History.check`."""
    if errors not in ("raise", "null"):
        raise UnknownNameError("way to treat errors", errors, ["raise", "null"])
    if isinstance(states, str):
        raise UnknownStateError(states, reason="a list of states is needed, one for each row")
    if isinstance(dates, str):
        raise DateError(dates, "a list of dates is needed, one for each row")
    asked, days = list(states), list(dates)
    if len(asked) != len(days):
        raise UnequalLengthsError(len(asked), len(days))
    # Where all states are known and all dates are exact days, a row takes no function call.
    try:
        lines = {state: history.answers(state) for state in set(asked)}
        exact = {date: _exact(date) for date in set(days)} if set(map(type, days)) - {dt.date} else None
    except (MembershipError, TypeError):
        return [_one(history, *row, errors) for row in zip(range(len(asked)), asked, days, strict=True)]
    plain = days if exact is None else map(exact.__getitem__, days)
    pairs = zip(map(lines.__getitem__, asked), plain, strict=True)
    return [answers[bisect_right(starts, day)] for (starts, answers), day in pairs]


def _exact(date: DateLike) -> dt.date:
    """The day of an exact date; TypeError for an imprecise one, which takes the long way."""
    asked = as_imprecise(date)
    if asked.earliest is None or not asked.is_exact:
        raise TypeError
    return asked.earliest


def _one(history: History, number: int, state: StateLike, date: DateLike, errors: str) -> bool | None:
    try:
        answer: bool | None = history.was_member(state, date).value
    except MembershipError as error:
        if errors == "null":
            return None
        error.add_note(f"in row {number}, counted from 0")
        raise
    return answer
