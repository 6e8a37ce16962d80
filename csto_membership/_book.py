"""The states of many organisations under one identity each, and the names by which they are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from attrs import evolve, field, frozen

from csto_membership._identity import (
    are_two,
    bundled_states,
    by_shared_id,
    identity_of,
    known_state,
    number_in,
    state_of,
)
from csto_membership._states import State, StateIndex, StateLike
from csto_membership.exceptions import Fault, RecordError

#: What makes a state the one that it is: id, codes, lifespans and predecessors.
_Traits = tuple[object, ...]


@frozen(eq=False)
class Roll:
    """The states of one organisation: by identity the id that each has there, and by that id the shared state."""

    own: Mapping[str, str]
    shared: Mapping[str, State]
    _made: list[StateIndex] = field(init=False, factory=list, repr=False)

    @property
    def index(self) -> StateIndex:
        """The index of the shared states."""
        if not self._made:
            self._made.append(StateIndex(self.shared.values(), by_shared_id))
        return self._made[0]


@frozen(eq=False)
class Book:
    """The states of all organisations under one identity each; `rolls` by the identity of the tuple of their states."""

    states: Mapping[str, State]
    index: StateIndex
    rolls: Mapping[int, Roll]
    identities: Mapping[_Traits, str]

    @classmethod
    def of(cls, listed: Iterable[tuple[State, ...]]) -> Book:
        """
        The book of the states of organisations, of which many may share one tuple.

        Raises `RecordError` where one id is given to states of which it is told that they are two.
        """
        lists = list({id(states): states for states in listed}.values())
        traits = {id(state): _traits(state) for states in lists for state in states}
        kinds = {traits[id(state)]: state for states in lists for state in states}
        identities = _identities(kinds)
        alike: dict[str, dict[int, State]] = {}
        for states in lists:
            for state in states:
                alike.setdefault(identities[traits[id(state)]], {})[id(state)] = state
        merged = {identity: _merged(identity, list(told.values())) for identity, told in alike.items()}
        rolls = {}
        for states in lists:
            own = {identities[traits[id(state)]]: state.id for state in states}
            rolls[id(states)] = Roll(own, {id: merged[identity] for identity, id in own.items()})
        return cls(merged, StateIndex(merged.values(), by_shared_id), rolls, identities)

    def find(self, value: StateLike) -> State:
        """The state of that name or code; a name that leads to several is refused with their ids."""
        if isinstance(value, State) and self.states.get(value.id) is not value:
            identity = self.identities.get(_traits(value)) or identity_of(value)
            return self.states.get(identity) or self.index.find(identity)
        return self.index.find(value)


def _traits(state: State) -> _Traits:
    return state.id, state.alpha3, state.cow, state.lifespans, state.predecessors


def _identities(kinds: Mapping[_Traits, State]) -> dict[_Traits, str]:
    """The identity of each kind of state; `RecordError` where one id would be that of two."""
    found = {traits: identity_of(state) for traits, state in kinds.items()}
    numbered: dict[str, list[_Traits]] = {}
    for traits, state in kinds.items():
        if state.cow is not None:
            numbered.setdefault(state.id, []).append(traits)
    for traits, state in kinds.items():
        if state.cow is None and found[traits] == state.id:
            # Who gives no number means the state of that id whose number others give, if that is one.
            others = numbered.get(state.id, ())
            told = {found[other] for other in others}
            if len(told) == 1 and not any(are_two(state, kinds[other]) for other in others):
                found[traits] = told.pop()
    for identity, together in _groups(found).items():
        _separate(identity, together, kinds, found)
    faults = []
    for identity, together in _groups(found).items():
        states = _with_known(identity, (kinds[traits] for traits in together))
        number = number_in(identity)
        if _are_several(states) or (number is not None and state_of(number).id != identity):
            names = ", ".join(dict.fromkeys(state.name for state in states))
            problem = "organisations give the id to states that are told to be two"
            faults.append(Fault(f"state {identity!r}", problem, names, "give each an id of its own"))
    if faults:
        raise RecordError(faults)
    return found


def _separate(
    identity: str, together: Iterable[_Traits], kinds: Mapping[_Traits, State], found: dict[_Traits, str]
) -> None:
    """Give those their own ids who share a number and are two: first the predecessors, then if need be all."""
    rest = list(together)
    for earlier in (True, False):
        states = _with_known(identity, (kinds[traits] for traits in rest))
        if not _are_several(states):
            return
        for traits in rest:
            state = kinds[traits]
            if state.id != identity and (not earlier or any(other.succeeds(state) for other in states)):
                found[traits] = state.id
        rest = [traits for traits in rest if found[traits] == identity]


def _groups(found: Mapping[_Traits, str]) -> dict[str, list[_Traits]]:
    groups: dict[str, list[_Traits]] = {}
    for traits, identity in found.items():
        groups.setdefault(identity, []).append(traits)
    return groups


def _with_known(identity: str, states: Iterable[State]) -> list[State]:
    """The states, and what the library itself knows under their identity."""
    known = known_state(identity)
    return [*([known] if known else []), *states]


def _are_several(states: Iterable[State]) -> bool:
    return any(are_two(one, other) for one, other in combinations(states, 2))


def _merged(identity: str, alike: list[State]) -> State:
    """One state of all that the records and `states.toml` say of it; other ids are names."""
    alike = [*(state for id, state in bundled_states().items() if id == identity), *alike]
    first = next((state for state in alike if state.id == identity), alike[0])
    alpha2 = next((state.alpha2 for state in alike if state.alpha2), None)
    alpha3 = next((state.alpha3 for state in alike if state.alpha3), None)
    number = next((state.cow for state in alike if state.cow is not None), None)
    # A number that is another's identity would make the two one as soon as they are read again.
    cow = number if number is None or state_of(number).id == identity else None
    names = dict.fromkeys(alias for state in alike for alias in state.aliases)
    told_already = {identity, first.name, alpha2, alpha3, f"cow:{number}"}
    return evolve(
        first,
        id=identity,
        alpha2=alpha2,
        alpha3=alpha3,
        cow=cow,
        names=tuple(name for name in names if name not in told_already),
        dated_names=tuple(dict.fromkeys(dated for state in alike for dated in state.dated_names)),
        lifespans=tuple(dict.fromkeys(lifespan for state in alike for lifespan in state.lifespans)),
        predecessors=tuple(dict.fromkeys(before for state in alike for before in state.predecessors)),
    )
