"""What a spreadsheet or a terminal would obey is made harmless, and comes back."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from csto_membership._values.cells import guarded, unguarded, visible


@given(st.text(st.sampled_from("'=+-@\t\rab ")))
@example("=1+1")
@example("'=1+1")
@example("''@")
@example("")
def test_a_cell_is_made_safe_and_comes_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(tuple("=+-@\t\r＝＋－＠"))
    if not cell.lstrip("'").startswith(tuple("=+-@\t\r＝＋－＠")):
        assert guarded(cell) == cell


@given(st.text())
@example("A\x1b[31mRED")
@example("one\ntwo\u2028three")
@example("\u202eback")
def test_what_is_shown_steers_no_terminal(text: str) -> None:
    shown = visible(text)
    assert not any(
        unicodedata.category(letter) in ("Cc", "Zl", "Zp") or letter in "\u202a\u202e\u2066" for letter in shown
    )
    if text.isprintable():
        assert shown == text
    assert visible("a\nb\x07", "\n") == "a\nb\\x07"
