"""Acts and statuses: the tables of effects, typed in anew from their meaning and not from the code."""

from __future__ import annotations

from typing import Any

import pytest
from support.asking import days_around

from csto_membership import DECLARED, LEGAL, PARTICIPATING, Act, Effect, History, Reading, Status, UnknownNameError
from csto_membership._files.read import record_of
from csto_membership._values.acts import PRESUPPOSING, in_order
from csto_membership._values.readings import READINGS

#: What a letter stands for; a dot is "no change".
LETTERS = {
    "n": "none", "s": "signatory", "a": "associate", "M": "member",
    "X": "suspended", "Z": "frozen", "o": "observer", "p": "partner", "F": "former",
}  # fmt: skip

DECLARED_TABLE = """
                               none signatory associate partner observer member suspended frozen former
signature                      M    .         M         M       M        .      .         .      M
accession                      M    .         M         M       M        .      .         .      M
succession                     M    .         M         M       M        .      .         .      M
admission                      M    M         M         M       M        .      .         .      M
ratification                   M    M         M         M       M        .      .         .      M
acceptance                     M    M         M         M       M        .      .         .      M
approval                       M    M         M         M       M        .      .         .      M
provisional_application        .    .         .         .       .        .      .         .      .
end_of_provisional_application .    .         .         .       .        .      .         .      .
entry_into_force               M    M         .         .       .        .      .         .      M
prolongation                   .    .         .         .       .        .      .         .      .
expiry                         .    F         F         F       F        F      F         F      .
notice_of_suspension           .    .         .         .       .        X      .         X      .
suspension                     .    .         .         .       .        X      .         X      .
suspension_from_organs         .    .         .         .       .        .      .         .      .
return                         .    .         .         .       .        .      M         M      M
notice_of_withdrawal           .    .         .         .       .        .      .         .      .
revocation                     .    .         .         .       .        .      .         .      .
withdrawal                     .    F         F         F       F        F      F         F      .
exclusion                      .    F         F         F       F        F      F         F      .
lapse                          .    F         F         F       F        F      F         F      .
extinction                     .    F         F         F       F        F      F         F      .
freeze                         .    .         .         .       .        .      .         .      .
associate_status               a    a         .         a       a        a      .         .      a
observer_status                o    .         o         o       .        .      .         .      o
partner_status                 p    .         p         .       p        .      .         .      p
denial                         .    .         .         .       .        .      .         .      .
"""

LEGAL_TABLE = """
                               none signatory associate partner observer member suspended frozen former
signature                      s    .         s         s       s        .      .         .      s
accession                      s    .         s         s       s        .      .         .      s
succession                     s    .         s         s       s        .      .         .      s
admission                      M    M         M         M       M        .      .         .      M
ratification                   s    .         s         s       s        .      .         .      s
acceptance                     s    .         s         s       s        .      .         .      s
approval                       s    .         s         s       s        .      .         .      s
provisional_application        .    .         .         .       .        .      .         .      .
end_of_provisional_application .    .         .         .       .        .      .         .      .
entry_into_force               M    M         .         .       .        .      .         .      M
prolongation                   .    .         .         .       .        .      .         .      .
expiry                         .    F         F         F       F        F      F         F      .
notice_of_suspension           .    .         .         .       .        .      .         .      .
suspension                     .    .         .         .       .        X      .         X      .
suspension_from_organs         .    .         .         .       .        .      .         .      .
return                         .    .         .         .       .        .      M         M      .
notice_of_withdrawal           .    .         .         .       .        .      .         .      .
revocation                     .    .         .         .       .        .      .         .      .
withdrawal                     .    F         F         F       F        F      F         F      .
exclusion                      .    F         F         F       F        F      F         F      .
lapse                          .    F         F         F       F        F      F         F      .
extinction                     .    F         F         F       F        F      F         F      .
freeze                         .    .         .         .       .        .      .         .      .
associate_status               a    a         .         a       a        a      .         .      a
observer_status                o    .         o         o       .        .      .         .      o
partner_status                 p    .         p         .       p        .      .         .      p
denial                         .    .         .         .       .        .      .         .      .
"""

FREEZE = "freeze                         .    .         .         .       .        Z      .         .      ."
PARTICIPATING_TABLE = "\n".join(FREEZE if row.startswith("freeze") else row for row in DECLARED_TABLE.splitlines())


