"""Law 14: a state that the record does not name is none in every view, or undetermined where the record lists some only."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import documents
from support.asking import history

import csto_membership as csto
from csto_membership import Status, Verdict
from csto_membership._values.world import world

pytestmark = pytest.mark.law

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
NONE, ANY = frozenset({Status.NONE}), frozenset(Status)
OUTSIDE = sorted(set(world()) - set(documents.STATES))


def view(data: st.DataObject, document: Any) -> csto.History:
    seen = history(
        document,
        data.draw(documents.readings()),
        data.draw(documents.resolutions(document)),
        data.draw(st.none() | documents.selections(document)),
        data.draw(documents.institutions(document)),
    )
    return seen.strict() if data.draw(st.booleans()) else seen


@given(st.data())
def test_law_14_a_state_that_is_not_named_is_none_within_the_coverage_in_every_view(data: st.DataObject) -> None:
    seen = view(data, data.draw(documents.rich()))
    state = data.draw(st.sampled_from(OUTSIDE))
    coverage = seen.coverage
    for day in documents.DAYS:
        finding = seen.status(state, day)
        before = coverage.first is not None and day < coverage.first
        after = coverage.last is not None and day > coverage.last
        if not before and not (after and (seen.view.strict or coverage.after == "unknown")):
            assert finding.statuses == NONE
        assert finding.verdict is seen.was_member(state, day) is Verdict.of(finding.statuses, seen.view.counted)
        assert any("does not name" in caveat for caveat in finding.caveats)
        assert finding.evidence == ()
        assert seen.check(state, day) == [finding.verdict.value]
        assert seen.members_on(day).others is finding.verdict
        assert (state in seen.members_on(day).certain) is (finding.verdict is YES)


@given(st.data())
def test_law_14_under_listed_not_listed_is_never_a_yes_or_a_no_but_by_complete_lists(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    documents.unend(document)
    document["organisation"]["covers"] = {**document["organisation"].get("covers", {}), "states": "listed"}
    seen = view(data, document)
    state = data.draw(st.sampled_from(OUTSIDE))
    told = [told for told in seen.record.attestations if told.complete and told.source in {s.id for s in seen.sources}]
    begins = [institution.exists.under(seen.reading.name).earliest for institution in seen.institutions]
    for day in documents.DAYS:
        finding = seen.status(state, day)
        lists = [one.status for one in told if one.days and one.days.first <= day <= one.days.last]
        allowed = [ANY - status for status in lists if status != ANY]
        # Lists that leave nothing in common allow what any of them allows.
        expected = (frozenset.intersection(*allowed) or frozenset.union(*allowed)) if allowed else ANY
        if seen.coverage.last and day > seen.coverage.last and not seen.coverage.carries(strict=seen.view.strict):
            expected = ANY
        outside = (seen.coverage.first and day < seen.coverage.first) or any(begin and day < begin for begin in begins)
        if outside:
            assert finding.verdict is not YES
        else:
            assert finding.verdict is Verdict.of(expected, seen.view.counted)
            assert finding.verdict is not YES or expected == {Status.MEMBER}
            # From a later institution's first day on, who has not been a member since is none.
            assert seen.view.institution or finding.statuses == expected
            assert any("not the same" in caveat for caveat in finding.caveats)
        assert finding.verdict is seen.was_member(state, day)


@given(st.data())
def test_periods_agree_with_days_for_a_state_that_is_not_named(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    if data.draw(st.booleans()):
        document["organisation"]["covers"] = {**document["organisation"].get("covers", {}), "states": "listed"}
    seen = view(data, document)
    state = data.draw(st.sampled_from(OUTSIDE))
    first, last = sorted(data.draw(st.tuples(*(st.sampled_from(documents.DAYS),) * 2)))
    days = [first + dt.timedelta(n) for n in range((last - first).days + 1)]
    verdicts = [seen.was_member(state, day) for day in days]
    least, most = seen.days_as_member(state, first, last)
    assert least <= sum(verdict is not NO for verdict in verdicts)
    assert most >= sum(verdict is YES for verdict in verdicts)
    assert 0 <= least <= most <= len(days)
    if OPEN not in verdicts:
        assert least == most == verdicts.count(YES)
    assert seen.was_member_throughout(state, first, last) is Verdict.of_all(least, most, len(days))
    assert seen.was_member_at_some_time(state, first, last) is Verdict.of_any(least, most)


@given(st.data())
def test_after_the_last_day_of_a_state_only_an_open_end_is_open(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    documents.unend(document)
    end = data.draw(st.sampled_from(documents.DAYS))
    plain, ended = [], []
    for state in document["state"]:
        plain.append({"id": state["id"], "name": state["id"]})
        ended.append({**plain[-1], "lifespans": [{"last": end.isoformat(), "citation": "a list"}]})
    views = data.draw(documents.readings()), data.draw(documents.resolutions(document))
    before, after = (history({**document, "state": states}, *views) for states in (plain, ended))
    for state in plain:
        told = before.timeline(state["id"])
        final = told.spells[-1]
        for day in documents.DAYS:
            expected = told.on(day).statuses
            begun = final.first_day is None or day >= final.first_day
            if day > end and begun and expected - {Status.NONE, Status.FORMER}:
                expected |= {Status.FORMER}
            got = after.timeline(state["id"]).on(day).statuses
            # A coverage that ends with nothing known takes the place of the end.
            assert got == expected or (final.statuses == frozenset(Status) and got >= told.on(day).statuses)
        first, last = sorted(data.draw(st.tuples(*(st.sampled_from(documents.DAYS),) * 2)))
        days = [first + dt.timedelta(n) for n in range((last - first).days + 1)]
        verdicts = [after.was_member(state["id"], day) for day in days]
        least, most = after.days_as_member(state["id"], first, last)
        if OPEN not in verdicts:
            assert least == most == verdicts.count(YES)
        assert verdicts.count(YES) <= most
        assert least <= len(days) - verdicts.count(NO)
        assert (least == len(days)) is (set(verdicts) == {YES})
