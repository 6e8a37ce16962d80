"""Answers: verdicts, members, findings, spells and timelines, and that none of them ever hides what is open."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import documents as strategies

import csto_membership as csto
from csto_membership import (
    DateError,
    Finding,
    Ground,
    History,
    ImpreciseDate,
    Members,
    Spell,
    State,
    Status,
    Timeline,
    UndeterminedError,
    UnknownStateError,
    Verdict,
)
from csto_membership._files.read import record_of

DAY = dt.timedelta(1)


def claim(source: str, act: str, date: str | None, **more: Any) -> dict[str, Any]:
    return {"source": source, "act": act, **({"date": date} if date else {}), **more}


def event(id: str, states: list[str], *claims: dict[str, Any]) -> dict[str, Any]:
    return {"id": id, "states": states, "claims": [*claims]}


def made(*events: dict[str, Any], **tables: Any) -> History:
    document = {
        "organisation": {"id": "league", **tables.pop("head", {})},
        "state": [{"id": id} for id in ("ARM", "KAZ", "RUS", "UZB")],
        "source": [
            {"id": id, "title": id.title(), "published": "2001", "consulted": "2002-01-01"}
            for id in ("law", "paper", "list")
        ],
        "event": [*events],
        **tables,
    }
    return History(record_of(document))


#: ARM surely a member from 1 January, UZB from 3 or 8 February, KAZ until about March; RUS never.
LEAGUE = made(
    event("signatures", ["ARM", "KAZ"], claim("law", "signature", "2000-01-01", rank="preferred", locator="art. 1")),
    event("accession", ["UZB"], claim("law", "accession", "2000-02-03"), claim("paper", "accession", "2000-02-08")),
    event("exit", ["KAZ"], claim("paper", "withdrawal", "2000-03~", inferred=True, note="so it seems")),
)


def grounds(found: Finding) -> list[Ground]:
    """The events that a finding rests on."""
    return [ground for ground in found.evidence if isinstance(ground, Ground)]


def refused(question: Any) -> UndeterminedError:
    with pytest.raises(UndeterminedError) as caught:
        question()
    return caught.value


# --- Verdict ---------------------------------------------------------------------------------------------------------


def test_a_verdict_is_true_false_or_neither() -> None:
    assert [verdict.value for verdict in Verdict] == [True, False, None]
    assert bool(Verdict.YES) is True
    assert bool(Verdict.NO) is False
    assert refused(lambda: bool(Verdict.UNDETERMINED)).finding is None
    assert refused(lambda: not Verdict.UNDETERMINED)
    assert refused(lambda: Verdict.UNDETERMINED or True)
    assert Verdict(True) is Verdict.YES
    assert Verdict(None) is Verdict.UNDETERMINED
    assert [str(verdict) for verdict in Verdict] == ["yes", "no", "undetermined"]


@pytest.mark.parametrize("default", [True, False])
def test_only_an_undetermined_verdict_takes_the_default(default: bool) -> None:
    assert Verdict.YES.otherwise(default) is True
    assert Verdict.NO.otherwise(default) is False
    assert Verdict.UNDETERMINED.otherwise(default) is default


@given(st.frozensets(st.sampled_from(Status), min_size=1), st.frozensets(st.sampled_from(Status), min_size=1))
def test_a_verdict_is_judged_on_the_whole_set_of_statuses(
    statuses: frozenset[Status], counted: frozenset[Status]
) -> None:
    verdict = Verdict.of(statuses, counted)
    assert (verdict is Verdict.YES) == (statuses <= counted)
    assert (verdict is Verdict.NO) == (not statuses & counted)


def test_verdicts_survive_pickling() -> None:
    for verdict in Verdict:
        assert pickle.loads(pickle.dumps(verdict)) is verdict  # noqa: S301 - our own bytes


# --- Members ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "certain", "undetermined"),
    [
        ("1999-12-31", [], []),
        ("2000-01-01", ["ARM", "KAZ"], []),
        ("2000-01-02", ["ARM", "KAZ"], []),
        ("2000-02-02", ["ARM", "KAZ"], []),
        ("2000-02-03", ["ARM", "KAZ"], ["UZB"]),
        ("2000-02-07", ["ARM", "KAZ"], ["UZB"]),
        ("2000-02-08", ["ARM", "KAZ", "UZB"], []),
        ("2000-02-29", ["ARM", "KAZ", "UZB"], []),
        ("2000-03-01", ["ARM", "UZB"], ["KAZ"]),
        ("2000-03-30", ["ARM", "UZB"], ["KAZ"]),
        ("2000-03-31", ["ARM", "UZB"], []),
        ("2000-04-01", ["ARM", "UZB"], []),
        ("2000-01", ["ARM", "KAZ"], []),
        ("2000-02", ["ARM", "KAZ"], ["UZB"]),
        ("2000", ["ARM"], ["KAZ", "UZB"]),
        ("[1999-12-31..2000-01-01]", [], ["ARM", "KAZ"]),
        ("[2000-02-08..2000-02-29]", ["ARM", "KAZ", "UZB"], []),
        ("[2000-04-01..]", ["ARM", "UZB"], []),
        ("[..1999-12-31]", [], []),
        ("[..2000-01-01]", [], ["ARM", "KAZ"]),
    ],
)
def test_members_are_certain_or_undetermined_on_each_side_of_every_boundary(
    date: str, certain: list[str], undetermined: list[str]
) -> None:
    found = LEAGUE.members_on(date)
    assert found.certain.as_dict() == certain
    assert found.undetermined.as_dict() == undetermined
    assert found.possible == found.certain | found.undetermined


def test_the_number_of_members_is_of_one_day_the_same_for_all() -> None:
    # on no day of the two months is it four, or less than two
    found = LEAGUE.members_on("[2000-02-01..2000-03-31]")
    assert (found.fewest, found.most) == (2, 3)
    # one comes on the day on which another goes: who they were is open, how many there were is not
    swap = made(
        event("in", ["ARM"], claim("law", "signature", "2000-01-01")),
        event("out", ["ARM"], claim("law", "withdrawal", "2000-02-01")),
        event("next", ["UZB"], claim("law", "signature", "2000-02-01")),
    )
    found = swap.members_on("[2000-01-31..2000-02-01]")
    assert (len(found), found.fewest, found.most) == (1, 1, 1)
    assert found.undetermined.codes == ("ARM", "UZB")
    assert refused(lambda: [*found])


def test_in_raises_for_an_undetermined_state_alone() -> None:
    found = LEAGUE.members_on("2000-02-05")
    assert "Armenia" in found
    assert "АРМЕНИЯ" in found
    assert "RU" not in found
    error = refused(lambda: "UZ" in found)
    assert error.finding is found
    assert "Uzbekistan" in str(error)
    assert refused(lambda: LEAGUE.record.index.find("UZB") in found)


@pytest.mark.parametrize("value", ["Uzbekstan", "704", 5, None, State("XXX", "Georgia")])
def test_in_raises_for_a_state_that_the_record_does_not_know(value: object) -> None:
    for date in ("2000-02-05", "2000-02-08"):
        with pytest.raises(UnknownStateError):
            value in LEAGUE.members_on(date)  # noqa: B015 - the question raises


def test_len_iteration_and_truth_raise_where_they_hang_on_something_undetermined() -> None:
    open_ = LEAGUE.members_on("2000-02-05")
    for question in (lambda: len(open_), lambda: [*open_], lambda: list(open_), lambda: next(iter(open_))):
        assert refused(question).finding is open_
    assert bool(open_) is True
    sure = LEAGUE.members_on("2000-02-08")
    assert len(sure) == 3
    assert [state.id for state in sure] == ["ARM", "KAZ", "UZB"]
    nobody = LEAGUE.members_on("1999")
    assert (len(nobody), [*nobody], bool(nobody)) == (0, [], False)
    assert refused(lambda: bool(LEAGUE.members_on("[1999..2000]")))


def test_members_tell_themselves_to_people() -> None:
    found = LEAGUE.members_on("2000-02-05")
    assert str(found).splitlines() == [
        "2000-02-05: 2 to 3 members (declared)",
        "  ARM  Armenia",
        "  KAZ  Kazakhstan",
        "  UZB  Uzbekistan (undetermined)",
    ]
    assert str(LEAGUE.counting("former").members_on("2000-05-01")).startswith("2000-05-01: 1 member (declared)")


def test_members_tell_themselves_to_programs() -> None:
    told = LEAGUE.under("legal").members_on("2000-01").as_dict()
    assert json.loads(json.dumps(told)) == told
    assert {key: told[key] for key in ("date", "reading", "certain", "undetermined", "organisation")} == {
        "date": "2000-01",
        "reading": "legal",
        "certain": [],
        "undetermined": [],
        "organisation": "league",
    }
    assert LEAGUE.members_on("5 February 2000").as_dict()["date"] == "2000-02-05"
    assert LEAGUE.members_on("2000-02-05").date == dt.date(2000, 2, 5)
    assert LEAGUE.members_on("2000-02").date == ImpreciseDate.parse("2000-02")


def test_members_are_values() -> None:
    found = LEAGUE.members_on("2000-02-05")
    assert found == LEAGUE.members_on(dt.date(2000, 2, 5))
    assert hash(found) == hash(LEAGUE.members_on("5 February 2000"))
    assert found != LEAGUE.members_on("2000-02-06")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    with pytest.raises(AttributeError):
        found.fewest = 5  # type: ignore[misc]


@st.composite
def views(draw: st.DrawFn) -> tuple[dict[str, Any], History]:
    """A random record under a random view."""
    document = draw(strategies.documents())
    seen = History(record_of(document)).under(draw(st.sampled_from(["declared", "legal", "participating"])))
    seen = seen.resolved(draw(st.sampled_from(["preferred", "every", "majority"])))
    if draw(st.booleans()):
        seen = seen.according_to(*draw(strategies.selections(document)))
    if institution := draw(strategies.institutions(document)):
        seen = seen.institution(institution)
    if draw(st.booleans()):
        seen = seen.counting(*draw(st.lists(st.sampled_from(Status), min_size=1)))
    return document, seen.strict() if draw(st.booleans()) else seen


DATES = st.sampled_from(
    [
        *map(str, strategies.DAYS),
        "2000-01",
        "2000",
        "1999?",
        "[2000-01-04..2000-01-06]",
        "[..2000-01-03]",
        "[2000-01-09~..]",
    ]
)


@given(views(), DATES)
def test_members_raise_exactly_where_their_answer_is_open(view: tuple[Any, History], date: str) -> None:
    _, seen = view
    found = seen.members_on(date)
    open_ = {state.id for state in found.undetermined}
    assert set(found.certain) <= set(found.possible)
    assert set(found.possible) - set(found.certain) == set(found.undetermined)
    assert found.fewest <= found.most
    assert len(found.certain) <= found.fewest
    assert found.most <= len(found.possible)
    for state in seen.states:
        assert seen.was_member(state, date).value == (None if state.id in open_ else state in found.certain)
        if state.id in open_:
            assert refused(lambda state=state: state in found).finding is found
        else:
            assert (state in found) is (state in found.certain)
    if found.fewest == found.most:
        assert len(found) == found.most
    else:
        assert refused(lambda: len(found))
    if open_:
        assert refused(lambda: [*found])
    else:
        assert [*found] == [*found.certain]
    told = found.as_dict()
    assert json.loads(json.dumps(told)) == told
    assert str(found)


# --- Findings --------------------------------------------------------------------------------------------------------


def test_a_finding_tells_its_status_where_there_is_one() -> None:
    assert LEAGUE.status("ARM", "2000-02-05").status is Status.MEMBER
    found = LEAGUE.status("UZ", "2000-02-05")
    assert found.verdict is Verdict.UNDETERMINED
    assert found.statuses == {Status.NONE, Status.MEMBER}
    error = refused(lambda: found.status)
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
    bare = made(event("e", ["UZB"], claim("x", "denial", None), claim("x", "signature", "2000")), source=[{"id": "x"}])
    told = [str(each) for each in grounds(bare.status("UZB", "2001"))[0].claims]
    assert told == ["denial, normal: x", "signature 2000, normal: x"]
    by_publisher = made(event("e", ["UZB"], claim("x", "signature", "2000")), source=[{"id": "x", "publisher": "P"}])
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
    seen = made(
        event("in", ["UZB"], claim("law", "signature", "1999")),
        event("out", ["UZB"], claim("law", "withdrawal", "2000-02-01"), claim("paper", "suspension", "2000-02-01")),
        event("told", ["ARM"], claim("law", "status", "2000-02-01", status=["member", "observer"])),
        event("maybe", ["RUS"], claim("law", "signature", "2000-02-01"), claim("paper", "denial", None)),
    )
    act = seen.counting("member", "suspended").status("UZB", "2000-02-01")
    assert act.decided_by == ("out: which act it was (withdrawal, suspension)",)
    assert act.verdict is Verdict.UNDETERMINED
    assert seen.status("ARM", "2000-02-01").decided_by == ("told: which status it led to (member, observer)",)
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
    seen = made(head={"covers": {"first": "2000-01-01", "last": "2000-12-31"}})
    for found in (seen.status("UZB", date), seen.members_on(date), seen.strict().members_on(date)):
        assert len([caveat for caveat in found.caveats if "of coverage)" in caveat]) == beyond


def test_what_holds_beyond_coverage_is_said() -> None:
    signed = event("in", ["UZB"], claim("law", "signature", "1999"))
    for before, after, expected in (
        ("none", "carry", [Verdict.NO, Verdict.YES]),
        ("unknown", "unknown", [Verdict.UNDETERMINED, Verdict.UNDETERMINED]),
    ):
        covers = {"first": "2000-01-01", "last": "2000-12-31", "before": before, "after": after}
        seen = made(signed, head={"covers": covers})
        assert [seen.was_member("UZB", day) for day in ("1999-12-31", "2001-01-01")] == expected
        assert [seen.was_member("UZB", day) for day in ("2000-01-01", "2000-12-31")] == [Verdict.YES] * 2
        assert seen.strict().was_member("UZB", "2000-12-31") is Verdict.YES
        assert seen.strict().was_member("UZB", "2001-01-01") is Verdict.UNDETERMINED
        assert seen.strict().status("UZB", "2001-01-01").decided_by == ("a source that speaks of 2001-01-01",)


def no_world() -> History:
    """Selected alone, one paper has the second event before the first."""
    return made(
        event("first", ["UZB"], claim("law", "signature", "2000-01-01"), claim("paper", "signature", "2000-05-01")),
        event("second", ["UZB"], claim("law", "withdrawal", "2000-06-01"), claim("paper", "withdrawal", "2000-03-01")),
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
    document = no_world().record
    seen = made(
        event("first", ["UZB"], claim("law", "signature", "2000-01-01"), claim("paper", "signature", "2000-05-01")),
        event("second", ["UZB"], claim("law", "withdrawal", "2000-06-01"), claim("paper", "withdrawal", "2000-03-01")),
        institution=institutions,
    )
    assert document.events == seen.record.events
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
    signed = claim("law", "signature", "1999")
    seen = made(event("in", ["UZB", "KAZ"], signed), attestation=told).according_to("list")
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
    seen = made(attestation=told).according_to("list")
    days = ("2000-02-29", "2000-03-01", "2000-03-31", "2000-04-01")
    assert [seen.was_member("KAZ", day) for day in days] == [Verdict.NO, Verdict.YES, Verdict.YES, Verdict.NO]
    assert seen.was_member("RUS", "2000-03-15") is Verdict.NO


def test_a_source_that_attests_some_day_of_a_period_does_not_answer_no_for_the_whole_period() -> None:
    told = [{"source": "list", "states": ["KAZ"], "status": "member", "during": "2000-03", "speaks_of": "some_day"}]
    seen = made(attestation=told).according_to("list")
    assert seen.was_member("KAZ", "2000-03-15") is Verdict.UNDETERMINED


def test_claims_that_are_not_used_contest_the_answer_where_they_would_change_it() -> None:
    seen = made(
        event(
            "in",
            ["UZB"],
            claim("law", "signature", "2000-02-10", rank="preferred"),
            claim("paper", "signature", "2000-02-05"),
            claim("list", "signature", "2000-02-15", rank="deprecated", note="a slip"),
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


@given(strategies.narrow_documents(), st.data())
def test_contested_by_is_every_unused_claim_that_alone_would_give_another_verdict(
    document: Any, data: st.DataObject
) -> None:
    seen = History(record_of(document))
    state = data.draw(st.sampled_from([state["id"] for state in document["state"]]))
    day = data.draw(st.sampled_from(strategies.DAYS))
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


@given(views(), DATES)
def test_a_finding_is_consistent_and_json_ready(view: tuple[Any, History], date: str) -> None:
    _, seen = view
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
            assert refused(lambda found=found: found.status).finding is found
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
        assert all(caveat in text for caveat in (*found.caveats, *found.decided_by))
        told_dict = found.as_dict()
        assert json.loads(json.dumps(told_dict)) == told_dict
        assert told_dict["verdict"] in {"yes", "no", "undetermined"}


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


# --- Timelines and spells --------------------------------------------------------------------------------------------


def test_a_timeline_is_its_spells_in_order_with_both_days_included() -> None:
    timeline = LEAGUE.timeline("KAZ")
    assert isinstance(timeline, Timeline)
    assert len(timeline) == 4
    assert [spell.as_dict() for spell in timeline] == [
        {"first_day": None, "last_day": "1999-12-31", "statuses": ["none"], "verdict": "no"},
        {"first_day": "2000-01-01", "last_day": "2000-02-29", "statuses": ["member"], "verdict": "yes"},
        {
            "first_day": "2000-03-01",
            "last_day": "2000-03-30",
            "statuses": ["member", "former"],
            "verdict": "undetermined",
        },
        {"first_day": "2000-03-31", "last_day": None, "statuses": ["former"], "verdict": "no"},
    ]
    assert timeline.as_dict() == {"state": "KAZ", "spells": [spell.as_dict() for spell in timeline]}
    assert str(timeline).splitlines() == [
        "Kazakhstan",
        "  .. to 1999-12-31: none",
        "  2000-01-01 to 2000-02-29: member",
        "  2000-03-01 to 2000-03-30: member or former",
        "  2000-03-31 to ..: former",
    ]


@pytest.mark.parametrize(
    ("date", "place"),
    [
        (dt.date.min, 0), ("1999-12-31", 0), ("2000-01-01", 1), ("2000-01-02", 1), ("2000-02-29", 1), ("2000-03-01", 2),
        ("2000-03-30", 2), ("2000-03-31", 3), (dt.date.max, 3), ("2000-02", 1), ("[2000-04..]", 3), ("[..1999]", 0),
        ("[2000-03-01..2000-03-30]", 2),
    ],
)  # fmt: skip
def test_on_gives_the_spell_that_all_the_days_lie_in(date: Any, place: int) -> None:
    timeline = LEAGUE.timeline("KAZ")
    assert timeline.on(date) is timeline.spells[place]
    assert timeline.within(date) == (timeline.spells[place],)


@pytest.mark.parametrize(
    ("date", "places"),
    [
        ("[1999-12-31..2000-01-01]", (0, 2)), ("2000-03", (2, 4)), ("2000", (1, 4)), ("[..2000-01-01]", (0, 2)),
        ("[2000-03-30..]", (2, 4)), ("[1990..2010]", (0, 4)),
    ],
)  # fmt: skip
def test_a_date_across_several_spells_has_them_within_and_no_one_on(date: str, places: tuple[int, int]) -> None:
    timeline = LEAGUE.timeline("KAZ")
    assert timeline.within(date) == timeline.spells[slice(*places)]
    with pytest.raises(DateError) as caught:
        timeline.on(date)
    assert caught.value.value == date


@given(views())
def test_a_timeline_tells_each_day_as_the_history_does(view: tuple[Any, History]) -> None:
    _, seen = view
    for state in seen.states:
        timeline = seen.timeline(state)
        assert timeline.state == state
        for day in strategies.DAYS:
            spell = timeline.on(day)
            assert isinstance(spell, Spell)
            assert (spell.first_day or dt.date.min) <= day <= (spell.last_day or dt.date.max)
            assert spell.verdict is seen.was_member(state, day)
            assert spell.statuses == seen.status(state, day).statuses
        assert json.loads(json.dumps(timeline.as_dict())) == timeline.as_dict()
        assert pickle.loads(pickle.dumps(timeline)) == timeline  # noqa: S301 - our own bytes
