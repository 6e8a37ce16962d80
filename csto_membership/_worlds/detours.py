"""
The worlds of a chain if one of its events had other alternatives: only what changes by it is walked anew.

The days of entry before the event stay as they are, and so do the latest days after it. Both ways from the event, the
passes soon come to what they gave before: from there on nothing changes.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._worlds.masks import Course, Span, course_of
from csto_membership._worlds.moves import Steps, led_to, told_of
from csto_membership._worlds.worlds import Walk, earliest_days, limit, spans_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from csto_membership._evidence.resolution import Alternative
    from csto_membership._worlds.moves import Chain, Move, Position


@frozen
class Patch:
    """What is possible on the days from `first` to before `end` (ordinals); on other days it is what it was."""

    first: int
    end: int
    course: Course


@frozen(eq=False)
class Detour:
    """
    The worlds of a walk if an event had other alternatives.

    A step is what the passes say after a number of moves. The first `before` and the last `after` steps are those of the
    base; `limits` and `earliest` are the steps between them.
    """

    base: Walk
    steps: Steps
    #: The moves between the first `begin` ones of the base, and those from number `tail` on.
    begin: int
    tail: int
    moves: tuple[tuple[Move, ...], ...]
    events: tuple[int, ...]
    before: int
    after: int
    limits: tuple[Mapping[Position, int], ...]
    earliest: tuple[Mapping[Position, int], ...]

    @cached_property
    def walk(self) -> Walk:
        """All of the worlds, as a walk of their own."""
        base, after = self.base, len(self.base.limits) - self.after
        return Walk(
            self.steps.chain,
            self.steps.reading,
            self.steps.acts,
            base.moves[: self.begin] + self.moves + base.moves[self.tail :],
            base.events[: self.begin] + self.events + base.events[self.tail :],
            base.limits[: self.before] + self.limits + base.limits[after:],
            base.earliest[: self.before] + self.earliest + base.earliest[after:],
        )

    def patch(self) -> Patch | None:
        """The days on which something changes, None for none. The base must have a world."""
        after = len(self.base.limits) - self.after
        old = [span for number in range(self.before, after) for span in self.base.spans(number)]
        new = [span for days in zip(self.earliest, self.limits, strict=True) for span in spans_on(*days)]
        first = min((span.first for span in (*old, *new)), default=0)
        end = max((span.end for span in (*old, *new)), default=0)
        if first >= end:
            return None
        spans = [*new, *self._until(first), *self._from(after, end)]
        within = [Span(max(span.first, first), min(span.end, end), span.mask) for span in spans]
        return Patch(first, end, course_of(within))

    def _until(self, first: int) -> Iterator[Span]:
        """The spans before those that change, as far as they reach to a day: what comes before a step ends no later."""
        for number in reversed(range(self.before)):
            spans = list(self.base.spans(number))
            if all(span.end <= first for span in spans):
                return
            yield from spans

    def _from(self, after: int, end: int) -> Iterator[Span]:
        """The spans after those that change, as far as they begin before a day: what comes after a step begins no sooner."""
        for number in range(after, len(self.base.limits)):
            spans = list(self.base.spans(number))
            if all(span.first >= end for span in spans):
                return
            yield from spans


def detour(base: Walk, number: int, given: tuple[Alternative, ...]) -> Detour | None:
    """The worlds of a walk if the event of that number had these alternatives; None where none would be left."""
    chain = base.chain.replacing({number: given}, base.chain.edges)
    steps = Steps(chain, base.reading, (*base.acts[:number], told_of(chain, number), *base.acts[number + 1 :]))
    begin = bisect_left(base.events, number)
    moves, events, tail, live = _moves(base, steps, number)
    limits = [_limits_ahead(base, chain, tail, live)]
    for options in reversed(moves):
        limits.append(limit(options, limits[-1]))
    limits.reverse()
    if not any(first <= limits[0][at] for at, first in base.earliest[begin].items()):
        return None
    earliest, common = _forward(base, begin, moves, tail)
    changed, before = _backward(base, begin, limits[0])
    ahead = (limits[-1], *base.limits[tail + 1 : common])
    return Detour(
        base,
        steps,
        begin,
        tail,
        tuple(moves),
        tuple(events),
        before,
        len(base.limits) - common,
        (*changed, *limits[1:-1], *ahead[: common - tail]),
        (*base.earliest[before : begin + 1], *earliest),
    )


def _moves(base: Walk, steps: Steps, number: int) -> tuple[list[tuple[Move, ...]], list[int], int, set[Position]]:
    """
    The moves of an event, and of those after it up to a move of the base from which that goes on.

    With the events that they are of, the number of that move, and the positions before it.
    """
    live = set(base.limits[bisect_left(base.events, number)])
    moves: list[tuple[Move, ...]] = []
    events: list[int] = []
    for at in range(number, len(steps.acts)):
        tail = bisect_left(base.events, at)
        # The moves of the base lead on from all of these positions, and perhaps from others.
        if at > number and live <= base.limits[tail].keys():
            return moves, events, tail, live
        for options in steps.moves(at, live):
            live = led_to(options)
            moves.append(options)
            events.append(at)
    return moves, events, len(base.moves), live


def _limits_ahead(base: Walk, chain: Chain, tail: int, live: set[Position]) -> Mapping[Position, int]:
    """The latest days for the positions before move `tail` of the base, or at the end."""
    limits = base.limits[tail]
    return limits if live <= limits.keys() else {**limits, **chain.ends(live)}


def _forward(
    base: Walk, begin: int, moves: list[tuple[Move, ...]], tail: int
) -> tuple[list[Mapping[Position, int]], int]:
    """The earliest days of the steps after step `begin` of the base, up to the step from which on they are its own."""
    earliest = list(earliest_days(moves, base.earliest[begin]))[1:]
    while earliest[-1] != base.earliest[tail]:
        if tail == len(base.moves):
            return earliest, tail + 1
        earliest += list(earliest_days(base.moves[tail : tail + 1], earliest[-1]))[1:]
        tail += 1
    return earliest[:-1], tail


def _backward(base: Walk, begin: int, limits: Mapping[Position, int]) -> tuple[list[Mapping[Position, int]], int]:
    """The limits of the steps up to step `begin` of the base that are not its own, and the number of those before them."""
    changed: list[Mapping[Position, int]] = []
    while limits != base.limits[begin]:
        changed.append(limits)
        if begin == 0:
            return changed[::-1], 0
        begin -= 1
        limits = limit(base.moves[begin], limits)
    return changed[::-1], begin + 1
