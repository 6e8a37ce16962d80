"""The JSON Schema of the file format, by which editors complete and check a record while it is written."""

from __future__ import annotations

from typing import Any

from csto_membership._values.data_files import data_file


def schema() -> dict[str, Any]:
    """
    The JSON Schema (draft 2020-12) of a record, from the file `data/record.schema.json` of the package; a fresh copy.

    It checks the form only. Ids that lead nowhere and orders of days that cannot be are found by loading.
    """
    import json

    document: dict[str, Any] = json.loads(data_file("record.schema.json"))
    return document
