"""The key of a picture: what the looks and the marks mean that it uses, below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.verdict import Verdict
from csto_membership.plots._drawn.bars import hatched, marker
from csto_membership.plots._drawn.canvas import width_of
from csto_membership.plots._drawn.looks import BANDS, MARKERS, Palette

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from csto_membership.plots._shown.marks import Mark

#: The size of letters in points, how wide they are about, and what a sample takes besides its word, in letters' sizes.
_SIZE, _LETTER, _SAMPLE = 8, 0.57, 3.8
#: The height of a line, and of what lies between two blocks, in points.
_LINE, _BETWEEN = 14.5, 3.0
_FILLED = {
    Verdict.NO: "hollow: no change of status",
    Verdict.UNDETERMINED: "half: perhaps a change",
}


def draw_key(
    ax: Axes,
    statuses: Iterable[frozenset[Status]],
    marks: Iterable[Mark],
    palette: Palette,
    *others: Artist,
    below: float = 22,
) -> None:
    """The key for possible statuses, acts and other things that are shown, so many points below the Axes."""
    used, acts = list(statuses), list(marks)
    samples = [*_status_samples(used, palette), *others]
    figure = ax.get_figure()
    assert figure is not None, "Axes are a part of a figure"
    for handles in (samples, _act_samples(acts, palette)):
        if handles:
            columns = _columns([str(handle.get_label()) for handle in handles], width_of(ax))
            lines = -(-len(handles) // columns)
            # A legend fills its columns one after the other; a key is read line by line.
            read = [handles[place] for column in range(columns) for place in range(column, len(handles), columns)]
            key = Legend(
                ax,
                read,
                [str(handle.get_label()) for handle in read],
                loc="upper left",
                bbox_to_anchor=(0, 0),
                bbox_transform=ax.transAxes + ScaledTranslation(0, -below / 72, figure.dpi_scale_trans),
                ncols=columns,
                frameon=False,
                fontsize=_SIZE,
                labelcolor=palette.ink,
                borderaxespad=0,
                borderpad=0,
                handlelength=1.6,
                columnspacing=1.4,
            )
            # What is clipped to the Axes would get no room outside them.
            key.set_clip_on(False)
            ax.add_artist(key)
            below += _LINE * lines + _BETWEEN


def _columns(labels: list[str], width: float) -> int:
    """How many columns of a key fit into so many points."""
    for columns in range(len(labels), 1, -1):
        longest = [max(map(len, labels[column::columns])) for column in range(columns)]
        if sum(_SIZE * (_SAMPLE + _LETTER * length) for length in longest) <= width:
            return columns
    return 1


def _status_samples(used: list[frozenset[Status]], palette: Palette) -> list[Artist]:
    told = {status for statuses in used if statuses != ALL_STATUSES for status in statuses}
    samples = [_sample(status, palette) for status in BANDS if status in told and status is not Status.NONE]
    if any(len(statuses) > 1 for statuses in used):
        look: dict[str, Any] = {
            "facecolor": palette.paper,
            "edgecolor": palette.ink,
            "linestyle": (0, (2, 2)),
            "linewidth": 0.8,
        }
        samples.append(Patch(label="undetermined", **look))
    return samples


def _sample(status: Status, palette: Palette) -> Artist:
    look = palette.looks[status]
    if status is Status.FORMER:
        return Line2D([], [], color=look.face, linewidth=1.6, label=status.value)
    return Patch(label=status.value, **hatched(look))


def _act_samples(marks: list[Mark], palette: Palette) -> list[Artist]:
    kinds = [kind for kind in MARKERS if any(mark.kind is kind for mark in marks)]
    samples: list[Artist] = [marker(kind, Verdict.YES, palette, [], [], kind.value) for kind in kinds]
    for changes, text in _FILLED.items():
        if any(mark.changes is changes for mark in marks):
            samples.append(marker(kinds[0], changes, palette, [], [], text))
    return samples
