"""Certain members are possible, verdicts follow the statuses, and members raise exactly where their answer is open."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from support import documents
from support.asking import history, undetermined
from support.views import DATES, histories, views

import csto_membership as csto
from csto_membership import History


@given(histories(), DATES)
def test_members_raise_exactly_where_their_answer_is_open(seen: History, date: str) -> None:
    found = seen.members_on(date)
    open_ = {state.id for state in found.undetermined}
    assert set(found.certain) <= set(found.possible)
    assert set(found.possible) - set(found.certain) == set(found.undetermined)
    assert found.fewest <= found.most
    assert len(found.certain) <= found.fewest
    assert found.most <= len(found.possible)
    for state in seen.states:
        assert seen.was_member(state, date).value == (None if state.id in open_ else state in found.certain)
        if state.id in open_:
            assert undetermined(lambda state=state: state in found).finding is found
        else:
            assert (state in found) is (state in found.certain)
    if found.fewest == found.most:
        assert len(found) == found.most
    else:
        undetermined(lambda: len(found))
    if open_:
        undetermined(lambda: [*found])
    else:
        assert [*found] == [*found.certain]
    told = found.as_dict()
    assert json.loads(json.dumps(told)) == told
    assert str(found)


@given(st.data())
def test_certain_members_are_possible_and_verdicts_agree_with_the_statuses(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    seen = history(document, **data.draw(views(document)))
    for day in documents.DAYS:
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
