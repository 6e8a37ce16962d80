"""The JSON Schema of the file format: what editors complete and check by while a record is written."""

from __future__ import annotations

from typing import Any

from csto_membership._files.bundled_data import data_file


def schema() -> dict[str, Any]:
    """
    The JSON Schema (draft 2020-12) of a record, from the file `data/record.schema.json` of the package; a fresh copy.

    It knows the form only: what leads nowhere (an id that is not defined) or cannot be (an order of days) is found by
    loading.
    """
    import json

    found: dict[str, Any] = json.loads(data_file("record.schema.json"))
    return found
