"""Instruments: treaty texts and decisions, their terms and registrations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from attrs import evolve, field, frozen

from csto_membership._evidence.claims import Event
from csto_membership._values.acts import Act, as_act
from csto_membership._values.dates import DateLike, ImpreciseDate, as_imprecise, optional_date
from csto_membership._values.fields import Formed
from csto_membership._values.given import one_of, only_of_kind
from csto_membership._values.listing import Listing, brief
from csto_membership._values.states import State
from csto_membership._values.succession import first_day
from csto_membership.exceptions import DateError

if TYPE_CHECKING:
    from csto_membership._values.terms import Term


@frozen
class Registration:
    """An instrument's registration with the United Nations (Charter, article 102)."""

    number: str = ""
    date: ImpreciseDate | None = field(default=None, converter=optional_date)
    volume: int | None = None


def _acts(values: Iterable[Act | str]) -> tuple[Act, ...]:
    return tuple(map(as_act, values))


_LAST_MONTH = dt.date.max.replace(day=1)


@frozen
class Delay:
    """How long after a deposit: a duration, and then perhaps the first day of the month after ("next_month")."""

    add: str = ""
    then: Literal["", "next_month"] = field(default="", validator=one_of("", "next_month"))

    def later(self, day: dt.date) -> dt.date:
        """The day so much later, the last of the calendar for any after it; `DateError` for what is no duration."""
        from csto_membership._values.terms import duration, later

        moved = later(day, duration(self.add)) if self.add else day
        if self.then == "next_month":
            first = moved.replace(day=1)
            return dt.date.max if first == _LAST_MONTH else (first + dt.timedelta(31)).replace(day=1)
        return moved


@frozen
class Force:
    """
    How an instrument enters into force for each state: after which of its acts, and how long after.

    `retroactive` are acts that do not say since when the state is bound, as a notification of succession: in law it may
    have been from any day since it began.
    """

    of: tuple[Act, ...] = field(converter=_acts)
    after: Delay = field(default=Delay(), validator=only_of_kind(Delay))
    retroactive: tuple[Act, ...] = field(default=(), converter=_acts)


@frozen
class Instrument(Formed):
    """
    A treaty text or decision. Its terms never move a status; only events do.

    `term` and `renewal` are ISO 8601 durations ("P5Y"); `applies_from` is the first day of its term where that is
    not the day of its entry into force; `prolongs` and `amends` name other instruments.
    """

    id: str
    kind: str
    title: str
    place: str = ""
    signed: ImpreciseDate | None = field(default=None, converter=optional_date)
    in_force: ImpreciseDate | None = field(default=None, converter=optional_date)
    force: Force | None = field(default=None, validator=only_of_kind(Force))
    applies_from: ImpreciseDate | None = field(default=None, converter=optional_date)
    term: str = ""
    renewal: str = ""
    prolongs: str = ""
    amends: tuple[str, ...] = ()
    registration: Registration | None = field(default=None, validator=only_of_kind(Registration))
    sources: tuple[str, ...] = ()
    conflict: str = ""
    note: str = ""

    def __repr__(self) -> str:
        return brief(self, f"{self.id}: {self.title}")

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, line

        known = (
            ("signed", f"{self.signed or ''}{f', {self.place}' if self.place else ''}"),
            *(("in force", self.in_force), ("term", self.term), ("renewal", self.renewal)),
            *(("prolongs", self.prolongs), ("amends", ", ".join(self.amends)), ("note", self.note)),
        )
        return card(
            headline(self.title, f"{self.id}, {self.kind}"),
            *(line(f"{name}: {value}") for name, value in known if value),
        )

    @property
    def first_day(self) -> ImpreciseDate | None:
        """The first day of the first term: that of its force, where nothing else is said."""
        return self.applies_from or self.in_force

    @property
    def anchor(self) -> ImpreciseDate | None:
        """
        The day from which terms are counted.

        The day of entry into force is not counted: five years from 1994-04-20 end with 1999-04-20. An instrument that
        applies from another day counts from the day before it. Raises `DateError` where the calendar has none.
        """
        return self.in_force if self.applies_from is None else self.applies_from.later(-1)

    def terms(self, until: DateLike) -> Iterator[Term]:
        """
        The terms of the instrument that begin on or before a day, in order.

        Raises `DateError` where the first day is not known exactly; an instrument without a term has none.

        >>> from csto_membership import CSTO
        >>> treaty = next(instrument for instrument in CSTO.instruments if instrument.id == "cst-1992")
        >>> [str(term.last_day) for term in treaty.terms("2020-01-01")]
        ['1999-04-20']
        """
        end, begin = as_imprecise(until), self.first_day
        if not self.term:
            return
        if begin is None or begin.earliest is None or not begin.is_exact:
            raise DateError(begin and begin.text, f"the first day of {self.id} is not known exactly")
        if end.latest is None:
            raise DateError(end.text, "terms are counted until a known day")
        anchor = self.anchor
        assert anchor, "an instrument with a first day has an anchor"
        assert anchor.earliest, "the anchor is as exact as the first day"
        from csto_membership._values.terms import terms_from

        yield from terms_from(anchor.earliest, begin.earliest, self.term, self.renewal, end.latest)

    def as_dict(self) -> dict[str, Any]:
        """The instrument as JSON-ready values."""
        registration = self.registration and {
            "number": self.registration.number,
            "date": self.registration.date and self.registration.date.edtf,
            "volume": self.registration.volume,
        }
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "place": self.place,
            "signed": self.signed and self.signed.edtf,
            "in_force": self.in_force and self.in_force.edtf,
            "force": self.force
            and {
                "of": [act.value for act in self.force.of],
                "after": {"add": self.force.after.add, "then": self.force.after.then},
                "retroactive": [act.value for act in self.force.retroactive],
            },
            "applies_from": self.applies_from and self.applies_from.edtf,
            "term": self.term,
            "renewal": self.renewal,
            "prolongs": self.prolongs,
            "amends": list(self.amends),
            "registration": registration,
            "sources": list(self.sources),
            "conflict": self.conflict,
            "note": self.note,
        }


