"""Resolution: the policies by which the claims of one event become its possible (act, day) alternatives."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from csto_membership._values.acts import Act, Status
from csto_membership.exceptions import ArgumentError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from csto_membership._evidence.claims import Claim, Source
    from csto_membership._values.period import Days


_NAMES = ("preferred", "every", "majority")


@frozen
class Resolution:
    """
    A policy.

    "preferred" keeps the claims of the best rank present, "every" all claims, "majority" what most independent
    sources give, "precedence" the claims of the first of `sources` that speaks (where none does, as "preferred").
    """

    name: str
    sources: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.name not in (*_NAMES, "precedence"):
            raise UnknownNameError("resolution", self.name, (*_NAMES, "precedence(...)"))
        if bool(self.sources) is not (self.name == "precedence"):
            raise ArgumentError("sources", self.sources, "only precedence names sources, at least one")

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.sources)})" if self.sources else self.name


def precedence(*sources: Source | str) -> Resolution:
    """
    The policy that believes the first of these sources that speaks of an event.

    Raises `ArgumentError` for no source at all, for what is no source, and for one named twice, which contradicts
    itself.

    >>> precedence("depositary", "press")
    Resolution(name='precedence', sources=('depositary', 'press'))
    """
    given: tuple[Any, ...] = sources
    ids: tuple[str, ...] = tuple(getattr(source, "id", source) for source in given)
    if not ids:
        raise ArgumentError("sources", ids, "precedence() needs at least one source")
    for id in ids:
        if not isinstance(id, str):
            raise ArgumentError("sources", id, "a source is given by its id, or as a Source")
        if ids.count(id) > 1:
            raise ArgumentError("sources", id, "precedence() has this source twice")
    return Resolution("precedence", ids)


def as_resolution(value: Resolution | str) -> Resolution:
    """A policy, or the one of that name."""
    if isinstance(value, Resolution):
        return value
    if isinstance(value, str) and value in _NAMES:
        return Resolution(value)
    raise UnknownNameError("resolution", value, (*_NAMES, "precedence(...)"))


@frozen
class Alternative:
    """
    One way in which an event may have happened: an act taking effect on one day from `first` to `last` (ordinals).

    `statuses` is where a `status` act leads. An undated denial has no days: the event never happened.
    """

    act: Act
    statuses: frozenset[Status]
    days: Days | None
    #: The claims that say so; or those of the event from which it and others follow, of which it is found out when asked.
    _claims: tuple[Claim, ...] | _Told = field(default=(), alias="claims", eq=False, repr=False)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that say so."""
        return self._claims if isinstance(self._claims, tuple) else self._claims.saying(self)


def claims_behind(given: Iterable[Alternative]) -> tuple[Claim, ...]:
    """The claims of which each says one of the alternatives of an event: those of all, found at once."""
    said = {id(alternative._claims): alternative._claims for alternative in given}  # noqa: SLF001
    return tuple(
        dict.fromkeys(claim for one in said.values() for claim in (one if isinstance(one, tuple) else one.kept))
    )


def alternatives(
    claims: Sequence[Claim], resolution: Resolution, copies: Mapping[str, frozenset[str]]
) -> tuple[Alternative, ...]:
    """
    The alternatives that the claims of one event leave for one state, in the order of the claims.

    `copies` gives for each source all that it copies from, directly or through others.
    """
    precise = Precise.of(claims)
    if resolution.name == "majority":
        return _majority(claims, precise, copies)
    return _Told(precise, _kept(claims, resolution)).alternatives()


def _kept(claims: Sequence[Claim], resolution: Resolution) -> tuple[Claim, ...]:
    if resolution.name == "every":
        return tuple(claims)
    for source in resolution.sources:
        if speaking := tuple(claim for claim in claims if claim.source == source):
            return speaking
    best = min((claim.rank.order for claim in claims), default=0)
    return tuple(claim for claim in claims if claim.rank.order == best)


@frozen(eq=False)
class Precise:
    """
    How the claims of an event are made more precise by those of the same or a better rank that lie strictly inside.

    What lies inside a range and has nothing inside itself is one of the narrowest ranges of all, and of these none lies
    inside another: in the order of their first days their last days are in order too, and what a claim is made precise
    by is one run of them.
    """

    #: By rank (0 the best) the narrowest ranges of the claims of this and all better ranks, in order.
    narrowest: Mapping[int, Sequence[Days]]

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Precise:
        """What the dated claims of an event say of one another."""
        by_rank: dict[int, set[Days]] = {}
        for claim in claims:
            if days := claim.days_of_effect:
                by_rank.setdefault(claim.rank.order, set()).add(days)
        narrowest: dict[int, Sequence[Days]] = {}
        known: Sequence[Days] = ()
        for rank in sorted(by_rank):
            known = narrowest[rank] = _narrowest(by_rank[rank].union(known))
        return cls(narrowest)

    def run(self, claim: Claim) -> range:
        """The numbers of the narrowest ranges of its rank that a dated claim takes: always one at least, perhaps its own."""
        own, ranges = claim.days_of_effect, self.narrowest[claim.rank.order]
        assert own, "asked of dated claims"
        return range(
            bisect_left(ranges, own.first, key=attrgetter("first")),
            bisect_right(ranges, own.last, key=attrgetter("last")),
        )

    def days(self, claim: Claim) -> Sequence[Days | None]:
        """The days of a claim, each of which is one alternative; None alone for an undated denial."""
        if claim.date is None:
            return (None,)
        run = self.run(claim)
        return self.narrowest[claim.rank.order][run.start : run.stop]

    def are_of(self, days: Days | None, claim: Claim) -> bool:
        """Whether the days are some of those of a claim."""
        own = claim.days_of_effect
        if own is None or days is None:
            return own is days
        ranges = self.narrowest[claim.rank.order]
        number = bisect_left(ranges, days.first, key=attrgetter("first"))
        inside = own.first <= days.first and days.last <= own.last
        return inside and number < len(ranges) and ranges[number] == days


