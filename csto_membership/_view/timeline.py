"""Verdicts, spells and timelines: what is possible for one state, day by day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from csto_membership._values.acts import Status, in_order
from csto_membership._values.dates import DateLike, as_imprecise
from csto_membership._values.html import table
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def joint_runs(*lines: Timeline) -> Iterator[tuple[dt.date | None, dt.date | None, tuple[Spell, ...]]]:
    """The runs of days on which no timeline changes: first day, last day, and the spell of each timeline."""
    starts = sorted({day for line in lines for day in line.starts})
    for first, following in zip([None, *starts], [*starts, None], strict=True):
        last = following - dt.timedelta(1) if following else None
        yield first, last, tuple(line.on(first or dt.date.min) for line in lines)
