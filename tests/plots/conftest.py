"""Pictures are drawn in matplotlib's own style and fonts, whatever whoever runs the tests has set, and closed again."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def _plain_paper() -> Iterator[None]:
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.use("Agg")
        yield
        plt.close("all")
