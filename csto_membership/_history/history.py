"""History: what is queried. Here is what it is asked over time, of instruments, in tables, and where answers part."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from attrs import frozen

from csto_membership._evidence.record import Record
from csto_membership._evidence.resolution import Resolution, as_resolution
from csto_membership._history.on_days import OnDays
from csto_membership._history.seen import id_of
from csto_membership._questions.answers import Members
from csto_membership._values.dates import DateLike, as_imprecise
from csto_membership._values.period import period_of
from csto_membership._values.readings import Reading, as_reading
from csto_membership._values.states import StateLike
from csto_membership._values.verdict import Verdict
from csto_membership._view.derivation import Derivation
from csto_membership._view.lines import Sides
from csto_membership._view.timeline import Spells
from csto_membership.exceptions import ArgumentError, DateError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from csto_membership._evidence.instruments import Instrument
    from csto_membership._questions.acts import DatedAct
    from csto_membership._questions.changes import Change, Changes
    from csto_membership._questions.conflicts import Conflicts
    from csto_membership._questions.differences import Differences
    from csto_membership._questions.instruments import InstrumentsInForce
    from csto_membership._questions.panels import DyadRow, PanelRow
    from csto_membership._questions.remarks import Remark
    from csto_membership._questions.robustness import Answers, Robustness

T = TypeVar("T")


@frozen(cache_hash=True, repr=False)
class History(OnDays):
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

    # Questions about acts and instruments

    def changes(self, first: DateLike | None, last: DateLike | None) -> Changes:
        """
        The changes of status that fall, or may fall, on a day of a period, both ends included; None leaves one open.

        A year or a month stands for its first day as `first`, for its last day as `last`.
        In the order of their earliest, then latest days, then states. An act takes effect on its own day, an expiry
        on the day after. Raises `DateError` for any other imprecise end, and for a period that ends before it begins.

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

        Raises `DateError`.

        >>> from csto_membership import CSTO
        >>> print(CSTO.next_change("1999-04-21"))
        2006-06-23 Uzbekistan: return, from former to member
        """
        day = as_imprecise(date)
        return next((change for change in self._changes() if change.date.possibly_after(day)), None)

    def previous_change(self, date: DateLike) -> Change | None:
        """
        The last change in order that may fall before the (perhaps unknown) day; None if there is none.

        Raises `DateError`.

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
        on its own day, an expiry on the day after. Raises `UnknownStateError`.

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
        Raises `UnknownStateError`.

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
        Raises `UnknownNameError` for an instrument that the record does not have, and `DateError`.

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

        Raises `DateError`, also for an imprecise day.

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
        Raises `UnknownNameError` for another `freq` or `rule`, `DateError`, and `UnknownStateError`.

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
        One row a period and pair of states; otherwise as `panel`, which says what is raised.

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
        imprecise end, and for a period that ends before it begins, and `UnknownStateError`.

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
        other imprecise end: a period from about 1999 on has no one answer. Raises `UnknownStateError` as well.

        >>> from csto_membership import CSTO
        >>> CSTO.was_member_throughout("Uzbekistan", "2007-01-01", "2012-06-28")
        <Verdict.NO: False>
        """
        from csto_membership._questions.periods import throughout

        return throughout(self._derivation, self.record.index.find(state), period_of(first, last))

    def was_member_at_some_time(self, state: StateLike, first: DateLike | None, last: DateLike | None) -> Verdict:
        """
        Whether the state was a member on any day of a period; ends as in `was_member_throughout`.

        Raises `UnknownStateError` and `DateError`.

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

    def compare(
        self, other: History | Record, *, only: Literal["all", "contradictions", "both_speak"] = "all"
    ) -> Differences:
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

        against: History = as_history(other, argument="other")
        if only not in ONLY:
            raise ArgumentError("only", only, "which differences are told", ONLY)
        return differences(self._derivation, against._derivation, only)

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

        named = "" if callable(question) else id_of("question", question, list(QUESTIONS))
        tables = named in ("panel", "dyads")
        # Every view is asked of the same states.
        ids = [state.id for state in states_of(self._derivation, asked.pop("states", None))] if tables else []

        def ask(derivation: Derivation, states: Collection[str] | None) -> Answers:
            history = History(derivation.record, derivation.view)
            if callable(question):
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


def as_history(value: object, *others: type[T], argument: str = "history") -> History | T:
    """
    A history, also that of a record under the default view; what is of one of the `others` is as it is.

    Raises `ArgumentError` for anything else.

    >>> from csto_membership import CSTO
    >>> as_history(CSTO.under("legal")), as_history(CSTO.record)
    (<History csto legal>, <History csto declared>)
    """
    if isinstance(value, History) or isinstance(value, others):  # noqa: SIM101 - as one it tells a checker no type
        return value
    if isinstance(value, Record):
        return History(value)
    hint = "; history(id) gives that of a bundled record, load(path) that of a file" if isinstance(value, str) else ""
    kinds = ["History", "Record", *(kind.__name__ for kind in others)]
    raise ArgumentError(argument, value, f"a history is needed, not {type(value).__name__}{hint}", kinds)


def _ends(first: DateLike | None, last: DateLike | None) -> tuple[dt.date | None, dt.date | None]:
    """The two ends of a table as exact days; None where one is left open."""
    period = period_of(first, last)
    return (None if first is None else period.first), (None if last is None else period.last)
