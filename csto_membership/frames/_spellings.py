"""Every text by which states and organisations are found, for engines that look names up in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._values.names import folded, name_key
from csto_membership._values.world import world
from csto_membership.exceptions import MembershipError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from csto_membership._values.states import State
    from csto_membership.frames._lines import Lines


def spellings_of_states(lines: Lines) -> dict[str, State]:
    """
    The state that each listed text means, in the cases in which people write it; a text of several has none.

    A text that stands here as names are compared (see `name_key`) leads to its state in whatever form it is written.
    """
    texts = {text for state in lines.states("world") for text in _texts(state)} | set(world().ids_by_name)
    found: dict[str, State] = {}
    for text in sorted(texts):
        try:
            state = lines.state(text)
        except MembershipError:
            # Of several states, or of one that a record may define anew.
            continue
        found |= dict.fromkeys(_cases(text, name_key), state)
    return found


def spellings_of_organisations(lines: Lines) -> dict[str, str]:
    """The organisation that each text means, in the cases in which people write it."""
    return {text: id for id in lines.organisations for text in _cases(id, folded)}


def _texts(state: State) -> Iterable[str]:
    return (*state.aliases, *(dated.name for dated in state.dated_names))


def _cases(text: str, key: Callable[[str], str]) -> Iterator[str]:
    """The text, and its other cases that are compared as it is."""
    compared = key(text)
    for case in (text, text.upper(), text.lower(), text.title(), compared, compared.upper(), compared.title()):
        if key(case) == compared:
            yield case
