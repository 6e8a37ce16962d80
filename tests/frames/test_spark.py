"""
A real Spark on this machine: millions of rows from several files, answered where they are.

One test, so that one session serves the whole run, in whichever of its processes: its parts are told as subtests.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.frames import answer, answer_of_one, library, rows_of
from support.name_forms import FORMS, NAMES

import csto_membership as csto
from csto_membership.frames import Report, annotate, dyads_frame, panel_frame, report, spells_frame, wide_frame

pytestmark = pytest.mark.cluster

ROWS, FILES = 2_000_000, 4
REGISTRY = csto.Registry.of(csto.CSTO, csto.history("cis").under("legal"))
STATES = (
    *("UZB", "Uzbekistan", "узбекистан", "  UZ ", "ARM", "Armenia*", "cow:370", "The Gambia", "Gambia, The", "USSR"),
    *(
        "Côte d’Ivoire",
        "COTE D'IVOIRE",
        "St. Lucia",
        "Trinidad & Tobago",
        "Tu\u0308rkiye",
        "ÅLAND ISLANDS",
        "FRA",
        "U.S.A.",
    ),
    *("Korea", "Atlantis", "704", "CS", "", "a", "`", "'", "\\", None),
)
TEXTS = (
    *("2006-06-22", "2006-06-23", "2006", "1999-04", "1999-04-20T00:00", "1999-04-21 00:00:00.0", "0001-01-01", "9999"),
    *("2006-06-22\n", "2006-02-29", "0000-01-01", "soon", "28 June 2012", "2006-06-23 12:00", "", "'", None),
)


def days() -> list[dt.date | None]:
    """The boundaries of all states, with the days before and after; the ends of the calendar, and none."""
    starts = {day for state in csto.CSTO.states for day in csto.CSTO.timeline(state).starts}
    around = {day + dt.timedelta(step) for day in starts for step in (-1, 0, 1)}
    return [*sorted(around), dt.date.min, dt.date.max, None]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = library("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17, and there is no java here")
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S607
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found[1]) < 17:
        pytest.skip(f"Spark needs Java 17, and java here is {said.splitlines()[:1]}")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "America/New_York")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture
def uncollected(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A Spark whose rows nobody may bring to the driver, nor through pandas."""
    from pyspark.sql.classic.dataframe import DataFrame

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the rows were brought to the driver")

    for name in ("collect", "toPandas", "toArrow", "toLocalIterator", "take", "head", "count", "rdd", "mapInPandas"):
        monkeypatch.setattr(DataFrame, name, property(refused) if name == "rdd" else refused)
    return monkeypatch


def plan_of(frame: Any) -> str:
    plan: str = frame._jdf.queryExecution().executedPlan().toString()
    return plan


def assert_broadcast(frame: Any, joins: int) -> None:
    """The plan joins by broadcasts of the small side, moves no row of the large one, and runs no Python."""
    operators = re.findall(r"^[\s:+|*()0-9-]*([A-Z]\w*)", plan_of(frame), re.MULTILINE)
    assert operators.count("BroadcastHashJoin") == joins
    assert operators.count("BroadcastExchange") == joins
    assert {name for name in operators if name.endswith("Join")} == {"BroadcastHashJoin"}
    assert not {"Exchange", "ShuffleExchange", "Sort", "Window"} & set(operators)
    assert not [name for name in operators if "Python" in name or "Pandas" in name]
    assert plan_of(frame).count("LeftOuter, BuildRight") == joins


