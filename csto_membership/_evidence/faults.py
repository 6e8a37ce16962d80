"""What makes a record unusable, beyond the form of its parts: names that lead nowhere, and orders that cannot be."""

from __future__ import annotations

import unicodedata
from itertools import combinations
from typing import TYPE_CHECKING

from csto_membership._evidence.resolution import Resolution, alternatives
from csto_membership._values.acts import Act
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.states import folded, follow
from csto_membership._values.terms import duration_parts
from csto_membership.exceptions import DateError, Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from csto_membership._evidence.claims import Attestation, Claim, Event
    from csto_membership._evidence.record import Record
    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.lives import DatedName, Lifespan, Predecessor
    from csto_membership._values.states import State


#: More states than these that share a name are no line of successors, and longer ids are no slips of others.
_MOST_SUCCESSORS, _LONGEST_ID = 20, 60
#: The tables of a record whose entries have an id, and how one entry is called.
TABLES = {
    "states": "state",
    "sources": "source",
    "institutions": "institution",
    "instruments": "instrument",
    "events": "event",
}


def faults_of(record: Record, known: Mapping[str, Collection[str]] | None = None) -> list[Fault]:
    """
    Every fault of a record.

    `known` adds ids that exist in a file although their entries could not be read, so that one fault is not told twice.
    """
    ids = {table: Ids(part.id for part in getattr(record, table)) for table in TABLES}
    for table, more in (known or {}).items():
        ids[table].update(more)
    return [
        *_unwritten(record),
        *_duplicates(record),
        *_aliases(record),
        *(fault for state in record.states for fault in _life(state)),
        *_coverage(record),
        *_sources(record, ids),
        *_instruments(record, ids),
        *_institutions(record, ids),
        *(fault for event in record.events for fault in _event(event, ids)),
        *_attestations(record, ids),
        *_background(record, ids),
        *_orders(record),
    ]


def _unwritten(record: Record) -> Iterator[Fault]:
    """Ids and names that nobody could write or read: empty ones, and those that are no single line of text."""
    whole = getattr(record, "id", None)
    ids = [("organisation", whole)] if isinstance(whole, str) else []
    ids += [(f"{word} {part.id!r}", part.id) for table, word in TABLES.items() for part in getattr(record, table)]
    ids += [
        (f"state {state.id!r}.predecessors[{number}]", before.id)
        for state in record.states
        for number, before in enumerate(state.predecessors)
    ]
    for place, id in ids:
        if not id.strip() or not id.isprintable():
            yield Fault(f"{place}.id", "an id is one line of text, and not empty", id, "write a word")
    problem = "a name is one line of text, and not empty"
    for state in record.states:
        for name in (state.name, *state.names):
            steers = any(unicodedata.category(letter) == "Cc" for letter in name)
            # The short name may be missing; whether it is among the others is asked only of the few that are blank.
            if steers or (not name.strip() and name in state.names):
                yield Fault(f"state {state.id!r}", problem, name, "correct the name")


def _duplicates(record: Record) -> Iterator[Fault]:
    for table, word in TABLES.items():
        alike: dict[str, list[str]] = {}
        for part in getattr(record, table):
            # States are found in any case.
            alike.setdefault(folded(part.id) if table == "states" else part.id, []).append(part.id)
        for ids in alike.values():
            if len(ids) > 1:
                yield Fault(f"{word} {ids[0]!r}", f"the id is given {len(ids)} times", ids[0], "give each its own id")


def _aliases(record: Record) -> Iterator[Fault]:
    holders: dict[str, dict[str, State]] = {}
    for state in record.states:
        for alias in state.aliases:
            holders.setdefault(folded(alias), {})[state.id] = state
    for alias, held in holders.items():
        # A successor may have the names and codes of its predecessor.
        if len(held) > _MOST_SUCCESSORS or not all(follow(one, other) for one, other in combinations(held.values(), 2)):
            ids = sorted(held)
            more = f" and {len(ids) - _MOST_SUCCESSORS} more" if len(ids) > _MOST_SUCCESSORS else ""
            place = f"states {', '.join(ids[:_MOST_SUCCESSORS])}{more}"
            yield Fault(place, "one name leads to several states", alias, "keep it with one")


