"""The order of a state's events: whether the days that their claims leave can follow one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csto_membership._evidence.resolution import Resolution, alternatives
from csto_membership._values.acts import Act
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._evidence.claims import Event
    from csto_membership._values.period import Days

#: The policies that must leave an order of days to each state.
_POLICIES = "preferred", "every"


class BrokenOrder(NamedTuple):
    """
    Two events of which the second cannot follow the first, by the claims that a policy keeps.

    Where each two of the events could follow one another, the first is the one after which the second is too early.
    """

    policy: str
    before: Event
    after: Event


def broken_order(events: Iterable[Event], state: str) -> BrokenOrder | None:
    """What leaves no world for a state by its preferred claims, or by all of them; None for nothing."""
    own = list(events)
    for policy in _POLICIES:
        earliest: int = EVER_BEFORE
        latest_event: Event | None = None
        for number, event in enumerate(own):
            days = _days_left(event, state, policy)
            entry = _entry(days, earliest)
            if entry is None:
                assert latest_event, "no day is before every other"
                alone = (other for other in reversed(own[:number]) if _is_later(other, days, state, policy))
                return BrokenOrder(policy, next(alone, latest_event), event)
            if entry > earliest:
                earliest, latest_event = entry, event
    return None


def _is_later(event: Event, days: Sequence[Days] | None, state: str, policy: str) -> bool:
    """Whether an event is later than all of these days, wherever the others are."""
    first = _entry(_days_left(event, state, policy), EVER_BEFORE)
    return first is not None and _entry(days, first) is None


def _days_left(event: Event, state: str, policy: str) -> Sequence[Days] | None:
    """The days of an event by the claims that a policy keeps, one run for each alternative; None if it needs no day."""
    claims = [claim for claim in event.claims_of(state) if claim.date or claim.act is Act.DENIAL]
    given = alternatives(claims, Resolution(policy), {})
    days = [alternative.days for alternative in given if alternative.days]
    # It may never have happened.
    return days if days and len(days) == len(given) else None


def _entry(days: Sequence[Days] | None, earliest: int) -> int | None:
    """The earliest day of an event that is not before the earliest of those before it; None for no day at all."""
    if days is None:
        return earliest
    return min((max(earliest, first) for first, last in days if last >= earliest), default=None)


class Room:
    """
    The days that the events of a state leave between them to others, which are put in from the first event to the last.

    A state whose own events have no order leaves no room at all.
    """

    def __init__(self, events: Sequence[Event], state: str) -> None:
        self._state = state
        self._days = {policy: [_days_left(event, state, policy) for event in events] for policy in _POLICIES}
        #: By policy the latest day on which the events from each number on can still begin, and None for no day.
        self._latest = {policy: _latest_days(days) for policy, days in self._days.items()}
        self._earliest: dict[str, int | None] = dict.fromkeys(_POLICIES, EVER_BEFORE)
        self._past = 0

    def take(self, event: Event, number: int) -> bool:
        """Whether another event fits in after so many events, and those put in before; if so it is put in."""
        entries = {}
        for policy in _POLICIES:
            self._pass(policy, number)
            earliest, latest = self._earliest[policy], self._latest[policy][number]
            entry = None if earliest is None else _entry(_days_left(event, self._state, policy), earliest)
            if entry is not None and latest is not None and entry <= latest:
                entries[policy] = entry
        self._past = number
        if len(entries) < len(_POLICIES):
            return False
        self._earliest.update(entries)
        return True

    def _pass(self, policy: str, number: int) -> None:
        for days in self._days[policy][self._past : number]:
            earliest = self._earliest[policy]
            self._earliest[policy] = None if earliest is None else _entry(days, earliest)


def _latest_days(events: Sequence[Sequence[Days] | None]) -> Sequence[int | None]:
    latest: list[int | None] = [EVER_AFTER]
    for days in reversed(events):
        ahead = latest[-1]
        if days is not None and ahead is not None:
            ahead = max((min(last, ahead) for first, last in days if first <= ahead), default=None)
        latest.append(ahead)
    return latest[::-1]
