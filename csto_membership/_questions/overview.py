"""A record under a view at a glance, for notebooks: what there is, and the timelines of all its states in strips."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from csto_membership._values.acts import Status
from csto_membership._values.html import Html, card, element, headline, line, section
from csto_membership._values.wording import counted
from csto_membership._view.lines import by_state
from csto_membership._view.timeline import MOST_STRIPS, Timelines, at_the_end

if TYPE_CHECKING:
    from csto_membership._view.derivation import Derivation
    from csto_membership._view.timeline import Timeline

#: What a history is asked, and how it is seen otherwise: for who meets one for the first time.
_QUESTIONS = (
    *(".members_on(date)", ".status(state, date)", ".timeline(state)", ".changes(first, last)", ".conflicts()"),
    *('.under("legal")', ".sources"),
)


def overview(derivation: Derivation) -> Html:
    """The record under the view: its name, what there is in it, and a strip a state in order of entry."""
    record, coverage = derivation.record, derivation.coverage
    lines = sorted(by_state(derivation).values(), key=entry)
    first, more = lines[:MOST_STRIPS], lines[MOST_STRIPS:]
    parts = (
        counted(len(record.states), "state"),
        counted(len(record.events), "event"),
        counted(sum(source.id in derivation.selection for source in record.sources), "source"),
        f"edition {record.edition}" if record.edition else "",
        str(coverage),
    )
    return card(
        headline(record.name or record.id, str(derivation.scope)),
        line(", ".join(filter(None, parts))),
        Timelines(first).table_html() if first else "",
        section(f"and {counted(len(more), 'state')} more", (f"{one.state.name}: {at_the_end(one)[0]}" for one in more)),
        line("Ask: ", *(part for call in _QUESTIONS for part in (element("code", call), " "))),
    )


def entry(timeline: Timeline) -> tuple[dt.date, str]:
    """By what states are put in order: the first day on which there is, or may be, a relation; then the name."""
    related = (spell.first_day or dt.date.min for spell in timeline if spell.statuses != {Status.NONE})
    return next(related, dt.date.max), timeline.state.name
