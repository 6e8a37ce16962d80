"""What is possible with any choice of the possibly published sources is possible."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, note, reject
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history
from support.choices import by_choice
from support.views import COUNTED, views

import csto_membership as csto
from csto_membership._evidence import votes
from csto_membership._questions.changes import changes
from csto_membership._questions.conflicts import conflicts
from csto_membership._questions.findings import finding
from csto_membership._questions.instruments import bound
from csto_membership._view import ballot
from csto_membership._view.derivation import Derivation
from csto_membership._view.rivals import rivals, statuses_on


class Published(NamedTuple):
    """A random view of a random document by a day of publication: the library's history, and the oracle's arguments."""

    document: Any
    seen: csto.History
    published_by: dt.date
    view: dict[str, Any]

    def lines(self, state: str) -> list[list[oracle.World]]:
        """For each choice of the open sources all worlds of a state."""
        asked = oracle.lines_as_published(self.document, state, documents.DAYS, self.published_by, **self.view)
        return [worlds for _, worlds in asked]

    def statuses(self, state: str) -> dict[dt.date, frozenset[str]]:
        """What the oracle has possible on each day."""
        return oracle.statuses_as_published(self.document, state, documents.DAYS, self.published_by, **self.view)

    def found(self, state: str) -> dict[dt.date, set[str]]:
        """What the library has possible on each day."""
        timeline = self.seen.timeline(state)
        return {day: {status.value for status in timeline.on(day).statuses} for day in documents.DAYS}


@st.composite
def published(draw: st.DrawFn, document: Any, days: st.SearchStrategy[dt.date]) -> Published:
    """A view of a document by one of the days, noted; where no source can have been published by then, none."""
    view = draw(views(document))
    view["named"] = view.pop("sources")
    published_by = draw(days)
    note(f"{documents.to_toml(document)}\n{view} {published_by}")
    seen = history(document, view["reading"], view["resolution"], view["named"], view["institution"])
    try:
        seen = seen.as_published_by(published_by)
    except csto.DateError:
        used = [source["id"] for source in document["source"]] if view["named"] is None else view["named"]
        assert all(oracle.publication(document, source)[0] > published_by for source in used)
        reject()
    return Published(document, seen, published_by, view)


ANY_DAY = st.sampled_from([*documents.DAYS, dt.date(2000, 1, 31), dt.date(2000, 2, 1)])


@given(st.data())
def test_as_published_by_a_day_is_the_vote_over_all_choices_of_sources(data: st.DataObject) -> None:
    asked = data.draw(published(data.draw(documents.rich()), ANY_DAY))
    for state in asked.seen.states.codes:
        assert asked.found(state) == asked.statuses(state), state


@given(st.data())
def test_so_it_is_where_most_sources_are_undated(data: st.DataObject) -> None:
    asked = data.draw(published(data.draw(documents.undated()), st.just(documents.PUBLISHED_BY)))
    for state in asked.seen.states.codes:
        assert asked.found(state) == asked.statuses(state), state


@given(st.data())
def test_beyond_the_width_all_that_is_possible_stays_possible(data: st.DataObject) -> None:
    """And nothing more is, where each source tells one event or attests, but does not do both."""
    asked = data.draw(published(data.draw(documents.undated()), st.just(documents.PUBLISHED_BY)))
    with pytest.MonkeyPatch.context() as patch:
        for module, limit in (
            (ballot, "MOST_REMEMBERED"),
            (ballot, "MOST_LINKED"),
            (votes, "MOST_COUNTED"),
        ):
            patch.setattr(module, limit, data.draw(st.sampled_from([1, 2, 4])))
        for state in asked.seen.states.codes:
            found, expected = asked.found(state), asked.statuses(state)
            assert all(found[day] >= expected[day] for day in documents.DAYS), state
            beyond = {
                source for case in asked.seen._derivation.cases(state) if case.ballot for source in case.ballot.anew
            }
            if not beyond:
                assert found == expected, state
            said = " ".join(asked.seen.status(state, documents.FIRST).caveats)
            assert ("too many publication dates" in said) == bool(beyond)


@given(st.data())
def test_days_are_counted_over_the_worlds_of_all_choices(data: st.DataObject) -> None:
    asked = data.draw(published(data.draw(documents.undated()), st.just(documents.PUBLISHED_BY)))
    counted = frozenset({"member"})
    if not asked.view["institution"]:
        counted = data.draw(st.just(counted) | COUNTED)
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(documents.DAYS)] * 2)))
    days = [day for day in documents.DAYS if first <= day <= last]
    seen = asked.seen.counting(*counted)
    for state in seen.states.codes:
        least, most = oracle.counts(
            [world.statuses for worlds in asked.lines(state) for world in worlds], days, counted
        )
        assert seen.days_as_member(state, first, last) == (least, most), (state, sorted(counted), first, last)


def told(change: csto.Change) -> tuple[object, ...]:
    """A change without the order of its acts."""
    return (
        *(change.state.id, change.event and change.event.id, change.silent, change.for_all, change.certain),
        *(change.date, frozenset(change.acts), change.before, change.after),
    )


def cited(found: csto.Finding) -> set[object]:
    """The events and attestations that a finding rests on."""
    return {one.event.id if isinstance(one, csto.Ground) else one.attestation for one in found.evidence}


def contesting(derivation: Derivation, state: csto.State) -> list[tuple[object, ...]]:
    """The claims that are not used, with what would be possible on each day if one of them alone were right."""
    days = list(map(csto.ImpreciseDate.on, documents.DAYS))
    return [
        (event, claim, [statuses_on(derivation, state, patch, day) for day in days])
        for event, claim, patch in rivals(derivation, state)
    ]


@given(st.data())
def test_every_question_is_answered_as_by_each_choice_for_itself(data: st.DataObject) -> None:
    document = data.draw(documents.undated() | documents.forced())
    asked = data.draw(published(document, st.just(documents.PUBLISHED_BY)))
    derivation, slow = asked.seen._derivation, by_choice(asked.seen)
    assert set(map(told, changes(derivation))) == set(map(told, changes(slow)))
    assert conflicts(derivation) == conflicts(slow)
    day = csto.ImpreciseDate.parse(str(data.draw(st.sampled_from(documents.DAYS))))
    for state in asked.seen.states:
        assert derivation.timeline(state) == slow.timeline(state)
        assert contesting(derivation, state) == contesting(slow, state)
        found, expected = finding(derivation, state, day), finding(slow, state, day)
        assert found.statuses == expected.statuses
        assert found.contested_by == expected.contested_by
        assert cited(found) == cited(expected)
        for instrument in asked.seen.instruments:
            assert bound(derivation, instrument, day, state) is bound(slow, instrument, day, state)


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


def test_a_choice_that_leaves_no_act_is_none_though_a_later_event_is_the_same_by_any() -> None:
    """Found by the property above: without source a nothing but a denial is left, and what b attests answers."""
    document = {
        "organisation": {"id": "undated", "covers": {"acts": "some"}},
        "state": [{"id": "ARM"}],
        "source": [{"id": "a", "consulted": "2000-02-01"}, {"id": "b", "published": "2000-01-01"}],
        "event": [
            {"id": "e1", "states": ["ARM"], "claims": [{"source": "a", "act": "acceptance", "date": "2000-01-01"}]},
            {"id": "e2", "states": ["ARM"], "claims": [{"source": "b", "act": "denial"}]},
        ],
        "attestation": [{"source": "b", "states": ["ARM"], "status": "member", "on": "2000-01-01"}],
    }
    day = dt.date(2000, 1, 1)
    expected = oracle.statuses_as_published(document, "ARM", [day], documents.PUBLISHED_BY)[day]
    found = history(document).as_published_by(documents.PUBLISHED_BY).timeline("ARM").on(day).statuses
    assert {status.value for status in found} == expected == {"member"}


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
