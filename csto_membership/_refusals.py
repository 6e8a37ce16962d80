"""Why a text is refused as a date, and what was probably meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csto_membership._written import MONTHS
from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from collections.abc import Callable


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII | re.DOTALL)


_REASONS = (
    (_form(r"\s.*|.*\s"), "it has white space around it"),
    (_form(r"today|now|yesterday|tomorrow|present|current"), "no day is implied; give the date itself"),
    (_form(r"[0-9]{1,2}"), "it may be a day, a month or a year; write years with four digits"),
    (_form(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]+"), "the order of day and month is not said"),
    (_form(r".*[0-9][T ][0-9]{1,2}:.*"), "it has a time of day; only civil days are understood"),
    (_form(r"[^\[]+/.*|[^\[]*\.\.[^\]]*"), "it is a period or a list, not one day"),
    (_form(r"(spring|summer|autumn|fall|winter|early|late|mid).*|[0-9]{4}-(2[1-9]|3[0-9]|4[01])"),
     "seasons and parts of a year have no agreed days"),
    (_form(r".*\b(bc|bce|b\.c\.)|-[0-9]{4}.*|Y.*"), "years run from 0001 to 9999"),
    (_form(r"[\[{].*,.*"), "lists of days are not one run of days"),
)  # fmt: skip


def refusal(text: str, readable: Callable[[str], bool]) -> DateError:
    """The error for a text that no form fits: why, and what was probably meant as far as that is `readable`."""
    if not text.strip():
        return DateError(text, "it is empty")
    if not text.isascii():
        return DateError(text, "it has characters that no date form uses")
    if len(text) > 100:
        return DateError(f"{text[:40]}...", "it is too long for a date")
    reason = next((why for form, why in _REASONS if form.fullmatch(text)), "it has none of the known forms")
    meant = [option for option in _meanings(text) if readable(option)]
    return DateError(text, reason, dict.fromkeys(meant))


def _meanings(text: str) -> list[str]:
    found = [text.strip()] if text.strip() != text else []
    if match := re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text):
        found.append("-".join(match.groups()))
    if match := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?", text):
        found.append("-".join(part.zfill(2) for part in match.groups() if part))
    if match := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", text):
        a, b, year = match.groups()
        found += [f"{year}-{b:0>2}-{a:0>2}", f"{year}-{a:0>2}-{b:0>2}"]
    if match := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*", text):
        found.append(match[1])
    if match := re.fullmatch(r"([^\[\]]*[^\[\]/.])(?:/|\.\.)([^\[\]/.][^\[\]]*)", text):
        found.append(f"[{match[1]}..{match[2]}]")
    found += [text.upper()] if re.fullmatch(r"[0-9]{2,3}x{1,2}", text) else []
    found += [f"[{text[1:-1]}]".replace(" ", "")] if re.fullmatch(r"\[.* .*\]", text) else []
    return found + _months_meant(text)


def _months_meant(text: str) -> list[str]:
    from difflib import get_close_matches

    options = []
    for word in re.findall(r"[A-Za-z]{3,}", text):
        options += [text.replace(word, near) for near in get_close_matches(word.capitalize(), MONTHS, n=1)]
    return options
