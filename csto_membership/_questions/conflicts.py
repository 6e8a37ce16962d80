"""Where answers part: two histories on the same days, and the claims and attestations that stand against one another."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from attrs import Factory, frozen

from csto_membership._evidence.claims import Attestation, Event, SpeaksOf
from csto_membership._evidence.resolution import Resolution, alternatives
from csto_membership._questions.answers import CitedAttestation, CitedClaim, attested_html, claim_html
from csto_membership._values.acts import in_order
from csto_membership._values.cells import visible, visible_lines
from csto_membership._values.fields import Formed, formed_field
from csto_membership._values.listing import Listing, brief
from csto_membership._values.runs import day_before, merged
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted, day_range, either, json_days
from csto_membership._view.rivals import suppositions
from csto_membership._worlds.masks import spans_between, statuses_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._values.acts import Status
    from csto_membership._view.derivation import Derivation
    from csto_membership._view.timeline import Timeline
    from csto_membership._worlds.detours import Patch

_FIRST, _END = dt.date.min.toordinal(), dt.date.max.toordinal() + 1

#: So many claims of a controversy are in sight in a notebook.
_MOST_IN_SIGHT = 8


class Matter(NamedTuple):
    """A run of days (both included; None for open) on which a disagreement changes the verdict on a state."""

    state: State
    first_day: dt.date | None
    last_day: dt.date | None

    def __str__(self) -> str:
        return visible(f"{self.state} {day_range(self.first_day, self.last_day)}")

    def __repr__(self) -> str:
        return brief(self, self)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """As a field of a pydantic model: a value of the class, written as its `as_dict`."""
        return formed_field(cls, handler)

    def as_dict(self) -> dict[str, Any]:
        """The run of days as JSON-ready values."""
        return {"state": self.state.id, **json_days(self.first_day, self.last_day)}


@frozen
class Conflict(Formed):
    """
    A controversy: events whose claims disagree, or that share its id, and attestations that no world allows.

    `claims` are all that the sources claim of the events, the preferred ones among them; `matters` the runs of days on
    which one claim rather than another, an event left out, or an attestation changes a verdict, under the reading; it
    may be none.
    """

    id: str
    events: tuple[Event, ...]
    attestations: tuple[CitedAttestation, ...]
    claims: tuple[CitedClaim, ...]
    matters: tuple[Matter, ...]
    reading: str
    notes: tuple[str, ...] = ()
    organisation: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        """The ids of the states that it is about: those of its events, and those that its attestations are held against."""
        told = (state for event in self.events for state in event.states)
        attested = (state.id for attestation in self.attestations for state in attestation.against)
        return tuple(dict.fromkeys((*told, *attested)))

    @property
    def told(self) -> str:
        """What is told, in few words: the acts and dates of the claims, or the attestations."""
        dates: dict[str, dict[str, None]] = {}
        for cited in self.claims:
            dates.setdefault(cited.claim.act, {})[str(cited.claim.date or "")] = None
        for attested in self.attestations:
            attestation = attested.attestation
            dates.setdefault(either(in_order(attestation.status)), {})[str(attestation.during)] = None
        return ", ".join(f"{what} {either(filter(None, days))}".strip() for what, days in dates.items())

    def __repr__(self) -> str:
        return brief(self, f"{self.id} {', '.join(self.states)}: {self.told}")

    def __str__(self) -> str:
        lines = [f"{self.id}: {', '.join(event.id for event in self.events) or 'attestations'}"]
        for event in self.events:
            lines += [f"  {event.id}", *(f"    {claim}" for claim in self.claims if claim.event == event)]
        lines += [f"  {attestation}" for attestation in self.attestations]
        lines += [f"  note: {note}" for note in self.notes]
        lines += [f"  changes the answer on {matter} ({self.reading})" for matter in _told(self.matters)]
        if not self.matters:
            lines.append(f"  changes no yes or no ({self.reading})")
        return visible_lines(lines)

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, joined, line, listed, section

        claims = (
            (event.id, [claim_html(claim) for claim in self.claims if claim.event == event]) for event in self.events
        )
        return card(
            headline(f"{self.id}, {', '.join(self.states)}: {self.told}", f"{self.organisation}, {self.reading}"),
            section("changes the answer on", _told(self.matters), unfolded=True) or line("changes no yes or no"),
            section(
                f"{counted(len(self.claims), 'claim')} of {counted(len(self.events), 'event')}",
                (joined(id, listed(told)) for id, told in claims),
                unfolded=len(self.claims) <= _MOST_IN_SIGHT,
            ),
            section(
                counted(len(self.attestations), "attestation"), map(attested_html, self.attestations), unfolded=True
            ),
            section(counted(len(self.notes), "note"), self.notes),
        )

    def as_dict(self) -> dict[str, Any]:
        """The controversy as JSON-ready values."""
        return {
            "id": self.id,
            "reading": self.reading,
            "events": [event.id for event in self.events],
            "attestations": [attestation.as_dict() for attestation in self.attestations],
            "claims": [claim.as_dict() for claim in self.claims],
            "matters": [matter.as_dict() for matter in self.matters],
            "notes": list(self.notes),
        }


def _told(matters: Iterable[Matter]) -> Iterator[str]:
    """The runs of days in words; single days that come back each year, as those of yearly lists do, as one."""
    years: list[Matter] = []
    for matter in matters:
        if years and not _year_after(years[-1], matter):
            yield _told_years(years)
            years = []
        years.append(matter)
    if years:
        yield _told_years(years)


def _year_after(one: Matter, other: Matter) -> bool:
    """Whether both are single days of one state, the other a year later."""
    days = [matter.first_day for matter in (one, other) if matter.first_day and matter.first_day == matter.last_day]
    if len(days) < 2 or one.state != other.state:
        return False
    return days[1].year == days[0].year + 1 and (days[0].month, days[0].day) == (days[1].month, days[1].day)


def _told_years(years: list[Matter]) -> str:
    if len(years) == 1:
        return str(years[0])
    return f"{years[0].state} on one day of each year, {day_range(years[0].first_day, years[-1].first_day)}"


class Conflicts(Listing[Conflict]):
    """Controversies: a tuple that shows itself as a short table."""

    noun: ClassVar[str] = "conflict"
    head: ClassVar[tuple[str, ...]] = ("id", "states", "told", "changes the answer on")

    @staticmethod
    def row(conflict: Conflict) -> Iterable[object]:
        """The cells of one controversy."""
        return (
            conflict.id,
            ", ".join(conflict.states),
            conflict.told,
            ", ".join(_told(conflict.matters)) or "no day",
        )


@frozen
class _Group:
    """What stands under one id: events, the ids of those whose claims disagree, and attestations against states."""

    events: dict[str, Event] = Factory(dict)
    disagreeing: set[str] = Factory(set)
    attested: dict[Attestation, list[State]] = Factory(dict)

    @property
    def is_controversy(self) -> bool:
        return bool(self.disagreeing or self.attested) or len(self.events) > 1


def conflicts(derivation: Derivation) -> Conflicts:
    """The controversies of a record under a view, in the order of their ids as the file first names them."""

    def answer() -> Conflicts:
        found = (_conflict(derivation, id, group) for id, group in _groups(derivation).items() if group.is_controversy)
        return Conflicts(found, str(derivation.scope))

    return derivation.once("conflicts", answer)


def _groups(derivation: Derivation) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    for event in derivation.record.events:
        claims = [claim for claim in event.claims if claim.source in derivation.selection]
        ids = dict.fromkeys(id for id in (event.conflict, *(claim.conflict for claim in claims)) if id)
        disagrees = any(_disagree(derivation, event, state) for state in event.states)
        for id in ids or ([event.id] if disagrees else []):
            group = groups.setdefault(id, _Group())
            group.events[event.id] = event
            if disagrees:
                group.disagreeing.add(event.id)
    for attestation in derivation.record.attestations:
        if attestation.source in derivation.selection:
            spoken_of = derivation.record.states if attestation.complete else _named(derivation, attestation.states)
            against = [state for state in spoken_of if _contradicted(derivation, attestation, state)]
            if against:
                id = attestation.conflict or attestation.source
                groups.setdefault(id, _Group()).attested[attestation] = against
    return groups


def _named(derivation: Derivation, ids: Iterable[str]) -> list[State]:
    """The states of the record with these ids, in its order."""
    return [state for id in sorted(set(ids)) if (state := derivation.record.index.own(id))]


def _disagree(derivation: Derivation, event: Event, state: str) -> bool:
    claims = derivation.claims_on(state, event)
    return len(alternatives(claims, Resolution("every"), derivation.record.copies())) > 1


def _contradicted(derivation: Derivation, attestation: Attestation, state: State) -> bool:
    """Whether no world has an attested status on the days of which it speaks (or, of some day of a period, on any)."""
    attested = attestation.statuses_of(state.id)
    if attested is None:
        return False
    period = attestation.days or attestation.during
    spells = derivation.timeline(state).runs.between(period.first, period.last)
    missed = [not spell.statuses & attested for spell in spells]
    if attestation.speaks_of is SpeaksOf.SOME_DAY:
        return all(missed)
    if any(missed) or attestation.speaks_of is not SpeaksOf.EVERY_DAY or len(spells) == 1:
        return any(missed)
    return derivation.days(state.id, attested, attestation.during).most < len(attestation.during)


def _conflict(derivation: Derivation, id: str, group: _Group) -> Conflict:
    record = derivation.record
    claims = [
        CitedClaim(event, claim, record.source(claim.source))
        for event in group.events.values()
        for claim in event.claims
        if claim.source in derivation.selection
    ]
    attestations = [
        CitedAttestation(attestation, record.source(attestation.source), tuple(against))
        for attestation, against in group.attested.items()
    ]
    concerned = {state for event in group.events.values() for state in event.states}
    concerned |= {state.id for against in group.attested.values() for state in against}
    return Conflict(
        id=id,
        events=tuple(group.events.values()),
        attestations=tuple(attestations),
        claims=tuple(claims),
        matters=tuple(
            matter for state in _named(derivation, concerned) for matter in _matters(derivation, group, state)
        ),
        reading=derivation.view.label,
        notes=tuple(note.text for note in record.notes if note.conflict == id),
        organisation=record.id,
    )


def _matters(derivation: Derivation, group: _Group, state: State) -> Iterator[Matter]:
    """The runs of days on which what the group leaves open changes the verdict on one state."""
    timeline = derivation.timeline(state)
    absent = len(group.events) > 1
    supposed = [
        patch for event in group.events.values() for patch in suppositions(derivation, state, event, absent=absent)
    ]
    runs = list(_hanging(timeline, supposed, derivation.view.counted))
    for attestation, states in group.attested.items():
        if state in states:
            runs += _attested_runs(derivation, attestation, timeline)
    for first, end in merged(runs):
        yield Matter(state, first, day_before(end))


def _hanging(
    timeline: Timeline, supposed: list[Patch], counted: frozenset[Status]
) -> Iterator[tuple[dt.date | None, dt.date | None]]:
    """The runs of days on which the verdict hangs on what is supposed: not where all suppositions leave one verdict."""
    # Many suppositions come to the same, and all leave most days as they are.
    patches = list({id(patch): patch for patch in supposed}.values())
    first, end = min((patch.first for patch in patches), default=0), max((patch.end for patch in patches), default=0)
    as_it_is = spans_between(timeline.course, max(first, _FIRST), min(end, _END))
    begun: dict[int, list[tuple[Verdict, int]]] = {span.first: [] for span in as_it_is}
    for patch in patches:
        for start, stop, mask in spans_between(patch.course, max(patch.first, _FIRST), min(patch.end, _END)):
            verdict = Verdict.of(statuses_of(mask), counted)
            begun.setdefault(start, []).append((verdict, 1))
            begun.setdefault(stop, []).append((verdict, -1))
    told = dict.fromkeys(Verdict, 0)
    days = sorted(begun)
    for start, stop in pairwise(days):
        for verdict, number in begun[start]:
            told[verdict] += number
        is_so = Verdict.of(statuses_of(timeline.course.on(start)), counted)
        verdicts = {verdict for verdict, number in told.items() if number}
        verdicts |= {is_so} if sum(told.values()) < len(patches) else set()
        if verdicts != {is_so} and (len(supposed) == 1 or len(verdicts) > 1):
            yield _date(start), _date(stop)


def _date(day: int) -> dt.date | None:
    """The date of an ordinal; None for the first day of the calendar and for the day after its last, which mean open."""
    return dt.date.fromordinal(day) if _FIRST < day < _END else None


def _attested_runs(
    derivation: Derivation, attestation: Attestation, timeline: Timeline
) -> Iterator[tuple[dt.date, dt.date | None]]:
    """The runs of days on which an attestation stands against the verdict."""
    statuses = attestation.statuses_of(timeline.state.id) or frozenset()
    attested = Verdict.of(statuses, derivation.view.counted)
    period = attestation.days or attestation.during
    for spell in timeline.runs.between(period.first, period.last):
        if not spell.statuses & statuses and attested is not spell.verdict:
            part = period.within(spell.first_day, spell.last_day)
            yield part.first, part.end
