"""How views relate: wider dates never decide, more claims allow more, and a selection vouches only for what it saw."""

from __future__ import annotations

import datetime as dt

from attrs import evolve
from hypothesis import assume, given, note
from hypothesis import strategies as st
from support import documents
from support.asking import history
from support.views import views

import csto_membership as csto
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._view.derivation import Derivation
from csto_membership._worlds.masks import statuses_of
from csto_membership._worlds.worlds import walk

DAY = dt.timedelta(1)
ANY_STATUS = frozenset(csto.Status)


@given(st.data())
def test_widening_an_alternative_never_decides_and_narrowing_never_reverses(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    seen = history(document, **data.draw(views(document)))
    state = data.draw(st.sampled_from(seen.states.codes))
    (case,) = Derivation(seen.record, seen.view).cases(state)
    chain = case.chain
    dated = [(i, j) for i, ways in enumerate(chain.events) for j, way in enumerate(ways) if way.days]
    assume(dated)
    i, j = data.draw(st.sampled_from(dated))
    way = chain.events[i][j]
    assert way.days
    earlier, later = data.draw(st.integers(0, 9)), data.draw(st.integers(0, 9))
    wide = evolve(way, days=Days(way.days[0] - earlier, way.days[1] + later))
    ways = (*chain.events[i][:j], wide, *chain.events[i][j + 1 :])
    wider = evolve(chain, events=(*chain.events[:i], ways, *chain.events[i + 1 :]))
    narrow_course, wide_course = walk(chain, seen.reading).course(), walk(wider, seen.reading).course()
    assume(narrow_course is not None)
    assert narrow_course is not None
    assert wide_course is not None
    for day in documents.DAYS:
        narrow, widened = (statuses_of(course.on(day.toordinal())) for course in (narrow_course, wide_course))
        assert narrow <= widened, day


def test_every_claim_allows_what_the_preferred_ones_allow_where_a_claim_of_force_is_overruled() -> None:
    joined = {"source": "a", "act": "accession", "date": "2000-01-01"}
    bound = {"source": "a", "act": "entry_into_force", "date": "2000-01-02"}
    never = {"source": "a", "act": "denial", "rank": "preferred"}
    document = {
        "organisation": {"id": "x"},
        "state": [{"id": "ARM"}],
        "source": [{"id": "a"}, {"id": "b"}],
        "event": [
            {"id": "e1", "states": ["ARM"], "claims": [joined]},
            {"id": "e2", "states": ["ARM"], "claims": [bound, never]},
        ],
    }
    seen = history(document).under("legal").according_to("a")
    for day in documents.DAYS:
        by_the_best = seen.resolved("preferred").status("ARM", day).statuses
        assert by_the_best <= seen.resolved("every").status("ARM", day).statuses


@given(st.data())
def test_every_claim_allows_what_the_preferred_ones_allow(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    seen = history(document, **data.draw(views(document))).resolved("preferred")
    every = seen.resolved("every")
    for state in seen.states:
        (case,) = Derivation(seen.record, seen.view).cases(state.id)
        if not case.walk.has_world or case.attested:
            continue
        for day in documents.DAYS:
            assert seen.timeline(state).on(day).statuses <= every.timeline(state).on(day).statuses, (state, day)


@given(st.data())
def test_before_its_first_effective_act_a_selection_vouches_for_nothing_unless_that_act_opens(
    data: st.DataObject,
) -> None:
    document = data.draw(documents.rich())
    reading = data.draw(st.sampled_from(["declared", "legal", "participating"]))
    sources = data.draw(documents.selections(document))
    note(documents.to_toml(document))
    seen = history(
        {**document, "institution": [], "organisation": {"id": "bare", "covers": {"acts": "some"}}},
        reading,
        "preferred",
        sources,
    )
    assume(seen.view.sources is not None)
    for state in seen.states.codes:
        (case,) = Derivation(seen.record, seen.view).cases(state)
        effective = [
            (event.id, [way for way in ways if seen.reading.has_effect(way.act)]) for event, ways in case.events
        ]
        first = next(((id, ways) for id, ways in effective if ways), None)
        mixed = any(
            0 < len(ways) < len(all_ways) for (_, ways), (_, all_ways) in zip(effective, case.events, strict=True)
        )
        if first is None or mixed or not case.walk.has_world:
            continue
        earliest = min(way.days[0] for way in first[1] if way.days)
        if earliest == EVER_BEFORE:
            continue
        before = list(seen.record.events_of(state))
        before = before[: [event.id for event in before].index(first[0])]
        # An event that is denied is not dropped.
        left = {event.id: {way.act for way in ways} for event, ways in case.events}
        dropped = [
            event
            for event in before
            if any(seen.reading.has_effect(claim.act) for claim in event.claims_of(state))
            and not any(map(seen.reading.has_effect, left[event.id]))
            and left[event.id] != {csto.Act.DENIAL}
        ]
        opening = {way.act.opens for way in first[1]}
        found = seen.timeline(state).on(dt.date.fromordinal(earliest) - DAY).statuses
        assert seen.was_member(state, dt.date.fromordinal(earliest) - DAY) is not csto.Verdict.YES
        if opening == {True} and not dropped:
            assert found == {csto.Status.NONE}
        elif opening == {False} or dropped:
            assert found == ANY_STATUS
        assert case.chain.events
        assert earliest < EVER_AFTER


def test_a_source_that_knows_only_the_suspension_of_2012_says_nothing_of_the_year_before() -> None:
    seen = csto.CSTO.according_to("penzanews-2012")
    assert seen.was_member("UZB", "2012-06-27") is csto.Verdict.UNDETERMINED
    assert seen.timeline("UZB").on("2011-06-27").statuses == ANY_STATUS
    assert seen.status("UZB", "2012-06-28").status is csto.Status.SUSPENDED
    assert seen.status("UZB", "2012-06-29").status is csto.Status.SUSPENDED
