"""The bundled data as data: each rule that a curator follows, checked by a program."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

import csto_membership as csto
from csto_membership._values.world import world

DATA = Path(csto.__file__).parent / "data"
EVERY = pytest.mark.parametrize("organisation", csto.organisations())


def record(organisation: str) -> csto.Record:
    return csto.history(organisation).record


@EVERY
def test_a_deprecated_claim_carries_the_reason(organisation: str) -> None:
    for event in record(organisation).events:
        for claim in event.claims:
            assert claim.note or claim.rank is not csto.Rank.DEPRECATED, (event.id, claim)


@EVERY
def test_every_claim_says_where_in_its_source_it_stands_or_why_not(organisation: str) -> None:
    for event in record(organisation).events:
        for claim in event.claims:
            assert claim.locator or claim.note, (event.id, claim)


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


@EVERY
def test_no_claim_was_made_before_what_it_tells_of(organisation: str) -> None:
    found = record(organisation)
    for event in found.events:
        for claim in event.claims:
            published = found.source(claim.source).published
            # A text may fix a day that is still to come: the last day of a term, the effect of a notice.
            if published and claim.date and claim.act not in (csto.Act.EXPIRY, csto.Act.WITHDRAWAL):
                assert not published.certainly_before(claim.date), (event.id, claim)


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
def test_the_coverage_ends_by_the_last_reading_of_its_sources_and_the_edition_is_of_that_month(
    organisation: str,
) -> None:
    covered = csto.history(organisation).coverage
    read = max(source.consulted.latest or dt.date.min for source in record(organisation).sources if source.consulted)
    assert covered.first
    assert covered.last
    assert covered.last <= read
    assert csto.history(organisation).edition == f"{read:%Y.%m}"


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
    assert listed == {f"C{number}" for number in range(1, 19)}
    assert {entry["conflict"] for entry in tables if "conflict" in entry} == listed


def test_nothing_that_no_source_shows_was_filled_in() -> None:
    """No ratification or deposit by state was found for the Treaty; a table that has them repeats other dates."""
    acts = {claim.act for event in record("csto").events for claim in event.claims}
    assert csto.Act.RATIFICATION not in acts
