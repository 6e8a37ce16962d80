"""The engine equals the brute-force vote over all worlds: every day, reading, resolution, selection and institution."""

from __future__ import annotations

from typing import Any

from hypothesis import given, note, settings
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history
from support.views import views

import csto_membership as csto
from csto_membership.strategies._documents import attestations


def compared(document: Any, **view: Any) -> None:
    """Hold the library against the oracle on every day and state of the document."""
    seen = history(document, **view)
    for state in [state["id"] for state in document["state"]]:
        expected = oracle.statuses_by_day(document, state, documents.DAYS, **view)
        timeline = seen.timeline(state)
        for day in documents.DAYS:
            found = {status.value for status in timeline.on(day).statuses}
            assert found == expected[day], (state, day, sorted(found), sorted(expected[day]))


@given(documents.narrow(), documents.readings())
def test_the_engine_equals_the_vote_over_all_worlds_of_the_whole_record(document: Any, reading: Any) -> None:
    note(documents.to_toml(document))
    compared(document, reading=reading)


@given(st.data())
def test_the_engine_equals_the_vote_over_all_worlds_of_any_view(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    view = data.draw(views(document))
    note(f"{documents.to_toml(document)}\n{view}")
    compared(document, **view)


@given(st.data())
def test_so_it_does_for_a_selection_that_is_seen_from_a_later_institution(data: st.DataObject) -> None:
    """What may have been before the first act that a selection knows has had no membership since then."""
    document = data.draw(documents.narrow())
    first, later = sorted(
        data.draw(st.lists(st.sampled_from(documents.DAYS[:14]), min_size=2, max_size=2, unique=True))
    )
    document["institution"] = [
        {"id": "treaty", "exists": {"declared": first.isoformat()}},
        {"id": "body", "exists": {"declared": later.isoformat()}},
    ]
    sources = data.draw(documents.selections(document))
    note(f"{documents.to_toml(document)}\n{sources}")
    compared(document, sources=sources, institution="body")


#: Acts of which the law makes signatories and members, and a denial, which may be one of a force.
LAW = (
    "signature",
    "accession",
    "accession",
    "ratification",
    "ratification",
    "entry_into_force",
    "denial",
    "prolongation",
)


@settings(max_examples=2 * settings().max_examples)
@given(st.data())
def test_so_it_does_in_law_where_a_force_is_claimed_or_denied_or_comes_from_a_known_day(data: st.DataObject) -> None:
    """Who has signed or consented is bound by a force of which nobody speaks, unless it is denied or cannot be yet."""
    document = data.draw(documents.few(LAW).filter(documents.is_possible))
    if data.draw(st.booleans()):
        # A force that one source claims, and another denies.
        claimed = {"source": "b", "act": "entry_into_force", "date": str(documents.DAYS[-4])}
        denied = {
            "source": "a",
            "act": "denial",
            "rank": data.draw(st.sampled_from(("preferred", "normal", "preferred"))),
        }
        document["event"].append({"id": "force", "states": ["ARM"], "claims": [claimed, denied]})
    if data.draw(st.booleans()):
        in_force = data.draw(st.sampled_from(documents.DAYS[6:])).isoformat()
        document["instrument"] = [{"id": "treaty", "kind": "treaty", "title": "A treaty", "in_force": in_force}]
        for event in document["event"]:
            event["instrument"] = "treaty"
    sources = data.draw(st.none() | documents.selections(document))
    policy = data.draw(st.sampled_from(("preferred", "every")))
    note(f"{documents.to_toml(document)}\n{sources} {policy}")
    compared(document, reading="legal", resolution=policy, sources=sources)


@given(st.data())
def test_so_it_does_by_majority_where_sources_copy_one_another(data: st.DataObject) -> None:
    """One that copies another which says the same is not counted twice, through any chain of copies."""
    ids = ["a", "b", "c", "d"]
    copies = [[one for one in ids[:number] if data.draw(st.booleans())] for number in range(len(ids))]
    days = st.sampled_from(documents.DAYS[8:11]).map(str)
    told = data.draw(st.lists(st.tuples(st.sampled_from(ids), days), min_size=2, max_size=5, unique=True))
    claims = [{"source": source, "act": "accession", "date": date} for source, date in told]
    document = {
        "organisation": {"id": "copied"},
        "state": [{"id": "ARM"}],
        "source": [{"id": id, "copies": copied} for id, copied in zip(ids, copies, strict=True)],
        "event": [{"id": "e", "states": ["ARM"], "claims": claims}],
    }
    note(documents.to_toml(document))
    compared(document, resolution="majority", sources=data.draw(st.none() | documents.selections(document)))


@given(st.data())
def test_so_it_does_where_a_list_alone_tells_of_states_that_it_names_and_of_others(data: st.DataObject) -> None:
    """A complete list says of the others of its record: anything but that; and one that is not complete says nothing."""
    document = data.draw(documents.narrow())
    document["state"] = [{"id": "ARM"}, {"id": "UZB"}, {"id": "KAZ"}]
    lists = attestations(documents.SPAN, ["list"], ["ARM", "UZB"])
    document["source"].append({"id": "list"})
    document["attestation"] = data.draw(st.lists(lists, min_size=1, max_size=2))
    note(documents.to_toml(document))
    compared(document, sources={"list"})


def _two_institutions(*claims: dict[str, str]) -> dict[str, Any]:
    """A record of one state with two institutions, the later from 2000-01-03, and an event for each claim."""
    return {
        "organisation": {"id": "two"},
        "institution": [
            {"id": "a", "exists": {"declared": "2000-01-01"}},
            {"id": "b", "exists": {"declared": "2000-01-03"}},
        ],
        "state": [{"id": "ARM"}],
        "source": [{"id": "s"}],
        "event": [
            {"id": f"e{number}", "states": ["ARM"], "claims": [{"source": "s", **claim}]}
            for number, claim in enumerate(claims)
        ],
    }


def test_a_membership_that_begins_and_ends_on_one_day_is_none_in_the_eyes_of_an_institution() -> None:
    range_of_days = "[2000-01-03..2000-01-05]"
    document = _two_institutions(
        {"act": "signature", "date": range_of_days}, {"act": "withdrawal", "date": range_of_days}
    )
    compared(document, institution="b")
    first_day = history(document, institution="b").timeline("ARM").on("2000-01-03")
    assert first_day.statuses == {csto.Status.NONE, csto.Status.MEMBER}
    assert csto.Status.FORMER in history(document, institution="b").timeline("ARM").on("2000-01-04").statuses


def test_a_membership_that_ends_on_the_first_day_of_an_institution_is_not_carried_over() -> None:
    for end, expected in (("2000-01-02", "none"), ("2000-01-03", "none"), ("2000-01-04", "former")):
        document = _two_institutions({"act": "signature", "date": "2000-01-01"}, {"act": "withdrawal", "date": end})
        compared(document, institution="b")
        spell = history(document, institution="b").timeline("ARM").on("2000-01-09")
        assert {status.value for status in spell.statuses} == {expected}


def test_the_oracle_and_the_library_know_the_same_acts() -> None:
    for name, effects in {"declared": oracle.DECLARED, "legal": oracle.LEGAL}.items():
        reading = csto.CSTO.under(name).reading
        assert {effect.act.value for effect in reading.effects} == {
            act for act, (before, _) in effects.items() if before
        }
