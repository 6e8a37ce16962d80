"""Status tables that are not one plain grid: pages with several tables, headers that change, columns of no known act."""

from __future__ import annotations

from typing import Any

import pytest

from csto_membership import Coverage, RecordError, Verdict
from csto_membership.readers import Table, read_status_table

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
HEAD = ["State", "Signature", "Ratification"]
WHOLE = Coverage("1950", "2010")


def html(*rows: list[str]) -> str:
    return (
        "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
    )


def csv(*rows: list[str]) -> str:
    return "".join(f"{','.join(row)}\n" for row in rows)


def read(file: Any, text: str, **options: Any) -> Table:
    given = {"in_force": "1960-01-01", "force_after": "P1D", "covers": WHOLE, "bad_rows": "skip", **options}
    return read_status_table(file(text), "treaty", **given)


def answers(table: Table, *states: str, day: str = "2005-01-01") -> list[Verdict]:
    history = table.history("treaty")
    return [history.was_member(state, day) for state in states]


def is_short(table: Table) -> bool:
    return "short" in " ".join(table.history("treaty").members_on("2005-01-01").caveats)


def the_fault(text: str, file: Any, **options: Any) -> str:
    with pytest.raises(RecordError) as caught:
        read(file, text, bad_rows="raise", **options)
    (fault,) = caught.value.faults
    return str(fault)


ALBANIA, CANADA = ["Albania", "13 Jul 1995", "2 Oct 1996"], ["Canada", "13 Jul 1995", "2 Oct 1997"]


# --- Organisations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("USSR (Soviet Union)", "SUN"),
        ("Russia (formerly Soviet Union)", "RUS"),
        ("Union of Comoros", "COM"),
        ("South African Union", ""),
        ("Union sovi\u00e9tique", ""),
        ("State Union Serbia Montenegro", "SCG"),
        ("West Bank", ""),
        ("Namibia (United Nations Council for Namibia)", "NAM"),
        ("Netherlands (for the European Community)", "NLD"),
        ("Palestine Liberation Organization", "PSE"),
        ("Belgium-Luxembourg Economic Union", "BEL"),
        ("Guinea-Bissau Council", "GNB"),
        ("Palestinian National Authority", ""),
    ],
)
def test_what_may_be_a_state_is_no_organisation(file: Any, name: str, state: str) -> None:
    rows = [ALBANIA, [name, "", "2 Oct 1980"], *([[state, "", "2 Oct 1996"]] if state else [])]
    table = read(file, csv(HEAD, *rows))
    assert [fault.place for fault in table.faults] == ["line 3, participant"]
    assert is_short(table)
    assert answers(table, "ALB", state or "CAN") == [YES, OPEN]


@pytest.mark.parametrize(
    "name",
    ["European Union", "European Union [EU]", "European Economic Community", "European Coal and Steel Community",
     "African Union", "Organisation of African Unity", "West African Economic and Monetary Union", "World Bank",
     "International Bank for Reconstruction and Development", "Bank of Central African States", "Council of Europe",
     "East African Community", "Economic Community of West African States", "Union of South American Nations",
     "Eurasian Economic Union", "League of Arab States", "Sovereign Military Order of Malta", "Universal Postal Union",
     "Inter-American Development Bank", "World Health Organization", "United Nations", "International Seabed Authority",
     "Gulf Cooperation Council", "European Central Bank", "International Criminal Police Organization - INTERPOL",
     "Community of Portuguese-speaking Countries", "European Free Trade Association", "Commonwealth Secretariat"],
)  # fmt: skip
def test_organisations_are_left_out(file: Any, name: str) -> None:
    table = read(file, csv(HEAD, ALBANIA, [name, "", "2 Oct 1980"]), bad_rows="raise")
    assert table.ignored == (f"line 3: {name!r} is left out: it is an organisation, and no state",)
