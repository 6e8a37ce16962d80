"""Statuses, acts, ranks and kinds are their texts, and leave the library as plain ones."""

from __future__ import annotations

import copy
import json
import pickle
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import CSTO, Act, Kind, Rank, SpeaksOf, Status, in_order

NAMES: list[StrEnum] = [*Status, *Act, *Rank, *Kind, *SpeaksOf]


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_name_is_its_lower_case_text(name: StrEnum) -> None:
    text = name.name.lower()
    assert name == text == str(name) == f"{name}" == name.value
    assert hash(name) == hash(text)
    assert {text: 1}[name] == 1
    assert json.loads(json.dumps({name: [name]})) == {text: [text]}
    assert type(name)(text) is pickle.loads(pickle.dumps(name)) is copy.deepcopy(name) is name  # noqa: S301
    assert type(name.value) is str


def test_print_of_a_status_is_the_word(capsys: pytest.CaptureFixture[str]) -> None:
    print(csto.status("UZ", "2012-10-01").status)
    assert capsys.readouterr().out == "suspended\n"
    assert csto.status("UZ", "2012-10-01").status == "suspended"


@given(st.lists(st.sampled_from(Status)))
def test_statuses_stand_in_the_order_of_the_vocabulary_given_as_values_or_texts(statuses: list[Status]) -> None:
    order = list(Status)
    expected = [status.value for status in sorted(set(statuses), key=order.index)]
    for form in (statuses, frozenset(statuses), map(str, statuses)):
        assert in_order(form) == expected


def test_a_name_that_is_no_status_is_refused_in_order() -> None:
    with pytest.raises(csto.UnknownNameError):
        in_order(["member", "signature"])


def test_a_name_of_one_kind_is_none_of_another() -> None:
    with pytest.raises(csto.UnknownNameError):
        CSTO.counting(Act.SUSPENSION)


def plain(value: Any) -> bool:
    """Whether all parts of a JSON-ready value are of the plain types themselves."""
    if type(value) is dict:
        return all(type(key) is str and plain(part) for key, part in value.items())
    if type(value) is list:
        return all(map(plain, value))
    return type(value) in (str, int, float, bool, type(None))


def test_dictionaries_hold_plain_texts() -> None:
    finding = csto.status("UZ", "2012-10-01")
    answers: list[Any] = [
        finding,
        CSTO.members_on("2006"),
        CSTO.timeline("UZ"),
        *CSTO.changes("1992-01-01", "2020-01-01"),
    ]
    answers += [*CSTO.conflicts(), *CSTO.compare(CSTO.under("legal")), *CSTO.sources, *CSTO.instruments, CSTO.reading]
    for answer in answers:
        assert plain(answer.as_dict())
    assert all(plain(row.as_dict()) for row in CSTO.panel(first="2005-01-01", last="2006-12-31"))
