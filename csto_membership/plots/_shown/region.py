"""What a picture of a region shows: what each state was in each organisation on one day."""

from __future__ import annotations

from functools import partial
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
    from csto_membership._values.states import State, StateLike
    from csto_membership.plots._shown.told import Drawable, Told

#: What a state may be in each organisation.
_Cells: TypeAlias = "tuple[frozenset[Status], ...]"


@frozen
class Region:
    """
    The picture: the day, the organisations, and for each state its possible statuses in each of them.

    `otherwise` is what is said where there is no state to show.
    """

    title: str
    subtitle: str
    heads: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[_Cells, ...]
    otherwise: str

    @property
    def text(self) -> str:
        """The picture in words."""
        head = "; ".join(part for part in (self.title, self.subtitle) if part)
        told = by_text((label, self._row_text(row)) for label, row in zip(self.labels, self.rows, strict=True))
        return f"{head}. {told or self.otherwise}"

    def _row_text(self, row: _Cells) -> str:
        cells = zip(self.heads, row, strict=True)
        told = [f"{statuses_text(cell)} in {head}" for head, cell in cells if cell != NO_RELATION]
        return ", ".join(told) or "no relation"


def states_by_organisation(
    data: Drawable, date: DateLike, states: Iterable[StateLike] | StateLike | None = None
) -> Region:
    """
    What the picture shows of histories or rows on one (perhaps unknown) day.

    By default of every state that has a relation to an organisation on that day, or may have one to an organisation that
    tells of it; those of most memberships first.
    """
    told, day = told_of(data), as_imprecise(date)
    named = states_in_order(told) if states is None else states_named(told, states)
    rows = {state: tuple(one.line(state).statuses_on(day) for one in told) for state in named}
    if states is None:
        spoken_of = [state for state in named if any(map(partial(_speaks_of, state), told, rows[state]))]
        named = sorted(spoken_of, key=lambda state: (*_weight(rows[state]), state.name))
    columns = [[rows[state][place] for state in named] for place in range(len(told))]
    heads = tuple(
        f"{one.label}*" if _is_carried(one, day, cells) else one.label for one, cells in zip(told, columns, strict=True)
    )
    stars = "* as on the last day that is told" if any(head.endswith("*") for head in heads) else ""
    return Region(
        f"States by organisation {when(day)}",
        "; ".join(part for part in (view_of(told), stars) if part),
        heads,
        tuple(state.name for state in named),
        tuple(rows[state] for state in named),
        "No relation." if all(set(row) <= {NO_RELATION} for row in rows.values()) else "No relation is told.",
    )


def _speaks_of(state: State, told: Told, cell: frozenset[Status]) -> bool:
    """Whether an organisation tells of a relation of a state, or leaves open whether one that it lists has any."""
    return cell != NO_RELATION and (cell != ALL_STATUSES or told.lists(state))


def _weight(cells: _Cells) -> tuple[int, int]:
    """What puts states in order: those of most memberships first, then those of most relations."""
    return -cells.count(frozenset({Status.MEMBER})), cells.count(NO_RELATION) + cells.count(ALL_STATUSES)


def _is_carried(told: Told, day: ImpreciseDate, cells: list[frozenset[Status]]) -> bool:
    """Whether some of the days lie after the last day that is told, and something is known of the states all the same."""
    after = told.last is not None and (day.latest is None or day.latest > told.last)
    return after and any(cell != ALL_STATUSES for cell in cells)
