"""What rows of a status table tell together of one participant: its stays, and what was taken back."""

from __future__ import annotations

from typing import Any

import pytest
from support.asking import around

from csto_membership import History, RecordError, Status, Verdict
from csto_membership.readers import read_status_table

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
OPTIONS: dict[str, Any] = {"in_force": "1940-01-01", "force_after": "P0D", "as_of": "2024-01-01"}


def treaty(*rows: dict[str, str], **options: Any) -> History:
    return read_status_table(list(rows), "treaty", **{**OPTIONS, **options}).history("treaty")


def claims(history: History, state: str) -> list[tuple[str, str, bool]]:
    return [
        (claim.act.value, str(claim.date), claim.inferred)
        for event in history.record.events
        if event.states == (state,)
        for claim in event.claims
    ]


# --- Several stays ----------------------------------------------------------------------------------------------------


def iceland(*, left: str = "1 Jan 1992") -> list[dict[str, str]]:
    return [
        {"Participant": "Iceland", "Accession": "1 Jan 1950", "Withdrawal": left},
        {"Participant": "Iceland", "Accession": "10 Oct 2002", "Withdrawal": ""},
    ]


@pytest.mark.parametrize("reading", ["legal", "declared"])
def test_who_left_and_came_back_in_another_row_is_inside_again(reading: str) -> None:
    for rows in (iceland(), iceland()[::-1], [*iceland(), *iceland()]):
        history = treaty(*rows, reading=reading)
        assert around(history, "ISL", "1950-01-01") == [NO, YES, YES]
        assert around(history, "ISL", "1992-01-01") == [YES, NO, NO]
        assert around(history, "ISL", "2002-10-10") == [NO, YES, YES]
        assert [event.id for event in history.record.events] == ["ISL consent", "ISL withdrawal", "ISL consent (2)"]


def test_stays_may_touch_and_be_many() -> None:
    rows = [
        {"Participant": "United States", "Acceptance": "30 Sep 1946", "Withdrawal": "31 Dec 1984"},
        {"Participant": "United States", "Acceptance": "1 Oct 2003", "Withdrawal": "31 Dec 2018"},
        {"Participant": "United States", "Acceptance": "31 Dec 2018", "Withdrawal": "1 Jan 2020"},
        {"Participant": "United States", "Acceptance": "10 Jul 2023", "Withdrawal": ""},
    ]
    history = treaty(*rows)
    assert around(history, "USA", "2018-12-31") == [YES, YES, YES]
    assert around(history, "USA", "2020-01-01") == [YES, NO, NO]
    assert around(history, "USA", "2023-07-10") == [NO, YES, YES]


def test_a_row_of_a_stay_may_tell_of_its_force_and_repeat_the_signature() -> None:
    row = {"State": "Greece", "Signature": "28 Nov 1950"}
    rows = [
        {**row, "Ratification": "28 Mar 1953", "Entry into force": "3 Sep 1953", "Withdrawal": "13 Jun 1970"},
        {**row, "Ratification": "28 Nov 1974", "Entry into force": "28 Nov 1974", "Withdrawal": ""},
    ]
    history = treaty(*rows, force_after=None)
    assert around(history, "GRC", "1953-09-03") == [NO, YES, YES]
    assert around(history, "GRC", "1970-06-13") == [YES, NO, NO]
    assert around(history, "GRC", "1974-11-28") == [NO, YES, YES]
    assert [event.id for event in history.record.events].count("GRC signature") == 1


def test_a_denunciation_took_effect_before_the_row_that_tells_of_the_return() -> None:
    rows = [
        {"Participant": "Iceland", "Accession": "1 Jan 1950", "Denunciation": "1 Jan 1992"},
        {"Participant": "Iceland", "Accession": "10 Oct 2002", "Denunciation": ""},
    ]
    for told in (rows, rows[::-1], [*rows, *rows]):
        history = treaty(*told)
        assert around(history, "ISL", "1992-01-01") == [YES, OPEN, OPEN]
        assert around(history, "ISL", "2002-10-10") == [NO, YES, YES]


def test_an_act_in_brackets_was_taken_back_before_the_next_row() -> None:
    rows = [
        {"Participant": "Ecuador", "Accession": "[4 Nov 1997]"},
        {"Participant": "Ecuador", "Accession": "3 Mar 2011"},
    ]
    for told in (rows, rows[::-1], [*rows, *rows]):
        history = treaty(*told)
        assert around(history, "ECU", "1997-11-04") == [NO, YES, OPEN]
        assert around(history, "ECU", "2011-03-03") == [NO, YES, YES]
        assert history.was_member("ECU", "2024-06-01") is YES


