"""Changes: who signed, joined, left, was suspended, returned or froze, against the oracle's worlds replayed act by act."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history
from support.views import views

import csto_membership as csto
from csto_membership import CSTO

LEGAL, PARTICIPATING = CSTO.under("legal"), CSTO.under("participating")
DAY = dt.timedelta(1)


def told(changes: tuple[csto.Change, ...]) -> list[tuple[str, str, str]]:
    return [(str(change.date), change.state.id, " or ".join(act.value for act in change.acts)) for change in changes]


def in_range(change: csto.Change, day: dt.date) -> bool:
    date = change.date
    return (date.earliest is None or date.earliest <= day) and (date.latest is None or day <= date.latest)


def values(statuses: frozenset[csto.Status]) -> set[str]:
    return {status.value for status in statuses}


# --- Against the oracle ----------------------------------------------------------------------------------------------


def replayed(document: Any, state: str, reading: Any, resolution: Any) -> dict[str, dict[str, Any]]:
    """
    What happens to a state at each event over all worlds of the whole record, with the table of acts.

    By event: its acts, statuses before and after, days, and the number of worlds without a change by it.
    """
    question = oracle._Question(
        document, state, (), reading=reading, resolution=resolution, sources=None, institution=None
    )
    ids = [event["id"] for event in document["event"]]
    found: dict[str, dict[str, Any]] = defaultdict(
        lambda: {"acts": set(), "before": set(), "after": set(), "days": set(), "worlds": 0}
    )
    number = 0
    for world in question.worlds():
        number += 1
        possible = {"none"}
        for step in world.steps:
            if step.act == "silent":  # no event: the library lists it apart
                possible = {"member" if status == "signatory" else status for status in possible}
                continue
            change_from = oracle.sources_of_change(step.act, question.effects)
            after, changed, idle = set(), False, False
            for status in possible:
                leads = {status}
                if status in change_from:
                    leads = set(step.statuses) if step.act == "status" else {oracle.led_to(step.act, question.effects)}
                after |= leads
                for to in leads:
                    if to == status:
                        idle = True
                        continue
                    changed = True
                    found[ids[step.place]]["before"].add(status)
                    found[ids[step.place]]["after"].add(to)
            if changed:
                found[ids[step.place]]["acts"].add(step.act)
                found[ids[step.place]]["days"].add(step.day)
                found[ids[step.place]]["worlds"] += not idle
            possible = after
    return {
        event: {
            "acts": each["acts"],
            "before": each["before"],
            "after": each["after"],
            # An act on the edge of the oracle's window may be as far away as one likes.
            "earliest": None if min(each["days"]) == question.first else min(each["days"]),
            "latest": None if max(each["days"]) == question.last else max(each["days"]),
            "certain": each["worlds"] == number,
        }
        for event, each in found.items()
    }


@pytest.mark.law
@given(st.data())
def test_changes_are_those_of_the_worlds(data: st.DataObject) -> None:
    """Nothing more and nothing less: acts, statuses, the first and the last day, and whether it is certain."""
    document = data.draw(documents.rich())
    document.pop("institution", None)
    documents.uncover(document)
    assume("covers" not in document["organisation"])
    reading = data.draw(documents.readings())
    resolution = data.draw(documents.resolutions(document))
    note(f"{documents.to_toml(document)}\n{reading} {resolution}")
    seen = history(document, reading=reading, resolution=resolution)
    listed = seen.changes(None, None)
    for state in seen.states.codes:
        found = {
            change.event.id: {
                "acts": {act.value for act in change.acts},
                "before": values(change.before),
                "after": values(change.after),
                "earliest": change.date.earliest,
                "latest": change.date.latest,
                "certain": change.certain,
            }
            for change in listed
            if change.state.id == state and change.event and not change.silent
        }
        assert found == replayed(document, state, reading, resolution)
    assert len({(change.state.id, change.event and change.event.id, change.silent) for change in listed}) == len(listed)


def kept(document: Any, sources: Any) -> tuple[dt.date, dt.date]:
    """The days between which acts alone say what a day shows: after the beginning, inside the coverage."""
    first, last = documents.DAYS[0], documents.DAYS[-1]
    outside = oracle.outside_coverage(document, sources)
    days = [day for day in documents.DAYS if outside(day) is None]
    return (days[0], days[-1]) if days else (last, first)


@pytest.mark.law
@given(st.data())
def test_whatever_changes_from_day_to_day_in_a_world_is_listed(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    view: dict[str, Any] = data.draw(views(document))
    if view["institution"]:
        # A state of which a selection leaves anything open may change without an event in the eyes of an institution.
        view["sources"] = None
        assume(not any(oracle.vouches_for_some_acts(document, state["id"]) for state in document["state"]))
    note(f"{documents.to_toml(document)}\n{view}")
    seen = history(document, **view)
    listed = seen.changes(None, None)
    low, high = kept(document, view["sources"])
    for state in seen.states.codes:
        question = oracle._Question(document, state, documents.DAYS, **view)
        if question.attested is not None:
            continue
        # The beginning of the first institution is a limit of what is asked, that of a later one is a change.
        begin = question.since - DAY if question.since else question.beginning or low
        steps = {
            (day, gained, lost)
            for world in question.worlds()
            for day in documents.DAYS
            if max(low, begin) < day <= high
            for gained in (world.statuses[day] - world.statuses[day - DAY],)
            for lost in (world.statuses[day - DAY] - world.statuses[day],)
            if gained or lost
        }
        for day, gained, lost in steps:
            near = [change for change in listed if change.state.id == state and in_range(change, day)]
            assert gained <= {status for change in near for status in values(change.after)}, (state, day)
            if day != question.since:  # see the edges below: an act on the first day tells what was before it
                assert lost <= {status for change in near for status in values(change.before)}, (state, day)


@pytest.mark.law
@given(st.data())
def test_a_timeline_changes_only_where_a_change_may_fall(data: st.DataObject) -> None:
    """Also where it is open which sources were published: every boundary of spells inside the coverage is explained."""
    document = data.draw(documents.rich())
    document.pop("institution", None)
    document.pop("attestation", None)
    documents.uncover(document)
    seen = history(document, data.draw(documents.readings()))
    day = data.draw(st.sampled_from(documents.DAYS))
    try:
        seen = seen.as_published_by(day)
    except csto.DateError:
        return
    note(f"{documents.to_toml(document)}\n{day}")
    listed = seen.changes(None, None)
    for state in seen.states:
        for spell in list(seen.timeline(state))[1:]:
            assert spell.first_day
            assert any(change.state == state and in_range(change, spell.first_day) for change in listed)


@pytest.mark.law
@given(st.data())
def test_a_period_lists_what_may_fall_in_it_in_order(data: st.DataObject) -> None:
    seen = history(data.draw(documents.rich()), data.draw(documents.readings()))
    everything = seen.changes(None, None)
    assert list(everything) == sorted(everything, key=lambda change: change.order)
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(documents.DAYS)] * 2)))
    days = oracle.all_days(first, last)
    assert seen.changes(first, last) == tuple(
        change for change in everything if any(in_range(change, day) for day in days)
    )
    after = [change for change in everything if change.date.latest is None or change.date.latest > first]
    before = [change for change in everything if change.date.earliest is None or change.date.earliest < first]
    assert seen.next_change(first) == (after[0] if after else None)
    assert seen.previous_change(first) == (before[-1] if before else None)
    for change in everything:
        assert json.loads(json.dumps(change.as_dict())) == change.as_dict()
        assert str(change).startswith(str(change.date))
        assert pickle.loads(pickle.dumps(change)) == change  # noqa: S301
        assert change.acts or not change.event


# --- The real record -------------------------------------------------------------------------------------------------

DECLARED = [
    *[("1992-05-15", state, "signature") for state in ("ARM", "KAZ", "KGZ", "RUS", "TJK", "UZB")],
    ("1993-09-24", "AZE", "signature"),
    ("1993-12-09", "GEO", "signature"),
    ("1993-12-31", "BLR", "signature"),
    *[("1999-04-21", state, "expiry") for state in ("AZE", "GEO", "UZB")],
    ("2006-06-23", "UZB", "return"),
    ("2012-06-28", "UZB", "notice_of_suspension"),
]


def test_all_that_ever_changed_as_declared_and_with_the_freeze() -> None:
    assert told(CSTO.changes(None, None)) == DECLARED
    assert told(PARTICIPATING.changes(None, None)) == [*DECLARED, ("2024-02-22", "ARM", "freeze")]
    assert all(change.certain and change.act for change in CSTO.changes(None, None))


def test_in_law_signing_leads_to_force_and_the_return_keeps_its_range() -> None:
    found = LEGAL.changes("1994-01-01", None)
    nine = sorted({state for _, state, _ in DECLARED})
    assert told(found) == [
        *[("1994-04-20", state, "entry_into_force") for state in nine],
        *[("1999-04-21", state, "expiry") for state in ("AZE", "GEO", "UZB")],
        ("[2006-08-16..2008-03-28]", "UZB", "entry_into_force"),
        ("2012-12-19", "UZB", "suspension"),
    ]
    (back,) = LEGAL.changes("2007-01-01", "2007-01-01")
    assert (values(back.before), values(back.after), back.certain) == ({"former"}, {"member"}, True)
    assert str(back) == "[2006-08-16..2008-03-28] Uzbekistan: entry_into_force, from former to member"
    assert back.as_dict() == {
        "state": "UZB",
        "date": "[2006-08-16..2008-03-28]",
        "acts": ["entry_into_force"],
        "before": ["former"],
        "after": ["member"],
        "certain": True,
        "event": "uzb-return-force",
        "silent": False,
        "for_all": False,
    }


@pytest.mark.parametrize(
    ("view", "day", "states"),
    [
        (CSTO, "1992-05-14", []),
        (CSTO, "1992-05-15", ["ARM", "KAZ", "KGZ", "RUS", "TJK", "UZB"]),
        (CSTO, "1992-05-16", []),
        (CSTO, "1993-12-08", []),
        (CSTO, "1993-12-09", ["GEO"]),
        (CSTO, "1993-12-10", []),
        (CSTO, "1999-04-20", []),  # the last day of the term still binds
        (CSTO, "1999-04-21", ["AZE", "GEO", "UZB"]),
        (CSTO, "1999-04-22", []),
        (CSTO, "2006-06-22", []),
        (CSTO, "2006-06-23", ["UZB"]),
        (CSTO, "2006-06-24", []),
        (CSTO, "2012-06-27", []),
        (CSTO, "2012-06-28", ["UZB"]),
        (CSTO, "2012-06-29", []),
        (LEGAL, "2006-08-15", []),
        (LEGAL, "2006-08-16", ["UZB"]),
        (LEGAL, "2008-03-28", ["UZB"]),
        (LEGAL, "2008-03-29", []),
        (LEGAL, "2012-12-18", []),
        (LEGAL, "2012-12-19", ["UZB"]),
        (LEGAL, "2012-12-20", []),
        (PARTICIPATING, "2024-02-21", []),
        (PARTICIPATING, "2024-02-22", ["ARM"]),
        (PARTICIPATING, "2024-02-23", []),
    ],
)
def test_a_change_falls_on_its_day_and_not_beside_it(view: csto.History, day: str, states: list[str]) -> None:
    assert [change.state.id for change in view.changes(day, day)] == states


@pytest.mark.parametrize(
    ("view", "day", "before", "after"),
    [
        (CSTO, "1992-05-14", None, ("1992-05-15", "ARM", "signature")),
        (CSTO, "1992-05-15", None, ("1993-09-24", "AZE", "signature")),
        (CSTO, "1999-04-20", ("1993-12-31", "BLR", "signature"), ("1999-04-21", "AZE", "expiry")),
        (CSTO, "1999-04-21", ("1993-12-31", "BLR", "signature"), ("2006-06-23", "UZB", "return")),
        (CSTO, "1999-04-22", ("1999-04-21", "UZB", "expiry"), ("2006-06-23", "UZB", "return")),
        (CSTO, "2012-06-27", ("2006-06-23", "UZB", "return"), ("2012-06-28", "UZB", "notice_of_suspension")),
        (CSTO, "2012-06-28", ("2006-06-23", "UZB", "return"), None),
        (CSTO, "2012-06-29", ("2012-06-28", "UZB", "notice_of_suspension"), None),
        # What may fall after the day, and what may fall before it: the return in law is both, for a while.
        (
            LEGAL,
            "2006-08-16",
            ("1999-04-21", "UZB", "expiry"),
            ("[2006-08-16..2008-03-28]", "UZB", "entry_into_force"),
        ),
        (
            LEGAL,
            "2008-03-27",
            ("[2006-08-16..2008-03-28]", "UZB", "entry_into_force"),
            ("[2006-08-16..2008-03-28]", "UZB", "entry_into_force"),
        ),
        (
            LEGAL,
            "2008-03-28",
            ("[2006-08-16..2008-03-28]", "UZB", "entry_into_force"),
            ("2012-12-19", "UZB", "suspension"),
        ),
    ],
)
def test_the_neighbours_of_a_day(view: csto.History, day: str, before: Any, after: Any) -> None:
    for found, expected in ((view.previous_change(day), before), (view.next_change(day), after)):
        assert (told((found,))[0] if found else None) == expected


def test_the_organisation_begins_with_those_who_carry_over() -> None:
    found = CSTO.institution("csto").changes(None, None)
    six = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
    assert told(found) == [
        *[("2002-10-07", state, "") for state in six],
        ("2006-06-23", "UZB", "return"),
        ("2012-06-28", "UZB", "notice_of_suspension"),
    ]
    assert str(found[0]) == "2002-10-07 Armenia: carried over, from none to member"
    assert (found[0].act, found[0].event, found[0].as_dict()["acts"]) == (None, None, [])
    assert values(found[6].before) == {"none"}  # it had never been a member of the organisation
    in_law = LEGAL.institution("csto").changes(None, "2003-12-31")
    assert told(in_law) == [("2003-09-18", state, "") for state in six]


def test_one_document_alone_gives_years() -> None:
    found = CSTO.according_to("asia-plus-2017").changes("1999-01-01", None)
    assert told(found) == [
        ("1999", "UZB", "suspension"),
        ("[1999-04-02..1999-05-01]", "AZE", "expiry"),
        ("[1999-04-02..1999-05-01]", "GEO", "expiry"),
        ("2006", "UZB", "return"),
        ("2012-06-28", "UZB", "notice_of_suspension"),
    ]


def test_rival_claims_make_a_change_of_several_acts() -> None:
    """All claims of 1999 count: which act it was stays open, and the day too."""
    (found,) = (
        change
        for change in CSTO.resolved("every").changes("1999-04-20", "1999-04-21")
        if change.state.id == "UZB" and change.event and change.event.id == "expiry-1999"
    )
    assert {act.value for act in found.acts} == {"expiry", "withdrawal", "suspension"}
    assert values(found.after) == {"former", "suspended"}
    assert found.act is None
    assert "expiry" in str(found)
    assert " or " in str(found)


def test_an_event_that_may_not_have_happened_changes_perhaps() -> None:
    (found,) = (
        change for change in LEGAL.resolved("every").changes("1994-01-01", "1994-04-30") if change.state.id == "AZE"
    )
    assert not found.certain
    assert str(found).endswith("perhaps not at all")


# --- What cannot be asked --------------------------------------------------------------------------------------------


def test_periods_have_exact_ends_in_order_and_a_day_is_one_day() -> None:
    for first, last in (("199X", "2000-01-01"), ("1999-01-01", "2000?"), ("2000-01-02", "2000-01-01")):
        with pytest.raises(csto.DateError):
            CSTO.changes(first, last)
    for day in ("no day", "04/05/1994"):
        with pytest.raises(csto.DateError):
            CSTO.next_change(day)
        with pytest.raises(csto.DateError):
            CSTO.previous_change(day)
    assert CSTO.changes("2000-01-01", "2000-01-01") == ()
    assert CSTO.changes(dt.date(2006, 6, 23), dt.date(2006, 6, 23)) == CSTO.changes("2006-06-23", "23 June 2006")


# --- The edges -------------------------------------------------------------------------------------------------------


def _covered(**organisation: Any) -> dict[str, Any]:
    """One state that signs on the first day of 2000 and leaves on the ninth."""
    return {
        "organisation": {"id": "edges", **organisation},
        "state": [{"id": "ARM"}],
        "source": [{"id": "s"}],
        "event": [
            {"id": "in", "states": ["ARM"], "claims": [{"source": "s", "act": "signature", "date": "2000-01-01"}]},
            {"id": "out", "states": ["ARM"], "claims": [{"source": "s", "act": "withdrawal", "date": "2000-01-09"}]},
        ],
    }


def _listed_days_agree(seen: csto.History) -> None:
    for change in seen.changes(None, None):
        assert change.date.is_exact
        assert change.date.earliest
        line = seen.timeline("ARM")
        assert line.on(change.date.earliest - DAY).statuses == change.before
        assert line.on(change.date.earliest).statuses == change.after


def test_changes_agree_with_the_timeline_inside_the_coverage() -> None:
    _listed_days_agree(history(_covered(covers={"first": "1999-12-01", "last": "2000-12-31", "after": "unknown"})))


@pytest.mark.parametrize(
    ("covers", "exists"),
    [
        ({"first": "2000-01-03", "before": "none"}, None),
        ({"last": "2000-01-05", "after": "unknown"}, None),
        ({}, "2000-01-03"),
    ],
)
def test_changes_agree_with_the_timeline_at_the_edges(covers: dict[str, str], exists: str | None) -> None:
    document = _covered(covers=covers)
    if exists:
        document["institution"] = [{"id": "body", "exists": {"declared": exists}}]
    _listed_days_agree(history(document))


def _two_institutions(*events: tuple[str, str]) -> csto.History:
    """In the eyes of an institution that begins on 2000-01-05, the later of two."""
    document = _covered()
    days = {"line": "1999-01-01", "body": "2000-01-05"}
    document["institution"] = [{"id": id, "exists": {"declared": day}} for id, day in days.items()]
    document["event"] = [
        {"id": act, "states": ["ARM"], "claims": [{"source": "s", "act": act, "date": day}]} for act, day in events
    ]
    return history(document, institution="body")


def test_who_carries_over_into_an_institution_and_who_does_not() -> None:
    for day, expected in (("2000-01-04", ""), ("2000-01-05", "signature"), ("2000-01-06", "signature")):
        found = _two_institutions(("signature", day)).changes(None, None)
        assert told(found) == [(max(day, "2000-01-05"), "ARM", expected)]
    assert _two_institutions(("signature", "2000-01-02"), ("withdrawal", "2000-01-04")).changes(None, None) == ()


def test_who_may_have_joined_on_the_first_day_is_not_carried_over() -> None:
    found = _two_institutions(("signature", "[2000-01-05..2000-01-06]")).changes(None, None)
    assert told(found) == [("[2000-01-05..2000-01-06]", "ARM", "signature")]


def test_who_joined_before_or_after_the_first_day_is_carried_over_or_joins() -> None:
    found = _two_institutions(("signature", "[2000-01-04..2000-01-06]")).changes(None, None)
    assert [(change.acts, change.certain) for change in found] == [((), False), ((csto.Act.SIGNATURE,), False)]


def test_an_act_on_the_first_day_tells_what_the_day_before_showed() -> None:
    seen = _two_institutions(("signature", "2000-01-01"), ("associate_status", "2000-01-05"))
    assert {status.value for status in seen.timeline("ARM").on("2000-01-04").statuses} == {"none"}
    (change,) = seen.changes(None, None)
    assert values(change.before) == {"none"}


def test_nothing_changes_where_the_coverage_ends_before_the_institution_begins() -> None:
    document = _covered(covers={"last": "2000-01-05", "after": "unknown"})
    document["institution"] = [{"id": "body", "exists": {"declared": "2000-01-07"}}]
    document["event"][0]["claims"][0]["date"] = "[2000-01-01..2000-01-09]"
    assert history(document).changes(None, None) == ()


def test_a_change_may_fall_in_a_period_of_every_form() -> None:
    change = CSTO.next_change("1999-04-21")
    assert change
    assert str(change.date) == "2006-06-23"
    day = dt.date(2006, 6, 23)
    assert change.may_fall("2006", "2006")
    assert change.may_fall(day, "2006-06-23")
    assert change.may_fall(None, "June 2006")
    assert not change.may_fall(day + DAY, None)
    assert not change.may_fall(None, day - DAY)
    wrong: tuple[tuple[Any, Any], ...] = (("2007", "2006"), (2006, 2006), ("[2006..]", None))
    for ends in wrong:
        with pytest.raises(csto.DateError):
            change.may_fall(*ends)
