"""Where files and histories meet: the bundled records, loaded once on first use, and records in files."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from csto_membership.exceptions import ArgumentError, RecordError, UnknownNameError

if TYPE_CHECKING:
    from os import PathLike

    from csto_membership._evidence.record import Record
    from csto_membership._history import History

#: A file of the folder `data` for each: listed here, since the package may be imported from where no folder can be read.
_BUNDLED = (
    "caco",
    "cis",
    "council-of-europe",
    "csto",
    "eaeu",
    "eurasec",
    "guam",
    "ots",
    "sco",
    "union-state",
)


def organisations() -> tuple[str, ...]:
    """
    The ids of the bundled records, in alphabetical order.

    >>> "csto" in organisations(), "eurasec" in organisations()
    (True, True)
    """
    return _BUNDLED


def history(organisation: str) -> History:
    """
    The history of a bundled record, under the default view. Raises `UnknownNameError` for another id.

    >>> history("cis").was_member("Georgia", "2009-08-18")
    <Verdict.NO: False>
    """
    if organisation not in _BUNDLED:
        raise UnknownNameError("bundled record", organisation, _BUNDLED)
    return _bundled(organisation)


@cache
def _bundled(organisation: str) -> History:
    from csto_membership._files.made import made_record
    from csto_membership._history import History

    return History(made_record(organisation))


def load(path: str | PathLike[str]) -> History:
    """
    The history of the record in a TOML or JSON file, under the default view.

    A file whose name does not end in `.json` is read as TOML.
    Raises `RecordError` with every fault of the file, each with its place, and OSError where it cannot be opened.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     dump(history("sco"), f"{folder}/sco.json")
    ...     load(f"{folder}/sco.json")
    <History sco declared>
    """
    from csto_membership._files.read import read_record
    from csto_membership._history import History

    return History(read_record(path))


def dump(record: Record | History, path: str | PathLike[str]) -> None:
    """
    Write a record to a file: TOML where its name ends in `.toml`, JSON where it ends in `.json`.

    Loading the file gives an equal record. An old file is replaced as a whole; where anything fails, it stays as it is.
    Raises `ArgumentError` for another ending and for what is no record, `MissingExtraError` where TOML needs tomli-w,
    `RecordError` for a record that could not be loaded again, and OSError where the file cannot be written.

    Of a history the record is written, and not the view:

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     dump(history("cis").under("legal"), f"{folder}/cis.json")
    ...     again = load(f"{folder}/cis.json")
    >>> again.reading.name
    'declared'
    """
    from csto_membership._evidence.record import Record
    from csto_membership._files.documents import json_bytes, toml_bytes
    from csto_membership._files.read import record_of
    from csto_membership._files.whole_files import as_path, form_of, replace
    from csto_membership._files.write import document_of
    from csto_membership._history import History

    whole = record.record if isinstance(record, History) else record
    if not isinstance(whole, Record):
        raise ArgumentError("record", record, f"a {type(record).__name__} is no record", ["History", "Record"])
    target = as_path(path)
    content_of = form_of(target, {".toml": toml_bytes, ".json": json_bytes})
    document = document_of(whole)
    try:
        record_of(document)
    except RecordError as error:
        raise error.in_file(str(path)) from None
    replace(target, content_of(document))
