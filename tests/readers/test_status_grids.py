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


# --- Several tables, and several headers ------------------------------------------------------------------------------

ALBANIA, CANADA = ["Albania", "13 Jul 1995", "2 Oct 1996"], ["Canada", "13 Jul 1995", "2 Oct 1997"]


@pytest.mark.parametrize("others", [[], [["Chad", "", ""], ["Fiji", "", ""]]])
def test_tables_of_one_header_on_a_page_are_one(file: Any, others: list[list[str]]) -> None:
    page = f"<h2>Members</h2>{html(HEAD, ALBANIA)}<h2>Others</h2>{html(HEAD, CANADA, *others)}"
    table = read(file, page, bad_rows="raise")
    assert answers(table, "ALB", "CAN") == [YES, YES]
    assert not is_short(table)
    assert table.ignored == ("line 1: 'State Signature Ratification' is left out: it is the header once more",)


def test_a_header_with_footnotes_or_in_other_letters_is_the_same(file: Any) -> None:
    again = ["STATE 2", "Signature ", "Ratification 3", ""]
    for text in (csv(HEAD, ALBANIA, again, CANADA), html(HEAD, ALBANIA) + html(again, CANADA)):
        assert answers(read(file, text, bad_rows="raise"), "ALB", "CAN") == [YES, YES]


@pytest.mark.parametrize("written", [csv, lambda *rows: html(*rows[:2]) + html(*rows[2:])])
@pytest.mark.parametrize(
    "head",
    [
        ["Participant", "Accession", "Withdrawal"],
        ["State", "Signature", "Ratification", "Withdrawal"],
        ["No.", "State", "Withdrawal"],
    ],
)
def test_below_another_header_nothing_is_read_and_nothing_of_its_states_is_known(
    file: Any, written: Any, head: list[str]
) -> None:
    at = 1 if head[0] == "No." else 0
    below = [[""] * at + [name, "3 Mar 1991", "28 Apr 1999"] for name in ("Albania", "Chad", "Atlantis")]
    text = written(HEAD, ALBANIA, head, *below)
    assert "another header begins here, and no row below it is read, to line" in the_fault(text, file)
    table = read(file, text)
    assert answers(table, "ALB", "TCD", "CAN") == [OPEN, OPEN, OPEN]
    assert is_short(table)


def test_another_header_of_columns_that_tell_no_act_is_one_as_well(file: Any) -> None:
    text = csv(HEAD, ALBANIA, ["State", "Depositary", "Notified"], ["Canada", "-", "2 Oct 1996"])
    assert "line 3: another header begins here" in the_fault(text, file)
    assert answers(read(file, text), "ALB", "CAN") == [YES, OPEN]


def test_a_row_with_the_words_of_a_header_is_none_if_it_has_a_state_or_a_total(file: Any) -> None:
    head = ["Participant", "Type", "Act", "Ratification"]
    rows = [["Chad", "State", "Ratification", "2 Oct 1996"], ["Fiji", "State", "Accession", ""]]
    table = read(file, csv(head, *rows, ["Parties", "", "", "12"]))
    assert answers(table, "TCD", "FJI") == [YES, NO]
    assert table.ignored[0].startswith("line 4: 'Parties 12' is left out")


def test_rows_below_a_header_without_acts_are_no_notes_of_the_table(file: Any) -> None:
    text = csv(["State", "Joined", "Left"], ["Chad", "3 Mar 1991", "28 Apr 1999"], HEAD, ALBANIA)
    assert "line 2: it stands before the header that tells acts" in the_fault(text, file)
    assert answers(read(file, text), "ALB", "TCD") == [YES, OPEN]
    table = read(file, csv(["Singapore", "20 December 2018"], ["As at", "5 May 2020"], HEAD, ALBANIA), bad_rows="raise")
    assert [text[:6] for text in table.ignored] == ["line 1", "line 2"]


@pytest.mark.parametrize("written", [csv, lambda *rows: html(*rows[:2]) + html(*rows[2:])])
def test_a_state_below_two_headers_may_be_party_to_two_treaties(file: Any, written: Any) -> None:
    text = written(HEAD, ALBANIA, HEAD, ["Albania", "13 Jul 2001", ""], CANADA)
    assert "another part of the table, below the header once more, tells otherwise" in the_fault(text, file)
    assert answers(read(file, text), "ALB", "CAN") == [OPEN, YES]
    # The same once more, or nothing, is no other treaty.
    text = written(HEAD, ALBANIA, HEAD, ALBANIA, ["Canada", "", ""])
    assert answers(read(file, text, bad_rows="raise"), "ALB", "CAN") == [YES, NO]


