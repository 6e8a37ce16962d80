"""Many organisations at once: the same answers as one history each, whether prepared or not."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support import documents
from support.notebooks import strips, tree
from support.records import record_of_members

import csto_membership as csto
from csto_membership import (
    ArgumentError,
    DateError,
    History,
    ImpreciseDate,
    RecordError,
    State,
    UndeterminedError,
    UnknownNameError,
    UnknownStateError,
    Verdict,
)
from csto_membership._files.read import record_of
from csto_membership._load import dump
from csto_membership.exceptions import UnequalLengthsError
from csto_membership.readers import read_acts, read_spells
from csto_membership.registry import Memberships, Registry, Shared

DAY = dt.timedelta(1)
KOREA = State("PRK", "Korea", cow=731)


def two() -> Registry:
    return Registry.of(csto.CSTO, csto.history("cis"))


OTHER_KOREA = State("KOR", "Korea", cow=732)


def days_around(starts: tuple[dt.date, ...]) -> list[dt.date]:
    return sorted({day + shift * DAY for day in starts for shift in (-1, 0, 1)})


# --- a registry answers as its histories ----------------------------------------------------------------------------


@pytest.mark.law
@given(documents.rich(), documents.rich())
def test_every_answer_is_that_of_the_history(first: dict[str, Any], second: dict[str, Any]) -> None:
    histories = [History(evolve(record_of(told), id=f"o{n}")) for n, told in enumerate((first, second))]
    registry = Registry.of(*histories)
    for history in histories:
        for state in history.states:
            for day in documents.DAYS:
                asked = history.record.id, state, day
                assert registry.was_member(*asked) is history.was_member(state, day)
                assert registry.was_member(*asked[:2], str(day)) is history.was_member(state, day)
            assert registry.status(history.record.id, state, "2000") == history.status(state, "2000")
        assert registry.members_on(history.record.id, "2000-01") == history.members_on("2000-01")


@pytest.mark.law
@given(documents.rich())
def test_a_prepared_file_answers_as_what_wrote_it(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("prepared") / "registry.jsonl"
    history = History(record_of(told)).counting("member", "suspended")
    id = history.record.id
    Registry.of(history).prepare(path)
    prepared = Registry.from_prepared(path)
    assert prepared.organisations == (id,)
    assert [state.as_dict() for state in prepared.states] == [state.as_dict() for state in Registry.of(history).states]
    dates: list[dt.date | str] = [*documents.DAYS, "2000-01", "[..2000-01-05]", "[2000-01-05..]"]
    for state in history.states:
        for date in dates:
            asked = ImpreciseDate.parse(str(date))
            assert prepared.was_member(id, state, asked) is history.was_member(state, asked)
            found, expected = prepared.status(id, state, asked), history.status(state, asked)
            assert (found.statuses, found.verdict, found.date) == (expected.statuses, expected.verdict, expected.date)
            assert found.evidence == ()
        assert [prepared.was_member(id, state, day) for day in documents.DAYS] == [
            history.was_member(state, day) for day in documents.DAYS
        ]
    for date in dates:
        assert prepared.members_on(id, date) == history.members_on(date)


@pytest.mark.law
@given(documents.rich())
def test_preparing_what_was_prepared_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any]
) -> None:
    first, second = (tmp_path_factory.mktemp("prepared") / "registry.jsonl" for _ in range(2))
    Registry.of(record_of(told)).prepare(first)
    Registry.from_prepared(first).prepare(second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.law
@given(documents.rich(), st.lists(st.sampled_from(("declared", "legal", "participating")), min_size=1, max_size=4))
def test_organisations_whose_lines_stand_together_answer_as_each_alone(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any], readings: list[str]
) -> None:
    path = tmp_path_factory.mktemp("prepared") / "registry.jsonl"
    histories = [
        History(evolve(record_of(told), id=f"o{number}")).under(reading) for number, reading in enumerate(readings)
    ]
    live = Registry.of(*histories)
    live.prepare(path)
    prepared = Registry.from_prepared(path)
    assert [len(block.entries) for block in prepared._blocks] == [len(readings)]
    dates = [*map(str, documents.DAYS), "2000-01", "[..2000-01-05]"]
    for state in live.states:
        for date in dates:
            found = prepared.memberships_of(state.id, date)
            assert (found.certain, found.possible) == tuple(
                tuple(history.record.id for history in histories if history.was_member(state.id, date) in verdicts)
                for verdicts in ([Verdict.YES], [Verdict.YES, Verdict.UNDETERMINED])
            )
            assert found == live.memberships_of(state.id, date)
        for other in live.states:
            runs = prepared.both_members(state.id, other.id)
            assert runs == live.both_members(state.id, other.id)
            for history in histories:
                own = tuple(run[1:] for run in runs if run.organisation == history.record.id)
                assert own == tuple(
                    (spell.first_day, spell.last_day, spell.verdict) for spell in history.both_members(state, other)
                )


@pytest.mark.slow
def test_the_real_records_are_the_same_in_every_form(tmp_path: Path) -> None:
    registry = two()
    registry.prepare(tmp_path / "two.jsonl")
    prepared = Registry.from_prepared(tmp_path / "two.jsonl")
    pickled = pickle.loads(pickle.dumps(prepared))  # noqa: S301
    for organisation in ("csto", "cis"):
        history = csto.history(organisation)
        for state in history.states:
            for day in days_around(history.timeline(state).starts):
                expected = history.was_member(state, day)
                for form in (registry, prepared, pickled, pickle.loads(pickle.dumps(registry))):  # noqa: S301
                    assert form.was_member(organisation, state.name, day) is expected
    assert repr(prepared) == repr(registry) == f"<Registry: 2 organisations, {len(registry.states)} states>"


def test_views_are_kept_a_strict_one_too(tmp_path: Path) -> None:
    strict = csto.CSTO.under("legal").strict()
    Registry.of(strict).prepare(tmp_path / "strict.jsonl")
    prepared = Registry.from_prepared(tmp_path / "strict.jsonl")
    assert prepared.was_member("csto", "RUS", "2100-01-01") is Verdict.UNDETERMINED
    assert prepared.members_on("csto", "2100-01-01").reading == "legal"
    for form in (prepared, Registry.of(strict)):
        found = form.status("csto", "RUS", "2100-01-01")
        assert any("nothing is known" in caveat for caveat in found.caveats)
    assert "not here" in prepared.status("csto", "RUS", "2005-01-01").caveats[-1]


def test_the_view_of_a_table_is_that_of_its_histories(tmp_path: Path) -> None:
    spells, acts = tmp_path / "spells.csv", tmp_path / "acts.csv"
    spells.write_text("organisation,state,status,first_day,last_day\nclub,Kenya,member,1990-01-01,\n", encoding="utf-8")
    acts.write_text("organisation,state,act,date\nleague,Kenya,accession,1990-01-01\n", encoding="utf-8")
    registry = Registry.of(read_spells(spells), read_acts(acts, reading="legal"))
    for organisation, view in (("club", "declared"), ("league", "legal")):
        assert registry.members_on(organisation, "2000-01-01").reading == view
        assert registry.history(organisation).view.caption == view
    found = registry.memberships_of("Kenya", "2000-01-01")
    for shown in (registry, found):
        rows = [[cell.text for cell in row.iter("td")] for row in tree(shown._repr_html_()).iter("tr")]
        assert [next(cell for cell in row if cell in {"declared", "legal"}) for row in rows if row] == [
            "declared",
            "legal",
        ]


def test_the_strips_of_memberships_reach_as_far_as_their_evidence() -> None:
    # The last change of either is long before the day on which its evidence ends.
    found = Registry.bundled().memberships_of("UZ", "2013-01-01")
    assert "1991 to 2026" in found._repr_html_()
    assert [(drawn.tick and drawn.tick[0], drawn.beyond) for drawn in strips(found._repr_html_())] == [
        ("2013-01-01", ""),
        ("2013-01-01", ""),
    ]


# --- memberships of a state, and of two -----------------------------------------------------------------------------


def test_memberships_tell_the_certain_the_possible_and_the_unlisted() -> None:
    registry = Registry.of(two(), record_of_members("league", State("UZB", "Uzbekistan", cow=704), last="[2005..2007]"))
    found = registry.memberships_of("UZ", "2006-08-17")
    assert found.certain == ("csto", "cis")
    assert found.undetermined == ("league",)
    assert found.unlisted == ()
    assert registry.memberships_of("UZ", "2004-12-31").certain == ("cis", "league")
    assert registry.memberships_of("Moldova", "2004-01-01").unlisted == ("csto", "league")
    assert "csto" in found
    assert "CSTO" in found
    for wrong in ("no such", "", 5, None):
        with pytest.raises(UnknownNameError):
            assert wrong in found
    asks: list[Callable[[Memberships], object]] = [len, list, lambda told: "league" in told]
    for ask in asks:
        with pytest.raises(UndeterminedError, match="league"):
            ask(found)
    assert bool(found) is True
    assert list(registry.memberships_of("UZ", "2004-12-31")) == ["cis", "league"]
    assert len(registry.memberships_of("UZ", "1980-01-01")) == 0
    assert not registry.memberships_of("UZ", "1980-01-01")
    assert str(found).splitlines() == ["Uzbekistan on 2006-08-17", "  csto", "  cis", "  league (undetermined)"]
    assert json.loads(json.dumps(found.as_dict()))["undetermined"] == ["league"]
    with pytest.raises(UndeterminedError, match="any organisation"):
        bool(Memberships(found.state, found.date, (), ("league",)))


def test_both_members_is_bounded_by_both(tmp_path: Path) -> None:
    one, other = State("UZB", "Uzbekistan", cow=704), State("KAZ", "Kazakhstan", cow=705)
    record = record_of_members("league", one, first="[2000-01-01..2000-01-10]", last="2005-12-31")
    late = record_of_members("league", other, first="2003-01-01", last="2009-12-31")
    joint = evolve(record, states=(one, other), events=(*record.events, *late.events))
    registry = Registry.of(joint, record_of_members("alone", one))
    registry.prepare(tmp_path / "r.jsonl")
    expected = (Shared("league", dt.date(2003, 1, 1), dt.date(2005, 12, 30), Verdict.YES),)
    for form in (registry, Registry.from_prepared(tmp_path / "r.jsonl")):
        assert form.both_members("UZ", "KAZ") == form.both_members("KAZ", "UZ") == expected
        himself = form.both_members("UZ", "UZ")
        assert himself[0] == Shared("league", dt.date(2000, 1, 1), dt.date(2000, 1, 9), Verdict.UNDETERMINED)
        assert himself[1] == Shared("league", dt.date(2000, 1, 10), dt.date(2005, 12, 30), Verdict.YES)
        assert himself[2].organisation == "alone"
    assert str(expected[0]) == "league, 2003-01-01 to 2005-12-30: yes"
    assert expected[0].as_dict()["last_day"] == "2005-12-30"


@pytest.mark.law
@given(documents.rich())
def test_both_members_agrees_with_the_single_verdicts_on_every_day(told: dict[str, Any]) -> None:
    registry = Registry.of(record_of(told))
    a, b = next(iter(registry.states)), list(registry.states)[-1]
    runs = registry.both_members(a, b)
    for day in documents.DAYS:
        verdicts = {registry.was_member(registry.organisations[0], state, day) for state in (a, b)}
        expected = (
            Verdict.NO
            if Verdict.NO in verdicts
            else Verdict.UNDETERMINED
            if Verdict.UNDETERMINED in verdicts
            else Verdict.YES
        )
        found = [
            run.verdict
            for run in runs
            if (run.first_day or day) <= day and (run.last_day is None or day <= run.last_day)
        ]
        assert (found or [Verdict.NO]) == [expected]


# --- one identity a state -------------------------------------------------------------------------------------------


def test_a_name_of_two_states_is_refused_and_ids_decide(tmp_path: Path) -> None:
    registry = Registry.of(
        record_of_members("north", KOREA), record_of_members("south", OTHER_KOREA, first="1990-01-01")
    )
    registry.prepare(tmp_path / "r.jsonl")
    for form in (registry, Registry.from_prepared(tmp_path / "r.jsonl")):
        asks: list[Callable[[Registry], object]] = [
            lambda told: told.was_member("north", "Korea", dt.date(2001, 1, 1)),
            lambda told: told.was_member("north", "korea", "2001-01-01"),
            lambda told: told.memberships_of("Korea", "2001-01-01"),
            lambda told: told.status("south", "Korea", "2001-01-01"),
        ]
        for ask in asks:
            with pytest.raises(UnknownStateError) as caught:
                ask(form)
            assert len(caught.value.nearest) == 2
        assert form.was_member("north", "cow:731", "2001-01-01") is Verdict.YES
        assert form.was_member("south", "cow:732", "1995-01-01") is Verdict.YES
        assert form.memberships_of("cow:731", "1995-01-01").certain == ()


def test_a_state_is_one_by_its_number_whatever_its_id() -> None:
    own, plain = State("DEU", "Germany", alpha3="DEU", cow=255), State("cow:255", "Deutschland", cow=255)
    registry = Registry.of(record_of_members("a", own), record_of_members("b", plain))
    for name in ("DEU", "cow:255", "germany", "Deutschland", own, plain):
        assert registry.memberships_of(name, "2001-01-01").certain == ("a", "b")
    assert len(registry.states) == 1
    assert "DEU" in registry.states


def test_two_states_of_one_id_and_two_numbers_are_told_apart() -> None:
    # The id leads to both, and no identity is called so: it cannot decide.
    registry = Registry.of(
        record_of_members("a", State("XX1", "Here", cow=9001)), record_of_members("b", State("XX1", "There", cow=9002))
    )
    with pytest.raises(UnknownStateError) as caught:
        registry.memberships_of("XX1", "2001-01-01")
    assert caught.value.nearest == ("cow:9001", "cow:9002")
    assert registry.memberships_of("Here", "2001-01-01").certain == ("a",)


def test_a_state_of_the_table_of_states_is_found_by_its_number() -> None:
    registry = Registry.of(csto.CSTO, record_of_members("other", State("cow:704", "Uzbekiston", cow=704)))
    assert registry.memberships_of("UZB", "2001-01-01").certain == ("other",)
    assert registry.was_member("other", "UZ", "2001-01-01") is Verdict.YES


def test_what_is_not_known_is_refused() -> None:
    registry = Registry.of(csto.CSTO, record_of_members("korea", KOREA))
    assert registry.was_member("csto", "PRK", dt.date(2001, 1, 1)) is Verdict.NO
    with pytest.raises(UnknownStateError, match="Uzbekistan"):
        registry.was_member("csto", "Uzbekistn", dt.date(2001, 1, 1))
    with pytest.raises(UnknownStateError):
        registry.memberships_of(State("QQQ", "Nowhere"), "2001-01-01")
    for wrong in ("nato", 704, None, ["csto"]):
        with pytest.raises(UnknownNameError):
            registry.was_member(wrong, "UZ", dt.date(2001, 1, 1))  # type: ignore[arg-type]
    with pytest.raises(UnknownStateError):
        registry.was_member("csto", ["UZ"], dt.date(2001, 1, 1))  # type: ignore[arg-type]
    with pytest.raises(DateError):
        registry.was_member("csto", "UZ", "soon")
    assert registry.was_member("CSTO", "uz", dt.date(2007, 1, 1)) is Verdict.YES
    assert registry.was_member("Csto", "uz", "2007-01-01") is Verdict.YES


def test_two_organisations_of_one_id_are_refused() -> None:
    with pytest.raises(RecordError, match="'CSTO'") as caught:
        Registry.of(csto.CSTO, evolve(csto.CSTO.record, id="CSTO"), record_of_members("csto", KOREA))
    assert len(caught.value.faults) == 2
    with pytest.raises(ArgumentError):
        Registry.of("csto")  # type: ignore[arg-type]


def test_only_so_many_spellings_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csto_membership.registry._registry._MOST_SPELLINGS", 1)
    registry = two()
    for organisation in ("csto", "cis", "csto"):
        for state in ("UZ", "RU", "UZ"):
            assert registry.was_member(organisation, state, dt.date(2007, 1, 1)) is Verdict.YES
    assert {name: len(states) for name, states in registry._verdicts.items()} == {"csto": 1}


# --- columns --------------------------------------------------------------------------------------------------------


@given(st.data())
def test_check_is_was_member_row_by_row(data: st.DataObject) -> None:
    registry = two()
    rows = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from(["csto", "cis"]),
                st.sampled_from(["UZ", "ARM", "Georgia"]),
                st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 1)),
            )
        )
    )
    organisations, states, dates = [a for a, _, _ in rows], [b for _, b, _ in rows], [c for _, _, c in rows]
    assert registry.check(organisations, states, dates) == [registry.was_member(*row).value for row in rows]


def test_check_says_null_or_raises() -> None:
    registry = two()
    columns = (["csto", "nato", "csto", "csto"], ["UZ", "UZ", "Atlantis", "UZ"], ["2009-01-01"] * 3 + ["soon"])
    assert registry.check(*columns, errors="null") == [True, None, None, None]
    with pytest.raises(UnknownNameError, match="nato") as caught:
        registry.check(*columns)
    assert caught.value.__notes__[:1] == ["in row 1 (the first row is 0)"]
    with pytest.raises(ArgumentError, match="ignore"):
        registry.check(*columns, errors="ignore")  # type: ignore[arg-type]
    assert registry.check("csto", ["UZ", "RU"], dt.date(2004, 1, 1)) == [False, True]
    assert registry.check("csto", "UZ", "2004-01-01") == [False]
    assert registry.check("csto", iter([]), "2004-01-01") == []
    assert registry.check("cis", "Georgia", ["2009-08-17", "2009-08-18"]) == [True, False]
    for wrong in (["csto"], []), (["csto", "cis"], ["UZ"]):
        with pytest.raises(UnequalLengthsError) as unequal:
            registry.check(*wrong, "2004-01-01")
        assert unequal.value.organisations == len(wrong[0])
    for bad, error in (((None, "UZ", "2004"), UnknownNameError), (("csto", 5, "2004"), UnknownStateError)):
        with pytest.raises(error):
            registry.check(*bad)
    with pytest.raises(DateError):
        registry.check("csto", "UZ", 5)  # type: ignore[arg-type]


# --- made of files, records, tables ---------------------------------------------------------------------------------


def test_a_registry_is_made_of_files_and_tells_all_their_faults(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.toml"
    dump(record_of_members("league", KOREA), good)
    assert Registry.from_files(good).was_member("league", "PRK", "2001-01-01") is Verdict.YES
    bad.write_text("[organisation]\nid = 1\n", encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        Registry.from_files(good, bad, bad)
    assert [fault.file for fault in caught.value.faults] == [str(bad)] * 2
    with pytest.raises(FileNotFoundError):
        Registry.from_files(tmp_path / "none.toml")


def test_a_registry_is_made_of_records_and_tables(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(
        "organisation,state,status,first_day,last_day\nleague,UZ,member,2000,2001-12-31\n", encoding="utf-8"
    )
    table = read_spells(tmp_path / "s.csv")
    registry = Registry.of(Registry.of(csto.CSTO.record), Registry.from_tables(table))
    assert registry.organisations == ("csto", "league")
    assert registry.was_member("league", "UZ", "2000-06-01") is Verdict.UNDETERMINED
    assert registry.was_member("league", "UZ", dt.date(2000, 12, 31)) is Verdict.YES
    assert registry.history("league") is registry.history("LEAGUE")
    assert registry.history("csto").record is csto.CSTO.record
    registry.prepare(tmp_path / "r.jsonl")
    with pytest.raises(UnknownNameError, match="prepared"):
        Registry.from_prepared(tmp_path / "r.jsonl").history("league")


def test_organisations_with_the_same_states_share_them_when_prepared(tmp_path: Path) -> None:
    Registry.of(
        record_of_members("a", KOREA), record_of_members("b", KOREA), record_of_members("c", OTHER_KOREA)
    ).prepare(tmp_path / "r.jsonl")
    prepared = Registry.from_prepared(tmp_path / "r.jsonl")
    a, b, c = (entry.states for entry in prepared.entries)
    assert a is b
    assert a != c
    assert prepared.memberships_of("PRK", "2001-01-01").certain == ("a", "b")
