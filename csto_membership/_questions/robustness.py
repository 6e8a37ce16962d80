"""
How robust an answer is: one question under a grid of views, and the judgements on which its answers hang.

A view of the grid differs from the one that is asked by a reading, by a resolution, by one event about which sources
disagree (each of their claims alone, in turn), or by one source that is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias

from attrs import evolve, field, fields, frozen

from csto_membership._evidence.omission import Omission
from csto_membership._evidence.resolution import each_alone
from csto_membership._evidence.supposition import Supposition, date_of
from csto_membership._questions.answers import Finding, Members
from csto_membership._questions.panels import DyadRow, PanelRow
from csto_membership._values.acts import in_order
from csto_membership._values.fields import Formed
from csto_membership._values.listing import Listing, Stream, brief
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted, either, number_range
from csto_membership._view.what_if import without
from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from csto_membership._evidence.claims import Event
    from csto_membership._evidence.resolution import Alternative, Resolution
    from csto_membership._values.readings import Reading
    from csto_membership._values.states import State
    from csto_membership._view.derivation import Derivation

#: So many answers on which nothing hangs are listed in a notebook.
_MOST_FIRM = 100
#: What a judgement is about.
READING, RESOLUTION, BOTH, EVENT, SOURCE = "reading", "resolution", "reading and resolution", "event", "source"


class Asked(NamedTuple):
    """Of which state and period an answer is; texts, "" where the question names none."""

    state: str
    period: str


#: The answers to a question, in words.
Answers: TypeAlias = "Mapping[Asked, str]"
#: What asks a question: under what follows from a view, of these states (by their ids) or, for None, of all.
Ask: TypeAlias = "Callable[[Derivation, Collection[str] | None], Answers]"


@frozen
class Judgement:
    """
    One judgement that a view of the grid takes otherwise than the view that is asked.

    `about` is "reading", "resolution", "reading and resolution", "event" or "source"; `name` the reading, resolution,
    event or source, and `conflicts` the ids of the controversies of an event. `view` is the view in words.
    """

    about: str
    name: str
    view: str
    conflicts: tuple[str, ...] = ()

    def __str__(self) -> str:
        conflicts = f" ({', '.join(self.conflicts)})" if self.conflicts else ""
        return f"{self.about} {self.name}{conflicts}"


@frozen
class RobustnessRow(Formed):
    """One answer under one view: a row of the table that a referee asks for. All are texts."""

    view: str
    about: str
    name: str
    conflicts: str
    state: str
    period: str
    answer: str

    def as_dict(self) -> dict[str, str]:
        """The row as JSON-ready values."""
        return {
            name: getattr(self, name) for name in ("view", "about", "name", "conflicts", "state", "period", "answer")
        }


@frozen
class Hinge(Formed):
    """An answer that some view of the grid gives otherwise, and the judgements on which that hangs."""

    state: str
    period: str
    answer: str
    judgements: tuple[Judgement, ...]
    others: tuple[str, ...]

    @property
    def events(self) -> tuple[str, ...]:
        """The ids of the events on which it hangs."""
        return tuple(dict.fromkeys(judgement.name for judgement in self.judgements if judgement.about == EVENT))

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The ids of the controversies on which it hangs."""
        return tuple(dict.fromkeys(id for judgement in self.judgements for id in judgement.conflicts))

    def __str__(self) -> str:
        asked = " ".join(part for part in (self.state, self.period) if part)
        return f"{asked}: {self.answer}, or {' or '.join(self.others)}; hangs on {', '.join(self._on())}"

    def __repr__(self) -> str:
        return brief(self, self)

    @property
    def least(self) -> tuple[Judgement, ...]:
        """The judgements without those of a reading and a resolution together of which one alone changes the answer."""
        alone = {judgement.name for judgement in self.judgements if judgement.about != BOTH}
        return tuple(
            judgement
            for judgement in self.judgements
            if judgement.about != BOTH or not alone & set(judgement.name.split(", "))
        )

    def _on(self) -> list[str]:
        return list(dict.fromkeys(map(str, self.least)))

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON-ready values."""
        return {
            "state": self.state,
            "period": self.period,
            "answer": self.answer,
            "others": list(self.others),
            "hangs_on": self._on(),
        }


class Hinges(Listing[Hinge]):
    """Answers that hang on a judgement: a tuple that shows itself as a short table."""

    noun: ClassVar[str] = "answer that hangs on a judgement"
    head: ClassVar[tuple[str, ...]] = ("state", "period", "answer", "or", "hangs on")

    def _count(self) -> str:
        return (
            self.noun.replace("answer", "1 answer")
            if len(self) == 1
            else (f"{len(self) or 'no'} answers that hang on a judgement")
        )

    @staticmethod
    def row(hinge: Hinge) -> Iterable[object]:
        """The cells of one answer."""
        on = ", ".join(dict.fromkeys(", ".join(judgement.conflicts) or judgement.name for judgement in hinge.least))
        return hinge.state, hinge.period, hinge.answer, " or ".join(hinge.others), on


@frozen
class Robustness(Formed):
    """
    The answers to one question under a grid of views.

    `answers` are those of the view that is asked. `hinges` are the answers that another reading or resolution, or
    one claim of an event in place of another, would change; `single_sources` those that leaving out one source would.
    `rows()` are the answers of every view.
    """

    question: str
    view: str
    answers: Answers = field(repr=False)
    changed: tuple[tuple[Judgement, Answers], ...] = field(repr=False)
    organisation: str = field(default="", repr=False)

    def rows(self) -> Stream[RobustnessRow]:
        """Every answer of every view, view by view, the one that is asked first."""
        title = f"{self.question} under {counted(len(self.changed) + 1, 'view')}"
        return Stream(self._rows, tuple(one.name for one in fields(RobustnessRow)), title, self._whose)

    def _rows(self) -> Iterator[RobustnessRow]:
        for judgement, changed in ((Judgement("", "", self.view), {}), *self.changed):
            conflicts = ", ".join(judgement.conflicts)
            for asked in dict.fromkeys((*self.answers, *changed)):
                answer = changed.get(asked) or self.answers[asked]
                yield RobustnessRow(
                    judgement.view, judgement.about, judgement.name, conflicts, asked.state, asked.period, answer
                )

    @property
    def hinges(self) -> Hinges:
        """The answers that hang on a judgement, in the order of the question."""
        return Hinges(self._hinges(lambda judgement: judgement.about != SOURCE))

    @property
    def single_sources(self) -> Hinges:
        """The answers that would be others without one of the sources."""
        return Hinges(self._hinges(lambda judgement: judgement.about == SOURCE))

    @property
    def firm(self) -> tuple[Asked, ...]:
        """The states and periods whose answer holds under every reading, resolution and claim of the grid."""
        hanging = {(hinge.state, hinge.period) for hinge in self.hinges}
        return tuple(asked for asked in self.answers if asked not in hanging)

    def _hinges(self, wanted: Callable[[Judgement], bool]) -> Iterator[Hinge]:
        by_asked: dict[Asked, list[tuple[Judgement, str]]] = {}
        for judgement, changed in self.changed:
            for asked, answer in changed.items() if wanted(judgement) else ():
                by_asked.setdefault(asked, []).append((judgement, answer))
        order = {asked: number for number, asked in enumerate(self.answers)}
        for asked in sorted(by_asked, key=lambda asked: order.get(asked, len(order))):
            judgements = tuple(judgement for judgement, _ in by_asked[asked])
            others = tuple(dict.fromkeys(answer for _, answer in by_asked[asked]))
            yield Hinge(*asked, self.answers.get(asked, "not asked"), judgements, others)

    @property
    def _whose(self) -> str:
        return ", ".join(filter(None, (self.organisation, self.view)))

    def _summary(self) -> str:
        hinges, views = len(self.hinges), counted(len(self.changed) + 1, "view")
        hang = "hangs" if hinges == 1 else "hang"
        return f"{self.question} ({self.view}) under {views}: {counted(len(self.answers), 'answer')}, {hinges} {hang} on a judgement"

    def _headline(self) -> str:
        hinges, answers = len(self.hinges), len(self.answers)
        if answers == 1:
            return f"The only answer hangs on {'a' if hinges else 'no'} judgement"
        return f"{hinges or 'None'} of {answers} answers {'hang' if hinges > 1 else 'hangs'} on a judgement"

    def __repr__(self) -> str:
        return brief(self, self._summary())

    def __str__(self) -> str:
        return "\n".join([self._summary(), *(f"  {hinge}" for hinge in self.hinges)])

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, folded, headline, line, section

        hinges, single, firm = self.hinges, self.single_sources, self.firm
        others = "another" if len(single) == 1 else "others"
        hold = "holds" if len(firm) == 1 else "hold"
        held = [f"{' '.join(filter(None, asked))}: {self.answers[asked]}" for asked in firm[:_MOST_FIRM]]
        more = [f"and {len(firm) - _MOST_FIRM} more"] if len(firm) > _MOST_FIRM else []
        return card(
            headline(self._headline(), f"{self.question}: {self._whose}"),
            line(f"asked under {counted(len(self.changed) + 1, 'view')}"),
            hinges.table_html() if hinges else "",
            folded(f"without one of the sources {len(single)} would be {others}", single.table_html())
            if single
            else "",
            section(f"{len(firm)} {hold} under every reading, resolution and claim", [*held, *more]),
        )

    def as_dict(self) -> dict[str, Any]:
        """The summary as JSON-ready values; the rows of `rows()` are a table of their own."""
        return {
            "question": self.question,
            "view": self.view,
            "views": [judgement.view for judgement, _ in self.changed],
            "answers": [{**asked._asdict(), "answer": answer} for asked, answer in self.answers.items()],
            "hinges": self.hinges.to_dicts(),
            "single_sources": self.single_sources.to_dicts(),
        }


#: The questions that can be asked by name.
QUESTIONS = (
    "panel",
    "dyads",
    "members_on",
    "size",
    "was_member",
    "was_member_throughout",
    "was_member_at_some_time",
    "days_as_member",
    "status",
)


def answers_of(result: object, states: Iterable[State], asked: Mapping[str, object] | None = None) -> Answers:
    """
    The answers to a question in words, each with the state and period that it is of.

    `states` are those of the history, `asked` the arguments of the question.
    Raises `ArgumentError` for what is no answer of a history.
    """
    if isinstance(result, Members):
        period = str(result.date)
        return {Asked(state.id, period): _of_list(result, state) for state in states}
    given = {name: str(value) for name, value in (asked or {}).items() if value is not None}
    ends = [given.get(name, "..") for name in ("first", "last")]
    of = Asked(given.get("state", ""), given.get("date") or (" to ".join(ends) if ends != ["..", ".."] else ""))
    if isinstance(result, Finding):
        return {Asked(result.state.id, str(result.date)): f"{result.verdict}: {either(in_order(result.statuses))}"}
    if isinstance(result, Verdict):
        return {of: str(result)}
    if isinstance(result, tuple) and len(result) == 2 and all(type(number) is int for number in result):
        return {of: number_range(*result)}
    if isinstance(result, Iterable) and not isinstance(result, str):
        rows = list(result)
        if all(isinstance(row, (PanelRow, DyadRow)) for row in rows):
            return {Asked(_whose(row), row.period): _MEMBER[row.member] for row in rows}
    raise ArgumentError("question", result, "its answer is a verdict, a finding, members, a count, or rows of a table")


_MEMBER = {verdict.value: str(verdict) for verdict in Verdict}


def _of_list(members: Members, state: State) -> str:
    if state in members.certain:
        return str(Verdict.YES)
    return str(Verdict.UNDETERMINED if state in members.possible else Verdict.NO)


def _whose(row: PanelRow | DyadRow) -> str:
    return row.state if isinstance(row, PanelRow) else f"{row.state_a} {row.state_b}"


def robustness(
    derivation: Derivation,
    question: str,
    ask: Ask,
    *,
    readings: Iterable[Reading],
    resolutions: Iterable[Resolution],
    events: bool,
    sources: bool,
) -> Robustness:
    """The answers of a derivation to a question, and those of every view of the grid that differ."""
    answers = ask(derivation, None)
    changed = []
    for judgement, other, states in _grid(
        derivation, tuple(readings), tuple(resolutions), events=events, sources=sources
    ):
        if states is not None and not any(_may_differ(derivation, other, state) for state in states):
            found: Answers = {}
        else:
            found = ask(other, states)
        changed.append((judgement, {asked: answer for asked, answer in found.items() if answers.get(asked) != answer}))
    return Robustness(question, derivation.view.label, answers, tuple(changed), derivation.record.id)


def _may_differ(one: Derivation, other: Derivation, state: str) -> bool:
    """Whether an answer on the state may be another: not where the worlds are the same."""
    mine, theirs = one.cases(state), other.cases(state)
    return [(case.chain.meaning, case.all_attested) for case in mine] != [
        (case.chain.meaning, case.all_attested) for case in theirs
    ]


def _grid(
    derivation: Derivation,
    readings: tuple[Reading, ...],
    resolutions: tuple[Resolution, ...],
    *,
    events: bool,
    sources: bool,
) -> Iterator[tuple[Judgement, Derivation, Collection[str] | None]]:
    """The other views, each with the ids of the states of which it may answer otherwise, None for all."""
    view = derivation.view
    for reading in readings:
        for resolution in resolutions:
            same = (reading == view.reading, resolution == view.resolution)
            if same == (True, True):
                continue
            about = {(False, True): READING, (True, False): RESOLUTION}.get(same, BOTH)
            name = ", ".join(str(part) for part, alike in ((reading.name, same[0]), (resolution, same[1])) if not alike)
            other = _seen(derivation, reading=reading, resolution=resolution)
            yield Judgement(about, name, str(other.view)), other, None
    if events:
        for event in derivation.record.events:
            for supposition, conflicts in _suppositions(derivation, event):
                others = tuple(one for one in view.supposed if one.event != event.id)
                other = _seen(derivation, supposed=(*others, supposition))
                if not any(other.collision(state, event) for state in event.states):
                    yield Judgement(EVENT, event.id, str(other.view), conflicts), other, event.states
    if sources:
        for id, states in _told_by_source(derivation).items():
            try:
                other = without(derivation, Omission(sources=frozenset([id])))
            except ArgumentError:
                # What the others tell makes no record, or nothing is left of the sources that were chosen.
                continue
            yield Judgement(SOURCE, id, str(other.view)), other, states


def _seen(derivation: Derivation, **changes: Any) -> Derivation:
    from csto_membership._view.derivation import Derivation as Made

    return Made(derivation.record, evolve(derivation.view, **changes), derivation.publications)


def _suppositions(derivation: Derivation, event: Event) -> Iterator[tuple[Supposition, tuple[str, ...]]]:
    """What each claim of an event alone says, where it is not what the view takes for settled, with its controversies."""
    seen = set()
    for state in event.states:
        claims = derivation.claims_on(state, event)
        told = [option for _, options in each_alone(claims) for option in options]
        taken = derivation.options(state, event)
        settled = _meaning(taken[0]) if len(taken) == 1 else None
        if len({_meaning(option) for option in (*told, *taken)}) < 2:
            continue
        for option in told:
            if _meaning(option) != settled and _meaning(option) not in seen:
                seen.add(_meaning(option))
                date = date_of(option) if option.days else None
                ids = (event.conflict, *(claim.conflict for claim in option.claims))
                yield Supposition(event.id, option.act, date, option.statuses), tuple(dict.fromkeys(filter(None, ids)))


def _meaning(option: Alternative) -> object:
    return option.act, option.statuses, option.days


def _told_by_source(derivation: Derivation) -> dict[str, Collection[str] | None]:
    """Of which states each source used tells an act; None for all where what is attested may answer."""
    if derivation.view.sources is not None or derivation.view.published_by or derivation.record.coverage.acts == "some":
        return {source.id: None for source in derivation.record.sources if source.id in derivation.selection}
    told: dict[str, dict[str, None]] = {}
    for event in derivation.record.events:
        for state in event.states:
            for claim in event.claims_of(state):
                told.setdefault(claim.source, {})[state] = None
    return {source: tuple(states) for source, states in sorted(told.items())}
