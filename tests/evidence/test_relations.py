"""Acts that presuppose a relation: refused where the record vouches for all acts, and otherwise nothing is assumed."""

from __future__ import annotations

from typing import Any

import pytest
from support.asking import around

from csto_membership import Act, History, RecordError, Status, Verdict
from csto_membership._files.read import record_of

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
PRESUPPOSING = (
    *("expiry", "notice_of_suspension", "suspension", "notice_of_withdrawal"),
    *("withdrawal", "exclusion", "lapse", "freeze"),
)


def document(*acts: tuple[str, str], **covers: str) -> dict[str, Any]:
    events = [
        {"id": f"e{n}", "states": ["MLI"], "claims": [{"source": "s", "act": act, "date": day}]}
        for n, (act, day) in enumerate(acts)
    ]
    state = {"id": "MLI", "name": "Mali"}
    return {"organisation": {"id": "x", "covers": covers}, "state": [state], "source": [{"id": "s"}], "event": events}


@pytest.mark.parametrize("act", [act.value for act in Act if act not in (Act.STATUS, Act.DENIAL)])
def test_a_first_act_that_presupposes_a_relation_is_a_fault_with_both_remedies(act: str) -> None:
    if act not in PRESUPPOSING:
        record_of(document((act, "2013-07-05")))
        return
    with pytest.raises(RecordError) as caught:
        record_of(document(("prolongation", "2010"), (act, "2013-07-05")))
    (fault,) = caught.value.faults
    assert fault.place == "event 'e1'"
    assert "add the event that began it" in fault.remedy
    assert 'acts = "some"' in fault.remedy
    record_of(document(("accession", "2010"), (act, "2013-07-05")))


def test_an_event_of_which_any_claim_tells_another_act_is_no_fault() -> None:
    told = document(("suspension", "2013-07-05"))
    told["event"][0]["claims"].append({"source": "s", "act": "accession", "date": "2013", "rank": "deprecated"})
    record_of(told)


def test_of_a_list_of_suspensions_nothing_is_assumed_before_the_first() -> None:
    history = History(record_of(document(("suspension", "2013-07-05"), ("return", "2014-06-17"), acts="some")))
    assert around(history, "MLI", "2013-07-05") == [OPEN, NO, NO]
    assert around(history, "MLI", "2014-06-17") == [NO, YES, YES]
    assert history.timeline("MLI").on("2000-01-01").statuses == frozenset(Status)


def test_where_what_came_before_is_unknown_it_is_no_fault_and_nothing_is_assumed() -> None:
    history = History(record_of(document(("suspension", "2013-07-05"), before="unknown", first="2000-01-01")))
    assert around(history, "MLI", "2013-07-05") == [OPEN, NO, NO]
    for odd in ("return", "suspension_from_organs"):
        history = History(
            record_of(document((odd, "2013-07-05"), ("exclusion", "2014"), before="unknown", first="2000-01-01"))
        )
        assert history.timeline("MLI").on("2013-07-04").statuses == frozenset(Status), odd
        assert history.status("MLI", "2015-01-01").status is Status.FORMER, odd
    history = History(record_of(document(("return", "2013-07-05"), before="unknown", first="2000-01-01")))
    assert around(history, "MLI", "2013-07-05") == [OPEN, YES, YES]
    opened = History(record_of(document(("accession", "2013-07-05"), before="unknown", first="2000-01-01")))
    assert around(opened, "MLI", "2013-07-05") == [NO, YES, YES]
