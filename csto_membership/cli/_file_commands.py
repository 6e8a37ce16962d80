"""
The commands for people who write a record: they need no history.

Each has two functions, one that adds it to the parser and one that runs it and returns the exit status.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from csto_membership._files.documents import toml_bytes
from csto_membership._files.write import document_of
from csto_membership._load import dump, load
from csto_membership._values.cells import visible
from csto_membership._values.wording import counted
from csto_membership.cli._output import ANSWERED, FAULTS, WRONG_CALL, put, put_json, say
from csto_membership.cli._views import only_organisation, table_in
from csto_membership.exceptions import ArgumentError, RecordError
from csto_membership.readers._forms import FORMS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from argparse import _SubParsersAction as Commands
    from collections.abc import Iterator

    from csto_membership._evidence.record import Record
    from csto_membership._history import History
    from csto_membership.readers import Table


def _add_validate(commands: Commands[ArgumentParser]) -> None:
    parser = commands.add_parser(
        "validate",
        help="print every fault of record files, and what is odd about them; exit with 1 if there are faults",
    )
    parser.add_argument("files", metavar="FILE", nargs="+")
    parser.add_argument("--form", metavar="FORM", help=f"what the files are: record (default), {', '.join(FORMS)}")
    parser.add_argument("--organisation", metavar="ID", help="which organisation of a table; by default each of them")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there are remarks, too")
    parser.set_defaults(run=_validate, answers_by_status=True)


def _validate(args: Namespace) -> int:
    """Print faults like a compiler; a file that cannot be opened does not stop the others."""
    faults, remarks, unopened = 0, 0, 0
    for file in args.files:
        try:
            for history in _histories(file, args.form, args.organisation):
                for remark in history.remarks:
                    remarks += 1
                    put(visible(f"{file}: remark: {remark}"))
        except RecordError as error:
            faults += len(error.faults)
            for fault in error.faults:
                put(visible(str(fault)))
        except OSError as error:
            unopened += 1
            say(visible(f"csto-membership: error: {error}"))
    for number, noun in ((faults, "fault"), (remarks, "remark")):
        if number:
            put(counted(number, noun))
    return WRONG_CALL if unopened else FAULTS if faults or (args.strict and remarks) else ANSWERED


def _histories(file: str, form: str | None, organisation: str | None) -> Iterator[History]:
    """The history of a record, or those of the organisations in a table."""
    if form in (None, "record"):
        yield load(file)
        return
    table = table_in(file, str(form), organisation)
    taken = table.organisations if organisation is None else [organisation]
    yield from map(table.history, taken)


#: The options of readers, each for those readers that have it.
_READER_OPTIONS = {
    "organisation": "which organisation of the table; of a status table the id that the record is to have",
    "as-of": "the day of which the table tells",
    "last-day": "what the last day of a spell is: in, out or shared",
    "bad-rows": "raise (default): nothing is written if a row is bad; skip: what it may have said is undetermined",
    "in-force": "the day on which the treaty entered into force",
    "force-after": 'the time from a deposit to the force for a state: P90D, or "P60D, then next_month"',
    "reading": "the reading by which the record is to be read",
    "title": "the title of the treaty",
    "delimiter": "the separator; by default as the header has it",
    "encoding": "the encoding; UTF-8 by default",
}


def _add_read(commands: Commands[ArgumentParser]) -> None:
    parser = commands.add_parser("read", help="make a record of an organisation in a table, to go on with")
    parser.add_argument("form", metavar="FORM", help=f"what the file is: {', '.join(FORMS)}")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        default="-",
        help="a .toml or .json file; - for standard output, as TOML (default)",
    )
    options = parser.add_argument_group("how the file is read, for those forms that can be read so")
    for name, help in _READER_OPTIONS.items():
        options.add_argument(f"--{name}", metavar=name.rpartition("-")[2].upper(), help=help)
    options.add_argument(
        "--column", metavar="OURS=YOURS", action="append", help="a column that has another name; repeatable"
    )
    parser.add_argument("--json", action="store_true", help="JSON for programs: the record, or what was written")
    parser.set_defaults(run=_read)


def _read(args: Namespace) -> int:
    """Write the record of one organisation, never over an old file."""
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
        print(toml_bytes(document_of(record)).decode(), end="")
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


def _add_schema(commands: Commands[ArgumentParser]) -> None:
    parser = commands.add_parser("schema", help="print the JSON Schema of a record, for editors")
    parser.set_defaults(run=_schema)


def _schema(_: Namespace) -> int:
    from csto_membership._files.schema import schema

    return put_json(schema())


def _add_new(commands: Commands[ArgumentParser]) -> None:
    parser = commands.add_parser("new", help="write a starter file for a new record")
    parser.add_argument("id", metavar="ID", help="lower-case words joined by -")
    parser.add_argument("--output", metavar="FILE", help="where to write it; ID.toml by default, - for standard output")
    parser.set_defaults(run=_new)


def _new(args: Namespace) -> int:
    """Write the starter, never over an old file."""
    from csto_membership._files.starter import starter

    text = starter(args.id)
    if args.output == "-":
        print(text, end="")
        return ANSWERED
    path = Path(args.output or f"{args.id}.toml")
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    put(path)
    return ANSWERED


#: What adds each command, in the order of the help.
FILE_COMMANDS = (_add_validate, _add_read, _add_schema, _add_new)
