"""
The bundled records as they are loaded: made from `data/*.toml`, which people edit and which are read like any file.

`data/made/<id>.json` holds the record of `data/<id>.toml`, class by class. `python tests/support/made.py` writes it, and
tests hold it to be exactly that record; so it is not checked at every start, and needs no reader of TOML. It is plain
JSON: nothing is made of it but the classes named here, and nothing in it can run.
"""

from __future__ import annotations

import datetime as dt
import json
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from csto_membership._evidence.claims import Attestation, Claim, Event, Kind, Note, Rank, Source, SpeaksOf, Step
from csto_membership._evidence.institutions import Abolition, Coverage, Existence, Institution, InstitutionClaim
from csto_membership._evidence.instruments import Delay, Force, Instrument, Registration
from csto_membership._evidence.record import Record
from csto_membership._values.data_files import data_file
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.lives import DatedName, Lifespan, Predecessor
from csto_membership._values.period import Period
from csto_membership._values.states import State
from csto_membership._values.world import world

if TYPE_CHECKING:
    from collections.abc import Callable

#: The key of an object that names its class; the other keys are the fields that are not their default.
CLASS = "is"
#: The classes of which objects are made, besides the record.
CLASSES = (
    *(Attestation, Claim, Event, Note, Source, Step),
    *(Abolition, Coverage, Existence, Institution, InstitutionClaim),
    *(Delay, Force, Instrument, Registration),
    *(DatedName, Lifespan, Predecessor, State),
)


def _one_of(kind: type[Enum]) -> Callable[[str], Enum]:
    """The member of an enumeration by its text."""
    members: dict[str, Enum] = {member.value: member for member in kind}
    return members.__getitem__


def _states(given: list[Any]) -> tuple[State, ...]:
    """States of the world by their ids, beside those that the record defines itself."""
    return tuple(world()[state] if type(state) is str else state for state in given)


def _period(text: str) -> Period:
    return Period(*map(dt.date.fromisoformat, text.split("/")))


#: How the text of a value is read, by class and field, where the class does not see to it itself.
READERS: dict[type, dict[str, Callable[[Any], Any]]] = {
    Record: {"states": _states},
    Source: {"kind": _one_of(Kind)},
    Claim: {"rank": _one_of(Rank)},
    Attestation: {"during": _period, "speaks_of": _one_of(SpeaksOf)},
    Step: {"date": ImpreciseDate.parse},
    Existence: {"declared": ImpreciseDate.parse, "legal": ImpreciseDate.parse},
    Abolition: {"date": ImpreciseDate.parse},
    InstitutionClaim: {"rank": _one_of(Rank), "date": ImpreciseDate.parse},
    Registration: {"date": ImpreciseDate.parse},
}
_MAKERS: dict[str, tuple[Callable[..., Any], dict[str, Callable[[Any], Any]]]] = {
    **{kind.__name__: (kind, READERS.get(kind, {})) for kind in CLASSES},
    "Record": (Record.as_checked, READERS[Record]),
}


@cache
def made_record(id: str) -> Record:
    """The bundled record of that id: the same one each time."""
    record: Record = json.loads(data_file(f"made/{id}.json"), object_hook=value_of)
    return record


def value_of(entry: dict[str, Any]) -> Any:
    """The value of an object of JSON, in which those inside it are values already."""
    make, readers = _MAKERS[entry.pop(CLASS)]
    for field, value in entry.items():
        if field in readers:
            entry[field] = readers[field](value)
        elif type(value) is list:
            entry[field] = tuple(value)
    return make(**entry)
