"""Findings over time: for each run of days with the same reasons, what is found of a state and why."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._questions.findings import finding
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.runs import Runs
from csto_membership._values.succession import lives_of
from csto_membership._view.rivals import rivals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._questions.answers import CitedAttestation, CitedClaim, Ground
    from csto_membership._values.acts import Status
    from csto_membership._values.states import State
    from csto_membership._values.verdict import Verdict
    from csto_membership._view.case import Case
    from csto_membership._view.derivation import Derivation

#: Stands in a text for the day that is asked about, which may be any of a run.
DAY = "\N{WHITE SQUARE}day\N{WHITE SQUARE}"
_DAY = dt.timedelta(1)


@frozen
class Reasons:
    """
    What a `Finding` says on each day of a run: the parts of the same names.

    Where a text names the day that is asked about, `DAY` stands for it.
    """

    verdict: Verdict
    statuses: frozenset[Status]
    evidence: tuple[Ground | CitedAttestation, ...]
    caveats: tuple[str, ...]
    decided_by: tuple[str, ...]
    deciding_calls: tuple[str, ...]
    contested_by: tuple[CitedClaim, ...]


def reasons(derivation: Derivation, state: State, *, contested: bool = True) -> Runs[dt.date, Reasons]:
    """The reasons for the answers on every day; what contests them is left out unless it is wanted."""
    days = sorted(set(_days(derivation, state, contested=contested)))
    if not days:
        return Runs((), (_reasons(derivation, state, dt.date.max, dt.date.max, contested=contested),))
    eve = days[0] - _DAY
    before = _reasons(derivation, state, eve, eve - _DAY if eve > dt.date.min else eve, contested=contested)
    steps = (
        (first, _reasons(derivation, state, first, first + _DAY if end - first > _DAY else first, contested=contested))
        for first, end in pairwise([*days, dt.date.max])
    )
    return Runs.of(steps, before)


def _reasons(derivation: Derivation, state: State, day: dt.date, other: dt.date, *, contested: bool) -> Reasons:
    """The reasons on two days of a run, which differ at most in that texts name the day."""
    found = finding(derivation, state, ImpreciseDate.on(day), contested=contested)
    caveats, decided_by = found.caveats, found.decided_by
    if any(day.isoformat() in text for text in (*caveats, *decided_by)):
        then = found if other == day else finding(derivation, state, ImpreciseDate.on(other), contested=False)
        caveats = tuple(_about_any(caveats, then.caveats, day, other))
        decided_by = tuple(_about_any(decided_by, then.decided_by, day, other))
    return Reasons(
        found.verdict,
        found.statuses,
        found.evidence,
        caveats,
        decided_by,
        found.deciding_calls,
        found.contested_by,
    )


def _about_any(texts: tuple[str, ...], then: tuple[str, ...], day: dt.date, other: dt.date) -> Iterator[str]:
    """Texts of which those that name the day name any: they are another on another day, and in nothing else."""
    for text, changed in zip(texts, then, strict=True):
        both = text.replace(day.isoformat(), DAY), changed.replace(other.isoformat(), DAY)
        yield both[0] if both[0] == both[1] and (text != changed or day == other) else text


def _days(derivation: Derivation, state: State, *, contested: bool) -> Iterator[dt.date]:
    """The days on which reasons may change: at least those on which they do."""
    yield from derivation.asked(state).starts
    coverage, beginning = derivation.coverage, derivation.beginning.day
    yield from _edges(coverage.first, coverage.last)
    yield from _edges(None, derivation.view.published_by)
    if beginning:
        yield from _edges(beginning.earliest, beginning.latest)
    for instrument in derivation.record.instruments:
        if instrument.in_force:
            yield from _edges(instrument.in_force.earliest, instrument.in_force.latest)
    for ordinal in _ordinals(derivation, state, contested=contested):
        if dt.date.min.toordinal() < ordinal < dt.date.max.toordinal():
            yield dt.date.fromordinal(ordinal)
    if day := derivation.lapses(state):
        yield day
    for other in (state, *derivation.record.states):
        if other.id == state.id or state.succeeds(other) or other.succeeds(state):
            yield from _edges_of_lives(other)


def _edges_of_lives(state: State) -> Iterator[dt.date]:
    for life in lives_of(state):
        for date in (life.first, life.last):
            if date:
                yield from _edges(date.earliest, date.latest)


def _edges(first: dt.date | None, last: dt.date | None) -> Iterator[dt.date]:
    """The first day, and the one after the last."""
    if first and first > dt.date.min:
        yield first
    if last and last < dt.date.max - _DAY:
        yield last + _DAY


def _ordinals(derivation: Derivation, state: State, *, contested: bool) -> Iterator[int]:
    for overlay in derivation.overlays:
        yield from overlay.days
    for case in derivation.cases(state.id):
        yield from _ordinals_of(case)
    for _, runs in derivation.stand_ins(state):
        for run in runs:
            yield from (run.first, run.last + 1)
    if contested:
        for rival in rivals(derivation, state):
            yield from (rival.patch.first, rival.patch.end, *rival.patch.course.starts)


def _ordinals_of(case: Case) -> Iterator[int]:
    """The days of the acts of a case, and of what is attested."""
    for _, given in case.events:
        for one in given:
            yield from one.days or ()
    for attestation in case.all_attested:
        for period in (attestation.during, attestation.days):
            if period:
                yield from (period.first.toordinal(), period.last.toordinal() + 1)
