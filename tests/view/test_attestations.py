"""Attestations answer in a selection that leaves no act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from support.asking import days_around, history

from csto_membership import CSTO, History, Status, Verdict
from csto_membership._questions.answers import CitedAttestation

YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
ANY = frozenset(Status)
MEMBER = frozenset({Status.MEMBER})
SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")

EVENTLESS = ("AFG", "SRB")


# --- Attestations of the bundled record ------------------------------------------------------------------------------


def test_the_document_of_2021_knows_six_members_on_its_two_days_and_nothing_else() -> None:
    seen = CSTO.according_to("asia-plus-2021")
    for day in ("2021-07-07", "2021-07-08"):
        found = seen.members_on(day)
        assert (found.certain.codes, found.undetermined.codes) == (SIX, ())
        assert seen.timeline("UZB").on(day).statuses == ANY - MEMBER
        assert seen.was_member("SRB", day) is NO
    for day in ("2021-07-06", "2021-07-09"):
        found = seen.members_on(day)
        assert found.certain.codes == ()
        assert found.possible.codes == tuple(sorted({*seen.states.codes} - {*EVENTLESS}))
    assert seen.members_on("1992-05-14").possible.codes == ()


def test_the_document_of_2021_says_that_only_its_list_counts_and_that_the_list_is_inferred() -> None:
    found = CSTO.according_to("asia-plus-2021").status("KG", "2021-07-07")
    (ground,) = found.evidence
    assert isinstance(ground, CitedAttestation)
    assert (ground.source.id, ground.attestation.complete) == ("asia-plus-2021", True)
    assert any("attest" in caveat for caveat in found.caveats)
    assert any("inferred" in caveat for caveat in found.caveats)
    assert found.contested_by == ()
    beyond = CSTO.according_to("asia-plus-2021").status("KG", "2021-07-09")
    assert any("2021-07-08" in caveat for caveat in beyond.caveats)
    assert beyond.verdict is UNDETERMINED
    assert beyond.decided_by


@pytest.mark.parametrize("year", range(2001, 2016))
def test_a_yearly_data_set_speaks_of_the_last_day_of_each_year_and_of_nothing_else(year: int) -> None:
    seen = CSTO.according_to("cow-igo-3")
    told = 2002 <= year <= 2014
    listed = {*SIX, "UZB"} if year < 2012 else {*SIX}
    before, last, after = days_around(f"{year}-12-31")
    for state in seen.states.codes:
        expected = (YES if state in listed else NO) if told else UNDETERMINED
        if state in EVENTLESS:
            assert {seen.was_member(state, day) for day in (before, last, after)} == {NO}
        else:
            assert [seen.was_member(state, day) for day in (before, last, after)] == [
                UNDETERMINED,
                expected,
                UNDETERMINED,
            ]
            assert seen.timeline(state).on(before).statuses == seen.timeline(state).on(after).statuses == ANY
    observed = {Status.OBSERVER} if year in (2013, 2014) else (ANY - MEMBER if told else {Status.NONE})
    for state in EVENTLESS:
        assert seen.timeline(state).on(last).statuses == observed
        assert seen.timeline(state).on(before).statuses == seen.timeline(state).on(after).statuses == {Status.NONE}


def test_a_list_of_some_day_alone_leaves_each_day_open() -> None:
    seen = CSTO.according_to("factbook-2008")
    assert {seen.was_member(state, day) for state in SIX for day in ("2008-01-01", "2008-06-15", "2008-12-31")} == {
        UNDETERMINED
    }


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (("csto-decision-2010-12-10",), {"2010-12-09": UNDETERMINED, "2010-12-10": YES, "2010-12-11": UNDETERMINED}),
        (("csto-decision-2004-06-18",), {"2004-06-17": UNDETERMINED, "2004-06-18": NO}),
        (("csto-decision-2010-12-10", "cow-igo-3"), {"2010-12-10": YES, "2010-12-31": YES, "2010-12-30": UNDETERMINED}),
        # the one says six without Uzbekistan, the other counts it throughout
        (("csto-decision-2004-06-18", "cow-alliances-4.1"), {"2004-06-17": YES, "2004-06-18": UNDETERMINED}),
    ],
)
def test_lists_of_several_sources_are_taken_together(sources: tuple[str, ...], expected: dict[str, Verdict]) -> None:
    seen = CSTO.according_to(*sources)
    assert {day: seen.was_member("UZB", day) for day in expected} == expected


# --- Attestations of a small record ----------------------------------------------------------------------------------


def league(*attestations: Mapping[str, Any], **more: Any) -> History:
    """A record with an act in the source `law`, and attestations in others."""
    document = {
        "organisation": {"id": "league"},
        "state": [{"id": "ARM"}, {"id": "KAZ"}, {"id": "UZB"}],
        "source": [{"id": "law"}, {"id": "list"}, {"id": "other"}],
        "event": [
            {
                "id": "in",
                "states": ["ARM", "UZB"],
                "claims": [{"source": "law", "act": "signature", "date": "2000-01-05"}],
            }
        ],
        "attestation": list(attestations),
        **more,
    }
    return history(document)


def attested(source: str, states: list[str], status: Any, during: str, **more: Any) -> dict[str, Any]:
    return {"source": source, "states": states, "status": status, "during": during, **more}


def statuses(seen: History, state: str, *on: str) -> list[set[str]]:
    return [{status.value for status in seen.timeline(state).on(day).statuses} for day in on]


EVERY = {status.value for status in Status}

EDGES = ("2000-01-01", "2000-01-02", "2000-01-03", "2000-01-04", "2000-01-05")


def test_several_attestations_of_one_day_intersect_and_where_nothing_is_left_unite() -> None:
    seen = league(
        attested("list", ["ARM"], ["member", "suspended"], "2000-01-02/2000-01-03"),
        attested("other", ["ARM"], ["suspended", "former"], "2000-01-03/2000-01-04"),
    ).according_to("list", "other")
    assert statuses(seen, "ARM", *EDGES) == [
        EVERY,
        {"member", "suspended"},
        {"suspended"},
        {"suspended", "former"},
        EVERY,
    ]
    seen = league(
        attested("list", ["ARM"], "member", "2000-01-02/2000-01-03"),
        attested("list", ["ARM"], "former", "2000-01-03/2000-01-04"),
    ).according_to("list")
    assert statuses(seen, "ARM", *EDGES) == [EVERY, {"member"}, {"member", "former"}, {"former"}, EVERY]
    assert seen.was_member("ARM", "2000-01-03") is UNDETERMINED


def test_three_attestations_of_which_two_agree_still_unite_where_all_have_nothing_in_common() -> None:
    seen = league(
        attested("list", ["ARM"], "member", "2000-01-02"),
        attested("list", ["ARM"], ["member", "observer"], "2000-01-02"),
        attested("other", ["ARM"], "former", "2000-01-02"),
    ).according_to("list", "other")
    assert statuses(seen, "ARM", "2000-01-02") == [{"member", "observer", "former"}]


def test_a_complete_list_says_any_status_but_that_one_of_the_others() -> None:
    for complete in (True, False):
        told = attested("list", ["ARM"], ["member", "suspended"], "2000-01-02/2000-01-03", complete=complete)
        seen = league(told).according_to("list")
        others = EVERY - {"member", "suspended"} if complete else EVERY
        assert statuses(seen, "ARM", *EDGES[:4]) == [EVERY, {"member", "suspended"}, {"member", "suspended"}, EVERY]
        assert statuses(seen, "UZB", *EDGES[:4]) == [EVERY, others, others, EVERY]
        assert seen.was_member("UZB", "2000-01-02") is (NO if complete else UNDETERMINED)
        assert seen.was_member("KAZ", "2000-01-02") is NO


def test_a_state_without_events_is_none_on_days_that_nobody_speaks_of() -> None:
    seen = league(attested("list", ["KAZ"], "observer", "2000-01-02/2000-01-03")).according_to("list")
    assert statuses(seen, "KAZ", *EDGES[:4]) == [{"none"}, {"observer"}, {"observer"}, {"none"}]
    assert statuses(league().according_to("list"), "KAZ", "2000-01-02") == [{"none"}]


def test_an_event_without_an_effect_under_the_reading_leaves_a_state_none() -> None:
    events = [{"id": "e", "states": ["ARM"], "claims": [{"source": "law", "act": "freeze", "date": "2000-01-02"}]}]
    told = attested("list", ["ARM"], "member", "2000-01-02")
    head = {"id": "league", "covers": {"acts": "some"}}
    seen = league(told, event=events, organisation=head).according_to("list")
    assert statuses(seen, "ARM", *EDGES[:3]) == [{"none"}, {"member"}, {"none"}]
    assert statuses(seen.under("participating"), "ARM", *EDGES[:3]) == [EVERY, {"member"}, EVERY]


@pytest.mark.parametrize(
    ("when", "spoken"),
    [
        ({"during": "2000-01-02/2000-01-04"}, EDGES[1:4]),
        ({"during": "2000-01-02/2000-01-04", "speaks_of": "every_day"}, EDGES[1:4]),
        ({"during": "2000-01-02/2000-01-04", "speaks_of": "last_day"}, EDGES[3:4]),
        ({"during": "2000-01-02/2000-01-04", "speaks_of": "some_day"}, ()),
        ({"during": "2000-01-03/2000-01-03", "speaks_of": "some_day"}, EDGES[2:3]),
        ({"during": "2000-01-03", "speaks_of": "some_day"}, EDGES[2:3]),
        ({"on": "2000-01-03"}, EDGES[2:3]),
        ({"on": "[2000-01-02..2000-01-04]"}, ()),
    ],
)
def test_an_attestation_answers_on_the_days_that_it_speaks_of(when: dict[str, str], spoken: tuple[str, ...]) -> None:
    told = {"source": "list", "states": ["ARM"], "status": "member", **when}
    seen = league(told).according_to("list")
    assert {day for day in EDGES if seen.was_member("ARM", day) is YES} == {*spoken}
    assert {seen.was_member("ARM", day) for day in {*EDGES} - {*spoken}} == {UNDETERMINED}


def test_where_acts_with_an_effect_are_left_attestations_are_not_asked() -> None:
    told = attested("law", ["ARM", "KAZ"], "observer", "2000-01-02/2000-01-09", complete=True)
    for seen in (league(told), league(told).according_to("law"), league(told).according_to("law", "list")):
        assert statuses(seen, "ARM", "2000-01-04", "2000-01-05") == [{"none"}, {"member"}]
        assert not any(isinstance(ground, CitedAttestation) for ground in seen.status("ARM", "2000-01-05").evidence)
    assert statuses(league(told), "KAZ", "2000-01-05") == [{"none"}]
    assert statuses(league(told).according_to("law"), "KAZ", "2000-01-05") == [{"observer"}]


def test_an_act_without_an_effect_under_the_reading_gives_the_word_to_attestations() -> None:
    events = [
        {"id": "in", "states": ["ARM"], "claims": [{"source": "law", "act": "signature", "date": "2000-01-02"}]},
        {
            "id": "out",
            "states": ["ARM"],
            "claims": [{"source": "list", "act": "notice_of_suspension", "date": "2000-01-03"}],
        },
    ]
    seen = league(attested("list", ["ARM"], "member", "2000-01-04"), event=events).according_to("list")
    assert seen.was_member("ARM", "2000-01-04") is NO
    assert seen.under("legal").was_member("ARM", "2000-01-04") is YES


def test_an_answer_by_attestation_rests_on_those_that_speak_of_the_day() -> None:
    seen = league(
        attested("list", ["ARM"], "member", "2000-01-02"), attested("list", ["ARM"], "member", "2000-01-04")
    ).according_to("list")
    days_of = {
        day: [
            str(ground.attestation.during)
            for ground in seen.status("ARM", day).evidence
            if isinstance(ground, CitedAttestation)
        ]
        for day in EDGES[1:4]
    }
    assert days_of == {"2000-01-02": ["2000-01-02"], "2000-01-03": [], "2000-01-04": ["2000-01-04"]}


def test_days_are_counted_by_what_is_attested_together() -> None:
    """Each list has one day of membership, another day each; who takes both can only have been former."""

    def said(source: str, on: str, status: str) -> dict[str, Any]:
        return {"source": source, "states": ["KAZ"], "status": [status, "former"], "on": on}

    one, other = "2000-01-01", "2000-01-02"
    seen = league(
        said("list", one, "member"),
        said("list", other, "observer"),
        said("other", one, "observer"),
        said("other", other, "member"),
        source=[
            {"id": "law", "published": "2000-12-01"},
            *({"id": id, "published": "2000"} for id in ("list", "other")),
        ],
    )
    assert seen.according_to("list").days_as_member("KAZ", one, other) == (0, 1)
    assert seen.according_to("list", "other").days_as_member("KAZ", one, other) == (0, 0)
    assert seen.as_published_by("2000-06-01").days_as_member("KAZ", one, other) == (0, 1)
    assert [seen.as_published_by("2000-06-01").was_member("KAZ", day) for day in (one, other)] == [UNDETERMINED] * 2
