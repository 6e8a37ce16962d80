"""The picture of sizes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from csto_membership.plots._drawn.canvas import (
    AS_IT_STANDS,
    FittingText,
    axes_of,
    days_axis,
    number,
    palette_of,
    titled,
)
from csto_membership.plots._drawn.looks import DASHES, Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from csto_membership.plots._shown.size import Course, Sizes

#: The height of a label, as a part of the axis.
_LABEL = 0.065


def draw(shown: Sizes, ax: Axes | None) -> Axes:
    """Draw it on the Axes, or on new ones."""
    ax = axes_of(ax, 3.2)
    palette = palette_of(ax)
    top = max(shown.most, 1) * 1.14
    days_axis(ax, palette, shown.window.first, shown.window.end)
    for place, course in enumerate(shown.courses):
        _draw_course(ax, course, palette, place)
    if len(shown.courses) == 1:
        for step in shown.courses[0].steps:
            texts = [step.number.replace(" to ", "–")]
            days = (number(step.first), number(step.end))
            FittingText(ax, texts, days, step.most + top * _LABEL, fontsize=8.5, color=palette.ink, zorder=5)
    else:
        _draw_labels(ax, shown, palette, top * _LABEL)
    ax.set_ylim(0, top)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    ax.grid(visible=True, axis="y", color=palette.grid, linewidth=0.7)
    titled(ax, palette, shown.title, shown.subtitle, shown.text)
    return ax


def _draw_course(ax: Axes, course: Course, palette: Palette, place: int) -> None:
    """The number of members of one organisation: a line, or a band between the fewest and the most."""
    if not course.steps:
        return
    end = course.steps[-1]
    if end.first == end.end:
        # Of later days another number is told.
        where: dict[str, Any] = {"textcoords": "offset points", "va": "center", "annotation_clip": False}
        ax.annotate("?", (number(end.end), end.most), (4, 0), fontsize=8.5, color=palette.ink, **where)
    seen = [step for step in course.steps if step.first < step.end]
    if not seen:
        return
    steps = [*seen, seen[-1]]
    xs = [*(number(step.first) for step in seen), number(steps[-1].end)]
    fewest, most = [step.fewest for step in steps], [step.most for step in steps]
    colour, dashes = palette.series[place % len(palette.series)], DASHES[place % len(DASHES)]
    if fewest != most:
        look: dict[str, Any] = {"facecolor": palette.paper, "edgecolor": colour, "hatch": "////", "linewidth": 0}
        ax.fill_between(xs, fewest, most, step="post", zorder=2, **look)
        below = [low if low < high else math.nan for low, high in zip(fewest, most, strict=True)]
        ax.step(xs, below, where="post", color=colour, linewidth=1.2, zorder=3)
    (line,) = ax.step(xs, most, where="post", color=colour, linewidth=2, zorder=3)
    if dashes:
        line.set_dashes(dashes)
    if course.goes_on:
        ax.plot(xs[-1:], most[-1:], marker=">", color=colour, markersize=5, zorder=4, clip_on=False)


def _draw_labels(ax: Axes, shown: Sizes, palette: Palette, apart: float) -> None:
    """The names of several organisations at the ends of their lines, none over another."""
    ends = [
        (number(course.steps[-1].end), course.steps[-1].most, course.label) for course in shown.courses if course.steps
    ]
    taken: list[tuple[float, float]] = []
    for x, most, label in sorted(ends, key=lambda end: (-end[1], end[0])):
        y = min(
            [
                float(most),
                *(other - apart for at, other in taken if abs(at - x) < 0.15 * _width(shown) and other - apart < most),
            ]
        )
        taken.append((x, y))
        looks: dict[str, Any] = {
            "fontsize": 8.5,
            "color": palette.ink,
            "va": "center",
            "annotation_clip": False,
            **AS_IT_STANDS,
        }
        ax.annotate(label, (x, y), (7, 0), textcoords="offset points", **looks)


def _width(shown: Sizes) -> float:
    return number(shown.window.end) - number(shown.window.first)
