"""
Verdicts: what follows from the evidence, and how it follows from statuses, days and other verdicts.

Light, since the first answer of a fresh process waits for it: errors are imported where they are raised.
"""

from __future__ import annotations

from enum import Enum
from functools import total_ordering

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from csto_membership._values.acts import Status


@total_ordering
class Verdict(Enum):
    """
    Yes, no, or undetermined: what follows from the evidence. Its `value` is True, False or None.

    `bool()` of an undetermined verdict raises `UndeterminedError`.
    A verdict equals the bool that it means, and an undetermined one equals only itself, not None. So comparing with a
    bool is a named act: `== True` asks for the certain, `!= False` for the possible. `is True` and `case True` never
    hold, since a verdict is no bool. Verdicts sort NO, UNDETERMINED, YES.
    A verdict is judged on the set of all that is possible: verdicts on parts of it cannot be put together again, since
    two open answers may hang on one unknown day. `both` is for two states, whose worlds are apart.

    >>> Verdict.UNDETERMINED.otherwise(False)
    False
    >>> [verdict == True for verdict in Verdict], [verdict != False for verdict in Verdict]
    ([True, False, False], [True, False, True])
    """

    YES = True
    NO = False
    UNDETERMINED = None

    if TYPE_CHECKING:
        # To a type checker that looks at no more than the members it would be of any type.
        @property
        def value(self) -> bool | None:
            """True, False or None."""

    @classmethod
    def of(cls, statuses: Iterable[Status], counted: frozenset[Status]) -> Verdict:
        """YES if all the possible statuses count as membership, NO if none does, else UNDETERMINED."""
        counts = {status in counted for status in statuses}
        return cls.UNDETERMINED if len(counts) > 1 else cls(counts.pop())

    @classmethod
    def of_any(cls, least: int, most: int) -> Verdict:
        """Whether there was any day of membership, by the least and the most days."""
        return cls.YES if least else cls.UNDETERMINED if most else cls.NO

    @classmethod
    def of_all(cls, least: int, most: int, days: int) -> Verdict:
        """Whether all of so many days were days of membership, by the least and the most."""
        return cls.YES if least == days else cls.UNDETERMINED if most == days else cls.NO

    @classmethod
    def both(cls, one: Verdict, other: Verdict) -> Verdict:
        """
        Whether two states were members, whose worlds are apart.

        >>> str(Verdict.both(Verdict.YES, Verdict.UNDETERMINED)), str(Verdict.both(Verdict.NO, Verdict.UNDETERMINED))
        ('undetermined', 'no')
        """
        if one is cls.NO or other is cls.NO:
            return cls.NO
        return cls.YES if one is other is cls.YES else cls.UNDETERMINED

    def otherwise(self, default: bool) -> bool:
        """True or False; `default` where it is undetermined."""
        return default if self.value is None else bool(self.value)

    @classmethod
    def of_text(cls, value: Verdict | bool | str) -> Verdict:
        """
        The verdict of that text ("yes", "no", "undetermined"), that a bool means, or itself.

        Raises `ArgumentError` for anything else: nothing that is missing is an undetermined verdict.

        >>> Verdict.of_text("no"), Verdict.of_text(True)
        (<Verdict.NO: False>, <Verdict.YES: True>)
        """
        if isinstance(value, Verdict):
            return value
        for verdict in cls:
            if value == str(verdict) or value is verdict.value is not None:
                return verdict
        from csto_membership.exceptions import ArgumentError

        raise ArgumentError("verdict", value, "there is no such verdict", map(str, cls))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """As a field of a pydantic model: read from its text or the bool it means, written as its text."""
        from csto_membership._values.fields import text_field

        words = [str(verdict) for verdict in cls]
        return text_field(cls.of_text, str, "unknown_verdict", "what follows from the evidence", enum=words)

    def __eq__(self, other: object) -> bool:
        # By identity and no further: equal verdicts are one object. What is no verdict decides by its own comparison
        # with a bool, so that a column gives a column.
        if isinstance(other, Verdict):
            return self is other
        if self is Verdict.UNDETERMINED:
            return NotImplemented
        equal: bool = self._value_ == other
        return equal

    def __ne__(self, other: object) -> bool:
        if isinstance(other, Verdict):
            return self is not other
        if self is Verdict.UNDETERMINED:
            return NotImplemented
        unequal: bool = self._value_ != other
        return unequal

    def __hash__(self) -> int:
        return _HASH_OF[self._name_]

    def __lt__(self, other: object) -> bool:
        return _PLACE_OF[self._name_] < _PLACE_OF[other._name_] if isinstance(other, Verdict) else NotImplemented

    def __bool__(self) -> bool:
        if self is Verdict.UNDETERMINED:
            from csto_membership.exceptions import UndeterminedError

            raise UndeterminedError(
                "the evidence leaves this open; compare with Verdict.YES or Verdict.NO, "
                "or collapse it by name: verdict.otherwise(False)"
            )
        return bool(self.value)

    def __str__(self) -> str:
        return self.name.lower()


#: A yes and a no have the hashes of the bools that they equal.
_HASH_OF = {"YES": hash(True), "NO": hash(False), "UNDETERMINED": hash("UNDETERMINED")}
_PLACE_OF = {"NO": 0, "UNDETERMINED": 1, "YES": 2}
