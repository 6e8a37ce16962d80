"""What a picture of two histories shows: two lanes a state, and the days on which their answers differ."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._values.runs import joined
from csto_membership._values.verdict import Verdict
from csto_membership.exceptions import ArgumentError
from csto_membership.plots._shown.told import states_in_order, states_named, told_of
from csto_membership.plots._shown.window import window_of
from csto_membership.plots._shown.words import by_text, days_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import StateLike
    from csto_membership._view.timeline import Timeline
    from csto_membership.plots._shown.told import Drawable, Told
    from csto_membership.plots._shown.window import Piece, Window

_DAY = dt.timedelta(1)


@frozen
class Gap:
    """A run of days on which the two give different verdicts, both days included; None for an open end."""

    first_day: dt.date | None
    last_day: dt.date | None
    verdicts: tuple[Verdict, Verdict]

    @property
    def is_open(self) -> bool:
        """Whether one of the two is undetermined, so that they may agree after all."""
        return any(verdict is Verdict.UNDETERMINED for verdict in self.verdicts)

    @property
    def text(self) -> str:
        """The run in words."""
        return f"{self.verdicts[0]} against {self.verdicts[1]} {days_text(self.first_day, self.last_day)}"


@frozen
class Pair:
    """One state: the pieces of both lanes, and where they differ."""

    label: str
    upper: tuple[Piece, ...]
    lower: tuple[Piece, ...]
    gaps: tuple[Gap, ...]

    @property
    def text(self) -> str:
        """The differences in words."""
        return ", ".join(gap.text for gap in self.gaps)


@frozen
class Comparison:
    """The picture: its title, what the lanes are, its days, its states, and whether they differ on any day at all."""

    title: str
    subtitle: str
    window: Window
    pairs: tuple[Pair, ...]
    ever: bool

    @property
    def text(self) -> str:
        """The picture in words."""
        days = days_text(self.window.first, self.window.end - _DAY)
        told = by_text((pair.label, pair.text or f"no difference {days}") for pair in self.pairs)
        agreed = f"They do not differ {days}." if self.ever else "They never differ."
        return f"{self.title}; {self.subtitle}. {told or agreed}"


def comparison(
    one: Drawable,
    other: Drawable,
    states: Iterable[StateLike] | StateLike | None = None,
    first: DateLike | None = None,
    last: DateLike | None = None,
) -> Comparison:
    """
    What the picture shows of two histories or tables of one organisation each.

    By default of every state of which they differ on some of the days. Raises `ArgumentError` for several organisations
    on one side.
    """
    for name, side in (("one", one), ("other", other)):
        if len(several := told_of(side)) > 1:
            ids = [told.id for told in several]
            raise ArgumentError(name, ids, "a comparison is of one organisation on each side; choose one of them")
    upper, lower = told = told_of([one, other])
    both = states_in_order(told) if states is None else states_named(told, states)
    lines = {state: (upper.line(state), lower.line(state)) for state in both}
    window = window_of(told, [line for pair in lines.values() for line in pair], first, last)
    pairs = (
        Pair(
            state.name,
            tuple(window.pieces(mine, upper.last)),
            tuple(window.pieces(theirs, lower.last)),
            tuple(_gaps(mine, theirs, window)),
        )
        for state, (mine, theirs) in lines.items()
    )
    kept = tuple(pair for pair in pairs if pair.gaps or states is not None)
    ever = any(mine.verdicts != theirs.verdicts for mine, theirs in lines.values())
    return Comparison(*_heads(upper, lower), window, kept, ever)


def _heads(upper: Told, lower: Told) -> tuple[str, str]:
    """The title, and what the two lanes are."""
    if upper.title == lower.title:
        return upper.title, f"upper lane: {upper.view or 'rows'}; lower lane: {lower.view or 'rows'}"
    lanes = (upper.title, lower.title) if upper.view == lower.view else (upper.heading, lower.heading)
    view = f"; {upper.view}" if upper.view and upper.view == lower.view else ""
    return f"{upper.label} and {lower.label}", f"upper lane: {lanes[0]}; lower lane: {lanes[1]}{view}"


def _gaps(one: Timeline, other: Timeline, window: Window) -> Iterator[Gap]:
    for first, end, verdicts in joined(one.verdicts, other.verdicts):
        mine, theirs = verdicts
        seen = (end is None or end > window.first) and (first is None or first < window.end)
        if mine is not theirs and seen:
            yield Gap(first, end and end - _DAY, (mine, theirs))
