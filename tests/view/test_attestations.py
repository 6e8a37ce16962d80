"""What selections answer: by attestations where no act is left, by policy, and as published; and who contests it."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from questions.test_disagreement import days, judged, suppositions, verdicts
from support import documents as strategies
from support import oracle
from support.asking import days_around, history

import csto_membership as csto
from csto_membership import CSTO, ArgumentError, DateError, History, RecordError, Status, UnknownNameError, Verdict
from csto_membership._files.bundled_data import data_file
from csto_membership._files.read import record_of
from csto_membership._questions.answers import CitedAttestation

DAY = dt.timedelta(days=1)
YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
ANY = frozenset(Status)
MEMBER = frozenset({Status.MEMBER})
SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
EVENTLESS = ("AFG", "SRB")
SOURCES = {source.id: source for source in CSTO.sources}


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
    seen = league(told, event=events).according_to("list")
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


# --- Policies --------------------------------------------------------------------------------------------------------


def two_dates(*claims: tuple[str, str, str], copies: Mapping[str, list[str]] | None = None) -> History:
    """Armenia's signature as told by (source, day, rank)."""
    sources = sorted({source for source, _, _ in claims})
    told = [{"source": source, "act": "signature", "date": day, "rank": rank} for source, day, rank in claims]
    document = {
        "organisation": {"id": "league"},
        "state": [{"id": "ARM"}],
        "source": [{"id": source, "copies": (copies or {}).get(source, [])} for source in sources],
        "event": [{"id": "in", "states": ["ARM"], "claims": told}],
    }
    return history(document)


EARLY, LATE = "2000-01-02", "2000-01-04"
THREE = (("a", EARLY, "preferred"), ("b", LATE, "normal"), ("c", LATE, "deprecated"))


def answers(seen: History) -> list[Verdict]:
    """On the days before, of and after the first day told, and of the last."""
    return [seen.was_member("ARM", day) for day in ("2000-01-01", EARLY, "2000-01-03", LATE)]


def test_each_policy_has_its_claims() -> None:
    seen = two_dates(*THREE)
    assert answers(seen) == answers(seen.resolved("preferred")) == [NO, YES, YES, YES]
    assert answers(seen.resolved("every")) == [NO, UNDETERMINED, UNDETERMINED, YES]
    assert answers(seen.resolved("majority")) == [NO, NO, NO, YES]
    assert answers(seen.resolved(csto.precedence("a"))) == [NO, YES, YES, YES]
    assert answers(seen.resolved(csto.precedence("c", "a"))) == [NO, NO, NO, YES]
    assert seen.resolved(csto.precedence("c", "a")).resolution.sources == ("c", "a")


def test_a_majority_does_not_count_copies_and_keeps_ties() -> None:
    copied = two_dates(*THREE, copies={"c": ["b"]}).resolved("majority")
    assert answers(copied) == [NO, UNDETERMINED, UNDETERMINED, YES]
    both = two_dates(*THREE, ("d", EARLY, "normal")).resolved("majority")
    assert answers(both) == [NO, UNDETERMINED, UNDETERMINED, YES]


def test_precedence_falls_back_on_the_best_rank_where_its_sources_are_silent() -> None:
    seen = two_dates(*THREE, ("d", "2000-01-03", "deprecated"))
    assert answers(seen.according_to("a", "b", "c").resolved(csto.precedence("d"))) == [NO, YES, YES, YES]
    assert answers(seen.according_to("b", "c").resolved(csto.precedence("a"))) == [NO, NO, NO, YES]


def test_a_source_that_tells_two_ways_leaves_both_under_precedence() -> None:
    seen = two_dates(("a", EARLY, "normal"), ("a", LATE, "deprecated"), ("b", EARLY, "preferred"))
    assert answers(seen.resolved(csto.precedence("a"))) == [NO, UNDETERMINED, UNDETERMINED, YES]


