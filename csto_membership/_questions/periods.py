"""Questions over periods, answered over whole worlds and not by combining single days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._values.acts import Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._view.case import evidence_on
from csto_membership._view.derivation import attested_course, beginning_of, coverage_of
from csto_membership._worlds.counting import Period, counted
from csto_membership._worlds.masks import ANY_STATUS, mask_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.record import Record
    from csto_membership._view.case import Evidence
    from csto_membership._view.view import View


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
