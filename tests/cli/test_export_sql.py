"""Exports for databases: `export --sql`, and spells as Parquet and Arrow."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.frames import library

import csto_membership as csto
from csto_membership.frames import spells_frame, write_spells
from csto_membership.sql import DIALECTS, script

if TYPE_CHECKING:
    from support.screen import Screen


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_script_goes_to_a_file_or_to_standard_output(screen: Screen, dialect: str) -> None:
    expected = script(csto.CSTO, dialect)
    assert screen.shows("export", "--sql", dialect, "out.sql") == ""
    assert Path("out.sql").read_text(encoding="utf-8") == expected
    assert screen.shows("export", "spells", "--sql", dialect, "again.sql") == ""
    assert Path("again.sql").read_text(encoding="utf-8") == expected
    for arguments in (("--sql", dialect), ("--sql", dialect, "-"), (f"--sql={dialect}",)):
        assert screen.shows("export", *arguments) == expected


def test_a_script_has_the_view_and_the_names_that_are_asked_for(screen: Screen) -> None:
    arguments = ("--reading", "legal", "--sql", "sqlite", "--name", "law", "out.sql", "--record", "cis")
    assert screen.shows("export", *arguments) == ""
    database = sqlite3.connect(":memory:")
    database.executescript(Path("out.sql").read_text(encoding="utf-8"))
    assert database.execute("SELECT organisation, view FROM law_record").fetchall() == [("cis", "legal")]
    asked = "SELECT member FROM law_on WHERE state = 'GEO' AND '2009-08-17' BETWEEN first_day AND last_day"
    assert database.execute(asked).fetchall() == [(1,)]
    database.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--sql", "oracle", "x.sql"), "unknown dialect of SQL 'oracle' (known: postgresql, sqlite, duckdb)"),
        (("changes", "--sql", "sqlite", "x.sql"), "a script has the spells"),
        (("--sql", "sqlite", "--name", "", "x.sql"), "names in a database begin with it"),
        (("spells", "x.csv", "--name", "x"), "only a script for a database has names"),
        (("--sql", "sqlite", "no/x.sql"), "no/x.sql"),
        (("spells",), "required: OUT"),
        (("x.sql",), "invalid choice"),
        (("--sql",), "expected one argument"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    screen: Screen, arguments: tuple[str, ...], said: str
) -> None:
    assert said in screen.refuses("export", *arguments)
    assert not list(Path().iterdir())


def read(path: str) -> Any:
    if path.endswith(".parquet"):
        return library("pyarrow.parquet").read_table(path)
    with library("pyarrow.ipc").open_file(path) as file:
        return file.read_all()


@pytest.mark.parametrize("path", ["spells.parquet", "spells.arrow", "spells.FEATHER"])
def test_spells_have_days_as_days_and_say_what_they_are(screen: Screen, path: str) -> None:
    pa = library("pyarrow")
    assert screen.shows("export", "spells", path, "--reading", "legal") == ""
    history = csto.CSTO.under("legal")
    table, expected = read(path), spells_frame(history, "pyarrow")
    assert table.to_pylist() == expected.to_pylist()
    assert table.schema.field("first_day").type == table.schema.field("last_day").type == pa.date32()
    assert table.schema.field("member").type == pa.bool_()
    told = {key.decode(): text.decode() for key, text in table.schema.metadata.items()}
    assert told["organisation"] == "csto"
    assert told["edition"] == history.edition
    assert told["view"] == str(history.view)
    assert all(part in told["citation"] for part in (history.record.name, history.edition, told["view"]))
    assert [entry.name for entry in Path().iterdir()] == [path]


def test_spells_of_a_registry_say_what_each_of_its_records_is() -> None:
    library("pyarrow")
    registry = csto.Registry.of(csto.CSTO, csto.history("cis").under("legal"))
    write_spells(registry, "both.parquet", states="UZB")
    table = read("both.parquet")
    assert table.to_pylist() == spells_frame(registry, "pyarrow", states="UZB").to_pylist()
    told = {key.decode(): text.decode().split("\n") for key, text in table.schema.metadata.items()}
    assert dict(zip(told["organisation"], told["view"], strict=True)) == {"csto": "declared", "cis": "legal"}
    registry.prepare("both.registry")
    write_spells(csto.Registry.from_prepared("both.registry"), "prepared.parquet", states="UZB")
    assert read("prepared.parquet").schema.metadata == table.schema.metadata


def test_a_file_of_another_form_is_refused() -> None:
    with pytest.raises(csto.ArgumentError, match="ending"):
        write_spells(None, "spells.xlsx")