def _life(state: State) -> Iterator[Fault]:
    told: list[tuple[str, DatedName | Lifespan | Predecessor, ImpreciseDate | None, ImpreciseDate | None]] = [
        *((f"dated_names[{n}]", name, name.since, name.until) for n, name in enumerate(state.dated_names)),
        *((f"lifespans[{n}]", life, life.first, life.last) for n, life in enumerate(state.lifespans)),
        *((f"predecessors[{n}]", before, None, None) for n, before in enumerate(state.predecessors)),
    ]
    for key, part, first, last in told:
        place = f"state {state.id!r}.{key}"
        if not part.citation.strip():
            yield Fault(f"{place}.citation", "what is told without a source is no evidence", None, "cite its source")
        if first and last and last.certainly_before(first):
            yield Fault(place, "it ends before it begins", f"{first} to {last}", "exchange the two days")
    number = state.id.removeprefix("cow:")
    if number != state.id and number.isdecimal() and state.cow is not None and number != str(state.cow):
        yield Fault(f"state {state.id!r}.cow", "the id says another number", state.cow, "correct one of the two")
    for n, before in enumerate(state.predecessors):
        if before.id in (state.id, state.alpha3):
            yield Fault(f"state {state.id!r}.predecessors[{n}]", "no state precedes itself", before.id, "remove it")


def _coverage(record: Record) -> Iterator[Fault]:
    covered = record.coverage
    if covered.first and covered.last and covered.first > covered.last:
        found = f"{covered.first} to {covered.last}"
        yield Fault("organisation.covers", "the coverage ends before it begins", found, "exchange the two days")


class Ids(set[str]):
    """Ids that exist. For the first that do not, the nearest is looked for; for thousands it would take minutes."""

    _hints = 10

    def nearest(self, id: str) -> str:
        """The id closest to another, "" for none."""
        from difflib import get_close_matches

        self._hints -= 1
        if self._hints < 0 or len(id) > _LONGEST_ID:
            return ""
        known = (other for other in self if len(other) <= _LONGEST_ID)
        return next(iter(get_close_matches(id, known, n=1)), "")


def missing(place: str, word: str, wanted: Iterable[str], known: Ids) -> Iterator[Fault]:
    """A fault for each wanted id that is not known."""
    for id in wanted:
        if id not in known:
            near = known.nearest(id)
            hint = f"did you mean {near!r}?" if near else f"add a [[{word}]] of that id"
            yield Fault(place, f"there is no {word} of that id", id, hint)


def _sources(record: Record, ids: Mapping[str, Ids]) -> Iterator[Fault]:
    for source in record.sources:
        place = f"source {source.id!r}"
        yield from missing(f"{place}.copies", "source", source.copies, ids["sources"])
        if source.id in source.copies:
            yield Fault(f"{place}.copies", "a source cannot copy itself", source.id, "remove it")
        told, read = source.published, source.consulted
        if told and read and told.earliest and read.latest and told.earliest > read.latest:
            found = f"published {told}, consulted {read}"
            yield Fault(
                f"{place}.published", "it was published after it was consulted", found, "correct one of the two"
            )


def _instruments(record: Record, ids: Mapping[str, Ids]) -> Iterator[Fault]:
    for instrument in record.instruments:
        place = f"instrument {instrument.id!r}"
        yield from missing(f"{place}.sources", "source", instrument.sources, ids["sources"])
        yield from missing(f"{place}.amends", "instrument", instrument.amends, ids["instruments"])
        for key in ("term", "renewal"):
            if text := getattr(instrument, key):
                try:
                    duration_parts(text)
                except DateError as error:
                    yield Fault(f"{place}.{key}", error.reason, text, 'write it as "P5Y"')
        if instrument.prolongs:
            yield from missing(f"{place}.prolongs", "instrument", [instrument.prolongs], ids["instruments"])


def _institutions(record: Record, ids: Mapping[str, Ids]) -> Iterator[Fault]:
    days = [day for told in record.institutions for day in (told.exists.declared, told.exists.legal) if day]
    first = min((day.earliest.toordinal() if day.earliest else EVER_BEFORE for day in days), default=EVER_BEFORE)
    for institution in record.institutions:
        place = f"institution {institution.id!r}"
        yield from missing(f"{place}.claims", "source", (c.source for c in institution.claims), ids["sources"])
        for day in (institution.exists.declared, institution.exists.legal):
            if day and not (day.earliest and day.latest) and (not day.earliest or day.earliest.toordinal() > first):
                remedy = "give the earliest and the latest day"
                yield Fault(f"{place}.exists", "an institution begins within known days", day.text, remedy)


