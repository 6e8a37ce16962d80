"""
What the claims of one event can leave, whatever is chosen of its open sources.

A choice of sources *tells* the event by its alternatives, or not at all. All choices are too many to try: they double
with each source. The few that are tried here leave everything that any choice leaves, since of what one choice leaves
most sources are no cause:

- By rank, precedence or `every`, a claim leaves its own days, or those of one other claim inside them. The source of
  the one and that of the other are enough; any further source only takes away.
- By votes, where no claim lies inside another and no source copies, an alternative leaves most with its own sources and
  those that are used for certain. Other votes are counted choice by choice, up to a number of choices; beyond it every
  alternative stays that could have the votes.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain, product
from math import prod
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import Factory, field, frozen

from csto_membership._evidence.resolution import Alternative, alternatives
from csto_membership._values.period import EVER_AFTER, Days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from csto_membership._evidence.claims import Claim
    from csto_membership._evidence.resolution import Resolution

#: At most so many choices of the sources of one event are counted vote by vote.
MOST_COUNTED = 256

_Way: TypeAlias = "tuple[tuple[Claim, ...], tuple[tuple[Claim, ...], ...], Callable[[Claim], bool]]"


@frozen(eq=False)
class Tally:
    """What claims leave by a policy, worked out once: many states and many choices of sources share an event's claims."""

    resolution: Resolution
    copies: Mapping[str, frozenset[str]]
    _left: dict[tuple[Claim, ...], tuple[Alternative, ...]] = field(init=False, factory=dict)

    def left(self, claims: tuple[Claim, ...]) -> tuple[Alternative, ...]:
        """The alternatives that claims of one event leave; none without claims."""
        if claims not in self._left:
            self._left[claims] = alternatives(claims, self.resolution, self.copies)
        return self._left[claims]


class Telling(NamedTuple):
    """How a choice of sources tells an event; without alternatives, not at all. `complete` if it takes all that are free."""

    alternatives: tuple[Alternative, ...]
    complete: bool


