"""What is asked of a history about one day, and how it answers at once what is asked a million times."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import Factory, field, frozen

from csto_membership._history.seen import Seen
from csto_membership._questions.answers import Finding, Members, Size, Sizes
from csto_membership._questions.findings import coverage_caveats, finding, listed_caveats
from csto_membership._questions.members import members_of
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership._values.days import exact_day
from csto_membership._values.runs import day_before
from csto_membership._values.states import StateLike
from csto_membership._values.verdict import Verdict
from csto_membership._view.lines import Sides, by_state, members
from csto_membership._view.timeline import Timeline, Timelines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._questions.reasons import Reasons
    from csto_membership._questions.rows import Checked
    from csto_membership._values.runs import Runs

#: For a spelling of a state the days on which its verdict changes, and the verdicts before, between and after them.
_Verdicts: TypeAlias = "tuple[tuple[dt.date, ...], tuple[Verdict, ...]]"
#: How many spellings of states a history remembers for the fast path.
_MOST_SPELLINGS = 10_000


@frozen(repr=False)
class OnDays(Seen):
    """A record under a view that answers about days: who was a member, since when, and why."""

    _verdicts: dict[object, _Verdicts] = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: self._derivation.verdicts, takes_self=True)
    )

    def was_member(self, state: StateLike, date: DateLike) -> Verdict:
        """
        Whether the state was a member on the day: YES, NO or UNDETERMINED.

        An imprecise date is one unknown day of its run. Raises `UnknownStateError` and `DateError`.

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

        Raises `UnknownStateError` and `DateError`.

        >>> from csto_membership import CSTO
        >>> print(CSTO.status("Uzbekistan", "2012-10-01").status)
        suspended
        """
        return finding(self._derivation, self.record.index.find(state), as_imprecise(date))

    def reasons(self, state: StateLike, *, contested: bool = True) -> Runs[dt.date, Reasons]:
        """
        What `status` finds on every day, once for each run of days with the same reasons: for tables and pages.

        Where a text names the day that is asked about, "□day□" stands for it. Without `contested` it is not worked out
        which claims speak against the answers, which takes the most time. Raises `UnknownStateError`.

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
        Raises `DateError`.

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
        Which statuses are possible on each day, as spells. Raises `UnknownStateError`.

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

        Raises `DateError`.

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
        value once as `faults`. With "raise" the first `UnknownStateError` or `DateError` is raised: it tells its row,
        counted from 0, and how many other values cannot be read.
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

        For bulk use: the answer on a day is `answers[bisect_right(days, day)]`. Raises `UnknownStateError`.

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
