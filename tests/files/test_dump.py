"""Records to disk: the form of the file, and that it is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from pathlib import Path

import pytest
from attrs import evolve
from support.records import dates_of

import csto_membership as csto
from csto_membership import (
    ArgumentError,
    Claim,
    Event,
    History,
    ImpreciseDate,
    MissingExtraError,
    Record,
    RecordError,
    Source,
)
from csto_membership._files.read import read_record, record_of
from csto_membership._files.starter import starter
from csto_membership._files.write import document_of
from csto_membership._load import dump
from csto_membership._values.world import world

DATA = Path(csto.__file__).parent / "data"
BUNDLED = sorted(path.stem for path in DATA.glob("*.toml") if path.stem != "states")
SUFFIXES = pytest.mark.parametrize("suffix", [".toml", ".json"])


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
                    {"source": "a", "act": "status", "date": "2000", "status": ["observer", "member"]},
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
    return [
        Record("x", note="\ud800"),
        Record("x", name=5),  # type: ignore[arg-type]
        Record("x", states=[state], sources=[evolve(source, published=ever)]),
        Record(
            "x",
            states=[state],
            sources=[source],
            events=(Event("e", ("ARM",), (Claim("a", csto.Act.SIGNATURE, day, note=None),)),),  # type: ignore[arg-type]
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
    with pytest.raises(FileNotFoundError) as caught:
        dump(small(), tmp_path / "none" / "record.json")
    assert str(caught.value).endswith(f"'{tmp_path / 'none' / 'record.json'}'")
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
