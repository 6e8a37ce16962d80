"""What is supposed of an event in place of what the evidence leaves of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership._evidence.claims import Claim
from csto_membership._evidence.resolution import Alternative
from csto_membership._values.acts import Act, Status, in_order
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.wording import either
from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership._evidence.claims import Event
    from csto_membership._values.period import Days


#: Stands for the source of what is supposed; the id is that of no source.
SUPPOSED = ""


@frozen
class Supposition:
    """One act of one (perhaps imprecise) date for an event, by its id; a denial, that it never happened, has no date."""

    event: str
    act: Act
    date: ImpreciseDate | None
    statuses: frozenset[Status] = frozenset()

    def __str__(self) -> str:
        act = either(in_order(self.statuses)) if self.act is Act.STATUS else self.act.value
        return f"supposing {self.event}: {act}{f' {self.date}' if self.date else ''}"

    @property
    def days(self) -> Days | None:
        """The days on which the act may take effect."""
        return Claim("", self.act, self.date).days_of_effect

    def event_of(self, event: Event, state: str) -> Event:
        """The event of a state with one claim that says what is supposed, by no source of the record."""
        claim = Claim(SUPPOSED, self.act, self.date, status=self.statuses)
        return evolve(event, states=(state,), claims=(claim,))


def supposition_of(
    event: Event, options: Sequence[Alternative], date: ImpreciseDate | None, act: Act | None
) -> Supposition:
    """
    What is supposed of an event by a date, an act or both; of what is left out `options` must leave one.

    Raises `ArgumentError` where they leave several, where neither is given, and for a date of what never happened.
    """
    if date is None and act is None:
        raise ArgumentError("date", None, "a supposition gives a date, an act, or both")
    if act is Act.DENIAL:
        if date is not None:
            raise ArgumentError("date", date.text, "what never happened has no date")
        return Supposition(event.id, Act.DENIAL, None)
    acts = list(dict.fromkeys(option.act for option in options if option.act is not Act.DENIAL))
    if act is None:
        if len(acts) != 1:
            raise ArgumentError("act", None, f"{event.id} may be one of several acts; say which", acts)
        (act,) = acts
    said = [option for option in options if option.act is act]
    statuses = {option.statuses for option in said}
    if act is Act.STATUS and len(statuses) != 1:
        raise ArgumentError("act", act.value, f"no claim of {event.id} says to which status it led, or several do")
    if date is None:
        date = _date(event, act, said or options)
    return Supposition(event.id, act, date, statuses.pop() if act is Act.STATUS else frozenset())


def _date(event: Event, act: Act, options: Sequence[Alternative]) -> ImpreciseDate:
    """The date of the act, where the options leave one run of days for it."""
    # Of options of another act the days of effect stay as they are.
    dates = {_before(option.days, act.lag) for option in options if option.days}
    if len(dates) != 1:
        texts = sorted(date.text for date in dates)
        raise ArgumentError("date", None, f"{event.id} may have happened on several dates; say which", texts)
    return dates.pop()


def date_of(option: Alternative) -> ImpreciseDate:
    """The date of an act that takes effect on one of the days of an alternative."""
    assert option.days, "asked of one that has days"
    return _before(option.days, option.act.lag)


def _before(days: Days, lag: int) -> ImpreciseDate:
    """The date of an act that takes effect on one of some days, so many days later."""
    low, high = dt.date.min.toordinal(), dt.date.max.toordinal()
    first, last = days.first - lag, days.last - lag
    return ImpreciseDate(
        dt.date.fromordinal(first) if days.first > EVER_BEFORE and low <= first <= high else None,
        dt.date.fromordinal(last) if days.last < EVER_AFTER and low <= last <= high else None,
    )
