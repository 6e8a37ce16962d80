"""What an answer rests on: the events that settled a status by some days, and those that may or may not have by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._worlds.worlds import ANYTHING, latest_days, moves_of

if TYPE_CHECKING:
    from csto_membership._values.readings import Reading
    from csto_membership._worlds.worlds import Chain, Position


@frozen
class Grounds:
    """
    Numbers of events of a chain, for a run of days.

    `settling`: those that in some world were the last, by one of the days, to change the status.
    `pending`: those that change a status in some world, and had taken effect by then in some worlds but not in others.
    `unanchored`: whether some world is still before its first act with an effect, where anything may have been.
    """

    settling: tuple[int, ...]
    pending: tuple[int, ...]
    unanchored: bool


def grounds_of(chain: Chain, reading: Reading, first: int, last: int) -> Grounds:
    """The grounds for the days (ordinals) from `first` to `last`."""
    moves = moves_of(chain, reading)
    limits = latest_days(chain, moves)
    reached: dict[tuple[Position, int], int] = {(at, -1): EVER_BEFORE for at in chain.starts}
    seen: list[tuple[int, Position, int]] = []
    changing: set[int] = set()
    for k in range(len(moves) + 1):
        for (at, settler), day in reached.items():
            if day <= last and max(day, first) < limits[k][at]:
                seen.append((k, at, settler))
        if k == len(moves):
            break
        ahead: dict[tuple[Position, int], int] = {}
        for move in moves[k]:
            for (at, settler), day in reached.items():
                entry = day if move.days is None else max(day, move.days[0])
                if move.days is None or entry <= move.days[1]:
                    for to in move.leads[at]:
                        key = (to, settler if to == at else k)
                        ahead[key] = min(ahead.get(key, EVER_AFTER), entry)
                        changing |= {k} if to != at else set()
        reached = ahead
    past = [k for k, _, _ in seen]
    pending = (k for k in range(min(past), max(past)) if k in changing) if past else ()
    settling = sorted({settler for _, _, settler in seen if settler >= 0})
    return Grounds(tuple(settling), tuple(pending), any(at is ANYTHING for _, at, _ in seen))
