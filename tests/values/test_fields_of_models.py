"""States, dates, verdicts and statuses as fields of pydantic models: texts on the way in and out, errors of validation."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from csto_membership import CSTO, Act, ImpreciseDate, Kind, Rank, SpeaksOf, State, Status, Verdict

pydantic = pytest.importorskip("pydantic")


@pytest.fixture(scope="module")
def model() -> Any:
    return pydantic.create_model("Answer", date=(ImpreciseDate, ...), verdict=(Verdict, ...), status=(Status, ...))


def test_values_and_texts_are_read_and_texts_are_written(model: Any) -> None:
    date = ImpreciseDate.parse("April 1999")
    for verdict in Verdict:
        for form in (verdict, str(verdict)):
            answer = model(date="April 1999", verdict=form, status="member")
            assert (answer.date, answer.verdict, answer.status) == (date, verdict, Status.MEMBER)
            written = json.loads(answer.model_dump_json())
            assert written == {"date": "1999-04", "verdict": str(verdict), "status": "member"}
            assert model.model_validate_json(answer.model_dump_json()) == answer
            assert model(**answer.model_dump()) == answer
    assert model(date=dt.date(1999, 4, 20), verdict=True, status=Status.NONE).verdict is Verdict.YES


@pytest.mark.parametrize(
    "wrong",
    [{"date": "04/05/1994"}, {"date": None}, {"verdict": None}, {"verdict": "maybe"}, {"verdict": 1}, {"status": "x"}],
)
def test_what_cannot_be_read_is_an_error_of_validation_and_never_a_default(model: Any, wrong: Any) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        model(**{"date": "1999", "verdict": "yes", "status": "member", **wrong})
    assert [error["loc"] for error in caught.value.errors()] == [tuple(wrong)]


def test_the_schema_says_texts(model: Any) -> None:
    for mode in ("validation", "serialization"):
        properties = model.model_json_schema(mode=mode)["properties"]
        assert properties["date"]["type"] == properties["verdict"]["type"] == "string"


def test_answers_of_the_library_fit(model: Any) -> None:
    finding = CSTO.status("UZ", "2012-10-01")
    answer = model(date=finding.date, verdict=finding.verdict, status=finding.status)
    assert json.loads(answer.model_dump_json()) == {"date": "2012-10-01", "verdict": "no", "status": "suspended"}


def test_a_state_is_read_by_any_name_and_written_as_its_id() -> None:
    model = pydantic.create_model("Asked", state=(State, ...))
    for name in ("UZ", "uzbekistan", "Узбекистан", "cow:704", CSTO.status("UZB", "2007-01-01").state):
        asked = model(state=name)
        assert asked.state.id == "UZB"
        assert json.loads(asked.model_dump_json()) == {"state": "UZB"}
        assert model.model_validate_json(asked.model_dump_json()) == asked == model(**asked.model_dump())
    assert model(state=State("XAA", "Elsewhere")).state.name == "Elsewhere"
    for wrong, hint in (
        ("Uzbekstan", "did you mean 'Uzbekistan'"),
        ("704", "cow:704"),
        (None, "missing"),
        ("", "unknown"),
    ):
        with pytest.raises(pydantic.ValidationError, match=hint):
            model(state=wrong)
    for mode in ("validation", "serialization"):
        assert model.model_json_schema(mode=mode)["properties"]["state"]["type"] == "string"


@pytest.mark.parametrize("kind", [State, ImpreciseDate, Verdict, Status, Act, Kind, Rank, SpeaksOf])
def test_what_is_refused_is_told_in_few_words(kind: Any) -> None:
    field = pydantic.TypeAdapter(kind)
    for wrong in ("x" * 100_000, ["x"] * 100_000, b"x" * 100_000, "\ud800", 7.5, object()):
        with pytest.raises(pydantic.ValidationError) as caught:
            field.validate_python(wrong)
        (error,) = json.loads(caught.value.json())
        assert len(str(error["input"])) < 100
        assert len(error["msg"]) < 1000
        assert "\n" not in error["msg"]


@pytest.mark.parametrize(
    ("kind", "slip", "meant"),
    [
        (Status, "membre", "member"),
        (Act, "denunciation", "withdrawal"),
        (Kind, "primery", "primary"),
        (Rank, "prefferd", "preferred"),
        (SpeaksOf, "everyday", "every_day"),
        (Verdict, "maybe", "undetermined"),
    ],
)
def test_a_word_is_read_from_its_text_and_a_slip_leads_to_it(kind: Any, slip: str, meant: str) -> None:
    field = pydantic.TypeAdapter(kind)
    with pytest.raises(pydantic.ValidationError) as caught:
        field.validate_python(slip)
    assert meant in caught.value.errors()[0]["ctx"]["meant"]
    for word in kind:
        assert (
            field.validate_python(str(word)) is field.validate_json(f'"{word}"') is field.validate_python(word) is word
        )
        assert json.loads(field.dump_json(word)) == str(word)
        assert field.dump_python(word) is word
        by_word = pydantic.TypeAdapter(dict[kind, int])
        assert by_word.validate_json(by_word.dump_json({word: 1})) == {word: 1}


@pytest.mark.parametrize("kind", [Verdict, Status, Act, Kind, Rank, SpeaksOf])
def test_the_schema_of_a_word_lists_the_words_and_says_in_a_line_what_they_are(kind: Any) -> None:
    for mode in ("validation", "serialization"):
        schema = pydantic.TypeAdapter(kind).json_schema(mode=mode)
        assert schema.pop("description").isprintable()
        assert schema == {"type": "string", "enum": [str(word) for word in kind]}
