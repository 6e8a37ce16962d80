"""A record is refused exactly where its events leave no world, or presuppose a relation that none begins; else it answers."""

from __future__ import annotations

from typing import Any

from hypothesis import event, given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history

from csto_membership import RecordError
from csto_membership.strategies._dates import ranged_dates

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


@st.composite
def few_events(draw: st.DrawFn) -> documents.Document:
    """A record of one state with a few events in any order, which vouches for more or for less."""
    near = draw(st.sampled_from(documents.DAYS[6:12]))
    events = []
    for number in range(draw(st.integers(1, 3))):
        claims = []
        for source in draw(st.sampled_from(("a", "ab"))):
            act = draw(st.sampled_from(ACTS))
            dated = (
                {} if act == "denial" else {"date": draw(ranged_dates(documents.SPAN, near + number * documents.DAY))}
            )
            claims.append(
                {"source": source, "act": act, "rank": draw(st.sampled_from(("normal", "preferred"))), **dated}
            )
        events.append({"id": f"e{number}", "states": ["ARM"], "claims": claims})
    covers: dict[str, str] = {"before": draw(st.sampled_from(("none", "unknown")))}
    if draw(st.booleans()):
        covers["first"] = draw(st.sampled_from(documents.DAYS[2:8])).isoformat()
    if draw(st.integers(0, 3)) == 3:
        covers["acts"] = "some"
    return {
        "organisation": {"id": "few", "covers": covers},
        "state": [{"id": "ARM"}],
        "source": [{"id": "a"}, {"id": "b"}],
        "event": events,
    }


@given(few_events(), documents.readings())
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
