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
from csto_membership import CSTO, History
from csto_membership._view import derivation

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
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_again_is_derived_no_more(monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    history, ask, made = league(), QUESTIONS[question], []
    for name in ("cases_of", "timeline_of", "days_of", "beginning_of", "coverage_of"):
        maker = getattr(derivation, name)

        def counted(*arguments: Any, name: str = name, maker: Callable[..., Any] = maker, **more: Any) -> Any:
            made.append(name)
            return maker(*arguments, **more)

        monkeypatch.setattr(derivation, name, counted)
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


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_keeps_a_dropped_record_alive(question: str) -> None:
    history = league()
    QUESTIONS[question](history)
    QUESTIONS[question](history.under("legal").strict())
    CSTO.compare(history)
    record = weakref.ref(history.record)
    del history
    gc.collect()
    assert record() is None


def test_threads_that_ask_at_once_get_what_one_gets_alone() -> None:
    names = [*QUESTIONS] * 4
    alone, shared = History(evolve(CSTO.record)), History(evolve(CSTO.record))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda name: QUESTIONS[name](shared), names))
    assert answers == [QUESTIONS[name](alone) for name in names]
