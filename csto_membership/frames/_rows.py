"""The answers of all rows at once: for each the run of its line that its day lies in, and what that run is told."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from csto_membership.frames._columns import Told, blocks
from csto_membership.frames._lines import UNREADABLE, Answer, why
from csto_membership.frames._reading import bounds, dates_of, faults_of, subjects_of
from csto_membership.frames._report import Report

if TYPE_CHECKING:
    from csto_membership._questions.rows import RowFault
    from csto_membership.frames._columns import Column, Numbers
    from csto_membership.frames._lines import Line, Lines
    from csto_membership.frames._reading import Dates, Subjects

#: A table of every day of every line is used up to so many days, and up to so many for each row.
_MOST_DAYS, _DAYS_A_ROW = 1 << 24, 4
#: Lines of at most so many changes are walked through, longer ones are bisected.
_MOST_STEPS = 12
#: A line and an ordinal in one number.
_SHIFT = 22
_NEVER = (1 << 31) - 1


@frozen(eq=False)
class Rows:
    """The answers of rows: the distinct ones, and for each row the number of its own; and what could not be read."""

    answers: list[Answer]
    codes: Numbers
    whys: list[str | None]
    why_codes: Numbers | None
    faults: tuple[RowFault, ...]

    @property
    def report(self) -> Report:
        """How many rows are told what."""
        counts = np.zeros(len(self.answers), np.int64)
        for rows in blocks(len(self.codes)):
            counts += np.bincount(self.codes[rows], minlength=len(counts))
        told = dict.fromkeys((True, False, None), 0)
        for answer, count in zip(self.answers[1:], counts[1:].tolist(), strict=True):
            told[answer.member] += count
        return Report(len(self.codes), told[True], told[False], told[None], int(counts[0]), self.faults)

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


def rows_of(lines: Lines, organisation: Column | None, state: Column, date: Column, *, reasons: bool) -> Rows:
    """The answers of the rows of three columns, with the reasons if they are wanted."""
    subjects, dates = subjects_of(lines, organisation, state), dates_of(date)
    runs = _Runs(subjects.lines)
    answers: dict[Answer, int] = {UNREADABLE: 0}
    of_run = [answers.setdefault(line.answer(mask), len(answers)) for line in subjects.lines for mask in line.masks]
    if reasons:
        found = runs.looked_up(subjects, dates, np.arange(len(of_run) + 1, dtype=np.int32))
        codes = np.asarray([*of_run, 0], np.uint16)[found]
        codes[dates.days == 0] = 0
        whys = _Whys(lines, subjects.lines, found, codes)
    else:
        codes = runs.looked_up(subjects, dates, np.asarray([*of_run, 0], np.uint16))
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
    return Rows(list(answers), fitting, whys.texts if whys else [], whys.codes if whys else None, faults)


class _Runs:
    """The runs of some lines, numbered through; the one after the last is that of no line."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._firsts = np.asarray([*accumulate((len(line.masks) for line in lines), initial=0)], np.int32)
        days = [day for line in lines for day in line.starts]
        #: A day before the first change, and how many days from then on are told apart.
        self._before = min(days, default=1) - 1
        self._span = max(days, default=0) - self._before + 1

    def looked_up(self, subjects: Subjects, dates: Dates, of_run: Numbers) -> Numbers:
        """What belongs to the run of each row."""
        count, lines = len(dates.days), len(self._lines) + 1
        found = np.empty(count, of_run.dtype)
        dense = lines * self._span
        steps = max((len(line.starts) for line in self._lines), default=0)
        if dense <= min(_MOST_DAYS, max(_DAYS_A_ROW * count, 1 << 12)):
            table = self._by_day(of_run).ravel()
            for rows in blocks(count):
                day = np.clip(dates.days[rows] - self._before, 0, self._span - 1)
                np.take(table, subjects.numbers(rows) * self._span + day, out=found[rows], mode="clip")
        elif steps <= _MOST_STEPS:
            starts = self._by_step(steps)
            for rows in blocks(count):
                line, day = subjects.numbers(rows), dates.days[rows]
                run = self._firsts[line]
                for step in starts:
                    run += step[line] <= day
                np.take(of_run, run, out=found[rows], mode="clip")
        else:
            keys = np.asarray(
                [
                    *(number << _SHIFT | day for number, line in enumerate(self._lines) for day in (0, *line.starts)),
                    len(self._lines) << _SHIFT,
                ]
            )
            for rows in blocks(count):
                key = subjects.numbers(rows).astype(np.int64) << _SHIFT | dates.days[rows]
                np.take(of_run, np.searchsorted(keys, key, side="right") - 1, out=found[rows], mode="clip")
        return found

    def _by_day(self, of_run: Numbers) -> Numbers:
        """What belongs to each line on each day from the one before the first change on."""
        table = np.empty((len(self._lines) + 1, self._span), of_run.dtype)
        table[-1] = of_run[-1]
        for row, line, first in zip(table, self._lines, self._firsts.tolist(), strict=False):
            ends = [*(day - self._before for day in line.starts), self._span]
            start = 0
            for run, end in enumerate(ends, first):
                row[start:end] = of_run[run]
                start = end
        return table

    def _by_step(self, steps: int) -> list[Numbers]:
        """For each step the day of each line on which it takes it; never where it takes no more."""
        starts = np.full((len(self._lines) + 1, steps), _NEVER, np.int32)
        for row, line in zip(starts, self._lines, strict=False):
            row[: len(line.starts)] = line.starts
        return [np.ascontiguousarray(step) for step in starts.T]


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
