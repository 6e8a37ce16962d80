"""Records from disk: what loads, every fault with its place, value and remedy, and nothing but `RecordError` for the rest."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import documents
from support.asking import faults_in
from support.spoilt import holder_of, spoilt

import csto_membership as csto
from csto_membership import Fault, History, MembershipError, RecordError, Verdict
from csto_membership._files.documents import MOST_BYTES, document_in
from csto_membership._files.read import read_record, record_of
from csto_membership._values.world import world

Document = dict[str, Any]


def good() -> Document:
    """A small record that uses every table and nearly every key."""
    return {
        "organisation": {
            "id": "league",
            "name": "The League",
            "edition": "2020.1",
            "covers": {"first": "2000-01-01", "last": dt.date(2009, 12, 31), "before": "none", "after": "carry"},
            "note": "made up",
        },
        "institution": [
            {
                "id": "treaty",
                "names": [{"name": "The Treaty", "from": "2000-01-01"}],
                "exists": {"declared": "2000-01-01", "legal": "2000-06-01"},
                "claims": [{"source": "text", "date": "2000-01-01", "rank": "preferred"}],
            },
            {"id": "league", "abbreviation": "L", "exists": {"declared": "2002-01-01"}},
        ],
        "state": [
            {"id": "UZB"},
            {"id": "ARM"},
            {"id": "cow:999", "name": "Ruritania", "cow": 999, "names": ["Kingdom of Ruritania"]},
        ],
        "source": [
            {"id": "text", "kind": "primary", "published": "2000-01-01", "consulted": dt.date(2020, 1, 1)},
            {
                "id": "paper",
                "kind": "press",
                "title": "A paper",
                "published": "2005",
                "copies": ["text"],
                "url": "http://x",
            },
        ],
        "instrument": [
            {
                "id": "treaty-2000",
                "kind": "treaty",
                "title": "The Treaty",
                "signed": "2000-01-01",
                "in_force": "2000-06-01",
                "term": "P5Y",
                "registration": {"number": "I-1", "date": "2001-01-01", "volume": 7},
                "sources": ["text"],
            },
            {"id": "protocol", "kind": "protocol", "title": "P", "prolongs": "treaty-2000", "amends": ["treaty-2000"]},
        ],
        "event": [
            {
                "id": "signatures",
                "states": ["UZB", "ARM"],
                "instrument": "treaty-2000",
                "claims": [
                    {"source": "text", "act": "signature", "date": "2000-01-01", "rank": "preferred"},
                    {"source": "paper", "act": "signature", "date": "January 2000".strip(), "states": ["UZB"]},
                ],
            },
            {
                "id": "uzb-withdrawal",
                "states": ["UZB"],
                "conflict": "C1",
                "claims": [{"source": "paper", "act": "withdrawal", "date": dt.date(2004, 5, 6), "inferred": True}],
            },
            {
                "id": "arm-status",
                "states": ["ARM"],
                "claims": [{"source": "paper", "act": "status", "date": "2005", "status": ["member", "observer"]}],
            },
        ],
        "attestation": [
            {"source": "paper", "states": ["UZB"], "status": "member", "on": "2003-01-01", "complete": True},
            {"source": "paper", "states": ["ARM"], "status": "unknown", "during": "2003", "speaks_of": "some_day"},
            {"source": "paper", "states": ["ARM"], "status": ["member"], "on": dt.date(2003, 1, 1)},
            {"source": "paper", "states": ["ARM"], "status": ["member"], "during": dt.date(2003, 1, 1)},
            {"source": "paper", "states": ["ARM"], "status": ["member"], "on": "June 2003"},
        ],
        "step": [{"states": ["UZB"], "source": "paper", "date": "2003", "note": "announced"}],
        "note": [{"text": "a remark", "sources": ["paper"]}],
    }


GONE = object()


def changed(*changes: tuple[str, Any]) -> Document:
    """The good record with values at paths such as "event.0.claims.1.date" replaced, or taken away (GONE)."""
    document = good()
    for path, value in changes:
        at, last = holder_of(document, path)
        if value is GONE:
            del at[last]
        elif isinstance(at, list) and last == len(at):
            at.append(value)
        else:
            at[last] = value
    return document


# --- What loads ------------------------------------------------------------------------------------------------------


def test_a_good_record_is_read_as_it_was_written() -> None:
    record = record_of(good())
    assert (record.id, record.name, record.edition, record.note) == ("league", "The League", "2020.1", "made up")
    assert (record.coverage.first, record.coverage.last) == (dt.date(2000, 1, 1), dt.date(2009, 12, 31))
    assert [state.id for state in record.states] == ["ARM", "UZB", "cow:999"]
    assert record.states[1] == world()["UZB"]
    assert record.states[1].names == world()["UZB"].names
    assert record.index.find("kingdom of ruritania").id == "cow:999"
    assert [source.id for source in record.sources] == ["paper", "text"]
    assert record.source("paper").copies == ("text",)
    assert record.copies() == {"paper": {"text"}, "text": set()}
    assert [told.id for told in record.institutions] == ["treaty", "league"]
    assert (record.institutions[0].name, record.institutions[1].name) == ("The Treaty", "league")
    assert record.instruments[0].registration
    assert record.instruments[0].registration.volume == 7
    assert [event.id for event in record.events_of("UZB")] == ["signatures", "uzb-withdrawal"]
    assert [event.id for event in record.events_of("ARM")] == ["signatures", "arm-status"]
    assert record.events_of("cow:999") == ()
    assert [len(record.events[0].claims_of(state)) for state in ("UZB", "ARM", "cow:999")] == [2, 1, 0]
    assert [f"{told.during.first}..{told.during.last}" for told in record.attestations] == [
        "2003-01-01..2003-01-01",
        "2003-01-01..2003-12-31",
        "2003-01-01..2003-01-01",
        "2003-01-01..2003-01-01",
        "2003-06-01..2003-06-30",
    ]
    assert [told.speaks_of.value for told in record.attestations] == [
        "every_day", "some_day", "every_day", "every_day", "some_day",
    ]  # fmt: skip
    assert record.attestations[1].status == frozenset(csto.Status)
    assert repr(record) == "<Record league: 3 states, 3 events, 2 sources>"


def test_a_file_is_loaded_as_a_history(tmp_path: Path) -> None:
    path = tmp_path / "league.toml"
    path.write_text(documents.to_toml(json.loads(json.dumps(good(), default=str))), encoding="utf-8")
    for given_path in (path, str(path)):
        seen = csto.load(given_path)
        assert isinstance(seen, History)
        assert seen.record == record_of(good())
        assert seen.was_member("UZ", "2004-05-05") is Verdict.YES
        assert seen.was_member("UZ", "2004-05-06") is Verdict.NO
        assert seen.was_member("UZ", "2004-05-07") is Verdict.NO


@pytest.mark.parametrize("form", ["bom", "crlf", "blank lines"])
def test_a_file_may_come_from_another_editor(form: str) -> None:
    text = documents.to_toml(json.loads(json.dumps(good(), default=str))).encode()
    content = {"bom": b"\xef\xbb\xbf" + text, "crlf": text.replace(b"\n", b"\r\n"), "blank lines": b"\n\n" + text}[form]
    assert record_of(document_in(content, ".toml")) == record_of(good())


def test_the_smallest_record_needs_an_id_only() -> None:
    seen = History(record_of({"organisation": {"id": "x"}}))
    assert len(seen.members_on("2000-01-01")) == 0
    assert len(seen.states) == 0
    covers = {"first": None, "last": None, "before": "none", "after": "carry", "states": "all", "acts": "all"}
    assert seen.coverage.as_dict() == covers


# --- Faults: one at a time -------------------------------------------------------------------------------------------

#: name: path, new value, place of the fault, value that it shows (GONE: any)
FAULTS: dict[str, tuple[str, Any, str, Any]] = {
    "claim without a source": ("event.0.claims.1.source", GONE, "event 'signatures'.claims[1].source", None),
    "claim with an empty source": ("event.0.claims.1.source", "", "event 'signatures'.claims[1].source", None),
    "claim of an unknown source": ("event.0.claims.1.source", "papers", "event 'signatures'.claims[1].source", "papers"),
    "claim of an unknown act": ("event.0.claims.1.act", "signing", "event 'signatures'.claims[1].act", "signing"),
    "claim without an act": ("event.0.claims.1.act", GONE, "event 'signatures'.claims[1].act", None),
    "claim without a date": ("event.0.claims.1.date", GONE, "event 'signatures'.claims[1].date", None),
    "claim of an unknown rank": ("event.0.claims.1.rank", "best", "event 'signatures'.claims[1].rank", "best"),
    "claim of a state not in its event": ("event.0.claims.1.states", ["cow:999"], "event 'signatures'.claims[1].states", "cow:999"),
    "claim with an unknown key": ("event.0.claims.1.datum", "2000", "event 'signatures'.claims[1].datum", "datum"),
    "claim that is a text": ("event.0.claims.1", "text", "event 'signatures'.claims[1]", "text"),
    "claims that are a table": ("event.0.claims", {"source": "text"}, "event 'signatures'.claims", {"source": "text"}),
    "inferred as a text": ("event.0.claims.1.inferred", "false", "event 'signatures'.claims[1].inferred", "false"),
    "inferred as a number": ("event.0.claims.1.inferred", 0, "event 'signatures'.claims[1].inferred", 0),
    "states as a text": ("event.0.states", "UZB", "event 'signatures'.states", "UZB"),
    "states of numbers": ("event.0.states", ["UZB", 704], "event 'signatures'.states[1]", 704),
    "status of a signature": ("event.0.claims.1.status", "member", "event 'signatures'.claims[1].status", ["member"]),
    "status act without a status": ("event.2.claims.0.status", GONE, "event 'arm-status'.claims[0].status", None),
    "status act to an unknown status": ("event.2.claims.0.status", ["member", "x"], "event 'arm-status'.claims[0].status", "x"),
    "status act to no status": ("event.2.claims.0.status", [], "event 'arm-status'.claims[0].status", []),
    "status act to a number": ("event.2.claims.0.status", 5, "event 'arm-status'.claims[0].status", 5),
    "denial with a date": ("event.1.claims.0.act", "denial", "event 'uzb-withdrawal'.claims[0].date", "2004-05-06"),
    "event of an unknown state": ("event.0.states.1", "KAZ", "event 'signatures'.states", "KAZ"),
    "event of no state": ("event.1.states", [], "event 'uzb-withdrawal'.states", []),
    "event without states": ("event.1.states", GONE, "event 'uzb-withdrawal'.states", None),
    "event without a claim": ("event.1.claims", [], "event 'uzb-withdrawal'.claims", []),
    "event of an unknown instrument": ("event.1.instrument", "treaty-2001", "event 'uzb-withdrawal'.instrument", "treaty-2001"),
    "event without an id": ("event.1.id", GONE, "event[1].id", None),
    "event with a number as its id": ("event.1.id", 5, "event[1].id", 5),
    "two events of one id": ("event.1.id", "signatures", "event 'signatures'", "signatures"),
    "two sources of one id": ("source.1.id", "text", "source 'text'", "text"),
    "two states of one id": ("state.1", {"id": "UZB"}, "state 'UZB'", "UZB"),
    "two institutions of one id": ("institution.1.id", "treaty", "institution 'treaty'", "treaty"),
    "two instruments of one id": ("instrument.1.id", "treaty-2000", "instrument 'treaty-2000'", "treaty-2000"),
    "a name of two states": ("state.2.names", ["UZBEKISTAN"], "states UZB, cow:999", "uzbekistan"),
    "a code of two states": ("state.2.cow", 704, "states UZB, cow:999", "cow:704"),
    "a state not in the table": ("state.1.id", "ZZZ", "state 'ZZZ'", "ZZZ"),
    "a state that is a text": ("state.1", "ARM", "state[1]", "ARM"),
    "a state whose id is no text": ("state.1", {"id": 704}, "state[1]", 704),
    "a state without an id": ("state.2.id", GONE, "state[2].id", None),
    "a source that copies an unknown one": ("source.1.copies", ["txt"], "source 'paper'.copies", "txt"),
    "a source that copies itself": ("source.1.copies", ["paper"], "source 'paper'.copies", "paper"),
    "a source of an unknown kind": ("source.1.kind", "blog", "source 'paper'.kind", "blog"),
    "a source published after it was consulted": ("source.0.published", "2020-01-02", "source 'text'.published", GONE),
    "a year without quotation marks": ("source.1.published", 2005, "source 'paper'.published", 2005),
    "a day of February that is none": ("source.1.published", "2005-02-30", "source 'paper'.published", "2005-02-30"),
    "a date with a time": ("source.1.published", dt.datetime(2005, 1, 1, 1), "source 'paper'.published", GONE),  # noqa: DTZ001
    "a time": ("source.1.published", dt.time(1, 1), "source 'paper'.published", dt.time(1, 1)),
    "an ambiguous date": ("source.1.published", "04/05/1994", "source 'paper'.published", "04/05/1994"),
    "a date that is a list": ("source.1.published", ["2005"], "source 'paper'.published", ["2005"]),
    "coverage that ends before it begins": ("organisation.covers.last", "1999-12-31", "organisation.covers", "2000-01-01 to 1999-12-31"),
    "coverage from an imprecise day": ("organisation.covers.first", "2000", "organisation.covers.first", "2000"),
    "coverage from an open day": ("organisation.covers.first", "[..2000]", "organisation.covers.first", "[..2000]"),
    "coverage with an unknown word": ("organisation.covers.before", "nothing", "organisation.covers.before", "nothing"),
    "coverage with no word": ("organisation.covers.after", ["carry"], "organisation.covers.after", ["carry"]),
    "organisation that is a list": ("organisation", [{"id": "x"}], "organisation", [{"id": "x"}]),
    "organisation without an id": ("organisation.id", GONE, "organisation.id", None),
    "no organisation": ("organisation", GONE, "organisation", None),
    "an unknown table": ("evnt", [], "evnt", "evnt"),
    "a table that is no list": ("event", {"id": "x"}, "event", {"id": "x"}),
    "a table that is a number": ("note", 5, "note", 5),
    "an instrument of an unknown source": ("instrument.0.sources", ["txt"], "instrument 'treaty-2000'.sources", "txt"),
    "an instrument that prolongs nothing": ("instrument.1.prolongs", "treaty", "instrument 'protocol'.prolongs", "treaty"),
    "an instrument that amends nothing": ("instrument.1.amends", ["x"], "instrument 'protocol'.amends", "x"),
    "a volume that is a text": ("instrument.0.registration.volume", "7", "instrument 'treaty-2000'.registration.volume", "7"),
    "a volume that is true": ("instrument.0.registration.volume", True, "instrument 'treaty-2000'.registration.volume", True),
    "a registration that is a text": ("instrument.0.registration", "I-1", "instrument 'treaty-2000'.registration", "I-1"),
    "an institution of an unknown source": ("institution.0.claims.0.source", "x", "institution 'treaty'.claims", "x"),
    "an institution without a beginning": ("institution.0.exists", GONE, "institution 'treaty'.exists", None),
    "an institution that begins at no known day": ("institution.1.exists.declared", "[2002..]", "institution 'league'.exists", "[2002..]"),
    "a name with an unknown key": ("institution.0.names.0.since", "2000", "institution 'treaty'.names[0].since", "since"),
    "a name with a wrong date": ("institution.0.names.0.from", "2000-13", "institution 'treaty'.names[0].from", "2000-13"),
    "on and during": ("attestation.0.during", "2003", "attestation[0]", ["complete", "during", "on", "source", "states", "status"]),
    "neither on nor during": ("attestation.0.on", GONE, "attestation[0]", ["complete", "source", "states", "status"]),
    "on with speaks_of": ("attestation.0.speaks_of", "every_day", "attestation[0]", "every_day"),
    "speaks_of an unknown word": ("attestation.1.speaks_of", "days", "attestation[1].speaks_of", "days"),
    "during a number": ("attestation.1.during", 2003, "attestation[1].during", 2003),
    "during a datetime": ("attestation.1.during", dt.datetime(2003, 1, 1), "attestation[1].during", GONE),  # noqa: DTZ001
    "during three parts": ("attestation.1.during", "2003/2004/2005", "attestation[1].during", "2003/2004/2005"),
    "during an open period": ("attestation.1.during", "2003/[2004..]", "attestation[1].during", "2003/[2004..]"),
    "during a period that ends before": ("attestation.1.during", "2004/2003", "attestation[1].during", "2004/2003"),
    "during nothing": ("attestation.1.during", "", "attestation[1].during", ""),
    "on an open day": ("attestation.0.on", "[..2003]", "attestation[0].during", "[..2003]"),
    "attestation of an unknown source": ("attestation.0.source", "x", "attestation[0].source", "x"),
    "attestation of an unknown state": ("attestation.0.states", ["KAZ"], "attestation[0].states", "KAZ"),
    "attestation without a status": ("attestation.0.status", GONE, "attestation[0].status", None),
    "step of an unknown source": ("step.0.source", "x", "step[0].source", "x"),
    "step of an unknown state": ("step.0.states", ["KAZ"], "step[0].states", "KAZ"),
    "note of an unknown source": ("note.0.sources", ["x"], "note[0].sources", "x"),
    "note without a text": ("note.0.text", GONE, "note[0].text", None),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_reported_with_its_place_value_and_remedy(name: str) -> None:
    path, value, place, shown = FAULTS[name]
    faults = faults_in(changed((path, value)))
    at_place = [fault for fault in faults if fault.place == place]
    assert len(at_place) == 1, [*map(str, faults)]
    assert shown is GONE or at_place[0].value == shown
    assert at_place[0].problem
    assert at_place[0].remedy


#: Faults that by their nature bring others: what leads to the thing that is gone.
BRING_OTHERS = {
    "organisation that is a list",
    "two states of one id",
    "a code of two states",
    "a state not in the table",
    "a state that is a text",
    "a state whose id is no text",
    "a state without an id",
    "two sources of one id",
    "two instruments of one id",
    "a table that is no list",
    "no organisation",
    "event of an unknown state",
    "claim of a state not in its event",
}


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in BRING_OTHERS])
def test_one_fault_is_told_once(name: str) -> None:
    path, value, _, _ = FAULTS[name]
    assert len(faults_in(changed((path, value)))) == 1


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("event.0.claims.1.dates", "'date'"),
        ("event.0.claim", "'claims'"),
        ("source.0.publishd", "'published'"),
        ("organisation.cover", "'covers'"),
        ("organisation.zzz", "covers"),
        ("institution.0.names.0.form", "'from'"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_or_the_known(path: str, remedy: str) -> None:
    (fault,) = faults_in(changed((path, "x")))
    assert fault.value == path.rsplit(".", 1)[-1]
    assert remedy in fault.remedy


def test_an_id_that_leads_nowhere_is_refused_with_the_nearest() -> None:
    (fault,) = faults_in(changed(("event.0.claims.1.source", "papers")))
    assert "'paper'" in fault.remedy
    (fault,) = faults_in(changed(("event.0.claims.1.source", "zzz")))
    assert "[[source]]" in fault.remedy


def test_a_source_may_be_published_on_the_day_on_which_it_was_consulted() -> None:
    record_of(changed(("source.0.published", "2020-01-01")))
    record_of(changed(("source.0.published", "2020")))
    assert len(faults_in(changed(("source.0.published", "2021")))) == 1


def test_coverage_may_be_one_day() -> None:
    record_of(changed(("organisation.covers.last", "2000-01-01")))


# --- Impossible orders -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "possible"), [("1999-12-31", False), ("2000-01-01", True), ("2000-01-02", True)])
def test_an_order_that_cannot_be_names_the_two_events(day: str, possible: bool) -> None:
    document = changed(("event.1.claims.0.date", day))
    if possible:
        record_of(document)
        return
    (fault,) = faults_in(document)
    assert fault.place == "events 'signatures' and 'uzb-withdrawal'"
    assert "UZB" in fault.problem
    assert "put it before 'signatures'" in fault.remedy


def test_an_expiry_is_held_against_others_by_its_day_of_effect() -> None:
    claim = {"source": "paper", "act": "expiry", "date": "2004-05-05"}
    joined = {"id": "in", "states": ["UZB"], "claims": [{"source": "paper", "act": "signature", "date": "1999"}]}
    before = {"id": "expiry", "states": ["UZB"], "claims": [claim]}
    record_of(changed(("event", [joined, before, *good()["event"][1:]])))
    claim["date"] = "2004-05-06"
    (fault,) = faults_in(changed(("event", [joined, before, *good()["event"][1:]])))
    assert fault.place == "events 'expiry' and 'uzb-withdrawal'"


def test_an_order_must_be_possible_by_every_claim_as_well_as_by_the_preferred() -> None:
    late = {"source": "paper", "act": "signature", "date": "2006", "rank": "normal"}
    record_of(changed(("event.0.claims.1", late)))
    only = {"source": "paper", "act": "withdrawal", "date": "1999", "rank": "preferred"}
    (fault,) = faults_in(changed(("event.1.claims.0", only)))
    assert "preferred" in fault.problem
    deprecated = {"source": "text", "act": "withdrawal", "date": "1999", "rank": "deprecated"}
    record_of(changed(("event.1.claims.1", deprecated)))


def test_a_denied_event_breaks_no_order() -> None:
    document = changed(
        ("event.1.claims.0.date", "1999-12-31"), ("event.1.claims.1", {"source": "text", "act": "denial"})
    )
    record_of(document)


# --- Several faults --------------------------------------------------------------------------------------------------


def test_all_faults_are_told_at_once() -> None:
    document = changed(
        ("organisation.id", 5),
        ("evnt", []),
        ("source.1.kind", "blog"),
        ("event.0.claims.0.date", "30 February 2000"),
        ("event.0.claims.0.act", "signing"),
        ("event.1.states", ["KAZ"]),
        ("event.2.claims.0.source", "x"),
        ("attestation.0.on", GONE),
        ("step.0.date", 2003),
        ("note.0.sources", ["y"]),
    )
    places = [fault.place for fault in faults_in(document)]
    for place in (
        "organisation.id",
        "evnt",
        "source 'paper'.kind",
        "event 'signatures'.claims[0].date",
        "event 'signatures'.claims[0].act",
        "event 'uzb-withdrawal'.states",
        "event 'arm-status'.claims[0].source",
        "attestation[0]",
        "step[0].date",
        "note[0].sources",
    ):
        assert places.count(place) == 1, place
    assert len(places) == 10


def test_an_entry_that_cannot_be_read_is_not_told_missing_as_well() -> None:
    (fault,) = faults_in(changed(("source.1.published", 2005)))
    assert fault.place == "source 'paper'.published"


def test_an_error_counts_its_faults_and_is_a_value_error() -> None:
    with pytest.raises(RecordError) as caught:
        record_of(changed(("event.1.states", []), ("note.0.sources", ["y"])))
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, MembershipError)
    assert str(caught.value).startswith("the record has 2 faults:\n  ")
    assert len(str(caught.value).splitlines()) == 3
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert again.faults == caught.value.faults
    with pytest.raises(RecordError, match="the record has 1 fault:"):
        record_of(changed(("event.1.states", [])))


def test_a_fault_shows_its_parts_and_is_json_ready() -> None:
    fault = Fault("event 'x'.date", "no date", "99", "write four digits", "a.toml")
    assert str(fault) == "a.toml: event 'x'.date: no date (found '99'); write four digits"
    assert fault.as_dict() == {
        "file": "a.toml",
        "place": "event 'x'.date",
        "problem": "no date",
        "value": "'99'",
        "remedy": "write four digits",
    }
    assert str(Fault("here", "wrong")) == "here: wrong"
    assert Fault("here", "wrong").as_dict()["value"] == ""
    assert len(Fault("here", "wrong", "x" * 1000).as_dict()["value"]) == 80


# --- Files that are none ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "place", "remedy"),
    [
        (b"", "the file", "[organisation]"),
        (b" \n\t\n", "the file", "[organisation]"),
        (b"[organisation]\nid = '\xff'", "byte 21", "UTF-8"),
        ("[organisation]\nid = 'é'".encode("utf-16"), "byte 0", "UTF-8"),
        (b"[organisation", "the file", "line"),
        (b"{'organisation': 1}", "the file", "line"),
        (b"[organisation]\nid = 'x'\nid = 'y'", "the file", "line"),
        (b"[organisation]\nid = 'x'\nday = 1999-02-30", "the file", "line"),
        (b"x = " + b"[" * 5000 + b"]" * 5000, "the file", "four levels"),
        (b"# only a comment", "organisation", "[organisation]"),
        (b"event = 5", "organisation", "[organisation]"),
    ],
    ids=["empty", "blank", "latin", "utf-16", "cut", "not toml", "twice", "no day", "deep", "comment", "number"],
)
def test_a_file_that_is_no_record_is_refused_by_name(tmp_path: Path, content: bytes, place: str, remedy: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(RecordError) as caught:
        csto.load(path)
    fault = next(fault for fault in caught.value.faults if fault.place == place)
    assert remedy in fault.remedy
    assert all(each.file == str(path) for each in caught.value.faults)
    assert str(caught.value).count(str(path)) == len(caught.value.faults)


def test_a_number_of_thousands_of_digits_is_refused(tmp_path: Path) -> None:
    for name, text in (("a.toml", "[organisation]\nid = "), ("a.json", '{"organisation": ')):
        (tmp_path / name).write_text(text + "9" * 5000 + ("}" if name.endswith("json") else ""))
        with pytest.raises(RecordError):
            read_record(tmp_path / name)


def test_a_file_of_any_size_is_refused_before_it_is_read_as_toml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csto_membership._files.documents.MOST_BYTES", 100)
    assert document_in(b"#" * 100, ".toml") == {}
    with pytest.raises(RecordError) as caught:
        document_in(b"#" * 101, ".toml")
    assert caught.value.faults[0].value == 101
    assert MOST_BYTES > 1_000_000


def test_a_file_that_cannot_be_opened_raises_what_python_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        csto.load(tmp_path / "none.toml")
    with pytest.raises(OSError, match=r"."):
        csto.load(tmp_path)


def test_what_can_be_read_of_a_spoilt_state_is_checked_as_well() -> None:
    document: Document = {
        "organisation": {"id": "x"},
        "state": [
            {"id": "ARM"},
            {"id": "XXX", "name": "Armenia", "cow": "many"},
            {
                "id": "YYY",
                "name": "Y",
                "names": ["Hayastan", 5],
                "colour": "red",
                "lifespans": [{"first": "2001", "last": "1999", "citation": "x"}, {"first": 1}],
                "predecessors": [{"id": "YYY", "citation": ""}],
            },
            {"id": 5, "name": "Russia"},
            {"id": "ZZZ", "name": 5, "names": ["Armenia"]},
        ],
    }
    with pytest.raises(RecordError) as caught:
        record_of(document)
    told = {(fault.place, fault.problem) for fault in caught.value.faults}
    assert {
        ("state 'XXX'.cow", "a whole number is needed"),
        ("states ARM, XXX", "one name leads to several states"),
        ("states ARM, YYY", "one name leads to several states"),
        ("state 'YYY'.names[1]", "a text is needed"),
        ("state 'YYY'.colour", "unknown key"),
        ("state 'YYY'.lifespans[0]", "it ends before it begins"),
        ("state 'YYY'.predecessors[0]", "no state precedes itself"),
        ("state 'YYY'.predecessors[0].citation", "a statement without a source is no evidence"),
        ("state 'ZZZ'.name", "a text is needed"),
    } <= told
    assert len(told) == len(caught.value.faults)


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_a_record_or_refused(content: bytes) -> None:
    try:
        record = record_of(document_in(content, ".toml"))
    except RecordError as error:
        told = str(error)
    else:
        told = repr(record)
    assert told


# --- Spoilt records --------------------------------------------------------------------------------------------------


@pytest.mark.law
@given(spoilt())
def test_a_spoilt_record_gives_a_history_or_all_its_faults_and_nothing_else(document: Document) -> None:
    try:
        record = record_of(document)
    except RecordError as error:
        told = [fault.as_dict() for fault in error.in_file("spoilt.toml").faults]
        shown = str(error)
    else:
        seen = History(record)
        told = [seen.members_on("2000-01-05").as_dict()]
        told += [
            seen.status(state, day).as_dict() for state in seen.states for day in ("2000", "1999-12-31", "[..2000]")
        ]
        shown = repr(seen)
        for source in record.sources:
            alone = seen.according_to(source)
            told += [alone.timeline(state).as_dict() for state in seen.states]
    assert shown
    json.dumps(told)


@pytest.mark.law
@given(spoilt())
def test_a_spoilt_record_is_judged_alike_on_each_reading(document: Document) -> None:
    def judged() -> Any:
        try:
            return record_of(copy.deepcopy(document))
        except RecordError as error:
            return error.faults

    assert repr(judged()) == repr(judged())
