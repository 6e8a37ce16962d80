"""
Citations: the sources of an answer as CSL-JSON or BibTeX, so that a researcher can cite what it rests on.

CSL-JSON needs nothing beyond the core. BibTeX is written by pybtex, which the extra `bibtex` brings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from csto_membership._evidence.claims import Kind, Source
from csto_membership._questions.answers import CitedAttestation, CitedClaim, Finding
from csto_membership._questions.conflicts import Conflict
from csto_membership._questions.differences import Difference
from csto_membership.exceptions import MissingExtraError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._values.dates import ImpreciseDate


__all__ = ["Citable", "bibtex", "csl", "sources_of"]

Citable: TypeAlias = "Source | Finding | Conflict | Difference"

_CSL_TYPES = {
    Kind.PRIMARY: "document",
    Kind.DATASET: "dataset",
    Kind.PRESS: "article-newspaper",
    Kind.TERTIARY: "webpage",
}


def sources_of(*cited: Citable) -> tuple[Source, ...]:
    """The sources that are cited, each once, in the order in which the answers name them."""
    return tuple(dict.fromkeys(source for item in cited for source in _sources(item)))


def _sources(item: Citable) -> Iterator[Source]:
    if isinstance(item, Source):
        yield item
        return
    told: list[CitedClaim | CitedAttestation] = []
    if not isinstance(item, (Finding, Conflict, Difference)):
        known = [kind.__name__ for kind in (Source, Finding, Conflict, Difference)]
        raise UnknownNameError("kind of answer to cite", type(item).__name__, known)
    if isinstance(item, Finding):
        for ground in item.evidence:
            told += [ground] if isinstance(ground, CitedAttestation) else ground.claims
        told += item.contested_by
    elif isinstance(item, Difference):
        told += [found for side in item.claims for found in side]
    else:
        told += [*item.claims, *item.attestations]
    yield from (found.source for found in told)


def csl(*cited: Citable) -> list[dict[str, Any]]:
    """
    The sources that are cited as CSL-JSON items, ready for `json.dumps`.

    A publication date that is known to the day, month or year is given so; another imprecise one as the range of its
    days; an unknown one is left out.
    """
    return [_csl_item(source) for source in sources_of(*cited)]


def _csl_item(source: Source) -> dict[str, Any]:
    item: dict[str, Any] = {"id": source.id, "type": _CSL_TYPES[source.kind]}
    if source.title:
        item["title"] = source.title
    if source.publisher:
        item["container-title" if source.kind is Kind.PRESS else "publisher"] = source.publisher
    for key, date in (("issued", source.published), ("accessed", source.consulted)):
        if date and (parts := _date_parts(date)):
            item[key] = {"date-parts": parts, **({"circa": True} if date.qualifier else {})}
    item |= {key: text for key, text in (("URL", source.url), ("note", source.note)) if text}
    return item


def _date_parts(date: ImpreciseDate) -> list[list[int]]:
    if date.earliest is None or date.latest is None:
        return []
    edtf = date.edtf.rstrip("?~%")
    if edtf.replace("-", "").isdecimal():
        return [[int(part) for part in edtf.split("-")]]
    return [[day.year, day.month, day.day] for day in (date.earliest, date.latest)]


def bibtex(*cited: Citable) -> str:
    """
    The sources that are cited as BibTeX entries (`@misc`), special characters escaped, addresses as they are.

    Raises `MissingExtraError` where pybtex is not installed.
    """
    try:
        from pybtex.database import BibliographyData, Entry
    except ImportError:
        raise MissingExtraError("pybtex", "bibtex") from None
    entries = {_key(source.id): Entry("misc", list(_bibtex_fields(source))) for source in sources_of(*cited)}
    text: str = BibliographyData(entries).to_string("bibtex")
    return _with_plain_addresses(text, sources_of(*cited))


def _bibtex_fields(source: Source) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_latex(source.title or source.id)}}}"
    if source.publisher:
        yield "organization", _latex(source.publisher)
    if source.published and (parts := _date_parts(source.published)):
        yield "year", str(parts[0][0])
        yield "date", "/".join("-".join(f"{part:02}" for part in day) for day in parts)
    if source.url:
        yield "url", _address(source.url)
    if source.consulted and (parts := _date_parts(source.consulted)):
        yield "urldate", "-".join(f"{part:02}" for part in parts[0])
    if source.note:
        yield "note", _latex(source.note)


def _key(id: str) -> str:
    """An id as a key of an entry, which can have no blanks, commas and the like."""
    return re.sub(r"[^\w:.+-]", "-", id)


#: What the writer leaves as it is, since it takes texts for LaTeX already.
_LATEX = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)


def _address(url: str) -> str:
    """An address in ASCII that cannot end a field."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")


def _with_plain_addresses(text: str, sources: Iterable[Source]) -> str:
    """The entries with addresses unescaped: what resolves them reads them verbatim."""
    import codecs

    import latexcodec  # noqa: F401  (registers the codec that the writer used)

    for source in sources:
        if source.url:
            address = _address(source.url)
            written: Any = codecs.encode(address, "ulatex")
            text = text.replace(f'url = "{written}"', f'url = "{address}"')
    return text
