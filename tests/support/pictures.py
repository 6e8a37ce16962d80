"""
Pictures as they were looked at, and how much another differs from one of them.

`python tests/support/pictures.py` draws those of `tests/plots/images` anew. Look at each before it is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from attrs import frozen
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import csto_membership as csto
from csto_membership import Registry, plots

if TYPE_CHECKING:
    from matplotlib.axes import Axes

IMAGES = Path(__file__).parents[1] / "plots" / "images"
#: Pictures are kept as wide as a reader on a small screen sees them.
WIDTH = 500

#: The margins of the Axes in inches. They are fixed, since automatic ones depend on how a release draws letters.
LEFT, RIGHT, TOP, BOTTOM = 1.5, 0.45, 0.8, 1.3

LEGAL = csto.CSTO.under("legal")
#: How each picture is drawn, and the height of its Axes in inches.
PICTURES: dict[str, tuple[float, Callable[[Axes], Axes]]] = {
    "timeline-declared": (2.7, lambda ax: plots.timeline(csto.CSTO, ax=ax)),
    "timeline-legal": (2.7, lambda ax: plots.timeline(LEGAL, ax=ax)),
    "timeline-every": (3.0, lambda ax: plots.timeline(csto.CSTO.resolved("every"), ax=ax)),
    "timeline-sco": (7.8, lambda ax: plots.timeline(csto.history("sco"), ax=ax)),
    "timeline-uzbekistan": (3.0, lambda ax: plots.timeline(Registry.bundled(), states="UZ", ax=ax)),
    "size-every": (2.2, lambda ax: plots.size(csto.CSTO.resolved("every"), ax=ax)),
    "size-several": (2.2, lambda ax: plots.size([csto.history(id) for id in ("csto", "cis", "sco", "eurasec")], ax=ax)),
    "compare": (4.1, lambda ax: plots.compare(csto.CSTO, LEGAL, ax=ax)),
    "together": (4.1, lambda ax: plots.together(LEGAL, ax=ax)),
    "region": (4.6, lambda ax: plots.region(Registry.bundled(), "2007-01-01", ax=ax)),
}
#: Those that are kept on dark paper as well.
DARK = ("timeline-legal", "compare")


def kept() -> list[str]:
    """The names of all pictures that are kept."""
    return [*PICTURES, *(f"{name}-dark" for name in DARK)]


def drawn(picture: str, path: Path, *, other: Callable[[Axes], Axes] | None = None) -> None:
    """Draw one of the pictures into a file, or another on paper like its own, in matplotlib's own fonts."""
    name, dark = picture.removesuffix("-dark"), picture.endswith("-dark")
    with mpl.rc_context(), plt.style.context("dark_background" if dark else "default"):
        width, height = 6.4, PICTURES[name][0] + TOP + BOTTOM
        figure = plt.figure(figsize=(width, height))
        sides = (LEFT / width, BOTTOM / height, 1 - (LEFT + RIGHT) / width, 1 - (TOP + BOTTOM) / height)
        (other or PICTURES[name][1])(figure.add_axes(sides))
        figure.savefig(path, dpi=WIDTH / width, metadata={"Software": None})
        plt.close(figure)


@frozen
class Tolerance:
    """How two pictures may differ: in the share of blocks of so many pixels whose means differ by more, of 255."""

    block: int
    seen: int
    share: float

    def differs(self, one: Path, other: Path) -> bool:
        """Whether two pictures are seen to differ."""
        left, right = (self._blocks(plt.imread(path)) for path in (one, other))
        if left.shape != right.shape:
            return True
        return float((np.abs(left - right).max(axis=2) > self.seen / 255).mean()) > self.share

    def _blocks(self, pixels: Any) -> Any:
        size = self.block
        height, width = (side // size for side in pixels.shape[:2])
        cut = pixels[: height * size, : width * size, :3]
        return cut.reshape(height, size, width, size, 3).mean(axis=(1, 3))


#: One release of matplotlib draws a picture as it drew it; another draws letters and edges a little otherwise.
SAME_RELEASE = Tolerance(block=5, seen=24, share=0.0005)
OTHER_RELEASE = Tolerance(block=10, seen=40, share=0.008)


def tolerance_for(picture: str) -> Tolerance:
    """How a picture drawn here may differ from the one that is kept."""
    with Image.open(IMAGES / f"{picture}.png") as image:
        return SAME_RELEASE if image.info.get("Software") == mpl.__version__ else OTHER_RELEASE


def keep(picture: str) -> None:
    """Draw a picture anew and keep it, small."""
    path = IMAGES / f"{picture}.png"
    drawn(picture, path)
    made_by = PngInfo()
    made_by.add_text("Software", mpl.__version__)
    with Image.open(path) as image:
        small = image.convert("RGB").quantize(96, dither=Image.Dither.NONE)
    small.save(path, optimize=True, pnginfo=made_by)


if __name__ == "__main__":
    mpl.use("Agg")
    IMAGES.mkdir(exist_ok=True)
    for picture in sys.argv[1:] or kept():
        keep(picture)
