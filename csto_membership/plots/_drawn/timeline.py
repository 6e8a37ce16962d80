"""The picture of timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csto_membership.plots._drawn.bars import draw_mark, draw_piece
from csto_membership.plots._drawn.canvas import (
    AS_IT_STANDS,
    axes_of,
    days_axis,
    in_margin,
    palette_of,
    rows_for,
    titled,
)
from csto_membership.plots._drawn.key import draw_key

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from csto_membership.plots._shown.timeline import Timelines

#: The height of a bar in rows, and how far above and below the middle of a row bars and acts stand.
_BAR, _RAISED, _LOWERED = 0.52, 0.1, 0.32
#: The height of a row in inches.
_ROW = 0.3
#: The rows that a heading takes.
_HEADING = 1.3


def draw(shown: Timelines, ax: Axes | None) -> Axes:
    """Draw it on the Axes, or on new ones."""
    headings = sum(bool(group.heading) for group in shown.groups)
    labels = [in_margin(row.label) for row in shown.rows]
    ax = axes_of(ax, 1.7 + _ROW * (rows_for(labels, _ROW)[1] + _HEADING * headings))
    palette = palette_of(ax)
    # Without acts below them, bars stand in the middle of their rows.
    raised = _RAISED if any(row.marks for row in shown.rows) else 0
    ticks: list[float] = []
    y = 0.0
    for group in shown.groups:
        if group.heading:
            where: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "va": "center", **AS_IT_STANDS}
            ax.annotate(group.heading, (0, y), fontsize=9, fontweight="bold", color=palette.ink, **where)
            y += _HEADING - (_HEADING - 1) / 2
        middles, rows = rows_for([in_margin(row.label) for row in group.rows], _ROW)
        for place, row in zip(middles, group.rows, strict=True):
            for piece in row.pieces:
                draw_piece(ax, piece, y + place - raised, _BAR, palette)
            for mark in row.marks:
                draw_mark(ax, mark, y + place + _LOWERED, palette)
            ticks.append(y + place)
        y += rows
        y += (_HEADING - 1) / 2 if group.heading else 0
    days_axis(ax, palette, shown.window.first, shown.window.end)
    ax.set_ylim(max(y, 1) - 0.4, -0.6)
    ax.set_yticks(ticks, labels, fontsize=9, color=palette.ink, **AS_IT_STANDS)
    titled(ax, palette, shown.title, shown.subtitle, shown.text)
    pieces = [piece.statuses for row in shown.rows for piece in row.pieces]
    draw_key(ax, pieces, [mark for row in shown.rows for mark in row.marks], palette)
    return ax
