"""What makes a record unusable, beyond the form of its parts: ids that lead nowhere, and impossible orders."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, Protocol

from csto_membership._evidence.institution_faults import faults_of_institutions
from csto_membership._evidence.order import broken_order
from csto_membership._values.acts import CONSENT, ENDS, PRESUPPOSING, Act, in_order
from csto_membership._values.names import folded, name_key
from csto_membership._values.readings import READINGS
from csto_membership._values.states import follow
from csto_membership._values.terms import duration_parts
from csto_membership._values.wording import did_you_mean, nearest
from csto_membership.exceptions import DateError, Fault, alike, first_faults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from csto_membership._evidence.claims import Attestation, Claim, Event, Note, Source, Step
    from csto_membership._evidence.institutions import Coverage, Institution
    from csto_membership._evidence.instruments import Force, Instrument
    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.states import State


class Parts(Protocol):
    """The parts of a record: those of a `Record`, or as many as could be read of a file with faults."""

    @property
    def id(self) -> str | None:
        """The id of the organisation; None where it could not be read."""

    @property
    def coverage(self) -> Coverage:
        """The days for which the record vouches."""
        ...

    @property
    def reading(self) -> str:
        """The name of the reading by which it is to be read; "" for `declared`."""
        ...

    @property
    def institutions(self) -> tuple[Institution, ...]:
        """The treaty and its organisations."""
        ...

    @property
    def states(self) -> tuple[State, ...]:
        """Every state that the record names."""
        ...

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source that something is taken from."""
        ...

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """The treaty, its protocols and the like."""
        ...

    @property
    def events(self) -> tuple[Event, ...]:
        """The events; those of one state in their order in time."""
        ...

    @property
    def attestations(self) -> tuple[Attestation, ...]:
        """What sources say that states were."""
        ...

    @property
    def steps(self) -> tuple[Step, ...]:
        """Announcements and approvals."""
        ...

    @property
    def notes(self) -> tuple[Note, ...]:
        """Remarks with sources."""
        ...


class References(NamedTuple):
    """Ids that name entries of a table, and the place where they stand."""

    place: str
    table: str
    ids: Iterable[str]


#: A name shared by more states than this is an error, not a succession.
_NUMERIC = re.compile("[0-9]{3}")
_MOST_SUCCESSORS = 20
#: An id longer than this is not a typo of another.
_LONGEST_ID = 60
#: How many missing ids of a table are compared with the existing ones; comparing thousands would take minutes.
_MOST_HINTS = 10
#: Acts that neither begin a relation nor presuppose one.
_BEGINNING_NOTHING = frozenset({Act.PROLONGATION, Act.REVOCATION, Act.DENIAL})
#: The tables of a record whose entries have an id, and the word for one entry.
TABLES = {
    "states": "state",
    "sources": "source",
    "institutions": "institution",
    "instruments": "instrument",
    "events": "event",
}


def faults_of(parts: Parts, unread: Mapping[str, Collection[str]] | None = None) -> list[Fault]:
    """
    Every fault of the parts of a record; of very many, the first ones.

    `unread` has, by table, the ids of entries that could not be read: a reference to one of them is no second fault.
    """
    ids = {table: {entry.id for entry in getattr(parts, table)} for table in TABLES}
    for table in TABLES:
        ids[table].update((unread or {}).get(table, ()))
    return list(first_faults(_all_faults(parts, ids)))


