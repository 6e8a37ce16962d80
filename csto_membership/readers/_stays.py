"""What rows of a table tell of one state in one organisation, and the turns of its status that they amount to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._values.dates import ImpreciseDate
from csto_membership.readers._covers import last_day_of
from csto_membership.readers._sheet import unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._values.acts import Status

#: Some day that nobody tells.
UNKNOWN = ImpreciseDate(None, None)


class Rival(NamedTuple):
    """Another date for a turn, as some row tells it; None where that row denies the turn."""

    date: ImpreciseDate | None
    line: int


class Turn(NamedTuple):
    """
    A change of status on an imprecise date, to one of several possible statuses.

    `line` is the first of the lines of the table that say or imply it, `more` are the others.
    """

    date: ImpreciseDate
    statuses: frozenset[Status]
    line: int
    inferred: bool = False
    note: str = ""
    more: tuple[int, ...] = ()
    rivals: tuple[Rival, ...] = ()

    @property
    def locator(self) -> str:
        """Where the table says it: "line 2", or "lines 2, 5 and 6"."""
        return lines_text((self.line, *self.more))


def lines_text(lines: Sequence[int]) -> str:
    """Lines of a file, or rows of a frame, in words, the first few of very many."""
    unit = unit_of(lines[0])
    if len(lines) == 1:
        return f"{unit} {lines[0]}"
    shown = [*map(str, lines[:5]), *(["more"] if len(lines) > 5 else [])]
    return f"{unit}s {', '.join(shown[:-1])} and {shown[-1]}"


class Stay(NamedTuple):
    """
    A spell as a row tells it. `first` is None for since ever, `last`, the last day inside, for an open end.

    `UNKNOWN` is a bound of which nothing is told.
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
    def told(self) -> object:
        """What it says, whatever the line and the spelling: equal rows tell the same."""
        return (*(date and (date.earliest, date.latest) for date in (self.first, self.last)), self.statuses)


class Lost(NamedTuple):
    """
    A row that was skipped, as far as it can be read.

    `statuses` is None where it cannot be read; "first" and "last" are in `unread` where those days cannot. `named` is
    the state as the row spells it, where nobody knows which state that is, and `may_be` are the ids of the states that
    it is much like: None for any, where the row names none. `presumes` says that its act may presuppose a relation, which
    then began on some day before.
    """

    line: int
    statuses: frozenset[Status] | None = None
    first: ImpreciseDate | None = None
    last: ImpreciseDate | None = None
    unread: frozenset[str] = frozenset({"first", "last"})
    named: str = ""
    may_be: frozenset[str] | None = frozenset()
    presumes: bool = False

    def may_be_of(self, state: str) -> bool:
        """Whether a row that names no known state may be of the state of that id."""
        return self.may_be is None or state in self.may_be


def last_day_named(stays: Iterable[Stay]) -> dt.date | None:
    """The last day that rows speak of; None where they name none."""
    return last_day_of(date for stay in stays for date in (stay.first, stay.last))
