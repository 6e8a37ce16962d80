"""The script for a database: what it makes is the same on each, as far as the database has it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from csto_membership._files.whole_files import as_path, replace
from csto_membership._values.given import of_kind
from csto_membership.exceptions import ArgumentError, UnknownNameError
from csto_membership.frames._about import About, about
from csto_membership.frames._lines import answering
from csto_membership.sql import _dialects
from csto_membership.sql._dialects import Names
from csto_membership.sql._quoting import identifier
from csto_membership.sql._rows import SpellRow, spells

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from csto_membership._values.states import StateLike
    from csto_membership.frames._lines import Answerable
    from csto_membership.sql._dialects import Dialect

#: The dialects that there are.
DIALECTS = tuple(_dialects.DIALECTS)

#: So many rows are inserted by one statement.
_ROWS = 500
#: PostgreSQL cuts longer names off, and two may become one: bytes of the name that others begin with.
_LONGEST = 48


def script(
    history: Answerable = None,
    dialect: str = "postgresql",
    *,
    name: str = "membership",
    states: Iterable[StateLike] | StateLike = "world",
) -> str:
    """
    The statements, in one transaction, that put the answers of a history (by default `CSTO`) or a registry in a database.

    `dialect` is "postgresql" (14 or later), "sqlite" or "duckdb". What they make begins with `name`, and there must be
    nothing of these names yet. `states` are those of which there are rows: by default all of the world, so that a
    state that the record does not name has the answer that `was_member` gives. A state is its alpha-3 code or "cow:N".

    For one day of a state, `member` is null where it is undetermined; for what is no state there is no row, so that
    `statuses` is null as well. On PostgreSQL spells that overlap are refused by an exclusion constraint on their
    `daterange`, which needs the extension btree_gist (the script creates it where it is not there). SQLite compares days as texts:
    ask by "1999-04-20", or by date(...).

    Raises `UnknownNameError` for another dialect, `UnknownStateError`, and `ArgumentError` for what is no history,
    for a name that is empty or too long and for a text that SQL cannot hold.

    >>> import sqlite3
    >>> database = sqlite3.connect(":memory:")
    >>> _ = database.executescript(script(dialect="sqlite"))
    >>> question = "SELECT member FROM membership_on WHERE state = 'UZB' AND ? BETWEEN first_day AND last_day"
    >>> [database.execute(question, [day]).fetchone() for day in ("2006-06-22", "2006-06-23")]
    [(0,), (1,)]
    >>> database.close()
    """
    return "".join(f"{statement};\n" for statement in _statements(history, dialect, name, states))


def write_script(
    history: Answerable,
    path: str | PathLike[str],
    dialect: str = "postgresql",
    *,
    name: str = "membership",
    states: Iterable[StateLike] | StateLike = "world",
) -> None:
    r"""
    Write the `script` to a file, in UTF-8. An old file is replaced, whole or not at all.

    Raises what `script` raises, and OSError where the file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_script(None, Path(folder, "csto.sql"), "sqlite")
    ...     Path(folder, "csto.sql").read_text(encoding="utf-8").split("(")[0]
    'BEGIN;\nCREATE TABLE "membership_spells" '
    """
    replace(as_path(path), script(history, dialect, name=name, states=states).encode())


def _statements(history: Answerable, dialect: str, name: str, states: Iterable[StateLike] | StateLike) -> Iterator[str]:
    known = _dialects.DIALECTS.get(dialect) if isinstance(dialect, str) else None
    if known is None:
        raise UnknownNameError("dialect of SQL", dialect, DIALECTS)
    asked = answering(history)
    records = list(about(asked))
    names = Names.of(_checked(name), known.text(records[0].organisation) if len(records) == 1 else None)
    yield from known.begin
    yield f"CREATE TABLE {names.spells} {known.spells(names)}"
    yield from _inserted(known, names.spells, SpellRow._fields, spells(asked, states))
    yield f"CREATE VIEW {names.on} AS\n{_filled_in(known, names)}"
    columns = ",\n  ".join(f"{column} text NOT NULL" for column in About._fields)
    yield f"CREATE TABLE {names.record} (\n  {columns}\n)"
    yield from _inserted(known, names.record, About._fields, records)
    yield from known.extras(names)
    yield "COMMIT"


def _checked(name: str) -> str:
    if not of_kind("name", name, str) or len(name.encode(errors="replace")) > _LONGEST:
        raise ArgumentError("name", name, f"names in a database begin with it, and have 1 to {_LONGEST} bytes of it")
    identifier(name)
    return name


def _inserted(
    dialect: Dialect, table: str, columns: Iterable[str], rows: Iterable[tuple[str | bool | int | dt.date | None, ...]]
) -> Iterator[str]:
    left = iter(rows)
    while some := list(islice(left, _ROWS)):
        values = ",\n".join(f"({', '.join(map(dialect.value, row))})" for row in some)
        yield f"INSERT INTO {table} ({', '.join(columns)}) VALUES\n{values}"


def _filled_in(dialect: Dialect, names: Names) -> str:
    """The spells with both days filled in, by those that the calendar ends with."""
    import datetime as dt

    first, last = (dialect.day(day) for day in (dt.date.min, dt.date.max))
    days = f"coalesce(first_day, {first}) AS first_day, coalesce(last_day, {last}) AS last_day"
    columns = ("organisation", "state", "cow", "name", "listed", days, "statuses", "status", "member")
    return f"SELECT {', '.join(columns)}\nFROM {names.spells}"