def test_policies_on_the_bundled_record() -> None:
    every = CSTO.resolved("every")
    for day, expected in (
        ("1993-09-08", NO),
        ("1993-09-09", UNDETERMINED),
        ("1993-12-08", UNDETERMINED),
        ("1993-12-09", YES),
    ):
        assert every.was_member("GEO", day) is expected
    turan = CSTO.resolved(csto.precedence("turan-crossroads"))
    assert [turan.was_member("GEO", day) for day in ("1993-09-08", "1993-09-09")] == [NO, YES]
    atop = CSTO.resolved(csto.precedence("atop-4.01"))
    assert [atop.was_member("BLR", day) for day in ("1994-01-02", "1994-01-03")] == [NO, YES]
    assert [atop.was_member("UZB", day) for day in ("2006-08-16", "2006-08-17")] == [NO, YES]
    assert [atop.was_member("UZB", day) for day in ("2012-06-28", "2012-06-29")] == [YES, NO]
    majority = CSTO.resolved("majority")
    assert [majority.was_member("BLR", day) for day in ("1993-12-30", "1993-12-31")] == [NO, YES]


@pytest.mark.parametrize("policy", ["best", "", "Preferred", "precedence", None, 3, ["preferred"]])
def test_an_unknown_policy_is_refused_with_the_known_ones(policy: Any) -> None:
    with pytest.raises(UnknownNameError) as caught:
        CSTO.resolved(policy)
    assert set(caught.value.known) >= {"preferred", "every", "majority"}
    assert isinstance(caught.value, ValueError)


def test_a_policy_made_by_hand_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        CSTO.resolved(csto.Resolution("best"))


@pytest.mark.parametrize(("name", "sources"), [("precedence", ()), ("every", ("atop-4.01",))])
def test_a_policy_made_by_hand_names_sources_if_it_is_precedence(name: str, sources: tuple[str, ...]) -> None:
    with pytest.raises(ArgumentError) as caught:
        csto.Resolution(name, sources)
    assert caught.value.argument == "sources"
    assert caught.value.value == sources


def test_precedence_needs_each_source_once_and_known() -> None:
    for sources in ((), ("atop-4.01", "atop-4.01")):
        with pytest.raises(ArgumentError):
            csto.precedence(*sources)
    with pytest.raises(UnknownNameError) as caught:
        CSTO.resolved(csto.precedence("atop-4.01", "atop"))
    assert caught.value.value == "atop"
    assert "atop-4.01" in str(caught.value)


def test_precedence_takes_sources_as_well_as_their_ids() -> None:
    turan: Any = SOURCES["turan-crossroads"]
    assert CSTO.resolved(csto.precedence(turan)).was_member("GEO", "1993-10-01") is YES


def test_a_selection_needs_known_sources() -> None:
    with pytest.raises(ArgumentError, match="needs at least one source"):
        CSTO.according_to()
    for sources in (("atop",), ("",), ("cow-igo-3", "atop")):
        with pytest.raises(UnknownNameError) as caught:
            CSTO.according_to(*sources)
        assert "atop-4.01" in caught.value.known
    turan = SOURCES["turan-crossroads"]
    assert CSTO.according_to(turan) == CSTO.according_to("turan-crossroads", turan)
    assert CSTO.according_to(*SOURCES) == CSTO
    assert CSTO.according_to("cow-igo-3").according_to(turan) == CSTO.according_to(turan)


@pytest.mark.parametrize("wrong", [["cow-igo-3"], 3, None], ids=repr)
def test_a_selection_of_what_is_no_source_is_refused(wrong: Any) -> None:
    with pytest.raises(UnknownNameError):
        CSTO.according_to(wrong)


# --- Publication -----------------------------------------------------------------------------------------------------

SEVEN = (*SIX, "UZB")


@pytest.mark.parametrize(
    ("day", "declared", "legal", "participating"),
    [
        ("2006-07-01", SEVEN, SIX, SEVEN),
        ("2012-09-01", SIX, SEVEN, SIX),
        ("2013-01-01", SIX, SIX, SIX),
        ("2024-03-01", SIX, SIX, SIX[1:]),
    ],
)
def test_a_reader_of_the_day_could_know_the_members(
    day: str, declared: tuple[str, ...], legal: tuple[str, ...], participating: tuple[str, ...]
) -> None:
    for reading, expected in (("declared", declared), ("legal", legal), ("participating", participating)):
        found = CSTO.under(reading).as_published_by(day).members_on(day)
        assert (found.certain.codes, found.undetermined.codes) == (expected, ())
        assert not any("later than" in caveat for caveat in found.caveats)


