"""The pieces of bars say on every day what the timeline says, end in the open only after what is told, and never today."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support import documents
from support.league import ENDLESS, LEAGUE
from support.views import histories

import csto_membership as csto
from csto_membership import ArgumentError, Coverage, DateError, History, Status
from csto_membership.plots._shown.compare import comparison
from csto_membership.plots._shown.size import sizes
from csto_membership.plots._shown.timeline import timelines
from csto_membership.plots._shown.together import triangle
from csto_membership.plots._shown.told import NO_RELATION, Told, told_of
from csto_membership.plots._shown.window import Edge, Piece, Window, window_of
from csto_membership.writers import spell_rows

DAY = dt.timedelta(1)


def window(told: Told, first: Any = None, last: Any = None) -> Window:
    return window_of([told], told.lines, first, last)


def pieces(history: History, state: str, first: Any = None, last: Any = None) -> list[Piece]:
    (told,) = told_of(history)
    line = told.line(history.timeline(state).state)
    return list(window_of([told], [line], first, last).pieces(line, told.last))


def shown(piece: Piece) -> tuple[str, str, Edge, Edge, str]:
    return str(piece.first), str(piece.end), piece.left, piece.right, "|".join(csto.in_order(piece.statuses))


# --- The bundled record -----------------------------------------------------------------------------------------------


def test_pieces_of_uzbekistan_touch_and_end_in_the_open_at_the_end_of_the_coverage() -> None:
    after = str(csto.CSTO.coverage.last + DAY) if csto.CSTO.coverage.last else ""
    assert [shown(piece) for piece in pieces(csto.CSTO, "UZ")] == [
        ("1992-05-15", "1999-04-21", Edge.DAY, Edge.DAY, "member"),
        ("1999-04-21", "2006-06-23", Edge.DAY, Edge.DAY, "former"),
        ("2006-06-23", "2012-06-28", Edge.DAY, Edge.DAY, "member"),
        ("2012-06-28", after, Edge.DAY, Edge.OPEN, "suspended"),
    ]


def test_nothing_goes_on_after_a_strict_end_and_what_follows_is_unknown() -> None:
    *_, told, unknown = pieces(csto.CSTO.strict(), "UZ")
    assert told.right is Edge.DAY
    assert unknown.first == unknown.end == told.end == csto.CSTO.coverage.last + DAY  # type: ignore[operator]
    assert (unknown.statuses, unknown.right) == (frozenset(Status), Edge.OPEN)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2000", "2001", [("2000-01-01", "2002-01-01", Edge.CUT, Edge.CUT, "former")]),
        ("1999-04-20", "1999-04-20", [("1999-04-20", "1999-04-21", Edge.CUT, Edge.DAY, "member")]),
        ("1999-04-21", "1999-04-21", [("1999-04-21", "1999-04-22", Edge.DAY, Edge.CUT, "former")]),
        ("1992-05-14", "1992-05-14", []),
        ("1992-05-14", "1992-05-15", [("1992-05-15", "1992-05-16", Edge.DAY, Edge.CUT, "member")]),
    ],
)
def test_pieces_are_cut_where_days_are_given(first: str, last: str, expected: list[Any]) -> None:
    assert [shown(piece) for piece in pieces(csto.CSTO, "UZ", first, last)] == expected


def test_days_after_the_coverage_stay_empty() -> None:
    last = csto.CSTO.coverage.last
    assert last
    assert [piece.end for piece in pieces(csto.CSTO, "RU", last="2100")] == [last + DAY]
    assert pieces(csto.CSTO, "RU", first=last + 2 * DAY, last="2100") == []


def test_nothing_is_drawn_after_what_is_told_though_it_may_be_known_to_end() -> None:
    record = csto.history("cis").record
    early = History(evolve(record, coverage=evolve(record.coverage, last=dt.date(2008, 10, 1))))
    for last in (None, "2020"):
        (georgia,) = pieces(early, "GE", last=last)
        assert (georgia.end, georgia.right) == (dt.date(2008, 10, 2), Edge.OPEN)
    (whole, _) = pieces(History(record), "GE")
    assert (whole.end, whole.right) == (dt.date(2009, 8, 18), Edge.DAY)
    # The end of an organisation is laid over every view, also over what was known before it.
    then = csto.history("eurasec").as_published_by("2008-10-01")
    assert then.timeline("RU").on("2008-10-01").last_day == dt.date(2014, 12, 31)
    assert pieces(then, "RU")[-1].end == dt.date(2008, 10, 2)


def test_what_has_held_since_ever_comes_from_the_open_and_has_room() -> None:
    rows = [{"state": "UZ", "status": "member", "first_day": "always", "last_day": "2000-12-31"}]
    (told,) = told_of(rows)
    (piece,) = window(told).pieces(told.lines[0], told.last)
    assert (piece.left, piece.right, piece.end) == (Edge.OPEN, Edge.DAY, dt.date(2001, 1, 1))
    assert piece.first < dt.date(2000, 12, 31)


def test_a_picture_needs_a_day() -> None:
    rows = [{"state": "UZ", "status": "member", "first_day": None, "last_day": None}]
    (told,) = told_of(rows)
    with pytest.raises(ArgumentError, match="nothing that is told begins or ends inside the calendar"):
        window(told)
    assert window(told, "2000", "2001") == Window(dt.date(2000, 1, 1), dt.date(2002, 1, 1))
    (piece,) = window(told, "2000", "2001").pieces(told.lines[0], told.last)
    assert (piece.left, piece.right) == (Edge.OPEN, Edge.OPEN)
    with pytest.raises(DateError, match="ends before it begins"):
        window(told, "2001", "2000")
    with pytest.raises(DateError, match="one day, a month or a year"):
        window(told, "[2000-01-05..2000-02-05]", "2001")


def test_the_last_days_of_the_calendar_can_be_shown() -> None:
    rows = [{"state": "UZ", "status": "member", "first_day": "0001-01-01", "last_day": "9999-12-31"}]
    (told,) = told_of(rows)
    (piece,) = window(told, "9999", "9999").pieces(told.lines[0], told.last)
    assert piece.end == dt.date.max


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("0001-01-01", "0001-01-01", "0001-01-01 to 0001-01-31"),
        ("0001-01-01", "0001-01-02", "0001-01-01 to 0001-02-01"),
        ("0001-01-02", "0001-01-02", "0001-01-02 to 0001-02-01"),
        ("always", "0001-06-01", "0001-05-31 to 0001-07-01"),
        ("9999-12-30", "", "9999-12-30 to 9999-12-30"),
        ("0001-01-01", "9999-12-30", "9999-12-29 to 9999-12-30"),
    ],
)
def test_every_picture_reaches_to_the_ends_of_the_calendar(first: str, last: str, days: str) -> None:
    rows = [{"state": "UZ", "status": "member", "first_day": first, "last_day": last}]
    for picture in (timelines(rows), sizes(rows), triangle(rows)):
        assert days in picture.subtitle
    shown = comparison(rows, rows, "UZ").window
    assert f"{shown.first} to {shown.end - DAY}" == days


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "9999-12-31"), ("9999-12-31", ""), ("always", "")])
def test_what_begins_and_ends_with_the_calendar_needs_days_to_show(first: str, last: str) -> None:
    (told,) = told_of([{"state": "UZ", "status": "member", "first_day": first, "last_day": last}])
    with pytest.raises(ArgumentError, match="nothing that is told begins or ends inside the calendar"):
        window(told)
    assert window(told, "0001", "9999") == Window(dt.date.min, dt.date.max)
    with pytest.raises(DateError, match="after this day the calendar has none"):
        window(told, "9999-12-31", "9999-12-31")


# --- Any record -------------------------------------------------------------------------------------------------------

DAYS = [documents.FIRST - 10 * DAY + n * DAY for n in range(40)]


@pytest.mark.law
@given(histories(), st.sampled_from(DAYS), st.integers(0, 25))
def test_on_every_day_that_is_told_the_pieces_say_what_the_timeline_says(
    seen: History, first: dt.date, length: int
) -> None:
    (told,) = told_of(seen)
    days = window(told, first, first + length * DAY)
    until = days.told_until(told.last)
    for line in told.lines:
        found = list(days.pieces(line, told.last))
        assert all(one.end <= other.first for one, other in itertools.pairwise(found))
        for piece in found:
            assert days.first <= piece.first <= piece.end <= max(days.end, piece.first)
            assert piece.end <= until or piece.first == piece.end == until
            goes_on = piece.spell.last_day is None or piece.spell.last_day >= until
            assert (piece.right is Edge.DAY) is not goes_on
            assert piece.right is not Edge.OPEN or piece.end == until
            assert (piece.left is Edge.DAY) == (piece.spell.first_day == piece.first)
        for day in (first + n * DAY for n in range(length + 1)):
            on = [piece.statuses for piece in found if piece.first <= day < piece.end]
            statuses = line.on(day).statuses
            assert on == ([] if day >= until or statuses == NO_RELATION else [statuses])


@pytest.mark.law
@given(histories())
def test_a_picture_begins_with_the_first_relation_and_ends_with_what_is_told(seen: History) -> None:
    (told,) = told_of(seen)
    related = [spell for line in told.lines for spell in line if spell.statuses not in (NO_RELATION, frozenset(Status))]
    firsts = [spell.first_day for spell in related]
    if firsts and all(firsts) and told.last:
        days = window(told)
        assert days.first == min(*(first for first in firsts if first), told.last)
        assert days.end == told.last + DAY
        assert window(told_of(list(spell_rows(seen)))[0], last=told.last).first == days.first


def test_an_open_coverage_is_shown_beyond_the_last_day_on_which_something_changes() -> None:
    (told,) = told_of(csto.CSTO)
    assert told.last == csto.CSTO.coverage.last
    open_ended = History(evolve(csto.CSTO.record, coverage=Coverage("1992-05-15")))
    (told,) = told_of(open_ended)
    assert told.last is None
    change, days = dt.date(2012, 6, 28), window(told)
    assert days.first == dt.date(1992, 5, 15)
    assert days.end == change + (change - days.first) // 20 + DAY
    (suspended,) = [piece for piece in pieces(open_ended, "UZ") if Status.SUSPENDED in piece.statuses]
    assert shown(suspended) == (str(change), str(days.end), Edge.DAY, Edge.OPEN, "suspended")


def test_of_a_single_day_in_an_open_coverage_a_month_is_shown() -> None:
    (told,) = told_of(ENDLESS)
    assert window(told) == Window(dt.date(2000, 1, 1), dt.date(2000, 2, 1))
    assert window(told, first="2010") == Window(dt.date(2010, 1, 1), dt.date(2010, 2, 1))
    assert [shown(piece) for piece in pieces(ENDLESS, "ARM", "2010", "2010")] == [
        ("2010-01-01", "2011-01-01", Edge.CUT, Edge.OPEN, "member")
    ]


def test_what_is_known_to_end_later_is_cut_where_the_picture_ends() -> None:
    rows = [{"state": "UZ", "status": "member", "first_day": "1990-01-01", "last_day": "2005-12-31"}]
    (told,) = told_of(rows)
    (piece,) = window(told, last="2000").pieces(told.lines[0], told.last)
    assert piece.right is Edge.CUT
    assert list(window(told, "1988", "1989").pieces(told.lines[0], told.last)) == []


# --- Beginnings -------------------------------------------------------------------------------------------------------


def test_a_piece_that_may_have_begun_before_its_first_day_says_so() -> None:
    assert [(shown(piece)[0], piece.perhaps_earlier) for piece in pieces(LEAGUE, "UZB")] == [
        ("2000-02-03", False),
        ("2000-02-08", True),
    ]
    # A doubt begins on its first day.
    assert [piece.perhaps_earlier for piece in pieces(LEAGUE, "KAZ")] == [False, False, True]
