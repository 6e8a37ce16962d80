"""
The commands for people who write a record: they need no history.

Each has two functions, one that adds it to the parser and one that runs it and returns the exit status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._values.cells import visible
from csto_membership._values.wording import counted
from csto_membership.cli._annotate_command import add_annotate
from csto_membership.cli._output import ANSWERED, FAULTS, WRONG_CALL, put, put_json, say, told
from csto_membership.cli._page_command import add_page
from csto_membership.cli._read_command import add_read
from csto_membership.cli._views import forms, kind_of, loaded, table_in, tell
from csto_membership.exceptions import RecordError, number_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from argparse import _SubParsersAction as Commands
    from collections.abc import Iterator

    from csto_membership._history import History
    from csto_membership.exceptions import Fault


def _add_validate(commands: Commands[ArgumentParser]) -> None:
    parser = commands.add_parser(
        "validate",
        help="print every fault of records or tables, and what is odd about them; exit with 1 if there are faults",
    )
    parser.add_argument("files", metavar="FILE", nargs="+")
    form = parser.add_argument("--form", metavar="FORM")
    tell(form, "what the files are: record, %(told)s; by default as their headers tell", forms)
    parser.add_argument("--organisation", metavar="ID", help="which organisation of a table; by default each of them")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there are remarks, too")
    parser.set_defaults(run=_validate, answers_by_status=True)


def _validate(args: Namespace) -> int:
    """Print faults like a compiler; a file that cannot be opened does not stop the others."""
    faults: list[Fault] = []
    remarks, unopened = 0, 0
    for file in args.files:
        try:
            for history in _histories(file, args.form, args.organisation):
                for remark in history.remarks:
                    remarks += 1
                    put(visible(f"{file}: remark: {remark}"))
        except RecordError as error:
            faults += error.faults
            for fault in error.faults:
                put(visible(str(fault)))
        except OSError as error:
            unopened += 1
            say(visible(f"csto-membership: error: {told(error)}"))
    if faults:
        put(number_of(faults))
    if remarks:
        put(counted(remarks, "remark"))
    return WRONG_CALL if unopened else FAULTS if faults or (args.strict and remarks) else ANSWERED


def _histories(file: str, form: str | None, organisation: str | None) -> Iterator[History]:
    """The history of a record, or those of the organisations in a table."""
    kind = form or kind_of(file)
    if kind == "record":
        yield loaded(file, form)
        return
    table = table_in(file, kind, organisation)
    taken = table.organisations if organisation is None else [organisation]
    yield from map(table.history, taken)


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
    from pathlib import Path

    path = Path(args.output or f"{args.id}.toml")
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    put(path)
    return ANSWERED


#: What adds each command, in the order of the help.
FILE_COMMANDS = (_add_validate, add_read, _add_schema, _add_new, add_annotate, add_page)
