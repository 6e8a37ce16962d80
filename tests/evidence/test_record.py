"""Records made in Python: like those from files, and refused where they cannot be used."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from support.asking import around
from support.records import SOURCE, UZB, event, signed

from csto_membership import (
    CSTO,
    LEGAL,
    Act,
    ArgumentError,
    Attestation,
    Claim,
    Coverage,
    DateError,
    History,
    Institution,
    Instrument,
    Kind,
    Note,
    Period,
    Rank,
    Reading,
    Record,
    RecordError,
    Source,
    SpeaksOf,
    State,
    Status,
    Step,
    UnknownNameError,
    Verdict,
)
from csto_membership import ImpreciseDate as Date
from csto_membership._evidence.institutions import Abolition, Existence, InstitutionClaim
from csto_membership._evidence.instruments import Delay, Force, Registration
from csto_membership._files.read import record_of

YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED


def test_a_record_made_in_python_answers_like_one_from_a_file() -> None:
    told = {"source": "text", "act": "signature", "date": "2000-01-01"}
    document = {
        "organisation": {"id": "league"},
        "state": [{"id": "UZB"}],
        "source": [{"id": "text", "kind": "primary", "published": "2000", "consulted": "2020-01-01"}],
        "event": [{"id": "in", "states": ["UZB"], "claims": [told]}],
    }
    record = Record("league", states=(UZB,), sources=(SOURCE,), events=(event(signed()),))
    assert record == record_of(document)
    assert hash(record) == hash(record_of(document))
    assert around(History(record), "UZ", "2000-01-01") == [NO, YES, YES]
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("kind", "options", "field", "value"),
    [
        (Source, {"id": "s"}, "kind", Kind.PRESS),
        (Claim, {"source": "s", "act": "signature", "date": "2000"}, "rank", Rank.PREFERRED),
        (InstitutionClaim, {"source": "s", "date": "2000"}, "rank", Rank.DEPRECATED),
        (
            Attestation,
            {"source": "s", "states": "UZB", "status": "member", "during": "2000"},
            "speaks_of",
            SpeaksOf.SOME_DAY,
        ),
    ],
)
def test_words_may_be_given_as_texts(kind: Any, options: dict[str, object], field: str, value: Any) -> None:
    made = kind(**options, **{field: value.value})
    assert getattr(made, field) is value
    assert made == kind(**options, **{field: value})
    with pytest.raises(UnknownNameError, match=f"unknown {field} 'blog'"):
        kind(**options, **{field: "blog"})


def test_dates_and_periods_may_be_given_as_texts() -> None:
    day = Date.parse("2000-01")
    assert Attestation("s", "UZB", "member", "2000-01").during == Period(dt.date(2000, 1, 1), dt.date(2000, 1, 31))
    assert Step("UZB", "s", "2000-01").date == InstitutionClaim("s", "2000-01").date == day
    assert Existence("2000-01", "2000-01").legal == Existence("2000-01").declared == day
    assert Abolition("observer", "2000-01").date == Registration("1", "2000-01").date == day
    wrong: list[Callable[[Any], object]] = [
        lambda value: Attestation("s", "UZB", "member", value),
        lambda value: Step("UZB", "s", value),
        lambda value: InstitutionClaim("s", value),
        Existence,
    ]
    for make in wrong:
        for value in ("soon", 2000):
            with pytest.raises((DateError, ArgumentError)):
                make(value)


@pytest.mark.parametrize(
    ("make", "argument"),
    [
        (lambda: Instrument("i", "treaty", "I", force="P30D"), "force"),  # type: ignore[arg-type]
        (lambda: Instrument("i", "treaty", "I", registration="1"), "registration"),  # type: ignore[arg-type]
        (lambda: Force(["ratification"], "P30D"), "after"),  # type: ignore[arg-type]
        (lambda: Delay("P30D", "next_year"), "then"),  # type: ignore[arg-type]
        (lambda: InstitutionClaim("s", "2000", "birth"), "about"),  # type: ignore[arg-type]
    ],
)
def test_what_a_part_of_evidence_cannot_be_is_refused_at_once(make: Callable[[], object], argument: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        make()
    assert caught.value.argument == argument


def test_a_text_that_says_what_an_attestation_speaks_of_counts_as_the_value_does() -> None:
    for speaks_of in SpeaksOf:
        lists = (Attestation("list", "UZB", "member", "2000/2001", each) for each in (speaks_of, speaks_of.value))
        sources = (SOURCE, Source("list", published="2002"))
        value, text = (
            History(Record("x", states=(UZB,), sources=sources, attestations=(one,))).according_to("list")
            for one in lists
        )
        assert text.was_member("UZB", "2000-06-01") is value.was_member("UZB", "2000-06-01")
        assert text == value


def test_states_and_sources_stand_in_the_order_of_their_ids() -> None:
    states = [State("UZB", "U"), State("ARM", "A")]
    record = Record("x", states=states, sources=[Source("b"), Source("a")])
    assert [state.id for state in record.states] == ["ARM", "UZB"]
    assert [source.id for source in record.sources] == ["a", "b"]


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"events": (event(signed("nobody")),)}, "event 'in'.claims[0].source"),
        ({"events": (event(signed("")),)}, "event 'in'.claims[0].source"),
        ({"events": (event(signed(date=None)),)}, "event 'in'.claims[0].date"),
        ({"events": (event(signed(act=Act.DENIAL)),)}, "event 'in'.claims[0].date"),
        ({"events": (event(signed(act=Act.STATUS)),)}, "event 'in'.claims[0].status"),
        ({"events": (event(signed(status=frozenset({Status.MEMBER}))),)}, "event 'in'.claims[0].status"),
        ({"events": (event(signed(states=("ARM",))),)}, "event 'in'.claims[0].states"),
        ({"events": (event(),)}, "event 'in'.claims"),
        ({"events": (event(signed(), states=()),)}, "event 'in'.states"),
        ({"events": (event(signed(), states=("ARM",)),)}, "event 'in'.states"),
        ({"events": (event(signed(), instrument="x"),)}, "event 'in'.instrument"),
        ({"events": (event(signed()), event(signed()))}, "event 'in'"),
        ({"states": (UZB, State("ARM", "uzbekistan"))}, "states ARM, UZB"),
        ({"sources": (SOURCE, Source("text"))}, "source 'text'"),
        ({"sources": (SOURCE, Source("b", copies=("b",)))}, "source 'b'.copies"),
        ({"sources": (Source("text", published=Date.parse("2021"), consulted=Date.parse("2020")),)}, "source 'text'.published"),
        ({"instruments": (Instrument("i", "treaty", "T", prolongs="j"),)}, "instrument 'i'.prolongs"),
        ({"institutions": (Institution("i", Existence(Date.parse("2000"))), Institution("j", Existence(Date.parse("[2001..]"))))}, "institution 'j'.exists"),
        ({"institutions": (Institution("i", Existence(Date.parse("2000")), claims=(InstitutionClaim("x", Date.parse("2000")),)),)}, "institution 'i'.claims"),
        ({"coverage": Coverage(dt.date(2000, 1, 2), dt.date(2000, 1, 1))}, "organisation.covers"),
        ({"attestations": (Attestation("x", ("UZB",), frozenset({Status.MEMBER}), Period.parse("2000")),)}, "attestation[0].source"),
        ({"attestations": (Attestation("text", ("UZB",), frozenset(), Period.parse("2000")),)}, "attestation[0].status"),
        ({"steps": (Step(("ARM",), "text", Date.parse("2000")),)}, "step[0].states"),
        ({"notes": (Note("a", ("x",)),)}, "note[0].sources"),
        ({"events": (event(signed(date="2001")), event(signed(date="2000", act=Act.WITHDRAWAL), id="out"))}, "events 'in' and 'out'"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_used_cannot_be_made(parts: dict[str, Any], place: str) -> None:
    with pytest.raises(RecordError) as caught:
        Record("league", **{"states": (UZB,), "sources": (SOURCE,), **parts})
    (fault,) = caught.value.faults
    assert fault.place == place
    assert fault.file == ""


def test_a_claim_whose_date_is_a_text_is_refused_or_read() -> None:
    claim = Claim("text", Act.SIGNATURE, "2000-01-01")
    Record("league", states=(UZB,), sources=(SOURCE,), events=(event(claim),))


def test_a_record_made_of_lists_answers() -> None:
    record = Record("league", states=(UZB,), sources=(SOURCE,), events=[event(signed())])  # type: ignore[arg-type]
    assert History(record).was_member("UZ", "2001") is YES


def test_an_attestation_knows_the_days_that_it_speaks_of() -> None:
    def told(period: str, speaks_of: SpeaksOf) -> str | None:
        days = Attestation("s", ("UZB",), frozenset({Status.MEMBER}), Period.parse(period), speaks_of).days
        return f"{days.first}..{days.last}" if days else None

    assert told("2000-01", SpeaksOf.EVERY_DAY) == "2000-01-01..2000-01-31"
    assert told("2000-01", SpeaksOf.LAST_DAY) == "2000-01-31..2000-01-31"
    assert told("2000-01", SpeaksOf.SOME_DAY) is None
    assert told("2000-01-05", SpeaksOf.SOME_DAY) == "2000-01-05..2000-01-05"


def test_an_event_concerns_only_the_states_of_its_claims() -> None:
    record = Record(
        "league",
        states=(UZB, State("ARM", "Armenia")),
        sources=(SOURCE,),
        events=(event(signed(states=("UZB",)), states=("UZB", "ARM")),),
    )
    assert [told.id for told in record.events_of("UZB")] == ["in"]
    assert record.events_of("ARM") == ()
    assert History(record).was_member("ARM", "2001") is NO


@pytest.mark.parametrize("part", ["sources", "institutions", "instruments", "events", "attestations"])
def test_the_parts_of_the_bundled_record_are_json_ready(part: str) -> None:
    import json

    for value in getattr(CSTO.record, part):
        told = value.as_dict()
        assert json.loads(json.dumps(told)) == told


def test_ranks_are_ordered_and_readings_of_ones_own_use_the_declared_beginning() -> None:
    assert [rank.order for rank in (Rank.PREFERRED, Rank.NORMAL, Rank.DEPRECATED)] == [0, 1, 2]
    exists = Existence(Date.parse("2000"), Date.parse("2001"))
    assert [exists.under(name).edtf for name in ("declared", "legal", "mine")] == ["2000", "2001", "2000"]
    assert Existence(Date.parse("2000")).under("legal").edtf == "2000"
    mine = Reading("mine", LEGAL.effects)
    assert around(CSTO.under(mine).institution("csto"), "RUS", "2002-10-07") == [NO, YES, YES]


def test_a_source_that_a_record_does_not_have_is_unknown() -> None:
    wrong: tuple[Any, ...] = ("asia-plus", [], None)
    for id in wrong:
        with pytest.raises(UnknownNameError) as caught:
            CSTO.record.source(id)
        assert (caught.value.kind, caught.value.value) == ("source", id)
    assert "asia-plus-2017" in caught.value.known


def test_a_record_shows_how_much_it_has() -> None:
    assert repr(Record("league")) == "<Record league: 0 states, 0 events, 0 sources>"
    assert repr(Record("league", states=(UZB,), sources=(SOURCE,))) == "<Record league: 1 state, 0 events, 1 source>"
