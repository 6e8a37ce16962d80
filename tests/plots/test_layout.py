"""In a new figure every word and every mark has its place: nothing is cut off, and nothing of the margins overlaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import pytest
from matplotlib.legend import Legend
from support.league import claim_of, event_of, history_of

import csto_membership as csto
from csto_membership import Registry, plots

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

REGISTRY = Registry.bundled()
SEVERAL = [csto.history(id) for id in ("csto", "cis", "sco", "eurasec", "guam")]
LEGAL = csto.CSTO.under("legal")
_LONG_NAME = "The Sovereign and Independent Federated Democratic Republic of Northwestern Longland and Dependencies"
LONG = history_of(
    event_of("in", ["ARM", "KAZ", "RUS", "UZB"], claim_of("law", "signature", "2000-01-01")),
    head={"name": "An Intergovernmental Convention on the Transboundary Management of Exceptionally Long Designations"},
    state=[{"id": id, "name": f"{_LONG_NAME} No. {id}"} for id in ("ARM", "KAZ", "RUS", "UZB")],
)
MANY = [
    {"organisation": f"league-{n}", "state": id, "status": "member", "first_day": f"{1950 + n}-01-01", "last_day": None}
    for n in range(40)
    for id in ("UZB", "RUS", "KAZ")[: 1 + n % 3]
]
DRAW: dict[str, Callable[[], Axes]] = {
    **{f"timeline of {name}": partial(plots.timeline, csto.history(name)) for name in csto.organisations()},
    "timeline of two": lambda: plots.timeline([csto.CSTO, csto.history("ots")]),
    "timeline of one state": lambda: plots.timeline(REGISTRY, states="Kazakhstan"),
    "every claim": lambda: plots.timeline(csto.CSTO.resolved("every")),
    "size": lambda: plots.size(csto.CSTO),
    "size of several": lambda: plots.size(SEVERAL),
    "compare": lambda: plots.compare(csto.CSTO, LEGAL),
    "compare two organisations": lambda: plots.compare(csto.history("eurasec"), csto.history("eaeu")),
    "together": lambda: plots.together(LEGAL),
    "together in all": lambda: plots.together(REGISTRY),
    "together, two": lambda: plots.together(csto.CSTO, states=["UZ", "RU"]),
    "region": lambda: plots.region(REGISTRY, "2007-01-01"),
    "region of two with long names": lambda: plots.region([LONG, csto.CSTO], "2007-01-01"),
    "region of many": lambda: plots.region(MANY, "2000-06-01"),
    "size of many": lambda: plots.size(MANY),
    "together, long names": lambda: plots.together(LONG),
    "timeline, long names": lambda: plots.timeline(LONG),
    "compare, long names": lambda: plots.compare(LONG, LONG.under("legal")),
    "region of few": lambda: plots.region([csto.CSTO, csto.history("cis")], "2007-01-01", states="UZ"),
}


def texts(ax: Axes) -> Iterator[Text]:
    """Everything that is written in a picture and seen."""
    found: list[Any] = [*ax.texts, ax.title, ax._left_title, *ax.get_yticklabels(), *ax.get_xticklabels()]  # type: ignore[attr-defined]
    found += [text for key in keys(ax) for text in key.get_texts()]
    return (text for text in found if text.get_text() and text.get_visible())


def keys(ax: Axes) -> list[Legend]:
    return [child for child in ax.get_children() if isinstance(child, Legend)]


@pytest.mark.parametrize("picture", DRAW)
def test_nothing_is_cut_off_and_no_words_of_the_margins_overlap(picture: str) -> None:
    ax = DRAW[picture]()
    figure: Any = ax.get_figure()
    figure.canvas.draw()
    assert_inside(ax, figure)
    assert_apart(ax)


def assert_inside(ax: Axes, figure: Any) -> None:
    low, high = ax.get_xlim()
    ticks, rows = [*ax.get_xticklabels()], [*ax.get_yticklabels()]
    bottom, top = sorted(ax.get_ylim())
    for text in texts(ax):
        if text in rows and not bottom <= text.get_position()[1] <= top:
            continue
        if text in ticks and not low <= text.get_position()[0] <= high:
            continue
        box = text.get_window_extent()
        assert figure.bbox.x0 - 1 <= box.x0 <= box.x1 <= figure.bbox.x1 + 1, text.get_text()
        assert figure.bbox.y0 - 1 <= box.y0 <= box.y1 <= figure.bbox.y1 + 1, text.get_text()


def assert_apart(ax: Axes) -> None:
    rows = [label.get_window_extent().shrunk(1, 0.9) for label in ax.get_yticklabels() if label.get_text()]
    assert not any(one.overlaps(other) for one, other in pairwise(rows))
    heads = [label.get_window_extent() for label in ax.get_xticklabels() if label.get_text()]
    assert not any(one.overlaps(other) for one, other in pairwise(heads))
    blocks = [key.get_window_extent() for key in keys(ax)]
    blocks += [ax._left_title.get_window_extent(), ax.bbox]  # type: ignore[attr-defined]
    assert not any(one.overlaps(other) for one, other in combinations(blocks, 2))
    for key in keys(ax):
        written = [text.get_window_extent() for text in key.get_texts()]
        assert not any(one.overlaps(other) for one, other in combinations(written, 2))


def test_narrow_axes_break_titles_and_keys_in_lines() -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 5), layout="constrained")
    plots.timeline(csto.CSTO, ax=left)
    plots.timeline(csto.history("guam"), ax=right)
    figure.canvas.draw()
    title = left._left_title
    assert "\n" in title.get_text()
    assert title.get_window_extent().x1 <= right._left_title.get_window_extent().x0
