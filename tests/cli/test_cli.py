"""The command line: tables for people, JSON for programs, every view as an option, and exit statuses."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import csto_membership as csto
from csto_membership import CSTO

if TYPE_CHECKING:
    from support.screen import Screen

ROOT = Path(__file__).parents[2]

LEAGUE = """
[organisation]
id = "league"
covers = { first = "2000-01-01", last = "2000-12-31" }
[[state]]
id = "UZB"
[[state]]
id = "ARM"
[[source]]
id = "law"
[[source]]
id = "paper"
[[event]]
id = "in"
states = ["UZB"]
claims = [
  { source = "law", act = "signature", date = "2000-02-03" },
  { source = "paper", act = "signature", date = "2000-02-08", note = "«так»" },
]
"""


@pytest.fixture
def league(tmp_path: Path) -> str:
    path = tmp_path / "league.toml"
    path.write_text(LEAGUE, encoding="utf-8")
    return str(path)


def process(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "csto_membership", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(command, env=environment, capture_output=True, check=False)


# --- Tables ----------------------------------------------------------------------------------------------------------


def test_members_are_a_table_under_their_number(screen: Screen) -> None:
    assert screen.shows("members", "2007-01-01").splitlines() == [
        "2007-01-01: 7 members (declared)",
        "ARM  Armenia     member",
        "BLR  Belarus     member",
        "KAZ  Kazakhstan  member",
        "KGZ  Kyrgyzstan  member",
        "RUS  Russia      member",
        "TJK  Tajikistan  member",
        "UZB  Uzbekistan  member",
    ]


def test_undetermined_members_stand_among_the_others_and_caveats_below(screen: Screen, league: str) -> None:
    assert screen.shows("members", "2000-02-05", "--record", league).splitlines() == [
        "2000-02-05: 0 to 1 member (declared)",
        "UZB  Uzbekistan  undetermined",
    ]
    assert screen.shows("members", "1999", "--record", league).splitlines() == [
        "1999: 0 members (declared)",
        "note: before 2000-01-01 (start of coverage) there was no relation",
    ]


def test_a_status_is_explained(screen: Screen) -> None:
    assert screen.shows("status", "uz", "28 June 2012") == f"{csto.status('UZB', '2012-06-28')}\n"


def test_a_timeline_is_a_table_of_spells(screen: Screen, league: str) -> None:
    assert screen.shows("timeline", "Узбекистан", "--record", league).splitlines() == [
        "state       first day   last day    status          member",
        "Uzbekistan  ..          2000-02-02  none            no",
        "Uzbekistan  2000-02-03  2000-02-07  none or member  undetermined",
        "Uzbekistan  2000-02-08  ..          member          yes",
    ]
    every = screen.shows("timeline", "--record", league).splitlines()
    assert every[1].split() == ["Armenia", "..", "..", "none", "no"]
    assert len(every) == 5


# --- JSON ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["2007-01-01", "2006", "1990", "28 June 2012", "2030-01-01"])
def test_members_as_json_are_those_of_the_library(screen: Screen, date: str) -> None:
    told = screen.json("members", date)
    assert told == csto.members_on(date).as_dict()
    assert {"date", "reading", "certain", "undetermined"} <= set(told)


@pytest.mark.parametrize("date", ["2012-06-25", "2006", "2030-01-01"])
def test_a_status_as_json_is_that_of_the_library(screen: Screen, date: str) -> None:
    assert screen.json("status", "Uzbekistan", date) == csto.status("UZB", date).as_dict()


def test_timelines_as_json_are_those_of_the_library(screen: Screen) -> None:
    assert screen.json("timeline", "UZ") == CSTO.timeline("UZB").as_dict()
    assert screen.json("timeline") == [CSTO.timeline(state).as_dict() for state in CSTO.states]


def test_json_keeps_letters_as_they_are(screen: Screen, league: str) -> None:
    assert "«так»" in screen.shows("status", "UZB", "2000-02-05", "--json", "--record", league)


# --- Views -----------------------------------------------------------------------------------------------------------

VIEWS = {
    "--reading legal": CSTO.under("legal"),
    "--reading participating": CSTO.under("participating"),
    "--resolve every": CSTO.resolved("every"),
    "--resolve majority": CSTO.resolved("majority"),
    "--according-to asia-plus-2017": CSTO.according_to("asia-plus-2017"),
    "--according-to asia-plus-2017 --according-to asia-plus-2021": CSTO.according_to("asia-plus-2017", "asia-plus-2021"),
    "--according-to asia-plus-2017,asia-plus-2021": CSTO.according_to("asia-plus-2017", "asia-plus-2021"),
    "--resolve precedence:asia-plus-2017": CSTO.resolved(csto.precedence("asia-plus-2017")),
    "--resolve precedence:asia-plus-2021,asia-plus-2017": CSTO.resolved(
        csto.precedence("asia-plus-2021", "asia-plus-2017")
    ),
    "--published-by 2015-01-01": CSTO.as_published_by("2015-01-01"),
    "--institution csto": CSTO.institution("csto"),
    "--counting suspended": CSTO.counting("suspended"),
    "--counting member --counting suspended": CSTO.counting("member", "suspended"),
    "--counting member,suspended": CSTO.counting("member", "suspended"),
    "--strict": CSTO.strict(),
    "--record csto": CSTO,
    "--reading=legal --institution=csto --counting=former --strict": (
        CSTO.under("legal").institution("csto").counting("former").strict()
    ),
}  # fmt: skip


@pytest.mark.parametrize("options", VIEWS)
def test_every_view_is_an_option_of_every_command(screen: Screen, options: str) -> None:
    seen, chosen = VIEWS[options], options.split()
    for date in ("2012-10-01", "2030-01-01"):
        assert screen.json("members", date, *chosen) == seen.members_on(date).as_dict()
        assert screen.json("status", "UZB", date, *chosen) == seen.status("UZB", date).as_dict()
    assert screen.json("timeline", "UZB", *chosen) == seen.timeline("UZB").as_dict()


@pytest.mark.parametrize("prefix", ["", "other-"])
def test_a_comparison_takes_the_options_of_both_views(screen: Screen, prefix: str) -> None:
    legal, declared = CSTO.under("legal").strict(), CSTO
    one, other = (declared, legal) if prefix else (legal, declared)
    told = screen.json("compare", f"--{prefix}reading", "legal", f"--{prefix}strict")
    assert told == [difference.as_dict() for difference in one.compare(other)]
    assert told
    shown = screen.shows("compare", f"--{prefix}reading", "legal", f"--{prefix}strict").splitlines()
    assert len(shown) == len(told) + 1
    assert screen.shows("compare") == "both give the same answers\n"
    assert screen.json("compare") == []


def test_controversies_are_those_of_the_library(screen: Screen) -> None:
    found = CSTO.conflicts()
    assert screen.json("conflicts") == [conflict.as_dict() for conflict in found]
    assert screen.shows("conflicts").split("\n\n")[0] == str(found[0])
    assert screen.json("conflicts", "C2") == [conflict.as_dict() for conflict in found if conflict.id == "C2"]
    assert "'C99'" in screen.refuses("conflicts", "C99")


def test_where_nothing_is_controversial_it_is_said(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "calm.toml"
    path.write_text('[organisation]\nid = "calm"\n', encoding="utf-8")
    assert screen.shows("conflicts", "--record", str(path)) == "no controversy under this view\n"
    assert screen.json("conflicts", "--record", str(path)) == []


def test_sources_are_those_that_the_view_uses(screen: Screen) -> None:
    alone = ["--according-to", "asia-plus-2017"]
    assert screen.json("sources") == [source.as_dict() for source in CSTO.sources]
    assert screen.json("sources", *alone) == [CSTO.record.source("asia-plus-2017").as_dict()]
    assert [line.split()[0] for line in screen.shows("sources", *alone).splitlines()] == ["source", "asia-plus-2017"]
    assert screen.shows("sources", "--bibtex", *alone).startswith("@")
    assert [entry["id"] for entry in json.loads(screen.shows("sources", "--csl", *alone))] == ["asia-plus-2017"]


def test_a_record_of_ones_own_is_an_option(screen: Screen, league: str) -> None:
    assert screen.json("timeline", "UZB", "--record", league) == csto.load(league).timeline("UZB").as_dict()
    assert (
        screen.json("timeline", "--record", league, "--according-to", "law")[1]["spells"][1]["first_day"]
        == "2000-02-03"
    )


# --- Exit statuses ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "date", "status"),
    [
        ("UZB", "2012-06-27", 0),
        ("UZB", "2012-06-28", 1),
        ("UZB", "2012-06-29", 1),
        ("UZB", "2012-06", 3),
        ("UZB", "1999-04-20", 0),
        ("UZB", "1999-04-21", 1),
        ("ARM", "2007", 0),
        ("AFG", "2007", 1),
        ("UZB", "2006", 3),
    ],
)
def test_check_exits_with_the_verdict(screen: Screen, state: str, date: str, status: int) -> None:
    for more in ([], ["--json"]):
        code, out, err = screen.run("status", state, date, "--check", *more)
        assert (code, err) == (status, "")
        assert out
    assert screen.run("status", state, date)[0] == 0


WRONG_CALLS = {
    "no command": [],
    "unknown command": ["member", "2007"],
    "no date": ["members"],
    "no state": ["status"],
    "one argument too few": ["status", "UZB"],
    "one argument too many": ["members", "2007", "2008"],
    "unknown option": ["members", "2007", "--jsn"],
    "option without a value": ["members", "2007", "--reading"],
    "check of members": ["members", "2007", "--check"],
}


@pytest.mark.parametrize("name", WRONG_CALLS)
def test_a_wrong_call_exits_2_with_the_usage(screen: Screen, name: str) -> None:
    screen.refuses(*WRONG_CALLS[name])


BAD_INPUT = {
    "ambiguous date": (["members", "04/05/1994"], "'1994-05-04'"),
    "date that is none": (["members", "2007-02-29"], "28 days"),
    "period": (["members", "1999/2000"], "[1999..2000]"),
    "empty date": (["members", ""], "empty"),
    "misspelt state": (["status", "Uzbekstan", "2007"], "'Uzbekistan'"),
    "bare number": (["status", "704", "2007"], "'cow:704'"),
    "state of a timeline": (["timeline", "Uzbekstan"], "'Uzbekistan'"),
    "unknown reading": (["members", "2007", "--reading", "lawful"], "'lawful'"),
    "empty reading": (["members", "2007", "--reading", ""], "''"),
    "unknown resolution": (["members", "2007", "--resolve", "best"], "'best'"),
    "unknown source": (["members", "2007", "--according-to", "asia-plus"], "'asia-plus-2017'"),
    "empty source": (["members", "2007", "--according-to", ""], "needs at least one source"),
    "empty statuses": (["members", "2007", "--counting", ","], "needs at least one status"),
    "precedence of no source": (["members", "2007", "--resolve", "precedence"], "allowed: precedence:SOURCE,SOURCE"),
    "precedence of a source twice": (
        ["members", "2007", "--resolve", "precedence:a,a"],
        "has this source twice; allowed: precedence:SOURCE",
    ),
    "precedence as in Python": (["members", "2007", "--resolve", "precedence(a,b)"], "precedence:SOURCE,SOURCE"),
    "precedence of an unknown source": (["members", "2007", "--resolve", "precedence:x"], "'x'"),
    "published by an imprecise day": (["members", "2007", "--published-by", "2012"], "exact day"),
    "published by no day": (["members", "2007", "--published-by", ""], "empty"),
    "published before any source": (["members", "2007", "--published-by", "1980-01-01"], "published"),
    "unknown other reading": (["compare", "--other-reading", "lawful"], "'lawful'"),
    "unknown institution": (["members", "2007", "--institution", "nato"], "'nato'"),
    "unknown status": (["members", "2007", "--counting", "gone"], "'gone'"),
    "no such file": (["members", "2007", "--record", "none.toml"], "'none.toml': there is no such file"),
    "no such folder": (["members", "2007", "--record", "none/none.toml"], "there is no folder 'none'"),
    "no such file of a form": (["members", "2007", "--record", "none.csv", "--form", "acts"], "there is no such file"),
    "no such table": (["annotate", "none.csv", "out.csv"], "'none.csv': there is no such file"),
    "no folder to write to": (["export", "spells", "none/out.csv"], "there is no folder 'none'"),
    "directory": (["members", "2007", "--record", "."], "'.'"),
    "form of no file": (["members", "2007", "--form", "acts"], "--form='acts': it says what the file of --record is"),
    "form of no other file": (
        ["compare", "--other-form", "acts"],
        "--other-form='acts': it says what the file of --oth",
    ),
    "other supposition": (["compare", "--other-supposing", "x"], "--other-supposing='x'"),
    "other resolution": (["compare", "--other-resolve", "precedence:"], "--other-resolve='precedence:'"),
}


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_exits_2_with_a_message_that_helps(screen: Screen, name: str) -> None:
    arguments, helps = BAD_INPUT[name]
    for more in ([], ["--json"]):
        told = screen.refuses(*arguments, *more) if arguments[0] != "export" else screen.refuses(*arguments)
        assert helps in told
        assert "Errno" not in told


@pytest.mark.parametrize("content", [b"", b"\xff", b"[organisation", b"[organisation]\nid = 5", b"x = 1\ny = 2"])
def test_a_bad_file_exits_2_with_every_fault_and_the_file(screen: Screen, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    message = screen.refuses("timeline", "--record", str(path))
    assert f"{path}: " in message
    assert message.count(f"{path}: ") == len(message.splitlines()) - 1


@pytest.mark.parametrize("option", ["--record", "--other-record"])
def test_an_empty_name_of_a_record_is_bad_input(screen: Screen, option: str) -> None:
    screen.refuses("compare", option, "")


def test_a_null_byte_in_a_file_name_is_bad_input(screen: Screen) -> None:
    screen.refuses("members", "2007", "--record", "a\0b")


def test_help_and_version_exit_0(screen: Screen) -> None:
    assert screen.shows("--version") == f"csto-membership {csto.__version__}\n"
    for command in ([], ["members"], ["status"], ["timeline"]):
        assert "usage: csto-membership" in screen.shows(*command, "--help")


# --- As a process ----------------------------------------------------------------------------------------------------


def test_the_package_runs_as_a_module() -> None:
    done = process("members", "2007-01-01", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == csto.members_on("2007-01-01").as_dict()
    assert process("status", "UZB", "2012-06", "--check").returncode == 3


@pytest.mark.parametrize("arguments", [["members", "99"], ["status", "Uzbekstan", "2007"], ["nonsense"], []])
def test_a_process_fails_with_2_and_without_a_traceback(arguments: list[str]) -> None:
    done = process(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr
    assert b"error" in done.stderr


def test_bytes_that_are_no_text_are_bad_input() -> None:
    state = os.fsdecode(b"\xff")
    for arguments in (["status", state, "2007"], ["members", state], ["members", "2007", "--record", state]):
        done = process(*arguments)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["text", "json"])
def test_a_terminal_that_knows_ascii_only_gets_an_answer(league: str, more: list[str]) -> None:
    done = process("status", "UZB", "2000-02-05", "--record", league, *more, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(os.name != "posix", reason="pipes of the shell")
@pytest.mark.parametrize("command", [["members", "2007-01-01"], ["timeline"], ["sources", "--json"]], ids=" ".join)
def test_a_reader_that_goes_away_is_no_error_of_the_program(command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "csto_membership", *command]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""}
    done = subprocess.run(command, env=env, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.stderr == b""


def test_the_module_runs_main_and_exits_with_its_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["csto-membership", "status", "UZB", "2012-06-28", "--check"])
    monkeypatch.delitem(sys.modules, "csto_membership.__main__", raising=False)
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("csto_membership", run_name="__main__")
    assert caught.value.code == 1
    assert "suspended" in capsys.readouterr().out
