"""
States of the world that a record does not name.

A record that vouches for all states says of each of them that it had no relation, in every view. A table that vouches
only for the states that it lists says nothing of others, but that a complete list of a status leaves them out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._view.case import Case
from csto_membership._worlds.worlds import Chain, Edges

if TYPE_CHECKING:
    from csto_membership._evidence.publication import Selection
    from csto_membership._evidence.record import Record
    from csto_membership._view.view import View


def unnamed_case(record: Record, view: View, selection: Selection, state: str) -> Case:
    """The case of the state of an id that the record does not name."""
    if record.coverage.states == "all":
        return Case((), Chain(()), view.reading)
    # Lists that may have been published too late only narrow what is possible, and so are left out.
    certain = frozenset(source.id for source in record.sources) if selection.whole else selection.certain
    complete = tuple(
        attestation
        for attestation in record.attestations
        if attestation.source in certain and attestation.statuses_of(state) is not None
    )
    return Case((), Chain((), Edges.PART), view.reading, complete)