def test_tables_of_a_page_without_a_header_are_told_if_they_have_dates(file: Any) -> None:
    menu, territories = (
        html(["Menu", "Home"]),
        html(["Participant", "Received", "Territory"], ["Chad", "5 May 1999", "x"]),
    )
    table = read(file, menu + html(HEAD, ALBANIA) + territories, bad_rows="raise")
    assert table.ignored == (
        "line 1: 'Participant Received Territory' is left out: no header of its table tells an act",
    )


def test_a_table_of_a_page_that_goes_on_without_a_header_is_a_fault(file: Any) -> None:
    text = html(HEAD, ALBANIA) + html(CANADA, ["Chad", "", "5 May 1999"])
    assert "a table without a header begins here, and is not read" in the_fault(text, file)
    table = read(file, text)
    assert answers(table, "ALB", "CAN", "TCD") == [YES, OPEN, OPEN]
    assert is_short(table)


def test_a_cell_of_a_page_over_several_rows_stands_in_each(file: Any) -> None:
    page = """<table><tr><th rowspan=2>State</th><th colspan=2>Convention</th></tr>
<tr><th>Signature</th><th>Ratification</th></tr>
<tr><td>Albania</td><td rowspan=3>13 Jul 1995</td><td>2 Oct 1996</td></tr>
<tr><td>Canada</td><td></td></tr>
<tr><td rowspan=0>Chad</td><td></td></tr>
<tr><td colspan=2>Togo</td><td>5 May 1999</td></tr>
</table>"""
    table = read(file, page, bad_rows="raise", reading="declared")
    assert answers(table, "ALB", "CAN", "TCD", "TGO", day="1997-01-01") == [YES, YES, YES, NO]
    assert answers(table, "ALB", "CAN", "TCD", "TGO") == [YES, YES, YES, YES]


@pytest.mark.parametrize("span", ["9" * 5000, "-1", "x", "\u0665", ""])
def test_a_cell_over_a_number_of_rows_that_cannot_be_is_read_all_the_same(file: Any, span: str) -> None:
    page = html(HEAD, ALBANIA).replace("<td>Albania", f'<td rowspan="{span}" colspan="">Albania')
    assert answers(read(file, page, bad_rows="raise"), "ALB") == [YES]


@pytest.mark.parametrize("row", [["Albania", "13 Jul 1995"], [*ALBANIA, "5 May 1999"]])
def test_nothing_is_known_of_a_state_whose_row_has_too_few_or_too_many_cells(file: Any, row: list[str]) -> None:
    table = read(file, csv(HEAD, ALBANIA, CANADA, row))
    assert answers(table, "ALB", "CAN", "TCD") == [OPEN, YES, OPEN]


# --- Several treaties ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["Treaty", "Convention", "Instrument", "Organisation", "Treaty no.", "Name of the treaty", "ETS No."]
)
@pytest.mark.parametrize("names", [("A-1", "B-2"), ("005", "046"), ("Convention of 1949", "Protocol of 8 June 1977")])
def test_a_table_of_several_treaties_is_refused(file: Any, title: str, names: tuple[str, str]) -> None:
    rows = [[names[0], *ALBANIA], [names[1].upper(), "Chad", "", "1 Jan 2000"], [names[1], *CANADA]]
    text = csv([title, *HEAD], *rows)
    told = the_fault(text, file)
    assert f"line 1: column 1 ('{title}') names several: {names[0]!r} and {names[1].upper()!r}; " in told
    with pytest.raises(RecordError):
        read(file, text)


@pytest.mark.parametrize("name", ["Convention of 1949", "Protocol of 8 June 1977", "1990", "R", ""])
def test_a_column_that_names_one_treaty_is_left_out(file: Any, name: str) -> None:
    table = read(file, csv(["Treaty", *HEAD], [name, *ALBANIA], ["", *CANADA]), bad_rows="raise")
    assert answers(table, "ALB", "CAN") == [YES, YES]


def test_marks_acts_and_dates_are_no_treaties(file: Any) -> None:
    for cells in (("R", "A"), ("Ratification", "Accession")):
        rows = [[cells[0], *ALBANIA], [cells[1], *CANADA]]
        assert answers(read(file, csv(["Instrument", *HEAD], *rows), bad_rows="raise"), "ALB", "CAN") == [YES, YES]
    rows = [["5 May 1999", *ALBANIA], ["6 May 1999", *CANADA]]
    assert len(read(file, csv(["Protocol", *HEAD], *rows)).faults) == 2


