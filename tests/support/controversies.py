"""What the oracle says of controversies: what is contradicted, and what follows if one claim alone were right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from support import documents, oracle

from csto_membership import Verdict

DAY = dt.timedelta(days=1)
Line = Mapping[dt.date, frozenset[str]]


def days(first: str, last: str) -> list[dt.date]:
    """All days from the first to the last."""
    return oracle.all_days(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def worlds(document: Any, state: str, on: Collection[dt.date], **view: Any) -> list[Line]:
    """The statuses of each world, day by day; one line of all that coverage leaves where there is no world."""
    lines: list[Line] = [world.statuses for world in oracle.worlds(document, state, on, **view)]
    return lines or [oracle.statuses_by_day(document, state, on, **view)]


def period_of(attestation: Mapping[str, Any]) -> list[dt.date]:
    """All days of the period of an attestation."""
    first, _, last = (attestation.get("on") or attestation["during"]).partition("/")
    begin, end = oracle.parse(first).first, oracle.parse(last or first).last
    assert begin
    assert end
    return oracle.all_days(begin, end)


def statuses_said(attestation: Mapping[str, Any], state: str) -> frozenset[str] | None:
    """The statuses that an attestation leaves a state; None where it says nothing of it."""
    said = oracle.said_statuses(attestation["status"])
    if state in attestation["states"]:
        return said
    return oracle.STATUSES - said or None if attestation.get("complete") else None


def is_contradicted(document: Any, attestation: Mapping[str, Any], state: str, **view: Any) -> bool:
    """Whether no world has an attested status on the days of which the attestation speaks."""
    said = statuses_said(attestation, state)
    if said is None:
        return False
    period = period_of(attestation)
    kind = "some_day" if "on" in attestation else attestation.get("speaks_of", "every_day")
    wanted = {"every_day": period, "last_day": period[-1:], "some_day": period}[kind]
    holds = any if kind == "some_day" else all
    return not any(holds(line[day] & said for day in wanted) for line in worlds(document, state, period, **view))


def disagrees(document: Any, event: Mapping[str, Any], sources: Collection[str] | None) -> bool:
    """Whether the claims of an event leave a state more than one alternative where every claim counts."""
    happenings = [
        happening
        for state in event["states"]
        for happening in oracle.happenings(document, state, sources, "every")
        if happening.event == event["id"]
    ]
    return any(len(happening.alternatives) > 1 for happening in happenings)


def controversies(document: Any, **view: Any) -> dict[str, tuple[set[str], list[tuple[dict[str, Any], list[str]]]]]:
    """By id, the events and the contradicted attestations (with the states of which they are wrong)."""
    sources = view.get("sources")
    events: dict[str, set[str]] = {}
    against: dict[str, list[tuple[dict[str, Any], list[str]]]] = {}
    open_ids = set()
    for event in document.get("event", []):
        claims = [claim for claim in event["claims"] if sources is None or claim["source"] in sources]
        ids = {each["conflict"] for each in (event, *claims) if "conflict" in each}
        parted = disagrees(document, event, sources)
        for id in ids or ({event["id"]} if parted else set()):
            events.setdefault(id, set()).add(event["id"])
            if parted:
                open_ids.add(id)
    for attestation in document.get("attestation", []):
        if sources is None or attestation["source"] in sources:
            states = [each["id"] for each in document["state"]]
            wrong = [state for state in states if is_contradicted(document, attestation, state, **view)]
            if wrong:
                id = attestation.get("conflict") or attestation["source"]
                against.setdefault(id, []).append((attestation, wrong))
    ids = open_ids | {id for id, named in events.items() if len(named) > 1} | set(against)
    return {id: (events.get(id, set()), against.get(id, [])) for id in ids}


def text_of(days: oracle.Range, act: str) -> str:
    """The range on which an act was to take effect on these days."""
    lag = DAY if act in {"expiry", "extinction"} else 0 * DAY
    first, last = ((day - lag).isoformat() if day else "" for day in days)
    return f"[{first}..{last}]"


def suppositions(
    document: Any, event: Mapping[str, Any], state: str, sources: Any, *, without: bool
) -> Iterator[dict[str, Any]]:
    """The document if each claim of an event alone were right, and, if wanted, if the event had not been."""
    claims = oracle.claims_for(event, state, sources) if state in event["states"] else []
    # What the record vouches for, and what an event was about, hang on what its sources tell, not on what is supposed.
    event = {**event, "told": sorted(oracle.acts_told(event, state))}
    for number, claim in enumerate(claims):
        others = claims[:number] + claims[number + 1 :]
        marked = claim._replace(source="the one")
        yield with_claims(
            document,
            event,
            state,
            *(
                {"source": claim.source, "act": claim.act}
                | ({"status": sorted(claim.statuses)} if claim.statuses else {})
                | ({"date": text_of(each.days, each.act)} if each.days else {})
                for each in oracle.refined([marked, *others])
                if each.source == "the one"
            ),
        )
    if without and claims:
        without_it = {"source": claims[0].source, "act": "denial"}
        yield with_claims(document, event, state, without_it)


def with_claims(document: Any, event: Mapping[str, Any], state: str, *claims: dict[str, Any]) -> dict[str, Any]:
    """The document with other claims for one event, now of this state alone."""
    changed = {**event, "states": [state], "claims": list(claims)}
    return {**document, "event": [changed if each["id"] == event["id"] else each for each in document["event"]]}


def verdicts(document: Any, state: str, **view: Any) -> list[Verdict] | None:
    """The verdict of each day; None where there is no world."""
    lines = [world.statuses for world in oracle.worlds(document, state, documents.DAYS, **view)]
    possible = [frozenset[str]().union(*(line[day] for line in lines)) for day in documents.DAYS]
    return [judged(statuses) for statuses in possible] if lines else None


def judged(statuses: Collection[str]) -> Verdict:
    """What the possible statuses of a day say of membership."""
    if set(statuses) == {"member"}:
        return Verdict.YES
    return Verdict.UNDETERMINED if "member" in statuses else Verdict.NO
