"""Alliance Treaty Obligations and Provisions (ATOP), member level: a row for a member and phase of an alliance."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._evidence.institutions import Coverage
from csto_membership._files.known_states import state_of
from csto_membership._values.acts import Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership.exceptions import DateError
from csto_membership.readers._sheet import Sheet, whole_number
from csto_membership.readers._table import Stay, Table, turns_of

if TYPE_CHECKING:
    from os import PathLike

    from csto_membership._evidence.claims import Source
    from csto_membership._values.states import State


#: The last day that each release covers, by the whole number of its version.
_COVERED_UNTIL = {"3": dt.date(2003, 12, 31), "4": dt.date(2016, 12, 31), "5": dt.date(2018, 12, 31)}
_FIRST = dt.date(1815, 1, 1)
_MEMBER = frozenset({Status.MEMBER})
_NEEDED = ("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit")
_MISSING = frozenset({"", ".", "NA"})
_DAY = dt.timedelta(1)


class _Phase(NamedTuple):
    stay: Stay
    number: str


def members(path: str | PathLike[str], source: Source, bad_rows: str, encoding: str, last: dt.date | None) -> Table:
    """The table of alliances. `last` is the last day covered; by default it follows from the version of the data."""
    sheet = Sheet(path, bad_rows, encoding)
    phases: dict[str, dict[str, list[_Phase]]] = {}
    states: dict[str, State] = {}
    skipped: dict[tuple[str, str], int] = {}
    versions: set[str] = set()
    for line, row in sheet.rows(_NEEDED):
        cells = dict(zip(sheet.columns, map(str.strip, row), strict=True))
        alliance = whole_number(sheet, line, "atopid", cells["atopid"], 1, 10**8)
        member = whole_number(sheet, line, "member", cells["member"], 1, 9999)
        phase = _phase(sheet, line, cells)
        if alliance is None or member is None:
            continue
        state = state_of(member)
        states.setdefault(state.id, state)
        told = phases.setdefault(str(alliance), {}).setdefault(state.id, [])
        if phase is None:
            skipped.setdefault((str(alliance), state.id), line)
            continue
        told.append(phase)
        versions.add(cells.get("version", "").partition(".")[0])
    turns = {
        alliance: {
            state: turns_of(_joined(told), sheet, skipped.get((alliance, state), 0)) for state, told in by_state.items()
        }
        for alliance, by_state in phases.items()
    }
    faults = sheet.finish()
    known = {_COVERED_UNTIL[version] for version in versions if version in _COVERED_UNTIL}
    end = last or (max(known) if known else _last_day_named(phases))
    covered = Coverage(_FIRST, end, "unknown", "unknown")
    return Table(source, tuple(states.values()), turns, dict.fromkeys(turns, covered), faults=faults)


def _phase(sheet: Sheet, line: int, cells: dict[str, str]) -> _Phase | None:
    entry = _date(sheet, line, cells, "ent")
    if cells["yrexit"].removesuffix(".0") == "0":
        leave: ImpreciseDate | None = None
    elif cells["yrexit"] in _MISSING:
        # Neither in effect nor a year of exit: it may have ended, on some day that nobody tells.
        leave = ImpreciseDate(None, None)
    else:
        leave = _date(sheet, line, cells, "exit")
        if leave is None:
            return None
    if entry is None:
        return None
    if leave and leave.latest and entry.earliest and leave.latest < entry.earliest:
        sheet.fault(line, "yrexit", f"it left before it entered ({entry})", leave.edtf, "exchange the two days")
        return None
    return _Phase(Stay(entry, leave, _MEMBER, line), cells.get("phase", ""))


def _date(sheet: Sheet, line: int, cells: dict[str, str], which: str) -> ImpreciseDate | None:
    """The date of entry or exit: a month or day that is empty or 0 is unknown. None with a fault if there is none."""
    year = whole_number(sheet, line, f"yr{which}", cells[f"yr{which}"], 2, 9998)
    parts = [cells[f"{part}{which}"].removesuffix(".0") for part in ("mo", "day")]
    month, day = ("" if part == "0" or part in _MISSING else part for part in parts)
    if year is None:
        return None
    # A day without its month says nothing more than the year.
    text = f"{year:04}" + (f"-{month:0>2}" if month else "") + (f"-{day:0>2}" if month and day else "")
    try:
        return ImpreciseDate.parse(text)
    except DateError as error:
        sheet.fault(line, f"yr{which}", f"no date that can be read: {error.reason}", text, "correct the cells")
        return None


def _joined(phases: list[_Phase]) -> list[Stay]:
    """The spells of one member: phases that touch are one, as the alliance went on."""
    found: list[_Phase] = []
    for phase in sorted(phases, key=lambda told: (told.stay.from_day, told.number)):
        before = found[-1] if found else None
        if before and _touch(before, phase):
            first, second = before.stay, phase.stay
            note = f"phases that touch, lines {_lines(first)} and {second.line}"
            found[-1] = _Phase(first._replace(last=_later(first.last, second.last), note=note), phase.number)
        else:
            found.append(phase)
    return [phase.stay for phase in found]


def _lines(stay: Stay) -> str:
    return stay.note.removeprefix("phases that touch, lines ").replace(" and ", ", ") or str(stay.line)


def _touch(before: _Phase, after: _Phase) -> bool:
    """Whether there is no day between two phases; where months or days are unknown, whether the same phase goes on."""
    last, first = before.stay.last, after.stay.first
    assert first, "a phase has a year of entry"
    if last is None:
        return True
    if last.latest is None:
        return False
    sure = last.is_exact and first.is_exact
    return (first.earliest or dt.date.min) <= last.latest + _DAY and (sure or before.number != after.number)


def _later(a: ImpreciseDate | None, b: ImpreciseDate | None) -> ImpreciseDate | None:
    """The later of two last days, where None is open."""
    if a is None or b is None:
        return None
    return a if a.latest and b.latest and a.latest > b.latest else b


def _last_day_named(phases: dict[str, dict[str, list[_Phase]]]) -> dt.date | None:
    """The last day that the data themselves name: so far at least they must reach."""
    stays = [phase.stay for by_state in phases.values() for told in by_state.values() for phase in told]
    dates = [date for stay in stays for date in (stay.first, stay.last) if date]
    return max((date.earliest for date in dates if date.earliest), default=None)
