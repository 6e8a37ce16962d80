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

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._values.period import EVER_BEFORE, Days
from csto_membership._worlds.entries import first_from, last_until, merged_all
from csto_membership._worlds.masks import ANY_MASK, Course, Span, course_of
from csto_membership._worlds.moves import NEVER, Steps, is_unanchored, led_to, told_of
from csto_membership._worlds.places import Place, arrivals, forward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from csto_membership._values.readings import Reading
    from csto_membership._worlds.entries import Entries
    from csto_membership._worlds.moves import Chain, Move, Position, Told

_EVER = Days(EVER_BEFORE, EVER_BEFORE)


@frozen(eq=False)
class Walk:
    """
    All worlds of a chain under a reading, walked at once.

    `moves` are the acts of each event as moves, and between them the entries into force of which nobody speaks;
    `events` has for each of them the number of the event that it is, or that it follows. `limits` give, for each number
    of moves and each position then, the latest day on which all later ones can still begin; `earliest` the earliest
    day on which a world can have come to each position. `acts` are what the events tell.
    """

    chain: Chain
    reading: Reading
    acts: tuple[Told, ...]
    moves: tuple[tuple[Move, ...], ...]
    events: tuple[int, ...]
    limits: tuple[Mapping[Position, int], ...]
    earliest: tuple[Mapping[Position, int], ...]

    @cached_property
    def has_world(self) -> bool:
        """Whether the alternatives can happen in their order at all."""
        return any(self.limits[0].get(at, NEVER) >= EVER_BEFORE for at in self.chain.starts)

    def places(self, since: int | None = None) -> list[dict[Place, Entries]]:
        """
        After each number of moves, the places that a world can have come to, with the days of entry.

        All the days of entry are kept, not only the earliest: a membership that begins and ends on one day is none.
        With `since`, the first day (ordinal) of an institution, places tell who has been a member since then.
        """
        begin: dict[Place, Entries] = {Place(at, since is None): [_EVER] for at in self.chain.starts}
        return list(_entered(self.moves, begin, since))

    def told(self, number: int, before: dict[Place, Entries], since: int | None = None) -> dict[Place, Entries]:
        """Of the places before a move, those after it in worlds in which a source tells the event."""
        told = tuple(move for move in self.moves[number] if move.act)
        *_, after = _entered([told], before, since)
        return after

    def course(self, since: int | None = None) -> Course | None:
        """
        The course of possible statuses, None where the chain has no world at all.

        With `since`, the first day of an institution: from that day on a state that has not been a member on any day
        since then shows as none where it would be former, suspended or signatory.
        """
        if not self.has_world:
            return None
        if since is None:
            return course_of(span for number in range(len(self.limits)) for span in self.spans(number))
        spans = []
        for limits, places in zip(self.limits, self.places(since), strict=True):
            for place, entries in places.items():
                first, end = entries[0].first, limits[place.at]
                spans.append(Span(first, end, place.shown))
                if is_unanchored(place.at):
                    # It may have been a membership on the first day, and former, say, on the next.
                    spans.append(Span(max(first, since + 1), end, ANY_MASK))
        return course_of(spans)

    def spans(self, number: int) -> Iterator[Span]:
        """What is possible after a number of moves, and on which days."""
        return spans_on(self.earliest[number], self.limits[number])


def spans_on(earliest: Mapping[Position, int], limits: Mapping[Position, int]) -> Iterator[Span]:
    """What is possible between two moves, and on which days: nothing in a position from which no world goes on."""
    for at, first in earliest.items():
        if first <= limits[at]:
            yield Span(first, limits[at], Place(at, tenured=True).shown)


def walk(chain: Chain, reading: Reading) -> Walk:
    """The worlds of a chain under a reading."""
    live: set[Position] = set(chain.starts)
    moves: list[tuple[Move, ...]] = []
    events: list[int] = []
    steps = Steps(chain, reading, tuple(told_of(chain, number) for number in range(len(chain.events))))
    for number in range(len(chain.events)):
        for options in steps.moves(number, live):
            live = led_to(options)
            moves.append(options)
            events.append(number)
    limits = [chain.ends(live)]
    for options in reversed(moves):
        limits.append(limit(options, limits[-1]))
    earliest = earliest_days(moves, dict.fromkeys(chain.starts, EVER_BEFORE))
    return Walk(chain, reading, steps.acts, tuple(moves), tuple(events), tuple(reversed(limits)), tuple(earliest))


def _entered(
    moves: Iterable[tuple[Move, ...]], begin: dict[Place, Entries], since: int | None
) -> Iterator[dict[Place, Entries]]:
    """After each number of moves the places that a world can have come to, with the days of entry."""

    def follow(place: Place, entries: Entries, move: Move) -> Iterator[tuple[Place, Entries]]:
        return arrivals(place, entries, move, since)

    return forward(moves, begin, follow, merged_all)


def limit(options: Iterable[Move], ahead: Mapping[Position, int]) -> dict[Position, int]:
    """The latest day for each position before an event, from those after it."""
    latest: dict[Position, int] = {}
    for move in options:
        for at, leads in move.leads.items():
            latest.setdefault(at, NEVER)
            for to in leads:
                last = ahead[to] if move.runs is None else last_until(move.runs, ahead[to])
                if last is not None:
                    latest[at] = max(latest[at], last)
    return latest


def earliest_days(moves: Iterable[tuple[Move, ...]], begin: Mapping[Position, int]) -> Iterator[Mapping[Position, int]]:
    """The forward pass, from the positions in which worlds begin and the days on which: see `Walk.earliest`."""

    def follow(at: Position, day: int, move: Move) -> Iterator[tuple[Position, int]]:
        entry = day if move.runs is None else first_from(move.runs, day)
        if entry is not None:
            for to in move.leads.get(at, ()):
                yield to, entry

    return forward(moves, dict(begin), follow, min)
