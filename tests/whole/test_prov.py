"""PROV in JSON-LD: what is written reads back, other programs read it, and nothing is fetched."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from support.views import histories

import csto_membership as csto
from csto_membership import History, MissingExtraError, RecordError
from csto_membership.readers import Provenance, provenance_of, read_prov, read_status_table
from csto_membership.writers import write_prov


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nothing is fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


VIEWS = {
    "csto": csto.CSTO,
    "csto in law": csto.CSTO.under("legal").strict(),
    "cis": csto.history("cis"),
    "cis, every claim, in law": csto.history("cis").under("legal").resolved("every"),
    "one source": csto.CSTO.according_to("asia-plus-2017"),
    "an attesting source": csto.CSTO.according_to("cow-igo-3"),
    "as published": csto.CSTO.as_published_by("2012-09-01").counting("member", "suspended"),
    "an institution": csto.CSTO.institution("csto"),
}


@pytest.mark.parametrize("view", VIEWS)
def test_record_view_and_derivations_read_back_equal(tmp_path: Path, view: str) -> None:
    history, path = VIEWS[view], tmp_path / "out.jsonld"
    write_prov(history, path)
    again = read_prov(path)
    assert again == provenance_of(history)
    assert again.record(history.record.id) == history.record
    claims = [(event.id, claim, claim.rank) for event in history.record.events for claim in event.claims]
    read = again.record(history.record.id)
    assert [(event.id, claim, claim.rank) for event in read.events for claim in event.claims] == claims
    assert [*again.history(history.record.id).timelines()] == [*History(history.record).timelines()]
    spells = [(line.state, spell) for line in history.timelines() for spell in line]
    assert [(one.state, one.spell) for one in again.spells] == spells


def test_a_spell_is_derived_from_the_claims_that_its_finding_rests_on(tmp_path: Path) -> None:
    write_prov(csto.CSTO, tmp_path / "csto.jsonld")
    (former,) = [
        one
        for one in read_prov(tmp_path / "csto.jsonld").spells
        if one.state.id == "GEO" and csto.Status.FORMER in one.spell.statuses
    ]
    grounds = csto.CSTO.status("GEO", "2005-01-01").evidence
    assert [cited for ground in grounds if isinstance(ground, csto.Ground) for cited in ground.claims] == [
        *former.claims
    ]
    assert former.claims


@pytest.mark.law
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_any_history_reads_back_equal(tmp_path_factory: pytest.TempPathFactory, history: History) -> None:
    path = tmp_path_factory.mktemp("prov") / "out.jsonld"
    write_prov(history, path)
    assert read_prov(path) == provenance_of(history)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_other_programs_read_it_as_linked_data(tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    write_prov(csto.CSTO, tmp_path / "csto.jsonld")
    graph = rdflib.Graph()
    graph.parse(tmp_path / "csto.jsonld", format="json-ld")
    prov, terms = rdflib.Namespace("http://www.w3.org/ns/prov#"), rdflib.Namespace("urn:csto-membership:term:")
    claims = set(graph.subjects(rdflib.RDF.type, terms.Claim))
    assert len(claims) == sum(len(event.claims) for event in csto.CSTO.record.events)
    assert claims <= set(graph.subjects(rdflib.RDF.type, prov.Entity))
    ranks = [str(graph.value(claim, terms["rank"])) for claim in claims]
    assert set(ranks) == {"preferred", "normal", "deprecated"}
    spells = set(graph.subjects(rdflib.RDF.type, terms.Spell))
    used = {
        graph.value(derivation, prov.entity)
        for spell in spells
        for derivation in graph.objects(spell, prov.qualifiedDerivation)
    }
    assert used <= claims
    cited = {(one.event.id, one.claim) for derived in provenance_of(csto.CSTO).spells for one in derived.claims}
    assert len(used) == len(cited) > 0


def test_the_library_finds_it_valid(tmp_path: Path) -> None:
    from prov.model import ProvDocument

    write_prov(csto.CSTO, tmp_path / "csto.jsonld")
    document = ProvDocument.deserialize(str(tmp_path / "csto.jsonld"), format="jsonld")
    kinds = {record.get_type().localpart for record in document.get_records()}
    assert kinds == {"Entity", "Activity", "Derivation", "Generation", "Usage", "Membership"}
    # The context stands in the file.
    context = json.loads((tmp_path / "csto.jsonld").read_text("utf-8"))["@context"]
    assert all(isinstance(part, dict) for part in context)


def test_odd_ids_and_texts_read_back(tmp_path: Path) -> None:
    odd = "a b:c/d%2E.#?é\u2028\n\x1b\U0001f600"
    id = "a b:c/d%2E.#?é\U0001f600"
    record = csto.Record(
        id,
        odd,
        states=(csto.State("x:1", "X"),),
        sources=(csto.Source(id, note=odd), csto.Source("b.0", copies=(id,)), csto.Source("b", title="1999-01-01")),
        events=(
            csto.Event("e", ("x:1",), (csto.Claim(id, "accession", "1999", locator=odd, note=odd),)),
            csto.Event("e.0", ("x:1",), (csto.Claim("b", "withdrawal", last_day="2001-01-01", inferred=True),)),
        ),
    )
    write_prov(History(record), tmp_path / "odd.jsonld")
    assert read_prov(tmp_path / "odd.jsonld") == provenance_of(History(record))
    assert read_prov(tmp_path / "odd.jsonld").record(id) == record


def test_forces_that_follow_by_a_rule_are_derived_from_the_deposits(tmp_path: Path) -> None:
    rows = [
        {"Participant": "Benin", "Signature": "3 May 1999", "Ratification, Succession(d)": "4 Jun 2001"},
        {"Participant": "Slovakia", "Signature": "", "Ratification, Succession(d)": "28 May 2003 d"},
    ]
    treaty = read_status_table(rows, "treaty", in_force="1980-01-01", force_after="P90D", as_of="2020-01-01")
    for reading in ("declared", "legal"):
        history = treaty.history("treaty").under(reading)
        write_prov(history, tmp_path / "treaty.jsonld")
        again = read_prov(tmp_path / "treaty.jsonld")
        assert again == provenance_of(history)
    legal = [one for one in again.spells if one.state.id == "BEN" and str(one.spell.verdict) == "yes"]
    assert [cited.claim.act.value for one in legal for cited in one.claims] == ["entry_into_force"]
    graph = json.loads((tmp_path / "treaty.jsonld").read_text("utf-8"))["@graph"]
    (deposit,) = [
        one["usedEntity"]
        for one in graph
        if "BEN" in one.get("generatedEntity", "") and "force" in one["generatedEntity"]
    ]
    assert deposit.startswith("record:claim.")


def test_a_provenance_is_a_table_of_one_organisation(tmp_path: Path) -> None:
    write_prov(csto.CSTO, tmp_path / "csto.jsonld")
    read = read_prov(tmp_path / "csto.jsonld")
    assert isinstance(read, Provenance)
    assert (read.organisations, repr(read)) == (("csto",), f"<Provenance csto: {len(read.spells)} spells>")
    registry = csto.Registry.of(read)
    assert str(registry.was_member("csto", "UZ", "2007-01-01")) == "yes"


@pytest.mark.parametrize(
    "content",
    ["", "7", "[]", "{}", "nothing", '{"@graph": 7, "@context": {}}', '{"@graph": [7], "@context": []}', "[" * 100_000],
)
def test_what_is_no_such_document_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.jsonld"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_prov(path)
    assert all(fault.file == str(path) for fault in caught.value.faults)


def changed(path: Path, change: Any) -> None:
    """Write the document of a small record again, with each of its statements changed; None leaves it out."""
    record = csto.Record(
        "league",
        states=(csto.State("UZB", "Uzbekistan"),),
        sources=(csto.Source("a"),),
        events=(csto.Event("in", ("UZB",), (csto.Claim("a", "accession", "1999-04-20"),)),),
    )
    write_prov(History(record), path)
    document = json.loads(path.read_text("utf-8"))
    graph = [change(one) for one in document["@graph"]]
    path.write_text(json.dumps({**document, "@graph": [one for one in graph if one]}), encoding="utf-8")


def without(id: str) -> Any:
    return lambda one: None if one.get("@id") == id else one


def with_value(key: str, value: Any) -> Any:
    return lambda one: {**one, key: [{"@value": value}]} if key in one else one


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("record:record"), "it has 0 records and 1 view"),
        (without("record:view"), "it has 1 record and 0 views"),
        (without("record:source.a"), "there is no source of that id"),
        (without("record:event.in"), "claims name events that there are not"),
        (without("record:claim.in.0"), "an event without a claim"),
        (with_value("csto:rank", "splendid"), "unknown rank"),
        (with_value("csto:act", "joining"), "unknown act"),
        (with_value("csto:date", "sometime"), "unreadable date"),
        (with_value("csto:verdict", "perhaps"), "the spell cannot be read"),
        (with_value("csto:first_day", "sometime"), "the spell cannot be read"),
        (with_value("csto:status", "guest"), "the spell cannot be read"),
        (lambda one: {**one, "csto:colour": [{"@value": "red"}]} if "csto:act" in one else one, "unknown key"),
        (
            lambda one: (
                {**one, "usedEntity": "record:claim.out.0"} if one.get("usedEntity") == "record:claim.in.0" else one
            ),
            "derived from what the record does not have",
        ),
        (lambda one: {**one, "@type": "Mention"} if one.get("@id") == "record:view" else one, "no PROV document"),
    ],
    ids=range(14),
)
def test_what_was_changed_by_hand_is_told(tmp_path: Path, change: Any, said: str) -> None:
    path = tmp_path / "league.jsonld"
    changed(path, lambda one: one)
    assert read_prov(path).organisations == ("league",)
    changed(path, change)
    with pytest.raises(RecordError, match=said):
        read_prov(path)


def test_without_the_library_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_prov(csto.CSTO, tmp_path / "csto.jsonld")
    monkeypatch.setitem(sys.modules, "prov", None)
    for call in (lambda: write_prov(csto.CSTO, tmp_path / "other.jsonld"), lambda: read_prov(tmp_path / "csto.jsonld")):
        with pytest.raises(MissingExtraError, match=r"csto_membership\[prov\]"):
            call()
    assert [file.name for file in tmp_path.iterdir()] == ["csto.jsonld"]
    with pytest.raises(MissingExtraError):
        read_prov(tmp_path / "missing.jsonld")
