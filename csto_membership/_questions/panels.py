"""Panels: one row a state and period, or a pair of states and period, on a grid of years, months or days. They stream."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields
from functools import partial
from itertools import combinations, groupby, permutations
from typing import TYPE_CHECKING, Any, NamedTuple

from csto_membership._values.acts import Status, in_order
from csto_membership._values.fields import Formed
from csto_membership._values.index import states_asked
from csto_membership._values.listing import Stream
from csto_membership._values.period import Period
from csto_membership._values.runs import day_before, joined
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted, day_range
from csto_membership._view.timeline import Spell
from csto_membership._worlds.counting import Total
from csto_membership.exceptions import DateError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._values.states import State, StateLike
    from csto_membership._view.derivation import Derivation
    from csto_membership._view.timeline import Timeline

_FREQUENCIES = ("year", "month", "day")
_RULES = ("first", "last", "any", "all")
_TEXT = {"year": 4, "month": 7, "day": 10}

YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED


class Span(NamedTuple):
    """What a table spans: frequency, rule, first and last day."""

    freq: str
    rule: str
    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return f"{self.freq} ({self.rule} day{'s' if self.rule == 'all' else ''}), {self.first} to {self.last}"


# Rows are dataclasses and not attrs classes: pandas and Polars take a list of dataclasses as it is.


@dataclass(frozen=True, slots=True)
class PanelRow(Formed):
    """
    One state in one period, its first and last day included.

    `year` is that of its first day. `member` is True, False or None (undetermined) by the rule; `statuses` are the
    possible statuses by the rule, as "member|former", and `status` the only one, None where there are several;
    `days_least` and `days_most` bound the days of membership in the period.
    """

    state: str
    cow: int | None
    year: int
    period: str
    first_day: dt.date
    last_day: dt.date
    statuses: str
    status: str | None
    member: bool | None
    days_least: int
    days_most: int

    def as_dict(self) -> dict[str, Any]:
        """The row as JSON-ready values."""
        return _row(self)


@dataclass(frozen=True, slots=True)
class DyadRow(Formed):
    """
    Two states in one period: whether both were members by the rule.

    The one with the smaller number of the Correlates of War project is the first, as in data sets of pairs
    (ccode1 < ccode2); a state without a number comes after those that have one, by its id.
    Worlds do not link states. `days_least` and `days_most` are sound bounds of the shared days, exact where the days
    of both states' memberships are.
    """

    state_a: str
    cow_a: int | None
    state_b: str
    cow_b: int | None
    year: int
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


#: The names of their cells.
_PANEL_HEAD, _DYADS_HEAD = (tuple(field.name for field in fields(row)) for row in (PanelRow, DyadRow))


def span_of(derivation: Derivation, freq: str, rule: str, first: dt.date | None, last: dt.date | None) -> Span:
    """
    What a table spans: from `first` to `last`, or from the period in which the coverage begins to its last day.

    Raises `UnknownNameError` for an unknown frequency or rule, `DateError` where an end is open, or before the other.
    """
    if freq not in _FREQUENCIES:
        raise UnknownNameError("frequency", freq, _FREQUENCIES)
    if rule not in _RULES:
        raise UnknownNameError("rule", rule, _RULES)
    coverage = derivation.coverage
    begin, end = first or coverage.first, last or coverage.last
    if begin is None or end is None:
        open_ends = [name for name, day in (("first", begin), ("last", end)) if day is None]
        reason = f"the coverage, which a table spans by default, is open; give {' and '.join(open_ends)}"
        raise DateError(day_range(begin, end), f"{reason} (--{' and --'.join(open_ends)} on the command line)")
    if first is None:
        begin = _period_start(freq, begin)
    if begin > end:
        raise DateError(f"{begin} to {end}", "the table ends before it begins")
    return Span(freq, rule, begin, end)


def _grid(span: Span) -> Iterator[tuple[str, Period]]:
    """The periods with their names; the first one begins with the span, the last one ends with it."""
    from dateutil.rrule import DAILY, MONTHLY, YEARLY, rrule

    frequency = {"year": YEARLY, "month": MONTHLY, "day": DAILY}[span.freq]
    previous: dt.date | None = None
    start = _midnight(_period_start(span.freq, span.first))
    # The stubs type the frequencies as int.
    for moment in rrule(frequency, dtstart=start, until=_midnight(span.last)):  # type: ignore[arg-type]
        day = max(moment.date(), span.first)
        if previous:
            yield previous.isoformat()[: _TEXT[span.freq]], Period(previous, day - dt.timedelta(1))
        previous = day
    assert previous is not None, "the grid has the period of its first day"
    yield previous.isoformat()[: _TEXT[span.freq]], Period(previous, span.last)


def _period_start(freq: str, day: dt.date) -> dt.date:
    """The first day of the calendar's period that the day lies in."""
    return {"year": day.replace(month=1, day=1), "month": day.replace(day=1), "day": day}[freq]


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def states_of(derivation: Derivation, states: Iterable[StateLike] | StateLike | None) -> list[State]:
    """
    The states of a table, each once, by their ids: those that are named, or "world" for all that the library knows.

    By default those of which the record tells an act that the view does not deny or, where it tells none, those that
    it names.
    """
    index, record = derivation.record.index, derivation.record
    if states is None:
        acting = [state for state in record.states if derivation.tells_acts_of(state.id)]
        return acting or list(record.states)
    return sorted(states_asked(states, index.find, record.states))


def _by_number(state: State) -> tuple[bool, int, str]:
    return state.cow is None, state.cow or 0, state.id


