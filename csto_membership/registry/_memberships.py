"""Answers across organisations: of which a state was a member, and where two were members together."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attrs import frozen

from csto_membership._values.states import folded
from csto_membership._values.verdict import Verdict
from csto_membership.exceptions import UndeterminedError, UnknownNameError

if TYPE_CHECKING:
    from csto_membership._questions.answers import Asked
    from csto_membership._values.states import State
    from csto_membership.registry._prepared import Verdicts


@frozen
class Memberships:
    """
    The organisations of which a state was a member on a day: certainly, and possibly.

    `undetermined` is the difference; `silent` are the organisations whose records do not speak of the state, so that
    nothing is said of them; `organisations` are all that were asked. `in` takes the id of one of them in any case, and
    raises `UnknownNameError` for another. `in`, `len`, `bool` and iteration raise `UndeterminedError` where the answer
    hangs on something undetermined.
    """

    state: State
    date: Asked
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    silent: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()

    @property
    def undetermined(self) -> tuple[str, ...]:
        """The organisations of which it is not determined whether the state was a member."""
        return tuple(told for told in self.possible if told not in self.certain)

    def __contains__(self, organisation: object) -> bool:
        key = folded(organisation) if isinstance(organisation, str) else None
        found = next((told for told in self.organisations if folded(told) == key), None)
        if found is None:
            raise UnknownNameError("organisation", organisation, self.organisations)
        if found in self.undetermined:
            self._refuse(f"whether {self.state} was a member of {found}")
        return found in self.certain

    def __len__(self) -> int:
        if self.undetermined:
            self._refuse(f"of how many organisations {self.state} was a member")
        return len(self.certain)

    def __iter__(self) -> Iterator[str]:
        if self.undetermined:
            self._refuse(f"of which organisations {self.state} was a member")
        return iter(self.certain)

    def __bool__(self) -> bool:
        if not self.certain and self.possible:
            self._refuse(f"whether {self.state} was a member of any organisation")
        return bool(self.certain)

    def _refuse(self, what: str) -> None:
        raise UndeterminedError(
            f"the evidence leaves open {what} on {self.date} ({', '.join(self.undetermined)}); "
            "use .certain, .possible or .undetermined"
        )

    def __str__(self) -> str:
        told = [*self.certain, *(f"{organisation} (undetermined)" for organisation in self.undetermined)]
        return "\n".join([f"{self.state.name} on {self.date}", *(f"  {organisation}" for organisation in told)])

    def as_dict(self) -> dict[str, Any]:
        """The memberships as JSON-ready values."""
        return {
            "state": self.state.id,
            "date": str(self.date),
            "certain": list(self.certain),
            "undetermined": list(self.undetermined),
            "possible": list(self.possible),
            "silent": list(self.silent),
        }


@frozen
class Shared:
    """
    A run of days on which two states were both members of one organisation, or may have been.

    `first_day` is None for since ever, `last_day` None for open; both days are included. The verdict is YES or
    UNDETERMINED.
    """

    organisation: str
    first_day: dt.date | None
    last_day: dt.date | None
    verdict: Verdict

    def __str__(self) -> str:
        return f"{self.organisation}, {self.first_day or '..'} to {self.last_day or '..'}: {self.verdict}"

    def as_dict(self) -> dict[str, Any]:
        """The run as JSON-ready values."""
        return {
            "organisation": self.organisation,
            "first_day": self.first_day and self.first_day.isoformat(),
            "last_day": self.last_day and self.last_day.isoformat(),
            "verdict": str(self.verdict),
        }


def shared(organisation: str, a: Verdicts, b: Verdicts) -> Iterator[Shared]:
    starts = sorted({*a[0], *b[0]})
    run: tuple[dt.date | None, Verdict] | None = None
    for day in (None, *starts):
        verdicts = {told[bisect_right(dates, day) if day else 0] for dates, told in (a, b)}
        verdict = next((v for v in (Verdict.NO, Verdict.UNDETERMINED) if v in verdicts), Verdict.YES)
        if run is None or verdict is not run[1]:
            if run is not None and day and run[1] is not Verdict.NO:
                yield Shared(organisation, run[0], day - dt.timedelta(1), run[1])
            run = (day, verdict)
    if run is not None and run[1] is not Verdict.NO:
        yield Shared(organisation, run[0], None, run[1])
