"""Files from strangers cost what their size says, and what is no file is refused and not waited for."""

from __future__ import annotations

import encodings.aliases
import json
import os
import pickle
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import csto_membership as csto
from csto_membership import RecordError, UnknownNameError
from csto_membership._files.read import record_of
from csto_membership.exceptions import UNREAD, Fault
from csto_membership.readers import read_atop, read_cow_igo_year, read_cow_state_year, read_spells
from csto_membership.registry import Registry

pytestmark = pytest.mark.slow

HEAD = "organisation,state,status,first_day,last_day\n"
READERS: list[Callable[[Path], Any]] = [
    csto.load,
    Registry.from_prepared,
    read_spells,
    read_atop,
    read_cow_igo_year,
    read_cow_state_year,
]
#: Of the processor, whatever else the machine does: far above what they take, and far below what they took before they were bounded.
SECONDS = 20


def faults_of(read: Callable[[], object]) -> tuple[Fault, ...]:
    start = time.process_time()
    with pytest.raises(RecordError) as caught:
        read()
    assert time.process_time() - start < SECONDS
    assert len(str(caught.value)) < 500_000
    return caught.value.faults


@pytest.mark.parametrize(
    "document",
    [
        {"event": [{}] * 200_000},
        {"event": [{"id": "e", "states": [], "claims": [{}] * 200_000}]},
        {"state": [{"id": "QQQ", "name": "Q", "names": [1] * 200_000}]},
        {"source": [{"id": "s", **{f"key {number}": 1 for number in range(100_000)}}]},
        {f"key {number}": 1 for number in range(100_000)},
        {"note": [{"text": "a", "sources": [f"s{number}" for number in range(200_000)]}]},
        {"event": [{"id": "e", "states": ["ARM"], "claims": [{"source": "no", "act": "x"}] * 100_000}]},
    ],
    ids=["events", "claims", "names", "keys", "tables", "ids", "acts"],
)
def test_faults_of_a_record_stop_at_a_thousand(document: dict[str, Any]) -> None:
    faults = faults_of(lambda: record_of({"organisation": {"id": "x"}, **document}))
    assert 1000 < len(faults) <= 1002
    assert faults[-1].place.startswith("and ")


def test_the_number_of_faults_that_are_not_listed_is_told_and_survives_a_pickle() -> None:
    error = RecordError(Fault(f"line {number}", "wrong") for number in range(5000))
    assert len(error.faults) == 1001
    assert error.faults[-1].place == "and 4000 more"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert again.faults == error.faults
    assert len(RecordError(Fault(f"line {number}", "wrong") for number in range(1001)).faults) == 1001
    assert "and 4000 more" in str(error.in_file("x.toml"))
    for one in (error, again, error.in_file("x.toml"), RecordError(error.faults)):
        assert str(one).startswith("the record has 5000 faults:")
    assert str(RecordError([*error.faults, *error.faults])).startswith("the record has 10000 faults:")
    unread = RecordError([*(Fault(f"line {number}", "wrong") for number in range(1000)), UNREAD])
    assert str(unread).startswith("the record has more than 1000 faults:")


@pytest.mark.parametrize(
    "row",
    ["a,XX,member,2000,\n", "a,Atlantis of the far and endless sea,member,2000,\n", "a\n", "a,UZ,king,soon,late\n"],
)
def test_wrong_rows_cost_what_right_ones_do(tmp_path: Path, row: str) -> None:
    path = tmp_path / "spells.csv"
    path.write_text(HEAD + row * 100_000, encoding="utf-8")
    assert len(faults_of(lambda: read_spells(path))) == 1001


def test_many_wrong_names_are_not_all_compared_with_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "spells.csv"
    path.write_text(HEAD + "".join(f"a,Uzbekistn {number},member,2000,\n" for number in range(20_000)), "utf-8")
    faults = faults_of(lambda: read_spells(path))
    assert len(faults) == 1001
    start = time.process_time()
    table = read_spells(path, bad_rows="skip")
    assert time.process_time() - start < SECONDS
    assert table.history("a").size("2000") == (0, 20_000)


def test_a_hundred_thousand_columns_are_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    names = [f"c{number}" for number in range(100_000)]
    path.write_text(f"ccode,year,state,{','.join(names)}\n2,2000,usa,{','.join('1' * len(names))}\n", "utf-8")
    start = time.process_time()
    assert len(read_cow_state_year(path).organisations) == len(names)
    path.write_text(HEAD.strip() + "," + ",".join(names) + "\n", "utf-8")
    assert read_spells(path).organisations == ()
    assert time.process_time() - start < SECONDS


def test_very_many_rows_on_one_state_are_read_in_their_own_time(tmp_path: Path) -> None:
    path = tmp_path / "spells.csv"
    rows = [
        f"a,UZ,{status},{1000 + n % 900},{1900 + n % 97}\n" for n in range(3000) for status in ("member", "observer")
    ]
    path.write_text(HEAD + "".join(rows), "utf-8")
    start = time.process_time()
    history = read_spells(path).history("a")
    assert str(history.was_member("UZ", "1950-01-01")) == "undetermined"
    assert time.process_time() - start < SECONDS


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices")
@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__qualname__)
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path: Path, read: Callable[[Path], Any]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(OSError, match="device or a pipe") as caught:
            read(path)
        assert caught.value.filename == str(path) or caught.value.filename == path
    with pytest.raises(IsADirectoryError):
        read(tmp_path)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "missing")


@pytest.mark.parametrize(
    "encoding", sorted({*encodings.aliases.aliases.values(), "undefined", "idna", "", "a\0b", "no"})
)
def test_no_encoding_raises_an_error_of_its_own(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "spells.csv"
    for content in (HEAD.encode(), HEAD.encode() + b"a,\xc3\xb4,member,2000,\n", b"\x00\xff\xfe\\N{X}\xc3"):
        path.write_bytes(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with suppress(RecordError, UnknownNameError):
                read_spells(path, encoding=encoding)


@pytest.mark.parametrize("encoding", ["zlib", "rot13", "hex", "base64", "bz2", "uu", "quopri"])
def test_what_turns_no_bytes_into_text_is_no_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "spells.csv"
    path.write_text(HEAD, encoding="utf-8")
    with pytest.raises(UnknownNameError, match="encoding"):
        read_spells(path, encoding=encoding)


def test_a_document_of_a_million_repeated_keys_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text('{"organisation": {' + ",".join(['"id": "x"'] * 200_000) + "}}", encoding="utf-8")
    assert len(faults_of(lambda: csto.load(path))) == 1001
    assert json.loads(path.read_text("utf-8"))["organisation"] == {"id": "x"}
