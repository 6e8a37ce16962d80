"""A suspension from organs, such as councils, leaves membership as it is, and is seen in a caveat."""

from __future__ import annotations

from support.asking import days_around

from csto_membership import History, Verdict
from csto_membership._files.read import record_of


def fiji(*acts: tuple[str, str]) -> History:
    events = [
        {"id": f"e{n}", "states": ["FJI"], "claims": [{"source": "s", "act": act, "date": day}]}
        for n, (act, day) in enumerate(acts)
    ]
    state = {"id": "FJI", "name": "Fiji"}
    return History(record_of({"organisation": {"id": "x"}, "state": [state], "source": [{"id": "s"}], "event": events}))


def of_organs(history: History, day: object) -> list[str]:
    return [caveat for caveat in history.status("FJI", day).caveats if "from organs" in caveat]  # type: ignore[arg-type]


def test_it_is_seen_from_its_day_until_the_return() -> None:
    history = fiji(("admission", "1997-10-01"), ("suspension_from_organs", "2000-06-06"), ("return", "2001-12-20"))
    assert [len(of_organs(history, day)) for day in days_around("2000-06-06")] == [0, 1, 1]
    assert [len(of_organs(history, day)) for day in days_around("2001-12-20")] == [1, 0, 0]
    assert history.was_member("FJI", "2001-01-01") is Verdict.YES


def test_a_suspension_lifted_in_part_is_a_return_and_a_suspension_from_organs_on_one_day() -> None:
    history = fiji(
        ("admission", "1997-10-01"),
        ("suspension", "2009-09-01"),
        ("return", "2014-03-14"),
        ("suspension_from_organs", "2014-03-14"),
        ("return", "2014-09-26"),
    )
    assert [history.was_member("FJI", day).value for day in days_around("2014-03-14")] == [False, True, True]
    assert [len(of_organs(history, day)) for day in days_around("2014-03-14")] == [0, 1, 1]
    assert [len(of_organs(history, day)) for day in days_around("2014-09-26")] == [1, 0, 0]
