"""
How long a row of `History.check` takes, beside a bare dictionary and bisect in the same run: `python tests/benchmarks/bulk.py`.

A million rows of days, and fewer of other forms. Times are the best of several rounds; read the ratios, not the figures.
"""

from __future__ import annotations

import datetime as dt
import random
import timeit
from bisect import bisect_right
from typing import TYPE_CHECKING

from timing import in_turns

import csto_membership as csto

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROWS, OTHER_ROWS = 1_000_000, 20_000
ROUNDS = 7
AIM = 150


def per_row(cases: Mapping[str, Callable[[], object]], rows: int) -> dict[str, float]:
    """The best time of a row in each case, in nanoseconds."""
    best = in_turns({label: timeit.Timer(ask) for label, ask in cases.items()}, ROUNDS)
    return {label: taken / rows * 1e9 for label, taken in best.items()}


def show(times: Mapping[str, float], floor: float) -> None:
    """A line for each case: nanoseconds a row, and as a multiple of the bare comprehension."""
    for label, taken in times.items():
        print(f"  {label:<44}{taken:8.0f}{taken / floor:8.2f}")


def main() -> None:
    """Columns of days, then the same questions in other forms."""
    history = csto.CSTO
    chance = random.Random(1992)  # noqa: S311
    codes = history.states.codes
    states = [chance.choice(codes) for _ in range(ROWS)]
    days = [dt.date(1991, 1, 1) + dt.timedelta(chance.randrange(13_000)) for _ in range(ROWS)]
    table = {code: history.answers(code) for code in codes}

    def bare() -> list[bool | None]:
        return [table[state][1][bisect_right(table[state][0], day)] for state, day in zip(states, days, strict=True)]

    assert history.check(states, days) == bare()
    print(f"a row, ns, and as a multiple of the bare comprehension ({ROWS:,} rows; aim: under {AIM} ns)")
    label = "bare dict and bisect, in a comprehension"
    times = per_row(
        {
            label: bare,
            "History.check": lambda: history.check(states, days),
            "History.was_member, in a comprehension": lambda: [
                history.was_member(*row).value for row in zip(states, days, strict=True)
            ],
        },
        ROWS,
    )
    floor = times[label]
    show(times, floor)

    few, some = states[:OTHER_ROWS], days[:OTHER_ROWS]
    texts, moments = [day.isoformat() for day in some], [dt.datetime.combine(day, dt.time()) for day in some]
    unknown = ["Atlantis", *few[1:]]
    print(f"rows that are not all plain days ({OTHER_ROWS:,} rows)")
    times = per_row(
        {
            "one text among days": lambda: history.check(few, [texts[0], *some[1:]]),
            "ISO texts": lambda: history.check(few, texts),
            "datetimes at midnight": lambda: history.check(few, moments),
            'one unknown state, errors="null"': lambda: history.check(unknown, some, errors="null"),
        },
        OTHER_ROWS,
    )
    show(times, floor)


if __name__ == "__main__":
    main()
