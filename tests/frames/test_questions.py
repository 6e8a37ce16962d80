"""What a caller may ask, and what is refused before a row is looked at."""

from __future__ import annotations

import datetime as dt
import gc
import subprocess
import sys
from typing import Any

import pytest
from support.frames import EAGER, LAZY, frame_of, library, rows_of
from support.records import record_of_members

import csto_membership as csto
from csto_membership import CSTO, ArgumentError, MissingExtraError, Registry, UnknownNameError, UnreadableRowsError
from csto_membership.frames import Report, annotate, report, spells_frame

KINDS = {"state": "text", "date": "text", "member": "text", "body": "text"}
BOTH = Registry.of(CSTO, csto.history("cis"))


def asked(engine: str, *rows: tuple[Any, Any], **more: list[Any]) -> Any:
    states, dates = [row[0] for row in rows], [row[1] for row in rows]
    return frame_of(engine, {"state": states, "date": dates, **more}, KINDS)


@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
def test_a_column_that_is_there_stays_as_it_is(engine: str) -> None:
    frame = asked(engine, ("UZB", "2009-01-01"), member=["mine"])
    with pytest.raises(ArgumentError, match="'member' already") as caught:
        annotate(frame, "state", "date")
    assert 'rename={"member": "csto_member"}' in str(caught.value)
    annotated = annotate(frame, "state", "date", rename={"member": "csto_member"})
    assert rows_of(annotated, "member", "csto_member", "status") == [("mine", True, "member")]
    with pytest.raises(ArgumentError, match="'state' already"):
        annotate(frame, "state", "date", columns="status", rename={"status": "state"})
    with pytest.raises(ArgumentError, match="one name"):
        annotate(frame, "state", "date", rename={"member": "x", "status": "x"})
    assert rows_of(annotate(frame, "state", "date", columns=["status"]), "member", "status") == [("mine", "member")]


@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
def test_columns_come_in_the_order_in_which_they_are_asked_for(engine: str) -> None:
    frame = asked(engine, ("UZB", "2009-01-01"))
    annotated = annotate(frame, "state", "date", columns=("why", "status", "why", "member"))
    names = (
        annotated.collect_schema().names()
        if engine == "polars lazy"
        else getattr(annotated, "column_names", annotated.columns)
    )
    assert list(names) == ["state", "date", "why", "status", "member"]


@pytest.mark.parametrize("engine", [*EAGER, *LAZY])
def test_a_column_that_is_not_there_is_told_with_those_that_are(engine: str) -> None:
    frame = asked(engine, ("UZB", "2009-01-01"))
    with pytest.raises(UnknownNameError, match="did you mean 'state'") as caught:
        annotate(frame, "staet", "date")
    assert caught.value.known == ("state", "date")
    with pytest.raises(UnknownNameError, match="unknown column 'day'"):
        annotate(frame, "state", "day")
    with pytest.raises(UnknownNameError, match="unknown column 'body'"):
        annotate(frame, "state", "date", "body", BOTH)
    with pytest.raises(UnknownNameError, match="unknown column 'member'"):
        report(frame)


def test_arguments_that_do_not_go_together_are_refused() -> None:
    frame = asked("polars", ("UZB", "2009-01-01"), body=["csto"])
    wrong: list[dict[str, Any]] = [{"history": BOTH}, {"organisation": "body"}, {"columns": ()}, {"history": "csto"}]
    for arguments in (*wrong, {"errors": "ignore"}):
        with pytest.raises(ArgumentError):
            annotate(frame, "state", "date", **arguments)
    wrong = [{"columns": ("verdict",)}, {"rename": {"verdict": "v"}}, {"columns": "members"}]
    for arguments in wrong:
        with pytest.raises(UnknownNameError, match="column of answers"):
            annotate(frame, "state", "date", **arguments)
    assert rows_of(annotate(frame, "state", "date", history=Registry.of(CSTO)), "member") == [(True,)]
    assert rows_of(annotate(frame, "state", "date", "body", Registry.of(CSTO)), "member") == [(True,)]


