"""What a picture shows it also says in words: every state, every day on which something changes, and the view."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import pytest
from hypothesis import given
from support.league import ENDLESS, LEAGUE, ONE_DAY, claim_of, event_of, history_of
from support.views import histories

import csto_membership as csto
from csto_membership import ArgumentError, History, Registry, plots
from csto_membership.plots import describe
from csto_membership.plots._shown.timeline import timelines
from csto_membership.plots._shown.told import NO_RELATION

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEGAL = csto.CSTO.under("legal")
DRAW: dict[str, Callable[[Axes | None], Axes]] = {
    "timeline": lambda ax: plots.timeline(LEGAL, ax=ax),
    "size": lambda ax: plots.size(LEGAL, ax=ax),
    "compare": lambda ax: plots.compare(csto.CSTO, LEGAL, ax=ax),
    "together": lambda ax: plots.together(LEGAL, ax=ax),
    "region": lambda ax: plots.region([csto.CSTO, csto.history("guam")], "2007-01-01", ax=ax),
}


@pytest.mark.parametrize("id", csto.organisations())
def test_the_words_of_a_timeline_name_every_state_and_every_day_of_a_change(id: str) -> None:
    history = csto.history(id)
    words = describe(history)
    for timeline in history.timelines():
        related = [spell for spell in timeline if spell.statuses != NO_RELATION]
        assert (timeline.state.name in words) == bool(related)
        for spell in related:
            assert " or ".join(csto.in_order(spell.statuses)) in words
            assert str(spell.first_day) in words
            assert spell.last_day is None or str(spell.last_day) in words
    assert history.institutions[-1].name in words
    assert str(history.view) in words


@pytest.mark.law
@given(histories())
def test_the_words_are_sentences_of_one_line(seen: History) -> None:
    if seen.coverage.last:
        words = describe(seen)
        assert words.isprintable()
        assert words.endswith(".")
        days = {str(spell.first_day) for line in seen.timelines() for spell in line if spell.statuses != NO_RELATION}
        shown = timelines(seen)
        seen_days = {str(piece.spell.first_day) for row in shown.rows for piece in row.pieces}
        assert seen_days <= days | {"None"}
        assert all(day in words for day in seen_days - {"None"})


def test_states_of_one_course_are_told_together_in_order() -> None:
    assert describe(csto.CSTO) == (
        "Collective Security Treaty Organization; declared; 1992-05-15 to 2026-01-20. "
        "Armenia, Kazakhstan, Kyrgyzstan, Russia and Tajikistan: member from 1992-05-15 on. "
        "Uzbekistan: member 1992-05-15 to 1999-04-20, former 1999-04-21 to 2006-06-22, member 2006-06-23 to 2012-06-27, "
        "suspended from 2012-06-28 on. "
        "Azerbaijan: member 1993-09-24 to 1999-04-20, former from 1999-04-21 on. "
        "Georgia: member 1993-12-09 to 1999-04-20, former from 1999-04-21 on. "
        "Belarus: member from 1993-12-31 on."
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("timeline", "member or former 2006-08-16 to 2008-03-27"),
        ("size", "6 to 7 from 2006-08-16, 7 from 2008-03-28"),
        ("compare", "upper lane: declared; lower lane: legal"),
        ("compare", "Georgia: yes against no 1993-12-09 to 1994-04-19."),
        ("together", "Uzbekistan: 3554 to 4144 days, with Armenia 3554 to 4144"),
        ("region", "Azerbaijan and Georgia: former in CSTO, member in GUAM."),
    ],
)
def test_each_picture_says_what_it_shows(kind: str, said: str) -> None:
    assert said in describe(DRAW[kind](None))


@pytest.mark.parametrize("kind", DRAW)
def test_words_stay_with_the_axes(kind: str) -> None:
    _, ax = plt.subplots()
    words = describe(DRAW[kind](ax))
    assert describe(ax) == words
    copy = pickle.loads(pickle.dumps(ax.get_figure()))  # noqa: S301 - our own
    assert describe(copy.axes[0]) == words
    plots.size(csto.CSTO, ax=ax)
    assert describe(ax).split("\n") == [words, describe(plots.size(csto.CSTO))]
    ax.clear()
    with pytest.raises(ArgumentError, match="on these Axes is no picture"):
        describe(ax)


@pytest.mark.parametrize("data", [csto.CSTO, [csto.CSTO], Registry.of(csto.CSTO)], ids=["history", "list", "registry"])
def test_data_are_described_as_a_timeline_would_show_them(data: Any) -> None:
    assert describe(data) == describe(plots.timeline(data))


def test_what_is_no_picture_is_refused() -> None:
    for wrong in (7, "timeline", plt.figure()):
        with pytest.raises(ArgumentError):
            describe(wrong)


def test_nothing_shown_is_said() -> None:
    empty = csto.Record("league", "A league", coverage=csto.Coverage("2000", "2001"))
    assert describe(empty) == "A league; declared; 2001-12-31 to 2001-12-31. No relation."
    assert describe(plots.together(empty)).endswith("No members.")
    assert describe(plots.region(empty, "2000")) == "States by organisation in 2000; declared. No relation."
    assert describe(plots.size(empty)).endswith("no members.")


def test_days_are_written_as_iso_days() -> None:
    for draw in DRAW.values():
        words = describe(draw(None))
        assert re.findall(r"\d{4}-\d{2}-\d{2}", words)
        assert "None" not in words


def test_what_goes_on_without_an_end_is_said_to_go_on() -> None:
    days = "2000-01-01 to 2000-01-31"
    assert describe(ENDLESS) == f"league; declared; {days}. Armenia: member from 2000-01-01 on."
    assert describe(plots.size(ENDLESS)).endswith(f"{days}. 1 from 2000-01-01 on.")
    assert describe(plots.together(ENDLESS)).endswith(f"{days}. Armenia: 31 days.")
    assert describe(plots.size(ENDLESS, first="2010", last="2010")).endswith("1 from 2010-01-01 on.")
    differ = describe(plots.compare(ENDLESS, ENDLESS.under("legal")))
    assert differ.endswith("Armenia: yes against no from 2000-01-01 on.")


def test_of_days_after_what_is_told_nothing_is_denied() -> None:
    for draw in (plots.timeline, plots.size, plots.together):
        words = describe(draw(csto.CSTO, first="2100", last="2100"))
        assert words.endswith("othing is told."), words
        assert "no relation" not in words
    legal = csto.CSTO.under("legal")
    for other, states in ((legal, None), (legal, "RU"), (csto.CSTO, None), (csto.CSTO, ["RU", "UZ"])):
        words = describe(plots.compare(csto.CSTO, other, states=states, first="2100", last="2100"))
        assert words.endswith("othing is told."), words
        assert "differ" not in words
    both = describe(plots.compare(csto.CSTO, legal, states="RU", first="2020", last="2100"))
    assert both.endswith("Russia: no difference 2020-01-01 to 2026-01-20.")
    assert describe(plots.compare(csto.CSTO, legal, first="2020", last="2100")).endswith(
        "They do not differ 2020-01-01 to 2026-01-20."
    )
    strict = csto.CSTO.strict()
    assert describe(plots.compare(csto.CSTO, strict)).endswith("They do not differ 1992-05-15 to 2026-01-20.")
    assert describe(plots.compare(csto.CSTO, strict, states="RU", last="2000")).endswith(
        "Russia: no difference 1992-05-15 to 2000-12-31."
    )


def test_what_may_have_begun_earlier_has_begun_by_its_first_day() -> None:
    words = describe(LEAGUE)
    assert "Uzbekistan: none or member 2000-02-03 to 2000-02-07, member by 2000-02-08." in words
    assert "Armenia: member from 2000-01-01 on." in words
    left = history_of(
        event_of("in", ["UZB"], claim_of("law", "accession", "2000-02")),
        event_of("out", ["UZB"], claim_of("law", "withdrawal", "2005-03-01")),
    )
    assert "member by 2000-02-29, until 2005-02-28, former from 2005-03-01 on" in describe(left)


def test_one_day_is_one_day() -> None:
    assert describe(plots.together(ONE_DAY)).endswith("Armenia: 1 day.")


def test_statuses_that_are_nearly_all_are_told_by_what_they_leave_out() -> None:
    grid = csto.CSTO.according_to("cow-igo-3")
    words = describe(plots.timeline(grid, states="GE", last="2003-06"))
    assert words.endswith("Georgia: anything but member on 2002-12-31, unknown 2003-01-01 to 2003-12-30.")
    assert describe(plots.region(grid, "2002-12-31", states="GE")).endswith("Georgia: anything but member in CSTO.")
