"""Help that can be followed: what each command does, examples that run, completion; and the options that came with it."""

from __future__ import annotations

import argparse
import csv
import io
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import csto_membership as csto
from csto_membership import CSTO
from csto_membership.cli import main
from csto_membership.cli._words import WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from support.screen import Screen


def commands_of(screen: Screen) -> list[str]:
    return re.findall(r"(?m)^    ([a-z]+)", screen.shows("--help"))


def test_every_command_says_what_it_does_with_two_examples_and_the_view_last(screen: Screen) -> None:
    commands = commands_of(screen)
    assert set(commands) == set(WORDS)
    for command in commands:
        shown = screen.shows(command, "--help")
        usage, does = shown.split("\n\n")[:2]
        assert usage.startswith(f"usage: csto-membership {command}")
        assert " ".join(does.split()) == WORDS[command].does
        assert shown.count(f"  csto-membership {command} ") + shown.count(f"  csto-membership {command}\n") >= 2
        if "--reading" in usage + shown and command != "read":
            assert shown.index("how the record is seen") > max(shown.index("--json"), shown.index("examples:"))


def test_the_usage_of_a_wrong_call_is_short(screen: Screen) -> None:
    assert screen.run("status", "UZ")[2].splitlines()[0] == "usage: csto-membership status STATE DATE [options]"


