"""The paper of a picture: its Axes, its colours, its title, its days, and words that show where they fit."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
from attrs import evolve
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba
from matplotlib.dates import DAILY, MONTHLY, YEARLY, AutoDateFormatter, AutoDateLocator, date2num, num2date
from matplotlib.text import Text

from csto_membership.exceptions import ArgumentError
from csto_membership.plots._drawn.looks import DARK, LIGHT, Palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.backend_bases import RendererBase
    from matplotlib.typing import ColorType

#: The sizes of a title and of what stands below it in points, and how wide a letter of one point is about.
_TITLE, _SUBTITLE, _BOLD, _PLAIN = 11, 8.5, 0.62, 0.53
#: The part of a width that is taken by words where margins may still grow.
_SPARED = 0.97
#: The longest line of a name in a margin, in letters.
_NAME = 22
#: The same of a name that is longer than the lines that fit into any row, and the height of a line in inches.
_LONG_NAME, _FITTING, _LINE = 34, 2, 0.18
#: Where Axes are to be had.
_AXES = ("plt.subplots()[1]", "figure.subplots()")
#: Papers that are less light than this are dark.
_DARK = 0.4


#: Names come from data, and mean themselves: no formulas of matplotlib or TeX.
AS_IT_STANDS: dict[str, Any] = {"parse_math": False, "usetex": False}


class _Words(Artist):
    """What a picture shows in words, kept on its Axes: it goes where they go, and with what is cleared."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.set_in_layout(False)


def words_on(ax: Axes) -> list[str]:
    """The words of every picture on the Axes."""
    return [artist.text for artist in ax.get_children() if isinstance(artist, _Words)]


def axes_of(ax: Any, height: float, width: float = 0) -> Axes:
    """
    The Axes that a caller gives, or those of a new figure so many inches high, and at least so many wide.

    Raises `ArgumentError` for what is no Axes, and for Axes that are a part of no figure.
    """
    if isinstance(ax, Axes):
        if ax.get_figure() is None:
            raise ArgumentError("ax", ax, "these Axes were removed from their figure")
        return ax
    if ax is not None:
        raise ArgumentError("ax", ax, f"a picture is drawn on Axes, and this is a {type(ax).__name__}", _AXES)
    usual, _ = plt.rcParams["figure.figsize"]
    _, fresh = plt.subplots(figsize=(max(usual, width), height), layout="constrained")
    return fresh


def palette_of(ax: Axes) -> Palette:
    """The colours for the paper of the Axes, light or dark."""
    papers = [to_rgba(ax.get_facecolor())]
    if (figure := ax.get_figure()) is not None:
        papers.append(to_rgba(figure.get_facecolor()))
    paper = next((paper for paper in papers if paper[3] > 0), None)
    if paper is None:
        # Whoever writes in light letters writes on dark paper.
        return DARK if lightness(plt.rcParams["text.color"]) > 1 - _DARK else LIGHT
    return evolve(DARK if lightness(paper) < _DARK else LIGHT, paper=to_hex(paper))


