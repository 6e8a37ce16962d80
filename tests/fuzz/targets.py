"""
What is fuzzed: doors through which texts and files of strangers come in, each with seeds, words and what must hold.

A target takes bytes. It may raise nothing at all: what the library refuses it refuses by an error of its own, with a message
that can be shown, and what it takes it takes back in the form that it writes itself.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp
from typing import NamedTuple

from csto_membership import MembershipError
from csto_membership._evidence.claims import Kind, Rank, SpeaksOf
from csto_membership._files.documents import document_in
from csto_membership._files.read import record_of
from csto_membership._files.starter import starter
from csto_membership._files.write import document_of
from csto_membership._history import History
from csto_membership._values.acts import Act, Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.index import StateIndex
from csto_membership._values.period import Period
from csto_membership._values.world import world
from csto_membership.readers import Table, read_acts, read_spells, read_status_table
from csto_membership.registry import Registry

DAY = dt.date(2000, 1, 1)


class Target(NamedTuple):
    """A door: what goes in by it, some files that are good or nearly so, and words of which such files are made."""

    enter: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    words: tuple[str, ...]


#: One folder for all files: to make one takes longer than to read what is in it.
_FOLDER = Path(mkdtemp(prefix="csto-fuzz-"))
atexit.register(rmtree, _FOLDER, ignore_errors=True)


def _written(name: str, content: bytes) -> Path:
    path = _FOLDER / name
    path.write_bytes(content)
    return path


def _encoded(*texts: str) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


def _refused(error: MembershipError, data: bytes) -> None:
    """A refusal has a message of bounded length, which names the value without controls of a terminal."""
    # A message looks for the nearest names, which takes a while where imports are instrumented: one in some is read.
    if sum(data) % 16:
        return
    message = str(error)
    assert message
    assert len(message) < 500_000
    assert all(line.isprintable() for line in message.split("\n")), message


# --- Dates and names -------------------------------------------------------------------------------------------------


def dates(data: bytes) -> None:
    """A text as a date, and as a period."""
    text = data.decode("utf-8", "replace")
    try:
        date = ImpreciseDate.parse(text)
    except MembershipError as error:
        _refused(error, data)
    else:
        assert date.text == text
        assert ImpreciseDate.parse(date.edtf) == date
        assert date.earliest or date.latest
    try:
        period = Period.parse(text)
    except MembershipError as error:
        _refused(error, data)
    else:
        assert Period.parse(str(period)) == period


_INDEX = StateIndex([world()["RUS"], world()["SUN"]])


def names(data: bytes) -> None:
    """A text as the name of a state."""
    text = data.decode("utf-8", "replace")
    try:
        state = _INDEX.find(text)
    except MembershipError as error:
        _refused(error, data)
    else:
        assert _INDEX.find(state.id) is state
        assert state.aliases


# --- Files -----------------------------------------------------------------------------------------------------------


def records(data: bytes) -> None:
    """A record in TOML: what loads is written and read again, and answers."""
    try:
        record = record_of(document_in(data, ".toml"))
    except MembershipError as error:
        _refused(error, data)
        return
    assert record_of(document_of(record)) == record
    history = History(record)
    for seen in (history, history.under("legal").resolved("every").strict()):
        members = seen.members_on(DAY)
        assert members.certain <= members.possible
        for state in seen.states:
            assert seen.status(state, DAY).verdict is seen.was_member(state, DAY)


def prepared(data: bytes) -> None:
    """A prepared file; its first line is made right, so that the others are read."""
    head = {"form": "csto_membership registry", "version": 3, "digest": f"sha256:{sha256(data).hexdigest()}"}
    path = _written("r.jsonl", json.dumps(head).encode() + b"\n" + data)
    try:
        registry = Registry.from_prepared(path)
    except MembershipError as error:
        _refused(error, data)
        return
    for organisation in registry.organisations:
        members = registry.members_on(organisation, DAY)
        assert members.certain <= members.possible
        assert registry.status(organisation, "RUS", DAY).verdict is registry.was_member(organisation, "RUS", DAY)


_READERS: dict[bytes, Callable[[Path], Table]] = {
    b"a": lambda path: read_acts(path, bad_rows="skip"),
    b"s": lambda path: read_spells(path, bad_rows="skip"),
    b"t": lambda path: read_status_table(path, "treaty", "2000-01-01", "P90D"),
}


def tables(data: bytes) -> None:
    """A table of rows; the first byte says of which form."""
    form, content = data[:1], data[1:]
    path = _written("table.csv", content)
    try:
        table = _READERS.get(form, _READERS[b"a"])(path)
    except MembershipError as error:
        _refused(error, data)
        return
    for organisation in table.organisations:
        history = table.history(organisation)
        assert record_of(document_of(history.record)) == history.record
        for state in history.states:
            line = history.timeline(state)
            assert history.was_member(state, DAY) is line.on(DAY).verdict


# --- What they begin with --------------------------------------------------------------------------------------------

_KEYS = (
    *(
        "organisation",
        "institution",
        "state",
        "source",
        "instrument",
        "event",
        "attestation",
        "step",
        "note",
        "id",
        "name",
    ),
    *(
        "covers",
        "first",
        "last",
        "before",
        "after",
        "states",
        "acts",
        "exists",
        "declared",
        "legal",
        "ends",
        "abolishes",
    ),
    *("kind", "title", "published", "consulted", "copies", "claims", "act", "date", "rank", "inferred", "status", "on"),
    *(
        "during",
        "speaks_of",
        "complete",
        "conflict",
        "last_day",
        "force",
        "of",
        "retroactive",
        "term",
        "in_force",
        "signed",
    ),
    *("lifespans", "predecessors", "dated_names", "citation", "numeric", "cow", "reading", "edition", "locator"),
)
_VALUES = (*map(str, (*Act, *Status, *Kind, *Rank, *SpeaksOf)), "unknown", "carry", "none", "all", "some", "listed")
_DATES = (
    *(
        "1993",
        "199X",
        "19XX",
        "1999-04",
        "1999-04-XX",
        "1999-04-20",
        "1993?",
        "1993~",
        "1993%",
        "[1993-09-09..1993-12-09]",
    ),
    *("[..1997]", "[1997..]", "28 June 2012", "April 1999", "before 1997", "not after 1997", "about 1993", "the 1990s"),
    *(
        "between June and August 2006",
        "28 июня 2012",
        "2012-06-28 00:00:00",
        "1993 or 1994",
        "0001-01-01",
        "9999-12-31",
    ),
)
_NAMES = (
    "Uzbekistan",
    "UZ",
    "uzb",
    "cow:704",
    "Узбекистан",
    "Soviet Union",
    "Côte d'Ivoire",
    "CS",
    "Korea, Republic of",
)
_RECORD = """[organisation]
id = "x"
covers = { first = "1990-01-01", last = "2010-01-01", before = "unknown", after = "carry" }
[[institution]]
id = "a"
exists = { declared = "1991-01-01", legal = "1992" }
ends = { declared = "2005" }
abolishes = [{ status = "observer", date = "2001", to = "partner" }]
[[state]]
id = "ARM"
[[state]]
id = "XXA"
name = "Realm"
lifespans = [{ first = "1990", last = "[2001..2002]", citation = "a list" }]
[[source]]
id = "s"
kind = "press"
published = "2009"
copies = ["t"]
[[source]]
id = "t"
consulted = "2010-01-01"
[[instrument]]
id = "i"
kind = "treaty"
title = "T"
signed = "1991"
term = "P5Y"
force = { of = ["ratification"], after = "P30D" }
[[event]]
id = "e"
states = ["ARM", "XXA"]
instrument = "i"
claims = [{ source = "s", act = "ratification", date = "1993", rank = "preferred" }, { source = "t", act = "denial" }]
[[event]]
id = "f"
states = ["ARM"]
claims = [{ source = "t", act = "expiry", last_day = "[1999..2000]" }, { source = "s", act = "status", status = ["member"], date = "2000" }]
[[attestation]]
source = "t"
states = ["ARM"]
status = "member"
during = "1994/1995"
speaks_of = "some_day"
"""
_SPELLS = """organisation,state,status,first_day,last_day
league,ARM,member,1994-04-20,1999
league,Узбекистан,observer|member,[1994..1995],
pact,cow:704,unknown,always,2001-02-03
"""
_ACTS = """organisation,state,act,date,source,rank,note
league,ARM,signature,1992-05-15,law,preferred,x
league,UZ,withdrawal,[2012-06-28..2012-12-19],,,
"""
_STATUS_TABLE = """Participant,Signature,"Ratification, Accession(a), Succession(d)"
Armenia,3 May 1999,4 Jun 2001
Czechia,,22 Feb 1999 d
Togo,[3 May 1999],9 Feb 2003 a
"""


def _prepared_seeds() -> tuple[bytes, ...]:
    """Prepared files without their first line: of one record, and of two."""
    one, other = (History(record_of(document_in(text.encode(), ".toml"))) for text in (_RECORD, starter("league")))
    with TemporaryDirectory() as folder:
        path = Path(folder, "r.jsonl")
        contents = []
        for histories in ((one,), (one, other)):
            Registry.of(*histories).prepare(path)
            contents.append(path.read_bytes().partition(b"\n")[2])
    return tuple(contents)


TARGETS: dict[str, Target] = {
    "dates": Target(dates, _encoded(*_DATES, "1999/2001", "04/05/1994"), (*_DATES, "..", "XX", "[", "]", "/")),
    "names": Target(names, _encoded(*_NAMES, "Uzbekistn", "704", "\u202eXX"), _NAMES),
    "records": Target(records, _encoded(_RECORD, starter("league")), (*_KEYS, *_VALUES, *_DATES, "[[", "]]", '= "', "{ ", " }")),
    "prepared": Target(prepared, _prepared_seeds(), ("statuses", "states", "rosters", "patterns", "organisations", "days", "apart", "covers", "counted", "what_if", *map(str, Status), "[", "]", "[]", "{}", "null", "-1", "1e9", "3652059")),
    "tables": Target(tables, _encoded(f"s{_SPELLS}", f"a{_ACTS}", f"t{_STATUS_TABLE}"), (*_SPELLS.split("\n", maxsplit=1)[0].split(","), *_ACTS.split("\n", maxsplit=1)[0].split(","), *_VALUES, *_DATES, *_NAMES, ",", ";", "\t", '"', "\n")),
}  # fmt: skip
