"""Law 11: rows of frames are answered as one by one, on every engine: nothing is lost, doubled, or told otherwise."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given, note, settings
from hypothesis import strategies as st
from support import documents
from support.frames import EAGER, LAZY, answer, answer_of_one, as_kind, frame_of, rows_of
from support.views import histories

import csto_membership as csto
from csto_membership.frames import Report, annotate, report

#: States in the forms in which people write them: of random records, of others, and of none.
STATES = (
    *(
        "ARM",
        "am",
        "Armenia",
        "ARMENIA",
        "KAZ",
        "Kazakhstan*",
        "kazakhstan",
        "UZB",
        "Узбекистан",
        "узбекистан",
        "cow:704",
    ),
    *("The Gambia", "Gambia (the)", "Côte d'Ivoire", "cote d’ivoire", "USSR", "U.S.A.", "St. Lucia", "  uz ", "FRA"),
    *("Korea", "Atlantis", "704", "", "CS", None),
)
#: The ends of the calendar, and days of which no random record speaks.
FAR = (dt.date.min, dt.date.max, dt.date(1899, 12, 31), dt.date(1999, 12, 31), None)
DAYS = st.sampled_from([*documents.DAYS, *documents.DAYS, *FAR])
TEXTS = st.sampled_from(
    [
        *map(str, documents.DAYS),
        *("2000", "2000-01", "1999-12", "1999", "2000-01-05T00:00", "2000-01-05 00:00:00.0"),
        *(
            "2000-02-30",
            "0000-01-01",
            "0001",
            "9999",
            "2000-1-5",
            "2000-01-05 ",
            "2000-01-05\n",
            "2000-01-05 12:00",
            "soon",
        ),
        None,
    ]
)
WRITTEN = TEXTS | st.sampled_from(["[2000-01-05..2000-01-07]", "5 January 2000", "199X", "2000-01?", "04/05/2000"])


@st.composite
def tables(draw: st.DrawFn, kind: str, texts: st.SearchStrategy[Any]) -> list[tuple[Any, Any]]:
    """Rows of a state and a date, in a column of a kind."""
    days = texts if kind == "text" else DAYS.map(lambda day: as_kind(day, kind))
    return draw(st.lists(st.tuples(st.sampled_from(STATES), days), max_size=25))


def columns_of(rows: list[tuple[Any, ...]], *names: str) -> dict[str, list[Any]]:
    """The columns of some rows, with a number for each row."""
    return {"row": list(range(len(rows))), **{name: [row[n] for row in rows] for n, name in enumerate(names)}}


def assert_answered(engine: str, history: csto.History, rows: list[tuple[Any, Any]], kind: str) -> None:
    frame = frame_of(engine, columns_of(rows, "state", "date"), {"row": "number", "state": "text", "date": kind})
    annotated = annotate(frame, "state", "date", history=history, errors="null")
    told = rows_of(annotated, "row", "member", "status")
    if engine == "duckdb":
        told.sort()
    assert told == [(number, *answer(history, *row)) for number, row in enumerate(rows)]
    members = [member for _, member, _ in told]
    unread = sum(status is None for _, _, status in told)
    yes, no, null = (members.count(member) for member in (True, False, None))
    assert report(annotated) == Report(len(rows), yes, no, null - unread, unread)


@pytest.mark.law
@pytest.mark.parametrize("kind", ["date", "time", "text"])
@pytest.mark.parametrize("engine", [*EAGER, "polars lazy"])
@given(data=st.data())
def test_rows_are_answered_as_one_by_one(engine: str, kind: str, data: st.DataObject) -> None:
    rows = data.draw(tables(kind, WRITTEN))
    history = data.draw(histories() | st.just(csto.CSTO))
    note(f"{history!r} {rows}")
    assert_answered(engine, history, rows, kind)


@pytest.mark.law
@pytest.mark.parametrize("kind", ["date", "time", "text"])
@pytest.mark.parametrize("engine", LAZY[1:])
@settings(max_examples=max(settings().max_examples // 8, 5))
@given(data=st.data())
def test_rows_of_engines_are_answered_as_one_by_one(engine: str, kind: str, data: st.DataObject) -> None:
    rows = data.draw(tables(kind, TEXTS))
    history = data.draw(histories() | st.just(csto.CSTO))
    note(f"{history!r} {rows}")
    assert_answered(engine, history, rows, kind)


@pytest.mark.law
@pytest.mark.parametrize("collation", ["nocase", '"nocase.noaccent"'])
@settings(max_examples=max(settings().max_examples // 8, 5))
@given(data=st.data())
def test_a_collation_changes_no_row(collation: str, data: st.DataObject) -> None:
    rows = data.draw(tables("text", TEXTS))
    kinds = {"row": "number", "state": "text", "date": "text"}
    frame = frame_of("duckdb", columns_of(rows, "state", "date"), kinds)
    collated = frame.project(f"row, state COLLATE {collation} AS state, date COLLATE {collation} AS date")
    told = sorted(rows_of(annotate(collated, "state", "date"), "row", "member", "status"))
    assert told == [(number, *answer(csto.CSTO, *row)) for number, row in enumerate(rows)]


REGISTRY = csto.Registry.of(csto.CSTO, csto.history("cis").under("legal").counting("member", "signatory"))
ORGANISATIONS = ("csto", "CSTO", "cis", " CIS ", "league", "", None)


@pytest.mark.law
@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
@settings(max_examples=max(settings().max_examples // 8, 5))
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(ORGANISATIONS),
            st.sampled_from(("UZB", "Ukraine", "грузия", "France", "Korea", "Atlantis", None)),
            st.sampled_from(
                [
                    *("1992-08-31", "1993-12-09", "1994-04-19", "1994-04-20", "1999-04-20", "1999-04-21", "2006-06-23"),
                    *("2006", "1999-04", "0001-01-01", "9999-12-31", "soon", None),
                ]
            ),
        ),
        max_size=25,
    )
)
@example(rows=[])
@example(rows=[("csto", "UZB", "2006"), ("cis", "UZB", "2006"), ("csto", "Atlantis", "soon"), (None, None, None)])
def test_rows_of_a_registry_are_answered_as_one_by_one(engine: str, rows: list[tuple[Any, Any, Any]]) -> None:
    kinds = {"row": "number", "organisation": "text", "state": "text", "date": "text"}
    frame = frame_of(engine, columns_of(rows, "organisation", "state", "date"), kinds)
    annotated = annotate(frame, "state", "date", "organisation", REGISTRY, errors="null")
    told = rows_of(annotated, "row", "member", "status")
    if engine == "duckdb":
        told.sort()
    assert told == [(number, *answer_of_one(REGISTRY, *row)) for number, row in enumerate(rows)]
