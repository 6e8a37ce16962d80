"""Prepared files from strangers: every fault has its place, and a failed write leaves the old file."""

from __future__ import annotations

import datetime as dt
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from support.records import record_of_members

import csto_membership as csto
from csto_membership import RecordError, State, Verdict
from csto_membership.registry import Registry

DAY = dt.timedelta(1)
KOREA = State("PRK", "Korea", cow=731)


def two() -> Registry:
    return Registry.of(csto.CSTO, csto.history("cis"))


def lines_of(tmp_path: Path) -> list[Any]:
    made_of = Registry.of(record_of_members("league", KOREA))
    made_of.prepare(tmp_path / "r.jsonl")
    *lines, _ = (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sealed(lines: list[Any]) -> bytes:
    """The lines with the digest of what they say."""
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    return content + f'{{"digest":"sha256:{sha256(content).hexdigest()}"}}\n'.encode()


def faults_in(tmp_path: Path, lines: list[Any]) -> list[tuple[str, str]]:
    path = tmp_path / "changed.jsonl"
    path.write_text("".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines), "utf-8")
    with pytest.raises(RecordError) as caught:
        Registry.from_prepared(path)
    assert all(fault.file == str(path) for fault in caught.value.faults)
    return [(fault.place, fault.problem) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("line", "key", "value", "place"),
    [
        (0, "form", "other", "line 1"),
        (0, "version", 1, "line 1"),
        (0, "version", True, "line 1"),
        (0, "statuses", ["none"], "line 1, statuses"),
        (0, "organisations", True, "line 1, organisations"),
        (0, "organisations", 2, "the file"),
        (0, "states", [], "line 1, states"),
        (0, "states", {"PRK": {"id": 1, "name": "K"}}, "line 1, states.PRK.id"),
        (0, "states", {"PRK": {"id": "PRK"}}, "line 1, states.PRK.name"),
        (0, "patterns", {}, "line 1, patterns"),
        (0, "patterns", [1], "line 1, patterns[0]"),
        (0, "patterns", [[]], "line 1, patterns[0]"),
        (0, "patterns", [[1, True, 3]], "line 1, patterns[0]"),
        (0, "patterns", [[1, 512, 3]], "line 1, patterns[0]"),
        (0, "patterns", [[1, 0, 3]], "line 1, patterns[0]"),
        (0, "patterns", [[1, 3, 3]], "line 1, patterns[0]"),
        (1, "id", "", "line 2"),
        (1, "id", 5, "line 2"),
        (1, "reading", None, "line 2"),
        (1, "covers", None, "line 2, covers"),
        (1, "covers", {"before": "maybe"}, "line 2, covers.before"),
        (1, "counted", [], "line 2, counted"),
        (1, "counted", 5, "line 2, counted"),
        (1, "counted", ["king"], "line 2, counted"),
        (1, "lines", [], "line 2, lines"),
        (1, "lines", {"QQQ": [0]}, "line 2, lines.QQQ"),
        (1, "lines", {"PRK": [[1]]}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": []}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": "x"}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": [True, 730120, 730121]}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": [1, 730120, 730121]}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": [-1, 730120, 730121]}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": [0, 730120]}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": [0, 1, 730121]}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": [0, 730120, 3652060]}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": [0, 730121, 730121]}, "line 2, lines.PRK"),
        (1, "lines", {"PRK": [0, 10**30, 730121]}, "line 2, lines.PRK"),
    ],
)
def test_every_fault_of_a_prepared_file_has_its_place(
    tmp_path: Path, line: int, key: str, value: object, place: str
) -> None:
    lines = lines_of(tmp_path)
    assert lines[1]["lines"] == {"PRK": [0, 730120, 732311]}
    lines[line][key] = value
    assert place in [told for told, _ in faults_in(tmp_path, lines)]


def test_all_faults_are_told_at_once_and_the_last_days_are_good(tmp_path: Path) -> None:
    lines = lines_of(tmp_path)
    assert len(faults_in(tmp_path, [lines[0], {**lines[1], "id": 1, "counted": []}, "[]\n", "{\n", "[" * 99999])) == 5
    lines[1]["lines"] = {"PRK": [0, 2, 3652059]}
    (tmp_path / "good.jsonl").write_bytes(sealed(lines))
    registry = Registry.from_prepared(tmp_path / "good.jsonl")
    assert registry.was_member("league", "cow:731", dt.date.min) is Verdict.NO
    assert registry.was_member("league", "cow:731", dt.date.min + DAY) is Verdict.YES
    assert registry.was_member("league", "cow:731", dt.date.max) is Verdict.NO


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["\n"], "not JSON"),
        ([], "empty"),
        (['{"form": 1, "form": 2}\n'], "twice"),
        (["\x00"], "not JSON"),
    ],
)
def test_what_is_no_prepared_file_is_refused(tmp_path: Path, lines: list[Any], problem: str) -> None:
    assert problem in faults_in(tmp_path, lines)[0][1]


def test_a_cut_file_a_repeated_organisation_and_an_endless_line_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lines_of(tmp_path)
    assert faults_in(tmp_path, lines[:1]) == [("the file", "it has 0 organisations where its first line says 1")]
    assert faults_in(tmp_path, [*lines, lines[1]])[0] == ("line 3", "the organisation is given twice")
    monkeypatch.setattr("csto_membership.registry._prepared_file.MOST_BYTES_A_LINE", 100)
    assert "more than 100 bytes" in faults_in(tmp_path, lines)[0][1]


def test_a_file_of_which_any_bit_was_changed_is_refused(tmp_path: Path) -> None:
    lines_of(tmp_path)
    content = (tmp_path / "r.jsonl").read_bytes()
    path = tmp_path / "changed.jsonl"
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(RecordError):
            Registry.from_prepared(path)
    path.write_bytes(content)
    assert Registry.from_prepared(path).organisations == ("league",)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.99])
def test_a_file_that_was_cut_is_refused(tmp_path: Path, kept: float) -> None:
    lines_of(tmp_path)
    content = (tmp_path / "r.jsonl").read_bytes()
    (tmp_path / "r.jsonl").write_bytes(content[: int(kept * len(content))])
    with pytest.raises(RecordError):
        Registry.from_prepared(tmp_path / "r.jsonl")


def test_faults_of_a_prepared_file_stop_at_a_thousand(tmp_path: Path) -> None:
    faults = faults_in(tmp_path, [*lines_of(tmp_path), *[{}] * 5000])
    assert len(faults) == 1001
    assert faults[-1][0] == "and more"


def test_a_file_of_another_kind_is_refused_at_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text("[organisation]\nid = 'x'\n" * 50, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        Registry.from_prepared(path)
    assert [fault.place for fault in caught.value.faults] == ["line 1"]


def test_an_error_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "r.jsonl"
    with pytest.raises(FileNotFoundError) as caught:
        two().prepare(path)
    assert caught.value.filename == str(path)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        two().prepare(path)
    assert [file.read_text("utf-8") for file in tmp_path.iterdir()] == ["old"]
