"""
What the two founding documents assert about membership, sentence by sentence, typed in from the documents.

Each row: the document, its paragraph, the fact in our words, the state, and what then holds on a first and a last
day of a run and on the days around it. The document's own history must say so, in its own words.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from csto_membership import Status, Verdict

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED

#: The sources by which the record knows the documents.
DOCUMENT_2017 = "asia-plus-2017"
DOCUMENT_2021 = "asia-plus-2021"


class Fact(NamedTuple):
    """On every day from `first` to `last` the document makes this of the state; on the days around, `outside`."""

    document: str
    paragraph: int
    says: str
    state: str
    first: date
    last: date
    verdict: Verdict
    statuses: frozenset[Status]
    before: Verdict
    after: Verdict


def _facts() -> list[Fact]:
    member, suspended = frozenset({Status.MEMBER}), frozenset({Status.SUSPENDED})
    rows = []

    def fact(
        paragraph: int, says: str, state: str, days: tuple[str, str], status: frozenset[Status], *around: Verdict
    ) -> None:
        verdict = YES if status == member else NO
        first, last = map(date.fromisoformat, days)
        rows.append(Fact(DOCUMENT_2017, paragraph, says, state, first, last, verdict, status, *around))

    # "Formed in 1992" by six: on which day of the year the document does not say. It has them prolong in April 1999,
    # and nothing later of them.
    for state in ("ARM", "KAZ", "KGZ", "RUS", "TJK"):
        fact(
            10,
            "formed the alliance in 1992 and extended it in April 1999",
            state,
            ("1992-12-31", "2017-02-28"),
            member,
            OPEN,
            YES,
        )
    # Three joined in the year after. Of Belarus it says that it extended the treaty; of the other two it does not.
    fact(
        10,
        "joined in the following year; extended in April 1999",
        "BLR",
        ("1993-12-31", "2017-02-28"),
        member,
        OPEN,
        YES,
    )
    for state in ("AZE", "GEO"):
        fact(
            10,
            "joined in the following year; not among those who extended",
            state,
            ("1993-12-31", "1999-04-01"),
            member,
            OPEN,
            OPEN,
        )
        left = frozenset({Status.FORMER})
        fact(10, "not among those who extended in April 1999", state, ("1999-05-01", "2017-02-28"), left, OPEN, NO)
    # Uzbekistan: formed 1992, suspended 1999, returned 2006, suspended on 28 June 2012.
    fact(10, "formed the alliance in 1992", "UZB", ("1992-12-31", "1998-12-31"), member, OPEN, OPEN)
    fact(10, "suspended its membership in 1999", "UZB", ("1999-12-31", "2005-12-31"), suspended, OPEN, OPEN)
    fact(10, "returned in 2006", "UZB", ("2006-12-31", "2012-06-27"), member, OPEN, NO)
    fact(10, "announced on 28 June 2012 that it has suspended", "UZB", ("2012-06-28", "2017-02-28"), suspended, YES, NO)

    # The document of 2021 names the six members; it speaks of its own day and the day before.
    days = date(2021, 7, 7), date(2021, 7, 8)
    says = "lists the members of the organisation"
    rows += [
        Fact(DOCUMENT_2021, 6, says, s, *days, YES, member, OPEN, OPEN)
        for s in ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
    ]
    others = frozenset(Status) - member
    rows += [Fact(DOCUMENT_2021, 6, says, s, *days, NO, others, OPEN, OPEN) for s in ("AZE", "GEO", "UZB")]
    return rows


FACTS = _facts()
