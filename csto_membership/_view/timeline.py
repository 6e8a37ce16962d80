"""Spells and timelines: what is possible for one state, day by day."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from csto_membership._values.acts import Status, in_order
from csto_membership._values.cells import visible_lines
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise
from csto_membership._values.fields import Formed
from csto_membership._values.listing import Listing, brief
from csto_membership._values.period import period_of
from csto_membership._values.runs import Runs, day_before
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted, day_range, either, json_days
from csto_membership._worlds.masks import Course, mask_of, spans_of, statuses_of
from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from csto_membership._values.html import Html
#: So many spells are in sight in a notebook, and so many strips.
_MOST_IN_SIGHT, MOST_STRIPS = 16, 60


@frozen
class Spell(Formed):
    """
    A maximal run of days with the same possible statuses.

    `first_day` is None for since ever, `last_day` None for open; both days are included.
    """

    first_day: dt.date | None
    last_day: dt.date | None
    statuses: frozenset[Status]
    verdict: Verdict

    def __repr__(self) -> str:
        return brief(self, self)

    def __str__(self) -> str:
        return f"{day_range(self.first_day, self.last_day)}: {either(in_order(self.statuses))}"

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline
        from csto_membership._values.sentences import possible

        days = day_range(self.first_day, self.last_day)
        return card(headline(f"{possible(self.statuses)} {days}", f"member: {self.verdict}"))

    def as_dict(self) -> dict[str, Any]:
        """The spell as JSON-ready values."""
        return {
            **json_days(self.first_day, self.last_day),
            "statuses": in_order(self.statuses),
            "verdict": str(self.verdict),
        }


class Spells(Listing[Spell]):
    """
    Runs of days in order, with gaps where nothing is told: a tuple that shows itself as a table.

    >>> from csto_membership import CSTO
    >>> CSTO.both_members("Armenia", "Uzbekistan")
    2 spells
    first day   last day    status  member
    1992-05-15  1999-04-20  member  yes
    2006-06-23  2012-06-27  member  yes
    """

    noun: ClassVar[str] = "spell"
    head: ClassVar[tuple[str, ...]] = ("first day", "last day", "status", "member")

    @staticmethod
    def row(value: Spell) -> tuple[object, ...]:
        """Its ends, what is possible, and the verdict."""
        return value.first_day or "..", value.last_day or "..", either(in_order(value.statuses)), value.verdict


@frozen
class Scope:
    """Of which organisation and view something is told, and from when to when that vouches; None where it is open."""

    organisation: str = ""
    view: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day."""
        return self.first, self.last

    def __str__(self) -> str:
        return ", ".join(part for part in (self.organisation, self.view) if part)


@frozen
class Timeline(Formed):
    """
    For one state: which statuses are possible on each day, as spells that cover every day once.

    >>> from csto_membership import CSTO
    >>> print(CSTO.timeline("Azerbaijan"))
    Azerbaijan
      .. to 1993-09-23: none
      1993-09-24 to 1999-04-20: member
      1999-04-21 to ..: former
    """

    state: State
    spells: tuple[Spell, ...]
    #: Of what it tells, as it shows itself; no part of what it says.
    scope: Scope = field(default=Scope(), eq=False, repr=False)
    #: The spells by day.
    runs: Runs[dt.date, Spell] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        starts = tuple(spell.first_day for spell in self.spells[1:] if spell.first_day)
        object.__setattr__(self, "runs", Runs(starts, self.spells))

    @property
    def starts(self) -> tuple[dt.date, ...]:
        """The first days of all spells but the first, for bisection."""
        return self.runs.starts

    @property
    def verdicts(self) -> Runs[dt.date, Verdict]:
        """The verdicts by day: a run may hold several spells."""
        return self.runs.mapped(lambda spell: spell.verdict)

    @cached_property
    def course(self) -> Course:
        """The masks of the statuses by day (an ordinal)."""
        starts = tuple(day.toordinal() for day in self.runs.starts)
        return Runs(starts, tuple(mask_of(spell.statuses) for spell in self.spells))

    def __iter__(self) -> Iterator[Spell]:
        return iter(self.spells)

    def __len__(self) -> int:
        return len(self.spells)

    def __repr__(self) -> str:
        return brief(self, f"{self.state}: {counted(len(self), 'spell')}")

    def __str__(self) -> str:
        return visible_lines([str(self.state), *(f"  {spell}" for spell in self.spells)])

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, folded, headline, table
        from csto_membership._values.sentences import possible, when_member

        runs = [((first, day_before(end)), verdict) for first, end, verdict in self.verdicts]
        certain, perhaps = (
            [run for run, verdict in runs if verdict is wanted] for wanted in (Verdict.YES, Verdict.UNDETERMINED)
        )
        rows = [
            (spell.first_day or "..", spell.last_day or "..", possible(spell.statuses), spell.verdict) for spell in self
        ]
        spells = table(Spells.head, rows)
        return card(
            headline(when_member(self.state.name, certain, perhaps), str(self.scope)),
            self.strip(),
            spells if len(rows) <= _MOST_IN_SIGHT else folded(counted(len(rows), "spell"), spells),
        )

    def strip(self, asked: dt.date | ImpreciseDate | None = None) -> Html:
        """The whole of it in one line of HTML, with the day that is asked about, and what it shows in words below."""
        from csto_membership._values.strips import strip_alone

        return strip_alone(self.spells, self.scope.days, asked)

    def on(self, date: DateLike) -> Spell:
        """
        The spell that the day lies in.

        Raises `DateError` for an imprecise date whose days lie in several spells.

        >>> from csto_membership import CSTO
        >>> print(CSTO.timeline("Uzbekistan").on("2007-01-01"))
        2006-06-23 to 2012-06-27: member
        """
        spell, *others = self.within(date)
        if others:
            raise DateError(date, f"its days lie in {1 + len(others)} spells; ask about one day")
        return spell

    def between(self, first: DateLike | None, last: DateLike | None) -> tuple[Spell, ...]:
        """
        The spells that the days of a period lie in, both ends included; None leaves one open.

        A year or a month stands for its first day as `first`, for its last day as `last`. Raises `DateError` for any
        other imprecise end, and for a period that ends before it begins.

        >>> from csto_membership import CSTO
        >>> print(*CSTO.timeline("Uzbekistan").between("2000", "2006-06-22"))
        1999-04-21 to 2006-06-22: former
        """
        period = period_of(first, last)
        return self.runs.between(period.first, period.last)

    def within(self, date: DateLike) -> tuple[Spell, ...]:
        """
        The spells that the days of an imprecise date lie in.

        >>> from csto_membership import CSTO
        >>> [str(spell.verdict) for spell in CSTO.timeline("Uzbekistan").within("2006")]
        ['no', 'yes']
        """
        day = as_imprecise(date)
        return self.runs.between(day.earliest, day.latest)

    def statuses_on(self, date: DateLike) -> frozenset[Status]:
        """All statuses that are possible on some day of the date."""
        return frozenset[Status]().union(*(spell.statuses for spell in self.within(date)))

    def as_dict(self) -> dict[str, Any]:
        """The timeline as JSON-ready values."""
        return {"state": self.state.id, "spells": [spell.as_dict() for spell in self.spells]}


