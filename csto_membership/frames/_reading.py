"""What stands in the columns, read once for each distinct value: lines, days, and what cannot be read."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import numpy as np
from attrs import field, frozen

from csto_membership._questions.rows import RowFault, offender_of
from csto_membership._values.dates import as_imprecise
from csto_membership.exceptions import MembershipError
from csto_membership.frames._columns import Encoded, blocks
from csto_membership.frames._lines import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from csto_membership._values.dates import ImpreciseDate
    from csto_membership.frames._columns import Column, Numbers
    from csto_membership.frames._lines import Line, Lines

T = TypeVar("T")

#: So many pairs of an organisation and a state are told apart by a table of all that there could be.
_MOST_PAIRS = 1 << 26
#: A table of pairs that were met before has not many more.
_MOST_MET = 1 << 23


@frozen(eq=False)
class Subjects:
    """Whom the rows are about: the line of each row, by the number of its state, or of its organisation and state."""

    lines: list[Line]
    errors: dict[int, MembershipError]
    #: By key the number of the line; that after the last one where there is none.
    _of_key: Numbers
    _codes: Numbers
    _organisations: Numbers | None
    _states: int

    def keys(self, rows: slice | Numbers) -> Numbers:
        """The keys of some rows."""
        if self._organisations is None:
            return self._codes[rows]
        return self._organisations[rows] * np.int64(self._states) + self._codes[rows]

    def numbers(self, rows: slice | Numbers) -> Numbers:
        """The numbers of the lines of some rows."""
        numbers: Numbers = self._of_key[self.keys(rows)]
        return numbers


class Met:
    """
    The lines of pairs that were met before, for rows that come in parts: most pairs of a part were in another.

    Several threads may answer parts at the same time.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: tuple[list[Line] | None, Any] = None, None
        self._forget()

    def __reduce__(self) -> tuple[type[Self], tuple[()]]:
        # Elsewhere other parts are met.
        return type(self), ()

    def _forget(self) -> None:
        self._organisations: dict[object, int] = {}
        self._states: dict[object, int] = {}
        #: By the numbers of an organisation and a state the number of their line; -1 where none was met.
        self._table = np.full((1, 1), -1, np.int32)
        self._lines: list[Line] = []
        self._numbers: dict[int, int] = {}
        #: As they were when subjects were last given some more of them.
        self._given: list[Line] = []

    def once(self, lines: list[Line], make: Callable[[list[Line]], T]) -> T:
        """What is made of the lines of subjects: it is made again only when there are others."""
        of, made = self._made
        if of is not lines:
            made = make(lines)
            self._made = lines, made
        return cast("T", made)

    def subjects(self, lines: Lines, organisations: Encoded, states: Encoded) -> Subjects:
        """The lines of the rows of a part, and those that were met before."""
        width = len(states.values)
        with self._lock:
            places = self._places(organisations, states)
            if len(self._organisations) * len(self._states) > _MOST_MET:
                self._forget()
                places = self._places(organisations, states)
            self._grow()
            missing = np.logical_or.outer(places[0] < 0, places[1] < 0)
            of_key = np.where(missing, np.int32(-1), self._table[np.ix_(*places)]).ravel()
            pairs = _pairs(organisations, states)
            errors: dict[int, MembershipError] = {}
            for key in pairs[of_key[pairs] < 0].tolist():
                row, column = divmod(key, width)
                try:
                    line = lines.line(organisations.values[row], states.values[column])
                except MembershipError as error:
                    errors[key] = error
                    continue
                of_key[key] = number = self._numbers.setdefault(id(line), len(self._lines))
                if number == len(self._lines):
                    self._lines.append(line)
                self._table[places[0][row], places[1][column]] = number
            of_key[of_key < 0] = len(self._lines)
            if len(self._given) != len(self._lines):
                self._given = self._lines.copy()
            return Subjects(self._given, errors, of_key, states.codes, organisations.codes, width)

    def _places(self, organisations: Encoded, states: Encoded) -> tuple[Numbers, Numbers]:
        return _numbered(self._organisations, organisations.values), _numbered(self._states, states.values)

    def _grow(self) -> None:
        """Make room in the table for the numbers that there are."""
        wanted = (len(self._organisations), len(self._states))
        if any(size < needed for size, needed in zip(self._table.shape, wanted, strict=True)):
            height, width = (
                max(size, 2 * needed if size < needed else size)
                for size, needed in zip(self._table.shape, wanted, strict=True)
            )
            table = np.full((height, width), -1, np.int32)
            table[: self._table.shape[0], : self._table.shape[1]] = self._table
            self._table = table


