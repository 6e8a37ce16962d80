"""Findings: the status, why it is so, what would decide it, and who contests it."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import tomllib
from typing import Any

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history, undetermined
from support.controversies import days, judged, suppositions, verdicts
from support.league import LEAGUE, claim_of, event_of, history_of
from support.views import DATES, histories

import csto_membership as csto
from csto_membership import CSTO, Finding, Ground, History, Members, RecordError, Status, Verdict
from csto_membership._files.read import record_of
from csto_membership._values.cells import visible
from csto_membership._values.data_files import data_file

YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED


def grounds(found: Finding) -> list[Ground]:
    """The events that a finding rests on."""
    return [ground for ground in found.evidence if isinstance(ground, Ground)]


# --- Findings --------------------------------------------------------------------------------------------------------


def test_a_finding_tells_its_status_where_there_is_one() -> None:
    assert LEAGUE.status("ARM", "2000-02-05").status is Status.MEMBER
    found = LEAGUE.status("UZ", "2000-02-05")
    assert found.verdict is Verdict.UNDETERMINED
    assert found.statuses == {Status.NONE, Status.MEMBER}
    error = undetermined(lambda: found.status)
    assert error.finding is found
    assert "none, member" in str(error)


def test_a_finding_explains_itself() -> None:
    lines = str(LEAGUE.status("UZ", "2000-02-05")).splitlines()
    assert lines[0] == "Uzbekistan on 2000-02-05, league (declared): undetermined"
    assert lines[1] == "  possible: none or member"
    assert "      accession" not in lines[2]
    text = "\n".join(lines)
    for part in (
        "accession 2000-02-03",
        "accession 2000-02-08",
        "law, Law",
        "would be decided by",
        "2000-02-03, 2000-02-08",
    ):
        assert part in text
    assert "rests on" not in str(LEAGUE.status("RUS", "2000-02-05"))


@pytest.mark.parametrize(
    ("counted", "date", "said"),
    [
        (("member",), "2012-06-28", "suspended"),
        (("member", "suspended"), "2012-06-28", "suspended, counted as a member"),
        (("member", "suspended"), "2012-06-27", "member"),
        (("suspended",), "2012-06-27", "member, not counted as a member"),
        (("member", "suspended"), "2012-06", "member or suspended, counted as a member"),
        (("member",), "2012-06", "member or suspended"),
    ],
)
def test_a_finding_says_what_a_status_counts_as_where_that_is_not_its_name(
    counted: tuple[str, ...], date: str, said: str
) -> None:
    assert str(CSTO.counting(*counted).status("UZ", date)).splitlines()[1] == f"  possible: {said}"


def test_a_finding_rests_on_the_events_that_settled_the_status() -> None:
    assert [ground.event.id for ground in grounds(LEAGUE.status("KAZ", "2000-02-05"))] == ["signatures"]
    assert [ground.event.id for ground in grounds(LEAGUE.status("KAZ", "2000-03-15"))] == ["signatures", "exit"]
    assert [ground.event.id for ground in grounds(LEAGUE.status("KAZ", "2000-05-01"))] == ["exit"]
    assert LEAGUE.status("KAZ", "1999-12-31").evidence == ()
    (ground,) = grounds(LEAGUE.status("KAZ", "2000-02-05"))
    (told,) = ground.claims
    assert (told.source.id, told.claim.locator, told.event.id) == ("law", "art. 1", "signatures")
    assert str(told) == "signature 2000-01-01, preferred: law, Law, art. 1"
    assert str(ground) == f"signatures\n    {told}"


def test_a_claim_is_shown_with_its_marks() -> None:
    (ground,) = grounds(LEAGUE.status("KAZ", "2000-05-01"))
    assert str(ground.claims[0]) == "withdrawal 2000-03~, normal, inferred: paper, Paper (so it seems)"
    bare = history_of(
        event_of("e", ["UZB"], claim_of("x", "denial", None), claim_of("x", "signature", "2000")), source=[{"id": "x"}]
    )
    told = [str(each) for each in grounds(bare.status("UZB", "2001"))[0].claims]
    assert told == ["denial, normal: x", "signature 2000, normal: x"]
    by_publisher = history_of(
        event_of("e", ["UZB"], claim_of("x", "signature", "2000")), source=[{"id": "x", "publisher": "P"}]
    )
    assert str(grounds(by_publisher.status("UZB", "2001"))[0].claims[0]) == "signature 2000, normal: x, P"


def test_an_undetermined_finding_says_what_would_decide_it() -> None:
    assert LEAGUE.status("UZ", "2000-02-05").decided_by == (
        "accession: the day on which it took effect (2000-02-03, 2000-02-08)",
    )
    assert LEAGUE.status("KAZ", "2000-03-15").decided_by == (
        "exit: the day on which it took effect (2000-03-01..2000-03-31)",
    )
    assert LEAGUE.status("ARM", "[1999..2000]").decided_by == ("the day that is meant by [1999-01-01..2000-12-31]",)
    assert LEAGUE.status("ARM", "2000-02-05").decided_by == ()
    assert LEAGUE.status("ARM", "1999-12-31").decided_by == ()


def test_an_open_act_and_an_open_status_would_decide() -> None:
    seen = history_of(
        event_of("in", ["UZB"], claim_of("law", "signature", "1999")),
        event_of(
            "out", ["UZB"], claim_of("law", "withdrawal", "2000-02-01"), claim_of("paper", "suspension", "2000-02-01")
        ),
        event_of("told", ["ARM"], claim_of("law", "status", "2000-02-01", status=["member", "observer"])),
        event_of("maybe", ["RUS"], claim_of("law", "signature", "2000-02-01"), claim_of("paper", "denial", None)),
    )
    act = seen.counting("member", "suspended").status("UZB", "2000-02-01")
    assert act.decided_by == ("out: which act it was (withdrawal, suspension)",)
    assert act.verdict is Verdict.UNDETERMINED
    assert seen.status("ARM", "2000-02-01").decided_by == ("told: which status it led to (observer, member)",)
    never = seen.status("RUS", "2000-02-01")
    assert (
        never.decided_by
        == (
            "maybe: the day on which it took effect (2000-02-01)",
            "maybe: which act it was (signature, denial)",
        )[-len(never.decided_by) :]
    )
    assert never.decided_by


def test_what_a_selection_leaves_open_would_be_decided_by_another_source() -> None:
    found = LEAGUE.according_to("paper").status("KAZ", "2000-02-01")
    assert found.statuses == set(Status)
    assert "a source for what held before" in found.decided_by
    assert any("before the first act" in caveat for caveat in found.caveats)


def test_caveats_name_doubtful_dates_and_inferred_claims() -> None:
    found = LEAGUE.status("KAZ", "2000-05-01")
    assert found.caveats == (
        "exit: paper marks the date 2000-03~ as approximate",
        "exit: inferred from paper, which does not say so in words",
    )
    assert LEAGUE.status("KAZ", "2000-02-05").caveats == ()
    assert "the date asked about is uncertain" in LEAGUE.status("ARM", "2000?").caveats


@pytest.mark.parametrize(
    ("date", "beyond"),
    [
        ("1999-12-31", 1), ("2000-01-01", 0), ("2000-01-02", 0), ("2000-12-30", 0), ("2000-12-31", 0), ("2001-01-01", 1),
        ("2000", 0), ("[1999..2000]", 1), ("[2000..2001]", 1), ("[1999..2001]", 2), ("[..2000]", 1), ("[2000..]", 1),
    ],
)  # fmt: skip
def test_caveats_say_when_the_day_is_beyond_coverage(date: str, beyond: int) -> None:
    seen = history_of(head={"covers": {"first": "2000-01-01", "last": "2000-12-31"}})
    for found in (seen.status("UZB", date), seen.members_on(date), seen.strict().members_on(date)):
        assert len([caveat for caveat in found.caveats if "of coverage)" in caveat]) == beyond


def test_what_holds_beyond_coverage_is_said() -> None:
    signed = event_of("in", ["UZB"], claim_of("law", "signature", "1999"))
    for before, after, expected in (
        ("none", "carry", [Verdict.NO, Verdict.YES]),
        ("unknown", "unknown", [Verdict.UNDETERMINED, Verdict.UNDETERMINED]),
    ):
        covers = {"first": "2000-01-01", "last": "2000-12-31", "before": before, "after": after}
        seen = history_of(signed, head={"covers": covers})
        assert [seen.was_member("UZB", day) for day in ("1999-12-31", "2001-01-01")] == expected
        assert [seen.was_member("UZB", day) for day in ("2000-01-01", "2000-12-31")] == [Verdict.YES] * 2
        assert seen.strict().was_member("UZB", "2000-12-31") is Verdict.YES
        assert seen.strict().was_member("UZB", "2001-01-01") is Verdict.UNDETERMINED
        assert seen.strict().status("UZB", "2001-01-01").decided_by == ("a source that speaks of 2001-01-01",)


def no_world(**more: Any) -> History:
    """Selected alone, one paper has the second event before the first."""
    return history_of(
        event_of(
            "first", ["UZB"], claim_of("law", "signature", "2000-01-01"), claim_of("paper", "signature", "2000-05-01")
        ),
        event_of(
            "second",
            ["UZB"],
            claim_of("law", "withdrawal", "2000-06-01"),
            claim_of("paper", "withdrawal", "2000-03-01"),
        ),
        **more,
    )


def test_where_no_world_is_left_nothing_follows_and_a_caveat_names_the_events() -> None:
    seen = no_world().according_to("paper")
    for date in ("1990-01-01", "2000-04-01", "2010-01-01"):
        found = seen.status("UZB", date)
        assert found.verdict is Verdict.UNDETERMINED
        assert found.statuses == set(Status)
        assert any("first, second" in caveat for caveat in found.caveats)
        assert found.decided_by
        assert found.evidence == ()
        assert found.contested_by == ()
    assert seen.members_on("2000-04-01").undetermined.codes == ("UZB",)
    assert not any("no order" in caveat for caveat in no_world().status("UZB", "2000-04-01").caveats)


def test_where_no_world_is_left_an_institution_changes_nothing() -> None:
    institutions = [{"id": "a", "exists": {"declared": "1990"}}, {"id": "b", "exists": {"declared": "2000-02-01"}}]
    seen = no_world(institution=institutions)
    assert seen.record.events == no_world().record.events
    alone = seen.according_to("paper").institution("b")
    assert alone.status("UZB", "2000-01-31").statuses == {Status.NONE}
    assert alone.status("UZB", "2000-02-01").statuses == set(Status)


def test_attestations_answer_where_no_act_is_left() -> None:
    told = [
        {"source": "list", "states": ["UZB"], "status": "member", "during": "2000-02", "inferred": True},
        {"source": "list", "states": ["UZB"], "status": ["member", "observer"], "on": "2000-02-10"},
        {"source": "list", "states": ["ARM"], "status": "member", "on": "2000-02-10", "complete": True},
        {"source": "list", "states": ["ARM"], "status": "observer", "on": "2000-02-10"},
        {"source": "list", "states": ["KAZ"], "status": "member", "during": "2000-03", "speaks_of": "last_day"},
        {"source": "list", "states": ["KAZ"], "status": "member", "during": "2000-04", "speaks_of": "some_day"},
    ]
    signed = claim_of("law", "signature", "1999")
    seen = history_of(event_of("in", ["UZB", "KAZ"], signed), attestation=told).according_to("list")
    statuses = {
        (state, day): seen.status(state, day).statuses
        for state in ("ARM", "KAZ", "RUS", "UZB")
        for day in ("2000-01-31", "2000-02-01", "2000-02-10", "2000-02-29", "2000-03-01", "2000-03-31", "2000-04-15")
    }
    every, member = frozenset(Status), frozenset({Status.MEMBER})
    assert [statuses["UZB", day] for day in ("2000-01-31", "2000-02-01", "2000-02-29", "2000-03-01")] == [
        every,
        member,
        member,
        every,
    ]
    # of the complete list on that day UZB is not one: nothing is left in common, so their union
    assert statuses["UZB", "2000-02-10"] == every
    assert statuses["RUS", "2000-02-10"] == every - member
    assert statuses["ARM", "2000-02-10"] == {Status.MEMBER, Status.OBSERVER}
    assert [statuses["KAZ", day] for day in ("2000-03-01", "2000-03-31", "2000-04-15")] == [every, member, every]
    found = seen.status("UZB", "2000-02-01")
    assert any("attest" in caveat for caveat in found.caveats)
    assert any("inferred" in caveat for caveat in found.caveats)
    assert not any("inferred" in caveat for caveat in seen.status("KAZ", "2000-03-31").caveats)
    assert "list" in str(found.evidence)
    assert "attests member, every day of 2000-02-01/2000-02-29, inferred: list, List" in str(found)
    assert seen.status("UZB", "2000-01-31").decided_by == ("a source that speaks of 2000-01-31",)


def test_a_state_without_events_is_none_in_a_selection_except_where_attested() -> None:
    told = [{"source": "list", "states": ["KAZ"], "status": "member", "during": "2000-03"}]
    seen = history_of(attestation=told).according_to("list")
    days = ("2000-02-29", "2000-03-01", "2000-03-31", "2000-04-01")
    assert [seen.was_member("KAZ", day) for day in days] == [Verdict.NO, Verdict.YES, Verdict.YES, Verdict.NO]
    assert seen.was_member("RUS", "2000-03-15") is Verdict.NO


def test_a_source_that_attests_some_day_of_a_period_does_not_answer_no_for_the_whole_period() -> None:
    told = [{"source": "list", "states": ["KAZ"], "status": "member", "during": "2000-03", "speaks_of": "some_day"}]
    seen = history_of(attestation=told).according_to("list")
    assert seen.was_member("KAZ", "2000-03-15") is Verdict.UNDETERMINED


def test_claims_that_are_not_used_contest_the_answer_where_they_would_change_it() -> None:
    seen = history_of(
        event_of(
            "in",
            ["UZB"],
            claim_of("law", "signature", "2000-02-10", rank="preferred"),
            claim_of("paper", "signature", "2000-02-05"),
            claim_of("list", "signature", "2000-02-15", rank="deprecated", note="a slip"),
        )
    )
    contested = {
        day: [told.source.id for told in seen.status("UZB", f"2000-02-{day}").contested_by]
        for day in ("04", "05", "09", "10", "14", "15")
    }
    assert contested == {"04": [], "05": ["paper"], "09": ["paper"], "10": ["list"], "14": ["list"], "15": []}
    assert "would change if these claims were right" in str(seen.status("UZB", "2000-02-05"))
    assert [told.source.id for told in seen.according_to("law", "paper").status("UZB", "2000-02-14").contested_by] == []


@pytest.mark.parametrize(
    ("date", "contested"),
    [("2012-06-19", False), ("2012-06-20", True), ("2012-06-25", True), ("2012-06-27", True), ("2012-06-28", False)],
)
def test_uzbekistan_is_contested_on_the_days_between_two_dates_of_its_note(date: str, contested: bool) -> None:
    claims = [told.claim for told in csto.status("UZB", date).contested_by]
    notes = {told.date.edtf for told in claims if told.date and told.act.value == "notice_of_suspension"}
    assert ("2012-06-20" in notes) is contested


@pytest.mark.law
@given(documents.narrow(), st.data())
def test_contested_by_is_every_unused_claim_that_alone_would_give_another_verdict(
    document: Any, data: st.DataObject
) -> None:
    # Where a record vouches for some acts only, a claim with an effect leaves open what was before, used or not; the
    # record without it says less.
    assume(document["organisation"].get("covers", {}).get("acts") != "some")
    seen = History(record_of(document))
    state = data.draw(st.sampled_from([state["id"] for state in document["state"]]))
    day = data.draw(st.sampled_from(documents.DAYS))
    found = seen.status(state, day)
    best = {"preferred": 0, "normal": 1, "deprecated": 2}
    lean = copy.deepcopy(document)
    for each in lean["event"]:
        top = min(best[told.get("rank", "normal")] for told in each["claims"])
        each["claims"] = [told for told in each["claims"] if best[told.get("rank", "normal")] == top]
    for number, each in enumerate(document["event"]):
        used = lean["event"][number]["claims"]
        for unused in each["claims"]:
            if unused in used or ".." in unused["date"] or state not in each["states"]:
                continue
            other = copy.deepcopy(lean)
            other["event"][number]["claims"] = [unused]
            for row in other["event"]:
                row["states"] = [state] if state in row["states"] else []
            other["event"] = [row for row in other["event"] if row["states"]]
            told = (each["id"], unused["source"], unused["act"], unused["date"], unused.get("rank", "normal"))
            named = {
                (t.event.id, t.source.id, t.claim.act.value, t.claim.date and t.claim.date.edtf, t.claim.rank.value)
                for t in found.contested_by
            }
            try:
                verdict = History(record_of(other)).was_member(state, day)
            except csto.RecordError:
                assert told not in named
            else:
                assert (told in named) is (verdict is not found.verdict), told


@pytest.mark.law
@given(histories(), DATES)
def test_a_finding_is_consistent_and_json_ready(seen: History, date: str) -> None:
    chosen = {source.id for source in seen.sources}
    for state in seen.states:
        found = seen.status(state, date)
        assert found.verdict is seen.was_member(state, date)
        assert found.statuses
        if found.verdict is Verdict.UNDETERMINED:
            assert found.decided_by
        else:
            assert found.decided_by == ()
        if len(found.statuses) == 1:
            assert found.status in found.statuses
        else:
            assert undetermined(lambda found=found: found.status).finding is found
        events = grounds(found)
        attested = [ground for ground in found.evidence if not isinstance(ground, Ground)]
        assert not events or not attested
        assert all(ground.source.id in chosen for ground in attested)
        used = {told.claim for ground in events for told in ground.claims}
        for told in [*(told for ground in events for told in ground.claims), *found.contested_by]:
            assert told.source.id == told.claim.source
            assert told.source.id in chosen
            assert told.claim in told.event.claims_of(state.id)
        assert not {told.claim for told in found.contested_by} & used
        text = str(found)
        assert state.name in text
        assert str(found.verdict) in text
        assert all(visible(caveat) in text for caveat in (*found.caveats, *found.decided_by))
        told_dict = found.as_dict()
        assert json.loads(json.dumps(told_dict)) == told_dict
        assert told_dict["verdict"] in {"yes", "no", "undetermined"}


@pytest.mark.law
@given(histories(), DATES)
def test_a_call_that_would_decide_an_answer_can_be_made_and_leaves_its_question_no_more(
    seen: History, date: str
) -> None:
    for state in seen.states:
        found = seen.status(state, date)
        for question, call in zip(found.decided_by, found.deciding_calls, strict=True):
            if call:
                note(f"{question}: {call}")
                supposed = eval(f"seen{call}", {"seen": seen})  # noqa: S307 - a call of our own
                assert question not in supposed.status(state, date).decided_by


@pytest.mark.law
@given(histories(), DATES)
def test_a_call_beside_a_claim_against_an_answer_can_be_made(seen: History, date: str) -> None:
    for state in seen.states:
        for against in seen.status(state, date).contested_by:
            if against.call:
                note(against.call)
                eval(f"seen{against.call}", {"seen": seen})  # noqa: S307 - a call of our own


def test_no_call_is_told_that_would_be_refused_for_another_state_of_the_event() -> None:
    """A claim of a day before what came first for Russia alone: Armenia could have acted then, both could not."""
    seen = history_of(
        event_of("first", ["RUS"], claim_of("law", "accession", "2000-02-01")),
        event_of(
            "both",
            ["ARM", "RUS"],
            claim_of("law", "ratification", "2000-02-05", rank="preferred"),
            claim_of("paper", "ratification", "2000-01-05"),
        ),
    )
    [against] = seen.status("ARM", "2000-02-01").contested_by
    assert against.call == ""
    with pytest.raises(csto.ArgumentError, match="no order of days is left for RUS"):
        seen.supposing("both", "2000-01-05", act="ratification")


def test_an_open_day_is_decided_by_one_of_its_days() -> None:
    legal = CSTO.under("legal")
    found = legal.status("UZB", "2007-01-01")
    assert found.deciding_calls == (".supposing('uzb-return-force', '2006-08-16', act='entry_into_force')",)
    supposed = legal.supposing("uzb-return-force", "2006-08-16", act="entry_into_force")
    assert supposed.was_member("UZB", "2007-01-01") is Verdict.YES


def test_no_call_is_told_where_none_can_be_made() -> None:
    """Which status an act led to no supposition can say, nor that it led where one claim of several has it."""
    seen = history_of(
        event_of("one", ["ARM"], claim_of("law", "status", "2000-02-01", status=["member", "observer"])),
        event_of(
            "two",
            ["RUS"],
            claim_of("law", "status", "2000-02-01", status="member", rank="preferred"),
            claim_of("paper", "status", "2000-02-01", status="observer"),
        ),
    )
    found = seen.status("ARM", "2000-02-01")
    assert found.decided_by
    assert set(found.deciding_calls) == {""}
    [against] = seen.status("RUS", "2000-02-01").contested_by
    assert against.call == ""


def test_findings_are_values() -> None:
    found = LEAGUE.status("UZ", "2000-02-05")
    assert isinstance(found, Finding)
    assert isinstance(LEAGUE.members_on("2000"), Members)
    assert found == LEAGUE.status("Узбекистан", dt.date(2000, 2, 5))
    assert hash(found) == hash(LEAGUE.status("uzb", "2000-02-05"))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    told = found.as_dict()
    assert (told["state"], told["date"], told["statuses"]) == ("UZB", "2000-02-05", ["none", "member"])
    assert [row["claims"][0]["source"] for row in told["evidence"]] == ["law"]


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
    ("1999-04-10", "UZB"): {
        "wikipedia-2025-08",
        "lenta-2006-06-23",
        "lenta-2006-12-13",
        "obozrevatel-2006-12-14",
        "ria-2006-12-13",
    },
    ("2012-06-25", "UZB"): {
        "moscow-times-2012-06",
        "caci-2012-08-08",
        "osw-2012-07-11",
        "tass-2012-12-19",
        "factbook-2023",
    },
    ("1993-01-01", "KGZ"): {
        "latimes-1992-05-16",
        "csmonitor-1992-05-18",
        "taz-1992-05",
        "universalis-1992",
        "meyers-gus",
        "furche-1992-05",
    },
    ("1993-01-01", "TKM"): {
        "latimes-1992-05-16",
        "csmonitor-1992-05-18",
        "taz-1992-05",
        "universalis-1992",
        "meyers-gus",
    },
    ("1994-01-01", "BLR"): {"atop-4.01"},
}


def untold(event: Any) -> dict[str, Any]:
    """An event as it is written: what only the oracle is told is left out."""
    return {key: value for key, value in event.items() if key != "told"}


@pytest.mark.slow
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
                alone = History(record_of({**supposed, "event": [untold(each) for each in supposed["event"]]}))
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


@pytest.mark.law
@given(st.data())
def test_those_who_contest_any_answer_are_those_whom_the_oracle_finds(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    view: dict[str, Any] = {
        "reading": data.draw(st.sampled_from(("declared", "legal", "participating"))),
        "institution": data.draw(documents.institutions(document)),
    }
    policy = data.draw(st.sampled_from(("preferred", "every")))
    state = data.draw(st.sampled_from([state["id"] for state in document["state"]]))
    day = data.draw(st.sampled_from(days("2000-01-01", "2000-01-14")))
    note(f"{documents.to_toml(document)}\n{view} {policy} {state} {day}")
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
            if unused and alone and alone[documents.DAYS.index(day)] is not found.verdict:
                expected.append((event["id"], claim.source, claim.act, claim.rank))
    assert [
        (told.event.id, told.source.id, told.claim.act.value, told.claim.rank.value) for told in found.contested_by
    ] == expected