def lightness(colour: ColorType) -> float:
    """How light a colour is, from 0 to 1."""
    red, green, blue, _ = to_rgba(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def width_of(ax: Axes) -> float:
    """The width of the Axes in points."""
    figure = ax.get_figure()
    assert figure is not None, "Axes are a part of a figure"
    return ax.get_window_extent().width * 72 / figure.dpi


def number(day: dt.date) -> float:
    """A day as the number that it has on an axis of days."""
    return float(date2num(day))


def in_margin(name: str) -> str:
    """A name in lines that a margin is wide enough for, longer ones for a long name."""
    lines = textwrap.wrap(name, _NAME, break_long_words=False)
    return "\n".join(lines if len(lines) <= _FITTING else textwrap.wrap(name, _LONG_NAME))


def shortened(name: str, most: int) -> str:
    """A name of at most so many letters: of a longer one its beginning and its end, which tells it from its like."""
    half = most // 2
    return name if len(name) <= most else f"{name[:half].rstrip()}…{name[1 - half :].lstrip()}"


def rows_for(labels: Sequence[str], inches: float) -> tuple[list[float], float]:
    """
    Where rows stand that are so many inches high, or as high as the lines of their labels, and the number of rows.

    The first row begins at -0.5: rows whose labels fit stand at 0, 1, 2 and so on.
    """
    middles, top = [], -0.5
    for label in labels:
        lines = label.count("\n") + 1
        height = max(1.0, _LINE * lines / inches) if lines > _FITTING else 1.0
        middles.append(top + height / 2)
        top += height
    return middles, top + 0.5


def titled(ax: Axes, palette: Palette, title: str, subtitle: str, words: str, *, above: float = 0) -> None:
    """A title at the left, a line below it, so many points above the Axes, and the words that tell what is seen."""
    figure = ax.get_figure()
    assert figure is not None, "Axes are a part of a figure"
    if engine := figure.get_layout_engine():
        # Margins take as much of the width as the names in them need, and a little more once there is a key.
        engine.execute(figure.figure)
    width = width_of(ax) * (_SPARED if engine else 1)
    lines = textwrap.wrap(subtitle, max(_NAME, int(width / (_SUBTITLE * _PLAIN))))
    ax.set_title(
        "\n".join(textwrap.wrap(title, max(_NAME, int(width / (_TITLE * _BOLD))))),
        loc="left",
        color=palette.ink,
        fontweight="bold",
        fontsize=_TITLE,
        pad=10 + 12 * len(lines) + above,
        **AS_IT_STANDS,
    )
    ax.annotate(
        "\n".join(lines),
        (0, 1),
        (0, 8 + above),
        xycoords="axes fraction",
        textcoords="offset points",
        color=palette.faint,
        fontsize=_SUBTITLE,
        va="bottom",
        ha="left",
        annotation_clip=False,
        **AS_IT_STANDS,
    )
    ax.add_artist(_Words(words))


def days_axis(ax: Axes, palette: Palette, first: dt.date, end: dt.date) -> None:
    """An axis of days with a line at the years, and room for arrows at its ends."""
    low, high = number(first), number(end)
    room = (high - low) * 0.025
    # Beyond the calendar there is nothing to write at a tick.
    ax.set_xlim(max(low - room, number(dt.date.min)), min(high + room, number(dt.date.max)))
    locator = AutoDateLocator(minticks=3, maxticks={YEARLY: 9, MONTHLY: 7, DAILY: 6})
    words = AutoDateFormatter(locator)
    # By the unit of the ticks in days; what lies between two midnights has no name here.
    words.scaled = {365.0: "%Y", 30.0: "%Y-%m", 1.0: "%Y-%m-%d", 1 / 24: _midnight}
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(words)
    ax.grid(visible=True, axis="x", color=palette.grid, linewidth=0.7)
    bare(ax, palette)


def _midnight(x: float, _place: int | None = None) -> str:
    return f"{num2date(x):%Y-%m-%d}" if x == int(x) else ""


def bare(ax: Axes, palette: Palette) -> None:
    """Axes without a frame, and with words in place of ticks."""
    ax.set_axisbelow(True)
    ax.tick_params(axis="both", colors=palette.faint, length=0, labelsize=8.5)
    for spine in ax.spines.values():
        spine.set_visible(False)


class FittingText(Text):
    """A text at the middle of a stretch of an axis: the longest of several that fits, or none."""

    def __init__(self, ax: Axes, texts: Sequence[str], stretch: tuple[float, float], y: float, **looks: Any) -> None:
        super().__init__(sum(stretch) / 2, y, "", ha="center", va="center_baseline", clip_on=True, **looks)
        self.texts = tuple(texts)
        self.stretch = stretch
        # It takes the room that there is, and asks for none.
        self.set_in_layout(False)
        self.set_transform(ax.transData)
        ax.add_artist(self)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the first of the texts that fits into what is seen of the stretch."""
        axes = self.axes
        assert axes is not None, "it is drawn as a part of Axes"
        low, high = sorted(axes.get_xlim())
        first, end = max(self.stretch[0], low), min(self.stretch[1], high)
        left, right = (axes.transData.transform((x, 0))[0] for x in (first, end))
        self.set_x((first + end) / 2)
        room = right - left - renderer.points_to_pixels(4)
        for text in self.texts:
            self.set_text(text)
            if self.get_window_extent(renderer).width <= room:
                super().draw(renderer)
                break
        else:
            self.set_text("")
        self.stale = False
