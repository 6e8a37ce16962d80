"""Names come from data: they are drawn as they stand, and steer neither matplotlib nor a line of words."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import pytest

import csto_membership as csto
from csto_membership import plots

EVIL = "$\\frac{1}$ \\input{x}\nFORGED.\x1b[2J\u202e & <b>"
ROWS = [
    {"organisation": f"{EVIL}{place}", "state": id, "name": f"{EVIL} {id}", "status": "member", "first_day": "2000-01-01", "last_day": "2001-01-01"}
    for place in (1, 2)
    for id in ("UZB", "KAZ")
]  # fmt: skip


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.timeline(ROWS),
        lambda: plots.timeline(ROWS[:2]),
        lambda: plots.timeline(ROWS, states="UZ"),
        lambda: plots.size(ROWS),
        lambda: plots.size(ROWS[:2]),
        lambda: plots.compare(ROWS[:2], ROWS[2:], states=["UZ", "KZ"]),
        lambda: plots.together(ROWS[:2]),
        lambda: plots.region(ROWS, "2000-06-01"),
    ],
    ids=["timelines", "timeline", "one state", "sizes", "size", "compare", "together", "region"],
)
def test_a_name_is_drawn_as_it_stands(draw: Any, tmp_path: Any) -> None:
    axes = draw()
    # A formula that cannot be read would be an error here.
    axes.figure.savefig(tmp_path / "picture.svg")
    axes.figure.savefig(tmp_path / "picture.png")
    words = plots.describe(axes)
    assert "\n" not in words
    assert words.isprintable()
    assert "$\\frac{1}$" in words
    plt.close("all")


def test_what_is_no_letter_is_spelt_out() -> None:
    assert "\\nFORGED.\\x1b[2J\\u202e & <b>" in plots.describe(ROWS)


def test_names_of_a_record_too() -> None:
    record = csto.Record("league", EVIL, coverage=csto.Coverage("2000", "2001"))
    assert plots.describe(record).isprintable()
