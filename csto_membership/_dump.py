"""From a record back to plain tables, and to disk: TOML or JSON, written whole or not at all."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from csto_membership._acts import Status
from csto_membership._dates import ImpreciseDate
from csto_membership._evidence import Attestation, Period, SpeaksOf, in_order
from csto_membership._files import record_of
from csto_membership._history import History
from csto_membership._identity import known_state
from csto_membership._record import Record
from csto_membership._states import State
from csto_membership._structure import renamed
from csto_membership.exceptions import DateError, MissingExtraError, RecordError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike


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


def dump(record: Record | History, path: str | PathLike[str]) -> None:
    """
    Write a record to a file: TOML where its name ends in `.toml`, JSON where it ends in `.json`.

    Of a history its record is written, whatever the view. Loading the file gives an equal record.
    The file is replaced as a whole: where anything fails, an old one stays as it was.
    Raises `UnknownNameError` for another ending, `MissingExtraError` where TOML needs tomli-w, `RecordError` for a
    record that could not be loaded again, and OSError where the file cannot be written.
    """
    whole = record.record if isinstance(record, History) else record
    if not isinstance(whole, Record):
        raise UnknownNameError("kind of value to dump", type(record).__name__, ["History", "Record"])
    writers: dict[str, Callable[[dict[str, Any]], str]] = {".toml": _toml, ".json": _json}
    suffix = Path(path).suffix
    if suffix.lower() not in writers:
        raise UnknownNameError("kind of file", suffix, writers)
    document = document_of(whole)
    try:
        record_of(document)
    except RecordError as error:
        raise error.in_file(str(path)) from None
    _replace(Path(path), writers[suffix.lower()](document).encode())


def _toml(document: dict[str, Any]) -> str:
    try:
        import tomli_w
    except ImportError:
        raise MissingExtraError("tomli-w", "toml") from None
    return tomli_w.dumps(document)


def _json(document: dict[str, Any]) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _replace(path: Path, content: bytes) -> None:
    """Put the content in the place of a file: all of it, or on any failure nothing."""
    target = Path(os.path.realpath(path))  # through a link, so that the link stays
    # Named and opened here and not by tempfile, which would keep the file from all but its owner.
    fresh = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with _naming(path):
            with fresh.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileNotFoundError):
                shutil.copymode(target, fresh)
            fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors name the path that was asked for, and not one that was used on the way."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            error.filename, error.filename2 = str(path), None
        raise


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
