"""
States by name: those of a record, and after them those of the world.

Naming a state takes no position on anyone's legal standing.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NoReturn

from csto_membership._values.fields import Formed
from csto_membership._values.given import cells_of, is_column, is_missing
from csto_membership._values.names import LONGEST, meant_by, name_key
from csto_membership._values.states import State, StateLike, differ
from csto_membership._values.world import world
from csto_membership.exceptions import MembershipError, UnknownStateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


#: A name with another one behind it: "Benin (Dahomey)", "Türkiye (Republic of)".
_DOUBLE = re.compile(r"([^()/]+)(?:\(([^()]+)\)|/([^()/]+))")
#: A number, perhaps as a spreadsheet or a hurry writes it, and a number of the Correlates of War project likewise.
_NUMBER = r"(?P<cow>cow[\s:_-]*)?(?P<number>[0-9]{1,9})(?:\.0+)?"


def _by_its_id(key: str, held: Sequence[State]) -> State | None:
    """Of several states with a name the one whose id it is: ids decide."""
    return next((state for state in held if name_key(state.id) == key), None)


class StateIndex:
    """
    Some states, found by any of their names and codes, and after them every state of the world.

    Of a name that several have, `decide` says to which it leads; None for to none, so that it is refused.
    The library's names of a state lead to the state that a record defines in its place: by the same id, code or number.

    >>> index = StateIndex([State("UZB", "Uzbekia"), State("GA", "Georgia")])
    >>> index.find("Uzbekia") is index.find("Узбекистан"), index.find("France")
    (True, <State FRA France>)

    A state that shares no more than a name with one of the world may be that one or not, so it is not guessed:

    >>> index.find("GEO")
    Traceback (most recent call last):
    csto_membership.exceptions.UnknownStateError: unknown state 'GEO': a state defined here has the name 'Georgia' as well; name it by its id; did you mean 'GA'?
    """

    def __init__(
        self, states: Iterable[State], decide: Callable[[str, Sequence[State]], State | None] = _by_its_id
    ) -> None:
        self.states: tuple[State, ...] = tuple(sorted(states, key=lambda state: state.id))
        self._by_id: dict[str, State] = {state.id: state for state in self.states}
        self._by_name: dict[str, State] = {}
        self._reused: dict[str, list[State]] = {}
        for state in self.states:
            for key in dict.fromkeys(map(name_key, state.aliases)):
                if (other := self._by_name.setdefault(key, state)) is not state:
                    self._reused.setdefault(key, [other]).append(state)
        for key, held in self._reused.items():
            if (chosen := decide(key, held)) is None:
                del self._by_name[key]
            else:
                self._by_name[key] = chosen

    def own(self, id: str) -> State | None:
        """The state of that id, if it is one of these and not only one of the world."""
        return self._by_id.get(id)

    def find(self, value: StateLike) -> State:
        """
        The state of that name or code; a state that is defined elsewhere under names of its own is itself.

        Raises `UnknownStateError` with the names that were probably meant, and for a name of several states with
        their ids.
        """
        if isinstance(value, State):
            # By its id as it stands: its names may be those of others as well.
            return self._by_id.get(value.id) or self._of_elsewhere(value)
        if not isinstance(value, str):
            raise UnknownStateError(value, partial(self._numbered, value), _no_name(value))
        key = name_key(value)
        return self._by_name.get(key) or self._of_world(value, key) or self._unknown(value, key)

    def leads_alike(self, value: object) -> bool:
        """Whether all that equals the value leads to one state: not so states of elsewhere, which may share an id."""
        return not isinstance(value, State) or value.id in self._by_id or value.id in world()

    @cached_property
    def _in_place(self) -> dict[str, State]:
        """By the ids of states of the world the states that stand for them here."""
        places = dict[str, State]()
        for state in self.states:
            for meant in world().in_place_of(state):
                places.setdefault(meant.id, state)
        return places

    def _of_elsewhere(self, state: State) -> State:
        """The state itself, if it is one of the world or one of which no name or code is known here."""
        if (known := world().get(state.id)) is not None:
            # By what it is: a name of its own may be that of another here.
            return self._known(state.id, known)
        for name in state.aliases:
            key = name_key(name)
            like = self._by_name.get(key) or world().named(key)
            if like is not None and not differ(like, state):
                raise UnknownStateError(state.id, [like.id], f"a state of another id has the name {name!r}")
        return state

    def _of_world(self, value: str, key: str) -> State | None:
        if key in self._reused or (state := world().named(key)) is None:
            return None
        return self._known(value, state)

    def _known(self, value: str, state: State) -> State:
        """A state of the world, or the one here that stands in its place; refused where another has a name of it."""
        if (own := self._in_place.get(state.id)) is not None:
            return own
        for name in state.aliases:
            like = self._by_name.get(name_key(name))
            if like is not None and not differ(like, state):
                reason = f"a state defined here has the name {name!r} as well; name it by its id"
                raise UnknownStateError(value, [like.id], reason)
        return state

    def _called(self, name: str) -> State | None:
        """The state of that name, None for none."""
        key = name_key(name)
        if (own := self._by_name.get(key)) is not None:
            return own
        known = None if key in self._reused else world().named(key)
        return known and self._in_place.get(known.id, known)

    def _unknown(self, value: str, key: str) -> NoReturn:
        if len(key) > LONGEST:
            raise UnknownStateError(value, (), f"a name has at most {LONGEST} characters")
        ids = [state.id for state in self._reused[key]] if key in self._reused else world().holders(key)
        if ids:
            raise UnknownStateError(value, ids, "several states have this name or code; name one by its id")
        number = re.fullmatch(_NUMBER, key)
        if number and not number["cow"]:
            raise UnknownStateError(value, partial(self._numbered, key), "a bare number may be of several code systems")
        raise UnknownStateError(value, partial(self._numbered, key) if number else partial(self._meant, value, key))

    def _numbered(self, value: object) -> tuple[str, ...]:
        """The codes that a number was meant for: a number of the Correlates of War project, and an ISO 3166-1 code."""
        try:
            found = re.fullmatch(_NUMBER, str(value))
        except ValueError:  # Python writes no whole number of more than some thousand digits
            return ()
        if found is None:
            return ()
        number, cow = found["number"], f"cow:{found['number']}"
        meant = [cow] if cow in self._by_name or (number[0] != "0" and world().numbered(int(number))) else []
        iso = None if found["cow"] else world().with_numeric(f"{number:0>3}")
        return (*meant, *([iso.alpha3] if iso and iso.alpha3 else []))

    def _meant(self, value: str, key: str) -> tuple[str, ...]:
        """The names of the states that a name was probably meant for: both halves of it are names, or they are one."""
        # Blanks apart, a text as long as this one is no longer than names are.
        if double := _DOUBLE.fullmatch(" ".join(value.split())):
            one, other = double[1], double[2] or double[3]
            whole = self._called(f"{other} {one}")
            halves = [whole] if whole else [self._called(one), self._called(other)]
            if all(halves):
                return tuple(dict.fromkeys(state.name for state in halves if state))
        known = {name: self._in_place.get(id, world()[id]).name for name, id in world().ids_by_name.items()}
        known |= {name: state.name for name, state in self._by_name.items()}
        return meant_by(key, known.items())


def _no_name(value: object) -> str:
    """Why a value that is no text names no state."""
    reason = f"a name or code is needed, not {type(value).__name__}"
    if is_missing(value):
        return f"{reason}; the value is missing"
    if is_column(value):
        return f"{reason}; check(states, dates) asks about columns, one value a row"
    return f"{reason}; write cow:704 for a number"


def states_asked(
    states: Iterable[StateLike] | StateLike, find: Callable[[StateLike], State], named: Iterable[State]
) -> list[State]:
    """
    The states that `states=` asks for, each once: one, a column of them, or "world".

    "world" are those that are named, and all others that the library knows.

    >>> [state.id for state in states_asked(["UZ", "Uzbekistan", "GE"], StateIndex([]).find, [])]
    ['UZB', 'GEO']
    """
    if isinstance(states, str) and states == "world":
        return list(dict.fromkeys([*named, *_of_the_world(find)]))
    return list(dict.fromkeys(map(find, _each(states))))


def _of_the_world(find: Callable[[StateLike], State]) -> Iterator[State]:
    for known in world().values():
        try:
            yield find(known.id)
        except MembershipError:
            # Defined anew by a record, in a way that leaves open which of the two is meant.
            continue


def _each(states: Iterable[StateLike] | StateLike) -> Iterable[StateLike]:
    """The values of a column of states, or the one that is given."""
    cells: Iterable[Any] | None = cells_of(states)
    return [states] if cells is None else cells  # type: ignore[list-item]


class StateSet(Formed):
    """
    An immutable set of states, in the order of their alpha-3 codes.

    Answers give it (`CSTO.states`, `Members.certain`), and so do set operators between two of them.
    `in` takes a `State` or any name or code of one, and raises `UnknownStateError` for what is no state: a misspelt name
    is never quietly absent.
    """

    __slots__ = ("_index", "_states")

    def __init__(self, states: Iterable[State], index: StateIndex) -> None:
        given = tuple(states)
        ids = [state.id for state in given]
        # Most are given in order, and need not be compared as states.
        in_order = ids == sorted(set(ids))
        self._states: tuple[State, ...] = given if in_order else tuple(sorted(set(given), key=lambda one: one.id))
        self._index: StateIndex = index

    def __reduce__(self) -> tuple[type[StateSet], tuple[tuple[State, ...], StateIndex]]:
        # The first protocols of pickle know no slots.
        return StateSet, (self._states, self._index)

    def __contains__(self, value: object) -> bool:
        return self._index.find(value) in self._states  # type: ignore[arg-type]

    def names(self, value: object) -> bool:
        """
        Whether the record names the state of that name or code, in this set or not; of others of the world it does not.

        >>> from csto_membership import CSTO
        >>> members = CSTO.members_on("2013-01-01").certain
        >>> members.names("Uzbekistan"), "Uzbekistan" in members, members.names("Germany")
        (True, False, False)
        """
        return self._index.own(self._index.find(value).id) is not None  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[State]:
        return iter(self._states)

    def __len__(self) -> int:
        return len(self._states)

    def __hash__(self) -> int:
        return hash(frozenset(self._states))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        try:
            return frozenset(self._states) == self._found(other)
        except UnknownStateError:
            return False

    def __le__(self, other: Iterable[StateLike]) -> bool:
        return set(self._states) <= self._found(other)

    def __lt__(self, other: Iterable[StateLike]) -> bool:
        return set(self._states) < self._found(other)

    def __ge__(self, other: Iterable[StateLike]) -> bool:
        return set(self._states) >= self._found(other)

    def __gt__(self, other: Iterable[StateLike]) -> bool:
        return set(self._states) > self._found(other)

    def __repr__(self) -> str:
        return f"<StateSet {' '.join(self.codes) or 'empty'}>"

    def _with(self, states: Iterable[State]) -> StateSet:
        return StateSet(states, self._index)

    def _found(self, other: Iterable[StateLike]) -> set[State]:
        return {value if isinstance(value, State) else self._index.find(value) for value in _each(other)}

    def __and__(self, other: Iterable[StateLike]) -> StateSet:
        return self._with(set(self._states) & self._found(other))

    def __or__(self, other: Iterable[StateLike]) -> StateSet:
        return self._with(set(self._states) | self._found(other))

    def __sub__(self, other: Iterable[StateLike]) -> StateSet:
        return self._with(set(self._states) - self._found(other))

    def __xor__(self, other: Iterable[StateLike]) -> StateSet:
        return self._with(set(self._states) ^ self._found(other))

    def __rsub__(self, other: Iterable[StateLike]) -> StateSet:
        return self._with(self._found(other) - set(self._states))

    def isdisjoint(self, other: Iterable[StateLike]) -> bool:
        """Whether no state is in both."""
        return not set(self._states) & self._found(other)

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__

    @property
    def codes(self) -> tuple[str, ...]:
        """The identifiers of the states, in order: alpha-3 codes where they have them."""
        return tuple(state.id for state in self._states)

    def as_dict(self) -> list[str]:
        """The set as a JSON-ready list of codes."""
        return list(self.codes)


# Registered, and not a base: that of a type checker would refuse names in `in`, or take the states for names.
AbstractSet.register(StateSet)  # pyright: ignore[reportAttributeAccessIssue]
