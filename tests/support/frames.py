"""Frames of every engine, made of plain rows and read back as plain rows; and the answers that they should have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import packages_distributions, version
from os import environ
from typing import Any

import pytest

import csto_membership as csto
from csto_membership._values.acts import in_order
from csto_membership._values.given import is_missing

#: Engines on which a frame has its rows, and those on which it is a plan.
EAGER = ("pandas", "polars", "pyarrow")
LAZY = ("polars lazy", "duckdb", "dask")
#: The type of a column of texts in pandas, which has one since its third version.
TEXT = "object" if "pandas" in packages_distributions() and version("pandas") < "3" else "str"
Columns = Mapping[str, Sequence[Any]]


def library(name: str) -> Any:
    """A library; the test is skipped where it is missing, but not where all of them must be there."""
    return import_module(name) if "EVERY_ENGINE" in environ else pytest.importorskip(name)


def frame_of(engine: str, columns: Columns, kinds: Mapping[str, str]) -> Any:
    """The frame with columns of texts, whole numbers, dates or times; the test is skipped where the engine is missing."""
    if engine == "pandas":
        return _pandas(columns, kinds)
    if engine.startswith("polars"):
        pl = library("polars")
        types = {"text": pl.String, "number": pl.Int64, "date": pl.Date, "time": pl.Datetime("us")}
        frame = pl.DataFrame(columns, schema={name: types[kinds[name]] for name in columns})
        return frame.lazy() if engine == "polars lazy" else frame
    if engine == "dask":
        return library("dask.dataframe").from_pandas(_pandas(columns, kinds), npartitions=2, sort=False)
    pa = library("pyarrow")
    types = {"text": pa.string(), "number": pa.int64(), "date": pa.date32(), "time": pa.timestamp("us")}
    table = pa.table({name: pa.array(values, types[kinds[name]]) for name, values in columns.items()})
    return _duckdb().from_arrow(table) if engine == "duckdb" else table


@cache
def _duckdb() -> Any:
    """A connection that stays open: a relation alone does not keep it open before DuckDB 2."""
    return library("duckdb").connect()


def _pandas(columns: Columns, kinds: Mapping[str, str]) -> Any:
    pd = library("pandas")
    types = {"text": object, "number": "int64", "date": object, "time": "datetime64[us]"}
    return pd.DataFrame({name: pd.Series(values, dtype=types[kinds[name]]) for name, values in columns.items()})


def rows_of(frame: Any, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of some columns, None for what is missing."""
    if hasattr(frame, "compute"):
        frame = frame.compute()
    if hasattr(frame, "collect"):
        frame = frame.collect()
    if hasattr(frame, "fetchall"):
        rows: list[tuple[Any, ...]] = frame.select(*(f'"{column}"' for column in columns)).fetchall()
        return rows
    if hasattr(frame, "iloc"):
        cells = [[None if is_missing(value) else value for value in _cells(frame[name])] for name in columns]
    else:
        listed = [frame.column(name) if hasattr(frame, "column_names") else frame[name] for name in columns]
        cells = [column.to_pylist() if hasattr(column, "to_pylist") else column.to_list() for column in listed]
    return list(zip(*cells, strict=True))


def _cells(series: Any) -> list[Any]:
    cells: list[Any] = series.astype(object).where(series.notna(), None).tolist()
    return cells


def answer(history: csto.History, state: Any, date: Any) -> tuple[bool | None, str | None]:
    """What a row should be told, by the questions about one state and one date."""
    try:
        verdict, statuses = history.was_member(state, date), history.timeline(state).statuses_on(date)
    except csto.MembershipError:
        return None, None
    return verdict.value, "|".join(in_order(statuses))


def answer_of_one(registry: csto.Registry, organisation: Any, state: Any, date: Any) -> tuple[bool | None, str | None]:
    """What a row of a registry should be told, by the question about one organisation, state and date."""
    try:
        finding = registry.status(organisation, state, date)
    except csto.MembershipError:
        return None, None
    return finding.verdict.value, "|".join(in_order(finding.statuses))


def as_kind(date: Any, kind: str) -> Any:
    """A date as a column of a kind has it."""
    if date is None or kind == "date":
        return date
    return dt.datetime.combine(date, dt.time()) if kind == "time" else str(date)
