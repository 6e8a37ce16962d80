"""A record is refused exactly where its events leave no world, or presuppose a relation that none begins; else it answers."""

from __future__ import annotations

from typing import Any

from hypothesis import event, given, note, settings
from support import documents, oracle
from support.asking import history

from csto_membership import RecordError

#: Acts that begin a relation, presuppose one, or do neither.
ACTS = (
    "accession",
    "prolongation",
    "prolongation",
    "revocation",
    "denial",
    "withdrawal",
    "suspension",
    "freeze",
    "return",
)


# Few of these orders are refused, and each takes a moment.
@settings(max_examples=4 * settings().max_examples)
@given(documents.few(ACTS), documents.readings())
def test_a_record_is_refused_exactly_where_the_oracle_finds_no_world_or_no_relation(
    document: Any, reading: Any
) -> None:
    note(f"{documents.to_toml(document)}\n{reading}")
    covers = document["organisation"]["covers"]
    vouches = covers.get("acts") != "some" and covers["before"] == "none"
    accepted = documents.is_possible(document) and not (vouches and oracle.presuming(document, "ARM"))
    event(f"accepted: {accepted}")
    try:
        seen = history(document, reading)
    except RecordError:
        assert not accepted
        return
    assert accepted
    expected = oracle.statuses_by_day(document, "ARM", documents.DAYS, reading=reading)
    for day in documents.DAYS:
        found = {status.value for status in seen.timeline("ARM").on(day).statuses}
        assert found == expected[day], (day, sorted(found), sorted(expected[day]))
