"""The bundled data as data: each rule that a curator follows, checked by a program."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest

import csto_membership as csto
from csto_membership._values.world import world

DATA = Path(csto.__file__).parent / "data"
LICENCES = (DATA / "LICENSES.md").read_text(encoding="utf-8")
EVERY = pytest.mark.parametrize("organisation", csto.organisations())


def record(organisation: str) -> csto.Record:
    return csto.history(organisation).record


def test_the_text_of_a_licence_that_is_to_go_along_lies_beside_the_data() -> None:
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", LICENCES)
    assert "LICENSE-unicode.txt" in links
    texts = {link: (DATA / link).read_text(encoding="utf-8") for link in links}
    assert texts["LICENSE-unicode.txt"].startswith("UNICODE LICENSE V3\n\nCOPYRIGHT AND PERMISSION NOTICE\n")
    assert "Copyright © 2004-2025 Unicode, Inc." in texts["LICENSE-unicode.txt"]


@EVERY
def test_a_deprecated_claim_carries_the_reason(organisation: str) -> None:
    for event in record(organisation).events:
        for claim in event.claims:
            assert claim.note or claim.rank is not csto.Rank.DEPRECATED, (event.id, claim)


@EVERY
def test_every_claim_step_and_attestation_says_where_in_its_source_it_stands(organisation: str) -> None:
    found = record(organisation)
    places = [(claim.source, claim.locator) for event in found.events for claim in event.claims]
    places += [(claim.source, claim.locator) for institution in found.institutions for claim in institution.claims]
    places += [(step.source, step.locator) for step in found.steps]
    places += [(told.source, told.locator) for told in found.attestations]
    assert [source for source, locator in places if not locator.strip()] == []


@EVERY
def test_every_source_has_a_title_and_the_day_it_was_consulted_and_was_published_before(organisation: str) -> None:
    for source in record(organisation).sources:
        assert source.title, source.id
        assert source.consulted, source.id
        assert source.consulted.is_exact, source.id
        assert source.url or source.note or source.publisher, source.id
        if source.published:
            assert not source.published.certainly_after(source.consulted), source.id


@EVERY
def test_every_source_is_used(organisation: str) -> None:
    found = record(organisation)
    used = {claim.source for event in found.events for claim in event.claims}
    used |= {told.source for told in found.attestations} | {step.source for step in found.steps}
    used |= {claim.source for institution in found.institutions for claim in institution.claims}
    used |= {source for note in found.notes for source in note.sources}
    used |= {source for instrument in found.instruments for source in instrument.sources}
    used |= {copied for source in found.sources for copied in source.copies}
    assert {source.id for source in found.sources} == used


@EVERY
def test_every_instrument_names_its_sources(organisation: str) -> None:
    for instrument in record(organisation).instruments:
        assert instrument.sources, instrument.id


#: Texts that fix a day that was still to come, by their record: the end of a term, the effect of a notice.
FORWARD_LOOKING = {
    "csto": {"cst-p1999-text"},
    "cis": {"panarmenian-2008-10"},
    # Texts of October 2014 that fix 2015-01-01.
    "eurasec": {"24kg-2014-10-10", "president-by-2014-10-10", "newsru-il-2014-10-10"},
}


def days_told(found: csto.Record) -> dict[str, list[dt.date]]:
    """By source, the days on which what it tells of happened at the earliest: of a period that it covers, the last."""
    days: dict[str, list[dt.date | None]] = {source.id: [] for source in found.sources}
    for event in found.events:
        for claim in event.claims:
            if date := claim.last_day or claim.date:
                days[claim.source].append(date.earliest)
    for institution in found.institutions:
        for founding in institution.claims:
            days[founding.source].append(founding.date.earliest)
    for step in found.steps:
        days[step.source].append(step.date.earliest)
    for told in found.attestations:
        some_day = told.speaks_of is csto.SpeaksOf.SOME_DAY
        days[told.source].append(told.during.first if some_day else told.during.last)
    return {source: [day for day in told if day] for source, told in days.items()}


@EVERY
def test_no_source_was_published_before_the_latest_day_that_it_tells_of(organisation: str) -> None:
    """So that a view by publication need not hedge where the text itself decides."""
    found = record(organisation)
    told = days_told(found)
    too_early = {
        source.id
        for source in found.sources
        if source.published and told[source.id]
        if (source.published.earliest or dt.date.min) < max(told[source.id])
    }
    assert too_early == FORWARD_LOOKING.get(organisation, set())


#: By these words our own descriptions begin.
DESCRIBING = {
    "account",
    "analysis",
    "answer",
    "article",
    "background",
    "check",
    "copy",
    "digest",
    "edition",
    "headline",
    "library",
    "list",
    "listing",
    "note",
    "page",
    "report",
    "weblog",
    "wikipedia",
}
#: Works in one language whose address is in another.
OTHER_LANGUAGE = {"kaz-law-2010-251"}


def long_words(text: str) -> set[str]:
    """The longer words in Latin letters, by which a title can be known again in an address."""
    return set(re.findall("[a-z]{4,}", text.casefold()))


def words_of_address(url: str) -> set[str]:
    """The words of the part of an address that spells a title out, if there is one of four words or more."""
    parts = [long_words(part) for part in re.split("[/?&=]", unquote(url)) if re.search(r"\w[-_+ ]\w+[-_+ ]\w", part)]
    return max((part for part in parts if len(part) > 3), key=len, default=set())


@EVERY
def test_a_title_is_that_of_the_work_or_stands_in_square_brackets(organisation: str) -> None:
    for source in record(organisation).sources:
        if source.title.startswith("["):
            assert re.fullmatch(r"\[[^][]*\w[^][]*\]", source.title), source.id
            continue
        assert not set("[]") & set(source.title), source.id
        assert source.title.split()[0].strip(":,").casefold() not in DESCRIBING, source.id
        spelt = words_of_address(source.url)
        if source.title.isascii() and spelt and source.id not in OTHER_LANGUAGE:
            assert len(spelt & long_words(source.title)) * 3 > len(spelt), (source.id, spelt)


@EVERY
def test_the_file_is_tidy(organisation: str) -> None:
    content = (DATA / f"{organisation}.toml").read_bytes()
    text = content.decode()
    assert unicodedata.normalize("NFC", text) == text
    assert b"\r" not in content
    assert b"\t" not in content
    for number, line in enumerate(text.splitlines(), 1):
        assert line == line.rstrip(), number
    assert text.endswith("\n")


@EVERY
def test_the_coverage_ends_with_the_evidence_and_the_edition_with_the_reading(organisation: str) -> None:
    """A record vouches up to the last day that something in it tells of, not up to the day on which it was consulted."""
    found = record(organisation)
    covered = csto.history(organisation).coverage
    assert covered.first
    assert covered.last
    assert covered.last <= max(day for told in days_told(found).values() for day in told)
    read = max(source.consulted.latest for source in found.sources if source.consulted and source.consulted.latest)
    assert covered.last <= read
    assert csto.history(organisation).edition == f"{read:%Y.%m}"


@pytest.mark.parametrize(("organisation", "last"), [("csto", dt.date(2026, 1, 20)), ("cis", dt.date(2026, 3, 21))])
def test_where_procedures_are_open_the_coverage_is_all_that_the_evidence_reaches(
    organisation: str, last: dt.date
) -> None:
    found = record(organisation)
    assert csto.history(organisation).coverage.last == last
    assert max(day for told in days_told(found).values() for day in told) == last


def test_no_alias_of_the_states_is_shared() -> None:
    csto.Record("all", states=tuple(world().values()))


def test_the_states_have_their_codes() -> None:
    for state in world().values():
        assert state.id == state.alpha3 or (state.id == f"cow:{state.cow}" and not state.alpha3)
        assert state.alpha2 is None or len(state.alpha2) == 2
        assert state.numeric is None or (len(state.numeric) == 3 and state.numeric.isdecimal())


def test_every_controversy_that_the_header_lists_is_in_the_record() -> None:
    text = (DATA / "csto.toml").read_text(encoding="utf-8")
    listed = {
        line.split()[1] for line in text.splitlines() if line.startswith("#   C") and line.split()[1][1:].isdigit()
    }
    found = tomllib.loads(text)
    tables = [entry for table in ("event", "attestation", "step", "note", "instrument") for entry in found[table]]
    tables += [claim for event in found["event"] for claim in event["claims"]]
    assert listed == {f"C{number}" for number in (*range(1, 19), 27)}
    assert {entry["conflict"] for entry in tables if "conflict" in entry} == listed


def test_nothing_that_no_source_shows_was_filled_in() -> None:
    """No ratification or deposit by state was found for the Treaty; a table that has them repeats other dates."""
    acts = {claim.act for event in record("csto").events for claim in event.claims}
    assert csto.Act.RATIFICATION not in acts
