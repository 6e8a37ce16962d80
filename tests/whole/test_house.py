"""The house: a reader finds the room by its name, its first line says what lives there, and no room is too long."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

import csto_membership as csto

PACKAGE = Path(csto.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 500
EVERY = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 100


@EVERY
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@EVERY
def test_a_module_begins_with_a_sentence_on_what_lives_there(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    sentence = " ".join(said.split("\n\n")[0].split())
    assert len(sentence.split()) > 2
    assert sentence.endswith((".", ":"))


@EVERY
def test_no_assert_does_what_the_module_does(path: Path) -> None:
    """Python leaves asserts out with -O: one may say what is so, and never make it so."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Assert):
            made = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)
            assert not any(isinstance(part, made) for part in ast.walk(node)), f"line {node.lineno}"


@EVERY
def test_what_is_to_be_done_is_not_left_in_comments(path: Path) -> None:
    with io.BytesIO(path.read_bytes()) as text:
        comments = [token.string for token in tokenize.tokenize(text.readline) if token.type == tokenize.COMMENT]
    assert not [comment for comment in comments if any(word in comment for word in ("TODO", "FIXME", "XXX", "HACK"))]
