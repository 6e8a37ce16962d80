"""The tables of intergovernmental organisations (IGO, version 3) of the Correlates of War project."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from csto_membership._evidence.institutions import Coverage
from csto_membership._files.known_states import numbers_by_short_name, state_of
from csto_membership._values.acts import Status
from csto_membership._values.cells import unguarded
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.states import State
from csto_membership.readers._sheet import Sheet, whole_number
from csto_membership.readers._table import ANY_STATUS, Table, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from csto_membership._evidence.claims import Source


_NONE = frozenset({Status.NONE})
#: What a cell holds, and what it leaves possible: what is missing is never taken for "no".
CODES = {
    **dict.fromkeys(("0", "-1"), _NONE),
    "1": frozenset({Status.MEMBER}),
    "2": frozenset({Status.ASSOCIATE}),
    "3": frozenset({Status.OBSERVER}),
    **dict.fromkeys(("-9", "", ".", "NA"), ANY_STATUS),
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


class Grid:
    """
    What rows of one subject and year say of many others: for each pair only its present status is held, and its turns.

    A change from one year to the next fell on an unknown day of the later year. Before the first year and in years
    without a row anything may have been. On the last day of a year the status is the one of its row.
    """

    __slots__ = ("_columns", "_rows", "_sheet", "turns", "years")

    def __init__(self, columns: Sequence[str], sheet: Sheet) -> None:
        self._columns, self._sheet = columns, sheet
        #: For each subject its last year, line, cells and remark.
        self._rows: dict[str, tuple[int, int, Sequence[str], str]] = {}
        #: For each subject its first and last year.
        self.years: dict[str, tuple[int, int]] = {}
        #: For each subject and column, by number, the turns.
        self.turns: dict[str, dict[int, list[Turn]]] = {}

    def add(self, subject: str, year: int, cells: Sequence[str], line: int, remark: str) -> None:
        """Take in the row of one subject and year."""
        before = self._rows.get(subject)
        if before and year <= before[0]:
            problem = f"the years of {subject} go on from {before[0]} (line {before[1]})"
            self._sheet.fault(line, "year", problem, year, "sort the rows by year, one row a year")
            return
        wanted: Sequence[int] = range(len(self._columns))
        follows = before is not None and before[0] == year - 1
        if follows and before and before[3] == remark:
            old = before[2]
            wanted = () if cells == old else [n for n in wanted if cells[n] != old[n]]
        unreadable = [number for number in wanted if _code(cells[number]) is None]
        for number in unreadable:
            remedy = "the codes are 0, 1, 2, 3, -1 and -9"
            self._sheet.fault(line, self._columns[number], "there is no such code", cells[number], remedy)
        if unreadable:
            return
        for number in wanted:
            self._turn(subject, number, year, cells[number], line, remark, before if not follows else None)
        self._rows[subject] = (year, line, cells, remark)
        self.years[subject] = (self.years.get(subject, (year, year))[0], year)

    def _turn(
        self,
        subject: str,
        number: int,
        year: int,
        cell: str,
        line: int,
        remark: str,
        gap: tuple[int, int, Sequence[str], str] | None,
    ) -> None:
        turns = self.turns.setdefault(subject, {}).setdefault(number, [])
        statuses = _code(cell) or ANY_STATUS
        if not turns:
            turns.append(Turn(ImpreciseDate(None, dt.date(year - 1, 12, 31)), ANY_STATUS, line))
        elif gap is not None and turns[-1].statuses != ANY_STATUS:
            missing = ImpreciseDate(dt.date(gap[0] + 1, 1, 1), dt.date(year - 1, 12, 31))
            turns.append(Turn(missing, ANY_STATUS, line, note="no row for these years"))
        if statuses != turns[-1].statuses or (remark != turns[-1].note and statuses != ANY_STATUS):
            turns.append(Turn(_some_day_of(year), statuses, line, bool(remark), remark))

    def close(self, last: int) -> None:
        """Say of the subjects whose rows ended before the last year of the table that nothing is known of them since."""
        for subject, (year, line, _, _) in self._rows.items():
            for turns in self.turns[subject].values() if year < last else ():
                if turns[-1].statuses != ANY_STATUS:
                    turns.append(
                        Turn(ImpreciseDate(dt.date(year + 1, 1, 1), None), ANY_STATUS, line, note="no later row")
                    )


def _code(cell: str) -> frozenset[Status] | None:
    found = CODES.get(cell)
    # Some programs write whole numbers with a fraction, and texts with spaces.
    return found if found is not None else CODES.get(cell.strip().removesuffix(".0"))


@lru_cache(maxsize=1024)
def _some_day_of(year: int) -> ImpreciseDate:
    return ImpreciseDate.parse(f"{year:04}")


def _covered(first: int, last: int) -> Coverage:
    return Coverage(dt.date(first, 1, 1), dt.date(last, 12, 31), "unknown", "unknown")


def _year(sheet: Sheet, line: int, cell: str) -> int | None:
    # Not the first and last years of the calendar: the day before and after a year must exist.
    return whole_number(sheet, line, "year", cell, 2, 9998)


def state_year(path: str | PathLike[str], source: Source, bad_rows: str, encoding: str, prefix: str) -> Table:
    """The table with a row for a state and year, and a column for each organisation."""
    sheet = Sheet(path, bad_rows, encoding)
    grid: Grid | None = None
    names: dict[str, State] = {}
    columns: list[int] = []
    at: dict[str, int] = {}
    for line, row in sheet.rows(("ccode", "year", "state")):
        if grid is None:
            columns = [n for n, name in enumerate(sheet.columns) if name not in ("ccode", "year", "state")]
            grid = Grid([prefix + sheet.columns[n] for n in columns], sheet)
            at = {name: sheet.columns.index(name) for name in ("ccode", "year", "state")}
        number = whole_number(sheet, line, "ccode", row[at["ccode"]], 1, 9999)
        year = _year(sheet, line, row[at["year"]])
        if number is not None and year is not None:
            state = state_of(number, row[at["state"]].strip())
            names.setdefault(state.id, state)
            grid.add(state.id, year, [row[n] for n in columns], line, "")
    faults = sheet.finish()
    if grid is None or not grid.years:
        return Table(source, (), {}, {}, faults=faults)
    first, last = min(years[0] for years in grid.years.values()), max(years[1] for years in grid.years.values())
    grid.close(last)
    organisations = [prefix + sheet.columns[n] for n in columns]
    turns = {
        name: {state: found[number] for state, found in grid.turns.items()} for number, name in enumerate(organisations)
    }
    states = tuple(state for state in names.values() if state.id in grid.years)
    return Table(source, states, turns, dict.fromkeys(turns, _covered(first, last)), faults=faults)


def igo_year(path: str | PathLike[str], source: Source, bad_rows: str, encoding: str, prefix: str) -> Table:
    """The table with a row for an organisation and year, and a column for each state."""
    sheet = Sheet(path, bad_rows, encoding)
    grid: Grid | None = None
    titles: dict[str, str] = {}
    columns: dict[int, State] = {}
    at: dict[str, int] = {}
    for line, row in sheet.rows(("ioname", "year")):
        if grid is None:
            at = {name: number for number, name in enumerate(sheet.columns)}
            columns = _state_columns(sheet)
            grid = Grid([sheet.columns[number] for number in columns], sheet)
        name = prefix + unguarded(row[at["ioname"]].strip()).lower()
        if name == prefix:
            sheet.fault(line, "ioname", "the organisation is missing", None, "write its short name")
        elif (year := _year(sheet, line, row[at["year"]])) is not None:
            grid.add(name, year, [row[number] for number in columns], line, _remark(row, at, year))
            # The latest name: an organisation keeps its short name when its long one changes.
            titles[name] = row[at["orgname"]].strip() if "orgname" in at else ""
    faults = sheet.finish()
    if grid is None:
        return Table(source, (), {}, {}, faults=faults)
    ids = [state.id for state in columns.values()]
    turns = {name: {ids[n]: told for n, told in found.items()} for name, found in grid.turns.items()}
    coverage = {name: _covered(*grid.years[name]) for name in turns}
    return Table(source, tuple(columns.values()), turns, coverage, titles, faults)


def _state_columns(sheet: Sheet) -> dict[int, State]:
    """The columns that are states; one that is neither a state nor known to be something else is a fault."""
    numbers, found = numbers_by_short_name(), {}
    for position, name in enumerate(sheet.columns):
        if name in numbers:
            found[position] = state_of(numbers[name])
        elif name not in _ABOUT:
            sheet.fault(1, name, "no state has this short name", name, "rename or remove the column")
    return found


def _remark(row: list[str], at: dict[str, int], year: int) -> str:
    """What makes the cells of a row less certain, in words."""
    told = []
    if _IMPUTED in at and row[at[_IMPUTED]].strip().removesuffix(".0") not in ("", "0", ".", "NA"):
        told.append("imputed")
    accuracy = row[at[_ACCURACY]].strip() if _ACCURACY in at else ""
    if year < 1965 and accuracy.casefold() not in ("", ".", "na", "completely accurate"):
        told.append(f"accuracy of dates before 1965: {accuracy}")
    return "; ".join(told)
