"""
What people see on a terminal: tables and texts that keep to its width, and colour where it is wanted.

The library rich (extra `cli`) draws the tables; without it they look the same, in one colour. Colour repeats what a word
says, and never stands alone. A pipe or a file gets none of this: see `_output`.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

from csto_membership._values.cells import columns_of, visible
from csto_membership._values.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: How colour repeats a verdict, in the words of rich; a plain no needs none.
_STYLES = {Verdict.YES: "green", Verdict.NO: "", Verdict.UNDETERMINED: "bold yellow"}
#: The space between columns.
_GAP = 2
#: No column is made narrower than its longest word, up to this many places.
_LEAST = 24
#: Longer tables are drawn without rich, which takes a second for so many rows.
_MOST_DRAWN = 2_000
#: Where a word that is wider than a line breaks: after a mark before a letter, never inside a date.
_BREAKS = re.compile(r"(?<=[-/_.,:;])(?=[^\W\d])")
#: It keeps letters that run from right to left, and the numbers beside them, inside their own column.
_LEFT_TO_RIGHT = "\u200e"


def table_lines(head: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> Iterator[str]:
    """The lines of a table that is no wider than the terminal; a block of lines a row where its words do not fit."""
    rich = _rich() if len(rows) <= _MOST_DRAWN else None
    measure = rich.measure if rich else columns_of
    texts = [tuple(visible(str(cell)) for cell in row) for row in ([head, *rows] if head else rows)]
    widths = _widths(texts, _width(), measure)
    if widths is None:
        yield from _blocks(head, texts[bool(head) :], rows, rich)
        return
    folded = [[folded_text(cell, width, measure) for cell, width in zip(row, widths, strict=True)] for row in texts]
    if rich:
        yield from rich.table(folded, widths, bool(head), [*([()] if head else []), *rows])
        return
    for row in folded:
        for line in range(max(map(len, row))):
            cells = (cell[line] if line < len(cell) else "" for cell in row)
            padded = (_padded(cell, width, measure) for cell, width in zip(cells, widths, strict=True))
            yield (" " * _GAP).join(padded).rstrip()


def text_lines(text: str, verdict: Verdict | None = None) -> Iterator[str]:
    """The lines of a text, folded where the terminal ends and set in from there; the first in the look of a verdict."""
    rich = _rich()
    measure = rich.measure if rich else columns_of
    for number, line in enumerate(text.split("\n")):
        indent = min(len(line) - len(line.lstrip(" ")), _width() // 2)
        first, *rest = folded_text(line.lstrip(" "), _width() - indent, measure)
        lines = [" " * indent + first]
        if rest:
            deeper = min(indent + _GAP, _width() // 2)
            left = " ".join(rest) if deeper == indent else line.lstrip(" ")[len(first) :].lstrip(" ")
            lines += [" " * deeper + more for more in folded_text(left, _width() - deeper, measure)]
        style = f"bold {_STYLES[verdict]}" if verdict is not None and number == 0 else ""
        yield from (rich.styled(_kept(part), style) if rich and style else _kept(part) for part in lines)


def folded_text(text: str, width: int, measure: Callable[[str], int] = columns_of) -> list[str]:
    """
    The text in lines of at most that many places, broken between words; a word that is wider is cut.

    >>> folded_text("Collective Security Treaty, asia-plus-2006-06-26", 16)
    ['Collective', 'Security Treaty,', 'asia-', 'plus-2006-06-26']
    """
    if measure(text) <= width:
        return [text]
    lines, line = [], ""
    for word in re.findall(" *[^ ]+", text):
        for piece in [word] if measure(word.lstrip(" ")) <= width else _BREAKS.split(word):
            if line and measure(line + piece) > width:
                lines.append(line)
                line = piece.lstrip(" ")
            else:
                line += piece
            while measure(line) > width:
                cut = _cut(line, width, measure)
                lines.append(line[:cut])
                line = line[cut:]
    return [*lines, line] if line else lines or [""]


def _cut(text: str, width: int, measure: Callable[[str], int]) -> int:
    """How many characters of a text fit; at least one, with what is written onto it."""
    end = 1
    while end < len(text) and (measure(text[: end + 1]) <= width or measure(text[end]) == 0):
        end += 1
    return end


def _widths(rows: list[tuple[str, ...]], room: int, measure: Callable[[str], int]) -> list[int] | None:
    """How wide each column is; None where not even the longest words of all fit."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(measure, column)) for column in columns]
    room -= _GAP * (len(widths) - 1)
    if sum(widths) <= room:
        return widths
    least = [
        max(min(_LEAST, measure(word)) for cell in column for whole in cell.split(" ") for word in _BREAKS.split(whole))
        for column in columns
    ]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        spare = [number for number in range(len(widths)) if widths[number] > least[number]]
        widths[max(spare, key=widths.__getitem__)] -= 1
    return widths


