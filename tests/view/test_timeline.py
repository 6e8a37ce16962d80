"""Timelines: spells in order, each with both its days, and the spells of a date."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support.league import LEAGUE, claim_of, event_of, history_of

from csto_membership import DateError, Timeline


def test_a_timeline_is_its_spells_in_order_with_both_days_included() -> None:
    timeline = LEAGUE.timeline("KAZ")
    assert isinstance(timeline, Timeline)
    assert len(timeline) == 4
    assert [spell.as_dict() for spell in timeline] == [
        {"first_day": None, "last_day": "1999-12-31", "statuses": ["none"], "verdict": "no"},
        {"first_day": "2000-01-01", "last_day": "2000-02-29", "statuses": ["member"], "verdict": "yes"},
        {
            "first_day": "2000-03-01",
            "last_day": "2000-03-30",
            "statuses": ["member", "former"],
            "verdict": "undetermined",
        },
        {"first_day": "2000-03-31", "last_day": None, "statuses": ["former"], "verdict": "no"},
    ]
    assert timeline.as_dict() == {"state": "KAZ", "spells": [spell.as_dict() for spell in timeline]}
    assert str(timeline).splitlines() == [
        "Kazakhstan",
        "  .. to 1999-12-31: none",
        "  2000-01-01 to 2000-02-29: member",
        "  2000-03-01 to 2000-03-30: member or former",
        "  2000-03-31 to ..: former",
    ]


@pytest.mark.parametrize(
    ("date", "place"),
    [
        (dt.date.min, 0), ("1999-12-31", 0), ("2000-01-01", 1), ("2000-01-02", 1), ("2000-02-29", 1), ("2000-03-01", 2),
        ("2000-03-30", 2), ("2000-03-31", 3), (dt.date.max, 3), ("2000-02", 1), ("[2000-04..]", 3), ("[..1999]", 0),
        ("[2000-03-01..2000-03-30]", 2),
    ],
)  # fmt: skip
def test_on_gives_the_spell_that_all_the_days_lie_in(date: Any, place: int) -> None:
    timeline = LEAGUE.timeline("KAZ")
    assert timeline.on(date) is timeline.spells[place]
    assert timeline.within(date) == (timeline.spells[place],)


@pytest.mark.parametrize(
    ("date", "places"),
    [
        ("[1999-12-31..2000-01-01]", (0, 2)), ("2000-03", (2, 4)), ("2000", (1, 4)), ("[..2000-01-01]", (0, 2)),
        ("[2000-03-30..]", (2, 4)), ("[1990..2010]", (0, 4)),
    ],
)  # fmt: skip
def test_a_date_across_several_spells_has_them_within_and_no_one_on(date: str, places: tuple[int, int]) -> None:
    timeline = LEAGUE.timeline("KAZ")
    assert timeline.within(date) == timeline.spells[slice(*places)]
    with pytest.raises(DateError) as caught:
        timeline.on(date)
    assert caught.value.value == date


def test_timelines_with_the_same_spells_are_equal_whichever_organisation_and_view_they_are_of() -> None:
    signed = event_of("in", ["ARM"], claim_of("law", "signature", "2000-01-01"))
    one, other = (
        history_of(signed, head={"name": name, "covers": {"last": last}})
        for name, last in (("One", "2001-01-01"), ("Other", "2002-01-01"))
    )
    views = [one, other, one.resolved("every"), one.under("participating")]
    assert len({str(seen.timeline("ARM").scope) for seen in views}) > 1
    for seen in views:
        assert seen.timeline("ARM") == one.timeline("ARM")
        assert seen.timeline("ARM") != one.timeline("RUS")
    assert one.timeline("ARM") != one.under("legal").timeline("ARM")


def test_a_timeline_begins_and_ends_with_the_calendar() -> None:
    def spells(*acts: tuple[str, str]) -> list[tuple[Any, ...]]:
        events = [event_of(act, ["ARM"], claim_of("law", act, date)) for act, date in acts]
        timeline = history_of(*events).timeline("ARM")
        return [(spell.first_day, spell.last_day, *spell.statuses) for spell in timeline]

    first, last = dt.date.min, dt.date.max
    day = dt.timedelta(1)
    assert spells(("signature", "0001-01-01")) == [(None, None, "member")]
    assert spells(("signature", "0001-01-02")) == [(None, first, "none"), (first + day, None, "member")]
    joined = [(None, dt.date(1999, 12, 31), "none")]
    signed = ("signature", "2000-01-01")
    assert spells(signed, ("expiry", "9999-12-31")) == [*joined, (dt.date(2000, 1, 1), None, "member")]
    assert spells(signed, ("expiry", "9999-12-30")) == [
        *joined,
        (dt.date(2000, 1, 1), last - day, "member"),
        (last, None, "former"),
    ]
