"""What stands in the columns, read once for each distinct value: lines, days, and what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from csto_membership._questions.rows import RowFault
from csto_membership._values.dates import as_imprecise
from csto_membership.exceptions import MembershipError
from csto_membership.frames._columns import Encoded, blocks
from csto_membership.frames._lines import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from csto_membership._values.dates import ImpreciseDate
    from csto_membership.frames._columns import Column, Numbers
    from csto_membership.frames._lines import Line, Lines

#: So many pairs of an organisation and a state are told apart by a table of all that there could be.
_MOST_PAIRS = 1 << 26


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


def subjects_of(lines: Lines, organisation: Column | None, state: Column) -> Subjects:
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
    else:
        keys, numbers = {key: key for key in _pairs(organisations, states)}, organisations.codes
    pairs = {key: (organisations.values[pair // width], states.values[pair % width]) for key, pair in keys.items()}
    return _subjects(lines, pairs, count, states, numbers)


def _pairs(organisations: Encoded, states: Encoded) -> list[int]:
    width = np.int64(len(states.values))
    found = np.zeros(len(organisations.values) * len(states.values), bool)
    for rows in blocks(len(states.codes)):
        found[organisations.codes[rows] * width + states.codes[rows]] = True
    keys: list[int] = np.flatnonzero(found).tolist()
    return keys


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
            offender = (type(error), _value(error), getattr(error, "reason", ""))
            _, before, row = found.get(offender, (error, 0, first))
            found[offender] = (error, before + count, min(row, first))
    for error, where in dates.unread:
        if (alone := where[~told[where]]).size:
            found[id(error)] = (error, len(alone), int(alone[0]))
    listed = sorted(found.values(), key=lambda fault: fault[2])
    return tuple(RowFault(getattr(error, "value", None), count, row, error) for error, count, row in listed)


def _value(error: MembershipError) -> object:
    """The value that an error is about, as it is told from others: different states may be equal, and so may numbers."""
    value = getattr(error, "value", None)
    return (type(value), value) if isinstance(value, str) else (type(value), repr(value))
