"""What a prompt shows: a value in one short line, several as a short table."""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import CSTO, Registry
from csto_membership._values.listing import Listing, brief
from csto_membership.readers import read_spells

CIS = csto.history("cis")
LEGAL = CSTO.under("legal")
LISTINGS: dict[str, Listing[Any]] = {
    "conflicts": CSTO.conflicts(),
    "differences": CSTO.compare(LEGAL),
    "changes": CSTO.changes("1992-01-01", "2020-01-01"),
    "sources": CSTO.sources,
    "instruments": CSTO.instruments,
    "timelines": CSTO.timelines(),
    "sizes": CSTO.sizes(),
    "spells together": CSTO.both_members("Armenia", "Uzbekistan"),
    "runs together": Registry.of(CSTO, CIS).both_members("Armenia", "Georgia"),
}


def parts(value: Any, seen: set[int]) -> Iterator[Any]:
    """The value and everything of this library that it is made of."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, (tuple, list, frozenset)) and type(value) in (
        tuple,
        list,
        frozenset,
        *map(type, LISTINGS.values()),
    ):
        for part in value:
            yield from parts(part, seen)
    elif type(value).__module__.startswith("csto_membership."):
        yield value
        if attrs.has(type(value)) and not isinstance(value, csto.History):
            for field in attrs.fields(type(value)):
                if not field.name.startswith("_") and field.repr:
                    yield from parts(getattr(value, field.name), seen)


def answers() -> list[Any]:
    registry = Registry.of(CSTO, CIS)
    found: list[Any] = [CSTO, CIS, LEGAL, CSTO.record, CIS.record, registry, *LISTINGS.values()]
    for date in ("2006", "2007-01-01", "2012-10-01", "1993-10-01", "1850", "[2020..]"):
        found += [CSTO.members_on(date), LEGAL.status("UZ", date), CSTO.resolved("every").status("GE", date)]
        found += [registry.memberships_of("UZ", date), CSTO.according_to("cow-igo-3").status("UZ", date)]
    found += [
        CSTO.timeline("UZ"),
        *CSTO.acts("UZ"),
        *CSTO.sizes(),
        *CSTO.both_members("UZ", "GE"),
        *registry.both_members("UZ", "GE"),
    ]
    found += [CSTO.instruments_in_force("1999-04-20"), CSTO.bound_by("sochi-2013", "2020-01-01"), *CIS.conflicts()]
    found += CSTO.check(["UZ", "Lemuria"], "2007-01-01", "null").faults
    return found


def test_every_value_shows_itself_in_one_short_line() -> None:
    seen: set[int] = set()
    kinds = set()
    for value in parts(answers(), seen):
        if type(value).__name__ in {*dir(csto), "Shared", "InstitutionClaim"}:
            text = repr(value)
            assert len(text) <= 200, text
            assert text.isprintable(), text
            kinds.add(type(value).__name__)
    named = {
        *("Finding", "Conflict", "Difference", "Change", "Members", "Timeline", "Spell", "Source", "Claim", "Event"),
        *("Attestation", "Instrument", "Institution", "Record", "Matter", "ImpreciseDate", "State", "StateSet"),
        *("CitedClaim", "CitedAttestation", "Ground", "Memberships", "Shared", "Size", "Period", "Step", "Note"),
        *("DatedAct", "Existence"),
    }
    assert named <= kinds


def test_one_of_a_kind_is_no_plural() -> None:
    row = {"organisation": "league", "state": "KAZ", "status": "member", "first_day": "1992-05-15", "last_day": ""}
    table = read_spells([row])
    for value in (table, table.record("league"), Registry.of(table), table.history("league").timeline("KAZ")):
        for shown in (repr(value), str(value)):
            assert not re.search(r"\b1 [a-z]+s\b", shown), shown
    assert repr(Registry.of(table)) == "<Registry: 1 organisation, 1 state>"


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_is_a_short_table(name: str) -> None:
    listing = LISTINGS[name]
    lines = repr(listing).splitlines()
    assert len(lines) == 2 + min(len(listing), 10) + (len(listing) > 10)
    assert lines[0] == f"{len(listing)} {listing.noun}s"
    assert all(map(str.isprintable, lines))
    assert max(map(len, lines)) <= 200
    if len(listing) > 10:
        assert lines[-1] == f"... and {len(listing) - 10} more"
    html = listing._repr_html_()
    assert html.count("<table") == 1
    assert html.count("<tr>") == 1 + min(len(listing), 50)
    assert (f"... and {len(listing) - 50} more" in html) is (len(listing) > 50)


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_is_a_plain_tuple_in_everything_else(name: str) -> None:
    listing = LISTINGS[name]
    plain = tuple(listing)
    assert type(plain) is tuple
    assert listing == plain
    assert plain == listing
    assert hash(listing) == hash(plain)
    assert listing[0] is plain[0]
    assert listing[-1] is plain[-1]
    assert listing[1:3] == plain[1:3]
    assert type(listing[1:3]) is type(listing)
    assert listing.to_dicts() == [part.as_dict() for part in plain]
    for again in (pickle.loads(pickle.dumps(listing)), copy.copy(listing), copy.deepcopy(listing)):  # noqa: S301
        assert again == listing
        assert type(again) is type(listing)
        assert again.whose == listing.whose
    assert listing[1:3].whose == listing.whose


def test_an_empty_listing_and_one_of_a_single_value() -> None:
    none: Listing[Any] = CSTO.changes("1850-01-01", "1850-12-31")
    assert repr(none) == "no changes"
    assert "no changes" in none._repr_html_()
    assert none.to_dicts() == []
    assert none == ()
    assert repr(LISTINGS["changes"][:1]).splitlines()[0] == "1 change"


def test_the_numbers_that_used_to_fill_the_screen() -> None:
    for value in (CSTO.conflicts(), CSTO.compare(LEGAL), CSTO.sources, CSTO.status("UZ", "2012-10-01")):
        assert len(repr(value)) < 2500


@given(st.text(max_size=300))
def test_texts_of_files_neither_break_the_line_nor_steer_the_terminal(text: str) -> None:
    source = csto.Source("id", title=text)
    for shown in (repr(source), brief(source, text)):
        assert "\n" not in shown
        assert "\x1b" not in shown
        assert len(shown) < 1000
    lines = repr(type(CSTO.sources)([source, source])).split("\n")
    assert len(lines) == 4
    assert all(len(line.splitlines()) <= 1 for line in lines)
    assert "<b>" not in type(CSTO.sources)([csto.Source("id", title=f"<b>{text}")])._repr_html_()


def test_what_has_no_row_of_its_own_cannot_be_listed() -> None:
    with pytest.raises(NotImplementedError):
        repr(Listing(CSTO.sources))
