"""
What the header of a depositary's table says: which acts a column tells, and what each mark in it means.

A header is a list of acts, each perhaps with the mark by which a date is known to be of it: "Ratification, Acceptance(A),
Accession(a)". A mark means what its own header says, and nothing in another column. A date without a mark is of the act
that has none.

An act with words behind it that make it one on something else ("Withdrawal of reservation", "Approval by parliament") is
none on the treaty.

>>> column = column_of("Ratification, Accession(a), Succession(d)")
>>> [(mark, *map(str, meanings)) for mark, meanings in column.marks.items()]
[('', 'ratification'), ('a', 'accession'), ('d', 'succession')]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._values.acts import CONSENT, Act

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Meaning(NamedTuple):
    """
    What a date in a column tells: the acts, none for what changes nothing, and the words of the header.

    The first is told. Others follow from it on the same day, as the consent to be bound from a definitive signature.
    """

    acts: tuple[Act, ...]
    words: str
    #: Whether the header leaves it open, and the rest of the row decides.
    inferred: bool = False

    @property
    def binds(self) -> bool:
        """Whether the state consents to be bound."""
        return bool(CONSENT & set(self.acts))

    @property
    def named(self) -> bool:
        """Whether the header has the word of the act itself."""
        return bool(self.acts) and self.words.casefold() == self.acts[0].value.replace("_", " ")

    def __str__(self) -> str:
        return " and ".join(self.acts) or "no act"


class Column(NamedTuple):
    """
    A column of dates: what a date with each mark, and with none (""), may tell.

    `amends` are the words for an amendment, where its acts are not on the treaty itself. `names` is what the header calls
    the treaty that it is about, "" where it does not: "convention", "optional protocol".
    """

    title: str
    marks: Mapping[str, tuple[Meaning, ...]]
    amends: str = ""
    names: str = ""

    @property
    def acts(self) -> frozenset[Act]:
        """Every act that the column may tell."""
        return frozenset(act for meaning in self.meanings for act in meaning.acts)

    @property
    def meanings(self) -> list[Meaning]:
        """Everything that the column may tell."""
        return [meaning for meanings in self.marks.values() for meaning in meanings]


#: How a header begins to speak of an act; the first that fits decides.
_ACTS: tuple[tuple[str, tuple[Act, ...]], ...] = (
    (r"(?:end|termination|cessation) of provisional application", (Act.END_OF_PROVISIONAL_APPLICATION,)),
    (r"provisional(?:ly)? appli(?:cation|ed)", (Act.PROVISIONAL_APPLICATION,)),
    (r"(?:non-provisional application|declarations?|reservations?|objections?|communications?|registration)", ()),
    (r"(?:effective date|(?:date of )?effect) of (?:the )?(?:withdrawal|denunciation)", (Act.WITHDRAWAL,)),
    (r"(?:notice|notification)s? of (?:the )?(?:withdrawal|denunciation)", (Act.NOTICE_OF_WITHDRAWAL,)),
    (r"withdrawal (?:notice|notification)|denunciation|denounced", (Act.NOTICE_OF_WITHDRAWAL,)),
    (r"withdrawal|withdrew", (Act.WITHDRAWAL,)),
    (r"ent(?:ry|ered) into force|in force|effective date|date of effect", (Act.ENTRY_INTO_FORCE,)),
    (r"succession to (?:the )?signature", (Act.SIGNATURE,)),
    (r"confirmation of signature", (Act.RATIFICATION,)),
    (r"(?:definitive|full) signature|signature without reservation", (Act.SIGNATURE, Act.ACCEPTANCE)),
    (r"signature|signed", (Act.SIGNATURE,)),
    (r"formal confirmation", (Act.RATIFICATION,)),
    (r"ratification|ratified", (Act.RATIFICATION,)),
    (r"acceptance|accepted", (Act.ACCEPTANCE,)),
    (r"approval|approved", (Act.APPROVAL,)),
    (r"accession|acceded|adh?erence|adhesion", (Act.ACCESSION,)),
    (r"succession|succeeded", (Act.SUCCESSION,)),
    # Further ways to consent to be bound, of which the vocabulary has no word.
    (r"consent to be bound|participation|simplified procedure|application", (Act.ACCEPTANCE,)),
)
_FORMS = tuple((re.compile(rf"(?:{words})s?(?![\w-])", re.IGNORECASE), acts) for words, acts in _ACTS)
_LEAD = re.compile(
    r"(?:(?:the|date|day|deposit|receipt|instruments?|act|notifications?)\s+(?:of\s+)?(?:(?:the|an?)\s+)?)+",
    re.IGNORECASE,
)
#: A treaty by what it is called: "the Rome Statute", "Protocol No. 11", but not "article 5 of the Statute".
_TREATY = (
    r"(?:(?:the|this|said)\s+)?(?P<names>(?:(?!(?:of|to|in|on|by|for|from|under|articles?|annex|part)\b)[\w.-]+\s+)*"
    r"(?:convention|treaty|agreement|charter|covenant|protocol|statute|constitution|pact|accord|constitutive act"
    r"|articles of agreement)s?)\b(?!['\u2019-])"
    r"(?=\W*$|\s*[,.:]|\s+(?:as|of|on|for|to|in|no|by|under|between|against|concerning|relating|and|or|with|thereto)\b)"
)
_NAMED = re.compile(rf"\b(?:of|to|in|from|by|under)\s+{_TREATY}", re.IGNORECASE)
_PARTY = (
    r"(?:(?:the|each|that|this)\s+)?(?:[\w-]+\s+)?(?:members?|states?|part(?:y|ies)|participants?|countr(?:y|ies))\b"
)
#: What may stand behind the word of an act on the treaty itself; anything else makes it one on something else.
_OWN = re.compile(
    r"(?:[\W\d_]|\b(?:ad referendum|thereto|instruments?|deposit(?:ed)?|receipt|received|effective|dates?|days?|years?"
    r"|of|on|since|from|for)\b)*"
    rf"(?:\b(?:(?:of|to|in|from|by|for|under)\s+{_TREATY}|(?:for|by|of|in respect of)\s+{_PARTY}"
    r"|(?:by virtue of|under|pursuant to|in accordance with|subject to|with|without|as|and|or)\b).*)?",
    re.IGNORECASE,
)
#: Brackets that do not say what an act is on.
_ASIDE = re.compile(
    r"[(\[](?!\s*(?:of|to|in|by|from|upon|reservations?|declarations?|objections?)\b)[^()\[\]]*[)\]]", re.IGNORECASE
)
#: A mark in its brackets: after a word, but not after "article" and the like.
_MARK = re.compile(r"(?:(?<=[A-Za-z])|(?<=[0-9]{4}))\s*\(\s*([A-Za-z]{1,2})\s*\)")
_PARTS = re.compile(
    r"\b(?:articles?|art|sections?|paragraphs?|para|annex|resolution|clause|rule|sub)\.?$", re.IGNORECASE
)
_OR = re.compile(r"\s+(?:or|and|&)\s+", re.IGNORECASE)
_AMENDMENT = re.compile(r"\bamendments?\b.*", re.IGNORECASE)
#: Numbers of footnotes at the end of a header.
_FOOTNOTES = re.compile(r"(?<=[^\d\s,])(?:[\s,]*\d{1,2})(?:\s*,\s*\d{1,2})*\s*$")
_PARTICIPANT = re.compile(
    r"(?:participants?|parties|party|states?|countr(?:y|ies)|contracting (?:part(?:y|ies)|states?)|member states?"
    r"|states? part(?:y|ies)|members?|(?:state|country) name|name)(?: ?/ ?\w+)?",
    re.IGNORECASE,
)
#: What a column is called that says which treaty a row is about.
_WHICH = r"(?:treaty|treaties|conventions?|agreements?|protocols?|instruments?|organi[sz]ations?|institutions?)"
_WHICH_TREATY = re.compile(
    rf"{_WHICH}(?: (?:names?|titles?|ids?|codes?|numbers?|no\.?))?|(?:names?|titles?|numbers?|no\.?) of (?:the )?{_WHICH}"
    r"|(?:c?ets|unts|mtdsg)(?: (?:numbers?|no\.?))?",
    re.IGNORECASE,
)
_CALLED = re.compile(rf"\b(?:{_WHICH}|charter|covenant|statute|constitution|pact|accord)\b", re.IGNORECASE)


def plain(header: str) -> str:
    """A header without the numbers of its footnotes, on one line."""
    return _FOOTNOTES.sub("", " ".join(header.split()))


def is_participant(header: str) -> bool:
    """Whether a column names those who take part."""
    return _PARTICIPANT.fullmatch(plain(header)) is not None


def tells_treaty(header: str) -> bool:
    """Whether a column says which treaty, or which organisation, a row is about."""
    return _WHICH_TREATY.fullmatch(plain(header)) is not None


def is_treaty(text: str) -> bool:
    """Whether a text calls a treaty by what it is: "Protocol of 1977"."""
    return _CALLED.search(text) is not None


def ends_in_act(header: str) -> bool:
    """Whether a header has an act behind other words: "Convention: Signature"."""
    title = plain(header)
    return any(_is_bare(title[found.end() :]) for found in re.finditer(r"[\s:]\b", title))


def column_of(header: str) -> Column | None:
    """What a header says, None where it tells no act."""
    title = plain(header)
    marks: dict[str, tuple[Meaning, ...]] = {}
    for phrase in _phrases(title):
        words, mark = _mark(phrase)
        for meaning in _meanings(words):
            marks[mark] = (*marks.get(mark, ()), meaning)
    if not marks:
        return None
    if len(marks) == 1:
        # The only act of the column needs no mark.
        marks = {"": next(iter(marks.values())), **marks}
    amendment = _AMENDMENT.search(title)
    named = _NAMED.search(title)
    amends, names = _mark(amendment[0])[0] if amendment else "", named["names"].casefold() if named else ""
    return Column(title, marks, amends, names)


def _phrases(title: str) -> Iterator[str]:
    """The parts of a header of which each begins with an act, between commas and the like."""
    phrase = ""
    for part in re.split(r"\s*[,;/]\s*", title):
        if phrase and _act(part) is not None:
            yield phrase
            phrase = part
        else:
            # A comma inside: "by virtue of signature, adoption of the Agreement or accession thereto".
            phrase = f"{phrase}, {part}" if phrase else part
    yield phrase


def _mark(phrase: str) -> tuple[str, str]:
    """The words of a phrase, and the mark that it declares, "" for none."""
    for found in _MARK.finditer(phrase):
        before = phrase[: found.start()]
        if not _PARTS.search(before):
            return " ".join(f"{before} {phrase[found.end() :]}".split()), found[1]
    return phrase.strip(), ""


def _meanings(words: str) -> Iterator[Meaning]:
    """What a phrase may tell: several acts where it says "ratification or accession"."""
    first, *others = _OR.split(words, maxsplit=1)
    acts = _act(words)
    if acts is None:
        return
    if others and _act(others[0]) is not None and _is_bare(first):
        yield Meaning(_act(first) or (), first)
        yield from _meanings(others[0])
    else:
        yield Meaning(acts, words)


def _act(words: str) -> tuple[Act, ...] | None:
    """The acts of which some words begin to speak, None for none; no act for one that is on something else."""
    text = words.strip()
    for start in (text, _LEAD.sub("", text, count=1) if _LEAD.match(text) else ""):
        for form, acts in _FORMS:
            if start and (begun := form.match(start)):
                return acts if _is_of_treaty(start[begun.end() :]) else ()
    return None


def _is_of_treaty(rest: str) -> bool:
    """Whether the words behind an act leave it one on the treaty, or on an amendment that is told apart."""
    return bool(_AMENDMENT.search(rest) or _OWN.fullmatch(_ASIDE.sub(" ", rest)))


def _is_bare(words: str) -> bool:
    """Whether words are an act and nothing more."""
    return any(form.fullmatch(_LEAD.sub("", words, count=1) if _LEAD.match(words) else words) for form, _ in _FORMS)
