"""
The answers of `CSTO` on exact days, as a fresh process gives them at once: runs of days on which they do not change.

An answer can change only on a day that some date of the data gives, or on the day after it. What changes with the day
itself, such as a caveat that names it, is left out: that is asked of `CSTO`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Any

import attrs

import csto_membership as csto
from csto_membership._questions.answers import CitedAttestation
from csto_membership._values.world import world

#: What an answer is made of, as JSON: None where it is left out.
Plain = dict[str, Any] | None


def rendered(history: csto.History) -> str:
    """The answers as JSON, a line for each run of days."""
    days = _days(history)
    lines = {"members": _runs(lambda day: _members(history, day), days)}
    for state in history.states:
        lines[state.id] = _runs(lambda day, state=state: _finding(history, state, day), days)  # type: ignore[misc]
    parts = [f'"reading":{_line(history.reading.name)}']
    parts += [f"{_line(key)}:[\n" + ",\n".join(map(_line, runs)) + "\n]" for key, runs in lines.items()]
    return "{" + ",\n".join(parts) + "}\n"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _days(history: csto.History) -> list[dt.date]:
    """The days on which an answer may change, from the first day of the calendar on."""
    kin = [other for state in history.states for other in world().successors(state.id)]
    before = [world()[one.id] for state in history.states for one in state.predecessors if one.id in world()]
    dates = {dt.date.min}
    for day in _dates_in((history.record, kin, before)):
        dates |= {day, day + dt.timedelta(1)}
    return sorted(dates)


def _dates_in(value: Any) -> Iterator[dt.date]:
    """Every date in a value and its parts."""
    if isinstance(value, dt.date):
        yield value
    elif isinstance(value, (tuple, list, frozenset)):
        for part in value:
            yield from _dates_in(part)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _dates_in(getattr(value, field.name))


def _runs(ask: Callable[[dt.date], Plain], days: list[dt.date]) -> list[tuple[str, Plain]]:
    """The answers by the first days of their runs; None for a run in which the day itself makes a difference."""
    runs: list[tuple[dt.date, Plain]] = []
    for day in days:
        answer = ask(day)
        if not runs or runs[-1][1] != answer:
            runs.append((day, answer))
    ends = [*(first - dt.timedelta(1) for first, _ in runs[1:]), dt.date.max]
    held: list[tuple[str, Plain]] = []
    for (first, answer), last in zip(runs, ends, strict=True):
        between = (first + (last - first) * part / 5 for part in range(6))
        # One day among others that are left out is not worth a line.
        alone = first == last and (not held or held[-1][1] is None)
        same = not alone and all(ask(day) == answer for day in between)
        if same or not held or held[-1][1] is not None:
            held.append((first.isoformat(), answer if same else None))
    return held


def _members(history: csto.History, day: dt.date) -> Plain:
    members = history.members_on(day)
    return {
        "certain": members.certain.codes,
        "possible": members.possible.codes,
        "fewest": members.fewest,
        "most": members.most,
        "caveats": members.caveats,
        "others": str(members.others),
    }


def _finding(history: csto.History, state: csto.State, day: dt.date) -> Plain:
    finding = history.status(state, day)
    places = {id(attestation): place for place, attestation in enumerate(history.record.attestations)}
    evidence = [
        places[id(ground.attestation)]
        if isinstance(ground, CitedAttestation)
        else [ground.event.id, [_place(claim) for claim in ground.claims]]
        for ground in finding.evidence
    ]
    return {
        "verdict": str(finding.verdict),
        "statuses": csto.in_order(finding.statuses),
        "evidence": evidence,
        "caveats": finding.caveats,
        "decided_by": finding.decided_by,
        "contested_by": [[cited.event.id, [_place(cited)]] for cited in finding.contested_by],
    }


def _place(cited: csto.CitedClaim) -> int:
    """The place of a claim among those of its event."""
    return next(place for place, claim in enumerate(cited.event.claims) if claim is cited.claim)
