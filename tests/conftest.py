"""
Profiles of hypothesis, and the marker `law`.

`everyday` is the profile of the ordinary run: as many examples as keep the whole suite under two minutes on two cores.
`deep` is for a long look on demand: `--hypothesis-profile deep`; `fresh` for a quick one while one writes: what it finds
is shown as it was drawn, and not made smaller.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

# Pictures are drawn without a screen, wherever the tests run.
os.environ.setdefault("MPLBACKEND", "Agg")

LAWS = Path(__file__).parent / "laws"

_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]
# On a server that checks changes the same examples are drawn each time; everybody else draws new ones.
_SAME = "CI" in os.environ
settings.register_profile("everyday", max_examples=50, deadline=None, suppress_health_check=_CALM, derandomize=_SAME)
settings.register_profile(
    "deep", max_examples=int(os.environ.get("DEEP", "5000")), deadline=None, suppress_health_check=_CALM
)
settings.register_profile(
    "fresh", max_examples=200, deadline=None, suppress_health_check=_CALM, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("everyday")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in `laws/` as a law."""
    for item in items:
        if LAWS in item.path.parents:
            item.add_marker(pytest.mark.law)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for laws that write files: one for all their examples."""
    return tmp_path_factory.mktemp("laws")
