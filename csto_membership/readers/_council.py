"""The chart of signatures of the Council of Europe, as its treaty office gives it: JSON, three lists of rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from csto_membership._values.acts import Act
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.wording import did_you_mean
from csto_membership.exceptions import DateError
from csto_membership.readers._dated import named, tidy
from csto_membership.readers._frame import RowNumber
from csto_membership.readers._parties import Entry, is_organisation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from csto_membership.readers._cells import Cells
    from csto_membership.readers._frame import Frame
    from csto_membership.readers._parties import Parties
    from csto_membership.readers._sheet import Sheet


NAME, CODE = "LibPaysOrga", "CodePays"
_SIGNATURE, _CONSENT = "DateSignature", "DateConsentement"
_NOTICE, _EFFECT = "DateDenonciation", "DateEffetDenonciation"
#: What each key tells, and what that is to the treaty. A consent is told apart by the signature.
_KEYS: dict[str, tuple[Act, str]] = {
    _SIGNATURE: (Act.SIGNATURE, "signature"),
    _CONSENT: (Act.RATIFICATION, "consent"),
    "DateEntreeVigueur": (Act.ENTRY_INTO_FORCE, "entry into force"),
    "DateSuspension": (Act.SUSPENSION, "suspension"),
    _NOTICE: (Act.NOTICE_OF_WITHDRAWAL, "notice of withdrawal"),
    _EFFECT: (Act.WITHDRAWAL, "withdrawal"),
}
_LISTS = ("member states", "other states", "organisations")
_NEEDED = f"three lists of rows with {NAME} and {', '.join(_KEYS)} are needed"


def is_chart(table: object) -> bool:
    """Whether a value is a chart that was read from JSON already: a list of lists."""
    return isinstance(table, list) and bool(table) and all(isinstance(part, list) for part in table)


def chart_in(frame: Frame) -> list[dict[str, str]] | None:
    """The rows of a chart that is given as a frame, as JSON has them; None for another frame."""
    if NAME not in frame.columns:
        return None
    return [dict(zip(frame.columns, cells, strict=True)) for _, cells in frame.rows()]


def read_chart(given: object, sheet: Sheet, cells: Cells, parties: Parties) -> None:
    """Read every row of a chart, or tell what is wrong with it, or why it is left out."""
    number = -1
    for title, rows in _lists(given, sheet):
        for row in rows:
            number += 1
            line = RowNumber(number)
            if not isinstance(row, dict) or not (row.get(NAME) or row.get(CODE)):
                sheet.torn.append(line)
                sheet.fault(line, title, f"it has no {NAME}", str(row)[:80], "write the name of the participant")
                continue
            _row(line, title, row, sheet, cells, parties)


def _lists(given: object, sheet: Sheet) -> list[tuple[str, Sequence[Any]]]:
    """The lists of a chart with their titles; a chart may be one list as well."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError) as error:
            raise sheet.refusal(getattr(error, "lineno", 1), f"it is not JSON: {error}", _NEEDED) from None
    if isinstance(given, dict):
        given = [part for part in given.values() if isinstance(part, list)]
    if is_chart(given):
        assert isinstance(given, list), "a chart is a list"
        return [(_LISTS[at] if at < len(_LISTS) else f"list {at + 1}", part) for at, part in enumerate(given)]
    if isinstance(given, list) and any(isinstance(row, dict) and NAME in row for row in given):
        return [("states", given)]
    raise sheet.refusal(1, "it is no chart of signatures", _NEEDED)


def _row(line: int, title: str, row: Mapping[str, Any], sheet: Sheet, cells: Cells, parties: Parties) -> None:
    text = tidy(str(row.get(NAME) or row.get(CODE)))
    name = named(text)
    state = cells.known(text) or cells.known(name.name)
    if title == _LISTS[2] or (state is None and is_organisation(name.name, cells)):
        parties.leave_out(line, text, "it is an organisation, and no state")
        return
    dates = {key: _date(line, name.name, key, row.get(key), sheet) for key in _KEYS if row.get(key) not in (None, "")}
    if state is None:
        cells.state(line, name.name, title)
        parties.lose(line, None, name.name, cells)
        return
    read = {key: date for key, date in dates.items() if date}
    parties.add(line, state, name.name, list(_entries(read, f"{title}, {text}")), name.footnotes)
    if len(read) < len(dates):
        parties.lose(line, state, name.name, cells)


def _entries(dates: Mapping[str, ImpreciseDate], locator: str) -> Iterator[Entry]:
    for key, date in dates.items():
        act, role = _KEYS[key]
        joined = key == _CONSENT and _SIGNATURE not in dates
        note = "a consent without a signature" if joined else ""
        act = Act.ACCESSION if joined else act
        yield Entry(act, date, f"{locator}, {key}", role, note, inferred=joined)


def _date(line: int, name: str, key: str, value: object, sheet: Sheet) -> ImpreciseDate | None:
    try:
        return ImpreciseDate.parse(tidy(str(value)))
    except DateError as error:
        remedy = did_you_mean(error.meant) or "write 1999-04-20"
        sheet.fault(line, f"{name}, {key}", f"unreadable date: {error.reason}", value, remedy)
        return None
