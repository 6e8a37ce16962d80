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
from typing import TYPE_CHECKING

from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from collections.abc import Callable


#: No date needs more characters; a longer text is refused unread.
LONGEST = 100
#: Of five digits.
MAY_COUNT_DAYS = "it may be the day number of a spreadsheet; write the day itself"
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
    parts = match.groupdict()
    year = int(parts["year"])
    name = (parts.get("month") or "1").lower()
    month = _NUMBER[name] if name in _NUMBER else int(name)
    day = int(parts.get("day") or 1)
    check_day(text, year, month, day)
    if not parts.get("month"):
        return f"{year:04}"
    if not parts.get("day"):
        return f"{year:04}-{month:02}"
    if parts.get("weekday"):
        actual = WEEKDAYS[date(year, month, day).weekday()]
        if actual.lower() != parts["weekday"].lower():
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
                parts = {**whole.groupdict(), "day": None, "weekday": None, **match.groupdict()}
                day = f"{parts['day']} " if parts["day"] else ""
                return f"{day}{parts['month']} {parts['year']}"
    return first


def _text(pattern: str) -> re.Pattern[str]:
    """A form of texts that may run over several lines."""
    return re.compile(pattern, re.IGNORECASE | re.ASCII | re.DOTALL)


_REASONS = (
    (_text(r"\s.*|.*\s"), "it has white space around it"),
    (_text(r"today|now|yesterday|tomorrow|present|current"), "no day is implied; give the date itself"),
    (_text(r"[0-9]{1,2}"), "it may be a day, a month or a year; write years with four digits"),
    (_text(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]+"), "the order of day and month is not said"),
    (_text(r".*[0-9][T ][0-9]{1,2}:.*"), "it has a time of day; only civil days are understood"),
    (_text(r"[^\[]+/.*|[^\[]*\.\.[^\]]*"), "it is a period or a list, not one day"),
    (_text(r"(spring|summer|autumn|fall|winter|early|late|mid).*|[0-9]{4}-(2[1-9]|3[0-9]|4[01])"),
     "seasons and parts of a year have no agreed days"),
    (_text(r".*\b(bc|bce|b\.c\.)|-[0-9]{4}.*|Y.*"), "years run from 0001 to 9999"),
    (_text(r"[\[{].*,.*"), "lists of days are not one run of days"),
)  # fmt: skip


def refusal(text: str, readable: Callable[[str], bool]) -> DateError:
    """The error for a text that no form fits: why, and what was probably meant as far as that is `readable`."""
    if not text.strip():
        return DateError(text, "it is empty")
    if not text.isascii():
        return DateError(text, "it has characters that no date form uses")
    if len(text) > LONGEST:
        return DateError(f"{text[:40]}...", "it is too long for a date")
    reason = next((why for form, why in _REASONS if form.fullmatch(text)), "it has none of the known forms")
    meant = [option for option in _meanings(text) if readable(option)]
    return DateError(text, reason, dict.fromkeys(meant))


def _meanings(text: str) -> list[str]:
    meanings = [text.strip()] if text.strip() != text else []
    if match := re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text):
        meanings.append("-".join(match.groups()))
    if match := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?", text):
        meanings.append("-".join(part.zfill(2) for part in match.groups() if part))
    if match := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", text):
        a, b, year = match.groups()
        meanings += [f"{year}-{b:0>2}-{a:0>2}", f"{year}-{a:0>2}-{b:0>2}"]
    if match := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*", text):
        meanings.append(match[1])
    if match := re.fullmatch(r"([^\[\]]*[^\[\]/.])(?:/|\.\.)([^\[\]/.][^\[\]]*)", text):
        meanings.append(f"[{match[1]}..{match[2]}]")
    if re.fullmatch(r"[0-9]{2,3}x{1,2}", text):
        meanings.append(text.upper())
    if re.fullmatch(r"\[.* .*\]", text):
        meanings.append(text.replace(" ", ""))
    return meanings + _months_meant(text)


def _months_meant(text: str) -> list[str]:
    from difflib import get_close_matches

    options = []
    for word in re.findall(r"[A-Za-z]{3,}", text):
        options += [text.replace(word, near) for near in get_close_matches(word.capitalize(), MONTHS, n=1)]
    return options
