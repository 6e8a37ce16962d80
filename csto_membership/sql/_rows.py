"""The spells of a history or a registry as rows of values."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._values.runs import Runs, day_before
from csto_membership.frames._lines import lines_of, lines_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._values.states import StateLike
    from csto_membership.frames._lines import Answering


class SpellRow(NamedTuple):
    """
    A spell: both days are in, None for since ever and for open.

    `listed` tells the states that the record names from all others of the world. `statuses` are the possible ones, joined
    by "|", `status` the only one, None where there are several. `member` is None where it is undetermined.
    """

    organisation: str
    state: str
    cow: int | None
    name: str
    listed: bool
    first_day: dt.date | None
    last_day: dt.date | None
    statuses: str
    status: str | None
    member: bool | None


def spells(history: Answering, states: Iterable[StateLike] | StateLike) -> Iterator[SpellRow]:
    """The spells of some states, or of "world", by organisation, state and day."""
    lines = lines_of(history)
    for line in lines_told(lines, states):
        organisation, state = line.organisation, line.state
        named = organisation, state.id, state.cow, state.name, lines.names(organisation, state)
        for first, end, told in Runs(line.days, tuple(map(line.answer, line.masks))):
            statuses = told.status or ""
            status = None if "|" in statuses else statuses
            yield SpellRow(*named, first, day_before(end), statuses, status, told.member)
