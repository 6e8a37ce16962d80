"""Verdicts: each equals the bool that it means, the open one only itself, and they have an order."""

from __future__ import annotations

import copy
import operator
import pickle
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import CSTO, UndeterminedError, Verdict

TRUTHS: tuple[Any, ...] = (True, False)
YES, NO, UNDETERMINED = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED

#: What equals True, what equals False, and what equals neither.
ANYTHING: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([True, False, None, 1, 0, 1.0, 0.0, 1 + 0j, Fraction(1), 2, "", "yes", "no", "True", (), [], b""]),
    st.integers(),
    st.floats(),
    st.text(),
)


@given(ANYTHING)
def test_a_verdict_equals_what_its_bool_equals_with_that_hash_and_the_open_one_nothing(value: Any) -> None:
    for verdict, meant in ((YES, True), (NO, False)):
        assert (verdict == value) is (meant == value)
        assert (value == verdict) is (value == meant)
        assert (verdict != value) is (meant != value)
        assert (value != verdict) is (value != meant)
        if verdict == value:
            assert hash(verdict) == hash(value)
            assert {verdict: "kept"}[value] == {value: "kept"}[verdict] == "kept"
    assert value != UNDETERMINED
    assert value != UNDETERMINED
    assert not value == UNDETERMINED  # noqa: SIM201 - equality itself is the point


def test_an_open_verdict_equals_only_itself() -> None:
    assert UNDETERMINED == UNDETERMINED  # noqa: PLR0124 - equality itself is the point
    assert not UNDETERMINED != UNDETERMINED  # noqa: PLR0124, SIM202
    for other in (YES, NO, None, False, True, 0, float("nan"), "undetermined"):
        assert other != UNDETERMINED
    assert len({UNDETERMINED, YES, NO, None, True, False}) == 4
    with pytest.raises(UndeterminedError):
        bool(UNDETERMINED)


def test_true_asks_for_the_certain_and_not_false_for_the_possible() -> None:
    verdicts = [YES, NO, UNDETERMINED]
    assert [verdict == True for verdict in verdicts] == [True, False, False]  # noqa: E712 - the named act
    assert [verdict == False for verdict in verdicts] == [False, True, False]  # noqa: E712
    assert [verdict != False for verdict in verdicts] == [True, False, True]  # noqa: E712
    assert CSTO.was_member("UZ", "2009-03-01") == True  # noqa: E712
    assert CSTO.was_member("UZ", "2006") != False  # noqa: E712
    assert not any(verdict is truth for verdict in verdicts for truth in TRUTHS)


def test_the_values_still_lead_to_the_verdicts() -> None:
    assert [Verdict(value) for value in (True, False, None, YES, UNDETERMINED)] == [
        *(YES, NO, UNDETERMINED),
        *(YES, UNDETERMINED),
    ]
    assert [verdict.value for verdict in Verdict] == [True, False, None]
    assert [type(verdict.value) for verdict in Verdict] == [bool, bool, type(None)]
    assert [str(verdict) for verdict in Verdict] == ["yes", "no", "undetermined"]
    assert repr(YES) == "<Verdict.YES: True>"


@pytest.mark.parametrize("verdict", Verdict)
def test_copies_and_pickles_are_the_same_object(verdict: Verdict) -> None:
    assert pickle.loads(pickle.dumps(verdict)) is verdict  # noqa: S301 - our own bytes
    assert copy.deepcopy(verdict) is copy.copy(verdict) is verdict


@pytest.mark.parametrize("order", [*permutations(Verdict)])
def test_verdicts_sort_no_undetermined_yes(order: tuple[Verdict, ...]) -> None:
    assert [verdict is other for verdict, other in zip(sorted(order), (NO, UNDETERMINED, YES), strict=True)] == [
        True
    ] * 3


def test_the_order_is_total_among_verdicts_and_reaches_no_further() -> None:
    places = [NO, UNDETERMINED, YES]
    for compare in (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne):
        for a, one in enumerate(places):
            for b, other in enumerate(places):
                assert compare(one, other) is compare(a, b)
    strangers: tuple[Any, ...] = (True, False, None, 1, "yes")
    for stranger in strangers:
        with pytest.raises(TypeError):
            operator.lt(UNDETERMINED, stranger)


def test_arrays_compare_as_with_bools() -> None:
    numpy = pytest.importorskip("numpy")
    column = numpy.array([True, False, True])
    for verdict, meant in ((YES, True), (NO, False)):
        assert (verdict == column).tolist() == (column == verdict).tolist() == (column == meant).tolist()
        assert (verdict != column).tolist() == (column != meant).tolist()
        assert verdict == numpy.bool_(meant)
        assert numpy.bool_(meant) == verdict
        assert Verdict(numpy.bool_(meant)) is verdict
    assert (column == UNDETERMINED).tolist() == [False] * 3
    objects = numpy.array([YES, NO, UNDETERMINED], dtype=object)
    assert (objects == True).tolist() == [True, False, False]  # noqa: E712
    assert (objects != False).tolist() == [True, False, True]  # noqa: E712


def test_a_column_of_verdicts_is_filtered_mapped_and_counted_as_one_of_bools() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"n": range(4), "m": [YES, NO, UNDETERMINED, YES]})
    assert frame[frame.m == True].n.tolist() == [0, 3]  # noqa: E712
    assert frame[frame.m == False].n.tolist() == [1]  # noqa: E712
    assert frame[frame.m != False].n.tolist() == [0, 2, 3]  # noqa: E712
    assert frame[frame.m == YES].n.tolist() == [0, 3]
    assert frame[frame.m == UNDETERMINED].n.tolist() == [2]
    assert frame.m.map({True: 1, False: 0, UNDETERMINED: -1}).tolist() == [1, 0, -1, 1]
    assert frame.m.map({True: 1, False: 0}).isna().tolist() == [False, False, True, False]
    assert frame.m.isin([True]).tolist() == [True, False, False, True]
    assert frame.m.isin([None]).tolist() == [False] * 4
    assert frame.groupby("m").n.sum().to_dict() == {NO: 1, UNDETERMINED: 2, YES: 3}
    assert frame.sort_values("m", kind="stable").n.tolist() == [1, 2, 0, 3]
    assert frame.merge(pandas.DataFrame({"m": [True], "word": ["in"]}).astype({"m": object})).n.tolist() == [0, 3]