# --- Columns of no known act --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "16-09-2015",
        "18/08/2005 (a)",
        "[18/08/2005]",
        "16-Sep-15 (a)",
        "4-V-2007",
        "18.8.05",
        "1999",
        "1999-04",
        "May 90",
        "5 May '99",
        "Ratification: 18 August 2005",
        "ratified in 99",
        "1 Jan 2000",
        "Denounced on 1 Jan 2000",
        "withdrew: 5 Feb 1999",
        "1 Jan 2000 (denunciation)",
        "withdrawn",
        "Denounced",
    ],
)
@pytest.mark.parametrize("title", ["Deposit", "Notes", "", "Convention"])
def test_what_may_be_a_date_in_a_column_that_tells_no_act_is_a_fault(file: Any, title: str, cell: str) -> None:
    if title == "Convention" and cell == "1999":
        return  # the number of a treaty
    told = read(file, csv([*HEAD, title], [*ALBANIA, cell], [*CANADA, ""]))
    assert [fault.place for fault in told.faults] == [f"line 2, {title or 'column 4'}"]
    assert "its column tells no act" in told.faults[0].problem
    assert answers(told, "ALB", "CAN") == [OPEN, YES]


def test_the_remedy_for_a_column_that_tells_no_act_helps(file: Any) -> None:
    text = csv(["State", "Signature", "Deposit"], ["Albania", "", "2 Oct 1996"])
    assert "columns maps \"Ratification, Accession(a)\" or the like to 'Deposit'" in the_fault(text, file)
    assert answers(read(file, text, bad_rows="raise", columns={"Ratification": "Deposit"}), "ALB") == [YES]


@pytest.mark.parametrize(
    "cell",
    ["see below", "12", "995 (X)", "1 234 567", "R", "Yes", "n/a", "Ratification", "Accession 3", "Reservation withdrawn",
     "https://treaties.example/2003/5", "II-1", "Article 7", "2 3", "Decision 12", "700", "TRUE", "-"],
)  # fmt: skip
def test_what_is_no_date_in_a_column_that_tells_no_act_does_no_harm(file: Any, cell: str) -> None:
    table = read(file, csv([*HEAD, "Notes"], [*ALBANIA, cell]), bad_rows="raise")
    assert answers(table, "ALB") == [YES]


def test_numbers_of_which_one_is_no_year_are_no_years(file: Any) -> None:
    text = csv([*HEAD, "Population"], [*ALBANIA, "1999"], [*CANADA, "40000"])
    assert answers(read(file, text, bad_rows="raise"), "ALB", "CAN") == [YES, YES]


def test_an_unknown_participant_beside_what_may_be_a_date_is_a_fault(file: Any) -> None:
    table = read(file, csv(HEAD, ALBANIA, ["Atlantis", "", "18/08/2005 a"], ["As of 5 May 2020:", "12", "14"]))
    assert [fault.place for fault in table.faults] == ["line 3, Ratification", "line 3, participant"]
    assert is_short(table)
    assert [text[:6] for text in table.ignored] == ["line 4"]


@pytest.mark.parametrize("title", ["Reservations", "Declarations", "Objections", "Registration"])
@pytest.mark.parametrize("cell", ["D", "X", "Yes", "Text", "n/a", "18/08/2005", "5 May 1999 x", "5 May 1999"])
def test_whatever_stands_in_a_column_about_something_else_loses_nobody(file: Any, title: str, cell: str) -> None:
    table = read(file, csv([*HEAD, title], [*ALBANIA, cell]), bad_rows="raise")
    assert answers(table, "ALB") == [YES]
    assert table.ignored == (f"column 4 ({title!r}) is kept as steps: it is not about acts on the treaty",)
    assert len(table.record("treaty").steps) == cell.startswith("5 May")


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


# --- Headers that are none ----------------------------------------------------------------------------------------------


def test_members_are_participants(file: Any) -> None:
    for word in ("Member", "Members"):
        assert answers(read(file, csv([word, "Accession"], ["Albania", "2 Oct 1996"])), "ALB") == [YES]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["State", "Convention", "", "Protocol"], ["", "Signature", "Ratification", "Signature"]], "over two rows"),
        ([["Convention", "", "Protocol", ""], ["Signature", "Ratification"]], "over two rows"),
        ([["State", "Convention: Signature", "Convention: Ratification"]], "the act stands first"),
        ([["State", "GC I-IV 1949 Signature"]], "the act stands first"),
    ],
)
def test_why_a_header_tells_no_act_is_told(file: Any, rows: list[list[str]], told: str) -> None:
    assert told in the_fault(csv(*rows, ALBANIA), file)
