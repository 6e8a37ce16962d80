"""The answers of all rows at once: for each the run of its line that its day lies in, and what that run is told."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from csto_membership._worlds.masks import ANY_MASK
from csto_membership.frames._columns import Told, blocks
from csto_membership.frames._flat import Flat
from csto_membership.frames._lines import LAST_DAY, UNREADABLE, answer_of, why
from csto_membership.frames._reading import bounds, dates_of, faults_of, subjects_of
from csto_membership.frames._report import Report

if TYPE_CHECKING:
    from csto_membership._questions.rows import RowFault
    from csto_membership.frames._columns import Column, Numbers
    from csto_membership.frames._lines import Answer, Line, Lines
    from csto_membership.frames._reading import Dates, Met, Subjects

#: Tables have so many cells at most, and one of every day of every line up to so many for each row.
_MOST_CELLS, _DAYS_A_ROW = 1 << 24, 4
#: A line and an ordinal in one number, and a mask and what counts of it.
_SHIFT, _MASK = 22, ANY_MASK.bit_length()


@frozen(eq=False)
class Rows:
    """The answers of rows: the distinct ones, and for each row the number of its own; and what could not be read."""

    answers: list[Answer]
    codes: Numbers
    whys: list[str | None]
    why_codes: Numbers | None
    faults: tuple[RowFault, ...]
    what_if: str

    @property
    def report(self) -> Report:
        """How many rows are told what."""
        counts = np.zeros(len(self.answers), np.int64)
        for rows in blocks(len(self.codes)):
            counts += np.bincount(self.codes[rows], minlength=len(counts))
        told = dict.fromkeys((True, False, None), 0)
        for answer, count in zip(self.answers[1:], counts[1:].tolist(), strict=True):
            told[answer.member] += count
        return Report(len(self.codes), told[True], told[False], told[None], int(counts[0]), self.faults, self.what_if)

    def told(self, column: str) -> Told:
        """A column of answers."""
        truths = column == "member"
        if column == "why":
            assert self.why_codes is not None, "asked for"
            return Told(list(self.whys), self.why_codes, truths)
        values: dict[object, int] = {None: 0}
        numbers = [values.setdefault(getattr(answer, column), len(values)) for answer in self.answers]
        if numbers == list(range(len(numbers))):
            return Told(list(values), self.codes, truths)
        return Told(list(values), np.asarray(numbers, self.codes.dtype)[self.codes], truths)


def rows_of(
    lines: Lines,
    organisation: Column | None,
    state: Column,
    date: Column,
    *,
    reasons: bool,
    met: Met | None = None,
) -> Rows:
    """
    The answers of the rows of three columns, with the reasons if they are wanted.

    Rows that come in parts are answered with what was `met` in parts before.
    """
    subjects, dates = subjects_of(lines, organisation, state, met), dates_of(date)
    runs = _Runs(subjects.lines) if met is None else met.once(subjects.lines, _Runs)
    told, of_run = runs.answers
    answers = {answer: number for number, answer in enumerate(told)}
    if reasons:
        found = runs.looked_up(subjects, dates, np.arange(len(of_run), dtype=np.int32))
        codes = of_run[found]
        codes[dates.days == 0] = 0
        whys = _Whys(lines, subjects.lines, found, codes)
    else:
        codes = runs.looked_up(subjects, dates, of_run)
        whys = None
        if dates.inexact or dates.unread:
            codes[dates.days == 0] = 0
    for number, where in dates.inexact.items():
        first, last = bounds(dates.dates[number])
        keys = subjects.numbers(where)
        for line_number in np.unique(keys).tolist():
            if line_number < len(subjects.lines):
                line, rows = subjects.lines[line_number], where[keys == line_number]
                codes[rows] = answers.setdefault(line.answer(line.mask(first, last)), len(answers))
                if whys:
                    whys.inexact(rows, line_number, first, last)
    faults = faults_of(subjects, dates) if subjects.errors or dates.unread else ()
    fitting = codes.astype(np.uint8) if len(answers) <= 256 else codes
    what_if = "; ".join(filter(None, dict.fromkeys(map(lines.what_if, lines.organisations))))
    return Rows(list(answers), fitting, whys.texts if whys else [], whys.codes if whys else None, faults, what_if)


class _Runs:
    """The runs of some lines, numbered through; the one after the last is that of no line."""

    def __init__(self, lines: list[Line]) -> None:
        self._flat = Flat.of(lines)
        changes = self._flat.days[self._flat.days > 0]
        #: A day before the first change, and how many days from then on are told apart.
        self._before = int(changes.min(initial=LAST_DAY)) - 1
        self._span = max(int(changes.max(initial=0)) - self._before, 0) + 1

    @cached_property
    def answers(self) -> tuple[list[Answer], Numbers]:
        """The distinct answers of the runs, after that to what cannot be read, and for each run the number of its own."""
        flat = self._flat
        pairs = flat.masks.astype(np.int32) << _MASK | np.repeat(flat.counted, flat.lengths)
        met, numbers = np.unique(pairs, return_inverse=True)
        told: dict[Answer, int] = {UNREADABLE: 0}
        of_pair = [told.setdefault(answer_of(pair >> _MASK, pair & ANY_MASK), len(told)) for pair in met.tolist()]
        return list(told), np.asarray([*of_pair, 0], np.uint16)[np.append(numbers, -1)]

    def looked_up(self, subjects: Subjects, dates: Dates, of_run: Numbers) -> Numbers:
        """What belongs to the run of each row."""
        count, lines = len(dates.days), len(self._flat.lengths) + 1
        found = np.empty(count, of_run.dtype)
        width = self._width
        if lines * self._span <= min(_MOST_CELLS, max(_DAYS_A_ROW * count, 1 << 12)):
            table = self._by_day(of_run).ravel()
            for rows in blocks(count):
                day = np.clip(dates.days[rows] - self._before, 0, self._span - 1)
                np.take(table, subjects.numbers(rows) * self._span + day, out=found[rows], mode="clip")
        elif lines * width <= _MOST_CELLS:
            starts = self._by_step
            for rows in blocks(count):
                line, day = subjects.numbers(rows), dates.days[rows]
                place = line * width
                half = width >> 1
                while half:
                    place += (starts[place + (half - 1)] <= day) * np.int32(half)
                    half >>= 1
                np.take(of_run, self._flat.firsts[line] + (place - line * width), out=found[rows], mode="clip")
        else:
            number = np.arange(lines, dtype=np.int64) << _SHIFT
            keys = np.append(np.repeat(number[:-1], self._flat.lengths) | self._flat.days, number[-1])
            for rows in blocks(count):
                key = number[subjects.numbers(rows)] | dates.days[rows]
                np.take(of_run, np.searchsorted(keys, key, side="right") - 1, out=found[rows], mode="clip")
        return found

    def _by_day(self, of_run: Numbers) -> Numbers:
        """What belongs to each line on each day from the one before the first change on."""
        flat = self._flat
        table = np.empty((len(flat.lengths) + 1, self._span), of_run.dtype)
        table[-1] = of_run[-1]
        starts = np.maximum(flat.days - self._before, 0).tolist()
        for row, first, end in zip(table, flat.firsts.tolist(), flat.firsts[1:].tolist(), strict=False):
            for run in range(first, end):
                row[starts[run] :] = of_run[run]
        return table

    @property
    def _width(self) -> int:
        """How many days `_by_step` has of each line: one for each change, and more until halves are as long."""
        return 1 << self._flat.steps.bit_length()

    @cached_property
    def _by_step(self) -> Numbers:
        """The days on which each line changes, so many for each; after all others where it changes no more."""
        starts = np.full((len(self._flat.lengths) + 1, self._width), LAST_DAY + 1, np.int32)
        for step in range(self._flat.steps):
            starts[:-1, step] = self._flat.change(step)
        return starts.ravel()


class _Whys:
    """The reasons of rows, worked out once for each run that some row lies in."""

    def __init__(self, lines: Lines, used: list[Line], runs: Numbers, codes: Numbers) -> None:
        self._lines = lines
        self._used = used
        self.texts: list[str | None] = [None]
        self._numbers: dict[str, int] = {}
        places = [(line, run) for line in used for run in range(len(line.masks))]
        of_run = np.zeros(len(places) + 1, np.int32)
        found = np.zeros(len(places) + 1, bool)
        found[runs[codes != 0]] = True
        for run in np.flatnonzero(found).tolist():
            of_run[run] = self._number(why(lines, *places[run]))
        self.codes = np.where(codes != 0, of_run[runs], 0)

    def _number(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]

    def inexact(self, rows: Numbers, number: int, first: int, last: int) -> None:
        """Tell some rows of one line that they are about one unknown day of a date."""
        line = self._used[number]
        runs = range(line.run(first), line.run(last) + 1)
        self.codes[rows] = self._number(" | ".join(why(self._lines, line, run) for run in runs))
