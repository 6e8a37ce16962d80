"""An instrument's force for each state as it follows from its deposits; ends by their last day; a record's own reading."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.asking import around

from csto_membership import CitedClaim, History, RecordError, Verdict
from csto_membership._files.read import record_of
from csto_membership._files.write import document_of

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED


def document(*claims: dict[str, Any], force: Any = None, **instrument: Any) -> dict[str, Any]:
    rule = {"force": force} if force else {}
    return {
        "organisation": {"id": "x", "reading": "legal"},
        "state": [{"id": "BEN", "name": "Benin"}],
        "source": [{"id": "s"}],
        "instrument": [{"id": "treaty", "kind": "treaty", "title": "Treaty", **rule, **instrument}],
        "event": [
            {"id": f"e{n}", "states": ["BEN"], "instrument": "treaty", "claims": [{"source": "s", **claim}]}
            for n, claim in enumerate(claims)
        ],
    }


def legal(*claims: dict[str, Any], **more: Any) -> History:
    return History(record_of(document(*claims, **more)))


RATIFIED = {"act": "ratification", "date": "2001-05-10"}
SIGNED = {"act": "signature", "date": "2000-01-01"}
MONTH = {"of": ["ratification", "accession"], "after": "P30D"}


def test_a_record_begins_under_the_reading_that_it_names() -> None:
    history = legal(SIGNED)
    assert history.reading.name == "legal"
    assert history.was_member("BEN", "2010-01-01") is NO
    assert history.under("declared").was_member("BEN", "2010-01-01") is YES
    assert document_of(history.record)["organisation"]["reading"] == "legal"
    with pytest.raises(RecordError, match="no such reading"):
        record_of({"organisation": {"id": "x", "reading": "lawful"}})


def test_a_ratification_of_which_no_force_is_told_leaves_it_open_from_its_day_on() -> None:
    history = legal(SIGNED, RATIFIED)
    assert around(history, "BEN", "2001-05-10") == [NO, OPEN, OPEN]
    assert around(history, "BEN", "2010-01-01") == [OPEN, OPEN, OPEN]
    assert any("when, if at all, it entered into force" in caveat for caveat in history.status("BEN", "2010").caveats)
    # Not before the instrument itself is in force.
    history = legal(SIGNED, RATIFIED, in_force="2005-01-01")
    assert around(history, "BEN", "2005-01-01") == [NO, OPEN, OPEN]


def test_a_force_that_is_told_or_denied_leaves_nothing_open() -> None:
    told = legal(SIGNED, RATIFIED, {"act": "entry_into_force", "date": "2001-07-01"})
    assert around(told, "BEN", "2001-07-01") == [NO, YES, YES]
    denied = document(SIGNED, RATIFIED, {"act": "entry_into_force", "date": "2001-07-01", "rank": "deprecated"})
    denied["event"][2]["claims"].append({"source": "s", "act": "denial", "rank": "preferred"})
    assert around(History(record_of(denied)), "BEN", "2010-01-01") == [NO, NO, NO]


def test_the_force_follows_from_the_deposit() -> None:
    history = legal(SIGNED, RATIFIED, force=MONTH)
    assert around(history, "BEN", "2001-06-09") == [NO, YES, YES]
    (cited,) = history.status("BEN", "2010-01-01").cited
    assert isinstance(cited, CitedClaim)
    assert cited.claim.inferred
    assert [event.id for event in history.record.events] == ["e0", "e1"]


def test_the_force_is_never_before_the_instruments_own_and_may_wait_for_a_month() -> None:
    assert around(legal(SIGNED, RATIFIED, force=MONTH, in_force="2002-02-03"), "BEN", "2002-02-03") == [NO, YES, YES]
    rule = {"of": ["ratification"], "after": {"add": "P3M", "then": "next_month"}}
    assert around(legal(SIGNED, RATIFIED, force=rule), "BEN", "2001-09-01") == [NO, YES, YES]


@pytest.mark.parametrize("after", ["P9000Y", "P31D", {"add": "P9000Y", "then": "next_month"}, {"then": "next_month"}])
def test_a_force_after_the_last_day_of_the_calendar_is_put_on_it(after: Any) -> None:
    for day in ("9999-12-01", "9999-12-31"):
        history = legal(
            {"act": "ratification", "date": day}, force={"of": ["ratification"], "after": after}, in_force="2000-01-01"
        )
        assert [history.was_member("BEN", last) for last in ("9999-12-30", "9999-12-31")] == [NO, YES]
    november = legal({"act": "ratification", "date": "9999-11-30"}, force={"of": ["ratification"], "after": "P1D"})
    assert around(november, "BEN", "9999-12-01") == [NO, YES, YES]


def test_the_range_of_a_deposit_shifts() -> None:
    history = legal(SIGNED, {"act": "ratification", "date": "2001-05"}, force=MONTH)
    assert around(history, "BEN", "2001-05-31") == [NO, OPEN, OPEN]
    assert around(history, "BEN", "2001-06-30") == [OPEN, YES, YES]


def test_no_force_follows_where_one_is_told_or_the_next_event_is_earlier() -> None:
    told = legal(SIGNED, RATIFIED, {"act": "entry_into_force", "date": "2003-01-01"}, force=MONTH)
    assert around(told, "BEN", "2003-01-01") == [NO, YES, YES]
    left = legal(SIGNED, RATIFIED, {"act": "withdrawal", "date": "2001-05-20"}, force=MONTH)
    assert left.was_member("BEN", "2001-06-15") is NO


def test_a_force_that_follows_acts_only_on_a_signatory() -> None:
    admitted = legal({"act": "admission", "date": "2000-01-01"}, {"act": "withdrawal", "date": "2001-01-01"}, RATIFIED)
    assert admitted.was_member("BEN", "2001-05-11") is OPEN
    observer = legal(
        {"act": "observer_status", "date": "2000-01-01"}, {"act": "prolongation", "date": "2001"}, force=MONTH
    )
    assert observer.was_member("BEN", "2010-01-01") is NO


@pytest.mark.parametrize(
    ("force", "place"),
    [
        ({"of": []}, "instrument 'treaty'.force.of"),
        ({"of": ["signature"]}, "instrument 'treaty'.force.of"),
        ({"of": ["ratification"], "after": "soon"}, "instrument 'treaty'.force.after"),
        ({"of": ["ratification"], "after": {"add": "P1M", "then": "later"}}, "instrument 'treaty'.force.after.then"),
    ],
)
def test_a_rule_that_cannot_be_is_a_fault(force: Any, place: str) -> None:
    with pytest.raises(RecordError) as caught:
        record_of(document(SIGNED, force=force))
    assert [fault.place for fault in caught.value.faults] == [place]


@pytest.mark.parametrize("after", ["P30D", {"add": "P3M", "then": "next_month"}])
def test_a_rule_comes_back_as_it_was_written(after: Any) -> None:
    record = record_of(document(SIGNED, force={"of": ["ratification"], "after": after}))
    assert document_of(record)["instrument"][0]["force"]["after"] == after
    assert record_of(document_of(record)) == record


@pytest.mark.parametrize(("act", "first_out"), [("withdrawal", "2020-02-01"), ("expiry", "2020-02-01")])
def test_an_end_may_give_its_last_day(act: str, first_out: str) -> None:
    history = legal(SIGNED, {"act": act, "last_day": "2020-01-31"}).under("declared")
    assert around(history, "BEN", first_out) == [YES, NO, NO]
    written = document_of(history.record)["event"][1]["claims"][0]
    assert written == {"source": "s", "act": act, "last_day": "2020-01-31"}
    assert record_of(document_of(history.record)) == history.record


def test_only_an_end_has_a_last_day_and_none_has_two_dates() -> None:
    with pytest.raises(RecordError, match="only an end"):
        record_of(document({"act": "signature", "last_day": "2020-01-31"}))
    with pytest.raises(RecordError, match="either a date or a last_day"):
        record_of(document(SIGNED, {"act": "withdrawal", "date": "2020-01-31", "last_day": "2020-01-31"}))


# --- Acts that may bind from an earlier day -----------------------------------------------------------------------------

SUCCEEDED = {"act": "succession", "date": "1961-08-01"}
BACK = {"of": [], "retroactive": ["succession"]}


def test_in_law_a_succession_may_bind_since_the_state_began() -> None:
    # Benin's first day in any list of states is 1960-08-01.
    history = legal(SUCCEEDED, force=BACK)
    assert around(history, "BEN", "1960-08-01") == [NO, OPEN, OPEN]
    assert around(history, "BEN", "1961-08-01") == [OPEN, OPEN, OPEN]
    assert around(history.under("declared"), "BEN", "1961-08-01") == [NO, YES, YES]
    assert around(legal(SUCCEEDED), "BEN", "1961-08-01") == [NO, OPEN, OPEN]


def test_what_binds_from_an_earlier_day_is_inferred_and_no_event_of_the_file() -> None:
    history = legal(SUCCEEDED, force=BACK)
    finding = history.status("BEN", "1961-01-01")
    assert any("inferred" in caveat for caveat in finding.caveats)
    assert [event.id for event in history.record.events] == ["e0"]
    assert [event.id for event in history.record.events_of("BEN")] == ["e0:back", "e0"]
    assert history.under("declared").status("BEN", "1970-01-01").decided_by == ()


def test_no_law_looks_back_to_days_before_the_treaty() -> None:
    history = legal(SUCCEEDED, force=BACK, in_force="1961-03-01")
    assert around(history, "BEN", "1961-03-01") == [NO, OPEN, OPEN]
    after = legal(SUCCEEDED, force=BACK, in_force="1962-01-01")
    assert around(after, "BEN", "1962-01-01") == [NO, OPEN, OPEN]


def test_a_force_that_follows_ends_what_a_succession_leaves_open() -> None:
    rule = {"of": ["succession"], "after": "P30D", "retroactive": ["succession"]}
    history = legal(SUCCEEDED, force=rule)
    assert around(history, "BEN", "1961-08-31") == [OPEN, YES, YES]
    assert around(history, "BEN", "1960-08-01") == [NO, OPEN, OPEN]


def test_a_force_that_is_told_or_denied_leaves_nothing_to_look_back_for() -> None:
    told = legal({"act": "entry_into_force", "date": "1960-08-01"}, SUCCEEDED, force=BACK)
    assert around(told, "BEN", "1960-08-01") == [NO, YES, YES]


def test_what_came_before_a_succession_comes_before_the_day_that_it_reaches_back_to() -> None:
    history = legal({"act": "signature", "date": "1961-01-01"}, SUCCEEDED, force=BACK)
    assert around(history, "BEN", "1961-01-01") == [NO, OPEN, OPEN]
    ended = legal(
        {"act": "accession", "date": "1961-01-01"}, {"act": "withdrawal", "date": "1961-07-01"}, SUCCEEDED, force=BACK
    )
    assert around(ended, "BEN", "1961-07-01") == [OPEN, OPEN, OPEN]


def test_lists_that_begin_a_state_after_its_succession_do_not_say_since_when_it_may_have_been_bound() -> None:
    early = legal({"act": "succession", "date": "1950-01-01"}, force=BACK, in_force="1949-06-01")
    assert around(early, "BEN", "1949-06-01") == [NO, OPEN, OPEN]
    assert around(early, "BEN", "1950-01-01") == [OPEN, OPEN, OPEN]
    on_the_day = legal({"act": "succession", "date": "1960-08-01"}, force=BACK)
    assert around(on_the_day, "BEN", "1960-08-01") == [NO, OPEN, OPEN]


def test_a_state_of_which_no_beginning_is_known_may_always_have_been_bound() -> None:
    unknown = document(SUCCEEDED, force=BACK)
    unknown["state"] = [{"id": "BEN", "name": "Benin", "lifespans": [{"last": "2100-01-01", "citation": "a list"}]}]
    assert History(record_of(unknown)).was_member("BEN", "1000-01-01") is OPEN


def since(deposit: str) -> str:
    return f"[1960-08-01..{deposit}]" if deposit >= "1960-08-01" else f"[..{deposit}]"


@pytest.mark.law
@given(
    acts=st.lists(st.sampled_from(["signature", "succession", "accession", "withdrawal"]), min_size=1, max_size=4),
    days=st.data(),
)
def test_in_law_a_force_was_before_a_succession_or_it_was_not_and_nothing_by_declaration(
    acts: list[str], days: Any
) -> None:
    first = dt.date(1960, 7, 28)
    dates = sorted(days.draw(st.lists(st.integers(0, 12), min_size=len(acts), max_size=len(acts))))
    claims = [{"act": act, "date": str(first + dt.timedelta(day))} for act, day in zip(acts, dates, strict=True)]
    try:
        seen = legal(*claims, force=BACK)
    except RecordError:
        assume(False)
    plain = legal(*claims)
    successions = [n for n, claim in enumerate(claims) if claim["act"] == "succession"]
    worlds = [
        legal(
            *(
                one
                for n, claim in enumerate(claims)
                for one in (
                    *([{"act": "entry_into_force", "date": since(claim["date"])}] if n in looking else []),
                    claim,
                )
            )
        )
        for size in range(len(successions) + 1)
        for looking in combinations(successions, size)
    ]
    for number in range(-2, 16):
        day = first + dt.timedelta(number)
        possible = frozenset().union(*(world.status("BEN", day).statuses for world in worlds))
        assert seen.status("BEN", day).statuses == possible
        for reading in ("declared", "participating"):
            assert seen.under(reading).status("BEN", day).statuses == plain.under(reading).status("BEN", day).statuses
