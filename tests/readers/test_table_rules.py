"""The rules of tables: what a row, a missing row, a skipped row and a column say, and that they say no more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from support.asking import around

from csto_membership import (
    ArgumentError,
    Coverage,
    DateError,
    History,
    RecordError,
    State,
    Status,
    UndeterminedError,
    UnknownNameError,
    Verdict,
)
from csto_membership.readers import (
    Table,
    read_acts,
    read_atop,
    read_cow_igo_year,
    read_cow_state_year,
    read_spells,
    read_wikidata,
)
from csto_membership.registry import Registry
from csto_membership.writers import write_spells

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
HEAD = "organisation,state,status,first_day,last_day\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def club(folder: Path, *rows: str, **options: Any) -> History:
    text = HEAD + "".join(f"club,{row}\n" for row in rows)
    return read_spells(written(folder, text), **options).history("club")


def whole_fault(caught: pytest.ExceptionInfo[RecordError]) -> str:
    (fault,) = caught.value.faults
    return str(fault)


# --- Bounds that are missing ------------------------------------------------------------------------------------------


def test_a_row_without_a_date_says_only_that_it_was_so_at_some_time(tmp_path: Path) -> None:
    history = club(tmp_path, "NOR,member,,", "SWE,member,1960-01-01,1970-12-31")
    for day in ("0500-01-01", "1800-01-01", "1965-06-01", "1970-12-31"):
        assert history.was_member("NOR", day) is OPEN
        assert history.status("NOR", day).statuses == {Status.NONE, Status.MEMBER, Status.FORMER}


def test_an_empty_first_day_is_unknown_and_always_is_since_ever(tmp_path: Path) -> None:
    history = club(tmp_path, "NOR,member,,1970-12-31", "SWE,member,always,1970-12-31", "FIN,member,Unknown,1970-12-31")
    assert around(history, "NOR", "1970-12-31") == [OPEN, YES, NO]
    assert around(history, "FIN", "1970-12-31") == [OPEN, YES, NO]
    assert around(history, "SWE", "1970-12-31") == [YES, YES, NO]
    assert history.was_member("SWE", dt.date.min) is YES


@pytest.mark.parametrize("word", ["NA", "NaT", "nan", "None", "NULL", "n/a", "present", "..", "open"])
@pytest.mark.parametrize("column", ["first_day", "last_day"])
def test_a_word_in_place_of_a_day_is_refused_and_the_words_that_are_read_are_named(
    tmp_path: Path, word: str, column: str
) -> None:
    cells = {"first_day": "1990-01-01", "last_day": "1999-12-31", column: word}
    with pytest.raises(RecordError) as caught:
        club(tmp_path, f"NOR,member,{cells['first_day']},{cells['last_day']}")
    told = whole_fault(caught)
    assert f"line 2, {column}: it is a word and no date (found {word!r})" in told
    assert "empty" in told
    assert '"unknown"' in told
    assert ("always" in told) is (column == "first_day")


# --- After the last day that is spoken of -----------------------------------------------------------------------------


def test_after_the_last_day_spoken_of_an_answer_is_carried_with_a_caveat(tmp_path: Path) -> None:
    rows = ("NOR,member,1960-01-01,", "SWE,member,1960-01-01,2015-12-31")
    history = club(tmp_path, *rows)
    assert history.coverage == Coverage(None, dt.date(2015, 12, 31), states="listed")
    assert history.status("NOR", "2015-12-31").caveats == ()
    found = history.status("NOR", "2016-01-01")
    assert found.verdict is YES
    assert "after 2015-12-31" in found.caveats[0]
    assert history.strict().was_member("NOR", "2016-01-01") is OPEN
    later = club(tmp_path, *rows, as_of="2020-06-30")
    assert later.status("NOR", "2020-06-30").caveats == ()
    assert "after 2020-06-30" in later.status("NOR", "2020-07-01").caveats[0]


def test_the_last_year_of_the_calendar_is_no_day_that_a_table_speaks_of(tmp_path: Path) -> None:
    assert club(tmp_path, "NOR,member,1960-01-01,9999-12-31").coverage.last == dt.date(1960, 1, 1)


def test_each_organisation_speaks_of_its_own_days(tmp_path: Path) -> None:
    table = read_spells(written(tmp_path, HEAD + "a,NOR,member,1960,\nb,NOR,member,1990-01-01,[1999..]\n"))
    assert [covers.last for covers in table.coverage.values()] == [dt.date(1960, 12, 31), dt.date(1999, 1, 1)]


def test_what_covers_says_is_believed_and_as_of_cannot_say_another_day(tmp_path: Path) -> None:
    covers = Coverage("1950-01-01", "2010-12-31", "unknown", "unknown")
    history = club(tmp_path, "NOR,member,1960-01-01,", covers=covers)
    assert history.coverage == covers
    assert history.was_member("DNK", "1990-01-01") is NO
    assert club(tmp_path, "NOR,member,1960-01-01,").was_member("DNK", "1960-01-01") is OPEN
    with pytest.raises(ArgumentError, match="one of the two"):
        club(tmp_path, "NOR,member,1960-01-01,", covers=covers, as_of="2020-01-01")
    with pytest.raises(DateError):
        club(tmp_path, "NOR,member,1960-01-01,", as_of="2020")


# --- What the last day is ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_day", "on_the_day"), [("in", [YES, YES, NO]), ("out", [YES, NO, NO]), ("shared", [YES, YES, NO])]
)
def test_the_last_day_is_in_or_out_as_it_is_said_to_be(
    tmp_path: Path, last_day: Any, on_the_day: list[Verdict]
) -> None:
    history = club(tmp_path, "NOR,member,1960-01-01,1970-06-15", last_day=last_day)
    assert around(history, "NOR", "1970-06-15") == on_the_day


@pytest.mark.parametrize("last_day", ["in", "out", "shared"])
def test_terms_that_end_and_begin_on_one_day_are_one_membership(tmp_path: Path, last_day: Any) -> None:
    rows = ("NOR,member,1995-01-03,2001-01-03", "NOR,member,2001-01-03,2007-01-03", "NOR,member,1989-01-03,1995-01-03")
    history = club(tmp_path, *rows, last_day=last_day)
    for day in ("1995-01-03", "2001-01-03"):
        assert around(history, "NOR", day) == [YES, YES, YES]
    assert [spell.verdict for spell in history.timeline("NOR")] == [NO, YES, NO]


def test_a_first_day_out_that_is_the_first_day_leaves_no_day(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        club(tmp_path, "NOR,member,1990-01-01,1990-01-01", last_day="out")
    assert "the spell has no day" in whole_fault(caught)
    with pytest.raises(ArgumentError, match="shared"):
        club(tmp_path, "NOR,member,1990-01-01,", last_day="exclusive")


# --- Rows that meet ---------------------------------------------------------------------------------------------------


def test_equal_rows_are_one_and_overlapping_rows_of_one_status_are_their_union(tmp_path: Path) -> None:
    twice = club(tmp_path, "NOR,member,2007-02-01,2008-01-31", "NOR,member,2007-02-01,2008-01-31")
    assert len(twice.record.events) == 2
    assert around(twice, "NOR", "2008-01-31") == [YES, YES, NO]
    terms = ("NOR,member,2019-02-01,2021-07-31", "NOR,member,2017-02-01,2019-07-31", "NOR,member,2021-02-01,")
    whole = club(tmp_path, *terms)
    assert [str(spell) for spell in whole.timeline("NOR")] == [".. to 2017-01-31: none", "2017-02-01 to ..: member"]
    assert whole.record.events[0].claims[0].locator == "lines 3, 2 and 4"


def test_one_spell_told_twice_has_rival_ends(tmp_path: Path) -> None:
    history = club(tmp_path, "NOR,member,1990-01-01,1995-12-31", "NOR,member,1990-01-01,1999-12-31")
    assert [history.was_member("NOR", day) for day in ("1995-12-31", "1996-01-01", "1999-12-31", "2000-01-01")] == [
        YES,
        OPEN,
        OPEN,
        NO,
    ]
    (conflict,) = history.conflicts()
    assert [claim.claim.locator for claim in conflict.claims] == ["line 2", "line 3"]
    denied = club(tmp_path, "NOR,member,1990-01-01,1995-12-31", "NOR,member,1990-01-01,")
    assert denied.was_member("NOR", "1995-12-31") is YES
    assert denied.was_member("NOR", "2010-01-01") is OPEN
    precise = club(tmp_path, "NOR,member,1990-01-01,1995", "NOR,member,1990-01-01,1995-06-30")
    assert around(precise, "NOR", "1995-06-30") == [YES, YES, NO]


def test_on_days_that_rows_of_several_statuses_cover_each_is_possible(tmp_path: Path) -> None:
    history = club(tmp_path, "NOR,member,1990-01-01,1999-12-31", "NOR,observer,1995-01-01,2004-12-31")
    both = {Status.MEMBER, Status.OBSERVER}
    assert [history.status("NOR", f"{year}-06-01").statuses for year in (1994, 1995, 1999, 2000, 2005)] == [
        {Status.MEMBER},
        both,
        both,
        {Status.OBSERVER},
        {Status.FORMER},
    ]
    assert "lines 2 and 3" in str(history.status("NOR", "1996-01-01"))


def test_rows_that_only_may_overlap_stand_one_after_the_other(tmp_path: Path) -> None:
    history = club(tmp_path, "NOR,observer,1990-01-01,1995", "NOR,member,1995,2000-12-31")
    assert history.status("NOR", "1995-01-01").statuses == {Status.OBSERVER}
    assert Status.NONE not in history.status("NOR", "1995-06-01").statuses
    assert history.was_member("NOR", "1995-12-31") is YES


# --- Rows and states that are not there -------------------------------------------------------------------------------


def test_states_of_other_organisations_are_not_listed_and_not_answered_with_no(tmp_path: Path) -> None:
    table = read_spells(written(tmp_path, HEAD + "a,NOR,member,1960-01-01,\nb,SWE,member,1960-01-01,\n"))
    registry = Registry.of(table)
    assert registry.was_member("a", "SWE", "1960-01-01") is OPEN
    assert table.history("a").states.codes == ("NOR",)


def test_lists_and_sizes_say_that_rows_were_skipped(tmp_path: Path) -> None:
    rows = (
        "NOR,member,1960-01-01,",
        "Atlantis,member,1960-01-01,",
        "Atlantis,member,1990-01-01,",
        "Lemuria,member,1990,",
    )
    history = club(tmp_path, *rows, bad_rows="skip")
    members = history.members_on("2000-01-01")
    assert (members.certain.codes, members.fewest, members.most) == (("NOR",), 1, 3)
    assert members.caveats[-1] == "the list may be short: skipped: lines 3, 4 and 5"
    assert history.size("2000-01-01") == (1, 3)
    assert history.sizes()[-1].most == 3
    with pytest.raises(UndeterminedError, match="states that the table does not tell"):
        len(members)
    with pytest.raises(UndeterminedError):
        list(members)
    assert "NOR" in members
    again = Registry.of(history)
    again.prepare(tmp_path / "prepared.jsonl")
    for registry in (again, Registry.from_prepared(tmp_path / "prepared.jsonl")):
        assert registry.members_on("club", "2000-01-01").caveats[-1] == members.caveats[-1]
        assert registry.members_on("club", "2000-01-01").most == 3


def test_a_skipped_row_without_an_organisation_may_be_of_any(tmp_path: Path) -> None:
    text = HEAD + "a,NOR,member,1960-01-01,1970-12-31\nb,SWE,member,1960-01-01,\n,NOR,member,1980-01-01,\n"
    table = read_spells(written(tmp_path, text), bad_rows="skip")
    assert table.history("a").was_member("NOR", "1965-01-01") is YES
    assert table.history("a").was_member("NOR", "1990-01-01") is OPEN
    for organisation in ("a", "b"):
        assert "short" in table.history(organisation).members_on("1965-01-01").caveats[-1]
    assert table.history("b").size("1965-01-01") == (1, 2)


@pytest.mark.parametrize(("cell", "opened"), [("Nroway", "NOR"), ("", "NOR SWE"), ("Atlantis", ""), ("704", "")])
def test_a_skipped_row_of_no_known_state_opens_those_that_it_may_be_of(tmp_path: Path, cell: str, opened: str) -> None:
    told = ["NOR,member,1960-01-01,1970-12-31", "SWE,member,1960-01-01,1970-12-31", "ISL,member,1960-01-01,1999-12-31"]
    seen = club(tmp_path, *told, f"{cell},member,1980-01-01,1989-12-31", bad_rows="skip")
    for state in ("NOR", "SWE", "ISL"):
        assert [seen.was_member(state, day) for day in ("1970-12-31", "1979-12-31", "1990-01-01")] == [
            YES,
            YES if state == "ISL" else NO,
            YES if state == "ISL" else NO,
        ]
        for day in ("1980-01-01", "1989-12-31"):
            assert seen.was_member(state, day) is (YES if state == "ISL" else OPEN if state in opened else NO)
    assert "short" in seen.members_on("1985-01-01").caveats[-1]


def test_a_table_that_lost_rows_of_unknown_states_vouches_for_no_others(tmp_path: Path) -> None:
    covers = Coverage("1950-01-01", "2010-12-31")
    history = club(tmp_path, "NOR,member,1960-01-01,", "Atlantis,member,1960-01-01,", covers=covers, bad_rows="skip")
    assert history.was_member("DNK", "1990-01-01") is OPEN


# --- What cannot be a record is refused when it is read ---------------------------------------------------------------


def test_codes_that_meet_are_a_fault_of_their_line(tmp_path: Path) -> None:
    own = [State("QQA", "Far Land", alpha2="QQ"), State("QQ", "Near Land")]
    with pytest.raises(RecordError) as caught:
        club(tmp_path, "QQA,member,1990-01-01,", "QQ,member,1990-01-01,", states=own)
    assert "table.csv: line 3, state: QQ and QQA have one name or code (found 'qq')" in whole_fault(caught)
    kept = club(tmp_path, "QQA,member,1990-01-01,", "QQ,member,1990-01-01,", states=own, bad_rows="skip")
    assert kept.states.codes == ("QQA",)
    assert kept.size("1990-01-01") == (1, 2)


def test_ids_that_nobody_could_write_are_a_fault_of_their_line(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="line 3, organisation: an id is one line of text"):
        read_spells(written(tmp_path, HEAD + '"a\nb",NOR,member,1990-01-01,\n'))


# --- Forms of files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("head", ["", "sep={}\n", "SEP={}\r\n"])
def test_the_separator_is_found_or_told_by_a_line_of_a_spreadsheet(tmp_path: Path, separator: str, head: str) -> None:
    rows = HEAD + "club,NOR,member,1990-01-01,\nclub,NOR,king,1990-01-01,\n"
    path = written(tmp_path, head.format(separator) + rows.replace(",", separator))
    table = read_spells(path, bad_rows="skip")
    assert table.organisations == ("club",)
    assert table.faults[0].place == f"line {4 if head else 3}, status"


def test_the_header_may_stand_after_blank_lines_and_have_names_of_several_lines(tmp_path: Path) -> None:
    rows = HEAD.replace(",", ";").rstrip("\n") + ';"a\nnote"\nclub;NOR;king;1990-01-01;;\n'
    for before in ("", "\n\r\n", "\nsep=;\n\n"):
        table = read_spells(written(tmp_path, before + rows), bad_rows="skip")
        assert table.faults[0].place == f"line {3 + before.count(chr(10))}, status"


def test_a_cell_that_is_too_long_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="or shorten the cell"):
        read_spells(written(tmp_path, HEAD + f"club,{'x' * 140_000},member,1990-01-01,\n"))


def test_a_separator_may_be_named(tmp_path: Path) -> None:
    path = written(tmp_path, (HEAD + "club,NOR,member,1990-01-01,\n").replace(",", "^"))
    assert read_spells(path, delimiter="^").organisations == ("club",)
    with pytest.raises(RecordError, match="the column is missing"):
        read_spells(path)
    for wrong in ("", "ab", '"', "\n"):
        with pytest.raises(ArgumentError, match="delimiter"):
            read_spells(path, delimiter=wrong)


def test_a_column_of_a_similar_name_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="did you mean 'organization'"):
        read_spells(written(tmp_path, HEAD.replace("organisation", "organization")))
    read_spells(written(tmp_path, "Organisation,STATE,Status,First day,last  day\nclub,NOR,member,1990,\n"))


def test_a_code_with_a_fraction_of_nothing_is_a_whole_number(tmp_path: Path) -> None:
    assert club(tmp_path, "cow:385.0,member,1990-01-01,").states.codes == ("NOR",)
    with pytest.raises(RecordError, match="cow:385"):
        club(tmp_path, "385.0,member,1990-01-01,")
    path = written(tmp_path, "ccode,year,state,club\n385.0,2000.0,norway,1.0\n385.00,2001.00,norway,1.00\n")
    assert read_cow_state_year(path).history("club").was_member("NOR", "2001-06-01") is YES


# --- Correlates of War ------------------------------------------------------------------------------------------------


def test_who_was_no_member_of_the_system_may_have_been_a_member_of_an_organisation(tmp_path: Path) -> None:
    path = written(tmp_path, "ioname\torgname\tyear\tnorway\tsweden\nCLUB\tx\t1901\t1\t0\nCLUB\tx\t1900\t-1\t-1\n")
    history = read_cow_igo_year(path).history("club")
    assert history.was_member("NOR", "1900-12-31") is OPEN
    assert history.was_member("NOR", "1901-12-31") is YES
    assert history.was_member("SWE", "1901-12-31") is NO
    assert history.was_member("SWE", "1900-12-31") is OPEN


def test_rows_of_years_may_stand_in_any_order_and_twice(tmp_path: Path) -> None:
    rows = ["385,2000,norway,0", "385,2001,norway,1", "385,2002,norway,1", "2,2001,usa,1"]

    def lines(*own: str) -> list[str]:
        path = written(tmp_path, "ccode,year,state,club\n" + "".join(f"{row}\n" for row in own))
        return [str(read_cow_state_year(path).history("club").timeline(state)) for state in ("NOR", "USA")]

    assert lines(*rows) == lines(*reversed(rows)) == lines(*rows, *rows)
    differ = lines(*rows, "385,2002,norway,0")[0]
    assert "2002-01-01 to 2002-12-31: none or member" in differ


def test_row_numbers_and_columns_that_are_no_organisation_are_told_by_name(tmp_path: Path) -> None:
    text = '"",ccode,year,state,iso3,club,"Unnamed: 0.1"\n1,385,2000,norway,NOR,1,5\n2,385,2001,norway,NOR,1,6\n'
    path = written(tmp_path, text.replace(',"Unnamed: 0.1"', "").replace(",5\n", "\n").replace(",6\n", "\n"))
    with pytest.raises(RecordError) as caught:
        read_cow_state_year(path)
    assert "line 1, iso3: its cells are no codes" in whole_fault(caught)
    table = read_cow_state_year(path, bad_rows="skip")
    assert table.organisations == ("club",)
    assert len(table.faults) == 1
    assert table.ignored == ("column 1 has no name: it is taken for the row numbers that R and pandas write",)
    assert table.history("club").was_member("NOR", "2001-12-31") is YES


def test_a_cell_that_is_no_code_costs_no_other_cell(tmp_path: Path) -> None:
    path = written(
        tmp_path, "ccode,year,state,club,league\n385,2000,norway,1,1\n385,2001,norway,1,x\n385,2002,norway,1,1\n"
    )
    table = read_cow_state_year(path, bad_rows="skip")
    assert table.history("club").was_member("NOR", "2001-06-01") is YES
    assert table.history("league").was_member("NOR", "2001-12-31") is OPEN
    assert table.history("league").was_member("NOR", "2002-12-31") is YES


def test_a_row_that_does_not_tell_its_year_may_be_of_any(tmp_path: Path) -> None:
    text = "ccode,year,state,club\n385,2000,norway,1\n385,MM,norway,0\n2,2000,usa,1\nx,2000,nobody,1\n"
    table = read_cow_state_year(written(tmp_path, text), bad_rows="skip")
    history = table.history("club")
    assert history.was_member("NOR", "2000-12-31") is OPEN
    assert history.was_member("USA", "2000-12-31") is YES
    assert "short: skipped: lines 3 and 5" in history.members_on("2000-12-31").caveats[-1]
    assert history.size("2000-12-31") == (1, 3)


# --- ATOP -------------------------------------------------------------------------------------------------------------

ATOP = "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,phase,version\n"


def test_an_empty_year_of_entry_is_unknown(tmp_path: Path) -> None:
    history = read_atop(written(tmp_path, ATOP + "1,385,,,,1990,1,1,1,4\n")).history("1")
    assert around(history, "NOR", "1990-01-01") == [OPEN, YES, NO]


def test_rows_of_one_phase_and_entry_with_different_exits_are_rivals_in_any_order(tmp_path: Path) -> None:
    rows = ["1,385,1980,1,1,1990,1,1,1,4\n", "1,385,1980,1,1,1995,1,1,1,4\n"]
    for text in ("".join(rows), "".join(reversed(rows)), "".join([*rows, *rows])):
        history = read_atop(written(tmp_path, ATOP + text)).history("1")
        assert history.was_member("NOR", "1990-01-01") is YES
        assert history.was_member("NOR", "1993-01-01") is OPEN
        assert history.was_member("NOR", "1996-01-01") is NO


# --- Options ----------------------------------------------------------------------------------------------------------

ROWS: dict[str, list[dict[str, str]]] = {
    "spells": [{"organisation": "club", "state": "NOR", "status": "member", "first_day": "2000", "last_day": ""}],
    "acts": [{"organisation": "club", "state": "NOR", "act": "signature", "date": "2000"}],
    "cow-state-year": [{"ccode": "385", "year": "2000", "state": "Norway", "CLUB": "1"}],
    "cow-igo-year": [{"ioname": "CLUB", "year": "2000", "norway": "1"}],
    "atop": [
        dict(zip(ATOP.strip().split(","), ["1", "385", "1980", "1", "1", "1990", "1", "1", "1", "4"], strict=True))
    ],
    "status-table": [{"Participant": "Norway", "Signature": "3 May 1999"}],
}
NEEDED: dict[str, dict[str, Any]] = {"status-table": {"organisation": "club"}}
NORWAY = State("NO1", "Norway of ours")
OF_A_KIND: dict[str, tuple[list[Any], str, tuple[str, ...]]] = {
    "source": ([None, "mine", Coverage], "a Source is needed", tuple(ROWS)),
    "sources": ([None, "mine", ["mine"], [NORWAY]], "a Source is needed", ("acts",)),
    "states": (
        [None, "NO", ["NO"], [{"id": "NOR"}]],
        "these are states of your own",
        ("spells", "acts", "status-table"),
    ),
    "covers": ([1, "all", State], "a Coverage is needed", ("spells", "acts", "status-table")),
    "prefix": ([None, 1], "a str is needed", ("cow-state-year", "cow-igo-year")),
}


@pytest.mark.parametrize(("form", "option"), [(form, option) for option, (*_, of) in OF_A_KIND.items() for form in of])
def test_options_are_of_their_kind(form: str, option: str) -> None:
    wrong, reason, _ = OF_A_KIND[option]
    for value in wrong:
        with pytest.raises(ArgumentError, match=reason) as caught:
            Table.from_frame(ROWS[form], form, **NEEDED.get(form, {}), **{option: value})
        assert caught.value.argument == option


def test_one_state_of_ones_own_needs_no_list(tmp_path: Path) -> None:
    for states in (NORWAY, [NORWAY], iter([NORWAY])):
        assert club(tmp_path, "NO1,member,2000,", states=states).states.codes == ("NO1",)
    with pytest.raises(ArgumentError, match="these are states of your own"):
        read_wikidata(tmp_path / "none.json", states=["NO"])  # type: ignore[list-item]


def test_what_is_no_id_of_an_organisation_is_unknown(tmp_path: Path) -> None:
    table = read_spells(written(tmp_path, HEAD + "club,NOR,member,2000,\n"))
    for of in (table, read_acts(ROWS["acts"])):
        ids: tuple[Any, ...] = ("none", [], None, 1)
        for id in ids:
            for ask in (of.history, of.record, of.states_of):
                with pytest.raises(UnknownNameError) as caught:
                    ask(id)
                assert (caught.value.value, caught.value.known) == (id, ("club",))


def test_tables_show_how_many_there_are() -> None:
    assert repr(read_spells(ROWS["spells"])) == "<Table spells: 1 organisation, 1 state>"


# --- Written and read again -------------------------------------------------------------------------------------------


def test_a_spell_since_ever_is_written_as_such(tmp_path: Path) -> None:
    history = club(tmp_path, "NOR,member,always,1970-12-31", "SWE,member,,1970-12-31", "DNK,none,always,")
    write_spells(history, tmp_path / "again.csv")
    again = read_spells(tmp_path / "again.csv").history("club")
    for state in ("NOR", "SWE", "DNK"):
        assert again.timeline(state).spells == history.timeline(state).spells
