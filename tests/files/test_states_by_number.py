"""A record may call a state of the library by its number alone, as data sets do."""

from __future__ import annotations

from pathlib import Path

import csto_membership as csto
from csto_membership._files.read import record_of


def test_a_state_called_by_its_number_is_the_one_of_the_library(tmp_path: Path) -> None:
    document = {
        "organisation": {"id": "x"},
        "state": [{"id": "cow:220"}],
        "source": [{"id": "s"}],
        "event": [
            {"id": "in", "states": ["cow:220"], "claims": [{"source": "s", "act": "accession", "date": "2000-01-01"}]}
        ],
    }
    history = csto.History(record_of(document))
    for name in ("France", "FRA", "fr", "cow:220"):
        assert history.was_member(name, "2000-01-01") is csto.Verdict.YES
    csto.dump(history, tmp_path / "x.json")
    assert csto.load(tmp_path / "x.json") == history
    registry = csto.Registry.of(history, csto.CSTO)
    assert registry.memberships_of("France", "2001-01-01").certain == ("x",)
    assert registry.was_member("csto", "France", "2001-01-01") is csto.Verdict.NO
