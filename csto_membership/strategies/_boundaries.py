"""The days of a history on which an answer may change."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._history import History


def changes_of(history: History) -> list[dt.date]:
    """The days on which what is possible changes for a state."""
    return sorted({spell.first_day for line in history.timelines() for spell in line if spell.first_day})


def days_told(history: History) -> list[dt.date]:
    """
    The first and the last day of every date of the record, of its publications, and of the coverage of the view.

    Those of what moves no status, and of sources that the view leaves out, are among them: that they change nothing is
    what a test may want to know.
    """
    record, view = history.record, history.view
    published = history._derivation.publications.by_source.values()  # noqa: SLF001 - a room of the same house
    parts = (record.coverage, record.institutions, record.states, record.sources, record.instruments)
    told = _days_in((*parts, record.events, record.attestations, record.steps, history.coverage, view.published_by))
    return sorted({*told, *(day for bounds in published for day in bounds)})


def _days_in(part: object) -> Iterator[dt.date]:
    """The first and the last day of every date in a value."""
    if isinstance(part, dt.date):
        yield part
    elif isinstance(part, (ImpreciseDate, Period)):
        ends = (part.earliest, part.latest) if isinstance(part, ImpreciseDate) else (part.first, part.last)
        yield from filter(None, ends)
    elif isinstance(part, tuple):
        for inner in part:
            yield from _days_in(inner)
    else:
        for field in getattr(type(part), "__attrs_attrs__", ()):
            yield from _days_in(getattr(part, field.name))


def around(days: Iterable[dt.date]) -> list[dt.date]:
    """Each day, the day before it, and the day after it, as far as the calendar has them."""
    ordinals = {day.toordinal() + by for day in days for by in (-1, 0, 1)}
    return [dt.date.fromordinal(one) for one in sorted(ordinals) if 1 <= one <= dt.date.max.toordinal()]
