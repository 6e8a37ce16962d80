"""Answers as small HTML tables, for notebooks. Plain: no style of its own, every text escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table with a caption and a head."""
    lines = [f"<table><caption>{_escaped(caption)}</caption>", _row("th", head)]
    lines += [_row("td", row) for row in rows]
    return "\n".join([*lines, "</table>"])


def _escaped(value: object) -> str:
    # Imported where a notebook asks: with its table of entities it is heavy.
    from html import escape

    return escape(str(value))


def _row(tag: str, cells: Iterable[object]) -> str:
    return f"<tr>{''.join(f'<{tag}>{_escaped(cell)}</{tag}>' for cell in cells)}</tr>"


def listed(title: str, items: Iterable[object]) -> str:
    """A titled list, nothing for no items."""
    entries = "".join(f"<li>{_escaped(item)}</li>" for item in items)
    return f"<p>{_escaped(title)}</p><ul>{entries}</ul>" if entries else ""
