"""
What the cells of a depositary's table say: names with brackets and footnotes, and dates with marks, brackets and footnotes.

>>> [(one.date.edtf, one.mark, one.footnotes, one.withdrawn) for one in dates_in("[ 4 Nov 1997 a] 3 Mar 2001 d, 2")]
[('1997-11-04', 'a', (), True), ('2001-03-03', 'd', ('2',), False)]
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from csto_membership._values.dates import ImpreciseDate
from csto_membership.exceptions import DateError

_SUPERSCRIPTS = dict(zip("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789", strict=True))
_RAISED = re.compile(f"[{''.join(_SUPERSCRIPTS)}]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"))
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH},?[ -]\d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{4}-\d{2}-\d{2}(?:[T ]00:00(?::00(?:\.0+)?)?)?)(?!\d)"
)
_FOOTNOTE = rf"(?:\d{{1,3}}(?!\d|[ -]{_MONTH})|\*+(?!\*)|\u2020+(?!\u2020)|\u2021+(?!\u2021))"
_NOTES = rf"(?:[ ,;]*[\[(]?{_FOOTNOTE}[\])]?)*"
_MARK = r"(?:[ ,]*(?P<mark>\(?(?:[a-z]{1,2})\)?)(?![a-z0-9]))?"
_ONE = re.compile(
    rf"(?P<open>\[ ?)?(?P<date>{_DATE})(?P<raised>{_NOTES}){_MARK}(?P<notes>{_NOTES})(?P<close> ?\](?:{_NOTES}))?[ ,;]*",
    re.IGNORECASE,
)
_LOOSE = re.compile(rf"(?P<date>.*(?-i:[\dX~?%\]])){_MARK}(?P<notes>(?:[ ,;]+[\[(]?{_FOOTNOTE}[\])]?)*)", re.IGNORECASE)
_MARKS_OF_NOTES = re.compile(r"\d{1,3}|\*+|\u2020+|\u2021+")
_AFTER_NAME = re.compile(rf"(?P<name>.*?[^\s,;])(?P<notes>(?:[ ,;]*(?:\[{_FOOTNOTE}\]|{_FOOTNOTE}))+)")
#: A number alone may be the volume of a series, a page or a year.
_NUMBER = re.compile(r"\d+(?:[ ,]+\d+)*")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
#: What may be a date though it cannot be read as one: a year, a day in numbers, a month beside a number.
_MONTH_ALONE = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_LIKE_A_DATE = re.compile(
    rf"(?<!\d){_YEAR.pattern}(?!\d)|(?<!\d)\d{{1,2}}([./ -])(?:\d{{1,2}}|[ivx]+)\1(?:\d\d){{1,2}}(?!\d)"
    rf"|\d(?:st|nd|rd|th)?[ ,.-]*{_MONTH_ALONE}|\b{_MONTH_ALONE}[ ,.'-]*\d",
    re.IGNORECASE,
)
#: Words of an act with a number behind them, and words that a participant has left; not of what a state says of others.
_LIKE_AN_ACT = re.compile(
    r"\b(?:sign|ratif|accept|approv|acceded|accession|succeeded|succession)[a-z]*"
    r"(?: (?:in|on|since|from)|\W*[:'])[ ']*\d\d"
    r"|^(?!.*\b(?:reservations?|declarations?|objections?)\b)"
    r"(?=.*\b(?:denounce[ds]?|denunciation|withdr[ae]w[a-z]*|terminated|expelled)\b)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
#: No name and no cell with a date is as long.
_LONGEST = 300


class Dated(NamedTuple):
    """A date in a cell, its mark, its footnotes, and whether brackets say that the act was taken back."""

    date: ImpreciseDate
    mark: str = ""
    footnotes: tuple[str, ...] = ()
    withdrawn: bool = False


class Named(NamedTuple):
    """A name without its footnotes, and whether brackets say that who has it has withdrawn."""

    name: str
    footnotes: tuple[str, ...] = ()
    withdrawn: bool = False


def tidy(cell: str) -> str:
    """A cell on one line: blanks, dashes and raised numbers of all kinds as the plain ones, and nothing unseen."""
    text = _RAISED.sub(lambda raised: " " + "".join(_SUPERSCRIPTS[one] for one in raised[0]), cell)
    seen = "".join(letter for letter in text.translate(_DASHES) if unicodedata.category(letter) != "Cf")
    return " ".join(seen.split())


def is_empty(cell: str) -> bool:
    """Whether a tidy cell says that nothing is told: it has no more than dashes and dots."""
    return not cell.strip("-. ")


def named(cell: str) -> Named:
    """The name in a tidy cell."""
    text, notes, withdrawn = cell, "", False
    for _ in range(2 if len(cell) <= _LONGEST else 0):
        if found := _AFTER_NAME.fullmatch(text):
            text, notes = found["name"], f"{found['notes']} {notes}"
        for ends in ("[]", "()"):
            inner = text[1:-1].strip()
            if text[:1] == ends[0] and text[-1:] == ends[1] and not set(ends) & set(inner.replace(" ", "")):
                text, withdrawn = inner, True
    return Named(text, tuple(_MARKS_OF_NOTES.findall(notes)), withdrawn)


def dates_in(cell: str) -> list[Dated]:
    """
    The dates in a tidy cell, in its order; several only where brackets tell them apart.

    Raises `DateError` for a cell that is no date, or whose number may be something else.
    """
    if len(cell) > _LONGEST:
        raise DateError(f"{cell[:40]}...", "it is too long for a date")
    found, at = [], 0
    while at < len(cell) and (one := _ONE.match(cell, at)):
        if bool(one["open"]) is not bool(one["close"]):
            raise DateError(cell, "only one of two brackets is there")
        found.append(one)
        at = one.end()
    if at < len(cell):
        return [_loose(cell)]
    dates = [
        Dated(
            ImpreciseDate.parse(one["date"]),
            _bare(one["mark"]),
            tuple(_MARKS_OF_NOTES.findall(f"{one['raised']} {one['notes']} {one['close'] or ''}")),
            bool(one["open"]),
        )
        for one in found
    ]
    if sum(not one.withdrawn for one in dates) > 1:
        raise DateError(cell, "it has several dates; write each on a row of its own")
    return dates


def is_number(cell: str) -> bool:
    """Whether a tidy cell is a number alone, or several."""
    return _NUMBER.fullmatch(cell) is not None


def is_year(cell: str) -> bool:
    """Whether a tidy cell is a number that may be a year."""
    return _YEAR.fullmatch(cell) is not None


def may_tell(cell: str) -> bool:
    """
    Whether a tidy cell may tell when something was done, or that a participant has left, be it readable or not.

    >>> [may_tell(cell) for cell in ("18/08/05 (a)", "Accession: March 2004", "withdrew", "see note 12", "995 (X)")]
    [True, True, True, False, False]
    """
    text = _ADDRESS.sub(" ", cell)
    return not is_empty(text) and bool(_LIKE_A_DATE.search(text) or _LIKE_AN_ACT.search(text))


def _loose(cell: str) -> Dated:
    """A date that is no day, as far as it is one."""
    if _NUMBER.fullmatch(cell):
        year = [f"{cell}-XX"] if _YEAR.fullmatch(cell) else []
        raise DateError(cell, "a number alone may be a volume, a page or a year", year)
    try:
        return Dated(ImpreciseDate.parse(cell))
    except DateError:
        if not (parts := _LOOSE.fullmatch(cell)) or _NUMBER.fullmatch(parts["date"]):
            raise
    date = ImpreciseDate.parse(parts["date"])
    return Dated(date, _bare(parts["mark"]), tuple(_MARKS_OF_NOTES.findall(parts["notes"])))


def _bare(mark: str | None) -> str:
    return (mark or "").strip("()")
