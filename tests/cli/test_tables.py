"""The command line and tables: `read` makes a record of one, and every command that takes a record takes a table."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.entities import NO, entity, statement, written

import csto_membership as csto
from csto_membership.readers import read_acts, read_wikidata
from csto_membership.readers._forms import forms_of_files
from csto_membership.writers import write_acts, write_prov, write_spells

if TYPE_CHECKING:
    from support.screen import Screen

STATUS_TABLE = """Participant,Signature,"Ratification, Accession(a)"
Kazakhstan,3 May 1999,4 Jun 2001
Uzbekistan,,9 Feb 2003 a
Turkmenistan,4 May 1999,
"""


@pytest.fixture
def table(tmp_path: Path) -> dict[str, list[str]]:
    """A file of each kind in which Kazakhstan is a member, with the options that its command needs."""
    told = statement(P580="1992-05-15", P582=NO)
    league = "organisation,state,status,first_day,last_day\nleague,KAZ,member,1992-05-15,\n"
    (tmp_path / "spells.csv").write_text(league, encoding="utf-8")
    write_acts(csto.CSTO, tmp_path / "acts.csv")
    write_prov(csto.CSTO, tmp_path / "csto.jsonld")
    (tmp_path / "treaty.csv").write_text(STATUS_TABLE, encoding="utf-8")
    years = "ccode,year,state,csto\n705,2003,kazakhstan,1\n705,2004,kazakhstan,1\n"
    (tmp_path / "states.csv").write_text(years, encoding="utf-8")
    igos = "ioname,year,kazakhstan\ncsto,2003,1\ncsto,2004,1\n"
    (tmp_path / "igos.csv").write_text(igos, encoding="utf-8")
    phases = "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,version\n4220,705,1992,5,15,0,0,0,5\n"
    (tmp_path / "atop.csv").write_text(phases, encoding="utf-8")
    files = {
        "spells": ["spells.csv"],
        "acts": ["acts.csv"],
        "status-table": ["treaty.csv", "--organisation", "treaty"],
        "cow-state-year": ["states.csv"],
        "cow-igo-year": ["igos.csv"],
        "atop": ["atop.csv"],
        "wikidata": [written(tmp_path, entity("Q232", "KAZ", told), entity("Q265", "UZB", told)).name],
        "prov": ["csto.jsonld"],
    }
    return {form: [str(tmp_path / name), *options] for form, (name, *options) in files.items()}


def test_there_is_a_file_of_each_kind(table: dict[str, list[str]]) -> None:
    assert set(table) == set(forms_of_files())


@pytest.mark.parametrize("form", forms_of_files())
def test_a_table_of_each_kind_is_asked_like_a_record(screen: Screen, table: dict[str, list[str]], form: str) -> None:
    file, *options = table[form]
    # In law, a state that has consented may be a member.
    day = ["--reading", "declared"] if form == "status-table" else []
    asked = ["--record", file, "--form", form, *options, *day]
    assert screen.json("status", "KAZ", "2004-12-31", *asked)["verdict"] == "yes"
    assert "KAZ" in screen.json("members", "2004-12-31", *asked)["certain"]
    assert "Kazakhstan" in screen.shows("timeline", "KAZ", *asked)
    compared = screen.run("compare", "--other-record", file, "--other-form", form, "--only", "contradictions", *options)
    assert compared[0] == (2 if options else 0)


@pytest.mark.parametrize("form", forms_of_files())
def test_read_makes_a_record_that_a_curator_can_go_on_with(
    screen: Screen, table: dict[str, list[str]], tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out.toml"
    code, shown, told = screen.run("read", form, *table[form], "-o", str(out))
    assert (code, shown) == (0, "")
    assert "1 " in told or " states, " in told
    assert told.rstrip().endswith(f"written to {out}")
    history = csto.load(out)
    assert str(history.under("declared").was_member("KAZ", "2004-12-31")) == "yes"
    assert screen.run("validate", str(out))[0] == 0
    # Never over an old file.
    out.write_text("mine", encoding="utf-8")
    assert "is there" in screen.refuses("read", form, *table[form], "-o", str(out))
    assert out.read_text("utf-8") == "mine"


def test_read_prints_the_record_where_no_file_is_named(screen: Screen, table: dict[str, list[str]]) -> None:
    code, shown, told = screen.run("read", "wikidata", *table["wikidata"], "--last-day", "out")
    assert (code, told) == (0, "Q1: 2 states, 4 events, 4 claims, 1 source\n")
    assert '[organisation]\nid = "Q1"\n' in shown
    document = json.loads(screen.run("read", "wikidata", *table["wikidata"], "--json")[1])
    assert document["organisation"]["id"] == "Q1"


def test_read_tells_programs_what_it_wrote(screen: Screen, table: dict[str, list[str]], tmp_path: Path) -> None:
    out = str(tmp_path / "out.json")
    told = screen.json("read", "spells", *table["spells"], "-o", out)
    assert told == {
        "organisation": "league",
        "states": 1,
        "events": 1,
        "claims": 1,
        "sources": 1,
        "output": out,
        "faults": [],
        "ignored": [],
    }


def test_the_record_that_is_read_is_the_one_that_the_reader_makes(
    screen: Screen, table: dict[str, list[str]], tmp_path: Path
) -> None:
    out = tmp_path / "out.toml"
    file = table["acts"][0]
    assert screen.run("read", "acts", file, "-o", str(out), "--as-of", "2024-01-01", "--reading", "legal")[0] == 0
    assert csto.load(out).record == read_acts(file, as_of="2024-01-01", reading="legal").record("csto")
    out.unlink()
    file = table["wikidata"][0]
    assert screen.run("read", "wikidata", file, "-o", str(out), "--last-day", "in", "--organisation", "Q1")[0] == 0
    assert csto.load(out).record == read_wikidata(file, "Q1", last_day="in").record("Q1")


def test_options_go_to_the_readers_that_have_them(screen: Screen, table: dict[str, list[str]], tmp_path: Path) -> None:
    options = ["--in-force", "2002-01-01", "--force-after", "P30D", "--as-of", "2020-01-01", "--title", "The treaty"]
    out = tmp_path / "out.toml"
    assert screen.run("read", "status-table", *table["status-table"], *options, "-o", str(out))[0] == 0
    law = csto.load(out)
    assert [str(law.was_member("UZB", day)) for day in ("2003-03-10", "2003-03-11")] == ["no", "yes"]
    assert str(law.was_member("TKM", "2010-01-01")) == "no"
    assert "has no such option" in screen.refuses("read", "spells", *table["spells"], "--title", "x")
    assert "needs it" in screen.refuses("read", "status-table", table["status-table"][0])
    assert "'spells'" in screen.refuses("read", "spell", *table["spells"])


def test_columns_of_other_names_are_named(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("club,iso3,act,date\nleague,UZB,accession,1999-04-20\n", encoding="utf-8")
    named = ["--column", "organisation=club", "--column", "state=iso3"]
    assert 'states = [\n    "UZB",\n]' in screen.run("read", "acts", str(path), *named)[1]
    assert "which of your columns" in screen.refuses("read", "acts", str(path), "--column", "club")
    assert "there is no such column" in screen.refuses("read", "acts", str(path), "--column", "state=iso2")


def test_bad_rows_are_told_and_skipped_if_they_may_be(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = ["organisation,state,act,date", "league,UZB,accession,1999-04-20", "league,Nowhere,joining,1999"]
    path.write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "out.toml"
    assert "line 3, state" in screen.refuses("read", "acts", str(path), "-o", str(out))
    assert not out.exists()
    code, _, told = screen.run("read", "acts", str(path), "-o", str(out), "--bad-rows", "skip")
    assert code == 0
    assert [line.startswith("left out: ") for line in told.splitlines()] == [False, True, True]
    assert csto.load(out).coverage.missing == "skipped: line 3"
    as_json: Any = screen.run("read", "acts", str(path), "-o", str(tmp_path / "b.json"), "--bad-rows", "skip", "--json")
    assert [fault["place"] for fault in json.loads(as_json[1])["faults"]] == ["line 3, state", "line 3, act"]


def test_of_several_organisations_one_is_named(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    write_spells(csto.Registry.of(csto.CSTO, csto.history("cis")), path)
    several = "--organisation: the table has several: name one; allowed: csto, cis\n"
    assert screen.refuses("read", "spells", str(path)) == several
    assert screen.refuses("members", "2000-01-01", "--record", str(path)) == several
    other = screen.refuses("compare", "--record", "sco", "--other-record", str(path))
    assert other == several.replace("--", "--other-", 1)
    assert 'id = "cis"' in screen.run("read", "spells", str(path), "--organisation", "cis")[1]
    assert "unknown organisation 'nato'" in screen.refuses("read", "spells", str(path), "--organisation", "nato")


def test_of_one_table_two_organisations_are_compared(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    write_spells(csto.Registry.of(csto.CSTO, csto.history("cis")), path)
    one = ["compare", "--record", str(path), "--organisation", "csto"]
    assert screen.json(*one) == []
    told = screen.json(*one, "--other-organisation", "cis")
    assert told == screen.json(*one, "--other-record", str(path), "--other-organisation", "cis") != []


def test_what_a_comparison_needs_of_the_other_file_is_told_by_its_options(
    screen: Screen, table: dict[str, list[str]]
) -> None:
    file, option, organisation = table["status-table"]
    asked = ["compare", "--other-record", file]
    assert "by --other-form, which a status table always needs" in screen.refuses(*asked)
    for more in ([], [option, organisation]):
        refused = screen.refuses(*asked, "--other-form", "status-table", *more)
        assert refused.startswith("--other-organisation: ")
    refused = screen.refuses(*asked, "--form", "status-table")
    assert refused == "--form='status-table': it says what the file of --record is, and none is named\n"
    assert screen.json(*asked, "--other-form", "status-table", "--other-organisation", organisation)


def test_of_very_many_organisations_the_first_are_named(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"org-{number:02},UZB,member,1999,\n" for number in range(21))
    path.write_text(f"organisation,state,status,first_day,last_day\n{rows}", encoding="utf-8")
    assert screen.refuses("members", "2000", "--record", str(path)).endswith("org-18, org-19, ...\n")
    path.write_text(path.read_text("utf-8").replace("org-20,UZB,member,1999,\n", ""), encoding="utf-8")
    assert screen.refuses("members", "2000", "--record", str(path)).endswith("org-18, org-19\n")


def test_options_of_readers_are_refused_by_their_names(screen: Screen, table: dict[str, list[str]]) -> None:
    file, *organisation = table["status-table"]
    refused = screen.refuses("read", "status-table", file, *organisation, "--force-after", "60 days")
    assert refused.startswith("--force-after='60 days': it is no duration")
    assert refused.endswith('; allowed: "P90D", "next_month", "P60D, then next_month"\n')
    assert screen.refuses("read", "status-table", file).startswith("--organisation: ")
    assert screen.refuses("read", "spells", table["spells"][0], "--in-force", "1999").startswith("--in-force='1999': ")


def test_validate_takes_tables(screen: Screen, table: dict[str, list[str]], tmp_path: Path) -> None:
    for form, (file, *options) in table.items():
        assert screen.run("validate", file, "--form", form, *options)[0] == 0, form
    path = tmp_path / "own.csv"
    path.write_text("organisation,state,act,date\nleague,UZB,joining,1999-04-20\n", encoding="utf-8")
    code, shown, _ = screen.run("validate", str(path), "--form", "acts")
    assert code == 1
    assert shown.splitlines()[0].startswith(f"{path}: line 2, act: unknown act (found 'joining'); did you mean")
    assert screen.run("validate", str(path), "--form", "act")[0] == 2
    path.write_text(
        "organisation,state,act,date\nleague,UZB,return,1999-04-20\nleague,KAZ,accession,1999\n", encoding="utf-8"
    )
    code, shown, _ = screen.run("validate", str(path), "--form", "acts", "--strict")
    assert code == 1
    assert "remark" in shown


def test_a_file_is_validated_as_what_its_header_tells(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("organisation,state,act,date\nleague,UZB,joining,1999-04-20\n", encoding="utf-8")
    assert screen.run("validate", str(path)) == screen.run("validate", str(path), "--form", "acts")
    write_acts(csto.CSTO, path)
    assert screen.run("validate", str(path))[0] == 0
    assert "not TOML" in screen.run("validate", str(path), "--form", "record")[1]


@pytest.mark.parametrize(
    ("name", "head", "said"),
    [
        ("near.csv", "organisation;country;status;first_day;last_day", "spells, the nearest kind, also needs state"),
        ("treaty.csv", STATUS_TABLE, "by --form, which a status table always needs"),
        ("treaty.html", '<table class="x"></table>', "by --form"),
    ],
)
def test_a_header_of_no_known_kind_is_told_as_one(
    screen: Screen, tmp_path: Path, name: str, head: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(f"{head}\n", encoding="utf-8")
    refusal = screen.refuses("members", "2005", "--record", str(path))
    assert f"{path}: line 1: the header is that of no known kind of table (found '{head[:9]}" in refusal
    assert said in refusal
    assert "TOML" not in refusal
    assert screen.run("validate", str(path))[:2] == (1, f"{refusal.splitlines()[1].strip()}\n1 fault\n")


@pytest.mark.parametrize(
    "text", ["hello", "[organisation], x", '{"organisation": 1, "b": 2}', "id = 1, 2", "# a, b\nx"]
)
def test_a_broken_record_of_another_ending_is_told_as_one(screen: Screen, tmp_path: Path, text: str) -> None:
    (tmp_path / "record.txt").write_text(text, encoding="utf-8")
    assert "not TOML" in screen.refuses("members", "2005", "--record", str(tmp_path / "record.txt"))


def test_acts_matrix_and_prov_are_exported(screen: Screen, tmp_path: Path) -> None:
    for what, name in (("acts", "a.csv"), ("matrix", "m.json"), ("prov", "p.jsonld")):
        assert screen.shows("export", what, str(tmp_path / name), "--reading", "legal") == ""
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("organisation,state,name,event,event_order,act,date,")
    assert json.loads((tmp_path / "m.json").read_text("utf-8"))[0]["organisation"] == "csto"
    assert screen.json("members", "2007-01-01", "--record", str(tmp_path / "p.jsonld"), "--form", "prov")["certain"]


def test_nothing_in_a_table_steers_the_terminal(screen: Screen, tmp_path: Path) -> None:
    evil = "x\x1b[31m\u202e\x85FORGED"
    path = written(tmp_path, entity("Q265", "UZB", statement(P580="1992", P518=evil)), entity("Q9", "", statement(), label=evil, instance_of=["Q5"]))  # fmt: skip
    code, shown, told = screen.run("read", "wikidata", str(path))
    assert code == 0
    assert not any(character in shown + told for character in "\x1b\u202e\x85")
    # What is printed means what is written.
    assert " ".join(evil.split()) in tomllib.loads(shown)["event"][0]["claims"][0]["note"]
