"""Columns of every type that an engine has: read as the scalar questions read their values, and answered in kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from support.frames import TEXT, answer, answer_of_one, library, rows_of

import csto_membership as csto
from csto_membership import CSTO, UnreadableRowsError
from csto_membership.frames import Report, annotate, report

DAYS = [dt.date(2006, 6, 22), dt.date(2006, 6, 23), dt.date(2012, 6, 27), dt.date(2012, 6, 28), None]
EXPECTED = [*(answer(CSTO, "UZB", day) for day in DAYS[:-1]), (None, None)]
MIDNIGHTS = [None if day is None else dt.datetime.combine(day, dt.time()) for day in DAYS]
TEXTS = [None if day is None else str(day) for day in DAYS]


def told(frame: Any, state: str = "state", date: str = "date") -> list[tuple[Any, ...]]:
    return rows_of(annotate(frame, state, date, errors="null"), "member", "status")


# --- pandas ----------------------------------------------------------------------------------------------------------


def _midnights(unit: str, pd: Any) -> Any:
    return pd.Series(MIDNIGHTS, dtype=f"datetime64[{unit}]")


PANDAS_DATES: dict[str, Callable[[Any], Any]] = {
    "date objects": lambda pd: pd.Series(DAYS, dtype=object),
    "datetime objects": lambda pd: pd.Series(MIDNIGHTS, dtype=object),
    "timestamps as objects": lambda pd: pd.Series(
        [pd.NaT if day is None else pd.Timestamp(day) for day in DAYS], dtype=object
    ),
    "texts as objects": lambda pd: pd.Series(TEXTS, dtype=object),
    "texts": lambda pd: pd.Series(TEXTS, dtype="string"),
    "texts of Python": lambda pd: pd.Series(TEXTS, dtype=pd.StringDtype("python")),
    "categories": lambda pd: pd.Series(TEXTS, dtype="category"),
    **{unit: partial(_midnights, unit) for unit in ("s", "ms", "us", "ns")},
    "periods": lambda pd: pd.Series(pd.PeriodIndex(TEXTS, freq="D")),
    "imprecise dates": lambda pd: pd.Series([text and csto.ImpreciseDate.parse(text) for text in TEXTS], dtype=object),
}
ARROW_TYPES = ("date32[day]", "date64[ms]", "timestamp[s]", "timestamp[us]", "timestamp[ns]", "string", "large_string")


@pytest.mark.parametrize("kind", PANDAS_DATES)
def test_a_column_of_pandas_is_read(kind: str) -> None:
    pd = library("pandas")
    assert told(pd.DataFrame({"state": "UZB", "date": PANDAS_DATES[kind](pd)})) == EXPECTED


@pytest.mark.parametrize("kind", ARROW_TYPES)
def test_a_column_of_arrow_in_pandas_is_read(kind: str) -> None:
    pd, pa = library("pandas"), library("pyarrow")
    values = pa.array(TEXTS if "string" in kind else DAYS if "date" in kind else MIDNIGHTS, _arrow_type(pa, kind))
    assert told(pd.DataFrame({"state": "UZB", "date": pd.Series(values, dtype=pd.ArrowDtype(values.type))})) == EXPECTED


def _arrow_type(pa: Any, kind: str) -> Any:
    kinds = {
        "date32[day]": pa.date32(),
        "date64[ms]": pa.date64(),
        "string": pa.string(),
        "large_string": pa.large_string(),
    }
    return kinds[kind] if kind in kinds else pa.timestamp(kind.partition("[")[2].rstrip("]"))


@pytest.mark.parametrize("dtype", [object, "str", "category", "string"])
def test_pandas_keeps_its_index_its_columns_and_its_class(dtype: Any) -> None:
    pd = library("pandas")

    class Treaties(pd.DataFrame):  # type: ignore[misc, name-defined]
        """A frame of somebody's own."""

        @property
        def _constructor(self) -> Any:
            return Treaties

    frame = Treaties(
        {"state": ["UZB", "ARM", "Atlantis", None], "date": pd.Timestamp("2006-06-23")}, index=[7, 7, "a", 0]
    )
    frame = frame.astype({"state": dtype})
    before = frame.copy(deep=True)
    annotated = annotate(frame, "state", "date", errors="null")
    assert type(annotated) is Treaties
    assert list(annotated.index) == [7, 7, "a", 0]
    assert list(annotated.columns) == ["state", "date", "member", "status"]
    pd.testing.assert_frame_equal(annotated[["state", "date"]], before)
    pd.testing.assert_frame_equal(frame, before)
    assert annotated["member"].dtype == "boolean"
    assert annotated["status"].dtype == (TEXT if dtype in (object, "str") else dtype)
    assert rows_of(annotated, "member", "status") == [(True, "member"), (True, "member"), (None, None), (None, None)]


