"""Things that are written once, and pointed to by their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from csto_membership._values.html import plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator


@frozen(eq=False)
class Pool:
    """Different values in the order in which they came first."""

    _places: dict[Any, int] = field(init=False, factory=dict)
    #: Most texts come many times.
    _texts: dict[str, int] = field(init=False, factory=dict)

    def put(self, value: Hashable) -> int:
        """The number of a value, which is kept if it is new."""
        return self._places.setdefault(value, len(self._places))

    def text(self, text: str) -> int:
        """The number of a text, as people are shown it."""
        if text not in self._texts:
            self._texts[text] = self.put(plain(text))
        return self._texts[text]

    def row(self, values: Iterable[Hashable]) -> int:
        """The number of several values together."""
        return self.put(tuple(values))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._places)
