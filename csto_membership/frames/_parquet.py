"""Parquet and Arrow files: rows annotated as they stream by, and the spells of a history with days as days."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from csto_membership.exceptions import ArgumentError
from csto_membership.frames._pyarrow import ROAD
from csto_membership.frames._question import check_columns
from csto_membership.frames._reading import Met

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from csto_membership.frames._question import Question
    from csto_membership.frames._report import Report

#: So many rows are answered at once, and so many bytes of a column are read ahead.
_ROWS, _AHEAD = 1 << 17, 1 << 20


def annotated(
    given: BinaryIO,
    made: BinaryIO,
    name: str,
    question: Question,
    metadata: Mapping[str, str],
    show: Callable[[float], None],
) -> Iterator[Report]:
    """
    Write the rows of one file with their answers to another, and give the report of each part.

    `show` is told which part of the rows is done. Of the metadata of the file all stays, and what is told here is added.
    """
    assert ROAD.answered is not None, "a table of PyArrow has its rows"
    with _readable(name, "it is no Parquet file"):
        file = pq.ParquetFile(given, buffer_size=_AHEAD)
        # The schema is read when it is asked for.
        names = file.schema_arrow.names
    check_columns(question, names, any_case=False)
    empty, _ = ROAD.answered(file.schema_arrow.empty_table(), question)
    schema = with_metadata(empty.schema, metadata)
    done, rows, met = 0, file.metadata.num_rows, Met()
    with pq.ParquetWriter(made, schema, compression=_compression(file.metadata)) as writer:
        for batch in _batches(file, name):
            table, report = ROAD.answered(pa.Table.from_batches([batch]), question, met)
            writer.write_table(table.replace_schema_metadata(schema.metadata))
            done += len(batch)
            show(done / rows)
            yield report


def _batches(file: Any, name: str) -> Iterator[Any]:
    batches = file.iter_batches(batch_size=_ROWS)
    while True:
        with _readable(name, "its rows are damaged"):
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


@contextmanager
def _readable(name: str, problem: str) -> Iterator[None]:
    """Raise `ArgumentError` for what PyArrow cannot read."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        # PyArrow has such errors without a number for what is wrong with the file itself.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise ArgumentError("source", name, f"{problem}: {error}") from None


def put(table: Any, made: BinaryIO, form: str, metadata: Mapping[str, str]) -> None:
    """Write a table as Parquet, or in the Arrow form, with these metadata."""
    table = table.cast(with_metadata(table.schema, metadata))
    if form == "parquet":
        pq.write_table(table, made)
        return
    with pa.ipc.new_file(made, table.schema) as writer:
        writer.write_table(table)


def with_metadata(schema: Any, metadata: Mapping[str, str]) -> Any:
    """The schema with metadata besides its own."""
    return schema.with_metadata({**(schema.metadata or {}), **{key: text.encode() for key, text in metadata.items()}})


def _compression(metadata: Any) -> str:
    """How the first column of a file is compressed, or as Parquet mostly is."""
    if not metadata.num_row_groups or not metadata.num_columns:
        return "SNAPPY"
    found = str(metadata.row_group(0).column(0).compression)
    return "NONE" if found == "UNCOMPRESSED" else found
