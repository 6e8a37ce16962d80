"""Acts, statuses and readings: the table of the design, typed in anew, and readings of one's own."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.asking import days_around

from csto_membership import (
    DECLARED,
    LEGAL,
    PARTICIPATING,
    Act,
    ArgumentError,
    Effect,
    History,
    Reading,
    Status,
    UnknownNameError,
)
from csto_membership._files.read import record_of
from csto_membership._values.acts import as_act, as_status, as_statuses
from csto_membership._values.readings import READINGS, as_reading

DAY = dt.timedelta(1)

#: What a letter stands for; a dot is "no change".
LETTERS = {
    "n": "none", "s": "signatory", "a": "associate", "M": "member",
    "X": "suspended", "Z": "frozen", "o": "observer", "F": "former",
}  # fmt: skip

DECLARED_TABLE = """
                              none signatory associate member suspended frozen observer former
signature                      M    .         M         .      .         .      M        M
accession                      M    .         M         .      .         .      M        M
succession                     M    .         M         .      .         .      M        M
admission                      M    M         M         .      .         .      M        M
ratification                   M    M         M         .      .         .      M        M
provisional_application        .    .         .         .      .         .      .        .
end_of_provisional_application .    .         .         .      .         .      .        .
entry_into_force               M    M         .         .      .         .      .        M
prolongation                   .    .         .         .      .         .      .        .
expiry                         .    F         F         F      F         F      .        .
notice_of_suspension           .    .         .         X      .         X      .        .
suspension                     .    .         .         X      .         X      .        .
suspension_from_organs         .    .         .         .      .         .      .        .
return                         .    .         .         .      M         M      .        M
notice_of_withdrawal           .    .         .         .      .         .      .        .
revocation                     .    .         .         .      .         .      .        .
withdrawal                     .    F         F         F      F         F      .        .
exclusion                      .    F         F         F      F         F      .        .
lapse                          .    F         F         F      F         F      .        .
extinction                     .    F         F         F      F         F      F        .
freeze                         .    .         .         .      .         .      .        .
associate_status               a    a         .         a      .         .      a        a
observer_status                o    .         o         .      .         .      .        o
denial                         .    .         .         .      .         .      .        .
"""
LEGAL_TABLE = """
                              none signatory associate member suspended frozen observer former
