"""The picture of the README is that of the record as it is, on light and on dark paper, and its words are those of it."""

from __future__ import annotations

import html
import re
import runpy
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import csto_membership as csto
from csto_membership.plots import describe

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "examples" / "a_picture_for_a_page.py"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURE = re.search(r"<picture>.*?</picture>", README, re.DOTALL)
PAPERS = ("light", "dark")


def words_in(path: Path) -> str:
    """What a kept picture says of itself."""
    (told,) = ET.parse(path).iter("{http://purl.org/dc/elements/1.1/}description")  # noqa: S314 - our own
    return told.text or ""


@pytest.mark.parametrize("paper", PAPERS)
def test_the_kept_picture_tells_what_the_record_tells(paper: str) -> None:
    assert words_in(ROOT / "examples" / f"csto-{paper}.svg") == describe(csto.CSTO)


def test_the_readme_shows_it_with_its_words_on_its_first_screen() -> None:
    assert PICTURE
    (alt,) = re.findall(r'alt="([^"]*)"', PICTURE[0])
    assert html.unescape(alt) == describe(csto.CSTO)
    shown = re.findall(r'src(?:set)?="([^"]*)"', PICTURE[0])
    assert shown == [f"examples/csto-{paper}.svg" for paper in reversed(PAPERS)]
    assert all((ROOT / path).exists() for path in shown)
    assert README.index("<picture>") < README.index("```")


def test_its_command_makes_it_and_gives_the_block_for_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [str(SCRIPT), str(tmp_path)])
    runpy.run_path(str(SCRIPT))
    assert PICTURE
    assert capsys.readouterr().out.strip() == PICTURE[0].replace("examples/", "")
    made = {paper: (tmp_path / f"csto-{paper}.svg").read_text(encoding="utf-8") for paper in PAPERS}
    assert "#ffffff" in made["light"]
    assert "#0d1117" in made["dark"]
    again = tmp_path / "again"
    again.mkdir()
    monkeypatch.setattr(sys, "argv", [str(SCRIPT), str(again)])
    runpy.run_path(str(SCRIPT))
    for paper in PAPERS:
        assert (again / f"csto-{paper}.svg").read_text(encoding="utf-8") == made[paper]
        kept = (ROOT / "examples" / f"csto-{paper}.svg").read_text(encoding="utf-8")
        # Other releases draw letters otherwise; what a picture is made of stays.
        parts = [text.count('id="patch_') for text in (made[paper], kept)]
        assert parts[0] == parts[1]
