"""What a picture of a region shows: what each state was in each organisation on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.dates import ImpreciseDate, as_imprecise
from csto_membership._values.wording import when
from csto_membership.plots._shown.told import NO_RELATION, states_in_order, states_named, told_of
from csto_membership.plots._shown.words import by_text, statuses_text, view_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import StateLike
    from csto_membership.plots._shown.told import Drawable, Told

#: What a state may be in each organisation.
_Cells: TypeAlias = "tuple[frozenset[Status], ...]"


@frozen
class Region:
    """The picture: the day, the organisations, and for each state its possible statuses in each of them."""

    title: str
    subtitle: str
    heads: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[_Cells, ...]

    @property
    def text(self) -> str:
        """The picture in words."""
        head = "; ".join(part for part in (self.title, self.subtitle) if part)
        told = by_text((label, self._row_text(row)) for label, row in zip(self.labels, self.rows, strict=True))
        return f"{head}. {told or 'No relation.'}"

    def _row_text(self, row: _Cells) -> str:
        cells = zip(self.heads, row, strict=True)
        told = [f"{statuses_text(cell)} in {head}" for head, cell in cells if cell != NO_RELATION]
        return ", ".join(told) or "no relation"


def states_by_organisation(
    data: Drawable, date: DateLike, states: Iterable[StateLike] | StateLike | None = None
) -> Region:
    """
    What the picture shows of histories or rows on one (perhaps unknown) day.

    By default of every state of which something is told on that day; those of most memberships first.
    """
    told, day = told_of(data), as_imprecise(date)
    named = states_in_order(told) if states is None else states_named(told, states)
    rows = {state: tuple(one.line(state).statuses_on(day) for one in told) for state in named}
    if states is None:
        spoken_of = [state for state in named if any(cell not in (NO_RELATION, ALL_STATUSES) for cell in rows[state])]
        named = sorted(spoken_of, key=lambda state: (*_weight(rows[state]), state.name))
    heads = tuple(f"{one.label}*" if _is_carried(one, day) else one.label for one in told)
    stars = "* as on the last day that is told" if any(head.endswith("*") for head in heads) else ""
    return Region(
        f"States by organisation {when(day)}",
        "; ".join(part for part in (view_of(told), stars) if part),
        heads,
        tuple(state.name for state in named),
        tuple(rows[state] for state in named),
    )


def _weight(cells: _Cells) -> tuple[int, int]:
    """What puts states in order: those of most memberships first, then those of most relations."""
    return -cells.count(frozenset({Status.MEMBER})), cells.count(NO_RELATION) + cells.count(ALL_STATUSES)


def _is_carried(told: Told, day: ImpreciseDate) -> bool:
    """Whether some of the days lie after the last day that is told."""
    return told.last is not None and (day.latest is None or day.latest > told.last)
