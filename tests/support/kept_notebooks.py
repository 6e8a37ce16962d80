"""
The notebooks of `examples/`: run in a kernel of their own, and held against the outputs that they keep.

`python tests/support/kept_notebooks.py [NAME...]` runs them, by default all, and writes anew the outputs that differ by value.
Outputs are compared by what they say: texts word for word, numbers with a tolerance of one in their last decimal place,
HTML without its looks, pictures as an eye sees them.
"""

from __future__ import annotations

import ast
import asyncio
import base64
import io
import os
import re
import sys
from copy import deepcopy
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import nbformat
import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
REMEDY = "run `python tests/support/kept_notebooks.py`, and look at the diff"

#: What a notebook says of itself: nothing of the machine on which it was run.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
#: The forms of an output that are kept; a picture needs no text beside it.
FORMS = ("text/plain", "text/html", "image/png")
_SECONDS = 120
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ADDRESS = re.compile(r"\b0x[0-9a-f]+\b")
#: Blocks of so many pixels are looked at, of which this share may differ by so much of 255: as releases of matplotlib do.
_BLOCK, _SEEN, _SHARE = 10, 40, 0.02


def read(path: Path) -> Any:
    """A notebook as it is kept."""
    return nbformat.read(path, as_version=4)


def written(notebook: Any) -> str:
    """A notebook as the text of its file."""
    return str(nbformat.writes(notebook, indent=1)) + "\n"


def missing(notebook: Any) -> list[str]:
    """The libraries that a notebook imports, and that are not installed."""
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    named = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            named |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named.add(node.module.partition(".")[0])
    return sorted(name for name in named if find_spec(name) is None)


