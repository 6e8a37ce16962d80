"""
Acts and statuses.

The terms are those of the Vienna Convention on the Law of Treaties (1969) where it has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from csto_membership.exceptions import UnknownNameError

if TYPE_CHECKING:
    from typing import Any, TypeVar

    _Name = TypeVar("_Name", bound=Enum)


class Word(StrEnum):
    """The words of a closed list, each of which is its text."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """As a field of a pydantic model: read from its text, and written as it."""
        from csto_membership._values.fields import text_field

        kind = re.sub("(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
        meaning = (cls.__doc__ or "").strip().partition(":")[0]
        words = [word.value for word in cls]
        return text_field(lambda value: named(cls, value, kind), str, "unknown_word", meaning, enum=words)


class Status(Word):
    """
    What a state is to a treaty or an organisation on a day: a text, so that it equals its name.

    Put statuses in order by `in_order`: their alphabetical order means nothing.

    >>> Status.SUSPENDED == "suspended", str(Status.SUSPENDED)
    (True, 'suspended')
    """

    NONE = "none"
    SIGNATORY = "signatory"
    ASSOCIATE = "associate"
    PARTNER = "partner"
    OBSERVER = "observer"
    MEMBER = "member"
    SUSPENDED = "suspended"
    FROZEN = "frozen"
    FORMER = "former"


#: What a state may be when nothing is known of it.
ALL_STATUSES = frozenset(Status)


class Act(Word):
    """
    A step in international law or politics that can change a state's status: a text, as `Status` is.

    An act takes effect on its own day; only an expiry and an extinction take effect the day after, because a term
    still binds on its last day, and a state still exists on its own last day. Vienna Convention: ratification,
    acceptance and approval, article 14; accession, article 15; provisional application, article 25; withdrawal,
    article 54.

    An admission makes a member at once, by a decision of the competent organ. An expiry is the end of a term, or of the
    treaty or organisation itself. Of a lapse nobody decides: the rules of the organisation bring it about. An
    extinction is the end of the state itself. A suspension from organs, such as councils, leaves membership as it is,
    and so does provisional application: a reading of one's own may say otherwise.
    """

    SIGNATURE = "signature"
    ACCESSION = "accession"
    SUCCESSION = "succession"
    ADMISSION = "admission"
    RATIFICATION = "ratification"
    ACCEPTANCE = "acceptance"
    APPROVAL = "approval"
    PROVISIONAL_APPLICATION = "provisional_application"
    END_OF_PROVISIONAL_APPLICATION = "end_of_provisional_application"
    ENTRY_INTO_FORCE = "entry_into_force"
    PROLONGATION = "prolongation"
    EXPIRY = "expiry"
    NOTICE_OF_SUSPENSION = "notice_of_suspension"
    SUSPENSION = "suspension"
    SUSPENSION_FROM_ORGANS = "suspension_from_organs"
    RETURN = "return"
    NOTICE_OF_WITHDRAWAL = "notice_of_withdrawal"
    REVOCATION = "revocation"
    WITHDRAWAL = "withdrawal"
    EXCLUSION = "exclusion"
    LAPSE = "lapse"
    EXTINCTION = "extinction"
    FREEZE = "freeze"
    ASSOCIATE_STATUS = "associate_status"
    OBSERVER_STATUS = "observer_status"
    PARTNER_STATUS = "partner_status"
    STATUS = "status"
    DENIAL = "denial"

    @property
    def opens(self) -> bool:
        """Whether the act opens a state's relation to the organisation: before a first such act it had none."""
        return self in _OPENING

    @property
    def lag(self) -> int:
        """Days from the act to its effect."""
        # An expiry and an extinction are dated on the last day of what they end.
        return 1 if self is Act.EXPIRY or self is Act.EXTINCTION else 0


#: Acts by which a state consents to be bound: from then on the instrument may enter into force for it.
CONSENT = frozenset({Act.RATIFICATION, Act.ACCEPTANCE, Act.APPROVAL, Act.ACCESSION, Act.SUCCESSION})
#: Acts that only a state with a relation to the organisation can take or meet.
PRESUPPOSING = frozenset(
    {
        *(Act.EXPIRY, Act.NOTICE_OF_SUSPENSION, Act.SUSPENSION, Act.NOTICE_OF_WITHDRAWAL),
        *(Act.WITHDRAWAL, Act.EXCLUSION, Act.LAPSE, Act.FREEZE),
    }
)
#: Acts that go on with a relation, or take up one that was over: odd as the first act of a state, and not wrong.
CONTINUING = frozenset({Act.RETURN, Act.SUSPENSION_FROM_ORGANS, Act.END_OF_PROVISIONAL_APPLICATION})
#: Acts that end a membership for good; their claims may give its last day in place of the day of effect.
ENDS = frozenset({Act.EXPIRY, Act.WITHDRAWAL, Act.EXCLUSION, Act.LAPSE, Act.EXTINCTION})
_OPENING = frozenset(
    {
        *(Act.SIGNATURE, Act.ACCESSION, Act.SUCCESSION, Act.ADMISSION),
        *(Act.ASSOCIATE_STATUS, Act.OBSERVER_STATUS, Act.PARTNER_STATUS),
    }
)


