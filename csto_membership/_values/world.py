"""
The states of the world: those of ISO 3166-1, of its former codes, and of the Correlates of War project.

The table is `data/states.jsonl`, one entry a line, made from `data/states.toml`. It is read where a record does not know
a name itself, and a state is made when it is asked for: the bundled record needs eleven of nearly three hundred.

Naming a state takes no position on anyone's legal standing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from csto_membership._values.data_files import data_file
from csto_membership._values.lives import DatedName, Lifespan, Predecessor
from csto_membership._values.names import name_key
from csto_membership._values.states import State, differ


class World(Mapping[str, State]):
    """The states by their ids. One id is one object, however often it is asked for."""

    def __init__(self, content: bytes) -> None:
        lines = content.decode().rstrip("\n").split("\n")
        # Every line begins with the id: what is not asked for is not read any further.
        self._lines = {line[len(_ID) : line.index('"', len(_ID))]: line for line in lines}
        self._states: dict[str, State] = {}

    def __getitem__(self, id: str) -> State:
        if (state := self._states.get(id)) is None:
            # Of two threads the first one's is kept.
            state = self._states.setdefault(id, _state(json.loads(self._lines[id])))
        return state

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, id: object) -> bool:
        return id in self._lines

    @cached_property
    def _entries(self) -> dict[str, dict[str, Any]]:
        return {id: json.loads(line) for id, line in self._lines.items()}

    @cached_property
    def ids_by_name(self) -> Mapping[str, str]:
        """The id of each state by its codes and names, as names are compared; without those that several have."""
        return {key: ids[0] for key, ids in self._holders.items() if len(ids) == 1}

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        holders: dict[str, list[str]] = {}
        for id, entry in self._entries.items():
            for key in dict.fromkeys(map(name_key, _texts(entry))):
                holders.setdefault(key, []).append(id)
        return holders

    def holders(self, key: str) -> tuple[str, ...]:
        """The ids of the states with that name or code: several of a former code that was given anew, such as CS."""
        return tuple(self._holders.get(key, ()))

    @cached_property
    def _ids_by_cow(self) -> dict[int, str]:
        return {entry["cow"]: id for id, entry in self._entries.items() if "cow" in entry}

    @cached_property
    def _ids_by_numeric(self) -> dict[str, str]:
        return {entry["numeric"]: id for id, entry in self._entries.items() if "numeric" in entry}

    @cached_property
    def _successors(self) -> dict[str, list[str]]:
        successors: dict[str, list[str]] = {}
        for id, entry in self._entries.items():
            for before in entry.get("predecessors", ()):
                successors.setdefault(before["id"], []).append(id)
        return successors

    def named(self, key: str) -> State | None:
        """The state with that name or code, given as names are compared."""
        id = self.ids_by_name.get(key)
        return None if id is None else self[id]

    def numbered(self, cow: int) -> State | None:
        """The state of that number in the Correlates of War project."""
        id = self._ids_by_cow.get(cow)
        return None if id is None else self[id]

    def with_numeric(self, numeric: str) -> State | None:
        """The state of that code of three digits in ISO 3166-1."""
        id = self._ids_by_numeric.get(numeric)
        return None if id is None else self[id]

    def in_place_of(self, state: State) -> Iterator[State]:
        """
        Those of the world in whose place a state stands that is defined elsewhere: by the same id, number or codes.

        An id of its own may be a code of another state by chance: then the name is another as well.

        >>> [known.id for known in world().in_place_of(State("ours", "Our name", alpha3="UZB"))]
        ['UZB']
        """
        named = [self.named(name_key(code)) for code in (state.alpha2, state.alpha3, state.id) if code]
        if named[-1] is not self.named(name_key(state.name)) and not state.id.startswith("cow:"):
            named.pop()
        number = None if state.cow is None else self.numbered(state.cow)
        for meant in (self.get(state.id), number, *named):
            if meant and (meant.id == state.id or not differ(meant, state)):
                yield meant

    def successors(self, id: str) -> tuple[State, ...]:
        """The states that have the state of that id for a predecessor."""
        return tuple(self[successor] for successor in self._successors.get(id, ()))


_ID = '{"id":"'


def _texts(entry: dict[str, Any]) -> Iterator[str]:
    """Every text by which the state of an entry is found: the aliases that the state will have."""
    if "cow" in entry:
        yield f"cow:{entry['cow']}"
    for key in ("id", "alpha3", "alpha2", "name"):
        if key in entry:
            yield entry[key]
    yield from entry.get("names", ())
    for dated in entry.get("dated_names", ()):
        yield dated["name"]


def _state(entry: dict[str, Any]) -> State:
    """The state of an entry, as it stands: the table is our own, and tests check it as files are checked."""
    return State(
        **{
            **entry,
            "names": tuple(entry.get("names", ())),
            "dated_names": tuple(
                DatedName(dated["name"], dated.get("from"), dated.get("to"), dated["citation"])
                for dated in entry.get("dated_names", ())
            ),
            "lifespans": tuple(Lifespan(**lifespan) for lifespan in entry.get("lifespans", ())),
            "predecessors": tuple(Predecessor(**before) for before in entry.get("predecessors", ())),
        }
    )


@lru_cache(maxsize=1)
def world() -> World:
    """The states of the world, read once."""
    return World(data_file("states.jsonl"))
