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
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import evolve, field, frozen

from csto_membership._evidence.record import Record
from csto_membership._history import History
from csto_membership._load import history as bundled_history
from csto_membership._load import organisations as bundled_organisations
from csto_membership._questions.answers import Finding, Members, asked_day
from csto_membership._questions.rows import Answers, Checked, checked
from csto_membership._values.dates import DateLike, as_imprecise
from csto_membership._values.days import exact_day
from csto_membership._values.given import is_missing
from csto_membership._values.index import StateSet
from csto_membership._values.names import folded
from csto_membership._values.runs import Runs, day_before
from csto_membership._values.states import State, StateLike
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted
from csto_membership._view.timeline import Scope, Spell, Timeline, TimelinesLater
from csto_membership._worlds.masks import statuses_of
from csto_membership.exceptions import ArgumentError, Fault, RecordError, UnknownNameError, UnknownStateError
from csto_membership.readers._table import Table
from csto_membership.registry._blocks import Block, blocks_of
from csto_membership.registry._book import Book, Roll
from csto_membership.registry._entries import Entry, Live
from csto_membership.registry._memberships import Memberships, Shared, SharedRuns
from csto_membership.registry._prepared_file import content_of, organisations_in
from csto_membership.registry._tabled import Tabled, entries_of

if TYPE_CHECKING:
    from os import PathLike


__all__ = ["Memberships", "Registry", "Shared"]

#: So many organisations it shows in a notebook.
_MOST_ROWS = 100
#: How many spellings of an organisation, and of the states in each, a registry remembers for the fast path.
_MOST_SPELLINGS = 10_000
Part: TypeAlias = "History | Record | Table | Registry"
_PARTS = ("History", "Record", "Table", "Registry")
#: By the spelling of an organisation, and by that of a state.
_Verdicts: TypeAlias = "dict[object, dict[object, Runs[dt.date, Verdict]]]"


