"""Verdicts: yes, no and undetermined, and that the third never passes for one of the others."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.asking import undetermined

from csto_membership import Status, Verdict


def test_a_verdict_is_true_false_or_neither() -> None:
    assert [verdict.value for verdict in Verdict] == [True, False, None]
    assert bool(Verdict.YES) is True
    assert bool(Verdict.NO) is False
    assert undetermined(lambda: bool(Verdict.UNDETERMINED)).finding is None
    undetermined(lambda: not Verdict.UNDETERMINED)
    undetermined(lambda: Verdict.UNDETERMINED or True)
    assert Verdict(True) is Verdict.YES
    assert Verdict(None) is Verdict.UNDETERMINED
    assert [str(verdict) for verdict in Verdict] == ["yes", "no", "undetermined"]


@pytest.mark.parametrize("default", [True, False])
def test_only_an_undetermined_verdict_takes_the_default(default: bool) -> None:
    assert Verdict.YES.otherwise(default) is True
    assert Verdict.NO.otherwise(default) is False
    assert Verdict.UNDETERMINED.otherwise(default) is default


@given(st.frozensets(st.sampled_from(Status), min_size=1), st.frozensets(st.sampled_from(Status), min_size=1))
def test_a_verdict_is_judged_on_the_whole_set_of_statuses(
    statuses: frozenset[Status], counted: frozenset[Status]
) -> None:
    verdict = Verdict.of(statuses, counted)
    assert (verdict is Verdict.YES) == (statuses <= counted)
    assert (verdict is Verdict.NO) == (not statuses & counted)


def test_verdicts_survive_pickling() -> None:
    for verdict in Verdict:
        assert pickle.loads(pickle.dumps(verdict)) is verdict  # noqa: S301 - our own bytes
