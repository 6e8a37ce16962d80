"""History: a record seen under one reading, resolution, choice of sources and institution. What is queried."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from attrs import Factory, evolve, field, frozen

from csto_membership._evidence.claims import Sources
from csto_membership._evidence.instruments import Instruments
from csto_membership._evidence.omission import omission_of
from csto_membership._evidence.resolution import Resolution, as_resolution
from csto_membership._evidence.supposition import supposition_of
from csto_membership._questions.answers import Finding, Members, Size, Sizes
from csto_membership._questions.findings import coverage_caveats, finding, listed_caveats
from csto_membership._questions.members import members_of
from csto_membership._values.acts import Act, Status, as_act, as_statuses
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership._values.days import exact_day
from csto_membership._values.index import StateSet
from csto_membership._values.period import period_of
from csto_membership._values.readings import Reading, as_reading
from csto_membership._values.runs import day_before
from csto_membership._values.states import StateLike
from csto_membership._values.verdict import Verdict
from csto_membership._view.derivation import Derivation, Views
from csto_membership._view.lines import Sides, by_state, members
from csto_membership._view.timeline import Spells, Timeline, Timelines
from csto_membership._view.view import View
from csto_membership._view.what_if import without
from csto_membership.exceptions import ArgumentError, DateError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from csto_membership._evidence.claims import Claim, Event, Source
    from csto_membership._evidence.institutions import Coverage, Institution
    from csto_membership._evidence.instruments import Instrument
    from csto_membership._evidence.record import Record
    from csto_membership._questions.acts import DatedAct
    from csto_membership._questions.answers import CitedClaim
    from csto_membership._questions.changes import Change, Changes
    from csto_membership._questions.conflicts import Conflicts
    from csto_membership._questions.differences import Differences
    from csto_membership._questions.instruments import InstrumentsInForce
    from csto_membership._questions.panels import DyadRow, PanelRow
    from csto_membership._questions.reasons import Reasons
    from csto_membership._questions.remarks import Remark
    from csto_membership._questions.robustness import Answers, Robustness
    from csto_membership._questions.rows import Checked
    from csto_membership._values.runs import Runs

#: For a spelling of a state the days on which its verdict changes, and the verdicts before, between and after them.
_Verdicts: TypeAlias = "tuple[tuple[dt.date, ...], tuple[Verdict, ...]]"
#: How many spellings of states a history remembers for the fast path.
_MOST_SPELLINGS = 10_000


@frozen(cache_hash=True)
class History:
    """
    A record seen under one reading, resolution, choice of sources and institution.

    Views (`under`, `resolved`, `according_to`, `as_published_by`, `institution`, `counting`, `strict`) return a new
    history; one of the same kind replaces the former.
    Days are civil days. A date may be imprecise: "1999" asks about one unknown day of 1999.
    Every question raises `UnknownStateError` or `DateError` for what it cannot read.

    >>> from csto_membership import CSTO
    >>> CSTO.under("legal").strict()
    <History csto legal strict>
    """

    record: Record
    view: View = field(default=Factory(lambda self: _first_view(self.record), takes_self=True), repr=False)
    _views: Views = field(
        default=Factory(lambda self: Views(self.record), takes_self=True), eq=False, repr=False, kw_only=True
    )
    _derivation: Derivation = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: self._views.of(self.view), takes_self=True)
    )
    _verdicts: dict[object, _Verdicts] = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: self._derivation.verdicts, takes_self=True)
    )

    def __reduce__(self) -> tuple[type[History], tuple[Record, View]]:
        return History, (self.record, self.view)

    def __repr__(self) -> str:
        return f"<History {self.record.id} {self.view}>"

    def _repr_html_(self) -> str:
        from csto_membership._questions.overview import overview

        return overview(self._derivation)

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
    def sources(self) -> Sources:
        """The sources that the view uses."""
        used = (source for source in self.record.sources if source.id in self._derivation.selection)
        return Sources(used, str(self._derivation.scope))

    @property
    def instruments(self) -> Instruments:
        """The treaty texts and decisions of the record."""
        return Instruments(self.record.instruments, self.record.id)

    @property
    def institutions(self) -> tuple[Institution, ...]:
        """What one is a member of."""
        return self.record.institutions

    @property
    def coverage(self) -> Coverage:
        """The days for which the view vouches: a selection of sources until its latest publication."""
        return self._derivation.coverage

    @property
    def edition(self) -> str:
        """The edition of the data."""
        return self.record.edition

    @property
    def publication_days(self) -> tuple[dt.date, ...]:
        """
        The days, in order, from which on a source of the view was published, or may have been: see `as_published_by`.

        >>> from csto_membership import CSTO
        >>> print(CSTO.according_to("asia-plus-2017", "asia-plus-2021").publication_days[0])
        2017-02-09
        """
        days = self._derivation.publications.by_source
        return tuple(sorted({day for source in self.sources for day in days[source.id] if day < dt.date.max}))

    # Questions about a day

    def was_member(self, state: StateLike, date: DateLike) -> Verdict:
        """
        Whether the state was a member on the day: YES, NO or UNDETERMINED.

        An imprecise date is one unknown day of its run.

        >>> from csto_membership import CSTO
        >>> CSTO.was_member("Uzbekistan", "1999-04-20"), CSTO.was_member("Uzbekistan", "1999-04-21")
        (<Verdict.YES: True>, <Verdict.NO: False>)
        >>> CSTO.was_member("Uzbekistan", "1999")
        <Verdict.UNDETERMINED: None>
        """
        # The fast path of one dictionary look-up and one bisection; whatever does not fit goes the long way.
        day = date if type(date) is dt.date else exact_day(date)
        if day is None:
            return Verdict.of(self.timeline(state).statuses_on(as_imprecise(date)), self.view.counted)
        try:
            starts, verdicts = self._verdicts[state]
        except (KeyError, TypeError):
            starts, verdicts = self._learn(state)
        return verdicts[bisect_right(starts, day)]

    def _learn(self, state: StateLike) -> _Verdicts:
        verdicts = self.timeline(state).verdicts
        line = (verdicts.starts, verdicts.values)
        if len(self._verdicts) < _MOST_SPELLINGS and self.record.index.leads_alike(state):
            self._verdicts[state] = line
        return line

    def status(self, state: StateLike, date: DateLike) -> Finding:
        """
        The possible statuses of the state on the day, with the evidence that they rest on.

        >>> from csto_membership import CSTO
        >>> print(CSTO.status("Uzbekistan", "2012-10-01").status)
        suspended
        """
        return finding(self._derivation, self.record.index.find(state), as_imprecise(date))

    def reasons(self, state: StateLike, *, contested: bool = True) -> Runs[dt.date, Reasons]:
        """
        What `status` finds on every day, once for each run of days with the same reasons: for tables and pages.

        Where a text names the day that is asked about, `reasons.DAY` stands for it. Without `contested` it is not worked
        out which claims speak against the answers, which takes the most time.

        >>> from csto_membership import CSTO
        >>> runs = CSTO.reasons("Belarus", contested=False)
        >>> [(str(first), [ground.event.id for ground in found.evidence]) for first, _, found in runs if found.evidence]
        [('1993-12-31', ['blr-signature']), ('2026-01-21', ['blr-signature'])]
        """
        from csto_membership._questions.reasons import reasons

        return reasons(self._derivation, self.record.index.find(state), contested=contested)

    def members_on(self, date: DateLike) -> Members:
        """
        Who was a member on the day: certainly, and possibly.

        Of an imprecise date it is asked about one unknown day: who was a member only on some of its days is undetermined.

        >>> from csto_membership import CSTO
        >>> CSTO.members_on("2006").undetermined.codes
        ('UZB',)
        """
        day = as_imprecise(date)
        return self._members(day, members(self._derivation).between(day.earliest, day.latest))

    def _members(self, day: ImpreciseDate, runs: tuple[Sides, ...], bound_by: str = "") -> Members:
        """The answer on one unknown day of several runs, each with its certain and its possible members."""
        caveats = [*coverage_caveats(self.coverage, self.view, day), *listed_caveats(self.coverage)]
        return members_of(
            day,
            runs,
            self.coverage,
            organisation=self.record.id,
            reading=self.view.label,
            caveats=caveats,
            others=Verdict.of(self.others().statuses_on(day), self.view.counted),
            bound_by=bound_by,
            timelines={} if bound_by else by_state(self._derivation),
        )

    def timeline(self, state: StateLike) -> Timeline:
        """
        Which statuses are possible on each day, as spells.

        >>> from csto_membership import CSTO
        >>> print(CSTO.timeline("Georgia"))
        Georgia
          .. to 1993-12-08: none
          1993-12-09 to 1999-04-20: member
          1999-04-21 to ..: former
        """
        return self._derivation.asked(self.record.index.find(state))

    def timelines(self) -> Timelines:
        """
        The timelines of the states of the record, as lists and tables take them: each state stands for itself alone.

        >>> from csto_membership import CSTO
        >>> len(CSTO.timelines())
        12
        """
        return Timelines(map(self._derivation.timeline, self.record.states), str(self._derivation.scope))

    def others(self) -> Timeline:
        """
        The timeline that every state of the world has that the record does not name.

        >>> from csto_membership import CSTO
        >>> [(str(spell.last_day), str(spell.verdict)) for spell in CSTO.strict().others()]
        [('2026-01-20', 'no'), ('None', 'undetermined')]
        """
        return self._derivation.others()

    def size(self, date: DateLike) -> tuple[int, int]:
        """
        The fewest and the most members on the day; of an imprecise date, on one unknown day of it.

        >>> from csto_membership import CSTO
        >>> CSTO.size("2007-01-01"), CSTO.size("2006")
        ((7, 7), (6, 7))
        """
        members = self.members_on(date)
        return members.fewest, members.most

    def sizes(self) -> Sizes:
        """
        The number of members over time, as runs of days with the same fewest and most.

        >>> from csto_membership import CSTO
        >>> print(CSTO.sizes()[-1])
        2012-06-28 to ..: 6
        """
        more = self.coverage.unnamed
        numbers = members(self._derivation).mapped(lambda side: (len(side.certain), len(side.possible) + more))
        return Sizes(
            (Size(first, day_before(end), *number) for first, end, number in numbers), str(self._derivation.scope)
        )

    def check(
        self,
        states: StateLike | Iterable[StateLike | None],
        dates: DateLike | Iterable[DateLike | None],
        errors: Literal["raise", "null"] = "raise",
    ) -> Checked:
        """
        Whether each state was a member on the date of its row: True, False, or None for undetermined.

        Rows are answered as `was_member` answers them; a single state or date stands for every row. Columns are lists
        and whatever can be iterated over: arrays of numpy (`datetime64` as well) and pyarrow, series of pandas and
        polars. Each distinct value is read once. With errors="null" a row that cannot be read gives None as well: the
        list has the numbers of such rows as `unreadable`, those of undetermined ones as `undetermined`, and each wrong
        value once as `faults`. With "raise" the first error is raised: it tells its row, counted from 0, and how many
        other values cannot be read.
        Raises `UnequalLengthsError` for columns of different lengths, and `ArgumentError` for other `errors`.

        >>> import csto_membership as csto
        >>> csto.CSTO.check(["UZ", "RU"], "2013-01-01")
        [False, True]
        >>> checked = csto.CSTO.check("UZ", ["2006", 2007, None, "2007"], errors="null")
        >>> checked, checked.undetermined, checked.unreadable
        ([None, None, None, True], (0,), (1, 2))
        >>> print(checked.faults[1])
        cannot use None as a date: the date is missing (1 row, the first of them 2)
        """
        from csto_membership._questions.rows import checked

        return checked((states, dates), errors, self.answers, self.was_member)

    def answers(self, state: StateLike) -> tuple[tuple[dt.date, ...], tuple[bool | None, ...]]:
        """
        The days on which the answer for a state changes, and the answers before, between and after them.

        For bulk use: the answer on a day is `answers[bisect_right(days, day)]`.

        >>> from csto_membership import CSTO
        >>> days, answers = CSTO.answers("Georgia")
        >>> [str(day) for day in days], answers
        (['1993-12-09', '1999-04-21'], (False, True, False))
        """
        try:
            starts, verdicts = self._verdicts[state]
        except (KeyError, TypeError):
            starts, verdicts = self._learn(state)
        return starts, tuple(verdict.value for verdict in verdicts)

    # Questions about acts and instruments

    def changes(self, first: DateLike | None, last: DateLike | None) -> Changes:
        """
        The changes of status that fall, or may fall, on a day of a period, both ends included; None leaves one open.

        A year or a month stands for its first day as `first`, for its last day as `last`.
        In the order of their earliest, then latest days, then states. An act takes effect on its own day, an expiry
        on the day after.

        >>> from csto_membership import CSTO
        >>> [str(change.date) for change in CSTO.changes("2006", "2012")]
        ['2006-06-23', '2012-06-28']
        """
        from csto_membership._questions.changes import Changes

        period = period_of(first, last)
        changes = self._changes()
        return Changes((change for change in changes if change.may_fall(period.first, period.last)), changes.whose)

    def next_change(self, date: DateLike) -> Change | None:
        """
        The first change in order that may fall after the (perhaps unknown) day; None if there is none.

        >>> from csto_membership import CSTO
        >>> print(CSTO.next_change("1999-04-21"))
        2006-06-23 Uzbekistan: return, from former to member
        """
        day = as_imprecise(date)
        return next((change for change in self._changes() if change.date.possibly_after(day)), None)

    def previous_change(self, date: DateLike) -> Change | None:
        """
        The last change in order that may fall before the (perhaps unknown) day; None if there is none.

        >>> from csto_membership import CSTO
        >>> print(CSTO.previous_change("2012-01-01"))
        2006-06-23 Uzbekistan: return, from former to member
        """
        day = as_imprecise(date)
        return next((change for change in reversed(self._changes()) if change.date.possibly_before(day)), None)

    def _changes(self) -> Changes:
        from csto_membership._questions.changes import changes

        return changes(self._derivation)

    def acts(self, state: StateLike) -> tuple[DatedAct, ...]:
        r"""
        The acts that are told of the state, in the order of its events, whether or not they change its status.

        Those that the claims used deny are left out; a state that the record does not name has none. An act takes effect
        on its own day, an expiry on the day after.

        >>> from csto_membership import CSTO
        >>> print(*CSTO.acts("Georgia"), sep="\n")
        1993-12-09 Georgia: signature
        1994-04-20 Georgia: entry_into_force
        1999-04-21 Georgia: expiry
        """
        from csto_membership._questions.acts import acts

        return tuple(acts(self._derivation, self.record.index.find(state)))

    def both_members(self, a: StateLike, b: StateLike) -> Spells:
        """
        The runs of days on which both states were members: certainly (YES), or possibly (UNDETERMINED).

        Worlds do not link states: sound, and exact on days on which one of the two answers is.

        >>> from csto_membership import CSTO
        >>> [(str(spell.first_day), str(spell.last_day)) for spell in CSTO.both_members("Georgia", "Uzbekistan")]
        [('1993-12-09', '1999-04-20')]
        """
        from csto_membership._questions.panels import both_members

        return Spells(both_members(self.timeline(a), self.timeline(b)), str(self._derivation.scope))

    def bound_by(self, decision: Instrument | str, date: DateLike) -> Members:
        """
        The states that an instrument binds on the day.

        A decision binds the members of the day on which it was taken, less those who have left since. Treaties and
        protocols bind by the acts recorded for them; a state without such an act is undetermined.
        Raises `UnknownNameError` for an instrument that the record does not have.

        >>> from csto_membership import CSTO
        >>> CSTO.bound_by("sochi-2013", "2020-01-01").certain.codes
        ('ARM', 'BLR', 'KAZ', 'KGZ', 'RUS', 'TJK')
        """
        from csto_membership._questions.instruments import bound, known_instrument

        day, instrument = as_imprecise(date), known_instrument(self.record, decision)
        verdicts = ((state, bound(self._derivation, instrument, day, state)) for state in self.record.states)
        return self._members(day, (Sides.of(verdicts, self.record.index),), instrument.id)

    def instruments_in_force(self, date: DateLike) -> InstrumentsInForce:
        """
        The instruments in force on one exact day, by their own dates, terms, renewals and prolongations.

        Raises `DateError` for an imprecise day.

        >>> from csto_membership import CSTO
        >>> "cst-1992" in CSTO.instruments_in_force("1999-04-20")
        True
        """
        from csto_membership._questions.instruments import in_force

        day = as_imprecise(date)
        if day.earliest is None or not day.is_exact:
            raise DateError(day.text, "in force on which day? One exact day is needed")
        return in_force(self.record, day.earliest)

    # Tables

    def panel(
        self,
        freq: Literal["year", "month", "day"] = "year",
        rule: Literal["first", "last", "any", "all"] = "last",
        first: DateLike | None = None,
        last: DateLike | None = None,
        states: Iterable[StateLike] | StateLike | None = None,
    ) -> Iterator[PanelRow]:
        """
        One row a period and state, by period and then state: an iterator, which holds one period at a time.

        `rule` says what makes a member of a period: its first day, its last day, any day, or all days. Periods are
        those of the calendar, from the one in which the coverage begins to its last day. Where `first` or `last` lies
        inside a period, that period is cut there: no row speaks of days that were not asked about. A year or a month
        stands for its first day as `first`, for its last day as `last`.
        `states` are any of the world, or "world" for all that the library knows; by default those of which the record
        tells an act that the view does not deny or, where it tells none, those that it names.

        >>> from csto_membership import CSTO
        >>> rows = CSTO.panel("year", "last", first="2005", last="2006", states=["UZB", "France"])
        >>> [(row.state, row.year, row.member, row.statuses) for row in rows]
        [('FRA', 2005, False, 'none'), ('UZB', 2005, False, 'former'), ('FRA', 2006, False, 'none'), ('UZB', 2006, True, 'member')]
        """
        from csto_membership._questions.panels import panel, span_of, states_of

        derivation = self._derivation
        return panel(derivation, span_of(derivation, freq, rule, *_ends(first, last)), states_of(derivation, states))

    def dyads(
        self,
        freq: Literal["year", "month", "day"] = "year",
        rule: Literal["first", "last", "any", "all"] = "last",
        first: DateLike | None = None,
        last: DateLike | None = None,
        states: Iterable[StateLike] | StateLike | None = None,
        *,
        directed: bool = False,
    ) -> Iterator[DyadRow]:
        """
        One row a period and pair of states; otherwise as `panel`.

        Each pair stands once, the state with the smaller number of the Correlates of War project first, so that rows
        meet those of data sets by ccode1 and ccode2; with `directed` it stands in both orders.

        >>> from csto_membership import CSTO
        >>> rows = CSTO.dyads("year", "any", first="1999-01-01", last="1999-12-31", states=["UZB", "Georgia"])
        >>> [(row.cow_a, row.cow_b, row.year, row.member, row.days_most) for row in rows]
        [(372, 704, 1999, True, 110)]
        """
        from csto_membership._questions.panels import dyads, span_of, states_of

        derivation = self._derivation
        span = span_of(derivation, freq, rule, *_ends(first, last))
        return dyads(derivation, span, states_of(derivation, states), directed=directed)

    # Questions over periods

    def days_as_member(self, state: StateLike, first: DateLike, last: DateLike) -> tuple[int, int]:
        """
        How many days of a period (both ends included) the state was a member: the least and the most.

        Over whole worlds, not by adding up days: a world has one day for each event. A year or a month stands for the
        end that it is at: as `first` for its first day, as `last` for its last one. Raises `DateError` for any other
        imprecise end, and for a period that ends before it begins.

        >>> from csto_membership import CSTO
        >>> CSTO.under("legal").days_as_member("Uzbekistan", "2006-08-16", "2008-03-28")
        (1, 591)
        """
        from csto_membership._questions.periods import days_as_member

        least, most = days_as_member(self._derivation, self.record.index.find(state), period_of(first, last))
        return least, most

    def was_member_throughout(self, state: StateLike, first: DateLike | None, last: DateLike | None) -> Verdict:
        """
        Whether the state was a member on every day of a period, both ends included; None leaves an end open.

        A year or a month stands for its first day as `first`, for its last day as `last`. Raises `DateError` for any
        other imprecise end: a period from about 1999 on has no one answer.

        >>> from csto_membership import CSTO
        >>> CSTO.was_member_throughout("Uzbekistan", "2007-01-01", "2012-06-28")
        <Verdict.NO: False>
        """
        from csto_membership._questions.periods import throughout

        return throughout(self._derivation, self.record.index.find(state), period_of(first, last))

    def was_member_at_some_time(self, state: StateLike, first: DateLike | None, last: DateLike | None) -> Verdict:
        """
        Whether the state was a member on any day of a period; ends as in `was_member_throughout`.

        >>> from csto_membership import CSTO
        >>> CSTO.was_member_at_some_time("Uzbekistan", "2000-01-01", "2006-06-22")
        <Verdict.NO: False>
        """
        from csto_membership._questions.periods import at_some_time

        return at_some_time(self._derivation, self.record.index.find(state), period_of(first, last))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """
        What is odd about the record without being a fault, under any view; `validate` prints it.

        An event that changes nothing under any reading, a state that is never a member in law for want of an entry into
        force, a membership that outlives its state, a source that tells of days after its publication, an act to come.

        >>> import csto_membership as csto
        >>> print(*csto.history("cis").remarks)
        source 'panarmenian-2008-10': published by 2008-10-23, and it tells of 2009-08-18
        """
        from csto_membership._questions.remarks import remarks

        return remarks(self.record)

    # Where answers part

    def conflicts(self) -> Conflicts:
        """
        The controversies under this view: events whose claims disagree, and attestations that no world allows.

        Events that share a conflict id are one controversy. Each says on which days it changes a verdict.

        >>> from csto_membership import CSTO
        >>> print(*next(conflict for conflict in CSTO.conflicts() if conflict.id == "C1").matters)
        Georgia 1993-09-09 to 1993-12-08
        """
        from csto_membership._questions.conflicts import conflicts

        return conflicts(self._derivation)

    def compare(self, other: History, *, only: Literal["all", "contradictions", "both_speak"] = "all") -> Differences:
        """
        The runs of days on which the other history gives another verdict, with the claims behind both.

        Of a state that only one of them names the other answers by its coverage: no where it vouches for all states,
        else undetermined. `only` asks for "contradictions", a yes against a no, or for those on days of which both
        speak ("both_speak": within the coverage of both). Raises `ArgumentError` for what is no history, and for
        another `only`.

        >>> from csto_membership import CSTO
        >>> print(CSTO.compare(CSTO.under("legal"))[0])
        Armenia 1992-05-15 to 1994-04-19: yes, no
        """
        from csto_membership._questions.differences import ONLY, differences

        if not isinstance(other, History):
            raise ArgumentError("other", other, "a history is compared with a history", ["History"])
        if only not in ONLY:
            raise ArgumentError("only", only, "which differences are told", ONLY)
        return differences(self._derivation, other._derivation, only)

    def robustness(
        self,
        question: str | Callable[[History], object] = "panel",
        *,
        readings: Iterable[Reading | str] = ("declared", "legal", "participating"),
        resolutions: Iterable[Resolution | str] = ("preferred", "every", "majority"),
        events: bool = True,
        sources: bool = True,
        **asked: Any,
    ) -> Robustness:
        """
        One question under a grid of views, and the judgements on which its answers hang.

        `question` is the name of a question ("panel", "dyads", "members_on", "size", "was_member", "days_as_member", ...)
        that is asked with the further arguments, or a function of a history. The grid has every reading with every
        resolution; where sources disagree about an event, the view with each of their claims alone in turn (`events`);
        and the view without each single source (`sources`). A view that leaves no order of days, or a record that
        would be refused, is left out.
        Raises `UnknownNameError` for no question, reading or resolution, `ArgumentError` for an answer that is no
        verdict, list of members, count or table of these, and what the question raises.

        >>> from csto_membership import CSTO
        >>> print(CSTO.robustness("panel", rule="any", first="1999", last="2006", states="UZB", sources=False))
        panel (declared) under 28 views: 8 answers, 2 hang on a judgement
          UZB 1999: yes, or undetermined or no; hangs on resolution every, event expiry-1999 (C7, C8)
          UZB 2006: yes, or undetermined; hangs on reading legal
        """
        from csto_membership._questions.panels import states_of
        from csto_membership._questions.robustness import QUESTIONS, answers_of, robustness

        named = _known("question", question, list(QUESTIONS)) if isinstance(question, str) else ""
        tables = named in ("panel", "dyads")
        # Every view is asked of the same states.
        ids = [state.id for state in states_of(self._derivation, asked.pop("states", None))] if tables else []

        def ask(derivation: Derivation, states: Collection[str] | None) -> Answers:
            history = History(derivation.record, derivation.view)
            if not isinstance(question, str):
                return answers_of(question(history), history.states)
            if not tables:
                return answers_of(getattr(history, named)(**asked), history.states, asked)
            wanted = ids if states is None or named == "dyads" else [id for id in ids if id in states]
            return answers_of(getattr(history, named)(**asked, states=wanted), history.states)

        return robustness(
            self._derivation,
            named or getattr(question, "__name__", "question"),
            ask,
            readings=map(as_reading, readings),
            resolutions=map(as_resolution, resolutions),
            events=events,
            sources=sources,
        )

    # Views

    def _seen(self, **changes: object) -> History:
        view = evolve(self.view, **changes)  # type: ignore[arg-type]
        _check_published(self._views.of(view))
        return History(self.record, view, views=self._views)

    def under(self, reading: Reading | str) -> History:
        """
        The history under another reading: "declared" (default), "legal", "participating", or one of your own.

        >>> from csto_membership import CSTO
        >>> CSTO.under("legal").was_member("Uzbekistan", "2012-10-01")      # a note alone suspends nobody in law
        <Verdict.YES: True>
        """
        return self._seen(reading=as_reading(reading))

    def resolved(self, policy: Resolution | str) -> History:
        """
        The history with claims resolved by another policy: "preferred" (default), "every", "majority", `precedence`.

        >>> from csto_membership import CSTO
        >>> CSTO.resolved("every").was_member("Georgia", "1993-10-01")      # two days circulate
        <Verdict.UNDETERMINED: None>
        """
        resolution = as_resolution(policy)
        for source in resolution.sources:
            self._known_source(source)
        return self._seen(resolution=resolution)

    def according_to(self, *sources: Source | str) -> History:
        """
        The history as these sources alone tell it.

        Where they do not vouch for the beginning, nothing is assumed: see `Finding.caveats`. Choosing all sources is
        no selection. Raises `ArgumentError` for no source.

        >>> from csto_membership import CSTO
        >>> CSTO.according_to("asia-plus-2017").was_member("Uzbekistan", "2006-08-01")      # it says no more than "2006"
        <Verdict.UNDETERMINED: None>
        """
        if not sources:
            raise ArgumentError("sources", (), "according_to() needs at least one source")
        ids = frozenset(self._known_source(source) for source in sources)
        return self._seen(sources=None if len(ids) == len(self.record.sources) else ids)

    def as_published_by(self, date: DateLike) -> History:
        """
        The history as the sources that were published by the day tell it.

        Ranks are today's: they are hindsight. A source whose publication date leaves it open is taken with and
        without: what is possible with either is possible. That is exact for any number of sources that tell one event
        of a state each, and for eight that are open at the same time between their first and last event; beyond it more
        than that may stay possible, and a caveat names the sources. The coverage ends with the day; an answer for a
        later day looks ahead, and says so. Raises `DateError` where the day is not exact, or before the first source.

        >>> from csto_membership import CSTO
        >>> CSTO.as_published_by("2012-09-01").under("legal").was_member("Uzbekistan", "2012-09-01")
        <Verdict.YES: True>
        """
        day = as_imprecise(date)
        if day.earliest is None or not day.is_exact:
            raise DateError(day.text, "published by which day? One exact day is needed")
        return self._seen(published_by=day.earliest)

    def institution(self, institution: Institution | str) -> History:
        """
        The line seen from the first day of one institution on.

        Before that day every status is none; members carry over, and a state that has not been a member since then
        shows as none. The earliest institution is the whole line.

        >>> from csto_membership import CSTO
        >>> CSTO.institution("csto").status("Georgia", "2005-01-01").status      # it left before the organisation began
        <Status.NONE: 'none'>
        """
        known = [institution.id for institution in self.record.institutions]
        return self._seen(institution=_known("institution", institution, known))

    def counting(self, *statuses: Status | str) -> History:
        """
        The history with these statuses counted as membership; by default only "member" is.

        Raises `ArgumentError` for no status.

        >>> from csto_membership import CSTO
        >>> CSTO.counting("member", "suspended").was_member("Uzbekistan", "2020-01-01")
        <Verdict.YES: True>
        """
        if not statuses:
            raise ArgumentError(
                "statuses", (), "counting() needs at least one status", [status.value for status in Status]
            )
        return self._seen(counted=as_statuses(statuses))

    def strict(self) -> History:
        """
        The history that answers UNDETERMINED after its coverage, instead of assuming that the last status continues.

        >>> from csto_membership import CSTO
        >>> CSTO.strict().was_member("Armenia", "2100-01-01")
        <Verdict.UNDETERMINED: None>
        """
        return self._seen(strict=True)

    def without(self, *parts: Event | Source | Claim | CitedClaim | str) -> History:
        """
        The history as it would be without some of the evidence: events, sources (or the ids of both), or claims.

        What is left vouches for itself, as if the rest had never been written, unlike the choice of `according_to`.
        A claim is one of the record's, or as answers cite it (`finding.contested_by`). What-if: it is named in every
        answer. Raises `UnknownNameError` for an id of neither, and `ArgumentError` for what is no part of the record,
        for no part at all, and where what is left would be refused, or nothing of a choice of sources is left.

        >>> from csto_membership import CSTO
        >>> without = CSTO.without("uzb-notice")
        >>> without.was_member("Uzbekistan", "2012-10-01"), without.reading.name
        (<Verdict.YES: True>, 'declared')
        """
        derivation = without(self._derivation, omission_of(self.record, parts))
        _check_published(derivation)
        return History(derivation.record, derivation.view)

    def supposing(self, event: Event | str, date: DateLike | None = None, act: Act | str | None = None) -> History:
        """
        The history as it would be if an event had been one act on one (perhaps imprecise) date.

        What is not given is as the view has it. An act of "denial" supposes that the event never happened. Rival claims
        stay in the record; of one event the last supposition holds. What-if: it is named in every answer.
        Raises `UnknownNameError` for an unknown event or act, `DateError`, and `ArgumentError` where what is not given is
        open, and where no order of the events' days is left: it names those that collide.

        >>> from csto_membership import CSTO
        >>> supposed = CSTO.supposing("geo-signature", "1993-09-09")
        >>> supposed
        <History csto declared supposing geo-signature: signature 1993-09-09>
        >>> CSTO.was_member("Georgia", "1993-10-01"), supposed.was_member("Georgia", "1993-10-01")
        (<Verdict.NO: False>, <Verdict.YES: True>)
        """
        id = _known("event", event, [event.id for event in self.record.events])
        known = next(event for event in self.record.events if event.id == id)
        options = [option for state in known.states for option in self._derivation.options(state, known)]
        day = None if date is None else as_imprecise(date)
        supposition = supposition_of(known, options, day, None if act is None else as_act(act))
        others = [one for one in self.view.supposed if one.event != id]
        supposed = (*others, supposition)
        derivation = self._views.of(evolve(self.view, supposed=supposed))
        for state in known.states:
            if collision := derivation.collision(state, known):
                raise ArgumentError("date", str(supposition.date), collision)
        return self._seen(supposed=supposed)

    def _known_source(self, source: Source | str) -> str:
        return _known("source", source, [source.id for source in self.record.sources])


def _check_published(derivation: Derivation) -> None:
    """Raise `DateError` where none of the sources of a view had been published by its day."""
    day, sources = derivation.view.published_by, derivation.record.sources
    if day and not any(source.id in derivation.selection for source in sources):
        published = derivation.publications.by_source
        first = min((published[source].first for source in derivation.view.sources or published), default=None)
        hint = f"; the first, on {first}" if first else ""
        raise DateError(day, f"none of the sources was published by then{hint}")


def _first_view(record: Record) -> View:
    """The view with which a record's history begins: under the reading that the record names."""
    return View(reading=as_reading(record.reading or "declared"))


def _ends(first: DateLike | None, last: DateLike | None) -> tuple[dt.date | None, dt.date | None]:
    """The two ends of a table as exact days; None where one is left open."""
    period = period_of(first, last)
    return (None if first is None else period.first), (None if last is None else period.last)


def _known(kind: str, wanted: object, known: list[str]) -> str:
    """The id of a known part of the record, given as the part itself or as its id."""
    id = getattr(wanted, "id", wanted)
    if not isinstance(id, str) or id not in known:
        raise UnknownNameError(kind, id, known)
    return id
