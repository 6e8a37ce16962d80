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
from csto_membership.plots._shown.words import by_text, days_text, or_untold

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
    """
    A run of days on which the two give different verdicts, both days included; None for an open end.

    The part that a picture shows is from `first` to before `end`.
    """

    first_day: dt.date | None
    last_day: dt.date | None
    verdicts: tuple[Verdict, Verdict]
    first: dt.date
    end: dt.date

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
    """
    The picture: its title, what the lanes are, its days, its states, and whether they differ on any day at all.

    `until` is the day before which one of the two tells something.
    """

    title: str
    subtitle: str
    window: Window
    until: dt.date
    pairs: tuple[Pair, ...]
    ever: bool

    @property
    def text(self) -> str:
        """The picture in words."""
        tells = self.window.first < self.until
        days = days_text(self.window.first, self.until - _DAY)
        same = or_untold(f"no difference {days}", tells)
        told = by_text((pair.label, pair.text or same) for pair in self.pairs)
        agreed = or_untold(f"they do not differ {days}" if self.ever else "they never differ", tells)
        return f"{self.title}; {self.subtitle}. {told or f'{agreed.capitalize()}.'}"


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
    # Differences are told as long as one of the two tells something.
    until = max(window.told_until(one.last) for one in told)
    pairs = (
        Pair(
            state.name,
            tuple(window.pieces(mine, upper.last)),
            tuple(window.pieces(theirs, lower.last)),
            tuple(_gaps(mine, theirs, window.first, until)),
        )
        for state, (mine, theirs) in lines.items()
    )
    kept = tuple(pair for pair in pairs if pair.gaps or states is not None)
    ever = any(mine.verdicts != theirs.verdicts for mine, theirs in lines.values())
    return Comparison(*_heads(upper, lower), window, until, kept, ever)


def _heads(upper: Told, lower: Told) -> tuple[str, str]:
    """The title, and what the two lanes are."""
    if upper.title == lower.title:
        return upper.title, f"upper lane: {upper.view or 'rows'}; lower lane: {lower.view or 'rows'}"
    lanes = (upper.title, lower.title) if upper.view == lower.view else (upper.heading, lower.heading)
    view = f"; {upper.view}" if upper.view and upper.view == lower.view else ""
    return f"{upper.label} and {lower.label}", f"upper lane: {lanes[0]}; lower lane: {lanes[1]}{view}"


def _gaps(one: Timeline, other: Timeline, begin: dt.date, until: dt.date) -> Iterator[Gap]:
    """The runs of days on which the two differ, as far as they lie between two days."""
    for first, end, verdicts in joined(one.verdicts, other.verdicts):
        mine, theirs = verdicts
        start, stop = max(first or begin, begin), min(end or until, until)
        if mine is not theirs and start < stop:
            yield Gap(first, end and end - _DAY, (mine, theirs), start, stop)
