"""Every answer is a field of a pydantic model, written as its `as_dict`, and its JSON Schema tells the truth."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.forms import adapter, assert_told_truly
from support.frames import library

import csto_membership as csto
from csto_membership._evidence.record import Record
from csto_membership._questions.remarks import remarks
from csto_membership._values import form_words, forms

pydantic = pytest.importorskip("pydantic")

DATES = ("1991-12-31", "1994-04-20", "1999", "2002-10", "2012-06-28", "[2006-06-01..2006-12-31]", "2026-01-01")
#: What is written as a text, and not as its `as_dict`.
TEXTS = {"State"}
#: What has `as_dict` and is no answer: what types check, and what a page is made of.
OTHERS = {"Listed", "Formed", "Answer", "Evidence"}


@cache
def classes() -> dict[str, type]:
    """Every class of the package that has `as_dict`, by its name."""
    found: dict[str, type] = {}
    for module in pkgutil.walk_packages(csto.__path__, "csto_membership."):
        if "__main__" in module.name:
            continue
        for name, value in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if hasattr(value, "as_dict") and value.__module__.startswith("csto_membership") and name not in OTHERS:
                assert found.setdefault(name, value) is value, f"two classes are called {name}"
    return found


def evidence(record: Record) -> Iterator[Any]:
    yield from (*record.sources, record.coverage)
    for instrument in record.instruments:
        yield from (instrument, *instrument.terms("2050"))
    for event in record.events:
        yield from (event, *event.claims)
    yield from record.attestations
    for institution in record.institutions:
        yield from (institution, *institution.abolishes, *institution.names)
    for state in record.states:
        yield from (*state.dated_names, *state.lifespans, *state.predecessors)
    yield from remarks(record)


def answers(history: csto.History) -> Iterator[Any]:
    yield from (history.reading, history.sources, history.instruments)
    for date in DATES:
        yield from ((members := history.members_on(date)), members.certain, members.undetermined)
    for state in (*history.states, "Germany"):
        yield from (line := history.timeline(state), *line, *history.acts(state))
        for date in DATES:
            finding = history.status(state, date)
            yield from (finding, *finding.evidence, *finding.contested_by)
    yield from history.sizes()
    yield from (history.instruments_in_force("2007-01-01"), history.changes(None, None), *history.changes(None, None))
    yield from (controversies := history.conflicts(), *controversies)
    yield from (matter for conflict in controversies for matter in conflict.matters)
    states = [state.id for state in history.states][:4]
    yield from history.panel("year", "any", "2001", "2013", states)
    yield from history.dyads("year", "any", "2005", "2007", states)
    yield (checked := history.check(["UZ", "Nowhere", "Nowhere"], ["2006", "2007", "x"], errors="null"))
    yield from checked.faults


@pytest.mark.parametrize("organisation", csto.organisations())
def test_answers_and_evidence_of_the_bundled_records_are_written_as_they_are_and_as_the_schema_says(
    organisation: str,
) -> None:
    history = csto.history(organisation)
    legal = history.under("legal")
    seen = set()
    for answer in (*evidence(history.record), *answers(history), *answers(legal), history.compare(legal)):
        assert_told_truly(answer)
        seen.add(type(answer).__name__)
    assert {
        "Members",
        "Finding",
        "Ground",
        "Spell",
        "Timeline",
        "Conflicts",
        "Checked",
        "PanelRow",
        "Differences",
    } < seen


def test_answers_of_many_organisations_and_rarer_ones_too() -> None:
    registry = csto.Registry.bundled()
    robustness = csto.CSTO.robustness("was_member", state="UZB", date="2012-10-01")
    with pytest.raises(csto.RecordError) as caught:
        csto.load(Path(__file__).parents[1] / "files" / "hostile" / "an-empty-name.toml")
    for answer in (
        *(registry.memberships_of("Uzbekistan", date) for date in DATES),
        *registry.both_members("Uzbekistan", "Kazakhstan"),
        registry.check(["csto", "cis"], ["UZ", "GE"], ["2006", "2009"]),
        robustness,
        *robustness.hinges,
        *robustness.rows(),
        robustness.hinges,
        *caught.value.faults,
    ):
        assert_told_truly(answer)


def test_a_report_on_a_table_too() -> None:
    frames = importlib.import_module("csto_membership.frames._report")
    faults = csto.CSTO.check(["Nowhere"], ["2007"], errors="null").faults
    assert_told_truly(frames.Report(3, yes=1, no=1, undetermined=0, unreadable=1, faults=faults))


def test_every_value_with_a_form_is_described_and_every_form_is_that_of_a_value() -> None:
    # Every module is imported, those of frames as well.
    for engine in ("dask", "duckdb", "polars", "pyarrow", "pyspark"):
        library(engine)
    for name, kind in classes().items():
        schema = adapter(kind).json_schema(mode="serialization")
        assert schema.get("description") or schema.get("type") == "array" or schema["$ref"]
        assert bool(schema.get("readOnly")) is (name not in TEXTS)
    described = {
        name for name, form in vars(forms).items() if inspect.isclass(form) and form.__module__ == forms.__name__
    }
    parts = {"Run", "Delay", "Existence", "Force", "ReadEffect", "Registration", "RobustnessAnswer"}
    assert described - parts == set(classes()) - {"StateSet"}


def test_the_words_of_the_schema_are_those_of_the_library() -> None:
    def words(alias: Any) -> list[str]:
        return cast("list[str]", pydantic.TypeAdapter(alias).json_schema()["enum"])

    assert words(form_words.StatusWord) == list(csto.Status)
    assert words(form_words.RankWord) == list(csto.Rank)
    assert words(form_words.KindWord) == list(csto.Kind)
    assert words(form_words.SpeaksOfWord) == list(csto.SpeaksOf)
    assert words(form_words.VerdictWord) == [str(verdict) for verdict in csto.Verdict]


@pytest.mark.parametrize("kind", [csto.Finding, csto.Members, csto.Changes, csto.Checked, csto.PanelRow, csto.Matter])
@pytest.mark.parametrize("given", [{}, [], None, "x", {"state": "UZB", "verdict": "yes"}, [{"state": "UZB"}]])
def test_an_answer_is_never_read_from_what_somebody_sends(kind: type, given: Any) -> None:
    for read in (adapter(kind).validate_python, lambda value: adapter(kind).validate_json(json.dumps(value))):
        with pytest.raises(pydantic.ValidationError, match=f"{kind.__name__} is an answer .* never read") as caught:
            read(given)
        assert [error["type"] for error in caught.value.errors()] == ["answer_never_read"]


def test_the_form_of_an_answer_is_not_read_either() -> None:
    finding = csto.status("UZ", "2007-01-01")
    with pytest.raises(pydantic.ValidationError, match="never read"):
        adapter(csto.Finding).validate_python(finding.as_dict())


ATTACKS = (
    *("x" * 10_000_000, " " * 1_000_000, "(*" * 1_000_000, "Uzbekistan " * 100_000, "é" * 1_000_000),
    *("\x00\x1b[31m\x07", "\ud800", "</script><script>alert(1)</script>", "{reason}", "%s%n", "\u202egnp.exe"),
    *(float("nan"), float("inf"), 10**400, -1, [["x"] * 1_000_000], {"a": {"b": "c" * 1_000_000}}, None, True, b"\xff"),
)


@pytest.mark.parametrize("kind", [csto.State, csto.ImpreciseDate, csto.Verdict, csto.Finding, csto.StateSet])
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_what_is_told_of_a_refused_value_is_short_and_can_be_sent(kind: type, attack: Any) -> None:
    if kind is csto.Verdict and attack is True:
        return
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter(kind).validate_python(attack)
    (error,) = caught.value.errors()
    sent = json.dumps(error, allow_nan=False, ensure_ascii=False).encode("utf-8")
    assert len(sent) < 4000
    assert error["msg"] == error["ctx"]["reason"]


@given(st.text() | st.integers() | st.floats() | st.lists(st.text()) | st.none())
def test_whatever_is_given_is_read_or_refused_in_a_few_words(given: Any) -> None:
    for kind in (csto.State, csto.ImpreciseDate):
        try:
            adapter(kind).validate_python(given)
        except pydantic.ValidationError as caught:
            sent = json.dumps(caught.errors(), allow_nan=False, ensure_ascii=False).encode("utf-8")
            assert len(sent) < 4000


@pytest.mark.parametrize(
    ("kind", "given", "error", "meant"),
    [
        (csto.State, "Uzbekstan", "unknown_state", ["Uzbekistan"]),
        (csto.State, "704", "unknown_state", ["cow:704", "VNM"]),
        (csto.ImpreciseDate, "04/05/1994", "unreadable_date", ["1994-05-04", "1994-04-05"]),
        (csto.Verdict, "maybe", "unknown_verdict", ["yes", "no", "undetermined"]),
    ],
)
def test_what_was_probably_meant_is_told_apart_for_programs(
    kind: type, given: str, error: str, meant: list[str]
) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter(kind).validate_python(given)
    (told,) = caught.value.errors()
    assert told["type"] == error
    assert set(told["ctx"]["meant"]) == set(meant)
    assert all(name in told["msg"] for name in meant)


def test_words_of_the_field_are_texts_with_their_list() -> None:
    for kind in (csto.Status, csto.Act, csto.Rank, csto.Kind, csto.SpeaksOf):
        schema = adapter(kind).json_schema()
        assert (schema["type"], schema["enum"]) == ("string", [str(word) for word in kind])
        assert [adapter(kind).validate_python(str(word)) for word in kind] == list(kind)
        assert [adapter(kind).dump_python(word, mode="json") for word in kind] == [str(word) for word in kind]


def test_the_examples_in_the_schema_are_read_and_dates_are_in_their_shortest_form() -> None:
    dates, states = adapter(csto.ImpreciseDate), adapter(csto.State)
    for example in dates.json_schema()["examples"]:
        assert dates.dump_python(dates.validate_python(example), mode="json") == example
    for example in states.json_schema()["examples"]:
        assert states.dump_python(states.validate_python(example), mode="json") == "UZB"


def test_pydantic_is_imported_by_its_users_alone() -> None:
    code = (
        "import sys, csto_membership as c; c.status('UZ', '2007').as_dict(); c.CSTO.conflicts(); c.Registry.bundled();"
        "[getattr(c, name) for name in dir(c)];"
        "sys.exit(any(n.split('.')[0] in ('pydantic', 'pydantic_core', 'fastapi', 'sqlalchemy') or n.endswith('_values.forms') for n in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
