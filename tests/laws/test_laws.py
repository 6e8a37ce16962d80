"""The laws that every record obeys, each as a property; law 2, against the oracle, has a file of its own."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import assume, example, given, note
from hypothesis import strategies as st
from support import documents as strategies
from support import oracle
from support.asking import history

import csto_membership as csto
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._values.terms import terms_from
from csto_membership._view.derivation import Derivation
from csto_membership._worlds.masks import statuses_of
from csto_membership._worlds.worlds import walk

DAY = dt.timedelta(1)
ANY_STATUS = frozenset(csto.Status)


def views(data: st.DataObject, document: Any) -> csto.History:
    """A history of the document under any view."""
    return history(
        document,
        data.draw(strategies.readings()),
        data.draw(strategies.resolutions(document)),
        data.draw(st.none() | strategies.selections(document)),
        data.draw(strategies.institutions(document)),
    )


@given(st.data())
def test_law_1_certain_members_are_possible_and_verdicts_agree_with_the_statuses(data: st.DataObject) -> None:
    seen = views(data, data.draw(strategies.documents()))
    for day in strategies.DAYS:
        members = seen.members_on(day)
        assert members.certain <= members.possible
        assert members.fewest == len(members.certain)
        assert members.most == len(members.possible)
        for state in seen.states:
            finding = seen.status(state, day)
            member = {status is csto.Status.MEMBER for status in finding.statuses}
            expected = csto.Verdict.UNDETERMINED if len(member) == 2 else csto.Verdict(member.pop())
            assert expected is finding.verdict is seen.was_member(state, day)
            assert (state in members.certain) is (expected is csto.Verdict.YES)
            assert (state in members.possible) is (expected is not csto.Verdict.NO)


@given(st.data())
def test_law_3_widening_an_alternative_never_decides_and_narrowing_never_reverses(data: st.DataObject) -> None:
    document = data.draw(strategies.documents())
    seen = views(data, document)
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
    for day in strategies.DAYS:
        narrow, widened = (statuses_of(course.on(day.toordinal())) for course in (narrow_course, wide_course))
        assert narrow <= widened, day


@given(st.data())
def test_law_4_spells_cover_every_day_once_and_differ_from_their_neighbours(data: st.DataObject) -> None:
    seen = views(data, data.draw(strategies.documents()))
    for state in seen.states:
        timeline = seen.timeline(state)
        spells = list(timeline)
        assert spells[0].first_day is None
        assert spells[-1].last_day is None
        for spell, following in pairwise(spells):
            assert spell.last_day
            assert spell.last_day + DAY == following.first_day
            assert spell.statuses != following.statuses
            assert timeline.on(spell.last_day) is spell
            assert timeline.on(spell.last_day + DAY) is following
        for day in strategies.DAYS:
            (spell,) = (s for s in spells if (s.first_day or day) <= day <= (s.last_day or day))
            assert spell is timeline.on(day)


def test_law_5_where_a_claim_of_entry_into_force_is_overruled() -> None:
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
    for day in strategies.DAYS:
        by_the_best = seen.resolved("preferred").status("ARM", day).statuses
        assert by_the_best <= seen.resolved("every").status("ARM", day).statuses


@given(st.data())
def test_law_5_every_claim_allows_what_the_preferred_ones_allow(data: st.DataObject) -> None:
    document = data.draw(strategies.documents())
    seen = views(data, document).resolved("preferred")
    every = seen.resolved("every")
    for state in seen.states:
        (case,) = Derivation(seen.record, seen.view).cases(state.id)
        if not case.walk.has_world or case.attested:
            continue
        for day in strategies.DAYS:
            assert seen.timeline(state).on(day).statuses <= every.timeline(state).on(day).statuses, (state, day)


@given(st.sampled_from(csto.CSTO.states.codes), st.dates(dt.date(1991, 1, 1), dt.date(2027, 1, 1)), st.data())
def test_law_9_the_case_and_the_code_system_of_a_state_change_no_answer(
    code: str, day: dt.date, data: st.DataObject
) -> None:
    state = csto.CSTO.record.index.find(code)
    alias = data.draw(st.sampled_from(state.aliases))
    spelt = data.draw(st.sampled_from([alias, alias.lower(), alias.upper(), alias.title(), f"  {alias} "]))
    assert csto.was_member(spelt, day) is csto.was_member(state, day)
    assert csto.status(spelt, day) == csto.status(code, day)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)),
    st.integers(1, 9),
    st.sampled_from("YMD"),
    st.integers(1, 12),
)
@example(dt.date(1994, 4, 20), 5, "Y", 4)
@example(dt.date(1996, 2, 29), 1, "Y", 8)
@example(dt.date(1999, 1, 31), 1, "M", 3)
def test_law_10_terms_are_counted_from_the_anchor(anchor: dt.date, length: int, unit: str, count: int) -> None:
    text = f"P{length}{unit}"
    until = anchor + dt.timedelta(length * count * {"Y": 366, "M": 31, "D": 1}[unit])
    terms = list(terms_from(anchor, anchor, text, text, until))
    assert len(terms) >= count
    assert terms[0].first_day == anchor
    for k, term in enumerate(terms[:count], 1):
        assert term.last_day == _added(anchor, length * k, unit)
        assert term.first_day == (anchor if k == 1 else terms[k - 2].last_day + DAY)


def _added(anchor: dt.date, amount: int, unit: str) -> dt.date:
    """An anchor plus days, months or years by the calendar alone: the last day of a month that is too short."""
    if unit == "D":
        return anchor + dt.timedelta(amount)
    months = anchor.year * 12 + anchor.month - 1 + amount * (12 if unit == "Y" else 1)
    day = anchor.day
    while True:
        try:
            return dt.date(months // 12, months % 12 + 1, day)
        except ValueError:
            day -= 1


def test_law_10_the_treaty_of_1992_expires_on_its_last_day_and_is_over_on_the_next() -> None:
    treaty = next(found for found in csto.CSTO.instruments if found.id == "cst-1992")
    (term,) = treaty.terms("2026-01-01")
    assert (term.first_day, term.last_day) == (dt.date(1994, 4, 20), dt.date(1999, 4, 20))
    for state in ("AZE", "GEO", "UZB"):
        assert csto.was_member(state, term.last_day - DAY) is csto.Verdict.YES
        assert csto.was_member(state, term.last_day) is csto.Verdict.YES
        assert csto.was_member(state, term.last_day + DAY) is csto.Verdict.NO


@given(st.data())
def test_law_13_before_its_first_effective_act_a_selection_vouches_for_nothing_unless_that_act_opens(
    data: st.DataObject,
) -> None:
    document = data.draw(strategies.documents())
    reading = data.draw(st.sampled_from(["declared", "legal", "participating"]))
    sources = data.draw(strategies.selections(document))
    note(strategies.to_toml(document))
    seen = history({**document, "institution": [], "organisation": {"id": "bare"}}, reading, "preferred", sources)
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
        kept = {event.id for event, _ in case.events}
        before = list(seen.record.events_of(state))
        before = before[: [event.id for event in before].index(first[0])]
        dropped = [
            event
            for event in before
            if event.id not in kept and any(seen.reading.has_effect(claim.act) for claim in event.claims_of(state))
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


def test_law_13_a_source_that_knows_only_the_suspension_of_2012_says_nothing_of_the_year_before() -> None:
    seen = csto.CSTO.according_to("penzanews-2012")
    assert seen.was_member("UZB", "2012-06-27") is csto.Verdict.UNDETERMINED
    assert seen.timeline("UZB").on("2011-06-27").statuses == ANY_STATUS
    assert seen.status("UZB", "2012-06-28").status is csto.Status.SUSPENDED
    assert seen.status("UZB", "2012-06-29").status is csto.Status.SUSPENDED


def test_the_oracle_and_the_library_know_the_same_acts() -> None:
    for name, effects in {"declared": oracle.DECLARED, "legal": oracle.LEGAL}.items():
        reading = csto.CSTO.under(name).reading
        assert {effect.act.value for effect in reading.effects} == {
            act for act, (before, _) in effects.items() if before
        }
