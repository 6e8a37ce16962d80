"""Hostile files by the hundred: a record, or every fault with file, place and problem, and nothing else."""

from __future__ import annotations

import copy
import datetime as dt
import json
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from cattrs import ClassValidationError
from hypothesis import example, given
from hypothesis import strategies as st
from support import documents as strategies

import csto_membership as csto
from csto_membership import Fault, History, RecordError
from csto_membership._files.documents import MOST_BYTES, MOST_LEVELS
from csto_membership._files.read import read_record, record_of
from csto_membership._files.starter import starter
from csto_membership._files.structure import _faults
from csto_membership._files.write import document_of
from csto_membership._load import dump

Document = dict[str, Any]
SUFFIXES = pytest.mark.parametrize("suffix", [".toml", ".json"])
GONE = object()


def good() -> Document:
    return tomllib.loads(starter("league"))


def changed(*changes: tuple[str, Any]) -> Document:
    """The good document with values at paths such as "event.0.id" replaced or added."""
    document = good()
    for path, value in changes:
        *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
        at: Any = document
        for part in way:
            at = at[part]
        at[last] = value
    return document


def written(document: object, suffix: str) -> bytes:
    """The text of a file; what TOML cannot hold (null) is left to JSON."""
    if suffix == ".json":
        return json.dumps(document, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
    assert isinstance(document, dict)
    return tomli_w.dumps(document).encode("utf-8", "surrogatepass")


def told_in_full(error: RecordError, file: str) -> tuple[Fault, ...]:
    """The faults of an error, each with its file, a place and a problem."""
    shown = str(error)
    assert error.faults
    assert error.__cause__ is None
    assert "Traceback" not in shown
    assert "object at 0x" not in shown
    assert shown.encode()
    for fault in error.faults:
        assert fault.file == file
        assert fault.place
        assert fault.place.isprintable()
        assert fault.problem
        assert str(fault) in shown
        json.dumps(fault.as_dict())
    return error.faults


def judged(path: Path, content: bytes) -> History | tuple[Fault, ...]:
    """What loading makes of a file: a history, or its faults, of which each is told in full; anything else is raised."""
    path.write_bytes(content)
    before = sorted(path.parent.iterdir())
    try:
        seen = csto.load(path)
    except RecordError as error:
        return told_in_full(error, str(path))
    finally:
        assert sorted(path.parent.iterdir()) == before
    for state in seen.states:
        for day in ("2000-01-05", "2001-03-01", "[..1999]"):
            json.dumps(seen.status(state, day).as_dict())
    json.dumps(seen.members_on("2000-01-05").as_dict())
    assert record_of(document_of(seen.record)) == seen.record
    return seen


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("malformed")


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


def ways(value: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([way] if way else []), *(found for key, part in inner for found in ways(part, (*way, key)))]


def spoil(draw: st.DrawFn, document: Document) -> None:
    """Drop, duplicate, retype, reorder, truncate or corrupt one thing of a document."""
    *way, last = draw(st.sampled_from(ways(document)))
    at: Any = document
    for key in way:
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
    document = copy.deepcopy(draw(strategies.documents() | st.builds(good)))
    for _ in range(draw(st.sampled_from((1, 1, 2, 4)))):
        if document:
            spoil(draw, document)
    return document


@SUFFIXES
@given(document=spoilt())
def test_a_spoilt_document_gives_a_history_or_its_faults(folder: Path, suffix: str, document: Document) -> None:
    judged(folder / f"spoilt{suffix}", written(document, suffix))


@given(spoilt())
def test_toml_and_json_are_judged_alike(folder: Path, document: Document) -> None:
    # times and infinities, which JSON has not, as texts
    document = json.loads(json.dumps(document, default=str), parse_constant=str)
    path = folder / "same"
    found = [judged(path.with_suffix(suffix), written(document, suffix)) for suffix in (".toml", ".json")]
    toml, json_ = (
        # in whatever order: tomli-w writes plain keys before tables
        sorted((fault.place, fault.problem, fault.remedy) for fault in one) if isinstance(one, tuple) else one.record
        for one in found
    )
    assert toml == json_


@given(st.data())
def test_null_is_no_value_anywhere(folder: Path, data: st.DataObject) -> None:
    document = good()
    *way, last = data.draw(st.sampled_from(ways(document)))
    at: Any = document
    for key in way:
        at = at[key]
    at[last] = None
    found = judged(folder / "null.json", written(document, ".json"))
    assert isinstance(found, tuple)
    assert any("null" in str(fault) or fault.problem == "a list of tables is needed" for fault in found)


# --- Text ------------------------------------------------------------------------------------------------------------

CRUMBS = [
    b"", b'"', b"'", b"[", b"]", b"[[", b"{", b"}", b",", b"=", b":", b"\n", b"\r", b"\\", b"\\ud800", b"\\u0000", b"\x00",
    b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"#", b"NaN", b"1e999", b"-0", b"null", b"\xe2\x80\xae", b'"""',
]  # fmt: skip


@st.composite
def garbled(draw: st.DrawFn, suffix: str) -> bytes:
    """The text of a good file, cut, doubled, mixed up or with crumbs in it."""
    document = draw(strategies.documents() | st.builds(good))
    content = draw(st.sampled_from([written(document, suffix), starter("x").encode()]))
    for _ in range(draw(st.sampled_from((1, 1, 2, 3)))):
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        how = draw(st.sampled_from(["cut", "end", "double", "crumb", "swap", "word"]))
        lines = content.splitlines(keepends=True)
        if how == "swap" and len(lines) > 1:
            content = b"".join(draw(st.permutations(lines)))
        elif how == "word":
            words = [b"member", b"2001", b"states", b"act", b"claims", b"id", b"true", b"source"]
            content = content.replace(draw(st.sampled_from(words)), draw(st.sampled_from([*words, *CRUMBS])), 1)
        else:
            kept = {"cut": b"", "end": None, "double": content[first:last] * 2, "crumb": draw(st.sampled_from(CRUMBS))}
            middle = kept.get(how, b"")
            content = content[:first] if middle is None else content[:first] + middle + content[last:]
    return content


@SUFFIXES
@given(data=st.data())
def test_a_garbled_file_gives_a_history_or_its_faults(folder: Path, suffix: str, data: st.DataObject) -> None:
    judged(folder / f"garbled{suffix}", data.draw(garbled(suffix)))


@SUFFIXES
@given(content=st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))
@example(content=b"")
@example(content=b"\xef\xbb\xbf")
@example(content=b"{}")
@example(content=b"[]")
@example(content=b'{"organisation": {"id": "x"}}')
def test_arbitrary_bytes_give_a_history_or_faults(folder: Path, suffix: str, content: bytes) -> None:
    judged(folder / f"bytes{suffix}", content)


