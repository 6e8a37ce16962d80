"""Which events decided the status on given days, and which may have."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from csto_membership._values.period import EVER_BEFORE, Days
from csto_membership._worlds.entries import first_from, last_until
from csto_membership._worlds.moves import Stay, base_of, is_unanchored
from csto_membership._worlds.places import forward

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._worlds.moves import Move, Position
    from csto_membership._worlds.worlds import Walk


@frozen
class Grounds:
    """
    Numbers of events of a chain, for a run of days.

    `settling`: those that in some world were the last, by one of the days, to change the status.
    `pending`: those that change a status in some world, and may have taken effect by one of the days, or after one.
    `unanchored`: whether some world is still before its first act with an effect, where anything may have been.
    `silent`: whether in some world an entry into force of which nobody speaks has made a member of a signatory.
    """

    settling: tuple[int, ...] = ()
    pending: tuple[int, ...] = ()
    unanchored: bool = False
    silent: bool = False


class _Settled(NamedTuple):
    """A position, how many moves are past, the last of them that changed the status, and the last event told (-1: none)."""

    at: Position
    past: int
    settler: int
    told: int


def grounds_of(walk: Walk, days: Days) -> Grounds:
    """The grounds for the days from the first to the last."""
    silent_moves = {move for move, (one, other) in enumerate(pairwise(walk.events), 1) if one == other}
    changing: set[int] = set()
    sooner: set[int] = set()
    later: set[int] = set()

    def follow(place: _Settled, day: int, move: Move) -> Iterator[tuple[_Settled, int]]:
        entry = day if move.runs is None else first_from(move.runs, day)
        if entry is None:
            return
        # An entry into force of which nobody speaks rests on the event before it.
        told = place.told if move.days is None or place.past in silent_moves else place.past
        for to in move.leads.get(place.at, ()):
            limit = walk.limits[place.past + 1][to]
            latest = limit if move.runs is None else last_until(move.runs, limit)
            if latest is None or entry > latest:
                # No world goes on from there.
                continue
            if move.runs is not None:
                sooner.update([place.past] if entry <= days.last else [])
                later.update([place.past] if latest > days.first else [])
            if base_of(to) is base_of(place.at) or move.act is None:
                # What no source tells decides nothing.
                settler = place.settler
            else:
                changing.add(place.past)
                settler = told
            yield _Settled(to, place.past + 1, settler, told), entry

    begin = {_Settled(at, 0, -1, -1): EVER_BEFORE for at in walk.chain.starts}
    seen = [
        place
        for limits, reached in zip(walk.limits, forward(walk.moves, begin, follow, min), strict=True)
        for place, day in reached.items()
        if day <= days.last and max(day, days.first) < limits[place.at]
    ]
    settling = {place.settler for place in seen if place.settler >= 0}
    silent = any(isinstance(place.at, Stay) and place.at.silent for place in seen)
    return Grounds(
        tuple(sorted({walk.events[move] for move in settling})),
        tuple(sorted({walk.events[move] for move in (changing & sooner & later) - silent_moves})),
        unanchored=any(is_unanchored(place.at) for place in seen),
        silent=silent,
    )
