"""The table of laws is right: every law has a test, and every test that it names is there and draws at random."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
TABLE = TESTS / "laws" / "LAWS.md"
NUMBERS = range(1, 21)


def rows() -> Iterator[tuple[str, list[str]]]:
    """The first cell of each row of the table, and the tests that it names."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and "::" in cells[-1]:
            yield cells[0], re.findall("`([^`]+)`", cells[-1])


def drawing_tests(path: Path) -> set[str]:
    """The tests of a module that draw: those that are given something, and machines."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            decorators = {ast.unparse(one.func) for one in node.decorator_list if isinstance(one, ast.Call)}
            found |= {node.name} if "given" in decorators else set()
        elif isinstance(node, ast.Assign) and ast.unparse(node.value).endswith(".TestCase"):
            found |= {ast.unparse(target) for target in node.targets}
    return found


def test_every_law_has_a_row_and_a_test() -> None:
    numbered = [(int(first), named) for first, named in rows() if first.isdecimal()]
    assert [number for number, _ in numbered] == [*NUMBERS]
    assert all(named for _, named in numbered)


@pytest.mark.parametrize("named", [test for _, tests in rows() for test in tests])
def test_a_test_that_the_table_names_is_there_and_draws(named: str) -> None:
    module, _, test = named.partition("::")
    assert test in drawing_tests(TESTS / module)


def test_what_draws_nothing_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "test_x.py"
    path.write_text(
        "@given(x())\n@example(1)\ndef test_a(x): ...\n\n@mark('given')\ndef test_b(): ...\n\nTestC = C.TestCase\n"
    )
    assert drawing_tests(path) == {"test_a", "TestC"}


def test_every_law_in_this_folder_is_in_the_table() -> None:
    named = {test for _, tests in rows() for test in tests}
    here = {f"laws/{path.name}::{test}" for path in TABLE.parent.glob("test_*.py") for test in drawing_tests(path)}
    assert here <= named
