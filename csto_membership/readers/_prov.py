"""
The evidence of a record and what is derived from it, as W3C PROV: the terms that are used, and documents read back.

Entities are the record, its parts, its claims (statements of sources, with their ranks) and the spells that a view of it
derives. A claim is derived from its source, a spell from the claims and attestations that it rests on; the view is the
activity that generates it. `writers.write_prov` writes such documents, by the library `prov` as these are read by it.
"""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from attrs import field, frozen

from csto_membership._evidence.claims import Attestation
from csto_membership._files.documents import MOST_BYTES, document_in
from csto_membership._files.whole_files import opened
from csto_membership._history import History, as_history
from csto_membership._questions.answers import CitedClaim, Ground
from csto_membership._values.acts import as_statuses
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted
from csto_membership._view.timeline import Spell
from csto_membership.exceptions import MOST_FAULTS, ArgumentError, Fault, MissingExtraError, RecordError
from csto_membership.readers._forms import form
from csto_membership.readers._frame import check_file
from csto_membership.readers._table import RecordTable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from os import PathLike

    from csto_membership._evidence.record import Record


TERMS, RDF, DCTERMS = (
    "urn:csto-membership:term:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/terms/",
)
#: Keys of a source that a common vocabulary has a term for.
DUBLIN_CORE = {"title": "title", "publisher": "publisher", "published": "issued"}
RECORD, CLAIM, SPELL, VIEW = "Record", "Claim", "Spell", "View"


@frozen
class DerivedSpell:
    """A spell of a state, and the claims and attestations that it rests on: none where nothing is told of it."""

    state: State
    spell: Spell
    claims: tuple[CitedClaim, ...]
    attestations: tuple[Attestation, ...] = ()


@frozen(repr=False)
class Provenance(RecordTable):
    """
    A record with what a view of it derives: the spells of its states, each with the evidence that it rests on.

    It is a table of one organisation. Two are equal where their records, views and derivations are.
    """

    view: dict[str, str]
    spells: tuple[DerivedSpell, ...] = field(repr=False)

    def __repr__(self) -> str:
        (organisation,) = self.organisations
        return f"<Provenance {organisation}: {counted(len(self.spells), 'spell')}>"


def provenance_of(history: History | Record) -> Provenance:
    """
    What a history derives from its record: each spell of each state, with the evidence that settles it.

    Raises `ArgumentError` for what is no history, and for one that supposes something: a what-if is never stored.

    >>> from csto_membership import CSTO
    >>> spells = [one for one in provenance_of(CSTO).spells if one.state.id == "AZE"]
    >>> for one in spells:
    ...     print(one.spell, [cited.claim.act.value for cited in one.claims][:1])
    .. to 1993-09-23: none []
    1993-09-24 to 1999-04-20: member ['signature']
    1999-04-21 to ..: former ['expiry']
    """
    seen = as_history(history)
    check_real(seen)
    record = seen.record
    return Provenance({record.id: record}, _view_of(seen), tuple(_spells(seen)))


def check_real(history: History) -> None:
    """Refuse a history that supposes something."""
    if history.view.supposed:
        supposed = "; ".join(map(str, history.view.supposed))
        raise ArgumentError("history", supposed, "what is supposed is never stored: write the history without it")


def _view_of(history: History) -> dict[str, str]:
    view = history.view
    parts = {
        "reading": view.reading.name,
        "resolution": str(view.resolution),
        "sources": "" if view.sources is None else ", ".join(sorted(view.sources)),
        "published_by": str(view.published_by or ""),
        "institution": view.institution,
        "counted": ", ".join(sorted(view.counted)),
        "strict": "true" if view.strict else "",
        "omitted": ", ".join(view.omitted),
    }
    return {name: text for name, text in parts.items() if text}


def _spells(history: History) -> Iterator[DerivedSpell]:
    for line in history.timelines():
        for spell in line:
            finding = history.status(line.state, ImpreciseDate(spell.first_day, spell.last_day))
            grounds = [ground for ground in finding.evidence if isinstance(ground, Ground)]
            claims = tuple(cited for ground in grounds for cited in ground.claims)
            attested = tuple(one.attestation for one in finding.evidence if not isinstance(one, Ground))
            yield DerivedSpell(line.state, spell, claims, attested)


# Documents


def prov_model() -> Any:
    """The module of the library; `MissingExtraError` where it is not installed, or too old for JSON-LD."""
    try:
        from prov import model
        from prov.serializers import provjsonld  # noqa: F401
    except ImportError:
        raise MissingExtraError("prov", "prov") from None
    return model


def local_name(kind: str, *parts: object) -> str:
    """The local part of the name of an entity: "claim.geo-withdrawal.0". No two have the same."""
    return ".".join([kind, *(quote(str(part), safe="").replace(".", "%2E") for part in parts)])


@form("prov", of_rows=False)
def read_prov(path: str | PathLike[str]) -> Provenance:
    """
    The provenance in a PROV document in JSON-LD that `writers.write_prov` wrote: its record, view and derivations.

    Nothing is fetched, whatever context the document names. Raises `RecordError` for what is no such document, with every
    fault of its record, `ArgumentError` for what is no path, `MissingExtraError` where the library `prov` is not installed (the extra "prov"), and OSError
    where the file cannot be opened.

    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership import CSTO
    >>> from csto_membership.writers import write_prov
    >>> with TemporaryDirectory() as folder:
    ...     write_prov(CSTO, f"{folder}/csto.jsonld")
    ...     read_prov(f"{folder}/csto.jsonld") == provenance_of(CSTO)
    True
    """
    check_file(path, "PROV")
    model = prov_model()
    with opened(path) as file:
        content = file.read(MOST_BYTES + 1)
    try:
        document_in(content, ".json")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                document = model.ProvDocument.deserialize(content=content.decode("utf-8-sig"), format="jsonld")
                parts = _Parts(document)
        except Exception as error:  # noqa: BLE001 - the library raises what it likes for what is no document of its own
            raise _not_ours(f"it is no PROV document in JSON-LD: {error}") from None
        return parts.provenance()
    except RecordError as error:
        raise error.in_file(str(path)) from None


