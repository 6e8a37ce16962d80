"""Panels: one row a state and period, or a pair of states and period, on a grid of years, months or days. They stream."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from attrs import asdict, fields, frozen

from csto_membership._questions.periods import days_of
from csto_membership._values.acts import Status
from csto_membership._values.verdict import Verdict
from csto_membership._view.timeline import Spell, joint_runs
from csto_membership.exceptions import DateError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._history import History
    from csto_membership._values.states import State
    from csto_membership._view.timeline import Timeline


_FREQUENCIES = ("year", "month", "day")
_RULES = ("first", "last", "any", "all")
_TEXT = {"year": 4, "month": 7, "day": 10}

#: Frequency, rule, first and last day of a table.
_Span: TypeAlias = "tuple[str, str, dt.date, dt.date]"
_T = TypeVar("_T")

YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED


def _fit_for_frames(row: type[_T]) -> type[_T]:
    """Let pandas and Polars take the rows as they are: both ask for the fields of a dataclass, none of which is kept."""
    told = dataclasses.make_dataclass(row.__name__, [(field.name, field.type) for field in fields(row)])  # type: ignore[arg-type]
    row.__dataclass_fields__ = told.__dataclass_fields__  # type: ignore[attr-defined]
    return row


@_fit_for_frames
@frozen
class PanelRow:
    """
    One state in one period, its first and last day included.

    `member` is True, False or None (undetermined) by the rule; `status` the only possible status by the rule, None
    where there are several; `days_least` and `days_most` bound the days of membership in the period.
    """

    state: str
    cow: int | None
    period: str
    first_day: dt.date
    last_day: dt.date
    status: str | None
    member: bool | None
    days_least: int
    days_most: int

    def as_dict(self) -> dict[str, Any]:
        """The row as JSON-ready values."""
        return _row(self)


@_fit_for_frames
@frozen
class DyadRow:
    """
    Two states in one period: whether both were members by the rule.

    Worlds do not link states. `days_least` and `days_most` are sound bounds of the shared days, exact where the days
    of both states' memberships are.
    """

    state_a: str
    cow_a: int | None
    state_b: str
    cow_b: int | None
    period: str
    first_day: dt.date
    last_day: dt.date
    member: bool | None
    days_least: int
    days_most: int

    def as_dict(self) -> dict[str, Any]:
        """The row as JSON-ready values."""
        return _row(self)


def _row(row: PanelRow | DyadRow) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in asdict(row).items()}


def span_of(history: History, freq: str, rule: str, first: dt.date | None, last: dt.date | None) -> _Span:
    """
    What a table spans: from `first` to `last`, or from the period in which the coverage begins to its last day.

    Raises `UnknownNameError` for an unknown frequency or rule, `DateError` where an end is open, or before the other.
    """
    if freq not in _FREQUENCIES:
        raise UnknownNameError("frequency", freq, _FREQUENCIES)
    if rule not in _RULES:
        raise UnknownNameError("rule", rule, _RULES)
    begin, end = first or history.coverage.first, last or history.coverage.last
    if begin is None or end is None:
        raise DateError(None, "the coverage is open; give the first and the last day of the table")
    if first is None:
        begin = _period_start(freq, begin)
    if begin > end:
        raise DateError(f"{begin} to {end}", "the table ends before it begins")
    return freq, rule, begin, end


def _grid(freq: str, begin: dt.date, end: dt.date) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The periods as name, first day, last day; the first one begins with `begin`, the last one ends with `end`."""
    from dateutil.rrule import DAILY, MONTHLY, YEARLY, rrule

    frequency = YEARLY if freq == "year" else MONTHLY if freq == "month" else DAILY
    previous: dt.date | None = None
    # The stubs type the frequencies as int.
    for moment in rrule(frequency, dtstart=_midnight(_period_start(freq, begin)), until=_midnight(end)):  # type: ignore[arg-type]
        day = max(moment.date(), begin)
        if previous:
            yield previous.isoformat()[: _TEXT[freq]], previous, day - dt.timedelta(1)
        previous = day
    assert previous is not None, "the grid has the period of its first day"
    yield previous.isoformat()[: _TEXT[freq]], previous, end


