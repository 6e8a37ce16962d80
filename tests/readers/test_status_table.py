"""What a depositary's table says of each participant, by declaration and in law, on both sides of each day."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.asking import around, places

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
    Verdict,
)
from csto_membership._evidence.instruments import Delay
from csto_membership._files.read import record_of
from csto_membership._files.write import document_of
from csto_membership.readers import Table, read_status_table
from csto_membership.registry import Registry

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED

HEAD = (
    'Participant,Signature,"Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d), '
    'Definitive signature(s), Formal confirmation(c)"\n'
)
ROWS = """Benin,3 May 1999,4 Jun 2001
Togo,3 May 1999,
Palau,,9 Feb 2003 a
Niger,3 May 1999,17 Jul 2001 A
Czechia,,22 Feb 1993 d
Chad,,9 Mar 2003 s
Gabon,3 May 1999,28 Jun 2002 c
[Burundi],3 May 1999,21 Sep 2004
Canada,[  2 Mar 2009 ],[19 Nov 2009 ]
Ghana,[  2 Mar 2009 ],19 Nov 2009
Ecuador,,[  4 Nov 1997 a] 3 Mar 2011 a
Nepal,,
"""


def table(file: Any, rows: str = ROWS, head: str = HEAD, **options: Any) -> Table:
    return read_status_table(file(head + rows), "treaty", **options)


def treaty(file: Any, rows: str = ROWS, head: str = HEAD, **options: Any) -> History:
    return table(file, rows, head, **options).history("treaty")


def same_answers(one: History, other: History, state: str) -> bool:
    lines = [[seen.under(name).timeline(state) for name in ("legal", "declared")] for seen in (one, other)]
    told = [[[(spell.first_day, spell.statuses) for spell in line] for line in both] for both in lines]
    return told[0] == told[1]


def declared(history: History, state: str, day: str) -> list[Verdict]:
    return around(history.under("declared"), state, day)


# --- By declaration and in law ----------------------------------------------------------------------------------------


def test_a_history_begins_under_the_law_unless_another_reading_is_named(file: Any) -> None:
    assert treaty(file).reading.name == "legal"
    assert treaty(file, reading="declared").reading.name == "declared"
    assert treaty(file, reading="declared").was_member("Togo", "2010-01-01") is YES
    with pytest.raises(UnknownNameError, match="reading"):
        treaty(file, reading="lawful")


def test_who_has_signed_and_never_ratified_is_a_signatory_and_no_member_in_law(file: Any) -> None:
    history = treaty(file, in_force="2002-01-01", force_after="P90D")
    assert around(history, "TGO", "1999-05-03") == [NO, NO, NO]
    assert history.status("TGO", "1999-05-02").statuses == {Status.NONE}
    assert history.status("TGO", "1999-05-03").statuses == {Status.SIGNATORY}
    assert history.status("TGO", "2020-01-01").statuses == {Status.SIGNATORY}
    assert declared(history, "TGO", "1999-05-03") == [NO, YES, YES]


def test_without_a_rule_of_force_the_law_says_signatory_or_member(file: Any) -> None:
    history = treaty(file)
    assert around(history, "BEN", "2001-06-04") == [NO, OPEN, OPEN]
    assert history.status("BEN", "2001-06-04").statuses == {Status.SIGNATORY, Status.MEMBER}
    assert declared(history, "BEN", "1999-05-03") == [NO, YES, YES]
    assert around(history, "PLW", "2003-02-09") == [NO, OPEN, OPEN]
    assert declared(history, "PLW", "2003-02-09") == [NO, YES, YES]


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("P90D", "2003-05-10"),
        ("P3M", "2003-05-09"),
        ("P0D", "2003-02-09"),
        ("next_month", "2003-03-01"),
        ("P60D, then next_month", "2003-05-01"),
        ({"add": "P60D", "then": "next_month"}, "2003-05-01"),
        (Delay("P60D", "next_month"), "2003-05-01"),
        ({"add": "P1Y"}, "2004-02-09"),
    ],
)
def test_the_force_for_a_state_follows_from_its_deposit_and_is_inferred(file: Any, rule: Any, day: str) -> None:
    history = treaty(file, in_force="2002-01-01", force_after=rule)
    assert around(history, "PLW", day) == [NO, YES, YES]
    assert any("inferred" in caveat for caveat in history.status("PLW", day).caveats)
    assert declared(history, "PLW", "2003-02-09") == [NO, YES, YES]


def test_the_force_for_a_state_is_never_before_that_of_the_treaty(file: Any) -> None:
    history = treaty(file, in_force="2002-01-01", force_after="P90D")
    assert around(history, "BEN", "2002-01-01") == [NO, YES, YES]
    later = treaty(file, in_force="2001-08-15", force_after="P90D")
    assert around(later, "BEN", "2001-09-02") == [NO, YES, YES]
    # The treaty's own force alone leaves open when it was in force for a state, but not before.
    alone = treaty(file, in_force="2002-01-01")
    assert around(alone, "BEN", "2002-01-01") == [NO, OPEN, OPEN]
    vague = treaty(file, in_force="2002-01", force_after="P90D")
    assert around(vague, "BEN", "2002-01-31") == [OPEN, YES, YES]


@pytest.mark.parametrize(
    "rule", ["soon", "91", "", {}, {"add": "P1D", "per": "x"}, {"then": "next_year"}, 90, {"add": 3}]
)
def test_a_rule_of_force_that_cannot_be_is_refused(file: Any, rule: Any) -> None:
    with pytest.raises(ArgumentError) as caught:
        treaty(file, force_after=rule)
    assert caught.value.argument == "force_after"


def test_a_succession_is_dated_on_its_deposit_and_the_law_looks_back_to_the_beginning_of_the_state(file: Any) -> None:
    history = treaty(file)
    assert declared(history, "CZE", "1993-02-22") == [NO, YES, YES]
    assert around(history, "CZE", "1993-01-01") == [NO, OPEN, OPEN]
    assert around(history, "CZE", "1993-02-22") == [OPEN, OPEN, OPEN]
    ruled = treaty(file, in_force="1990-01-01", force_after="P90D")
    assert around(ruled, "CZE", "1993-01-01") == [NO, OPEN, OPEN]
    assert around(ruled, "CZE", "1993-05-23") == [OPEN, YES, YES]
    late = treaty(file, in_force="2002-01-01", force_after="P90D")
    assert around(late, "CZE", "2002-01-01") == [NO, YES, YES]
    assert around(treaty(file, in_force="1993-02-01"), "CZE", "1993-02-01") == [NO, OPEN, OPEN]


def test_a_succession_to_a_signature_makes_a_signatory(file: Any) -> None:
    head = 'Participant,"Signature, Succession to signature(d)","Ratification, Accession(a)"\n'
    history = treaty(file, "Czechia,22 Feb 1993 d,\n", head)
    assert around(history, "CZE", "1993-02-22") == [NO, NO, NO]
    assert declared(history, "CZE", "1993-02-22") == [NO, YES, YES]
    assert history.record.events[0].claims[0].note == "Succession to signature"


def test_a_definitive_signature_binds_without_ratification(file: Any) -> None:
    history = treaty(file, in_force="2002-01-01", force_after="P90D")
    assert around(history, "TCD", "2003-06-07") == [NO, YES, YES]
    assert declared(history, "TCD", "2003-03-09") == [NO, YES, YES]
    signature, consent = (event.claims[0] for event in history.record.events_of("TCD")[:2])
    assert (signature.act, signature.inferred, consent.act, consent.inferred) == (
        "signature",
        False,
        "acceptance",
        True,
    )
    assert around(treaty(file), "TCD", "2003-03-09") == [NO, OPEN, OPEN]


def test_other_ways_to_consent_are_noted(file: Any) -> None:
    events = {event.id: event.claims[0] for event in treaty(file).record.events}
    assert (events["GAB consent"].act, events["GAB consent"].note) == ("ratification", "Formal confirmation")
    assert (events["NER consent"].act, events["NER consent"].note) == ("acceptance", "")
    head = 'Participant,"Succession(d), Consent to be bound(P)"\n'
    claim = treaty(file, "Benin,4 Jun 2001 P\n", head).record.events[0].claims[0]
    assert (claim.act, claim.note) == ("acceptance", "Consent to be bound")


def test_an_empty_cell_and_dashes_say_that_it_has_not(file: Any) -> None:
    history = treaty(file, "Nepal,,\nBhutan,-,\u2013\nOman,--,\u2014 \n")
    assert [state.id for state in history.states] == ["BTN", "NPL", "OMN"]
    for state in ("NPL", "BTN", "OMN"):
        assert history.status(state, "2010-01-01").statuses == {Status.NONE}


# --- Brackets and footnotes -------------------------------------------------------------------------------------------


def test_a_participant_in_brackets_has_left_on_an_unknown_day(file: Any) -> None:
    history = treaty(file, as_of="2015-12-31").under("declared")
    assert around(history, "BDI", "1999-05-03") == [NO, YES, YES]
    assert around(history, "BDI", "2004-09-21") == [YES, YES, OPEN]
    assert around(history, "BDI", "2015-12-31") == [OPEN, NO, NO]
    assert history.status("BDI", "2016-01-01").statuses == {Status.FORMER}
    unknown = treaty(file).under("declared")
    assert around(unknown, "BDI", "2020-01-01") == [OPEN, OPEN, OPEN]


def test_a_date_in_brackets_was_taken_back_before_the_next_one(file: Any) -> None:
    history = treaty(file, as_of="2015-12-31").under("declared")
    assert around(history, "CAN", "2009-11-19") == [YES, YES, OPEN]
    assert around(history, "CAN", "2015-12-31") == [OPEN, NO, NO]
    assert around(history, "GHA", "2009-03-02") == [NO, YES, OPEN]
    assert around(history, "GHA", "2009-11-18") == [OPEN, NO, YES]
    assert around(history, "ECU", "1997-11-04") == [NO, YES, OPEN]
    assert around(history, "ECU", "2011-03-02") == [OPEN, NO, YES]
    assert history.was_member("ECU", "2020-01-01") is YES


@pytest.mark.parametrize(
    ("footnotes", "row"),
    [
        ({"Burundi": "2017-10-27"}, "[Burundi],3 May 1999,21 Sep 2004\n"),
        ({"the burundi": "2017-10-27"}, "[Burundi],3 May 1999,21 Sep 2004\n"),
        ({"BDI": "2017-10-27"}, "[Burundi],3 May 1999,21 Sep 2004\n"),
        ({"4": "27 Oct 2017"}, "[Burundi] 4,3 May 1999,21 Sep 2004\n"),
        ({"4": "27 Oct 2017"}, "[Burundi],3 May 1999,21 Sep 2004 4\n"),
        ({4: {"withdrawal": "2017-10-27"}}, "Burundi 4,3 May 1999,21 Sep 2004\n"),
        (
            {"4": {"notice_of_withdrawal": "2016-10-27", "withdrawal": "2017-10-27"}},
            "[Burundi 4],3 May 1999,21 Sep 2004\n",
        ),
    ],
)
def test_a_footnote_tells_when_it_left(file: Any, footnotes: Any, row: str) -> None:
    history = treaty(file, row, footnotes=footnotes).under("declared")
    assert around(history, "BDI", "2017-10-27") == [YES, NO, NO]
    assert "footnote" in history.record.events[-1].claims[0].locator


def test_footnotes_that_nobody_has_or_that_say_no_day_are_refused(file: Any) -> None:
    for footnotes in ({"Fiji": "2017-10-27"}, {"9": "2017-10-27"}, {"BDI": "soon"}, {"BDI": {"exit": "2017"}}, ["BDI"]):
        with pytest.raises(ArgumentError) as caught:
            treaty(file, footnotes=footnotes)
        assert caught.value.argument == "footnotes"


def test_a_participant_in_brackets_without_an_act_is_a_fault(file: Any) -> None:
    with pytest.raises(RecordError, match="no act of it is told"):
        treaty(file, "[Burundi],,\n")


# --- Columns ------------------------------------------------------------------------------------------------------------


def test_a_mark_means_what_the_header_of_its_own_column_says(file: Any) -> None:
    head = 'Participant,"Signature (s)","Accession(a), Ratification(s)"\n'
    history = treaty(file, "Benin,3 May 1999 s,4 Jun 2001 s\n", head)
    assert [event.claims[0].act for event in history.record.events] == ["signature", "ratification"]
    with pytest.raises(RecordError) as caught:
        treaty(file, "Benin,3 May 1999 a,4 Jun 2001\nTogo,,4 Jun 2001 A\n", head)
    assert [(fault.place.split(",")[0], fault.problem) for fault in caught.value.faults] == [
        ("line 2", "the header declares no mark 'a'"),
        ("line 2", "the header says of no date without mark"),
        ("line 3", "the header declares no mark 'A'"),
    ]


def test_a_header_that_leaves_the_act_open_is_decided_by_the_signature(file: Any) -> None:
    head = "Participant,Signature,Ratification or accession\n"
    history = treaty(file, "Benin,3 May 1999,4 Jun 2001\nPalau,,9 Feb 2003\n", head)
    consents = [event.claims[0] for event in history.record.events if "consent" in event.id]
    assert [(claim.act, claim.inferred) for claim in consents] == [("ratification", True), ("accession", True)]
    with pytest.raises(RecordError, match="does not say which it is"):
        treaty(file, "Benin,3 May 1999\n", 'Participant,"Signature, Ratification"\n')


def test_columns_for_amendments_are_of_instruments_of_their_own(file: Any) -> None:
    head = (
        'Participant,Signature,"Ratification, Accession(a)","Acceptance(A) of the amendment of 2005","Acceptance(A)",'
        '"Acceptance(A)"\n'
    )
    row = "Benin,3 May 1999,4 Jun 2001,1 Feb 2006 A,2 Feb 2008 A,3 Feb 2009 A\n"
    history = treaty(file, row, head, in_force="2000-01-01", force_after="P90D")
    titles = [instrument.title for instrument in history.instruments]
    assert titles == ["treaty", "amendment of 2005", "Acceptance(A) (column 5)", "Acceptance(A) (column 6)"]
    assert {instrument.amends for instrument in history.instruments[1:]} == {("treaty",)}
    ids = [instrument.id for instrument in history.instruments]
    assert [event.instrument for event in history.record.events] == ["treaty", "treaty"]
    assert [step.note.partition(": ")[2] for step in history.record.steps] == ids[1:]
    assert around(history, "BEN", "2001-09-02") == [NO, YES, YES]


@pytest.mark.parametrize(
    "about",
    [
        "Withdrawal of reservation",
        "Withdrawal of declaration",
        "Reservation upon ratification",
        "Objection to accession",
        "Accession request",
        "Application for accession",
        "Signature of the Final Act",
        "Approval by parliament",
        "Acceptance of the individual complaints procedure",
        "Ratification of the Protocol",
        *(
            f"{act} of the amendment of 1995"
            for act in ("Signature", "Acceptance", "Entry into force", "Denunciation", "Withdrawal")
        ),
    ],
)
def test_a_column_about_something_else_than_the_treaty_moves_nobody(file: Any, about: str) -> None:
    head = "Participant,Signature,Ratification"
    options: dict[str, Any] = {"in_force": "2000-01-01", "force_after": "P30D", "as_of": "2010-01-01"}
    for own in ("3 May 1999,4 Jun 2001", "3 May 1999,", ",4 Jun 2001", ","):
        without = treaty(file, f"Benin,{own}\n", f"{head}\n", **options)
        read = table(file, f"Benin,{own},5 May 2005\n", f"{head},{about}\n", **options)
        assert same_answers(read.history("treaty"), without, "BEN")
        (step,) = read.record("treaty").steps
        assert (step.date.edtf, step.note.startswith(about)) == ("2005-05-05", True)
        assert read.ignored == (f"column 4 ({about!r}) is kept as steps: it is not about acts on the treaty",)


def test_a_table_of_nothing_but_other_things_than_the_treaty_is_refused(file: Any) -> None:
    with pytest.raises(RecordError, match="no column tells an act"):
        table(file, "Benin,5 May 2005\n", "Participant,Acceptance of the amendment of 1995\n")


def test_the_last_day_that_a_table_names_may_be_one_of_a_step(file: Any) -> None:
    head = "Participant,Signature,Withdrawal of reservation\n"
    record = treaty(file, "Benin,3 May 1999,5 May 2005\n", head).record
    assert str(record.coverage.last) == "2005-05-05"


def test_two_columns_of_which_no_row_has_both_are_two_ways_to_consent(file: Any) -> None:
    head = "Participant,Signature,Ratification,Accession\n"
    history = treaty(file, "Benin,3 May 1999,4 Jun 2001,\nPalau,,,9 Feb 2003\n", head, force_after="P90D")
    assert [instrument.id for instrument in history.instruments] == ["treaty"]
    assert around(history, "PLW", "2003-05-10") == [NO, YES, YES]


def test_provisional_application_makes_nobody_a_member(file: Any) -> None:
    head = 'Participant,Signature,Provisional application(n),"Ratification, Accession(a)"\n'
    history = treaty(file, "Benin,,20 Jun 1995 n,\nTogo,,20 Jun 1995,23 Apr 1997 a\n", head)
    assert declared(history, "BEN", "1995-06-20") == [NO, NO, NO]
    assert declared(history, "TGO", "1997-04-23") == [NO, YES, YES]
    assert around(history, "TGO", "1997-04-23") == [NO, OPEN, OPEN]


def test_what_changes_no_status_is_kept_as_a_step(file: Any) -> None:
    head = 'Participant,Signature,Notification of non-provisional application,"Ratification, Accession(a)"\n'
    record = treaty(file, "Benin,3 May 1999,1 Nov 1994,\n", head).record
    (step,) = record.steps
    assert (step.states, step.date.edtf, step.note) == (
        ("BEN",),
        "1994-11-01",
        "Notification of non-provisional application",
    )
    assert step.locator.startswith("line 2")


def test_a_column_without_an_act_is_left_out_unless_it_has_dates(file: Any) -> None:
    head = 'No.,Participant,Signature,"Ratification, Accession(a)",Notes,\n'
    read = table(file, "1,Benin,3 May 1999,4 Jun 2001,see below,\n", head)
    assert [text.split(" is left out")[0] for text in read.ignored] == ["column 1 ('No.')", "column 5 ('Notes')"]
    assert read.history("treaty").under("declared").was_member("BEN", "2000-01-01") is YES
    with pytest.raises(RecordError, match="the header of its column tells no act"):
        table(file, "1,Benin,3 May 1999,4 Jun 2001,5 May 2005,\n", head)


def test_an_entry_into_force_that_is_told_needs_no_rule(file: Any) -> None:
    head = 'Participant,Signature,"Ratification, Accession(a)",Entry into force,Denunciation,Withdrawal\n'
    rows = "Benin,3 May 1999,4 Jun 2001,1 Sep 2001,,\nTogo,,1 Feb 2002 a,1 May 2002,3 Mar 2010,\nChad,,1 Feb 2002 a,1 May 2002,3 Mar 2010,3 Mar 2011\n"
    history = treaty(file, rows, head, force_after="P10Y")
    assert around(history, "BEN", "2001-09-01") == [NO, YES, YES]
    # A denunciation takes effect on its day or later.
    assert around(history, "TGO", "2010-03-03") == [YES, OPEN, OPEN]
    assert around(history, "TCD", "2011-03-03") == [YES, NO, NO]


# --- Rows ---------------------------------------------------------------------------------------------------------------


def test_organisations_notes_and_what_stands_before_the_header_are_told_and_left_out(file: Any) -> None:
    rows = "European Union,3 May 1999,28 Jun 2012 c\nBenin,3 May 1999,\n\n,,\nEnd note\n1. On 3 May 1999, and later, all was well.\n"
    read = table(file, rows, f"STATUS AS AT : 3-5-2015\n\n{HEAD}")
    assert [text.split(":")[0] for text in read.ignored] == ["line 1", "line 4", "line 8", "line 9"]
    assert "'European Union' is left out: it is an organisation" in read.ignored[1]
    record = read.record("treaty")
    assert [note.text.split(":")[0] for note in record.notes] == ["line 1", "line 8", "line 9"]
    assert [state.id for state in record.states] == ["BEN"]


def test_a_header_that_comes_once_more_is_left_out(file: Any) -> None:
    read = table(file, f"Benin,3 May 1999,\n{HEAD}Togo,3 May 1999,\n")
    assert len(read.record("treaty").states) == 2
    assert "the header once more" in read.ignored[0]


def test_rows_in_another_order_or_doubled_say_the_same(file: Any) -> None:
    lines = ROWS.splitlines(keepends=True)
    one = treaty(file, "".join(lines), as_of="2015-12-31")
    other = treaty(file, "".join([*reversed(lines), *lines]), as_of="2015-12-31")
    for state in one.states:
        for reading in ("legal", "declared"):
            assert list(one.under(reading).timeline(state)) == list(other.under(reading).timeline(state))


def test_two_rows_of_one_state_that_differ_are_rivals(file: Any) -> None:
    history = treaty(file, "Benin,3 May 1999,4 Jun 2001\nBenin 2,3 May 1999,8 Jun 2001\n", reading="declared")
    (consent,) = [event for event in history.record.events if "consent" in event.id]
    assert len(consent.claims) == 2
    assert len([event for event in history.record.events if "signature" in event.id]) == 1


@pytest.mark.parametrize("row", ["Benin,3 May 1999\n", "Benin,3 May 1999,4 Jun 2001,5 May 2005\n"])
def test_a_row_of_a_wrong_length_is_a_fault(file: Any, row: str) -> None:
    with pytest.raises(RecordError, match="cells where the header has 3"):
        table(file, row)
    assert table(file, f"{row.strip()},,\n" if row.count(",") == 1 else "Benin,3 May 1999,,,\n").record("treaty").states


def test_a_state_of_which_a_row_is_skipped_is_undetermined_and_lists_may_be_short(file: Any) -> None:
    rows = "Benin,3 May 1999,1833\nTogo,3 May 1999,\nKenia,3 May 1999,\nKenya,,1 Feb 2000 a\nChad,3 May 1999,1 Jan 2000 z\n"
    read = table(file, rows, bad_rows="skip", reading="declared")
    history = read.history("treaty")
    for state in ("BEN", "TCD", "KEN"):
        assert {history.was_member(state, day) for day in ("1900-01-01", "1999-06-01", "2020-01-01")} == {OPEN}
    assert around(history, "TGO", "1999-05-03") == [NO, YES, YES]
    assert "short" in " ".join(history.members_on("2000-01-01").caveats)
    assert [fault.place.split(",")[0] for fault in read.faults] == ["line 2", "line 4", "line 6"]


def test_states_of_the_callers_own_and_another_column_of_participants(file: Any) -> None:
    own = State("RUR", "Ruritania")
    head = HEAD.replace("Participant", "Land")
    history = treaty(
        file, "Ruritania,3 May 1999,\n", head, states=[own], columns={"participant": "land"}, reading="declared"
    )
    assert around(history, "RUR", "1999-05-03") == [NO, YES, YES]
    with pytest.raises(RecordError, match="no row is a header"):
        treaty(file, "Benin,3 May 1999,\n", head)


# --- For which days ---------------------------------------------------------------------------------------------------


def test_the_day_of_the_table_ends_what_it_vouches_for(file: Any) -> None:
    history = treaty(file, as_of="2015-12-31", reading="declared")
    assert history.coverage.last == history.sources[0].published.earliest  # type: ignore[union-attr]
    assert history.was_member("TGO", "2016-01-01") is YES
    assert "end of coverage" in history.status("TGO", "2016-01-01").caveats[0]
    assert history.status("TGO", "2015-12-31").caveats == ()
    assert around(history.strict(), "TGO", "2015-12-31") == [YES, YES, OPEN]
    # Without it, the last day that rows name.
    assert str(treaty(file).coverage.last) == "2011-03-03"


def test_a_state_that_the_table_does_not_list_is_undetermined_unless_it_is_said_to_be_complete(file: Any) -> None:
    assert treaty(file).was_member("FRA", "2010-01-01") is OPEN
    complete = treaty(file, as_of="2015-12-31", covers=Coverage(None, "2015-12-31"))
    assert complete.was_member("FRA", "2010-01-01") is NO


def test_options_that_cannot_be_are_refused(file: Any) -> None:
    with pytest.raises(DateError):
        treaty(file, as_of="2015")
    with pytest.raises(ArgumentError):
        treaty(file, as_of="2015-12-31", covers=Coverage(None, "2014-12-31"))
    with pytest.raises(DateError):
        treaty(file, in_force="soon")
    with pytest.raises(ArgumentError):
        treaty(file, bad_rows="drop")
    for organisation in ("", " ", "a\nb", None):
        with pytest.raises(ArgumentError):
            read_status_table(file(HEAD), organisation)  # type: ignore[arg-type]
    pytest.importorskip("narwhals")
    with pytest.raises(ArgumentError):
        read_status_table(42, "treaty")  # type: ignore[arg-type]


def test_a_table_is_a_record_like_any_other(file: Any) -> None:
    read = table(file, title="A treaty", source=Source("un", title="Status"), in_force="2002-01-01", force_after="P90D")
    assert read.organisations == ("treaty",)
    record = read.record("treaty")
    assert record_of(document_of(record)) == record
    assert record.name == "A treaty"
    assert Registry.of(read).was_member("treaty", "Palau", "2003-05-10") is YES
    assert read.history("treaty").conflicts() == ()
    with pytest.raises(UnknownNameError):
        read.record("other")


# --- Files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no row is a header"),
        ("a,b\n1,2\n", "no row is a header"),
        ("Participant\nBenin\n", "no column tells an act"),
        ("Participant,Resolution,Date of Adoption\nBenin,995 (X),14 Dec 1955\n", "no column tells an act"),
        ("Participant,\nNauru3,as from 29 January 1988\n", "no column tells an act"),
        ("[[1, 2", "it is not JSON"),
        ("[[1, 2]]", "it has no LibPaysOrga"),
        ("[]", "it is no chart"),
        ('{"a": 1}', "it is no chart"),
        ("<table><tr><td>Benin</td></tr></table>", "no row is a header"),
    ],
)
def test_a_table_without_a_header_that_tells_acts_is_refused(file: Any, text: str, problem: str) -> None:
    with pytest.raises(RecordError, match=problem):
        read_status_table(file(text), "treaty")


def test_a_table_without_rows_is_empty(file: Any) -> None:
    assert table(file, "").record("treaty").states == ()


def test_quotation_marks_that_are_astray_are_faults_and_letters_in_pasted_text(file: Any) -> None:
    with pytest.raises(RecordError, match="it is not CSV"):
        table(file, 'Benin,"3 May 1999,\nTogo,3 May 1999,\n')
    pasted = 'Participant\tSignature\nBenin\t3 May 1999\n"Quoted" note\nTogo\t4 May 1999\n'
    read = read_status_table(file(pasted), "treaty")
    assert [state.id for state in read.record("treaty").states] == ["BEN", "TGO"]


def test_a_table_may_begin_with_brackets_and_stand_between_bars(file: Any) -> None:
    bars = "| Participant | Signature |\n|---|---|\n| Benin | 3 May 1999 |\n"
    for text in (f"[Status as at 3 May 2015]\n{HEAD}Benin,3 May 1999,\n", bars):
        read = read_status_table(file(text), "treaty", reading="declared")
        assert around(read.history("treaty"), "BEN", "1999-05-03") == [NO, YES, YES]
        assert len(read.ignored) == 1


def test_another_encoding_is_named_or_refused(file: Any) -> None:
    path = file("Participant,Signature\nC\u00f4te d'Ivoire,3 May 1999\n", "cp1252")
    with pytest.raises(RecordError, match="it is not utf-8-sig"):
        read_status_table(path, "treaty")
    assert read_status_table(path, "treaty", encoding="cp1252").record("treaty").states[0].id == "CIV"


def test_a_page_is_read_as_browsers_read_it(file: Any) -> None:
    page = """<html><head><style>td { color: red }</style></head><body>
