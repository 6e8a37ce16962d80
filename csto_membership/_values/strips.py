"""
Strips: a whole timeline in one line of a notebook, with the day that is asked about on it.

A strip is drawn with the styles of its pieces, and written with a sign for each stretch of days besides, hidden by the
style. Where a notebook takes the styles away the signs come to light. Pieces differ by form, not by colour alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import chain, groupby
from typing import NamedTuple, Protocol, TypeAlias

from attrs import frozen

from csto_membership._values.acts import Status
from csto_membership._values.dates import ImpreciseDate, as_imprecise
from csto_membership._values.html import Html, element, faint, joined, line, shown
from csto_membership._values.sentences import possible
from csto_membership._values.verdict import Verdict

#: How many signs a strip has.
_SIGNS = 36
#: So many spells are drawn one by one in a strip that stands alone, and in a row of a table.
_MOST_PIECES, _MOST_IN_A_ROW = 90, 20
#: The width and height of a strip in pixels, and its least width for a piece.
_HEIGHT, _LEAST = 12, 2
#: How many pixels wide a strip is that stands alone, and one in a row of a table.
_ALONE, _IN_A_ROW = 320, 150
#: A window is at least so long, and what is open beyond its last change takes this part of it.
_SHORTEST, _ROOM = dt.timedelta(30), 20
_DAY = dt.timedelta(1)

#: Colours between light and dark paper.
_BLUE, _PALE, _GREY, _AMBER = "#3f86c6", "#8fb6dc", "rgba(128,128,128,0.75)", "#cc8a1a"
_HATCHED = (
    f"background-image:linear-gradient(135deg,{_AMBER} 30%,transparent 30%,transparent 50%,{_AMBER} 50%,{_AMBER} 80%,"
    "transparent 80%);background-size:6px 6px"
)
_STRIPED = f"background-image:linear-gradient(90deg,{_BLUE} 50%,transparent 50%);background-size:4px 4px"
#: Where there is nothing else.
_TRACK = "position:relative;font-size:0;vertical-align:middle;background-color:rgba(128,128,128,0.15)"

#: The first and the last day for which something vouches, None for open.
Ends: TypeAlias = "tuple[dt.date | None, dt.date | None]"


class Found(Protocol):
    """What is found of a state."""

    @property
    def statuses(self) -> frozenset[Status]:
        """The possible statuses."""
        ...

    @property
    def verdict(self) -> Verdict:
        """What they mean for membership."""
        ...


class Told(Found, Protocol):
    """A run of days with the same possible statuses, both days included, None for open: a spell."""

    @property
    def first_day(self) -> dt.date | None:
        """The first day."""

    @property
    def last_day(self) -> dt.date | None:
        """The last day."""


class Look(Enum):
    """How a piece looks: its sign, and the top, the height and the background of its bar. No two have one form."""

    MEMBER = ("█", 0, _HEIGHT, f"background:{_BLUE}")
    UNDETERMINED = ("▒", 0, _HEIGHT, _HATCHED)
    OTHER = ("▄", 6, 6, f"background:{_PALE}")
    FORMER = ("▁", 10, 2, f"background:{_GREY}")
    NONE = ("·", 0, 0, "")
    SEVERAL = ("▚", 0, _HEIGHT, _STRIPED)

    def __init__(self, sign: str, top: int, height: int, background: str) -> None:
        self.sign, self.top, self.height, self.background = sign, top, height, background

    @property
    def style(self) -> str:
        """The style of its bar."""
        return f"top:{self.top}px;height:{self.height}px" + (f";{self.background}" if self.background else "")


def look_of(found: Found) -> Look:
    """How what is found looks."""
    if found.verdict is not Verdict.NO:
        return Look.MEMBER if found.verdict is Verdict.YES else Look.UNDETERMINED
    if found.statuses <= {Status.NONE}:
        return Look.NONE
    return Look.FORMER if found.statuses <= {Status.NONE, Status.FORMER} else Look.OTHER


class Window(NamedTuple):
    """The days that a strip shows, from `first` to before `end`."""

    first: dt.date
    end: dt.date

    def part(self, day: dt.date | None, otherwise: float) -> float:
        """Where in the window a day begins: 0 at its first, 1 at its end, and nowhere beyond. None is the one given."""
        if day is None:
            return otherwise
        return min(1.0, max(0.0, (day - self.first) / (self.end - self.first)))


def window_of(
    lines: Iterable[Iterable[Told]], covered: Ends = (None, None), asked: ImpreciseDate | None = None
) -> Window | None:
    """
    The days from the first on which anything is told, or is vouched for, to the last; None where no day is named.

    `covered` are the days for which the record vouches. It reaches to what is asked where that is not far from it.
    """
    first, last = covered
    starts = [told.first_day for spells in lines for told in spells if told.first_day]
    named = [*starts, *(day for day in covered if day)]
    if not named:
        return None
    begin, latest = min(named), max(named)
    span = max(latest - begin, _SHORTEST)
    # What held before the first change, and holds after the last, is seen where no edge of what is vouched for is.
    early = begin if first and begin == first and first not in starts else _moved(begin, -(span // _ROOM))
    late = _moved(latest, _DAY) if last and latest == last and last not in starts else _moved(latest, span // _ROOM)
    if late - early < _SHORTEST:
        early, late = _moved(early, -_SHORTEST), _moved(late, _SHORTEST)
    near = (late - early) // 3
    days = [day for day in (asked and asked.earliest, asked and asked.latest) if day]
    return Window(
        min([early, *(day for day in days if day >= _moved(early, -near))]),
        max([late, *(_moved(day, _DAY) for day in days if day <= _moved(late, near))]),
    )


def _moved(day: dt.date, by: dt.timedelta) -> dt.date:
    """The day so much earlier or later, at most at the end of the calendar."""
    return dt.date.fromordinal(min(max(day.toordinal() + by.days, 1), dt.date.max.toordinal()))


@frozen
class Strip:
    """
    A timeline in one line: its spells, the days shown, and the (perhaps unknown) day that is asked about, if any.

    More than `most` spells are told together where they are close.
    """

    spells: Sequence[Told]
    window: Window
    asked: ImpreciseDate | None = None
    most: int = _MOST_PIECES

    def html(self, width: int) -> Html:
        """The strip, so many pixels wide."""
        pieces = self._pieces()
        signs = self._signs(pieces)
        bars = [piece.bar(text) for piece, text in zip(pieces, signs, strict=True)]
        style = f"display:inline-block;width:{width}px;height:{_HEIGHT}px;white-space:nowrap;{_TRACK}"
        return element("samp", *bars, self._tick(), style=style)

    def between_years(self, width: int) -> Html:
        """The strip between the years in which it begins and ends; an arrow where the last status goes on."""
        return joined(faint(self.window.first.year, " "), self.html(width), faint(" ", self.last_year()))

    def last_year(self) -> str:
        """The year in which the strip ends, with an arrow where something is told that has no end."""
        open_end = self.spells and look_of(self.spells[-1]) is not Look.NONE
        arrow = "\u00a0→" if open_end else ""
        return f"{(self.window.end - _DAY).year}{arrow}"

    def _pieces(self) -> list[_Piece]:
        """A piece for each spell; of very many, fewer."""
        pieces = [
            _Piece(
                self.window.part(told.first_day, 0.0),
                self.window.part(told.last_day and _moved(told.last_day, _DAY), 1.0),
                look_of(told),
                str(told),
            )
            for told in self.spells
        ]
        return pieces if len(pieces) <= self.most else _together(pieces)

    def _signs(self, pieces: list[_Piece]) -> list[str]:
        """The signs of each piece, at least one, with an arrow where the day that is asked about lies."""
        number = max(_SIGNS, len(pieces))
        edges = [0]
        for place, piece in enumerate(pieces, 1):
            left = len(pieces) - place
            edges.append(min(max(round(piece.end * number), edges[-1] + 1), number - left))
        signs = [[piece.look.sign] * (end - start) for piece, start, end in zip(pieces, edges, edges[1:], strict=False)]
        for place, sign in sorted(self._arrows(pieces, edges), reverse=True):
            at = next(n for n, end in enumerate(edges[1:]) if place < end or n == len(pieces) - 1)
            signs[at].insert(place - edges[at], sign)
        return ["".join(piece) for piece in signs]

    def _arrows(self, pieces: list[_Piece], edges: list[int]) -> set[tuple[int, str]]:
        """Before which signs an arrow stands: at the first and at the last day that is asked about."""
        if self.asked is None:
            return set()
        arrows = set()
        for day, open_end in ((self.asked.earliest, 0.0), (self.asked.latest, 1.0)):
            if day and day < self.window.first:
                arrows.add((0, "◀"))
            elif day and day >= self.window.end:
                arrows.add((edges[-1], "▶"))
            else:
                part = self.window.part(day, open_end)
                at = max((n for n, piece in enumerate(pieces) if piece.start <= part), default=0)
                piece, start, end = pieces[at], edges[at], edges[at + 1]
                inside = (part - piece.start) / (piece.end - piece.start) if piece.end > piece.start else 0.0
                arrows.add((min(start + int(inside * (end - start)), end - 1), "▼"))
        return arrows

    def _tick(self) -> Html:
        """The mark of the day that is asked about."""
        if self.asked is None:
            return Html("")
        start = self.window.part(self.asked.earliest, 0.0)
        end = self.window.part(self.asked.latest and _moved(self.asked.latest, _DAY), 1.0)
        style = (
            f"position:absolute;left:{min(start, 0.995):.2%};width:{max(0.0, end - start):.2%};min-width:{_LEAST}px;top:-3px;"
            f"height:{_HEIGHT + 6}px;background:rgba(214,51,108,{0.95 if self.asked.is_exact else 0.45});z-index:2"
        )
        return element("span", title=str(self.asked), style=style)


class _Piece(NamedTuple):
    """A part of a strip, from where to before where in the window, how it looks, what it tells and of how many spells."""

    start: float
    end: float
    look: Look
    text: str
    number: int = 1

    def bar(self, signs: str) -> Html:
        """The piece with its signs."""
        if self.look is Look.NONE:
            return element("span", signs, title=self.text)
        width = self.end - self.start
        style = (
            f"position:absolute;left:{min(self.start, 0.995):.2%};width:{width:.2%};min-width:{_LEAST}px;"
            f"{self.look.style}"
        )
        # A short piece is not covered by its neighbours.
        return element("span", signs, title=self.text, style=style + (";z-index:1" if width < 0.01 else ""))


def _together(pieces: list[_Piece]) -> list[_Piece]:
    """Very many pieces as few: those that begin under one sign as one, and neighbours that look as mixed as well."""
    by_sign = [_one(list(group)) for _, group in groupby(pieces, key=lambda piece: int(piece.start * _SIGNS))]
    mixed = groupby(enumerate(by_sign), key=lambda item: -1 if item[1].look is Look.SEVERAL else item[0])
    return [_one([piece for _, piece in group]) for _, group in mixed]


def _one(group: list[_Piece]) -> _Piece:
    """Several pieces as one, which looks like them if they look alike."""
    if len(group) == 1:
        return group[0]
    looks, number = {piece.look for piece in group}, sum(piece.number for piece in group)
    look = looks.pop() if len(looks) == 1 else Look.SEVERAL
    return _Piece(group[0].start, group[-1].end, look, f"{number} spells", number)


def strip_alone(spells: Sequence[Told], covered: Ends, asked: dt.date | ImpreciseDate | None = None) -> Html:
    """A strip with what its looks mean below it, nothing where no day is named."""
    date = None if asked is None else as_imprecise(asked)
    window = window_of([spells], covered, date)
    if window is None:
        return Html("")
    strip = Strip(spells, window, date)
    return joined(element("div", strip.between_years(_ALONE)), legend(spells))


class Strips(NamedTuple):
    """Strips of the same days, one in each row of a table: their head, themselves, and what their looks mean."""

    head: Html
    rows: list[Html]
    legend: Html


def strips_below(
    lines: Sequence[Sequence[Told]], covered: Ends, asked: dt.date | ImpreciseDate | None = None
) -> Strips:
    """Strips of the same days, to stand below one another; empty where no day is named."""
    date = None if asked is None else as_imprecise(asked)
    window = window_of(lines, covered, date)
    if window is None:
        return Strips(Html(""), [Html("")] * len(lines), Html(""))
    strips = [Strip(spells, window, date, _MOST_IN_A_ROW) for spells in lines]
    years = f"{window.first.year} to {(window.end - _DAY).year}"
    return Strips(shown(years), [strip.html(_IN_A_ROW) for strip in strips], legend(chain(*lines)))


def legend(spells: Iterable[Told]) -> Html:
    """What the looks of a strip mean: for each that there is, its statuses."""
    meant: dict[Look, set[Status]] = {}
    for told in spells:
        meant.setdefault(look_of(told), set()).update(told.statuses)
    entries = (joined(_swatch(look), f" {meaning(look, meant[look])}") for look in Look if look in meant)
    return line(*(element("span", entry, "\u2003", style="display:inline-block") for entry in entries))


def meaning(look: Look, statuses: Iterable[Status]) -> str:
    """What a look stands for in words, by the statuses that have it."""
    words = possible(frozenset(statuses))
    return f"undetermined: {words}" if look is Look.UNDETERMINED else words


def _swatch(look: Look) -> Html:
    """A short piece of a strip."""
    box = f"display:inline-block;width:14px;height:{_HEIGHT}px;{_TRACK}"
    return element(
        "samp", element("span", look.sign, style=f"position:absolute;left:0;width:14px;{look.style}"), style=box
    )
