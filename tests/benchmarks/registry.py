"""
A registry of 500 organisations by 200 states by 5 spells: `python tests/benchmarks/registry.py`.

It prints how long a prepared file takes to load, how much memory the process then holds, and what a query costs beside
`History.was_member`; then how long a state-year table of the size of Correlates of War IGO takes to read. Loading is
measured in a fresh process. Needs no group; times are the best of several rounds.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import subprocess
import sys
import tempfile
import time
import tracemalloc
from array import array
from pathlib import Path

from timing import DAYS, for_each_day

import csto_membership as csto
from csto_membership._evidence.institutions import Coverage
from csto_membership._values.acts import Status
from csto_membership._values.states import State
from csto_membership.readers import read_cow_state_year
from csto_membership.registry import Registry
from csto_membership.registry._prepared import Prepared, Roster
from csto_membership.registry._prepared_file import content_of

ORGANISATIONS, STATES, SPELLS = 500, 200, 5
MEBIBYTE = 1024**2


def prepared(path: Path) -> None:
    """Write a prepared file of that size: five memberships a state, each of its own random days."""
    rng = random.Random(1992)  # noqa: S311 - nothing secret
    roster = Roster(tuple(State(f"cow:{n}", f"State {n}", cow=n) for n in range(1001, 1001 + STATES)))
    none, member, former = (1 << list(Status).index(status) for status in (Status.NONE, Status.MEMBER, Status.FORMER))
    masks = (none, *(member, former) * (SPELLS - 1), member, former)
    first, last = dt.date(1816, 1, 1).toordinal(), dt.date(2025, 12, 31).toordinal()
    entries = []
    for number in range(ORGANISATIONS):
        lines = {
            state.id: (array("i", sorted(rng.sample(range(first, last), 2 * SPELLS))), masks) for state in roster.states
        }
        counted = frozenset({Status.MEMBER})
        entries.append(
            Prepared(f"org-{number}", "", "", "declared", counted, Coverage(), roster, lines, (array("i"), (none,)))
        )
    path.write_bytes(content_of(entries))


def load(path: Path) -> None:
    """In a fresh process: load time, resident memory before and after, and what Python objects take."""
    before = _status("VmRSS")
    start = time.perf_counter()
    registry = Registry.from_prepared(path)
    taken = time.perf_counter() - start
    after, peak = _status("VmRSS"), _status("VmHWM")
    for organisation in registry.organisations:
        for state in ("cow:1001", "cow:1200"):
            registry.was_member(organisation, state, DAYS[0])
    lines = sum(len(getattr(entry, "lines", ())) for entry in registry.entries)
    print(f"{registry!r}, {lines} lines, file of {path.stat().st_size / MEBIBYTE:.1f} MiB")
    print(f"  load                        {taken:8.2f} s")
    print(f"  resident: registry          {after - before:8.1f} MiB")
    print(f"  resident: whole process     {after:8.1f} MiB, at its peak {peak:.1f} MiB")


def _status(key: str) -> float:
    """A size of this process in mebibytes. (`ru_maxrss` would tell that of the parent as well.)"""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024


def query(path: Path) -> None:
    """One question to the registry, beside the same question to one history."""
    registry = Registry.of(csto.CSTO, Registry.from_prepared(path))
    floor = "History.was_member"
    cases = {
        floor: "history.was_member('UZ', day)",
        "Registry.was_member, a history": "registry.was_member('csto', 'UZ', day)",
        "Registry.was_member, prepared": "registry.was_member('org-250', 'cow:1100', day)",
    }
    best = for_each_day(cases, {"history": csto.CSTO, "registry": registry})
    print("one question, ns, and as a multiple of History.was_member")
    for label, taken in best.items():
        print(f"  {label:<34}{taken:10.0f}{taken / best[floor]:8.2f}")
    start = time.perf_counter()
    registry.memberships_of("cow:1100", DAYS[50])
    print(
        f"  memberships_of, {len(registry.organisations)} organisations  {(time.perf_counter() - start) * 1e3:8.2f} ms"
    )


def stream(path: Path) -> None:
    """Read a state-year table of 200 states, 534 organisations and 75 years, and hold no more than its changes."""
    rng = random.Random(1816)  # noqa: S311 - nothing secret
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["ccode", "year", "state", *(f"org{number}" for number in range(534))])
        for state in range(1001, 1201):
            codes = ["-1"] * 534
            for year in range(1940, 2015):
                for _ in range(6):
                    codes[rng.randrange(534)] = rng.choice(["0", "1", "2", "-9"])
                rows.writerow([state, year, f"state{state}", *codes])
    tracemalloc.start()
    read_cow_state_year(path)
    peak = tracemalloc.get_traced_memory()[1] / MEBIBYTE
    tracemalloc.stop()
    start = time.perf_counter()
    table = read_cow_state_year(path)
    taken = time.perf_counter() - start
    size = path.stat().st_size / MEBIBYTE
    print(f"state-year table of {size:.1f} MiB: {taken:.1f} s, peak of {peak:.1f} MiB of objects", end=", ")
    changes = sum(len(turns) for by_state in table.turns.values() for turns in by_state.values())
    print(f"{changes} changes")
    start = time.perf_counter()
    table.record("org0")
    print(f"  one record of it: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        load(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as directory:
            place = Path(directory)
            prepared(place / "registry.jsonl")
            subprocess.run([sys.executable, __file__, str(place / "registry.jsonl")], check=True)
            query(place / "registry.jsonl")
            stream(place / "state-year.csv")
