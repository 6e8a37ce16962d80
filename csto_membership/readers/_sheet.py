"""Rows of a CSV file as they stream by, and the faults that are found in them."""

from __future__ import annotations

import csv
import io
import sys
from codecs import getincrementaldecoder, lookup
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from csto_membership.exceptions import ArgumentError, Fault, RecordError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike


#: The progress bar is told of every 512th row: telling it of each would cost more than reading it.
_ROWS_A_TICK = 512


class Sheet:
    """
    The rows of a CSV file as they stream by, and the faults that are found in them.

    A file without a usable header raises `RecordError` at once. `finish` raises it with every fault, unless bad rows
    are skipped.
    """

    __slots__ = ("_bad_rows", "_encoding", "_faults", "_path", "columns")

    def __init__(self, path: str | PathLike[str], bad_rows: str, encoding: str) -> None:
        if bad_rows not in ("raise", "skip"):
            raise ArgumentError("bad_rows", bad_rows, "bad rows raise, or are skipped", ("raise", "skip"))
        try:
            lookup(encoding)
        except LookupError:
            raise UnknownNameError("encoding", encoding, ("utf-8-sig", "cp1252", "utf-16")) from None
        self._path, self._bad_rows, self._encoding = Path(path), bad_rows, encoding
        self._faults: list[tuple[int, Fault]] = []
        #: The names of the columns, in lower case: data sets change the case between releases.
        self.columns: tuple[str, ...] = ()

    def rows(self, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """Every row with the number of its (last) line; those of a wrong length are faults, and left out."""
        with self._path.open("rb") as raw:
            reader = csv.reader(io.TextIOWrapper(raw, self._encoding, newline=""), strict=True)
            try:
                yield from self._rows(reader, raw, needed)
            except UnicodeError:
                line, byte = self._undecodable()
                remedy = "save it as UTF-8, or name its encoding, such as encoding='cp1252' or 'utf-16'"
                self.fault(line, "", f"it is not {self._encoding}", byte, remedy)
                raise RecordError(self._in_order()) from None

    def _rows(self, reader: Any, raw: io.BufferedReader, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        with _Bar(self._path) as bar:
            number = -1
            while True:
                number += 1
                try:
                    row = next(reader)
                except StopIteration:
                    break
                except csv.Error as error:
                    self.fault(reader.line_num, "", f"it is not CSV: {error}", None, "correct the quotation marks")
                    continue
                if number % _ROWS_A_TICK == 0:
                    bar.at(raw.tell())
                if not self.columns:
                    self._head(row, needed)
                elif len(row) == len(self.columns):
                    yield reader.line_num, row
                elif row:
                    problem = f"it has {len(row)} cells where the header has {len(self.columns)}"
                    self.fault(reader.line_num, "", problem, None, "add or remove commas")
        if not self.columns:
            self._head([], needed)

    def _undecodable(self) -> tuple[int, str]:
        """The number of the first line that is not in the encoding, and what is wrong with it."""
        decoder = getincrementaldecoder(self._encoding)()
        number = 0
        with self._path.open("rb") as raw:
            for number, line in enumerate(raw, 1):
                try:
                    decoder.decode(line)
                except UnicodeError as error:
                    return number, str(error)
        return number, "the file ends in the middle of a character"

    def _head(self, row: list[str], needed: Sequence[str]) -> None:
        names = [name.strip().lower() for name in row]
        for name in needed:
            if name not in names:
                self.fault(1, name, "the column is missing", None, f"a header with {', '.join(needed)} is needed")
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            self.fault(1, name, "two columns have this name", name, "keep one of them")
        if self._faults:
            raise RecordError(self._in_order())
        self.columns = tuple(names)

    def fault(self, line: int, column: str, problem: str, value: object = None, remedy: str = "") -> None:
        """Keep one fault of a line."""
        place = f"line {line}, {column}" if column else f"line {line}"
        self._faults.append((line, Fault(place, problem, value, remedy, str(self._path))))

    def finish(self) -> tuple[Fault, ...]:
        """The faults of the rows that were skipped; `RecordError` with all of them if none may be."""
        faults = self._in_order()
        if faults and self._bad_rows == "raise":
            raise RecordError(faults)
        return faults

    def _in_order(self) -> tuple[Fault, ...]:
        return tuple(fault for _, fault in sorted(self._faults, key=lambda line_and_fault: line_and_fault[0]))


class _Bar:
    """A progress bar over the bytes of a file: in a terminal, if tqdm is installed, after the first second."""

    __slots__ = ("_bar",)

    def __init__(self, path: Path) -> None:
        self._bar: Any = None
        if sys.stderr is not None and sys.stderr.isatty():
            try:
                tqdm = import_module("tqdm").tqdm
            except ImportError:
                return
            size = path.stat().st_size
            self._bar = tqdm(total=size, desc=path.name, unit="B", unit_scale=True, delay=1, leave=False)

    def at(self, byte: int) -> None:
        """Show how many bytes are read."""
        if self._bar is not None:
            self._bar.update(byte - self._bar.n)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


def whole_number(sheet: Sheet, line: int, column: str, cell: str, least: int, most: int) -> int | None:
    """A whole number within bounds, None with a fault for anything else."""
    text = cell.strip().removesuffix(".0")
    if text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most:
        return int(text)
    sheet.fault(line, column, f"a whole number from {least} to {most} is needed", cell, "correct the cell")
    return None
