"""Tables of many organisations: what rows say of each state, in turns of status, and records made of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from attrs import define, field, frozen

from csto_membership._evidence.claims import Claim, Event, Source
from csto_membership._evidence.institutions import Coverage
from csto_membership._evidence.record import Record
from csto_membership._history import History
from csto_membership._values.acts import ALL_STATUSES, Act, Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.states import State
from csto_membership.exceptions import Fault, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from csto_membership.readers._sheet import Sheet


_DAY = dt.timedelta(1)
#: What stays as it is when a spell ends: nothing is known, or there was no relation to end.
_ENDLESS = (ALL_STATUSES, frozenset({Status.NONE}))
_SKIPPED = "the row was skipped"


class Turn(NamedTuple):
    """
    A change of status on an imprecise date, to one of several possible statuses.

    `line` is the line of the table that says or implies it.
    """

    date: ImpreciseDate
    statuses: frozenset[Status]
    line: int
    inferred: bool = False
    note: str = ""


#: The turns of each state in each organisation, by the ids of both.
Turns: TypeAlias = "dict[str, dict[str, list[Turn]]]"


@frozen(eq=False)
class Table:
    r"""
    A data set of many organisations as a reader took it in: compact, and made into records one at a time.

    - Each organisation is a record of its own, with the data set as its one source and a `status` act for each turn.
    - A turn on an imprecise date fell on one unknown day of it.
    - `faults` are the bad rows that were skipped. What they may have said is unknown, and never "no".

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership.readers import read_spells
    >>> with TemporaryDirectory() as directory:
    ...     path = Path(directory, "spells.csv")
    ...     rows = ["organisation,state,status,first_day,last_day", "league,UZ,member,1999,2004-12-31"]
    ...     _ = path.write_text("\n".join(rows))
    ...     table = read_spells(path)
    >>> table.organisations
    ('league',)
    >>> table.history("league").was_member("UZ", "1999-06-30")
    <Verdict.UNDETERMINED: None>
    """

    source: Source
    states: tuple[State, ...]
    turns: Turns = field(repr=False)
    coverage: dict[str, Coverage] = field(repr=False)
    names: dict[str, str] = field(factory=dict, repr=False)
    faults: tuple[Fault, ...] = ()

    @property
    def organisations(self) -> tuple[str, ...]:
        """The ids of the organisations, in the order of the table."""
        return tuple(self.turns)

    def record(self, organisation: str) -> Record:
        """The record of one organisation. Raises `UnknownNameError` for an id that the table does not have."""
        if organisation not in self.turns:
            raise UnknownNameError("organisation", organisation, self.turns)
        events = [
            Event(f"{state} line {turn.line}{f' ({number})' if number else ''}", (state,), (self._claim(turn),))
            for state, turns in self.turns[organisation].items()
            for number, turn in _numbered(turns)
        ]
        return Record(
            organisation,
            self.names.get(organisation, ""),
            coverage=self.coverage[organisation],
            states=self.states,
            sources=(self.source,),
            events=tuple(events),
        )

    def records(self) -> Iterator[Record]:
        """The records of all organisations, one after the other."""
        return map(self.record, self.turns)

    def history(self, organisation: str) -> History:
        """
        The history of one organisation, under the default view.

        Raises `UnknownNameError` for an id that the table does not have.
        """
        return History(self.record(organisation))

    def remarks(self, organisation: str, state: str, date: ImpreciseDate) -> tuple[str, ...]:
        """
        What makes the rows less certain that speak of the state of that id on a date: that they are imputed, say.

        The claims in the record carry these remarks too. But where a row repeats the status of the row before it, no
        answer rests on its claim, and the remark would be lost.
        """
        turns = self.turns[organisation].get(state, [])
        remarks = []
        for turn, after in zip_longest(turns, turns[1:]):
            begun = not turn.date.earliest or not date.latest or turn.date.earliest <= date.latest
            over = after and after.date.latest and date.earliest and after.date.latest <= date.earliest
            if turn.inferred and begun and not over:
                remarks.append(f"line {turn.line}: {turn.note}")
        return tuple(remarks)

    def _claim(self, turn: Turn) -> Claim:
        return Claim(
            self.source.id,
            Act.STATUS,
            turn.date,
            locator=f"line {turn.line}",
            inferred=turn.inferred,
            status=turn.statuses,
            note=turn.note,
        )


def _numbered(turns: Iterable[Turn]) -> Iterator[tuple[int, Turn]]:
    """Turns with their number among those of the same line, from 0."""
    lines: Counter[int] = Counter()
    for turn in turns:
        yield lines[turn.line], turn
        lines[turn.line] += 1


# From spells to turns


class Stay(NamedTuple):
    """
    A spell as a row tells it. `first` is None for since ever.

    `last` is the last day, None where the spell is open; a date without any bound means that its end is unknown.
    """

    first: ImpreciseDate | None
    last: ImpreciseDate | None
    statuses: frozenset[Status]
    line: int
    note: str = ""

    @property
    def from_day(self) -> dt.date:
        """The earliest day of the spell."""
        return (self.first and self.first.earliest) or dt.date.min

    @property
    def begin(self) -> ImpreciseDate:
        """The day on which it begins; the first civil day for since ever."""
        if self.first is None:
            return ImpreciseDate(None, dt.date.min)
        if self.first.earliest or self.first.latest:
            return self.first
        # Some unknown day, no later than the last one.
        return ImpreciseDate(None, (self.last and self.last.latest) or dt.date.max)

    @property
    def end(self) -> ImpreciseDate | None:
        """The first day after it, None where it is open; if its end is unknown, some day after its first."""
        if self.last is None:
            return None
        earliest = self.last.earliest or (self.first and self.first.earliest)
        if earliest == dt.date.max:
            return None
        latest = self.last.latest if self.last.latest != dt.date.max else None
        # A bound must stay, since "some day" alone is no date that a record can hold.
        return ImpreciseDate(
            earliest + _DAY if earliest else None if latest else dt.date.min,
            latest and latest + _DAY,
            self.last.qualifier,
        )


T = TypeVar("T")


@define
class Spells(Generic[T]):
    """What rows tell of the spells of each state in each organisation, whatever a reader makes of a row."""

    rows: dict[str, dict[str, list[T]]] = field(factory=dict)
    _states: dict[str, State] = field(factory=dict)
    #: The line of the first row on a state in an organisation that could not be read.
    _skipped: dict[tuple[str, str], int] = field(factory=dict)

    @property
    def states(self) -> tuple[State, ...]:
        """The states that rows name, in the order of the table."""
        return tuple(self._states.values())

    def add(self, organisation: str, state: State, line: int, row: T | None) -> None:
        """Take in a row; None for one that names its organisation and state but could not be read."""
        self._states.setdefault(state.id, state)
        rows = self.rows.setdefault(organisation, {}).setdefault(state.id, [])
        if row is not None:
            rows.append(row)
        else:
            self._skipped.setdefault((organisation, state.id), line)

    def turns(self, sheet: Sheet, stays_of: Callable[[list[T]], Iterable[Stay]]) -> Turns:
        """The turns of all states, from the stays that the rows on each amount to; what overlaps is a fault."""
        return {
            organisation: {
                state: _turns_of(stays_of(rows), sheet, self._skipped.get((organisation, state), 0))
                for state, rows in by_state.items()
            }
            for organisation, by_state in self.rows.items()
        }


def _turns_of(stays: Iterable[Stay], sheet: Sheet, skipped: int) -> list[Turn]:
    """
    The turns of one state's spells, in order; those that overlap are faults, and left out.

    `skipped` is the line of a row about the state that could not be read, 0 for none. Where a row is left out nothing
    is known of the days that no other row speaks of.
    """
    kept: list[Stay] = []
    for stay in sorted(stays, key=lambda stay: (stay.from_day, stay.line)):
        if kept and _overlap(kept[-1], stay):
            problem = f"the spell begins before the one of line {kept[-1].line} has ended"
            sheet.fault(stay.line, "first_day", problem, stay.first and stay.first.edtf, "end that one before it")
            skipped = skipped or stay.line
        else:
            kept.append(stay)
    return list(_turns(kept, skipped))


def _overlap(before: Stay, after: Stay) -> bool:
    """Whether two spells overlap whatever their unknown days are."""
    latest = (after.first and after.first.latest) or dt.date.max
    return before.end is None or latest < (before.end.earliest or dt.date.min)


def _turns(stays: Sequence[Stay], skipped: int) -> Iterator[Turn]:
    if skipped:
        yield Turn(ImpreciseDate(None, dt.date.min), ALL_STATUSES, skipped, note=_SKIPPED)
    for stay, after in zip_longest(stays, stays[1:]):
        yield Turn(stay.begin, stay.statuses, stay.line, note=stay.note)
        end = stay.end
        if end is None or (after and end.is_exact and end == after.first):
            continue
        if skipped:
            yield Turn(end, ALL_STATUSES, skipped, note=_SKIPPED)
        else:
            left = stay.statuses if stay.statuses in _ENDLESS else frozenset({Status.FORMER})
            yield Turn(end, left, stay.line, note=stay.note)