signature                      s    .         s         .      .         .      s        s
accession                      s    .         s         .      .         .      s        s
succession                     s    .         s         .      .         .      s        s
admission                      M    M         M         .      .         .      M        M
ratification                   s    .         s         .      .         .      s        s
provisional_application        .    .         .         .      .         .      .        .
end_of_provisional_application .    .         .         .      .         .      .        .
entry_into_force               M    M         .         .      .         .      .        M
prolongation                   .    .         .         .      .         .      .        .
expiry                         .    F         F         F      F         F      .        .
notice_of_suspension           .    .         .         .      .         .      .        .
suspension                     .    .         .         X      .         X      .        .
suspension_from_organs         .    .         .         .      .         .      .        .
return                         .    .         .         .      M         M      .        .
notice_of_withdrawal           .    .         .         .      .         .      .        .
revocation                     .    .         .         .      .         .      .        .
withdrawal                     .    F         F         F      F         F      .        .
exclusion                      .    F         F         F      F         F      .        .
lapse                          .    F         F         F      F         F      .        .
extinction                     .    F         F         F      F         F      F        .
freeze                         .    .         .         .      .         .      .        .
associate_status               a    a         .         a      .         .      a        a
observer_status                o    .         o         .      .         .      .        o
denial                         .    .         .         .      .         .      .        .
"""
FREEZE = "freeze                         .    .         .         Z      .         .      .        ."
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
def test_six_acts_open_a_relation_and_only_last_days_take_effect_the_day_after(act: Act) -> None:
    opening = {"signature", "accession", "succession", "admission", "associate_status", "observer_status"}
    assert act.opens is (act.value in opening)
    assert act.lag == (1 if act.value in {"expiry", "extinction"} else 0)


def test_the_vocabulary_of_statuses_is_in_its_order() -> None:
    assert [status.value for status in Status] == [
        "none", "signatory", "associate", "member", "suspended", "frozen", "observer", "former",
    ]  # fmt: skip


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
    ],
)
def test_an_act_takes_effect_on_its_own_day(act: str, before: str, after: str) -> None:
    seen = history(*WAYS[before], (act, "2000-06-15")).under("participating")
    assert statuses_around(seen, "2000-06-15") == [before, after, after]


@pytest.mark.parametrize("before", ["associate", "member", "suspended", "frozen", "observer"])
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


def test_but_replaces_and_adds_effects_and_silences_acts_in_a_new_reading() -> None:
    mine = LEGAL.but("mine", Effect("notice_of_suspension", ["member"], "suspended"), without=["exclusion", Act.EXPIRY])
    assert mine.name == "mine"
    assert mine.after(Act.NOTICE_OF_SUSPENSION, Status.MEMBER) is Status.SUSPENDED
    assert mine.after(Act.NOTICE_OF_SUSPENSION, Status.FROZEN) is Status.FROZEN
    assert mine.after(Act.EXCLUSION, Status.MEMBER) is mine.after(Act.EXPIRY, Status.MEMBER) is Status.MEMBER
    assert not mine.has_effect(Act.EXCLUSION)
    assert mine.after(Act.SIGNATURE, Status.NONE) is Status.SIGNATORY
    replaced = DECLARED.but("other", Effect("signature", "none", "observer"))
    assert replaced.after(Act.SIGNATURE, Status.NONE) is Status.OBSERVER
    assert replaced.after(Act.SIGNATURE, Status.FORMER) is Status.FORMER


def test_but_leaves_the_reading_that_it_begins_from_as_it_was() -> None:
    before = DECLARED.as_dict()
    DECLARED.but("mine", Effect("signature", "none", "observer"), without=["expiry"])
    assert DECLARED.as_dict() == before
    assert DECLARED.but("declared") == DECLARED


def test_but_silences_an_act_even_where_its_effect_is_given() -> None:
    mine = DECLARED.but("mine", Effect("freeze", "member", "frozen"), without=["freeze"])
    assert not mine.has_effect(Act.FREEZE)


@pytest.mark.parametrize("wrong", ["nonsense", "", "Signature", None, 5])
def test_but_refuses_to_silence_an_act_that_does_not_exist(wrong: Any) -> None:
    with pytest.raises(UnknownNameError):
        DECLARED.but("mine", without=[wrong])


def test_a_history_answers_under_a_reading_of_ones_own() -> None:
    mine = Reading("mine", (Effect("signature", "none", "observer"), Effect("return", "observer", "member")))
    seen = history(("signature", "2000-01-01"), ("suspension", "2001-01-01"), ("return", "2002-01-01")).under(mine)
    assert seen.reading is mine
    assert statuses_around(seen, "2000-01-01") == ["none", "observer", "observer"]
    assert statuses_around(seen, "2001-01-01") == ["observer", "observer", "observer"]
    assert statuses_around(seen, "2002-01-01") == ["observer", "member", "member"]
    assert seen.status("UZB", "2001-01-01").reading == "mine"


def test_participating_differs_from_declared_in_the_freeze_alone() -> None:
    assert PARTICIPATING.but("declared", without=["freeze"]) == DECLARED
    assert DECLARED != PARTICIPATING


ACTS = st.sampled_from([act for act in Act if act not in (Act.STATUS, Act.DENIAL)])
EFFECTS = st.builds(Effect, ACTS, st.frozensets(st.sampled_from(Status)), st.sampled_from(Status))


@given(st.lists(EFFECTS, unique_by=lambda effect: effect.act), st.randoms())
def test_readings_are_equal_and_hash_equal_whatever_the_order_of_their_effects(
    effects: list[Effect], chance: Any
) -> None:
    shuffled = [*effects]
    chance.shuffle(shuffled)
    one, other = Reading("r", tuple(effects)), Reading("r", tuple(shuffled))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Reading("other", tuple(effects))
    again = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own bytes
    assert again == one
    assert hash(again) == hash(one)


@given(st.lists(EFFECTS, unique_by=lambda effect: effect.act))
def test_a_reading_tells_its_effects_as_json(effects: list[Effect]) -> None:
    told = json.loads(json.dumps(Reading("r", tuple(effects)).as_dict()))
    assert told["name"] == "r"
    expected = {
        effect.act.value: ({status.value for status in effect.before}, effect.after.value)
        for effect in effects
        if effect.before
    }
    assert {act: (set(row["from"]), row["to"]) for act, row in told["effects"].items()} == expected


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
def test_the_bundled_readings_are_values(reading: Reading) -> None:
    assert as_reading(reading.name) is as_reading(reading) is reading
    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301 - our own bytes
    assert repr(reading) == f"<Reading {reading.name}>"
    with pytest.raises(AttributeError):
        reading.name = "other"  # type: ignore[misc]


def test_effects_are_made_from_values_or_names_of_one_status_or_several() -> None:
    expected = Effect(Act.SIGNATURE, frozenset({Status.NONE}), Status.MEMBER)
    assert Effect("signature", "none", "member") == expected
    assert Effect("signature", ["none"], "member") == expected
    assert Effect("signature", (Status.NONE, "none"), Status.MEMBER) == expected
    assert as_statuses([]) == frozenset()
    assert as_status("frozen") is as_status(Status.FROZEN) is Status.FROZEN
    assert as_act("return") is Act.RETURN


@pytest.mark.parametrize("act", ["status", "denial", Act.STATUS, Act.DENIAL], ids=repr)
def test_an_effect_of_an_act_that_can_have_none_is_refused(act: Any) -> None:
    with pytest.raises(ArgumentError, match="no effect of its own") as caught:
        Effect(act, "none", "member")
    assert caught.value.value in ("status", "denial")
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("act", ["nonsense", "SIGNATURE", "", None, 1])
def test_an_effect_of_an_act_that_does_not_exist_is_refused(act: Any) -> None:
    with pytest.raises(UnknownNameError) as caught:
        Effect(act, "none", "member")
    assert caught.value.value == act
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(("before", "after"), [("nonsense", "member"), ("none", "nonsense"), (["none", "x"], "member")])
def test_an_effect_of_a_status_that_does_not_exist_is_refused_with_the_known_ones(before: Any, after: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        Effect("signature", before, after)
    assert set(caught.value.known) == {status.value for status in Status}
    assert caught.value.kind == "status"


@pytest.mark.parametrize("before", [5, None])
def test_an_effect_of_what_is_no_status_at_all_is_refused(before: Any) -> None:
    with pytest.raises(UnknownNameError):
        Effect("signature", before, "member")


@pytest.mark.parametrize("value", ["lawful", "Declared", "", None, 5, [], Status.MEMBER])
def test_an_unknown_reading_is_refused_with_the_known_ones(value: Any) -> None:
    with pytest.raises(UnknownNameError) as caught:
        as_reading(value)
    assert caught.value.known == ("declared", "legal", "participating")
    assert caught.value.value == value
    assert "legal" in str(caught.value)


def test_a_signatory_waits_for_force_under_legal_alone() -> None:
    assert LEGAL.binds_after_signature
    assert not DECLARED.binds_after_signature
    assert not PARTICIPATING.binds_after_signature
    assert not LEGAL.but("mine", without=["entry_into_force"]).binds_after_signature