def _period_start(freq: str, day: dt.date) -> dt.date:
    """The first day of the calendar's period that the day lies in."""
    return {"year": day.replace(month=1, day=1), "month": day.replace(day=1), "day": day}[freq]


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def panel_of(history: History, span: _Span) -> Iterator[PanelRow]:
    """One row a period and state, by period and then by state."""
    freq, rule, begin, end_day = span
    lines = [history.timeline(state) for state in history.states]
    for name, start, end in _grid(freq, begin, end_day):
        for line in lines:
            spells = line.between(start, end)
            least, most = _days(history, line, spells, start, end)
            statuses, verdict = _by_rule(rule, spells, least, most, (end - start).days + 1)
            status = next(iter(statuses)).value if len(statuses) == 1 else None
            state = line.state
            yield PanelRow(state.id, state.cow, name, start, end, status, verdict.value, least, most)


def _days(
    history: History, line: Timeline, spells: tuple[Spell, ...], first: dt.date, last: dt.date
) -> tuple[int, int]:
    """The least and the most days of membership; the engine is asked only where something is undetermined."""
    if all(spell.verdict is not UNDETERMINED for spell in spells):
        days = sum(
            (min(spell.last_day or last, last) - max(spell.first_day or first, first)).days + 1
            for spell in spells
            if spell.verdict is YES
        )
        return days, days
    view = history.view
    return days_of(history.record, view, line.state.id, view.counted, first.toordinal(), last.toordinal())


def _by_rule(
    rule: str, spells: tuple[Spell, ...], least: int, most: int, length: int
) -> tuple[frozenset[Status], Verdict]:
    """The possible statuses and the verdict by the rule."""
    if rule in ("first", "last"):
        spell = spells[0 if rule == "first" else -1]
        return spell.statuses, spell.verdict
    statuses = frozenset[Status]().union(*(spell.statuses for spell in spells))
    if rule == "any":
        return statuses, YES if least else UNDETERMINED if most else NO
    return statuses, YES if least == length else UNDETERMINED if most == length else NO


def dyads_of(history: History, span: _Span) -> Iterator[DyadRow]:
    """One row a period and pair of states, by period and then by pair, each pair once."""
    freq, rule, begin, end_day = span
    lines = [history.timeline(state) for state in history.states]
    for name, start, end in _grid(freq, begin, end_day):
        spells = [line.between(start, end) for line in lines]
        days = [_days(history, line, run, start, end) for line, run in zip(lines, spells, strict=True)]
        length = (end - start).days + 1
        alone = [_by_rule(rule, run, *total, length)[1] for run, total in zip(spells, days, strict=True)]
        for i, one in enumerate(lines):
            for j in range(i + 1, len(lines)):
                least, most = shared_days(spells[i], spells[j], start, end)
                least, most = max(least, days[i][0] + days[j][0] - length), min(most, days[i][1], days[j][1])
                verdict = both(alone[i], alone[j])
                if rule == "any":
                    verdict = YES if least else UNDETERMINED if most else NO
                a, b = one.state, lines[j].state
                yield DyadRow(a.id, a.cow, b.id, b.cow, name, start, end, verdict.value, least, most)


def both(one: Verdict, other: Verdict) -> Verdict:
    """Whether both hold, for two states whose worlds are apart."""
    if NO in (one, other):
        return NO
    return YES if one is other is YES else UNDETERMINED


def shared_days(one: tuple[Spell, ...], other: tuple[Spell, ...], first: dt.date, last: dt.date) -> tuple[int, int]:
    """The days of a period on which both are members for certain, and on which both may be."""
    least = most = 0
    for a in one:
        for b in other:
            low = max(a.first_day or first, b.first_day or first, first)
            high = min(a.last_day or last, b.last_day or last, last)
            if low <= high and (verdict := both(a.verdict, b.verdict)) is not NO:
                days = (high - low).days + 1
                most += days
                least += days if verdict is YES else 0
    return least, most


def both_members_of(history: History, a: State, b: State) -> Iterator[Spell]:
    """The runs of days on which both were members, certainly (YES) or possibly (UNDETERMINED)."""
    run: Spell | None = None
    for first, last, (one, other) in joint_runs(history.timeline(a), history.timeline(b)):
        verdict = both(one.verdict, other.verdict)
        if run and run.verdict is verdict:
            run = Spell(run.first_day, last, run.statuses | one.statuses | other.statuses, verdict)
            continue
        if run and run.verdict is not NO:
            yield run
        run = Spell(first, last, one.statuses | other.statuses, verdict)
    if run and run.verdict is not NO:
        yield run
