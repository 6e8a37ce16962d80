"""What the public strategies draw is what they say: valid, within bounds, awkward now and then, and small when it fails."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import ArgumentError, History, ImpreciseDate, MissingExtraError, Record, State
from csto_membership._evidence.order import broken_order
from csto_membership._files.read import read_record, record_of
from csto_membership._files.write import document_of
from csto_membership._load import dump
from csto_membership._values.world import world
from csto_membership.strategies import days, histories, imprecise_dates, records, states

pytestmark = pytest.mark.law

ROOT = Path(__file__).parents[2]
DAY = dt.timedelta(1)
#: A search finds what it looks for in few examples; which, hangs on no chance.
SEARCH = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)


def kinds_drawn(strategy: st.SearchStrategy[Any], kinds: Mapping[str, Callable[[Any], object]]) -> set[str]:
    """The kinds of which a strategy draws one among its first hundreds of values."""
    found: set[str] = set()

    @SEARCH
    @given(strategy)
    def draw(value: Any) -> None:
        found.update(name for name, holds in kinds.items() if name not in found and holds(value))

    draw()
    return found


def is_former(state: State) -> bool:
    """Whether every life that is told of a state has ended."""
    return bool(state.lifespans) and all(life.last for life in state.lifespans)


# --- Import ----------------------------------------------------------------------------------------------------------


def test_only_a_strategy_that_is_asked_for_imports_hypothesis() -> None:
    code = """
import json, sys
import csto_membership as csto
csto.was_member("Armenia", "2000-01-01"), csto.CSTO.conflicts(), dir(csto), csto.writers, csto.plots, csto.strategies
before = "hypothesis" in sys.modules
csto.strategies.states()
print(json.dumps([before, "hypothesis" in sys.modules]))
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [False, True]


@pytest.mark.parametrize("ask", [states, imprecise_dates, records, histories, lambda: days(csto.CSTO)])
def test_without_hypothesis_the_error_names_the_extra(
    ask: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("csto_membership.strategies._")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(MissingExtraError, match=r'pip install "csto_membership\[testing\]"') as caught:
        ask()
    assert (caught.value.package, caught.value.extra) == ("hypothesis", "testing")


def test_another_missing_module_is_told_as_it_is() -> None:
    with pytest.raises(ModuleNotFoundError, match="elsewhere"), csto.strategies._hypothesis():
        raise ModuleNotFoundError("elsewhere", name="elsewhere")


# --- States ----------------------------------------------------------------------------------------------------------


@given(states(), states(former=False))
def test_states_are_those_of_the_world_and_without_former_ones_each_has_an_open_life(
    any_: State, living: State
) -> None:
    assert world()[any_.id] is any_
    assert not is_former(living)


STATES: dict[str, Callable[[Any], object]] = {
    "no more": is_former,
    "without a code": lambda state: state.alpha3 is None,
    "another script": lambda state: any(name for name in state.names if not name.isascii()),
    "a code given anew": lambda state: "CS" in state.aliases,
    "plain": lambda state: state.alpha3 is not None and not is_former(state),
}


def test_awkward_states_come_soon() -> None:
    assert kinds_drawn(states(), STATES) == set(STATES)


# --- Dates -----------------------------------------------------------------------------------------------------------

CALENDAR = st.dates()


@given(st.data(), CALENDAR, CALENDAR)
def test_imprecise_dates_keep_to_their_bounds_and_can_be_read_again(
    data: st.DataObject, one: dt.date, other: dt.date
) -> None:
    first, last = min(one, other), max(one, other)
    date = data.draw(imprecise_dates(first, last))
    assert date.earliest is None or first <= date.earliest <= last
    assert date.latest is None or first <= date.latest <= last
    assert ImpreciseDate.parse(date.text) == ImpreciseDate.parse(date.edtf) == date


DATES: dict[str, Callable[[Any], object]] = {
    "exact": lambda date: date.is_exact and not date.qualifier,
    "until": lambda date: date.earliest is None,
    "since": lambda date: date.latest is None,
    "year 1": lambda date: date.earliest == dt.date.min,
    "year 9999": lambda date: date.latest == dt.date.max,
    "leap day": lambda date: (date.earliest or DAY) == dt.date(2000, 2, 29),
    "mask": lambda date: date.text.endswith("-XX"),
    "year": lambda date: len(date.text) == 4 and date.text.isdecimal(),
    "century": lambda date: date.text.endswith("XX") and "-" not in date.text,
    "%": lambda date: date.qualifier == "%",
    "a range of one": lambda date: date.text.startswith("[") and date.is_exact,
}


def test_every_form_and_awkward_day_comes_soon() -> None:
    assert kinds_drawn(imprecise_dates(), DATES) == set(DATES)


def test_bounds_that_are_swapped_are_refused() -> None:
    with pytest.raises(ArgumentError, match="it is before the first day, 2001-01-01"):
        imprecise_dates(dt.date(2001, 1, 1), dt.date(2000, 1, 1))
    with pytest.raises(ArgumentError, match="it is before the first day"):
        records(dt.date(2001, 1, 1), dt.date(2000, 1, 1))
    with pytest.raises(ArgumentError, match="at least one state"):
        records(among=[])


# --- Records ---------------------------------------------------------------------------------------------------------

SPAN = dt.date(2000, 1, 1), dt.date(2000, 1, 12)


@given(record=records() | records(*SPAN) | records(rich=False))
def test_records_load_as_they_were_written(folder: Path, record: Record) -> None:
    path = folder / "drawn.toml"
    dump(record, path)
    assert read_record(path) == record
    for state in record.states:
        assert broken_order(record.events_of(state.id), state.id) is None
        assert History(record).resolved("every").status(state, "2000-01-05").statuses


def test_records_are_drawn_without_one_in_vain() -> None:
    """The health check that counts what is filtered is on, and so is that of the size."""
    calls = []

    @settings(
        max_examples=60,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.generate],
    )
    @given(records(*SPAN))
    def draw(record: Record) -> None:
        calls.append(record)

    draw()
    assert len(calls) >= 60


