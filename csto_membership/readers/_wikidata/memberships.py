"""
Statements on one state in one organisation as events: which are about one membership, and what each claims of it.

- Statements are about different memberships where one tells an end that can come before a start that another tells, and
  not the other way round. All others that differ are rivals, and their rank decides between them.
- A statement that tells no end says nothing of whether it has one: unless another of its rank or a better one does, the
  state may have left on any later day.
- A membership of which all statements are deprecated did not happen, as far as Wikidata goes.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import evolve

from csto_membership._evidence.claims import Claim, Event, Rank
from csto_membership._evidence.order import broken_order
from csto_membership._values.acts import ALL_STATUSES, Act, Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership.readers._stays import UNKNOWN
from csto_membership.readers._wikidata.statements import EVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from csto_membership.readers._wikidata.statements import Statement


_DAY = dt.timedelta(1)
#: More statements on one state in one organisation than these are taken for rivals.
_MOST_COMPARED = 50
_FORMER = frozenset({Status.FORMER})


def unknown_of(state: str, source: str, why: str) -> Event:
    """The event after which anything may be: nothing of the state in the organisation is firm."""
    claim = Claim(source, Act.STATUS, EVER, inferred=True, status=ALL_STATUSES, note=why)
    return Event(f"{state} unknown", (state,), (claim,))


def events_of(state: str, statements: Sequence[Statement], last_day: str | None, wikidata: str) -> tuple[Event, ...]:
    """The events of a state that its statements tell."""
    groups = _memberships(statements) if len(statements) <= _MOST_COMPARED else [list(statements)]
    while len(groups) > 1 and (clash := _clash(state, groups, last_day, wikidata)):
        first, last = clash
        groups[first : last + 1] = [[one for group in groups[first : last + 1] for one in group]]
    return tuple(_events(state, groups, last_day, wikidata))


def _clash(
    state: str, groups: Sequence[list[Statement]], last_day: str | None, wikidata: str
) -> tuple[int, int] | None:
    """
    The numbers of the first and the last of memberships that cannot stand one after the other.

    Whichever of its statements is the right one of a membership, the others must leave it a place.
    """
    alone = [(n, [one]) for n, group in enumerate(groups) for one in group if one.rank is not Rank.DEPRECATED]
    last = len(groups) - 1
    if endless := [n for n, (one,) in alone if None in one.ends and n < last]:
        # What has no end has nothing after it.
        return endless[0], last
    for chosen in [groups, *([*groups[:n], one, *groups[n + 1 :]] for n, one in alone)]:
        events = list(_events(state, chosen, last_day, wikidata))
        if broken := broken_order(events, state):
            first, second = sorted(_number(event) for event in (broken.before, broken.after))
            # Of one membership its neighbours are in the way.
            return (first, second) if first < second else (0, last)
    return None


def _number(event: Event) -> int:
    """The number of the membership of an event, from 0."""
    number = event.id.rpartition(" ")[2]
    return int(number) - 1 if number.isdecimal() else 0


# Which are about one membership


def _memberships(statements: Sequence[Statement]) -> list[list[Statement]]:
    """The statements by membership, in order of time; their order in the file means nothing."""
    alike: dict[tuple[object, ...], list[Statement]] = {}
    for one in statements:
        alike.setdefault(_order(one), []).append(one)
    groups: list[list[Statement]] = []
    for _, same in sorted(alike.items(), key=lambda pair: pair[0]):
        one = same[0]
        near = [group for group in groups if not any(_apart(one, other) for other in group)]
        if len(near) > 1 and (not one.complete or one.rank is Rank.DEPRECATED):
            # It goes with the membership of which it tells the same day, if there is such a one.
            near = [group for group in near if any(_share_a_day(one, other) for other in group)] or near
        if one.bare or one.rank is Rank.DEPRECATED:
            near = near[:1]
        whole = [other for group in near for other in group]
        groups = [*(group for group in groups if group not in near), [*whole, *same]]
    return list(_in_time(groups))


def _in_time(groups: Iterable[list[Statement]]) -> Iterator[list[Statement]]:
    """The memberships in order: none stands before one that must precede it."""
    left = sorted(groups, key=_when)
    while left:
        free = (one for one in left if not any(_precedes(other, one) for other in left if other is not one))
        first = next(free, left[0])
        left = [one for one in left if one is not first]
        yield first


def _precedes(group: Iterable[Statement], other: Sequence[Statement]) -> bool:
    """Whether a membership has a statement that can only be about one before that of another."""
    return any(_apart(a, b) and _can_precede(a, b) for a in group for b in other)


def _order(statement: Statement) -> tuple[Any, ...]:
    """Those come first that tell most, and that nobody thinks wrong. It is equal for those that tell the same."""
    told = tuple(date.edtf for date in statement.starts), tuple(date.edtf if date else "" for date in statement.ends)
    return statement.rank is Rank.DEPRECATED, not statement.complete, statement.bare, *told, statement.ended


def _apart(one: Statement, other: Statement) -> bool:
    """Whether two statements are about different memberships."""
    if (one.starts, one.ends) == (other.starts, other.ends):
        return False
    return _can_precede(one, other) is not _can_precede(other, one)


def _can_precede(one: Statement, other: Statement) -> bool:
    """Whether the end that one tells can come before the start that another tells, or on the same day."""
    ends = [end for end in one.ends if end is None or end.latest]
    return bool(ends) and any(
        end is not None and (end.earliest is None or start.latest is None or end.earliest <= start.latest)
        for end in ends
        for start in other.starts
    )


def _share_a_day(one: Statement, other: Statement) -> bool:
    """Whether two statements tell one start, or one end."""
    starts = any(a.possibly_same(b) for a in one.starts for b in other.starts)
    return starts or any(a.possibly_same(b) for a in one.ends for b in other.ends if a and b)


def _when(group: Sequence[Statement]) -> tuple[dt.date, dt.date]:
    """The middle of a membership, more or less: what can come first is first."""
    starts = [date.earliest or date.latest for one in group for date in one.starts]
    ends = [date.latest or date.earliest for one in group for date in one.ends if date]
    known = [day for day in (*starts, *ends) if day]
    first = min((day for day in starts if day), default=min(known, default=dt.date.min))
    return first, max((day for day in ends if day), default=dt.date.max)


# What they claim


def _events(
    state: str, memberships: Sequence[Sequence[Statement]], last_day: str | None, wikidata: str
) -> Iterator[Event]:
    for number, group in enumerate(memberships):
        following = [date for one in memberships[number + 1] for date in one.starts] if number + 1 < len(memberships) else []  # fmt: skip
        kept = any(one.rank is not Rank.DEPRECATED for one in group)
        start = [claim for one in group for claim in _start(one, last_day)]
        end = [claim for one in group for claim in _end(one, group, last_day, following)]
        for what, claims in (("start", start), ("end", end)):
            if claims and not kept:
                note = "every statement of this membership is deprecated"
                claims.append(Claim(wikidata, Act.DENIAL, note=note))
            if claims:
                name = f"{state} {what}" if len(memberships) == 1 else f"{state} {what} {number + 1}"
                yield Event(name, (state,), tuple(dict.fromkeys(claims)))


def _start(one: Statement, last_day: str | None) -> Iterator[Claim]:
    """What a statement claims of the start of a membership; that it began, where no more is told."""
    ends = [_out(end, last_day).latest for end in one.ends if end]
    known = [day for day in ends if day]
    by = max(known) if known and len(known) == len(one.ends) else None
    for start in one.starts or (UNKNOWN,):
        # It lasted for a day at least.
        latest = min((day for day in (start.latest, by and by - _DAY) if day), default=None)
        if start.earliest and latest and start.earliest > latest:
            latest = start.earliest
        date = ImpreciseDate(start.earliest, latest or (None if start.earliest else dt.date.max), start.qualifier)
        yield from _claims(one, start if date == start else date, one.statuses, inferred=not one.starts)


def _end(one: Statement, group: Sequence[Statement], last_day: str | None, following: Sequence[ImpreciseDate]) -> Iterator[Claim]:  # fmt: skip
    """What a statement claims of the end of a membership."""
    begun = min((start.earliest or dt.date.min for start in one.starts), default=dt.date.min)
    for end in one.ends:
        if end is None:
            for claim in _claims(one, None, frozenset(), inferred=False):
                yield evolve(claim, note="; ".join(filter(None, ["it has no end", claim.note])))
        elif one.ended:
            out = _out(end, last_day, following)
            yield from _claims(one, _after(begun, out), _FORMER, inferred=False)
    if one.ended:
        return
    earliest = max((_out(end, last_day).earliest or dt.date.min for end in one.ends if end), default=dt.date.min)
    open_end = _after(max(begun, earliest - _DAY if earliest > dt.date.min else begun), UNKNOWN)
    if not _reached(_told_ends(one.rank, group, last_day), open_end):
        note = "; ".join(filter(None, ["no end is told: it may have ended", one.note]))
        yield from _claims(evolve(one, note=note), open_end, one.statuses | _FORMER, inferred=True)


def _told_ends(rank: Rank, group: Iterable[Statement], last_day: str | None) -> list[ImpreciseDate | None]:
    """The ends that statements of this rank or a better one tell, None for no end: those that none makes more precise."""
    telling = [one for one in group if one.ended and one.rank.order <= rank.order]
    ends = [end and _out(end, last_day) for one in telling for end in one.ends]
    return [end for end in ends if end is None or not any(other and _inside(other, end) for other in ends)]


def _reached(ends: Iterable[ImpreciseDate | None], open_end: ImpreciseDate) -> bool:
    """Whether one of the ends may have been on a day of an open one."""
    return any(end is None or end.possibly_same(open_end) for end in ends)


def _inside(one: ImpreciseDate, other: ImpreciseDate) -> bool:
    """Whether the days of a date are some but not all of those of another."""
    runs = [(day.earliest or dt.date.min, day.latest or dt.date.max) for day in (one, other)]
    return runs[0] != runs[1] and runs[1][0] <= runs[0][0] and runs[0][1] <= runs[1][1]


def _claims(one: Statement, date: ImpreciseDate | None, statuses: Iterable[Status], *, inferred: bool) -> Iterator[Claim]:  # fmt: skip
    """A claim of each source that a statement cites; a denial where there is no date."""
    for cited in one.cited:
        yield Claim(
            cited.source,
            Act.STATUS if date else Act.DENIAL,
            date,
            locator=", ".join(filter(None, [cited.locator, one.locator])),
            rank=one.rank,
            inferred=inferred,
            status=frozenset(statuses),
            note=one.note,
        )


def _out(end: ImpreciseDate, last_day: str | None, following: Sequence[ImpreciseDate] = ()) -> ImpreciseDate:
    """
    The first day outside, by an end as Wikidata has it: no property says whether that is the last day inside.

    Where the next membership may begin on the very day, both have it.
    """
    shifted = 0 if last_day == "out" else 1
    latest = end.latest + _DAY * shifted if end.latest and end.latest < dt.date.max else None
    if last_day is None or end.earliest is None:
        earliest = end.earliest
    else:
        earliest = end.earliest + _DAY * shifted if end.earliest < dt.date.max else end.earliest
    if earliest and any(start.latest and start.latest < earliest for start in following):
        earliest = end.earliest
    return ImpreciseDate(earliest, latest, end.qualifier)


def _after(begun: dt.date, date: ImpreciseDate) -> ImpreciseDate:
    """The date, and not before the day after a day."""
    first = begun + _DAY if begun < dt.date.max else begun
    earliest = max(date.earliest or first, first)
    if date.latest and earliest > date.latest:
        # It lasted for the day that it began on.
        earliest = date.latest
    return ImpreciseDate(earliest, date.latest, date.qualifier)
