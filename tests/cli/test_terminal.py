"""What people see on a terminal: lines that fit, columns that hold, colour that says nothing by itself."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.terminal import on_terminal

from csto_membership._values.cells import columns_of
from csto_membership._values.verdict import Verdict
from csto_membership.cli import _output, _terminal
from csto_membership.cli._terminal import folded_text, table_lines, text_lines

if TYPE_CHECKING:
    from pathlib import Path

    from support.screen import Screen

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals of Unix")

STYLE = re.compile("\x1b\\[[0-9;]*m")
WIDTHS = (40, 80, 200)
#: What steers a terminal, beside the marks that keep letters of the right to left in their columns.
OURS = "\u200e"

TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab 1-/,"), st.sampled_from("中й\u0301שع٣e\u0306"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=30,
)


@pytest.fixture
def no_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_terminal, "_rich", lambda: None)


def plain(lines: str) -> str:
    return STYLE.sub("", lines)


# --- Lines that fit --------------------------------------------------------------------------------------------------

ASKED = (
    "members 2006",
    "status UZ 2006-09-01 --reading legal",
    "timeline",
    "changes 1992 2012",
    "size",
    "panel --first 2006 --last 2006",
    "dyads --first 2006 --last 2006",
    "conflicts C1",
    "compare --other-reading legal",
    "robustness 2007-01-01 --no-sources --no-events",
    "sources",
    "sources --stale 2026",
    "robustness --help",
    "--help",
)


@pytest.mark.parametrize("asked", ASKED)
def test_every_answer_keeps_to_the_width(asked: str, monkeypatch: pytest.MonkeyPatch, screen: Screen) -> None:
    monkeypatch.setattr(_output, "on_terminal", lambda: True)
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(width))
        shown = {}
        for rich in (True, False):
            with monkeypatch.context() as patch:
                if not rich:
                    patch.setattr(_terminal, "_rich", lambda: None)
                _, shown[rich], _ = screen.run(*asked.split())
        # Rich adds colour, and nothing else.
        assert shown[True] == shown[False]
        # Examples are lines to copy, and argparse lets an option of many letters run on.
        lines = [line for line in shown[True].splitlines() if not line.startswith(("  csto-membership", "usage"))]
        assert max(map(columns_of, lines)) <= (width if "--help" not in asked else max(width, 80))


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_a_table_loses_no_letter_where_it_is_folded(
    width: int, monkeypatch: pytest.MonkeyPatch, screen: Screen
) -> None:
    head, *rows = screen.run("sources")[1].splitlines()
    monkeypatch.setattr(_output, "on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    _, *lines = screen.run("sources")[1].splitlines()
    if not lines[0].startswith("source "):
        # A block a row, in which each value stands behind the name of its column.
        names = re.compile("|".join(f"{name}: " for name in head.split()[1:]))
        lines = [names.sub("", " ".join(line.split()) + " ") for line in lines]
        head = ""
    assert sorted("".join("".join(lines).split())) == sorted("".join("".join([head, *rows]).split()))


@given(TEXTS, st.integers(1, 40))
@example("a" * 50, 7)
@example("中" * 9, 5)
@example("e\u0301" * 9, 4)
@example(" " * 9, 4)
def test_a_folded_text_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    lines = folded_text(text, width)
    assert "".join("".join(lines).split(" ")) == "".join(text.split(" "))
    # A wide letter needs two places also where there is one.
    assert max(map(columns_of, lines)) <= max(width, 2)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(list(Verdict))), min_size=1, max_size=5), st.integers(1, 120))
def test_no_cell_steers_the_terminal_or_moves_a_column(rows: list[tuple[object, ...]], width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        patch.setattr(_terminal, "_rich", lambda: None)
        lines = list(table_lines(("one", "two", "member"), rows))
    for line in lines:
        assert not any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in line)
        assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        assert columns_of(line) <= max(width, 4)


def test_wide_and_combining_letters_and_right_to_left_hold_their_columns(
    monkeypatch: pytest.MonkeyPatch, screen: Screen, tmp_path: Path
) -> None:
    names = {"AAA": "中国", "BBB": "Cafe\u0301", "CCC": "ישראל", "DDD": "Plain"}
    states = "\n".join(f'[[state]]\nid = "{id}"\nname = "{name}"' for id, name in names.items())
    path = tmp_path / "x.toml"
    path.write_text(f'[organisation]\nid = "x"\n{states}\n', encoding="utf-8")
    for terminal in (False, True):
        monkeypatch.setattr(_output, "on_terminal", lambda terminal=terminal: terminal)
        lines = [line for line in screen.shows("timeline", "--record", str(path)).splitlines() if " none" in line]
        assert len(lines) == len(names)
        assert len({columns_of(line[: line.index("none")]) for line in lines}) == 1
        (hebrew,) = (line for line in lines if "ישראל" in line)
        # What stands beside it is a number to the rules of direction: the marks keep it on its side.
        assert hebrew.startswith("\u200eישראל\u200e" if terminal else "ישראל")


def test_a_text_is_set_in_where_it_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert list(text_lines("one two three four five\n    deep one two three")) == [
        "one two three four",
        "  five",
        "    deep one two",
        "      three",
    ]


# --- Colour ----------------------------------------------------------------------------------------------------------


def test_colour_only_repeats_what_words_say() -> None:
    asked = ("timeline", "UZ", "--reading", "legal")
    shown, quiet = on_terminal(80, *asked), on_terminal(80, *asked, NO_COLOR="1")
    assert "\x1b[32myes" in shown
    assert "undetermined" in STYLE.sub("", shown)
    assert "\x1b" not in quiet
    assert plain(shown) == quiet
    assert "\x1b" not in on_terminal(80, *asked, TERM="dumb")


def test_an_undetermined_finding_is_told_in_its_look() -> None:
    first = on_terminal(80, "status", "UZ", "2006").splitlines()[0]
    assert first.startswith("\x1b[")
    assert plain(first).endswith("undetermined")


@pytest.mark.parametrize("form", ["--json", "--csv"])
def test_forms_for_programs_are_the_same_on_a_terminal(screen: Screen, form: str) -> None:
    asked = ("timeline", "UZ", form)
    assert on_terminal(40, *asked) == screen.shows(*asked)


def test_each_answer_names_its_record_and_view_on_a_terminal(monkeypatch: pytest.MonkeyPatch, screen: Screen) -> None:
    monkeypatch.setattr(_output, "on_terminal", lambda: True)
    for command in (
        "timeline UZ",
        "changes 2006 2006",
        "size 2006",
        "size",
        "panel",
        "dyads",
        "conflicts C1",
        "sources",
    ):
        out = screen.run(*command.split(), "--reading", "legal", "--institution", "csto")[1]
        assert out.splitlines()[0] == "csto (legal institution csto)", command
    assert screen.shows("members", "2007-01-01").splitlines()[0] == "csto (declared)"
    assert (
        screen.shows("members", "2007-01-01", "--record", "cis", "--strict").splitlines()[0] == "cis (declared strict)"
    )
    assert screen.shows("compare", "--other-record", "cis").splitlines()[:2] == [
        "one: csto (declared)",
        "other: cis (declared)",
    ]


# --- What is imported ------------------------------------------------------------------------------------------------

LOADED = "import sys; from csto_membership.cli import main; main(sys.argv[1:]); print(sorted(sys.modules))"


def test_rich_is_imported_on_a_terminal_only() -> None:
    import subprocess

    asked = ("members", "2007-01-01")
    assert "'rich.table'" in on_terminal(80, *asked, code=LOADED)
    done = subprocess.run([sys.executable, "-c", LOADED, *asked], capture_output=True, text=True, check=True)
    for module in ("rich", "shtab", "csto_membership.cli._terminal", "csto_membership.cli._words"):
        assert f"'{module}'" not in done.stdout, module


@pytest.mark.usefixtures("no_rich")
def test_without_rich_a_table_has_the_same_words(monkeypatch: pytest.MonkeyPatch, screen: Screen) -> None:
    piped = screen.shows("timeline", "UZ")
    monkeypatch.setattr(_output, "on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    assert screen.shows("timeline", "UZ") == f"csto (declared)\n{piped}"


def test_without_rich_the_command_works() -> None:
    code = f"import sys; sys.modules['rich.cells'] = None; {LOADED.rsplit(';', 1)[0]}"
    shown = on_terminal(40, "members", "2006", code=code)
    assert "\x1b" not in shown
    assert shown.splitlines()[-1] == "UZB  Uzbekistan  undetermined"
