"""Publication: what could be known on a day, and what is open because its publication is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from csto_membership import CSTO, DateError, History, Status, Verdict
from csto_membership._evidence.resolution import precedence
from csto_membership._files.read import record_of

YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")

SEVEN = (*SIX, "UZB")


@pytest.mark.parametrize(
    ("day", "declared", "legal", "participating"),
    [
        ("2006-07-01", SEVEN, SIX, SEVEN),
        ("2012-09-01", SIX, SEVEN, SIX),
        ("2013-01-01", SIX, SIX, SIX),
        ("2024-03-01", SIX, SIX, SIX[1:]),
    ],
)
def test_a_reader_of_the_day_could_know_the_members(
    day: str, declared: tuple[str, ...], legal: tuple[str, ...], participating: tuple[str, ...]
) -> None:
    for reading, expected in (("declared", declared), ("legal", legal), ("participating", participating)):
        found = CSTO.under(reading).as_published_by(day).members_on(day)
        assert (found.certain.codes, found.undetermined.codes) == (expected, ())
        assert not any("later than" in caveat for caveat in found.caveats)


@pytest.mark.parametrize(
    ("published_by", "state", "day", "then", "now"),
    [
        ("2006-06-04", "UZB", "2006-06-24", NO, YES),
        ("2012-05-31", "UZB", "2012-06-29", YES, NO),
        ("1993-12-31", "ARM", "2007-01-01", YES, YES),
    ],
)
def test_what_was_published_first_after_the_day_is_not_known(
    published_by: str, state: str, day: str, then: Verdict, now: Verdict
) -> None:
    assert CSTO.as_published_by(published_by).was_member(state, day) is then
    assert CSTO.was_member(state, day) is now


def test_what_a_yearly_source_may_have_told_by_then_is_open() -> None:
    """The handbook of 2024 tells of a freeze in 2024, and may have appeared on any day of it."""
    seen = CSTO.under("participating")
    for day, expected in (("2023-12-31", YES), ("2024-02-21", UNDETERMINED), ("2024-03-01", NO)):
        found = seen.as_published_by(day).status("ARM", "2024-03-01")
        assert found.verdict is expected
        assert expected is not UNDETERMINED or any("factbook-2024" in caveat for caveat in found.caveats)


def test_a_finding_for_a_later_day_says_that_it_looks_ahead() -> None:
    seen = CSTO.as_published_by("2012-09-01")
    for day, ahead in (("2012-08-31", False), ("2012-09-01", False), ("2012-09-02", True), ("2012-09", True)):
        for caveats in (seen.status("KZ", day).caveats, seen.members_on(day).caveats):
            assert any("later than 2012-09-01" in caveat for caveat in caveats) is ahead
    assert seen.was_member("KZ", "2012-09-02") is YES
    assert seen.strict().was_member("KZ", "2012-09-02") is UNDETERMINED
    assert seen.coverage.last == dt.date(2012, 9, 1)


@pytest.mark.parametrize("wrong", ["2006", "2006-07", "[2006-07-01..2006-07-02]", "199X", "July 2006", "[..2006]"])
def test_a_publication_date_is_one_exact_day(wrong: str) -> None:
    with pytest.raises(DateError) as caught:
        CSTO.as_published_by(wrong)
    assert isinstance(caught.value, ValueError)


def test_before_the_first_source_nothing_can_be_asked() -> None:
    for view in (CSTO, CSTO.under("legal"), CSTO.resolved("every")):
        with pytest.raises(DateError, match="1992-05-15"):
            view.as_published_by("1992-05-14")
    assert CSTO.as_published_by("1992-05-15").sources
    late = CSTO.according_to("asia-plus-2021")
    with pytest.raises(DateError):
        late.as_published_by("2020-01-01")
    with pytest.raises(DateError):
        CSTO.as_published_by("2020-01-01").according_to("asia-plus-2021")


def test_sources_that_cannot_make_a_difference_are_not_in_a_caveat() -> None:
    """The handbook of 2012 only lists members, and the events of Uzbekistan draw its line without it."""
    found = CSTO.as_published_by("2012-09-01").status("UZB", "2012-08-01")
    assert not any("factbook-2012" in caveat for caveat in found.caveats)


# --- Many sources with an open publication date ----------------------------------------------------------------------

FORTY = range(40)
RESOLUTIONS = ("preferred", "every", "majority")


def later(number: int) -> str:
    """A day some days after the first of a record."""
    return (dt.date(1990, 1, 1) + dt.timedelta(number)).isoformat()


def seen(events: list[dict[str, str]], resolution: str, attested: list[dict[str, Any]] | None = None) -> History:
    """Each event told by its sources on their days, in and out in turns, by a day on which all but `dated` are open."""
    told = [
        {
            "id": f"e{number}",
            "states": ["ARM"],
            "claims": [
                {"source": source, "act": "withdrawal" if number % 2 else "accession", "date": date}
                for source, date in event.items()
            ],
        }
        for number, event in enumerate(events)
    ]
    ids = dict.fromkeys([source for event in events for source in event] + [each["source"] for each in attested or []])
    document = {
        "organisation": {"id": "league"},
        "state": [{"id": "ARM"}],
        "source": [
            *({"id": id, **({"published": "1980"} if id == "dated" else {"consulted": "2026-01-01"})} for id in ids),
            # With all of its sources a record vouches for itself: this one is not among them yet.
            {"id": "late", "published": "2026"},
        ],
        "event": told,
        "attestation": attested or [],
    }
    return History(record_of(document)).resolved(resolution).as_published_by("2025-01-01")


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_forty_sources_that_tell_one_event_each_keep_what_all_choices_agree_on(resolution: str) -> None:
    history = seen([{"dated": later(99 * n), f"s{n}": later(99 * n + 9)} for n in FORTY], resolution)
    for number in FORTY:
        before, after = (NO, YES) if number % 2 == 0 else (YES, NO)
        days = [later(99 * number + day) for day in (-1, 0, 8, 9)]
        assert [history.was_member("ARM", day) for day in days] == [before, UNDETERMINED, UNDETERMINED, after]
    assert not any("too many" in caveat for caveat in history.status("ARM", later(5)).caveats)


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_forty_sources_that_tell_one_event_keep_what_all_choices_agree_on(resolution: str) -> None:
    """Each tells a day of its own, beside the dated one: in on any of the days, out on one."""
    rivals = {"dated": later(0), **{f"s{n}": later(n + 1) for n in FORTY}}
    history = seen([rivals, {"dated": later(99)}], resolution)
    expected = {-1: NO, 0: UNDETERMINED, 39: UNDETERMINED, 40: YES, 98: YES, 99: NO}
    assert {day: history.was_member("ARM", later(day)) for day in expected} == expected
    assert history.days_as_member("ARM", later(0), later(99)) == (59, 99)
    (joined, left) = history.changes(None, None)
    assert (str(joined.date), joined.certain) == (f"[{later(0)}..{later(40)}]", True)
    assert (str(left.date), left.certain) == (later(99), True)


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_forty_sources_of_which_each_lists_the_members_of_a_year(resolution: str) -> None:
    """Alone none of them is certain; what one says of its year holds if it was published."""
    said = [
        {"source": f"s{n}", "states": ["ARM"], "status": "member", "during": str(1950 + n), "complete": True}
        for n in FORTY
    ]
    history = seen([], resolution, [*said, {**said[0], "source": "dated", "during": "1970-01-01/1970-06-30"}])
    assert history.was_member("ARM", "1970-06-30") is YES
    # No act is known of it: on days of which nobody speaks it had no relation.
    assert history.status("ARM", "1970-07-01").statuses == {Status.NONE, Status.MEMBER}
    assert history.was_member("ARM", "1990-01-01") is NO


def test_forty_sources_of_which_each_tells_an_event_and_lists_the_members_of_a_year() -> None:
    """Where the one is taken so is the other: with its act nobody asks what it lists."""
    said = [{"source": f"s{n}", "states": ["ARM"], "status": "observer", "during": str(1950 + n)} for n in FORTY]
    history = seen([{"dated": later(0)}, *({f"s{n}": later(99 * n + 99)} for n in FORTY[1:])], "preferred", said)
    alone = seen([{f"s{n}": later(99 * n)} for n in FORTY], "preferred", said)
    assert [history.was_member("ARM", later(day)) for day in (-1, 0, 197, 198)] == [NO, YES, YES, UNDETERMINED]
    # Nobody attests that it was an observer, and tells nothing of it.
    for day in ("1950-06-30", "1989-06-30"):
        assert Status.OBSERVER in alone.status("ARM", day).statuses
    assert not any("too many" in caveat for caveat in alone.status("ARM", later(5)).caveats)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "anew"), [(8, ()), (9, ("s8",)), (12, ("s6", "s7", "s8", "s9"))])
def test_where_more_than_eight_are_open_at_the_same_time_a_caveat_names_them(
    number: int, anew: tuple[str, ...]
) -> None:
    first, last = ({"dated": later(at), **{f"s{n}": later(at + n + 1) for n in range(number)}} for at in (0, 99))
    history = seen([first, last], "every")
    expected = {-1: NO, 0: UNDETERMINED, number: YES, 98: YES, 99: UNDETERMINED, 99 + number: NO}
    assert {day: history.was_member("ARM", later(day)) for day in expected} == expected
    caveats = [caveat for caveat in history.status("ARM", later(50)).caveats if "too many publication dates" in caveat]
    assert len(caveats) == bool(anew)
    assert all(caveat.endswith(f": {', '.join(anew)}") for caveat in caveats)


def too_many(history: History) -> list[str]:
    """The sources that a caveat names because there are too many choices of them."""
    caveats = [caveat for caveat in history.status("ARM", later(150)).caveats if "too many publication dates" in caveat]
    return [source for caveat in caveats for source in caveat.rpartition(": ")[2].split(", ")]


@pytest.mark.slow
@pytest.mark.parametrize(("early", "late", "anew"), [(4, 4, []), (8, 1, ["t0"]), (4, 5, ["t4"])])
def test_at_an_event_those_who_spoke_before_count_together_with_those_who_go_on(
    early: int, late: int, anew: list[str]
) -> None:
    """Some tell the first two of three events, others the last two: at the second all are remembered."""
    one, other = [f"s{n}" for n in range(early)], [f"t{n}" for n in range(late)]
    told = [
        {"dated": later(at), **{id: later(at + place + 1) for place, id in enumerate(ids)}}
        for at, ids in ((0, one), (99, [*one, *other]), (199, other))
    ]
    assert too_many(seen(told, "every")) == anew


@pytest.mark.slow
@pytest.mark.parametrize(
    ("resolution", "pairs", "anew"), [("majority", 5, []), ("majority", 6, ["s5", "t5"]), ("every", 6, [])]
)
def test_of_sources_that_say_the_same_it_is_remembered_how_many_vote_and_not_which(
    resolution: str, pairs: int, anew: list[str]
) -> None:
    """
    A pair has three choices: none, one and both. Five pairs have 243, and 256 are remembered at most.

    Where no votes are counted one is as good as both, and six pairs have 64.
    """
    told = [
        {"dated": later(at), **{f"{id}{n}": later(at + n + 1) for n in range(pairs) for id in "st"}} for at in (0, 99)
    ]
    assert too_many(seen(told, resolution)) == anew


@pytest.mark.parametrize("events", [1, 2])
@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_each_way_in_which_an_event_may_have_happened_cites_all_open_sources_that_say_so(
    resolution: str, events: int
) -> None:
    told = [{"s0": later(at), "s1": later(at + 9), "s2": later(at), "s3": later(at + 9)} for at in (0, 99)]
    history = seen(told[:events], resolution)
    options = history._derivation.options("ARM", history.record.events[0])
    cited = {
        str(dt.date.fromordinal(one.days.first)): [claim.source for claim in one.claims] for one in options if one.days
    }
    assert cited == {later(0): ["s0", "s2"], later(9): ["s1", "s3"]}


def test_of_open_sources_that_say_the_same_one_that_goes_first_is_chosen_apart() -> None:
    """With s0 its days hold for both events; with s1 alone each event has either day: so the days may be mixed."""
    told = [{"dated": later(at + 9), "s0": later(at), "s1": later(at)} for at in (0, 100)]
    plain = seen(told, "preferred")
    for first in ("s0", "s1", "dated"):
        history = plain.resolved(precedence(first))
        expected = (100, 100) if first == "dated" else (91, 109)
        assert history.days_as_member("ARM", later(0), later(200)) == expected


def test_beside_a_source_with_a_better_rank_an_open_one_makes_no_difference() -> None:
    """Nor is it in a caveat, where another open one of that better rank does make a difference."""
    claims = [
        {"source": source, "act": "accession", "date": later(day), "rank": rank}
        for source, day, rank in (("dated", 0, "preferred"), ("s0", 9, "normal"), ("s1", 5, "preferred"))
    ]
    history = seen([{"dated": later(0), "s0": later(9), "s1": later(5)}], "preferred")
    document = {
        "organisation": {"id": "league"},
        "state": [{"id": "ARM"}],
        "source": [
            {"id": "dated", "published": "1980"},
            *({"id": id, "consulted": "2026-01-01"} for id in ("s0", "s1")),
            {"id": "late", "published": "2026"},
        ],
        "event": [{"id": "e", "states": ["ARM"], "claims": claims}],
    }
    assert history._derivation.open_sources("ARM") == ("s0", "s1")
    ranked = History(record_of(document)).as_published_by("2025-01-01")
    assert ranked._derivation.open_sources("ARM") == ("s1",)
    assert ranked.resolved("every")._derivation.open_sources("ARM") == ("s0", "s1")


def test_votes_that_are_too_many_to_count_allow_at_least_what_is_possible() -> None:
    """Nine sources that copy one another say nine days; the dated one and its like have more votes than any of them."""
    ids = [f"s{n}" for n in range(9)]
    document: dict[str, Any] = {
        "organisation": {"id": "league"},
        "state": [{"id": "ARM"}],
        "source": [
            *({"id": id, "published": "1980"} for id in ("dated", "other", "third")),
            *({"id": id, "consulted": "2026-01-01", "copies": ids[:n]} for n, id in enumerate(ids)),
        ],
        "event": [
            {
                "id": "e",
                "states": ["ARM"],
                "claims": [
                    *({"source": id, "act": "accession", "date": later(0)} for id in ("dated", "other", "third")),
                    *({"source": id, "act": "accession", "date": later(n + 1)} for n, id in enumerate(ids)),
                ],
            }
        ],
    }
    history = History(record_of(document)).resolved("majority").as_published_by("2025-01-01")
    assert [history.was_member("ARM", later(day)) for day in (-1, 0, 9)] == [NO, YES, YES]
