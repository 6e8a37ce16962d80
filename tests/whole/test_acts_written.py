"""Acts and the status matrix: what is written says what the record says, and reads back."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import csto_membership as csto
from csto_membership import ArgumentError, Claim, Event, History, Rank, Record, Source, State, UnknownNameError
from csto_membership.readers import provenance_of, read_acts, read_prov, read_spells, read_status_table
from csto_membership.registry import Registry
from csto_membership.writers import act_rows, matrix_rows, write_acts, write_matrix, write_prov

pd = pytest.importorskip("pandas")

BUNDLED = pytest.mark.parametrize("id", ["csto", "cis"])


def claims_of(record: Record, state: str) -> list[tuple[Any, ...]]:
    """What the claims on a state say, without the order of its events."""
    return sorted(
        (
            *(claim.source, claim.act.value, claim.date and claim.date.edtf, claim.last_day and claim.last_day.edtf),
            *(claim.rank, claim.inferred, sorted(claim.status), claim.locator, claim.note),
        )
        for event in record.events_of(state)
        for claim in event.claims_of(state)
    )


@BUNDLED
@pytest.mark.parametrize("form", ["csv", "json", "rows", "frame"])
def test_acts_read_back_as_the_same_claims(tmp_path: Path, id: str, form: str) -> None:
    history = csto.history(id)
    path = tmp_path / f"acts.{form}"
    if form in ("csv", "json"):
        write_acts(history, path)
    rows = json.loads(path.read_text("utf-8")) if form == "json" else list(act_rows(history))
    given: Any = {"csv": path, "frame": pd.DataFrame(rows)}.get(form, rows)
    again = read_acts(given, covers=history.coverage, sources=history.record.sources).history(id)
    for state in again.states:
        assert claims_of(again.record, state.id) == claims_of(history.record, state.id)
        for reading in ("declared", "participating"):
            for policy in ("preferred", "every", "majority"):
                views = [one.under(reading).resolved(policy) for one in (again, history)]
                assert views[0].timeline(state) == views[1].timeline(state), (reading, policy)
    acting = {state.id for state in history.states if history.record.events_of(state.id)}
    assert {state.id for state in again.states} == acting
    used = {source.id for source in again.record.sources}
    assert again.record.sources == tuple(source for source in history.record.sources if source.id in used)


def test_acts_of_a_table_of_spells_read_back_in_their_order() -> None:
    """An end and a beginning on the same unknown day of 1994, of the ninth row and of the tenth."""
    others = [(state, "member", "1990", "") for state in ["FR", "DE", "IT", "ES", "PT", "BE", "NL", "LU", "DK"]]
    told = [*others, ("UZ", "suspended", "1991", "1994"), ("UZ", "member", "1994", "2000")]
    columns = ("state", "status", "first_day", "last_day")
    spells = read_spells([{"organisation": "a", **dict(zip(columns, row, strict=True))} for row in told]).history("a")
    again = read_acts(list(act_rows(spells)), covers=spells.coverage).history("a")
    assert again.was_member("UZ", "1999-01-01") is csto.Verdict.YES
    for state in spells.states:
        assert again.timeline(state) == spells.timeline(state)


def test_acts_of_a_status_table_read_back_with_the_forces_that_follow() -> None:
    rows = [
        {"Participant": "Benin", "Signature": "3 May 1999", "Ratification, Succession(d)": "4 Jun 2001"},
        {"Participant": "Togo", "Signature": "3 May 1999", "Ratification, Succession(d)": ""},
        {"Participant": "Slovakia", "Signature": "", "Ratification, Succession(d)": "28 May 2003 d"},
    ]
    treaty = read_status_table(rows, "treaty", in_force="1980-01-01", force_after="P90D").history("treaty")
    again = read_acts(list(act_rows(treaty)), covers=treaty.coverage, reading="legal").history("treaty")
    for state in treaty.states:
        assert again.under("declared").timeline(state) == treaty.under("declared").timeline(state)
    for name in ("BEN", "TGO"):
        assert again.timeline(name) == treaty.timeline(name)


def test_acts_of_a_selection_are_those_of_its_sources() -> None:
    rows = list(act_rows(csto.CSTO.according_to("asia-plus-2017")))
    assert {row["source"] for row in rows} == {"asia-plus-2017"}
    assert len(rows) < len(list(act_rows(csto.CSTO)))


def test_a_registry_is_written_as_a_whole_and_a_prepared_one_has_no_acts(tmp_path: Path) -> None:
    registry = Registry.of(csto.CSTO, csto.history("cis"))
    for write, rows in ((write_acts, act_rows), (write_matrix, matrix_rows)):
        write(registry, tmp_path / "out.json")
        written = json.loads((tmp_path / "out.json").read_text("utf-8"))
        assert written == list(rows(registry)) == [*rows(csto.CSTO), *rows(csto.history("cis"))]
        with pytest.raises(ArgumentError):
            write(registry, tmp_path / "out.xlsx")
    registry.prepare(tmp_path / "r.jsonl")
    with pytest.raises(UnknownNameError, match="prepared"):
        list(act_rows(Registry.from_prepared(tmp_path / "r.jsonl")))


def test_a_row_for_each_state_with_the_days_of_its_acts() -> None:
    rows = {row["state"]: row for row in matrix_rows(csto.history("cis"))}
    assert [*rows] == [state.id for state in csto.history("cis").states]
    assert rows["GEO"]["notice"] == "2008-08-18"
    assert rows["GEO"]["withdrawal"] == "2009-08-18"
    assert rows["UKR"]["other"] == "2018-05-19 (freeze)"
    assert rows["BLR"]["signature"] == "1991-12-08; 1993-01-22"
    assert rows["UZB"]["ratification"] == "1992-01-04 or 1992-04-01; 1994-02-09"


def matrix(*events: tuple[list[Claim], str], **view: Any) -> dict[str, str | None]:
    """The row of a state of which these claims tell, each event with its id."""
    record = Record(
        "league",
        states=(State("UZB", "Uzbekistan"),),
        sources=(Source("a"), Source("b")),
        events=tuple(Event(id, ("UZB",), tuple(claims)) for claims, id in events),
    )
    history = History(record)
    if "resolved" in view:
        history = history.resolved(view["resolved"])
    if "according_to" in view:
        history = history.according_to(view["according_to"])
    (row,) = matrix_rows(history)
    return row


def test_cells_say_which_act_it_was_and_what_is_open() -> None:
    joined = [Claim("a", "accession", "1999-04"), Claim("b", "ratification", "1999-05-01", inferred=True)]
    left = [Claim("a", "withdrawal", last_day="2001-01-01"), Claim("b", "suspension", "2001-02?")]
    denied = [Claim("a", "notice_of_withdrawal", "2000-06-01"), Claim("b", "denial")]
    end = [Claim("a", "expiry", "2003-03-03", rank=Rank.DEPRECATED), Claim("b", "expiry", "2003-03-04")]
    row = matrix((joined, "in"), (denied, "notice"), (left, "out"), (end, "end"))
    assert row == {
        "organisation": "league",
        "state": "UZB",
        "name": "Uzbekistan",
        "signature": None,
        "ratification": "1999-04 (accession) or 1999-05-01 (inferred)",
        "force": None,
        "notice": "2000-06-01 or not",
        "withdrawal": "2001-01-02 or not; 2003-03-04 (expiry)",
        "other": "2001-02? (suspension) or not",
    }
    every = matrix((joined, "in"), (end, "end"), resolved="every")
    assert every["withdrawal"] == "2003-03-03 (expiry) or 2003-03-04 (expiry)"
    only = matrix((joined, "in"), (end, "end"), according_to="b")
    assert (only["ratification"], only["withdrawal"]) == ("1999-05-01 (inferred)", "2003-03-04 (expiry)")
    status = matrix(([Claim("a", "status", "1999", status=["member", "observer"])], "in"))
    assert status["other"] == "1999 (status, member|observer)"
    open_end = matrix(([Claim("a", "accession", "[..1999-04-20]")], "in"))
    assert open_end["ratification"] == "[..1999-04-20] (accession)"


def test_a_what_if_is_never_stored(tmp_path: Path) -> None:
    supposed = csto.CSTO.supposing("geo-signature", "1993-09-09")
    for write in (write_matrix, write_prov):
        with pytest.raises(ArgumentError, match=r"supposing geo-signature.*never stored"):
            write(supposed, tmp_path / "out.json")
    assert list(tmp_path.iterdir()) == []
    # The claims are those of the record, whatever is supposed.
    assert list(act_rows(supposed)) == list(act_rows(csto.CSTO))
    fewer = csto.CSTO.without("asia-plus-2017")
    assert "asia-plus-2017" not in {row["source"] for row in act_rows(fewer)}
    write_prov(fewer, tmp_path / "out.jsonld")
    read = read_prov(tmp_path / "out.jsonld")
    assert (read.view["omitted"], read) == ("without source asia-plus-2017", provenance_of(fewer))


def test_what_is_written_holds_the_rows_and_no_formulas(tmp_path: Path) -> None:
    claim = Claim("a", "accession", "1999-04-20", locator="=1+1", note="a\nb")
    record = Record(
        "=league", states=(State("AAA", "@A"),), sources=(Source("a"),), events=(Event("e", ("AAA",), (claim,)),)
    )
    for write, rows, column in ((write_acts, act_rows, "locator"), (write_matrix, matrix_rows, "organisation")):
        write(History(record), tmp_path / "out.csv")
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
            (row,) = csv.DictReader(file)
        (meant,) = rows(History(record))
        assert row[column] == f"'{meant[column]}"
        assert row["name"] == "'@A"
    write_acts(History(record), tmp_path / "out.csv")
    (again,) = read_acts(tmp_path / "out.csv", states=record.states).record("=league").events[0].claims
    assert (again.locator, again.note) == ("=1+1", "a\nb")
