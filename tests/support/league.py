"""A small record of four states, and records like it."""

from __future__ import annotations

from typing import Any

from csto_membership import History
from csto_membership._files.read import record_of


def claim_of(source: str, act: str, date: str | None, **more: Any) -> dict[str, Any]:
    """A claim as a file holds it; None is no date."""
    return {"source": source, "act": act, **({"date": date} if date else {}), **more}


def event_of(id: str, states: list[str], *claims: dict[str, Any]) -> dict[str, Any]:
    """An event as a file holds it."""
    return {"id": id, "states": states, "claims": [*claims]}


def history_of(*events: dict[str, Any], **tables: Any) -> History:
    """The history of a league with these events, of Armenia, Kazakhstan, Russia and Uzbekistan; `head` adds to it."""
    document = {
        "organisation": {"id": "league", **tables.pop("head", {})},
        "state": [{"id": id} for id in ("ARM", "KAZ", "RUS", "UZB")],
        "source": [
            {"id": id, "title": id.title(), "published": "2001", "consulted": "2002-01-01"}
            for id in ("law", "paper", "list")
        ],
        "event": [*events],
        **tables,
    }
    return History(record_of(document))


#: ARM surely a member from 1 January, UZB from 3 or 8 February, KAZ until about March; RUS never.
LEAGUE = history_of(
    event_of(
        "signatures", ["ARM", "KAZ"], claim_of("law", "signature", "2000-01-01", rank="preferred", locator="art. 1")
    ),
    event_of(
        "accession", ["UZB"], claim_of("law", "accession", "2000-02-03"), claim_of("paper", "accession", "2000-02-08")
    ),
    event_of("exit", ["KAZ"], claim_of("paper", "withdrawal", "2000-03~", inferred=True, note="so it seems")),
)

#: A record that vouches for all days, with one signature.
ENDLESS = history_of(event_of("in", ["ARM"], claim_of("law", "signature", "2000-01-01")))
#: The same, which vouches for one day only and says nothing of those after it.
ONE_DAY = history_of(
    event_of("in", ["ARM"], claim_of("law", "signature", "2000-01-01")),
    head={"covers": {"first": "2000-01-01", "last": "2000-01-01", "before": "none", "after": "unknown"}},
)
