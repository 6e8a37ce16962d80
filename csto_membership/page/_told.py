"""What a page tells of one organisation: the answers of its history under every view, each once."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve

from csto_membership._evidence.resolution import as_resolution
from csto_membership._questions.overview import entry
from csto_membership._values.html import plain
from csto_membership._values.runs import Runs
from csto_membership._values.sentences import day_in_words
from csto_membership._values.strips import window_of
from csto_membership._values.wording import counted
from csto_membership.page._choices import (
    Choice,
    is_bundled,
    known_by,
    known_days,
    opening,
    readings,
    resolutions,
    seen,
    whole,
)
from csto_membership.page._reasons import Evidence
from csto_membership.readers._prov import check_real
from csto_membership.writers._matrix import MATRIX, entries_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._history import History
    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import State
    from csto_membership._view.timeline import Timeline

_DAY = dt.timedelta(1)
_COLUMNS = list(MATRIX)[3:]


def told(history: History, known: Literal["years"] | Iterable[DateLike] = "years") -> dict[str, Any]:
    """All answers of a history, and what they rest on, ready for JSON."""
    check_real(history)
    record, evidence = history.record, Evidence()
    states = [timeline.state for timeline in sorted(history.timelines(), key=entry)]
    known_at = _known(history, known, evidence)
    by_reading, by_resolution = readings(history), resolutions(history)
    views = []
    timelines: list[Timeline] = []
    for seen_by in known_at.values():
        for reading, resolution in product(by_reading.values(), by_resolution.values()):
            view = seen_by.under(reading).resolved(resolution)
            timelines += view.timelines()
            views.append(_View(view, evidence, states, contested=seen_by is history).row())
    days = history.coverage.first, history.coverage.last
    window = window_of([((), days), *((timeline.spells, timeline.scope.days) for timeline in timelines)])
    first, last = (window.first, window.end - _DAY) if window else (dt.date(1900, 1, 1), dt.date(2000, 1, 1))
    opened = min(max(history.coverage.last or last, first), last)
    return {
        "id": plain(record.id),
        "name": plain(record.name or record.id),
        "about": _about(history),
        "edition": plain(record.edition),
        "python": opening(history),
        "bundled": is_bundled(history),
        "seen": _seen(history),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "day": opened.isoformat(),
        "opening": _sentence(history, opened),
        "states": [[plain(state.id), plain(state.name)] for state in states],
        "columns": [[name, MATRIX[name]] for name in _COLUMNS],
        "readings": [_choice(choice) for choice in by_reading],
        "resolutions": [_choice(choice) for choice in by_resolution],
        "known": [_choice(choice) for choice in known_at],
        "chosen": [
            list(by_reading.values()).index(history.reading),
            list(by_resolution.values()).index(history.resolution),
            0,
        ],
        "views": views,
        **evidence.as_dict(),
    }


def _choice(choice: Choice) -> list[str]:
    return [plain(choice.id), plain(choice.label), choice.call]


def _about(history: History) -> str:
    parts = (
        counted(len(history.states), "state"),
        counted(len(history.sources), "source"),
        f"edition {history.edition}" if history.edition else "",
        str(history.coverage),
    )
    return plain(", ".join(filter(None, parts)))


def _seen(history: History) -> str:
    """How the record is seen besides what can be chosen, "" where nothing is to say."""
    fixed = evolve(history.view, resolution=as_resolution("preferred"), published_by=None)
    return plain(", ".join(fixed.besides))


def _known(history: History, known: Literal["years"] | Iterable[DateLike], evidence: Evidence) -> dict[Choice, History]:
    """
    What was known on days, all of it first and then the latest day.

    Of the ends of years those are left out that change no answer under any reading.
    """

    def answers(one: History) -> list[int]:
        seen_as = map(one.under, readings(history).values())
        return [evidence.timeline(timeline) for view in seen_as for timeline in view.timelines()]

    kept: dict[Choice, History] = {}
    before = None
    for day in known_days(history, known):
        if (one := seen(history, day)) is None:
            continue
        now = answers(one) if known == "years" else None
        if now is None or now != before:
            kept[known_by(day)] = one
        before = now
    if kept and before is not None and before == answers(history):
        kept.popitem()
    return {whole(history): history, **dict(reversed(kept.items()))}


def _sentence(history: History, day: dt.date) -> str:
    fewest, most = history.size(day)
    return f"On {day_in_words(day)}: {_count(fewest, most)}"


def _count(fewest: int, most: int) -> str:
    """How many members there were, those that are undetermined apart."""
    if fewest == most:
        return counted(fewest, "member") if fewest else "no members"
    return f"{counted(fewest, 'member') if fewest else 'no certain member'}, {most - fewest} undetermined"


class _View:
    """The answers under one view, as numbers of what the organisation's evidence has."""

    def __init__(self, history: History, evidence: Evidence, states: Sequence[State], *, contested: bool) -> None:
        self._history, self._evidence, self._states, self._contested = history, evidence, states, contested

    def row(self) -> list[int]:
        """Timelines, findings, counts, notes, changes and acts, and the last day of the evidence."""
        history, evidence = self._history, self._evidence
        timelines = {timeline.state.id: timeline for timeline in history.timelines()}
        notes = self._notes()
        return [
            evidence.lists.row(evidence.timeline(timelines[state.id]) for state in self._states),
            evidence.lists.row(
                evidence.reasons(history.reasons(state, contested=self._contested), notes) for state in self._states
            ),
            self._counts(),
            evidence.over_time(notes.mapped(lambda texts: evidence.lists.row(map(evidence.texts.text, texts)))),
            self._changes(),
            evidence.lists.row(map(self._acts, self._states)),
            evidence.day(history.coverage.last),
        ]

    def _counts(self) -> int:
        """How many members there were, by day: the fewest, the most, and both in words."""
        sizes = self._history.sizes()
        lists, texts = self._evidence.lists, self._evidence.texts
        numbers = [lists.row((size.fewest, size.most, texts.text(_count(size.fewest, size.most)))) for size in sizes]
        starts = tuple(size.first_day for size in sizes if size.first_day)
        return self._evidence.over_time(Runs(starts, tuple(numbers)))

    def _notes(self) -> Runs[dt.date, tuple[str, ...]]:
        """What limits the answers for all states, by day."""
        history, coverage = self._history, self._history.coverage
        ends = [coverage.last, history.view.published_by]
        starts = {coverage.first, *(end + _DAY for end in ends if end and end < dt.date.max)}
        days = sorted(day for day in starts if day and day > dt.date.min)
        before = history.members_on(days[0] - _DAY if days else dt.date.max).caveats
        return Runs.of(((day, history.members_on(day).caveats) for day in days), before)

    def _changes(self) -> int:
        """The changes: the first and the last day on which each may fall ("" for open), what it is, and whether it is certain."""
        evidence = self._evidence
        changes = []
        for change in self._history.changes(None, None):
            words = str(change).removeprefix(f"{change.date} ")
            for act in change.acts:
                words = words.replace(f" {act}", f" {act.replace('_', ' ')}")
            ends = map(evidence.day, (change.date.earliest, change.date.latest))
            changes.append(evidence.lists.row((*ends, evidence.texts.text(words), int(change.certain))))
        return evidence.lists.row(changes)

    def _acts(self, state: State) -> int:
        """The acts of a state: the column, the text and the first day ("" for open) of each."""
        evidence = self._evidence
        acts = (
            evidence.lists.row((_COLUMNS.index(column), evidence.texts.text(text), evidence.day(first)))
            for column, text, first in entries_of(self._history, state.id)
        )
        return evidence.lists.row(acts)
