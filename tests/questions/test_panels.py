"""Panels, dyads, shared membership and size: cells, days and bounds against the oracle's worlds; the real record."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history
from support.views import viewed_documents

import csto_membership as csto
from csto_membership import CSTO

SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
YES, NO, OPEN = csto.Verdict.YES, csto.Verdict.NO, csto.Verdict.UNDETERMINED
DAY = dt.timedelta(1)
RULES = ("first", "last", "any", "all")
MEMBER = frozenset({"member"})

LEGAL, CHARTER, EVERY = CSTO.under("legal"), CSTO.institution("csto"), CSTO.resolved("every")

SPAN = ("2000-01-01", documents.DAYS[-1])  # one month and one year, of days that the oracle can try


def lines_of(document: Any, state: str, **view: Any) -> list[dict[dt.date, frozenset[str]]]:
    """The days of a state in each world; where there is none, what is possible anyway."""
    lines = [world.statuses for world in oracle.worlds(document, state, documents.DAYS, **view)]
    found = lines or [oracle.statuses_by_day(document, state, documents.DAYS, **view)]
    return [{day: line[day] for day in documents.DAYS} for line in found]


def masks_of(lines: list[dict[dt.date, frozenset[str]]], days: list[dt.date]) -> set[tuple[frozenset[dt.date], ...]]:
    """For each world the days on which it shows a member, and those on which it may."""
    return {
        (
            frozenset(day for day in days if line[day] <= MEMBER),
            frozenset(day for day in days if line[day] & MEMBER),
        )
        for line in lines
    }


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, dt.date, dt.date]:
    """A frequency and the ends of a panel: days, or the part of a month or year that the oracle can try."""
    freq = draw(st.sampled_from(("day", "month", "year")))
    first, last = sorted(draw(st.tuples(*[st.sampled_from(documents.DAYS)] * 2)))
    if freq != "day":
        first, last = documents.FIRST, max(last, documents.FIRST)
    return freq, first, last


# --- Panels against the oracle ---------------------------------------------------------------------------------------


@pytest.mark.law
@given(viewed_documents(), spans(), st.sampled_from(RULES))
def test_cells_and_days_are_those_of_the_worlds(question: Any, span: Any, rule: Any) -> None:
    document, view = question
    freq, first, last = span
    seen = history(document, **view)
    ids = sorted(state["id"] for state in document["state"])
    rows = list(seen.panel(freq, rule, first, last, ids))
    assert [row.state for row in rows] == ids * (len(rows) // len(ids))
    lines = {state: lines_of(document, state, **view) for state in ids}
    covered: list[dt.date] = []
    for row in rows:
        days = oracle.all_days(row.first_day, row.last_day)
        covered += days if row.state == ids[0] else []
        worlds = lines[row.state]
        least = min(sum(line[day] <= MEMBER for day in days) for line in worlds)
        most = max(sum(bool(line[day] & MEMBER) for day in days) for line in worlds)
        assert (row.days_least, row.days_most) == (least, most)
        asked = {"first": days[:1], "last": days[-1:]}.get(rule, days)
        enough = len(asked) if rule != "any" else 1
        member = [sum(line[day] <= MEMBER for day in asked) >= enough for line in worlds]
        maybe = [sum(bool(line[day] & MEMBER) for day in asked) >= enough for line in worlds]
        assert row.member is (True if all(member) else None if any(maybe) else False)
        statuses = frozenset[str]().union(*(line[day] for line in worlds for day in asked))
        assert set(row.statuses.split("|")) == statuses
        assert row.year == row.first_day.year
        assert row.status == (next(iter(statuses)) if len(statuses) == 1 else None)
        assert row.period == row.first_day.isoformat()[: {"day": 10, "month": 7, "year": 4}[freq]]
    assert covered == oracle.all_days(first, last)


# --- Pairs against the oracle ----------------------------------------------------------------------------------------


@pytest.mark.law
@given(viewed_documents(), spans(), st.sampled_from(RULES))
def test_dyads_bound_every_pair_of_worlds(question: Any, span: Any, rule: Any) -> None:
    """Sound in all pairs, and exact where both states' days are."""
    document, view = question
    freq, first, last = span
    ids = sorted(state["id"] for state in document["state"])
    lines = {state: lines_of(document, state, **view) for state in ids}
    rows = list(history(document, **view).dyads(freq, rule, first, last, ids))
    numbers = {state.id: state.cow for state in history(document).states}
    pairs = list(itertools.combinations(sorted(ids, key=lambda code: (numbers[code] is None, numbers[code], code)), 2))
    assert [(row.state_a, row.state_b) for row in rows] == pairs * (len(rows) // len(pairs) if pairs else 0)
    for row in rows:
        days = oracle.all_days(row.first_day, row.last_day)
        one, other = (masks_of(lines[state], days) for state in (row.state_a, row.state_b))
        shared = [(sure & also, may & might) for sure, may in one for also, might in other]
        least, most = min(len(sure) for sure, _ in shared), max(len(may) for _, may in shared)
        assert 0 <= row.days_least <= least <= most <= row.days_most <= len(days)
        asked = frozenset({"first": days[:1], "last": days[-1:]}.get(rule, days))
        enough = len(asked) if rule != "any" else 1
        certain = all(len(sure & asked) >= enough for sure, _ in shared)
        possible = any(len(may & asked) >= enough for _, may in shared)
        expected = True if certain else None if possible else False
        if rule != "any" or all(len(masks) == 1 for masks in (one, other)):
            assert row.member is expected
        assert row.member is None or row.member is expected
        if all(len(masks) == 1 and all(sure == may for sure, may in masks) for masks in (one, other)):
            assert row.days_least == row.days_most == least


@pytest.mark.law
@given(viewed_documents())
def test_both_members_is_the_vote_of_each_day_over_pairs_of_worlds(question: Any) -> None:
    document, view = question
    seen = history(document, **view)
    for a, b in itertools.combinations_with_replacement(seen.states.codes, 2):
        found = seen.both_members(a, b)
        assert [(spell.first_day, spell.last_day, spell.verdict) for spell in found] == [
            (spell.first_day, spell.last_day, spell.verdict) for spell in seen.both_members(b, a)
        ]
        expected = {
            day: {statuses <= MEMBER, bool(statuses & MEMBER)}
            for day, statuses in oracle.statuses_by_day(document, a, documents.DAYS, **view).items()
        }
        others = oracle.statuses_by_day(document, b, documents.DAYS, **view)
        for day, statuses in others.items():
            sure = all(expected[day]) and statuses <= MEMBER
            maybe = any(expected[day]) and bool(statuses & MEMBER)
            spells = [
                spell
                for spell in found
                if (spell.first_day or day) <= day and (spell.last_day is None or day <= spell.last_day)
            ]
            assert len(spells) == maybe
            assert not spells or spells[0].verdict is (YES if sure else OPEN)
        for one, following in itertools.pairwise(found):
            assert one.last_day
            assert following.first_day
            assert one.last_day < following.first_day
            assert one.verdict is not following.verdict or one.last_day + DAY < following.first_day


# --- Size against the oracle -----------------------------------------------------------------------------------------


@pytest.mark.law
@given(viewed_documents(), st.data())
def test_sizes_are_the_fewest_and_the_most_over_worlds(question: Any, data: st.DataObject) -> None:
    document, view = question
    seen = history(document, **view)
    possible = [oracle.statuses_by_day(document, state, documents.DAYS, **view) for state in seen.states.codes]
    expected = {
        day: (sum(line[day] <= MEMBER for line in possible), sum(bool(line[day] & MEMBER) for line in possible))
        for day in documents.DAYS
    }
    runs = seen.sizes()
    for day in documents.DAYS:
        assert seen.size(day) == expected[day]
        (run,) = (
            run for run in runs if (run.first_day or day) <= day and (run.last_day is None or day <= run.last_day)
        )
        assert (run.fewest, run.most) == expected[day]
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(documents.DAYS)] * 2)))
    asked = [expected[day] for day in oracle.all_days(first, last)]
    assert seen.size(f"[{first}..{last}]") == (min(few for few, _ in asked), max(many for _, many in asked))
    assert (runs[0].first_day, runs[-1].last_day) == (None, None)
    for one, following in itertools.pairwise(runs):
        assert one.last_day
        assert one.last_day + DAY == following.first_day
        assert (one.fewest, one.most) != (following.fewest, following.most)


