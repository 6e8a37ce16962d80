"""Readers for what researchers have: what a cell says, what is unknown, and every bad row with its line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
import types
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.asking import around

from csto_membership import (
    ArgumentError,
    Coverage,
    DateError,
    History,
    RecordError,
    Source,
    State,
    Status,
    UnknownNameError,
    UnknownStateError,
    Verdict,
)
from csto_membership._files.known_states import (
    identity_of,
    known_states,
    numbers_by_short_name,
    state_of,
)
from csto_membership._values.lives import Predecessor
from csto_membership._values.world import world
from csto_membership.readers import Table, read_atop, read_cow_igo_year, read_cow_state_year, read_spells
from csto_membership.registry import Registry

DAY = dt.timedelta(1)
YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
ANY = frozenset(Status)
NONE, MEMBER, ASSOCIATE, OBSERVER = ({Status(name)} for name in ("none", "member", "associate", "observer"))


@pytest.fixture
def file(tmp_path: Path) -> Any:
    """Write a text to a file, and give its path."""

    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "table.csv"
        path.write_text(text, encoding=encoding)
        return path

    return write


def places(error: pytest.ExceptionInfo[RecordError]) -> list[str]:
    return [fault.place for fault in error.value.faults]


# --- spells ---------------------------------------------------------------------------------------------------------

SPELLS = "organisation,state,status,first_day,last_day\n"


def league(file: Any, *rows: str, **options: Any) -> History:
    return read_spells(file(SPELLS + "".join(f"league,{row}\n" for row in rows)), **options).history("league")


def test_both_days_of_a_spell_are_included_and_a_return_is_a_spell_of_its_own(file: Any) -> None:
    history = league(
        file, "UZ,member,1992-05-15,1999-04-20", "Uzbekistan,member,2006-08-17,2012-12-19", "cow:371,member,1992,"
    )
    assert around(history, "UZB", "1992-05-15") == [NO, YES, YES]
    assert around(history, "UZB", "1999-04-20") == [YES, YES, NO]
    assert around(history, "UZB", "2006-08-17") == [NO, YES, YES]
    assert around(history, "UZB", "2012-12-19") == [YES, YES, NO]
    assert history.status("UZB", "1999-04-21").statuses == {Status.FORMER}
    assert history.status("UZB", "1992-05-14").statuses == {Status.NONE}
    assert around(history, "ARM", "1992-01-01") == [NO, OPEN, OPEN]
    assert around(history, "ARM", "1992-12-31") == [OPEN, YES, YES]
    assert history.was_member("ARM", "2100-01-01") is YES
    assert history.status("UZB", "1995-01-01").evidence[0].claims[0].claim.locator == "line 2"  # type: ignore[union-attr]


def test_an_open_end_and_an_unknown_end_are_two_things(file: Any) -> None:
    history = league(file, "UZB,member,2000-01-01,", "ARM,member,2000-01-01,unknown")
    assert around(history, "UZB", "2000-01-01") == [NO, YES, YES]
    assert around(history, "ARM", "2000-01-01") == [NO, YES, OPEN]
    assert history.status("ARM", "2050-01-01").statuses == {Status.MEMBER, Status.FORMER}
    assert history.was_member("UZB", dt.date.max) is YES
    assert history.was_member("ARM", dt.date.max) is OPEN


def test_an_unknown_end_before_another_spell_ends_before_it(file: Any) -> None:
    history = league(file, "ARM,member,2000-01-01,unknown", "ARM,suspended,2002-01-01,2002-12-31")
    assert history.status("ARM", "2001-12-31").statuses == {Status.MEMBER, Status.FORMER}
    assert history.status("ARM", "2002-01-01").statuses == {Status.SUSPENDED}
    assert history.status("ARM", "2003-01-01").statuses == {Status.FORMER}


@pytest.mark.parametrize(
    ("row", "day", "expected"),
    [
        ("member,1999,2001-12-31", "1999-12-31", [OPEN, YES, YES]),
        ("member,1990-01-01,1999", "1999-01-02", [YES, OPEN, OPEN]),
        ("member,1990-01-01,1999", "1999-12-31", [OPEN, OPEN, NO]),
        ("member,1990-01-01,1999", "2000-01-01", [OPEN, NO, NO]),
        ("member,1990-01-01,[1999..]", "1999-01-02", [YES, OPEN, OPEN]),
        ("member,1990-01-01,[..1999]", "1990-01-01", [NO, YES, OPEN]),
        ("member,[..1999],2001", "1999-12-31", [OPEN, YES, YES]),
        ("member,unknown,2001-12-31", "2001-12-31", [OPEN, YES, NO]),
        ("member,unknown,unknown", "2001-12-31", [OPEN, OPEN, OPEN]),
        ("member,unknown,", "2001-12-31", [OPEN, OPEN, OPEN]),
        ("member,,1999-12-31", "1999-12-31", [YES, YES, NO]),
        ("member,,", "0001-01-02", [YES, YES, YES]),
        ("member,2000-01-01,9999-12-31", "9999-12-30", [YES, YES, YES]),
        ("member,2000-01-01,9999-12-30", "9999-12-30", [YES, YES, NO]),
        ("member,2000-01-01,9999", "9999-12-30", [OPEN, OPEN, OPEN]),
        ("unknown,2000-01-01,2000-12-31", "2000-01-01", [NO, OPEN, OPEN]),
        ("unknown,2000-01-01,2000-12-31", "2000-12-31", [OPEN, OPEN, OPEN]),
        ("none,2000-01-01,2000-12-31", "2000-12-31", [NO, NO, NO]),
        ("member|observer,2000-01-01,2000-12-31", "2000-12-31", [OPEN, OPEN, NO]),
    ],
)
def test_what_a_row_says_on_three_days(file: Any, row: str, day: str, expected: list[Verdict]) -> None:
    assert around(league(file, f"ARM,{row}"), "ARM", day) == expected


def test_no_day_follows_a_spell_that_begins_on_the_last_day_of_the_calendar(file: Any) -> None:
    for last in ("", "unknown", "9999-12-31"):
        history = league(file, f"ARM,member,9999-12-31,{last}")
        assert [history.was_member("ARM", day) for day in ("9999-12-30", "9999-12-31")] == [NO, YES]


def test_spells_that_follow_one_another_leave_no_former_day(file: Any) -> None:
    history = league(file, "ARM,suspended,2024-02-23,", "ARM,member,1992-05-15,2024-02-22")
    assert [str(spell.statuses) for spell in history.timeline("ARM")] == [
        str(frozenset({status})) for status in (Status.NONE, Status.MEMBER, Status.SUSPENDED)
    ]


def test_a_table_vouches_for_all_days_unless_it_says_which(file: Any) -> None:
    covers = Coverage(dt.date(1990, 1, 1), dt.date(2000, 12, 31), "unknown", "unknown")
    history = league(file, "UZB,member,1992-05-15,", "ARM,member,1995-01-01,1996-01-01", covers=covers)
    assert around(history, "UZB", "1990-01-01") == [OPEN, NO, NO]
    assert around(history, "UZB", "2000-12-31") == [YES, YES, OPEN]
    assert "coverage)" in history.status("UZB", "2001-01-01").caveats[0]


def test_a_state_without_a_spell_in_one_organisation_of_the_table_is_none_there(file: Any) -> None:
    table = read_spells(file(SPELLS + "a,UZ,member,2000-01-01,\nb,ARM,member,2000-01-01,\n"))
    registry = Registry.of(table)
    assert registry.was_member("a", "ARM", "2001-01-01") is NO
    assert registry.memberships_of("ARM", "2001-01-01").certain == ("b",)
    assert [record.id for record in table.records()] == ["a", "b"]
    with pytest.raises(UnknownNameError):
        table.record("c")


def test_other_columns_and_another_order_do_no_harm_and_a_note_is_kept(file: Any) -> None:
    text = "NOTE,Last_Day,first_day,status,state,organisation\nsays who,,2000,member,UZ,league\n"
    history = read_spells(file(text), source=Source("mine", note="n")).history("league")
    claim = history.record.events[0].claims[0]
    assert (claim.note, claim.source, claim.date and claim.date.edtf) == ("says who", "mine", "2000")


def test_states_are_known_by_the_table_of_states_by_cow_and_by_the_caller(file: Any) -> None:
    own = State("KRR", "Ruritania")
    table = read_spells(
        file(
            SPELLS
            + "a,Ruritania,member,2000,\na,antiguabarbuda,member,2000,\na,cow:9999,member,2000,\na,RUSSIA,member,2000,\n"
        ),
        states=[own],
    )
    assert {state.id for state in table.states} == {"KRR", state_of(58).id, "cow:9999", "RUS"}


def test_every_bad_row_is_told_with_its_line_or_skipped(file: Any) -> None:
    text = SPELLS + (
        "a,UZ,member,2000-01-01,\n"
        "a,Atlantis,king,2000-13-01,soon\n"
        "\n"
        "a,UZ,member\n"
        ",UZ,member,2000,\n"
        'a,UZ,"mem"ber,2000,\n'
        "a,KAZ,member,2001-01-02,2001-01-01\n"
        "a,UZ,member,2005-01-01,\n"
        "a,Uzbekistn,member,2000,\n"
        "a,704,member,2000,\n"
        "a,ARM,member,28/6/2012,\n"
        "a,ARM,member,2003-01-01,2004-06-01\n"
        "a,ARM,member,2004-06-01,\n"
    )
    path = file(text)
    with pytest.raises(RecordError) as caught:
        read_spells(path)
    assert places(caught) == [
        "line 3, state",
        "line 3, status",
        "line 3, first_day",
        "line 3, last_day",
        "line 5",
        "line 6, organisation",
        "line 7",
        "line 8, last_day",
        "line 9, first_day",
        "line 10, state",
        "line 11, state",
        "line 12, first_day",
        "line 14, first_day",
    ]
    assert {fault.file for fault in caught.value.faults} == {str(path)}
    assert "Uzbekistan" in str(caught.value)
    table = read_spells(path, bad_rows="skip")
    assert [fault.place for fault in table.faults] == places(caught)
    history = table.history("a")
    # Of whom a row was skipped nothing is known on the days that no other row speaks of.
    assert [state.id for state in history.states] == ["ARM", "KAZ", "UZB"]
    assert around(history, "UZB", "2000-01-01") == [OPEN, YES, YES]
    assert around(history, "ARM", "2004-06-01") == [YES, YES, OPEN]
    assert around(history, "KAZ", "2004-06-01") == [OPEN, OPEN, OPEN]
    with pytest.raises(ArgumentError):
        read_spells(path, bad_rows="ignore")


def test_a_skipped_row_leaves_its_state_unknown_and_no_other(file: Any) -> None:
    rows = ["ARM,observer,1980-01-01,1981-01-01", "ARM,member,1990-13-01,", "ARM,member,1994-01-01,1996-01-01"]
    rows += ["ARM,member,1995-01-01,1999-01-01", "UZB,member,1994-01-01,1996-01-01", "KAZ,Member,1994,Unknown"]
    history = league(file, *rows, bad_rows="skip")
    found = {year: history.was_member("ARM", f"{year}-06-01") for year in (1979, 1980, 1992, 1995, 1998, 2005)}
    assert found == {1979: OPEN, 1980: NO, 1992: OPEN, 1995: YES, 1998: OPEN, 2005: OPEN}
    assert "skipped" in str(history.status("ARM", "1998-06-01"))
    assert around(history, "UZB", "1996-01-01") == [YES, YES, NO]
    assert around(history, "UZB", "1994-01-01") == [NO, YES, YES]
    assert around(history, "KAZ", "1994-01-01") == [NO, OPEN, OPEN]


def test_an_encoding_that_does_not_exist_is_refused(file: Any) -> None:
    with pytest.raises(UnknownNameError, match="utf-8-sig"):
        read_spells(file(SPELLS), encoding="nope")


def test_ids_decide_where_states_of_the_caller_share_names(file: Any) -> None:
    old = State("OLD", "Land", predecessors=())
    new = State("NEW", "Land", predecessors=(Predecessor("OLD", citation="x"),))
    union = State("SUN", "Soviet Union", cow=365)
    text = SPELLS + "a,OLD,member,1990,1991\na,NEW,member,1995,\na,SUN,member,1955,1990\na,cow:365,member,1992,\n"
    table = read_spells(file(text), states=[old, new, union])
    assert {state.id for state in table.states} == {"OLD", "NEW", "SUN", "RUS"}
    with pytest.raises(RecordError, match="several states have this name"):
        read_spells(file(SPELLS + "a,Land,member,1990,\n"), states=[old, new])
    with pytest.raises(RecordError, match="the id is given 2 times"):
        read_spells(file(text), states=[old, State("old", "Other")])
    with pytest.raises(RecordError, match="belongs to another state"):
        read_spells(file(text), states=[State("RUX", "Russia")])


@pytest.mark.parametrize(("encoding", "line"), [("utf-8-sig", 2002), ("ascii", 2002)])
def test_bytes_that_are_no_text_are_told_with_their_line(file: Any, encoding: str, line: int) -> None:
    head = b"organisation,state,status,first_day,last_day\n" + b"a,ARM,member,1990-01-01,1991-01-01\n" * 2000
    path = file("")
    path.write_bytes(head + "a,C\xf4te,member,1990-01-01,\n".encode("latin-1"))
    for bad_rows in ("raise", "skip"):
        with pytest.raises(RecordError) as caught:
            read_spells(path, encoding=encoding, bad_rows=bad_rows)
        (fault,) = [fault for fault in caught.value.faults if "it is not" in fault.problem]
        assert fault.place == f"line {line}"
        assert "cp1252" in fault.remedy
    path.write_bytes(head.decode().encode("utf-16")[:-1])
    with pytest.raises(RecordError, match="it is not utf-16"):
        read_spells(path, encoding="utf-16")


def test_the_last_possible_first_day_after_a_spell_is_the_day_after_it(file: Any) -> None:
    good = league(file, "ARM,member,2000-01-01,2000-12-31", "ARM,suspended,2001-01-01,")
    assert around(good, "ARM", "2000-12-31") == [YES, YES, NO]
    with pytest.raises(RecordError) as caught:
        league(file, "ARM,member,2000-01-01,2000-12-31", "ARM,suspended,2000-12-31,")
    assert places(caught) == ["line 3, first_day"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "line 1, organisation"),
        ("organisation,state,status,first_day\n", "line 1, last_day"),
        (SPELLS.replace("status", "status,status"), "line 1, status"),
        ('"organisation\n', "line 1"),
    ],
)
def test_a_file_without_its_header_is_refused_even_when_rows_may_be_skipped(file: Any, text: str, place: str) -> None:
    with pytest.raises(RecordError) as caught:
        read_spells(file(text), bad_rows="skip")
    assert place in places(caught)


def test_an_empty_table_has_no_organisations(file: Any) -> None:
    for path, read in ((file(SPELLS), read_spells),):
        assert read(path).organisations == ()
    assert read_cow_state_year(file("ccode,year,state,eu\n")).organisations == ()
    assert read_cow_igo_year(file("ioname,year,usa\n")).organisations == ()
    assert read_atop(file(ATOP)).organisations == ()


def test_encodings_a_mark_and_bytes_that_do_not_fit(file: Any) -> None:
    text = SPELLS + "a,Узбекистан,member,2000,\n"
    assert read_spells(file("﻿" + text)).states[0].id == "UZB"
    path = file(text, "cp1251")
    assert read_spells(path, encoding="cp1251").states[0].id == "UZB"
    with pytest.raises(RecordError, match="encoding=") as caught:
        read_spells(path, bad_rows="skip")
    assert places(caught)[0].startswith("line ")
    with pytest.raises(FileNotFoundError):
        read_spells(path.with_name("none.csv"))


def test_a_name_of_the_callers_that_is_anothers_is_refused(file: Any) -> None:
    with pytest.raises(RecordError, match="belongs to another state"):
        read_spells(file(SPELLS), states=[State("XGE", "Georgia")])
    # A state of the project with the same name or number gives way.
    index = known_states([State("ATG", "Antigua & Barbuda", cow=58)])
    assert index.find("cow:58").id == index.find("antigua & barbuda").id == "ATG"


# --- one identity ---------------------------------------------------------------------------------------------------


def test_every_short_name_of_the_project_is_that_of_one_state() -> None:
    numbers = numbers_by_short_name()
    assert len(numbers) == len(set(numbers.values())) == 217
    assert all(state and state.cow == number for number in numbers.values() for state in [world().numbered(number)])
    assert {name: numbers[name] for name in ("antiguabarbuda", "yugoslaviaserb", "zaire", "usa")} == {
        "antiguabarbuda": 58,
        "yugoslaviaserb": 345,
        "zaire": 490,
        "usa": 2,
    }


def test_a_state_is_itself_by_id_by_number_and_else_by_its_own_id() -> None:
    assert (
        identity_of(State("UZB", "x"))
        == identity_of(State("cow:704", "x"))
        == identity_of(State("Q", "x", cow=704))
        == "UZB"
    )
    assert identity_of(State("cow:9999", "x")) == "cow:9999"
    assert identity_of(State("XXX", "x")) == "XXX"
    assert identity_of(State("cow:x", "x")) == "cow:x"
    assert state_of(9999, "Georgia").name == "Georgia (cow:9999)"
    assert state_of(9999).name == "cow:9999"


# --- Correlates of War ----------------------------------------------------------------------------------------------

CODES = {"0": NONE, "-1": NONE, "1": MEMBER, "2": ASSOCIATE, "3": OBSERVER, "-9": ANY, "": ANY}


def state_year(rows: list[tuple[int, int, str, list[str]]], columns: list[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["ccode", "year", "state", *columns])
    writer.writerows([number, year, state, *cells] for number, year, state, cells in rows)
    return text.getvalue()


def test_a_change_of_code_is_on_an_unknown_day_of_the_later_year(file: Any) -> None:
    rows = [(704, year, "uzbekistan", [code]) for year, code in ((1999, "0"), (2000, "1"), (2001, "1"), (2002, "0"))]
    history = read_cow_state_year(file(state_year(rows, ["CSTO"]))).history("csto")
    assert around(history, "UZB", "1999-12-31") == [OPEN, NO, OPEN]
    assert around(history, "UZB", "2000-01-01") == [NO, OPEN, OPEN]
    assert around(history, "UZB", "2000-12-31") == [OPEN, YES, YES]
    assert around(history, "UZB", "2001-12-31") == [YES, YES, OPEN]
    assert around(history, "UZB", "2002-12-31") == [OPEN, NO, OPEN]
    assert history.was_member("UZB", "1950-01-01") is history.was_member("UZB", "2020-01-01") is OPEN
    claim = history.status("UZB", "2000-12-31").evidence[-1].claims[0].claim  # type: ignore[union-attr]
    assert (claim.date and claim.date.edtf, claim.locator, claim.inferred) == ("2000", "line 3", False)


@st.composite
def grids(draw: st.DrawFn) -> dict[str, dict[int, str]]:
    """Codes by state and year, with years missing."""
    codes = st.dictionaries(st.integers(1960, 1967), st.sampled_from([*CODES, "1.0", " 1"]), min_size=1, max_size=8)
    return {state: draw(codes) for state in draw(st.sampled_from([["usa"], ["usa", "uzbekistan"]]))}


def expected(codes: dict[int, str], day: dt.date) -> AbstractSet[Status]:
    """What a naive reader makes of the codes: certain at the end of a year, either code inside it, else anything."""
    read: dict[int, AbstractSet[Status]] = {
        year: CODES[code.strip().removesuffix(".0")] for year, code in codes.items()
    }
    if day.year not in read:
        return ANY
    if (day.month, day.day) == (12, 31):
        return read[day.year]
    return read[day.year] | read.get(day.year - 1, ANY)


GRID_DAYS = [dt.date(year, *day) for year in range(1958, 1970) for day in ((1, 1), (6, 15), (12, 30), (12, 31))]


@given(grids())
@example({"usa": {1960: "1", 1965: "1"}})
@example({"usa": {1960: "1"}, "uzbekistan": {1960: "-9", 1963: "0"}})
def test_state_years_say_what_a_naive_reader_makes_of_them(
    tmp_path_factory: pytest.TempPathFactory, grid: dict[str, dict[int, str]]
) -> None:
    path = tmp_path_factory.mktemp("cow") / "state_year.csv"
    numbers = {"usa": 2, "uzbekistan": 704}
    rows = [(numbers[s], year, s, [codes[year], "0"]) for s, codes in grid.items() for year in sorted(codes)]
    path.write_text(state_year(rows, ["league", "other"]), encoding="utf-8")
    history = read_cow_state_year(path).history("league")
    for state, codes in grid.items():
        for day in GRID_DAYS:
            assert history.status(state_of(numbers[state]), day).statuses == expected(codes, day)


@given(st.dictionaries(st.integers(1960, 1967), st.tuples(*[st.sampled_from([*CODES])] * 2), min_size=1, max_size=8))
def test_organisation_years_say_the_same_as_their_twin(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[int, tuple[str, str]]
) -> None:
    place = tmp_path_factory.mktemp("cow")
    numbers = {"usa": 2, "uzbekistan": 704}
    rows = [(number, y, s, [cells[y][n]]) for n, (s, number) in enumerate(numbers.items()) for y in sorted(cells)]
    (place / "s.csv").write_text(state_year(rows, ["league"]), encoding="utf-8")
    text = "ioname,orgname,year,usa,uzbekistan,sdate\n" + "".join(
        f"LEAGUE,The League,{year},{','.join(cells[year])},1960\n" for year in sorted(cells)
    )
    (place / "o.csv").write_text(text, encoding="utf-8")
    by_state, by_organisation = read_cow_state_year(place / "s.csv"), read_cow_igo_year(place / "o.csv")
    assert by_organisation.names == {"league": "The League"}
    for number in numbers.values():
        lines = [table.history("league").timeline(state_of(number)) for table in (by_state, by_organisation)]
        assert lines[0] == lines[1]


def igo(*rows: str) -> str:
    head = "ioname,orgname,year,antiguabarbuda,yugoslaviaserb,sdate,accuracyofpre1965membershipdates,imputed\n"
    return head + "".join(f"{row}\n" for row in rows)


def test_imputed_and_inaccurate_rows_carry_a_caveat_and_others_none(file: Any) -> None:
    table = read_cow_igo_year(
        file(
            igo(
                "OAS,Org,1960,0,1,,Completely accurate,0",
                "OAS,Org,1961,0,1,,Completely accurate,1",
                "OAS,Org,1962,0,1,,Within 5 years,0",
                "OAS,Org,1963,0,1,,,0",
                "OAS,Org,1964,0,1,,Within 5 years,1",
                "OAS,Org,1965,0,1,,Within 5 years,0",
            )
        )
    )
    registry = Registry.of(table)
    remarks = {
        1960: "",
        1961: "imputed",
        1962: "accuracy of dates before 1965: Within 5 years",
        1963: "",
        1964: "imputed; accuracy of dates before 1965: Within 5 years",
        1965: "",
    }
    for year, note in remarks.items():
        finding = registry.status("oas", "cow:345", dt.date(year, 12, 31))
        expected = (f"line {year - 1958}: {note}",) if note else ()
        assert (finding.verdict, finding.caveats) == (YES, expected)
        # Until the last day of a year the row of the year before may be the one that holds.
        inside = registry.status("oas", "cow:345", f"{year}-06").caveats
        earlier = remarks.get(year - 1)
        assert [told for told in inside if told.startswith("line")] == [
            *([f"line {year - 1959}: {earlier}"] if earlier else []),
            *expected,
        ]
    claims = [claim for event in registry.history("oas").record.events_of("SRB") for claim in event.claims]
    assert [(claim.inferred, claim.note) for claim in claims[1:]] == [(bool(note), note) for note in remarks.values()]
    # A change that an imputed row tells is marked where the change is.
    changed = read_cow_igo_year(file(igo("OAS,Org,1960,0,0,,,0", "OAS,Org,1961,0,1,,,1"))).history("oas")
    assert any("inferred" in caveat for caveat in changed.status("SRB", "1961-12-31").caveats)
    assert registry.status("oas", state_of(58), "[1961..1962]").caveats == (
        "line 3: imputed",
        "line 4: accuracy of dates before 1965: Within 5 years",
    )


def test_a_state_without_a_code_keeps_its_number_and_name(file: Any) -> None:
    table = read_cow_igo_year(file(igo("OAS,Org,1960,0,1,,,0")))
    held = {state.cow: state for state in table.states}
    assert held[58].id in ("cow:58", "ATG")
    assert held[58].name == state_of(58).name
    rows = [(9999, 2000, "ruritania", ["1"])]
    assert read_cow_state_year(file(state_year(rows, ["eu"]))).states[0].as_dict() == {
        **State("cow:9999", "ruritania", cow=9999).as_dict()
    }


def test_bad_rows_of_state_years(file: Any) -> None:
    rows: list[tuple[Any, Any, str, list[str]]] = [
        (2, 2000, "usa", ["1", "0"]),
        (2, 2001, "usa", ["7", "x"]),
        (2, 2002, "usa", ["1", "0"]),
        (2, 2002, "usa", ["1", "0"]),
        (2, 1999, "usa", ["1", "0"]),
        ("two", "MM", "usa", ["1", "0"]),
        (0, 2000, "nobody", ["1", "0"]),
        (20, 9999, "canada", ["1", "0"]),
    ]
    path = file(state_year(rows, ["eu", "un"]))
    with pytest.raises(RecordError) as caught:
        read_cow_state_year(path)
    assert places(caught) == [
        "line 3, eu",
        "line 3, un",
        "line 5, year",
        "line 6, year",
        "line 7, ccode",
        "line 7, year",
        "line 8, ccode",
        "line 9, year",
    ]
    table = read_cow_state_year(path, bad_rows="skip", prefix="cow-")
    assert len(table.faults) == 8
    assert table.organisations == ("cow-eu", "cow-un")
    history = table.history("cow-eu")
    assert [state.cow for state in history.states] == [2]
    # The year that was skipped is unknown, not a member's because its neighbours are.
    assert around(history, "cow:2", "2001-12-31") == [OPEN, OPEN, OPEN]
    assert around(history, "cow:2", "2000-12-31") == [OPEN, YES, OPEN]


def test_bad_rows_and_columns_of_organisation_years(file: Any) -> None:
    text = "ioname,year,usa,atlantis\nNATO,1950,1,1\n,1950,1,1\nNATO,x,1,1\n"
    with pytest.raises(RecordError) as caught:
        read_cow_igo_year(file(text))
    assert places(caught) == ["line 1, atlantis", "line 3, ioname", "line 4, year"]
    table = read_cow_igo_year(file(text), bad_rows="skip")
    assert [state.cow for state in table.states] == [2]
    assert table.names == {"nato": ""}


def test_a_state_whose_rows_end_is_unknown_from_then_on_while_others_go_on(file: Any) -> None:
    rows = [(2, year, "usa", ["1", "-9"]) for year in (2000, 2001, 2002)]
    rows += [(20, 2000, "canada", ["1", "-9"])]
    history = read_cow_state_year(file(state_year(rows, ["eu", "un"]))).history("eu")
    assert around(history, "cow:20" if state_of(20).id == "cow:20" else "CAN", "2000-12-31") == [OPEN, YES, OPEN]
    assert history.coverage.as_dict() == {
        "first": "2000-01-01",
        "last": "2002-12-31",
        "before": "unknown",
        "after": "unknown",
    }


# --- ATOP -----------------------------------------------------------------------------------------------------------

ATOP = (
    "atopid,cowid,cow4id,member,cowsys,yrent,moent,dayent,yrexit,moexit,dayexit,ineffect,bilat,phase,maxphase,version\n"
)


def alliance(file: Any, *rows: str, version: str = "4.01", **options: Any) -> History:
    """The alliance 4220 of rows `member,entry...,exit...,phase`."""
    text = ATOP
    for row in rows:
        member, *dates, phase = row.split(",")
        text += f"4220,,,{member},1,{','.join(dates)},1,0,{phase},2,{version}\n"
    return read_atop(file(text), **options).history("4220")


def test_days_of_entry_and_exit_are_days_of_membership(file: Any) -> None:
    history = alliance(file, "704,1992,5,15,1999,4,20,1", "704,2006,8,17,2012,6,28,2", "365,1992,5,15,0,0,0,1")
    assert around(history, "UZB", "1992-05-15") == [NO, YES, YES]
    assert around(history, "UZB", "1999-04-20") == [YES, YES, NO]
    assert around(history, "UZB", "2006-08-17") == [NO, YES, YES]
    assert around(history, "UZB", "2012-06-28") == [YES, YES, NO]
    assert history.status("UZB", "2000-01-01").statuses == {Status.FORMER}
    assert around(history, "RUS", "2016-12-31") == [YES, YES, OPEN]
    assert around(history, "UZB", "2016-12-31") == [NO, NO, OPEN]
    assert around(history, "RUS", "1815-01-01") == [OPEN, NO, NO]


def test_phases_that_touch_are_one_spell_and_others_are_not(file: Any) -> None:
    for second in ("2002,10,7", "2002,10,8"):
        history = alliance(file, f"365,{second},0,0,0,2", "365,1992,5,15,2002,10,7,1")
        assert around(history, "RUS", "2002-10-07") == [YES, YES, YES]
        assert len(history.record.events) == 1
        assert history.record.events[0].claims[0].note == "phases that touch, lines 3 and 2"
    history = alliance(file, "365,2002,10,9,0,0,0,2", "365,1992,5,15,2002,10,7,1")
    assert around(history, "RUS", "2002-10-08") == [YES, NO, YES]


def test_more_phases_and_longer_first_ones_and_phases_of_unknown_days(file: Any) -> None:
    three = alliance(file, "365,1990,1,1,1991,1,1,1", "365,1991,1,1,1992,1,1,2", "365,1992,1,1,1993,1,1,3")
    assert three.record.events[0].claims[0].note == "phases that touch, lines 2, 3 and 4"
    assert around(three, "RUS", "1993-01-01") == [YES, YES, NO]
    inside = alliance(file, "365,1990,1,1,1995,1,1,1", "365,1991,1,1,1992,1,1,2")
    assert around(inside, "RUS", "1995-01-01") == [YES, YES, NO]
    after_open = alliance(file, "365,1990,1,1,0,0,0,1", "365,1991,1,1,1992,1,1,2")
    assert around(after_open, "RUS", "1992-01-01") == [YES, YES, YES]
    month = alliance(file, "365,1990,1,1,1992,6,,1", "365,1992,6,,1995,1,1,2")
    assert around(month, "RUS", "1992-06-15") == [YES, YES, YES]
    same_phase = alliance(file, "365,1990,1,1,1992,6,,1", "365,1992,6,,1995,1,1,1")
    assert around(same_phase, "RUS", "1992-06-15") == [OPEN, OPEN, OPEN]
    unknown = alliance(file, "365,1990,1,1,,,,1", "365,1995,6,1,1996,1,1,1")
    assert around(unknown, "RUS", "1990-01-01") == [NO, YES, OPEN]
    assert around(unknown, "RUS", "1995-06-01") == [OPEN, YES, YES]


def test_unknown_months_and_days_are_unknown(file: Any) -> None:
    history = alliance(file, "365,1992,5,,1999,0,0,0", "704,1992,,3,2000,4,0,0", "371,1992.0,5.0,15.0,0.0,,,0")
    assert around(history, "RUS", "1992-05-01") == [NO, OPEN, OPEN]
    assert around(history, "RUS", "1992-05-31") == [OPEN, YES, YES]
    assert around(history, "RUS", "1999-01-01") == [YES, YES, OPEN]
    assert around(history, "RUS", "1999-12-31") == [OPEN, OPEN, NO]
    assert around(history, "UZB", "1992-12-31") == [OPEN, YES, YES]
    assert around(history, "UZB", "2000-04-30") == [OPEN, OPEN, NO]
    assert around(history, "ARM", "1992-05-15") == [NO, YES, YES]


@pytest.mark.parametrize(
    ("version", "options", "last"),
    [
        ("3", {}, "2003-12-31"),
        ("4.01", {}, "2016-12-31"),
        ("5.1", {}, "2018-12-31"),
        ("", {}, "1992-05-15"),
        ("4", {"last": "2020-06-30"}, "2020-06-30"),
    ],
)
def test_nothing_is_known_after_the_data(file: Any, version: str, options: Any, last: str) -> None:
    history = alliance(file, "365,1992,5,15,0,0,0,0", version=version, **options)
    assert around(history, "RUS", last)[1:] == [YES, OPEN]
    with pytest.raises(DateError):
        alliance(file, "365,1992,5,15,0,0,0,0", last="2020")


def test_a_state_of_the_table_that_is_not_in_an_alliance_is_none_in_it(file: Any) -> None:
    rows = "1,,,365,1,1992,5,15,0,0,0,1,0,1,1,4\n2,,,704,1,1992,5,15,0,0,0,1,0,1,1,4\n"
    registry = Registry.from_tables(read_atop(file(ATOP + rows)))
    assert registry.was_member("1", "UZ", "2000-01-01") is NO
    assert registry.was_member("1", "UZ", "2020-01-01") is OPEN


def test_bad_rows_of_atop(file: Any) -> None:
    rows = [
        "704,1992,13,1,0,0,0,1",
        "704,1999,5,2,1999,5,1,1",
        "x,,5,2,0,0,0,1",
        "704,1992,2,30,1993,2,29,1",
        "704,1992,1,1,y,,,1",
    ]
    with pytest.raises(RecordError) as caught:
        alliance(file, *rows)
    assert places(caught) == [
        "line 2, yrent",
        "line 3, yrexit",
        "line 4, member",
        "line 4, yrent",
        "line 5, yrent",
        "line 5, yrexit",
        "line 6, yrexit",
    ]
    assert around(alliance(file, *rows, bad_rows="skip"), "UZB", "1999-05-02") == [OPEN, OPEN, OPEN]
    kept = alliance(file, *rows, "704,1999,5,2,1999,5,2,1", bad_rows="skip")
    assert around(kept, "UZB", "1999-05-02") == [OPEN, YES, OPEN]
    kept = alliance(file, *rows, "705,1999,5,2,1999,5,2,1", bad_rows="skip")
    assert around(kept, "KAZ", "1999-05-02") == [NO, YES, NO]


# --- progress -------------------------------------------------------------------------------------------------------


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class _Tqdm:
    made: list[_Tqdm] = []  # noqa: RUF012

    def __init__(self, **options: Any) -> None:
        self.options, self.n, self.closed = options, 0, False
        _Tqdm.made.append(self)

    def update(self, by: int) -> None:
        self.n += by

    def close(self) -> None:
        self.closed = True


def long_table() -> str:
    return SPELLS + "".join(f"o{number},UZ,member,2000,\n" for number in range(2000))


def test_a_bar_shows_in_a_terminal_and_ends_also_when_reading_fails(file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _Tqdm.made.clear()
    monkeypatch.setattr(sys, "stderr", _Terminal())
    monkeypatch.setitem(sys.modules, "tqdm", types.SimpleNamespace(tqdm=_Tqdm))
    path = file(long_table())
    assert len(read_spells(path).organisations) == 2000
    (bar,) = _Tqdm.made
    assert bar.closed
    assert bar.options["total"] == path.stat().st_size >= bar.n > 0
    with pytest.raises(RecordError):
        read_spells(file("x"))
    assert _Tqdm.made[1].closed


@pytest.mark.parametrize("stderr", [io.StringIO(), None])
def test_no_bar_shows_where_there_is_no_terminal(file: Any, monkeypatch: pytest.MonkeyPatch, stderr: Any) -> None:
    _Tqdm.made.clear()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setitem(sys.modules, "tqdm", types.SimpleNamespace(tqdm=_Tqdm))
    assert isinstance(read_spells(file(SPELLS)), Table)
    assert _Tqdm.made == []


def test_a_missing_tqdm_is_no_fault(file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert len(read_spells(file(long_table())).organisations) == 2000
    assert terminal.getvalue() == ""


def test_what_is_no_state_is_unknown(file: Any) -> None:
    with pytest.raises(UnknownStateError):
        league(file, "UZ,member,2000,").was_member("Ruritania", "2001-01-01")
