"""The command `annotate`: tables in files, of any length, with the answers for each row beside it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tracemalloc
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import ANY

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import documents
from support.frames import answer, answer_of_one, library
from support.views import histories

import csto_membership as csto
from csto_membership.frames import Report, _separated, annotate_file

if TYPE_CHECKING:
    from support.screen import Screen

pytest.importorskip("numpy")

TABLE = """\
id,state,signed,note
007,UZ,2006-06-22,"a, ""quoted"" note"
008,Uzbekistan,2006-06-23,
 009 ,FRA,1999-04," é "
"""
ANSWERED = """\
id,state,signed,note,member,status
007,UZ,2006-06-22,"a, ""quoted"" note",false,former
008,Uzbekistan,2006-06-23,,true,member
 009 ,FRA,1999-04, é ,false,none
"""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("in.csv")
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_rows_keep_their_cells_and_their_order_and_are_told_the_answers(screen: Screen, table: Path) -> None:
    code, out, err = screen.run("annotate", "in.csv", "out.csv", "--date", "signed")
    assert (code, out, err) == (0, "", "3 rows: 1 yes, 2 no, 0 undetermined, 0 unreadable\n")
    assert Path("out.csv").read_text(encoding="utf-8") == ANSWERED
    assert table.read_text(encoding="utf-8") == TABLE


def test_programs_get_the_numbers_of_rows(screen: Screen, table: Path) -> None:
    assert table.exists()
    code, out, err = screen.run("annotate", "in.csv", "out.csv", "--date", "signed", "--json")
    assert code == 0
    assert '"yes": 1' in out
    assert err.startswith("3 rows")


def test_views_and_columns_are_options(screen: Screen, table: Path) -> None:
    table.write_text("state,day\nUZB,2007-01-01\n", encoding="utf-8")
    arguments = ("--date", "day", "--reading", "legal", "--columns", "status, why", "--rename", "status=csto")
    assert screen.run("annotate", "in.csv", "out.csv", *arguments)[0] == 0
    head, row = csv.reader(io.StringIO(Path("out.csv").read_text(encoding="utf-8")))
    assert head == ["state", "day", "csto", "why"]
    assert row[2] == "member|former"
    assert "uzb" in row[3]


def test_a_column_of_organisations_is_answered_by_the_bundled_records(screen: Screen, table: Path) -> None:
    table.write_text("of,state,date\ncis,GEO,2009-08-17\ncis,GEO,2009-08-18\ncsto,GEO,1999-04-20\n", encoding="utf-8")
    assert screen.run("annotate", "in.csv", "out.csv", "--organisation-column", "of")[0] == 0
    assert [line.split(",")[3] for line in Path("out.csv").read_text().splitlines()] == [
        "member",
        "true",
        "false",
        "true",
    ]


def test_a_column_of_organisations_is_answered_by_a_table_of_several(screen: Screen, table: Path) -> None:
    Path("two.csv").write_text(
        "organisation,state,status,first_day,last_day\na,FR,member,1990-01-01,\nb,FR,member,2000-01-01,\n", "utf-8"
    )
    table.write_text("state,date,of\nFR,1995-01-01,a\nFR,1995-01-01,b\n", encoding="utf-8")
    asked = "annotate", "in.csv", "out.csv", "--record", "two.csv", "--organisation-column", "of", "--columns", "member"
    assert screen.run(*asked)[0] == 0
    assert [line.split(",")[-1] for line in Path("out.csv").read_text().splitlines()] == ["member", "true", "false"]
    assert "unknown organisation 'b'" in screen.refuses(*asked, "--organisation", "a")


BAD = "state,date\nAtlantis,2009-01-01\nUZB,soon\nUZB,2009-01-01\nAtlantis,2010\n,2009\nUZB,\n"


def test_rows_that_cannot_be_read_are_told_once_and_nothing_is_written(screen: Screen, table: Path) -> None:
    table.write_text(BAD, encoding="utf-8")
    Path("out.csv").write_text("old")
    refusal = screen.refuses("annotate", "in.csv", "out.csv")
    assert refusal.count("Atlantis") == 1
    assert "unknown state 'Atlantis' (2 rows, the first of them in line 2)" in refusal
    assert "a cell is empty where a state is needed (1 row, the first of them in line 6)" in refusal
    assert "a cell is empty where a date is needed (1 row, the first of them in line 7)" in refusal
    assert "None" not in refusal
    assert "5 of 6 rows cannot be read" in refusal
    assert "soon" in refusal
    assert "--errors null leaves such rows without an answer" in refusal
    assert Path("out.csv").read_text() == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["in.csv", "out.csv"]


def test_lines_are_those_of_the_file_whatever_rows_there_are(screen: Screen, table: Path) -> None:
    table.write_text('state,date\n"U\nZ",2006\n\nUZ,soon\n', encoding="utf-8")
    refusal = screen.refuses("annotate", "in.csv", "out.csv")
    assert "(1 row, the first of them in line 3)" in refusal
    assert "(1 row, the first of them in line 5)" in refusal


def test_rows_that_cannot_be_read_may_have_no_answers(screen: Screen, table: Path) -> None:
    table.write_text(BAD, encoding="utf-8")
    code, _, err = screen.run("annotate", "in.csv", "out.csv", "--errors", "null")
    assert (code, err) == (0, "6 rows: 1 yes, 0 no, 0 undetermined, 5 unreadable\n")
    rows = list(csv.reader(Path("out.csv").read_text(encoding="utf-8").splitlines()))[1:]
    assert [row[2:] for row in rows] == [["", ""], ["", ""], ["true", "member"], ["", ""], ["", ""], ["", ""]]


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        (TABLE, ("out.csv", "--date", "sined"), "unknown column 'sined'; did you mean 'signed'?"),
        (TABLE, ("out.csv", "--state", "stat"), "name yours with --state"),
        (TABLE, ("out.csv",), "unknown column 'date' (known: id, state, signed, note); name yours with --date"),
        ("state;day\nUZ;2009\n", ("out.csv",), "unknown column 'date' (known: state, day)"),
        ("", ("out.csv",), "unknown column 'state'"),
        (
            "state,date,member\nUZ,2009,x\n",
            ("out.csv",),
            "a column 'member' already, which stays as it is; name the new one: --rename member=csto_member",
        ),
        ("state,date,state\nUZ,2009,x\n", ("out.csv",), "several columns of this name"),
        (f"state,date\nUZ,{'x' * 140_000}\n", ("out.csv",), "or shorten the cell"),
        *((TABLE, ("out.csv", "--encoding", name), "unknown encoding") for name in ("hex", "rot13", "idna")),
        ("state,date\nUZ,2009\nUZ\n", ("out.csv",), "line 3 has 1 cell where the header has 2"),
        ("state,date\nUZ,2009,\n", ("out.csv",), "line 2 has 3 cells where the header has 2"),
        ('state,date\nUZ,"2009\n', ("out.csv",), "is not CSV"),
        (b"state,date\nC\xf4te,2009\n", ("out.csv",), "is not in it"),
        (TABLE, ("out.csv", "--encoding", "klingon"), "unknown encoding 'klingon'"),
        (TABLE, ("out.csv", "--delimiter", "ab"), "a separator is one character"),
        (TABLE, ("in.csv", "--date", "signed"), "it is the file that is read"),
        (TABLE, ("out.parquet", "--date", "signed"), "it must have the form of in.csv"),
        (TABLE, ("out.xlsx", "--date", "signed"), "the ending of the name says the form"),
        (TABLE, ("no/out.csv", "--date", "signed"), "no/out.csv"),
        (TABLE, ("out.csv", "--date", "signed", "--errors", "skip"), "raise, null"),
        (TABLE, ("out.csv", "--date", "signed", "--columns", "verdict"), "unknown column of answers 'verdict'"),
        (TABLE, ("out.csv", "--date", "signed", "--rename", "member"), "member=csto_member"),
        (TABLE, ("out.csv", "--date", "signed", "--record", "cistern"), "unknown record"),
    ],
)
def test_what_cannot_be_is_refused_in_one_way(
    screen: Screen, table: Path, content: str | bytes, arguments: tuple[str, ...], said: str
) -> None:
    table.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert said in screen.refuses("annotate", "in.csv", *arguments)
    assert sorted(path.name for path in Path().iterdir()) == ["in.csv"]
    assert table.read_bytes() == (content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize(("separator", "line", "mark"), [*product(",;\t|", ("\n", "\r\n"), ("", "\ufeff"))])
def test_separators_line_ends_and_the_mark_of_spreadsheets_stay(
    table: Path, separator: str, line: str, mark: str
) -> None:
    rows = [["state", "date", "x"], ["UZ", "2009-01-01", f"a{separator}b"], ["AM", "28 June 2012", ""]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line).writerows(rows)
    table.write_bytes((mark + text.getvalue()).encode())
    assert annotate_file("in.csv", "out.csv") == Report(2, 2)
    made = io.StringIO(newline="")
    added = [["member", "status"], ["true", "member"], ["true", "member"]]
    csv.writer(made, delimiter=separator, lineterminator=line).writerows(
        [*a, *b] for a, b in zip(rows, added, strict=True)
    )
    assert Path("out.csv").read_bytes() == (mark + made.getvalue()).encode()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_other_encodings_come_out_as_they_went_in(table: Path, encoding: str) -> None:
    table.write_text("state,date\nУзбекистан,2009-01-01\n", encoding=encoding)
    annotate_file("in.csv", "out.csv", encoding=encoding)
    assert (
        Path("out.csv").read_text(encoding=encoding) == "state,date,member,status\nУзбекистан,2009-01-01,true,member\n"
    )


def test_a_table_without_rows_has_its_header(table: Path) -> None:
    table.write_text("state,date", encoding="utf-8")
    assert annotate_file("in.csv", "out.csv") == Report()
    assert Path("out.csv").read_text(encoding="utf-8") == "state,date,member,status\n"


def test_blank_lines_are_no_rows_and_cells_may_have_lines(table: Path) -> None:
    table.write_text('state,date,x\n\nUZ,2009-01-01,"a\nb"\n\n', encoding="utf-8")
    assert annotate_file("in.csv", "out.csv").rows == 1
    assert (
        Path("out.csv").read_text(encoding="utf-8") == 'state,date,x,member,status\nUZ,2009-01-01,"a\nb",true,member\n'
    )


def test_a_carriage_return_alone_stays_in_its_cell(table: Path) -> None:
    table.write_bytes(b'state,date,x\nUZ,2009,"a\rb"\n')
    annotate_file("in.csv", "out.csv")
    assert Path("out.csv").read_bytes() == b'state,date,x,member,status\nUZ,2009,"a\rb",true,member\n'


@pytest.mark.parametrize("head", ["\n\nstate;date\n", '"state";"a\nb,c,d";date\n', 'x" y;state;date\n'])
def test_the_separator_is_that_of_the_whole_header(table: Path, head: str) -> None:
    cells = [name.strip('"\n') for name in head.split(";")]
    row = ["UZ" if name == "state" else "2009" if name == "date" else "" for name in cells]
    table.write_text(head + ";".join(row) + "\n", encoding="utf-8")
    assert annotate_file("in.csv", "out.csv") == Report(1, 1)
    made = list(csv.reader(Path("out.csv").read_text(encoding="utf-8").splitlines(keepends=True), delimiter=";"))
    assert made[1] == [*row, "true", "member"]


def test_marks_inside_names_and_cells_are_no_quotation(table: Path) -> None:
    table.write_text('x" y;state;date\n6";UZ;2009\n', encoding="utf-8")
    assert annotate_file("in.csv", "out.csv") == Report(1, 1)


@pytest.mark.parametrize("head", ["\n\nstate;date\n", '"state\n";date\n'])
def test_lines_are_counted_from_the_first_of_the_file(table: Path, head: str) -> None:
    table.write_text(head.replace("state\n", "s\n") + "UZ;soon\n", encoding="utf-8")
    with pytest.raises(csto.UnreadableRowsError, match=rf"in line {head.count(chr(10)) + 1}\)"):
        annotate_file("in.csv", "out.csv", "s\n" if "state\n" in head else "state")


def test_letters_that_an_encoding_does_not_have_are_told(screen: Screen, table: Path) -> None:
    table.write_text("state,date\nCI,2009\n", encoding="cp1251")
    said = screen.refuses("annotate", "in.csv", "out.csv", "--encoding", "cp1251", "--columns", "member,why")
    assert "the answers have letters that it does not have ('ô')" in said
    assert not Path("out.csv").exists()


@pytest.mark.parametrize(
    "arguments", [{"delimiter": 5}, {"delimiter": ""}, {"encoding": 5}, {"state": 5}, {"date": None}]
)
def test_arguments_of_the_wrong_kind_are_refused(table: Path, arguments: dict[str, Any]) -> None:
    table.write_text("state,date\nUZ,2009\n", encoding="utf-8")
    with pytest.raises((csto.ArgumentError, csto.UnknownNameError)):
        annotate_file("in.csv", "out.csv", **arguments)


@pytest.mark.usefixtures("table")
def test_of_more_faults_than_are_kept_no_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_separated, "_ROWS", 512)
    values = "".join(f"nowhere {row % 1500},2009\n" for row in range(3000))
    Path("in.csv").write_text(f"state,date\n{values}", encoding="utf-8")
    with pytest.raises(csto.UnreadableRowsError) as caught:
        annotate_file("in.csv", "out.csv")
    assert str(caught.value).startswith("3,000 of 3,000 rows cannot be read, for more than 1,000 different values")
    assert str(caught.value).endswith("and at least 980 more, in .faults")


def test_a_failure_on_the_way_leaves_the_old_file(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_separated, "_ROWS", 2)
    table.write_text("state,date\n" + "UZ,2009\n" * 5 + "UZ\n", encoding="utf-8")
    Path("out.csv").write_text("old")
    with pytest.raises(csto.ArgumentError, match="line 7"):
        annotate_file("in.csv", "out.csv")
    assert Path("out.csv").read_text() == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["in.csv", "out.csv"]


def peak(rows: int) -> int:
    with Path("in.csv").open("w", encoding="utf-8") as file:
        file.write("state,date,x\n")
        file.writelines(
            f"{'ABCD'[row % 4]}{row},{dt.date(1990, 1, 1) + dt.timedelta(row % 9000)},x\n" for row in range(rows)
        )
    tracemalloc.start()
    report = annotate_file("in.csv", "out.csv", errors="null")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (report.rows, report.unreadable) == (rows, rows)
    return most


@pytest.mark.slow
@pytest.mark.usefixtures("table")
def test_the_length_of_a_table_costs_no_memory_even_if_each_row_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_separated, "_ROWS", 1 << 10)
    # What waits for the collector comes to the same for both, and so do the 1,000 faults that are kept.
    few = peak(16_000)
    assert peak(48_000) < 1.5 * few


def test_a_terminal_shows_how_far_it_is(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []
    monkeypatch.setattr(_separated, "_ROWS", 2)
    monkeypatch.setattr("csto_membership.frames._tables_in_files.Bar.at", lambda _, byte: shown.append(byte))
    table.write_text("state,date\n" + "UZ,2009\n" * 9000, encoding="utf-8")
    annotate_file("in.csv", "out.csv")
    assert shown == sorted(shown)
    assert len(set(shown)) > 5
    assert shown[-1] == table.stat().st_size


# --- Parquet -------------------------------------------------------------------------------------------------------


def test_parquet_keeps_its_columns_its_metadata_and_its_order(screen: Screen, table: Path) -> None:
    pa, pq = library("pyarrow"), library("pyarrow.parquet")
    days = [dt.date(2006, 6, 22), dt.date(2006, 6, 23), dt.date(2009, 1, 1), None]
    columns = {
        "id": pa.array([7, 8, 9, 10], pa.int16()),
        "state": pa.array(["UZ", "Uzbekistan", "FRA", "UZ"]).dictionary_encode(),
        "date": pa.array(days, pa.date32()),
        "more": [[1], [], None, [2, 3]],
    }
    given = pa.table(columns).replace_schema_metadata({"mine": "kept"})
    pq.write_table(given, "in.parquet", compression="zstd", row_group_size=2)
    code, out, err = screen.run("annotate", "in.parquet", "out.parquet", "--errors", "null")
    assert (code, out, err) == (0, "", "4 rows: 1 yes, 2 no, 0 undetermined, 1 unreadable\n")
    made = pq.read_table("out.parquet")
    assert made.select(given.column_names).to_pylist() == given.to_pylist()
    assert made.schema.field("id").type == pa.int16()
    assert made["member"].to_pylist() == [False, True, False, None]
    assert made["status"].to_pylist() == ["former", "member", "none", None]
    assert made.schema.metadata[b"mine"] == b"kept"
    assert made.schema.metadata[b"csto_membership.edition"] == csto.CSTO.edition.encode()
    assert pq.ParquetFile("out.parquet").metadata.row_group(0).column(0).compression == "ZSTD"
    assert "1 of 4 rows cannot be read" in screen.refuses("annotate", "in.parquet", "again.parquet")
    assert "unknown column 'day'" in screen.refuses("annotate", "in.parquet", "again.parquet", "--date", "day")
    assert "it is no Parquet file" in screen.refuses("annotate", str(table.rename("x.parquet")), "again.parquet")
    assert not Path("again.parquet").exists()


@pytest.mark.usefixtures("table")
def test_parquet_without_rows_has_its_columns() -> None:
    pa, pq = library("pyarrow"), library("pyarrow.parquet")
    pq.write_table(pa.table({"state": pa.array([], pa.string()), "date": pa.array([], pa.date32())}), "in.parquet")
    assert annotate_file("in.parquet", "out.parquet") == Report()
    assert pq.read_schema("out.parquet").names == ["state", "date", "member", "status"]


@pytest.mark.usefixtures("table")
def test_parquet_that_cannot_be_read_is_refused() -> None:
    pa, pq = library("pyarrow"), library("pyarrow.parquet")
    names = ["state", "date", "date"]
    pq.write_table(pa.Table.from_arrays([pa.array(["UZ"])] * 3, names=names), "in.parquet")
    with pytest.raises(csto.ArgumentError, match="several columns of this name"):
        annotate_file("in.parquet", "out.parquet")
    states = pa.array([b"UZ", b"\xff"]).view(pa.string())
    pq.write_table(pa.table({"state": states, "date": ["2009"] * 2}), "in.parquet")
    assert annotate_file("in.parquet", "out.parquet", errors="null") == Report(2, 1, unreadable=1, faults=ANY)
    pq.write_table(pa.table({"state": ["UZ"] * 9, "date": ["2009"] * 9}), "in.parquet")
    content = Path("in.parquet").read_bytes()
    Path("in.parquet").write_bytes(content[:4] + b"\xff" * 40 + content[44:])
    Path("out.parquet").unlink()
    with pytest.raises(csto.ArgumentError, match=r"^source='in.parquet': its rows are damaged"):
        annotate_file("in.parquet", "out.parquet")
    assert not Path("out.parquet").exists()


# --- The law -------------------------------------------------------------------------------------------------------

STATES = st.sampled_from(["UZB", "Uzbekistan", "ARM", "armenia", "FRA", "KAZ", "Atlantis", "", "=UZB"])
DATES = st.sampled_from([*map(str, documents.DAYS), "2000", "1999-12", "soon", "", "0001-01-01", "9999-12-31"])


@pytest.mark.law
@settings(max_examples=25)
@given(histories(), st.lists(st.tuples(STATES, DATES), max_size=30), st.integers(1, 7))
def test_rows_of_files_are_answered_as_one_by_one(
    folder: Path, history: csto.History, rows: list[tuple[str, str]], part: int
) -> None:
    with (folder / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("state", "date"), *rows])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_separated, "_ROWS", part)
        report = annotate_file(folder / "in.csv", folder / "out.csv", history=history, errors="null")
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        _, *made = map(tuple, csv.reader(file))
    truth: dict[Any, str] = {True: "true", False: "false", None: ""}
    told = [answer(history, *row) for row in rows]
    assert made == [(*row, truth[member], status or "") for row, (member, status) in zip(rows, told, strict=True)]
    members = [member for member, _ in told]
    assert (report.rows, report.yes, report.no) == (len(rows), members.count(True), members.count(False))
    assert report.unreadable == sum(status is None for _, status in told)


def test_rows_of_a_registry_are_answered_as_one_by_one(tmp_path: Path) -> None:
    registry = csto.Registry.of(csto.CSTO, csto.history("cis").under("legal"))
    days = ("1993-12-08", "1993-12-09", "2009-08-17", "2009-08-18", "2009")
    rows = list(product(("cis", "csto", "nato"), ("UZB", "Georgia", "Украина", "nobody"), days))
    (tmp_path / "in.tsv").write_text("\n".join("\t".join(row) for row in [("of", "state", "date"), *rows]))
    annotate_file(tmp_path / "in.tsv", tmp_path / "out.tsv", organisation="of", history=registry, errors="null")
    _, *made = (line.split("\t") for line in (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines())
    truth: dict[Any, str] = {True: "true", False: "false", None: ""}
    for row, cells in zip(rows, made, strict=True):
        member, status = answer_of_one(registry, *row)
        assert cells == [*row, truth[member], status or ""]