# --- The real record: panels -----------------------------------------------------------------------------------------


def cell(seen: csto.History, state: str, period: str, rule: Any = "last", freq: Any = "year") -> csto.PanelRow:
    first = {4: f"{period}-01-01", 7: f"{period}-01", 10: period}[len(period)]
    ends = {"year": first[:4] + "-12-31", "month": None, "day": first}[freq]
    rows = seen.panel(freq, rule, first, ends)
    return next(row for row in rows if row.state == state and row.period == period)


def test_year_rows_agree_with_cow_where_it_is_right_and_differ_where_it_is_wrong() -> None:
    """COW IGO codes Uzbekistan as a full member from 2002 on; it came back in 2006."""
    years = [str(year) for year in range(2002, 2015)]
    coded = {(state, year): True for state in SIX for year in years}
    coded |= {("UZB", year): year <= "2011" for year in years}
    rows = [
        row for row in CHARTER.panel("year", "last", "2002-01-01", "2014-12-31") if (row.state, row.period) in coded
    ]
    assert len(rows) == len(coded) == 7 * 13
    differ = [(row.state, row.period) for row in rows if row.member is not coded[row.state, row.period]]
    assert differ == [("UZB", year) for year in ("2002", "2003", "2004", "2005")]
    # And as the record itself tells what that data set says.
    cow = CHARTER.according_to("cow-igo-3")
    told = {(row.state, row.period): row.member for row in cow.panel("year", "last", "2002-01-01", "2014-12-31")}
    assert {key: told[key] for key in coded if coded[key]} == {key: True for key, value in coded.items() if value}
    assert not any(told["UZB", year] for year in ("2012", "2013", "2014"))


