"""A registry answers for a table by lines from its turns as the histories of its organisations do, world by world."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from hypothesis import assume, event, example, given
from hypothesis import strategies as st
from support import rows as told

from csto_membership import ImpreciseDate, Status
from csto_membership._evidence.claims import Source
from csto_membership._evidence.institutions import Coverage
from csto_membership._evidence.resolution import Resolution, alternatives
from csto_membership._values.readings import DECLARED
from csto_membership._worlds.worlds import Chain, walk
from csto_membership.readers import read_spells
from csto_membership.readers._courses import course_of_turns
from csto_membership.readers._stays import Rival, Turn
from csto_membership.readers._table import TurnTable
from csto_membership.registry import Registry
from csto_membership.registry._tabled import TableLines

pytestmark = pytest.mark.law

#: The Soviet Union has a last day in all lists, and may be meant by the name of Russia.
STATES = ("ARM", "SUN", "RUS", "DEU", "cow:260", "YUG")
TABLE = TurnTable(source=Source("table"), states=(), turns={}, coverage={})


def dates() -> st.SearchStrategy[ImpreciseDate]:
    """Days and ranges, some of them open, some at the ends of the calendar."""
    days = st.sampled_from([dt.date.min, dt.date.max, *map(told.day, told.DAYS)])
    runs = st.tuples(days, days).map(sorted).map(lambda ends: ImpreciseDate(ends[0], ends[1]))
    since, until = days.map(lambda day: ImpreciseDate(day, None)), days.map(lambda day: ImpreciseDate(None, day))
    return st.one_of(days.map(ImpreciseDate.on), days.map(ImpreciseDate.on), runs, since, until)


def turns(*, rivals: bool) -> st.SearchStrategy[list[Turn]]:
    """Turns in any order of days, with rivals or without."""
    statuses = st.frozensets(st.sampled_from(Status), min_size=1, max_size=3)
    rival = st.builds(Rival, st.none() | dates(), st.just(9))
    more = st.lists(rival, max_size=2).map(tuple) if rivals else st.just(())
    return st.lists(st.builds(Turn, dates(), statuses, st.integers(1, 9), rivals=more), max_size=5)


@given(turns(rivals=False) | turns(rivals=True), st.booleans())
@example([Turn(ImpreciseDate.on(told.day(1)), frozenset({Status.MEMBER}), 1)] * 2, True)
def test_the_course_of_turns_is_that_of_the_worlds_of_their_claims(drawn: list[Turn], sort: bool) -> None:
    if sort:
        drawn.sort(key=lambda turn: (turn.date.earliest or dt.date.min, turn.date.latest or dt.date.max))
    given_ = tuple(alternatives(TABLE.claims_of(turn), Resolution("preferred"), {}) for turn in drawn)
    expected = walk(Chain(given_), DECLARED).course()
    event(f"a world: {expected is not None}")
    assert course_of_turns(drawn, TABLE.claims_of) == expected


@st.composite
def spells(draw: st.DrawFn) -> str:
    """A table of spells of two organisations, with rows that overlap, and rows that cannot be read."""
    lines = ["organisation,state,status,first_day,last_day"]
    firsts = [told.ALWAYS, told.SOME_FIRST, told.exact(1), told.exact(4), told.between(2, 6), told.between(5, 7)]
    lasts = [told.OPEN_END, told.SOME_LAST, told.exact(6), told.exact(9), told.between(6, 8), told.between(8, 12)]
    for _ in range(draw(st.integers(1, 7))):
        first, last = draw(st.sampled_from(firsts)).text, draw(st.sampled_from(lasts)).text
        status = draw(st.sampled_from(("member", "member", "observer", "none", "member|observer", "unknown", "king")))
        state = draw(st.sampled_from((*STATES, "Atlantis")))
        first = draw(st.sampled_from((first, first, first, "soon")))
        lines.append(f"{draw(st.sampled_from(('one', 'two')))},{state},{status},{first},{last}")
    return "\n".join(lines)


@st.composite
def covers(draw: st.DrawFn) -> Coverage | None:
    """What the table covers; by default what its rows tell."""
    if draw(st.booleans()):
        return None
    days = [None, *map(dt.date.fromisoformat, ("1999-12-31", "2000-01-03", "2000-01-08", "9999-12-31"))]
    first, last = draw(st.sampled_from(days[:4])), draw(st.sampled_from(days))
    assume(not (first and last and first > last))
    words = {
        "before": draw(st.sampled_from(("none", "unknown"))),
        "after": draw(st.sampled_from(("carry", "unknown"))),
        "states": draw(st.sampled_from(("all", "listed"))),
        "acts": draw(st.sampled_from(("all", "all", "some"))),
    }
    return Coverage(first, last, **words)  # type: ignore[arg-type]


@given(spells(), covers(), st.sampled_from(("in", "out", "shared")))
@example(
    "organisation,state,status,first_day,last_day\none,SUN,member,1955-01-01,\none,RUS,member,1992-01-01,", None, "in"
)
def test_a_registry_answers_for_a_table_as_for_its_histories(
    text: str, covered: Coverage | None, last_day: str
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "spells.csv")
        path.write_text(text)
        more = {} if covered is None else {"covers": covered}
        table = read_spells(path, last_day=last_day, bad_rows="skip", **more)  # type: ignore[arg-type]
    tabled = Registry.of(table)
    histories = {organisation: table.history(organisation) for organisation in table.organisations}
    live = Registry.of(*histories.values())
    days = [dt.date.min, *map(told.day, told.ALL_DAYS), dt.date(1980, 6, 30), dt.date.max]
    asked = [
        *map(ImpreciseDate.on, days),
        *map(ImpreciseDate.parse, ("2000-01", "2000", "[..2000-01-05]", "[2000-01-05..]")),
    ]
    for organisation, history in histories.items():
        for state in (*STATES, "France"):
            timeline = history.timeline(state)
            assert [tabled.was_member(organisation, state, date) for date in asked] == [
                history.was_member(state, date) for date in asked
            ]
            assert [tabled.was_member(organisation, state, day) for day in days] == [
                timeline.on(day).verdict for day in days
            ]
            found = tabled.status(organisation, state, "2000-01-05")
            assert found == live.status(organisation, state, "2000-01-05") or "skipped" in str(found.caveats)
        for date in asked:
            assert tabled.members_on(organisation, date) == live.members_on(organisation, date)
    for state in STATES:
        for date in asked:
            assert tabled.memberships_of(state, date) == live.memberships_of(state, date)
        for other in STATES:
            assert tabled.both_members(state, other) == live.both_members(state, other)
    # The same when prepared, whatever the order of states.
    for pair in zip(tabled.entries, live.entries, strict=True):
        one, two = (entry.prepared() for entry in pair)
        assert one.coverage == two.coverage
        assert (one.id, one.name, one.reading, one.counted) == (two.id, two.name, two.reading, two.counted)
        assert {own.id: one.line(own.id) for own in one.states} == {own.id: two.line(own.id) for own in two.states}


def test_a_table_of_some_acts_is_answered_by_its_histories() -> None:
    covered = Coverage("1990", "2020", acts="some")
    member = Turn(ImpreciseDate.parse("2000-01-05"), frozenset({Status.MEMBER}), 2)
    table = TurnTable(source=Source("t"), states=(), turns={"league": {}}, coverage={"league": covered})
    assert TableLines(table).prepared("league") is None
    assert TableLines(evolve(table, coverage={"league": Coverage()})).prepared("league") is not None
    assert member.locator == "line 2"
