"""
A denial is no event that was passed over: who denies every act leaves none, and who is silent leaves anything.

It decides where a choice of sources leaves no act with an effect, so that what is attested answers: on the days of which
nobody speaks, a state of which every act is denied is none; one of which an act is not told, or told without an effect, may
have been anything. So it is in a selection by name, and in each choice of the sources that a day of publication leaves open.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import event, given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history

from csto_membership import History

#: Those who may deny, who tells the acts and was published later, and who attests.
DENIERS, TELLER, LISTER = ("b", "c"), "late", "list"
KNOWN = documents.PUBLISHED_BY
EFFECTIVE = ("accession", "signature", "status")
NONE, ANY = frozenset({"none"}), oracle.STATUSES


@st.composite
def denied(draw: st.DrawFn) -> tuple[documents.Document, bool]:
    """A record of acts that were published late, and denied before; and whether every one of them was denied."""
    day = draw(st.sampled_from(documents.DAYS[4:-8]))
    numbers = range(draw(st.integers(1, 2)))
    told = [draw(st.sampled_from(("denial", "denial", "denial", "nothing", "prolongation"))) for _ in numbers]
    events: list[dict[str, Any]] = []
    for number, saying in enumerate(told):
        act = draw(st.sampled_from(EFFECTIVE))
        on = (day + number * documents.DAY).isoformat()
        late = {"source": TELLER, "act": act, "date": on, **({"status": "observer"} if act == "status" else {})}
        claims = [late]
        if saying != "nothing":
            by = draw(st.sampled_from(DENIERS))
            claims.append({"source": by, "act": saying, **({} if saying == "denial" else {"date": on})})
        events.append({"id": f"e{number}", "states": ["ARM"], "claims": draw(st.permutations(claims))})
    dated = {"published": documents.FIRST.isoformat()}
    attested = draw(st.sampled_from(documents.DAYS[4:-8])).isoformat()
    document = {
        "organisation": {"id": "denied"},
        "state": [{"id": "ARM"}],
        "source": [
            *({"id": id, **draw(st.sampled_from((dated, {"consulted": "2000-02-01"})))} for id in DENIERS),
            {"id": TELLER, "published": (KNOWN + documents.DAY).isoformat()},
            {"id": LISTER, **dated},
        ],
        "event": events,
        "attestation": [{"source": LISTER, "states": ["ARM"], "status": "member", "on": attested}],
    }
    note(documents.to_toml(document))
    return document, set(told) == {"denial"}


def statuses(seen: History) -> dict[dt.date, frozenset[str]]:
    """What the library has possible on each day."""
    line = seen.timeline("ARM")
    return {day: frozenset(status.value for status in line.on(day).statuses) for day in documents.DAYS}


@given(denied())
def test_by_a_selection_a_state_of_which_every_act_is_denied_is_none_where_nobody_speaks_of_it(
    drawn: tuple[documents.Document, bool],
) -> None:
    document, every = drawn
    sources = [*DENIERS, LISTER]
    found = statuses(history(document, sources=sources))
    spoken = oracle.attested(document, "ARM", sources)
    assert spoken
    for day in documents.DAYS:
        assert found[day] == spoken.get(day, NONE if every else ANY)


@given(denied())
def test_by_a_day_of_publication_the_same_holds_for_each_choice_of_the_open_sources(
    drawn: tuple[documents.Document, bool],
) -> None:
    document, every = drawn
    found = statuses(history(document).as_published_by(KNOWN))
    assert found == oracle.statuses_as_published(document, "ARM", documents.DAYS, KNOWN)
    spoken = oracle.attested(document, "ARM", [LISTER])
    assert spoken
    certain = all("published" in source for source in document["source"])
    event(f"every act is denied: {every}, by sources of known dates: {certain}")
    for day in documents.DAYS:
        # With an open source there is a choice without it, which says nothing of the event.
        assert day in spoken or found[day] == (NONE if every and denies_for_certain(document) else ANY)


def denies_for_certain(document: documents.Document) -> bool:
    """Whether each event is denied by a source that was published in time."""
    dated = {source["id"] for source in document["source"] if "published" in source} - {TELLER}
    return all(any(claim["source"] in dated for claim in each["claims"]) for each in document["event"])