@pytest.mark.parametrize(
    ("view", "state", "year", "cells", "days"),
    [
        # rules: first, last, any, all
        (CSTO, "UZB", "1998", (True, True, True, True), (365, 365)),
        (CSTO, "UZB", "1999", (True, False, True, False), (110, 110)),
        (CSTO, "UZB", "2000", (False, False, False, False), (0, 0)),
        (CSTO, "UZB", "2005", (False, False, False, False), (0, 0)),
        (CSTO, "UZB", "2006", (False, True, True, False), (192, 192)),
        (CSTO, "UZB", "2008", (True, True, True, True), (366, 366)),
        (CSTO, "UZB", "2012", (True, False, True, False), (179, 179)),
        (CSTO, "UZB", "2013", (False, False, False, False), (0, 0)),
        (CSTO, "RUS", "1992", (False, True, True, False), (231, 231)),
        (LEGAL, "UZB", "2005", (False, False, False, False), (0, 0)),
        (LEGAL, "UZB", "2006", (False, None, None, False), (0, 138)),
        (LEGAL, "UZB", "2007", (None, None, None, None), (0, 365)),
        (LEGAL, "UZB", "2008", (None, True, True, None), (279, 366)),
        (LEGAL, "UZB", "2009", (True, True, True, True), (365, 365)),
        (LEGAL, "UZB", "2012", (True, False, True, False), (353, 353)),
        (CHARTER, "RUS", "2001", (False, False, False, False), (0, 0)),
        (CHARTER, "RUS", "2002", (False, True, True, False), (86, 86)),
        (CHARTER, "GEO", "2003", (False, False, False, False), (0, 0)),
        (CSTO.under("participating"), "ARM", "2024", (True, False, True, False), (52, 52)),
    ],
)
def test_years_of_the_real_record_by_each_rule(
    view: csto.History, state: str, year: str, cells: tuple[bool | None, ...], days: tuple[int, int]
) -> None:
    rows = [cell(view, state, year, rule) for rule in RULES]
    assert tuple(row.member for row in rows) == cells
    assert {(row.days_least, row.days_most) for row in rows} == {days}