@given(records(*SPAN, rich=False, among=["Armenia", "UZ"]))
def test_narrow_records_have_no_more_than_dated_claims_of_the_states_among_which_they_are_drawn(record: Record) -> None:
    assert {state.id for state in record.states} <= {"ARM", "UZB"}
    beside = record.attestations, record.institutions, record.instruments, record.steps, record.notes
    assert not any(beside)
    for event in record.events:
        for claim in event.claims:
            assert claim.date
            assert claim.date.earliest
            assert claim.date.latest
            assert SPAN[0] <= claim.date.earliest <= claim.date.latest <= SPAN[1]


RECORDS: dict[str, Callable[[Any], object]] = {
    "attestation": lambda record: record.attestations,
    "end": lambda record: any(institution.ends for institution in record.institutions),
    "abolition": lambda record: any(institution.abolishes for institution in record.institutions),
    "denial": lambda record: any(claim.act == "denial" for event in record.events for claim in event.claims),
    "claim of some states": lambda record: any(claim.states for event in record.events for claim in event.claims),
    "some acts": lambda record: record.coverage.acts == "some",
    "copy": lambda record: any(source.copies for source in record.sources),
    "own names": lambda record: any(not state.name.isascii() or state.dated_names for state in record.states),
    "no more": lambda record: any(map(is_former, record.states)),
    "many events": lambda record: len(record.events) >= 6,
    "year 9999": lambda record: any(c.date and c.date.latest == dt.date.max for e in record.events for c in e.claims),
}


def test_everything_that_can_change_an_answer_comes_soon() -> None:
    assert kinds_drawn(records(), RECORDS) == set(RECORDS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 4])
