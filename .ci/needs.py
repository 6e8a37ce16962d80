"""Prints the packages that `csto_membership[all]` brings, as they are installed here: those whose licences matter."""

from __future__ import annotations

from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needs(requirement: Requirement, seen: set[tuple[str, str]]) -> set[str]:
    """The names of a package and of all that it needs, with its extras."""
    name = canonicalize_name(requirement.name)
    names = {name}
    for extra in ("", *requirement.extras):
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for text in distribution(name).requires or ():
            need = Requirement(text)
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                names |= needs(need, seen)
    return names


if __name__ == "__main__":
    print(*sorted(needs(Requirement("csto_membership[all]"), set()) - {"csto-membership"}))
