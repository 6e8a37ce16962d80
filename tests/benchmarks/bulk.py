"""
How long a row of `History.check` takes, beside a bare dictionary and bisect in the same run: `python tests/benchmarks/bulk.py`.

A million rows of days, and fewer of other forms. Times are the best of several rounds; read the ratios, not the figures.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from bisect import bisect_right
from typing import TYPE_CHECKING

import csto_membership as csto

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS, OTHER_ROWS = 1_000_000, 20_000
ROUNDS = 7
AIM = 150


def per_row(ask: Callable[[], object], rows: int) -> float:
    """The best time of a row, in nanoseconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask()
        best = min(best, time.perf_counter() - start)
    return best / rows * 1e9


def show(label: str, taken: float, floor: float) -> None:
    """One line: nanoseconds a row, and as a multiple of the bare comprehension."""
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
    floor = per_row(bare, ROWS)
    taken = per_row(lambda: history.check(states, days), ROWS)
    print(f"a row, ns, and as a multiple of the bare comprehension ({ROWS:,} rows; aim: under {AIM} ns)")
    show("bare dict and bisect, in a comprehension", floor, floor)
    show("History.check", taken, floor)
    scalar = per_row(lambda: [history.was_member(*row).value for row in zip(states, days, strict=True)], ROWS)
    show("History.was_member, in a comprehension", scalar, floor)

    few, some = states[:OTHER_ROWS], days[:OTHER_ROWS]
    texts, moments = [day.isoformat() for day in some], [dt.datetime.combine(day, dt.time()) for day in some]
    print(f"rows that are not all plain days ({OTHER_ROWS:,} rows)")
    show("one text among days", per_row(lambda: history.check(few, [texts[0], *some[1:]]), OTHER_ROWS), floor)
    show("ISO texts", per_row(lambda: history.check(few, texts), OTHER_ROWS), floor)
    show("datetimes at midnight", per_row(lambda: history.check(few, moments), OTHER_ROWS), floor)
    unknown = ["Atlantis", *few[1:]]
    null = per_row(lambda: history.check(unknown, some, errors="null"), OTHER_ROWS)
    show('one unknown state, errors="null"', null, floor)


if __name__ == "__main__":
    main()
