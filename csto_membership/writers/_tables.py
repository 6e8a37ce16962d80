"""Spells and changes as tidy rows: what holds of each state from one day to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._history import History, as_history
from csto_membership._values.acts import ALL_STATUSES, in_order
from csto_membership._values.runs import Runs, day_before
from csto_membership._values.wording import json_day
from csto_membership._worlds.masks import statuses_of
from csto_membership.registry._registry import Registry
from csto_membership.writers._files import write_rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from os import PathLike

    from csto_membership._evidence.record import Record
    from csto_membership.writers._files import Row


class _Texts(NamedTuple):
    """The possible statuses and the verdict of a run of days, as they are written."""

    statuses: str
    verdict: str


#: The columns of the two tables, with what each holds.
SPELLS = {
    "organisation": "id of the organisation",
    "state": "id of the state: its alpha-3 code, or cow:N",
    "name": "name of the state",
    "status": "the possible statuses, joined by |, or unknown for any",
    "verdict": "whether the state was a member: yes, no or undetermined",
    "first_day": "first day of the spell; always for since ever",
    "last_day": "last day of the spell; empty for open",
}
CHANGES = {
    "organisation": SPELLS["organisation"],
    "state": SPELLS["state"],
    "name": SPELLS["name"],
    "date": "first day on which other statuses are possible",
    "before": "the possible statuses until the day before, joined by |, or unknown for any",
    "after": "the possible statuses from the day on, joined by |, or unknown for any",
    "verdict_before": "whether the state was a member until the day before: yes, no or undetermined",
    "verdict_after": "whether the state was a member from the day on: yes, no or undetermined",
}
#: One more column, of a history that supposes something or leaves something out.
WHAT_IF = {"what_if": "what is supposed or left out: the row is no evidence"}
DAYS = ("first_day", "last_day", "date")
#: The first day of a spell since ever: one that is missing would be unknown.
ALWAYS = "always"


def spell_rows(history: History | Record | Registry) -> Iterator[Row]:
    """
    The spells, by organisation and state, as rows of texts; a first day is "always" for since ever, a last day None for
    open.

    Each run of days with the same possible statuses is a row, whether or not they are membership. A first run of
    "none" goes without saying and is left out, unless a state has no other. What a history supposes or leaves out is
    named in one more column, `what_if`. Raises `ArgumentError` for what is no history.

    >>> from csto_membership import CSTO
    >>> for row in spell_rows(CSTO):
    ...     if row["state"] == "AZE":
    ...         print(row["first_day"], row["last_day"], row["status"], row["verdict"])
    1993-09-24 1999-04-20 member yes
    1999-04-21 None former no
    """
    return (
        {
            **state,
            "status": statuses,
            "verdict": verdict,
            "first_day": json_day(first) or ALWAYS,
            "last_day": json_day(day_before(end)),
            **what_if,
        }
        for state, what_if, runs in _lines(_registry(history))
        for number, (first, end, (statuses, verdict)) in enumerate(runs)
        if number or statuses != "none" or len(runs) == 1
    )


def change_rows(history: History | Record | Registry) -> Iterator[Row]:
    """
    The days on which the possible statuses change, by organisation and state, as rows of texts.

    An event on an imprecise date makes two changes: a day from which it may have happened, and one from which it has.
    Raises `ArgumentError` for what is no history.

    >>> from csto_membership import CSTO
    >>> for row in change_rows(CSTO.under("legal")):
    ...     if row["state"] == "UZB" and row["date"].startswith("200"):
    ...         print(row["date"], row["before"], "->", row["after"])
    2006-08-16 former -> member|former
    2008-03-28 member|former -> member
    """
    return (
        {
            **state,
            "date": json_day(after.first),
            "before": before.value.statuses,
            "after": after.value.statuses,
            "verdict_before": before.value.verdict,
            "verdict_after": after.value.verdict,
            **what_if,
        }
        for state, what_if, runs in _lines(_registry(history))
        for before, after in pairwise(runs)
    )


def write_spells(history: History | Record | Registry, path: str | PathLike[str]) -> None:
    """
    Write the rows of `spell_rows`: CSV where the name of the file ends in `.csv`, JSON where it ends in `.json`.

    `frames.write_spells` writes Parquet and Arrow files, in which days are days.
    An old file is replaced. Raises `ArgumentError` for another ending, and OSError where the file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership import CSTO
    >>> with TemporaryDirectory() as folder:
    ...     write_spells(CSTO, f"{folder}/spells.csv")
    ...     Path(folder, "spells.csv").read_text(encoding="utf-8").split(",")[0]
    'organisation'
    """
    write_rows(path, spell_rows(history), columns_with(SPELLS, history), "frames.write_spells writes Parquet and Arrow")


def write_changes(history: History | Record | Registry, path: str | PathLike[str]) -> None:
    """
    Write the rows of `change_rows`: CSV where the name of the file ends in `.csv`, JSON where it ends in `.json`.

    An old file is replaced. Raises `ArgumentError` for another ending, and OSError where the file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from csto_membership import CSTO
    >>> with TemporaryDirectory() as folder:
    ...     write_changes(CSTO, f"{folder}/changes.csv")
    ...     Path(folder, "changes.csv").read_text(encoding="utf-8").split(",")[0]
    'organisation'
    """
    write_rows(path, change_rows(history), columns_with(CHANGES, history))


def columns_with(columns: Mapping[str, str], history: History | Record | Registry) -> dict[str, str]:
    """The columns of the rows of a history, with that of what it supposes or leaves out where it does."""
    return {**columns, **(WHAT_IF if any(entry.what_if for entry in _registry(history).entries) else {})}


def _registry(history: History | Record | Registry) -> Registry:
    """The registry, or that of one history; `ArgumentError` for what is neither."""
    known = as_history(history, Registry)
    return known if isinstance(known, Registry) else Registry.of(known)


def _lines(registry: Registry) -> Iterator[tuple[Row, Row, Runs[dt.date, _Texts]]]:
    """For each organisation and state the columns that name them and a what-if, and what holds from one day to the next."""
    supposes = any(entry.what_if for entry in registry.entries)
    for entry in registry.entries:
        what_if: Row = {"what_if": entry.what_if or None} if supposes else {}
        for own, state in registry.roll(entry).shared.items():
            line, verdicts = entry.line(own), entry.verdicts(own)
            both = zip(line.values, verdicts.values, strict=True)
            texts = (_Texts(_joined(mask), str(verdict)) for mask, verdict in both)
            names: Row = {"organisation": entry.id, "state": state.id, "name": state.name}
            yield names, what_if, Runs(line.starts, tuple(texts))


def _joined(mask: int) -> str:
    statuses = statuses_of(mask)
    return "unknown" if statuses == ALL_STATUSES else "|".join(in_order(statuses))
