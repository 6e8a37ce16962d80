"""
What views in a loop cost and keep: `python tests/benchmarks/views.py`.

A view asked again beside the first time, a day of publication on which the same sources are used beside one on which
others are, and the memory that is held after ten thousand of them beside that after a thousand. Needs no group.
"""

from __future__ import annotations

import datetime as dt
import gc
import time
import tracemalloc
from typing import TYPE_CHECKING

from attrs import evolve
from timing import show, show_header

import csto_membership as csto
from csto_membership import History

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 20
DAY = dt.date(2009, 3, 1)
#: Publications of many sources are open on these days, and of the same ones on most that follow one another.
FIRST = dt.date(2012, 1, 1)


def fresh() -> History:
    """The record of the library, that no question has been asked of."""
    return History(evolve(csto.CSTO.record))


def timed(ask: Callable[[], object]) -> float:
    """How long one call takes, in seconds of the processor."""
    start = time.process_time()
    ask()
    return time.process_time() - start


def again() -> None:
    """A view that is made and asked again, and days of publication one after the other."""
    shares: dict[str, list[float]] = {"legal": [], "published": []}
    for _ in range(ROUNDS):
        history = fresh()
        first = timed(lambda history=history: history.under("legal").members_on(DAY))  # type: ignore[misc]
        shares["legal"].append(timed(lambda history=history: history.under("legal").members_on(DAY)) / first)  # type: ignore[misc]
        days = [FIRST + dt.timedelta(number) for number in range(60)]
        times: dict[bool, list[float]] = {True: [], False: []}
        used: set[object] = set()
        for day in days:
            view = history.as_published_by(day)
            selection = view._derivation.selection
            times[selection in used].append(timed(lambda view=view: view.members_on(DAY)))  # type: ignore[misc]
            used.add(selection)
        # Of a selection the second view keeps its courses; from the third on they are shared.
        shares["published"].append(min(times[True]) / min(times[False]))
    show_header("as a share of the first time")
    show("under('legal').members_on, made and asked again", 0.1, min(shares["legal"]))
    show("as_published_by(day).members_on, of the same sources", 0.5, min(shares["published"]))


def kept() -> None:
    """What ten thousand days of publication leave behind."""
    history = fresh()
    tracemalloc.start()
    held = []
    for number in range(10_000):
        history.as_published_by(FIRST + dt.timedelta(number % 1_000)).was_member("UZ", DAY)
        if number in (999, 9_999):
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    show_header(f"memory, as a multiple of that after 1,000 ({held[0] / 1024**2:.1f} MiB)")
    show("after 10,000 days of publication", 1.2, held[1] / held[0])


if __name__ == "__main__":
    again()
    kept()
