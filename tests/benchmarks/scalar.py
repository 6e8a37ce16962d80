"""
How long one question takes, beside named rivals in the same run: `python tests/benchmarks/scalar.py`.

Needs the dependency group "benchmark". Times are the best of several rounds; read the ratios, not the figures.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time

import intervaltree
import pandas as pd
import portion
from timing import BARE, DAYS, bare_function, for_each_day

import csto_membership as csto

PROCESSES = 15


def fresh_process(code: str) -> float:
    """The best wall time of a fresh interpreter that runs the code, in milliseconds."""
    best = float("inf")
    for _ in range(PROCESSES):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best * 1000


def start_up() -> None:
    """Import time and the first answer, beside a bare interpreter and attrs."""
    bare = fresh_process("pass")
    print("in a fresh process, ms over a bare interpreter")
    for label, code in (
        ("import attrs", "import attrs"),
        ("import csto_membership", "import csto_membership"),
        ("first answer", "import csto_membership as c; c.was_member('UZ', '2009-03-01')"),
    ):
        print(f"  {label:<36}{fresh_process(code) - bare:8.1f}")


def scalar() -> None:
    """One question, beside rivals that hold the same intervals."""
    spells = [spell for spell in csto.CSTO.timeline("UZ") if spell.verdict is csto.Verdict.YES]
    bounds = [(s.first_day, s.last_day) for s in spells if s.first_day and s.last_day]
    bare = bare_function(csto.CSTO)
    intervals = portion.empty()
    tree = intervaltree.IntervalTree()
    for first, last in bounds:
        intervals |= portion.closed(first, last)
        tree[first : last + dt.timedelta(1)] = True
    index = pd.IntervalIndex.from_tuples([(pd.Timestamp(a), pd.Timestamp(b)) for a, b in bounds], closed="both")
    names: dict[str, object] = {
        "bare": bare,
        "history": csto.CSTO,
        "csto": csto,
        "intervals": intervals,
        "tree": tree,
        "index": index,
        "Timestamp": pd.Timestamp,
    }
    cases = {
        BARE: "bare('UZB', day)",
        "History.was_member": "history.was_member('UZ', day)",
        "csto_membership.was_member": "csto.was_member('UZ', day)",
        "History.members_on": "history.members_on(day)",
        "portion": "day in intervals",
        "intervaltree": "bool(tree[day])",
        "pandas IntervalIndex": "index.contains(Timestamp(day)).any()",
    }
    for day in DAYS:
        assert csto.was_member("UZ", day).value is bare("UZB", day) is (day in intervals) is bool(tree[day])
    print("one question, ns, and as a multiple of the bare function")
    best = for_each_day(cases, names)
    for label, taken in best.items():
        print(f"  {label:<36}{taken:10.0f}{taken / best[BARE]:9.2f}")


if __name__ == "__main__":
    start_up()
    scalar()
