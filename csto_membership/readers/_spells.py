"""Plain tables of spells: a row for each run of days on which a state had one status."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, NamedTuple

from csto_membership._evidence.claims import Kind, Source
from csto_membership._files.known_states import known_states
from csto_membership._values.acts import ALL_STATUSES, Status, as_status
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.given import of_kind
from csto_membership.exceptions import ArgumentError, UnknownNameError
from csto_membership.readers._cells import Cells
from csto_membership.readers._covers import listed, until
from csto_membership.readers._forms import form
from csto_membership.readers._sheet import Sheet
from csto_membership.readers._stays import UNKNOWN, Lost, Stay, last_day_named
from csto_membership.readers._table import Rows, TurnTable, readable_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from csto_membership._evidence.institutions import Coverage
    from csto_membership._values.dates import DateLike
    from csto_membership._values.index import StateIndex
    from csto_membership._values.states import State
    from csto_membership.readers._frame import Tabular


#: The source of what is read from a table of spells.
SPELLS = Source("spells", Kind.DATASET, "A table of spells")

SPELL_COLUMNS = ("organisation", "state", "status", "first_day", "last_day")
_ENDS = ("in", "out", "shared")
_DAY = dt.timedelta(1)


@form("spells", SPELL_COLUMNS)
def read_spells(
    path: Tabular,
    as_of: DateLike | None = None,
    last_day: Literal["in", "out", "shared"] = "in",
    covers: Coverage | None = None,
    bad_rows: Literal["raise", "skip"] = "raise",
    *,
    source: Source = SPELLS,
    states: Iterable[State] | State = (),
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    columns: Mapping[str, str] | None = None,
) -> TurnTable:
    r"""
    A plain table of spells: CSV with the columns organisation, state, status, first_day, last_day, and maybe note.

    - A state is given by a code or name, or as "cow:704"; `states` adds states of your own.
    - Several possible statuses are joined by "|"; "unknown" is any. After a spell that ended a state is `former`.
    - Days are EDTF; an imprecise one is one unknown day. `last_day` says what the last day is: the last one "in"
      (default), the first one "out", or one that is "shared" with the next spell of the state.
    - An empty first day is unknown; "always" is since ever. An empty last day is open; "unknown" says that the spell
      ended on some day. A row without any date says only that it was so at some time.
    - The order of rows means nothing, and equal rows are one. Rows of one status that overlap or touch are their union;
      where they begin on one day, their ends are rival claims. Where rows of different statuses overlap, each status is
      possible.
    - After the last day that the rows on an organisation speak of (or `as_of`) the last known status is assumed to continue, and the
      answer says so.
    - A table vouches for the states that it lists, and not for others, unless `covers` says more: a `Coverage` vouches
      for all states by default.
    - A row that is skipped leaves no answer firm that a reading of it could change, and lists of its organisation say
      that they may be short.
    - Rows of a what-if (a filled column `what_if`, which the writers of this library add) are no evidence, and are refused.
    - The separator is a comma, a semicolon, a tab or "|", whichever the header has, or the `delimiter`.
    - The apostrophe that the writers of this library put before what looks like a formula is taken off again.
    - A dataframe is read in place of a file; `columns` maps our names of columns to those that the table has, as
      `{"state": "iso3"}`.

    Raises `RecordError` for bad rows unless they are skipped, `ArgumentError` and `UnknownNameError` for other options
    than these, `DateError` where `as_of` is not one exact day, and OSError where the file cannot be opened.

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
    if last_day not in _ENDS:
        raise ArgumentError("last_day", last_day, "the last day is in, out, or shared by two spells", _ENDS)
    of_kind("source", source, Source)
    last = until(as_of, covers)
    sheet = Sheet(path, bad_rows, encoding, delimiter, columns)
    reader = _Reader(sheet, known_states(states), last_day)
    spells: Rows[Stay] = Rows()
    for line, row in sheet.rows(SPELL_COLUMNS):
        cells = {name: sheet.plain(cell.strip(" ")) for name, cell in zip(sheet.columns, row, strict=True)}
        if cells.get("what_if"):
            sheet.fault(
                line, "what_if", "what is supposed is no evidence", cells["what_if"], "write the history without it"
            )
            continue
        state, stay = reader.state(line, cells["state"]), reader.stay(line, cells)
        organisation = cells["organisation"]
        if not organisation or not organisation.isprintable():
            problem = "an id is one line of text" if organisation else "the organisation is missing"
            sheet.fault(line, "organisation", problem, organisation or None, "write its id")
            organisation = ""
        if organisation and state and isinstance(stay, Stay):
            spells.add(organisation, state, stay)
        else:
            lost = Lost(line, stay.statuses, stay.first, stay.last, frozenset()) if isinstance(stay, Stay) else stay
            if state is None:
                lost = lost._replace(named=cells["state"].casefold(), may_be=reader.may_be(cells["state"]))
            spells.lose(organisation, state, lost)
    for line in sheet.torn:
        spells.lose("", None, Lost(line))
    readable_parts(sheet, spells, _line_of)
    turns = spells.turns(list)
    faults = sheet.finish()
    coverage = {
        organisation: spells.coverage(covers or listed(last or _last_day(by_state.values())), organisation)
        for organisation, by_state in spells.read.items()
    }
    return TurnTable(source, spells.states, turns, coverage, faults=faults, ignored=sheet.ignored)


