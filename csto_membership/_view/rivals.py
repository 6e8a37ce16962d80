"""What would be possible for a state if a claim of an event alone were right, or if the event had not been at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._evidence.resolution import Alternative, claims_behind, each_alone
from csto_membership._evidence.tellings import saying
from csto_membership._values.acts import Act, Status
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE
from csto_membership._worlds.detours import Patch, detour
from csto_membership._worlds.masks import ANY_COURSE, Course, Span, course_of, spans_between, statuses_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._evidence.claims import Claim, Event
    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.states import State
    from csto_membership._view.case import Case
    from csto_membership._view.derivation import Derivation

_NEVER = Alternative(Act.DENIAL, frozenset(), None)
#: What changes nothing.
_NOTHING = Patch(EVER_BEFORE, EVER_BEFORE, ANY_COURSE)


class Rival(NamedTuple):
    """A claim that the resolution does not use, with its event, and what would be possible if it alone were right."""

    event: Event
    claim: Claim
    patch: Patch


def rivals(derivation: Derivation, state: State) -> tuple[Rival, ...]:
    """The claims that the resolution does not use and that leave a world if one of them alone is right."""
    return derivation.once(("rivals", state.id), lambda: tuple(_rivals(derivation, state)))


def _rivals(derivation: Derivation, state: State) -> Iterator[Rival]:
    used = {
        (event.id, saying(claim))
        for case in derivation.cases(state.id)
        for event, given in case.events
        for claim in claims_behind(given)
    }
    for event in derivation.record.events_of(state.id):
        claims = derivation.claims_on(state.id, event)
        unused = [(event.id, saying(claim)) not in used for claim in claims]
        if not any(unused):
            continue
        supposed = _each_supposed(derivation, state, event, claims)
        for (claim, patch), is_unused in zip(supposed, unused, strict=True):
            if patch and is_unused and not _may_be_used(derivation, claim, claims):
                yield Rival(event, claim, patch)


def _may_be_used(derivation: Derivation, claim: Claim, claims: list[Claim]) -> bool:
    """Whether a claim of an open source is used by a choice of sources, though it makes no difference."""
    selection, tally = derivation.selection, derivation.speakers.tally
    if claim.source not in selection.open:
        return False
    certain = tuple(one for one in claims if one.source in selection.certain or one.source == claim.source)
    return any(claim in claims_behind(tally.left(given)) for given in (certain, tuple(claims)))


def suppositions(derivation: Derivation, state: State, event: Event, *, absent: bool) -> list[Patch]:
    """What would be possible if each claim of an event alone were right and, if wanted, if it had not been at all."""
    claims = derivation.claims_on(state.id, event)
    patches = [patch for _, patch in _each_supposed(derivation, state, event, claims)]
    if absent and claims:
        patches.append(_patch(derivation, state, event, (_NEVER,)))
    return [patch for patch in patches if patch]


def _each_supposed(
    derivation: Derivation, state: State, event: Event, claims: list[Claim]
) -> tuple[tuple[Claim, Patch | None], ...]:
    """Each claim of an event with what would be possible if it alone were right, None where that leaves no world."""

    def answer() -> tuple[tuple[Claim, Patch | None], ...]:
        supposed = list(each_alone(claims))
        # Many claims come to the same, and then it is one object.
        different = {id(given): given for _, given in supposed}
        patches = {key: _patch(derivation, state, event, given) for key, given in different.items()}
        return tuple((claim, patches[id(given)]) for claim, given in supposed)

    return derivation.once(("supposed", state.id, event.id), answer)


def statuses_on(derivation: Derivation, state: State, patch: Patch, date: ImpreciseDate) -> frozenset[Status]:
    """All statuses that would be possible on some day of the date."""
    first = date.earliest.toordinal() if date.earliest else dt.date.min.toordinal()
    end = date.latest.toordinal() + 1 if date.latest else EVER_AFTER
    course = derivation.timeline(state).course
    spans = spans_between(patch.course, max(first, patch.first), min(end, patch.end))
    spans += spans_between(course, first, min(end, patch.first))
    spans += spans_between(course, max(first, patch.end), end)
    return frozenset[Status]().union(*(statuses_of(span.mask) for span in spans))


def _patch(derivation: Derivation, state: State, event: Event, given: tuple[Alternative, ...]) -> Patch | None:
    """What would be possible with other alternatives for an event, None where they leave no world."""
    cases = derivation.cases(state.id)
    if not _changes_where_it_is(derivation, state, cases):
        supposed = tuple(case.supposing(event, given) for case in cases)
        possible = all(case.has_order for case in supposed)
        return Patch(EVER_BEFORE, EVER_AFTER, derivation.course_by(state.id, supposed)) if possible else None
    patches: list[Patch | None] = []
    for case in cases:
        number = case.numbers.get(event.id)
        taken = None if number is None else detour(case.walk, number, given)
        if number is not None and taken is None:
            return None
        patches.append(taken.patch() if taken and not case.rests_on_attestations else None)
    changed = [patch for patch in patches if patch]
    if not changed:
        return _NOTHING
    first, end = min(patch.first for patch in changed), max(patch.end for patch in changed)
    spans: list[Span] = []
    for case, patch in zip(cases, patches, strict=True):
        inner = patch or _NOTHING
        spans += spans_between(inner.course, inner.first, inner.end)
        # Where another case changes, this one is as it was.
        for start, stop in ((first, inner.first), (inner.end, end)):
            spans += spans_between(_course_of(derivation, state, case), max(start, first), stop) if start < stop else ()
    return Patch(first, end, derivation.framed(course_of(spans)))


def _changes_where_it_is(derivation: Derivation, state: State, cases: tuple[Case, ...]) -> bool:
    """
    Whether what is supposed of an event changes nothing on days on which no world is another.

    An institution looks back, the end of a state looks at the end of the course, and of open sources each choice must
    leave an order of days.
    """
    looks_elsewhere = derivation.beginning.since or derivation.last_day(state.id) is not None
    return not looks_elsewhere and not any(case.is_open or not case.walk.has_world for case in cases)


def _course_of(derivation: Derivation, state: State, case: Case) -> Course:
    """The course of one of the cases of a state, made once."""
    return derivation.once(("course", state.id, id(case)), lambda: case.course(state.id))
