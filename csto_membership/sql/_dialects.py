"""The dialects: how values are written, and what answers "member on that day" beside the table and the view."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csto_membership.sql._quoting import escaped_literal, identifier, literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator


class Names(NamedTuple):
    """The names of what a script makes, quoted; `only` is the one organisation, as a literal, or None for several."""

    spells: str
    on: str
    record: str
    was_member: str
    statuses: str
    members_on: str
    no_overlap: str
    first_days: str
    only: str | None

    @classmethod
    def of(cls, name: str, only: str | None) -> Names:
        """The names that begin with this one."""
        own = (field for field in cls._fields if field != "only")
        return cls(**{field: identifier(f"{name}_{field}") for field in own}, only=only)


class Dialect(NamedTuple):
    """
    A dialect of SQL.

    `spells` gives the definition of the table of spells, from its columns on; `extras` what is made besides table and
    view.
    """

    name: str
    begin: tuple[str, ...]
    text: Callable[[str | None], str]
    day: Callable[[dt.date], str]
    spells: Callable[[Names], str]
    extras: Callable[[Names], Iterator[str]]

    def value(self, value: str | bool | int | dt.date | None) -> str:
        """A value of a row."""
        if value is None or isinstance(value, str):
            return self.text(value)
        if isinstance(value, int):
            return str(value).upper()
        return self.day(value)


def _columns(*more: str, truth: str = "boolean", day: str = "date") -> str:
    columns = (
        "organisation text NOT NULL",
        "state text NOT NULL",
        "cow integer",
        "name text NOT NULL",
        f"listed {truth} NOT NULL",
        f"first_day {day}",
        f"last_day {day}",
        "statuses text NOT NULL",
        "status text",
        f"member {truth}",
        "CHECK (first_day <= last_day)",
        *more,
    )
    return "(\n  " + ",\n  ".join(columns) + "\n)"


# PostgreSQL


def _postgresql_spells(names: Names) -> str:
    # btree_gist brings equality of texts to the index that ranges are in.
    return _columns(
        "days daterange NOT NULL GENERATED ALWAYS AS (daterange(first_day, last_day, '[]')) STORED",
        f"CONSTRAINT {names.no_overlap} EXCLUDE USING gist (organisation WITH =, state WITH =, days WITH &&)",
    )


def _postgresql_extras(names: Names) -> Iterator[str]:
    # The bodies are read when they are made, so that no search path can lead them to other tables afterwards.
    asked = ("organisation text, " if names.only is None else "") + "state text, day date"
    organisation, state, day = ("$1", "$2", "$3") if names.only is None else (names.only or "", "$1", "$2")
    where = f"WHERE s.organisation = {organisation} AND s.state = {state} AND s.days @> {day}"
    for name, column, kind in ((names.was_member, "member", "boolean"), (names.statuses, "statuses", "text")):
        yield (
            f"CREATE FUNCTION {name}({asked}) RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE\n"
            f"RETURN (SELECT s.{column} FROM {names.spells} AS s {where})"
        )
    several = names.only is None
    asked = ("organisation text, " if several else "") + "day date"
    organisation, day = ("$1", "$2") if several else (organisation, "$1")
    yield (
        f"CREATE FUNCTION {names.members_on}({asked})\n"
        "RETURNS TABLE (state text, name text, statuses text, member boolean) LANGUAGE sql STABLE PARALLEL SAFE\n"
        "BEGIN ATOMIC\n"
        f"  SELECT s.state, s.name, s.statuses, s.member FROM {names.spells} AS s\n"
        f"  WHERE s.listed AND s.organisation = {organisation} AND s.days @> {day} AND s.member IS NOT FALSE\n"
        "  ORDER BY s.state;\n"
        "END"
    )


# DuckDB

#: A time of day, or a zone, is no civil day: nothing is guessed.
_DUCKDB_DAY = (
    "CASE WHEN typeof(asked_day) IN ('DATE', 'VARCHAR', '\"NULL\"') THEN CAST(asked_day AS DATE) "
    "ELSE CAST(error('a day is a DATE, or a text such as 1999-04-20') AS DATE) END"
)


def _duckdb_extras(names: Names) -> Iterator[str]:
    # An argument takes the place of its parameter as it was written, and may be a column of the caller's: no parameter
    # has the name of a column here, and where arguments stand, the columns have names that nobody else has.
    only = names.only
    organisation = only or "asked_organisation"
    asked = ("asked_organisation, " if only is None else "") + "asked_state, asked_day"
    spells = (
        "(SELECT organisation AS _csto_organisation, state AS _csto_state, first_day AS _csto_first, "
        "last_day AS _csto_last, name AS _csto_name, listed AS _csto_listed, statuses AS _csto_statuses, "
        f"member AS _csto_member FROM {names.spells}) AS _csto"
    )
    days = f"{_DUCKDB_DAY} BETWEEN coalesce(_csto_first, DATE '0001-01-01') AND coalesce(_csto_last, DATE '9999-12-31')"
    where = f"WHERE _csto_organisation = {organisation} AND {days}"
    for name, column in ((names.was_member, "member"), (names.statuses, "statuses")):
        yield f"CREATE MACRO {name}({asked}) AS (\n  SELECT _csto_{column} FROM {spells}\n  {where} AND _csto_state = asked_state\n)"
    yield (
        f"CREATE MACRO {names.members_on}({asked.replace('asked_state, ', '')}) AS TABLE\n"
        "SELECT _csto_state AS state, _csto_name AS name, _csto_statuses AS statuses, _csto_member AS member\n"
        f"FROM {spells}\n{where} AND _csto_listed AND _csto_member IS DISTINCT FROM false\nORDER BY _csto_state"
    )


# SQLite


def _sqlite_spells(_: Names) -> str:
    # It has no types for days and truths: texts whose order is that of days, and 0 and 1, are checked to be such.
    days = (f"CHECK ({day} IS NULL OR date({day}, '+0 days') IS {day})" for day in ("first_day", "last_day"))
    return _columns("CHECK (member IN (0, 1))", "CHECK (listed IN (0, 1))", *days, truth="integer", day="text")


def _sqlite_extras(names: Names) -> Iterator[str]:
    yield f"CREATE UNIQUE INDEX {names.first_days} ON {names.spells} (organisation, state, coalesce(first_day, ''))"


def _standard_day(day: dt.date) -> str:
    return f"DATE '{day.isoformat()}'"


DIALECTS = {
    dialect.name: dialect
    for dialect in (
        Dialect(
            "postgresql",
            # The file is UTF-8, whatever the client is set to.
            ("BEGIN", "SET LOCAL client_encoding TO 'UTF8'", "CREATE EXTENSION IF NOT EXISTS btree_gist"),
            escaped_literal,
            _standard_day,
            _postgresql_spells,
            _postgresql_extras,
        ),
        Dialect("sqlite", ("BEGIN",), literal, lambda day: f"'{day.isoformat()}'", _sqlite_spells, _sqlite_extras),
        Dialect("duckdb", ("BEGIN",), literal, _standard_day, lambda _: _columns(), _duckdb_extras),
    )
}
