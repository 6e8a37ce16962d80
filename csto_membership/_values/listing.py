"""How values show themselves: one of them in a short line, several as a short table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, SupportsIndex, TypeVar, get_args, overload

from csto_membership._values.cells import visible
from csto_membership._values.fields import listed_field
from csto_membership._values.wording import one_line

if TYPE_CHECKING:
    from csto_membership._values.html import Html


class Listed(Protocol):
    """What can be listed."""

    def as_dict(self) -> dict[str, Any]:
        """The value as JSON-ready values."""
        ...


T_co = TypeVar("T_co", bound=Listed, covariant=True)

#: The longest text of a repr, and of a cell of a table as text.
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


def _in_columns(head: Iterable[object], rows: Iterable[Iterable[object]]) -> list[str]:
    """The rows below their head, as lines in columns."""
    lines = [tuple(visible(one_line(cell, _LONGEST_CELL)) for cell in row) for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


class Listing(tuple[T_co, ...], Generic[T_co]):  # noqa: SLOT001 - it says of what it tells
    """
    A tuple that shows itself as a short table, and is a plain tuple in everything else.

    `whose` names the organisation and the view that it tells of, in notebooks.

    >>> from csto_membership import CSTO
    >>> CSTO.changes("1999-01-01", "2012-12-31")[-2:]
    2 changes
    date        state       acts                  before  after
    2006-06-23  Uzbekistan  return                former  member
    2012-06-28  Uzbekistan  notice_of_suspension  member  suspended
    """

    def __new__(cls, values: Iterable[Any] = (), whose: str = "") -> Self:
        """The values, and of what they tell."""
        listing = super().__new__(cls, values)
        listing.whose = whose
        return listing

    #: Of what they tell: "csto, declared".
    whose: str
    #: What the values are called, and the head of their table.
    noun: ClassVar[str] = "value"
    head: ClassVar[tuple[str, ...]] = ()
    #: The head in a notebook, where it is another.
    html_head: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def row(value: Any, /) -> Iterable[object]:
        """The cells of one value, one for each word of the head."""
        raise NotImplementedError

    @classmethod
    def html_row(cls, value: Any, /) -> Iterable[object]:
        """The cells of one value in a notebook, one for each word of `html_head`."""
        return cls.row(value)

    @overload
    def __getitem__(self, place: SupportsIndex, /) -> T_co: ...
    @overload
    def __getitem__(self, place: slice, /) -> Self: ...
    def __getitem__(self, place: SupportsIndex | slice, /) -> T_co | Self:
        if isinstance(place, slice):
            return type(self)(super().__getitem__(place), self.whose)
        return super().__getitem__(place)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """As a field of a pydantic model: a value of the class, written as the `as_dict` of each."""
        (item,) = get_args(cls.__dict__["__orig_bases__"][0])
        return listed_field(cls, item, handler)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The `as_dict` of each value."""
        return [value.as_dict() for value in self]

    def __repr__(self) -> str:
        lines = _in_columns(self.head, map(self.row, self[:_MOST_ROWS])) if self else []
        return "\n".join([self._count(), *lines, *self._more(_MOST_ROWS)])

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline

        return card(headline(self._count(), self.whose), self.table_html() if self else "")

    def table_html(self) -> Html:
        """Its first values as a table in HTML."""
        from csto_membership._values.html import joined, line, table

        shown = table(self.html_head or self.head, map(self.html_row, self[:_MOST_HTML_ROWS]))
        return joined(shown, *map(line, self._more(_MOST_HTML_ROWS)))

    def _count(self) -> str:
        return f"{len(self) or 'no'} {self.noun}{'' if len(self) == 1 else 's'}"

    def _more(self, most: int) -> list[str]:
        return [f"... and {len(self) - most} more"] if len(self) > most else []


class Stream(Iterator[T_co]):
    """
    Rows of a table as an iterator, which makes them one by one and shows the first of them without taking any.

    `make` begins the rows anew; `head` are the names of their cells, `title` what the table is.

    >>> from csto_membership import CSTO
    >>> rows = CSTO.panel(first="2005", last="2006", states="UZB")
    >>> rows
    panel by year (last day), 2005-01-01 to 2006-12-31, 1 state
    state  cow  year  period  first_day   last_day    statuses  status  member  days_least  days_most
    UZB    704  2005  2005    2005-01-01  2005-12-31  former    former  False   0           0
    UZB    704  2006  2006    2006-01-01  2006-12-31  member    member  True    192         192
    >>> next(rows).year, next(rows).year
    (2005, 2006)
    """

    def __init__(self, make: Callable[[], Iterator[T_co]], head: tuple[str, ...], title: str, whose: str = "") -> None:
        self._make, self._head, self._title, self._whose = make, head, title, whose
        self._rows = make()

    def __next__(self) -> T_co:
        return next(self._rows)

    def _first(self) -> tuple[list[list[Any]], list[str]]:
        """The cells of the first rows, and whether there are more."""
        rows = list(islice(self._make(), _MOST_ROWS + 1))
        cells = [[getattr(row, name) for name in self._head] for row in rows[:_MOST_ROWS]]
        return cells, ["... and more"] if len(rows) > _MOST_ROWS else []

    def __repr__(self) -> str:
        cells, more = self._first()
        return "\n".join([self._title, *(_in_columns(self._head, cells) if cells else []), *more])

    def _repr_html_(self) -> str:
        from csto_membership._values.html import card, headline, line, table

        cells, more = self._first()
        return card(headline(self._title, self._whose), table(self._head, cells) if cells else "", *map(line, more))