def test_of_many_ids_that_lead_nowhere_the_first_are_told_with_the_nearest() -> None:
    document = good()
    document["source"] += [{"id": f"source-{number}"} for number in range(2000)]
    document["note"] = [{"text": "a", "sources": [f"sourced-{number}" for number in range(2000)]}]
    with pytest.raises(RecordError) as caught:
        record_of(document)
    hints = [fault.remedy for fault in caught.value.faults]
    assert len(hints) == 1001
    assert hints[0] == "did you mean 'source-0'?"
    assert hints[-2] == "add a [[source]] of that id"
    assert caught.value.faults[-1].place == "and 1000 more"


def test_an_id_that_leads_nowhere_gets_the_same_hint_wherever_it_stands() -> None:
    many = [f"treaty-{number}" for number in range(20)]
    document = changed(
        ("note", [{"text": "a", "sources": ["treaty-txt", *many]}, {"text": "b", "sources": ["treaty-txt"]}])
    )
    with pytest.raises(RecordError) as caught:
        record_of(document)
    assert {fault.remedy for fault in caught.value.faults if fault.value == "treaty-txt"} == {
        "did you mean 'treaty-text'?"
    }


def test_an_empty_id_of_the_organisation_is_told_with_the_other_faults() -> None:
    with pytest.raises(RecordError) as caught:
        record_of({"organisation": {"id": ""}, "evnt": []})
    assert [fault.place for fault in caught.value.faults] == ["evnt", "organisation.id"]


# --- Hostile on purpose ----------------------------------------------------------------------------------------------

