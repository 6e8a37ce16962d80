"""The states of many organisations under one identity each, and the names by which they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations

from attrs import evolve, frozen

from csto_membership._files.known_states import (
    by_shared_id,
    identity_of,
    known_state,
    number_in,
    state_of,
)
from csto_membership._values.index import StateIndex
from csto_membership._values.states import State, StateLike, differ
from csto_membership.exceptions import Fault, RecordError

#: What makes a state the one that it is: id, codes, lifespans and predecessors.
_Traits = tuple[object, ...]


@frozen(eq=False)
class Roll:
    """The states of one organisation, as it calls them and as a registry shares them."""

    #: By the identity of a state the id that it has there.
    own: Mapping[str, str]
    #: By the id that a state has there the shared state.
    shared: Mapping[str, State]

    @cached_property
    def index(self) -> StateIndex:
        """The index of the shared states."""
        return StateIndex(self.shared.values(), by_shared_id)


@frozen(eq=False)
class Book:
    """
    The states of all organisations under one identity each.

    `rolls` are by the `id()` of the tuple of states that an organisation has: many may have the same.
    """

    states: Mapping[str, State]
    index: StateIndex
    rolls: Mapping[int, Roll]
    identities: Mapping[_Traits, str]

    @classmethod
    def of(cls, listed: Iterable[tuple[State, ...]]) -> Book:
        """
        The book of the states of organisations, a tuple of states for each.

        Raises `RecordError` where one id is given to states that are known to be different.
        """
        lists = list({id(states): states for states in listed}.values())
        traits = {id(state): _traits(state) for states in lists for state in states}
        kinds = {traits[id(state)]: state for states in lists for state in states}
        identities = _identities(kinds, [[traits[id(state)] for state in states] for states in lists])
        alike: dict[str, dict[int, State]] = {}
        for states in lists:
            for state in states:
                alike.setdefault(identities[traits[id(state)]], {})[id(state)] = state
        merged = {identity: _merged(identity, list(group.values())) for identity, group in alike.items()}
        rolls = {}
        for states in lists:
            own = {identities[traits[id(state)]]: state.id for state in states}
            rolls[id(states)] = Roll(own, {local: merged[identity] for identity, local in own.items()})
        return cls(merged, StateIndex(merged.values(), by_shared_id), rolls, identities)

    def find(self, value: StateLike) -> State:
        """The state of that name or code; a name that leads to several is refused with their ids."""
        if isinstance(value, State):
            return self._like(value) or self.index.find(value.id)
        return self.index.find(value)

    def _like(self, value: State) -> State | None:
        """The shared state that a state is: itself, one like it in a record, or the one that its id or number means."""
        namesake = self.states.get(value.id)
        if namesake is value:
            return namesake
        if (identity := self.identities.get(_traits(value))) is not None:
            return self.states[identity]
        if namesake is not None and not differ(namesake, value):
            return namesake
        return self.states.get(identity_of(value))


def _traits(state: State) -> _Traits:
    return state.id, state.alpha3, state.cow, state.lifespans, state.predecessors


def _identities(kinds: Mapping[_Traits, State], lists: Iterable[Iterable[_Traits]]) -> dict[_Traits, str]:
    """The identity of each kind of state; `RecordError` where one id would be that of two states."""
    identities = {traits: identity_of(state) for traits, state in kinds.items()}
    _give_numbers(kinds, identities)
    _take_numbers(kinds, identities)
    clashes = {identity: group for states in lists for identity, group in _twice(states, identities)}
    for identity, group in _groups(identities).items():
        states = _with_known(identity, [kinds[traits] for traits in group])
        number = number_in(identity)
        of_another = number is not None and state_of(number).id != identity
        if identity not in clashes and (_are_several(states) or of_another):
            clashes[identity] = group
    if clashes:
        raise RecordError(_fault(identity, [kinds[traits] for traits in group]) for identity, group in clashes.items())
    return identities


def _give_numbers(kinds: Mapping[_Traits, State], identities: dict[_Traits, str]) -> None:
    """A state without a number takes the number that other records give to its id, if they agree."""
    numbered: dict[str, list[_Traits]] = {}
    for traits, state in kinds.items():
        if state.cow is not None:
            numbered.setdefault(state.id, []).append(traits)
    for traits, state in kinds.items():
        others = numbered.get(state.id, ()) if state.cow is None and identities[traits] == state.id else ()
        meant = {identities[other] for other in others}
        if len(meant) == 1:
            (identity,) = meant
            rivals = _with_known(identity, [kinds[other] for other in others])
            if not any(differ(state, rival) for rival in rivals):
                identities[traits] = identity


def _take_numbers(kinds: Mapping[_Traits, State], identities: dict[_Traits, str]) -> None:
    """A predecessor loses the number, and so do states that share it but are known to be different."""
    for identity, group in _groups(identities).items():
        states = _with_known(identity, [kinds[traits] for traits in group])
        for are_apart in (State.succeeds, differ):
            for traits in group:
                state = kinds[traits]
                rivals = [other for other in states if other is not state]
                if state.id != identity and any(are_apart(rival, state) for rival in rivals):
                    identities[traits] = state.id
            states = _with_known(identity, [kinds[traits] for traits in group if identities[traits] == identity])


def _twice(states: Iterable[_Traits], identities: Mapping[_Traits, str]) -> Iterator[tuple[str, list[_Traits]]]:
    """The identities that two states of one organisation would have."""
    for identity, group in _groups({traits: identities[traits] for traits in states}).items():
        if len(group) > 1:
            yield identity, group


def _fault(identity: str, states: Iterable[State]) -> Fault:
    names = ", ".join(dict.fromkeys(f"{state.name} ({state.id})" for state in _with_known(identity, states)))
    problem = "different states have this id or number"
    return Fault(f"state {identity!r}", problem, names, "correct the id, number or lifespan of one of them")


def _groups(identities: Mapping[_Traits, str]) -> dict[str, list[_Traits]]:
    """The kinds of states under each identity."""
    groups: dict[str, list[_Traits]] = {}
    for traits, identity in identities.items():
        groups.setdefault(identity, []).append(traits)
    return groups


def _with_known(identity: str, states: Iterable[State]) -> list[State]:
    """The states, and what the library itself knows under their identity."""
    known = known_state(identity)
    return [*([known] if known else []), *states]


def _are_several(states: Iterable[State]) -> bool:
    return any(differ(one, other) for one, other in combinations(states, 2))


def _merged(identity: str, alike: list[State]) -> State:
    """One state of all that the records and `states.toml` say of it; its other ids become names."""
    known = known_state(identity)
    alike = [*([known] if known else []), *alike]
    first = next((state for state in alike if state.id == identity), alike[0])
    alpha2 = next((state.alpha2 for state in alike if state.alpha2), None)
    alpha3 = next((state.alpha3 for state in alike if state.alpha3), None)
    cow = next((state.cow for state in alike if state.cow is not None), None)
    names = dict.fromkeys(alias for state in alike for alias in state.aliases)
    other_fields = {identity, first.name, alpha2, alpha3, f"cow:{cow}"}
    return evolve(
        first,
        id=identity,
        alpha2=alpha2,
        alpha3=alpha3,
        cow=cow,
        names=tuple(name for name in names if name not in other_fields),
        dated_names=tuple(dict.fromkeys(dated for state in alike for dated in state.dated_names)),
        lifespans=tuple(dict.fromkeys(lifespan for state in alike for lifespan in state.lifespans)),
        predecessors=tuple(dict.fromkeys(predecessor for state in alike for predecessor in state.predecessors)),
    )
