"""Reasons over time say on each day what the finding of that day says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support import documents
from support.views import histories

from csto_membership import Finding, History
from csto_membership._questions.reasons import DAY, Reasons
from csto_membership.exceptions import DateError
from csto_membership.readers import read_spells

if TYPE_CHECKING:
    from pathlib import Path

FAR = (dt.date.min, dt.date(1990, 1, 1), dt.date(2030, 1, 1), dt.date.max)


def assert_says(reasons: Reasons, found: Finding, day: dt.date) -> None:
    assert reasons.statuses == found.statuses
    assert reasons.verdict is found.verdict
    assert reasons.evidence == found.evidence
    assert reasons.deciding_calls == found.deciding_calls
    about = [text.replace(DAY, day.isoformat()) for text in (*reasons.caveats, *reasons.decided_by)]
    assert about == [*found.caveats, *found.decided_by]


def assert_same(seen: History) -> None:
    for state in seen.states:
        told, uncontested = seen.reasons(state), seen.reasons(state, contested=False)
        for day in (*documents.DAYS, *FAR):
            found = seen.status(state, day)
            assert_says(told.on(day), found, day)
            assert_says(uncontested.on(day), found, day)
            assert told.on(day).contested_by == found.contested_by
            assert uncontested.on(day).contested_by == ()


@given(histories())
def test_reasons_are_those_of_the_finding_of_each_day(seen: History) -> None:
    assert_same(seen)


@pytest.mark.parametrize("days", [",", "0001-01-01,", "0001-01-01,0001-01-01", "9999-12-31,9999-12-31"])
def test_reasons_reach_to_both_ends_of_the_calendar(days: str, tmp_path: Path) -> None:
    table = tmp_path / "spells.csv"
    table.write_text(f"organisation,state,status,first_day,last_day\nA,Kenya,member,{days}\n", encoding="utf-8")
    assert_same(read_spells(table).history("A"))


@given(histories(), st.sampled_from(documents.DAYS))
def test_reasons_of_what_was_published_by_a_day_are_those_of_its_findings(seen: History, day: dt.date) -> None:
    try:
        published = seen.as_published_by(day)
    except DateError:
        assume(False)
    assert_same(published)
