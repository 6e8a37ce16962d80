"""Alliance Treaty Obligations and Provisions (ATOP), member level: a row for a member and phase of an alliance."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._evidence.claims import Kind, Source
from csto_membership._evidence.institutions import Coverage
from csto_membership._files.known_states import state_of
from csto_membership._values.acts import Status
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership._values.given import of_kind
from csto_membership.exceptions import DateError
from csto_membership.readers._forms import form
from csto_membership.readers._sheet import Sheet, whole, whole_number
from csto_membership.readers._stays import UNKNOWN, Lost, Stay, last_day_named, lines_text
from csto_membership.readers._table import Rows, TurnTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from csto_membership.readers._frame import Tabular


#: The source of what is read from ATOP.
ATOP = Source("atop", Kind.DATASET, "Alliance Treaty Obligations and Provisions, member level", "ATOP, Rice University")

#: The last day that each release covers, by the whole number of its version.
_COVERED_UNTIL = {"3": dt.date(2003, 12, 31), "4": dt.date(2016, 12, 31), "5": dt.date(2018, 12, 31)}
_FIRST = dt.date(1815, 1, 1)
_MEMBER = frozenset({Status.MEMBER})
ATOP_COLUMNS = ("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit")
_MISSING = frozenset({"", ".", "NA"})
_DAY = dt.timedelta(1)


@form("atop", ATOP_COLUMNS)
def read_atop(
    path: Tabular,
    *,
    source: Source = ATOP,
    last: DateLike | None = None,
    bad_rows: str = "raise",
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    columns: Mapping[str, str] | None = None,
) -> TurnTable:
    """
    ATOP by alliance and member: a row for each member and phase.

    - An alliance is called by its `atopid`.
    - A month or day that is empty or 0 is unknown, and so is an empty year of entry.
    - The day of exit is the last day of membership. Exit year 0 is still in effect at the end of the data, an empty one
      unknown.
    - Phases that touch are one spell. Rows of one phase and day of entry with different exits are rival claims.
    - The data cover 1815 to `last`, by default the end of the release (2003, 2016 or 2018, by the column version;
      without one, the last day that a row names). Outside nothing is known.
    - A dataframe is read in place of a file; `columns` maps our names of columns to those that the table has.

    Raises `RecordError` for bad rows unless they are skipped, `ArgumentError` for other options than these, and
    `DateError` where `last` is not one exact day.

    >>> row = {"atopid": "4180", "member": "704", "yrent": "1992", "moent": "5", "dayent": "15"}
    >>> row |= {"yrexit": "1999", "moexit": "4", "dayexit": "20"}
    >>> print(read_atop([row]).history("4180").timeline("UZ").on("1995-01-01"))
    1992-05-15 to 1999-04-20: member
    """
    until = _exact(last)
    of_kind("source", source, Source)
    sheet = Sheet(path, bad_rows, encoding, delimiter, columns)
    phases: Rows[_Phase] = Rows()
    versions: set[str] = set()
    for line, row in sheet.rows(ATOP_COLUMNS):
        cells = dict(zip(sheet.columns, map(str.strip, row), strict=True))
        alliance = whole_number(sheet, line, "atopid", cells["atopid"], 1, 10**8)
        member = whole_number(sheet, line, "member", cells["member"], 1, 9999)
        phase = _phase(sheet, line, cells)
        id, state = "" if alliance is None else str(alliance), None if member is None else state_of(member)
        if isinstance(phase, _Phase):
            versions.add(cells.get("version", "").partition(".")[0])
        if id and state and isinstance(phase, _Phase):
            phases.add(id, state, phase)
        else:
            stay = phase.stay if isinstance(phase, _Phase) else None
            lost = Lost(line, stay.statuses, stay.first, stay.last, frozenset()) if stay else phase
            assert isinstance(lost, Lost), "a row that was read is no lost one"
            phases.lose(id, state, lost._replace(named="" if state else cells["member"]))
    for line in sheet.torn:
        phases.lose("", None, Lost(line))
    turns = phases.turns(_stays)
    faults = sheet.finish()
    releases = {_COVERED_UNTIL[version] for version in versions if version in _COVERED_UNTIL}
    named = last_day_named(phase.stay for by in phases.read.values() for rows in by.values() for phase in rows)
    end = until or max(releases, default=None) or named
    covered = Coverage(_FIRST, end, "unknown", "unknown", "listed")
    coverage = {organisation: phases.coverage(covered, organisation) for organisation in turns}
    return TurnTable(source, phases.states, turns, coverage, faults=faults, ignored=sheet.ignored)


def _exact(last: DateLike | None) -> dt.date | None:
    if last is None:
        return None
    date = as_imprecise(last)
    if not date.is_exact:
        raise DateError(date.text, "covered until which day? One exact day is needed")
    return date.earliest


class _Phase(NamedTuple):
    """A phase of a membership, or several that touch. `number` is that of the (last) phase."""

    stay: Stay
    number: str
    lines: tuple[int, ...]


def _phase(sheet: Sheet, line: int, cells: dict[str, str]) -> _Phase | Lost:
    entry = UNKNOWN if cells["yrent"] in _MISSING else _date(sheet, line, cells, "ent")
    leave: ImpreciseDate | None = None
    unread = set() if entry else {"first"}
    if cells["yrexit"] in _MISSING:
        # Neither in effect nor a year of exit: it may have ended, on some day that nobody tells.
        leave = UNKNOWN
    elif whole(cells["yrexit"]) != "0" and (leave := _date(sheet, line, cells, "exit")) is None:
        unread.add("last")
    if entry and leave and leave.latest and entry.earliest and leave.latest < entry.earliest:
        sheet.fault(line, "yrexit", f"it left before it entered ({entry})", leave.edtf, "exchange the two days")
        unread = {"first", "last"}
    if entry is None or unread:
        return Lost(line, _MEMBER, entry, leave, frozenset(unread))
    return _Phase(Stay(entry, leave, _MEMBER, line), cells.get("phase", ""), (line,))


def _date(sheet: Sheet, line: int, cells: dict[str, str], which: str) -> ImpreciseDate | None:
    """The date of entry or exit: a month or day that is empty or 0 is unknown. None with a fault if there is none."""
    year = whole_number(sheet, line, f"yr{which}", cells[f"yr{which}"], 2, 9998)
    parts = [whole(cells[f"{part}{which}"]) for part in ("mo", "day")]
    month, day = ("" if part == "0" or part in _MISSING else part for part in parts)
    if year is None:
        return None
    # A day without its month says nothing more than the year.
    text = f"{year:04}" + (f"-{month:0>2}" if month else "") + (f"-{day:0>2}" if month and day else "")
    try:
        return ImpreciseDate.parse(text)
    except DateError as error:
        sheet.fault(line, f"yr{which}", f"unreadable date: {error.reason}", text, "correct the cells")
        return None


def _stays(phases: Iterable[_Phase]) -> list[Stay]:
    """
    The spells of one member: phases that touch are one, as the alliance went on.

    Rows of one phase and day of entry are left apart: they tell of one phase twice.
    """
    rows: dict[object, dict[object, _Phase]] = {}
    for phase in phases:
        rows.setdefault((phase.stay.first and phase.stay.first.edtf, phase.number), {})[phase.stay.told] = phase
    rivals = [phase.stay for told in rows.values() for phase in told.values() if len(told) > 1]
    joined: list[_Phase] = []
    alone = [phase for told in rows.values() for phase in told.values() if len(told) == 1]
    for phase in sorted(alone, key=lambda phase: (phase.stay.from_day, phase.number)):
        if joined and _touch(joined[-1], phase):
            joined[-1] = _join(joined[-1], phase)
        else:
            joined.append(phase)
    return [*(phase.stay for phase in joined), *rivals]


def _touch(before: _Phase, after: _Phase) -> bool:
    """Whether there is no day between two phases; where months or days are unknown, whether the same phase goes on."""
    last, first = before.stay.last, after.stay.first
    assert first, "since ever is no year of entry"
    if first.earliest is None:
        return False
    if last is None:
        return True
    if last.latest is None:
        return False
    sure = last.is_exact and first.is_exact
    return first.earliest <= last.latest + _DAY and (sure or before.number != after.number)


def _join(before: _Phase, after: _Phase) -> _Phase:
    lines = (*before.lines, *after.lines)
    note = f"phases that touch, {lines_text(lines)}"
    last = _later(before.stay.last, after.stay.last)
    return _Phase(before.stay._replace(last=last, note=note), after.number, lines)


def _later(a: ImpreciseDate | None, b: ImpreciseDate | None) -> ImpreciseDate | None:
    """The later of two last days, where None is open."""
    if a is None or b is None:
        return None
    return a if a.latest and b.latest and a.latest > b.latest else b
