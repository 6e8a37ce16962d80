"""States are found by every name and code, in any case, and sets of states never pass over an unknown name."""

from __future__ import annotations

import json
import pickle
import unicodedata
from collections.abc import Set as AbstractSet
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import MembershipError, State, StateSet, UnknownStateError
from csto_membership._values.index import StateIndex
from csto_membership._values.world import world

STATES = tuple(world().values())

INDEX = StateIndex(STATES)

#: A former code that was given anew leads to neither state: see tests/values/test_world.py.
GIVEN_ANEW = "CS"
ALIASES = [(alias, state) for state in STATES for alias in state.aliases if alias != GIVEN_ANEW]

#: The dotless i of Azerbaijani has the capital of the dotted one: see the test of its own.
CASED = [(alias, state) for alias, state in ALIASES if "ı" not in alias]

#: Typed in from ISO 3166-1, the list of the Correlates of War, and old newspapers.
EXPECTED = {
    "UZ": "UZB",
    "uzb": "UZB",
    "cow:704": "UZB",
    "COW:704": "UZB",
    "Uzbekistan": "UZB",
    "UZBEKISTAN": "UZB",
    "Узбекистан": "UZB",
    "узбекистан": "UZB",
    "AM": "ARM",
    "Армения": "ARM",
    "Azerbaidzhan": "AZE",
    "АЗЕРБАЙДЖАН": "AZE",
    "BY": "BLR",
    "Byelorussia": "BLR",
    "Белоруссия": "BLR",
    "Беларусь": "BLR",
    "cow:370": "BLR",
    "GE": "GEO",
    "Грузия": "GEO",
    "cow:372": "GEO",
    "Казахстан": "KAZ",
    "cow:705": "KAZ",
    "Киргизия": "KGZ",
    "Kirghizia": "KGZ",
    "cow:703": "KGZ",
    "Россия": "RUS",
    "Russian Federation": "RUS",
    "cow:365": "RUS",
    "Таджикистан": "TJK",
    "cow:702": "TJK",
    "Сербия": "SRB",
    "Афганистан": "AFG",
    "  Russian   Federation ": "RUS",
}


def unknown(value: Any) -> UnknownStateError:
    with pytest.raises(UnknownStateError) as caught:
        INDEX.find(value)
    return caught.value


@pytest.mark.parametrize("text", EXPECTED)
def test_well_known_names_and_codes_lead_to_their_state(text: str) -> None:
    assert INDEX.find(text).id == EXPECTED[text]


def test_every_alias_leads_to_its_state_in_any_usual_case_and_composition() -> None:
    for alias, state in CASED:
        for text in (
            alias,
            alias.upper(),
            alias.lower(),
            alias.casefold(),
            alias.title(),
            f"  {alias}\t",
            alias.replace(" ", "  "),
            unicodedata.normalize("NFD", alias),
        ):
            assert INDEX.find(text) is state, text


@pytest.mark.parametrize("text", ["Azərbaycan Respublikası".upper(), "AZƏRBAYCAN RESPUBLİKASI"])
def test_azerbaijan_is_found_by_its_own_name_in_capitals(text: str) -> None:
    assert INDEX.find(text).id == "AZE"


@given(st.data())
def test_every_alias_leads_to_its_state_in_random_case(data: st.DataObject) -> None:
    alias, state = data.draw(st.sampled_from(CASED))
    upper = data.draw(st.lists(st.booleans(), min_size=len(alias), max_size=len(alias)))
    text = "".join(letter.upper() if up else letter.lower() for letter, up in zip(alias, upper, strict=True))
    assert INDEX.find(text) is state


def test_no_alias_belongs_to_two_states() -> None:
    folded = [" ".join(alias.split()).casefold() for alias, _ in ALIASES]
    owners = {
        alias: {state.id for other, (_, state) in zip(folded, ALIASES, strict=True) if other == alias}
        for alias in folded
    }
    assert all(len(ids) == 1 for ids in owners.values())


def test_a_state_leads_to_itself_and_to_the_state_of_its_id() -> None:
    for state in STATES:
        assert INDEX.find(state) is state
        assert INDEX.find(State(state.id, "other name")) is state
    nowhere = State("XXX", "Nowhere")
    assert INDEX.find(nowhere) is nowhere
    assert unknown(State("XXX", "Uzbekistan")).nearest == ("UZB",)


@pytest.mark.parametrize("number", ["704", "365", " 704 "])
def test_a_bare_number_is_refused_and_the_code_that_may_be_meant_is_named(number: str) -> None:
    error = unknown(number)
    assert error.nearest[0] == f"cow:{number.strip()}"
    assert error.value == number
    assert "704" in str(error) or "365" in str(error)
    assert "number" in error.reason


@pytest.mark.parametrize("number", ["0", "999", "٧٠٤", "0704"])
def test_a_number_that_is_no_code_is_refused_without_a_guess(number: str) -> None:
    assert unknown(number).nearest == ()


