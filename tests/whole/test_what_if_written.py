"""What a history supposes or leaves out is named wherever its answers go: in tables, frames, files and databases."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from support.frames import EAGER, LAZY, frame_of, library, rows_of

import csto_membership as csto
from csto_membership import CSTO, RecordError
from csto_membership.frames import annotate, annotate_file, dyads_frame, panel_frame, spells_frame, wide_frame
from csto_membership.readers import read_spells
from csto_membership.sql import script
from csto_membership.writers import change_rows, spell_rows, write_changes, write_package, write_spells

SUPPOSED = CSTO.supposing("geo-signature", "1993-09-09").without("uzb-notice")
NAMED = "without event uzb-notice; supposing geo-signature: signature 1993-09-09"
REGISTRY = csto.Registry.of(SUPPOSED, csto.history("cis"))
OF = {"csto": NAMED, "cis": None}


def test_rows_of_spells_and_changes_name_it_in_a_column_of_its_own(tmp_path: Path) -> None:
    for rows, write in ((spell_rows, write_spells), (change_rows, write_changes)):
        assert all("what_if" not in row for row in rows(CSTO))
        assert {row["what_if"] for row in rows(SUPPOSED)} == {NAMED}
        assert {row["organisation"]: row["what_if"] for row in rows(REGISTRY)} == OF
        write(SUPPOSED, tmp_path / "rows.csv")
        with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
            assert {row["what_if"] for row in csv.DictReader(file)} == {NAMED}
        write(REGISTRY, tmp_path / "rows.json")
        found = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
        assert {row["organisation"]: row["what_if"] for row in found} == OF
        write(CSTO, tmp_path / "rows.csv")
        assert "what_if" not in (tmp_path / "rows.csv").read_text(encoding="utf-8")


def test_a_data_package_describes_the_column(tmp_path: Path) -> None:
    write_package(REGISTRY, tmp_path / "package")
    package = json.loads((tmp_path / "package" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        *_, last = resource["schema"]["fields"]
        assert (last["name"], last["constraints"]) == ("what_if", {})
        head = (tmp_path / "package" / resource["path"]).read_text(encoding="utf-8").splitlines()[0]
        assert head.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_spells_that_are_supposed_are_not_read_back_as_evidence(tmp_path: Path) -> None:
    write_spells(SUPPOSED, tmp_path / "spells.csv")
    with pytest.raises(RecordError, match=r"what is supposed is no evidence.*write the history without it"):
        read_spells(tmp_path / "spells.csv")
    write_spells(REGISTRY, tmp_path / "spells.csv")
    table = read_spells(tmp_path / "spells.csv", bad_rows="skip")
    assert len(table.faults) == len(list(spell_rows(SUPPOSED)))
    assert table.organisations == ("cis",)


def test_frames_name_it() -> None:
    library("polars")
    asked: dict[str, Any] = {"first": "1993", "last": "1994", "backend": "polars"}
    for made in (spells_frame, wide_frame):
        assert "what_if" not in made(CSTO, "polars").columns
        assert set(made(REGISTRY, "polars").select("organisation", "what_if").rows()) == set(OF.items())
    for listed in (panel_frame, dyads_frame):
        assert "what_if" not in listed(CSTO, **asked).columns
        assert set(listed(REGISTRY, **asked).select("organisation", "what_if").rows()) == set(OF.items())


def test_prepared_lines_name_it_as_the_record_does_whatever_a_reading_is_called(tmp_path: Path) -> None:
    library("polars")
    own = evolve(SUPPOSED.reading, name="mine, without haste")
    for registry, named in (
        (REGISTRY, OF),
        (csto.Registry.of(CSTO.under(own)), {"csto": None}),
        (csto.Registry.of(SUPPOSED.under(own)), {"csto": NAMED}),
    ):
        registry.prepare(tmp_path / "prepared.jsonl")
        prepared = csto.Registry.from_prepared(tmp_path / "prepared.jsonl")
        for asked in (registry, prepared):
            frame = spells_frame(asked, "polars")
            told = frame["what_if"].to_list() if "what_if" in frame.columns else [None] * len(frame)
            assert set(zip(frame["organisation"], told, strict=True)) == set(named.items())
        finding = registry.status("csto", "GEO", "1993-10-01")
        assert prepared.status("csto", "GEO", "1993-10-01").reading == finding.reading
        prepared.prepare(tmp_path / "again.jsonl")
        assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "prepared.jsonl").read_bytes()


@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
def test_annotated_rows_name_it_among_their_reasons(engine: str) -> None:
    frame = frame_of(engine, {"state": ["GEO"], "date": ["1993-10-01"]}, {"state": "text", "date": "text"})
    columns = ("member", "why")
    ((member, why),) = rows_of(annotate(frame, "state", "date", history=SUPPOSED, columns=columns), *columns)
    assert member is True
    assert why.endswith(f" ({NAMED})")
    ((member, why),) = rows_of(annotate(frame, "state", "date", columns=columns), *columns)
    assert member is False
    assert "supposing" not in why


def test_reports_of_annotated_tables_name_it(tmp_path: Path) -> None:
    library("numpy")
    (tmp_path / "in.csv").write_text("state,date\n" + "GEO,1993-10-01\n" * 40_000, encoding="utf-8")
    report = annotate_file(tmp_path / "in.csv", tmp_path / "out.csv", history=SUPPOSED)
    assert str(report) == f"40,000 rows: 40,000 yes, 0 no, 0 undetermined, 0 unreadable ({NAMED})"
    assert report.as_dict()["what_if"] == NAMED
    report = annotate_file(tmp_path / "in.csv", tmp_path / "out.csv")
    assert "what_if" not in report.as_dict()


def test_databases_and_files_of_columns_name_it(tmp_path: Path) -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(script(SUPPOSED, "sqlite"))
    ((view,),) = database.execute("SELECT view FROM membership_record").fetchall()
    assert view == "declared without event uzb-notice supposing geo-signature: signature 1993-09-09"
    database.close()
    pq = library("pyarrow.parquet")
    from csto_membership.frames import write_spells as write_columns

    write_columns(SUPPOSED, tmp_path / "spells.parquet")
    table = pq.read_table(tmp_path / "spells.parquet")
    assert table.schema.metadata[b"view"].decode() == view
    assert set(table["what_if"].to_pylist()) == {NAMED}
