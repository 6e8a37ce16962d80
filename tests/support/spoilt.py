"""Documents that are wrong: with seeded faults whose places are known, or spoilt at random."""

from __future__ import annotations

import copy
import datetime as dt
import json
import tomllib
from typing import Any

import tomli_w
from hypothesis import strategies as st
from support import documents

from csto_membership._files.starter import starter

Document = dict[str, Any]
GONE = object()


def starter_document() -> Document:
    """The starter, as a document without a fault."""
    return tomllib.loads(starter("league"))


def holder_of(document: Document, path: str) -> tuple[Any, Any]:
    """The table or list that a path such as "event.0.id" ends in, and its last part."""
    *parts, last = (int(part) if part.isdigit() else part for part in path.split("."))
    holder: Any = document
    for part in parts:
        holder = holder[part]
    return holder, last


def changed(*changes: tuple[str, Any]) -> Document:
    """The good document with values at paths such as "event.0.id" replaced or added."""
    document = starter_document()
    for path, value in changes:
        at, last = holder_of(document, path)
        at[last] = value
    return document


def written(document: object, suffix: str) -> bytes:
    """The text of a file; what TOML cannot hold (null) is left to JSON."""
    if suffix == ".json":
        return json.dumps(document, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
    assert isinstance(document, dict)
    return tomli_w.dumps(document).encode("utf-8", "surrogatepass")


# --- Parts of the document -------------------------------------------------------------------------------------------

ODD: list[Any] = [
    0, -1, 1999, 2**63 - 1, 2**70, 1.5, float("inf"), float("nan"), True, False, "", " ", "x", "unknown", "1999", "[..]", "[..2000]",
    "2000-01-01", "2000-13", "UZB", "ARM", "source-a", "denial", "status", "member", "\x00", "\u2028", "é" * 300,
    [], [[]], [1], ["ARM"], ["member"], [{}], {}, {"id": "ARM"}, {"x": {}}, [[[[{"a": [[]]}]]]], "x" * 5000, "[" + "." * 5000,
    dt.date(2000, 1, 1), dt.date.min, dt.date.max, dt.datetime(2000, 1, 1), dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.time(0, 0),  # noqa: DTZ001
]  # fmt: skip

KEYS = [
    "id",
    "states",
    "claims",
    "status",
    "date",
    "on",
    "during",
    "speaks_of",
    "copies",
    "exists",
    "x",
    "",
    "a\nb",
    "é",
]


def paths(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([path] if path else []), *(deeper for key, part in inner for deeper in paths(part, (*path, key)))]


def spoil(draw: st.DrawFn, document: Document) -> None:
    """Drop, duplicate, retype, reorder, truncate or corrupt one thing of a document."""
    *path, last = draw(st.sampled_from(paths(document)))
    at: Any = document
    for key in path:
        at = at[key]
    how = draw(st.sampled_from(["drop", "duplicate", "rename", "retype", "retype", "shorten", "reorder", "corrupt"]))
    part = at[last]
    if how == "drop":
        del at[last]
    elif how == "duplicate" and isinstance(at, list):
        at.insert(draw(st.integers(0, len(at))), copy.deepcopy(part))
    elif how == "rename" and isinstance(at, dict):
        at[draw(st.sampled_from(KEYS))] = at.pop(last)
    elif how == "duplicate" and isinstance(at, dict):
        at[draw(st.sampled_from(KEYS))] = copy.deepcopy(part)
    elif how == "shorten" and isinstance(part, (str, list)):
        at[last] = part[: draw(st.integers(0, len(part)))]
    elif how == "reorder" and isinstance(part, list):
        at[last] = draw(st.permutations(part))
    elif how == "corrupt" and isinstance(part, str):
        place = draw(st.integers(0, len(part)))
        at[last] = part[:place] + draw(st.sampled_from(["", "X", "9", "-", "é", "\x00"])) + part[place + 1 :]
    else:
        at[last] = copy.deepcopy(draw(st.sampled_from(ODD)))


@st.composite
def spoilt(draw: st.DrawFn) -> Document:
    """A document of which one to four things were spoilt."""
    document = copy.deepcopy(draw(documents.rich() | st.builds(starter_document)))
    for _ in range(draw(st.sampled_from((1, 1, 2, 4)))):
        if document:
            spoil(draw, document)
    return document


# --- Several faults --------------------------------------------------------------------------------------------------

#: name: path ("+" adds to a list), value, place ("#" is the number of what was added).
FAULTS: dict[str, tuple[str, Any, str]] = {
    "an unknown table": ("evnt", [], "evnt"),
    "a table that is no list": ("note", {"text": "x"}, "note"),
    "an unknown key": ("organisation.nmae", "x", "organisation.nmae"),
    "a name that is a number": ("organisation.name", 5, "organisation.name"),
    "coverage with an unknown word": ("organisation.covers.before", "nothing", "organisation.covers.before"),
    "coverage that ends first": ("organisation.covers.last", "2000-01-01", "organisation.covers"),
    "an institution without a beginning": ("institution.0.exists", GONE, "institution 'league'.exists"),
    "a name from an unknown day": ("institution.0.names.0.from", ["2001"], "institution 'league'.names[0].from"),
    "a state with codes and no name": ("state.+", {"id": "FJI", "cow": 950}, "state 'FJI'.name"),
    "a code that is a text": ("state.+", {"id": "SYR", "name": "Syria", "cow": "652"}, "state 'SYR'.cow"),
    "a state that is not in the table": ("state.+", {"id": "ZZZ"}, "state 'ZZZ'"),
    "an id given twice": ("state.+", {"id": "ARM"}, "state 'ARM'"),
    "a source of an unknown kind": ("source.0.kind", "blog", "source 'treaty-text'.kind"),
    "a day that is none": ("source.+", {"id": "b", "published": "2001-02-30"}, "source 'b'.published"),
    "a source that copies itself": ("source.+", {"id": "c", "copies": ["c"]}, "source 'c'.copies"),
    "a volume that is true": (
        "instrument.0.registration", {"volume": True}, "instrument 'treaty-2001'.registration.volume",
    ),
    "an instrument without a title": ("instrument.+", {"id": "p", "kind": "protocol"}, "instrument 'p'.title"),
    "a duration of another form": (
        "instrument.+", {"id": "q", "kind": "treaty", "title": "", "term": "5 years"}, "instrument 'q'.term",
    ),
    "a claim of an unknown act": ("event.0.claims.0.act", "signing", "event 'signature'.claims[0].act"),
    "a claim of an unknown rank": ("event.0.claims.0.rank", "best", "event 'signature'.claims[0].rank"),
    "a claim without a date": ("event.1.claims.0.date", GONE, "event 'entry-into-force'.claims[0].date"),
    "a claim of a source that is not there": (
        "event.+", {"id": "e1", "states": ["KAZ"], "claims": [{"source": "x", "act": "freeze", "date": "2009"}]},
        "event 'e1'.claims[0].source",
    ),
    "an instrument that is not there": (
        "event.+",
        {"id": "e7", "states": ["KAZ"], "instrument": "x", "claims": [{"source": "treaty-text", "act": "denial"}]},
        "event 'e7'.instrument",
    ),
    "an event without a claim": ("event.+", {"id": "e2", "states": ["KAZ"], "claims": []}, "event 'e2'.claims"),
    "an event of no state": (
        "event.+", {"id": "e3", "states": [], "claims": [{"source": "treaty-text", "act": "denial"}]}, "event 'e3'.states",
    ),
    "a denial with a date": (
        "event.+",
        {"id": "e4", "states": ["KAZ"], "claims": [{"source": "treaty-text", "act": "denial", "date": "2009"}]},
        "event 'e4'.claims[0].date",
    ),
    "a status of a freeze": (
        "event.+",
        {
            "id": "e5",
            "states": ["KAZ"],
            "claims": [{"source": "treaty-text", "act": "freeze", "date": "2009", "status": "member"}],
        },
        "event 'e5'.claims[0].status",
    ),
    "an act of status without one": (
        "event.+",
        {"id": "e6", "states": ["KAZ"], "claims": [{"source": "treaty-text", "act": "status", "date": "2009"}]},
        "event 'e6'.claims[0].status",
    ),
    "an order that cannot be": (
        "event.+",
        {"id": "e8", "states": ["ARM"], "claims": [{"source": "treaty-text", "act": "freeze", "date": "1999"}]},
        "events 'entry-into-force' and 'e8'",
    ),
    "an attestation of no status": (
        "attestation.+", {"source": "treaty-text", "states": [], "status": [], "on": "2003"}, "attestation[#].status",
    ),
    "an attestation of no day": (
        "attestation.+", {"source": "treaty-text", "states": [], "status": "member"}, "attestation[#]",
    ),
    "an attestation of a day and a period": ("attestation.0.during", "2003", "attestation[0]"),
    "an attestation of some day of a day": (
        "attestation.+",
        {"source": "treaty-text", "states": [], "status": "member", "on": "2003-01-01", "speaks_of": "some_day"},
        "attestation[#]",
    ),
    "a step of a number": ("step.0.date", 2003, "step[0].date"),
}  # fmt: skip


def seeded(*names: str) -> tuple[Document, list[str]]:
    """The good document with faults, and their places."""
    document, places = starter_document(), []
    for name in names:
        path, value, place = FAULTS[name]
        at, last = holder_of(document, path)
        places.append(place.replace("#", str(len(at))))
        if value is GONE:
            del at[last]
        elif last == "+":
            at.append(copy.deepcopy(value))
        else:
            at[last] = copy.deepcopy(value)
    return document, places
