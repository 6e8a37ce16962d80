"""Reports: how many rows of a frame are told what, in one line."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from csto_membership._questions.rows import RowFault, together
from csto_membership._values.fields import Formed
from csto_membership._values.listing import brief


@frozen
class Report(Formed):
    """
    How many rows were told what: `str()` is one line.

    `undetermined` are rows that the evidence leaves open, `unreadable` those that could not be read. `faults` has each
    value that could not be read once, and `what_if` says what the history supposed or left out; both are empty where a
    report was counted from an annotated frame.
    Reports of parts of a table add up, the rows of each part counted on from those before it.

    >>> one = Report(3, yes=1, no=1, undetermined=1, unreadable=0)
    >>> print(one + Report(98_409, yes=1203, no=97_189, undetermined=17, unreadable=0))
    98,412 rows: 1,204 yes, 97,190 no, 18 undetermined, 0 unreadable
    """

    rows: int = 0
    yes: int = 0
    no: int = 0
    undetermined: int = 0
    unreadable: int = 0
    faults: tuple[RowFault, ...] = ()
    what_if: str = ""

    def __add__(self, other: Report) -> Report:
        if not isinstance(other, Report):
            return NotImplemented
        return Report(
            self.rows + other.rows,
            self.yes + other.yes,
            self.no + other.no,
            self.undetermined + other.undetermined,
            self.unreadable + other.unreadable,
            together(self.faults, other.faults, self.rows),
            self.what_if or other.what_if,
        )

    def __str__(self) -> str:
        counts = {"yes": self.yes, "no": self.no, "undetermined": self.undetermined, "unreadable": self.unreadable}
        rows = "1 row" if self.rows == 1 else f"{self.rows:,} rows"
        told = ", ".join(f"{count:,} {told}" for told, count in counts.items())
        return f"{rows}: {told}{f' ({self.what_if})' if self.what_if else ''}"

    def __repr__(self) -> str:
        return brief(self, self)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "rows": self.rows,
            "yes": self.yes,
            "no": self.no,
            "undetermined": self.undetermined,
            "unreadable": self.unreadable,
            "faults": [fault.as_dict() for fault in self.faults],
            **({"what_if": self.what_if} if self.what_if else {}),
        }
