"""An institution that begins on an unknown day may not have begun."""

from __future__ import annotations

from support.asking import around, history
from support.records import SOURCE, UZB, event, signed

from csto_membership import Existence, History, Institution, Record, Verdict
from csto_membership import ImpreciseDate as Date
from csto_membership._files.read import record_of

YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED


def test_an_institution_that_may_have_begun_on_any_later_day_is_none_before_and_open_after() -> None:
    record = Record(
        "league",
        states=(UZB,),
        sources=(SOURCE,),
        institutions=(Institution("league", Existence(Date.parse("[2000-06-01..]"))),),
        events=(event(signed()),),
    )
    assert around(History(record), "UZB", "2000-06-01")[0] is NO
    known = record_of(
        {
            "organisation": {"id": "league"},
            "institution": [{"id": "league", "exists": {"declared": "[2000-06-01..2000-06-03]"}}],
            "state": [{"id": "UZB"}],
            "source": [{"id": "text"}],
            "event": [
                {"id": "in", "states": ["UZB"], "claims": [{"source": "text", "act": "signature", "date": "2000"}]}
            ],
        }
    )
    late = History(known).according_to("text")
    assert late.was_member("UZB", "2000-05-31") is NO
    assert late.was_member("UZB", "2000-06-02") is UNDETERMINED


def test_an_institution_that_begins_on_an_unknown_day_may_not_have_begun() -> None:
    document = {
        "organisation": {"id": "late"},
        "institution": [{"id": "late", "exists": {"declared": "[2000-01-03..2000-01-05]"}}],
        "state": [{"id": "ARM"}],
        "source": [{"id": "s"}],
        "event": [
            {"id": "e", "states": ["ARM"], "claims": [{"source": "s", "act": "signature", "date": "2000-01-01"}]}
        ],
    }
    seen = history(document)
    for day, expected in (("2000-01-02", "no"), ("2000-01-03", "undetermined"), ("2000-01-05", "yes")):
        assert str(seen.was_member("ARM", day)) == expected
    assert seen.days_as_member("ARM", "2000-01-01", "2000-01-10") == (6, 8)
    document["institution"] = [{"id": "late", "exists": {"declared": "[2000-01-03..]"}}]
    assert str(history(document).was_member("ARM", "2000-06-01")) == "undetermined"
