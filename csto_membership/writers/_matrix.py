"""The status matrix: a row for each state, with the days of its signature, ratification, force, notice and withdrawal."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from csto_membership._evidence.resolution import alternatives
from csto_membership._evidence.supposition import date_of
from csto_membership._values.acts import CONSENT, ENDS, Act
from csto_membership.readers._prov import check_real
from csto_membership.writers._acts import histories_of
from csto_membership.writers._files import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from csto_membership._evidence.claims import Event
    from csto_membership._evidence.record import Record
    from csto_membership._evidence.resolution import Alternative
    from csto_membership._history import History
    from csto_membership.registry._registry import Registry
    from csto_membership.writers._files import Row


#: The columns, with what each holds; the act that a day without a word is of has the name of its column.
MATRIX = {
    "organisation": "id of the organisation",
    "state": "id of the state: its alpha-3 code, or cow:N",
    "name": "name of the state",
    "signature": "the day of signature",
    "ratification": "the day of ratification, or of acceptance, approval, accession, succession or admission",
    "force": "the day of entry into force for the state",
    "notice": "the day of notice of withdrawal, or of suspension, or of its revocation",
    "withdrawal": "the first day outside, or the last day of a term or of the state itself",
    "other": "other acts: suspension, return and the like",
}
_COLUMN_OF = {
    Act.SIGNATURE: "signature",
    **dict.fromkeys([*CONSENT, Act.ADMISSION], "ratification"),
    Act.ENTRY_INTO_FORCE: "force",
    **dict.fromkeys([Act.NOTICE_OF_WITHDRAWAL, Act.NOTICE_OF_SUSPENSION, Act.REVOCATION], "notice"),
    **dict.fromkeys(ENDS, "withdrawal"),
}
_PLAIN = frozenset({Act.SIGNATURE, Act.RATIFICATION, Act.ENTRY_INTO_FORCE, Act.NOTICE_OF_WITHDRAWAL, Act.WITHDRAWAL})


def matrix_rows(history: History | Record | Registry) -> Iterator[Row]:
    """
    The acts of each state in one row, by the resolution and the sources of the view; None for a cell without an act.

    - A day is EDTF. Rival days of an event are joined by "or", events by ";". "or not" says that the event may not have
      been, or may have been an act of another column.
    - In brackets stands what act it was where it is not the one that the column is named for, and "inferred" where no
      source says so in words: an entry into force that follows from a deposit, say.
    - Each state of the record has a row.

    Raises `UnknownNameError` for an organisation of a prepared registry, which has no evidence, and `ArgumentError` for
    what is no history, and for one that supposes something: a what-if is never stored.

    >>> from csto_membership import CSTO
    >>> rows = {row["state"]: row for row in matrix_rows(CSTO)}
    >>> rows["AZE"]["signature"], rows["AZE"]["withdrawal"]
    ('1993-09-24', '1999-04-20 (expiry, inferred)')
    """
    return chain.from_iterable(map(_rows, histories_of(history)))


def _rows(history: History) -> Iterator[Row]:
    check_real(history)
    for state in history.states:
        cells: dict[str, list[str]] = {}
        for column, text, _ in entries_of(history, state.id):
            cells.setdefault(column, []).append(text)
        names: Row = {"organisation": history.record.id, "state": state.id, "name": state.name}
        yield {**names, **{column: "; ".join(cells.get(column, ())) or None for column in list(MATRIX)[3:]}}


class MatrixEntry(NamedTuple):
    """What an event is in words, in one of the columns to which it may belong, and the first day on which it may act."""

    column: str
    text: str
    first_day: dt.date | None


def entries_of(history: History, state: str) -> Iterator[MatrixEntry]:
    """What stands in the row of the state of that id, in the order of its events."""
    for event in history.record.events_of(state):
        yield from _entries(history, event, state)


def _entries(history: History, event: Event, state: str) -> Iterator[MatrixEntry]:
    used = {source.id for source in history.sources}
    claims = [claim for claim in event.claims_of(state) if claim.source in used]
    given = alternatives(claims, history.resolution, history.record.copies())
    columns = dict.fromkeys(_COLUMN_OF.get(one.act, "other") for one in given if one.days)
    for column in columns:
        own = [one for one in given if one.days and _COLUMN_OF.get(one.act, "other") == column]
        words = list(dict.fromkeys(map(_text, own)))
        first = min(one.days.first for one in own if one.days)
        day = dt.date.fromordinal(first) if 0 < first <= dt.date.max.toordinal() else None
        yield MatrixEntry(column, " or ".join([*words, *(["not"] if len(own) < len(given) else [])]), day)


def _text(alternative: Alternative) -> str:
    """The day of an act, and in brackets what else there is to say of it."""
    marks = {claim.date.qualifier for claim in alternative.claims if claim.date} - {""}
    mark = "%" if "%" in marks or len(marks) > 1 else "".join(marks)
    date = evolve(date_of(alternative), qualifier=mark, text="")
    words = [] if alternative.act in _PLAIN else [alternative.act.value.replace("_", " ")]
    words += ["|".join(sorted(alternative.statuses))] if alternative.statuses else []
    words += ["inferred"] if all(claim.inferred for claim in alternative.claims) else []
    return f"{date.edtf} ({', '.join(words)})" if words else date.edtf


def write_matrix(history: History | Record | Registry, path: str | PathLike[str]) -> None:
    """
    Write the rows of `matrix_rows`: CSV where the name of the file ends in `.csv`, JSON where it ends in `.json`.

    An old file is replaced. Raises `ArgumentError` for another ending, what `matrix_rows` raises, and OSError where the
    file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership import CSTO
    >>> with TemporaryDirectory() as folder:
    ...     write_matrix(CSTO, f"{folder}/matrix.csv")
    ...     Path(folder, "matrix.csv").read_text(encoding="utf-8").split(",")[0]
    'organisation'
    """
    write_rows(path, matrix_rows(history), MATRIX)
