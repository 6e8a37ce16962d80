"""
The rows of a table that people took from a page: a file with separators, text pasted with tabs, or the page itself.

Such a table is short, and is read whole. What stands before its header, and rows that are no part of it, are rows as well:
whoever reads them says what they are. The tables of a page that have a header are one, in their order.
"""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal, NamedTuple

from csto_membership._files.whole_files import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from os import PathLike

    from csto_membership.readers._sheet import Sheet


#: The separators that are tried, and in how many rows a header is looked for.
_SEPARATORS = ("\t", ";", "|", ",")
_MOST_BEFORE = 200
#: A table of treaty parties has some thousands of bytes.
_MOST_BYTES = 50_000_000


class Line(NamedTuple):
    """A row of a table: its number, and its cells."""

    number: int
    cells: list[str]


class Grid(NamedTuple):
    """The rows of a table, and the number of its header among them; None where it has none."""

    rows: list[Line]
    head: int | None
    #: Whether a row may leave out empty cells at its end, as pasted text does.
    short: bool = False
    #: The other tables of a page, which have none.
    others: tuple[list[Line], ...] = ()


def text_of(sheet: Sheet, path: str | PathLike[str], encoding: str) -> str:
    """The text of a file. Faults of its encoding, or of its size, are told at once."""
    with opened(path) as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise sheet.refusal(1, f"it has more than {_MOST_BYTES} bytes", "give the table alone")
    try:
        return content.decode(encoding)
    except UnicodeError:
        raise sheet.refusal_of_encoding() from None


def grid_in(text: str, delimiter: str | None, is_head: Callable[[list[str]], bool], sheet: Sheet) -> Grid:
    """
    The rows of a text; the separator is the one by which a header is found.

    Rows that are torn are faults, and not among them.
    """
    if "<" in text and (tables := list(_tables(text))):
        return _joined([_headed(table, is_head) for table in tables])
    separators = [delimiter] if delimiter else _SEPARATORS
    grids = [_separated(text, separator, is_head, quoted=True) for separator in separators]
    grid, torn = next((found for found in grids if found[0].head is not None), grids[-1])
    if torn and grid.short:
        # Nobody quotes what is pasted: quotation marks are letters there.
        grid, torn = _separated(text, "\t", is_head, quoted=False)
    for first, last, reason in torn:
        sheet.torn.append(last)
        problem = f"from line {first} on it is not CSV: {reason}"
        sheet.fault(last, "", problem, None, "correct the quotation marks")
    return grid


def _joined(tables: Sequence[Grid]) -> Grid:
    """The tables of a page with a header as one; where none has one, the longest."""
    headed = [table for table in tables if table.head is not None]
    if not headed:
        return max(tables, key=lambda table: len(table.rows))
    others = tuple(table.rows for table in tables if table.head is None)
    return Grid([row for table in headed for row in table.rows], headed[0].head, others=others)


def _headed(rows: list[Line], is_head: Callable[[list[str]], bool], *, short: bool = False) -> Grid:
    head = next((number for number, row in enumerate(rows[:_MOST_BEFORE]) if is_head(row.cells)), None)
    return Grid(rows, head, short)


class _Torn(NamedTuple):
    """Lines that are no row, from the first to the last, and why."""

    first: int
    last: int
    reason: str


