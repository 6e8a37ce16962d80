"""Of the command `export` what is for databases: `--sql DIALECT`, in place of what is to be written."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from csto_membership.cli._output import ANSWERED
from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from typing import Any

    from csto_membership._history import History


class _Dialect(argparse.Action):
    """With it, nothing else is asked for: what comes next is the file."""

    def __call__(self, parser: Any, namespace: Any, values: Any, _: str | None = None) -> None:
        namespace.sql = values
        for action in parser._actions:  # noqa: SLF001 - argparse has no other way to a positional
            if action.dest == "what":
                action.nargs, action.required = argparse.SUPPRESS, False
            elif action.dest == "path":
                action.nargs, action.required, action.default = "?", False, "-"


def add_sql(parser: argparse.ArgumentParser) -> None:
    """Add the options to the parser of the command."""
    options = parser.add_argument_group("for databases")
    options.add_argument(
        "--sql",
        metavar="DIALECT",
        action=_Dialect,
        help="a script for postgresql, sqlite or duckdb, in place of WHAT: spells and who was a member on a day; "
        "OUT is a file, or - for standard output (default)",
    )
    options.add_argument(
        "--name", metavar="NAME", help="what the names in the database begin with (default: membership)"
    )


def export_sql(args: argparse.Namespace, history: History) -> int:
    """Write the script to the file, or to standard output."""
    from csto_membership.sql import script, write_script

    if args.what not in (None, "spells"):
        raise ArgumentError("sql", args.what, "a script has the spells", ["export --sql DIALECT OUT"])
    name = "membership" if args.name is None else args.name
    if args.path in (None, "-"):
        print(script(history, args.sql, name=name), end="")
    else:
        write_script(history, args.path, args.sql, name=name)
    return ANSWERED
