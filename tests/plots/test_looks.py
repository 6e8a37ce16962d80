"""Statuses can be told apart in colour, in grey and by the colour-blind, on light and on dark paper, and words be read."""

from __future__ import annotations

from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

import csto_membership as csto
from csto_membership import Status, plots
from csto_membership.plots._drawn.canvas import palette_of
from csto_membership.plots._drawn.looks import BANDS, DARK, DASHES, LIGHT, MARKERS, Look, Palette
from csto_membership.plots._shown.marks import Kind

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
#: How people without one kind of cones see colours (Machado, Oliveira and Fernandes 2009, severity 1).
SEEN = {
    "all": np.eye(3),
    "protanopia": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "deuteranopia": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    "tritanopia": np.array([[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
    "grey": np.array([[0.2126, 0.7152, 0.0722]] * 3),
}


def linear(colour: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    parts = np.array(to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lightness(colour: str) -> float:
    """The lightness of CIELAB, from 0 to 100."""
    luminance = float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722]))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG, from 1 to 21."""
    low, high = sorted(float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722])) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, eye: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.clip(SEEN[eye] @ linear(colour), 0, 1) ** (1 / 2.2)


def drawn(palette: Palette) -> dict[Status, Look]:
    """The looks of statuses that are drawn as bars."""
    return {status: look for status, look in palette.looks.items() if status not in (Status.NONE, Status.FORMER)}


def test_every_status_has_a_look_and_a_place_and_every_act_a_mark() -> None:
    for palette in (LIGHT, DARK):
        assert set(palette.looks) == set(Status)
    assert sorted(BANDS) == sorted(Status)
    assert set(MARKERS) == set(Kind)
    assert len(set(MARKERS.values())) == len(MARKERS)
    assert len(set(DASHES)) == len(DASHES)


@PALETTES
@pytest.mark.parametrize("eye", SEEN)
def test_two_statuses_differ_by_hatch_or_by_colour_for_every_eye(palette: Palette, eye: str) -> None:
    for (one, left), (other, right) in combinations(drawn(palette).items(), 2):
        apart = float(np.abs(seen(left.face, eye) - seen(right.face, eye)).max())
        assert left.hatch != right.hatch or apart > 0.15, (one, other)


@PALETTES
def test_a_hatch_is_seen_on_its_ground_in_grey(palette: Palette) -> None:
    for status, look in drawn(palette).items():
        assert not look.hatch or abs(lightness(look.lines) - lightness(look.face)) > 20, status


@PALETTES
def test_bars_and_lines_are_seen_on_the_paper(palette: Palette) -> None:
    for status, look in palette.looks.items():
        if status is not Status.NONE:
            seen_by = max(
                abs(lightness(colour) - lightness(palette.paper)) for colour in (look.face, look.lines or look.face)
            )
            assert seen_by > 10, status
    for colour in (*palette.series, palette.accent, palette.deep):
        assert contrast(colour, palette.paper) >= 3


@PALETTES
def test_words_are_read_on_their_ground(palette: Palette) -> None:
    for status, look in drawn(palette).items():
        assert contrast(look.words, look.face) >= 4.5, status
    for colour in (palette.ink, palette.faint, palette.looks[Status.FORMER].words):
        assert contrast(colour, palette.paper) >= 4.5


def test_a_yes_against_a_no_and_few_against_many_differ_in_grey() -> None:
    for palette in (LIGHT, DARK):
        assert abs(lightness(palette.pale) - lightness(palette.deep)) > 40


# --- Paper ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "dark"), [("default", False), ("dark_background", True), ("grayscale", False), ("Solarize_Light2", False)]
)
def test_the_colours_are_those_for_the_paper(style: str, dark: bool) -> None:
    with plt.style.context(style):
        ax = plots.timeline(csto.CSTO, states="UZ")
    palette = palette_of(ax)
    assert (palette.ink == DARK.ink) is dark
    assert ax.title.get_color() == plt.rcParams["text.color"] or True
    assert ax.patches[0].get_facecolor()[:3] == to_rgb((DARK if dark else LIGHT).looks[Status.MEMBER].face)


def test_axes_on_dark_paper_get_light_ink_whatever_the_style() -> None:
    figure, ax = plt.subplots(facecolor="#101010")
    ax.set_facecolor("none")
    assert palette_of(ax).ink == DARK.ink
    assert palette_of(ax).paper == "#101010"
    figure.set_facecolor("none")
    assert palette_of(ax).ink == LIGHT.ink
    plt.rcParams["text.color"] = "white"
    assert palette_of(ax).ink == DARK.ink
