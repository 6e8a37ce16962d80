"""A first file for a new record, which teaches the form by a made-up treaty of two states: `data/starter.toml`."""

from __future__ import annotations

import re

from csto_membership._values.data_files import data_file
from csto_membership.exceptions import Fault, RecordError

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
#: The id that the file has as it stands.
_PLACEHOLDER = "my-treaty"


def starter(id: str) -> str:
    """
    The text of a commented TOML file for a new record of that id; it loads as it stands.

    The id is lower-case words joined by "-"; `RecordError` for any other, with what was probably meant.
    """
    if not isinstance(id, str) or not _ID.fullmatch(id):
        meant = "-".join(re.findall(r"[a-z0-9]+", str(id).lower())) or _PLACEHOLDER
        problem = 'an id is lower-case words (a to z, 0 to 9) joined by "-"'
        raise RecordError([Fault("organisation.id", problem, id, f'write it as "{meant}"')])
    return data_file("starter.toml").decode().replace(f'"{_PLACEHOLDER}"', f'"{id}"')
