"""Rows are the scalar answers: those of `check`, and those of panels."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st
from support import documents
from support.asking import history
from support.views import viewed_documents


def any_dates() -> st.SearchStrategy[Any]:
    day = st.sampled_from(documents.DAYS)
    pair = st.tuples(day, day).map(lambda ends: f"[{min(ends)}..{max(ends)}]")
    return st.one_of(day, day, day.map(dt.date.isoformat), pair, st.sampled_from(("2000", "1999-12", "[2000-01-05..]")))


@given(st.data())
def test_rows_are_answered_as_one_by_one(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    seen = history(document, data.draw(documents.readings()), data.draw(documents.resolutions(document)))
    dates = st.sampled_from(documents.DAYS) if data.draw(st.booleans()) else any_dates()
    rows = data.draw(st.lists(st.tuples(st.sampled_from([*seen.states, *seen.states.codes]), dates), max_size=30))
    note(f"{documents.to_toml(document)}\n{rows}")
    states, days = [state for state, _ in rows], [day for _, day in rows]
    expected = [seen.was_member(state, day).value for state, day in rows]
    for errors in ("raise", "null"):
        assert seen.check(states, days, errors) == expected
        assert seen.check(iter(states), (day for day in days), errors) == expected


@given(viewed_documents(), st.sampled_from(("year", "month", "day")))
def test_panel_rows_are_the_scalar_answers(question: Any, freq: Any) -> None:
    document, view = question
    seen = history(document, **view)
    ends = documents.DAYS[0], documents.DAYS[-1]
    panels = [seen.panel(freq, rule, *ends) for rule in ("first", "last", "any", "all")]
    for first, last, anyhow, whole in zip(*panels, strict=True):
        period = first.state, first.first_day, first.last_day
        assert first.member is seen.was_member(first.state, first.first_day).value
        assert last.member is seen.was_member(first.state, first.last_day).value
        assert anyhow.member is seen.was_member_at_some_time(*period).value
        assert whole.member is seen.was_member_throughout(*period).value
        for row in (first, last, anyhow, whole):
            assert (row.days_least, row.days_most) == seen.days_as_member(*period)
            assert (row.state, row.first_day, row.last_day) == period
