"""
A real PostgreSQL, started by the test: three-valued answers, and spells that cannot overlap.

One test, so that one server serves the whole run, in whichever of its processes: its parts are told as subtests.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.databases import HOSTILE, VIEWS, boundaries, hostile, postgresql, quoted
from support.frames import answer, answer_of_one, library

import csto_membership as csto
from csto_membership.sql import script, write_script

pytestmark = pytest.mark.cluster


def test_postgresql_answers_as_the_history_does_and_lets_no_spells_overlap(
    subtests: pytest.Subtests, tmp_path: Path
) -> None:
    psycopg = library("psycopg")
    with postgresql() as place, psycopg.connect(place, autocommit=True) as database:
        for view, history in VIEWS.items():
            with subtests.test("boundaries", view=view):
                _answers_as_one_by_one(database, history, view)
        with subtests.test("members"):
            _tells_members(database)
        with subtests.test("no overlap"):
            _refuses_overlaps(psycopg, database)
        with subtests.test("types"):
            _has_days_of_a_range_and_no_times(psycopg, database)
        with subtests.test("registry"):
            _answers_for_a_registry(database)
        for name in HOSTILE:
            for setting in ("on", "off"):
                with subtests.test("hostile", name=name, standard_conforming_strings=setting):
                    _quotes(database, name, setting)
        with subtests.test("search path"):
            _is_led_astray_by_no_search_path(database)
        with subtests.test("whole or not at all"):
            _is_done_whole_or_not_at_all(psycopg, database)
        if shutil.which("psql"):
            with subtests.test("psql"):
                _runs_in_psql(database, place, tmp_path / "members.sql")


def _fresh(database: Any, history: csto.History | csto.Registry | None, **more: Any) -> None:
    database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    database.execute(script(history, "postgresql", **more))


def _answers_as_one_by_one(database: Any, history: csto.History, view: str) -> None:
    _fresh(database, history)
    rows = boundaries(history, [*history.states, *map(history.record.index.find, ("FRA", "VUT", "cow:300"))])
    rows.append(("Atlantis", dt.date(2009, 1, 1)))
    # The columns of the caller have the names that the columns of the spells have.
    database.execute("CREATE TABLE asked (first_day integer, state text, day date)")
    with database.cursor() as cursor:
        cursor.executemany("INSERT INTO asked VALUES (%s, %s, %s)", [(n, *row) for n, row in enumerate(rows)])
    expected = [answer(history, *row) for row in rows]
    asked = "SELECT membership_was_member(state, day), membership_statuses(state, day) FROM asked ORDER BY first_day"
    assert database.execute(asked).fetchall() == expected, view
    joined = (
        "SELECT m.member, m.statuses FROM asked AS a LEFT JOIN membership_on AS m "
        "ON m.state = a.state AND a.day BETWEEN m.first_day AND m.last_day ORDER BY a.first_day"
    )
    assert database.execute(joined).fetchall() == expected, view
    ((edition, seen, citation),) = database.execute("SELECT edition, view, citation FROM membership_record").fetchall()
    assert (edition, seen) == (history.edition, str(history.view))
    assert edition in citation
    assert seen in citation


def _tells_members(database: Any) -> None:
    history = csto.CSTO.resolved("every")
    _fresh(database, history)
    open_days = 0
    for _, day in boundaries(history, list(history.states)):
        members = history.members_on(day)
        found = database.execute("SELECT state, member FROM membership_members_on(%s)", [day]).fetchall()
        assert [state for state, member in found if member] == list(members.certain.codes), day
        assert [state for state, member in found if member is None] == list(members.undetermined.codes), day
        open_days += bool(members.undetermined)
    assert open_days > 3


def _refuses_overlaps(psycopg: Any, database: Any) -> None:
    _fresh(database, csto.CSTO, states="UZB")
    insert = (
        "INSERT INTO membership_spells (organisation, state, name, listed, first_day, last_day, statuses, status, member) "
        "VALUES (%s, %s, 'x', true, %s, %s, 'member', 'member', true)"
    )
    first, last = database.execute(
        "SELECT first_day, last_day FROM membership_spells WHERE first_day > '2006-01-01' ORDER BY 1 LIMIT 1"
    ).fetchone()
    assert first == dt.date(2006, 6, 23)
    for days in ((last, last), (first, first), (None, first), (last, None), (None, None)):
        with pytest.raises(psycopg.errors.ExclusionViolation):
            database.execute(insert, ["csto", "UZB", *days])
    with pytest.raises(psycopg.errors.ExclusionViolation):
        database.execute("UPDATE membership_spells SET last_day = last_day + 1 WHERE first_day = %s", [first])
    with pytest.raises(psycopg.Error):
        database.execute(insert, ["csto", "XXX", last, first])
    # What touches does not overlap, and neither do other states and organisations.
    database.execute("DELETE FROM membership_spells WHERE first_day = %s", [first])
    database.execute(insert, ["csto", "UZB", first, first])
    database.execute(insert, ["csto", "UZB", first + dt.timedelta(1), last])
    database.execute(insert, ["csto", "XXX", None, None])
    database.execute(insert, ["other", "UZB", None, None])


def _has_days_of_a_range_and_no_times(psycopg: Any, database: Any) -> None:
    _fresh(database, csto.CSTO, states="UZB")
    ((kind, null),) = database.execute(
        "SELECT pg_typeof(days)::text, membership_was_member(NULL, NULL) FROM membership_spells LIMIT 1"
    ).fetchall()
    assert (kind, null) == ("daterange", None)
    for moment in ("timestamp '2009-01-01 12:00'", "timestamptz '2009-01-01 00:00+00'", "2009"):
        with pytest.raises(psycopg.errors.UndefinedFunction):
            database.execute(f"SELECT membership_was_member('UZB', {moment})")


def _answers_for_a_registry(database: Any) -> None:
    registry = csto.Registry.of(csto.CSTO, csto.history("cis").under("legal"))
    _fresh(database, registry)
    for organisation in registry.organisations:
        for state in ("UZB", "GEO", "UKR", "MDA", "FRA"):
            for day in (dt.date(1993, 12, 8), dt.date(1993, 12, 9), dt.date(2009, 8, 17), dt.date(2009, 8, 18)):
                row = [organisation, state, day]
                asked = "SELECT membership_was_member(%s, %s, %s), membership_statuses(%s, %s, %s)"
                assert database.execute(asked, row * 2).fetchone() == answer_of_one(registry, *row), row
        found = database.execute("SELECT state FROM membership_members_on(%s, '2009-08-17')", [organisation]).fetchall()
        members = registry.members_on(organisation, "2009-08-17")
        assert [state for (state,) in found] == sorted((*members.certain.codes, *members.undetermined.codes))


def _quotes(database: Any, name: str, setting: str) -> None:
    history = hostile(name)
    (state,) = history.states
    database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE victims (x integer)")
    database.execute(f"SET standard_conforming_strings TO {setting}")
    database.execute("SET escape_string_warning TO off")
    try:
        database.execute(script(history, "postgresql", name=name[:40]))
    finally:
        database.execute("SET standard_conforming_strings TO on")
    assert database.execute("SELECT count(*) FROM victims").fetchone() == (0,)
    found = database.execute(f"SELECT DISTINCT name FROM {quoted(name[:40] + '_spells')} WHERE state = 'cow:9001'")
    assert found.fetchall() == [(state.name,)]
    asked = f"SELECT {quoted(name[:40] + '_was_member')}('cow:9001', '2003-01-01')".replace("%", "%%")
    assert database.execute(asked, []).fetchone() == (True,)


def _is_led_astray_by_no_search_path(database: Any) -> None:
    _fresh(database, csto.CSTO, states="UZB")
    database.execute("CREATE SCHEMA other; CREATE TABLE other.membership_spells AS TABLE membership_spells")
    database.execute("UPDATE other.membership_spells SET member = NOT member")
    database.execute("SET search_path TO other, public")
    try:
        assert database.execute("SELECT membership_was_member('UZB', '2009-01-01')").fetchone() == (True,)
    finally:
        database.execute("RESET search_path")
        database.execute("DROP SCHEMA other CASCADE")


def _is_done_whole_or_not_at_all(psycopg: Any, database: Any) -> None:
    database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE membership_record (x integer)")
    with pytest.raises(psycopg.errors.DuplicateTable):
        database.execute(script(csto.CSTO, "postgresql"))
    database.execute("ROLLBACK")
    tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == [("membership_record",)]


def _runs_in_psql(database: Any, place: str, path: Path) -> None:
    database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    write_script(hostile("line :x \\! Côte d'Ivoire"), path, "postgresql")
    command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "x=lost", place, "-f", str(path)]
    # The file says itself that it is UTF-8.
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PGCLIENTENCODING": "LATIN1"})
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    found = database.execute("SELECT DISTINCT name FROM membership_spells WHERE state = 'cow:9001'").fetchall()
    assert found == [("line :x \\! Côte d'Ivoire",)]