#: Other words of the field, and the acts that they may mean.
_OTHER_WORDS = {
    word: acts.split()
    for words, acts in {
        "denunciation exit leaving departure resignation secession retirement quitting withdrew left denounced resigned": "withdrawal notice_of_withdrawal",
        "withdrawal_notice notice_of_denunciation notification_of_withdrawal notice_of_exit notice_of_resignation": "notice_of_withdrawal",
        "suspension_notice notification_of_suspension": "notice_of_suspension",
        "notification notice": "notice_of_withdrawal notice_of_suspension",
        "expulsion ejection removal dismissal expelled excluded": "exclusion",
        "termination terminated": "expiry withdrawal",
        "expiration expired dissolution disbandment liquidation end_of_term": "expiry",
        "annexation dissolution_of_state end_of_state": "extinction",
        "readmission reaccession rejoining reentry rejoined readmitted": "return admission accession",
        "lifting_of_suspension suspension_lifted end_of_suspension lifting reinstatement resumption unsuspension "
        "unfreeze unfreezing returned": "return",
        "joining entry join joined membership adhesion adherence enrolment enrollment acceded": "accession admission",
        "admitted": "admission",
        "deposit deposit_of_instrument deposit_of_ratification ratified": "ratification accession",
        "accepted": "acceptance",
        "approved": "approval",
        "signing signed signatory": "signature",
        "force in_force entry_in_force entered_into_force coming_into_force commencement": "entry_into_force",
        "extension renewal prolonged extended renewed": "prolongation",
        "suspended": "suspension notice_of_suspension",
        "withdrawal_of_notice revocation_of_notice retraction cancellation revoked": "revocation",
        "freezing froze frozen": "freeze",
        "observer observership": "observer_status",
        "associate associated association associate_membership": "associate_status",
        "partner partnership dialogue_partner": "partner_status",
        "state_succession succeeded": "succession",
    }.items()
    for word in words.split()
}
#: The least likeness at which a word is taken for a slip for another.
_LIKENESS = 0.8


def acts_meant(value: object) -> list[str]:
    """
    The acts that another word of the field means, or that a misspelt one is a slip for.

    Words are compared one by one, and their first letters are the same: "lifting_of_suspension" is no slip for
    "notice_of_suspension".

    >>> acts_meant("denunciation"), acts_meant("lifting of a suspension"), acts_meant("withdrawl")
    (['withdrawal', 'notice_of_withdrawal'], ['return'], ['withdrawal'])
    """
    words = re.findall("[a-z]+", str(value)[:_LONGEST_WORD].lower())
    word = "_".join(word for word in words if word not in ("a", "an", "the"))
    acts = [act.value for act in Act]
    if word in acts:
        return [word]
    return _OTHER_WORDS.get(word) or [act for act in acts if _is_slip(word, act)]


#: No act has as long a name.
_LONGEST_WORD = 60


def _is_slip(given: str, act: str) -> bool:
    """Whether each word of one is a slip for that of the other."""
    from difflib import SequenceMatcher

    pairs = [*zip_longest(given.split("_"), act.split("_"), fillvalue="")]
    return all(
        one == other or (one[:1] == other[:1] and SequenceMatcher(None, one, other).ratio() >= _LIKENESS)
        for one, other in pairs
    )


def named(kind: type[_Name], value: object, word: str) -> _Name:
    """The member of an enumeration, or the one of that name; `UnknownNameError` for any other value."""
    if isinstance(value, kind):
        return value
    try:
        return kind(value)
    except ValueError:
        meant = acts_meant(value) if kind is Act else None
        raise UnknownNameError(word, value, [str(known.value) for known in kind], meant) from None


def as_status(value: object) -> Status:
    """A status, or the status of that name."""
    return named(Status, value, "status")


def as_statuses(values: object) -> frozenset[Status]:
    """One status or several, by value or name."""
    if isinstance(values, (str, Status)):
        return frozenset({as_status(values)})
    if not isinstance(values, Iterable):
        raise UnknownNameError("status", values, [status.value for status in Status])
    return frozenset(map(as_status, values))


def as_act(value: object) -> Act:
    """An act, or the act of that name."""
    return named(Act, value, "act")


def in_order(statuses: Iterable[Status | str]) -> list[str]:
    """
    The names of statuses in the order of the vocabulary. Raises `UnknownNameError` for what is none.

    >>> in_order({"former", "member", "none"})
    ['none', 'member', 'former']
    """
    held = statuses if isinstance(statuses, frozenset) else as_statuses(statuses)
    return [status.value for status in Status if status in held]
