"""
The heart: from one state's events and a reading to the statuses that are possible on each day. Exact, and no I/O.

A world gives every event one of its alternatives and one day inside it, in the order of the events (days may be
shared). A status is possible on a day if some world has it there.

The engine walks *positions*: a status, or one of two that stand for what a selection of sources leaves open before
the first act that has an effect. After k events, each position has an earliest day on which a world can have come to
it, and a latest day on which the next event can still follow: it is possible on every day from the one to before the
other, since the days behind and the days ahead can be chosen apart. Both follow from one pass each way.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from attrs import evolve, field, frozen

from csto_membership._values.acts import CONSENT, Act, Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._worlds.masks import ANY_MASK, NONE_MASK, Course, Span, course_of, mask_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from csto_membership._evidence.resolution import Alternative
    from csto_membership._values.readings import Effect, Reading

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
    An alternative as moves: its days of effect (None for an event that never happened), and where it leads.

    It leads nowhere from a position that it does not name. `act` is None where no source tells the event.
    """

    days: Days | None
    leads: Mapping[Position, tuple[Position, ...]]
    act: Act | None


@frozen(eq=False)
class Walk:
    """
    All worlds of a chain under a reading, walked at once.

    `moves` are the alternatives of each event as moves, and between them the entries into force of which nobody speaks;
    `events` has for each of them the number of the event that it is, or that it follows. `limits` give, for each number
    of moves and each position then, the latest day on which all later ones can still begin.
    """

    chain: Chain
    moves: tuple[tuple[Move, ...], ...]
    events: tuple[int, ...]
    limits: tuple[Mapping[Position, int], ...]

    @cached_property
    def has_world(self) -> bool:
        """Whether the alternatives can happen in their order at all."""
        return any(self.limits[0].get(at, _NEVER) >= EVER_BEFORE for at in self.chain.starts)

    def places(self, since: int | None = None) -> list[dict[Place, Entries]]:
        """
        After each number of events, the places that a world can have come to, with the days of entry.

        All the days of entry are kept, not only the earliest: a membership that begins and ends on one day is none.
        With `since`, the first day (ordinal) of an institution, places tell who has been a member since then.
        """
        begin: dict[Place, Entries] = {Place(at, since is None): [_EVER] for at in self.chain.starts}
        return list(_entered(self.moves, begin, since))

    def told(self, number: int, before: dict[Place, Entries], since: int | None = None) -> dict[Place, Entries]:
        """Of the places before a move, those after it in worlds in which a source tells the event."""
        told = tuple(move for move in self.moves[number] if move.act)
        *_, after = _entered([told], before, since)
        return after

    def course(self, since: int | None = None) -> Course | None:
        """
        The course of possible statuses, None where the chain has no world at all.

        With `since`, the first day of an institution: from that day on a state that has not been a member on any day
        since then shows as none where it would be former, suspended or signatory.
        """
        if not self.has_world:
            return None
        spans = []
        for limits, places in zip(self.limits, self.places(since), strict=True):
            for place, entries in places.items():
                first, end = entries[0].first, limits[place.at]
                spans.append(Span(first, end, place.shown))
                if since is not None and is_unanchored(place.at):
                    # It may have been a membership on the first day, and former, say, on the next.
                    spans.append(Span(max(first, since + 1), end, ANY_MASK))
        return course_of(spans)


def walk(chain: Chain, reading: Reading) -> Walk:
    """The worlds of a chain under a reading."""
    live: set[Position] = set(chain.starts)
    moves: list[tuple[Move, ...]] = []
    events: list[int] = []
    steps = _Steps(chain, reading)
    for number, event in enumerate(chain.events):
        options = tuple(steps.moves(event, number, live))
        live = {to for move in options for leads in move.leads.values() for to in leads}
        moves.append(options)
        events.append(number)
        if silent := _silent_entry(live):
            live |= {to for move in silent for leads in move.leads.values() for to in leads}
            moves.append(silent)
            events.append(number)
    return Walk(chain, tuple(moves), tuple(events), _latest_days(chain, moves))


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
    not_yet = Move(None, {at: (at,) for at in live}, act)
    return (not_yet, *(Move(Days(day, EVER_AFTER), leads, act) for day, leads in by_day.items()))


@frozen
class _Steps:
    """Where the alternatives of a chain lead under a reading."""

    chain: Chain
    reading: Reading

    def moves(self, event: tuple[Alternative, ...], number: int, live: Iterable[Position]) -> Iterator[Move]:
        """The alternatives of event `number` as moves from the positions, and where it is untold, one more."""
        choices = self.chain.choices[number] if self.chain.choices else ()
        ways: list[Alternative | None] = [*event, *([None] if number in self.chain.untold else [])]
        for way, chosen in zip_longest(ways, choices):
            leads = self._leads(way, number, live, chosen)
            yield Move(way.days, leads, way.act) if way else Move(None, leads, None)

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


#: Before every day: no world can go on from there.
_NEVER = EVER_BEFORE - 1
_EVER = Days(EVER_BEFORE, EVER_BEFORE)


