"""A registry answers for every state of the world, and keeps the organisations apart that do not list a state."""

from __future__ import annotations

import datetime as dt

import pytest

import csto_membership as csto
from csto_membership import Record, State, UnknownStateError, Verdict
from csto_membership.registry import Registry

DAY = "2007-01-01"
REGISTRY = Registry.of(csto.CSTO, csto.history("cis"), Record("table", coverage=csto.Coverage(states="listed")))


def test_a_scalar_question_is_answered_for_a_state_that_the_organisation_does_not_name() -> None:
    assert REGISTRY.was_member("csto", "Ukraine", DAY) is Verdict.NO
    assert REGISTRY.was_member("csto", "Ukraine", dt.date(2007, 1, 1)) is Verdict.NO
    assert REGISTRY.was_member("csto", "France", DAY) is Verdict.NO  # no organisation names it
    assert REGISTRY.was_member("table", "France", DAY) is Verdict.UNDETERMINED
    finding = REGISTRY.status("csto", "Ukraine", DAY)
    assert (finding.state.id, finding.verdict) == ("UKR", Verdict.NO)
    assert any("does not name Ukraine" in caveat for caveat in finding.caveats)


def test_check_answers_as_the_scalar_question_does() -> None:
    organisations, states = ["csto", "csto", "table", "cis"], ["Ukraine", "UZ", "France", "France"]
    assert REGISTRY.check(organisations, states, DAY) == [False, True, None, False]


def test_memberships_keep_apart_who_does_not_list_the_state() -> None:
    found = REGISTRY.memberships_of("Moldova", DAY)
    assert (found.certain, found.possible, found.undetermined) == (("cis",), ("cis",), ())
    assert found.unlisted == ("csto", "table")
    assert [*found] == ["cis"]
    nobody = REGISTRY.memberships_of("France", DAY)
    assert (nobody.certain, nobody.possible, nobody.unlisted) == ((), (), ("csto", "cis", "table"))
    assert not nobody
    assert nobody.as_dict()["unlisted"] == ["csto", "cis", "table"]
    assert repr(nobody).endswith(": none; 3 records do not name it>")
    assert str(nobody).splitlines()[1:] == ["  (3 records do not name it)"]
    assert "of 3 asked, 3 records do not name it" in nobody._repr_html_()
    assert REGISTRY.memberships_of("Russia", DAY)._repr_html_().count("1 record does not name it") == 2


def test_two_states_are_looked_for_only_where_both_are_listed() -> None:
    assert {run.organisation for run in REGISTRY.both_members("Moldova", "Russia")} == {"cis"}
    assert REGISTRY.both_members("France", "Russia") == ()


@pytest.mark.parametrize("state", ["Ruritania", "Uzbekstan", 704])
def test_what_is_no_state_is_refused(state: object) -> None:
    with pytest.raises(UnknownStateError):
        REGISTRY.was_member("csto", state, DAY)  # type: ignore[arg-type]
    with pytest.raises(UnknownStateError):
        REGISTRY.memberships_of(state, DAY)  # type: ignore[arg-type]


def test_a_state_of_one_organisation_is_another_where_an_id_means_another_state() -> None:
    one, other = State("UNI", "First Union", cow=9001), State("UNI", "Second Union", cow=9002)
    registry = Registry.of(Record("a", states=[one]), Record("b", states=[other]))
    with pytest.raises(UnknownStateError):
        registry.was_member("a", "UNI", DAY)
    assert registry.was_member("a", "First Union", DAY) is Verdict.NO
    assert registry.was_member("a", "Second Union", DAY) is Verdict.NO
    elsewhere = Registry.of(Record("a", states=[State("EUX", "Some Union")]), csto.CSTO)
    assert elsewhere.was_member("csto", "Some Union", DAY) is Verdict.NO
