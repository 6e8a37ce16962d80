"""SQL answers as the scalar questions do, row by row, on SQLite and DuckDB: on both sides of every boundary."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import documents
from support.databases import VIEWS, boundaries
from support.frames import answer, answer_of_one, library
from support.views import histories

import csto_membership as csto
from csto_membership.sql import script

Row = tuple[Any, ...]
TRUTH = {0: False, 1: True, None: None}


def in_sqlite(history: csto.History, rows: list[tuple[str, dt.date]], states: Any = "world") -> list[Row]:
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(script(history, "sqlite", states=states))
        database.execute("CREATE TABLE asked (row integer, state text, day text)")
        asked = [(row, state, day.isoformat()) for row, (state, day) in enumerate(rows)]
        database.executemany("INSERT INTO asked VALUES (?, ?, ?)", asked)
        found = database.execute(
            "SELECT m.member, m.statuses FROM asked AS a LEFT JOIN membership_on AS m "
            "ON m.state = a.state AND a.day BETWEEN m.first_day AND m.last_day ORDER BY a.row"
        ).fetchall()
    finally:
        database.close()
    return [(TRUTH[member], statuses) for member, statuses in found]


def in_duckdb(history: csto.History, rows: list[tuple[str, dt.date]], states: Any = "world") -> list[Row]:
    with library("duckdb").connect() as database:
        database.execute(script(history, "duckdb", states=states))
        # The columns of the caller have the names that the columns of the spells have.
        database.execute("CREATE TABLE asked (first_day integer, state text, day date, member text, last_day date)")
        values = ", ".join(f"({row}, '{state}', DATE '{day}')" for row, (state, day) in enumerate(rows))
        database.execute(f"INSERT INTO asked (first_day, state, day) VALUES {values}")
        found: list[Row] = database.execute(
            "SELECT membership_was_member(state, day), membership_statuses(asked.state, asked.day) "
            "FROM asked ORDER BY first_day"
        ).fetchall()
        joined = database.execute(
            "SELECT m.member, m.statuses FROM asked AS a LEFT JOIN membership_on AS m "
            "ON m.state = a.state AND a.day BETWEEN m.first_day AND m.last_day ORDER BY a.first_day"
        ).fetchall()
    assert joined == found
    return found


ENGINES = {"sqlite": in_sqlite, "duckdb": in_duckdb}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_state_of_the_world_is_answered_on_both_sides_of_every_boundary(engine: str, view: str) -> None:
    history = VIEWS[view]
    states = [*history.states, *map(history.record.index.find, ("FRA", "VUT", "cow:300"))]
    rows = boundaries(history, states)
    assert ENGINES[engine](history, rows) == [answer(history, *row) for row in rows]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_no_state_has_no_row_and_no_answer(engine: str) -> None:
    day = dt.date(2009, 1, 1)
    rows = [("Atlantis", day), ("UZB", day), ("uzb", day), ("FRA", day)]
    assert ENGINES[engine](csto.CSTO, rows) == [(None, None), (True, "member"), (None, None), (False, "none")]
    assert ENGINES[engine](csto.CSTO, rows, states=["UZ"]) == [
        (None, None),
        (True, "member"),
        (None, None),
        (None, None),
    ]


@pytest.mark.law
@settings(max_examples=25)
@given(histories(), st.lists(st.sampled_from(documents.DAYS), max_size=5))
def test_random_records_are_answered_as_one_by_one(history: csto.History, days: list[dt.date]) -> None:
    rows = boundaries(history, list(history.states))
    rows += [(state.id, day) for state in history.states for day in days]
    states = list(history.states)
    expected = [answer(history, *row) for row in rows]
    for engine in ENGINES.values():
        assert engine(history, rows, states) == expected


@pytest.mark.parametrize("name", ["declared", "every", "strict", "cis"])
def test_who_was_a_member_is_told_as_by_members_on(name: str) -> None:
    history = VIEWS[name]
    days = [day for _, day in boundaries(history, list(history.states))]
    with library("duckdb").connect() as database:
        database.execute(script(history, "duckdb"))
        for day in days:
            members = history.members_on(day)
            found = database.execute("SELECT state, member FROM membership_members_on(?)", [day]).fetchall()
            assert [state for state, member in found if member] == list(members.certain.codes), day
            assert [state for state, member in found if member is None] == list(members.undetermined.codes), day


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_registry_is_asked_with_the_organisation(engine: str) -> None:
    registry = csto.Registry.of(csto.CSTO, csto.history("cis").under("legal"))
    database: Any = sqlite3.connect(":memory:") if engine == "sqlite" else library("duckdb").connect()
    with closing(database):
        text = script(registry, engine)
        database.executescript(text) if engine == "sqlite" else database.execute(text)
        for organisation in registry.organisations:
            for state in ("UZB", "GEO", "UKR", "MDA"):
                for day in (dt.date(1993, 12, 8), dt.date(1993, 12, 9), dt.date(2009, 8, 17), dt.date(2009, 8, 18)):
                    found = database.execute(
                        "SELECT member, statuses FROM membership_on "
                        "WHERE organisation = ? AND state = ? AND ? BETWEEN first_day AND last_day",
                        [organisation, state, day.isoformat()],
                    ).fetchall()
                    asked = answer_of_one(registry, organisation, state, day)
                    assert [(TRUTH[member], statuses) for member, statuses in found] == [asked]
                    if engine == "duckdb":
                        (one,) = database.execute(
                            "SELECT membership_was_member(?, ?, ?), membership_statuses(?, ?, ?)",
                            [organisation, state, day] * 2,
                        ).fetchall()
                        assert one == asked
        records = database.execute("SELECT organisation, edition, view FROM membership_record").fetchall()
        assert sorted(records) == [
            ("cis", csto.history("cis").edition, "legal"),
            ("csto", csto.CSTO.edition, "declared"),
        ]
    database.close()


@pytest.mark.parametrize("day", ["TIMESTAMP '2009-01-01 12:00'", "TIMESTAMPTZ '2009-01-01 00:00+00'", "2009"])
def test_duckdb_takes_no_time_of_day_and_no_number_for_a_day(day: str) -> None:
    duckdb = library("duckdb")
    with duckdb.connect() as database:
        database.execute(script(None, "duckdb"))
        with pytest.raises(duckdb.Error, match="a day is a DATE"):
            database.execute(f"SELECT membership_was_member('UZB', {day})")
        with pytest.raises(duckdb.Error, match="a day is a DATE"):
            database.execute(f"SELECT * FROM membership_members_on({day})")
