"""What the command line prints: aligned tables for people, JSON and CSV for programs, rows as they come."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

from csto_membership._cells import guarded, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Of longer lists of rows, the number of rows is told on standard error.
_LONG = 100


def put_json(value: object) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return 0


def put(text: object) -> None:
    """Print a text of one or several lines, with what would steer the terminal spelt out."""
    print(visible(str(text), "\n"))


def put_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, counted: bool = False) -> None:
    """Print rows in aligned columns, under a head where there is one."""
    lines = [tuple(map(visible, row)) for row in ([head, *rows] if head else rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    if counted and len(lines) > _LONG:
        sys.stderr.write(f"{len(lines) - bool(head)} rows\n")
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def put_rows(rows: Iterable[dict[str, Any]], columns: list[str], *, as_csv: bool) -> int:
    """Rows as they come, as CSV or as a JSON list; how many there were goes to standard error if they are many."""
    number = 0
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    if as_csv:
        writer.writeheader()
    for row in rows:
        if as_csv:
            writer.writerow({key: _cell(value) for key, value in row.items()})
        else:
            print("[" if number == 0 else ",", json.dumps(row, ensure_ascii=False), sep="\n" if number else "", end="")
        number += 1
    if not as_csv:
        print("\n]" if number else "[]")
    if number > _LONG:
        sys.stderr.write(f"{number} rows\n")
    return 0


def _cell(value: object) -> object:
    text = " ".join(value) if isinstance(value, list) else value
    return guarded(text) if isinstance(text, str) else text
