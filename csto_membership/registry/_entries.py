"""The organisations of a registry: what each must answer, and those that answer from a history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Protocol, TypeAlias

from attrs import evolve, frozen

from csto_membership._evidence.institutions import Coverage
from csto_membership._history import History
from csto_membership._questions.answers import Finding, Members
from csto_membership._values.acts import Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.runs import Runs
from csto_membership._values.states import State, StateLike
from csto_membership._values.verdict import Verdict
from csto_membership._view.ending import tells_apart
from csto_membership._view.timeline import Timeline
from csto_membership._worlds.masks import mask_of
from csto_membership.registry._lines import Lines, Patterns, Stretches, packed, stretches_of
from csto_membership.registry._prepared import Prepared, Roster


class Entry(Protocol):
    """
    One organisation of a registry. It is asked by the ids that its states have in its own record, and by the state itself
    where it does not name it.

    `Live` answers from a history, `Prepared` from prepared lines.
    """

    @property
    def id(self) -> str:
        """The id of the organisation."""
        ...

    @property
    def name(self) -> str:
        """Its name, "" where none is known."""
        ...

    @property
    def view(self) -> str:
        """The view under which it answers, in words."""
        ...

    @property
    def what_if(self) -> str:
        """What its view supposes or leaves out, "" for nothing."""
        ...

    @property
    def states(self) -> tuple[State, ...]:
        """Its states: always the same tuple, by whose identity a registry keeps the ids that they have here."""
        ...

    @property
    def counted(self) -> frozenset[Status]:
        """The statuses that count as membership."""
        ...

    @property
    def coverage(self) -> Coverage:
        """The days for which it vouches."""
        ...

    def line(self, state: StateLike) -> Runs[dt.date, int]:
        """The masks of the possible statuses of a state over time."""
        ...

    def others(self) -> Runs[dt.date, int]:
        """The same of a state that it does not name, and for which none that it names may stand."""
        ...

    def verdicts(self, state: StateLike) -> Runs[dt.date, Verdict]:
        """The verdicts on a state over time, one for each run of its `line`."""
        ...

    def stretches(self, state: StateLike) -> Stretches:
        """When a state was a member, or may have been."""
        ...

    def was_member(self, state: StateLike, date: ImpreciseDate) -> Verdict:
        """The verdict on a state on one unknown day of a date."""
        ...

    def status(self, state: StateLike, date: ImpreciseDate) -> Finding:
        """The possible statuses of a state on one unknown day of a date, with the evidence."""
        ...

    def members_on(self, date: ImpreciseDate) -> Members:
        """Who was a member on one unknown day of a date."""
        ...

    def prepared(self) -> Prepared:
        """The same answers as prepared lines."""
        ...


#: What makes the rows of a table less certain that speak of a state on a date.
Remarks: TypeAlias = Callable[[str, ImpreciseDate], tuple[str, ...]]


@frozen(eq=False)
class Live:
    """An organisation with a history, which is made when it is first asked for."""

    id: str
    name: str
    states: tuple[State, ...]
    _make_history: Callable[[], History]
    _remarks: Remarks | None = None
    view: str = ""
    what_if: str = ""

    @cached_property
    def history(self) -> History:
        """The history that answers."""
        return self._make_history()

    @property
    def counted(self) -> frozenset[Status]:
        """The statuses that count as membership."""
        return self.history.view.counted

    @property
    def coverage(self) -> Coverage:
        """The days for which the history vouches."""
        return self.history.coverage

    def line(self, state: StateLike) -> Runs[dt.date, int]:
        """The masks of the possible statuses of a state over time."""
        return _masks(self.history.timeline(state))

    def others(self) -> Runs[dt.date, int]:
        """The same of a state that it does not name."""
        return _masks(self.history.others())

    def verdicts(self, state: StateLike) -> Runs[dt.date, Verdict]:
        """The verdicts on a state over time."""
        timeline = self.history.timeline(state)
        return Runs(timeline.starts, tuple(spell.verdict for spell in timeline))

    def stretches(self, state: StateLike) -> Stretches:
        """When a state was a member, or may have been."""
        verdicts = self.verdicts(state)
        days = [EVER_BEFORE, *(day.toordinal() for day in verdicts.starts), EVER_AFTER]
        return Stretches(days, stretches_of(verdicts.values))

    def was_member(self, state: StateLike, date: ImpreciseDate) -> Verdict:
        """The verdict on a state on one unknown day of a date."""
        return self.history.was_member(state, date)

    def status(self, state: StateLike, date: ImpreciseDate) -> Finding:
        """The finding of the history, with the remarks of the table as caveats."""
        finding = self.history.status(state, date)
        if self._remarks is None:
            return finding
        remarks = self._remarks(state, date) if isinstance(state, str) else ()
        return evolve(finding, caveats=(*finding.caveats, *remarks))

    def members_on(self, date: ImpreciseDate) -> Members:
        """Who was a member on one unknown day of a date."""
        return self.history.members_on(date)

    def prepared(self) -> Prepared:
        """The answers of the history as prepared lines."""
        history = self.history
        covers = evolve(history.coverage, after="unknown") if history.view.strict else history.coverage
        by_id = {timeline.state.id: timeline for timeline in history.timelines()}
        timelines = (*(by_id[state.id] for state in self.states), history.others())
        lines = Lines(Patterns(), len(timelines))
        row = lines.add_lines(packed(_masks(timeline)) for timeline in timelines)
        return Prepared(
            self.id,
            self.name,
            history.edition,
            history.view.reading.name,
            history.view.counted,
            covers,
            Roster(self.states),
            lines,
            row,
            frozenset(state.id for state in self.states if tells_apart(history.record, state.id)),
            history.view.what_ifs,
        )


def _masks(timeline: Timeline) -> Runs[dt.date, int]:
    return Runs(timeline.starts, tuple(mask_of(spell.statuses) for spell in timeline))
