"""States and dates in the cells of a table; each wrong one is looked up once, however often it comes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csto_membership._files.known_states import number_in, state_of
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.wording import did_you_mean
from csto_membership.exceptions import DateError, UnknownStateError
from csto_membership.readers._sheet import whole
from csto_membership.readers._stays import Lost

if TYPE_CHECKING:
    from csto_membership._values.index import StateIndex
    from csto_membership._values.states import State
    from csto_membership.readers._sheet import Sheet


#: Words by which other programs say that a cell is empty, and those by which people say that something goes on.
_EMPTY_WORDS = frozenset({"na", "n/a", "nat", "nan", "none", "null", "nil", "<na>", "#n/a", "-", "--", "?", ".", ".."})
_OPEN_WORDS = frozenset({"present", "open", "ongoing", "current", "now", "today", "to date", "continuing", "still"})
#: Words of a text in which names are looked for, how many of them, and how long the shortest name is.
_WORDS, _MOST_WORDS, _SHORTEST_NAME = re.compile(r"[^\s()\[\],;:/\"-]+"), 30, 4


class Cells:
    """What the cells of a table say."""

    __slots__ = ("_known", "_meant", "_sheet", "_states", "_wrong", "_wrong_dates")

    def __init__(self, sheet: Sheet, known: StateIndex) -> None:
        self._sheet, self._known = sheet, known
        self._states: dict[str, State] = {}
        self._wrong: dict[str, UnknownStateError] = {}
        #: What each wrong name was probably meant for.
        self._meant: dict[str, tuple[str, ...]] = {}
        #: The problem and the remedy of each wrong date.
        self._wrong_dates: dict[str, tuple[str, str]] = {}

    def state(self, line: int, cell: str, column: str = "state") -> State | None:
        """The state that a cell names, None with a fault where nobody knows which that is."""
        if (state := self.known(cell)) is None:
            problem = (self._wrong[cell].reason or "unknown state") if cell else "the state is missing"
            self._sheet.fault(
                line, column, problem, cell or None, did_you_mean(self.meant(cell)) or 'write a code or "cow:N"'
            )
        return state

    def known(self, cell: str) -> State | None:
        """The state that a cell names, None where nobody knows which that is."""
        if (state := self._states.get(cell)) is not None:
            return state
        if cell not in self._wrong:
            try:
                self._states[cell] = state = self._find(cell)
            except UnknownStateError as error:
                self._wrong[cell] = error
        return state

    def meant(self, cell: str) -> tuple[str, ...]:
        """
        The names that a wrong one was probably meant for, or else those that stand in it.

        To look for them takes far longer than reading a row.
        """
        if cell not in self._meant:
            self._meant[cell] = (self._wrong[cell].nearest or self.within(cell)) if self._sheet.hints else ()
        return self._meant[cell]

    def is_slip(self, cell: str) -> bool:
        """Whether a wrong name is much like a known one, or is that of several states."""
        return bool(self.meant(cell) and self._wrong[cell].nearest)

    def within(self, text: str) -> tuple[str, ...]:
        """
        The names of states that stand in a text, the longest where one has another in it, and each state once.

        Codes are none: "and" is one of them.
        """
        words = list(_WORDS.finditer(text))[:_MOST_WORDS]
        found: dict[str, str] = {}
        at = 0
        while at < len(words):
            for end in range(len(words), at, -1):
                name = text[words[at].start() : words[end - 1].end()]
                if len(name) >= _SHORTEST_NAME and (state := self.known(name)):
                    found.setdefault(state.id, name)
                    at = end
                    break
            else:
                at += 1
        return tuple(found.values())

    def may_be(self, cell: str) -> frozenset[str] | None:
        """The ids of the states that a wrong name may be a slip for; None for any, where no name is given."""
        return frozenset(self._known.find(name).id for name in self.meant(cell)) if cell else None

    def lost(
        self, line: int, cell: str, state: State | None, date: ImpreciseDate | None = None, *, presumes: bool = False
    ) -> Lost:
        """A row that could not be read, by what it says of a state, of a date, and of what was before."""
        if state is not None:
            return Lost(line, first=date, presumes=presumes)
        return Lost(line, first=date, named=cell.casefold(), may_be=self.may_be(cell), presumes=presumes)

    def _find(self, cell: str) -> State:
        text = whole(cell) if cell.casefold().startswith("cow:") or cell[:1].isdecimal() else cell
        try:
            return self._known.find(text)
        except UnknownStateError as error:
            if (number := number_in(text.casefold())) is not None and not error.reason:
                return state_of(number)
            raise

    def date(self, line: int, column: str, cell: str, words: str) -> ImpreciseDate | None:
        """The date in a cell, None with a fault where there is none; `words` say what to write where nobody tells it."""
        word = cell.casefold()
        if word in _EMPTY_WORDS or word in _OPEN_WORDS:
            self._sheet.fault(line, column, "it is a word and no date", cell, words)
            return None
        if cell not in self._wrong_dates:
            try:
                return ImpreciseDate.parse(cell)
            except DateError as error:
                # Working out what was meant takes far longer than reading a date.
                wrong = f"unreadable date: {error.reason}", did_you_mean(error.meant)
                self._wrong_dates[cell] = wrong
        problem, remedy = self._wrong_dates[cell]
        self._sheet.fault(line, column, problem, cell, remedy or f"write 1999-04-20, or {words}")
        return None