WRONG_KINDS: list[tuple[dict[str, Any], str]] = [
    *(({"state": wrong}, "state") for wrong in (None, ["state"], {"state"}, csto)),
    *(({"date": wrong}, "date") for wrong in (None, ["date"])),
    *(({"organisation": wrong}, "organisation") for wrong in (["body"], csto)),
    *(({"columns": wrong}, "columns") for wrong in (None, 5, [["member"]])),
    *(({"rename": wrong}, "rename") for wrong in (5, "member", {"member": 5}, {"member": None})),
    ({"report": True}, "report"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG_KINDS)
@pytest.mark.parametrize("engine", EAGER)
def test_arguments_of_the_wrong_kind_are_told_by_their_name(engine: str, arguments: dict[str, Any], named: str) -> None:
    frame = asked(engine, ("UZB", "2009-01-01"), body=["csto"])
    with pytest.raises(ArgumentError) as caught:
        annotate(frame, **{"state": "state", "date": "date", **arguments})
    assert caught.value.argument == named


def test_a_column_itself_is_no_name() -> None:
    pl, pd = library("polars"), library("pandas")
    frame = asked("polars", ("UZB", "2009-01-01"))
    wrong: tuple[Any, ...] = (pl.col("state"), frame["state"], pd.Series(["UZB"]), pd.NA, float("nan"))
    for state in wrong:
        with pytest.raises(ArgumentError, match="the name of a column is needed"):
            annotate(frame, state, "date")
    with pytest.raises(UnknownNameError, match="unknown column 5"):
        annotate(frame, 5, "date")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="one name"):
        annotate(asked("duckdb", ("UZB", "2009-01-01")), "state", "date", rename={"member": "STATUS"})


@pytest.mark.parametrize("frame", [None, "rows.csv", [("UZB", "2009")], {"state": ["UZB"]}, 7])
def test_what_is_no_frame_is_refused(frame: Any) -> None:
    library("narwhals")
    with pytest.raises(
        ArgumentError, match="no frame that can be annotated; allowed: a pandas, Polars or PyArrow frame"
    ):
        annotate(frame, "state", "date")


def test_a_series_is_no_frame() -> None:
    for series in (library("pandas").Series(["UZB"]), library("polars").Series(["UZB"])):
        with pytest.raises(ArgumentError, match="no frame"):
            annotate(series, "state", "date")
    series = library("dask.dataframe").from_pandas(library("pandas").Series(["UZB"], name="state"), npartitions=1)
    with pytest.raises(ArgumentError, match="no frame"):
        annotate(series, "state", "date")


@pytest.mark.parametrize("engine", LAZY)
def test_plans_leave_null_what_cannot_be_read(engine: str) -> None:
    frame = asked(engine, ("Atlantis", "2009-01-01"))
    for plan in (annotate(frame, "state", "date"), annotate(frame, "state", "date", errors="null")):
        assert rows_of(plan, "member", "status") == [(None, None)]
    with pytest.raises(ArgumentError, match="collect the frame first"):
        annotate(frame, "state", "date", errors="raise")
    with pytest.raises(ArgumentError, match=r"report\(annotated\)"):
        annotate(frame, "state", "date", report=print)


@pytest.mark.parametrize("engine", EAGER)
def test_all_that_cannot_be_read_is_told_at_once(engine: str) -> None:
    rows = [
        *(("UZB", "2009-01-01"), ("Uzbekstan", "2009-01-01"), ("UZB", "04/05/1994"), ("Uzbekstan", "soon")),
        *((None, "soon"), ("UZB", None), ("UZB", "soon"), ("ARM", "2009-01-01"), ("704", None)),
    ]
    reports: list[Report] = []
    frame = asked(engine, *rows)
    with pytest.raises(UnreadableRowsError) as caught:
        annotate(frame, "state", "date", report=reports.append)
    told = [(fault.value, fault.count, fault.first_row) for fault in caught.value.faults]
    assert told == [
        ("Uzbekstan", 2, 1),
        ("04/05/1994", 1, 2),
        (None, 1, 4),
        (None, 1, 5),
        ("soon", 1, 6),
        ("704", 1, 8),
    ]
    assert (caught.value.rows, caught.value.unreadable, reports) == (9, 7, [])
    message = str(caught.value)
    assert message.startswith("7 of 9 rows cannot be read, for 6 different values")
    for hint in ("'Uzbekistan'", "'1994-05-04'", "cow:704", "(2 rows, the first of them 1)", 'errors="null"'):
        assert hint in message
    annotate(frame, "state", "date", errors="null", report=reports.append)
    (one,) = reports
    assert str(one) == "9 rows: 2 yes, 0 no, 0 undetermined, 7 unreadable"
    assert [(fault.value, fault.count, fault.first_row) for fault in one.faults] == told
    assert one.as_dict()["faults"][0]["count"] == 2


