"""How robust an answer is: the table of all views, and the judgements on which an answer hangs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from support import documents
from support.asking import history

from csto_membership import CSTO, ArgumentError, History, UnknownNameError

DAYS = documents.DAYS
SPAN: dict[str, Any] = {"freq": "day", "first": DAYS[0], "last": DAYS[-1]}


def planted(acts: list[tuple[str, int]], *rival: tuple[int, int]) -> dict[str, Any]:
    """A record of one state without a dispute but those that are planted: the number of an event and another day of it."""
    document: dict[str, Any] = {
        "organisation": {"id": "planted"},
        "state": [{"id": "ARM"}],
        "source": [{"id": "a"}, {"id": "b"}],
        "event": [
            {"id": f"e{number}", "states": ["ARM"], "claims": [{"source": "a", "act": act, "date": str(DAYS[day])}]}
            for number, (act, day) in enumerate(acts)
        ],
    }
    for number, day in rival:
        event = document["event"][number]
        event["conflict"] = f"C{number}"
        event["claims"][0]["rank"] = "preferred"
        event["claims"].append({"source": "b", "act": event["claims"][0]["act"], "date": str(DAYS[day])})
    return document


@st.composite
def courses(draw: st.DrawFn) -> list[tuple[str, int]]:
    """Acts that each change the status, on days at least three apart."""
    acts = ["accession", "withdrawal", "accession", "suspension"][: draw(st.integers(1, 4))]
    return [(act, 1 + 3 * number) for number, act in enumerate(acts)]


@pytest.mark.law
@given(courses())
def test_where_nothing_is_in_dispute_no_answer_hangs_on_a_claim(acts: list[tuple[str, int]]) -> None:
    found = history(planted(acts)).robustness("panel", readings=["declared"], **SPAN)
    assert found.hinges == ()
    assert len(found.firm) == len(found.answers) == len(DAYS)


def test_one_answer_hangs_and_another_holds() -> None:
    found = CSTO.robustness("days_as_member", state="UZB", first="2012", last="2012")
    assert len(found.hinges) == len(found.answers) == 1
    assert str(found).splitlines()[0].endswith("1 answer, 1 hangs on a judgement")
    assert "The only answer hangs on a judgement" in found._repr_html_()
    held = CSTO.robustness("was_member", state="UZB", date="2012-12-19")
    assert "1 holds under every reading" in held._repr_html_()
    assert ", 0 hang on a judgement" in str(held)
    assert "The only answer hangs on no judgement" in held._repr_html_()
    for date, said in (("2012-10-01", "1 of 2 answers hangs on a"), ("2020-01-01", "None of 2 answers hangs on a")):
        some = CSTO.robustness("panel", states=["UZB", "RUS"], freq="day", first=date, last=date, sources=False)
        assert f"{said} judgement" in some._repr_html_()


@pytest.mark.law
@given(st.data())
def test_a_planted_dispute_is_what_the_answers_hang_on_and_nothing_else(data: st.DataObject) -> None:
    acts = data.draw(courses())
    number = data.draw(st.integers(0, len(acts) - 1))
    day = acts[number][1]
    other = day + data.draw(st.sampled_from((-1, 1)))
    document = planted(acts, (number, other))
    note(documents.to_toml(document))
    seen = history(document)
    found = seen.robustness("panel", readings=["declared"], **SPAN)
    between = {str(DAYS[min(day, other)])}
    assert {hinge.period for hinge in found.hinges} == between
    for hinge in found.hinges:
        assert hinge.events == (f"e{number}",)
        assert hinge.conflicts == (f"C{number}",)
    # The same by asking each view by hand.
    supposed = seen.supposing(f"e{number}", str(DAYS[other]))
    assert {day for day in DAYS if supposed.was_member("ARM", day) is not seen.was_member("ARM", day)} == {
        DAYS[min(day, other)]
    }


@pytest.mark.slow
@pytest.mark.law
@given(st.data())
def test_every_row_is_what_its_view_answers(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    seen = history(document)
    note(documents.to_toml(document))
    day = data.draw(st.sampled_from(DAYS))

    def asked(view: History) -> Any:
        return view.members_on(day)

    found = seen.robustness(asked)
    by_name = seen.robustness("members_on", date=day)
    rows = list(found.rows())
    assert [row.as_dict() for row in by_name.rows()] == [row.as_dict() for row in rows]
    views = {row.view: row for row in rows}
    assert len(rows) == (len(found.changed) + 1) * len(seen.states)
    for reading in ("declared", "legal", "participating"):
        view = seen.under(reading)
        if str(view.view) in views:
            told = {row.state: row.answer for row in rows if row.view == str(view.view)}
            assert told == {state.id: str(view.was_member(state, day)) for state in seen.states}
    for row in rows:
        if row.about == "source":
            left = seen.without(row.name)
            assert row.answer == str(left.was_member(row.state, day))
    assert json.loads(json.dumps(found.as_dict())) == found.as_dict()


@pytest.mark.slow
def test_alliance_years_hang_on_readings_and_controversies() -> None:
    asked: dict[str, Any] = {"first": "1999", "last": "2012", "states": "UZB"}
    on: dict[str, set[str]] = {}
    for rule in ("first", "last", "any", "all"):
        for hinge in CSTO.robustness("panel", rule=rule, **asked).hinges:
            on.setdefault(hinge.period, set()).update(*(each.conflicts or (each.name,) for each in hinge.least))
    assert set(on) == {"1999", "2006", "2007", "2008"}
    assert {"C7", "C8"} <= on["1999"]
    assert on["2006"] == on["2007"] == on["2008"] == {"legal"}
    (days,) = CSTO.robustness("days_as_member", state="UZB", first="2012", last="2012").hinges
    assert (days.answer, days.conflicts) == ("179", ("C3",))
    assert "353" in days.others


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("size", {"date": "2007"}),
        ("was_member", {"state": "UZB", "date": "2012-10-01"}),
        ("status", {"state": "UZB", "date": "2012-10-01"}),
        ("was_member_throughout", {"state": "UZB", "first": "2007", "last": "2011"}),
        ("dyads", {"first": "2006", "last": "2007", "states": ["UZB", "Russia", "Georgia"]}),
    ],
)
def test_questions_are_asked_by_name(question: str, asked: dict[str, Any]) -> None:
    found = CSTO.robustness(question, **asked)
    assert len(found.answers) == (6 if question == "dyads" else 1)
    assert {row.about for row in found.rows()} == {
        "",
        "reading",
        "resolution",
        "reading and resolution",
        "event",
        "source",
    }
    assert str(found).startswith(f"{question} (declared) under ")
    assert len(repr(found)) < 120
    assert ("<table" in found._repr_html_()) is bool(found.hinges or found.single_sources)


def test_what_is_no_question_is_told() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'panel'"):
        CSTO.robustness("panels")
    with pytest.raises(UnknownNameError, match="reading"):
        CSTO.robustness("size", date="2007", readings=["legall"])
    with pytest.raises(ArgumentError, match="its answer is a verdict"):
        CSTO.robustness(lambda view: view.sources)


@pytest.mark.parametrize("question", [5, None, "panels"])
def test_what_is_no_question_is_refused_with_the_known_ones(question: Any) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown question .*days_as_member"):
        CSTO.robustness(question)
