"""Questions over periods, answered over whole worlds and not by combining single days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._acts import Status
from csto_membership._counting import Period, counted
from csto_membership._dates import DateLike, as_imprecise
from csto_membership._derivation import attested_course, beginning_of, coverage_of, evidence_on, spans_of
from csto_membership._evidence import EVER_AFTER, EVER_BEFORE
from csto_membership._worlds import ANY_STATUS, mask_of
from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._derivation import Evidence, View
    from csto_membership._record import Record


def period_of(first: DateLike | None, last: DateLike | None) -> tuple[int, int]:
    """
    The days (ordinals) of a period, both included; None leaves an end open.

    Raises `DateError` for an imprecise end: a period from some day of 1999 on has no one answer.
    """
    ends = []
    for day, name in ((first, "first"), (last, "last")):
        asked = None if day is None else as_imprecise(day)
        if asked and not asked.is_exact:
            meant = [str(end) for end in (asked.earliest, asked.latest) if end]
            raise DateError(asked.text, f"the {name} day of a period is one exact day", meant)
        ends.append(asked.earliest if asked else None)
    low = ends[0].toordinal() if ends[0] else dt.date.min.toordinal()
    high = ends[1].toordinal() if ends[1] else dt.date.max.toordinal()
    if low > high:
        raise DateError(f"{ends[0]} to {ends[1]}", "the period ends before it begins")
    return low, high


def days_of(
    record: Record, view: View, state: str, statuses: frozenset[Status], first: int, last: int
) -> tuple[int, int]:
    """The least and the most days of a period (ordinals) on which a world shows one of the statuses."""
    totals = [
        _total(record, view, state, Period(first, last, mask_of(statuses)), told, start, since)
        for start, since in _starts(record, view, first, last)
        for told in evidence_on(record, view, state)
    ]
    return min(least for least, _ in totals), max(most for _, most in totals)


def _starts(record: Record, view: View, first: int, last: int) -> Iterator[tuple[int, int | None]]:
    """The days on which the institution may begin, as far as they differ, and the day from which it counts tenure."""
    begin = beginning_of(record, view)
    start = begin.day
    earliest = start.earliest.toordinal() if start and start.earliest else first
    latest = start.latest.toordinal() if start and start.latest else last + 1
    if begin.later:
        yield from ((day, day) for day in range(earliest, latest + 1))
    elif start is None:
        yield first, None
    else:
        # A later beginning makes more days none, an earlier one fewer: the two ends tell all.
        yield from ((day, None) for day in {earliest, latest})


def _total(
    record: Record, view: View, state: str, period: Period, evidence: Evidence, start: int, since: int | None
) -> tuple[int, int]:
    """The least and the most counted days, if the institution begins on `start`."""
    covered = coverage_of(record, view)
    first, last = min(max(period.first, start), period.last + 1), period.last
    none, unknown = first - period.first, 0
    if covered.first and (inside := min(max(first, covered.first.toordinal()), last + 1)) > first:
        none, unknown = (none + inside - first, 0) if covered.before == "none" else (none, inside - first)
        first = inside
    if covered.last and (view.strict or covered.after == "unknown"):
        inside = max(min(last, covered.last.toordinal()), first - 1)
        unknown, last = unknown + last - inside, inside
    totals = (
        _fixed(none, mask_of([Status.NONE]), period),
        _fixed(unknown, ANY_STATUS, period),
        _of_worlds(view, state, evolve(period, first=first, last=last), evidence, since),
    )
    return sum(least for least, _ in totals), sum(most for _, most in totals)


def _fixed(days: int, shown: int, period: Period) -> tuple[int, int]:
    """The least and the most counted of so many days, each of which shows one of the statuses of a mask."""
    return days * (not shown & ~period.mask), days * bool(shown & period.mask)


def _of_worlds(view: View, state: str, period: Period, evidence: Evidence, since: int | None) -> tuple[int, int]:
    if period.first > period.last:
        return 0, 0
    if not evidence.attested and (found := counted(evidence.chain, view.reading, period, since)):
        return found
    # Attestations, and evidence from which nothing follows, leave each day to itself.
    spans = [(EVER_BEFORE, EVER_AFTER, ANY_STATUS)]
    if evidence.attested:
        spans = spans_of(attested_course(evidence, state))
    totals = [_fixed(period.before(end) - period.before(start), shown, period) for start, end, shown in spans]
    return sum(least for least, _ in totals), sum(most for _, most in totals)