@pytest.mark.slow
def test_every_example_runs(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in sorted(
        WORDS, key=lambda command: ("new", "export").index(command) if command in ("new", "export") else 9
    ):
        for line in WORDS[command].examples:
            asked = shlex.split(re.split(" && | > ", line)[0])
            code, _, err = screen.run(*asked)
            assert code == 0, (line, err)
            assert "error" not in err, line


def test_what_help_says_of_dates_and_states_is_read(screen: Screen) -> None:
    shown = " ".join(screen.shows("status", "--help").split())
    dates = re.search(r"known of it: (.*?) --?h", shown)
    assert dates
    for date in dates[1].split(" options")[0].split(", "):
        assert screen.json("status", "UZ", date.strip('"'))["date"]
    states = re.search(r"a code or a name: (.*?);", shown)
    assert states
    assert {screen.json("status", state, "2007")["state"] for state in states[1].split(", ")} == {"UZB"}


def test_help_names_the_ids_to_choose_from(screen: Screen) -> None:
    shown = " ".join(screen.shows("conflicts", "--help").split())
    for id in [*csto.organisations(), *(conflict.id for conflict in CSTO.conflicts()), "participating", "cst, csto"]:
        assert id in shown


# --- Completion ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_knows_commands_options_and_values(screen: Screen, shell: str) -> None:
    pytest.importorskip("shtab")
    script = screen.shows("--print-completion", shell)
    for word in commands_of(screen):
        assert word in script
    if shell != "tcsh":
        assert "--other-reading" in script
        assert "participating" in script


def test_completion_needs_its_extra_and_a_shell_that_is_known(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("shtab")
    assert "known: bash" in screen.refuses("--print-completion", "dos")
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert "csto_membership[cli]" in screen.refuses("--print-completion", "bash")


def test_bash_completes(screen: Screen, tmp_path: Path) -> None:
    pytest.importorskip("shtab")
    script = tmp_path / "completion.bash"
    script.write_text(screen.shows("--print-completion", "bash"), encoding="utf-8")
    asked = (
        f"source {script}; COMP_WORDS=(csto-membership timeline --reading le); COMP_CWORD=3; "
        '$(complete -p csto-membership | sed "s/.*-F \\([^ ]*\\).*/\\1/"); echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=False)  # noqa: S607
    assert done.stdout.split() == ["legal"], done.stderr


# --- Quiet checks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("date", "status"), [("2012-06-27", 0), ("2012-06-28", 1), ("2012-06", 3)])
def test_a_quiet_check_prints_nothing(screen: Screen, date: str, status: int) -> None:
    assert screen.run("status", "UZ", date, "--check", "--quiet") == (status, "", "")


def test_quiet_needs_check_and_no_json(screen: Screen) -> None:
    assert "--quiet" in screen.refuses("status", "UZ", "2007", "--quiet")
    assert "--quiet" in screen.refuses("status", "UZ", "2007", "--quiet", "--check", "--json")
    assert screen.refuses("status", "Atlantis", "2007", "--quiet", "--check")


# --- CSV -------------------------------------------------------------------------------------------------------------


def rows_of(screen: Screen, *asked: str) -> list[dict[str, str]]:
    code, out, _ = screen.run(*asked, "--csv")
    assert code == 0
    return list(csv.DictReader(io.StringIO(out)))


def test_every_table_is_csv(screen: Screen) -> None:
    legal = CSTO.under("legal")
    members = rows_of(screen, "members", "2007-01-01", "--reading", "legal")
    assert {row["state"]: row["member"] for row in members} == {
        state.id: str(legal.was_member(state, "2007-01-01")) for state in legal.members_on("2007-01-01").possible
    }
    spells = rows_of(screen, "timeline", "--reading", "legal")
    assert [(row["state"], row["first_day"], row["verdict"]) for row in spells] == [
        (state.id, str(spell.first_day or ""), str(spell.verdict))
        for state in CSTO.states
        for spell in legal.timeline(state)
    ]
    told = rows_of(screen, "compare", "--other-reading", "legal")
    assert [(row["one"], row["other"]) for row in told] == [
        tuple(map(str, difference.verdicts)) for difference in CSTO.compare(legal)
    ]
    assert [row["id"] for row in rows_of(screen, "sources")] == [source.id for source in CSTO.sources]
    stale = rows_of(screen, "sources", "--stale", "2026")
    assert stale == screen.json("sources", "--stale", "2026")
    changed = rows_of(screen, "conflicts")
    for conflict in CSTO.conflicts():
        days = [(row["state"], row["first_day"]) for row in changed if row["conflict"] == conflict.id and row["state"]]
        assert days == [(matter.state.id, str(matter.first_day or "")) for matter in conflict.matters]
        assert conflict.id in {row["conflict"] for row in changed}
    for other in ("--json", "--bibtex", "--csl"):
        screen.refuses("sources", "--csv", other)


def test_people_read_yes_and_no_in_panels(screen: Screen) -> None:
    head, *lines = screen.shows("panel", "--reading", "legal", "--first", "2006", "--last", "2006").splitlines()
    at = head.index("member ")
    words = {line[at:].split()[0] for line in lines}
    assert words == {"yes", "no", "undetermined"}


# --- What if, and what hangs on it -----------------------------------------------------------------------------------

WHAT_IF = {
    "--supposing geo-signature=1993-09-09": CSTO.supposing("geo-signature", "1993-09-09"),
    "--supposing uzb-notice=2012-06-28:withdrawal": CSTO.supposing("uzb-notice", "2012-06-28", "withdrawal"),
    "--supposing uzb-notice=:denial": CSTO.supposing("uzb-notice", act="denial"),
    "--without uzb-notice": CSTO.without("uzb-notice"),
    "--without atop-4.01,uzb-notice": CSTO.without("atop-4.01", "uzb-notice"),
    "--without atop-4.01 --without uzb-notice --reading legal": CSTO.under("legal").without("atop-4.01", "uzb-notice"),
    "--supposing geo-signature=1993-09-09 --without uzb-notice": (
        CSTO.supposing("geo-signature", "1993-09-09").without("uzb-notice")
    ),
}


@pytest.mark.parametrize("options", WHAT_IF)
def test_what_if_is_a_view(screen: Screen, options: str) -> None:
    seen, asked = WHAT_IF[options], options.split()
    for date in ("1993-10-01", "2012-10-01"):
        assert screen.json("members", date, *asked) == seen.members_on(date).as_dict()
        assert screen.json("status", "UZB", date, *asked) == seen.status("UZB", date).as_dict()
    other = [option.replace("--", "--other-") for option in asked]
    assert screen.json("compare", *other) == [difference.as_dict() for difference in CSTO.compare(seen)]


@pytest.mark.parametrize(
    ("options", "helps"),
    [
        ("--supposing geo-signature", "EVENT=DATE[:ACT]"),
        ("--supposing geo-signature=", "EVENT=DATE[:ACT]"),
        ("--supposing geo-signatur=1993", "'geo-signature'"),
        ("--supposing geo-signature=soon", "soon"),
        ("--supposing geo-signature=1993:signing", "signing"),
        ("--without nobody", "nobody"),
        ("--without ,", "without"),
    ],
)
def test_a_wrong_supposition_is_refused(screen: Screen, options: str, helps: str) -> None:
    assert helps in screen.refuses("members", "2007", *options.split())


@pytest.mark.slow
def test_robustness_is_that_of_the_library(screen: Screen) -> None:
    found = CSTO.robustness("members_on", date="2007-01-01", sources=False)
    asked = ("robustness", "2007-01-01", "--no-sources")
    assert screen.json(*asked) == found.as_dict()
    assert rows_of(screen, *asked) == [row.as_dict() for row in found.rows()]
    assert screen.shows(*asked) == f"{found}\n"
    grid = ("robustness", "--first", "2006", "--last", "2006", "--rule", "any", "--states", "UZ", "--no-events")
    legal = CSTO.under("legal")
    expected = legal.robustness("panel", rule="any", first="2006", last="2006", states=["UZ"], events=False)
    assert screen.json(*grid, "--reading", "legal") == expected.as_dict()
    assert "--first" in screen.refuses("robustness", "2007", "--first", "1999")


def test_a_newer_argparse_may_ask_more_of_the_parsers_that_are_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    add = argparse._SubParsersAction.add_parser

    def checking(self: Any, name: str, **options: Any) -> Any:
        parser = add(self, name, **options)
        parser._check_what_no_parser_has_now(name)
        return parser

    monkeypatch.setattr(argparse.ArgumentParser, "_check_what_no_parser_has_now", lambda *_: None, raising=False)
    monkeypatch.setattr(argparse._SubParsersAction, "add_parser", checking)
    assert main(["members", "2007-01-01"]) == 0


def test_the_help_of_every_option_can_be_written_as_soon_as_it_is_made(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Python 3.14 does so, and refuses an option whose help cannot be.
    add, written = argparse._ActionsContainer.add_argument, []

    def writing(self: Any, *names: str, **options: Any) -> argparse.Action:
        action = add(self, *names, **options)
        written.append(argparse.HelpFormatter("prog")._expand_help(action) if action.help else "")
        return action

    commands = commands_of(screen)
    monkeypatch.setattr(argparse._ActionsContainer, "add_argument", writing)
    for command in commands:
        assert "%" not in screen.shows(command, "--help")
    assert len(written) > 100
