"""Separated values as they are written, by every release of Python alike."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:

    class Writable(Protocol):
        """What texts are written to."""

        def write(self, text: str, /) -> object:
            """Write a text."""


class _Ending:
    """Where rows are written to that end otherwise than the writer of Python ends them."""

    def __init__(self, out: Writable, ending: str) -> None:
        self._write = out.write
        self._ending = ending

    def write(self, row: str) -> object:
        """Write a row."""
        return self._write(row[:-2] + self._ending)


def writer_of(out: Writable, separator: str = ",", ending: str = "\n") -> Any:
    """A `csv.writer` whose rows end so. Cells with any end of a line are quoted."""
    # Before 3.13 Python quotes a carriage return only where rows end with one.
    return csv.writer(_Ending(out, ending), delimiter=separator, lineterminator="\r\n")