def executed(notebook: Any) -> Any:
    """A notebook run from its first cell to its last in a fresh kernel, with nothing in it but what is kept."""
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    made = deepcopy(notebook)
    # A kernel of this tree, without the settings of whoever runs it; pictures go into the notebook.
    changed = {
        "PYTHONPATH": str(ROOT),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    with TemporaryDirectory() as folder:
        env = {**os.environ, **changed, "IPYTHONDIR": folder, "JUPYTER_CONFIG_DIR": folder}
        # Files in place of ports: nobody else can listen, and runs that are made at once do not meet.
        manager = AsyncKernelManager(
            kernel_name="python3", transport="ipc", ip=f"{folder}/k", connection_file=f"{folder}/k.json"
        )
        place = {"metadata": {"path": folder}}
        client = NotebookClient(made, km=manager, timeout=_SECONDS, resources=place, record_timing=False)
        asyncio.run(client.async_execute(cleanup_kc=True, env=env))
    return normal(made)


def normal(notebook: Any) -> Any:
    """A notebook with nothing volatile in it."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat_minor = 5
    number = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})
        if cell.cell_type == "code":
            number += 1
            cell.execution_count = number
            cell.outputs = [_plain(output, number) for output in _joined(cell.outputs)]
    return notebook


def _joined(outputs: list[Any]) -> Iterator[Any]:
    """Outputs with the pieces of a stream as one: how a kernel cuts them means nothing."""
    last: Any = None
    for output in outputs:
        if output.output_type == "stream" and last is not None and last.get("name") == output.name:
            last.text += output.text
            continue
        yield output
        last = output if output.output_type == "stream" else None


def _plain(output: Any, number: int) -> Any:
    if output.output_type == "execute_result":
        output.execution_count = number
    if "data" in output:
        output.metadata = nbformat.from_dict({})
        output.data = nbformat.from_dict({form: output.data[form] for form in FORMS if form in output.data})
        if "image/png" in output.data:
            output.data = nbformat.from_dict({"image/png": _smaller(output.data["image/png"])})
    return output


def _smaller(png: str) -> str:
    """A picture in 256 colours, which hold no gradients here, without a word on the program that drew it."""
    made = io.BytesIO()
    picture_of(png).quantize(256, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return base64.encodebytes(made.getvalue()).decode("ascii")


def picture_of(png: str) -> Image.Image:
    """A kept picture as an image."""
    return Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")


# --- What outputs say -------------------------------------------------------------------------------------------------


def differences(kept: Any, made: Any) -> list[str]:
    """What a run gives otherwise than what is kept, cell by cell."""
    found = []
    for cell, other in zip_longest(kept.cells, made.cells):
        if cell is None or other is None or cell.source != other.source:
            return ["the cells are not the same"]
        if cell.cell_type == "code":
            found += [f"{cell.id}: {difference}" for difference in outputs_differ(cell.outputs, other.outputs)]
    return found


def outputs_differ(kept: list[Any], made: list[Any]) -> list[str]:
    """How the outputs of a cell differ in what they say."""
    told = (difference_of(one, two) for one, two in zip_longest(kept, made))
    return [difference for difference in told if difference]


def difference_of(kept: Any, made: Any) -> str:
    """How two outputs differ in what they say; empty where they do not."""
    if kept is None or made is None or kept.output_type != made.output_type:
        return f"an output of another kind, {kept and kept.output_type}, {made and made.output_type}"
    if kept.output_type == "stream":
        return _of_words(kept.name + " " + kept.text, made.name + " " + made.text)
    if kept.output_type == "error":
        return _of_words(f"{kept.ename} {kept.evalue}", f"{made.ename} {made.evalue}")
    if kept.data.keys() != made.data.keys():
        return f"other forms, {sorted(kept.data)}, {sorted(made.data)}"
    for form, value in kept.data.items():
        if form == "image/png":
            difference = "another picture" if seen_to_differ(value, made.data[form]) else ""
        elif form == "text/html":
            difference = _of_words(_words_of(value), _words_of(made.data[form]))
        else:
            difference = _of_words(value, made.data[form])
        if difference:
            return f"{form}: {difference}"
    return ""


def _words_of(html: str) -> str:
    return re.sub(r"<[^>]*>", " ", re.sub(r"<style.*?</style>", " ", html, flags=re.DOTALL))


def _of_words(kept: str, made: str) -> str:
    for one, two in zip_longest(_ADDRESS.sub("0x", kept).split(), _ADDRESS.sub("0x", made).split(), fillvalue=""):
        if not _same(one, two):
            return f"{one!r} is kept, {two!r} is given"
    return ""


def _same(one: str, two: str) -> bool:
    """Whether two words are the same, but for the last decimal place of numbers in them."""
    if one == two:
        return True
    if _NUMBER.sub("0", one) != _NUMBER.sub("0", two):
        return False
    return all(map(_near, _NUMBER.findall(one), _NUMBER.findall(two)))


def _near(one: str, two: str) -> bool:
    """Whether two numbers are at most one apart in the last place that both have; whole ones are equal or not."""
    places = min(len(number.partition(".")[2]) for number in (one, two))
    return one == two or (places > 0 and abs(float(one) - float(two)) < 1.5 * 10**-places)


def seen_to_differ(kept: str, made: str) -> bool:
    """Whether two pictures are seen to differ, or are of sizes that differ by more than a tenth."""
    one, two = picture_of(kept), picture_of(made)
    if any(abs(side - other) > max(side, other) / 10 for side, other in zip(one.size, two.size, strict=True)):
        return True
    small = tuple(side // _BLOCK for side in one.size)
    left, right = (
        np.asarray(image.resize(small, Image.Resampling.BOX), dtype=float) for image in (one, two.resize(one.size))
    )
    return float((np.abs(left - right).max(axis=2) > _SEEN).mean()) > _SHARE


def main() -> None:
    """Run the notebooks, and write anew the outputs that say something else than what is kept."""
    for path in [path for path in NOTEBOOKS if not sys.argv[1:] or path.stem in sys.argv[1:]]:
        kept = read(path)
        made = executed(kept)
        for cell, other in zip(kept.cells, made.cells, strict=True):
            # What says the same stays as it is, so that a diff shows what has changed.
            if cell.cell_type == "code" and not outputs_differ(cell.outputs, other.outputs):
                other.outputs = cell.outputs
        path.write_text(written(normal(made)), encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size / 1000:,.0f} kB")


if __name__ == "__main__":
    main()
