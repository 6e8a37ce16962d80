"""
Which sources a view uses: those that were named, as far as they were published by a day.

Of a source whose publication date is imprecise or unknown it may be open whether it was published by then. Such a
source is taken with and without: what is possible with any choice of them is possible.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from itertools import chain, product
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from csto_membership._evidence.record import Record
    from csto_membership._values.dates import ImpreciseDate


@frozen(cache_hash=True)
class Selection:
    """
    The ids of the sources that are used for certain, and of those that may have been published by the day.

    `whole` says that all sources of the record are used for certain, so that it vouches for itself.
    """

    certain: frozenset[str]
    open: frozenset[str]
    whole: bool


def selected(record: Record, named: frozenset[str] | None, published_by: dt.date | None) -> Selection:
    """The sources of those named (None: all) that were published, or may have been, by a day (None: whenever)."""
    ids = frozenset(source.id for source in record.sources)
    used = ids if named is None else named
    if published_by is None:
        return Selection(used, frozenset(), whole=used == ids)
    bounds = {source: publication(record, source) for source in used}
    certain = frozenset(source for source, (_, last) in bounds.items() if last <= published_by)
    may_be = frozenset(source for source, (first, _) in bounds.items() if first <= published_by)
    return Selection(certain, may_be - certain, whole=certain == ids)


@lru_cache(maxsize=4096)
def publication(record: Record, source: str) -> tuple[dt.date, dt.date]:
    """
    The first and the last day on which a source can have been published.

    A publication is never later than the day on which the source was consulted. Where it is unknown, it is not
    earlier than the latest of the (earliest) days that the source speaks of; if it gives none, than the record.
    """
    told = record.source(source)
    last = min((date.latest for date in (told.published, told.consulted) if date and date.latest), default=dt.date.max)
    if told.published:
        return told.published.earliest or dt.date.min, last
    return min(
        max((day for day in _days_spoken_of(record, source)), default=record.coverage.first or dt.date.min), last
    ), last


def _days_spoken_of(record: Record, source: str) -> Iterator[dt.date]:
    dates: Iterable[ImpreciseDate | None] = chain(
        (claim.date for event in record.events for claim in event.claims if claim.source == source),
        (claim.date for told in record.institutions for claim in told.claims if claim.source == source),
        (step.date for step in record.steps if step.source == source),
    )
    yield from (date.earliest for date in dates if date and date.earliest)
    yield from (told.during.first for told in record.attestations if told.source == source)


def choices(certain: frozenset[str], groups: Sequence[Sequence[str]]) -> Iterator[frozenset[str]]:
    """The certain sources with every choice of the others: of a group that says the same, none, one, two and so on."""
    for numbers in product(*(range(len(group) + 1) for group in groups)):
        yield certain.union(*(group[:number] for group, number in zip(groups, numbers, strict=True)))
