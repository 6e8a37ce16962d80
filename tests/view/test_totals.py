"""Days are counted from the institution's first day on, within the coverage, and as what changes for all has it."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import oracle
from support.asking import history
from support.league import claim_of, event_of

from csto_membership import History, Status, Verdict

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
DAYS = [dt.date(2000, 1, day) for day in range(1, 9)]
STATUSES = st.sets(st.sampled_from([status.value for status in Status]), min_size=1).map(frozenset)


def day_of(number: int) -> str:
    return f"2000-01-{number:02}"


def run_of(first: int, last: int) -> str:
    """A day, or some day of several."""
    return day_of(first) if first == last else f"[{day_of(first)}..{day_of(last)}]"


def runs(*, most: int = 8) -> st.SearchStrategy[tuple[int, int]]:
    """The first and the last day of a few."""
    days = st.integers(1, most)
    return st.tuples(days, days).map(sorted).map(lambda ends: (ends[0], min(ends[1], ends[0] + 3)))


def joined(*events: tuple[str, str], covers: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """A record of one state with acts on days."""
    return {
        "organisation": {"id": "league", "covers": covers or {}},
        "state": [{"id": "ARM"}],
        "source": [{"id": "s"}],
        "event": [event_of(f"e{n}", ["ARM"], claim_of("s", act, date)) for n, (act, date) in enumerate(events)],
        **more,
    }


@pytest.mark.parametrize("before", ["none", "unknown"])
def test_a_period_that_begins_before_the_coverage_has_there_what_the_coverage_says(before: str) -> None:
    seen = history(joined(("signature", day_of(4)), covers={"first": day_of(4), "before": before}))
    for days in (1, 2, 3):
        perhaps = days if before == "unknown" else 0
        assert seen.days_as_member("ARM", day_of(4 - days), day_of(3)) == (0, perhaps)
        assert seen.days_as_member("ARM", day_of(1), day_of(days)) == (0, perhaps)
        assert seen.days_as_member("ARM", day_of(4 - days), day_of(6)) == (3, 3 + perhaps)
        assert seen.days_as_member("ARM", day_of(4), day_of(3 + days)) == (days, days)
        assert seen.counting("none").days_as_member("ARM", day_of(4 - days), day_of(6)) == (days - perhaps, days)


def test_a_period_that_ends_after_the_coverage_has_there_what_the_coverage_says() -> None:
    covers = {"last": day_of(5), "after": "unknown"}
    seen = history(joined(("signature", day_of(4)), covers=covers))
    assert seen.days_as_member("ARM", day_of(1), day_of(5)) == (2, 2)
    assert seen.days_as_member("ARM", day_of(1), day_of(8)) == (2, 5)
    assert seen.days_as_member("ARM", day_of(6), day_of(8)) == (0, 3)
    carried = history(joined(("signature", day_of(4)), covers={"last": day_of(5)}))
    assert carried.days_as_member("ARM", day_of(6), day_of(8)) == (3, 3)
    assert carried.strict().days_as_member("ARM", day_of(5), day_of(8)) == (1, 4)


def test_an_institution_that_may_not_be_there_yet_leaves_open_what_is_after_its_earliest_day() -> None:
    open_end = history(
        joined(("signature", day_of(2)), institution=[{"id": "own", "exists": {"declared": f"[{day_of(4)}..]"}}])
    )
    assert open_end.days_as_member("ARM", day_of(2), day_of(3)) == (0, 0)
    assert open_end.days_as_member("ARM", day_of(2), day_of(4)) == (0, 1)
    assert open_end.days_as_member("ARM", day_of(4), day_of(8)) == (0, 5)


def test_before_an_institution_begins_nothing_is_open_even_where_the_coverage_has_ended() -> None:
    own = [{"id": "own", "exists": {"declared": day_of(4)}}]
    covers = {"last": day_of(2), "after": "unknown"}
    seen = history(joined(("signature", day_of(1)), covers=covers, institution=own))
    assert seen.days_as_member("ARM", day_of(1), day_of(3)) == (0, 0)
    assert seen.days_as_member("ARM", day_of(1), day_of(6)) == (0, 3)
    assert seen.counting("none").days_as_member("ARM", day_of(1), day_of(6)) == (3, 6)


@pytest.mark.parametrize(
    ("begun", "ended", "days"), [(3, None, 8), (5, None, 8), (3, 5, 4), (3, 4, 3), (3, 6, 5), (1, None, 8), (1, 7, 6)]
)
def test_the_end_of_an_institution_ends_nothing_if_a_later_one_exists_on_that_day(
    begun: int, ended: int | None, days: int
) -> None:
    old = {"id": "old", "exists": {"declared": day_of(1)}, "ends": {"declared": day_of(5)}}
    own: dict[str, Any] = {"id": "own", "exists": {"declared": day_of(begun)}}
    if ended:
        own["ends"] = {"declared": day_of(ended)}
    for institutions in ([old, own], [own, old]):
        seen = history(joined(("signature", day_of(1)), institution=institutions))
        assert seen.days_as_member("ARM", day_of(1), day_of(8)) == (days, days)
        assert seen.counting("former").days_as_member("ARM", day_of(1), day_of(8)) == (8 - days, 8 - days)
        assert seen.was_member("ARM", day_of(days)) is YES
        assert seen.was_member("ARM", day_of(days + 1)) is (YES if days == 8 else NO)


def test_who_left_before_a_later_institution_began_is_none_to_it_and_former_in_the_whole_line() -> None:
    old = {"id": "old", "exists": {"declared": day_of(1)}}
    for begun in (day_of(3), f"[{day_of(3)}..{day_of(4)}]"):
        own = {"id": "own", "exists": {"declared": begun}}
        document = joined(("signature", day_of(1)), ("withdrawal", day_of(2)), institution=[old, own])
        line, later = history(document), history(document, institution="own")
        for counted, in_line, in_own in (("former", 4, 0), ("none", 0, 5), ("member", 1, 0)):
            assert line.counting(counted).days_as_member("ARM", day_of(1), day_of(5)) == (in_line, in_line)
            assert later.counting(counted).days_as_member("ARM", day_of(1), day_of(5)) == (in_own, in_own)
    stays = history(joined(("signature", day_of(1)), institution=[old, own]), institution="own")
    assert stays.days_as_member("ARM", day_of(1), day_of(5)) == (2, 3)


def test_a_status_stays_abolished_when_another_is_abolished_later() -> None:
    abolishes = [
        {"status": "member", "date": day_of(3), "to": "partner"},
        {"status": "observer", "date": day_of(5), "to": "former"},
    ]
    own = [{"id": "own", "exists": {"declared": day_of(1)}, "abolishes": abolishes}]
    member = history(joined(("signature", day_of(1)), institution=own))
    assert member.days_as_member("ARM", day_of(1), day_of(8)) == (2, 2)
    assert member.counting("partner").days_as_member("ARM", day_of(1), day_of(8)) == (6, 6)
    observer = history(joined(("observer_status", day_of(1)), institution=own))
    assert observer.counting("observer").days_as_member("ARM", day_of(1), day_of(8)) == (4, 4)
    assert observer.counting("former").days_as_member("ARM", day_of(1), day_of(8)) == (4, 4)


def outlived(*acts: tuple[str, str], **view: Any) -> History:
    """A record of Czechoslovakia, of which the last day is 1992-12-31; an event may have been one of several acts."""
    events = [
        event_of(f"e{number}", ["CSK"], *(claim_of("s", act, date) for act in either.split("|")))
        for number, (either, date) in enumerate(acts)
    ]
    return history({**joined(), "state": [{"id": "CSK"}], "event": events}, **view)


def test_days_after_the_end_of_a_state_may_be_days_of_membership_or_not() -> None:
    seen = outlived(("signature", "1992-12-30"))
    assert seen.days_as_member("CSK", "1992-12-29", "1992-12-31") == (2, 2)
    assert seen.days_as_member("CSK", "1992-12-29", "1993-01-01") == (2, 3)
    assert seen.days_as_member("CSK", "1993-01-01", "1993-01-02") == (0, 2)
    # Who has left is former; before the end of the state nobody has.
    assert seen.counting("former").days_as_member("CSK", "1992-12-29", "1992-12-31") == (0, 0)
    assert seen.counting("former").days_as_member("CSK", "1992-12-29", "1993-01-02") == (0, 2)
    assert seen.counting("none").days_as_member("CSK", "1992-12-28", "1993-01-02") == (2, 2)
    assert seen.counting("member", "former").days_as_member("CSK", "1992-12-29", "1993-01-02") == (4, 4)
    left = outlived(("signature", "1992-12-30"), ("withdrawal", "1993-01-02"))
    assert left.days_as_member("CSK", "1992-12-29", "1993-01-03") == (3, 3)
    joined_late = outlived(("signature", "1993-01-02"))
    assert joined_late.days_as_member("CSK", "1993-01-01", "1993-01-03") == (0, 2)
    assert joined_late.was_member("CSK", "1993-01-01") is NO
    assert joined_late.was_member("CSK", "1993-01-02") is OPEN


def test_who_may_have_left_before_the_end_of_the_state_may_be_former_after_it() -> None:
    seen = outlived(("signature", "1992-12-29"), ("withdrawal|prolongation", "1992-12-31"))
    assert seen.days_as_member("CSK", "1992-12-29", "1993-01-02") == (2, 5)
    assert seen.counting("former").days_as_member("CSK", "1992-12-29", "1993-01-02") == (0, 3)
    assert seen.counting("former").days_as_member("CSK", "1993-01-01", "1993-01-02") == (0, 2)


def test_days_before_and_after_the_end_of_a_state_are_those_of_one_world() -> None:
    # Members until the end of 1992 are suspended then; observers become members.
    reading = {
        "accession": (frozenset({"none"}), "member"),
        "observer_status": (frozenset({"none"}), "observer"),
        "suspension": (frozenset({"member"}), "suspended"),
        "return": (frozenset({"observer"}), "member"),
    }
    seen = outlived(
        ("accession|observer_status", "1992-12-30"),
        ("suspension", "1993-01-01"),
        ("return", "1993-01-01"),
        reading=reading,
    )
    assert seen.days_as_member("CSK", "1992-12-29", "1992-12-31") == (0, 2)
    assert seen.days_as_member("CSK", "1993-01-01", "1993-01-02") == (0, 2)
    assert seen.days_as_member("CSK", "1992-12-29", "1993-01-02") == (0, 2)


@st.composite
def framed(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]], str | None]:
    """A record with frames, the records with each exact beginning of its institution, and the institution asked."""
    first, last = draw(runs())
    events = [("signature", run_of(first, last))]
    if draw(st.booleans()):
        out, until = draw(runs())
        events.append(("withdrawal", run_of(max(out, first), max(until, last))))
    covers: dict[str, str] = {}
    if draw(st.booleans()):
        covers |= {"first": day_of(draw(st.integers(1, 5))), "before": draw(st.sampled_from(("none", "unknown")))}
    if draw(st.booleans()):
        covers |= {"last": day_of(draw(st.integers(5, 8))), "after": draw(st.sampled_from(("carry", "unknown")))}
    document = joined(*events, covers=covers)
    asked = None
    begun = begun_until = 1
    if draw(st.booleans()):
        begun, begun_until = draw(runs(most=5))
        document["institution"] = [{"id": "own", "exists": {"declared": run_of(begun, begun_until)}}]
        if draw(st.booleans()):
            asked = "own"
            document["institution"].insert(0, {"id": "old", "exists": {"declared": "1999-12-30"}})
        own = document["institution"][-1]
        if draw(st.booleans()):
            own["ends"] = {"declared": run_of(*(max(begun_until + 1, end) for end in draw(runs())))}
        if draw(st.booleans()):
            date = run_of(*(max(begun_until + 1, end) for end in draw(runs())))
            own["abolishes"] = [{"status": "member", "date": date, "to": "partner"}]
    exact = []
    for day in range(begun, begun_until + 1):
        one = copy.deepcopy(document)
        for institution in one.get("institution", [])[-1:]:
            institution["exists"]["declared"] = day_of(day)
        exact.append(one)
    return document, exact, asked


@pytest.mark.law
@given(framed(), st.booleans(), STATUSES | st.just(frozenset({"member"})), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_days_are_those_of_the_worlds_within_every_frame(
    drawn: Any, strict: bool, counted: frozenset[str], one: dt.date, other: dt.date
) -> None:
    document, exact, institution = drawn
    first, last = min(one, other), max(one, other)
    days = [day for day in DAYS if first <= day <= last]
    seen = history(document, institution=institution).counting(*counted)
    lines = []
    for each in exact:
        if strict:
            # A strict view carries nothing on.
            each["organisation"]["covers"]["after"] = "unknown"
        worlds = [world.statuses for world in oracle.worlds(each, "ARM", DAYS, institution=institution)]
        lines += worlds or [oracle.statuses_by_day(each, "ARM", DAYS, institution=institution)]
    seen = seen.strict() if strict else seen
    assert seen.days_as_member("ARM", first, last) == oracle.counts(lines, days, counted)
