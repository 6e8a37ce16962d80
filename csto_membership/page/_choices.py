"""What can be chosen on a page: readings, resolutions, and the days up to which sources are used."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from csto_membership import _load
from csto_membership._evidence.resolution import Resolution, as_resolution
from csto_membership._history import History
from csto_membership._values.acts import in_order
from csto_membership._values.dates import as_imprecise
from csto_membership._values.readings import READINGS
from csto_membership._values.sentences import day_in_words
from csto_membership._view.view import MEMBER_ONLY
from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._values.dates import DateLike
    from csto_membership._values.readings import Reading

_RESOLUTIONS = ("preferred", "every", "majority")


@frozen
class Choice:
    """One of several views: its id in the page's address, what it is called, and the call of a history that leads to it."""

    id: str
    label: str
    call: str


def readings(history: History) -> dict[Choice, Reading]:
    """The readings, that of the history among them."""
    usual = History(history.record).reading
    known = dict(READINGS)
    if known.get(history.reading.name) != history.reading:
        known = {f"{history.reading.name} (own)": history.reading, **known}
    calls = {name: f".under({name!r})" if name in READINGS else ".under(reading)" for name in known}
    return {Choice(name, name, "" if reading == usual else calls[name]): reading for name, reading in known.items()}


def resolutions(history: History) -> dict[Choice, Resolution]:
    """The resolutions, that of the history among them."""
    given = [as_resolution(name) for name in _RESOLUTIONS]
    if history.resolution not in given:
        given.insert(0, history.resolution)
    return {Choice(str(one), str(one), _resolved(one)): one for one in given}


def _resolved(resolution: Resolution) -> str:
    if resolution.sources:
        return f".resolved(csto.precedence({', '.join(map(repr, resolution.sources))}))"
    return "" if resolution.name == "preferred" else f".resolved({resolution.name!r})"


def whole(history: History) -> Choice:
    """The choice of all sources of the history."""
    by = history.view.published_by
    label = f"published by {day_in_words(by)}" if by else "all sources"
    return Choice("", label, f".as_published_by({by.isoformat()!r})" if by else "")


def known_by(day: dt.date) -> Choice:
    """The choice of what was published by a day."""
    return Choice(day.isoformat(), f"published by {day_in_words(day)}", f".as_published_by({day.isoformat()!r})")


def known_days(history: History, known: Literal["years"] | Iterable[DateLike]) -> list[dt.date]:
    """The days of which it is looked at what was known, in order."""
    if known != "years":
        return sorted({_exact(day) for day in known})
    published = history.publication_days
    until = history.view.published_by
    ends = [dt.date(year, 12, 31) for year in sorted({day.year for day in published})]
    return [end for end in ends if published[0] <= end and (until is None or end < until)]


def _exact(date: DateLike) -> dt.date:
    day = as_imprecise(date)
    if day.earliest is None or not day.is_exact:
        raise DateError(day.text, "known by which day? One exact day is needed")
    return day.earliest


def seen(history: History, day: dt.date) -> History | None:
    """The history as it was known on a day; None where nothing was."""
    try:
        return history.as_published_by(day)
    except DateError:
        return None


def is_bundled(history: History) -> bool:
    """Whether its record is one of those of the library."""
    record = history.record
    return record.id in _load.organisations() and _load.history(record.id).record == record


def opening(history: History) -> str:
    """
    The Python that gives the history, but for its reading, its resolution and what was published by a day.

    One that is not bundled is called `history`: from where it came is not known.
    """
    record, view = history.record, history.view
    calls = [f"csto.history({record.id!r})" if is_bundled(history) else "history"]
    if view.sources is not None:
        calls.append(f".according_to({', '.join(map(repr, sorted(view.sources)))})")
    if view.institution:
        calls.append(f".institution({view.institution!r})")
    if view.counted != MEMBER_ONLY:
        calls.append(f".counting({', '.join(repr(str(status)) for status in in_order(view.counted))})")
    if view.strict:
        calls.append(".strict()")
    return "".join(calls)
