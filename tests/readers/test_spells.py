"""Tables of spells, and what all readers share: states, encodings, every bad row with its line, and progress."""

from __future__ import annotations

import datetime as dt
import io
import sys
import types
from typing import Any

import pytest
from support.asking import around, places

from csto_membership import (
    ArgumentError,
    Coverage,
    History,
    RecordError,
    Source,
    State,
    Status,
    UnknownNameError,
    UnknownStateError,
    Verdict,
)
from csto_membership._files.known_states import known_states, state_of
from csto_membership._values.lives import Predecessor
from csto_membership.readers import Table, read_atop, read_cow_igo_year, read_cow_state_year, read_spells
from csto_membership.registry import Registry

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
ATOP = (
    "atopid,cowid,cow4id,member,cowsys,yrent,moent,dayent,yrexit,moexit,dayexit,ineffect,bilat,phase,maxphase,version\n"
)


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
        ("member,,1999-12-31", "1999-12-31", [OPEN, YES, NO]),
        ("member,always,1999-12-31", "1999-12-31", [YES, YES, NO]),
        ("member,,", "0001-01-02", [OPEN, OPEN, OPEN]),
        ("member,always,", "0001-01-02", [YES, YES, YES]),
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


def test_an_organisation_has_the_states_that_its_rows_speak_of(file: Any) -> None:
    table = read_spells(file(SPELLS + "a,UZ,member,2000-01-01,\nb,ARM,member,2000-01-01,\n"))
    registry = Registry.of(table)
    assert [record.states[0].id for record in table.records()] == ["UZB", "ARM"]
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
        "line 10, state",
        "line 11, state",
        "line 12, first_day",
    ]
    assert {fault.file for fault in caught.value.faults} == {str(path)}
    assert "Uzbekistan" in str(caught.value)
    table = read_spells(path, bad_rows="skip")
    assert [fault.place for fault in table.faults] == places(caught)
    history = table.history("a")
    # Of whom a row was skipped nothing is firm that a reading of that row could change.
    assert [state.id for state in history.states] == ["ARM", "KAZ", "UZB"]
    # The row without an organisation may be of this one, but begins in 2000 at the earliest.
    assert around(history, "UZB", "2000-01-01") == [NO, YES, YES]
    assert around(history, "KAZ", "2004-06-01") == [OPEN, OPEN, OPEN]
    with pytest.raises(ArgumentError):
        read_spells(path, bad_rows="ignore")  # type: ignore[arg-type]


def test_a_missing_cell_is_told_as_missing_and_any_other_as_it_stands(file: Any) -> None:
    with pytest.raises(RecordError) as caught:
        read_spells(file(SPELLS + "a,,member,2000,\na,UZ,,2000,\na,UZ,Full Member,2000,\na,UZ,Member | FORMER,2000,\n"))
    assert [(fault.problem, fault.value) for fault in caught.value.faults] == [
        ("the state is missing", None),
        ("the status is missing", None),
        ("unknown status", "Full Member"),
    ]


def test_faults_that_are_not_listed_are_counted(file: Any) -> None:
    path = file(SPELLS + "a,,member,2000,\n" * 1200)
    with pytest.raises(RecordError, match=r"^the record has 1200 faults:"):
        read_spells(path)
    assert repr(read_spells(path, bad_rows="skip")).endswith("0 states, 1200 faults>")
    one = read_spells(file(SPELLS + "a,,member,2000,\n"), bad_rows="skip")
    assert repr(one).endswith("0 states, 1 fault>")


def test_a_skipped_row_leaves_its_state_unknown_and_no_other(file: Any) -> None:
    rows = ["ARM,observer,1980-01-01,1981-01-01", "ARM,member,1990-13-01,", "ARM,member,1994-01-01,1996-01-01"]
    rows += ["ARM,member,1995-01-01,1999-01-01", "UZB,member,1994-01-01,1996-01-01", "KAZ,Member,1994,Unknown"]
    history = league(file, *rows, bad_rows="skip")
    found = {year: history.was_member("ARM", f"{year}-06-01") for year in (1979, 1980, 1992, 1995, 1998, 2005)}
    assert found == {1979: OPEN, 1980: OPEN, 1992: OPEN, 1995: YES, 1998: YES, 2005: OPEN}
    assert "skipped" in str(history.status("ARM", "2005-06-01"))
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
    both = league(file, "ARM,member,2000-01-01,2000-12-31", "ARM,suspended,2000-12-31,")
    assert around(both, "ARM", "2000-12-31") == [YES, OPEN, NO]


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
