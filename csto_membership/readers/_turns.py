"""
From the rows on one state in one organisation to its turns of status.

- On days that rows of different statuses certainly cover each of these statuses is possible.
- Rows that only may overlap, since their bounds are imprecise, stand one after the other.
- A row that was skipped may have said anything that its readable cells allow: no answer is firm that a reading of it
  could change.
"""

from __future__ import annotations

import datetime as dt
from itertools import zip_longest
from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership.readers._joined import (
    AFTER,
    BEFORE,
    LAST,
    MOST_AT_ONCE,
    NONE,
    in_order_of,
    spells_of,
    widest,
)
from csto_membership.readers._possible import Missing, Readings, over, possible_on
from csto_membership.readers._stays import Lost, Rival, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from csto_membership.readers._joined import Bound, Spell
    from csto_membership.readers._stays import Stay


def turns_of(rows: Iterable[Stay], lost: Sequence[Lost] = ()) -> list[Turn]:
    """The turns of the status of one state, from the rows on it and from those that were skipped."""
    if len(lost) > MOST_AT_ONCE:
        lost = [Lost(lost[0].line)]
    spells = spells_of(rows, lost)
    if lost:
        return list(_blended(spells, (), lost))
    turns: list[Turn] = []
    earlier: list[Spell] = []
    for cluster in _clusters(spells):
        turns += _chained(cluster) if _is_chain(cluster) else _blended(cluster, earlier, ())
        earlier = list(over(AFTER, map(Readings.alone, cluster)))
    return turns


def _clusters(spells: Sequence[Spell]) -> Iterator[list[Spell]]:
    """The spells in groups that certainly stand apart."""
    cluster: list[Spell] = []
    latest = BEFORE
    for spell in sorted(spells, key=lambda spell: spell.first.earliest):
        if cluster and spell.first.earliest > latest:
            yield sorted(cluster, key=in_order_of)
            cluster = []
        cluster.append(spell)
        latest = max(latest, spell.latest)
    if cluster:
        yield sorted(cluster, key=in_order_of)


def _is_chain(spells: Sequence[Spell]) -> bool:
    """Whether spells can only stand one after the other, in their order, and all of them can."""
    free, begun, ended = BEFORE, BEFORE, BEFORE - 1
    ended_of: dict[frozenset[Status], int] = {}
    for spell in spells:
        # None of those before it can come after it, and each of their ends may be before it.
        touched = max(ended, ended_of.get(spell.statuses, ended - 1) + 1)
        if spell.sure_last < begun or touched >= spell.first.latest:
            return False
        first = max(free, spell.first.earliest)
        ends = [max(first, last.earliest) for last in spell.lasts if max(first, last.earliest) <= last.latest]
        if first > spell.first.latest or not ends:
            return False
        free = min(ends) + 1
        begun = max(begun, spell.first.latest)
        latest = max(last.earliest for last in spell.lasts)
        ended = max(ended, latest)
        ended_of[spell.statuses] = max(ended_of.get(spell.statuses, latest), latest)
    return True


# One after the other


def _chained(spells: Sequence[Spell]) -> Iterator[Turn]:
    narrowed = _narrowed(spells)
    for spell, after in zip_longest(narrowed, narrowed[1:]):
        line, *more = spell.lines
        yield Turn(_begin(spell.first), spell.statuses, line, note=spell.note, more=tuple(more))
        ends = [(_end(last), spell.line_of_last[last.days]) for last in spell.lasts]
        dated = [(date, line) for date, line in ends if date]
        if not dated:
            continue
        (date, line), *others = dated
        if not others and len(ends) == 1 and after and date.is_exact and _exact(after.first) == date.earliest:
            continue
        rivals = [Rival(*rival) for rival in others]
        rivals += [Rival(None, line) for date, line in ends if not date]
        yield Turn(date, spell.left(), line, note=spell.note, rivals=tuple(rivals))


def _narrowed(spells: Sequence[Spell]) -> list[Spell]:
    """The spells of a chain with the days that they have left between the others."""
    forward: list[Spell] = []
    free = BEFORE
    for spell in spells:
        first = spell.first._replace(earliest=max(free, spell.first.earliest))
        forward.append(_within(spell, first, AFTER))
        free = forward[-1].sure_last + 1
    backward: list[Spell] = []
    latest = AFTER
    for spell in reversed(forward):
        backward.append(_within(spell, spell.first, latest))
        latest = backward[-1].first.latest - 1
    return backward[::-1]


