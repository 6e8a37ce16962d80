"""
Answers as HTML, for notebooks: a few elements, every text escaped.

What notebooks that are not trusted take away is not used: no script, style sheet, picture or class. Styles stand in the
elements, with plain values that JupyterLab's sanitizer keeps; where styles are taken away as well, words say everything.
Colours are those of the page, so that it reads on light and on dark paper.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from csto_membership._values.cells import Link, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The longest text of one piece.
_LONGEST = 500
#: A cell that is no longer than this is not broken: a date, a code, a number. A long one has room.
_LONGEST_UNBROKEN, _LONG = 12, 40
#: The addresses that a link may lead to, all of it in sight.
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f-\x9f<>\"'`\\]+", re.IGNORECASE)
#: Characters that no document may hold.
_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


class Html(str):
    """A text that is HTML already, and is not escaped again."""

    __slots__ = ()


def plain(value: object) -> str:
    """The text of a value as people are shown it: not too long, with what would steer or hide spelt out."""
    whole = str(value)
    cut = whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}..."
    return _NO_CHARACTERS.sub("\ufffd", visible(cut))


def is_address(url: str) -> bool:
    """Whether a link may lead there: an address of the web, all of it in sight."""
    return bool(_ADDRESS.fullmatch(url))


def shown(value: object) -> Html:
    """A value as HTML: its text escaped, with what would steer or hide spelt out."""
    if isinstance(value, Html):
        return value
    text = Html(escape(plain(value)))
    if isinstance(value, Link) and is_address(value.url):
        return element("a", text, href=value.url, rel="noopener", target="_blank")
    return text


def element(tag: str, *content: object, **attributes: str) -> Html:
    """An element with its content, which is escaped where it is no HTML; attributes in order, empty ones left out."""
    given = "".join(f' {name}="{shown(value)}"' for name, value in attributes.items() if value)
    return Html(f"<{tag}{given}>{joined(*content)}</{tag}>")


def joined(*content: object) -> Html:
    """Several pieces as one."""
    return Html("".join(map(shown, content)))


def card(*content: object) -> Html:
    """An answer: its pieces below one another, at the left."""
    return element("div", *content, style="text-align:left;max-width:56em;margin:4px 0;overflow-wrap:break-word")


def headline(sentence: object, whose: str = "") -> Html:
    """The sentence that an answer begins with, and of what it is in brackets."""
    return element("div", element("strong", sentence), faint(f" ({whose})") if whose else "")


def faint(*content: object) -> Html:
    """Small print."""
    return element("span", *content, style="opacity:0.8;font-size:90%")


def line(*content: object) -> Html:
    """A line of its own, in small print."""
    return element("div", *content, style="opacity:0.8;font-size:90%")


def listed(items: Iterable[object]) -> Html:
    """A list."""
    return element("ul", *(element("li", item) for item in items), style="margin:2px 0 6px 0;padding-left:22px")


def folded(title: object, *content: object, unfolded: bool = False) -> Html:
    """Something under a title by which it is unfolded."""
    summary = element("summary", title, style="cursor:pointer")
    return element("details", summary, *content, open="open" if unfolded else "", style="margin:2px 0")


def section(title: object, items: Iterable[object], *, unfolded: bool = False) -> Html:
    """A list under a title by which it is unfolded, nothing for no items."""
    entries = list(items)
    return folded(title, listed(entries), unfolded=unfolded) if entries else Html("")


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> Html:
    """A table with a head. The first cell of a row is what it is about."""
    body = [element("tr", *(_cell("td", cell) for cell in row)) for row in rows]
    heading = element("thead", element("tr", *(_cell("th", cell, scope="col") for cell in head)))
    whole = element("table", heading, element("tbody", *body), style="margin:4px 0;border-collapse:collapse")
    return element("div", whole, style="overflow-x:auto")


def _cell(tag: str, cell: object, **attributes: str) -> Html:
    style = "text-align:left;vertical-align:top;padding:3px 8px 3px 0"
    length = len(re.sub("<[^>]*>", "", cell)) if isinstance(cell, Html) else len(str(cell))
    if length <= _LONGEST_UNBROKEN:
        style += ";white-space:nowrap"
    elif length > _LONG:
        style += ";min-width:9em"
    return element(tag, cell, **attributes, style=style)
