"""Tidy rows of acts: which rows tell of one event, in which order events stand, and what is a fault."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from attrs import evolve
from support.asking import around, places

import csto_membership as csto
from csto_membership import (
    ArgumentError,
    Coverage,
    History,
    Rank,
    RecordError,
    Source,
    State,
    Status,
    UnknownNameError,
    Verdict,
    precedence,
)
from csto_membership._files.known_states import known_state
from csto_membership._files.read import record_of
from csto_membership._files.write import document_of
from csto_membership.readers import read_acts
from csto_membership.registry import Registry

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
HEAD = "organisation,state,act,date,source,depositary,locator,rank,inferred,note,event,status,last_day,conflict"
COLUMNS = HEAD.split(",")


def ban(file: Any, *rows: str, head: str = "organisation,state,act,date,source", **options: Any) -> History:
    text = "\n".join([head, *(f"ban,{row}" for row in rows)]) + "\n"
    return read_acts(file(text), **options).history("ban")


def full(file: Any, *rows: dict[str, str], **options: Any) -> History:
    """Rows with any of the columns."""
    lines = [",".join({"organisation": "ban", "state": "UZB", **row}.get(name, "") for name in COLUMNS) for row in rows]
    return read_acts(file("\n".join([HEAD, *lines]) + "\n"), **options).history("ban")


def events(history: History) -> list[tuple[str, list[str]]]:
    return [(event.claims[0].act.value, [str(claim.date) for claim in event.claims]) for event in history.record.events]


# --- What rows say ----------------------------------------------------------------------------------------------------


def test_acts_are_claims_that_every_reading_reads(file: Any) -> None:
    history = ban(
        file,
        "UZ,Signature,1992-05-15,un",
        "UZ,ratification,1994-04-20,un",
        "UZ,entry into force,1994-05-20,un",
        "UZ,notice-of-withdrawal,1999-01-01,un",
        "UZ,withdrawal,1999-04-20,un",
    )
    assert around(history, "UZB", "1992-05-15") == [NO, YES, YES]
    assert around(history, "UZB", "1999-04-20") == [YES, NO, NO]
    assert around(history.under("legal"), "UZB", "1994-05-20") == [NO, YES, YES]
    assert history.under("legal").status("UZB", "1993-01-01").statuses == {Status.SIGNATORY}
    assert history.reading.name == "declared"
    assert ban(file, "UZ,signature,1992-05-15,un", reading="legal").was_member("UZ", "1993") is NO
    with pytest.raises(UnknownNameError):
        ban(file, reading="lawful")


def test_each_organisation_is_a_record(file: Any) -> None:
    text = "organisation,state,act,date\na,UZ,accession,2000-01-01\nb,ARM,accession,2001-01-01\n"
    table = read_acts(file(text))
    assert table.organisations == ("a", "b")
    assert [state.id for state in table.record("b").states] == ["ARM"]
    assert Registry.of(table).memberships_of("ARM", "2002-01-01").certain == ("b",)
    with pytest.raises(UnknownNameError):
        table.record("c")


def test_further_columns_are_those_of_a_claim(file: Any) -> None:
    history = full(
        file,
        {"act": "ratification", "date": "c. 1994", "source": "un", "locator": "p. 3", "rank": "Preferred", "inferred": "TRUE",
         "note": "says who", "conflict": "C1"},
        {"act": "withdrawal", "last_day": "1999-04-20", "source": "un", "depositary": "Moscow"},
        {"act": "status", "date": "2005", "status": "member|observer"},
        {"act": "status", "date": "2006", "status": "unknown"},
    )  # fmt: skip
    first, second, third, fourth = (event.claims[0] for event in history.record.events)
    assert (first.source, first.locator, first.rank, first.inferred, first.note, first.conflict) == (
        "un", "p. 3", Rank.PREFERRED, True, "says who", "C1",
    )  # fmt: skip
    assert first.date
    assert first.date.edtf == "1994~"
    assert (str(second.date), str(second.last_day), second.note) == ("1999-04-21", "1999-04-20", "depositary: Moscow")
    assert (third.source, third.locator) == ("acts", "line 4")
    assert third.status == {Status.MEMBER, Status.OBSERVER}
    assert fourth.status == frozenset(Status)
    assert record_of(document_of(history.record)) == history.record


def test_sources_are_described_by_the_caller(file: Any) -> None:
    un = Source("un", title="Treaty collection", published="2001")
    history = ban(file, "UZ,accession,2000-01-01,un", "FR,accession,2000-01-01,", sources=[un], source=Source("mine"))
    assert {source.id: source.title for source in history.sources} == {"mine": "", "un": "Treaty collection"}


def test_states_are_known_by_the_library_and_by_the_caller(file: Any) -> None:
    rows = [
        "Ruritania,accession,2000-01-01,",
        "cow:704,accession,2000-01-01,",
        "C\u00f4te d'Ivoire*,accession,2000-01-01,",
    ]
    history = ban(file, *rows, states=[State("RUR", "Ruritania")])
    assert [state.id for state in history.states] == ["CIV", "RUR", "UZB"]


# --- Which rows tell of one event -----------------------------------------------------------------------------------------


def test_rows_of_several_sources_on_one_act_are_rivals(file: Any) -> None:
    history = ban(file, "UZ,accession,1998-04-03,a", "UZ,accession,1998-04-10,b", "UZ,accession,1998-04-03,c")
    assert events(history) == [("accession", ["1998-04-03", "1998-04-10", "1998-04-03"])]
    assert around(history, "UZB", "1998-04-03") == [NO, OPEN, OPEN]
    assert around(history, "UZB", "1998-04-10") == [OPEN, YES, YES]
    assert around(history.resolved("majority"), "UZB", "1998-04-03") == [NO, YES, YES]
    assert around(history.resolved(precedence("b")), "UZB", "1998-04-10") == [NO, YES, YES]
    assert len(history.conflicts()) == 1


def test_two_depositaries_are_rivals_whether_they_are_the_sources_or_not(file: Any) -> None:
    days = {"Moscow": "1998-04-03", "London": "1998-04-10"}
    for source in ({}, {"source": "un"}):
        history = full(
            file, *({"act": "accession", "date": day, "depositary": of, **source} for of, day in days.items())
        )
        assert len(history.record.events) == 1
        assert around(history, "UZB", "1998-04-10") == [OPEN, YES, YES]
        assert len(history.sources) == (1 if source else 2)


def test_a_source_that_tells_an_act_twice_tells_of_two_events(file: Any) -> None:
    history = ban(
        file,
        "UZ,accession,1990-01-01,a",
        "UZ,withdrawal,1995-01-01,a",
        "UZ,accession,2000-01-01,a",
        "UZ,accession,2000-02-01,b",
        "UZ,withdrawal,1995-03-01,b",
    )
    assert events(history) == [
        ("accession", ["1990-01-01"]),
        ("withdrawal", ["1995-01-01", "1995-03-01"]),
        ("accession", ["2000-01-01", "2000-02-01"]),
    ]
    assert around(history, "UZB", "1995-01-01") == [YES, OPEN, OPEN]
    assert around(history, "UZB", "2000-02-01") == [OPEN, YES, YES]


def test_an_opposite_act_between_two_days_makes_them_two_events(file: Any) -> None:
    history = ban(file, "UZ,accession,1990-01-01,a", "UZ,withdrawal,1995-01-01,c", "UZ,accession,2000-01-01,b")
    assert events(history) == [
        ("accession", ["1990-01-01"]),
        ("withdrawal", ["1995-01-01"]),
        ("accession", ["2000-01-01"]),
    ]
    rivals = ban(file, "UZ,accession,1990-01-01,a", "UZ,accession,2000-01-01,b", "UZ,withdrawal,2005-01-01,c")
    assert events(rivals) == [("accession", ["1990-01-01", "2000-01-01"]), ("withdrawal", ["2005-01-01"])]
    suspended = ban(
        file,
        "UZ,accession,1980,a",
        "UZ,suspension,1990,a",
        "UZ,return,1991,a",
        "UZ,suspension,1995,b",
        "UZ,return,1996,b",
    )
    assert [act for act, _ in events(suspended)] == ["accession", "suspension", "return", "suspension", "return"]


def test_a_year_and_a_day_in_it_are_one_event_of_one_source(file: Any) -> None:
    history = ban(file, "UZ,accession,1990,a", "UZ,accession,1990-05-01,a")
    assert events(history) == [("accession", ["1990", "1990-05-01"])]
    assert around(history, "UZB", "1990-05-01") == [NO, YES, YES]


def test_a_claim_that_is_thought_wrong_goes_with_the_one_in_its_place(file: Any) -> None:
    history = full(
        file,
        {"act": "accession", "date": "1993-12-09", "source": "a"},
        {"act": "accession", "date": "1993-09-09", "source": "a", "rank": "deprecated"},
    )
    assert events(history) == [("accession", ["1993-12-09", "1993-09-09"])]
    assert around(history, "UZB", "1993-12-09") == [NO, YES, YES]


def test_the_column_event_says_which_rows_belong_together(file: Any) -> None:
    history = full(
        file,
        {"act": "suspension", "date": "1999", "source": "a", "event": "end"},
        {"act": "expiry", "date": "1999-04-20", "source": "b", "event": "end"},
        {"act": "accession", "date": "1990-01-01", "source": "a", "event": "first"},
        {"act": "accession", "date": "1991-01-01", "source": "b", "event": "second"},
        {"act": "denial", "event": "second", "source": "a"},
    )
    assert [event.id for event in history.record.events] == ["first", "second", "end"]
    assert [len(event.claims) for event in history.record.events] == [1, 2, 2]
    assert history.status("UZB", "1999-04-21").statuses == {Status.FORMER, Status.SUSPENDED}


# Records in which the days alone tell the order of events.
@pytest.mark.parametrize("organisation", ["cis", "csto"])
def test_the_claims_of_a_bundled_record_as_rows_give_its_answers(organisation: str) -> None:
    # Institutions and instruments are not told by rows of acts.
    history = History(evolve(csto.history(organisation).record, institutions=()))
    rows = [
        {
            "organisation": "x",
            "state": state.id,
            "event": event.id,
            "act": claim.act,
            "source": claim.source,
            "date": None if claim.last_day else claim.date,
            "last_day": claim.last_day,
            "rank": claim.rank,
            "status": "|".join(claim.status),
        }
        for event in history.record.events
        for state in history.states
        for claim in event.claims_of(state.id)
    ]
    read = read_acts(rows[::-1], states=[state for state in history.states if known_state(state.id) is None]).history(
        "x"
    )
    assert len(read.states) > 1
    for state in read.states:
        for reading, policy in product(("declared", "participating"), ("preferred", "every")):
            line, other = (view.under(reading).resolved(policy).timeline(state) for view in (read, history))
            assert [(spell.first_day, spell.statuses) for spell in line] == [
                (spell.first_day, spell.statuses) for spell in other
            ]


# --- In which order -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        (["ratification,1993", "signature,1993-05-01"], ["signature", "ratification"]),
        (["entry_into_force,2000-01-01", "accession,2000-01-01"], ["accession", "entry_into_force"]),
        (
            ["withdrawal,2000", "notice_of_withdrawal,2000", "accession,2000"],
            ["accession", "notice_of_withdrawal", "withdrawal"],
        ),
        (
            ["accession,1998", "withdrawal,[1995..2000]", "ratification,1990"],
            ["ratification", "withdrawal", "accession"],
        ),
        (["signature,1995-01-01", "ratification,1990-01-01"], ["ratification", "signature"]),
        (["return,1996", "suspension,1996", "accession,1990"], ["accession", "suspension", "return"]),
        (
            ["withdrawal,1990-01-01", "accession,1980-01-01", "accession,1990-01-01"],
            ["accession", "withdrawal", "accession"],
        ),
    ],
    ids=lambda value: str(len(value)) + value[0],
)
def test_events_stand_in_the_order_of_days_and_then_of_treaties(file: Any, rows: list[str], order: list[str]) -> None:
    for told in (rows, rows[::-1]):
        assert [act for act, _ in events(ban(file, *(f"UZ,{row},a" for row in told)))] == order


def status_rows(*told: tuple[str, str, str, str]) -> list[dict[str, str]]:
    columns = ("status", "date", "event", "event_order")
    return [
        {"organisation": "a", "state": "UZ", "act": "status", **dict(zip(columns, row, strict=True))} for row in told
    ]


@pytest.mark.parametrize("names", ["xyz", "xzy", "zyx"])
def test_how_events_are_called_says_nothing_of_their_order(names: str) -> None:
    told = [("observer", "1991", names[0], ""), ("former", "1994", names[1], ""), ("member", "1994", names[2], "")]
    history = read_acts(status_rows(*told)).history("a")
    assert history.status("UZ", "1993-12-31").statuses == {Status.OBSERVER}
    assert history.status("UZ", "1994-06-01").statuses == {Status.OBSERVER, Status.FORMER, Status.MEMBER}
    assert history.status("UZ", "1995-01-01").statuses == {Status.FORMER, Status.MEMBER}


@pytest.mark.parametrize(("places", "last"), [("123", Status.MEMBER), ("132", Status.FORMER), ("579", Status.MEMBER)])
def test_rows_may_tell_the_order_of_events(places: str, last: Status) -> None:
    told = [
        ("observer", "1991", "x", places[0]),
        ("former", "1994", "y", places[1]),
        ("member", "1994", "z", places[2]),
    ]
    assert read_acts(status_rows(*told)).history("a").status("UZ", "1995-01-01").status is last


def test_an_order_that_not_all_rows_tell_is_none() -> None:
    told = [("former", "1994", "y", "1"), ("member", "1994", "z", "")]
    history = read_acts(status_rows(*told), covers=Coverage(before="unknown")).history("a")
    assert history.status("UZ", "1995-01-01").statuses == {Status.FORMER, Status.MEMBER}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("3", "row 0, event_order: it follows 'z', which is later by its days (found '3')"),
        ("first", "row 0, event_order: it is no whole number (found 'first')"),
        ("-1", "row 0, event_order: it is no whole number"),
        ("9" * 5_000, "row 0, event_order: it is no whole number"),
    ],
)
def test_an_order_against_the_days_and_one_that_is_none_are_faults(place: str, said: str) -> None:
    told = status_rows(("observer", "1991", "x", place), ("member", "1994", "z", "2"))
    with pytest.raises(RecordError) as caught:
        read_acts(told)
    assert said in str(caught.value)
    skipping = read_acts(told, bad_rows="skip").history("a")
    assert Status.MEMBER in skipping.status("UZ", "1995-01-01").statuses


def test_rows_that_say_the_same_are_one_claim_with_all_their_lines(file: Any) -> None:
    history = ban(file, *["UZ,accession,1990-01-01,a"] * 3, "Uzbekistan,accession,1990-01-01,a")
    assert [claim.locator for claim in history.record.events[0].claims] == ["lines 2, 3, 4 and 5"]


# --- What is a fault -----------------------------------------------------------------------------------------------------


def test_every_fault_is_told_with_its_line_and_column(file: Any) -> None:
    rows = [
        {"act": "joined", "date": "1990"},
        {"act": "accession"},
        {"act": "accession", "date": "05/06/1990"},
        {"act": "accession", "date": "open"},
        {"act": "accession", "date": "1990", "rank": "best"},
        {"act": "accession", "date": "1990", "inferred": "perhaps"},
        {"act": "accession", "date": "1990", "status": "member"},
        {"act": "status", "date": "1990"},
        {"act": "status", "date": "1990", "status": "king"},
        {"act": "denial"},
        {"act": "denial", "event": "e", "date": "1990"},
        {"act": "accession", "last_day": "1990"},
        {"act": "withdrawal", "date": "1990", "last_day": "1990"},
        {"act": "accession", "date": "1990", "organisation": ""},
        {"act": "accession", "date": "1990", "state": "Uzbekstan"},
        {"date": "1990"},
    ]
    with pytest.raises(RecordError) as caught:
        full(file, *rows)
    assert places(caught) == [
        "line 2, act", "line 3, date", "line 4, date", "line 5, date", "line 6, rank", "line 7, inferred",
        "line 8, status", "line 9, status", "line 10, status", "line 11, event", "line 12, date",
        "line 13, last_day", "line 14, last_day", "line 15, organisation", "line 16, state", "line 17, act",
    ]  # fmt: skip
    faults = caught.value.faults
    assert faults[0].remedy == "did you mean 'accession' or 'admission'?"
    assert faults[14].remedy == "did you mean 'Uzbekistan'?"
    # Each of them can be skipped.
    history = full(file, {"act": "accession", "date": "1990-01-01", "state": "ARM"}, *rows, bad_rows="skip")
    assert history.was_member("ARM", "2000-01-01") is YES
    assert history.was_member("UZB", "2000-01-01") is OPEN


def test_an_end_of_a_relation_that_no_row_began_is_a_fault_unless_not_all_acts_are_there(file: Any) -> None:
    rows = ["MLI,suspension,2012-03-22,a", "MLI,return,2012-10-24,a"]
    with pytest.raises(RecordError, match="no earlier row begins") as caught:
        ban(file, *rows)
    assert places(caught) == ["line 2, act"]
    some = ban(file, *rows, covers=Coverage(acts="some", states="listed"))
    assert around(some, "MLI", "2012-03-22") == [OPEN, NO, NO]
    assert around(some, "MLI", "2012-10-24")[1] is YES
    skipped = ban(file, *rows, bad_rows="skip")
    assert skipped.was_member("MLI", "2012-04-01") is OPEN
    # It presupposes that Mali had come to belong, on a day that no row tells.
    assert skipped.was_member("MLI", "2012-03-21") is OPEN


def test_beside_a_skipped_row_what_is_denied_need_not_have_had_its_day(file: Any) -> None:
    rows = [
        *("MLI,accession,1999-05-03,a,", "MLI,accession,2003-01-01,b,", "MLI,provisional_application,2001-06-05,a,"),
        *("MLI,entry_into_force,2001-06-05,a,force", "MLI,denial,,b,force", "MLI,soon,2001-06-06,a,"),
    ]
    skipped = ban(file, *rows, head="organisation,state,act,date,source,event", bad_rows="skip")
    assert {skipped.was_member("MLI", day) for day in ("1999-05-03", "2001-06-05", "2020-01-01")} == {OPEN}


def test_before_a_skipped_row_nothing_is_firm_unless_another_row_began_what_it_presupposes(file: Any) -> None:
    begun = "MLI,accession,1990-01-01,a,"
    for row in ("MLI,withdrawal,2012-03-22,a,best", "MLI,soon,2012-03-22,a,"):
        text = f"organisation,state,act,date,source,rank\n{{}}ban,{row}\n"
        alone = read_acts(file(text.format("")), bad_rows="skip").history("ban")
        assert around(alone, "MLI", "2012-03-22") == [OPEN, OPEN, OPEN]
        both = read_acts(file(text.format(f"ban,{begun}\n")), bad_rows="skip").history("ban")
        assert around(both, "MLI", "1990-01-01") == [NO, OPEN, OPEN]
    joined = "organisation,state,act,date,source,rank\nban,MLI,accession,2012-03-22,a,best\n"
    assert around(read_acts(file(joined), bad_rows="skip").history("ban"), "MLI", "2012-03-22") == [NO, OPEN, OPEN]


@pytest.mark.parametrize("first", ["MLI,accession,04/05/1992,a", ",accession,1992,a", "Nowhere,accession,1992,a"])
def test_what_an_unreadable_row_may_have_begun_is_no_second_fault(file: Any, first: str) -> None:
    rows = [first, "MLI,withdrawal,1999-05-04,a"]
    with pytest.raises(RecordError) as caught:
        ban(file, *rows)
    assert [place.partition(",")[0] for place in places(caught)] == ["line 2"]
    skipped = ban(file, *rows, bad_rows="skip")
    assert around(skipped, "MLI", "1999-05-04") == [OPEN, OPEN, OPEN]
    assert skipped.coverage.missing == "skipped: line 2"
    assert record_of(document_of(skipped.record)) == skipped.record


def test_an_unreadable_row_of_another_state_begins_nothing(file: Any) -> None:
    with pytest.raises(RecordError) as caught:
        ban(file, "UZ,accession,04/05/1992,a", "MLI,withdrawal,1999-05-04,a")
    assert places(caught) == ["line 2, date", "line 3, act"]


def test_a_header_without_the_four_columns_is_refused(file: Any) -> None:
    with pytest.raises(RecordError, match="the column is missing"):
        read_acts(file("organisation,state,act\na,UZ,accession\n"))


def test_torn_rows_and_rows_of_no_organisation_make_lists_short(file: Any) -> None:
    text = "organisation,state,act,date\nban,UZ,accession,2000-01-01\nban,FR\n,FR,accession,2001-01-01\n"
    history = read_acts(file(text), bad_rows="skip").history("ban")
    assert "short" in " ".join(history.members_on("2002-01-01").caveats)
    assert history.was_member("FR", "2002-01-01") is OPEN


def test_codes_that_two_states_have_are_faults(file: Any) -> None:
    own = [State("RUR", "Ruritania", alpha2="QX"), State("GRA", "Graustark", alpha2="QX")]
    with pytest.raises(RecordError, match="one name or code"):
        ban(file, "Ruritania,accession,1990,", "Graustark,accession,1990,", states=own)


# --- For which days ---------------------------------------------------------------------------------------------------


def test_a_table_vouches_until_the_last_day_it_names_or_until_as_of(file: Any) -> None:
    rows = ["UZ,accession,2000-01-01,a", "FR,accession,2003-05-01,a"]
    assert str(ban(file, *rows).coverage.last) == "2003-05-01"
    history = ban(file, *rows, as_of="2010-12-31")
    assert history.was_member("UZ", "2011-01-01") is YES
    assert "end of coverage" in history.status("UZ", "2011-01-01").caveats[0]
    assert around(history.strict(), "UZB", "2010-12-31") == [YES, YES, OPEN]
    assert history.was_member("DEU", "2005-01-01") is OPEN
    assert ban(file, *rows, covers=Coverage(None, "2010-12-31")).was_member("DEU", "2005-01-01") is NO
    with pytest.raises(ArgumentError):
        ban(file, *rows, as_of="2010-12-31", covers=Coverage(None, "2009-12-31"))


def test_rows_of_other_names_of_columns_and_in_place_of_a_file() -> None:
    rows = [{"treaty": "ban", "iso3": "UZB", "act": "accession", "date": "2000-01-01"}]
    history = read_acts(rows, columns={"organisation": "treaty", "state": "iso3"}).history("ban")
    assert around(history, "UZB", "2000-01-01") == [NO, YES, YES]
    assert history.record.events[0].claims[0].locator == "row 0"


def test_very_many_rows_of_one_state_are_read_all_the_same(file: Any) -> None:
    rows = [f"UZ,signature,{year}-{month:02}-01,a" for year in range(1900, 1960) for month in range(1, 13)]
    history = ban(file, *rows)
    assert len(history.record.events) == 720
    assert around(history, "UZB", "1900-01-01") == [NO, YES, YES]
