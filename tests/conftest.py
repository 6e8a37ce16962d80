"""
Profiles of hypothesis, and the markers `law` and `slow`.

`everyday` is the profile of the ordinary run: as many examples as keep it under five minutes on two cores. `thorough`
is that of `.ci/run`. `deep` is for a long look on demand: `--hypothesis-profile deep`, with `DEEP=500` in the
environment for so many examples; `fresh` for a quick one while one writes: what it finds is shown as it was drawn, and
not made smaller.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

# What tests share asserts as well, also where Python leaves asserts out.
pytest.register_assert_rewrite("support")
# Pictures are drawn without a screen, wherever the tests run.
os.environ.setdefault("MPLBACKEND", "Agg")

LAWS = Path(__file__).parent / "laws"
FRAMES = Path(__file__).parents[1] / "csto_membership" / "frames"
#: What the examples in `frames/` import.
ENGINES = ("dask", "duckdb", "narwhals", "numpy", "pandas", "polars", "pyarrow", "pyspark")

_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]
# On a server that checks changes the same examples are drawn each time; everybody else draws new ones.
_SAME = "CI" in os.environ
settings.register_profile("everyday", max_examples=20, deadline=None, suppress_health_check=_CALM, derandomize=_SAME)
settings.register_profile("thorough", max_examples=50, deadline=None, suppress_health_check=_CALM, derandomize=_SAME)
settings.register_profile(
    "deep", max_examples=int(os.environ.get("DEEP", "5000")), deadline=None, suppress_health_check=_CALM
)
settings.register_profile(
    "fresh", max_examples=200, deadline=None, suppress_health_check=_CALM, phases=[Phase.explicit, Phase.generate]
)
# For `mutation/run.py`: few examples, the same for each mutant.
settings.register_profile(
    "mutation",
    max_examples=int(os.environ.get("MUTATION_EXAMPLES", "100")),
    deadline=None,
    suppress_health_check=_CALM,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("everyday")


class WithoutFrames:
    """Leaves out the examples in `frames/`, whose modules import their engines: for where one of these is missing."""

    @staticmethod
    def pytest_ignore_collect(collection_path: Path) -> bool | None:
        """Whether to leave a file or folder out; None for no say."""
        return True if collection_path == FRAMES else None


def pytest_configure(config: pytest.Config) -> None:
    """Leave out what cannot be imported."""
    if not all(map(find_spec, ENGINES)):
        config.pluginmanager.register(WithoutFrames())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in `laws/` as a law, and what starts a browser or an engine of several processes as slow."""
    for item in items:
        if LAWS in item.path.parents:
            item.add_marker(pytest.mark.law)
        if "chromium" in getattr(item, "fixturenames", ()) or any(map(item.get_closest_marker, ("browser", "cluster"))):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    """Skip what starts a process or a thread where there are none: on WebAssembly, with `.ci/variants newest`."""
    try:
        return (yield)
    except (OSError, RuntimeError) as error:
        if sys.platform != "emscripten" or not (
            "start new thread" in str(error) or getattr(error, "errno", None) == errno.ENOTSUP
        ):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for laws that write files: one for all their examples."""
    return tmp_path_factory.mktemp("laws")