def _separated(
    text: str, separator: str, is_head: Callable[[list[str]], bool], *, quoted: bool
) -> tuple[Grid, list[_Torn]]:
    """The rows between separators, and the lines that are none."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=quoted, quoting=quoting)
    rows: list[Line] = []
    torn: list[_Torn] = []
    while True:
        before = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            torn.append(_Torn(before + 1, reader.line_num, str(error)))
        else:
            rows.append(Line(reader.line_num, cells))
    return _headed(rows, is_head, short=separator == "\t"), torn


# Pages


def _tables(text: str) -> Iterator[list[Line]]:
    """The tables of a page with rows; of one inside another, each has its own."""
    page = _Page()
    page.feed(text)
    page.close()
    yield from (table.rows for table in page.tables if table.rows)


class _Cell:
    """A cell of a page as it is read, over so many columns and rows: its text stands in the first column of each row."""

    def __init__(self, columns: int, rows: int) -> None:
        self.parts: list[str] = []
        self.rows = rows
        self._columns = columns

    @property
    def texts(self) -> list[str]:
        """What stands in each of its columns."""
        return ["".join(self.parts), *[""] * (self._columns - 1)]


class _Table:
    """A table of a page as it is read."""

    def __init__(self) -> None:
        self.rows: list[Line] = []
        self._row: list[_Cell] | None = None
        self._line = 0
        #: By column, what reaches down into the next rows, and into how many.
        self._above: dict[int, tuple[str, int]] = {}
        self.cell: _Cell | None = None

    def begin_row(self, line: int) -> None:
        self.end_row()
        self._row, self._line = [], line

    def begin_cell(self, columns: int, rows: int, line: int) -> None:
        if self._row is None:
            self.begin_row(line)
        self.cell = _Cell(columns, rows)
        assert self._row is not None, "it was begun"
        self._row.append(self.cell)

    def end_row(self) -> None:
        self.cell = None
        if self._row or (self._row is not None and self._above):
            self.rows.append(Line(self._line, self._cells(self._row)))
        self._row = None

    def _cells(self, row: Iterable[_Cell]) -> list[str]:
        """The cells of a row, with those of rows above that reach down into it."""
        cells: list[str] = []
        above, self._above = self._above, {}
        for cell in row:
            while len(cells) in above:
                cells.append(self._again(len(cells), *above.pop(len(cells))))
            for text in cell.texts:
                cells.append(self._again(len(cells), text, cell.rows))
        for column in sorted(column for column in above if column >= len(cells)):
            cells += [""] * (column - len(cells))
            cells.append(self._again(column, *above[column]))
        return cells

    def _again(self, column: int, text: str, rows: int) -> str:
        """A text that stands in so many rows from here on."""
        if rows > 1:
            self._above[column] = (text, rows - 1)
        return text


#: What stands apart from the text around it: "2003" and its footnote are two numbers.
_APART = frozenset({"sup", "sub", "br", "p", "div", "li", "i", "em", "a", "span"})
_UNSHOWN = frozenset({"script", "style", "template"})
_MOST_COLUMNS, _MOST_ROWS = 100, 10_000


class _Page(HTMLParser):
    """The tables of a page. Ends of cells and rows may be left out, as browsers allow."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._unshown = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if tag == "table":
            table = _Table()
            self.tables.append(table)
            self._open.append(table)
        elif tag in _UNSHOWN:
            self._unshown += 1
        elif tag == "tr" and self._open:
            self._open[-1].begin_row(line)
        elif tag in ("td", "th") and self._open:
            given = dict(attrs)
            columns, rows = _span(given.get("colspan"), _MOST_COLUMNS), _span(given.get("rowspan"), _MOST_ROWS)
            self._open[-1].begin_cell(columns, rows, line)
        elif tag in _APART:
            self._say(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            self._open.pop().end_row()
        elif tag in _UNSHOWN:
            self._unshown = max(0, self._unshown - 1)
        elif tag == "tr" and self._open:
            self._open[-1].end_row()
        elif tag in ("td", "th") and self._open:
            self._open[-1].cell = None
        elif tag in _APART:
            self._say(" ")

    def handle_data(self, data: str) -> None:
        self._say(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self._open.pop().end_row()

    def _say(self, text: str) -> None:
        if self._open and self._open[-1].cell and not self._unshown:
            self._open[-1].cell.parts.append(text)


def _span(span: str | None, most: int) -> int:
    return max(1, min(int(span[:9]), most)) if span and span.isascii() and span.isdecimal() else 1
