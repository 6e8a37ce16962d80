"""
Frames of Dask: each partition is annotated where it is, as a frame of pandas.

The workers need this library. The history travels once to each of them, which then keeps what it has made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from dask.delayed import delayed

from csto_membership.frames import _pandas
from csto_membership.frames._roads import Road

if TYPE_CHECKING:
    from csto_membership.frames._question import Question


def _annotated(partition: Any, question: Question) -> Any:
    """A partition with its answers. Texts stay texts: categories would be others in each partition."""
    annotated, _ = _pandas.answered(partition, question)
    texts = [name for column, name in question.added.items() if column != "member"]
    kinds = {name: pd.Series(["text"]).dtype for name in texts if annotated[name].dtype == "category"}
    return annotated.astype(kinds) if kinds else annotated


def _planned(frame: Any, question: Question) -> Any:
    meta = _annotated(frame._meta, question)  # noqa: SLF001 - Dask's own word for a frame without rows
    # As a node of its own: in the tasks it would travel with each partition.
    return frame.map_partitions(_annotated, delayed(question, traverse=False), meta=meta)


def counts(frame: Any, member: str, status: str) -> tuple[int, int, int, int] | None:
    """The number of all rows, with a yes, with a no, and with any answer, which could be read; None where there are no truths."""
    if not pd.api.types.is_bool_dtype(frame.dtypes[member]):
        return None
    parts = frame.map_partitions(_counts, member, status, meta=_counts(frame._meta, member, status))  # noqa: SLF001
    rows, yes, no, read = parts.sum().compute()
    return int(rows), int(yes), int(no), int(read)


def _counts(partition: Any, member: str, status: str) -> Any:
    told = partition[member]
    read = (told.notna() | partition[status].notna()).sum()
    counted = [len(partition), int(told.sum()), int((~told).sum()), int(read)]
    return pd.DataFrame([counted], columns=["rows", "yes", "no", "read"])


ROAD = Road(lambda frame: list(frame.columns), planned=_planned)
