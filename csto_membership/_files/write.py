"""From a record back to plain tables, and to disk: TOML or JSON, written whole or not at all."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from csto_membership._evidence.claims import Attestation, SpeaksOf
from csto_membership._evidence.record import Record
from csto_membership._files.known_states import known_state
from csto_membership._files.structure import renamed
from csto_membership._values.acts import Status, in_order
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import Period
from csto_membership._values.states import State
from csto_membership.exceptions import DateError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable


def document_of(record: Record) -> dict[str, Any]:
    """
    The record as the plain tables of the format: texts, whole numbers, booleans, lists and tables.

    What has its default is left out; dates stand as they were written; states and sources stand in the order of their
    ids, all else in the order of the record.
    """
    head = {
        "id": record.id,
        "name": record.name,
        "edition": record.edition,
        "covers": _plain(record.coverage),
        "note": record.note,
    }
    tables = {
        "institution": record.institutions,
        "state": record.states,
        "source": record.sources,
        "instrument": record.instruments,
        "event": record.events,
        "attestation": record.attestations,
        "step": record.steps,
        "note": record.notes,
    }
    return {
        "organisation": {key: value for key, value in head.items() if key == "id" or value},
        **{table: [_plain(entry) for entry in entries] for table, entries in tables.items() if entries},
    }


def _toml(document: dict[str, Any]) -> str:
    try:
        import tomli_w
    except ImportError:
        raise MissingExtraError("tomli-w", "toml") from None
    return tomli_w.dumps(document)


def _json(document: dict[str, Any]) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


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
    return _attestation_form(table) if kind is Attestation else _tables_last(table)


def _tables_last(table: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """An entry with its own keys before the tables in it, such as an event's claims: so a person reads it."""

    def is_table(value: object) -> bool:
        return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(part, dict) for part in value))

    return lambda part: dict(sorted(table(part).items(), key=lambda item: is_table(item[1])))


def _state_form(table: Callable[[State], dict[str, Any]]) -> Callable[[State], dict[str, Any]]:
    """A state of the library's tables by its id alone; equality of states would not see other names."""

    def form(state: State) -> dict[str, Any]:
        known = known_state(state.id)
        if known and known.as_dict() == state.as_dict():
            return {"id": state.id}
        dated = {told.name for told in state.dated_names}
        found = {**table(state), "names": [name for name in state.names if name not in dated]}
        return {key: value for key, value in found.items() if value or key != "names"}

    return form


def _attestation_form(table: Callable[[Attestation], dict[str, Any]]) -> Callable[[Attestation], dict[str, Any]]:
    """An attestation of one day says `on`, any other `during`."""

    def form(told: Attestation) -> dict[str, Any]:
        on_a_day = told.during.first == told.during.last and told.speaks_of is SpeaksOf.EVERY_DAY
        found = table(told)
        return {("on" if on_a_day and key == "during" else key): value for key, value in found.items()}

    return form


def _date(date: ImpreciseDate) -> str:
    """The date as it was written, if that is how it can be read."""
    with suppress(DateError):
        if ImpreciseDate.parse(date.text) == date:
            return date.text
    return date.edtf


def _statuses(statuses: frozenset[Status]) -> str | list[str]:
    if len(statuses) == len(Status):
        return "unknown"
    names = in_order(statuses)
    return names[0] if len(names) == 1 else names
