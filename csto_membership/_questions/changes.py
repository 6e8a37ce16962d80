"""Changes of status over time: which act changed what, on which (perhaps unknown) day, in which worlds."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from attrs import evolve, frozen

from csto_membership._evidence.claims import Event
from csto_membership._values.acts import Act, Status, in_order
from csto_membership._values.cells import visible
from csto_membership._values.dates import DateLike, ImpreciseDate
from csto_membership._values.fields import Formed
from csto_membership._values.listing import Listing, brief
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days, period_of
from csto_membership._values.states import State
from csto_membership._values.wording import counted, either
from csto_membership._worlds.masks import NONE_MASK, spans_of, statuses_of
from csto_membership._worlds.moves import base_of, is_unanchored
from csto_membership._worlds.places import Place, arrivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._view.case import Case
    from csto_membership._view.derivation import Derivation
    from csto_membership._view.overlays import Overlay
    from csto_membership._worlds.entries import Entries
    from csto_membership._worlds.worlds import Walk


@frozen
class Change(Formed):
    """
    A change of one state's status by an event, on the (perhaps unknown) day on which it takes effect.

    `acts` are the acts by which it may have happened; `before` and `after` all statuses that it may have led from
    and to; `certain` whether it changes the status in every world. A change without an event is the beginning of the
    institution that is looked at, to which a membership carries over. `silent` marks an entry into force of which no
    source used speaks: after the event a signatory may have become a member. `for_all` marks the end of the institution
    and the abolition of a status, which change it for all who have it.
    """

    state: State
    date: ImpreciseDate
    acts: tuple[Act, ...]
    before: frozenset[Status]
    after: frozenset[Status]
    certain: bool = True
    event: Event | None = None
    silent: bool = False
    for_all: bool = False

    @property
    def act(self) -> Act | None:
        """The act, if only one is possible."""
        return self.acts[0] if len(self.acts) == 1 else None

    @property
    def order(self) -> tuple[dt.date, dt.date, str]:
        """By what changes are put in order: earliest day, latest day, state."""
        return self.date.earliest or dt.date.min, self.date.latest or dt.date.max, self.state.id

    def may_fall(self, first: DateLike | None, last: DateLike | None) -> bool:
        """
        Whether it may fall on a day of a period, both ends included; ends as in `History.changes`.

        >>> from csto_membership import CSTO
        >>> change = CSTO.next_change("1999-04-21")
        >>> change.may_fall("2006", "2006"), change.may_fall("2006-07", None)
        (True, False)
        """
        period = period_of(first, last)
        return self.date.possibly_same(ImpreciseDate(period.first, period.last))

    def __repr__(self) -> str:
        return brief(self, self)

    def __str__(self) -> str:
        acts = either(act.value for act in self.acts) or ("for all states" if self.for_all else "carried over")
        before, after = (either(in_order(statuses)) for statuses in (self.before, self.after))
        acts += ", of which no source speaks" if self.silent else ""
        perhaps = "" if self.certain else ", perhaps not at all"
        return visible(f"{self.date} {self.state}: {acts}, from {before} to {after}{perhaps}")

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, line
        from csto_membership._values.sentences import on_day, possible

        date = self.date.earliest if self.date.is_exact and self.date.earliest else self.date
        sentence = f"{self.state.name}: from {possible(self.before)} to {possible(self.after)} {on_day(date)}"
        by = either(self.acts) or ("for all states" if self.for_all else "carried over")
        remarks = ("of which no source speaks" if self.silent else "", "" if self.certain else "perhaps not at all")
        return card(
            headline(sentence, ", ".join(filter(None, (by, *remarks)))),
            line(f"event {self.event.id}, {counted(len(self.event.claims), 'claim')}") if self.event else "",
        )

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
            "silent": self.silent,
            "for_all": self.for_all,
        }


class Changes(Listing[Change]):
    """Changes: a tuple that shows itself as a short table."""

    noun: ClassVar[str] = "change"
    head: ClassVar[tuple[str, ...]] = ("date", "state", "acts", "before", "after")

    @staticmethod
    def row(change: Change) -> Iterable[object]:
        """The cells of one change."""
        acts = either(change.acts) or "carried over"
        statuses = (either(in_order(statuses)) for statuses in (change.before, change.after))
        return change.date, change.state, acts if change.certain else f"{acts}, perhaps", *statuses


def changes(derivation: Derivation) -> Changes:
    """All changes of status that the view shows, in the order of their earliest, then latest days, then states."""

    def answer() -> Changes:
        every = (change for state in derivation.record.states for change in _changes_of(derivation, state))
        return Changes(sorted(every, key=lambda change: change.order), str(derivation.scope))

    return derivation.once("changes", answer)


def _changes_of(derivation: Derivation, state: State) -> Iterator[Change]:
    """The changes of one state's status, in the order of its events."""
    begin = derivation.beginning
    tenure = begin.since.earliest.toordinal() if begin.since and begin.since.earliest else None
    window = _window(derivation)
    if window.first > window.last:
        return
    by_event: dict[object, list[Change]] = {}
    cases = derivation.cases(state.id)
    for case in cases:
        if not case.rests_on_attestations:
            for key, change in _changes_in(case, state, tenure, window):
                by_event.setdefault(key, []).append(change)
    if window.first > EVER_BEFORE and (carried := _carried_over(derivation, state, tenure, window)):
        same_day = any(
            change.date.may_be(dt.date.fromordinal(window.first)) for found in by_event.values() for change in found
        )
        yield evolve(carried, certain=carried.certain and not same_day)
    yield from _overlaid(derivation, state)
    for found in by_event.values():
        change = reduce(_joined, found)
        yield evolve(change, certain=change.certain and len(found) == len(cases))


