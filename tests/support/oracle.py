"""
The oracle: what a record file says, found by trying every world.

Naive on purpose, and written from the meaning (`CONTRIBUTING.md`, "Method and accuracy") without a look at the library.
It takes the plain dict that ``tomllib`` makes of a record file and tries, for one state, every
alternative and every exact day of each of its events; a status is possible on a day if some world
has it.  Nothing here is clever, so that a difference is a question about the library or about the
meaning, never about this file's tricks.

Days are enumerated: ask about short spans.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

Document = Mapping[str, Any]
Reading = str | Mapping[str, tuple[frozenset[str], str]]
Resolution = str | tuple[str, ...]
Effects = Mapping[str, tuple[frozenset[str], str]]

DAY = timedelta(days=1)
MARGIN = 2 * DAY  #: how far the window for open ends reaches beyond all that is finite

# ---------------------------------------------------------------------------------------------
# The table of acts, typed in from its meaning and not from the library
# ---------------------------------------------------------------------------------------------

STATUSES = frozenset(
    {"none", "signatory", "associate", "partner", "observer", "member", "suspended", "frozen", "former"}
)
OPENS = frozenset(
    {"signature", "accession", "succession", "admission", "associate_status", "observer_status", "partner_status"}
)
#: Acts by which a state consents to be bound, and acts that only a state with a relation can take or meet.
CONSENTS = frozenset({"ratification", "acceptance", "approval", "accession", "succession"})
PRESUPPOSING = frozenset(
    {
        "expiry",
        "notice_of_suspension",
        "suspension",
        "notice_of_withdrawal",
        "withdrawal",
        "exclusion",
        "lapse",
        "freeze",
    }
)
WITHOUT_EFFECT = frozenset(
    {
        "prolongation",
        "notice_of_withdrawal",
        "revocation",
        "denial",
        "suspension_from_organs",
        "provisional_application",
        "end_of_provisional_application",
    }
)

_OUTSIDE = frozenset({"none", "former", "observer", "partner", "associate"})
_BOUND = frozenset({"signatory", "associate", "observer", "partner", "member", "suspended", "frozen"})
_ACTIVE = frozenset({"member", "frozen"})

DECLARED: Effects = {
    "signature": (_OUTSIDE, "member"),
    "accession": (_OUTSIDE, "member"),
    "succession": (_OUTSIDE, "member"),
    "admission": (_OUTSIDE | {"signatory"}, "member"),
    "ratification": (_OUTSIDE | {"signatory"}, "member"),
    "acceptance": (_OUTSIDE | {"signatory"}, "member"),
    "approval": (_OUTSIDE | {"signatory"}, "member"),
    "entry_into_force": (frozenset({"none", "signatory", "former"}), "member"),
    "expiry": (_BOUND, "former"),
    "notice_of_suspension": (_ACTIVE, "suspended"),
    "suspension": (_ACTIVE, "suspended"),
    "return": (frozenset({"former", "suspended", "frozen"}), "member"),
    "withdrawal": (_BOUND, "former"),
    "exclusion": (_BOUND, "former"),
    "lapse": (_BOUND, "former"),
    "extinction": (_BOUND, "former"),
    "associate_status": (
        frozenset({"none", "former", "observer", "partner", "signatory", "member"}),
        "associate",
    ),
    "observer_status": (frozenset({"none", "former", "associate", "partner"}), "observer"),
    "partner_status": (frozenset({"none", "former", "associate", "observer"}), "partner"),
}
LEGAL: Effects = {
    "signature": (_OUTSIDE, "signatory"),
    "accession": (_OUTSIDE, "signatory"),
    "succession": (_OUTSIDE, "signatory"),
    "admission": (_OUTSIDE | {"signatory"}, "member"),
    "ratification": (_OUTSIDE | {"signatory"}, "signatory"),
    "acceptance": (_OUTSIDE | {"signatory"}, "signatory"),
    "approval": (_OUTSIDE | {"signatory"}, "signatory"),
    "entry_into_force": (frozenset({"none", "signatory", "former"}), "member"),
    "expiry": (_BOUND, "former"),
    "suspension": (_ACTIVE, "suspended"),
    "return": (frozenset({"suspended", "frozen"}), "member"),
    "withdrawal": (_BOUND, "former"),
    "exclusion": (_BOUND, "former"),
    "lapse": (_BOUND, "former"),
    "extinction": (_BOUND, "former"),
    "associate_status": (
        frozenset({"none", "former", "observer", "partner", "signatory", "member"}),
        "associate",
    ),
    "observer_status": (frozenset({"none", "former", "associate", "partner"}), "observer"),
    "partner_status": (frozenset({"none", "former", "associate", "observer"}), "partner"),
}
PARTICIPATING: Effects = {**DECLARED, "freeze": (frozenset({"member"}), "frozen")}
READINGS: Mapping[str, Effects] = {
    "declared": DECLARED,
    "legal": LEGAL,
    "participating": PARTICIPATING,
}
ACTS = frozenset(PARTICIPATING) | WITHOUT_EFFECT | {"status"}

RANKS = ("preferred", "normal", "deprecated")  #: best first


def effects_of(reading: Reading) -> Effects:
    """
    Which acts change a status under a reading, from what, to what (``status`` acts apart).
    """
    return READINGS[reading] if isinstance(reading, str) else reading


def sources_of_change(act: str, effects: Effects) -> frozenset[str]:
    """
    The statuses from which an act changes the status; empty where it has no effect.

    A ``status`` act has an effect from any status, under every reading; a denial never has one.
    A ``silent`` one is an entry into force of which nobody speaks.
    """
    if act == "silent":
        return frozenset({"signatory"})
    if act == "status":
        return STATUSES
    if act == "denial" or act not in effects:
        return frozenset()
    return effects[act][0]


def led_to(act: str, effects: Effects) -> str:
    """
    Where an act with an effect leads (``status`` acts apart).
    """
    return "member" if act == "silent" else effects[act][1]


# ---------------------------------------------------------------------------------------------
# Imprecise dates
# ---------------------------------------------------------------------------------------------


class Range(NamedTuple):
    """
    A run of days, both ends included; ``None`` is an open end.
    """

    first: date | None
    last: date | None


def parse(text: str) -> Range:
    """
    The days of ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, ``[a..b]``, ``[..b]`` or ``[a..]``.

    Qualifiers (``?``, ``~``, ``%``) widen nothing, ``-XX`` is no more than not said.  The ends of
    a range are days.
    """
    if text.startswith("["):
        first, last = text.removeprefix("[").removesuffix("]").split("..")
        return Range(
            date.fromisoformat(first) if first else None,
            date.fromisoformat(last) if last else None,
        )
    parts = [part for part in text.rstrip("?~%").split("-") if part != "XX"]
    year = int(parts[0])
    if len(parts) == 1:
        return Range(date(year, 1, 1), date(year, 12, 31))
    month = int(parts[1])
    if len(parts) == 2:
        last_day = date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - DAY
        return Range(date(year, month, 1), last_day)
    day = date(year, month, int(parts[2]))
    return Range(day, day)


def exact_day(text: str) -> date:
    """
    The day of an exact date; institutions and coverage are only written so here.
    """
    first, last = parse(text)
    if first is None or first != last:
        raise ValueError(f"not an exact day: {text!r}")
    return first


def lies_strictly_inside(inner: Range, outer: Range) -> bool:
    """
    Whether every day of one range is a day of the other, which has more.
    """
    starts_inside = outer.first is None or (inner.first is not None and inner.first >= outer.first)
    ends_inside = outer.last is None or (inner.last is not None and inner.last <= outer.last)
    return starts_inside and ends_inside and inner != outer


def all_days(first: date, last: date) -> list[date]:
    """
    Every day from the first to the last, both included.
    """
    return [first + n * DAY for n in range((last - first).days + 1)]


# ---------------------------------------------------------------------------------------------
# From an event's claims to its alternatives
# ---------------------------------------------------------------------------------------------


class Claim(NamedTuple):
    """
    What one source says of one state in one event, with the days of *effect* (None: a denial).
    """

    source: str
    act: str
    statuses: frozenset[str]
    rank: str
    days: Range | None


class Alternative(NamedTuple):
    """
    One act, and the days of effect on one of which it fell (None: it never happened).
    """

    act: str
    statuses: frozenset[str]
    days: Range | None


def said_statuses(said: str | list[str]) -> frozenset[str]:
    """
    The statuses written in a file: one, several, or "unknown", which is all of them.
    """
    if said == "unknown":
        return STATUSES
    return frozenset([said]) if isinstance(said, str) else frozenset(said)


def days_of_effect(act: str, text: str) -> Range:
    """
    The days on which a dated act may take effect: its own, but an expiry and an extinction on the day after.
    """
    first, last = parse(text)
    if act in {"expiry", "extinction"}:
        first = None if first is None else first + DAY
        last = None if last is None else last + DAY
    return Range(first, last)


def claims_for(event: Mapping[str, Any], state: str, sources: Collection[str] | None) -> list[Claim]:
    """
    The claims of an event that concern a state and come from the chosen sources (None: any).
    """
    claims = []
    for written in event["claims"]:
        if state not in written.get("states", event["states"]):
            continue
        if sources is not None and written["source"] not in sources:
            continue
        act = written["act"]
        claims.append(
            Claim(
                source=written["source"],
                act=act,
                statuses=said_statuses(written["status"]) if act == "status" else frozenset(),
                rank=written.get("rank", "normal"),
                days=None if act == "denial" else days_of_effect(act, written["date"]),
            )
        )
    return claims


def refined(claims: list[Claim]) -> list[Claim]:
    """
    Each claim made more precise by the narrowest ranges strictly inside its own.

    Only claims of the same or a better rank do that; a claim keeps its own act, and all is judged
    by the ranges as they were written.
    """
    result: list[Claim] = []
    for claim in claims:
        inside: set[Range] = set()
        for other in claims:
            if claim.days is None or other.days is None:
                continue
            if RANKS.index(other.rank) > RANKS.index(claim.rank):
                continue
            if lies_strictly_inside(other.days, claim.days):
                inside.add(other.days)
        narrowest = {days for days in inside if not any(lies_strictly_inside(other, days) for other in inside)}
        if narrowest:
            result.extend(claim._replace(days=days) for days in narrowest)
        else:
            result.append(claim)
    return result


def everything_copied_by(document: Document, source: str) -> set[str]:
    """
    The sources from which a source copies, through any chain (itself not counted).
    """
    copied_from = {each["id"]: each.get("copies", []) for each in document.get("source", [])}
    others: set[str] = set()
    waiting = list(copied_from[source])
    while waiting:
        other = waiting.pop()
        if other not in others:
            others.add(other)
            waiting.extend(copied_from[other])
    return others - {source}


def of_best_rank(claims: list[Claim]) -> list[Claim]:
    """
    The claims of the best rank that is present.
    """
    for rank in RANKS:
        present = [claim for claim in claims if claim.rank == rank]
        if present:
            return present
    return []


def of_the_majority(document: Document, claims: list[Claim]) -> list[Claim]:
    """
    The claims of what most independent sources give (act and range); ties are kept.
    """
    givers: dict[Alternative, set[str]] = {}
    for claim in claims:
        given = Alternative(claim.act, claim.statuses, claim.days)
        givers.setdefault(given, set()).add(claim.source)
    votes = {
        given: sum(1 for source in who if not everything_copied_by(document, source) & (who - {source}))
        for given, who in givers.items()
    }
    most = max(votes.values())
    return [claim for claim in claims if votes[Alternative(claim.act, claim.statuses, claim.days)] == most]


def resolved(document: Document, claims: list[Claim], resolution: Resolution) -> list[Claim]:
    """
    The claims that a policy leaves of the (already refined) claims of one event.
    """
    if resolution == "preferred":
        return of_best_rank(claims)
    if resolution == "every":
        return claims
    if resolution == "majority":
        return of_the_majority(document, claims)
    if resolution[0] != "precedence":
        raise ValueError(f"no such resolution: {resolution!r}")
    for source in resolution[1:]:
        speaking = [claim for claim in claims if claim.source == source]
        if speaking:
            return speaking
    return of_best_rank(claims)


# ---------------------------------------------------------------------------------------------
# One state's events, and what a choice of sources loses of them
# ---------------------------------------------------------------------------------------------


class Happening(NamedTuple):
    """
    An event as one state's evidence tells it: its place in the file and its alternatives.
    """

    place: int
    event: str
    alternatives: frozenset[Alternative]


def is_selection(document: Document, sources: Collection[str] | None) -> bool:
    """
    Whether sources were left out; choosing all of them is no selection.
    """
    if sources is None:
        return False
    return any(source["id"] not in sources for source in document.get("source", []))


def vouches_for_some_acts(document: Document, state: str) -> bool:
    """
    Whether nothing is assumed of what came before the first act of a state, as in a selection.

    So it is in a record of some acts only, and where the days before the coverage are unknown and the first act
    presupposes a relation, be it one that is over.
    """
    covers = document["organisation"].get("covers", {})
    if covers.get("acts", "all") == "some":
        return True
    continuing = {"return", "suspension_from_organs", "end_of_provisional_application"}
    return covers.get("before", "none") == "unknown" and bool(presuming(document, state, PRESUPPOSING | continuing))


def acts_told(event: Mapping[str, Any], state: str) -> set[str]:
    """
    The acts that the sources claim of a state's event.

    Where a test supposes other claims of an event, ``told`` says what its sources tell all the same.
    """
    return set(event.get("told", ())) or {claim.act for claim in claims_for(event, state, None)}


def presuming(document: Document, state: str, presupposing: Collection[str] = PRESUPPOSING) -> list[int]:
    """
    The places of a state's events that presuppose a relation and have none before them that begins it.
    """
    places = []
    for place, event in enumerate(document.get("event", [])):
        if state not in event["states"]:
            continue
        acts = acts_told(event, state)
        if acts - set(presupposing) - {"prolongation", "revocation", "denial"}:
            break
        if acts and acts <= set(presupposing):
            places.append(place)
    return places


def happenings(
    document: Document, state: str, sources: Collection[str] | None, resolution: Resolution
) -> list[Happening]:
    """
    A state's events in the order of the file, those without any remaining claim left out.
    """
    result = []
    for place, event in enumerate(document.get("event", [])):
        claims = claims_for(event, state, sources) if state in event["states"] else []
        if claims:
            kept = resolved(document, refined(claims), resolution)
            alternatives = {Alternative(each.act, each.statuses, each.days) for each in kept}
            result.append(Happening(place, event["id"], frozenset(alternatives)))
    return result


def places_dropped(document: Document, state: str, sources: Collection[str] | None, effects: Effects) -> set[int]:
    """
    The places of a state's events with an effect of which the chosen sources say nothing.
    """
    return {
        place
        for place in places_with_effect(document, state, effects)
        if not claims_for(document["event"][place], state, sources)
    }


def places_with_effect(document: Document, state: str, effects: Effects) -> set[int]:
    """
    The places of a state's events of which any source claims an act with an effect, whatever a test supposes of them.
    """
    return {
        place
        for place, event in enumerate(document.get("event", []))
        if state in event["states"]
        and any(
            sources_of_change(act, effects)
            for act in acts_told(event, state) | {claim.act for claim in claims_for(event, state, None)}
        )
    }


def force_makes_members(effects: Effects) -> bool:
    """
    Whether signing and being bound are told apart: an act makes a signatory, whom the entry into force makes a member.
    """
    if not any(before and after == "signatory" for before, after in effects.values()):
        return False
    entry_from, entry_to = effects.get("entry_into_force", (frozenset[str](), ""))
    return "signatory" in entry_from and entry_to == "member"


def places_of_force(document: Document, state: str) -> set[int]:
    """
    The places of a state's events of entry into force: those of which any source claims one.
    """
    return {
        place
        for place, event in enumerate(document.get("event", []))
        if state in event["states"] and "entry_into_force" in acts_told(event, state)
    }


def first_days_in_force(document: Document, state: str) -> dict[int, date]:
    """
    For the places of a state's events with an instrument the earliest day on which that is in force, if it says so.
    """
    instruments = {instrument["id"]: instrument for instrument in document.get("instrument", [])}
    days = {}
    for place, event in enumerate(document.get("event", [])):
        instrument = instruments.get(event.get("instrument", ""), {})
        first = parse(instrument["in_force"]).first if "in_force" in instrument else None
        if state in event["states"] and first is not None:
            days[place] = first
    return days


# ---------------------------------------------------------------------------------------------
# Institutions, coverage, attestations
# ---------------------------------------------------------------------------------------------


def institution_days(document: Document, reading: Reading) -> dict[str, date]:
    """
    The first day of each institution under a reading.
    """
    days = {}
    for institution in document.get("institution", []):
        exists = institution["exists"]
        legal = reading == "legal" and "legal" in exists
        days[institution["id"]] = exact_day(exists["legal"] if legal else exists["declared"])
    return days


class Overlay(NamedTuple):
    """
    A day from which a status shows as another for everybody; several may begin on one day, not more than one for each.
    """

    day: date
    leads: Mapping[str, str]


def overlay_choices(document: Document, reading: Reading) -> Iterator[list[Overlay]]:
    """
    What changes for all states at once, on every choice of days: ends of institutions, and statuses they abolish.
    """
    firsts = institution_days(document, reading)
    dated: list[list[Overlay]] = []
    for institution in document.get("institution", []):
        for abolition in institution.get("abolishes", []):
            leads = {abolition["status"]: abolition.get("to", "former")}
            dated.append([Overlay(day, leads) for day in days_between(abolition["date"])])
        if "ends" not in institution:
            continue
        ends = end_days(institution, reading)
        later = [
            other
            for other in document["institution"]
            if other is not institution and firsts[other["id"]] >= firsts[institution["id"]]
        ]
        carried = any(
            firsts[other["id"]] <= ends[-1] and not ("ends" in other and end_days(other, reading)[-1] <= ends[0])
            for other in later
        )
        if not carried:
            dated.append([Overlay(day, dict.fromkeys(STATUSES - {"none", "former"}, "former")) for day in ends])
    for choice in product(*dated):
        yield sorted(choice, key=lambda overlay: overlay.day)


def end_days(institution: Mapping[str, Any], reading: Reading) -> list[date]:
    """
    The days on which an institution may end under a reading.
    """
    legal = reading == "legal" and "legal" in institution["ends"]
    return days_between(institution["ends"]["legal" if legal else "declared"])


def days_between(text: str) -> list[date]:
    """
    The days of a date with known ends.
    """
    first, last = parse(text)
    assert first is not None
    assert last is not None
    return all_days(first, last)


def latest_publication(document: Document, sources: Collection[str]) -> date | None:
    """
    The latest day on which one of the chosen sources may have been published (None: any day).

    Where its date of publication is unknown, a source may be as late as it was consulted.
    """
    latest = []
    for source in document.get("source", []):
        if source["id"] in sources:
            text = source.get("published", source.get("consulted"))
            last = None if text is None else parse(text).last
            if last is None:
                return None
            latest.append(last)
    return max(latest, default=None)


def outside_coverage(
    document: Document, sources: Collection[str] | None, published_by: date | None = None
) -> Callable[[date], frozenset[str] | None]:
    """
    A function from a day to what holds there by coverage alone (None: what the acts say).
    """
    covers = document["organisation"].get("covers", {})
    first = exact_day(covers["first"]) if "first" in covers else None
    last = exact_day(covers["last"]) if "last" in covers else None
    if sources is not None and is_selection(document, sources):
        published = latest_publication(document, sources)
        if published is not None and (last is None or published < last):
            last = published

    if published_by is not None and (last is None or published_by < last):
        last = published_by

    def holds(day: date) -> frozenset[str] | None:
        if first is not None and day < first:
            return STATUSES if covers.get("before", "none") == "unknown" else frozenset({"none"})
        if last is not None and day > last and covers.get("after", "carry") == "unknown":
            return STATUSES
        return None

    return holds


def days_spoken_of(attestation: Mapping[str, Any]) -> list[date]:
    """
    The days of which an attestation certainly speaks.

    On an unknown day, or on some day of a period, it speaks of no day in particular.
    """
    if "on" in attestation:
        period, speaks_of = parse(attestation["on"]), "some_day"
    else:
        first_text, _, last_text = attestation["during"].partition("/")
        period = Range(parse(first_text).first, parse(last_text or first_text).last)
        speaks_of = attestation.get("speaks_of", "every_day")
    if period.first is None or period.last is None:
        raise ValueError(f"a period without an end: {attestation!r}")
    if speaks_of == "last_day":
        return [period.last]
    if speaks_of == "some_day" and period.first != period.last:
        return []
    return all_days(period.first, period.last)


def attested(document: Document, state: str, sources: Collection[str]) -> dict[date, frozenset[str]] | None:
    """
    What the chosen sources attest of a state, by day; None if they never speak of it.

    A complete list says of every other state of the record: any status but that.
    """
    states = {each["id"] for each in document.get("state", [])}
    said: dict[date, list[frozenset[str]]] = {}
    speaks = False
    for attestation in document.get("attestation", []):
        if attestation["source"] not in sources:
            continue
        statuses = said_statuses(attestation["status"])
        if state not in attestation["states"]:
            if not attestation.get("complete", False) or state not in states:
                continue
            statuses = STATUSES - statuses
            if not statuses:  # of the listed states nothing is said, and so not of the others
                continue
        speaks = True
        for day in days_spoken_of(attestation):
            said.setdefault(day, []).append(statuses)
    if not speaks:
        return None
    return {day: frozenset.intersection(*several) or frozenset.union(*several) for day, several in said.items()}


# ---------------------------------------------------------------------------------------------
# Worlds
# ---------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """
    One act in a world: its day of effect, the act, the statuses it gives if it is a ``status``.
    """

    day: date
    act: str
    statuses: frozenset[str]
    place: int  #: of its event in the file


@dataclass(frozen=True)
class World:
    """
    One way in which everything may have happened to a state.

    ``statuses`` has, for every day of the window, the statuses possible in this world: one, except
    where this world itself leaves the status open (the edges of a selection, tables that give
    several).  All that was asked for (institution, coverage) is applied.
    """

    steps: tuple[Step, ...]
    statuses: Mapping[date, frozenset[str]]


def window(document: Document, state: str, days: Iterable[date], since: date | None) -> tuple[date, date]:
    """
    The first and the last day to look at: a little beyond every finite bound and every day asked.

    The margin stands for ever: an act there is as good as one that never came, or always was.
    """
    marks = set(days)
    if since is not None:
        marks.add(since)
    marks.update(first_days_in_force(document, state).values())
    for event in document.get("event", []):
        if state in event["states"]:
            for claim in claims_for(event, state, None):
                marks.update(mark for mark in claim.days or () if mark is not None)
    if not marks:
        marks.add(date(2000, 1, 1))
    return min(marks) - MARGIN, max(marks) + MARGIN


def options(happening: Happening, first: date, last: date) -> list[Step | None]:
    """
    Every act and exact day that an event may have been (None: it never happened).
    """
    steps: set[Step | None] = set()
    for act, statuses, days in happening.alternatives:
        if days is None:
            steps.add(None)
        else:
            for day in all_days(days.first or first, days.last or last):
                steps.add(Step(day, act, statuses, happening.place))
    # any order would do; this one makes the worlds come in the same order every time
    return sorted(steps, key=lambda o: () if o is None else (o.day, o.act, sorted(o.statuses)))


def in_order(choices: list[list[Step | None]]) -> Iterator[tuple[Step, ...]]:
    """
    Every choice of one option for each event in which no act comes before its predecessor.
    """
    if not choices:
        yield ()
        return
    for steps in in_order(choices[:-1]):
        for option in choices[-1]:
            if option is None:
                yield steps
            elif not steps or steps[-1].day <= option.day:
                yield (*steps, option)


def drawn(
    steps: tuple[Step, ...],
    days: list[date],
    *,
    effects: Effects,
    selection: bool,
    dropped: set[int],
    effective: set[int],
    forces: set[int],
    in_force: Mapping[int, date],
    since: date | None,
) -> Iterator[tuple[list[Step], dict[date, frozenset[str]]]]:
    """
    The lines of one world: its steps and its statuses, day by day, seen from an institution's first day (or as a whole).

    There are several where a status act gives several statuses, and where an entry into force of which nobody speaks
    may have made a member of a signatory: each line is exact, but for days on which anything may have been.
    """
    first_effective = None
    for step in steps:
        if sources_of_change(step.act, effects):
            first_effective = step
            break

    # An event with an effect is as good as dropped in a world in which it was an act without one.
    dropped = dropped | {
        step.place for step in steps if step.place in effective and not sources_of_change(step.act, effects)
    }

    # What was before the first act that has an effect?
    if not selection:
        anything = False
    elif first_effective is None:
        anything = bool(dropped)
    else:
        lost_before = any(place < first_effective.place for place in dropped)
        anything = lost_before or first_effective.act not in OPENS

    given = [sorted(step.statuses) if step.act == "status" else [""] for step in steps]
    for choice in product(*given):
        chosen = [
            step._replace(statuses=frozenset({status})) if status else step
            for step, status in zip(steps, choice, strict=True)
        ]
        first = next((step for step in chosen if sources_of_change(step.act, effects)), None)
        for line_steps in with_silent_entries(chosen, days, first, anything, effects, selection, forces, in_force):
            yield line_steps, one_line(line_steps, days, first, anything, effects, since)


def with_silent_entries(
    steps: list[Step],
    days: list[date],
    first_effective: Step | None,
    anything: bool,
    effects: Effects,
    selection: bool,
    forces: set[int],
    in_force: Mapping[int, date],
) -> Iterator[list[Step]]:
    """
    The steps as they are, and with every entry into force of which nobody speaks, one for each stay as signatory.

    A stay that an entry into force ends has none, nor has a world that denies one. In whole records it comes only after
    a consent to be bound in that stay, and never before the instrument is in force.
    """
    stays = []
    if force_makes_members(effects) and not forces - {step.place for step in steps}:
        stays = stays_as_signatory(steps, first_effective, anything, effects)
    by_stay: list[list[tuple[int, Step] | None]] = []
    for begin, end in stays:
        entries: list[tuple[int, Step] | None] = [None]
        stop = len(steps) if end is None else end
        if end is None or steps[end].act != "entry_into_force":
            enabling = [one for one in range(begin, stop) if steps[one].act in CONSENTS or (selection and one == begin)]
            for number in range(begin, stop):
                # after step `number`, and before the next
                starts = [
                    max(steps[one].day, in_force.get(steps[one].place, date.min)) for one in enabling if one <= number
                ]
                last = steps[number + 1].day if number + 1 < len(steps) else days[-1]
                low = max(min(starts), steps[number].day) if starts else date.max
                entries += [(number, Step(day, "silent", frozenset(), -1)) for day in days if low <= day <= last]
        by_stay.append(entries)
    for picks in product(*by_stay):
        line: list[Step] = []
        for number, step in enumerate(steps):
            line.append(step)
            line += [pick[1] for pick in picks if pick is not None and pick[0] == number]
        yield line


def stays_as_signatory(
    steps: list[Step], first_effective: Step | None, anything: bool, effects: Effects
) -> list[tuple[int, int | None]]:
    """
    The stays as signatory if nothing happens but the steps: the number of the step that begins each, and that ends it.
    """
    status = "" if anything else "none"
    begun: int | None = None
    stays: list[tuple[int, int | None]] = []
    for number, step in enumerate(steps):
        change_from = sources_of_change(step.act, effects)
        if step is first_effective and anything:
            status = next(iter(change_from))
        if status in change_from:
            after = next(iter(step.statuses)) if step.act == "status" else effects[step.act][1]
            if begun is not None and (after != "signatory" or step.act == "status"):
                stays.append((begun, number))
                begun = None
            if after == "signatory" and begun is None:
                begun = number
            status = after
    if begun is not None:
        stays.append((begun, None))
    return stays


def one_line(
    steps: list[Step],
    days: list[date],
    first_effective: Step | None,
    anything: bool,
    effects: Effects,
    since: date | None,
) -> dict[date, frozenset[str]]:
    """
    The statuses of one line, day by day.

    ``possible`` holds what may be at the moment: a status, and whether the state has been a member on a day since the
    institution's first one.
    """
    possible = {("none", False)}
    line = {}
    for day in days:
        flags = {flag for _, flag in possible}
        if anything:
            possible = {(status, flag) for status in STATUSES for flag in flags}
        for step in steps:
            if step.day != day:
                continue
            change_from = sources_of_change(step.act, effects)
            if step is first_effective and anything:
                possible = {(status, flag) for status in change_from for flag in flags}
                anything = False
            after = set()
            for status, flag in possible:
                if status not in change_from:
                    after.add((status, flag))
                elif step.act == "status":
                    after.update((given, flag) for given in step.statuses)
                else:
                    after.add((led_to(step.act, effects), flag))
            possible = after
        possible, line[day] = end_of_day(possible, day, since)
    return line


def end_of_day(
    possible: set[tuple[str, bool]], day: date, since: date | None
) -> tuple[set[tuple[str, bool]], frozenset[str]]:
    """
    What is possible after a day, now knowing who was a member on it, and what the day shows.
    """
    if since is None:
        return possible, frozenset(status for status, _ in possible)
    if day >= since:
        possible = {(status, flag or status in {"member", "frozen"}) for status, flag in possible}
    shown = set()
    for status, has_been_member in possible:
        if status in {"former", "suspended", "signatory"} and not has_been_member:
            shown.add("none")
        else:
            shown.add(status)
    return possible, frozenset(shown)


class _Question:
    """
    A document, a state and a view of it: everything that does not differ from world to world.
    """

    def __init__(
        self,
        document: Document,
        state: str,
        days: Collection[date],
        *,
        reading: Reading,
        resolution: Resolution,
        sources: Collection[str] | None,
        institution: str | None,
    ) -> None:
        """
        Gather it.
        """
        self.document, self.state, self.sources = document, state, sources
        self.effects = effects_of(reading)
        self.outside = outside_coverage(document, sources)
        self.selection = is_selection(document, sources)
        if not self.selection and vouches_for_some_acts(document, state):
            # of such a record nothing is assumed, as of a selection
            self.sources = sources = {source["id"] for source in document.get("source", [])}
            self.selection = True
        self.happened = happenings(document, state, sources, resolution)
        self.dropped = places_dropped(document, state, sources, self.effects)
        self.effective = places_with_effect(document, state, self.effects)
        self.forces = places_of_force(document, state) & {happening.place for happening in self.happened}
        self.in_force = first_days_in_force(document, state)

        # institutions: nothing before the first; a later one is seen from its own first day on
        firsts = institution_days(document, reading)
        beginning = min(firsts.values(), default=None)
        self.since = None
        if institution is not None and firsts[institution] != beginning:
            self.since = beginning = firsts[institution]
        self.beginning = beginning

        # attestations answer only where a selection has left no act with an effect
        self.attested = None
        if self.selection and sources is not None and not self._has_effective_act():
            self.attested = attested(document, state, sources)

        self.overlays = list(overlay_choices(document, reading))
        self.first, self.last = window(document, state, days, self.since)
        self.days = all_days(self.first, self.last)

    def perhaps(self, day: date) -> frozenset[str]:
        """
        What is attested of some unknown day that may be this one.
        """
        statuses: set[str] = set()
        for attestation in self.document.get("attestation", []):
            if self.sources is None or attestation["source"] not in self.sources or days_spoken_of(attestation):
                continue
            said = said_statuses(attestation["status"])
            if self.state not in attestation["states"]:
                said = STATUSES - said if attestation.get("complete", False) else frozenset()
            first, _, last = (attestation.get("on") or attestation["during"]).partition("/")
            low, high = parse(first).first, parse(last or first).last
            if (low is None or low <= day) and (high is None or day <= high):
                statuses |= said
        return frozenset(statuses)

    def _has_effective_act(self) -> bool:
        """
        Whether any alternative left has an effect under the reading.
        """
        return any(
            sources_of_change(alternative.act, self.effects)
            for happening in self.happened
            for alternative in happening.alternatives
        )

    def finished(self, line: Mapping[date, frozenset[str]]) -> dict[date, frozenset[str]]:
        """
        A line of all that is possible on each day, after what frames it has had its say.
        """
        possible: dict[date, frozenset[str]] = dict.fromkeys(line, frozenset())
        for overlays in self.overlays:
            for day, statuses in self.framed(line, overlays).items():
                possible[day] |= statuses
        return possible

    def framed(self, line: Mapping[date, frozenset[str]], overlays: list[Overlay]) -> dict[date, frozenset[str]]:
        """
        A line after the first institution's beginning, the coverage, and what changes for all have had their say.
        """
        result = {}
        for day, statuses in line.items():
            by_coverage = self.outside(day)
            if self.beginning is not None and day < self.beginning:
                result[day] = frozenset({"none"})
            else:
                shown = statuses if by_coverage is None else by_coverage
                for overlay in overlays:
                    if overlay.day <= day:
                        shown = frozenset(overlay.leads.get(status, status) for status in shown)
                result[day] = shown
        return result

    def worlds(self) -> Iterator[World]:
        """
        Every world, one after the other.
        """
        choices = [options(happening, self.first, self.last) for happening in self.happened]
        if self.attested is not None:
            if next(in_order(choices), None) is None:
                return
            # what a source attests is said of the organisation as it is: no institution's view changes it
            # a state of which the record knows no effective act is none on every day of which nobody speaks
            passed = any(
                happening.place in self.effective and any(each.act != "denial" for each in happening.alternatives)
                for happening in self.happened
            )
            silent = STATUSES if self.dropped or passed else frozenset({"none"})
            line = {day: self.attested.get(day, silent | self.perhaps(day)) for day in self.days}
            for overlays in self.overlays:
                yield World((), self.framed(line, overlays))
            return
        for steps in in_order(choices):
            lines = drawn(
                steps,
                self.days,
                effects=self.effects,
                selection=self.selection,
                dropped=self.dropped,
                effective=self.effective,
                forces=self.forces,
                in_force=self.in_force,
                since=self.since,
            )
            for line_steps, line in lines:
                for overlays in self.overlays:
                    yield World(tuple(line_steps), self.framed(line, overlays))


# ---------------------------------------------------------------------------------------------
# The questions
# ---------------------------------------------------------------------------------------------


def worlds(
    document: Document,
    state: str,
    days: Collection[date] = (),
    *,
    reading: Reading = "declared",
    resolution: Resolution = "preferred",
    sources: Collection[str] | None = None,
    institution: str | None = None,
) -> Iterator[World]:
    """
    Every world of a state; none at all where the claims cannot stand in the order of the file.

    Each covers at least the given days.  Where attestations answer, there is a single world
    without acts.  Where a world leaves several statuses to a day, they are open for each day.
    """
    question = _Question(
        document,
        state,
        days,
        reading=reading,
        resolution=resolution,
        sources=sources,
        institution=institution,
    )
    return question.worlds()


def statuses_by_day(
    document: Document,
    state: str,
    days: Collection[date],
    *,
    reading: Reading = "declared",
    resolution: Resolution = "preferred",
    sources: Collection[str] | None = None,
    institution: str | None = None,
) -> dict[date, frozenset[str]]:
    """
    The statuses that a state may have on each of the days, over all its worlds.

    Args:
        document: A record file as ``tomllib`` gives it.
        state: The id of a state.
        days: The days asked.
        reading: A name, or which acts change a status: act to (from, to).
        resolution: "preferred", "every", "majority" or ("precedence", id, ...).
        sources: The chosen sources; None for the whole record.
        institution: The institution from which to look; None for the whole line.
    """
    question = _Question(
        document,
        state,
        days,
        reading=reading,
        resolution=resolution,
        sources=sources,
        institution=institution,
    )
    possible: dict[date, set[str]] = {day: set() for day in days}
    without_world = True
    for world in question.worlds():
        without_world = False
        for day in days:
            possible[day] |= world.statuses[day]
    if without_world:  # nothing follows
        return question.finished(dict.fromkeys(days, STATUSES))
    return {day: frozenset(statuses) for day, statuses in possible.items()}


def counts(
    lines: Collection[Mapping[date, frozenset[str]]], days: Collection[date], counted: frozenset[str]
) -> tuple[int, int]:
    """
    The least and the most counted days over worlds, in each of which a day shows one of a set of statuses.
    """
    totals = [(sum(line[d] <= counted for d in days), sum(bool(line[d] & counted) for d in days)) for line in lines]
    return min(least for least, _ in totals), max(most for _, most in totals)


def publication(document: Document, source: str) -> tuple[date, date]:
    """
    The first and the last day on which a source can have been published.

    Where it is unknown: from the latest of the (earliest) days that it speaks of to the day it was consulted.
    """
    (entry,) = (each for each in document["source"] if each["id"] == source)
    lasts = [parse(entry[key]).last for key in ("published", "consulted") if key in entry]
    last = min((day for day in lasts if day is not None), default=date.max)
    if "published" in entry:
        return parse(entry["published"]).first or date.min, last
    spoken = [claim for event in document.get("event", []) for claim in event["claims"]]
    spoken += [claim for institution in document.get("institution", []) for claim in institution.get("claims", [])]
    spoken += document.get("step", [])
    firsts = [parse(claim["date"]).first for claim in spoken if claim["source"] == source and "date" in claim]
    attested = [each for each in document.get("attestation", []) if each["source"] == source]
    firsts += [parse(each.get("on") or each["during"].partition("/")[0]).first for each in attested]
    covers = document["organisation"].get("covers", {})
    beginning = exact_day(covers["first"]) if "first" in covers else date.min
    return min(max((day for day in firsts if day is not None), default=beginning), last), last


def choices_as_published(
    document: Document, published_by: date, named: Collection[str] | None = None
) -> Iterator[frozenset[str]]:
    """
    Every choice of the sources (of those named) that were published by a day, or may have been.
    """
    bounds = {source["id"]: publication(document, source["id"]) for source in document["source"]}
    used = list(bounds) if named is None else sorted(named)
    certain = frozenset(source for source in used if bounds[source][1] <= published_by)
    doubtful = [source for source in used if bounds[source][0] <= published_by < bounds[source][1]]
    for number in range(2 ** len(doubtful)):
        yield certain | {source for place, source in enumerate(doubtful) if number >> place & 1}


def lines_as_published(
    document: Document,
    state: str,
    days: Collection[date],
    published_by: date,
    *,
    named: Collection[str] | None = None,
    reading: Reading = "declared",
    resolution: Resolution = "preferred",
    institution: str | None = None,
) -> Iterator[tuple[_Question, list[World]]]:
    """
    For each choice of the sources that were, or may have been, published by a day, all worlds.

    Where a choice leaves none, nothing follows: a single world that allows all.
    """
    everything = {source["id"] for source in document["source"]}
    for chosen in choices_as_published(document, published_by, named):
        question = _Question(
            document,
            state,
            days,
            reading=reading,
            resolution=resolution,
            sources=None if chosen == everything else chosen,
            institution=institution,
        )
        question.outside = outside_coverage(document, named, published_by)
        nothing = World((), question.finished(dict.fromkeys(question.days, STATUSES)))
        yield question, list(question.worlds()) or [nothing]


def statuses_as_published(
    document: Document, state: str, days: Collection[date], published_by: date, **view: Any
) -> dict[date, frozenset[str]]:
    """
    What is possible with any choice of the sources that were, or may have been, published by a day.
    """
    possible: dict[date, set[str]] = {day: set() for day in days}
    for _, worlds_of_choice in lines_as_published(document, state, days, published_by, **view):
        for world in worlds_of_choice:
            for day in days:
                possible[day] |= world.statuses[day]
    return {day: frozenset(statuses) for day, statuses in possible.items()}
