"""
What if: to suppose what is the case changes nothing, and a record without some evidence is one that never had it.

What is supposed of an event otherwise is held against the oracle, which is given the event with one claim that says so.
"""

from __future__ import annotations

from hypothesis import assume, given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history
from support.views import views

from csto_membership import History
from csto_membership._values.period import Days

ACTS = sorted(oracle.ACTS - {"status"})


def statuses(seen: History) -> dict[str, list[frozenset[str]]]:
    """All that is possible for each state on each day."""
    return {
        state: [frozenset(map(str, seen.status(state, day).statuses)) for day in documents.DAYS]
        for state in seen.states.codes
    }


def days_told(seen: History, number: int) -> dict[tuple[str, Days | None], None]:
    """The acts and days that the view leaves an event."""
    event = seen.record.events[number]
    told = (option for state in event.states for option in seen._derivation.options(state, event))
    return dict.fromkeys((option.act.value, option.days) for option in told)


@given(st.data())
def test_to_suppose_what_is_the_case_changes_nothing(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    view = data.draw(views(document))
    seen = history(document, **view)
    number = data.draw(st.integers(0, len(document["event"]) - 1))
    event = seen.record.events[number]
    told = days_told(seen, number)
    assume(len(told) == 1)
    # Where no source of a selection tells the event, it is no case of what is supposed.
    used = {source.id for source in seen.sources}
    assume(all(any(claim.source in used for claim in event.claims_of(state)) for state in event.states))
    ((act, days),) = told
    note(f"{documents.to_toml(document)}\n{view}\n{event.id} {act} {days}")
    # Where the chosen sources leave no order of days, the supposition is refused.
    assume(all(seen._derivation.cases(state)[0].walk.has_world for state in event.states))
    supposed = [seen.supposing(event, act=act)]
    if days:
        supposed.append(seen.supposing(event.id, date=supposed[0].view.supposed[0].date))
    for one in supposed:
        assert statuses(one) == statuses(seen)
        assert [change.as_dict() for change in one.changes(None, None)] == [
            change.as_dict() for change in seen.changes(None, None)
        ]
        assert f"supposing {event.id}" in repr(one)
