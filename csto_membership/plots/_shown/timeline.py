"""What a picture of timelines shows: a row a state, in order of entry, under a heading an organisation."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership.plots._shown.told import entry, states_named, tells_of, told_of
from csto_membership.plots._shown.window import Piece, Window, window_of
from csto_membership.plots._shown.words import by_text, names_of, or_untold, piece_text, subtitle_of, view_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import State, StateLike
    from csto_membership._view.timeline import Timeline
    from csto_membership.plots._shown.marks import Mark
    from csto_membership.plots._shown.told import Drawable, Told


@frozen
class Row:
    """One state in one organisation: the pieces of its bars, its acts, and whether anything is told of these days."""

    label: str
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    told: bool

    @property
    def text(self) -> str:
        """Its course in words."""
        return ", ".join(map(piece_text, self.pieces)) or or_untold("no relation", self.told)


@frozen
class Group:
    """The rows of one organisation; its heading is "" where it needs none."""

    heading: str
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """The rows in words: states of one course together, in order of entry."""
        courses = by_text((row.label, row.text) for row in self.rows) or "No relation."
        return f"{self.heading}. {courses}" if self.heading else courses


@frozen
class Timelines:
    """The picture: its title, its days, and its rows."""

    title: str
    subtitle: str
    window: Window
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all groups."""
        return tuple(chain.from_iterable(group.rows for group in self.groups))

    @property
    def text(self) -> str:
        """The picture in words."""
        return " ".join([f"{self.title}; {self.subtitle}.", *(group.text for group in self.groups)])


def timelines(
    data: Drawable,
    states: Iterable[StateLike] | StateLike | None = None,
    first: DateLike | None = None,
    last: DateLike | None = None,
    *,
    acts: bool = True,
) -> Timelines:
    """
    What the picture shows of histories or rows.

    By default of every state that has had a relation, or may have had one. Of a single state in several organisations
    each row is an organisation.
    """
    told = told_of(data)
    named = None if states is None else states_named(told, states)
    lines = [_lines(one, named) for one in told]
    window = window_of(told, chain.from_iterable(lines), first, last)
    subtitle = subtitle_of(told, window)
    if named and len(named) == 1 and told[1:]:
        # In order of entry the organisations too.
        pairs = sorted(
            ((one, line) for one, (line,) in zip(told, lines, strict=True)), key=lambda pair: entry(pair[1])[0]
        )
        rows = [_row(one, line, window, one.label, acts=acts) for one, line in pairs]
        return Timelines(named[0].name, subtitle, window, (Group("", tuple(rows)),))
    # One organisation under several views is in the title, and the views are the headings.
    title = told[0].title if len({one.title for one in told}) == 1 and all(one.view for one in told) else ""
    groups = []
    for one, own in zip(told, lines, strict=True):
        heading = (one.view if title else one.title if view_of(told) else one.heading) if told[1:] else ""
        groups.append(Group(heading, tuple(_row(one, line, window, line.state.name, acts=acts) for line in own)))
    return Timelines(title or names_of(told), subtitle, window, tuple(groups))


def _lines(told: Told, named: list[State] | None) -> list[Timeline]:
    if named is not None:
        return [told.line(state) for state in named]
    return sorted(filter(tells_of, told.lines), key=entry)


def _row(told: Told, line: Timeline, window: Window, label: str, *, acts: bool) -> Row:
    marks = told.marks(line.state) if acts else ()
    until = window.told_until(told.last)
    seen = tuple(mark for mark in marks if mark.day and window.first <= mark.day < until)
    return Row(label, tuple(window.pieces(line, told.last)), seen, window.tells(told.last))
