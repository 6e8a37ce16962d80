"""Members: who is certain and who is open, and that nothing open is ever hidden."""

from __future__ import annotations

import datetime as dt
import json
import pickle

import pytest
from support.asking import undetermined
from support.league import LEAGUE, claim_of, event_of, history_of

from csto_membership import ImpreciseDate, State, UnknownStateError


@pytest.mark.parametrize(
    ("date", "certain", "undetermined"),
    [
        ("1999-12-31", [], []),
        ("2000-01-01", ["ARM", "KAZ"], []),
        ("2000-01-02", ["ARM", "KAZ"], []),
        ("2000-02-02", ["ARM", "KAZ"], []),
        ("2000-02-03", ["ARM", "KAZ"], ["UZB"]),
        ("2000-02-07", ["ARM", "KAZ"], ["UZB"]),
        ("2000-02-08", ["ARM", "KAZ", "UZB"], []),
        ("2000-02-29", ["ARM", "KAZ", "UZB"], []),
        ("2000-03-01", ["ARM", "UZB"], ["KAZ"]),
        ("2000-03-30", ["ARM", "UZB"], ["KAZ"]),
        ("2000-03-31", ["ARM", "UZB"], []),
        ("2000-04-01", ["ARM", "UZB"], []),
        ("2000-01", ["ARM", "KAZ"], []),
        ("2000-02", ["ARM", "KAZ"], ["UZB"]),
        ("2000", ["ARM"], ["KAZ", "UZB"]),
        ("[1999-12-31..2000-01-01]", [], ["ARM", "KAZ"]),
        ("[2000-02-08..2000-02-29]", ["ARM", "KAZ", "UZB"], []),
        ("[2000-04-01..]", ["ARM", "UZB"], []),
        ("[..1999-12-31]", [], []),
        ("[..2000-01-01]", [], ["ARM", "KAZ"]),
    ],
)
def test_members_are_certain_or_undetermined_on_each_side_of_every_boundary(
    date: str, certain: list[str], undetermined: list[str]
) -> None:
    found = LEAGUE.members_on(date)
    assert found.certain.as_dict() == certain
    assert found.undetermined.as_dict() == undetermined
    assert found.possible == found.certain | found.undetermined


def test_the_number_of_members_is_of_one_day_the_same_for_all() -> None:
    # on no day of the two months is it four, or less than two
    found = LEAGUE.members_on("[2000-02-01..2000-03-31]")
    assert (found.fewest, found.most) == (2, 3)
    # one comes on the day on which another goes: who they were is open, how many there were is not
    swap = history_of(
        event_of("in", ["ARM"], claim_of("law", "signature", "2000-01-01")),
        event_of("out", ["ARM"], claim_of("law", "withdrawal", "2000-02-01")),
        event_of("next", ["UZB"], claim_of("law", "signature", "2000-02-01")),
    )
    found = swap.members_on("[2000-01-31..2000-02-01]")
    assert (len(found), found.fewest, found.most) == (1, 1, 1)
    assert found.undetermined.codes == ("ARM", "UZB")
    undetermined(lambda: [*found])


def test_in_raises_for_an_undetermined_state_alone() -> None:
    found = LEAGUE.members_on("2000-02-05")
    assert "Armenia" in found
    assert "АРМЕНИЯ" in found
    assert "RU" not in found
    error = undetermined(lambda: "UZ" in found)
    assert error.finding is found
    assert "Uzbekistan" in str(error)
    undetermined(lambda: LEAGUE.record.index.find("UZB") in found)


@pytest.mark.parametrize("value", ["Uzbekstan", "704", 5, None, State("XXX", "Georgia")])
def test_in_raises_for_a_state_that_the_record_does_not_know(value: object) -> None:
    for date in ("2000-02-05", "2000-02-08"):
        with pytest.raises(UnknownStateError):
            value in LEAGUE.members_on(date)  # noqa: B015 - the question raises


def test_len_iteration_and_truth_raise_where_they_hang_on_something_undetermined() -> None:
    open_ = LEAGUE.members_on("2000-02-05")
    for question in (lambda: len(open_), lambda: [*open_], lambda: list(open_), lambda: next(iter(open_))):
        assert undetermined(question).finding is open_
    assert bool(open_) is True
    sure = LEAGUE.members_on("2000-02-08")
    assert len(sure) == 3
    assert [state.id for state in sure] == ["ARM", "KAZ", "UZB"]
    nobody = LEAGUE.members_on("1999")
    assert (len(nobody), [*nobody], bool(nobody)) == (0, [], False)
    undetermined(lambda: bool(LEAGUE.members_on("[1999..2000]")))


def test_members_tell_themselves_to_people() -> None:
    found = LEAGUE.members_on("2000-02-05")
    assert str(found).splitlines() == [
        "2000-02-05: 2 to 3 members (declared)",
        "  ARM  Armenia",
        "  KAZ  Kazakhstan",
        "  UZB  Uzbekistan (undetermined)",
    ]
    assert str(LEAGUE.counting("former").members_on("2000-05-01")).startswith("2000-05-01: 1 member (declared)")


def test_members_tell_themselves_to_programs() -> None:
    told = LEAGUE.under("legal").members_on("2000-01").as_dict()
    assert json.loads(json.dumps(told)) == told
    assert {key: told[key] for key in ("date", "reading", "certain", "undetermined", "organisation")} == {
        "date": "2000-01",
        "reading": "legal",
        "certain": [],
        "undetermined": [],
        "organisation": "league",
    }
    assert LEAGUE.members_on("5 February 2000").as_dict()["date"] == "2000-02-05"
    assert LEAGUE.members_on("2000-02-05").date == dt.date(2000, 2, 5)
    assert LEAGUE.members_on("2000-02").date == ImpreciseDate.parse("2000-02")


def test_members_are_values() -> None:
    found = LEAGUE.members_on("2000-02-05")
    assert found == LEAGUE.members_on(dt.date(2000, 2, 5))
    assert hash(found) == hash(LEAGUE.members_on("5 February 2000"))
    assert found != LEAGUE.members_on("2000-02-06")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    with pytest.raises(AttributeError):
        found.fewest = 5  # type: ignore[misc]
