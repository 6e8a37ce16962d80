"""Every question is answered by every history, also at the ends of the calendar, and every answer can be shown and written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from csto_membership import History, State
from csto_membership.registry import Registry
from csto_membership.strategies import days, histories, records
from csto_membership.writers import act_rows, change_rows, spell_rows

MIN, MAX = dt.date.min, dt.date.max
SPANS = {
    "anywhere": (MIN, MAX),
    "the first days": (MIN, MIN + dt.timedelta(11)),
    "the last days": (MAX - dt.timedelta(11), MAX),
}


def answers(seen: History, state: State, day: dt.date) -> Iterator[tuple[str, Any]]:
    """Every question with its answer."""
    yield "members_on", seen.members_on(day)
    yield "status", seen.status(state, day)
    yield "timeline", seen.timeline(state)
    yield "others", seen.others()
    yield "sizes", seen.sizes()
    yield "check", seen.check([state], [day])
    yield "changes", seen.changes(None, None)
    yield "next_change", seen.next_change(day)
    yield "previous_change", seen.previous_change(day)
    yield "acts", seen.acts(state)
    yield "conflicts", seen.conflicts()
    yield "remarks", seen.remarks
    yield "instruments_in_force", seen.instruments_in_force(day)
    yield "bound_by", [seen.bound_by(one, day) for one in seen.instruments]
    yield "terms", [term for one in seen.instruments for term in one.terms(day)]
    yield "days_as_member", seen.days_as_member(state, MIN, MAX)
    yield "throughout", seen.was_member_throughout(state, day, None)
    yield "at some time", seen.was_member_at_some_time(state, None, day)
    yield "both_members", seen.both_members(state, seen.record.states[0])
    yield "compare", seen.compare(seen.under("legal").resolved("every"))
    yield "panel", [*seen.panel("day", "any", day, day)]
    yield "answers", seen.answers(state)
    yield "history", seen


@pytest.mark.parametrize("where", SPANS)
@given(data=st.data())
def test_every_question_is_answered(where: str, data: st.DataObject) -> None:
    seen = data.draw(histories(records(*SPANS[where])))
    day = data.draw(days(seen))
    state = data.draw(st.sampled_from(seen.record.states))
    note(f"{seen} {seen.record.states} {day}")
    for question, answer in answers(seen, state, day):
        note(f"{question} is answered")
        assert isinstance(str(answer), str)
        for part in answer if isinstance(answer, (tuple, list)) else [answer]:
            if hasattr(part, "as_dict"):
                assert json.dumps(part.as_dict())
            if hasattr(part, "_repr_html_"):
                assert part._repr_html_()


@pytest.mark.parametrize("where", SPANS)
@given(data=st.data())
def test_every_history_is_prepared_and_written(folder: Path, where: str, data: st.DataObject) -> None:
    seen = data.draw(histories(records(*SPANS[where])))
    registry = Registry.of(seen)
    registry.prepare(folder / "r.jsonl")
    prepared = Registry.from_prepared(folder / "r.jsonl")
    day = data.draw(days(seen))
    for state in seen.states:
        (id,) = prepared.organisations
        assert prepared.was_member(id, state, day) is seen.was_member(state, day)
    for rows in (spell_rows(seen), change_rows(seen), act_rows(seen)):
        assert json.dumps([*map(str, rows)])
