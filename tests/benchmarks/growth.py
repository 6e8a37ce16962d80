"""
How the cost of loading and asking grows with the evidence: `python tests/benchmarks/growth.py [words of a case ...]`.

The exponent between the two largest sizes, and for rival claims the cost of a hundred beside that of ten. Each time a
record, or a history of it, is made anew, and the sizes take turns. Needs no group.
"""

from __future__ import annotations

import datetime as dt
import gc
import math
import random
import sys
import time
from typing import TYPE_CHECKING

import csto_membership as csto
from csto_membership import Attestation, Claim, Event, History, ImpreciseDate, Record, Source, State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIZES = (500, 1000, 2000)
AIM, AIM_OF_A_HUNDRED = 1.4, 12
ROUNDS = 3
FIRST = dt.date(1000, 1, 1)
SOURCES = Source("a"), Source("b")
TURNS = "accession", "withdrawal"


def day(number: int) -> ImpreciseDate:
    """One day."""
    return ImpreciseDate.on(FIRST + dt.timedelta(number))


def days(first: int, last: int) -> ImpreciseDate:
    """One unknown day of several."""
    return ImpreciseDate(FIRST + dt.timedelta(first), FIRST + dt.timedelta(last))


def record(events: Sequence[list[Claim]], states: int = 1, **more: object) -> Record:
    """A record of states that share nothing but their dates; a list of claims for each of their events."""
    ids = [f"cow:{1000 + number}" for number in range(states)]
    return Record(
        "league",
        states=tuple(State(id, f"State {id}") for id in ids),
        sources=SOURCES,
        events=tuple(
            Event(f"{id} {number}", (id,), tuple(claims)) for id in ids for number, claims in enumerate(events)
        ),
        **more,  # type: ignore[arg-type]
    )


def told(act: str, date: ImpreciseDate, number: int = 0, source: str = "a") -> Claim:
    """A claim; the number tells equal ones apart."""
    return Claim(source, act, date, locator=f"p. {number}")


def events_on_days(size: int) -> Record:
    """Events of one state, each on a day."""
    return record([[told(TURNS[number % 2], day(10 * number))] for number in range(size)])


def events_that_overlap(size: int) -> Record:
    """Events of one state, each on an unknown day that may be after the next."""
    return record([[told(TURNS[number % 2], days(10 * number, 10 * number + 25))] for number in range(size)])


def events_told_twice(size: int) -> Record:
    """Events of one state, each with two rival claims."""
    return record(
        [
            [told(TURNS[number % 2], day(10 * number)), told(TURNS[number % 2], day(10 * number + 3), source="b")]
            for number in range(size)
        ]
    )


def rivals(size: int) -> Record:
    """Three states with three events, each of which has so many rival claims in all."""
    return record(
        [
            [told(act, day(number * 5000 + 2 * claim), claim) for claim in range(size)]
            for number, act in enumerate(("accession", "suspension", "withdrawal"))
        ],
        states=3,
    )


def nested(size: int) -> Record:
    """Claims of one event, each inside the one before."""
    return record([[told("accession", days(number, 4 * size - number), number) for number in range(size)]])


def stairs(size: int) -> Record:
    """Claims of one event that overlap, none inside another."""
    return record([[told("accession", days(number, size + number), number) for number in range(size)]])


def around(size: int) -> Record:
    """Claims of one event of which half are ranges around all days of the others."""
    wide = [told("accession", days(0, 2 * size + number), number) for number in range(size // 2)]
    return record([wide + [told("accession", day(10 + number), number) for number in range(size // 2)]])


def anywhere(size: int) -> Record:
    """Claims of one event on ranges of any length anywhere."""
    chance = random.Random(1992)  # noqa: S311
    firsts = [chance.randrange(20_000) for _ in range(size)]
    return record([[told("accession", days(first, first + chance.randrange(3000))) for first in firsts]])


def attested(size: int) -> Record:
    """A state of which a source attests a status in so many periods."""
    periods = [(FIRST + dt.timedelta(20 * number), FIRST + dt.timedelta(20 * number + 15)) for number in range(size)]
    return record(
        [[told("accession", day(0), source="b")]],
        attestations=tuple(
            Attestation("a", ("cow:1000",), ("member", "observer")[number % 2], csto.Period(*period))
            for number, period in enumerate(periods)
        ),
    )


RECORDS = [
    events_on_days,
    events_that_overlap,
    events_told_twice,
    rivals,
    nested,
    stairs,
    around,
    anywhere,
    attested,
]
STATE, DAY = "cow:1000", FIRST + dt.timedelta(4000)
QUESTIONS: dict[str, Callable[[History], object]] = {
    "timeline": lambda history: history.timeline(STATE),
    "legal timeline": lambda history: history.under("legal").timeline(STATE),
    "timeline by every claim": lambda history: history.resolved("every").timeline(STATE),
    "timeline by one source": lambda history: history.according_to("a").timeline(STATE),
    "status": lambda history: history.status(STATE, DAY),
    "conflicts": lambda history: history.conflicts(),
    "changes": lambda history: history.changes(None, None),
    "days_as_member": lambda history: history.days_as_member(STATE, DAY, DAY + dt.timedelta(20_000)),
}


def best(ask: Callable[[], object], so_far: float) -> float:
    """The shorter of a time and that of one call, of the processor."""
    gc.collect()
    start = time.process_time()
    ask()
    return min(so_far, time.process_time() - start)


def exponent(size: int, larger: int, times: dict[int, float]) -> float:
    """By which power of the size the time grows."""
    return math.log(times[larger] / times[size]) / math.log(larger / size)


def growth(make: Callable[[int], Record], words: Sequence[str]) -> None:
    """The exponents of loading a record and of each question to it."""
    name = make.__name__.replace("_", " ")
    asked = {label: ask for label, ask in QUESTIONS.items() if not words or label in words or name in words}
    if words and not asked and "load" not in words:
        return
    records = {size: make(size) for size in SIZES}
    cases: dict[str, Callable[[int], object]] = {"load": make} if not words or {"load", name} & {*words} else {}
    for label, ask in asked.items():
        cases[label] = lambda size, ask=ask: ask(History(records[size]))  # type: ignore[misc]
    for label, case in cases.items():
        times = dict.fromkeys(SIZES, math.inf)
        for _ in range(ROUNDS):
            for size in SIZES:
                times[size] = best(lambda case=case, size=size: case(size), times[size])  # type: ignore[misc]
        shown = exponent(*SIZES[-2:], times)
        print(f"  {f'{label}: {name}':<56}{AIM:>8g}{shown:>10.2f}{times[SIZES[-1]] * 1e3:>12.1f} ms")


def a_hundred() -> None:
    """Conflicts of a hundred rival claims in each event, beside ten."""
    records = {size: rivals(size) for size in (10, 100)}
    times = dict.fromkeys(records, math.inf)
    for _ in range(10 * ROUNDS):
        for size, one in records.items():
            times[size] = best(lambda one=one: History(one).conflicts(), times[size])  # type: ignore[misc]
    label = "conflicts of 100 rival claims in each event"
    print("as a multiple of those of 10 rival claims")
    print(f"  {label:<56}{AIM_OF_A_HUNDRED:>8g}{times[100] / times[10]:>10.2f}{times[100] * 1e3:>12.1f} ms")


if __name__ == "__main__":
    print(f"{f'exponent from {SIZES[-2]:,} to {SIZES[-1]:,}':<58}{'aim':>8}{'result':>10}{'at the largest':>15}")
    for one in RECORDS:
        growth(one, sys.argv[1:])
    a_hundred()
