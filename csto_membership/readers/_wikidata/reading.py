"""Wikidata: "member of" (P463) statements of entity JSON, with their ranks, qualifiers and references, as claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from attrs import define, field

from csto_membership._evidence.institutions import Coverage
from csto_membership._evidence.record import Record
from csto_membership._files.known_states import known_states
from csto_membership._values.cells import visible
from csto_membership._values.dates import DateLike, as_imprecise
from csto_membership._values.names import name_key
from csto_membership._values.wording import counted
from csto_membership._values.world import world
from csto_membership.exceptions import ArgumentError, DateError, RecordError, UnknownNameError, UnknownStateError
from csto_membership.readers._forms import form
from csto_membership.readers._frame import check_file
from csto_membership.readers._table import RecordTable, Table
from csto_membership.readers._wikidata.entities import Entity, Faults, UnreadError, entities_in
from csto_membership.readers._wikidata.memberships import events_of, unknown_of
from csto_membership.readers._wikidata.references import References, item_of
from csto_membership.readers._wikidata.statements import MEMBER_OF, Statement, organisation_of, read_statement

if TYPE_CHECKING:
    from os import PathLike

    from csto_membership._evidence.claims import Event, Source
    from csto_membership._values.index import StateIndex
    from csto_membership._values.states import State


_ENDS = ("in", "out", "shared")
_LONGEST_CODE = 3
_INSTANCE_OF, _ALPHA_3, _ALPHA_2 = "P31", "P298", "P297"
#: Sovereign state, country, historical country, state, state with limited recognition.
_KINDS_OF_STATES = frozenset({"Q3624078", "Q6256", "Q3024240", "Q7275", "Q15634554"})
#: So many entities that are no states are told by name.
_MOST_TOLD = 20


@form("wikidata", of_rows=False)
def read_wikidata(
    path: str | PathLike[str],
    organisation: str | Mapping[str, str] | None = None,
    last_day: Literal["in", "out", "shared"] | None = None,
    as_of: DateLike | None = None,
    bad_rows: Literal["raise", "skip"] = "raise",
    *,
    states: Iterable[State] | State = (),
) -> Table:
    """
    The "member of" (P463) statements of Wikidata's entity JSON, a record of claims for each organisation.

    The file is a dump, with an entity on each line, perhaps packed (`.gz`, `.bz2`), or a document of the entity endpoint.
    An organisation is called by its Wikidata id. `organisation` is the id of the only one that is wanted, or maps the
    ids of several to the ids that their records are to have.

    - A state is told by its ISO codes (P298, P297), by the id or a name of one of your own `states`, or, if it is an
      instance (P31) of a state or country or of nothing told, by its labels. What is no state is named in `Table.ignored`.
    - Ranks are ours. A statement's references are its sources, Wikidata itself where it has none.
    - It begins at the start time (P580), between the earliest date (P1319) and the latest start (P8555). It ends at the
      end time (P582), between the earliest end (P8554) and the latest date (P1326) or latest end (P12506). At a point in
      time (P585) it was a member.
    - An unknown value is an unknown day, "no value" of an end says that it is still open. Where no end is told the state
      may have left on any day after the start.
    - Whether an end is the last day inside or the first one outside no property says: `last_day` is "in" or "out", or
      "shared" with the next membership. By default that one day is undetermined.
    - A decade or a century is one unknown day of its widest run, and marked as approximate. Sourcing circumstances
      (P1480) and the nature of a statement (P5102) mark its dates: "circa" and the like as approximate, others as
      uncertain. The end cause (P1534) and all other qualifiers stand in the note. A member with a role (P2868, P3831)
      may be an observer: its status is open.
    - Statements on one membership that differ are rivals, and rank decides between them. They are about two memberships
      where the end of one can come before the start of the other.
    - A membership of which all statements are deprecated did not happen: Wikidata denies it.
    - The record covers what was told until `as_of`, by default until the latest day on which one of the entities was
      modified. It vouches for the states that it lists.
    - Of a statement that is skipped nothing is concluded: the state is undetermined in its organisation, on every day.

    Raises `RecordError` for all that cannot be read unless it is skipped: dates of the Julian calendar, wider than a
    century or before the year 1, and ends before starts among them. `ArgumentError` and `UnknownNameError` for other
    options than these, `DateError` where `as_of` is not one exact day, and OSError where the file cannot be opened.

    >>> import json
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> def snak(value, kind):
    ...     return {"snaktype": "value", "datavalue": {"value": value, "type": kind}}
    >>> def day(text):
    ...     calendar = "http://www.wikidata.org/entity/Q1985727"
    ...     return [snak({"time": f"+{text}T00:00:00Z", "precision": 11, "calendarmodel": calendar}, "time")]
    >>> statement = {
    ...     "mainsnak": snak({"id": "Q1065"}, "wikibase-entityid"),
    ...     "rank": "normal",
    ...     "qualifiers": {"P580": day("1992-03-02"), "P582": day("1999-04-20")},
    ... }
    >>> state = {"id": "Q265", "claims": {"P298": [{"mainsnak": snak("UZB", "string")}], "P463": [statement]}}
    >>> with TemporaryDirectory() as directory:
    ...     path = Path(directory, "Q265.json")
    ...     _ = path.write_text(json.dumps({"entities": {"Q265": state}}))
    ...     history = read_wikidata(path).history("Q1065")
    >>> [str(history.was_member("UZ", day)) for day in ("1992-03-01", "1992-03-02", "1999-04-20", "1999-04-21")]
    ['no', 'yes', 'undetermined', 'no']
    """
    check_file(path, "entity JSON")
    if last_day is not None and last_day not in _ENDS:
        raise ArgumentError("last_day", last_day, "the last day is in, out, or shared; None for not told", _ENDS)
    ids = _ids(organisation)
    faults = Faults(path, bad_rows)
    until = _until(as_of)
    found = _Found(known_states(states), ids, faults)
    for entity in entities_in(path, MEMBER_OF, faults):
        found.take(entity)
    if ids is not None and isinstance(organisation, str) and not found.organisations and not faults.any:
        raise UnknownNameError("organisation", organisation, found.others)
    records = _records(found, ids or {}, last_day, until, faults)
    skipped = faults.finish()
    names = {id: record.name for id, record in records.items()}
    return RecordTable(records, names=names, faults=skipped, ignored=tuple(found.ignored()))


def _ids(organisation: str | Mapping[str, str] | None) -> dict[str, str] | None:
    """The ids of the records by those of the organisations that are wanted; None for all."""
    if organisation is None:
        return None
    if isinstance(organisation, str):
        return {organisation: organisation}
    if not isinstance(organisation, Mapping) or not all(
        isinstance(id, str) and id.strip() and id.isprintable() for pair in organisation.items() for id in pair
    ):
        reason = 'it is the Wikidata id of one, or maps such ids to ids of yours, as {"Q318693": "csto"}'
        raise ArgumentError("organisation", organisation, reason)
    return dict(organisation)


def _until(as_of: DateLike | None) -> dt.date | None:
    if as_of is None:
        return None
    date = as_imprecise(as_of)
    if not date.is_exact:
        raise DateError(date.text, "the file tells of which day? One exact day is needed")
    return date.earliest


class _Given(NamedTuple):
    """A statement as it stands in the file."""

    value: Mapping[str, Any]
    place: str


@define
class _Found:
    """What the entities of a file say: who is a state, and the statements on each in each organisation."""

    _index: StateIndex
    _wanted: Mapping[str, str] | None
    _faults: Faults
    #: By organisation, and by the id of the state.
    organisations: dict[str, dict[str, list[_Given]]] = field(factory=dict)
    states: dict[str, State] = field(factory=dict)
    labels: dict[str, str] = field(factory=dict)
    modified: dict[str, dt.date] = field(factory=dict)
    #: Places of what was skipped and does not tell its organisation, by state; "" for what tells no state either.
    lost: dict[str, list[str]] = field(factory=dict)
    #: Organisations of the file that are not wanted.
    others: dict[str, None] = field(factory=dict)
    _no_states: dict[str, None] = field(factory=dict)
    _nowhere: dict[str, None] = field(factory=dict)

    def take(self, entity: Entity | str) -> None:
        """Take in what an entity says; a text is the place of one that could not be read."""
        if isinstance(entity, str):
            self._lose("", entity)
            return
        if entity.label:
            self.labels[entity.id] = entity.label
        given = [*self._given(entity)]
        state = self._state(entity) if given else None
        if state is None:
            return
        self.states.setdefault(state.id, state)
        if day := _modified(entity):
            self.modified[state.id] = max(day, self.modified.get(state.id, day))
        for organisation, statement in given:
            if isinstance(organisation, UnreadError):
                self._faults.add(statement.place, organisation.problem, organisation.value, organisation.remedy)
                self._lose(state.id, statement.place)
            elif organisation:
                self.organisations.setdefault(organisation, {}).setdefault(state.id, []).append(statement)
            else:
                self._nowhere[entity.place] = None

    def _lose(self, state: str, place: str) -> None:
        self.lost.setdefault(state, []).append(place)

    def _given(self, entity: Entity) -> Iterable[tuple[str | UnreadError, _Given]]:
        """The statements of an entity with the organisation that is wanted, "" for none, or why none can be read."""
        for number, statement in enumerate(entity.statements(MEMBER_OF)):
            given = _Given(statement, f"{entity.place}.claims.{MEMBER_OF}[{number}]")
            try:
                organisation = organisation_of(statement)
            except UnreadError as error:
                yield error, given
                continue
            if not organisation or self._wanted is None or organisation in self._wanted:
                yield organisation, given
            else:
                self.others[organisation] = None

    def _state(self, entity: Entity) -> State | None:
        """The state that an entity is; None, told or with a fault, for none."""
        codes = [*_strings(entity, _ALPHA_3), *_strings(entity, _ALPHA_2)]
        by_code = {state.id: state for code in codes if (state := world().named(name_key(code)))}
        if (own := self._find(entity.id)) is not None:
            return own
        if len(by_code) == 1:
            return self._find(*by_code) or next(iter(by_code.values()))
        kinds = {item_of(one.get("mainsnak")) for one in entity.statements(_INSTANCE_OF) if isinstance(one, dict)}
        if codes or not kinds or kinds & _KINDS_OF_STATES:
            # A label as short as a code is not taken for one.
            names = [name for name in entity.names if len(name) > _LONGEST_CODE] if not by_code else []
            named = [state for name in names if (state := self._find(name))]
            if named:
                return named[0]
            problem = "its codes are those of several states" if by_code else "the state is not known"
            value = ", ".join(codes or entity.names[:1]) or entity.id
            self._faults.add(entity.place, problem, value, f'define it in states=, as State("{entity.id}", ...)')
            self._lose("", entity.place)
            return None
        self._no_states[f"{visible(entity.label or entity.id)} ({visible(entity.id)})"] = None
        return None

    def _find(self, name: str) -> State | None:
        try:
            return self._index.find(name)
        except UnknownStateError:
            return None

    def ignored(self) -> Iterable[str]:
        """What was left out, in words."""
        told = [*self._no_states][:_MOST_TOLD]
        more = len(self._no_states) - len(told)
        if told:
            yield f"no states: {', '.join(told)}{f' and {more} more' if more else ''}"
        if self._nowhere:
            yield f"members of no known organisation: {', '.join(map(visible, [*self._nowhere][:_MOST_TOLD]))}"


def _strings(entity: Entity, property_id: str) -> Iterable[str]:
    """The texts that an entity has for a property, but those that are deprecated."""
    for statement in entity.statements(property_id):
        snak = statement.get("mainsnak") if isinstance(statement, dict) else None
        data = snak.get("datavalue") if isinstance(snak, dict) else None
        value = data.get("value") if isinstance(data, dict) else None
        if isinstance(value, str) and isinstance(statement, dict) and statement.get("rank") != "deprecated":
            yield value


def _modified(entity: Entity) -> dt.date | None:
    """The day on which an entity was last changed, as its file says."""
    text = entity.value.get("modified")
    try:
        return dt.date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def _records(
    found: _Found, ids: Mapping[str, str], last_day: str | None, until: dt.date | None, faults: Faults
) -> dict[str, Record]:
    records: dict[str, Record] = {}
    for organisation, by_state in found.organisations.items():
        id = ids.get(organisation, organisation)
        references = References(faults, found.labels)
        events: list[Event] = []
        lost = [place for state, places in found.lost.items() if state not in by_state for place in places]
        unnamed = len(lost)
        for state, given in by_state.items():
            read, unread = _read(given, last_day, references, found.labels, faults)
            unread += found.lost.get(state, ())
            own = events_of(state, read, last_day, references.wikidata())
            if unread:
                lost += unread
                say = "says" if len(read) == 1 else "say"
                why = f"{_skipped(unread)}; {counted(len(read), 'other statement')} {say} nothing firm beside that"
                own = (unknown_of(state, references.wikidata(), why),)
            events += own
        days = [day for state in by_state if (day := found.modified.get(state))]
        last = until or max(days, default=None) or _last_told(events)
        covers = Coverage(None, last, states="listed", missing=_skipped(lost), unnamed=unnamed)
        held = tuple(found.states[state] for state in by_state)
        sources = _used(events, references.sources)
        name = found.labels.get(organisation, "")
        try:
            records[id] = Record(id, name, coverage=covers, states=held, sources=sources, events=tuple(events))
        except RecordError as error:
            for fault in error.faults:
                faults.add(f"{organisation}, {fault.place}", fault.problem, fault.value, fault.remedy)
    return records


def _skipped(places: Sequence[str]) -> str:
    """Places of what was skipped, in words, the first few of very many; "" for none."""
    shown = list(dict.fromkeys(places))
    return f"skipped: {', '.join(shown[:5])}{' and more' if len(shown) > 5 else ''}" if shown else ""


def _read(
    given: Iterable[_Given],
    last_day: str | None,
    references: References,
    labels: Mapping[str, str],
    faults: Faults,
) -> tuple[list[Statement], list[str]]:
    """The statements that can be read, and the places of those that cannot."""
    read: list[Statement] = []
    unread: list[str] = []
    for value, place in given:
        try:
            read.append(read_statement(value, place, last_day, references, labels))
        except UnreadError as error:
            where = next(iter(getattr(error, "__notes__", ())), place)
            faults.add(where, error.problem, error.value, error.remedy)
            unread.append(place)
    return read, unread


def _used(events: Iterable[Event], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources that claims name."""
    used = {claim.source for event in events for claim in event.claims}
    return tuple(source for id, source in sources.items() if id in used)


def _last_told(events: Iterable[Event]) -> dt.date | None:
    """The last day that claims name."""
    dates = [claim.date for event in events for claim in event.claims if claim.date and not claim.inferred]
    days = [date.latest or date.earliest for date in dates]
    return max((day for day in days if day and day.year < dt.date.max.year), default=None)
