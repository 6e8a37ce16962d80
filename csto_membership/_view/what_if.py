"""A record and a view without some of the evidence, and with what is supposed of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._evidence.resolution import Resolution, precedence
from csto_membership._evidence.supposition import supposition_of
from csto_membership._view.derivation import Derivation
from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from csto_membership._evidence.claims import Event
    from csto_membership._evidence.omission import Omission
    from csto_membership._evidence.record import Record
    from csto_membership._values.acts import Act
    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._view.view import View


def without(derivation: Derivation, omission: Omission) -> Derivation:
    """
    What follows under the same view from the record without something.

    A choice of sources is one of those that are left. Raises `ArgumentError` where none of them is, and where what is
    left of the record would be refused.
    """
    record = omission.of(derivation.record)
    return Derivation(record, _left(derivation.view, record, omission))


def supposing(derivation: Derivation, event: Event, date: ImpreciseDate | None, act: Act | None) -> Derivation:
    """
    What follows under the same view if an event was one act on one date; of one event the last supposition holds.

    Raises `ArgumentError` where what is not given is open, and where no order of days is left for one of its states.
    """
    options = [option for state in event.states for option in derivation.options(state, event)]
    supposition = supposition_of(event, options, date, act)
    others = (one for one in derivation.view.supposed if one.event != event.id)
    supposed = derivation.under(evolve(derivation.view, supposed=(*others, supposition)))
    for state in event.states:
        if collision := supposed.collision(state, event):
            raise ArgumentError("date", str(supposition.date), collision)
    return supposed


def _left(view: View, record: Record, omission: Omission) -> View:
    left = frozenset(source.id for source in record.sources)
    events = {event.id for event in record.events}
    chosen = view.sources and view.sources & left
    if chosen is not None and not chosen:
        raise ArgumentError("without", ", ".join(omission.words), "nothing is left of the sources chosen before")
    preceding = tuple(source for source in view.resolution.sources if source in left)
    plain = Resolution("preferred") if view.resolution.sources else view.resolution
    return evolve(
        view,
        sources=None if chosen == left else chosen,
        resolution=precedence(*preceding) if preceding else plain,
        omitted=(*view.omitted, *omission.words),
        supposed=tuple(supposition for supposition in view.supposed if supposition.event in events),
    )
