"""The bundled records: loaded on first use, once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from csto_membership._files import bundled_record, read_record
from csto_membership._history import History
from csto_membership.exceptions import UnknownNameError

if TYPE_CHECKING:
    from os import PathLike

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
