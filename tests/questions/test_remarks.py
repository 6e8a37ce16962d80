"""Remarks: what is odd about a record and no fault of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.asking import history
from support.screen import Screen

import csto_membership as csto


def record(*events: tuple[str, str, str], **more: Any) -> dict[str, Any]:
    """A record of one state and the events of that id, act and date."""
    return {
        "organisation": {"id": "league", "covers": {"last": "2020-12-31"}},
        "state": [{"id": "ARM"}],
        "source": [{"id": "law"}],
        "event": [
            {"id": id, "states": ["ARM"], "claims": [{"source": "law", "act": act, "date": date}]}
            for id, act, date in events
        ],
        **more,
    }


def told(*events: tuple[str, str, str], **more: Any) -> list[str]:
    return [str(remark) for remark in history(record(*events, **more)).remarks]


IN, FORCE, OUT = (
    ("in", "accession", "2000-01-05"),
    ("force", "entry_into_force", "2000-02-01"),
    ("out", "withdrawal", "2010-01-01"),
)
IDLE = "it changes no status under any reading"
NOT_IN_FORCE = "state 'ARM': a member as declared, and never one under 'legal': no entry into force is told"


def test_nothing_is_odd_about_a_whole_membership() -> None:
    assert told(IN, FORCE, OUT) == []
    assert told(IN, FORCE) == []
    assert told(IN, FORCE, ("notice", "notice_of_withdrawal", "2009-01-01"), ("no", "revocation", "2009-06-01")) == []


@pytest.mark.parametrize(
    ("event", "before"),
    [
        (("again", "accession", "2005-01-01"), [IN, FORCE]),
        (("back", "return", "2005-01-01"), [IN, FORCE]),
        (("gone", "withdrawal", "2015-01-01"), [IN, FORCE, OUT]),
        (("seen", "observer_status", "2005-01-01"), [IN, FORCE]),
    ],
)
def test_an_event_that_changes_nothing_is_odd(event: tuple[str, str, str], before: list[tuple[str, str, str]]) -> None:
    assert told(*before, event) == [f"event {event[0]!r}: {IDLE}"]


def test_an_act_on_another_instrument_changes_nothing_and_is_not_odd() -> None:
    document = record(IN, FORCE, ("charter", "signature", "2005-01-01"))
    document["instrument"] = [{"id": "charter", "kind": "charter", "title": "Charter"}]
    document["event"][2]["instrument"] = "charter"
    assert history(document).remarks == ()


def test_a_signatory_for_ever_is_odd_and_one_whose_force_is_denied_is_not() -> None:
    assert told(("in", "signature", "2000-01-05")) == [NOT_IN_FORCE]
    denied = record(("in", "signature", "2000-01-05"))
    claims = [{"source": "law", "act": "denial"}, {"source": "law", "act": "entry_into_force", "date": "2000-05-05"}]
    denied["event"].append({"id": "force", "states": ["ARM"], "claims": [claims[0]]})
    assert history(denied).remarks == ()


def test_a_membership_that_outlives_its_state_is_odd() -> None:
    lives = {"first": "1990-01-01", "last": "2005-06-30", "citation": "list"}
    own = [{"id": "QQQ", "name": "Land", "lifespans": [lives]}]
    document = record(IN, FORCE)
    for event in document["event"]:
        event["states"] = ["QQQ"]
    remarks = [str(remark) for remark in history({**document, "state": own}).remarks]
    assert remarks == ["state 'QQQ': its membership has no end, and the state ended on 2005-06-30"]
    document["event"].append(
        {"id": "end", "states": ["QQQ"], "claims": [{"source": "law", "act": "extinction", "date": "2005-06-30"}]}
    )
    assert history({**document, "state": own}).remarks == ()


def test_what_is_to_come_is_odd() -> None:
    (remark,) = told(IN, FORCE, ("out", "withdrawal", "2026-12-31"))
    assert remark == "event 'out': it is to come: the record speaks of no day after 2020-12-31"


def test_a_source_that_tells_of_days_after_its_publication_is_odd() -> None:
    assert told(IN, FORCE, source=[{"id": "law", "published": "2000-02"}]) == []
    (remark,) = told(IN, FORCE, source=[{"id": "law", "published": "2000-01-31"}])
    assert remark == "source 'law': published by 2000-01-31, and it tells of 2000-02-01"
    attested = [{"source": "law", "states": ["ARM"], "status": "member", "during": "2005"}]
    assert len(told(IN, FORCE, source=[{"id": "law", "published": "2004"}], attestation=attested)) == 1


def test_few_things_are_odd_about_the_bundled_records() -> None:
    remarks = [remark for id in csto.organisations() for remark in csto.history(id).remarks]
    assert all(remark.place.startswith("source ") for remark in remarks)
    assert [remark.as_dict()["place"] for remark in remarks] == [remark.place for remark in remarks]


def test_validate_prints_remarks_and_finds_no_fault(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "league.json"
    csto.dump(history(record(IN, FORCE, ("back", "return", "2005-01-01"))), path)
    screen = Screen(capsys)
    assert screen.shows("validate", str(path)) == f"{path}: remark: event 'back': {IDLE}\n1 remark\n"
    code, out, err = screen.run("validate", "--strict", str(path))
    assert (code, err) == (1, "")
    assert "1 remark" in out
