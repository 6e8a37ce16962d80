"""
A prepared registry of many organisations by 200 states by 5 spells: `python tests/benchmarks/registry.py [organisations]`.

How long it takes to load beside `json.loads` of its lines, how much memory it then holds, and what a question to it
costs beside the same one to a history; for questions across 5,000 organisations, as shares of the time that the lines
of all states as nested JSON take. Each load is in a fresh process, and cases take turns. Needs no group.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

from timing import in_turns, timer

import csto_membership as csto
from csto_membership._evidence.institutions import Coverage
from csto_membership._values.acts import Status
from csto_membership._values.states import State
from csto_membership.registry import Registry
from csto_membership.registry._lines import Lines, Packed, Patterns
from csto_membership.registry._prepared import Prepared, Roster
from csto_membership.registry._prepared_file import content_of

ORGANISATIONS, STATES, SPELLS = 5000, 200, 5
MEBIBYTE = 1024**2
LOADS, ROUNDS = 3, 7
DAY = dt.date(1980, 6, 30)


def prepared(path: Path, organisations: int) -> None:
    """Write a prepared file of that size: five memberships a state, each of its own random days."""
    rng = random.Random(1992)  # noqa: S311 - nothing secret
    roster = Roster(tuple(State(f"cow:{n}", f"State {n}", cow=n) for n in range(1001, 1001 + STATES)))
    none, member, former = (1 << list(Status).index(status) for status in (Status.NONE, Status.MEMBER, Status.FORMER))
    masks = (none, *(member, former) * SPELLS)
    first, last = dt.date(1816, 1, 1).toordinal(), dt.date(2025, 12, 31).toordinal()
    lines = Lines(Patterns(), STATES + 1)
    entries = []
    for number in range(organisations):
        own = [Packed(sorted(rng.sample(range(first, last), 2 * SPELLS)), masks) for _ in range(STATES)]
        row = lines.add_lines([*own, Packed((), (none,))])
        counted = frozenset({Status.MEMBER})
        entries.append(Prepared(f"org-{number}", "", "", "declared", counted, Coverage(), roster, lines, row))
    path.write_bytes(content_of(entries))


def nested(path: Path) -> list[bytes]:
    """The organisations of a prepared file with a list for each line: what the questions are measured by."""
    _, head, *organisations = map(json.loads, path.read_bytes().splitlines())
    lines = []
    for organisation in organisations:
        days = iter(organisation["days"])
        by_state = {
            key: [number, *(next(days) for _ in head["patterns"][number][1:])]
            for key, number in zip(head["rosters"][0], organisation["patterns"], strict=False)
        }
        lines.append(json.dumps({**organisation, "patterns": by_state, "days": []}, separators=(",", ":")).encode())
    return lines


def load(path: Path) -> None:
    """In a fresh process: the seconds of `json.loads` of all lines and of loading, and memory in mebibytes."""
    times = []
    for _ in range(2):
        start = time.process_time()
        with path.open("rb") as file:
            for line in file:
                json.loads(line)
        times.append(time.process_time() - start)
    before = _status("VmRSS")
    start = time.process_time()
    registry = Registry.from_prepared(path)
    taken = time.process_time() - start
    print(min(times), taken, _status("VmRSS") - before, _status("VmHWM"), len(registry.organisations))


def _status(key: str) -> float:
    """A size of this process in mebibytes. (`ru_maxrss` would tell that of the parent as well.)"""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024


def show(label: str, aim: float, result: float, note: str = "") -> None:
    """One line: the case, the aim, the result."""
    print(f"  {label:<52}{aim:>10.4g}{result:>10.4g}  {note}")


def loads(path: Path) -> None:
    """Loading beside `json.loads`."""
    runs = []
    for _ in range(LOADS):
        command = [sys.executable, __file__, str(path)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        runs.append([float(number) for number in done.stdout.split()])
    bare, taken, held, peak, organisations = (min(numbers) for numbers in zip(*runs, strict=True))
    size = path.stat().st_size / MEBIBYTE
    print(f"{organisations:,.0f} organisations by {STATES} states by {SPELLS} spells, a file of {size:.1f} MiB")
    show("load, as a multiple of json.loads of its lines", 2.5, taken / bare, f"{taken:.2f} s")
    print(f"  memory: the registry {held:.1f} MiB, the whole process {peak:.1f} MiB at its peak")


def questions(path: Path) -> None:
    """Questions beside those to a history, and beside reading all lines."""
    registry, history, lines = Registry.from_prepared(path), csto.CSTO, nested(path)
    one = registry.organisations[len(registry.organisations) // 2]
    warm = {
        "History.was_member": lambda: history.was_member("UZ", DAY),
        "was_member": lambda: registry.was_member(one, "cow:1100", DAY),
        "History.members_on": lambda: history.members_on(DAY),
        "members_on": lambda: registry.members_on(one, DAY),
    }
    best = in_turns({label: timer(ask) for label, ask in warm.items()})
    print("one organisation, as a multiple of the same question to a history")
    for label, aim in (("was_member", 1.5), ("members_on", 20)):
        taken = best[label]
        show(label, aim, taken / best[f"History.{label}"], f"{taken * 1e6:.2f} us")
    slow = {
        "json": lambda: deque(map(json.loads, lines), maxlen=0),
        "memberships_of": lambda: registry.memberships_of("cow:1100", DAY),
        "both_members": lambda: registry.both_members("cow:1100", "cow:1101"),
    }
    best = in_turns({label: timer(ask) for label, ask in slow.items()}, ROUNDS)
    print(f"all organisations, as a share of json.loads of nested lines ({best['json']:.2f} s)")
    for label, aim in (("memberships_of", 10 / 1500), ("both_members", 50 / 1500)):
        taken = best[label]
        show(label, aim, taken / best["json"], f"{taken * 1e3:.1f} ms")


if __name__ == "__main__":
    argument = sys.argv[1] if len(sys.argv) > 1 else str(ORGANISATIONS)
    if not argument.isdecimal():
        load(Path(argument))
    else:
        with tempfile.TemporaryDirectory() as directory:
            place = Path(directory) / "registry.jsonl"
            prepared(place, int(argument))
            print(f"{'':<54}{'aim':>10}{'result':>10}")
            loads(place)
            questions(place)
