"""The library's table of states: lives with their citations, and one identity for each state."""

from __future__ import annotations

import itertools

import pytest

from csto_membership import RecordError, State
from csto_membership._files.known_states import identity_of, numbers_by_short_name, state_of
from csto_membership._files.read import record_of
from csto_membership._files.write import document_of
from csto_membership._values.world import world

# --- the table --------------------------------------------------------------------------------------------------------


def test_every_state_of_the_library_has_a_life_with_its_citation() -> None:
    counted = [state for state in world().values() if state.cow is not None]
    assert len(counted) == 217
    assert sum("Correlates" in life.citation for state in counted for life in state.lifespans) == 243
    assert all(state.lifespans for state in counted)
    for state in world().values():
        assert all(life.citation for life in state.lifespans)
        assert all(name.citation and (name.since or name.until) for name in state.dated_names)
        assert all(before.citation and before.id != state.id for before in state.predecessors)
        for lifespan, after in itertools.pairwise(state.lifespans):
            assert lifespan.citation != after.citation or (lifespan.last and after.first)
            if lifespan.last and after.first and lifespan.citation == after.citation:
                assert lifespan.last.certainly_before(after.first)
        for lifespan in state.lifespans:
            assert lifespan.first or lifespan.last
            if lifespan.first and lifespan.last:
                assert lifespan.first.certainly_before(lifespan.last)


def test_lifespans_typed_in_from_the_list_of_the_project() -> None:
    def days(number: int) -> list[tuple[str, str | None]]:
        state = world().numbered(number)
        assert state
        counted = [life for life in state.lifespans if "Correlates" in life.citation]
        return [(str(life.first), (life.last and str(life.last)) or None) for life in counted]

    assert days(255) == [("1816-01-01", "1945-05-08"), ("1990-10-03", None)]
    assert days(260) == [("1955-05-05", "1990-10-02")]
    assert days(315) == [("1918-10-28", "1939-03-15"), ("1945-05-10", "1992-12-31")]
    assert days(316) == days(317) == [("1993-01-01", None)]
    assert days(704) == days(371) == [("1991-12-26", None)]
    assert days(730) == [("1887-01-01", "1905-11-17")]
    assert days(817) == [("1954-06-04", "1975-04-30")]


def test_a_record_names_a_state_of_the_table_by_its_id_alone() -> None:
    document = {"organisation": {"id": "x"}, "state": [{"id": "ARM"}, {"id": "cow:260"}]}
    record = record_of(document)
    assert document_of(record) == document
    assert [state.name for state in record.states] == ["Armenia", "German Federal Republic"]
    assert record.index.find("West Germany").id == "cow:260"
    for id, known in {"RU": "RUS", "rus": "RUS", "Russia": "RUS", "BUR": "MMR"}.items():
        with pytest.raises(RecordError, match=f"'{id}'.*write id = '{known}'"):
            record_of({**document, "state": [{"id": id}]})
    for id in ("cow:12345", "cow:", "Ruritania"):
        with pytest.raises(RecordError, match=f"'{id}'.*not in the library's table"):
            record_of({**document, "state": [{"id": id}]})


# --- one identity -----------------------------------------------------------------------------------------------------


def test_every_short_name_of_the_project_is_that_of_one_state() -> None:
    numbers = numbers_by_short_name()
    assert len(numbers) == len(set(numbers.values())) == 217
    assert all(state and state.cow == number for number in numbers.values() for state in [world().numbered(number)])
    assert {name: numbers[name] for name in ("antiguabarbuda", "yugoslaviaserb", "zaire", "usa")} == {
        "antiguabarbuda": 58,
        "yugoslaviaserb": 345,
        "zaire": 490,
        "usa": 2,
    }


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
