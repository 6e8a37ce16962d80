"""Questions about instruments: which are in force on a day, and whom one of them binds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from csto_membership._evidence.instruments import Instrument
from csto_membership._questions.periods import at_some_time, throughout
from csto_membership._values.acts import Act, Status
from csto_membership._values.cells import visible
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.fields import Formed
from csto_membership._values.listing import brief
from csto_membership._values.period import Period
from csto_membership._values.readings import Effect
from csto_membership._values.terms import duration, later
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import number_range, when
from csto_membership.exceptions import DateError, UndeterminedError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.record import Record
    from csto_membership._values.readings import Reading
    from csto_membership._values.states import State
    from csto_membership._view.case import Case
    from csto_membership._view.derivation import Derivation

YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
#: Instruments that bind from the day on which they are taken.
_TAKEN = ("decision", "resolution")


@frozen
class InstrumentsInForce(Formed):
    """
    The instruments in force on a day: certainly, and those of which it is not determined.

    Iteration and `len` raise `UndeterminedError` where some are not determined.
    """

    date: dt.date
    certain: tuple[Instrument, ...]
    undetermined: tuple[Instrument, ...]
    organisation: str = ""

    def __iter__(self) -> Iterator[Instrument]:
        self._refuse()
        return iter(self.certain)

    def __len__(self) -> int:
        self._refuse()
        return len(self.certain)

    def __bool__(self) -> bool:
        return bool(self.certain) or len(self) > 0

    def __contains__(self, instrument: object) -> bool:
        id = instrument.id if isinstance(instrument, Instrument) else instrument
        if id in {one.id for one in self.undetermined}:
            self._refuse()
        return id in {one.id for one in self.certain}

    def __repr__(self) -> str:
        return brief(self, self)

    def __str__(self) -> str:
        certain = ", ".join(one.id for one in self.certain) or "none"
        open_ = f"; undetermined: {', '.join(one.id for one in self.undetermined)}" if self.undetermined else ""
        return visible(f"in force {when(self.date)}: {certain}{open_}")

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, table
        from csto_membership._values.sentences import on_day

        fewest, most = len(self.certain), len(self.certain) + len(self.undetermined)
        rows = [
            (one.id, one.title, verdict)
            for ones, verdict in ((self.certain, YES), (self.undetermined, UNDETERMINED))
            for one in ones
        ]
        count = f"{number_range(fewest, most)} instrument{'' if most == 1 else 's'}"
        return card(
            headline(f"{count} in force {on_day(self.date)}", self.organisation),
            table(("id", "title", "in force"), rows) if rows else "",
        )

    def _refuse(self) -> None:
        if self.undetermined:
            names = ", ".join(one.id for one in self.undetermined)
            raise UndeterminedError(f"it is open whether these were in force {when(self.date)}: {names}; use .certain")

    def as_dict(self) -> dict[str, Any]:
        """The instruments as JSON-ready ids."""
        return {
            "date": self.date.isoformat(),
            "certain": [one.id for one in self.certain],
            "undetermined": [one.id for one in self.undetermined],
        }


def in_force(record: Record, day: dt.date) -> InstrumentsInForce:
    """
    The instruments in force on a day, by their own dates, terms and renewals, and those that prolong them.

    With hindsight: an instrument that prolongs another from a day before its own force keeps that other in force.
    """
    verdicts = [(instrument, _verdict(record, instrument, day)) for instrument in record.instruments]
    return InstrumentsInForce(
        day,
        tuple(instrument for instrument, verdict in verdicts if verdict is YES),
        tuple(instrument for instrument, verdict in verdicts if verdict is UNDETERMINED),
        record.id,
    )


def _verdict(record: Record, instrument: Instrument, day: dt.date) -> Verdict:
    start = instrument.in_force or (instrument.signed if instrument.kind in _TAKEN else None)
    if start is None:
        not_yet = instrument.signed and instrument.signed.earliest and day < instrument.signed.earliest
        return NO if not_yet else UNDETERMINED
    begun = _reached(start, day)
    if begun is NO or not instrument.term:
        return begun
    ended = _term_over(instrument, day)
    for further in record.instruments:
        if further.prolongs == instrument.id and ended is not NO:
            ended = _prolonged(further, day)
    if ended is YES:
        return NO
    return YES if begun is YES and ended is NO else UNDETERMINED


def _reached(date: ImpreciseDate, day: dt.date) -> Verdict:
    """Whether the date is on or before the day."""
    if date.latest and date.latest <= day:
        return YES
    return NO if date.earliest and day < date.earliest else UNDETERMINED


def _term_over(instrument: Instrument, day: dt.date) -> Verdict:
    """Whether the term of an instrument is over on the day; one that renews itself never is."""
    if instrument.renewal:
        return NO
    anchor, term = instrument.anchor, duration(instrument.term)
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return UNDETERMINED
    # A term keeps the order of days, so that the ends of the run give the ends of its last day.
    first, last = later(anchor.earliest, term), later(anchor.latest, term)
    return NO if day <= first else YES if day > last else UNDETERMINED


def _prolonged(further: Instrument, day: dt.date) -> Verdict:
    """Whether what an instrument prolongs is over on the day all the same."""
    begin = further.first_day
    if begin is None:
        return UNDETERMINED
    begun = _reached(begin, day)
    if begun is not YES:
        return YES if begun is NO else UNDETERMINED
    return _term_over(further, day) if further.term else NO


def bound(derivation: Derivation, instrument: Instrument, date: ImpreciseDate, state: State) -> Verdict:
    """Whether an instrument binds the state on the day."""
    if instrument.kind == "decision":
        return _bound_by_decision(derivation, instrument, date, state)
    if not derivation.tells_acts_of(state.id):
        return NO
    events = derivation.record.events_of(state.id)
    ids = frozenset(event.id for event in events if event.instrument == instrument.id)
    return _bound_by_acts(derivation, ids, date, state) if ids else UNDETERMINED


def _bound_by_acts(derivation: Derivation, events: frozenset[str], date: ImpreciseDate, state: State) -> Verdict:
    """
    Whether the acts recorded for an instrument leave the state bound by it on the day.

    They are a part of the record and do not vouch for the rest: before an act that does not open, and without an act
    that has an effect, nothing follows. To prolong an instrument is to be bound by the instrument that prolongs it.
    Who was once bound and is no longer may be bound again by an act that is recorded elsewhere.
    """
    counted = derivation.view.counted
    reading = _binding(derivation.view.reading)
    cases = tuple(evolve(case.only(events), reading=reading) for case in derivation.cases(state.id))
    statuses = derivation.timeline_by(state, cases).statuses_on(date)
    verdict = Verdict.of(statuses, counted)
    member = Verdict.of(derivation.timeline(state).statuses_on(date), counted)
    again = verdict is NO and Status.FORMER in statuses and member is not NO
    unsure = verdict is YES and member is not YES and not all(map(_opens, cases))
    return UNDETERMINED if again or unsure else verdict


def _binding(reading: Reading) -> Reading:
    """The reading under which prolonging an instrument is as good as ratifying it."""
    ratified = reading.effect(Act.RATIFICATION)
    if ratified is None:
        return reading
    return reading.but(reading.name, Effect(Act.PROLONGATION, ratified.before, ratified.after))


def _opens(case: Case) -> bool:
    """Whether the first event with an effect opens the relation, so that nothing need have been before it."""
    for _, given in case.events:
        if acts := [alternative.act for alternative in given if case.reading.has_effect(alternative.act)]:
            return all(act.opens for act in acts)
    return False


def known_instrument(record: Record, wanted: Instrument | str) -> Instrument:
    """The instrument of that id; `UnknownNameError` with the known ones for another."""
    id = wanted.id if isinstance(wanted, Instrument) else wanted
    for instrument in record.instruments:
        if instrument.id == id:
            return instrument
    raise UnknownNameError("instrument", id, [instrument.id for instrument in record.instruments])


def _bound_by_decision(derivation: Derivation, decision: Instrument, date: ImpreciseDate, state: State) -> Verdict:
    """A decision binds those who were members when it was taken and have been since without a break."""
    taken = decision.signed
    if taken is None or taken.earliest is None or taken.latest is None:
        raise DateError(taken and taken.text, f"the day on which {decision.id} was taken is not known")
    if date.earliest is None or date.latest is None:
        raise DateError(date.text, "bound on which day? The date is open")
    if date.latest < taken.earliest:
        return NO
    if at_some_time(derivation, state, Period(taken.earliest, max(date.latest, taken.latest))) is NO:
        return NO
    longest = throughout(derivation, state, Period(taken.earliest, date.latest))
    if longest is YES and taken.latest <= date.earliest:
        return YES
    if taken.is_exact or taken.latest <= date.earliest:
        shortest = throughout(derivation, state, Period(taken.latest, max(date.earliest, taken.latest)))
        return NO if shortest is NO else UNDETERMINED
    return UNDETERMINED