<table><tr><td>Menu<td><table id=inner>
<thead><tr><th>Participant <sup>1</sup></th><th>Signature</th><th>Ratification, Acceptance(A)&nbsp;, Accession(a)</th></tr>
<tr><td>Togo&nbsp;<sup>2</sup><td><td>10&nbsp;Feb&nbsp;2003<i>a</i>
<tr><td>C&ocirc;te d&#39;Ivoire</td><td>3 May 1999</td><td>4 Jun 2001<sup>3</sup> A</td></tr>
<tr><td colspan=3>End note</td></tr>
<tr><td>Benin</td><td>3 May 1999<br>4</td><td><script>alert("1 Jan 2000")</script></td></tr>
</table></td></tr></table></body></html>"""
    read = read_status_table(file(page), "treaty")
    told = [(event.id, str(event.claims[0].date), event.claims[0].note) for event in read.record("treaty").events]
    assert told == [
        ("TGO consent", "2003-02-10", ""),
        ("CIV signature", "1999-05-03", ""),
        ("CIV consent", "2001-06-04", "footnote 3"),
        ("BEN signature", "1999-05-03", "footnote 4"),
    ]
    assert read.record("treaty").events[0].claims[0].locator.startswith("line 4")


def test_an_unreadable_ratification_makes_no_second_fault_of_the_withdrawal(file: Any) -> None:
    with pytest.raises(RecordError) as caught:
        table(file, "Benin,,04/06/2001,3 May 2003\n", head=f"{HEAD[:-1]},Withdrawal\n")
    assert len(caught.value.faults) == 1
    assert "unreadable date" in str(caught.value)


# --- The Council of Europe ----------------------------------------------------------------------------------------------


def row(name: str, **dates: str | None) -> dict[str, str | None]:
    keys = {"signed": "DateSignature", "bound": "DateConsentement", "force": "DateEntreeVigueur", "left": "DateDenonciation",
            "out": "DateEffetDenonciation", "suspended": "DateSuspension"}  # fmt: skip
    return {"LibPaysOrga": name, "CodePays": name[:3].upper(), **{keys[key]: date for key, date in dates.items()}}


CHART = [
    [
        row(
            "Bulgaria",
            signed="1992-05-07T00:00:00",
            bound="1992-09-07T00:00:00",
            force="1992-09-10T00:00:00",
            left=None,
        ),
        row("Russia", signed="1996-02-28", bound="1998-05-05", force="1998-05-05", left="2022-03-01", out="2022-09-16"),
        row("Malta", signed="1996-02-28"),
        row("Iceland"),
    ],
    [
        row("Chile", bound="2001-02-03", force="2001-06-01", left="2010-01-01"),
        row("Japan", bound="2001-02-03", force="2001-06-01", suspended="2010-01-01"),
    ],
    [row("European Union", signed="2001-01-01", bound="2002-01-01")],
]


def test_a_chart_of_the_council_of_europe_is_read(file: Any) -> None:
    read = read_status_table(file(json.dumps(CHART)), "charter", as_of="2024-12-31")
    history = read.history("charter")
    assert around(history, "BGR", "1992-09-10") == [NO, YES, YES]
    assert declared(history, "BGR", "1992-05-07") == [NO, YES, YES]
    assert around(history, "RUS", "2022-03-01") == [YES, YES, YES]
    assert around(history, "RUS", "2022-09-16") == [YES, NO, NO]
    assert history.status("MLT", "2020-01-01").statuses == {Status.SIGNATORY}
    assert history.status("ISL", "2020-01-01").statuses == {Status.NONE}
    assert around(history, "CHL", "2010-01-01") == [YES, OPEN, OPEN]
    assert history.status("JPN", "2010-01-01").statuses == {Status.SUSPENDED}
    joined = next(event for event in history.record.events if event.id == "CHL consent").claims[0]
    assert (joined.act, joined.inferred, joined.locator) == ("accession", True, "other states, Chile, DateConsentement")
    notice, end = (event.claims[0] for event in history.record.events_of("RUS")[-2:])
    assert [(claim.act, claim.inferred) for claim in (notice, end)] == [
        ("notice_of_withdrawal", False),
        ("withdrawal", False),
    ]
    assert read.ignored == ("row 6: 'European Union' is left out: it is an organisation, and no state",)


def test_a_chart_may_be_given_as_it_was_loaded_and_as_one_list(file: Any) -> None:
    whole = read_status_table(file(json.dumps(CHART)), "charter").record("charter")
    assert read_status_table(CHART, "charter").record("charter") == whole  # type: ignore[arg-type]
    flat = file(json.dumps([one for part in CHART for one in part]))
    assert len(read_status_table(flat, "charter").record("charter").events) == len(whole.events)


def test_rows_of_a_chart_are_read_as_a_file_of_them_is(file: Any) -> None:
    rows = [one for part in CHART[:2] for one in part]
    read = read_status_table(file(json.dumps(rows)), "charter").record("charter")
    assert read_status_table(rows, "charter").record("charter") == read
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    assert read_status_table(pandas.DataFrame(rows), "charter").record("charter") == read
    with pytest.raises(RecordError, match="row 0, Peru, DateSignature: unreadable date"):
        read_status_table([row("Peru", signed="03/04/1996")], "charter")


def test_rows_of_a_chart_that_cannot_be_read_are_told(file: Any) -> None:
    wrong = [
        [
            row("Atlantis", signed="1996-02-28"),
            row("Peru", signed="03/04/1996"),
            {"CodePays": ""},
            7,
            row("Cuba", left="1999-01-01"),
        ]
    ]
    with pytest.raises(RecordError) as caught:
        read_status_table(file(json.dumps(wrong)), "charter")
    # One of those without a readable name may be Cuba's, and begin what it left.
    assert places(caught) == [
        "row 0, member states",
        "row 1, Peru, DateSignature",
        "row 2, member states",
        "row 3, member states",
    ]
    history = read_status_table(file(json.dumps(wrong)), "charter", bad_rows="skip").history("charter")
    assert history.was_member("PER", "2000-01-01") is OPEN
    assert history.was_member("CUB", "2000-01-01") is OPEN
    with pytest.raises(RecordError) as caught:
        read_status_table(file(json.dumps([[row("Cuba", left="1999-01-01")]])), "charter")
    assert places(caught) == ["row 0, act", "row 0, act"]
