"""What a founding document asserts holds in its own history, and the whole record does not contradict it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import founding_documents
from support.founding_documents import DOCUMENT_2017, DOCUMENT_2021, FACTS, Fact

import csto_membership as csto

DAY = dt.timedelta(1)
DOCUMENTS = (DOCUMENT_2017, DOCUMENT_2021)
facts = st.sampled_from(FACTS)


def own_history(fact: Fact) -> csto.History:
    return csto.CSTO.according_to(fact.document)


@given(facts, st.data())
def test_a_fact_holds_in_the_documents_own_history_on_every_day_it_speaks_of(fact: Fact, data: st.DataObject) -> None:
    day = data.draw(st.dates(fact.first, fact.last))
    finding = own_history(fact).status(fact.state, day)
    assert finding.verdict is fact.verdict
    assert finding.statuses == fact.statuses


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.document}-{fact.state}-{fact.first}")
def test_a_fact_holds_on_both_sides_of_its_boundaries(fact: Fact) -> None:
    seen = own_history(fact)
    expected = [fact.before, fact.verdict, fact.verdict, fact.after]
    days = [fact.first - DAY, fact.first, fact.last, fact.last + DAY]
    assert [seen.was_member(fact.state, day) for day in days] == expected


@given(facts, st.dates(dt.date(1991, 1, 1), dt.date(2027, 12, 31)))
def test_the_whole_record_never_contradicts_a_document(fact: Fact, day: dt.date) -> None:
    told, whole = own_history(fact).was_member(fact.state, day), csto.was_member(fact.state, day)
    assert {told, whole} != {csto.Verdict.YES, csto.Verdict.NO}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_whole_record_contradicts_a_document_on_no_day_of_change(document: str) -> None:
    seen = csto.CSTO.according_to(document)
    for state in seen.states:
        for day in {*seen.timeline(state).starts, *csto.CSTO.timeline(state).starts}:
            for asked in (day - DAY, day, day + DAY):
                answers = {seen.was_member(state, asked), csto.was_member(state, asked)}
                assert answers != {csto.Verdict.YES, csto.Verdict.NO}, (state, asked)


def test_the_document_of_2021_says_nothing_of_other_days() -> None:
    seen = csto.CSTO.according_to(DOCUMENT_2021)
    for day in (dt.date(2021, 7, 6), dt.date(2021, 7, 9), dt.date(2010, 1, 1)):
        assert seen.members_on(day).certain.codes == ()
        assert set(seen.members_on(day).possible.codes) >= {"ARM", "AZE", "UZB"}
    for day in (dt.date(2021, 7, 7), dt.date(2021, 7, 8)):
        assert [state.id for state in seen.members_on(day)] == ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]


def test_the_document_of_2017_calls_the_organisation_renamed_in_october_2002() -> None:
    institution = next(told for told in csto.CSTO.institutions if told.id == "csto")
    (claim,) = (told for told in institution.claims if told.source == DOCUMENT_2017)
    assert claim.date == csto.ImpreciseDate.parse("2002-10")
    assert institution.exists.declared.certainly_before(csto.ImpreciseDate.parse("2002-11"))
    assert institution.exists.declared.certainly_after(csto.ImpreciseDate.parse("2002-09"))


def test_every_document_has_facts() -> None:
    assert {fact.document for fact in FACTS} == set(DOCUMENTS)
    assert len({(fact.state, fact.first) for fact in FACTS}) == len(FACTS) == len(founding_documents.FACTS)