def cells(reading: str, table: str) -> list[tuple[str, str, str, str]]:
    """The rows of a table: reading, act, status before, status after."""
    head, *rows = (line.split() for line in table.strip().splitlines())
    found = []
    for act, *letters in rows:
        for before, letter in zip(head, letters, strict=True):
            found.append((reading, act, before, before if letter == "." else LETTERS[letter]))
    return found


CELLS = [
    *cells("declared", DECLARED_TABLE),
    *cells("legal", LEGAL_TABLE),
    *cells("participating", PARTICIPATING_TABLE),
]

SILENT = {
    "prolongation", "notice_of_withdrawal", "revocation", "denial", "suspension_from_organs",
    "provisional_application", "end_of_provisional_application",
}  # fmt: skip

WITHOUT_EFFECT = {
    "declared": SILENT | {"freeze"},
    "legal": SILENT | {"freeze", "notice_of_suspension"},
    "participating": SILENT,
}


def test_the_tables_name_every_act_but_status_and_every_status() -> None:
    for name in READINGS:
        assert {act for reading, act, _, _ in CELLS if reading == name} | {"status"} == {act.value for act in Act}
        assert {before for reading, _, before, _ in CELLS if reading == name} == {status.value for status in Status}


@pytest.mark.parametrize(("reading", "act", "before", "after"), CELLS)
def test_an_act_leads_from_each_status_where_the_table_says(reading: str, act: str, before: str, after: str) -> None:
    assert READINGS[reading].after(Act(act), Status(before)) is Status(after)


@pytest.mark.parametrize("name", READINGS)
@pytest.mark.parametrize("act", list(Act), ids=lambda act: act.value)
def test_an_act_has_an_effect_if_the_table_has_one(name: str, act: Act) -> None:
    reading = READINGS[name]
    assert reading.has_effect(act) is (act.value not in WITHOUT_EFFECT[name])
    assert (reading.effect(act) is None) is (act.value in WITHOUT_EFFECT[name] | {"status"})


@pytest.mark.parametrize("act", list(Act), ids=lambda act: act.value)
def test_seven_acts_open_a_relation_and_only_last_days_take_effect_the_day_after(act: Act) -> None:
    opening = {
        *("signature", "accession", "succession", "admission"),
        *("associate_status", "observer_status", "partner_status"),
    }
    assert act.opens is (act.value in opening)
    assert act.lag == (1 if act.value in {"expiry", "extinction"} else 0)


def test_the_vocabulary_of_statuses_is_in_its_order() -> None:
    assert [status.value for status in Status] == [
        "none", "signatory", "associate", "partner", "observer", "member", "suspended", "frozen", "former",
    ]  # fmt: skip


def test_statuses_are_put_in_the_order_of_the_vocabulary_from_values_or_names() -> None:
    for given in (
        ["former", "none", "member"],
        iter(["member", "former", "none"]),
        frozenset(("none", "former", "member")),
    ):
        assert in_order(given) == ["none", "member", "former"]
    assert in_order([Status.SUSPENDED, "associate"]) == ["associate", "suspended"]
    with pytest.raises(UnknownNameError):
        in_order(["member", "membr"])


# --- Acts in time ----------------------------------------------------------------------------------------------------


def history(*acts: tuple[str, str] | tuple[str, str, Any]) -> History:
    """A record of one state with these acts on these days, in order."""
    events = []
    for number, (act, date, *status) in enumerate(acts):
        claim = {
            "source": "s",
            "act": act,
            **({"date": date} if date else {}),
            **({"status": status[0]} if status else {}),
        }
        events.append({"id": f"e{number}", "states": ["UZB"], "claims": [claim]})
    document = {"organisation": {"id": "x"}, "state": [{"id": "UZB"}], "source": [{"id": "s"}], "event": events}
    return History(record_of(document))


def statuses_around(seen: History, day: str) -> list[str]:
    """The statuses on the day before, the day, and the day after."""
    return [seen.status("UZB", date).status.value for date in days_around(day)]


