"""Tables of many organisations: rows of a file as they stream by, what they say of each state, and records made of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from codecs import getincrementaldecoder, lookup
from collections import Counter
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from attrs import field, frozen

from csto_membership._acts import Act, Status
from csto_membership._dates import ImpreciseDate
from csto_membership._evidence import Claim, Event, Source
from csto_membership._history import History
from csto_membership._record import Coverage, Record
from csto_membership._states import State
from csto_membership.exceptions import Fault, RecordError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from os import PathLike

ANY_STATUS = frozenset(Status)
_DAY = dt.timedelta(1)
#: After so many rows a progress bar hears of them: telling it of each would cost more than reading it.
_ROWS_A_TICK = 512


class Turn(NamedTuple):
    """A state coming to one of some statuses on an imprecise date, as one line of a table says or implies."""

    date: ImpreciseDate
    statuses: frozenset[Status]
    line: int
    inferred: bool = False
    note: str = ""


class Stay(NamedTuple):
    """
    A spell as a table tells it. `first` is None for since ever.

    `last` is the last day, None where the spell is open; a date without any bound means that its end is unknown.
    """

    first: ImpreciseDate | None
    last: ImpreciseDate | None
    statuses: frozenset[Status]
    line: int
    note: str = ""

    @property
    def from_day(self) -> dt.date:
        """The earliest day of the spell."""
        return (self.first and self.first.earliest) or dt.date.min


@frozen(eq=False)
class Table:
    """
    A data set of many organisations as a reader took it in: compact, and made into records one at a time.

    Each organisation is a record of its own, with the data set as its one source and a `status` act for each change.
    `faults` are the bad rows that were skipped.
    """

    source: Source
    states: tuple[State, ...]
    turns: dict[str, dict[str, list[Turn]]] = field(repr=False)
    coverage: dict[str, Coverage] = field(repr=False)
    names: dict[str, str] = field(factory=dict, repr=False)
    faults: tuple[Fault, ...] = ()

    @property
    def organisations(self) -> tuple[str, ...]:
        """The ids of the organisations, in the order of the table."""
        return tuple(self.turns)

    def record(self, organisation: str) -> Record:
        """The record of one organisation. Raises `UnknownNameError` for an id that the table does not have."""
        if organisation not in self.turns:
            raise UnknownNameError("organisation", organisation, self.turns)
        events = [
            Event(f"{state} line {turn.line}{f' ({number})' if number else ''}", (state,), (self._claim(turn),))
            for state, turns in self.turns[organisation].items()
            for number, turn in _numbered(turns)
        ]
        return Record(
            organisation,
            self.names.get(organisation, ""),
            coverage=self.coverage[organisation],
            states=self.states,
            sources=(self.source,),
            events=tuple(events),
        )

    def records(self) -> Iterator[Record]:
        """The records of all organisations, one after the other."""
        return map(self.record, self.turns)

    def history(self, organisation: str) -> History:
        """The history of one organisation, under the default view."""
        return History(self.record(organisation))

    def remarks(self, organisation: str, state: str, date: ImpreciseDate) -> tuple[str, ...]:
        """
        What makes the rows less certain that speak of a state on a date, such as that they are imputed.

        Their claims in the record say so too; but where the status was the same before, no answer rests on them.
        """
        turns = self.turns[organisation].get(state, [])
        found = []
        for turn, after in zip_longest(turns, turns[1:]):
            begun = not turn.date.earliest or not date.latest or turn.date.earliest <= date.latest
            over = after and after.date.latest and date.earliest and after.date.latest <= date.earliest
            found += [f"line {turn.line}: {turn.note}"] if turn.inferred and begun and not over else []
        return tuple(found)

    def _claim(self, turn: Turn) -> Claim:
        return Claim(
            self.source.id,
            Act.STATUS,
            turn.date,
            locator=f"line {turn.line}",
            inferred=turn.inferred,
            status=turn.statuses,
            note=turn.note,
        )


def _numbered(turns: Iterable[Turn]) -> Iterator[tuple[int, Turn]]:
    """Turns with their number among those of the same line, from 0."""
    seen: Counter[int] = Counter()
    for turn in turns:
        yield seen[turn.line], turn
        seen[turn.line] += 1


def turns_of(stays: Iterable[Stay], faults: Sheet, skipped: int = 0) -> list[Turn]:
    """
    The turns of one state's spells, in order; those that overlap are faults, and left out.

    `skipped` is the line of a row about the state that could not be read, 0 for none. Where a row is left out nothing
    is known of the days that no other row speaks of.
    """
    kept: list[Stay] = []
    for stay in sorted(stays, key=lambda told: (told.from_day, told.line)):
        end = _end_of(kept[-1]) if kept else None
        if kept and (
            end is None or ((stay.first and stay.first.latest) or dt.date.max) < (end.earliest or dt.date.min)
        ):
            problem = f"the spell begins before the one of line {kept[-1].line} has ended"
            faults.fault(stay.line, "first_day", problem, stay.first and stay.first.edtf, "end that one before it")
            skipped = skipped or stay.line
        else:
            kept.append(stay)
    return list(_turns(kept, skipped))


def _turns(stays: Sequence[Stay], skipped: int) -> Iterator[Turn]:
    if skipped:
        yield Turn(ImpreciseDate(None, dt.date.min), ANY_STATUS, skipped, note="the row was skipped")
    for stay, after in zip_longest(stays, stays[1:]):
        yield Turn(_begin_of(stay), stay.statuses, stay.line, note=stay.note)
        end = _end_of(stay)
        if end and not (after and end.is_exact and end == after.first):
            known = Turn(end, _status_after(stay), stay.line, note=stay.note)
            yield known._replace(statuses=ANY_STATUS, line=skipped, note="the row was skipped") if skipped else known


def _begin_of(stay: Stay) -> ImpreciseDate:
    if stay.first is None:
        # Since ever: on the first civil day it is so already.
        return ImpreciseDate(None, dt.date.min)
    if stay.first.earliest or stay.first.latest:
        return stay.first
    # Some unknown day, no later than the last one.
    return ImpreciseDate(None, (stay.last and stay.last.latest) or dt.date.max)


def _end_of(stay: Stay) -> ImpreciseDate | None:
    """The first day after a spell: None if it is open; after its first day, if nothing more is known."""
    if stay.last is None or stay.last.earliest == dt.date.max:
        return None
    earliest = stay.last.earliest or (stay.first and stay.first.earliest)
    latest = stay.last.latest if stay.last.latest != dt.date.max else None
    # A bound must stay, since "some day" alone is no date that a record can hold.
    return ImpreciseDate(
        earliest + _DAY if earliest else None if latest else dt.date.min, latest and latest + _DAY, stay.last.qualifier
    )


def _status_after(stay: Stay) -> frozenset[Status]:
    return stay.statuses if stay.statuses in (ANY_STATUS, frozenset({Status.NONE})) else frozenset({Status.FORMER})


class Sheet:
    """
    The rows of a CSV file as they stream by, and the faults that are found in them.

    A file without a usable header raises `RecordError` at once. `finish` raises it with every fault, unless bad rows
    are skipped.
    """

    __slots__ = ("_bad_rows", "_encoding", "_faults", "_path", "columns")

    def __init__(self, path: str | PathLike[str], bad_rows: str, encoding: str) -> None:
        if bad_rows not in ("raise", "skip"):
            raise UnknownNameError("treatment of bad rows", bad_rows, ("raise", "skip"))
        try:
            lookup(encoding)
        except LookupError:
            raise UnknownNameError("encoding", encoding, ("utf-8-sig", "cp1252", "utf-16")) from None
        self._path, self._bad_rows, self._encoding = Path(path), bad_rows, encoding
        self._faults: list[tuple[int, Fault]] = []
        #: The names of the columns, in lower case: data sets change the case between releases.
        self.columns: tuple[str, ...] = ()

    def rows(self, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """Every row with the number of its (last) line; those of a wrong length are faults, and left out."""
        with self._path.open("rb") as raw:
            reader = csv.reader(io.TextIOWrapper(raw, self._encoding, newline=""), strict=True)
            try:
                yield from self._rows(reader, raw, needed)
            except UnicodeError:
                line, byte = self._undecodable()
                remedy = "save it as UTF-8, or name its encoding, such as encoding='cp1252' or 'utf-16'"
                self.fault(line, "", f"it is not {self._encoding}", byte, remedy)
                raise RecordError(self._in_order()) from None

    def _rows(self, reader: Any, raw: io.BufferedReader, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        with _Bar(self._path) as bar:
            number = -1
            while True:
                number += 1
                try:
                    row = next(reader)
                except StopIteration:
                    break
                except csv.Error as error:
                    self.fault(reader.line_num, "", f"it is not CSV: {error}", None, "correct the quotation marks")
                    continue
                if number % _ROWS_A_TICK == 0:
                    bar.at(raw.tell())
                if not self.columns:
                    self._head(row, needed)
                elif len(row) == len(self.columns):
                    yield reader.line_num, row
                elif row:
                    problem = f"it has {len(row)} cells where the header has {len(self.columns)}"
                    self.fault(reader.line_num, "", problem, None, "add or remove commas")
        if not self.columns:
            self._head([], needed)

    def _undecodable(self) -> tuple[int, str]:
        """The number of the first line that is not in the encoding, and what is wrong with it."""
        decoder = getincrementaldecoder(self._encoding)()
        number = 0
        with self._path.open("rb") as raw:
            for number, line in enumerate(raw, 1):
                try:
                    decoder.decode(line)
                except UnicodeError as error:
                    return number, str(error)
        return number, "the file ends in the middle of a character"

    def _head(self, row: list[str], needed: Sequence[str]) -> None:
        names = [name.strip().lower() for name in row]
        for name in needed:
            if name not in names:
                self.fault(1, name, "the column is missing", None, f"a header with {', '.join(needed)} is needed")
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            self.fault(1, name, "two columns have this name", name, "keep one of them")
        if self._faults:
            raise RecordError(self._in_order())
        self.columns = tuple(names)

    def fault(self, line: int, column: str, problem: str, value: object = None, remedy: str = "") -> None:
        """Keep one fault of a line."""
        place = f"line {line}, {column}" if column else f"line {line}"
        self._faults.append((line, Fault(place, problem, value, remedy, str(self._path))))

    def finish(self) -> tuple[Fault, ...]:
        """The faults of the rows that were skipped; `RecordError` with all of them if none may be."""
        faults = self._in_order()
        if faults and self._bad_rows == "raise":
            raise RecordError(faults)
        return faults

    def _in_order(self) -> tuple[Fault, ...]:
        return tuple(fault for _, fault in sorted(self._faults, key=lambda told: told[0]))


class _Bar:
    """A progress bar over the bytes of a file: in a terminal, if tqdm is installed, after the first second."""

    __slots__ = ("_bar",)

    def __init__(self, path: Path) -> None:
        self._bar: Any = None
        if sys.stderr is not None and sys.stderr.isatty():
            try:
                tqdm = import_module("tqdm").tqdm
            except ImportError:
                return
            size = path.stat().st_size
            self._bar = tqdm(total=size, desc=path.name, unit="B", unit_scale=True, delay=1, leave=False)

    def at(self, byte: int) -> None:
        """Show that so many bytes are read."""
        if self._bar is not None:
            self._bar.update(byte - self._bar.n)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
