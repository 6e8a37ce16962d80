"""Questions over periods are answered over whole worlds, as the oracle enumerates them."""

from __future__ import annotations

from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history
from support.views import COUNTED, views

import csto_membership as csto

YES, NO, OPEN = csto.Verdict.YES, csto.Verdict.NO, csto.Verdict.UNDETERMINED


@given(st.data())
def test_days_throughout_and_at_some_time_are_those_of_the_worlds(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    view: dict[str, Any] = data.draw(views(document))
    counted = data.draw(st.just(frozenset({"member"})) | COUNTED)
    if view["institution"] and view["sources"] is not None:
        # What may have been before a selection's first act is taken day by day: see `_counting`.
        counted = frozenset({"member"})
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(documents.DAYS)] * 2)))
    days = [day for day in documents.DAYS if first <= day <= last]
    note(f"{documents.to_toml(document)}\n{view} {sorted(counted)} {first} {last}")
    seen = history(document, **view).counting(*counted)
    for state in seen.states.codes:
        lines = [world.statuses for world in oracle.worlds(document, state, documents.DAYS, **view)]
        if not lines:
            one = oracle.statuses_by_day(document, state, documents.DAYS, **view)
            lines = [one]
        least, most = oracle.counts(lines, days, counted)
        assert seen.days_as_member(state, first, last) == (least, most)
        throughout = YES if least == len(days) else OPEN if most == len(days) else NO
        assert seen.was_member_throughout(state, first, last) is throughout
        assert seen.was_member_at_some_time(state, first, last) is (YES if least else OPEN if most else NO)


@given(st.data())
def test_throughout_implies_at_some_time_and_single_days_agree(data: st.DataObject) -> None:
    seen = history(data.draw(documents.rich()))
    state = data.draw(st.sampled_from(seen.states.codes))
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(documents.DAYS)] * 2)))
    throughout = seen.was_member_throughout(state, first, last)
    sometime = seen.was_member_at_some_time(state, first, last)
    least, most = seen.days_as_member(state, first, last)
    assert 0 <= least <= most <= (last - first).days + 1
    assert throughout is not YES or sometime is YES
    assert sometime is not NO or throughout is NO
    assert seen.was_member_throughout(state, first, first) is seen.was_member(state, first)
    assert seen.was_member_at_some_time(state, first, first) is seen.was_member(state, first)


def test_days_are_counted_over_worlds_and_not_added_up() -> None:
    """Signed on some day of two, out three days later at the latest: no world has it both ways."""
    document = {
        "organisation": {"id": "two"},
        "state": [{"id": "ARM"}],
        "source": [{"id": "s"}],
        "event": [
            {"id": "in", "states": ["ARM"], "claims": [{"source": "s", "act": "signature", "date": "2000-01-01"}]},
            {
                "id": "out",
                "states": ["ARM"],
                "claims": [{"source": "s", "act": "withdrawal", "date": "[2000-01-03..2000-01-05]"}],
            },
            {
                "id": "in-again",
                "states": ["ARM"],
                "claims": [{"source": "s", "act": "accession", "date": "2000-01-05"}],
            },
        ],
    }
    seen = history(document)
    assert seen.days_as_member("ARM", "2000-01-01", "2000-01-10") == (8, 10)
    assert seen.was_member_throughout("ARM", "2000-01-01", "2000-01-10") is OPEN
    assert seen.was_member_throughout("ARM", "2000-01-05", "2000-01-10") is YES