#: How each status can be come to, with days far before those asked about.
WAYS: dict[str, list[tuple[str, str]]] = {
    "none": [],
    "member": [("signature", "1990-01-01")],
    "associate": [("associate_status", "1990-01-01")],
    "observer": [("observer_status", "1990-01-01")],
    "partner": [("partner_status", "1990-01-01")],
    "suspended": [("signature", "1990-01-01"), ("suspension", "1991-01-01")],
    "former": [("signature", "1990-01-01"), ("withdrawal", "1991-01-01")],
    "frozen": [("signature", "1990-01-01"), ("freeze", "1991-01-01")],
}


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        (act, b, a)
        for name, act, b, a in CELLS
        if name == "participating" and b in WAYS and act not in {"expiry", "extinction", "denial"}
        if b != "none" or Act(act) not in PRESUPPOSING
    ],
)
def test_an_act_takes_effect_on_its_own_day(act: str, before: str, after: str) -> None:
    seen = history(*WAYS[before], (act, "2000-06-15")).under("participating")
    assert statuses_around(seen, "2000-06-15") == [before, after, after]


@pytest.mark.parametrize("before", ["associate", "partner", "member", "suspended", "frozen", "observer"])
def test_an_extinction_takes_effect_the_day_after_the_last_day_of_the_state(before: str) -> None:
    seen = history(*WAYS[before], ("extinction", "1992-12-31")).under("participating")
    assert statuses_around(seen, "1992-12-31") == [before, before, "former"]
    assert statuses_around(seen, "1993-01-01") == [before, "former", "former"]


@pytest.mark.parametrize("before", ["associate", "member", "suspended", "frozen"])
def test_an_expiry_takes_effect_the_day_after_the_last_day_of_the_term(before: str) -> None:
    seen = history(*WAYS[before], ("expiry", "1999-04-20")).under("participating")
    assert statuses_around(seen, "1999-04-20") == [before, before, "former"]
    assert statuses_around(seen, "1999-04-21") == [before, "former", "former"]


def test_an_expiry_whose_month_is_known_leaves_its_first_day_in_and_the_first_of_the_next_month_out() -> None:
    seen = history(*WAYS["member"], ("expiry", "1999-04"))
    verdicts = {day: seen.was_member("UZB", day).value for day in ("1999-03-31", "1999-04-01", "1999-04-02")}
    assert verdicts == {"1999-03-31": True, "1999-04-01": True, "1999-04-02": None}
    verdicts = {day: seen.was_member("UZB", day).value for day in ("1999-04-30", "1999-05-01", "1999-05-02")}
    assert verdicts == {"1999-04-30": None, "1999-05-01": False, "1999-05-02": False}


@pytest.mark.parametrize("name", READINGS)
def test_a_status_act_leads_where_its_claim_says_under_every_reading(name: str) -> None:
    for status in Status:
        seen = history(*WAYS["member"], ("status", "2000-06-15", status.value)).under(name)
        assert seen.status("UZB", "2000-06-15").status is status
        assert seen.status("UZB", "2000-06-14").status is READINGS[name].after(Act.SIGNATURE, Status.NONE)


def test_a_status_act_may_leave_several_statuses_or_all() -> None:
    seen = history(("status", "2000-06-15", ["member", "observer"]))
    assert seen.status("UZB", "2000-06-15").statuses == {Status.MEMBER, Status.OBSERVER}
    seen = history(("status", "2000-06-15", "unknown"))
    assert seen.status("UZB", "2000-06-15").statuses == set(Status)
    assert seen.status("UZB", "2000-06-14").statuses == {Status.NONE}


def test_a_denied_event_changes_nothing_and_orders_nothing() -> None:
    seen = history(("signature", "2000-01-01"), ("denial", ""), ("withdrawal", "2001-01-01"))
    assert statuses_around(seen, "2001-01-01") == ["member", "former", "former"]


# --- Readings of one's own -------------------------------------------------------------------------------------------


def test_a_history_answers_under_a_reading_of_ones_own() -> None:
    mine = Reading("mine", (Effect("signature", "none", "observer"), Effect("return", "observer", "member")))
    seen = history(("signature", "2000-01-01"), ("suspension", "2001-01-01"), ("return", "2002-01-01")).under(mine)
    assert seen.reading is mine
    assert statuses_around(seen, "2000-01-01") == ["none", "observer", "observer"]
    assert statuses_around(seen, "2001-01-01") == ["observer", "observer", "observer"]
    assert statuses_around(seen, "2002-01-01") == ["observer", "member", "member"]
    assert seen.status("UZB", "2001-01-01").reading == "mine"


def test_a_signatory_waits_for_force_under_legal_alone() -> None:
    assert LEGAL.binds_after_signature
    assert not DECLARED.binds_after_signature
    assert not PARTICIPATING.binds_after_signature
    assert not LEGAL.but("mine", without=["entry_into_force"]).binds_after_signature
