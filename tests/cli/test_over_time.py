"""The commands `changes`, `panel`, `dyads` and `size`: tables, CSV, JSON, and what goes to standard error."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import CSTO

if TYPE_CHECKING:
    from support.screen import Screen

ROOT = Path(__file__).parents[2]

LEGAL = CSTO.under("legal")


def rows_of(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def as_text(row: dict[str, Any]) -> dict[str, str]:
    """A row as CSV has it: empty for None, words apart by a space."""
    return {
        key: " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
        for key, value in row.items()
    }


# --- Changes ---------------------------------------------------------------------------------------------------------


def test_changes_are_a_table(screen: Screen) -> None:
    assert [line.split() for line in screen.shows("changes", "1999-04-20", "2012-06-28").splitlines()] == [
        ["date", "state", "act", "from", "to"],
        ["1999-04-21", "Azerbaijan", "expiry", "member", "former"],
        ["1999-04-21", "Georgia", "expiry", "member", "former"],
        ["1999-04-21", "Uzbekistan", "expiry", "member", "former"],
        ["2006-06-23", "Uzbekistan", "return", "former", "member"],
        ["2012-06-28", "Uzbekistan", "notice_of_suspension", "member", "suspended"],
    ]
    assert screen.shows("changes", "2000-01-01", "2000-12-31").split() == ["date", "state", "act", "from", "to"]
    assert "carried over" in screen.shows("changes", "2002-10-07", "2002-10-07", "--institution", "csto")


def test_changes_for_programs(screen: Screen) -> None:
    asked = ("changes", "1992-05-15", "2026-01-20", "--reading", "legal")
    found = [change.as_dict() for change in LEGAL.changes("1992-05-15", "2026-01-20")]
    assert screen.json(*asked) == found
    assert rows_of(screen.shows(*asked, "--csv")) == [as_text(row) for row in found]
    assert any(row["date"] == "[2006-08-16..2008-03-28]" for row in found)
    assert screen.json("changes", "2000-01-01", "2000-12-31") == []
    empty = screen.shows("changes", "2000-01-01", "2000-12-31", "--csv")
    assert empty == "state,date,acts,before,after,certain,event,silent,for_all\n"


def test_the_table_says_what_perhaps_never_happened(screen: Screen) -> None:
    asked = ("changes", "1994-01-01", "1994-12-31", "--reading", "legal", "--resolve", "every")
    (line,) = (line for line in screen.shows(*asked).splitlines() if "Azerbaijan" in line)
    assert "perhaps" in line


# --- Panels and dyads ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["panel", "dyads"])
def test_rows_for_programs_are_those_of_the_library(screen: Screen, table: str) -> None:
    options = ("--first", "2006-01-01", "--last", "2006-12-31", "--reading", "legal")
    expected = [row.as_dict() for row in getattr(LEGAL, table)("year", "any", "2006-01-01", "2006-12-31")]
    assert screen.json(table, "--rule", "any", *options) == expected
    assert rows_of(screen.shows(table, "--rule", "any", "--csv", *options)) == [as_text(row) for row in expected]
    head, *lines = screen.shows(table, "--rule", "any", *options).splitlines()
    assert head.split() == list(expected[0])
    assert len(lines) == len(expected)


def test_frequency_and_rule_are_options(screen: Screen) -> None:
    options = ("--first", "2006-06-22", "--last", "2006-06-23")
    days = [row for row in screen.json("panel", "--freq", "day", *options) if row["state"] == "UZB"]
    assert [(row["period"], row["member"]) for row in days] == [("2006-06-22", False), ("2006-06-23", True)]
    month = [row for row in screen.json("panel", "--freq", "month", *options) if row["state"] == "UZB"]
    assert [(row["period"], row["member"], row["days_most"]) for row in month] == [("2006-06", True, 1)]
    first = [row for row in screen.json("panel", "--rule", "first", *options) if row["state"] == "UZB"]
    assert [(row["period"], row["member"]) for row in first] == [("2006", False)]


def test_undetermined_cells_stay_open_in_every_form(screen: Screen) -> None:
    asked = ("panel", "--reading", "legal", "--first", "2006-01-01", "--last", "2006-12-31")
    (told,) = (row for row in screen.json(*asked) if row["state"] == "UZB")
    assert (told["status"], told["member"], told["days_least"], told["days_most"]) == (None, None, 0, 138)
    (row,) = (row for row in rows_of(screen.shows(*asked, "--csv")) if row["state"] == "UZB")
    assert (row["status"], row["member"], row["days_least"], row["days_most"]) == ("", "", "0", "138")


@pytest.mark.parametrize("form", ["--csv", "--json"])
def test_the_number_of_many_rows_goes_to_standard_error(screen: Screen, form: str) -> None:
    code, out, err = screen.run("panel", form)
    assert (code, err) == (0, "315 rows\n")
    assert len(json.loads(out) if form == "--json" else rows_of(out)) == 315
    code, out, err = screen.run("dyads", form, "--first", "2006-01-01", "--last", "2006-12-31")
    assert (code, err) == (0, "")
    assert len(json.loads(out) if form == "--json" else rows_of(out)) == 36


def test_the_number_of_many_rows_goes_to_standard_error_also_of_a_table(screen: Screen) -> None:
    assert screen.run("panel")[2] == "315 rows\n"


def test_long_output_is_written_as_it_comes() -> None:
    """A reader that closes early ends the command, without a word and long before the last of 113,481 rows."""
    command = [sys.executable, "-m", "csto_membership", "panel", "--freq", "day", "--csv"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"state,cow,year,period,")
        assert process.stdout.readline() == b"ARM,371,1992,1992-05-15,1992-05-15,1992-05-15,member,member,True,1,1\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(timeout=30)


# --- Size ------------------------------------------------------------------------------------------------------------


def test_size_on_a_day_and_over_time(screen: Screen) -> None:
    assert screen.shows("size", "2006-06-22") == "6\n"
    assert screen.shows("size", "2006-06-23") == "7\n"
    assert screen.shows("size", "2006") == "6 to 7\n"
    assert screen.shows("size", "2007-01-01", "--reading", "legal") == "6 to 7\n"
    assert screen.json("size", "2006-06-23") == {"date": "2006-06-23", "fewest": 7, "most": 7}
    assert screen.shows("size", "2006-06-23", "--csv") == "date,fewest,most\n2006-06-23,7,7\n"
    runs = [run.as_dict() for run in CSTO.sizes()]
    assert screen.json("size") == runs
    assert rows_of(screen.shows("size", "--csv")) == [as_text(run) for run in runs]
    lines = [line.split() for line in screen.shows("size").splitlines()]
    assert lines[0] == ["first_day", "last_day", "fewest", "most"]
    assert (lines[1], lines[-1]) == (["..", "1992-05-14", "0", "0"], ["2012-06-28", "..", "6", "6"])


def test_the_day_of_a_size_is_written_as_members_writes_it(screen: Screen) -> None:
    day = screen.json("members", "28 June 2012")["date"]
    assert screen.json("size", "28 June 2012")["date"] == day


# --- Wrong calls -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["panel", "dyads"])
@pytest.mark.parametrize(
    "options",
    [
        ("--freq", "week"),
        ("--rule", "middle"),
        ("--first", "200X"),
        ("--last", "whenever"),
        ("--first", "2000-01-02", "--last", "2000-01-01"),
        ("--reading", "loud"),
    ],
)
def test_wrong_calls_of_tables_are_refused(screen: Screen, table: str, options: tuple[str, ...]) -> None:
    assert screen.refuses(table, *options)
    assert screen.refuses(table, *options, "--json")


@pytest.mark.parametrize("options", [("--freq", "week"), ("--rule", "middle")])
def test_a_wrong_call_writes_no_head(screen: Screen, options: tuple[str, ...]) -> None:
    assert screen.refuses("panel", *options, "--csv")


@pytest.mark.parametrize("command", [("panel",), ("size",), ("changes", "2000-01-01", "2001-01-01")])
def test_two_forms_at_once_are_refused(screen: Screen, command: tuple[str, ...]) -> None:
    assert screen.refuses(*command, "--csv", "--json")


def test_wrong_calls_of_changes_and_size_are_refused(screen: Screen) -> None:
    for asked in (
        ("changes", "2000-01-02", "2000-01-01"),
        ("changes", "200X", "2021-01-01"),
        ("changes", "2000-01-01"),
        ("size", "whenever"),
        ("size", "2000-01-01", "2001-01-01"),
    ):
        assert screen.refuses(*asked)
