"""Rows of a CSV file, or of a dataframe, as they stream by, and the faults that are found in them."""

from __future__ import annotations

import csv
import io
import re
import sys
from codecs import getincrementaldecoder, getincrementalencoder, lookup
from collections import Counter
from difflib import get_close_matches
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TextIO, cast

from csto_membership._files.whole_files import opened
from csto_membership._values.cells import unguarded, visible
from csto_membership._values.wording import counted, did_you_mean, nearest
from csto_membership.exceptions import (
    MOST_FAULTS,
    ArgumentError,
    Fault,
    RecordError,
    UnknownNameError,
    first_faults,
)
from csto_membership.readers._frame import RowNumber, column_names, frame_of, is_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from csto_membership.readers._frame import Frame, Tabular


#: The separators that are looked for in a header.
SEPARATORS = (",", ";", "\t", "|")
#: A line that every encoding of files can hold.
_LINE = "state,date\n"
#: The line by which spreadsheets name their separator.
_SEPARATOR_LINE = re.compile("[\ufeff]?sep=(.)\r?\n?", re.IGNORECASE)
#: A name in quotation marks: one elsewhere is part of its name.
_OPENED = re.compile(r'(?:^|[,;\t|])"')
#: Columns that R and pandas write before the others.
_UNNAMED = re.compile(r"|unnamed:_\d+")
#: No name in a file begins so: names have no blanks left.
_NO_NAME = " "
#: How many wrong names are compared with all known ones, and with how many columns a missing one is.
_MOST_HINTS, _MOST_COMPARED = 100, 1000
#: The progress bar is told of every 512th row: telling it of each would cost more than reading it.
_ROWS_A_TICK = 512