class Instruments(Listing[Instrument]):
    """Instruments: a tuple that shows itself as a short table."""

    noun: ClassVar[str] = "instrument"
    head: ClassVar[tuple[str, ...]] = ("id", "kind", "signed", "in force", "title")

    @staticmethod
    def row(instrument: Instrument) -> Iterable[object]:
        """The cells of one instrument."""
        return instrument.id, instrument.kind, instrument.signed or "?", instrument.in_force or "", instrument.title

    html_head: ClassVar[tuple[str, ...]] = ("instrument", "signed", "in force")

    @classmethod
    def html_row(cls, instrument: Instrument) -> Iterable[object]:
        """The cells of one instrument: its title with its id and kind, and its days."""
        from csto_membership._values.html import faint, joined

        yield joined(instrument.title or instrument.id, faint(f" {instrument.id}, {instrument.kind}"))
        yield from (instrument.signed or "?", instrument.in_force or "")


def force_after(instrument: Instrument, event: Event, state: str) -> Event | None:
    """
    The entry into force for a state that follows from a deposit, by the instrument's rule; None for none.

    Its day is the later of the deposit plus the delay and the instrument's own force. Its claims are inferred from
    those of the deposit.
    """
    if instrument.force is None:
        return None
    claims = []
    for claim in event.claims_of(state):
        if claim.act in instrument.force.of and claim.date:
            try:
                date = _force_day(instrument.force.after, claim.date, instrument.in_force)
            except DateError:
                return None
            note = f"follows from the {claim.act.value} by the rule of {instrument.id}"
            claims.append(
                evolve(claim, act=Act.ENTRY_INTO_FORCE, date=date, last_day=None, inferred=True, states=(), note=note)
            )
    if not claims:
        return None
    return Event(f"{event.id}:force", (state,), tuple(claims), event.instrument, event.conflict)


def force_looking_back(instrument: Instrument, event: Event, state: State) -> Event | None:
    """
    The entry into force for a state, or none at all, on a day between its beginning and that of a retroactive act.

    It began as the lists of states count, which may be later than it did: where they begin it after its act, they say
    nothing. The force is not before the instrument's own. None where the instrument has no such rule, or there is no such
    day.
    """
    if instrument.force is None:
        return None
    own, begun = instrument.in_force and instrument.in_force.earliest, first_day(state)
    claims = []
    for claim in event.claims_of(state.id):
        if claim.act in instrument.force.retroactive and claim.date:
            latest = claim.date.latest or dt.date.max
            if own and own > latest:
                return None
            floor = max((day for day in (own, begun) if day and day <= latest), default=None)
            date = ImpreciseDate(floor, claim.date.latest, claim.date.qualifier)
            note = f"the {claim.act.value} may bind from an earlier day, by the rule of {instrument.id}"
            inferred = evolve(claim, act=Act.ENTRY_INTO_FORCE, date=date, inferred=True, states=(), note=note)
            claims += [inferred, evolve(inferred, act=Act.DENIAL, date=None)]
    if not claims:
        return None
    return Event(f"{event.id}:back", (state.id,), tuple(claims), event.instrument, event.conflict)


def _force_day(after: Delay, deposit: ImpreciseDate, own: ImpreciseDate | None) -> ImpreciseDate:
    def end(day: dt.date | None, floor: dt.date | None) -> dt.date | None:
        return None if day is None else max(after.later(day), floor or dt.date.min)

    latest = None if own and own.latest is None else end(deposit.latest, own.latest if own else None)
    earliest = end(deposit.earliest, own.earliest if own else None) or (own.earliest if own else None)
    return ImpreciseDate(earliest, latest, deposit.qualifier)
