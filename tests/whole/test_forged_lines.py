"""Nothing that stands in data forges a line or steers a terminal, in `print` and on the command line."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from support.screen import Screen

import csto_membership as csto
from csto_membership import RecordError
from csto_membership.citations import bibtex
from csto_membership.readers import read_spells

#: A new line, and what steers: escape, null, C1 controls, overrides of direction, separators of lines.
EVIL = "x\nFORGED: yes\r\x1b[2J\x00\x07\x85\x9b31m\u202egnol\u2066\u2028FORGED\u2029FORGED"


@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str]) -> Screen:
    return Screen(capsys)


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    claims = [
        {"source": "a", "act": "accession", "date": "2000-01-05", "locator": EVIL, "note": EVIL},
        {"source": "b", "act": "accession", "date": "2000-01-09", "locator": EVIL, "note": EVIL},
    ]
    document = {
        "organisation": {"id": "league", "name": EVIL, "note": EVIL},
        "state": [{"id": "UZB"}],
        "source": [{"id": one, "title": EVIL, "publisher": EVIL, "note": EVIL} for one in ("a", "b")],
        "event": [{"id": "in", "states": ["UZB"], "claims": claims, "note": EVIL, "conflict": "C1"}],
        "attestation": [
            {
                "source": "b",
                "states": ["UZB"],
                "status": "member",
                "on": "1999-01-01",
                "locator": EVIL,
                "conflict": "C1",
            }
        ],
        "note": [
            {"text": EVIL, "sources": ["a"], "conflict": "C1"},
            {"text": EVIL, "sources": ["a"], "conflict": "C2"},
        ],
    }
    path = tmp_path / "league.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def assert_honest(text: str) -> None:
    steering = [one for one in text if one != "\n" and unicodedata.category(one) in ("Cc", "Zl", "Zp", "Cs")]
    assert not steering
    assert not any(one in text for one in "\u202e\u2066")
    assert not any(line.lstrip().startswith("FORGED") for line in text.splitlines())


def test_printed_answers_are_honest(evil: Path) -> None:
    history = csto.load(evil)
    answers: list[Any] = [
        history.status("UZB", "2000-01-07"),
        history.according_to("b").status("UZB", "1999-01-01"),
        history.members_on("2000-01-07"),
        history.timeline("UZB"),
        *history.conflicts(),
        *history.changes(None, None),
        *history.compare(history.resolved("every")),
        *history.sources,
    ]
    for answer in answers:
        assert_honest(str(answer))
        assert_honest(repr(answer))
    assert len(answers) >= 8
    assert_honest(bibtex(*history.sources))


@pytest.mark.parametrize(
    "command",
    [
        ["members", "2000-01-07"],
        ["status", "UZB", "2000-01-07"],
        ["timeline"],
        ["changes", "1999", "2001"],
        ["conflicts"],
        ["conflicts", "C2"],
        ["sources"],
        ["sources", "--json"],
        ["sources", "--bibtex"],
        ["sources", "--csl"],
        ["conflicts", "--json"],
    ],
    ids=" ".join,
)
def test_the_command_line_is_honest(screen: Screen, evil: Path, command: list[str]) -> None:
    if command[0] == "changes":
        command = ["changes", "1999-01-01", "2001-01-01"]
    assert_honest(screen.shows(*command, "--record", str(evil)))


def test_faults_are_honest_in_files_of_any_name_and_columns_of_any_name(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "x\nFORGED: no faults\x1b.toml"
    path.write_text("[organisation]\nid = 1\n", encoding="utf-8")
    code, out, err = screen.run("validate", str(path))
    assert code == 1
    assert_honest(out + err)
    table = tmp_path / "table.csv"
    table.write_text('organisation,state,status,first_day,last_day,"a\nFORGED\x1b","a\nFORGED\x1b"\n', encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_spells(table)
    assert_honest(str(caught.value))


def test_notes_and_ids_of_tables_are_honest(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(
        'organisation,state,status,first_day,last_day,note\nleague,UZB,member,2000-01-01,2001-01-01,"x\nFORGED\x1b"\n',
        encoding="utf-8",
    )
    assert_honest(str(read_spells(table).history("league").status("UZB", "2000-06-01")))
    table.write_text(
        'organisation,state,status,first_day,last_day\n"a\nFORGED",UZB,member,2000,2001\n', encoding="utf-8"
    )
    with pytest.raises(RecordError, match="line 3, organisation") as caught:
        read_spells(table)
    assert_honest(str(caught.value))
