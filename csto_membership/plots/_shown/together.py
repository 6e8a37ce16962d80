"""What a picture of pairs shows: on how many days two states were members together, at least and at most."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from csto_membership._values.runs import Runs, joined
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import number_range
from csto_membership.plots._shown.told import states_in_order, states_named, told_of
from csto_membership.plots._shown.window import window_of
from csto_membership.plots._shown.words import names_of, or_untold, subtitle_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import StateLike
    from csto_membership.plots._shown.told import Drawable
    from csto_membership.plots._shown.window import Window

_Line: TypeAlias = "Runs[dt.date, Verdict]"
#: The line of a state in one of several organisations that does not list it.
_NEVER: _Line = Runs((), (Verdict.NO,))


@frozen
class Shared:
    """The least and the most days on which two states were members together; of one with itself, its own days."""

    least: int
    most: int

    @property
    def text(self) -> str:
        """The number, or the bounds between which it lies."""
        return number_range(self.least, self.most)


@frozen
class Triangle:
    """
    The picture: its title, and for each state its days with each of those before it, and its own at last.

    `told` says whether anything is told of these days.
    """

    title: str
    subtitle: str
    labels: tuple[str, ...]
    rows: tuple[tuple[Shared, ...], ...]
    told: bool

    @property
    def most(self) -> int:
        """The highest number of days of a pair."""
        return max((shared.most for row in self.rows for shared in row[:-1]), default=0)

    @property
    def text(self) -> str:
        """The picture in words."""
        told = []
        for label, (*others, own) in zip(self.labels, self.rows, strict=True):
            pairs = [f"with {other} {shared.text}" for other, shared in zip(self.labels, others, strict=False)]
            days = f"{own.text} {'day' if own.most == 1 else 'days'}"
            told.append(f"{label}: {', '.join([days, *pairs])}.")
        nothing = f"{or_untold('no members', self.told).capitalize()}."
        return " ".join([f"{self.title}; {self.subtitle}.", *(told or [nothing])])


def triangle(
    data: Drawable,
    states: Iterable[StateLike] | StateLike | None = None,
    first: DateLike | None = None,
    last: DateLike | None = None,
) -> Triangle:
    """
    What the picture shows of histories or rows.

    By default of every state that has been a member on some of the days, or may have been. In several organisations a
    day counts on which both were members of one that lists both. Worlds do not link states: the bounds are sound, and
    exact where the days of one of the two are.
    """
    told = told_of(data)
    every = states_in_order(told) if states is None else states_named(told, states)
    alone = len(told) == 1
    lines = {state: [one.line(state) if alone or one.lists(state) else None for one in told] for state in every}
    window = window_of(told, [line for own in lines.values() for line in own if line], first, last)
    verdicts = {state: [line.verdicts if line else _NEVER for line in own] for state, own in lines.items()}
    ends = [window.told_until(one.last) for one in told]
    own_days = {state: _shared(own, own, ends, window) for state, own in verdicts.items()}
    kept = [state for state in every if states is not None or own_days[state].most]
    rows = (
        (*(_shared(verdicts[state], verdicts[other], ends, window) for other in kept[:place]), own_days[state])
        for place, state in enumerate(kept)
    )
    title = f"Days together as members: {names_of(told)}"
    speaks = any(window.tells(one.last) for one in told)
    return Triangle(title, subtitle_of(told, window), tuple(state.name for state in kept), tuple(rows), speaks)


def _shared(one: Sequence[_Line], other: Sequence[_Line], ends: Sequence[dt.date], window: Window) -> Shared:
    """The days of a window on which both are members of one of several organisations, each told until its end."""
    both = [joined(*lines).mapped(lambda pair: Verdict.both(*pair)) for lines in zip(one, other, strict=True)]
    cuts = {window.first, window.end, *ends, *(day for line in both for day in line.starts)}
    least = most = 0
    for first, end in pairwise(sorted(day for day in cuts if window.first <= day <= window.end)):
        found = {line.on(first) for line, until in zip(both, ends, strict=True) if first < until}
        least += (end - first).days if Verdict.YES in found else 0
        most += (end - first).days if found - {Verdict.NO} else 0
    return Shared(least, most)
