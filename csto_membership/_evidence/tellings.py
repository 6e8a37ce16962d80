"""
What the claims of one event can leave, whatever is chosen of its open sources.

A choice of sources *tells* the event by its alternatives, or not at all. All choices are too many to try: they double
with each source. The few that are tried leave everything that any choice leaves, since of what a choice leaves most
sources are no cause. By rank, precedence or `every`, a claim leaves its own days, or those of one other claim inside
them: the source of the one and that of the other are enough, and any further source only takes away. How votes are
counted is said in `votes`.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import Factory, field, frozen

from csto_membership._evidence.resolution import Alternative, Resolution, alternatives
from csto_membership._values.period import EVER_AFTER, Days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from csto_membership._evidence.claims import Claim

#: The claims that are there in any case, those of each free source, and which of them are kept.
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
    speaking: frozenset[str] = field(
        init=False, default=Factory(lambda self: frozenset(claim.source for claim in self.claims), takes_self=True)
    )
    _told: dict[frozenset[str], tuple[Telling, ...]] = field(init=False, factory=dict)

    @property
    def is_bounded(self) -> bool:
        """Whether the tellings are more than what the choices leave."""
        return False

    @cached_property
    def choices(self) -> tuple[frozenset[str], ...]:
        """The choices of free sources that are tried."""
        single = {frozenset(group): self.claims_of(group[:1]) for group in self.groups}
        pairs = (
            one | other
            for one, other in product(single, repeat=2)
            if any(refines(inner, outer) for inner in single[one] for outer in single[other])
        )
        choices = dict.fromkeys((frozenset[str](), *single, *pairs))
        if self.together:
            choices |= dict.fromkeys(choice | more for choice in tuple(choices) for more in single)
        return tuple(choices)

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The free sources in groups that say the same: any number of a group is as good as any other such number."""
        groups: dict[object, list[str]] = {}
        for source in sorted(self.free):
            says = frozenset(map(saying, self.claims_of({source})))
            groups.setdefault((says, source if self.is_apart(source) else ""), []).append(source)
        return tuple(map(tuple, groups.values()))

    def is_apart(self, source: str) -> bool:
        """Whether a source is not as good as another that says the same."""
        return source in self.tally.resolution.sources

    def claims_of(self, sources: Iterable[str]) -> tuple[Claim, ...]:
        """The claims of some sources."""
        taken = frozenset(sources)
        return tuple(claim for claim in self.claims if claim.source in taken)

    def tellings(self, taken: frozenset[str]) -> tuple[Telling, ...]:
        """How the event can be told: choices that leave all that any choice leaves."""
        taken &= self.speaking
        if taken not in self._told:
            self._told[taken] = tuple(self.tried(taken))
        return self._told[taken]

    def tried(self, taken: frozenset[str]) -> Iterator[Telling]:
        """The tellings, one after the other."""
        for chosen in self.choices:
            complete = len(chosen) == len(self.free) and not self.may_spare
            yield Telling(self.tally.left(self.claims_of(taken | chosen)), complete)

    @property
    def may_spare(self) -> bool:
        """Whether one of the free sources can always be left out, since another says the same."""
        return any(len(group) > 1 for group in self.groups)

    def leaves_one(self, taken: frozenset[str]) -> bool:
        """Whether one and the same alternative is left, whatever is chosen."""
        left: set[object] = set()
        for telling in self.tried(taken & self.speaking):
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
        if self.free:
            return any(_can_avoid(*way, days) for way in self._ways(taken & self.speaking))
        return any(leave_out(telling.alternatives, days) for telling in self.tellings(taken))

    def _ways(self, taken: frozenset[str]) -> Iterator[_Way]:
        """Who decides: the claims that are there in any case, those that may be, source by source, and which are kept."""
        own, others = self.claims_of(taken), [group[0] for group in self.groups]
        for source in self.tally.resolution.sources:
            if source in taken:
                yield own, self._claims_by(others), lambda claim, source=source: claim.source == source  # type: ignore[misc]
                return
            if source in others:
                others.remove(source)
                kept = (*own, *self.claims_of({source}))
                yield kept, self._claims_by(others), lambda claim, source=source: claim.source == source  # type: ignore[misc]
        free = self._claims_by(others)
        if self.tally.resolution.name == "every":
            yield own, free, lambda _: True
            return
        best = min((claim.rank.order for claim in own), default=None)
        for rank in sorted({claim.rank.order for claim in (*own, *chain.from_iterable(free))}):
            if best is None or rank <= best:
                no_better = tuple(claims for claims in free if all(claim.rank.order >= rank for claim in claims))
                yield own, no_better, lambda claim, rank=rank: claim.rank.order == rank  # type: ignore[misc]

    def _claims_by(self, sources: Iterable[str]) -> tuple[tuple[Claim, ...], ...]:
        return tuple(self.claims_of({source}) for source in sources)


def saying(claim: Claim) -> tuple[object, ...]:
    """What a claim says, and how it is ranked."""
    return *said(claim), claim.rank


def said(claim: Claim) -> tuple[object, ...]:
    """What a claim says."""
    return *kind(claim), claim.days_of_effect


def kind(claim: Claim) -> tuple[object, ...]:
    """What an act is, whenever it was."""
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
        if not touches(claim.days_of_effect, days):
            continue
        inside = [one for one in claims if refines(one, claim)]
        outside = [one for one in inside if not touches(one.days_of_effect, days)]
        if not outside:
            return claim
        for one in inside:
            if touches(one.days_of_effect, days) and not any(lies_inside(other, one) for other in outside):
                return one
    return None


def leave_out(given: tuple[Alternative, ...], days: Days) -> bool:
    """Whether there are alternatives, and by none of them the event can have happened on one of the days."""
    return bool(given) and not any(touches(one.days, days) for one in given)


def touches(own: Days | None, days: Days) -> bool:
    """Whether an alternative can have happened on one of the days; one that never happened always can."""
    return own is None or (own.first <= days.last and days.first <= own.last)


def refines(inner: Claim, outer: Claim) -> bool:
    """Whether a claim makes another more precise."""
    return inner.rank.order <= outer.rank.order and lies_inside(inner, outer)


def lies_inside(inner: Claim, outer: Claim) -> bool:
    """Whether the days of a claim lie strictly inside those of another."""
    days = inner.days_of_effect
    return days != outer.days_of_effect and days is not None and covers(outer.days_of_effect, days)


def covers(outer: Days | None, inner: Days | None) -> bool:
    """Whether the days of an event lie in others, or are the same; what never happened, in what never did."""
    if outer is None or inner is None:
        return outer is inner
    return outer.first <= inner.first and inner.last <= outer.last
