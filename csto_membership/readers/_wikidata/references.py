"""References of Wikidata statements as sources: what is stated in, at which address, published and read when."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from attrs import evolve

from csto_membership._evidence.claims import Kind, Source
from csto_membership.readers._wikidata.entities import UnreadError
from csto_membership.readers._wikidata.times import date_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csto_membership._values.dates import ImpreciseDate
    from csto_membership.readers._wikidata.entities import Faults


#: What statements without a reference rest on.
WIKIDATA = Source("wikidata", Kind.DATASET, "Wikidata", "Wikimedia Foundation", url="https://www.wikidata.org/")
_STATED_IN, _URL, _RETRIEVED, _PUBLISHED = "P248", "P854", "P813", "P577"
_TITLE, _PUBLISHER, _IMPORTED, _IMPORT_URL = "P1476", "P123", "P143", "P4656"
#: Where in a source it stands.
_WITHIN = {"P304": "page", "P958": "section", "P792": "chapter", "P478": "volume", "P433": "issue", "P7421": "line"}
_READ = {_STATED_IN, _URL, _RETRIEVED, _PUBLISHED, _TITLE, _PUBLISHER, _IMPORTED, _IMPORT_URL, *_WITHIN}


class Cited(NamedTuple):
    """A source of a statement, and where in it the statement stands."""

    source: str
    locator: str = ""


def texts_of(snaks: object, labels: Mapping[str, str]) -> list[str]:
    """
    What snaks say, in words: items by their label where the file has one, and by their id.

    "unknown" for a value that nobody knows, "none" for one that there is not.
    """
    return [_text(snak, labels) for snak in (snaks if isinstance(snaks, list) else [snaks])]


def item_of(snak: object) -> str:
    """The id of the item that a snak names; "" where it names none."""
    value = _value(snak)
    if isinstance(value, dict) and value.get("entity-type", "item") == "item":
        id, number = value.get("id"), value.get("numeric-id")
        if isinstance(id, str) and id.isprintable():
            return id
        return f"Q{number}" if type(number) is int else ""
    return ""


def _value(snak: object) -> Any:
    data = snak.get("datavalue") if isinstance(snak, dict) else None
    return data.get("value") if isinstance(data, dict) else None


def _text(snak: object, labels: Mapping[str, str]) -> str:
    kind = snak.get("snaktype") if isinstance(snak, dict) else None
    if kind in ("somevalue", "novalue"):
        return "unknown" if kind == "somevalue" else "none"
    if item := item_of(snak):
        return f"{labels[item]} ({item})" if labels.get(item) else item
    value = _value(snak)
    if isinstance(value, dict):
        value = next((value[key] for key in ("text", "time", "amount", "id") if key in value), value)
    return " ".join(str(value).split())


class References:
    """The sources that references name, each once, in the order of the file."""

    __slots__ = ("_faults", "_labels", "_sources")

    def __init__(self, faults: Faults, labels: Mapping[str, str]) -> None:
        self._faults, self._labels = faults, labels
        self._sources: dict[object, Source] = {}

    @property
    def sources(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self._sources.values()}

    def cited(self, references: object, place: str) -> list[Cited]:
        """What a statement rests on: the sources that it cites, or Wikidata itself where it cites none."""
        cited = []
        for number, reference in enumerate(references if isinstance(references, list) else []):
            snaks = reference.get("snaks") if isinstance(reference, dict) else None
            if isinstance(snaks, dict) and snaks:
                cited.append(self._cited(snaks, f"{place}.references[{number}]"))
        if not cited:
            self._sources.setdefault("", WIKIDATA)
        return list(dict.fromkeys(cited)) or [Cited(WIKIDATA.id)]

    def wikidata(self) -> str:
        """The id of Wikidata as a source, for what no reference says."""
        self._sources.setdefault("", WIKIDATA)
        return WIKIDATA.id

    def _cited(self, snaks: Mapping[str, Any], place: str) -> Cited:
        said = {property_id: texts_of(given, self._labels) for property_id, given in snaks.items()}
        published, consulted = (self._date(snaks, one, place) for one in (_PUBLISHED, _RETRIEVED))
        if published and consulted and published.certainly_after(consulted):
            days = f"published {published}, read {consulted}"
            self._faults.add(f"{place}.snaks.{_PUBLISHED}", "it was published after it was read", days, "correct one")
            published = None
        named = {one: said.get(one, []) for one in (_STATED_IN, _URL, _TITLE, _PUBLISHER, _IMPORTED, _IMPORT_URL)}
        # Labels come and go with the file; the ids stay.
        key = (*(tuple(texts_of(snaks.get(one, []), {})) for one in named), published and published.edtf)
        fresh = Source(
            self._id(snaks, key),
            Kind.TERTIARY,
            title="; ".join([*named[_TITLE], *named[_STATED_IN]]),
            publisher="; ".join(named[_PUBLISHER] or named[_IMPORTED]),
            published=published,
            consulted=consulted,
            url="".join([*named[_URL], *named[_IMPORT_URL]][:1]),
            note="; ".join(["as Wikidata cites it", *self._more(said, named)]),
        )
        source = self._sources.setdefault(key, fresh)
        if consulted and (not source.consulted or consulted.possibly_after(source.consulted)):
            # What was read twice was there when it was read last.
            self._sources[key] = evolve(source, consulted=consulted)
        within = [f"{word} {', '.join(said[one])}" for one, word in _WITHIN.items() if one in said]
        return Cited(source.id, ", ".join(within))

    def _more(self, said: Mapping[str, list[str]], named: Mapping[str, list[str]]) -> list[str]:
        """What a source record has no field for."""
        extra = [*named[_URL], *named[_IMPORT_URL]][1:]
        imported = [f"imported from {text}" for text in named[_IMPORTED]]
        other = [f"{one}: {', '.join(texts)}" for one, texts in said.items() if one not in _READ]
        return [*imported, *extra, *other]

    def _id(self, snaks: Mapping[str, Any], key: object) -> str:
        """A short id that tells the source, and stays as long as what the reference says of it."""
        items = [item_of(snak) for one in (_STATED_IN, _IMPORTED) for snak in _listed(snaks.get(one))]
        hosts = [_host(_value(snak)) for one in (_URL, _IMPORT_URL) for snak in _listed(snaks.get(one))]
        base = next(filter(None, [*hosts, *items]), "reference")
        return f"{base}-{sha256(repr(key).encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"

    def _date(self, snaks: Mapping[str, Any], property_id: str, place: str) -> ImpreciseDate | None:
        for snak in _listed(snaks.get(property_id)):
            if isinstance(snak, dict) and snak.get("snaktype") == "value":
                try:
                    return date_of(_value(snak))
                except UnreadError as error:
                    self._faults.add(f"{place}.snaks.{property_id}", error.problem, error.value, error.remedy)
        return None


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _host(url: object) -> str:
    """The host of an address, "" for none: letters, digits, dots and hyphens."""
    try:
        host = urlsplit(url).hostname if isinstance(url, str) else None
    except ValueError:
        return ""
    plain = (host or "").removeprefix("www.")
    return plain if plain.isascii() and plain.replace("-", "").replace(".", "").isalnum() else ""