def _event(event: Event, ids: Mapping[str, Ids]) -> Iterator[Fault]:
    place = f"event {event.id!r}"
    yield from missing(f"{place}.states", "state", event.states, ids["states"])
    if not event.states:
        yield Fault(f"{place}.states", "an event concerns at least one state", [], "name its states")
    if not event.claims:
        yield Fault(f"{place}.claims", "an event without a claim has no source", [], "add a claim with its source")
    if event.instrument:
        yield from missing(f"{place}.instrument", "instrument", [event.instrument], ids["instruments"])
    for number, claim in enumerate(event.claims):
        yield from _claim(f"{place}.claims[{number}]", claim, event, ids)


def _claim(place: str, claim: Claim, event: Event, ids: Mapping[str, Ids]) -> Iterator[Fault]:
    if claim.source:
        yield from missing(f"{place}.source", "source", [claim.source], ids["sources"])
    else:
        yield Fault(f"{place}.source", "a claim without a source is no evidence", None, "name its source")
    for state in claim.states:
        if state not in event.states:
            yield Fault(f"{place}.states", "the state is not one of the event's", state, "add it to the event")
    if claim.act is Act.DENIAL and claim.date:
        yield Fault(f"{place}.date", "a denial has no date: it never happened", claim.date.text, "remove the date")
    if claim.act is not Act.DENIAL and not claim.date:
        yield Fault(f"{place}.date", "the date is missing", None, 'write when it was, if only as a range "[a..b]"')
    if claim.act is Act.STATUS and not claim.status:
        yield Fault(f"{place}.status", "an act of status says to which", None, 'add status = "member", or "unknown"')
    if claim.act is not Act.STATUS and claim.status:
        found = sorted(status.value for status in claim.status)
        yield Fault(f"{place}.status", f"only the act 'status' has one, not {claim.act.value!r}", found, "remove it")


def _attestations(record: Record, ids: Mapping[str, Ids]) -> Iterator[Fault]:
    for number, told in enumerate(record.attestations):
        yield from _told(f"attestation[{number}]", told, ids)
        if not told.status:
            yield Fault(f"attestation[{number}].status", "it attests no status", [], "name the status")


def _told(place: str, told: Attestation, ids: Mapping[str, Ids]) -> Iterator[Fault]:
    yield from missing(f"{place}.source", "source", [told.source], ids["sources"])
    yield from missing(f"{place}.states", "state", told.states, ids["states"])


def _background(record: Record, ids: Mapping[str, Ids]) -> Iterator[Fault]:
    for number, step in enumerate(record.steps):
        yield from missing(f"step[{number}].source", "source", [step.source], ids["sources"])
        yield from missing(f"step[{number}].states", "state", step.states, ids["states"])
    for number, note in enumerate(record.notes):
        yield from missing(f"note[{number}].sources", "source", note.sources, ids["sources"])


def _orders(record: Record) -> Iterator[Fault]:
    events: dict[str, list[Event]] = {}
    for event in record.events:
        for state in dict.fromkeys(event.states):
            events.setdefault(state, []).append(event)
    for state, told in events.items():
        for policy in ("preferred", "every"):
            broken = _broken_order(told, state, Resolution(policy))
            if broken:
                yield Fault(
                    f"events {' and '.join(map(repr, broken))}",
                    f"no order of days is possible for {state} by the {policy} claims",
                    remedy="put the events in their order in time, or correct a date",
                )
                break


def _broken_order(events: Iterable[Event], state: str, resolution: Resolution) -> tuple[str, ...]:
    """The ids of two events, the second of which cannot follow the first; none if all can follow one another."""
    earliest, latest_event = EVER_BEFORE, ""
    for event in events:
        claims = [claim for claim in event.claims_of(state) if claim.date or claim.act is Act.DENIAL]
        if not claims:
            continue
        ways = alternatives(claims, resolution, {})
        if any(way.days is None for way in ways):
            continue
        entries = [max(earliest, way.days[0]) for way in ways if way.days and way.days[1] >= earliest]
        if not entries:
            return latest_event, event.id
        if min(entries) > earliest:
            earliest, latest_event = min(entries, default=EVER_AFTER), event.id
    return ()
