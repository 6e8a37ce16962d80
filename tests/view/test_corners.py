"""Corners that no other test comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set as AbstractSet
from typing import Any

import pytest
from support.asking import history

import csto_membership as csto
from csto_membership._view import case
from csto_membership.citations import sources_of


def test_a_reading_takes_effects_only() -> None:
    with pytest.raises(csto.ArgumentError):
        csto.Reading("mine", (1,))  # type: ignore[arg-type]


def test_sizes_and_instruments_can_be_printed() -> None:
    sizes = [str(size) for size in csto.CSTO.under("legal").sizes()]
    assert sizes[0] == ".. to 1994-04-19: 0"
    assert "2006-08-16 to 2008-03-27: 6 to 7" in sizes
    found = csto.CSTO.instruments_in_force("1999-06-01")
    assert str(found) == "in force on 1999-06-01: cst-1992; undetermined: cst-p1993"
    with pytest.raises(csto.DateError):
        csto.CSTO.instruments_in_force("1999")


def test_a_single_value_stands_for_every_row() -> None:
    days = [dt.date(2007, 1, 1), dt.date(2013, 1, 1)]
    assert csto.CSTO.check("UZ", days) == csto.CSTO.check(["UZ"] * 2, days) == [True, False]
    assert csto.CSTO.check(["UZ", "RU"], "2013-01-01") == [False, True]
    assert csto.CSTO.check("UZ", "2006") == [None]
    assert csto.CSTO.check("UZ", []) == csto.CSTO.check([], days[0]) == []
    wrongs: list[Any] = [5, None, b"UZ"]
    for wrong in wrongs:
        with pytest.raises(csto.UnknownStateError):
            csto.CSTO.check(wrong, days)
        with pytest.raises(csto.DateError):
            csto.CSTO.check("UZ", wrong)
        assert csto.CSTO.check(wrong, days, "null") == [None, None]
    with pytest.raises(csto.UnequalLengthsError, match="1 states and 0 dates"):
        csto.CSTO.check(["UZ"], [])


def test_texts_and_midnights_in_bulk_are_days() -> None:
    days: list[Any] = ["2012-06-27", "28 June 2012", dt.datetime(2006, 6, 22), dt.date(2006, 6, 23), "2006"]  # noqa: DTZ001
    expected = [True, False, False, True, None]
    assert csto.CSTO.check(["UZ"] * 5, days) == expected
    assert csto.CSTO.check(["UZ"] * 4, days[:4]) == expected[:4]


def test_precedence_takes_ids_only() -> None:
    with pytest.raises(csto.ArgumentError):
        csto.precedence(5)  # type: ignore[arg-type]


def test_sets_of_states_compare_with_names() -> None:
    seven = csto.members_on("2007-01-01").certain
    names = {"ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "Uzbekistan"}
    assert seven == names
    assert seven <= names
    assert seven >= names
    assert not seven < names
    assert not seven > names
    assert seven > {"ARM"}
    assert seven < {*names, "AZE"}
    assert seven != {"ARM"}
    assert seven != {"ARM", "nowhere"}
    assert seven != "ARM"
    assert (seven & "RUS").codes == ("RUS",)
    assert max(seven).id == "UZB"
    assert isinstance(seven, AbstractSet)
    assert seven.isdisjoint({"AZE"})
    assert not seven.isdisjoint({"AZE", "ARM"})


def test_histories_without_a_state_in_common_cannot_be_compared() -> None:
    document = {
        "organisation": {"id": "far"},
        "state": [{"id": "FRA", "name": "France"}],
    }
    far = history(document)
    with pytest.raises(csto.ArgumentError):
        csto.CSTO.compare(far)
    with pytest.raises(csto.ArgumentError):
        csto.CSTO.compare("legal")  # type: ignore[arg-type]


def test_only_answers_with_sources_can_be_cited() -> None:
    with pytest.raises(csto.ArgumentError):
        sources_of(csto.members_on("2007-01-01"))  # type: ignore[arg-type]


def test_where_too_many_sources_are_open_nothing_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case, "MOST_CHOICES", 1)
    seen = csto.CSTO.as_published_by("2006-12-01")
    finding = seen.status("UZ", "2006-09-01")
    assert finding.verdict is csto.Verdict.UNDETERMINED
    assert any("too many sources" in caveat for caveat in finding.caveats)


def test_an_institution_that_begins_on_an_unknown_day_may_not_have_begun() -> None:
    document = {
        "organisation": {"id": "late"},
        "institution": [{"id": "late", "exists": {"declared": "[2000-01-03..2000-01-05]"}}],
        "state": [{"id": "ARM"}],
        "source": [{"id": "s"}],
        "event": [
            {"id": "e", "states": ["ARM"], "claims": [{"source": "s", "act": "signature", "date": "2000-01-01"}]}
        ],
    }
    seen = history(document)
    for day, expected in (("2000-01-02", "no"), ("2000-01-03", "undetermined"), ("2000-01-05", "yes")):
        assert str(seen.was_member("ARM", day)) == expected
    assert seen.days_as_member("ARM", "2000-01-01", "2000-01-10") == (6, 8)
    document["institution"] = [{"id": "late", "exists": {"declared": "[2000-01-03..]"}}]
    assert str(history(document).was_member("ARM", "2000-06-01")) == "undetermined"
