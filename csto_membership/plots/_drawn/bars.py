"""Bars: the pieces of spells, drawn by status, with their ends, their words, and the marks of acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.verdict import Verdict
from csto_membership.plots._drawn.canvas import FittingText, number
from csto_membership.plots._drawn.looks import BANDS, MARKERS, Look, Palette
from csto_membership.plots._shown.window import Edge, Piece
from csto_membership.plots._shown.words import by_days_text, statuses_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from csto_membership.plots._shown.marks import Kind, Mark

#: The length of an arrow, and how far it begins inside its bar, in inches.
_ARROW, _INSIDE = 0.07, 0.01
#: The height of the arrow of a thin line, in rows.
_HEAD = 0.18


class Box(NamedTuple):
    """A stretch of days as numbers, and the rows from its top on."""

    low: float
    high: float
    top: float
    height: float

    @property
    def middle(self) -> float:
        """The row in its middle."""
        return self.top + self.height / 2

    def bands(self, statuses: frozenset[Status]) -> list[tuple[Status, Box]]:
        """A band for each status that is possible, from above; an empty one where nothing is known."""
        shown = [Status.NONE] if statuses == ALL_STATUSES else [status for status in BANDS if status in statuses]
        height = self.height / len(shown)
        return [
            (status, Box(self.low, self.high, self.top + place * height, height)) for place, status in enumerate(shown)
        ]


def draw_piece(ax: Axes, piece: Piece, y: float, height: float, palette: Palette) -> None:
    """A piece of a spell as a bar whose middle is at `y`: one band for each status that is possible."""
    box = Box(number(piece.first), number(piece.end), y - height / 2, height)
    for status, band in box.bands(piece.statuses):
        look = palette.looks[status]
        head = draw_band(ax, status, band, look)
        if piece.right is Edge.OPEN and head:
            _arrow(ax, box.high, head, look, 1)
        if piece.left is Edge.OPEN and head:
            _arrow(ax, box.low, head, look, -1)
    if piece.is_open:
        draw_frame(ax, box, palette)
        for x, edge in ((box.low, piece.left), (box.high, piece.right)):
            if edge is Edge.DAY:
                _tick(ax, x, box, palette)
        if piece.first == piece.end:
            # Nothing is known of later days.
            looks: dict[str, Any] = {"fontsize": 7.5, "color": palette.ink, "va": "center_baseline"}
            ax.annotate("?", (box.high, y), (3, 0), textcoords="offset points", **looks)
    draw_words(ax, _texts(piece), box, piece.statuses, palette)


def draw_band(ax: Axes, status: Status, box: Box, look: Look) -> Box | None:
    """A band in the look of its status, a thin line for a former one; where its arrow would be, None for none."""
    if status is Status.NONE:
        return None
    if status is Status.FORMER:
        ys = [box.middle, box.middle]
        line = Line2D([box.low, box.high], ys, color=look.face, linewidth=1.6, solid_capstyle="butt", zorder=2)
        ax.add_line(line)
        return box._replace(top=box.middle - _HEAD / 2, height=_HEAD)
    corner = (box.low, box.top)
    ax.add_patch(Rectangle(corner, box.high - box.low, box.height, zorder=2, **hatched(look)))
    return box


def hatched(look: Look) -> dict[str, Any]:
    """The colours and the hatch of a look, for a patch without an edge."""
    return {"facecolor": look.face, "edgecolor": look.lines or look.face, "hatch": look.hatch or None, "linewidth": 0}


def _arrow(ax: Axes, x: float, box: Box, look: Look, towards: int) -> None:
    """An arrow of a fixed length at a day."""
    figure = ax.get_figure()
    assert figure is not None, "Axes are a part of a figure"
    inches = figure.dpi_scale_trans + ScaledTranslation(x, 0, ax.transData)  # type: ignore[arg-type]
    start = -towards * _INSIDE
    corners = [(start, box.top), (0, box.top), (towards * _ARROW, box.middle)]
    corners += [(0, box.top + box.height), (start, box.top + box.height)]
    arrow = Polygon(corners, closed=True, facecolor=look.face, linewidth=0, zorder=2)
    arrow.set_transform(blended_transform_factory(inches, ax.transData))
    ax.add_patch(arrow)


def draw_frame(ax: Axes, box: Box, palette: Palette) -> None:
    """The frame of what is undetermined: dashes above and below."""
    for y in (box.top, box.top + box.height):
        dashes = Line2D([box.low, box.high], [y, y], color=palette.ink, linewidth=0.7, dashes=(2, 2), zorder=3)
        ax.add_line(dashes)


def _tick(ax: Axes, x: float, box: Box, palette: Palette) -> None:
    """An end of what is undetermined."""
    over = box.height * 0.16
    ys = [box.top - over, box.top + box.height + over]
    ax.add_line(Line2D([x, x], ys, color=palette.ink, linewidth=1.3, zorder=4))


def draw_words(
    ax: Axes, texts: list[str], box: Box, statuses: frozenset[Status], palette: Palette, size: float = 7.5
) -> None:
    """The longest of the texts that fits into a box of these statuses."""
    only = next(iter(statuses)) if len(statuses) == 1 else None
    look = palette.looks[only or Status.NONE]
    plain = only is not None and only is not Status.FORMER
    back = {"facecolor": look.face if plain else palette.paper, "edgecolor": "none"}
    # On a plain colour words need no ground of their own.
    ground = None if plain and not look.hatch else {"boxstyle": "round,pad=0.1,rounding_size=0.3", **back}
    ink = look.words if only else palette.ink
    FittingText(ax, texts, (box.low, box.high), box.middle, fontsize=size, color=ink, bbox=ground, zorder=5)


def _texts(piece: Piece) -> list[str]:
    """What may be said of a piece, the longest first."""
    spell, status = piece.spell, statuses_text(piece.statuses)
    first, last = spell.first_day, spell.last_day
    dated = []
    if first and piece.perhaps_earlier and first != last:
        dated = [
            f"{status} {by_days_text(first, last)}",
            f"{status} {by_days_text(first.year, last and last.year)}",
        ]
    elif first and first == last:
        dated = [f"{status} on {first}"]
    elif first and last:
        dated = [f"{status} {first} to {last}", f"{status} {first.year}–{last.year}"]
    elif first:
        dated = [f"{status} since {first}", f"{status} since {first.year}"]
    elif last:
        dated = [f"{status} until {last}", f"{status} until {last.year}"]
    return [*dated, status, *(["?"] if piece.is_open else [])]


def draw_mark(ax: Axes, mark: Mark, y: float, palette: Palette) -> None:
    """An act, with a line over the days on which it may have been."""
    assert mark.day is not None, "an act without a day is not shown"
    if mark.first and mark.last and mark.first != mark.last:
        days = [number(mark.first), number(mark.last)]
        ax.add_line(Line2D(days, [y, y], marker="|", markersize=4, color=palette.ink, linewidth=0.8, zorder=5))
    ax.add_line(marker(mark.kind, mark.changes, palette, [number(mark.day)], [y]))


def marker(kind: Kind, changes: Verdict, palette: Palette, xs: list[float], ys: list[float], label: str = "") -> Line2D:
    """The mark of an act: filled where it changes the status, half filled where it may."""
    return Line2D(
        xs,
        ys,
        marker=MARKERS[kind],
        linestyle="none",
        markersize=6.5 if MARKERS[kind] == "*" else 4.6,
        fillstyle="left" if changes is Verdict.UNDETERMINED else "full",
        markerfacecolor=palette.paper if changes is Verdict.NO else palette.ink,
        markerfacecoloralt=palette.paper,
        markeredgecolor=palette.ink,
        markeredgewidth=0.8,
        zorder=6,
        label=label,
    )
