"""
Which state existed on a day, as lists count: lives that end, and states that followed one another.

Lists disagree on lives, and each list's lives stay its own. The Correlates of War project ends Germany in 1945, lists the
German Federal Republic from 1955 to 1990, and then Germany again; in ISO 3166-1 the code of Germany was that of the
Federal Republic all along. No position is taken on anyone's legal standing.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._values.lives import Lifespan
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._values.wording import together, when
from csto_membership._values.world import world

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.states import State


def lives_of(state: State) -> tuple[Lifespan, ...]:
    """The lives of a state: as it is defined, or else as the library knows them."""
    if state.lifespans:
        return state.lifespans
    known = world().get(state.id)
    return known.lifespans if known else ()


def first_day(state: State) -> dt.date | None:
    """The first day on which any list has the state; None for a life without a known beginning, and for no known life."""
    firsts = [life.first.earliest if life.first else None for life in lives_of(state)]
    known = [first for first in firsts if first is not None]
    return min(known) if len(known) == len(firsts) and known else None


def last_day(state: State) -> int | None:
    """The latest day (an ordinal) on which any list has the state; None for a life that is open, or not known."""
    lasts = [life.last.latest if life.last else None for life in lives_of(state)]
    known = [last for last in lasts if last is not None]
    return max(known).toordinal() if known and len(known) == len(lasts) else None


def stand_ins(
    state: State, listed: Iterable[State], *, apart: bool = False
) -> Iterator[tuple[State, tuple[Days, ...]]]:
    """
    States that may be meant by the name of another one, and the days (ordinals) on which they may be.

    One list has the state on days on which another has one before or after it, and not the state itself: whoever asks for
    Germany in 1980 may mean the German Federal Republic. Or a list counts both as one: whoever asks for Russia in 1980
    may mean the Soviet Union, and for the German Federal Republic Germany; not where they are told `apart`.

    >>> germany, republic = world()["DEU"], world()["cow:260"]
    >>> from datetime import date
    >>> ((other, ((first, last),)),) = stand_ins(germany, [republic])
    >>> other.name, str(date.fromordinal(first)), str(date.fromordinal(last))
    ('German Federal Republic', '1955-05-05', '1990-10-02')
    >>> list(stand_ins(republic, [germany])) == [(germany, ((first, last),))]
    True
    >>> ((other, ((_, last),)),) = stand_ins(world()["RUS"], [world()["SUN"]])
    >>> other.name, str(date.fromordinal(last))
    ('Soviet Union', '1992-08-30')
    """
    mine = _by_list(state)
    for other in listed:
        if not (state.succeeds(other) or other.succeeds(state)):
            continue
        theirs = _by_list(other)
        days = [
            run
            for title in mine.keys() & theirs.keys()
            if any(a.meets(b) for name in mine if name != title for a in mine[name] for b in theirs[title])
            for run in _without(map(_days, theirs[title]), [*map(_days, mine[title])])
        ]
        if not apart and counted_together(state, other):
            days += _days_together(state, other)
        if days:
            yield other, tuple(sorted(set(days)))


def _days_together(one: State, other: State) -> list[Days]:
    """The lives of the earlier of two states that a list counts as one, if it has the later one in any part of them."""
    earlier, later = (other, one) if one.succeeds(other) else (one, other)
    title = counted_together(one, other).partition(":")[0]
    counted = _by_list(later).get(title, ())
    return [_days(life) for life in lives_of(earlier) if any(life.meets(its) for its in counted)]


@frozen
class Related:
    """The states that succeeded one of some others, or that one of these succeeded; no other has `stand_ins` among them."""

    _ids: frozenset[str | None]
    _predecessors: frozenset[str]

    @classmethod
    def to(cls, listed: Iterable[State]) -> Related:
        """
        Those that are related to these.

        >>> related = Related.to([world()["RUS"]])
        >>> world()["SUN"] in related, world()["FRA"] in related
        (True, False)
        """
        states = tuple(listed)
        ids = frozenset(id for state in states for id in (state.id, state.alpha3))
        return cls(ids, frozenset(before.id for state in states for before in state.predecessors))

    def __contains__(self, state: State) -> bool:
        before = {before.id for before in state.predecessors}
        return not (before.isdisjoint(self._ids) and self._predecessors.isdisjoint({state.id, state.alpha3}))


def counted_together(one: State, other: State) -> str:
    """The citation of a list that counts two states as one, "" for none."""
    pairs = ((one, other), (other, one))
    cited = (before.together for later, earlier in pairs for before in later.predecessors if before.id == earlier.id)
    return next(filter(None, cited), "")


def existing_then(state: State, date: ImpreciseDate, listed: Iterable[State]) -> Iterator[str]:
    """What lists say of a date on which one of them does not have the state: who was there, if they tell."""
    day = Lifespan(date, date, citation="")
    absent = [title for title, lives in _by_list(state).items() if not any(life.meets(day) for life in lives)]
    if not absent:
        return
    nowhere = len(absent) == len(_by_list(state))
    who = f"{state.name} ({state.id})"
    then: dict[str, list[str]] = {}
    for other in _kin(state, listed):
        for title, lives in _by_list(other).items():
            if (nowhere or title in absent) and any(life.meets(day) for life in lives):
                then.setdefault(title, []).append(f"{other.name} ({other.id})")
    for title, names in sorted(then.items()):
        yield f"{title} has {together(names)} {when(date)}, and not {who}"
    if nowhere and not then:
        yield f"{together(sorted(absent))} {'has' if len(absent) == 1 else 'have'} no {who} {when(date)}"


def _kin(state: State, listed: Iterable[State]) -> list[State]:
    """The states of which one followed the other, as they are listed or as the library knows them."""
    before = [known for other in state.predecessors if (known := world().get(other.id))]
    kin = {other.id: other for other in (*before, *world().successors(state.id))}
    kin |= {other.id: other for other in listed if state.succeeds(other) or other.succeeds(state)}
    return [kin[id] for id in sorted(kin)]


def _by_list(state: State) -> dict[str, list[Lifespan]]:
    """The lives of a state by the list that has them: what a citation gives after a colon is a place in the list."""
    lists: dict[str, list[Lifespan]] = {}
    for life in lives_of(state):
        lists.setdefault(life.citation.partition(":")[0], []).append(life)
    return lists


def _days(life: Lifespan) -> Days:
    first, last = life.first and life.first.earliest, life.last and life.last.latest
    return Days(first.toordinal() if first else EVER_BEFORE, last.toordinal() if last else EVER_AFTER)


def _without(runs: Iterable[Days], taken: Iterable[Days]) -> list[Days]:
    """What is left of runs of days without others."""
    left = list(runs)
    for first, last in taken:
        left = [
            Days(*part)
            for run in left
            for part in ((run.first, min(run.last, first - 1)), (max(run.first, last + 1), run.last))
            if part[0] <= part[1]
        ]
    return left