class Timelines(Listing[Timeline]):
    """
    The timelines of several states: a tuple that shows itself as a table, in a notebook with a strip a state.

    >>> from csto_membership import CSTO
    >>> CSTO.timelines()[:2]
    2 timelines
    state        at the end  since       spells
    Afghanistan  none                    1
    Armenia      member      1992-05-15  2
    """

    noun: ClassVar[str] = "timeline"
    head: ClassVar[tuple[str, ...]] = ("state", "at the end", "since", "spells")

    @staticmethod
    def row(value: Timeline) -> tuple[object, ...]:
        """The state, what it is at the end, since when, and how many spells it has."""
        return value.state.name, *at_the_end(value), len(value)

    def table_html(self) -> Html:
        """Its first timelines as strips below one another."""
        from csto_membership._values.html import joined, line, table
        from csto_membership._values.strips import strips_below

        first = self[:MOST_STRIPS]
        strips = strips_below([(one.spells, one.scope.days) for one in first])
        rows = [(one.state.name, strip, *at_the_end(one)) for one, strip in zip(first, strips.rows, strict=True)]
        shown = table(("state", strips.head, "at the end", "since"), rows)
        return joined(shown, strips.legend, *map(line, self._more(MOST_STRIPS)))


def at_the_end(timeline: Timeline) -> tuple[str, str]:
    """
    The last spell in words: "member", and since when it is, which is a range where it may have begun before the spell.

    >>> from csto_membership import CSTO
    >>> at_the_end(CSTO.under("legal").timeline("Armenia"))
    ('member', '1994-04-20')
    """
    from csto_membership._values.sentences import possible

    last = since = timeline.spells[-1]
    for spell in reversed(timeline.spells[:-1]):
        if len(last.statuses) > 1 or not spell.statuses >= last.statuses:
            break
        since = spell
    sure = str(last.first_day or "")
    return possible(last.statuses), sure if since is last else f"[{since.first_day or ''}..{sure}]"


class TimelinesLater:
    """What makes timelines by the ids of their states, once an answer shows itself; pickled as what it makes."""

    def __init__(self, make: Callable[[], Mapping[str, Timeline]]) -> None:
        self._make = make

    def __call__(self) -> Mapping[str, Timeline]:
        return self._make()

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self._make()),)


def timeline_of(course: Course, state: State, counted: frozenset[Status], scope: Scope = Scope()) -> Timeline:
    """The course as a timeline: its days as dates, its masks as statuses with a verdict."""
    first, last = dt.date.min.toordinal(), dt.date.max.toordinal()
    spells = []
    for start, end, mask in spans_of(course):
        if end > first and start <= last:
            statuses = statuses_of(mask)
            first_day = dt.date.fromordinal(start) if start > first else None
            last_day = dt.date.fromordinal(end - 1) if end <= last else None
            spells.append(Spell(first_day, last_day, statuses, Verdict.of(statuses, counted)))
    return Timeline(state, tuple(spells), scope)
