"""How many rows of an annotated frame are told what, counted by the engine that the frame is of."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw


def counts(frame: Any, member: str, status: str) -> tuple[int, int, int, int]:
    """The number of all rows, of those with a yes, with a no, and of those with a status, which could be read."""
    told = nw.col(member)
    counted = nw.from_native(frame).select(
        rows=nw.len(),
        yes=told.cast(nw.Int64).sum(),
        no=(~told).cast(nw.Int64).sum(),
        read=nw.col(status).count(),
    )
    if isinstance(counted, nw.LazyFrame):
        counted = counted.collect()
    rows, yes, no, read = counted.row(0)
    return int(rows), int(yes or 0), int(no or 0), int(read)
