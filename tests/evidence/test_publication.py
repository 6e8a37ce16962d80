"""Publication: what could be known on a day, and what is open because its publication is."""

from __future__ import annotations

import datetime as dt

import pytest

from csto_membership import CSTO, DateError, Verdict

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