def _latest_days(chain: Chain, moves: Sequence[tuple[Move, ...]]) -> tuple[Mapping[Position, int], ...]:
    """The backward pass: see `Walk.limits`."""
    ends = {to for move in moves[-1] for leads in move.leads.values() for to in leads} if moves else set(chain.starts)
    limits = [{at: EVER_AFTER if chain.may_end(at) else _NEVER for at in ends}]
    for options in reversed(moves):
        limits.append(_limit(options, limits[-1]))
    return tuple(reversed(limits))


def _limit(options: tuple[Move, ...], ahead: Mapping[Position, int]) -> dict[Position, int]:
    """The latest day for each position before an event, from those after it."""
    limit: dict[Position, int] = {}
    for move in options:
        for at, leads in move.leads.items():
            limit.setdefault(at, _NEVER)
            for to in leads:
                last = ahead[to] if move.days is None else min(move.days.last, ahead[to])
                if move.days is None or move.days.first <= last:
                    limit[at] = max(limit[at], last)
    return limit


#: Memberships that an institution's own line counts from its first day on, and what without them shows as none.
TENURE = frozenset({Status.MEMBER, Status.FROZEN})
_OF_OLD = frozenset({Status.FORMER, Status.SUSPENDED, Status.SIGNATORY})
_OF_OLD_MASK = mask_of(_OF_OLD)


class Place(NamedTuple):
    """A position, and whether the state has been a member since the institution began (always, without one)."""

    at: Position
    tenured: bool

    @property
    def shown(self) -> int:
        """What it shows, as a mask, from the institution's first day on."""
        base = base_of(self.at)
        if base in _ANYTHING:
            return ANY_MASK if self.tenured else ANY_MASK & ~_OF_OLD_MASK
        if not isinstance(base, Status) or (base in _OF_OLD and not self.tenured):
            return NONE_MASK
        return mask_of([base])


#: The days on which a world can have come to a place: sorted runs, none touching the next.
Entries: TypeAlias = "list[Days]"
_At = TypeVar("_At")
_Known = TypeVar("_Known")


def forward(
    moves: Iterable[tuple[Move, ...]],
    begin: dict[_At, _Known],
    follow: Callable[[_At, _Known, Move], Iterable[tuple[_At, _Known]]],
    join: Callable[[_Known, _Known], _Known],
) -> Iterator[dict[_At, _Known]]:
    """
    The forward pass: after each number of events, what is known of each place that a world can have come to.

    `follow` gives the places to which a move leads from a place, with what is then known of them; `join` puts together
    what is known of one place by two ways.
    """
    reached = begin
    yield reached
    for options in moves:
        ahead: dict[_At, _Known] = {}
        for place, known in reached.items():
            for move in options:
                for there, later in follow(place, known, move):
                    ahead[there] = join(ahead[there], later) if there in ahead else later
        reached = ahead
        yield reached


def _entered(
    moves: Iterable[tuple[Move, ...]], begin: dict[Place, Entries], since: int | None
) -> Iterator[dict[Place, Entries]]:
    """After each number of moves the places that a world can have come to, with the days of entry."""

    def follow(place: Place, entries: Entries, move: Move) -> Iterator[tuple[Place, Entries]]:
        return arrivals(place, entries, move, since)

    return forward(moves, begin, follow, _merged_two)


class Departure(NamedTuple):
    """The days on which a place can be left, with tenure or without, at least `gap` days after it was entered."""

    tenured: bool
    days: Days
    #: None for on the very day of entry.
    gap: int | None


def departures(place: Place, days: Days, since: int | None) -> list[Departure]:
    """
    How a place can be left by a move of these days.

    Tenure takes a whole day of membership from the institution's first day on: who comes and goes on one day, or goes
    before the second day of the institution, has none.
    """
    base = base_of(place.at)
    if since is None or place.tenured or not (base in _ANYTHING or base in TENURE):
        return [Departure(place.tenured, days, 0)]
    later = Days(max(since + 1, days.first), days.last)
    if base in _ANYTHING:
        return [Departure(False, days, 0), Departure(True, later, 0)]
    sooner = Days(days.first, min(days.last, since))
    return [Departure(False, days, None), Departure(False, sooner, 0), Departure(True, later, 1)]


def arrivals(place: Place, entries: Entries, move: Move, since: int | None) -> Iterator[tuple[Place, Entries]]:
    """The places to which a move leads from a place that was entered on one of the days, and when."""
    if move.days is None:
        for to in move.leads.get(place.at, ()):
            yield Place(to, place.tenured), entries
        return
    for tenured, (first, last), gap in departures(place, move.days, since):
        if gap is None:
            runs = [Days(max(run.first, first), min(run.last, last)) for run in entries]
        else:
            runs = [Days(max(entries[0].first + gap, first), last)]
        if days := _merged(runs):
            for to in move.leads.get(place.at, ()):
                yield Place(to, tenured), days


def _merged_two(one: Entries, other: Entries) -> Entries:
    return _merged([*one, *other])


def _merged(runs: Iterable[Days]) -> Entries:
    """Runs of days in order, empty ones dropped and touching ones joined."""
    merged: list[Days] = []
    for run in sorted(run for run in runs if run.first <= run.last):
        if merged and run.first <= merged[-1].last + 1:
            merged[-1] = Days(merged[-1].first, max(run.last, merged[-1].last))
        else:
            merged.append(run)
    return merged
