"""Small records made in Python, and their parts."""

from __future__ import annotations

from typing import Any

from csto_membership import Act, Claim, Event, ImpreciseDate, Kind, Record, Source, State, Status
from csto_membership._files.read import record_of
from csto_membership._values.lives import Lifespan

UZB = State("UZB", "Uzbekistan", "UZ", "UZB", 704)
SOURCE = Source(
    "text", Kind.PRIMARY, published=ImpreciseDate.parse("2000"), consulted=ImpreciseDate.parse("2020-01-01")
)


def signed(source: str = "text", date: str | None = "2000-01-01", act: Act = Act.SIGNATURE, **more: Any) -> Claim:
    """A claim of a signature, or of another act."""
    return Claim(source, act, ImpreciseDate.parse(date) if date else None, **more)


def event(*claims: Claim, id: str = "in", states: tuple[str, ...] = ("UZB",), **more: Any) -> Event:
    """An event of Uzbekistan, or of other states."""
    return Event(id, states, claims, **more)


def lives(*runs: tuple[str | None, str | None]) -> tuple[Lifespan, ...]:
    """Lifespans from a first to a last day each."""
    return tuple(Lifespan(first, last, citation="x") for first, last in runs)


def record_of_members(id: str, *states: State, first: str = "2000-01-01", last: str = "2005-12-31") -> Record:
    """A record in which each state is a member from the first to the last day."""
    events = [
        {
            "id": f"{state.id}-{number}",
            "states": [state.id],
            "claims": [{"source": "s", "act": "status", "status": status, "date": date}],
        }
        for state in states
        for number, (status, date) in enumerate((("member", first), ("former", last)))
    ]
    named = [{key: value for key, value in state.as_dict().items() if value} for state in states]
    return record_of({"organisation": {"id": id}, "source": [{"id": "s"}], "state": named, "event": events})


def dates_of(part: object) -> list[str]:
    """The texts of all dates in a record, in its order."""
    if isinstance(part, ImpreciseDate):
        return [part.text]
    if isinstance(part, tuple):
        return [text for inner in part for text in dates_of(inner)]
    if hasattr(part, "__attrs_attrs__") and not isinstance(part, (State, Status)):
        return [text for field in part.__attrs_attrs__ for text in dates_of(getattr(part, field.name))]
    return []
