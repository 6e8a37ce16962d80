"""Readings of one's own, made from the bundled ones or from effects."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import (
    DECLARED,
    LEGAL,
    PARTICIPATING,
    Act,
    ArgumentError,
    Effect,
    Reading,
    Status,
    UnknownNameError,
)
from csto_membership._values.acts import as_act, as_status, as_statuses
from csto_membership._values.readings import READINGS, as_reading


@pytest.mark.parametrize("reading", READINGS.values(), ids=str)
@pytest.mark.parametrize("act", Act)
def test_acts_and_statuses_may_be_given_by_name(reading: Reading, act: Act) -> None:
    assert reading.effect(act.value) is reading.effect(act)
    assert reading.has_effect(act.value) is reading.has_effect(act)
    for status in Status:
        assert reading.after(act.value, status.value) is reading.after(act, status)


def test_of_an_act_or_status_that_is_none_nothing_is_said() -> None:
    for ask in (DECLARED.effect, DECLARED.has_effect, lambda act: DECLARED.after(act, "none")):
        with pytest.raises(UnknownNameError, match="unknown act 'sgn'"):
            ask("sgn")
    with pytest.raises(UnknownNameError, match="unknown status 'nobody'"):
        DECLARED.after("signature", "nobody")
    effects: Any = [Effect("signature", "none", "observer")]
    with pytest.raises(ArgumentError, match="a reading is made of effects"):
        DECLARED.but("mine", effects)
    for wrong in (5, None):
        with pytest.raises(ArgumentError, match="a reading is made of effects"):
            Reading("mine", wrong)  # type: ignore[arg-type]
        with pytest.raises(UnknownNameError, match="unknown act"):
            LEGAL.but("mine", without=wrong)  # type: ignore[arg-type]
    assert LEGAL.but("mine", without="expiry") == LEGAL.but("mine", without=["expiry"])


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


def test_a_reading_takes_effects_only() -> None:
    with pytest.raises(csto.ArgumentError):
        csto.Reading("mine", (1,))  # type: ignore[arg-type]


@pytest.mark.parametrize("after", list(Status))
def test_a_reading_binds_after_signature_if_force_makes_members_of_signatories(after: Status) -> None:
    signature, force = Effect("signature", ["none"], "signatory"), Effect("entry_into_force", ["signatory"], after)
    assert Reading("own", (signature, force)).binds_after_signature is (after is Status.MEMBER)
    assert not Reading("own", (force,)).binds_after_signature
    assert not Reading("own", (signature,)).binds_after_signature
    assert not Reading("own", (signature, Effect("entry_into_force", ["none"], after))).binds_after_signature
