"""Names and texts in SQL, whatever stands in them: no text ends its quotes."""

from __future__ import annotations

from csto_membership.exceptions import ArgumentError


def identifier(name: str) -> str:
    """
    A name of a table, a view or a function.

    >>> print(identifier('my "own" table'))
    "my ""own"" table"
    """
    return '"' + _sound(name).replace('"', '""') + '"'


def literal(text: str | None) -> str:
    """
    A text by the standard: for SQLite and DuckDB.

    >>> print(literal("Côte d'Ivoire"), literal(None))
    'Côte d''Ivoire' NULL
    """
    return "NULL" if text is None else "'" + _sound(text).replace("'", "''") + "'"


def escaped_literal(text: str | None) -> str:
    r"""
    A text for PostgreSQL, where a server may be set to take a backslash for an escape or for itself.

    >>> print(escaped_literal("Côte d'Ivoire"), escaped_literal("\\'; --"))
    'Côte d''Ivoire' E'\\''; --'
    """
    if text is None or "\\" not in text:
        return literal(text)
    return "E" + literal(text.replace("\\", "\\\\"))


def _sound(text: str) -> str:
    """The text, if a database can hold it; `ArgumentError` else."""
    if "\0" in text:
        raise ArgumentError("text", text, "a text in SQL has no character U+0000")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ArgumentError("text", text, "half a character has no form in UTF-8") from None
    return text
