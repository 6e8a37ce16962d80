"""What is supposed of one event is walked only where it changes something: the same as walking all worlds anew."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import assume, event, given, note, reject
from hypothesis import strategies as st
from support import documents
from support.asking import history
from support.views import views

import csto_membership as csto
from csto_membership._evidence.resolution import Alternative, each_alone
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._view.derivation import Derivation
from csto_membership._view.rivals import rivals, statuses_on, suppositions
from csto_membership._worlds.detours import Patch, detour
from csto_membership._worlds.masks import Span, course_of, spans_between
from csto_membership._worlds.worlds import walk

ORDINALS = [day.toordinal() for day in documents.DAYS]
ACTS = [act for act in csto.Act if act not in (csto.Act.DENIAL, csto.Act.STATUS)]


def dated() -> st.SearchStrategy[Days]:
    """Days near those of the documents, some of them open."""
    firsts, lengths = st.sampled_from(ORDINALS), st.integers(0, 4)
    some = st.builds(lambda first, length: Days(first, first + length), firsts, lengths)
    return st.one_of(
        some, some, st.builds(Days, firsts, st.just(EVER_AFTER)), st.builds(Days, st.just(EVER_BEFORE), firsts)
    )


def alternatives() -> st.SearchStrategy[tuple[Alternative, ...]]:
    """Any alternatives of an event: it may never have happened, or be told by several acts on several days."""
    none: frozenset[csto.Status] = frozenset()
    acts = st.builds(Alternative, st.sampled_from(ACTS), st.just(none), dated())
    statuses = st.frozensets(st.sampled_from(csto.Status), min_size=1, max_size=3)
    status = st.builds(Alternative, st.just(csto.Act.STATUS), statuses, dated())
    denial = st.just(Alternative(csto.Act.DENIAL, none, None))
    return st.lists(st.one_of(acts, acts, status, denial), min_size=1, max_size=4, unique=True).map(tuple)


def patched(course: Any, patch: Patch) -> Any:
    """The course of a base with the days of a patch in it."""
    spans: list[Span] = []
    for whole, first, end in (
        (course, EVER_BEFORE, patch.first),
        (patch.course, patch.first, patch.end),
        (course, patch.end, EVER_AFTER),
    ):
        spans += spans_between(whole, first, end)
    return course_of(spans)


@given(st.data())
def test_a_supposition_is_the_walk_of_the_chain_with_the_other_alternatives(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    seen = history(document, **data.draw(views(document)))
    state = data.draw(st.sampled_from(seen.states.codes))
    case = data.draw(st.sampled_from(Derivation(seen.record, seen.view).cases(state)))
    assume(case.events)
    number = data.draw(st.integers(0, len(case.events) - 1))
    told, _ = case.events[number]
    alone = [ways for _, ways in each_alone(told.claims_of(state))]
    supposed = data.draw(st.one_of(st.sampled_from(alone), alternatives()))
    note(f"{documents.to_toml(document)}\n{told.id} {supposed}")
    anew = walk(case.chain.replacing({number: supposed}, case.chain.edges), case.reading)
    found = detour(case.walk, number, supposed)
    assert (found is not None) == anew.has_world
    if found is None:
        return
    event("a world is left")
    since = data.draw(st.none() | st.sampled_from(ORDINALS))
    assert found.walk.chain == anew.chain
    assert found.walk.course(since) == anew.course(since)
    # Several suppositions one after the other.
    other = data.draw(alternatives())
    again, both = detour(found.walk, number, other), detour(case.walk, number, other)
    assert (again and again.walk.course()) == (both and both.walk.course())
    course = case.walk.course()
    if course is not None:
        patch = found.patch()
        assert (patched(course, patch) if patch else course) == anew.course()


@given(st.data())
def test_what_is_possible_by_a_claim_alone_is_what_its_own_cases_make_possible(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    seen = history(document, **data.draw(views(document)))
    day = data.draw(st.none() | st.sampled_from(documents.DAYS))
    if day:
        try:
            seen = seen.as_published_by(day)
        except csto.DateError:
            reject()
    note(f"{documents.to_toml(document)}\n{seen}")
    derivation = Derivation(seen.record, seen.view)
    for state in seen.states:
        cases = derivation.cases(state.id)
        for case in cases:
            assert case.is_open or case.has_order is case.walk.has_world
        for told in seen.record.events_of(state.id):
            claims = derivation.claims_on(state.id, told)
            expected = []
            for _, ways in each_alone(claims):
                # Without what was walked before.
                supposed = tuple(evolve(case.supposing(told, ways), walked=None) for case in cases)
                if all(case.has_order for case in supposed):
                    expected.append(derivation.timeline_by(state, supposed))
            found = suppositions(derivation, state, told, absent=False)
            for date in map(csto.ImpreciseDate.on, documents.DAYS):
                assert [statuses_on(derivation, state, patch, date) for patch in found] == [
                    line.statuses_on(date) for line in expected
                ], (state, told.id, date)
        assert all(rival.event in seen.record.events_of(state.id) for rival in rivals(derivation, state))
