"""
Every error that the library raises on purpose.

All share the base `MembershipError`.
Errors about what the caller passed in are `ValueError` as well, and carry the offending values as attributes.
The wording of messages is not part of the interface; the attributes are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Protocol

    class Answer(Protocol):
        """An answer that may be open: a `Finding`, or `Members`."""

        @property
        def date(self) -> Any:
            """The date that was asked about."""

        def as_dict(self) -> dict[str, Any]:
            """The answer as JSON-ready values."""


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
]

#: How many known names a message lists; the attribute has them all.
_MOST_SHOWN = 20


class MembershipError(Exception):
    """The base of every error of this library."""


class DateError(MembershipError, ValueError):
    """
    A date that cannot be read without guessing.

    `value` is what was given, `reason` why it is refused, `meant` the readable forms that may have been meant.
    """

    def __init__(self, value: object, reason: str, meant: Iterable[str] = ()) -> None:
        self.value = value
        self.reason = reason
        self.meant: tuple[str, ...] = tuple(meant)
        super().__init__(value, reason, self.meant)

    def __str__(self) -> str:
        hint = f"; did you mean {_either(self.meant)}?" if self.meant else ""
        return f"cannot use {self.value!r} as a date: {self.reason}{hint}"


class UnknownStateError(MembershipError, ValueError):
    """
    A name or code of no state, or of several.

    `value` is what was given, `nearest` the names or codes that were probably meant, `reason` what is wrong where more
    can be said. What was meant is looked for when it is read: a million wrong cells cost no more than the messages that
    are shown.
    """

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

    def __reduce__(self) -> tuple[type[UnknownStateError], tuple[object, tuple[str, ...], str]]:
        return type(self), (self.value, self.nearest, self.reason)

    def __str__(self) -> str:
        reason = f": {self.reason}" if self.reason else ""
        hint = f"; did you mean {_either(self.nearest)}?" if self.nearest else ""
        return f"unknown state {self.value!r}{reason}{hint}"


class UnequalLengthsError(MembershipError, ValueError):
    """Columns of different lengths were given where each row needs one of each."""

    def __init__(self, states: int, dates: int, organisations: int | None = None) -> None:
        self.states = states
        self.dates = dates
        self.organisations = organisations
        super().__init__(states, dates, organisations)

    def __str__(self) -> str:
        if self.organisations is None:
            counts = f"{self.states} states and {self.dates} dates"
        else:
            counts = f"{self.organisations} organisations, {self.states} states and {self.dates} dates"
        return f"there are {counts}; give one of each for every row, or a single one for all rows"


class UnknownNameError(MembershipError, ValueError):
    """
    A reading, resolution, status, source, institution or record that does not exist.

    `kind` says of what, `value` is what was given, `known` are the names that exist.
    """

    def __init__(self, kind: str, value: object, known: Iterable[str] = ()) -> None:
        self.kind = kind
        self.value = value
        self.known: tuple[str, ...] = tuple(known)
        super().__init__(kind, value, self.known)

    def __str__(self) -> str:
        from difflib import get_close_matches

        given = str(self.value)
        near = get_close_matches(given, self.known, n=3) or [name for name in self.known if given and given in name][:5]
        hint = f"; did you mean {_either(near)}?" if near else ""
        shown = [*self.known[:_MOST_SHOWN], *(["..."] if len(self.known) > _MOST_SHOWN else [])]
        known = f" (known: {', '.join(shown)})" if self.known else ""
        return f"unknown {self.kind} {self.value!r}{hint}{known}"


class ArgumentError(MembershipError, ValueError):
    """
    An argument that names nothing unknown and still cannot be.

    `argument` is its name, `value` what was given, `reason` what is wrong with it, `allowed` what would be taken.
    """

    def __init__(self, argument: str, value: object, reason: str, allowed: Iterable[str] = ()) -> None:
        self.argument = argument
        self.value = value
        self.reason = reason
        self.allowed: tuple[str, ...] = tuple(allowed)
        super().__init__(argument, value, reason, self.allowed)

    def __str__(self) -> str:
        allowed = f"; allowed: {', '.join(self.allowed)}" if self.allowed else ""
        return f"{self.argument}={_short(self.value)}: {self.reason}{allowed}"


class UndeterminedError(MembershipError):
    """
    A yes, a no, a list or a single status was asked for where the evidence leaves it open.

    `finding` holds the answer that is open: a `Finding`, or `Members`; None where a bare verdict was asked.
    """

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

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.file else self.place
        value = "" if self.value is None else f" (found {_short(self.value)})"
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{where}: {self.problem}{value}{remedy}"

    def as_dict(self) -> dict[str, str]:
        """The fault as JSON-ready texts."""
        return {
            "file": self.file,
            "place": self.place,
            "problem": self.problem,
            "value": "" if self.value is None else _short(self.value),
            "remedy": self.remedy,
        }


class RecordError(MembershipError, ValueError):
    """A record that cannot be used. `faults` lists every fault, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        head = "1 fault" if count == 1 else f"{count} faults"
        return "\n  ".join([f"the record has {head}:", *map(str, self.faults)])

    def in_file(self, file: str) -> RecordError:
        """The same faults, each naming the file that it is in."""
        return RecordError(evolve(fault, file=file) for fault in self.faults)


class MissingExtraError(MembershipError, ImportError):
    """An optional package is not installed. `extra` names the extra that brings it."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(package, extra)

    def __str__(self) -> str:
        return (
            f"this needs {self.package}, which is not installed; "
            f'run: python -m pip install "csto_membership[{self.extra}]"'
        )


def _either(options: Iterable[str]) -> str:
    return " or ".join(map(repr, options))


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
