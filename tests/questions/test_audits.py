"""An audit: a table held against a record, with the states that only one of the two names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from csto_membership import CSTO, Coverage, History
from csto_membership.readers import read_spells

HEAD = "organisation,state,status,first_day,last_day\n"
INVENTED = (
    "csto,Armenia,member,1992-05-15,\n"
    "csto,Uzbekistan,member,1992-05-15,1999-04-20\n"
    "csto,Uzbekistan,member,2006-06-23,2012-06-27\n"
    "csto,China,member,2003-01-01,\n"
)


def table(folder: Path, rows: str, **options: Any) -> History:
    path = folder / "mine.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return read_spells(path, **options).history("csto")


def test_an_invented_member_is_a_difference(tmp_path: Path) -> None:
    found = CSTO.compare(table(tmp_path, INVENTED), only="contradictions")
    assert [str(told) for told in found] == ["China 2003-01-01 to ..: no, yes"]
    assert found[0].claims[0] == ()
    assert len(found[0].claims[1]) == 1


def test_a_missing_member_is_one_where_the_table_declares_itself_complete(tmp_path: Path) -> None:
    missing = {"AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK"}
    listed = CSTO.compare(table(tmp_path, INVENTED))
    assert {told.state.id for told in listed if str(told.verdicts[1]) == "undetermined"} >= missing
    assert not missing & {told.state.id for told in CSTO.compare(table(tmp_path, INVENTED), only="contradictions")}
    complete = table(tmp_path, INVENTED, covers=Coverage(dt.date(1992, 5, 15), dt.date(2020, 1, 1)))
    contradicted = CSTO.compare(complete, only="contradictions")
    assert {told.state.id for told in contradicted} == {*missing, "cow:710" if "cow:710" in ids(complete) else "CHN"}


def ids(history: History) -> set[str]:
    return set(history.states.codes)


@pytest.mark.parametrize("only", ["all", "contradictions", "both_speak"])
def test_each_kind_of_difference_is_a_part_of_all(tmp_path: Path, only: Any) -> None:
    other = table(tmp_path, INVENTED, as_of="2010-01-01")
    every = CSTO.compare(other)
    part = CSTO.compare(other, only=only)
    assert {told.state for told in part} <= {told.state for told in every}
    if only != "all":
        assert all({str(verdict) for verdict in told.verdicts} == {"yes", "no"} for told in part)


def test_where_both_speak_a_run_ends_with_the_coverage_of_either(tmp_path: Path) -> None:
    other = table(tmp_path, "csto,Georgia,member,1993-12-09,\n", as_of="2005-06-30")
    (carried,) = CSTO.compare(other, only="contradictions")
    assert str(carried) == "Georgia 1999-04-21 to ..: no, yes"
    (spoken,) = CSTO.compare(other, only="both_speak")
    assert str(spoken) == "Georgia 1999-04-21 to 2005-06-30: no, yes"
    assert (
        CSTO.compare(table(tmp_path, "csto,Georgia,member,1993-12-09,\n", as_of="1999-04-20"), only="both_speak") == ()
    )
