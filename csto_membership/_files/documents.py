"""
Documents: the plain tables that a TOML or JSON text holds, and the texts of such tables.

JSON is read as strictly as TOML: one table, no key twice, no NaN or Infinity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from csto_membership.exceptions import Fault, MissingExtraError, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator


#: A record is text that people write; a larger file is something else.
MOST_BYTES = 50_000_000
#: A record nests eight levels at most (a status in a list of a claim); what nests deeper spoils even its error message.
MOST_LEVELS = 20
#: Longer than any real dotted key. Prose does not match: it has no 200 sentences of one word in a row.
_MANY_PARTS = r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){200}"""


def json_text(value: object, indent: int | None = 2) -> str:
    """JSON in which letters of every script stand as they are."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=indent)


def json_bytes(value: object) -> bytes:
    """The content of a JSON file."""
    return f"{json_text(value)}\n".encode()


def toml_bytes(document: dict[str, Any]) -> bytes:
    """The content of a TOML file; `MissingExtraError` where tomli-w is not installed."""
    try:
        import tomli_w
    except ImportError:
        raise MissingExtraError("tomli-w", "toml") from None
    return tomli_w.dumps(document).encode()


def document_in(content: bytes, suffix: str) -> dict[str, Any]:
    """
    The document in the content of a file: JSON where the name of the file ends in ".json", otherwise TOML.

    Raises `RecordError` for what is neither, nests too deeply or is too large.
    """
    text = _text(content)
    try:
        return _json_document(text) if suffix.lower() == ".json" else _toml_document(text)
    except RecursionError:
        raise _too_deep() from None
    except RecordError:
        raise
    except ValueError:
        # Both parsers leave numbers to int(), which refuses those of thousands of digits.
        raise _unreadable("a number has too many digits", remedy="write it as a text") from None


def _unreadable(problem: str, value: object = None, remedy: str = "", place: str = "the file") -> RecordError:
    return RecordError([Fault(place, problem, value, remedy)])


def _too_deep() -> RecordError:
    return _unreadable("it nests too deeply", remedy="a record needs four levels")


def _text(content: bytes) -> str:
    if not content.strip():
        remedy = 'begin with [organisation], in JSON with {"organisation": {"id": "..."}}'
        raise _unreadable("it is empty", remedy=remedy)
    if len(content) > MOST_BYTES:
        raise _unreadable(f"it has more than {MOST_BYTES} bytes", len(content), "split it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = content[error.start : error.start + 10]
        raise _unreadable("not UTF-8", wrong, "save it as UTF-8", f"byte {error.start}") from None


def _toml_document(text: str) -> dict[str, Any]:
    # Looked for before parsing: the parser would take minutes over a key of many thousand parts.
    if re.search(_MANY_PARTS, text):
        raise _too_deep()
    import tomllib

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(f"not TOML: {error}", remedy="correct the line") from None
    _refuse_depth(document)
    return document


def _json_document(text: str) -> dict[str, Any]:
    import json

    repeated: list[tuple[dict[str, Any], str]] = []

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in pairs:
            if key in values:
                repeated.append((values, key))
            values[key] = value
        return values

    def no_number(word: str) -> None:
        raise _unreadable("not JSON: NaN and Infinity are not numbers there", word, "leave the key out")

    try:
        document = json.loads(text, object_pairs_hook=table, parse_constant=no_number)
    except json.JSONDecodeError as error:
        raise _unreadable(f"not JSON: {error}", remedy="correct the line") from None
    if not isinstance(document, dict):
        raise _unreadable("an object is needed", document, 'begin with {"organisation": {"id": "..."}}')
    _refuse_depth(document)
    if repeated:
        places = {id(values): place for values, place in tables_in(document)}
        # A table that a later one of the same key has replaced has no place any more; that key is reported instead.
        raise RecordError(
            Fault(_inside(places[id(values)], key), "the key is given twice", key, "keep one of them")
            for values, key in repeated
            if id(values) in places
        )
    return document


def _refuse_depth(document: dict[str, Any]) -> None:
    """`RecordError` for a document that nests deeper than a record can; dotted keys of TOML nest without end."""
    level: list[Any] = [document]
    for _ in range(MOST_LEVELS):
        level = [
            inner
            for value in level
            if isinstance(value, (dict, list))
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
    if level:
        raise _too_deep()


def tables_in(value: object, place: str = "") -> Iterator[tuple[dict[str, Any], str]]:
    """The tables in a value, itself included, each with its place."""
    if isinstance(value, dict):
        yield value, place
        for key, inner in value.items():
            yield from tables_in(inner, _inside(place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from tables_in(inner, f"{place}[{number}]")


def _inside(place: str, key: str) -> str:
    return f"{place}.{shown(key)}" if place else shown(key)


def shown(key: object) -> str:
    """A key as it stands in a place: as it is, or escaped where it would spoil the line."""
    text = str(key)
    return text if text and text.isprintable() else ascii(text)
