"""Answers: the members on a day, and what is found of one state with its reasons."""

from __future__ import annotations

import datetime as dt
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from attrs import field, frozen

from csto_membership._evidence.claims import Attestation, Claim, Event, Source
from csto_membership._values.acts import Act, Status, in_order
from csto_membership._values.cells import Link, visible, visible_lines
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.fields import Formed
from csto_membership._values.index import StateSet
from csto_membership._values.listing import Listing, brief
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted, day_range, either, json_days, number_range, when
from csto_membership.exceptions import UndeterminedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from csto_membership._values.html import Html
    from csto_membership._view.timeline import Timeline

#: So many rows and claims an answer shows in a notebook.
_MOST_ROWS = 50
#: So many caveats are in sight.
_MOST_IN_SIGHT = 3

Asked: TypeAlias = "dt.date | ImpreciseDate"


def asked_day(date: ImpreciseDate) -> Asked:
    """The date as answers show it: a plain date where it is one exact day."""
    return date.earliest if date.is_exact and date.earliest else date


@frozen
class Members(Formed):
    """
    Who was a member on a day.

    `certain` are members whatever the evidence leaves open, `possible` those who may have been, `undetermined` the
    difference. `fewest` and `most` bound their number.
    The states are those that the record names; `others` is the answer for every other state of the world.
    `in`, `len` and iteration raise `UndeterminedError` where the answer hangs on something undetermined.
    """

    date: Asked
    certain: StateSet
    possible: StateSet
    fewest: int
    most: int
    organisation: str = ""
    reading: str = ""
    caveats: tuple[str, ...] = ()
    others: Verdict = Verdict.NO
    #: The instrument that binds them, "" where they are members.
    bound_by: str = ""
    #: The timelines, or what gives them: how the answer shows itself, and no part of it.
    _lines: Mapping[str, Timeline] | Callable[[], Mapping[str, Timeline]] = field(
        factory=dict, alias="lines", eq=False, repr=False
    )

    @property
    def timelines(self) -> Mapping[str, Timeline]:
        """The timelines of the states that the record names, by their ids; empty where they are not at hand."""
        return self._lines() if callable(self._lines) else self._lines

    @property
    def undetermined(self) -> StateSet:
        """The states of which it is not determined whether they were members."""
        return self.possible - self.certain

    def __contains__(self, state: object) -> bool:
        if state in self.undetermined or (self.others is Verdict.UNDETERMINED and not self.certain.names(state)):
            self._refuse(f"whether {state} was a member")
        return state in self.certain

    def __len__(self) -> int:
        if self.fewest != self.most:
            self._refuse("how many members there were")
        return self.fewest

    def __iter__(self) -> Iterator[State]:
        if self.undetermined or self.most > len(self.possible):
            self._refuse("who the members were")
        return iter(self.certain)

    def __bool__(self) -> bool:
        if not self.fewest and self.most:
            self._refuse("whether there was any member")
        return bool(self.fewest)

    def _refuse(self, what: str) -> None:
        names = ", ".join([*(state.name for state in self.undetermined), *self._missing()])
        who = f" ({names})" if names else ""
        raise UndeterminedError(
            f"the evidence leaves open {what} {when(self.date)}{who}; use .certain, .possible or .undetermined", self
        )

    def __repr__(self) -> str:
        return brief(self, f"{self.date}: {self._count()}")

    def _missing(self) -> list[str]:
        """States that may be members and are not even named."""
        return ["states that the table does not tell"] if self.most > len(self.possible) else []

    def __str__(self) -> str:
        lines = [f"{self.date}: {self._count()}", *(f"  {state.id}  {state.name}" for state in self.certain)]
        lines += [f"  {state.id}  {state.name} (undetermined)" for state in self.undetermined]
        return visible_lines([*lines, *(f"  note: {caveat}" for caveat in self.caveats)])

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, section, table
        from csto_membership._values.sentences import on_day
        from csto_membership._values.strips import strips_below

        verdicts = [(state, "yes" if state in self.certain else "undetermined") for state in self.possible]
        timelines = self.timelines
        lines = [timelines[state.id] for state, _ in verdicts if state.id in timelines]
        head: list[object] = ["code", "state", "bound" if self.bound_by else "member"]
        rows: list[list[object]] = [[state.id, state.name, verdict] for state, verdict in verdicts[:_MOST_ROWS]]
        whose = f"{self.organisation}, {self.reading}"
        legend: object = ""
        if lines and len(lines) == len(verdicts):
            whose = str(lines[0].scope)
            strips = strips_below([(line.spells, line.scope.days) for line in lines[:_MOST_ROWS]], self.date)
            head, legend = [*head, strips.head], strips.legend
            rows = [[*row, strip] for row, strip in zip(rows, strips.rows, strict=True)]
        more = [f"{state.name}: {verdict}" for state, verdict in verdicts[_MOST_ROWS:]]
        return card(
            headline(f"{self._counted()} {on_day(self.date)}", whose),
            table(head, rows) if rows else "",
            legend,
            section(f"and {len(more)} more", more),
            caveats_html(self.caveats),
        )

    def _count(self) -> str:
        return f"{self._counted()} ({self.reading})"

    def _counted(self) -> str:
        s = "" if self.most == 1 else "s"
        noun = f"state{s} bound by {self.bound_by}" if self.bound_by else f"member{s}"
        return f"{number_range(self.fewest, self.most)} {noun}"

    def as_dict(self) -> dict[str, Any]:
        """The members as JSON-ready values: an ISO day (or EDTF) and lists of codes."""
        return {
            "organisation": self.organisation,
            "date": str(self.date),
            "reading": self.reading,
            "certain": self.certain.as_dict(),
            "undetermined": self.undetermined.as_dict(),
            "possible": self.possible.as_dict(),
            "fewest": self.fewest,
            "most": self.most,
            "others": str(self.others),
            "caveats": list(self.caveats),
        }


