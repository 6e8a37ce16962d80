"""A derivation makes each thing once, is shared by equal views and by threads, and keeps no dropped record alive."""

from __future__ import annotations

import datetime as dt
import gc
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from attrs import evolve
from support.league import claim_of, event_of, history_of

import csto_membership as csto
from csto_membership import CSTO, ArgumentError, History
from csto_membership._view import basis, derivation
from csto_membership._view.case import Case, cases_of
from csto_membership._view.timeline import Timeline
from csto_membership.registry import Registry

QUESTIONS: dict[str, Callable[[History], object]] = {
    "status": lambda history: [history.status(state, "2000-02-05") for state in history.states],
    "members_on": lambda history: history.members_on("2000-02-05"),
    "timeline": lambda history: [history.timeline(state) for state in history.states],
    "changes": lambda history: history.changes(None, None),
    "next_change": lambda history: history.next_change("2000-02-05"),
    "conflicts": lambda history: history.conflicts(),
    "sizes": lambda history: history.sizes(),
    "days_as_member": lambda history: history.days_as_member("UZB", "2000-01-01", "2000-12-31"),
    "panel": lambda history: list(history.panel("month", "last", "2000-01-01", "2000-12-31")),
    "compare": lambda history: history.compare(CSTO),
}


def league() -> History:
    """A small record, made anew, that nothing else knows."""
    return history_of(
        event_of("in", ["ARM", "UZB"], claim_of("law", "signature", "2000-02-03", rank="preferred")),
        event_of("out", ["UZB"], claim_of("law", "withdrawal", "2000-09"), claim_of("paper", "withdrawal", "2000-10")),
        institution=[
            {"id": "treaty", "exists": {"declared": "2000-01-01"}},
            {"id": "body", "exists": {"declared": "2000-03-01"}},
        ],
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_again_is_derived_no_more(monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    history, ask, made = league(), QUESTIONS[question], []
    names = ("timeline_of", "days_of", "beginning_of", "coverage_of")
    for module, name in [(basis, "cases_of"), *((derivation, name) for name in names)]:
        maker = getattr(module, name)

        def counted(*arguments: Any, name: str = name, maker: Callable[..., Any] = maker, **more: Any) -> Any:
            made.append(name)
            return maker(*arguments, **more)

        monkeypatch.setattr(module, name, counted)
    first = ask(history)
    assert made
    made.clear()
    assert ask(history) == first
    assert ask(history.under("declared")) == first
    assert made == []


def test_equal_views_share_a_derivation_and_the_oldest_of_many_is_dropped() -> None:
    history = league()
    legal = history.under("legal")
    assert legal._derivation is history.under("legal")._derivation
    assert legal._derivation is not history._derivation
    for number in range(100):
        history.resolved(csto.precedence("law")).as_published_by(dt.date(2001, 1, 1) + dt.timedelta(365 + number))
    assert len(history._views._derivations) == derivation._MOST_VIEWS
    assert legal.was_member("UZB", "2000-06-01") is history.under("legal").was_member("UZB", "2000-06-01")


VIEWS: dict[str, Callable[[History], History]] = {
    "under": lambda history: history.under("legal"),
    "resolved": lambda history: history.resolved("majority"),
    "according_to": lambda history: history.according_to("law"),
    "as_published_by": lambda history: history.as_published_by("2001-06-01"),
    "institution": lambda history: history.institution("body"),
    "counting": lambda history: history.counting("member", "signatory"),
    "strict": lambda history: history.strict(),
    "supposing": lambda history: history.supposing("in", "2000-02-04"),
    "without": lambda history: history.without("paper"),
}


def test_views_that_use_the_same_sources_share_what_these_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    history, made = league(), list[str]()

    def counted(speakers: Any, state: str) -> tuple[Case, ...]:
        made.append(state)
        return cases_of(speakers, state)

    monkeypatch.setattr(basis, "cases_of", counted)
    day = dt.date(2001, 2, 1)
    first = history.as_published_by(day).members_on("2000-06-01")
    assert len(made) == len(history.states)
    made.clear()
    for number in range(1, 50):
        view = history.as_published_by(day + dt.timedelta(number)).counting("member", "former").strict()
        assert view.as_published_by(day).counting("member").members_on("2000-06-01").certain == first.certain
        view.members_on("2000-06-01")
    # The second view makes them anew, and from then on their courses are kept.
    assert len(made) == len(history.states)


def test_what_a_view_has_learned_equal_ones_know() -> None:
    history = league()
    history.under("legal").was_member("Uzbekistan", dt.date(2000, 6, 1))
    assert "Uzbekistan" in history.under("legal")._verdicts
    assert "Uzbekistan" not in history._verdicts


@pytest.mark.slow
def test_thousands_of_publication_dates_leave_nothing_behind() -> None:
    history = league()
    begin = dt.date(2001, 2, 1)

    def ask(numbers: range) -> None:
        for number in numbers:
            history.as_published_by(begin + dt.timedelta(number)).members_on("2000-06-01")

    def alive() -> int:
        gc.collect()
        kinds = (derivation.Derivation, basis.Basis, Timeline, Case)
        return sum(isinstance(one, kinds) for one in gc.get_objects())

    before = alive()
    ask(range(1_000))
    some = alive()
    ask(range(1_000, 3_000))
    assert alive() == some < before + 10 * derivation._MOST_VIEWS
    assert len(history._views._derivations) == derivation._MOST_VIEWS


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_keeps_a_dropped_record_alive(question: str) -> None:
    history = league()
    QUESTIONS[question](history)
    for view in VIEWS.values():
        QUESTIONS[question](view(history))
        QUESTIONS[question](view(history.under("legal").strict()))
    CSTO.compare(history)
    registry = Registry.of(history)
    registry.members_on(history.record.id, "2000-02-05")
    record = weakref.ref(history.record)
    del history, registry
    gc.collect()
    assert record() is None


def test_a_dropped_registry_is_freed() -> None:
    registry = Registry.of(league())
    (id,) = registry.organisations
    registry.check(id, "UZ", ["2000-06-01", dt.date(2000, 6, 1)])
    registry.memberships_of("UZ", "2000-06-01")
    registry.both_members("UZ", "AM")
    entry = weakref.ref(registry.entries[0])
    del registry
    gc.collect()
    assert entry() is None


def test_threads_that_ask_at_once_get_what_one_gets_alone() -> None:
    names = [*QUESTIONS] * 4
    alone, shared = History(evolve(CSTO.record)), History(evolve(CSTO.record))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda name: QUESTIONS[name](shared), names))
    assert answers == [QUESTIONS[name](alone) for name in names]


