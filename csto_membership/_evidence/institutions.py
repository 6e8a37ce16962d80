"""Institutions and coverage: what one is a member of, since when, and for which days a record vouches."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from attrs import field, frozen

from csto_membership._evidence.claims import Rank, as_rank
from csto_membership._values.acts import Status, as_status
from csto_membership._values.dates import ImpreciseDate, as_imprecise, optional_date
from csto_membership._values.fields import Formed
from csto_membership._values.given import one_of
from csto_membership._values.listing import brief
from csto_membership._values.lives import DatedName
from csto_membership._values.period import first_day, last_day
from csto_membership._values.wording import day_range


@frozen
class InstitutionClaim:
    """One source's statement of the day on which an institution began, ended or abolished a status: `about` says which."""

    source: str
    date: ImpreciseDate = field(converter=as_imprecise)
    about: Literal["beginning", "end", "abolition"] = field(
        default="beginning", validator=one_of("beginning", "end", "abolition")
    )
    locator: str = ""
    rank: Rank = field(default=Rank.NORMAL, converter=as_rank)
    inferred: bool = False
    note: str = ""

    def __repr__(self) -> str:
        return brief(self, f"{self.date}, {self.rank}: {self.source}")


@frozen
class Existence:
    """
    The day on which an institution begins or ends, by declaration and in law. Users' own readings use `declared`.

    Raises `DateError` for what is no date.

    >>> from csto_membership import Institution
    >>> league = Institution("league", Existence("1999-04-24", legal="2000-01"))
    >>> print(league.exists.under("declared"), league.exists.under("legal"))
    1999-04-24 2000-01
    """

    declared: ImpreciseDate = field(converter=as_imprecise)
    legal: ImpreciseDate | None = field(default=None, converter=optional_date)

    def under(self, reading: str) -> ImpreciseDate:
        """The day under the reading of that name."""
        return self.legal if reading == "legal" and self.legal else self.declared


@frozen
class Abolition(Formed):
    """A status that an institution abolishes: from the day on, whoever had it has the status `to`."""

    status: Status = field(converter=as_status)
    date: ImpreciseDate = field(converter=as_imprecise)
    to: Status = field(default=Status.FORMER, converter=as_status)

    def as_dict(self) -> dict[str, str]:
        """The abolition as JSON-ready values."""
        return {"status": self.status.value, "date": self.date.edtf, "to": self.to.value}


@frozen
class Institution(Formed):
    """
    What one is a member of: the treaty, or the organisation that grew from it.

    `ends` is the first day on which nobody belongs to it: whoever belonged shows as former from then on, unless a
    later institution of the record exists on that day, to which members carry over.
    `claims` are what sources say of its beginning, its end and what it abolishes.
    """

    id: str
    exists: Existence
    ends: Existence | None = None
    abolishes: tuple[Abolition, ...] = ()
    abbreviation: str = ""
    names: tuple[DatedName, ...] = ()
    claims: tuple[InstitutionClaim, ...] = ()
    note: str = ""

    def __repr__(self) -> str:
        return brief(self, f"{self.id}: {self.name}")

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
            "ends": self.ends
            and {"declared": self.ends.declared.edtf, "legal": self.ends.legal and self.ends.legal.edtf},
            "abolishes": [abolition.as_dict() for abolition in self.abolishes],
        }


@frozen
class Coverage(Formed):
    """
    The days for which a record vouches, both included, and what holds outside them.

    `first` and `last` are None where it vouches without a limit.
    `before` is "none" (there was no relation) or "unknown"; `after` is "carry" (the last known status continues) or
    "unknown".
    `states` is "all" (whoever is not named had no relation) or "listed" (of others nothing is said).
    `acts` says for which acts it vouches: "all", or "some" (such as suspensions alone): then nothing is assumed of what
    came before the first of them.
    `missing` names what is known to be missing, such as rows of a table that were skipped; lists then say that they may
    be short, by as many states as `unnamed`.
    Ends may be texts, and a year or a month stands for its first or last day. Raises `DateError` for any other end, and
    `ArgumentError` for another word.

    >>> Coverage("1990", "2025-01-01").first
    datetime.date(1990, 1, 1)
    >>> print(Coverage("1990"))
    vouches for 1990-01-01 to ..
    >>> print(Coverage())
    vouches for all days
    """

    first: dt.date | None = field(default=None, converter=first_day)
    last: dt.date | None = field(default=None, converter=last_day)
    before: Literal["none", "unknown"] = field(default="none", validator=one_of("none", "unknown"))
    after: Literal["carry", "unknown"] = field(default="carry", validator=one_of("carry", "unknown"))
    states: Literal["all", "listed"] = field(default="all", validator=one_of("all", "listed"))
    acts: Literal["all", "some"] = field(default="all", validator=one_of("all", "some"))
    missing: str = ""
    unnamed: int = 0

    def __str__(self) -> str:
        return f"vouches for {day_range(self.first, self.last) if self.first or self.last else 'all days'}"

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
            "acts": self.acts,
            **({"missing": self.missing, "unnamed": self.unnamed} if self.missing else {}),
        }