def _within(spell: Spell, first: Bound, latest: int) -> Spell:
    """The spell with another range of first days, and over by a day."""
    lasts = [
        (last, last._replace(earliest=max(last.earliest, first.earliest), latest=min(last.latest, latest)))
        for last in spell.lasts
        if max(last.earliest, first.earliest) <= min(last.latest, latest)
    ]
    first = first._replace(latest=min(first.latest, max(last.latest for _, last in lasts)))
    lines = {last.days: spell.line_of_last[old.days] for old, last in lasts}
    return evolve(spell, first=first, lasts=widest(last for _, last in lasts), line_of_last=lines)


def _exact(bound: Bound) -> dt.date | None:
    return _day(bound.earliest) if bound.earliest == bound.latest else None


def _day(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if BEFORE < ordinal < AFTER else None


def _begin(first: Bound) -> ImpreciseDate:
    """The day on which a spell begins; the first civil day for since ever."""
    earliest, latest = _day(first.earliest), _day(first.latest)
    if first.date and (earliest, latest) == (first.date.earliest, first.date.latest) and (earliest or latest):
        return first.date
    if first.latest == BEFORE:
        return ImpreciseDate(None, dt.date.min)
    # A bound must stay, since "some day" alone is no date that a record can hold.
    return ImpreciseDate(earliest, latest or (None if earliest else dt.date.max), _qualifier(first))


def _end(last: Bound) -> ImpreciseDate | None:
    """The first day after a spell; None where there is none."""
    if last.earliest >= LAST:
        return None
    earliest = dt.date.fromordinal(last.earliest + 1) if last.earliest or last.latest >= LAST else None
    return ImpreciseDate(earliest, _day(last.latest + 1) if last.latest < LAST else None, _qualifier(last))


def _qualifier(bound: Bound) -> str:
    return bound.date.qualifier if bound.date else ""


# Day by day


def _blended(cluster: Sequence[Spell], earlier: Sequence[Spell], lost: Sequence[Lost]) -> Iterator[Turn]:
    """
    The turns on exact days of what is possible, where spells do not simply follow one another.

    `earlier` are those that may be the last that was over before.
    """
    if len(cluster) > MOST_AT_ONCE:
        yield from _too_many(cluster)
        return
    readings = [*(Readings.alone(spell) for spell in earlier), *(Readings.of(one, cluster) for one in cluster)]
    missing = [Missing.of(row) for row in lost]
    edges = {BEFORE} if lost else {spell.first.earliest for spell in cluster}
    for spell in cluster:
        edges |= {spell.first.latest, *(edge for last in spell.lasts for edge in (last.earliest + 1, last.latest + 1))}
    for row in missing:
        edges |= {row.first, row.last + 1, row.over_from + 1}
    # Who begins after another has ended may be over on the day after that.
    edges |= {edge + 1 for edge in edges}
    # What the spells before have left may come on the very first day.
    before = None if earlier else NONE
    for edge in sorted(edge for edge in edges if edge < AFTER):
        seen = possible_on(edge, readings, missing)
        if seen.statuses != before:
            line, *more = seen.lines
            yield Turn(_on(edge), seen.statuses, line, note=seen.note, more=tuple(more))
        before = seen.statuses


def _too_many(cluster: Sequence[Spell]) -> Iterator[Turn]:
    """Nothing is known as long as any of the spells may last."""
    line, *more = sorted(line for spell in cluster for line in spell.lines)
    note = "too many rows of one state on the same days"
    yield Turn(_on(min(spell.first.earliest for spell in cluster)), ALL_STATUSES, line, note=note, more=tuple(more))
    end = max(spell.latest for spell in cluster) + 1
    if end < AFTER:
        left = frozenset[Status]().union(*(spell.left() for spell in over(end, map(Readings.alone, cluster))))
        yield Turn(_on(end), left, line, more=tuple(more))


def _on(ordinal: int) -> ImpreciseDate:
    """The date of an ordinal; of since ever, one that no day is before."""
    return ImpreciseDate.on(dt.date.fromordinal(ordinal)) if ordinal else ImpreciseDate(None, dt.date.min)
