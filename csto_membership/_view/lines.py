"""The lines of every state at once: what bulk questions and registries read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from csto_membership._values.index import StateIndex, StateSet
from csto_membership._values.runs import Day, Runs, joined
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._view.derivation import Derivation
    from csto_membership._view.timeline import Timeline


D = TypeVar("D", bound=Day)


class Sides(NamedTuple):
    """Who is a member for certain, and who may be."""

    certain: StateSet
    possible: StateSet

    @classmethod
    def of(cls, verdicts: Iterable[tuple[State, Verdict]], index: StateIndex) -> Sides:
        """The states with a yes, and those without a no."""
        pairs = list(verdicts)
        certain = (state for state, verdict in pairs if verdict is Verdict.YES)
        possible = (state for state, verdict in pairs if verdict is not Verdict.NO)
        return cls(StateSet(certain, index), StateSet(possible, index))


def sides_of(states: Sequence[State], verdicts: Iterable[Runs[D, Verdict]], index: StateIndex) -> Runs[D, Sides]:
    """The members of each run of days on which they do not change, from the verdicts on each of the states."""
    return joined(*verdicts).mapped(lambda run: Sides.of(zip(states, run, strict=True), index))


def members(derivation: Derivation) -> Runs[dt.date, Sides]:
    """The members of a record under a view, over time."""

    def answer() -> Runs[dt.date, Sides]:
        states = derivation.record.states
        verdicts = (derivation.timeline(state).verdicts for state in states)
        return sides_of(states, verdicts, derivation.record.index)

    return derivation.once("members", answer)


def by_state(derivation: Derivation) -> dict[str, Timeline]:
    """The timelines of the states of a record under a view, by their ids."""

    def answer() -> dict[str, Timeline]:
        return {state.id: derivation.timeline(state) for state in derivation.record.states}

    return derivation.once("timelines", answer)