def _numbered(known: dict[object, int], values: Iterable[object]) -> Numbers:
    """The number of each value, a new one for one that is not known; -1 for what is missing."""
    numbers = [-1 if value is None else known.setdefault(value, len(known)) for value in values]
    return np.asarray(numbers, np.intp)


def _plain(encoded: Encoded) -> bool:
    """Whether its values are texts and whole numbers: others may be equal and mean different states."""
    return set(map(type, encoded.values)) <= {str, int, type(None)}


def subjects_of(lines: Lines, organisation: Column | None, state: Column, met: Met | None = None) -> Subjects:
    """The lines of the rows: each state, or pair of an organisation and a state, is looked up once."""
    states = state.encoded()
    if organisation is None:
        (only,) = lines.organisations
        pairs = {key: (only, states.values[key]) for key in states.seen()}
        return _subjects(lines, pairs, len(states.values), states, None)
    organisations = organisation.encoded()
    width = len(states.values)
    count = len(organisations.values) * width
    if count > _MOST_PAIRS:
        # Columns of which almost every value is another: the pairs are numbered as they come.
        found, codes = np.unique(organisations.codes * np.int64(width) + states.codes, return_inverse=True)
        keys = dict(enumerate(found.tolist()))
        count, states, numbers = len(keys), Encoded(states.values, codes), None
    elif met is not None and count <= _MOST_MET and _plain(organisations) and _plain(states):
        return met.subjects(lines, organisations, states)
    else:
        keys, numbers = {key: key for key in _pairs(organisations, states).tolist()}, organisations.codes
    pairs = {key: (organisations.values[pair // width], states.values[pair % width]) for key, pair in keys.items()}
    return _subjects(lines, pairs, count, states, numbers)


def _pairs(organisations: Encoded, states: Encoded) -> Numbers:
    """The keys of the pairs that stand in some row."""
    width = np.int64(len(states.values))
    found = np.zeros(len(organisations.values) * len(states.values), bool)
    for rows in blocks(len(states.codes)):
        found[organisations.codes[rows] * width + states.codes[rows]] = True
    return np.flatnonzero(found)


def _subjects(
    lines: Lines, pairs: dict[int, tuple[Any, Any]], count: int, states: Encoded, organisations: Numbers | None
) -> Subjects:
    numbers: dict[int, int] = {}
    used: list[Line] = []
    errors: dict[int, MembershipError] = {}
    line_of: dict[int, int] = {}
    for key, pair in pairs.items():
        try:
            line = lines.line(*pair)
        except MembershipError as error:
            errors[key] = error
            continue
        line_of[key] = number = numbers.setdefault(id(line), len(used))
        if number == len(used):
            used.append(line)
    of_key = np.full(count, len(used), np.int32)
    of_key[list(line_of)] = list(line_of.values())
    return Subjects(used, errors, of_key, states.codes, organisations, len(states.values))


@frozen(eq=False)
class Dates:
    """
    The dates of the rows: the ordinal of each exact day, 0 for every other row.

    `inexact` are the rows of dates that are more than one day, by the number of the date; `unread` those of values that
    cannot be read, with the error for each.
    """

    days: Numbers
    inexact: dict[int, Numbers] = field(factory=dict)
    dates: dict[int, ImpreciseDate] = field(factory=dict)
    unread: list[tuple[MembershipError, Numbers]] = field(factory=list)


def dates_of(column: Column) -> Dates:
    """The dates of a column: one of days is taken as it is, of any other each distinct value is read once."""
    days = column.days()
    if days is None:
        return _read(column.encoded())
    rows = np.flatnonzero(days == 0)
    if not rows.size:
        return Dates(days)
    # What is no day although the type of the column is one of days: missing, with a time, or outside the calendar.
    others = _read(column.at(rows).encoded())
    days[rows] = others.days
    return Dates(
        days,
        {number: rows[where] for number, where in others.inexact.items()},
        others.dates,
        [(error, rows[where]) for error, where in others.unread],
    )


def _read(encoded: Encoded) -> Dates:
    days = np.zeros(max(len(encoded.values), 1), np.int32)
    errors: dict[int, MembershipError] = {}
    dates: dict[int, ImpreciseDate] = {}
    for number in encoded.seen():
        try:
            date = as_imprecise(encoded.values[number])
        except MembershipError as error:
            errors[number] = error
            continue
        if date.is_exact and date.earliest is not None:
            days[number] = date.earliest.toordinal()
        else:
            dates[number] = date
    rows = _rows_of(encoded.codes, [*errors, *dates])
    unread = [(error, rows[number]) for number, error in errors.items()]
    return Dates(days[encoded.codes], {number: rows[number] for number in dates}, dates, unread)


def _rows_of(codes: Numbers, numbers: list[int]) -> dict[int, Numbers]:
    """The rows in which some of the values stand."""
    if not numbers:
        return {}
    wanted = np.zeros(int(codes.max()) + 1, bool)
    wanted[numbers] = True
    rows = np.flatnonzero(wanted[codes])
    found = codes[rows]
    order = np.argsort(found, kind="stable")
    firsts = np.searchsorted(found[order], numbers)
    lasts = np.searchsorted(found[order], numbers, side="right")
    return {number: rows[order[a:b]] for number, a, b in zip(numbers, firsts, lasts, strict=True)}


def bounds(date: ImpreciseDate) -> tuple[int, int]:
    """The ordinals of the first and the last day of a date; of an open end, of the calendar."""
    first = date.earliest.toordinal() if date.earliest else FIRST_DAY
    return first, date.latest.toordinal() if date.latest else LAST_DAY


def faults_of(subjects: Subjects, dates: Dates) -> tuple[RowFault, ...]:
    """
    The values that cannot be read, each once, in the order of their first rows.

    Of a row in which several cannot be read the first is told: the organisation, the state, the date.
    """
    found: dict[object, tuple[MembershipError, int, int]] = {}
    told = np.zeros(len(dates.days), bool)
    if subjects.errors:
        for rows in blocks(len(dates.days)):
            told[rows] = subjects.numbers(rows) == len(subjects.lines)
        lost = np.flatnonzero(told)
        keys, firsts, counts = np.unique(subjects.keys(lost), return_index=True, return_counts=True)
        for key, first, count in zip(keys.tolist(), lost[firsts].tolist(), counts.tolist(), strict=True):
            error = subjects.errors[key]
            _count(found, error, count, first)
    for error, where in dates.unread:
        if (alone := where[~told[where]]).size:
            _count(found, error, len(alone), int(alone[0]))
    listed = sorted(found.values(), key=lambda fault: fault[2])
    return tuple(RowFault(getattr(error, "value", None), count, row, error) for error, count, row in listed)


def _count(
    found: dict[object, tuple[MembershipError, int, int]], error: MembershipError, count: int, first: int
) -> None:
    """Count the rows of an error, the first of which is known, with those of the same one."""
    offender = offender_of(error)
    _, before, row = found.get(offender, (error, 0, first))
    found[offender] = (error, before + count, min(row, first))
