"""Spells, panels and pairs as frames: the rows of the questions, in real types, on every back end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from support.frames import TEXT, library

import csto_membership as csto
from csto_membership import CSTO, ArgumentError, Registry, UnknownNameError
from csto_membership.frames import dyads_frame, panel_frame, spells_frame, wide_frame

BACK_ENDS = ("pandas", "polars", "pyarrow", "duckdb", "dask")
BOTH = Registry.of(CSTO, csto.history("cis").under("legal"))
MAKERS: dict[str, Callable[..., Any]] = {
    "spells": lambda backend: spells_frame(BOTH, backend),
    "wide": lambda backend: wide_frame(BOTH, backend),
    "panel": lambda backend: panel_frame(CSTO.under("legal"), "year", "any", "1990", "2010", backend=backend),
    "dyads": lambda backend: dyads_frame(BOTH, "year", "all", "1998", "2007", ["UZB", "GEO", "RUS"], backend=backend),
    "no rows": lambda backend: spells_frame(CSTO, backend, states=()),
    "no rows of pairs": lambda backend: dyads_frame(CSTO, first="2000", last="2001", states="UZB", backend=backend),
}


def kind_of(name: str) -> str:
    """What a column is of, by its name."""
    if name.startswith("member"):
        return "truth"
    if name in ("year", "days_least", "days_most"):
        return "whole"
    return "number" if name.startswith("cow") else "day" if name.startswith(("first", "last")) else "text"


TYPES = {
    "pandas": {"truth": "boolean", "whole": "int64", "number": "Int64", "day": "datetime64[us]", "text": TEXT},
    "polars": {"truth": "Boolean", "whole": "Int64", "number": "Int64", "day": "Date", "text": "String"},
    "pyarrow": {"truth": "bool", "whole": "int64", "number": "int64", "day": "date32[day]", "text": "string"},
    "duckdb": {"truth": "BOOLEAN", "whole": "BIGINT", "number": "BIGINT", "day": "DATE", "text": "VARCHAR"},
}
TYPES["dask"] = {**TYPES["pandas"], "text": "string"}


def types_of(frame: Any) -> dict[str, str]:
    if hasattr(frame, "schema"):
        kinds = frame.schema.types if hasattr(frame.schema, "types") else frame.dtypes
    else:
        kinds = frame.types if hasattr(frame, "types") else frame.dtypes
    names = getattr(frame, "column_names", None) or frame.columns
    return dict(zip(names, map(str, kinds), strict=True))


@pytest.mark.parametrize("backend", BACK_ENDS)
@pytest.mark.parametrize("make", MAKERS)
def test_every_back_end_has_the_same_rows_in_real_types(make: str, backend: str) -> None:
    pl = library("polars")
    module = library({"dask": "dask.dataframe"}.get(backend, backend))
    # Texts are objects in pandas 2.
    types = {**TYPES[backend], **({"text": str(module.Series(["text"]).dtype)} if backend == "pandas" else {})}
    expected = MAKERS[make]("polars")
    frame = MAKERS[make](backend)
    assert types_of(frame) == {name: types[kind_of(name)] for name in expected.columns}
    if backend == "duckdb":
        library("pyarrow")
    into_polars: dict[str, Callable[[Any], Any]] = {
        "dask": lambda made: pl.from_pandas(made.compute()),
        "duckdb": lambda made: made.pl(),
        "pandas": pl.from_pandas,
        "polars": lambda made: made,
        "pyarrow": pl.from_arrow,
    }
    table = into_polars[backend](frame)
    assert table.cast(dict(expected.schema)).equals(expected)


@pytest.mark.parametrize("history", [CSTO, CSTO.under("legal"), CSTO.resolved("every").strict(), csto.history("cis")])
def test_spells_are_those_of_the_timelines(history: csto.History) -> None:
    pl = library("polars")
    frame = spells_frame(history, pl)
    expected = [
        (state.id, spell.first_day, spell.last_day, spell.statuses, spell.verdict.value)
        for state in history.states
        for spell in history.timeline(state)
    ]
    rows = frame.select("state", "first_day", "last_day", "statuses", "member").rows()
    assert [(*row[:3], frozenset(row[3].split("|")), row[4]) for row in rows] == expected
    assert frame["status"].to_list() == [text if "|" not in text else None for text in frame["statuses"]]
    assert set(frame["organisation"]) == {history.record.id}


@pytest.mark.parametrize("history", [CSTO.under("legal"), BOTH])
def test_a_wide_row_has_the_spells_of_one_state(history: Any) -> None:
    library("polars")
    wide, spells = wide_frame(history, "polars"), spells_frame(history, "polars")
    assert len(wide) == spells.select("organisation", "state").n_unique()
    for row in wide.iter_rows(named=True):
        runs = [(None, row["status_0"], row["member_0"])]
        step = 1
        while f"status_{step}" in row and row[f"status_{step}"] is not None:
            runs.append((row[f"first_day_{step}"], row[f"status_{step}"], row[f"member_{step}"]))
            step += 1
        of_state = spells.filter(organisation=row["organisation"], state=row["state"])
        assert runs == of_state.select("first_day", "statuses", "member").rows()


def test_a_join_with_the_wide_frame_answers_as_one_by_one() -> None:
    library("pyarrow")
    duckdb = library("duckdb")
    connection = duckdb.connect()
    wide = wide_frame(CSTO, connection, states="world")
    connection.execute("CREATE TABLE rows AS SELECT unnest(['UZB', 'FRA', 'GEO']) AS state, DATE '1999-04-21' AS day")
    assert wide.query(
        "wide",
        "SELECT state, CASE WHEN day >= first_day_2 THEN member_2 WHEN day >= first_day_1 THEN member_1 ELSE member_0 END "
        "FROM rows LEFT JOIN wide USING (state) ORDER BY state",
    ).fetchall() == [(state, CSTO.was_member(state, "1999-04-21").value) for state in ("FRA", "GEO", "UZB")]


def test_panels_and_pairs_are_the_rows_of_the_questions() -> None:
    library("polars")
    asked: dict[str, Any] = {"freq": "month", "first": "1999-03", "last": "1999-05", "states": ["UZB", "GEO", "FRA"]}
    rows = panel_frame(backend="polars", **asked).rows()
    assert rows == [
        (
            *("csto", row.state, row.cow, row.year, row.period, row.first_day, row.last_day),
            *(row.statuses, row.status, row.member, row.days_least, row.days_most),
        )
        for row in CSTO.panel(**asked)
    ]
    pairs = dyads_frame(CSTO, directed=True, backend="polars", **asked)
    assert len(pairs) == len(list(CSTO.dyads(directed=True, **asked))) == 18
    assert pairs["first_day"].dtype == library("polars").Date
    both = panel_frame(BOTH, first="2005", last="2005", states="UZB", backend="polars")
    assert both.select("organisation", "member").rows() == [
        ("csto", False),
        ("cis", BOTH.was_member("cis", "UZB", "2005-12-31").value),
    ]


def test_states_are_any_of_the_world() -> None:
    pl = library("polars")
    assert spells_frame(CSTO, pl, states="France").select("state", "first_day", "member").rows() == [
        ("FRA", None, False)
    ]
    assert spells_frame(BOTH, pl, states=["France", "UZ"])["state"].unique().sort().to_list() == ["FRA", "UZB"]
    world = wide_frame(CSTO, pl, states="world")
    assert world["state"].n_unique() == len(world) > 280
    named = spells_frame(BOTH, pl).filter(organisation="cis")["state"].unique().to_list()
    assert set(named) == set(csto.history("cis").states.codes)


def test_days_of_all_years_have_a_place_in_pandas() -> None:
    pd = library("pandas")
    frame = panel_frame(CSTO, "day", "last", dt.date(1, 1, 1), dt.date(1, 1, 2), "UZB", "pandas")
    assert frame["first_day"].tolist() == [pd.Timestamp(1, 1, 1), pd.Timestamp(1, 1, 2)]


def test_another_back_end_is_refused() -> None:
    for backend in ("postgres", "Polars", None, 7, csto):
        with pytest.raises(ArgumentError, match="allowed: pandas, polars, pyarrow, duckdb, dask, pyspark"):
            spells_frame(backend=backend)
    with pytest.raises(UnknownNameError, match="prepared"):
        panel_frame(_prepared(), first="2005", last="2006", backend="polars")
    with pytest.raises(ArgumentError, match="History, Record, Registry"):
        spells_frame("csto")  # type: ignore[arg-type]


def _prepared() -> Registry:
    return Registry(tuple(entry.prepared() for entry in BOTH.entries))


def test_prepared_lines_are_told_as_those_of_histories() -> None:
    library("polars")
    for make in (spells_frame, wide_frame):
        assert make(_prepared(), "polars").equals(make(BOTH, "polars"))
