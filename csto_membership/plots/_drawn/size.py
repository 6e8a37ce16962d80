"""The picture of sizes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

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
from csto_membership.plots._drawn.looks import DASHES, LINE_MARKERS, Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from csto_membership.plots._shown.size import Course, Sizes

#: The end of a line: its day, its number, and its name.
_End: TypeAlias = "tuple[float, int, str]"
#: How far the line to a label that had to move leads, as a part of the days.
_LEAD = 0.02
#: The height of a label, as a part of the axis, and in inches.
_LABEL, _NAME = 0.065, 0.16


def draw(shown: Sizes, ax: Axes | None) -> Axes:
    """Draw it on the Axes, or on new ones."""
    ax = axes_of(ax, max(3.2, 1.2 + _NAME * len(shown.courses)))
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
        _draw_labels(ax, shown, palette, top * min(_LABEL, 0.95 / len(shown.courses)))
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
    line.set(marker=LINE_MARKERS[place // len(DASHES) % len(LINE_MARKERS)], markersize=4)
    if course.goes_on:
        ax.plot(xs[-1:], most[-1:], marker=">", color=colour, markersize=5, zorder=4, clip_on=False)


def _draw_labels(ax: Axes, shown: Sizes, palette: Palette, apart: float) -> None:
    """The names of several organisations at the ends of their lines, none over another."""
    ends = [
        (number(course.steps[-1].end), course.steps[-1].most, course.label) for course in shown.courses if course.steps
    ]
    reach = _width(shown)
    for near in _near(sorted(ends), 0.15 * reach):
        near.sort(key=lambda end: (-end[1], end[0]))
        for (x, most, label), y in zip(near, _apart([float(end[1]) for end in near], apart), strict=True):
            if y != most:
                # A line leads to a label that had to move.
                ax.plot([x, x + _LEAD * reach], [most, y], color=palette.faint, linewidth=0.6, clip_on=False, zorder=1)
            looks: dict[str, Any] = {"fontsize": 8.5, "color": palette.ink, "va": "center", "annotation_clip": False}
            ax.annotate(label, (x, y), (9, 0), textcoords="offset points", **looks, **AS_IT_STANDS)


def _near(ends: list[_End], reach: float) -> list[list[_End]]:
    """The ends in groups, in each of which every one is near the one before."""
    groups: list[list[_End]] = []
    for end in ends:
        if groups and end[0] - groups[-1][-1][0] < reach:
            groups[-1].append(end)
        else:
            groups.append([end])
    return groups


def _apart(heights: list[float], apart: float) -> list[float]:
    """Heights in falling order, moved so that they lie apart: down, and up again from the bottom."""
    lowest = math.inf
    moved = [lowest := min(height, lowest - apart) for height in heights]
    highest = -apart
    return [highest := max(height, highest + apart) for height in reversed(moved)][::-1]


def _width(shown: Sizes) -> float:
    return number(shown.window.end) - number(shown.window.first)