def test_a_frame_of_pandas_without_rows_has_the_same_types() -> None:
    pd = library("pandas")
    frame = pd.DataFrame({"state": ["UZB"], "date": [pd.Timestamp("2006-06-23")]})
    for rows in (frame, frame.iloc[:0]):
        assert list(map(str, annotate(rows, "state", "date").dtypes)) == [*map(str, frame.dtypes), "boolean", TEXT]


@pytest.mark.parametrize("engine", ["pandas", "pyarrow"])
def test_two_columns_of_one_name_are_refused_by_their_name(engine: str) -> None:
    pd, names = library("pandas"), ["state", "date", "gdp", "gdp"]
    if engine == "pandas":
        frame = pd.DataFrame([["UZ", "1999-01-01", 1, 2]], columns=names)
    else:
        pa = library("pyarrow")
        frame = pa.table([pa.array(["UZ"]), pa.array(["1999"]), pa.array([1]), pa.array([2])], names=names)
    with pytest.raises(
        csto.ArgumentError, match=rf"^frame='{engine} \w+': several columns have one name: 'gdp'; rename"
    ):
        annotate(frame, "state", "date")


def test_a_column_under_several_heads_stays_as_it_is() -> None:
    pd = library("pandas")
    state: Any = ("rows", "state")
    date: Any = ("rows", "date")
    for last in (("member", ""), ("member", "since")):
        frame = pd.DataFrame([["UZ", "2009", "mine"]], columns=pd.MultiIndex.from_tuples([state, date, last]))
        with pytest.raises(csto.ArgumentError, match="'member' already"):
            annotate(frame, state, date)
        annotated = annotate(frame, state, date, rename={"member": "in"})
        assert annotated.iloc[0].tolist() == ["UZ", "2009", "mine", True, "member"]


def test_answers_of_pandas_may_have_any_name() -> None:
    frame = library("pandas").DataFrame({"state": ["UZ"], "date": ["2009"]})
    annotated = annotate(frame, "state", "date", rename={"member": "self", "status": "kwargs"})
    assert annotated.iloc[0].tolist() == ["UZ", "2009", True, "member"]
    assert list(frame.columns) == ["state", "date"]


def test_equal_days_of_different_units_are_different() -> None:
    np, pd, pl = library("numpy"), library("pandas"), library("polars")
    day, month = np.datetime64("2009-06-01"), np.datetime64("2009-06", "M")
    assert day == month
    for dates in ([day, month], [month, day], [day, month, "2009"], [pd.Timestamp(day), month]):
        expected = [answer(CSTO, "UZB", date) for date in dates]
        assert told(pd.DataFrame({"state": "UZB", "date": pd.Series(dates, dtype=object)})) == expected
        objects = pl.Series(dates, dtype=pl.Object)
        assert told(pl.DataFrame({"state": ["UZB"] * len(dates), "date": objects})) == expected


def test_states_and_other_objects_are_themselves() -> None:
    pd = library("pandas")
    states = [
        CSTO.record.index.find("UZB"),
        "UZB",
        csto.State("UZB", "Uzbekia"),
        704,
        True,
        1,
        1.5,
        float("nan"),
        b"UZB",
        ["UZB"],
    ]
    frame = pd.DataFrame({"state": pd.Series(states, dtype=object), "date": "2006-06-23"})
    assert told(frame) == [answer(CSTO, state, "2006-06-23") for state in states]
    dates = [2006, 2006.0, True, 1, None, "2006", dt.date(2006, 6, 23), dt.datetime(2006, 6, 23, 12), ("2006",)]  # noqa: DTZ001
    frame = pd.DataFrame({"state": "UZB", "date": pd.Series(dates, dtype=object)})
    assert told(frame) == [answer(CSTO, "UZB", date) for date in dates]


# --- Polars ----------------------------------------------------------------------------------------------------------


def polars_dates(pl: Any) -> dict[str, Any]:
    return {
        "dates": pl.Series(DAYS, dtype=pl.Date),
        **{unit: pl.Series(MIDNIGHTS, dtype=pl.Datetime(unit)) for unit in ("ms", "us", "ns")},
        "texts": pl.Series(TEXTS, dtype=pl.String),
        "categories": pl.Series(TEXTS, dtype=pl.Categorical),
        "an enumeration": pl.Series(TEXTS, dtype=pl.Enum(sorted({text for text in TEXTS if text}))),
        "objects": pl.Series(DAYS, dtype=pl.Object),
    }


