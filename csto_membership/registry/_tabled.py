"""Organisations of a table: lines from its turns, all at once and without a record; the evidence from a history."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from functools import cached_property, partial
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from csto_membership._questions.answers import Finding, Members
from csto_membership._values.readings import DECLARED
from csto_membership._values.runs import Runs
from csto_membership._values.states import State, StateLike
from csto_membership._values.succession import last_day
from csto_membership._view.beginning import within_coverage
from csto_membership._view.ending import lapsed
from csto_membership._view.view import MEMBER_ONLY
from csto_membership._worlds.masks import ANY_COURSE, NONE_MASK
from csto_membership.readers._courses import course_of_turns
from csto_membership.readers._table import Table, TurnTable
from csto_membership.registry._entries import Live
from csto_membership.registry._lines import Lines, Packed, Patterns
from csto_membership.registry._prepared import Prepared, Roster

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership._evidence.institutions import Coverage
    from csto_membership._history import History
    from csto_membership._values.acts import Status
    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.verdict import Verdict
    from csto_membership._worlds.masks import Course
    from csto_membership.readers._stays import Turn
    from csto_membership.registry._lines import Stretches

_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()


@frozen(eq=False)
class TableLines:
    """
    The lines of the organisations of a table: what their histories would answer under the default view.

    Hundreds of thousands of pairs share a few thousand sequences of turns, each of which is worked out once.
    """

    table: TurnTable
    _patterns: Patterns = field(init=False, factory=Patterns)
    _rosters: dict[int, Roster] = field(init=False, factory=dict)
    _last_days: dict[int, int | None] = field(init=False, factory=dict)
    _courses: dict[object, Course | None] = field(init=False, factory=dict)
    #: By what the coverage says, and by the last day of the state.
    _lines: dict[object, dict[object, Packed | None]] = field(init=False, factory=dict)

    def __reduce__(self) -> tuple[type[TableLines], tuple[TurnTable]]:
        return TableLines, (self.table,)

    def prepared(self, organisation: str) -> Prepared | None:
        """The lines of one organisation; None where only its record can tell."""
        table = self.table
        covers, states = table.coverage[organisation], table.states_of(organisation)
        if covers.acts != "all":
            return None
        if covers.last == dt.date.max:
            covers = evolve(covers, last=None)
        edges = covers.first, covers.last, covers.before, covers.after
        turns = table.turns[organisation]
        packed = []
        for state in states:
            line = self._line(turns[state.id], state, edges, covers)
            if line is None:
                return None
            packed.append(line)
        packed.append(_framed(Runs((), (NONE_MASK,)) if covers.states == "all" else ANY_COURSE, covers))
        lines = Lines(self._patterns, len(packed))
        row = lines.add_lines(packed)
        roster = self._rosters.setdefault(id(states), Roster(states))
        name = table.names.get(organisation, "")
        return Prepared(organisation, name, "", DECLARED.name, MEMBER_ONLY, covers, roster, lines, row)

    def _line(self, turns: Sequence[Turn], state: State, edges: object, covers: Coverage) -> Packed | None:
        """The line of one state; None where its turns have no order."""
        if id(state) not in self._last_days:
            self._last_days[id(state)] = last_day(state)
        last = self._last_days[id(state)]
        lines = self._lines.setdefault((edges, last), {})
        told = tuple(
            [(*_ends(turn.date), turn.statuses, *(_ends(rival.date) for rival in turn.rivals)) for turn in turns]
        )
        if told not in lines:
            if told not in self._courses:
                self._courses[told] = course_of_turns(turns, self.table.claims_of)
            course = self._courses[told]
            lines[told] = None if course is None else _framed(lapsed(course, last, many=False), covers)
        return lines[told]


def _ends(date: ImpreciseDate | None) -> tuple[dt.date | None, dt.date | None] | tuple[()]:
    """What a date says of days; nothing for a rival that denies a turn."""
    return () if date is None else (date.earliest, date.latest)


@frozen(eq=False)
class Tabled:
    """An organisation of a table. Its lines and its history are each made when they are first asked for."""

    _live: Live
    _all: TableLines

    @property
    def id(self) -> str:
        """The id of the organisation."""
        return self._live.id

    @property
    def name(self) -> str:
        """Its name, "" where none is known."""
        return self._live.name

    @property
    def view(self) -> str:
        """The view of its history, in words."""
        return self._live.view

    @property
    def what_if(self) -> str:
        """Nothing: the first view of a history supposes nothing."""
        return ""

    @property
    def states(self) -> tuple[State, ...]:
        """Its states."""
        return self._live.states

    @property
    def history(self) -> History:
        """The history, with the evidence."""
        return self._live.history

    @cached_property
    def _lines(self) -> Prepared | Live:
        return self._all.prepared(self.id) or self._live

    @property
    def counted(self) -> frozenset[Status]:
        """The statuses that count as membership."""
        return MEMBER_ONLY

    @property
    def coverage(self) -> Coverage:
        """The days for which the table vouches for the organisation."""
        return self._all.table.coverage[self.id]

    def line(self, state: StateLike) -> Runs[dt.date, int]:
        """The masks of the possible statuses of a state over time."""
        return self._lines.line(state)

    def others(self) -> Runs[dt.date, int]:
        """The same of a state that it does not name."""
        return self._lines.others()

    def verdicts(self, state: StateLike) -> Runs[dt.date, Verdict]:
        """The verdicts on a state over time."""
        return self._lines.verdicts(state)

    def stretches(self, state: StateLike) -> Stretches:
        """When a state was a member, or may have been."""
        return self._lines.stretches(state)

    def was_member(self, state: StateLike, date: ImpreciseDate) -> Verdict:
        """The verdict on a state on one unknown day of a date."""
        return self._lines.was_member(state, date)

    def status(self, state: StateLike, date: ImpreciseDate) -> Finding:
        """The finding of the history, with the remarks of the table as caveats."""
        return self._live.status(state, date)

    def members_on(self, date: ImpreciseDate) -> Members:
        """Who was a member on one unknown day of a date."""
        return self._lines.members_on(date)

    def prepared(self) -> Prepared:
        """The answers as prepared lines."""
        return self._lines.prepared()


def entries_of(table: Table) -> Iterator[Live | Tabled]:
    """The organisations of a table."""
    lines = TableLines(table) if isinstance(table, TurnTable) else None
    for organisation in table.organisations:
        name = table.names.get(organisation, "")
        make_history, remarks = partial(table.history, organisation), partial(table.remarks, organisation)
        # Turns of status need no history to be made: they are the same under every reading.
        view = DECLARED.name if lines else make_history().view.caption
        live = Live(organisation, name, table.states_of(organisation), make_history, remarks, view)
        yield Tabled(live, lines) if lines else live


def _framed(course: Course, covers: Coverage) -> Packed:
    """A course as a history shows it: within the coverage, and in the calendar."""
    framed = within_coverage(course, covers, strict=False)
    begin, end = bisect_right(framed.starts, _FIRST), bisect_right(framed.starts, _LAST)
    return Packed(framed.starts[begin:end], framed.values[begin : end + 1])