@frozen(eq=False)
class OpenEvent:
    """
    The claims of one event for one state, and its `free` sources: those that are chosen for this event alone.

    What is asked is asked for the sources that are taken in any case, whatever is chosen of the free ones. With
    `together` the tellings also show which alternatives of different claims can be left together.
    """

    claims: tuple[Claim, ...]
    free: frozenset[str]
    tally: Tally
    together: bool = False
    _told: dict[frozenset[str], tuple[Telling, ...]] = field(init=False, factory=dict)
    speaking: frozenset[str] = field(
        init=False, default=Factory(lambda self: frozenset(claim.source for claim in self.claims), takes_self=True)
    )

    @property
    def _resolution(self) -> Resolution:
        return self.tally.resolution

    @property
    def _votes(self) -> bool:
        return self._resolution.name == "majority"

    def _copied(self, source: str) -> frozenset[str]:
        """From which of those that speak of the event a source copies."""
        return self.tally.copies.get(source, frozenset()) & self.speaking

    @cached_property
    def _groups(self) -> tuple[tuple[str, ...], ...]:
        """The free sources in groups that say the same: any number of a group is as good as any other such number."""
        copying = {one for source in self.speaking if (copied := self._copied(source)) for one in (source, *copied)}
        groups: dict[object, list[str]] = {}
        for source in sorted(self.free & self.speaking):
            apart = source in (copying if self._votes else self._resolution.sources)
            # Where votes only add up, ranks make no difference.
            says = frozenset(map(_said if self._votes and self._is_plain else saying, self._claims_of({source})))
            groups.setdefault((says, source if apart else ""), []).append(source)
        return tuple(map(tuple, groups.values()))

    @cached_property
    def is_bounded(self) -> bool:
        """Whether the tellings are more than what the choices leave, since there are too many votes to count."""
        return self._votes and not self._is_plain and self._number > MOST_COUNTED

    @cached_property
    def _number(self) -> int:
        return prod(len(group) + 1 for group in self._groups)

    @cached_property
    def _is_plain(self) -> bool:
        """Whether votes only add up: no claim lies inside another, no source copies, and each free one says one thing."""
        copied = any(map(self._copied, self.speaking))
        several = any(len({_said(one) for one in self._claims_of({source})}) > 1 for source in self.free)
        return (
            not copied
            and not several
            and not any(_refines(one, other) for one, other in product(self.claims, repeat=2))
        )

    def _claims_of(self, sources: Iterable[str]) -> tuple[Claim, ...]:
        taken = frozenset(sources)
        return tuple(claim for claim in self.claims if claim.source in taken)

    def tellings(self, taken: frozenset[str]) -> tuple[Telling, ...]:
        """How the event can be told: the choices that leave all that any choice leaves."""
        taken &= self.speaking
        if taken not in self._told:
            self._told[taken] = tuple(self._bounded(taken) if self.is_bounded else self._tried(taken))
        return self._told[taken]

    def _tried(self, taken: frozenset[str]) -> Iterator[Telling]:
        for chosen in self._choices:
            claims = self._claims_of(taken | chosen)
            yield Telling(self.tally.left(claims), complete=len(chosen) == len(self.free))

    @cached_property
    def _choices(self) -> tuple[frozenset[str], ...]:
        """The choices of free sources that are tried: see the module."""
        if self._votes and not self._is_plain:
            numbers = product(*(range(len(group) + 1) for group in self._groups))
            return tuple(
                frozenset(chain.from_iterable(g[:n] for g, n in zip(self._groups, each, strict=True)))
                for each in numbers
            )
        single = [frozenset(g[:n]) for g in self._groups for n in range(1, (len(g) if self._votes else 1) + 1)]
        claims = [self._claims_of(group[:1]) for group in self._groups]
        paired = [
            frozenset((self._groups[one][0], self._groups[other][0]))
            for one, other in product(range(len(claims)), repeat=2)
            if any(_refines(inner, outer) for inner in claims[one] for outer in claims[other])
        ]
        choices = dict.fromkeys((frozenset[str](), *single, *(paired if not self._votes else ())))
        if self.together:
            groups_of = {source: group for group in self._groups for source in group}
            choices |= dict.fromkeys(
                choice | more
                for choice in tuple(choices)
                for more in single
                if not any(groups_of[source] is groups_of[other] for source in choice for other in more)
            )
        return tuple(choices)

    def _bounded(self, taken: frozenset[str]) -> Iterator[Telling]:
        """Each alternative that may have the most votes, alone and with all others; nobody may speak, if none is taken."""
        claims = self._claims_of(taken | self.free)
        least = max((self._least_votes(claim, taken) for claim in self._claims_of(taken)), default=1)
        left: dict[object, Alternative] = {}
        for claim in claims:
            for days in {claim.days_of_effect, *(one.days_of_effect for one in claims if _refines(one, claim))}:
                given = tuple(one for one in claims if _kind(one) == _kind(claim) and _covers(one.days_of_effect, days))
                if len({one.source for one in given}) >= least:
                    left.setdefault((_kind(claim), days), Alternative(claim.act, claim.status, days, given))
        if not taken:
            yield Telling((), complete=False)
        for alternative in left.values():
            yield Telling((alternative,), complete=False)
        yield Telling(tuple(left.values()), complete=False)

    def _least_votes(self, claim: Claim, taken: frozenset[str]) -> int:
        """Votes that an alternative has in any case: of the sources that say the same as a claim, and copy nobody."""
        same = {one.source for one in self._claims_of(taken) if saying(one) == saying(claim)}
        return max(1, sum(not self._copied(source) for source in same))

    def leaves_one(self, taken: frozenset[str]) -> bool:
        """Whether one and the same alternative is left, whatever is chosen."""
        left: set[object] = set()
        for telling in () if self.is_bounded else self._tried(taken & self.speaking):
            left.update((one.act, one.statuses, one.days) for one in telling.alternatives)
            if len(left) > 1 or not telling.alternatives:
                return False
        return len(left) == 1

    def latest(self, taken: frozenset[str], day: int) -> int | None:
        """
        The day by which the event can have happened after another, whatever is chosen; None if a choice leaves no day.

        Where nobody tells the event nothing has to happen.
        """
        if self.avoids(taken, Days(day, EVER_AFTER)):
            return None
        firsts = {days.first for claim in self.claims if (days := claim.days_of_effect) and days.first > day}
        for first in sorted(firsts, reverse=True):
            if self.avoids(taken, Days(day, first - 1)):
                return first
        return day

    def avoids(self, taken: frozenset[str], days: Days) -> bool:
        """Whether some choice tells the event so that it cannot have happened on any of the days."""
        if self._votes or not self.free:
            return any(
                telling.alternatives and not any(_touches(one.days, days) for one in telling.alternatives)
                for telling in self.tellings(taken)
            )
        return any(_can_avoid(*way, days) for way in self._ways(taken & self.speaking))

    def _ways(self, taken: frozenset[str]) -> Iterator[_Way]:
        """Who decides: the claims that are there in any case, those that may be, source by source, and which are kept."""
        own, others = self._claims_of(taken), [group[0] for group in self._groups]
        for source in self._resolution.sources:
            if source in taken:
                yield own, self._claims_by(others), lambda claim, source=source: claim.source == source  # type: ignore[misc]
                return
            if source in others:
                others.remove(source)
                kept = (*own, *self._claims_of({source}))
                yield kept, self._claims_by(others), lambda claim, source=source: claim.source == source  # type: ignore[misc]
        free = self._claims_by(others)
        if self._resolution.name == "every":
            yield own, free, lambda _: True
            return
        best = min((claim.rank.order for claim in own), default=None)
        for rank in sorted({claim.rank.order for claim in (*own, *chain.from_iterable(free))}):
            if best is None or rank <= best:
                no_better = tuple(claims for claims in free if all(claim.rank.order >= rank for claim in claims))
                yield own, no_better, lambda claim, rank=rank: claim.rank.order == rank  # type: ignore[misc]

    def _claims_by(self, sources: Sequence[str]) -> tuple[tuple[Claim, ...], ...]:
        return tuple(self._claims_of({source}) for source in sources)


