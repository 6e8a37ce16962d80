"""Evidence: sources, and what they say of acts (claims of events), of statuses (attestations) and of steps."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from attrs import field, frozen

from csto_membership._values.acts import ALL_STATUSES, Act, Status, Word, as_act, as_statuses, in_order, named
from csto_membership._values.cells import Link
from csto_membership._values.dates import ImpreciseDate, as_imprecise, optional_date
from csto_membership._values.fields import Formed
from csto_membership._values.listing import Listing, brief
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days, Period
from csto_membership._values.wording import counted, either
from csto_membership.exceptions import ArgumentError


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


def _claims(values: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(values)


def _during(value: Period | str) -> Period:
    if isinstance(value, str):
        return Period.parse(value)
    if not isinstance(value, Period):
        raise ArgumentError("during", value, "it is a period", ['Period.parse("2004-11/2005")'])
    return value


class Kind(Word):
    """What sort of source it is: a text, as `Status` is."""

    PRIMARY = "primary"
    DATASET = "dataset"
    PRESS = "press"
    TERTIARY = "tertiary"


def _as_kind(value: object) -> Kind:
    return named(Kind, value, "kind")


class Rank(Word):
    """
    How a claim is ranked, as in Wikidata: a deprecated one carries the reason why it is thought wrong.

    A text, as `Status` is; `order` is the order of ranks, and that of their texts means nothing.
    """

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"

    @property
    def order(self) -> int:
        """0 for the best rank."""
        return _BEST_FIRST[self]


_BEST_FIRST = {rank: order for order, rank in enumerate(Rank)}


def as_rank(value: object) -> Rank:
    """A rank, or the rank of that name."""
    return named(Rank, value, "rank")


@frozen(cache_hash=True)
class Source(Formed):
    """
    A document or data set.

    A `title` in square brackets is a description, where the work has none or its own was not seen.
    `published` is the publication date of the work, not of a copy, and None where it is unknown;
    `consulted` the day on which it was read; `copies` the ids of sources that it copies from.
    """

    id: str
    kind: Kind = field(default=Kind.TERTIARY, converter=_as_kind)
    title: str = ""
    publisher: str = ""
    published: ImpreciseDate | None = field(default=None, converter=optional_date)
    consulted: ImpreciseDate | None = field(default=None, converter=optional_date)
    url: str = ""
    copies: tuple[str, ...] = field(default=(), converter=_texts)
    note: str = ""

    def __repr__(self) -> str:
        return brief(self, f"{self.id}: {self.title or self.publisher or self.kind}")

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, line

        known = (
            ("published", self.published),
            ("consulted", self.consulted),
            ("copies", ", ".join(self.copies)),
            ("note", self.note),
        )
        return card(
            headline(Link(self.title or self.id, self.url), f"{self.id}, {self.kind}"),
            line(self.publisher) if self.publisher else "",
            *(line(f"{name}: {value}") for name, value in known if value),
        )

    def as_dict(self) -> dict[str, Any]:
        """The source as JSON-ready values."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "title": self.title,
            "publisher": self.publisher,
            "published": self.published and self.published.edtf,
            "consulted": self.consulted and self.consulted.edtf,
            "url": self.url,
            "copies": list(self.copies),
            "note": self.note,
        }


class Sources(Listing[Source]):
    """Sources: a tuple that shows itself as a short table."""

    noun: ClassVar[str] = "source"
    head: ClassVar[tuple[str, ...]] = ("id", "kind", "published", "publisher", "title")

    @staticmethod
    def row(source: Source) -> Iterable[object]:
        """The cells of one source."""
        return source.id, source.kind, source.published or "?", source.publisher, source.title

    html_head: ClassVar[tuple[str, ...]] = ("source", "published", "kind")

    @classmethod
    def html_row(cls, source: Source) -> Iterable[object]:
        """The cells of one source: its title with a link, and what it is cited by."""
        from csto_membership._values.html import faint, joined

        by = ", ".join(filter(None, (source.publisher, source.id)))
        yield joined(Link(source.title or source.id, source.url), faint(f" {by}"))
        yield from (source.published or "?", source.kind)


@frozen(cache_hash=True)
class Claim(Formed):
    """
    One source's statement that one act fell on one imprecise date.

    `conflict` is the id of a controversy besides the event's own. `states` names those of the event's states that the
    claim concerns, none meaning all; `status` is what a `status` act leads to; `date` is None for a denial alone.
    A claim of an end may give `last_day`, the last day inside, from which the date follows.
    """

    source: str
    act: Act = field(converter=as_act)
    date: ImpreciseDate | None = field(default=None, converter=optional_date)
    locator: str = ""
    rank: Rank = field(default=Rank.NORMAL, converter=as_rank)
    inferred: bool = False
    states: tuple[str, ...] = field(default=(), converter=_texts)
    status: frozenset[Status] = field(default=frozenset(), converter=as_statuses)
    conflict: str = ""
    note: str = ""
    last_day: ImpreciseDate | None = field(default=None, converter=optional_date)

    def __repr__(self) -> str:
        return brief(self, f"{self.act} {self.date or 'undated'}, {self.rank}: {self.source}")

    def __attrs_post_init__(self) -> None:
        if self.last_day is not None and self.date is None:
            object.__setattr__(self, "date", self.last_day.later(0 if self.act.lag else 1))

    @cached_property
    def days_of_effect(self) -> Days | None:
        """The days (ordinals) on which the act may take effect, None for an undated denial."""
        if self.date is None:
            return None
        first, last = self.date.earliest, self.date.latest
        return Days(
            first.toordinal() + self.act.lag if first else EVER_BEFORE,
            last.toordinal() + self.act.lag if last else EVER_AFTER,
        )

    def as_dict(self) -> dict[str, Any]:
        """The claim as JSON-ready values."""
        values: dict[str, Any] = {
            "source": self.source,
            "act": self.act.value,
            "date": self.date and self.date.edtf,
            "locator": self.locator,
            "rank": self.rank.value,
            "inferred": self.inferred,
            "conflict": self.conflict,
            "note": self.note,
        }
        if self.last_day:
            values["last_day"] = self.last_day.edtf
        if self.status:
            values["status"] = in_order(self.status)
        return values


