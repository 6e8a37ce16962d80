"""The triangle has for each two states the days on which both were members, counted one by one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from support import documents
from support.views import histories

import csto_membership as csto
from csto_membership import History, Registry, Verdict, plots
from csto_membership.plots._shown.together import Shared, Triangle, triangle
from csto_membership.writers import spell_rows

DAY = dt.timedelta(1)


def pair(shown: Triangle, one: str, other: str) -> Shared:
    low, high = sorted((shown.labels.index(one), shown.labels.index(other)))
    return shown.rows[high][low]


def counted(history: History, one: str, other: str, first: dt.date, last: dt.date) -> Shared:
    """The days of a period on which both are members, at least and at most, one by one."""
    both = [
        Verdict.both(history.was_member(one, day), history.was_member(other, day))
        for day in (first + n * DAY for n in range((last - first).days + 1))
    ]
    return Shared(both.count(Verdict.YES), len(both) - both.count(Verdict.NO))


@pytest.mark.parametrize("view", ["declared", "legal", "participating"])
@pytest.mark.parametrize(
    ("one", "other"), [("Georgia", "Uzbekistan"), ("Uzbekistan", "Uzbekistan"), ("Belarus", "Russia")]
)
def test_days_are_those_on_which_both_were_members(view: str, one: str, other: str) -> None:
    history = csto.CSTO.under(view)
    first, last = dt.date(1992, 1, 1), history.coverage.last
    assert last
    assert pair(triangle(history), one, other) == counted(history, one, other, first, last)


def test_days_of_a_period_end_with_what_is_told() -> None:
    last = csto.CSTO.coverage.last
    assert last
    shown = triangle(csto.CSTO, ["Armenia", "Russia"], first=last - 4 * DAY, last=last + 4 * DAY)
    assert [row[-1] for row in shown.rows] == [Shared(5, 5), Shared(5, 5)]
    assert pair(shown, "Armenia", "Russia") == Shared(5, 5)


@pytest.mark.law
@given(histories())
def test_days_of_any_history_are_counted_one_by_one(seen: History) -> None:
    first, last = documents.DAYS[0], documents.DAYS[-1]
    shown = triangle(seen, [state.id for state in seen.states], first, last)
    until = told_last(seen) or last
    for place, row in enumerate(shown.rows):
        for label, shared in zip(shown.labels, row, strict=False):
            days = counted(seen, shown.labels[place], label, first, min(last, until))
            assert shared == days


def told_last(history: History) -> dt.date | None:
    from csto_membership.plots._shown.told import told_of

    return told_of(history)[0].last


def test_states_that_were_never_members_are_left_out_unless_they_are_named() -> None:
    assert "Afghanistan" not in triangle(csto.CSTO).labels
    assert pair(triangle(csto.CSTO, ["Afghanistan", "Russia"]), "Afghanistan", "Russia") == Shared(0, 0)


def test_in_several_organisations_a_day_counts_once() -> None:
    cis = csto.history("cis")
    both = triangle([csto.CSTO, cis], ["Georgia", "Uzbekistan", "Moldova"])
    days = {
        day
        for history in (csto.CSTO, cis)
        for spell in history.both_members("Georgia", "Uzbekistan")
        for day in range((spell.first_day or dt.date.min).toordinal(), (spell.last_day or dt.date.min).toordinal() + 1)
    }
    assert pair(both, "Georgia", "Uzbekistan") == Shared(len(days), len(days))
    # The treaty does not list Moldova, and says nothing of it here.
    assert pair(both, "Moldova", "Georgia") == pair(triangle(cis), "Moldova", "Georgia")


def test_of_a_state_that_one_organisation_does_not_list_nothing_is_assumed() -> None:
    council = csto.history("council-of-europe")
    assert council.coverage.states == "listed"
    alone = pair(triangle(council, ["France", "Ukraine"], "2000", "2000"), "France", "Ukraine")
    assert alone == Shared(0, 366)
    assert pair(triangle([council, csto.CSTO], ["France", "Ukraine"], "2000", "2000"), "France", "Ukraine") == Shared(
        0, 0
    )


def test_rows_have_the_days_of_their_history() -> None:
    rows = [{**row, "last_day": row["last_day"] or "2026-01-20"} for row in spell_rows(csto.CSTO)]
    shown, expected = triangle(rows), triangle(csto.CSTO)
    for place, label in enumerate(expected.labels):
        for other in expected.labels[: place + 1]:
            assert pair(shown, label, other) == pair(expected, label, other)


# --- Drawn ------------------------------------------------------------------------------------------------------------


def test_the_names_stand_on_the_diagonal_and_the_numbers_in_the_cells() -> None:
    ax = plots.together(csto.CSTO, states=["Georgia", "Uzbekistan"])
    drawn = {text.get_text(): text.get_position() for text in ax.texts}
    assert (drawn["Georgia"][1], drawn["Uzbekistan"][1]) == (0, 1)
    assert [text.get_text() for text in ax.texts[:5]] == [
        "1\N{THIN SPACE}959",
        "Georgia",
        "1\N{THIN SPACE}959",
        "4\N{THIN SPACE}729",
        "Uzbekistan",
    ]


def test_what_is_undetermined_is_hatched_and_has_both_numbers() -> None:
    ax = plots.together(csto.CSTO.under("legal"), states=["Russia", "Uzbekistan"])
    assert [patch.get_hatch() for patch in ax.patches] == [None, "////", None]
    assert ax.texts[2].get_text() == "3\N{THIN SPACE}554–\n4\N{THIN SPACE}144"


def test_of_many_states_only_the_shades_are_shown() -> None:
    ax = plots.together(Registry.bundled())
    assert len(ax.patches) > 100
    assert not any(
        character.isdigit() for text in ax.texts[:-1] for character in text.get_text() if len(text.get_text()) < 12
    )
    assert "the darkest are" in ax.texts[-1].get_text()