class Sheet:
    """
    The rows of a CSV file, or of a dataframe, as they stream by, and the faults that are found in them.

    The separator of a file is named, or found by the header. `names` are the names of columns that the caller has, by
    ours. A table without a usable header raises `RecordError` at once; `finish` raises it with every fault, unless bad
    rows are skipped.
    """

    __slots__ = (
        "_bad_rows",
        "_delimiter",
        "_encoding",
        "_faults",
        "_frame",
        "_hints",
        "_more",
        "_names",
        "_offset",
        "_path",
        "columns",
        "ignored",
        "torn",
    )

    def __init__(
        self,
        table: Tabular,
        bad_rows: str,
        encoding: str,
        delimiter: str | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        if bad_rows not in ("raise", "skip"):
            raise ArgumentError("bad_rows", bad_rows, "bad rows raise, or are skipped", ("raise", "skip"))
        check_separator(delimiter)
        if not is_text_encoding(encoding):
            raise UnknownNameError("encoding", encoding, ("utf-8-sig", "cp1252", "utf-16"))
        self._frame: Frame | None = None if is_file(table) else frame_of(table)
        self._path = Path(f"the {self._frame.kind}" if self._frame else cast("str", table))
        self._names = {column_name(ours): column_name(theirs) for ours, theirs in column_names(names).items()}
        self._bad_rows, self._encoding, self._delimiter = bad_rows, encoding, delimiter
        self._faults: list[tuple[int, Fault]] = []
        self._more = self._hints = self._offset = 0
        #: The names of the columns, in lower case: data sets change the case between releases.
        self.columns: tuple[str, ...] = ()
        #: The columns that are left out, each in words.
        self.ignored: tuple[str, ...] = ()
        #: The lines that are no row of the table at all: whatever they tell of is unknown.
        self.torn: list[int] = []

    def rows(self, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """Every row with the number of its (last) line; those of a wrong length are faults, and left out."""
        if self._frame is not None:
            self._head(list(self._frame.columns), needed)
            yield from self._frame.rows()
            return
        with opened(self._path) as raw:
            text = io.TextIOWrapper(raw, self._encoding, newline="")
            try:
                yield from self._rows(self._reader(text, needed), raw, needed)
            except UnicodeError:
                raise self.refusal_of_encoding() from None

    def _reader(self, text: io.TextIOWrapper, needed: Sequence[str]) -> Any:
        """The reader of the rows: with the separator that is named, or the one that makes the header of the first line."""
        first, head = head_of(text)
        lines: Iterator[str] = chain(first, text)
        delimiter = self._delimiter
        if (named := _SEPARATOR_LINE.fullmatch(head)) and (delimiter is None or named[1] == delimiter):
            # Spreadsheets write which separator they use, as a line before the header.
            delimiter, self._offset, lines = named[1], len(first), iter(text)
        theirs = [self._names.get(name, name) for name in needed]
        return csv.reader(lines, strict=True, delimiter=delimiter or separator_of(head, theirs))

    def _rows(self, reader: Any, raw: BinaryIO, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        with Bar(self._path) as bar:
            number = -1
            while True:
                number += 1
                try:
                    row = next(reader)
                except StopIteration:
                    break
                except csv.Error as error:
                    line = reader.line_num + self._offset
                    self.torn.append(line)
                    self.fault(line, "", f"it is not CSV: {error}", None, remedy_of(error))
                    continue
                if number % _ROWS_A_TICK == 0:
                    bar.at(raw.tell())
                line = reader.line_num + self._offset
                if not row:
                    continue
                if not self.columns:
                    self._head(row, needed)
                elif len(row) == len(self.columns):
                    yield line, row
                else:
                    self.torn.append(line)
                    problem = f"it has {counted(len(row), 'cell')} where the header has {len(self.columns)}"
                    self.fault(line, "", problem, None, "add or remove separators")
        if not self.columns:
            self._head([], needed)

    def refusal(self, line: int, problem: str, remedy: str = "", value: object = None) -> RecordError:
        """The error for what makes the rest unreadable, with all faults up to it."""
        self.fault(line, "", problem, value, remedy)
        return RecordError(self._in_order())

    def refusal_of_encoding(self) -> RecordError:
        """The error for a file that is not in its encoding, with the first line that is not."""
        line, byte = self._undecodable()
        remedy = "save it as UTF-8, or name its encoding, such as encoding='cp1252' or 'utf-16'"
        return self.refusal(line, f"it is not {self._encoding}", remedy, byte)

    def _undecodable(self) -> tuple[int, str]:
        """The number of the first line that is not in the encoding, and what is wrong with it."""
        decoder = getincrementaldecoder(self._encoding)()
        number = 0
        with opened(self._path) as raw:
            for number, line in enumerate(raw, 1):
                try:
                    decoder.decode(line)
                except UnicodeError as error:
                    return number, str(error)
        return number, "the file ends in the middle of a character"

    def _head(self, row: list[str], needed: Sequence[str]) -> None:
        names = [column_name(name) for name in row]
        unnamed = [number for number, name in enumerate(names) if _UNNAMED.fullmatch(name)]
        ignored = [
            f"column {number + 1} has no name: it is taken for the row numbers that R and pandas write"
            for number in unnamed
        ]
        for number in unnamed:
            names[number] = f"{_NO_NAME}{number}"
        counts = Counter(names)
        ignored += self._rename(names)
        self.ignored = tuple(ignored)
        for name in needed:
            if name not in names and name not in self._names:
                self.fault(self._first, name, "the column is missing", None, _remedy(name, names, needed))
        for name, count in counts.items():
            if count > 1:
                self.fault(self._first, name, "two columns have this name", name, "keep one of them")
        if self._faults:
            raise RecordError(self._in_order())
        self.columns = tuple(names)

    def _rename(self, names: list[str]) -> Iterator[str]:
        """Give columns our names where the caller says which they are; yields which columns that puts aside, in words."""
        given, read_as = list(names), dict[str, str]()
        for ours, theirs in self._names.items():
            if theirs not in given:
                remedy = f"columns maps our names to yours; {nearest(theirs, given[:_MOST_COMPARED])}"
                self.fault(self._first, theirs, f"there is no such column, to be read as {ours!r}", None, remedy)
                continue
            if (other := read_as.setdefault(theirs, ours)) != ours:
                self.fault(self._first, theirs, f"it is read as {other!r} and as {ours!r}", None, "give each its own")
            names[given.index(theirs)] = ours
        for number, name in enumerate(given):
            # A column has the name that another one is read by.
            if name in self._names and name not in read_as:
                names[number] = f"{_NO_NAME}{number}"
                yield f"column {visible(name)!r} is left out: {visible(self._names[name])!r} is read in its place"

    @property
    def _first(self) -> int:
        """The number of the header."""
        return RowNumber(-1) if self._frame is not None else 1

    def is_ignored(self, column: str) -> bool:
        """Whether a column is no part of the data."""
        return column.startswith(_NO_NAME)

    def fault(self, line: int, column: str, problem: str, value: object = None, remedy: str = "") -> None:
        """Keep one fault of a line; of very many, the first ones."""
        if len(self._faults) > MOST_FAULTS:
            self._more += 1
            return
        where = f"{unit_of(line)} {line}" if line >= 0 else "columns"
        place = f"{where}, {visible(column)}" if column else where
        self._faults.append((line, Fault(place, problem, value, remedy, str(self._path))))

    def plain(self, cell: str) -> str:
        """A cell as it was meant: in a file, without the apostrophe before what looks like a formula."""
        return cell if self._frame is not None else unguarded(cell)

    @property
    def hints(self) -> bool:
        """Whether one more hint is worth its time; each takes as long as reading a thousand rows."""
        self._hints += 1
        return self._hints <= _MOST_HINTS

    def finish(self) -> tuple[Fault, ...]:
        """The faults of the rows that were skipped; `RecordError` with all of them if none may be."""
        faults = self._in_order()
        if faults and self._bad_rows == "raise":
            raise RecordError(faults)
        return faults

    def _in_order(self) -> tuple[Fault, ...]:
        in_order = sorted(self._faults, key=lambda line_and_fault: line_and_fault[0])
        return first_faults((fault for _, fault in in_order), more=self._more)


def unit_of(line: int) -> str:
    """What a number counts: lines of a file, or rows of a frame."""
    return "row" if isinstance(line, RowNumber) else "line"


def is_text_encoding(encoding: object) -> bool:
    """Whether files can be in an encoding: Python has others, of bytes and of names alone."""
    try:
        known = lookup(cast("str", encoding))
        # Of those that turn bytes into bytes, or texts into texts, Python lets nobody ask in public.
        if not getattr(known, "_is_text_encoding", True):
            return False
        encode, decode = getincrementalencoder(known.name)().encode, getincrementaldecoder(known.name)().decode
        # Some keep a line until a name is whole, and some write its end in letters.
        return decode(encode(_LINE)) == _LINE and len(encode("\n")) == len(encode("a"))
    except (LookupError, TypeError, ValueError):
        return False


def check_separator(separator: object) -> None:
    """Raise `ArgumentError` for what cannot separate cells."""
    if separator is not None and (
        not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n' or not separator.strip(" ")
    ):
        raise ArgumentError("delimiter", separator, "a separator is one character", [repr(one) for one in SEPARATORS])


def head_of(text: TextIO) -> tuple[list[str], str]:
    """The first lines of a table up to its header, and that: of several lines where a name has more than one."""
    lines: list[str] = []
    head = whole = ""
    for line in iter(text.readline, ""):
        lines.append(line)
        if not whole and not line.strip("\r\n"):
            continue
        head, whole = head or line, whole + line
        if whole.count('"') % 2 == 0:
            return lines, whole
        if not _OPENED.search(head) or len(whole) > csv.field_size_limit():
            break
    # Marks that nothing closes are no quotation.
    return lines, head


def remedy_of(error: csv.Error) -> str:
    """What to do about a line that is not CSV."""
    if "field limit" in str(error):
        return "close the quotation marks, or shorten the cell (csv.field_size_limit of Python sets the limit)"
    return "correct the quotation marks"


def column_name(name: str) -> str:
    """The name of a column as it is compared: data sets change case and blanks between releases."""
    return "_".join(name.strip().lower().split())


def separator_of(head: str, needed: Sequence[str]) -> str:
    """The separator that makes all needed columns of the first line; a comma where none does."""
    for delimiter in SEPARATORS:
        try:
            (names,) = csv.reader([head], delimiter=delimiter)
        except (csv.Error, ValueError):
            continue
        if set(needed) <= set(map(column_name, names)):
            return delimiter
    return ","


def _remedy(name: str, names: Sequence[str], needed: Sequence[str]) -> str:
    known = f"a header with {', '.join(needed)} is needed"
    alike = get_close_matches(name, [other for other in names[:_MOST_COMPARED] if other not in needed], n=1, cutoff=0.8)
    return f"{did_you_mean(alike)} {known}" if alike else known


class Bar:
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
    text = whole(cell)
    if text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most:
        return int(text)
    sheet.fault(line, column, f"a whole number from {least} to {most} is needed", cell, "correct the cell")
    return None


def whole(cell: str) -> str:
    """A cell without the fraction of nothing that some programs write after whole numbers."""
    text = cell.strip()
    number, point, fraction = text.partition(".")
    return number if point and number and not fraction.strip("0") else text
