"""Records to disk: dump then load is the identity, a file is written whole or not at all."""

from __future__ import annotations

import copy
import json
import os
import re
import stat
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support import documents as strategies

import csto_membership as csto
from csto_membership import (
    ArgumentError,
    Attestation,
    Claim,
    Event,
    History,
    ImpreciseDate,
    MembershipError,
    MissingExtraError,
    Period,
    Record,
    RecordError,
    Source,
    State,
    Status,
)
from csto_membership._files.read import read_record, record_of
from csto_membership._files.starter import starter
from csto_membership._files.write import document_of
from csto_membership._load import dump
from csto_membership._values.world import world

Document = dict[str, Any]
DATA = Path(csto.__file__).parent / "data"
BUNDLED = sorted(path.stem for path in DATA.glob("*.toml") if path.stem != "states")
SUFFIXES = pytest.mark.parametrize("suffix", [".toml", ".json"])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dumped")


def dates_of(part: object) -> list[str]:
    """The texts of all dates in a record, in its order."""
    if isinstance(part, ImpreciseDate):
        return [part.text]
    if isinstance(part, tuple):
        return [text for inner in part for text in dates_of(inner)]
    if hasattr(part, "__attrs_attrs__") and not isinstance(part, (State, Status)):
        return [text for field in part.__attrs_attrs__ for text in dates_of(getattr(part, field.name))]
    return []


# --- The identity ----------------------------------------------------------------------------------------------------


@SUFFIXES
@given(document=strategies.documents() | strategies.narrow_documents())
def test_dump_then_load_is_the_identity(folder: Path, suffix: str, document: Document) -> None:
    record = record_of(document)
    path = folder / f"record{suffix}"
    dump(record, path)
    again = read_record(path)
    assert again == record
    assert dates_of(again) == dates_of(record)
    assert [state.as_dict() for state in again.states] == [state.as_dict() for state in record.states]
    first = path.read_bytes()
    dump(again, path)
    assert path.read_bytes() == first
    assert [each.name for each in folder.iterdir() if each.suffix == ".tmp"] == []


@SUFFIXES
@pytest.mark.parametrize("id", BUNDLED)
def test_the_shipped_records_come_back(tmp_path: Path, suffix: str, id: str) -> None:
    record = read_record(DATA / f"{id}.toml")
    path = tmp_path / f"record{suffix}"
    dump(record, path)
    again = read_record(path)
    assert again == record
    assert dates_of(again) == dates_of(record)
    assert History(again).record.states == record.states
    for state in record.states:
        assert History(again).timeline(state) == History(record).timeline(state)


@given(strategies.documents(), st.randoms())
def test_the_order_of_sources_and_states_in_the_file_changes_nothing(document: Document, chance: Any) -> None:
    shuffled = copy.deepcopy(document)
    chance.shuffle(shuffled["source"])
    chance.shuffle(shuffled["state"])
    one, other = record_of(document), record_of(shuffled)
    assert one == other
    assert document_of(one) == document_of(other)
    assert list(document_of(one)) == list(document_of(other))
    for state in one.states:
        assert History(one).timeline(state) == History(other).timeline(state)


@given(strategies.documents())
def test_the_tables_of_a_record_are_plain_and_without_defaults(document: Document) -> None:
    found = document_of(record_of(document))
    assert json.loads(json.dumps(found)) == found
    for event in found.get("event", []):
        for claim in event["claims"]:
            assert claim.get("rank") != "normal"
            assert claim.get("inferred") is not False
            assert "" not in claim.values()
            assert [] not in claim.values()


