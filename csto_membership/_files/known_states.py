"""
One identity for a state across records: its id in the library's table, or else its number in the Correlates of War project.

Naming a state takes no position on anyone's legal standing.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from csto_membership._values.data_files import data_file
from csto_membership._values.given import all_of_kind
from csto_membership._values.index import StateIndex
from csto_membership._values.names import folded, name_key
from csto_membership._values.states import State, differ, follow
from csto_membership._values.world import world
from csto_membership.exceptions import Fault, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def known_state(id: str) -> State | None:
    """The state of that id in the table of the library, None for another."""
    return world().get(id)


@lru_cache(maxsize=1)
def numbers_by_short_name() -> dict[str, int]:
    """The number of each state by its short name, as the tables of the Correlates of War project spell it."""
    rows = csv.DictReader(data_file("cow-columns.csv").decode().splitlines())
    return {row["column"]: int(row["cow"]) for row in rows}


def state_of(number: int, name: str = "") -> State:
    """The state of that number; if the table does not have it, a new one with the number and the name from the data."""
    if known := world().numbered(number):
        return known
    # No two states may be found by one name.
    taken = name_key(name) in world().ids_by_name
    return State(f"cow:{number}", f"{name} (cow:{number})" if taken else name or f"cow:{number}", cow=number)


def identity_of(state: State) -> str:
    """
    The id under which a state is the same across records.

    It is the id in the library's table. A state that is not there has the id of the state that has its COW number, or
    "cow:N"; a state without a number that of the state that has its codes, or else its own id.
    A predecessor may have the number of its successor: as two states they are kept apart, each with its own id.
    """
    if state.id in world():
        return state.id
    number = state.cow if state.cow is not None else number_in(state.id)
    if number is None:
        return next((known.id for known in world().in_place_of(state)), state.id)
    known = world().numbered(number) or State(f"cow:{number}", "", cow=number)
    return state.id if differ(known, state) else known.id


def number_in(id: str) -> int | None:
    """The number in an id such as "cow:704", None in another."""
    digits = id.removeprefix("cow:")
    return int(digits) if digits != id and digits.isascii() and digits.isdecimal() and len(id) < 12 else None


def by_shared_id(key: str, held: Sequence[State]) -> State | None:
    """
    Among states that share a name, the one whose id in the library's table it is.

    A record's own ids do not decide.
    """
    if (number := number_in(key)) is not None:
        key = name_key(state_of(number).id)
    elif key.upper() not in world():
        return None
    return next((state for state in held if name_key(state.id) == key), None)


def known_states(more: Iterable[State] | State) -> StateIndex:
    """
    The states that tables may name: `more` of the caller's own, and those of the world.

    Raises `ArgumentError` for what is no `State`, and `RecordError` where two of the caller's states have one id, or
    where a name of one belongs to a state of the world that is neither its successor nor its predecessor.
    """
    own = all_of_kind("states", more, State, "these are states of your own, and those of the world are known")
    if faults := [*_foreign_names(own), *_repeated_ids(own)]:
        raise RecordError(faults)
    # A successor or predecessor may share names and codes with one of them: the library's id then decides.
    held = (world().named(name_key(alias)) for state in own for alias in state.aliases)
    taken = {state.id for state in own}
    return StateIndex(
        [*own, *{state.id: state for state in held if state and state.id not in taken}.values()], _by_id_or_number
    )


def _foreign_names(own: Iterable[State]) -> Iterator[Fault]:
    """Names of the caller's states that belong to an unrelated state of the world."""
    for state in own:
        for alias in state.aliases:
            holder = world().named(name_key(alias)) or state
            if holder.id != state.id and not follow(holder, state):
                problem, remedy = "the name belongs to another state", f"that state is {holder.id}"
                yield Fault(f"state {state.id!r}", problem, alias, remedy)


def _repeated_ids(own: Iterable[State]) -> Iterator[Fault]:
    for id, count in Counter(folded(state.id) for state in own).items():
        if count > 1:
            yield Fault(f"state {id!r}", f"the id is given {count} times", id, "give each its own id")


def _by_id_or_number(key: str, held: Sequence[State]) -> State | None:
    """The state that the library's table decides on, or else the one whose id it is."""
    return by_shared_id(key, held) or next((state for state in held if name_key(state.id) == key), None)
