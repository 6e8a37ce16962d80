"""
Written dates, such as "28 June 2012" or "between June and August 2006", put into EDTF.

The list of forms is closed.
Whatever is not on it is refused, with what was probably meant: the day, the century and the order of day and month
are never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from csto_membership.exceptions import DateError

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_NUMBER = {m.lower(): i for i, m in enumerate(MONTHS, 1)}
_NUMBER |= {m.lower()[:3]: i for i, m in enumerate(MONTHS, 1)} | {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(_NUMBER, key=len, reverse=True))})"
_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? )?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


_UNITS = (
    _form(rf"{_WEEKDAY}{_DAY} {_MONTH} {_YEAR}"),
    _form(rf"{_WEEKDAY}{_MONTH} {_DAY}, ?{_YEAR}"),
    _form(rf"{_MONTH} {_YEAR}"),
    _form(rf"{_YEAR}"),
    _form(rf"{_YEAR}-(?P<month>[0-9]{{2}})"),
    _form(rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})"),
)
_DECADE = _form(r"(?:the )?(?P<decade>[0-9]{3})0s")
_ABOUT = _form(r"(?:about|around|circa|c\.|ca\.) ?(?P<unit>.+)")
_BOUND = _form(r"(?P<word>before|after|by|since|not before|no earlier than|not after|no later than) (?P<unit>.+)")
_BETWEEN = _form(r"between (?P<first>.+) and (?P<last>.+)")
_SHORTENED = (_form(rf"{_DAY} {_MONTH}"), _form(rf"{_MONTH} {_DAY}"), _form(rf"{_MONTH}"), _form(rf"{_DAY}"))


def to_edtf(text: str) -> str | None:
    """
    The EDTF text of a written date, or None where the text has none of the listed forms.

    "before" and "after" exclude what they name, "by" and "since" include it:
    "before 1997" is up to 1996-12-31, "by 1997" up to 1997-12-31.
    Raises `DateError` for a listed form that names no real day.
    """
    if (unit := _unit(text)) is not None:
        return unit
    if match := _ABOUT.fullmatch(text):
        unit = _unit(match["unit"])
        return None if unit is None else f"{unit}~"
    if text.endswith("?"):
        unit = _unit(text[:-1])
        return None if unit is None else f"{unit}?"
    if match := _BOUND.fullmatch(text):
        return _bounded(match["word"].lower(), match["unit"])
    if match := _BETWEEN.fullmatch(text):
        last = _unit(match["last"])
        first = _unit(match["first"]) or _unit(_completed(match["first"], match["last"]))
        return None if first is None or last is None else f"[{first}..{last}]"
    return None


_SEASON = _form(r"[0-9]{4}-(?:2[1-9]|3[0-9]|4[01])")


def _unit(text: str) -> str | None:
    """A written day, month, year or decade in EDTF."""
    if _SEASON.fullmatch(text):
        return None
    if match := _DECADE.fullmatch(text):
        check_day(text, int(f"{match['decade']}0"), 1, 1)
        return f"{match['decade']}X"
    for form in _UNITS:
        if match := form.fullmatch(text):
            return _checked(text, match)
    return None


def _checked(text: str, match: re.Match[str]) -> str:
    found = match.groupdict()
    year = int(found["year"])
    name = (found.get("month") or "1").lower()
    month = _NUMBER[name] if name in _NUMBER else int(name)
    day = int(found.get("day") or 1)
    check_day(text, year, month, day)
    if not found.get("month"):
        return f"{year:04}"
    if not found.get("day"):
        return f"{year:04}-{month:02}"
    if found.get("weekday"):
        actual = WEEKDAYS[date(year, month, day).weekday()]
        if actual.lower() != found["weekday"].lower():
            raise DateError(text, f"that day was a {actual}", [f"{year:04}-{month:02}-{day:02}"])
    return f"{year:04}-{month:02}-{day:02}"


def check_day(text: str, year: int, month: int, day: int) -> None:
    """Raise `DateError` where there is no such day."""
    if not 1 <= year <= date.max.year:
        raise DateError(text, "years run from 0001 to 9999")
    if not 1 <= month <= 12:
        raise DateError(text, f"there is no month {month}", [f"{year:04}"])
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        month_text = f"{MONTHS[month - 1]} {year}"
        raise DateError(text, f"{month_text} has {length} days", [f"{year:04}-{month:02}"])


def _bounded(word: str, unit_text: str) -> str | None:
    unit = _unit(unit_text)
    if unit is None:
        return None
    if word in {"by", "not after", "no later than"}:
        return f"[..{unit}]"
    if word in {"since", "not before", "no earlier than"}:
        return f"[{unit}..]"
    first, last = _edges(unit)
    try:
        if word == "before":
            return f"[..{first - timedelta(1)}]"
        return f"[{last + timedelta(1)}..]"
    except OverflowError:
        raise DateError(f"{word} {unit_text}", "years run from 0001 to 9999") from None


def _edges(unit: str) -> tuple[date, date]:
    year = unit[:4]
    if len(unit) == 10:
        return (date.fromisoformat(unit),) * 2
    if len(unit) == 7:
        days = monthrange(int(year), int(unit[5:]))[1]
        return date.fromisoformat(f"{unit}-01"), date.fromisoformat(f"{unit}-{days}")
    first, last = year.replace("X", "0"), year.replace("X", "9")
    return date.fromisoformat(f"{first}-01-01"), date.fromisoformat(f"{last}-12-31")


def _completed(first: str, last: str) -> str:
    """The first date of "between June and August 2006" or "between 3 and 5 May 1999", completed from the last."""
    for form in _UNITS[:3]:
        if not (whole := form.fullmatch(last)):
            continue
        for short in _SHORTENED:
            # A day alone takes its month from a day, not from a month.
            if (match := short.fullmatch(first)) and (match.groupdict().get("month") or "day" in whole.groupdict()):
                found = {**whole.groupdict(), "day": None, "weekday": None, **match.groupdict()}
                day = f"{found['day']} " if found["day"] else ""
                return f"{day}{found['month']} {found['year']}"
    return first
