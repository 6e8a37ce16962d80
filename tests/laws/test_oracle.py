"""The oracle is no second use of the engine: it may not even see it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SUPPORT = Path(__file__).parents[1] / "support"
#: The models that laws hold the library against, and what of the package each may import: the words of its answers.
MODELS = {
    "oracle.py": set[str](),
    "rows.py": {"csto_membership.Status"},
    "controversies.py": {"csto_membership.Verdict"},
}


def imports_of(path: Path) -> Iterator[str]:
    """Every name that a module imports, wherever it stands in it; what is imported by a name in a text counts as all."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _BY_NAME:
            yield "csto_membership.*"


_BY_NAME = ("__import__", "import_module", "exec", "eval", "resolve_name")


@pytest.mark.parametrize("model", MODELS)
def test_a_model_imports_nothing_of_the_engine(model: str) -> None:
    imported = set(imports_of(SUPPORT / model))
    assert {name for name in imported if name.startswith("csto_membership")} == MODELS[model]
    # Nor by another module of the tests that does.
    for name in imported:
        if name.startswith("support."):
            assert f"{name.removeprefix('support.')}.py" in {*MODELS, "documents.py"}, name


def test_the_parser_of_imports_sees_them_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "model.py"
    path.write_text(
        "def f():\n    from csto_membership._worlds.worlds import walk\n    import_module('x')\n    import json\n"
    )
    assert set(imports_of(path)) == {"csto_membership._worlds.worlds.walk", "csto_membership.*", "json"}
