"""Pictures in words: spells, days and states as sentences, and the titles of pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.sentences import possible
from csto_membership._values.wording import together

if TYPE_CHECKING:
    from csto_membership.plots._shown.told import Told
    from csto_membership.plots._shown.window import Piece, Window

_DAY = dt.timedelta(1)
#: A title names so many organisations.
_MOST_NAMES = 6


def statuses_text(statuses: frozenset[Status]) -> str:
    """The possible statuses as alternatives, or by what they leave out; "unknown" for any."""
    return "unknown" if statuses == ALL_STATUSES else possible(statuses)


def days_text(first: dt.date | None, last: dt.date | None) -> str:
    """A run of days in a sentence, both included; None for an open end."""
    if first and last:
        return f"on {first}" if first == last else f"{first} to {last}"
    if first:
        return f"from {first} on"
    return f"until {last}" if last else "always"


def piece_text(piece: Piece) -> str:
    """The spell of a piece in a sentence: "member 1992-05-15 to 1999-04-20"."""
    spell = piece.spell
    first, last = spell.first_day, spell.last_day
    days = by_days_text(first, last) if piece.perhaps_earlier and first and first != last else days_text(first, last)
    return f"{statuses_text(spell.statuses)} {days}"


def by_days_text(first: object, last: object) -> str:
    """A run of days, or of years, of something that may have begun before it."""
    return f"by {first}, until {last}" if last else f"by {first}"


def or_untold(text: str, told: bool) -> str:
    """What is said where there is nothing to show: this, if something is told of the days of the picture at all."""
    return text if told else "nothing is told"


def by_text(told: Iterable[tuple[str, str]]) -> str:
    """Names, each with a text, as sentences: those of one text together."""
    names: dict[str, list[str]] = {}
    for name, text in told:
        names.setdefault(text, []).append(name)
    return " ".join(f"{together(same)}: {text}." for text, same in names.items())


def names_of(told: tuple[Told, ...]) -> str:
    """The organisations of a picture: one by its title, several by their labels, of many the first."""
    if len(told) == 1:
        return told[0].title
    labels = [one.label for one in told]
    return together(labels if len(labels) <= _MOST_NAMES else [*labels[:3], f"{len(labels) - 3} others"])


def view_of(told: Iterable[Told]) -> str:
    """The view under which all organisations are seen, "" where they differ or are rows."""
    views = {one.view for one in told}
    return views.pop() if len(views) == 1 else ""


def subtitle_of(told: tuple[Told, ...], window: Window) -> str:
    """The view and the days of a picture."""
    days = f"{window.first} to {window.end - _DAY}"
    return "; ".join(part for part in (view_of(told), days) if part)
