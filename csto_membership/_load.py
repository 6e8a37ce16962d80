"""The bundled records: loaded on first use, once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csto_membership._evidence.record import Record
from csto_membership._files.read import bundled_record, read_record, record_of
from csto_membership._files.whole_files import _replace
from csto_membership._files.write import _json, _toml, document_of
from csto_membership._history import History
from csto_membership.exceptions import RecordError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike


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


_BUNDLED = ("cis", "csto")


def organisations() -> tuple[str, ...]:
    """The ids of the bundled records."""
    return _BUNDLED


def history(organisation: str) -> History:
    """The history of a bundled record, under the default view. Raises `UnknownNameError` for another id."""
    if organisation not in _BUNDLED:
        raise UnknownNameError("bundled record", organisation, _BUNDLED)
    return _bundled(organisation)


@cache
def _bundled(organisation: str) -> History:
    return History(bundled_record(organisation))


def load(path: str | PathLike[str]) -> History:
    """
    The history of the record in a TOML or JSON file, under the default view.

    Raises `RecordError` with every fault of the file, each with its place, and OSError where it cannot be opened.
    """
    return History(read_record(path))