def test_the_form_is_that_of_the_format() -> None:
    document = {
        "organisation": {"id": "x", "name": "X", "covers": {"first": "2000-01-01", "after": "unknown"}},
        "institution": [
            {
                "id": "x",
                "names": [{"name": "X", "from": "2000"}],
                "exists": {"declared": "January 2000"},
                "claims": [{"source": "a", "date": "2000?"}],
            }
        ],
        "state": [{"id": "ARM"}, {"id": "FJI", "name": "Fiji", "cow": 950, "names": ["Republic of Fiji"]}],
        "source": [{"id": "a", "kind": "press"}],
        "instrument": [{"id": "t", "kind": "treaty", "title": "T", "registration": {"volume": 7}}],
        "event": [
            {
                "id": "e",
                "states": ["FJI", "ARM"],
                "note": "n",
                "claims": [
                    {"source": "a", "act": "status", "date": "2000", "status": "unknown"},
                    {"source": "a", "act": "status", "date": "2000", "states": ["FJI"], "status": "member"},
                    {"source": "a", "act": "status", "date": "2000", "status": ["member", "observer"]},
                    {"source": "a", "act": "denial", "rank": "deprecated", "inferred": True},
                ],
            }
        ],
        "attestation": [
            {"source": "a", "states": ["ARM"], "status": "member", "on": "2000-01-01", "complete": True},
            {"source": "a", "states": ["ARM"], "status": "member", "during": "2000-01-01", "speaks_of": "some_day"},
            {"source": "a", "states": ["ARM"], "status": "member", "during": "2000-01-01/2000-02-03"},
        ],
        "step": [{"states": ["ARM"], "source": "a", "date": "2000-01"}],
        "note": [{"text": "t", "sources": ["a"], "conflict": "C1"}],
    }
    found = document_of(record_of(document))
    assert found == document
    assert list(found) == list(document)
    assert list(found["event"][0])[-1] == "claims"
    assert document_of(Record("x")) == {"organisation": {"id": "x"}}


def test_a_state_of_the_table_is_its_id_and_one_with_other_names_is_whole() -> None:
    known = world()["ARM"]
    other = evolve(known, names=(*known.names, "Armenia Minor"))
    assert other == known
    assert document_of(Record("x", states=[known]))["state"] == [{"id": "ARM"}]
    (whole,) = document_of(Record("x", states=[other]))["state"]
    assert set(whole) == {"id", "name", "alpha2", "alpha3", "cow", "numeric", "names", "lifespans", "predecessors"}
    (again,) = record_of({"organisation": {"id": "x"}, "state": [whole]}).states
    assert again.as_dict() == other.as_dict()


def test_a_date_whose_text_says_something_else_is_written_as_its_days() -> None:
    day = ImpreciseDate.parse("1999-04-20")
    for text in ("the day of the note", "1998"):
        source = Source("a", published=evolve(day, text=text))
        assert document_of(Record("x", sources=[source]))["source"][0]["published"] == "1999-04-20"


# --- The file --------------------------------------------------------------------------------------------------------


def small() -> Record:
    return record_of(tomllib.loads(starter("small")))


@SUFFIXES
def test_of_a_history_its_record_is_written_whatever_the_view(tmp_path: Path, suffix: str) -> None:
    seen = History(small())
    path = tmp_path / f"record{suffix}"
    dump(seen.under("legal").according_to("treaty-text").counting("former"), path)
    assert csto.load(path) == seen
    dump(small(), str(path))
    assert csto.load(str(path)) == seen


def test_json_keeps_letters_as_they_are_and_needs_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomli_w", None)
    dump(evolve(small(), name="Договор"), tmp_path / "record.JSON")
    text = (tmp_path / "record.JSON").read_text(encoding="utf-8")
    assert text.startswith('{\n  "organisation": {\n    "id": "small",\n    "name": "Договор",')
    assert text.endswith("}\n")
    assert read_record(tmp_path / "record.JSON").name == "Договор"


def test_toml_needs_its_extra_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomli_w", None)
    with pytest.raises(MissingExtraError, match=r"csto_membership\[toml\]") as caught:
        dump(small(), tmp_path / "record.toml")
    assert (caught.value.package, caught.value.extra) == ("tomli-w", "toml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["record.yaml", "record", "toml", ".toml", "record.toml.bak"])
def test_another_kind_of_file_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        dump(small(), tmp_path / name)
    assert caught.value.allowed == (".toml", ".json")
    assert isinstance(caught.value, ValueError)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="a dict is no record"):
        dump({"organisation": {"id": "x"}}, tmp_path / "record.json")  # type: ignore[arg-type]


def unloadable() -> list[Record]:
    """Records made by hand that no file can say."""
    state, source = world()["ARM"], Source("a")
    day = ImpreciseDate.parse("2000-01-01")
    ever = ImpreciseDate(None, None)
    told = Attestation("a", ("ARM",), frozenset({Status.MEMBER}), Period(day.latest, day.earliest))  # type: ignore[arg-type]
    return [
        Record("x", note="\ud800"),
        Record("x", name=5),  # type: ignore[arg-type]
        Record("x", states=[state], sources=[evolve(source, published=ever)]),
        Record(
            "x",
            states=[state],
            sources=[source],
            events=(Event("e", ("ARM",), (Claim("a", csto.Act.EXPIRY, day, note=None),)),),  # type: ignore[arg-type]
        ),
        Record(
            "x",
            states=[state],
            sources=[source],
            attestations=(evolve(told, during=Period(day.latest.replace(year=2001), day.latest)),),  # type: ignore[union-attr,arg-type]
        ),
    ]


