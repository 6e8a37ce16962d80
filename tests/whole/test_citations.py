"""Citations: the sources of an answer as CSL-JSON and BibTeX, complete, each once, and read back as they were."""

from __future__ import annotations

import codecs
import datetime as dt
import json
import sys
from typing import Any
from urllib.parse import unquote

import latexcodec  # noqa: F401  (registers the codec that pybtex writes with)
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

import csto_membership as csto
from csto_membership import CSTO, ImpreciseDate, Kind, MissingExtraError, Source
from csto_membership._questions.differences import Difference
from csto_membership.citations import bibtex, csl, sources_of

ADDRESS = "https://example.org/a_b%20c?d=e&f=~g#h"


def source(id: str = "s", published: str | None = None, consulted: str | None = None, **more: Any) -> Source:
    told, read = (ImpreciseDate.parse(text) if text else None for text in (published, consulted))
    return Source(id, published=told, consulted=read, **more)


def fields(cited: Source) -> dict[str, str]:
    """The fields of the only entry of a source's BibTeX."""
    (entry,) = parse_string(bibtex(cited), "bibtex").entries.values()
    return dict(entry.fields)


def plain(written: str) -> str:
    """The text that a field of BibTeX writes."""
    decode: Any = codecs.decode
    letters = {
        r"\textbackslash{}": ("\ue000", "\\"),
        r"\textbraceleft{}": ("\ue001", "{"),
        r"\textbraceright{}": ("\ue002", "}"),
        r"\$": ("\ue003", "$"),
        r"\textasciicircum{}": ("\ue004", "^"),
        r"\textasciitilde{}": ("\ue005", "~"),
    }
    for macro, (mark, _) in letters.items():
        written = written.replace(macro, mark)
    text = str(decode(written, "ulatex"))
    for mark, letter in letters.values():
        text = text.replace(mark, letter)
    return text


# --- CSL-JSON --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.PRIMARY, "document"),
        (Kind.DATASET, "dataset"),
        (Kind.PRESS, "article-newspaper"),
        (Kind.TERTIARY, "webpage"),
    ],
)
def test_the_type_of_an_item_follows_the_kind_of_source(kind: Kind, expected: str) -> None:
    (item,) = csl(source(kind=kind, publisher="P"))
    assert item["type"] == expected
    assert item["container-title" if kind is Kind.PRESS else "publisher"] == "P"
    assert len({"container-title", "publisher"} & set(item)) == 1


@pytest.mark.parametrize(
    ("published", "parts"),
    [
        ("2012-06-28", [[2012, 6, 28]]),
        ("2012-06", [[2012, 6]]),
        ("2012-06-XX", [[2012, 6]]),
        ("2012", [[2012]]),
        ("[2012-06-28..2012-07-01]", [[2012, 6, 28], [2012, 7, 1]]),
        ("[2012..2013]", [[2012, 1, 1], [2013, 12, 31]]),
        ("199X", [[1990, 1, 1], [1999, 12, 31]]),
    ],
)
def test_a_publication_date_is_as_precise_as_it_is_known(published: str, parts: list[list[int]]) -> None:
    (item,) = csl(source(published=published))
    assert item["issued"] == {"date-parts": parts}
    (item,) = csl(source(consulted=published))
    assert item["accessed"] == {"date-parts": parts}
    assert "issued" not in item


@pytest.mark.parametrize("qualifier", ["?", "~", "%"])
def test_a_doubtful_date_is_marked(qualifier: str) -> None:
    (item,) = csl(source(published=f"2012-06{qualifier}"))
    assert item["issued"] == {"date-parts": [[2012, 6]], "circa": True}


def test_what_is_unknown_is_left_out() -> None:
    assert csl(source()) == [{"id": "s", "type": "webpage"}]
    assert csl() == []
    whole = source(
        published="2012", consulted="2026-11-21", kind=Kind.PRIMARY, title="T", publisher="P", url=ADDRESS, note="N"
    )
    assert csl(whole) == [
        {
            "id": "s",
            "type": "document",
            "title": "T",
            "publisher": "P",
            "issued": {"date-parts": [[2012]]},
            "accessed": {"date-parts": [[2026, 11, 21]]},
            "URL": ADDRESS,
            "note": "N",
        }
    ]


