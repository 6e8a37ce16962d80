"""Spells cover every day once, differ from their neighbours, and say what the history says on each day."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from support import documents
from support.asking import history
from support.views import histories, views

from csto_membership import History, Spell

DAY = dt.timedelta(1)


@given(histories())
def test_a_timeline_tells_each_day_as_the_history_does(seen: History) -> None:
    for state in seen.states:
        timeline = seen.timeline(state)
        assert timeline.state == state
        for day in documents.DAYS:
            spell = timeline.on(day)
            assert isinstance(spell, Spell)
            assert (spell.first_day or dt.date.min) <= day <= (spell.last_day or dt.date.max)
            assert spell.verdict is seen.was_member(state, day)
            assert spell.statuses == seen.status(state, day).statuses
        assert json.loads(json.dumps(timeline.as_dict())) == timeline.as_dict()
        assert pickle.loads(pickle.dumps(timeline)) == timeline  # noqa: S301 - our own bytes


@given(st.data())
def test_spells_cover_every_day_once_and_differ_from_their_neighbours(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    seen = history(document, **data.draw(views(document)))
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
        for day in documents.DAYS:
            (spell,) = (s for s in spells if (s.first_day or day) <= day <= (s.last_day or day))
            assert spell is timeline.on(day)
