"""Policies: which claims of an event count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from support.asking import history

import csto_membership as csto
from csto_membership import CSTO, ArgumentError, History, UnknownNameError, Verdict

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


def test_precedence_takes_ids_only() -> None:
    with pytest.raises(csto.ArgumentError):
        csto.precedence(5)  # type: ignore[arg-type]