@frozen
class Size(Formed):
    """The fewest and the most members on every day of a run, both ends included; None for an open end."""

    first_day: dt.date | None
    last_day: dt.date | None
    fewest: int
    most: int

    def __repr__(self) -> str:
        return brief(self, self)

    def __str__(self) -> str:
        return f"{day_range(self.first_day, self.last_day)}: {number_range(self.fewest, self.most)}"

    def as_dict(self) -> dict[str, Any]:
        """The run as JSON-ready values."""
        return {**json_days(self.first_day, self.last_day), "fewest": self.fewest, "most": self.most}


class Sizes(Listing[Size]):
    """
    Numbers of members over time: a tuple that shows itself as a table.

    >>> from csto_membership import CSTO
    >>> CSTO.sizes()[-2:]
    2 sizes
    first day   last day    fewest  most
    2006-06-23  2012-06-27  7       7
    2012-06-28  ..          6       6
    """

    noun: ClassVar[str] = "size"
    head: ClassVar[tuple[str, ...]] = ("first day", "last day", "fewest", "most")

    @staticmethod
    def row(value: Size) -> tuple[object, ...]:
        """Its ends, and the fewest and the most members."""
        return value.first_day or "..", value.last_day or "..", value.fewest, value.most


@frozen
class CitedClaim(Formed):
    """One claim, with the event that it is about and its source."""

    event: Event
    claim: Claim
    source: Source
    #: The call of a history that supposes what the claim says, where the claim stands against an answer; "" for none.
    call: str = field(default="", eq=False, repr=False)

    def __repr__(self) -> str:
        return brief(self, f"{self.event.id}: {self}")

    def __str__(self) -> str:
        claim, source = self.claim, self.source
        date = f" {claim.date}" if claim.date else ""
        rank = f"{claim.rank.value}, inferred" if claim.inferred else claim.rank.value
        where = ", ".join(part for part in (source.id, source.title or source.publisher, claim.locator) if part)
        note = f" ({claim.note})" if claim.note else ""
        return visible(f"{claim.act.value}{date}, {rank}: {where}{note}")

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card

        return card(claim_html(self))

    def as_dict(self) -> dict[str, Any]:
        """The claim as JSON-ready values, with the ids of its event and source."""
        return {"event": self.event.id, **self.claim.as_dict()}


def supposing_call(event: Event, act: Act, date: ImpreciseDate | None) -> str:
    """The call of a history that supposes that an event was an act on a date."""
    return f".supposing({event.id!r}{f', {date.edtf!r}' if date else ''}, act={act.value!r})"


def _followed(items: Sequence[object], calls: Sequence[str]) -> list[object]:
    """The items, each followed by its call; several of one call by that call once."""
    lines: list[object] = []
    for item, call, after in zip_longest(items, calls, calls[1:], fillvalue=""):
        lines += [item, *([f"  {call}"] if call and call != after else [])]
    return lines


