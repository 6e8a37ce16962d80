"""The form of the United Nations: a row for each participant, and columns whose headers say what their marks mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from csto_membership._evidence.instruments import Instrument
from csto_membership._values.acts import CONSENT, Act
from csto_membership._values.wording import counted, did_you_mean
from csto_membership.exceptions import DateError
from csto_membership.readers._dated import dates_in, is_empty, is_number, is_year, may_tell, named, tidy
from csto_membership.readers._headers import Meaning, is_participant, is_treaty, tells_treaty
from csto_membership.readers._heads import KNOWN, is_head, renamed, words_of
from csto_membership.readers._parties import Entry, is_organisation
from csto_membership.readers._stays import lines_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from csto_membership._values.states import State
    from csto_membership.readers._cells import Cells
    from csto_membership.readers._dated import Dated, Named
    from csto_membership.readers._grids import Grid, Line
    from csto_membership.readers._headers import Column
    from csto_membership.readers._heads import Head
    from csto_membership.readers._parties import Parties
    from csto_membership.readers._sheet import Sheet

    #: A row as it stands, and its cells as they are read.
    _Row: TypeAlias = tuple[Line, list[str]]


_BINDS = "a definitive signature binds without ratification (Vienna Convention on the Law of Treaties, article 12)"
#: What each act is to the treaty: a state does each of these once.
_ROLES = {**dict.fromkeys(CONSENT, "consent"), Act.NOTICE_OF_WITHDRAWAL: "notice of withdrawal"}
_LONGEST_TITLE = 40


class Reader:
    """What the rows of a table in the form of the United Nations say."""

    def __init__(
        self, sheet: Sheet, cells: Cells, parties: Parties, treaty: str, head: Head, rename: Mapping[str, str]
    ) -> None:
        self._sheet, self._cells, self._parties, self._head, self._rename = sheet, cells, parties, head, rename
        self._part = 0
        #: By state, the first part of the table in which acts of it stand, and what its rows tell there: a header parts it.
        self._parts: dict[str, tuple[int, list[list[Entry]]]] = {}
        self._numbers: set[int] = set()
        titles = dict.fromkeys(column.amends for column in head.columns if column and column.amends)
        self._amendments = {
            words: Instrument(_slug(words, treaty, number), "amendment", words, amends=(treaty,))
            for number, words in enumerate(titles, 1)
        }

    @property
    def amendments(self) -> list[Instrument]:
        """The instruments that columns are about besides the treaty."""
        return list(self._amendments.values())

    def read(self, grid: Grid) -> None:
        """Read every row, or tell what is wrong with it, or why it is left out."""
        assert grid.head is not None, "a table without a header is refused"
        self._leave_above(list(self._filled(grid.rows[: grid.head])))
        rows = list(self._filled(grid.rows[grid.head + 1 :]))
        self._numbers = self._columns_of_numbers(cells for _, cells in rows)
        filled: set[int] = set()
        for at, (line, cells) in enumerate(rows):
            if self._is_head_again(cells):
                self._parties.leave_out(line.number, " ".join(cells), "it is the header once more")
                self._part += 1
                continue
            if self._is_another_head(cells):
                self._leave_below(rows[at:])
                break
            self._row(line.number, cells, short=grid.short, torn=any("\n" in cell for cell in line.cells))
            filled |= {number for number, cell in enumerate(cells[: len(self._head.columns)]) if cell}
        for others in grid.others:
            self._leave_table(list(self._filled(others)))
        self._tell_columns(filled)

    def _filled(self, lines: Iterable[Line]) -> Iterator[_Row]:
        """The rows that are not empty, with their cells as they are read."""
        for line in lines:
            if any(cells := [tidy(self._sheet.plain(cell.strip())) for cell in line.cells]):
                yield line, cells

    def _tell_columns(self, filled: Iterable[int]) -> None:
        for number in sorted(set(filled) - {self._head.participant}):
            column = self._head.columns[number]
            if column is None:
                self._parties.leave_out_column(
                    number, self._head.titles[number], "is left out: its header tells no act"
                )
            elif column.amends or not column.acts:
                why = "is kept as steps: it is not about acts on the treaty"
                self._parties.leave_out_column(number, self._head.titles[number], why)

    def _columns_of_numbers(self, rows: Iterable[Sequence[str]]) -> set[int]:
        """The columns of numbers of which one at least is no year: then the others are none either."""
        return {number for cells in rows for number, cell in enumerate(cells) if is_number(cell) and not is_year(cell)}

    # What stands below another header

    def _is_head_again(self, cells: Sequence[str]) -> bool:
        return words_of(renamed(cells, self._rename)) == words_of(self._head.titles)

    def _is_another_head(self, cells: Sequence[str]) -> bool:
        """Whether a row is a header of other columns: it names no participant, and tells no date."""
        at = self._head.participant
        name = cells[at] if at < len(cells) else ""
        # "No." is the code of a state as well.
        if (len(name) >= _SHORTEST_NAME and self._participant(name)[1]) or any(map(_has_date, cells)):
            return False
        if is_head(self._rename, cells):
            return True
        others = [cell for number, cell in enumerate(cells) if number != at and not is_empty(cell)]
        return is_participant(name) and bool(others) and not any(is_number(cell) or may_tell(cell) for cell in others)

    def _leave_above(self, rows: Sequence[_Row]) -> None:
        """Tell what stands before the header; rows below one that tells no act are those of another table."""
        table = False
        for line, cells in rows:
            text = " ".join(filter(None, cells))
            at = next((number for number, cell in enumerate(cells) if self._cells.within(cell)), None)
            if table and at is not None and any(map(_has_date, cells)):
                self._leave_unread("it stands before the header that tells acts", (line, cells), [(line, cells)], at)
            elif not text.lower().startswith("sep="):
                self._parties.leave_out(line.number, text, "it stands before the header", keep=True)
            table = table or (any(map(is_participant, cells)) and sum(map(bool, cells)) > 1)

    def _leave_below(self, rows: Sequence[_Row]) -> None:
        """Tell that a header of other columns begins."""
        titles = renamed(rows[0][1], self._rename)
        at = next((number for number, title in enumerate(titles) if is_participant(title)), self._head.participant)
        self._leave_unread("another header begins here, and no row below it is read", rows[0], rows[1:], at)

    def _leave_table(self, rows: Sequence[_Row]) -> None:
        """Tell that a table of the page has no header that tells acts, if a date is in it."""
        at = self._head.participant
        if not any(may_tell(cell) for _, cells in rows for cell in cells):
            return
        line, first = rows[0]
        if at < len(first) and self._participant(first[at])[1] and any(map(_has_date, first)):
            # Of whom it tells is known, but not what.
            self._leave_unread("a table without a header begins here, and is not read", rows[0], rows, at)
        else:
            self._parties.leave_out(line.number, " ".join(filter(None, first)), "no header of its table tells an act")

    def _leave_unread(self, problem: str, first: _Row, rows: Sequence[_Row], at: int) -> None:
        """Keep whom rows are about that are not read, by the names in a column of theirs."""
        line, cells = first
        last = f", to {lines_text([rows[-1][0].number])}" if rows and rows[-1][0] is not line else ""
        self._sheet.fault(line.number, "", f"{problem}{last}", ", ".join(cells), "give each table alone")
        for below, others in rows:
            name, state = self._participant(others[at] if at < len(others) else "")
            if state or not self._is_left_out(below.number, name, others):
                self._parties.lose(below.number, state, name.name, self._cells)

    def _row(self, line: int, cells: list[str], *, short: bool, torn: bool) -> None:
        whole = list(cells)
        while len(cells) > len(self._head.titles) and not cells[-1]:
            cells.pop()
        filled = sum(map(bool, cells))
        fits = len(cells) == len(self._head.titles) or (len(cells) < len(self._head.titles) and (short or filled == 1))
        cells += [""] * (len(self._head.titles) - len(cells))
        name, state = self._participant(cells[self._head.participant])
        if state is None and self._is_left_out(line, name, whole):
            return
        if not fits:
            self._sheet.torn.append(line)
            problem = f"it has {counted(len(whole), 'cell')} where the header has {len(self._head.titles)}"
            self._sheet.fault(line, "", problem, None, "add or remove separators")
            if state:
                self._parties.lose(line, state, name.name, self._cells)
            return
        signed = any(
            cell and any(Act.SIGNATURE in meaning.acts for meaning in column.marks.get("", ()))
            for cell, column in zip(cells, self._head.columns, strict=False)
            if column and not column.amends
        )
        entries: list[Entry] = []
        steps: list[tuple[Dated, str, str]] = []
        marks = list(name.footnotes)
        readable = True
        for number, (cell, column) in enumerate(zip(cells, self._head.columns, strict=False)):
            if number == self._head.participant or is_empty(cell):
                continue
            dates = self._dates(line, number, cell, column)
            readable = readable and dates is not None
            for dated in dates or ():
                marks += dated.footnotes
                meaning = self._meaning(line, number, cell, dated, signed=signed)
                readable = readable and meaning is not None
                if meaning and column:
                    locator = f"{lines_text([line])}, {_short(column.title)}"
                    if meaning.acts and not column.amends:
                        entries += _entries(meaning, dated, locator, withdrawn=name.withdrawn)
                    else:
                        steps.append((dated, self._about(meaning, column), locator))
        self._take(line, name, state, entries, marks, readable=readable, torn=torn, steps=steps)

    def _take(
        self,
        line: int,
        name: Named,
        state: State | None,
        entries: list[Entry],
        marks: list[str],
        *,
        readable: bool,
        torn: bool,
        steps: list[tuple[Dated, str, str]],
    ) -> None:
        if state is None:
            if name.name:
                self._cells.state(line, name.name, "participant")
            else:
                self._sheet.fault(line, "participant", "the participant is missing", None, "write its name")
            self._parties.lose(line, None, name.name, self._cells)
            return
        if name.withdrawn and not entries and readable:
            problem = "it is in brackets, as if it had withdrawn, and no act of it is told"
            self._sheet.fault(line, "participant", problem, name.name, "add the act, or take the brackets off")
            readable = False
        for dated, words, locator in steps:
            self._parties.step(state, dated.date, words, locator)
        if self._is_of_another_part(state, entries):
            problem = "another part of the table, below the header once more, tells otherwise of it"
            remedy = "give the table of each treaty alone, or join the parts if they are of one"
            self._sheet.fault(line, "participant", problem, name.name, remedy)
            readable = False
        self._parties.add(line, state, name.name, entries, marks)
        if not readable:
            self._parties.lose(line, state, name.name, self._cells)
            # A cell that runs over lines may have swallowed rows.
            self._sheet.torn += [line] if torn else []

    def _is_of_another_part(self, state: State, entries: list[Entry]) -> bool:
        """Whether other acts of a state stand in another part of the table: that may be of another treaty."""
        told = [entry._replace(locator="") for entry in entries]
        part, rows = self._parts.setdefault(state.id, (self._part, [])) if told else (self._part, [])
        if part == self._part:
            rows.append(told)
        return told not in rows

    def _participant(self, cell: str) -> tuple[Named, State | None]:
        """The name in a cell and the state that it is of, None where nobody knows which."""
        whole = named(cell)
        for name in (whole._replace(name=cell, footnotes=(), withdrawn=False), whole):
            if name.name and (state := self._cells.known(name.name)):
                return name, state
        return whole, None

    def _is_left_out(self, line: int, name: Named, cells: Sequence[str]) -> bool:
        """Whether a row is no participant, or none that is a state: that is told then."""
        if name.name and self._cells.is_slip(name.name):
            return False
        if len(name.name) <= _LONGEST_NAME and is_organisation(name.name, self._cells):
            self._parties.leave_out(line, name.name, "it is an organisation, and no state")
            return True
        at = self._head.participant
        if any(_has_date(cell) or (number != at and _begins_as_date(cell)) for number, cell in enumerate(cells)):
            return False
        text = " ".join(filter(None, cells))
        self._parties.leave_out(line, text, "it names no state, and no date stands beside it", keep=True)
        return True

    def _dates(self, line: int, number: int, cell: str, column: Column | None) -> list[Dated] | None:
        """The dates in a cell, None with a fault where they cannot be read, none for what is no part of the data."""
        title = _short(self._head.titles[number]) or f"column {number + 1}"
        if column is None:
            if not self._may_tell(number, cell):
                return []
            problem = "the header of its column tells no act"
            remedy = f'columns maps "Ratification, Accession(a)" or the like to {title!r}; else leave the column out'
            self._sheet.fault(line, title, problem, cell, remedy)
            return None
        try:
            return dates_in(cell)
        except DateError as error:
            if not column.acts:
                # What it says of a reservation, say, moves nobody.
                return []
            remedy = did_you_mean(error.meant) or "write it as 10 Feb 2003, and a mark of the header behind it"
            self._sheet.fault(line, title, f"unreadable date: {error.reason}", cell, remedy)
            return None

    def _may_tell(self, number: int, cell: str) -> bool:
        """Whether a cell below a header that tells no act may tell of one all the same."""
        title = self._head.titles[number]
        if is_number(cell):
            return is_year(cell) and number not in self._numbers and not tells_treaty(title)
        return may_tell(cell) and not (tells_treaty(title) and is_treaty(cell))

    def _meaning(self, line: int, number: int, cell: str, dated: Dated, *, signed: bool) -> Meaning | None:
        """What a date tells by its mark, None with a fault where the header does not say."""
        column = self._head.columns[number]
        if column is None:
            return None
        if not column.acts:
            return (*column.marks.get(dated.mark, ()), *column.meanings)[0]
        title = _short(column.title)
        meanings = column.marks.get(dated.mark, ())
        if not meanings:
            declared = ", ".join(mark for mark in column.marks if mark) or "none"
            problem = (
                f"the header declares no mark {dated.mark!r}"
                if dated.mark
                else "the header says of no date without mark"
            )
            self._sheet.fault(line, title, problem, cell, f"the marks of this column are: {declared}")
            return None
        if len(meanings) == 1 or not any(meaning.acts for meaning in meanings):
            return meanings[0]
        if all(meaning.binds for meaning in meanings):
            return _one_of(meanings, signed=signed)
        acts = " or ".join(meaning.words for meaning in meanings)
        self._sheet.fault(line, title, f"the header does not say which it is: {acts}", cell, KNOWN)
        return None

    def _about(self, meaning: Meaning, column: Column) -> str:
        """The words for what changes no status."""
        return f"{meaning.words}: {self._amendments[column.amends].id}" if column.amends else meaning.words


#: A longer text is no name but a note, a shorter one a code.
_LONGEST_NAME, _SHORTEST_NAME = 100, 4


def _has_date(cell: str) -> bool:
    try:
        return not is_empty(cell) and bool(dates_in(cell))
    except DateError:
        return False


def _begins_as_date(cell: str) -> bool:
    """Whether a cell is a date by its form, be it readable or not, and no part of a sentence."""
    return len(cell) <= _LONGEST_TITLE and cell.lstrip("[( ")[:1].isdecimal() and may_tell(cell)


def _entries(meaning: Meaning, dated: Dated, locator: str, *, withdrawn: bool) -> Iterable[Entry]:
    notes = [] if meaning.named else [meaning.words]
    notes += (
        [f"{'footnotes' if dated.footnotes[1:] else 'footnote'} {', '.join(dated.footnotes)}"]
        if dated.footnotes
        else []
    )
    definitive = len(meaning.acts) > 1
    for number, act in enumerate(meaning.acts):
        role = "definitive signature" if definitive and not number else _ROLES.get(act, act.value.replace("_", " "))
        note = _BINDS if number else "; ".join(notes)
        inferred = bool(number) or meaning.inferred
        yield Entry(act, dated.date, locator, role, note, inferred=inferred, withdrawn=withdrawn or dated.withdrawn)


def _one_of(meanings: Sequence[Meaning], *, signed: bool) -> Meaning:
    """Of several ways to consent the one that fits the row: who has signed ratifies, who has not accedes."""
    wanted = Act.RATIFICATION if signed else Act.ACCESSION
    fitting = next((meaning for meaning in meanings if wanted in meaning.acts), meanings[0])
    words = " or ".join(meaning.words for meaning in meanings)
    return Meaning(fitting.acts[-1:], words, inferred=True)


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 3]}..."


def _slug(words: str, treaty: str, number: int) -> str:
    """The id of an amendment."""
    slug = "-".join(re.findall(r"\w+", words.lower()))[:_LONGEST_TITLE].strip("-")
    return f"{treaty}-{slug or number}"
