"""What a history is made of, what can be looked at in it, and its other views."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from attrs import Factory, evolve, field, frozen

from csto_membership._evidence.claims import Sources
from csto_membership._evidence.instruments import Instruments
from csto_membership._evidence.omission import omission_of
from csto_membership._evidence.resolution import Resolution, as_resolution
from csto_membership._values.acts import Act, Status, as_act, as_statuses
from csto_membership._values.dates import DateLike, as_imprecise
from csto_membership._values.index import StateSet
from csto_membership._values.readings import Reading, as_reading
from csto_membership._view.derivation import Derivation, Views
from csto_membership._view.view import View
from csto_membership._view.what_if import supposing, without
from csto_membership.exceptions import ArgumentError, DateError, UnknownNameError

if TYPE_CHECKING:
    from csto_membership._evidence.claims import Claim, Event, Source
    from csto_membership._evidence.institutions import Coverage, Institution
    from csto_membership._evidence.record import Record
    from csto_membership._questions.answers import CitedClaim


@frozen
class Seen:
    """A record and the view under which it is seen; every view of it returns a new one of the same class."""

    record: Record
    view: View = field(default=Factory(lambda self: _first_view(self.record), takes_self=True), repr=False)
    _views: Views = field(
        default=Factory(lambda self: Views(self.record), takes_self=True),
        alias="views",
        eq=False,
        repr=False,
        kw_only=True,
    )
    _derivation: Derivation = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: self._views.of(self.view), takes_self=True)
    )

    def __reduce__(self) -> tuple[type[Self], tuple[Record, View]]:
        return type(self), (self.record, self.view)

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

    # Views

    def _seen(self, **changes: object) -> Self:
        view = evolve(self.view, **changes)  # type: ignore[arg-type]
        _check_published(self._views.of(view))
        return type(self)(self.record, view, views=self._views)

    def under(self, reading: Reading | str) -> Self:
        """
        The history under another reading: "declared" (default), "legal", "participating", or one of your own.

        Raises `UnknownNameError` for another name.

        >>> from csto_membership import CSTO
        >>> CSTO.under("legal").was_member("Uzbekistan", "2012-10-01")      # a note alone suspends nobody in law
        <Verdict.YES: True>
        """
        return self._seen(reading=as_reading(reading))

    def resolved(self, policy: Resolution | str) -> Self:
        """
        The history with claims resolved by another policy: "preferred" (default), "every", "majority", `precedence`.

        Raises `UnknownNameError` for another name, and for a source that the record does not have.

        >>> from csto_membership import CSTO
        >>> CSTO.resolved("every").was_member("Georgia", "1993-10-01")      # two days circulate
        <Verdict.UNDETERMINED: None>
        """
        resolution = as_resolution(policy)
        for source in resolution.sources:
            self._known_source(source)
        return self._seen(resolution=resolution)

    def according_to(self, *sources: Source | str) -> Self:
        """
        The history as these sources alone tell it.

        Where they do not vouch for the beginning, nothing is assumed: see `Finding.caveats`. Choosing all sources is
        no selection. Raises `UnknownNameError` for a source that the record does not have, `ArgumentError` for
        none at all.

        >>> from csto_membership import CSTO
        >>> CSTO.according_to("asia-plus-2017").was_member("Uzbekistan", "2006-08-01")      # it says no more than "2006"
        <Verdict.UNDETERMINED: None>
        """
        if not sources:
            raise ArgumentError("sources", (), "according_to() needs at least one source")
        ids = frozenset(self._known_source(source) for source in sources)
        return self._seen(sources=None if len(ids) == len(self.record.sources) else ids)

    def as_published_by(self, date: DateLike) -> Self:
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

    def institution(self, institution: Institution | str) -> Self:
        """
        The line seen from the first day of one institution on.

        Before that day every status is none; members carry over, and a state that has not been a member since then
        shows as none. The earliest institution is the whole line. Raises `UnknownNameError` for another institution.

        >>> from csto_membership import CSTO
        >>> CSTO.institution("csto").status("Georgia", "2005-01-01").status      # it left before the organisation began
        <Status.NONE: 'none'>
        """
        known = [institution.id for institution in self.record.institutions]
        return self._seen(institution=id_of("institution", institution, known))

    def counting(self, *statuses: Status | str) -> Self:
        """
        The history with these statuses counted as membership; by default only "member" is.

        Raises `UnknownNameError` for what is no status, `ArgumentError` for none at all.

        >>> from csto_membership import CSTO
        >>> CSTO.counting("member", "suspended").was_member("Uzbekistan", "2020-01-01")
        <Verdict.YES: True>
        """
        if not statuses:
            raise ArgumentError(
                "statuses", (), "counting() needs at least one status", [status.value for status in Status]
            )
        return self._seen(counted=as_statuses(statuses))

    def strict(self) -> Self:
        """
        The history that answers UNDETERMINED after its coverage, instead of assuming that the last status continues.

        >>> from csto_membership import CSTO
        >>> CSTO.strict().was_member("Armenia", "2100-01-01")
        <Verdict.UNDETERMINED: None>
        """
        return self._seen(strict=True)

    def without(self, *parts: Event | Source | Claim | CitedClaim | str) -> Self:
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
        return type(self)(derivation.record, derivation.view)

    def supposing(self, event: Event | str, date: DateLike | None = None, act: Act | str | None = None) -> Self:
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
        id = id_of("event", event, [event.id for event in self.record.events])
        known = next(event for event in self.record.events if event.id == id)
        day = None if date is None else as_imprecise(date)
        supposed = supposing(self._derivation, known, day, None if act is None else as_act(act))
        return self._seen(supposed=supposed.view.supposed)

    def _known_source(self, source: Source | str) -> str:
        return id_of("source", source, [source.id for source in self.record.sources])


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


def id_of(kind: str, wanted: object, known: list[str]) -> str:
    """The id of a known part of the record, given as the part itself or as its id."""
    id = getattr(wanted, "id", wanted)
    if not isinstance(id, str) or id not in known:
        raise UnknownNameError(kind, id, known)
    return id
