"""
The library's tables of states, and the one identity of a state across records.

That identity is the id in `states.toml`, or else the number in the Correlates of War project.
Naming a state takes no position on anyone's legal standing.

The project gives the numbers, the names, the columns of the table of organisations and years, and the days on which
each counts as a member of the state system (State System Membership List, v2016; it ends on 2016-12-31, and what lasts
until then has no last day here). ISO 3166-3 gives the former names, up to the day or year in which a code was
withdrawn. A state in both tables is the one of `states.toml`.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._files.bundled_data import data_file
from csto_membership._files.structure import structured
from csto_membership._values.lives import DatedName, Lifespan
from csto_membership._values.states import State, StateIndex, folded, follow
from csto_membership.exceptions import Fault, RecordError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


_SYSTEM = "Correlates of War, State System Membership List, v2016"
_FORMER = "ISO 3166-3"


@lru_cache(maxsize=1)
def bundled_states() -> dict[str, State]:
    """The states of `states.toml` by id: one identity for each, shared by all records."""
    states: dict[str, State] = {}
    faults: list[Fault] = []
    for number, entry in enumerate(tomllib.loads(data_file("states.toml").decode())["state"]):
        state, faults_here = structured(entry, State, f"state[{number}]")
        faults += faults_here
        if state:
            states[state.id] = state
    if faults:
        raise RecordError(faults)
    return states


def known_state(id: str) -> State | None:
    """The state of that id in the library's tables, None for another."""
    if (number := number_in(id)) is None:
        return bundled_states().get(id)
    known = states_by_number().get(number)
    return known if known and known.id == id else None


@lru_cache(maxsize=1)
def states_by_number() -> dict[int, State]:
    """Every state of the project by its number: the one in `states.toml`, or else one with the id "cow:N"."""
    bundled = {state.cow: state for state in bundled_states().values() if state.cow is not None}
    taken = {folded(alias) for state in bundled_states().values() for alias in state.aliases}
    states: dict[int, State] = {}
    for row in _rows():
        number, name, column = int(row["cow"]), row["name"], row["column"]
        lifespan = Lifespan(row["first"], row["last"] or None, citation=_SYSTEM)
        if number in states:
            states[number] = evolve(states[number], lifespans=(*states[number].lifespans, lifespan))
            continue
        former = row["former_name"]
        states[number] = State(
            f"cow:{number}",
            _apart(name, number, taken),
            cow=number,
            names=(column,) if folded(column) not in (folded(name), *taken) else (),
            dated_names=(DatedName(former, until=row["until"], citation=_FORMER),) if former else (),
            lifespans=(lifespan,),
        )
    return {**states, **bundled}


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(data_file("cow-states.csv").decode().splitlines()))


def _apart(name: str, number: int, taken: Collection[str]) -> str:
    """The name, with its number where another state has the same: no two states may be found by one name."""
    return f"{name} (cow:{number})" if folded(name) in taken else name


@lru_cache(maxsize=1)
def numbers_by_short_name() -> dict[str, int]:
    """The number of each state by its short name, as the tables spell it."""
    return {row["column"]: int(row["cow"]) for row in _rows()}


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(folded(alias) for state in states_by_number().values() for alias in state.aliases)


def state_of(number: int, name: str = "") -> State:
    """The state of that number; one that neither table knows has "cow:N" for its id, and the name that is given."""
    known = states_by_number().get(number)
    return known or State(f"cow:{number}", _apart(name or f"cow:{number}", number, _names()), cow=number)


def identity_of(state: State) -> str:
    """
    The id under which a state is the same across records, as far as the library's tables tell.

    - A state of `states.toml` has its id there.
    - Another state has the id of the state with its COW number, or "cow:N"; without a number it has its own id.
    - A state that is known to differ from the one that has its number here, such as a predecessor, keeps its own id.
    """
    if state.id in bundled_states():
        return state.id
    number = state.cow if state.cow is not None else number_in(state.id)
    if number is None:
        return state.id
    known = state_of(number)
    return state.id if differ(known, state) else known.id


def number_in(id: str) -> int | None:
    """The number in an id such as "cow:704", None in another."""
    digits = id.removeprefix("cow:")
    return int(digits) if digits != id and digits.isascii() and digits.isdecimal() and len(id) < 12 else None


def differ(one: State, other: State) -> bool:
    """Whether the two are known to be different: one came after the other, or codes of one system tell them apart."""
    codes = ((one.alpha3 or None, other.alpha3 or None), (one.cow, other.cow))
    return any(a is not None and b is not None and a != b for a, b in codes) or follow(one, other)


def by_shared_id(key: str, held: Sequence[State]) -> State | None:
    """
    Among states that share a name, the one whose id in the library's tables it is.

    A record's own ids do not decide.
    """
    if (number := number_in(key)) is not None:
        key = folded(state_of(number).id)
    elif key.upper() not in bundled_states():
        return None
    return next((state for state in held if folded(state.id) == key), None)


def known_states(more: Iterable[State]) -> StateIndex:
    """
    The states that tables may name: `more` of the caller's own, those of `states.toml`, and those of the project.

    A name that several of them share finds none of them. Raises `RecordError` where two of the caller's states have one
    id, or where a name of one belongs to a state of `states.toml` that is neither its successor nor its predecessor.
    """
    own = tuple(more)
    held = {folded(alias): state for state in bundled_states().values() for alias in state.aliases}
    faults: list[Fault] = []
    for state in own:
        for alias in state.aliases:
            other = held.get(folded(alias), state)
            if other.id != state.id and not follow(other, state):
                problem = "the name belongs to another state"
                faults.append(Fault(f"state {state.id!r}", problem, alias, f"that state is {other.id}"))
    for id, count in Counter(folded(state.id) for state in own).items():
        if count > 1:
            faults.append(Fault(f"state {id!r}", f"the id is given {count} times", id, "give each its own id"))
    if faults:
        raise RecordError(faults)
    taken = {folded(alias) for state in own for alias in state.aliases}
    ids = {state.id for state in own}
    others = [
        state
        for state in states_by_number().values()
        if state.id not in ids
        and (state.id in bundled_states() or not taken & {folded(alias) for alias in state.aliases})
    ]
    return StateIndex([*own, *others], _by_id_or_number)


def _by_id_or_number(key: str, held: Sequence[State]) -> State | None:
    """The state that the library's tables decide for, or else the one whose id it is."""
    return by_shared_id(key, held) or next((state for state in held if folded(state.id) == key), None)
