"""The acts of a state as marks on its row: of which kind, on which days, and whether the status changed."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._values.acts import Act, Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.verdict import Verdict

if TYPE_CHECKING:
    from csto_membership._history import History
    from csto_membership._questions.changes import Change
    from csto_membership._values.states import State


class Kind(StrEnum):
    """What a mark stands for, in the words of the key."""

    SIGNATURE = "signature"
    CONSENT = "ratification, accession"
    FORCE = "entry into force, admission"
    PROLONGATION = "prolongation"
    OTHER_STATUS = "another status"
    NOTICE = "notice"
    SUSPENSION = "suspension"
    RETURN = "return"
    END = "end"


_KIND_OF = {
    Act.SIGNATURE: Kind.SIGNATURE,
    **dict.fromkeys((Act.ACCESSION, Act.SUCCESSION, Act.RATIFICATION, Act.ACCEPTANCE, Act.APPROVAL), Kind.CONSENT),
    **dict.fromkeys((Act.ENTRY_INTO_FORCE, Act.ADMISSION, Act.PROVISIONAL_APPLICATION), Kind.FORCE),
    Act.PROLONGATION: Kind.PROLONGATION,
    **dict.fromkeys((Act.ASSOCIATE_STATUS, Act.OBSERVER_STATUS, Act.PARTNER_STATUS, Act.STATUS), Kind.OTHER_STATUS),
    **dict.fromkeys((Act.NOTICE_OF_SUSPENSION, Act.NOTICE_OF_WITHDRAWAL), Kind.NOTICE),
    **dict.fromkeys((Act.SUSPENSION, Act.SUSPENSION_FROM_ORGANS, Act.FREEZE), Kind.SUSPENSION),
    **dict.fromkeys((Act.RETURN, Act.REVOCATION), Kind.RETURN),
    **dict.fromkeys((Act.EXPIRY, Act.WITHDRAWAL, Act.EXCLUSION, Act.LAPSE, Act.EXTINCTION), Kind.END),
    Act.END_OF_PROVISIONAL_APPLICATION: Kind.END,
}


@frozen
class Mark:
    """
    An act of one state, on an unknown day from `first` to `last`; None for an open end.

    `changes` says whether it changes the status: undetermined where it does in some worlds only.
    """

    kind: Kind
    first: dt.date | None
    last: dt.date | None
    changes: Verdict

    @property
    def day(self) -> dt.date | None:
        """Where the mark stands: in the middle of its days, or at the end that is known."""
        if self.first and self.last:
            return self.first + (self.last - self.first) // 2
        return self.first or self.last


def marks_of(history: History, state: State) -> tuple[Mark, ...]:
    """
    The acts that are told of a state, in order; one that changes its status hides others of the same day.

    What changes for all at once, such as the end of an institution, is an act too. An act of several possible kinds is
    shown as the first of them that is told.
    """
    changes = [change for change in history.changes(None, None) if change.state == state]
    by_event = {change.event.id: change for change in changes if change.event and not change.silent}
    marks = [_mark(_KIND_OF[act.acts[0]], act.date, by_event.get(act.event.id)) for act in history.acts(state)]
    for change in changes:
        if change.for_all:
            kind = Kind.END if change.after == {Status.FORMER} else Kind.OTHER_STATUS
            marks.append(_mark(kind, change.date, change))
    changing = {(mark.first, mark.last) for mark in marks if mark.changes is not Verdict.NO}
    kept = [mark for mark in marks if mark.changes is not Verdict.NO or (mark.first, mark.last) not in changing]
    return tuple(dict.fromkeys(sorted(kept, key=lambda mark: mark.day or dt.date.min)))


def _mark(kind: Kind, date: ImpreciseDate, change: Change | None) -> Mark:
    changes = Verdict.NO if change is None else Verdict.YES if change.certain else Verdict.UNDETERMINED
    return Mark(kind, date.earliest, date.latest, changes)
