"""Verdicts, spells and timelines: what is possible for one state, day by day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from csto_membership._acts import Status
from csto_membership._dates import DateLike, as_imprecise
from csto_membership._evidence import in_order
from csto_membership._html import table
from csto_membership._states import State
from csto_membership.exceptions import DateError, UndeterminedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Verdict(Enum):
    """
    Yes, no, or undetermined: what follows from the evidence. Its `value` is True, False or None.

    `bool()` of an undetermined verdict raises `UndeterminedError`.

    >>> Verdict.UNDETERMINED.otherwise(False)
    False
    """

    YES = True
    NO = False
    UNDETERMINED = None

    @classmethod
    def of(cls, statuses: Iterable[Status], counted: frozenset[Status]) -> Verdict:
        """YES if all the possible statuses count as membership, NO if none does, else UNDETERMINED."""
        counts = {status in counted for status in statuses}
        return cls.UNDETERMINED if len(counts) > 1 else cls(counts.pop())

    def otherwise(self, default: bool) -> bool:
        """True or False; `default` where it is undetermined."""
        return default if self.value is None else bool(self.value)

    def __bool__(self) -> bool:
        if self is Verdict.UNDETERMINED:
            raise UndeterminedError(
                "the evidence leaves this open; compare with Verdict.YES or Verdict.NO, "
                "or collapse it by name: verdict.otherwise(False)"
            )
        return bool(self.value)

    def __str__(self) -> str:
        return self.name.lower()


@frozen
class Spell:
    """
    A maximal run of days with the same possible statuses.

    `first_day` is None for since ever, `last_day` None for open; both days are included.
    """

    first_day: dt.date | None
    last_day: dt.date | None
    statuses: frozenset[Status]
    verdict: Verdict

    def __str__(self) -> str:
        return f"{self.first_day or '..'} to {self.last_day or '..'}: {' or '.join(in_order(self.statuses))}"

    def as_dict(self) -> dict[str, Any]:
        """The spell as JSON-ready values."""
        return {
            "first_day": self.first_day and self.first_day.isoformat(),
            "last_day": self.last_day and self.last_day.isoformat(),
            "statuses": in_order(self.statuses),
            "verdict": str(self.verdict),
        }


@frozen
class Timeline:
    """For one state: which statuses are possible on each day, as spells that cover every day once."""

    state: State
    spells: tuple[Spell, ...]
    #: The first days of all spells but the first, for bisection.
    starts: tuple[dt.date, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        starts = tuple(spell.first_day for spell in self.spells[1:] if spell.first_day)
        object.__setattr__(self, "starts", starts)

    def __iter__(self) -> Iterator[Spell]:
        return iter(self.spells)

    def __len__(self) -> int:
        return len(self.spells)

    def __str__(self) -> str:
        return "\n".join([str(self.state), *(f"  {spell}" for spell in self.spells)])

    def _repr_html_(self) -> str:
        rows = [
            (spell.first_day or "..", spell.last_day or "..", " or ".join(in_order(spell.statuses)), spell.verdict)
            for spell in self
        ]
        return table(str(self.state), ("first day", "last day", "status", "member"), rows)

    def on(self, date: DateLike) -> Spell:
        """
        The spell that the day lies in.

        Raises `DateError` for an imprecise date whose days lie in several spells.
        """
        found = self.within(date)
        if len(found) > 1:
            raise DateError(date, f"its days lie in {len(found)} spells; ask about one day")
        return found[0]

    def between(self, first: dt.date, last: dt.date) -> tuple[Spell, ...]:
        """The spells that the days of a period lie in, both ends included."""
        return self.spells[bisect_right(self.starts, first) : bisect_right(self.starts, last) + 1]

    def within(self, date: DateLike) -> tuple[Spell, ...]:
        """The spells that the days of an imprecise date lie in."""
        asked = as_imprecise(date)
        first = bisect_right(self.starts, asked.earliest) if asked.earliest else 0
        last = bisect_right(self.starts, asked.latest) if asked.latest else len(self.starts)
        return self.spells[first : last + 1]

    def as_dict(self) -> dict[str, Any]:
        """The timeline as JSON-ready values."""
        return {"state": self.state.id, "spells": [spell.as_dict() for spell in self.spells]}
