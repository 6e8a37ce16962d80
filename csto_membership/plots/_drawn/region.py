"""The picture of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership.plots._drawn.bars import Box, draw_band, draw_frame, draw_words
from csto_membership.plots._drawn.canvas import AS_IT_STANDS, axes_of, bare, in_margin, palette_of, titled
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


def draw(shown: Region, ax: Axes | None) -> Axes:
    """Draw it on the Axes, or on new ones."""
    count = max(1, len(shown.labels))
    ax = axes_of(ax, 1.5 + 0.27 * count)
    palette = palette_of(ax)
    for y, row in enumerate(shown.rows):
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
    ax.set_xlim(-0.5, max(1, len(shown.heads)) - 0.5)
    ax.set_ylim(count - 0.5, -0.5)
    ax.xaxis.tick_top()
    heads = [head.replace(" ", "\n") for head in shown.heads]
    ax.set_xticks(range(len(heads)), heads, fontsize=7.5, color=palette.ink, **AS_IT_STANDS)
    ax.set_yticks(range(len(shown.labels)), map(in_margin, shown.labels), fontsize=9, color=palette.ink, **AS_IT_STANDS)
    ax.tick_params(axis="both", length=0)
    lines = max((head.count("\n") + 1 for head in heads), default=1)
    titled(ax, palette, shown.title, shown.subtitle, shown.text, above=4 + 9 * lines)
    draw_key(ax, [cell for row in shown.rows for cell in row if cell not in _UNTOLD], (), palette, below=8)
    return ax
