"""Only who draws needs matplotlib; without it the error says how to get it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import csto_membership as csto
from csto_membership import MissingExtraError, plots

ROOT = Path(__file__).parents[2]


def fresh(code: str) -> Any:
    """What a new interpreter prints as JSON."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "draw",
    [
        plots.timeline,
        plots.size,
        plots.together,
        lambda history: plots.compare(history, history.under("legal")),
        lambda history: plots.region(history, "2007-01-01"),
    ],
    ids=["timeline", "size", "together", "compare", "region"],
)
def test_without_matplotlib_the_error_names_the_extra(draw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.startswith("csto_membership.plots._drawn"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError) as caught:
        draw(csto.CSTO)
    assert (caught.value.package, caught.value.extra) == ("matplotlib", "plots")
    assert 'python -m pip install "csto_membership[plots]"' in str(caught.value)


def test_words_need_no_matplotlib() -> None:
    code = """
import json, sys
sys.modules["matplotlib"] = None
import csto_membership as csto
from csto_membership import plots
print(json.dumps(plots.describe(csto.CSTO)[:39]))
"""
    assert fresh(code) == "Collective Security Treaty Organization"


def test_the_room_alone_imports_no_matplotlib() -> None:
    code = "import json, sys; import csto_membership.plots; print(json.dumps('matplotlib' in sys.modules))"
    assert fresh(code) is False


def test_another_missing_module_is_told_as_it_is() -> None:
    with pytest.raises(ModuleNotFoundError, match="elsewhere"), plots._matplotlib():
        raise ModuleNotFoundError("elsewhere", name="elsewhere")
