"""
A record that is edited claim by claim, and seen one way after another, says after every step what the oracle says.

The library edits its values, the model the tables of a file, and neither learns how the other does it. What the model finds
impossible the library refuses, and the record stays as it was.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support import documents, oracle
from support.asking import as_reading

from csto_membership import (
    ArgumentError,
    Attestation,
    Claim,
    DateError,
    Event,
    History,
    Period,
    Rank,
    Record,
    RecordError,
    Source,
    precedence,
)
from csto_membership._files.read import record_of
from csto_membership.strategies._dates import any_dates, ranged_dates

DAYS = documents.DAYS
DAY = st.sampled_from(DAYS)
ACTS = st.sampled_from(("accession", *sorted(oracle.ACTS - {"status"})))
RANKS = st.sampled_from(("normal", "normal", "preferred", "deprecated"))
STATES = st.sampled_from((["ARM"], ["UZB"], ["ARM", "UZB"]))
NUMBER = st.integers(0, 7)
#: So few worlds that a step takes a moment.
MOST_WORLDS, MOST_EVENTS, MOST_SOURCES = 150, 4, 4

BEGINNING: documents.Document = {
    "organisation": {"id": "edited"},
    "institution": [
        {"id": "treaty", "exists": {"declared": "1999-12-30"}},
        {"id": "body", "exists": {"declared": "2000-01-06", "legal": "2000-01-08"}},
    ],
    "state": [{"id": "ARM"}, {"id": "UZB"}],
    "source": [{"id": "a", "published": "2000-01-20"}, {"id": "b", "consulted": "2000-02-01"}],
    "event": [{"id": "e0", "states": ["ARM"], "claims": [{"source": "a", "act": "signature", "date": "2000-01-02"}]}],
    "attestation": [],
}


@st.composite
def told(draw: st.DrawFn) -> dict[str, Any]:
    """A claim without its source."""
    act, near = draw(ACTS), draw(DAY)
    claim = {"act": act, "rank": draw(RANKS)}
    if act != "denial":
        claim["date"] = draw(any_dates(documents.SPAN, near))
    return claim


def is_accepted(document: documents.Document) -> bool:
    """Whether each state has a world, and no event presupposes a relation that none begins."""
    presumed = any(oracle.presuming(document, state["id"]) for state in document["state"])
    return documents.is_possible(document) and not presumed


class EditedRecord(RuleBasedStateMachine):
    """A record of the library, a document of the model, and one view of both."""

    def __init__(self) -> None:
        super().__init__()
        self.document = copy.deepcopy(BEGINNING)
        self.record = record_of(self.document)
        self.view: dict[str, Any] = {
            "reading": "declared",
            "resolution": "preferred",
            "sources": None,
            "institution": None,
        }
        self.published_by: dt.date | None = None
        self.seen = self.viewed()
        self.events = 1

    # --- What both do ---

    def viewed(self) -> History:
        """The record in the view, made anew."""
        seen = History(self.record).under(as_reading(self.view["reading"]))
        seen = seen.resolved(self.resolution)
        if self.view["sources"] is not None:
            seen = seen.according_to(*self.view["sources"])
        if self.view["institution"]:
            seen = seen.institution(self.view["institution"])
        return seen.as_published_by(self.published_by) if self.published_by else seen

    @property
    def resolution(self) -> Any:
        """The policy of the view, as the library has it."""
        policy = self.view["resolution"]
        return policy if isinstance(policy, str) else precedence(*policy[1:])

    @property
    def sources(self) -> list[str]:
        """The ids of all sources."""
        return [source["id"] for source in self.document["source"]]

    def first_publication(self) -> dt.date:
        """The first day on which a source of the view can have been published."""
        used = self.sources if self.view["sources"] is None else self.view["sources"]
        return min(oracle.publication(self.document, source)[0] for source in used)

    def edit(self, change: Callable[[documents.Document], None], evolved: Callable[[], Record]) -> None:
        """Change the document and the record, or neither."""
        after = copy.deepcopy(self.document)
        change(after)
        if any(documents.number_of_worlds(after, state["id"]) > MOST_WORLDS for state in after["state"]):
            return
        try:
            record = evolved()
        except RecordError as error:
            note(f"refused: {error}")
            assert not is_accepted(after)
            assert self.record == record_of(self.document)
            return
        assert is_accepted(after)
        assert record == record_of(after)
        self.document, self.record = after, record
        if self.published_by and self.first_publication() > self.published_by:
            # A source that speaks of a later day was published later.
            self.published_by = None
        self.seen = self.viewed()
        note(documents.to_toml(after))

    def with_event(self, number: int, event: Event | None) -> Record:
        """The record with another event in a place, or with none there."""
        events = self.record.events
        return evolve(self.record, events=(*events[:number], *([event] if event else []), *events[number + 1 :]))

    def place(self, number: int, claim: int) -> tuple[int, int]:
        """The places of an event and of one of its claims, however large the numbers."""
        event = number % len(self.document["event"])
        return event, claim % len(self.document["event"][event]["claims"])

    # --- Edits ---

    @rule(states=STATES, claim=told(), source=NUMBER, place=NUMBER)
    def add_an_event(self, states: list[str], claim: dict[str, Any], source: int, place: int) -> None:
        if len(self.document["event"]) >= MOST_EVENTS:
            return
        self.events += 1
        id, at = f"e{self.events}", place % (len(self.document["event"]) + 1)
        claim = {"source": self.sources[source % len(self.sources)], **claim}
        events = self.record.events
        event = Event(id, tuple(states), (made(claim),))
        self.edit(
            lambda document: document["event"].insert(at, {"id": id, "states": states, "claims": [claim]}),
            lambda: evolve(self.record, events=(*events[:at], event, *events[at:])),
        )

    @precondition(lambda self: self.document["event"])
    @rule(claim=told(), source=NUMBER, number=NUMBER)
    def add_a_claim(self, claim: dict[str, Any], source: int, number: int) -> None:
        at, _ = self.place(number, 0)
        claim = {"source": self.sources[source % len(self.sources)], **claim}
        event = self.record.events[at]
        self.edit(
            lambda document: document["event"][at]["claims"].append(claim),
            lambda: self.with_event(at, evolve(event, claims=(*event.claims, made(claim)))),
        )

    @precondition(lambda self: self.document["event"])
    @rule(number=NUMBER, claim=NUMBER, data=st.data())
    def refine_a_claim(self, number: int, claim: int, data: st.DataObject) -> None:
        """Another claim of the same act, within the days of one that is there."""
        at, which = self.place(number, claim)
        wide = self.document["event"][at]["claims"][which]
        if "date" not in wide:
            return
        first, last = oracle.parse(wide["date"])
        low, high = max(first or DAYS[0], DAYS[0]), min(last or DAYS[-1], DAYS[-1])
        if low > high:
            return
        day = data.draw(st.dates(low, high))
        finer = {**wide, "date": f"[{day}..{min(high, day + documents.DAY)}]" if day < high else str(day)}
        event = self.record.events[at]
        self.edit(
            lambda document: document["event"][at]["claims"].append(finer),
            lambda: self.with_event(at, evolve(event, claims=(*event.claims, made(finer)))),
        )

    @precondition(lambda self: self.document["event"])
    @rule(number=NUMBER, claim=NUMBER, rank=st.sampled_from(("deprecated", "deprecated", "preferred", "normal")))
    def rank_a_claim_anew(self, number: int, claim: int, rank: str) -> None:
        at, which = self.place(number, claim)
        event = self.record.events[at]
        ranked = evolve(event.claims[which], rank=Rank(rank))
        self.edit(
            lambda document: document["event"][at]["claims"][which].update(rank=rank),
            lambda: self.with_event(at, evolve(event, claims=replaced(event.claims, which, ranked))),
        )

    @precondition(lambda self: self.document["event"])
    @rule(number=NUMBER, claim=NUMBER)
    def withdraw_a_claim(self, number: int, claim: int) -> None:
        """With its last claim an event goes as well."""
        at, which = self.place(number, claim)
        event = self.record.events[at]
        left = (*event.claims[:which], *event.claims[which + 1 :])

        def change(document: documents.Document) -> None:
            del document["event"][at]["claims"][which]
            document["event"] = [each for each in document["event"] if each["claims"]]

        self.edit(change, lambda: self.with_event(at, evolve(event, claims=left) if left else None))

    @rule(day=DAY, dated=st.booleans(), copies=st.none() | NUMBER)
    def add_a_source(self, day: dt.date, dated: bool, copies: int | None) -> None:
        if len(self.sources) >= MOST_SOURCES:
            return
        id, published = "abcd"[len(self.sources)], day.isoformat() if dated else None
        copied = () if copies is None else (self.sources[copies % len(self.sources)],)
        source = {"id": id, "consulted": "2000-02-01", "copies": list(copied)}
        source |= {"published": published} if published else {}
        made_source = Source(id, published=published, consulted="2000-02-01", copies=copied)
        self.edit(
            lambda document: document["source"].append(source),
            lambda: evolve(self.record, sources=(*self.record.sources, made_source)),
        )

    @rule(states=STATES, status=st.sampled_from(("member", "observer")), day=DAY, source=NUMBER, complete=st.booleans())
    def attest(self, states: list[str], status: str, day: dt.date, source: int, complete: bool) -> None:
        if len(self.document["attestation"]) >= 2:
            return
        by = self.sources[source % len(self.sources)]
        said = {"source": by, "states": states, "status": status, "on": str(day), "complete": complete}
        attestation = Attestation(by, tuple(states), frozenset({status}), Period(day, day), complete=complete)
        self.edit(
            lambda document: document["attestation"].append(said),
            lambda: evolve(self.record, attestations=(*self.record.attestations, attestation)),
        )

    # --- Views ---

    @rule(reading=documents.readings())
    def change_the_reading(self, reading: Any) -> None:
        self.view["reading"] = reading
        self.seen = self.seen.under(as_reading(reading))

    @rule(data=st.data())
    def change_the_resolution(self, data: st.DataObject) -> None:
        self.view["resolution"] = data.draw(documents.resolutions(self.document))
        self.seen = self.seen.resolved(self.resolution)

    @rule(data=st.data())
    def choose_sources(self, data: st.DataObject) -> None:
        self.view["sources"] = data.draw(st.none() | documents.selections(self.document))
        if self.published_by and self.first_publication() > self.published_by:
            self.published_by = None
        self.seen = self.viewed()

    @rule(day=st.none() | DAY | st.just(documents.PUBLISHED_BY))
    def change_the_day_of_knowledge(self, day: dt.date | None) -> None:
        if day and self.first_publication() > day:
            with pytest.raises(DateError, match="none of the sources was published by then"):
                self.seen.as_published_by(day)
            return
        self.published_by = day
        self.seen = self.seen.as_published_by(day) if day else self.viewed()

    @rule(institution=st.sampled_from((None, "treaty", "body")))
    def look_from_an_institution(self, institution: str | None) -> None:
        self.view["institution"] = institution
        self.seen = self.seen.institution(institution) if institution else self.viewed()

    @precondition(lambda self: self.document["event"])
    @rule(number=NUMBER, act=ACTS, data=st.data())
    def suppose(self, number: int, act: str, data: st.DataObject) -> None:
        """For a moment: of the whole record, since a selection may not know the event."""
        event = self.document["event"][number % len(self.document["event"])]
        date = None if act == "denial" else data.draw(ranged_dates(documents.SPAN, data.draw(DAY)))
        claim = {"source": event["claims"][0]["source"], "act": act, **({"date": date} if date else {})}
        view = {**self.view, "sources": None}
        seen = History(self.record).under(as_reading(view["reading"])).resolved(self.resolution)
        seen = seen.institution(view["institution"]) if view["institution"] else seen
        lines = {}
        for state in event["states"]:
            changed = {**event, "states": [state], "claims": [claim], "told": sorted(oracle.acts_told(event, state))}
            supposed = {
                **self.document,
                "event": [changed if one["id"] == event["id"] else one for one in self.document["event"]],
            }
            if documents.number_of_worlds(supposed, state) > MOST_WORLDS:
                return
            if next(oracle.worlds(supposed, state, DAYS, **view), None) is None:
                with pytest.raises(ArgumentError, match="no order of days is left"):
                    seen.supposing(event["id"], date, act)
                return
            lines[state] = oracle.statuses_by_day(supposed, state, DAYS, **view)
        after = seen.supposing(event["id"], date, act)
        for state, line in lines.items():
            assert statuses(after, state) == line

    # --- What holds after every step ---

    @invariant()
    def the_library_says_what_the_oracle_says(self) -> None:
        for state in ("ARM", "UZB"):
            if self.published_by:
                view = {**self.view, "named": self.view["sources"]}
                del view["sources"]
                expected = oracle.statuses_as_published(self.document, state, DAYS, self.published_by, **view)
            else:
                expected = oracle.statuses_by_day(self.document, state, DAYS, **self.view)
            assert statuses(self.seen, state) == expected, (state, self.view, self.published_by)


def made(claim: dict[str, Any]) -> Claim:
    """The claim of the library for one of the model."""
    return Claim(claim["source"], claim["act"], claim.get("date"), rank=Rank(claim.get("rank", "normal")))


def replaced(claims: tuple[Claim, ...], which: int, claim: Claim) -> tuple[Claim, ...]:
    """Claims with another in one place."""
    return (*claims[:which], claim, *claims[which + 1 :])


def statuses(seen: History, state: str) -> dict[dt.date, frozenset[str]]:
    """What the library has possible on each day."""
    timeline = seen.timeline(state)
    return {day: frozenset(status.value for status in timeline.on(day).statuses) for day in DAYS}


TestEditedRecord = EditedRecord.TestCase
# A step takes a moment, so that there is time for three times the examples of a law.
TestEditedRecord.settings = settings(max_examples=3 * settings().max_examples, stateful_step_count=25)
