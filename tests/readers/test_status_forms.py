"""Status tables in all forms of header: every row is read, or told with its line, and none is dropped."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.asking import places
from support.status_tables import CONSENTS, FORMS, SIGNATURES, as_csv, as_page, as_pasted, as_rows, table_of

from csto_membership import Record, RecordError
from csto_membership.readers import read_status_table
from csto_membership.readers._headers import column_of, is_participant

Form = tuple[str, str, str]


def named(form: Form) -> str:
    return f"{FORMS.index(form)} {form[-1][:40]}"


LINE = re.compile(r"(?:line|row) (\d+)")


def lines_in(texts: Any) -> list[int]:
    return [int(found[1]) for text in texts if (found := LINE.match(text))]


def told_acts(record: Record) -> dict[int, list[tuple[str, str]]]:
    """The acts that are told in words, by the line."""
    found: dict[int, list[tuple[str, str]]] = {}
    for event in record.events:
        for claim in event.claims:
            if not claim.inferred:
                assert claim.date
                line = int(LINE.match(claim.locator)[1])  # type: ignore[index]
                found.setdefault(line, []).append((claim.act.value, claim.date.edtf))
    return found


def test_there_are_as_many_forms_as_depositaries_have() -> None:
    assert len(set(FORMS)) > 114


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_every_row_is_read_or_told(form: Form, file: Any) -> None:
    table = table_of(form)
    read = read_status_table(file(as_csv(table)), "treaty", bad_rows="skip")
    # Cells that run over lines make the number of a line that of its last.
    offsets = []
    line = 1
    for row in [table.header, *table.rows]:
        line += sum(cell.count("\n") for cell in row)
        offsets.append(line)
        line += 1
    at = {number + 1: offset for number, offset in enumerate(offsets)}
    record = read.record("treaty")
    acts = {at[line]: told for line, told in table.acts.items()}
    assert told_acts(record) == {line: told for line, told in acts.items() if told}
    assert sorted({*lines_in(fault.place for fault in read.faults)}) == sorted(at[line] for line in table.faulty)
    assert lines_in(read.ignored) == [at[line] for line in table.left_out]
    filled = [at[number] for number, row in enumerate(table.rows, 2) if any(row)]
    assert sorted([*acts, *(at[line] for line in (*table.faulty, *table.left_out))]) == filled
    # A row without an act, and those that are faults, are of states all the same.
    assert len(record.states) == len(acts) + len(table.faulty) - 1


@pytest.mark.parametrize("form", FORMS[::7], ids=named)
def test_a_table_says_the_same_however_it_is_taken_from_the_page(form: Form, file: Any) -> None:
    table = table_of(form)
    answers = []
    for given in (as_csv(table), as_csv(table, ";"), as_pasted(table), as_page(table), as_rows(table)):
        path = file(given) if isinstance(given, str) else given
        record = read_status_table(path, "treaty", bad_rows="skip").record("treaty")
        answers.append([(event.id, [(c.act, c.date, c.inferred) for c in event.claims]) for event in record.events])
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("form", FORMS[::11], ids=named)
def test_faults_are_raised_all_at_once(form: Form, file: Any) -> None:
    table = table_of(form)
    with pytest.raises(RecordError) as caught:
        read_status_table(file(as_csv(table)), "treaty")
    assert len({*lines_in(places(caught))}) == len(table.faulty)


@pytest.mark.parametrize(
    ("header", "marks"),
    [
        *((header, marks) for header, marks in {**SIGNATURES, **CONSENTS}.items() if header),
        ("Signatures", {"": "signature"}),
        ("Signature 5", {"": "signature"}),
        ("Ratification or accession", {"": "ratification accession"}),
        ("Ratification/Accession (a)", {"": "ratification", "a": "accession"}),
        ("ratification, accession (a)", {"": "ratification", "a": "accession"}),
        ("Date of deposit of instrument of ratification (r), acceptance (A)", {"r": "ratification", "A": "acceptance"}),
        ("Notification of succession(d)", {"": "succession", "d": "succession"}),
        ("Acceptance of the amendment of 1991 (A)", {"": "acceptance", "A": "acceptance"}),
        ("Definitive signature or participation in the Convention, Participation(P)", {"": "signature acceptance", "P": "acceptance"}),
        ("Notification of non-provisional application under article 7 (1) (b)", {"": ""}),
        ("Entry into force", {"": "entry_into_force"}),
        ("Entry into force for each Contracting Party", {"": "entry_into_force"}),
        ("Date of effect of the denunciation", {"": "withdrawal"}),
        ("Withdrawal from the Treaty", {"": "withdrawal"}),
        ("Withdrawal notification", {"": "notice_of_withdrawal"}),
        ("Notification of withdrawal of reservation", {"": ""}),
        ("Withdrawal (reservation)", {"": ""}),
        ("Denunciation of article 5 of the Convention", {"": ""}),
        ("Ratification bill", {"": ""}),
        ("Ratification date", {"": "ratification"}),
        ("Ratification (dd/mm/yyyy)", {"": "ratification"}),
        ("Ratification of the Rome Statute", {"": "ratification"}),
        ("Signature of the Articles of Agreement", {"": "signature"}),
        ("Accession to the Constitutive Act", {"": "accession"}),
        ("Ratification & accession (a)", {"a": "ratification accession", "": "ratification accession"}),
        ("Ratification of the Convention or accession thereto", {"": "ratification"}),
        ("Signature, without reservation as to ratification", {"": "signature"}),
        ("Signature subject to approval", {"": "signature"}),
        ("Date signed", {"": "signature"}),
        ("Date of entry into force", {"": "entry_into_force"}),
        ("Denunciation", {"": "notice_of_withdrawal"}),
        ("Notice of withdrawal", {"": "notice_of_withdrawal"}),
        ("Withdrawal", {"": "withdrawal"}),
        ("End of provisional application", {"": "end_of_provisional_application"}),
    ],
)  # fmt: skip
def test_a_header_says_what_its_marks_mean(header: str, marks: dict[str, str]) -> None:
    column = column_of(header)
    assert column
    found = {mark: " ".join(m.acts[0] if m.acts else "" for m in meanings) for mark, meanings in column.marks.items()}
    assert found == marks


@pytest.mark.parametrize(
    "header", ["", "Resolution", "Date of Adoption", "UNTS Volume", "Notes", "ISO", "Non-signature", "Designature"]
)
def test_a_header_without_an_act_says_nothing(header: str) -> None:
    assert column_of(header) is None


def test_participants_have_several_names() -> None:
    for header in (
        "Participant",
        "Participant 2, 3",
        "participants",
        "State",
        "Country",
        "State Party",
        "Contracting Parties",
    ):
        assert is_participant(header)
    for header in ("Signature", "Participation(P)", "Statement", ""):
        assert not is_participant(header)
