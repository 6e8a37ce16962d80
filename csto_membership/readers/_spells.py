"""Plain tables of spells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._evidence.claims import Kind, Source
from csto_membership._evidence.institutions import Coverage
from csto_membership._files.known_states import known_states, number_in, state_of
from csto_membership._values.acts import Status, as_status
from csto_membership._values.cells import unguarded
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership.exceptions import DateError, UnknownNameError, UnknownStateError
from csto_membership.readers import _atop, _cow
from csto_membership.readers._sheet import Sheet
from csto_membership.readers._table import ANY_STATUS, Stay, Table, turns_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from csto_membership._values.states import State, StateIndex


__all__ = ["ATOP", "COW_IGO", "SPELLS", "Table", "read_atop", "read_cow_igo_year", "read_cow_state_year", "read_spells"]

SPELLS = Source("spells", Kind.DATASET, "A table of spells")
COW_IGO = Source("cow-igo-3", Kind.DATASET, "Intergovernmental Organizations, version 3", "Correlates of War Project")
ATOP = Source("atop", Kind.DATASET, "Alliance Treaty Obligations and Provisions, member level", "ATOP, Rice University")

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
    """
    A plain table of spells: CSV with the columns organisation, state, status, first_day, last_day, and maybe note.

    Days are EDTF, both included; an imprecise one is one unknown day. An empty last day is open, "unknown" says that
    the spell has ended or not: from the day after its first day on nothing is certain. An empty first day is since
    ever. Several possible statuses are joined by "|"; "unknown" is any. After a spell that ended a state is `former`.
    A state is given by a code or name, or as "cow:704"; `states` adds states of your own. A state that the table
    names has the status none where it tells of no spell; `covers` says for which days that may be believed.
    A row that is skipped leaves its state unknown in its organisation on the days that no other row speaks of; of one
    whose state or organisation cannot be read only the `faults` of the table tell.
    The apostrophe that the writers of this library put before what looks like a formula is taken off again.
    """
    sheet = Sheet(path, bad_rows, encoding)
    known = known_states(states)
    stays: dict[str, dict[str, list[Stay]]] = {}
    skipped: dict[tuple[str, str], int] = {}
    found: dict[str, State] = {}
    for line, row in sheet.rows(_COLUMNS):
        cells = {name: unguarded(cell.strip(" ")) for name, cell in zip(sheet.columns, row, strict=True)}
        state, stay = _state(sheet, line, cells["state"], known), _stay(sheet, line, cells)
        if not cells["organisation"]:
            sheet.fault(line, "organisation", "the organisation is missing", None, "write its id")
        elif state:
            found.setdefault(state.id, state)
            told = stays.setdefault(cells["organisation"], {}).setdefault(state.id, [])
            if stay:
                told.append(stay)
            else:
                skipped.setdefault((cells["organisation"], state.id), line)
    turns = {
        organisation: {
            state: turns_of(told, sheet, skipped.get((organisation, state), 0)) for state, told in by_state.items()
        }
        for organisation, by_state in stays.items()
    }
    return Table(source, tuple(found.values()), turns, dict.fromkeys(turns, covers), faults=sheet.finish())


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

    0 and -1 are none, 1 member, 2 associate, 3 observer; -9, an empty cell and a year without a row are unknown, and
    so is all that lies before and after. The code of a year is the status on its last day: a change fell on an
    unknown day of the later year. Organisations are called as their columns, in lower case, after `prefix`.
    A state that `states.toml` lacks has the id "cow:N".
    """
    return _cow.state_year(path, source, bad_rows, encoding, prefix)


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

    As `read_cow_state_year`; an organisation is called by its `ioname` in lower case. What rests on a row that is
    imputed, or before 1965 on one whose dates are not completely accurate, is marked as inferred, with the reason.
    """
    return _cow.igo_year(path, source, bad_rows, encoding, prefix)


def read_atop(
    path: str | PathLike[str],
    *,
    source: Source = ATOP,
    last: DateLike | None = None,
    bad_rows: str = "raise",
    encoding: str = "utf-8-sig",
) -> Table:
    """
    ATOP by alliance and member: a row for each member and phase; an alliance is called by its `atopid`.

    A month or day that is empty or 0 is unknown; the day of exit is the last day of membership; exit year 0 is still
    in effect at the end of the data, an empty one unknown. Phases that touch are one spell. The data cover 1815 to
    `last`, by default the end of the release (2003, 2016 or 2018, by the column version; without one, the last day
    that a row names). Outside nothing is known.
    """
    end = as_imprecise(last) if last is not None else None
    if end and not end.is_exact:
        raise DateError(end.text, "covered until which day? One exact day is needed")
    return _atop.members(path, source, bad_rows, encoding, end.earliest if end else None)


def _state(sheet: Sheet, line: int, cell: str, known: StateIndex) -> State | None:
    try:
        return known.find(cell)
    except UnknownStateError as error:
        if (number := number_in(cell.casefold())) is not None and not error.reason:
            return state_of(number)
        near = f"did you mean {' or '.join(map(repr, error.nearest))}?" if error.nearest else 'write a code or "cow:N"'
        sheet.fault(line, "state", error.reason or "the state is not known", cell, near)
        return None


def _day_of(cell: str) -> ImpreciseDate | None:
    """The date in a cell, None for an empty one; a date without any bound for "unknown"."""
    if not cell:
        return None
    return ImpreciseDate(None, None) if cell.casefold() == "unknown" else ImpreciseDate.parse(cell)


def _stay(sheet: Sheet, line: int, cells: dict[str, str]) -> Stay | None:
    statuses = _statuses(sheet, line, cells["status"])
    dates: list[ImpreciseDate | None] = []
    readable = True
    for column in ("first_day", "last_day"):
        cell = cells[column]
        try:
            dates.append(_day_of(cell))
        except DateError as error:
            meant = f"did you mean {' or '.join(map(repr, error.meant))}?" if error.meant else "write 1999-04-20"
            sheet.fault(line, column, f"no date that can be read: {error.reason}", cell, meant)
            readable = False
    if not readable or statuses is None:
        return None
    first, last = dates
    if first and last and first.earliest and last.latest and last.latest < first.earliest:
        sheet.fault(line, "last_day", f"the spell ends before it begins ({first})", last.text, "exchange the two days")
        return None
    return Stay(first, last, statuses, line, cells.get("note", ""))


def _statuses(sheet: Sheet, line: int, cell: str) -> frozenset[Status] | None:
    cell = cell.casefold()
    if cell == "unknown":
        return ANY_STATUS
    try:
        return frozenset(as_status(name.strip()) for name in cell.split("|"))
    except UnknownNameError as error:
        sheet.fault(line, "status", "there is no such status", cell, f"known are {', '.join(error.known)}, unknown")
        return None
