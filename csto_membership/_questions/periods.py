"""Questions over periods, answered over whole worlds and not by combining single days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._values.verdict import Verdict

if TYPE_CHECKING:
    from csto_membership._values.period import Period
    from csto_membership._values.states import State
    from csto_membership._view.derivation import Derivation
    from csto_membership._worlds.counting import Total


def days_as_member(derivation: Derivation, state: State, period: Period) -> Total:
    """The least and the most days of a period on which the state was a member."""
    return derivation.asked_days(state, period)


def throughout(derivation: Derivation, state: State, period: Period) -> Verdict:
    """Whether the state was a member on every day of a period."""
    least, most = days_as_member(derivation, state, period)
    return Verdict.of_all(least, most, len(period))


def at_some_time(derivation: Derivation, state: State, period: Period) -> Verdict:
    """Whether the state was a member on any day of a period."""
    return Verdict.of_any(*days_as_member(derivation, state, period))
