"""The picture of a comparison fills the days on which two histories differ, and no others."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle
from support import documents
from support.views import histories

import csto_membership as csto
from csto_membership import ArgumentError, History, Verdict, plots
from csto_membership.plots._drawn.canvas import number
from csto_membership.plots._drawn.looks import LIGHT
from csto_membership.plots._shown.compare import comparison
from csto_membership.writers import spell_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEGAL = csto.CSTO.under("legal")
DAY = dt.timedelta(1)


def last_told(*seen: History) -> dt.date:
    """The last day of which one of the two tells something."""
    return max(history.coverage.last or dt.date.max for history in seen)


def differences(one: History, other: History) -> dict[str, list[Any]]:
    """The differences by the name of the state, as the history tells them, on days of which something is told."""
    found: dict[str, list[Any]] = {}
    for difference in one.compare(other):
        if (difference.first_day or dt.date.min) > last_told(one, other):
            continue
        told = (difference.first_day, difference.last_day, difference.verdicts)
        found.setdefault(difference.state.name, []).append(told)
    return found


def gaps(one: Any, other: Any, **days: Any) -> dict[str, list[Any]]:
    return {
        pair.label: [(gap.first_day, gap.last_day, gap.verdicts) for gap in pair.gaps]
        for pair in comparison(one, other, **days).pairs
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (csto.CSTO, LEGAL),
        (LEGAL, csto.CSTO.resolved("every")),
        (csto.CSTO, csto.CSTO.according_to("cow-igo-3")),
        (csto.CSTO, csto.CSTO.strict()),
        (csto.history("eurasec"), csto.history("eaeu")),
        (csto.history("cis"), csto.history("cis").under("legal")),
        (csto.history("guam"), csto.history("ots")),
    ],
)
def test_the_days_that_differ_are_those_of_the_history(one: History, other: History) -> None:
    ever = {"first": "0001-01-01", "last": "9999-12-31"}
    assert gaps(one, other, **ever) == differences(one, other)


@pytest.mark.law
@given(st.data())
def test_the_days_that_differ_are_those_of_any_history(data: st.DataObject) -> None:
    seen = data.draw(histories())
    other = seen.under(data.draw(st.sampled_from(["declared", "legal"])))
    ever = {"first": "0001-01-01", "last": "9999-12-31"}
    assert gaps(seen, other, **ever) == differences(seen, other)
    shown = comparison(seen, other, first=documents.DAYS[0], last=documents.DAYS[-1])
    by_name = {pair.label: pair for pair in shown.pairs}
    for state in seen.states:
        pair = by_name.get(state.name)
        for day in documents.DAYS:
            verdicts = seen.was_member(state, day), other.was_member(state, day)
            filled = [gap.verdicts for gap in (pair.gaps if pair else ()) if gap.first <= day < gap.end]
            differ = verdicts[0] is not verdicts[1] and day <= last_told(seen, other)
            assert filled == ([verdicts] if differ else [])


def test_states_that_never_differ_are_shown_only_where_they_are_named() -> None:
    assert "Germany" not in gaps(csto.CSTO, LEGAL)
    assert gaps(csto.CSTO, LEGAL, first="2000", last="2001") == {}
    assert gaps(csto.CSTO, LEGAL, states=["Georgia", "Germany"], first="2000", last="2001") == {
        "Georgia": [],
        "Germany": [],
    }


def test_differences_outside_the_days_are_left_out_and_those_that_reach_into_them_are_whole() -> None:
    whole = (dt.date(1992, 5, 15), dt.date(1994, 4, 19), (Verdict.YES, Verdict.NO))
    assert gaps(csto.CSTO, LEGAL, states="Armenia", first="1994-04-19", last="2000") == {"Armenia": [whole]}
    assert gaps(csto.CSTO, LEGAL, states="Armenia", first="1994-04-20", last="2000") == {"Armenia": []}
    assert gaps(csto.CSTO, LEGAL, states="Armenia", first="1990", last="1992-05-15") == {"Armenia": [whole]}
    assert gaps(csto.CSTO, LEGAL, states="Armenia", first="1990", last="1992-05-14") == {"Armenia": []}


def test_rows_are_compared_with_a_history() -> None:
    rows = [{**row, "last_day": row["last_day"] or "2026-01-20"} for row in spell_rows(csto.CSTO)]
    assert gaps(csto.CSTO, rows, last="2026-01-20") == {}
    moved = [{**row, "first_day": "1992-05-16"} if row["state"] == "KAZ" else row for row in rows]
    day = dt.date(1992, 5, 15)
    assert gaps(csto.CSTO, moved, last="2026-01-20") == {"Kazakhstan": [(day, day, (Verdict.YES, Verdict.NO))]}


def test_one_organisation_stands_on_each_side() -> None:
    with pytest.raises(ArgumentError, match=r"other=\['cis', 'guam'\]: a comparison is of one organisation"):
        plots.compare(csto.CSTO, [csto.history("cis"), csto.history("guam")])


# --- Drawn ------------------------------------------------------------------------------------------------------------


def filled(ax: Axes, row: int) -> list[tuple[float, float, float | None]]:
    """The first day, the length and the strength of each difference that is filled in a row."""
    accent = to_rgb(LIGHT.accent)
    return sorted(
        (patch.get_x(), patch.get_width(), patch.get_alpha())
        for patch in ax.patches
        if isinstance(patch, Rectangle)
        and to_rgb(patch.get_facecolor()) == accent
        and abs(patch.get_y() + patch.get_height() / 2 - row) < 0.1
    )


def test_a_yes_against_a_no_is_filled_strongly_and_a_doubt_faintly() -> None:
    ax = plots.compare(csto.CSTO, LEGAL, states="UZ")
    strong, faint = 0.5, 0.2
    expected = [
        ("1992-05-15", "1994-04-20", strong),
        ("2006-06-23", "2006-08-16", strong),
        ("2006-08-16", "2008-03-28", faint),
        ("2012-06-28", "2012-12-19", strong),
    ]
    days = [
        (number(dt.date.fromisoformat(first)), number(dt.date.fromisoformat(end)), alpha)
        for first, end, alpha in expected
    ]
    assert filled(ax, 0) == [(first, end - first, alpha) for first, end, alpha in days]


def test_an_open_difference_is_filled_to_the_end_of_the_picture() -> None:
    one, other = csto.history("eurasec"), csto.history("eaeu")
    ax = plots.compare(one, other, states="Belarus")
    last = other.coverage.last
    assert last
    x, width, _ = filled(ax, 0)[-1]
    assert x + width == number(last + DAY)


def test_nothing_differs_after_the_last_day_that_is_told() -> None:
    counting = csto.CSTO.counting("member", "suspended")
    ax = plots.compare(csto.CSTO, counting, first="2020", last="2040")
    end = number(last_told(csto.CSTO) + DAY)
    assert [x + width for x, width, _ in filled(ax, 0)] == [end]
    assert plots.describe(ax).endswith("Uzbekistan: no against yes from 2012-06-28 on.")
    assert gaps(csto.CSTO, counting, states="UZ", first="2026-01-21", last="2040") == {"Uzbekistan": []}
    # As long as one of the two tells something.
    early = History(evolve(csto.CSTO.record, coverage=evolve(csto.CSTO.coverage, last=dt.date(2022, 1, 1))))
    for pair in ((early, counting), (counting, early)):
        assert [x + width for x, width, _ in filled(plots.compare(*pair, first="2020", last="2040"), 0)] == [end]


def test_two_lanes_stand_above_each_other() -> None:
    ax = plots.compare(csto.CSTO, LEGAL, states=["RU", "UZ"])
    faces = {LIGHT.looks[status].face for status in csto.Status}
    lanes = [patch for patch in ax.patches if isinstance(patch, Rectangle) and to_hex(patch.get_facecolor()) in faces]
    middles = {round(lane.get_y() + lane.get_height() / 2, 2) for lane in lanes if lane.get_height() > 0.29}
    assert middles == {-0.2, 0.2, 0.8, 1.2}


def test_histories_that_agree_are_an_empty_picture() -> None:
    assert plots.describe(plots.compare(csto.CSTO, csto.CSTO)).endswith("They never differ.")
