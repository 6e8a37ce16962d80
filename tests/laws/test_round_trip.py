"""Writing and reading changes nothing, and neither does the order in a file."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import documents
from support.records import dates_of

from csto_membership import History
from csto_membership._files.documents import document_in
from csto_membership._files.read import read_record, record_of
from csto_membership._files.write import document_of
from csto_membership._load import dump
from csto_membership.readers import read_spells
from csto_membership.writers import write_spells

Document = dict[str, Any]
SUFFIXES = pytest.mark.parametrize("suffix", [".toml", ".json"])


@SUFFIXES
@given(document=documents.rich() | documents.narrow())
def test_dump_then_load_is_the_identity(folder: Path, suffix: str, document: Document) -> None:
    record = record_of(document)
    path = folder / f"record{suffix}"
    dump(record, path)
    again = read_record(path)
    assert again == record
    assert dates_of(again) == dates_of(record)
    assert [state.as_dict() for state in again.states] == [state.as_dict() for state in record.states]
    first = path.read_bytes()
    dump(again, path)
    assert path.read_bytes() == first
    assert [each.name for each in folder.iterdir() if each.suffix == ".tmp"] == []


@given(documents.rich(), st.randoms())
def test_the_order_of_sources_and_states_in_the_file_changes_nothing(document: Document, chance: Any) -> None:
    shuffled = copy.deepcopy(document)
    chance.shuffle(shuffled["source"])
    chance.shuffle(shuffled["state"])
    one, other = record_of(document), record_of(shuffled)
    assert one == other
    assert document_of(one) == document_of(other)
    assert list(document_of(one)) == list(document_of(other))
    for state in one.states:
        assert History(one).timeline(state) == History(other).timeline(state)


@given(documents.rich())
def test_the_tables_of_a_record_are_plain_and_without_defaults(document: Document) -> None:
    found = document_of(record_of(document))
    assert json.loads(json.dumps(found)) == found
    for event in found.get("event", []):
        for claim in event["claims"]:
            assert claim.get("rank") != "normal"
            assert claim.get("inferred") is not False
            assert "" not in claim.values()
            assert [] not in claim.values()


@given(documents.rich())
def test_a_file_written_from_a_document_loads_equal_to_the_document(document: Document) -> None:
    assert record_of(document_in(documents.to_toml(document).encode(), ".toml")) == record_of(document)


@given(documents.rich(), st.randoms())
def test_the_order_of_sources_and_states_in_the_file_changes_no_answer(document: Document, chance: Any) -> None:
    shuffled = copy.deepcopy(document)
    chance.shuffle(shuffled["source"])
    chance.shuffle(shuffled["state"])
    for event in shuffled["event"]:
        chance.shuffle(event["states"])
    one, other = History(record_of(document)), History(record_of(shuffled))
    source = document["source"][0]["id"]
    for a, b in (
        (one, other),
        (one.according_to(source), other.according_to(source)),
        (one.resolved("majority"), other.resolved("majority")),
    ):
        assert {s.id: a.timeline(s) for s in a.states} == {s.id: b.timeline(s) for s in b.states}
        for day in documents.DAYS:
            assert a.members_on(day) == b.members_on(day)


@given(documents.rich())
def test_spells_read_again_give_the_same_answers(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("written") / "spells.csv"
    history = History(record_of(told))
    write_spells(history, path)
    table = read_spells(path)
    if not table.organisations:
        assert all(len(history.timeline(state)) == 1 for state in history.states)
        return
    again = table.history(history.record.id)
    for state in again.states:
        assert again.timeline(state) == history.timeline(state)
    for missing in set(history.states) - set(again.states):
        assert [spell.first_day for spell in history.timeline(missing)] == [None]
