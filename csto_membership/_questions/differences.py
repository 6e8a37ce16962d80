"""Where two histories answer differently."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from csto_membership._questions.answers import Attested, Told
from csto_membership._questions.findings import explained
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._view.timeline import joint_runs
from csto_membership.exceptions import UnknownStateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._history import History


@frozen
class Difference:
    """
    A run of days (both included; None for open) on which two histories answer differently of a state.

    `verdicts` are the two answers, `claims` what each rests on at the beginning of the run: claims of events, or
    attestations.
    """

    state: State
    first_day: dt.date | None
    last_day: dt.date | None
    verdicts: tuple[Verdict, Verdict]
    claims: tuple[tuple[Told | Attested, ...], tuple[Told | Attested, ...]]

    def __str__(self) -> str:
        days = f"{self.first_day or '..'} to {self.last_day or '..'}"
        return f"{self.state} {days}: {self.verdicts[0]}, {self.verdicts[1]}"

    def as_dict(self) -> dict[str, Any]:
        """The difference as JSON-ready values."""
        return {
            "state": self.state.id,
            "first_day": self.first_day and self.first_day.isoformat(),
            "last_day": self.last_day and self.last_day.isoformat(),
            "verdicts": [str(verdict) for verdict in self.verdicts],
            "claims": [[told.as_dict() for told in side] for side in self.claims],
        }


def differences(one: History, other: History) -> Iterator[Difference]:
    """The runs of days on which two histories give different verdicts, for the states that both know."""
    for state in one.states:
        try:
            others = other.record.index.find(state)
        except UnknownStateError:
            continue
        run: Difference | None = None
        for first, last, (left, right) in joint_runs(one.timeline(state), other.timeline(others)):
            verdicts = (left.verdict, right.verdict)
            if run and (verdicts != run.verdicts):
                yield run
                run = None
            if run:
                run = evolve(run, last_day=last)
            elif left.verdict is not right.verdict:
                day = first or dt.date.min
                run = Difference(state, first, last, verdicts, (_behind(one, state, day), _behind(other, state, day)))
        if run:
            yield run


def _behind(history: History, state: State, day: dt.date) -> tuple[Told | Attested, ...]:
    found: list[Told | Attested] = []
    finding = explained(
        history.record, history.view, state, ImpreciseDate.on(day), history.timeline(state), contested=False
    )
    for ground in finding.evidence:
        found += [ground] if isinstance(ground, Attested) else ground.claims
    return tuple(found)
