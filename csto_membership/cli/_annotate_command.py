"""The command `annotate`: a table in a file, with the answers for each row beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership.cli._output import ANSWERED, put_json, say
from csto_membership.cli._views import add_view, histories_of, history_of
from csto_membership.exceptions import ArgumentError, MembershipError, UnknownNameError, UnreadableRowsError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from argparse import _SubParsersAction as Commands

    from csto_membership._history import History
    from csto_membership.frames._question import TakenColumnError
    from csto_membership.registry import Registry

#: The columns of the table in which the answers are looked for, and the columns of answers.
_COLUMNS = {
    "state": "the column of states: names or codes (default: state)",
    "date": "the column of dates (default: date)",
    "organisation-column": (
        "the column of organisations: each row is answered by the record, or the organisation of a table, that it "
        "names; with --organisation by that one alone"
    ),
}


def add_annotate(commands: Commands[ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "annotate", help="tell of each row of a table whether its state was a member on its date"
    )
    parser.add_argument("table", metavar="IN", help="a .csv, .tsv, .txt or .parquet file, of any length")
    parser.add_argument("output", metavar="OUT", help="the file for the table with its answers, of the same form")
    options = parser.add_argument_group("the table")
    for name, help in _COLUMNS.items():
        options.add_argument(f"--{name}", metavar="COLUMN", help=help, default=name if "-" not in name else None)
    options.add_argument(
        "--columns",
        metavar="NAME",
        default="member,status",
        help="the answers: member, status and why, with commas (default: member,status)",
    )
    options.add_argument(
        "--rename", metavar="NAME=YOURS", action="append", help="another name for a column of answers; repeatable"
    )
    options.add_argument(
        "--errors",
        metavar="raise|null",
        default="raise",
        help="raise (default): where a row cannot be read, nothing is written; null: it has no answer",
    )
    options.add_argument(
        "--delimiter", metavar="C", help="the separator, \\t for a tab; by default as the header has it"
    )
    options.add_argument("--encoding", metavar="NAME", default="utf-8", help="the encoding; UTF-8 by default")
    add_view(parser.add_argument_group("how the record is seen"))
    parser.add_argument("--json", action="store_true", help="the numbers of rows as JSON, for programs")
    parser.set_defaults(run=_annotate)


def _annotate(args: Namespace) -> int:
    """Write the table with its answers, and say on standard error how many rows are told what."""
    from csto_membership.frames import annotate_file
    from csto_membership.frames._question import TakenColumnError

    asked: History | Registry
    if args.organisation_column is None:
        asked = history_of(args)
    else:
        from csto_membership import registry

        asked = registry.Registry.of(*histories_of(args))
    try:
        report = annotate_file(
            args.table,
            args.output,
            args.state,
            args.date,
            args.organisation_column,
            asked,
            [name.strip() for name in args.columns.split(",")],
            args.errors,
            rename=dict(map(_renamed, args.rename or ())),
            delimiter="\t" if args.delimiter == "\\t" else args.delimiter,
            encoding=args.encoding,
        )
    except (TakenColumnError, UnknownNameError, UnreadableRowsError) as error:
        raise MembershipError(_by_options(error, args)) from None
    say(str(report))
    return put_json(report.as_dict()) if args.json else ANSWERED


def _by_options(error: TakenColumnError | UnknownNameError | UnreadableRowsError, args: Namespace) -> str:
    """What an error says, with the remedy as an option of the command."""
    if isinstance(error, UnreadableRowsError):
        return error.told(remedy="--errors null")
    if isinstance(error, UnknownNameError):
        options = {args.state: "--state", args.date: "--date", args.organisation_column: "--organisation-column"}
        named = error.kind == "column" and error.value in options
        return f"{error}; name yours with {options[error.value]}" if named else str(error)
    return error.told(remedy=f"--rename {error.column}=csto_{error.column}")


def _renamed(pair: str) -> tuple[str, str]:
    ours, mark, yours = pair.partition("=")
    if not mark or not ours or not yours:
        raise ArgumentError("rename", pair, "it says which name a column of answers is to have", ["member=csto_member"])
    return ours, yours
