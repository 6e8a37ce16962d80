"""
The first touch of large tables: `python tests/benchmarks/tables.py`.

Who was a member of each of 534 organisations on one day, by a state-year table of the size of Correlates of War IGO; a
million rows checked for the first time, and thousands of organisations prepared, by a table of treaties. Times are those
of the processor, as multiples of reading the table or of the same by pandas (group `benchmark`). Each case is in fresh
processes, and cases take turns.
"""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import invented

from csto_membership import State
from csto_membership.readers import read_cow_state_year, read_spells
from csto_membership.registry import Registry

MEBIBYTE = 1024**2
ROWS, ROUNDS = 1_149_444, 2
DAY = dt.date(1980, 6, 30)
#: The most memory of a process, in mebibytes.
MOST = 250


def peak() -> float:
    """The most memory that this process has had, in mebibytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def members(path: Path) -> tuple[float, ...]:
    """Read the state-year table, and ask for the members of each organisation."""
    start = time.process_time()
    table = read_cow_state_year(path)
    read = time.process_time() - start
    registry = Registry.of(table)
    start = time.process_time()
    found = sum(len(registry.members_on(organisation, DAY).certain) for organisation in registry.organisations)
    return read, time.process_time() - start, found, peak()


def treaties(path: Path) -> Registry:
    """The registry of the table of treaties."""
    states = [State(f"cow:{1001 + n}", f"State {n}", cow=1001 + n) for n in range(invented.PARTICIPANTS)]
    return Registry.of(read_spells(path, states=states))


def asked(path: Path) -> tuple[list[str], list[str], list[dt.date]]:
    """Random rows: treaties, participants that have a spell in them, and days."""
    chance = random.Random(1648)  # noqa: S311 - nothing secret
    pairs = sorted({tuple(line.split(",")[:2]) for line in path.read_text("utf-8").splitlines()[1:]})
    rows = [chance.choice(pairs) for _ in range(ROWS)]
    days = [dt.date(1900, 1, 1) + dt.timedelta(chance.randrange(44_000)) for _ in rows]
    return [row[0] for row in rows], [row[1] for row in rows], days


def check(path: Path) -> tuple[float, ...]:
    """Check a million rows for the first time, and again."""
    columns = asked(path)
    registry = treaties(path)
    times = []
    for _ in range(2):
        start = time.process_time()
        answers = registry.check(*columns)
        times.append(time.process_time() - start)
    return (*times, answers.count(True), peak())


def merge(path: Path) -> tuple[float, ...]:
    """The same by pandas from the same lists: merge the rows with the spells, and see whether any has the day."""
    import pandas as pd

    columns = asked(path)
    spells = pd.read_csv(path, parse_dates=["first_day", "last_day"])
    start = time.process_time()
    frame = pd.DataFrame(dict(zip(("organisation", "state", "day"), columns, strict=True)))
    frame["day"] = pd.to_datetime(frame["day"])
    joined = frame.reset_index().merge(spells, on=["organisation", "state"], how="left")
    within = (joined["day"] >= joined["first_day"]) & ~(joined["day"] > joined["last_day"])
    answers = within.groupby(joined["index"]).any().tolist()
    return time.process_time() - start, answers.count(True)


def prepare(path: Path) -> tuple[float, ...]:
    """Read the table of treaties, and prepare it."""
    start = time.process_time()
    registry = treaties(path)
    read = time.process_time() - start
    start = time.process_time()
    registry.prepare(path.with_suffix(".jsonl"))
    return read, time.process_time() - start, peak()


CASES = {"members": members, "check": check, "merge": merge, "prepare": prepare}


def in_fresh_process(case: str, path: Path) -> list[float]:
    """What a case measures."""
    command = [sys.executable, __file__, case, str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [float(number) for number in done.stdout.split()]


def show(label: str, aim: float, result: float, note: str) -> None:
    """One line: the case, the aim, the result."""
    print(f"  {label:<60}{aim:>8g}{result:>10.2f}  {note}")


def main() -> None:
    """All cases, each with its aim."""
    with tempfile.TemporaryDirectory() as directory:
        grid, spells = Path(directory, "state-year.csv"), Path(directory, "spells.csv")
        invented.write_state_years(grid)
        invented.write_spells(spells)
        best: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for case in CASES:
                measured = in_fresh_process(case, grid if case == "members" else spells)
                best[case] = [min(pair) for pair in zip(measured, best.get(case, measured), strict=True)]
    print(f"{'':<62}{'aim':>8}{'result':>10}")
    read, taken, found, most = best["members"]
    label = f"members_on of {invented.ORGANISATIONS} organisations, beside reading"
    show(label, 0.75, taken / read, f"{taken:.2f} s, {found:,.0f} members")
    show("its memory, reading included, in MiB", MOST, most, "")
    first, again, yes, most = best["check"]
    merged, also_yes = best["merge"]
    assert yes == also_yes
    show(f"check of {ROWS:,} rows, beside a merge by pandas", 2, first / merged, f"{first:.2f} s, again {again:.2f} s")
    show("its memory, the columns included, in MiB", 2 * MOST, most, "")
    read, taken, most = best["prepare"]
    show(f"prepare {invented.TREATIES:,} organisations, beside reading", 3, taken / read, f"{taken:.2f} s")
    show("its memory, reading included, in MiB", MOST, most, "")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(*CASES[sys.argv[1]](Path(sys.argv[2])))
    else:
        main()
