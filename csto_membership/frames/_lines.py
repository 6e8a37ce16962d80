"""
Lines: what a history or a registry answers for one state, from one day to the next.

A line is made when a state is first met, and kept as long as the history or the registry that it is of.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, TypeVar, cast
from weakref import ref

from csto_membership._history import History, as_history
from csto_membership._load import history as bundled
from csto_membership._questions.answers import Ground
from csto_membership._values.acts import in_order
from csto_membership._values.index import states_asked
from csto_membership._values.names import name_key
from csto_membership._values.runs import day_before
from csto_membership._values.states import State, StateLike
from csto_membership._values.succession import Related, last_day
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import day_range
from csto_membership._values.world import world
from csto_membership._view.derivation import NOBODY
from csto_membership._view.ending import FORMER_MASK
from csto_membership._worlds.masks import NONE_MASK, mask_of, statuses_of
from csto_membership.exceptions import MembershipError
from csto_membership.registry._registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from csto_membership._evidence.record import Record
    from csto_membership._questions.answers import Finding
    from csto_membership._values.runs import Runs
    from csto_membership._view.timeline import Timeline
    from csto_membership.registry._entries import Entry

T = TypeVar("T")

#: What frames are annotated with, and what callers give for it: by default `CSTO`.
Answering: TypeAlias = "History | Registry"
Answerable: TypeAlias = "History | Record | Registry | None"
#: The first day of the calendar and the last one, as ordinals.
FIRST_DAY, LAST_DAY = dt.date.min.toordinal(), dt.date.max.toordinal()


class Answer(NamedTuple):
    """What a row is told: whether the state was a member, and its possible statuses; None twice if unreadable."""

    member: bool | None
    status: str | None


#: The answer to a row that cannot be read.
UNREADABLE = Answer(None, None)


class Line(NamedTuple):
    """
    One state in one organisation: the masks of its possible statuses, before, between and after some days.

    The days are ordinals, each the first of its run; `counted` is the mask of what counts as membership.
    """

    organisation: str
    state: State
    starts: tuple[int, ...]
    masks: tuple[int, ...]
    counted: int

    def run(self, day: int) -> int:
        """The number of the run that a day lies in."""
        return bisect_right(self.starts, day)

    def mask(self, first: int, last: int) -> int:
        """The statuses that are possible on some day of a period, both ends included."""
        return reduce(or_, self.masks[self.run(first) : self.run(last) + 1])

    def answer(self, mask: int) -> Answer:
        """What a row is told of which these statuses are possible."""
        return answer_of(mask, self.counted)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The first days of all runs but the first."""
        return tuple(map(dt.date.fromordinal, self.starts))


@cache
def answer_of(mask: int, counted: int) -> Answer:
    """The answer where the statuses of a mask are possible, and those of another count as membership."""
    statuses = statuses_of(mask)
    return Answer(Verdict.of(statuses, statuses_of(counted)).value, "|".join(in_order(statuses)))


