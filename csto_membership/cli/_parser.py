"""The command line: the questions of the library as commands, for people as tables and for programs as JSON."""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import TYPE_CHECKING, Any

from csto_membership import __version__
from csto_membership._load import organisations
from csto_membership._values.cells import visible
from csto_membership.cli import _commands
from csto_membership.cli._commands import WRONG_CALL
from csto_membership.exceptions import MembershipError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return its exit status.

    0 for an answer, 2 for a wrong call or unreadable input; `status --check` gives 0 yes, 1 no, 3 undetermined.
    """
    asked = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal cannot show is shown by its code points.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = int(asked.run(asked, _commands.history_of(asked)) if asked.seen else asked.run(asked))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. What is left to flush must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (MembershipError, OSError) as error:
        sys.stderr.write(visible(f"csto-membership: error: {error}", "\n") + "\n")
        return WRONG_CALL
    return status


def _parser() -> argparse.ArgumentParser:
    views, tables = _view_options(csv=False), _view_options(csv=True)
    parser = argparse.ArgumentParser(
        prog="csto-membership", description="Who was a member of a treaty on a given day, and how we know."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    members = commands.add_parser("members", parents=[views], help="who was a member on a day")
    members.add_argument("date", metavar="DATE")
    members.set_defaults(run=_commands.members, seen=True)

    status = commands.add_parser("status", parents=[views], help="the status of a state on a day, and why")
    status.add_argument("state", metavar="STATE")
    status.add_argument("date", metavar="DATE")
    status.add_argument("--check", action="store_true", help="exit with 0 for yes, 1 for no, 3 for undetermined")
    status.set_defaults(run=_commands.status, seen=True)

    timeline = commands.add_parser("timeline", parents=[views], help="the statuses of a state, or of all, over time")
    timeline.add_argument("state", metavar="STATE", nargs="?")
    timeline.set_defaults(run=_commands.timeline, seen=True)

    changes = commands.add_parser("changes", parents=[tables], help="who joined, left, returned in a period")
    changes.add_argument("first", metavar="FIRST")
    changes.add_argument("last", metavar="LAST")
    changes.set_defaults(run=_commands.changes, seen=True)

    size = commands.add_parser("size", parents=[tables], help="how many members, on a day or over time")
    size.add_argument("date", metavar="DATE", nargs="?")
    size.set_defaults(run=_commands.size, seen=True)

    for name, text in (("panel", "one row a state and period"), ("dyads", "one row a pair of states and period")):
        table = commands.add_parser(name, parents=[tables], help=text)
        table.add_argument("--freq", metavar="FREQ", default="year", help="year (default), month or day")
        table.add_argument(
            "--rule", metavar="RULE", default="last", help="last (default), first, any or all days count"
        )
        table.add_argument("--first", metavar="DATE", help="the first day; by default that of the coverage")
        table.add_argument("--last", metavar="DATE", help="the last day; by default that of the coverage")
        table.set_defaults(run=_commands.grid, seen=True, table=name)

    conflicts = commands.add_parser("conflicts", parents=[views], help="where claims disagree, and what it changes")
    conflicts.add_argument("id", metavar="ID", nargs="?", help="one controversy, such as C2")
    conflicts.set_defaults(run=_commands.conflicts, seen=True)

    compare = commands.add_parser("compare", parents=[views], help="where another view answers differently")
    _add_views(compare.add_argument_group("how the other is seen"), prefix="other-")
    compare.set_defaults(run=_commands.compare, seen=True)

    sources = commands.add_parser("sources", parents=[views], help="the sources that the view uses")
    sources.add_argument("--bibtex", action="store_true", help="as BibTeX")
    sources.add_argument("--csl", action="store_true", help="as CSL-JSON")
    sources.set_defaults(run=_commands.sources, seen=True)

    export = commands.add_parser("export", parents=[views], help="write spells, changes, a data package or the record")
    export.add_argument("what", choices=["spells", "changes", "package", "record"])
    export.add_argument(
        "path",
        metavar="OUT",
        help="spells and changes: a .csv or .json file; package: a folder; record: .toml or .json",
    )
    export.set_defaults(run=_commands.export, seen=True)
    _add_for_files(commands)
    return parser


def _add_for_files(commands: Any) -> None:
    """The commands for those who write a record."""
    validate = commands.add_parser("validate", help="print every fault of record files; exit with 1 if there are any")
    validate.add_argument("files", metavar="FILE", nargs="+")
    validate.set_defaults(run=_commands.validate, seen=False)

    schema = commands.add_parser("schema", help="print the JSON Schema of a record, for editors")
    schema.set_defaults(run=_commands.schema, seen=False)

    new = commands.add_parser("new", help="write a starter file for a new record")
    new.add_argument("id", metavar="ID", help="lower-case words joined by -")
    new.add_argument("--output", metavar="FILE", help="where to write it; ID.toml by default, - for standard output")
    new.set_defaults(run=_commands.new, seen=False)


def _view_options(*, csv: bool) -> argparse.ArgumentParser:
    """The options of every command that answers: how the record is seen, and in which form, if not as a table."""
    options = argparse.ArgumentParser(add_help=False)
    _add_views(options.add_argument_group("how the record is seen"))
    form = options.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON for programs")
    if csv:
        form.add_argument("--csv", action="store_true", help="comma-separated values")
    return options


def _add_views(group: Any, prefix: str = "") -> None:
    """The options that say how a record is seen."""

    def add(name: str, metavar: str, help: str, **more: Any) -> None:
        group.add_argument(f"--{prefix}{name}", metavar=metavar, help=help, **more)

    add("record", "FILE|ID", f"a file, or one of: {', '.join(organisations())}")
    add("reading", "NAME", "declared (default), legal or participating")
    add("resolve", "POLICY", "preferred (default), every, majority, or precedence:SOURCE,SOURCE...")
    add("according-to", "SOURCE", "use only this source; repeatable, or several with commas", action="append")
    add("published-by", "DATE", "use only what was published by this day")
    add("institution", "ID", "the line from the first day of this institution on")
    add("counting", "STATUS", "count this status as membership; repeatable, or several with commas", action="append")
    group.add_argument(
        f"--{prefix}strict", action="store_true", help="undetermined after the coverage, nothing carried on"
    )
