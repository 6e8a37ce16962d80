"""Frames made of columns of Python's values, on any of the engines, each column of a type that its values do not decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csto_membership.exceptions import ArgumentError
from csto_membership.frames._engines import Engine, engine_named, needed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The kinds of columns: texts, whole numbers, numbers of which some may be missing, days, truths that may be open.
TEXT, WHOLE, NUMBER, DAY, TRUTH = "text", "whole", "number", "day", "truth"


def made(kinds: Mapping[str, str], columns: Sequence[list[Any]], backend: object) -> Any:
    """
    The frame with columns of these kinds, on a back end: its name or module, a connection of DuckDB, a Spark session.

    Raises `ArgumentError` for another back end or where Spark has no session, `MissingExtraError` where it is missing.
    """
    engine, place = _placed(backend)
    named = dict(zip(kinds, columns, strict=True))
    if engine is Engine.POLARS:
        return _polars(kinds, named)
    if engine in (Engine.PANDAS, Engine.DASK):
        frame = _pandas(kinds, named, engine)
        if engine is Engine.DASK:
            return needed("dask.dataframe", engine).from_pandas(frame, npartitions=1)
        return frame
    table = _pyarrow(kinds, named, engine)
    if engine is Engine.DUCKDB:
        return (place or needed("duckdb", engine)).from_arrow(table)
    if engine is Engine.PYSPARK:
        session = place or needed("pyspark.sql", engine).SparkSession.getActiveSession()
        if session is None:
            raise ArgumentError("backend", backend, "no session of Spark is active; pass the session itself")
        return session.createDataFrame(table)
    return table


def _placed(backend: object) -> tuple[Engine, Any]:
    kind = type(backend)
    if kind.__name__ == "DuckDBPyConnection":
        return Engine.DUCKDB, backend
    if kind.__name__ == "SparkSession":
        return Engine.PYSPARK, backend
    return engine_named(backend), None


def _pandas(kinds: Mapping[str, str], columns: Mapping[str, list[Any]], engine: Engine) -> Any:
    pandas, numpy = needed("pandas", engine), needed("numpy", engine)
    text = pandas.Series(["text"]).dtype
    dtypes = {TEXT: text, WHOLE: "int64", NUMBER: "Int64", TRUTH: "boolean"}

    def array(kind: str, values: list[Any]) -> Any:
        if kind == DAY:
            # Microseconds reach all years that dates have.
            return numpy.array(values, "datetime64[D]").astype("datetime64[us]")
        return pandas.array(values, dtype=dtypes[kind])

    return pandas.DataFrame({name: array(kinds[name], values) for name, values in columns.items()})


def _polars(kinds: Mapping[str, str], columns: Mapping[str, list[Any]]) -> Any:
    polars = needed("polars", Engine.POLARS)
    dtypes = {
        TEXT: polars.String,
        WHOLE: polars.Int64,
        NUMBER: polars.Int64,
        DAY: polars.Date,
        TRUTH: polars.Boolean,
    }
    return polars.DataFrame(columns, schema={name: dtypes[kind] for name, kind in kinds.items()})


def _pyarrow(kinds: Mapping[str, str], columns: Mapping[str, list[Any]], engine: Engine) -> Any:
    arrow = needed("pyarrow", engine)
    types = {
        TEXT: arrow.string(),
        WHOLE: arrow.int64(),
        NUMBER: arrow.int64(),
        DAY: arrow.date32(),
        TRUTH: arrow.bool_(),
    }
    schema = arrow.schema([arrow.field(name, types[kind], kind != WHOLE) for name, kind in kinds.items()])
    return arrow.table(columns, schema=schema)
