"""Every text by which states and organisations are found, for engines that look names up in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar
from unicodedata import normalize

from csto_membership._values.names import folded, name_key
from csto_membership._values.world import world
from csto_membership.exceptions import MembershipError

if TYPE_CHECKING:
    from csto_membership._values.states import State
    from csto_membership.frames._lines import Lines

T = TypeVar("T")


class Spellings(NamedTuple, Generic[T]):
    """
    What texts mean: as people write them, in several cases, and as they are compared.

    What is not among the `written` ones may still be found, once it is as the `compared` ones are.
    """

    written: dict[str, T]
    compared: dict[str, T]

    @classmethod
    def of(cls, meant: Iterable[tuple[str, T]], key: Callable[[str], str]) -> Spellings[T]:
        """The spellings of texts and what they mean, compared by their keys."""
        known = [(text, key(text), what) for text, what in meant]
        return cls(
            {case: what for text, _, what in known for case in _cases(text, key)},
            # An engine takes accents off, and leaves the syllables of Korean together.
            {form: what for _, compared, what in known for form in (compared, normalize("NFC", compared))},
        )


def spellings_of_states(lines: Lines) -> Spellings[State]:
    """The states that listed texts mean; a text of several states means none."""

    def made() -> Spellings[State]:
        texts = {text for state in lines.states("world") for text in _texts(state)} | set(world().ids_by_name)
        return Spellings.of(_meant(lines, texts), name_key)

    return lines.once("spellings", made)


def spellings_of_organisations(lines: Lines) -> Spellings[str]:
    """The organisations that texts mean."""
    return Spellings.of(((id, id) for id in lines.organisations), folded)


def _meant(lines: Lines, texts: Iterable[str]) -> Iterator[tuple[str, State]]:
    for text in sorted(texts):
        try:
            yield text, lines.state(text)
        except MembershipError:
            # Of several states, or of one that a record may define anew.
            continue


def _texts(state: State) -> Iterable[str]:
    return (*state.aliases, *(dated.name for dated in state.dated_names))


@lru_cache(maxsize=1 << 14)
def _cases(text: str, key: Callable[[str], str]) -> tuple[str, ...]:
    """The text, and its other cases that are compared as it is."""
    compared = key(text)
    cases = dict.fromkeys(
        (text, text.upper(), text.lower(), text.title(), compared, compared.upper(), compared.title())
    )
    return tuple(case for case in cases if key(case) == compared)