def _last_day(stays: Iterable[list[Stay]]) -> dt.date | None:
    return last_day_named(stay for rows in stays for stay in rows)


def _line_of(stay: Stay) -> int:
    return stay.line


class _Cell(NamedTuple):
    """What a cell with a date says, and whether it can be read at all."""

    date: ImpreciseDate | None
    readable: bool = True


class _Reader(Cells):
    """What the cells of a row say."""

    __slots__ = ("_last_day",)

    def __init__(self, sheet: Sheet, known: StateIndex, last_day: str) -> None:
        super().__init__(sheet, known)
        self._last_day = last_day

    def stay(self, line: int, cells: dict[str, str]) -> Stay | Lost:
        """The spell of a row, or what can be read of it."""
        statuses = self._statuses(line, cells["status"])
        first, last = self._first(line, cells["first_day"]), self._last(line, cells["last_day"])
        unread = {name for name, cell in (("first", first), ("last", last)) if not cell.readable}
        if not unread and first.date is UNKNOWN and not cells["first_day"] and last.date is None:
            # A row without a date does not say that anything goes on.
            last = _Cell(UNKNOWN)
        start, end = first.date, last.date
        if not unread and start and end and start.earliest and end.latest and end.latest < start.earliest:
            problem, remedy = f"the spell ends before it begins ({start})", "exchange the two days"
            if self._last_day == "out":
                problem, remedy = f"the spell has no day: it begins on {start}", "give the first day out"
            self._sheet.fault(line, "last_day", problem, cells["last_day"], remedy)
            unread = {"first", "last"}
        if unread or statuses is None:
            return Lost(line, statuses, start, end, frozenset(unread))
        return Stay(start, end, statuses, line, cells.get("note", ""))

    def _first(self, line: int, cell: str) -> _Cell:
        word = cell.casefold()
        if word == "always":
            return _Cell(None)
        if word in ("", "unknown"):
            return _Cell(UNKNOWN)
        return self._date(line, "first_day", cell, 'leave it empty or write "unknown", or "always" for since ever')

    def _last(self, line: int, cell: str) -> _Cell:
        if not cell:
            return _Cell(None)
        if cell.casefold() == "unknown":
            return _Cell(UNKNOWN)
        words = 'leave it empty for an open end, or write "unknown" for an end that nobody tells'
        read = self._date(line, "last_day", cell, words)
        return _Cell(_day_before(read.date)) if read.date and self._last_day == "out" else read

    def _date(self, line: int, column: str, cell: str, words: str) -> _Cell:
        date = self.date(line, column, cell, words)
        return _Cell(date, readable=date is not None)

    def _statuses(self, line: int, cell: str) -> frozenset[Status] | None:
        if cell.casefold() == "unknown":
            return ALL_STATUSES
        try:
            return frozenset(as_status(name.strip().casefold()) for name in cell.split("|"))
        except UnknownNameError as error:
            problem = "unknown status" if cell else "the status is missing"
            self._sheet.fault(line, "status", problem, cell or None, f"known are {', '.join(error.known)}, unknown")
            return None


def _day_before(date: ImpreciseDate) -> ImpreciseDate:
    """The day before an unknown day."""
    earliest, latest = (day and (day - _DAY if day > dt.date.min else day) for day in (date.earliest, date.latest))
    return ImpreciseDate(earliest, latest, date.qualifier)
