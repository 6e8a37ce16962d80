"""Timelines: spells in order, each with both its days, and the spells of a date."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from support.league import LEAGUE, claim_of, event_of, history_of

from csto_membership import CSTO, DateError, State, Status, Timeline
from csto_membership._values.runs import Runs
from csto_membership._view.timeline import Spells, at_the_end, timeline_of
from csto_membership._worlds.masks import mask_of


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


def test_spells_show_themselves_as_a_table_whose_first_and_last_day_may_be_open() -> None:
    lines = str(Spells(LEAGUE.timeline("KAZ").spells)).splitlines()
    assert [re.split("  +", line.strip()) for line in lines[1:]] == [
        ["first day", "last day", "status", "member"],
        ["..", "1999-12-31", "none", "no"],
        ["2000-01-01", "2000-02-29", "member", "yes"],
        ["2000-03-01", "2000-03-30", "member or former", "undetermined"],
        ["2000-03-31", "..", "former", "no"],
    ]


def test_in_a_notebook_a_timeline_says_when_it_was_a_member_and_when_perhaps() -> None:
    shown = LEAGUE.timeline("KAZ")._repr_html_()
    for words in ("a member from 1 January 2000 to 29 February 2000,", "perhaps from 1 March 2000 to 30 March 2000<"):
        assert words in shown
    cells = re.findall("<td[^>]*>([^<]*)", shown)
    assert [cells[number : number + 4] for number in range(0, len(cells), 4)] == [
        ["..", "1999-12-31", "none", "no"],
        ["2000-01-01", "2000-02-29", "member", "yes"],
        ["2000-03-01", "2000-03-30", "member or former", "undetermined"],
        ["2000-03-31", "..", "former", "no"],
    ]
    assert "perhaps" not in LEAGUE.timeline("ARM")._repr_html_()


@pytest.mark.parametrize(("years", "is_folded"), [(15, False), (16, True), (17, True)])
def test_more_spells_than_sixteen_are_folded_in_a_notebook(years: int, is_folded: bool) -> None:
    events = [
        event_of(f"e{n}", ["ARM"], claim_of("law", "withdrawal" if n % 2 else "accession", f"{2000 + n}-01-01"))
        for n in range(years)
    ]
    timeline = history_of(*events).timeline("ARM")
    assert len(timeline) == years + 1
    assert ("<details" in timeline._repr_html_()) is is_folded


def test_what_a_course_has_on_days_outside_of_the_calendar_is_in_no_spell() -> None:
    first, last = dt.date.min.toordinal(), dt.date.max.toordinal()
    none, member, former = (mask_of([status]) for status in (Status.NONE, Status.MEMBER, Status.FORMER))

    def masks(*starts: int) -> list[int]:
        course = Runs(starts, (none, member, former))
        return [mask_of(spell.statuses) for spell in timeline_of(course, State("ARM", "Armenia"), frozenset())]

    assert masks(first - 1, first + 1) == [member, former]
    assert masks(first - 2, first - 1) == [former]
    assert masks(first, first + 1) == [member, former]
    assert masks(first + 1, last) == [none, member, former]
    assert masks(first + 1, last + 1) == [none, member]
    assert masks(last + 1, last + 2) == [none]


def test_the_timeline_of_one_state_alone_shows_itself_in_a_table() -> None:
    for number in (0, 1, 2):
        shown = LEAGUE.timelines()[:number]._repr_html_()
        assert shown.count("Armenia") == (number > 0)


def test_the_end_of_a_timeline_is_its_last_spell_and_the_day_since_when() -> None:
    ends = {state: at_the_end(LEAGUE.timeline(state)) for state in ("RUS", "ARM", "KAZ")}
    assert ends == {"RUS": ("none", ""), "ARM": ("member", "2000-01-01"), "KAZ": ("former", "[2000-03-01..2000-03-31]")}


def test_since_when_the_last_status_is_may_be_a_range() -> None:
    every = CSTO.resolved("every")
    assert at_the_end(every.timeline("Belarus")) == ("member", "[1993-12-31..1994-01-03]")
    assert every.timeline("Belarus").on("1993-12-31").statuses == {Status.NONE, Status.MEMBER}
    assert at_the_end(every.timeline("Armenia")) == ("member", "1992-05-15")
    # What is open at the end is open from that day on.
    assert at_the_end(every.timeline("Georgia")) == ("suspended or former", "1999-04-21")
    assert at_the_end(every.timeline("Serbia")) == ("none", "")


def test_spells_between_two_days_take_every_form_of_a_day() -> None:
    timeline = LEAGUE.timeline("KAZ")
    whole = timeline.between(dt.date(2000, 1, 1), dt.date(2000, 2, 29))
    assert whole == timeline.between("2000-01", "February 2000") == timeline.spells[1:2]
    assert timeline.between(None, "1999-12-31") == timeline.spells[:1]
    assert timeline.between(None, None) == timeline.spells
    wrong: tuple[tuple[Any, Any], ...] = (("2001", "2000"), ("about 2000", "2001"), (2000, 2001), ("x", None))
    for ends in wrong:
        with pytest.raises(DateError):
            timeline.between(*ends)
