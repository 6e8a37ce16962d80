"""
Who was a member of a treaty on a given day, and how we know.

>>> import csto_membership as csto
>>> csto.was_member("Uzbekistan", "2009-03-01")
<Verdict.YES: True>
>>> csto.members_on("2007-01-01").certain.codes
('ARM', 'BLR', 'KAZ', 'KGZ', 'RUS', 'TJK', 'UZB')

The module-level questions are those of `CSTO`, the bundled record of the Collective Security Treaty and its
organisation, read as declared: signing counts. Data and heavy parts load on first use.

What there is besides is found by completion, and told by `help(csto.History)`, `help(csto.Finding)` or
`help(csto.readers)`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, Literal

    from csto_membership._evidence.claims import (
        Attestation,
        Claim,
        Event,
        Kind,
        Note,
        Rank,
        Source,
        Sources,
        SpeaksOf,
        Step,
    )
    from csto_membership._evidence.institutions import Coverage, Existence, Institution
    from csto_membership._evidence.instruments import Instrument, Instruments
    from csto_membership._evidence.record import Record
    from csto_membership._evidence.resolution import Resolution, precedence
    from csto_membership._history import History
    from csto_membership._load import dump, history, load, organisations
    from csto_membership._questions.acts import DatedAct
    from csto_membership._questions.answers import CitedAttestation, CitedClaim, Finding, Ground, Members, Size, Sizes
    from csto_membership._questions.changes import Change, Changes
    from csto_membership._questions.conflicts import Conflict, Conflicts, Matter
    from csto_membership._questions.differences import Difference, Differences
    from csto_membership._questions.instruments import InstrumentsInForce
    from csto_membership._questions.panels import DyadRow, PanelRow
    from csto_membership._questions.rows import Checked, RowFault
    from csto_membership._values.acts import Act, Status, in_order
    from csto_membership._values.dates import DateLike, ImpreciseDate
    from csto_membership._values.index import StateSet
    from csto_membership._values.period import Period
    from csto_membership._values.readings import DECLARED, LEGAL, PARTICIPATING, Effect, Reading
    from csto_membership._values.states import State, StateLike
    from csto_membership._values.terms import Term
    from csto_membership._values.verdict import Verdict
    from csto_membership._view.timeline import Spell, Spells, Timeline, Timelines
    from csto_membership.exceptions import (
        ArgumentError,
        DateError,
        Fault,
        MembershipError,
        MissingExtraError,
        RecordError,
        UndeterminedError,
        UnequalLengthsError,
        UnknownNameError,
        UnknownStateError,
        UnreadableRowsError,
    )
    from csto_membership.registry import Memberships, Registry

    #: The bundled record of the Collective Security Treaty and its organisation, read as declared.
    CSTO: History

__version__ = "0.1.0"

#: The module of each public name; it is imported when one of its names is first used.
_HOME_OF = {
    name: module
    for module, names in {
        "_evidence.claims": (
            *("Attestation", "Claim", "Event", "Kind", "Note", "Rank", "Source", "Sources", "SpeaksOf", "Step"),
        ),
        "_evidence.institutions": ("Coverage", "Existence", "Institution"),
        "_evidence.instruments": ("Instrument", "Instruments"),
        "_evidence.record": ("Record",),
        "_evidence.resolution": ("Resolution", "precedence"),
        "_history": ("History",),
        "_load": ("dump", "history", "load", "organisations"),
        "_questions.acts": ("DatedAct",),
        "_questions.answers": ("CitedAttestation", "CitedClaim", "Finding", "Ground", "Members", "Size", "Sizes"),
        "_questions.changes": ("Change", "Changes"),
        "_questions.conflicts": ("Conflict", "Conflicts", "Matter"),
        "_questions.differences": ("Difference", "Differences"),
        "_questions.instruments": ("InstrumentsInForce",),
        "_questions.panels": ("DyadRow", "PanelRow"),
        "_questions.rows": ("Checked", "RowFault"),
        "_values.acts": ("Act", "Status", "in_order"),
        "_values.dates": ("DateLike", "ImpreciseDate"),
        "_values.period": ("Period",),
        "_values.readings": ("DECLARED", "LEGAL", "PARTICIPATING", "Effect", "Reading"),
        "_values.index": ("StateSet",),
        "_values.states": ("State", "StateLike"),
        "_values.terms": ("Term",),
        "_values.verdict": ("Verdict",),
        "_view.timeline": ("Spell", "Spells", "Timeline", "Timelines"),
        "exceptions": (
            *("ArgumentError", "DateError", "Fault", "MembershipError", "MissingExtraError", "RecordError"),
            *(
                "UndeterminedError",
                "UnequalLengthsError",
                "UnknownNameError",
                "UnknownStateError",
                "UnreadableRowsError",
            ),
        ),
        "registry": ("Memberships", "Registry"),
    }.items()
    for name in names
}

__all__ = [  # noqa: RUF022 - grouped by what they are for
    # Questions to the bundled record
    "CSTO",
    "changes",
    "check",
    "conflicts",
    "members_on",
    "panel",
    "status",
    "timeline",
    "was_member",
    # Records and histories
    "History",
    "Registry",
    "dump",
    "history",
    "load",
    "organisations",
    # How a record is seen
    "DECLARED",
    "LEGAL",
    "PARTICIPATING",
    "Act",
    "Effect",
    "Reading",
    "Resolution",
    "Status",
    "in_order",
    "precedence",
    # Answers
    "Change",
    "Changes",
    "Checked",
    "CitedAttestation",
    "CitedClaim",
    "Conflict",
    "Conflicts",
    "DatedAct",
    "Difference",
    "Differences",
    "DyadRow",
    "Finding",
    "Ground",
    "InstrumentsInForce",
    "Matter",
    "Members",
    "Memberships",
    "PanelRow",
    "RowFault",
    "Size",
    "Sizes",
    "Spell",
    "Spells",
    "Timeline",
    "Timelines",
    "Verdict",
    # Values
    "DateLike",
    "ImpreciseDate",
    "Period",
    "State",
    "StateLike",
    "StateSet",
    "Term",
    # What a record is made of
    "Attestation",
    "Claim",
    "Coverage",
    "Event",
    "Existence",
    "Institution",
    "Instrument",
    "Instruments",
    "Kind",
    "Note",
    "Rank",
    "Record",
    "Source",
    "Sources",
    "SpeaksOf",
    "Step",
    # Errors
    "ArgumentError",
    "DateError",
    "Fault",
    "MembershipError",
    "MissingExtraError",
    "RecordError",
    "UndeterminedError",
    "UnequalLengthsError",
    "UnknownNameError",
    "UnknownStateError",
    "UnreadableRowsError",
]
if not TYPE_CHECKING:
    # `help` tells at length of all that is in `__all__`: of the questions and the doors it tells in two screens, with
    # every class in thousands of lines. The others are found by completion, and by their own `help`.
    __all__ = [name for name in __all__ if _HOME_OF.get(name, "_load") == "_load"]


#: `CSTO`, and what answers `was_member` before that is loaded, once a question has been asked.
_loaded: History | None = None
_was_member: Callable[[StateLike, DateLike], Verdict] | None = None


def members_on(date: DateLike) -> Members:
    """
    Who was a member of the CST/CSTO on the day, as declared: `CSTO.members_on`. Raises `DateError`.

    >>> members_on("2013-01-01").certain.codes
    ('ARM', 'BLR', 'KAZ', 'KGZ', 'RUS', 'TJK')
    """
    from csto_membership._ready.answers import members_on as at_once

    return at_once(date)


def was_member(state: StateLike, date: DateLike) -> Verdict:
    """
    Whether the state was a member of the CST/CSTO on the day, as declared: `CSTO.was_member`.

    Raises `UnknownStateError` and `DateError`.

    >>> was_member("UZ", "1999-04-20"), was_member("UZ", "1999-04-21"), was_member("UZ", "1999")
    (<Verdict.YES: True>, <Verdict.NO: False>, <Verdict.UNDETERMINED: None>)
    """
    return (_was_member or _at_once())(state, date)


def status(state: StateLike, date: DateLike) -> Finding:
    """
    The possible statuses of the state in the CST/CSTO on the day, with the evidence: `CSTO.status`.

    Raises `UnknownStateError` and `DateError`.

    >>> status("UZ", "2012-10-01").status
    <Status.SUSPENDED: 'suspended'>
    """
    from csto_membership._ready.answers import status as at_once

    return at_once(state, date)


def check(
    states: StateLike | Iterable[StateLike | None],
    dates: DateLike | Iterable[DateLike | None],
    errors: Literal["raise", "null"] = "raise",
) -> Checked:
    """
    Whether each state was a member of the CST/CSTO on the date of its row, as declared: `CSTO.check`.

    Raises what `CSTO.check` raises: `UnknownStateError` or `DateError`, unless `errors` is "null", and
    `UnequalLengthsError`.

    >>> check(["UZ", "Germany", "KG"], ["2013-01-01", "2007-01-01", "1992"])
    [False, False, None]
    """
    return (_loaded or _csto()).check(states, dates, errors)


def timeline(state: StateLike) -> Timeline:
    """
    Which statuses of the state in the CST/CSTO are possible on each day, as declared: `CSTO.timeline`.

    Raises `UnknownStateError`.

    >>> timeline("Georgia").on("1999-04-20").last_day.isoformat()
    '1999-04-20'
    """
    return (_loaded or _csto()).timeline(state)


def changes(first: DateLike | None, last: DateLike | None) -> Changes:
    """
    The changes of status in the CST/CSTO in a period, as declared: `CSTO.changes`. Raises `DateError`.

    >>> print(changes("2006", "2012")[-1])
    2012-06-28 Uzbekistan: notice_of_suspension, from member to suspended
    """
    return (_loaded or _csto()).changes(first, last)


def conflicts() -> Conflicts:
    """
    The controversies of the record of the CST/CSTO, as declared: `CSTO.conflicts`.

    >>> "C1" in [conflict.id for conflict in conflicts()]
    True
    """
    return (_loaded or _csto()).conflicts()


def panel(
    freq: Literal["year", "month", "day"] = "year",
    rule: Literal["first", "last", "any", "all"] = "last",
    first: DateLike | None = None,
    last: DateLike | None = None,
    states: Iterable[StateLike] | StateLike | None = None,
) -> Iterator[PanelRow]:
    """
    One row a period and state of the CST/CSTO, as declared: `CSTO.panel`.

    Raises `UnknownNameError` for another `freq` or `rule`, `DateError`, and `UnknownStateError`.

    >>> [row.member for row in panel(first="2005", last="2007", states="UZB")]
    [False, True, True]
    """
    return (_loaded or _csto()).panel(freq, rule, first, last, states)


def _csto() -> History:
    history: History = __getattr__("CSTO")
    globals()["_loaded"] = history
    return history


def _at_once() -> Callable[[StateLike, DateLike], Verdict]:
    from csto_membership._ready.verdicts import was_member

    globals()["_was_member"] = was_member
    return was_member


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "CSTO":
        value: object = import_module("csto_membership._load").history("csto")
    elif name in _HOME_OF:
        value = getattr(import_module(f"csto_membership.{_HOME_OF[name]}"), name)
    elif name in _rooms():
        value = import_module(f"csto_membership.{name}")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def _rooms() -> set[str]:
    """The rooms that there are: packages and modules with a public name, but not the command line's."""
    from pkgutil import iter_modules

    return {room.name for room in iter_modules(__path__) if not room.name.startswith("_")} - {"cli"}


def __dir__() -> list[str]:
    return sorted({*__all__, *_HOME_OF, *_rooms(), *(name for name in globals() if name.startswith("__"))})
