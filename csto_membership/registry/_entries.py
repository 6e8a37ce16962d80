"""The organisations of a registry: with a history, or with prepared lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import define, evolve

from csto_membership._history import History
from csto_membership._questions.answers import Finding, Members
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._worlds.masks import mask_of
from csto_membership.registry._prepared import Line, Prepared, Roster, Verdicts, packed


@define(eq=False)
class _Told:
    """An organisation with a history, which is made when it is first asked for."""

    id: str
    name: str
    states: tuple[State, ...]
    _make: Callable[[], History]
    #: What makes the rows of a table less certain that speak of a state on a date.
    _remarks: Callable[[str, ImpreciseDate], tuple[str, ...]] | None = None
    _made: History | None = None

    @property
    def history(self) -> History:
        if self._made is None:
            self._made = self._make()
        return self._made

    def line(self, state: str) -> Line:
        timeline = self.history.timeline(state)
        return timeline.starts, tuple(mask_of(spell.statuses) for spell in timeline)

    def verdicts(self, state: str) -> Verdicts:
        timeline = self.history.timeline(state)
        return timeline.starts, tuple(spell.verdict for spell in timeline)

    def status(self, state: str, date: ImpreciseDate) -> Finding:
        found = self.history.status(state, date)
        return evolve(found, caveats=(*found.caveats, *self._remarks(state, date))) if self._remarks else found

    def was_member(self, state: str, date: ImpreciseDate) -> Verdict:
        return self.history.was_member(state, date)

    def members_on(self, date: ImpreciseDate) -> Members:
        return self.history.members_on(date)


Entry: TypeAlias = "_Told | Prepared"


def _prepared(entry: Entry) -> Prepared:
    if isinstance(entry, Prepared):
        return entry
    lines = {state.id: packed(entry.line(state.id)) for state in entry.states}
    history = entry.history
    view, covers = history.view, history.coverage
    if view.strict:
        covers = evolve(covers, after="unknown")
    edition, reading = history.edition, history.reading.name
    return Prepared(entry.id, entry.name, edition, reading, view.counted, covers, Roster(entry.states), lines)