@SUFFIXES
@pytest.mark.parametrize("number", range(len(unloadable())))
def test_a_record_that_could_not_be_loaded_again_is_not_written(tmp_path: Path, suffix: str, number: int) -> None:
    path = tmp_path / f"record{suffix}"
    path.write_bytes(b"old")
    with pytest.raises(RecordError) as caught:
        dump(unloadable()[number], path)
    assert all(fault.file == str(path) for fault in caught.value.faults)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@SUFFIXES
@pytest.mark.parametrize("broken", ["os.fsync", "pathlib.Path.replace", "shutil.copymode", "os.realpath"])
@pytest.mark.parametrize("error", [OSError("no space"), KeyboardInterrupt()], ids=["disk", "interrupt"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, broken: str, error: BaseException
) -> None:
    def fails(*_: object) -> None:
        raise error

    path = tmp_path / f"record{suffix}"
    path.write_bytes(b"old")
    with monkeypatch.context() as patched:
        patched.setattr(broken.replace("os.realpath", "os.path.realpath"), fails)
        with pytest.raises(type(error)):
            dump(small(), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    dump(small(), path)
    assert read_record(path) == small()
    assert list(tmp_path.iterdir()) == [path]


def test_where_no_file_can_be_written_python_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        dump(small(), tmp_path / "none" / "record.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(OSError, match=r"folder\.json"):
        dump(small(), tmp_path / "folder.json")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]


@pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")
def test_links_and_modes_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "record.json", tmp_path / "link.json"
    dump(small(), path)
    (tmp_path / "plain").touch()
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode
    path.chmod(0o640)
    link.symlink_to(path)
    dump(evolve(small(), name="new"), link)
    assert link.is_symlink()
    assert read_record(path).name == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


# --- The starter -----------------------------------------------------------------------------------------------------


def test_the_starter_loads_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "my-treaty-2.toml"
    path.write_text(starter("my-treaty-2"), encoding="utf-8")
    seen = csto.load(path)
    assert seen.record.id == "my-treaty-2"
    assert [len(seen.members_on(day)) for day in ("2001-02-28", "2001-03-01", "2001-03-02")] == [0, 2, 2]
    legal = seen.under("legal")
    assert [len(legal.members_on(day)) for day in ("2002-01-14", "2002-01-15", "2002-01-16")] == [0, 2, 2]
    assert seen.conflicts() == ()
    record = seen.record
    for table in (
        record.institutions, record.instruments, record.events, record.attestations, record.steps, record.sources,
    ):  # fmt: skip
        assert table


def test_the_starter_names_every_act_and_its_commented_examples_load_as_well() -> None:
    text = starter("x")
    assert all(act.value in text for act in csto.Act)
    live = re.sub(r"(?m)^( *)# (?=\[\[|\{|[a-z0-9]+ = )", r"\1", text)
    assert live != text
    paper = '[[source]]\nid = "a-paper"\n[[source]]\nid = "another-source"\n'
    record = record_of(tomllib.loads(live + paper))
    assert [state.id for state in record.states] == ["ARM", "FJI", "KAZ"]
    assert [event.id for event in record.events] == ["signature", "entry-into-force", "kaz-withdrawal"]
    assert len(record.events[0].claims) == 2


@pytest.mark.parametrize(
    ("id", "meant"),
    [
        ("My Treaty", "my-treaty"), ("", "my-treaty"), ("a--b", "a-b"), ("-a", "a"), ("a-", "a"), ("a_b", "a-b"),
        ("CIS", "cis"), ("a\n", "a"), ("\u0661", "my-treaty"), ("é", "my-treaty"), ('"x', "x"), (5, "5"), (None, "none"),
    ],
)  # fmt: skip
def test_an_id_of_another_form_is_refused_with_what_was_meant(id: Any, meant: str) -> None:
    with pytest.raises(MembershipError) as caught:
        starter(id)
    assert isinstance(caught.value, ValueError)
    assert f'"{meant}"' in str(caught.value)
    assert starter(meant)
