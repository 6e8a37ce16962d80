"""The command `read`: a record of an organisation in a table, for a curator to go on with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from csto_membership._files.documents import toml_bytes
from csto_membership._load import dump
from csto_membership._values.cells import visible
from csto_membership._values.wording import counted
from csto_membership.cli._output import ANSWERED, put_json, say, unsteering
from csto_membership.cli._views import forms, only_organisation, table_in, tell
from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from argparse import _SubParsersAction as Commands

    from csto_membership._evidence.record import Record
    from csto_membership.readers import Table


#: The options of readers, each for those readers that have it: what its value is, and what it says.
_READER_OPTIONS = {
    "organisation": ("ID", "which organisation of the table; of a status table the id that the record is to have"),
    "as-of": ("DATE", "the day of which the table tells"),
    "last-day": ("in|out|shared", "what the last day of a spell is"),
    "bad-rows": (
        "raise|skip",
        "raise (default): one bad row, and nothing is written; skip: what it may have said is open",
    ),
    "in-force": ("DATE", "the day on which the treaty entered into force"),
    "force-after": ("DURATION", 'the time from a deposit to the force for a state: P90D, or "P60D, then next_month"'),
    "reading": ("NAME", "the reading by which the record is to be read"),
    "title": ("TEXT", "the title of the treaty"),
    "delimiter": ("C", "the separator; by default as the header has it"),
    "encoding": ("NAME", "the encoding; UTF-8 by default"),
}


def add_read(commands: Commands[ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("read", help="make a record of an organisation in a table, to go on with")
    form = parser.add_argument("form", metavar="FORM")
    tell(form, "what the file is: %(told)s", forms)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        default="-",
        help="a .toml or .json file; - for standard output, as TOML (default)",
    )
    options = parser.add_argument_group("how the file is read, for those forms that can be read so")
    for name, (metavar, help) in _READER_OPTIONS.items():
        options.add_argument(f"--{name}", metavar=metavar, help=help)
    options.add_argument(
        "--column", metavar="OURS=YOURS", action="append", help="a column that has another name; repeatable"
    )
    parser.add_argument("--json", action="store_true", help="JSON for programs: the record, or what was written")
    parser.set_defaults(run=_read)


def _read(args: Namespace) -> int:
    """Write the record of one organisation, never over an old file."""
    from csto_membership._files.write import document_of

    names = [name.replace("-", "_") for name in _READER_OPTIONS]
    given = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    organisation = given.pop("organisation", None)
    if args.column:
        given["columns"] = dict(map(_column, args.column))
    target = None if args.output == "-" else Path(args.output)
    if target and target.exists():
        raise FileExistsError(f"{target} is there: name another file")
    table = table_in(args.file, args.form, organisation, **given)
    record = table.record(only_organisation(table) if organisation is None else organisation)
    if target:
        dump(record, target)
    elif args.json:
        put_json(document_of(record))
    else:
        print(unsteering(toml_bytes(document_of(record)).decode()), end="")
    if target and args.json:
        faults = [fault.as_dict() for fault in table.faults]
        return put_json({**_counts(record), "output": args.output, "faults": faults, "ignored": list(table.ignored)})
    _say_what_was_read(table, record, args.output)
    return ANSWERED


def _column(pair: str) -> tuple[str, str]:
    ours, mark, yours = pair.partition("=")
    if not mark or not ours or not yours:
        raise ArgumentError("column", pair, "it says which of your columns is which of ours", ["state=iso3"])
    return ours, yours


def _counts(record: Record) -> dict[str, object]:
    claims = sum(len(event.claims) for event in record.events)
    return {
        "organisation": record.id,
        "states": len(record.states),
        "events": len(record.events),
        "claims": claims,
        "sources": len(record.sources),
    }


def _say_what_was_read(table: Table, record: Record, output: str) -> None:
    """What was read, on standard error: standard output may be the record."""
    organisation, *counts = _counts(record).items()
    words = ", ".join(counted(int(str(number)), noun.removesuffix("s")) for noun, number in counts)
    say(visible(f"{organisation[1]}: {words}" + ("" if output == "-" else f"; written to {output}")))
    for text in (*map(str, table.faults), *table.ignored):
        say(visible(f"left out: {text}"))
