"""Separated values come back as they were written, whatever ends of lines their cells have."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csto_membership._values.separated import writer_of

ROWS = st.lists(st.lists(st.text(st.sampled_from("\r\n,;\"' aé")), min_size=2, max_size=2))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [",", ";"])
@given(rows=ROWS)
@example(rows=[["a\rb", "\r"], ["\r\n", "\n"]])
def test_cells_come_back(separator: str, ending: str, rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    writer_of(out, separator, ending).writerows(rows)
    made = out.getvalue()
    assert list(csv.reader(io.StringIO(made, newline=""), delimiter=separator, strict=True)) == rows
    assert made.endswith(ending) or not rows


def test_rows_end_as_they_are_to_end() -> None:
    out = io.StringIO(newline="")
    writer_of(out).writerows([["a", "b\r\n"], ["c", ""]])
    assert out.getvalue() == 'a,"b\r\n"\nc,\n'
