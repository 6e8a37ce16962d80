"""Whatever is asked of whichever record, an answer is written in JSON as its `as_dict`, and as its JSON Schema says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support import documents
from support.forms import assert_told_truly
from support.views import histories

from csto_membership import History


@given(histories(), st.sampled_from(documents.DAYS))
def test_every_answer_is_written_as_it_is_and_as_its_schema_says(seen: History, day: object) -> None:
    date = str(day)
    for answer in (seen.members_on(date), seen.members_on(date[:4]), *seen.sizes(), seen.coverage, seen.reading):
        assert_told_truly(answer)
    for state in (*seen.states, "Germany"):
        finding = seen.status(state, date)
        for answer in (finding, *finding.evidence, *finding.contested_by, seen.timeline(state), *seen.acts(state)):
            assert_told_truly(answer)
    lists: tuple[object, ...] = (
        seen.changes(None, None),
        seen.conflicts(),
        seen.compare(seen.under("legal")),
        seen.sources,
    )
    for listed in lists:
        assert_told_truly(listed)
    for row in (*seen.panel(first=date[:4], last=date[:4]), *seen.dyads(first=date[:4], last=date[:4])):
        assert_told_truly(row)
