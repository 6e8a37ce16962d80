"""Errors carry what was wrong as attributes, say it in their message, survive pickling, and share one base."""

from __future__ import annotations

import copy
import inspect
import pickle

import pytest

import csto_membership as csto
from csto_membership import exceptions
from csto_membership.exceptions import (
    DateError,
    Fault,
    MembershipError,
    MissingExtraError,
    RecordError,
    UndeterminedError,
    UnknownNameError,
    UnknownStateError,
)

ERRORS = [
    DateError("99", "why", ["1999"]),
    DateError("99", "why"),
    UnknownStateError("Uzbekstan", ["Uzbekistan"], "misspelt"),
    UnknownStateError(704),
    UnknownNameError("reading", "lawful", ["declared", "legal"]),
    UnknownNameError("act", None),
    UndeterminedError("open"),
    RecordError([Fault("here", "wrong", 5, "right", "a.toml")]),
    RecordError([Fault("here", "wrong"), Fault("there", "wrong")]),
    MissingExtraError("pandas", "frames"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__ + str(len(str(error))))
def test_an_error_survives_pickling_and_copying(error: MembershipError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301 - our own
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert again.args == error.args
        assert vars(again) == vars(error)


def test_an_error_with_its_finding_survives_pickling() -> None:
    found = csto.members_on("2006")
    with pytest.raises(UndeterminedError) as caught:
        len(found)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert again.finding == found
    assert str(again) == str(caught.value)


def test_every_public_error_has_the_one_base_and_input_errors_are_value_errors() -> None:
    named = {name: getattr(exceptions, name) for name in exceptions.__all__}
    errors = {name: kind for name, kind in named.items() if name != "Fault"}
    assert all(issubclass(kind, MembershipError) for kind in errors.values())
    inputs = {name for name, kind in errors.items() if issubclass(kind, ValueError)}
    assert inputs == {
        "ArgumentError",
        "DateError",
        "RecordError",
        "UnequalLengthsError",
        "UnknownNameError",
        "UnknownStateError",
        "UnreadableRowsError",
    }
    assert issubclass(MissingExtraError, ImportError)
    defined = {
        name for name, kind in inspect.getmembers(exceptions, inspect.isclass) if kind.__module__ == exceptions.__name__
    }
    assert defined == set(exceptions.__all__)
    assert all(getattr(csto, name) is kind for name, kind in named.items())


def test_messages_show_the_value_the_reason_and_what_was_meant() -> None:
    assert str(DateError("99", "why", ["1999", "2099"])) == (
        "cannot use '99' as a date: why; did you mean '1999' or '2099'?"
    )
    assert str(UnknownStateError("x", ["Y"], "why")) == "unknown state 'x': why; did you mean 'Y'?"
    assert str(UnknownStateError("x")) == "unknown state 'x'"
    assert str(MissingExtraError("pandas", "frames")).endswith('python -m pip install "csto_membership[frames]"')


def test_a_long_value_is_cut_within_its_quotes() -> None:
    told = Fault("here", "wrong", "a name " * 20, "right")
    assert "...'); right" in str(told)
    assert len(told.as_dict()["value"]) == 80
    assert str(Fault("here", "wrong", list(range(99)))).endswith("...)")


def test_an_unknown_name_is_told_with_the_nearest_and_the_known_ones() -> None:
    known = ("declared", "legal", "participating")
    assert str(UnknownNameError("reading", "legall", known)) == (
        "unknown reading 'legall'; did you mean 'legal'? (known: declared, legal, participating)"
    )
    assert (
        str(UnknownNameError("reading", "zz", known)) == "unknown reading 'zz' (known: declared, legal, participating)"
    )
    assert str(UnknownNameError("reading", "", known)) == "unknown reading '' (known: declared, legal, participating)"
    assert str(UnknownNameError("reading", "zz")) == "unknown reading 'zz'"
    # a part of a long id is not close to it, but leads to it
    assert "'asia-plus-2017'" in str(UnknownNameError("source", "2017", ["asia-plus-2017", "kremlin-2002"]))


def test_one_is_no_plural() -> None:
    assert str(csto.UnequalLengthsError(1, 2)).startswith("the lengths differ, 1 state and 2 dates; give one of each")
    assert str(csto.UnequalLengthsError(2, 1, 1)).startswith(
        "the lengths differ, 1 organisation, 2 states and 1 date; give"
    )
    record = csto.Record("x", states=(csto.State("UZB", "Uzbekistan"),), sources=(csto.Source("a"),))
    assert repr(record) == "<Record x: 1 state, 0 events, 1 source>"
    assert repr(csto.Registry.of(record)) == "<Registry: 1 organisation, 1 state>"


@pytest.mark.parametrize(("count", "shown"), [(19, False), (20, False), (21, True)])
def test_a_long_list_of_known_names_is_cut_in_the_message_and_kept_in_the_attribute(count: int, shown: bool) -> None:
    names = [f"name-{number}" for number in range(count)]
    error = UnknownNameError("source", "zzz", names)
    assert ("..." in str(error)) is shown
    assert error.known == tuple(names)
