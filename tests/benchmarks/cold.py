"""
What the first answer of a fresh process costs, beside importing attrs in the same run: `python tests/benchmarks/cold.py`.

The processor's time over that of a bare interpreter, the least of several processes, which take turns. Modules are
compiled before, as an installation does it. Needs no group, and a system that tells the times of its children.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys

from timing import show, show_header

PROCESSES = 15
BARE, FLOOR = "pass", "import attrs"
#: What each may cost, as a multiple of importing attrs.
CASES = {
    "import csto_membership": ("import csto_membership", 0.6),
    "first was_member(UZ, date)": ("import csto_membership as c, datetime as d; c.was_member('UZ', d.date(2009, 3, 1))", 0.5),
    "first was_member(Uzbekistan, ISO text)": ("import csto_membership as c; c.was_member('Uzbekistan', '2009-03-01')", 0.5),
    "first was_member(France, ISO text)": ("import csto_membership as c; c.was_member('France', '2009-03-01')", 0.5),
    "first members_on": ("import csto_membership as c; c.members_on('2009-03-01')", 3),
    "first printed status": ("import csto_membership as c; print(c.status('UZ', '2012-10-01'))", 3),
    "csto-membership members 2009-03-01": ("from csto_membership.cli import main; main(['members', '2009-03-01'])", 3.5),
}  # fmt: skip


def main() -> None:
    """Each case in a process of its own, in turns."""
    codes = [BARE, FLOOR, *(code for code, _ in CASES.values())]
    for code in codes:
        fresh(code)
    best = dict.fromkeys(codes, float("inf"))
    for _ in range(PROCESSES):
        for code in codes:
            best[code] = min(best[code], fresh(code))
    floor = best[FLOOR] - best[BARE]
    show_header(f"as a multiple of importing attrs ({floor * 1e3:.1f} ms over a bare interpreter)")
    for label, (code, aim) in CASES.items():
        show(label, aim, (best[code] - best[BARE]) / floor)


def fresh(code: str) -> float:
    """The processor's time of a fresh process that runs the code, in seconds."""
    # Where modules are compiled anew each time, it is the compiler that is measured.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
