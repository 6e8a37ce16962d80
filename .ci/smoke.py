"""What a fresh installation of the package alone must do: `python smoke.py`, from a folder without the sources."""

from __future__ import annotations

import inspect
import pydoc
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distributions, requires
from pathlib import Path
from types import ModuleType

import csto_membership as csto


def main() -> None:
    """Raise where something is not as it must be."""
    expect("what extras bring", brought_by_extras() & {found.name for found in distributions()}, set())
    expect("the place of the package", Path(csto.__file__).is_relative_to(sys.prefix), True)
    expect("the last day of the first term", csto.was_member("Uzbekistan", "1999-04-20"), csto.Verdict.YES)
    expect("the day after", csto.was_member("Uzbekistan", "1999-04-21"), csto.Verdict.NO)
    for organisation in csto.organisations():
        history = csto.history(organisation)
        expect(organisation, len(history.timelines()), len(history.states))
    command = [str(Path(sys.executable).with_name("csto-membership")), "members", "2007-01-01", "--json"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    expect("the command line", '"UZB"' in answer and '"GEO"' not in answer, True)
    expect("its help", "members_on" in pydoc.render_doc(csto), True)
    expect("the help of its rooms", [room for _, room in rooms() if "needs" in pydoc.render_doc(room)[:200]], [])
    expect("a picture without its extra", refused_for_want_of("plots", lambda: csto.plots.size(csto.CSTO)), True)
    expect("a strategy without its extra", refused_for_want_of("testing", csto.strategies.states), True)
    print(f"installed alone it answers: {len(csto.organisations())} records, edition {csto.CSTO.edition}")


def brought_by_extras() -> set[str]:
    """The names of the packages that only extras need."""
    needs = [need for need in requires("csto_membership") or () if "extra ==" in need]
    return {re.split(r"[^\w.-]", need)[0] for need in needs} - {"csto_membership"}


def expect(what: str, found: object, wanted: object) -> None:
    """Raise where the two differ."""
    if found != wanted:
        raise SystemExit(f"{what}: {found!r}, where {wanted!r} is right")


def rooms() -> list[tuple[str, ModuleType]]:
    """The modules that completion offers, all opened."""
    return inspect.getmembers(csto, inspect.ismodule)


def refused_for_want_of(extra: str, question: Callable[[], object]) -> bool:
    """Whether a question is refused by the error that names the extra."""
    try:
        question()
    except csto.MissingExtraError as error:
        return f"csto_membership[{extra}]" in str(error)
    return False


if __name__ == "__main__":
    main()
