"""The picture of a region."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership.plots._drawn.bars import Box, draw_band, draw_frame, draw_words
from csto_membership.plots._drawn.canvas import (
    AS_IT_STANDS,
    axes_of,
    bare,
    in_margin,
    palette_of,
    rows_for,
    shortened,
    titled,
    width_of,
)
from csto_membership.plots._drawn.key import draw_key
from csto_membership.plots._shown.told import NO_RELATION
from csto_membership.plots._shown.words import statuses_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from csto_membership.plots._shown.region import Region

#: Statuses that say nothing of a relation.
_UNTOLD = (NO_RELATION, ALL_STATUSES)
_SHORT = {
    Status.SIGNATORY: "sign.",
    Status.ASSOCIATE: "assoc.",
    Status.PARTNER: "part.",
    Status.OBSERVER: "obs.",
    Status.MEMBER: "mem.",
    Status.SUSPENDED: "susp.",
    Status.FROZEN: "froz.",
    Status.FORMER: "form.",
}


#: The height of a row, the least width of a column and what stands beside them, in inches.
_ROW, _COLUMN, _MARGIN = 0.27, 0.17, 2.5
#: The size of the letters of a head, how wide they are about, and the longest line of a head.
_LETTERS, _WIDE, _HEAD = 7.5, 0.53, 40


def draw(shown: Region, ax: Axes | None) -> Axes:
    """Draw it on the Axes, or on new ones."""
    labels = [in_margin(label) for label in shown.labels]
    middles, rows = rows_for(labels, _ROW)
    count, columns = max(1, rows), max(1, len(shown.heads))
    ax = axes_of(ax, 1.5 + _ROW * count, _MARGIN + _COLUMN * columns)
    # Heads that are wider than their columns stand upright.
    room = width_of(ax) / columns
    letters = min(_HEAD, max(1, int(room / (_LETTERS * _WIDE))))
    heads = ["\n".join(textwrap.wrap(head, letters, break_long_words=False)) for head in shown.heads]
    upright = _widest(heads) > room
    above = 9.0 * max((head.count("\n") + 1 for head in heads), default=1)
    if upright:
        heads = [shortened(head, _HEAD) for head in shown.heads]
        above = 1.15 * _widest(heads)
    palette = palette_of(ax)
    for y, row in zip(middles, shown.rows, strict=True):
        for x, statuses in enumerate(row):
            box = Box(x - 0.47, x + 0.47, y - 0.42, 0.84)
            if statuses in _UNTOLD:
                sign = "·" if statuses == NO_RELATION else "?"
                ax.text(x, y, sign, fontsize=8, color=palette.faint, ha="center", va="center")
                continue
            for status, band in box.bands(statuses):
                draw_band(ax, status, band, palette.looks[status])
            if len(statuses) > 1:
                draw_frame(ax, box, palette)
            texts = [statuses_text(statuses), _SHORT[next(iter(statuses))] if len(statuses) == 1 else "?"]
            draw_words(ax, texts, box, statuses, palette, 6.8)
    bare(ax, palette)
    ax.set_xlim(-0.5, columns - 0.5)
    ax.set_ylim(count - 0.5, -0.5)
    ax.xaxis.tick_top()
    looks: dict[str, Any] = {"fontsize": _LETTERS, "color": palette.ink, "rotation": 90 if upright else 0}
    ax.set_xticks(range(len(heads)), heads, **looks, **AS_IT_STANDS)
    ax.set_yticks(middles, labels, fontsize=9, color=palette.ink, **AS_IT_STANDS)
    ax.tick_params(axis="both", length=0)
    titled(ax, palette, shown.title, shown.subtitle, shown.text, above=4 + above)
    draw_key(ax, [cell for row in shown.rows for cell in row if cell not in _UNTOLD], (), palette, below=8)
    return ax


def _widest(heads: list[str]) -> float:
    """The width of the longest line of the heads in points, about."""
    return _LETTERS * _WIDE * max((len(line) for head in heads for line in head.split("\n")), default=0)
