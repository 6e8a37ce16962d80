"""From turns of status to what is possible on each day, without a record: most turns fall on days of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._evidence.resolution import Resolution, alternatives
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.readings import DECLARED
from csto_membership._values.runs import Runs
from csto_membership._worlds.masks import NONE_MASK, Course, Span, course_of, mask_of
from csto_membership._worlds.worlds import Chain, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from csto_membership._evidence.claims import Claim
    from csto_membership.readers._stays import Turn

_POLICY = Resolution("preferred")


def course_of_turns(turns: Sequence[Turn], claims_of: Callable[[Turn], Iterable[Claim]]) -> Course | None:
    """What is possible for a state by the default view of a record of its turns, None where they have no order."""
    if course := _on_exact_days(turns):
        return course
    if not any(turn.rivals for turn in turns):
        return _one_after_the_other(turns)
    given = (alternatives(tuple(claims_of(turn)), _POLICY, {}) for turn in turns)
    return walk(Chain(tuple(given)), DECLARED).course()


def _on_exact_days(turns: Sequence[Turn]) -> Course | None:
    """The course of turns of which each fell on one day; None for others. Of several on a day the last one stays."""
    by_day: dict[int, int] = {}
    before = EVER_BEFORE
    for turn in turns:
        first = turn.date.earliest
        if turn.rivals or first is None or first != turn.date.latest or first.toordinal() < before:
            return None
        before = first.toordinal()
        by_day[before] = mask_of(turn.statuses)
    return Runs.of(by_day.items(), NONE_MASK)


def _one_after_the_other(turns: Sequence[Turn]) -> Course | None:
    """
    The course of turns without rivals.

    Each is one event with one alternative, that leads from any status to its own: it has been reached from the latest of
    the first days up to it on, and the next can follow until the earliest of the last days after it.
    """
    firsts, lasts = [EVER_BEFORE], [EVER_AFTER]
    for turn in turns:
        earliest = turn.date.earliest
        firsts.append(max(firsts[-1], earliest.toordinal()) if earliest else firsts[-1])
    for turn in reversed(turns):
        latest = turn.date.latest
        lasts.append(min(lasts[-1], latest.toordinal()) if latest else lasts[-1])
    lasts.reverse()
    if any(first > last for first, last in zip(firsts[1:], lasts, strict=False)):
        return None
    masks = (NONE_MASK, *(mask_of(turn.statuses) for turn in turns))
    return course_of(map(Span, firsts, lasts, masks))