def _narrowest(ranges: Iterable[Days]) -> list[Days]:
    """Those of some ranges inside which no other lies."""
    kept: list[Days] = []
    # From behind, of those that begin together the shortest first: each ends before all that were kept.
    for days in sorted(ranges, key=lambda days: (-days.first, days.last)):
        if not kept or days.last < kept[-1].last:
            kept.append(days)
    return kept[::-1]


@frozen(eq=False)
class _Told:
    """The claims of an event that a policy keeps, and what makes them precise."""

    precise: Precise
    kept: tuple[Claim, ...]

    def alternatives(self) -> tuple[Alternative, ...]:
        """What the claims say, each of it once."""
        if len(self.kept) == 1:
            (claim,) = self.kept
            return tuple(Alternative(claim.act, claim.status, days, self) for days in self.precise.days(claim))
        found: dict[object, Alternative] = {}
        passed: dict[object, dict[int, int]] = {}
        for claim in self.kept:
            rank = claim.rank.order
            # Ranges around many narrow ones overlap: each of the narrow ones is looked at once for every act.
            for days in self._unseen(claim, passed.setdefault((claim.act, claim.status, rank), {})):
                what = claim.act, claim.status, days
                if what not in found:
                    found[what] = Alternative(*what, self)
        return tuple(found.values())

    def _unseen(self, claim: Claim, passed: dict[int, int]) -> Iterator[Days | None]:
        """The days of a claim that no claim of the same act and rank has; `passed` leads past those that one has."""
        if claim.date is None:
            yield None
            return
        run, ranges = self.precise.run(claim), self.precise.narrowest[claim.rank.order]
        number = _first_not_in(passed, run.start)
        while number < run.stop:
            yield ranges[number]
            passed[number] = number + 1
            number = _first_not_in(passed, number)

    def saying(self, alternative: Alternative) -> tuple[Claim, ...]:
        """The claims that say an alternative."""
        return tuple(
            claim
            for claim in self.kept
            if claim.act is alternative.act
            and claim.status == alternative.statuses
            and self.precise.are_of(alternative.days, claim)
        )


def _first_not_in(passed: dict[int, int], number: int) -> int:
    """The first number from this one on that was not passed; the way there is made short."""
    way = []
    while number in passed:
        way.append(number)
        number = passed[number]
    passed.update(dict.fromkeys(way, number))
    return number


def _majority(
    claims: Sequence[Claim], precise: Precise, copies: Mapping[str, frozenset[str]]
) -> tuple[Alternative, ...]:
    """What most sources say (an act, on some days), not counting one that copies another which says the same."""
    said: dict[tuple[Act, frozenset[Status], Days | None], list[Claim]] = {}
    for claim in claims:
        for days in precise.days(claim):
            said.setdefault((claim.act, claim.status, days), []).append(claim)
    votes: dict[tuple[Act, frozenset[Status], Days | None], int] = {}
    for what, saying in said.items():
        sources = {claim.source for claim in saying}
        votes[what] = max(1, sum(sources.isdisjoint(copies.get(source, frozenset()) - {source}) for source in sources))
    most = max(votes.values(), default=0)
    won = [what for what, number in votes.items() if number == most]
    kept = {id(claim) for what in won for claim in said[what]}
    told = _Told(precise, tuple(claim for claim in claims if id(claim) in kept))
    return tuple(Alternative(*what, told) for what in won)


def each_alone(claims: Sequence[Claim]) -> Iterator[tuple[Claim, tuple[Alternative, ...]]]:
    """Each claim of an event, with the alternatives if of these claims it alone were right; equal ones are one object."""
    precise = Precise.of(claims)
    made: dict[object, tuple[Alternative, ...]] = {}
    for claim in claims:
        run = precise.run(claim) if claim.date else None
        meant = claim.act, claim.status, claim.rank, run
        if meant not in made:
            made[meant] = _Told(precise, (claim,)).alternatives()
        yield claim, made[meant]