@pytest.mark.parametrize("kind", ["dates", "ms", "us", "ns", "texts", "categories", "an enumeration", "objects"])
def test_a_column_of_polars_is_read(kind: str) -> None:
    pl = library("polars")
    frame = pl.DataFrame({"state": ["UZB"] * 5, "date": polars_dates(pl)[kind]})
    assert told(frame) == EXPECTED
    if kind != "objects":
        assert told(frame.lazy()) == EXPECTED
        assert told(pl.concat([frame[:2], frame[2:4], frame[4:]], rechunk=False)) == EXPECTED


def test_states_of_polars_may_be_texts_categories_and_enumerations() -> None:
    pl = library("polars")
    states = ["UZB", "Atlantis", None, "ARM"]
    for kind in (pl.String(), pl.Categorical(), pl.Enum(["ARM", "France", "UZB", "Atlantis"])):
        frame = pl.DataFrame({"state": pl.Series(states, dtype=kind), "date": ["2006-06-23"] * 4})
        for annotated in (
            annotate(frame, "state", "date", errors="null"),
            annotate(frame.lazy(), "state", "date").collect(),
        ):
            assert annotated.schema["member"] == pl.Boolean
            assert annotated.schema["status"] == (pl.String if kind == pl.String else pl.Categorical)
            assert annotated["member"].to_list() == [True, None, None, True]
            assert annotated["status"].to_list() == ["member", None, None, "member"]
    assert annotate(frame[:0], "state", "date").schema == annotated.schema


def test_a_lazy_frame_of_polars_keeps_the_order_however_it_is_collected() -> None:
    pl = library("polars")
    count = 300_000
    frame = pl.LazyFrame({"row": range(count)}).with_columns(
        state=pl.lit("UZB"), date=pl.lit(dt.date(2000, 1, 1)) + pl.duration(days=pl.col("row") % 6000)
    )
    annotated = annotate(frame, "state", "date")
    whole = annotate(frame.collect(), "state", "date")
    for engine in ("in-memory", "streaming"):
        assert annotated.collect(engine=engine).equals(whole)
    assert annotated.filter(pl.col("row") == 77_777).collect().row(0) == whole.row(77_777)


# --- PyArrow and DuckDB ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*ARROW_TYPES, "string_view", "dictionary"])
def test_a_column_of_pyarrow_is_read(kind: str) -> None:
    pa = library("pyarrow")
    if kind in ("string_view", "dictionary"):
        values = pa.array(TEXTS).dictionary_encode() if kind == "dictionary" else pa.array(TEXTS, pa.string_view())
    else:
        values = pa.array(TEXTS if "string" in kind else DAYS if "date" in kind else MIDNIGHTS, _arrow_type(pa, kind))
    frame = pa.table({"state": pa.array(["UZB"] * 5), "date": values})
    assert told(frame) == EXPECTED
    assert told(pa.concat_tables([frame.slice(0, 2), frame.slice(2, 2), frame.slice(4)])) == EXPECTED


def test_states_of_pyarrow_may_be_texts_and_dictionaries() -> None:
    pa = library("pyarrow")
    plain = pa.array(["UZB", "Atlantis", None, "ARM"])
    chunks = pa.chunked_array([plain.slice(2).dictionary_encode(), plain.slice(0, 2).dictionary_encode()])
    for states, kind in (
        (plain, pa.string()),
        (plain.cast(pa.large_string()), pa.large_string()),
        (plain.cast(pa.string_view()), pa.string_view()),
        (plain.dictionary_encode(), pa.dictionary(pa.int32(), pa.string())),
        (chunks, pa.dictionary(pa.int32(), pa.string())),
    ):
        frame = pa.table({"state": states, "date": pa.array([dt.date(2006, 6, 23)] * 4)})
        annotated = annotate(frame, "state", "date", errors="null")
        assert (annotated.schema.field("member").type, annotated.schema.field("status").type) == (pa.bool_(), kind)
        order = [True, None, None, True] if states is not chunks else [None, True, True, None]
        assert annotated["member"].to_pylist() == order
        assert annotated["status"].to_pylist() == [member and "member" for member in order]
        annotated.validate(full=True)


