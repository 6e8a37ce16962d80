"""
What the questions cost beside a bare dict and bisect in the same run: `python tests/benchmarks/questions.py`.

First those that are asked often, as multiples of the bare function, also on days in other forms; then those that derive much, asked again, as shares
of the first time. Needs no group, and uses public names only, so that it also runs against another version:
`PYTHONPATH=path/to/other python tests/benchmarks/questions.py`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import sys
import time
import timeit
from typing import TYPE_CHECKING

from timing import BARE, bare_function, for_each_day, in_turns, show, show_header, timer

import csto_membership as csto

if TYPE_CHECKING:
    from collections.abc import Callable

#: The most that each may cost, as a multiple of the bare function.
WAS_MEMBER = "was_member(UZ, day)", "history.was_member('UZ', day)", 1.8
OFTEN = [
    ("status(UZ, 2012-10-01), asked again", "history.status('UZ', day)", 12_000),
    ("next_change(2012-10-01), asked again", "history.next_change(day)", 2_000),
    ("days_as_member(UZ, 2006 to 2008), legal, asked again", "legal.days_as_member('UZ', first, last)", 4_000),
    ("days_as_member(UZ, .. to 2008), legal, another period", "legal.days_as_member('UZ', next(days), last)", 4_000),
]
#: The forms in which people have days, each with the most that a question may cost in it.
FORMS: dict[str, tuple[Callable[[dt.date], object], float]] = {
    "was_member(UZ, one ISO text)": (lambda _: "2009-03-01", 5),
    "was_member(UZ, 9,000 different ISO texts)": (dt.date.isoformat, 8),
    "was_member(UZ, datetimes at midnight)": (lambda day: dt.datetime.combine(day, dt.time()), 20),
}
#: The most that each may take when asked again, as a share of the first time.
AGAIN = 0.1
PROCESSES = 5


def changes(history: csto.History) -> Callable[[], object]:
    """All changes of the record."""
    return lambda: history.changes(None, None)


def compare(history: csto.History) -> Callable[[], object]:
    """The record against what Correlates of War says alone."""
    other = history.according_to("cow-igo-3")
    return lambda: history.compare(other)


def conflicts(history: csto.History) -> Callable[[], object]:
    """All controversies of the record."""
    return history.conflicts


HEAVY = {"changes(None, None)": changes, "compare(cow-igo-3)": compare, "conflicts()": conflicts}


def often() -> None:
    """The questions that are asked often, in turns with the bare function."""
    history = csto.CSTO
    names: dict[str, object] = {
        "bare": bare_function(history),
        "history": history,
        "legal": history.under("legal"),
        "day": dt.date(2012, 10, 1),
        "first": dt.date(2006, 1, 1),
        "last": dt.date(2008, 12, 31),
        "days": itertools.cycle(dt.date(1992, 1, 1) + dt.timedelta(number) for number in range(6000)),
    }
    bare = "bare('UZB', day)"
    label, statement, aim = WAS_MEMBER
    by_day = for_each_day({BARE: bare, label: statement}, names)
    show_header(f"as a multiple of a bare dict and bisect ({by_day[BARE]:.0f} ns)")
    show(label, aim, by_day[label] / by_day[BARE])
    cases = {BARE: bare, **{label: statement for label, statement, _ in OFTEN}}
    best = in_turns({label: timeit.Timer(statement, globals=names) for label, statement in cases.items()})
    for label, _, aim in OFTEN:
        show(label, aim, best[label] / best[BARE])


def forms() -> None:
    """The same question on a day in the forms in which people have days."""
    days = [dt.date(1991, 1, 1) + dt.timedelta(number) for number in range(9000)]
    cases = {label: [form(day) for day in days] for label, (form, _) in FORMS.items()}
    aims = {label: aim for label, (_, aim) in FORMS.items()}
    try:
        from pandas import Timestamp
    except ImportError:
        print("pandas is not installed, and its Timestamp left out")
    else:
        cases["was_member(UZ, pandas Timestamps)"] = list(map(Timestamp, days))
        aims["was_member(UZ, pandas Timestamps)"] = 20
    names: dict[str, object] = {"bare": bare_function(csto.CSTO), "ask": csto.CSTO.was_member, "days": days}
    timers = {
        "": timer("for day in days: pass", names),
        BARE: timer("for day in days: bare('UZB', day)", names),
        **{label: timer("for day in days: ask('UZ', day)", {**names, "days": form}) for label, form in cases.items()},
    }
    best = in_turns(timers, 10)
    floor = best[BARE] - best[""]
    show_header(f"in other forms of days ({floor / len(days) * 1e9:.0f} ns)")
    for label, aim in aims.items():
        show(label, aim, (best[label] - best[""]) / floor)


def again() -> None:
    """The questions that derive much: each process asks once for the first time, and then again."""
    show_header("asked again, as a share of the first time")
    shares: dict[str, list[tuple[float, float]]] = {label: [] for label in HEAVY}
    for _ in range(PROCESSES):
        for label, taken in shares.items():
            command = [sys.executable, __file__, label]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            first, second = map(float, done.stdout.split())
            taken.append((first, second))
    for label, taken in shares.items():
        first, second = (min(times) for times in zip(*taken, strict=True))
        show(f"{label}, first {first * 1e3:.1f} ms", AGAIN, second / first)


def first_and_again(label: str) -> None:
    """In a fresh process: the seconds of a question asked for the first time, and the best when asked again."""
    # The other record warms up what is imported on use.
    HEAVY[label](csto.history("cis"))()
    ask = HEAVY[label](csto.CSTO)
    first, *later = [timed(ask) for _ in range(5)]
    print(first, min(later))


def timed(ask: Callable[[], object]) -> float:
    """How long one call takes, in seconds."""
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


if __name__ == "__main__":
    if len(sys.argv) > 1:
        first_and_again(sys.argv[1])
    else:
        often()
        forms()
        again()
