"""Answers: the members on a day, and what is found of one state with its reasons."""

from __future__ import annotations

import datetime as dt
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen

from csto_membership._evidence.claims import Attestation, Claim, Event, Source
from csto_membership._values.acts import Status, in_order
from csto_membership._values.cells import visible, visible_lines
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.html import listed, table
from csto_membership._values.index import StateSet
from csto_membership._values.listing import brief
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import counted, day_range, either, json_days, number_range, when
from csto_membership.exceptions import UndeterminedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


Asked: TypeAlias = "dt.date | ImpreciseDate"


def asked_day(date: ImpreciseDate) -> Asked:
    """The date as answers show it: a plain date where it is one exact day."""
    return date.earliest if date.is_exact and date.earliest else date


@frozen
class Members:
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
        rows = [(state.id, state.name, "member") for state in self.certain]
        rows += [(state.id, state.name, "undetermined") for state in self.undetermined]
        caption = f"{self.organisation} {when(self.date)}: {self._count()}"
        return table(caption, ("code", "state", ""), sorted(rows)) + listed("Caveats", self.caveats)

    def _count(self) -> str:
        count = number_range(self.fewest, self.most)
        return f"{count} member{'' if self.most == 1 else 's'} ({self.reading})"

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
class Size:
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


@frozen
class CitedClaim:
    """One claim, with the event that it is about and its source."""

    event: Event
    claim: Claim
    source: Source

    def __repr__(self) -> str:
        return brief(self, f"{self.event.id}: {self}")

    def __str__(self) -> str:
        claim, source = self.claim, self.source
        date = f" {claim.date}" if claim.date else ""
        rank = f"{claim.rank.value}, inferred" if claim.inferred else claim.rank.value
        where = ", ".join(part for part in (source.id, source.title or source.publisher, claim.locator) if part)
        note = f" ({claim.note})" if claim.note else ""
        return visible(f"{claim.act.value}{date}, {rank}: {where}{note}")

    @property
    def call(self) -> str:
        """The call of a history that supposes what the claim says."""
        date = f", {self.claim.date.edtf!r}" if self.claim.date else ""
        return f".supposing({self.event.id!r}{date}, act={self.claim.act.value!r})"

    def as_dict(self) -> dict[str, Any]:
        """The claim as JSON-ready values, with the ids of its event and source."""
        return {"event": self.event.id, **self.claim.as_dict()}


def _followed(items: Sequence[object], calls: Sequence[str]) -> list[object]:
    """The items, each followed by its call; several of one call by that call once."""
    lines: list[object] = []
    for item, call, after in zip_longest(items, calls, calls[1:], fillvalue=""):
        lines += [item, *([f"  {call}"] if call and call != after else [])]
    return lines


@frozen
class Ground:
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
class CitedAttestation:
    """An attestation that an answer rests on, or that is held `against` the answers on some states, with its source."""

    attestation: Attestation
    source: Source
    against: tuple[State, ...] = ()

    def __repr__(self) -> str:
        return brief(self, self)

    def __str__(self) -> str:
        attestation, source = self.attestation, self.source
        one_day = attestation.during.first == attestation.during.last
        spoken = "on" if one_day else f"{attestation.speaks_of.value.replace('_', ' ')} of"
        parts = [either(in_order(attestation.status)), f"{spoken} {attestation.during}"]
        if attestation.complete:
            parts.append("complete list")
        if attestation.inferred:
            parts.append("inferred")
        where = ", ".join(part for part in (source.id, source.title or source.publisher, attestation.locator) if part)
        against = f" (against {', '.join(map(str, self.against))})" if self.against else ""
        return visible(f"attests {', '.join(parts)}: {where}{against}")

    def as_dict(self) -> dict[str, Any]:
        """The attestation as JSON-ready values."""
        values = self.attestation.as_dict()
        if self.against:
            values["against"] = [state.id for state in self.against]
        return values


@frozen
class Finding:
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
        lines = [self._headline(), f"  possible: {either(in_order(self.statuses))}"]
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
        first, *others = self.cited or ("",)
        rows = [(either(in_order(self.statuses)), str(first)), *(("", str(cited)) for cited in others)]
        return "".join(
            [
                table(self._headline(), ("status", "rests on"), rows),
                listed("Would be decided by", self.decided_by),
                listed("Would change if these claims were right", self.contested_by),
                listed("Caveats", self.caveats),
            ]
        )

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