def saying(claim: Claim) -> tuple[object, ...]:
    """What a claim says, and how it is ranked."""
    return *_said(claim), claim.rank


def _said(claim: Claim) -> tuple[object, ...]:
    return *_kind(claim), claim.days_of_effect


def _kind(claim: Claim) -> tuple[object, ...]:
    return claim.act, claim.status


def _can_avoid(
    own: tuple[Claim, ...], free: tuple[tuple[Claim, ...], ...], kept: Callable[[Claim], bool], days: Days
) -> bool:
    """
    Whether with some of the free sources every kept claim leaves only days outside some days.

    All are taken, and those that leave days inside are taken away until none is left: two choices that avoid the days
    do so together.
    """
    left = list(free)
    while offender := _offender((*own, *chain.from_iterable(left)), kept, days):
        if offender in own:
            return False
        left = [claims for claims in left if offender not in claims]
    return any(map(kept, (*own, *chain.from_iterable(left))))


def _offender(claims: tuple[Claim, ...], kept: Callable[[Claim], bool], days: Days) -> Claim | None:
    """A claim that leaves one of the days, and does so with fewer claims as well."""
    for claim in filter(kept, claims):
        if not _touches(claim.days_of_effect, days):
            continue
        inside = [one for one in claims if _refines(one, claim)]
        outside = [one for one in inside if not _touches(one.days_of_effect, days)]
        if not outside:
            return claim
        for one in inside:
            if _touches(one.days_of_effect, days) and not any(_lies_inside(other, one) for other in outside):
                return one
    return None


def _touches(own: Days | None, days: Days) -> bool:
    """Whether an alternative can have happened on one of the days; one that never happened always can."""
    return own is None or (own.first <= days.last and days.first <= own.last)


def _refines(inner: Claim, outer: Claim) -> bool:
    """Whether a claim makes another more precise."""
    return inner.rank.order <= outer.rank.order and _lies_inside(inner, outer)


def _lies_inside(inner: Claim, outer: Claim) -> bool:
    """Whether the days of a claim lie strictly inside those of another."""
    days = inner.days_of_effect
    return days != outer.days_of_effect and days is not None and _covers(outer.days_of_effect, days)


def _covers(outer: Days | None, inner: Days | None) -> bool:
    if outer is None or inner is None:
        return outer is inner
    return outer.first <= inner.first and inner.last <= outer.last
