"""The picture of days together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle

from csto_membership.plots._drawn.canvas import (
    AS_IT_STANDS,
    axes_of,
    bare,
    lightness,
    palette_of,
    shortened,
    titled,
    width_of,
)
from csto_membership.plots._drawn.looks import DARK, LIGHT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from csto_membership.plots._shown.together import Shared, Triangle

#: Of more states the numbers could not be read.
_MOST_NUMBERS = 14
#: The height of a name in inches, the width of its letters in points, about, and the longest.
_NAME, _LETTER, _LONGEST = 0.15, 5.2, 40


def draw(shown: Triangle, ax: Axes | None) -> Axes:
    """Draw it on the Axes, or on new ones."""
    count = max(1, len(shown.labels))
    ax = axes_of(ax, 1.1 + max(min(0.46 * count, 5.5), _NAME * count))
    palette = palette_of(ax)
    shades = LinearSegmentedColormap.from_list("days", [palette.pale, palette.deep])
    letters: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": min(8.0, 74 / count)}
    labels = [shortened(label, _LONGEST) for label in shown.labels]
    for y, row in enumerate(shown.rows):
        for x, shared in enumerate(row):
            own = x == y
            colour = palette.paper if own or not shared.most else to_hex(shades(shared.most / shown.most))
            is_open = shared.least != shared.most and not own
            cell = Rectangle((x - 0.48, y - 0.47), 0.96, 0.94, facecolor=colour, linewidth=0)
            if is_open:
                cell.set(hatch="////", edgecolor=palette.faint)
            ax.add_patch(cell)
            if count <= _MOST_NUMBERS:
                ground = {"boxstyle": "round,pad=0.1", "facecolor": colour, "edgecolor": "none"} if is_open else None
                ink = palette.faint if own else (DARK if lightness(colour) < 0.45 else LIGHT).ink
                style = "italic" if own else "normal"
                ax.text(x, y, _number(shared), color=ink, fontstyle=style, bbox=ground, **letters)
        ax.text(y + 0.6, y, labels[y], ha="left", va="center", fontsize=9, color=palette.ink, **AS_IT_STANDS)
    bare(ax, palette)
    # The widest name that stands at the end of a row, as a part of the width.
    parts = [(place + 1.2, _LETTER * len(label) / width_of(ax)) for place, label in enumerate(labels)]
    ax.set_xlim(-0.5, max([1.0, *(end / (1 - min(part, 0.8)) for end, part in parts)]) - 0.5)
    ax.set_ylim(count - 0.5, -0.5)
    ax.set_xticks([])
    ax.set_yticks([])
    told = "in italics the days of a state itself" if count <= _MOST_NUMBERS else f"the darkest are {shown.most} days"
    titled(ax, palette, shown.title, f"{shown.subtitle}; {told}", shown.text)
    return ax


def _number(shared: Shared) -> str:
    """The days with a thin space between thousands; two numbers where the evidence leaves room."""
    bounds = [f"{days:,}".replace(",", "\N{THIN SPACE}") for days in sorted({shared.least, shared.most})]
    return "–\n".join(bounds)
