"""The civil day that a value is beyond doubt. Light, since the first answer of a fresh process waits for it."""

from __future__ import annotations

import datetime as dt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_from_iso = dt.date.fromisoformat
#: So many texts are read at once: where one of them is another than an ISO day, they are read one by one.
_AT_ONCE = 1000


def exact_day(value: object) -> dt.date | None:
    """
    The day of a date, of a text such as "1999-04-20", and of a naive datetime at midnight (a pandas Timestamp).

    None for everything else, which may still be a date: `as_imprecise` reads it with care.

    >>> exact_day("1999-04-20"), exact_day("1999-04"), exact_day("20 April 1999")
    (datetime.date(1999, 4, 20), None, None)
    """
    if type(value) is dt.date:
        return value
    if isinstance(value, str):
        # ISO 8601 has more forms of a day ("19990420", "1999-W16-2") than are read here.
        if len(value) == 10 and value[4] == "-" == value[7]:
            try:
                return _from_iso(value)
            except ValueError:
                pass
        return None
    if isinstance(value, dt.datetime):
        time = value.hour or value.minute or value.second or value.microsecond or getattr(value, "nanosecond", 0)
        # A Timestamp of pandas may be of a year that dates do not have.
        is_day = not time and value.tzinfo is None and dt.MINYEAR <= value.year <= dt.MAXYEAR
        return dt.date(value.year, value.month, value.day) if is_day else None
    return None


def exact_days(texts: Sequence[str]) -> tuple[list[dt.date | None], list[int]]:
    """The `exact_day` of each of many texts, in a fraction of the time, and the places of those that have none."""
    days: list[dt.date | None] = []
    places: list[int] = []
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        if (read := _iso_days(some)) is not None:
            days += read
        else:
            one_by_one = list(map(exact_day, some))
            places += [start + place for place, day in enumerate(one_by_one) if day is None]
            days += one_by_one
    return days, places


def _iso_days(texts: Sequence[str]) -> list[dt.date] | None:
    """The days of texts that are all ISO days; None where one is not."""
    joined, hyphens = "".join(texts), "-" * len(texts)
    if set(map(len, texts)) != {10} or joined[4::10] != hyphens or joined[7::10] != hyphens:
        return None
    try:
        return list(map(_from_iso, texts))
    except ValueError:
        return None
