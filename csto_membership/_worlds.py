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

from csto_membership._acts import Act, Effect, Reading, Status
from csto_membership._evidence import EVER_AFTER, EVER_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._resolution import Alternative

_ORDER = tuple(Status)
ANY_STATUS = (1 << len(_ORDER)) - 1

#: Positions besides the statuses: nothing before a first act that opens, or anything before one that does not.
NOTHING_YET, ANYTHING = "nothing yet", "anything"
Position: TypeAlias = "Status | str"

#: From an ordinal day on (until the next entry), the statuses that are possible, as a bit mask.
Course: TypeAlias = "list[tuple[int, int]]"


def mask_of(statuses: Iterable[Status]) -> int:
    """The bit mask of a set of statuses."""
    return sum(1 << _ORDER.index(status) for status in set(statuses))


_SETS = tuple(frozenset(s for i, s in enumerate(_ORDER) if mask >> i & 1) for mask in range(ANY_STATUS + 1))


def statuses_of(mask: int) -> frozenset[Status]:
    """The set of statuses of a bit mask."""
    return _SETS[mask]


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
    def positions(self) -> tuple[Position, ...]:
        """The positions that a world may come to."""
        return (*_ORDER, NOTHING_YET, ANYTHING) if self.vouched else _ORDER

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
    """For each event its alternatives as moves."""
    return [
        [
            Move(told.days, {at: _next(at, told, reading.effect(told.act), chain, number) for at in chain.positions})
            for told in event
        ]
        for number, event in enumerate(chain.events)
    ]


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


def latest_days(chain: Chain, moves: list[list[Move]]) -> list[dict[Position, int]]:
    """For each event and position: the latest day on which it and all later ones can still begin."""
    never = EVER_BEFORE - 1
    limits = [{at: EVER_AFTER if chain.may_end(at) else never for at in chain.positions}]
    for options in reversed(moves):
        ahead = limits[-1]
        limit = dict.fromkeys(chain.positions, never)
        for move in options:
            for at, leads in move.leads.items():
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
    if all(limits[0][at] < EVER_BEFORE for at in chain.starts):
        return None
    stays = _plain(chain, moves) if since is None else _with_tenure(chain, moves, since)
    spans = [(day, limits[k][at], shown) for k, at, day, shown in stays if day < limits[k][at]]
    return course_of(spans)


def course_of(spans: Sequence[tuple[int, int, int]]) -> Course:
    """The course that is possible by any of the spans (first day, day after the last, mask), merged."""
    course: Course = []
    for day in sorted({EVER_BEFORE, *(edge for span in spans for edge in span[:2] if edge < EVER_AFTER)}):
        mask = 0
        for first, end, shown in spans:
            if first <= day < end:
                mask |= shown
        if not course or course[-1][1] != mask:
            course.append((day, mask))
    return course


def _shown(at: Position) -> int:
    if isinstance(at, Status):
        return 1 << _ORDER.index(at)
    return 1 if at is NOTHING_YET else ANY_STATUS


def _plain(chain: Chain, moves: list[list[Move]]) -> list[tuple[int, Position, int, int]]:
    """After how many events, in which position, from which day on, shown as what."""
    reached = dict.fromkeys(chain.starts, EVER_BEFORE)
    found = [(0, at, day, _shown(at)) for at, day in reached.items()]
    for k, options in enumerate(moves, 1):
        ahead: dict[Position, int] = {}
        for move in options:
            for at, day in reached.items():
                first = day if move.days is None else max(day, move.days[0])
                if move.days is None or first <= move.days[1]:
                    for to in move.leads[at]:
                        ahead[to] = min(ahead.get(to, EVER_AFTER), first)
        reached = ahead
        found += [(k, at, day, _shown(at)) for at, day in reached.items()]
    return found


_TENURE = frozenset({Status.MEMBER, Status.FROZEN})
_OF_OLD = frozenset({Status.FORMER, Status.SUSPENDED, Status.SIGNATORY})


def _with_tenure(chain: Chain, moves: list[list[Move]], since: int) -> list[tuple[int, Position, int, int]]:
    """
    As `_plain`, apart for worlds in which the state has been a member on some day since `since`, or has not.

    A membership that begins and ends on one day is none on any day: so worlds without tenure need all the days on
    which a position may be entered, not only the earliest.
    """
    never: dict[Position, list[tuple[int, int]]] = {at: [(EVER_BEFORE, EVER_BEFORE)] for at in chain.starts}
    once: dict[Position, int] = {}
    found = [(0, at, EVER_BEFORE, _shown_without_tenure(at)) for at in chain.starts]
    for k, options in enumerate(moves, 1):
        never_ahead: dict[Position, list[tuple[int, int]]] = {}
        once_ahead: dict[Position, int] = {}
        for move in options:
            for at, entries in never.items():
                if move.days is None:
                    stays, first = entries, EVER_AFTER
                else:
                    stays, first = _without_tenure(at, entries, move.days, since)
                for to in move.leads[at]:
                    if stays:
                        never_ahead.setdefault(to, []).extend(stays)
                    if first < EVER_AFTER:
                        once_ahead[to] = min(once_ahead.get(to, EVER_AFTER), first)
            for at, day in once.items():
                first = day if move.days is None else max(day, move.days[0])
                if move.days is None or first <= move.days[1]:
                    for to in move.leads[at]:
                        once_ahead[to] = min(once_ahead.get(to, EVER_AFTER), first)
        never, once = never_ahead, once_ahead
        found += [(k, at, min(entries)[0], _shown_without_tenure(at)) for at, entries in never.items()]
        found += [(k, at, day, _shown(at)) for at, day in once.items()]
    # Where anything may have been, it may have been a membership on the first day, and former, say, on the next.
    found += [(k, at, max(day, since + 1), ANY_STATUS) for k, at, day, _ in found if at is ANYTHING]
    return found


def _shown_without_tenure(at: Position) -> int:
    return 1 if at in _OF_OLD else _shown(at) & ~mask_of(_OF_OLD) if at is ANYTHING else _shown(at)


def _without_tenure(
    at: Position, entries: list[tuple[int, int]], days: tuple[int, int], since: int
) -> tuple[list[tuple[int, int]], int]:
    """
    The days on which a move can follow without tenure, and the earliest on which it can with it (or never).

    `entries` are the days on which the position was entered.
    """
    earliest = min(entries)[0]
    anyway = (max(days[0], earliest), days[1])
    if at is not ANYTHING and at not in _TENURE:
        return _nonempty([anyway]), EVER_AFTER
    tenured = max(days[0], since + 1, EVER_BEFORE if at is ANYTHING else earliest + 1)
    first = tenured if tenured <= days[1] else EVER_AFTER
    if at is ANYTHING:
        return _nonempty([anyway]), first
    before = (anyway[0], min(days[1], since))
    same_day = [(max(days[0], a), min(days[1], b)) for a, b in entries]
    return _nonempty([before, *same_day]), first


def _nonempty(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(first, last) for first, last in runs if first <= last]
