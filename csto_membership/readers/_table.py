"""Tables of many organisations: what rows say of each state, in turns of status, and records made of them."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from attrs import Factory, define, evolve, field, frozen

from csto_membership._evidence.claims import Claim, Event, Source
from csto_membership._evidence.institutions import Coverage
from csto_membership._evidence.record import Record
from csto_membership._history import History
from csto_membership._values.acts import Act
from csto_membership._values.names import name_key
from csto_membership._values.states import State, follow
from csto_membership._values.wording import counted
from csto_membership.exceptions import ArgumentError, Fault, UnknownNameError, number_of
from csto_membership.readers._forms import FORMS, form_named, form_with, lacking
from csto_membership.readers._frame import column_names, frame_of
from csto_membership.readers._sheet import column_name
from csto_membership.readers._stays import Lost, Stay, Turn, lines_text
from csto_membership.readers._turns import turns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from csto_membership._values.dates import ImpreciseDate
    from csto_membership.readers._frame import Tabular
    from csto_membership.readers._sheet import Sheet


T = TypeVar("T")
#: The turns of each state in each organisation, by the ids of both.
Turns: TypeAlias = "dict[str, dict[str, list[Turn]]]"


@frozen(eq=False, kw_only=True)
class Table:
    r"""
    A data set of many organisations as a reader took it in, and made into records one at a time.

    - Each organisation is a record of its own, with the states that the table tells of it.
    - `faults` are the bad rows that were skipped. What they may have said is unknown, and never "no".
    - `ignored` is what was left out, since it is no part of the data: row numbers, say.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership.readers import read_spells
    >>> with TemporaryDirectory() as directory:
    ...     path = Path(directory, "spells.csv")
    ...     rows = ["organisation,state,status,first_day,last_day", "league,UZ,member,1999,2004-12-31"]
    ...     _ = path.write_text("\n".join(rows))
    ...     table = read_spells(path)
    >>> table.organisations
    ('league',)
    >>> table.history("league").was_member("UZ", "1999-06-30")
    <Verdict.UNDETERMINED: None>
    """

    names: dict[str, str] = field(factory=dict, repr=False)
    faults: tuple[Fault, ...] = ()
    ignored: tuple[str, ...] = ()

    @classmethod
    def from_frame(
        cls, frame: Tabular, form: str | None = None, *, columns: Mapping[str, str] | None = None, **options: Any
    ) -> Table:
        """
        The table in a dataframe of pandas, Polars, PyArrow or another library that Narwhals knows, or in a list of rows.

        - `form` is the kind of table: "spells", "acts" and the like, as `--form` of the command line has them. By default
          the columns tell it.
        - `columns` maps our names of columns to those that the frame has, as `{"state": "iso3"}`; an index is no column.
        - `options` are those of the reader of that kind.
        - A missing value is an empty cell. Rows are counted from 0.

        Raises `ArgumentError` for what is no table, of no known kind, and for other options, `UnknownNameError` for
        another form or a column that is not there, `MissingExtraError` where Narwhals is not installed, and what the reader
        raises.

        >>> rows = [{"club": "league", "iso3": "UZB", "status": "member", "first_day": "1999-04-24", "last_day": None}]
        >>> table = Table.from_frame(rows, columns={"organisation": "club", "state": "iso3"})
        >>> table.history("league").was_member("UZ", "1999-04-23"), table.history("league").was_member("UZ", "1999-04-24")
        (<Verdict.NO: False>, <Verdict.YES: True>)
        """
        read = frame_of(frame)
        if form is None:
            read_as = {column_name(theirs): ours for ours, theirs in column_names(columns).items()}
            names = [column_name(name) for name in read.columns]
            ours = [read_as.get(name, name) for name in names]
            form = form_with(ours)
            if not form:
                for theirs in read_as:
                    if theirs not in names:
                        raise UnknownNameError("column", theirs, read.columns)
                near = f" ({near})" if (near := lacking(ours)) else ""
                reason = (
                    f"its columns are those of no kind of table{near}; map them by columns={{...}}, or name the form"
                )
                raise ArgumentError("frame", read.columns, reason, FORMS)
        if columns is not None:
            options["columns"] = columns
        table: Table = form_named(form).reads(read, options)
        return table

    @property
    def organisations(self) -> tuple[str, ...]:
        """The ids of the organisations, in the order of the table."""
        raise NotImplementedError

    def record(self, organisation: str) -> Record:
        """The record of one organisation. Raises `UnknownNameError` for an id that the table does not have."""
        raise NotImplementedError

    @property
    def states(self) -> tuple[State, ...]:
        """The states of which the table says something."""
        return tuple(dict.fromkeys(state for id in self.organisations for state in self.states_of(id)))

    def states_of(self, organisation: str) -> tuple[State, ...]:
        """
        The states of which the table says something in one organisation.

        Raises `UnknownNameError` for an id that the table does not have.
        """
        raise NotImplementedError

    def records(self) -> Iterator[Record]:
        """The records of all organisations, one after the other."""
        return map(self.record, self.organisations)

    def history(self, organisation: str) -> History:
        """
        The history of one organisation, under the default view.

        Raises `UnknownNameError` for an id that the table does not have.
        """
        return History(self.record(organisation))

    def remarks(self, organisation: str, state: str, date: ImpreciseDate) -> tuple[str, ...]:  # noqa: ARG002 - tables of claims have none
        """What makes the rows less certain that speak of the state of that id on a date, and no claim carries."""
        return ()

    def __repr__(self) -> str:
        skipped = f", {number_of(self.faults)}" if self.faults else ""
        return f"<Table: {counted(len(self.organisations), 'organisation')}{skipped}>"


@frozen(eq=False, repr=False)
class RecordTable(Table):
    """A table of claims: each organisation is a record already."""

    _records: dict[str, Record]

    @property
    def organisations(self) -> tuple[str, ...]:
        """The ids of the organisations, in the order of the table."""
        return tuple(self._records)

    def record(self, organisation: str) -> Record:
        """The record of one organisation. Raises `UnknownNameError` for an id that the table does not have."""
        return _of(organisation, self._records)

    def states_of(self, organisation: str) -> tuple[State, ...]:
        """
        The states of the record of one organisation.

        Raises `UnknownNameError` for an id that the table does not have.
        """
        return self.record(organisation).states


@frozen(eq=False)
class TurnTable(Table):
    """
    A table of turns of status, compact: a claim of the act `status` for each turn, and the data set as the one source.

    A turn on an imprecise date fell on one unknown day of it.
    """

    source: Source
    states: tuple[State, ...]  # pyright: ignore[reportIncompatibleMethodOverride] - told, and not found
    turns: Turns = field(repr=False)
    coverage: dict[str, Coverage] = field(repr=False)

    def __repr__(self) -> str:
        skipped = f", {number_of(self.faults)}" if self.faults else ""
        counts = f"{counted(len(self.turns), 'organisation')}, {counted(len(self.states), 'state')}"
        return f"<Table {self.source.id}: {counts}{skipped}>"

    _states_of: dict[str, tuple[State, ...]] = field(
        init=False, repr=False, default=Factory(lambda self: _by_organisation(self.states, self.turns), True)
    )

    @property
    def organisations(self) -> tuple[str, ...]:
        """The ids of the organisations, in the order of the table."""
        return tuple(self.turns)

    def record(self, organisation: str) -> Record:
        """The record of one organisation. Raises `UnknownNameError` for an id that the table does not have."""
        by_state = _of(organisation, self.turns)
        events = [
            Event(
                f"{state} {lines_text([turn.line])}{f' ({number})' if number else ''}", (state,), self.claims_of(turn)
            )
            for state, turns in by_state.items()
            for number, turn in _numbered(turns)
        ]
        return Record(
            organisation,
            self.names.get(organisation, ""),
            coverage=self.coverage[organisation],
            states=self.states_of(organisation),
            sources=(self.source,),
            events=tuple(events),
        )

    def states_of(self, organisation: str) -> tuple[State, ...]:
        """
        The states that the rows on an organisation speak of.

        Raises `UnknownNameError` for an id that the table does not have.
        """
        return _of(organisation, self._states_of)

    def remarks(self, organisation: str, state: str, date: ImpreciseDate) -> tuple[str, ...]:
        """
        What makes the rows less certain that speak of the state of that id on a date: that they are imputed, say.

        The claims in the record carry these remarks too. But where a row repeats the status of the row before it, no
        answer rests on its claim, and the remark would be lost.
        """
        turns = self.turns[organisation].get(state, [])
        remarks = []
        for turn, after in zip_longest(turns, turns[1:]):
            begun = not turn.date.earliest or not date.latest or turn.date.earliest <= date.latest
            over = after and after.date.latest and date.earliest and after.date.latest <= date.earliest
            if turn.inferred and begun and not over:
                remarks.append(f"{lines_text([turn.line])}: {turn.note}")
        return tuple(remarks)

    def claims_of(self, turn: Turn) -> tuple[Claim, ...]:
        """What the table says of a turn, as claims of one event."""
        claim = Claim(
            self.source.id,
            Act.STATUS,
            turn.date,
            locator=turn.locator,
            inferred=turn.inferred,
            status=turn.statuses,
            note=turn.note,
        )
        rivals = (
            evolve(claim, date=rival.date, locator=lines_text([rival.line]))
            if rival.date
            else Claim(self.source.id, Act.DENIAL, locator=lines_text([rival.line]), note="the spell has no end there")
            for rival in turn.rivals
        )
        return (claim, *rivals)


def _of(organisation: object, by_organisation: Mapping[str, T]) -> T:
    if not isinstance(organisation, str) or organisation not in by_organisation:
        raise UnknownNameError("organisation", organisation, by_organisation)
    return by_organisation[organisation]


def _by_organisation(states: Iterable[State], turns: Turns) -> dict[str, tuple[State, ...]]:
    """The states of each organisation; organisations with the same states share one tuple."""
    rank = {state.id: (number, state) for number, state in enumerate(states)}
    kept: dict[tuple[str, ...], tuple[State, ...]] = {}
    of: dict[str, tuple[State, ...]] = {}
    for organisation, by_state in turns.items():
        ids = tuple(by_state)
        if ids not in kept:
            kept[ids] = tuple(state for _, state in sorted((rank[id] for id in ids), key=lambda pair: pair[0]))
        of[organisation] = kept[ids]
    return of


def _numbered(turns: Iterable[Turn]) -> Iterator[tuple[int, Turn]]:
    """Turns with their number among those of the same line, from 0."""
    lines: Counter[int] = Counter()
    for turn in turns:
        yield lines[turn.line], turn
        lines[turn.line] += 1


# What rows say


@define
class Rows(Generic[T]):
    """
    What the rows of a table say of each state in each organisation, whatever a reader makes of a row.

    Rows that could not be read are kept too, as far as they can be: no answer is firm that one of them could change.
    """

    read: dict[str, dict[str, list[T]]] = field(factory=dict)
    _states: dict[str, State] = field(factory=dict)
    _lost: dict[tuple[str, str], list[Lost]] = field(factory=dict)
    #: Those of which the organisation cannot be read, by state.
    _homeless: dict[str, list[Lost]] = field(factory=dict)
    #: Those of which the state cannot be read, by organisation; "" for those that name no organisation either.
    _nameless: dict[str, list[Lost]] = field(factory=dict)

    @property
    def states(self) -> tuple[State, ...]:
        """The states that rows name, in the order of the table."""
        return tuple(self._states.values())

    def add(self, organisation: str, state: State, row: T) -> None:
        """Take in a row."""
        self._rows(organisation, state).append(row)

    def name(self, organisation: str, state: State) -> None:
        """Take in a state of which a row may tell nothing more."""
        self._rows(organisation, state)

    def lose(self, organisation: str, state: State | None, row: Lost) -> None:
        """Keep a row that could not be read; "" for an organisation and None for a state that it does not tell."""
        if state and organisation:
            self._rows(organisation, state)
            self._lost.setdefault((organisation, state.id), []).append(row)
        elif state:
            self._homeless.setdefault(state.id, []).append(row)
        else:
            if organisation:
                self.read.setdefault(organisation, {})
            self._nameless.setdefault(organisation, []).append(row)

    def drop(self, organisation: str, state: State, row: Lost) -> None:
        """Take back what was said of a state in an organisation."""
        del self.read[organisation][state.id]
        self._lost.pop((organisation, state.id), None)
        self._nameless.setdefault(organisation, []).append(row)

    def _rows(self, organisation: str, state: State) -> list[T]:
        self._states.setdefault(state.id, state)
        return self.read.setdefault(organisation, {}).setdefault(state.id, [])

    def lost(self, organisation: str, state: str) -> list[Lost]:
        """The rows that could not be read and may be of the state of that id in an organisation."""
        return [
            *self._lost.get((organisation, state), ()),
            *self._homeless.get(state, ()),
            *(row for row in self.nameless(organisation) if row.may_be_of(state)),
        ]

    def nameless(self, organisation: str) -> list[Lost]:
        """The rows of which the state cannot be read and that may be of an organisation."""
        return [*self._nameless.get(organisation, ()), *self._nameless.get("", ())]

    def turns(self, stays_of: Callable[[list[T]], Iterable[Stay]]) -> Turns:
        """The turns of all states, from the stays that the rows on each amount to."""
        return {
            organisation: {
                state: turns_of(stays_of(rows), self.lost(organisation, state)) for state, rows in by_state.items()
            }
            for organisation, by_state in self.read.items()
        }

    def coverage(self, covers: Coverage, organisation: str) -> Coverage:
        """The coverage of an organisation, which says which of its rows were skipped."""
        here = self.read[organisation]
        lost = [row for state in here for row in self._lost.get((organisation, state), ())]
        homeless = [row for state, rows in self._homeless.items() for row in rows if state not in here]
        kept = [row for state, rows in self._homeless.items() for row in rows if state in here]
        nameless = self.nameless(organisation)
        lines = sorted({row.line for row in (*lost, *homeless, *kept, *nameless)})
        if not lines:
            return covers
        unnamed = len({row.named or row.line for row in nameless}) + len(homeless)
        states = "listed" if unnamed else covers.states
        return evolve(covers, states=states, missing=f"skipped: {lines_text(lines)}", unnamed=unnamed)


def readable_parts(sheet: Sheet, rows: Rows[T], line_of: Callable[[T], int]) -> None:
    """
    Refuse, with their lines, states of which no record could be made: those with a code or name that another has.

    An organisation keeps the first of them.
    """
    apart = _no_clash(rows.states)
    for organisation, by_state in rows.read.items() if not apart else ():
        held: dict[str, State] = {}
        for state in [state for state in rows.states if state.id in by_state]:
            names = [name_key(alias) for alias in state.aliases]
            clash = next((name for name in names if name in held and not follow(held[name], state)), None)
            if clash is None:
                held.update(dict.fromkeys(names, state))
                continue
            line = min(map(line_of, by_state[state.id]), default=1)
            problem = f"{state.id} and {held[clash].id} have one name or code"
            sheet.fault(line, "state", problem, clash, "give each its own")
            rows.drop(organisation, state, Lost(line, named=state.id))


def _no_clash(states: Iterable[State]) -> bool:
    """Whether no two of all states have a name in common: then no organisation needs to be looked at."""
    names = [name for state in states for name in {name_key(alias) for alias in state.aliases}]
    return len(names) == len(set(names))
