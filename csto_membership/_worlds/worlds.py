"""
The heart: from one state's events and a reading to the statuses that are possible on each day. Exact, and no I/O.

A world gives every event one of its alternatives and one day inside it, in the order of the events (days may be
shared). A status is possible on a day if some world has it there.

The engine walks *positions*: a status, or one of two that stand for what a selection of sources leaves open before
the first act that has an effect. After k events, each position has an earliest day on which a world can have come to
it, and a latest day on which the next event can still follow: it is possible on every day from the one to before the
other, since the days behind and the days ahead can be chosen apart. Both follow from one pass each way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from csto_membership._values.acts import Act, Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.readings import Effect, Reading
from csto_membership._worlds.masks import _ORDER, ANY_STATUS, Course, course_of, mask_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._evidence.resolution import Alternative


#: Positions besides the statuses: nothing before a first act that opens, or anything before one that does not.
NOTHING_YET, ANYTHING = "nothing yet", "anything"
Position: TypeAlias = "Status | str"


@frozen
class Chain:
    """
    One state's events as the engine takes them: for each event its alternatives.

    A chain of the whole record begins with no relation. One of a selection of sources does so only where the first
    act with an effect opens the relation, and no earlier event with an effect was dropped: `vouched` says so for each
    event, and its last item for a world without any effect. `unforced`: a signatory may be a member unheard of.
    """

    events: tuple[tuple[Alternative, ...], ...]
    vouched: tuple[bool, ...] = ()
    unforced: bool = False

    @property
    def meaning(self) -> object:
        """What distinguishes the chain from others: all but who said so."""
        ways = tuple(tuple((way.act, way.statuses, way.days) for way in event) for event in self.events)
        return ways, self.vouched, self.unforced

    @property
    def starts(self) -> tuple[Position, ...]:
        """The positions in which a world may begin."""
        return (NOTHING_YET, ANYTHING) if self.vouched else (Status.NONE,)

    def may_end(self, position: Position) -> bool:
        """Whether a world may end in the position."""
        if isinstance(position, Status):
            return True
        return self.vouched[-1] is (position is NOTHING_YET)


@frozen
class Move:
    """An alternative as moves: its days of effect (None for an event that never happened), and where it leads."""

    days: tuple[int, int] | None
    leads: dict[Position, tuple[Position, ...]]


def moves_of(chain: Chain, reading: Reading) -> list[list[Move]]:
    """For each event its alternatives as moves, from the positions that can be come to by then."""
    live: set[Position] = set(chain.starts)
    found = []
    for number, event in enumerate(chain.events):
        options = []
        for told in event:
            effect = reading.effect(told.act)
            options.append(Move(told.days, {at: _next(at, told, effect, chain, number) for at in live}))
        live = {to for move in options for leads in move.leads.values() for to in leads}
        found.append(options)
    return found


def _next(at: Position, told: Alternative, effect: Effect | None, chain: Chain, number: int) -> tuple[Position, ...]:
    """Where an alternative of event `number` leads from a position; nowhere if the position does not allow it."""
    to: tuple[Position, ...]
    if told.act is Act.STATUS:
        to = () if at is NOTHING_YET else tuple(told.statuses)
    elif effect is None:
        to = (at,)
    elif isinstance(at, Status):
        to = (effect.after,) if at in effect.before else (at,)
    elif (at is NOTHING_YET) is (told.act.opens and chain.vouched[number]):
        to = (effect.after,) if at is ANYTHING or Status.NONE in effect.before else (Status.NONE,)
    else:
        to = ()
    if chain.unforced and Status.SIGNATORY in to:
        to = (*dict.fromkeys((*to, Status.MEMBER)),)
    return to


#: Before every day: no world can go on from there.
_NEVER = EVER_BEFORE - 1


def latest_days(chain: Chain, moves: list[list[Move]]) -> list[dict[Position, int]]:
    """For each number of events, and each position then: the latest day on which all later ones can still begin."""
    ends = {to for move in moves[-1] for leads in move.leads.values() for to in leads} if moves else set(chain.starts)
    limits = [{at: EVER_AFTER if chain.may_end(at) else _NEVER for at in ends}]
    for options in reversed(moves):
        ahead = limits[-1]
        limit: dict[Position, int] = {}
        for move in options:
            for at, leads in move.leads.items():
                limit.setdefault(at, _NEVER)
                for to in leads:
                    last = ahead[to] if move.days is None else min(move.days[1], ahead[to])
                    if move.days is None or move.days[0] <= last:
                        limit[at] = max(limit[at], last)
        limits.append(limit)
    return limits[::-1]


def possible(chain: Chain, reading: Reading, since: int | None = None) -> Course | None:
    """
    The course of possible statuses, None where the chain has no world at all.

    With `since`, the first day (ordinal) of an institution: from that day on a state that has not been a member on
    any day since then shows as none where it would be former, suspended or signatory.
    """
    moves = moves_of(chain, reading)
    limits = latest_days(chain, moves)
    if all(limits[0].get(at, _NEVER) < EVER_BEFORE for at in chain.starts):
        return None
    spans = []
    for k, places in enumerate(walked(chain, moves, since)):
        for place, entries in places.items():
            first, end = entries[0][0], limits[k][place.at]
            spans.append((first, end, place.shown))
            if since is not None and place.at is ANYTHING:
                # It may have been a membership on the first day, and former, say, on the next.
                spans.append((max(first, since + 1), end, ANY_STATUS))
    return course_of([span for span in spans if span[0] < span[1]])


#: Memberships that an institution's own line counts from its first day on, and what without them shows as none.
TENURE = frozenset({Status.MEMBER, Status.FROZEN})
_OF_OLD = frozenset({Status.FORMER, Status.SUSPENDED, Status.SIGNATORY})


@frozen
class Place:
    """A position, and whether the state has been a member since the institution began (always, without one)."""

    at: Position
    tenured: bool

    @property
    def shown(self) -> int:
        """What it shows, as a mask, from the institution's first day on."""
        if self.at is NOTHING_YET or (self.at in _OF_OLD and not self.tenured):
            return mask_of([Status.NONE])
        if self.at is ANYTHING:
            return ANY_STATUS if self.tenured else ANY_STATUS & ~mask_of(_OF_OLD)
        return 1 << _ORDER.index(self.at)


