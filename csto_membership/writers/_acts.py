"""Acts as tidy rows: a row for each claim of an act of a state."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from csto_membership._history import History, as_history
from csto_membership._values.acts import ALL_STATUSES, in_order
from csto_membership.registry._registry import Registry
from csto_membership.writers._files import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from csto_membership._evidence.claims import Claim
    from csto_membership._evidence.record import Record
    from csto_membership.writers._files import Row


#: The columns, with what each holds.
ACTS = {
    "organisation": "id of the organisation",
    "state": "id of the state: its alpha-3 code, or cow:N",
    "name": "name of the state",
    "event": "what happened once: rows of one event are rival claims of it",
    "event_order": "the place of the event among those of the state, in time",
    "act": "the act that the source tells",
    "date": "its date in EDTF; empty where last_day is given, and for a denial",
    "last_day": "the last day of what the act ends, where the source gives that day",
    "status": "the possible statuses that an act of the name status leads to, joined by |, or unknown for any",
    "source": "id of the source",
    "locator": "where in the source it stands",
    "rank": "preferred, normal or deprecated",
    "inferred": "true where the source does not say so in words",
    "conflict": "id of the controversy",
    "note": "what else there is to say",
}


def act_rows(history: History | Record | Registry) -> Iterator[Row]:
    """
    The claims of acts, by organisation, state and event, as rows of texts; None for what a claim does not have.

    All claims of the sources that the view uses are written, whatever their rank, and the entries into force that follow
    from deposits; what a succession may have bound before its day is a rule of the instrument and no act. `read_acts`
    reads them back.
    Raises `UnknownNameError` for an organisation of a prepared registry, which has no evidence, and `ArgumentError` for
    what is no history.

    >>> from csto_membership import CSTO
    >>> row = next(row for row in act_rows(CSTO) if row["state"] == "AZE")
    >>> row["event"], row["act"], row["date"], row["rank"], row["last_day"]
    ('aze-signature', 'signature', '1993-09-24', 'normal', None)
    """
    return chain.from_iterable(map(_rows, histories_of(history)))


def _rows(history: History) -> Iterator[Row]:
    record, used = history.record, {source.id for source in history.sources}
    for state in history.states:
        own = {"organisation": record.id, "state": state.id, "name": state.name}
        for place, event in enumerate(record.events_of(state.id), 1):
            for claim in event.claims_of(state.id) if not record.looks_back(event) else ():
                if claim.source in used:
                    yield {**own, "event": event.id, "event_order": str(place), **_claim_row(claim, event.conflict)}


def histories_of(history: History | Record | Registry) -> Iterator[History]:
    """A history, or those of a registry; `ArgumentError` for anything else."""
    known = as_history(history, Registry)
    return map(known.history, known.organisations) if isinstance(known, Registry) else iter([known])


def _claim_row(claim: Claim, conflict: str) -> Row:
    date = None if claim.last_day else claim.date
    texts = {
        "act": claim.act.value,
        "date": date.edtf if date else "",
        "last_day": claim.last_day.edtf if claim.last_day else "",
        "status": "unknown" if claim.status == ALL_STATUSES else "|".join(in_order(claim.status)),
        "source": claim.source,
        "locator": claim.locator,
        "rank": claim.rank.value,
        "inferred": "true" if claim.inferred else "",
        "conflict": claim.conflict or conflict,
        "note": claim.note,
    }
    return {column: text or None for column, text in texts.items()}


def write_acts(history: History | Record | Registry, path: str | PathLike[str]) -> None:
    """
    Write the rows of `act_rows`: CSV where the name of the file ends in `.csv`, JSON where it ends in `.json`.

    An old file is replaced. Raises `ArgumentError` for another ending, what `act_rows` raises, and OSError where the file
    cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership import CSTO
    >>> with TemporaryDirectory() as folder:
    ...     write_acts(CSTO, f"{folder}/acts.csv")
    ...     Path(folder, "acts.csv").read_text(encoding="utf-8").split(",")[0]
    'organisation'
    """
    write_rows(path, act_rows(history), ACTS)
