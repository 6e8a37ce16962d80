"""The engines: which one a frame is of, and what is said where a library is missing."""

from __future__ import annotations

import sys
from enum import Enum
from importlib import import_module
from typing import Any

from csto_membership.exceptions import ArgumentError, MissingExtraError
from csto_membership.readers._frame import unreadable_frame


class Engine(Enum):
    """A library that frames are of; its value is its name and that of its extra."""

    PANDAS = "pandas"
    POLARS = "polars"
    PYARROW = "pyarrow"
    DUCKDB = "duckdb"
    DASK = "dask"
    PYSPARK = "pyspark"


#: What frames can be of, as people say it.
_FRAMES = (
    "a pandas, Polars or PyArrow frame",
    "a lazy frame of Polars",
    "a relation of DuckDB",
    "a Dask frame",
    "a PySpark frame",
)
_ENGINES = {
    "PANDAS": Engine.PANDAS,
    "POLARS": Engine.POLARS,
    "PYARROW": Engine.PYARROW,
    "DUCKDB": Engine.DUCKDB,
    "PYSPARK": Engine.PYSPARK,
    "PYSPARK_CONNECT": Engine.PYSPARK,
}


def needed(package: str, engine: Engine) -> Any:
    """A package that frames of an engine need; `MissingExtraError` names the extra that brings it."""
    try:
        return import_module(package)
    except ImportError as error:
        missing = (error.name or package).partition(".")[0]
        if missing != package.partition(".")[0]:
            raise
        raise MissingExtraError(missing, engine.value) from None


def engine_of(frame: object) -> tuple[Engine, bool]:
    """
    The engine of a frame, and whether the frame is lazy.

    Raises `ArgumentError` for what is no frame, or has two columns of one name, and `MissingExtraError` where Narwhals or NumPy is missing.
    """
    module = type(frame).__module__.partition(".")[0]
    if module == "dask":
        # Narwhals gives up Dask, so that it has a road of its own.
        if isinstance(frame, sys.modules["dask.dataframe"].DataFrame):
            return Engine.DASK, True
        raise _no_frame(frame)
    likely = next((engine for engine in Engine if engine.value == module.lstrip("_")), Engine.PANDAS)
    narwhals = needed("narwhals.stable.v2", likely)
    try:
        known = narwhals.from_native(frame)
    except TypeError:
        raise _no_frame(frame) from None
    except ValueError as error:
        raise unreadable_frame(frame, error) from None
    engine = _ENGINES.get(known.implementation.name)
    if engine is None:
        raise _no_frame(frame)
    for package in ("numpy", *(("pyarrow",) if engine in (Engine.DUCKDB, Engine.PYSPARK) else ())):
        needed(package, engine)
    return engine, isinstance(known, narwhals.LazyFrame)


def _no_frame(frame: object) -> ArgumentError:
    return ArgumentError("frame", frame, f"a {type(frame).__name__} is no frame that can be annotated", _FRAMES)


def engine_named(backend: object) -> Engine:
    """The engine that is named by a text or by its module."""
    name = getattr(backend, "__name__", backend)
    try:
        return Engine(name)
    except ValueError:
        raise ArgumentError("backend", backend, "there is no such back end", [one.value for one in Engine]) from None