def _all_faults(parts: Parts, ids: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    for faults in (
        _illegible(parts),
        _duplicates(parts),
        _aliases(parts),
        (fault for state in parts.states for fault in _life(state)),
        _coverage(parts.coverage),
        _reading(parts.reading),
        (fault for source in parts.sources for fault in _source(source)),
        (fault for instrument in parts.instruments for fault in _instrument(instrument)),
        faults_of_institutions(parts.institutions),
        (fault for event in parts.events for fault in _event(event)),
        _attestations(parts.attestations),
        dangling(_references(parts), ids),
        # An event that could not be read may be the one that began a relation.
        _relations(parts) if ids["events"] == {event.id for event in parts.events} else (),
        _orders(parts.events),
    ):
        yield from faults


def dangling(references: Iterable[References], ids: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """A fault for each reference to an id that does not exist; `ids` are those that do, by table."""
    missing = [(place, table, id) for place, table, named in references for id in named if id not in ids[table]]
    hints = _hints([(table, id) for _, table, id in missing], ids)
    for place, table, id in missing:
        word = TABLES[table]
        remedy = hints.get((table, id)) or f"add a [[{word}]] of that id"
        yield Fault(place, f"there is no {word} of that id", id, remedy)


def _hints(missing: Iterable[tuple[str, str]], ids: Mapping[str, Collection[str]]) -> dict[tuple[str, str], str]:
    """Which existing id may have been meant, for the first missing ids of each table."""
    wrong: dict[str, list[str]] = {}
    for table, id in dict.fromkeys(missing):
        wrong.setdefault(table, []).append(id)
    return {
        (table, id): did_you_mean(_closest(id, ids[table]))
        for table, all_wrong in wrong.items()
        for id in all_wrong[:_MOST_HINTS]
    }


def _closest(id: str, ids: Collection[str]) -> list[str]:
    """The id most like another, if one is."""
    return alike(id, [known for known in ids if len(known) <= _LONGEST_ID])


def _references(parts: Parts) -> Iterator[References]:
    """All ids by which the parts name each other."""
    for source in parts.sources:
        yield References(f"source {source.id!r}.copies", "sources", source.copies)
    for instrument in parts.instruments:
        place = f"instrument {instrument.id!r}"
        yield References(f"{place}.sources", "sources", instrument.sources)
        yield References(f"{place}.amends", "instruments", instrument.amends)
        yield References(f"{place}.prolongs", "instruments", _optional(instrument.prolongs))
    for institution in parts.institutions:
        yield References(f"institution {institution.id!r}.claims", "sources", [c.source for c in institution.claims])
    for event in parts.events:
        yield from _references_of(event)
    for number, attestation in enumerate(parts.attestations):
        yield References(f"attestation[{number}].source", "sources", [attestation.source])
        yield References(f"attestation[{number}].states", "states", attestation.states)
    for number, step in enumerate(parts.steps):
        yield References(f"step[{number}].source", "sources", [step.source])
        yield References(f"step[{number}].states", "states", step.states)
    for number, note in enumerate(parts.notes):
        yield References(f"note[{number}].sources", "sources", note.sources)


def _references_of(event: Event) -> Iterator[References]:
    place = f"event {event.id!r}"
    yield References(f"{place}.states", "states", event.states)
    yield References(f"{place}.instrument", "instruments", _optional(event.instrument))
    for number, claim in enumerate(event.claims):
        yield References(f"{place}.claims[{number}].source", "sources", _optional(claim.source))


def _optional(id: str) -> list[str]:
    return [id] if id else []


def _illegible(parts: Parts) -> Iterator[Fault]:
    """Ids and names that are empty, or no single line of text: nobody could write or read them."""
    ids = [] if parts.id is None else [("organisation", parts.id)]
    ids += [(f"{word} {entry.id!r}", entry.id) for table, word in TABLES.items() for entry in getattr(parts, table)]
    ids += [
        (f"state {state.id!r}.predecessors[{number}]", before.id)
        for state in parts.states
        for number, before in enumerate(state.predecessors)
    ]
    for place, id in ids:
        if not id.strip() or not id.isprintable():
            yield Fault(f"{place}.id", "an id is one line of text, and not empty", id, "write a word")
    problem = "a name is one line of text, and not empty"
    for state in parts.states:
        for name in (state.name, *state.names):
            steers = not name.isprintable() and any(unicodedata.category(letter) == "Cc" for letter in name)
            # The short name may be missing. Only a blank name is looked up among the others, which takes time.
            if steers or (not name.strip() and name in state.names):
                yield Fault(f"state {state.id!r}", problem, name, "correct the name")


def _duplicates(parts: Parts) -> Iterator[Fault]:
    for table, word in TABLES.items():
        alike: dict[str, list[str]] = {}
        for entry in getattr(parts, table):
            # States are found in any case.
            alike.setdefault(folded(entry.id) if table == "states" else entry.id, []).append(entry.id)
        for ids in alike.values():
            if len(ids) > 1:
                yield Fault(f"{word} {ids[0]!r}", f"the id is given {len(ids)} times", ids[0], "give each its own id")


def _aliases(parts: Parts) -> Iterator[Fault]:
    holders: dict[str, dict[str, State]] = {}
    for state in parts.states:
        for alias in state.aliases:
            holders.setdefault(name_key(alias), {})[state.id] = state
    for alias, held in holders.items():
        # A successor may have the names and codes of its predecessor.
        if len(held) > _MOST_SUCCESSORS or not all(follow(one, other) for one, other in combinations(held.values(), 2)):
            ids = sorted(held)
            more = f" and {len(ids) - _MOST_SUCCESSORS} more" if len(ids) > _MOST_SUCCESSORS else ""
            place = f"states {', '.join(ids[:_MOST_SUCCESSORS])}{more}"
            yield Fault(place, "one name leads to several states", alias, "keep it with one")


def _life(state: State) -> Iterator[Fault]:
    """Faults in the dated names, lifespans and predecessors of a state, and a number in its id that is not its own."""
    if state.numeric is not None and not _NUMERIC.fullmatch(state.numeric):
        place = f"state {state.id!r}.numeric"
        yield Fault(place, "a numeric code has three digits", state.numeric, 'write it as "004"')
    statements: list[tuple[str, str, ImpreciseDate | None, ImpreciseDate | None]] = [
        *((f"dated_names[{n}]", name.citation, name.since, name.until) for n, name in enumerate(state.dated_names)),
        *((f"lifespans[{n}]", life.citation, life.first, life.last) for n, life in enumerate(state.lifespans)),
        *((f"predecessors[{n}]", before.citation, None, None) for n, before in enumerate(state.predecessors)),
    ]
    for key, citation, first, last in statements:
        place = f"state {state.id!r}.{key}"
        if not citation.strip():
            yield Fault(f"{place}.citation", "a statement without a source is no evidence", None, "cite its source")
        if first and last and last.certainly_before(first):
            yield Fault(place, "it ends before it begins", f"{first} to {last}", "swap the two days")
    number = state.id.removeprefix("cow:")
    if number != state.id and number.isdecimal() and state.cow is not None and number != str(state.cow):
        yield Fault(f"state {state.id!r}.cow", "the id has another number", state.cow, "correct one of the two")
    for n, before in enumerate(state.predecessors):
        if before.id in (state.id, state.alpha3):
            yield Fault(f"state {state.id!r}.predecessors[{n}]", "no state precedes itself", before.id, "remove it")


def _reading(name: str) -> Iterator[Fault]:
    if name and name not in READINGS:
        yield Fault("organisation.reading", "there is no such reading", name, nearest(name, READINGS))


def _coverage(coverage: Coverage) -> Iterator[Fault]:
    first, last = coverage.first, coverage.last
    if first and last and first > last:
        problem = "the coverage ends before it begins"
        yield Fault("organisation.covers", problem, f"{first} to {last}", "swap the two days")


def _source(source: Source) -> Iterator[Fault]:
    place = f"source {source.id!r}"
    if source.id in source.copies:
        yield Fault(f"{place}.copies", "a source cannot copy itself", source.id, "remove it")
    published, consulted = source.published, source.consulted
    if not (published and consulted and published.earliest and consulted.latest):
        return
    if published.earliest > consulted.latest:
        days = f"published {published}, consulted {consulted}"
        problem = "it was published after it was consulted"
        yield Fault(f"{place}.published", problem, days, "correct one of the two")


def _instrument(instrument: Instrument) -> Iterator[Fault]:
    if instrument.force:
        yield from _force(f"instrument {instrument.id!r}.force", instrument.force)
    for key in ("term", "renewal"):
        if text := getattr(instrument, key):
            try:
                duration_parts(text)
            except DateError as error:
                yield Fault(f"instrument {instrument.id!r}.{key}", error.reason, text, 'write it as "P5Y"')


def _force(place: str, force: Force) -> Iterator[Fault]:
    if not force.of and not force.retroactive:
        yield Fault(f"{place}.of", "it follows from at least one act", [], 'write of = ["ratification", "accession"]')
    for act in force.retroactive:
        if act is not Act.SUCCESSION:
            yield Fault(
                f"{place}.retroactive", "only a succession may bind from an earlier day", act.value, "remove it"
            )
    for act in force.of:
        if act not in CONSENT:
            known = ", ".join(one.value for one in Act if one in CONSENT)
            yield Fault(f"{place}.of", "a force follows from a consent to be bound", act.value, f"known are {known}")
    if force.after.add:
        try:
            duration_parts(force.after.add)
        except DateError as error:
            yield Fault(f"{place}.after", error.reason, force.after.add, 'write it as "P30D"')


def _event(event: Event) -> Iterator[Fault]:
    place = f"event {event.id!r}"
    if not event.states:
        yield Fault(f"{place}.states", "an event concerns at least one state", [], "name its states")
    if not event.claims:
        yield Fault(f"{place}.claims", "an event without a claim has no source", [], "add a claim with its source")
    for number, claim in enumerate(event.claims):
        yield from _claim(f"{place}.claims[{number}]", claim, event)


def _claim(place: str, claim: Claim, event: Event) -> Iterator[Fault]:
    if not claim.source:
        yield Fault(f"{place}.source", "a claim without a source is no evidence", None, "name its source")
    for state in claim.states:
        if state not in event.states:
            yield Fault(f"{place}.states", "the state is not one of the event's", state, "add it to the event")
    if claim.act is Act.DENIAL and claim.date:
        yield Fault(f"{place}.date", "a denial has no date: it never happened", claim.date.text, "remove the date")
    if claim.last_day and claim.act not in ENDS:
        ends = ", ".join(act.value for act in Act if act in ENDS)
        yield Fault(f"{place}.last_day", f"only an end has one ({ends})", claim.last_day.text, "write date")
    if claim.last_day and claim.date != claim.last_day.later(0 if claim.act.lag else 1):
        yield Fault(
            f"{place}.date", "a claim gives either a date or a last_day", claim.date and claim.date.text, "keep one"
        )
    if claim.act is not Act.DENIAL and not claim.date:
        yield Fault(f"{place}.date", "the date is missing", None, 'write when it was, if only as a range "[a..b]"')
    if claim.act is Act.STATUS and not claim.status:
        yield Fault(f"{place}.status", "the act 'status' needs a status", None, 'add status = "member", or "unknown"')
    if claim.act is not Act.STATUS and claim.status:
        problem = f"only the act 'status' has one, not {claim.act.value!r}"
        yield Fault(f"{place}.status", problem, in_order(claim.status), "remove it")


def _attestations(attestations: Iterable[Attestation]) -> Iterator[Fault]:
    for number, attestation in enumerate(attestations):
        if not attestation.status:
            yield Fault(f"attestation[{number}].status", "it attests no status", [], "name the status")


def presuming(events: Iterable[Event], state: str, presupposing: frozenset[Act] = PRESUPPOSING) -> Iterator[Event]:
    """The events of a state that presuppose a relation to the organisation, and have nothing before them that began it."""
    for event in events:
        acts = {claim.act for claim in event.claims_of(state)}
        if acts and acts <= presupposing:
            yield event
        elif begins(event, state, presupposing):
            return


def begins(event: Event, state: str, presupposing: frozenset[Act] = PRESUPPOSING) -> bool:
    """Whether some claim tells that a state has a relation to the organisation from an event on."""
    return bool({claim.act for claim in event.claims_of(state)} - presupposing - _BEGINNING_NOTHING)


def _relations(parts: Parts) -> Iterator[Fault]:
    """Acts of states that had no relation to the organisation, in a record that vouches for all acts."""
    if parts.coverage.acts != "all" or parts.coverage.before == "unknown":
        return
    for state, events in _events_by_state(parts.events).items():
        for event in presuming(events, state):
            acts = ", ".join(dict.fromkeys(claim.act.value for claim in event.claims_of(state)))
            yield Fault(
                f"event {event.id!r}",
                f"it presupposes a relation of {state}, which no earlier event begins",
                acts,
                'add the event that began it, or write acts = "some" in covers if the record does not have all acts',
            )


def _events_by_state(events: Iterable[Event]) -> dict[str, list[Event]]:
    by_state: dict[str, list[Event]] = {}
    for event in events:
        for state in dict.fromkeys(event.states):
            by_state.setdefault(state, []).append(event)
    return by_state


def _orders(events: Iterable[Event]) -> Iterator[Fault]:
    for state, own in _events_by_state(events).items():
        if broken := broken_order(own, state):
            yield Fault(
                f"events {broken.before.id!r} and {broken.after.id!r}",
                f"no order of days is possible for {state} by the {broken.policy} claims",
                remedy=_order_remedy(broken.before, broken.after, state),
            )


def _order_remedy(before: Event, after: Event, state: str) -> str:
    """What to do where the second of two events cannot follow the first."""
    ends = [claim for claim in before.claims_of(state) if claim.act.lag and claim.date]
    days = [claim.date for claim in after.claims_of(state) if claim.date]
    for end in ends:
        if any(end.date and end.date.possibly_same(day) for day in days):
            return (
                f"an {end.act} takes effect on the day after its date, so that nothing of that day stands after it: if "
                f"membership went on, write a prolongation in place of {before.id!r}; if it began again, give "
                f"{after.id!r} a later day; put before {before.id!r}, it would end with that day"
            )
    return f"if {after.id!r} came first, put it before {before.id!r}; if not, correct the date of one of them"