@frozen(eq=False, repr=False)
class Registry:
    """
    Many histories together, each under its own view, and asked by the id of its organisation.

    - An organisation is found by its id in any case. Two organisations of one id are refused.
    - A state is one across organisations by its id in `states.toml`, or by its COW number. Answers give these shared
      states, whatever an organisation calls them.
    - A name that means different states in different organisations is refused with their ids. The ids of `states.toml`
      and "cow:N" decide.
    - A number that was used again for another state, as codes, lifespans or predecessors tell, makes no two states one.
      An id that was used again is refused.
    - A question about one organisation is answered for any state of the world: see `Coverage.states`. `memberships_of`
      keeps the organisations apart that do not list the state, as `unlisted`.

    >>> import csto_membership as csto
    >>> north = csto.Record("north", states=(csto.State("PRK", "Korea", cow=731),))
    >>> south = csto.Record("south", states=(csto.State("KOR", "Korea", cow=732),))
    >>> registry = Registry.of(north, south, csto.CSTO)
    >>> registry.memberships_of("Korea", "2001-01-01")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    csto_membership.exceptions.UnknownStateError: unknown state 'Korea': several states have this name or code; ...
    >>> registry.memberships_of("cow:731", "2001-01-01").unlisted
    ('south', 'csto')
    """

    entries: tuple[Entry, ...]
    _by_name: dict[str, Entry] = field(init=False, factory=dict)
    _book: Book = field(init=False)
    _verdicts: _Verdicts = field(init=False, factory=dict)
    _blocks: tuple[Block, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        faults = []
        for entry in self.entries:
            if (other := self._by_name.setdefault(folded(entry.id), entry)) is not entry:
                remedy = "keep one, or give one another id"
                faults.append(Fault(f"organisation {entry.id!r}", "the id is taken", other.name or other.id, remedy))
        if faults:
            raise RecordError(faults)
        object.__setattr__(self, "_book", Book.of(entry.states for entry in self.entries))
        object.__setattr__(self, "_blocks", blocks_of(self.entries, self.roll))

    def __reduce__(self) -> tuple[type[Registry], tuple[tuple[Entry, ...]]]:
        return Registry, (self.entries,)

    def __repr__(self) -> str:
        return f"<Registry: {self._size()}>"

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, section, table

        first, more = self.entries[:_MOST_ROWS], self.entries[_MOST_ROWS:]
        rows = [(entry.id, entry.name, len(entry.states), entry.view) for entry in first]
        return card(
            headline(self._size()),
            table(("id", "name", "states", "view"), rows) if rows else "",
            section(f"and {len(more)} more", (f"{entry.id}: {entry.name}" for entry in more)),
        )

    def _size(self) -> str:
        return f"{counted(len(self.entries), 'organisation')}, {counted(len(self._book.states), 'state')}"

    # Made of

    @classmethod
    def of(cls, *parts: Part) -> Registry:
        """
        The registry of histories, records, tables and other registries.

        A history keeps its view; a record is seen under the default one. Raises `ArgumentError` for anything else, and
        `RecordError` where two organisations have one id, or where one id is given to different states.

        >>> from csto_membership import CSTO
        >>> legal = Registry.of(CSTO.under("legal"))
        >>> legal.was_member("csto", "Uzbekistan", "2012-10-01")      # a note alone suspends nobody in law
        <Verdict.YES: True>
        """
        return cls(tuple(entry for part in parts for entry in _entries(part)))

    @classmethod
    def from_files(cls, *paths: str | PathLike[str]) -> Registry:
        """
        The registry of the records in TOML or JSON files, each under the default view.

        Raises `RecordError` with every fault of every file, and OSError where one cannot be opened.

        >>> from tempfile import TemporaryDirectory
        >>> import csto_membership as csto
        >>> with TemporaryDirectory() as folder:
        ...     csto.dump(csto.CSTO, f"{folder}/csto.json")
        ...     registry = Registry.from_files(f"{folder}/csto.json")
        >>> registry.organisations
        ('csto',)
        """
        from csto_membership._files.read import read_record

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
        """
        The registry of all organisations in tables (see `readers`).

        The history of an organisation is made when it is first asked about: a table of hundreds loads at once.
        Raises what `of` raises.

        >>> from csto_membership.readers import read_spells
        >>> rows = [{"organisation": "league", "state": "UZ", "status": "member", "first_day": "1999-05-01", "last_day": "2004-12-31"}]
        >>> Registry.from_tables(read_spells(rows)).was_member("league", "Uzbekistan", "2004-12-31")
        <Verdict.YES: True>
        """
        return cls.of(*tables)

    @classmethod
    def bundled(cls) -> Registry:
        """
        The registry of all bundled records, each under its own view, in alphabetical order of their ids.

        They load when it is first asked for, and once.

        >>> registry = Registry.bundled()
        >>> registry.was_member("eurasec", "Kazakhstan", "2014-12-31"), registry.was_member("eaeu", "Kazakhstan", "2015-01-01")
        (<Verdict.YES: True>, <Verdict.YES: True>)
        >>> registry.status("eurasec", "Kazakhstan", "2015-01-01").status        # it ended for all its members
        <Status.FORMER: 'former'>
        """
        return cls.of(*map(bundled_history, bundled_organisations()))

    @classmethod
    def from_prepared(cls, path: str | PathLike[str]) -> Registry:
        """
        The registry in a prepared file: plain JSON, safe to open from strangers.

        It gives the answers of the registry that wrote it, but no evidence, and no caveats but those of the coverage.
        Raises `RecordError` with every fault, and OSError where the file cannot be opened.

        >>> from tempfile import TemporaryDirectory
        >>> from csto_membership import CSTO
        >>> with TemporaryDirectory() as folder:
        ...     Registry.of(CSTO).prepare(f"{folder}/csto.jsonl")
        ...     finding = Registry.from_prepared(f"{folder}/csto.jsonl").status("csto", "Uzbekistan", "2012-10-01")
        >>> finding.status.value, finding.evidence
        ('suspended', ())
        """
        return cls(tuple(organisations_in(path)))

    def prepare(self, path: str | PathLike[str]) -> None:
        """
        Write the answers to a prepared file, which loads fast and takes little memory.

        It is written whole or not at all. Raises OSError where it cannot be written.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     Registry.bundled().prepare(f"{folder}/answers")
        ...     Registry.from_prepared(f"{folder}/answers").was_member("csto", "UZ", "2007-01-01")
        <Verdict.YES: True>
        """
        from csto_membership._files.whole_files import replace

        replace(Path(path), content_of(entry.prepared() for entry in self.entries))

    # What is looked at

    @property
    def organisations(self) -> tuple[str, ...]:
        """The ids of the organisations, in the order in which they were given."""
        return tuple(entry.id for entry in self.entries)

    @property
    def states(self) -> StateSet:
        """The states of all organisations, each once, found by any name that an organisation gives them."""
        return StateSet(self._book.states.values(), self._book.index)

    def state(self, state: StateLike) -> State:
        """
        The state of that name or code, under the identity that all organisations share; any of the world.

        Raises `UnknownStateError`, also for a name that means different states in different organisations.

        >>> from csto_membership import CSTO
        >>> Registry.of(CSTO).state("Byelorussia")
        <State BLR Belarus>
        """
        return self._book.find(state)

    def history(self, organisation: str) -> History:
        """
        The history of an organisation.

        Raises `UnknownNameError` for an unknown organisation, and for one of a prepared file, which has none.

        >>> Registry.bundled().history("sco")
        <History sco declared>
        """
        entry = self._entry(organisation)
        if isinstance(entry, (Live, Tabled)):
            return entry.history
        live = [other.id for other in self.entries if isinstance(other, (Live, Tabled))]
        raise UnknownNameError("organisation with a history (its lines are prepared)", organisation, live)

    def _entry(self, organisation: str) -> Entry:
        entry = None
        if isinstance(organisation, str):
            # Most are written as they are kept, in small letters.
            entry = self._by_name.get(organisation) or self._by_name.get(folded(organisation))
        if entry is None:
            if is_missing(organisation):
                raise UnknownNameError("organisation", organisation, self.organisations, (), "the value is missing")
            raise UnknownNameError("organisation", organisation, self.organisations)
        return entry

    def found(self, organisation: str, state: StateLike) -> tuple[Entry, State, str | State]:
        """
        The organisation, the shared state, and that by which one of the `entries` is asked: the id there, or the state.

        Raises `UnknownNameError` for the organisation, and `UnknownStateError`.
        """
        entry, shared_state = self._entry(organisation), self.state(state)
        roll = self.roll(entry)
        if (id := roll.own.get(shared_state.id)) is not None:
            return entry, shared_state, id
        if shared_state.id in roll.shared:
            raise UnknownStateError(state, reason=f"{entry.id} has another state of the id {shared_state.id}")
        return entry, shared_state, shared_state

    def roll(self, entry: Entry) -> Roll:
        """The states of one of the `entries`: the ids that they have there, and the shared states."""
        return self._book.rolls[id(entry.states)]

    # Questions

    def was_member(self, organisation: str, state: StateLike, date: DateLike) -> Verdict:
        """
        Whether the state was a member of the organisation on the day: YES, NO or UNDETERMINED.

        Raises `UnknownNameError` for the organisation, `UnknownStateError`, and `DateError`.

        >>> import csto_membership as csto
        >>> registry = Registry.of(csto.CSTO, csto.history("cis"))
        >>> registry.was_member("CIS", "Moldova", "2009-03-01")
        <Verdict.YES: True>
        >>> registry.was_member("CSTO", "Moldova", "2009-03-01")      # its record names all who were, and not Moldova
        <Verdict.NO: False>
        """
        # The fast path: two dictionaries and one bisection; whatever does not fit goes the long way.
        day = date if type(date) is dt.date else exact_day(date)
        if day is not None:
            try:
                line = self._verdicts[organisation][state]
            except (KeyError, TypeError):
                line = self._learn(organisation, state)
            return line.values[bisect_right(line.starts, day)]
        entry, _, asked = self.found(organisation, state)
        return entry.was_member(asked, as_imprecise(date))

    def _learn(self, organisation: str, state: StateLike) -> Runs[dt.date, Verdict]:
        entry, _, asked = self.found(organisation, state)
        line = entry.verdicts(asked)
        if len(self._verdicts) < _MOST_SPELLINGS or organisation in self._verdicts:
            spellings = self._verdicts.setdefault(organisation, {})
            # Texts only: states of different organisations may be equal by an id that means another state in each.
            if len(spellings) < _MOST_SPELLINGS and isinstance(state, str):
                spellings[state] = line
        return line

    def status(self, organisation: str, state: StateLike, date: DateLike) -> Finding:
        """
        The possible statuses of the state on the day, with the evidence that they rest on.

        Prepared lines hold no evidence: a caveat says so. Raises what `was_member` raises.

        >>> from csto_membership import CSTO
        >>> Registry.of(CSTO).status("csto", "Uzbekistan", "2012-10-01").status
        <Status.SUSPENDED: 'suspended'>
        """
        entry, shared_state, asked = self.found(organisation, state)
        return evolve(entry.status(asked, as_imprecise(date)), state=shared_state)

    def members_on(self, organisation: str, date: DateLike) -> Members:
        """
        Who was a member of the organisation on the day: certainly, and possibly.

        Raises `UnknownNameError` for the organisation, and `DateError`.

        >>> from csto_membership import CSTO
        >>> Registry.of(CSTO).members_on("csto", "2006").undetermined.codes      # on one unknown day of 2006
        ('UZB',)
        """
        entry = self._entry(organisation)
        members, roll = entry.members_on(as_imprecise(date)), self.roll(entry)
        certain, possible = (
            StateSet([roll.shared[state.id] for state in states], roll.index)
            for states in (members.certain, members.possible)
        )
        lines = TimelinesLater(lambda: {roll.shared[own].id: line for own, line in members.timelines.items()})
        return evolve(members, certain=certain, possible=possible, lines=lines)

    def memberships_of(self, state: StateLike, date: DateLike) -> Memberships:
        """
        The organisations of which the state was a member on the day: certainly, and possibly.

        Those whose records do not name the state are kept apart, as `unlisted`: `was_member` says what follows for one
        of them. Raises `UnknownStateError` and `DateError`.

        >>> import csto_membership as csto
        >>> memberships = Registry.of(csto.CSTO, csto.history("cis")).memberships_of("Moldova", "2009-03-01")
        >>> memberships.certain, memberships.unlisted
        (('cis',), ('csto',))
        """
        shared_state, day = self._book.find(state), as_imprecise(date)
        certain: list[str] = []
        possible: list[str] = []
        unlisted: list[str] = []
        for block in self._blocks:
            id = block.roll.own.get(shared_state.id)
            if id is None:
                unlisted += [entry.id for entry in block.entries]
                continue
            verdicts = list(zip(block.entries, block.verdicts_on(id, day), strict=True))
            possible += [entry.id for entry, verdict in verdicts if verdict is not Verdict.NO]
            certain += [entry.id for entry, verdict in verdicts if verdict is Verdict.YES]
        return Memberships(
            shared_state,
            asked_day(day),
            tuple(certain),
            tuple(possible),
            tuple(unlisted),
            self.organisations,
            partial(self._line, shared_state),
        )

    def _line(self, state: State, organisation: str) -> Timeline:
        """The timeline of a shared state in an organisation that names it."""
        entry = self._entry(organisation)
        own = self.roll(entry).own[state.id]
        runs = zip(entry.line(own), entry.verdicts(own).values, strict=True)
        spells = (Spell(first, day_before(end), statuses_of(mask), verdict) for (first, end, mask), verdict in runs)
        return Timeline(state, tuple(spells), Scope(entry.id, entry.view, entry.coverage.first, entry.coverage.last))

    def both_members(self, a: StateLike, b: StateLike) -> SharedRuns:
        """
        The runs of days on which both states were members of one organisation, or may have been, by organisation.

        Worlds do not link states: where one is certain and the other open, the run is open. Organisations whose records
        do not name both are left out. Raises `UnknownStateError`.

        >>> import csto_membership as csto
        >>> for run in Registry.of(csto.CSTO, csto.history("cis")).both_members("Georgia", "Armenia"):
        ...     print(run)
        csto, 1993-12-09 to 1999-04-20: yes
        cis, 1993-12-03 to 2009-08-17: yes
        """
        pair = [self._book.find(state).id for state in (a, b)]
        runs: list[Shared] = []
        for block in self._blocks:
            own = block.roll.own
            if all(state in own for state in pair):
                runs += block.shared(*(own[state] for state in pair))
        return SharedRuns(runs)

    def check(
        self,
        organisations: str | Iterable[str | None],
        states: StateLike | Iterable[StateLike | None],
        dates: DateLike | Iterable[DateLike | None],
        errors: Literal["raise", "null"] = "raise",
    ) -> Checked:
        """
        Whether the state of each row was a member of its organisation: True, False, or None for undetermined.

        Rows are answered as `was_member` answers them; a single organisation, state or date stands for every row, and
        columns are those that `History.check` takes. With errors="null" a row that cannot be read gives None as well,
        and the answer tells such rows and values apart, as there; with "raise" the first error is raised, and tells its
        row, and how many other values cannot be read: `UnknownNameError`, `UnknownStateError` or `DateError`.
        Raises `UnequalLengthsError` for columns of different lengths, and `ArgumentError` for other `errors`.

        >>> import csto_membership as csto
        >>> Registry.of(csto.CSTO).check("csto", ["UZ", "UZ"], ["2007-01-01", "2013-01-01"])
        [True, False]
        """
        return checked((organisations, states, dates), errors, self._answers, self.was_member)

    def _answers(self, organisation: str, state: StateLike) -> Answers:
        try:
            line = self._verdicts[organisation][state]
        except (KeyError, TypeError):
            line = self._learn(organisation, state)
        return line.starts, tuple(verdict.value for verdict in line.values)


def _entries(part: Part) -> Iterator[Entry]:
    if isinstance(part, Registry):
        yield from part.entries
    elif isinstance(part, Table):
        yield from entries_of(part)
    elif isinstance(part, (History, Record)):
        history = part if isinstance(part, History) else History(part)
        record = history.record
        view = history.view
        made = partial(_same, history)
        yield Live(record.id, record.name, record.states, made, view=view.caption, what_if=view.what_if)
    else:
        raise ArgumentError("parts", part, "a registry is made of histories and the like", _PARTS)


def _same(history: History) -> History:
    # A function by name, since a registry is pickled with it.
    return history
