"""Small tables of PyArrow: what lazy engines join their rows with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping


def small_table(columns: Mapping[str, Any]) -> Any:
    """The table of some columns: each a list of texts, or an array of NumPy of days or of whole numbers."""
    return pa.table(
        {name: pa.array(values, pa.string() if isinstance(values, list) else None) for name, values in columns.items()}
    )
