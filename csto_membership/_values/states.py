"""
States, sets of states, and the names and codes by which they are found.

Naming a state takes no position on anyone's legal standing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from attrs import field, frozen

from csto_membership._values.given import is_column, is_missing
from csto_membership._values.lives import DatedName, Lifespan, Predecessor, lived_apart
from csto_membership.exceptions import UnknownStateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


StateLike: TypeAlias = "State | str"


@frozen(cache_hash=True, order=True)
class State:
    """
    One state: its identifier, codes and names. Two are equal, and in order, as their identifiers are.

    `id` is the ISO 3166-1 alpha-3 code, or "cow:N" for a state that has none.
    `cow` is the country code of the Correlates of War project.
    `names` are all names besides `name`; `dated_names` are those whose time of use is known.
    `lifespans` and `predecessors` each cite their source. They tell states of one name or number apart, and move no
    answer.
    """

    id: str
    name: str = field(eq=False)
    alpha2: str | None = field(default=None, eq=False)
    alpha3: str | None = field(default=None, eq=False)
    cow: int | None = field(default=None, eq=False)
    names: tuple[str, ...] = field(default=(), eq=False)
    dated_names: tuple[DatedName, ...] = field(default=(), eq=False)
    lifespans: tuple[Lifespan, ...] = field(default=(), eq=False)
    predecessors: tuple[Predecessor, ...] = field(default=(), eq=False)

    def __attrs_post_init__(self) -> None:
        # Those with dates last, so that a file that lists them apart gives the same order.
        dated = dict.fromkeys(dated.name for dated in self.dated_names)
        plain = dict.fromkeys(name for name in self.names if name not in dated)
        object.__setattr__(self, "names", (*plain, *(name for name in dated if name != self.name)))

    def succeeds(self, other: State) -> bool:
        """Whether the other is one of the predecessors of this state."""
        return bool({before.id for before in self.predecessors} & {other.id, other.alpha3})

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<State {self.id} {self.name}>"

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every text by which the state is found: identifier, codes and names."""
        cow = f"cow:{self.cow}" if self.cow is not None else None
        aliases = (self.id, self.alpha3, self.alpha2, cow, self.name, *self.names)
        return tuple(dict.fromkeys(alias for alias in aliases if alias))

    def as_dict(self) -> dict[str, Any]:
        """The state as JSON-ready values."""
        return {
            "id": self.id,
            "name": self.name,
            "alpha2": self.alpha2,
            "alpha3": self.alpha3,
            "cow": self.cow,
            "names": list(self.names),
            "dated_names": [dated.as_dict() for dated in self.dated_names],
            "lifespans": [lifespan.as_dict() for lifespan in self.lifespans],
            "predecessors": [predecessor.as_dict() for predecessor in self.predecessors],
        }


#: The dotless i, and the marks that stand for an apostrophe.
_ALIKE = str.maketrans({"\u0131": "i", **dict.fromkeys("\u2018\u2019\u02bb\u02bc\u0060\u00b4", "'")})


def folded(name: str) -> str:
    """A name as it is compared: case, accents, dots on an i, forms of the apostrophe and runs of spaces make no difference."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.translate(_ALIKE).split())


def follow(one: State, other: State) -> bool:
    """Whether one came after the other, so that they are two, though they may share names and codes."""
    return one.succeeds(other) or other.succeeds(one) or lived_apart(one.lifespans, other.lifespans)


def _by_its_id(key: str, held: Sequence[State]) -> State | None:
    """Of several states with a name the one whose id it is: ids decide."""
    return next((state for state in held if folded(state.id) == key), None)


class StateIndex:
    """
    Some states, found by any of their names and codes.

    Of a name that several have, `decide` says to which it leads; None for to none, so that it is refused.
    """

    __slots__ = ("_by_id", "_by_name", "_reused", "states")

    def __init__(
        self, states: Iterable[State], decide: Callable[[str, Sequence[State]], State | None] = _by_its_id
    ) -> None:
        self.states: tuple[State, ...] = tuple(sorted(states, key=lambda state: state.id))
        self._by_id: dict[str, State] = {state.id: state for state in self.states}
        self._by_name: dict[str, State] = {}
        self._reused: dict[str, list[State]] = {}
        for state in self.states:
            for key in dict.fromkeys(map(folded, state.aliases)):
                if (other := self._by_name.setdefault(key, state)) is not state:
                    self._reused.setdefault(key, [other]).append(state)
        for key, held in self._reused.items():
            if (chosen := decide(key, held)) is None:
                del self._by_name[key]
            else:
                self._by_name[key] = chosen

    def find(self, value: StateLike) -> State:
        """
        The state of that name or code.

        Raises `UnknownStateError` with the nearest names, and for a name of several states with their ids.
        """
        if isinstance(value, State):
            # By its id as it stands: its names may be those of others as well.
            return self._by_id.get(value.id) or self.find(value.id)
        if not isinstance(value, str):
            raise UnknownStateError(value, reason=_no_name(value))
        state = self._by_name.get(folded(value))
        return state if state is not None else self._unknown(value)

    def _unknown(self, value: str) -> NoReturn:
        from difflib import get_close_matches

        key = folded(value)
        if key in self._reused:
            ids = [state.id for state in self._reused[key]]
            raise UnknownStateError(value, ids, "several states have this name or code; name one by its id")
        if key.isdecimal():
            near = [f"cow:{key}"] if f"cow:{key}" in self._by_name else []
            raise UnknownStateError(value, near, "a bare number may be of several code systems")
        keys = get_close_matches(key, self._by_name, n=5, cutoff=0.7)
        raise UnknownStateError(value, dict.fromkeys(self._by_name[near].name for near in keys))


def _no_name(value: object) -> str:
    """Why a value that is no text names no state."""
    reason = f"a name or code is needed, not {type(value).__name__}"
    if is_missing(value):
        return f"{reason}; the value is missing"
    if is_column(value):
        return f"{reason}; ask about columns by check(states, dates)"
    return f"{reason}; write cow:704 for a number"


class StateSet:
    """
    An immutable set of states, in the order of their alpha-3 codes.

    Membership takes a `State` or any name or code of one, and raises `UnknownStateError` for a name that the record
    does not know: a misspelt name is never quietly absent.
    """

    __slots__ = ("_index", "_states")

    def __init__(self, states: Iterable[State], index: StateIndex) -> None:
        self._states: tuple[State, ...] = tuple(sorted(set(states), key=lambda state: state.id))
        self._index: StateIndex = index

    def __contains__(self, value: object) -> bool:
        return self._index.find(value) in self._states  # type: ignore[arg-type]

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
        names = [other] if isinstance(other, str) else other
        return {value if isinstance(value, State) else self._index.find(value) for value in names}

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
AbstractSet.register(StateSet)
