"""The notebooks of `examples/` give what they keep, and keep nothing of the machine on which they were run."""

from __future__ import annotations

import base64
import copy
import io
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from support.kept_notebooks import (
    FORMS,
    METADATA,
    NOTEBOOKS,
    REMEDY,
    ROOT,
    difference_of,
    differences,
    executed,
    missing,
    normal,
    picture_of,
    read,
    seen_to_differ,
    written,
)

#: Where this machine keeps things.
PLACES = (ROOT, Path.home(), Path(sys.prefix), Path(tempfile.gettempdir()))

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.mark.slow
@each
def test_a_notebook_gives_what_it_keeps(path: Path) -> None:
    kept = read(path)
    if (absent := missing(kept)) and "EVERY_ENGINE" not in os.environ:
        pytest.skip(f"{', '.join(absent)}: not installed")
    assert differences(kept, executed(kept)) == [], REMEDY


def test_there_are_six_notebooks() -> None:
    assert [path.name[:3] for path in NOTEBOOKS] == [f"0{number}_" for number in range(1, 7)]


@each
def test_a_notebook_begins_with_a_question_and_ends_with_what_to_cite(path: Path) -> None:
    cells = read(path).cells
    title, *_ = cells[0].source.splitlines()
    assert re.fullmatch(r"# .+\?", title)
    assert any("wrong" in cell.source for cell in cells[:8])
    told = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert "## What to cite" in told[-1]
    assert cells[-1].cell_type == "code"
    assert 8 <= len(cells) <= 20


@each
def test_a_notebook_is_small_and_keeps_nothing_of_the_machine(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.encode()) < 300_000
    kept = read(path)
    assert kept.metadata == METADATA
    assert written(normal(read(path))) == text
    for cell in kept.cells:
        assert re.fullmatch("[a-z0-9-]+", cell.id)
        assert cell.metadata == {}
        for output in cell.get("outputs", []):
            assert output.output_type != "error"
            assert output.get("name", "stdout") == "stdout", "a warning is kept"
            assert set(output.get("data", {})) <= set(FORMS)
            for form, value in output.get("data", {"": output.get("text", "")}).items():
                if form == "image/png":
                    assert len(base64.b64decode(value)) < 60_000
                else:
                    assert not any(str(place) in value for place in PLACES)
                    assert not re.search(r"\b0x[0-9a-f]{6}", value)


def test_the_long_table_that_was_measured_is_that_of_the_notebook() -> None:
    """A hundred million rows in the benchmark, a million in the notebook, by the same arithmetic."""
    shown = next(cell for cell in read(NOTEBOOKS[5]).cells if cell.id == "rows").source
    measured = (ROOT / "tests" / "benchmarks" / "many_rows.py").read_text("utf-8")
    rows, asked = (
        re.sub(r"\s+", " ", re.findall(r"SELECT.+?counted", text, re.DOTALL)[0]) for text in (shown, measured)
    )
    assert rows.replace("', '", "','").replace("range(1000000)", "range({rows})") == asked.replace("', '", "','")
    assert "tests/benchmarks/many_rows.py" in "".join(cell.source for cell in read(NOTEBOOKS[5]).cells)


def test_a_library_that_is_missing_is_told() -> None:
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    cells = [new_markdown_cell("import nothing"), new_code_cell("import ast, no_such\nfrom no_other.part import it")]
    assert missing(new_notebook(cells=cells)) == ["no_other", "no_such"]


# --- What is the same, and what is not ------------------------------------------------------------------------------


def output(**data: str) -> Any:
    """An output with these forms, as `text_plain` and the like."""
    from nbformat.v4 import new_output

    return new_output("display_data", {name.replace("_", "/"): value for name, value in data.items()})


SAME = [
    ("<a at 0x7f8602cf0f50>", "<a at 0x7f0000000000>"),
    ("0.374 of 12", "0.375 of 12"),
    ("0.3741", "0.37"),
    ("1  2\n3", "1 2 3"),
    ("width:33.3%", "width:33.4%"),
]
OTHER = [
    ("0.374", "0.376"),
    ("0.4", "0.6"),
    ("12", "13"),
    ("1,269", "1,270"),
    ("2012-06-28", "2012-06-27"),
    ("yes", "no"),
    ("yes", "yes yes"),
    ("-0.4", "0.4"),
    ("", "1"),
]


@pytest.mark.parametrize(("kept", "made"), SAME)
def test_what_says_the_same_does_not_differ(kept: str, made: str) -> None:
    assert difference_of(output(text_plain=kept), output(text_plain=made)) == ""
    assert difference_of(output(text_plain=made), output(text_plain=kept)) == ""


@pytest.mark.parametrize(("kept", "made"), OTHER)
def test_what_says_something_else_differs(kept: str, made: str) -> None:
    assert difference_of(output(text_plain=kept), output(text_plain=made))
    assert difference_of(output(text_html=f"<b>{kept}</b>"), output(text_html=f"<b>{made}</b>"))


def test_html_is_compared_by_its_words() -> None:
    one = output(text_html="<style>.a { width: 1em }</style><p style='a'>yes</p>")
    assert difference_of(one, output(text_html="<style>.b { width: 2em }</style><i>yes</i>")) == ""
    assert difference_of(one, output(text_html="<p style='a'>no</p>"))
    assert difference_of(one, output(text_plain="yes"))
    assert difference_of(one, None)


def kept_pictures() -> list[str]:
    """All pictures that the notebooks keep."""
    outputs = [one for path in NOTEBOOKS for cell in read(path).cells for one in cell.get("outputs", [])]
    return [one.data["image/png"] for one in outputs if "image/png" in one.get("data", {})]


def test_a_picture_that_is_another_is_seen_to_be() -> None:
    pictures = kept_pictures()
    assert len(pictures) >= 3
    for number, picture in enumerate(pictures):
        assert [other for other in pictures if not seen_to_differ(picture, other)] == [picture], number
        # A twentieth of it is painted over.
        image = picture_of(picture)
        spoilt = image.copy()
        spoilt.paste((0, 0, 0), (0, 0, image.width, image.height // 20))
        assert seen_to_differ(picture, base64.encodebytes(_png(spoilt)).decode())
        # The looks of another release: letters a pixel further.
        moved = image.copy()
        moved.paste(image, (1, 0))
        assert not seen_to_differ(picture, base64.encodebytes(_png(moved)).decode())


def _png(image: Any) -> bytes:
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def test_a_notebook_with_another_answer_is_told_by_its_cell() -> None:
    kept = read(NOTEBOOKS[0])
    assert differences(kept, copy.deepcopy(kept)) == []
    made = copy.deepcopy(kept)
    cell = next(cell for cell in made.cells if cell.id == "was-member")
    cell.outputs[0].data["text/plain"] = "<Verdict.YES: True>"
    assert differences(kept, made) == [
        "was-member: text/plain: '<Verdict.NO:' is kept, '<Verdict.YES:' is given",
    ]
    cell.outputs = []
    assert len(differences(kept, made)) == 1
    assert differences(kept, copy.deepcopy(read(NOTEBOOKS[1]))) == ["the cells are not the same"]
