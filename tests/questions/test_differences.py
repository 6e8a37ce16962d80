"""Comparisons: on which days two histories answer differently, and by which claims."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from support import documents
from support.asking import history, in_runs
from support.controversies import days
from support.views import named_views

import csto_membership as csto
from csto_membership import CSTO, History
from csto_membership._files.read import record_of
from csto_membership._questions.answers import CitedAttestation, CitedClaim
from csto_membership._questions.differences import Difference

DAY = dt.timedelta(days=1)


# --- Laws ------------------------------------------------------------------------------------------------------------


def assert_compared(one: History, other: History, found: tuple[Difference, ...], on: Iterable[dt.date]) -> None:
    """Each day is held against the runs, the runs against one another, and their claims against the findings."""
    on = list(on)
    for state in one.states:
        runs = [difference for difference in found if difference.state == state]
        for day in on:
            both = (one.timeline(state).on(day).verdict, other.timeline(state.id).on(day).verdict)
            here = [run.verdicts for run in runs if in_runs(day, [run])]
            assert here == ([both] if both[0] is not both[1] else []), (state, day)
        for run, following in itertools.pairwise(runs):
            assert run.last_day
            assert following.first_day
            assert run.last_day < following.first_day
            assert run.last_day + DAY < following.first_day or run.verdicts != following.verdicts
        for run in runs:
            for side, claims in zip((one, other), run.claims, strict=True):
                evidence = side.status(run.state.id, run.first_day or dt.date.min).evidence
                told = [
                    each
                    for ground in evidence
                    for each in ([ground] if isinstance(ground, CitedAttestation) else ground.claims)
                ]
                assert list(claims) == told


def mirrored(found: Iterable[Difference]) -> list[Any]:
    return [(told.state, told.first_day, told.last_day, told.verdicts[::-1], told.claims[::-1]) for told in found]


@pytest.mark.law
@given(st.data())
def test_a_comparison_has_exactly_the_days_on_which_the_verdicts_differ(data: st.DataObject) -> None:
    document = data.draw(documents.rich())
    note(documents.to_toml(document))

    def seen() -> History:
        sources = data.draw(st.none() | documents.selections(document))
        view = data.draw(named_views(document, selections=False))
        counted = data.draw(st.sampled_from((("member",), ("member", "suspended"))))
        made = history(document, sources=sources, **view).counting(*counted)
        return made.strict() if data.draw(st.booleans()) else made

    one, other = seen(), seen()
    found = one.compare(other)
    assert_compared(one, other, found, documents.DAYS)
    assert mirrored(found) == [
        (told.state, told.first_day, told.last_day, told.verdicts, told.claims) for told in other.compare(one)
    ]
    assert one.compare(one) == () == other.compare(History(other.record, other.view))
    assert json.loads(json.dumps([told.as_dict() for told in found])) == [told.as_dict() for told in found]


def test_histories_of_two_records_are_compared_for_the_states_of_both() -> None:
    def league(*states: str, day: str) -> History:
        return History(
            record_of(
                {
                    "organisation": {"id": "league"},
                    "state": [{"id": state} for state in states],
                    "source": [{"id": f"s-{day}"}],
                    "event": [
                        {
                            "id": "in",
                            "states": list(states),
                            "claims": [{"source": f"s-{day}", "act": "signature", "date": day}],
                        }
                    ],
                }
            )
        )

    one, other = league("ARM", "UZB", day="2000-01-05"), league("KAZ", "UZB", day="2000-01-08")
    armenia, kazakhstan, found = one.compare(other)
    # Each record vouches for all states, and so says no of the one that it does not name.
    assert str(armenia) == "Armenia 2000-01-05 to ..: yes, no"
    assert str(kazakhstan) == "Kazakhstan 2000-01-08 to ..: no, yes"
    assert [len(claims) for claims in (*armenia.claims, *kazakhstan.claims)] == [1, 0, 0, 1]
    assert str(found) == "Uzbekistan 2000-01-05 to 2000-01-07: yes, no"
    assert [
        [told.source.id for told in side] for side in found.claims if all(isinstance(t, CitedClaim) for t in side)
    ] == [
        ["s-2000-01-05"],
        [],
    ]
    assert [str(told) for told in other.compare(one)][-1] == "Uzbekistan 2000-01-05 to 2000-01-07: no, yes"
    open_ended = one.compare(league("ARM", day="9999-12-31"))
    assert [(told.state.id, told.first_day, told.last_day) for told in open_ended] == [
        ("ARM", dt.date(2000, 1, 5), dt.date(9999, 12, 30)),
        ("UZB", dt.date(2000, 1, 5), None),
    ]


def test_a_difference_since_ever_and_for_ever_has_open_ends() -> None:
    document = {
        "organisation": {"id": "league"},
        "state": [{"id": "ARM"}],
        "source": [{"id": "s"}, {"id": "t"}],
        "event": [
            {"id": "in", "states": ["ARM"], "claims": [{"source": "s", "act": "signature", "date": "2000-01-05"}]}
        ],
    }
    whole = history(document)
    found = whole.compare(whole.according_to("t"))
    assert [str(told) for told in found] == [
        "Armenia .. to 2000-01-04: no, undetermined",
        "Armenia 2000-01-05 to ..: yes, undetermined",
    ]
    assert [(told.as_dict()["first_day"], told.as_dict()["last_day"]) for told in found] == [
        (None, "2000-01-04"),
        ("2000-01-05", None),
    ]


# --- The bundled record ----------------------------------------------------------------------------------------------


def test_a_difference_is_json_ready() -> None:
    found = CSTO.compare(CSTO.resolved("every"))[0]
    told = found.as_dict()
    assert set(told) == {"state", "first_day", "last_day", "verdicts", "claims"}
    assert (told["state"], told["verdicts"]) == (found.state.id, [str(verdict) for verdict in found.verdicts])
    assert set(told["verdicts"]) <= {"yes", "no", "undetermined"}
    assert [[each["source"] for each in side] for side in told["claims"]] == [
        [each.source.id for each in side] for side in found.claims
    ]
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize(
    "other",
    [
        CSTO.under("legal"),
        CSTO.resolved("every"),
        CSTO.according_to("cow-igo-3"),
        CSTO.according_to("asia-plus-2017"),
        CSTO.as_published_by("2006-07-01"),
        CSTO.strict().institution("csto"),
    ],
    ids=repr,
)
def test_the_bundled_record_is_compared_day_by_day(other: History) -> None:
    found = CSTO.compare(other)
    assert found
    on = days("1991-01-01", "2028-12-31")[::29]
    edges = {
        day + shift for run in found for day in (run.first_day, run.last_day) if day for shift in (-DAY, 0 * DAY, DAY)
    }
    assert_compared(CSTO, other, found, sorted({*on, *edges}))
    assert len(other.compare(CSTO)) == len(found)
    assert mirrored(found) == [
        (told.state, told.first_day, told.last_day, told.verdicts, told.claims) for told in other.compare(CSTO)
    ]


def test_readings_part_where_the_bundled_record_says_so() -> None:
    found = [str(told) for told in CSTO.under("declared").compare(CSTO.under("participating"))]
    assert found == ["Armenia 2024-02-22 to ..: yes, no"]
    assert CSTO.compare(CSTO) == () == CSTO.compare(CSTO.resolved("preferred"))
    assert CSTO.compare(CSTO.resolved(csto.precedence("turan-crossroads")))[0].state.id == "GEO"


def test_a_history_is_compared_with_a_history_and_for_differences_of_a_known_kind() -> None:
    with pytest.raises(csto.ArgumentError, match="contradictions"):
        csto.CSTO.compare(csto.CSTO, only="yes")  # type: ignore[arg-type]
    with pytest.raises(csto.ArgumentError):
        csto.CSTO.compare("legal")  # type: ignore[arg-type]
