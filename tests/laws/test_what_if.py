"""
What if: to suppose what is the case changes nothing, and a record without some evidence is one that never had it.

What is supposed of an event otherwise is held against the oracle, which is given the event with one claim that says so.
"""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history
from support.views import views

import csto_membership as csto
from csto_membership import ArgumentError, DateError, History, RecordError, Status, UnknownNameError
from csto_membership._files.read import record_of
from csto_membership._values.period import Days
from csto_membership.strategies._dates import ranged_dates

ACTS = sorted(oracle.ACTS - {"status"})


def statuses(seen: History) -> dict[str, list[frozenset[str]]]:
    """All that is possible for each state on each day."""
    return {
        state: [frozenset(map(str, seen.status(state, day).statuses)) for day in documents.DAYS]
        for state in seen.states.codes
    }


def days_told(seen: History, number: int) -> dict[tuple[str, frozenset[Status], Days | None], None]:
    """The acts that the view leaves an event, with where they lead and on which days."""
    event = seen.record.events[number]
    told = (option for state in event.states for option in seen._derivation.options(state, event))
    return dict.fromkeys((option.act.value, option.statuses, option.days) for option in told)


@given(st.data())
def test_to_suppose_what_is_the_case_changes_nothing(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    view = data.draw(views(document))
    seen = history(document, **view)
    number = data.draw(st.integers(0, len(document["event"]) - 1))
    event = seen.record.events[number]
    told = days_told(seen, number)
    assume(len(told) == 1)
    # Where no source of a selection tells the event, it is no case of what is supposed.
    used = {source.id for source in seen.sources}
    assume(all(any(claim.source in used for claim in event.claims_of(state)) for state in event.states))
    ((act, _, days),) = told
    note(f"{documents.to_toml(document)}\n{view}\n{event.id} {act} {days}")
    # Where the chosen sources leave no order of days, the supposition is refused.
    assume(all(seen._derivation.cases(state)[0].walk.has_world for state in event.states))
    supposed = [seen.supposing(event, act=act)]
    if days:
        supposed.append(seen.supposing(event.id, date=supposed[0].view.supposed[0].date))
    for one in supposed:
        assert statuses(one) == statuses(seen)
        assert [change.as_dict() for change in one.changes(None, None)] == [
            change.as_dict() for change in seen.changes(None, None)
        ]
        assert f"supposing {event.id}" in repr(one)


def test_to_suppose_the_chosen_source_s_act_leaves_what_another_source_tells_of_the_event_untold() -> None:
    def claim(source: str, act: str, date: str) -> dict[str, str]:
        return {"source": source, "act": act, "date": date}

    # The source that is left out says that the event had an effect, so that it may have been anything before the admission.
    first = [
        claim("chosen", "end_of_provisional_application", "2000-01-06"),
        claim("other", "suspension", "2000-01-05"),
    ]
    then = [
        claim("chosen", "provisional_application", "[2000-01-09..2000-01-10]"),
        claim("chosen", "admission", "[2000-01-10..2000-01-11]"),
    ]
    document = {
        "organisation": {"id": "o", "covers": {"last": "2000-01-10", "acts": "all"}},
        "institution": [{"id": "treaty", "exists": {"declared": "2000-01-01"}}],
        "state": [{"id": "ARM"}],
        "source": [{"id": id, "kind": "press", "published": "2000-02-01"} for id in ("chosen", "other")],
        "event": [
            {"id": "first", "states": ["ARM"], "claims": first},
            {"id": "then", "states": ["ARM"], "claims": then},
        ],
    }
    seen = History(record_of(document)).according_to("chosen")
    supposed = seen.supposing("first", act="end_of_provisional_application")
    assert [str(spell) for spell in supposed.timeline("ARM")] == [str(spell) for spell in seen.timeline("ARM")]
    for one in (seen, supposed):
        assert "frozen" in one.changes("2000-01-10", "2000-01-11")[0].before


def stripped(document: dict[str, Any], source: str) -> dict[str, Any]:
    """The document as if it had never had the source, by hand."""
    left = copy.deepcopy(document)
    left["source"] = [each for each in left["source"] if each["id"] != source]
    for each in left["source"]:
        if source in each.get("copies", []):
            each["copies"].remove(source)
    for kind in ("attestation", "step"):
        left[kind] = [each for each in left.get(kind, []) if each["source"] != source]
    for kind in ("note", "instrument"):
        for each in left.get(kind, []):
            each["sources"] = [id for id in each.get("sources", []) if id != source]
    left["note"] = [each for each in left.get("note", []) if each["sources"]]
    for each in left.get("institution", []):
        each["claims"] = [claim for claim in each.get("claims", []) if claim["source"] != source]
    for event in left["event"]:
        event["claims"] = [claim for claim in event["claims"] if claim["source"] != source]
        told = [state for claim in event["claims"] for state in claim.get("states", event["states"])]
        event["states"] = [state for state in event["states"] if state in told]
    left["event"] = [event for event in left["event"] if event["states"]]
    return left


@given(st.data())
def test_without_a_source_is_the_record_that_never_had_it(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    view = {**data.draw(views(document)), "sources": None}
    source = data.draw(st.sampled_from([each["id"] for each in document["source"]]))
    if not isinstance(view["resolution"], str):
        view["resolution"] = "preferred"
    note(f"{documents.to_toml(document)}\n{view}\nwithout {source}")
    seen = history(document, **view)
    try:
        left = history(stripped(document, source), **view)
    except RecordError:
        with pytest.raises(ArgumentError, match="what is left would be refused"):
            seen.without(source)
        return
    without = seen.without(source)
    assert without.record == left.record
    assert statuses(without) == statuses(left)
    assert repr(without) == f"{repr(left)[:-1]} without source {source}>"
    assert f"without source {source}" in without.members_on(documents.DAYS[5]).reading
    # The same for a choice of sources: of the others as for a record that has only these.
    chosen = data.draw(documents.selections(document))
    if chosen - {source}:
        kept = chosen - {source}
        assert statuses(seen.according_to(*chosen).without(source)) == statuses(left.according_to(*kept))
    else:
        with pytest.raises(ArgumentError, match="nothing is left"):
            seen.according_to(*chosen).without(source)


@given(st.data())
def test_without_an_event_or_claims_is_the_record_that_never_had_them(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    number = data.draw(st.integers(0, len(document["event"]) - 1))
    left = copy.deepcopy(document)
    event = left["event"][number]
    seen = history(document)
    if data.draw(st.booleans()):
        part: Any = data.draw(st.sampled_from([event["id"], seen.record.events[number]]))
        del left["event"][number]
    else:
        place = data.draw(st.integers(0, len(event["claims"]) - 1))
        part = seen.record.events[number].claims[place]
        assume(sum(part in each.claims for each in seen.record.events) == 1)
        event["claims"] = [
            claim
            for claim, made in zip(event["claims"], seen.record.events[number].claims, strict=True)
            if made != part
        ]
        told = [state for claim in event["claims"] for state in claim.get("states", event["states"])]
        event["states"] = [state for state in event["states"] if state in told]
        if not event["states"]:
            del left["event"][number]
    note(f"{documents.to_toml(document)}\nwithout {part}")
    try:
        expected = history(left)
    except RecordError:
        with pytest.raises(ArgumentError, match="what is left would be refused"):
            seen.without(part)
        return
    assert statuses(seen.without(part)) == statuses(expected)


@given(st.data())
def test_what_is_supposed_otherwise_is_as_if_the_event_had_one_claim_of_it(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    # What follows from a deposit is a range of its own, which the oracle works out from the claims that are written.
    assume(not any("force" in instrument for instrument in document.get("instrument", [])))
    view = {**data.draw(views(document)), "sources": None}
    number = data.draw(st.integers(0, len(document["event"]) - 1))
    event = document["event"][number]
    act = data.draw(st.sampled_from(ACTS))
    date = (
        None if act == "denial" else data.draw(ranged_dates(documents.SPAN, data.draw(st.sampled_from(documents.DAYS))))
    )
    note(f"{documents.to_toml(document)}\n{view}\nsupposing {event['id']} {act} {date}")
    seen = history(document, **view)
    supposed = copy.deepcopy(document)
    claim = {"source": event["claims"][0]["source"], "act": act, **({"date": date} if date else {})}
    lines = {}
    for state in event["states"]:
        changed = {**event, "states": [state], "claims": [claim], "told": sorted(oracle.acts_told(event, state))}
        supposed["event"] = [changed if each["id"] == event["id"] else each for each in document["event"]]
        worlds = oracle.worlds(supposed, state, documents.DAYS, **view)
        lines[state] = (
            oracle.statuses_by_day(supposed, state, documents.DAYS, **view) if any(True for _ in worlds) else None
        )
    if None in lines.values():
        with pytest.raises(ArgumentError, match="no order of days is left"):
            seen.supposing(event["id"], date, act)
        return
    after = seen.supposing(event["id"], date, act)
    for state, line in lines.items():
        assert line
        assert statuses(after)[state] == [line[day] for day in documents.DAYS], state


def test_of_two_suppositions_of_one_event_the_last_holds_and_those_of_others_stand_beside_it() -> None:
    plain = csto.CSTO
    once = plain.supposing("geo-signature", "1993-09-09")
    assert plain.supposing("geo-signature", "1993-10-01").supposing("geo-signature", "1993-09-09") == once
    both = once.supposing("uzb-notice", act="suspension").without("kremlin-background")
    assert [one.event for one in both.view.supposed] == ["geo-signature", "uzb-notice"]
    assert repr(both) == (
        "<History csto declared without source kremlin-background supposing geo-signature: signature 1993-09-09 "
        "supposing uzb-notice: suspension 2012-06-28>"
    )
    assert both.without("geo-signature").view.supposed == both.view.supposed[1:]
    assert pickle.loads(pickle.dumps(both)) == both  # noqa: S301
    assert both.under("legal").view.supposed == both.view.supposed


@pytest.mark.parametrize(
    ("date", "act", "problem"),
    [
        (None, None, "a date, an act, or both"),
        ("1993", "denial", "what never happened has no date"),
        ("2003-09-09", None, "treaty-force"),
        ("soon", None, "cannot use 'soon'"),
        (None, "signing", "unknown act 'signing'"),
        (None, "status", "to which status"),
    ],
)
def test_what_cannot_be_supposed_is_told(date: Any, act: Any, problem: str) -> None:
    with pytest.raises((ArgumentError, DateError, UnknownNameError), match=problem):
        csto.CSTO.supposing("geo-signature", date, act)


def test_what_is_not_given_is_as_the_view_has_it_if_it_has_one() -> None:
    every = csto.CSTO.resolved("every")
    with pytest.raises(ArgumentError, match=r"several dates.*1993-09-09, 1993-12-09"):
        every.supposing("geo-signature", act="accession")
    with pytest.raises(ArgumentError, match="one of several acts"):
        every.supposing("uzb-notice", "2012-06-28")
    assert csto.CSTO.supposing("geo-signature", act="accession").status("GEO", "1993-12-09").status == "member"


def test_a_part_that_the_record_does_not_have_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown event or source 'geo-signatur'; did you mean 'geo-signature'"):
        csto.CSTO.without("geo-signatur")
    with pytest.raises(UnknownNameError, match="unknown event 'geo-signatur'; did you mean 'geo-signature'"):
        csto.CSTO.supposing("geo-signatur", "1993")
    with pytest.raises(ArgumentError, match="at least one"):
        csto.CSTO.without()
    with pytest.raises(ArgumentError, match="an event, a source or a claim"):
        csto.CSTO.without(1999)  # type: ignore[arg-type]
    (claim, *_) = csto.history("cis").record.events[0].claims
    with pytest.raises(ArgumentError, match="no event of the record has this claim"):
        csto.CSTO.without(claim)
    contested = csto.status("UZ", "1999-01-01").contested_by
    left = csto.CSTO.without(*contested)
    assert csto.status("UZ", "1999-01-01").verdict == left.was_member("UZ", "1999-01-01")
    assert left.status("UZ", "1999-01-01").contested_by == ()


def test_a_deposit_that_is_supposed_on_another_day_moves_the_force_that_follows_from_it() -> None:
    document = {
        "organisation": {"id": "pact", "reading": "legal"},
        "state": [{"id": "FRA"}],
        "source": [{"id": "s"}],
        "instrument": [
            {"id": "i", "title": "Pact", "kind": "treaty", "force": {"of": ["ratification"], "after": "P30D"}}
        ],
        "event": [
            {
                "id": "r",
                "states": ["FRA"],
                "instrument": "i",
                "claims": [{"source": "s", "act": "ratification", "date": "2000-01-01"}],
            }
        ],
    }
    seen = history(document, reading="legal")
    later = seen.supposing("r", "2001-01-01")
    assert [seen.was_member("FRA", day).value for day in ("2000-01-30", "2000-01-31")] == [False, True]
    assert [later.was_member("FRA", day).value for day in ("2001-01-30", "2001-01-31")] == [False, True]
    assert seen.supposing("r", act="denial").was_member("FRA", "2010-01-01").value is False
