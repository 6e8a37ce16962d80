"""The house: a reader finds the room by its name, its first line says what lives there, and no room is too long."""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import re
import tokenize
from collections.abc import Callable, Iterator
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


#: A method for the rest of the house, which gives it what is its own; and rows of what is a history already.
NEVER_REFUSES = {"Registry.roll", "writers.change_rows", "writers.spell_rows"}
#: Which error an argument of that name leads to.
ERROR_OF = {
    "state": "UnknownStateError",
    "a": "UnknownStateError",
    "states": "UnknownStateError",
    "date": "DateError",
    "dates": "DateError",
    "first": "DateError",
    "organisation": "UnknownNameError",
}


def questions() -> Iterator[tuple[str, Callable[..., object]]]:
    """The public functions, and the methods of what is asked: histories and registries."""
    for room in ("", *sorted(csto._rooms())):
        module = importlib.import_module(f"csto_membership.{room}".rstrip("."))
        for name in module.__all__ if room else sorted({*csto.__all__, *csto._HOME_OF}):
            value = getattr(module, name)
            if inspect.isfunction(value):
                yield f"{room}.{name}".lstrip("."), value
    for kind in (csto.History, csto.Registry):
        for name, value in inspect.getmembers(kind, inspect.isroutine):
            if not name.startswith("_"):
                yield f"{kind.__name__}.{name}", value


@pytest.mark.parametrize(("name", "question"), dict(questions()).items())
def test_a_question_that_takes_something_says_what_it_raises(name: str, question: Callable[..., object]) -> None:
    """By the name of the error, or of a question that raises the same."""
    said = " ".join((question.__doc__ or "").split())
    taken = [one for one in inspect.signature(question).parameters if one != "self"]
    if not taken or name in NEVER_REFUSES or re.search(r"aises what|rrors as in `|says what is raised", said):
        return
    assert re.search(r"[A-Z]\w*Error\b", said)
    if "." not in name or name[0].isupper():
        assert [error for one, error in ERROR_OF.items() if one in taken and error not in said] == []
