"""How many days of a period show a status: over worlds, from the institution's first day on, within the coverage."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership._values.acts import Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._view.ending import FORMER_MASK, lapse
from csto_membership._worlds.counting import Counted, Total, counted, either_total, total
from csto_membership._worlds.masks import ANY_COURSE, ANY_MASK, NONE_MASK, Course, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.institutions import Coverage
    from csto_membership._view.beginning import Beginning
    from csto_membership._view.case import Case
    from csto_membership._view.overlays import Overlay


@frozen
class Edges:
    """What frames the worlds of a state: the institution's beginning, the coverage, and what changes for all."""

    beginning: Beginning
    coverage: Coverage
    strict: bool
    overlays: tuple[Overlay, ...] = ()
    #: The last day of the state, as an ordinal; None where none is known.
    last_day: int | None = None


def days_of(state: str, cases: tuple[Case, ...], counted_days: Counted, edges: Edges) -> Total:
    """The least and the most days of a period on which a world shows one of the statuses."""
    totals = [
        _total(state, case, period, edges, start, since)
        for period in _overlaid(counted_days, edges.overlays)
        for start, since in _starts(edges.beginning, counted_days.days)
        for case in cases
    ]
    return Total(min(one.least for one in totals), max(one.most for one in totals))


def _overlaid(period: Counted, overlays: tuple[Overlay, ...]) -> Iterator[Counted]:
    """What counts if each overlay begins on one of its days."""
    ranges = [range(overlay.days.first, overlay.days.last + 1) for overlay in overlays]
    for days in product(*ranges):
        later = []
        for day in sorted(set(days)):
            mask = 0
            for status in range(len(Status)):
                shown = 1 << status
                for overlay, at in zip(overlays, days, strict=True):
                    shown = overlay.applied(shown) if at <= day else shown
                mask |= 1 << status if shown & period.mask else 0
            later.append((day, mask))
        yield evolve(period, later=tuple(later))


def _starts(beginning: Beginning, days: Days) -> Iterator[tuple[int, int | None]]:
    """The days on which the institution may begin, as far as they differ, and the day from which it counts tenure."""
    start = beginning.day
    if start is None:
        yield days.first, None
        return
    assert start.earliest, "checked when the record is made"
    earliest = start.earliest.toordinal()
    latest = start.latest.toordinal() if start.latest else days.last + 1
    if beginning.later:
        yield from ((day, day) for day in range(earliest, latest + 1))
    else:
        # A later beginning makes more days none, an earlier one fewer: the two ends tell all.
        yield from ((day, None) for day in {earliest, latest})


def _total(state: str, case: Case, period: Counted, edges: Edges, start: int, since: int | None) -> Total:
    """The least and the most counted days, if the institution begins on `start`."""
    coverage = edges.coverage
    first, last = max(period.days.first, start), period.days.last
    parts = [period.over(EVER_BEFORE, first, NONE_MASK)]
    if coverage.first:
        inside = max(first, coverage.first.toordinal())
        if coverage.before == "none":
            parts = [period.over(EVER_BEFORE, inside, NONE_MASK)]
        else:
            parts.append(period.over(first, inside, ANY_MASK))
        first = inside
    if coverage.last and not coverage.carries(strict=edges.strict):
        inside = max(min(last, coverage.last.toordinal()), first - 1)
        parts.append(period.over(inside + 1, EVER_AFTER, ANY_MASK))
        last = inside
    parts.append(_of_state(state, case, evolve(period, days=Days(first, last)), since, edges.last_day))
    return total(parts)


def _of_state(state: str, case: Case, period: Counted, since: int | None, last_day: int | None) -> Total:
    """The total of the worlds; from the day on which an open end says nothing more, each may have left or not."""
    whole = _of_worlds(state, case, period, since)
    course = case.course(state, since) if last_day is not None else ANY_COURSE
    day = lapse(course, last_day, many=case.is_open)
    if day is None or day > period.days.last:
        return whole
    until = _of_worlds(state, case, evolve(period, days=Days(period.days.first, day - 1)), since)
    if not period.mask & (NONE_MASK | FORMER_MASK):
        return Total(until.least, whole.most)
    # Who has left is counted as well: sound bounds.
    after = (period.over(max(first, day), end, mask | FORMER_MASK) for first, end, mask in spans_of(course))
    return total((until, *after))


def _of_worlds(state: str, case: Case, period: Counted, since: int | None) -> Total:
    if period.days.first > period.days.last:
        return Total(0, 0)
    # Attestations, and a case without a world, leave each day to itself.
    if case.rests_on_attestations:
        return either_total(_by_days(one.attested_course(state), period) for one in case.by_attestation())
    if not case.has_order:
        return _by_days(ANY_COURSE, period)
    return counted(case.walk, period, since) or _by_days(ANY_COURSE, period)


def _by_days(course: Course, period: Counted) -> Total:
    """The total of the days of a course, each for itself."""
    return total(period.over(first, end, mask) for first, end, mask in spans_of(course))