def panel(derivation: Derivation, span: Span, states: Iterable[State]) -> Stream[PanelRow]:
    """One row a period and state, by period and then by state."""
    chosen = tuple(states)
    title = f"panel by {span}, {counted(len(chosen), 'state')}"
    return Stream(partial(_panel, derivation, span, chosen), _PANEL_HEAD, title, str(derivation.scope))


def _panel(derivation: Derivation, span: Span, states: tuple[State, ...]) -> Iterator[PanelRow]:
    timelines = [derivation.timeline(state) for state in states]
    for name, period in _grid(span):
        for timeline in timelines:
            alone = _in_period(derivation, timeline, span.rule, period)
            yield PanelRow(
                state=alone.state.id,
                cow=alone.state.cow,
                year=period.first.year,
                period=name,
                first_day=period.first,
                last_day=period.last,
                statuses="|".join(in_order(alone.statuses)),
                status=next(iter(alone.statuses)).value if len(alone.statuses) == 1 else None,
                member=alone.verdict.value,
                days_least=alone.days.least,
                days_most=alone.days.most,
            )


class _InPeriod(NamedTuple):
    """One state in one period."""

    state: State
    spells: tuple[Spell, ...]
    days: Total
    statuses: frozenset[Status]
    verdict: Verdict


def _in_period(derivation: Derivation, timeline: Timeline, rule: str, period: Period) -> _InPeriod:
    """The state of a timeline in a period, by the rule."""
    spells = timeline.runs.between(period.first, period.last)
    days = _days(derivation, timeline.state, spells, period)
    return _InPeriod(timeline.state, spells, days, *_by_rule(rule, spells, days, len(period)))


def _days(derivation: Derivation, state: State, spells: tuple[Spell, ...], period: Period) -> Total:
    """The days of membership; the worlds are asked only where something is undetermined."""
    if any(spell.verdict is UNDETERMINED for spell in spells):
        return derivation.days(state.id, derivation.view.counted, period)
    days = sum(len(period.within(spell.first_day, spell.last_day)) for spell in spells if spell.verdict is YES)
    return Total(days, days)


def _by_rule(rule: str, spells: tuple[Spell, ...], days: Total, length: int) -> tuple[frozenset[Status], Verdict]:
    """The possible statuses and the verdict by the rule."""
    if rule in ("first", "last"):
        spell = spells[0 if rule == "first" else -1]
        return spell.statuses, spell.verdict
    statuses = frozenset[Status]().union(*(spell.statuses for spell in spells))
    if rule == "any":
        return statuses, Verdict.of_any(*days)
    return statuses, Verdict.of_all(*days, length)


def dyads(derivation: Derivation, span: Span, states: Iterable[State], *, directed: bool) -> Stream[DyadRow]:
    """One row a period and pair of states, by period and then by pair: each pair once or, if directed, in both orders."""
    chosen = tuple(sorted(states, key=_by_number))
    title = f"{'directed ' if directed else ''}dyads by {span}, pairs of {counted(len(chosen), 'state')}"
    return Stream(
        partial(_dyads, derivation, span, chosen, directed=directed), _DYADS_HEAD, title, str(derivation.scope)
    )


def _dyads(derivation: Derivation, span: Span, states: tuple[State, ...], *, directed: bool) -> Iterator[DyadRow]:
    pairs = permutations if directed else combinations
    timelines = [derivation.timeline(state) for state in states]
    for name, period in _grid(span):
        alone = [_in_period(derivation, timeline, span.rule, period) for timeline in timelines]
        for one, other in pairs(alone, 2):
            days = _shared_days(one, other, period)
            verdict = Verdict.of_any(*days) if span.rule == "any" else Verdict.both(one.verdict, other.verdict)
            yield DyadRow(
                state_a=one.state.id,
                cow_a=one.state.cow,
                state_b=other.state.id,
                cow_b=other.state.cow,
                year=period.first.year,
                period=name,
                first_day=period.first,
                last_day=period.last,
                member=verdict.value,
                days_least=days.least,
                days_most=days.most,
            )


def _shared_days(one: _InPeriod, other: _InPeriod, period: Period) -> Total:
    """
    The days of a period on which both are members: sound bounds.

    From the days on which both are for certain, or may be, and from how many days each has in the period.
    """
    least = most = 0
    for a in one.spells:
        for b in other.spells:
            first, last = _overlap(a, b, period)
            verdict = Verdict.both(a.verdict, b.verdict)
            if first <= last and verdict is not NO:
                days = (last - first).days + 1
                most += days
                least += days if verdict is YES else 0
    return Total(max(least, one.days.least + other.days.least - len(period)), min(most, one.days.most, other.days.most))


def _overlap(a: Spell, b: Spell, period: Period) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period that lie in both spells; the last is before the first for none."""
    return (
        max(a.first_day or period.first, b.first_day or period.first, period.first),
        min(a.last_day or period.last, b.last_day or period.last, period.last),
    )


def both_members(one: Timeline, other: Timeline) -> Iterator[Spell]:
    """The runs of days on which both were members, certainly (YES) or possibly (UNDETERMINED)."""
    both = joined(one.runs, other.runs)
    for verdict, group in groupby(both, key=lambda run: Verdict.both(*(spell.verdict for spell in run.value))):
        runs = list(group)
        if verdict is not NO:
            statuses = frozenset[Status]().union(*(spell.statuses for run in runs for spell in run.value))
            yield Spell(runs[0].first, day_before(runs[-1].end), statuses, verdict)
