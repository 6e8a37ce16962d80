"""The picture of sizes has on every day the fewest and the most members that the history has."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from support import documents
from support.league import ENDLESS, ONE_DAY
from support.views import histories

import csto_membership as csto
from csto_membership import History, plots
from csto_membership.plots._drawn.canvas import FittingText, number
from csto_membership.plots._shown.size import sizes
from csto_membership.plots._shown.told import told_of
from csto_membership.readers import read_spells
from csto_membership.writers import spell_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DAY = dt.timedelta(1)


def on(history: History, day: dt.date) -> tuple[int, int] | None:
    """What the picture of a history shows on a day."""
    (course,) = sizes(history).courses
    return next(((step.fewest, step.most) for step in course.steps if step.first <= day < step.end), None)


@pytest.mark.parametrize("day", ["1993-12-30", "1993-12-31", "1999-04-20", "1999-04-21", "2006-06-22", "2006-06-23"])
def test_sizes_change_on_the_day_on_which_they_change(day: str) -> None:
    assert on(csto.CSTO, dt.date.fromisoformat(day)) == csto.CSTO.size(day)


def test_nothing_is_shown_before_the_first_member_and_after_what_is_told() -> None:
    first, last = dt.date(1992, 5, 15), csto.CSTO.coverage.last
    assert last
    assert [on(csto.CSTO, day) for day in (first - DAY, first, last, last + DAY)] == [None, (6, 6), (6, 6), None]
    later = sizes(csto.CSTO, first="1990", last="2100").courses[0]
    assert (later.steps[0].first, later.steps[-1].end, later.goes_on) == (first, last + DAY, True)
    assert not sizes(csto.CSTO, last="2000").courses[0].goes_on


@pytest.mark.law
@given(histories())
def test_on_every_day_the_picture_shows_the_size_of_the_history(seen: History) -> None:
    shown = sizes(seen, documents.DAYS[0], documents.DAYS[-1])
    (told,) = told_of(seen)
    (course,) = shown.courses
    for day in documents.DAYS:
        found = [(step.fewest, step.most) for step in course.steps if step.first <= day < step.end]
        if told.last is None or day <= told.last:
            assert found == [seen.size(day)] or (found == [] and seen.size(day) == (0, 0))
        else:
            assert found == []


def test_rows_have_the_sizes_of_their_history() -> None:
    rows = list(spell_rows(csto.CSTO.under("legal")))
    (of_rows,), (of_history,) = (sizes(data, last="2012-12-18").courses for data in (rows, csto.CSTO.under("legal")))
    assert of_rows.steps == of_history.steps


def test_states_of_skipped_rows_may_be_members_too(tmp_path: Path) -> None:
    path = tmp_path / "spells.csv"
    lines = ["organisation,state,status,first_day,last_day", "league,UZ,member,2000-01-01,2000-12-31"]
    path.write_text("\n".join([*lines, "league,Lemuria,member,2000-01-01,2000-12-31"]), encoding="utf-8")
    history = read_spells(path, bad_rows="skip").history("league")
    day = dt.date(2000, 6, 1)
    assert history.size(day) == (1, 2)
    assert on(history, day) == (1, 2)


def test_a_number_goes_on_only_where_it_is_that_of_the_days_after() -> None:
    (course,) = sizes(ONE_DAY).courses
    day = dt.date(2000, 1, 1)
    assert [(step.first, step.end, step.number) for step in course.steps] == [
        (day, day + DAY, "1"),
        (day + DAY, day + DAY, "0 to 4"),
    ]
    assert not course.goes_on
    assert plots.describe(plots.size(ONE_DAY)).endswith(" 1 from 2000-01-01, 0 to 4 from 2000-01-02.")
    assert plots.describe(plots.size(ENDLESS)).endswith(" 1 from 2000-01-01 on.")


@pytest.mark.law
@given(histories())
def test_what_a_picture_says_last_is_the_size_of_the_day_after(seen: History) -> None:
    (told,) = told_of(seen)
    (course,) = sizes(seen, documents.DAYS[0], documents.DAYS[-1]).courses
    if told.last and course.steps and documents.DAYS[0] <= told.last < documents.DAYS[-1]:
        fewest, most = seen.size(told.last + DAY)
        assert (course.steps[-1].fewest, course.steps[-1].most) == (fewest, most)
        assert course.goes_on == (course.steps[-1].first <= told.last)


# --- Drawn ------------------------------------------------------------------------------------------------------------


def lines(ax: Axes) -> list[tuple[list[float], list[float]]]:
    drawn = [(np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float)) for line in ax.lines]
    return [(list(xs), list(ys)) for xs, ys in drawn if len(xs) > 1]


def test_a_size_that_is_known_is_a_line_and_one_that_is_not_a_band() -> None:
    ax = plots.size(csto.CSTO, first="1998", last="2000")
    ((days, sizes),) = lines(ax)
    assert days == [number(dt.date(*day)) for day in ((1998, 1, 1), (1999, 4, 21), (2001, 1, 1))]
    assert sizes == [9, 6, 6]
    assert not ax.collections
    ax = plots.size(csto.CSTO.under("legal"), first="2006", last="2008")
    (below, most) = lines(ax)
    assert most[1] == [6, 7, 7, 7]
    # Only where the two differ there is a line below.
    assert [math.isnan(low) for low in below[1]] == [True, False, True, True]
    assert below[1][1] == 6
    (band,) = ax.collections
    assert band.get_hatch() == "////"


def test_an_arrow_stands_at_the_end_of_what_is_told_and_none_where_a_picture_is_cut() -> None:
    for last, arrows in ((None, 1), ("2100", 1), ("2000", 0)):
        ax = plots.size(csto.CSTO, last=last)
        assert [line.get_marker() for line in ax.lines].count(">") == arrows
    for history, arrows, doubts in ((ENDLESS, 1, 0), (ONE_DAY, 0, 1)):
        ax = plots.size(history)
        assert [line.get_marker() for line in ax.lines].count(">") == arrows
        assert [text.get_text() for text in ax.texts].count("?") == doubts


def test_numbers_stand_where_they_fit() -> None:
    ax = plots.size(csto.CSTO.under("legal"), first="2006", last="2008")
    ax.get_figure().canvas.draw()  # type: ignore[union-attr]
    assert [text.get_text() for text in ax.texts if isinstance(text, FittingText)] == ["6", "6–7", "7"]


def test_several_organisations_have_lines_and_names_of_their_own() -> None:
    ax = plots.size([csto.CSTO, csto.history("cis"), csto.history("sco")])
    found = {text.get_text(): text.xy for text in ax.texts if text.get_text() in ("CSTO", "CIS", "SCO")}  # type: ignore[attr-defined]
    assert set(found) == {"CSTO", "CIS", "SCO"}
    heights = sorted(y for _, y in found.values())
    assert all(high - low > 0.5 for low, high in itertools.pairwise(heights))
    assert len({line.get_color() for line in ax.lines if line.get_linewidth() > 1}) == 3


def test_an_organisation_without_members_is_an_empty_picture() -> None:
    ax = plots.size(csto.CSTO, first="1990", last="1991")
    assert lines(ax) == []
    assert plots.describe(ax).endswith("no members.")
