"""The states of many organisations under one identity each, and the names by which they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from attrs import evolve, frozen

from csto_membership._identity import bundled_states, identity_of
from csto_membership._lives import lived_apart
from csto_membership._states import State, StateIndex, StateLike, folded
from csto_membership.exceptions import Fault, RecordError, UnknownStateError


@frozen(eq=False)
class Book:
    """
    The states of all organisations under one identity each.

    A name that leads to several identities is in `reused`, with all of them. `own` gives for the states of an
    organisation (by the identity of their tuple, which many share) the id that each has there.
    """

    states: dict[str, State]
    reused: dict[str, tuple[str, ...]]
    ids: dict[str, str]
    index: StateIndex
    own: dict[int, dict[str, str]]

    @classmethod
    def of(cls, organisations: Iterable[tuple[State, ...]]) -> Book:
        own: dict[int, dict[str, str]] = {}
        merged: dict[str, list[State]] = {}
        seen: set[int] = set()
        for listed in organisations:
            if id(listed) in own:
                continue
            own[id(listed)] = {identity_of(state): state.id for state in listed}
            for state in listed:
                if id(state) not in seen:
                    seen.add(id(state))
                    merged.setdefault(identity_of(state), []).append(state)
        if faults := list(_reused_ids(merged)):
            raise RecordError(faults)
        states = {identity: _merged(identity, told) for identity, told in merged.items()}
        holders: dict[str, set[str]] = {}
        called: dict[str, set[str]] = {}
        for identity, state in states.items():
            for alias in state.aliases:
                holders.setdefault(folded(alias), set()).add(identity)
            for told in merged[identity]:
                called.setdefault(folded(told.id), set()).add(identity)
        ids = {folded(identity): identity for identity in states}
        ids = {id: next(iter(held)) for id, held in called.items() if len(held) == 1} | ids
        reused = {alias: tuple(sorted(held)) for alias, held in holders.items() if len(held) > 1 and alias not in ids}
        return cls(states, reused, ids, StateIndex(states.values()), own)

    def find(self, value: StateLike) -> State:
        """The state of that name or code; a name that leads to several is refused with their ids."""
        if isinstance(value, State):
            value = identity_of(value)
        if isinstance(value, str):
            key = folded(value)
            if key in self.ids:
                return self.states[self.ids[key]]
            if key in self.reused:
                reason = "organisations give this name to different states; name one by its id"
                raise UnknownStateError(value, self.reused[key], reason)
        return self.index.find(value)


def _merged(identity: str, alike: list[State]) -> State:
    """One state of all that the records and `states.toml` say of it; other ids are names."""
    alike = [*_of_the_table(identity), *alike]
    first = next((state for state in alike if state.id == identity), alike[0])
    alpha2 = next((state.alpha2 for state in alike if state.alpha2), None)
    alpha3 = next((state.alpha3 for state in alike if state.alpha3), None)
    cow = next((state.cow for state in alike if state.cow is not None), None)
    names = dict.fromkeys(alias for state in alike for alias in state.aliases)
    told_already = {identity, first.name, alpha2, alpha3, f"cow:{cow}"}
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


def _of_the_table(identity: str) -> list[State]:
    known = bundled_states().get(identity)
    return [known] if known else []


def _reused_ids(merged: dict[str, list[State]]) -> Iterator[Fault]:
    """Ids that were given to states of which one was gone before the other began."""
    for identity, alike in merged.items():
        every = [*_of_the_table(identity), *alike]
        if any(lived_apart(*two) for two in combinations({state.lifespans for state in every}, 2)):
            found = ", ".join(dict.fromkeys(state.name for state in every))
            problem = "organisations give the id to states that existed on no day together"
            yield Fault(f"state {identity!r}", problem, found, "give each an id of its own")
