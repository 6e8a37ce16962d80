"""Panels and dyads of any states of the world, in the form that data sets of states and pairs have."""

from __future__ import annotations

import itertools

import pytest

import csto_membership as csto
from csto_membership import CSTO, History, State
from csto_membership._files.read import record_of
from csto_membership._values.world import world

FIRST, LAST = "1998-01-01", "2013-12-31"


def test_the_merge_of_the_field_loses_no_pair_of_members() -> None:
    """A data set of pairs has each pair once, ccode1 < ccode2, and a year that is a number."""
    numbers = sorted(state.cow for state in CSTO.states if state.cow)
    others = [(one, other, year) for one, other in itertools.combinations(numbers, 2) for year in range(1998, 2014)]
    rows = {(row.cow_a, row.cow_b, row.year): row for row in CSTO.dyads("year", "last", FIRST, LAST, CSTO.states)}
    assert sorted(rows) == sorted(others)
    assert len(rows) == 16 * 66
    members = [key for key in others if rows[key].member]
    pairs = [
        (*sorted((one.cow or 0, other.cow or 0)), year)
        for year in range(1998, 2014)
        for one, other in itertools.combinations(CSTO.members_on(f"{year}-12-31").certain, 2)
    ]
    assert sorted(members) == sorted(pairs)


def test_directed_pairs_stand_in_both_orders_with_the_same_answer() -> None:
    once = list(CSTO.dyads("year", "last", FIRST, LAST))
    both = {
        (row.cow_a, row.cow_b, row.year): (row.member, row.days_least, row.days_most)
        for row in CSTO.dyads("year", "last", FIRST, LAST, directed=True)
    }
    assert len(both) == 2 * len(once)
    for row in once:
        answer = row.member, row.days_least, row.days_most
        assert both[row.cow_a, row.cow_b, row.year] == both[row.cow_b, row.cow_a, row.year] == answer


def test_states_without_a_number_come_last_by_their_ids() -> None:
    rows = list(CSTO.dyads("year", "last", "2007-01-01", "2007-12-31", ["PSE", "Uzbekistan", "ABW", "USA"]))
    assert [(row.state_a, row.state_b) for row in rows] == [
        ("USA", "UZB"),
        ("USA", "ABW"),
        ("USA", "PSE"),
        ("UZB", "ABW"),
        ("UZB", "PSE"),
        ("ABW", "PSE"),
    ]


@pytest.mark.parametrize("freq", ["year", "month", "day"])
def test_the_year_is_a_number_and_the_statuses_are_never_empty(freq: str) -> None:
    for row in CSTO.under("legal").panel(freq, "any", "2006-06-01", "2006-08-31", "world"):  # type: ignore[arg-type]
        assert row.year == 2006
        statuses = [csto.Status(text) for text in row.statuses.split("|")]
        assert statuses
        assert row.status == (statuses[0].value if len(statuses) == 1 else None)


def test_the_world_is_every_state_of_the_library_and_those_of_the_record() -> None:
    rows = list(CSTO.panel("year", "last", "2007-01-01", "2007-12-31", "world"))
    assert [row.state for row in rows] == sorted(world())
    assert [row.state for row in rows if row.member] == list(CSTO.members_on("2007-12-31").certain.codes)
    for row in rows:
        assert row.member is CSTO.was_member(row.state, "2007-12-31").value
    own = History(csto.Record("own", states=[State("cow:704", "Uzbekia"), State("EUX", "Some Union")]))
    codes = {row.state for row in own.panel("year", "last", "2007-01-01", "2007-12-31", "world")}
    assert codes == {*world(), "cow:704", "EUX"} - {"UZB"}


def test_states_are_named_in_any_way_and_stand_once() -> None:
    asked: list[State | str] = ["UZ", "Uzbekistan", world()["UZB"], "the Russian Federation"]
    rows = list(CSTO.panel("year", "last", "2007-01-01", "2007-12-31", asked))
    assert [row.state for row in rows] == ["RUS", "UZB"]
    (one,) = CSTO.panel("year", "last", "2007-01-01", "2007-12-31", "France")
    assert (one.state, one.cow, one.member, one.statuses) == ("FRA", 220, False, "none")
    with pytest.raises(csto.UnknownStateError):
        CSTO.panel("year", "last", "2007-01-01", "2007-12-31", ["Ruritania"])
    assert list(CSTO.panel("year", "last", "2007-01-01", "2007-12-31", [])) == []


def test_by_default_a_table_has_those_of_whom_an_act_is_told_or_else_those_that_are_named() -> None:
    assert {row.state for row in CSTO.panel()} == set(CSTO.states.codes) - {"AFG", "SRB", "TKM"}
    # What the better evidence denies, all of it leaves open; nor is it denied by a source that has nothing else.
    heard = set(CSTO.states.codes) - {"AFG", "SRB"}
    assert {row.state for row in CSTO.resolved("every").panel()} == heard
    assert {row.state for row in CSTO.according_to("latimes-1992-05-16").panel()} == heard
    assert "TKM" not in {row.state_a for row in CSTO.dyads()} | {row.state_b for row in CSTO.dyads()}
    named = History(record_of({"organisation": {"id": "x"}, "state": [{"id": "FRA"}]}))
    assert [row.state for row in named.panel("year", "last", "2007-01-01", "2007-12-31")] == ["FRA"]
