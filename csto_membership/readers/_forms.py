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
from csto_membership._values.wording import together
from csto_membership.exceptions import ArgumentError, Fault, UnknownNameError
from csto_membership.readers._sheet import SEPARATORS, column_name, separator_of

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


#: The kinds of tables that may be a file, a dataframe or rows, by name.
FORMS: dict[str, Form] = {}
#: The kinds that are a file alone, since they have no rows.
DOCUMENTS: dict[str, Form] = {}
#: A header is looked for in so many bytes.
_MOST_BYTES = 1_000_000


def form(name: str, columns: Sequence[str] = (), *, of_rows: bool = True) -> Callable[[_Reader], _Reader]:
    """Make a reader that of a kind of table, which is known by these columns, or else of a document without rows."""

    def named(reader: _Reader) -> _Reader:
        (FORMS if of_rows else DOCUMENTS)[name] = Form(columns, reader)
        return reader

    return named


def forms_of_files() -> dict[str, Form]:
    """The kinds that a file may be, by name, in their order."""
    return dict(sorted({**FORMS, **DOCUMENTS}.items()))


def form_named(name: str) -> Form:
    """The kind of rows of that name. Raises `UnknownNameError` for another."""
    if not isinstance(name, str):
        raise UnknownNameError("form of a table", name, FORMS)
    if name in FORMS:
        return FORMS[name]
    reason = f"it is read from a file, by {DOCUMENTS[name].read.__name__}" if name in DOCUMENTS else ""
    raise UnknownNameError("form of a table", name, FORMS, reason=reason)


def form_of_file(name: str) -> Form:
    """The kind of file of that name. Raises `UnknownNameError` for another; a record is one elsewhere."""
    known = forms_of_files()
    if name not in known:
        raise UnknownNameError("form of a table", name, ("record", *known))
    return known[name]


def form_in(path: str | PathLike[str]) -> str:
    """The kind of table that a file is by its header, "" for none of them. OSError where it cannot be opened."""
    for head in _first_lines(path):
        for name in _by_columns():
            needed = FORMS[name].columns
            try:
                columns = next(csv.reader([head], delimiter=separator_of(head, needed)), [])
            except csv.Error:
                continue
            if set(needed) <= set(map(column_name, columns)):
                return name
    return ""


def _first_lines(path: str | PathLike[str]) -> list[str]:
    """The first two lines of a file: spreadsheets may write their separator before the header."""
    try:
        with opened(path) as file:
            text = file.read(_MOST_BYTES).decode("utf-8-sig", errors="replace")
    except ValueError:
        # No file has such a name: whoever reads it says so.
        return []
    return io.StringIO(text, newline=None).read().split("\n")[:2]


def unknown_header(path: str | PathLike[str], option: str = "--form") -> Fault | None:
    """
    What to say of a file of no kind that a header tells; None where its first line is no header, but TOML, say.

    `option` is that of the command line by which the kind is named.
    """
    head = next((line.strip() for line in _first_lines(path) if line.strip()), "")
    columns = max((head.split(separator) for separator in SEPARATORS), key=len)
    if not head.startswith("<") and (len(columns) == 1 or head[0] in "[{#" or "=" in head):
        return None
    remedy = f"name what the file is by {option}, which a status table always needs, or correct the header"
    if near := lacking(columns):
        remedy = f"{near}; {remedy}"
    return Fault("line 1", "the header is that of no known kind of table", head, remedy, str(path))


def lacking(columns: Iterable[str]) -> str:
    """What the kind of table whose header is nearest to these columns needs besides; "" where none is near."""
    given = set(map(column_name, columns))
    name = max(_by_columns(), key=lambda name: len(given.intersection(FORMS[name].columns)))
    missing = [column for column in FORMS[name].columns if column not in given]
    return (
        f"{name}, the nearest kind, also needs {together(missing)}" if len(missing) < len(FORMS[name].columns) else ""
    )


def form_with(columns: Iterable[str]) -> str:
    """The kind of table that has these columns, "" for none of them."""
    given = set(map(column_name, columns))
    return next((name for name in _by_columns() if set(FORMS[name].columns) <= given), "")


def _by_columns() -> Iterator[str]:
    """The kinds that a header tells; the ones that need most columns first."""
    return iter(sorted((name for name in FORMS if FORMS[name].columns), key=lambda name: -len(FORMS[name].columns)))
