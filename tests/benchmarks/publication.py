"""
What many sources with an open publication date cost: `python tests/benchmarks/publication.py`.

First how much one more source costs, for sources that tell one event each; then whether forty of them keep every answer
on which all choices agree; then the slowest view by a day of publication of the bundled records. Needs no group; times
are those of the processor, the best of several rounds in turns; read the ratios, not the figures.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import csto_membership as csto
from csto_membership._evidence.publication import Publications
from csto_membership._files.read import record_of
from csto_membership._view.derivation import Derivation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from csto_membership._evidence.record import Record
    from csto_membership._view.view import View

#: The most that one more source may cost, and the bundled view that takes most, in milliseconds.
ONE_MORE, SLOWEST = 1.4, 50
FORTY = 40
NUMBERS = (4, 5, 8, 9, 14, 15, 24, 25, FORTY - 1, FORTY)
ROUNDS = 7
RESOLUTIONS = ("preferred", "every", "majority")
PUBLISHED_BY = "2025-01-01"


def day(number: int) -> str:
    """One of the days of the records that are made here."""
    return (dt.date(1950, 1, 1) + dt.timedelta(number)).isoformat()


def made(events: list[dict[str, Any]], attestations: list[dict[str, Any]] | None = None) -> Record:
    """A record of one state; all of its sources but one are undated."""
    said = [*(claim for event in events for claim in event["claims"]), *(attestations or [])]
    sources = dict.fromkeys(claim["source"] for claim in said if claim["source"] != "dated")
    return record_of(
        {
            "organisation": {"id": "league"},
            "state": [{"id": "ARM"}],
            "source": [
                {"id": "dated", "published": "1990-01-01"},
                *({"id": source, "consulted": "2026-01-01"} for source in sources),
            ],
            "event": events,
            "attestation": attestations or [],
        }
    )


def event(number: int, *claims: tuple[str, str]) -> dict[str, Any]:
    """The event of a number, in and out in turns, told by sources on some days."""
    act = "withdrawal" if number % 2 else "accession"
    told = [{"source": source, "act": act, "date": date} for source, date in claims]
    return {"id": f"event-{number}", "states": ["ARM"], "claims": told}


def rivals(number: int) -> Record:
    """Of each event an undated source tells another day than the dated one."""
    return made([event(n, ("dated", day(99 * n)), (f"s{n}", day(99 * n + 9))) for n in range(number)])


def alone(number: int) -> Record:
    """Each event is told by an undated source alone."""
    return made([event(n, (f"s{n}", day(99 * n))) for n in range(number)])


def one_event(number: int) -> Record:
    """All tell one event, each on a day of its own."""
    claims = [(f"s{n}", day(n)) for n in range(1, number + 1)]
    return made([event(0, ("dated", day(0)), *claims), event(1, ("dated", day(999)))])


def nested(number: int) -> Record:
    """All tell one event, each more precise than the one before."""
    claims = [(f"s{n}", f"[{day(n)}..{day(200 - n)}]") for n in range(1, number + 1)]
    return made([event(0, ("dated", f"[{day(0)}..{day(200)}]"), *claims), event(1, ("dated", day(999)))])


def listed(number: int) -> Record:
    """No act is told: each attests the status in a year."""
    said = [
        {"source": f"s{n}", "states": ["ARM"], "status": "member", "during": str(1950 + n), "complete": True}
        for n in range(number)
    ]
    return made([], said)


def listing(number: int) -> Record:
    """Each tells an event alone, and attests the status in a year."""
    events = [event(n, (f"s{n}", day(99 * n))) for n in range(number)]
    said = [{"source": f"s{n}", "states": ["ARM"], "status": "member", "during": str(1950 + n)} for n in range(number)]
    return made(events, said)


CASES: tuple[Callable[[int], Record], ...] = (rivals, alone, one_event, nested, listed, listing)


def taken(record: Record, views: Iterable[View], publications: Publications) -> float:
    """The seconds that the timelines of all states take under views of which nothing is known."""
    start = time.process_time()
    for view in views:
        derivation = Derivation(record, view, publications)
        for state in record.states:
            derivation.timeline(state)
    return time.process_time() - start


def growth() -> None:
    """How much one more source costs at most, at several numbers of them."""
    print(f"{'one more source that tells one event, at most':<58}{'aim':>12}{'result':>14}")
    for make in CASES:
        for resolution in RESOLUTIONS:
            records = {number: make(number) for number in NUMBERS}
            best = dict.fromkeys(NUMBERS, float("inf"))
            for _ in range(ROUNDS):
                for number, record in records.items():
                    view = csto.History(record).resolved(resolution).as_published_by(PUBLISHED_BY).view
                    best[number] = min(best[number], taken(record, [view], Publications(record)))
            ratio = max(best[number] / best[number - 1] for number in NUMBERS if number - 1 in best)
            of_all = f"{FORTY}: {best[FORTY] * 1e3:.1f} ms"
            print(f"  {make.__name__ + ', ' + resolution + ', ' + of_all:<56}{ONE_MORE:>12}{ratio:>14.2f}")


def agreed() -> None:
    """Days on which all choices of forty sources agree, worked out by hand, that keep their answer."""
    print(f"{'days on which all choices of forty sources agree':<58}{'aim':>12}{'result':>14}")
    start = dt.date(1950, 1, 1)
    for resolution in RESOLUTIONS:
        seen = csto.History(rivals(FORTY)).resolved(resolution).as_published_by(PUBLISHED_BY)
        firm = kept = 0
        for number in range(FORTY):
            answer = csto.Verdict.NO if number % 2 else csto.Verdict.YES
            # Between the later of the two days of an event and the earlier of those of the next one.
            for ordinal in range(99 * number + 9, 99 * (number + 1)):
                firm += 1
                kept += seen.was_member("ARM", start + dt.timedelta(ordinal)) is answer
        print(f"  {resolution:<56}{1:>12}{kept / firm:>14.4f}")


def bundled() -> None:
    """The slowest view of the bundled records by a day on which it changes which sources may have been published."""
    print(f"{'the slowest view of the bundled records':<58}{'aim':>12}{'result':>14}")
    for resolution in RESOLUTIONS:
        slowest, whole, label = 0.0, 1.0, ""
        for id in csto.organisations():
            history = csto.history(id)
            record, publications = history.record, Publications(history.record)
            days = sorted({edge for published in publications.by_source.values() for edge in published})
            for reading in ("declared", "legal", "participating"):
                view = history.under(reading).resolved(resolution)
                for edge in days:
                    try:
                        asked = view.as_published_by(edge).view
                    except csto.DateError:
                        continue
                    if (seconds := taken(record, [asked], publications)) > slowest:
                        # What takes longest is looked at again: it may have been a busy moment of the machine.
                        seconds = min(seconds, *(taken(record, [asked], publications) for _ in range(ROUNDS)))
                    if seconds > slowest:
                        slowest, label = seconds, f"{id}, {reading}, {edge}"
                        whole = min(taken(record, [view.view], publications) for _ in range(ROUNDS))
        print(f"  {f'{resolution} ({label}), ms':<56}{SLOWEST:>12}{slowest * 1e3:>14.1f}")
        print(f"  {'  as a multiple of the whole record':<56}{'':>12}{slowest / whole:>14.1f}")


if __name__ == "__main__":
    growth()
    agreed()
    bundled()
