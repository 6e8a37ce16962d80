"""The acts that are told of a state, whether or not they change its status."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import frozen

from csto_membership._evidence.claims import Event
from csto_membership._values.acts import Act
from csto_membership._values.cells import visible
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.fields import Formed
from csto_membership._values.listing import brief
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._values.states import State
from csto_membership._values.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._evidence.resolution import Alternative
    from csto_membership._view.derivation import Derivation


@frozen
class DatedAct(Formed):
    """
    An event of one state as the claims used tell it: the acts that it may have been, and the day of its effect.

    `date` runs from the earliest to the latest of the days that the claims give; an act takes effect on its own day, an
    expiry on the day after. `certain` is False where some of the claims used say that it never happened.
    """

    state: State
    date: ImpreciseDate
    acts: tuple[Act, ...]
    event: Event
    certain: bool = True

    @property
    def act(self) -> Act | None:
        """The act, if only one is possible."""
        return self.acts[0] if len(self.acts) == 1 else None

    def __repr__(self) -> str:
        return brief(self, self)

    def __str__(self) -> str:
        perhaps = "" if self.certain else ", perhaps not at all"
        return visible(f"{self.date} {self.state}: {either(act.value for act in self.acts)}{perhaps}")

    def as_dict(self) -> dict[str, Any]:
        """The act as JSON-ready values, its date in EDTF."""
        return {
            "state": self.state.id,
            "date": self.date.edtf,
            "acts": [act.value for act in self.acts],
            "event": self.event.id,
            "certain": self.certain,
        }


def acts(derivation: Derivation, state: State) -> Iterator[DatedAct]:
    """The acts of a state in the order of its events; those that every claim used denies are left out."""
    told: dict[str, tuple[Event, list[Alternative]]] = {}
    for case in derivation.cases(state.id):
        for event, given in case.events:
            told.setdefault(event.id, (event, []))[1].extend(given)
    for event, alternatives in told.values():
        happened = [(one.act, one.days) for one in alternatives if one.act is not Act.DENIAL and one.days]
        if happened:
            names = tuple(dict.fromkeys(act for act, _ in happened))
            date = _date(days for _, days in happened)
            yield DatedAct(state, date, names, event, certain=len(happened) == len(alternatives))


def _date(runs: Iterable[Days]) -> ImpreciseDate:
    """The run of days from the first day of all runs to the last one, open where one is, and within the calendar."""
    firsts, lasts = zip(*runs, strict=True)
    first, last, end = min(firsts), max(lasts), dt.date.max.toordinal()
    # What expires on the last day of the calendar takes effect on the day after.
    return ImpreciseDate(
        None if first <= EVER_BEFORE else dt.date.fromordinal(min(first, end)),
        None if last >= EVER_AFTER else dt.date.fromordinal(min(last, end)),
    )
