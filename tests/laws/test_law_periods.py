"""Law 7 and the questions over periods, against the oracle's enumerated worlds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from support import documents as strategies
from support import oracle
from support.asking import history

import csto_membership as csto

YES, NO, OPEN = csto.Verdict.YES, csto.Verdict.NO, csto.Verdict.UNDETERMINED
counted_statuses = st.sets(st.sampled_from([status.value for status in csto.Status]), min_size=1).map(frozenset)


def counts(
    lines: Sequence[Mapping[dt.date, frozenset[str]]], days: list[dt.date], counted: frozenset[str]
) -> tuple[int, int]:
    """The least and the most counted days over worlds, in each of which a day shows one of a set of statuses."""
    totals = [(sum(line[d] <= counted for d in days), sum(bool(line[d] & counted) for d in days)) for line in lines]
    return min(least for least, _ in totals), max(most for _, most in totals)


@given(st.data())
def test_days_throughout_and_at_some_time_are_those_of_the_worlds(data: st.DataObject) -> None:
    document = data.draw(strategies.documents())
    view: dict[str, Any] = {
        "reading": data.draw(strategies.readings()),
        "resolution": data.draw(strategies.resolutions(document)),
        "sources": data.draw(st.none() | strategies.selections(document)),
        "institution": data.draw(strategies.institutions(document)),
    }
    counted = data.draw(st.just(frozenset({"member"})) | counted_statuses)
    if view["institution"] and view["sources"] is not None:
        # What may have been before a selection's first act is taken day by day: see `_counting`.
        counted = frozenset({"member"})
    if view["sources"] is not None and history(document, view["reading"]).reading.binds_after_signature:
        # A signatory that may be bound unheard of becomes a member once: the oracle takes each day alone.
        view["reading"] = "declared"
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(strategies.DAYS)] * 2)))
    days = [day for day in strategies.DAYS if first <= day <= last]
    note(f"{strategies.to_toml(document)}\n{view} {sorted(counted)} {first} {last}")
    seen = history(document, **view).counting(*counted)
    for state in seen.states.codes:
        lines = [world.statuses for world in oracle.worlds(document, state, strategies.DAYS, **view)]
        if not lines:
            one = oracle.statuses_by_day(document, state, strategies.DAYS, **view)
            lines = [one]
        least, most = counts(lines, days, counted)
        assert seen.days_as_member(state, first, last) == (least, most)
        throughout = YES if least == len(days) else OPEN if most == len(days) else NO
        assert seen.was_member_throughout(state, first, last) is throughout
        assert seen.was_member_at_some_time(state, first, last) is (YES if least else OPEN if most else NO)


@given(st.data())
def test_law_7_throughout_implies_at_some_time_and_single_days_agree(data: st.DataObject) -> None:
    seen = history(data.draw(strategies.documents()))
    state = data.draw(st.sampled_from(seen.states.codes))
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(strategies.DAYS)] * 2)))
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


@pytest.mark.parametrize(
    ("state", "first", "last", "throughout", "sometime"),
    [
        ("UZB", "2006-06-22", "2012-06-27", NO, YES),
        ("UZB", "2006-06-23", "2012-06-27", YES, YES),
        ("UZB", "2006-06-23", "2012-06-28", NO, YES),
        ("UZB", "1999-04-21", "2006-06-22", NO, NO),
        ("UZB", "1999-04-20", "2006-06-22", NO, YES),
        ("UZB", "1999-04-21", "2006-06-23", NO, YES),
        ("RUS", "1992-05-15", None, YES, YES),
        ("RUS", None, None, NO, YES),
        ("GEO", "1999-04-21", None, NO, NO),
        ("GEO", None, "1993-12-08", NO, NO),
    ],
)
def test_periods_of_the_real_record(
    state: str, first: str | None, last: str | None, throughout: object, sometime: object
) -> None:
    assert csto.CSTO.was_member_throughout(state, first, last) is throughout
    assert csto.CSTO.was_member_at_some_time(state, first, last) is sometime


def test_in_law_the_return_of_2006_leaves_room() -> None:
    legal = csto.CSTO.under("legal")
    assert legal.was_member_throughout("UZB", "2006-08-16", "2008-03-28") is OPEN
    assert legal.was_member_at_some_time("UZB", "2006-08-16", "2008-03-27") is OPEN
    assert legal.was_member_at_some_time("UZB", "2006-08-15", "2006-08-15") is NO
    assert legal.days_as_member("UZB", "2006-08-16", "2008-03-28") == (1, 591)


@pytest.mark.parametrize(
    ("first", "last"), [("199X", "2000-01-01"), ("1999-01-01", "2000?"), ("2000-01-02", "2000-01-01")]
)
def test_an_imprecise_end_and_a_period_that_ends_before_it_begins_are_refused(first: str, last: str) -> None:
    for ask in (csto.CSTO.was_member_throughout, csto.CSTO.was_member_at_some_time, csto.CSTO.days_as_member):
        with pytest.raises(csto.DateError):
            ask("UZB", first, last)
