"""How many rows of an annotated frame are told what, counted by the engine that the frame is of."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw


def counts(frame: Any, member: str, status: str) -> tuple[int, int, int, int] | None:
    """The number of all rows, with a yes, with a no, and with any answer, which could be read; None where there are no truths."""
    told, known = nw.col(member), nw.from_native(frame)
    if known.collect_schema()[member] != nw.Boolean:
        return None
    counted = known.select(
        rows=nw.len(),
        yes=told.cast(nw.Int64).sum(),
        no=(~told).cast(nw.Int64).sum(),
        read=(~(told.is_null() & nw.col(status).is_null())).cast(nw.Int64).sum(),
    )
    if isinstance(counted, nw.LazyFrame):
        counted = counted.collect()
    rows, yes, no, read = counted.row(0)
    return int(rows), int(yes or 0), int(no or 0), int(read or 0)
