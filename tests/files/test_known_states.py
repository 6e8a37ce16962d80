"""The library's tables of states: lives with their citations, and one identity for each state."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import csto_membership as csto
from csto_membership import RecordError, State
from csto_membership._files.known_states import (
    bundled_states,
    identity_of,
    numbers_by_short_name,
    state_of,
    states_by_number,
)
from csto_membership._files.read import record_of
from csto_membership._files.write import document_of

# --- the tables of the library ------------------------------------------------------------------------------------------


def test_every_state_of_the_library_has_a_life_with_its_citation() -> None:
    states = states_by_number()
    assert len(states) == 217
    assert sum(len(state.lifespans) for state in states.values()) == 243
    for state in {**{state.id: state for state in states.values()}, **bundled_states()}.values():
        assert state.lifespans
        assert all(life.citation for life in state.lifespans)
        assert all(name.citation and (name.since or name.until) for name in state.dated_names)
        assert all(before.citation and before.id != state.id for before in state.predecessors)
        for lifespan, after in zip(state.lifespans, state.lifespans[1:], strict=False):
            assert lifespan.last
            assert after.first
            assert lifespan.last.certainly_before(after.first)
        for lifespan in state.lifespans:
            assert lifespan.first
            assert not lifespan.last or lifespan.first.certainly_before(lifespan.last)


def test_lifespans_typed_in_from_the_list_of_the_project() -> None:
    def days(number: int) -> list[tuple[str, str | None]]:
        return [
            (str(life.first), (life.last and str(life.last)) or None) for life in states_by_number()[number].lifespans
        ]

    assert days(255) == [("1816-01-01", "1945-05-08"), ("1990-10-03", None)]
    assert days(260) == [("1955-05-05", "1990-10-02")]
    assert days(315) == [("1918-10-28", "1939-03-15"), ("1945-05-10", "1992-12-31")]
    assert days(316) == days(317) == [("1993-01-01", None)]
    assert days(704) == days(371) == [("1991-12-26", None)]
    assert days(730) == [("1887-01-01", "1905-11-17")]
    assert days(817) == [("1954-06-04", "1975-04-30")]


def test_the_two_tables_agree_on_the_states_that_both_have() -> None:
    data = Path(csto.__file__).parent / "data" / "cow-states.csv"
    with data.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for state in bundled_states().values():
        told = [(row["first"], row["last"]) for row in rows if int(row["cow"]) == state.cow]
        assert told == [(str(life.first), str(life.last or "")) for life in state.lifespans]


def test_a_record_names_a_state_of_either_table_by_its_id_alone() -> None:
    document = {"organisation": {"id": "x"}, "state": [{"id": "ARM"}, {"id": "cow:775"}]}
    record = record_of(document)
    assert document_of(record) == document
    assert [state.name for state in record.states] == ["Armenia", "Myanmar"]
    assert record.index.find("Burma").id == "cow:775"
    for id in ("cow:704", "cow:12345", "cow:", "BUR"):  # the first is found by its alpha-3 code
        with pytest.raises(RecordError, match=f"'{id}'.*not in the library's tables"):
            record_of({**document, "state": [{"id": id}]})


# --- one identity ---------------------------------------------------------------------------------------------------


def test_the_table_of_the_project_agrees_with_the_table_of_states() -> None:
    for state in bundled_states().values():
        if state.cow is not None:
            assert states_by_number()[state.cow] is state
    assert len(numbers_by_short_name()) == len(set(numbers_by_short_name().values())) == 217
    assert {name: numbers_by_short_name()[name] for name in ("antiguabarbuda", "yugoslaviaserb", "zaire", "usa")} == {
        "antiguabarbuda": 58,
        "yugoslaviaserb": 345,
        "zaire": 490,
        "usa": 2,
    }
    # No two states are found by one name.
    holders: dict[str, str] = {}
    for number, state in states_by_number().items():
        assert state.cow == number
        for alias in state.aliases:
            assert holders.setdefault(alias.casefold(), state.id) == state.id


def test_a_state_is_itself_by_id_by_number_and_else_by_its_own_id() -> None:
    assert (
        identity_of(State("UZB", "x"))
        == identity_of(State("cow:704", "x"))
        == identity_of(State("Q", "x", cow=704))
        == "UZB"
    )
    assert identity_of(State("cow:9999", "x")) == "cow:9999"
    assert identity_of(State("XXX", "x")) == "XXX"
    assert identity_of(State("cow:x", "x")) == "cow:x"
    assert state_of(9999, "Georgia").name == "Georgia (cow:9999)"
    assert state_of(9999).name == "cow:9999"


def test_a_name_that_the_table_of_states_holds_is_not_given_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {**bundled_states(), "YEM": State("YEM", "Yemen", cow=679, names=("Yemen Arab Republic", "nyemen"))}
    monkeypatch.setattr("csto_membership._files.known_states.bundled_states", lambda: known)
    states_by_number.cache_clear()
    try:
        assert states_by_number()[678].aliases == ("cow:678", "Yemen Arab Republic (cow:678)")
        assert states_by_number()[679].id == "YEM"
    finally:
        monkeypatch.undo()
        states_by_number.cache_clear()
