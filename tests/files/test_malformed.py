"""Files from strangers: a record, or every fault with file, place and problem, and nothing else."""

from __future__ import annotations

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
from support import documents
from support.spoilt import FAULTS, changed, paths, seeded, spoilt, starter_document, written

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


# --- Parts of the document -------------------------------------------------------------------------------------------


@pytest.mark.law
@SUFFIXES
@given(document=spoilt())
def test_a_spoilt_document_gives_a_history_or_its_faults(folder: Path, suffix: str, document: Document) -> None:
    judged(folder / f"spoilt{suffix}", written(document, suffix))


@pytest.mark.law
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
    document = starter_document()
    *path, last = data.draw(st.sampled_from(paths(document)))
    at: Any = document
    for key in path:
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
    document = draw(documents.rich() | st.builds(starter_document))
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


@pytest.mark.law
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
    document = starter_document()
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

#: Files that are as they stand, with a table of what is found in each.
HOSTILE = Path(__file__).parent / "hostile"
EXPECTED: dict[str, dict[str, str]] = tomllib.loads((HOSTILE / "expected.toml").read_text(encoding="utf-8"))
HEAD = '[organisation]\nid = "x"\n'
ATTESTED = HEAD + '[[attestation]]\nsource = "a"\nstates = []\nstatus = "member"\n'
DEEP, ENDLESS = 100_000, "[" + "." * 100_000
#: What nests too deeply to be kept as a file.
NESTED: dict[str, tuple[str, str]] = {
    "arrays in arrays": (".toml", "x = " + "[" * DEEP + "]" * DEEP),
    "tables in tables": (".toml", "x = " + "{a=" * DEEP + "1" + "}" * DEEP),
    "dotted keys": (".toml", ".".join("a" * 5000) + " = 1"),
    "a dotted key of many thousand parts": (".toml", "a." * DEEP + "a = 1"),
    "a quoted key of many thousand parts": (".toml", "x = {" + "'a' . " * DEEP + "a = 1}"),
    "a dotted id": (".toml", "[organisation]\nid." + ".".join("a" * 5000) + " = 1"),
    "a dotted header": (".toml", "[" + ".".join("a" * 5000) + "]"),
    "arrays of JSON": (".json", "[" * DEEP + "]" * DEEP),
    "unclosed arrays of JSON": (".json", "[" * DEEP),
    "objects of JSON": (".json", '{"a":' * DEEP + "1" + "}" * DEEP),
    "some arrays of JSON": (".json", '{"a":' + "[" * 200 + "]" * 200 + "}"),
}
#: What is too long for a file or is no text, which editors would mend: suffix, content, place and problem of a fault.
OTHERS: dict[str, tuple[str, str | bytes, str, str]] = {
    "a state of many names": (
        ".json",
        json.dumps(
            {
                "organisation": {"id": "x"},
                "state": [{"id": "A", "name": "A", "cow": "x", "names": [f"name {n}" for n in range(50_000)]}],
            }
        ),
        "state 'A'.cow",
        "whole number",
    ),
    "many states of one name": (
        ".json",
        json.dumps(
            {
                "organisation": {"id": "x"},
                "state": [
                    {"id": f"S{n}", "name": "A", "lifespans": [{"first": str(n), "last": str(n), "citation": "x"}]}
                    for n in range(1000, 7000, 2)
                ],
            }
        ),
        f"states {', '.join(f'S{n}' for n in range(1000, 1040, 2))} and 2980 more",
        "one name leads",
    ),
    "a number of many digits": (".toml", HEAD + "edition = " + "9" * 5000, "the file", "number"),
    "a number of many digits in JSON": (".json", '{"a": ' + "9" * 5000 + "}", "the file", "number"),
    "a byte order mark alone": (".json", b"\xef\xbb\xbf", "the file", "not JSON"),
    "half a character as bytes": (".json", b'{"organisation": {"id": "\xed\xa0\x80"}}', "byte 25", "not UTF-8"),
    "UTF-16": (".json", '{"organisation": {}}'.encode("utf-16"), "byte 0", "not UTF-8"),
    "a date without end": (
        ".toml",
        HEAD + f'[[source]]\nid = "a"\npublished = "{ENDLESS}"',
        "source 'a'.published",
        "at most",
    ),
    "a period without end": (
        ".toml",
        ATTESTED + f'during = "{ENDLESS}"',
        "attestation[0].during",
        "a period is needed",
    ),
    "a day without end": (".toml", ATTESTED + f'on = "{ENDLESS}"', "attestation[0]", "at most"),
    "a text where a table belongs": (
        ".toml",
        "organisation = '" + "x" * 1_000_000 + "'",
        "organisation",
        "a table is needed",
    ),
}


def assert_refused(path: Path, content: bytes, place: str, problem: str) -> None:
    """The file is refused soon, and shortly, with a remedy: for a fault at this place."""
    started = time.process_time()
    faults = judged(path, content)
    assert time.process_time() - started < 5
    assert isinstance(faults, tuple)
    (fault,) = [fault for fault in faults if fault.place == place]
    assert problem in str(fault)
    assert fault.remedy
    assert len(str(fault)) < 500 + len(str(path.parent))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hostile_file_is_refused_by_its_place_and_soon(tmp_path: Path, name: str) -> None:
    content = (HOSTILE / name).read_bytes()
    assert_refused(tmp_path / f"bad{Path(name).suffix}", content, EXPECTED[name]["place"], EXPECTED[name]["problem"])


def test_of_every_hostile_file_it_is_written_what_is_found() -> None:
    assert {path.name for path in HOSTILE.iterdir()} == {*EXPECTED, "expected.toml"}


@pytest.mark.parametrize("name", NESTED)
def test_what_nests_too_deeply_is_refused_as_such_and_soon(tmp_path: Path, name: str) -> None:
    suffix, content = NESTED[name]
    assert_refused(tmp_path / f"bad{suffix}", content.encode(), "the file", "nests too deeply")


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_too_long_or_no_text_is_refused_by_its_place_and_soon(tmp_path: Path, name: str) -> None:
    suffix, content, place, problem = OTHERS[name]
    encoded = content.encode() if isinstance(content, str) else content
    assert_refused(tmp_path / f"bad{suffix}", encoded, place, problem)


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
    content = written(starter_document(), suffix)
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
    content = (
        tomli_w.dumps(starter_document()).encode()
        if suffix == ".toml"
        else json.dumps(starter_document(), indent=2).encode()
    )
    for form in (content, b"\xef\xbb\xbf" + content, content.replace(b"\n", b"\r\n")):
        seen = judged(tmp_path / f"good{suffix}", form)
        assert isinstance(seen, History)
        assert seen.record == record_of(starter_document())


def test_only_the_ending_says_that_a_file_is_json(tmp_path: Path) -> None:
    content = written(starter_document(), ".json")
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
    dump(record_of(starter_document()), path)
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

#: Of these two sets one fault at a time: what is in the first cannot be seen where the second cannot be read.
HIDDEN = [
    ({"coverage that ends first"}, {"an unknown key", "a name that is a number", "coverage with an unknown word"}),
    (
        {"an order that cannot be"},
        {"a claim without a date", "a claim of an unknown act", "a claim of an unknown rank"},
    ),
]


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
