"""Runs: what holds from one day to the next, against a table with a value for each day."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from csto_membership._values.runs import Runs, day_before, joined, merged

#: Days to ask about: before the first change, on every possible one, and after the last.
DAYS = range(-1, 11)
STEPS = st.dictionaries(st.integers(0, 9), st.sampled_from("abc"), max_size=6).map(lambda steps: sorted(steps.items()))
LINES = st.builds(Runs.of, STEPS, st.sampled_from("abc"))
ENDS = st.none() | st.integers(0, 9)


@given(STEPS, st.sampled_from("abc"))
def test_each_day_has_the_value_of_the_last_step_and_neighbours_differ(
    steps: list[tuple[int, str]], before: str
) -> None:
    runs = Runs.of(steps, before)
    for day in DAYS:
        assert runs.on(day) == [before, *(value for first, value in steps if first <= day)][-1]
    assert all(value != following for value, following in zip(runs.values, runs.values[1:], strict=False))
    assert len(runs) == len(runs.values) == len(runs.starts) + 1


@given(LINES)
def test_runs_are_iterated_from_since_ever_to_an_open_end_without_a_gap(runs: Runs[int, str]) -> None:
    listed = list(runs)
    assert (listed[0].first, listed[-1].end) == (None, None)
    assert [run.end for run in listed[:-1]] == [run.first for run in listed[1:]]
    for first, end, value in listed:
        for day in DAYS:
            if (first is None or first <= day) and (end is None or day < end):
                assert runs.on(day) == value


@given(LINES, ENDS, ENDS)
def test_between_gives_the_values_of_the_days_in_their_order(
    runs: Runs[int, str], first: int | None, last: int | None
) -> None:
    if first is not None and last is not None and first > last:
        first, last = last, first
    days = range(-1 if first is None else first, 11 if last is None else last + 1)
    values = [runs.on(day) for day in days]
    assert list(runs.between(first, last)) == [
        value for number, value in enumerate(values) if number == 0 or value != values[number - 1]
    ]


@given(LINES)
def test_mapped_changes_each_value_and_joins_what_became_equal(runs: Runs[int, str]) -> None:
    mapped = runs.mapped(lambda value: value == "a")
    assert [mapped.on(day) for day in DAYS] == [runs.on(day) == "a" for day in DAYS]
    assert mapped == Runs.of([(day, runs.on(day) == "a") for day in range(10)], runs.on(-1) == "a")


@given(st.lists(LINES, min_size=1, max_size=3))
def test_joined_has_the_values_of_all_lines(lines: list[Runs[int, str]]) -> None:
    together = joined(*lines)
    assert [together.on(day) for day in DAYS] == [tuple(line.on(day) for line in lines) for day in DAYS]
    assert set(together.starts) == {day for line in lines for day in line.starts}


@given(st.lists(st.tuples(ENDS, ENDS), max_size=4))
def test_merged_runs_have_the_same_days_and_stand_apart(ends: list[tuple[int | None, int | None]]) -> None:
    day = dt.date(2000, 1, 1).fromordinal
    start = dt.date(2000, 1, 1).toordinal()
    runs = [
        (None if first is None else day(start + first), None if end is None else day(start + end))
        for first, end in ends
        if first is None or end is None or first < end
    ]

    def held(runs: list[tuple[dt.date | None, dt.date | None]]) -> list[bool]:
        return [
            any((first is None or first <= date) and (end is None or date < end) for first, end in runs)
            for date in (day(start + number) for number in DAYS)
        ]

    together = merged(runs)
    assert held(together) == held(runs)
    for (_, end), (first, _) in itertools.pairwise(together):
        assert end
        assert first
        assert end < first


def test_the_last_day_of_a_run_is_the_day_before_its_end() -> None:
    assert day_before(dt.date(2000, 3, 1)) == dt.date(2000, 2, 29)
    assert day_before(None) is None
