"""Changes of status over time: which act changed what, on which (perhaps unknown) day, in which worlds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from csto_membership._acts import Act, Status
from csto_membership._dates import ImpreciseDate
from csto_membership._derivation import beginnings, course_on, evidence_on, timeline_of
from csto_membership._evidence import EVER_AFTER, EVER_BEFORE, Event, in_order
from csto_membership._states import State
from csto_membership._worlds import Place, followed, latest_days, moves_of, statuses_of, walked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._derivation import Evidence, View
    from csto_membership._record import Record


@frozen
class Change:
    """
    A change of one state's status by an event, on the (perhaps unknown) day on which it takes effect.

    `acts` are the acts by which it may have happened; `before` and `after` all statuses that it may have led from
    and to; `certain` whether it changes the status in every world. A change without an event is the beginning of the
    institution that is looked at, to which a membership carries over.
    """

    state: State
    date: ImpreciseDate
    acts: tuple[Act, ...]
    before: frozenset[Status]
    after: frozenset[Status]
    certain: bool = True
    event: Event | None = None

    @property
    def act(self) -> Act | None:
        """The act, if only one is possible."""
        return self.acts[0] if len(self.acts) == 1 else None

    @property
    def order(self) -> tuple[dt.date, dt.date, str]:
        """By what changes are put in order: earliest day, latest day, state."""
        return self.date.earliest or dt.date.min, self.date.latest or dt.date.max, self.state.id

    def may_fall(self, first: dt.date, last: dt.date) -> bool:
        """Whether it may fall on a day of a period, both ends included."""
        date = self.date
        return (date.earliest is None or date.earliest <= last) and (date.latest is None or date.latest >= first)

    def __str__(self) -> str:
        acts = " or ".join(act.value for act in self.acts) or "carried over"
        before, after = (" or ".join(in_order(statuses)) for statuses in (self.before, self.after))
        perhaps = "" if self.certain else ", perhaps not at all"
        return f"{self.date} {self.state}: {acts}, from {before} to {after}{perhaps}"

    def as_dict(self) -> dict[str, Any]:
        """The change as JSON-ready values, its date in EDTF."""
        return {
            "state": self.state.id,
            "date": self.date.edtf,
            "acts": [act.value for act in self.acts],
            "before": in_order(self.before),
            "after": in_order(self.after),
            "certain": self.certain,
            "event": self.event.id if self.event else None,
        }


def changes_of(record: Record, view: View, state: State) -> Iterator[Change]:
    """The changes of a state's status, in the order of its events."""
    _, since = beginnings(record, view)
    start = since.earliest.toordinal() if since and since.earliest else None
    found: dict[str, Change] = {}
    variants = evidence_on(record, view, state.id)
    for evidence in variants:
        if evidence.attested:
            continue
        for change in _changes(evidence, view, state, start):
            id = change.event.id if change.event else ""
            found[id] = _joined(found[id], change) if id in found else change
    if since and (carried := _carried_over(record, view, state, since, list(found.values()))):
        yield carried
    told = [{event.id for event, _ in evidence.events} for evidence in variants]
    for id, change in found.items():
        everywhere = not id or all(id in events for events in told)
        yield change if everywhere else evolve(change, certain=False)


def _carried_over(
    record: Record, view: View, state: State, since: ImpreciseDate, changes: list[Change]
) -> Change | None:
    """The beginning of an institution as a change, where a state is something else than none on its first days."""
    none = frozenset({Status.NONE})
    line = timeline_of(course_on(record, view, state.id), state, view.counted)
    statuses = none.union(*(spell.statuses for spell in line.within(since))) - none
    if not statuses or any(told.certain and told.date == since for told in changes):
        return None
    sure = all(Status.NONE not in spell.statuses for spell in line.within(since.latest or since))
    return Change(state, since, (), none, statuses, certain=sure)


def _joined(one: Change, other: Change) -> Change:
    """Two variants of one change as one."""
    earliest = min(one.date.earliest or dt.date.min, other.date.earliest or dt.date.min)
    latest = max(one.date.latest or dt.date.max, other.date.latest or dt.date.max)
    return evolve(
        one,
        date=_imprecise(earliest.toordinal(), latest.toordinal()),
        acts=tuple(dict.fromkeys((*one.acts, *other.acts))),
        before=one.before | other.before,
        after=one.after | other.after,
        certain=one.certain and other.certain,
    )


def _imprecise(first: int, last: int) -> ImpreciseDate:
    """The run of days (ordinals) as a date, open where it leaves the calendar."""
    low, high = dt.date.min.toordinal(), dt.date.max.toordinal()
    return ImpreciseDate(
        dt.date.fromordinal(first) if low < first <= high else None,
        dt.date.fromordinal(last) if low <= last < high else None,
    )


def _changes(evidence: Evidence, view: View, state: State, since: int | None) -> Iterator[Change]:
    moves = moves_of(evidence.chain, view.reading)
    limits = latest_days(evidence.chain, moves)
    reached = walked(evidence.chain, moves, since)
    begin = EVER_BEFORE if since is None else since
    for k, (event, ways) in enumerate(evidence.events):
        before = after = 0
        days = (EVER_AFTER, EVER_BEFORE)
        acts: dict[Act, None] = {}
        idle = False
        for place, entries in reached[k].items():
            for way, move in zip(ways, moves[k], strict=True):
                for tenured, runs in followed(place, entries, move, since):
                    for to in move.leads[place.at]:
                        there = Place(to, tenured)
                        run = _possible_run(runs, limits[k + 1][to])
                        if run is None:
                            continue
                        if move.days is None or there.shown == place.shown or run[1] < begin:
                            idle = True
                            continue
                        before, after = before | place.shown, after | there.shown
                        days = (min(days[0], max(run[0], begin)), max(days[1], run[1]))
                        acts[way.act] = None
        if acts:
            date = _imprecise(*days)
            yield Change(state, date, tuple(acts), statuses_of(before), statuses_of(after), not idle, event)


def _possible_run(runs: list[tuple[int, int]], limit: int) -> tuple[int, int] | None:
    """The first and the last day of the runs on which what follows can still follow."""
    possible = [(first, min(last, limit)) for first, last in runs if first <= limit]
    return (possible[0][0], max(last for _, last in possible)) if possible else None
