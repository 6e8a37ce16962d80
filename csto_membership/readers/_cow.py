"""The tables of intergovernmental organisations (IGO, version 3) of the Correlates of War project."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from csto_membership._evidence.claims import Kind, Source
from csto_membership._evidence.institutions import Coverage
from csto_membership._files.known_states import numbers_by_short_name, state_of
from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.given import of_kind
from csto_membership._values.states import State
from csto_membership.exceptions import MOST_FAULTS
from csto_membership.readers._forms import form
from csto_membership.readers._sheet import Sheet, whole, whole_number
from csto_membership.readers._stays import Lost, Turn, lines_text
from csto_membership.readers._table import TurnTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from csto_membership.readers._frame import Tabular


#: The source of what is read from Correlates of War IGO.
COW_IGO = Source("cow-igo-3", Kind.DATASET, "Intergovernmental Organizations, version 3", "Correlates of War Project")

STATE_YEAR_COLUMNS, IGO_YEAR_COLUMNS = ("ccode", "year", "state"), ("ioname", "year")
#: What a cell holds, as a bit for each status that it leaves possible: what is missing is never taken for "no", and who
#: was no member of the state system (-1) may have been a member all the same.
_UNKNOWN = 16
_BITS = {
    "0": 1,
    "1": 2,
    "2": 4,
    "3": 8,
    **dict.fromkeys(("-1", "-9", "", ".", "NA"), _UNKNOWN),
}
_BY_BIT = {1: Status.NONE, 2: Status.MEMBER, 4: Status.ASSOCIATE, 8: Status.OBSERVER}
#: A column is no organisation where so many of its cells are no codes for each that is one.
_NO_CODES = 10
#: Columns of the organisation-year table that are no states.
_ABOUT = frozenset(
    {
        *("ioname", "orgname", "year", "sdate", "deaddate", "dead", "integrated", "replaced", "longorgname", "ionum"),
        *("igocode", "version", "accuracyofpre1965membershipdates", "sourcesandnotes", "imputed"),
        *("political", "social", "economic"),
    }
)
_ACCURACY, _IMPUTED = "accuracyofpre1965membershipdates", "imputed"


@form("cow-state-year", STATE_YEAR_COLUMNS)
def read_cow_state_year(
    path: Tabular,
    *,
    source: Source = COW_IGO,
    prefix: str = "",
    bad_rows: str = "raise",
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    columns: Mapping[str, str] | None = None,
) -> TurnTable:
    """
    Correlates of War IGO v3 by state and year (`state_year_formatv3.csv`): a column for each organisation.

    - 0 is none, 1 member, 2 associate, 3 observer; -9, an empty cell and a year without a row are unknown, and so is -1:
      who was no member of the state system may have been a member of an organisation.
    - The code of a year is the status on its last day: a change fell on an unknown day of the later year.
    - Before the first year and after the last nothing is known.
    - The order of rows means nothing; rows of one year that differ leave each of their codes possible.
    - Organisations are called as their columns, in lower case, after `prefix`. A column without a name holds row numbers
      and is left out (`Table.ignored`); one whose cells are no codes is a fault.
    - A state that the library does not know has the id "cow:N".
    - A dataframe is read in place of a file; `columns` maps our names of columns to those that the table has.

    Raises `RecordError` for what cannot be read unless it is skipped, `ArgumentError` for other options than these, and
    OSError where the file cannot be opened.

    >>> rows = [{"ccode": "704", "year": year, "state": "Uzbekistan", "CSTO": code} for year, code in (("2005", "0"), ("2006", "1"))]
    >>> told = read_cow_state_year(rows).history("csto")
    >>> print(told.was_member("UZ", "2005-12-31"), told.was_member("UZ", "2006-06-30"), told.was_member("UZ", "2006-12-31"))
    no undetermined yes
    """
    of_kind("source", source, Source)
    of_kind("prefix", prefix, str)
    sheet = Sheet(path, bad_rows, encoding, delimiter, columns)
    grid: _Grid | None = None
    states: dict[str, State] = {}
    numbers: list[int] = []
    at: dict[str, int] = {}
    for line, row in sheet.rows(STATE_YEAR_COLUMNS):
        if grid is None:
            numbers = [
                n
                for n, name in enumerate(sheet.columns)
                if name not in STATE_YEAR_COLUMNS and not sheet.is_ignored(name)
            ]
            grid = _Grid([sheet.columns[number] for number in numbers], sheet)
            at = {name: sheet.columns.index(name) for name in STATE_YEAR_COLUMNS}
        number = whole_number(sheet, line, "ccode", row[at["ccode"]], 1, 9999)
        year = _year(sheet, line, row[at["year"]])
        cells = [row[column] for column in numbers]
        if number is None:
            grid.lost.append(Lost(line, named=row[at["ccode"]].strip()))
            continue
        name = row[at["state"]].strip()
        if not name.isprintable():
            sheet.fault(line, "state", "a name is one line of text", name, "correct the name")
            name = ""
        state = state_of(number, name)
        states.setdefault(state.id, state)
        grid.add(state.id, _Row(year, line, grid.codes(line, cells)))
    if grid is None:
        return TurnTable(source, (), {}, {}, faults=sheet.finish(), ignored=sheet.ignored)
    kept = grid.organisations()
    faults = sheet.finish()
    by_state = grid.turns()
    turns = {
        prefix + grid.columns[number]: {
            state: by_column[number] for state, by_column in by_state.items() if _known(by_column[number])
        }
        for number in kept
    }
    covered = grid.coverage(None, len(kept) < len(grid.columns))
    coverage = dict.fromkeys(turns, covered)
    return TurnTable(source, tuple(states.values()), turns, coverage, faults=faults, ignored=sheet.ignored)


@form("cow-igo-year", IGO_YEAR_COLUMNS)
def read_cow_igo_year(
    path: Tabular,
    *,
    source: Source = COW_IGO,
    prefix: str = "",
    bad_rows: str = "raise",
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    columns: Mapping[str, str] | None = None,
) -> TurnTable:
    """
    Correlates of War IGO v3 by organisation and year (`igo_year_formatv3.csv`): a column for each state.

    - Codes, years and the order of rows mean what they do in `read_cow_state_year`.
    - An organisation is called by its `ioname`, in lower case, after `prefix`.
    - What rests on a row that is imputed is marked as inferred, with the reason; so is what rests, before 1965, on a
      row whose dates are not completely accurate.
    - A dataframe is read in place of a file; `columns` maps our names of columns to those that the table has.

    Raises what `read_cow_state_year` raises.

    >>> rows = [{"ioname": "CSTO", "year": year, "uzbekistan": code} for year, code in (("2005", "0"), ("2006", "1"))]
    >>> told = read_cow_igo_year(rows).history("csto")
    >>> print(told.was_member("UZ", "2005-12-31"), told.was_member("UZ", "2006-06-30"), told.was_member("UZ", "2006-12-31"))
    no undetermined yes
    """
    of_kind("source", source, Source)
    of_kind("prefix", prefix, str)
    sheet = Sheet(path, bad_rows, encoding, delimiter, columns)
    grid: _Grid | None = None
    titles: dict[str, tuple[int, str]] = {}
    states: dict[int, State] = {}
    at: dict[str, int] = {}
    for line, row in sheet.rows(IGO_YEAR_COLUMNS):
        if grid is None:
            at = {name: number for number, name in enumerate(sheet.columns)}
            states = _state_columns(sheet)
            grid = _Grid([sheet.columns[column] for column in states], sheet)
        name = prefix + sheet.plain(row[at["ioname"]].strip()).lower()
        year = _year(sheet, line, row[at["year"]])
        if name == prefix or not name.isprintable():
            problem = "the organisation is missing" if name == prefix else "an id is one line of text"
            sheet.fault(line, "ioname", problem, None if name == prefix else name, "write its short name")
            grid.lost.append(Lost(line))
            continue
        cells = grid.codes(line, [row[column] for column in states])
        grid.add(name, _Row(year, line, cells, _remark(row, at, year)))
        # The latest name: an organisation keeps its short name when its long one changes.
        title = row[at["orgname"]].strip() if "orgname" in at else ""
        titles[name] = max(titles.get(name, (0, "")), (year or 0, title))
    if grid is None:
        return TurnTable(source, (), {}, {}, faults=sheet.finish(), ignored=sheet.ignored)
    ids = [state.id for state in states.values()]
    kept, short = grid.organisations(), len(ids) < sum(not _is_about(sheet, name) for name in sheet.columns)
    faults = sheet.finish()
    turns = {
        name: {ids[number]: by_column[number] for number in kept if _known(by_column[number])}
        for name, by_column in grid.turns().items()
    }
    coverage = {name: grid.coverage(name, short or len(kept) < len(ids)) for name in turns}
    names = {name: title for name, (_, title) in titles.items()}
    listed = tuple(states.values())
    return TurnTable(source, listed, turns, coverage, names=names, faults=faults, ignored=sheet.ignored)


def _known(turns: Iterable[Turn]) -> bool:
    """Whether rows say anything of a state."""
    return any(turn.statuses != ALL_STATUSES for turn in turns)


def _is_about(sheet: Sheet, column: str) -> bool:
    return column in _ABOUT or sheet.is_ignored(column)


def _state_columns(sheet: Sheet) -> dict[int, State]:
    """The columns that are states; one that is neither a state nor known to be something else is a fault."""
    numbers = numbers_by_short_name()
    states: dict[int, State] = {}
    for column, name in enumerate(sheet.columns):
        if name in numbers:
            states[column] = state_of(numbers[name])
        elif not _is_about(sheet, name):
            sheet.fault(1, name, "no state has this short name", name, "rename or remove the column")
    return states


def _remark(row: list[str], at: Mapping[str, int], year: int | None) -> str:
    """What makes the cells of a row less certain, in words."""
    remarks = []
    if _IMPUTED in at and whole(row[at[_IMPUTED]]) not in ("", "0", ".", "NA"):
        remarks.append("imputed")
    accuracy = row[at[_ACCURACY]].strip() if _ACCURACY in at else ""
    if (year or 0) < 1965 and accuracy.casefold() not in ("", ".", "na", "completely accurate"):
        remarks.append(f"accuracy of dates before 1965: {accuracy}")
    return "; ".join(remarks)


def _year(sheet: Sheet, line: int, cell: str) -> int | None:
    # Not the first and last years of the calendar: the day before and after a year must exist.
    return whole_number(sheet, line, "year", cell, 2, 9998)


class _Row(NamedTuple):
    """
    The codes of one subject and year, a bit for each status that a cell leaves possible.

    `year` is None where it cannot be read, `remark` what makes the codes less certain, "" for nothing.
    """

    year: int | None
    line: int
    cells: bytes
    remark: str = ""


class _Codes(dict[str, int]):
    """The bits of each spelling of a code; KeyError for what is no code."""

    def __missing__(self, cell: str) -> int:
        # Some programs write whole numbers with a fraction, and texts with spaces.
        bits = self[cell] = _BITS[whole(cell)]
        return bits


class _Grid:
    """
    What rows of one subject and year say of many others.

    A subject is a state or an organisation. Of each row a byte for each column is held.

    - A change from one year to the next fell on an unknown day of the later year. On the last day of a year the status
      is the one of its row.
    - Before the first year and in years without a row anything may have been.
    - A row that does not tell its year may be of any year.
    """

    __slots__ = ("_bad", "_codes", "_faults", "_rows", "_sheet", "columns", "lost")

    def __init__(self, columns: Sequence[str], sheet: Sheet) -> None:
        self.columns, self._sheet = columns, sheet
        self._codes = _Codes(_BITS)
        #: The rows of each subject.
        self._rows: dict[str, list[_Row]] = {}
        #: How many cells of each column are no codes.
        self._bad = [0] * len(columns)
        #: The faults of cells, by column: the first of those columns that may hold no codes at all.
        self._faults: dict[int, list[tuple[int, str]]] = {}
        #: Rows that do not tell their subject.
        self.lost: list[Lost] = []

    def codes(self, line: int, cells: Sequence[str]) -> bytes:
        """The bits of the cells of a row; what is no code leaves anything possible."""
        try:
            return bytes(map(self._codes.__getitem__, cells))
        except KeyError:
            return bytes(self._code(line, number, cell) for number, cell in enumerate(cells))

    def _code(self, line: int, number: int, cell: str) -> int:
        try:
            return self._codes[cell]
        except KeyError:
            self._bad[number] += 1
            faults = self._faults.setdefault(number, [])
            if len(faults) <= MOST_FAULTS:
                faults.append((line, cell))
            return _UNKNOWN

    def add(self, subject: str, row: _Row) -> None:
        """Take in the row of one subject and year."""
        self._rows.setdefault(subject, []).append(row)

    def organisations(self) -> list[int]:
        """The numbers of the columns that hold codes; faults for the cells that are none, or for whole columns."""
        if not self._faults:
            return list(range(len(self.columns)))
        good = [0] * len(self.columns)
        for rows in self._rows.values():
            for row in rows:
                for number in self._faults:
                    good[number] += row.cells[number] != _UNKNOWN
        kept = []
        for number, column in enumerate(self.columns):
            faults = self._faults.get(number, [])
            if faults and self._bad[number] > _NO_CODES * good[number]:
                problem = f"its cells are no codes, so that it is no column of members: {faults[0][1]!r}, say"
                self._sheet.fault(1, column, problem, None, "remove the column")
                continue
            kept.append(number)
            for line, cell in faults:
                remedy = "the codes are 0, 1, 2, 3, -1 and -9"
                self._sheet.fault(line, column, "there is no such code", cell, remedy)
        return kept

    def coverage(self, subject: str | None, short: bool) -> Coverage:
        """
        The years that rows tell of, those of one subject or of all, and the rows that cannot be told whose they are.

        `short` says that columns were left out.
        """
        every = self._rows.values() if subject is None else [self._rows[subject]]
        years = [row.year for rows in every for row in rows if row.year is not None]
        first, last = (dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)) if years else (None, None)
        covered = Coverage(first, last, "unknown", "unknown", "listed")
        lost = [*self.lost, *(Lost(line) for line in self._sheet.torn)]
        undated = [row.line for rows in every for row in rows if row.year is None]
        lines = sorted({*(row.line for row in lost), *undated})
        missing = [f"skipped: {lines_text(lines)}"] if lines else []
        missing += ["columns that could not be read"] if short and subject is not None else []
        # Of a state without a year nothing is known, and no organisation lists it.
        yearless = sum(all(row.year is None for row in rows) for rows in self._rows.values()) if subject is None else 0
        unnamed = len({row.named or row.line for row in lost}) + yearless
        return evolve(covered, missing="; ".join(missing), unnamed=unnamed)

    def turns(self) -> dict[str, dict[int, list[Turn]]]:
        """For each subject and column, by number, the turns."""
        last = max((row.year for rows in self._rows.values() for row in rows if row.year is not None), default=0)
        return {subject: self._turns_of(rows, last) for subject, rows in self._rows.items()}

    def _turns_of(self, rows: list[_Row], last_of_all: int) -> dict[int, list[Turn]]:
        """The turns of one subject."""
        turns: dict[int, list[Turn]] = {number: [] for number in range(len(self.columns))}
        before: _Year | None = None
        for row in _years(rows):
            follows = before is not None and before.year == row.year - 1
            changed: Sequence[int] = range(len(self.columns))
            if before and follows and before.remark == row.remark:
                changed = _changed(before.cells, row.cells)
            for number in changed:
                _turn(turns[number], number, row, None if follows else before)
            before = row
        if before is not None and before.year < last_of_all:
            since = ImpreciseDate(dt.date(before.year + 1, 1, 1), None)
            for own in turns.values():
                if own[-1].statuses != ALL_STATUSES:
                    own.append(Turn(since, ALL_STATUSES, before.line, note="no later row"))
        return turns


class _Year(NamedTuple):
    """The codes of one subject in a year, from all of its rows."""

    year: int
    line: int
    cells: bytes
    remark: str


def _years(rows: Iterable[_Row]) -> list[_Year]:
    """The years of one subject in their order; each code that a row gives for a year is possible in it."""
    years: dict[int, _Year] = {}
    undated: list[_Row] = []
    for row in rows:
        if row.year is None:
            undated.append(row)
        elif (other := years.get(row.year)) is None:
            years[row.year] = _Year(row.year, row.line, row.cells, row.remark)
        elif other.cells != row.cells:
            years[row.year] = _either(other, row, f"{lines_text([other.line, row.line])} differ")
    for row in undated:
        note = f"skipped: {lines_text([row.line])}, which may be of this year"
        years = {year: one if one.cells == row.cells else _either(one, row, note) for year, one in years.items()}
    return [years[year] for year in sorted(years)]


def _either(one: _Year, other: _Row, note: str) -> _Year:
    cells = bytes(map(or_, one.cells, other.cells))
    return one._replace(cells=cells, remark="; ".join(dict.fromkeys(filter(None, (one.remark, other.remark, note)))))


def _turn(turns: list[Turn], number: int, row: _Year, before_gap: _Year | None) -> None:
    """Add the turns that a cell makes; `before_gap` is the last row before years that have none."""
    statuses = _statuses(row.cells[number])
    if not turns:
        turns.append(Turn(ImpreciseDate(None, dt.date(row.year - 1, 12, 31)), ALL_STATUSES, row.line))
    elif before_gap is not None and turns[-1].statuses != ALL_STATUSES:
        missing = ImpreciseDate(dt.date(before_gap.year + 1, 1, 1), dt.date(row.year - 1, 12, 31))
        turns.append(Turn(missing, ALL_STATUSES, row.line, note="no row for these years"))
    if statuses != turns[-1].statuses or (row.remark != turns[-1].note and statuses != ALL_STATUSES):
        turns.append(Turn(_some_day_of(row.year), statuses, row.line, bool(row.remark), row.remark))


def _changed(before: bytes, after: bytes) -> Sequence[int]:
    """The numbers of the cells that differ between two rows."""
    return () if before == after else [number for number, cell in enumerate(after) if cell != before[number]]


@lru_cache(maxsize=32)
def _statuses(bits: int) -> frozenset[Status]:
    if bits & _UNKNOWN:
        return ALL_STATUSES
    return frozenset(status for bit, status in _BY_BIT.items() if bits & bit)


@lru_cache(maxsize=1024)
def _some_day_of(year: int) -> ImpreciseDate:
    return ImpreciseDate.parse(f"{year:04}")
