"""Institutions and coverage: what one is a member of, since when, and for which days a record vouches."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from attrs import frozen

from csto_membership._evidence.claims import Rank
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.lives import DatedName


@frozen
class InstitutionClaim:
    """One source's statement of the day on which an institution began."""

    source: str
    date: ImpreciseDate
    locator: str = ""
    rank: Rank = Rank.NORMAL
    inferred: bool = False
    note: str = ""


@frozen
class Existence:
    """From when an institution exists, by declaration and in law. Users' own readings use `declared`."""

    declared: ImpreciseDate
    legal: ImpreciseDate | None = None

    def under(self, reading: str) -> ImpreciseDate:
        """The day from which it exists under the reading of that name."""
        return self.legal if reading == "legal" and self.legal else self.declared


@frozen
class Institution:
    """What one is a member of: the treaty, or the organisation that grew from it."""

    id: str
    exists: Existence
    abbreviation: str = ""
    names: tuple[DatedName, ...] = ()
    claims: tuple[InstitutionClaim, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """The latest name."""
        return self.names[-1].name if self.names else self.id

    def as_dict(self) -> dict[str, Any]:
        """The institution as JSON-ready values."""
        return {
            "id": self.id,
            "abbreviation": self.abbreviation,
            "names": [name.as_dict() for name in self.names],
            "exists": {
                "declared": self.exists.declared.edtf,
                "legal": self.exists.legal and self.exists.legal.edtf,
            },
        }


@frozen
class Coverage:
    """
    The days for which a record vouches, both included, and what holds outside them.

    `first` and `last` are None where it vouches without a limit.
    `before` is "none" (there was no relation) or "unknown"; `after` is "carry" (the last known status continues) or
    "unknown".
    `states` is "all" (whoever is not named had no relation) or "listed" (of others nothing is said).
    """

    first: dt.date | None = None
    last: dt.date | None = None
    before: Literal["none", "unknown"] = "none"
    after: Literal["carry", "unknown"] = "carry"
    states: Literal["all", "listed"] = "all"

    def carries(self, *, strict: bool) -> bool:
        """Whether the last known status is assumed to continue after the last day; never where a view is strict."""
        return self.after == "carry" and not strict

    def as_dict(self) -> dict[str, Any]:
        """The coverage as JSON-ready values."""
        return {
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "before": self.before,
            "after": self.after,
            "states": self.states,
        }
