"""Separated values, annotated as they stream by: the cells that were there stay as they are."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, lookup
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve

from csto_membership._values.cells import guarded
from csto_membership._values.days import exact_days
from csto_membership._values.separated import writer_of
from csto_membership._values.wording import counted
from csto_membership.exceptions import ArgumentError, UnknownNameError
from csto_membership.frames._columns import Encoded
from csto_membership.frames._question import check_columns
from csto_membership.frames._reading import Met
from csto_membership.frames._rows import rows_of
from csto_membership.readers._sheet import (
    SEPARATORS,
    check_separator,
    column_name,
    head_of,
    is_text_encoding,
    remedy_of,
    separator_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from csto_membership.frames._columns import Column, Numbers
    from csto_membership.frames._question import Question
    from csto_membership.frames._report import Report

#: So many rows are answered at once.
_ROWS = 1 << 15


class _Cells:
    """A column of cells; an empty one is a missing value."""

    def __init__(self, cells: list[str]) -> None:
        self._cells = cells

    def encoded(self) -> Encoded:
        """Its distinct values, and for each row the number of its value."""
        numbers = {cell: number for number, cell in enumerate(dict.fromkeys(self._cells))}
        codes = np.fromiter(map(numbers.__getitem__, self._cells), np.int64, len(self._cells))
        return Encoded([cell or None for cell in numbers], codes)

    def days(self) -> Numbers:
        """Its days as ordinals, 0 for what is no ISO day."""
        days, _ = exact_days(self._cells)
        return np.fromiter((day.toordinal() if day else 0 for day in days), np.int32, len(days))

    def at(self, rows: Numbers) -> Column:
        """The column of some of its rows."""
        return _Cells([self._cells[row] for row in rows.tolist()])


def annotated(
    given: BinaryIO,
    made: BinaryIO,
    name: str,
    question: Question,
    delimiter: str | None,
    encoding: str,
    show: Callable[[int], None],
) -> Iterator[Report]:
    """Write the rows of one file with their answers to another, and give the report of each part; `show` is told the byte."""
    if not is_text_encoding(encoding):
        raise UnknownNameError("encoding", encoding, ("utf-8", "cp1252", "utf-16"))
    check_separator(delimiter)
    known = lookup(encoding).name
    # The mark of UTF-8, by which spreadsheets know it, is no part of the first name.
    marked = known == "utf-8" and given.read(len(BOM_UTF8)) == BOM_UTF8
    if not marked:
        given.seek(0)
    text = io.TextIOWrapper(given, known, newline="")
    try:
        yield from _annotated(text, made, name, question, delimiter, marked, lambda: show(given.tell()))
    except UnicodeEncodeError as error:
        letters = error.object[error.start : error.end]
        reason = (
            f"the answers have letters that it does not have ({letters!r}); save {name} as UTF-8, or do without why"
        )
        raise ArgumentError("encoding", encoding, reason) from None
    except UnicodeError as error:
        remedy = "save it as UTF-8, or name its encoding, such as cp1252 or utf-16"
        raise ArgumentError("encoding", encoding, f"{name} is not in it ({error}); {remedy}") from None
    finally:
        # The file is its opener's to close.
        text.detach()


def _annotated(
    text: io.TextIOWrapper,
    made: BinaryIO,
    name: str,
    question: Question,
    delimiter: str | None,
    marked: bool,
    show: Callable[[], None],
) -> Iterator[Report]:
    first, head = head_of(text)
    separator = _separator(head, question) if delimiter is None else delimiter
    rows = _rows(csv.reader(chain(first, text), delimiter=separator, strict=True), name)
    _, header = next(rows, (0, list[str]()))
    check_columns(question, header, any_case=False)
    out = io.TextIOWrapper(made, text.encoding, newline="")
    if marked:
        out.write("\ufeff")
    try:
        writer = writer_of(out, separator, "\r\n" if head.endswith("\r\n") else "\n")
        writer.writerow([*header, *question.added.values()])
        places = [
            None if column is None else header.index(column)
            for column in (question.organisation, question.state, question.date)
        ]
        met = Met()
        while numbered := list(islice(rows, _ROWS)):
            lines, part = zip(*numbered, strict=True)
            organisation, state, date = (
                None if place is None else _Cells([row[place] for row in part]) for place in places
            )
            assert state is not None
            assert date is not None, "every question has both"
            answers = rows_of(question.lines, organisation, state, date, reasons="why" in question.added, met=met)
            columns = []
            for column in question.added:
                told = answers.told(column)
                cells = [_written(value) for value in told.values]
                columns.append([cells[code] for code in told.codes.tolist()])
            writer.writerows([*row, *told] for row, told in zip(part, zip(*columns, strict=True), strict=True))
            show()
            faults = (evolve(fault, line=lines[fault.first_row]) for fault in answers.report.faults)
            yield evolve(answers.report, faults=tuple(faults))
        out.flush()
    finally:
        out.detach()


def _separator(head: str, question: Question) -> str:
    """The separator that makes the columns that are asked for; where one is missing, that which makes the most columns."""
    found = separator_of(head, [column_name(str(column)) for column in question.asked])
    return found if found in head else max(SEPARATORS, key=head.count)


def _rows(reader: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the numbers of their (last) lines, each as long as the header; blank lines are none."""
    width = None
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"line {reader.line_num} is not CSV: {error}; {remedy_of(error)}"
            raise ArgumentError("source", name, reason) from None
        if not row:
            continue
        width = len(row) if width is None else width
        if len(row) != width:
            reason = f"line {reader.line_num} has {counted(len(row), 'cell')} where the header has {width}"
            raise ArgumentError("source", name, f"{reason}; add or remove separators")
        yield reader.line_num, row


def _written(value: object) -> str:
    """An answer as a cell: truths as every reader of CSV knows them, and no formula for spreadsheets."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else guarded(str(value))
