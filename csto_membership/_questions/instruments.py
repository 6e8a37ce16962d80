"""Questions about instruments: which are in force on a day, and whom one of them binds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from csto_membership._evidence.instruments import Instrument
from csto_membership._evidence.record import Record
from csto_membership._questions.findings import statuses_on
from csto_membership._values.acts import Act, Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.readings import Effect
from csto_membership._values.terms import duration
from csto_membership._values.verdict import Verdict
from csto_membership._view.case import evidence_on
from csto_membership._view.derivation import course_on, timeline_of
from csto_membership.exceptions import DateError, UndeterminedError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.claims import Event
    from csto_membership._history import History
    from csto_membership._values.readings import Reading
    from csto_membership._values.states import State
    from csto_membership._view.case import Evidence
    from csto_membership._view.view import View


YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
#: Instruments that bind from the day on which they are taken.
_TAKEN = ("decision", "resolution")


@frozen
class InstrumentsInForce:
    """
    The instruments in force on a day: certainly, and those of which it is not determined.

    Iteration and `len` raise `UndeterminedError` where some are not determined.
    """

    date: dt.date
    certain: tuple[Instrument, ...]
    undetermined: tuple[Instrument, ...]

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
        if id in {found.id for found in self.undetermined}:
            self._refuse()
        return id in {found.id for found in self.certain}

    def __str__(self) -> str:
        certain = ", ".join(found.id for found in self.certain) or "none"
        open_ = f"; undetermined: {', '.join(found.id for found in self.undetermined)}" if self.undetermined else ""
        return f"in force on {self.date}: {certain}{open_}"

    def _refuse(self) -> None:
        if self.undetermined:
            names = ", ".join(found.id for found in self.undetermined)
            raise UndeterminedError(f"it is open whether these were in force on {self.date}: {names}; use .certain")

    def as_dict(self) -> dict[str, Any]:
        """The instruments as JSON-ready ids."""
        return {
            "date": self.date.isoformat(),
            "certain": [found.id for found in self.certain],
            "undetermined": [found.id for found in self.undetermined],
        }


def in_force(record: Record, day: dt.date) -> InstrumentsInForce:
    """
    The instruments in force on a day, by their own dates, terms and renewals, and those that prolong them.

    With hindsight: an instrument that prolongs another from a day before its own force keeps that other in force.
    """
    verdicts = [(told, _verdict(record, told, day)) for told in record.instruments]
    return InstrumentsInForce(
        day,
        tuple(told for told, verdict in verdicts if verdict is YES),
        tuple(told for told, verdict in verdicts if verdict is UNDETERMINED),
    )


def _verdict(record: Record, told: Instrument, day: dt.date) -> Verdict:
    start = told.in_force or (told.signed if told.kind in _TAKEN else None)
    if start is None:
        not_yet = told.signed and told.signed.earliest and day < told.signed.earliest
        return NO if not_yet else UNDETERMINED
    begun = _reached(start, day)
    if begun is NO or not told.term:
        return begun
    ended = _term_over(told, day)
    for further in record.instruments:
        if further.prolongs == told.id and ended is not NO:
            ended = _prolonged(further, day)
    if ended is YES:
        return NO
    return YES if begun is YES and ended is NO else UNDETERMINED


def _reached(date: ImpreciseDate, day: dt.date) -> Verdict:
    """Whether the date is on or before the day."""
    if date.latest and date.latest <= day:
        return YES
    return NO if date.earliest and day < date.earliest else UNDETERMINED


def _term_over(told: Instrument, day: dt.date) -> Verdict:
    """Whether the term of an instrument is over on the day; one that renews itself never is."""
    if told.renewal:
        return NO
    begin = told.applies_from or told.in_force
    term = duration(told.term)
    if begin is None or begin.earliest is None or begin.latest is None:
        return UNDETERMINED
    lag = dt.timedelta(1) if told.applies_from else dt.timedelta(0)
    # A term keeps the order of days, so that the ends of the run give the ends of its last day.
    first, last = begin.earliest - lag + term, begin.latest - lag + term
    return NO if day <= first else YES if day > last else UNDETERMINED


def _prolonged(further: Instrument, day: dt.date) -> Verdict:
    """Whether what an instrument prolongs is over on the day all the same."""
    begin = further.applies_from or further.in_force
    if begin is None:
        return UNDETERMINED
    begun = _reached(begin, day)
    if begun is not YES:
        return YES if begun is NO else UNDETERMINED
    return _term_over(further, day) if further.term else NO


def bound(history: History, decision: Instrument | str, date: ImpreciseDate, state: State) -> Verdict:
    """Whether an instrument binds the state on the day."""
    told = known_instrument(history.record, decision)
    if told.kind == "decision":
        return _bound_by_decision(history, told, date, state)
    if not history.record.events_of(state.id):
        return NO
    events = tuple(event for event in history.record.events if event.instrument == told.id)
    if not any(event.claims_of(state.id) for event in events):
        return UNDETERMINED
    return _bound_by_acts(history, events, date, state)


def _bound_by_acts(history: History, events: tuple[Event, ...], date: ImpreciseDate, state: State) -> Verdict:
    """
    Whether the acts recorded for an instrument leave the state bound by it on the day.

    They are a part of the record and do not vouch for the rest: before an act that does not open, and without an act
    that has an effect, nothing follows. To prolong an instrument is to be bound by the instrument that prolongs it.
    Who was once bound and is no longer may be bound again by an act that is recorded elsewhere.
    """
    view, record = history.view, evolve(history.record, events=events)
    ratified = view.reading.effect(Act.RATIFICATION)
    if ratified:
        prolonged = Effect(Act.PROLONGATION, ratified.before, ratified.after)
        view = evolve(view, reading=view.reading.but(view.reading.name, prolonged))
    evidence = tuple(_partial(told, view) for told in evidence_on(record, view, state.id))
    line = timeline_of(course_on(record, view, state.id, evidence), state, view.counted)
    statuses = statuses_on(line, date)
    verdict = Verdict.of(statuses, view.counted)
    whole = history.was_member(state, date)
    again = verdict is NO and Status.FORMER in statuses and whole is not NO
    unsure = verdict is YES and whole is not YES and not all(_opens(told, view.reading) for told in evidence)
    return UNDETERMINED if again or unsure else verdict


def _opens(told: Evidence, reading: Reading) -> bool:
    """Whether the first event with an effect opens the relation, so that nothing need have been before it."""
    for _, ways in told.events:
        if acts := [way.act for way in ways if reading.has_effect(way.act)]:
            return all(act.opens for act in acts)
    return False


def _partial(told: Evidence, view: View) -> Evidence:
    """The evidence as that of a part of the record."""
    acts = {way.act for _, ways in told.events for way in ways}
    unforced = view.reading.binds_after_signature and Act.ENTRY_INTO_FORCE not in acts
    vouched = (*(True for _ in told.events), False)
    return evolve(told, attested=(), chain=evolve(told.chain, vouched=vouched, unforced=unforced))


def known_instrument(record: Record, wanted: Instrument | str) -> Instrument:
    """The instrument of that id; `UnknownNameError` with the known ones for another."""
    id = wanted.id if isinstance(wanted, Instrument) else wanted
    for told in record.instruments:
        if told.id == id:
            return told
    raise UnknownNameError("instrument", id, [told.id for told in record.instruments])


def _bound_by_decision(history: History, told: Instrument, date: ImpreciseDate, state: State) -> Verdict:
    """A decision binds those who were members when it was taken and have been since without a break."""
    taken = told.signed
    if taken is None or taken.earliest is None or taken.latest is None:
        raise DateError(taken and taken.text, f"the day on which {told.id} was taken is not known")
    if date.earliest is None or date.latest is None:
        raise DateError(date.text, "bound on which day? The date is open")
    never = history.was_member_at_some_time(state, taken.earliest, max(date.latest, taken.latest)) is NO
    if date.latest < taken.earliest or never:
        return NO
    longest = history.was_member_throughout(state, taken.earliest, date.latest)
    if longest is YES and taken.latest <= date.earliest:
        return YES
    if taken.is_exact or taken.latest <= date.earliest:
        shortest = history.was_member_throughout(state, taken.latest, max(date.earliest, taken.latest))
        return NO if shortest is NO else UNDETERMINED
    return UNDETERMINED
