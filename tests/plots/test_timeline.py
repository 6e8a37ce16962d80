"""The picture of timelines: rows in order of entry, bars where the model has them, and marks of acts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Polygon, Rectangle
from support.league import LEAGUE, ONE_DAY, claim_of, event_of, history_of

import csto_membership as csto
from csto_membership import ArgumentError, Registry, Status, Verdict, plots
from csto_membership.plots._drawn.canvas import FittingText, number
from csto_membership.plots._drawn.looks import LIGHT
from csto_membership.plots._shown.marks import Kind, Mark, marks_of
from csto_membership.plots._shown.timeline import timelines
from csto_membership.writers import spell_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEGAL = csto.CSTO.under("legal")


def labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def bars(ax: Axes, row: int) -> list[tuple[str, str, str]]:
    """The first and the last day and the colour of each bar in a row, from left to right."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle) and round(patch.get_y()) == row]
    epoch = number(dt.date(1970, 1, 1))
    days = [
        (dt.date(1970, 1, 1) + dt.timedelta(patch.get_x() - epoch), dt.timedelta(patch.get_width() - 1))
        for patch in found
    ]
    shown = [
        (str(first), str(first + length), to_hex(patch.get_facecolor()))
        for patch, (first, length) in zip(found, days, strict=True)
    ]
    return sorted(shown)


def words(ax: Axes) -> list[str]:
    ax.get_figure().canvas.draw()  # type: ignore[union-attr]
    return [text.get_text() for text in ax.texts if isinstance(text, FittingText) and text.get_text()]


# --- Rows -------------------------------------------------------------------------------------------------------------