def _overlaid(derivation: Derivation, state: State) -> Iterator[Change]:
    """What changes for all states at once, as changes of one state without an event."""
    for overlay in derivation.overlays:
        first, last = overlay.days
        before, days = 0, []
        certain = True
        # Whoever has the status on the eve of a day on which the overlay may begin changes on that day.
        for span in spans_of(derivation.without_overlay(state, overlay)):
            eves = Days(max(span.first, first - 1), min(span.end, last) - 1)
            if eves.first > eves.last:
                continue
            changed = overlay.changed(span.mask)
            certain = certain and changed == span.mask
            if changed:
                before |= changed
                days += [eves.first + 1, eves.last + 1]
        if before:
            statuses = statuses_of(before), statuses_of(overlay.applied(before))
            date = ImpreciseDate(dt.date.fromordinal(min(days)), dt.date.fromordinal(max(days)))
            yield Change(state, date, (), *statuses, certain, for_all=True)


class _Window(NamedTuple):
    """The first and the last day on which a change can be seen, and what shows as something else for all states."""

    first: int
    last: int
    overlays: tuple[Overlay, ...]

    def shown(self, mask: int, days: Days) -> int:
        """What the statuses of a mask show as on one of some days."""
        for overlay in self.overlays:
            after = overlay.applied(mask)
            if days.first >= overlay.days.last:
                mask = after
            elif days.last >= overlay.days.first:
                mask |= after
        return mask


def _window(derivation: Derivation) -> _Window:
    """The days on which a change can be seen: of what begins then, and is covered."""
    coverage, begin = derivation.coverage, derivation.beginning.day
    starts = [begin.earliest if begin else None, coverage.first]
    ends = [] if coverage.carries(strict=derivation.view.strict) or not coverage.last else [coverage.last.toordinal()]
    first = max((day.toordinal() for day in starts if day), default=EVER_BEFORE)
    return _Window(first, min(ends, default=EVER_AFTER), derivation.overlays)


def _carried_over(derivation: Derivation, state: State, since: int | None, window: _Window) -> Change | None:
    """What a state had become before the first day that is looked at, as a change from none to it on that day."""
    start, line = window.first, derivation.timeline(state)
    first = dt.date.fromordinal(start)
    # Before the first day of the calendar there was nothing.
    if first > dt.date.min and line.on(first - dt.timedelta(1)).statuses != statuses_of(NONE_MASK):
        return None
    before = 0
    for case in derivation.cases(state.id):
        if not case.rests_on_attestations:
            for limits, places in zip(case.walk.limits, case.walk.places(since), strict=True):
                for place, entries in places.items():
                    before |= place.shown if entries[0].first < start <= limits[place.at] else 0
    # What is abolished on that very day is carried over as what it became.
    shown = window.shown(before & ~NONE_MASK, Days(start, start))
    statuses = statuses_of(shown & ~NONE_MASK) & line.on(first).statuses
    if not statuses:
        return None
    return Change(state, ImpreciseDate.on(first), (), statuses_of(NONE_MASK), statuses, certain=not before & NONE_MASK)


