"""States that an organisation does not list, and those that it lists: all of the world, by every road of a registry."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from support.asking import DAY
from support.frames import EAGER, LAZY, answer, answer_of_one, frame_of, library, rows_of

import csto_membership as csto
from csto_membership import Act, Attestation, Claim, Coverage, Event, Record, Source, Status
from csto_membership._values.lives import Lifespan
from csto_membership._values.world import world
from csto_membership.frames import annotate, spells_frame
from csto_membership.frames._lines import lines_of
from csto_membership.sql._rows import spells as spell_rows_of


def record(id: str, *states: str, covers: Coverage | None = None, lists: tuple[Attestation, ...] = ()) -> Record:
    """A record of states of the world that acceded in 1960."""
    known = tuple(world()[state] for state in states)
    events = tuple(Event(f"in-{state}", (state,), (Claim("s", Act.ACCESSION, "1960-06-01"),)) for state in states)
    return Record(
        id, states=known, sources=(Source("s"),), events=events, attestations=lists, coverage=covers or Coverage()
    )


def everybody(status: Status, *states: str) -> Attestation:
    """A complete list on one day of 1980."""
    day = csto.Period(dt.date(1980, 1, 1), dt.date(1980, 1, 1))
    return Attestation("s", states, status, day, complete=True)


LISTED = Coverage(states="listed")
PARTS: tuple[csto.History | Record, ...] = (
    csto.CSTO,
    csto.history("cis").under("legal"),
    # Lists connect these with states that the records do not name.
    record("republics", "cow:260", "SUN", "YUG"),
    record("now", "DEU", "RUS", "SRB", "CZE"),
    record("listed", "cow:260", "RUS", "ARM", covers=LISTED),
    record("for a time", "RUS", "ARM", covers=Coverage("1950", "1990", "unknown", "unknown")),
    # Of a state that is no more on the day of the list it is said that it may have been a former one.
    record("members listed", "ARM", covers=LISTED, lists=(everybody(Status.MEMBER, "ARM"),)),
    record("former listed", "ARM", covers=LISTED, lists=(everybody(Status.FORMER),)),
)
REGISTRY = csto.Registry.of(*PARTS)
DATES = (
    *("1914-01-01", "1945-05-08", "1949-10-07", "1955-05-05", "1960-06-01", "1979-12-31", "1980-01-01", "1980-01-02"),
    *("1990-10-02", "1990-10-03", "1991-12-25", "1991-12-26", "1992-08-31", "1999-04-21", "2006", "2030-01-01"),
)
#: A state in a form that no list has is found by the way it is compared.
STATES = (*sorted(world()), "  germany ", "Atlantis", "Korea")


def told(engine: str, rows: list[tuple[Any, ...]], history: Any, organisation: str | None) -> list[Any]:
    """What an engine tells of rows of an organisation, a state and a date."""
    columns = {"row": range(len(rows)), **{name: [row[n] for row in rows] for n, name in enumerate(("o", "s", "d"))}}
    frame = frame_of(engine, columns, {"row": "number", "o": "text", "s": "text", "d": "text"})
    annotated = annotate(frame, "s", "d", organisation, history, errors="null")
    return [row[1:] for row in sorted(rows_of(annotated, "row", "member", "status"), key=lambda row: row[0])]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_every_state_of_the_world_is_answered_in_every_organisation(engine: str, tmp_path: Path) -> None:
    REGISTRY.prepare(tmp_path / "prepared.jsonl")
    rows = [(id, state, date) for id in REGISTRY.organisations for state in STATES for date in DATES]
    for registry in (REGISTRY, csto.Registry.from_prepared(tmp_path / "prepared.jsonl")):
        expected = [answer_of_one(registry, *row) for row in rows]
        for row, found, wanted in zip(rows, told(engine, rows, registry, "o"), expected, strict=True):
            assert found == wanted, row


@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
@pytest.mark.parametrize("part", PARTS, ids=lambda part: getattr(part, "id", None) or part.record.id)
def test_states_that_a_history_does_not_name_are_answered(engine: str, part: Any) -> None:
    history = part if isinstance(part, csto.History) else csto.History(part)
    some = ("DEU", "cow:260", "cow:265", "RUS", "SUN", "YUG", "SRB", "CSK", "CZE", "FRA", "ARM", "Atlantis")
    rows = [("", state, date) for state in some for date in DATES]
    for row, found in zip(rows, told(engine, rows, history, None), strict=True):
        assert found == answer(history, *row[1:]), row


def test_a_registry_keeps_no_line_for_states_that_have_none_of_their_own() -> None:
    histories = [part for part in PARTS if isinstance(part, csto.History)]
    for lines in (lines_of(REGISTRY), *map(lines_of, histories)):
        for organisation in lines.organisations:
            rest, own = lines.rest(organisation), {state.id for state, _ in lines.own(organisation)}
            assert len(own) < 60
            for state in lines.states("world"):
                line = lines.line(organisation, state)
                assert state.id in own or line[2:] == rest[2:], (organisation, state)
    former = {state.id for state, _ in lines_of(REGISTRY).own("former listed")}
    assert {"ARM", "YUG"} <= former
    assert "FRA" not in former


@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
def test_of_an_id_that_is_another_state_there_nothing_is_said(engine: str) -> None:
    union = csto.State("UNI", "First Union", cow=9001, lifespans=(Lifespan("1900", "1910", citation="a list"),))
    later = csto.State("UNI", "Second Union", lifespans=(Lifespan("1950", citation="a list"),))
    registry = csto.Registry.of(Record("a", states=(union,)), Record("b", states=(later,)))
    assert dict(lines_of(registry).own("a"))[later] is None
    rows = [
        (organisation, state, "1960-01-01")
        for organisation in ("a", "b")
        for state in ("UNI", "cow:9001", "First Union", "Second Union", "France")
    ]
    expected = [answer_of_one(registry, *row) for row in rows]
    assert (expected[3], expected[8]) == ((None, None), (False, "none"))
    assert told(engine, rows, registry, "o") == expected


@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
@pytest.mark.parametrize("name", ["UZB", "Uzbekistan", "UZ"])
def test_of_a_state_that_another_may_be_by_its_name_nothing_is_said(engine: str, name: str, tmp_path: Path) -> None:
    ours = csto.State("OURS", name)
    events = (Event("in", ("OURS",), (Claim("s", Act.ACCESSION, "1960-06-01"),)),)
    registry = csto.Registry.of(Record("a", states=(ours,), sources=(Source("s"),), events=events), csto.CSTO)
    registry.prepare(tmp_path / "prepared.jsonl")
    for one in (registry, csto.Registry.from_prepared(tmp_path / "prepared.jsonl")):
        rows = [(id, state, "2007-01-01") for id in ("a", "csto") for state in ("UZB", "UZ", "cow:704", "OURS", "FRA")]
        expected = [answer_of_one(one, *row) for row in rows]
        assert told(engine, rows, one, "o") == expected
        assert (expected[0], expected[3], expected[4]) == ((None, None), (True, "member"), (False, "none"))
        assert expected[5] == (True, "member")


def test_spells_of_the_world_leave_out_a_state_that_another_may_be_by_its_name() -> None:
    events = (Event("in", ("OURS",), (Claim("s", Act.ACCESSION, "1960-06-01"),)),)
    ours = Record("a", states=(csto.State("OURS", "Uzbekistan"),), sources=(Source("s"),), events=events)
    registry, polars = csto.Registry.of(ours, csto.CSTO), library("polars")
    spells = spells_frame(registry, states="world", backend=polars)
    ids = [id for id, state in spells.select("organisation", "state").rows() if state == "UZB"]
    assert set(ids) == {"csto"}
    assert [row.organisation for row in spell_rows_of(registry, "world") if row.state == "UZB"] == ids
    with pytest.raises(csto.UnknownStateError, match="a state defined here has the name"):
        spells_frame(registry, states="UZB", backend=polars)


@pytest.mark.parametrize("engine", ["pyarrow", "duckdb"])
def test_the_days_around_each_change_are_those_of_the_questions(engine: str) -> None:
    rows = [
        (organisation, state.id, str(start + step * DAY))
        for organisation in REGISTRY.organisations
        for state in map(REGISTRY.state, ("DEU", "RUS", "SUN", "SRB", "YUG", "UZB", "FRA"))
        for start in REGISTRY.history(organisation).timeline(state).starts
        for step in (-1, 0, 1)
    ]
    assert len(rows) > 100
    for row, found in zip(rows, told(engine, rows, REGISTRY, "o"), strict=True):
        assert found == answer_of_one(REGISTRY, *row), row
