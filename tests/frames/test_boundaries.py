"""Every boundary of every state, by every road and every way of looking a day up: the day before, the day, the day after."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support.asking import DAY
from support.frames import EAGER, LAZY, answer, answer_of_one, as_kind, frame_of, rows_of

import csto_membership as csto
from csto_membership.frames import annotate, report

VIEWS = {
    "declared": csto.CSTO,
    "legal": csto.CSTO.under("legal"),
    "then": csto.CSTO.under("legal").as_published_by("2012-09-01"),
    "strict": csto.CSTO.strict().counting("member", "suspended"),
    "every": csto.CSTO.resolved("every"),
    "one source": csto.CSTO.according_to("cow-igo-3"),
    "charter": csto.CSTO.institution("csto"),
    "cis": csto.history("cis"),
}
#: How days are looked up: in a table of all days, step by step, or by bisection.
WAYS = {"table": {"_MOST_CELLS": 1 << 30, "_DAYS_A_ROW": 1 << 30}, "steps": {"_DAYS_A_ROW": -1}}
WAYS["bisection"] = {"_MOST_CELLS": 0}


def boundary_rows(history: csto.History) -> list[tuple[Any, dt.date | None]]:
    rows: list[tuple[Any, dt.date | None]] = []
    for state in [*history.states, *("France", "YUG", "SUN")]:
        starts = history.timeline(state).starts
        days = {dt.date.min, dt.date.max, *(start + step * DAY for start in starts for step in (-1, 0, 1))}
        rows += [(getattr(state, "id", state), day) for day in sorted(days)]
    return rows


def asked(engine: str, rows: list[tuple[Any, dt.date | None]], kind: str = "date") -> Any:
    """A frame of states and days, with a number for each row."""
    columns = {
        "row": range(len(rows)),
        "state": [row[0] for row in rows],
        "date": [as_kind(row[1], kind) for row in rows],
    }
    return frame_of(engine, columns, {"row": "number", "state": "text", "date": kind})


@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
@pytest.mark.parametrize(
    ("view", "kind"), [*((view, "date") for view in VIEWS), ("every", "time"), ("every", "text"), ("cis", "text")]
)
def test_every_boundary_is_where_it_is(view: str, kind: str, engine: str) -> None:
    history, rows = VIEWS[view], boundary_rows(VIEWS[view])
    annotated = annotate(asked(engine, rows, kind), "state", "date", history=history)
    told = rows_of(annotated, "row", "member", "status")
    assert sorted(told) == [(number, *answer(history, *row)) for number, row in enumerate(rows)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("view", VIEWS)
def test_every_way_of_looking_up_finds_the_same(view: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    history, columns = VIEWS[view], ("member", "status", "why")
    unread = [("Atlantis", dt.date(2000, 1, 1)), ("UZB", None), (None, None)]
    rows = [*unread, *boundary_rows(history), *unread]
    usual = rows_of(
        annotate(asked("polars", rows), "state", "date", history=history, columns=columns, errors="null"), *columns
    )
    for name, value in WAYS[way].items():
        monkeypatch.setattr(f"csto_membership.frames._rows.{name}", value)
    frame = asked("pyarrow", rows)
    told = rows_of(annotate(frame, "state", "date", history=history, columns=columns, errors="null"), *columns)
    assert told == usual
    assert [(member, status) for member, status, _ in told] == [answer(history, *row) for row in rows]
    assert [why is None for *_, why in told] == [status is None for _, status, _ in told]
    told = rows_of(annotate(frame, "state", "date", history=history, errors="null"), *columns[:2])
    assert told == [row[:2] for row in usual]


def wide_registry(count: int) -> csto.Registry:
    """So many organisations, each with the members of the CIS on days of its own."""
    records = []
    for number in range(count):
        states = tuple(csto.CSTO.record.states)
        source = csto.Source("list")
        events = tuple(
            csto.Event(
                f"{state.id}-{act}-{later}",
                (state.id,),
                (csto.Claim("list", csto.Act(act), f"{1950 + number % 50 + later}-{1 + number % 12:02}-{1 + n:02}"),),
            )
            for n, state in enumerate(states)
            for act, later in (("accession", 0), ("withdrawal", 3), ("accession", 5))
        )
        records.append(csto.Record(f"org-{number}", states=states, sources=(source,), events=events))
    return csto.Registry.of(*records)


@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
def test_every_boundary_of_a_large_registry_is_where_it_is(engine: str) -> None:
    registry = wide_registry(12)
    rows = [
        (organisation, state.id, day.isoformat())
        for organisation in registry.organisations
        for state in registry.states
        for start in registry.history(organisation).timeline(state.id).starts
        for day in (start - DAY, start, start + DAY)
    ]
    rows += [("ORG-1", "France", "2000-01-01"), ("org-99", "UZB", "2000-01-01"), ("org-2", "Atlantis", "2000-01-01")]
    columns: dict[str, Any] = {name: [row[n] for row in rows] for n, name in enumerate(("body", "state", "date"))}
    columns["row"] = list(range(len(rows)))
    frame = frame_of(engine, columns, {"row": "number", "body": "text", "state": "text", "date": "text"})
    annotated = annotate(frame, "state", "date", "body", registry, errors="null")
    told = sorted(rows_of(annotated, "row", "member", "status"), key=lambda row: row[0])
    assert told == [(number, *answer_of_one(registry, *row)) for number, row in enumerate(rows)]
    assert report(annotated).unreadable == 2
