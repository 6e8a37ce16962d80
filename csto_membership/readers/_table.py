"""Tables of many organisations: rows of a file as they stream by, what they say of each state, and records made of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from csto_membership._evidence.claims import Claim, Event, Source
from csto_membership._evidence.institutions import Coverage
from csto_membership._evidence.record import Record
from csto_membership._history import History
from csto_membership._values.acts import Act, Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.states import State
from csto_membership.exceptions import Fault, UnknownNameError
from csto_membership.readers._sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


ANY_STATUS = frozenset(Status)
_DAY = dt.timedelta(1)


class Turn(NamedTuple):
    """A state coming to one of some statuses on an imprecise date, as one line of a table says or implies."""

    date: ImpreciseDate
    statuses: frozenset[Status]
    line: int
    inferred: bool = False
    note: str = ""


class Stay(NamedTuple):
    """
    A spell as a table tells it. `first` is None for since ever.

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


@frozen(eq=False)
class Table:
    """
    A data set of many organisations as a reader took it in: compact, and made into records one at a time.

    Each organisation is a record of its own, with the data set as its one source and a `status` act for each change.
    `faults` are the bad rows that were skipped.
    """

    source: Source
    states: tuple[State, ...]
    turns: dict[str, dict[str, list[Turn]]] = field(repr=False)
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
        """The history of one organisation, under the default view."""
        return History(self.record(organisation))

    def remarks(self, organisation: str, state: str, date: ImpreciseDate) -> tuple[str, ...]:
        """
        What makes the rows less certain that speak of a state on a date, such as that they are imputed.

        Their claims in the record say so too; but where the status was the same before, no answer rests on them.
        """
        turns = self.turns[organisation].get(state, [])
        found = []
        for turn, after in zip_longest(turns, turns[1:]):
            begun = not turn.date.earliest or not date.latest or turn.date.earliest <= date.latest
            over = after and after.date.latest and date.earliest and after.date.latest <= date.earliest
            found += [f"line {turn.line}: {turn.note}"] if turn.inferred and begun and not over else []
        return tuple(found)

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
    seen: Counter[int] = Counter()
    for turn in turns:
        yield seen[turn.line], turn
        seen[turn.line] += 1


def turns_of(stays: Iterable[Stay], faults: Sheet, skipped: int = 0) -> list[Turn]:
    """
    The turns of one state's spells, in order; those that overlap are faults, and left out.

    `skipped` is the line of a row about the state that could not be read, 0 for none. Where a row is left out nothing
    is known of the days that no other row speaks of.
    """
    kept: list[Stay] = []
    for stay in sorted(stays, key=lambda told: (told.from_day, told.line)):
        end = _end_of(kept[-1]) if kept else None
        if kept and (
            end is None or ((stay.first and stay.first.latest) or dt.date.max) < (end.earliest or dt.date.min)
        ):
            problem = f"the spell begins before the one of line {kept[-1].line} has ended"
            faults.fault(stay.line, "first_day", problem, stay.first and stay.first.edtf, "end that one before it")
            skipped = skipped or stay.line
        else:
            kept.append(stay)
    return list(_turns(kept, skipped))


def _turns(stays: Sequence[Stay], skipped: int) -> Iterator[Turn]:
    if skipped:
        yield Turn(ImpreciseDate(None, dt.date.min), ANY_STATUS, skipped, note="the row was skipped")
    for stay, after in zip_longest(stays, stays[1:]):
        yield Turn(_begin_of(stay), stay.statuses, stay.line, note=stay.note)
        end = _end_of(stay)
        if end and not (after and end.is_exact and end == after.first):
            known = Turn(end, _status_after(stay), stay.line, note=stay.note)
            yield known._replace(statuses=ANY_STATUS, line=skipped, note="the row was skipped") if skipped else known


def _begin_of(stay: Stay) -> ImpreciseDate:
    if stay.first is None:
        # Since ever: on the first civil day it is so already.
        return ImpreciseDate(None, dt.date.min)
    if stay.first.earliest or stay.first.latest:
        return stay.first
    # Some unknown day, no later than the last one.
    return ImpreciseDate(None, (stay.last and stay.last.latest) or dt.date.max)


def _end_of(stay: Stay) -> ImpreciseDate | None:
    """The first day after a spell: None if it is open; after its first day, if nothing more is known."""
    if stay.last is None or stay.last.earliest == dt.date.max:
        return None
    earliest = stay.last.earliest or (stay.first and stay.first.earliest)
    latest = stay.last.latest if stay.last.latest != dt.date.max else None
    # A bound must stay, since "some day" alone is no date that a record can hold.
    return ImpreciseDate(
        earliest + _DAY if earliest else None if latest else dt.date.min, latest and latest + _DAY, stay.last.qualifier
    )


def _status_after(stay: Stay) -> frozenset[Status]:
    return stay.statuses if stay.statuses in (ANY_STATUS, frozenset({Status.NONE})) else frozenset({Status.FORMER})
