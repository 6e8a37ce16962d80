"""How values show themselves: one of them in a short line, several as a short table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, SupportsIndex, TypeVar, overload

from csto_membership._values.cells import visible
from csto_membership._values.html import table
from csto_membership._values.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable


class Listed(Protocol):
    """What can be listed."""

    def as_dict(self) -> dict[str, Any]:
        """The value as JSON-ready values."""


T_co = TypeVar("T_co", bound=Listed, covariant=True)

#: The longest text of a repr, and of a cell of a table.
_LONGEST_LINE, _LONGEST_CELL = 100, 36
#: How many rows a table shows as text, and in a notebook.
_MOST_ROWS, _MOST_HTML_ROWS = 10, 50


def brief(value: object, text: object) -> str:
    """
    The repr of a value: its kind and a text, in one short line that steers no terminal.

    >>> brief(("UZ", "AM"), "two states")
    '<tuple two states>'
    """
    return f"<{type(value).__name__} {visible(one_line(text, _LONGEST_LINE))}>"


class Listing(tuple[T_co, ...], Generic[T_co]):
    """
    A tuple that shows itself as a short table, and is a plain tuple in everything else.

    >>> from csto_membership import CSTO
    >>> CSTO.changes("1999-01-01", "2012-12-31")[-2:]
    2 changes
    date        state       acts                  before  after
    2006-06-23  Uzbekistan  return                former  member
    2012-06-28  Uzbekistan  notice_of_suspension  member  suspended
    """

    __slots__ = ()

    #: What the values are called, and the head of their table.
    noun: ClassVar[str] = "value"
    head: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def row(value: Any) -> Iterable[object]:
        """The cells of one value, one for each word of the head."""
        raise NotImplementedError

    @overload
    def __getitem__(self, place: SupportsIndex, /) -> T_co: ...
    @overload
    def __getitem__(self, place: slice, /) -> Self: ...
    def __getitem__(self, place: SupportsIndex | slice, /) -> T_co | Self:
        if isinstance(place, slice):
            return type(self)(super().__getitem__(place))
        return super().__getitem__(place)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The `as_dict` of each value."""
        return [value.as_dict() for value in self]

    def __repr__(self) -> str:
        if not self:
            return self._count()
        rows = [self.head, *self._rows(_MOST_ROWS)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
        return "\n".join([self._count(), *lines, *self._more(_MOST_ROWS)])

    def _repr_html_(self) -> str:
        caption = "; ".join([self._count(), *self._more(_MOST_HTML_ROWS)])
        return table(caption, self.head, self._rows(_MOST_HTML_ROWS))

    def _count(self) -> str:
        return f"{len(self) or 'no'} {self.noun}{'' if len(self) == 1 else 's'}"

    def _rows(self, most: int) -> list[tuple[str, ...]]:
        shown = ((visible(one_line(cell, _LONGEST_CELL)) for cell in self.row(value)) for value in self[:most])
        return [tuple(cells) for cells in shown]

    def _more(self, most: int) -> list[str]:
        return [f"... and {len(self) - most} more"] if len(self) > most else []
