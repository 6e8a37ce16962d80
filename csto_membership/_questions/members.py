"""Who was a member, from the verdicts on each state: over time, and on one unknown day of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from csto_membership._questions.answers import Members, asked_day
from csto_membership._values.runs import Day, Runs, joined
from csto_membership._values.states import StateSet
from csto_membership._values.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.states import State, StateIndex


D = TypeVar("D", bound=Day)


class Bounds(NamedTuple):
    """The members of a day: those who certainly were, and those who may have been."""

    certain: StateSet
    possible: StateSet

    @classmethod
    def of(cls, verdicts: Iterable[tuple[State, Verdict]], index: StateIndex) -> Bounds:
        """The states with a yes, and those without a no."""
        certain: list[State] = []
        possible: list[State] = []
        for state, verdict in verdicts:
            if verdict is not Verdict.NO:
                possible.append(state)
            if verdict is Verdict.YES:
                certain.append(state)
        return cls(StateSet(certain, index), StateSet(possible, index))


def bounds_over_time(states: Sequence[State], lines: Iterable[Runs[D, Verdict]], index: StateIndex) -> Runs[D, Bounds]:
    """The members over time, from the verdicts on each of the states over time."""
    return joined(*lines).mapped(lambda verdicts: Bounds.of(zip(states, verdicts, strict=True), index))


def members_of(
    date: ImpreciseDate, days: Sequence[Bounds], *, organisation: str, reading: str, caveats: Iterable[str]
) -> Members:
    """The members on one unknown day of a date, from those of each of its days."""
    certain, possible = days[0]
    if len(days) > 1:
        always: set[State] = set.intersection(*(set(bounds.certain) for bounds in days))
        ever: set[State] = set.union(*(set(bounds.possible) for bounds in days))
        certain, possible = certain & always, possible | ever
    return Members(
        date=asked_day(date),
        certain=certain,
        possible=possible,
        fewest=min(len(bounds.certain) for bounds in days),
        most=max(len(bounds.possible) for bounds in days),
        organisation=organisation,
        reading=reading,
        caveats=tuple(caveats),
    )