DUCKDB_TYPES = ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "VARCHAR", "ENUM")


@pytest.mark.parametrize("kind", DUCKDB_TYPES)
def test_a_column_of_duckdb_is_read(kind: str) -> None:
    connection = library("duckdb").connect()
    library("pyarrow")
    if kind == "ENUM":
        kind = "day_enum"
        connection.execute(f"CREATE TYPE day_enum AS ENUM ({', '.join(repr(text) for text in TEXTS if text)})")
    connection.execute(f"CREATE TABLE rows (number INTEGER, state VARCHAR, date {kind})")
    connection.executemany("INSERT INTO rows VALUES (?, 'UZB', ?)", list(enumerate(TEXTS)))
    annotated = annotate(connection.table("rows"), "state", "date")
    assert list(map(str, annotated.types))[-2:] == ["BOOLEAN", "VARCHAR"]
    assert annotated.order("number").select("member", "status").fetchall() == EXPECTED


def test_relations_of_duckdb_are_plans_on_their_own_connection() -> None:
    duckdb = library("duckdb")
    library("pyarrow")
    one, other = duckdb.connect(), duckdb.connect()
    for connection, state in ((one, "UZB"), (other, "FRA")):
        connection.execute('CREATE TABLE rows (member_state VARCHAR, "the ""day""" VARCHAR)')
        connection.execute("INSERT INTO rows VALUES (?, '2009-01-01')", [state])
    plans = [annotate(connection.table("rows"), "member_state", 'the "day"') for connection in (one, other, one)]
    again = annotate(plans[0].filter("member"), "member_state", 'the "day"', rename={"member": "in", "status": "as"})
    one.execute("INSERT INTO rows VALUES ('ARM', '2009-01-01'), ('Atlantis', '2009-01-01')")
    told = [sorted(plan.select("member_state", "member").fetchall(), key=str) for plan in plans]
    assert told[0] == told[2] == [("ARM", True), ("Atlantis", None), ("UZB", True)]
    assert told[1] == [("FRA", False)]
    assert again.columns == ["member_state", 'the "day"', "member", "status", "in", "as"]
    assert sorted(again.select('"in"', '"as"').fetchall()) == [(True, "member"), (True, "member")]


@pytest.mark.parametrize("day", ["'infinity'", "'-infinity'", "'0044-03-15 (BC)'", "'10000-01-01'"])
@pytest.mark.parametrize("kind", ["DATE", "TIMESTAMP"])
def test_days_that_dates_do_not_have_are_unreadable_in_duckdb(day: str, kind: str) -> None:
    connection = library("duckdb").connect()
    library("pyarrow")
    frame = connection.sql(f"SELECT 'UZB' AS state, CAST({day} AS {kind}) AS date")
    assert told(frame) == [(None, None)]


@pytest.mark.parametrize("collation", ["nocase", "noaccent", '"nocase.noaccent"'])
def test_a_collation_of_duckdb_neither_doubles_rows_nor_finds_other_names(collation: str) -> None:
    connection = library("duckdb").connect()
    library("pyarrow")
    rows = [("csto", "UZ", "2009-01"), ("CSTO", "uzbekistan", "2009"), ("cis", "Côte d’Ivoire", "1999"), ("", "", "")]
    columns = ", ".join(f"{name} VARCHAR COLLATE {collation}" for name in ("body", "state", "date"))
    connection.execute(f"CREATE TABLE rows ({columns})")
    connection.executemany("INSERT INTO rows VALUES (?, ?, ?)", rows)
    both = csto.Registry.of(CSTO, csto.history("cis"))
    for default in ("", collation.strip('"')):
        connection.execute(f"PRAGMA default_collation='{default}'")
        plain = connection.sql("SELECT body || '' AS body, state || '' AS state, date || '' AS date FROM rows")
        for frame in (connection.table("rows"), plain):
            assert sorted(told(frame), key=str) == sorted((answer(CSTO, *row[1:]) for row in rows), key=str)
            of_both = annotate(frame, "state", "date", "body", both).select("body", "member", "status").fetchall()
            expected = [(row[0], *answer_of_one(both, *row)) for row in rows]
            assert sorted(of_both, key=str) == sorted(expected, key=str)


