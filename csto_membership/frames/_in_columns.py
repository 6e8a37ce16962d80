"""
Lines in columns, for engines that join their rows with small tables.

Most states have no line of their own in most organisations: one line for each organisation stands for all of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from csto_membership.frames._columns import EPOCH
from csto_membership.frames._flat import Flat
from csto_membership.frames._lines import asked, why
from csto_membership.frames._spellings import spellings_of_states

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csto_membership._values.states import State
    from csto_membership.frames._lines import Line, Lines

#: A small table: its columns, lists of texts and arrays.
Small: TypeAlias = Mapping[str, Any]
#: The states of an organisation that have lines of their own, and these; None for one of which it cannot be asked.
_Own: TypeAlias = "Iterable[tuple[State, Line | None]]"


class InColumns(NamedTuple):
    """
    Lines as columns: a key, what counts as membership, the masks of all runs, and the last day of each but the last one.

    What cannot be asked has no masks, and 0 for what counts. `steps` is how often the longest line changes, `masks` and
    `counted` are all that there are.
    """

    columns: Small
    steps: int
    masks: frozenset[int]
    counted: frozenset[int]


def states_of(lines: Lines) -> tuple[State, ...]:
    """The states that texts lead to, in the order of their numbers."""
    return lines.once("states", lambda: tuple(dict.fromkeys(spellings_of_states(lines).written.values())))


def lines_in_columns(lines: Lines, *, reasons: bool) -> tuple[InColumns, InColumns]:
    """
    The lines of states that have one of their own, and for each organisation that of all others.

    The keys of the former are the number of the organisation, times the number of all states, and that of the state; those of
    the latter are the numbers of organisations. With reasons every state has a line of its own, since they name it.
    """
    if not reasons:
        return lines.once("columns", lambda: _made(lines, lines.own, None))
    states = tuple(lines.states("world"))
    return lines.once("columns with reasons", lambda: _made(lines, lambda one: asked(lines, one, states), why))


def lines_of_texts(lines: Lines, *, reasons: bool) -> tuple[InColumns, InColumns]:
    """
    The line of each text that means a state, by the text as it is written and as it is compared, in a single organisation.

    A text is the key, so rows are joined with their lines at once, and with no number between.
    """

    def made() -> tuple[InColumns, InColumns]:
        (organisation,) = lines.organisations
        states = states_of(lines)
        pairs = asked(lines, organisation, states) if reasons else lines.own(organisation)
        own = {state.id: line for state, line in pairs}
        rest = lines.rest(organisation)
        of_states = _in_columns(
            range(len(states)),
            [own.get(state.id, rest) for state in states],
            (lambda line, run: why(lines, line, run)) if reasons else None,
        )
        numbers = {state: number for number, state in enumerate(states)}
        written, compared = spellings_of_states(lines)
        return _by_text(written, numbers, of_states), _by_text(compared, numbers, of_states)

    return lines.once(f"texts, {reasons=}", made)


def _by_text(meant: Mapping[str, State], numbers: Mapping[State, int], of_states: InColumns) -> InColumns:
    """The rows of the states that texts mean, with the texts as keys."""
    places = np.fromiter((numbers[state] for state in meant.values()), np.intp, len(meant))
    columns = {
        name: [values[place] for place in places.tolist()] if isinstance(values, list) else values[places]
        for name, values in of_states.columns.items()
    }
    return of_states._replace(columns={**columns, "key": list(meant)})


def _made(
    lines: Lines, own_of: Callable[[str], _Own], reason: Callable[[Lines, Line, int], str] | None
) -> tuple[InColumns, InColumns]:
    numbers = {state.id: number for number, state in enumerate(states_of(lines))}
    keys: list[int] = []
    own: list[Line | None] = []
    for place, organisation in enumerate(lines.organisations):
        for state, line in own_of(organisation):
            # A state that no text leads to is not asked about.
            if (number := numbers.get(state.id)) is not None:
                keys.append(place * len(numbers) + number)
                own.append(line)
    rest = [lines.rest(organisation) for organisation in lines.organisations]
    return (
        _in_columns(keys, own, reason and (lambda line, run: reason(lines, line, run))),
        _in_columns(range(len(rest)), rest, reason and (lambda _line, _run: "")),
    )


def _in_columns(
    keys: Sequence[int], lines: Sequence[Line | None], reason: Callable[[Line, int], str] | None
) -> InColumns:
    flat = Flat.of(lines)
    columns: dict[str, Any] = {"key": np.asarray(keys, np.int32), "counted": flat.counted}
    for step in range(flat.steps + 1):
        columns[f"mask_{step}"] = np.ma.masked_equal(flat.masks[flat.run(step)], 0)
    for step in range(flat.steps):
        # No day is after the last one of the calendar: a step that a line does not have is never taken.
        columns[f"last_{step}"] = (flat.change(step) - 1 - EPOCH).astype("datetime64[D]")
    if reason is not None:
        texts = [[reason(line, run) for run in range(len(line.masks))] if line else [""] for line in lines]
        for step in range(flat.steps + 1):
            columns[f"why_{step}"] = [text[min(step, len(text) - 1)] for text in texts]
    masks, counted = (frozenset(np.unique(values).tolist()) - {0} for values in (flat.masks, flat.counted))
    return InColumns(columns, flat.steps, masks, counted)