@pytest.mark.parametrize(
    ("published_by", "state", "day", "then", "now"),
    [
        ("2006-06-04", "UZB", "2006-06-24", NO, YES),
        ("2012-05-31", "UZB", "2012-06-29", YES, NO),
        ("1993-12-31", "ARM", "2007-01-01", YES, YES),
    ],
)
def test_what_was_published_first_after_the_day_is_not_known(
    published_by: str, state: str, day: str, then: Verdict, now: Verdict
) -> None:
    assert CSTO.as_published_by(published_by).was_member(state, day) is then
    assert CSTO.was_member(state, day) is now


def test_what_a_yearly_source_may_have_told_by_then_is_open() -> None:
    """The handbook of 2024 tells of a freeze in 2024, and may have appeared on any day of it."""
    seen = CSTO.under("participating")
    for day, expected in (("2023-12-31", YES), ("2024-02-21", UNDETERMINED), ("2024-03-01", NO)):
        found = seen.as_published_by(day).status("ARM", "2024-03-01")
        assert found.verdict is expected
        assert expected is not UNDETERMINED or any("factbook-2024" in caveat for caveat in found.caveats)


def test_a_finding_for_a_later_day_says_that_it_looks_ahead() -> None:
    seen = CSTO.as_published_by("2012-09-01")
    for day, ahead in (("2012-08-31", False), ("2012-09-01", False), ("2012-09-02", True), ("2012-09", True)):
        for caveats in (seen.status("KZ", day).caveats, seen.members_on(day).caveats):
            assert any("later than 2012-09-01" in caveat for caveat in caveats) is ahead
    assert seen.was_member("KZ", "2012-09-02") is YES
    assert seen.strict().was_member("KZ", "2012-09-02") is UNDETERMINED
    assert seen.coverage.last == dt.date(2012, 9, 1)


@pytest.mark.parametrize("wrong", ["2006", "2006-07", "[2006-07-01..2006-07-02]", "199X", "July 2006", "[..2006]"])
def test_a_publication_date_is_one_exact_day(wrong: str) -> None:
    with pytest.raises(DateError) as caught:
        CSTO.as_published_by(wrong)
    assert isinstance(caught.value, ValueError)


def test_before_the_first_source_nothing_can_be_asked() -> None:
    for view in (CSTO, CSTO.under("legal"), CSTO.resolved("every")):
        with pytest.raises(DateError, match="1992-05-15"):
            view.as_published_by("1992-05-14")
    assert CSTO.as_published_by("1992-05-15").sources
    late = CSTO.according_to("asia-plus-2021")
    with pytest.raises(DateError):
        late.as_published_by("2020-01-01")
    with pytest.raises(DateError):
        CSTO.as_published_by("2020-01-01").according_to("asia-plus-2021")


def test_sources_that_cannot_make_a_difference_are_not_in_a_caveat() -> None:
    """The handbook of 2012 only lists members, and the events of Uzbekistan draw its line without it."""
    found = CSTO.as_published_by("2012-09-01").status("UZB", "2012-08-01")
    assert not any("factbook-2012" in caveat for caveat in found.caveats)


# --- The explanation is complete -------------------------------------------------------------------------------------


def plain(date: str) -> str:
    """A date of the bundled record as the oracle reads it: decades, and ranges whose ends are months, as days."""
    if date.endswith("X"):
        return f"[{date[:3]}0-01-01..{date[:3]}9-12-31]"
    if date.startswith("["):
        first, last = date.strip("[]").split("..")
        return f"[{oracle.parse(first).first}..{oracle.parse(last).last}]"
    return date


def bundled_document() -> dict[str, Any]:
    document = tomllib.loads(data_file("csto.toml").decode())
    for event in document["event"]:
        event["claims"] = [
            {**claim, **({"date": plain(claim["date"])} if "date" in claim else {})} for claim in event["claims"]
        ]
    return document


CONTESTED = {
    ("1993-10-01", "GEO"): {"wikipedia-2025-08", "wikipedia-ru-2022-01", "turan-crossroads", "kremlin-background"},
    ("1999-04-10", "UZB"): {"wikipedia-2025-08", "lenta-2006-12-13", "obozrevatel-2006-12-14", "ria-2006-12-13"},
    ("2012-06-25", "UZB"): {"moscow-times-2012-06", "caci-2012-08-08", "tass-2012-12-19", "factbook-2023"},
    ("1994-01-01", "BLR"): {"atop-4.01"},
}