def test_columns_of_one_name_stay_both_in_duckdb() -> None:
    connection = library("duckdb").connect()
    library("pyarrow")
    connection.execute("CREATE TABLE treaties AS SELECT 'UZ' AS state, '2009-01-01' AS date, 5 AS x")
    connection.execute("CREATE TABLE people AS SELECT 'RU' AS country, 5 AS x, 6 AS \"X\", 7 AS given_0")
    frame = connection.sql("SELECT * FROM treaties JOIN people ON treaties.x = people.x")
    annotated = annotate(frame, "state", "date")
    assert annotated.columns == [*frame.columns, "member", "status"]
    assert annotated.fetchall() == [("UZ", "2009-01-01", 5, "RU", 5, 6, 7, True, "member")]
    assert report(annotated) == Report(1, yes=1)


@pytest.mark.parametrize("engine", ["duckdb", "dask"])
@pytest.mark.parametrize("column", ["state", "date"])
def test_two_columns_of_the_name_that_is_asked_for_are_refused(engine: str, column: str) -> None:
    if engine == "duckdb":
        library("pyarrow")
        frame = library("duckdb").connect().sql(f"SELECT 'UZ' AS state, '2009' AS date, 1 AS {column.upper()}")
    else:
        rows = library("pandas").DataFrame([["UZ", "2009", 1]], columns=["state", "date", column])
        frame = library("dask.dataframe").from_pandas(rows, npartitions=1)
    with pytest.raises(csto.ArgumentError, match=f"^{column}='{column}': there are several columns of this name"):
        annotate(frame, "state", "date")


NO_TEXTS = ("2006", "true", "DATE '2009-01-01'", "'x'::BLOB", "uuid()", "[1]", "{'a': 1}", "1.5", "'{}'::JSON", "NULL")


@pytest.mark.parametrize("value", NO_TEXTS)
def test_states_and_organisations_of_duckdb_that_are_no_texts_are_unreadable(value: str) -> None:
    connection = library("duckdb").connect()
    library("pyarrow")
    frame = connection.sql(f"SELECT {value} AS other, 'UZ' AS state, '2009' AS date")
    assert told(frame, state="other") == [(None, None)]
    both = csto.Registry.of(CSTO, csto.history("cis"))
    assert annotate(frame, "state", "date", "other", both).select("member", "status").fetchall() == [(None, None)]


@pytest.mark.parametrize("setting", ["python_enable_replacements", "enable_external_access"])
def test_a_connection_that_looks_nothing_up_is_told_by_its_setting(setting: str) -> None:
    connection = library("duckdb").connect()
    library("pyarrow")
    connection.execute(f"SET {setting} = false")
    with pytest.raises(csto.ArgumentError, match=f"{setting} = true"):
        annotate(connection.sql("SELECT 'UZ' AS state, '2009' AS date"), "state", "date")


# --- What is no day --------------------------------------------------------------------------------------------------


def with_times() -> dict[str, Any]:
    """Frames with a time of day, with a zone, and with years that dates do not have, by their engines."""
    frames: dict[str, Any] = {}
    noon = dt.datetime(2006, 6, 23, 12)  # noqa: DTZ001
    zoned = dt.datetime(2006, 6, 23, tzinfo=dt.UTC)
    pd, pl, pa = library("pandas"), library("polars"), library("pyarrow")
    for name, moments in {"noon": [noon], "zone": [zoned]}.items():
        frames[f"pandas {name}"] = pd.DataFrame({"state": ["UZB"], "date": pd.Series(moments)})
        frames[f"polars {name}"] = pl.DataFrame({"state": ["UZB"], "date": moments})
        frames[f"pyarrow {name}"] = pa.table({"state": ["UZB"], "date": moments})
    far = 10**7
    frames["polars far"] = pl.DataFrame({"state": ["UZB"], "date": pl.Series([far], dtype=pl.Int32).cast(pl.Date)})
    frames["pyarrow far"] = pa.table({"state": ["UZB"], "date": pa.array([far], pa.int32()).cast(pa.date32())})
    micros = far * 86_400 * 10**6
    frames["pandas far"] = pd.DataFrame({"state": ["UZB"], "date": library("numpy").array([micros], "datetime64[us]")})
    return frames


@pytest.mark.parametrize("what", ["noon", "zone", "far"])
@pytest.mark.parametrize("engine", ["pandas", "polars", "pyarrow"])
def test_what_is_no_day_is_unreadable_and_told(engine: str, what: str) -> None:
    frame = with_times()[f"{engine} {what}"]
    assert told(frame) == [(None, None)]
    with pytest.raises(UnreadableRowsError) as caught:
        annotate(frame, "state", "date")
    (fault,) = caught.value.faults
    assert (caught.value.rows, caught.value.unreadable, fault.count, fault.first_row) == (1, 1, 1, 0)
    assert "as a date" in str(caught.value)


