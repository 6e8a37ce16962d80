"""
What the claims of one event can leave by their votes, whatever is chosen of its open sources.

Where no source copies, each open one says one thing, and every claim that lies inside another makes it more precise,
an alternative has the most votes, if ever, with all the open sources that say it or can be made to, and no other but
one that makes them precise: any further source is a vote for its rivals. Other votes are counted choice by choice, up
to a number of choices; beyond it, every alternative stays that could have the votes.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain, product
from math import prod
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._evidence.resolution import Alternative
from csto_membership._evidence.tellings import (
    OpenEvent,
    Tally,
    Telling,
    covers,
    kind,
    leave_out,
    lies_inside,
    refines,
    said,
    saying,
    touches,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.claims import Claim
    from csto_membership._values.period import Days

#: At most so many choices of the sources of one event are counted one by one.
MOST_COUNTED = 256


@frozen(eq=False)
class VotedEvent(OpenEvent):
    """An event of which votes decide what its claims leave."""

    @property
    def is_bounded(self) -> bool:
        """Whether there are too many votes to count, so that the tellings are more than what the choices leave."""
        return not self._add_up and self._number > MOST_COUNTED

    @cached_property
    def _number(self) -> int:
        return prod(len(group) + 1 for group in self.groups)

    def is_apart(self, source: str) -> bool:
        """Whether a source copies another that speaks of the event, or is copied."""
        return any(source == one or source in copied for one, copied in self._copied.items())

    @property
    def may_spare(self) -> bool:
        """No: each of the free sources has a vote."""
        return False

    @cached_property
    def _copied(self) -> dict[str, frozenset[str]]:
        """The sources that copy others that speak of the event, and which."""
        copied = {source: self.tally.copies.get(source, frozenset()) & self.speaking for source in self.speaking}
        return {source: others for source, others in copied.items() if others}

    @cached_property
    def _add_up(self) -> bool:
        """Whether votes only add up: see the module."""
        several = any(len(set(map(said, self.claims_of({source})))) > 1 for source in self.free)
        apart = any(
            lies_inside(one, other) and not refines(one, other) for one, other in product(self.claims, repeat=2)
        )
        return not self._copied and not several and not apart and not (self.together and self._number > 1)

    @cached_property
    def choices(self) -> tuple[frozenset[str], ...]:
        """The choices of free sources that are tried."""
        if self._add_up:
            return tuple(dict.fromkeys(self._supporting()))
        numbers = product(*(range(len(group) + 1) for group in self.groups))
        return tuple(
            frozenset(chain.from_iterable(g[:n] for g, n in zip(self.groups, each, strict=True))) for each in numbers
        )

    def _supporting(self) -> Iterator[frozenset[str]]:
        """For each alternative the free sources that are for it, perhaps with one more that makes them precise."""
        yield frozenset()
        claims = self.claims_of(self.free)
        ranges = {claim.days_of_effect for claim in self.claims}
        for what, days in product({kind(claim) for claim in self.claims}, ranges):
            support = self._support(what, days)
            chosen = [support]
            if not any(claim.days_of_effect == days and claim.source in support for claim in claims):
                precise = {kind(claim): claim.source for claim in claims if claim.days_of_effect == days}
                chosen += [support | {source} for source in precise.values()]
            for one in chosen:
                yield one
                if one == self.free:
                    # All sources together may be no choice.
                    yield from (one - {source} for source in support)

    def _support(self, what: object, days: Days | None) -> frozenset[str]:
        """The free sources of which a claim can be made as precise as the days."""
        return frozenset(
            claim.source
            for claim in self.claims_of(self.free)
            if kind(claim) == what and covers(claim.days_of_effect, days)
        )

    def tried(self, taken: frozenset[str]) -> Iterator[Telling]:
        """The tellings, one after the other."""
        return self._bounded(taken) if self.is_bounded else super().tried(taken)

    def _bounded(self, taken: frozenset[str]) -> Iterator[Telling]:
        """Each alternative that may have the most votes, alone and with all others; nobody may speak, if none is taken."""
        claims = self.claims_of(taken | self.free)
        least = max((self._least_votes(claim, taken) for claim in self.claims_of(taken)), default=1)
        left: dict[object, Alternative] = {}
        for claim in claims:
            for days in {claim.days_of_effect, *(one.days_of_effect for one in claims if refines(one, claim))}:
                given = tuple(one for one in claims if kind(one) == kind(claim) and covers(one.days_of_effect, days))
                if len({one.source for one in given}) >= least:
                    left.setdefault((kind(claim), days), Alternative(claim.act, claim.status, days, given))
        if not taken:
            yield Telling((), complete=False)
        for alternative in left.values():
            yield Telling((alternative,), complete=False)
        yield Telling(tuple(left.values()), complete=False)

    def _least_votes(self, claim: Claim, taken: frozenset[str]) -> int:
        """Votes that an alternative has in any case: of the sources that say the same as a claim, and copy nobody."""
        same = {one.source for one in self.claims_of(taken) if saying(one) == saying(claim)}
        return max(1, len(same - self._copied.keys()))

    def avoids(self, taken: frozenset[str], days: Days) -> bool:
        """Whether some choice tells the event so that it cannot have happened on any of the days."""
        if not self._add_up:
            return any(leave_out(telling.alternatives, days) for telling in self.tellings(taken))
        # Sources of which all days are outside take votes from those inside, and give them none.
        outside = {one.source for one in self.claims_of(self.free) if not touches(one.days_of_effect, days)}
        present = self.claims_of(taken | outside)
        precise = {
            claim.days_of_effect
            for claim in present
            if not touches(claim.days_of_effect, days) and not any(lies_inside(one, claim) for one in present)
        }
        return any(
            leave_out(self.tally.left(self.claims_of(taken | outside | self._support(what, each))), days)
            for what, each in product({kind(claim) for claim in self.claims}, precise)
        )


def open_event(claims: tuple[Claim, ...], free: frozenset[str], tally: Tally, *, together: bool = False) -> OpenEvent:
    """An event of which the claims of some sources are open, as the policy of the tally has it."""
    made = VotedEvent if tally.resolution.name == "majority" else OpenEvent
    return made(claims, free, tally, together)
