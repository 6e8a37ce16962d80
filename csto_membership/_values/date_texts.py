"""
Written dates, such as "28 June 2012" or "between June and August 2006", put into EDTF.

The list of forms is closed: each has one meaning.
Whatever is not on it is refused, with what was probably meant: the day, the century and the order of day and month
are never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from csto_membership._values.date_rules import LONGEST, MAY_COUNT_DAYS, MONTHS, NO_DATE, check_day, month_length
from csto_membership.exceptions import DateError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_SHORT = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)} | {"sept": 9}
_NUMBER = {month.lower(): number for number, month in enumerate(MONTHS, 1)} | _SHORT
#: In Russian, as names and as parts of a date ("июнь 2012", "28 июня 2012").
_RUSSIAN = {
    name: number
    for names in (
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    )
    for number, name in enumerate(names.split(), 1)
}
_RUSSIAN |= {
    name: number
    for names in (
        "янв фев мар апр май июн июл авг сен окт ноя дек",
        "янв февр мар апр май июн июл авг сент окт нояб дек",
    )
    for number, name in enumerate(names.split(), 1)
}
_NUMBER |= _RUSSIAN
_MONTH = rf"(?P<month>{'|'.join(map(str.lower, MONTHS))}|(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\.?)"
_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})"
_NTH = rf"{_DAY}(?P<ending>st|nd|rd|th)?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? )?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


#: Whole dates by which a part of one is completed: "between June and August 2006".
_WHOLE = (
    _form(rf"{_WEEKDAY}(?:the )?{_NTH} (?:of )?{_MONTH},? {_YEAR}"),
    _form(rf"{_WEEKDAY}{_MONTH} {_NTH}(?:, ?| ){_YEAR}"),
    _form(rf"{_MONTH},? {_YEAR}"),
)
_UNITS = (
    *_WHOLE,
    _form(rf"{_DAY}(?P<sep>[-/.]?){_MONTH}(?P=sep){_YEAR}"),
    _form(rf"{_MONTH}-?{_YEAR}"),
    _form(rf"{_YEAR}(?P<sep>[- ]){_MONTH}(?:(?P=sep){_DAY})?"),
    _form(rf"{_YEAR}"),
    _form(rf"{_YEAR}-(?P<month>[0-9]{{2}})"),
    _form(rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})"),
)
#: For texts in small letters.
_RUSSIAN_MONTHS = "|".join(sorted(_RUSSIAN, key=len, reverse=True))
_RUSSIAN_UNIT = re.compile(
    rf"(?:(?:{_DAY}(?:-?го)? )?(?P<month>(?:{_RUSSIAN_MONTHS})\.?) )?{_YEAR}(?: ?г\.?| год| года)?"
)
_MIDNIGHT = _form(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(?::00(?:\.0+)?)?")
#: Unspecified digits as drafts of EDTF wrote them.
_OLD_DIGITS = re.compile(r"(?P<year>[0-9]{4}|[0-9]{3}u|[0-9]{2}uu)(?:-(?P<month>[0-9]{2}))?(?:-uu){0,2}", re.ASCII)
_DECADE = _form(r"(?:the )?(?P<decade>[0-9]{3})0s")
_ABOUT = _form(
    r"(?:(?:about|around|circa|approximately|approx\.?) ?|ca?(?:\. ?| |(?=[0-9]))|~(?=[0-9]{4}$))(?P<unit>.+)"
)
_BY, _SINCE = ("by", "until", "till", "not after", "no later than"), ("since", "not before", "no earlier than")
_BOUND = _form(rf"(?P<word>before|after|{'|'.join((*_BY, *_SINCE))}) (?P<unit>.+)")
_TWO_YEARS = _form(r"(?P<one>[0-9]{4}) or (?P<other>[0-9]{4})")
#: What a sentence puts before a day, and before a month or a year.
_ON, _IN = _form(r"on (?P<unit>.+)"), _form(r"in (?P<unit>.+)")
_BETWEEN = _form(r"between (?P<first>.+) and (?P<last>.+)")
_SHORTENED = (_form(rf"{_NTH} {_MONTH}"), _form(rf"{_MONTH} {_NTH}"), _form(rf"{_MONTH}"), _form(rf"{_NTH}"))


def to_edtf(text: str) -> str | None:
    """
    The EDTF text of a written date, or None where the text has none of the listed forms.

    "before" and "after" exclude what they name, "by", "until" and "since" include it:
    "before 1997" is up to 1996-12-31, "by 1997" and "until 1997" up to 1997-12-31.
    Raises `DateError` for a listed form that names no real day.
    """
    return next((edtf for read in _READERS if (edtf := read(text)) is not None), None)


def _qualified(text: str) -> str | None:
    """A date with a word or a mark of doubt."""
    if match := _ABOUT.fullmatch(text):
        unit, mark = _unit(match["unit"]), "~"
    else:
        unit, mark = (_unit(text[:-1]), "?") if text.endswith("?") else (None, "")
    return None if unit is None else f"{unit}{mark}"


def _midnight(text: str) -> str | None:
    match = _MIDNIGHT.fullmatch(text)
    return _unit(match["day"]) if match else None


def _old_digits(text: str) -> str | None:
    """A text with unspecified digits as drafts of EDTF wrote them; None where they form no run of days."""
    match = _OLD_DIGITS.fullmatch(text) if "u" in text else None
    if match is None:
        return None
    year, month = match["year"], match["month"]
    if month is None:
        return year.replace("u", "X")
    return None if "u" in year else _unit(f"{year}-{month}")


def _within(text: str) -> str | None:
    """A day after "on", a month, year or decade after "in"."""
    for form, days in ((_ON, True), (_IN, False)):
        if (match := form.fullmatch(text)) and (unit := _unit(match["unit"])) and (len(unit) == 10) is days:
            return unit
    return None


def _two_years(text: str) -> str | None:
    """Two years one after the other, as one run of days."""
    if not (match := _TWO_YEARS.fullmatch(text)):
        return None
    first, last = sorted(match.groups())
    if int(last) - int(first) != 1:
        raise DateError(text, "the two years are no one run of days; make it two claims")
    return f"[{first}..{last}]"


def _between(text: str) -> str | None:
    if not (match := _BETWEEN.fullmatch(text)):
        return None
    last = _unit(match["last"])
    first = _unit(match["first"]) or _unit(_completed(match["first"], match["last"]))
    return None if first is None or last is None else f"[{first}..{last}]"


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
    if not text.isascii() and (match := _RUSSIAN_UNIT.fullmatch(unicodedata.normalize("NFC", text).lower())):
        return _checked(text, match)
    return None


def _checked(text: str, match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = int(parts["year"])
    name = (parts.get("month") or "1").lower().removesuffix(".")
    month = _NUMBER[name] if name in _NUMBER else int(name)
    day = int(parts.get("day") or 1)
    check_day(text, year, month, day)
    if not parts.get("month"):
        return f"{year:04}"
    if not parts.get("day"):
        return f"{year:04}-{month:02}"
    whole = f"{year:04}-{month:02}-{day:02}"
    if parts.get("weekday"):
        actual = WEEKDAYS[date(year, month, day).weekday()]
        if actual.lower() != parts["weekday"].lower():
            raise DateError(text, f"that day was a {actual}", [whole])
    if parts.get("ending") and parts["ending"].lower() != (ending := _ending(day)):
        raise DateError(text, f"the {day}{ending} is not the {day}{parts['ending']}", [whole])
    return whole


def _ending(day: int) -> str:
    """The ending of the number of a day: 1st, 2nd, 3rd, 4th, 11th."""
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _bound(text: str) -> str | None:
    if not (match := _BOUND.fullmatch(text)) or (unit := _unit(match["unit"])) is None:
        return None
    word = match["word"].lower()
    if word in _BY:
        return f"[..{unit}]"
    if word in _SINCE:
        return f"[{unit}..]"
    first, last = _edges(unit)
    try:
        return f"[..{first - timedelta(1)}]" if word == "before" else f"[{last + timedelta(1)}..]"
    except OverflowError:
        raise DateError(text, "years run from 0001 to 9999") from None


def _edges(unit: str) -> tuple[date, date]:
    year = unit[:4]
    if len(unit) == 10:
        day = date.fromisoformat(unit)
        return day, day
    if len(unit) == 7:
        days = month_length(int(year), int(unit[5:]))
        return date.fromisoformat(f"{unit}-01"), date.fromisoformat(f"{unit}-{days}")
    first, last = year.replace("X", "0"), year.replace("X", "9")
    return date.fromisoformat(f"{first}-01-01"), date.fromisoformat(f"{last}-12-31")


def _completed(first: str, last: str) -> str:
    """The first date of "between June and August 2006" or "between 3 and 5 May 1999", completed from the last."""
    for form in _WHOLE:
        if not (whole := form.fullmatch(last)):
            continue
        for short in _SHORTENED:
            # A day alone takes its month from a day, not from a month.
            if (match := short.fullmatch(first)) and (match.groupdict().get("month") or "day" in whole.groupdict()):
                parts = {**whole.groupdict(), "day": None, "weekday": None, **match.groupdict()}
                day = f"{parts['day']} " if parts["day"] else ""
                return f"{day}{parts['month']} {parts['year']}"
    return first


#: The kinds of written dates.
_READERS = (_unit, _within, _qualified, _midnight, _old_digits, _bound, _two_years, _between)


def _text(pattern: str) -> re.Pattern[str]:
    """A form of texts that may run over several lines, and have any white space."""
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


_EITHER_ORDER = "numbers do not say which is the day and which the month"
_YEAR_FIRST = "a date in numbers begins with the year, with hyphens and two digits for month and day"
_PARTS_OF_A_YEAR = "seasons and parts of a year have no agreed days"
_ABSENT = r"n/?a|n\.\s?d\.|no date|undated|nan|nat|none|null|nil|unknown|unk|tb[acd]|\?+|-+|\.\.|\[\.\.\]"
_MONTH_NAMES = rf"(?:{'|'.join(sorted(_NUMBER.keys() - _RUSSIAN.keys(), key=len, reverse=True))})\.?"
_REASONS = (
    (_text(r"\s.*|.*\s"), "it has white space around it"),
    (_text(_ABSENT), NO_DATE),
    (_text(r"today|now|yesterday|tomorrow|present|current|currently|ongoing|open|to date"),
     "no day is implied; give the date itself, or leave an open end out"),
    (_text(r"[0-9]{1,2}"), "it may be a day, a month or a year; write years with four digits"),
    (_text(r"[1-9][0-9]{4}(?:\.[0-9]+)?"), MAY_COUNT_DAYS),
    (_text(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}"), _EITHER_ORDER),
    (_text(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]+"), "numbers do not say which is the day, the month and the year"),
    (_text(r"[0-9]{4}-(?:2[1-9]|3[0-9]|4[01])"), _PARTS_OF_A_YEAR),
    (_text(r"[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}|[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?|[0-9]{4}/[0-9]{1,2}"
           r"|[0-9]{4}\.[0-9]{2}|[0-9]{1,2}[./-][0-9]{4}"),
     _YEAR_FIRST),
    (_text(r"[0-9]+\.[0-9]+"), "a number is no date; write a year in four digits"),
    (_text(rf"(?:[0-9]{{1,2}}[ -])?{_MONTH_NAMES}(?:[ -](?:[0-9]{{1,2}}, ?)?[0-9]{{2}})?"),
     "there is no year of four digits in it"),
    (_text(r".*[0-9][T ][0-9]{1,2}:.*"), "it has a time of day or a zone; only civil days are understood"),
    (_text(r"[0-9]{4} ?[-/] ?[0-9]{4}"), "a span of years is a period, not one day"),
    (_text(r"[^\[]+/.*|[^\[]*\.\.[^\]]*"), "it looks like a period or a list, and not like one day"),
    (_text(r"(spring|summer|autumn|fall|winter|early|late|mid|end|start|beginning|middle|first half|second half)\b.*"
           r"|.*quarter.*"), _PARTS_OF_A_YEAR),
    (_text(r"Q[1-4].?[0-9]{4}|[0-9]{4}.?Q[1-4]"), "a quarter is written by its months"),
    (_text(r"(?:u{4}|X{4})(?:-(?:uu|XX)){0,2}"), "no digit of it is known; leave it out"),
    (_text(r".*\b(bc|bce|b\.c\.)|-[0-9]{4}.*|Y-?[0-9].*"), "years run from 0001 to 9999"),
    (_text(r"[\[{].*,.*"), "lists of days are not one run of days"),
    (_text(r"\[(?:.*\.\.)?[0-9]{4}-(?:2[1-9]|3[0-9]|4[01])(?:\.\..*)?\]"), _PARTS_OF_A_YEAR),
    (_text(r".*[0-9] (?:a|AA|d|s|P|c)"), "a mark follows the date; write it apart"),
)  # fmt: skip


def refusal(text: str, readable: Callable[[str], bool]) -> DateError:
    """The error for a text that no form fits: why, and what was probably meant as far as that is `readable`."""
    if not text.strip():
        return DateError(text, "it is empty")
    if len(text) > LONGEST:
        return DateError(f"{text[:40]}...", "it is too long for a date")
    if not text.isascii() and not _CYRILLIC.search(text):
        return DateError(text, "it has characters that no date form uses")
    reason = next((why for form, why in _REASONS if form.fullmatch(text)), "it has none of the known forms")
    meant = dict.fromkeys(option for option in _meanings(text) if readable(option))
    if reason == _EITHER_ORDER and len(meant) == 1:
        reason = _YEAR_FIRST
    if not meant and _DAY_FIRST.fullmatch(text):
        reason = "no order of day and month makes it a day"
    return DateError(text, reason, meant)


_CYRILLIC = re.compile("[\u0400-\u04ff]")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")


def _joined(match: re.Match[str]) -> str:
    """The numbers that were found, with hyphens, in two digits at least."""
    return "-".join(part.zfill(2) for part in match.groups() if part)


def _quarter(match: re.Match[str]) -> str:
    year, last = match[2] or match[3], 3 * int(match[1] or match[4])
    return f"[{year}-{last - 2:02}..{year}-{last:02}]"


#: For forms that are refused what was probably meant; what names no real day is dropped later.
_MEANT: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", _joined),
    (r"([0-9]{4})(?:[-/]([0-9]{1,2})|\.([0-9]{2})|[-/.]([0-9]{1,2})[-/.]([0-9]{1,2}))", _joined),
    (r"([0-9]{1,2})[-/.]([0-9]{4})", lambda match: f"{match[2]}-{match[1]:0>2}"),
    (_DAY_FIRST.pattern, lambda match: f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"),
    (_DAY_FIRST.pattern, lambda match: f"{match[3]}-{match[1]:0>2}-{match[2]:0>2}"),
    (r"([0-9]{4})\.0+", lambda match: match[1]),
    (r"\+?([0-9]{4}(?:-(?!00)[0-9]{2}){0,2})(?:-00){0,2}[T ][0-9].*", lambda match: match[1]),
    (r"([0-9]{4}) ?[-/] ?([0-9]{4})", lambda match: f"[{match[1]}..{match[2]}]"),
    (r"(?i:Q([1-4])[ /-]?([0-9]{4})|([0-9]{4})[ /-]?Q([1-4]))", _quarter),
    (r"([^\[\]]*[^\[\]/.])(?:/|\.\.)([^\[\]/.][^\[\]]*)", lambda match: f"[{match[1]}..{match[2]}]"),
    (r"[0-9]{2,3}x{1,2}", lambda match: match[0].upper()),
    (r"\[.* .*\]", lambda match: match[0].replace(" ", "")),
    (r"(.*[0-9]) (?:a|AA|d|s|P|c)", lambda match: match[1]),
)


def _meanings(text: str) -> list[str]:
    meanings = [text.strip()] if text.strip() != text else []
    meanings += [meant(match) for form, meant in _MEANT if (match := re.fullmatch(form, text))]
    return meanings + _months_meant(text)


def _months_meant(text: str) -> list[str]:
    from difflib import get_close_matches

    options = []
    for word in re.findall(r"[A-Za-z]{3,}", text):
        options += [text.replace(word, near) for near in get_close_matches(word.capitalize(), MONTHS, n=1)]
    return options
