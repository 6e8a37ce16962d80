"""What is said in many places, said once: alternatives, hints, runs of days, and days in JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from csto_membership.exceptions import alike


def either(options: Iterable[object]) -> str:
    """Texts or names as alternatives: "a or b"."""
    return " or ".join(map(str, options))


def together(texts: Sequence[str]) -> str:
    """Texts as one enumeration: "a, b and c"."""
    return " and ".join((", ".join(texts[:-1]), texts[-1])) if texts[1:] else "".join(texts)


def did_you_mean(options: Iterable[object]) -> str:
    """The question for what was probably meant, "" for no options."""
    meant = either(map(repr, options))
    return f"did you mean {meant}?" if meant else ""


def nearest(value: object, known: Iterable[str]) -> str:
    """The remedy for an unknown name: the nearest, or all that are known."""
    names = list(known)
    return did_you_mean(alike(value, names)) or f"known are {', '.join(names)}"


def counted(number: int, word: str) -> str:
    """So many of something: "1 claim", "2 claims"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def when(date: object) -> str:
    """A date in a sentence: "on 1999-04-20", "in 1999", "on a day of [1999-04-20..1999-05-02]"."""
    text = str(date)
    if text.startswith("["):
        return f"on a day of {text}"
    return f"{'on' if len(text.rstrip('?~%')) == len('1999-04-20') and 'X' not in text else 'in'} {text}"


def day_range(first_day: object, last_day: object) -> str:
    """A run of days for people, open ends as two points: "1999-04-21 to .."."""
    return f"{first_day or '..'} to {last_day or '..'}"


def number_range(fewest: int, most: int) -> str:
    """A number, or the bounds between which it lies: "6 to 7"."""
    return str(most) if fewest == most else f"{fewest} to {most}"


def json_day(day: dt.date | None) -> str | None:
    """A day in ISO form, None for an open end."""
    return None if day is None else day.isoformat()


def json_days(first_day: dt.date | None, last_day: dt.date | None) -> dict[str, Any]:
    """The two ends of a run of days as JSON-ready values."""
    return {"first_day": json_day(first_day), "last_day": json_day(last_day)}


def one_line(text: object, most: int | None = None) -> str:
    """
    A text in one line, cut after so many characters.

    >>> one_line("the   repr  of a column", 15)
    'the repr of ...'
    """
    line = " ".join(str(text).split())
    return line if most is None or len(line) <= most else f"{line[: most - 3]}..."
