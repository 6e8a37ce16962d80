"""
Who was a member of a treaty on a given day, and how we know.

>>> import csto_membership as csto
>>> csto.was_member("Uzbekistan", "2009-03-01")
<Verdict.YES: True>
>>> csto.members_on("2007-01-01").certain.codes
('ARM', 'BLR', 'KAZ', 'KGZ', 'RUS', 'TJK', 'UZB')

The module-level questions are those of `CSTO`, the bundled record of the Collective Security Treaty and its
organisation, read as declared: signing counts. Data and heavy parts load on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from csto_membership._acts import DECLARED, LEGAL, PARTICIPATING, Act, Effect, Reading, Status
    from csto_membership._answers import Attested, Finding, Ground, Members, Size, Told
    from csto_membership._bundle import history, load, organisations
    from csto_membership._changes import Change
    from csto_membership._dates import DateLike, ImpreciseDate
    from csto_membership._disagreement import Conflict, Difference, Matter
    from csto_membership._dump import dump
    from csto_membership._evidence import Attestation, Claim, Event, Kind, Note, Period, Rank, Source, SpeaksOf, Step
    from csto_membership._history import History
    from csto_membership._instruments import InstrumentsInForce
    from csto_membership._panels import DyadRow, PanelRow
    from csto_membership._record import Coverage, Institution, Instrument, Record
    from csto_membership._resolution import Resolution, precedence
    from csto_membership._states import State, StateLike, StateSet
    from csto_membership._terms import Term
    from csto_membership._timeline import Spell, Timeline, Verdict
    from csto_membership.exceptions import (
        DateError,
        Fault,
        MembershipError,
        MissingExtraError,
        RecordError,
        UndeterminedError,
        UnequalLengthsError,
        UnknownNameError,
        UnknownStateError,
    )
    from csto_membership.registry import Memberships, Registry

    #: The bundled record of the Collective Security Treaty and its organisation, read as declared.
    CSTO: History

__version__ = "0.1.0"

#: Where each public name lives; a room is imported when one of its names is first used.
_ROOMS = {
    "_acts": ("DECLARED", "LEGAL", "PARTICIPATING", "Act", "Effect", "Reading", "Status"),
    "_answers": ("Attested", "Finding", "Ground", "Members", "Size", "Told"),
    "_bundle": ("history", "load", "organisations"),
    "_changes": ("Change",),
    "_dates": ("DateLike", "ImpreciseDate"),
    "_disagreement": ("Conflict", "Difference", "Matter"),
    "_dump": ("dump",),
    "_evidence": ("Attestation", "Claim", "Event", "Kind", "Note", "Period", "Rank", "Source", "SpeaksOf", "Step"),
    "_history": ("History",),
    "_instruments": ("InstrumentsInForce",),
    "_panels": ("DyadRow", "PanelRow"),
    "_record": ("Coverage", "Institution", "Instrument", "Record"),
    "_resolution": ("Resolution", "precedence"),
    "_states": ("State", "StateLike", "StateSet"),
    "_terms": ("Term",),
    "_timeline": ("Spell", "Timeline", "Verdict"),
    "registry": ("Memberships", "Registry"),
    "exceptions": (
        "DateError",
        "Fault",
        "MembershipError",
        "MissingExtraError",
        "RecordError",
        "UndeterminedError",
        "UnequalLengthsError",
        "UnknownNameError",
        "UnknownStateError",
    ),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "CSTO",
    "DECLARED",
    "LEGAL",
    "PARTICIPATING",
    "Act",
    "Attestation",
    "Attested",
    "Change",
    "Claim",
    "Conflict",
    "Coverage",
    "DateError",
    "DateLike",
    "Difference",
    "DyadRow",
    "Effect",
    "Event",
    "Fault",
    "Finding",
    "Ground",
    "History",
    "ImpreciseDate",
    "Institution",
    "Instrument",
    "InstrumentsInForce",
    "Kind",
    "Matter",
    "Members",
    "MembershipError",
    "Memberships",
    "MissingExtraError",
    "Note",
    "PanelRow",
    "Period",
    "Rank",
    "Reading",
    "Record",
    "RecordError",
    "Registry",
    "Resolution",
    "Size",
    "Source",
    "SpeaksOf",
    "Spell",
    "State",
    "StateLike",
    "StateSet",
    "Status",
    "Step",
    "Term",
    "Timeline",
    "Told",
    "UndeterminedError",
    "UnequalLengthsError",
    "UnknownNameError",
    "UnknownStateError",
    "Verdict",
    "dump",
    "history",
    "load",
    "members_on",
    "organisations",
    "precedence",
    "status",
    "was_member",
]


#: `CSTO` once a question has been asked.
_loaded: History | None = None


def members_on(date: DateLike) -> Members:
    """Who was a member of the CST/CSTO on the day, as declared: `CSTO.members_on`."""
    return (_loaded or _csto()).members_on(date)


def was_member(state: StateLike, date: DateLike) -> Verdict:
    """Whether the state was a member of the CST/CSTO on the day, as declared: `CSTO.was_member`."""
    return (_loaded or _csto()).was_member(state, date)


def status(state: StateLike, date: DateLike) -> Finding:
    """The possible statuses of the state in the CST/CSTO on the day, with the evidence: `CSTO.status`."""
    return (_loaded or _csto()).status(state, date)


def _csto() -> History:
    history: History = __getattr__("CSTO")
    globals()["_loaded"] = history
    return history


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "CSTO":
        value: object = import_module("csto_membership._bundle").history("csto")
    elif name in _ROOM_OF:
        value = getattr(import_module(f"csto_membership.{_ROOM_OF[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *globals()})
