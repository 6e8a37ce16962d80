"""The web back end and the query of the examples: what is answered, what is refused and how, whoever asks."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest

import csto_membership as csto

ROOT = Path(__file__).parents[2]
pytest.importorskip("fastapi")
pytest.importorskip("httpx2")
DAYS = ("1992-05-14", "1992-05-15", "1999-04-20", "1999-04-21", "2006", "2006-06-22", "2006-06-23", "2012-06-28")


@pytest.fixture(scope="module")
def app() -> Any:
    return runpy.run_path(str(ROOT / "examples" / "a_web_back_end.py"))["app"]


@pytest.fixture(scope="module")
def client(app: Any) -> Any:
    from fastapi.testclient import TestClient

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("date", DAYS)
@pytest.mark.parametrize("view", ["", "reading=legal", "organisation=cis", "organisation=cis&published_by=2008-01-01"])
def test_every_answer_is_that_of_the_library(client: Any, date: str, view: str) -> None:
    asked = dict(part.split("=") for part in view.split("&") if part)
    history = csto.history(asked.get("organisation", "csto"))
    history = history.under(asked["reading"]) if "reading" in asked else history
    history = history.as_published_by(asked["published_by"]) if "published_by" in asked else history
    assert client.get(f"/members/{date}?{view}").json() == history.members_on(date).as_dict()
    for state in ("UZ", "Беларусь", "germany", "cow:372"):
        one = f"state={quote(state)}&date={date}"
        assert client.get(f"/was-member?{one}&{view}").json() == str(history.was_member(state, date))
        finding = client.get(f"/status/{quote(state)}/{date}?{view}")
        assert (finding.status_code, finding.json()) == (200, history.status(state, date).as_dict())
        assert client.get(f"/timeline/{quote(state)}?{view}").json() == history.timeline(state).as_dict()


def test_lists_and_rows_are_those_of_the_library(client: Any) -> None:
    assert client.get("/changes?first=1999&last=2012").json() == csto.CSTO.changes("1999", "2012").to_dicts()
    assert client.get("/panel/UZ").json() == [row.as_dict() for row in csto.CSTO.panel(states="UZ")]


def test_rows_in_a_body_are_answered_and_what_is_undetermined_is_no_error(client: Any) -> None:
    rows = [{"state": "Киргизия", "date": "28 June 2012"}, {"state": "cow:704", "date": "1999-04"}]
    answered = client.post("/answers", json=rows)
    assert answered.status_code == 200
    assert answered.json() == [
        {"state": "KGZ", "date": "2012-06-28", "verdict": "yes", "statuses": ["member"]},
        {"state": "UZB", "date": "1999-04", "verdict": "undetermined", "statuses": ["member", "former"]},
    ]
    undetermined = client.get("/was-member?state=UZ&date=2006")
    assert (undetermined.status_code, undetermined.json()) == (200, "undetermined")


@pytest.mark.parametrize(
    ("asked", "hint", "place"),
    [
        ("/was-member?state=Uzbekstan&date=2007", "did you mean 'Uzbekistan'", ["query", "state"]),
        ("/status/704/2007", "'cow:704' or 'VNM'", ["path", "state"]),
        ("/members/04%2F05%2F1994x", "", None),
        ("/members/1994-13", "", ["path", "date"]),
        ("/was-member?state=UZ&date=04/05/1994", "did you mean '1994-05-04' or '1994-04-05'", ["query", "date"]),
        ("/was-member?state=UZ", "Field required", ["query", "date"]),
        ("/members/2007?organisation=csto-1", "did you mean 'csto'", ["query"]),
        ("/members/2007?organisation=..%2F..%2Fcsto", "known: caco", ["query"]),
        ("/members/2007?reading=lawful", "'declared', 'legal' or 'participating'", ["query", "reading"]),
        ("/members/2007?published_by=1980-01-01", "published", ["query"]),
        ("/changes?first=2012&last=1999", "", ["query"]),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place_and_hint(
    client: Any, asked: str, hint: str, place: list[str] | None
) -> None:
    answer = client.get(asked)
    if place is None:
        assert answer.status_code in (404, 422)
        return
    (fault, *_) = answer.json()["detail"]
    assert (answer.status_code, fault["loc"]) == (422, place)
    assert hint in fault["msg"]
    assert fault["type"]


def test_a_wrong_row_of_a_body_is_refused_with_its_place(client: Any) -> None:
    rows = [{"state": "UZ", "date": "2007"}, {"state": "Uzbekstan", "date": "30/02/2007"}, {"date": "2007"}]
    answer = client.post("/answers", json=rows)
    assert answer.status_code == 422
    faults = answer.json()["detail"]
    assert [fault["loc"] for fault in faults] == [["body", 1, "state"], ["body", 1, "date"], ["body", 2, "state"]]
    assert faults[0]["meant"] == ["Uzbekistan"]


@pytest.mark.parametrize(
    "body",
    [
        *(json.dumps([{"state": "x" * 10_000_000, "date": "2007"}]), json.dumps([{"date": "x" * 10_000_000}])),
        *(json.dumps([{"state": "UZ", "date": "\x00\x1b[31m"}]), r'[{"state": "\ud800", "date": "\udfff"}]'),
        *('[{"state": NaN, "date": Infinity}]', json.dumps([{"state": "<img onerror=alert(1)>", "date": "{}"}])),
        *(json.dumps([{"state": ["UZ"] * 100_000, "date": {"a": 1}}]), json.dumps([{}] * 100_000), "[" * 2000, "{"),
        *(f'[{{"state": {"9" * 4000}, "date": {"9" * 4000}}}]', f'[{{"date": {"9" * 5000}}}]', "null", "[]]"),
    ],
    ids=range(14),
)
def test_an_attack_is_refused_in_few_words(client: Any, body: str) -> None:
    answer = client.post("/answers", content=body.encode("utf-8"), headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/json"
    assert len(answer.content) < 10_000
    assert answer.json()["detail"]


def test_the_types_alone_keep_errors_short_where_nobody_handles_them() -> None:
    import fastapi
    from fastapi.testclient import TestClient

    bare = fastapi.FastAPI()

    @bare.post("/state")
    def read(state: csto.State, dates: list[csto.ImpreciseDate]) -> csto.State:
        assert dates
        return state

    client = TestClient(bare)
    for state, date in (("UZ", "x" * 10_000_000), ("x" * 50_000, "2007"), ("UZ", "\ud800")):
        body = json.dumps([date]).encode()
        answer = client.post(f"/state?state={state}", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 422
        assert len(answer.content) < 3000
    answer = client.post("/state?state=uzbekistan", json=["2007"])
    assert (answer.status_code, answer.json()) == (200, "UZB")


def test_an_error_that_is_not_about_what_was_asked_is_one_of_the_server(app: Any) -> None:
    from fastapi.testclient import TestClient

    app.get("/open")(lambda: bool(csto.was_member("UZ", "2006")))
    answer = TestClient(app, raise_server_exceptions=False).get("/open")
    assert answer.status_code == 500
    assert "leaves this open" in answer.json()["detail"][0]["msg"]


def test_what_is_described_is_what_is_sent(client: Any) -> None:
    described = client.get("/openapi.json").json()
    components = {"components": described["components"]}
    for path, method, asked in (
        ("/members/{date}", "get", "/members/2006"),
        ("/was-member", "get", "/was-member?state=UZ&date=2006"),
        ("/status/{state}/{date}", "get", "/status/UZ/2006"),
        ("/timeline/{state}", "get", "/timeline/UZ"),
        ("/changes", "get", "/changes"),
        ("/panel/{state}", "get", "/panel/UZ"),
        ("/was-member", "get", "/was-member?state=Uzbekstan&date=x"),
        ("/members/{date}", "get", "/members/2006?organisation=x"),
    ):
        answer = client.get(asked)
        content = described["paths"][path][method]["responses"][str(answer.status_code)]["content"]
        schema = content["application/json"]["schema"] | components
        jsonschema.Draft202012Validator(schema).validate(answer.json())
    parameters = described["paths"]["/was-member"]["get"]["parameters"]
    assert [one["schema"]["type"] for one in parameters[:2]] == ["string", "string"]
    assert all(one["schema"]["examples"] for one in parameters[:2])


def test_the_query_with_sqlalchemy_answers_as_the_library_does() -> None:
    pytest.importorskip("sqlalchemy")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", str(ROOT / "examples" / "a_query_with_sqlalchemy.py")]
    told = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.splitlines()
    legal, asked = csto.CSTO.under("legal"), []
    for line in told:
        party, day, *rest = line.split()
        if party in ("UZB", "FRA"):
            asked.append(rest[0])
            assert rest[0] == str(legal.was_member(party, day))
    assert sorted(asked) == ["no", "no", "undetermined", "yes"]
    assert told[-2:] == ["certain: 1", "possible: 2"]
    assert sum("no such state" in line for line in told) == 1
