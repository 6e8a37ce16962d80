"""The mutants of which nobody can tell that they are mutants: each entry names a line that is there, and says why."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EQUIVALENT: list[dict[str, Any]] = tomllib.loads((HERE / "equivalent.toml").read_text("utf-8"))["equivalent"]
ROOMS: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "rooms.toml").read_text("utf-8"))["room"]


def spaced(line: str) -> str:
    """A line however it is indented."""
    return " ".join(line.split())


@pytest.mark.parametrize("entry", EQUIVALENT, ids=[f"{one['line']} ({n})" for n, one in enumerate(EQUIVALENT)])
def test_an_equivalent_mutant_names_a_line_that_is_there_and_why_it_is_one(entry: dict[str, Any]) -> None:
    lines = {spaced(line) for line in (ROOT / entry["file"]).read_text("utf-8").splitlines()}
    assert spaced(entry["line"]) in lines
    assert entry["becomes"]
    assert entry["line"] not in entry["becomes"]
    assert entry["why"].strip()


def test_no_mutant_is_listed_twice() -> None:
    listed = [(entry["file"], entry["line"], becomes) for entry in EQUIVALENT for becomes in entry["becomes"]]
    assert sorted(set(listed)) == sorted(listed)


def test_each_file_is_in_one_room_and_each_test_of_a_room_is_there() -> None:
    files = [name for room in ROOMS.values() for name in room["files"]]
    assert sorted(set(files)) == sorted(files)
    for room in ROOMS.values():
        for name in room["files"]:
            assert (ROOT / name).exists(), name
        for test in room["tests"]:
            module, _, function = test.partition("::")
            assert f"def {function}" in (ROOT / module).read_text("utf-8"), test
    assert {entry["file"] for entry in EQUIVALENT} <= set(files)
