"""Places of a world in the eyes of an institution: positions, and whether the state has been a member since it began."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from csto_membership._values.acts import Status
from csto_membership._worlds.entries import common, until
from csto_membership._worlds.entries import since as days_since
from csto_membership._worlds.masks import ANY_MASK, NONE_MASK, mask_of
from csto_membership._worlds.moves import base_of, is_unanchored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from csto_membership._worlds.entries import Entries
    from csto_membership._worlds.moves import Move, Position

#: Memberships that an institution's own line counts from its first day on, and what without them shows as none.
TENURE = frozenset({Status.MEMBER, Status.FROZEN})
_OF_OLD = frozenset({Status.FORMER, Status.SUSPENDED, Status.SIGNATORY})
_OF_OLD_MASK = mask_of(_OF_OLD)


class Place(NamedTuple):
    """A position, and whether the state has been a member since the institution began (always, without one)."""

    at: Position
    tenured: bool

    @property
    def shown(self) -> int:
        """What it shows, as a mask, from the institution's first day on."""
        base = base_of(self.at)
        if is_unanchored(self.at):
            return ANY_MASK if self.tenured else ANY_MASK & ~_OF_OLD_MASK
        if not isinstance(base, Status) or (base in _OF_OLD and not self.tenured):
            return NONE_MASK
        return mask_of([base])


_At = TypeVar("_At")
_Known = TypeVar("_Known")


def forward(
    moves: Iterable[tuple[Move, ...]],
    begin: dict[_At, _Known],
    follow: Callable[[_At, _Known, Move], Iterable[tuple[_At, _Known]]],
    join: Callable[[list[_Known]], _Known],
) -> Iterator[dict[_At, _Known]]:
    """
    The forward pass: after each number of moves, what is known of each place that a world can have come to.

    `follow` gives the places to which a move leads from a place, with what is then known of them; `join` puts together
    what is known of one place by several ways.
    """
    reached = begin
    yield reached
    for options in moves:
        ways: dict[_At, list[_Known]] = {}
        for place, known in reached.items():
            for move in options:
                for there, later in follow(place, known, move):
                    ways.setdefault(there, []).append(later)
        reached = {there: by[0] if len(by) == 1 else join(by) for there, by in ways.items()}
        yield reached


class Departure(NamedTuple):
    """The days on which a place can be left, with tenure or without, at least `gap` days after it was entered."""

    tenured: bool
    runs: Entries
    #: None for on the very day of entry.
    gap: int | None


def departures(place: Place, runs: Entries, since: int | None) -> list[Departure]:
    """
    How a place can be left by a move of these days.

    Tenure takes a whole day of membership from the institution's first day on: who comes and goes on one day, or goes
    before the second day of the institution, has none.
    """
    base = base_of(place.at)
    if since is None or place.tenured or not (is_unanchored(place.at) or base in TENURE):
        return [Departure(place.tenured, runs, 0)]
    later = days_since(runs, since + 1)
    if is_unanchored(place.at):
        return [Departure(False, runs, 0), Departure(True, later, 0)]
    return [Departure(False, runs, None), Departure(False, until(runs, since), 0), Departure(True, later, 1)]


def arrivals(place: Place, entries: Entries, move: Move, since: int | None) -> Iterator[tuple[Place, Entries]]:
    """The places to which a move leads from a place that was entered on one of the days, and when."""
    if move.runs is None:
        for to in move.leads.get(place.at, ()):
            yield Place(to, place.tenured), entries
        return
    for tenured, runs, gap in departures(place, move.runs, since):
        if days := common(entries, runs) if gap is None else days_since(runs, entries[0].first + gap):
            for to in move.leads.get(place.at, ()):
                yield Place(to, tenured), days
