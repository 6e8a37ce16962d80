"""Correlates of War: a code that changes between two years changed on an unknown day, and what is missing is unknown."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Set as AbstractSet
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.asking import around, places

from csto_membership import RecordError, State, Status, Verdict
from csto_membership._files.known_states import state_of
from csto_membership.readers import read_cow_igo_year, read_cow_state_year
from csto_membership.registry import Registry

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
ANY = frozenset(Status)
NONE, MEMBER, ASSOCIATE, OBSERVER = ({Status(name)} for name in ("none", "member", "associate", "observer"))

CODES = {"0": NONE, "-1": ANY, "1": MEMBER, "2": ASSOCIATE, "3": OBSERVER, "-9": ANY, "": ANY}


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


@pytest.mark.law
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
        listed = any(CODES[code.strip().removesuffix(".0")] != ANY for code in codes.values())
        assert (state_of(numbers[state]).id in history.states.codes) is listed
        for day in GRID_DAYS if listed else ():
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
    states = [table.states_of("league") for table in (by_state, by_organisation)]
    assert states[0] == states[1]
    for number in numbers.values():
        if state_of(number) not in states[0]:
            continue


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
    caveats = registry.status("oas", state_of(58), "[1961..1962]").caveats
    assert [told for told in caveats if told.startswith("line")] == [
        "line 3: imputed",
        "line 4: accuracy of dates before 1965: Within 5 years",
    ]


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
        "line 7, ccode",
        "line 7, year",
        "line 8, ccode",
        "line 9, year",
    ]
    table = read_cow_state_year(path, bad_rows="skip", prefix="cow-")
    assert len(table.faults) == 6
    assert table.organisations == ("cow-eu", "cow-un")
    history = table.history("cow-eu")
    assert [state.cow for state in history.states] == [2]
    # The year that was skipped is unknown, not a member's because its neighbours are.
    assert around(history, "cow:2", "2001-12-31") == [OPEN, OPEN, OPEN]
    assert around(history, "cow:2", "2000-12-31") == [YES, YES, OPEN]


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
        "states": "listed",
        "acts": "all",
    }
