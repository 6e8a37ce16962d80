"""Twenty questions put to five ways of asking, as a page in Markdown: twenty_questions.md beside this is its output."""

from __future__ import annotations

from dataclasses import dataclass

import csto_membership as csto
from csto_membership import Verdict

HEAD = """\
# Twenty questions

"Was this state a member on this day?", twenty times, put to two data sets, a converter of names, a query, and this library.
`python examples/twenty_questions.py` prints this page; a test keeps the two equal.

- **COW** is Correlates of War, Intergovernmental Organizations, version 3: a cell a state and year, here that of the year asked about.
  **ATOP** is Alliance Treaty Obligations and Provisions, version 4.01: a row a spell.
  What they say is what the bundled records cite from them: `according_to("cow-igo-3")`, `according_to("atop-4.01")`.
- **converter** is country_converter. By its documentation it knows the Commonwealth as one list "as by 2019, excl. Turkmenistan", and no Collective Security Treaty. Its table has no mark for Georgia there.
- **query** is the pattern by which Wikidata is asked for a day ([Template:ValidAtDate](https://www.wikidata.org/wiki/Template:ValidAtDate)).
  It passes over deprecated statements and takes an end that is missing for today.
  What the statements are changes from day to day, so the column says what the pattern makes of the case at hand, whatever they are.
- **this library** is the bundled record of the Collective Security Treaty and its Organisation, or of the Commonwealth of Independent States, under the reading `declared` or, where the question says "in law", `legal`.
  It is the measure here: ✗ marks who says otherwise, and the last column tells what decides, for you to judge.
  Where the evidence leaves an answer open, a firm one is marked, too.
- "-" says that there is no answer.
"""
#: What a query makes of what it is asked about.
ONE_DATE = "by the date entered"
ANY_DAY_OF_IT = "as on 1 January, which a year is stored as"
NO_STATUS = "yes, if no end was entered: nothing marks a suspension"
NO_LAW = 'as without "in law"'
OPEN_END = "yes, if no end was entered"


@dataclass(frozen=True)
class Question:
    """A state and a day, and what those say of it that are no data sets."""

    state: str
    day: str
    query: str
    decides: str
    organisation: str = "csto"
    reading: str = "declared"
    converter: str = "-"

    def __str__(self) -> str:
        law = ", in law" if self.reading == "legal" else ""
        of = "the Commonwealth" if self.organisation == "cis" else "the Treaty"
        on = self.day if len(self.day) == 10 else f"an unknown day of {self.day}"
        return f"{self.state}, {of}, {on}{law}"

    def row(self, number: int) -> str:
        """The line of the table."""
        record = csto.history(self.organisation)
        year_ends = f"{self.day[:4]}-12-31"
        right = record.under(self.reading).was_member(self.state, self.day)
        cow = record.according_to("cow-igo-3").was_member(self.state, year_ends)
        atop = record.according_to("atop-4.01").was_member(self.state, self.day)
        open_in_atop = Verdict.UNDETERMINED if len(self.day) < 10 else None
        cells = (
            str(number),
            str(self),
            marked(cow, right),
            marked(atop, right, said=open_in_atop),
            self.converter
            if self.converter == "-"
            else f"{self.converter}{'' if self.converter == str(right) else ' ✗'}",
            self.query,
            f"**{right}**",
            self.decides,
        )
        return f"| {' | '.join(cells)} |"


def marked(verdict: Verdict, right: Verdict, said: Verdict | None = None) -> str:
    """What a data set says, with a mark where the record says otherwise; `said` is an open answer that it does give."""
    if verdict is Verdict.UNDETERMINED:
        return "it depends on the day" if said is verdict else "-"
    return f"{verdict}{'' if verdict is right else ' ✗'}"


QUESTIONS = (
    Question("Kyrgyzstan", "1992-06-01", ONE_DATE, "the six signatures of Tashkent, C27"),
    Question("Turkmenistan", "1992-06-01", ONE_DATE, "the press of that week says otherwise, C27"),
    Question("Armenia", "1993-01-01", ONE_DATE, "it signed on 1992-05-15"),
    Question("Armenia", "1993-01-01", NO_LAW, "the Treaty was in force from 1994-04-20", reading="legal"),
    Question("Georgia", "1993-10-01", ONE_DATE, "it signed on 1993-12-09; September is a slip, C1"),
    Question("Belarus", "1994-01-01", ONE_DATE, "it joined on 1993-12-31, C4"),
    Question("Azerbaijan", "1994-06-01", ONE_DATE, "it signed on 1993-09-24, C5"),
    Question("Uzbekistan", "1999-04-20", ONE_DATE, "the last day of the first term, C7"),
    Question("Uzbekistan", "1999-04-21", OPEN_END, "the term ran out, and it took no part in the prolongation, C7"),
    Question("Georgia", "2003-06-30", OPEN_END, "out since 1999-04-21"),
    Question("Uzbekistan", "2003-06-30", OPEN_END, "out from 1999 to 2006, C10"),
    Question("Uzbekistan", "2006", ANY_DAY_OF_IT, "it came back on 2006-06-23: it depends on the day"),
    Question("Uzbekistan", "2006-07-15", ONE_DATE, "the decision of June 2006, C2"),
    Question("Uzbekistan", "2012-06-28", NO_STATUS, "suspended from the day of its note, C3"),
    Question("Uzbekistan", "2012-10-01", NO_STATUS, "suspended, C3"),
    Question("Uzbekistan", "2012-10-01", NO_LAW, "the organ decided in December only, C3", reading="legal"),
    Question(
        "Turkmenistan",
        "2006-06-01",
        OPEN_END,
        "an associate since 2005-08-26",
        organisation="cis",
        converter="no",
    ),
    Question("Georgia", "2000-06-01", OPEN_END, "in from 1993-12-03", organisation="cis", converter="no"),
    Question("Georgia", "2009-08-17", ONE_DATE, "its last day", organisation="cis", converter="no"),
    Question("Georgia", "2009-08-18", ONE_DATE, "twelve months after its notice", organisation="cis", converter="no"),
)


def page() -> str:
    """The whole page."""
    heads = ("", "question", "COW", "ATOP", "converter", "query", "this library", "what decides")
    lines = [f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads)]
    lines += [question.row(number) for number, question in enumerate(QUESTIONS, 1)]
    otherwise = [
        f"{name} {sum(line.split(' | ')[at].endswith('✗') for line in lines)}"
        for at, name in ((2, "COW"), (3, "ATOP"), (4, "the converter"))
    ]
    foot = (
        f'Says otherwise than the record: {", ".join(otherwise)} of {len(QUESTIONS)}; "-" is not counted.\n'
        "A cell of a year is no wrong answer to a question about a year; it is one to a question about a day, and nothing in the table says which it was made for.\n"
        "C1, C2 and so on are the ids of controversies: `csto-membership conflicts C1` lists who says what."
    )
    return "\n".join([HEAD, *lines, "", foot])


if __name__ == "__main__":
    print(page())
