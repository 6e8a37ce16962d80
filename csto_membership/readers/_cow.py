"""The tables of intergovernmental organisations (IGO, version 3) of the Correlates of War project."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._evidence.claims import Kind, Source
from csto_membership._evidence.institutions import Coverage
from csto_membership._files.known_states import numbers_by_short_name, state_of
from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.cells import unguarded
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.states import State
from csto_membership.readers._sheet import Sheet, whole_number
from csto_membership.readers._table import Table, Turn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike


COW_IGO = Source("cow-igo-3", Kind.DATASET, "Intergovernmental Organizations, version 3", "Correlates of War Project")

_NONE = frozenset({Status.NONE})
#: What a cell holds, and what it leaves possible: what is missing is never taken for "no".
_CODES = {
    **dict.fromkeys(("0", "-1"), _NONE),
    "1": frozenset({Status.MEMBER}),
    "2": frozenset({Status.ASSOCIATE}),
    "3": frozenset({Status.OBSERVER}),
    **dict.fromkeys(("-9", "", ".", "NA"), ALL_STATUSES),
}
#: Columns of the organisation-year table that are no states.
_ABOUT = frozenset(
    {
        *("ioname", "orgname", "year", "sdate", "deaddate", "dead", "integrated", "replaced", "longorgname", "ionum"),
        *("igocode", "version", "accuracyofpre1965membershipdates", "sourcesandnotes", "imputed"),
        *("political", "social", "economic"),
    }
)
_ACCURACY, _IMPUTED = "accuracyofpre1965membershipdates", "imputed"


def read_cow_state_year(
    path: str | PathLike[str],
    *,
    source: Source = COW_IGO,
    prefix: str = "",
    bad_rows: str = "raise",
    encoding: str = "utf-8-sig",
) -> Table:
    """
    Correlates of War IGO v3 by state and year (`state_year_formatv3.csv`): a column for each organisation.

    - 0 and -1 are none, 1 member, 2 associate, 3 observer; -9, an empty cell and a year without a row are unknown.
    - The code of a year is the status on its last day: a change fell on an unknown day of the later year.
    - Before the first year and after the last nothing is known.
    - Organisations are called as their columns, in lower case, after `prefix`.
    - A state that `states.toml` lacks has the id "cow:N".
    """
    needed = ("ccode", "year", "state")
    sheet = Sheet(path, bad_rows, encoding)
    grid: _Grid | None = None
    states: dict[str, State] = {}
    columns: list[int] = []
    at: dict[str, int] = {}
    for line, row in sheet.rows(needed):
        if grid is None:
            columns = [number for number, name in enumerate(sheet.columns) if name not in needed]
            grid = _Grid([prefix + sheet.columns[number] for number in columns], sheet)
            at = {name: sheet.columns.index(name) for name in needed}
        number = whole_number(sheet, line, "ccode", row[at["ccode"]], 1, 9999)
        year = _year(sheet, line, row[at["year"]])
        if number is not None and year is not None:
            state = state_of(number, row[at["state"]].strip())
            states.setdefault(state.id, state)
            grid.add(state.id, _Row(year, line, [row[column] for column in columns]))
    faults = sheet.finish()
    if grid is None or not grid.years:
        return Table(source, (), {}, {}, faults=faults)
    first, last = min(first for first, _ in grid.years.values()), max(last for _, last in grid.years.values())
    grid.close(last)
    turns = {
        organisation: {state: by_column[number] for state, by_column in grid.turns.items()}
        for number, organisation in enumerate(grid.columns)
    }
    kept = tuple(state for state in states.values() if state.id in grid.years)
    return Table(source, kept, turns, dict.fromkeys(turns, _covered(first, last)), faults=faults)


def read_cow_igo_year(
    path: str | PathLike[str],
    *,
    source: Source = COW_IGO,
    prefix: str = "",
    bad_rows: str = "raise",
    encoding: str = "utf-8-sig",
) -> Table:
    """
    Correlates of War IGO v3 by organisation and year (`igo_year_formatv3.csv`): a column for each state.

    - Codes and years are those of `read_cow_state_year`.
    - An organisation is called by its `ioname`, in lower case, after `prefix`.
    - What rests on a row that is imputed is marked as inferred, with the reason; so is what rests, before 1965, on a
      row whose dates are not completely accurate.
    """
    sheet = Sheet(path, bad_rows, encoding)
    grid: _Grid | None = None
    titles: dict[str, str] = {}
    states: dict[int, State] = {}
    at: dict[str, int] = {}
    for line, row in sheet.rows(("ioname", "year")):
        if grid is None:
            at = {name: number for number, name in enumerate(sheet.columns)}
            states = _state_columns(sheet)
            grid = _Grid([sheet.columns[column] for column in states], sheet)
        name = prefix + unguarded(row[at["ioname"]].strip()).lower()
        if name == prefix:
            sheet.fault(line, "ioname", "the organisation is missing", None, "write its short name")
        elif (year := _year(sheet, line, row[at["year"]])) is not None:
            grid.add(name, _Row(year, line, [row[column] for column in states], _remark(row, at, year)))
            # The latest name: an organisation keeps its short name when its long one changes.
            titles[name] = row[at["orgname"]].strip() if "orgname" in at else ""
    faults = sheet.finish()
    if grid is None:
        return Table(source, (), {}, {}, faults=faults)
    ids = [state.id for state in states.values()]
    turns = {
        name: {ids[number]: of_state for number, of_state in by_column.items()}
        for name, by_column in grid.turns.items()
    }
    coverage = {name: _covered(*grid.years[name]) for name in turns}
    return Table(source, tuple(states.values()), turns, coverage, titles, faults)


def _state_columns(sheet: Sheet) -> dict[int, State]:
    """The columns that are states; one that is neither a state nor known to be something else is a fault."""
    numbers = numbers_by_short_name()
    states: dict[int, State] = {}
    for column, name in enumerate(sheet.columns):
        if name in numbers:
            states[column] = state_of(numbers[name])
        elif name not in _ABOUT:
            sheet.fault(1, name, "no state has this short name", name, "rename or remove the column")
    return states


def _remark(row: list[str], at: Mapping[str, int], year: int) -> str:
    """What makes the cells of a row less certain, in words."""
    remarks = []
    if _IMPUTED in at and row[at[_IMPUTED]].strip().removesuffix(".0") not in ("", "0", ".", "NA"):
        remarks.append("imputed")
    accuracy = row[at[_ACCURACY]].strip() if _ACCURACY in at else ""
    if year < 1965 and accuracy.casefold() not in ("", ".", "na", "completely accurate"):
        remarks.append(f"accuracy of dates before 1965: {accuracy}")
    return "; ".join(remarks)


def _year(sheet: Sheet, line: int, cell: str) -> int | None:
    # Not the first and last years of the calendar: the day before and after a year must exist.
    return whole_number(sheet, line, "year", cell, 2, 9998)


def _covered(first: int, last: int) -> Coverage:
    return Coverage(dt.date(first, 1, 1), dt.date(last, 12, 31), "unknown", "unknown")


class _Row(NamedTuple):
    """The codes of one subject and year. `remark` is what makes them less certain, "" for nothing."""

    year: int
    line: int
    cells: Sequence[str]
    remark: str = ""


class _Grid:
    """
    What rows of one subject and year say of many others, taken in as they stream by.

    A subject is a state or an organisation. Of each, only its last row is held, and for each column its turns.

    - A change from one year to the next fell on an unknown day of the later year. On the last day of a year the status
      is the one of its row.
    - Before the first year and in years without a row anything may have been.
    """

    __slots__ = ("_rows", "_sheet", "columns", "turns", "years")

    def __init__(self, columns: Sequence[str], sheet: Sheet) -> None:
        self.columns, self._sheet = columns, sheet
        #: The last row of each subject.
        self._rows: dict[str, _Row] = {}
        #: The first and last year of each subject.
        self.years: dict[str, tuple[int, int]] = {}
        #: For each subject and column, by number, the turns.
        self.turns: dict[str, dict[int, list[Turn]]] = {}

    def add(self, subject: str, row: _Row) -> None:
        """Take in the row of one subject and year."""
        before = self._rows.get(subject)
        if before and row.year <= before.year:
            problem = f"the years of {subject} go on from {before.year} (line {before.line})"
            self._sheet.fault(row.line, "year", problem, row.year, "sort the rows by year, one row a year")
            return
        changed: Sequence[int] = range(len(self.columns))
        follows = before is not None and before.year == row.year - 1
        if before and follows and before.remark == row.remark:
            changed = _changed(before.cells, row.cells)
        unreadable = [number for number in changed if _statuses(row.cells[number]) is None]
        for number in unreadable:
            remedy = "the codes are 0, 1, 2, 3, -1 and -9"
            self._sheet.fault(row.line, self.columns[number], "there is no such code", row.cells[number], remedy)
        if unreadable:
            return
        for number in changed:
            self._turn(subject, number, row, None if follows else before)
        self._rows[subject] = row
        self.years[subject] = (self.years.get(subject, (row.year, row.year))[0], row.year)

    def _turn(self, subject: str, number: int, row: _Row, before_gap: _Row | None) -> None:
        """Add the turns that a cell makes; `before_gap` is the last row before years that have none."""
        turns = self.turns.setdefault(subject, {}).setdefault(number, [])
        statuses = _statuses(row.cells[number]) or ALL_STATUSES
        if not turns:
            turns.append(Turn(ImpreciseDate(None, dt.date(row.year - 1, 12, 31)), ALL_STATUSES, row.line))
        elif before_gap is not None and turns[-1].statuses != ALL_STATUSES:
            missing = ImpreciseDate(dt.date(before_gap.year + 1, 1, 1), dt.date(row.year - 1, 12, 31))
            turns.append(Turn(missing, ALL_STATUSES, row.line, note="no row for these years"))
        if statuses != turns[-1].statuses or (row.remark != turns[-1].note and statuses != ALL_STATUSES):
            turns.append(Turn(_some_day_of(row.year), statuses, row.line, bool(row.remark), row.remark))

    def close(self, last: int) -> None:
        """Leave open what became of the subjects whose rows end before the last year of the table."""
        for subject, row in self._rows.items():
            for turns in self.turns[subject].values() if row.year < last else ():
                if turns[-1].statuses != ALL_STATUSES:
                    since = ImpreciseDate(dt.date(row.year + 1, 1, 1), None)
                    turns.append(Turn(since, ALL_STATUSES, row.line, note="no later row"))


def _changed(before: Sequence[str], after: Sequence[str]) -> Sequence[int]:
    """The numbers of the cells that differ between two rows."""
    return () if before == after else [number for number, cell in enumerate(after) if cell != before[number]]


def _statuses(cell: str) -> frozenset[Status] | None:
    statuses = _CODES.get(cell)
    # Some programs write whole numbers with a fraction, and texts with spaces.
    return statuses if statuses is not None else _CODES.get(cell.strip().removesuffix(".0"))


@lru_cache(maxsize=1024)
def _some_day_of(year: int) -> ImpreciseDate:
    return ImpreciseDate.parse(f"{year:04}")
