"""The form of the United Nations: a row for each participant, and columns whose headers say what their marks mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._evidence.instruments import Instrument
from csto_membership._values.acts import CONSENT, Act
from csto_membership._values.wording import counted, did_you_mean
from csto_membership.exceptions import DateError
from csto_membership.readers._dated import dates_in, is_empty, named, tidy
from csto_membership.readers._grids import Grid, Line
from csto_membership.readers._headers import Column, Meaning, column_of, is_participant
from csto_membership.readers._parties import Entry, is_organisation
from csto_membership.readers._sheet import column_name
from csto_membership.readers._stays import lines_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from csto_membership._values.states import State
    from csto_membership.readers._cells import Cells
    from csto_membership.readers._dated import Dated, Named
    from csto_membership.readers._parties import Parties
    from csto_membership.readers._sheet import Sheet


_BINDS = "a definitive signature binds without ratification (Vienna Convention on the Law of Treaties, article 12)"
#: What each act is to the treaty: a state does each of these once.
_ROLES = {**dict.fromkeys(CONSENT, "consent"), Act.NOTICE_OF_WITHDRAWAL: "notice of withdrawal"}
_KNOWN = 'name it as "Signature", "Ratification, Accession(a), Succession(d)" or the like'
_LONGEST_TITLE = 40


# The header


class Head(NamedTuple):
    """Where the participants stand, and what the other columns tell: None for no act."""

    participant: int
    columns: tuple[Column | None, ...]
    titles: tuple[str, ...]


def _renamed(row: Sequence[str], rename: Mapping[str, str]) -> list[str]:
    return [rename.get(column_name(cell), cell) for cell in map(tidy, row)]


def is_head(rename: Mapping[str, str], row: Sequence[str]) -> bool:
    """Whether a row is a header: it has participants, and a column that tells an act on the treaty."""
    titles = _renamed(row, rename)
    found = [column for title in titles if not is_participant(title) and (column := column_of(title))]
    return any(map(is_participant, titles)) and any(column.acts and not column.amends for column in found)


def head_of(sheet: Sheet, grid: Grid, rename: Mapping[str, str]) -> Head:
    """The header of a table. Raises `RecordError` where it has none that tells acts."""
    if grid.head is None or not is_head(rename, grid.rows[grid.head].cells):
        first = next((row for row in grid.rows if any(map(tidy, row.cells))), Line(1, []))
        titles = _renamed(first.cells, rename)
        missing = "no column tells an act" if any(map(is_participant, titles)) else "no row is a header"
        remedy = f'a header has "Participant" and columns of acts: {_KNOWN}'
        raise sheet.refusal(first.number, missing, remedy, ", ".join(titles)[:80] or None)
    titles = _renamed(grid.rows[grid.head].cells, rename)
    at = next(number for number, title in enumerate(titles) if is_participant(title))
    columns = [column_of(title) if number != at else None for number, title in enumerate(titles)]
    _mark_amendments(columns, grid.rows[grid.head + 1 :])
    return Head(at, tuple(columns), tuple(titles))


def _mark_amendments(columns: list[Column | None], rows: Iterable[Line]) -> None:
    """
    Mark the columns that are about something else than the treaty, since the same act on it has a column before them.

    Two columns may tell of one act in two ways ("Ratification", "Accession"): then no row has both.
    """
    filled = [
        {number for number, cell in enumerate(row.cells[: len(columns)]) if not is_empty(tidy(cell))} for row in rows
    ]
    of_treaty: dict[str, list[int]] = {}
    for number, column in enumerate(columns):
        if column is None or column.amends:
            continue
        roles = {"consent" if meaning.binds else str(meaning) for meaning in column.meanings if meaning.acts}
        before = sorted({other for role in roles for other in of_treaty.get(role, ())})
        titles = [other.title for at in before if (other := columns[at])]
        # "Ratification of the Protocol" beside "Ratification".
        named = column.names and any(
            other.names != column.names and other.acts & column.acts for at in before if (other := columns[at])
        )
        if named or column.title in titles or any(number in row and not row.isdisjoint(before) for row in filled):
            columns[number] = column._replace(amends=f"{column.title} (column {number + 1})")
            continue
        for role in roles:
            of_treaty.setdefault(role, []).append(number)


# The rows


class Reader:
    """What the rows of a table in the form of the United Nations say."""

    def __init__(self, sheet: Sheet, cells: Cells, parties: Parties, treaty: str, head: Head) -> None:
        self._sheet, self._cells, self._parties, self._head = sheet, cells, parties, head
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
        for line in grid.rows[: grid.head]:
            text = " ".join(map(tidy, line.cells)).strip()
            if text and not text.lower().startswith("sep="):
                self._parties.leave_out(line.number, text, "it stands before the header", keep=True)
        filled: set[int] = set()
        for line in grid.rows[grid.head + 1 :]:
            cells = [tidy(self._sheet.plain(cell.strip())) for cell in line.cells]
            if not any(cells):
                continue
            if line.cells == grid.rows[grid.head].cells:
                self._parties.leave_out(line.number, " ".join(cells), "it is the header once more")
                continue
            self._row(line.number, cells, short=grid.short, torn=any("\n" in cell for cell in line.cells))
            filled |= {number for number, cell in enumerate(cells[: len(self._head.columns)]) if cell}
        for number in sorted(filled - {self._head.participant}):
            column = self._head.columns[number]
            if column is None:
                self._parties.leave_out_column(
                    number, self._head.titles[number], "is left out: its header tells no act"
                )
            elif column.amends or not column.acts:
                why = "is kept as steps: it is not about acts on the treaty"
                self._parties.leave_out_column(number, self._head.titles[number], why)

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
        self._parties.add(line, state, name.name, entries, marks)
        if not readable:
            self._parties.lose(line, state, name.name, self._cells)
            # A cell that runs over lines may have swallowed rows.
            self._sheet.torn += [line] if torn else []

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
        if any(_has_date(cell) for cell in cells):
            return False
        text = " ".join(filter(None, cells))
        self._parties.leave_out(line, text, "it names no state, and no date stands beside it", keep=True)
        return True

    def _dates(self, line: int, number: int, cell: str, column: Column | None) -> list[Dated] | None:
        """The dates in a cell, None with a fault where they cannot be read, none for what is no part of the data."""
        title = _short(self._head.titles[number]) or f"column {number + 1}"
        if column is None:
            if not _has_date(cell):
                return []
            problem, remedy = "the header of its column tells no act", f"{_KNOWN}, or leave the column out"
            self._sheet.fault(line, title, problem, cell, remedy)
            return None
        try:
            return dates_in(cell)
        except DateError as error:
            remedy = did_you_mean(error.meant) or "write it as 10 Feb 2003, and a mark of the header behind it"
            self._sheet.fault(line, title, f"unreadable date: {error.reason}", cell, remedy)
            return None

    def _meaning(self, line: int, number: int, cell: str, dated: Dated, *, signed: bool) -> Meaning | None:
        """What a date tells by its mark, None with a fault where the header does not say."""
        column = self._head.columns[number]
        if column is None:
            return None
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
        self._sheet.fault(line, title, f"the header does not say which it is: {acts}", cell, _KNOWN)
        return None

    def _about(self, meaning: Meaning, column: Column) -> str:
        """The words for what changes no status."""
        return f"{meaning.words}: {self._amendments[column.amends].id}" if column.amends else meaning.words


#: A longer text is no name but a note.
_LONGEST_NAME = 100


def _has_date(cell: str) -> bool:
    try:
        return not is_empty(cell) and bool(dates_in(cell))
    except DateError:
        return False


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
