"""What cannot be right in the institutions of a record: when they begin and end, and what they abolish."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from csto_membership._values.period import EVER_BEFORE
from csto_membership.exceptions import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._evidence.institutions import Abolition, Institution
    from csto_membership._values.dates import ImpreciseDate


def faults_of_institutions(institutions: Iterable[Institution]) -> Iterator[Fault]:
    """
    The faults of the institutions of a record, one after the other.

    An institution begins within known days; only that of the first one may be open towards the future.
    """
    beginnings = [
        (institution.id, day)
        for institution in institutions
        for day in (institution.exists.declared, institution.exists.legal)
        if day
    ]
    first = min((day.earliest.toordinal() if day.earliest else EVER_BEFORE for _, day in beginnings), default=0)
    for id, day in beginnings:
        if not (day.earliest and day.latest) and (not day.earliest or day.earliest.toordinal() > first):
            problem, remedy = "an institution begins within known days", "give the earliest and the latest day"
            yield Fault(f"institution {id!r}.exists", problem, day.text, remedy)
    for institution in institutions:
        yield from _end(institution, [day for id, day in beginnings if id != institution.id])
    yield from _abolitions([(one, institution.id) for institution in institutions for one in institution.abolishes])


def _end(institution: Institution, beginnings: Iterable[ImpreciseDate]) -> Iterator[Fault]:
    """Ends and abolitions on days with an open end, and what begins after the end of all that came before."""
    place = f"institution {institution.id!r}"
    ends = [day for day in (institution.ends.declared, institution.ends.legal) if day] if institution.ends else []
    dated = [
        *((f"{place}.ends", day) for day in ends),
        *((f"{place}.abolishes", one.date) for one in institution.abolishes),
    ]
    for where, day in dated:
        if not (day.earliest and day.latest):
            yield Fault(where, "it falls on a day with known bounds", day.text, "give the earliest and the latest day")
    for day in ends:
        if day.certainly_before(institution.exists.declared):
            yield Fault(f"{place}.ends", "it ends before it begins", day.text, "swap the two days")
        if any(begin.certainly_after(day) for begin in beginnings):
            problem = "another institution begins only after this one has ended"
            yield Fault(f"{place}.ends", problem, day.text, "write the later one as a record of its own")


def _abolitions(abolitions: list[tuple[Abolition, str]]) -> Iterator[Fault]:
    """Pairs of abolitions, one of which leads to what the other abolishes, where nobody knows which came first."""
    for (one, id), (other, _) in permutations(abolitions, 2):
        exact = one.date.is_exact and other.date.is_exact
        if one.to is other.status and one.date.possibly_same(other.date) and not exact:
            problem = (
                f"it leads to {other.status.value}, which is abolished on {other.date}: nobody knows which came first"
            )
            yield Fault(f"institution {id!r}.abolishes", problem, one.date.text, "narrow the days of one of them")
