"""What callers give where values are needed: missing values and columns, also of libraries that are not imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Sized
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from attrs import Attribute

T = TypeVar("T")

#: Missing values of other libraries, by the names of their types.
_MISSING_TYPES = frozenset({"NaTType", "NAType"})
#: The units of datetime64 that know the day.
KNOW_DAYS = frozenset({"D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as"})


def is_missing(value: object) -> bool:
    """
    Whether it is a missing value: None, a NaN, pandas' NaT or NA, numpy's NaT.

    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    if value is None or type(value).__name__ in _MISSING_TYPES:
        return True
    if isinstance(value, float):
        return value != value  # noqa: PLR0124 - a NaN differs from itself
    return type(value).__name__ == "datetime64" and str(value) == "NaT"


def of_kind(argument: str, value: object, kind: type[T], reason: str = "") -> T:
    """
    The value of an argument if it is of a kind; `ArgumentError` for another.

    >>> of_kind("prefix", 1, str)
    Traceback (most recent call last):
    csto_membership.exceptions.ArgumentError: prefix=1: a str is needed, not int
    """
    if not isinstance(value, kind):
        needed = f"a {kind.__name__} is needed, not {type(value).__name__}"
        raise ArgumentError(argument, value, f"{needed}; {reason}" if reason else needed)
    return value


def all_of_kind(argument: str, values: Iterable[T] | T, kind: type[T], reason: str = "") -> tuple[T, ...]:
    """The values of an argument that takes one or several of a kind; `ArgumentError` for another."""
    given = values if isinstance(values, Iterable) and not isinstance(values, (str, bytes)) else [values]
    return tuple(of_kind(argument, value, kind, reason) for value in given)


def one_of(*words: str) -> Callable[[object, Attribute[Any], object], None]:
    """What refuses another word in a field."""

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if value not in words:
            raise ArgumentError(attribute.name, value, "it is one of these words", words)

    return check


def only_of_kind(kind: type[object]) -> Callable[[object, Attribute[Any], object], None]:
    """What refuses a value of another kind in a field that may be None."""

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if value is not None:
            of_kind(attribute.name, value, kind)

    return check


def is_column(value: object) -> bool:
    """Whether it holds several values: a list, a tuple, an array, a column of a frame."""
    return isinstance(value, Iterable) and isinstance(value, Sized) and not isinstance(value, (str, bytes))


def unit_of(dtype: Any) -> str:
    """The unit of a dtype of datetime64, such as "ns"."""
    return str(dtype.str).partition("[")[2].rstrip("]")


def cells_of(column: Any) -> Sequence[Any] | None:
    """
    The cells of a column as plain values, as far as its library has them; None for one value that stands for all rows.

    A column is whatever can be iterated over and is no text: of numpy, pandas, polars and pyarrow a whole column is
    turned at once, and times at midnight become days. What is no day stays as it is, to be refused for what it is.

    >>> cells_of(("UZ", "RU")), cells_of("UZ")
    (('UZ', 'RU'), None)
    """
    if isinstance(column, (str, bytes)) or not isinstance(column, Iterable) or getattr(column, "ndim", 1) == 0:
        return None
    if isinstance(column, (list, tuple)):
        return column
    whole: Any = column
    if str(getattr(whole, "type", "")).startswith("dictionary"):
        # pyarrow turns a column of codes one by one, but decodes it at once.
        whole = whole.cast(whole.type.value_type)
    if (times := _times(whole)) is not None:
        return _days(times)
    for turn in ("to_pylist", "to_list", "tolist"):
        at_once: Callable[[], list[Any]] | None = getattr(whole, turn, None)
        if callable(at_once):
            return at_once()
    return list(whole)


def _times(column: Any) -> Any:
    """The column as an array of datetime64 if it is one of times without a zone; None for another."""
    kind = getattr(column, "dtype", getattr(column, "type", None))
    name = str(kind)
    if "datetime" not in name.lower() and not name.startswith(("timestamp", "date32", "date64")):
        return None
    zones = (kind, getattr(kind, "pyarrow_dtype", None))
    if any(getattr(one, attribute, None) is not None for one in zones for attribute in ("tz", "time_zone")):
        return None
    try:
        import_module("numpy")
    except ImportError:
        # polars and pyarrow do without it, and have values of Python.
        return None
    options = {"zero_copy_only": False} if hasattr(column, "to_pylist") else {}
    array = column.to_numpy(**options) if hasattr(column, "to_numpy") else column
    # Of arrays of several dimensions a row is no day.
    return array if getattr(array.dtype, "kind", "") == "M" and array.ndim == 1 else None


def _days(times: Any) -> list[Any]:
    """The days of an array of datetime64: what is no midnight of a day that Python knows stays a datetime64."""
    if unit_of(times.dtype) not in KNOW_DAYS:
        return list(times)
    days = times.astype("datetime64[D]")
    cells: list[Any] = days.tolist()
    odd = (days != times).nonzero()[0].tolist()
    # Years that Python's dates do not reach are given as numbers.
    odd += [row for row, cell in enumerate(cells) if type(cell) is int] if int in set(map(type, cells)) else []
    for row in odd:
        cells[row] = times[row]
    return cells