@frozen
class Ground(Formed):
    """An event that an answer rests on, with the claims that the resolution uses."""

    event: Event
    claims: tuple[CitedClaim, ...]

    def __repr__(self) -> str:
        return brief(self, f"{self.event.id}: {counted(len(self.claims), 'claim')}")

    def __str__(self) -> str:
        return visible_lines([self.event.id, *(f"    {claim}" for claim in self.claims)])

    def as_dict(self) -> dict[str, Any]:
        """The ground as JSON-ready values."""
        return {"event": self.event.id, "claims": [claim.as_dict() for claim in self.claims]}


@frozen
class CitedAttestation(Formed):
    """An attestation that an answer rests on, or that is held `against` the answers on some states, with its source."""

    attestation: Attestation
    source: Source
    against: tuple[State, ...] = ()

    def __repr__(self) -> str:
        return brief(self, self)

    def __str__(self) -> str:
        attestation, source = self.attestation, self.source
        where = ", ".join(part for part in (source.id, source.title or source.publisher, attestation.locator) if part)
        against = f" (against {', '.join(map(str, self.against))})" if self.against else ""
        return visible(f"{self.said}: {where}{against}")

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card

        return card(attested_html(self))

    @property
    def said(self) -> str:
        """What is attested, of which days, in words."""
        attestation = self.attestation
        one_day = attestation.during.first == attestation.during.last
        spoken = "on" if one_day else f"{attestation.speaks_of.value.replace('_', ' ')} of"
        parts = [either(in_order(attestation.status)), f"{spoken} {attestation.during}"]
        if attestation.complete:
            parts.append("complete list")
        if attestation.inferred:
            parts.append("inferred")
        return f"attests {', '.join(parts)}"

    def as_dict(self) -> dict[str, Any]:
        """The attestation as JSON-ready values."""
        values = self.attestation.as_dict()
        if self.against:
            values["against"] = [state.id for state in self.against]
        return values


