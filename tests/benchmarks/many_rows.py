"""
A hundred million rows in a file, each told whether its state was a member on its day: `python tests/benchmarks/many_rows.py`.

The rows are those of the notebook `examples/06_can_i_ask_a_hundred_million_rows.ipynb`: eight spellings and twelve
thousand days in a Parquet file, made by arithmetic, so that they are the same everywhere. Each way has a process of its
own, which reads the file and counts its answers, or writes them into another file. What is printed states the machine
and the day.

    python tests/benchmarks/many_rows.py [--rows 100000000]

Needs the dependency group `benchmark`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from csto_membership.frames import annotate, annotate_file, report

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = """
    SELECT ['Uzbekistan', 'RU', 'Georgia', 'KAZ', 'Byelorussia', 'DEU', 'AZ', 'Узбекистан'][1 + i * 2246822519 % 4294967296 // 536870912] AS country,
           DATE '1990-01-01' + CAST(i * 2654435761 % 4294967296 % 12011 AS INTEGER) AS day
    FROM range({rows}) AS counted(i)
"""
STATE, DAY = "country", "day"


def made(path: Path, rows: int) -> None:
    """Write the rows into a Parquet file."""
    duckdb.sql(ROWS.format(rows=rows)).write_parquet(str(path))


def polars_counts(source: Path, _: Path) -> object:
    """Counted by a plan of Polars."""
    return report(annotate(pl.scan_parquet(source), STATE, DAY))


def duckdb_counts(source: Path, _: Path) -> object:
    """Counted by a query of DuckDB."""
    return report(annotate(duckdb.read_parquet(str(source)), STATE, DAY))


def polars_writes(source: Path, target: Path) -> object:
    """Written by a plan of Polars into another file."""
    annotate(pl.scan_parquet(source), STATE, DAY).sink_parquet(target)
    return f"{target.stat().st_size / 1e6:,.0f} MB"


def the_command_writes(source: Path, target: Path) -> object:
    """Written as the command `annotate` does it, rows that stream by in their order."""
    return annotate_file(source, target, STATE, DAY)


WAYS: dict[str, Callable[[Path, Path], object]] = {
    "polars, counted": polars_counts,
    "duckdb, counted": duckdb_counts,
    "polars, written": polars_writes,
    "csto-membership annotate, written": the_command_writes,
}


def machine() -> str:
    """The machine and the day, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("polars", "duckdb", "pyarrow"))
    place = f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}"
    busy = f"{os.getloadavg()[0]:.0f} others at work"
    return f"{dt.datetime.now(dt.UTC).date()}; {place}, {busy}; Python {platform.python_version()}, {versions}"


def main() -> None:
    """Make the rows, ask them in each way, and print the seconds of the clock and of the processor, and the memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--only", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        way, folder = asked.only
        begun = time.perf_counter(), time.process_time()
        found = WAYS[way](Path(folder, "rows.parquet"), Path(folder, "made.parquet"))
        clock, processor = time.perf_counter() - begun[0], time.process_time() - begun[1]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(f"{way:35}{clock:8.1f} s{processor:8.1f} s{asked.rows / clock / 1e6:7.1f}{peak:7.1f} GiB  {found}")
        return
    with tempfile.TemporaryDirectory() as folder:
        made(Path(folder, "rows.parquet"), asked.rows)
        print(machine())
        print(f"{asked.rows:,} rows, {Path(folder, 'rows.parquet').stat().st_size / 1e6:,.0f} MB")
        print(f"{'':35}{'clock':>10}{'processor':>10}{'M/s':>7}{'memory':>11}")
        for way in WAYS:
            command = [sys.executable, __file__, "--rows", str(asked.rows), "--only", way, folder]
            print(subprocess.run(command, capture_output=True, text=True, check=True).stdout, end="")


if __name__ == "__main__":
    main()
