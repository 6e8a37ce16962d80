"""
Which sources a view uses: those that were named, as far as they were published by a day.

Of a source whose publication date is imprecise or unknown it may be open whether it was published by then. Such a
source is taken with and without: what is possible with any choice of them is possible.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csto_membership._evidence.record import Record


@frozen(cache_hash=True)
class Selection:
    """
    The ids of the sources that are used for certain, and of those that may have been published by the day.

    `whole` says that all sources of the record are used for certain, so that it vouches for itself.
    """

    certain: frozenset[str]
    open: frozenset[str]
    whole: bool

    def __contains__(self, source: str) -> bool:
        return source in self.certain or source in self.open


class Published(NamedTuple):
    """The first and the last day on which a source can have been published."""

    first: dt.date
    last: dt.date


@frozen(eq=False)
class Publications:
    """When each source of a record can have been published: worked out on first use, and kept."""

    record: Record

    @cached_property
    def by_source(self) -> Mapping[str, Published]:
        """
        The days on which each source can have been published, by its id.

        A publication is never later than the day on which the source was consulted. An unknown publication date lies
        after every day the source mentions; if it mentions none, after the start of the record.
        """
        mentioned = _last_days_mentioned(self.record)
        start = self.record.coverage.first or dt.date.min
        published = {}
        for source in self.record.sources:
            ends = [date.latest for date in (source.published, source.consulted) if date and date.latest]
            last = min(ends, default=dt.date.max)
            first = source.published.earliest if source.published else mentioned.get(source.id, start)
            if not source.published:
                first = min(first or start, last)
            published[source.id] = Published(first or dt.date.min, last)
        return published

    def selected(self, named: frozenset[str] | None, published_by: dt.date | None) -> Selection:
        """The sources of those named (None: all) that were published, or may have been, by a day (None: whenever)."""
        ids = frozenset(source.id for source in self.record.sources)
        used = ids if named is None else named
        if published_by is None:
            return Selection(used, frozenset(), whole=used == ids)
        certain = frozenset(source for source in used if self.by_source[source].last <= published_by)
        possible = frozenset(source for source in used if self.by_source[source].first <= published_by)
        return Selection(certain, possible - certain, whole=certain == ids)


def _last_days_mentioned(record: Record) -> dict[str, dt.date]:
    """For each source that mentions a day, the latest of the earliest days of its dates."""
    dates = chain(
        ((claim.source, claim.date) for event in record.events for claim in event.claims),
        ((claim.source, claim.date) for institution in record.institutions for claim in institution.claims),
        ((step.source, step.date) for step in record.steps),
    )
    days = chain(
        ((source, date.earliest) for source, date in dates if date and date.earliest),
        ((attestation.source, attestation.during.first) for attestation in record.attestations),
    )
    last: dict[str, dt.date] = {}
    for source, day in days:
        last[source] = max(last.get(source, day), day)
    return last