@frozen
class Finding(Formed):
    """
    What is found of one state on a day, with its reasons.

    `statuses` are all that are possible.
    `evidence` is what they rest on: events with the claims used or, where no act is left, attestations.
    `caveats` limit the answer. `decided_by` is what would decide an undetermined one, `contested_by` the claims not
    used by the resolution that would change the verdict if they were right.

    >>> import csto_membership as csto
    >>> finding = csto.status("UZ", "2012-10-01")
    >>> finding.status, finding.verdict
    (<Status.SUSPENDED: 'suspended'>, <Verdict.NO: False>)
    >>> [ground.event.id for ground in finding.evidence]
    ['uzb-notice']
    """

    state: State
    date: Asked
    verdict: Verdict
    statuses: frozenset[Status]
    evidence: tuple[Ground | CitedAttestation, ...] = ()
    caveats: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
    contested_by: tuple[CitedClaim, ...] = ()
    organisation: str = ""
    reading: str = ""
    #: For each of `decided_by` the call of a history that would show one way in which it is decided, "" for none.
    deciding_calls: tuple[str, ...] = field(default=(), repr=False)
    #: The timeline, or what gives it: how the answer shows itself, and no part of it.
    _line: Timeline | Callable[[], Timeline] | None = field(default=None, alias="line", eq=False, repr=False)

    @property
    def timeline(self) -> Timeline | None:
        """The whole timeline of the state, None where it is not at hand."""
        return self._line() if callable(self._line) else self._line

    @property
    def cited(self) -> tuple[CitedClaim | CitedAttestation, ...]:
        """The claims and attestations that the answer rests on, each with its source."""
        cited: list[CitedClaim | CitedAttestation] = []
        for ground in self.evidence:
            cited += ground.claims if isinstance(ground, Ground) else [ground]
        return tuple(cited)

    @property
    def status(self) -> Status:
        """The only possible status; `UndeterminedError` where there are several."""
        if len(self.statuses) > 1:
            raise UndeterminedError(
                f"the evidence leaves several statuses of {self.state} {when(self.date)}: "
                f"{', '.join(in_order(self.statuses))}; use .statuses",
                self,
            )
        (status,) = self.statuses
        return status

    def __repr__(self) -> str:
        return brief(self, f"{self._headline()}, {either(in_order(self.statuses))}")

    def __str__(self) -> str:
        from csto_membership._values.sentences import as_counted

        lines = [self._headline(), f"  possible: {as_counted(self.statuses, self.verdict)}"]
        if self.evidence:
            lines.append("  rests on")
            for ground in self.evidence:
                lines += [f"    {line}" for line in str(ground).splitlines()]
        for title, items in (
            ("would be decided by", _followed(self.decided_by, self.deciding_calls)),
            (
                "would change if these claims were right",
                _followed(self.contested_by, [claim.call for claim in self.contested_by]),
            ),
            ("caveats", self.caveats),
        ):
            if items:
                lines += [f"  {title}", *(f"    {item}" for item in items)]
        return visible_lines(lines)

    def _headline(self) -> str:
        return f"{self.state.name} {when(self.date)}, {self.organisation} ({self.reading}): {self.verdict}"

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, section
        from csto_membership._values.sentences import what_it_was

        open_ = self.verdict is Verdict.UNDETERMINED
        line = self.timeline
        whose = str(line.scope) if line else ""
        grounds = [ground for ground in self.evidence if isinstance(ground, Ground)]
        number = sum(len(ground.claims) for ground in grounds)
        attested = [attested_html(cited) for cited in self.evidence if isinstance(cited, CitedAttestation)]
        against = sorted(self.contested_by, key=self._distance)
        return card(
            headline(
                what_it_was(self.state.name, self.statuses, self.verdict, self.date),
                whose or f"{self.organisation}, {self.reading}",
            ),
            line.strip(self.date) if line else "",
            section(f"rests on {counted(number, 'claim')}", map(ground_html, grounds), unfolded=open_),
            section(f"rests on {counted(len(attested), 'attestation')}", attested, unfolded=open_),
            section(
                f"{counted(len(self.decided_by), 'point')} would decide it",
                (with_call(*pair) for pair in zip_longest(self.decided_by, self.deciding_calls, fillvalue="")),
                unfolded=open_,
            ),
            section(
                f"{counted(len(against), 'claim')} against: if one were right the answer would be another",
                (with_call(claim_html(claim), claim.call) for claim in against[:_MOST_ROWS]),
            ),
            caveats_html(self.caveats, unfolded=open_),
        )

    def _distance(self, claim: CitedClaim) -> int:
        """How many days a claim lies from the day that is asked about; undated ones are far."""
        day = self.date.earliest if isinstance(self.date, ImpreciseDate) else self.date
        told = claim.claim.date and (claim.claim.date.earliest or claim.claim.date.latest)
        return abs((day - told).days) if day and told else dt.date.max.toordinal()

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON-ready values."""
        return {
            "organisation": self.organisation,
            "state": self.state.id,
            "date": str(self.date),
            "reading": self.reading,
            "verdict": str(self.verdict),
            "statuses": in_order(self.statuses),
            "evidence": [ground.as_dict() for ground in self.evidence],
            "caveats": list(self.caveats),
            "decided_by": list(self.decided_by),
            "contested_by": [claim.as_dict() for claim in self.contested_by],
        }


# As HTML, for the answers that cite it.


def claim_html(cited: CitedClaim) -> Html:
    """A claim in a line: act, date and rank, the source with a link, where in it, and the note."""
    from csto_membership._values.html import element, joined

    claim = cited.claim
    rank = f", {claim.rank}{', inferred' if claim.inferred else ''}: "
    told = element("strong", f"{claim.act}{f' {claim.date}' if claim.date else ''}")
    return joined(told, rank, _where(cited.source, claim.locator, claim.note))


def ground_html(ground: Ground) -> Html:
    """An event with its claims."""
    from csto_membership._values.html import joined, listed

    left_out = len(ground.claims) - _MOST_ROWS
    more = [f"and {left_out} more"] if left_out > 0 else []
    return joined(ground.event.id, listed([*map(claim_html, ground.claims[:_MOST_ROWS]), *more]))


def attested_html(cited: CitedAttestation) -> Html:
    """An attestation in a line, the source with a link."""
    from csto_membership._values.html import element, joined

    against = f"; against {', '.join(map(str, cited.against))}" if cited.against else ""
    said = element("strong", cited.said)
    return joined(said, f"{against}: ", _where(cited.source, cited.attestation.locator, cited.attestation.note))


def _where(source: Source, locator: str, note: str) -> Html:
    from csto_membership._values.html import faint, joined

    where = [Link(source.title or source.publisher or source.id, source.url), f", {locator}" if locator else ""]
    return joined(*where, faint(f" ({source.id})"), faint(f" {note}") if note else "")


def with_call(item: object, call: str) -> Html:
    """An item with the call of a history that shows it."""
    from csto_membership._values.html import element, joined

    return joined(item, " ", element("code", call, style="font-size:85%")) if call else joined(item)


def caveats_html(caveats: Sequence[str], *, unfolded: bool = False) -> Html:
    """Caveats: in sight if they are few, or the answer is open."""
    from csto_membership._values.html import section

    return section(counted(len(caveats), "caveat"), caveats, unfolded=unfolded or len(caveats) <= _MOST_IN_SIGHT)
