"""Many questions at once, in pure Python: the same answers as one by one, row by row."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from attrs import evolve, field, frozen

from csto_membership._questions.columns import Column, Days, columns_of, days_of, key_of
from csto_membership._values.fields import Formed
from csto_membership._values.wording import counted, one_line
from csto_membership.exceptions import ArgumentError, DateError, MembershipError, UnknownStateError

if TYPE_CHECKING:
    from csto_membership._values.verdict import Verdict


#: The days on which the answer for a state changes, and the answers before, between and after them.
Answers: TypeAlias = "tuple[Sequence[dt.date], Sequence[bool | None]]"

_TREATMENTS = ("raise", "null")
#: So many rows show themselves in full.
_MOST_SHOWN = 20
#: After so many different values of a column that cannot be read, an error that is raised counts no more.
_MOST_COUNTED = 100
#: What is missing, by the error for it.
_ABOUT = {UnknownStateError: "state", DateError: "date"}
#: Stands for what cannot be read.
_NO_ANSWERS: Answers = ((), (None,))


@frozen
class RowFault(Formed):
    """
    A value of a column that cannot be read: why, in how many rows it stands, and in which first.

    `value` is what was given, `reason` what is wrong with it; rows are counted from 0. `line` is that of a file in which
    the value first stands, None where the rows are of no file.
    """

    value: object
    count: int
    first_row: int
    _error: MembershipError = field(eq=False, repr=False)
    line: int | None = field(default=None, repr=False)

    @property
    def reason(self) -> str:
        """What is wrong with the value, and what may have been meant: looked for when it is read."""
        if self.line and getattr(self._error, "value", self._error) is None:
            about = _ABOUT.get(type(self._error))
            return f"a cell is empty where {f'a {about}' if about else 'an organisation'} is needed"
        return one_line(self._error)

    def as_dict(self) -> dict[str, object]:
        """The fault as JSON-ready values."""
        return {"value": repr(self.value), "reason": self.reason, "count": self.count, "first_row": self.first_row}

    def __str__(self) -> str:
        rows = "1 row" if self.count == 1 else f"{self.count} rows"
        first = f"in line {self.line}" if self.line else self.first_row
        return f"{self.reason} ({rows}, the first of them {first})"


def offender_of(error: MembershipError) -> tuple[object, ...]:
    """
    What the error for a value is told from others by, also where rows come in parts.

    That is what it is about, the value as it is written (different states may be equal, and so may numbers), and what
    is wrong with it. An organisation of a table may have faults, which are about no value.
    """
    value = getattr(error, "value", error)
    return type(error), type(value), value if isinstance(value, str) else repr(value), getattr(error, "reason", "")


def together(one: Iterable[RowFault], other: Iterable[RowFault], rows: int) -> tuple[RowFault, ...]:
    """The faults of one part of a table of so many rows, and those of the next."""
    found = {offender_of(fault._error): fault for fault in one}  # noqa: SLF001 - of this module
    for fault in other:
        offender = offender_of(fault._error)  # noqa: SLF001 - of this module
        if before := found.get(offender):
            found[offender] = evolve(before, count=before.count + fault.count)
        else:
            found[offender] = evolve(fault, first_row=fault.first_row + rows)
    return tuple(found.values())


class Checked(Formed, list[bool | None]):
    """
    The answers to many rows: a list of True, False and None, that tells the kinds of None apart.

    `undetermined` are the numbers of the rows that the evidence leaves open, `unreadable` those of the rows that could
    not be read, counted from 0. `faults` has each value that could not be read once.

    >>> import csto_membership as csto
    >>> checked = csto.CSTO.check(["UZ", "Uzbekstan", "Uzbekstan"], ["2006", "2007", "2008"], errors="null")
    >>> checked, checked.undetermined, checked.unreadable
    ([None, None, None], (0,), (1, 2))
    >>> [(fault.value, fault.count, fault.first_row) for fault in checked.faults]
    [('Uzbekstan', 2, 1)]
    """

    #: The numbers of the rows that could not be read.
    unreadable: tuple[int, ...]
    #: Each value that could not be read, once.
    faults: tuple[RowFault, ...]

    def __init__(
        self, answers: Iterable[bool | None] = (), unreadable: Iterable[int] = (), faults: Iterable[RowFault] = ()
    ) -> None:
        super().__init__(answers)
        self.unreadable = tuple(unreadable)
        self.faults = tuple(faults)

    @property
    def undetermined(self) -> tuple[int, ...]:
        """The numbers of the rows that the evidence leaves open."""
        unreadable = frozenset(self.unreadable)
        return tuple(row for row, answer in enumerate(self) if answer is None and row not in unreadable)

    def as_dict(self) -> dict[str, object]:
        """The answers as JSON-ready values."""
        return {
            "answers": list(self),
            "undetermined": list(self.undetermined),
            "unreadable": list(self.unreadable),
            "faults": [fault.as_dict() for fault in self.faults],
        }

    def __repr__(self) -> str:
        if len(self) <= _MOST_SHOWN:
            return super().__repr__()
        undetermined = self.count(None) - len(self.unreadable)
        counts = f"{self.count(True)} True, {self.count(False)} False, {undetermined} undetermined"
        return f"<Checked {len(self)} rows: {counts}, {len(self.unreadable)} unreadable>"


def checked(
    columns: Sequence[object], errors: str, answers: Callable[..., Answers], verdict: Callable[..., Verdict]
) -> Checked:
    """
    The answer of each row: True, False, None for undetermined, and with errors="null" for what cannot be read.

    The columns are states and dates, perhaps with organisations before them; anything that is no column stands for
    every row. Each distinct value is read once: `answers` takes a state, or an organisation and a state, and `verdict`
    also a date, where that is no exact day. Of a row in which neither can be read, the state is told.
    """
    if errors not in _TREATMENTS:
        raise ArgumentError("errors", errors, "a row that cannot be read raises, or gives None", _TREATMENTS)
    *subjects, dates = columns_of(columns)
    subject = reduce(Column.beside, subjects)
    count = len(subject.keys if dates.single else dates.keys)
    most = _MOST_COUNTED if errors == "raise" else None
    lines, unknown = subject.read_all(answers, most)
    days = days_of(dates, most)
    offences = _offences(subject, dates, unknown, days, count)
    if offences and errors == "raise":
        raise _first_of(offences) from None
    lines |= dict.fromkeys(unknown, _NO_ANSWERS)
    each_line = repeat(lines[subject.keys[0]], count) if subject.single else map(lines.__getitem__, subject.keys)
    each_day = repeat(days.days[0], count) if dates.single else days.days
    values = [line[bisect_right(starts, day)] for (starts, line), day in zip(each_line, each_day, strict=True)]
    for key, date in days.inexact.items():
        of_subject: dict[Any, bool | None] = dict.fromkeys(unknown)
        for row in _all_or_some(dates, days.rows[key], count):
            if (asked := subject.at(row)) not in of_subject:
                of_subject[asked] = verdict(*subject.of(asked), date).value
            values[row] = of_subject[asked]
    unreadable = sorted(chain.from_iterable(offence.rows for offence in offences))
    for row in unreadable:
        values[row] = None
    faults = (RowFault(getattr(error, "value", None), len(rows), rows[0], error) for error, rows in offences)
    return Checked(values, unreadable, faults)


def _all_or_some(column: Column, rows: Sequence[int], count: int) -> Sequence[int]:
    """The rows in which a key of a column stands: all of so many where it is the only one."""
    return range(count) if column.single else rows


class _Offence(NamedTuple):
    """An error for a value that cannot be read, and the rows in which it stands."""

    error: Any
    rows: list[int]


def _offences(
    subject: Column, dates: Column, unknown: dict[Any, MembershipError], days: Days, count: int
) -> list[_Offence]:
    """The values that cannot be read, each once, in the order of their first rows."""
    offences: dict[object, _Offence] = {}
    if unknown:
        # Of an organisation that is not known there may be many states: it is told once.
        told_as = {key: (_offender(error), error) for key, error in unknown.items()}
        rows = [row for row, key in enumerate(subject.keys) if key in unknown]
        for row in _all_or_some(subject, rows, count):
            offender, error = told_as[subject.at(row)]
            offences.setdefault(offender, _Offence(error, [])).rows.append(row)
    told = {row for offence in offences.values() for row in offence.rows}
    for key, error in days.unread.items():
        rows = [row for row in _all_or_some(dates, days.rows[key], count) if row not in told]
        if rows:
            offences[DateError, key] = _Offence(error, rows)
    return sorted(offences.values(), key=lambda offence: offence.rows[0])


def _offender(error: Any) -> tuple[object, ...]:
    """The value that an error about a state or an organisation is about, and what is wrong with it."""
    # An organisation of a table may have faults, which are about no value of the column.
    return type(error), key_of(getattr(error, "value", error)), getattr(error, "reason", "")


def _first_of(offences: list[_Offence]) -> MembershipError:
    """The error for the first of the values, which tells its row, and how many others cannot be read."""
    error: MembershipError = offences[0].error
    count, row = len(offences), offences[0].rows[0]
    others = count - 1
    error.add_note(f"in row {row} (the first row is 0)")
    if not others:
        return error.in_row(row)
    least = "at least " if count >= _MOST_COUNTED else ""
    number = f"{least}{count} different values cannot be read"
    error.add_note(f'{number}; errors="null" lists them, as .faults of the answer')
    return error.in_row(row, f"{least}{counted(others, 'other value')} cannot be read either")
