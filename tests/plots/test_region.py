"""The picture of a region has for each state and organisation what the state was on the day."""

from __future__ import annotations

import pytest
from hypothesis import given
from support.league import ONE_DAY
from support.views import DATES, histories

import csto_membership as csto
from csto_membership import DateError, History, Registry, Status, plots
from csto_membership.plots._shown.region import states_by_organisation
from csto_membership.plots._shown.told import NO_RELATION
from csto_membership.writers import spell_rows

REGISTRY = Registry.bundled()


@pytest.mark.parametrize(
    "day", ["2007-01-01", "2009-08-17", "2009-08-18", "2006", "2014-12-31", "2015-01-01", "[2006..2008]"]
)
def test_a_cell_is_what_the_state_was(day: str) -> None:
    shown = states_by_organisation(REGISTRY, day)
    assert len(shown.heads) == len(REGISTRY.organisations)
    for label, row in zip(shown.labels, shown.rows, strict=True):
        for organisation, cell in zip(REGISTRY.organisations, row, strict=True):
            assert cell == REGISTRY.status(organisation, label, day).statuses


@pytest.mark.law
@given(histories(), DATES)
def test_a_cell_of_any_history_is_what_the_state_was(seen: History, date: str) -> None:
    shown = states_by_organisation(seen, date, [state.id for state in seen.states])
    assert [row for (row,) in shown.rows] == [seen.status(state, date).statuses for state in seen.states]


def test_states_of_which_something_is_told_are_shown_those_of_most_memberships_first() -> None:
    shown = states_by_organisation(REGISTRY, "2007-01-01")
    memberships = [row.count(frozenset({Status.MEMBER})) for row in shown.rows]
    assert memberships == sorted(memberships, reverse=True)
    assert "Laos" not in shown.labels
    assert "Laos" in states_by_organisation(REGISTRY, "2025-10-01").labels
    named = states_by_organisation(REGISTRY, "2007-01-01", ["Laos", "Russia"])
    assert named.labels == ("Laos", "Russia")
    assert set(named.rows[0]) == {NO_RELATION, frozenset(Status)}


def test_a_star_marks_what_is_told_of_an_earlier_day_only() -> None:
    last = csto.history("guam").coverage.last
    assert last
    on_the_last, after = (states_by_organisation(csto.history("guam"), day) for day in (last, "2024-12-06"))
    assert str(last) == "2024-12-05"
    assert (on_the_last.heads, after.heads) == (("GUAM",), ("GUAM*",))
    assert "*" in after.subtitle
    assert "*" not in on_the_last.subtitle
    assert states_by_organisation(csto.history("guam"), "2024").heads == ("GUAM*",)


def test_a_day_is_needed_and_rows_will_do() -> None:
    with pytest.raises(DateError):
        plots.region(REGISTRY, "07/01/2007")
    rows = list(spell_rows(REGISTRY))
    shown, expected = (states_by_organisation(data, "2005-01-01", ["Georgia", "Russia"]) for data in (rows, REGISTRY))
    for row, told in zip(shown.rows, expected.rows, strict=True):
        for cell, known in zip(row, told, strict=True):
            # Rows say nothing of a state that has no row, where a record may vouch for all states.
            assert known in (cell, NO_RELATION)


def test_views_of_one_organisation_are_told_apart() -> None:
    shown = states_by_organisation([csto.CSTO, csto.CSTO.under("legal")], "2012-10-01", "UZ")
    assert shown.heads == ("CSTO, declared", "CSTO, legal")
    assert shown.rows == ((frozenset({Status.SUSPENDED}), frozenset({Status.MEMBER})),)


def test_states_of_which_nothing_is_known_any_more_are_shown() -> None:
    shown = states_by_organisation(ONE_DAY, "2000-01-15")
    assert "Armenia" in shown.labels
    assert set(shown.rows) == {(frozenset(Status),)}
    assert "Armenia, Kazakhstan, Russia and Uzbekistan: unknown in league." in shown.text
    # What is unknown is not as on an earlier day.
    assert "*" not in shown.text
    assert states_by_organisation(ONE_DAY, "1999-12-31").text.endswith("No relation.")


# --- Drawn ------------------------------------------------------------------------------------------------------------


def test_states_are_rows_and_organisations_columns() -> None:
    ax = plots.region(REGISTRY, "2025-01-01", states=["UZ", "Armenia"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Uzbekistan", "Armenia"]
    assert [label.get_text() for label in ax.get_xticklabels()] == [
        *("CACO*", "CIS", "CoE", "CSTO", "EAEU", "EurAsEC*", "GUAM*", "OTS", "SCO", "Union\nState"),
    ]
    ax.get_figure().canvas.draw()  # type: ignore[union-attr]
    row = {round(text.get_position()[0]): text.get_text() for text in ax.texts if round(text.get_position()[1]) == 0}
    assert [row[column] for column in range(10)] == [
        *("former", "member", "·", "susp.", "observer", "former", "former", "member", "member", "·"),
    ]