def _not_ours(problem: str, value: object = None) -> RecordError:
    return RecordError([Fault("the file", problem, value, "write it by write_prov")])


class _Element(Protocol):
    """An entity or activity of a document."""

    @property
    def identifier(self) -> Any:
        """Its name."""

    @property
    def attributes(self) -> Any:
        """What it says of itself."""


class _Parts:
    """The entities of a document by kind, with their attributes, and what is derived from what."""

    def __init__(self, document: Any) -> None:
        self.kinds: dict[str, dict[str, dict[str, Any]]] = {}
        self.derived: dict[str, list[str]] = {}
        for one in document.get_records():
            if one.get_type().localpart in ("Entity", "Activity"):
                self._take(one)
            elif one.get_type().localpart == "Derivation":
                ends = {str(key.localpart): value for key, value in one.attributes}
                names = [ends[end].localpart for end in ("generatedEntity", "usedEntity") if ends.get(end)]
                if len(names) == 2:
                    self.derived.setdefault(names[0], []).append(names[1])

    def _take(self, one: _Element) -> None:
        values: dict[str, Any] = {}
        kind = ""
        for key, value in one.attributes:
            if key.namespace.uri == TERMS:
                values[key.localpart] = _plain(value)
            elif key.namespace.uri == DCTERMS:
                values[next(ours for ours, term in DUBLIN_CORE.items() if term == key.localpart)] = _plain(value)
            elif key.localpart == "type" and getattr(getattr(value, "namespace", None), "uri", "") == TERMS:
                kind = value.localpart
        self.kinds.setdefault(kind, {})[one.identifier.localpart] = values

    def provenance(self) -> Provenance:
        """The record, view and derivations; `RecordError` with every fault."""
        # What reads files is imported where a file is read: a registry of bundled records does without.
        from csto_membership._files.read import record_of
        from csto_membership._files.structure import ENTRIES

        heads, views = ([*self.kinds.get(kind, {}).values()] for kind in (RECORD, VIEW))
        if len(heads) != 1 or len(views) != 1:
            raise _not_ours(f"it has {counted(len(heads), 'record')} and {counted(len(views), 'view')}", None)
        document: dict[str, Any] = {"organisation": heads[0]}
        claims: dict[str, list[dict[str, Any]]] = {}
        for claim in _in_order(self.kinds.get(CLAIM, {}).values()):
            if not claim.pop("follows", False):
                claims.setdefault(str(claim.pop("event", "")), []).append(claim)
        for table in ENTRIES:
            entries = [*_in_order(self.kinds.get(table.capitalize(), {}).values())]
            if table == "event":
                entries = [{**entry, "claims": claims.pop(str(entry.get("id")), [])} for entry in entries]
            if entries:
                document[table] = entries
        if claims:
            raise _not_ours("claims name events that there are not", sorted(claims)[:5])
        record = record_of(document)
        faults: list[Fault] = []
        spells = tuple(self._spells(record, faults))
        if faults:
            raise RecordError(faults[:MOST_FAULTS])
        return Provenance({record.id: record}, {key: str(value) for key, value in views[0].items()}, spells)

    def _spells(self, record: Record, faults: list[Fault]) -> Iterator[DerivedSpell]:
        ids = {event.id for event in record.events}
        cited = {
            local_name("claim", event.id, *(() if own else (state.id,)), number): CitedClaim(
                event, claim, record.source(claim.source)
            )
            for state in record.states
            for event in record.events_of(state.id)
            for own in [event.id in ids]
            for number, claim in enumerate(event.claims)
        }
        attested = {local_name("attestation", number): one for number, one in enumerate(record.attestations)}
        for name, values in sorted(self.kinds.get(SPELL, {}).items(), key=lambda pair: _position(pair[1])):
            rests_on = self.derived.get(name, ())
            if unknown := [one for one in rests_on if one not in cited and one not in attested]:
                faults.append(Fault(name, "it is derived from what the record does not have", unknown[:5]))
                continue
            try:
                spell = Spell(
                    _day(values.get("first_day")),
                    _day(values.get("last_day")),
                    as_statuses(values["status"].split("|")),
                    next(one for one in Verdict if str(one) == values["verdict"]),
                )
                state = next(state for state in record.states if state.id == values["state"])
            except (ValueError, KeyError, StopIteration, AttributeError) as error:
                faults.append(Fault(name, f"the spell cannot be read: {error!r}", values))
                continue
            yield DerivedSpell(
                state,
                spell,
                tuple(cited[one] for one in rests_on if one in cited),
                tuple(attested[one] for one in rests_on if one in attested),
            )


def _plain(value: Any) -> Any:
    """The value of an attribute: a text, a number, a truth, or what a text of JSON holds."""
    if isinstance(value, (str, bool, int)):
        return value
    if str(getattr(value, "datatype", "")) == "rdf:JSON":
        return json.loads(value.value)
    return str(value)


def _in_order(entries: Any) -> list[dict[str, Any]]:
    """Entries in the order of the record, without the number that says so."""
    return [{key: value for key, value in one.items() if key != "position"} for one in sorted(entries, key=_position)]


def _position(values: dict[str, Any]) -> int:
    position = values.get("position")
    return position if type(position) is int else 0


def _day(text: object) -> dt.date | None:
    return None if text is None else ImpreciseDate.parse(str(text)).earliest
