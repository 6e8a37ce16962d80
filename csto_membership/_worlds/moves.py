"""
From one state's alternatives and a reading to moves between positions.

A position is a status, or one of a few that stand for what a selection of sources leaves open.
"""

from __future__ import annotations

from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import evolve, field, frozen

from csto_membership._values.acts import CONSENT, Act, Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._worlds.entries import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from csto_membership._evidence.resolution import Alternative
    from csto_membership._values.readings import Effect, Reading
    from csto_membership._worlds.entries import Entries

#: Before every day: no world can go on from there.
NEVER = EVER_BEFORE - 1
#: Positions besides the statuses, for what a selection of sources leaves open before its first act with an effect:
#: nothing, where that act opens the relation; anything, where it does not; and anything, whatever it is, where an event
#: that may have had an effect was passed over.
NOTHING_YET, ANYTHING, UNVOUCHED = "nothing yet", "anything", "unvouched"
_ANYTHING = (ANYTHING, UNVOUCHED)


class Stay(NamedTuple):
    """
    A position of which more is to be known: of an entry into force, and of the choice of sources.

    `base` is the position without that. `since` is the day from which a signatory may have become member without an
    act that says so, EVER_AFTER for none, and None outside a stay as signatory. `silent` says that this has happened in
    the world, `denied` that the world denies an entry into force. `choice` stands for what later events have to know of
    the sources that were chosen; 0 is nothing.
    """

    base: Status | str
    since: int | None = None
    silent: bool = False
    denied: bool = False
    choice: int = 0

    @property
    def position(self) -> Position:
        """The position: the plain one where nothing else is left to know."""
        known = self.since is not None or self.silent or self.denied or self.choice
        return self if known else self.base


Position: TypeAlias = "Status | str | Stay"


def base_of(at: Position) -> Status | str:
    """The position without what is known besides."""
    return at.base if isinstance(at, Stay) else at


def is_unanchored(at: Position) -> bool:
    """Whether anything may have been in the position."""
    return base_of(at) in _ANYTHING


class Edges(Enum):
    """
    What a chain vouches for besides its events.

    The whole record begins with no relation. A selection of sources does so only where the first act with an effect
    opens the relation, and no event with an effect was passed over before it. A part of the evidence does so only where
    that act opens: it does not vouch for what it leaves out.
    """

    WHOLE = "whole"
    SELECTION = "selection"
    PART = "part"


#: For each choice so far the choices with which one goes on.
Choices: TypeAlias = "Mapping[int, tuple[int, ...]]"


@frozen
class Chain:
    """
    One state's events as the engine takes them: for each event its alternatives.

    `effective` are the numbers of the events of which any source claims an act with an effect: an alternative without
    one passes them over, and so does a world in which no source tells them; `untold` are those that may be so.
    `in_force` has for each event the first day on which its instrument can be in force. `forces` are the numbers of the
    events of entry into force, which a denial denies; `derived` those that follow from a deposit, and act only on a
    signatory.
    `choices` has for each event how the choice of sources goes on with each of its alternatives and, last, where it is
    untold; nothing for an event that is the same by any choice.
    """

    events: tuple[tuple[Alternative, ...], ...]
    edges: Edges = Edges.WHOLE
    untold: frozenset[int] = frozenset()
    in_force: tuple[int, ...] = ()
    forces: frozenset[int] = frozenset()
    derived: frozenset[int] = frozenset()
    effective: frozenset[int] = frozenset()
    choices: tuple[tuple[Choices, ...], ...] = field(default=(), eq=False)

    @property
    def meaning(self) -> object:
        """What distinguishes the chain from others: all but who said so."""
        events = tuple(tuple((one.act, one.statuses, one.days) for one in event) for event in self.events)
        choices = tuple(tuple(tuple(each.items()) for each in event) for event in self.choices)
        known = self.in_force, self.forces, self.derived, self.effective
        return events, self.edges, self.untold, known, choices

    @property
    def starts(self) -> tuple[Position, ...]:
        """The positions in which a world may begin."""
        return (Status.NONE,) if self.edges is Edges.WHOLE else (NOTHING_YET, ANYTHING)

    def ends(self, positions: Iterable[Position]) -> dict[Position, int]:
        """For each position the latest day on which a world may end in it: every day, or none at all."""
        return {at: EVER_AFTER if self.may_end(at) else NEVER for at in positions}

    def may_end(self, position: Position) -> bool:
        """Whether a world may end in the position."""
        base = base_of(position)
        edge = ANYTHING if self.edges is Edges.PART else NOTHING_YET
        return isinstance(base, Status) or base in (edge, UNVOUCHED)

    def replacing(self, others: Mapping[int, tuple[Alternative, ...]], edges: Edges) -> Chain:
        """The chain with other alternatives for the events of some numbers, whatever is chosen; untold without any."""
        events, untold, choices = list(self.events), set(self.untold), list(self.choices)
        for number, given in others.items():
            untold |= set() if given else {number}
            if choices and choices[number]:
                choices[number] = _replaced(choices[number], len(given), untold=number in self.untold)
            events[number] = given
        return evolve(self, events=tuple(events), edges=edges, untold=frozenset(untold), choices=tuple(choices))