def walked(chain: Chain, moves: list[list[Move]], since: int | None = None) -> list[dict[Place, list[tuple[int, int]]]]:
    """
    After each number of events, the places that a world can have come to, with the days of entry as sorted runs.

    All the days of entry are kept, not only the earliest: a membership that begins and ends on one day is none.
    """
    reached = {Place(at, since is None): [(EVER_BEFORE, EVER_BEFORE)] for at in chain.starts}
    found = [reached]
    for options in moves:
        ahead: dict[Place, list[tuple[int, int]]] = {}
        for place, entries in reached.items():
            for move in options:
                for tenured, runs in followed(place, entries, move, since):
                    for to in move.leads[place.at] if runs else ():
                        ahead.setdefault(Place(to, tenured), []).extend(runs)
        reached = {place: _merged(runs) for place, runs in ahead.items()}
        found.append(reached)
    return found


def followed(
    place: Place, entries: list[tuple[int, int]], move: Move, since: int | None
) -> list[tuple[bool, list[tuple[int, int]]]]:
    """The days on which a move can follow a place that was entered on one of the days, without and with tenure."""
    if move.days is None:
        return [(place.tenured, entries)]
    low, high = move.days
    earliest = entries[0][0]
    anyway = [(max(earliest, low), high)]
    if since is None or place.tenured or not (place.at is ANYTHING or place.at in TENURE):
        return [(place.tenured, _merged(anyway))]
    if place.at is ANYTHING:
        return [(False, _merged(anyway)), (True, _merged([(max(since + 1, low), high)]))]
    same_day = [(max(first, low), min(last, high)) for first, last in entries]
    before = (max(earliest, low), min(high, since))
    after = (max(earliest + 1, since + 1, low), high)
    return [(False, _merged([*same_day, before])), (True, _merged([after]))]


def _merged(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of days in order, empty ones dropped and touching ones joined."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(run for run in runs if run[0] <= run[1]):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