@pytest.mark.parametrize(
    ("day", "state"), [*CONTESTED, ("1993-12-09", "GEO"), ("2006-07-15", "UZB"), ("2024-03-01", "ARM")]
)
def test_those_who_contest_an_answer_are_all_whose_claim_alone_would_change_it(day: str, state: str) -> None:
    document = bundled_document()
    found = {reading: CSTO.under(reading).status(state, day) for reading in ("declared", "legal", "participating")}
    expected: dict[str, list[Any]] = {reading: [] for reading in found}
    for event in document["event"]:
        if state not in event["states"]:
            continue
        claims = [claim for claim in event["claims"] if state in claim.get("states", event["states"])]
        best = min((claim.get("rank", "normal") for claim in claims), key=oracle.RANKS.index)
        for claim, supposed in zip(claims, suppositions(document, event, state, None, without=False), strict=True):
            if claim.get("rank", "normal") == best:
                continue
            try:
                alone = History(record_of(supposed))
            except RecordError:  # no order of days is left
                continue
            for reading, finding in found.items():
                if alone.under(reading).was_member(state, day) is not finding.verdict:
                    told = (event["id"], claim["source"], claim["act"], claim.get("locator", ""))
                    expected[reading].append(told)
    assert {
        reading: [
            (told.event.id, told.source.id, told.claim.act.value, told.claim.locator) for told in finding.contested_by
        ]
        for reading, finding in found.items()
    } == expected
    for finding in found.values():
        used = {claim for ground in finding.evidence if isinstance(ground, csto.Ground) for claim in ground.claims}
        assert not used & {*finding.contested_by}
        assert all(str(told) in str(finding) for told in finding.contested_by)
        assert [told["source"] for told in finding.as_dict()["contested_by"]] == [
            told.source.id for told in finding.contested_by
        ]


@pytest.mark.parametrize(("day", "state"), CONTESTED)
def test_the_contested_days_of_the_bundled_record_name_their_contesters(day: str, state: str) -> None:
    found = csto.status(state, day)
    assert {told.source.id for told in found.contested_by} == CONTESTED[day, state]
    for told in found.contested_by:
        assert told.source.id in str(found)
        assert told.claim.locator in str(found)


def test_where_every_claim_counts_nobody_is_left_to_contest() -> None:
    for day, state in CONTESTED:
        found = CSTO.resolved("every").status(state, day)
        assert (found.verdict, found.contested_by) == (UNDETERMINED, ())


@given(st.data())
def test_those_who_contest_any_answer_are_those_whom_the_oracle_finds(data: st.DataObject) -> None:
    document = data.draw(strategies.documents())
    view: dict[str, Any] = {
        "reading": data.draw(st.sampled_from(("declared", "legal", "participating"))),
        "institution": data.draw(strategies.institutions(document)),
    }
    policy = data.draw(st.sampled_from(("preferred", "every")))
    state = data.draw(st.sampled_from([state["id"] for state in document["state"]]))
    day = data.draw(st.sampled_from(days("2000-01-01", "2000-01-14")))
    note(f"{strategies.to_toml(document)}\n{view} {policy} {state} {day}")
    found = history(document, resolution=policy, **view).status(state, day)
    assert str(found.verdict) == str(
        judged(oracle.statuses_by_day(document, state, [day], resolution=policy, **view)[day])
    )
    expected = []
    for event in document.get("event", []):
        claims = oracle.claims_for(event, state, None) if state in event["states"] else []
        best = min((oracle.RANKS.index(claim.rank) for claim in claims), default=0)
        for claim, supposed in zip(claims, suppositions(document, event, state, None, without=False), strict=True):
            alone = verdicts(supposed, state, resolution=policy, **view)
            unused = policy == "preferred" and oracle.RANKS.index(claim.rank) != best
            if unused and alone and alone[strategies.DAYS.index(day)] is not found.verdict:
                expected.append((event["id"], claim.source, claim.act, claim.rank))
    assert [
        (told.event.id, told.source.id, told.claim.act.value, told.claim.rank.value) for told in found.contested_by
    ] == expected
