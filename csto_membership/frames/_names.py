r"""
Names as they are compared, in SQL: what `name_key` and `folded` do, step by step, for the rows of an engine.

Each step makes a difference vanish that makes none between names. So whatever is found in the end is what `name_key`
finds; a form that is left out here (the letters of "№") leaves a name unknown, and never leads to another state.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from attrs import frozen

#: White space, the dashes, and marks that are white space where they stand alone; then what nobody sees.
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES += "\u2028\u2029\u202f\u205f\u3000\xa8\xaf\xb4\xb8"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_UNSEEN = "\u200b\xad\u2060\ufeff"
_LETTER = r"[\p{L}\p{N}_]"
_FOOTNOTE = rf"(?: *(?:\[{_LETTER}{{1,2}}\]|[*\x{{2020}}\x{{2021}}\xb9\xb2\xb3\x{{2070}}\x{{2074}}-\x{{2079}}]))+ *\z"
_THE = r"^the |,? \(the\)|, the\z|(\()the |(, )the "


@frozen
class Dialect:
    """
    The SQL of an engine, where it is not that of the others.

    `text` quotes a text. `replaced` replaces all matches of a pattern in an expression, in whose
    replacement a backslash and a digit stand for a group; `matches` says whether a pattern matches. `item` takes the
    element of a list of texts, counted from 1. `letters` is an expression in small letters without accents.
    """

    text: Callable[[str], str]
    replaced: Callable[[str, str, str], str]
    matches: Callable[[str, str], str]
    item: Callable[[Sequence[str], str], str]
    letters: Callable[[str], str]

    def translated(self, value: str, letters: str, others: str) -> str:
        """A text with letters changed into others, and those that have none left out."""
        return f"translate({value}, {self.text(letters)}, {self.text(others)})"


def organisation_key_of(value: str, dialect: Dialect) -> str:
    """An id of an organisation as it is compared: see `folded`."""
    return _folded(dialect.translated(value, _SPACES, " " * len(_SPACES)), dialect)


def name_key_of(value: str, dialect: Dialect) -> str:
    """The name of a state as it is compared: see `name_key`."""
    spaces = _SPACES + _DASHES
    key = dialect.translated(value, spaces + _UNSEEN, " " * len(spaces))
    key = _folded(dialect.replaced(key, _FOOTNOTE, ""), dialect)
    key = dialect.replaced(key, rf"({_LETTER}) *& *({_LETTER})", r"\1 and \2")
    for _ in range(2):
        # Twice, since a match takes the character after the full stop with it.
        key = dialect.replaced(key, r"\.([^\p{Nd}]|\z)", r"\1")
    key = dialect.replaced(_single_spaced(dialect.translated(key, "[]", "()"), dialect), _THE, r"\1\2")
    return dialect.replaced(key, r"(^|[^\p{L}\p{N}_])st ", r"\1saint ")


def _folded(value: str, dialect: Dialect) -> str:
    sharp = f"replace(replace({value}, 'ß', 'ss'), 'ẞ', 'ss')"
    letters = dialect.translated(dialect.letters(sharp), "\u0131\u03c2\u2018\u2019\u02bb\u02bc\u0060", "i\u03c3'''''")
    return _single_spaced(letters, dialect)


def _single_spaced(value: str, dialect: Dialect) -> str:
    return f"trim({dialect.replaced(value, ' +', ' ')})"


class Letters(NamedTuple):
    """Letters with capitals or accents, what they are without, and the marks that vanish."""

    written: str
    plain: str
    marks: str


@cache
def letters() -> Letters:
    """The letters of alphabets, and what is left of each where names are compared."""
    changed, others, marks = [], [], []
    for letter in map(chr, [*range(0x20, 0x3000), *range(0xFF00, 0xFFF0)]):
        plain = unicodedata.normalize("NFKD", letter.casefold())
        kept = "".join(one for one in plain if not unicodedata.combining(one))
        if not kept:
            marks.append(letter)
        elif len(kept) == 1 and kept != letter:
            changed.append(letter)
            others.append(kept)
    return Letters(*map("".join, (changed, others, marks)))
