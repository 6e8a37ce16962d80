"""The types that users see, as mypy and pyright understand them: `.ci/gates types` has both read this module."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import assert_type

import pytest

import csto_membership as csto
from csto_membership import (
    CSTO,
    Act,
    Conflict,
    Coverage,
    Difference,
    Finding,
    History,
    ImpreciseDate,
    Instrument,
    Members,
    Reading,
    Record,
    Resolution,
    Source,
    Spell,
    State,
    StateSet,
    Status,
    Timeline,
    UndeterminedError,
    Verdict,
)


def test_the_front_door() -> None:
    assert_type(csto.CSTO, History)
    assert_type(csto.members_on("2007-01-01"), Members)
    assert_type(csto.was_member("Uzbekistan", "2009-03-01"), Verdict)
    assert_type(csto.status("UZ", dt.date(2012, 10, 1)), Finding)
    assert_type(csto.timeline("UZ"), Timeline)
    assert_type(csto.organisations(), tuple[str, ...])
    assert_type(csto.history("cis"), History)
    assert_type(csto.precedence("cow-igo-3"), Resolution)
    assert_type(ImpreciseDate.parse("1999-04"), ImpreciseDate)
    assert_type(csto.__version__, str)


def test_files(tmp_path: Path) -> None:
    assert_type(csto.dump(CSTO, tmp_path / "csto.json"), None)
    assert_type(csto.load(tmp_path / "csto.json"), History)


def test_questions_about_a_day() -> None:
    assert_type(CSTO.size("2007-01-01"), tuple[int, int])
    assert_type(CSTO.timelines(), csto.Timelines)
    checked = CSTO.check(["UZ", "RU"], ["2007-01-01", None], errors="null")
    for answer in checked:
        assert_type(answer, bool | None)
    assert_type(checked.undetermined, tuple[int, ...])
    assert_type(checked.unreadable, tuple[int, ...])


def test_questions_over_time() -> None:
    assert_type(CSTO.was_member_throughout("UZ", "2007", "2008"), Verdict)
    assert_type(CSTO.was_member_at_some_time("UZ", "2007", None), Verdict)
    assert_type(CSTO.days_as_member("UZ", "2007", "2008"), tuple[int, int])
    assert_type(CSTO.both_members("UZ", "RU"), csto.Spells)
    for change in CSTO.changes("1999", "2012"):
        assert_type(change.date, ImpreciseDate)
        assert_type(change.state, State)
        assert_type(change.before, frozenset[Status])
    assert_type(CSTO.next_change("1999"), csto.Change | None)
    assert_type(CSTO.panel(), Iterator[csto.PanelRow])
    assert_type(CSTO.dyads(directed=True), Iterator[csto.DyadRow])
    assert_type(CSTO.bound_by("sochi-2013", "2020-01-01"), Members)
    for instrument in CSTO.instruments_in_force("2020-01-01").certain:
        assert_type(instrument, Instrument)


def test_disagreement() -> None:
    for conflict in CSTO.conflicts():
        assert_type(conflict, Conflict)
    for difference in CSTO.compare(CSTO.under("legal")):
        assert_type(difference, Difference)


def test_views_are_histories() -> None:
    assert_type(CSTO.under("legal"), History)
    assert_type(CSTO.resolved("every"), History)
    assert_type(CSTO.according_to("cow-igo-3"), History)
    assert_type(CSTO.as_published_by("2012-09-01"), History)
    assert_type(CSTO.institution("csto"), History)
    assert_type(CSTO.counting("member", Status.SUSPENDED), History)
    assert_type(CSTO.strict(), History)
    assert_type(CSTO.supposing("geo-signature", "1993-09-09"), History)
    assert_type(CSTO.without("uzb-notice"), History)
    assert_type(CSTO.record, Record)
    assert_type(CSTO.reading, Reading)
    assert_type(CSTO.resolution, Resolution)
    assert_type(CSTO.states, StateSet)
    assert_type(CSTO.coverage, Coverage)
    assert_type(CSTO.edition, str)
    for source in CSTO.sources:
        assert_type(source, Source)


def test_values() -> None:
    members = CSTO.members_on("2006")
    assert_type(members.certain, StateSet)
    assert_type(members.possible, StateSet)
    assert_type(members.undetermined, StateSet)
    assert_type(members.fewest, int)
    for state in members.possible:
        assert_type(state, State)
        assert_type(state.alpha3, str | None)
        assert_type(state.cow, int | None)
    verdict = CSTO.was_member("UZ", "2006")
    assert_type(verdict.value, bool | None)
    assert_type(verdict.otherwise(default=False), bool)
    finding = CSTO.status("UZ", "2012-10-01")
    assert_type(finding.statuses, frozenset[Status])
    assert_type(finding.status, Status)
    assert_type(finding.verdict, Verdict)
    assert_type(finding.caveats, tuple[str, ...])
    for spell in CSTO.timeline("UZ"):
        assert_type(spell.first_day, dt.date | None)
        assert_type(spell.last_day, dt.date | None)
    assert_type(CSTO.timeline("UZ").on("2007-01-01"), Spell)
    date = ImpreciseDate.parse("1999-04")
    assert_type(date.earliest, dt.date | None)
    assert_type(Act("signature"), Act)
    with pytest.raises(UndeterminedError) as caught:
        bool(verdict)
    assert caught.value.finding is None


def test_registries() -> None:
    registry = csto.Registry.bundled()
    assert_type(registry.members_on("cis", "2007-01-01"), Members)
    assert_type(registry.was_member("cis", "Georgia", "2007-01-01"), Verdict)
    assert_type(registry.status("cis", "Georgia", "2007-01-01"), Finding)
    for organisation in registry.memberships_of("Georgia", "2007-01-01"):
        assert_type(organisation, str)