def test_an_undetermined_cell_says_so_in_status_member_and_days() -> None:
    assert cell(LEGAL, "UZB", "2006").as_dict() == {
        "state": "UZB",
        "cow": 704,
        "year": 2006,
        "period": "2006",
        "first_day": "2006-01-01",
        "last_day": "2006-12-31",
        "statuses": "member|former",
        "status": None,
        "member": None,
        "days_least": 0,
        "days_most": 138,
    }
    assert cell(CHARTER, "GEO", "2005").status == "none"
    assert cell(CSTO, "GEO", "2005").status == "former"
    assert cell(CSTO, "UZB", "2012").status == "suspended"
    assert cell(CSTO, "UZB", "2012", "any").status is None


@pytest.mark.parametrize(
    ("view", "state", "day", "member"),
    [
        (CSTO, "UZB", "1999-04-20", True),
        (CSTO, "UZB", "1999-04-21", False),
        (CSTO, "UZB", "2006-06-22", False),
        (CSTO, "UZB", "2006-06-23", True),
        (CSTO, "UZB", "2012-06-27", True),
        (CSTO, "UZB", "2012-06-28", False),
        (LEGAL, "UZB", "2006-08-15", False),
        (LEGAL, "UZB", "2006-08-16", None),
        (LEGAL, "UZB", "2008-03-27", None),
        (LEGAL, "UZB", "2008-03-28", True),
        (CHARTER, "ARM", "2002-10-06", False),
        (CHARTER, "ARM", "2002-10-07", True),
    ],
)
def test_days_of_the_real_record(view: csto.History, state: str, day: str, member: bool | None) -> None:
    for rule in RULES:
        row = cell(view, state, day, rule, "day")
        assert row.member is member
        assert (row.days_least, row.days_most) == {True: (1, 1), False: (0, 0), None: (0, 1)}[member]


def test_months_of_the_real_record() -> None:
    rows = [row for row in CSTO.panel("month", "any", "2006-05-01", "2006-07-31") if row.state == "UZB"]
    assert [(row.period, row.member, row.days_least, row.days_most) for row in rows] == [
        ("2006-05", False, 0, 0),
        ("2006-06", True, 8, 8),
        ("2006-07", True, 31, 31),
    ]


def test_without_ends_a_panel_has_the_periods_of_the_coverage() -> None:
    rows = list(CSTO.panel())
    assert (len(rows), len({row.period for row in rows})) == (35 * 9, 35)
    no_act = {"AFG", "SRB", "TKM"}  # none is told, or only one that is denied
    assert [row.state for row in rows[:9]] == sorted(set(CSTO.states.codes) - no_act)
    assert (rows[0].first_day, rows[-1].last_day) == (dt.date(1992, 1, 1), CSTO.coverage.last)
    assert all(row.cow == CSTO.record.index.find(row.state).cow for row in rows)
    assert sum(1 for _ in CSTO.panel("month")) == 9 * 405
    (one,) = {row.period for row in CSTO.panel("month", last="1992-05-31")}
    assert one == "1992-05"
    assert [row.last_day for row in CSTO.panel("month", "last", "2000-02-15", "2000-03-15")][::9] == [
        dt.date(2000, 2, 29),
        dt.date(2000, 3, 15),
    ]


def test_counting_and_strict_views_reach_the_rows() -> None:
    assert cell(CSTO.counting("member", "suspended"), "UZB", "2020").member is True
    late = [row.member for row in CSTO.strict().panel("day", "last", "2026-01-20", "2026-01-21") if row.state == "RUS"]
    assert late == [True, None]
    carried = [row.member for row in CSTO.panel("day", "last", "2026-01-20", "2026-01-21") if row.state == "RUS"]
    assert carried == [True, True]


