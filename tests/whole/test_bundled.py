"""The bundled records as a whole: which there are."""

from __future__ import annotations

from pathlib import Path

import csto_membership as csto

DATA = Path(csto.__file__).parent / "data"
#: Files of the folder that are no records.
OTHERS = {"starter", "states"}


def test_every_record_in_the_folder_is_listed_in_order() -> None:
    assert list(csto.organisations()) == sorted({path.stem for path in DATA.glob("*.toml")} - OTHERS)
