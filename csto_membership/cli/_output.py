"""
What the command line gives back: aligned tables for people, JSON and CSV for programs, and exit statuses.

Rows of JSON and CSV are printed as they come: there may be very many.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from csto_membership._files.documents import json_text
from csto_membership._values.cells import guarded, visible

if TYPE_CHECKING:
    from collections.abc import Iterable


#: The exit statuses: of an answer, of `status --check`, of `validate`, and of every wrong call.
ANSWERED = YES = 0
NO = FAULTS = 1
WRONG_CALL = 2
UNDETERMINED = 3

#: The number of rows of a longer list is printed on standard error.
_LONG = 100
#: Characters that JSON and TOML may hold as they are, and that steer a terminal.
_STEERING = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def say(text: str) -> None:
    """Print a line on standard error, if there is one: that there is none is no failure of a command."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        let_go(sys.stderr)


def let_go(stream: TextIO) -> None:
    """Whatever is left to write to a stream that is closed goes nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def put(text: object) -> None:
    """Print a text of one or several lines, with what would steer the terminal spelt out."""
    print(visible(str(text), "\n"))


def put_json(value: object) -> int:
    """Print a value as JSON."""
    print(_json(value, indent=2))
    return ANSWERED


def put_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, count: bool = False) -> int:
    """Print rows in aligned columns, under a head where there is one; with `count` also the number of many rows."""
    lines = [tuple(map(visible, row)) for row in ([head, *rows] if head else rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    if count:
        _put_number(len(lines) - bool(head))
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    return ANSWERED


def put_rows(rows: Iterable[dict[str, Any]], columns: list[str], *, as_csv: bool) -> int:
    """Print rows as CSV or as a JSON list, and the number of many rows."""
    number = 0
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    if as_csv:
        writer.writeheader()
    for row in rows:
        if as_csv:
            writer.writerow({key: _cell(value) for key, value in row.items()})
        else:
            print("[" if number == 0 else ",", _json(row), sep="\n" if number else "", end="")
        number += 1
    if not as_csv:
        print("\n]" if number else "[]")
    _put_number(number)
    return ANSWERED


def _put_number(rows: int) -> None:
    if rows > _LONG:
        say(f"{rows} rows")


def _json(value: object, indent: int | None = None) -> str:
    """JSON that steers no terminal."""
    return unsteering(json_text(value, indent))


def unsteering(text: str) -> str:
    """A text of JSON or TOML that means the same, and steers no terminal."""
    return _STEERING.sub(lambda character: f"\\u{ord(character[0]):04x}", text)


def _cell(value: object) -> object:
    text = " ".join(value) if isinstance(value, list) else value
    return guarded(text) if isinstance(text, str) else text
