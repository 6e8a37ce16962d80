"""Answers across organisations: the memberships of a state, and the memberships that two states share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from attrs import field, frozen

from csto_membership._values.cells import visible, visible_lines
from csto_membership._values.fields import Formed, formed_field
from csto_membership._values.listing import Listing, brief
from csto_membership._values.names import folded
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted, day_range, json_days, number_range, when
from csto_membership._view.timeline import Scope, Timeline
from csto_membership.exceptions import UndeterminedError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._questions.answers import Asked
    from csto_membership.registry._lines import Stretches


#: So many organisations an answer shows in a notebook.
_MOST_ROWS = 50


def _no_line(organisation: str) -> Timeline:
    return Timeline(State("", "unknown"), (), Scope(organisation))


@frozen
class Memberships(Formed):
    """
    The organisations of which a state was a member on a day.

    - `certain`: it was a member, whatever the evidence leaves open; `possible`: it may have been one.
    - `undetermined`: the possible ones that are not certain.
    - `unlisted`: the record of the organisation does not name the state; these are neither possible nor undetermined.
    - `organisations`: all that were asked.
    - `in` takes the id of one of them in any case, and raises `UnknownNameError` for another.
    - `in`, `len`, `bool` and iteration raise `UndeterminedError` where the answer hangs on something undetermined.

    >>> import csto_membership as csto
    >>> registry = csto.Registry.of(csto.CSTO.under("legal"), csto.history("cis"))
    >>> memberships = registry.memberships_of("Uzbekistan", "2007-01-01")
    >>> memberships.certain, memberships.undetermined
    (('cis',), ('csto',))
    >>> "csto" in memberships  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    csto_membership.exceptions.UndeterminedError: the evidence leaves open whether Uzbekistan was a member of csto ...
    """

    state: State
    date: Asked
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    unlisted: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    #: The timeline of the state in an organisation, while the registry is at hand: how the answer shows itself.
    _line_of: Callable[[str], Timeline] = field(default=_no_line, eq=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        told = (self.state, self.date, self.certain, self.possible, self.unlisted, self.organisations)
        return Memberships, told

    @property
    def undetermined(self) -> tuple[str, ...]:
        """The organisations of which it is not determined whether the state was a member."""
        return tuple(organisation for organisation in self.possible if organisation not in self.certain)

    def __contains__(self, organisation: object) -> bool:
        id = self._id_of(organisation)
        if id in self.undetermined:
            self._refuse(f"whether {self.state} was a member of {id}")
        return id in self.certain

    def _id_of(self, organisation: object) -> str:
        key = folded(organisation) if isinstance(organisation, str) else None
        for id in self.organisations:
            if folded(id) == key:
                return id
        raise UnknownNameError("organisation", organisation, self.organisations)

    def __len__(self) -> int:
        if self.undetermined:
            self._refuse(f"of how many organisations {self.state} was a member")
        return len(self.certain)

    def __iter__(self) -> Iterator[str]:
        if self.undetermined:
            self._refuse(f"of which organisations {self.state} was a member")
        return iter(self.certain)

    def __bool__(self) -> bool:
        if not self.certain and self.possible:
            self._refuse(f"whether {self.state} was a member of any organisation")
        return bool(self.certain)

    def _refuse(self, question: str) -> None:
        raise UndeterminedError(
            f"the evidence leaves open {question} {when(self.date)} ({', '.join(self.undetermined)}); "
            "use .certain, .possible or .undetermined"
        )

    @property
    def _silent(self) -> str:
        """That records do not name the state, "" where all do."""
        number = len(self.unlisted)
        return f"{counted(number, 'record')} {'does' if number == 1 else 'do'} not name it" if number else ""

    def __repr__(self) -> str:
        told = ", ".join([*self.certain, *(f"{id}?" for id in self.undetermined)]) or "none"
        return brief(self, f"{self.state.name} {self.date}: {'; '.join(filter(None, [told, self._silent]))}")

    def __str__(self) -> str:
        lines = [*self.certain, *(f"{organisation} (undetermined)" for organisation in self.undetermined)]
        lines += [f"({self._silent})"] if self.unlisted else []
        return visible_lines([f"{self.state.name} {when(self.date)}", *(f"  {line}" for line in lines)])

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, section, table
        from csto_membership._values.sentences import on_day
        from csto_membership._values.strips import strips_below

        number = number_range(len(self.certain), len(self.possible))
        s = "" if len(self.possible) == 1 else "s"
        others = [id for id in self.organisations if id not in (*self.possible, *self.unlisted)]
        rows = [[id, "yes" if id in self.certain else "undetermined"] for id in self.possible]
        first, more = rows[:_MOST_ROWS], [f"{id}: {verdict}" for id, verdict in rows[_MOST_ROWS:]]
        lines = [self._line_of(id) for id, _ in first]
        strips = strips_below([(line.spells, line.scope.days) for line in lines], self.date)
        shown = [[*row, line.scope.view, strip] for row, line, strip in zip(first, lines, strips.rows, strict=True)]
        return card(
            headline(
                f"{self.state.name} was a member of {number} organisation{s} {on_day(self.date)}",
                ", ".join(filter(None, [f"of {len(self.organisations)} asked", self._silent])),
            ),
            table(("organisation", "member", "view", strips.head), shown) if shown else "",
            strips.legend,
            section(f"and {len(more)} more", more),
            section(f"{len(others)} of which it was not", others),
            section(self._silent, self.unlisted),
        )

    def as_dict(self) -> dict[str, Any]:
        """The memberships as JSON-ready values."""
        return {
            "state": self.state.id,
            "date": str(self.date),
            "certain": list(self.certain),
            "undetermined": list(self.undetermined),
            "possible": list(self.possible),
            "unlisted": list(self.unlisted),
        }


class Shared(NamedTuple):
    """
    A run of days on which two states were both members of one organisation, or may have been.

    - `first_day` is None for since ever, `last_day` None for open; both days are included.
    - `verdict` is YES or UNDETERMINED.

    >>> import csto_membership as csto
    >>> for run in csto.Registry.of(csto.CSTO).both_members("Uzbekistan", "Armenia"):
    ...     print(run)
    csto, 1992-05-15 to 1999-04-20: yes
    csto, 2006-06-23 to 2012-06-27: yes
    """

    organisation: str
    first_day: dt.date | None
    last_day: dt.date | None
    verdict: Verdict

    def __repr__(self) -> str:
        return brief(self, self)

    def __str__(self) -> str:
        return visible(f"{self.organisation}, {day_range(self.first_day, self.last_day)}: {self.verdict}")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """As a field of a pydantic model: a value of the class, written as its `as_dict`."""
        return formed_field(cls, handler)

    def as_dict(self) -> dict[str, Any]:
        """The run as JSON-ready values."""
        days = json_days(self.first_day, self.last_day)
        return {"organisation": self.organisation, **days, "verdict": str(self.verdict)}


class SharedRuns(Listing[Shared]):
    """
    Runs of days on which two states were both members: a tuple that shows itself as a table.

    >>> import csto_membership as csto
    >>> csto.Registry.of(csto.CSTO).both_members("Uzbekistan", "Armenia")
    2 runs
    organisation  first day   last day    both members
    csto          1992-05-15  1999-04-20  yes
    csto          2006-06-23  2012-06-27  yes
    """

    noun: ClassVar[str] = "run"
    head: ClassVar[tuple[str, ...]] = ("organisation", "first day", "last day", "both members")

    @staticmethod
    def row(value: Shared) -> tuple[object, ...]:
        """The organisation, its ends, and the verdict."""
        return value.organisation, value.first_day or "..", value.last_day or "..", value.verdict


def shared(pairs: Iterable[tuple[str, Stretches, Stretches]]) -> Iterator[Shared]:
    """The runs of days on which both of two states were members, or may have been, by organisation, from those of each."""
    made, date = tuple.__new__, dt.date.fromordinal
    for organisation, a, b in pairs:
        for first, end, verdict in _common(a, b):
            first_day = date(first) if first > EVER_BEFORE else None
            last_day = date(end - 1) if end < EVER_AFTER else None
            # As the class makes them, in half the time: there are tens of thousands.
            yield made(Shared, (organisation, first_day, last_day, verdict))


def _common(a: Stretches, b: Stretches) -> list[tuple[int, int, Verdict]]:
    """The days of both, in as few runs as can be, each from its first day to before another."""
    common: list[tuple[int, int, Verdict]] = []
    (a_days, ones), (b_days, others) = a, b
    if not ones or not others:
        return common
    one = other = 1
    start, stop, verdict = ones[0]
    first, end = a_days[start], a_days[stop]
    start, stop, judged = others[0]
    begin, until = b_days[start], b_days[stop]
    while True:
        if begin < end and first < until:
            both = verdict if verdict is judged else Verdict.UNDETERMINED
            since = begin if begin > first else first  # noqa: FURB136 - a third of the time, tens of thousands of times
            if common and common[-1][1] == since and common[-1][2] is both:
                since = common.pop()[0]
            common.append((since, end if end < until else until, both))  # noqa: FURB136 - the same
        if end < until:
            if one == len(ones):
                return common
            start, stop, verdict = ones[one]
            first, end, one = a_days[start], a_days[stop], one + 1
        else:
            if other == len(others):
                return common
            start, stop, judged = others[other]
            begin, until, other = b_days[start], b_days[stop], other + 1
