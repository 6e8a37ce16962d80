"""
Invented tables of the size and in the form of public ones, for benchmarks: nothing from outside is bundled.

Correlates of War IGO by state and year has 15,557 rows, 534 organisations and 217 states; a public table of treaties
58,529 spells of 267 participants in 2,225 treaties.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORGANISATIONS, STATES, LAST_YEAR = 534, 217, 2005
TREATIES, PARTICIPANTS, SPELLS = 2225, 267, 58_529


def write_state_years(path: Path) -> None:
    """A table by state and year: a column for each organisation."""
    chance = random.Random(1816)  # noqa: S311 - nothing secret
    founded = [int(chance.triangular(1816, 2000, 1965)) for _ in range(ORGANISATIONS)]
    share = [chance.choice((0.05, 0.08, 0.1, 0.15, 0.3, 0.8)) for _ in range(ORGANISATIONS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["ccode", "year", "state", *(f"org{number}" for number in range(ORGANISATIONS))])
        for state in range(1001, 1001 + STATES):
            first = chance.choice(
                (1816, 1830, 1840, 1860, 1878, 1902, 1918, 1920, 1946, 1957, 1960, 1960, 1962, 1975, 1991)
            )
            last = LAST_YEAR if chance.random() < 0.9 else chance.randrange(first + 5, LAST_YEAR)
            spells = [_spell(chance, year, part, first, last) for year, part in zip(founded, share, strict=True)]
            for year in range(first, last + 1):
                codes = ["1" if joined <= year < left else "0" for joined, left in spells]
                # Nothing is known of a few years.
                if chance.random() < 0.02:
                    codes[chance.randrange(ORGANISATIONS)] = "-9"
                rows.writerow([state, year, f"state{state}", *codes])


def _spell(chance: random.Random, founded: int, share: float, first: int, last: int) -> tuple[int, int]:
    """The years of joining and leaving, the same for never."""
    if chance.random() > share or founded > last:
        return last, last
    joined = max(founded, first) + (0 if chance.random() < 0.6 else chance.randrange(25))
    return joined, last + 1 if chance.random() < 0.85 else joined + chance.randrange(1, 40)


def spells() -> Iterator[tuple[str, str, str, str]]:
    """Rows of spells: treaty, participant, first day, last day or "" for an open end."""
    chance = random.Random(1992)  # noqa: S311 - nothing secret
    signed = [dt.date(1850, 1, 1) + dt.timedelta(int(chance.triangular(0, 60_000, 50_000))) for _ in range(TREATIES)]
    # Many pairs have one spell, and some two that follow one another.
    pairs = chance.sample(range(TREATIES * PARTICIPANTS), SPELLS * 8 // 11)
    for number, pair in enumerate(pairs):
        treaty, participant = divmod(pair, PARTICIPANTS)
        day = signed[treaty] + dt.timedelta(0 if chance.random() < 0.4 else chance.randrange(12_000))
        times = 2 if number < SPELLS - len(pairs) else 1
        for time in range(times):
            last = day + dt.timedelta(chance.randrange(30, 4000))
            is_open = time == times - 1 and chance.random() < 0.8
            yield f"treaty-{treaty}", f"cow:{1001 + participant}", str(day), "" if is_open else str(last)
            day = last + dt.timedelta(chance.randrange(2, 2000))


def write_spells(path: Path) -> None:
    """A table of spells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["organisation", "state", "status", "first_day", "last_day"])
        for treaty, participant, first, last in spells():
            rows.writerow([treaty, participant, "member", first, last])
