"""Rows that come in parts: what was met in other parts changes no answer."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import State

np = pytest.importorskip("numpy")
from csto_membership.frames import _reading  # noqa: E402
from csto_membership.frames._columns import Encoded  # noqa: E402
from csto_membership.frames._lines import lines_of  # noqa: E402
from csto_membership.frames._reading import Met  # noqa: E402
from csto_membership.frames._rows import rows_of  # noqa: E402

T = TypeVar("T")
LINES = lines_of(csto.Registry.of(csto.CSTO, csto.history("cis").under("legal")))
OWN = State("RUS", "Another state of this code")
BODIES = ("csto", "CSTO", "cis", "league", "", None, 5)
STATES = (
    "RUS",
    "Russia",
    "uz",
    "GEO",
    "Atlantis",
    "CS",
    "",
    None,
    365,
    365.0,
    True,
    1,
    next(iter(csto.CSTO.states)),
    OWN,
)
DATES = ("1993-12-08", "1993-12-09", "1999-04", "2012-06-28", "soon", None)
Part = list[tuple[object, object, object]]


class Values:
    """A column of any values, each row with a value of its own."""

    def __init__(self, values: Sequence[object]) -> None:
        self.values = list(values)

    def encoded(self) -> Encoded:
        return Encoded(self.values, np.arange(len(self.values), dtype=np.int32))

    def days(self) -> None:
        return None

    def at(self, rows: Any) -> Values:
        return Values([self.values[row] for row in rows.tolist()])


def told_of(part: Part, *, reasons: bool, met: Met | None = None) -> list[Any]:
    """Whatever is told of the rows of a part, and of what cannot be read."""
    organisation, state, date = map(Values, zip(*part, strict=True))
    rows = rows_of(LINES, organisation, state, date, reasons=reasons, met=met)
    columns = [rows.told(column) for column in ("member", "status", *(["why"] if reasons else []))]
    answers = [[told.values[code] for code in told.codes.tolist()] for told in columns]
    return [*answers, [(fault.count, fault.first_row, str(fault)) for fault in rows.report.faults], str(rows.report)]


def all_at_once(work: Callable[[Part], T], parts: Sequence[Part]) -> list[T]:
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(work, parts))


rows = st.tuples(st.sampled_from(BODIES), st.sampled_from(STATES), st.sampled_from(DATES))


@given(
    st.lists(st.lists(rows, min_size=1, max_size=8), min_size=1, max_size=6),
    st.booleans(),
    st.sampled_from([1, 4, 1 << 23]),
)
@example([[("csto", "RUS", "2012-06-28")], [("csto", OWN, "2012-06-28")], [("csto", ["RUS"], "2012-06-28")]], True, 99)
@example([[("csto", "RUS", "2012-06-28")], [(None, "RUS", "2012-06-28")], [("csto", None, "2012-06-28")]], False, 99)
@example([[("csto", "RUS", "2012-06-28")], [("csto", "GEO", "2012-06-28")]], False, 1)
@example([[("cis", "GEO", "soon"), ("csto", "uz", "soon")], [("csto", "GEO", "1999-04")]], True, 1)
def test_a_part_is_answered_as_if_it_were_the_only_one(parts: list[Part], reasons: bool, most: int) -> None:
    alone = [told_of(part, reasons=reasons) for part in parts]
    met = Met()
    with mock.patch.object(_reading, "_MOST_MET", most):
        assert [told_of(part, reasons=reasons, met=met) for part in parts] == alone
        assert [told_of(part, reasons=reasons, met=met) for part in parts] == alone


def test_parts_may_be_answered_at_the_same_time() -> None:
    parts: list[Part] = [
        [(body, state, date) for body in BODIES[at % 3 :] for state in STATES[at % 5 :]]
        for at, date in enumerate(DATES * 8)
    ]
    alone = [told_of(part, reasons=False) for part in parts]
    for most in (8, 1 << 23):
        met = Met()
        with mock.patch.object(_reading, "_MOST_MET", most):
            assert all_at_once(lambda part, met=met: told_of(part, reasons=False, met=met), parts) == alone  # type: ignore[misc]


def test_a_pair_of_texts_is_looked_up_once() -> None:
    part: Part = [(body, state, "2012-06-28") for body in ("csto", "cis") for state in ("RUS", "Georgia")]
    met = Met()
    told = told_of(part, reasons=False, met=met)
    with mock.patch.object(LINES, "line", side_effect=AssertionError("it was met before")):
        assert told_of(part[::-1], reasons=False, met=met)[0] == told[0][::-1]


def test_elsewhere_other_parts_are_met() -> None:
    part: Part = [("csto", "RUS", "2012-06-28")]
    met = Met()
    told = told_of(part, reasons=False, met=met)
    assert told_of(part, reasons=False, met=pickle.loads(pickle.dumps(met))) == told  # noqa: S301
