"""What is possible with any choice of the possibly published sources is possible."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history

import csto_membership as csto


@given(st.data())
def test_as_published_by_a_day_is_the_vote_over_all_choices_of_sources(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    reading, resolution = data.draw(documents.readings()), data.draw(documents.resolutions(document))
    named = data.draw(st.none() | documents.selections(document))
    institution = data.draw(documents.institutions(document))
    published_by = data.draw(st.sampled_from([*documents.DAYS, dt.date(2000, 1, 31), dt.date(2000, 2, 1)]))
    note(f"{documents.to_toml(document)}\n{reading} {resolution} {named} {institution} {published_by}")
    seen = history(document, reading, resolution, named, institution)
    try:
        seen = seen.as_published_by(published_by)
    except csto.DateError:
        used = [source["id"] for source in document["source"]] if named is None else named
        assert all(oracle.publication(document, source)[0] > published_by for source in used)
        return
    for state in seen.states.codes:
        expected = oracle.statuses_as_published(
            document,
            state,
            documents.DAYS,
            published_by,
            named=named,
            reading=reading,
            resolution=resolution,
            institution=institution,
        )
        for day in documents.DAYS:
            found = {status.value for status in seen.timeline(state).on(day).statuses}
            assert found == expected[day], (state, day, sorted(found), sorted(expected[day]))


def test_with_all_of_the_sources_the_record_vouches_for_itself() -> None:
    """Found by the property above: source a adds nothing that b does not say, but with it nothing is left out."""
    exclusion, accession = {"act": "exclusion", "date": "[2000-01-01..]"}, {"act": "accession", "date": "2000-01-01"}
    document = {
        "organisation": {"id": "rich"},
        "state": [{"id": "ARM"}],
        "source": [{"id": "a", "consulted": "2000-02-01"}, {"id": "b", "published": "2000-01-04"}],
        "event": [
            {
                "id": "e1",
                "states": ["ARM"],
                "claims": [{"source": "a", **exclusion}, {"source": "b", **exclusion}, {"source": "b", **accession}],
            },
            {"id": "e2", "states": ["ARM"], "claims": [{"source": "a", "act": "accession", "date": "2000-01-02"}]},
        ],
    }
    day = dt.date(2000, 1, 1)
    expected = oracle.statuses_as_published(document, "ARM", [day], dt.date(2000, 1, 4))[day]
    found = history(document).as_published_by("2000-01-04").timeline("ARM").on(day).statuses
    assert {status.value for status in found} == expected == {"none", "former", "member"}


def test_a_day_before_the_coverage_stays_before_it_though_nothing_was_published() -> None:
    """Found by the property above: the day is before the coverage and after its end."""
    document = {
        "organisation": {"id": "rich", "covers": {"first": "2000-01-03", "before": "none", "after": "unknown"}},
        "state": [{"id": "ARM"}],
        "source": [{"id": "a", "consulted": "2000-02-01"}],
        "event": [
            {"id": "e", "states": ["ARM"], "claims": [{"source": "a", "act": "accession", "date": "2000-01-01"}]}
        ],
    }
    day = dt.date(2000, 1, 2)
    seen = history(document).as_published_by("2000-01-01")
    expected = oracle.statuses_as_published(document, "ARM", [day], dt.date(2000, 1, 1))[day]
    assert {status.value for status in seen.timeline("ARM").on(day).statuses} == expected == {"none"}
    assert seen.was_member("ARM", "2000-01-03") is csto.Verdict.UNDETERMINED


@given(documents.rich(), documents.readings())
def test_all_sources_are_no_selection_and_the_last_consultation_sees_the_whole(document: Any, reading: Any) -> None:
    whole = history(document, reading)
    named = whole.according_to(*(source.id for source in whole.sources))
    assert named == whole
    lasts = [oracle.publication(document, source.id)[1] for source in whole.sources]
    assume(max(lasts) < dt.date.max)
    late = whole.as_published_by(max(lasts))
    covered = late.coverage.last
    for state in whole.states:
        for day in documents.DAYS:
            if covered is None or day <= covered or whole.coverage.after == "carry":
                assert late.timeline(state).on(day).statuses == whole.timeline(state).on(day).statuses


@pytest.mark.parametrize("organisation", csto.organisations())
@pytest.mark.parametrize("reading", ["declared", "legal", "participating"])
def test_the_last_consultation_sees_the_whole_of_the_bundled_records(organisation: str, reading: str) -> None:
    whole = csto.history(organisation).under(reading)
    read = [source.consulted.latest for source in whole.sources if source.consulted and source.consulted.latest]
    late = whole.as_published_by(max(read))
    for state in whole.states:
        assert late.timeline(state) == whole.timeline(state)
    assert late.coverage == whole.coverage