def _joined(one: Change, other: Change) -> Change:
    """A change by one case and by another as one."""
    earliest = one.date.earliest and other.date.earliest and min(one.date.earliest, other.date.earliest)
    latest = one.date.latest and other.date.latest and max(one.date.latest, other.date.latest)
    return evolve(
        one,
        date=ImpreciseDate(earliest, latest),
        acts=tuple(dict.fromkeys((*one.acts, *other.acts))),
        before=one.before | other.before,
        after=one.after | other.after,
        certain=one.certain and other.certain,
    )


def _imprecise(days: Days) -> ImpreciseDate:
    """The run of days as a date, open where it leaves the calendar."""
    low, high = dt.date.min.toordinal(), dt.date.max.toordinal()
    return ImpreciseDate(
        dt.date.fromordinal(days.first) if low <= days.first <= high else None,
        dt.date.fromordinal(days.last) if low <= days.last <= high else None,
    )


class _Step(NamedTuple):
    """A move in some worlds: by which act (None for none), from where to where, from the first to the last of the days."""

    act: Act | None
    before: Place
    after: Place
    days: Days


def _steps(walk: Walk, number: int, reached: dict[Place, Entries], since: int | None) -> Iterator[_Step]:
    """Every step that move `number` takes in some world, on the days of each alternative."""
    limits = walk.limits[number + 1]
    for place, entries in reached.items():
        for move in walk.moves[number]:
            for days in move.days or ():
                for after, entered in arrivals(place, entries, move._replace(runs=[days]), since):
                    if entered[0].first <= (limit := limits[after.at]):
                        last = max(min(run.last, limit) for run in entered if run.first <= limit)
                        yield _Step(move.act, place, after, Days(entered[0].first, last))
            # An event that never happened, or that nobody tells, changes nothing.
            for to in move.leads.get(place.at, ()) if move.days is None else ():
                if entries[0].first <= limits[to]:
                    yield _Step(None, place, Place(to, place.tenured), entries[0])


def _changes_in(case: Case, state: State, since: int | None, window: _Window) -> Iterator[tuple[object, Change]]:
    """The changes that the events of a case make, each with what tells it from the others of the state."""
    walk = case.walk
    places = walk.places(since)
    for number, at in enumerate(walk.events):
        event, _ = case.events[at]
        silent = number > 0 and walk.events[number - 1] == at
        change: Change | None = None
        idle = False
        # After an event that nobody tells, it is an entry into force after the event before that.
        reached = walk.told(number - 1, places[number - 1], since) if silent else places[number]
        for step in _steps(walk, number, reached, since):
            shown = _shown_change(step, state, event, window)
            if shown is None:
                idle = True
            else:
                change = _joined(change, shown) if change else shown
        if change:
            # Where a choice of sources leaves no order of days, nothing follows from it.
            certain = change.certain and not idle and case.has_order
            yield (event.id, silent), evolve(change, certain=certain, silent=silent)


def _shown_change(step: _Step, state: State, event: Event, window: _Window) -> Change | None:
    """What of a step shows as a change, certain if all of it does; None where nothing changes, or out of sight."""
    first, last = step.days
    looked_at = window.first > EVER_BEFORE
    # On the first day that is looked at, what was before shows as none.
    before = window.shown(step.before.shown, step.days) if last > window.first or not looked_at else 0
    before |= NONE_MASK if looked_at and first <= window.first else 0
    after = window.shown(step.after.shown, step.days)
    same = base_of(step.after.at) is base_of(step.before.at) or is_unanchored(step.after.at)
    # An expiry of the last day of the calendar falls on no day.
    seen = min(window.last, dt.date.max.toordinal())
    if step.act is None or same or after == before or last < window.first or first > seen:
        return None
    return Change(
        state=state,
        date=_imprecise(Days(max(first, window.first), min(last, window.last))),
        acts=(step.act,),
        before=statuses_of(before),
        after=statuses_of(after),
        certain=window.first <= first and last <= window.last,
        event=event,
    )
