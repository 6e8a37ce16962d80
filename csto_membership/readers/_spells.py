"""Plain tables of spells: a row for each run of days on which a state had one status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._evidence.claims import Kind, Source
from csto_membership._evidence.institutions import Coverage
from csto_membership._files.known_states import known_states, number_in, state_of
from csto_membership._values.acts import ALL_STATUSES, Status, as_status
from csto_membership._values.cells import unguarded
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.wording import did_you_mean
from csto_membership.exceptions import DateError, UnknownNameError, UnknownStateError
from csto_membership.readers._sheet import Sheet
from csto_membership.readers._table import Spells, Stay, Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from csto_membership._values.index import StateIndex
    from csto_membership._values.states import State


SPELLS = Source("spells", Kind.DATASET, "A table of spells")

_COLUMNS = ("organisation", "state", "status", "first_day", "last_day")


def read_spells(
    path: str | PathLike[str],
    *,
    source: Source = SPELLS,
    covers: Coverage = Coverage(),  # noqa: B008 - frozen
    states: Iterable[State] = (),
    bad_rows: str = "raise",
    encoding: str = "utf-8-sig",
) -> Table:
    r"""
    A plain table of spells: CSV with the columns organisation, state, status, first_day, last_day, and maybe note.

    - A state is given by a code or name, or as "cow:704"; `states` adds states of your own.
    - Several possible statuses are joined by "|"; "unknown" is any. After a spell that ended a state is `former`.
    - Days are EDTF, both included; an imprecise one is one unknown day.
    - An empty first day is since ever, an empty last day is open. A last day "unknown" says that the spell may have
      ended on any day after its first.
    - A state that the table names has the status none where it tells of no spell; `covers` says for which days that may
      be believed.
    - A row that is skipped leaves its state unknown in its organisation on the days that no other row speaks of. A row
      whose state or organisation cannot be read is told of in `Table.faults` alone.
    - The apostrophe that the writers of this library put before what looks like a formula is taken off again.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as directory:
    ...     path = Path(directory, "spells.csv")
    ...     rows = ["organisation,state,status,first_day,last_day", "league,UZ,member,1999-04-24,unknown"]
    ...     _ = path.write_text("\n".join(rows))
    ...     history = read_spells(path).history("league")
    >>> [str(history.was_member("UZ", day)) for day in ("1999-04-23", "1999-04-24", "1999-04-25")]
    ['no', 'yes', 'undetermined']
    """
    sheet = Sheet(path, bad_rows, encoding)
    known = known_states(states)
    spells: Spells[Stay] = Spells()
    for line, row in sheet.rows(_COLUMNS):
        cells = {name: unguarded(cell.strip(" ")) for name, cell in zip(sheet.columns, row, strict=True)}
        state, stay = _state(sheet, line, cells["state"], known), _stay(sheet, line, cells)
        if not cells["organisation"]:
            sheet.fault(line, "organisation", "the organisation is missing", None, "write its id")
        elif state:
            spells.add(cells["organisation"], state, line, stay)
    turns = spells.turns(sheet, list)
    return Table(source, spells.states, turns, dict.fromkeys(turns, covers), faults=sheet.finish())


def _state(sheet: Sheet, line: int, cell: str, known: StateIndex) -> State | None:
    try:
        return known.find(cell)
    except UnknownStateError as error:
        if (number := number_in(cell.casefold())) is not None and not error.reason:
            return state_of(number)
        remedy = did_you_mean(error.nearest) or 'write a code or "cow:N"'
        sheet.fault(line, "state", error.reason or "unknown state", cell, remedy)
        return None


def _stay(sheet: Sheet, line: int, cells: dict[str, str]) -> Stay | None:
    statuses = _statuses(sheet, line, cells["status"])
    dates: list[ImpreciseDate | None] = []
    readable = True
    for column in ("first_day", "last_day"):
        cell = cells[column]
        try:
            dates.append(_date(cell))
        except DateError as error:
            remedy = did_you_mean(error.meant) or "write 1999-04-20"
            sheet.fault(line, column, f"unreadable date: {error.reason}", cell, remedy)
            readable = False
    if not readable or statuses is None:
        return None
    first, last = dates
    if first and last and first.earliest and last.latest and last.latest < first.earliest:
        sheet.fault(line, "last_day", f"the spell ends before it begins ({first})", last.text, "exchange the two days")
        return None
    return Stay(first, last, statuses, line, cells.get("note", ""))


def _date(cell: str) -> ImpreciseDate | None:
    """The date in a cell, None for an empty one; a date without any bound for "unknown"."""
    if not cell:
        return None
    return ImpreciseDate(None, None) if cell.casefold() == "unknown" else ImpreciseDate.parse(cell)


def _statuses(sheet: Sheet, line: int, cell: str) -> frozenset[Status] | None:
    cell = cell.casefold()
    if cell == "unknown":
        return ALL_STATUSES
    try:
        return frozenset(as_status(name.strip()) for name in cell.split("|"))
    except UnknownNameError as error:
        sheet.fault(line, "status", "unknown status", cell, f"known are {', '.join(error.known)}, unknown")
        return None
