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
#: What marks the day that is asked about is so much taller, above and below, and so wide where the day is not shown.
_TALLER, _ARROW = 3, 12
#: How many pixels wide a strip is that stands alone, and one in a row of a table.
_ALONE, _IN_A_ROW = 320, 150
#: A window is at least so long, and what is open beyond its last change takes this part of it.
_SHORTEST, _ROOM = dt.timedelta(30), 20
_DAY = dt.timedelta(1)

#: Colours between light and dark paper.
_BLUE, _PALE, _GREY, _AMBER = "#3f86c6", "#8fb6dc", "rgba(128,128,128,0.75)", "#cc8a1a"
_VIOLET, _MARK = "#8a63d2", "#d6336c"
_HATCHED = (
    f"background-image:linear-gradient(135deg,{_AMBER} 30%,transparent 30%,transparent 50%,{_AMBER} 50%,{_AMBER} 80%,"
    "transparent 80%);background-size:6px 6px"
)
_STRIPED = f"background-image:linear-gradient(90deg,{_VIOLET} 50%,transparent 50%);background-size:4px 4px"
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


def window_of(lines: Iterable[tuple[Iterable[Told], Ends]], asked: ImpreciseDate | None = None) -> Window | None:
    """
    The days from the first on which anything is told, or is vouched for, to the last; None where no day is named.

    Each line of spells comes with the days for which something vouches for it. What begins later than the day after
    them makes the window no longer: nothing is evidence of it. It reaches to what is asked where that is not far.
    """
    starts, firsts, lasts = set[dt.date](), set[dt.date](), set[dt.date]()
    for spells, (first, last) in lines:
        begun = (told.first_day for told in spells)
        starts |= {day for day in begun if day and (last is None or day <= _moved(last, _DAY))}
        firsts |= {first} if first else set()
        lasts |= {last} if last and last < dt.date.max else set()
    named = starts | firsts | lasts
    if not named:
        return None
    begin, latest = min(named), max(named)
    span = max(latest - begin, _SHORTEST)
    # What held before the first change, and holds after the last, is seen where no edge of what is vouched for is.
    early = begin if begin in firsts - starts else _moved(begin, -(span // _ROOM))
    late = _moved(latest, _DAY) if latest in lasts - starts else _moved(latest, span // _ROOM)
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
        pieces = self.pieces()
        signs = self._signs(pieces)
        bars = [piece.bar(text) for piece, text in zip(pieces, signs, strict=True)]
        style = f"display:inline-block;width:{width}px;height:{_HEIGHT}px;white-space:nowrap;{_TRACK}"
        before, after = self._beyond(width)
        return element("samp", before, *bars, after, self._tick(), style=style)

    def between_years(self, width: int) -> Html:
        """The strip between the years in which it begins and ends; an arrow where the last status goes on."""
        return joined(faint(self.window.first.year, " "), self.html(width), faint(" ", self.last_year()))

    def last_year(self) -> str:
        """The year in which the strip ends, with an arrow where what is told there goes on."""
        seen = self._seen()
        goes_on = seen and look_of(seen[-1]) is not Look.NONE
        arrow = "\u00a0→" if goes_on else ""
        return f"{(self.window.end - _DAY).year}{arrow}"

    def _seen(self) -> list[Told]:
        """The spells that begin before the window ends."""
        end = self.window.end
        return [told for told in self.spells if not told.first_day or told.first_day < end or end == dt.date.max]

    def pieces(self) -> list[Piece]:
        """A piece for each spell; of very many, fewer."""
        pieces = [
            Piece(
                self.window.part(told.first_day, 0.0),
                self.window.part(told.last_day and _moved(told.last_day, _DAY), 1.0),
                look_of(told),
                told.statuses,
                str(told),
            )
            for told in self._seen()
        ]
        return pieces if len(pieces) <= self.most else _together(pieces)

    def _signs(self, pieces: list[Piece]) -> list[str]:
        """The signs of each piece, at least one, with an arrow where the day that is asked about lies among them."""
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

    def _arrows(self, pieces: list[Piece], edges: list[int]) -> set[tuple[int, str]]:
        """Before which signs an arrow stands: at the first and at the last day that is asked about, if it is shown."""
        if self.asked is None or self._is_elsewhere:
            return set()
        arrows = set()
        for day, open_end in ((self.asked.earliest, 0.0), (self.asked.latest, 1.0)):
            if day is None or self.window.first <= day < self.window.end:
                part = self.window.part(day, open_end)
                at = max((n for n, piece in enumerate(pieces) if piece.start <= part), default=0)
                piece, start, end = pieces[at], edges[at], edges[at + 1]
                inside = (part - piece.start) / (piece.end - piece.start) if piece.end > piece.start else 0.0
                arrows.add((min(start + int(inside * (end - start)), end - 1), "▼"))
        return arrows

    @property
    def _is_elsewhere(self) -> bool:
        """Whether no day that is asked about is shown."""
        first, last = (self.asked.earliest, self.asked.latest) if self.asked else (None, None)
        return bool((last and last < self.window.first) or (first and first >= self.window.end))

    def _beyond(self, width: int) -> tuple[Html, Html]:
        """Arrows at the edges of the strip, beyond which a day that is asked about lies."""
        days = [day for day in (self.asked and self.asked.earliest, self.asked and self.asked.latest) if day]

        def arrow(sign: str, left: int) -> Html:
            style = (
                f"position:absolute;left:{left}px;top:-{_TALLER}px;width:{_ARROW}px;height:{_HEIGHT + 2 * _TALLER}px;"
                f"line-height:{_HEIGHT + 2 * _TALLER}px;font-size:{_ARROW - 2}px;text-align:center;color:#fff;"
                f"background:{_MARK};z-index:3"
            )
            return element("span", sign, title=str(self.asked), style=style)

        return (
            arrow("◀", 0) if any(day < self.window.first for day in days) else Html(""),
            arrow("▶", width - _ARROW) if any(day >= self.window.end for day in days) else Html(""),
        )

    def _tick(self) -> Html:
        """The mark of the day that is asked about, if it is shown."""
        if self.asked is None or self._is_elsewhere:
            return Html("")
        start = self.window.part(self.asked.earliest, 0.0)
        end = self.window.part(self.asked.latest and _moved(self.asked.latest, _DAY), 1.0)
        style = (
            f"position:absolute;left:{min(start, 0.995):.2%};width:{max(0.0, end - start):.2%};min-width:{_LEAST}px;"
            f"top:-{_TALLER}px;height:{_HEIGHT + 2 * _TALLER}px;"
            f"background:rgba(214,51,108,{0.95 if self.asked.is_exact else 0.45});z-index:2"
        )
        return element("span", title=str(self.asked), style=style)


class Piece(NamedTuple):
    """
    A part of a strip: from where to before where in the window, how it looks, which statuses are possible, what it
    tells, and of how many spells.
    """

    start: float
    end: float
    look: Look
    statuses: frozenset[Status]
    text: str
    number: int = 1

    @property
    def is_long(self) -> bool:
        """Whether it is as long as two signs, and is told for itself."""
        return self.end - self.start >= 2 / _SIGNS

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


def _together(pieces: list[Piece]) -> list[Piece]:
    """Very many pieces as few: short ones that begin under one sign as one, and such neighbours that look alike as well."""
    numbered = enumerate(pieces)
    short = groupby(numbered, key=lambda item: -1 - item[0] if item[1].is_long else int(item[1].start * _SIGNS))
    by_sign = [_one([piece for _, piece in group]) for _, group in short]
    alike = groupby(enumerate(by_sign), key=lambda item: item[1].look if item[1].number > 1 else item[0])
    return [_one([piece for _, piece in group]) for _, group in alike]


def _one(group: list[Piece]) -> Piece:
    """Several pieces as one, which shows nothing that none of them allows."""
    if len(group) == 1:
        return group[0]
    looks, number = {piece.look for piece in group}, sum(piece.number for piece in group)
    statuses = frozenset[Status]().union(*(piece.statuses for piece in group))
    return Piece(group[0].start, group[-1].end, _look_of_all(looks), statuses, f"{number} spells", number)


def _look_of_all(looks: set[Look]) -> Look:
    """How pieces of these looks look as one: undetermined if any is, and no member where a member is only now and then."""
    if Look.UNDETERMINED in looks:
        return Look.UNDETERMINED
    if Look.SEVERAL in looks or looks > {Look.MEMBER}:
        return Look.SEVERAL
    return next(look for look in Look if look in looks)


def strip_alone(spells: Sequence[Told], covered: Ends, asked: dt.date | ImpreciseDate | None = None) -> Html:
    """A strip with what its looks mean below it, nothing where no day is named."""
    date = None if asked is None else as_imprecise(asked)
    window = window_of([(spells, covered)], date)
    if window is None:
        return Html("")
    strip = Strip(spells, window, date)
    return joined(element("div", strip.between_years(_ALONE)), legend(strip.pieces()))


class Strips(NamedTuple):
    """Strips of the same days, one in each row of a table: their head, themselves, and what their looks mean."""

    head: Html
    rows: list[Html]
    legend: Html


def strips_below(lines: Sequence[tuple[Sequence[Told], Ends]], asked: dt.date | ImpreciseDate | None = None) -> Strips:
    """
    Strips of the same days, to stand below one another; empty where no day is named.

    Each line of spells comes with the days for which something vouches for it.
    """
    date = None if asked is None else as_imprecise(asked)
    window = window_of(lines, date)
    if window is None:
        return Strips(Html(""), [Html("")] * len(lines), Html(""))
    strips = [Strip(spells, window, date, _MOST_IN_A_ROW) for spells, _ in lines]
    years = f"{window.first.year} to {(window.end - _DAY).year}"
    return Strips(
        shown(years),
        [strip.html(_IN_A_ROW) for strip in strips],
        legend(chain.from_iterable(strip.pieces() for strip in strips)),
    )


def legend(pieces: Iterable[Piece]) -> Html:
    """What the looks of a strip mean: for each that is drawn, its statuses."""
    meant: dict[Look, set[Status]] = {}
    for piece in pieces:
        meant.setdefault(piece.look, set()).update(piece.statuses)
    entries = (joined(_swatch(look), f" {meaning(look, meant[look])}") for look in Look if look in meant)
    return line(*(element("span", entry, "\u2003", style="display:inline-block") for entry in entries))


def meaning(look: Look, statuses: Iterable[Status]) -> str:
    """What a look stands for in words, by the statuses that have it."""
    words = possible(frozenset(statuses))
    if look is Look.SEVERAL:
        return f"in short turns: {words}"
    return f"undetermined: {words}" if look is Look.UNDETERMINED else words


def _swatch(look: Look) -> Html:
    """A short piece of a strip."""
    box = f"display:inline-block;width:14px;height:{_HEIGHT}px;{_TRACK}"
    return element(
        "samp", element("span", look.sign, style=f"position:absolute;left:0;width:14px;{look.style}"), style=box
    )
