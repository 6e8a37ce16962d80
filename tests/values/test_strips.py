"""Strips: the whole timeline in one line, with the day that is asked about on it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.notebooks import strips, taken_away, tree, words

import csto_membership as csto
from csto_membership import CSTO, ImpreciseDate, Spell, Status, Verdict
from csto_membership._values.strips import Look, Strip, Window, legend, look_of, strip_alone, strips_below, window_of

DAY = dt.timedelta(1)
SIGNS = {
    "yes": "█",
    "undetermined": "▒",
}
MEMBER, FORMER, NONE = frozenset({Status.MEMBER}), frozenset({Status.FORMER}), frozenset({Status.NONE})
OBSERVER = frozenset({Status.OBSERVER})


def spells_of(starts: list[dt.date], statuses: list[frozenset[Status]]) -> list[Spell]:
    """The spells that begin on these days, the first of them since ever."""
    firsts: list[dt.date | None] = [None, *sorted(starts)]
    lasts = [first - DAY for first in firsts[1:] if first]
    return [
        Spell(first, last, status, Verdict.of(status, MEMBER))
        for first, last, status in zip(firsts, [*lasts, None], statuses, strict=True)
    ]


def sign_of(spell: Spell) -> str:
    """The sign of a spell: one for each of five looks."""
    if spell.verdict is not Verdict.NO:
        return SIGNS[str(spell.verdict)]
    if spell.statuses == NONE:
        return "·"
    return "▁" if spell.statuses <= NONE | FORMER else "▄"


DAYS = st.dates(dt.date(1850, 1, 1), dt.date(2050, 12, 31))
SOME = st.frozensets(st.sampled_from(Status), min_size=1, max_size=4)


@st.composite
def lines(draw: st.DrawFn) -> list[Spell]:
    starts = draw(st.lists(DAYS, unique=True, max_size=12))
    return spells_of(starts, draw(st.lists(SOME, min_size=len(starts) + 1, max_size=len(starts) + 1)))


def assert_equal_the_line(
    spells: list[Spell], covered: tuple[dt.date | None, dt.date | None], date: dt.date | None
) -> None:
    html = strip_alone(spells, covered, date)
    named = [day for spell in spells for day in (spell.first_day,) if day] + [day for day in covered if day]
    if not named:
        assert html == ""
        return
    assert taken_away(html) == []
    [drawn] = strips(html)
    # Where: every first day of which something is known is in the window, and on the same scale as every other.
    window = window_of([(spells, covered)], ImpreciseDate.on(date) if date else None)
    assert window
    until = covered[1] + DAY if covered[1] else dt.date.max
    assert all(window.first <= day < window.end or day in {dt.date.max, until} for day in named if day <= until)
    length = (window.end - window.first).days
    # What it tells, in order, and by which sign.
    seen = [spell for spell in spells if not spell.first_day or spell.first_day < max(window.end, dt.date.min)]
    seen = spells if window.end == dt.date.max else seen
    assert [bar.title for bar in drawn.bars] == list(map(str, seen))
    for bar, spell in zip(drawn.bars, seen, strict=True):
        assert set(bar.signs) - {"▼"} == {sign_of(spell)}
    for bar, spell in zip(drawn.bars, seen, strict=True):
        start = ((spell.first_day or window.first) - window.first).days / length
        last = spell.last_day + DAY if spell.last_day else window.end
        end = (min(last, window.end) - window.first).days / length
        if spell.statuses == NONE:
            assert bar.left is None
        else:
            assert bar.left is not None
            assert bar.width is not None
            assert abs(bar.left - start) < 0.006
            assert abs(bar.width - (end - start)) < 0.0001
    # The day that is asked about: a mark where it is shown, and an arrow where it is not.
    beyond = "" if date is None else "◀" if date < window.first else "▶" if date >= window.end else ""
    assert drawn.beyond == beyond
    if date and not beyond:
        [spell] = [one for one in spells if (one.first_day or dt.date.min) <= date <= (one.last_day or dt.date.max)]
        assert [bar.title for bar in drawn.marked()] == [str(spell)]
        assert drawn.tick
        inside = (date - window.first).days / length
        assert drawn.tick[0] == str(date)
        assert abs(drawn.tick[1] - inside) < 0.006
    else:
        assert drawn.tick is None
        assert not drawn.marked()
    assert len(drawn.signs.replace("▼", "")) == max(36, len(seen))


@pytest.mark.law
@given(lines(), st.none() | DAYS, st.none() | DAYS, st.none() | DAYS)
@example(spells_of([], [NONE]), None, None, None)
@example(spells_of([], [NONE]), dt.date(1992, 5, 15), None, dt.date(1992, 5, 15))
@example(spells_of([dt.date.min + DAY, dt.date.max], [NONE, MEMBER, FORMER]), None, None, dt.date.max)
@example(spells_of([dt.date(2000, 1, 1), dt.date(2000, 1, 2)], [NONE, MEMBER, FORMER]), None, None, dt.date(2000, 1, 1))
def test_a_strip_equals_its_timeline(
    spells: list[Spell], first: dt.date | None, last: dt.date | None, asked: dt.date | None
) -> None:
    covered = (first, last if first is None or last is None else max(first, last))
    assert_equal_the_line(spells, covered, asked)
    # On both sides of every change the arrow stands in the spell of that very day.
    for spell in spells:
        if spell.first_day:
            for day in (
                spell.first_day - DAY,
                spell.first_day,
                spell.first_day + DAY if spell.first_day < dt.date.max else dt.date.max,
            ):
                assert_equal_the_line(spells, covered, day)


@pytest.mark.parametrize("id", csto.organisations())
@pytest.mark.parametrize("reading", ["declared", "legal"])
def test_the_strips_of_the_bundled_records_equal_their_timelines(id: str, reading: str) -> None:
    history = csto.history(id).under(reading)
    covers = (history.coverage.first, history.coverage.last)
    for timeline in history.timelines():
        assert timeline.scope.days == covers
        assert_equal_the_line(list(timeline), covers, dt.date(2009, 3, 1))


def test_a_short_spell_is_seen_and_not_covered_by_its_neighbours() -> None:
    html = strip_alone(
        spells_of([dt.date(2000, 1, 1), dt.date(2000, 1, 2)], [NONE, MEMBER, FORMER]), (dt.date(1900, 1, 1), None)
    )
    [drawn] = strips(html)
    assert [bar.signs.count("█") for bar in drawn.bars] == [0, 1, 0]
    assert "min-width:2px" in html
    assert html.count("z-index:1") == 1


@pytest.mark.parametrize(
    ("asked", "titles", "beyond"),
    [
        ("1999", ["1992-05-15 to 1999-04-20: member", "1999-04-21 to 2006-06-22: former"], ""),
        ("1999-04-20", ["1992-05-15 to 1999-04-20: member"], ""),
        ("1999-04-21", ["1999-04-21 to 2006-06-22: former"], ""),
        ("[..1850]", [], "◀"),
        ("[..1995-01-01]", [".. to 1992-05-14: none", "1992-05-15 to 1999-04-20: member"], ""),
        ("[2020..]", ["2012-06-28 to ..: suspended"], ""),
        ("1850", [], "◀"),
        ("2300", [], "▶"),
        ("[2300..]", [], "▶"),
        ("[1850..1995-01-01]", ["1992-05-15 to 1999-04-20: member"], "◀"),
        ("[1850..2300]", [], "◀▶"),
    ],
)
def test_an_unknown_day_is_marked_from_its_first_to_its_last_possible_day(
    asked: str, titles: list[str], beyond: str
) -> None:
    [drawn] = strips(CSTO.timeline("UZ").strip(ImpreciseDate.parse(asked)))
    assert [bar.title for bar in drawn.marked()] == titles
    assert drawn.beyond == beyond
    # A mark where one of its days is shown, none where none is.
    shown = bool(titles) or beyond == "◀▶"
    assert (drawn.tick and drawn.tick[0]) == (str(ImpreciseDate.parse(asked)) if shown else None)


def test_an_arrow_to_a_day_that_is_not_shown_is_in_sight() -> None:
    html = CSTO.timeline("UZ").strip(ImpreciseDate.parse("3000"))
    [arrow] = [span for span in tree(html).iter("span") if span.text == "▶"]
    assert "font-size:10px" in arrow.get("style", "")
    assert arrow.get("title") == "3000"


def test_a_strip_reaches_to_a_day_that_is_near_and_not_to_one_that_is_far() -> None:
    line = list(CSTO.timeline("AM"))
    covers = CSTO.timeline("AM").scope.days
    ends = [window_of([(line, covers)], ImpreciseDate.on(dt.date(year, 1, 1))) for year in (2026, 2030, 2300)]
    assert [window and (window.end - DAY).year for window in ends] == [2026, 2030, 2026]
    firsts = [window_of([(line, covers)], ImpreciseDate.on(dt.date(year, 1, 1))) for year in (1993, 1985, 1850)]
    assert [window and window.first.year for window in firsts] == [1990, 1985, 1990]


@pytest.mark.parametrize("number", [90, 91, 400])
def test_very_many_spells_are_told_together(number: int) -> None:
    starts = [dt.date(1900, 1, 1) + n * 90 * DAY for n in range(number - 1)]
    spells = spells_of(starts, [FORMER if n % 2 else MEMBER for n in range(number)])
    html = strip_alone(spells, (None, None), dt.date(1900, 1, 1))
    [drawn] = strips(html)
    if number <= 90:
        assert [bar.title for bar in drawn.bars] == list(map(str, spells))
    else:
        assert len(drawn.bars) <= 40
        told = sum(int(bar.title.split()[0]) if bar.title.endswith(" spells") else 1 for bar in drawn.bars)
        assert told == number
        assert "▚" in drawn.signs
        assert words(html).endswith("▚ in short turns: member or former")
        assert len(html) < 12_000
    assert len(drawn.marked()) == 1


@pytest.mark.parametrize(
    ("several", "sign", "meant"),
    [
        # What is no member on any day never looks like one.
        ([NONE, OBSERVER], "▄", "▄ none or observer"),
        ([FORMER, OBSERVER], "▄", "▄ observer or former"),
        ([NONE, FORMER], "▁", "▁ none or former"),
        # Nor does what is undetermined.
        ([MEMBER, MEMBER | FORMER], "▒", "▒ undetermined: member or former"),
        ([NONE, MEMBER | NONE], "▒", "▒ undetermined: none or member"),
        ([MEMBER, MEMBER | NONE, FORMER], "▒", "▒ undetermined: none or member or former"),
        ([MEMBER, FORMER], "▚", "▚ in short turns: member or former"),
        ([MEMBER, NONE, OBSERVER], "▚", "▚ in short turns: none or observer or member"),
    ],
)
def test_spells_told_together_show_nothing_that_none_of_them_allows(
    several: list[frozenset[Status]], sign: str, meant: str
) -> None:
    starts = [dt.date(1900, 1, 1) + n * DAY for n in range(299)]
    spells = spells_of(starts, [several[n % len(several)] for n in range(300)])
    html = strip_alone(spells, (dt.date(1900, 1, 1), starts[-1]))
    [drawn] = strips(html)
    assert {drawn.bars[1].signs[0], *drawn.bars[1].signs} == {sign}
    # Every look that is drawn is explained.
    assert meant in words(html)
    assert {bar.signs[0] for bar in drawn.bars} == set(words(html).split("→ ")[-1]) & {look.sign for look in Look}


def test_what_lasts_is_not_told_together_with_the_short_spells_beside_it() -> None:
    starts = [dt.date(1900, 1, 1) + n * DAY for n in range(99)]
    spells = spells_of(starts, [OBSERVER, *[MEMBER | OBSERVER, OBSERVER] * 49, MEMBER])
    [drawn] = strips(strip_alone(spells, (dt.date(1890, 1, 1), dt.date(1999, 12, 31))))
    assert [bar.title for bar in drawn.bars] == [str(spells[0]), "98 spells", str(spells[-1])]
    assert [bar.signs[0] for bar in drawn.bars] == ["▄", "▒", "█"]


@pytest.mark.parametrize("state", ["RS", "AF"])
def test_a_state_that_is_no_member_on_any_day_is_nowhere_drawn_as_one(state: str) -> None:
    history = CSTO.according_to("cow-igo-3")
    assert {spell.verdict for spell in history.timeline(state)} == {Verdict.NO}
    timelines = history.timelines()
    told = strips_below([(timeline.spells, timeline.scope.days) for timeline in timelines])
    [drawn] = [
        strips(row)[0]
        for row, timeline in zip(told.rows, timelines, strict=True)
        if timeline.state == history.timeline(state).state
    ]
    assert set(drawn.signs) <= {"▄", "▁", "·"}


def test_very_many_spells_that_look_alike_look_like_each_of_them() -> None:
    starts = [dt.date(1900, 1, 1) + n * DAY for n in range(200)]
    signs = [frozenset({Status.SIGNATORY}), frozenset({Status.OBSERVER})]
    [drawn] = strips(strip_alone(spells_of(starts, [signs[n % 2] for n in range(201)]), (None, None)))
    assert set(drawn.signs) == {"▄"}


def test_strips_below_one_another_have_the_same_days() -> None:
    timelines = CSTO.timelines()
    told = strips_below([(timeline.spells, timeline.scope.days) for timeline in timelines], dt.date(2007, 1, 1))
    assert told.head == "1990 to 2026"
    drawn = [strips(row)[0] for row in told.rows]
    assert len(drawn) == len(timelines)
    assert len({strip.tick for strip in drawn}) == 1
    assert len({len(strip.signs) for strip in drawn}) == 1
    starts = {bar.left for strip in drawn for bar in strip.bars if bar.title.startswith("1992-05-15")}
    assert len(starts) == 1
    nothing = strips_below([([], (None, None))] * 2)
    assert (nothing.head, nothing.rows, nothing.legend) == ("", ["", ""], "")


def test_looks_differ_in_form_and_not_by_colour_alone() -> None:
    forms = {
        (look.top, look.height, "gradient(135" in look.background, "gradient(90" in look.background) for look in Look
    }
    assert len(forms) == len({look.sign for look in Look}) == len(Look)


def legend_of(spells: list[Spell]) -> str:
    window = window_of([(spells, (None, None))])
    assert window
    return words(legend(Strip(spells, window).pieces()))


@pytest.mark.parametrize(("number", "year"), [(1, 2012), (2, 2010), (400, 2010)])
def test_what_begins_later_than_the_day_after_the_evidence_makes_a_strip_no_longer(number: int, year: int) -> None:
    last = dt.date(2010, 12, 31)
    spells = spells_of([dt.date(1990, 1, 1), last + number * DAY], [NONE, MEMBER, FORMER])
    window = window_of([(spells, (dt.date(1990, 1, 1), last))])
    assert window
    assert (window.end - DAY).year == year
    [drawn] = strips(strip_alone(spells, (dt.date(1990, 1, 1), last)))
    assert len(drawn.bars) == (3 if number == 1 else 2)
    # A line that another source goes on about is as long as it is.
    window = window_of([(spells, (None, last)), (spells, (None, None))])
    assert window
    assert window.end > last + number * DAY


def test_a_strip_ends_with_what_was_published_and_what_is_then_goes_on() -> None:
    timeline = CSTO.as_published_by("2010-01-01").timeline("AF")
    assert timeline.spells[-1].first_day == dt.date(2026, 11, 26)
    ends = re.findall(r"\b\d{4}\b.?→?", words(timeline.strip()))
    assert [ends[0].strip(), ends[1]] == ["1992", "2010 →"]


def test_a_legend_names_the_statuses_of_each_look_once() -> None:
    assert legend_of(list(CSTO.timeline("UZ"))) == "█ member ▄ suspended ▁ former · none"
    assert legend_of(list(CSTO.under("legal").timeline("UZ"))) == (
        "█ member ▒ undetermined: member or former ▄ signatory or suspended ▁ former · none"
    )
    assert words(legend([])) == ""


def test_what_counts_as_membership_looks_like_it() -> None:
    [counted] = {
        look_of(spell)
        for spell in CSTO.counting("member", "suspended").timeline("UZ")
        if spell.first_day and spell.first_day.year == 2012
    } or [Look.MEMBER]
    assert counted is Look.MEMBER


def test_a_strip_of_its_own_has_the_years_at_its_ends_and_an_arrow_where_it_goes_on() -> None:
    window = Window(dt.date(1990, 1, 1), dt.date(2026, 1, 1))
    line = spells_of([dt.date(1992, 1, 1)], [NONE, MEMBER])
    assert words(Strip(line, window).between_years(100)).split()[::2] == ["1990", "2025"]
    assert "→" in words(Strip(line, window).between_years(100))
    ended = spells_of([dt.date(1992, 1, 1)], [MEMBER, NONE])
    assert "→" not in words(Strip(ended, window).between_years(100))