# --- The real record: pairs and size ---------------------------------------------------------------------------------


def spelt(spells: tuple[csto.Spell, ...]) -> list[tuple[str, str, str]]:
    return [(str(spell.first_day), str(spell.last_day), str(spell.verdict)) for spell in spells]


def test_when_two_states_were_members_together() -> None:
    assert spelt(CSTO.both_members("Armenia", "UZ")) == [
        ("1992-05-15", "1999-04-20", "yes"),
        ("2006-06-23", "2012-06-27", "yes"),
    ]
    assert spelt(CSTO.both_members("UZ", "cow:371")) == spelt(CSTO.both_members("ARM", "UZB"))
    assert spelt(CSTO.both_members("AZE", "GEO")) == [("1993-12-09", "1999-04-20", "yes")]
    assert spelt(LEGAL.both_members("ARM", "UZB")) == [
        ("1994-04-20", "1999-04-20", "yes"),
        ("2006-08-16", "2008-03-27", "undetermined"),
        ("2008-03-28", "2012-12-18", "yes"),
    ]
    assert spelt(CSTO.both_members("RUS", "BLR")) == [("1993-12-31", "None", "yes")]
    assert CSTO.both_members("SRB", "RUS") == ()
    assert CSTO.institution("csto").both_members("AZE", "RUS") == ()
    with pytest.raises(csto.UnknownStateError):
        CSTO.both_members("UZB", "Atlantis")


def test_dyads_of_the_real_record() -> None:
    rows = list(CSTO.dyads("year", "any", "1998-01-01", "2013-12-31"))
    assert len(rows) == 16 * 36
    shared = {(row.state_a, row.state_b, row.period): row for row in rows}
    for year, member, days in (
        ("1998", True, 365),
        ("1999", True, 110),
        ("2000", False, 0),
        ("2006", True, 192),
        ("2012", True, 179),
        ("2013", False, 0),
    ):
        row = shared["ARM", "UZB", year]
        assert (row.member, row.days_least, row.days_most) == (member, days, days)
    assert (row.cow_a, row.cow_b) == (371, 704)
    in_law = {(row.state_a, row.state_b, row.period): row for row in LEGAL.dyads("year", "last", "2006-01-01", None)}
    open_ = in_law["ARM", "UZB", "2006"]
    assert (open_.member, open_.days_least, open_.days_most) == (None, 0, 138)
    assert open_.as_dict()["member"] is None
    assert in_law["ARM", "UZB", "2008"].days_least == 279


@pytest.mark.parametrize(
    ("view", "day", "size"),
    [
        (CSTO, "1992-05-14", (0, 0)),
        (CSTO, "1992-05-15", (6, 6)),
        (CSTO, "1993-12-30", (8, 8)),
        (CSTO, "1993-12-31", (9, 9)),
        (CSTO, "1999-04-20", (9, 9)),
        (CSTO, "1999-04-21", (6, 6)),
        (CSTO, "2006-06-22", (6, 6)),
        (CSTO, "2006-06-23", (7, 7)),
        (CSTO, "2012-06-27", (7, 7)),
        (CSTO, "2012-06-28", (6, 6)),
        (CSTO, "2006", (6, 7)),
        (CSTO, "1999-04", (6, 9)),
        (LEGAL, "2006-08-15", (6, 6)),
        (LEGAL, "2006-08-16", (6, 7)),
        (LEGAL, "2008-03-28", (7, 7)),
        (LEGAL, "2012-12-18", (7, 7)),
        (LEGAL, "2012-12-19", (6, 6)),
        (CHARTER, "2002-10-06", (0, 0)),
        (CHARTER, "2002-10-07", (6, 6)),
        (CSTO.strict(), "2026-01-20", (6, 6)),
        (CSTO.strict(), "2026-01-21", (0, 12)),
        (EVERY, "1992-05-14", (0, 0)),
        (EVERY, "1992-05-15", (5, 7)),
        (EVERY, "1994-04-19", (8, 10)),
        (EVERY, "1994-04-20", (9, 10)),
    ],
)
def test_size_on_both_sides_of_each_boundary(view: csto.History, day: str, size: tuple[int, int]) -> None:
    assert view.size(day) == size


