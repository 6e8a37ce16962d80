"""How statuses and acts look: a colour, a hatch and a mark each, on light and on dark paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._values.acts import Status
from csto_membership.plots._shown.marks import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Look:
    """The colour of a status, its hatch in another colour, and the colour of the words on it."""

    face: str
    words: str
    hatch: str = ""
    lines: str = ""


@frozen
class Palette:
    """
    The colours of a picture on its paper.

    `accent` is for differences, `pale` to `deep` for few to many, `series` for lines of several organisations.
    """

    paper: str
    ink: str
    faint: str
    grid: str
    accent: str
    pale: str
    deep: str
    series: tuple[str, ...]
    looks: Mapping[Status, Look]


LIGHT = Palette(
    paper="#ffffff",
    ink="#1c1c1c",
    faint="#5c5c5c",
    grid="#d9d9d9",
    accent="#d1495b",
    pale="#e3edf6",
    deep="#1d5b93",
    series=("#1d5b93", "#b35c00", "#2f7a58", "#7a3e9d", "#5c5c5c"),
    looks={
        Status.MEMBER: Look("#1d5b93", "#ffffff"),
        Status.SUSPENDED: Look("#f6c177", "#3d2100", "////", "#b35c00"),
        Status.FROZEN: Look("#d5ecf2", "#0f2b33", "xxxx", "#3f8ba3"),
        Status.ASSOCIATE: Look("#7cbf9e", "#06281a", "\\\\\\\\", "#2f7a58"),
        Status.OBSERVER: Look("#d9ead9", "#12301c", "---", "#5d9a6b"),
        Status.PARTNER: Look("#e8dcae", "#3a3110"),
        Status.SIGNATORY: Look("#bcd3ea", "#0c2740", "....", "#1d5b93"),
        Status.FORMER: Look("#8d8d8d", "#4d4d4d"),
        Status.NONE: Look("none", "#4d4d4d"),
    },
)
DARK = Palette(
    paper="#0d1117",
    ink="#e8e8e8",
    faint="#a8a8a8",
    grid="#30363d",
    accent="#ff8f7e",
    pale="#16283a",
    deep="#6fb1ea",
    series=("#6fb1ea", "#f0a94b", "#83cfa8", "#c9a2ea", "#c8c8c8"),
    looks={
        Status.MEMBER: Look("#6fb1ea", "#06213a"),
        Status.SUSPENDED: Look("#7a4a12", "#fff1dc", "////", "#f0a94b"),
        Status.FROZEN: Look("#1f4552", "#e6f7fb", "xxxx", "#7cc4da"),
        Status.ASSOCIATE: Look("#2c6b4d", "#e8faf0", "\\\\\\\\", "#83cfa8"),
        Status.OBSERVER: Look("#25402c", "#e6f5e8", "---", "#7fbf8d"),
        Status.PARTNER: Look("#5a5127", "#fbf6df"),
        Status.SIGNATORY: Look("#274a6b", "#eaf4fd", "....", "#9cc8f0"),
        Status.FORMER: Look("#9a9a9a", "#c8c8c8"),
        Status.NONE: Look("none", "#c8c8c8"),
    },
)

#: The statuses in the order of their bands from above, and of the key.
BANDS = (
    *(Status.MEMBER, Status.SUSPENDED, Status.FROZEN, Status.ASSOCIATE, Status.OBSERVER, Status.PARTNER),
    *(Status.SIGNATORY, Status.FORMER, Status.NONE),
)
#: The marks of acts, by their names in matplotlib.
MARKERS = {
    Kind.SIGNATURE: "o",
    Kind.CONSENT: "D",
    Kind.FORCE: "^",
    Kind.PROLONGATION: "P",
    Kind.OTHER_STATUS: "*",
    Kind.NOTICE: "v",
    Kind.SUSPENSION: "s",
    Kind.RETURN: "<",
    Kind.END: "X",
}
#: The lines of several organisations, told apart without colour too: of more than there are dashes, marks stand on them.
DASHES: tuple[tuple[float, ...], ...] = (
    *((), (5, 1.5), (1.2, 1.2), (6, 1.5, 1.2, 1.5)),
    *((10, 2), (2.5, 2.5), (6, 1.2, 1.2, 1.2, 1.2, 1.2), (10, 1.5, 4, 1.5)),
)
LINE_MARKERS = ("", "o", "s", "^", "D", "v", "P", "X")