def test_rows_that_tell_of_one_day_with_and_without_brackets_contradict_each_other() -> None:
    rows = [
        {"Participant": "Ecuador", "Accession": "[4 Nov 1997]"},
        {"Participant": "Ecuador", "Accession": "4 Nov 1997"},
    ]
    for told in (rows, rows[::-1], [*rows, *rows]):
        history = treaty(*told)
        assert around(history, "ECU", "1997-11-04") == [NO, YES, OPEN]
        assert history.was_member("ECU", "2024-06-01") is OPEN


def test_rows_of_other_days_without_an_end_between_stay_rivals() -> None:
    rows = [
        {"Participant": "Iceland", "Accession": "1 Jan 1950", "Withdrawal": "1 Jan 1992"},
        {"Participant": "Iceland", "Accession": "1 Jan 1951", "Withdrawal": "1 Jan 1993"},
    ]
    history = treaty(*rows)
    assert around(history, "ISL", "1950-01-01") == [NO, OPEN, OPEN]
    assert around(history, "ISL", "1951-01-01") == [OPEN, YES, YES]
    assert around(history, "ISL", "1993-01-01") == [OPEN, NO, NO]


def test_a_table_of_nothing_but_force_and_ends_has_stays_as_well() -> None:
    rows = [
        {"Party": "Iceland", "Entry into force": "1 Jan 1950", "Denunciation": "1 Jan 1992"},
        {"Party": "Iceland", "Entry into force": "10 Oct 2002", "Denunciation": ""},
    ]
    for told in (rows, rows[::-1], [*rows, *rows]):
        history = treaty(*told)
        assert around(history, "ISL", "1992-01-01") == [YES, OPEN, OPEN]
        assert around(history, "ISL", "2002-10-10") == [NO, YES, YES]
    back = treaty({"Party": "[Iceland]", "Entry into force": "1 Jan 1950"})
    assert around(back, "ISL", "1950-01-01") == [NO, YES, OPEN]
    assert around(back, "ISL", "2024-01-01") == [OPEN, NO, NO]


# --- What was taken back ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["Withdrawal", "Denunciation"])
@pytest.mark.parametrize("apart", [False, True])
def test_an_end_in_brackets_may_never_have_come(column: str, apart: bool) -> None:
    joined, left = {"Ratification": "1 Jan 1960"}, {column: "[10 Nov 2016]"}
    empty = {"Participant": "Gambia", "Ratification": "", column: ""}
    rows = [{**empty, **joined}, {**empty, **left}] if apart else [{**empty, **joined, **left}]
    for told in (rows, [*rows, *rows]):
        history = treaty(*told)
        assert around(history, "GMB", "1960-01-01") == [NO, YES, YES]
        assert around(history, "GMB", "2016-11-10") == [YES, OPEN, OPEN]
        assert history.was_member("GMB", "2024-06-01") is OPEN


def test_a_second_consent_in_brackets_does_not_say_that_the_first_was_taken_back() -> None:
    history = treaty({"Participant": "Gambia", "Ratification, Acceptance(A)": "28 Jun 2002 [10 Nov 2016 A]"})
    assert around(history, "GMB", "2002-06-28") == [NO, YES, YES]
    assert around(history, "GMB", "2016-11-10") == [YES, YES, OPEN]
    assert history.was_member("GMB", "2024-06-01") is OPEN
    over = {
        "Participant": "Gambia",
        "Ratification, Acceptance(A)": "28 Jun 2002 [10 Nov 2016 A]",
        "Withdrawal": "1 Jan 2010",
    }
    assert around(treaty(over), "GMB", "2024-01-01") == [OPEN, NO, NO]


def test_a_notice_that_was_revoked_takes_no_effect() -> None:
    row = {"Participant": "Gambia", "Ratification": "1 Jan 1960", "Denunciation": "[10 Nov 2016]"}
    for notice in ("10 Nov 2016", "[10 Nov 2016]"):
        history = treaty({**row, "Denunciation": notice}, footnotes={"Gambia": {"revocation": "2017-02-10"}})
        assert {history.was_member("GMB", day) for day in ("2016-11-10", "2017-02-10", "2024-06-01")} == {YES}


