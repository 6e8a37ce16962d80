"""
Pictures look as they did when somebody looked at them.

Those that are kept in `images/` are drawn anew by `python tests/support/pictures.py`, and looked at before they are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pytest
from support.pictures import IMAGES, LEGAL, OTHER_RELEASE, SAME_RELEASE, WIDTH, Tolerance, drawn, kept, tolerance_for

import csto_membership as csto
from csto_membership import plots

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@pytest.mark.parametrize("picture", kept())
def test_a_picture_looks_as_it_did(picture: str, tmp_path: Path) -> None:
    path = tmp_path / f"{picture}.png"
    drawn(picture, path)
    assert not tolerance_for(picture).differs(path, IMAGES / f"{picture}.png")


def test_every_picture_that_is_kept_is_drawn_and_small() -> None:
    assert sorted(path.stem for path in IMAGES.iterdir()) == sorted(kept())
    for path in IMAGES.iterdir():
        assert path.stat().st_size < 60_000
        assert plt.imread(path).shape[1] == WIDTH


@pytest.mark.parametrize(
    ("other", "tolerances"),
    [
        (lambda ax: plots.timeline(LEGAL, acts=False, ax=ax), [SAME_RELEASE, OTHER_RELEASE]),
        (lambda ax: plots.timeline(csto.CSTO, ax=ax), [SAME_RELEASE, OTHER_RELEASE]),
        (lambda ax: plots.timeline(LEGAL, last="2020", ax=ax), [SAME_RELEASE, OTHER_RELEASE]),
        (lambda ax: plots.timeline(LEGAL.strict(), ax=ax), [SAME_RELEASE]),
    ],
    ids=["without acts", "another view", "fewer days", "strict"],
)
def test_a_picture_that_is_another_is_seen_to_be(
    other: Callable[[Axes], Axes], tolerances: list[Tolerance], tmp_path: Path
) -> None:
    path = tmp_path / "other.png"
    drawn("timeline-legal", path, other=other)
    assert all(tolerance.differs(path, IMAGES / "timeline-legal.png") for tolerance in tolerances)
    assert OTHER_RELEASE.differs(path, IMAGES / "compare.png")
