"""
The kinds of tables by name: which reader each is for, and the columns by which its header is known.

A reader names its kind itself, so that the command line, `Table.from_frame` and `form_in` know it as well.
"""

from __future__ import annotations

import csv
import inspect
import io
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from csto_membership._files.whole_files import opened
from csto_membership.exceptions import ArgumentError, UnknownNameError
from csto_membership.readers._sheet import column_name, separator_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from os import PathLike

    _Reader = TypeVar("_Reader", bound=Callable[..., Any])


class Form(NamedTuple):
    """The columns that a kind of table needs, none where a header does not tell it, and its reader."""

    columns: Sequence[str]
    read: Callable[..., Any]

    @property
    def options(self) -> Mapping[str, inspect.Parameter]:
        """The options of the reader, by name."""
        _, *options = inspect.signature(self.read).parameters.values()
        return {option.name: option for option in options}

    def reads(self, table: object, options: Mapping[str, object]) -> Any:
        """What its reader makes of a table. Raises `ArgumentError` for an option that it does not have, or misses."""
        for name, value in options.items():
            if name not in self.options:
                raise ArgumentError(name, value, f"{self.read.__name__} has no such option", self.options)
        for name, option in self.options.items():
            if option.default is option.empty and name not in options:
                raise ArgumentError(name, None, f"{self.read.__name__} needs it")
        return self.read(table, **options)


#: The kinds of tables, by name.
FORMS: dict[str, Form] = {}
#: A header is looked for in so many bytes.
_MOST_BYTES = 1_000_000


def form(name: str, columns: Sequence[str] = ()) -> Callable[[_Reader], _Reader]:
    """Make a reader that of a kind of table, which is known by these columns."""

    def named(reader: _Reader) -> _Reader:
        FORMS[name] = Form(columns, reader)
        return reader

    return named


def form_named(name: str, *, others: Iterable[str] = ()) -> Form:
    """The kind of that name. Raises `UnknownNameError` for another, which may be one of `others` elsewhere."""
    if name not in FORMS:
        raise UnknownNameError("form of a table", name, (*others, *FORMS))
    return FORMS[name]


def form_in(path: str | PathLike[str]) -> str:
    """The kind of table that a file is by its header, "" for none of them. OSError where it cannot be opened."""
    try:
        with opened(path) as file:
            text = file.read(_MOST_BYTES).decode("utf-8-sig", errors="replace")
    except ValueError:
        # No file has such a name: whoever reads it says so.
        return ""
    for head in io.StringIO(text, newline=None).read().split("\n")[:2]:
        for name in _by_columns():
            needed = FORMS[name].columns
            try:
                columns = next(csv.reader([head], delimiter=separator_of(head, needed)), [])
            except csv.Error:
                continue
            if set(needed) <= set(map(column_name, columns)):
                return name
    return ""


def form_with(columns: Iterable[str]) -> str:
    """The kind of table that has these columns, "" for none of them."""
    given = set(map(column_name, columns))
    return next((name for name in _by_columns() if set(FORMS[name].columns) <= given), "")


def _by_columns() -> Iterator[str]:
    """The kinds that a header tells; the ones that need most columns first."""
    return iter(sorted((name for name in FORMS if FORMS[name].columns), key=lambda name: -len(FORMS[name].columns)))
