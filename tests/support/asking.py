"""How the tests ask: the library by the arguments of the oracle, what it refuses, and the days around a day."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from csto_membership import (
    Effect,
    Fault,
    History,
    Reading,
    RecordError,
    UndeterminedError,
    UnknownNameError,
    Verdict,
    precedence,
)
from csto_membership._files.read import record_of

DAY = dt.timedelta(1)


# --- Questions -------------------------------------------------------------------------------------------------------


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
    view = History(record_of(document)).under(as_reading(reading))
    view = view.resolved(resolution if isinstance(resolution, str) else precedence(*resolution[1:]))
    view = view.according_to(*sources) if sources is not None else view
    return view.institution(institution) if institution else view


# --- Refusals --------------------------------------------------------------------------------------------------------


def unknown(question: Callable[..., object]) -> UnknownNameError:
    """The error of a question that names what does not exist."""
    with pytest.raises(UnknownNameError) as caught:
        question()
    return caught.value


def undetermined(question: Callable[..., object]) -> UndeterminedError:
    """The error of a question whose answer is open."""
    with pytest.raises(UndeterminedError) as caught:
        question()
    return caught.value


def faults_in(document: dict[str, Any]) -> tuple[Fault, ...]:
    """The faults of a document that is no record."""
    with pytest.raises(RecordError) as caught:
        record_of(document)
    return caught.value.faults


def places(error: pytest.ExceptionInfo[RecordError]) -> list[str]:
    """Where the faults of an error are."""
    return [fault.place for fault in error.value.faults]


# --- Days ------------------------------------------------------------------------------------------------------------


def days_around(day: str) -> tuple[dt.date, dt.date, dt.date]:
    """The day before, the day, and the day after."""
    date = dt.date.fromisoformat(day)
    return date - DAY, date, date + DAY


def around(history: History, state: str, day: str) -> list[Verdict]:
    """The verdicts on the day before, the day, and the day after."""
    return [history.was_member(state, date) for date in days_around(day)]


def in_runs(day: dt.date, runs: Iterable[Any]) -> bool:
    """Whether a day lies in one of some runs of days; an end that is None is open."""
    return any((run.first_day or dt.date.min) <= day <= (run.last_day or dt.date.max) for run in runs)


def assert_apart(runs: list[Any]) -> None:
    """Runs in order with at least a day between one and the next."""
    for run, following in itertools.pairwise(runs):
        assert run.last_day
        assert following.first_day
        assert run.last_day + DAY < following.first_day
    for run in runs:
        assert (run.first_day or dt.date.min) <= (run.last_day or dt.date.max)
