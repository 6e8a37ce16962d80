"""The member sets of the bundled records, as committed: run `python tests/support/made.py` after a wanted change."""

from __future__ import annotations

import pytest
from support import made, snapshot

import csto_membership as csto


@pytest.mark.parametrize("organisation", csto.organisations())
def test_the_member_sets_are_those_that_were_committed(organisation: str) -> None:
    committed = (snapshot.FOLDER / f"{organisation}.txt").read_text(encoding="utf-8")
    assert snapshot.rendered(organisation) == committed, made.REMEDY
