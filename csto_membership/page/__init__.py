"""
A page to explore: one HTML file with every answer of a record or a registry, and the evidence for it.

The file needs nothing else: no server, no network, no installation. It shows who was a member on a day and steps from
change to change; what every state was, in strips, with the acts of each beside them; what another reading, resolution
or an earlier state of knowledge moves; and for each state the claims and sources that an answer rests on.

All answers are the library's. They are written into the file, each once, and its script only looks them up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from csto_membership._files.whole_files import as_path, replace
from csto_membership._values.given import cells_of
from csto_membership.exceptions import ArgumentError
from csto_membership.page._file import file_of
from csto_membership.page._told import told
from csto_membership.writers._acts import histories_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from csto_membership._evidence.record import Record
    from csto_membership._history import History
    from csto_membership._values.dates import DateLike
    from csto_membership.registry._registry import Registry

__all__ = ["html", "write"]


def html(
    history: History | Record | Registry, *, known: Literal["years"] | Iterable[DateLike] | DateLike = "years"
) -> str:
    """
    The page of a history, or of the organisations of a registry with a choice between them, as the text of an HTML file.

    It opens under the view of the history. Every reading and every resolution can be chosen besides, and of `known` the
    days up to which sources are used, as `as_published_by` uses them: by default the ends of the years in which an
    answer changes by what was published. For days other than these give them, or one; for none an empty list. What
    speaks against an answer is told where all sources are used.
    Raises `UnknownNameError` for an organisation of a prepared registry, which has no evidence, `ArgumentError` for what
    is no history, for an empty registry and for a history that supposes something, since a what-if is never stored, and
    `DateError` for a day that is not exact.

    >>> import csto_membership as csto
    >>> from csto_membership import page
    >>> text = page.html(csto.history("union-state"))
    >>> text[:15], "default-src 'none'" in text, "http-equiv" in text
    ('<!doctype html>', True, True)
    """
    days = _days(known)
    organisations = [told(one, days) for one in histories_of(history)]
    if not organisations:
        raise ArgumentError("history", history, "a page needs an organisation to tell of")
    return file_of(organisations)


def _days(known: Literal["years"] | Iterable[DateLike] | DateLike) -> Literal["years"] | Iterable[DateLike]:
    if isinstance(known, str) and known == "years":
        return "years"
    days: Iterable[DateLike] | None = cells_of(known)
    return [known] if days is None else days  # type: ignore[list-item]


def write(
    history: History | Record | Registry,
    path: str | PathLike[str],
    *,
    known: Literal["years"] | Iterable[DateLike] | DateLike = "years",
) -> None:
    """
    Write the page to a file: see `html`.

    An old file is replaced, as a whole; where anything fails it stays as it is. Raises what `html` raises, and OSError
    where the file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import csto_membership as csto
    >>> from csto_membership import page
    >>> with TemporaryDirectory() as folder:
    ...     page.write(csto.history("union-state"), f"{folder}/union.html", known=["2000-01-01"])
    ...     Path(f"{folder}/union.html").stat().st_size < 300_000
    True
    """
    replace(as_path(path), html(history, known=known).encode())
