"""History: a record seen under one reading, resolution, choice of sources and institution. What is queried."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import evolve, field, frozen

from csto_membership._evidence.publication import publication, selected
from csto_membership._evidence.resolution import Resolution, as_resolution
from csto_membership._questions.answers import Finding, Members, Size, asked_day
from csto_membership._questions.findings import coverage_caveats, explained, statuses_on
from csto_membership._values.acts import Status, as_statuses
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership._values.readings import Reading, as_reading
from csto_membership._values.states import State, StateLike, StateSet
from csto_membership._values.verdict import Verdict
from csto_membership._view.derivation import course_on, coverage_of, timeline_of
from csto_membership._view.timeline import Spell, Timeline
from csto_membership._view.view import View
from csto_membership.exceptions import DateError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._evidence.claims import Source
    from csto_membership._evidence.institutions import Coverage, Institution
    from csto_membership._evidence.instruments import Instrument
    from csto_membership._evidence.record import Record
    from csto_membership._questions.changes import Change
    from csto_membership._questions.conflicts import Conflict
    from csto_membership._questions.differences import Difference
    from csto_membership._questions.instruments import InstrumentsInForce
    from csto_membership._questions.panels import DyadRow, PanelRow


_Verdicts: TypeAlias = "tuple[tuple[dt.date, ...], tuple[Verdict, ...]]"
_Board: TypeAlias = "tuple[tuple[dt.date, ...], list[tuple[StateSet, StateSet]]]"
#: How many spellings of states a history remembers for the fast path.
_MOST_SPELLINGS = 10_000


@frozen(cache_hash=True)
class History:
    """
    A record seen under one reading, resolution, choice of sources and institution.

    Views (`under`, `resolved`, `according_to`, `as_published_by`, `institution`, `counting`, `strict`) return a new
    history; one of the same kind replaces the former. Days are civil days. A date that is asked about may be imprecise: "1999" asks about
    one unknown day of 1999. Every question raises `UnknownStateError` or `DateError` for what it cannot read.
    """

    record: Record
    view: View = field(factory=View, repr=False)
    _verdicts: dict[object, _Verdicts] = field(init=False, factory=dict, eq=False, repr=False)
    _timelines: dict[str, Timeline] = field(init=False, factory=dict, eq=False, repr=False)
    _boards: list[_Board] = field(init=False, factory=list, eq=False, repr=False)

    def __reduce__(self) -> tuple[type[History], tuple[Record, View]]:
        return History, (self.record, self.view)

    def __repr__(self) -> str:
        return f"<History {' '.join([self.record.id, *self._views()])}>"

    def _views(self) -> list[str]:
        view = self.view
        told = [self.reading.name]
        told += [str(view.resolution)] if view.resolution.name != "preferred" else []
        told += [f"according to {', '.join(sorted(view.sources))}"] if view.sources is not None else []
        told += [f"as published by {view.published_by}"] if view.published_by else []
        told += [f"institution {view.institution}"] if view.institution else []
        if view.counted != frozenset({Status.MEMBER}):
            told.append(f"counting {', '.join(sorted(status.value for status in view.counted))}")
        return told + (["strict"] if view.strict else [])

    # What is looked at

    @property
    def reading(self) -> Reading:
        """Which acts change a status, from what, to what."""
        return self.view.reading

    @property
    def resolution(self) -> Resolution:
        """By which policy claims become alternatives."""
        return self.view.resolution

    @property
    def states(self) -> StateSet:
        """The states of the record."""
        return StateSet(self.record.states, self.record.index)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that the view uses."""
        used = selected(self.record, self.view.sources, self.view.published_by)
        return tuple(told for told in self.record.sources if told.id in used.certain or told.id in used.open)

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """The treaty texts and decisions of the record."""
        return self.record.instruments

    @property
    def institutions(self) -> tuple[Institution, ...]:
        """What one is a member of."""
        return self.record.institutions

    @property
    def coverage(self) -> Coverage:
        """The days for which the view vouches: a selection of sources until its latest publication."""
        return coverage_of(self.record, self.view)

    @property
    def edition(self) -> str:
        """The edition of the data."""
        return self.record.edition

    # Questions about a day

    def was_member(self, state: StateLike, date: DateLike) -> Verdict:
        """
        Whether the state was a member on the day: YES, NO or UNDETERMINED.

        An imprecise date is one unknown day of its run.
        """
        # The fast path of one dictionary look-up and one bisection; whatever does not fit goes the long way.
        if type(date) is dt.date:
            try:
                starts, verdicts = self._verdicts[state]
            except (KeyError, TypeError):
                starts, verdicts = self._learn(state)
            return verdicts[bisect_right(starts, date)]
        return Verdict.of(statuses_on(self.timeline(state), as_imprecise(date)), self.view.counted)

    def _learn(self, state: StateLike) -> _Verdicts:
        timeline = self.timeline(state)
        found = (timeline.starts, tuple(spell.verdict for spell in timeline))
        if len(self._verdicts) < _MOST_SPELLINGS:
            self._verdicts[state] = found
        return found

    def status(self, state: StateLike, date: DateLike) -> Finding:
        """The possible statuses of the state on the day, with the evidence that they rest on."""
        found = self.record.index.find(state)
        return explained(self.record, self.view, found, as_imprecise(date), self.timeline(found))

    def members_on(self, date: DateLike) -> Members:
        """Who was a member on the day: certainly, and possibly."""
        asked = as_imprecise(date)
        starts, parts = self._board()
        first = bisect_right(starts, asked.earliest) if asked.earliest else 0
        last = bisect_right(starts, asked.latest) if asked.latest else len(starts)
        return self._members(asked, parts[first : last + 1])

    def _members(self, asked: ImpreciseDate, days: list[tuple[StateSet, StateSet]]) -> Members:
        """The answer on one unknown day of several runs, each with its certain and its possible members."""
        certain, possible = days[0]
        for more_certain, more_possible in days[1:]:
            certain, possible = certain & more_certain, possible | more_possible
        return Members(
            date=asked_day(asked),
            certain=certain,
            possible=possible,
            fewest=min(len(told) for told, _ in days),
            most=max(len(told) for _, told in days),
            organisation=self.record.id,
            reading=self.reading.name,
            caveats=tuple(coverage_caveats(self.coverage, self.view, asked)),
        )

    def _sorted_out(self, verdicts: list[tuple[State, Verdict]]) -> tuple[StateSet, StateSet]:
        """The states with a yes, and those without a no."""
        certain = [state for state, verdict in verdicts if verdict is Verdict.YES]
        possible = [state for state, verdict in verdicts if verdict is not Verdict.NO]
        return StateSet(certain, self.record.index), StateSet(possible, self.record.index)

    def _board(self) -> _Board:
        """The days on which the members change, and for each run between them the certain and the possible ones."""
        if not self._boards:
            lines = [self.timeline(state) for state in self.record.states]
            starts = tuple(sorted({day for line in lines for day in line.starts}))
            parts = [
                self._sorted_out([(line.state, line.on(day).verdict) for line in lines])
                for day in (dt.date.min, *starts)
            ]
            self._boards.append((starts, parts))
        return self._boards[0]

    def timeline(self, state: StateLike) -> Timeline:
        """Which statuses are possible on each day, as spells."""
        found = self.record.index.find(state)
        if (timeline := self._timelines.get(found.id)) is None:
            course = course_on(self.record, self.view, found.id)
            timeline = self._timelines[found.id] = timeline_of(course, found, self.view.counted)
        return timeline

    def size(self, date: DateLike) -> tuple[int, int]:
        """The fewest and the most members on the day; of an imprecise date, on one unknown day of it."""
        members = self.members_on(date)
        return members.fewest, members.most

    def sizes(self) -> tuple[Size, ...]:
        """The number of members over time, as runs of days with the same fewest and most."""
        starts, parts = self._board()
        found: list[Size] = []
        for first, following, (certain, possible) in zip((None, *starts), (*starts, None), parts, strict=True):
            last = following - dt.timedelta(1) if following else None
            size = Size(first, last, len(certain), len(possible))
            if found and (found[-1].fewest, found[-1].most) == (size.fewest, size.most):
                found[-1] = evolve(found[-1], last_day=last)
            else:
                found.append(size)
        return tuple(found)

    def check(
        self,
        states: StateLike | Iterable[StateLike],
        dates: DateLike | Iterable[DateLike],
        errors: Literal["raise", "null"] = "raise",
    ) -> list[bool | None]:
        """
        Whether each state was a member on the date of its row: True, False, or None for undetermined.

        Rows are answered as `was_member` answers them; a single state or date stands for every row. With errors="null"
        a row that cannot be read gives None as well; with "raise" it raises, and a note says which row.
        Raises `UnequalLengthsError` for columns of different lengths, and `ArgumentError` for other `errors`.

        >>> import csto_membership as csto
        >>> csto.CSTO.check(["UZ", "RU"], "2013-01-01")
        [False, True]
        """
        from csto_membership._questions.rows import checked

        return checked((states, dates), errors, self.was_member, self.answers)

    def answers(self, state: StateLike) -> tuple[tuple[dt.date, ...], tuple[bool | None, ...]]:
        """
        The days on which the answer for a state may change, and the answers before, between and after them.

        For bulk use: the answer on a day is `answers[bisect_right(days, day)]`.
        """
        starts, verdicts = self._verdicts.get(state) or self._learn(state)
        return starts, tuple(verdict.value for verdict in verdicts)

    # Questions about acts and instruments

    def changes(self, first: DateLike | None, last: DateLike | None) -> tuple[Change, ...]:
        """
        The changes of status that fall, or may fall, on a day of a period, both ends included; None leaves one open.

        In the order of their earliest, then latest days, then states. An act takes effect on its own day, an expiry
        on the day after.
        """
        from csto_membership._values.period import period_of

        low, high = (dt.date.fromordinal(day) for day in period_of(first, last))
        return tuple(change for change in self._changes() if change.may_fall(low, high))

    def next_change(self, date: DateLike) -> Change | None:
        """The first change in order that may fall after the (perhaps unknown) day; None if there is none."""
        day = as_imprecise(date)
        return next((change for change in self._changes() if change.date.possibly_after(day)), None)

    def previous_change(self, date: DateLike) -> Change | None:
        """The last change in order that may fall before the (perhaps unknown) day; None if there is none."""
        day = as_imprecise(date)
        return next((change for change in reversed(self._changes()) if change.date.possibly_before(day)), None)

    def _changes(self) -> list[Change]:
        from csto_membership._questions.changes import changes_of

        found = [change for state in self.record.states for change in changes_of(self.record, self.view, state)]
        return sorted(found, key=lambda told: told.order)

    def both_members(self, a: StateLike, b: StateLike) -> tuple[Spell, ...]:
        """
        The runs of days on which both states were members: certainly (YES), or possibly (UNDETERMINED).

        Worlds do not link states: sound, and exact on days on which one of the two answers is.
        """
        from csto_membership._questions.panels import both_members_of

        find = self.record.index.find
        return tuple(both_members_of(self, find(a), find(b)))

    def bound_by(self, decision: Instrument | str, date: DateLike) -> Members:
        """
        The states that an instrument binds on the day.

        A decision binds the members of the day on which it was taken, less those who have left since. Treaties and
        protocols bind by the acts recorded for them; a state without such an act is undetermined.
        Raises `UnknownNameError` for an instrument that the record does not have.
        """
        from csto_membership._questions.instruments import bound, known_instrument

        asked = as_imprecise(date)
        known_instrument(self.record, decision)
        verdicts = [(state, bound(self, decision, asked, state)) for state in self.record.states]
        return self._members(asked, [self._sorted_out(verdicts)])

    def instruments_in_force(self, date: DateLike) -> InstrumentsInForce:
        """
        The instruments in force on one exact day, by their own dates, terms, renewals and prolongations.

        Raises `DateError` for an imprecise day.
        """
        from csto_membership._questions.instruments import in_force

        asked = as_imprecise(date)
        if asked.earliest is None or not asked.is_exact:
            raise DateError(asked.text, "in force on which day? One exact day is needed")
        return in_force(self.record, asked.earliest)

    # Tables

    def panel(
        self,
        freq: Literal["year", "month", "day"] = "year",
        rule: Literal["first", "last", "any", "all"] = "last",
        first: DateLike | None = None,
        last: DateLike | None = None,
    ) -> Iterator[PanelRow]:
        """
        One row a period and state, by period and then state: an iterator, which holds one period at a time.

        `rule` says what makes a member of a period: its first day, its last day, any day, or all days. Periods are
        those of the calendar, from the one in which the coverage begins to its last day. Where `first` or `last` lies
        inside a period, that period is cut there: no row speaks of days that were not asked about.
        """
        from csto_membership._questions.panels import panel_of, span_of

        return panel_of(self, span_of(self, freq, rule, *self._ends(first, last)))

    def dyads(
        self,
        freq: Literal["year", "month", "day"] = "year",
        rule: Literal["first", "last", "any", "all"] = "last",
        first: DateLike | None = None,
        last: DateLike | None = None,
    ) -> Iterator[DyadRow]:
        """One row a period and pair of states, each pair once; otherwise as `panel`."""
        from csto_membership._questions.panels import dyads_of, span_of

        return dyads_of(self, span_of(self, freq, rule, *self._ends(first, last)))

    def _ends(self, first: DateLike | None, last: DateLike | None) -> tuple[dt.date | None, dt.date | None]:
        from csto_membership._values.period import period_of

        low, high = (dt.date.fromordinal(day) for day in period_of(first, last))
        return (None if first is None else low), (None if last is None else high)

    # Questions over periods

    def days_as_member(self, state: StateLike, first: DateLike, last: DateLike) -> tuple[int, int]:
        """
        How many days of a period (both ends included) the state was a member: the least and the most.

        Over whole worlds, not by adding up days: a world has one day for each event. Raises `DateError` for an
        imprecise end, and for a period that ends before it begins.
        """
        least, most, _ = self._days(state, first, last)
        return least, most

    def was_member_throughout(self, state: StateLike, first: DateLike | None, last: DateLike | None) -> Verdict:
        """
        Whether the state was a member on every day of a period, both ends included; None leaves an end open.

        Raises `DateError` for an imprecise end: a period from some day of 1999 on has no one answer.
        """
        least, most, whole = self._days(state, first, last)
        return Verdict.YES if least == whole else Verdict.UNDETERMINED if most == whole else Verdict.NO

    def was_member_at_some_time(self, state: StateLike, first: DateLike | None, last: DateLike | None) -> Verdict:
        """Whether the state was a member on any day of a period; ends as in `was_member_throughout`."""
        least, most, _ = self._days(state, first, last)
        return Verdict.YES if least else Verdict.UNDETERMINED if most else Verdict.NO

    def _days(self, state: StateLike, first: DateLike | None, last: DateLike | None) -> tuple[int, int, int]:
        """The least and the most days of membership in a period, and how many days it has."""
        from csto_membership._questions.periods import days_of
        from csto_membership._values.period import period_of

        found = self.record.index.find(state)
        low, high = period_of(first, last)
        least, most = days_of(self.record, self.view, found.id, self.view.counted, low, high)
        return least, most, high - low + 1

    # Where answers part

    def conflicts(self) -> tuple[Conflict, ...]:
        """
        The controversies under this view: events whose claims disagree, and attestations that no world allows.

        Events that share a conflict id are one controversy. Each says on which days it changes a verdict.
        """
        from csto_membership._questions.conflicts import conflicts

        return tuple(conflicts(self.record, self.view))

    def compare(self, other: History) -> tuple[Difference, ...]:
        """
        The runs of days on which the other history gives another verdict, with the claims behind both.

        Only states that both know are compared. Raises `UnknownNameError` where that is none.
        """
        from csto_membership._questions.differences import differences

        if not isinstance(other, History):
            raise UnknownNameError("history to compare with", other)
        if not {state.id for state in self.states} & {state.id for state in other.states}:
            raise UnknownNameError("history with a state in common", other.record.id)
        return tuple(differences(self, other))

    # Views

    def _seen(self, **changes: object) -> History:
        seen = History(self.record, evolve(self.view, **changes))  # type: ignore[arg-type]
        if seen.view.published_by and not seen.sources:
            first = min(
                publication(self.record, source.id)[0]
                for source in evolve(seen, view=evolve(seen.view, published_by=None)).sources
            )
            raise DateError(seen.view.published_by, f"none of the sources was published by then; the first, on {first}")
        return seen

    def under(self, reading: Reading | str) -> History:
        """The history under another reading: "declared" (default), "legal", "participating", or one of your own."""
        return self._seen(reading=as_reading(reading))

    def resolved(self, policy: Resolution | str) -> History:
        """The history with claims resolved by another policy: "preferred" (default), "every", "majority", `precedence`."""
        resolution = as_resolution(policy)
        for source in resolution.sources:
            self._known_source(source)
        return self._seen(resolution=resolution)

    def according_to(self, *sources: Source | str) -> History:
        """
        The history as these sources alone tell it.

        Where they do not vouch for the beginning, nothing is assumed: see `Finding.caveats`. Choosing all sources is
        no selection.
        """
        if not sources:
            raise UnknownNameError("selection of no source", (), [source.id for source in self.record.sources])
        ids = frozenset(self._known_source(source) for source in sources)
        return self._seen(sources=None if len(ids) == len(self.record.sources) else ids)

    def as_published_by(self, date: DateLike) -> History:
        """
        The history as the sources that were published by the day tell it.

        Ranks are today's: they are hindsight. A source whose publication date leaves it open is taken with and
        without: what is possible with either is possible. The coverage ends with the day; an answer for a later day
        looks ahead, and says so. Raises `DateError` where the day is not exact, or before the first source.
        """
        asked = as_imprecise(date)
        if asked.earliest is None or not asked.is_exact:
            raise DateError(asked.text, "published by which day? One exact day is needed")
        return self._seen(published_by=asked.earliest)

    def institution(self, institution: Institution | str) -> History:
        """
        The line seen from the first day of one institution on.

        Before that day every status is none; members carry over, and a state that has not been a member since then
        shows as none. The earliest institution is the whole line.
        """
        known = [told.id for told in self.record.institutions]
        return self._seen(institution=_known("institution", institution, known))

    def counting(self, *statuses: Status | str) -> History:
        """The history with these statuses counted as membership; by default only "member" is."""
        counted = as_statuses(statuses)
        if not counted:
            raise UnknownNameError("counting of no status", (), [status.value for status in Status])
        return self._seen(counted=counted)

    def strict(self) -> History:
        """The history that answers UNDETERMINED after its coverage, instead of carrying the last on."""
        return self._seen(strict=True)

    def _known_source(self, source: Source | str) -> str:
        return _known("source", source, [told.id for told in self.record.sources])


def _known(kind: str, wanted: object, known: list[str]) -> str:
    """The id of a known part of the record, given as the part itself or as its id."""
    id = getattr(wanted, "id", wanted)
    if not isinstance(id, str) or id not in known:
        raise UnknownNameError(kind, id, known)
    return id