class Lines(Protocol):
    """The lines of a history or of a registry."""

    @property
    def organisations(self) -> tuple[str, ...]:
        """The ids of the organisations."""
        ...

    def line(self, organisation: object, state: object, /) -> Line:
        """
        The line of a state in an organisation, both given as people write them.

        Raises what `was_member` raises: `UnknownStateError`, and `UnknownNameError` for the organisation.
        """
        ...

    def what_if(self, organisation: str, /) -> str:
        """What is supposed or left out of an organisation, "" for nothing."""
        ...

    def rest(self, organisation: str, /) -> Line:
        """The line of every state of the world that has none of its own in an organisation: of nobody in particular."""
        ...

    def own(self, organisation: str, /) -> Iterator[tuple[State, Line | None]]:
        """
        The states that have lines of their own in an organisation, with them: all that its record names, and a few more.

        None for a state of which the organisation cannot be asked, since its record has another one of the same id or
        name.
        """
        ...

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What is made of the lines under a name: it is made once, and kept as long as they are."""
        ...

    def states(self, wanted: Iterable[StateLike] | StateLike | None) -> Iterator[State]:
        """The states that are wanted, by default those that the records name; "world" for all that are known."""
        ...

    def state(self, name: StateLike) -> State:
        """The state of a name or code."""
        ...

    def names(self, organisation: str, state: State, /) -> bool:
        """Whether the record of an organisation names a state."""
        ...

    def finding(self, line: Line, day: dt.date) -> Finding:
        """What is found on a day, with its reasons."""
        ...

    def some_day(self, line: Line, /) -> dt.date:
        """A day of which the organisation of a line speaks."""
        ...


class _Kept:
    """What was made of a history or a registry: lines, by what they were asked by, and other things, by their names."""

    def __init__(self) -> None:
        self.lines: dict[object, Line] = {}
        self.others: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        if name not in self.others:
            self.others[name] = make()
        return cast("T", self.others[name])


#: By the identity of a history or a registry: equal histories may have states that are called otherwise.
_kept: dict[int, tuple[ref[Answering], _Kept]] = {}


def _kept_of(history: Answering) -> _Kept:
    key = id(history)
    if key not in _kept:
        _kept[key] = ref(history, lambda _: _kept.pop(key, None)), _Kept()
    return _kept[key][1]


def answering(history: Answerable) -> Answering:
    """What answers a caller: a history or a registry; `ArgumentError` for what is neither."""
    return bundled("csto") if history is None else as_history(history, Registry)


def lines_of(history: Answering) -> Lines:
    """The lines of a history, or of a registry."""
    kept = _kept_of(history)
    return _RegistryLines(history, kept) if isinstance(history, Registry) else _HistoryLines(history, kept)


class _HistoryLines:
    """The lines of one history."""

    def __init__(self, history: History, kept: _Kept) -> None:
        self._history = history
        self._kept = kept
        self._counted = mask_of(history.view.counted)
        self.once = kept.once

    @property
    def organisations(self) -> tuple[str, ...]:
        return (self._history.record.id,)

    def line(self, _organisation: object, state: object) -> Line:
        timeline = self._history.timeline(state)  # type: ignore[arg-type]
        id = timeline.state.id
        if (line := self._kept.lines.get(id)) is None:
            line = self._kept.lines[id] = self._made(timeline)
        return line

    def _made(self, timeline: Timeline) -> Line:
        course = timeline.course
        return Line(self._history.record.id, timeline.state, course.starts, course.values, self._counted)

    def what_if(self, _organisation: str) -> str:
        return self._history.view.what_if

    def rest(self, _organisation: str) -> Line:
        return self._made(self._history.others())

    def own(self, organisation: str) -> Iterator[tuple[State, Line | None]]:
        listed, rest = self._history.record.states, self.rest(organisation)
        related, differ = Related.to(listed), _may_differ(rest)
        for state in self.states("world"):
            if state in listed or state in related or (differ and last_day(state) is not None):
                yield state, self.line(organisation, state)

    def states(self, wanted: Iterable[StateLike] | StateLike | None) -> Iterator[State]:
        return _wanted(self, wanted, self._history.record.states)

    def state(self, name: StateLike) -> State:
        return self._history.record.index.find(name)

    def names(self, _organisation: str, state: State) -> bool:
        return state in self._history.record.states

    def finding(self, line: Line, day: dt.date) -> Finding:
        return self._history.status(line.state, day)

    def some_day(self, _line: Line) -> dt.date:
        coverage = self._history.coverage
        return coverage.last or coverage.first or dt.date.min


class _RegistryLines:
    """The lines of the organisations of a registry."""

    def __init__(self, registry: Registry, kept: _Kept) -> None:
        self._registry = registry
        self._kept = kept
        self.once = kept.once

    @property
    def organisations(self) -> tuple[str, ...]:
        return self._registry.organisations

    def line(self, organisation: object, state: object) -> Line:
        # Texts only: states of different organisations may be equal by an id that means another state in each.
        asked = (organisation, state) if isinstance(state, str) and isinstance(organisation, str) else None
        if asked is None or (line := self._kept.lines.get(asked)) is None:
            entry, shared_state, there = self._registry.found(organisation, state)  # type: ignore[arg-type]
            line = _made(entry, shared_state, entry.line(there))
            if asked is not None and len(self._kept.lines) < _MOST_KEPT:
                self._kept.lines[asked] = line
        return line

    def what_if(self, organisation: str) -> str:
        return self._entry(organisation).what_if

    def rest(self, organisation: str) -> Line:
        entry = self._entry(organisation)
        return _made(entry, NOBODY, entry.others())

    def own(self, organisation: str) -> Iterator[tuple[State, Line | None]]:
        entry = self._entry(organisation)
        own, differ = self._registry.roll(entry).own, _may_differ(self.rest(organisation))
        doubtful = self._doubtful(entry)
        for state, is_related in self._candidates(entry):
            there = own.get(state.id)
            if there is not None:
                yield state, _made(entry, state, entry.line(there))
            elif is_related or (differ and last_day(state) is not None) or state.id in doubtful:
                yield from asked(self, organisation, (state,))

    def _entry(self, organisation: str) -> Entry:
        entries = self.once("entries", lambda: {entry.id: entry for entry in self._registry.entries})
        return entries[organisation]

    def _doubtful(self, entry: Entry) -> frozenset[str]:
        """The ids of states of which an organisation may not be asked: one that it names has their id or a name of theirs."""

        def made() -> frozenset[str]:
            keys = {name_key(name) for own in entry.states for name in own.aliases}
            ours = (other for other in self._registry.states if other.id not in world())
            like = (other.id for other in ours if not keys.isdisjoint(map(name_key, other.aliases)))
            held = (id for key in keys for id in world().holders(key))
            return frozenset([*self._registry.roll(entry).shared, *like, *held])

        return self.once(f"doubtful {id(entry.states)}", made)

    def _candidates(self, entry: Entry) -> Sequence[tuple[State, bool]]:
        """All states of the world, and whether lists connect each with one that an organisation names."""
        world = self.once("world", lambda: tuple(self.states("world")))

        def made() -> tuple[tuple[State, bool], ...]:
            related = Related.to(entry.states)
            return tuple((state, state in related) for state in world)

        # Organisations with the same states have the same tuple of them, which the registry keeps.
        return self.once(f"candidates {id(entry.states)}", made)

    def states(self, wanted: Iterable[StateLike] | StateLike | None) -> Iterator[State]:
        return _wanted(self, wanted, self._registry.states)

    def state(self, name: StateLike) -> State:
        return self._registry.state(name)

    def names(self, organisation: str, state: State) -> bool:
        entry, shared_state, _ = self._registry.found(organisation, state)
        return shared_state.id in self._registry.roll(entry).own

    def finding(self, line: Line, day: dt.date) -> Finding:
        return self._registry.status(line.organisation, line.state, day)

    def some_day(self, line: Line) -> dt.date:
        coverage = self._entry(line.organisation).coverage
        return coverage.last or coverage.first or dt.date.min


def asked(lines: Lines, organisation: str, states: Iterable[State]) -> Iterator[tuple[State, Line | None]]:
    """States with their lines in an organisation, None for one of which it cannot be asked, as in `own`."""
    for state in states:
        try:
            yield state, lines.line(organisation, state)
        except MembershipError:
            yield state, None


def lines_told(lines: Lines, states: Iterable[StateLike] | StateLike) -> Iterator[Line]:
    """
    The lines of some states in every organisation.

    Of "world", those of which an organisation cannot be asked are left out; one that is named is refused.
    """
    wanted, is_world = list(lines.states(states)), isinstance(states, str) and states == "world"
    for organisation in lines.organisations:
        if is_world:
            yield from (line for _, line in asked(lines, organisation, wanted) if line)
        else:
            yield from (lines.line(organisation, state) for state in wanted)


def _made(entry: Entry, state: State, runs: Runs[dt.date, int]) -> Line:
    return Line(entry.id, state, tuple(map(dt.date.toordinal, runs.starts)), runs.values, mask_of(entry.counted))


def _may_differ(rest: Line) -> bool:
    """
    Whether a state that is no more may have another line than the rest of the world: see `lapsed`.

    After its end a state of which anything may be known may also be a former one, where it could not be before.
    """
    return any(mask & ~NONE_MASK and not mask & FORMER_MASK for mask in rest.masks)


#: So many lines of a registry are kept, by the spellings of organisation and state.
_MOST_KEPT = 500_000


def _wanted(lines: Lines, wanted: Iterable[StateLike] | StateLike | None, named: Iterable[State]) -> Iterator[State]:
    yield from sorted(named if wanted is None else states_asked(wanted, lines.state, named))


def why(lines: Lines, line: Line, run: int) -> str:
    """
    What the answer in one run of a line rests on, in a short text: the days of the run, and its grounds or caveats.

    It speaks of the first day of the run or, where that is open, of its last one.
    """
    days = line.days
    first, end = (None, *days)[run], (*days, None)[run]
    last = day_before(end)
    finding = lines.finding(line, first or last or lines.some_day(line))
    grounds = [ground.event.id for ground in finding.evidence if isinstance(ground, Ground)]
    reasons = finding.decided_by or grounds or finding.caveats or ["no act"]
    what_if = lines.what_if(line.organisation)
    return f"{day_range(first, last)}: {'; '.join(reasons)}{f' ({what_if})' if what_if else ''}"