def test_a_record_tells_acts_of_a_state_unless_all_that_the_view_uses_deny_them() -> None:
    seen = history_of(
        event_of("in", ["ARM"], claim_of("law", "signature", "2000-02-03"), claim_of("paper", "denial", None)),
        event_of(
            "never",
            ["KAZ"],
            claim_of("law", "denial", None),
            claim_of("list", "signature", "2000-02-03", rank="deprecated"),
        ),
        event_of("again", ["KAZ"], claim_of("law", "denial", None)),
        event_of("once", ["RUS"], claim_of("law", "denial", None)),
        event_of("then", ["RUS"], claim_of("law", "accession", "2000-02-04")),
    )
    for view, acting in (
        (seen, {"ARM", "RUS"}),
        (seen.resolved("every"), {"ARM", "KAZ", "RUS"}),
        (seen.according_to("law"), {"ARM", "RUS"}),
        (seen.according_to("paper"), {"KAZ", "RUS"}),  # of what it does not tell it denies nothing
        (seen.according_to("list"), {"ARM", "KAZ", "RUS"}),
    ):
        told = view._derivation.tells_acts_of
        assert {state for state in ("ARM", "KAZ", "RUS", "UZB") if told(state)} == acting


def test_the_options_of_an_event_are_its_own() -> None:
    seen = league()
    for event in seen.record.events:
        told = {(one.act, one.days) for one in seen._derivation.options("UZB", event)}
        assert told == {(claim.act, claim.days_of_effect) for claim in event.claims}


def test_an_open_end_may_lapse_on_the_last_day_of_the_calendar_and_on_no_later_one() -> None:
    last = dt.date.max.toordinal()
    for last_day, expected in ((last - 2, dt.date.max - dt.timedelta(1)), (last - 1, dt.date.max), (last, None)):
        seen = league()
        seen._derivation._last_days["ARM"] = last_day
        assert seen._derivation.lapses(next(state for state in seen.states if state.id == "ARM")) == expected


def test_a_supposition_that_leaves_no_order_of_days_names_the_events_on_the_wrong_side_and_no_others() -> None:
    def claims(*told: tuple[str, str, str]) -> list[Any]:
        return [event_of(id, ["UZB"], claim_of("law", act, date)) for id, act, date in told]

    seen = history_of(
        *claims(
            ("in", "accession", "2000-01-01"),
            ("out", "withdrawal", "2001-01-01"),
            ("back", "accession", "2002-01-01"),
            ("away", "withdrawal", "2003-01-01"),
        )
    )
    for event, date, named in (
        ("out", "1999-01-01", "in (before it in order)"),
        ("out", "2002-01-01", ""),
        ("out", "2002-01-02", "back (after it in order)"),
        ("out", "2004-01-01", "back (after it in order), away (after it in order)"),
        # An event of the same day is on neither side.
        ("out", "2003-01-01", "back (after it in order)"),
        ("away", "2001-01-01", "back (before it in order)"),
        ("back", "2001-01-01", ""),
        ("back", "2000-12-31", "out (before it in order)"),
        ("back", "1999-01-01", "in (before it in order), out (before it in order)"),
    ):
        if named:
            with pytest.raises(ArgumentError) as caught:
                seen.supposing(event, date)
            assert f"{event} collides with {named}" in str(caught.value)
            assert str(caught.value).count("it in order") == named.count("it in order")
        else:
            assert seen.supposing(event, date).view.supposed


@pytest.mark.parametrize(("number", "cases"), [(0, 0), (1, 1), (4, 15), (5, 1)])
def test_what_may_be_attested_is_tried_choice_by_choice_where_these_are_sixteen_at_most(
    number: int, cases: int
) -> None:
    seen = history_of(attestation=[{"source": "list", "states": ["ARM"], "status": "member", "on": "2000-02-05"}])
    (case,) = seen._derivation.cases("ARM")
    several = list(evolve(case, attested=(), perhaps=(seen.record.attestations,) * number).by_attestation())
    # The choice in which nothing is attested is none; beyond sixteen there is one case, of which all may be.
    assert len(several) == cases
    assert all(len(one.perhaps) == (number if number > 4 else 0) for one in several)


def test_a_view_in_words_names_its_institution_and_none_where_it_has_none() -> None:
    assert "institution" not in str(league().view)
    assert str(league().institution("body").view) == "declared institution body"
