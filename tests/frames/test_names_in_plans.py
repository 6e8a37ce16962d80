"""Names in the plans of lazy engines: what people write leads to the state that it leads to elsewhere, and nothing to another."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.frames import answer, frame_of, rows_of
from support.name_forms import FORMS, NAMES

import csto_membership as csto
from csto_membership import CSTO, MembershipError
from csto_membership._values.names import _ALIKE, folded, name_key
from csto_membership.frames import annotate
from csto_membership.frames._lines import lines_of
from csto_membership.frames._names import letters
from csto_membership.frames._spellings import spellings_of_organisations, spellings_of_states

DAY = "1995-06-15"
HISTORY = csto.history("cis")


def told(texts: Iterable[str]) -> list[tuple[bool | None, str | None]]:
    """What DuckDB tells of states of these names."""
    states = list(texts)
    columns = {"row": range(len(states)), "state": states, "date": [DAY] * len(states)}
    frame = frame_of("duckdb", columns, {"row": "number", "state": "text", "date": "text"})
    return [
        row[1:] for row in sorted(rows_of(annotate(frame, "state", "date", history=HISTORY), "row", "member", "status"))
    ]


def wrong(texts: list[str]) -> list[str]:
    """The names of which DuckDB tells something else than the questions about one state."""
    return [text for text, found in zip(texts, told(texts), strict=True) if found != answer(HISTORY, text, DAY)]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_every_name_is_found_in_the_forms_in_which_people_write_it(form: str) -> None:
    texts = [FORMS[form](name) for name in NAMES]
    assert wrong(texts) == []


def signs() -> list[str]:
    """All characters but those of which thousands are alike: of ideographs, of syllables, and of no meaning."""
    codes = range(1, sys.maxunicode + 1)
    return [sign for sign in map(chr, codes) if unicodedata.category(sign) not in ("Lo", "Cn", "Co", "Cs")]


def test_no_letter_leads_to_a_state_to_which_it_does_not_lead_elsewhere() -> None:
    # One letter of a name is replaced by each other one: most are unknown, some are capitals or have accents.
    texts = [text for sign in signs() for text in (f"Arm{sign}nia", f"ARM{sign}")]
    for text, found in zip(texts, told(texts), strict=True):
        assert found in (answer(HISTORY, text, DAY), (None, None)), text


def test_letters_that_are_written_otherwise_are_found() -> None:
    written, plain, marks = letters()
    for before, after in zip(written, plain, strict=True):
        assert folded(f"x{before}x") == f"x{after}x".translate(_ALIKE)
    assert all(folded(f"x{mark}x") == "xx" for mark in marks)
    assert {"A", "É", "Ё", "\uff21"} <= set(written)


@pytest.mark.law
@settings(max_examples=max(settings().max_examples // 5, 5))
@given(st.lists(st.text(st.sampled_from("UZBuzb the, ()[]*.&-'stSTaand7éé\u0301\u200b\t"), max_size=12), max_size=40))
@example(["the the Gambia", "Gambia, the (the)", "st st. lucia", "a&b&c", "u..z", "UZ [a][b]", "cow:704.0", "cow:704."])
def test_any_text_leads_where_it_leads_elsewhere_or_nowhere(texts: list[str]) -> None:
    for text, found in zip(texts, told(texts), strict=True):
        assert found in (answer(HISTORY, text, DAY), (None, None)), text


def test_listed_texts_lead_to_their_states() -> None:
    for history in (CSTO, HISTORY):
        written, compared = spellings_of_states(lines_of(history))
        assert len(written) > 5000
        for text, state in written.items():
            assert history.record.index.find(text) == state == compared[name_key(text)]
        for text in NAMES:
            try:
                state = history.record.index.find(text)
            except MembershipError:
                assert text not in written
                assert name_key(text) not in compared
            else:
                assert written[text] == compared[name_key(text)] == state
    of_both = spellings_of_organisations(lines_of(csto.Registry.of(CSTO, HISTORY)))
    assert of_both.written == {"cis": "cis", "CIS": "cis", "Cis": "cis", "csto": "csto", "CSTO": "csto", "Csto": "csto"}
    assert of_both.compared == {"cis": "cis", "csto": "csto"}
