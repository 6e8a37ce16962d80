"""
What the command line gives back: aligned tables for people, JSON and CSV for programs, and exit statuses.

On a terminal, tables and texts keep to its width, under a line with the record and the view, see `_terminal`; in a pipe
they are as wide as they are, a line a row.
Rows of JSON and CSV are printed as they come: there may be very many.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from csto_membership._files.documents import json_text
from csto_membership._values.cells import columns_of, guarded, visible
from csto_membership._values.separated import writer_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._values.verdict import Verdict


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


def told(error: Exception) -> str:
    """What an error says; one of the system says what is wrong with which file."""
    if not isinstance(error, OSError) or error.filename is None:
        return str(error)
    name, reason = os.fsdecode(error.filename), error.strerror
    if isinstance(error, FileNotFoundError):
        from pathlib import Path

        folder = Path(name).parent
        reason = "there is no such file" if folder.is_dir() else f"there is no folder {str(folder)!r}"
    return f"{name!r}: {reason}"


def let_go(stream: TextIO | None) -> None:
    """Whatever is left to write to a stream that is closed goes nowhere; a process may have been started without one."""
    with suppress(OSError, ValueError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def on_terminal() -> bool:
    """Whether people read the answer on a terminal."""
    return sys.stdout.isatty()


def put(text: object, *, verdict: Verdict | None = None, whole: bool = False) -> None:
    """
    Print a text of one or several lines, with what would steer the terminal spelt out.

    A terminal folds them, unless they are to stay `whole`, and shows the first in the look of the verdict that it tells.
    """
    seen = visible(str(text), "\n")
    if whole or not on_terminal():
        print(seen)
        return
    from csto_membership.cli._terminal import text_lines

    for line in text_lines(seen, verdict):
        print(line)


def put_view(organisation: str, view: object, whose: str = "") -> None:
    """Say on a terminal of which record the answer is, and under which view."""
    if on_terminal():
        put(f"{whose}{': ' if whose else ''}{organisation} ({view})")


def put_json(value: object) -> int:
    """Print a value as JSON."""
    print(_json(value, indent=2))
    return ANSWERED


def put_table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]], *, count: bool = False) -> int:
    """Print rows in aligned columns, under a head where there is one; with `count` also the number of many rows."""
    cells = list(rows)
    if count:
        _put_number(len(cells))
    if on_terminal():
        from csto_membership.cli._terminal import table_lines

        for text in table_lines(head, cells):
            print(text)
        return ANSWERED
    lines = [tuple(visible(str(cell)) for cell in row) for row in ([head, *cells] if head else cells)]
    widths = [max(map(columns_of, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (cell + " " * (width - columns_of(cell)) for cell, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip())
    return ANSWERED


def put_rows(rows: Iterable[dict[str, Any]], columns: list[str], *, as_csv: bool) -> int:
    """Print rows as CSV or as a JSON list, and the number of many rows."""
    number = 0
    writer = writer_of(sys.stdout)
    if as_csv:
        writer.writerow(columns)
    for row in rows:
        if as_csv:
            writer.writerow([_cell(row.get(column)) for column in columns])
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