def large_files(folder: Path) -> Any:
    """Files of a number, a state and a day in each row, and the table that they are of."""
    pa, pq, np = library("pyarrow"), library("pyarrow.parquet"), library("numpy")
    chance = np.random.default_rng(1992)
    states, known = pa.array(STATES), pa.array(days(), pa.date32())
    table = pa.table(
        {
            "row": pa.array(range(ROWS)),
            "state": states.take(pa.array(chance.integers(0, len(states), ROWS))),
            "date": known.take(pa.array(chance.integers(0, len(known), ROWS))),
        }
    )
    for number in range(FILES):
        part = table.slice(number * ROWS // FILES, ROWS // FILES)
        pq.write_table(part, folder / f"{number}.parquet", row_group_size=100_000)
    return table


def test_spark(spark: Any, tmp_path: Path, uncollected: pytest.MonkeyPatch, subtests: pytest.Subtests) -> None:
    files = tmp_path / "rows"
    files.mkdir()
    table = large_files(files)
    with subtests.test("millions of rows are answered by broadcast joins, and none is collected"):
        annotated = annotate(spark.read.parquet(str(files)), "state", "date")
        assert annotated.columns == ["row", "state", "date", "member", "status"]
        assert_broadcast(annotated, 2)
        annotated.write.parquet(str(tmp_path / "annotated"))
        told = library("pyarrow.parquet").read_table(tmp_path / "annotated").sort_by("row")
        pairs = {(state, day): answer(csto.CSTO, state, day) for state in STATES for day in days()}
        assert told.num_rows == ROWS
        assert told.select(table.column_names).equals(table)
        different = told.group_by(["state", "date", "member", "status"]).aggregate([])
        asked = zip(*(different[name].to_pylist() for name in different.column_names), strict=True)
        wrong = {row for row in asked if pairs[row[:2]] != row[2:]}
        assert not wrong
    with subtests.test("a registry is answered by broadcast joins as well"):
        frame = spark.read.parquet(str(files)).selectExpr(
            "row", "if(row % 3 = 0, 'csto', 'Cis') AS body", "state", "date"
        )
        assert_broadcast(annotate(frame, "state", "date", "body", REGISTRY), 6)
    uncollected.undo()
    with subtests.test("the report is counted on the cluster"):
        whole = annotate(table, "state", "date", errors="null")
        assert report(annotated) == report(whole)
        assert report(annotated).rows == ROWS
    for name, check in CHECKS.items():
        with subtests.test(name):
            check(spark)


def small_frame(spark: Any, rows: list[tuple[Any, ...]], schema: str) -> Any:
    return spark.createDataFrame([(number, *row) for number, row in enumerate(rows)], f"row int, {schema}")


def told_of(frame: Any, *columns: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in frame.select("row", *columns).collect()), key=lambda row: row[0])


def texts_are_answered_as_one_by_one(spark: Any) -> None:
    rows = [(state, date) for state in STATES for date in TEXTS]
    frame = small_frame(spark, rows, "state string, date string")
    for history in (csto.CSTO, csto.CSTO.resolved("every").under("legal"), csto.CSTO.strict().counting("suspended")):
        told = told_of(annotate(frame, "state", "date", history=history), "member", "status")
        expected = [answer(history, *row) if row[1] != "28 June 2012" else (None, None) for row in rows]
        assert told == [(number, *row) for number, row in enumerate(expected)]


def names_are_found_in_the_forms_in_which_people_write_them(spark: Any) -> None:
    rows = [(form(name), "1995-06-15") for form in FORMS.values() for name in NAMES]
    frame = small_frame(spark, rows, "state string, date string")
    told = told_of(annotate(frame, "state", "date", history=csto.history("cis")), "member", "status")
    assert [rows[row[0]] for row in told if row[1:] != answer(csto.history("cis"), *rows[row[0]])] == []


def times_are_days_at_midnight_only(spark: Any) -> None:
    rows = [("UZB", "2006-06-23 00:00:00"), ("UZB", "2006-06-22 23:59:59.999999"), ("UZB", "2006-06-22 00:00:00")]
    texts = small_frame(spark, rows, "state string, date string")
    for kind in ("timestamp", "timestamp_ntz"):
        frame = texts.selectExpr("row", "state", f"CAST(date AS {kind}) AS date")
        assert told_of(annotate(frame, "state", "date"), "member") == [(0, True), (1, None), (2, False)]


def registries_are_answered_as_one_by_one(spark: Any) -> None:
    chance = random.Random(1992)  # noqa: S311
    bodies = ("csto", "CSTO", " Cis ", "league", "", None)
    rows = [(chance.choice(bodies), chance.choice(STATES), chance.choice(days())) for _ in range(600)]
    frame = small_frame(spark, rows, "body string, state string, date date")
    told = told_of(annotate(frame, "state", "date", "body", REGISTRY), "member", "status")
    assert told == [(number, *answer_of_one(REGISTRY, *row)) for number, row in enumerate(rows)]


def columns_keep_their_names(spark: Any) -> None:
    frame = small_frame(spark, [("UZB", "2009-01-01", 1)], "`the state` string, `a.b``c` string, csto_first int")
    annotated = annotate(frame, "the state", "a.b`c", columns="member", rename={"member": "in"})
    assert annotated.columns == ["row", "the state", "a.b`c", "csto_first", "in"]
    assert [tuple(row) for row in annotated.collect()] == [(0, "UZB", "2009-01-01", 1, True)]
    with pytest.raises(csto.ArgumentError, match="rename="):
        annotate(frame.withColumnRenamed("csto_first", "MEMBER"), "the state", "a.b`c")


def columns_of_one_name_stay_both(spark: Any) -> None:
    frame = small_frame(spark, [("UZB", "2009-01-01", 1, 2)], "state string, date string, a int, b int")
    for other in ("a", "A"):
        doubled = frame.withColumnRenamed("b", other)
        annotated = annotate(doubled, "state", "date")
        assert annotated.columns == [*doubled.columns, "member", "status"]
        assert [tuple(row) for row in annotated.collect()] == [(0, "UZB", "2009-01-01", 1, 2, True, "member")]


