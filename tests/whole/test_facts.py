"""
Facts that were written down apart from the records: tables in `facts/`, a file for each organisation.

A row says what one or several states were from a day on, until the next row of that state and reading: the possible
statuses, and who says so. The first row of a state has no day: what holds since ever. A reading is "declared", "legal",
or "both".
"""

from __future__ import annotations

import csv
import datetime as dt
from bisect import bisect_right
from itertools import pairwise, product
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto

FACTS = Path(__file__).parent / "facts"
READINGS = ("declared", "legal")
ORGANISATIONS = sorted(path.stem for path in FACTS.glob("*.csv"))
COLUMNS = ["state", "reading", "day", "statuses", "source"]
#: By state and reading: the days from which something holds, and what.
Course: TypeAlias = "list[tuple[dt.date, frozenset[csto.Status]]]"


def rows(organisation: str) -> list[dict[str, str]]:
    with (FACTS / f"{organisation}.csv").open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, strict=True)
        assert table.fieldnames == COLUMNS
        return list(table)


def courses(organisation: str) -> dict[tuple[str, str], Course]:
    found: dict[tuple[str, str], Course] = {}
    for row in rows(organisation):
        day = dt.date.fromisoformat(row["day"]) if row["day"] else dt.date.min
        statuses = frozenset(csto.Status(status) for status in row["statuses"].split("|"))
        readings = READINGS if row["reading"] == "both" else (row["reading"],)
        for key in product(row["state"].split(), readings):
            found.setdefault(key, []).append((day, statuses))
    return found


COURSES = {organisation: courses(organisation) for organisation in ORGANISATIONS}
TOLD = [(organisation, *key) for organisation in ORGANISATIONS for key in COURSES[organisation]]
BOUNDARIES = [
    (organisation, state, reading, day)
    for organisation, state, reading in TOLD
    for day, _ in COURSES[organisation][state, reading][1:]
]


def holds(organisation: str, state: str, reading: str, day: dt.date) -> None:
    course = COURSES[organisation][state, reading]
    statuses = course[bisect_right(course, day, key=lambda fact: fact[0]) - 1][1]
    finding = csto.history(organisation).under(reading).status(state, day)
    assert finding.statuses == statuses, (organisation, state, reading, day)
    member = {status is csto.Status.MEMBER for status in statuses}
    assert finding.verdict == (member.pop() if len(member) == 1 else csto.Verdict.UNDETERMINED)


@pytest.mark.parametrize(("organisation", "state", "reading", "day"), BOUNDARIES)
def test_a_fact_holds_from_its_day_on_and_not_before(organisation: str, state: str, reading: str, day: dt.date) -> None:
    for shift in (-1, 0, 1):
        holds(organisation, state, reading, day + dt.timedelta(days=shift))


@given(st.sampled_from(TOLD), st.dates(dt.date(1985, 1, 1), dt.date(2026, 11, 21)))
def test_a_fact_holds_until_the_next_one(told: tuple[str, str, str], day: dt.date) -> None:
    holds(*told, day)


@given(st.sampled_from(BOUNDARIES), st.integers(-40, 40))
def test_a_fact_holds_on_the_days_around_it(boundary: tuple[str, str, str, dt.date], shift: int) -> None:
    organisation, state, reading, day = boundary
    holds(organisation, state, reading, day + dt.timedelta(days=shift))


def test_every_bundled_record_has_a_table_of_facts() -> None:
    assert list(csto.organisations()) == ORGANISATIONS


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_a_table_of_facts_is_in_order_and_every_row_changes_something(organisation: str) -> None:
    for row in rows(organisation):
        assert row["source"], row
        assert row["reading"] in (*READINGS, "both"), row
    for (state, _), course in COURSES[organisation].items():
        assert state in csto.history(organisation).states.codes
        assert course[0][0] == dt.date.min, state
        for (day, statuses), (next_day, next_statuses) in pairwise(course):
            assert day < next_day, (state, next_day)
            assert statuses != next_statuses, (state, next_day)
