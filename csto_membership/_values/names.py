"""
Names as they are compared, and the names that were probably meant.

The rules are few, and no two states of the library's table share a name under them:

- case, accents, dots on an i, forms of the apostrophe and runs of spaces make no difference,
- nor do marks of footnotes at the end ("Uzbekistan[a]", "Kosovo*"), and characters that nobody sees,
- nor full stops ("U.S.A."), but one before a digit: "cow:704.0" is no number of a state,
- nor "the" at the beginning, in brackets or after a comma, as lists have it ("Bahamas, The", "Sudan (the)"),
- between words "&" is "and", and "St." before one is "Saint"; any dash is a space, and brackets are brackets.

>>> name_key("The Gambia") == name_key("Gambia (the)") == name_key("GAMBIA*")
True
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


#: The dotless i, and the marks that stand for an apostrophe.
_ALIKE = str.maketrans({"\u0131": "i", **dict.fromkeys("\u2018\u2019\u02bb\u02bc\u0060\u00b4", "'")})
#: A zero-width space, a soft hyphen, a word joiner, a byte order mark; and the dashes.
_UNSEEN = str.maketrans(
    {**dict.fromkeys("\u200b\u00ad\u2060\ufeff"), **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212", " ")}
)
_FOOTNOTE = r"(?:\s*(?:\[\w{1,2}\]|[*\u2020\u2021\u00b9\u00b2\u00b3\u2070\u2074-\u2079]))+\s*$"
_THE = re.compile(r"^the |,? \(the\)|, the$|(?<=\()the |(?<=, )the ")
_SAINT = re.compile(r"\bst (?=\S)")
_AND = r"(?<=\w)\s*&\s*(?=\w)"
_BRACKETS = str.maketrans("[]", "()")
_STOP = r"\.(?!\d)"
#: No state has a longer name; what is longer is compared as it stands, since the rules would take their time.
LONGEST = 300


def folded(name: str) -> str:
    """A name in which case, accents, dots on an i, forms of the apostrophe and runs of spaces make no difference."""
    letters = name.casefold()
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.translate(_ALIKE).split())


def _without_marks(name: str) -> str:
    key = folded(re.sub(_FOOTNOTE, "", name.translate(_UNSEEN)))
    return re.sub(_STOP, "", re.sub(_AND, " and ", key)).translate(_BRACKETS)


def name_key(name: str) -> str:
    """The name of a state as it is compared."""
    if len(name) > LONGEST:
        name = " ".join(name.split())
    return _key(name) if len(name) <= LONGEST else name


# The names of states come again with every record that names them.
@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    # Most names are letters and spaces, most codes letters and digits: no mark need be looked for in them.
    bare = name.replace(" ", "").replace(":", "")
    key = folded(name) if bare.isalpha() or (bare.isascii() and bare.isalnum()) else _without_marks(name)
    return _SAINT.sub("saint ", _THE.sub("", " ".join(key.split())))


# What was probably meant

#: Words that many names share: a likeness in them says nothing.
_COMMON = frozenset(
    [
        "and",
        "arab",
        "commonwealth",
        "democratic",
        "fed",
        "federal",
        "federated",
        "federation",
        "former",
        "islamic",
        "island",
        "islands",
        "kingdom",
        "new",
        "north",
        "of",
        "people",
        "people's",
        "peoples",
        "rep",
        "republic",
        "republics",
        "saint",
        "socialist",
        "south",
        "soviet",
        "ssr",
        "state",
        "states",
        "the",
        "union",
        "united",
        "и",
        "острова",
        "республика",
        "социалистическая",
        "советская",
        "ссср",
        "федеративная",
        "федерация",
    ]
)
_SHORTEST = 4
_MOST_MEANT = 3

T = TypeVar("T", bound="Hashable")


def meant_by(name: str, known: Iterable[tuple[str, T]]) -> tuple[T, ...]:
    """
    Whom an unknown name means, if a slip or two lead from it to known names; `known` are keys and whom they mean.

    A slip is a letter left out, put in or changed, or two exchanged; there may be one for each four letters outside the
    words that many names share, and three at most. A name of fewer letters, and whatever has a digit, is a code or as
    good as one: nothing is like it. Where as few slips lead to more than three, none is named: rather none than a wrong
    one.

    >>> known = [(name_key(name), name) for name in ("Niger", "Nigeria", "Republic of Togo")]
    >>> meant_by("Nigria", known), meant_by("Nigeri", known), meant_by("Republic of Tonga", known)
    (('Nigeria',), ('Niger', 'Nigeria'), ())
    """
    key = name_key(name)
    allowed = _slips_allowed(key)
    best, meant, barred = allowed, dict[T, None](), False
    for other, whom in known:
        if abs(len(other) - len(key)) > best or (slips := _slips(key, other, best)) > best:
            continue
        if slips < best:
            best, meant, barred = slips, {}, False
        # A name that is too short to be meant is not passed over for one that is no nearer.
        if slips > _slips_allowed(other):
            barred = True
        meant[whom] = None
    return tuple(meant) if allowed and not barred and len(meant) <= _MOST_MEANT else ()


def _slips_allowed(key: str) -> int:
    if len(key) > LONGEST or any(letter.isdigit() for letter in key):
        return 0
    letters = sum(len(word) for word in re.split(r"[^\w']+", key) if word not in _COMMON)
    return min(letters // _SHORTEST, 3)


def _slips(one: str, other: str, most: int) -> int:
    """The fewest slips that lead from one text to another; some number above `most` where they are more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        further, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            slips = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 < j and letter == other[j - 2] and wanted == one[i - 2]:
                slips = min(slips, further[j - 2] + 1)
            row.append(slips)
        if min(row) > most:
            return most + 1
    return row[-1]
