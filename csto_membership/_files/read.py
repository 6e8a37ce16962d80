"""Records on disk: TOML or JSON to a record, every fault reported with its place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from attrs import frozen

from csto_membership._evidence.claims import Attestation, Event, Note, Source, Step
from csto_membership._evidence.faults import TABLES, Ids, faults_of, missing
from csto_membership._evidence.institutions import Coverage, Institution
from csto_membership._evidence.instruments import Instrument
from csto_membership._evidence.record import Record
from csto_membership._files.bundled_data import data_file
from csto_membership._files.known_states import known_state, number_in, states_by_number
from csto_membership._files.structure import nearest_of, shown, structured
from csto_membership._values.states import State
from csto_membership.exceptions import Fault, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike


#: So many names and the like of a state that could not be read are looked at one by one.
_MOST_MENDED = 200
#: A record is text that people write; beyond this it is something else.
MOST_BYTES = 50_000_000
#: A status in a list of a claim of an event stands eight levels deep; what nests deeper spoils even its error message.
MOST_LEVELS = 20
#: Far more parts than a key can have, and no text is of so many sentences of one word.
_MANY_PARTS = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){200}""")


@frozen
class _Organisation:
    id: str
    name: str = ""
    edition: str = ""
    covers: Coverage = Coverage()
    note: str = ""


#: The tables of a file, the field of the record that each fills, and what its entries are.
_ENTRIES: dict[str, tuple[str, type[Any]]] = {
    "institution": ("institutions", Institution),
    "state": ("states", State),
    "source": ("sources", Source),
    "instrument": ("instruments", Instrument),
    "event": ("events", Event),
    "attestation": ("attestations", Attestation),
    "step": ("steps", Step),
    "note": ("notes", Note),
}


