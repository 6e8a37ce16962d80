"""
What a table costs to annotate, beside a floor in NumPy and each engine's own join: `python tests/benchmarks/frames.py`.

Ten million rows of a state and a date (of an organisation too, with `registry`), the same for all: texts in and texts out,
two columns added, the order kept where the engine keeps one. The floor is one searchsorted on numbers that are made
already, and no texts. Times are the best of some rounds in which the cases take turns; read the ratios, not the figures.
On a machine with other work `--cpu` counts the time of the processor, that of Spark's own process included.

    python tests/benchmarks/frames.py [record|registry] [--rows 10000000] [--rounds 3] [--spark] [--cpu] [--memory]

Needs the dependency group `benchmark`. `--spark` adds PySpark, which needs Java 17; `--memory` runs each case once more in
a process of its own, and prints how much more memory than the rows themselves it took at its peak, with its children.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
import timeit
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dask.dataframe as dd
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from registry import prepared
from timing import in_turns

import csto_membership as csto
from csto_membership.frames import annotate, spells_frame, wide_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: By the words of the aims: the case, what it is held against, and the most that it may take of that.
AIMS = (
    ("polars, texts", "floor", 2.0),
    ("pyarrow, texts", "floor", 2.0),
    ("pandas, texts", "floor", 6.0),
    ("pandas, categories", "floor", 2.0),
    ("polars, texts", "polars, join_asof", 1.0),
    ("pandas, texts", "pandas, merge_asof", 1.0),
    ("duckdb", "duckdb, ASOF JOIN", 1 / 3),
    ("duckdb", "duckdb, best join by hand", 1.2),
    ("spark", "spark, best join by hand", 1.2),
)
FIRST, SPAN = dt.date(1900, 1, 1).toordinal(), 47_000
EPOCH = dt.date(1970, 1, 1).toordinal()


class Rows:
    """The rows, and the same lines as numbers, spells and wide rows for those who join them by hand."""

    def __init__(self, which: str, rows: int, folder: Path) -> None:
        chance = np.random.default_rng(1992)
        self.history: Any = csto.CSTO
        self.organisation = None
        self.keys = ["state"]
        if which == "registry":
            prepared(folder / "registry.jsonl", 500)
            self.history = csto.Registry.from_prepared(folder / "registry.jsonl")
            self.organisation = "organisation"
            self.keys = ["organisation", "state"]
        spells = spells_frame(self.history, "polars").with_columns(pl.col("first_day").fill_null(dt.date(1, 1, 1)))
        self.spells = spells.select(*self.keys, first="first_day", status="statuses", member="member")
        self.wide = wide_frame(self.history, "polars").drop("name", "cow", *({"organisation"} - set(self.keys)))
        pairs = self.wide.select(self.keys)
        self.codes = chance.integers(0, len(pairs), rows).astype(np.int32)
        self.days = (FIRST - EPOCH + chance.integers(0, SPAN, rows)).astype(np.int32)
        texts = {name: pa.array(pairs[name].to_list()) for name in self.keys}
        self.table = pa.table(
            {
                "row": pa.array(np.arange(rows)),
                **{name: column.take(pa.array(self.codes)) for name, column in texts.items()},
                "date": pa.array(self.days).cast(pa.date32()),
            }
        )
        numbered = self.spells.join(pairs.with_row_index("code"), on=self.keys)
        numbered = numbered.sort("code", "first")
        self.sorted_keys = (numbered["code"].cast(pl.Int64) * 2**32 + numbered["first"].to_physical()).to_numpy()
        self.told = numbered["status"].rank("dense").cast(pl.Int8).to_numpy()

    def floor(self) -> Any:
        """The number of the status of each row, by one bisection in all runs."""
        keys = self.codes.astype(np.int64) * 2**32 + self.days
        return self.told[np.searchsorted(self.sorted_keys, keys, side="right") - 1]

    def annotated(self, frame: Any) -> Any:
        """A frame annotated by this library."""
        return annotate(frame, "state", "date", self.organisation, self.history)


def eager_cases(rows: Rows) -> dict[str, Callable[[], Any]]:
    """pandas, Polars and PyArrow, and the joins of pandas and Polars."""
    table, keys = rows.table, rows.keys
    polars = pl.from_arrow(table)
    assert isinstance(polars, pl.DataFrame)
    pandas = table.to_pandas(date_as_object=False).astype(dict.fromkeys(keys, "str"))
    categories = pandas.astype(dict.fromkeys(keys, "category"))
    dictionary = table
    for name in keys:
        dictionary = dictionary.set_column(dictionary.column_names.index(name), name, table[name].dictionary_encode())
    spells = rows.spells.sort("first")
    spells_pandas = spells.to_pandas().astype({"first": pandas["date"].dtype} | dict.fromkeys(keys, "str"))

    def join_asof() -> Any:
        joined = polars.sort("date").join_asof(
            spells, left_on="date", right_on="first", by=keys, check_sortedness=False
        )
        return joined.drop("first").sort("row")

    def merge_asof() -> Any:
        joined = pd.merge_asof(pandas.sort_values("date"), spells_pandas, left_on="date", right_on="first", by=keys)
        return joined.drop(columns="first").sort_values("row")

    polars_categories = polars.with_columns(pl.col(keys).cast(pl.Categorical))
    parts = dd.from_pandas(pandas, npartitions=8)
    return {
        "polars, texts": lambda: rows.annotated(polars),
        "polars, categories": lambda: rows.annotated(polars_categories),
        "polars, lazy": lambda: rows.annotated(polars.lazy()).collect(),
        "polars, join_asof": join_asof,
        "pyarrow, texts": lambda: rows.annotated(table),
        "pyarrow, dictionaries": lambda: rows.annotated(dictionary),
        "pandas, texts": lambda: rows.annotated(pandas),
        "pandas, categories": lambda: rows.annotated(categories),
        "pandas, merge_asof": merge_asof,
        "dask, texts": lambda: rows.annotated(parts).persist(),
    }


def duckdb_cases(rows: Rows) -> dict[str, Callable[[], Any]]:
    """DuckDB from a table of its own into another, by this library and by hand."""
    connection = duckdb.connect()
    for name, table in {"given": rows.table, "wide": rows.wide.to_arrow(), "spells": rows.spells.to_arrow()}.items():
        connection.register("arrow", table)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arrow")
        connection.unregister("arrow")
    equal = " AND ".join(f"given.{key} = other.{key}" for key in rows.keys)
    steps = (len(rows.wide.columns) - len(rows.keys)) // 3

    def by_steps(what: str) -> str:
        cases = " ".join(f"WHEN date >= first_day_{step} THEN {what}_{step}" for step in range(steps, 0, -1))
        return f"CASE {cases} ELSE {what}_0 END AS {what}"

    by_hand = f"SELECT given.*, {by_steps('member')}, {by_steps('status')} FROM given LEFT JOIN wide other ON {equal}"
    asof = f"SELECT given.*, member, status FROM given ASOF LEFT JOIN spells other ON {equal} AND date >= first"

    def made(select: str) -> Callable[[], object]:
        return lambda: connection.execute(f"CREATE OR REPLACE TABLE made AS {select}")

    def ours() -> object:
        connection.execute("DROP TABLE IF EXISTS made")
        return rows.annotated(connection.table("given")).create("made")

    return {"duckdb": ours, "duckdb, best join by hand": made(by_hand), "duckdb, ASOF JOIN": made(asof)}


def spark_cases(rows: Rows, folder: Path) -> dict[str, Callable[[], Any]]:
    """PySpark from several files to nowhere, by this library and by hand."""
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as sf

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    quarter = rows.table.num_rows // 4
    for number in range(4):
        pq.write_table(rows.table.slice(number * quarter, quarter), folder / f"{number}.parquet")
    frame = session.read.parquet(*(str(folder / f"{number}.parquet") for number in range(4)))
    wide = session.createDataFrame(rows.wide.to_arrow())
    steps = (len(rows.wide.columns) - len(rows.keys)) // 3

    def by_steps(what: str) -> Any:
        cases = " ".join(f"WHEN date >= first_day_{step} THEN {what}_{step}" for step in range(steps, 0, -1))
        return sf.expr(f"CASE {cases} ELSE {what}_0 END").alias(what)

    def nowhere(made: Any) -> None:
        made.write.format("noop").mode("overwrite").save()

    def by_hand() -> None:
        joined = frame.join(sf.broadcast(wide), rows.keys, "left")
        nowhere(joined.select(*frame.columns, by_steps("member"), by_steps("status")))

    return {"spark": lambda: nowhere(rows.annotated(frame)), "spark, best join by hand": by_hand}


def show(best: dict[str, float], rows: int) -> None:
    """A line for each case: seconds, and as a multiple of the floor; then each aim."""
    floor = best["floor"]
    print(f"{'':30}{'seconds':>9}{'x floor':>9}{'M rows/s':>10}")
    for label, taken in best.items():
        print(f"{label:30}{taken:9.2f}{taken / floor:9.2f}{rows / taken / 1e6:10.1f}")
    print("aims")
    for label, other, most in AIMS:
        if label in best and other in best:
            ratio = best[label] / best[other]
            print(f"  {label} / {other}: {ratio:.2f} (aim: at most {most:.2f}){'' if ratio <= most else '  MISSED'}")


def main() -> None:
    """Measure the cases in turns, and print them beside the floor and the aims."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1] if __doc__ else None)
    parser.add_argument("which", nargs="?", choices=("record", "registry"), default="record")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = Rows(asked.which, asked.rows, Path(folder))
        cases: dict[str, Callable[[], Any]] = {"floor": rows.floor}
        if asked.only is None or not asked.only.startswith(("duckdb", "spark")):
            cases |= eager_cases(rows)
        if asked.only is None or asked.only.startswith("duckdb"):
            cases |= duckdb_cases(rows)
        if asked.spark or (asked.only or "").startswith("spark"):
            cases |= spark_cases(rows, Path(folder))
        if asked.only is not None:
            pa.default_memory_pool().release_unused()
            before = _memory("VmRSS")
            cases[asked.only]()
            print(round((_memory("VmHWM") - before) / 1024))
            return
        print(f"{asked.which}: {asked.rows:,} rows")
        clock = _processor_time if asked.cpu else time.perf_counter
        timers = {label: timeit.Timer(case, timer=clock) for label, case in cases.items()}
        best = in_turns(timers, asked.rounds)
        show(best, asked.rows)
        if asked.memory:
            print("memory beyond the rows at the peak, MiB")
            for label in cases:
                command = [sys.executable, __file__, asked.which, "--rows", str(asked.rows), "--only", label]
                peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]
                print(f"  {label:30}{peak:>8}")


def _processes() -> Iterator[Path]:
    """This process and those that it started: that of Spark is one of them."""
    found = {os.getpid()}
    for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda folder: int(folder.name)):
        try:
            parent = int((folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
        if int(folder.name) in found or parent in found:
            found.add(int(folder.name))
            yield folder


def _memory(key: str) -> int:
    """A size of all of them together, in kibibytes."""
    lines = [line for one in _processes() for line in (one / "status").read_text(encoding="utf-8").splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith(key))


def _processor_time() -> float:
    """The seconds that all of them took of the processor."""
    taken = ((one / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13] for one in _processes())
    return sum(int(user) + int(system) for user, system in taken) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
