"""The command line for evidence: controversies, comparisons and sources, under every view, as tables and as JSON."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pybtex.database import parse_string

import csto_membership as csto
from csto_membership import CSTO
from csto_membership.citations import bibtex, csl

if TYPE_CHECKING:
    from support.screen import Screen

VIEWS = {
    "": CSTO,
    "--reading legal": CSTO.under("legal"),
    "--reading participating": CSTO.under("participating"),
    "--resolve every": CSTO.resolved("every"),
    "--resolve majority": CSTO.resolved("majority"),
    "--resolve precedence:turan-crossroads,atop-4.01": CSTO.resolved(csto.precedence("turan-crossroads", "atop-4.01")),
    "--according-to cow-igo-3": CSTO.according_to("cow-igo-3"),
    "--published-by 2012-09-01": CSTO.as_published_by("2012-09-01"),
    "--counting member --counting observer": CSTO.counting("member", "observer"),
    "--institution csto --strict": CSTO.institution("csto").strict(),
    "--reading legal --published-by 2008-01-01 --resolve every": (
        CSTO.under("legal").as_published_by("2008-01-01").resolved("every")
    ),
}


def prefixed(options: str) -> list[str]:
    return options.replace("--", "--other-").split()


# --- Controversies ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", VIEWS)
def test_controversies_are_those_of_the_view(screen: Screen, options: str) -> None:
    found = VIEWS[options].conflicts()
    assert screen.json("conflicts", *options.split()) == [conflict.as_dict() for conflict in found]
    shown = screen.shows("conflicts", *options.split())
    assert shown == "\n\n".join(map(str, found or ["no controversy under this view"])) + "\n"


@pytest.mark.parametrize("id", ["C1", "C2", "C10", "C15"])
def test_one_controversy_is_shown_alone(screen: Screen, id: str) -> None:
    (found,) = [conflict for conflict in CSTO.conflicts() if conflict.id == id]
    assert screen.shows("conflicts", id) == f"{found}\n"
    assert screen.json("conflicts", id) == [found.as_dict()]


def test_a_controversy_matters_under_the_reading_asked(screen: Screen) -> None:
    for reading, days in (("declared", []), ("participating", ["2024-02-22", "2024-09-04", "2025-01-01"])):
        (told,) = screen.json("conflicts", "C6", "--reading", reading)
        assert told["reading"] == reading
        assert [matter["first_day"] for matter in told["matters"]] == days
    assert "changes no yes or no" in screen.shows("conflicts", "C6")
    assert "Armenia 2024-02-22" in screen.shows("conflicts", "C6", "--reading", "participating")


def test_an_unknown_controversy_is_refused_with_the_known_ones(screen: Screen) -> None:
    for wrong in ("C99", "", "c1"):
        for more in ([], ["--json"]):
            message = screen.refuses("conflicts", wrong, *more)
            assert repr(wrong) in message
            assert "C10" in message
    assert "C15" not in screen.refuses("conflicts", "C99", "--according-to", "asia-plus-2017")


# --- Comparisons -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", VIEWS)
def test_a_comparison_takes_every_view_as_the_other(screen: Screen, options: str) -> None:
    found = CSTO.compare(VIEWS[options])
    assert screen.json("compare", *prefixed(options)) == [difference.as_dict() for difference in found]
    lines = screen.shows("compare", *prefixed(options)).splitlines()
    if not found:
        assert lines == ["both give the same answers"]
        return
    assert lines[0].split("  ")[0] == "state"
    for line, difference in zip(lines[1:], found, strict=True):
        assert line.startswith(difference.state.name)
        assert str(difference.first_day or "..") in line
        assert str(difference.last_day or "..") in line
        assert line.split()[-2:] == [str(verdict) for verdict in difference.verdicts]


def test_the_views_of_the_one_are_not_those_of_the_other(screen: Screen) -> None:
    one, other = CSTO.under("legal").strict(), CSTO.resolved("every").counting("member", "suspended")
    told = screen.json(
        "compare", "--reading", "legal", "--strict", "--other-resolve", "every", "--other-counting", "member,suspended"
    )
    assert told == [difference.as_dict() for difference in one.compare(other)]
    same = ["--reading", "legal", "--other-reading", "legal"]
    assert screen.json("compare", *same) == []
    assert screen.shows("compare", *same) == "both give the same answers\n"


def test_a_data_set_is_held_against_the_record(screen: Screen) -> None:
    told = screen.json("compare", "--other-according-to", "cow-igo-3")
    flat = [
        (each["state"], each["first_day"], each["last_day"]) for each in told if "undetermined" not in each["verdicts"]
    ]
    assert flat == [("UZB", f"{year}-12-31", f"{year}-12-31") for year in range(2002, 2006)]


def test_the_other_record_is_the_same_unless_another_is_named(screen: Screen, tmp_path: Any) -> None:
    path = tmp_path / "league.toml"
    path.write_text(
        '[organisation]\nid = "league"\n[[state]]\nid = "UZB"\n[[source]]\nid = "law"\n[[event]]\nid = "in"\n'
        'states = ["UZB"]\nclaims = [{ source = "law", act = "signature", date = "2000-02-03" }]\n',
        encoding="utf-8",
    )
    league = csto.load(path)
    assert screen.json("compare", "--record", str(path)) == []
    for record, other, pair in (
        (str(path), "csto", (league, CSTO)),
        ("csto", str(path), (CSTO, league)),
    ):
        told = screen.json("compare", "--record", record, "--other-record", other)
        assert told == [difference.as_dict() for difference in pair[0].compare(pair[1])]
        assert {each["state"] for each in told} >= {"UZB", "RUS"}
    late = ["--other-according-to", "law"]
    assert screen.json("compare", "--record", str(path), *late) == []


# --- Sources ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", VIEWS)
def test_sources_are_those_that_the_view_uses(screen: Screen, options: str) -> None:
    used = VIEWS[options].sources
    chosen = options.split()
    assert screen.json("sources", *chosen) == [source.as_dict() for source in used]
    lines = screen.shows("sources", *chosen).splitlines()
    assert lines[0].split() == ["source", "kind", "published", "publisher", "title"]
    assert [line.split()[0] for line in lines[1:]] == [source.id for source in used]
    assert json.loads(screen.shows("sources", "--csl", *chosen)) == csl(*used)
    written = screen.shows("sources", "--bibtex", *chosen)
    assert written.rstrip() == bibtex(*used).rstrip()
    assert list(parse_string(written, "bibtex").entries) == [source.id for source in used]


def test_sources_not_yet_published_are_not_used(screen: Screen) -> None:
    ids = {each["id"] for each in screen.json("sources", "--published-by", "2012-09-01")}
    assert "tass-2012-06-28" in ids
    assert not ids & {"tass-2012-12-19", "asia-plus-2017", "asia-plus-2021"}


def test_a_source_of_which_nothing_is_known_is_a_row(screen: Screen, tmp_path: Any) -> None:
    path = tmp_path / "bare.toml"
    path.write_text('[organisation]\nid = "bare"\n[[source]]\nid = "law"\n', encoding="utf-8")
    assert screen.shows("sources", "--record", str(path)).splitlines()[1].split() == ["law", "tertiary", "?"]
    assert json.loads(screen.shows("sources", "--csl", "--record", str(path))) == [{"id": "law", "type": "webpage"}]
    path.write_text('[organisation]\nid = "bare"\n', encoding="utf-8")
    assert screen.shows("sources", "--record", str(path)).split() == [
        "source",
        "kind",
        "published",
        "publisher",
        "title",
    ]
    assert screen.json("sources", "--record", str(path)) == []
    assert json.loads(screen.shows("sources", "--csl", "--record", str(path))) == []
    assert screen.shows("sources", "--bibtex", "--record", str(path)).strip() == ""


def test_bibtex_without_its_extra_exits_2_and_says_what_to_install(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pybtex.database", None)
    message = screen.refuses("sources", "--bibtex", "--according-to", "cow-igo-3")
    assert "csto_membership[bibtex]" in message
    assert screen.shows("sources", "--csl", "--according-to", "cow-igo-3")


# --- Records that have grown old -------------------------------------------------------------------------------------


@pytest.mark.parametrize("organisation", csto.organisations())
def test_a_record_is_stale_from_the_day_after_its_evidence_ends(screen: Screen, organisation: str) -> None:
    last = csto.history(organisation).coverage.last
    assert last
    for shift, stale in ((-1, False), (0, False), (1, True)):
        day = str(last + dt.timedelta(days=shift))
        for asked in ((), ("--record", organisation)):
            told = screen.json("sources", "--stale", day, *asked)
            assert (organisation in {record["id"] for record in told}) is stale
            shown = screen.shows("sources", "--stale", day, *asked)
            if told:
                assert [line.split()[:2] for line in shown.splitlines()[1:]] == [
                    [record["last_day"], record["id"]] for record in told
                ]
            else:
                assert shown == f"no evidence ends before {day}\n"


def test_stale_records_are_told_with_their_ends_the_oldest_first(screen: Screen, tmp_path: Any) -> None:
    told = screen.json("sources", "--stale", "2100")
    assert {record["id"] for record in told} == set(csto.organisations())
    assert [record["last_day"] for record in told] == sorted(record["last_day"] for record in told)
    for record in told:
        history = csto.history(record["id"])
        assert record == {
            "last_day": str(history.coverage.last),
            "id": history.record.id,
            "edition": history.edition,
            "name": history.record.name,
        }
    assert screen.json("sources", "--stale", "1900") == []
    seen = screen.json("sources", "--stale", "2015-01-02", "--published-by", "2015-01-01", "--record", "csto")
    assert [record["last_day"] for record in seen] == ["2015-01-01"]
    # A record that vouches without an end has no day on which it grows old.
    endless = tmp_path / "endless.toml"
    endless.write_text('[organisation]\nid = "endless"\n', encoding="utf-8")
    assert screen.json("sources", "--stale", "2100", "--record", str(endless)) == []


def test_a_year_or_a_month_asks_about_its_first_day(screen: Screen, tmp_path: Any) -> None:
    path = tmp_path / "club.toml"
    path.write_text('[organisation]\nid = "club"\ncovers = { last = "2020-02-29" }\n', encoding="utf-8")
    for day, stale in (("2020", 0), ("2020-02", 0), ("2020-02-29", 0), ("2020-03", 1), ("2021", 1)):
        assert len(screen.json("sources", "--stale", day, "--record", str(path))) == stale
    for wrong in ("soon", "[2020..2021]", "199X?"):
        assert wrong in screen.refuses("sources", "--stale", wrong)
    for form, name in (("--bibtex", "BibTeX"), ("--csl", "CSL")):
        assert name in screen.refuses("sources", "--stale", "2020", form)


# --- Wrong calls -----------------------------------------------------------------------------------------------------

BAD_VIEWS = {
    "resolve best": "'best'",
    "resolve precedence": "precedence",
    "resolve precedence:": "precedence",
    "resolve precedence:,": "precedence",
    "resolve precedence:atop": "'atop-4.01'",
    "resolve precedence:atop-4.01,atop-4.01": "twice",
    "resolve every:": "'every:'",
    "resolve every:atop-4.01": "'every:atop-4.01'",
    "according-to atop": "'atop-4.01'",
    "according-to ,": "needs at least one source",
    "published-by 2012": "exact day",
    "published-by 2012-13-01": "2012-13-01",
    "published-by 1990-01-01": "1992-05-15",
    "counting gone": "'gone'",
    "counting ,": "needs at least one status",
    "reading lawful": "'lawful'",
    "institution nato": "'nato'",
    "record nato": "nato",
}


@pytest.mark.parametrize("command", ["conflicts", "compare", "sources"])
@pytest.mark.parametrize("wrong", BAD_VIEWS)
def test_a_bad_view_exits_2_with_a_message_that_helps(screen: Screen, command: str, wrong: str) -> None:
    option, value = wrong.split()
    assert BAD_VIEWS[wrong] in screen.refuses(command, f"--{option}", value)
    assert BAD_VIEWS[wrong] in screen.refuses(command, f"--{option}={value}", "--json")
    if command == "compare":
        assert BAD_VIEWS[wrong] in screen.refuses(command, f"--other-{option}", value)


@pytest.mark.parametrize(
    "arguments",
    [
        ["conflicts", "C1", "C2"],
        ["conflicts", "--other-reading", "legal"],
        ["compare", "legal"],
        ["compare", "--other"],
        ["compare", "--other-json"],
        ["sources", "asia-plus-2017"],
        ["sources", "--ris"],
        ["sources", "--resolve"],
        ["compare", "--other-strict", "yes"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_exits_2_with_the_usage(screen: Screen, arguments: list[str]) -> None:
    code, out, err = screen.run(*arguments)
    assert (code, out) == (2, "")
    assert "usage: csto-membership" in err


@pytest.mark.parametrize(("one", "other"), [("--csl", "--bibtex"), ("--json", "--bibtex")])
def test_two_formats_at_once_are_refused(screen: Screen, one: str, other: str) -> None:
    screen.refuses("sources", one, other)


@pytest.mark.parametrize("command", ["conflicts", "compare", "sources"])
def test_help_tells_of_the_command(screen: Screen, command: str) -> None:
    shown = screen.shows(command, "--help")
    for option in ("--resolve", "--published-by", "--counting", "--strict", "--json"):
        assert option in shown
    assert ("--other-resolve" in shown) is (command == "compare")
