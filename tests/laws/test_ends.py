"""The end of an institution: nothing changes by it before, and from that day on nobody belongs."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st
from support import documents, oracle
from support.asking import history

from csto_membership import Status

OUT = {Status.NONE, Status.FORMER}


@given(st.data())
def test_before_the_end_nothing_changes_and_from_then_on_nobody_belongs(data: st.DataObject) -> None:
    document = data.draw(documents.ending())
    reading: Any = data.draw(st.sampled_from(("declared", "legal", "participating")))
    endless = copy.deepcopy(document)
    for institution in endless["institution"]:
        institution.pop("ends", None)
    note(f"{documents.to_toml(document)}\n{reading}")
    ends = [
        overlay.day
        for choice in oracle.overlay_choices(document, reading)
        for overlay in choice
        if len(overlay.leads) > 1
    ]
    seen, before = history(document, reading), history(endless, reading)
    for state in seen.states.codes:
        for day in documents.DAYS:
            statuses = seen.status(state, day).statuses
            if not ends or day < min(ends):
                assert statuses == before.status(state, day).statuses, (state, day)
            elif day >= max(ends):
                assert statuses <= OUT, (state, day)
