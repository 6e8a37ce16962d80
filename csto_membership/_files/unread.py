"""
Faults in entries that could not be read, so that a curator sees all faults of a file at once.

An entry with one wrong value is left out, and the checks of a record never see it. What else is wrong with it is
looked for here: the ids that it names, and the names of a state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csto_membership._evidence.faults import References
from csto_membership._files.documents import tables_in
from csto_membership._files.structure import ENTRIES, structured
from csto_membership._values.states import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


#: At most this many values of a list of an unreadable state are checked one by one.
_MOST_MENDED = 200
#: The keys that name entries, and the tables of those entries.
_REFERENCES = {
    "states": "states",
    "source": "sources",
    "sources": "sources",
    "copies": "sources",
    "instrument": "instruments",
    "prolongs": "instruments",
    "amends": "instruments",
}


def ids_in(entries: object) -> set[str]:
    """The ids in a table of a document, also of entries that cannot be read."""
    return {id for entry in _listed(entries) if (id := _id(entry)) is not None}


def references_in_unread(document: Mapping[str, Any], parts: Mapping[str, Collection[Any]]) -> Iterator[References]:
    """The ids that the unreadable entries of a document name; `parts` are what could be read of its tables."""
    for table, (name, _) in ENTRIES.items():
        entries, read = _listed(document.get(table)), {getattr(part, "id", None) for part in parts[name]}
        if len(entries) == len(parts[name]):
            continue
        for entry in entries:
            id = _id(entry)
            if id is not None and id not in read:
                yield from _references(entry, f"{table} {id!r}")


def _references(entry: object, place: str) -> Iterator[References]:
    for inner, at in tables_in(entry, place):
        for key, kind in _REFERENCES.items():
            ids = inner.get(key)
            named = [ids] if isinstance(ids, str) else _listed(ids)
            yield References(f"{at}.{key}", kind, [id for id in named if isinstance(id, str)])


def mended_states(entries: object, read: Collection[State]) -> Iterator[State]:
    """The unreadable states, without the values that make them unreadable, so that their names are checked."""
    ids = {state.id for state in read}
    for entry in _listed(entries):
        id = _id(entry)
        if id is None or id in ids or "name" not in entry:
            continue
        state, _ = structured(_readable(entry), State, "")
        if state is not None:
            yield state


def _readable(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The keys and values of a state that can be read, each of them by itself."""
    readable = {}
    for key, value in entry.items():
        values = value[:_MOST_MENDED] if isinstance(value, list) else [value]
        good = [part for part in values if _can_be_read(entry, key, [part] if isinstance(value, list) else part)]
        if good:
            readable[key] = good if isinstance(value, list) else value
    return readable


def _can_be_read(entry: Mapping[str, Any], key: str, value: object) -> bool:
    """Whether a state that has only this key beside its id and name can be read."""
    _, faults = structured({"id": entry["id"], "name": entry["name"], key: value}, State, "")
    return not faults


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _id(entry: object) -> str | None:
    id = entry.get("id") if isinstance(entry, dict) else None
    return id if isinstance(id, str) else None