def test_a_time_of_day_is_told_beside_readable_days() -> None:
    pd = library("pandas")
    days = pd.to_datetime(
        ["2006-06-22", "2006-06-23 00:00:01", "2006-06-23", None, "2006-06-23 00:00:01"], format="mixed"
    )
    frame = pd.DataFrame({"state": "UZB", "date": days})
    assert [member for member, _ in told(frame)] == [False, None, True, None, None]
    with pytest.raises(UnreadableRowsError) as caught:
        annotate(frame, "state", "date")
    assert [(fault.count, fault.first_row) for fault in caught.value.faults] == [(2, 1), (1, 3)]
    assert "time of day" in caught.value.faults[0].reason
    assert "missing" in caught.value.faults[1].reason


def test_zones_and_numbers_are_null_in_plans() -> None:
    connection = library("duckdb").connect()
    library("pyarrow")
    for date in ("TIMESTAMPTZ '2006-06-23 00:00:00+00'", "2006", "TIME '00:00:00'", "[DATE '2006-06-23']"):
        assert told(connection.sql(f"SELECT 'UZB' AS state, {date} AS date")) == [(None, None)]
    moments = [dt.datetime(2006, 6, 23, tzinfo=dt.UTC)]
    assert told(library("polars").LazyFrame({"state": ["UZB"], "date": moments})) == [(None, None)]
    assert told(library("polars").LazyFrame({"state": ["UZB"], "date": [2006]})) == [(None, None)]


@pytest.mark.parametrize("kind", ["string", "large_string"])
@pytest.mark.parametrize("encoded", [False, True], ids=["texts", "dictionaries"])
def test_texts_of_arrow_are_one_column_however_they_are_chunked(kind: str, encoded: bool) -> None:
    pa = library("pyarrow")
    from csto_membership.frames._pyarrow import ArrowColumn

    rows: list[list[str | None]] = [["UZB", "RUS", None], ["RUS", "ARM"], []]
    chunks = [pa.array(part, getattr(pa, kind)()) for part in rows]
    chunks = [part.dictionary_encode() for part in chunks] if encoded else chunks
    values, codes = ArrowColumn(pa.chunked_array(chunks)).encoded()
    assert [values[code] for code in codes] == [text for part in rows for text in part]
    values, codes = ArrowColumn(pa.chunked_array([], chunks[0].type)).encoded()
    assert (list(values), len(codes)) == ([], 0)


def no_utf_8(pa: Any) -> Any:
    """Two texts of PyArrow, one of them of bytes that are no UTF-8."""
    return pa.array([b"UZB", b"\xff\xfe"]).view(pa.string())


@pytest.mark.parametrize("kind", ["string", "string_view", "dictionary"])
def test_bytes_that_are_no_text_are_unreadable_in_their_rows(kind: str) -> None:
    pa = library("pyarrow")
    states = no_utf_8(pa)
    states = states.cast(pa.string_view(), safe=False) if kind == "string_view" else states
    frame = pa.table({"state": states.dictionary_encode() if kind == "dictionary" else states, "date": ["2009"] * 2})
    assert told(frame) == [(True, "member"), (None, None)]
    with pytest.raises(UnreadableRowsError, match="xff"):
        annotate(frame, "state", "date")


def test_values_that_python_does_not_have_are_unreadable_in_their_rows() -> None:
    pa, pl = library("pyarrow"), library("polars")
    far = pa.array([10**7, 0], pa.int32()).cast(pa.date32())
    columns = [
        pa.DictionaryArray.from_arrays(pa.array([0, 1]), far),
        pa.array([0, 0]).cast(pa.timestamp("us", "Mars/Phobos")),
        pl.Series([2**62, 0]).cast(pl.Datetime("ms")),
        pl.Series([-(2**62), 0]).cast(pl.Datetime("us", "UTC")),
        pl.Series([2**30, 0], dtype=pl.Int32).cast(pl.Date),
        pl.Series([2**62, 0]).cast(pl.Duration("ms")),
    ]
    days = [True, False, True, False, True, False]
    for column, has_day in zip(columns, days, strict=True):
        make = pl.DataFrame if isinstance(column, pl.Series) else pa.table
        first_day = (False, "none") if has_day else (None, None)
        assert told(make({"state": ["UZB"] * 2, "date": column})) == [(None, None), first_day]
        assert told(make({"state": column, "date": ["2009"] * 2})) == [(None, None)] * 2
