"""Every public value survives a copy, a deep copy and a pickle by each protocol: equal, of its type, and shown the same."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Hashable, Iterator
from inspect import isclass
from typing import Any

import pytest

import csto_membership as csto
from csto_membership import CSTO, exceptions
from csto_membership.registry import Registry

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
DAY = "2012-10-01"
FINDING = CSTO.resolved("every").status("UZ", "1999-04")
RECORD = CSTO.record
REGISTRY = Registry.of(CSTO, csto.history("cis"))
INSTRUMENT = next(instrument for instrument in CSTO.instruments if instrument.term)


def refusal(question: Callable[[], object]) -> Exception:
    """The error of a question."""
    try:
        question()
    except exceptions.MembershipError as error:
        return error
    raise AssertionError("it was answered")


ERRORS: dict[str, Exception] = {
    "ArgumentError": refusal(CSTO.counting),
    "DateError": refusal(lambda: CSTO.was_member("UZ", "soon")),
    "MembershipError": csto.MembershipError("x"),
    "MissingExtraError": csto.MissingExtraError("hypothesis", "testing"),
    "RecordError": refusal(lambda: csto.Record("", events=(csto.Event("e", (), ()),))),
    "UndeterminedError": refusal(lambda: FINDING.status),
    "UnequalLengthsError": refusal(lambda: CSTO.check(["UZ", "AM"], [DAY])),
    "UnknownNameError": refusal(lambda: CSTO.under("legall")),
    "UnknownStateError": refusal(lambda: CSTO.was_member("Uzbekistn", DAY)),
    "UnreadableRowsError": csto.UnreadableRowsError(2, 1, CSTO.check(["XX", "UZ"], DAY, "null").faults),
}

VALUES: dict[str, Any] = {
    "Act": csto.Act.EXPIRY,
    "Attestation": RECORD.attestations[0],
    "Change": CSTO.changes(None, None)[0],
    "Changes": CSTO.changes(None, None),
    "Checked": CSTO.check(["UZ", "XX"], DAY, "null"),
    "CitedAttestation": CSTO.according_to("asia-plus-2021").status("AM", "2021-07-08").evidence[0],
    "CitedClaim": CSTO.conflicts()[0].claims[0],
    "Claim": RECORD.events[0].claims[0],
    "Conflict": CSTO.conflicts()[0],
    "Conflicts": CSTO.conflicts(),
    "Coverage": CSTO.coverage,
    "DatedAct": CSTO.acts("UZ")[0],
    "Difference": CSTO.compare(CSTO.under("legal"))[0],
    "Differences": CSTO.compare(CSTO.under("legal")),
    "DyadRow": next(iter(CSTO.dyads("year", "last", "2000", "2001"))),
    "Effect": csto.LEGAL.effects[0],
    "Event": RECORD.events[0],
    "Existence": CSTO.institutions[1].exists,
    "Fault": csto.Fault("place", "problem", 1, "remedy", "file"),
    "Finding": FINDING,
    "Ground": CSTO.status("UZ", DAY).evidence[0],
    "History": CSTO.under("legal").strict().supposing("geo-signature", "1993-09-09"),
    "ImpreciseDate": csto.ImpreciseDate.parse("1993-09?"),
    "Institution": CSTO.institutions[1],
    "Instrument": INSTRUMENT,
    "Instruments": CSTO.instruments,
    "InstrumentsInForce": CSTO.instruments_in_force("2000-01-01"),
    "Kind": csto.Kind.PRIMARY,
    "Matter": next(matter for conflict in CSTO.conflicts() for matter in conflict.matters),
    "Members": CSTO.members_on(DAY),
    "Memberships": REGISTRY.memberships_of("UZ", DAY),
    "Note": csto.Note("text", ("a",)),
    "PanelRow": next(iter(CSTO.panel())),
    "Period": csto.Period.parse("2000/2001"),
    "Rank": csto.Rank.DEPRECATED,
    "Reading": csto.LEGAL.but("own", without=["freeze"]),
    "Record": RECORD,
    "Registry": REGISTRY,
    "Resolution": csto.precedence("a", "b"),
    "RowFault": CSTO.check(["UZ", "XX"], DAY, "null").faults[0],
    "Size": CSTO.sizes()[0],
    "Sizes": CSTO.sizes(),
    "Source": RECORD.sources[0],
    "Sources": CSTO.sources,
    "SpeaksOf": csto.SpeaksOf.LAST_DAY,
    "Spell": CSTO.timeline("UZ").spells[0],
    "Spells": CSTO.both_members("UZ", "AM"),
    "State": CSTO.record.index.find("UZ"),
    "StateSet": CSTO.states,
    "Status": csto.Status.FROZEN,
    "Step": csto.Step(("UZB",), "a", csto.ImpreciseDate.parse("2000"), "note"),
    "Term": next(iter(INSTRUMENT.terms("2000-01-01"))),
    "Timeline": CSTO.timeline("UZ"),
    "Timelines": CSTO.timelines(),
    "Verdict": csto.Verdict.UNDETERMINED,
}


def public_classes() -> Iterator[str]:
    """The names of all public classes."""
    for name in csto._HOME_OF:
        if isclass(getattr(csto, name)):
            yield name


def test_every_public_class_has_an_example_here() -> None:
    assert {*VALUES, *ERRORS} == set(public_classes())


def copies(value: object) -> Iterator[Any]:
    """Copies by every way."""
    yield copy.copy(value)
    yield copy.deepcopy(value)
    for protocol in PROTOCOLS:
        yield pickle.loads(pickle.dumps(value, protocol))  # noqa: S301 - our own bytes


@pytest.mark.parametrize("name", VALUES)
def test_a_copy_of_a_value_is_equal_to_it_of_its_type_and_shown_the_same(name: str) -> None:
    value = VALUES[name]
    assert type(value).__name__ == name
    for again in copies(value):
        assert type(again) is type(value)
        assert (repr(again), str(again)) == (repr(value), str(value))
        if name == "Registry":  # two of them are never equal
            assert again.organisations == value.organisations
            assert again.memberships_of("UZ", DAY) == value.memberships_of("UZ", DAY)
            continue
        assert again == value
        if isinstance(value, Hashable):
            assert hash(again) == hash(value)
        if hasattr(value, "as_dict"):
            assert again.as_dict() == value.as_dict()


@pytest.mark.parametrize("name", ERRORS)
def test_a_copy_of_an_error_says_the_same_by_its_message_and_its_attributes(name: str) -> None:
    error = ERRORS[name]
    assert type(error).__name__ == name
    told = {key for key in dir(error) if not key.startswith("_") and not callable(getattr(error, key))} - {"args"}
    for again in copies(error):
        assert type(again) is type(error)
        assert str(again) == str(error)
        for key in told - {"faults"}:
            assert getattr(again, key) == getattr(error, key)
        assert list(map(str, getattr(again, "faults", ()))) == list(map(str, getattr(error, "faults", ())))