def _replaced(choices: tuple[Choices, ...], number: int, *, untold: bool) -> tuple[Choices, ...]:
    """How the choice goes on with that number of other alternatives, each as with any of those before; last, untold."""
    told, silent = (choices[:-1], choices[-1:]) if untold else (choices, ())
    if not number:
        told, silent = (), (_joined(choices),)
    return (*[_joined(told)] * number, *silent)


def _joined(choices: tuple[Choices, ...]) -> Choices:
    """How the choice goes on by one way or another."""
    before = {choice for each in choices for choice in each}
    return {one: tuple(dict.fromkeys(to for each in choices for to in each.get(one, ()))) for one in before}


class Move(NamedTuple):
    """
    What an act of an event may have done, and where it leads: nowhere from a position that it does not name.

    `act` is None where no source tells the event. `days` are the days of effect of each alternative that tells the act,
    `runs` those of all of them: sorted, none touching the next. Both are None for an event that never happened.
    """

    act: Act | None
    leads: Mapping[Position, tuple[Position, ...]]
    days: tuple[Days, ...] | None = None
    runs: Entries | None = None


class _Told(NamedTuple):
    """
    An act that alternatives of an event tell, one of these, and their days: see `Move`.

    `one` is None where no source tells the event; `choices` says how the choice of sources goes on.
    """

    one: Alternative | None
    choices: Choices | None
    days: tuple[Days, ...] | None
    runs: Entries | None


#: What an event tells, by the acts: where an act leads does not hang on its day.
Told: TypeAlias = "tuple[_Told, ...]"


def told_of(chain: Chain, number: int) -> Told:
    """What an event of a chain tells: however many days they have, acts that lead alike are told once; last, untold."""
    choices = chain.choices[number] if chain.choices else ()
    ways: list[Alternative | None] = [*chain.events[number], *([None] if number in chain.untold else [])]
    alike: dict[object, tuple[Alternative | None, Choices | None, list[Days]]] = {}
    for way, chosen in zip_longest(ways, choices):
        what = way and (way.act, way.statuses, way.days is None)
        days = alike.setdefault((what, chosen and tuple(chosen.items())), (way, chosen, []))[2]
        if way and way.days:
            days.append(way.days)
    return tuple(
        _Told(way, chosen, tuple(days) or None, merged(days) if days else None) for way, chosen, days in alike.values()
    )


def led_to(options: Iterable[Move]) -> set[Position]:
    """The positions to which moves lead."""
    return {to for move in options for leads in move.leads.values() for to in leads}


def _silent_entry(live: Iterable[Position]) -> tuple[Move, ...]:
    """
    The entry into force of which nobody speaks, as moves between two events; none where nobody waits for one.

    It may not have happened; or it fell on any day on which it can have: then the signatory is a member.
    """
    by_day: dict[int, dict[Position, tuple[Position, ...]]] = {}
    for at in live:
        waits = isinstance(at, Stay) and at.base is Status.SIGNATORY and not at.denied
        if waits and isinstance(at, Stay) and at.since is not None and at.since < EVER_AFTER:
            by_day.setdefault(at.since, {})[at] = (at._replace(base=Status.MEMBER, silent=True),)
    if not by_day:
        return ()
    act = Act.ENTRY_INTO_FORCE
    not_yet = Move(act, {at: (at,) for at in live})
    entries = ((Days(day, EVER_AFTER), leads) for day, leads in by_day.items())
    return (not_yet, *(Move(act, leads, (days,), [days]) for days, leads in entries))


