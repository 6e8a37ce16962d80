"""
States: their identity, codes and names.

Naming a state takes no position on anyone's legal standing.
"""

from __future__ import annotations

from pkgutil import resolve_name
from typing import Any, TypeAlias

from attrs import field, frozen

from csto_membership._values.fields import text_field
from csto_membership._values.lives import DatedName, Lifespan, Predecessor, lived_apart

#: What a state is given as: itself, a name in any case, a code of ISO 3166-1, or "cow:N".
StateLike: TypeAlias = "State | str"


@frozen(cache_hash=True, order=True)
class State:
    """
    One state: its identifier, codes and names. Two are equal, and in order, as their identifiers are.

    `id` is the ISO 3166-1 alpha-3 code, or "cow:N" for a state that has none.
    `cow` is the country code of the Correlates of War project.
    `numeric` is the code of three digits of ISO 3166-1; no state is found by it, since 704 is a number of both lists.
    `names` are all names besides `name`; `dated_names` are those whose time of use is known.
    `lifespans` and `predecessors` each cite their source. They tell states of one name or number apart; after the last
    life in any list an open end of a membership says nothing more.
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
    numeric: str | None = field(default=None, eq=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        # Those with dates last, so that a file that lists them apart gives the same order.
        dated = dict.fromkeys(dated.name for dated in self.dated_names)
        plain = dict.fromkeys(name for name in self.names if name not in dated)
        object.__setattr__(self, "names", (*plain, *(name for name in dated if name != self.name)))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """As a field of a pydantic model: read from any name or code of a state of the world, written as its id."""
        # By its name, and when a model is made: the index of all states stands on this module.
        index = resolve_name("csto_membership._values.index:StateIndex")
        return text_field(
            index(()).find,
            _id,
            "unknown_state",
            "a state: an ISO 3166-1 code, a name in any case, or cow:N",
            examples=["UZB", "UZ", "Uzbekistan", "cow:704"],
        )

    def succeeds(self, other: State) -> bool:
        """
        Whether the other is one of the predecessors of this state.

        >>> from csto_membership import CSTO
        >>> uzbekistan = CSTO.status("UZ", "2007-01-01").state
        >>> [before.name for before in uzbekistan.predecessors], uzbekistan.succeeds(uzbekistan)
        (['Soviet Union'], False)
        """
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
            "numeric": self.numeric,
            "names": list(self.names),
            "dated_names": [dated.as_dict() for dated in self.dated_names],
            "lifespans": [lifespan.as_dict() for lifespan in self.lifespans],
            "predecessors": [predecessor.as_dict() for predecessor in self.predecessors],
        }


def _id(state: State) -> str:
    return state.id


def follow(one: State, other: State) -> bool:
    """Whether one came after the other, so that they are two, though they may share names and codes."""
    return one.succeeds(other) or other.succeeds(one) or lived_apart(one.lifespans, other.lifespans)


def differ(one: State, other: State) -> bool:
    """Whether two states are known to be different: one follows the other, or their codes differ."""
    codes = ((one.alpha3 or None, other.alpha3 or None), (one.cow, other.cow))
    return any(a is not None and b is not None and a != b for a, b in codes) or follow(one, other)