def read_record(path: str | PathLike[str]) -> Record:
    """
    The record in a file: JSON where its name ends in `.json`, otherwise TOML.

    Raises `RecordError` with every fault of the file, and OSError where the file cannot be opened.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except ValueError as error:
        raise RecordError([Fault("the file", f"no file can have that name: {error}", str(path))]) from None
    try:
        return record_of(_document(content, file.suffix.lower()))
    except RecordError as error:
        raise error.in_file(str(path)) from None


def _document(content: bytes, suffix: str) -> dict[str, Any]:
    try:
        return _parsed_json(content) if suffix == ".json" else _parsed(content)
    except RecordError:
        raise
    except ValueError:
        # Both parsers leave numbers to int(), which refuses those of thousands of digits.
        raise _no_file("it holds a number of too many digits", remedy="write it as a text") from None


def _no_file(problem: str, value: object = None, remedy: str = "", place: str = "the file") -> RecordError:
    """The error of a file that cannot be read as a document at all."""
    return RecordError([Fault(place, problem, value, remedy)])


def _parsed(content: bytes) -> dict[str, Any]:
    text = _text(content)
    # Looked for before, since the parser would take minutes over a key of many thousand parts.
    if _MANY_PARTS.search(text):
        raise _too_deep()
    try:
        return _not_too_deep(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _no_file(f"it is not TOML: {error}", remedy="correct the line") from None
    except RecursionError:
        raise _too_deep() from None


def _parsed_json(content: bytes) -> dict[str, Any]:
    """The document in a JSON text, read as strictly as TOML: no key twice, no NaN or Infinity."""
    import json

    repeated: list[tuple[dict[str, Any], str]] = []

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                repeated.append((found, key))
            found[key] = value
        return found

    def no_number(word: str) -> None:
        raise _no_file("it is not JSON: no such number", word, "leave the key out")

    try:
        document = json.loads(_text(content), object_pairs_hook=table, parse_constant=no_number)
    except json.JSONDecodeError as error:
        raise _no_file(f"it is not JSON: {error}", remedy="correct the line") from None
    except RecursionError:
        raise _too_deep() from None
    if not isinstance(document, dict):
        raise _no_file("an object is needed", document, 'begin with {"organisation": {"id": "..."}}')
    _not_too_deep(document)
    if repeated:
        places = {id(table): place for table, place in _tables(document)}
        # What a later table has replaced has no place any more; the key that both stand under is told.
        raise RecordError(
            Fault(_in(places[id(at)], key), "the key is given twice", key, "keep one of them")
            for at, key in repeated
            if id(at) in places
        )
    return document


def _text(content: bytes) -> str:
    if not content.strip():
        raise _no_file("it is empty", remedy='begin with [organisation], in JSON with {"organisation": {"id": "..."}}')
    if len(content) > MOST_BYTES:
        raise _no_file(f"it has more than {MOST_BYTES} bytes", len(content), "split it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = content[error.start : error.start + 10]
        raise _no_file("it is not UTF-8", found, "save it as UTF-8", f"byte {error.start}") from None


def _not_too_deep(document: dict[str, Any]) -> dict[str, Any]:
    """The document, if it nests no deeper than a record does; dotted keys of TOML nest without end."""
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
    return document


def _too_deep() -> RecordError:
    return _no_file("it nests too deeply", remedy="a record needs four levels")


def _tables(value: object, place: str = "") -> Iterator[tuple[dict[str, Any], str]]:
    """The tables in a value, itself included, each with its place."""
    if isinstance(value, dict):
        yield value, place
        for key, inner in value.items():
            yield from _tables(inner, _in(place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _tables(inner, f"{place}[{number}]")


def _in(place: str, key: str) -> str:
    return f"{place}.{shown(key)}" if place else shown(key)


def record_of(document: dict[str, Any]) -> Record:
    """The record that a parsed file holds; `RecordError` with every fault."""
    faults = [
        Fault(shown(key), "the table is not known", key, nearest_of(key, ["organisation", *_ENTRIES]))
        for key in document
        if key != "organisation" and key not in _ENTRIES
    ]
    head: _Organisation | None = None
    if "organisation" in document:
        head, found = structured(document["organisation"], _Organisation, "organisation")
        faults += found
    else:
        faults.append(Fault("organisation", "the table is missing", remedy='begin with [organisation] and id = "..."'))
    parts: dict[str, tuple[Any, ...]] = {}
    known: dict[str, Ids] = {}
    for table, (name, kind) in _ENTRIES.items():
        entries, found = _entries(document.get(table, []), table, kind)
        parts[name], known[name] = tuple(entries), _ids(document.get(table, []))
        faults += found
    covered = head.covers if head else Coverage()
    if faults:
        for table, (name, _) in _ENTRIES.items():
            faults += _dangling_in_unread(document.get(table), table, parts[name], known)
        # What could be read is checked as well, so that all faults are told at once.
        parts["states"] = (*parts["states"], *_mended(document.get("state"), parts["states"]))
        partial = cast("Record", SimpleNamespace(coverage=covered, **parts))
        raise RecordError([*faults, *faults_of(partial, {table: known[table] for table in TABLES})])
    assert head is not None
    return Record(head.id, head.name, head.edition, head.note, covered, **parts)


def _entries(found: object, table: str, kind: type[Any]) -> tuple[list[Any], list[Fault]]:
    if not isinstance(found, list):
        return [], [Fault(table, "a list of tables is needed", found, f"write [[{table}]]")]
    parts, faults = [], []
    for number, entry in enumerate(found):
        name = entry.get("id") if isinstance(entry, dict) else None
        place = f"{table} {name!r}" if isinstance(name, str) else f"{table}[{number}]"
        if kind is State and isinstance(entry, dict) and set(entry) == {"id"}:
            part, wrong = _known_state(entry["id"], place)
        else:
            part, wrong = structured(entry, kind, place)
        faults += wrong
        parts += [] if part is None else [part]
    return parts, faults


#: The keys that name entries of other tables.
_REFERENCES = {
    "states": "states",
    "source": "sources",
    "sources": "sources",
    "copies": "sources",
    "instrument": "instruments",
    "prolongs": "instruments",
    "amends": "instruments",
}


def _mended(found: object, read: tuple[State, ...]) -> Iterator[State]:
    """The states that could not be read, without what could not be read of them, so that their names are checked."""
    ids = {state.id for state in read}
    for entry in found if isinstance(found, list) else ():
        if not isinstance(entry, dict) or "name" not in entry:
            continue
        if not isinstance(entry.get("id"), str) or entry["id"] in ids:
            continue
        kept = {}
        for key, value in entry.items():
            values = value[:_MOST_MENDED] if isinstance(value, list) else [value]
            good = [part for part in values if not structured(_told_so(entry, key, value, part), State, "")[1]]
            if good:
                kept[key] = good if isinstance(value, list) else value
        state, _ = structured(kept, State, "")
        if state is not None:
            yield state


def _told_so(entry: dict[str, Any], key: str, value: object, part: object) -> dict[str, Any]:
    """The least table of a state that says one thing of it."""
    return {"id": entry["id"], "name": entry["name"], key: [part] if isinstance(value, list) else part}


def _dangling_in_unread(found: object, table: str, parts: tuple[Any, ...], known: Mapping[str, Ids]) -> Iterator[Fault]:
    """The names that lead nowhere in entries that could not be read, which no later check sees."""
    if not isinstance(found, list) or len(found) == len(parts):
        return
    read = {getattr(part, "id", None) for part in parts}
    for entry in found:
        id = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(id, str) or id in read:
            continue
        for inner, place in _tables(entry, f"{table} {id!r}"):
            for key, kind in _REFERENCES.items():
                named = inner.get(key)
                wanted = [named] if isinstance(named, str) else named if isinstance(named, list) else []
                texts = [name for name in wanted if isinstance(name, str)]
                yield from missing(f"{place}.{key}", TABLES[kind], texts, known[kind])


def _known_state(id: object, place: str) -> tuple[State | None, list[Fault]]:
    if isinstance(id, str) and (state := known_state(id)):
        return state, []
    number = number_in(id) if isinstance(id, str) else None
    known = states_by_number().get(number) if number is not None else None
    remedy = f"write id = {known.id!r}" if known else "define it here, with id, name, alpha2, alpha3 and cow"
    return None, [Fault(place, "it is not in the library's tables of states", id, remedy)]


def _ids(found: object) -> Ids:
    entries = found if isinstance(found, list) else []
    return Ids(entry["id"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str))


def bundled_record(id: str) -> Record:
    """The bundled record of that id; `RecordError` as for any file."""
    return record_of(_parsed(data_file(f"{id}.toml")))
