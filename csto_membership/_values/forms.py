"""
What `as_dict` gives: the forms of answers and of evidence in JSON, each under the name of its class.

pydantic makes JSON Schemas of them, so that a response of a web back end that returns an answer is described in full;
nothing else imports this module. Days are texts in ISO form, dates texts in EDTF, states their ids, and yes, no and
undetermined words; None is an open end, or what is not known.
"""

from __future__ import annotations

import sys
from typing import NotRequired, TypeAlias

from csto_membership._values.form_words import (
    ActWord,
    Date,
    Day,
    KindWord,
    RankWord,
    SpeaksOfWord,
    StateId,
    StatusWord,
    VerdictWord,
)

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:  # pydantic takes no other there; it comes with cattrs.
    from typing_extensions import TypedDict


#: A set of states, in order.
StateSet: TypeAlias = list[StateId]
# Answers


class Run(TypedDict):
    """A run of days, both ends included: None for since ever, and for open."""

    first_day: Day | None
    last_day: Day | None


class Spell(Run):
    """A run of days with the same possible statuses."""

    statuses: list[StatusWord]
    verdict: VerdictWord


class Timeline(TypedDict):
    """The spells of one state, which cover every day once."""

    state: StateId
    spells: list[Spell]


class Size(Run):
    """The fewest and the most members on every day of a run."""

    fewest: int
    most: int


class Members(TypedDict):
    """Who was a member on a day; `others` is the answer for every state that the record does not name."""

    organisation: str
    date: Date
    reading: str
    certain: list[StateId]
    undetermined: list[StateId]
    possible: list[StateId]
    fewest: int
    most: int
    others: VerdictWord
    caveats: list[str]


class Finding(TypedDict):
    """What is found of one state on a day, with what it rests on and what would decide it."""

    organisation: str
    state: StateId
    date: Date
    reading: str
    verdict: VerdictWord
    statuses: list[StatusWord]
    evidence: list[Ground | CitedAttestation]
    caveats: list[str]
    decided_by: list[str]
    contested_by: list[CitedClaim]


class Ground(TypedDict):
    """An event that an answer rests on, with the claims that the resolution uses."""

    event: str
    claims: list[CitedClaim]


class DatedAct(TypedDict):
    """One event of a state: what was done, and when."""

    state: StateId
    date: Date
    acts: list[ActWord]
    event: str
    certain: bool


class Change(TypedDict):
    """A change of status: `event` is None where no event of the state itself brings it about."""

    state: StateId
    date: Date
    acts: list[ActWord]
    before: list[StatusWord]
    after: list[StatusWord]
    certain: bool
    event: str | None
    silent: bool
    for_all: bool


class Matter(Run):
    """A run of days on which a disagreement changes the verdict on a state."""

    state: StateId


class Conflict(TypedDict):
    """A controversy: events whose claims disagree, and attestations that no world allows."""

    id: str
    events: list[str]
    attestations: list[CitedAttestation]
    claims: list[CitedClaim]
    matters: list[Matter]
    reading: str
    notes: list[str]


class Difference(Run):
    """A run of days on which two histories answer differently: both verdicts, and the claims behind each."""

    state: StateId
    verdicts: list[VerdictWord]
    claims: list[list[CitedClaim | CitedAttestation]]


class PanelRow(TypedDict):
    """One state in one period: `member` is None where it is undetermined."""

    state: StateId
    cow: int | None
    year: int
    period: str
    first_day: Day
    last_day: Day
    statuses: str
    status: StatusWord | None
    member: bool | None
    days_least: int
    days_most: int


class DyadRow(TypedDict):
    """Two states in one period: whether both were members, None where it is undetermined."""

    state_a: StateId
    cow_a: int | None
    state_b: StateId
    cow_b: int | None
    year: int
    period: str
    first_day: Day
    last_day: Day
    member: bool | None
    days_least: int
    days_most: int


class RowFault(TypedDict):
    """A value of a column that cannot be read, once; rows are counted from 0."""

    value: str
    reason: str
    count: int
    first_row: int


class Checked(TypedDict):
    """The answers to many rows, None where one is undetermined or could not be read; rows are counted from 0."""

    answers: list[bool | None]
    undetermined: list[int]
    unreadable: list[int]
    faults: list[RowFault]


class Report(TypedDict):
    """What an annotated table was told, in numbers of rows."""

    rows: int
    yes: int
    no: int
    undetermined: int
    unreadable: int
    faults: list[RowFault]


class InstrumentsInForce(TypedDict):
    """The ids of the instruments in force on a day."""

    date: Day
    certain: list[str]
    undetermined: list[str]


class Memberships(TypedDict):
    """The ids of the organisations of which a state was a member on a day; `unlisted` say nothing of it."""

    state: StateId
    date: Date
    certain: list[str]
    undetermined: list[str]
    possible: list[str]
    unlisted: list[str]


class Shared(Run):
    """A run of days on which two states were both members of one organisation, or may have been."""

    organisation: str
    verdict: VerdictWord


class RobustnessRow(TypedDict):
    """One answer under one view."""

    view: str
    about: str
    name: str
    conflicts: str
    state: str
    period: str
    answer: str


