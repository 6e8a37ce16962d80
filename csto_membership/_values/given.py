"""What callers give where one value is needed: missing values and columns, also of libraries that are not imported."""

from __future__ import annotations

from collections.abc import Iterable, Sized

#: Missing values of other libraries, by the names of their types.
_MISSING_TYPES = frozenset({"NaTType", "NAType"})


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


def is_column(value: object) -> bool:
    """Whether it holds several values: a list, a tuple, an array, a column of a frame."""
    return isinstance(value, Iterable) and isinstance(value, Sized) and not isinstance(value, (str, bytes))
