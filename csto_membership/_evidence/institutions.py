"""Institutions and coverage: what one is a member of, since when, and for which days a record vouches."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from attrs import field, frozen

from csto_membership._evidence.claims import Rank
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership._values.lives import DatedName
from csto_membership.exceptions import DateError


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


def _exact_day(value: DateLike | None) -> dt.date | None:
    """One exact day; `DateError` for any other date."""
    if value is None or type(value) is dt.date:
        return value
    date = as_imprecise(value)
    if not date.is_exact:
        raise DateError(date.text, "covered from or to which day? One exact day is needed")
    return date.earliest


@frozen
class Coverage:
    """
    The days for which a record vouches, both included, and what holds outside them.

    `first` and `last` are None where it vouches without a limit.
    `before` is "none" (there was no relation) or "unknown"; `after` is "carry" (the last known status continues) or
    "unknown".
    `states` says for which states it vouches: "all", or only those "listed".
    `missing` names what is known to be missing, such as rows of a table that were skipped; lists then say that they may
    be short, by as many states as `unnamed`.
    """

    first: dt.date | None = field(default=None, converter=_exact_day)
    last: dt.date | None = field(default=None, converter=_exact_day)
    before: Literal["none", "unknown"] = "none"
    after: Literal["carry", "unknown"] = "carry"
    states: Literal["all", "listed"] = "all"
    missing: str = ""
    unnamed: int = 0

    def carries(self, *, strict: bool) -> bool:
        """Whether the last known status is assumed to continue after the last day; never where a view is strict."""
        return self.after == "carry" and not strict

    def as_dict(self) -> dict[str, Any]:
        """The coverage as JSON-ready values; `missing` and `unnamed` where something is."""
        return {
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "before": self.before,
            "after": self.after,
            "states": self.states,
            **({"missing": self.missing, "unnamed": self.unnamed} if self.missing else {}),
        }