def test_a_message_lists_so_many_values_and_the_error_all() -> None:
    states = [f"nowhere {number}" for number in range(1000)]
    with pytest.raises(UnreadableRowsError) as caught:
        annotate(asked("polars", *((state, "2009-01-01") for state in states)), "state", "date")
    assert [fault.value for fault in caught.value.faults] == states
    assert len(str(caught.value).splitlines()) == 22
    assert str(caught.value).endswith("and 980 more, in .faults")


@pytest.mark.parametrize("engine", EAGER)
def test_the_organisation_is_told_before_the_state_and_the_state_before_the_date(engine: str) -> None:
    rows = [("UZB", "2009-01-01"), ("UZB", "soon"), ("Atlantis", "soon"), ("Atlantis", "soon"), ("UZB", "soon")]
    frame = asked(engine, *rows, body=["csto", "league", "league", "cis", "Cis"])
    with pytest.raises(UnreadableRowsError) as caught:
        annotate(frame, "state", "date", "body", BOTH)
    told = [(fault.value, fault.count, fault.first_row) for fault in caught.value.faults]
    assert told == [("league", 2, 1), ("Atlantis", 1, 3), ("soon", 1, 4)]


def test_columns_of_which_every_value_is_another_are_answered() -> None:
    pl = library("polars")
    count = 9000
    bodies = ["csto", "cis", *(f"body {number}" for number in range(count))]
    states = ["UZB", "UKR", *(f"state {number}" for number in range(count))]
    frame = pl.DataFrame({"body": bodies, "state": states, "date": ["2009-01-01"] * len(bodies)})
    reports: list[Report] = []
    annotated = annotate(frame, "state", "date", "body", BOTH, errors="null", report=reports.append)
    assert annotated["member"].to_list() == [True, True, *(None for _ in range(count))]
    assert (reports[0].unreadable, len(reports[0].faults)) == (count, count)


# --- Reports ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", EAGER)
def test_reports_of_chunks_add_up_to_that_of_the_whole(engine: str) -> None:
    rows = [
        ("UZB", "2006"),
        ("ARM", "2009-01-01"),
        ("Atlantis", "2009"),
        ("FRA", "2009-01-01"),
        (None, None),
        ("Atlantis", "x"),
    ]
    whole: list[Report] = []
    annotate(asked(engine, *rows), "state", "date", errors="null", report=whole.append)
    for cut in range(len(rows) + 1):
        parts: list[Report] = []
        for part in (rows[:cut], rows[cut:]):
            annotate(asked(engine, *part), "state", "date", errors="null", report=parts.append)
        together = sum(parts, Report())
        assert together == whole[0]
        assert [str(fault) for fault in together.faults] == [str(fault) for fault in whole[0].faults]
    assert repr(whole[0]) == "<Report 6 rows: 1 yes, 1 no, 1 undetermined, 3 unreadable>"


def test_reports_tell_faults_of_different_columns_apart() -> None:
    one, other = (
        annotate_and_report(asked("polars", *rows, body=["csto", None]))
        for rows in ([(None, None), ("UZB", "2009")], [("UZB", None), (None, "2009")])
    )
    told = [(fault.count, fault.first_row, fault.reason.partition(" None")[0]) for fault in (one + other).faults]
    assert told == [(1, 0, "unknown state"), (2, 1, "unknown organisation"), (1, 2, "cannot use")]


def annotate_and_report(frame: Any) -> Report:
    """The report of the rows of a frame of both organisations."""
    reports: list[Report] = []
    annotate(frame, "state", "date", "body", BOTH, errors="null", report=reports.append)
    return reports[0]


def test_numbers_are_no_truths_to_report() -> None:
    pl, pd = library("polars"), library("pandas")
    for members in ([1, 0], ["true", ""]):
        for make in (pl.DataFrame, pd.DataFrame, pl.LazyFrame):
            with pytest.raises(ArgumentError, match=r"^member='member': it is no column of truths"):
                report(make({"member": members, "status": ["member", None]}))
    dask = library("dask.dataframe").from_pandas(pd.DataFrame({"member": [1], "status": ["member"]}), npartitions=1)
    with pytest.raises(ArgumentError, match="no column of truths"):
        report(dask)
    assert report(pd.DataFrame({"member": [True, False], "status": ["member", "none"]})) == Report(2, 1, 1)
    assert report(pl.DataFrame({"member": [True, None], "status": [None, None]})) == Report(2, 1, unreadable=1)


