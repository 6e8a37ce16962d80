"""
Citations: the sources of an answer as CSL-JSON or BibTeX, so that a researcher can cite them.

CSL-JSON needs nothing beyond the core. BibTeX is written by pybtex, which the extra `bibtex` brings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from csto_membership._evidence.claims import Kind, Source
from csto_membership._questions.answers import Finding
from csto_membership._questions.conflicts import Conflict
from csto_membership._questions.differences import Difference
from csto_membership._values.cells import visible
from csto_membership.exceptions import ArgumentError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._values.dates import ImpreciseDate


__all__ = ["Citable", "bibtex", "csl", "sources_of"]

#: What rests on sources that can be cited.
Citable: TypeAlias = "Source | Finding | Conflict | Difference"
_CITABLE = ("Source", "Finding", "Conflict", "Difference")

_CSL_TYPES = {
    Kind.PRIMARY: "document",
    Kind.DATASET: "dataset",
    Kind.PRESS: "article-newspaper",
    Kind.TERTIARY: "webpage",
}


def sources_of(*cited: Citable) -> tuple[Source, ...]:
    """
    The sources that answers rest on and those that contest them, each once, in the order in which the answers name them.

    Raises `ArgumentError` for what has no sources, such as a list of members.

    >>> from csto_membership import CSTO
    >>> [source.id for source in sources_of(CSTO.according_to("asia-plus-2021").status("KGZ", "2021-07-07"))]
    ['asia-plus-2021']
    """
    return tuple(dict.fromkeys(source for item in cited for source in _sources(item)))


def _sources(item: Citable) -> Iterator[Source]:
    if isinstance(item, Source):
        yield item
    elif isinstance(item, Finding):
        yield from (cited.source for cited in item.cited)
        yield from (claim.source for claim in item.contested_by)
    elif isinstance(item, Conflict):
        yield from (claim.source for claim in item.claims)
        yield from (attestation.source for attestation in item.attestations)
    elif isinstance(item, Difference):
        yield from (statement.source for side in item.claims for statement in side)
    else:
        raise ArgumentError("cited", item, f"a {type(item).__name__} has no sources to cite", _CITABLE)


def csl(*cited: Citable) -> list[dict[str, Any]]:
    """
    The sources of answers (see `sources_of`) as CSL-JSON items, ready for `json.dumps`.

    Raises `ArgumentError` for what has no sources. A date that is known to the day, month or year is given as such,
    any other as the range of its days; an unknown or open one is left out.

    >>> from csto_membership import Source
    >>> for published in ("2012-06", "[2012..2013]", "[2012..]"):
    ...     print(csl(Source("a", published=published))[0].get("issued"))
    {'date-parts': [[2012, 6]]}
    {'date-parts': [[2012, 1, 1], [2013, 12, 31]]}
    None
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
    The sources of answers (see `sources_of`) as BibTeX entries (`@misc`).

    Special characters are escaped, but not in addresses. A source without a title has its id as the title; a character
    that a key cannot have, such as a comma, becomes a hyphen.
    Raises `ArgumentError` for what has no sources, and `MissingExtraError` where pybtex is not installed.

    >>> from csto_membership import Source
    >>> print(bibtex(Source("treaty, 1992", title="The Treaty", published="1992-05-15")).strip())
    @misc{treaty--1992,
        title = "{The Treaty}",
        year = "1992",
        date = "1992-05-15"
    }
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
    """An id as the key of an entry, which can hold no blanks, commas and the like."""
    return re.sub(r"[^\w:.+-]", "-", id)


#: Characters that pybtex does not escape: it takes them for LaTeX.
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


def _latex(text: str) -> str:
    """A text on one line, in which no character means anything to TeX, or to a terminal."""
    return "".join(_LATEX.get(letter, letter) for letter in visible(" ".join(text.split())))


def _address(url: str) -> str:
    """An address in ASCII that cannot end a field."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")


def _with_plain_addresses(text: str, sources: Iterable[Source]) -> str:
    """The entries with their addresses unescaped: BibTeX styles read an address verbatim."""
    import codecs

    import latexcodec  # noqa: F401  (registers the codec that the writer used)

    for source in sources:
        if source.url:
            address = _address(source.url)
            escaped: Any = codecs.encode(address, "ulatex")
            text = text.replace(f'url = "{escaped}"', f'url = "{address}"')
    return text
