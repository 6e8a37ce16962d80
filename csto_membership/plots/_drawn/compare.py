"""The picture of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Patch, Rectangle

from csto_membership.plots._drawn.bars import draw_piece
from csto_membership.plots._drawn.canvas import (
    AS_IT_STANDS,
    axes_of,
    days_axis,
    in_margin,
    number,
    palette_of,
    rows_for,
    titled,
)
from csto_membership.plots._drawn.key import draw_key

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from csto_membership.plots._drawn.looks import Palette
    from csto_membership.plots._shown.compare import Comparison, Gap

#: The height of a lane, how far from the middle of a row it stands, and the height of a difference.
_LANE, _APART, _GAP = 0.3, 0.2, 0.9
#: The height of a row in inches.
_ROW = 0.46
#: What is filled where answers differ, or may.
_LABELS = {False: "differ", True: "may differ"}


def draw(shown: Comparison, ax: Axes | None) -> Axes:
    """Draw it on the Axes, or on new ones."""
    labels = [in_margin(pair.label) for pair in shown.pairs]
    middles, rows = rows_for(labels, _ROW)
    count = max(1, rows)
    ax = axes_of(ax, 1.5 + _ROW * count)
    palette = palette_of(ax)
    for y, pair in zip(middles, shown.pairs, strict=True):
        for gap in pair.gaps:
            first, end = number(gap.first), number(gap.end)
            fill, edge = _looks(gap.is_open, palette)
            for looks, order in ((fill, 1), (edge, 4)):
                ax.add_patch(Rectangle((first, y - _GAP / 2), end - first, _GAP, zorder=order, **looks))
        for pieces, middle in ((pair.upper, y - _APART), (pair.lower, y + _APART)):
            for piece in pieces:
                draw_piece(ax, piece, middle, _LANE, palette)
    days_axis(ax, palette, shown.window.first, shown.window.end)
    ax.set_ylim(count - 0.4, -0.6)
    ax.set_yticks(middles, labels, fontsize=9, color=palette.ink, **AS_IT_STANDS)
    titled(ax, palette, shown.title, shown.subtitle, shown.text)
    statuses = [piece.statuses for pair in shown.pairs for piece in (*pair.upper, *pair.lower)]
    draw_key(ax, statuses, (), palette, *_samples([gap for pair in shown.pairs for gap in pair.gaps], palette))
    return ax


def _looks(is_open: bool, palette: Palette) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fill and the edge of a difference: strong where a yes stands against a no."""
    fill = {"facecolor": palette.accent, "alpha": 0.2 if is_open else 0.5, "linewidth": 0}
    line = (0, (2, 1.5)) if is_open else "-"
    return fill, {"facecolor": "none", "edgecolor": palette.accent, "linewidth": 1.2, "linestyle": line}


def _samples(gaps: list[Gap], palette: Palette) -> list[Artist]:
    samples: list[Artist] = []
    for is_open, label in _LABELS.items():
        if any(gap.is_open is is_open for gap in gaps):
            fill, edge = _looks(is_open, palette)
            samples.append(Patch(label=label, **{**edge, "facecolor": (palette.accent, fill["alpha"])}))
    return samples
