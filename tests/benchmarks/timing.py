"""
How the benchmarks take their times: the best of several rounds, in which the cases take turns.

So a busy moment of the machine falls on all of the cases and not on one; read the ratios, not the figures.
"""

from __future__ import annotations

import datetime as dt
import time
import timeit
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import csto_membership as csto

DAYS = [dt.date(1991, 1, 1) + dt.timedelta(97 * number) for number in range(140)]
BARE = "bare dict and bisect, in a function"

ROUNDS = 60
#: How long the turn of a fast case is, in seconds; a slow one is run once a turn.
TURN = 0.002


def in_turns(timers: Mapping[str, timeit.Timer], rounds: int = ROUNDS) -> dict[str, float]:
    """The best time of each case, in seconds; its first run, which prepares what later ones use, does not count."""
    best = {}
    for label, timer in timers.items():
        timer.timeit(1)
        best[label] = timer.timeit(1)
    runs = {label: max(1, int(TURN / (taken or TURN))) for label, taken in best.items()}
    for _ in range(rounds):
        for label, timer in timers.items():
            best[label] = min(best[label], timer.timeit(runs[label]) / runs[label])
    return best


def for_each_day(
    statements: Mapping[str, str], names: Mapping[str, object], days: Sequence[dt.date] = DAYS
) -> dict[str, float]:
    """The best time of each statement on a `day`, in nanoseconds, the empty loop subtracted."""
    scope = {**names, "days": days}
    timers = {
        label: timeit.Timer(f"for day in days:\n    {statement}", globals=scope)
        for label, statement in {**statements, "": "pass"}.items()
    }
    best = in_turns(timers)
    idle = best.pop("")
    return {label: (taken - idle) / len(days) * 1e9 for label, taken in best.items()}


def bare_function(history: csto.History) -> Callable[[str, dt.date], bool | None]:
    """The same answers by a dict and a bisection in a function: the least that a question can cost in Python."""
    table = {code: history.answers(code) for code in history.states.codes}

    def bare(state: str, day: dt.date) -> bool | None:
        starts, answers = table[state]
        return answers[bisect_right(starts, day)]

    return bare


def timer(statement: str | Callable[[], object], names: dict[str, object] | None = None) -> timeit.Timer:
    """A timer of the processor's time, on which other work on the machine weighs less."""
    return timeit.Timer(statement, globals=names, timer=time.process_time)


def show_header(title: str) -> None:
    """The line above the cases."""
    print(f"{title:<58}{'aim':>12}{'result':>14}")


def show(label: str, aim: float | None, result: float) -> None:
    """One line: the case, the aim if it has one, the result."""
    wanted = "-" if aim is None else f"{aim:,g}"
    print(f"  {label:<56}{wanted:>12}{result:>14,.{2 if result > 1 else 4}f}")
