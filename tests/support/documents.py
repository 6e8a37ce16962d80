"""
Small random records, as the dicts that ``tomllib`` would read, and a writer for them.

Two strategies: `narrow` for the core of the meaning (exact and ranged dates, the whole
record) and `rich` for the whole surface (open dates, ranks, copies, institutions, coverage,
attestations, and things that must change no answer).  Both keep to a span of days so small that
same days, touching ranges and overlapping ranges are common, and to so few worlds that the oracle
can try them all.

Every document drawn is one that a loader should accept: the policies ``preferred`` and ``every``
leave at least one world for each state, ids resolve, and nothing is published after it was
consulted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from support import oracle

Document = dict[str, Any]

DAY = timedelta(days=1)
FIRST = date(2000, 1, 1)
LAST = date(2000, 1, 12)
#: The days to ask about: the span and a little more on both sides.
DAYS = oracle.all_days(FIRST - 4 * DAY, LAST + 6 * DAY)
#: At most so many worlds for a state, whatever sources and policy are chosen.
MAX_WORLDS = 2000

STATES = ("ARM", "KAZ", "UZB")
ALL_STATUSES = tuple(sorted(oracle.STATUSES))

#: Dates that have tripped somebody: months and years that hold the span or touch it, masks,
#: qualifiers, the turn of the year, ranges of one day, ranges that touch the span's ends.
AWKWARD_DATES = (
    "2000-01",
    "2000-01-XX",
    "1999-12",
    "2000",
    "2000-01?",
    "2000-01-05?",
    "2000-01-05~",
    "2000-01-05%",
    "1999-12-31",
    "[1999-12-31..2000-01-01]",
    "[2000-01-05..2000-01-05]",
    "[..2000-01-01]",
    "[2000-01-12..]",
    "2000-01-01",
    "2000-01-12",
)
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

#: First acts mostly begin something; later ones come from the whole table.
BEGINNINGS = ("signature", "signature", "accession", "succession", "entry_into_force")
ANY_ACT = (
    *sorted(oracle.ACTS - {"status", "denial"}),
    "freeze",
    "expiry",
    "expiry",
    "suspension",
    "withdrawal",
    "return",
    "return",
    "entry_into_force",
    "signature",
)


# ---------------------------------------------------------------------------------------------
# Dates
# ---------------------------------------------------------------------------------------------


def _within(day: date) -> date:
    """
    The day, or the end of the span that it has passed.
    """
    return min(max(day, FIRST), LAST)


def exact_days() -> st.SearchStrategy[date]:
    """
    Days of the span.
    """
    return st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + n * DAY)


@st.composite
def ranged_dates(draw: st.DrawFn, near: date) -> str:
    """
    An exact day or a range of days, close to a given day: often the same, touching or overlapping.
    """
    first = _within(near + draw(st.integers(-2, 3)) * DAY)
    length = draw(st.sampled_from((0, 0, 0, 1, 1, 2, 3, 5)))
    last = _within(first + length * DAY)
    return first.isoformat() if first == last else f"[{first}..{last}]"


@st.composite
def any_dates(draw: st.DrawFn, near: date) -> str:
    """
    A date of any kind: mostly exact or ranged, now and then open or awkward.
    """
    kind = draw(st.sampled_from(("ranged",) * 6 + ("since", "until", "awkward")))
    if kind == "since":
        return f"[{_within(near + draw(st.integers(-2, 2)) * DAY)}..]"
    if kind == "until":
        return f"[..{_within(near + draw(st.integers(-1, 3)) * DAY)}]"
    if kind == "awkward":
        return draw(st.sampled_from(AWKWARD_DATES))
    return draw(ranged_dates(near))


def texts() -> st.SearchStrategy[str]:
    """
    Notes, titles and locators, the awkward ones first.
    """
    return st.sampled_from(AWKWARD_TEXTS)


# ---------------------------------------------------------------------------------------------
# Events
# ---------------------------------------------------------------------------------------------


@st.composite
def claims(
    draw: st.DrawFn,
    sources: list[str],
    states: list[str],
    near: date,
    *,
    acts: tuple[str, ...],
    rich: bool,
) -> dict[str, Any]:
    """
    One claim of an event, near a day.
    """
    claim: dict[str, Any] = {"source": draw(st.sampled_from(sources))}
    act = draw(st.sampled_from(acts))
    if rich:
        special = draw(st.sampled_from((None,) * 8 + ("status", "denial")))
        act = special or act
    claim["act"] = act
    if act != "denial":
        claim["date"] = draw(any_dates(near) if rich else ranged_dates(near))
    if act == "status":
        claim["status"] = draw(said_statuses())
    rank = draw(st.sampled_from(("normal",) * 3 + ("preferred", "deprecated") + (None,) * 3))
    if rank is not None:
        claim["rank"] = rank
    if rich:
        if len(states) > 1 and draw(st.integers(0, 3)) == 0:
            fewer = st.lists(st.sampled_from(states), min_size=1, max_size=len(states) - 1, unique=True)
            claim["states"] = draw(fewer)
        if draw(st.integers(0, 5)) == 0:
            claim["inferred"] = draw(st.booleans())
        if draw(st.integers(0, 5)) == 0:
            claim[draw(st.sampled_from(("note", "locator")))] = draw(texts())
    return claim


@st.composite
def said_statuses(draw: st.DrawFn) -> str | list[str]:
    """
    A status as a file says it: one, a list, or "unknown".
    """
    way = draw(st.sampled_from(("one", "one", "list", "unknown")))
    if way == "unknown":
        return "unknown"
    one = st.sampled_from(ALL_STATUSES)
    if way == "one":
        return draw(one)
    return draw(st.lists(one, min_size=1, max_size=3, unique=True))


@st.composite
def _two_against_one(
    draw: st.DrawFn, one: st.SearchStrategy[dict[str, Any]], sources: list[str]
) -> list[dict[str, Any]]:
    """
    Three claims, the second saying what the first says: by copying it, or on its own.
    """
    first, second, third = draw(one), draw(one), draw(one)
    for key in ("act", "date", "status"):
        second.pop(key, None)
        if key in first:
            second[key] = first[key]
    told_by = draw(st.permutations(sources))
    for claim, source in zip((first, second, third), told_by, strict=False):
        claim["source"] = source
    return [first, second, third]


def number_of_worlds(document: Document, state: str) -> int:
    """
    A bound to the lines that the oracle draws for a state, whatever is chosen of the evidence.

    An act that may make a signatory lets a silent entry into force fall on any day after it.
    """
    first, last = oracle.window(document, state, DAYS, None)
    number = 1
    for place, event in enumerate(document["event"]):
        of_state = oracle.claims_for(event, state, None) if state in event["states"] else []
        # without refinement and with every claim: as wide as any choice can make it
        alternatives = frozenset(oracle.Alternative(claim.act, claim.statuses, claim.days) for claim in of_state)
        if alternatives:
            happening = oracle.Happening(place, event["id"], alternatives)
            number *= len(oracle.options(happening, first, last))
            opens = any(claim.act in oracle.CONSENTS | {"signature", "status"} for claim in of_state)
            number *= 4 if opens else 1
    return number * (4 if document.get("institution") else 1)


def is_possible(document: Document) -> bool:
    """
    Whether both policies that a record must satisfy leave a world to each state.
    """
    return all(
        next(oracle.worlds(document, state["id"], resolution=resolution), None) is not None
        for state in document["state"]
        for resolution in ("preferred", "every")
    )


def _made_narrow(document: Document, event: dict[str, Any], most: int) -> None:
    """
    Replace the widest dates of an event by days until there are few enough worlds.
    """

    def width(claim: dict[str, Any]) -> int:
        """
        The number of days of a claim, an open end counted as many.
        """
        first, last = oracle.parse(claim["date"])
        return 10_000 if first is None or last is None else (last - first).days

    while any(number_of_worlds(document, state["id"]) > most for state in document["state"]):
        widest = max((claim for claim in event["claims"] if "date" in claim), key=width)
        if width(widest) == 0:
            return
        first, last = oracle.parse(widest["date"])
        widest["date"] = _within(first or last or FIRST).isoformat()


@st.composite
def _events(
    draw: st.DrawFn, document: Document, sources: list[str], *, rich: bool, most: int = MAX_WORLDS
) -> list[dict[str, Any]]:
    """
    The events of a document, in an order that leaves worlds; those that would leave none are not.
    """
    states = [state["id"] for state in document["state"]]
    document = {**document, "event": []}
    near = draw(exact_days()) - 4 * DAY
    for number in range(draw(st.integers(1, 4)) * (2 if len(states) > 1 else 1)):
        near = _within(near + draw(st.sampled_from((0, 0, 1, 1, 2, 3, 4))) * DAY)
        concerned = draw(st.lists(st.sampled_from(states), min_size=1, max_size=len(states), unique=True))
        begins = draw(st.integers(0, 3)) > 0 if number < len(states) else False
        acts = BEGINNINGS if begins else ANY_ACT
        # rival claims are more often than not of one act
        acts = draw(st.sampled_from((acts, (draw(st.sampled_from(acts)),))))
        event: dict[str, Any] = {"id": f"event-{number + 1}", "states": concerned}
        one = claims(sources, concerned, near, acts=acts, rich=rich)
        how_many = draw(st.sampled_from((1, 2, 2, 3, None)))
        if how_many is None:
            event["claims"] = draw(_two_against_one(one, sources))
        else:
            event["claims"] = [draw(one) for _ in range(how_many)]
        for claim in event["claims"]:
            # nobody is named by an event without a claim
            if not all(oracle.claims_for(event, state, None) for state in concerned):
                claim.pop("states", None)
        if rich and draw(st.integers(0, 5)) == 0:
            event["conflict"] = draw(st.sampled_from(("C1", "C2")))
        if rich and document.get("instrument") and draw(st.integers(0, 3)) == 0:
            event["instrument"] = document["instrument"][0]["id"]
        document["event"].append(event)
        _made_narrow(document, event, most)
        if _overburdened(document, event, most) or not is_possible(document):
            document["event"].pop()
    events: list[dict[str, Any]] = document["event"]
    return events


def _overburdened(document: Document, event: dict[str, Any], most: int) -> list[str]:
    """
    The states of an event that have too many events or too many worlds by now.
    """
    return [
        state
        for state in event["states"]
        if sum(1 for each in document["event"] if state in each["states"]) > 4
        or number_of_worlds(document, state) > most
    ]


# ---------------------------------------------------------------------------------------------
# The rest of a record
# ---------------------------------------------------------------------------------------------


@st.composite
def _sources(draw: st.DrawFn, *, rich: bool) -> list[dict[str, Any]]:
    """
    Two to four sources; a later one may copy earlier ones, and so on.
    """
    result: list[dict[str, Any]] = []
    for number in range(draw(st.integers(2, 4))):
        source: dict[str, Any] = {"id": "source-" + "abcd"[number]}
        if rich:
            kinds = ("primary", "dataset", "press", "tertiary")
            source["kind"] = draw(st.sampled_from(kinds))
            published = draw(st.integers(0, 4)) > 0
            if published:
                day = draw(st.sampled_from(DAYS[7:]))  # no earlier than coverage may begin
                source["published"] = draw(st.sampled_from((day.isoformat(),) * 4 + ("2000-01",)))
            if not published or draw(st.booleans()):
                source["consulted"] = "2000-02-01"
            copied = [each["id"] for each in result if draw(st.booleans())]
            if copied:
                source["copies"] = copied
            if draw(st.integers(0, 4)) == 0:
                source["title"] = draw(texts())
        result.append(source)
    return result


@st.composite
def _institutions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """
    No institution, one or two, each on a day of its own, some with a legal date.
    """
    names = draw(st.sampled_from(((), ("treaty",), ("treaty", "body"), ("treaty", "body"))))
    days = draw(
        st.lists(
            st.sampled_from([FIRST - 2 * DAY, *oracle.all_days(FIRST, LAST)]),
            min_size=2 * len(names),
            max_size=2 * len(names),
            unique=True,
        )
    )
    result = []
    firsts, others = sorted(days[: len(names)]), days[len(names) :]
    for name, declared, legal in zip(names, firsts, others, strict=True):
        exists = {"declared": declared.isoformat()}
        if draw(st.integers(0, 2)) == 0:
            # mostly later, as in life; but nothing forbids the other way round
            exists["legal"] = legal.isoformat()
        result.append({"id": name, "exists": exists})
    if result and draw(st.integers(0, 3)) == 0:
        _change_for_all(draw, result)
    return result


def _change_for_all(draw: st.DrawFn, institutions: list[dict[str, Any]], *, end: bool = False) -> None:
    """
    Let the last institution, or the one before it, end, or abolish a status.
    """
    begun = max(oracle.exact_day(day) for each in institutions for day in each["exists"].values())
    day = draw(st.sampled_from(oracle.all_days(min(begun, LAST), LAST + DAY)))
    text = draw(st.sampled_from((day.isoformat(), f"[{day}..{day + DAY}]")))
    ended = draw(st.sampled_from(institutions))
    if end or draw(st.booleans()):
        ended["ends"] = {"declared": text}
        if draw(st.booleans()):
            ended["ends"]["legal"] = (day + DAY).isoformat()
    else:
        status = draw(st.sampled_from(("observer", "member", "suspended")))
        ended["abolishes"] = [{"status": status, "date": text, "to": draw(st.sampled_from(("partner", "former")))}]


@st.composite
def _covers(draw: st.DrawFn) -> dict[str, str]:
    """
    What a record vouches for; what holds outside is always said.
    """
    covers: dict[str, str] = {}
    if draw(st.booleans()):
        covers["first"] = draw(st.sampled_from(DAYS[:8])).isoformat()
        covers["before"] = draw(st.sampled_from(("none", "unknown")))
    if draw(st.booleans()):
        covers["last"] = draw(st.sampled_from(DAYS[10:])).isoformat()
    covers["after"] = draw(st.sampled_from(("carry", "unknown")))
    return covers


@st.composite
def ending(draw: st.DrawFn) -> Document:
    """
    Records of which an institution ends.
    """
    document = draw(rich())
    institutions = document.setdefault("institution", [{"id": "treaty", "exists": {"declared": "1999-12-30"}}])
    if not any("ends" in institution for institution in institutions):
        _change_for_all(draw, institutions, end=True)
    return document


def unend(document: Document) -> None:
    """
    Let no institution end, and none abolish a status.
    """
    for institution in document.get("institution", []):
        institution.pop("ends", None)
        institution.pop("abolishes", None)


def uncover(document: Document) -> None:
    """
    Let the record vouch for all days; for which acts it vouches stays.
    """
    some = document["organisation"].pop("covers", {}).get("acts") == "some"
    _vouch(document, some=some)


def _vouch(document: Document, *, some: bool) -> None:
    """
    Let the record vouch for some acts only if that is wanted, or if its first acts presuppose a relation.
    """
    covers = document["organisation"].get("covers", {})
    presumed = any(oracle.presuming(document, state["id"]) for state in document["state"])
    if some or (presumed and covers.get("before", "none") == "none"):
        document["organisation"]["covers"] = {**covers, "acts": "some"}


@st.composite
def attestations(draw: st.DrawFn, sources: list[str], states: list[str]) -> dict[str, Any]:
    """
    One attestation of one or several states, on a day or in a period.
    """
    attestation: dict[str, Any] = {
        "source": draw(st.sampled_from(sources)),
        "states": draw(st.lists(st.sampled_from(states), min_size=1, max_size=len(states), unique=True)),
        "status": draw(st.one_of(st.just("member"), said_statuses())),
    }
    first = draw(exact_days())
    last = _within(first + draw(st.sampled_from((0, 1, 3))) * DAY)
    how = draw(st.sampled_from(("day", "range", "period", "period", "month", "one day")))
    if how == "day":
        attestation["on"] = first.isoformat()
    elif how == "range":
        attestation["on"] = f"[{first}..{last}]"
    else:
        periods = {"period": f"{first}/{last}", "month": "2000-01", "one day": first.isoformat()}
        attestation["during"] = periods[how]
        speaks_of = draw(st.sampled_from((None, "every_day", "some_day", "last_day")))
        if speaks_of is not None:
            attestation["speaks_of"] = speaks_of
    if draw(st.booleans()):
        attestation["complete"] = draw(st.booleans())
    if draw(st.integers(0, 4)) == 0:
        attestation["note"] = draw(texts())
    return attestation


@st.composite
def _background(draw: st.DrawFn, document: Document) -> dict[str, Any]:
    """
    Instruments, steps and notes: they must change no status.
    """
    sources = [source["id"] for source in document["source"]]
    tables: dict[str, Any] = {}
    if draw(st.integers(0, 3)) == 0:
        tables["instrument"] = [
            {
                "id": "treaty-2000",
                "kind": "treaty",
                "title": draw(texts()) or "A treaty",
                "signed": FIRST.isoformat(),
                "in_force": draw(exact_days()).isoformat(),
                "term": "P5D",
                "registration": {"number": "I-1", "date": LAST.isoformat(), "volume": 7},
                "sources": sources[:1],
            }
        ]
    if draw(st.integers(0, 3)) == 0:
        tables["step"] = [
            {
                "states": [document["state"][0]["id"]],
                "date": draw(exact_days()).isoformat(),
                "source": draw(st.sampled_from(sources)),
                "note": draw(texts()) or "Announced.",
            }
        ]
    if draw(st.integers(0, 3)) == 0:
        tables["note"] = [{"text": draw(texts()) or "A remark.", "sources": sources[:2]}]
    return tables


@st.composite
def _states(draw: st.DrawFn, states: Sequence[str]) -> list[dict[str, Any]]:
    """
    States of the table, one of them sometimes defined anew with what is told of its life: it must change no answer.
    """
    entries: list[dict[str, Any]] = [{"id": state} for state in states]
    if draw(st.integers(0, 3)) == 0:
        first, last = sorted(draw(st.tuples(exact_days(), exact_days())))
        citation = {"citation": draw(texts()).strip() or "A list"}
        entries[0] |= {
            "name": states[0].title(),
            "names": ["Old Realm", *draw(st.sampled_from(([], ["Realm"])))],
            "dated_names": [{"name": draw(st.sampled_from(("Realm", "Duchy"))), "to": first.isoformat(), **citation}],
            "lifespans": [{"first": first.isoformat(), **citation}, {"last": draw(ranged_dates(last)), **citation}],
            "predecessors": [{"id": "cow:999", "name": "Ruritania", **citation}],
        }
    return entries


@st.composite
def narrow(draw: st.DrawFn) -> Document:
    """
    Records of exact and ranged dates with ranks, and nothing else: for laws of the core.
    """
    states = draw(st.sampled_from((["ARM"], ["ARM", "UZB"])))
    document: Document = {
        "organisation": {"id": "narrow"},
        "state": [{"id": state} for state in states],
        "source": draw(_sources(rich=False)),
    }
    sources = [source["id"] for source in document["source"]]
    document["event"] = draw(_events(document, sources, rich=False))
    _vouch(document, some=draw(st.integers(0, 5)) == 0)
    return document


@st.composite
def rich(draw: st.DrawFn) -> Document:
    """
    Records with everything that can change an answer, and some things that must not.
    """
    states = draw(st.sampled_from((["ARM"], ["ARM", "UZB"], ["UZB", "ARM"], list(STATES))))
    document: Document = {
        "organisation": {"id": "rich"},
        "institution": draw(_institutions()),
        "state": draw(_states(states)),
        "source": draw(_sources(rich=True)),
    }
    if draw(st.booleans()):
        document["organisation"]["covers"] = draw(_covers())
    document |= draw(_background(document))
    sources = [source["id"] for source in document["source"]]
    # often one source has lists only, as the yearbooks do: alone, it answers by attestations
    tellers, listers = draw(st.sampled_from(((sources, sources), (sources[:-1], sources), (sources[1:], sources[:1]))))
    document["event"] = draw(_events(document, tellers, rich=True))
    document["attestation"] = draw(st.lists(attestations(listers, states), max_size=3))
    _vouch(document, some=draw(st.integers(0, 5)) == 0)
    return {key: value for key, value in document.items() if value != []}


#: A day by which every undated source of the records below may have been published, or may not.
PUBLISHED_BY = LAST + 3 * DAY


@st.composite
def undated(draw: st.DrawFn) -> Document:
    """
    Records of which most sources are undated: each tells one event, or many, or some do and some do not.
    """
    states = draw(st.sampled_from((["ARM"], ["ARM"], ["ARM", "UZB"])))
    document: Document = {
        "organisation": {"id": "undated"},
        "institution": draw(_institutions()) if draw(st.booleans()) else [],
        "state": [{"id": state} for state in states],
        "source": draw(st.lists(_undated_source(), min_size=2, max_size=6)),
    }
    sources = document["source"]
    for number, source in enumerate(sources):
        source["id"] = f"source-{'abcdefg'[number]}"
        if number and draw(st.integers(0, 3)) == 0:
            source["copies"] = [sources[draw(st.integers(0, number - 1))]["id"]]
    if draw(st.integers(0, 3)) == 0:
        document["organisation"]["covers"] = draw(_covers())
    ids = [source["id"] for source in sources]
    tellers = draw(st.sampled_from((ids, ids, ids[1:])))
    document["event"] = draw(_events(document, tellers, rich=True, most=MAX_WORLDS // 2 ** (len(ids) - 1)))
    if draw(st.booleans()):
        _tell_one_event_each(draw, document, ids)
    listers = draw(st.sampled_from((ids, ids[:1], ids[-2:])))
    document["attestation"] = draw(st.lists(attestations(listers, states), max_size=3))
    _vouch(document, some=draw(st.integers(0, 5)) == 0)
    return {key: value for key, value in document.items() if value != []}


@st.composite
def _undated_source(draw: st.DrawFn) -> dict[str, Any]:
    """
    A source that mostly is undated.
    """
    dated = draw(st.integers(0, 3)) == 0
    return {"id": "", **({"published": FIRST.isoformat()} if dated else {"consulted": "2000-02-01"})}


def _tell_one_event_each(draw: st.DrawFn, document: Document, sources: list[str]) -> None:
    """
    Let each source tell one event at most, as far as there are enough of them.
    """
    shuffled = draw(st.permutations(sources))
    share = max(1, len(shuffled) // max(1, len(document["event"])))
    for number, event in enumerate(document["event"]):
        own = shuffled[number * share : (number + 1) * share] or shuffled[-1:]
        for place, claim in enumerate(event["claims"]):
            claim["source"] = own[place % len(own)]


# ---------------------------------------------------------------------------------------------
# Ways of looking at a record
# ---------------------------------------------------------------------------------------------


def _source_ids(document: Document) -> list[str]:
    """
    The ids of a record's sources, in the order of the file.
    """
    return [source["id"] for source in document["source"]]


def selections(document: Document) -> st.SearchStrategy[frozenset[str]]:
    """
    Choices of one source or more (now and then of all, which is no selection).
    """
    ids = _source_ids(document)
    one = st.sampled_from(ids).map(lambda chosen: frozenset([chosen]))
    all_but_one = one.map(lambda left_out: frozenset(ids) - left_out)
    return one | all_but_one | st.frozensets(st.sampled_from(ids), min_size=1)


def resolutions(document: Document) -> st.SearchStrategy[str | tuple[str, ...]]:
    """
    All policies.
    """
    ids = _source_ids(document)
    order = st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids), unique=True)
    return st.one_of(
        st.sampled_from(("preferred", "every", "majority")),
        order.map(lambda listed: ("precedence", *listed)),
    )


def own_readings() -> st.SearchStrategy[dict[str, tuple[frozenset[str], str]]]:
    """
    Readings that somebody might make: one of the three, with a few cells changed or emptied.
    """
    acts = st.sampled_from(sorted(oracle.ACTS - {"status", "denial"}))
    effects = st.tuples(st.frozensets(st.sampled_from(ALL_STATUSES), min_size=1), st.sampled_from(ALL_STATUSES))
    changes = st.dictionaries(acts, st.one_of(st.none(), effects), max_size=4)

    def changed(
        name: str, cells: Mapping[str, tuple[frozenset[str], str] | None]
    ) -> dict[str, tuple[frozenset[str], str]]:
        """
        One of the three readings with other cells; None empties one.
        """
        merged = {**oracle.READINGS[name], **cells}
        return {act: effect for act, effect in merged.items() if effect is not None}

    return st.builds(changed, st.sampled_from(sorted(oracle.READINGS)), changes)


def readings() -> st.SearchStrategy[oracle.Reading]:
    """
    The three readings by name, and users' own.
    """
    named: st.SearchStrategy[oracle.Reading] = st.sampled_from(sorted(oracle.READINGS))
    return named | own_readings()


def institutions(document: Document) -> st.SearchStrategy[str | None]:
    """
    None, or the id of one of the record's institutions.
    """
    ids = [institution["id"] for institution in document.get("institution", [])]
    return st.sampled_from([None, *ids])


# ---------------------------------------------------------------------------------------------
# Writing
# ---------------------------------------------------------------------------------------------

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _text(text: str) -> str:
    """
    A TOML basic string.
    """
    characters = []
    for character in text:
        if character in _ESCAPES:
            characters.append(_ESCAPES[character])
        elif ord(character) < 0x20 or ord(character) == 0x7F:
            characters.append(f"\\u{ord(character):04X}")
        else:
            characters.append(character)
    return '"' + "".join(characters) + '"'


def _value(value: object) -> str:
    """
    A TOML value on one line.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, Collection):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    raise TypeError(f"not written here: {value!r}")


def to_toml(document: Mapping[str, Any]) -> str:
    """
    A record as the text of a TOML file: tables of the top level, all else inside lines.
    """
    lines = []
    for key, section in document.items():
        tables = [section] if isinstance(section, Mapping) else section
        header = f"[{key}]" if isinstance(section, Mapping) else f"[[{key}]]"
        for table in tables:
            lines.append(header)
            for name, value in table.items():
                if name == "claims":
                    rows = "".join(f"  {_value(claim)},\n" for claim in value)
                    lines.append(f"claims = [\n{rows}]")
                else:
                    lines.append(f"{name} = {_value(value)}")
            lines.append("")
    return "\n".join(lines)
