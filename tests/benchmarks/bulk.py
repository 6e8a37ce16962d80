"""
How long a row of `check` takes, beside a bare dictionary and bisect in a comprehension: `python tests/benchmarks/bulk.py`.

Of 100,000 rows, in every form that rows have: the processor's time, the best of several rounds in which the cases take
turns. Needs no group; what is not installed is left out.
"""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_right
from importlib import import_module
from typing import TYPE_CHECKING, Any

from timing import in_turns, show, show_header, timer

import csto_membership as csto
from csto_membership.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 100_000
ROUNDS = 9
#: The most that a row may cost, as a multiple of the bare comprehension.
AIMS: dict[str, float] = {
    "days": 1.6,
    "ISO texts": 6,
    "ISO texts, all different": 6,
    "one unknown state among days": 3,
    "one unknown state among texts": 8,
    "one imprecise date": 6,
    "one missing date": 4,
    "a registry, days": 4,
    "a registry, ISO texts": 8,
    "a registry, organisations and days": 4,
    "a registry, organisations and ISO texts": 8,
}
BARE = "bare dict and bisect, in a comprehension"


def cases() -> tuple[dict[str, Callable[[], object]], Callable[[], object]]:
    """Each case and the bare comprehension, over the same random rows."""
    history, registry = csto.CSTO, Registry.of(csto.CSTO, csto.history("cis"))
    chance = random.Random(1992)  # noqa: S311
    codes = history.states.codes
    states = [chance.choice(codes) for _ in range(ROWS)]
    days = [dt.date(1991, 1, 1) + dt.timedelta(chance.randrange(13_000)) for _ in range(ROWS)]
    texts = list(map(dt.date.isoformat, days))
    different = [(dt.date(1800, 1, 1) + dt.timedelta(row)).isoformat() for row in range(ROWS)]
    organisations = [chance.choice(registry.organisations) for _ in range(ROWS)]
    unknown = _with(states, "Atlantis")
    table = {code: history.answers(code) for code in codes}

    def bare() -> list[bool | None]:
        return [table[state][1][bisect_right(table[state][0], day)] for state, day in zip(states, days, strict=True)]

    assert (
        history.check(states, days) == history.check(states, texts) == registry.check("csto", states, texts) == bare()
    )
    return {
        "days": lambda: history.check(states, days),
        "ISO texts": lambda: history.check(states, texts),
        "ISO texts, all different": lambda: history.check(states, different),
        "one unknown state among days": lambda: history.check(unknown, days, "null"),
        "one unknown state among texts": lambda: history.check(unknown, texts, "null"),
        "one imprecise date": lambda: history.check(states, _with(days, "2006")),
        "one missing date": lambda: history.check(states, _with(days, None), "null"),
        "a registry, days": lambda: registry.check("csto", states, days),
        "a registry, ISO texts": lambda: registry.check("csto", states, texts),
        "a registry, organisations and days": lambda: registry.check(organisations, states, days),
        "a registry, organisations and ISO texts": lambda: registry.check(organisations, states, texts),
        **_of_libraries(history, states, days),
    }, bare


def _with(column: list[Any], odd: object) -> list[Any]:
    """The column with another value in the middle."""
    return [*column[: ROWS // 2], odd, *column[ROWS // 2 + 1 :]]


def _of_libraries(history: csto.History, states: list[str], days: list[dt.date]) -> dict[str, Callable[[], object]]:
    """Columns of libraries that are installed."""
    columns: dict[str, Callable[[Any], tuple[Any, Any]]] = {
        "numpy": lambda np: (np.array(states), np.array(days, "datetime64[ns]")),
        "pandas": lambda pd: (pd.Series(states), pd.to_datetime(pd.Series(days))),
        "polars": lambda pl: (pl.Series(states), pl.Series(days)),
        "pyarrow": lambda pa: (pa.array(states), pa.array(days)),
    }
    made: dict[str, Callable[[], object]] = {}
    for library, make in columns.items():
        try:
            pair = make(import_module(library))
        except ImportError:
            continue
        made[f"columns of {library}"] = lambda pair=pair: history.check(*pair)  # type: ignore[misc]
    return made


def main() -> None:
    """All cases in turns; those without an aim for comparison."""
    asked, bare = cases()
    best = in_turns({label: timer(ask) for label, ask in {BARE: bare, **asked}.items()}, ROUNDS)
    show_header(f"a row of {ROWS:,}, as a multiple of a bare comprehension ({best[BARE] / ROWS * 1e9:.0f} ns)")
    for label in asked:
        show(label, AIMS.get(label), best[label] / best[BARE])


if __name__ == "__main__":
    main()
