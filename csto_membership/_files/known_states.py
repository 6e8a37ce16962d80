"""
One identity for a state across records: its id in `states.toml`, or else its number in the Correlates of War project.

Naming a state takes no position on anyone's legal standing.

The numbers, the names, the columns of the table of organisations and years, and the days on which each counts as a
member of the state system are those of the project (State System Membership List, v2016). The list ends on 2016-12-31:
a state that lasts until then has no last day here. Former names are those of ISO 3166-3, up to the day or year in
which the code was withdrawn. Where a state is in both tables, `states.toml` decides.
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
    from collections.abc import Collection, Iterable, Iterator, Sequence


_SYSTEM = "Correlates of War, State System Membership List, v2016"
_FORMER = "ISO 3166-3"


@lru_cache(maxsize=1)
def bundled_states() -> dict[str, State]:
    """The states of `states.toml` by id: one identity for each, shared by all records."""
    states: dict[str, State] = {}
    faults: list[Fault] = []
    for number, entry in enumerate(tomllib.loads(data_file("states.toml").decode())["state"]):
        state, wrong = structured(entry, State, f"state[{number}]")
        faults += wrong
        if state is not None:
            states[state.id] = state
    if faults:
        raise RecordError(faults)
    return states


def known_state(id: str) -> State | None:
    """The state of that id in the tables of the library, None for another."""
    if (number := number_in(id)) is None:
        return bundled_states().get(id)
    known = states_by_number().get(number)
    return known if known and known.id == id else None


@lru_cache(maxsize=1)
def states_by_number() -> dict[int, State]:
    """Every state of the project by its number: that of `states.toml`, or one of its own with the id "cow:N"."""
    bundled = {state.cow: state for state in bundled_states().values() if state.cow is not None}
    taken = _names(bundled_states().values())
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


def _names(states: Iterable[State]) -> frozenset[str]:
    """All names and codes of some states, folded."""
    return frozenset(folded(alias) for state in states for alias in state.aliases)


@lru_cache(maxsize=1)
def _all_names() -> frozenset[str]:
    return _names(states_by_number().values())


def state_of(number: int, name: str = "") -> State:
    """The state of that number; if neither table has it, a new one with the number and the name from the data."""
    known = states_by_number().get(number)
    return known or State(f"cow:{number}", _apart(name or f"cow:{number}", number, _all_names()), cow=number)


def identity_of(state: State) -> str:
    """
    The id under which a state is the same across records.

    It is the id in `states.toml`. A state that is not there has the id of the state that has its COW number in the
    library's tables, or "cow:N"; a state without a number has its own id.
    A predecessor may have the number of its successor: as two states they are kept apart, each with its own id.
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
    """Whether two states are known to be different: one follows the other, or their codes differ."""
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

    A name that several of them have finds none of them. Raises `RecordError` where two of the caller's states have one id,
    or where a name of one belongs to a state of `states.toml` that is neither its successor nor its predecessor.
    """
    own = tuple(more)
    if faults := [*_foreign_names(own), *_repeated_ids(own)]:
        raise RecordError(faults)
    ids, taken = {state.id for state in own}, _names(own)
    others = [
        state
        for state in states_by_number().values()
        if state.id not in ids and (state.id in bundled_states() or not taken & _names([state]))
    ]
    return StateIndex([*own, *others], _by_id_or_number)


def _foreign_names(own: Iterable[State]) -> Iterator[Fault]:
    """Names of the caller's states that belong to an unrelated state of `states.toml`."""
    holders = {folded(alias): state for state in bundled_states().values() for alias in state.aliases}
    for state in own:
        for alias in state.aliases:
            holder = holders.get(folded(alias), state)
            if holder.id != state.id and not follow(holder, state):
                problem, remedy = "the name belongs to another state", f"that state is {holder.id}"
                yield Fault(f"state {state.id!r}", problem, alias, remedy)


def _repeated_ids(own: Iterable[State]) -> Iterator[Fault]:
    for id, count in Counter(folded(state.id) for state in own).items():
        if count > 1:
            yield Fault(f"state {id!r}", f"the id is given {count} times", id, "give each its own id")


def _by_id_or_number(key: str, held: Sequence[State]) -> State | None:
    """The state that the library's tables decide on, or else the one whose id it is."""
    return by_shared_id(key, held) or next((state for state in held if folded(state.id) == key), None)
