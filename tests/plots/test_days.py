"""The axis of days names years, months or days, each once, and no times of day, however long or short the picture is."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

import csto_membership as csto
from csto_membership import plots

LENGTHS = [
    1,
    2,
    3,
    5,
    8,
    12,
    20,
    30,
    45,
    60,
    90,
    120,
    200,
    300,
    366,
    400,
    700,
    1000,
    1100,
    1500,
    2000,
    5000,
    12000,
    60000,
]


def ticks(ax: Any) -> list[Any]:
    """The labels that are seen below a picture."""
    ax.figure.canvas.draw()
    low, high = ax.get_xlim()
    return [label for label in ax.get_xticklabels() if label.get_text() and low <= label.get_position()[0] <= high]


@pytest.mark.parametrize("length", LENGTHS)
def test_ticks_are_few_and_each_says_something_else(length: int) -> None:
    first = dt.date(1999, 4, 10) if length < 12000 else dt.date(1860, 1, 1)
    seen = ticks(plots.timeline(csto.CSTO, states="UZ", first=first, last=first + dt.timedelta(length - 1)))
    texts = [label.get_text() for label in seen]
    assert texts == sorted(set(texts))
    assert len({len(text) for text in texts}) == 1
    assert {len(texts[0])} <= {4, 7, 10}
    assert 1 <= len(texts) <= 10
    boxes = [label.get_window_extent() for label in seen]
    assert not any(one.overlaps(other) for one, other in pairwise(boxes))


def test_a_single_day_is_named_at_its_beginning() -> None:
    ax = plots.timeline(csto.CSTO, states="UZ", first="1999-04-20", last="1999-04-20")
    assert [label.get_text() for label in ticks(ax)] == ["1999-04-20", "1999-04-21"]


@pytest.mark.parametrize(("first", "last"), [("0001-01-02", "9999-12-30"), ("9000", "9999-12-30"), ("always", "0100")])
def test_the_ends_of_the_calendar_can_be_drawn(first: str, last: str) -> None:
    days = {"first_day": first if first == "always" else f"{first}-01-01"[:10], "last_day": f"{last}-01-01"[:10]}
    rows = [{"state": id, "status": "member", **days} for id in ("UZ", "KZ")]
    for draw in (plots.timeline, plots.size, plots.together):
        draw(rows).figure.canvas.draw()  # type: ignore[union-attr]
    plots.compare(rows, rows, states="UZ").figure.canvas.draw()  # type: ignore[union-attr]
