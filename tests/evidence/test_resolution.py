"""Policies: which claims of an event count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.asking import history

import csto_membership as csto
from csto_membership import CSTO, Act, ArgumentError, Claim, History, Rank, UnknownNameError, Verdict
from csto_membership._evidence.resolution import alternatives, claims_behind, each_alone

YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
SOURCES = {source.id: source for source in CSTO.sources}


def two_dates(*claims: tuple[str, str, str], copies: Mapping[str, list[str]] | None = None) -> History:
    """Armenia's signature as told by (source, day, rank)."""
    sources = sorted({source for source, _, _ in claims})
    told = [{"source": source, "act": "signature", "date": day, "rank": rank} for source, day, rank in claims]
    document = {
        "organisation": {"id": "league"},
        "state": [{"id": "ARM"}],
        "source": [{"id": source, "copies": (copies or {}).get(source, [])} for source in sources],
        "event": [{"id": "in", "states": ["ARM"], "claims": told}],
    }
    return history(document)


EARLY, LATE = "2000-01-02", "2000-01-04"

THREE = (("a", EARLY, "preferred"), ("b", LATE, "normal"), ("c", LATE, "deprecated"))


def answers(seen: History) -> list[Verdict]:
    """On the days before, of and after the first day told, and of the last."""
    return [seen.was_member("ARM", day) for day in ("2000-01-01", EARLY, "2000-01-03", LATE)]


def test_each_policy_has_its_claims() -> None:
    seen = two_dates(*THREE)
    assert answers(seen) == answers(seen.resolved("preferred")) == [NO, YES, YES, YES]
    assert answers(seen.resolved("every")) == [NO, UNDETERMINED, UNDETERMINED, YES]
    assert answers(seen.resolved("majority")) == [NO, NO, NO, YES]
    assert answers(seen.resolved(csto.precedence("a"))) == [NO, YES, YES, YES]
    assert answers(seen.resolved(csto.precedence("c", "a"))) == [NO, NO, NO, YES]
    assert seen.resolved(csto.precedence("c", "a")).resolution.sources == ("c", "a")


def test_a_majority_does_not_count_copies_and_keeps_ties() -> None:
    copied = two_dates(*THREE, copies={"c": ["b"]}).resolved("majority")
    assert answers(copied) == [NO, UNDETERMINED, UNDETERMINED, YES]
    both = two_dates(*THREE, ("d", EARLY, "normal")).resolved("majority")
    assert answers(both) == [NO, UNDETERMINED, UNDETERMINED, YES]


def test_sources_that_copy_one_another_have_one_vote_together() -> None:
    seen = two_dates(*((id, EARLY, "normal") for id in "ab"), ("c", LATE, "normal"), copies={"a": ["b"], "b": ["a"]})
    assert answers(seen.resolved("majority")) == [NO, UNDETERMINED, UNDETERMINED, YES]


def test_precedence_falls_back_on_the_best_rank_where_its_sources_are_silent() -> None:
    seen = two_dates(*THREE, ("d", "2000-01-03", "deprecated"))
    assert answers(seen.according_to("a", "b", "c").resolved(csto.precedence("d"))) == [NO, YES, YES, YES]
    assert answers(seen.according_to("b", "c").resolved(csto.precedence("a"))) == [NO, NO, NO, YES]


def test_a_source_that_tells_two_ways_leaves_both_under_precedence() -> None:
    seen = two_dates(("a", EARLY, "normal"), ("a", LATE, "deprecated"), ("b", EARLY, "preferred"))
    assert answers(seen.resolved(csto.precedence("a"))) == [NO, UNDETERMINED, UNDETERMINED, YES]


def test_policies_on_the_bundled_record() -> None:
    every = CSTO.resolved("every")
    for day, expected in (
        ("1993-09-08", NO),
        ("1993-09-09", UNDETERMINED),
        ("1993-12-08", UNDETERMINED),
        ("1993-12-09", YES),
    ):
        assert every.was_member("GEO", day) is expected
    turan = CSTO.resolved(csto.precedence("turan-crossroads"))
    assert [turan.was_member("GEO", day) for day in ("1993-09-08", "1993-09-09")] == [NO, YES]
    atop = CSTO.resolved(csto.precedence("atop-4.01"))
    assert [atop.was_member("BLR", day) for day in ("1994-01-02", "1994-01-03")] == [NO, YES]
    assert [atop.was_member("UZB", day) for day in ("2006-08-16", "2006-08-17")] == [NO, YES]
    assert [atop.was_member("UZB", day) for day in ("2012-06-28", "2012-06-29")] == [YES, NO]
    majority = CSTO.resolved("majority")
    assert [majority.was_member("BLR", day) for day in ("1993-12-30", "1993-12-31")] == [NO, YES]


