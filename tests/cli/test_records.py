"""The commands for records of one's own: `new`, `validate`, `export`; and notes on controversies that move no status."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import csto_membership as csto
from csto_membership._files.schema import schema
from csto_membership.cli import main


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_starter_file_validates_and_answers_and_is_never_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "my-treaty"]) == 0
    assert capsys.readouterr().out == "my-treaty.toml\n"
    assert main(["validate", "my-treaty.toml"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["members", "2005-01-01", "--record", "my-treaty.toml"]) == 0
    Path("my-treaty.toml").write_text("mine", encoding="utf-8")
    assert main(["new", "my-treaty"]) == 2
    assert Path("my-treaty.toml").read_text(encoding="utf-8") == "mine"
    assert main(["new", "other", "--output", "-"]) == 0
    assert 'id = "other"' in capsys.readouterr().out
    assert main(["new", "Not an id"]) == 2


def test_validate_prints_every_fault_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.toml").write_text(
        """
        [organisation]
        id = "bad"
        [[source]]
        id = "s"
        colour = "red"
        [[event]]
        id = "e"
        states = ["FRA"]
        claims = [{ source = "nobody", act = "signature", date = "30 February 1999" }]
        """,
        encoding="utf-8",
    )
    assert main(["validate", "bad.toml"]) == 1
    *lines, count = capsys.readouterr().out.splitlines()
    assert all(line.startswith("bad.toml: ") for line in lines)
    for word in ("colour", "FRA", "nobody", "30 February 1999"):
        assert any(word in line for line in lines), word
    assert count == f"{len(lines)} faults"
    Path("empty.toml").write_text("", encoding="utf-8")
    assert main(["validate", "empty.toml"]) == 1
    assert capsys.readouterr().out.endswith("1 fault\n")
    assert main(["validate", "missing.toml"]) == 2
    capsys.readouterr()
    assert main(["validate", "missing.toml", "empty.toml", "gone.toml", "bad.toml"]) == 2
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-1] == f"{len(lines) + 1} faults"
    assert [name in shown.err for name in ("missing.toml", "gone.toml", "bad.toml")] == [True, True, False]


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


def test_a_title_steers_no_terminal_and_forges_no_row(capsys: pytest.CaptureFixture[str]) -> None:
    claim = {"source": "s", "act": "signature", "date": "2000-01-01", "note": "\x1b[31mRED"}
    document = {
        "organisation": {"id": "x"},
        "source": [{"id": "s", "title": "A\x1b[31mRED\nBBB  B  member"}],
        "state": [{"id": "AAA", "name": "A", "alpha2": "=1"}],
        "event": [{"id": "=e", "states": ["AAA"], "claims": [claim]}],
    }
    Path("x.json").write_text(json.dumps(document), encoding="utf-8")
    for command in ["sources"], ["status", "AAA", "2001-01-01"], ["members", "2001-01-01"], ["timeline"]:
        assert main([*command, "--record", "x.json"]) == 0
        shown = capsys.readouterr().out
        assert "\x1b" not in shown
        assert ("\\x1b[31mRED" in shown) is (command[0] in ("sources", "status"))
    assert main(["sources", "--bibtex", "--record", "x.json"]) == 0
    assert "\x1b" not in capsys.readouterr().out
    document["source"][0]["title"] = "A\x9b\u202eB"  # type: ignore[index]
    Path("x.json").write_text(json.dumps(document), encoding="utf-8")
    assert main(["sources", "--json", "--record", "x.json"]) == 0
    shown = capsys.readouterr().out
    assert "\\u009b\\u202e" in shown
    assert json.loads(shown)[0]["title"] == "A\x9b\u202eB"
    assert main(["changes", "1999-01-01", "2001-01-01", "--csv", "--record", "x.json"]) == 0
    assert "'=e" in capsys.readouterr().out


def test_export_writes_what_it_is_asked_for() -> None:
    assert main(["export", "spells", "spells.csv"]) == 0
    rows = list(csv.DictReader(Path("spells.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["last_day"] for row in rows if row["state"] == "AZE" and row["status"] == "member"] == ["1999-04-20"]
    assert main(["export", "changes", "changes.json", "--reading", "legal"]) == 0
    assert json.loads(Path("changes.json").read_text(encoding="utf-8"))
    assert main(["export", "package", "package"]) == 0
    assert Path("package/datapackage.json").exists()
    assert main(["export", "record", "record.json"]) == 0
    assert csto.load("record.json").record == csto.CSTO.record
    assert main(["export", "record", "record.xml"]) == 2


def test_a_controversy_of_notes_only_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conflicts", "C17"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("C17: ")
    assert "note:" in shown
    assert main(["conflicts", "C17", "--json"]) == 2
