"""Whatever a picture is made of, histories, tables, registries, rows or frames, it shows the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from support.league import claim_of, event_of, history_of
from support.views import histories

import csto_membership as csto
from csto_membership import ArgumentError, History, Registry, Spell, Status, Verdict
from csto_membership.plots._shown.told import NO_RELATION, Told, told_of
from csto_membership.readers import read_spells
from csto_membership.writers import spell_rows, write_spells

LEGAL = csto.CSTO.under("legal")


def spells(told: Told) -> dict[str, list[Spell]]:
    """The spells of each state that are a relation, or may be one."""
    related = {line.state.id: [spell for spell in line if spell.statuses != NO_RELATION] for line in told.lines}
    return {id: found for id, found in related.items() if found}


def pandas_frame(rows: list[dict[str, Any]]) -> Any:
    return pytest.importorskip("pandas").DataFrame(rows)


def pandas_dates(rows: list[dict[str, Any]]) -> Any:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(rows)
    for column in ("first_day", "last_day"):
        # A column of days has no word for since ever.
        frame[column] = pandas.to_datetime(frame[column].replace("always", None), format="ISO8601")
    return frame.astype({"status": "category"})


def polars_frame(rows: list[dict[str, Any]]) -> Any:
    return pytest.importorskip("polars").DataFrame(rows)


def arrow_table(rows: list[dict[str, Any]]) -> Any:
    return pytest.importorskip("pyarrow").Table.from_pylist(rows)


def lists_of_statuses(rows: list[dict[str, Any]]) -> Any:
    return [{**row, "status": row["status"].split("|")} for row in rows]


# --- The same ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "frame", [list, iter, pandas_frame, pandas_dates, polars_frame, arrow_table, lists_of_statuses]
)
def test_rows_and_frames_of_spells_tell_what_the_history_tells(frame: Callable[..., Any]) -> None:
    (told,) = told_of(frame(list(spell_rows(LEGAL))))
    (of_history,) = told_of(LEGAL)
    assert spells(told) == spells(of_history)
    assert told.id == of_history.id
    # Rows do not say until when they tell.
    assert told.last is None
    assert of_history.last == LEGAL.coverage.last


@pytest.mark.law
@given(histories())
def test_rows_of_any_history_tell_what_it_tells(seen: History) -> None:
    rows = list(spell_rows(seen))
    (told,) = told_of(rows) if rows else told_of(seen)
    (of_history,) = told_of(seen)
    assert spells(told) == spells(of_history)


@pytest.mark.parametrize(
    "data", [LEGAL, [LEGAL], Registry.of(LEGAL), iter([LEGAL])], ids=["alone", "listed", "registry", "iterator"]
)
def test_a_history_alone_in_a_list_or_in_a_registry_tells_the_same(data: Any) -> None:
    (told,) = told_of(data)
    assert spells(told) == spells(*told_of(LEGAL))
    assert (told.label, told.title, told.view) == ("CSTO", "Collective Security Treaty Organization", "legal")


def test_a_record_is_seen_under_its_own_reading() -> None:
    (told,) = told_of(csto.history("eaeu").record)
    assert told.view == "legal"


def test_a_prepared_registry_tells_the_same_without_acts(tmp_path: Path) -> None:
    Registry.of(LEGAL, csto.history("guam")).prepare(tmp_path / "r.jsonl")
    prepared = told_of(Registry.from_prepared(tmp_path / "r.jsonl"))
    for told, live in zip(prepared, told_of([LEGAL, csto.history("guam")]), strict=True):
        assert spells(told) == spells(live)
        assert told.last == live.last
        state = told.lines[-1].state
        assert told.marks(state) == ()
        assert live.marks(state)
        assert told.other(csto.State("FRA", "France")).spells == live.other(csto.State("FRA", "France")).spells


def test_a_table_tells_of_each_of_its_organisations(tmp_path: Path) -> None:
    write_spells(Registry.of(csto.CSTO, csto.history("guam")), tmp_path / "spells.csv")
    assert [told.id for told in told_of(read_spells(tmp_path / "spells.csv"))] == ["csto", "guam"]


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow", "duckdb"])
@pytest.mark.parametrize("view", ["declared", "legal"])
def test_frames_of_spells_are_told_as_their_history(backend: str, view: str) -> None:
    pytest.importorskip("narwhals")
    pytest.importorskip(backend)
    from csto_membership.frames import spells_frame

    history = csto.CSTO.under(view).resolved("every").counting("member", "suspended").strict()
    (told,) = told_of(spells_frame(history, backend))
    assert spells(told) == spells(*told_of(history))


@pytest.mark.parametrize(
    ("member", "verdict"), [(True, "yes"), (False, "no"), (None, "undetermined"), ("true", "yes"), ("", "undetermined")]
)
def test_whether_a_state_was_a_member_may_stand_in_a_column(member: Any, verdict: str) -> None:
    rows = [{"state": "UZ", "statuses": "suspended", "member": member, "first_day": "2000-01-01", "last_day": None}]
    assert str(told_of(rows)[0].lines[0].on("2000-01-01").verdict) == verdict


# --- Names and states -------------------------------------------------------------------------------------------------


def test_a_state_is_one_across_organisations_whatever_each_calls_it() -> None:
    mine = csto.Record("mine", states=(csto.State("cow:704", "Uzbekia", cow=704),))
    one, other = told_of([csto.CSTO, mine])
    (line,) = other.lines
    assert one.lists(line.state)
    assert line.state.id == "UZB"
    assert one.line(line.state) == next(own for own in one.lines if own.state.id == "UZB")


def test_a_record_alone_names_its_states_itself() -> None:
    record = csto.Record("mine", states=(csto.State("UZB", "Uzbekia"),))
    assert [line.state.name for line in told_of(record)[0].lines] == ["Uzbekia"]


def test_rows_may_leave_out_names_organisations_and_verdicts() -> None:
    rows = [{"state": "uz", "statuses": "member|former", "first_day": "1999-01-01", "last_day": None}]
    (told,) = told_of(rows)
    (line,) = told.lines
    assert (told.id, told.title, line.state.id, line.state.name) == ("", "Spells", "UZB", "Uzbekistan")
    assert [spell.verdict for spell in line] == [Verdict.NO, Verdict.UNDETERMINED]
    assert [line.on(day).statuses for day in ("1998-12-31", "1999-01-01")] == [
        NO_RELATION,
        {Status.MEMBER, Status.FORMER},
    ]


def test_a_verdict_in_a_row_stands() -> None:
    rows = list(spell_rows(csto.CSTO.counting("member", "suspended")))
    (told,) = told_of(rows)
    assert told.line(csto.State("UZB", "")).on("2020-01-01").verdict is Verdict.YES


def test_days_of_which_no_row_speaks_are_no_relation() -> None:
    rows = [row for row in spell_rows(csto.CSTO) if row["status"] == "member"]
    (told,) = told_of(rows)
    line = told.line(csto.State("UZB", ""))
    shown = {day: line.on(day).statuses for day in ("1999-04-20", "1999-04-21", "2006-06-22", "2006-06-23")}
    member = {Status.MEMBER}
    assert list(shown.values()) == [member, NO_RELATION, NO_RELATION, member]


def test_of_a_state_that_rows_do_not_list_nothing_is_known() -> None:
    (told,) = told_of(list(spell_rows(csto.CSTO)))
    assert told.line(csto.State("FRA", "France")).on("2000-01-01").verdict is Verdict.UNDETERMINED
    (whole,) = told_of(csto.CSTO)
    assert whole.line(csto.State("FRA", "France")).on("2000-01-01").verdict is Verdict.NO


def test_what_is_told_ends_with_the_coverage_whatever_is_known_to_come() -> None:
    record = csto.history("cis").record
    early = History(evolve(record, coverage=evolve(record.coverage, last=dt.date(2008, 10, 1))))
    (told,) = told_of(early)
    assert told.last == dt.date(2008, 10, 1)
    assert told.line(csto.State("GEO", "")).on("2009-08-17").verdict is Verdict.YES
    assert told.line(csto.State("GEO", "")).on("2009-08-18").verdict is Verdict.NO


# --- Refused ----------------------------------------------------------------------------------------------------------

ROW = {"state": "UZ", "status": "member", "first_day": "1999-01-01", "last_day": "2000-01-01"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "it tells of no organisation"),
        ("csto", "a str cannot be drawn"),
        (7, "a int cannot be drawn"),
        ([csto.CSTO, "cis"], "a str cannot be drawn"),
        ([{**ROW, "status": "membre"}], "row 0 is no spell: unknown status 'membre'; did you mean 'member'"),
        ([ROW, {"state": "UZ"}], "row 1 is no spell: it has no 'first_day'; the columns are organisation, state"),
        ([{**ROW, "state": None}], "row 0 is no spell: unknown state None: the row names no state"),
        ([{**ROW, "first_day": "1999"}], "the ends of a spell that is drawn are exact days; give the table to readers"),
        ([{**ROW, "first_day": "1.2.1999"}], "row 0 is no spell: cannot use '1.2.1999' as a date"),
        ([{**ROW, "last_day": "1998-12-31"}], "the spell ends before it begins, on 1999-01-01"),
        ([{**ROW, "verdict": "perhaps"}], "there is no such verdict"),
        ([ROW, {**ROW, "first_day": "2000-01-01", "last_day": None}], "two of its spells overlap; give the table to"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(data: Any, reason: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        told_of(data)
    assert reason in str(caught.value)


def test_rows_that_touch_do_not_overlap() -> None:
    (told,) = told_of([ROW, {**ROW, "status": "former", "first_day": "2000-01-02", "last_day": None}])
    line = told.line(csto.State("UZB", ""))
    assert [line.on(day).statuses for day in ("2000-01-01", "2000-01-02")] == [{Status.MEMBER}, {Status.FORMER}]


@pytest.mark.parametrize(
    ("head", "institution", "label", "title"),
    [
        ({}, {}, "league", "league"),
        ({"name": "A league of states"}, {}, "A league of states", "A league of states"),
        ({"name": "A league"}, {"names": [{"name": "The whole League"}]}, "The whole League", "The whole League"),
        ({"name": "A league"}, {"abbreviation": "AL"}, "AL", "A league"),
    ],
)
def test_an_organisation_has_the_best_name_that_is_known(
    head: dict[str, Any], institution: dict[str, Any], label: str, title: str
) -> None:
    own = {"id": "league", "exists": {"declared": "2000-01-01"}, **institution}
    event = event_of("in", ["ARM"], claim_of("law", "signature", "2000-01-01"))
    history = history_of(event, head=head, institution=[own])
    (told,) = told_of(history)
    assert (told.label, told.title) == (label, title)
