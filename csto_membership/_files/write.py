"""From a record back to the plain tables of a document."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from csto_membership._evidence.claims import Attestation, Claim, SpeaksOf
from csto_membership._evidence.instruments import Force
from csto_membership._evidence.record import Record
from csto_membership._files.known_states import known_state
from csto_membership._files.structure import ENTRIES, renamed
from csto_membership._values.acts import ALL_STATUSES, Status, in_order
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import Period
from csto_membership._values.states import State
from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from collections.abc import Callable


def document_of(record: Record) -> dict[str, Any]:
    """
    The record as the plain tables of the format: texts, whole numbers, booleans, lists and tables.

    Values that are their default are left out, and dates are written as they were read.
    States and sources stand in the order of their ids, all else in the order of the record.
    """
    head = {
        "id": record.id,
        "name": record.name,
        "edition": record.edition,
        "covers": _plain(record.coverage),
        "reading": record.reading,
        "note": record.note,
    }
    tables = {table: getattr(record, name) for table, (name, _) in ENTRIES.items()}
    return {
        "organisation": {key: value for key, value in head.items() if key == "id" or value},
        **{table: [_plain(entry) for entry in entries] for table, entries in tables.items() if entries},
    }


def _plain(part: object) -> Any:
    return _converter().unstructure(part)


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(omit_if_default=True, unstruct_collection_overrides={tuple: list})
    converter.register_unstructure_hook_factory(attrs.has, _table_hook)
    converter.register_unstructure_hook(ImpreciseDate, _date)
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_unstructure_hook(Period, str)
    converter.register_unstructure_hook_func(lambda kind: kind == frozenset[Status], _statuses)
    return converter


def _table_hook(kind: type[Any], converter: Converter) -> Callable[[Any], Any]:
    table = make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True, **renamed(kind))
    if kind is State:
        return _state_form(table)
    if kind is Attestation:
        return _attestation_form(table)
    if kind is Claim:
        return _claim_form(table)
    return _tables_last(_force_form(table) if kind is Force else table)


def _tables_last(table: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """Plain keys before the tables in an entry, such as an event's claims: that is how people read it."""

    def is_table(value: object) -> bool:
        return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(part, dict) for part in value))

    return lambda part: dict(sorted(table(part).items(), key=lambda item: is_table(item[1])))


def _state_form(table: Callable[[State], dict[str, Any]]) -> Callable[[State], dict[str, Any]]:
    """
    A state that is in the library's tables is written as its id alone.

    It must have the same names there, which equality of states does not look at.
    """

    def form(state: State) -> dict[str, Any]:
        known = known_state(state.id)
        if known and known.as_dict() == state.as_dict():
            return {"id": state.id}
        dated = {name.name for name in state.dated_names}
        entry = {**table(state), "names": [name for name in state.names if name not in dated]}
        if not entry["names"]:
            del entry["names"]
        return entry

    return form


def _attestation_form(table: Callable[[Attestation], dict[str, Any]]) -> Callable[[Attestation], dict[str, Any]]:
    """`on` for an attestation of one day, `during` for any other."""

    def form(attestation: Attestation) -> dict[str, Any]:
        during = attestation.during
        on_a_day = during.first == during.last and attestation.speaks_of is SpeaksOf.EVERY_DAY
        return {("on" if on_a_day and key == "during" else key): value for key, value in table(attestation).items()}

    return form


def _claim_form(table: Callable[[Claim], dict[str, Any]]) -> Callable[[Claim], dict[str, Any]]:
    """`last_day` in place of `date` where the claim gives the last day inside."""

    def form(claim: Claim) -> dict[str, Any]:
        return {key: value for key, value in table(claim).items() if key != "date" or claim.last_day is None}

    return form


def _force_form(table: Callable[[Force], dict[str, Any]]) -> Callable[[Force], dict[str, Any]]:
    """A delay that only adds as its duration."""

    def form(force: Force) -> dict[str, Any]:
        entry = table(force)
        if force.after.add and not force.after.then:
            entry["after"] = force.after.add
        return entry

    return form


def _date(date: ImpreciseDate) -> str:
    """The date as it was written, if reading that gives the same date."""
    with suppress(DateError):
        if ImpreciseDate.parse(date.text) == date:
            return date.text
    return date.edtf


def _statuses(statuses: frozenset[Status]) -> str | list[str]:
    if statuses == ALL_STATUSES:
        return "unknown"
    names = in_order(statuses)
    return names[0] if len(names) == 1 else names
