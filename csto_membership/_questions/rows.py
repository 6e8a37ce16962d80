"""Many questions at once, in pure Python: the same answers as one by one, row by row."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from csto_membership._values.dates import as_imprecise
from csto_membership.exceptions import ArgumentError, MembershipError, UnequalLengthsError

if TYPE_CHECKING:
    from csto_membership._values.verdict import Verdict


#: The days on which the answer for a state changes, and the answers before, between and after them.
Answers: TypeAlias = "tuple[Sequence[dt.date], Sequence[bool | None]]"

_TREATMENTS = ("raise", "null")


def checked(
    columns: Sequence[object],
    errors: str,
    answer: Callable[..., Verdict],
    answers: Callable[[Any], Answers] | None = None,
) -> list[bool | None]:
    """
    The answer of each row: True, False, None for undetermined, and with errors="null" for what cannot be read.

    The columns are states and dates, perhaps with organisations before them; anything that is no column stands for
    every row. `answer` takes the values of one row. `answers`, for states and dates alone, takes a state: with it a row
    whose day is exact needs no call.
    """
    if errors not in _TREATMENTS:
        raise ArgumentError("errors", errors, "a row that cannot be read raises, or gives None", _TREATMENTS)
    filled = _filled(columns)
    if answers is not None:
        states, dates = filled
        if (quick := _at_once(states, dates, answers)) is not None:
            return quick
    return _one_by_one(filled, errors, answer)


def _filled(columns: Sequence[object]) -> list[list[Any]]:
    """The columns, of one length each. Raises `UnequalLengthsError`."""
    cells = [None if _stands_for_all(column) else list(column) for column in columns]  # type: ignore[call-overload]
    count = next((len(column) for column in cells if column is not None), 1)
    if any(column is not None and len(column) != count for column in cells):
        *organisations, states, dates = (1 if column is None else len(column) for column in cells)
        raise UnequalLengthsError(states, dates, *organisations)
    return [[value] * count if column is None else column for value, column in zip(columns, cells, strict=True)]


def _stands_for_all(column: object) -> bool:
    return isinstance(column, (str, bytes)) or not isinstance(column, Iterable)


def _at_once(states: list[Any], dates: list[Any], answers: Callable[[Any], Answers]) -> list[bool | None] | None:
    """Every answer by one look-up and one bisection; None where a row cannot be read, or its day is unknown."""
    try:
        lines = {state: answers(state) for state in set(states)}
        days = _exact_days(dates)
    # What cannot be hashed is neither a state nor a date. Row by row the error comes again, with the number of its row.
    except (MembershipError, TypeError):
        return None
    if days is None:
        return None
    pairs = zip(map(lines.__getitem__, states), days, strict=True)
    return [values[bisect_right(starts, day)] for (starts, values), day in pairs]


def _exact_days(dates: list[Any]) -> Iterable[dt.date] | None:
    """The days of the dates; None where one of them is not exact."""
    if set(map(type, dates)) <= {dt.date}:
        return dates
    days: dict[object, dt.date] = {}
    for date in set(dates):
        day = as_imprecise(date)
        if day.earliest is None or not day.is_exact:
            return None
        days[date] = day.earliest
    return map(days.__getitem__, dates)


def _one_by_one(columns: list[list[Any]], errors: str, answer: Callable[..., Verdict]) -> list[bool | None]:
    values: list[bool | None] = []
    verdicts = map(answer, *columns)
    # After an error the map goes on with the next row.
    while len(values) < len(columns[0]):
        try:
            for verdict in verdicts:
                values.append(verdict.value)  # noqa: PERF401 - what was read before an error is kept
        except MembershipError as error:
            if errors == "raise":
                error.add_note(f"in row {len(values)} (the first row is 0)")
                raise
            values.append(None)
    return values
