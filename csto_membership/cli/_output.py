"""What the command line prints: aligned tables for people, JSON and CSV for programs, rows as they come."""

from __future__ import annotations

import csv
import json
import re
import sys
from typing import TYPE_CHECKING, Any

from csto_membership._values.cells import guarded, visible

if TYPE_CHECKING:
    from collections.abc import Iterable


#: Of longer lists of rows, the number of rows is told on standard error.
_LONG = 100
#: What may stand in JSON as it is, and moves more than the cursor.
_STEERING = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _json(value: object, indent: int | None = None) -> str:
    """JSON in which letters stand as they are, and what would steer a terminal is spelt out."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def put_json(value: object) -> int:
    print(_json(value, indent=2))
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
            print("[" if number == 0 else ",", _json(row), sep="\n" if number else "", end="")
        number += 1
    if not as_csv:
        print("\n]" if number else "[]")
    if number > _LONG:
        sys.stderr.write(f"{number} rows\n")
    return 0


def _cell(value: object) -> object:
    text = " ".join(value) if isinstance(value, list) else value
    return guarded(text) if isinstance(text, str) else text
