"""Questions over periods, answered over whole worlds: a status on every day, and days of membership, least and most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._acts import Status
from csto_membership._derivation import beginnings, coverage_of, evidence_on
from csto_membership._worlds import Within, allows, mask_of, possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._derivation import View
    from csto_membership._record import Record


def feasible(record: Record, view: View, state: str, statuses: frozenset[Status], first: int, last: int) -> bool:
    """
    Whether some world shows one of the statuses on every day (ordinals) from `first` to `last`.

    The statuses must be possible on each day taken alone: this tells whether they are possible together.
    """
    covered = coverage_of(record, view)
    if covered.first:
        first = max(first, covered.first.toordinal())
    if covered.last and (view.strict or covered.after == "unknown"):
        last = min(last, covered.last.toordinal())
    mask = mask_of(statuses)
    for start, since in _starts(record, view, first, last):
        begin = max(first, start)
        if begin > first and Status.NONE not in statuses:
            continue
        if begin > last:
            return True
        for told in evidence_on(record, view, state):
            if told.attested or possible(told.chain, view.reading) is None:
                return True
            if allows(told.chain, view.reading, Within(mask, begin, last), since):
                return True
    return False


def _starts(record: Record, view: View, first: int, last: int) -> Iterator[tuple[int, int | None]]:
    """The days on which the institution may begin, as far as they differ, and the day from which it counts tenure."""
    begin, since = beginnings(record, view)
    start = since or begin
    earliest = start.earliest.toordinal() if start and start.earliest else first
    latest = start.latest.toordinal() if start and start.latest else last + 1
    if since:
        yield from ((day, day) for day in range(earliest, latest + 1))
    elif start is None:
        yield first, None
    else:
        # A later beginning makes more days none, an earlier one fewer: the two ends tell all.
        yield from ((day, None) for day in {earliest, max(earliest, latest)})
