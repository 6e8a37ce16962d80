"""Lifespans, dated names and predecessors: kept whole, and their faults told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.records import lives

import csto_membership as csto
from csto_membership import History, RecordError
from csto_membership._files.read import record_of
from csto_membership._values.lives import Lifespan, Predecessor, lived_apart
from csto_membership._values.world import world

DAY = dt.timedelta(1)

TOLD = {"citation": "A gazetteer"}

ZEMBLA: dict[str, Any] = {
    "id": "cow:998",
    "name": "Zembla",
    "cow": 998,
    "names": ["Kingdom of Zembla"],
    "dated_names": [{"name": "Nova Zembla", "from": "1900", "to": "1950-06-30", **TOLD}],
    "lifespans": [{"first": "1900-01-01", "last": "1939-09-01", **TOLD}, {"first": "[1945-05-08..1945-06-30]", **TOLD}],
    "predecessors": [{"id": "cow:997", "name": "Old Zembla", **TOLD}],
}


def one(**changes: object) -> dict[str, Any]:
    return {"organisation": {"id": "x"}, "state": [{**ZEMBLA, **changes}]}


# --- the form ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_what_is_told_of_a_state_is_kept(tmp_path: Path, suffix: str) -> None:
    csto.dump(record_of(one()), tmp_path / f"x{suffix}")
    (state,) = csto.load(tmp_path / f"x{suffix}").record.states
    assert state.names == ("Kingdom of Zembla", "Nova Zembla")
    assert [dated.as_dict() for dated in state.dated_names] == [
        {"name": "Nova Zembla", "from": "1900", "to": "1950-06-30", "citation": "A gazetteer"}
    ]
    assert state.as_dict()["lifespans"] == [
        {"first": "1900-01-01", "last": "1939-09-01", "citation": "A gazetteer"},
        {"first": "[1945-05-08..1945-06-30]", "last": None, "citation": "A gazetteer"},
    ]
    assert state.predecessors == (Predecessor("cow:997", "Old Zembla", citation="A gazetteer"),)


def test_a_dated_name_leads_to_its_state_like_any_other() -> None:
    history = History(record_of(one()))
    assert history.was_member("nova zembla", "1930-01-01") is history.was_member("Zembla", "1930-01-01")
    assert "Nova Zembla" in next(iter(history.states)).aliases
    assert "Byelorussian SSR" in world()["BLR"].names


@pytest.mark.parametrize(
    ("changes", "place", "value"),
    [
        ({"lifespans": [{"first": "1900"}]}, "state 'cow:998'.lifespans[0].citation", None),
        ({"lifespans": [{"first": "1900", "citation": " "}]}, "state 'cow:998'.lifespans[0].citation", None),
        (
            {"lifespans": [{**TOLD}, {"first": "1901", "last": "1900", **TOLD}]},
            "state 'cow:998'.lifespans[1]",
            "1901 to 1900",
        ),
        ({"lifespans": [{"first": "1900-02-30", **TOLD}]}, "state 'cow:998'.lifespans[0].first", "1900-02-30"),
        ({"lifespans": [{"begin": "1900", **TOLD}]}, "state 'cow:998'.lifespans[0].begin", "begin"),
        ({"dated_names": [{"name": "Z"}]}, "state 'cow:998'.dated_names[0].citation", None),
        (
            {"dated_names": [{"name": "Z", "from": "1950", "to": "1949", **TOLD}]},
            "state 'cow:998'.dated_names[0]",
            "1950 to 1949",
        ),
        ({"dated_names": [{"name": "Z", "until": "1949", **TOLD}]}, "state 'cow:998'.dated_names[0].until", "until"),
        ({"dated_names": [{"name": "Z", "to": "?", **TOLD}]}, "state 'cow:998'.dated_names[0].to", "?"),
        ({"predecessors": [{"id": "cow:998", **TOLD}]}, "state 'cow:998'.predecessors[0]", "cow:998"),
        ({"predecessors": ["cow:997"]}, "state 'cow:998'.predecessors[0]", "cow:997"),
    ],
)
def test_each_fault_is_told_with_its_place(changes: dict[str, Any], place: str, value: object) -> None:
    with pytest.raises(RecordError) as caught:
        record_of(one(**changes))
    assert [(fault.place, fault.value) for fault in caught.value.faults] == [(place, value)]
    assert caught.value.faults[0].remedy


def test_a_name_of_another_state_is_refused_dated_or_not() -> None:
    other = {"id": "cow:996", "name": "Nova Zembla"}
    with pytest.raises(RecordError, match="one name leads to several states"):
        record_of({**one(), "state": [ZEMBLA, other]})


def test_a_day_that_may_be_in_order_is_no_fault() -> None:
    record_of(one(lifespans=[{"first": "1900-06", "last": "1900", **TOLD}]))
    record_of(one(lifespans=[{"first": "1900-01-01", "last": "1900-01-01", **TOLD}]))


# --- lives apart -----------------------------------------------------------------------------------------------------

BOUNDS = st.none() | st.integers(0, 6)

RUNS = st.lists(st.tuples(BOUNDS, BOUNDS), max_size=2)


@given(RUNS, RUNS)
@example([(0, 2)], [(2, 3)])
@example([(0, 2)], [(3, 4)])
def test_two_lived_apart_where_no_day_is_in_both(mine: Any, theirs: Any) -> None:
    def spans(runs: Any) -> tuple[Lifespan, ...]:
        start = dt.date(2000, 1, 1)
        days = [[None if n is None else str(start + n * DAY) for n in run] for run in runs]
        return lives(*((first, last) for first, last in days))

    def held(runs: Any) -> set[int]:
        return {
            day
            for first, last in runs
            for day in range(-1, 8)
            if (first is None or first <= day) and (last is None or day <= last)
        }

    ordered = all(first is None or last is None or first <= last for first, last in (*mine, *theirs))
    if ordered:
        expected = bool(mine and theirs) and not held(mine) & held(theirs)
        assert lived_apart(spans(mine), spans(theirs)) is lived_apart(spans(theirs), spans(mine)) is expected


def test_an_imprecise_end_is_no_day_together() -> None:
    assert lived_apart(lives(("1900", "1950")), lives(("1950", None)))
    assert lived_apart(lives(("1900", "1950")), lives(("1950-12-31", None)))
    assert not lived_apart(lives(("1900", "1950")), lives(("1950-01-01", None)))
    assert not lived_apart(lives(("1900", "1951")), lives(("1950", None)))
    assert not lived_apart((), lives(("1951", None)))