def test_a_record_that_fails_becomes_small(seed: int) -> None:
    """One event with one claim is enough for a denial, at times two are left: nothing else that is drawn stays."""

    def denies(record: Record) -> bool:
        return any(claim.act == "denial" for event in record.events for claim in event.claims)

    record = find(records(), denies, random=Random(seed), settings=settings(database=None))  # noqa: S311 - by chance
    assert 1 <= len(record.events) <= 2
    assert [len(event.claims) for event in record.events] == [1] * len(record.events)
    assert (len(record.states), len(record.sources)) == (len(record.events), 2)
    assert not record.institutions
    assert not record.attestations
    assert document_of(record)["organisation"] == {"id": "drawn"}


# --- Histories and days ----------------------------------------------------------------------------------------------


@given(st.data())
def test_a_history_can_be_asked_on_any_of_its_days(data: st.DataObject) -> None:
    history = data.draw(histories())
    day = data.draw(days(history))
    members = history.members_on(day)
    assert members.certain <= members.possible <= history.states
    for state in history.states:
        assert history.was_member(state, day) is history.timeline(state).on(day).verdict


VIEWS: dict[str, Callable[[Any], object]] = {
    "own reading": lambda history: history.reading.name == "own",
    "precedence": lambda history: history.resolution.name == "precedence",
    "sources": lambda history: history.view.sources is not None,
    "published": lambda history: history.view.published_by and history.view.institution,
    "strict": lambda history: history.view.strict and len(history.view.counted) > 1,
    "as it stands": lambda history: history == History(history.record),
}


def test_every_kind_of_view_comes_soon() -> None:
    assert kinds_drawn(histories(records(*SPAN)), VIEWS) == set(VIEWS)


@given(histories(records(*SPAN, rich=False, among=["UZ"])))
def test_histories_are_those_of_the_records_that_are_given(history: History) -> None:
    assert history.states.codes == ("UZB",)


LEAGUE: dict[str, Any] = {
    "organisation": {"id": "league", "covers": {"first": "1990-05-01", "last": "2010-06-30"}},
    "institution": [{"id": "body", "exists": {"declared": "1995-03-03"}}],
    "state": [{"id": "ARM"}],
    "source": [{"id": "s", "published": "2011-09-09"}],
    "event": [
        {"id": "in", "states": ["ARM"], "claims": [{"source": "s", "act": "accession", "date": "1999-02-28"}]},
        {
            "id": "out",
            "states": ["ARM"],
            "claims": [{"source": "s", "act": "expiry", "date": "[2001-04-04..2001-07-07]"}],
        },
    ],
}


@pytest.mark.parametrize(
    "bound",
    [
        *("1990-05-01", "2010-06-30", "1995-03-03", "2011-09-09", "1999-02-28", "2001-04-04", "2001-07-07"),
        "2001-07-08",  # the day on which the expiry has taken effect at the latest
    ],
)
def test_days_hit_every_boundary_of_a_history_and_its_neighbours(bound: str) -> None:
    """Of changes, coverage, institutions, publications and imprecise dates: the day before, the day, the day after."""
    drawn = days(History(record_of(LEAGUE)))
    on = dt.date.fromisoformat(bound)
    for day in (on - DAY, on, on + DAY):
        assert find(drawn, day.__eq__, settings=SEARCH) == day


def test_a_third_of_all_days_lie_on_a_change_or_beside_one_and_some_lie_anywhere() -> None:
    changes = {spell.first_day for line in csto.CSTO.timelines() for spell in line if spell.first_day}
    near = {change + by * DAY for change in changes for by in (-1, 0, 1)}
    drawn: list[dt.date] = []

    @settings(SEARCH, max_examples=200, phases=[Phase.generate])
    @given(days(csto.CSTO))
    def draw(day: dt.date) -> None:
        drawn.append(day)

    draw()
    assert sum(day in near for day in drawn) > len(drawn) / 3
    assert any(day.year < 1900 for day in drawn)
    assert any(day.year > 2100 for day in drawn)


def test_a_history_without_any_day_is_asked_on_any_day() -> None:
    history = History(Record("empty"))
    assert find(days(history), lambda _: True) == dt.date(2000, 1, 1)