def test_sizes_over_time() -> None:
    assert [(run.fewest, run.most) for run in CSTO.sizes()] == [(n, n) for n in (0, 6, 7, 8, 9, 6, 7, 6)]
    assert [size.as_dict() for size in LEGAL.sizes()][-4:-1] == [
        {"first_day": "1999-04-21", "last_day": "2006-08-15", "fewest": 6, "most": 6},
        {"first_day": "2006-08-16", "last_day": "2008-03-27", "fewest": 6, "most": 7},
        {"first_day": "2008-03-28", "last_day": "2012-12-18", "fewest": 7, "most": 7},
    ]


# --- Limits ----------------------------------------------------------------------------------------------------------


def test_sizes_can_be_printed() -> None:
    sizes = [str(size) for size in csto.CSTO.under("legal").sizes()]
    assert sizes[0] == ".. to 1994-04-19: 0"
    assert "2006-08-16 to 2008-03-27: 6 to 7" in sizes


def _pair_with_a_stint_inside() -> dict[str, Any]:
    """Armenia in from the 1st to the 8th; Uzbekistan on some of these days, two at least: 1-2, 1-8 or 5-8."""

    def event(id: str, state: str, act: str, *days: str) -> dict[str, Any]:
        return {"id": id, "states": [state], "claims": [{"source": "s", "act": act, "date": day} for day in days]}

    return {
        "organisation": {"id": "pair"},
        "state": [{"id": "ARM"}, {"id": "UZB"}],
        "source": [{"id": "s"}],
        "event": [
            event("a-in", "ARM", "signature", "2000-01-01"),
            event("a-out", "ARM", "withdrawal", "2000-01-09"),
            event("u-in", "UZB", "signature", "2000-01-01", "2000-01-05"),
            event("u-out", "UZB", "withdrawal", "2000-01-03", "2000-01-09"),
        ],
    }


def test_shared_days_are_sound_where_one_state_is_open() -> None:
    seen = history(_pair_with_a_stint_inside())
    assert seen.days_as_member("UZB", *SPAN) == (2, 8)
    (row,) = seen.dyads("month", "any", *SPAN)
    assert row.days_least <= 2
    assert row.days_most == 8
    assert row.member is not False
    # In a period that is no longer than Armenia's days, the bounds are exact.
    (row,) = seen.dyads("month", "any", "2000-01-01", "2000-01-08")
    assert (row.member, row.days_least, row.days_most) == (True, 2, 8)


# --- Streaming, frames, export ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_panel_of_days_over_all_the_coverage_streams() -> None:
    """110,736 rows; built in memory they would take some 40 MB."""
    CSTO.sizes()  # timelines are kept, once
    rows = CSTO.panel("day")
    assert iter(rows) is rows
    next(rows)
    tracemalloc.start()
    try:
        number = 1 + sum(1 for _ in rows)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert number == 9 * ((CSTO.coverage.last or dt.date.max) - dt.date(1992, 5, 14)).days
    assert peak < 300_000


def test_dyads_of_days_stream() -> None:
    rows = CSTO.dyads("day", "last", "2000-01-01", "2002-12-31")
    next(rows)
    tracemalloc.start()
    try:
        assert sum(1 for _ in rows) == 36 * 1096 - 1
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 300_000


def test_rows_export_as_dictionaries_in_the_order_of_their_columns() -> None:
    panel, dyads = next(CSTO.panel()).as_dict(), next(CSTO.dyads()).as_dict()
    assert list(panel) == [
        "state",
        "cow",
        "year",
        "period",
        "first_day",
        "last_day",
        "statuses",
        "status",
        "member",
        "days_least",
        "days_most",
    ]
    assert list(dyads)[:6] == ["state_a", "cow_a", "state_b", "cow_b", "year", "period"]
    for row in (panel, dyads):
        assert json.loads(json.dumps(row)) == row


