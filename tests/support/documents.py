"""
Small random records, as the dicts that ``tomllib`` would read, and a writer for them.

They are those of the public strategies, `narrow` for the core of the meaning (exact and ranged dates, the whole record) and
`rich` for the whole surface, in a span of days so small that same days, touching ranges and overlapping ranges are common;
and `bounded` to so few worlds that the oracle can try them all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from support import oracle

from csto_membership.strategies import _documents as made
from csto_membership.strategies._dates import Span, ranged_dates

Document = dict[str, Any]

DAY = timedelta(days=1)
FIRST = date(2000, 1, 1)
LAST = date(2000, 1, 12)
SPAN = Span(FIRST, LAST)
#: The days to ask about: the span and a little more on both sides.
DAYS = oracle.all_days(FIRST - 4 * DAY, LAST + 6 * DAY)
#: At most so many worlds for a state, whatever sources and policy are chosen.
MAX_WORLDS = 2000

STATES = ("ARM", "KAZ", "UZB")
ALL_STATUSES = tuple(sorted(oracle.STATUSES))


# ---------------------------------------------------------------------------------------------
# Few worlds
# ---------------------------------------------------------------------------------------------


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
        widest["date"] = SPAN.within(first or last or FIRST).isoformat()


def bounded(document: Document, most: int = MAX_WORLDS) -> Document:
    """
    The document without the events that would leave too many worlds to try, and with wide dates made narrow.
    """
    events, document["event"] = document["event"], []
    for event in events:
        document["event"].append(event)
        _made_narrow(document, event, most)
        if _overburdened(document, event, most) or not is_possible(document):
            document["event"].pop()
    made.vouch(document, some=False)
    return document


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
# Records
# ---------------------------------------------------------------------------------------------


@st.composite
def narrow(draw: st.DrawFn) -> Document:
    """
    Records of exact and ranged dates with ranks, and nothing else: for laws of the core.
    """
    states = st.sampled_from((["ARM"], ["ARM", "UZB"]))
    return bounded(draw(made.documents(SPAN, states, rich=False)))


@st.composite
def rich(draw: st.DrawFn) -> Document:
    """
    Records with everything that can change an answer, and some things that must not.
    """
    states = st.sampled_from((["ARM"], ["ARM", "UZB"], ["UZB", "ARM"], list(STATES)))
    return bounded(draw(made.documents(SPAN, states)))


@st.composite
def few(draw: st.DrawFn, acts: tuple[str, ...]) -> Document:
    """
    A record of one state with a few events of some acts in any order, which vouches for more or for less; perhaps none.
    """
    near = draw(st.sampled_from(DAYS[6:12]))
    events = []
    for number in range(draw(st.integers(1, 3))):
        claims = []
        told = draw(st.sampled_from(acts))
        for source in draw(st.sampled_from(("a", "a", "ab"))):
            # rival claims are more often than not of one act
            act = draw(st.sampled_from((told, told, draw(st.sampled_from(acts)))))
            dated = {} if act == "denial" else {"date": draw(ranged_dates(SPAN, near + number * DAY))}
            claims.append(
                {"source": source, "act": act, "rank": draw(st.sampled_from(("normal", "preferred"))), **dated}
            )
        events.append({"id": f"e{number}", "states": ["ARM"], "claims": claims})
    covers: dict[str, str] = {"before": draw(st.sampled_from(("none", "none", "unknown")))}
    if draw(st.booleans()):
        covers["first"] = draw(st.sampled_from(DAYS[2:8])).isoformat()
    if draw(st.integers(0, 3)) == 3:
        covers["acts"] = "some"
    return {
        "organisation": {"id": "few", "covers": covers},
        "state": [{"id": "ARM"}],
        "source": [{"id": "a"}, {"id": "b"}],
        "event": events,
    }


@st.composite
def ending(draw: st.DrawFn) -> Document:
    """
    Records of which an institution ends.
    """
    document = draw(rich())
    institutions = document.setdefault("institution", [{"id": "treaty", "exists": {"declared": "1999-12-30"}}])
    if not any("ends" in institution for institution in institutions):
        draw(made.changes_for_all(SPAN, institutions, end=True))
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
    made.vouch(document, some=some)


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
        "institution": draw(made.institutions(SPAN)) if draw(st.booleans()) else [],
        "state": [{"id": state} for state in states],
        "source": draw(st.lists(_undated_source(), min_size=2, max_size=6)),
    }
    sources = document["source"]
    for number, source in enumerate(sources):
        source["id"] = f"source-{'abcdefg'[number]}"
        if number and draw(st.integers(0, 3)) == 0:
            source["copies"] = [sources[draw(st.integers(0, number - 1))]["id"]]
    if draw(st.integers(0, 3)) == 0:
        document["organisation"]["covers"] = draw(made.covers(SPAN))
    ids = [source["id"] for source in sources]
    tellers = draw(st.sampled_from((ids, ids, ids[1:])))
    document["event"] = draw(made.events(SPAN, document, tellers, rich=True))
    document = bounded(document, MAX_WORLDS // 2 ** (len(ids) - 1))
    if draw(st.booleans()):
        _tell_one_event_each(draw, document, ids)
    listers = draw(st.sampled_from((ids, ids[:1], ids[-2:])))
    document["attestation"] = draw(st.lists(made.attestations(SPAN, listers, states), max_size=3))
    made.vouch(document, some=draw(made.one_in(6)))
    return {key: value for key, value in document.items() if value != []}


@st.composite
def forced(draw: st.DrawFn) -> Document:
    """
    The same with an instrument by whose rule force follows from deposits; the oracle knows no such rule.
    """
    document = draw(undated())
    rule = {"of": sorted(oracle.CONSENTS), "after": draw(st.sampled_from(("P1D", "P2D")))}
    if draw(st.booleans()):
        rule["retroactive"] = ["succession"]
    document["instrument"] = [{"id": "treaty", "kind": "treaty", "title": "A treaty", "force": rule}]
    for event in document["event"]:
        if draw(st.integers(0, 3)):
            event["instrument"] = "treaty"
    return document


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
