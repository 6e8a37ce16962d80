"""
Many organisations at once: a registry of histories, with one identity for each state across all of them.

>>> import csto_membership as csto
>>> registry = Registry.of(csto.CSTO)
>>> registry.was_member("csto", "Uzbekistan", "2009-03-01")
<Verdict.YES: True>
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from attrs import evolve, field, frozen

from csto_membership._evidence.record import Record
from csto_membership._files.read import read_record
from csto_membership._history import History
from csto_membership._questions.answers import Finding, Members, asked_day
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership._values.states import State, StateLike, StateSet, folded
from csto_membership._values.verdict import Verdict
from csto_membership.exceptions import (
    Fault,
    MembershipError,
    RecordError,
    UnequalLengthsError,
    UnknownNameError,
    UnknownStateError,
)
from csto_membership.readers._table import Table
from csto_membership.registry._book import Book, Roll
from csto_membership.registry._entries import Entry, _prepared, _Told
from csto_membership.registry._memberships import Memberships, Shared, shared
from csto_membership.registry._prepared import Prepared, Verdicts
from csto_membership.registry._prepared_file import read, written

if TYPE_CHECKING:
    from os import PathLike


__all__ = ["Memberships", "Registry", "Shared"]

#: How many spellings of an organisation, and of the states in each, a registry remembers for the fast path.
_MOST_SPELLINGS = 10_000
Part: TypeAlias = "History | Record | Table | Registry"


@frozen(eq=False, repr=False)
class Registry:
    """
    Many histories together, each under its own view, and asked by the id of its organisation.

    A state is the same in all of them by its id in `states.toml`, or by its COW number; answers are in terms of these
    shared states. A name that leads to different states in different organisations is refused with their ids; the ids
    of `states.toml` and "cow:N" decide. Where codes, lifespans or predecessors tell that an id or a number was used
    again for another state, the number is no identity, and the id is refused. Names of organisations are found in any
    case. Two organisations of the same id are refused.
    """

    entries: tuple[Entry, ...]
    _by_name: dict[str, Entry] = field(init=False, factory=dict)
    _book: Book = field(init=False)
    _verdicts: dict[object, dict[object, Verdicts]] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        faults: list[Fault] = []
        for entry in self.entries:
            if (other := self._by_name.setdefault(folded(entry.id), entry)) is not entry:
                remedy = "keep one, or give the table a prefix"
                faults.append(Fault(f"organisation {entry.id!r}", "the id is taken", other.name or other.id, remedy))
        if faults:
            raise RecordError(faults)
        object.__setattr__(self, "_book", Book.of(entry.states for entry in self.entries))

    def __reduce__(self) -> tuple[type[Registry], tuple[tuple[Entry, ...]]]:
        return Registry, (self.entries,)

    def __repr__(self) -> str:
        return f"<Registry: {len(self.entries)} organisations, {len(self._book.states)} states>"

    # Made of

    @classmethod
    def of(cls, *parts: Part) -> Registry:
        """The registry of histories (each under its view), records, tables and other registries."""
        return cls(tuple(entry for part in parts for entry in _entries(part)))

    @classmethod
    def from_records(cls, *records: Record | History) -> Registry:
        """The registry of some records under the default view, or of histories."""
        return cls.of(*records)

    @classmethod
    def from_files(cls, *paths: str | PathLike[str]) -> Registry:
        """
        The registry of the records in files.

        Raises `RecordError` with every fault of every file, and OSError where one cannot be opened.
        """
        records: list[Record] = []
        faults: list[Fault] = []
        for path in paths:
            try:
                records.append(read_record(path))
            except RecordError as error:
                faults += error.faults
        if faults:
            raise RecordError(faults)
        return cls.of(*records)

    @classmethod
    def from_tables(cls, *tables: Table) -> Registry:
        """The registry of all organisations of some tables (see `readers`), each made when it is first asked about."""
        return cls.of(*tables)

    @classmethod
    def from_prepared(cls, path: str | PathLike[str]) -> Registry:
        """
        The registry in a prepared file: plain JSON, safe to open from strangers.

        It answers as the registry that wrote it, but holds no evidence, and of the caveats only those of the coverage.
        Raises `RecordError` with every fault.
        """
        return cls(tuple(read(path)))

    def prepare(self, path: str | PathLike[str]) -> None:
        """Write the answers to a prepared file, which loads fast and small; whole, or not at all."""
        from csto_membership._files.whole_files import replace

        replace(Path(path), written(map(_prepared, self.entries)))

    # What is looked at

    @property
    def organisations(self) -> tuple[str, ...]:
        """The ids of the organisations, in the order in which they were given."""
        return tuple(entry.id for entry in self.entries)

    @property
    def states(self) -> StateSet:
        """The states of all organisations, each once."""
        return StateSet(self._book.states.values(), self._book.index)

    def history(self, organisation: str) -> History:
        """The history of an organisation. Raises `UnknownNameError` for an unknown one, and for prepared lines."""
        entry = self._entry(organisation)
        if isinstance(entry, Prepared):
            told = [entry.id for entry in self.entries if isinstance(entry, _Told)]
            raise UnknownNameError("organisation with a history (its lines are prepared)", organisation, told)
        return entry.history

    def _entry(self, organisation: str) -> Entry:
        entry = self._by_name.get(folded(organisation)) if isinstance(organisation, str) else None
        if entry is None:
            raise UnknownNameError("organisation", organisation, self.organisations)
        return entry

    def _found(self, organisation: str, state: StateLike) -> tuple[Entry, str]:
        """The organisation, and the id that the state has there."""
        entry, found = self._entry(organisation), self._book.find(state)
        own = self.roll(entry).own.get(found.id)
        if own is None:
            raise UnknownStateError(state, reason=f"{entry.id} has no record of {found.name} ({found.id})")
        return entry, own

    def roll(self, entry: Entry) -> Roll:
        """The states of an organisation, under the ids that they have there and as the registry shares them."""
        return self._book.rolls[id(entry.states)]

    # Questions

    def was_member(self, organisation: str, state: StateLike, date: DateLike) -> Verdict:
        """
        Whether the state was a member of the organisation on the day: YES, NO or UNDETERMINED.

        Raises `UnknownNameError` for the organisation, `UnknownStateError` for a state of which it has no record, and
        `DateError`.
        """
        # The fast path: two dictionaries and one bisection; whatever does not fit goes the long way.
        if type(date) is dt.date:
            try:
                starts, verdicts = self._verdicts[organisation][state]
            except (KeyError, TypeError):
                starts, verdicts = self._learn(organisation, state)
            return verdicts[bisect_right(starts, date)]
        entry, own = self._found(organisation, state)
        return entry.was_member(own, as_imprecise(date))

    def _learn(self, organisation: str, state: StateLike) -> Verdicts:
        entry, own = self._found(organisation, state)
        found = entry.verdicts(own)
        if len(self._verdicts) < _MOST_SPELLINGS or organisation in self._verdicts:
            spellings = self._verdicts.setdefault(organisation, {})
            # Texts only: states of different organisations may be equal by an id that means another state in each.
            if len(spellings) < _MOST_SPELLINGS and isinstance(state, str):
                spellings[state] = found
        return found

    def status(self, organisation: str, state: StateLike, date: DateLike) -> Finding:
        """The possible statuses of the state on the day, with the evidence (which prepared lines do not hold)."""
        entry, own = self._found(organisation, state)
        return evolve(entry.status(own, as_imprecise(date)), state=self.roll(entry).shared[own])

    def members_on(self, organisation: str, date: DateLike) -> Members:
        """Who was a member of the organisation on the day: certainly, and possibly."""
        entry = self._entry(organisation)
        told, roll = entry.members_on(as_imprecise(date)), self.roll(entry)
        certain, possible = (
            StateSet([roll.shared[state.id] for state in states], roll.index)
            for states in (told.certain, told.possible)
        )
        return evolve(told, certain=certain, possible=possible)

    def memberships_of(self, state: StateLike, date: DateLike) -> Memberships:
        """The organisations of which the state was a member on the day: certainly, and possibly."""
        found, asked = self._book.find(state), as_imprecise(date)
        told: dict[Verdict | None, list[str]] = {verdict: [] for verdict in (*Verdict, None)}
        possible = []
        for entry in self.entries:
            own = self.roll(entry).own.get(found.id)
            verdict = None if own is None else entry.was_member(own, asked)
            told[verdict].append(entry.id)
            possible += [entry.id] if verdict in (Verdict.YES, Verdict.UNDETERMINED) else []
        return Memberships(
            found, asked_day(asked), tuple(told[Verdict.YES]), tuple(possible), tuple(told[None]), self.organisations
        )

    def both_members(self, a: StateLike, b: StateLike) -> tuple[Shared, ...]:
        """
        The runs of days on which both states were members of one organisation, or may have been, by organisation.

        Worlds do not link states, so where one is certain and the other open, the run is open. Organisations whose
        records do not speak of both are passed over.
        """
        pair = [self._book.find(state).id for state in (a, b)]
        runs: list[Shared] = []
        for entry in self.entries:
            own = self.roll(entry).own
            if all(state in own for state in pair):
                runs += shared(entry.id, *(entry.verdicts(own[state]) for state in pair))
        return tuple(runs)

    def check(
        self,
        organisations: str | Iterable[str],
        states: StateLike | Iterable[StateLike],
        dates: DateLike | Iterable[DateLike],
        errors: str = "raise",
    ) -> list[bool | None]:
        """
        Whether each state was a member of each organisation on each day, row by row: True, False, None for open.

        A single organisation, state or date stands for every row. What cannot be read raises its error, or with
        `errors="null"` gives None. Raises `UnequalLengthsError` for columns of different lengths.
        """
        if errors not in ("raise", "null"):
            raise UnknownNameError("treatment of errors", errors, ("raise", "null"))
        found: list[bool | None] = []
        for number, (organisation, state, date) in enumerate(_rows(organisations, states, dates)):
            try:
                found.append(self.was_member(organisation, state, date).value)
            except MembershipError as error:
                if errors == "raise":
                    error.add_note(f"in row {number}, counted from 0")
                    raise
                found.append(None)
        return found


def _rows(organisations: Any, states: Any, dates: Any) -> Iterable[tuple[Any, Any, Any]]:
    """Columns as rows; a column that is a single value stands for as many as the others have."""
    columns = (organisations, states, dates)
    single = [isinstance(column, (str, State, ImpreciseDate, dt.date)) for column in columns]
    for column, one, refuse in zip(columns, single, (_no_organisation, _no_state, as_imprecise), strict=True):
        if not one and not isinstance(column, Iterable):
            refuse(column)
    full = [[column] if one else list(column) for column, one in zip(columns, single, strict=True)]
    lengths = {len(column) for column, one in zip(full, single, strict=True) if not one} or {1}
    if len(lengths) > 1:
        raise UnequalLengthsError(len(full[1]), len(full[2]), len(full[0]))
    length = lengths.pop()
    a, b, c = (column * length if one else column for column, one in zip(full, single, strict=True))
    return zip(a, b, c, strict=True)


def _no_organisation(value: object) -> NoReturn:
    raise UnknownNameError("organisation", value)


def _no_state(value: object) -> NoReturn:
    raise UnknownStateError(value, reason="a name or code is needed, or a list of them")


def _entries(part: Part) -> Iterator[Entry]:
    if isinstance(part, Registry):
        yield from part.entries
    elif isinstance(part, Table):
        for organisation in part.organisations:
            name = part.names.get(organisation, "")
            made, remarks = partial(part.history, organisation), partial(part.remarks, organisation)
            yield _Told(organisation, name, part.states, made, remarks)
    elif isinstance(part, (History, Record)):
        history = part if isinstance(part, History) else History(part)
        record = history.record
        yield _Told(record.id, record.name, record.states, partial(_same, history))
    else:
        known = ("History", "Record", "Table", "Registry")
        raise UnknownNameError("part of a registry", type(part).__name__, known)


def _same(history: History) -> History:
    return history
