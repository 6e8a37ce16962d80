"""A claim more that is outranked in its event never turns an undetermined answer into a no."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import assume, given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history

from csto_membership import Verdict

RANKS = ("preferred", "normal", "deprecated")


@given(st.data())
def test_an_outranked_claim_never_turns_undetermined_into_no(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    reading: Any = data.draw(documents.readings())
    sources = data.draw(st.none() | documents.selections(document))
    number = data.draw(st.integers(0, len(document["event"]) - 1))
    event = document["event"][number]
    best = min(RANKS.index(claim.get("rank", "normal")) for claim in event["claims"])
    assume(best < 2)
    act = data.draw(st.sampled_from(sorted(oracle.ACTS - {"status", "denial"})))
    day = data.draw(st.sampled_from(documents.DAYS)).isoformat()
    teller = data.draw(st.sampled_from([claim["source"] for claim in event["claims"]]))
    # Outranked among the claims of each choice of sources: its own source has a better one of the event.
    own = min(RANKS.index(claim.get("rank", "normal")) for claim in event["claims"] if claim["source"] == teller)
    assume(own < 2)
    # Its own state by state: a claim that concerns some of the event's states outranks for those alone.
    assume(not any(claim.get("states") for claim in event["claims"]))
    more = copy.deepcopy(document)
    rank = data.draw(st.sampled_from(RANKS[own + 1 :]))
    more["event"][number]["claims"].append({"source": teller, "act": act, "date": day, "rank": rank})
    assume(documents.is_possible(more))
    # For which acts a record vouches is asked of all claims, whatever their rank.
    for state in document["state"]:
        some = [oracle.vouches_for_some_acts(one, state["id"]) for one in (document, more)]
        assume(some[0] == some[1])
    note(f"{documents.to_toml(more)}\n{reading} {sources}")
    seen, after = (history(one, reading, "preferred", sources) for one in (document, more))
    for state in seen.states.codes:
        for date in documents.DAYS:
            if seen.was_member(state, date) is Verdict.UNDETERMINED:
                assert after.was_member(state, date) is not Verdict.NO, (state, date)


def test_an_outranked_claim_of_force_leaves_a_signatory_open() -> None:
    claims = [
        {"source": "a", "act": "succession", "date": "2000-01-02", "rank": "preferred"},
        {"source": "a", "act": "entry_into_force", "date": "2000-01-03"},
    ]
    document = {
        "organisation": {"id": "x"},
        "state": [{"id": "UZB"}],
        "source": [{"id": "a"}, {"id": "b"}],
        "event": [
            {"id": "e", "states": ["UZB"], "claims": claims},
            {"id": "f", "states": ["UZB"], "claims": [{"source": "b", "act": "prolongation", "date": "2000-01-05"}]},
        ],
    }
    for sources in (None, {"a"}):
        seen = history(document, "legal", "preferred", sources)
        assert seen.was_member("UZB", "2000-01-04") is Verdict.UNDETERMINED


def test_what_no_world_allows_is_undetermined_whatever_is_attested() -> None:
    document = {
        "organisation": {"id": "x"},
        "state": [{"id": "BLR"}],
        "source": [{"id": "s"}, {"id": "t"}],
        "event": [
            {
                "id": "e",
                "states": ["BLR"],
                "claims": [
                    {"source": "s", "act": "prolongation", "date": "2000-02-10"},
                    {"source": "t", "act": "accession", "date": "2000-02-01", "rank": "preferred"},
                ],
            },
            {"id": "f", "states": ["BLR"], "claims": [{"source": "s", "act": "prolongation", "date": "2000-02-05"}]},
        ],
        "attestation": [{"source": "s", "states": ["BLR"], "status": "member", "on": "2000-02-20"}],
    }
    seen = history(document, sources={"s"})
    assert seen.was_member("BLR", "2000-02-15") is Verdict.UNDETERMINED
    assert seen.was_member("BLR", "2000-02-20") is Verdict.UNDETERMINED


def test_an_event_that_the_chosen_sources_claim_without_an_effect_is_as_good_as_dropped() -> None:
    document = {
        "organisation": {"id": "x"},
        "state": [{"id": "BLR"}],
        "source": [{"id": "s"}, {"id": "t"}],
        "event": [
            {
                "id": "e",
                "states": ["BLR"],
                "claims": [
                    {"source": "s", "act": "provisional_application", "date": "2000-02"},
                    {"source": "t", "act": "accession", "date": "2000-02-04"},
                ],
            }
        ],
    }
    assert history(document, sources={"s"}).was_member("BLR", "2000-02-20") is Verdict.UNDETERMINED
