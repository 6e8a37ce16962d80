"""Which reader a file is for, as its header tells."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._files.whole_files import opened
from csto_membership.exceptions import UnknownNameError
from csto_membership.readers._atop import ATOP_COLUMNS, read_atop
from csto_membership.readers._cow import IGO_YEAR_COLUMNS, STATE_YEAR_COLUMNS, read_cow_igo_year, read_cow_state_year
from csto_membership.readers._sheet import column_name, separator_of
from csto_membership.readers._spells import SPELL_COLUMNS, read_spells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike

    from csto_membership.readers._table import Table


class Form(NamedTuple):
    """The columns that a kind of table needs, and its reader."""

    columns: Sequence[str]
    read: Callable[[str | PathLike[str]], Table]


#: The kinds of tables; the ones that need most columns first.
FORMS = {
    "atop": Form(ATOP_COLUMNS, read_atop),
    "spells": Form(SPELL_COLUMNS, read_spells),
    "cow-state-year": Form(STATE_YEAR_COLUMNS, read_cow_state_year),
    "cow-igo-year": Form(IGO_YEAR_COLUMNS, read_cow_igo_year),
}
#: A header is looked for in so many bytes.
_MOST_BYTES = 1_000_000


def form_in(path: str | PathLike[str]) -> str:
    """The kind of table that a file is by its header, "" for none of them. OSError where it cannot be opened."""
    try:
        with opened(path) as file:
            text = file.read(_MOST_BYTES).decode("utf-8-sig", errors="replace")
    except ValueError:
        # No file has such a name: whoever reads it says so.
        return ""
    for head in io.StringIO(text, newline=None).read().split("\n")[:2]:
        for name, form in FORMS.items():
            try:
                columns = next(csv.reader([head], delimiter=separator_of(head, form.columns)), [])
            except csv.Error:
                continue
            if set(form.columns) <= set(map(column_name, columns)):
                return name
    return ""


def read_form(path: str | PathLike[str], form: str) -> Table:
    """The table in a file of that kind. Raises `UnknownNameError` for another kind, and what its reader raises."""
    if form not in FORMS:
        raise UnknownNameError("form of a file", form, ("record", *FORMS))
    return FORMS[form].read(path)
