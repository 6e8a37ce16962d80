"""The evidence and what is derived from it as W3C PROV in JSON-LD; `readers.read_prov` reads it back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from csto_membership._evidence.claims import Event
from csto_membership._files.documents import json_bytes
from csto_membership._files.structure import ENTRIES
from csto_membership._files.whole_files import as_path, replace
from csto_membership._files.write import document_of
from csto_membership._values.acts import in_order
from csto_membership._values.wording import json_day
from csto_membership.readers._prov import (
    CLAIM,
    DCTERMS,
    DUBLIN_CORE,
    RDF,
    RECORD,
    SPELL,
    TERMS,
    VIEW,
    local_name,
    prov_model,
    provenance_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from csto_membership._evidence.record import Record
    from csto_membership._history import History
    from csto_membership.readers._prov import Provenance


def write_prov(history: History | Record, path: str | PathLike[str]) -> None:
    """
    Write the evidence of a history, and what its view derives from it, as a W3C PROV document in JSON-LD.

    The record, its parts and its claims are entities, each claim with its rank, derived from its source; each spell of a
    state is derived from the claims and attestations that it rests on, by the view as an activity. `readers.read_prov`
    reads the same record, view and derivations back. The context stands in the file, so that nobody needs to fetch it.

    An old file is replaced, whole or not at all. Raises what `readers.provenance_of` raises, `MissingExtraError` where the library `prov` is not installed (the
    extra "prov"), and OSError where the file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership import CSTO
    >>> with TemporaryDirectory() as folder:
    ...     write_prov(CSTO, f"{folder}/csto.jsonld")
    ...     graph = json.loads(Path(f"{folder}/csto.jsonld").read_text("utf-8"))["@graph"]
    >>> claim = next(one for one in graph if one.get("@id") == "record:claim.expiry-1999.0")
    >>> claim["type"], claim["csto:act"], claim["csto:rank"]
    (['csto:Claim'], [{'@value': 'expiry'}], [{'@value': 'preferred'}])
    """
    document = _Document(provenance_of(history))
    content = json.loads(document.prov.serialize(format="jsonld", context="embed"))
    replace(as_path(path), json_bytes(content))


class _Document:
    """A PROV document of a record and of what a view derives from it."""

    def __init__(self, provenance: Provenance) -> None:
        model = prov_model()
        self._record = provenance.record(*provenance.organisations)
        self.prov = model.ProvDocument()
        self._literal = model.Literal
        self._terms, self._rdf, self._dcterms, self._own = (
            self.prov.add_namespace(prefix, uri)
            for prefix, uri in {
                "csto": TERMS,
                "rdf": RDF,
                "dcterms": DCTERMS,
                "record": f"urn:csto-membership:record:{local_name('of', self._record.id)}:",
            }.items()
        )
        self._record_and_parts()
        self._claims()
        self._view(provenance)

    def _entity(self, name: str, kind: str, label: str, values: Mapping[str, Any]) -> Any:
        return self.prov.entity(self._own[name], self._attributes(kind, label, values))

    def _attributes(self, kind: str, label: str, values: Mapping[str, Any]) -> dict[Any, Any]:
        source = kind == "Source"
        attributes: dict[Any, Any] = {"prov:type": self._terms[kind], **({"prov:label": label} if label else {})}
        for key, value in values.items():
            term = self._dcterms[DUBLIN_CORE[key]] if source and key in DUBLIN_CORE else self._terms[key]
            plain = isinstance(value, (str, bool, int))
            text = value if plain else json.dumps(value, ensure_ascii=False, sort_keys=True)
            attributes[term] = text if plain else self._literal(text, self._rdf["JSON"])
        return attributes

    def _derived(self, name: str, used: str, activity: Any = None) -> None:
        self.prov.derivation(self._own[name], self._own[used], activity)

    def _record_and_parts(self) -> None:
        document = document_of(self._record)
        head = self._entity("record", RECORD, self._record.name, document.pop("organisation"))
        for table, entries in document.items():
            for number, entry in enumerate(entries):
                claims = entry.pop("claims", None) if table == "event" else None
                part = getattr(self._record, ENTRIES[table][0])[number]
                name = local_name(table, number) if "id" not in entry else local_name(table, entry["id"])
                label = getattr(part, "title", "") or getattr(part, "name", "")
                own = self._entity(name, table.capitalize(), label, {**entry, "position": number})
                self.prov.membership(head, own)
                for source in _sources_of(entry):
                    self._derived(name, local_name("source", source))
                for place in range(len(claims or ())):
                    self.prov.membership(own, self._own[local_name("claim", entry["id"], place)])

    def _claims(self) -> None:
        forms = {event["id"]: event["claims"] for event in document_of(self._record).get("event", [])}
        for event in self._record.events:
            for number, (claim, form) in enumerate(zip(event.claims, forms[event.id], strict=True)):
                name = local_name("claim", event.id, number)
                # The rank always stands there: it is what readers ask for first.
                values = {**form, "rank": claim.rank.value, "event": event.id, "position": number}
                self._entity(name, CLAIM, f"{claim.act} {claim.date or 'undated'}", values)
                self._derived(name, local_name("source", claim.source))
        own = {event.id for event in self._record.events}
        for state in self._record.states:
            for event in self._record.events_of(state.id):
                if event.id not in own:
                    self._following(event, state.id)

    def _following(self, event: Event, state: str) -> None:
        """The claims of an entry into force that only follows from a deposit or a succession, by a rule of the instrument."""
        deposit = next(one for one in self._record.events if one.id == event.id.rpartition(":")[0])
        for number, claim in enumerate(event.claims):
            name = local_name("claim", event.id, state, number)
            values = {"follows": True, "act": claim.act.value, "rank": claim.rank.value, "note": claim.note}
            date = {"date": claim.date.edtf} if claim.date else {}
            self._entity(
                name,
                CLAIM,
                f"{claim.act} {claim.date or 'undated'}",
                {**values, **date, "event": event.id, "state": state},
            )
            for place, one in enumerate(deposit.claims):
                if one in deposit.claims_of(state) and one.source == claim.source:
                    self._derived(name, local_name("claim", deposit.id, place))

    def _view(self, provenance: Provenance) -> None:
        values = self._attributes(VIEW, " ".join(provenance.view.values()), provenance.view)
        activity = self.prov.activity(self._own["view"], None, None, values)
        self.prov.usage(activity, self._own["record"])
        own = {event.id for event in self._record.events}
        for number, derived in enumerate(provenance.spells):
            spell, name = derived.spell, local_name("spell", derived.state.id, number)
            days = {"first_day": json_day(spell.first_day), "last_day": json_day(spell.last_day)}
            values = {
                "state": derived.state.id,
                **{key: day for key, day in days.items() if day},
                "status": "|".join(in_order(spell.statuses)),
                "verdict": str(spell.verdict),
                "position": number,
            }
            entity = self._entity(name, SPELL, f"{derived.state.name} {spell}", values)
            self.prov.generation(entity, activity)
            for cited in derived.claims:
                place = cited.event.claims.index(cited.claim)
                parts = (place,) if cited.event.id in own else (derived.state.id, place)
                self._derived(name, local_name("claim", cited.event.id, *parts), activity)
            for attestation in derived.attestations:
                self._derived(name, local_name("attestation", self._record.attestations.index(attestation)), activity)


def _sources_of(entry: Mapping[str, Any]) -> list[str]:
    """The sources that an entry names: those that it is taken from, or that it copies."""
    named = [entry.get("source", []), entry.get("sources", []), entry.get("copies", [])]
    ids = [id for one in named for id in ([one] if isinstance(one, str) else one)]
    claims = [claim["source"] for claim in entry.get("claims", []) if isinstance(claim, dict)]
    return list(dict.fromkeys([*ids, *claims]))