# --- Light, and what is missing --------------------------------------------------------------------------------------


def fresh(code: str) -> str:
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_frames_imports_no_library_of_frames() -> None:
    names = "('dask', 'duckdb', 'narwhals', 'numpy', 'pandas', 'polars', 'pyarrow', 'pyspark')"
    assert fresh(f"import sys, csto_membership.frames; print([n for n in {names} if n in sys.modules])") == "[]"


@pytest.mark.parametrize(
    ("missing", "frame", "extra"),
    [
        ("narwhals", "import pandas; frame = pandas.DataFrame({'s': ['UZ'], 'd': ['2009']})", "pandas"),
        ("narwhals", "import polars; frame = polars.DataFrame({'s': ['UZ'], 'd': ['2009']})", "polars"),
        ("numpy", "import polars; frame = polars.DataFrame({'s': ['UZ'], 'd': ['2009']})", "polars"),
        ("narwhals", "import pyarrow; frame = pyarrow.table({'s': ['UZ'], 'd': ['2009']})", "pyarrow"),
        ("pyarrow", "import duckdb; frame = duckdb.sql('SELECT 1 AS s, 2 AS d')", "duckdb"),
        ("narwhals", "import duckdb; frame = duckdb.sql('SELECT 1 AS s, 2 AS d')", "duckdb"),
    ],
)
def test_a_missing_library_is_told_with_the_command_that_installs_it(missing: str, frame: str, extra: str) -> None:
    for name in (missing, extra):
        library(name)
    hidden = f"import sys; sys.modules[{missing!r}] = None"
    code = f"""
import csto_membership as csto
from csto_membership.frames import annotate
{frame}
{hidden}
try:
    annotate(frame, 's', 'd')
except csto.MissingExtraError as error:
    print(error.package, error.extra, '|', error)
"""
    told, message = fresh(code).split(" | ")
    assert told == f"{missing} {extra}"
    assert f'python -m pip install "csto_membership[{extra}]"' in message


@pytest.mark.parametrize("engine", ["pandas", "polars", "pyarrow", "duckdb", "dask", "pyspark"])
def test_a_missing_back_end_is_told_with_the_command_that_installs_it(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pandas", "pyarrow"):
        library(name)
    for name in (engine, *(name for name in sys.modules if name.startswith(f"{engine}."))):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError) as caught:
        spells_frame(backend=engine)
    assert (caught.value.package, caught.value.extra) == (engine, engine)


def test_lines_are_kept_no_longer_than_what_they_are_of() -> None:
    from csto_membership.frames import _lines

    gc.collect()
    before = len(_lines._kept)
    for engine in ("polars", "duckdb"):
        frame = asked(engine, ("UZB", "2009-01-01"))
        annotate(frame, "state", "date", history=CSTO.strict().counting("former"))
        annotate(frame, "state", "date", history=Registry.of(CSTO))
    gc.collect()
    assert len(_lines._kept) == before


def test_the_input_is_not_touched() -> None:
    pd, pl, pa = library("pandas"), library("polars"), library("pyarrow")
    for make in (pd.DataFrame, pl.DataFrame, pa.table):
        frame = make({"state": ["UZB", "ARM"], "date": [dt.date(2009, 1, 1), dt.date(2010, 1, 1)]})
        before = rows_of(frame, "state", "date")
        assert annotate(frame, "state", "date") is not frame
        assert rows_of(frame, "state", "date") == before
        assert list(getattr(frame, "column_names", frame.columns)) == ["state", "date"]


def test_what_is_made_of_a_history_is_not_taken_for_an_equal_one() -> None:
    library("polars")
    named = [csto.History(record_of_members("club", csto.State("cow:9001", name, cow=9001))) for name in ("One", "Two")]
    assert named[0] == named[1]
    assert [set(spells_frame(history, "polars")["name"]) for history in named] == [{"One"}, {"Two"}]
    frame = frame_of("polars", {"state": ["Two"], "date": ["2000-01-01"]}, {"state": "text", "date": "text"})
    told = [rows_of(annotate(frame, "state", "date", history=history, errors="null"), "status") for history in named]
    assert told[0] == [(None,)] != told[1]
