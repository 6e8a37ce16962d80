"""Many questions at once, in pure Python: the same answers as one by one, row by row."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING

from csto_membership.exceptions import MembershipError, UnequalLengthsError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._dates import DateLike
    from csto_membership._history import History
    from csto_membership._states import StateLike


def checked(history: History, states: Iterable[StateLike], dates: Iterable[DateLike], errors: str) -> list[bool | None]:
    """See `History.check`."""
    if errors not in ("raise", "null"):
        raise UnknownNameError("way to treat errors", errors, ["raise", "null"])
    asked, days = list(states), list(dates)
    if len(asked) != len(days):
        raise UnequalLengthsError(len(asked), len(days))
    # Plain days and states that are all known take no function call a row. A datetime is no plain day.
    if set(map(type, days)) <= {dt.date}:
        try:
            lines = {state: history.answers(state) for state in set(asked)}
        except (MembershipError, TypeError):
            lines = {}
        if lines or not asked:
            pairs = zip(map(lines.__getitem__, asked), days, strict=True)
            return [answers[bisect_right(starts, day)] for (starts, answers), day in pairs]
    return [_one(history, *row, errors) for row in zip(range(len(asked)), asked, days, strict=True)]


def _one(history: History, number: int, state: StateLike, date: DateLike, errors: str) -> bool | None:
    try:
        answer: bool | None = history.was_member(state, date).value
    except MembershipError as error:
        if errors == "null":
            return None
        error.add_note(f"in row {number}, counted from 0")
        raise
    return answer