@pytest.mark.parametrize("published", ["[..2012-01-05]", "[2012-01-05..]"])
def test_an_open_date_is_not_shown_as_one_day(published: str) -> None:
    (item,) = csl(source(published=published))
    assert item.get("issued") != {"date-parts": [[2012, 1, 5]]}
    assert fields(source(published=published)).get("date") != "2012-01-05"


@given(st.dates(), st.dates())
def test_the_parts_of_a_date_are_its_days(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    (item,) = csl(source(published=f"[{first}..{last}]", consulted=first.isoformat()))
    ends = [first] if first == last else [first, last]
    parts = [[day.year, day.month, day.day] for day in ends]
    assert item["accessed"] == {"date-parts": parts[:1]}
    found = item["issued"]["date-parts"]
    # a range that is a whole month or year may be told as such
    assert found == parts or found == [parts[0][: len(found[0])]]


def test_the_items_of_the_bundled_record_are_json_ready_and_complete() -> None:
    items = csl(*CSTO.sources)
    assert json.loads(json.dumps(items)) == items
    assert [item["id"] for item in items] == [cited.id for cited in CSTO.sources]
    for item, cited in zip(items, CSTO.sources, strict=True):
        assert item.get("title", "") == cited.title
        assert item.get("URL", "") == cited.url
        assert item.get("note", "") == cited.note
        assert item.get("publisher", item.get("container-title", "")) == cited.publisher
        assert ("issued" in item) == (cited.published is not None)
        for date in (item.get("issued"), item.get("accessed")):
            for parts in date["date-parts"] if date else []:
                dt.date(*(*parts, 1, 1)[:3])
                assert all(type(part) is int for part in parts)


# --- BibTeX ----------------------------------------------------------------------------------------------------------


def test_the_entries_of_the_bundled_record_are_read_back_as_the_same_fields() -> None:
    parsed = parse_string(bibtex(*CSTO.sources), "bibtex")
    assert list(parsed.entries) == [cited.id for cited in CSTO.sources]
    for cited in CSTO.sources:
        entry = parsed.entries[cited.id]
        assert entry.type == "misc"
        found = dict(entry.fields)
        assert plain(found.pop("title")) == f"{{{cited.title or cited.id}}}"
        assert plain(found.pop("organization", "")) == cited.publisher
        assert plain(found.pop("note", "")) == cited.note
        assert found.pop("url", "") == cited.url
        assert found.pop("urldate", None) == (cited.consulted and cited.consulted.edtf)
        date, year = found.pop("date", None), found.pop("year", None)
        if cited.published is None:
            assert (date, year) == (None, None)
        else:
            assert date
            assert cited.published.earliest
            assert year == str(cited.published.earliest.year)
            span = ImpreciseDate.parse(f"[{date.replace('/', '..')}]" if "/" in date else date)
            assert (span.earliest, span.latest) == (cited.published.earliest, cited.published.latest)
        assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "50% & $3 #1 a_b ~ ^ <a>",
        'say "x"',
        "Протокол – «ОДКБ»",
        "Türkiye, Côte d'Ivoire, Łódź",
        "{braced} words",
        "a \U0001f54a",
        "x@y, (z) = 1",
        "% no comment",
        "$x$",
    ],
)
def test_special_characters_are_read_back(text: str) -> None:
    found = fields(source(title=text, publisher=text, note=text, url=ADDRESS))
    assert plain(found["title"]) == f"{{{text}}}"
    assert plain(found["organization"]) == plain(found["note"]) == text
    assert found["url"] == ADDRESS


@pytest.mark.parametrize("text", ["a { b", "a } b", "a \\ b", "C:\\temp\\new"])
def test_braces_and_backslashes_are_read_back(text: str) -> None:
    assert plain(fields(source(title=text))["title"]) == f"{{{text}}}"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        (ADDRESS, ADDRESS),
        ("https://example.org/{a}", "https://example.org/%7Ba%7D"),
        ('https://example.org/a"b', "https://example.org/a%22b"),
        ("https://example.org/a\\b", "https://example.org/a%5Cb"),
        ("https://example.org/%D0%9E_%D0%94", "https://example.org/%D0%9E_%D0%94"),
    ],
)
def test_addresses_are_verbatim_but_for_what_would_end_the_field(url: str, written: str) -> None:
    assert fields(source(url=url))["url"] == written


