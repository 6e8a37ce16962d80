"""
Random records, as the tables of their files: each is one that is read, by the way in which it is made.

Events are drawn in any order and then put in the order of a day on which each may have been by its preferred claims:
these days are a world, so that no record needs to be thrown away.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from csto_membership._evidence.claims import Claim, Event, Rank
from csto_membership._evidence.faults import presuming
from csto_membership._evidence.resolution import Resolution, alternatives
from csto_membership._values.acts import ALL_STATUSES, Act
from csto_membership.strategies._dates import Span, any_dates, exact_days, ranged_dates, shift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership._values.period import Days

Document = dict[str, Any]

#: Texts that a writer or a terminal may spoil.
AWKWARD_TEXTS = (
    "plain",
    "",
    "quotes \" and '",
    "back\\slash \\n",
    "two\nlines\tand a tab",
    "Протокол, § 4 – «ОДКБ»",
    "\U0001f54a",
    "# no comment = { x = 1 }",
    "\x7f\x01",
)
#: Names in several scripts, of nobody; one of them written right to left, one decomposed.
AWKWARD_NAMES = ("Realm", "Рурития", "Ռուրիտանիա", "روريتانيا", "ルリタニア", "Ruritânia", "Ruritanie (l'ancienne)")
STATUSES = tuple(sorted(status.value for status in ALL_STATUSES))
#: First acts mostly begin something; later ones come from the whole table.
_BEGINNINGS = ("signature", "signature", "accession", "succession", "entry_into_force")
_ANY_ACT = (
    *sorted(act.value for act in Act if act not in (Act.STATUS, Act.DENIAL)),
    *("freeze", "expiry", "expiry", "suspension", "withdrawal", "return", "return", "entry_into_force", "signature"),
)


def texts() -> st.SearchStrategy[str]:
    """Notes, titles and locators, the plain ones first."""
    return st.sampled_from(AWKWARD_TEXTS)


def one_in(number: int) -> st.SearchStrategy[bool]:
    """True once in so many times."""
    return st.integers(0, number - 1).map(lambda drawn: drawn == number - 1)


# --- Whole records ---------------------------------------------------------------------------------------------------


@st.composite
def documents(
    draw: st.DrawFn, span: Span, states: st.SearchStrategy[list[str]], *, rich: bool = True, most_events: int = 4
) -> Document:
    """
    The tables of a record of which all lies in a span of days, or near it.

    A narrow one has exact and ranged dates with ranks, and nothing else; a rich one everything that can change an
    answer, and some things that must not.
    """
    named = draw(states)
    document: Document = {
        "organisation": {"id": "drawn"},
        "institution": draw(institutions(span)) if rich else [],
        "state": draw(_defined(span, named)) if rich else [{"id": state} for state in named],
        "source": draw(sources(span, rich=rich)),
    }
    told = [source["id"] for source in document["source"]]
    listers = told
    if rich:
        if draw(st.booleans()):
            document["organisation"]["covers"] = draw(covers(span))
        document |= draw(_background(span, document))
        # Often one source has lists only, as the yearbooks do: alone, it answers by attestations.
        told, listers = draw(st.sampled_from(((told, told), (told[:-1], told), (told[1:], told[:1]))))
    document["event"] = draw(events(span, document, told, rich=rich, most=most_events))
    if rich:
        document["attestation"] = draw(st.lists(attestations(span, listers, named), max_size=3))
    vouch(document, some=draw(one_in(6)))
    return {key: value for key, value in document.items() if value != []}


def vouch(document: Document, *, some: bool) -> None:
    """Let the record vouch for some acts only if that is wanted, or if its first acts presuppose a relation."""
    covered = document["organisation"].get("covers", {})
    told = [_event(event) for event in document["event"]]
    presumed = any(any(presuming(told, state["id"])) for state in document["state"])
    if some or (presumed and covered.get("before", "none") == "none"):
        document["organisation"]["covers"] = {**covered, "acts": "some"}


# --- Events ----------------------------------------------------------------------------------------------------------


@st.composite
def events(
    draw: st.DrawFn, span: Span, document: Document, sources: Sequence[str], *, rich: bool, most: int = 4
) -> list[dict[str, Any]]:
    """The events of a document, each not long after the one before it, in an order that leaves worlds."""
    states = [state["id"] for state in document["state"]]
    near = shift(draw(exact_days(span)), -4)
    drawn: list[tuple[int, dict[str, Any]]] = []
    for number in range(draw(st.integers(1, most)) * (2 if len(states) > 1 else 1)):
        near = span.shifted(near, draw(st.sampled_from((0, 0, 1, 1, 2, 3, 4) if span.is_short else _LONGER)))
        concerned = draw(st.lists(st.sampled_from(states), min_size=1, max_size=len(states), unique=True))
        begins = number < len(states) and draw(st.integers(0, 3)) > 0
        acts = _BEGINNINGS if begins else _ANY_ACT
        # Rival claims are more often than not of one act.
        acts = draw(st.sampled_from((acts, (draw(st.sampled_from(acts)),))))
        event: dict[str, Any] = {"states": concerned}
        one = claims(span, sources, concerned, near, acts=acts, rich=rich)
        how_many = draw(st.sampled_from((1, 2, 2, 3, None)))
        if how_many is None:
            event["claims"] = draw(_two_against_one(one, sources))
        else:
            event["claims"] = [draw(one) for _ in range(how_many)]
        if rich and draw(one_in(6)):
            event["conflict"] = draw(st.sampled_from(("C1", "C2")))
        if rich and document.get("instrument") and draw(one_in(4)):
            event["instrument"] = document["instrument"][0]["id"]
        drawn.append((_common_day(event, near), event))
    # Stable: what falls on one day stays as drawn.
    drawn.sort(key=lambda pair: pair[0])
    return [{"id": f"event-{number}", **event} for number, (_, event) in enumerate(drawn, 1)]


_LONGER = (0, 0, 1, 2, 30, 365, 366, 1826)


def _common_day(event: dict[str, Any], near: dt.date) -> int:
    """
    A day of effect that the preferred claims leave each state of an event, as near to a day as may be.

    Where they leave none in common, or a state is named by no claim, all claims are made to concern all states.
    """
    told = _event(event)
    left: list[list[Days]] = []
    for state in told.states:
        given = alternatives(told.claims_of(state), Resolution("preferred"), {})
        days = [one.days for one in given if one.days]
        if not given:
            left.append([])
        elif len(days) == len(given):
            # What may never have happened needs no day.
            left.append(days)
    ordinal = near.toordinal()
    if not left:
        return ordinal
    for first, last in sorted(left[0], key=lambda days: abs(min(max(ordinal, days[0]), days[1]) - ordinal)):
        day = min(max(ordinal, first), last)
        if all(any(run[0] <= day <= run[1] for run in runs) for runs in left):
            return day
    for claim in event["claims"]:
        claim.pop("states", None)
    return _common_day(event, near)


def _event(event: dict[str, Any]) -> Event:
    """The event of a table, as far as the order and the beginnings of events hang on it."""
    told = tuple(
        Claim(
            claim["source"],
            claim["act"],
            claim.get("date"),
            rank=Rank(claim.get("rank", "normal")),
            states=tuple(claim.get("states", ())),
        )
        for claim in event["claims"]
    )
    return Event(event.get("id", ""), tuple(event["states"]), told)


@st.composite
def claims(
    draw: st.DrawFn,
    span: Span,
    sources: Sequence[str],
    states: Sequence[str],
    near: dt.date,
    *,
    acts: Sequence[str],
    rich: bool,
) -> dict[str, Any]:
    """One claim of an event, near a day."""
    claim: dict[str, Any] = {"source": draw(st.sampled_from(sources))}
    act = draw(st.sampled_from(acts))
    if rich:
        act = draw(st.sampled_from((None,) * 8 + ("status", "denial"))) or act
    claim["act"] = act
    if act != "denial":
        claim["date"] = draw(any_dates(span, near) if rich else ranged_dates(span, near))
    if act == "status":
        claim["status"] = draw(said_statuses())
    rank = draw(st.sampled_from(("normal",) * 3 + ("preferred", "deprecated") + (None,) * 3))
    if rank is not None:
        claim["rank"] = rank
    if rich:
        if len(states) > 1 and draw(one_in(4)):
            fewer = st.lists(st.sampled_from(states), min_size=1, max_size=len(states) - 1, unique=True)
            claim["states"] = draw(fewer)
        if draw(one_in(6)):
            claim["inferred"] = draw(st.booleans())
        if draw(one_in(6)):
            claim[draw(st.sampled_from(("note", "locator")))] = draw(texts())
    return claim


@st.composite
def said_statuses(draw: st.DrawFn) -> str | list[str]:
    """A status as a file says it: one, a list, or "unknown"."""
    way = draw(st.sampled_from(("one", "one", "list", "unknown")))
    if way == "unknown":
        return "unknown"
    one = st.sampled_from(STATUSES)
    return draw(one) if way == "one" else draw(st.lists(one, min_size=1, max_size=3, unique=True))


@st.composite
def _two_against_one(
    draw: st.DrawFn, one: st.SearchStrategy[dict[str, Any]], sources: Sequence[str]
) -> list[dict[str, Any]]:
    """Three claims, the second saying what the first says: by copying it, or on its own."""
    first, second, third = draw(one), draw(one), draw(one)
    for key in ("act", "date", "status"):
        second.pop(key, None)
        if key in first:
            second[key] = first[key]
    told_by = draw(st.permutations(sources))
    for claim, source in zip((first, second, third), told_by, strict=False):
        claim["source"] = source
    return [first, second, third]


# --- The rest of a record --------------------------------------------------------------------------------------------


@st.composite
def sources(draw: st.DrawFn, span: Span, *, rich: bool) -> list[dict[str, Any]]:
    """Two to four sources; a later one may copy earlier ones, and so on."""
    result: list[dict[str, Any]] = []
    # No earlier than the coverage may begin.
    publication = exact_days(Span(span.shifted(span.first, 3), shift(span.last, 6)))
    for number in range(draw(st.integers(2, 4))):
        source: dict[str, Any] = {"id": "source-" + "abcd"[number]}
        if rich:
            source["kind"] = draw(st.sampled_from(("primary", "dataset", "press", "tertiary")))
            published = draw(st.integers(0, 4)) > 0
            if published:
                month = span.first.isoformat()[:7]
                source["published"] = draw(st.sampled_from((draw(publication).isoformat(),) * 4 + (month,)))
            if not published or draw(st.booleans()):
                source["consulted"] = shift(span.last, 20).isoformat()
            copied = [each["id"] for each in result if draw(st.booleans())]
            if copied:
                source["copies"] = copied
            if draw(one_in(5)):
                source["title"] = draw(texts())
        result.append(source)
    return result


@st.composite
def institutions(draw: st.DrawFn, span: Span) -> list[dict[str, Any]]:
    """No institution, one or two, each on a day of its own, some with a legal date."""
    names = draw(st.sampled_from(((), ("treaty",), ("treaty", "body"), ("treaty", "body"))))
    number = 2 * len(names)
    anywhere = exact_days(Span(shift(span.first, -2), span.last))
    days = draw(st.lists(anywhere, min_size=number, max_size=number, unique=True))
    result = []
    firsts, others = sorted(days[: len(names)]), days[len(names) :]
    for name, declared, legal in zip(names, firsts, others, strict=True):
        exists = {"declared": declared.isoformat()}
        if draw(one_in(3)):
            # Mostly later, as in life; but nothing forbids the other way round.
            exists["legal"] = legal.isoformat()
        result.append({"id": name, "exists": exists})
    if draw(one_in(4)) and names:
        ends: bool = draw(st.booleans())
        draw(changes_for_all(span, result, end=ends))
    return result


@st.composite
def changes_for_all(draw: st.DrawFn, span: Span, institutions: list[dict[str, Any]], *, end: bool) -> None:
    """Let an institution end, or each, on one day or the next; or let one abolish a status."""
    begun = max(day for each in institutions for day in each["exists"].values())
    latest = shift(span.last, 1)
    day = draw(exact_days(Span(min(dt.date.fromisoformat(begun), span.last), latest)))
    one = draw(st.sampled_from(institutions))
    for ended in draw(st.sampled_from(([one], institutions))) if end else []:
        first = shift(day, draw(st.sampled_from((0, 0, 1))))
        after = shift(first, 1).isoformat()
        ended["ends"] = {"declared": draw(st.sampled_from((first.isoformat(), f"[{first}..{after}]")))}
        if draw(st.booleans()):
            ended["ends"]["legal"] = after
    if not end:
        text = draw(st.sampled_from((day.isoformat(), f"[{day}..{shift(day, 1)}]")))
        status = draw(st.sampled_from(("observer", "member", "suspended")))
        one["abolishes"] = [{"status": status, "date": text, "to": draw(st.sampled_from(("partner", "former")))}]


@st.composite
def covers(draw: st.DrawFn, span: Span) -> dict[str, str]:
    """What a record vouches for; what holds outside is always said."""
    covered: dict[str, str] = {}
    if draw(st.booleans()):
        covered["first"] = draw(exact_days(Span(shift(span.first, -4), span.shifted(span.first, 3)))).isoformat()
        covered["before"] = draw(st.sampled_from(("none", "unknown")))
    if draw(st.booleans()):
        covered["last"] = draw(exact_days(Span(span.shifted(span.first, 6), shift(span.last, 6)))).isoformat()
    covered["after"] = draw(st.sampled_from(("carry", "unknown")))
    return covered


@st.composite
def attestations(draw: st.DrawFn, span: Span, sources: Sequence[str], states: Sequence[str]) -> dict[str, Any]:
    """One attestation of one or several states, on a day or in a period."""
    attestation: dict[str, Any] = {
        "source": draw(st.sampled_from(sources)),
        "states": draw(st.lists(st.sampled_from(states), min_size=1, max_size=len(states), unique=True)),
        "status": draw(st.one_of(st.just("member"), said_statuses())),
    }
    first = draw(exact_days(span))
    last = span.shifted(first, draw(st.sampled_from((0, 1, 3))))
    how = draw(st.sampled_from(("day", "range", "period", "period", "month", "one day")))
    if how == "day":
        attestation["on"] = first.isoformat()
    elif how == "range":
        attestation["on"] = f"[{first}..{last}]"
    else:
        periods = {"period": f"{first}/{last}", "month": first.isoformat()[:7], "one day": first.isoformat()}
        attestation["during"] = periods[how]
        speaks_of = draw(st.sampled_from((None, "every_day", "some_day", "last_day")))
        if speaks_of is not None:
            attestation["speaks_of"] = speaks_of
    if draw(st.booleans()):
        attestation["complete"] = draw(st.booleans())
    if draw(one_in(5)):
        attestation["note"] = draw(texts())
    return attestation


@st.composite
def _background(draw: st.DrawFn, span: Span, document: Document) -> dict[str, Any]:
    """Instruments, steps and notes: they must change no status, but that no treaty binds before it is in force."""
    sources = [source["id"] for source in document["source"]]
    tables: dict[str, Any] = {}
    if draw(one_in(4)):
        tables["instrument"] = [
            {
                "id": "treaty-2000",
                "kind": "treaty",
                "title": draw(texts()) or "A treaty",
                "signed": span.first.isoformat(),
                "in_force": draw(exact_days(span)).isoformat(),
                "term": "P5D",
                "registration": {"number": "I-1", "date": span.last.isoformat(), "volume": 7},
                "sources": sources[:1],
            }
        ]
    if draw(one_in(4)):
        tables["step"] = [
            {
                "states": [document["state"][0]["id"]],
                "date": draw(exact_days(span)).isoformat(),
                "source": draw(st.sampled_from(sources)),
                "note": draw(texts()) or "Announced.",
            }
        ]
    if draw(one_in(4)):
        tables["note"] = [{"text": draw(texts()) or "A remark.", "sources": sources[:2]}]
    return tables


@st.composite
def _defined(draw: st.DrawFn, span: Span, states: Sequence[str]) -> list[dict[str, Any]]:
    """States of the table, one of them sometimes defined anew with what is told of its life: it must change no answer."""
    entries: list[dict[str, Any]] = [{"id": state} for state in states]
    if draw(one_in(4)):
        first, last = sorted(draw(st.tuples(exact_days(span), exact_days(span))))
        citation = {"citation": draw(texts()).strip() or "A list"}
        entries[0] |= {
            "name": states[0].title(),
            "names": ["Old Realm", *draw(st.sampled_from(([], ["Realm"])))],
            "dated_names": [{"name": draw(st.sampled_from(AWKWARD_NAMES)), "to": first.isoformat(), **citation}],
            "lifespans": [
                {"first": first.isoformat(), **citation},
                {"last": draw(ranged_dates(span, last)), **citation},
            ],
            "predecessors": [{"id": "cow:999", "name": "Ruritania", **citation}],
        }
    return entries