@pytest.mark.parametrize("policy", ["best", "", "Preferred", "precedence", None, 3, ["preferred"]])
def test_an_unknown_policy_is_refused_with_the_known_ones(policy: Any) -> None:
    with pytest.raises(UnknownNameError) as caught:
        CSTO.resolved(policy)
    assert set(caught.value.known) >= {"preferred", "every", "majority"}
    assert isinstance(caught.value, ValueError)


def test_a_policy_made_by_hand_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        CSTO.resolved(csto.Resolution("best"))


@pytest.mark.parametrize(("name", "sources"), [("precedence", ()), ("every", ("atop-4.01",))])
def test_a_policy_made_by_hand_names_sources_if_it_is_precedence(name: str, sources: tuple[str, ...]) -> None:
    with pytest.raises(ArgumentError) as caught:
        csto.Resolution(name, sources)
    assert caught.value.argument == "sources"
    assert caught.value.value == sources


def test_precedence_needs_each_source_once_and_known() -> None:
    for sources in ((), ("atop-4.01", "atop-4.01")):
        with pytest.raises(ArgumentError):
            csto.precedence(*sources)
    with pytest.raises(UnknownNameError) as caught:
        CSTO.resolved(csto.precedence("atop-4.01", "atop"))
    assert caught.value.value == "atop"
    assert "atop-4.01" in str(caught.value)


def test_precedence_takes_sources_as_well_as_their_ids() -> None:
    turan: Any = SOURCES["turan-crossroads"]
    assert CSTO.resolved(csto.precedence(turan)).was_member("GEO", "1993-10-01") is YES


def test_a_policy_in_words_names_its_sources_in_their_order() -> None:
    assert str(csto.precedence("press", "depositary")) == "precedence(press, depositary)"
    assert [str(csto.Resolution(name)) for name in ("every", "majority")] == ["every", "majority"]


def test_precedence_takes_ids_only() -> None:
    with pytest.raises(csto.ArgumentError):
        csto.precedence(5)  # type: ignore[arg-type]


# --- The alternatives of many claims at once -------------------------------------------------------------------------


def days_of(claim: Claim) -> tuple[int, int] | None:
    days = claim.days_of_effect
    return days and (days.first, days.last)


def inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def pairs_of(claims: Sequence[Claim]) -> list[tuple[Claim, tuple[int, int] | None]]:
    """Each claim with each of the narrowest ranges of the same or a better rank inside its own: one by one."""
    pairs: list[tuple[Claim, tuple[int, int] | None]] = []
    for claim in claims:
        own, ranges = days_of(claim), set()
        for other in claims:
            days = days_of(other)
            if own and days and other.rank.order <= claim.rank.order and inside(days, own):
                ranges.add(days)
        narrowest = [days for days in ranges if not any(inside(other, days) for other in ranges)]
        pairs += [(claim, days) for days in sorted(narrowest)] or [(claim, own)]
    return pairs


def kept_of(
    pairs: list[tuple[Claim, tuple[int, int] | None]], policy: csto.Resolution, copies: Mapping[str, frozenset[str]]
) -> list[tuple[Claim, tuple[int, int] | None]]:
    """The pairs that a policy keeps."""
    if policy.name == "every":
        return pairs
    if policy.name == "majority":
        votes = {}
        for one, days in pairs:
            who = {other.source for other, at in pairs if (other.act, other.status, at) == (one.act, one.status, days)}
            votes[one.act, one.status, days] = max(1, sum(not (copies[each] - {each}) & who for each in who))
        return [pair for pair in pairs if votes[pair[0].act, pair[0].status, pair[1]] == max(votes.values())]
    for source in policy.sources:
        if speaking := [pair for pair in pairs if pair[0].source == source]:
            return speaking
    return [pair for pair in pairs if pair[0].rank.order == min(claim.rank.order for claim, _ in pairs)]