def test_states_stand_in_order_of_entry_and_by_name() -> None:
    assert labels(plots.timeline(csto.CSTO)) == [
        *("Armenia", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan", "Uzbekistan"),
        *("Azerbaijan", "Georgia", "Belarus"),
    ]


def test_states_without_a_relation_are_shown_only_where_they_are_named() -> None:
    assert "Afghanistan" not in labels(plots.timeline(csto.CSTO))
    ax = plots.timeline(csto.CSTO, states=["Afghanistan", "UZ", "France"])
    assert labels(ax) == ["Afghanistan", "Uzbekistan", "France"]
    assert bars(ax, 0) == bars(ax, 2) == []


def test_several_organisations_stand_under_headings_and_one_state_by_organisation() -> None:
    csto_title = "Collective Security Treaty Organization"
    both = timelines([csto.CSTO, csto.history("guam")])
    assert both.title == "CSTO and GUAM"
    assert [group.heading for group in both.groups] == [
        csto_title,
        "Organization for Democracy and Economic Development - GUAM",
    ]
    views = timelines([csto.CSTO, LEGAL])
    assert (views.title, [group.heading for group in views.groups]) == (csto_title, ["declared", "legal"])
    views = timelines([csto.CSTO, LEGAL], "UZ")
    assert [row.label for row in views.rows] == ["CSTO, declared", "CSTO, legal"]
    alone = timelines(Registry.bundled(), "Uzbekistan")
    entries = [row.pieces[0].first for row in alone.rows if row.pieces]
    assert alone.title == "Uzbekistan"
    assert entries == sorted(entries)
    assert [row.label for row in alone.rows][:3] == ["CIS", "CSTO", "CACO"]


# --- Bars -------------------------------------------------------------------------------------------------------------


def test_a_bar_runs_over_the_days_of_its_spell_in_the_colour_of_its_status() -> None:
    member, suspended = (LIGHT.looks[status].face for status in (Status.MEMBER, Status.SUSPENDED))
    assert bars(plots.timeline(csto.CSTO, states="UZ"), 0) == [
        ("1992-05-15", "1999-04-20", member),
        ("2006-06-23", "2012-06-27", member),
        ("2012-06-28", str(csto.CSTO.coverage.last), suspended),
    ]


def test_what_is_undetermined_has_a_band_for_each_status_and_a_tick_at_both_ends() -> None:
    ax = plots.timeline(LEGAL, states="UZ", acts=False)
    (band,) = [bar for bar in bars(ax, 0) if bar[0] == "2006-08-16"]
    assert band == ("2006-08-16", "2008-03-27", LIGHT.looks[Status.MEMBER].face)
    (member,) = [
        patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_x() == number(dt.date(2006, 8, 16))
    ]
    whole = next(patch for patch in ax.patches if isinstance(patch, Rectangle))
    assert member.get_height() == pytest.approx(whole.get_height() / 2)
    ticks = [line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1 < len(line.get_xdata())]
    assert ticks == [number(dt.date(2006, 8, 16)), number(dt.date(2008, 3, 28))]


def test_an_open_end_is_an_arrow_at_the_end_of_the_coverage_and_a_closed_one_is_none() -> None:
    last = csto.CSTO.coverage.last
    assert last
    for history, state, arrows in (
        (csto.CSTO, "RU", 1),
        (csto.CSTO.strict(), "RU", 0),
        (csto.history("guam"), "UZ", 1),
    ):
        ax = plots.timeline(history, states=state)
        found = [patch for patch in ax.patches if isinstance(patch, Polygon)]
        assert len(found) == arrows
    tip = plots.timeline(csto.CSTO, states="RU")
    tip.get_figure().canvas.draw()  # type: ignore[union-attr]
    (arrow,) = [patch for patch in tip.patches if isinstance(patch, Polygon)]
    box, end = arrow.get_window_extent(), tip.transData.transform((number(last) + 1, 0))[0]
    assert end - 2 <= box.x0 <= end < box.x1 <= end + 8
    assert tip.get_xlim()[1] < number(dt.date(last.year + 2, 1, 1))


def test_bars_leave_room_for_acts_only_where_there_are_any() -> None:
    middles = []
    for acts in (True, False):
        ax = plots.timeline(csto.CSTO, states="RU", acts=acts)
        bar = next(patch for patch in ax.patches if isinstance(patch, Rectangle))
        middles.append(bar.get_y() + bar.get_height() / 2)
    assert middles == pytest.approx([-0.1, 0])


def test_what_has_held_since_ever_is_an_arrow_to_the_left() -> None:
    row = {"state": "UZ", "status": "member", "last_day": "2000-12-31"}
    for first, arrows in (("always", 1), ("1990-01-01", 0)):
        ax = plots.timeline([{**row, "first_day": first}])
        assert len([patch for patch in ax.patches if isinstance(patch, Polygon)]) == arrows
    assert words(plots.timeline([{**row, "first_day": "always"}], first="1990")) == ["member until 2000-12-31"]


def test_a_strict_end_is_a_tick_and_a_question() -> None:
    ax = plots.timeline(csto.CSTO.strict(), states="RU")
    assert [text.get_text() for text in ax.texts].count("?") == 1
    assert not any(text.get_text() == "?" for text in plots.timeline(csto.CSTO, states="RU").texts)


def test_the_longest_words_that_fit_stand_on_a_bar() -> None:
    assert words(plots.timeline(csto.CSTO, states="UZ")) == [
        "member 1992–1999",
        "former 1999–2006",
        "member",
        "suspended since 2012-06-28",
    ]
    _, narrow = plt.subplots(figsize=(1.5, 1))
    assert words(plots.timeline(csto.CSTO, states="UZ", ax=narrow)) == []
    assert words(plots.timeline(LEGAL, states="UZ", first="2006-08-16", last="2008-03-27")) == [
        "member or former 2006-08-16 to 2008-03-27"
    ]


def test_words_follow_what_is_seen_of_a_bar() -> None:
    ax = plots.timeline(csto.CSTO, states="UZ")
    ax.set_xlim(number(dt.date(2007, 1, 1)), number(dt.date(2012, 1, 1)))
    assert words(ax) == ["member 2006-06-23 to 2012-06-27"]


def test_a_bar_that_may_have_begun_earlier_says_by_when() -> None:
    assert words(plots.timeline(LEAGUE, states="UZB", first="2000-02-08"))[-1] == "member by 2000-02-08"
    assert words(plots.timeline(ONE_DAY, states="ARM")) == ["member on 2000-01-01"]
    left = history_of(
        event_of("in", ["UZB"], claim_of("law", "accession", "2000-02")),
        event_of("out", ["UZB"], claim_of("law", "withdrawal", "2005-03-01")),
    )
    assert words(plots.timeline(left, states="UZB", last="2006"))[0] == "member by 2000-02-29, until 2005-02-28"


# --- Acts -------------------------------------------------------------------------------------------------------------


def marked(history: csto.History, state: str) -> list[tuple[str, str, Verdict]]:
    marks = marks_of(history, history.timeline(state).state)
    return [(str(mark.day), mark.kind.value, mark.changes) for mark in marks]


def test_acts_that_change_the_status_are_told_from_those_that_do_not() -> None:
    yes, no = Verdict.YES, Verdict.NO
    assert marked(csto.CSTO, "UZ") == [
        ("1992-05-15", "signature", yes),
        ("1994-04-20", "entry into force, admission", no),
        ("1999-04-21", "end", yes),
        ("2006-06-23", "return", yes),
        ("2007-06-07", "entry into force, admission", no),
        ("2012-06-28", "notice", yes),
        ("2012-12-19", "suspension", no),
    ]
    assert [changes for *_, changes in marked(LEGAL, "UZ")] == [yes, yes, yes, no, yes, no, yes]


def test_an_act_that_perhaps_never_was_is_half_filled() -> None:
    assert marked(csto.CSTO.resolved("every"), "Turkmenistan") == [("1992-05-15", "signature", Verdict.UNDETERMINED)]


def test_a_force_of_which_no_source_speaks_is_no_change_by_the_act_before_it() -> None:
    league = history_of(
        event_of("in", ["UZB"], claim_of("law", "signature", "2000-01-01")),
        event_of("bound", ["UZB"], claim_of("law", "ratification", "2000-06-01")),
    ).under("legal")
    assert [change.silent for change in league.changes(None, None)] == [False, True]
    assert [changes for *_, changes in marked(league, "UZ")] == [Verdict.YES, Verdict.NO]


def test_the_end_of_an_organisation_is_an_end_and_an_abolition_another_status() -> None:
    assert ("2015-01-01", "end", Verdict.YES) in marked(csto.history("eurasec"), "Russia")
    assert ("2025-09-01", "another status", Verdict.YES) in marked(csto.history("sco"), "Mongolia")


def test_every_act_has_a_kind() -> None:
    from csto_membership.plots._shown.marks import _KIND_OF

    assert set(_KIND_OF) == set(csto.Act) - {csto.Act.DENIAL}


def test_a_mark_of_an_unknown_day_stands_in_the_middle_of_its_days() -> None:
    first, last = dt.date(2006, 8, 16), dt.date(2008, 3, 28)
    assert Mark(Kind.FORCE, first, last, Verdict.NO).day == dt.date(2007, 6, 7)
    assert Mark(Kind.FORCE, None, last, Verdict.NO).day == last
    assert Mark(Kind.FORCE, first, None, Verdict.NO).day == first
    assert Mark(Kind.FORCE, None, None, Verdict.NO).day is None


def test_acts_after_what_is_told_are_left_out() -> None:
    then = csto.history("eurasec").as_published_by("2008-10-01")
    assert {mark.kind for row in timelines(then).rows for mark in row.marks} <= {
        Kind.SIGNATURE,
        Kind.FORCE,
        Kind.OTHER_STATUS,
    }
    assert Kind.END not in {mark.kind for mark in timelines(then, "RU", last="2020").rows[0].marks}


def test_acts_outside_the_days_are_left_out_and_all_on_demand() -> None:
    assert [mark.kind for mark in timelines(csto.CSTO, "UZ", "2006", "2006").rows[0].marks] == [Kind.RETURN]
    assert timelines(csto.CSTO, "UZ", acts=False).rows[0].marks == ()
    assert timelines(list(spell_rows(csto.CSTO)), "UZ").rows[0].marks == ()


# --- Axes -------------------------------------------------------------------------------------------------------------


def test_it_draws_on_the_axes_that_it_is_given_and_returns_them() -> None:
    _, (left, right) = plt.subplots(1, 2)
    assert plots.timeline(csto.CSTO, ax=left) is left
    assert len(right.patches) == 0
    assert len(plt.get_fignums()) == 1
    assert plots.timeline(csto.CSTO) is not left
    assert len(plt.get_fignums()) == 2


@pytest.mark.parametrize("kind", ["timeline", "size", "compare", "together", "region"])
def test_what_is_no_axes_is_refused_by_every_picture(kind: str) -> None:
    draw: Any = getattr(plots, kind)
    data = {"compare": (csto.CSTO, csto.CSTO), "region": (csto.CSTO, "2007")}.get(kind, (csto.CSTO,))
    removed = plt.figure().add_subplot()
    removed.remove()
    for wrong in (plt.subplots(2, 2)[1], plt.figure(), plt, [removed], 0, removed):
        with pytest.raises(ArgumentError) as caught:
            draw(*data, ax=wrong)
        assert caught.value.argument == "ax"


def test_a_new_figure_is_as_high_as_its_rows_and_as_wide_as_the_style_says() -> None:
    heights: list[Any] = []
    for states in (["UZ"], None):
        plt.rcParams["figure.figsize"] = (8, 2)
        figure: Any = plots.timeline(csto.CSTO, states=states).get_figure()
        assert figure.get_size_inches()[0] == 8
        heights.append(figure.get_size_inches()[1])
    assert heights[0] < heights[1]
