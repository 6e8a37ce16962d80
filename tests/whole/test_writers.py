"""Writers: what is written says what the history says, whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

import csto_membership as csto
from csto_membership import ArgumentError, History
from csto_membership.readers import read_spells
from csto_membership.registry import Registry
from csto_membership.writers import change_rows, spell_rows, write_changes, write_package, write_spells
from csto_membership.writers._files import write_rows


def test_spells_of_the_bundled_record_are_the_ones_that_it_tells() -> None:
    rows = [row for row in spell_rows(csto.CSTO) if row["state"] == "UZB"]
    assert [(row["status"], row["first_day"], row["last_day"]) for row in rows] == [
        ("|".join(status.value for status in csto.Status if status in spell.statuses), str(spell.first_day), told)
        for spell in list(csto.CSTO.timeline("UZB"))[1:]
        for told in [spell.last_day and str(spell.last_day)]
    ]
    assert rows[0] == {
        "organisation": "csto",
        "state": "UZB",
        "name": "Uzbekistan",
        "status": "member",
        "verdict": "yes",
        "first_day": "1992-05-15",
        "last_day": "1999-04-20",
    }


def test_changes_are_the_boundaries_of_spells(tmp_path: Path) -> None:
    rows = [row for row in change_rows(csto.CSTO) if row["state"] == "UZB"]
    assert [row["date"] for row in rows] == [str(day) for day in csto.CSTO.timeline("UZB").starts]
    for row in rows:
        day = dt.date.fromisoformat(row["date"] or "")
        assert row["verdict_before"] == str(csto.CSTO.was_member("UZB", day - dt.timedelta(1)))
        assert row["verdict_after"] == str(csto.CSTO.was_member("UZB", day))
        assert row["before"] != row["after"]
    write_changes(csto.CSTO, tmp_path / "changes.csv")
    with (tmp_path / "changes.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == list(change_rows(csto.CSTO))


def test_json_is_utf_8_and_says_null_for_open(tmp_path: Path) -> None:
    write_spells(csto.CSTO, tmp_path / "spells.JSON")
    write_changes(csto.CSTO, tmp_path / "changes.json")
    rows = json.loads((tmp_path / "spells.JSON").read_text("utf-8"))
    assert rows == list(spell_rows(csto.CSTO))
    assert rows[-1]["last_day"] is None
    assert json.loads((tmp_path / "changes.json").read_text("utf-8")) == list(change_rows(csto.CSTO))


def test_a_registry_is_written_as_a_whole_prepared_or_not(tmp_path: Path) -> None:
    registry = Registry.of(csto.CSTO, csto.history("cis"))
    registry.prepare(tmp_path / "r.jsonl")
    rows = list(spell_rows(registry))
    assert {row["organisation"] for row in rows} == {"csto", "cis"}
    assert list(spell_rows(Registry.from_prepared(tmp_path / "r.jsonl"))) == rows


def test_formulas_are_guarded_in_csv_and_left_in_json(tmp_path: Path) -> None:
    history = History(evolve(csto.CSTO.record, id='=HYPERLINK("x")'))
    write_spells(history, tmp_path / "s.csv")
    write_spells(history, tmp_path / "s.json")
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as file:
        assert {row["organisation"] for row in csv.DictReader(file)} == {'\'=HYPERLINK("x")'}
    assert json.loads((tmp_path / "s.json").read_text("utf-8"))[0]["organisation"] == '=HYPERLINK("x")'
    assert read_spells(tmp_path / "s.csv").organisations == ('=HYPERLINK("x")',)


def test_who_writes_spells_in_another_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"frames\.write_spells writes Parquet and Arrow; allowed: \.csv, \.json"):
        write_spells(csto.CSTO, tmp_path / "spells.parquet")
    with pytest.raises(ArgumentError, match=r"writers\.write_spells writes CSV and JSON; allowed: \.parquet, \.arrow"):
        csto.frames.write_spells(csto.CSTO, tmp_path / "spells.csv")
    with pytest.raises(ArgumentError) as caught:
        write_changes(csto.CSTO, tmp_path / "changes.parquet")
    assert "write_spells" not in str(caught.value)


def test_a_carriage_return_alone_stays_in_its_cell(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", [{"state": "UZB", "locator": "a\rb", "note": None}], ["state", "locator", "note"])
    assert (tmp_path / "a.csv").read_bytes() == b'state,locator,note\nUZB,"a\rb",\n'


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"spells\.xlsx"):
        write_spells(csto.CSTO, tmp_path / "spells.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, package = tmp_path / "spells.csv", tmp_path / "package"
    write_package(csto.history("cis"), package)
    before = {file.name: file.read_bytes() for file in package.iterdir()}
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError("no space")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        for write, target in ((write_spells, path), (write_package, package)):
            with pytest.raises(OSError, match="no space"):
                write(csto.CSTO, target)
    renamed = Path.rename

    def stuck(self: Path, target: Path) -> Path:
        if (
            target == package
            and self.name.endswith(".tmp")
            and (self / "spells.csv").read_bytes() != before["spells.csv"]
        ):
            raise OSError("in use")
        return renamed(self, target)

    for there in (True, False):
        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", stuck)
            with pytest.raises(OSError, match="in use"):
                write_package(csto.CSTO, package)
        assert package.exists() is there
        assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".tmp")] == []
        if there:
            assert {file.name: file.read_bytes() for file in package.iterdir()} == before
            shutil.rmtree(package)
    assert path.read_text("utf-8") == "old"


def test_a_package_describes_its_tables_and_replaces_an_older_one(tmp_path: Path) -> None:
    target = tmp_path / "package"
    write_package(csto.history("cis"), target)
    write_package(csto.CSTO, target, title="Who was in")
    package = json.loads((target / "datapackage.json").read_text("utf-8"))
    assert package["title"] == "Who was in"
    assert sorted(file.name for file in target.iterdir()) == ["changes.csv", "datapackage.json", "spells.csv"]
    for resource in package["resources"]:
        with (target / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) == [field["name"] for field in resource["schema"]["fields"]]
        assert {row["organisation"] for row in rows} == {"csto"}
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_package(csto.CSTO, target)
    assert (target / "notes.txt").read_text("utf-8") == "mine"
    assert [file.name for file in tmp_path.iterdir()] == ["package"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "spells.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_package(csto.CSTO, tmp_path / "mine")
    assert (tmp_path / "mine" / "spells.csv").read_text("utf-8") == "mine"


@pytest.mark.skipif(shutil.which("frictionless") is None, reason="frictionless is not installed")
def test_frictionless_finds_the_package_valid(tmp_path: Path) -> None:
    write_package(Registry.of(csto.CSTO, csto.history("cis")), tmp_path / "package")
    command = ["frictionless", "validate", str(tmp_path / "package" / "datapackage.json"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["valid"] is True
    assert [task["stats"]["rows"] > 10 for task in report["tasks"]] == [True, True]
