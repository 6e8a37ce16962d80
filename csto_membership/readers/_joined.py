"""
The spells that rows on one state amount to.

The order of rows means nothing, and equal rows are one.

- Rows of one status and one first day with different ends are one spell told twice: their ends are rival claims, and an
  open end denies that there was an end.
- Other rows of one status that certainly overlap or touch are their union.

Days are ordinals here, from `BEFORE` (since ever) to `AFTER` (open).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership.readers._stays import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from csto_membership._values.dates import ImpreciseDate
    from csto_membership.readers._stays import Lost, Stay

NONE = frozenset({Status.NONE})
#: What stays as it is when a spell ends: nothing is known, or there was no relation to end.
_ENDLESS = (ALL_STATUSES, NONE)
LAST = dt.date.max.toordinal()
BEFORE, AFTER = 0, LAST + 1
#: Of more spells (or skipped rows) of one state on the same days than this nothing is concluded: no table has them, and
#: each would be looked at on the days of every other.
MOST_AT_ONCE = 50


class Bound(NamedTuple):
    """The days between which an end of a spell lies, and the date that says so, None for none or several."""

    earliest: int
    latest: int
    date: ImpreciseDate | None = None

    @property
    def days(self) -> tuple[int, int]:
        """Both ends of the run of days."""
        return self.earliest, self.latest


OPEN = Bound(AFTER, AFTER)


def first_of(row: Stay | Lost) -> Bound:
    if row.first is None:
        return Bound(BEFORE, BEFORE)
    earliest, latest = row.first.earliest, row.first.latest
    return Bound(earliest.toordinal() if earliest else BEFORE, latest.toordinal() if latest else AFTER, row.first)


def last_of(row: Stay | Lost) -> Bound:
    if row.last is None:
        return OPEN
    earliest, latest = row.last.earliest, row.last.latest
    return Bound(earliest.toordinal() if earliest else BEFORE, latest.toordinal() if latest else AFTER, row.last)


@frozen(eq=False)
class Spell:
    """
    What rows of one status amount to: a run of days from `first` to one of `lasts`, which are rival claims.

    No first day is later than the last one can be, and no last day earlier than the first one can be.
    """

    first: Bound
    lasts: tuple[Bound, ...]
    statuses: frozenset[Status]
    lines: tuple[int, ...]
    line_of_last: dict[tuple[int, int], int]
    note: str = ""

    @property
    def sure_last(self) -> int:
        """The last day that is certainly inside, if the day is not before `first.latest`."""
        return min(last.earliest for last in self.lasts)

    @property
    def latest(self) -> int:
        """The last day that may be inside."""
        return max(last.latest for last in self.lasts)

    def certain_on(self, day: int) -> bool:
        return self.first.latest <= day <= self.sure_last

    def joins(self, other: Spell) -> bool:
        """Whether there certainly is no day between both."""
        return self.sure_last + 1 >= other.first.latest and other.sure_last + 1 >= self.first.latest

    def left(self) -> frozenset[Status]:
        """What a state is when the spell has ended."""
        return self.statuses if self.statuses in _ENDLESS else frozenset({Status.FORMER})


def _spell(rows: Sequence[Stay], shaken: Sequence[Lost]) -> Spell:
    """The spell that rows of one status and first day tell; `shaken` are skipped rows that may be of that spell."""
    first = first_of(rows[0])
    line_of: dict[tuple[int, int], int] = {}
    lasts: dict[tuple[int, int], Bound] = {}
    for row in rows:
        last = last_of(row)
        line_of.setdefault(last.days, row.line)
        lasts.setdefault(last.days, last)
    told = _narrowest(lasts.values())
    for lost in shaken:
        last = last_of(lost) if "last" not in lost.unread else Bound(BEFORE, AFTER)
        line_of.setdefault(last.days, lost.line)
        told.append(last)
    latest = max(last.latest for last in told)
    if first.latest > latest:
        first = Bound(first.earliest, latest, first.date)
    lasts = {}
    for last in sorted(told, key=lambda last: last.days):
        days = max(last.earliest, first.earliest), last.latest
        lasts.setdefault(days, Bound(*days, last.date))
        line_of.setdefault(days, line_of[last.days])
    lines = tuple(row.line for row in rows)
    return Spell(first, widest(lasts.values()), rows[0].statuses, lines, line_of, notes_of(rows))


def widest(bounds: Iterable[Bound]) -> tuple[Bound, ...]:
    """
    The bounds but those that lie inside another, in their order.

    They are what other rows leave of the ends that rows tell, and make nothing more precise.
    """
    kept: list[Bound] = []
    for bound in sorted(bounds, key=lambda bound: (bound.earliest, -bound.latest)):
        if not kept or bound.latest > kept[-1].latest or bound.days == OPEN.days:
            kept.append(bound)
    return tuple(kept)


def _narrowest(bounds: Iterable[Bound]) -> list[Bound]:
    """The bounds but those that another lies inside of, which makes them more precise."""
    kept = []
    earliest_end = AFTER + 1
    for bound in sorted(bounds, key=lambda bound: (-bound.earliest, bound.latest)):
        if bound.days == OPEN.days or bound.latest < earliest_end:
            kept.append(bound)
        if bound.days != OPEN.days:
            earliest_end = min(earliest_end, bound.latest)
    return kept


def notes_of(rows: Sequence[Stay | Spell]) -> str:
    return "; ".join(dict.fromkeys(row.note for row in rows if row.note))


def _union(one: Spell, other: Spell) -> Spell:
    lasts: dict[tuple[int, int], Bound] = {}
    lines: dict[tuple[int, int], int] = {}
    for mine, theirs in _pairs(one.lasts, other.lasts):
        last = _edge([mine, theirs], max)
        lasts.setdefault(last.days, last)
        line = one.line_of_last.get(last.days) or other.line_of_last.get(last.days) or one.lines[0]
        lines.setdefault(last.days, line)
    first = _edge([one.first, other.first], min)
    return Spell(first, widest(lasts.values()), one.statuses, (*one.lines, *other.lines), lines, notes_of([one, other]))


def _pairs(one: Sequence[Bound], other: Sequence[Bound]) -> list[tuple[Bound, Bound]]:
    """Each end with each other end; of very many, one that may be any of them."""
    if len(one) * len(other) <= MOST_AT_ONCE**2:
        return [(mine, theirs) for mine in one for theirs in other]
    whole = (Bound(min(bound.earliest for bound in side), max(bound.latest for bound in side)) for side in (one, other))
    return [(next(whole), next(whole))]


def _edge(bounds: list[Bound], which: Callable[[Iterable[int]], int]) -> Bound:
    """The earlier or the later of two unknown days."""
    days = which(bound.earliest for bound in bounds), which(bound.latest for bound in bounds)
    return next((bound for bound in bounds if bound.days == days), Bound(*days))


def spells_of(rows: Iterable[Stay], lost: Sequence[Lost]) -> list[Spell]:
    """The spells that rows amount to, in an order that is not theirs."""
    equal: dict[object, list[Stay]] = {}
    for row in rows:
        equal.setdefault(row.told, []).append(row)
    groups: dict[object, list[Stay]] = {}
    for same in equal.values():
        row = same[0]._replace(note=notes_of(same))
        # A first day of which nothing is told is no day that two rows could share.
        own = row.line if row.first is not None and row.first.edtf == UNKNOWN.edtf else 0
        groups.setdefault((row.statuses, first_of(row).days, own), []).append(row)
    spells: dict[frozenset[Status], list[Spell]] = {}
    for group in groups.values():
        spell = _spell(group, [row for row in lost if _may_be_of(row, group[0])])
        spells.setdefault(spell.statuses, []).append(spell)
    return sorted((whole for one_status in spells.values() for whole in _unions(one_status)), key=in_order_of)


def _unions(spells: Iterable[Spell]) -> Iterator[Spell]:
    """Spells of one status, those that certainly overlap or touch as one."""
    whole: list[Spell] = []
    vague: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: (spell.first.latest, in_order_of(spell))):
        if spell.first.latest > spell.sure_last + 1:
            vague.append(spell)
        elif whole and whole[-1].joins(spell):
            whole[-1] = _union(whole[-1], spell)
        else:
            whole.append(spell)
    starts = [spell.first.latest for spell in whole]
    for spell in vague:
        # It certainly holds no day: only one of the others can certainly reach over all of its days.
        number = bisect_right(starts, spell.sure_last + 1) - 1
        if number >= 0 and whole[number].joins(spell):
            whole[number] = _union(whole[number], spell)
        else:
            yield spell
    yield from whole


def _may_be_of(row: Lost, other: Stay) -> bool:
    """Whether a skipped row may tell of the spell of another: then its end is a rival claim."""
    same_status = row.statuses is None or row.statuses == other.statuses
    return same_status and ("first" in row.unread or first_of(row).days == first_of(other).days)


def in_order_of(spell: Spell) -> tuple[object, ...]:
    # Of two spells of which only the first can precede the other it comes first.
    ends = tuple(last.days for last in spell.lasts)
    return (
        spell.first.latest + spell.sure_last,
        spell.first.days,
        ends,
        sorted(status.value for status in spell.statuses),
    )
