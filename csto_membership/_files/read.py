"""Records on disk: TOML or JSON to a record, every fault reported with its place."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from csto_membership._evidence.claims import Attestation, Event, Note, Source, Step
from csto_membership._evidence.faults import dangling, faults_of
from csto_membership._evidence.institutions import Coverage, Institution
from csto_membership._evidence.instruments import Instrument
from csto_membership._evidence.record import Record
from csto_membership._files.documents import MOST_BYTES, document_in, shown
from csto_membership._files.known_states import known_state, number_in
from csto_membership._files.structure import ENTRIES, structured
from csto_membership._files.unread import ids_in, mended_states, references_in_unread
from csto_membership._files.whole_files import as_path, opened
from csto_membership._values.names import name_key
from csto_membership._values.states import State
from csto_membership._values.wording import nearest
from csto_membership._values.world import world
from csto_membership.exceptions import MOST_FAULTS, UNREAD, Fault, RecordError

if TYPE_CHECKING:
    from os import PathLike


@frozen
class _Organisation:
    id: str
    name: str = ""
    edition: str = ""
    covers: Coverage = Coverage()
    reading: str = ""
    note: str = ""


@frozen
class _Readable:
    """What can be read of a file with faults: checked like a record, so that all faults are reported at once."""

    id: str | None
    coverage: Coverage
    reading: str
    institutions: tuple[Institution, ...]
    states: tuple[State, ...]
    sources: tuple[Source, ...]
    instruments: tuple[Instrument, ...]
    events: tuple[Event, ...]
    attestations: tuple[Attestation, ...]
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]


def read_record(path: str | PathLike[str]) -> Record:
    """
    The record in a file: JSON where its name ends in `.json`, otherwise TOML.

    Raises `RecordError` with every fault of the file, and OSError where the file cannot be opened.
    """
    file = as_path(path)
    try:
        with opened(file) as content_of:
            content = content_of.read(MOST_BYTES + 1)
    except ValueError as error:
        raise RecordError([Fault("the file", f"no file can have that name: {error}", str(path))]) from None
    try:
        return record_of(document_in(content, file.suffix))
    except RecordError as error:
        raise error.in_file(str(path)) from None


def record_of(document: dict[str, Any]) -> Record:
    """The record in a document; `RecordError` with every fault."""
    unknown = (key for key in document if key != "organisation" and key not in ENTRIES)
    faults = [
        Fault(shown(key), "unknown table", key, nearest(key, ["organisation", *ENTRIES]))
        for key in islice(unknown, MOST_FAULTS + 1)
    ]
    head: _Organisation | None = None
    if "organisation" in document:
        head, wrong = structured(document["organisation"], _Organisation, "organisation")
        faults += wrong
    else:
        faults.append(Fault("organisation", "the table is missing", remedy='begin with [organisation] and id = "..."'))
    parts: dict[str, tuple[Any, ...]] = {}
    for table, (name, kind) in ENTRIES.items():
        entries, wrong = _entries(document.get(table, []), table, kind)
        parts[name] = tuple(entries)
        faults += wrong
        if len(faults) > MOST_FAULTS:
            raise RecordError([*faults[:MOST_FAULTS], UNREAD])
    if faults or head is None:
        raise RecordError([*faults, *_further_faults(document, head, parts)])
    return Record(head.id, head.name, head.edition, head.note, head.covers, reading=head.reading, **parts)


def _further_faults(
    document: dict[str, Any], head: _Organisation | None, parts: dict[str, tuple[Any, ...]]
) -> list[Fault]:
    """The faults of a document beyond its form: in what can be read of it, and in what cannot."""
    ids = {name: ids_in(document.get(table)) for table, (name, _) in ENTRIES.items()}
    states = (*parts["states"], *mended_states(document.get("state"), parts["states"]))
    known = head or _Organisation("")
    readable = _Readable(head.id if head else None, known.covers, known.reading, **{**parts, "states": states})
    return [*dangling(references_in_unread(document, parts), ids), *faults_of(readable, ids)]


def _entries(entries: object, table: str, kind: type[Any]) -> tuple[list[Any], list[Fault]]:
    """The parts that the entries of a table give, and the faults of those that give none."""
    if not isinstance(entries, list):
        return [], [Fault(table, "a list of tables is needed", entries, f"write [[{table}]]")]
    parts: list[Any] = []
    faults: list[Fault] = []
    for number, entry in enumerate(entries):
        id = entry.get("id") if isinstance(entry, dict) else None
        place = f"{table} {id!r}" if isinstance(id, str) else f"{table}[{number}]"
        if kind is State and isinstance(entry, dict) and set(entry) == {"id"}:
            part, wrong = _known_state(id, place)
        else:
            part, wrong = structured(entry, kind, place)
        faults += wrong
        if part is not None:
            parts.append(part)
        if len(faults) > MOST_FAULTS:
            break
    return parts, faults


def _known_state(id: object, place: str) -> tuple[State | None, list[Fault]]:
    """A state of which only the id is given: the library must know it."""
    if not isinstance(id, str):
        return None, [Fault(place, "a text is needed", id, "put it in quotation marks")]
    if state := known_state(id):
        return state, []
    # A record may call a state by its number, as data sets do: it is the same state.
    if (number := number_in(id)) is not None and (numbered := world().numbered(number)):
        return evolve(numbered, id=id), []
    if named := world().named(name_key(id)):
        return None, [Fault(place, "it is a name or code, and not the id", id, f"write id = {named.id!r}")]
    return None, [Fault(place, "it is not in the library's table of states", id, "define it here, with id and name")]
