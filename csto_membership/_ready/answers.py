"""
Who was a member of the CST/CSTO on an exact day, and what is found of one state, as declared.

`data/made/csto-answers.json` has the answers of `CSTO` for runs of days on which they do not change. The evidence is that
of the record: an answer has the ids of its events, and the places of its claims among those of the event.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from attrs import evolve

from csto_membership._files.made import made_record
from csto_membership._questions.answers import (
    CitedAttestation,
    CitedClaim,
    Finding,
    Ground,
    Members,
    supposing_call,
)
from csto_membership._values.acts import Status
from csto_membership._values.data_files import data_file
from csto_membership._values.days import exact_day
from csto_membership._values.index import StateSet
from csto_membership._values.verdict import Verdict

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from csto_membership._evidence.claims import Event
    from csto_membership._evidence.record import Record
    from csto_membership._history import History
    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import StateLike
    from csto_membership._view.timeline import Timeline


def members_on(date: DateLike) -> Members:
    """Who was a member of the CST/CSTO on the day, as declared: what `CSTO.members_on` answers."""
    day = exact_day(date)
    made = None if day is None else _made("members", day)
    if day is None or made is None:
        return _csto().members_on(date)
    record = made_record("csto")
    certain, possible = ([state for state in record.states if state.id in made[key]] for key in ("certain", "possible"))
    return Members(
        day,
        StateSet(certain, record.index),
        StateSet(possible, record.index),
        made["fewest"],
        made["most"],
        record.id,
        _answers()["reading"],
        tuple(made["caveats"]),
        _VERDICTS[made["others"]],
        lines=_timelines,
    )


def status(state: StateLike, date: DateLike) -> Finding:
    """The possible statuses of the state in the CST/CSTO on the day, as declared: what `CSTO.status` finds."""
    day = exact_day(date)
    found = None if day is None else made_record("csto").index.find(state)
    made = None if day is None or found is None else _made(found.id, day)
    if day is None or found is None or made is None:
        return _csto().status(state, date)
    record = made_record("csto")
    events = {event.id: event for event in record.events_of(found.id)}
    return Finding(
        found,
        day,
        _VERDICTS[made["verdict"]],
        frozenset(map(Status, made["statuses"])),
        tuple(_grounds(made["evidence"], record, events)),
        tuple(made["caveats"]),
        tuple(made["decided_by"]),
        tuple(evolve(cited, call=_call(cited)) for cited in _claims(made["contested_by"], record, events)),
        record.id,
        _answers()["reading"],
        line=partial(_timeline, found.id),
    )


def _grounds(made: list[Any], record: Record, events: Mapping[str, Event]) -> Iterator[Ground | CitedAttestation]:
    """What an answer rests on: of an event, its id and the places of its claims; of an attestation, its place."""
    for ground in made:
        if isinstance(ground, int):
            attestation = record.attestations[ground]
            yield CitedAttestation(attestation, record.source(attestation.source))
        else:
            yield Ground(events[ground[0]], tuple(_claims([ground], record, events)))


def _call(cited: CitedClaim) -> str:
    """The call that supposes what a claim says: each that is told against an answer can be supposed."""
    return supposing_call(cited.event, cited.claim.act, cited.claim.date)


def _claims(made: list[Any], record: Record, events: Mapping[str, Event]) -> Iterator[CitedClaim]:
    """The claims of events, by the ids of these and their places there."""
    for id, places in made:
        for claim in map(events[id].claims.__getitem__, places):
            yield CitedClaim(events[id], claim, record.source(claim.source))


def _made(key: str, day: dt.date) -> dict[str, Any] | None:
    """The answer that was made for a day; None for none."""
    runs = _answers().get(key)
    if runs is None:
        return None
    made: dict[str, Any] | None = runs[bisect_right(runs, day.isoformat(), key=itemgetter(0)) - 1][1]
    return made


@cache
def _answers() -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(data_file("made/csto-answers.json"))
    return answers


def _timeline(state: str) -> Timeline:
    """The timeline of a state, which an answer shows in a notebook."""
    return _csto().timeline(state)


def _timelines() -> dict[str, Timeline]:
    return {timeline.state.id: timeline for timeline in _csto().timelines()}


def _csto() -> History:
    from csto_membership._load import history

    return history("csto")


_VERDICTS = {str(verdict): verdict for verdict in Verdict}