HEAD = '[organisation]\nid = "x"\n'
DEEP = 100_000
#: name: suffix, content, place and problem of a fault, and something of its remedy or value
HOSTILE: dict[str, tuple[str, str | bytes, str, str]] = {
    "arrays in arrays": (".toml", "x = " + "[" * DEEP + "]" * DEEP, "the file", "nests too deeply"),
    "tables in tables": (".toml", "x = " + "{a=" * DEEP + "1" + "}" * DEEP, "the file", "nests too deeply"),
    "dotted keys": (".toml", ".".join("a" * 5000) + " = 1", "the file", "nests too deeply"),
    "a table of a similar name": (".toml", HEAD + "[[evnt]]", "evnt", "did you mean 'event'?"),
    "a kind of a similar name": (".toml", HEAD + '[[source]]\nid = "a"\nkind = "primry"', "source 'a'.kind", "did you mean 'primary'?"),
    "a dotted key of many thousand parts": (".toml", "a." * 100_000 + "a = 1", "the file", "nests too deeply"),
    "a quoted key of many thousand parts": (".toml", "x = {" + "'a' . " * 100_000 + "a = 1}", "the file", "nests too deeply"),
    "an empty id": (".json", '{"organisation": {"id": ""}}', "organisation.id", "one line of text"),
    "an id of two lines": (".json", '{"organisation": {"id": "x"}, "source": [{"id": "a\\nb"}]}', "source 'a\\nb'.id", "one line of text"),
    "an empty id of a state": (".toml", HEAD + '[[state]]\nid = " "\nname = "x"', "state ' '.id", "one line of text"),
    "a name that steers": (".toml", HEAD + '[[state]]\nid = "X"\nname = "A\\u001bB"', "state 'X'", "a name is one line"),
    "an empty name": (".toml", HEAD + '[[state]]\nid = "X"\nname = "A"\nnames = [""]', "state 'X'", "a name is one line"),
    "a predecessor without an id": (
        ".toml", HEAD + '[[state]]\nid = "X"\nname = "A"\npredecessors = [{ id = "", citation = "a" }]',
        "state 'X'.predecessors[0].id", "one line of text",
    ),
    "an id of another number": (".toml", HEAD + '[[state]]\nid = "cow:220"\nname = "A"\ncow = 705', "state 'cow:220'.cow", "another number"),
    "a state by its number": (".toml", HEAD + '[[state]]\nid = "cow:705"', "state 'cow:705'", "write id = 'KAZ'"),
    "a state of many names": (".json", json.dumps({"organisation": {"id": "x"}, "state": [
        {"id": "A", "name": "A", "cow": "x", "names": [f"name {n}" for n in range(50_000)]}]}), "state 'A'.cow", "whole number"),
    "many states of one name": (".json", json.dumps({"organisation": {"id": "x"}, "state": [
        {"id": f"S{n}", "name": "A", "lifespans": [{"first": f"{n + 1000}", "last": f"{n + 1000}", "citation": "x"}]}
        for n in range(0, 6000, 2)]}), "states " + ", ".join(sorted(f"S{n}" for n in range(0, 6000, 2))[:20]) + " and 2980 more", "one name leads"),
    "a dotted id": (".toml", "[organisation]\nid." + ".".join("a" * 5000) + " = 1", "the file", "nests too deeply"),
    "a dotted header": (".toml", "[" + ".".join("a" * 5000) + "]", "the file", "nests too deeply"),
    "arrays of JSON": (".json", "[" * DEEP + "]" * DEEP, "the file", "nests too deeply"),
    "unclosed arrays of JSON": (".json", "[" * DEEP, "the file", "nests too deeply"),
    "objects of JSON": (".json", '{"a":' * DEEP + "1" + "}" * DEEP, "the file", "nests too deeply"),
    "some arrays of JSON": (".json", '{"a":' + "[" * 200 + "]" * 200 + "}", "the file", "nests too deeply"),
    "a number of many digits": (".toml", HEAD + "edition = " + "9" * 5000, "the file", "number"),
    "a number of many digits in JSON": (".json", '{"a": ' + "9" * 5000 + "}", "the file", "number"),
    "not a number": (".json", '{"organisation": {"id": NaN}}', "the file", "not JSON"),
    "infinity": (".json", '{"organisation": {"id": -Infinity}}', "the file", "not JSON"),
    "a number beyond all": (".json", '{"organisation": {"id": 1e999}}', "organisation.id", "a text is needed"),
    "a list": (".json", "[1]", "the file", "an object is needed"),
    "a text": (".json", '"x"', "the file", "an object is needed"),
    "null": (".json", "null", "the file", "an object is needed"),
    "nothing": (".json", " \n", "the file", "empty"),
    "a byte order mark alone": (".json", b"\xef\xbb\xbf", "the file", "not JSON"),
    "two values": (".json", "{} {}", "the file", "not JSON"),
    "a comment": (".json", '{} // "organisation"', "the file", "not JSON"),
    "single quotes": (".json", "{'organisation': {}}", "the file", "line 1 column 2"),
    "half a character": (".json", '{"organisation": {"id": "\\ud800"}}', "organisation.id", "UTF-8"),
    "half a character in a list": (
        ".json", '{"organisation": {"id": "x"}, "note": [{"text": "a", "sources": ["\\udfff"]}]}', "note[0].sources[0]",
        "UTF-8",
    ),
    "half a character in a key": (".json", '{"organisation": {"id": "x", "\\ud800": 1}}', "organisation.'\\ud800'", "unknown key"),
    "half a character as a table": (".json", '{"organisation": {"id": "x"}, "\\ud800": 1}', "'\\ud800'", "unknown table"),
    "half a character as bytes": (".json", b'{"organisation": {"id": "\xed\xa0\x80"}}', "byte 25", "not UTF-8"),
    "half a character in TOML": (".toml", '[organisation]\nid = "\\ud800"', "the file", "not TOML"),
    "a line in a key": (".toml", HEAD + '"a\\nb" = 1', "organisation.'a\\nb'", "unknown key"),
    "UTF-16": (".json", '{"organisation": {}}'.encode("utf-16"), "byte 0", "not UTF-8"),
    "null for a text": (".json", '{"organisation": {"id": null}}', "organisation.id", "not null"),
    "null for a day": (".json", '{"organisation": {"id": "x", "covers": {"first": null}}}', "organisation.covers.first", "not null"),
    "null for an entry": (".json", '{"organisation": {"id": "x"}, "note": [null]}', "note[0]", "not null"),
    "null for a table": (".json", '{"organisation": null}', "organisation", "not null"),
    "null for a list": (".json", '{"organisation": {"id": "x"}, "note": [{"text": "a", "sources": null}]}', "note[0].sources", "not null"),
    "null for entries": (".json", '{"organisation": {"id": "x"}, "note": null}', "note", "a list of tables"),
    "a key twice": (".json", '{"organisation": {"id": "x", "id": "x"}}', "organisation.id", "twice"),
    "a table twice": (".json", '{"note": [], "note": []}', "note", "twice"),
    "a key twice in an entry": (".json", '{"event": [{"claims": [{}, {"date": 1, "date": 2}]}]}', "event[0].claims[1].date", "twice"),
    "a key twice in TOML": (".toml", HEAD + 'id = "y"', "the file", "not TOML"),
    "a date without end": (".toml", HEAD + '[[source]]\nid = "a"\npublished = "[' + "." * 100_000 + '"', "source 'a'.published", "at most"),
    "a period without end": (
        ".toml", HEAD + '[[attestation]]\nsource = "a"\nstates = []\nstatus = "member"\nduring = "[' + "." * 100_000 + '"',
        "attestation[0].during", "a period is needed",
    ),
    "a day without end": (
        ".toml", HEAD + '[[attestation]]\nsource = "a"\nstates = []\nstatus = "member"\non = "[' + "." * 100_000 + '"',
        "attestation[0]", "at most",
    ),
    "a text where a table belongs": (".toml", "organisation = '" + "x" * 1_000_000 + "'", "organisation", "a table is needed"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_its_place_and_soon(tmp_path: Path, name: str) -> None:
    suffix, content, place, problem = HOSTILE[name]
    started = time.process_time()
    found = judged(tmp_path / f"bad{suffix}", content.encode() if isinstance(content, str) else content)
    assert time.process_time() - started < 5
    assert isinstance(found, tuple)
    (fault,) = [fault for fault in found if fault.place == place]
    assert problem in str(fault)
    assert fault.remedy
    assert len(str(fault)) < 500 + len(str(tmp_path))


def test_all_keys_that_are_given_twice_are_told(tmp_path: Path) -> None:
    text = (
        '{"a": {"b": 1, "b": 2, "c": {"d": 1, "d": 2}}, "e": [[{"f": 1, "f": 1, "f": 1}]], "e": [[{"g": 1, "g": 1}]]}'
    )
    found = judged(tmp_path / "bad.json", text.encode())
    assert isinstance(found, tuple)
    assert sorted(fault.place for fault in found) == ["a.b", "a.c.d", "e", "e[0][0].g"]


@SUFFIXES
def test_long_texts_are_only_texts(tmp_path: Path, suffix: str) -> None:
    long = "x" * 1_000_000
    document = changed(("note", [{"text": long, "sources": ["treaty-text"]}]), ("organisation.name", long))
    assert isinstance(judged(tmp_path / f"long{suffix}", written(document, suffix)), History)
    document = changed(("event.0.id", long), ("event.0.states.0", long), ("event.1.claims.0.source", long[1:]))
    assert isinstance(judged(tmp_path / f"long{suffix}", written(document, suffix)), tuple)


@SUFFIXES
@pytest.mark.parametrize("more", [0, 1])
def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, more: int) -> None:
    content = written(good(), suffix)
    monkeypatch.setattr("csto_membership._files.documents.MOST_BYTES", len(content) - more)
    found = judged(tmp_path / f"huge{suffix}", content)
    assert isinstance(found, tuple) is bool(more)
    assert not isinstance(found, tuple) or "bytes" in found[0].problem
    assert MOST_BYTES >= 10_000_000


@pytest.mark.parametrize("levels", [MOST_LEVELS - 1, MOST_LEVELS])
def test_nesting_is_told_as_such_only_where_it_is_absurd(tmp_path: Path, levels: int) -> None:
    text = '{"x": ' + "[" * levels + "]" * levels + "}"
    found = judged(tmp_path / "deep.json", text.encode())
    assert isinstance(found, tuple)
    assert any("nests" in fault.problem for fault in found) is (levels == MOST_LEVELS)


@SUFFIXES
def test_a_byte_order_mark_and_other_ends_of_lines_are_accepted(tmp_path: Path, suffix: str) -> None:
    content = tomli_w.dumps(good()).encode() if suffix == ".toml" else json.dumps(good(), indent=2).encode()
    for form in (content, b"\xef\xbb\xbf" + content, content.replace(b"\n", b"\r\n")):
        seen = judged(tmp_path / f"good{suffix}", form)
        assert isinstance(seen, History)
        assert seen.record == record_of(good())


def test_only_the_ending_says_that_a_file_is_json(tmp_path: Path) -> None:
    content = written(good(), ".json")
    assert isinstance(judged(tmp_path / "a.JSON", content), History)
    for name in ("a.toml", "a.txt", "json", ".json"):
        assert isinstance(judged(tmp_path / name, content), tuple)


@SUFFIXES
def test_a_folder_or_nothing_at_all_raises_what_python_raises(tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / f"folder{suffix}"
    folder.mkdir()
    with pytest.raises(OSError, match="folder"):
        read_record(folder)
    with pytest.raises(FileNotFoundError):
        read_record(tmp_path / f"none{suffix}")


@SUFFIXES
def test_a_failed_load_leaves_nothing_behind(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"record{suffix}"
    dump(record_of(good()), path)
    first = csto.load(path)
    content, answers = path.read_bytes(), first.members_on("2005").as_dict()
    for _ in range(3):
        assert isinstance(judged(path, content[:-5] + b"\xff"), tuple)
        assert isinstance(judged(path, written(changed(("event.0.states", ["KAZ", "X"])), suffix)), tuple)
        again = judged(path, content)
        assert again == first
        assert isinstance(again, History)
        assert again.members_on("2005").as_dict() == answers
    assert csto.history("csto").record.id == "csto"


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
#: Of these two sets one fault at a time: what is in the first cannot be seen where the second cannot be read.
HIDDEN = [
    ({"coverage that ends first"}, {"an unknown key", "a name that is a number", "coverage with an unknown word"}),
    (
        {"an order that cannot be"},
        {"a claim without a date", "a claim of an unknown act", "a claim of an unknown rank"},
    ),
]


def seeded(*names: str) -> tuple[Document, list[str]]:
    """The good document with faults, and their places."""
    document, places = good(), []
    for name in names:
        path, value, place = FAULTS[name]
        *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
        at: Any = document
        for part in way:
            at = at[part]
        places.append(place.replace("#", str(len(at))))
        if value is GONE:
            del at[last]
        elif last == "+":
            at.append(copy.deepcopy(value))
        else:
            at[last] = copy.deepcopy(value)
    return document, places


@SUFFIXES
@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_told_by_its_place(tmp_path: Path, suffix: str, name: str) -> None:
    document, places = seeded(name)
    found = judged(tmp_path / f"seeded{suffix}", written(document, suffix))
    assert isinstance(found, tuple)
    assert [fault.place for fault in found] == places
    assert all(fault.remedy for fault in found)


@SUFFIXES
@given(names=st.lists(st.sampled_from(list(FAULTS)), unique=True, min_size=2))
@example(names=[name for name in FAULTS if name not in {"coverage that ends first", "an order that cannot be"}])
def test_all_seeded_faults_are_told_at_once(folder: Path, suffix: str, names: list[str]) -> None:
    for hidden, by in HIDDEN:
        if by & {*names}:
            names = [name for name in names if name not in hidden]
    document, places = seeded(*names)
    found = judged(folder / f"seeded{suffix}", written(document, suffix))
    assert isinstance(found, tuple)
    assert sorted(fault.place for fault in found) == sorted(places)


def test_an_error_of_no_known_kind_is_told_with_its_place() -> None:
    odd = ValueError("it is odd")
    odd.add_note("a remark of somebody else")
    found = _faults(ClassValidationError("source", [odd], csto.Source), "source[0]", {"id": "a"})
    assert [*found] == [Fault("source[0]", "it is odd", {"id": "a"})]
