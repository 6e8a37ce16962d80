"""The files of the folder `data`, also where the package is imported from a zip archive."""

from __future__ import annotations

from pkgutil import get_data


def data_file(name: str) -> bytes:
    """The content of a file of the package's data."""
    content = get_data("csto_membership", f"data/{name}")
    assert content is not None, "every loader of packages gives data"
    return content
