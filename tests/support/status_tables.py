"""
Status tables of our own, in the forms that depositaries use.

The forms of the headers are those of real tables; every name, day and footnote in the tables is put together here.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from itertools import count, product
from typing import NamedTuple

#: Columns of signatures, and what a mark in them means ("" for a date without one).
SIGNATURES = {
    "": {},
    "Signature": {"": "signature"},
    "Signature, Succession to signature(d)": {"": "signature", "d": "signature"},
    "Signature ad referendum (s)": {"": "signature", "s": "signature"},
    "Signature by non-regional members under Section 3 (c) (i) of resolution 07-79": {"": "signature"},
}

_R, _A, _AA, _a, _d = (
    {"": "ratification"},
    {"A": "acceptance"},
    {"AA": "approval"},
    {"a": "accession"},
    {"d": "succession"},
)
_c, _s, _P, _p = {"c": "ratification"}, {"s": "signature"}, {"P": "acceptance"}, {"p": "acceptance"}

#: Columns of consents to be bound. A definitive signature is written as the signature that it is.
CONSENTS = {
    "Ratification": _R,
    "Ratification, Accession(a)": _R | _a,
    "Accession(a), Ratification": _R | _a,
    "Ratification, Succession(d)": _R | _d,
    "Ratification, Accession(a), Succession(d)": _R | _a | _d,
    "Accession(a), Succession(d), Ratification": _R | _a | _d,
    "Ratification, Acceptance(A)": _R | _A,
    "Ratification, Acceptance(A), Accession(a)": _R | _A | _a,
    "Ratification, Accession(a), Acceptance(A)": _R | _A | _a,
    "Ratification, Acceptance(A), Succession(d)": _R | _A | _d,
    "Ratification, Acceptance(A), Accession(a), Succession(d)": _R | _A | _a | _d,
    "Ratification, Acceptance(A), Approval(AA)": _R | _A | _AA,
    "Ratification, Acceptance(A), Approval(AA), Accession(a)": _R | _A | _AA | _a,
    "Ratification, Accession(a), Acceptance(A), Approval(AA)": _R | _A | _AA | _a,
    "Approval(AA), Acceptance(A), Accession(a), Ratification": _R | _A | _AA | _a,
    "Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)": _R | _A | _AA | _a | _d,
    "Approval(AA), Acceptance(A), Accession(a), Succession(d), Ratification": _R | _A | _AA | _a | _d,
    "Ratification, Accession(a), Acceptance(A), Approval(AA), Succession(d)": _R | _A | _AA | _a | _d,
    "Ratification, Acceptance(A), Approval(AA), Formal confirmation(c), Accession(a)": _R | _A | _AA | _c | _a,
    "Ratification, Acceptance(A), Approval(AA), Formal confirmation(c), Accession(a), Succession(d)": (
        _R | _A | _AA | _c | _a | _d
    ),
    "Approval(AA), Formal confirmation(c), Acceptance(A), Accession(a), Succession(d), Ratification": (
        _R | _A | _AA | _c | _a | _d
    ),
    "Ratification, Act of formal confirmation(c), Accession(a)": _R | _c | _a,
    "Definitive signature(s), Ratification, Acceptance(A), Approval(AA), Accession(a)": _R | _s | _A | _AA | _a,
    "Approval(AA), Acceptance(A), Accession(a), Ratification, Definitive signature(s)": _R | _s | _A | _AA | _a,
    "Ratification, Formal confirmation(c), Accession(a), Definitive signature(s), Simplified procedure(p), "
    "Consent to be bound(P), Succession(d)": _R | _c | _a | _s | _p | _P | _d,
    "Definitive signature(s), Acceptance(A)": _s | _A,
    "Definitive signature(s), Acceptance(A), Succession(d), Accession(a)": _s | _A | _d | _a,
    "Definitive signature(s), Confirmation of signature": _s | _R,
    "Definitive signature(s)": _s | {"": "signature"},
    "Acceptance(A)": _A | {"": "acceptance"},
    "Acceptance(A), Accession(a)": _A | _a,
    "Acceptance(A), Succession(d)": _A | _d,
    "Acceptance(A), Accession(a), Succession(d)": _A | _a | _d,
    "Accession(a)": _a | {"": "accession"},
    "Accession(a), Succession(d)": _a | _d,
    "Succession(d)": _d | {"": "succession"},
    "Succession(d), Consent to be bound(P)": _d | _P,
    "Consent to be bound(P)": _P | {"": "acceptance"},
    "Participation(P)": _P | {"": "acceptance"},
    "Application": {"": "acceptance"},
    "Ratification of the Convention as amended, Accession to the Convention as amended(a), Succession to the Convention "
    "as amended(d)": _R | _a | _d,
    "Participation in the Agreement as amended under paragraph 4 of resolution 05-79 and article 60": {
        "": "acceptance"
    },
}
#: Columns between them.
OTHERS = {
    "": {},
    "Provisional application(n)": {"": "provisional_application", "n": "provisional_application"},
    "Provisional application by virtue of a notification (n), Provisional application by virtue of signature, adoption of "
    "the Agreement or accession thereto": {"": "provisional_application", "n": "provisional_application"},
}

#: Each form of header: its columns, and what their marks mean.
FORMS = [
    *((signature, "", consent) for signature, consent in product(list(SIGNATURES)[:3], CONSENTS)),
    *((signature, other, consent) for signature, other, consent in zip(
        ["Signature"] * 8, list(OTHERS)[1:] * 4, list(CONSENTS)[10:18], strict=True
    )),
    *((signature, "", consent) for signature, consent in zip(list(SIGNATURES)[3:], list(CONSENTS)[26:28], strict=True)),
]  # fmt: skip

#: Names as depositaries write them; the numbers are of footnotes.
NAMES = [
    "Afghanistan", "Bolivia (Plurinational State of)", "C\u00f4te d'Ivoire", "Czech Republic 2", "Iran (Islamic Republic of)1",
    "Micronesia (Federated States of)", "Republic of Korea", "St. Kitts and Nevis", "United Republic of Tanzania 3, 4",
    "The former Yugoslav Republic of Macedonia", "Viet Nam", "Cabo Verde", "T\u00fcrkiye", "Holy See",
    "United Kingdom of Great Britain and Northern Ireland", "Lao People's Democratic Republic", "Libyan Arab Jamahiriya",
    "Netherlands (Kingdom of the)", "State of Palestine", "Eswatini", "Sao Tome and Principe", "Slovakia\u00b2", "Brunei Darussalam",
    "Russian Federation", "Syrian Arab Republic", "Venezuela (Bolivarian Republic of)", "Yemen1,35", "Zimbabwe",
]  # fmt: skip


class Cell(NamedTuple):
    """A cell with a date: what it says, and the acts that are told by it; none where it is a fault."""

    column: int
    text: str
    act: str = ""
    day: str = ""


class Table(NamedTuple):
    """A table as rows of texts, and what its rows are: the acts of each line, and the lines that are told otherwise."""

    header: list[str]
    rows: list[list[str]]
    #: The lines of participants that are states, with the acts and days that each tells.
    acts: dict[int, list[tuple[str, str]]]
    faulty: list[int]
    left_out: list[int]


def table_of(form: tuple[str, ...]) -> Table:
    """A table in a form: a row for each mark and for what goes wrong with it, with a name of its own each."""
    columns = [title for title in form if title]
    header = ["Participant", *columns]
    meanings = [(SIGNATURES | OTHERS | CONSENTS)[title] for title in columns]
    names, days = iter(NAMES * 3), count(dt.date(1995, 1, 30).toordinal(), 41)
    rows: list[list[str]] = []
    acts: dict[int, list[tuple[str, str]]] = {}
    faulty, left_out = [], []
    used: set[str] = set()

    def name() -> str:
        found = next(one for one in names if one not in used)
        used.add(found)
        return found

    def add(cells: dict[int, str], first: str = "") -> int:
        rows.append([first or name(), *(cells.get(number, "") for number in range(len(columns)))])
        return len(rows) + 1

    for number, marks in enumerate(meanings):
        for mark, act in marks.items():
            day = dt.date.fromordinal(next(days))
            acts[add({number: written(day, mark, number)})] = [(act, day.isoformat())]
    day = dt.date.fromordinal(next(days))
    last = len(columns) - 1
    if "" not in meanings[last]:
        faulty.append(add({last: f"{day.day} {day:%b %Y}"}))
    faulty.append(add({last: f"{day.day} {day:%b %Y} z"}))
    faulty.append(add({last: "1833"}))
    faulty.append(add({last: "in process"}))
    faulty.append(add({last: f"{day.day} {day:%b %Y}"}, "Atlantis"))
    left_out.append(add({last: f"{day.day} {day:%b %Y} c"}, "European Union"))
    # A participant that has done nothing.
    acts[add({})] = []
    rows.append(["", *("" for _ in columns)])
    left_out.append(add({}, "Note: some of it is not yet known."))
    return Table(header, rows, acts, faulty, left_out)


def written(day: dt.date, mark: str, way: int) -> str:
    """A day with its mark, in one of the ways in which cells have it."""
    plain = f"{day.day} {day:%b %Y}"
    ways = [
        f"{plain} {mark}",
        f"  {plain}\u00a0{mark}",
        f"{plain} {mark}, 1",
        f"{plain}\n{mark}",
        f"{plain} {mark} 2,3",
    ]
    return ways[way % len(ways)].rstrip() if mark else [plain, f"{plain} 1", f"{plain}\u00b9"][way % 3]


def as_csv(table: Table, delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", delimiter=delimiter).writerows([table.header, *table.rows])
    return text.getvalue()


def as_pasted(table: Table) -> str:
    """As a page gives it when it is copied: tabs, no quotation marks, and no empty cells at the end."""
    lines = ["\t".join(cell.replace("\n", " ") for cell in row).rstrip("\t") for row in [table.header, *table.rows]]
    return "\n".join(lines) + "\n"


def as_page(table: Table) -> str:
    def row(cells: list[str], tag: str) -> str:
        inside = (
            html.escape(cell).replace("\u00b9", "<sup>1</sup>").replace("\u00b2", "<sup>2</sup>") for cell in cells
        )
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in inside) + "</tr>"

    body = "\n".join(row(cells, "td").replace("\n", "<br>") for cells in table.rows)
    menu = "<table><tr><td>Menu</td></tr></table>"
    return f"<html><body>{menu}<table>{row(table.header, 'th')}\n{body}\n</table></body></html>"


def as_rows(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]
