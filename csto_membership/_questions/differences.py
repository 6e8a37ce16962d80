"""Where two histories answer differently."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from csto_membership._questions.answers import CitedAttestation, CitedClaim, attested_html, claim_html
from csto_membership._questions.findings import finding
from csto_membership._values.cells import visible
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.fields import Formed
from csto_membership._values.listing import Listing, brief
from csto_membership._values.runs import day_before, joined
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted, day_range, json_days
from csto_membership.exceptions import UnknownStateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._evidence.institutions import Coverage
    from csto_membership._evidence.record import Record
    from csto_membership._view.derivation import Derivation


@frozen
class Difference(Formed):
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
    #: What the two histories call themselves, as it shows itself; no part of it.
    sides: tuple[str, str] = field(default=("one side", "the other side"), eq=False, repr=False)

    def __repr__(self) -> str:
        return brief(self, self)

    def __str__(self) -> str:
        days = day_range(self.first_day, self.last_day)
        return visible(f"{self.state} {days}: {self.verdicts[0]}, {self.verdicts[1]}")

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, line, section

        told = []
        for side, verdict, claims in zip(self.sides, self.verdicts, self.claims, strict=True):
            items = (claim_html(one) if isinstance(one, CitedClaim) else attested_html(one) for one in claims)
            by = f"{side}: {verdict}, by {counted(len(claims), 'claim')}"
            told.append(section(by, items) or line(f"{side}: {verdict}"))
        return card(headline(self), *told)

    def as_dict(self) -> dict[str, Any]:
        """The difference as JSON-ready values."""
        return {
            "state": self.state.id,
            **json_days(self.first_day, self.last_day),
            "verdicts": [str(verdict) for verdict in self.verdicts],
            "claims": [[claim.as_dict() for claim in side] for side in self.claims],
        }


class Differences(Listing[Difference]):
    """Differences: a tuple that shows itself as a short table."""

    noun: ClassVar[str] = "difference"
    head: ClassVar[tuple[str, ...]] = ("state", "first day", "last day", "one", "other")

    @staticmethod
    def row(difference: Difference) -> Iterable[object]:
        """The cells of one difference."""
        return difference.state, difference.first_day or "..", difference.last_day or "..", *difference.verdicts


#: Which differences are told: all, only yes against no, or only those on days of which both sides speak.
ONLY = ("all", "contradictions", "both_speak")


def differences(one: Derivation, other: Derivation, only: str = "all") -> Differences:
    """
    The runs of days on which two histories give different verdicts.

    Of a state that only one of them names the other answers as its coverage says: no, or nothing.
    """
    kept: dict[str, Differences] = one.compared.setdefault(other, {})
    if only not in kept:
        kept[only] = Differences(_differences(one, other, only), f"{one.scope} against {other.scope}")
    return kept[only]


def _differences(one: Derivation, other: Derivation, only: str) -> Iterator[Difference]:
    for mine, theirs in _pairs(one.record, other.record):
        state = mine or theirs
        assert state, "one of the two names it"
        asked = ((one, mine or state, mine is not None), (other, theirs or state, theirs is not None))
        both = joined(*(side.timeline(named).verdicts for side, named, _ in asked))
        for verdicts, group in groupby(both, key=lambda run: run.value):
            left, right = verdicts
            if left is right or (only != "all" and Verdict.UNDETERMINED in verdicts):
                continue
            runs = list(group)
            first, last = runs[0].first, day_before(runs[-1].end)
            if only == "both_speak":
                first, last = _within(first, last, one.coverage, other.coverage)
                if first and last and first > last:
                    continue
            claims = [_claims(*side, first) for side in asked]
            sides = str(one.scope), str(other.scope)
            yield Difference(state, first, last, (left, right), (claims[0], claims[1]), sides)


def _pairs(one: Record, other: Record) -> list[tuple[State | None, State | None]]:
    """The states of two records, each with the same one of the other; None where that does not name it."""
    theirs = {state.id: _named(other, state) for state in one.states}
    for state in other.states:
        # A record may call by its number what the other calls by its code.
        if state not in theirs.values() and (mine := _named(one, state)) and theirs[mine.id] is None:
            theirs[mine.id] = state
    known = {state.id for state in theirs.values() if state}
    pairs: list[tuple[State | None, State | None]] = [(state, theirs[state.id]) for state in one.states]
    pairs += [(None, state) for state in other.states if state.id not in known]
    return sorted(pairs, key=lambda pair: min(state.id for state in pair if state))


def _named(record: Record, state: State) -> State | None:
    """The state of a record that is the same."""
    try:
        found = record.index.find(state)
    except UnknownStateError:
        return None
    return found if found in record.states else None


def _claims(
    side: Derivation, state: State, listed: bool, first: dt.date | None
) -> tuple[CitedClaim | CitedAttestation, ...]:
    if not listed:
        return ()
    return finding(side, state, ImpreciseDate.on(first or dt.date.min), contested=False).cited


def _within(first: dt.date | None, last: dt.date | None, *coverages: Coverage) -> tuple[dt.date | None, dt.date | None]:
    """The part of a run of days that lies within all of the coverages."""
    firsts = [day for day in (first, *(covers.first for covers in coverages)) if day]
    lasts = [day for day in (last, *(covers.last for covers in coverages)) if day]
    return max(firsts, default=None), min(lasts, default=None)
