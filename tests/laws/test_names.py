"""The spelling of a state changes no answer."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto


@given(st.sampled_from(csto.CSTO.states.codes), st.dates(dt.date(1991, 1, 1), dt.date(2027, 1, 1)), st.data())
def test_the_case_and_the_code_system_of_a_state_change_no_answer(code: str, day: dt.date, data: st.DataObject) -> None:
    state = csto.CSTO.record.index.find(code)
    alias = data.draw(st.sampled_from(state.aliases))
    spelt = data.draw(st.sampled_from([alias, alias.lower(), alias.upper(), alias.title(), f"  {alias} "]))
    assert csto.was_member(spelt, day) is csto.was_member(state, day)
    assert csto.status(spelt, day) == csto.status(code, day)
