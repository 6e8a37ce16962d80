"""What is told of organisations, whatever they were given as: the line of each state, and until when it is known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import evolve, frozen

from csto_membership._evidence.record import Record
from csto_membership._history import History
from csto_membership._values.acts import ALL_STATUSES, Status
from csto_membership._values.cells import visible
from csto_membership._values.index import StateIndex, states_asked
from csto_membership._values.runs import Runs
from csto_membership._values.states import State, StateLike
from csto_membership._values.verdict import Verdict
from csto_membership._view.timeline import Spell, Timeline
from csto_membership._worlds.masks import statuses_of
from csto_membership.exceptions import ArgumentError
from csto_membership.plots._shown.marks import Mark, marks_of
from csto_membership.plots._shown.rows import Row, is_frame, rows_of, timelines_of
from csto_membership.readers import Table
from csto_membership.registry import Registry
from csto_membership.registry._book import Book
from csto_membership.registry._entries import Entry, Live
from csto_membership.registry._tabled import Tabled

#: What tells of one organisation or of several.
Part: TypeAlias = "History | Record | Table | Registry"
#: What a picture can be of: histories and their like, or spells as a dataframe or as rows by names of columns.
Drawable: TypeAlias = "Part | Iterable[Part | Row] | Any"

_DAY = dt.timedelta(1)
_KINDS = ("a history", "a list of histories", "a registry", "spells as a dataframe or as rows")
#: What a state is that has nothing to do with an organisation.
NO_RELATION = frozenset({Status.NONE})
#: Of these statuses nothing is told of a relation.
_UNTOLD = (NO_RELATION, ALL_STATUSES)
_ANYTHING = Spell(None, None, ALL_STATUSES, Verdict.UNDETERMINED)


@frozen(eq=False)
class Told:
    """
    One organisation as it is told: its states, each with a timeline, and the last day of which anything is told, None
    where what is told has no end.

    `label` is short and `title` long; `view` says how the evidence is seen, "" for rows, which do not say it. `unnamed`
    states may be members besides. `marks` gives the acts of a state, `other` the timeline of one that is not listed.
    """

    id: str
    label: str
    title: str
    view: str
    last: dt.date | None
    lines: tuple[Timeline, ...]
    unnamed: int = 0
    marks: Callable[[State], tuple[Mark, ...]] = lambda _: ()
    other: Callable[[State], Timeline] = lambda state: Timeline(state, (_ANYTHING,))

    @property
    def heading(self) -> str:
        """The organisation and the view in one line."""
        return ", ".join(part for part in (self.title, self.view) if part)

    def lists(self, state: State) -> bool:
        """Whether the state is one of those that the organisation tells of."""
        return any(line.state == state for line in self.lines)

    def line(self, state: State) -> Timeline:
        """The timeline of a state of the world."""
        return next((line for line in self.lines if line.state == state), None) or self.other(state)


def told_of(data: Drawable) -> tuple[Told, ...]:
    """
    What is told of each organisation, with one identity for each state.

    Raises `ArgumentError` for what tells of no organisation, and `RecordError` where one id is given to different states.
    """
    raw = [*_told(data)]
    if not raw:
        raise ArgumentError("data", data, "it tells of no organisation", _KINDS)
    told = (raw[0],) if len(raw) == 1 else _shared(_told_apart(raw))
    return tuple(map(_visible, told))


def _told(data: Any) -> Iterator[Told]:
    if isinstance(data, (History, Record, Table, Registry)):
        yield from map(_of_entry, Registry.of(data).entries)
    elif is_frame(data):
        yield from _of_rows(rows_of(data))
    elif isinstance(data, Iterable) and not isinstance(data, (str, bytes, Mapping)):
        parts = [*data]
        rows = [part for part in parts if isinstance(part, Mapping)]
        if rows and len(rows) == len(parts):
            yield from _of_rows(rows)
        else:
            for part in parts:
                yield from _told(part)
    else:
        raise ArgumentError("data", data, f"a {type(data).__name__} cannot be drawn", _KINDS)


def _of_entry(entry: Entry) -> Told:
    if isinstance(entry, (Live, Tabled)):
        return _of_history(entry.history)

    def timeline(state: State) -> Timeline:
        runs, verdicts = entry.line(state), entry.verdicts(state)
        pairs = zip(runs.values, verdicts.values, strict=True)
        told = Runs(runs.starts, tuple((statuses_of(mask), verdict) for mask, verdict in pairs))
        return Timeline(state, tuple(Spell(first, end and end - _DAY, *value) for first, end, value in told))

    lines = tuple(timeline(state) for state in entry.states)
    title = entry.name or entry.id
    coverage = entry.coverage
    return Told(entry.id, title, title, entry.view, coverage.last, lines, coverage.unnamed, other=timeline)


def _of_history(history: History) -> Told:
    record, lines = history.record, history.timelines()
    named = history.view.institution or (record.institutions[-1].id if record.institutions else "")
    institution = next((one for one in record.institutions if one.id == named), None)
    name = institution.name if institution and institution.names else ""
    title = name or record.name or record.id
    short = (institution.abbreviation if institution else "") or title
    return Told(
        record.id,
        short,
        title,
        str(history.view),
        history.coverage.last,
        lines,
        history.coverage.unnamed,
        lambda state: marks_of(history, state),
        history.timeline,
    )


def _of_rows(rows: list[Row]) -> Iterator[Told]:
    for organisation, lines in timelines_of(rows).items():
        name = organisation or "Spells"
        # Rows do not say until when they tell.
        yield Told(organisation, name, name, "", None, tuple(lines))


def _visible(told: Told) -> Told:
    """The same, with whatever is no visible letter spelt out: names come from data."""
    lines = tuple(evolve(line, state=evolve(line.state, name=visible(line.state.name))) for line in told.lines)
    label, title, view = map(visible, (told.label, told.title, told.view))
    return evolve(told, label=label, title=title, view=view, lines=lines)


def _told_apart(raw: list[Told]) -> list[Told]:
    """The same, with the view in the labels of what is one organisation seen twice."""
    labels = Counter(one.label for one in raw)
    return [evolve(one, label=f"{one.label}, {one.view}") if labels[one.label] > 1 and one.view else one for one in raw]


def _shared(raw: list[Told]) -> tuple[Told, ...]:
    """The same, with states that are one across organisations, whatever each of them calls them."""
    lists = [tuple(line.state for line in told.lines) for told in raw]
    book = Book.of(lists)
    shared = [book.rolls[id(states)].shared for states in lists]
    names: dict[str, set[str]] = {}
    for states, roll in zip(lists, shared, strict=True):
        for state in states:
            names.setdefault(roll[state.id].id, set()).add(state.name)
    # The library's own name is for those on whose name organisations disagree.
    agreed = {identity: found.pop() for identity, found in names.items() if len(found) == 1}
    told_by_all = []
    for told, states, roll in zip(raw, lists, shared, strict=True):
        one = {state.id: evolve(found := roll[state.id], name=agreed.get(found.id, found.name)) for state in states}
        own = {one[state.id]: state for state in states}
        lines = tuple(evolve(line, state=one[line.state.id]) for line in told.lines)
        told_by_all.append(evolve(told, lines=lines, marks=_by_own_name(told.marks, own)))
    return tuple(told_by_all)


def _by_own_name(
    marks: Callable[[State], tuple[Mark, ...]], own: Mapping[State, State]
) -> Callable[[State], tuple[Mark, ...]]:
    return lambda state: marks(own.get(state, state))


def states_named(told: Iterable[Told], states: Iterable[StateLike] | StateLike) -> list[State]:
    """The states that a caller names, each once; `UnknownStateError` for what is none."""
    listed = {line.state.id: line.state for one in told for line in one.lines}
    return states_asked(states, StateIndex(listed.values()).find, listed.values())


def entry(line: Timeline) -> tuple[dt.date, str]:
    """The first day of a relation, by which states are in order; those of one day stand by their names."""
    related = [spell for spell in line if spell.statuses not in _UNTOLD]
    return (related[0].first_day or dt.date.min) if related else dt.date.max, line.state.name


def tells_of(line: Timeline) -> bool:
    """Whether a relation is told of the state, or a doubt about one: not where all is unknown."""
    return any(spell.statuses not in _UNTOLD for spell in line)


def states_in_order(told: Iterable[Told]) -> list[State]:
    """The states of all organisations, each once, in order of their first entry in any."""
    entries: dict[State, tuple[dt.date, str]] = {}
    for one in told:
        for line in one.lines:
            entries[line.state] = min(entry(line), entries.get(line.state, entry(line)))
    return sorted(entries, key=entries.__getitem__)