@frozen(cache_hash=True)
class Event(Formed):
    """
    Something that happened once, as its claims tell it; they may disagree on the date and even on the act.

    An event of several states is the same evidence for each of them.
    """

    id: str
    states: tuple[str, ...] = field(converter=_texts)
    claims: tuple[Claim, ...] = field(converter=_claims)
    instrument: str = ""
    conflict: str = ""
    note: str = ""

    def __repr__(self) -> str:
        return brief(self, f"{self.id}: {', '.join(self.states)}, {counted(len(self.claims), 'claim')}")

    def claims_of(self, state: str) -> tuple[Claim, ...]:
        """
        The claims that concern the state of that id.

        >>> from csto_membership import CSTO
        >>> notice = next(event for event in CSTO.record.events if event.id == "uzb-notice")
        >>> len(notice.claims_of("UZB")) == len(notice.claims), notice.claims_of("ARM")
        (True, ())
        """
        if state not in self.states:
            return ()
        return tuple(claim for claim in self.claims if not claim.states or state in claim.states)

    def as_dict(self) -> dict[str, Any]:
        """The event with all of its claims as JSON-ready values."""
        return {
            "id": self.id,
            "states": list(self.states),
            "instrument": self.instrument,
            "conflict": self.conflict,
            "note": self.note,
            "claims": [claim.as_dict() for claim in self.claims],
        }


class SpeaksOf(Word):
    """Of which days of its period an attestation speaks: a text, as `Status` is."""

    EVERY_DAY = "every_day"
    SOME_DAY = "some_day"
    LAST_DAY = "last_day"


def _as_speaks_of(value: object) -> SpeaksOf:
    return named(SpeaksOf, value, "speaks_of")


@frozen(cache_hash=True)
class Attestation(Formed):
    """
    One source's statement of a status on a day or in a period, not of an act.

    It never moves a timeline that acts have drawn: it is held against it.
    `complete` says that the source lists all states of that status.
    """

    source: str
    states: tuple[str, ...] = field(converter=_texts)
    status: frozenset[Status] = field(converter=as_statuses)
    during: Period = field(converter=_during)
    speaks_of: SpeaksOf = field(default=SpeaksOf.EVERY_DAY, converter=_as_speaks_of)
    complete: bool = False
    inferred: bool = False
    locator: str = ""
    conflict: str = ""
    note: str = ""

    def __repr__(self) -> str:
        return brief(self, f"{either(in_order(self.status))} {self.during}: {self.source} of {', '.join(self.states)}")

    @property
    def days(self) -> Period | None:
        """The days of which it speaks, each of them; None where it speaks of some unknown day of several."""
        if self.speaks_of is SpeaksOf.LAST_DAY:
            return Period(self.during.last, self.during.last)
        if self.speaks_of is SpeaksOf.EVERY_DAY or self.during.first == self.during.last:
            return self.during
        return None

    def statuses_of(self, state: str) -> frozenset[Status] | None:
        """What it allows for the state of that id; None where it says nothing of it."""
        if state in self.states:
            return self.status
        # A list of those who are anything says nothing of them, and so not of the others.
        return (ALL_STATUSES - self.status or None) if self.complete else None

    def as_dict(self) -> dict[str, Any]:
        """The attestation as JSON-ready values."""
        return {
            "source": self.source,
            "states": list(self.states),
            "status": in_order(self.status),
            "during": str(self.during),
            "speaks_of": self.speaks_of.value,
            "complete": self.complete,
            "inferred": self.inferred,
            "locator": self.locator,
            "conflict": self.conflict,
            "note": self.note,
        }


@frozen
class Step:
    """An announcement or a domestic approval: background, never in the order of acts and never an effect."""

    states: tuple[str, ...] = field(converter=_texts)
    source: str
    date: ImpreciseDate = field(converter=as_imprecise)
    note: str = ""
    locator: str = ""
    conflict: str = ""

    def __repr__(self) -> str:
        return brief(self, f"{self.date}: {self.note or self.source}")


@frozen
class Note:
    """A remark of sources that is no act, no attestation and no step."""

    text: str
    sources: tuple[str, ...] = field(converter=_texts)
    conflict: str = ""

    def __repr__(self) -> str:
        return brief(self, self.text)
