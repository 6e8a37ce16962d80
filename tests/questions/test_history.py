"""History: views that replace the former of their kind, names that must exist, and values that can be shared."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import documents
from support.asking import around, unknown

import csto_membership as csto
from csto_membership import (
    CSTO,
    LEGAL,
    ArgumentError,
    DateError,
    Existence,
    History,
    Institution,
    Source,
    State,
    Status,
    UnknownNameError,
    UnknownStateError,
    Verdict,
)
from csto_membership import ImpreciseDate as Date
from csto_membership._evidence.resolution import Resolution, as_resolution, precedence
from csto_membership._files.read import record_of

ROOT = Path(__file__).parents[2]
DAY = dt.timedelta(1)
YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
SOURCES = {source.id: source for source in CSTO.sources}


# --- What the bundled record says ------------------------------------------------------------------------------------

BOUNDARIES = [
    ("declared", "UZB", "1992-05-15", [NO, YES, YES]),
    ("declared", "UZB", "1999-04-20", [YES, YES, NO]),
    ("declared", "UZB", "2006-06-23", [NO, YES, YES]),
    ("declared", "UZB", "2012-06-28", [YES, NO, NO]),
    ("declared", "GEO", "1993-12-09", [NO, YES, YES]),
    ("declared", "GEO", "1999-04-20", [YES, YES, NO]),
    ("declared", "AZE", "1993-09-24", [NO, YES, YES]),
    ("declared", "AZE", "1999-04-20", [YES, YES, NO]),
    ("declared", "BLR", "1993-12-31", [NO, YES, YES]),
    ("declared", "ARM", "1994-04-20", [YES, YES, YES]),
    ("declared", "ARM", "2024-02-22", [YES, YES, YES]),
    ("legal", "ARM", "1994-04-20", [NO, YES, YES]),
    ("legal", "UZB", "1999-04-20", [YES, YES, NO]),
    ("legal", "UZB", "2012-06-28", [YES, YES, YES]),
    ("legal", "UZB", "2012-12-19", [YES, NO, NO]),
    ("participating", "ARM", "2024-02-22", [YES, NO, NO]),
    ("participating", "UZB", "2012-06-28", [YES, NO, NO]),
]


@pytest.mark.parametrize(("reading", "state", "day", "expected"), BOUNDARIES)
def test_the_bundled_record_turns_on_the_day(reading: str, state: str, day: str, expected: list[Verdict]) -> None:
    assert around(CSTO.under(reading), state, day) == expected


def test_the_organisation_begins_on_its_own_day_and_former_members_are_none_there() -> None:
    line, body = CSTO, CSTO.institution("csto")
    assert around(line, "RUS", "2002-10-07") == [YES, YES, YES]
    assert around(body, "RUS", "2002-10-07") == [NO, YES, YES]
    assert around(body.under("legal"), "RUS", "2003-09-18") == [NO, YES, YES]
    assert body.status("GEO", "2005-01-01").status is Status.NONE
    assert line.status("GEO", "2005-01-01").status is Status.FORMER
    assert body.status("UZB", "2005-01-01").status is Status.NONE
    assert body.status("UZB", "2015-01-01").status is Status.SUSPENDED
    assert any("csto begins on" in caveat for caveat in body.status("RUS", "2002-10-06").caveats)
    assert not any("begins on" in caveat for caveat in body.status("RUS", "2002-10-07").caveats)


def test_the_earliest_institution_is_the_whole_line() -> None:
    for state in CSTO.states:
        assert CSTO.institution("cst").timeline(state) == CSTO.timeline(state)


def test_a_date_may_be_of_any_kind_and_gives_the_same_answers() -> None:
    midnight = dt.datetime(2012, 6, 28)  # noqa: DTZ001 - a naive datetime is the point
    for date in (dt.date(2012, 6, 28), midnight, "2012-06-28", "28 June 2012", Date.parse("2012-06-28")):
        assert CSTO.was_member("UZB", date) is NO
        assert CSTO.members_on(date) == CSTO.members_on("2012-06-28")
        assert CSTO.status("UZB", date) == CSTO.status("UZB", "2012-06-28")
    assert CSTO.was_member("UZB", "June 2012") is UNDETERMINED
    assert CSTO.was_member("UZB", "[2012-06-01..2012-06-27]") is YES
    assert CSTO.was_member("UZB", "[2012-06-28..]") is NO


@pytest.mark.parametrize("date", ["04/05/1994", "1999/2000", 1999, None, True, "today"])
def test_a_date_that_cannot_be_read_is_refused_by_every_question(date: Any) -> None:
    for question in (
        lambda: CSTO.was_member("UZB", date),
        lambda: CSTO.status("UZB", date),
        lambda: CSTO.members_on(date),
        lambda: CSTO.timeline("UZB").on(date),
    ):
        with pytest.raises(DateError):
            question()


@pytest.mark.parametrize("state", ["Uzbekstan", 704, None, ["UZB"], State("XXX", "Georgia")])
def test_a_state_that_is_not_known_is_refused_by_every_question(state: Any) -> None:
    for date in (dt.date(2007, 1, 1), "2007-01-01", "2007"):
        for question in (
            lambda date=date: CSTO.was_member(state, date),
            lambda date=date: CSTO.status(state, date),
            lambda: CSTO.timeline(state),
        ):
            with pytest.raises(UnknownStateError):
                question()


def test_more_spellings_than_are_remembered_are_still_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csto_membership._history.on_days._MOST_SPELLINGS", 2)
    # Of a record of its own: what equal views have learned is shared.
    seen = History(CSTO.record).strict()
    for state in ("UZ", "uz", "UZB", "uzb", "Uzbekistan"):
        assert seen.was_member(state, dt.date(2012, 6, 27)) is YES
        assert seen.was_member(state, dt.date(2012, 6, 28)) is NO
    assert len(seen._verdicts) == 2


# --- Views -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "one", "other"),
    [
        ("under", "legal", "participating"),
        ("resolved", "every", "majority"),
        ("resolved", precedence("asia-plus-2017"), precedence("asia-plus-2021", "asia-plus-2017")),
        ("according_to", "asia-plus-2017", "asia-plus-2021"),
        ("as_published_by", "2018-01-01", "2022-01-01"),
        ("institution", "csto", "cst"),
        ("counting", "suspended", "former"),
    ],
    ids=["under", "resolved", "precedence", "according_to", "as_published_by", "institution", "counting"],
)
def test_a_view_replaces_the_former_of_its_kind_and_keeps_the_others(view: str, one: Any, other: Any) -> None:
    base = (
        CSTO.under("legal")
        .resolved("every")
        .according_to("asia-plus-2017")
        .institution("csto")
        .counting("member")
        .strict()
    )
    for begin in (CSTO, base):
        direct = getattr(begin, view)(other)
        assert getattr(getattr(begin, view)(one), view)(other) == direct
        assert getattr(direct, view)(other) == direct
        assert getattr(begin, view)(one) != direct
        kept = {
            "under": "reading",
            "resolved": "resolution",
            "according_to": "sources",
            "counting": "counted",
            "as_published_by": "published_by",
        }.get(view, view)
        for name in ("reading", "resolution", "sources", "published_by", "institution", "counted", "strict"):
            if name != kept:
                assert getattr(direct.view, name) == getattr(begin.view, name)


def test_views_of_different_kinds_commute() -> None:
    views: list[Callable[[History], History]] = [
        lambda seen: seen.under("legal"),
        lambda seen: seen.resolved("every"),
        lambda seen: seen.according_to("asia-plus-2017"),
        lambda seen: seen.as_published_by("2022-01-01"),
        lambda seen: seen.institution("csto"),
        lambda seen: seen.counting("member", "suspended"),
        lambda seen: seen.strict(),
    ]
    forward = backward = CSTO
    for view in views:
        forward = view(forward)
    for view in reversed(views):
        backward = view(backward)
    assert forward == backward
    assert hash(forward) == hash(backward)
    assert repr(forward) == (
        "<History csto legal every according to asia-plus-2017 as published by 2022-01-01 "
        "institution csto counting member and suspended strict>"
    )


def test_a_view_leaves_the_history_that_it_begins_from_as_it_was() -> None:
    before = CSTO.members_on("2012-10-01")
    for seen in (CSTO.under("legal"), CSTO.counting("suspended"), CSTO.according_to("asia-plus-2021")):
        assert seen.members_on("2012-10-01") != before
    assert CSTO.members_on("2012-10-01") == before
    assert repr(CSTO) == "<History csto declared>"


def test_a_history_tells_what_it_looks_at() -> None:
    assert CSTO.reading.name == "declared"
    assert str(CSTO.resolution) == "preferred"
    assert str(CSTO.resolved(precedence("asia-plus-2017")).resolution) == "precedence(asia-plus-2017)"
    assert CSTO.sources == CSTO.record.sources
    assert [source.id for source in CSTO.according_to("asia-plus-2021", "asia-plus-2017").sources] == [
        "asia-plus-2017",
        "asia-plus-2021",
    ]
    assert CSTO.states.codes == ("AFG", "ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "SRB", "TJK", "TKM", "UZB")
    assert CSTO.instruments == CSTO.record.instruments
    assert [told.id for told in CSTO.institutions] == ["cst", "csto"]
    assert CSTO.edition == CSTO.record.edition
    assert CSTO.coverage == CSTO.record.coverage


def test_views_are_given_by_value_or_by_name() -> None:
    source, institution = CSTO.record.source("asia-plus-2017"), CSTO.institutions[1]
    assert CSTO.under(LEGAL) == CSTO.under("legal")
    assert CSTO.according_to(source) == CSTO.according_to("asia-plus-2017") == CSTO.according_to(source, source.id)
    assert CSTO.institution(institution) == CSTO.institution("csto")
    assert CSTO.counting(Status.MEMBER, "suspended") == CSTO.counting("suspended", "member")
    assert CSTO.resolved(Resolution("every")) == CSTO.resolved("every")


def test_all_sources_are_no_selection() -> None:
    assert CSTO.according_to(*CSTO.sources) == CSTO
    assert CSTO.according_to(*CSTO.sources[1:]) != CSTO


@pytest.mark.parametrize("date", ["2012", "[2012-06-01..]", "[..2012-06-01]", "1990-01-01", "0001-01-01", "99", None])
def test_what_was_published_is_asked_by_one_exact_day_on_which_something_was(date: Any) -> None:
    with pytest.raises(DateError):
        CSTO.as_published_by(date)


def test_a_source_that_was_not_yet_published_leaves_nothing_to_select() -> None:
    last = CSTO.according_to("asia-plus-2021").coverage.last
    assert last
    assert CSTO.according_to("asia-plus-2021").as_published_by(last).was_member("RUS", "2021-07-08") is YES
    with pytest.raises(DateError):
        CSTO.according_to("asia-plus-2021").as_published_by("2015-01-01")
    with pytest.raises(DateError):
        CSTO.as_published_by("2015-01-01").according_to("asia-plus-2021")


@pytest.mark.parametrize("date", ["2012-10-01", "2030-01-01"])
def test_counting_decides_what_is_membership(date: str) -> None:
    assert CSTO.was_member("UZB", date) is NO
    assert CSTO.counting("member", "suspended").was_member("UZB", date) is YES
    assert CSTO.counting("suspended").members_on(date).certain.codes == ("UZB",)


def test_coverage_of_a_selection_ends_with_its_latest_publication() -> None:
    alone = CSTO.according_to("asia-plus-2017")
    published = CSTO.record.source("asia-plus-2017").published
    assert published
    assert alone.coverage.last == published.latest
    assert published.latest
    assert alone.strict().was_member("RUS", published.latest) is YES
    assert alone.strict().was_member("RUS", published.latest + DAY) is UNDETERMINED
    assert alone.was_member("RUS", published.latest + DAY) is YES
    caveats = alone.status("RUS", published.latest + DAY).caveats
    assert any("coverage of the chosen sources" in caveat for caveat in caveats)


# --- Names that do not exist -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "value", "known"),
    [
        (CSTO.under, "lawful", {"declared", "legal", "participating"}),
        (CSTO.under, None, {"declared"}),
        (CSTO.resolved, "best", {"preferred", "every", "majority"}),
        (CSTO.resolved, "precedence", {"precedence(...)"}),
        (CSTO.resolved, None, {"preferred"}),
        (CSTO.resolved, precedence("nobody"), {"asia-plus-2017"}),
        (CSTO.according_to, "asia-plus", {"asia-plus-2017", "asia-plus-2021"}),
        (CSTO.according_to, "", {"asia-plus-2017"}),
        (CSTO.according_to, Source("nobody"), {"asia-plus-2017"}),
        (CSTO.institution, "nato", {"cst", "csto"}),
        (CSTO.institution, "", {"cst", "csto"}),
        (CSTO.institution, Institution("nato", Existence(Date.parse("1949"))), {"cst", "csto"}),
        (CSTO.counting, "Member", {"member", "suspended"}),
        (CSTO.counting, None, {"member"}),
        (CSTO.counting, ["member", "suspended"], {"member"}),
        (csto.history, "nato", {"csto"}),
        (csto.history, None, {"csto"}),
    ],
    ids=lambda value: getattr(value, "__name__", None) or (repr(value) if not isinstance(value, set) else ""),
)
def test_a_name_that_does_not_exist_is_refused_with_the_known_ones(question: Any, value: Any, known: set[str]) -> None:
    error = unknown(lambda: question(value))
    assert known <= set(error.known)
    assert isinstance(error, ValueError)


@pytest.mark.parametrize("value", [5, None, ["asia-plus-2017"]], ids=repr)
@pytest.mark.parametrize("view", ["according_to", "institution"])
def test_a_source_or_institution_of_a_wrong_type_is_refused(view: str, value: Any) -> None:
    unknown(lambda: getattr(CSTO, view)(value))


def test_a_bundled_record_of_an_unhashable_name_is_refused() -> None:
    unknown(lambda: csto.history(["csto"]))  # type: ignore[arg-type]


def test_a_choice_of_nothing_is_refused() -> None:
    for view in (CSTO.according_to, CSTO.counting, precedence):
        with pytest.raises(ArgumentError, match="needs at least one"):
            view()


def test_precedence_names_each_source_once() -> None:
    assert precedence("a", "b").sources == ("a", "b")
    with pytest.raises(ArgumentError) as caught:
        precedence("a", "b", "a")
    assert caught.value.value == "a"
    assert as_resolution(precedence("a")) == precedence("a") != precedence("b")


# --- Values ----------------------------------------------------------------------------------------------------------


def test_histories_are_frozen_hashable_and_equal_by_what_they_look_at() -> None:
    seen = CSTO.under("legal")
    with pytest.raises(AttributeError):
        seen.record = CSTO.record  # type: ignore[misc]
    with pytest.raises(AttributeError):
        seen.other = 5  # type: ignore[attr-defined]
    assert len({CSTO, CSTO.under("declared"), seen, CSTO.under("legal")}) == 2
    seen.was_member("UZ", dt.date(2012, 6, 28))
    assert seen == CSTO.under("legal")
    assert hash(seen) == hash(CSTO.under("legal"))


@pytest.mark.parametrize("seen", [CSTO, CSTO.under("legal").according_to("asia-plus-2017").strict()], ids=repr)
def test_a_history_is_equal_after_pickling_and_answers_alike(seen: History) -> None:
    again = pickle.loads(pickle.dumps(seen))  # noqa: S301 - our own bytes
    assert again == seen
    assert hash(again) == hash(seen)
    assert again.members_on("2012-10-01") == seen.members_on("2012-10-01")
    assert again.status("UZ", "2012-06-25") == seen.status("UZ", "2012-06-25")
    assert [*again.timeline("UZ")] == [*seen.timeline("UZ")]


def test_a_history_keeps_its_hash_where_another_process_salts_texts_differently(tmp_path: Path) -> None:
    seen = CSTO.under("legal")
    hash(seen)
    path = tmp_path / "history.pickle"
    path.write_bytes(pickle.dumps(seen))
    code = (
        "import pickle, pathlib, csto_membership as csto;"
        f"seen = pickle.loads(pathlib.Path({str(path)!r}).read_bytes());"
        "assert {seen: 1}[csto.CSTO.under('legal')]; assert seen.was_member('UZ', '2012-10-01')"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "12345"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_many_threads_may_ask_at_once() -> None:
    days = [dt.date(1990, 1, 1) + n * dt.timedelta(97) for n in range(140)]
    fresh = CSTO.under("participating").strict()
    states = [*fresh.states]

    def asked(number: int) -> list[object]:
        state = states[number % len(states)]
        return [(fresh.was_member(state.name, day), fresh.members_on(day).certain.codes) for day in days]

    with ThreadPoolExecutor(8) as pool:
        found = [*pool.map(asked, range(22))]
    alone = CSTO.under("participating").strict()
    for number, answers in enumerate(found):
        state = states[number % len(states)]
        assert answers == [(alone.was_member(state, day), alone.members_on(day).certain.codes) for day in days]


@pytest.mark.law
@given(documents.rich(), st.sampled_from([*documents.DAYS]))
def test_a_quick_answer_equals_a_slow_one(document: Any, day: dt.date) -> None:
    seen = History(record_of(document))
    for state in seen.states:
        answers = {seen.was_member(state.id, day), seen.was_member(state, day), seen.was_member(state.name, str(day))}
        assert answers == {seen.status(state, day).verdict}


# --- Selections ------------------------------------------------------------------------------------------------------


def test_a_selection_needs_known_sources() -> None:
    with pytest.raises(ArgumentError, match="needs at least one source"):
        CSTO.according_to()
    for sources in (("atop",), ("",), ("cow-igo-3", "atop")):
        with pytest.raises(UnknownNameError) as caught:
            CSTO.according_to(*sources)
        assert "atop-4.01" in caught.value.known
    turan = SOURCES["turan-crossroads"]
    assert CSTO.according_to(turan) == CSTO.according_to("turan-crossroads", turan)
    assert CSTO.according_to(*SOURCES) == CSTO
    assert CSTO.according_to("cow-igo-3").according_to(turan) == CSTO.according_to(turan)


@pytest.mark.parametrize("wrong", [["cow-igo-3"], 3, None], ids=repr)
def test_a_selection_of_what_is_no_source_is_refused(wrong: Any) -> None:
    with pytest.raises(UnknownNameError):
        CSTO.according_to(wrong)