def claims_of_an_event() -> st.SearchStrategy[list[Claim]]:
    """Up to thirty claims on few days, so that many lie inside others, touch or are the same."""
    days = st.one_of(st.none(), st.integers(1, 12))

    def dated(first: int | None, length: int, last: int | None) -> csto.ImpreciseDate:
        begin = None if first is None else dt.date(2000, 1, first)
        end = None if last is None else dt.date(2000, 1, (first or 1) + length)
        return csto.ImpreciseDate(begin, end or (None if begin else dt.date(2000, 1, 9)))

    dates = st.builds(dated, days, st.sampled_from((0, 0, 1, 2, 5, 9)), days)
    source, rank = st.sampled_from(("a", "b", "c", "d")), st.sampled_from(Rank)
    acts = st.sampled_from((Act.SIGNATURE, Act.EXPIRY, Act.WITHDRAWAL))
    said = st.builds(Claim, source, acts, dates, rank=rank, locator=st.sampled_from(("", "p. 1")))
    denied = st.builds(Claim, source, st.just(Act.DENIAL), rank=rank)
    statuses = st.frozensets(st.sampled_from((csto.Status.MEMBER, csto.Status.FORMER)), min_size=1)
    status = st.builds(Claim, source, st.just(Act.STATUS), dates, rank=rank, status=statuses)
    return st.lists(st.one_of(said, said, status, denied), min_size=1, max_size=30)


POLICIES = [
    *map(csto.Resolution, ("preferred", "every", "majority")),
    csto.precedence("a"),
    csto.precedence("d", "b"),
]
COPIES = {"a": frozenset("b"), "b": frozenset(""), "c": frozenset("ab"), "d": frozenset("d")}


def signed(source: str, date: str, rank: Rank = Rank.NORMAL) -> Claim:
    return Claim(source, Act.SIGNATURE, csto.ImpreciseDate.parse(date), rank=rank)


#: What lies inside a claim of a lower rank makes that one precise, and not one of a better rank around it.
NESTED = [
    signed("a", "[2000-01-01..2000-01-05]", Rank.PREFERRED),
    signed("b", "[2000-01-01..2000-01-09]"),
    signed("c", "[2000-01-01..2000-01-03]"),
]


#: One act around three days of another: it may have fallen on each of them, and on no other.
AROUND_THREE = [
    signed("a", "[2000-01-01..2000-01-09]"),
    *(Claim("b", Act.WITHDRAWAL, csto.ImpreciseDate.parse(f"2000-01-0{day}")) for day in (2, 4, 6)),
    signed("c", "[2000-01-03..2000-01-09]"),
]


@pytest.mark.law
@given(claims_of_an_event(), st.sampled_from(POLICIES))
@example(NESTED, csto.Resolution("every"))
@example(NESTED[::-1], csto.Resolution("every"))
@example(AROUND_THREE, csto.Resolution("every"))
@example(AROUND_THREE[::-1], csto.Resolution("every"))
def test_the_alternatives_of_an_event_are_those_of_each_claim_looked_at_with_each_other(
    claims: list[Claim], policy: csto.Resolution
) -> None:
    expected: dict[object, list[Claim]] = {}
    for claim, days in kept_of(pairs_of(claims), policy, COPIES):
        expected.setdefault((claim.act, claim.status, days), []).append(claim)
    found = alternatives(claims, policy, COPIES)
    assert [(one.act, one.statuses, one.days) for one in found] == list(expected)
    assert [list(one.claims) for one in found] == list(expected.values())
    behind = claims_behind(found)
    assert set(behind) == {claim for said in expected.values() for claim in said}
    assert [claim for claim in dict.fromkeys(claims) if claim in behind] == list(behind)


def test_what_may_have_happened_is_the_same_and_looks_the_same_whoever_says_so() -> None:
    one, other = (alternatives([signed(source, "2000-01-01")], POLICIES[0], {}) for source in "ab")
    assert one == other
    assert (hash(one), repr(one)) == (hash(other), repr(other))
    assert [[claim.source for claim in told.claims] for told in (*one, *other)] == [["a"], ["b"]]


@pytest.mark.law
@given(claims_of_an_event())
def test_a_claim_alone_has_the_days_that_the_others_leave_it(claims: list[Claim]) -> None:
    expected: list[tuple[Claim, list[tuple[int, int] | None]]] = []
    pairs = iter(pairs_of(claims))
    found = [(claim, [one.days for one in ways]) for claim, ways in each_alone(claims)]
    for claim, ways in found:
        days = [next(pairs) for _ in ways]
        assert all(told is claim for told, _ in days)
        expected.append((claim, [at for _, at in days]))
    assert next(pairs, None) is None
    assert found == expected
