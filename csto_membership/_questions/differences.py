"""Where two histories answer differently."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import frozen

from csto_membership._questions.answers import CitedAttestation, CitedClaim
from csto_membership._questions.findings import finding
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.runs import day_before, joined
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import day_range, json_days
from csto_membership.exceptions import UnknownStateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._view.derivation import Derivation


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
    claims: tuple[tuple[CitedClaim | CitedAttestation, ...], tuple[CitedClaim | CitedAttestation, ...]]

    def __str__(self) -> str:
        return f"{self.state} {day_range(self.first_day, self.last_day)}: {self.verdicts[0]}, {self.verdicts[1]}"

    def as_dict(self) -> dict[str, Any]:
        """The difference as JSON-ready values."""
        return {
            "state": self.state.id,
            **json_days(self.first_day, self.last_day),
            "verdicts": [str(verdict) for verdict in self.verdicts],
            "claims": [[claim.as_dict() for claim in side] for side in self.claims],
        }


def differences(one: Derivation, other: Derivation) -> tuple[Difference, ...]:
    """The runs of days on which two histories give different verdicts, for the states that both know."""
    if (kept := one.compared.get(other)) is None:
        kept = one.compared[other] = tuple(_differences(one, other))
    differences: tuple[Difference, ...] = kept
    return differences


def _differences(one: Derivation, other: Derivation) -> Iterator[Difference]:
    for state in one.record.states:
        try:
            theirs = other.record.index.find(state)
        except UnknownStateError:
            continue
        if not other.names(theirs.id):
            continue
        both = joined(one.timeline(state).verdicts, other.timeline(theirs).verdicts)
        for verdicts, group in groupby(both, key=lambda run: run.value):
            left, right = verdicts
            if left is not right:
                runs = list(group)
                first = runs[0].first
                day = ImpreciseDate.on(first or dt.date.min)
                claims = tuple(
                    finding(side, at, day, contested=False).cited for side, at in ((one, state), (other, theirs))
                )
                yield Difference(state, first, day_before(runs[-1].end), (left, right), (claims[0], claims[1]))
