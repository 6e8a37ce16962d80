"""Controversies: what is listed, on which days it matters, and by which claims; against the oracle."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import pickle
from typing import Any

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import assert_apart, history, in_runs
from support.controversies import (
    controversies,
    is_contradicted,
    judged,
    period_of,
    statuses_said,
    suppositions,
    verdicts,
)
from support.views import named_views

import csto_membership as csto
from csto_membership import CSTO, History, Verdict
from csto_membership._questions.conflicts import Conflict
from csto_membership.strategies._documents import attestations

READINGS = ("declared", "legal", "participating")


# --- Laws ------------------------------------------------------------------------------------------------------------


#: Each claim is tried alone in every world, so that a record with all the worlds of a drawn one would take a minute.
MOST_WORLDS = 500


def has_few_worlds(document: Any) -> bool:
    """Whether the worlds of each state can be tried many times."""
    return all(documents.number_of_worlds(document, state["id"]) <= MOST_WORLDS for state in document["state"])


@st.composite
def attested_documents(draw: st.DrawFn) -> Any:
    """Documents with more attestations than usual, some of them in a controversy or in one with an event."""
    document = draw(documents.rich().filter(has_few_worlds))
    states = [state["id"] for state in document["state"]]
    sources = [source["id"] for source in document["source"]]
    more = draw(st.lists(attestations(documents.SPAN, sources, states), min_size=1, max_size=3))
    for attestation in more:
        if (conflict := draw(st.sampled_from((None, None, "C1", "C3")))) is not None:
            attestation["conflict"] = conflict
    for event in document.get("event", []):
        if draw(st.integers(0, 4)) == 0:
            draw(st.sampled_from(event["claims"]))["conflict"] = "C3"
    return {**document, "attestation": [*document.get("attestation", []), *more]}


def attestations_of(conflict: Conflict) -> set[Any]:
    return {told.attestation for told in conflict.attestations}


@pytest.mark.law
@given(st.data())
def test_what_is_listed_is_what_the_oracle_finds_contradicted_or_told_in_several_ways(data: st.DataObject) -> None:
    document = data.draw(attested_documents())
    view = data.draw(named_views(document, selections=data.draw(st.integers(0, 2)) == 0))
    note(f"{documents.to_toml(document)}\n{view}")
    seen = history(document, **view)
    expected = controversies(document, **view)
    objects = dict(zip(map(id, document["attestation"]), seen.record.attestations, strict=True))
    found = seen.conflicts()
    assert len({conflict.id for conflict in found}) == len(found)
    assert {
        conflict.id: ({event.id for event in conflict.events}, attestations_of(conflict)) for conflict in found
    } == {name: (events, {objects[id(told)] for told, _ in against}) for name, (events, against) in expected.items()}


@given(st.data())
def test_a_joint_period_is_contradicted_though_each_of_its_days_is_possible(data: st.DataObject) -> None:
    """Two days of change that move together: what is possible on each day may not be possible on all."""
    spread = f"[2000-01-02..2000-01-0{data.draw(st.integers(2, 7))}]"
    acts = data.draw(st.permutations(("withdrawal", "suspension", "return")))[:2]
    claims = [("signature", "2000-01-01"), *((act, spread) for act in acts)]
    document = {
        "organisation": {"id": "joint"},
        "state": [{"id": "ARM"}],
        "source": [{"id": "s"}],
        "event": [
            {"id": f"e{number}", "states": ["ARM"], "claims": [{"source": "s", "act": act, "date": date}]}
            for number, (act, date) in enumerate(claims)
        ],
        "attestation": [
            {"source": "s", "states": ["ARM"], "status": status, "during": f"2000-01-0{first}/2000-01-0{last}"}
            for first, last in itertools.combinations(range(1, 9), 2)
            for status in ("member", ["suspended", "former"])
        ],
    }
    seen = history(document)
    expected = {
        told
        for written, told in zip(document["attestation"], seen.record.attestations, strict=True)
        if is_contradicted(document, written, "ARM")  # type: ignore[arg-type]
    }
    assert {told for conflict in seen.conflicts() for told in attestations_of(conflict)} == expected


@pytest.mark.law
@given(st.data())
def test_the_days_that_matter_are_those_on_which_a_claim_alone_would_give_another_verdict(data: st.DataObject) -> None:
    document = data.draw(attested_documents())
    # Of a record of some acts attestations answer where only a denial is supposed, and not where it is written.
    assume(not any(oracle.vouches_for_some_acts(document, state["id"]) for state in document["state"]))
    view = data.draw(named_views(document, selections=False))
    note(f"{documents.to_toml(document)}\n{view}")
    against = {name: told for name, (_, told) in controversies(document, **view).items()}
    listed = history(document, **view).conflicts()
    for conflict in listed:
        assert conflict.reading == view["reading"]
        for state in [state["id"] for state in document["state"]]:
            runs = [matter for matter in conflict.matters if matter.state.id == state]
            assert_apart(runs)
            line = oracle.statuses_by_day(document, state, documents.DAYS, **view)
            rivals = [
                found
                for event in document.get("event", [])
                if event["id"] in {each.id for each in conflict.events}
                for supposed in suppositions(document, event, state, None, without=len(conflict.events) > 1)
                if (found := verdicts(supposed, state, **view)) is not None
            ]
            wrong = [told for told, states in against[conflict.id] if state in states]
            for number, day in enumerate(documents.DAYS):
                verdict = judged(line[day])
                # Where all that is supposed leaves one answer, nothing is in dispute.
                agreed = len(rivals) > 1 and len({rival[number] for rival in rivals}) == 1
                expected = not agreed and any(rival[number] is not verdict for rival in rivals)
                for told in wrong:
                    said = statuses_said(told, state) or frozenset()
                    spoken = oracle.days_spoken_of(told) or period_of(told)
                    expected |= day in spoken and not line[day] & said and judged(said) is not verdict
                assert in_runs(day, runs) == expected, (conflict.id, state, day)
    # each state is done before the next
    for conflict in listed:
        order = [matter.state for matter in conflict.matters]
        assert order == [state for state, _ in itertools.groupby(order) for _ in range(order.count(state))]


# --- Small examples --------------------------------------------------------------------------------------------------


def told_twice(**more: Any) -> dict[str, Any]:
    claims = [
        {"source": "law", "act": "signature", "date": "2000-01-03", "rank": "preferred"},
        {"source": "paper", "act": "signature", "date": "2000-01-06"},
    ]
    return {
        "organisation": {"id": "league"},
        "state": [{"id": "ARM"}, {"id": "UZB"}],
        "source": [{"id": "law", "title": "Law"}, {"id": "paper", "title": "Paper"}],
        "event": [{"id": "in", "states": ["ARM"], "claims": claims}],
        **more,
    }


def test_an_event_without_a_controversy_of_its_own_gives_its_id() -> None:
    (found,) = history(told_twice()).conflicts()
    assert (found.id, [str(matter) for matter in found.matters]) == ("in", ["Armenia 2000-01-03 to 2000-01-05"])
    assert [str(told) for told in found.claims] == [
        "signature 2000-01-03, preferred: law, Law",
        "signature 2000-01-06, normal: paper, Paper",
    ]
    assert history(told_twice()).according_to("law").conflicts() == ()
    assert history(told_twice()).resolved("every").conflicts()[0].matters == found.matters


def test_claims_that_say_the_same_or_make_one_another_precise_do_not_disagree() -> None:
    for date in ("2000-01-03", "2000-01", "[2000-01-01..2000-01-05]"):
        document = told_twice()
        document["event"][0]["claims"][1]["date"] = date
        assert history(document).conflicts() == ()


def test_a_claim_of_some_of_the_states_disagrees_for_those() -> None:
    document = told_twice()
    document["event"][0] |= {"states": ["ARM", "UZB"]}
    document["event"][0]["claims"][1] |= {"states": ["UZB"]}
    (found,) = history(document).conflicts()
    assert [str(matter) for matter in found.matters] == ["Uzbekistan 2000-01-03 to 2000-01-05"]


def test_events_of_one_controversy_are_shown_together_even_where_each_is_undisputed() -> None:
    document = told_twice()
    document["event"] = [
        {"id": id, "states": ["ARM"], "conflict": "C1", "claims": [{"source": "law", "act": act, "date": date}]}
        for id, act, date in (("in", "signature", "2000-01-03"), ("force", "entry_into_force", "2000-01-06"))
    ]
    (found,) = history(document).conflicts()
    assert [event.id for event in found.events] == ["in", "force"]
    assert [str(matter) for matter in found.matters] == ["Armenia 2000-01-03 to 2000-01-05"]
    del document["event"][1]
    assert history(document).conflicts() == ()


def test_an_attestation_that_no_world_allows_is_a_controversy_under_its_source() -> None:
    wrong = {"source": "paper", "states": ["UZB"], "status": "member", "during": "2000-01-04/2000-01-05"}
    (_, found) = history(told_twice(attestation=[wrong])).conflicts()
    assert (found.id, found.events, found.claims) == ("paper", (), ())
    assert [str(matter) for matter in found.matters] == ["Uzbekistan 2000-01-04 to 2000-01-05"]
    assert found.as_dict()["attestations"][0]["during"] == "2000-01-04/2000-01-05"
    right = {**wrong, "status": "none"}
    assert [told.id for told in history(told_twice(attestation=[right])).conflicts()] == ["in"]


@pytest.mark.parametrize(
    ("speaks_of", "during", "expected"),
    [
        ("every_day", "2000-01-02/2000-01-09", ["2000-01-02 to 2000-01-02"]),
        ("every_day", "2000-01-03/2000-01-09", []),
        ("some_day", "2000-01-01/2000-01-03", []),
        ("some_day", "2000-01-01/2000-01-02", ["2000-01-01 to 2000-01-02"]),
        ("last_day", "2000-01-01/2000-01-03", []),
        ("last_day", "2000-01-01/2000-01-02", ["2000-01-02 to 2000-01-02"]),
    ],
)
def test_an_attestation_is_held_against_the_days_that_it_speaks_of(
    speaks_of: str, during: str, expected: list[str]
) -> None:
    told = {"source": "paper", "states": ["ARM"], "status": "member", "during": during, "speaks_of": speaks_of}
    found = [each for each in history(told_twice(attestation=[told])).conflicts() if each.id == "paper"]
    assert [str(matter) for conflict in found for matter in conflict.matters] == [f"Armenia {run}" for run in expected]
    assert bool(found) == bool(expected)


def test_a_complete_list_of_those_who_are_anything_says_nothing_of_the_others() -> None:
    told = {"source": "paper", "states": ["UZB"], "status": "unknown", "during": "2000-01-04", "complete": True}
    document = {
        "organisation": {"id": "x"},
        "state": [{"id": "UZB"}, {"id": "ARM"}],
        "source": [{"id": "paper"}],
        "attestation": [told],
    }
    seen = history(document)
    assert seen.conflicts() == ()
    assert seen.record.attestations[0].statuses_of("ARM") is None
    assert seen.according_to("paper").was_member("ARM", "2000-01-04") is Verdict.NO


def test_a_complete_list_is_held_against_the_states_that_it_leaves_out() -> None:
    told = {"source": "paper", "states": ["UZB"], "status": "none", "during": "2000-01-04", "complete": True}
    assert [each.id for each in history(told_twice(attestation=[told])).conflicts()] == ["in"]
    told |= {"status": "member"}
    found = {each.id: each for each in history(told_twice(attestation=[told])).conflicts()}
    assert [str(matter) for matter in found["paper"].matters] == [
        "Armenia 2000-01-04 to 2000-01-04",
        "Uzbekistan 2000-01-04 to 2000-01-04",
    ]


def test_equal_records_have_equal_conflicts() -> None:
    one, other = history(told_twice()), history(told_twice())
    assert one == other
    assert one.conflicts() == other.conflicts()
    assert one.conflicts() == pickle.loads(pickle.dumps(one)).conflicts()  # noqa: S301


# --- The bundled record ----------------------------------------------------------------------------------------------


def conflict(id: str, seen: History = CSTO) -> Conflict:
    (found,) = [told for told in seen.conflicts() if told.id == id]
    return found


def matters(id: str, seen: History = CSTO) -> list[str]:
    return [str(matter) for matter in conflict(id, seen).matters]


def test_georgias_signature() -> None:
    found = conflict("C1")
    assert [event.id for event in found.events] == ["geo-signature"]
    assert {str(told.claim.date) for told in found.claims} == {"1993-12-09", "1993-09-09", "1993-12", "1993"}
    (run,) = found.matters
    assert (run.state.id, run.first_day, run.last_day) == ("GEO", dt.date(1993, 9, 9), dt.date(1993, 12, 8))
    september = CSTO.resolved(csto.precedence("turan-crossroads"))
    expected = {"1993-09-08": False, "1993-09-09": True, "1993-12-08": True, "1993-12-09": False}
    assert {day: CSTO.was_member("GEO", day) is not september.was_member("GEO", day) for day in expected} == expected
    assert matters("C1", CSTO.under("legal")) == []


def test_uzbekistans_return_is_told_with_five_days_and_as_one_controversy_with_its_force() -> None:
    found = conflict("C2")
    assert [event.id for event in found.events] == ["uzb-return", "uzb-return-force"]
    dates = {told.claim.date for told in found.claims if told.event.id == "uzb-return"}
    assert {str(date) for date in dates} == {"2006-06-23", "2006-06", "2006-08-16", "2006-08", "2006-08-17", "2006"}
    assert {told.attestation.source for told in found.attestations} == {"obozrevatel-2006-12-14"}
    (run,) = found.matters
    assert (run.state.id, run.first_day, run.last_day) == ("UZB", dt.date(2006, 6, 23), dt.date(2008, 3, 27))


def test_uzbekistans_exit() -> None:
    found = conflict("C3")
    assert [event.id for event in found.events] == ["uzb-notice", "uzb-suspension"]
    assert matters("C3") == ["Uzbekistan 2012-06-20 to 2012-12-18"]
    assert {told.claim.act.value for told in found.claims} == {
        "notice_of_suspension",
        "suspension",
        "withdrawal",
        "expiry",
    }
    assert matters("C3", CSTO.under("legal"))[0].startswith("Uzbekistan 2012-06-20")


def test_a_data_set_that_fills_back_is_contradicted_on_the_last_day_of_four_years_and_not_of_the_fifth() -> None:
    found = conflict("C10")
    assert (found.events, found.claims) == ((), ())
    assert matters("C10") == [f"Uzbekistan {year}-12-31 to {year}-12-31" for year in range(2002, 2006)]
    assert [told.attestation.during.last.year for told in found.attestations] == [2002, 2003, 2004, 2005]
    assert {told.source.id for told in found.attestations} == {"cow-igo-3"}


def test_a_handbook_that_errs_is_contradicted_where_it_errs() -> None:
    assert matters("C13") == [
        "Belarus 2007-01-01 to 2007-12-31",
        "Uzbekistan 2010-01-01 to 2010-12-31",
        "Uzbekistan 2013-01-01 to 2013-12-31",
        "Uzbekistan 2015-01-01 to 2016-12-31",
        "Uzbekistan 2017-03-28 to 2017-03-28",
        "Uzbekistan 2018-11-01 to 2018-11-30",
    ]
    years = {told.attestation.during.first.year for told in conflict("C13").attestations}
    assert years == {2007, 2010, 2013, 2015, 2016, 2017, 2018}  # 2012 and 2014 agree with the record


def test_observers_of_an_assembly_are_listed_though_they_change_no_yes_or_no() -> None:
    found = conflict("C15")
    assert [told.attestation.states for told in found.attestations] == [("AFG", "SRB")] * 2
    assert found.matters == ()
    assert "changes no yes or no" in str(found)
    assert len(found.notes) == 3
    assert [str(matter) for matter in conflict("C15", CSTO.counting("member", "observer")).matters] == [
        f"{state} {year}-12-31 to {year}-12-31" for state in ("Afghanistan", "Serbia") for year in (2013, 2014)
    ]


def test_armenias_freeze_matters_where_participation_counts() -> None:
    for reading in ("declared", "legal"):
        assert matters("C6", CSTO.under(reading)) == []
        assert conflict("C6", CSTO.under(reading)).attestations == ()
    found = conflict("C6", CSTO.under("participating"))
    assert [str(matter) for matter in found.matters] == [
        "Armenia 2024-02-22 to 2024-08-30",
        "Armenia 2024-09-04 to 2024-09-04",
        "Armenia 2025-01-01 to 2026-02-04",
    ]
    assert {told.source.id for told in found.attestations} >= {"sputnik-2024-02-23", "vedomosti-2025-06-30"}


def test_who_signed_in_1992_is_kept_as_a_doubt_and_changes_no_default_answer() -> None:
    found = conflict("C27")
    assert [event.id for event in found.events] == ["kgz-signature", "tkm-signature"]
    assert "Kyrgyzstan 1992-05-15 to 1994-04-19" in matters("C27")
    assert any("Kyrgyzstan" in note and "Turkmenistan" in note for note in found.notes)
    every, law = CSTO.resolved("every"), CSTO.resolved("every").under("legal")
    for day, default, doubted, in_law in (
        ("1992-05-14", {"none"}, {"none"}, {"none"}),
        ("1992-05-15", {"member"}, {"none", "member"}, {"none", "signatory"}),
        ("1994-04-19", {"member"}, {"none", "member"}, {"none", "signatory"}),
        ("1994-04-20", {"member"}, {"member"}, {"member"}),
    ):
        seen = [view.status("KGZ", day).statuses for view in (CSTO, every, law)]
        assert seen == [default, doubted, in_law], day
    for day in ("1992-05-15", "1999-04-21", "2025-01-01"):
        assert CSTO.status("TKM", day).statuses == {"none"}
        assert every.status("TKM", day).statuses == {"none", "member"}
        assert law.status("TKM", day).statuses == {"none", "signatory"}
    # As it stood in the papers of that week, and as it was told once later accounts were out.
    week = CSTO.according_to("latimes-1992-05-16", "csmonitor-1992-05-18")
    assert week.was_member("TKM", "1992-05-16") is csto.Verdict.YES
    assert CSTO.according_to("kremlin-background").was_member("TKM", "1992-05-16") is csto.Verdict.NO
    assert (
        CSTO.resolved("majority").members_on("1992-05-15").certain.codes == CSTO.members_on("1992-05-15").certain.codes
    )


@pytest.mark.parametrize(
    ("state", "signed", "last"), [("UKR", "1991-12-08", "2026-03-21"), ("TKM", "1991-12-21", "2005-08-25")]
)
def test_a_founding_state_without_the_charter_is_a_member_by_the_better_evidence_only(
    state: str, signed: str, last: str
) -> None:
    cis = csto.history("cis")
    before = dt.date.fromisoformat(signed) - dt.timedelta(days=1)
    assert cis.resolved("every").status(state, before).statuses == {"none"}
    for day in (signed, "1992-06-01", last):
        assert cis.was_member(state, day) is csto.Verdict.YES
        assert cis.resolved("every").status(state, day).statuses == {"signatory", "member"}
        assert cis.under("legal").was_member(state, day) is csto.Verdict.NO


def test_whether_azerbaijan_was_bound_is_a_question_of_law_alone() -> None:
    assert matters("C5") == []
    assert matters("C5", CSTO.under("legal")) == ["Azerbaijan 1994-04-20 to 1999-04-20"]


@pytest.mark.parametrize("reading", READINGS)
def test_the_matters_of_the_bundled_record_are_runs_apart(reading: str) -> None:
    for found in CSTO.under(reading).conflicts():
        for _, runs in itertools.groupby(found.matters, key=lambda matter: matter.state):
            assert_apart(list(runs))


@pytest.mark.parametrize("reading", READINGS)
def test_a_controversy_is_json_ready_and_its_text_names_every_source(reading: str) -> None:
    for found in CSTO.under(reading).conflicts():
        told = found.as_dict()
        assert set(told) == {"id", "reading", "events", "attestations", "claims", "matters", "notes"}
        assert json.loads(json.dumps(told)) == told
        assert told["reading"] == reading
        assert [(each["event"], each["source"]) for each in told["claims"]] == [
            (each.event.id, each.source.id) for each in found.claims
        ]
        assert all(set(each) == {"state", "first_day", "last_day"} for each in told["matters"])
        named = {*(each.source for each in found.claims), *(each.source for each in found.attestations)}
        text = str(found)
        assert all(source.id in text and source.title in text for source in named)
        assert all(event.id in text for event in found.events)
        assert all(str(matter.state) in text and str(matter.first_day) in text for matter in found.matters[:1])
        assert all(remark in text for remark in found.notes)
        assert text.startswith(f"{found.id}: ")
