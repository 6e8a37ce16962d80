"""
Every error that the library raises on purpose.

All share the base `MembershipError`.
Errors about what the caller passed in are `ValueError` as well, and carry the offending values as attributes.
The wording of messages is not part of the interface; the attributes are.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Protocol, Self

    class WrongValue(Protocol):
        """A value of a column that cannot be read: a `RowFault`."""

        @property
        def value(self) -> object:
            """What was given."""

        @property
        def reason(self) -> str:
            """What is wrong with it."""
            ...

        @property
        def count(self) -> int:
            """In how many rows it stands."""
            ...

        @property
        def first_row(self) -> int:
            """In which first, counted from 0."""
            ...

    class Answer(Protocol):
        """An answer that may be open: a `Finding`, or `Members`."""

        @property
        def date(self) -> Any:
            """The date that was asked about."""

        def as_dict(self) -> dict[str, Any]:
            """The answer as JSON-ready values."""
            ...


__all__ = [
    "ArgumentError",
    "DateError",
    "Fault",
    "MembershipError",
    "MissingExtraError",
    "RecordError",
    "UndeterminedError",
    "UnequalLengthsError",
    "UnknownNameError",
    "UnknownStateError",
    "UnreadableRowsError",
]

#: How many known names a message lists; the attribute has them all.
_MOST_SHOWN = 20
#: Whatever is given is told to so many characters.
_LONGEST_SHOWN = 300
#: How many faults are told: a file from a stranger may have a million, and nobody reads so many.
MOST_FAULTS = 1000


class MembershipError(Exception):
    """
    The base of every error of this library.

    Where a column was asked about, `row` is the number of the first row that has the value, counted from 0, and the
    message begins with it.
    """

    row: int | None = None
    #: What else is wrong with the column.
    _beside: str = ""

    def in_row(self, row: int, beside: str = "") -> Self:
        """The error, for the value in a row of a column."""
        self.row, self._beside = row, beside
        return self

    def _in_place(self, message: str) -> str:
        if self.row is None:
            return message
        return f"row {self.row}: {message}{'; ' if self._beside else ''}{self._beside}"


class DateError(MembershipError, ValueError):
    """
    A date that cannot be read without guessing.

    `value` is what was given, `reason` why it is refused, `meant` the readable forms that may have been meant.
    """

    value: object
    reason: str
    meant: tuple[str, ...]

    def __init__(self, value: object, reason: str, meant: Iterable[str] = ()) -> None:
        self.value = value
        self.reason = reason
        self.meant = tuple(meant)
        super().__init__(value, reason, self.meant)

    def __str__(self) -> str:
        hint = f"; did you mean {_either(self.meant)}?" if self.meant else ""
        return self._in_place(f"cannot use {_shown(self.value)} as a date: {self.reason}{hint}")


class UnknownStateError(MembershipError, ValueError):
    """
    A name or code of no state, or of several.

    `value` is what was given, `nearest` the names or codes that were probably meant, `reason` what is wrong where more
    can be said. What was meant is looked for when it is read: a million wrong cells cost no more than the messages that
    are shown.
    """

    value: object
    reason: str

    def __init__(
        self, value: object, nearest: Iterable[str] | Callable[[], Iterable[str]] = (), reason: str = ""
    ) -> None:
        self.value = value
        self.reason = reason
        self._nearest = nearest if callable(nearest) else tuple(nearest)
        super().__init__(value, reason)

    @property
    def nearest(self) -> tuple[str, ...]:
        """The names or codes that were probably meant: rather none than a wrong one."""
        if callable(self._nearest):
            self._nearest = tuple(self._nearest())
        return self._nearest

    def __reduce__(self) -> tuple[type[UnknownStateError], tuple[object, tuple[str, ...], str], dict[str, object]]:
        placed = {name: value for name, value in vars(self).items() if name in ("row", "_beside", "__notes__")}
        return type(self), (self.value, self.nearest, self.reason), placed

    def __str__(self) -> str:
        reason = f": {self.reason}" if self.reason else ""
        hint = f"; did you mean {_either(self.nearest)}?" if self.nearest else ""
        return self._in_place(f"unknown state {_shown(self.value)}{reason}{hint}")


class UnequalLengthsError(MembershipError, ValueError):
    """Columns of different lengths were given where each row needs one of each."""

    states: int
    dates: int
    organisations: int | None

    def __init__(self, states: int, dates: int, organisations: int | None = None) -> None:
        self.states = states
        self.dates = dates
        self.organisations = organisations
        super().__init__(states, dates, organisations)

    def __str__(self) -> str:
        *others, dates = [
            _counted(number, word)
            for word, number in (("organisation", self.organisations), ("state", self.states), ("date", self.dates))
            if number is not None
        ]
        counts = f"{', '.join(others)} and {dates}"
        return f"the lengths differ, {counts}; give one of each for every row, or a single one for all rows"


class UnreadableRowsError(MembershipError, ValueError):
    """
    Rows of a frame that cannot be read.

    `unreadable` is their number and `rows` that of all rows; `faults` has each value that cannot be read once, with its
    reason, its count and its first row, in the order of first rows. The message lists the first of them.
    """

    rows: int
    unreadable: int
    faults: tuple[WrongValue, ...]

    def __init__(self, rows: int, unreadable: int, faults: Iterable[WrongValue]) -> None:
        self.rows = rows
        self.unreadable = unreadable
        self.faults = tuple(faults)
        super().__init__(rows, unreadable, self.faults)

    def __str__(self) -> str:
        return self.told(remedy='errors="null"', where=", in .faults")

    def told(self, *, remedy: str, where: str = "") -> str:
        """The message, with what leaves such rows without an answer, and where the values are that it does not list."""
        count, more = len(self.faults), len(self.faults) - _MOST_SHOWN
        # Of a file no more faults are kept than people read; each row is counted in one.
        whole = sum(fault.count for fault in self.faults) >= self.unreadable
        values = "1 value" if count == 1 and whole else f"{'' if whole else 'more than '}{count:,} different values"
        head = f"{self.unreadable:,} of {self.rows:,} rows cannot be read, for {values}"
        lines = [_one_line(str(fault)) for fault in self.faults[:_MOST_SHOWN]]
        rest = [f"and {'' if whole else 'at least '}{more:,} more{where}"] if more > 0 else []
        return "\n  ".join([f"{head}; {remedy} leaves such rows without an answer:", *lines, *rest])


class UnknownNameError(MembershipError, ValueError):
    """
    A name that does not exist: of a reading, a status, a source, an institution, an instrument, an event, a record, an
    organisation, a frequency or rule of a panel, a column, a form of a table, a question, and the like.

    `kind` says of what, `value` is what was given, `known` are the names that exist, and `meant` those of them that
    were probably meant: where nothing else is said, those that are like it. `reason` is what is wrong with the value
    where more can be said.
    """

    kind: str
    value: object
    known: tuple[str, ...]
    reason: str

    def __init__(
        self,
        kind: str,
        value: object,
        known: Iterable[str] = (),
        meant: Iterable[str] | None = None,
        reason: str = "",
    ) -> None:
        self.kind = kind
        self.value = value
        self.known = tuple(known)
        self._meant = None if meant is None else tuple(meant)
        self.reason = reason
        super().__init__(kind, value, self.known, self._meant, reason)

    @property
    def meant(self) -> tuple[str, ...]:
        """The known names that were probably meant; none where no name is much like it."""
        if self._meant is not None:
            return self._meant
        return tuple(alike(self.value, self.known, 3) or _with_part(self.value, self.known)[:5])

    def __str__(self) -> str:
        hint = f"; did you mean {_either(self.meant)}?" if self.meant else ""
        shown = [*self.known[:_MOST_SHOWN], *(["..."] if len(self.known) > _MOST_SHOWN else [])]
        known = f" (known: {', '.join(shown)})" if self.known else ""
        reason = f": {self.reason}" if self.reason else ""
        return self._in_place(f"unknown {self.kind} {_short(self.value)}{reason}{hint}{known}")


class ArgumentError(MembershipError, ValueError):
    """
    An argument that names nothing unknown and still cannot be.

    `argument` is its name, `value` what was given, `reason` what is wrong with it, `allowed` what would be taken.
    """

    argument: str
    value: object
    reason: str
    allowed: tuple[str, ...]

    def __init__(self, argument: str, value: object, reason: str, allowed: Iterable[str] = ()) -> None:
        self.argument = argument
        self.value = value
        self.reason = reason
        self.allowed = tuple(allowed)
        super().__init__(argument, value, reason, self.allowed)

    def __str__(self) -> str:
        allowed = f"; allowed: {', '.join(self.allowed)}" if self.allowed else ""
        given = "" if self.value is None else f"={_short(self.value)}"
        return f"{self.argument}{given}: {self.reason}{allowed}"


class UndeterminedError(MembershipError):
    """
    A yes, a no, a list or a single status was asked for where the evidence leaves it open.

    `finding` holds the answer that is open: a `Finding`, or `Members`; None where a bare verdict was asked.
    """

    finding: Answer | None

    def __init__(self, message: str, finding: Answer | None = None) -> None:
        self.finding = finding
        super().__init__(message, finding)

    def __str__(self) -> str:
        return str(self.args[0])


@frozen
class Fault:
    """One fault of a record: the file, the place in it, the offending value, the problem and its remedy."""

    place: str
    problem: str
    value: object = None
    remedy: str = ""
    file: str = ""
    #: How many faults it stands for; 0 for nobody knows how many.
    _count: int = field(default=1, repr=False, kw_only=True, alias="count")

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.file else self.place
        value = "" if self.value is None else f" (found {_short(self.value)})"
        remedy = f"; {self.remedy}" if self.remedy else ""
        return _one_line(f"{where}: {self.problem}{value}{remedy}")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """As a field of a pydantic model: a value of the class, written as its `as_dict`."""
        # By its name: nothing of the package is imported here.
        return resolve_name("csto_membership._values.fields:formed_field")(cls, handler)

    def as_dict(self) -> dict[str, str]:
        """The fault as JSON-ready texts."""
        return {
            "file": self.file,
            "place": self.place,
            "problem": self.problem,
            "value": "" if self.value is None else _short(self.value),
            "remedy": self.remedy,
        }


#: The last of very many faults, after which a file was not read on.
UNREAD = Fault("and more", f"the file was read no further than {MOST_FAULTS} faults", count=0)


class RecordError(MembershipError, ValueError):
    """
    A record that cannot be used. `faults` lists every fault, not only the first.

    Of very many the first thousand are listed, and a last one says how many more there are.
    """

    faults: tuple[Fault, ...]

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = first_faults(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n  ".join([f"the record has {number_of(self.faults)}:", *map(str, self.faults)])

    def in_file(self, file: str) -> RecordError:
        """The same faults, each naming the file that it is in."""
        return RecordError(evolve(fault, file=file) for fault in self.faults)


def number_of(faults: Iterable[Fault]) -> str:
    """How many faults these are, with those that are not listed: "1 fault", "20000 faults", "more than 1000 faults"."""
    counts = [fault._count for fault in faults]  # noqa: SLF001 - of this module
    number = sum(counts)
    return f"{'more than ' if 0 in counts else ''}{_counted(number, 'fault')}"


def first_faults(faults: Iterable[Fault], *, more: int = 0) -> tuple[Fault, ...]:
    """The first thousand faults, with a last one for the number of the others and of `more` that were not kept."""
    rest = iter(faults)
    kept = list(islice(rest, MOST_FAULTS + 1))
    more += sum(fault._count for fault in rest)  # noqa: SLF001 - of this module
    if more:
        # All but the last place are taken; what stands there is one of the others.
        more += sum(fault._count for fault in kept[MOST_FAULTS:])  # noqa: SLF001 - of this module
        kept[MOST_FAULTS:] = [Fault(f"and {more} more", f"only the first {MOST_FAULTS} faults are listed", count=more)]
    return tuple(kept)


class MissingExtraError(MembershipError, ImportError):
    """An optional package is not installed. `extra` names the extra that brings it."""

    package: str
    extra: str

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(package, extra)

    def __str__(self) -> str:
        return (
            f"this needs {self.package}, which is not installed; "
            f'run: python -m pip install "csto_membership[{self.extra}]"'
        )


def alike(value: object, names: Iterable[str], most: int = 1) -> list[str]:
    """
    The names that a misspelt one is much like, the likest first; none for a short or a very long one.

    What has letters before a name is no slip for it: they change what it means.

    >>> alike("legall", ["legal", "declared"]), alike("illegal", ["legal"]), alike("Legal", ["legal"])
    (['legal'], [], ['legal'])
    """
    from difflib import get_close_matches

    given = str(value).casefold()
    by_key = {name.casefold(): name for name in names}
    if given in by_key:
        return [by_key[given]]
    if not _SHORTEST <= len(given) <= _LONGEST:
        return []
    near = get_close_matches(given, by_key, n=most, cutoff=_LIKENESS)
    return [by_key[key] for key in near if not given.endswith(key)]


#: Names of fewer letters are like too many others, names of more letters take long to compare.
_SHORTEST, _LONGEST = 4, 60
#: The least likeness of two names, from 0 to 1, at which one is taken for a slip for the other.
_LIKENESS = 0.75


def _with_part(value: object, names: Iterable[str]) -> list[str]:
    """The names that a part is of: "2017" of "asia-plus-2017"."""
    part = str(value).casefold()
    return [name for name in names if len(part) >= _SHORTEST and part in re.split("[-_ ]", name.casefold())]


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _either(options: Iterable[str]) -> str:
    return " or ".join(map(repr, options))


def _shown(value: object) -> str:
    """A text as it is, and a very long one cut; any other value in one short line, ISO days as such."""
    if isinstance(value, str):
        return repr(value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}...")
    return str(value) if type(value) is dt.date else _short(value, 120)


def _one_line(text: str) -> str:
    """The text with whatever is no visible letter spelt out: names of files and columns may hold anything."""
    return text if text.isprintable() else "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _short(value: object, most: int = 80) -> str:
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # Python writes no whole number of more than some thousand digits
        text = f"{type(value).__name__} of too many digits to be shown"
    if len(text) <= most:
        return text
    return f"{text[: most - 4]}...{text[-1]}" if isinstance(value, str) else f"{text[: most - 3]}..."
