"""ATOP: phases of alliances, with unknown months and days, and nothing after the data."""

from __future__ import annotations

from typing import Any

import pytest
from support.asking import around, places

from csto_membership import DateError, History, RecordError, Status, Verdict
from csto_membership.readers import read_atop

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
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


def test_an_alliance_has_the_states_of_its_own_rows(file: Any) -> None:
    rows = "1,,,365,1,1992,5,15,0,0,0,1,0,1,1,4\n2,,,704,1,1992,5,15,0,0,0,1,0,1,1,4\n"
    table = read_atop(file(ATOP + rows))
    assert [[state.id for state in record.states] for record in table.records()] == [["RUS"], ["UZB"]]


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
        "line 5, yrent",
        "line 5, yrexit",
        "line 6, yrexit",
    ]
    assert around(alliance(file, *rows, bad_rows="skip"), "UZB", "1999-05-02") == [OPEN, OPEN, OPEN]
    kept = alliance(file, *rows, "704,1999,5,2,1999,5,2,1", bad_rows="skip")
    assert around(kept, "UZB", "1999-05-02") == [OPEN, YES, OPEN]
    kept = alliance(file, *rows, "705,1999,5,2,1999,5,2,1", bad_rows="skip")
    assert around(kept, "KAZ", "1999-05-02") == [NO, YES, NO]
