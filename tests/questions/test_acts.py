"""The acts that are told of a state are those that its claims leave, whether or not they change its status."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from support import oracle
from support.asking import history
from support.league import claim_of, event_of, history_of
from support.views import viewed_documents

import csto_membership as csto
from csto_membership import Act

CIS = csto.history("cis")


def told(acts: tuple[Any, ...]) -> list[str]:
    return [str(act) for act in acts]


def test_acts_stand_in_order_with_those_that_change_nothing() -> None:
    assert told(csto.CSTO.acts("UZ"))[-3:] == [
        "[2006-08-16..2008-03-28] Uzbekistan: entry_into_force",
        "2012-06-28 Uzbekistan: notice_of_suspension",
        "2012-12-19 Uzbekistan: suspension",
    ]
    assert told(CIS.acts("Georgia"))[-2:] == [
        "2008-08-18 Georgia: notice_of_withdrawal",
        "2009-08-18 Georgia: withdrawal",
    ]


def test_an_expiry_takes_effect_on_the_day_after() -> None:
    (expiry,) = [act for act in csto.CSTO.acts("GE") if act.act is Act.EXPIRY]
    assert expiry.date.earliest == dt.date(1999, 4, 21)
    assert csto.CSTO.timeline("GE").on("1999-04-20").verdict is csto.Verdict.YES
    assert csto.CSTO.timeline("GE").on("1999-04-21").verdict is csto.Verdict.NO


def test_acts_of_one_event_are_one_and_a_denial_is_none() -> None:
    league = history_of(
        event_of(
            "in", ["UZB"], claim_of("law", "signature", "2000-01-01"), claim_of("paper", "accession", "2000-01-03")
        ),
        event_of("out", ["UZB"], claim_of("law", "withdrawal", "2001-01-01"), claim_of("paper", "denial", None)),
        event_of("never", ["UZB"], claim_of("law", "denial", None)),
    )
    entry, withdrawal = league.acts("UZ")
    assert (entry.acts, entry.act, entry.date.edtf) == (
        (Act.SIGNATURE, Act.ACCESSION),
        None,
        "[2000-01-01..2000-01-03]",
    )
    assert entry.certain
    assert not withdrawal.certain
    assert str(withdrawal) == "2001-01-01 Uzbekistan: withdrawal, perhaps not at all"
    assert [act.certain for act in league.according_to("law").acts("UZ")] == [True, True]


def test_a_state_that_is_not_named_has_no_acts_and_a_wrong_name_is_refused() -> None:
    assert csto.CSTO.acts("Germany") == ()
    with pytest.raises(csto.UnknownStateError):
        csto.CSTO.acts("Lemuria")


def test_an_act_is_json_ready_and_short() -> None:
    for act in CIS.acts("Georgia"):
        assert json.loads(json.dumps(act.as_dict()))["event"] == act.event.id
        assert len(repr(act)) < 200


@pytest.mark.law
@given(viewed_documents())
def test_acts_are_those_that_the_claims_leave(viewed: tuple[Any, dict[str, Any]]) -> None:
    document, view = viewed
    seen = history(document, **view)
    for state in documents_states(document):
        expected = []
        for happening in oracle.happenings(document, state, view["sources"], view["resolution"]):
            dated = [one for one in happening.alternatives if one.days is not None]
            if dated:
                firsts, lasts = zip(*(one.days for one in dated), strict=True)
                ends = (None if None in firsts else min(firsts), None if None in lasts else max(lasts))
                certain = len(dated) == len(happening.alternatives)
                expected.append((happening.event, {one.act for one in dated}, ends, certain))
        acts = seen.acts(state)
        found = [
            (act.event.id, {one.value for one in act.acts}, (act.date.earliest, act.date.latest), act.certain)
            for act in acts
        ]
        assert found == expected


def documents_states(document: Any) -> list[str]:
    return [state["id"] for state in document["state"]]
