"""Many questions at once, in pure Python: the same answers as one by one, row by row."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen

from csto_membership._values.dates import as_imprecise
from csto_membership._values.given import is_missing
from csto_membership._values.states import State
from csto_membership._values.wording import one_line
from csto_membership.exceptions import ArgumentError, DateError, MembershipError, UnequalLengthsError

if TYPE_CHECKING:
    from csto_membership._values.verdict import Verdict


#: The days on which the answer for a state changes, and the answers before, between and after them.
Answers: TypeAlias = "tuple[Sequence[dt.date], Sequence[bool | None]]"

_TREATMENTS = ("raise", "null")
#: So many rows show themselves in full.
_MOST_SHOWN = 20
#: After so many different values that cannot be read, an error that is raised counts no more.
_MOST_COUNTED = 100


@frozen
class RowFault:
    """
    A value of a column that cannot be read: why, in how many rows it stands, and in which first.

    `value` is what was given, `reason` what is wrong with it; rows are counted from 0.
    """

    value: object
    count: int
    first_row: int
    _error: MembershipError = field(eq=False, repr=False)

    @property
    def reason(self) -> str:
        """What is wrong with the value, and what may have been meant: looked for when it is read."""
        return one_line(self._error)

    def as_dict(self) -> dict[str, object]:
        """The fault as JSON-ready values."""
        return {"value": repr(self.value), "reason": self.reason, "count": self.count, "first_row": self.first_row}

    def __str__(self) -> str:
        rows = "1 row" if self.count == 1 else f"{self.count} rows"
        return f"{self.reason} ({rows}, the first of them {self.first_row})"


class Checked(list[bool | None]):
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

    def __init__(
        self, answers: Iterable[bool | None] = (), unreadable: Iterable[int] = (), faults: Iterable[RowFault] = ()
    ) -> None:
        super().__init__(answers)
        self.unreadable: tuple[int, ...] = tuple(unreadable)
        self.faults: tuple[RowFault, ...] = tuple(faults)

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
    columns: Sequence[object],
    errors: str,
    answer: Callable[..., Verdict],
    answers: Callable[[Any], Answers] | None = None,
) -> Checked:
    """
    The answer of each row: True, False, None for undetermined, and with errors="null" for what cannot be read.

    The columns are states and dates, perhaps with organisations before them; anything that is no column stands for
    every row. `answer` takes the values of one row. `answers`, for states and dates alone, takes a state: with it a row
    whose day is exact needs no call.
    """
    if errors not in _TREATMENTS:
        raise ArgumentError("errors", errors, "a row that cannot be read raises, or gives None", _TREATMENTS)
    filled = _filled(columns)
    values: list[bool | None] = [None] * len(filled[0])
    rows: Iterable[int] = range(len(values))
    if answers is not None:
        states, dates = filled
        values, rows = _at_once(states, dates, answers)
    faults = _Faults(stop=errors == "raise")
    for row in rows:
        cells = [column[row] for column in filled]
        if not faults.again(cells, row):
            try:
                values[row] = answer(*cells).value
            except MembershipError as error:
                faults.add(cells, row, error)
        if faults.done:
            break
    if errors == "raise":
        faults.throw()
    return Checked(values, faults.rows, faults.listed())


def _filled(columns: Sequence[object]) -> list[list[Any]]:
    """The columns, of one length each. Raises `UnequalLengthsError`."""
    cells = [None if _stands_for_all(column) else list(column) for column in columns]  # type: ignore[call-overload]
    count = next((len(column) for column in cells if column is not None), 1)
    if any(column is not None and len(column) != count for column in cells):
        *organisations, states, dates = (1 if column is None else len(column) for column in cells)
        raise UnequalLengthsError(states, dates, *organisations)
    return [[value] * count if column is None else column for value, column in zip(columns, cells, strict=True)]


def _stands_for_all(column: object) -> bool:
    return isinstance(column, (str, bytes)) or not isinstance(column, Iterable)


def _at_once(
    states: list[Any], dates: list[Any], answers: Callable[[Any], Answers]
) -> tuple[list[bool | None], Iterable[int]]:
    """The answers by one look-up and one bisection, and the rows that are left: unreadable, or of an unknown day."""
    try:
        lines = {state: _or_none(answers, state) for state in set(states)}
        plain = set(map(type, dates)) <= {dt.date}
        days = None if plain else {date: _or_none(_exact_day, date) for date in set(dates)}
    except TypeError:
        # What cannot be hashed is neither a state nor a date.
        return [None] * len(states), range(len(states))
    given = dates if days is None else list(map(days.__getitem__, dates))
    pairs = zip(map(lines.__getitem__, states), given, strict=True)
    if None not in lines.values() and (days is None or None not in days.values()):
        return [values[bisect_right(starts, day)] for (starts, values), day in pairs], ()
    found: list[bool | None] = []
    left: list[int] = []
    for row, (line, day) in enumerate(pairs):
        if line is None or day is None:
            found.append(None)
            left.append(row)
        else:
            found.append(line[1][bisect_right(line[0], day)])
    return found, left


def _or_none(read: Callable[[Any], Any], value: object) -> Any:
    """What is read of a value, None for what cannot be read."""
    try:
        return read(value)
    except MembershipError:
        return None


def _exact_day(date: Any) -> dt.date | None:
    """The day of a date, None where it is not exact."""
    day = as_imprecise(date)
    return day.earliest if day.is_exact else None


@frozen
class _Offence:
    """A value that cannot be read: the error that says why, and its rows."""

    error: MembershipError
    rows: list[int] = field(factory=list)


class _Faults:
    """The values of some rows that cannot be read, each of them looked up once."""

    def __init__(self, *, stop: bool) -> None:
        self._stop = stop
        self._offences: dict[object, _Offence] = {}

    def again(self, cells: list[Any], row: int) -> bool:
        """Whether a value of the row was refused before; if so it is refused again."""
        if self._offences:
            *subject, date = map(_key, cells)
            if offence := self._offences.get(tuple(subject)) or self._offences.get(date):
                offence.rows.append(row)
                return True
        return False

    def add(self, cells: list[Any], row: int, error: MembershipError) -> None:
        """Keep the error of a row under the value that it concerns: the date, or whatever stands before it."""
        *subject, date = map(_key, cells)
        key = date if isinstance(error, DateError) else tuple(subject)
        self._offences.setdefault(key, _Offence(error)).rows.append(row)

    @property
    def done(self) -> bool:
        """Whether there are enough of them, where the first is raised."""
        return self._stop and len(self._offences) >= _MOST_COUNTED

    @property
    def rows(self) -> list[int]:
        """The numbers of all rows that could not be read."""
        return sorted(row for offence in self._offences.values() for row in offence.rows)

    def listed(self) -> list[RowFault]:
        """The faults in the order of their first rows."""
        return [
            RowFault(getattr(error, "value", None), len(rows), rows[0], error)
            for error, rows in ((offence.error, offence.rows) for offence in self._offences.values())
        ]

    def throw(self) -> None:
        """Raise the first of the errors, if any, with the number of its row and of all values that cannot be read."""
        for offence in self._offences.values():
            offence.error.add_note(f"in row {offence.rows[0]} (the first row is 0)")
            if (count := len(self._offences)) > 1:
                number = f"at least {count}" if self.done else str(count)
                note = f'{number} different values cannot be read; errors="null" lists them, as .faults of the answer'
                offence.error.add_note(note)
            raise offence.error


def _key(cell: object) -> object:
    """What a cell is remembered by. Equal states may be different ones, and so may equal values of different types."""
    if is_missing(cell):
        return type(cell)
    if isinstance(cell, State):
        return State, id(cell)
    try:
        hash(cell)
    except TypeError:
        return type(cell), id(cell)
    return type(cell), cell
