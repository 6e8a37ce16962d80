"""
What changes for all states at once, laid over the worlds: the end of an institution, and statuses that it abolishes.

It needs no place in the order of events, and holds in every view, as the days of institutions do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._values.acts import Status
from csto_membership._values.period import Days
from csto_membership._values.wording import when
from csto_membership._worlds.masks import Course, Span, course_of, mask_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from csto_membership._evidence.institutions import Institution
    from csto_membership._evidence.record import Record
    from csto_membership._values.dates import ImpreciseDate

_FORMER_MASK = mask_of([Status.FORMER])


@frozen
class Overlay:
    """From one of the days on, whoever has a status shows as having another. `why` says so in words."""

    days: Days
    leads: Mapping[int, int]
    why: str

    def applied(self, mask: int) -> int:
        """What the statuses of a mask show as from the day on."""
        shown = 0
        for status in range(len(Status)):
            if mask >> status & 1:
                shown |= self.leads.get(1 << status, 1 << status)
        return shown

    def changed(self, mask: int) -> int:
        """Those statuses of a mask that show as another from the day on."""
        return sum(status for status in self.leads if mask & status and self.leads[status] != status)

    def over(self, course: Course) -> Course:
        """The course with the overlay; on days on which it may have begun, both are possible."""
        first, last = self.days
        spans = []
        for start, end, mask in spans_of(course):
            after = self.applied(mask)
            spans += [
                Span(start, min(end, first), mask),
                Span(max(start, first), min(end, last), mask | after),
                Span(max(start, last), end, after),
            ]
        return course_of(spans)


def overlays_of(record: Record, reading: str) -> tuple[Overlay, ...]:
    """The overlays of a record under the reading of that name, in order of their days."""
    overlays = []
    for institution in record.institutions:
        for abolition in institution.abolishes:
            leads = {mask_of([abolition.status]): mask_of([abolition.to])}
            why = (
                f"{institution.id} abolished the status {abolition.status} {when(abolition.date)}: {abolition.to} since"
            )
            overlays.append(Overlay(_days(abolition.date), leads, why))
        if institution.ends and not _carried_on(institution, record.institutions, reading):
            day = institution.ends.under(reading)
            belonging = [status for status in Status if status not in (Status.NONE, Status.FORMER)]
            why = f"{institution.id} ended {when(day)} ({reading}): nobody belongs to it since"
            overlays.append(Overlay(_days(day), {mask_of([status]): _FORMER_MASK for status in belonging}, why))
    return tuple(sorted(overlays, key=lambda overlay: overlay.days))


def _carried_on(ended: Institution, institutions: Iterable[Institution], reading: str) -> bool:
    """Whether a later institution of the record exists on the day on which one ends: then nothing ends."""
    assert ended.ends, "asked of one that ends"
    end, own = _days(ended.ends.under(reading)), ended.exists.under(reading)
    for other in institutions:
        begin = other.exists.under(reading)
        if other is ended or begin.earliest is None or (own.earliest and begin.earliest < own.earliest):
            continue
        over = other.ends is not None and _days(other.ends.under(reading)).last <= end.first
        if begin.earliest.toordinal() <= end.last and not over:
            return True
    return False


def _days(date: ImpreciseDate) -> Days:
    assert date.earliest, "checked when the record is made"
    assert date.latest, "checked when the record is made"
    return Days(date.earliest.toordinal(), date.latest.toordinal())
