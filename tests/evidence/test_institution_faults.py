"""What a record refuses of its institutions: abolitions of which nobody knows the order."""

from __future__ import annotations

from typing import Any

import pytest

from csto_membership import RecordError
from csto_membership._evidence.record import Record
from csto_membership._files.read import record_of


def club(*abolishes: tuple[str, str, str]) -> Record:
    entries = [{"status": status, "date": date, "to": to} for status, date, to in abolishes]
    document: dict[str, Any] = {
        "organisation": {"id": "club"},
        "institution": [{"id": "club", "exists": {"declared": "1990-01-01"}, "abolishes": entries}],
    }
    return record_of(document)


@pytest.mark.parametrize(("first", "second"), [("2000", "2000-06"), ("2000-06", "[2000-06-30..2001-01-01]")])
def test_two_abolitions_of_which_one_leads_to_the_other_have_an_order(first: str, second: str) -> None:
    for one, other in ((first, second), (second, first)):
        with pytest.raises(RecordError, match="nobody knows which came first"):
            club(("observer", one, "partner"), ("partner", other, "former"))
        # Where neither leads to the other, the order makes no difference.
        club(("observer", one, "former"), ("partner", other, "former"))


def test_an_order_that_is_known_is_none_to_refuse() -> None:
    for one, other in (("2000-06", "2000-07"), ("2000-06-30", "2000-06-30"), ("2000-07", "[2000-06-01..2000-06-30]")):
        club(("observer", one, "partner"), ("partner", other, "former"))
