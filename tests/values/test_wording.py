"""Wording that is said once: alternatives, hints, ranges, and days in JSON."""

from __future__ import annotations

import datetime as dt

from csto_membership._values.wording import day_range, did_you_mean, either, json_day, json_days, nearest, number_range


def test_alternatives_and_hints() -> None:
    assert either(["a"]) == "a"
    assert either(["a", 2]) == "a or 2"
    assert did_you_mean(["a", "b"]) == "did you mean 'a' or 'b'?"
    assert did_you_mean([]) == ""
    assert nearest("sorce", ["source", "event"]) == "did you mean 'source'?"
    assert nearest("zzz", iter(["source", "event"])) == "known are source, event"


def test_ranges_say_one_number_once_and_an_open_end_as_two_points() -> None:
    assert (number_range(6, 7), number_range(6, 6)) == ("6 to 7", "6")
    day = dt.date(1999, 4, 21)
    assert day_range(day, None) == "1999-04-21 to .."
    assert day_range(None, day) == ".. to 1999-04-21"


def test_an_open_end_is_null_in_json() -> None:
    day = dt.date(1999, 4, 21)
    assert (json_day(day), json_day(None)) == ("1999-04-21", None)
    assert json_days(day, None) == {"first_day": "1999-04-21", "last_day": None}