def test_a_force_in_brackets_may_never_have_come_and_ends_nothing() -> None:
    row = {"Participant": "Gambia", "Ratification": "1 Jan 1960", "Entry into force": "[1 Feb 1960]"}
    history = treaty(row)
    assert history.status("GMB", "2020-01-01").statuses == {Status.SIGNATORY, Status.MEMBER}
    assert history.under("declared").was_member("GMB", "2020-01-01") is YES


@pytest.mark.parametrize(
    ("name", "joined", "notice"),
    [
        ("Jamaica", "[3 Oct 1975 a]", "23 Oct 1997"),
        ("[Jamaica]", "3 Oct 1975 a", "23 Oct 1997"),
        ("Jamaica", "[3 Oct 1975 a]", "[23 Oct 1997]"),
    ],
)
def test_what_brackets_say_was_taken_back_was_so_by_the_denunciation(name: str, joined: str, notice: str) -> None:
    row = {"Participant": name, "Accession(a)": joined, "Denunciation": notice}
    history = treaty(row)
    assert around(history, "JAM", "1975-10-03") == [NO, YES, YES]
    assert around(history, "JAM", "1997-10-23") == [YES, OPEN, OPEN]
    assert around(history, "JAM", "2024-01-01") == [OPEN, NO, NO]
    told = [(act, inferred) for act, _, inferred in claims(history, "JAM")]
    assert told == [("accession", False), ("notice_of_withdrawal", False), ("withdrawal", True)]


@pytest.mark.parametrize("name", ["Jamaica", "[Jamaica]"])
def test_and_by_the_withdrawal_on_its_day(name: str) -> None:
    row = {"Participant": name, "Accession(a)": "[3 Oct 1975 a]", "Entry into force": "", "Withdrawal": "23 Oct 1998"}
    history = treaty(row)
    assert claims(history, "JAM") == [("accession", "1975-10-03", False), ("withdrawal", "1998-10-23", False)]
    assert around(history, "JAM", "1998-10-23") == [YES, NO, NO]


def test_a_stay_that_was_taken_back_ended_with_the_withdrawal_before_the_next() -> None:
    row = {"Participant": "United States", "Acceptance(A)": "[30 Sep 1946 A] 1 Oct 2003 A", "Withdrawal": "31 Dec 1984"}
    history = treaty(row)
    assert around(history, "USA", "1970-01-01") == [YES, YES, YES]
    assert around(history, "USA", "1984-12-31") == [YES, NO, NO]
    assert around(history, "USA", "2003-10-01") == [NO, YES, YES]
    assert history.was_member("USA", "2024-06-01") is YES


def test_a_withdrawal_after_the_return_leaves_open_how_the_first_stay_ended() -> None:
    row = {"Participant": "United States", "Acceptance(A)": "[30 Sep 1946 A] 1 Oct 2003 A", "Withdrawal": "31 Dec 2018"}
    history = treaty(row)
    assert around(history, "USA", "1946-09-30") == [NO, YES, OPEN]
    assert around(history, "USA", "2003-10-01") == [NO, YES, YES]
    assert around(history, "USA", "2018-12-31") == [YES, NO, NO]


def test_an_end_in_brackets_that_nothing_begins_is_a_fault_as_any_other() -> None:
    with pytest.raises(RecordError, match="presupposes a relation"):
        treaty({"Participant": "[Gambia]", "Ratification": "", "Withdrawal": "10 Nov 2016"})


# --- The ends of the calendar -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["31 Dec 9999", "[31 Dec 9999]", "[31 Dec 9999] 31 Dec 9999", "1 Jan 0001", "[1 Jan 0001] 1 Jan 0001"]
)
@pytest.mark.parametrize("rule", ["P0D", "P3M", "P9000Y", "next_month", "P60D, then next_month"])
@pytest.mark.parametrize("as_of", [None, "2024-01-01"])
def test_the_first_and_the_last_day_of_the_calendar_are_days(cell: str, rule: str, as_of: str | None) -> None:
    for name in ("Chad", "[Chad]"):
        row = {"Participant": name, "Ratification": cell, "Denunciation": ""}
        for notice in ("", "31 Dec 9999"):
            history = treaty({**row, "Denunciation": notice}, force_after=rule, as_of=as_of, in_force=None)
            if "0001" not in cell:
                assert history.was_member("TCD", "9999-12-30") is NO
            assert history.was_member("TCD", "9999-12-31") is not None


def test_a_force_after_the_end_of_the_calendar_makes_no_member_before() -> None:
    history = treaty({"Participant": "Chad", "Ratification": "3 May 1999"}, force_after="P9000Y")
    assert history.status("TCD", "9999-12-30").statuses == {Status.SIGNATORY}
