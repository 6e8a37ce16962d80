"""
From the rows on one state's acts in one organisation to its events, in their order in time.

The order of rows means nothing, and equal rows are one.

- Rows of several sources on one act are rival claims of one event. A source that tells an act on two days tells of two
  events, and a row of another source goes with the one that is nearest in time.
- Where a row tells for certain of an opposite act between two days of an act, these are two events.
- Of one role that an act has to a treaty, as the consent, rows tell of one event unless there is such an act between them.
- Events stand in the order that rows tell, or else in that of their days. Where these leave it open, acts stand as a
  treaty knows them: signed, consented to, in force, left. Of statuses on the same days any may be the last.
- A row that was skipped may have told of any act: from its day on, nothing is known; nor before it, where it may presuppose
  a relation that no other row began.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from csto_membership._evidence.claims import Claim, Event, Rank
from csto_membership._evidence.faults import begins, presuming
from csto_membership._evidence.order import broken_order
from csto_membership._evidence.resolution import Resolution, alternatives
from csto_membership._values.acts import ALL_STATUSES, CONSENT, ENDS, PRESUPPOSING, Act
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership.readers._stays import Lost, lines_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from csto_membership._evidence.claims import Source
    from csto_membership._evidence.institutions import Coverage
    from csto_membership._values.states import State
    from csto_membership.readers._sheet import Sheet
    from csto_membership.readers._table import Rows


#: The acts in the order in which a treaty knows them.
_STAGES: tuple[frozenset[Act], ...] = (
    frozenset({Act.SIGNATURE, Act.OBSERVER_STATUS, Act.PARTNER_STATUS, Act.ASSOCIATE_STATUS}),
    frozenset({Act.PROVISIONAL_APPLICATION}),
    CONSENT | {Act.ADMISSION},
    frozenset({Act.END_OF_PROVISIONAL_APPLICATION}),
    frozenset({Act.ENTRY_INTO_FORCE}),
    frozenset({Act.PROLONGATION, Act.STATUS}),
    frozenset({Act.NOTICE_OF_SUSPENSION, Act.FREEZE}),
    frozenset({Act.SUSPENSION, Act.SUSPENSION_FROM_ORGANS}),
    frozenset({Act.RETURN}),
    frozenset({Act.NOTICE_OF_WITHDRAWAL}),
    frozenset({Act.REVOCATION}),
    ENDS,
    frozenset({Act.DENIAL}),
)
_STAGE = {act: number for number, acts in enumerate(_STAGES) for act in acts}
#: Acts by which a state comes to belong, or to belong again.
_JOINING = CONSENT | {Act.SIGNATURE, Act.ADMISSION, Act.ENTRY_INTO_FORCE, Act.RETURN}
_CONSENTING = CONSENT | {Act.ADMISSION}
#: Acts that a return undoes without the state having left.
_PAUSES = frozenset({Act.NOTICE_OF_SUSPENSION, Act.SUSPENSION, Act.SUSPENSION_FROM_ORGANS, Act.FREEZE})
#: Of more rows on one state than this each day is an event of its own: to compare them all would take too long.
_MOST_COMPARED = 500
_PREFERRED = Resolution("preferred")


class Deed(NamedTuple):
    """
    An act of one state as a row tells it.

    `teller` is who tells it: a source, or one of its depositaries. `event` is the id of the event that the row names, ""
    where it names none; `role` is what the act is to a treaty, where the row says that. A claim without a locator gets the
    line for one. `doubtful` says that by the row itself the act may never have come about.
    """

    claim: Claim
    line: int
    teller: str
    event: str = ""
    instrument: str = ""
    #: The place of its event among those of the state, None where the row names none.
    place: int | None = None
    role: str = ""
    doubtful: bool = False


class Told(NamedTuple):
    """An event, and the lines that tell of it."""

    event: Event
    lines: tuple[int, ...]


def _events_of(
    sheet: Sheet, deeds: Rows[Deed], organisation: str, state: State, covers: Coverage, source: Source
) -> list[Event]:
    """The events of one state; those that presuppose a relation which no row can have begun are faults, and skipped."""
    own, lost = deeds.read[organisation][state.id], deeds.lost(organisation, state.id)
    events = _in_order(sheet, _told(state.id, own), own, state.id)
    if covers.acts == "all" and covers.before == "none" and not lost and (unbegun := _unbegun(events, state.id)):
        # One of those of which the state cannot be read may have begun it.
        lost = deeds.nameless(organisation)
        for broken in unbegun if not lost else ():
            problem, act = "it presupposes a relation, which no earlier row begins", broken.event.claims[0].act
            remedy = 'add the row that began it; a table without all acts is read in Python, with covers=Coverage(acts="some")'
            sheet.fault(broken.lines[0], "act", problem, act.value, remedy)
            for line in broken.lines:
                # What it presupposes began on some day before it.
                deeds.lose(organisation, state, Lost(line))
            events.remove(broken)
    return list(_beside_lost(events, lost or deeds.lost(organisation, state.id), state.id, source.id))


def events_of_all(
    sheet: Sheet, deeds: Rows[Deed], organisation: str, states: Iterable[State], covers: Coverage, source: Source
) -> list[Event]:
    """The events of all states of an organisation; rows of several states may name one event, and each has its own."""
    own = [_events_of(sheet, deeds, organisation, state, covers, source) for state in states]
    times = Counter(event.id for events in own for event in events)
    return [
        evolve(event, id=f"{event.id} ({event.states[0]})") if times[event.id] > 1 else event
        for events in own
        for event in events
    ]


def _told(state: str, deeds: Iterable[Deed]) -> list[Told]:
    """The events that the rows on the state of that id tell of."""
    events: list[Told] = []
    ids: dict[str, int] = {}
    for group in _groups(deeds):
        first = min(group, key=lambda deed: deed.line)
        id = first.event or f"{state} {first.role or f'{first.claim.act} {lines_text([first.line])}'}"
        ids[id] = ids.get(id, 0) + 1
        id = f"{id} ({ids[id]})" if ids[id] > 1 else id
        events.append(Told(Event(id, (state,), _claims(group), first.instrument), tuple(deed.line for deed in group)))
    return events


def _unbegun(events: Iterable[Told], state: str) -> list[Told]:
    """Those that presuppose a relation which no event before them began."""
    by_id = {one.event.id: one for one in events}
    return [by_id[event.id] for event in presuming((one.event for one in by_id.values()), state)]


def _beside_lost(events: Iterable[Told], lost: Sequence[Lost], state: str, source: str) -> Iterator[Event]:
    """
    The events; if there are skipped rows, with nothing known from the first day on of which a row tells.

    A skipped row may be a rival claim of any event, or tell of another one.
    """
    own = [one.event for one in events]
    if not lost:
        yield from own
        return
    begun = min((_span(event, state).last for event in own if begins(event, state)), default=EVER_AFTER)
    firsts = [_first_day(row, begun) for row in lost]
    # A skipped row may have begun what they presuppose.
    unbegun = {event.id for event in presuming(own, state)}
    firsts += [None if event.id in unbegun else _run(_span(event, state)).earliest for event in own]
    lines = lines_text(sorted(row.line for row in lost))
    note = f"skipped: {lines}, which may say otherwise"
    unknown = Claim(source, Act.STATUS, _from(firsts), lines, inferred=True, status=ALL_STATUSES, note=note)
    yield Event(f"{state} skipped", (state,), (unknown,))
    for number, event in enumerate(own, 1):
        yield event
        # Whatever the event leads to, the row may have led on from there.
        after = evolve(unknown, date=_run(_span(event, state)))
        # What may never have come about need not have had its day.
        may_be_none = any(claim.act is Act.DENIAL for claim in event.claims)
        none = [evolve(after, act=Act.DENIAL, date=None, status=frozenset())] if may_be_none else []
        yield Event(f"{state} skipped ({number})", (state,), (after, *none))


def _first_day(lost: Lost, begun: int) -> dt.date | None:
    """The first day of which a skipped row may tell, None for any; `begun` is the day by which a relation certainly began."""
    day = lost.first.earliest if lost.first else None
    return None if day and lost.presumes and day.toordinal() < begun else day


def _from(days: Iterable[dt.date | None]) -> ImpreciseDate:
    """The first of the days; where one is unknown, a date that no day is before."""
    known = list(days)
    return ImpreciseDate(None, dt.date.min) if None in known else ImpreciseDate.on(min(filter(None, known)))


def _run(days: Days) -> ImpreciseDate:
    first, last = (dt.date.fromordinal(day) if 0 < day <= dt.date.max.toordinal() else None for day in days)
    return ImpreciseDate(first, last) if first or last else ImpreciseDate(None, dt.date.max)


# Which rows tell of one event


def _claims(group: Sequence[Deed]) -> tuple[Claim, ...]:
    """The claims of an event, each with the lines that make it."""
    lines: dict[tuple[Claim, str], list[int]] = {}
    for deed in sorted(group, key=lambda deed: deed.line):
        lines.setdefault((deed.claim, deed.teller), []).append(deed.line)
        if deed.doubtful:
            note = "in brackets: it may never have come about"
            denial = evolve(deed.claim, act=Act.DENIAL, date=None, inferred=True, note=note)
            lines.setdefault((denial, deed.teller), []).append(deed.line)
    return tuple(evolve(claim, locator=claim.locator or lines_text(own)) for (claim, _), own in lines.items())


def _groups(deeds: Iterable[Deed]) -> Iterator[list[Deed]]:
    """The rows that tell of one event, for each event."""
    named: dict[str, list[Deed]] = {}
    by_act: dict[object, list[Deed]] = {}
    every = list(deeds)
    for deed in every:
        if deed.event:
            named.setdefault(deed.event, []).append(deed)
        else:
            by_act.setdefault(deed.role or (deed.claim.act, deed.claim.status, deed.instrument), []).append(deed)
    yield from named.values()
    several = len(every) > _MOST_COMPARED
    for own in by_act.values():
        bars = [] if several else _bars(own[0].claim.act, every)
        yield from _by_day(own) if several else _occasions(own, bars)


def _bars(act: Act, deeds: Iterable[Deed]) -> list[Days]:
    """The days of the acts that come between two occasions of an act."""
    if act is Act.RETURN:
        opposite: frozenset[Act] = PRESUPPOSING | {Act.SUSPENSION_FROM_ORGANS}
    elif act in PRESUPPOSING or act in ENDS or act is Act.SUSPENSION_FROM_ORGANS:
        opposite = _JOINING
    else:
        opposite = ENDS
    kept = (deed.claim for deed in deeds if deed.claim.act in opposite and deed.claim.rank is not Rank.DEPRECATED)
    return [days for claim in kept if (days := claim.days_of_effect)]


def _by_day(deeds: Iterable[Deed]) -> Iterator[list[Deed]]:
    days: dict[Days | None, list[Deed]] = {}
    for deed in deeds:
        days.setdefault(deed.claim.days_of_effect, []).append(deed)
    yield from days.values()


class _Occasion(NamedTuple):
    """Rows on one act that are taken to tell of one event."""

    deeds: list[Deed]

    @property
    def days(self) -> Days:
        runs = [deed.claim.days_of_effect or Days(EVER_BEFORE, EVER_AFTER) for deed in self.deeds]
        return Days(min(run.first for run in runs), max(run.last for run in runs))

    def gap(self, other: _Occasion) -> int:
        """The days between the two."""
        mine, theirs = self.days, other.days
        return max(0, theirs.first - mine.last, mine.first - theirs.last)

    def is_apart(self, other: _Occasion, bars: Iterable[Days], *, of_one: bool = False) -> bool:
        """Whether an opposite act certainly lies between the two; `of_one` teller it may be one of the day of the first."""
        before, after = sorted((self.days, other.days))
        first = before.last + (not of_one or before.last >= after.first)
        return any(first <= bar.first and bar.last <= after.first for bar in bars)


def _occasions(deeds: Sequence[Deed], bars: Sequence[Days]) -> Iterator[list[Deed]]:
    by_teller: dict[str, list[Deed]] = {}
    thought_wrong = []
    for deed in deeds:
        # A claim that is thought wrong goes with the one that is in its place.
        if deed.claim.rank is Rank.DEPRECATED:
            thought_wrong.append(deed)
        else:
            by_teller.setdefault(deed.teller, []).append(deed)
    own = {teller: _of_one_teller(rows, bars) for teller, rows in by_teller.items()}
    occasions: list[_Occasion] = []
    for teller in sorted(own, key=lambda teller: (-len(own[teller]), teller)):
        occasions = _joined(occasions, own[teller], bars)
    for deed in sorted(thought_wrong, key=_day_first):
        occasions = _joined(occasions, [_Occasion([deed])], bars)
    yield from (occasion.deeds for occasion in occasions)


def _of_one_teller(deeds: Iterable[Deed], bars: Sequence[Days]) -> list[_Occasion]:
    """The occasions that one source tells of: days of which one may be the other are one, and those of one role."""
    occasions: list[_Occasion] = []
    for deed in sorted(deeds, key=_day_first):
        one = _Occasion([deed])
        near = occasions and (deed.role or not occasions[-1].gap(one))
        if near and not occasions[-1].is_apart(one, bars, of_one=True):
            occasions[-1].deeds.append(deed)
        else:
            occasions.append(one)
    return occasions


def _joined(occasions: Sequence[_Occasion], more: Sequence[_Occasion], bars: Sequence[Days]) -> list[_Occasion]:
    """The occasions with those of one more source, each with the nearest that is free."""
    pairs = sorted(
        (one.gap(other), at, number)
        for at, one in enumerate(occasions)
        for number, other in enumerate(more)
        if not one.is_apart(other, bars)
    )
    partner: dict[int, int] = {}
    for _, at, number in pairs:
        if at not in partner.values() and number not in partner:
            partner[number] = at
    taken = {at: more[number] for number, at in partner.items()}
    joined = [_Occasion([*one.deeds, *(taken[at].deeds if at in taken else ())]) for at, one in enumerate(occasions)]
    alone = [one for number, one in enumerate(more) if number not in partner]
    return sorted([*joined, *alone], key=lambda occasion: occasion.days)


def _day_first(deed: Deed) -> tuple[object, ...]:
    return (*(deed.claim.days_of_effect or Days(EVER_BEFORE, EVER_AFTER)), deed.line)


# In which order


def _in_order(sheet: Sheet, events: list[Told], deeds: Iterable[Deed], state: str) -> list[Told]:
    """The events in the order that all of their rows tell; where it contradicts the days, it is a fault and they decide."""
    places = {deed.line: deed.place for deed in deeds if deed.place is not None}
    if not all(line in places for one in events for line in one.lines):
        return _in_time(events, state)
    told = sorted(events, key=lambda one: min(places[line] for line in one.lines))
    broken = broken_order((one.event for one in told), state)
    if not broken:
        return told
    line = next(one.lines[0] for one in told if one.event is broken.after)
    problem = f"it follows {broken.before.id!r}, which is later by its days"
    sheet.fault(line, "event_order", problem, str(places[line]), "give the order in time, or leave the column empty")
    return _in_time(events, state)


def _in_time(events: Iterable[Told], state: str) -> list[Told]:
    """The events in their order: of their days, and where these leave it open as a treaty knows the acts."""
    events = _any_last(events, state)
    spans = {one.event.id: _span(one.event, state) for one in events}
    ranked = sorted(events, key=lambda one: (spans[one.event.id], _stage(one.event), _content(one.event)))
    if len(events) <= _MOST_COMPARED:
        as_known = list(_as_a_treaty_knows_them(ranked, spans))
        # Between rival days there may be others: only then can an order be impossible that the first and last days allow.
        rival = any(len(one.event.claims) > 1 for one in events)
        if not rival or not broken_order((one.event for one in as_known), state):
            return as_known
    return ranked


def _any_last(events: Iterable[Told], state: str) -> list[Told]:
    """The events; of those that lead to a status on the same days any may be the last, so that each leads to any of them."""
    every = list(events)
    by_days: dict[Days, list[Event]] = {}
    for one in every:
        if _act(one.event) is Act.STATUS:
            by_days.setdefault(_span(one.event, state), []).append(one.event)
    tied = {event.id: own for own in by_days.values() if len(own) > 1 for event in own}
    return [
        one._replace(event=_leading_to(one.event, tied[one.event.id])) if one.event.id in tied else one for one in every
    ]


def _leading_to(event: Event, tied: Iterable[Event]) -> Event:
    statuses = frozenset(status for one in tied for claim in one.claims for status in claim.status)
    return evolve(
        event, claims=tuple(evolve(claim, status=statuses) if claim.status else claim for claim in event.claims)
    )


def _content(event: Event) -> list[tuple[object, ...]]:
    """What the claims of an event say, to be put in an order: how it is called is no evidence."""
    said = (
        (
            claim.act,
            claim.days_of_effect or Days(EVER_BEFORE, EVER_AFTER),
            sorted(claim.status),
            claim.rank,
            claim.source,
        )
        for claim in event.claims
    )
    return sorted(said)


def _as_a_treaty_knows_them(events: Sequence[Told], spans: dict[str, Days]) -> Iterator[Told]:
    left = list(events)
    inside: set[Act] = set()
    while left:
        earliest_last = min(spans[one.event.id].last for one in left)
        # None of the others can only stand before it.
        free = [one for one in left if spans[one.event.id].first <= earliest_last]
        chosen = min(free, key=lambda one: (not _fits(_act(one.event), inside), _stage(one.event), left.index(one)))
        left.remove(chosen)
        act = _act(chosen.event)
        inside = set() if act in ENDS else inside | {act}
        yield chosen


def _fits(act: Act, inside: set[Act]) -> bool:
    """Whether an act makes sense after those since the state last left."""
    if act in PRESUPPOSING or act is Act.SUSPENSION_FROM_ORGANS:
        return bool(inside & _JOINING)
    if act in _CONSENTING:
        return not inside & _CONSENTING
    if act is Act.SIGNATURE:
        return not inside & _JOINING
    if act is Act.RETURN:
        return not inside or bool(inside & _PAUSES)
    return act not in inside


def _act(event: Event) -> Act:
    return min((claim.act for claim in event.claims), key=lambda act: _STAGE[act])


def _stage(event: Event) -> int:
    return _STAGE[_act(event)]


def _span(event: Event, state: str) -> Days:
    """From the first to the last day on which an event can take effect by its preferred claims."""
    if len(event.claims) == 1:
        return event.claims[0].days_of_effect or Days(EVER_BEFORE, EVER_AFTER)
    days = [one.days for one in alternatives(event.claims_of(state), _PREFERRED, {}) if one.days]
    if not days:
        return Days(EVER_BEFORE, EVER_AFTER)
    return Days(min(run.first for run in days), max(run.last for run in days))
