"""Terms of instruments: counted from one anchor, and refused where no day is known."""

from __future__ import annotations

from typing import Any

import pytest

import csto_membership as csto
from csto_membership import CSTO, DateError, Instrument, Record, RecordError
from csto_membership import ImpreciseDate as Date


def test_the_terms_of_an_instrument_need_known_days() -> None:
    treaty = next(found for found in CSTO.instruments if found.id == "cst-1992")
    (term,) = treaty.terms("2020")
    assert term.as_dict() == {"number": 1, "first_day": "1994-04-20", "last_day": "1999-04-20"}
    assert [*treaty.terms("1994-04-19")] == []
    assert [*treaty.terms("1994-04-20")] == [term]
    assert [*Instrument("x", "treaty", "X").terms("2020")] == []
    with pytest.raises(DateError):
        next(treaty.terms("[2020..]"))
    for begin in (None, Date.parse("1994"), Date.parse("[..1994]")):
        with pytest.raises(DateError):
            next(Instrument("x", "treaty", "X", in_force=begin, term="P5Y").terms("2020"))


@pytest.mark.parametrize("term", ["P0Y", "P", "5Y", "P5", "P1.5Y", "PT5H", "five years", "p5y"])
def test_a_term_that_is_no_duration_is_refused(term: str) -> None:
    with pytest.raises(RecordError) as caught:
        Record("league", instruments=(Instrument("x", "treaty", "X", in_force=Date.parse("2000-01-01"), term=term),))
    assert [fault.place for fault in caught.value.faults] == ["instrument 'x'.term"]


def terms(begin: str, term: str, renewal: str = "", until: str = "2012-12-31", **more: Any) -> list[tuple[str, str]]:
    date = csto.ImpreciseDate.parse
    more = {key: date(value) for key, value in more.items()}
    pact = csto.Instrument("pact", "treaty", "A pact", in_force=date(begin), term=term, renewal=renewal, **more)
    return [(str(told.first_day), str(told.last_day)) for told in pact.terms(until)]


def test_terms_are_never_iterated_so_that_a_short_month_shortens_one_term_only() -> None:
    assert terms("2000-02-29", "P1Y", "P1Y", "2004-03-01") == [
        ("2000-02-29", "2001-02-28"),
        ("2001-03-01", "2002-02-28"),
        ("2002-03-01", "2003-02-28"),
        ("2003-03-01", "2004-02-29"),
        ("2004-03-01", "2005-02-28"),
    ]
    assert [last for _, last in terms("2000-01-31", "P1M", "P1M", "2000-05-01")] == [
        "2000-02-29",
        "2000-03-31",
        "2000-04-30",
        "2000-05-31",
    ]
    assert terms("2000-01-01", "P1Y2M3D", until="2030-01-01") == [("2000-01-01", "2001-03-04")]
    assert terms("2000-03-22", "P5Y", until="2000-01-01", applies_from="1999-04-21") == [("1999-04-21", "2004-04-20")]


def test_terms_of_other_lengths_and_beginnings_are_refused() -> None:
    for term in ("5 years", "P", "P0D", "P0Y", "-P5Y", "P5H", "PT5H", "p5y", "P1.5Y"):
        with pytest.raises(csto.DateError):
            terms("2000-01-01", term)
    with pytest.raises(csto.DateError):
        terms("2000", "P5Y")


def test_terms_that_would_begin_before_the_calendar_are_refused() -> None:
    first = Instrument("x", "treaty", "X", applies_from=Date.parse("0001-01-01"), term="P5Y")
    with pytest.raises(DateError, match="an earlier day is needed"):
        _ = first.anchor
    with pytest.raises(DateError):
        next(first.terms("0002"))
    assert list(Instrument("x", "treaty", "X", applies_from=Date.parse("0001-01-01")).terms("0002")) == []
