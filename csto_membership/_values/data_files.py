"""The files of the folder `data`, also where the package is imported from a zip archive."""

from __future__ import annotations

import os
import sys


def data_file(name: str) -> bytes:
    """The content of a file of the package's data, such as "states.jsonl" or "made/csto.json"."""
    # As `pkgutil.get_data` does it, without what that imports: the first answer of a fresh process waits for it.
    package = sys.modules[__name__.partition(".")[0]]
    assert package.__file__, "the package is no namespace"
    path = os.path.join(os.path.dirname(package.__file__), "data", *name.split("/"))  # noqa: PTH118, PTH120
    content: bytes = package.__spec__.loader.get_data(path)  # type: ignore[union-attr]
    return content
