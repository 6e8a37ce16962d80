"""A web back end: who was a member, asked over HTTP. What cannot be read is a 422 with what was probably meant."""

import datetime as dt
import json
from typing import Annotated, Literal

import fastapi
import pydantic
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient

import csto_membership as csto

app = fastapi.FastAPI(title="Who was a member of a treaty, and how we know")


@app.exception_handler(csto.MembershipError)
def refused(_: fastapi.Request, error: csto.MembershipError) -> fastapi.responses.JSONResponse:
    """Whatever is wrong with what was asked is a ValueError of the library, and has its hint in the message."""
    fault = {"type": type(error).__name__, "loc": ["query"], "msg": str(error)[:1000]}
    return fastapi.responses.JSONResponse({"detail": [fault]}, 422 if isinstance(error, ValueError) else 500)


@app.exception_handler(RequestValidationError)
def unreadable(_: fastapi.Request, error: RequestValidationError) -> fastapi.responses.JSONResponse:
    """What cannot be read: its place, the reason and what was meant. FastAPI alone would send the whole input back."""
    faults = [
        {**{key: fault[key] for key in ("type", "loc", "msg")}, "meant": fault.get("ctx", {}).get("meant", [])}
        for fault in error.errors()[:20]
    ]
    return fastapi.responses.JSONResponse({"detail": faults}, 422)


def viewed(
    organisation: str = "csto",
    reading: Literal["declared", "legal", "participating"] | None = None,
    published_by: dt.date | None = None,
) -> csto.History:
    """The history that is asked: a dependency, whose errors are those of the request."""
    history = csto.history(organisation)
    if reading:
        history = history.under(reading)
    return history.as_published_by(published_by) if published_by else history


Viewed = Annotated[csto.History, fastapi.Depends(viewed)]


# States and dates are parameters as they are: of any name or code, and of any date that the library reads.
@app.get("/members/{date}")
def members(date: csto.ImpreciseDate, history: Viewed) -> csto.Members:
    """Who was a member on the day."""
    return history.members_on(date)


@app.get("/was-member")
def was_member(state: csto.State, date: csto.ImpreciseDate, history: Viewed) -> csto.Verdict:
    """Whether the state was a member: yes, no, or undetermined."""
    return history.was_member(state, date)


@app.get("/status/{state}/{date}")
def status(state: csto.State, date: csto.ImpreciseDate, history: Viewed) -> csto.Finding:
    """What the state was, with the evidence."""
    return history.status(state, date)


@app.get("/timeline/{state}", response_model=csto.Timeline)
def timeline(state: csto.State, history: Viewed) -> object:
    """What the state was from one day to the next."""
    return history.timeline(state)


@app.get("/changes")
def changes(
    history: Viewed, first: csto.ImpreciseDate | None = None, last: csto.ImpreciseDate | None = None
) -> csto.Changes:
    """The changes of status in a period."""
    return history.changes(first, last)


@app.get("/panel/{state}")
def panel(state: csto.State, history: Viewed) -> list[csto.PanelRow]:
    """One row a year."""
    return list(history.panel(states=state))


class Question(pydantic.BaseModel):
    """One row of a table."""

    state: csto.State
    date: csto.ImpreciseDate


class Answer(Question):
    """The row, and what follows."""

    verdict: csto.Verdict
    statuses: list[csto.Status]


def words(found: csto.Finding) -> list[csto.Status]:
    """The possible statuses in their order."""
    return [csto.Status(word) for word in csto.in_order(found.statuses)]


@app.post("/answers")
def answers(rows: Annotated[list[Question], pydantic.Field(max_length=1000)], history: Viewed) -> list[Answer]:
    """The answers for a table of rows."""
    found = [history.status(row.state, row.date) for row in rows]
    return [
        Answer(state=row.state, date=row.date, verdict=one.verdict, statuses=words(one))
        for row, one in zip(rows, found, strict=True)
    ]


if __name__ == "__main__":
    client = TestClient(app)
    for asked in (
        "/was-member?state=UZ&date=2007-01-01",
        "/was-member?state=Uzbekistan&date=2006",
        "/was-member?state=Uzbekistan&date=2012-10-01&reading=legal",
        "/was-member?state=Uzbekstan&date=04/05/1994",
        "/members/2007-01-01?organisation=csto-1",
    ):
        answer = client.get(asked)
        print(f"GET {asked}\n  {answer.status_code} {json.dumps(answer.json(), ensure_ascii=False)}")
    rows = [{"state": "Киргизия", "date": "28 June 2012"}, {"state": "cow:704", "date": "1999-04"}]
    print(f"POST /answers\n  {client.post('/answers', json=rows).json()}")
    described = app.openapi()["components"]["schemas"]
    print(f"described in full: {', '.join(sorted(described))}")
