"""Scripts: names and texts of any kind are quoted, and what cannot be is refused; a script is done whole or not at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.databases import HOSTILE, hostile, quoted
from support.frames import library

import csto_membership as csto
from csto_membership.sql import DIALECTS, script, write_script


def run(dialect: str, text: str) -> Any:
    if dialect == "sqlite":
        database: Any = sqlite3.connect(":memory:")
        database.executescript("CREATE TABLE victims (x integer);" + text)
        return database
    database = library("duckdb").connect()
    database.execute("CREATE TABLE victims (x integer)")
    database.execute(text)
    return database


@pytest.mark.parametrize("dialect", ["sqlite", "duckdb"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_out_as_they_went_in(dialect: str, name: str) -> None:
    history = hostile(name)
    (state,) = history.states
    database = run(dialect, script(history, dialect, name=name[:40]))
    assert database.execute("SELECT count(*) FROM victims").fetchone() == (0,)
    for table in ("_spells", "_on"):
        found = database.execute(f"SELECT DISTINCT name FROM {quoted(name[:40] + table)} WHERE state = 'cow:9001'")
        assert found.fetchall() == [(state.name,)]
    database.close()


@pytest.mark.law
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12))
def test_any_name_is_quoted(name: str) -> None:
    text = script(csto.CSTO, "sqlite", name=name, states="UZB")
    if f"{name}_".casefold().startswith("sqlite_"):
        return
    database = sqlite3.connect(":memory:")
    database.executescript(text)
    assert database.execute(f"SELECT count(*) FROM {quoted(name + '_on')}").fetchone()[0] > 3
    database.close()


@pytest.mark.parametrize("name", ["", "a\0b", "\ud800", "x" * 49, "Ж" * 25])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_name_that_no_database_takes_is_refused(dialect: str, name: str) -> None:
    with pytest.raises(csto.ArgumentError):
        script(csto.CSTO, dialect, name=name, states="UZB")


def test_an_unknown_dialect_is_refused_with_the_known_ones() -> None:
    with pytest.raises(csto.UnknownNameError, match=r"did you mean .postgresql"):
        script(csto.CSTO, "postgres")


def test_a_second_run_of_a_script_changes_nothing() -> None:
    database = run("sqlite", script(None, "sqlite"))
    before = database.execute("SELECT count(*) FROM membership_spells").fetchone()
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        database.executescript(script(None, "sqlite"))
    database.rollback()
    assert database.execute("SELECT count(*) FROM membership_spells").fetchone() == before
    database.close()


def test_two_views_stand_side_by_side_under_names_of_their_own() -> None:
    database = run(
        "sqlite", script(None, "sqlite", name="told") + script(csto.CSTO.under("legal"), "sqlite", name="law")
    )
    question = "SELECT member FROM {} WHERE state = 'UZB' AND '2007-01-01' BETWEEN first_day AND last_day"
    assert database.execute(question.format("told_on")).fetchall() == [(1,)]
    assert database.execute(question.format("law_on")).fetchall() == [(None,)]
    database.close()


@pytest.mark.parametrize(
    "row",
    [
        "'csto', 'X', NULL, 'X', 1, '2001-02-30', NULL, 'member', 'member', 1",
        "'csto', 'X', NULL, 'X', 1, '2001-02-03', '2001-02-02', 'member', 'member', 1",
        "'csto', 'X', NULL, 'X', 1, '2001', NULL, 'member', 'member', 1",
        "'csto', 'X', NULL, 'X', 1, NULL, NULL, 'member', 'member', 2",
        "'csto', 'UZB', NULL, 'X', 1, NULL, NULL, 'member', 'member', 1",
    ],
)
def test_sqlite_takes_no_row_that_is_no_spell(row: str) -> None:
    database = run("sqlite", script(None, "sqlite"))
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(f"INSERT INTO membership_spells VALUES ({row})")
    database.close()


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "members.sql"
    write_script(None, path, "sqlite")
    assert path.read_text(encoding="utf-8") == script(None, "sqlite")
    with pytest.raises(csto.ArgumentError):
        write_script(None, path, "sqlite", name="")
    assert path.read_text(encoding="utf-8") == script(None, "sqlite")
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_text_names_no_dialect_and_nothing_in_a_database() -> None:
    wrong: tuple[Any, ...] = (None, 5, [], b"sqlite")
    for value in wrong:
        with pytest.raises(csto.UnknownNameError):
            script(csto.CSTO, value)
        with pytest.raises(csto.ArgumentError, match="a str is needed"):
            script(csto.CSTO, name=value)
