"""Cells of tables: what a spreadsheet would take for a formula, what a terminal would obey, how wide they are, where they lead."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What spreadsheets begin a formula with, also in the wide forms of East Asian keyboards.
_STARTS = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
#: Marks that turn the direction of a line around, so that it reads as another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Link(str):  # noqa: SLOT000 - it has an address
    """A text that leads to an address, in HTML alone; anything but a web address is not linked."""

    url: str

    def __new__(cls, text: str, url: str) -> Self:
        """The text, with its address."""
        link = super().__new__(cls, text)
        link.url = url
        return link


def guarded(cell: str) -> str:
    """The cell with a leading apostrophe where it looks like a formula."""
    return f"'{cell}" if _is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `guarded` put before it."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    return cell.lstrip("'")[:1] in _STARTS


def visible(text: str, kept: str = "") -> str:
    """The text with what would steer a terminal, or break a line, spelt out; the characters in `kept` stay."""
    return text if text.isascii() and text.isprintable() else "".join(_seen(letter, kept) for letter in text)


def columns_of(text: str) -> int:
    """
    How many places of a line the text takes: two for a wide letter of East Asia, none for a mark that is written onto another.

    >>> columns_of("Армения"), columns_of("中国"), columns_of("é")
    (7, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_places, text))


def _places(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf") or "\u1160" <= letter <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def visible_lines(lines: Iterable[str]) -> str:
    """The lines as one text, each of them visible: none can pretend to be two."""
    return "\n".join(map(visible, lines))


def _seen(letter: str, kept: str) -> str:
    steers = letter in _TURNING or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")
    return ascii(letter)[1:-1] if steers and letter not in kept else letter
