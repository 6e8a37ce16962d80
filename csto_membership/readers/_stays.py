"""
From the rows on one state in one organisation to its turns of status.

The order of rows means nothing, and equal rows are one.

- Rows of one status and one first day with different ends are one spell told twice: their ends are rival claims, and an
  open end denies that there was an end.
- Other rows of one status that certainly overlap or touch are their union.
- On days that rows of different statuses certainly cover each of these statuses is possible.
- Rows that only may overlap, since their bounds are imprecise, stand one after the other.
- A row that was skipped may have said anything that its readable cells allow: no answer is firm that a reading of it
  could change.

Days are ordinals here, from `_BEFORE` (since ever) to `_AFTER` (open).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import evolve, frozen

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership.readers._covers import last_day_of
from csto_membership.readers._sheet import unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


#: Some day that nobody tells.
UNKNOWN = ImpreciseDate(None, None)
_NONE = frozenset({Status.NONE})
#: What stays as it is when a spell ends: nothing is known, or there was no relation to end.
_ENDLESS = (ALL_STATUSES, _NONE)
_LAST = dt.date.max.toordinal()
_BEFORE, _AFTER = 0, _LAST + 1
#: Of more spells (or skipped rows) of one state on the same days than this nothing is concluded: no table has them, and
#: each would be looked at on the days of every other.
_MOST_AT_ONCE = 50


class Rival(NamedTuple):
    """Another date for a turn, as some row tells it; None where that row denies the turn."""

    date: ImpreciseDate | None
    line: int


class Turn(NamedTuple):
    """
    A change of status on an imprecise date, to one of several possible statuses.

    `line` is the first of the lines of the table that say or imply it, `more` are the others.
    """

    date: ImpreciseDate
    statuses: frozenset[Status]
    line: int
    inferred: bool = False
    note: str = ""
    more: tuple[int, ...] = ()
    rivals: tuple[Rival, ...] = ()

    @property
    def locator(self) -> str:
        """Where the table says it: "line 2", or "lines 2, 5 and 6"."""
        return lines_text((self.line, *self.more))


def lines_text(lines: Sequence[int]) -> str:
    """Lines of a file, or rows of a frame, in words, the first few of very many."""
    unit = unit_of(lines[0])
    if len(lines) == 1:
        return f"{unit} {lines[0]}"
    shown = [*map(str, lines[:5]), *(["more"] if len(lines) > 5 else [])]
    return f"{unit}s {', '.join(shown[:-1])} and {shown[-1]}"


class Stay(NamedTuple):
    """
    A spell as a row tells it. `first` is None for since ever, `last`, the last day inside, for an open end.

    `UNKNOWN` is a bound of which nothing is told.
    """

    first: ImpreciseDate | None
    last: ImpreciseDate | None
    statuses: frozenset[Status]
    line: int
    note: str = ""

    @property
    def from_day(self) -> dt.date:
        """The earliest day of the spell."""
        return (self.first and self.first.earliest) or dt.date.min

    @property
    def told(self) -> object:
        """What it says, whatever the line and the spelling: equal rows tell the same."""
        return _first_of(self).days, _last_of(self).days, self.statuses


class Lost(NamedTuple):
    """
    A row that was skipped, as far as it can be read.

    `statuses` is None where it cannot be read; "first" and "last" are in `unread` where those days cannot. `named` is
    the state as the row spells it, where nobody knows which state that is, and `may_be` are the ids of the states that
    it is much like: None for any, where the row names none.
    """

    line: int
    statuses: frozenset[Status] | None = None
    first: ImpreciseDate | None = None
    last: ImpreciseDate | None = None
    unread: frozenset[str] = frozenset({"first", "last"})
    named: str = ""
    may_be: frozenset[str] | None = frozenset()

    def may_be_of(self, state: str) -> bool:
        """Whether a row that names no known state may be of the state of that id."""
        return self.may_be is None or state in self.may_be


def last_day_named(stays: Iterable[Stay]) -> dt.date | None:
    """The last day that rows speak of; None where they name none."""
    return last_day_of(date for stay in stays for date in (stay.first, stay.last))


class _Bound(NamedTuple):
    """The days between which an end of a spell lies, and the date that says so, None for none or several."""

    earliest: int
    latest: int
    date: ImpreciseDate | None = None

    @property
    def days(self) -> tuple[int, int]:
        """Both ends of the run of days."""
        return self.earliest, self.latest


_OPEN = _Bound(_AFTER, _AFTER)


def _first_of(row: Stay | Lost) -> _Bound:
    if row.first is None:
        return _Bound(_BEFORE, _BEFORE)
    earliest, latest = row.first.earliest, row.first.latest
    return _Bound(earliest.toordinal() if earliest else _BEFORE, latest.toordinal() if latest else _AFTER, row.first)


def _last_of(row: Stay | Lost) -> _Bound:
    if row.last is None:
        return _OPEN
    earliest, latest = row.last.earliest, row.last.latest
    return _Bound(earliest.toordinal() if earliest else _BEFORE, latest.toordinal() if latest else _AFTER, row.last)


@frozen(eq=False)
class _Spell:
    """
    What rows of one status amount to: a run of days from `first` to one of `lasts`, which are rival claims.

    No first day is later than the last one can be, and no last day earlier than the first one can be.
    """

    first: _Bound
    lasts: tuple[_Bound, ...]
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

    def joins(self, other: _Spell) -> bool:
        """Whether there certainly is no day between both."""
        return self.sure_last + 1 >= other.first.latest and other.sure_last + 1 >= self.first.latest

    def left(self) -> frozenset[Status]:
        """What a state is when the spell has ended."""
        return self.statuses if self.statuses in _ENDLESS else frozenset({Status.FORMER})


def _spell(rows: Sequence[Stay], shaken: Sequence[Lost]) -> _Spell:
    """The spell that rows of one status and first day tell; `shaken` are skipped rows that may be of that spell."""
    first = _first_of(rows[0])
    line_of: dict[tuple[int, int], int] = {}
    lasts: dict[tuple[int, int], _Bound] = {}
    for row in rows:
        last = _last_of(row)
        line_of.setdefault(last.days, row.line)
        lasts.setdefault(last.days, last)
    told = _narrowest(lasts.values())
    for lost in shaken:
        last = _last_of(lost) if "last" not in lost.unread else _Bound(_BEFORE, _AFTER)
        line_of.setdefault(last.days, lost.line)
        told.append(last)
    latest = max(last.latest for last in told)
    if first.latest > latest:
        first = _Bound(first.earliest, latest, first.date)
    lasts = {}
    for last in sorted(told, key=lambda last: last.days):
        days = max(last.earliest, first.earliest), last.latest
        lasts.setdefault(days, _Bound(*days, last.date))
        line_of.setdefault(days, line_of[last.days])
    lines = tuple(row.line for row in rows)
    return _Spell(first, _widest(lasts.values()), rows[0].statuses, lines, line_of, _notes(rows))


def _widest(bounds: Iterable[_Bound]) -> tuple[_Bound, ...]:
    """
    The bounds but those that lie inside another, in their order.

    They are what other rows leave of the ends that rows tell, and make nothing more precise.
    """
    kept: list[_Bound] = []
    for bound in sorted(bounds, key=lambda bound: (bound.earliest, -bound.latest)):
        if not kept or bound.latest > kept[-1].latest or bound.days == _OPEN.days:
            kept.append(bound)
    return tuple(kept)


def _narrowest(bounds: Iterable[_Bound]) -> list[_Bound]:
    """The bounds but those that another lies inside of, which makes them more precise."""
    kept = []
    earliest_end = _AFTER + 1
    for bound in sorted(bounds, key=lambda bound: (-bound.earliest, bound.latest)):
        if bound.days == _OPEN.days or bound.latest < earliest_end:
            kept.append(bound)
        if bound.days != _OPEN.days:
            earliest_end = min(earliest_end, bound.latest)
    return kept


def _notes(rows: Sequence[Stay | _Spell]) -> str:
    return "; ".join(dict.fromkeys(row.note for row in rows if row.note))


def _union(one: _Spell, other: _Spell) -> _Spell:
    lasts: dict[tuple[int, int], _Bound] = {}
    lines: dict[tuple[int, int], int] = {}
    for mine, theirs in _pairs(one.lasts, other.lasts):
        last = _edge([mine, theirs], max)
        lasts.setdefault(last.days, last)
        line = one.line_of_last.get(last.days) or other.line_of_last.get(last.days) or one.lines[0]
        lines.setdefault(last.days, line)
    first = _edge([one.first, other.first], min)
    return _Spell(first, _widest(lasts.values()), one.statuses, (*one.lines, *other.lines), lines, _notes([one, other]))


def _pairs(one: Sequence[_Bound], other: Sequence[_Bound]) -> list[tuple[_Bound, _Bound]]:
    """Each end with each other end; of very many, one that may be any of them."""
    if len(one) * len(other) <= _MOST_AT_ONCE**2:
        return [(mine, theirs) for mine in one for theirs in other]
    whole = (
        _Bound(min(bound.earliest for bound in side), max(bound.latest for bound in side)) for side in (one, other)
    )
    return [(next(whole), next(whole))]


def _edge(bounds: list[_Bound], which: Callable[[Iterable[int]], int]) -> _Bound:
    """The earlier or the later of two unknown days."""
    days = which(bound.earliest for bound in bounds), which(bound.latest for bound in bounds)
    return next((bound for bound in bounds if bound.days == days), _Bound(*days))


def _spells(rows: Iterable[Stay], lost: Sequence[Lost]) -> list[_Spell]:
    """The spells that rows amount to, in an order that is not theirs."""
    equal: dict[object, list[Stay]] = {}
    for row in rows:
        equal.setdefault(row.told, []).append(row)
    groups: dict[object, list[Stay]] = {}
    for same in equal.values():
        row = same[0]._replace(note=_notes(same))
        # A first day of which nothing is told is no day that two rows could share.
        own = row.line if row.first is not None and row.first.edtf == UNKNOWN.edtf else 0
        groups.setdefault((row.statuses, _first_of(row).days, own), []).append(row)
    spells: dict[frozenset[Status], list[_Spell]] = {}
    for group in groups.values():
        spell = _spell(group, [row for row in lost if _may_be_of(row, group[0])])
        spells.setdefault(spell.statuses, []).append(spell)
    return sorted((whole for one_status in spells.values() for whole in _unions(one_status)), key=_order)


def _unions(spells: Iterable[_Spell]) -> Iterator[_Spell]:
    """Spells of one status, those that certainly overlap or touch as one."""
    whole: list[_Spell] = []
    vague: list[_Spell] = []
    for spell in sorted(spells, key=lambda spell: (spell.first.latest, _order(spell))):
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
    return same_status and ("first" in row.unread or _first_of(row).days == _first_of(other).days)


def _order(spell: _Spell) -> tuple[object, ...]:
    # Of two spells of which only the first can precede the other it comes first.
    ends = tuple(last.days for last in spell.lasts)
    return (
        spell.first.latest + spell.sure_last,
        spell.first.days,
        ends,
        sorted(status.value for status in spell.statuses),
    )


def turns_of(rows: Iterable[Stay], lost: Sequence[Lost] = ()) -> list[Turn]:
    """The turns of the status of one state, from the rows on it and from those that were skipped."""
    if len(lost) > _MOST_AT_ONCE:
        lost = [Lost(lost[0].line)]
    spells = _spells(rows, lost)
    if lost:
        return list(_blended(spells, (), lost))
    turns: list[Turn] = []
    earlier: list[_Spell] = []
    for cluster in _clusters(spells):
        turns += _chained(cluster) if _is_chain(cluster) else _blended(cluster, earlier, ())
        earlier = list(_over(_AFTER, map(_Readings.alone, cluster)))
    return turns


def _clusters(spells: Sequence[_Spell]) -> Iterator[list[_Spell]]:
    """The spells in groups that certainly stand apart."""
    cluster: list[_Spell] = []
    latest = _BEFORE
    for spell in sorted(spells, key=lambda spell: spell.first.earliest):
        if cluster and spell.first.earliest > latest:
            yield sorted(cluster, key=_order)
            cluster = []
        cluster.append(spell)
        latest = max(latest, spell.latest)
    if cluster:
        yield sorted(cluster, key=_order)


def _is_chain(spells: Sequence[_Spell]) -> bool:
    """Whether spells can only stand one after the other, in their order, and all of them can."""
    free, begun, ended = _BEFORE, _BEFORE, _BEFORE - 1
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


def _chained(spells: Sequence[_Spell]) -> Iterator[Turn]:
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


def _narrowed(spells: Sequence[_Spell]) -> list[_Spell]:
    """The spells of a chain with the days that they have left between the others."""
    forward: list[_Spell] = []
    free = _BEFORE
    for spell in spells:
        first = spell.first._replace(earliest=max(free, spell.first.earliest))
        forward.append(_within(spell, first, _AFTER))
        free = forward[-1].sure_last + 1
    backward: list[_Spell] = []
    latest = _AFTER
    for spell in reversed(forward):
        backward.append(_within(spell, spell.first, latest))
        latest = backward[-1].first.latest - 1
    return backward[::-1]


def _within(spell: _Spell, first: _Bound, latest: int) -> _Spell:
    """The spell with another range of first days, and over by a day."""
    lasts = [
        (last, last._replace(earliest=max(last.earliest, first.earliest), latest=min(last.latest, latest)))
        for last in spell.lasts
        if max(last.earliest, first.earliest) <= min(last.latest, latest)
    ]
    first = first._replace(latest=min(first.latest, max(last.latest for _, last in lasts)))
    lines = {last.days: spell.line_of_last[old.days] for old, last in lasts}
    return evolve(spell, first=first, lasts=_widest(last for _, last in lasts), line_of_last=lines)


def _exact(bound: _Bound) -> dt.date | None:
    return _day(bound.earliest) if bound.earliest == bound.latest else None


def _day(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if _BEFORE < ordinal < _AFTER else None


def _begin(first: _Bound) -> ImpreciseDate:
    """The day on which a spell begins; the first civil day for since ever."""
    earliest, latest = _day(first.earliest), _day(first.latest)
    if first.date and (earliest, latest) == (first.date.earliest, first.date.latest) and (earliest or latest):
        return first.date
    if first.latest == _BEFORE:
        return ImpreciseDate(None, dt.date.min)
    # A bound must stay, since "some day" alone is no date that a record can hold.
    return ImpreciseDate(earliest, latest or (None if earliest else dt.date.max), _qualifier(first))


def _end(last: _Bound) -> ImpreciseDate | None:
    """The first day after a spell; None where there is none."""
    if last.earliest >= _LAST:
        return None
    earliest = dt.date.fromordinal(last.earliest + 1) if last.earliest or last.latest >= _LAST else None
    return ImpreciseDate(earliest, _day(last.latest + 1) if last.latest < _LAST else None, _qualifier(last))


def _qualifier(bound: _Bound) -> str:
    return bound.date.qualifier if bound.date else ""


# Day by day


def _blended(cluster: Sequence[_Spell], earlier: Sequence[_Spell], lost: Sequence[Lost]) -> Iterator[Turn]:
    """
    The turns on exact days of what is possible, where spells do not simply follow one another.

    `earlier` are those that may be the last that was over before.
    """
    if len(cluster) > _MOST_AT_ONCE:
        yield from _too_many(cluster)
        return
    readings = [*(_Readings.alone(spell) for spell in earlier), *(_Readings.of(one, cluster) for one in cluster)]
    missing = [_Missing.of(row) for row in lost]
    edges = {_BEFORE} if lost else {spell.first.earliest for spell in cluster}
    for spell in cluster:
        edges |= {spell.first.latest, *(edge for last in spell.lasts for edge in (last.earliest + 1, last.latest + 1))}
    for row in missing:
        edges |= {row.first, row.last + 1, row.over_from + 1}
    # Who begins after another has ended may be over on the day after that.
    edges |= {edge + 1 for edge in edges}
    # What the spells before have left may come on the very first day.
    before = None if earlier else _NONE
    for edge in sorted(edge for edge in edges if edge < _AFTER):
        seen = _possible(edge, readings, missing)
        if seen.statuses != before:
            line, *more = seen.lines
            yield Turn(_on(edge), seen.statuses, line, note=seen.note, more=tuple(more))
        before = seen.statuses


def _too_many(cluster: Sequence[_Spell]) -> Iterator[Turn]:
    """Nothing is known as long as any of the spells may last."""
    line, *more = sorted(line for spell in cluster for line in spell.lines)
    note = "too many rows of one state on the same days"
    yield Turn(_on(min(spell.first.earliest for spell in cluster)), ALL_STATUSES, line, note=note, more=tuple(more))
    end = max(spell.latest for spell in cluster) + 1
    if end < _AFTER:
        left = frozenset[Status]().union(*(spell.left() for spell in _over(end, map(_Readings.alone, cluster))))
        yield Turn(_on(end), left, line, more=tuple(more))


def _on(ordinal: int) -> ImpreciseDate:
    """The date of an ordinal; of since ever, one that no day is before."""
    return ImpreciseDate.on(dt.date.fromordinal(ordinal)) if ordinal else ImpreciseDate(None, dt.date.min)


class _Seen(NamedTuple):
    """What is possible on a day, and the lines that say so."""

    statuses: frozenset[Status]
    lines: tuple[int, ...]
    note: str


_Rooms: TypeAlias = "tuple[tuple[int, int], ...]"
_ANY_ROOM: _Rooms = ((_BEFORE, _AFTER),)


@frozen
class _Readings:
    """
    A spell, and for each of its ends the runs of days in which it can then stand apart from the others.

    Two rows stand apart unless they certainly share a day; which of its rival ends a spell has is another question.
    """

    spell: _Spell
    rooms: tuple[tuple[_Bound, _Rooms], ...]

    @classmethod
    def alone(cls, spell: _Spell) -> _Readings:
        """The readings of a spell that stands apart from all others anyway."""
        return cls(spell, tuple((last, _ANY_ROOM) for last in spell.lasts))

    @classmethod
    def of(cls, spell: _Spell, spells: Sequence[_Spell]) -> _Readings:
        """The readings of a spell among others."""
        apart = cls(spell, tuple((last, _rooms(spell, last, spells)) for last in spell.lasts))
        starts = {max(spell.first.earliest, first) for _, rooms in apart.rooms for first, _ in rooms}
        # Where it cannot stand apart from all of them it overlaps one, and nobody knows which.
        return apart if any(map(apart.covers, starts)) else cls.alone(spell)

    def covers(self, day: int) -> bool:
        """Whether the day may be inside."""
        return any(self._covers(day, end, rooms) for end, rooms in self.rooms)

    def ends_within(self, first: int, last: int) -> bool:
        """Whether it may end in the latest free days of a run."""
        return any(
            max(first, end.earliest) <= min(last, end.latest) and self._covers(min(last, end.latest), end, rooms)
            for end, rooms in self.rooms
        )

    def _covers(self, day: int, end: _Bound, rooms: _Rooms) -> bool:
        begin = self.spell.first
        return any(
            first <= day <= last
            and max(first, begin.earliest) <= min(day, begin.latest)
            and max(day, end.earliest) <= min(last, end.latest)
            for first, last in rooms
        )


def _shares(spell: _Spell, last: _Bound, other: _Spell) -> bool:
    """Whether a spell with this end certainly shares a day with another that has one of its ends, or is one with it."""
    touching = spell.statuses == other.statuses
    latest = max(end.earliest for end in other.lasts)
    return last.earliest + touching >= other.first.latest and latest + touching >= spell.first.latest


def _rooms(spell: _Spell, last: _Bound, spells: Sequence[_Spell]) -> _Rooms:
    """The runs of days that the others leave to a spell with this end."""
    taken = sorted(
        (other.first.latest, other.sure_last)
        for other in spells
        if other is not spell and other.first.latest <= other.sure_last and not _shares(spell, last, other)
    )
    rooms = []
    free = _BEFORE
    for first, until in taken:
        if free < first:
            rooms.append((free, first - 1))
        free = max(free, until + 1)
    return (*rooms, (free, _AFTER))


class _Missing(NamedTuple):
    """A skipped row: the days that it may speak of, from when it may be over, and what it may say."""

    line: int
    first: int
    last: int
    over_from: int
    statuses: frozenset[Status]

    @classmethod
    def of(cls, row: Lost) -> _Missing:
        """What a row may say, as far as it can be read."""
        first = _BEFORE if "first" in row.unread else _first_of(row).earliest
        last = _Bound(_BEFORE, _AFTER) if "last" in row.unread else _last_of(row)
        statuses = ALL_STATUSES if row.statuses is None else row.statuses
        return cls(row.line, first, min(last.latest, _LAST), max(first, last.earliest), statuses)

    def on(self, day: int, *, gap: bool) -> frozenset[Status]:
        """What it may make of a day, in a gap between the spells of other rows or not."""
        may = self.statuses if self.first <= day <= self.last else frozenset()
        return may | {Status.FORMER} if gap and self.over_from < day and self.statuses != _NONE else may


def _possible(day: int, readings: Sequence[_Readings], missing: Sequence[_Missing]) -> _Seen:
    """What is possible on a day, whatever the unknown days of all rows are."""
    spells = [reading.spell for reading in readings]
    says = [(reading.spell.statuses, reading.spell) for reading in readings if reading.covers(day)]
    statuses = frozenset[Status]()
    gap = not any(spell.certain_on(day) for spell in spells)
    if gap:
        says += [(spell.left(), spell) for spell in _over(day, readings)]
        if not any(spell.first.latest <= day for spell in spells):
            statuses = _NONE
    statuses = statuses.union(*(said for said, _ in says))
    skipped = [row for row in missing if not row.on(day, gap=gap) <= statuses]
    statuses = statuses.union(*(row.on(day, gap=gap) for row in skipped))
    lines = [*(line for _, spell in says for line in spell.lines), *(row.line for row in skipped or missing)]
    note = _notes([spell for _, spell in says])
    if skipped:
        note = f"skipped: {lines_text([row.line for row in skipped])}, which may say otherwise"
    return _Seen(statuses, tuple(dict.fromkeys(lines)), note)


def _over(day: int, readings: Iterable[_Readings]) -> Iterator[_Spell]:
    """The spells of which one may be the last that was over before the day."""
    readings = list(readings)
    # Whichever has certainly begun is over as well, where the day is in a gap.
    begun = (reading.spell for reading in readings if reading.spell.first.latest <= day)
    ended = max((spell.sure_last for spell in begun if spell.sure_last < day), default=_BEFORE - 1)
    for reading in readings:
        if reading.ends_within(ended, day - 1):
            yield reading.spell
