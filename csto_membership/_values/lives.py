"""
The lives of states and institutions: when they existed, how they were called, what came before them.

Each cites its source. All records share the states, so the citation is a text and not the id of a record's source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from csto_membership._values.dates import ImpreciseDate, optional_date
from csto_membership._values.fields import Formed

if TYPE_CHECKING:
    from collections.abc import Iterable


@frozen
class DatedName(Formed):
    """A name, the first and the last day on which it was used (both included), and who says so."""

    name: str
    since: ImpreciseDate | None = field(default=None, converter=optional_date)
    until: ImpreciseDate | None = field(default=None, converter=optional_date)
    citation: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The name as JSON-ready values."""
        return {
            "name": self.name,
            "from": self.since and self.since.edtf,
            "to": self.until and self.until.edtf,
            "citation": self.citation,
        }


@frozen
class Lifespan(Formed):
    """
    A run of days on which a state existed, as some source counts it; both days are included.

    `first` is None for since ever, `last` for no known end. No position is taken on anyone's legal standing.
    """

    first: ImpreciseDate | None = field(default=None, converter=optional_date)
    last: ImpreciseDate | None = field(default=None, converter=optional_date)
    citation: str = field(kw_only=True)

    def meets(self, other: Lifespan) -> bool:
        """Whether some day is in both, for certain: a year in which one ended and the other began is no such day."""
        return not (_perhaps_over(self.last, other.first) or _perhaps_over(other.last, self.first))

    def as_dict(self) -> dict[str, Any]:
        """The lifespan as JSON-ready values."""
        return {
            "first": self.first and self.first.edtf,
            "last": self.last and self.last.edtf,
            "citation": self.citation,
        }


@frozen
class Predecessor(Formed):
    """
    A state of which another is a successor, or which had a part of its territory, as some source counts it.

    `together` cites a list that counts both as one state, "" for none: the Correlates of War project has the Soviet Union
    under the number of Russia.
    """

    id: str
    name: str = ""
    citation: str = field(kw_only=True)
    together: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The predecessor as JSON-ready values; `together` where a list counts both as one."""
        together = {"together": self.together} if self.together else {}
        return {"id": self.id, "name": self.name, "citation": self.citation, **together}


def lived_apart(one: Iterable[Lifespan], other: Iterable[Lifespan]) -> bool:
    """Whether both have known lifespans, and no day certainly lies in both: then they are two states."""
    mine, theirs = tuple(one), tuple(other)
    return bool(mine and theirs) and not any(a.meets(b) for a in mine for b in theirs)


def _perhaps_over(last: ImpreciseDate | None, first: ImpreciseDate | None) -> bool:
    """Whether what ended on the one day may have been over before the other."""
    return last is not None and first is not None and last.possibly_before(first)
