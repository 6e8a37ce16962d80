"""Dataframes and rows in place of files: the same answers, faults by row, and names of columns that the caller gives."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.asking import around, places

import csto_membership as csto
from csto_membership import ArgumentError, History, MissingExtraError, RecordError, Status, UnknownNameError, Verdict
from csto_membership.readers import (
    Table,
    read_atop,
    read_cow_igo_year,
    read_cow_state_year,
    read_prov,
    read_spells,
    read_wikidata,
)
from csto_membership.readers._frame import frame_of
from csto_membership.registry import Registry
from csto_membership.writers import spell_rows

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
Rows = list[dict[str, Any]]
#: What makes a table of rows: a frame of each library, and the rows themselves.
FRAMES: dict[str, Callable[[Rows], Any]] = {
    "pandas": pd.DataFrame,
    "pandas with types of Arrow": lambda rows: pa.Table.from_pylist(rows).to_pandas(types_mapper=pd.ArrowDtype),
    "polars": lambda rows: pl.DataFrame(rows, infer_schema_length=None),
    "polars lazy": lambda rows: pl.DataFrame(rows, infer_schema_length=None).lazy(),
    "pyarrow": pa.Table.from_pylist,
    "rows": list,
    "generator of rows": iter,
}
SPELLS: Rows = [
    {"organisation": "league", "state": "UZB", "status": "member", "first_day": "1992-05-15", "last_day": "1999-04-20"},
    {"organisation": "league", "state": "UZB", "status": "member", "first_day": "2006-06-23", "last_day": "unknown"},
    {"organisation": "league", "state": "KAZ", "status": "member", "first_day": "always", "last_day": None},
]


@pytest.fixture(params=FRAMES)
def frame(request: pytest.FixtureRequest) -> Callable[[Rows], Any]:
    made: Callable[[Rows], Any] = FRAMES[request.param]
    return made


def csv(folder: Path, rows: Rows) -> Path:
    """The same rows as a file."""
    path = folder / "table.csv"
    lines = [",".join(rows[0]), *(",".join("" if cell is None else str(cell) for cell in row.values()) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def assert_same(one: Table, other: Table) -> None:
    assert one.organisations == other.organisations
    for organisation in one.organisations:
        histories = [table.history(organisation) for table in (one, other)]
        assert [*histories[0].timelines()] == [*histories[1].timelines()]
        assert histories[0].coverage == histories[1].coverage


def test_a_frame_of_spells_says_what_its_file_says(frame: Any, tmp_path: Path) -> None:
    table = read_spells(frame(SPELLS))
    assert_same(table, read_spells(csv(tmp_path, SPELLS)))
    assert around(table.history("league"), "UZB", "2006-06-23") == [NO, YES, OPEN]
    assert table.history("league").was_member("KAZ", "1800-01-01") is YES
    assert_same(Table.from_frame(frame(SPELLS), last_day="out"), read_spells(csv(tmp_path, SPELLS), last_day="out"))


def test_frames_of_other_readers_say_what_their_files_say(frame: Any, tmp_path: Path) -> None:
    years: Rows = [{"ccode": 365, "year": 2000 + n, "state": "russia", "CSTO": code} for n, code in enumerate([0, 1])]
    assert_same(read_cow_state_year(frame(years)), read_cow_state_year(csv(tmp_path, years)))
    igos: Rows = [{"ioname": "CSTO", "year": 2000 + n, "russia": code} for n, code in enumerate([0, 1, None])]
    assert_same(read_cow_igo_year(frame(igos)), read_cow_igo_year(csv(tmp_path, igos)))
    names = ("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit")
    # A column with a missing number is one of floats in pandas.
    phases: Rows = [
        dict(zip(names, (4220, 704, 1992, 5, 15, 1999, 4, 20), strict=True)),
        dict(zip(names, (4220, 365, 1992, 5, None, 0, None, None), strict=True)),
    ]
    table = read_atop(frame(phases))
    assert_same(table, read_atop(csv(tmp_path, phases)))
    assert around(table.history("4220"), "UZB", "1999-04-20")[:2] == [YES, YES]
    assert around(table.history("4220"), "RUS", "1992-05-31")[:2] == [OPEN, YES]
    assert [Table.from_frame(frame(rows)).organisations for rows in (years, igos, phases, SPELLS)] == [
        ("csto",),
        ("csto",),
        ("4220",),
        ("league",),
    ]


DAY = dt.date(1999, 4, 20)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        dt.datetime(1999, 4, 20),  # noqa: DTZ001
        pd.Timestamp("1999-04-20"),
        np.datetime64("1999-04-20"),
        pd.Period("1999-04-20"),
        csto.ImpreciseDate.on(DAY),
        "20 April 1999",
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_day_of_any_type_is_read(value: Any) -> None:
    history = read_spells([{**SPELLS[0], "first_day": value, "last_day": None}]).history("league")
    assert around(history, "UZB", "1999-04-20") == [NO, YES, YES]


def test_columns_of_days_and_of_years_are_read() -> None:
    rows = [{**SPELLS[0], "first_day": DAY, "last_day": None}, {**SPELLS[0], "first_day": None, "last_day": DAY}]
    for frame in (
        pd.DataFrame(rows).assign(first_day=lambda made: pd.to_datetime(made.first_day)),
        pl.DataFrame(rows),
        pl.DataFrame(rows).with_columns(pl.col("first_day").cast(pl.Datetime)),
        pa.Table.from_pylist(rows),
    ):
        history = read_spells(frame).history("league")
        assert around(history, "UZB", "1999-04-20") == [OPEN, YES, YES]
    years = pd.DataFrame([{**SPELLS[0], "first_day": 1999, "last_day": year} for year in (2001, None)])
    assert years.last_day.dtype == float
    history = read_spells(years).history("league")
    assert around(history, "UZB", "1999-12-31") == [OPEN, YES, YES]
    assert around(history, "UZB", "2001-12-31") == [OPEN, OPEN, OPEN]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (dt.datetime(1999, 4, 20, 5), "unreadable date"),  # noqa: DTZ001
        (dt.datetime(1999, 4, 20, tzinfo=dt.UTC), "unreadable date"),
        (pd.Timestamp("1999-04-20", tz="Asia/Tashkent"), "unreadable date"),
        (41088, "unreadable date"),
        (1999.5, "unreadable date"),
    ],
    ids=str,
)
def test_what_is_no_day_is_a_fault_of_its_row(value: Any, said: str) -> None:
    with pytest.raises(RecordError, match=said) as caught:
        read_spells([SPELLS[0], {**SPELLS[1], "first_day": value}])
    assert places(caught) == ["row 1, first_day"]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NaT, pd.NA, np.datetime64("NaT", "D"), ""], ids=repr)
def test_a_missing_value_is_an_empty_cell(missing: Any) -> None:
    rows = [{**SPELLS[0], "first_day": missing}]
    assert read_spells(rows).history("league").was_member("UZB", "1800-01-01") is OPEN
    frame = pd.DataFrame(rows).astype(object)
    assert read_spells(frame).history("league").was_member("UZB", "1800-01-01") is OPEN


def test_faults_and_claims_name_their_row_of_the_frame(frame: Any) -> None:
    rows = [*SPELLS, {**SPELLS[0], "state": "Nowhere", "status": "guest"}]
    with pytest.raises(RecordError) as caught:
        read_spells(frame(rows))
    assert places(caught) == ["row 3, state", "row 3, status"]
    assert all(fault.file.startswith("the ") for fault in caught.value.faults)
    table = read_spells(frame(rows), bad_rows="skip")
    assert table.record("league").coverage.missing == "skipped: row 3"
    assert [event.id for event in table.record("league").events][:2] == ["UZB row 0", "UZB row 0 (1)"]
    assert "row 0" in str(table.history("league").status("UZB", "1995-01-01"))


def test_columns_have_the_names_that_the_caller_gives(frame: Any, tmp_path: Path) -> None:
    ours = {"organisation": "club", "state": "ISO3", "first_day": "Since when"}
    named = [{ours.get(key, key): value for key, value in row.items()} for row in SPELLS]
    assert_same(read_spells(frame(named), columns=ours), read_spells(csv(tmp_path, SPELLS)))
    assert_same(Table.from_frame(frame(named), columns=ours), read_spells(csv(tmp_path, SPELLS)))
    assert_same(read_spells(csv(tmp_path, named), columns=ours), read_spells(frame(SPELLS)))
    # A column that has the name of another one's meaning is put aside, and that is told.
    both = [{**row, "iso3": row["state"], "state": "Atlantis"} for row in SPELLS]
    table = read_spells(frame(both), columns={"state": "iso3"})
    assert_same(table, read_spells(frame(SPELLS)))
    assert table.ignored == ("column 'state' is left out: 'iso3' is read in its place",)
    swapped = [{**row, "first_day": row["last_day"], "last_day": row["first_day"]} for row in SPELLS[:1]]
    table = read_spells(frame(swapped), columns={"first_day": "last_day", "last_day": "first_day"})
    assert_same(table, read_spells(frame(SPELLS[:1])))


@pytest.mark.parametrize(
    ("columns", "place"),
    [
        ({"state": "iso2"}, "columns, iso2"),
        ({"state": "status"}, "columns, status"),
        ({"iso3": "state"}, "columns, state"),
        ({"state": "organisation"}, "columns, state"),
    ],
    ids=str,
)
def test_a_wrong_name_of_a_column_is_a_fault(columns: Any, place: str) -> None:
    if columns == {"state": "organisation"}:
        columns = {"state": "organisation", "organisation": "organisation"}
        place = "columns, organisation"
    with pytest.raises(RecordError) as caught:
        read_spells(SPELLS, columns=columns)
    assert place in places(caught)


def test_a_missing_column_and_two_of_one_name_are_faults(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="the column is missing") as caught:
        read_spells([{"organisation": "league", "status": "member", "first_day": "1992", "last_day": None}])
    assert places(caught) == ["columns, state"]
    frame = pd.DataFrame([[*SPELLS[0].values(), "x"]], columns=[*SPELLS[0], "State"])
    with pytest.raises(RecordError, match="two columns have this name"):
        read_spells(frame)
    twice = pd.DataFrame([[*SPELLS[0].values(), "x"]], columns=[*SPELLS[0], "state"])
    with pytest.raises(
        ArgumentError, match=r"^frame='pandas DataFrame': several columns have one name: 'state'; rename"
    ):
        read_spells(twice)
    duckdb = pytest.importorskip("duckdb")
    with pytest.raises(ArgumentError, match=r"several columns have one name: 'state'"):
        read_spells(duckdb.sql("SELECT 1 AS state, 2 AS state"))
    with pytest.raises(RecordError, match=r"line 1, state: two columns"):
        read_spells(csv(tmp_path, [{**SPELLS[0], "State ": "x"}]))


def test_what_is_no_table_is_refused() -> None:
    for nothing in (7, None, {"state": ["UZB"]}, ["UZB"], b"table.csv", pd.Series(["UZB"]), object()):
        with pytest.raises(ArgumentError):
            read_spells(nothing)  # type: ignore[arg-type]
    for columns in (["state"], "state", {"state": 7}, {7: "state"}):
        with pytest.raises(ArgumentError, match="columns"):
            read_spells(SPELLS, columns=columns)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="no kind of table"):
        Table.from_frame([{"country": "UZB"}])
    with pytest.raises(ArgumentError, match=r"spells, the nearest kind, also needs state"):
        Table.from_frame([{**SPELLS[0], "country": "UZB"}], columns={"nation": "State"})
    with pytest.raises(UnknownNameError, match="unknown column 'clubs'; did you mean 'club'"):
        Table.from_frame([{"club": "league", "state": "UZB"}], columns={"organisation": "clubs"})
    with pytest.raises(UnknownNameError) as caught:
        Table.from_frame(SPELLS, "spell")
    assert caught.value.meant[0] == "spells"
    with pytest.raises(ArgumentError, match="no such option"):
        Table.from_frame(SPELLS, lastday="in")
    with pytest.raises(UnknownNameError, match="unknown form of a table"):
        Table.from_frame(SPELLS, ["spells"])  # type: ignore[arg-type]
    assert Table.from_frame(SPELLS, "spells", bad_rows="skip").organisations == ("league",)


def test_a_document_without_rows_is_no_kind_of_frame() -> None:
    for form, reader in {"wikidata": read_wikidata, "prov": read_prov}.items():
        with pytest.raises(UnknownNameError, match=f"read from a file, by {reader.__name__}") as unknown:
            Table.from_frame(SPELLS, form)
        assert {"spells", "status-table"} <= set(unknown.value.known)
        assert not {"wikidata", "prov"} & set(unknown.value.known)
        for rows in (SPELLS, pd.DataFrame(SPELLS)):
            with pytest.raises(ArgumentError, match="read from a file"):
                reader(rows)  # type: ignore[operator]
    with pytest.raises(ArgumentError) as caught:
        Table.from_frame([{"country": "UZB"}])
    assert not {"wikidata", "prov"} & set(caught.value.allowed)


def test_a_frame_shows_its_kind_and_its_columns_in_one_line(frame: Callable[[Rows], Any]) -> None:
    shown = repr(frame_of(frame(SPELLS)))
    assert "'organisation', 'state'" in shown
    assert "object at" not in shown


def test_an_empty_frame_is_an_empty_table() -> None:
    for frame in (pd.DataFrame(columns=list(SPELLS[0])), pl.DataFrame(schema=list(SPELLS[0]))):
        assert read_spells(frame).organisations == ()
        assert read_spells(frame).states == ()


def test_rows_of_our_own_read_back(frame: Any) -> None:
    for history in (csto.CSTO, csto.CSTO.under("legal"), csto.history("cis").resolved("every")):
        assert_same_answers(read_spells(frame(list(spell_rows(history)))).history(history.record.id), history)
        # What `as_dict` gives, with several statuses as a list.
        rows = [
            {"organisation": "own", "state": line.state.id, **spell.as_dict()}
            for line in history.timelines()
            for spell in line
        ]
        read = Table.from_frame(frame(rows), columns={"status": "statuses"}).history("own")
        assert_same_answers(read, history)


def assert_same_answers(read: History, history: History) -> None:
    days = {day for line in history.timelines() for day in line.starts}
    for day in sorted({*days, *(day - dt.timedelta(1) for day in days)}):
        for state in history.states:
            assert read.timeline(state).on(day).statuses == history.timeline(state).on(day).statuses, (state, day)


def test_a_state_that_was_a_member_since_ever_reads_back(frame: Any) -> None:
    history = read_spells(SPELLS).history("league")
    rows = list(spell_rows(history))
    assert [row["first_day"] for row in rows if row["state"] == "KAZ"] == ["always"]
    again = read_spells(frame(rows)).history("league")
    assert [*again.timelines()] == [*history.timelines()]


def test_a_text_of_a_frame_is_as_it_stands() -> None:
    # In a file an apostrophe before what looks like a formula is the writer's; in a frame it is the user's.
    rows = [{**SPELLS[0], "organisation": "'=league"}]
    assert read_spells(rows).organisations == ("'=league",)
    statuses = [{**SPELLS[0], "status": {Status.MEMBER, Status.OBSERVER}, "state": csto.CSTO.record.index.find("UZB")}]
    assert read_spells(statuses).history("league").status("UZB", "1995-01-01").statuses == {"member", "observer"}


def test_a_frame_in_a_registry() -> None:
    registry = Registry.of(csto.CSTO, read_spells(pd.DataFrame(SPELLS)))
    assert registry.memberships_of("UZB", "1995-01-01").certain == ("csto", "league")


def test_without_narwhals_rows_are_read_and_frames_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals.stable.v2", None)
    assert read_spells(SPELLS).organisations == ("league",)
    with pytest.raises(MissingExtraError, match=r"csto_membership\[frames\]"):
        read_spells(pd.DataFrame(SPELLS))


def test_nothing_in_a_frame_forges_a_line() -> None:
    evil = "x\nFORGED\x1b"
    for rows in ([{**SPELLS[0], "state": evil}], [{evil: 1, **SPELLS[0], evil + " ": 2}], [{evil: 1}]):
        with pytest.raises((RecordError, ArgumentError)) as caught:
            Table.from_frame(rows, "spells")
        assert "\x1b" not in str(caught.value)
        assert not any(line.startswith("FORGED") for line in str(caught.value).splitlines())
