"""
What the package needs: `python needs.py` prints whatever `csto_membership[all]` brings here, whose licences matter.

`python needs.py oldest` prints the oldest release of each need that pyproject.toml allows, as constraints of pip.
"""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OWN = "csto-membership"
#: Extras that want younger ones of what other extras bring.
YOUNGER = ("dask", "pyspark")
PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def brought(requirement: Requirement, seen: set[tuple[str, str]]) -> set[str]:
    """The names of a package and of all that it needs, with its extras, as they are installed."""
    name = canonicalize_name(requirement.name)
    names = {name}
    for extra in ("", *requirement.extras):
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for text in distribution(name).requires or ():
            need = Requirement(text)
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                names |= brought(need, seen)
    return names


def oldest() -> dict[str, str]:
    """By name the least release that any list of needs asks for; the greatest of these, where several ask."""
    document = tomllib.loads(PROJECT.read_text("utf-8"))
    project, groups = document["project"], document["dependency-groups"]
    extras = [needs for extra, needs in project["optional-dependencies"].items() if extra not in YOUNGER]
    lists = [project["dependencies"], *extras, groups["test"]]
    least: dict[str, str] = {}
    for need in (Requirement(text) for one in lists for text in one if isinstance(text, str)):
        for specifier in need.specifier:
            name = canonicalize_name(need.name)
            least[name] = max(least.get(name, "0"), specifier.version, key=_numbers)
    return least


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]


if __name__ == "__main__":
    if sys.argv[1:] == ["oldest"]:
        print(*(f"{name}=={version}" for name, version in sorted(oldest().items())), sep="\n")
    else:
        print(*sorted(brought(Requirement(f"{OWN}[all]"), set()) - {OWN}))
