"""Tidy rows of acts: a row for each act of a state, as databases of disarmament and humanitarian law have them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from csto_membership._evidence.claims import Claim, Kind, Rank, Source
from csto_membership._evidence.record import Record
from csto_membership._files.known_states import known_states
from csto_membership._values.acts import ALL_STATUSES, ENDS, PRESUPPOSING, Act, Status, acts_meant, as_status
from csto_membership._values.given import all_of_kind, of_kind
from csto_membership._values.readings import as_reading
from csto_membership._values.wording import did_you_mean, nearest
from csto_membership.exceptions import UnknownNameError
from csto_membership.readers._cells import Cells
from csto_membership.readers._covers import last_day_of, listed, until
from csto_membership.readers._deeds import Deed, events_of_all
from csto_membership.readers._forms import form
from csto_membership.readers._sheet import Sheet
from csto_membership.readers._stays import Lost
from csto_membership.readers._table import RecordTable, Rows, Table, readable_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from csto_membership._evidence.institutions import Coverage
    from csto_membership._values.dates import DateLike, ImpreciseDate
    from csto_membership._values.index import StateIndex
    from csto_membership._values.states import State
    from csto_membership.readers._frame import Tabular


#: The source of acts of which a table names none.
ACTS = Source("acts", Kind.DATASET, "A table of acts")

ACT_COLUMNS = ("organisation", "state", "act", "date")
_TRUE, _FALSE = frozenset({"true", "yes", "y", "1", "x"}), frozenset({"", "false", "no", "n", "0"})


@form("acts", ACT_COLUMNS)
def read_acts(
    path: Tabular,
    as_of: DateLike | None = None,
    covers: Coverage | None = None,
    bad_rows: Literal["raise", "skip"] = "raise",
    *,
    source: Source = ACTS,
    sources: Iterable[Source] | Source = (),
    states: Iterable[State] | State = (),
    reading: str = "",
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    columns: Mapping[str, str] | None = None,
) -> Table:
    r"""
    Tidy rows of acts: CSV with the columns organisation, state, act, date, and a record for each organisation.

    - Further columns are read where they are there: source, depositary, locator, rank, inferred, note; `status` for the
      act of that name, `last_day` in place of the date of an end, `event` for the id of what rows tell of together,
      `event_order` for its place among the events of the state, and `conflict`. An empty cell is what a claim has by
      default.
    - A state is given by a code or name, or as "cow:704"; `states` adds states of your own. An act has its name in the
      vocabulary, in any case. Days are EDTF; an imprecise one is one unknown day. A denial has no date.
    - Rows of several sources, or depositaries, on one act of a state are rival claims of one event. A source that tells an
      act on two days tells of two events, and a row of another source goes with the nearest; rows on one act between which
      a row tells of an opposite one are two events. The column `event` decides otherwise.
    - The order of rows means nothing, and equal rows are one. Events stand in the order of `event_order` where all rows on
      a state have one, or else in that of their days; where days leave it open, acts stand as a treaty knows them: signed,
      consented to, in force, left. Of statuses on the same days any may be the last.
    - `sources` describes the sources that rows name by their ids. A row that names none is of the depositary that it
      names, or of `source`.
    - The table vouches for the states that it lists, and for their acts, unless `covers` says otherwise: until the last day
      that rows speak of, or `as_of`; later, the last known status is assumed to continue, and the answer says so.
    - Histories begin under `reading`, by default "declared".
    - A state of which a row is skipped is undetermined from the first day on that rows on it may tell of: from any day, where
      that row may be of an act that presupposes a relation which no other row began.

    Raises `RecordError` for bad rows unless they are skipped, `ArgumentError` and `UnknownNameError` for other options
    than these, `DateError` where `as_of` is not one exact day, and OSError where the file cannot be opened.

    >>> rows = [
    ...     {"organisation": "ban", "state": "UZ", "act": "accession", "date": "1998-04-03", "source": "London"},
    ...     {"organisation": "ban", "state": "UZ", "act": "accession", "date": "1998-04-10", "source": "Moscow"},
    ... ]
    >>> history = read_acts(rows).history("ban")
    >>> [str(history.was_member("UZ", f"1998-04-{day}")) for day in ("02", "03", "09", "10")]
    ['no', 'undetermined', 'undetermined', 'yes']
    """
    described = {one.id: one for one in (of_kind("source", source, Source), *all_of_kind("sources", sources, Source))}
    last, begun_under = until(as_of, covers), as_reading(reading).name if reading else ""
    sheet = Sheet(path, bad_rows, encoding, delimiter, columns)
    reader = _Reader(sheet, known_states(states), source)
    deeds: Rows[Deed] = Rows()
    for line, row in sheet.rows(ACT_COLUMNS):
        cells = {name: sheet.plain(cell.strip()) for name, cell in zip(sheet.columns, row, strict=True)}
        organisation, state = reader.id(line, "organisation", cells), reader.state(line, cells["state"])
        deed, read = reader.deed(line, cells)
        if organisation and state and deed:
            deeds.add(organisation, state, deed)
        else:
            deeds.lose(
                organisation or "", state, reader.lost(line, cells["state"], state, read.date, presumes=read.presumes)
            )
    for line in sheet.torn:
        deeds.lose("", None, Lost(line))
    readable_parts(sheet, deeds, _line_of)
    parts = {}
    for organisation, by_state in deeds.read.items():
        vouched = covers or listed(last or last_day_of(deed.claim.date for own in by_state.values() for deed in own))
        own = [state for state in deeds.states if state.id in by_state]
        events = events_of_all(sheet, deeds, organisation, own, vouched, source)
        used = dict.fromkeys(claim.source for event in events for claim in event.claims)
        parts[organisation] = events, [described.get(id, Source(id)) for id in used], vouched
    faults = sheet.finish()
    records = {
        organisation: Record(
            organisation,
            coverage=deeds.coverage(vouched, organisation),
            states=tuple(state for state in deeds.states if state.id in deeds.read[organisation]),
            sources=tuple(cited),
            events=tuple(events),
            reading=begun_under,
        )
        for organisation, (events, cited, vouched) in parts.items()
    }
    return RecordTable(records, faults=faults, ignored=sheet.ignored)


def _line_of(deed: Deed) -> int:
    return deed.line


class _Reader(Cells):
    """What the cells of a row say."""

    __slots__ = ("_source",)

    def __init__(self, sheet: Sheet, known: StateIndex, source: Source) -> None:
        super().__init__(sheet, known)
        self._source = source

    def id(self, line: int, column: str, cells: Mapping[str, str]) -> str | None:
        """The id in a cell, "" where there is none, None with a fault for what is no id; an organisation has one."""
        text = cells.get(column, "")
        if text.isprintable() and (text or column != "organisation"):
            return text
        problem = "an id is one line of text" if text else "the organisation is missing"
        self._sheet.fault(line, column, problem, text or None, "write its id")
        return None

    def deed(self, line: int, cells: Mapping[str, str]) -> tuple[Deed | None, _Read]:
        """The act of a row, None with a fault where it cannot be read; and what can be read of it in any case."""
        act, rank, inferred = self._act(line, cells["act"]), self._rank(line, cells), self._inferred(line, cells)
        column = "last_day" if cells.get("last_day") and not cells["date"] else "date"
        date = self._date(line, column, act, cells)
        read = _Read(date.date, act is None or act in PRESUPPOSING)
        status = self._status(line, act, cells)
        ids = [self.id(line, name, cells) for name in ("source", "depositary", "event", "conflict")]
        place = cells.get("event_order", "")
        is_place = re.fullmatch("[0-9]{0,9}", place) is not None
        if not is_place:
            self._sheet.fault(
                line, "event_order", "it is no whole number", place, "number the events of a state: 1, 2, 3"
            )
        told = act and rank and date.readable and status is not None and inferred is not None
        readable = told and is_place and None not in ids
        if not (readable and act and rank and self._fits(line, act, column, cells)):
            return None, read
        source, depositary, event, conflict = (id or "" for id in ids)
        note = cells.get("note", "")
        if source and depositary:
            note = "; ".join(filter(None, [f"depositary: {depositary}", note]))
        claim = Claim(
            source or depositary or self._source.id,
            act,
            None if column == "last_day" else date.date,
            cells.get("locator", ""),
            rank,
            bool(inferred),
            status=status or frozenset(),
            conflict=conflict,
            note=note,
            last_day=date.date if column == "last_day" else None,
        )
        teller = f"{claim.source}\n{depositary}"
        return Deed(claim, line, teller, event, place=int(place) if place else None), read

    def _act(self, line: int, cell: str) -> Act | None:
        try:
            return Act("_".join(cell.lower().replace("_", " ").replace("-", " ").split()))
        except ValueError:
            remedy = did_you_mean(acts_meant(cell)) or f"known are {', '.join(Act)}"
            self._sheet.fault(line, "act", "unknown act" if cell else "the act is missing", cell or None, remedy)
            return None

    def _date(self, line: int, column: str, act: Act | None, cells: Mapping[str, str]) -> _Date:
        if cells.get("last_day") and cells["date"]:
            problem = "an end has either a date, the day on which it takes effect, or a last_day"
            self._sheet.fault(line, "last_day", problem, cells["last_day"], "keep one of them")
            return _Date(None, readable=False)
        if not cells[column]:
            if act is None or act is Act.DENIAL:
                return _Date(None)
            remedy = 'write when it was, if only as a range, "[1999-01-01..1999-12-31]"'
            self._sheet.fault(line, column, "the date is missing", None, remedy)
            return _Date(None, readable=False)
        date = self.date(line, column, cells[column], "give a range, [1999-01-01..1999-12-31]")
        return _Date(date, readable=date is not None)

    def _rank(self, line: int, cells: Mapping[str, str]) -> Rank | None:
        cell = cells.get("rank", "")
        try:
            return Rank(cell.lower() or Rank.NORMAL)
        except ValueError:
            self._sheet.fault(line, "rank", "unknown rank", cell, nearest(cell, list(Rank)))
            return None

    def _inferred(self, line: int, cells: Mapping[str, str]) -> bool | None:
        cell = cells.get("inferred", "")
        if cell.lower() in _TRUE | _FALSE:
            return cell.lower() in _TRUE
        self._sheet.fault(line, "inferred", "it is true or false", cell, "write true, or leave it empty")
        return None

    def _status(self, line: int, act: Act | None, cells: Mapping[str, str]) -> frozenset[Status] | None:
        cell = cells.get("status", "")
        if act is not None and (act is Act.STATUS) is not bool(cell):
            problem = f"only the act 'status' has one, not {act.value!r}" if cell else "the act 'status' needs a status"
            self._sheet.fault(line, "status", problem, cell or None, "remove it" if cell else "name it")
            return None
        if cell.casefold() == "unknown":
            return ALL_STATUSES
        try:
            return frozenset(as_status(name.strip().casefold()) for name in cell.split("|") if cell)
        except UnknownNameError as error:
            self._sheet.fault(line, "status", "unknown status", cell, f"known are {', '.join(error.known)}, unknown")
            return None

    def _fits(self, line: int, act: Act, column: str, cells: Mapping[str, str]) -> bool:
        """Whether the date and the event of a row are such as its act has."""
        if act is Act.DENIAL and not cells.get("event"):
            remedy = "fill the column event, here and in the rows that it denies"
            self._sheet.fault(line, "event", "a denial denies an event", None, remedy)
        elif act is Act.DENIAL and cells[column]:
            self._sheet.fault(line, column, "a denial has no date: it never happened", cells[column], "remove it")
        elif column == "last_day" and act not in ENDS:
            ends = ", ".join(one.value for one in Act if one in ENDS)
            self._sheet.fault(line, column, f"only an end has one ({ends})", cells[column], "write it as date")
        else:
            return True
        return False


class _Read(NamedTuple):
    """What a row says of its day, and whether its act may presuppose a relation to the organisation."""

    date: ImpreciseDate | None
    presumes: bool


class _Date(NamedTuple):
    """What a cell with a date says, and whether it can be read at all."""

    date: ImpreciseDate | None
    readable: bool = True