def a_frame_keeps_the_name_that_it_was_given(spark: Any) -> None:
    frame = small_frame(spark, [("UZB", "2009-01-01")], "state string, date string").alias("mine")
    annotated = annotate(frame, "state", "date")
    assert [tuple(row) for row in annotated.select("mine.state", frame["date"]).collect()] == [("UZB", "2009-01-01")]


def reasons_are_those_of_other_engines(spark: Any) -> None:
    rows = [(state, date) for state in ("UZB", "France", "Atlantis") for date in TEXTS if date != "28 June 2012"]
    frame = small_frame(spark, rows, "state string, date string")
    polars = library("polars").DataFrame(rows, ["state", "date"], orient="row")
    expected = rows_of(annotate(polars, "state", "date", columns="why", errors="null"), "why")
    assert [why for _, why in told_of(annotate(frame, "state", "date", columns="why"), "why")] == [
        why for (why,) in expected
    ]


def what_is_no_date_is_unreadable_in_every_row(spark: Any) -> None:
    frame = small_frame(spark, [("UZB", 2006), ("UZB", 2007)], "state string, year int")
    annotated = annotate(frame, "state", "year")
    assert told_of(annotated, "member", "status") == [(0, None, None), (1, None, None)]
    assert report(annotated) == Report(2, unreadable=2)


def a_collation_changes_no_row(spark: Any) -> None:
    rows = [("csto", state, date) for state in ("UZ", "uzbekistan", "COTE D'IVOIRE", "Atlantis") for date in TEXTS]
    expected = [answer(csto.CSTO, *row[1:]) if row[2] != "28 June 2012" else (None, None) for row in rows]
    texts = small_frame(spark, rows, "body string, state string, date string")
    ways: tuple[dict[str, Any], ...] = ({}, {"organisation": "body", "history": REGISTRY})
    for collation in ("UTF8_LCASE", "UNICODE_CI_AI"):
        frame = texts.selectExpr(
            "row", *(f"{name} COLLATE {collation} AS {name}" for name in ("body", "state", "date"))
        )
        for way in ways:
            told = told_of(annotate(frame, "state", "date", **way), "member", "status")
            assert told == [(number, *row) for number, row in enumerate(expected)]


def what_is_no_text_is_unreadable_in_every_row(spark: Any) -> None:
    for value in ("704", "true", "DATE '2009-01-01'", "array(1)", "map(1, 2)", "X'55'", "NULL"):
        frame = spark.sql(f"SELECT 0 AS row, {value} AS other, 'UZB' AS state, '2009-01-01' AS date")
        assert told_of(annotate(frame, "other", "date"), "member", "status") == [(0, None, None)]
        annotated = annotate(frame, "state", "date", "other", REGISTRY)
        assert told_of(annotated, "member", "status") == [(0, None, None)]


def a_name_of_several_columns_is_refused(spark: Any) -> None:
    frame = small_frame(spark, [("UZB", "2009-01-01", 1)], "state string, date string, x int")
    for other in ("state", "STATE"):
        with pytest.raises(csto.ArgumentError, match="several columns of this name"):
            annotate(frame.withColumnRenamed("x", other), "state", "date")


def tables_have_real_types(spark: Any) -> None:
    made = panel_frame(first="2005", last="2006", states="UZB", backend=spark)
    assert dict(made.dtypes) | {"year": "bigint", "first_day": "date", "member": "boolean"} == dict(made.dtypes)
    assert [tuple(row) for row in made.select("year", "member").collect()] == [(2005, False), (2006, True)]
    for make in (spells_frame, wide_frame, lambda **more: dyads_frame(first="1999", last="1999", **more)):
        rows = [tuple(row) for row in make(backend="pyspark").collect()]
        assert sorted(rows, key=repr) == sorted(make(backend="polars").rows(), key=repr)


CHECKS = {
    check.__name__.replace("_", " "): check
    for check in (
        texts_are_answered_as_one_by_one,
        names_are_found_in_the_forms_in_which_people_write_them,
        times_are_days_at_midnight_only,
        registries_are_answered_as_one_by_one,
        columns_keep_their_names,
        columns_of_one_name_stay_both,
        a_frame_keeps_the_name_that_it_was_given,
        reasons_are_those_of_other_engines,
        what_is_no_date_is_unreadable_in_every_row,
        a_collation_changes_no_row,
        what_is_no_text_is_unreadable_in_every_row,
        a_name_of_several_columns_is_refused,
        tables_have_real_types,
    )
}