@frozen
class Steps:
    """Where the alternatives of a chain lead under a reading; `acts` are what its events tell."""

    chain: Chain
    reading: Reading
    acts: tuple[Told, ...]

    def moves(self, number: int, live: Iterable[Position]) -> Iterator[tuple[Move, ...]]:
        """The moves of event `number` from some positions, and then those of an entry into force of which nobody speaks."""
        options = tuple(
            Move(way.act if way else None, self._leads(way, number, live, choices), days, runs)
            for way, choices, days, runs in self.acts[number]
        )
        yield options
        if silent := _silent_entry(led_to(options)):
            yield silent

    def _leads(
        self, way: Alternative | None, number: int, live: Iterable[Position], choices: Choices | None
    ) -> dict[Position, tuple[Position, ...]]:
        """Where an alternative, or an event that is untold, leads from each position, with all that is chosen there."""
        known: dict[Stay, list[Stay]] = {}
        leads = {}
        for at in live:
            stay = at if isinstance(at, Stay) else Stay(at)
            plain = stay._replace(choice=0) if stay.choice else stay
            if plain not in known:
                known[plain] = list(self._next(plain, way, number) if way else self._untold(plain, number))
            ahead = (stay.choice,) if choices is None else choices.get(stay.choice, ())
            leads[at] = tuple(
                dict.fromkeys(to._replace(choice=choice).position for choice in ahead for to in known[plain])
            )
        return leads

    def _untold(self, at: Stay, number: int) -> Iterator[Stay]:
        """The same where no source tells the event: it may have had its effect, and what was before is not known."""
        if isinstance(at.base, Status) or number not in self.chain.effective or self.chain.edges is Edges.PART:
            yield at
        elif at.base in _ANYTHING:
            yield at._replace(base=UNVOUCHED)

    def _next(self, at: Stay, alternative: Alternative, number: int) -> Iterator[Stay]:
        """Where an alternative of event `number` leads from a position; nowhere if the position does not allow it."""
        act, effect = alternative.act, self._effect(alternative, number)
        if act is Act.DENIAL and number in self.chain.forces and self.reading.binds_after_signature:
            # A world that denies the entry into force has none of which nobody speaks either.
            yield from () if at.silent else (at._replace(denied=True),)
        elif act is Act.STATUS:
            for status in alternative.statuses if at.base is not NOTHING_YET else ():
                yield self._arrived(at, status, alternative, number)
        elif effect is None:
            passed_over = number in self.chain.effective and act is not Act.DENIAL
            if isinstance(at.base, Status) or not passed_over:
                yield at._replace(since=self._since_in_stay(at, alternative, number))
            elif at.base in _ANYTHING:
                yield at._replace(base=UNVOUCHED)
        elif not isinstance(at.base, Status):
            if at.base is UNVOUCHED or (at.base is NOTHING_YET) is act.opens:
                starts = at.base is not NOTHING_YET or Status.NONE in effect.before
                yield self._arrived(at, effect.after if starts else Status.NONE, alternative, number)
        elif at.since is not None:
            yield from self._next_in_stay(at, effect, alternative, number)
        else:
            yield self._arrived(at, effect.after, alternative, number) if at.base in effect.before else at

    def _next_in_stay(self, at: Stay, effect: Effect, alternative: Alternative, number: int) -> Iterator[Stay]:
        base = effect.after if at.base in effect.before else at.base
        if Status.SIGNATORY not in effect.before or effect.after is Status.SIGNATORY:
            yield at._replace(base=base, since=self._since_in_stay(at, alternative, number))
        # The stay is over. One that an entry into force ends had no other before it.
        elif alternative.act is not Act.ENTRY_INTO_FORCE or at.base is Status.SIGNATORY:
            yield Stay(base, None, at.silent and bool(self.chain.forces), at.denied)

    def _arrived(self, at: Stay, status: Status, alternative: Alternative, number: int) -> Stay:
        """A status to which an act has led; as a signatory a state may wait for the entry into force."""
        waits = status is Status.SIGNATORY and self.reading.binds_after_signature
        since = self._since(alternative, number) if waits else None
        return Stay(status, since, at.silent and bool(self.chain.forces), at.denied)

    def _since_in_stay(self, at: Stay, alternative: Alternative, number: int) -> int | None:
        """The same for who stays a signatory: a consent to be bound, whether it has an effect or not, may bring it on."""
        if at.since is None or alternative.act not in CONSENT:
            return at.since
        return min(at.since, self._since(alternative, number))

    def _since(self, alternative: Alternative, number: int) -> int:
        """From which day on a signatory may have become a member by this act; EVER_AFTER for from none."""
        if self.chain.edges is not Edges.WHOLE or alternative.act in CONSENT:
            return self.chain.in_force[number] if self.chain.in_force else EVER_BEFORE
        return EVER_AFTER

    def _effect(self, alternative: Alternative, number: int) -> Effect | None:
        """The effect of an act; that of a force which follows from a deposit is on signatories only."""
        effect = self.reading.effect(alternative.act)
        if effect is None or number not in self.chain.derived:
            return effect
        return evolve(effect, before=effect.before & {Status.SIGNATORY})