@pytest.mark.parametrize("url", ["https://example.org/é_%20", "https://ru.wikipedia.org/wiki/ОДКБ_(организация)"])
def test_other_letters_of_an_address_are_percent_encoded(url: str) -> None:
    written = fields(source(url=url))["url"]
    assert written.isascii()
    assert unquote(written) == unquote(url)


@pytest.mark.parametrize("id", ["a b", "a,b"])
def test_every_id_makes_an_entry_that_can_be_read(id: str) -> None:
    assert fields(source(id, title="T"))["title"] == "{T}"


def test_entries_have_no_more_than_is_known() -> None:
    assert fields(source("only")) == {"title": "{only}"}
    assert bibtex().strip() == ""
    assert fields(source(published="2012-06", consulted="2026-11-21"))["date"] == "2012-06"
    assert fields(source(published="[2012-06-01..2012-07-03]"))["date"] == "2012-06-01/2012-07-03"


@pytest.mark.parametrize("missing", ["pybtex", "pybtex.database"])
def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.delitem(sys.modules, "pybtex.database")
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtraError) as caught:
        bibtex(source())
    assert (caught.value.package, caught.value.extra) == ("pybtex", "bibtex")
    assert isinstance(caught.value, ImportError)
    assert '"csto_membership[bibtex]"' in str(caught.value)
    assert csl(source())


# --- Sources of answers ----------------------------------------------------------------------------------------------


def test_the_sources_of_a_finding_are_those_it_rests_on_and_those_that_contest_it() -> None:
    found = csto.status("GEO", "1994-01-01")
    assert [cited.id for cited in sources_of(found)] == [
        "wikipedia-2006-05",
        "gibler-handbook",
        "atop-4.01",
        "news-pravda-2025-05-15",
    ]
    contested = csto.status("GEO", "1993-10-01")
    assert {cited.id for cited in sources_of(contested)} == {told.source.id for told in contested.contested_by} != set()


def test_the_sources_of_an_attested_finding_are_those_that_attest() -> None:
    found = CSTO.according_to("asia-plus-2021").status("KG", "2021-07-07")
    assert [cited.id for cited in sources_of(found)] == ["asia-plus-2021"]
    assert "asia-plus-2021" in bibtex(found)


@pytest.mark.parametrize("reading", ["declared", "legal", "participating"])
def test_the_sources_of_a_controversy_are_all_that_speak_in_it(reading: str) -> None:
    for found in CSTO.under(reading).conflicts():
        cited = sources_of(found)
        assert {each.id for each in cited} == {
            *(told.source.id for told in found.claims),
            *(told.source.id for told in found.attestations),
        }
        assert len(set(cited)) == len(cited)
        assert [item["id"] for item in csl(found)] == [each.id for each in cited]


def test_the_sources_of_a_difference_are_those_of_both_sides() -> None:
    differences = CSTO.compare(CSTO.resolved("every"))
    assert differences
    for found in differences:
        cited = sources_of(found)
        assert {each.id for each in cited} == {told.source.id for side in found.claims for told in side}
        assert len(set(cited)) == len(cited)


def test_each_source_is_cited_once_in_the_order_of_the_answers() -> None:
    one, other = csto.status("GEO", "1994-01-01"), csto.status("BLR", "1994-01-01")
    together = sources_of(other, one, *CSTO.conflicts(), *CSTO.sources)
    assert len({cited.id for cited in together}) == len(together) == len(CSTO.sources)
    assert together[: len(sources_of(other))] == sources_of(other)
    found: list[Difference] = [*CSTO.compare(CSTO.under("legal"))]
    assert list(parse_string(bibtex(*found, *found), "bibtex").entries) == [cited.id for cited in sources_of(*found)]
    assert [item["id"] for item in csl(one, one)] == [cited.id for cited in sources_of(one)]


def test_only_answers_with_sources_can_be_cited() -> None:
    with pytest.raises(csto.ArgumentError):
        sources_of(csto.members_on("2007-01-01"))  # type: ignore[arg-type]
