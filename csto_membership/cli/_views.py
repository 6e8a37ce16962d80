"""The options that say how a record is seen, and the history that they lead to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from csto_membership import _load
from csto_membership._evidence.resolution import precedence
from csto_membership.exceptions import UnknownNameError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _ArgumentGroup

    from csto_membership._history import History


def add_view(options: ArgumentParser | _ArgumentGroup, prefix: str = "") -> None:
    """Add the options of a view; with a prefix such as "other-" those of a second one."""

    def add(name: str, metavar: str, help: str, **more: Any) -> None:
        options.add_argument(f"--{prefix}{name}", metavar=metavar, help=help, **more)

    add("record", "FILE|ID", f"a file, or one of: {', '.join(_load.organisations())}")
    add("reading", "NAME", "declared (default), legal or participating")
    add("resolve", "POLICY", "preferred (default), every, majority, or precedence:SOURCE,SOURCE...")
    add("according-to", "SOURCE", "use only this source; repeatable, or several with commas", action="append")
    add("published-by", "DATE", "use only what was published by this day")
    add("institution", "ID", "from the first day of this institution on")
    add("counting", "STATUS", "count this status as membership; repeatable, or several with commas", action="append")
    options.add_argument(
        f"--{prefix}strict",
        action="store_true",
        help="undetermined after the coverage: no status is assumed to continue",
    )


def history_of(args: Namespace, prefix: str = "") -> History:
    """The history of the record, under the view that the options with that prefix give."""

    def option(name: str) -> Any:
        return getattr(args, f"{prefix}{name}")

    record = next((name for name in (option("record"), args.record) if name is not None), "csto")
    history = _named(record)
    if (reading := option("reading")) is not None:
        history = history.under(reading)
    if (policy := option("resolve")) is not None:
        name, _, sources = policy.partition(":")
        history = history.resolved(precedence(*_names([sources])) if name == "precedence" else policy)
    if (sources := option("according_to")) is not None:
        history = history.according_to(*_names(sources))
    if (day := option("published_by")) is not None:
        history = history.as_published_by(day)
    if (institution := option("institution")) is not None:
        history = history.institution(institution)
    if (statuses := option("counting")) is not None:
        history = history.counting(*_names(statuses))
    return history.strict() if option("strict") else history


def _named(record: str) -> History:
    """The history of a bundled record, or of a file; what is neither, and looks like no file, is an unknown record."""
    known = _load.organisations()
    if record in known:
        return _load.history(record)
    path = Path(record)
    if not path.exists() and not path.suffix and path.name == record:
        raise UnknownNameError("record", record, known)
    return _load.load(record)


def _names(values: list[str]) -> list[str]:
    """The names in the values of an option, each of which may be several with commas."""
    return [name for value in values for name in value.split(",") if name]