@pytest.mark.parametrize("value", [704, 704.0, True, None, b"UZ", ["UZ"], {"UZ"}, ("UZ", "UZB"), object()])
def test_whatever_is_neither_a_state_nor_a_text_is_refused_with_its_kind(value: object) -> None:
    error = unknown(value)
    assert error.value is value
    assert type(value).__name__ in error.reason
    assert repr(value) in str(error)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Uzbekstan", "Uzbekistan"),
        ("Uzbekistn", "Uzbekistan"),
        ("uzbekistann", "Uzbekistan"),
        ("Узбекестан", "Uzbekistan"),
        ("Byelorusia", "Belarus"),
        ("Armenja", "Armenia"),
        ("Gorgia", "Georgia"),
        ("Kyrgyztan", "Kyrgyzstan"),
        ("Tadjikistann", "Tajikistan"),
        ("Rusia", "Russia"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_nearest(text: str, nearest: str) -> None:
    error = unknown(text)
    assert nearest in error.nearest
    assert len(set(error.nearest)) == len(error.nearest)
    assert all(INDEX.find(name) for name in error.nearest)
    assert repr(text) in str(error)
    assert repr(nearest) in str(error)


@given(st.data())
def test_a_name_with_one_letter_lost_is_found_or_refused_with_the_state_among_the_nearest(data: st.DataObject) -> None:
    state = data.draw(st.sampled_from([state for state in STATES if len(state.name) > 5]))
    place = data.draw(st.integers(0, len(state.name) - 1))
    text = state.name[:place] + state.name[place + 1 :]
    try:
        found = INDEX.find(text)
    except UnknownStateError as error:
        nearest = error.nearest
    else:
        nearest = (found.name,)
    assert not nearest or state.name in nearest


@given(st.text())
def test_arbitrary_text_is_found_or_refused(text: str) -> None:
    try:
        found = INDEX.find(text)
    except UnknownStateError as error:
        shown, value = str(error), error.value
    else:
        shown, value = repr(text), text
        assert found in STATES
    assert value == text
    assert repr(text) in shown


@pytest.mark.parametrize("text", ["", " ", "ZZ", "cow:", "cow:9999", "iso:UZ"])
def test_what_names_no_state_or_several_is_refused(text: str) -> None:
    error = unknown(text)
    assert error.value == text
    assert isinstance(error, ValueError)
    assert isinstance(error, MembershipError)


@pytest.mark.parametrize("text", ["x" * 301, "Uzbekistan" * 31, "x" * 10_000_000, "(*" * 1_000_000, "é." * 1_000_000])
def test_a_text_that_is_longer_than_any_name_is_refused_at_once_and_told_in_short(text: str) -> None:
    error = unknown(text)
    assert error.value == text
    assert error.nearest == ()
    assert "at most 300 characters" in str(error)
    assert len(str(error)) < 700


def test_the_longest_text_that_is_compared_has_300_characters_and_spaces_do_not_count() -> None:
    assert "at most" not in str(unknown("x" * 300))
    assert INDEX.find(" " * 1_000_000 + "Uzbekistan" + " " * 1_000_000).id == "UZB"
    assert INDEX.find("Papua" + " " * 1_000_000 + "New Guinea").id == "PNG"
    own = State("XAA", "Elsewhere" * 40)
    assert StateIndex([own]).find(own.name) is own


# --- One state -------------------------------------------------------------------------------------------------------


def test_two_states_are_equal_if_and_only_if_their_ids_are() -> None:
    one = State("UZB", "Uzbekistan", "UZ", "UZB", 704)
    assert one == State("UZB", "Usbekistan")
    assert hash(one) == hash(State("UZB", "Usbekistan"))
    assert one != State("UZ", "Uzbekistan", "UZ", "UZB", 704)
    assert one != cast("object", "UZB")
    assert len({one, State("UZB", ""), State("KAZ", "")}) == 2


def test_a_state_shows_its_name_and_lists_its_aliases_once() -> None:
    state = State("UZB", "Uzbekistan", "UZ", "UZB", 704, ("Uzbek SSR",))
    assert str(state) == "Uzbekistan"
    assert repr(state) == "<State UZB Uzbekistan>"
    assert state.aliases == ("UZB", "UZ", "cow:704", "Uzbekistan", "Uzbek SSR")
    assert State("cow:347", "Kosovo").aliases == ("cow:347", "Kosovo")


def test_a_state_is_json_ready_frozen_and_picklable() -> None:
    for state in STATES:
        told = json.loads(json.dumps(state.as_dict()))
        assert (told["id"], told["name"], told["alpha2"]) == (state.id, state.name, state.alpha2)
        assert (told["alpha3"], told["cow"], tuple(told["names"])) == (state.alpha3, state.cow, state.names)
        again = pickle.loads(pickle.dumps(state))  # noqa: S301 - our own bytes
        assert again == state
        assert again.aliases == state.aliases
    with pytest.raises(AttributeError):
        STATES[0].name = "other"  # type: ignore[misc]


# --- Sets of states --------------------------------------------------------------------------------------------------

CHOSEN = st.frozensets(st.sampled_from(STATES))


def made(states: frozenset[State]) -> StateSet:
    return StateSet(states, INDEX)


@given(CHOSEN, CHOSEN)
def test_the_operators_are_those_of_sets(a: frozenset[State], b: frozenset[State]) -> None:
    one, other = made(a), made(b)
    assert set(one & other) == a & b
    assert set(one | other) == a | b
    assert set(one - other) == a - b
    assert set(one ^ other) == a ^ b
    assert (one <= other) == (a <= b)
    assert (one < other) == (a < b)
    assert one.isdisjoint(other) == a.isdisjoint(b)
    assert (one == other) == (a == b)
    assert all(isinstance(each, StateSet) for each in (one & other, one | other, one - other, one ^ other))


@given(CHOSEN, CHOSEN)
def test_the_operators_take_names_codes_and_plain_sets(a: frozenset[State], b: frozenset[State]) -> None:
    one, names = made(a), [state.name.upper() for state in b]
    assert set(one & names) == set(one & b) == a & b
    assert set(one | names) == set(one | b) == a | b
    assert set(one - names) == set(one - b) == a - b
    assert set(one ^ names) == set(one ^ b) == a ^ b


@given(CHOSEN, CHOSEN)
def test_the_operators_work_with_a_plain_set_on_the_left(a: frozenset[State], b: frozenset[State]) -> None:
    left, right = a, made(b)
    assert left & right == a & b
    assert left | right == a | b
    assert left - right == a - b
    assert left ^ right == a ^ b


@given(CHOSEN)
def test_a_set_is_in_order_without_repetition_and_equal_to_the_plain_set(states: frozenset[State]) -> None:
    found = made(states)
    codes = [state.id for state in found]
    assert codes == sorted(state.id for state in states)
    assert found.codes == tuple(codes)
    assert len(found) == len(states)
    assert bool(found) == bool(states)
    assert StateSet([*states, *states], INDEX) == found
    assert found == states
    assert states == found
    assert hash(found) == hash(made(states))
    assert found != [*states]
    assert found.as_dict() == json.loads(json.dumps(found.as_dict())) == codes


def test_equal_sets_are_one_key_and_other_sets_are_others() -> None:
    some, fewer = made(frozenset(STATES)), made(frozenset(STATES[1:]))
    assert len({some, made(frozenset(STATES)), fewer}) == 2
    assert some != fewer


@given(CHOSEN)
def test_a_set_answers_for_every_alias_of_every_state(states: frozenset[State]) -> None:
    found = made(states)
    for state in STATES:
        assert (state in found) == (state in states)
    for alias, state in ALIASES:
        assert (alias in found) == (state in states)


@pytest.mark.parametrize("value", ["Uzbekstan", "704", "", 365, None, State("XXX", "Uzbekistan")])
def test_a_set_refuses_to_answer_for_what_it_does_not_know(value: object) -> None:
    for found in (made(frozenset(STATES)), made(frozenset())):
        with pytest.raises(UnknownStateError):
            value in found  # noqa: B015 - the question raises
        if isinstance(value, State):
            continue  # a state of another record can be put together with these
        with pytest.raises(UnknownStateError):
            found & [value]  # type: ignore[list-item]
        with pytest.raises(UnknownStateError):
            found | [value]  # type: ignore[list-item]


def test_a_set_shows_its_codes() -> None:
    assert repr(made(frozenset(s for s in STATES if s.id in {"UZB", "ARM"}))) == "<StateSet ARM UZB>"
    assert repr(made(frozenset())) == "<StateSet empty>"


@given(CHOSEN)
def test_a_set_survives_pickling(states: frozenset[State]) -> None:
    again = pickle.loads(pickle.dumps(made(states)))  # noqa: S301 - our own bytes
    assert again == made(states)
    assert hash(again) == hash(made(states))
    assert ("Узбекистан" in again) == ("UZB" in made(states))


def test_sets_of_states_compare_with_names() -> None:
    seven = csto.members_on("2007-01-01").certain
    names = {"ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "Uzbekistan"}
    assert seven == names
    assert seven <= names
    assert seven >= names
    assert not seven < names
    assert not seven > names
    assert seven > {"ARM"}
    assert seven < {*names, "AZE"}
    assert seven != {"ARM"}
    assert seven != {"ARM", "nowhere"}
    assert seven != "ARM"
    assert (seven & "RUS").codes == ("RUS",)
    assert max(seven).id == "UZB"
    assert issubclass(type(seven), AbstractSet)
    assert seven.isdisjoint({"AZE"})
    assert not seven.isdisjoint({"AZE", "ARM"})


@pytest.mark.parametrize("number", [10**4299, 10**5000, -(10**5000)], ids=["long", "longer", "negative"])
def test_a_number_of_any_size_is_no_state(number: int) -> None:
    for ask in (lambda: csto.was_member(number, "2007-01-01"), lambda: csto.check([number], ["2007-01-01"])):  # type: ignore[arg-type,list-item]
        with pytest.raises(UnknownStateError, match="a name or code is needed, not int") as caught:
            ask()
        assert caught.value.nearest == ()
        assert len(str(caught.value)) < 300
