"""Changes of status over time: which act changed what, on which (perhaps unknown) day, in which worlds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from csto_membership._evidence.claims import Event
from csto_membership._values.acts import Act, Status, in_order
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.states import State
from csto_membership._view.case import evidence_on
from csto_membership._view.derivation import beginning_of, course_on, coverage_of, timeline_of
from csto_membership._worlds.masks import mask_of, statuses_of
from csto_membership._worlds.worlds import Place, followed, latest_days, moves_of, walked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.institutions import Coverage
    from csto_membership._evidence.record import Record
    from csto_membership._view.case import Evidence
    from csto_membership._view.view import View


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
    """The changes of a state's status that the view shows, in the order of its events."""
    begin = beginning_of(record, view)
    tenure = begin.since.earliest.toordinal() if begin.since and begin.since.earliest else None
    start, end = _window(coverage_of(record, view), view, begin.day)
    if start > end:
        return
    found: dict[str, Change] = {}
    variants = evidence_on(record, view, state.id)
    for evidence in variants:
        if evidence.attested:
            continue
        for change in _changes(evidence, view, state, tenure, start, end):
            id = change.event.id if change.event else ""
            found[id] = _joined(found[id], change) if id in found else change
    if start > EVER_BEFORE and (carried := _carried_over(record, view, state, variants, tenure, start)):
        day_of_change = any(change.date.may_be(dt.date.fromordinal(start)) for change in found.values())
        yield evolve(carried, certain=carried.certain and not day_of_change)
    told = [{event.id for event, _ in evidence.events} for evidence in variants]
    for id, change in found.items():
        yield change if all(id in events for events in told) else evolve(change, certain=False)


def _window(covered: Coverage, view: View, begin: ImpreciseDate | None) -> tuple[int, int]:
    """The first and the last day (ordinals) on which a change can be seen: of what begins then, and is covered."""
    starts = [begin.earliest if begin else None, covered.first]
    end = covered.last if view.strict or covered.after == "unknown" else None
    return (
        max((day.toordinal() for day in starts if day), default=EVER_BEFORE),
        end.toordinal() if end else EVER_AFTER,
    )


def _carried_over(
    record: Record, view: View, state: State, variants: tuple[Evidence, ...], since: int | None, start: int
) -> Change | None:
    """What a state had become before the first day that is looked at, as a change from none to it on that day."""
    none = mask_of([Status.NONE])
    line = timeline_of(course_on(record, view, state.id), state, view.counted)
    first = dt.date.fromordinal(start)
    if line.on(first - dt.timedelta(1)).statuses != statuses_of(none):
        return None
    before = 0
    for evidence in variants:
        if not evidence.attested:
            moves = moves_of(evidence.chain, view.reading)
            limits = latest_days(evidence.chain, moves)
            for k, places in enumerate(walked(evidence.chain, moves, since)):
                for place, entries in places.items():
                    before |= place.shown if entries[0][0] < start <= limits[k][place.at] else 0
    statuses = statuses_of(before & ~none) & line.on(first).statuses
    if not statuses:
        return None
    return Change(state, ImpreciseDate.on(first), (), statuses_of(none), statuses, certain=not before & none)


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


def _changes(evidence: Evidence, view: View, state: State, since: int | None, start: int, end: int) -> Iterator[Change]:
    moves = moves_of(evidence.chain, view.reading)
    limits = latest_days(evidence.chain, moves)
    reached = walked(evidence.chain, moves, since)
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
                        outside = run[1] < start or run[0] > end
                        # On the first day that is looked at, what was before shows as none.
                        shown = place.shown if run[1] > start or start == EVER_BEFORE else 0
                        shown |= mask_of([Status.NONE]) if run[0] <= start > EVER_BEFORE else 0
                        if move.days is None or to == place.at or there.shown == shown or outside:
                            idle = True
                            continue
                        idle = idle or run[0] < start or run[1] > end
                        before, after = before | shown, after | there.shown
                        days = (min(days[0], max(run[0], start)), max(days[1], min(run[1], end)))
                        acts[way.act] = None
        if acts:
            date = _imprecise(*days)
            yield Change(state, date, tuple(acts), statuses_of(before), statuses_of(after), not idle, event)


def _possible_run(runs: list[tuple[int, int]], limit: int) -> tuple[int, int] | None:
    """The first and the last day of the runs on which what follows can still follow."""
    possible = [(first, min(last, limit)) for first, last in runs if first <= limit]
    return (possible[0][0], max(last for _, last in possible)) if possible else None