def _blocks(
    head: tuple[str, ...], texts: list[tuple[str, ...]], rows: Sequence[tuple[object, ...]], rich: _Rich | None
) -> Iterator[str]:
    """Each row as its first cell and, set in below it, what the others are: as many in a line as fit."""
    room, measure = _width(), rich.measure if rich else columns_of
    inside = max(room - _GAP, 1)
    for (title, *cells), (_, *values) in zip(texts, rows, strict=True):
        for line in folded_text(title, room, measure):
            yield rich.styled(_kept(line), "bold") if rich else _kept(line)
        places, line = 0, ""
        for name, cell, value in zip(head[1:] or [""] * len(cells), cells, values, strict=True):
            text = f"{name}: {cell}" if name else cell
            style = _style(value)
            for piece in folded_text(text, inside, measure) if cell else ():
                if line and places + _GAP + measure(piece) > inside:
                    yield " " * _GAP + line
                    places, line = 0, ""
                gap = _GAP if line else 0
                places += gap + measure(piece)
                line += " " * gap + (rich.styled(_kept(piece), style) if rich and style else _kept(piece))
        if line:
            yield " " * _GAP + line


def _style(cell: object) -> str:
    return _STYLES[cell] if isinstance(cell, Verdict) else ""


def _padded(cell: str, width: int, measure: Callable[[str], int]) -> str:
    return _kept(cell) + " " * (width - measure(cell))


def _kept(text: str) -> str:
    """The text between marks without width where letters of it run from right to left."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text):
        return text
    return f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}"


def _width() -> int:
    """How many places a line has: those of the terminal, or what COLUMNS says."""
    return max(shutil.get_terminal_size().columns, 1)


class _Rich:
    """The library rich, as far as a table needs it."""

    def __init__(self) -> None:
        from rich.cells import cell_len
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        self.measure: Callable[[str], int] = cell_len
        self._table, self._text = Table, Text
        # NO_COLOR asks for no colour; none of the marks of a terminal are sent, bold ones included.
        plain: dict[str, Any] = {"color_system": None} if os.environ.get("NO_COLOR") else {}
        self.console = Console(file=sys.stdout, width=_width(), markup=False, highlight=False, emoji=False, **plain)

    def table(
        self, folded: list[list[list[str]]], widths: list[int], headed: bool, cells: Sequence[tuple[object, ...]]
    ) -> Iterator[str]:
        """The lines of a table whose cells are folded; a verdict in its colour."""
        table = self._table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_header=False)
        for width in widths:
            # A column is as wide as its widest cell, and the marks of direction take no place.
            table.add_column(width=width, no_wrap=True, overflow="ignore")
        for number, row in enumerate(folded):
            looks = ["bold"] * len(row) if headed and number == 0 else map(_style, cells[number])
            table.add_row(
                *(self._text("\n".join(map(_kept, cell)), style) for cell, style in zip(row, looks, strict=True))
            )
        yield from self._drawn(table)

    def styled(self, text: str, style: str) -> str:
        """One line in a style."""
        return next(self._drawn(self._text(text, style, no_wrap=True, overflow="ignore")), "")

    def _drawn(self, what: object) -> Iterator[str]:
        # Drawn into a text: rich itself would end the program with 1 where the terminal has gone.
        with self.console.capture() as drawn:
            self.console.print(what, crop=False)
        yield from (line.rstrip(" ") for line in drawn.get().removesuffix("\n").split("\n"))


def _rich() -> _Rich | None:
    """Rich, if it is installed and the terminal can show what it draws."""
    try:
        rich = _Rich()
    except ImportError:
        return None
    return None if rich.console.legacy_windows else rich