TABLES = [
    pytest.param(lambda: LEGAL.panel("year"), id="panel"),
    pytest.param(lambda: LEGAL.dyads("year", "any"), id="dyads"),
]


@pytest.mark.parametrize("table", TABLES)
def test_dictionaries_of_rows_go_into_pandas(table: Any) -> None:
    pandas = pytest.importorskip("pandas")
    rows = [row.as_dict() for row in table()]
    frame = pandas.DataFrame(row.as_dict() for row in table())
    assert (list(frame.columns), len(frame)) == (list(rows[0]), len(rows))
    assert frame["days_most"].sum() == sum(row["days_most"] for row in rows)
    assert frame["member"].isna().sum() == sum(row["member"] is None for row in rows) > 0


@pytest.mark.parametrize("table", TABLES)
def test_dictionaries_of_rows_go_into_polars(table: Any) -> None:
    polars = pytest.importorskip("polars")
    rows = [row.as_dict() for row in table()]
    frame = polars.DataFrame(row.as_dict() for row in table())
    assert frame.to_dicts() == rows
    assert frame.schema["member"] == polars.Boolean


@pytest.mark.parametrize("module", ["pandas", "polars"])
@pytest.mark.parametrize("table", TABLES)
def test_rows_themselves_go_into_frames(module: str, table: Any) -> None:
    frames = pytest.importorskip(module)
    frame = frames.DataFrame(list(table()))
    assert list(frame.columns) == list(next(table()).as_dict())


# --- What cannot be asked --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [CSTO.panel, CSTO.dyads], ids=["panel", "dyads"])
def test_unknown_frequencies_and_rules_are_refused_with_the_known_ones(table: Any) -> None:
    for arguments, known in ((("week",), ("year", "month", "day")), (("year", "middle"), RULES)):
        with pytest.raises(csto.UnknownNameError) as caught:
            list(table(*arguments))
        assert caught.value.known == known
        assert caught.value.value == arguments[-1]


@pytest.mark.parametrize("arguments", [("week",), ("year", "middle")])
def test_unknown_frequencies_and_rules_are_refused_by_the_call(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(csto.UnknownNameError):
        CSTO.panel(*arguments)


@pytest.mark.parametrize("table", [CSTO.panel, CSTO.dyads], ids=["panel", "dyads"])
def test_ends_of_a_table_are_exact_days_in_order(table: Any) -> None:
    for first, last in (("200X", None), (None, "2000-02?"), ("2000-01-02", "2000-01-01"), ("no day", None)):
        with pytest.raises(csto.DateError):
            table("month", "last", first, last)


@pytest.mark.parametrize(("first", "last"), [("2030-01-01", None), (None, "1990-01-01")])
def test_a_table_that_ends_before_it_begins_is_refused_also_where_the_coverage_gives_an_end(
    first: str | None, last: str | None
) -> None:
    with pytest.raises(csto.DateError):
        list(CSTO.panel("year", "last", first, last))


def test_an_open_coverage_needs_ends() -> None:
    seen = history(_pair_with_a_stint_inside())
    for ends, missing in (
        ((None, None), "give first and last (--first and --last on"),
        (("2000-01-01", None), "give last (--last on"),
        ((None, "2000-01-01"), "give first (--first on"),
    ):
        with pytest.raises(csto.DateError) as caught:
            list(seen.panel("year", "last", *ends))
        assert missing in caught.value.reason
        assert "None" not in str(caught.value)
    assert len(list(seen.panel("year", "last", "2000-01-01", "2001-01-01"))) == 4


def test_the_ends_of_the_calendar_are_days_like_others() -> None:
    assert [row.period for row in CSTO.panel("day", "last", dt.date.min, "0001-01-03")][::9] == [
        "0001-01-01",
        "0001-01-02",
        "0001-01-03",
    ]
    assert [row.last_day for row in CSTO.panel("month", "last", "9999-11-01", dt.date.max)][::9] == [
        dt.date(9999, 11, 30),
        dt.date.max,
    ]
