"""
The answers of the bundled records on every day on which one of them changes, as a text.

A change of the data shows as a change of the committed text. `python tests/support/made.py` writes it anew, with whatever
else is made from the data; this module alone writes no more than the snapshots.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import csto_membership as csto

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "whole" / "snapshots"
READINGS = ("declared", "legal", "participating")
#: The better evidence, and all of it: what only the second leaves open is a doubt that the record keeps.
RESOLUTIONS = ("preferred", "every")


def rendered(organisation: str) -> str:
    """All member sets of one bundled record: a line for each reading, resolution, institution and day of change."""
    return "\n".join(_lines(csto.history(organisation))) + "\n"


def _lines(whole: csto.History) -> Iterator[str]:
    yield f"# {whole.record.id}, edition {whole.edition}: day, members, and ?those undetermined"
    institutions = [each.id for each in whole.institutions]
    for resolution, reading, institution in product(RESOLUTIONS, READINGS, institutions):
        history = whole.under(reading).resolved(resolution).institution(institution)
        yield (
            f"\n[{reading}, {institution}]"
            if resolution == "preferred"
            else f"\n[{reading}, {institution}, {resolution}]"
        )
        days = {day for state in history.states for day in history.timeline(state).starts}
        for day in sorted(days):
            members = history.members_on(day)
            codes = [*members.certain.codes, *(f"?{code}" for code in members.undetermined.codes)]
            yield " ".join([f"{day} ", *codes]).rstrip()


def main() -> None:
    """Write the snapshots of all bundled records."""
    FOLDER.mkdir(exist_ok=True)
    for organisation in csto.organisations():
        (FOLDER / f"{organisation}.txt").write_text(rendered(organisation), encoding="utf-8")


if __name__ == "__main__":
    main()