class RobustnessAnswer(TypedDict):
    """One answer under the view that is asked."""

    state: str
    period: str
    answer: str


class Hinge(RobustnessAnswer):
    """An answer that another view gives otherwise, and the judgements on which that hangs."""

    others: list[str]
    hangs_on: list[str]


class Robustness(TypedDict):
    """The answers to one question under a grid of views."""

    question: str
    view: str
    views: list[str]
    answers: list[RobustnessAnswer]
    hinges: list[Hinge]
    single_sources: list[Hinge]


class Remark(TypedDict):
    """Something odd in a record, and its place."""

    place: str
    text: str


class Fault(TypedDict):
    """One fault of a record: the file, the place in it, what was found there, what is wrong and its remedy."""

    file: str
    place: str
    problem: str
    value: str
    remedy: str


# Evidence


class Source(TypedDict):
    """A document or a data set."""

    id: str
    kind: KindWord
    title: str
    publisher: str
    published: Date | None
    consulted: Date | None
    url: str
    copies: list[str]
    note: str


class Claim(TypedDict):
    """One source's statement that one act fell on one date; `last_day` is the last day inside, where an end gives it."""

    source: str
    act: ActWord
    date: Date | None
    locator: str
    rank: RankWord
    inferred: bool
    conflict: str
    note: str
    last_day: NotRequired[Date]
    status: NotRequired[list[StatusWord]]


class CitedClaim(Claim):
    """A claim with the event that it is about."""

    event: str


class Event(TypedDict):
    """Something that happened once, with all that is claimed of it."""

    id: str
    states: list[StateId]
    instrument: str
    conflict: str
    note: str
    claims: list[Claim]


class Attestation(TypedDict):
    """One source's statement of a status on a day or in a period."""

    source: str
    states: list[StateId]
    status: list[StatusWord]
    during: str
    speaks_of: SpeaksOfWord
    complete: bool
    inferred: bool
    locator: str
    conflict: str
    note: str


class CitedAttestation(Attestation):
    """An attestation that an answer rests on, or that is held `against` the answers on some states."""

    against: NotRequired[list[StateId]]


class Delay(TypedDict):
    """After what duration an instrument takes force, and what then has to come: "next_month", or nothing."""

    add: str
    then: str


class Force(TypedDict):
    """Which deposits bring an instrument into force for a state, and when."""

    of: list[ActWord]
    after: Delay
    retroactive: list[ActWord]


class Registration(TypedDict):
    """The registration of an instrument with the United Nations."""

    number: str
    date: Date | None
    volume: int | None


class Instrument(TypedDict):
    """A treaty text or decision; `term` and `renewal` are durations ("P5Y"), "" for none."""

    id: str
    kind: str
    title: str
    place: str
    signed: Date | None
    in_force: Date | None
    force: Force | None
    applies_from: Date | None
    term: str
    renewal: str
    prolongs: str
    amends: list[str]
    registration: Registration | None
    sources: list[str]
    conflict: str
    note: str


class Term(TypedDict):
    """One term of an instrument, both days included."""

    number: int
    first_day: Day
    last_day: Day


class Existence(TypedDict):
    """Since when, or until when, something exists: as declared, and in law where that is another day."""

    declared: Date
    legal: Date | None


class Abolition(TypedDict):
    """A status that an institution abolishes, and what its holders become."""

    status: StatusWord
    date: Date
    to: StatusWord


# A key of one form is a word of the language.
DatedName = TypedDict("DatedName", {"name": str, "from": "Date | None", "to": "Date | None", "citation": str})
DatedName.__doc__ = "A name, and from when to when it was in use."


class Institution(TypedDict):
    """What one is a member of: the treaty, or the organisation that grew from it."""

    id: str
    abbreviation: str
    names: list[DatedName]
    exists: Existence
    ends: Existence | None
    abolishes: list[Abolition]


class Coverage(TypedDict):
    """The days for which a record vouches, and what holds outside them."""

    first: Day | None
    last: Day | None
    before: str
    after: str
    states: str
    acts: str
    missing: NotRequired[str]
    unnamed: NotRequired[int]


ReadEffect = TypedDict("ReadEffect", {"from": "list[StatusWord]", "to": "StatusWord"})
ReadEffect.__doc__ = "From which statuses an act leads to which, under a reading."


class Reading(TypedDict):
    """A reading: the effect of each act that has one."""

    name: str
    effects: dict[str, ReadEffect]


class Lifespan(TypedDict):
    """A run of days on which a state existed, as some source counts it."""

    first: Date | None
    last: Date | None
    citation: str


class Predecessor(TypedDict):
    """A state of which another is a successor; `together` cites a list that counts both as one."""

    id: StateId
    name: str
    citation: str
    together: NotRequired[str]


class State(TypedDict):
    """One state: its identifier, codes and names."""

    id: StateId
    name: str
    alpha2: str | None
    alpha3: str | None
    cow: int | None
    numeric: str | None
    names: list[str]
    dated_names: list[DatedName]
    lifespans: list[Lifespan]
    predecessors: list[Predecessor]
